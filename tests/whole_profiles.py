"""Random valid profiles with every key of the format: how functions are run today, what ends, offers, short money."""

from __future__ import annotations

from typing import Any

from builders import CATALOGUE
from hypothesis import strategies as st
from strategies import OPTIONS, RATINGS, Data, a_row_of_partners, flags_of, quotes, ratings

from mba.terms import Flag, Option, OrganisationKind, QuotedVat, Rurality, SupplierKind, Vat

OUR_OWN = ["ferry-to-the-islands", "night-desk"]
IDS = [*OUR_OWN, "clinical-leadership", "contract-negotiation", "financial-planning", "governance", "payroll"]
ELSEWHERE = ["somebody-else", "another-body"]
"""Who runs something today, and is listed nowhere."""

DAYS = st.sampled_from(["2026-09-30", "2027-03-31", "2028-03-31", "2029-09-30", "2031-03-31", "2040-03-31"])
POPULATIONS = st.sampled_from([10_000, 72_000, 226_000, 860_000, 3_000_000])
COSTS = st.integers(5_000, 400_000)


def organisations() -> st.SearchStrategy[Data]:
    """An organisation whose allowance may be far too little or more than enough, of either kind."""
    return st.fixed_dictionaries(
        {"name": st.just("Riverside"), "population": POPULATIONS, "allowance": st.integers(1_000, 1_500_000)},
        optional={
            "kind": st.sampled_from(OrganisationKind),
            "rurality": st.sampled_from(Rurality),
            "client_capability": RATINGS,
            "committed_costs": st.integers(0, 100_000),
            "premium": st.sampled_from([0, 1, 5, 20, 60]),
            "from": st.just("2027-04-01"),
        },
    ).map(_with_allowance)


def _with_allowance(drawn: Data) -> Data:
    return with_allowance({"organisation": drawn}, drawn.pop("allowance"))["organisation"]


def with_allowance(data: Data, pounds: int) -> Data:
    """The profile with so much to spend, £ a year."""
    organisation = data["organisation"]
    return {**data, "organisation": {**organisation, "budget_per_head": pounds / organisation["population"]}}


def suppliers() -> st.SearchStrategy[Data]:
    """A supplier of any kind."""
    rated = dict.fromkeys(("trust", "stability", "local_presence"), RATINGS)
    return st.fixed_dictionaries(
        {},
        optional={
            **rated,
            "long_term": st.booleans(),
            "kind": st.sampled_from(SupplierKind),
            "population_served": POPULATIONS,
            "closes": DAYS,
        },
    )


def partners(ids: list[str]) -> st.SearchStrategy[Data]:
    """A partner, of all or some of the functions, that may close."""
    closing = st.fixed_dictionaries({}, optional={"closes": DAYS})
    return st.tuples(a_row_of_partners(ids), closing).map(lambda two: {**two[0], **two[1]})


@st.composite
def today(draw: st.DrawFn, data: Data, cost: int | None) -> Any:
    """How a function is run today, in one word or in full, with somebody who is listed or not."""
    mode = draw(OPTIONS)
    if draw(st.booleans()):
        return mode
    if mode is Option.MAKE:
        return {"mode": mode} | ({"cost": cost} if cost and draw(st.booleans()) else {})
    full = draw(st.fixed_dictionaries({}, optional={"cost": COSTS, "until": DAYS, "notice_months": st.integers(0, 24)}))
    group = "partners" if mode is Option.SHARE else "suppliers"
    known = [row["id"] for row in data[group]] + ELSEWHERE
    if mode is Option.SHARE and draw(st.booleans()):
        full["partners"] = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True))
    elif draw(st.integers(0, 3)):
        full[group.removesuffix("s")] = draw(st.sampled_from(known))
    return {"mode": mode, **full}


@st.composite
def functions(draw: st.DrawFn, id_: str, data: Data) -> Data:
    """A function with all that may be said of it."""
    said: dict[str, st.SearchStrategy[Any]] = {
        "flags": st.lists(st.sampled_from(Flag), unique=True),
        "annual_cost": COSTS,
        "vat": st.sampled_from(Vat),
    }
    row: Data = {"id": id_, **draw(st.fixed_dictionaries({}, optional=said))}
    if id_ not in CATALOGUE.functions and "flags" not in row:
        row["name"] = "A function of our own"
    if draw(st.booleans()):
        row["ratings"] = draw(ratings(money=True))
    if draw(st.integers(0, 3)):
        row["current"] = draw(today(data, row.get("annual_cost")))
    offers = [quote for quote in draw(st.lists(offered(data), max_size=3)) if _lists(data, quote, id_)]
    if offers:
        row["quotes"] = offers
    if not draw(st.integers(0, 7)):
        statutory = Flag.STATUTORY in flags_of(row)
        row["decided"] = {"mode": Option.MAKE if statutory else draw(OPTIONS)}
    return row


def offered(data: Data) -> st.SearchStrategy[Data | None]:
    """A quote that somebody gives, with or without VAT; None where there is nobody."""
    if not data["partners"] and not data["suppliers"]:
        return st.none()
    vat = st.fixed_dictionaries({"cost": COSTS}, optional={"vat": st.sampled_from(QuotedVat)})
    return st.tuples(quotes(data), vat).map(lambda two: {**two[0], **two[1]})


def _lists(data: Data, quote: Data | None, id_: str) -> bool:
    """Whether who gives a quote offers the function at all."""
    if quote is None:
        return False
    who = quote.get("supplier") or quote.get("partner")
    offers = next(row["functions"] for row in (*data["suppliers"], *data["partners"]) if row["id"] == who)
    return offers == "all" or id_ in offers


@st.composite
def whole_profiles(draw: st.DrawFn, *, least: int = 1, most: int = 3) -> Data:
    """A valid profile of so many functions; now and then with a package, or a function that leaves."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=least, max_size=most, unique=True))
    some = st.just("all") | st.lists(st.sampled_from(ids), unique=True)
    data: Data = {"organisation": draw(organisations())}
    data["suppliers"] = [
        {"id": f"seller-{name}", "functions": draw(some), **row}
        for name, row in zip("abc", draw(st.lists(suppliers(), max_size=3)), strict=False)
    ]
    data["partners"] = [
        {"id": f"ally-{name}", **row}
        for name, row in zip("xyz", draw(st.lists(partners(ids), max_size=3)), strict=False)
    ]
    data["functions"] = [draw(functions(id_, data)) for id_ in ids]
    free = [row["id"] for row in data["functions"] if "current" not in row]
    if free and not draw(st.integers(0, 3)):
        sellers = [row["id"] for row in data["suppliers"]] + ELSEWHERE
        data["packages"] = [
            {"supplier": draw(st.sampled_from(sellers)), "cost": draw(COSTS), "functions": free}
            | draw(st.fixed_dictionaries({}, optional={"mode": st.sampled_from([Option.BUY, Option.ALLY])}))
        ]
    if len(ids) > 1 and not draw(st.integers(0, 7)):
        data["functions"][0]["leaves"] = {"to": "the region"}
    return data

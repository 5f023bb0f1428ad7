"""Random valid profiles with every key of the format: how functions are run today, what ends, offers, short money."""

from __future__ import annotations

from typing import Any

from builders import CATALOGUE
from hypothesis import strategies as st
from strategies import OPTIONS, RATINGS, Data, flags_of, quotes, ratings

from mba.terms import Flag, Option, OrganisationKind, QuotedVat, Rurality, SupplierKind, Vat

OUR_OWN = ["ferry-to-the-islands", "night-desk"]
IDS = [*OUR_OWN, "contract-negotiation", "financial-planning", "governance", "human-resources", "payroll"]
ELSEWHERE = ["somebody-else", "another-body"]
"""Who runs something today, and is listed nowhere."""

DAYS = st.sampled_from(["2026-09-30", "2027-03-31", "2028-03-31", "2029-09-30", "2031-03-31", "2040-03-31"])
POPULATIONS = st.sampled_from([72_000, 226_000, 226_001, 860_000])
COSTS = st.integers(40_000, 250_000)
PAID = COSTS | COSTS.map(lambda pounds: 8 * pounds)
"""£ a year that is paid today: about what the catalogue estimates, or many times that."""
SELDOM = st.integers(0, 7).map(lambda number: number == 7)
OFTEN = st.sampled_from([True, True, True, False])


def organisations(functions: int) -> st.SearchStrategy[Data]:
    """An organisation of either kind, whose allowance for so many functions may be too little or more than enough."""
    allowances = st.integers(20_000, 300_000).map(lambda each: each * functions)
    return st.fixed_dictionaries(
        {"name": st.just("Riverside"), "population": POPULATIONS, "allowance": allowances},
        optional={
            "kind": st.sampled_from(OrganisationKind),
            "rurality": st.sampled_from(Rurality),
            "client_capability": RATINGS,
            "committed_costs": st.integers(0, 50_000),
            "premium": st.sampled_from([0, 5, 20, 60, 200]),
            "from": st.just("2027-04-01"),
        },
    ).map(_with_allowance)


def _with_allowance(drawn: Data) -> Data:
    organisation: Data = with_allowance({"organisation": drawn}, drawn.pop("allowance"))["organisation"]
    return organisation


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


def partners() -> st.SearchStrategy[Data]:
    """A partner, that may close."""
    return st.fixed_dictionaries({}, optional={"trust": RATINGS, "population": POPULATIONS, "closes": DAYS})


@st.composite
def today(draw: st.DrawFn, data: Data, cost: int | None) -> Any:
    """How a function is run today, in one word or in full, with somebody who is listed or not."""
    mode = draw(OPTIONS)
    if draw(st.booleans()):
        return mode
    if mode is Option.MAKE:
        return {"mode": mode} | ({"cost": cost} if cost and draw(st.booleans()) else {})
    full = draw(st.fixed_dictionaries({}, optional={"cost": PAID, "until": DAYS, "notice_months": st.integers(0, 24)}))
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
        "flags": st.lists(st.sampled_from([Flag.CORE, Flag.RELATIONAL, Flag.TRANSACTIONAL]), unique=True),
        "vat": st.sampled_from(Vat),
    }
    row: Data = {"id": id_, **draw(st.fixed_dictionaries({}, optional=said))}
    if id_ not in CATALOGUE.functions and "flags" not in row:
        row["name"] = "A function of our own"
    if "flags" in row and draw(SELDOM):
        row["flags"] = [*row["flags"], Flag.STATUTORY]
    if draw(OFTEN):
        row["annual_cost"] = draw(COSTS)
    if draw(st.booleans()):
        row["ratings"] = draw(ratings(money=True))
    if draw(OFTEN):
        row["current"] = draw(today(data, row.get("annual_cost")))
    asked = draw(_several(offered(data)))
    offers = [quote for quote in asked if _lists(data, quote, id_)]
    if offers:
        row["quotes"] = offers
    if draw(SELDOM):
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


def _several(some: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """None to three of them, of each number as often: lists alone are mostly short."""
    return st.integers(0, 3).flatmap(lambda number: st.lists(some, min_size=number, max_size=number))


@st.composite
def whole_profiles(draw: st.DrawFn) -> Data:
    """A valid profile of one to three functions; now and then with a package, or a function that leaves."""
    number = draw(st.integers(1, 3))
    ids = draw(st.permutations(IDS))[:number]
    some = st.just("all") | st.just("all") | st.lists(st.sampled_from(ids), min_size=1, unique=True)
    data: Data = {"organisation": draw(organisations(number))}
    data["suppliers"] = [
        {"id": f"seller-{name}", "functions": draw(some), **row}
        for name, row in zip("abc", draw(_several(suppliers())), strict=False)
    ]
    data["partners"] = [
        {"id": f"ally-{name}", **row, "functions": draw(some)}
        for name, row in zip("xyz", draw(_several(partners())), strict=False)
    ]
    data["functions"] = [draw(functions(id_, data)) for id_ in ids]
    free = [row["id"] for row in data["functions"] if "current" not in row]
    if free and draw(st.integers(0, 3)) == 3:
        paid = [row["id"] for row in data["suppliers"]] + ELSEWHERE
        data["packages"] = [
            {"supplier": draw(st.sampled_from(paid)), "cost": draw(COSTS), "functions": free}
            | draw(st.fixed_dictionaries({}, optional={"mode": st.sampled_from([Option.BUY, Option.ALLY])}))
        ]
    if number > 1 and draw(SELDOM):
        data["functions"][0]["leaves"] = {"to": "the region"}
    return data

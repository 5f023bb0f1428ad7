"""Random valid profiles and rule sets, for the laws."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from builders import CATALOGUE, RULES
from hypothesis import settings
from hypothesis import strategies as st

from mba.knowledge.measures import RATED
from mba.knowledge.rules import Points, RuleSet
from mba.terms import Flag, Option, OrganisationKind, QuotedVat, Rurality, SupplierKind, Vat

Data = dict[str, Any]
"""A profile, or a row of one, as it would be read from a file."""

RATINGS = st.integers(1, 5)
POPULATIONS = st.sampled_from([1_000, 72_000, 100_000, 226_000, 860_000, 3_000_000]) | st.integers(1_000, 10_000_000)
OPTIONS = st.sampled_from(Option)
OUR_OWN = "a-function-of-our-own"
IDS = [OUR_OWN, "clinical-leadership", "contract-negotiation", "financial-planning", "governance", "payroll"]


def examples(number: int) -> settings:
    """As many examples of a law as it needs where another needs a hundred; fewer of both in `make quick`."""
    return settings(max_examples=max(2, number * settings().max_examples // 100))


def ratings(*, money: bool = False) -> st.SearchStrategy[Data]:
    """Any of the ratings, each left out or from 1 to 5; with the importance where money matters."""
    names = list(RATED) + ["importance"] * money
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, RATINGS))


DAYS = st.sampled_from(
    ["2026-04-01", "2027-03-31", "2027-04-01", "2028-10-01", "2030-04-01", "2032-04-01", "2040-01-01"]
)
"""When something ends, or an answer is to hold from."""


def functions(id: str, *, money: bool = False, full: bool = False) -> st.SearchStrategy[Data]:
    """A function, with its flags given or left to the catalogue, and what it costs in-house where money matters."""
    flags = st.lists(st.sampled_from(Flag), unique=True)
    optional: dict[str, st.SearchStrategy[Any]] = {"flags": flags, "current": OPTIONS}
    if full:
        optional["vat"] = st.sampled_from(Vat)
    if money:
        optional["annual_cost"] = st.integers(1_000, 3_000_000)
        optional["decided"] = st.fixed_dictionaries({"mode": OPTIONS})
    required: dict[str, st.SearchStrategy[Any]] = {"id": st.just(id), "ratings": ratings(money=money)}
    if not CATALOGUE.taken_for(id):
        required["name"] = st.just("A function of our own")
    return st.fixed_dictionaries(required, optional=optional)


def organisations(*, money: bool = False, full: bool = False) -> st.SearchStrategy[Data]:
    """An organisation with more money than it could need, since most laws are of fit; or with little or much."""
    per_head = st.sampled_from([0.5, 1, 2, 5, 25]) if money else st.just(10_000)
    optional: dict[str, st.SearchStrategy[Any]] = {"rurality": st.sampled_from(Rurality), "client_capability": RATINGS}
    if money:
        optional["committed_costs"] = st.integers(0, 3_000_000)
    if full:
        optional |= {"kind": st.sampled_from(OrganisationKind), "from": DAYS}
        optional["premium"] = st.sampled_from([0, 0.5, 5, 10, 30, 1_000])
    return st.fixed_dictionaries(
        {"name": st.just("Riverside CCG"), "population": POPULATIONS, "budget_per_head": per_head}, optional=optional
    )


def a_row_of_suppliers(ids: list[str], *, money: bool = False, full: bool = False) -> st.SearchStrategy[Data]:
    """A supplier without an id, of all or some of the functions; with its kind and size where money matters."""
    rated: dict[str, st.SearchStrategy[Any]] = {"trust": RATINGS, "stability": RATINGS, "local_presence": RATINGS}
    rated["long_term"] = st.booleans()
    if money:
        rated |= {"kind": st.sampled_from(SupplierKind), "population_served": POPULATIONS}
    if full:
        rated["closes"] = DAYS
    return st.fixed_dictionaries({"functions": _some(ids)}, optional=rated)


def a_row_of_partners(ids: list[str], *, full: bool = False) -> st.SearchStrategy[Data]:
    """A partner without an id, for everything or for some of the functions."""
    optional: dict[str, st.SearchStrategy[Any]] = {"trust": RATINGS, "population": POPULATIONS}
    if full:
        optional["closes"] = DAYS
    return st.fixed_dictionaries({"functions": _some(ids)}, optional=optional)


def _some(ids: list[str]) -> st.SearchStrategy[Any]:
    return st.just("all") | st.lists(st.sampled_from(ids), unique=True)


def _named(prefix: str, rows: list[Data]) -> list[Data]:
    return [{"id": f"{prefix}-{number}", **row} for number, row in enumerate(rows)]


@st.composite
def profiles(
    draw: st.DrawFn,
    *,
    most: int = 1,
    suppliers: int = 0,
    partners: int = 0,
    most_partners: int = 6,
    money: bool = False,
    full: bool = False,
) -> Data:
    """A valid profile of one to `most` functions, with at least so many suppliers and partners.

    With money, also all that money looks at; in full, also how each function is run today and what ends when.
    """
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=most, unique=True))
    who = st.lists(a_row_of_suppliers(ids, money=money, full=full), min_size=suppliers, max_size=4)
    whom = st.lists(a_row_of_partners(ids, full=full), min_size=partners, max_size=most_partners)
    data: Data = {
        "organisation": draw(organisations(money=money, full=full)),
        "suppliers": _named("supplier", draw(who)),
        "partners": _named("partner", draw(whom)),
        "functions": [draw(functions(id_, money=money, full=full)) for id_ in ids],
    }
    if money:
        for function in data["functions"]:
            function["quotes"] = draw(st.lists(quotes(data, full=full), max_size=3)) if _asked(data) else []
    if full:
        for function in data["functions"]:
            if "current" in function:
                function["current"] = draw(todays(data, function))
        data["packages"] = draw(packages(data))
    return data


UNKNOWN = ["an-old-friend", "somebody-else"]
"""Who may run something today, and is not listed."""


@st.composite
def todays(draw: st.DrawFn, data: Data, function: Data) -> Data | str:
    """How a function is run today: with anybody who is listed or is not, or with somebody; or in one word."""
    mode = Option(function["current"])
    if draw(st.integers(0, 4)) == 0:
        return mode.value
    current: Data = {"mode": mode.value}
    cost = st.integers(1, 3_000_000)
    if mode is Option.MAKE:
        if "annual_cost" not in function and draw(st.booleans()):
            current["cost"] = draw(cost)
        return current
    if draw(st.booleans()):
        current["cost"] = draw(cost)
    if draw(st.booleans()):
        current["until"] = draw(DAYS)
    if draw(st.booleans()):
        current["notice_months"] = draw(st.integers(0, 24))
    whose = "partners" if mode is Option.SHARE else "suppliers"
    names = st.sampled_from([row["id"] for row in data[whose]] + UNKNOWN)
    match draw(st.sampled_from(["one", "several", "nobody"])):
        case "several" if mode is Option.SHARE:
            current["partners"] = draw(st.lists(names, min_size=1, max_size=3, unique=True))
        case "one" | "several":
            current[whose.removesuffix("s")] = draw(names)
    return current


@st.composite
def packages(draw: st.DrawFn, data: Data) -> list[Data]:
    """At most one package, of functions of which it is not said that they are run or paid for otherwise."""
    mode = draw(st.sampled_from(["buy", "ally"]))
    supplier = draw(st.sampled_from([row["id"] for row in data["suppliers"]] + UNKNOWN))
    able = []
    for function in data["functions"]:
        current = function.get("current", {})
        current = {"mode": current} if isinstance(current, str) else current
        same = current.get("mode", mode) == mode and current.get("supplier", supplier) == supplier
        if same and "cost" not in current:
            able.append(function["id"])
    if not able or draw(st.booleans()):
        return []
    theirs = draw(st.lists(st.sampled_from(able), min_size=1, unique=True))
    return [{"supplier": supplier, "mode": mode, "cost": draw(st.integers(1, 3_000_000)), "functions": theirs}]


def _asked(data: Data) -> list[tuple[str, str]]:
    """Who could quote: as what, and their ids."""
    return [("share", row["id"]) for row in data["partners"]] + [
        (mode, row["id"]) for row in data["suppliers"] for mode in ("buy", "ally")
    ]


def quotes(data: Data, *, full: bool = False) -> st.SearchStrategy[Data]:
    """A quote from anybody in the profile; where they do not offer the function, it is an offer that nothing uses."""
    vat = st.sampled_from(QuotedVat) if full else st.just(QuotedVat.EXCLUDED)
    return st.tuples(st.sampled_from(_asked(data)), st.integers(1, 3_000_000), vat).map(
        lambda drawn: {
            "mode": drawn[0][0],
            "partner" if drawn[0][0] == "share" else "supplier": drawn[0][1],
            "cost": drawn[1],
            "vat": drawn[2].value,
        }
    )


def flags_of(function: Data) -> tuple[Flag, ...]:
    """The flags of a function: its own, or the catalogue's."""
    known = CATALOGUE.known(function["id"])
    return tuple(function.get("flags", known.flags if known else ()))


def pairs() -> st.SearchStrategy[tuple[int, int]]:
    """Two ratings, the lower first."""
    return st.tuples(RATINGS, RATINGS).map(lambda two: (min(two), max(two)))


def shuffled(value: Any, random: Random) -> Any:
    """The same groups and lists in another order."""
    if isinstance(value, dict):
        return {key: shuffled(value[key], random) for key in random.sample(list(value), len(value))}
    if isinstance(value, list):
        return [shuffled(row, random) for row in random.sample(value, len(value))]
    return value


def weights() -> st.SearchStrategy[RuleSet]:
    """The rules with other points, whose signs are those of the method."""
    spoken = [(code, option) for code, rule in RULES.rules.items() for option in Option if rule.points.of(option)]

    def appraised(drawn: bytes) -> RuleSet:
        sizes = zip(spoken, drawn, strict=True)
        return with_points(
            {(code, o): math.copysign(byte % 31, RULES.rules[code].points.of(o)) for (code, o), byte in sizes}
        )

    return st.binary(min_size=len(spoken), max_size=len(spoken)).map(appraised)


def any_points() -> st.SearchStrategy[RuleSet]:
    """The rules with any points at all, from -50 to 50."""
    places = [(code, option) for code in RULES.rules for option in Option]

    def drawn(points: bytes) -> RuleSet:
        return with_points({place: float(byte % 101 - 50) for place, byte in zip(places, points, strict=True)})

    return st.binary(min_size=len(places), max_size=len(places)).map(drawn)


def with_points(points: dict[tuple[str, Option], float]) -> RuleSet:
    """The rules with these points, and none where nothing is said."""
    rules = {
        code: rule.model_copy(
            update={"points": Points.model_construct(None, **{o.value: points.get((code, o), 0.0) for o in Option})}
        )
        for code, rule in RULES.rules.items()
    }
    return _changed(rules=rules)


def with_costs(**values: float) -> RuleSet:
    """The rules with other figures in the cost model."""
    figures = {name: getattr(RULES.costs, name).model_copy(update={"value": value}) for name, value in values.items()}
    return _changed(costs=RULES.costs.model_copy(update=figures))


def certain() -> RuleSet:
    """The rules with nothing uncertain."""
    figures = {name: getattr(RULES.uncertainty, name) for name in type(RULES.uncertainty).model_fields}
    # The premium is drawn from a share of it to as many times of it.
    known = {name: figure.model_copy(update={"value": float(name == "premium")}) for name, figure in figures.items()}
    return _changed(uncertainty=RULES.uncertainty.model_copy(update=known))


def _changed(**parts: Any) -> RuleSet:
    # A copy of the whole set would keep what the old one has worked out from its own points.
    return RuleSet.model_construct(None, **{**{name: getattr(RULES, name) for name in RuleSet.model_fields}, **parts})

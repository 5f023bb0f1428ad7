"""Profiles read into columns: what was said, what stands in, who could run each function, and how each is run today."""

from collections.abc import Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np

from mba.decide.alternatives import Arrangement, FunctionColumns, Mask, Offers, Places, Situations, others_of
from mba.decide.arrangements import Counterparties, Whom, column, day_of, sellers_of
from mba.decide.cost import run_past
from mba.decide.functions import functions_of
from mba.decide.parts import in_house
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.measures import RURAL, SCALE_ECONOMIES
from mba.knowledge.rules import RuleSet
from mba.profile import Current, Function, Profile
from mba.terms import OUTSIDE_NHS, Option, QuotedVat

_ID = attrgetter("id")

Case: TypeAlias = tuple[Profile, Sequence[Function]]
"""A profile, and those of its functions that are to be appraised."""


def situations_of(cases: Sequence[Case], rules: RuleSet, catalogue: Catalogue) -> Situations:
    """Every function of the cases with every way to run it; functions by id, so that the order of a file is nothing.

    The functions of an organisation stand together, in the order of the cases.
    """
    met = Counterparties(rules)
    functions: list[Function] = []
    today: list[Current | None] = []
    organisation: list[int] = []
    with_whom: list[Whom] = []
    for number, (profile, some) in enumerate(cases):
        ordered = sorted(some, key=_ID)
        ways = list(map(profile.today, ordered))
        functions += ordered
        today += ways
        organisation += [number] * len(ordered)
        with_whom += met.offering(profile, ordered, ways)
    profiles = tuple(profile for profile, _ in cases)
    of_each = [profiles[number] for number in organisation]
    kinds = [profile.organisation.kind for profile in of_each]
    own, rated = functions_of(functions, [whom.credible for whom in with_whom], today, kinds, rules, catalogue)
    own = own._replace(**paid_today(of_each, functions, today, own, rules, catalogue))
    offers = met.columns()
    lengths = np.array([len(whom.places) for whom in with_whom])
    starts = np.cumsum(lengths) - lengths
    offer = np.concatenate([whom.places for whom in with_whom])
    function = np.repeat(np.arange(len(functions)), lengths)
    now = as_today(today, with_whom, starts, own.current[function], offers, offer)
    fixed = np.array(list(map(is_fixed, of_each, functions, today)))
    quotes = _quotes(functions, with_whom, starts, offers.rows, offer, rules)
    found = Situations(
        profiles=profiles,
        organisation=np.array(organisation),
        population=column(profile.organisation.population for profile in profiles),
        rurality=column(RURAL[named(ORGANISATION, "rurality").value(profile.organisation)] for profile in profiles),
        start=column(day_of(profile.organisation.from_) for profile in profiles),
        premium=column(named(ORGANISATION, "premium").value(profile.organisation) for profile in profiles),
        functions=own,
        offers=offers,
        sellers=sellers_of(met.suppliers, rules.costs),
        suppliers=tuple(met.suppliers),
        partners=tuple(met.partners),
        ratings={
            FUNCTIONS: rated,
            ORGANISATION: _rated(ORGANISATION, [profile.organisation for profile in profiles]),
            SUPPLIERS: _rated(SUPPLIERS, met.suppliers, nobody=True),
            PARTNERS: _rated(PARTNERS, met.partners, nobody=True),
        },
        function=function,
        offer=offer,
        option=offers.option[offer],
        starts=starts,
        quote=quotes,
        as_today=now,
        unnamed=np.array(list(map(is_unnamed, today))),
    )
    # Who runs it for a fixed price, or is paid and closes, does not go on at the price of an offer.
    void = now & (fixed[function] | (run_past(found, rules.costs) & ~np.isnan(own.paid)[function]))
    return found._replace(quote=np.where(void, np.nan, quotes))


def _rated(group: str, rows: Sequence[object], *, nobody: bool = False) -> dict[str, Real]:
    """The ratings of a group, a row each, what stands in where none is given; with nobody, who is as bad as 1, last."""
    found = {}
    for one in ratings_of(group):
        values = [*(one.value(row) for row in rows), *([1] * nobody)]
        found[one.measure] = np.array(values, np.float64)[:, np.newaxis]
    return found


def _quotes(
    functions: Sequence[Function],
    with_whom: Sequence[Whom],
    starts: Places,
    rows: Sequence[Arrangement],
    offer: Places,
    rules: RuleSet,
) -> Real:
    """The cheapest quote for just each alternative, £ a year before VAT; NaN where there is none."""
    found = np.full(len(offer), np.nan)
    for function, whom, start in zip(functions, with_whom, starts.tolist(), strict=True):
        for quote in function.quotes:
            place = whom.by_whom.get((quote.mode, (quote.whom,)))
            if place is None:
                continue
            supplier, net = rows[offer[start + place]].supplier, float(quote.cost)
            if quote.vat is QuotedVat.INCLUDED and supplier and supplier.kind in OUTSIDE_NHS:
                net /= 1 + rules.costs.vat.value
            found[start + place] = np.fmin(found[start + place], net)
    return found


def as_today(
    today: Sequence[Current | None],
    with_whom: Sequence[Whom],
    starts: Places,
    current: Places,
    offers: Offers,
    offer: Places,
) -> Mask:
    """Which alternatives are how functions are run today; the same option with anybody, where nobody is named."""
    somebody = ~offers.with_nobody[offer]
    unnamed = np.array([way is not None and not way.whom for way in today])
    found: Mask = np.repeat(unnamed, [len(whom.places) for whom in with_whom])
    found &= somebody & (current == offers.option[offer])
    for way, whom, start in zip(today, with_whom, starts.tolist(), strict=True):
        if way and way.whom:
            found[start + whom.by_whom[way.mode, way.whom]] = True
    return found


def is_unnamed(way: Current | None) -> bool:
    """Whether somebody runs it today of whom it is not said who."""
    return way is not None and way.mode is not Option.MAKE and not way.whom


def is_fixed(profile: Profile, function: Function, way: Current | None) -> bool:
    """Whether what is paid for a function, run this way, is known, and holds for longer than until the new start."""
    if way is None or way.until is None or profile.has_ended(way):
        return False
    return way.cost is not None or any(function.id in package.functions for package in profile.packages)


WEEKEND = 2
"""Days without anybody that count for nothing."""


def idle(profile: Profile, function: Function) -> tuple[date, date] | None:
    """The first and the last day on which nobody runs it: whoever does closes before the answer is to hold.

    None where that is not for longer than a weekend, or not known.
    """
    start, today = profile.organisation.from_, profile.today(function)
    if start is None or today is None:
        return None
    closes = {each.id: each.closes for each in others_of(profile)}
    first = min(filter(None, map(closes.get, today.whom)), default=start) + timedelta(days=1)
    return None if (start - first).days <= WEEKEND else (first, start - timedelta(days=1))


def paid_today(
    of_each: Sequence[Profile],
    functions: Sequence[Function],
    today: Sequence[Current | None],
    own: FunctionColumns,
    rules: RuleSet,
    catalogue: Catalogue,
) -> dict[str, Any]:
    """What is paid for each function today, £ a year, and whether its contract has ended by the new start.

    The price of a package is split by what its functions would cost in-house.
    """
    paid, split, ended = own.paid.copy(), np.zeros(len(functions), np.bool_), np.zeros(len(functions), np.bool_)
    notice, shares = np.zeros(len(functions)), dict[tuple[int, int, int], dict[str, float]]()
    for place, (profile, function, way) in enumerate(zip(of_each, functions, today, strict=True)):
        if way is None:
            continue
        start = profile.organisation.from_
        ended[place] = profile.has_ended(way)
        # When those who run it today close, where that is known: no notice runs past that.
        closes = {other.id: other.closes for other in others_of(profile)}
        ends = min(filter(None, (way.until, *map(closes.get, way.whom))), default=None)
        if profile.packages and way.cost is None:
            key = id(profile.packages), id(profile.functions), profile.organisation.population
            if key not in shares:
                shares[key] = _paid_in_packages(profile, rules, catalogue)
            paid[place] = shares[key].get(function.id, np.nan)
            split[place] = not np.isnan(paid[place])
        if start and way.notice_months:
            left = _months_left(start, ends) if ends else np.inf
            notice[place] = min(way.notice_months, left)
    return {"paid": paid, "split": split, "ended": ended, "notice": notice}


def _months_left(start: date, ends: date) -> float:
    """The months that what ends later runs past a start, its last day with it; none where it has ended by then."""
    return ((ends - start).days + 1) / _MONTH if ends > start else 0.0


_MONTH = 365.25 / 12  # Days.


def _paid_in_packages(profile: Profile, rules: RuleSet, catalogue: Catalogue) -> dict[str, float]:
    """£ a year paid for each function of a package, by id: its price, split by what they would cost in-house."""
    paid: dict[str, float] = {}
    for package in profile.packages:
        rows = [function for function in profile.functions if function.id in package.functions]
        if not rows:  # All of them are gone.
            continue
        today, kinds = list(map(profile.today, rows)), [profile.organisation.kind] * len(rows)
        own, rated = functions_of(rows, [0] * len(rows), today, kinds, rules, catalogue)
        people = np.full(len(rows), float(profile.organisation.population))
        size = in_house(own, rated[SCALE_ECONOMIES][:, 0], people, rules.costs).total
        known = size[~np.isnan(size)]
        size = np.nan_to_num(size, nan=known.mean() if len(known) else 1.0)
        for function, share in zip(rows, (package.cost * size / size.sum()).tolist(), strict=True):
            paid[function.id] = share
    return paid

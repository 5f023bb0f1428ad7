"""How functions are run today, in columns: which of their alternatives that is, and what is paid."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from mba.decide.alternatives import FunctionColumns, Mask, Offers, Places, others_of
from mba.decide.arrangements import Whom
from mba.decide.functions import functions_of
from mba.decide.parts import in_house
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import SCALE_ECONOMIES
from mba.knowledge.rules import RuleSet
from mba.profile import Current, Function, Profile
from mba.terms import Option


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
    start = profile.organisation.from_
    if way is None or way.until is None or start is None or way.until <= start:
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
    closing = min(filter(None, map(closes.get, today.whom)), default=start)
    first = min(closing, today.until or closing) + timedelta(days=1)
    if closing >= start or (start - first).days <= WEEKEND:
        return None
    return first, start - timedelta(days=1)


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
            left = max(0.0, (ends - start).days / _MONTH) if ends else np.inf
            notice[place] = min(way.notice_months, left)
    return {"paid": paid, "split": split, "ended": ended, "notice": notice}


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

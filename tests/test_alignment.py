"""Discriminating alignment (Williamson 1991), a law of the rule set as a whole and of no row of it.

The easier work is to contract for, the rather it is bought; the harder, the rather it is made; in the middle it is
shared or allied. Hardness is here how specific, how hard to check and how complex work is, each from 1 to 5. The
supplier and the partner are rated 3, two suppliers are credible, the population is so large that scale is silent, and
all else is rated 3, unless a test says otherwise. What is looked at is fit alone, money aside.
"""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import numpy as np
import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, result

from mba.knowledge.degrees import Real, degree, of_setting, strength
from mba.knowledge.measures import Setting
from mba.knowledge.rules import NEUTRAL
from mba.terms import Option

MAKE, SHARE, ALLY, BUY = Option
BOUGHT, HYBRID, MADE = range(3)
"""From what suits easy work to what suits hard work."""
RANKS = {BUY: BOUGHT, SHARE: HYBRID, ALLY: HYBRID, MAKE: MADE}

STEPS = np.linspace(1, 5, 17)
"""Ratings in quarters of a point: draws lie between whole ones."""
FINE = np.linspace(1, 5, 4_001)
LARGE = 1_000_000
SETTINGS = [
    {
        "volatility": volatility,
        "market_depth": depth,
        "credible_suppliers": credible,
        "core": core,
        "population": people,
    }
    for volatility, (depth, credible), core, people in product(
        (1, 3, 5), ((1, 0), (2, 1), (3, 2), (5, 4)), (False, True), (72_000, 226_000, LARGE)
    )
]


def named(setting: dict[str, Any]) -> str:
    return "-".join(map(str, setting.values()))


def fits(specific: Real, hard_to_check: Real, complex_: Real, **setting: Any) -> dict[Option, Real]:
    """Fits where work is so specific, hard to check and complex (1-5, of shapes that broadcast)."""
    others = {"population": LARGE, "supplier_stability": 3, "supplier_presence": 3}
    trust = {"supplier_trust": 3, "partner_trust": 3}
    known = of_setting(Setting.model_validate({**others, **trust, **setting}), RULES.parameters.efficient_scale)
    strengths = {
        **known,
        "asset_specificity": strength(specific),
        "measurability": -strength(hard_to_check),
        "complexity": strength(complex_),
    }
    return {option: _fit(option, strengths) for option in Option}


def _fit(option: Option, strengths: dict[str, Real]) -> Real:
    found = np.asarray(float(NEUTRAL))
    for _, rule in sorted(RULES.rules.items()):
        adjusted = rule.adjusted_by is not None and option in rule.adjusted_by.options
        found = found + NEUTRAL / RULES.reach * rule.points.of(option) * degree(rule, strengths, adjusted=adjusted)
    return found


def best(specific: Real, hard_to_check: Real, complex_: Real, **setting: Any) -> Real:
    """The rank of the best fit: BOUGHT, HYBRID or MADE; of equals the first."""
    found = fits(specific, hard_to_check, complex_, **setting)
    ranked = np.broadcast_arrays(found[BUY], np.maximum(found[SHARE], found[ALLY]), found[MAKE])
    ranks: Real = np.argmax(np.round(ranked, 6), axis=0)
    return ranks


def width(**setting: Any) -> int:
    """How far work that gets harder in all three at once is best shared or allied, in thousandths of a rating."""
    return int(np.sum(best(FINE, FINE, FINE, **setting) == HYBRID))


def test_from_easy_to_hard_work_is_bought_then_shared_or_allied_then_made() -> None:
    """As the tool answers, at whole ratings."""

    def preferred(level: int) -> Option:
        ratings = {"asset_specificity": level, "measurability": 6 - level, "complexity": level}
        suppliers = [a_supplier("one"), a_supplier("two")]
        function = a_function("of-our-own", flags=[], ratings=ratings)
        profile = a_profile(function, partners=[a_partner(trust=3)], suppliers=suppliers, population=LARGE)
        return result(profile).preferred

    assert [RANKS[preferred(level)] for level in (1, 2, 3, 4, 5)] == [BOUGHT, BOUGHT, HYBRID, MADE, MADE]


@pytest.mark.parametrize("setting", SETTINGS, ids=named)
def test_work_that_gets_harder_in_any_way_never_leads_back(setting: dict[str, Any]) -> None:
    """Along every path on which nothing gets easier: each step is one of a grid, along one axis."""
    ranks = best(*np.meshgrid(STEPS, STEPS, STEPS, indexing="ij", sparse=True), **setting)

    for axis in range(3):
        assert np.all(np.diff(ranks, axis=axis) >= 0)


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_one_after_another_too_the_way_goes_from_buying_to_making(order: tuple[int, ...]) -> None:
    """Each from 1 to 5 before the next begins; such a path may pass the middle by, and then goes straight to making."""
    path = [np.clip(np.linspace(1, 13, 1_201) - 4 * order.index(axis), 1, 5) for axis in range(3)]

    ranks = best(*path)

    assert np.all(np.diff(ranks) >= 0)
    assert (ranks[0], ranks[-1]) == (BOUGHT, MADE)


@pytest.mark.parametrize("core", [False, True])
@pytest.mark.parametrize("people", [72_000, 226_000, LARGE])
@pytest.mark.parametrize("volatility", [1, 2, 3, 4, 5])
def test_there_is_a_middle_in_which_work_is_shared_or_allied(volatility: int, people: int, core: bool) -> None:
    assert width(volatility=volatility, population=people, core=core) > 0


def test_with_a_partner_alone_and_with_a_supplier_alone_there_is_a_middle_too() -> None:
    """Nobody to share or to ally with is scored as the least trusted."""
    assert width(supplier_trust=1, supplier_stability=1) > 0
    assert width(partner_trust=1) > 0


@pytest.mark.parametrize("setting", SETTINGS, ids=named)
def test_the_middle_never_grows_as_needs_change_more_often(setting: dict[str, Any]) -> None:
    widths = [width(**{**setting, "volatility": rating}) for rating in (1, 2, 3, 4, 5)]

    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[-1]


@pytest.mark.parametrize("volatility", [1, 3, 5])
@pytest.mark.parametrize("supplier", [1, 2, 3, 4, 5])
def test_the_middle_never_shrinks_as_the_partner_is_trusted_more(supplier: int, volatility: int) -> None:
    widths = [width(volatility=volatility, supplier_trust=supplier, partner_trust=trust) for trust in (1, 2, 3, 4, 5)]

    assert widths == sorted(widths)


@pytest.mark.parametrize("volatility", [1, 3, 5])
@pytest.mark.parametrize("partner", [1, 2, 3])
def test_the_middle_never_shrinks_as_the_supplier_is_trusted_more(partner: int, volatility: int) -> None:
    """From where an alliance is open. With a partner trusted at 4 or 5 it may, as the supplier is bought from too."""
    widths = [width(volatility=volatility, supplier_trust=trust, partner_trust=partner) for trust in (3, 4, 5)]

    assert widths == sorted(widths)
    assert widths[0] < widths[-1]


@pytest.mark.parametrize("setting", SETTINGS, ids=named)
def test_the_middle_never_shrinks_as_both_are_trusted_more(setting: dict[str, Any]) -> None:
    widths = [width(**setting, supplier_trust=trust, partner_trust=trust) for trust in (3, 4, 5)]

    assert widths == sorted(widths)
    assert widths[0] < widths[-1]

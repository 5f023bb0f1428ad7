"""Acceptabilities, central weights and confidence factors against figures worked out elsewhere.

Elsewhere is the R package smaa 0.3-2 (van Valkenhoef), run under R 4.2.2; a grid over all weights; and closed forms.
Criteria are rules and alternatives are options, so that a value is the rule's points for the option times the degree
to which it holds. Tolerances are at least three standard errors of the draws on both sides.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from mba.decide.alternatives import OPTIONS, Places
from mba.decide.decide import Appraised, appraise
from mba.knowledge.rules import Points, RuleSet
from mba.sensitivity.acceptability import support
from mba.sensitivity.draws import Drawing
from mba.sensitivity.hypercube import Draws
from mba.sensitivity.smaa import foremost, supports
from mba.sureness import Support
from mba.terms import Option

Row = tuple[float, ...]
"""A figure for each option, or for each criterion."""

CRITERIA = {"TC02": "measurability", "TC03": "complexity", "TC08": "scarce_expertise", "TC17": "in_house_capability"}
"""Rules that look at one rating each, and the rating."""

IN_FULL = {"TC02": 1, "TC03": 5, "TC08": 5, "TC17": 5}
"""Ratings at which these rules hold in full."""


def a_problem(points: Mapping[str, Row], ratings: Mapping[str, int], width: float) -> tuple[Appraised, RuleSet]:
    """Four options open to one function, judged by these rules alone.

    Points for each option, ratings so far either way.
    """
    rules = {
        code: RULES.rules[code].model_copy(
            update={"points": Points.model_construct(None, **dict(zip(map(str, Option), row, strict=True)))}
        )
        for code, row in points.items()
    }
    rated = RULES.uncertainty.rating_given.model_copy(update={"value": width})
    changed: dict[str, Any] = {
        **{name: getattr(RULES, name) for name in RuleSet.model_fields},
        "rules": rules,
        "uncertainty": RULES.uncertainty.model_copy(update={"rating_given": rated}),
    }
    # A copy of the whole set would keep what the old one has worked out from its own points.
    built = RuleSet.model_construct(None, **changed)
    function = a_function(ratings={CRITERIA[code]: ratings[code] for code in points})
    profile = a_profile(function, partners=[a_partner()], suppliers=[a_supplier()])
    return appraise(profile, built, CATALOGUE), built


def shares(kinds: Places, number: int) -> list[float]:
    """The share of draws, 0-1, of each kind, numbered from 0."""
    counted: list[float] = (np.bincount(kinds, minlength=number) / len(kinds)).tolist()
    return counted


def first_ranks(appraised: Appraised, rules: RuleSet, draws: int) -> Row:
    """The share of draws in which each option comes first."""
    drawing = Drawing(appraised.found, rules, Draws(draws, 1))
    first = np.concatenate([foremost(drawn.fits) for drawn in drawing])
    return tuple(shares(drawing.table.option[first], len(OPTIONS)))


def normal(found: Support) -> Row:
    """Central weights that add up to one, as the literature has them; ours have a mean of one."""
    return tuple(weight / len(found.weights) for _, weight in sorted(found.weights.items()))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "central", "factors", "error"),
    [
        # Printed in the package's own example, from its 10,000 draws.
        ((0.3504, 0.6496), ((0.187, 0.277, 0.536), (0.407, 0.364, 0.229)), (0.668, 0.896), 0.018),
        # The package on 1,000,000 draws of the same distributions.
        ((0.3419, 0.6581), ((0.1938, 0.2753, 0.5309), (0.4061, 0.3635, 0.2303)), (0.6540, 0.8910), 0.005),
    ],
)
def test_heparin_and_enoxaparin_come_out_as_in_the_package_that_documents_them(
    first: Row, central: Sequence[Row], factors: Row, error: float
) -> None:
    """Two ways to prevent thrombosis after injury, three kinds of harm counted in a trial (Geerts et al. 1996).

    The package's `thrombo` data are draws of beta distributions with the trial's counts (we compared the two: all six
    agree, Kolmogorov-Smirnov p > 0.1), each brought to values from 1 at the least harm of its scale to 0 at the most.
    """
    draws, rng = 300_000, np.random.default_rng(1)
    scales = {"TC02": (0.0, 0.25), "TC03": (0.15, 0.40), "TC08": (0.0, 0.1)}
    counts = (((20, 136), (8, 129)), ((40, 136), (32, 129)), ((1, 136), (5, 129)))
    values = {
        criterion: np.stack([(most - rng.beta(bad, of - bad, draws)) / (most - least) for bad, of in counted])
        for (criterion, (least, most)), counted in zip(scales.items(), counts, strict=True)
    }

    def totals(weights: Mapping[str, Any]) -> Any:
        return sum(weights[criterion] * values[criterion] for criterion in scales)

    _, rules = a_problem(dict.fromkeys(scales, (0, 0, 0, 0)), IN_FULL, 0)
    blocks = [block.weights(rules) for block in Draws(draws, 1).blocks()]
    weights = {criterion: np.concatenate([block[criterion] for block in blocks]) for criterion in scales}
    assert shares(foremost(totals(weights)), 2) == pytest.approx(first, abs=error)
    found = supports(totals, np.arange(2), weights)
    for place in range(2):
        assert normal(found[place]) == pytest.approx(central[place], abs=error)
        assert found[place].factor == pytest.approx(factors[place], abs=error)


@pytest.mark.slow
def test_four_options_with_uncertain_ratings_come_out_as_in_the_package() -> None:
    """The package was given 2,000,000 draws of its own of the same ratings (1.5 either way, within 1-5) and weights."""
    points = {"TC02": (6, 3, -2, -6), "TC03": (2, 1, 6, -3), "TC08": (-6, 4, 3, 6), "TC17": (8, 2, -3, -6)}
    appraised, rules = a_problem(points, {"TC02": 2, "TC03": 4, "TC08": 5, "TC17": 3}, 1.5)
    draws = 200_000
    assert first_ranks(appraised, rules, draws) == pytest.approx((0.1954, 0.2856, 0.2834, 0.2355), abs=0.004)
    found = support(appraised, "contract-negotiation", Draws(draws, 1))
    for option, factor, central in (
        (Option.MAKE, 0.4516, (0.3726, 0.2197, 0.0901, 0.3177)),
        (Option.SHARE, 0.6245, (0.2889, 0.1779, 0.3123, 0.2209)),
        (Option.ALLY, 0.5780, (0.1839, 0.4053, 0.1975, 0.2133)),
        (Option.BUY, 0.2554, (0.1813, 0.1751, 0.3702, 0.2734)),
    ):
        assert found[option].factor == pytest.approx(factor, abs=0.006)
        assert normal(found[option]) == pytest.approx(central, abs=0.005)


@pytest.mark.slow
def test_three_certain_criteria_come_out_as_on_a_grid_over_all_weights() -> None:
    points = {"TC02": (9, 4, 0, 5), "TC03": (1, 5, 8, 3), "TC08": (2, 6, 3, 7)}
    appraised, rules = a_problem(points, IN_FULL, 0)
    steps = 300
    grid = np.array(
        [
            ((i + 1 / 3) / steps, (j + 1 / 3) / steps, (steps - i - j - 2 / 3) / steps)
            for i, j in itertools.product(range(steps), repeat=2)
            if i + j < steps
        ]
    )
    best = np.argmax(grid @ np.array(list(points.values())), axis=1)
    expected = np.bincount(best, minlength=4) / len(best)
    assert first_ranks(appraised, rules, 100_000) == pytest.approx(expected, abs=0.006)
    for option, each in support(appraised, "contract-negotiation", Draws(100_000, 1)).items():
        assert each.factor == 1, "where values are certain, the central weights of an option support it"
        assert normal(each) == pytest.approx(grid[best == tuple(Option).index(option)].mean(axis=0), abs=0.006)


@pytest.mark.slow
def test_options_that_are_each_best_at_one_thing_share_the_weights_evenly() -> None:
    """Closed form: each comes first where its criterion weighs most.

    And the largest of n even shares is 1/n of 1 + 1/2 + ... + 1/n.
    """
    points = {code: tuple(10.0 * (place == best) for place in range(4)) for best, code in enumerate(CRITERIA)}
    appraised, rules = a_problem(points, IN_FULL, 0)
    assert first_ranks(appraised, rules, 100_000) == pytest.approx((0.25,) * 4, abs=0.005)
    largest = (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4
    for option, each in support(appraised, "contract-negotiation", Draws(100_000, 1)).items():
        expected = [(1 - largest) / 3] * 4
        expected[tuple(Option).index(option)] = largest
        assert normal(each) == pytest.approx(expected, abs=0.005)


@given(st.tuples(*[st.tuples(st.integers(-40, 40), st.integers(-40, 40)) for _ in Option]))
@examples(30)
def test_on_two_criteria_an_option_has_its_part_of_the_line_between_them(values: tuple[tuple[int, int], ...]) -> None:
    """Closed form: options are straight lines over the weight of the first criterion, even from 0 to 1.

    Central is the middle.
    """
    appraised, rules = a_problem(dict(zip(("TC02", "TC03"), zip(*values, strict=True), strict=True)), IN_FULL, 0)
    crossings = {
        cross
        for (a, b), (c, d) in itertools.combinations(values, 2)
        if a - b != c - d and 0 < (cross := (d - b) / ((a - b) - (c - d))) < 1
    }
    expected, middles = [0.0] * 4, [0.0] * 4
    for low, high in itertools.pairwise(sorted({0.0, 1.0} | crossings)):
        middle = (low + high) / 2
        tops = [middle * a + (1 - middle) * b for a, b in values]
        winner = tops.index(max(tops))
        expected[winner] += high - low
        middles[winner] += (high - low) * middle
    draws = 10_000
    found = first_ranks(appraised, rules, draws)
    supported = support(appraised, "contract-negotiation", Draws(draws, 1))
    for place, option in enumerate(Option):
        same = [other for other in range(4) if values[other] == values[place]]
        part = sum(expected[other] for other in same)
        assert sum(found[other] for other in same) == pytest.approx(part, abs=0.02)
        if len(same) == 1 and part > 0.02:
            assert normal(supported[option])[0] == pytest.approx(middles[place] / part, abs=0.02)

"""How far rules hold, in any number of situations at once: ratings to strengths, and strengths to degrees.

A figure here is an array of any shape, or one number; what is worked out of several has the shape they broadcast to.
"""

from collections.abc import Mapping
from functools import reduce
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.knowledge import measures
from mba.knowledge.measures import OF_CLIENT, OF_PARTNER, OF_SUPPLIER, RATED, EfficientScale, Measure, Setting
from mba.knowledge.rules import Direction, Rule
from mba.ratings import MIDDLE

Real: TypeAlias = NDArray[np.float64]
Strengths: TypeAlias = Mapping[Measure, Real]
"""Measures as strengths: -1 to 1 about the middle of a rating, 0 to 1 where ONE_SIDED."""


def strength(rating: Real) -> Real:
    """The strength of a rating, 1-5: from -1 to 1, 0 at the middle."""
    return (rating - MIDDLE) / 2


def of_functions(ratings: Mapping[Measure, Real], population: Real, credible: Real, scale: EfficientScale) -> Strengths:
    """Strengths of what is a function's own: its ratings (1-5), and what follows from them where it is run.

    `population` is people served, `credible` how many credible suppliers are listed. Competition has no benefit where
    there is none, however deep the market is rated.
    """
    found = {measure: strength(ratings[measure]) for measure in RATED}
    sole = credible <= 1
    found[measures.SOLE_SUPPLIER] = np.where(sole, 1.0, 0.0)
    found[measures.MARKET_DEPTH] = np.minimum(np.where(sole, 0.0, np.inf), found[measures.MARKET_DEPTH])
    found[measures.BELOW_EFFICIENT_SCALE] = shortfall(scale, population, ratings[measures.SCALE_ECONOMIES])
    return found


def shortfall(scale: EfficientScale, population: Real, scale_economies: Real) -> Real:
    """How far below efficient scale, from 0 (at or above it) to 1 (a tenth of it, or less).

    Efficient scale lies between smallest (rating 1) and largest (rating 5) on a logarithmic scale, since what a team's
    cost follows is by what factor it is too small, not by how many people.
    """
    low, high = np.log10(scale.smallest), np.log10(scale.largest)
    efficient = low + (scale_economies - 1) / 4 * (high - low)
    found: Real = np.clip(efficient - np.log10(population), 0.0, 1.0)
    return found


def pooled(number: Real) -> Real:
    """The strength of so many partners: all of it from five on."""
    return np.minimum(1.0, number / 5)


def of_setting(setting: Setting, scale: EfficientScale) -> Strengths:
    """Every measure of one setting. A rating of a supplier or a partner who is not there is as bad as 1."""
    others = (*OF_CLIENT, *OF_SUPPLIER, *OF_PARTNER[:-1])
    rated = {measure: np.asarray(getattr(setting, measure) or 1, np.float64) for measure in (*RATED, *others)}
    people, credible = (np.asarray(each, np.float64) for each in (setting.population, setting.credible_suppliers))
    return {
        **of_functions(rated, people, credible, scale),
        **{measure: strength(rated[measure]) for measure in others},
        measures.CORE: np.asarray(setting.core, np.float64),
        measures.RURALITY: np.asarray(measures.RURAL[setting.rurality]),
        measures.POOLED: pooled(np.asarray(setting.partners)),
    }


def towards(way: Direction, strength: Real) -> Real:
    """How far a strength goes the way that a rule speaks of.

    At an end of a rating 1 or -1, at its middle 0; where the rule speaks of the middle, 1 there and 0 at both ends.
    """
    if way is Direction.MIDDLE:
        return 1 - np.abs(strength)
    return strength if way is Direction.HIGH else -strength


def degree(rule: Rule, strengths: Mapping[Measure, Any], *, adjusted: bool) -> Real:
    """How far a rule holds, from -1 (the reverse holds in full) to 1; `adjusted` where it is for the option asked of.

    A rule on one end of one measure follows it both ways. One on several holds as far as the weakest of them does (the
    minimum, Zadeh 1965), and not at all where any does not go its way.
    """
    found: Real = reduce(np.minimum, [towards(way, strengths[measure]) for measure, way in rule.when.items()])
    if rule.lowest == 0:
        found = np.maximum(0.0, found)
    by = rule.adjusted_by
    if by and adjusted:
        factor = by.start + (by.end - by.start) * np.maximum(0.0, strengths[by.measure])
        found = np.where(found > 0, found * factor, found)
    return found

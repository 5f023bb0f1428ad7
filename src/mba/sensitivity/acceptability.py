"""How sure: how often each option is the answer when what is uncertain is drawn anew.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001): the
acceptability of an option is the share of draws in which it comes first. It is found for each function alone, and
inside the budget, where every draw is a portfolio chosen exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import Alternative, Appraisal, Appraised
from mba.decide.score import MILLION
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Option
from mba.results import Decision, FunctionResult
from mba.sensitivity.choose_each import BLOCK, Class, Picks, choose_each
from mba.sensitivity.draws import Draws, Stress, draw, draw_common, values
from mba.sensitivity.smaa import foremost, shares, supports
from mba.sensitivity.switching import nearest
from mba.sensitivity.value_of_information import ask_next
from mba.sureness import Acceptability, Confidence, Level, Support, level_of

ORDER = tuple(Option)
USUAL = 10_000
"""Draws where the user does not say how many."""

MOST_TIPPED = 800
"""Offers up to which what would tip an answer is tried; beyond, `explain` does so for one function at a time."""


def usual_exact(functions: int) -> int:
    """How many portfolios of so many functions are chosen exactly where the money binds and the user does not say.

    It is what takes longest.
    """
    return max(100, min(1_000, 30_000 // functions))


def with_confidence(
    decision: Decision,
    appraised: Appraised,
    rules: RuleSet,
    catalogue: Catalogue,
    draws: Draws,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> Decision:
    """The decision with how sure each recommendation is, what would tip the close ones, and what to find out next.

    `exact` is how many portfolios are chosen at most, where money binds; None: one for every draw. `tick` is told the
    share that is done, 0-1.
    """
    appraisals, done = appraised.appraisals, 0.0

    def drawn_one() -> None:
        nonlocal done
        done += 0.5 / len(appraisals)
        tick(done)

    drawn = draw(appraised, rules, draws, drawn_one)
    chosen = choose_inside(drawn, appraisals, appraised.free, exact, lambda share: tick(0.5 + share / 2))
    inside = len(next(iter(chosen.values())))
    sure, close = {}, []
    for function in decision.functions:
        stress = drawn[function.id]
        options = _options(stress.alternatives)
        accepted = Acceptability(*shares(options[chosen[function.id]], len(ORDER)))
        alone = Acceptability(*shares(options[foremost(stress.fits)], len(ORDER)))
        often = getattr(accepted, function.recommendation)
        level, error = _level(function, often), _half_width(often, inside)
        sure[function.id] = Confidence(level, accepted, error, inside, alone, draws.number)
        if level is Level.TOO_CLOSE:
            close.append(function.id)
    few = sum(len(appraisal.choice) for appraisal in appraisals) <= MOST_TIPPED
    tips = nearest(appraised, close, rules, catalogue) if few else {}
    return decision._replace(
        functions=tuple(f._replace(confidence=sure[f.id], switch=tips.get(f.id)) for f in decision.functions),
        ask=ask_next(appraised, drawn, chosen, rules, draws),
    )


def _level(function: FunctionResult, often: float) -> Level:
    """How sure a recommendation is that is chosen in this share of draws, 0-1."""
    if function.is_decided:
        return Level.DECIDED
    return level_of(often) if function.is_open else Level.ONLY_OPTION


def _half_width(share: float, draws: int) -> float:
    """Half the 95% interval of a share (Wilson 1927), which is not empty where every draw agrees."""
    z = 1.96
    return z / (1 + z * z / draws) * math.sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws))


def _options(alternatives: Sequence[Alternative]) -> NDArray[np.intp]:
    """Which option each alternative is a way to have, by its place in the order."""
    return np.array([ORDER.index(alternative.option) for alternative in alternatives])


def support(appraised: Appraised, id_: str, rules: RuleSet, draws: Draws) -> dict[Option, Support]:
    """For each option of a function that ever fits best, its central weights and its confidence factor."""
    appraisal = appraised.of_before_money(id_)
    common = draw_common(appraised.profile, rules, draws)
    parts = values(appraised.profile, appraisal, common, rules, draws)
    supported = supports(parts, _options(appraisal.choice), common.weights, draws.number)
    return {ORDER[place]: each for place, each in supported.items()}


def choose_inside(
    drawn: Mapping[str, Stress],
    appraisals: Sequence[Appraisal],
    free: int,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> dict[str, Picks]:
    """Which alternative is chosen for each function in every draw, inside the free money, £ a year.

    Where what fits best is within the money, it is the best portfolio; every other draw is chosen exactly. Where
    there are more than `exact` of these, only so many draws are looked at, the first.
    """
    costed = sorted(filter(attrgetter("costed"), appraisals), key=attrgetter("id"))
    best = _best(drawn, appraisals, free)
    over = np.flatnonzero(best.aside + best.spent > free)
    picks = best.picks
    if exact is not None and len(over) > exact:
        picks = {id_: row[:exact] for id_, row in picks.items()}
        over = over[over < exact]
    for start in range(0, len(over), BLOCK):
        block = over[start : start + BLOCK]
        classes = [_class(drawn[appraisal.id], block, appraisal.weight) for appraisal in costed]
        rows = choose_each(classes, free - np.rint(best.aside[block]).astype(np.int64))
        for appraisal, row in zip(costed, rows, strict=True):
            picks[appraisal.id][block] = row
        tick((start + len(block)) / len(over))
    return picks


class _Best(NamedTuple):
    """What fits best in every draw, by function.

    What that costs where money can have a say, and aside from it, £ a year.
    """

    picks: dict[str, Picks]
    spent: NDArray[np.float64]
    aside: NDArray[np.float64]


def _best(drawn: Mapping[str, Stress], appraisals: Sequence[Appraisal], free: int) -> _Best:
    draws = next(iter(drawn.values())).fits.shape[1]
    best = _Best({}, np.zeros(draws), np.zeros(draws))
    # Sums go by id, so that the order of the file changes nothing, not even the last place of a float.
    for appraisal in sorted(appraisals, key=attrgetter("id")):
        stress = drawn[appraisal.id]
        within = None if appraisal.costed else free
        picks = _first(stress, within)
        best.picks[appraisal.id] = picks
        known = stress.costs[picks, np.arange(draws)]
        total = best.spent if appraisal.costed else best.aside
        total += known
    return best


def _first(stress: Stress, free: int | None) -> Picks:
    """The alternative that fits best in every draw.

    With `free`, of those that cost no more, £ a year, where there are any.
    """
    fits = stress.fits
    if free is not None:
        dear = stress.costs > free
        fits = np.where(dear & ~dear.all(axis=0), -np.inf, fits)
    return foremost(fits)


def _class(stress: Stress, draws: Picks, weight: int) -> Class:
    """The class of a function in the portfolios of some draws, in whole £ and millionths of fit."""
    costs, fits = stress.costs[:, draws], stress.fits[:, draws]
    # Weights far from usual can bring a fit below 0; what is added to a whole class changes no choice.
    worths = np.rint((fits - fits.min(axis=0)) * MILLION)
    return Class(np.rint(costs).astype(np.int64), worths.astype(np.int64), weight)

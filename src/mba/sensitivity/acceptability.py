"""How sure: how often each option is the answer when what is uncertain is drawn anew.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001): the acceptability of an option
is the share of draws in which it comes first. It is found for each function alone, and inside the budget, where every draw is a portfolio
chosen exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.decide.decide import Weighed
from mba.decide.portfolio import Case, Priced
from mba.decide.score import MILLION
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Option
from mba.results import Decision
from mba.sensitivity.choose_each import BLOCK, Drawn, choose_each
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

Picks: TypeAlias = NDArray[np.intp]
"""Which way is chosen in each draw, by its place."""


def usual_exact(functions: int) -> int:
    """How many portfolios of so many functions are chosen exactly where the money binds and the user does not say: what takes longest."""
    return max(100, min(1_000, 30_000 // functions))


def with_confidence(
    decision: Decision,
    weighed: Weighed,
    rules: RuleSet,
    catalogue: Catalogue,
    draws: Draws,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> Decision:
    """The decision with how sure each recommendation is, what would tip those that are too close to call, and what to find out next.

    `exact` is how many portfolios are chosen at most, where money binds; None: one for every draw. `tick` is told the share that is done, 0-1.
    """
    cases, done = weighed.cases, 0.0

    def drawn_one() -> None:
        nonlocal done
        done += 0.5 / len(cases)
        tick(done)

    drawn = draw(weighed, rules, draws, drawn_one)
    chosen = choose_inside(
        drawn, cases, weighed.allowance - weighed.committed, exact, lambda share: tick(0.5 + share / 2)
    )
    found = {case.judged.function.id: _shares(case, drawn, chosen) for case in cases}
    inside = len(next(iter(chosen.values())))
    sure = {}
    for function in decision.functions:
        shares, alone = found[function.id]
        often = getattr(shares, function.recommendation)
        sure[function.id] = Confidence(level_of(often), shares, _half_width(often, inside), inside, alone, draws.number)
    offers = sum(len(case.choice) for case in cases)
    close = [id_ for id_, each in sure.items() if each.level is Level.TOO_CLOSE]
    tips = nearest(weighed, close, rules, catalogue) if offers <= MOST_TIPPED else {}
    return decision._replace(
        functions=tuple(f._replace(confidence=sure[f.id], switch=tips.get(f.id)) for f in decision.functions),
        ask=ask_next(weighed, drawn, chosen, rules, draws),
    )


def _half_width(share: float, draws: int) -> float:
    """Half the 95% interval of a share (Wilson 1927), which is not empty where every draw agrees."""
    z = 1.96
    return z / (1 + z * z / draws) * math.sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws))


def _shares(
    case: Case, drawn: Mapping[str, Stress], chosen: Mapping[str, Picks]
) -> tuple[Acceptability, Acceptability]:
    """How often each option is chosen inside the budget, and how often it fits best alone."""
    id_ = case.judged.function.id
    options, number = _options(drawn[id_].ways), len(ORDER)
    inside, alone = options[chosen[id_]], options[foremost(drawn[id_].fits)]
    return Acceptability(*shares(inside, number)), Acceptability(*shares(alone, number))


def _options(ways: Sequence[Priced]) -> NDArray[np.intp]:
    """Which option each way is a way to have, by its place in the order."""
    return np.array([ORDER.index(priced.option) for priced in ways])


def support(weighed: Weighed, id_: str, rules: RuleSet, draws: Draws) -> dict[Option, Support]:
    """For each option of a function that ever fits best, its central weights and its confidence factor."""
    case = next(case for case in weighed.before_money if case.judged.function.id == id_)
    common = draw_common(weighed.profile, rules, draws)
    parts = values(weighed.profile, case, common, rules, draws)
    found = supports(parts, _options(case.choice), common.weights, draws.number)
    return {ORDER[place]: each for place, each in found.items()}


def choose_inside(
    drawn: Mapping[str, Stress],
    cases: Sequence[Case],
    free: int,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> dict[str, Picks]:
    """Which way is chosen for each function in every draw, inside the free money, £ a year.

    Where what fits best is within the money, it is the best portfolio; every other draw is chosen exactly. Where there are more than `exact` of these,
    only so many draws are looked at, the first.
    """
    held = {case.judged.function.id: case for case in cases}
    costed = sorted(id_ for id_, case in held.items() if case.costed)
    first = {id_: _first(each, free if id_ not in costed else None) for id_, each in drawn.items()}
    draws = len(next(iter(first.values())))
    known = {id_: drawn[id_].costs[picks, np.arange(draws)] for id_, picks in first.items()}
    aside = sum((known[id_] for id_ in held if id_ not in costed), np.zeros(draws))
    spent = aside + sum((known[id_] for id_ in costed), np.zeros(draws))
    over = np.flatnonzero(spent > free)
    if exact is not None and len(over) > exact:
        draws = exact
        first = {id_: picks[:draws] for id_, picks in first.items()}
        over = over[over < draws]
    for start in range(0, len(over), BLOCK):
        block = over[start : start + BLOCK]
        classes = [_class(drawn[id_], block, held[id_].weight) for id_ in costed]
        picks = choose_each(classes, free - np.rint(aside[block]).astype(np.int64))
        for id_, row in zip(costed, picks, strict=True):
            first[id_][block] = row
        tick((start + len(block)) / len(over))
    return first


def _first(stress: Stress, free: int | None) -> Picks:
    """The way that fits best in every draw; with `free`, of those that cost no more, £ a year, where there are any."""
    fits = stress.fits
    if free is not None:
        dear = stress.costs > free
        fits = np.where(dear & ~dear.all(axis=0), -np.inf, fits)
    return foremost(fits)


def _class(stress: Stress, draws: Picks, weight: int) -> Drawn:
    """The class of a function in the portfolios of some draws, in whole £ and millionths of fit."""
    costs, fits = stress.costs[:, draws], stress.fits[:, draws]
    # Weights far from usual can bring a fit below 0; what is added to a whole class changes no choice.
    worths = np.rint((fits - fits.min(axis=0)) * MILLION)
    return Drawn(np.rint(costs).astype(np.int64), worths.astype(np.int64), weight)

"""All functions together: what suits best, and what suits best within the money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mba.decide.alternatives import Alternative, Appraisal
from mba.decide.choose import Chosen, Item, cheapest, choose, frontier
from mba.decide.score import MILLION
from mba.spending import Budget, FrontierPoint


class Portfolio(NamedTuple):
    """What was picked for each function, in the order of the appraisals, and the money."""

    picks: tuple[Alternative, ...]
    budget: Budget

    def restored_by(self, id_: str) -> int | None:
        """How much more money, £ a year, would bring a function to its best.

        To the last corner of the frontier where it moves. At that corner the portfolio is the best of all that cost
        no more, so with that much it is what is recommended.
        """
        cost, headroom = self.budget.recommended_cost, self.budget.headroom
        if cost is None or headroom is None:
            return None
        for point in reversed(self.budget.frontier):
            if point.function == id_:
                return max(0, point.cost - cost - headroom)
        return None


class _Classes(NamedTuple):
    """The functions in which money can have a say, as classes of items to choose from.

    `places` are where they stand among the appraisals; `ranked` has what may be picked for each, and `items` the same
    as items. `aside` is what the others cost, £ a year.
    """

    places: list[int]
    ranked: list[list[Alternative]]
    items: list[list[Item]]
    aside: int

    def picked(self, picks: Sequence[int]) -> list[tuple[int, Alternative]]:
        """The alternatives that were picked, each with the place of its function."""
        return [(at, ways[pick]) for at, ways, pick in zip(self.places, self.ranked, picks, strict=True)]


def picks(appraisals: Sequence[Appraisal], free: int) -> tuple[Alternative, ...]:
    """What `portfolio` picks for each function within the free money, £ a year, and nothing besides."""
    best = [appraisal.choice[0] for appraisal in appraisals]
    # What fits best, and of equals is cheapest, is the best portfolio where there is money for it.
    if sum(alternative.pounds for alternative in best) > free:
        classes = _classes(appraisals)
        chosen = choose(classes.items, free - classes.aside).picks or cheapest(classes.items)
        for at, alternative in classes.picked(chosen):
            best[at] = alternative
    return tuple(best)


def portfolio(appraisals: Sequence[Appraisal], allowance: int, committed: int) -> Portfolio:
    """The best portfolio within the allowance less what is committed, £ a year.

    The cheapest where none is within it. Functions whose cost is not known are picked by fit and left out of every
    sum, but for what a quote says of them.
    """
    classes = _classes(appraisals)
    chosen = choose(classes.items, allowance - committed - classes.aside)
    picked = [appraisal.choice[0] for appraisal in appraisals]
    for at, alternative in classes.picked(chosen.picks or cheapest(classes.items)):
        picked[at] = alternative
    return Portfolio(tuple(picked), _budget(appraisals, picked, classes, chosen, allowance, committed))


def _budget(
    appraisals: Sequence[Appraisal],
    picked: Sequence[Alternative],
    classes: _Classes,
    chosen: Chosen,
    allowance: int,
    committed: int,
) -> Budget:
    """The money of what was picked, beside that of what fits best."""
    best = [appraisal.choice[0] for appraisal in appraisals]
    weights = [appraisals[at].weight for at in classes.places]
    uncosted = tuple(_uncosted(appraisals, picked))
    budget = Budget(
        allowance=allowance,
        committed=committed,
        recommended_cost=None,
        preferred_cost=None,
        headroom=None,
        within_allowance=chosen.picks is not None,
        complete=not uncosted,
        uncosted=uncosted,
        recommended_fit=_mean_fit([picked[at] for at in classes.places], weights),
        preferred_fit=_mean_fit([best[at] for at in classes.places], weights),
        gap=chosen.gap / ((sum(weights) or 1) * MILLION),
        frontier=_frontier(classes, appraisals),
    )
    if not classes.places and not classes.aside:
        return budget  # Nothing is known to cost anything.
    cost = classes.aside + sum(picked[at].pounds for at in classes.places)
    dearest = classes.aside + sum(best[at].pounds for at in classes.places)
    return budget._replace(recommended_cost=cost, preferred_cost=dearest, headroom=allowance - committed - cost)


def _uncosted(appraisals: Sequence[Appraisal], picked: Sequence[Alternative]) -> Iterator[str]:
    """The ids of the functions for which something without a known cost was picked."""
    for appraisal, alternative in zip(appraisals, picked, strict=True):
        if not alternative.cost:
            yield appraisal.id


def _mean_fit(picked: Sequence[Alternative], weights: Sequence[int]) -> float | None:
    """The mean fit, 0-100, by weight; None where nothing weighs."""
    if not sum(weights):
        return None
    weighed = sum(alternative.exact * weight for alternative, weight in zip(picked, weights, strict=True))
    return weighed / (sum(weights) * MILLION)


def _classes(appraisals: Sequence[Appraisal]) -> _Classes:
    # Classes go by id, so that the order of the file changes nothing, even among equals.
    places = sorted(range(len(appraisals)), key=lambda at: appraisals[at].id)
    classes, aside = _Classes([], [], [], 0), 0
    for at in places:
        appraisal = appraisals[at]
        if not appraisal.costed:
            aside += appraisal.choice[0].pounds
            continue
        ranked = sorted(appraisal.choice, key=lambda alternative: alternative.arrangement.rank())
        classes.places.append(at)
        classes.ranked.append(ranked)
        classes.items.append([Item(one.pounds, one.exact * appraisal.weight) for one in ranked])
    return classes._replace(aside=aside)


def _frontier(classes: _Classes, appraisals: Sequence[Appraisal]) -> tuple[FrontierPoint, ...]:
    """The frontier in the words of the portfolio."""
    weight = sum(appraisals[at].weight for at in classes.places) * MILLION
    if not weight:
        return ()
    now = list(cheapest(classes.items))
    points = []
    for step in frontier(classes.items):
        cost, fit = classes.aside + step.cost, step.value / weight
        if step.moved < 0:
            points.append(FrontierPoint(cost, fit, None, None, None))
            continue
        ranked = classes.ranked[step.moved]
        before, after = ranked[now[step.moved]].option, ranked[step.pick].option
        now[step.moved] = step.pick
        points.append(FrontierPoint(cost, fit, appraisals[classes.places[step.moved]].id, before, after))
    return tuple(points)

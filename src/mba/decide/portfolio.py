"""All functions together: what suits best, and what suits best within the money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places
from mba.decide.choose import Chosen, Item, cheapest, choose, frontier
from mba.decide.evaluate import Evaluated, Money
from mba.decide.score import MILLION
from mba.spending import Budget, FrontierPoint


class Portfolio(NamedTuple):
    """The alternative that was picked for each function, by place, and the money."""

    picks: Places
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

    `places` are their places among the functions; `ways` the alternatives that may be picked for each, and `items` the
    same as items. `aside` is what the best of the others cost, £ a year.
    """

    places: list[int]
    ways: list[list[int]]
    items: list[list[Item]]
    aside: int


def _classes(found: Evaluated, choice: Mask, best: Places) -> _Classes:
    costed = found.costed
    classes = _Classes([], [], [], round(found.prices.total[best[~costed]].sum()))
    ways, ends = np.flatnonzero(choice), np.flatnonzero(np.diff(found.table.function[choice], append=-1)) + 1
    costs, worths = found.prices.total[ways].astype(np.int64).tolist(), found.exact[ways].tolist()
    start, each = 0, ways.tolist()
    for place, (end, weight) in enumerate(zip(ends.tolist(), found.weight.tolist(), strict=True)):
        if costed[place]:
            classes.places.append(place)
            classes.ways.append(each[start:end])
            items = zip(costs[start:end], worths[start:end], strict=True)
            classes.items.append([Item(cost, worth * weight) for cost, worth in items])
        start = end
    return classes


def portfolio(found: Evaluated, choice: Mask, money: Money) -> Portfolio:
    """The best portfolio of what may be chosen within the free money.

    The cheapest where none is within it. Functions whose cost is not known are picked by fit and left out of every
    sum, but for what a quote says of them.
    """
    best = found.best(choice)
    classes = _classes(found, choice, best)
    chosen = choose(classes.items, money.free - classes.aside)
    picked = best.copy()
    for place, ways, pick in zip(classes.places, classes.ways, chosen.picks or cheapest(classes.items), strict=True):
        picked[place] = ways[pick]
    return Portfolio(picked, _budget(found, picked, best, classes, chosen, money))


def _budget(found: Evaluated, picked: Places, best: Places, classes: _Classes, chosen: Chosen, money: Money) -> Budget:
    """The money of what was picked, beside that of what fits best."""
    functions, at = found.table.functions.rows, np.array(classes.places, np.intp)
    weights = found.weight[at].tolist()
    unknown = {functions[place].id for place in np.flatnonzero(~found.prices.known[picked]).tolist()}
    ids = [function.id for function in found.table.profiles[0].functions]
    uncosted = tuple(filter(unknown.__contains__, ids))
    budget = Budget(
        allowance=money.allowance,
        committed=money.committed,
        recommended_cost=None,
        preferred_cost=None,
        headroom=None,
        within_allowance=chosen.picks is not None,
        complete=not uncosted,
        uncosted=uncosted,
        recommended_fit=_mean_fit(found.exact[picked[at]].tolist(), weights),
        preferred_fit=_mean_fit(found.exact[best[at]].tolist(), weights),
        gap=chosen.gap / ((sum(weights) or 1) * MILLION),
        frontier=_frontier(found, classes),
    )
    if not classes.places and not classes.aside:
        return budget  # Nothing is known to cost anything.
    cost, dearest = (classes.aside + round(found.prices.total[some[at]].sum()) for some in (picked, best))
    return budget._replace(recommended_cost=cost, preferred_cost=dearest, headroom=money.free - cost)


def _mean_fit(exact: Sequence[int], weights: Sequence[int]) -> float | None:
    """The mean fit, 0-100, by weight; None where nothing weighs."""
    if not sum(weights):
        return None
    weighed = sum(fit * weight for fit, weight in zip(exact, weights, strict=True))
    return weighed / (sum(weights) * MILLION)


def _frontier(found: Evaluated, classes: _Classes) -> tuple[FrontierPoint, ...]:
    """The frontier in the words of the portfolio."""
    weight = sum(found.weight[classes.places].tolist()) * MILLION
    if not weight:
        return ()
    now = list(cheapest(classes.items))
    points = []
    for step in frontier(classes.items):
        cost, fit = classes.aside + step.cost, step.value / weight
        if step.moved < 0:
            points.append(FrontierPoint(cost, fit, None, None, None))
            continue
        ways = classes.ways[step.moved]
        before, after = (OPTIONS[found.table.option[ways[way]]] for way in (now[step.moved], step.pick))
        now[step.moved] = step.pick
        points.append(
            FrontierPoint(cost, fit, found.table.functions.rows[classes.places[step.moved]].id, before, after)
        )
    return tuple(points)

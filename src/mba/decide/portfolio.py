"""All functions together: what suits best, and what suits best within the money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, Whole
from mba.decide.choose import Chosen, Item, cheapest, choose, frontier
from mba.decide.evaluate import MILLS, Evaluated, Money
from mba.decide.score import MILLION
from mba.spending import Budget, FrontierPoint


class Portfolio(NamedTuple):
    """The alternative that was picked for each function, by place, and the money.

    `most` is the alternative of most worth of each function, were there money for all. `price` is by how much more than
    itself a pound a year counts where the money runs out; 0 where there is money for all.
    """

    picks: Places
    most: Places
    budget: Budget
    price: float

    def restored_by(self, id_: str) -> int | None:
        """How much more money, £ a year, would bring a function to the way of most worth.

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


class Contested(NamedTuple):
    """The functions in which money can have a say, as classes of items to choose from.

    `places` are their places among the functions; `ways` the alternatives that may be picked for each, what is as
    today first. `aside` is what the best of the others cost, £ a year.
    """

    places: list[int]
    ways: list[Places]
    aside: int

    def items(self, found: Evaluated, value: Whole) -> list[list[Item]]:
        """The ways as items, by one of the values that alternatives have; moved up so that none is below 0."""
        costs = found.prices.total.astype(np.int64)
        items = []
        for ways in self.ways:
            values = value[ways] - value[ways].min()
            items.append([Item(*each) for each in zip(costs[ways].tolist(), values.tolist(), strict=True)])
        return items

    def put(self, picks: Places, chosen: Sequence[int]) -> Places:
        """The picks with what was chosen of each class in place."""
        put = picks.copy()
        for place, ways, pick in zip(self.places, self.ways, chosen, strict=True):
            put[place] = ways[pick]
        return put


def classes_of(found: Evaluated, choice: Mask, best: Places) -> Contested:
    """The classes of what may be chosen; `best` is what is picked of functions in which money has no say."""
    ways = np.flatnonzero(choice)
    ways = ways[np.lexsort((found.order[ways], found.table.function[ways]))]
    ends = np.searchsorted(found.table.function[ways], np.arange(len(best) + 1))
    places = np.flatnonzero(found.costed).tolist()
    aside = round(found.prices.total[best[~found.costed]].sum())
    return Contested(places, [ways[ends[place] : ends[place + 1]] for place in places], aside)


def portfolio(found: Evaluated, choice: Mask, money: Money) -> Portfolio:
    """The portfolio of most worth of what may be chosen, as `floor` has it.

    Functions whose cost is not known are picked by fit and left out of every sum, but for what is known of them.
    """
    most = found.best(choice)
    picked, unproved = picks_of(found, choice, money)
    return Portfolio(picked, most, _budget(found, picked, choice, unproved, money), _price(found, choice, picked))


def _price(found: Evaluated, choice: Mask, picked: Places) -> float:
    """How much more than itself a pound counts where the picks stop: by the next step up the frontier of worth."""
    classes = classes_of(found, choice, picked)
    items = classes.items(found, found.merit)
    spent, low = round(found.prices.total[picked].sum()) - classes.aside, None
    for step in frontier(items):
        if low and step.cost > spent:
            return (step.value - low.value) / (step.cost - low.cost) / MILLS
        low = step
    return 0.0


def picks_of(found: Evaluated, choice: Mask, money: Money) -> tuple[Places, float]:
    """The picks of that portfolio, and how much more worth, £ a year, one that was not looked at could have at most."""
    most = found.best(choice)
    classes = classes_of(found, choice, most)
    today = int(found.today_costs(choice)[classes.places].sum())
    chosen = _chosen(found, classes, today, money.free - classes.aside)
    return classes.put(most, chosen.picks or ()), chosen.gap / MILLS


def _chosen(found: Evaluated, classes: Contested, today: int, free: int) -> Chosen:
    """Most worth of all that cost no more than the free money or, if that is more, than the floor."""
    items = classes.items(found, found.merit)
    if today <= free:
        return choose(items, free)
    floor = choose(classes.items(found, found.scarce), today)
    return floor if floor.cost > free else choose(items, free)


def _budget(found: Evaluated, picked: Places, choice: Mask, unproved: float, money: Money) -> Budget:
    """The money of what was picked, beside that of what fits best."""
    functions, costed, best = found.table.functions.rows, found.costed, found.fittest(choice)
    weights = found.weight[costed].tolist()
    unknown = {functions[place].id for place in np.flatnonzero(~found.prices.known[picked]).tolist()}
    ids = [function.id for function in found.table.profiles[0].appraised]
    uncosted = tuple(filter(unknown.__contains__, ids))
    budget = Budget(
        allowance=money.allowance,
        committed=money.committed,
        recommended_cost=None,
        preferred_cost=None,
        headroom=None,
        within_allowance=True,
        complete=not uncosted,
        uncosted=uncosted,
        recommended_fit=mean_fit(found.exact[picked[costed]].tolist(), weights),
        preferred_fit=mean_fit(found.exact[best[costed]].tolist(), weights),
        unproved=unproved,
        frontier=_frontier(found, classes_of(found, choice, picked)),
    )
    if not found.prices.known[picked].any():
        return budget  # Nothing is known to cost anything.
    cost, dearest = (round(found.prices.total[some].sum()) for some in (picked, best))
    left = money.free - cost
    once = round(found.moving.once[picked].sum())
    return budget._replace(
        recommended_cost=cost,
        preferred_cost=dearest,
        headroom=left,
        within_allowance=left >= 0,
        gap=max(0, -left),
        moving_once=once,
        first_year_left=left - once,
    )


def mean_fit(exact: Sequence[int], weights: Sequence[int]) -> float | None:
    """The mean fit, 0-100, by weight; None where nothing weighs."""
    if not sum(weights):
        return None
    weighed = sum(fit * weight for fit, weight in zip(exact, weights, strict=True))
    return weighed / (sum(weights) * MILLION)


def _frontier(found: Evaluated, classes: Contested) -> tuple[FrontierPoint, ...]:
    """The frontier of worth in the words of the portfolio, with the mean fit at each corner."""
    items = classes.items(found, found.merit)
    weights = found.weight[classes.places]
    total = int(weights.sum()) * MILLION
    if not total:
        return ()
    now = [int(ways[pick]) for ways, pick in zip(classes.ways, cheapest(items), strict=True)]
    fit = int((found.exact[now] * weights).sum())
    points = []
    for step in frontier(items):
        cost = classes.aside + step.cost
        if step.moved < 0:
            points.append(FrontierPoint(cost, fit / total, None, None, None))
            continue
        before, after = now[step.moved], int(classes.ways[step.moved][step.pick])
        now[step.moved] = after
        fit += int((found.exact[after] - found.exact[before]) * weights[step.moved])
        options = (OPTIONS[found.table.option[way]] for way in (before, after))
        id_ = found.table.functions.rows[classes.places[step.moved]].id
        points.append(FrontierPoint(cost, fit / total, id_, *options))
    return tuple(points)

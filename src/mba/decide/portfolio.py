"""All functions together: what suits best, what suits best within the money, and what more or less of it would bring.

The frontier is that of the linear relaxation of the choice, by the upper hull of each class (Sinha & Zoltners 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places
from mba.decide.choose_each import NEVER, WORTHLESS, picked
from mba.decide.evaluate import MILLS, Evaluated, Money
from mba.decide.floor import Priced, answers
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


class Item(NamedTuple):
    """What one choice costs and is worth, both whole numbers, not negative."""

    cost: int
    value: int


class Step(NamedTuple):
    """A portfolio of the frontier: its sums, and which class moved from and to which item to reach it."""

    cost: int
    value: int
    moved: int = -1
    low: int = -1
    high: int = -1


Classes = Sequence[Sequence[Item]]


class Contested(NamedTuple):
    """The functions in which money can have a say, as classes of items to choose from.

    `places` are their places among the functions; `ways` the alternatives that may be picked for each, what is as
    today first. `aside` is what the best of the others cost, £ a year.
    """

    places: list[int]
    ways: list[Places]
    aside: int

    def items(self, found: Evaluated) -> list[list[Item]]:
        """The ways as items, by what they cost and are worth; moved up so that no worth is below 0."""
        costs, worth = found.prices.total.astype(np.int64), found.merit
        items = []
        for ways in self.ways:
            worths = worth[ways] - worth[ways].min()
            items.append([Item(*each) for each in zip(costs[ways].tolist(), worths.tolist(), strict=True)])
        return items


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
    classes = classes_of(found, choice, picked)
    steps = frontier(classes.items(found))
    budget = _budget(found, picked, choice, unproved, money)._replace(frontier=_frontier(found, classes, steps))
    return Portfolio(picked, most, budget, _price(steps, round(found.prices.total[picked].sum()) - classes.aside))


def _price(steps: Sequence[Step], spent: int) -> float:
    """How much more than itself a pound counts where so much is spent: by the next step up the frontier of worth."""
    for low, high in pairwise(steps):
        if high.cost > spent:
            return (high.value - low.value) / (high.cost - low.cost) / MILLS
    return 0.0


def picks_of(found: Evaluated, choice: Mask, money: Money) -> tuple[Places, float]:
    """The picks of that portfolio, and how much more worth, £ a year, one that was not looked at could have at most."""
    most = found.best(choice)
    classes, today = classes_of(found, choice, most), found.today_costs(choice)
    if not classes.places:
        return most, 0.0
    rows = np.array(list(zip_longest(*classes.ways, fillvalue=-1)))[:, :, np.newaxis]
    figures = ((found.prices.total.astype(np.int64), NEVER), (found.merit, WORTHLESS), (found.scarce, WORTHLESS))
    costs, worths, scarce = (np.where(rows < 0, nothing, each[rows]) for each, nothing in figures)
    ways = Priced(costs, worths, scarce, today[classes.places, np.newaxis])
    chosen, gap = answers(ways, np.array([money.free - classes.aside]))
    picks = most.copy()
    picks[classes.places] = picked(rows, chosen)[:, 0]
    return picks, float(gap[0]) / MILLS


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
        frontier=(),
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


def _frontier(found: Evaluated, classes: Contested, steps: Sequence[Step]) -> tuple[FrontierPoint, ...]:
    """The frontier of worth in the words of the portfolio, with the mean fit at each corner."""
    weights = found.weight[classes.places]
    total = int(weights.sum()) * MILLION
    if not total:
        return ()
    start = [ways[pick] for ways, pick in zip(classes.ways, cheapest(classes.items(found)), strict=True)]
    fit = int((found.exact[start] * weights).sum())
    points = [FrontierPoint(classes.aside + steps[0].cost, fit / total, None, None, None)]
    for step in steps[1:]:
        before, after = classes.ways[step.moved][[step.low, step.high]].tolist()
        fit += int((found.exact[after] - found.exact[before]) * weights[step.moved])
        options = (OPTIONS[found.table.option[way]] for way in (before, after))
        id_ = found.table.functions.rows[classes.places[step.moved]].id
        points.append(FrontierPoint(classes.aside + step.cost, fit / total, id_, *options))
    return tuple(points)


def undominated(items: Sequence[Item]) -> list[int]:
    """The places of the items that no other beats or equals on both counts, cheapest first; of equals the first."""
    out: list[int] = []
    for place in sorted(range(len(items)), key=lambda i: (items[i].cost, -items[i].value, i)):
        if not out or items[place].value > items[out[-1]].value:
            out.append(place)
    return out


def _hull(items: Sequence[Item], places: list[int]) -> list[int]:
    """The places on the upper hull of value over cost, from the cheapest on."""
    hull: list[int] = []
    for place in places:
        new = items[place]
        while len(hull) > 1:
            a, b = items[hull[-2]], items[hull[-1]]
            if (b.value - a.value) * (new.cost - b.cost) > (new.value - b.value) * (b.cost - a.cost):
                break
            hull.pop()
        hull.append(place)
    return hull


def cheapest(classes: Classes) -> tuple[int, ...]:
    """The place of the cheapest item of each class; of equally cheap ones the most valuable."""
    return tuple(undominated(items)[0] for items in classes)


def frontier(classes: Classes) -> list[Step]:
    """The portfolios that are best for what they cost, from the cheapest to the most valuable.

    One class moving at a time. These are the corners of the linear relaxation (Sinha & Zoltners 1979): each is the
    best portfolio of all that cost no more. Between two of them others may be best for some sums.
    """
    cost, value, climb = 0, 0, []
    for number, items in enumerate(classes):
        hull = _hull(items, undominated(items))
        cost, value = cost + items[hull[0]].cost, value + items[hull[0]].value
        for low, high in pairwise(hull):
            rise, gain = items[high].cost - items[low].cost, items[high].value - items[low].value
            climb.append((-gain / rise, number, low, high, rise, gain))
    steps = [Step(cost, value)]
    for _, number, low, high, rise, gain in sorted(climb):  # Steepest first.
        cost, value = cost + rise, value + gain
        steps.append(Step(cost, value, number, low, high))
    return steps

"""All functions together: what suits best, what suits best within the money, and what more or less of it would bring.

The frontier is that of the linear relaxation of the choice, by the upper hull of each class (Sinha & Zoltners 1979).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, in_columns
from mba.decide.choose_each import picked
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
    """What one choice costs and is worth, both whole numbers."""

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


def classes_of(found: Evaluated, choice: Mask) -> Places:
    """What money chooses from: places of alternatives, ways x functions, what is as today first.

    -1 where a function has fewer; of one in which money has no say what is best is the only way.
    """
    function, best = found.table.function, found.best(choice)
    ways = np.flatnonzero(choice & (found.costed[function] | (best[function] == np.arange(len(function)))))
    ways = ways[np.lexsort((found.order[ways], function[ways]))]
    rows = in_columns(np.searchsorted(function[ways], np.arange(len(best) + 1)))
    return np.where(rows < 0, -1, ways[rows])


def priced(found: Evaluated, rows: Places) -> Priced:
    """These classes with what their ways cost and are worth, as things stand."""
    among = np.zeros((len(found.exact), 1), np.bool_)
    among[rows[rows >= 0]] = True
    figures = (found.counted.astype(np.int64), found.merit, found.scarce)
    return Priced.of(rows, among, found.today, *(each[:, np.newaxis] for each in figures))


def items_of(found: Evaluated, rows: Places) -> list[list[Item]]:
    """The ways of each class as items, by what they cost and are worth."""
    both = np.stack((found.counted, found.merit), axis=1).astype(np.int64)
    return [[Item(*each) for each in both[ways[ways >= 0]].tolist()] for ways in rows.T]


def portfolio(found: Evaluated, choice: Mask, money: Money) -> Portfolio:
    """The portfolio of most worth of what may be chosen, as `floor` has it.

    Functions in which money has no say are picked by fit; in sums they count what is known of them, else today's cost.
    """
    picks, unproved = picks_of(found, choice, money)
    rows = classes_of(found, choice)
    steps = frontier(items_of(found, rows))
    budget = _budget(found, picks, choice, unproved, money)._replace(frontier=_frontier(found, choice, rows, steps))
    return Portfolio(picks, found.best(choice), budget, _price(steps, round(found.counted[picks].sum())))


def _price(steps: Sequence[Step], spent: int) -> float:
    """How much more than itself a pound counts where so much is spent: by the next step up the frontier of worth."""
    for low, high in pairwise(steps):
        if high.cost > spent:
            return (high.value - low.value) / (high.cost - low.cost) / MILLS
    return 0.0


def picks_of(found: Evaluated, choice: Mask, money: Money) -> tuple[Places, float]:
    """The picks of that portfolio, and how much more worth, £ a year, one that was not looked at could have at most."""
    rows = classes_of(found, choice)
    chosen, gap = answers(priced(found, rows), np.array([money.free]))
    return picked(rows, chosen[:, 0]), float(gap[0]) / MILLS


def _budget(found: Evaluated, picked: Places, choice: Mask, unproved: float, money: Money) -> Budget:
    """The money of what was picked, beside that of what fits best."""
    functions, costed, best = found.table.functions.rows, found.costed, found.fittest(choice)
    weights, counted = found.weight[costed].tolist(), found.prices.known[found.priced_by[picked]]
    unknown = {functions[place].id for place in np.flatnonzero(~counted).tolist()}
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
    if not counted.any():
        return budget  # Nothing is known to cost anything.
    cost, dearest = (round(found.counted[some].sum()) for some in (picked, best))
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


def _frontier(found: Evaluated, choice: Mask, rows: Places, steps: Sequence[Step]) -> tuple[FrontierPoint, ...]:
    """The frontier of worth in the words of the portfolio, with the mean fit at each corner."""
    weights = np.where(found.costed, found.weight, 0)
    total = int(weights.sum()) * MILLION
    if not total:
        return ()
    fit = int((found.exact[found.cheapest(choice)] * weights).sum())
    points = [FrontierPoint(steps[0].cost, fit / total, None, None, None)]
    for step in steps[1:]:
        before, after = rows[[step.low, step.high], step.moved].tolist()
        fit += int((found.exact[after] - found.exact[before]) * weights[step.moved])
        options = (OPTIONS[found.table.option[way]] for way in (before, after))
        points.append(FrontierPoint(step.cost, fit / total, found.table.functions.rows[step.moved].id, *options))
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

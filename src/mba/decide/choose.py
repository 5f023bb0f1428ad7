"""The exact best portfolio: one item of each class, most value, within a capacity.

This is the multiple-choice knapsack problem. The steps are numbered in `choose`:

1. drop items that another of the class beats on both counts;
2. the upper hull of each class, and from it the linear relaxation's frontier (Sinha & Zoltners 1979): it gives an upper
   bound, a first portfolio, and the frontier that reports show;
3. fix: drop every item whose own upper bound is below the first portfolio (reduced costs, in whole numbers);
4. a list of undominated part portfolios, class by class (Nemhauser & Ullmann 1969; Pisinger 1995), each dropped when the
   bound of what can still follow is below the best found.

Everything is counted in whole numbers, so nothing is lost to rounding. Equal portfolios are told apart by a complete order: more
value, then less cost, then, class by class, the earlier item. So the answer is the only one, however classes are ordered inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

MOST_STATES = 10_000
"""Part portfolios kept in step 4. Where there are more (value nearly equal to cost), as many are kept, spread evenly over
their costs, and the gap to the bound of those left out is reported."""


class Item(NamedTuple):
    """What one choice costs and is worth, both whole numbers, not negative."""

    cost: int
    value: int


class Chosen(NamedTuple):
    """The place of the chosen item in each class; None where even the cheapest portfolio is over the capacity.

    `cost` and `value` are its sums. `gap` is 0 where it is proved best, else how much value a better one could have at most.
    """

    picks: tuple[int, ...] | None
    cost: int
    value: int
    gap: int


class Step(NamedTuple):
    """A portfolio of the frontier: its sums, and which class moved to which item to reach it from the one before."""

    cost: int
    value: int
    moved: int
    pick: int


Classes = Sequence[Sequence[Item]]


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
    """The portfolios that are best for what they cost, from the cheapest to the most valuable, one class moving at a time.

    These are the corners of the linear relaxation (Sinha & Zoltners 1979): each is the best portfolio of all that cost no more.
    Between two of them others may be best for some sums; `choose` finds those.
    """
    kept = [undominated(items) for items in classes]
    start = [places[0] for places in kept]
    cost = sum(items[place].cost for items, place in zip(classes, start, strict=True))
    value = sum(items[place].value for items, place in zip(classes, start, strict=True))
    steps = [Step(cost, value, -1, -1)]
    for _, number, _, place, rise, gain in _climb(classes, kept):
        cost, value = cost + rise, value + gain
        steps.append(Step(cost, value, number, place))
    return steps


def _climb(classes: Classes, kept: Sequence[list[int]]) -> list[tuple[float, int, int, int, int, int]]:
    """Every step up a hull, steepest first: (-slope, class, from, to, cost, value)."""
    steps = []
    for number, (items, places) in enumerate(zip(classes, kept, strict=True)):
        for low, high in pairwise(_hull(items, places)):
            rise, gain = items[high].cost - items[low].cost, items[high].value - items[low].value
            steps.append((-gain / rise, number, low, high, rise, gain))
    steps.sort()
    return steps


def choose(classes: Classes, capacity: int) -> Chosen:
    """The portfolio of most value that costs at most the capacity.

    Ties go to the lower cost, then to the earlier item in the first class where two differ. Raises ValueError for an empty class.
    """
    if any(not items for items in classes):
        message = "every class needs an item"
        raise ValueError(message)
    # 1. Undominated items, with cost taken into the value, so that of two portfolios of equal value the cheaper has more.
    kept = [undominated(items) for items in classes]
    least = sum(items[places[0]].cost for items, places in zip(classes, kept, strict=True))
    if least > capacity:
        return Chosen(None, least, 0, 0)
    scale = 1 + sum(items[places[-1]].cost for items, places in zip(classes, kept, strict=True))
    worth = [[Item(item.cost, item.value * scale - item.cost) for item in items] for items in classes]
    # A dearer item of more value has more worth too, so the same items stay undominated.
    # 2. Up the hulls while the money lasts: a first portfolio, and the price of money where it runs out.
    picks = [places[0] for places in kept]
    left = capacity - least
    price = (0, 1)
    for _, number, low, high, rise, gain in _climb(worth, kept):
        if rise <= left and picks[number] == low:
            picks[number] = high
            left -= rise
        elif price == (0, 1):
            price = (gain, rise)
    best = _improved(worth, kept, picks, left)
    first = tuple(picks)
    # 3. Only items that could be part of a portfolio as good as that one.
    per, unit = price
    reduced = [[unit * item.value - per * item.cost for item in items] for items in worth]
    tops = [max(row[place] for place in places) for row, places in zip(reduced, kept, strict=True)]
    bound = sum(tops) + per * capacity
    floor = unit * best
    open_ = [
        [place for place in places if bound - top + row[place] >= floor]
        for row, places, top in zip(reduced, kept, tops, strict=True)
    ]
    # 4. Part portfolios, class by class.
    listed, lost = _listed(worth, open_, capacity, (per, unit, best))
    # Nothing is lost where every part portfolio was kept; else the first portfolio may still be the best found.
    chosen = first if listed is None else max((listed, first), key=lambda picks: _total(worth, picks).value)
    cost, value = _total(classes, chosen)
    gap = 0 if lost is None else max(0, -(-(lost - _total(worth, chosen).value) // scale))
    return Chosen(chosen, cost, value, gap)


def _total(classes: Classes, picks: Sequence[int]) -> Item:
    """The sums over the picked items."""
    items = [items[pick] for items, pick in zip(classes, picks, strict=True)]
    return Item(sum(item.cost for item in items), sum(item.value for item in items))


def _improved(worth: Classes, kept: list[list[int]], picks: list[int], left: int) -> int:
    """The worth of the portfolio after single exchanges that the money left allows, most gain first."""
    total = sum(items[pick].value for items, pick in zip(worth, picks, strict=True))
    while True:
        gain, number, place = max(
            (
                (items[place].value - items[pick].value, number, place)
                for number, (items, places, pick) in enumerate(zip(worth, kept, picks, strict=True))
                for place in places
                if items[place].cost - items[pick].cost <= left
            ),
            default=(0, 0, 0),
        )
        if gain <= 0:
            return total
        left -= worth[number][place].cost - worth[number][picks[number]].cost
        picks[number] = place
        total += gain


State: TypeAlias = tuple[int, int, int, "State | None", int]
"""A part portfolio: its cost, less its worth, its picks as one number (the earlier item is less), the state before, and the pick.

In this order, so that a plain sort puts the cheapest first, and of equals the best.
"""


def _listed(
    worth: Classes, open_: list[list[int]], capacity: int, bounds: tuple[int, int, int]
) -> tuple[tuple[int, ...] | None, int | None]:
    """The best picks found (None: none as good as the best known), and the worth that a part portfolio left out could have come to (None: none was)."""
    per, unit, best = bounds
    radix = max((len(items) for items in worth), default=0) + 1
    picks = [places[0] for places in open_]
    free = [number for number, places in enumerate(open_) if len(places) > 1]
    settled = [worth[number][places[0]] for number, places in enumerate(open_) if len(places) == 1]
    # What the classes still to come can add at most, by the price of money, and what they cost at least.
    rest_top, rest_least = [0], [0]
    for number in reversed(free):
        items = [worth[number][place] for place in open_[number]]
        rest_top.append(rest_top[-1] + max(unit * item.value - per * item.cost for item in items))
        rest_least.append(rest_least[-1] + min(item.cost for item in items))
    states: list[State] = [(sum(item.cost for item in settled), -sum(item.value for item in settled), 0, None, -1)]
    lost = None
    for number, top, least in zip(free, rest_top[-2::-1], rest_least[-2::-1], strict=True):
        room = capacity - least
        slack = top + per * capacity - unit * best
        grown: list[State] = []
        for place in open_[number]:
            more, gain = worth[number][place]
            grown += [
                (state[0] + more, state[1] - gain, state[2] * radix + place, state, place)
                for state in states
                if state[0] + more <= room and unit * (gain - state[1]) - per * (state[0] + more) + slack >= 0
            ]
        grown.sort()
        states = []
        for state in grown:
            if not states or state[1] < states[-1][1]:
                states.append(state)
        if len(states) > MOST_STATES:
            could = max(-unit * state[1] - per * state[0] for state in states) + slack
            lost = max(lost or 0, best + could // unit)
            states = [states[i * len(states) // MOST_STATES] for i in range(MOST_STATES)]
    found = min(states, key=lambda state: (state[1], state[2]), default=None)
    if found is None:  # All that was kept fell behind the first portfolio.
        return None, lost
    for number in reversed(free):
        picks[number] = found[4]
        found = found[3] or found
    return tuple(picks), lost

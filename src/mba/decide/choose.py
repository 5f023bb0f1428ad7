"""The exact best portfolio: one item of each class, most value, within a capacity.

This is the multiple-choice knapsack problem. The steps are numbered in `choose`:

1. drop items that another of the class beats on both counts;
2. the upper hull of each class, and from it the linear relaxation's frontier (Sinha & Zoltners 1979): it gives an upper
bound, a first portfolio, and the frontier that reports show;
3. fix: drop every item whose own upper bound is below the first portfolio (reduced costs, in whole numbers);
4. a list of undominated part portfolios, class by class (Nemhauser & Ullmann 1969; Pisinger 1995), each dropped
   where the bound of what can still follow is below the best found.

Everything is counted in whole numbers, so nothing is lost to rounding. Equal portfolios are told apart by a complete
order: more value, then less cost, then, class by class, the earlier item. So the answer is the only one, however
classes are ordered inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

MOST_STATES = 10_000
"""Part portfolios kept in step 4.

Where there are more (value nearly equal to cost), as many are kept, spread evenly over their costs, and the gap to
the bound of those left out is reported.
"""


class Item(NamedTuple):
    """What one choice costs and is worth, both whole numbers, not negative."""

    cost: int
    value: int


class Chosen(NamedTuple):
    """The place of the chosen item in each class; None where even the cheapest portfolio is over the capacity.

    `cost` and `value` are its sums. `gap` is 0 where it is proved best, else how much value a better one could have
    at most.
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
    """The portfolios that are best for what they cost, from the cheapest to the most valuable.

    One class moving at a time. These are the corners of the linear relaxation (Sinha & Zoltners 1979): each is the
    best portfolio of all that cost no more. Between two of them others may be best for some sums; `choose` finds
    those.
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

    Ties go to the lower cost, then to the earlier item in the first class where two differ. Raises ValueError for an
    empty class.
    """
    if any(not items for items in classes):
        message = "every class needs an item"
        raise ValueError(message)
    # 1. Undominated items, with cost taken into the value: of two portfolios of equal value the cheaper has more.
    kept = [undominated(items) for items in classes]
    least = sum(items[places[0]].cost for items, places in zip(classes, kept, strict=True))
    if least > capacity:
        return Chosen(None, least, 0, 0)
    scale = 1 + sum(items[places[-1]].cost for items, places in zip(classes, kept, strict=True))
    worth = [[Item(item.cost, item.value * scale - item.cost) for item in items] for items in classes]
    # A dearer item of more value has more worth too, so the same items stay undominated.
    # 2. Up the hulls while the money lasts: a first portfolio, and the price of money where it runs out.
    picks, left, price = _climbed(worth, kept, capacity - least)
    known = _Known(*price, capacity, _improved(worth, kept, picks, left))
    first = tuple(picks)
    # 3. Only items that could be part of a portfolio as good as that one.
    open_ = _unfixed(worth, kept, known)
    # 4. Part portfolios, class by class.
    listed, lost = _listed(worth, open_, known)
    # Nothing is lost where every part portfolio was kept; else the first portfolio may still be the best found.
    chosen = first
    if listed is not None:
        chosen = max((listed, first), key=lambda picks: _total(worth, picks).value)
    cost, value = _total(classes, chosen)
    gap = 0
    if lost is not None:
        gap = max(0, -(-(lost - _total(worth, chosen).value) // scale))
    return Chosen(chosen, cost, value, gap)


class _Known(NamedTuple):
    """What is known before the list is made.

    The price of money (so much worth, `per`, for each `unit` of cost), the capacity, and the worth of the best
    portfolio found so far.
    """

    per: int
    unit: int
    capacity: int
    best: int

    def reduced(self, item: Item) -> int:
        """What an item is worth beyond its price."""
        return self.unit * item.value - self.per * item.cost


def _climbed(worth: Classes, kept: Sequence[list[int]], left: int) -> tuple[list[int], int, tuple[int, int]]:
    """The portfolio that the money left over the cheapest leads up to, what is left then, and the price of money."""
    picks = [places[0] for places in kept]
    price = (0, 1)
    for _, number, low, high, rise, gain in _climb(worth, kept):
        if rise <= left and picks[number] == low:
            picks[number] = high
            left -= rise
        elif price == (0, 1):
            price = (gain, rise)
    return picks, left, price


def _unfixed(worth: Classes, kept: Sequence[list[int]], known: _Known) -> list[list[int]]:
    """The places of the items whose own upper bound, by the price of money, is not below the best found."""
    reduced = [list(map(known.reduced, items)) for items in worth]
    tops = [max(row[place] for place in places) for row, places in zip(reduced, kept, strict=True)]
    slack = sum(tops) + known.per * known.capacity - known.unit * known.best
    open_ = []
    for row, places, top in zip(reduced, kept, tops, strict=True):
        open_.append([place for place in places if row[place] >= top - slack])
    return open_


def _total(classes: Classes, picks: Sequence[int]) -> Item:
    """The sums over the picked items."""
    items = [items[pick] for items, pick in zip(classes, picks, strict=True)]
    return Item(sum(item.cost for item in items), sum(item.value for item in items))


def _improved(worth: Classes, kept: list[list[int]], picks: list[int], left: int) -> int:
    """The worth of the portfolio after single exchanges that the money left allows, most gain first."""
    total = sum(items[pick].value for items, pick in zip(worth, picks, strict=True))
    while True:
        gain, number, place = max(_exchanges(worth, kept, picks, left), default=(0, 0, 0))
        if gain <= 0:
            return total
        left -= worth[number][place].cost - worth[number][picks[number]].cost
        picks[number] = place
        total += gain


def _exchanges(worth: Classes, kept: list[list[int]], picks: list[int], left: int) -> Iterator[tuple[int, int, int]]:
    """Every exchange of one item that the money left allows: what is gained, in which class, for which item."""
    for number, (items, places, pick) in enumerate(zip(worth, kept, picks, strict=True)):
        for place in places:
            if items[place].cost - items[pick].cost <= left:
                yield items[place].value - items[pick].value, number, place


State: TypeAlias = tuple[int, int, int, "State | None", int]
"""A part portfolio: its cost, less its worth, its picks as one number (the earlier item is less).

The state before, and the pick. In this order, so that a plain sort puts the cheapest first, and of equals the best.
"""


def _listed(worth: Classes, open_: list[list[int]], known: _Known) -> tuple[tuple[int, ...] | None, int | None]:
    """The best picks found, and the worth that a part portfolio left out could have come to.

    The first is None where none is as good as the best known, the second where none was left out.
    """
    radix = max(map(len, worth), default=0) + 1
    picks = [places[0] for places in open_]
    free, cost, value = [], 0, 0
    for number, places in enumerate(open_):
        if len(places) > 1:
            free.append(number)
        else:
            cost, value = cost + worth[number][places[0]].cost, value + worth[number][places[0]].value
    states: list[State] = [(cost, -value, 0, None, -1)]
    lost = None
    for number, top, least in _with_rest(worth, open_, free, known):
        slack = top + known.per * known.capacity - known.unit * known.best
        grown: list[State] = []
        for place in open_[number]:
            grown += _grown(states, worth[number][place], place, radix, known.capacity - least, slack, known)
        states = _undominated(grown)
        if len(states) > MOST_STATES:
            could = max(-known.unit * state[1] - known.per * state[0] for state in states) + slack
            lost = max(lost or 0, known.best + could // known.unit)
            states = [states[i * len(states) // MOST_STATES] for i in range(MOST_STATES)]
    last = min(states, key=lambda state: (state[1], state[2]), default=None)
    if last is None:  # All that was kept fell behind the first portfolio.
        return None, lost
    for number in reversed(free):
        picks[number] = last[4]
        last = last[3] or last
    return tuple(picks), lost


def _with_rest(
    worth: Classes, open_: list[list[int]], free: list[int], known: _Known
) -> Iterator[tuple[int, int, int]]:
    """Each free class with what those still to come can add at most, by the price of money, and cost at least."""
    rest = [(0, 0)]
    for number in reversed(free[1:]):
        items = [worth[number][place] for place in open_[number]]
        top, least = rest[-1]
        rest.append((top + max(map(known.reduced, items)), least + min(item.cost for item in items)))
    for number, (top, least) in zip(free, reversed(rest), strict=False):
        yield number, top, least


def _grown(
    states: list[State], item: Item, place: int, radix: int, room: int, slack: int, known: _Known
) -> list[State]:
    """The part portfolios with one item more that are within the room and could still be as good as the best known."""
    more, gain = item
    per, unit = known.per, known.unit
    grown: list[State] = []
    for state in states:
        cost, less = state[0] + more, state[1] - gain
        if cost <= room and slack >= unit * less + per * cost:
            grown.append((cost, less, state[2] * radix + place, state, place))
    return grown


def _undominated(states: list[State]) -> list[State]:
    """The part portfolios that no other beats or equals on both counts, cheapest first."""
    states.sort()
    kept: list[State] = []
    for state in states:
        if not kept or state[1] < kept[-1][1]:
            kept.append(state)
    return kept

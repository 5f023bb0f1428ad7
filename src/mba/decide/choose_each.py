"""The exact best portfolio in each of many draws: what `choose` finds, most of it worked out for all draws at once.

1. The linear relaxation is solved by its dual, the price of money: each price tried is the slope between the best
   portfolio known to be over the capacity and the best within it, until none is better (Dinkelbach 1967; Kellerer,
   Pferschy & Pisinger 2004, chapter 11).
2. The portfolio within the capacity, mended by single exchanges, is a lower bound.
3. An item whose own upper bound, by the price of money, is below that is in no best portfolio.
4. What is left is mostly one item a class. Of the rest part portfolios are listed, for all draws at once, by dynamic
   programming with the bounds; where they are many, `choose` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.decide.choose import Item, choose
from mba.knowledge.degrees import Real

BLOCK = 256
"""Draws done at once: so many that the arrays stay in the processor's cache."""
_PRICES = 50
"""Prices tried at most. Any price gives an upper bound, so stopping early costs time later and changes no answer."""
_EXCHANGES = 10
_SLACK = 1e-9
"""Share of a bound by which floating point may be off; items that close to it are kept."""
NEVER = 1e18
"""More than any cost or value: stands where a class has fewer items than the longest, or none in some draws."""

_MANY = 4_096
"""Part portfolios of one draw that are listed at most."""
_SORTED = 8
"""Part portfolios of one draw, on average, from which it pays to look for those that others beat."""
_LARGEST = 2.0**62
"""Most value of a portfolio that is added up in whole numbers of 64 bits."""

WholeNumbers: TypeAlias = NDArray[np.int64]
Picks: TypeAlias = NDArray[np.intp]


class Class(NamedTuple):
    """A class of items in every draw: what each costs and is worth, items x draws."""

    costs: WholeNumbers
    values: WholeNumbers

    def during(self, draws: slice) -> Class:
        """The class in some draws."""
        return Class(self.costs[:, draws], self.values[:, draws])

    def items(self, draw: int, places: Iterable[int]) -> list[Item]:
        """Some of the items in one draw."""
        return [Item(int(self.costs[i, draw]), int(self.values[i, draw])) for i in places]


def choose_each(classes: Sequence[Class], capacities: WholeNumbers) -> Picks:
    """What `choose` picks in every draw, classes x draws.

    What `cheapest` picks where nothing is within the capacity.
    """
    draws = len(capacities)
    picks = np.zeros((len(classes), draws), np.intp)
    left = capacities.copy()
    several = []
    for number, each in enumerate(classes):
        if len(each.costs) > 1:
            several.append(number)
        else:
            left -= each.costs[0]
    for start in range(0, draws if several else 0, BLOCK):
        part = slice(start, start + BLOCK)
        block = [classes[number].during(part) for number in several]
        picks[several, part] = _block(block, left[part])
    return picks


def _block(classes: Sequence[Class], capacities: WholeNumbers) -> Picks:
    longest = max(len(each.costs) for each in classes)
    costs = np.full((longest, len(classes), len(capacities)), NEVER)
    values = -costs
    for number, each in enumerate(classes):
        costs[: len(each.costs), number] = each.costs
        values[: len(each.costs), number] = each.values
    room = capacities.astype(np.float64)
    least = _least(costs, values)
    picks = least.copy()
    reached = np.flatnonzero(_sum(costs, least) <= room)
    if len(reached):
        costs, values, room = costs[:, :, reached], values[:, :, reached], room[reached]
        price, within = _relaxed(costs, values, room, least[:, reached])
        best = _mended(costs, values, within, room)
        reduced = values - price * costs
        tops = reduced.max(axis=0)
        bound = tops.sum(axis=0) + price * room
        floor = best - _SLACK * (np.abs(best) + np.abs(bound))
        losses = tops - reduced
        picks[:, reached] = _settled(classes, losses, bound - floor, reached, capacities)
    return picks


def _least(costs: Real, values: Real) -> Picks:
    """The cheapest item of each class; of equally cheap ones the most valuable, then the first."""
    cheap = costs == costs.min(axis=0)
    picks: Picks = np.where(cheap, values, -np.inf).argmax(axis=0)
    return picks


def _of(figures: Real, picks: Picks) -> Real:
    """The figure of the item picked in each class, classes x draws."""
    taken: Real = np.take_along_axis(figures, picks[None], axis=0)[0]
    return taken


def _sum(figures: Real, picks: Picks) -> Real:
    total: Real = _of(figures, picks).sum(axis=0)
    return total


def _relaxed(costs: Real, values: Real, room: Real, least: Picks) -> tuple[Real, Picks]:
    """The price of money in every draw, and a portfolio that is best at that price and within the room."""
    most = values.argmax(axis=0)
    over = _sum(costs, most), _sum(values, most)
    within = least, _sum(costs, least), _sum(values, least)
    price = np.zeros(len(room))
    live = over[0] > room
    best = np.where(live, least, most)
    for _ in range(_PRICES):
        if not live.any():
            break
        price = np.where(live, (over[1] - within[2]) / np.where(live, over[0] - within[1], 1.0), price)
        found = (values - price * costs).argmax(axis=0)
        cost, value = _sum(costs, found), _sum(values, found)
        line = within[2] - price * within[1]
        live &= value - price * cost > line + _SLACK * np.abs(line)
        dearer, cheaper = live & (cost > room), live & (cost <= room)
        over = np.where(dearer, cost, over[0]), np.where(dearer, value, over[1])
        within = (
            np.where(cheaper, found, within[0]),
            np.where(cheaper, cost, within[1]),
            np.where(cheaper, value, within[2]),
        )
        best = np.where(cheaper, found, best)
    return price, best


def _mended(costs: Real, values: Real, picks: Picks, room: Real) -> Real:
    """The value of a portfolio after single exchanges that the room allows, most gain first."""
    items, classes, draws = costs.shape
    picks = picks.copy()
    every = np.arange(draws)
    for _ in range(_EXCHANGES):
        spent, worth = _of(costs, picks), _of(values, picks)
        left = room - spent.sum(axis=0)
        gains = np.where(costs - spent <= left, values - worth, 0.0).reshape(items * classes, draws)
        place = gains.argmax(axis=0)
        better = gains[place, every] > 0
        if not better.any():
            break
        item, number = np.divmod(place, classes)
        picks[number[better], every[better]] = item[better]
    return _sum(values, picks)


def _settled(classes: Sequence[Class], losses: Real, most: Real, draws: Picks, capacities: WholeNumbers) -> Picks:
    """One item for each class and draw, of those that are open.

    `losses` is by how much each falls short of the best of its class at the price of money: all losses of a best
    portfolio together are at most `most`. Part portfolios are listed class by class, for all draws at once, those left
    out that cost or lose too much. `choose` decides where they are many, or their values too large to be added up.
    """
    open_ = losses <= most
    large = sum(np.abs(each.values).max(axis=0).astype(np.float64) for each in classes) > _LARGEST
    listed = _Listed.empty(np.flatnonzero(~large[draws]))
    least = [
        np.where(open_[: len(each.costs), at], each.costs[:, draws], int(NEVER)).min(axis=0)
        for at, each in enumerate(classes)
    ]
    room = capacities[draws] - sum(least)
    for number, each in enumerate(classes):
        room = room + least[number]
        grown = listed.grown(each, open_[:, number], losses[:, number], draws)
        kept = (grown.loss <= most[grown.column]) & (grown.cost <= room[grown.column])
        listed = grown.only(kept).undominated().without_crowds()
    picks: Picks = open_.argmax(axis=0)
    # Ties as in `choose`: the lower cost, then the earlier item in the first class where two differ.
    order = np.lexsort((listed.cost, -listed.value, listed.column))
    first = order[np.flatnonzero(np.diff(listed.column[order], prepend=-1))]
    columns = listed.column[first]
    picks[:, columns] = listed.picks[first].T
    for column in sorted(set(range(len(draws))) - set(columns.tolist())):
        picks[:, column] = _alone(classes, open_[:, :, column], draws[column], capacities, picks[:, column])
    return picks


class _Listed(NamedTuple):
    """Part portfolios in many draws, in the order of their picks: a row each. `column` is the place of its draw."""

    column: Picks
    loss: Real
    cost: WholeNumbers
    value: WholeNumbers
    picks: NDArray[np.int16]

    @staticmethod
    def empty(columns: Picks) -> _Listed:
        """One without any pick in each draw."""
        nothing = np.zeros(len(columns), np.int64)
        return _Listed(columns, np.zeros(len(columns)), nothing, nothing, np.zeros((len(columns), 0), np.int16))

    def grown(self, each: Class, open_: NDArray[np.bool_], losses: Real, draws: Picks) -> _Listed:
        """Each with every open item of one class more."""
        row, item = np.nonzero(open_[:, self.column].T)
        column = self.column[row]
        draw = draws[column]
        return _Listed(
            column,
            self.loss[row] + losses[item, column],
            self.cost[row] + each.costs[item, draw],
            self.value[row] + each.values[item, draw],
            np.column_stack((self.picks[row], item.astype(np.int16))),
        )

    def only(self, kept: NDArray[np.bool_]) -> _Listed:
        """Some of them."""
        return _Listed(self.column[kept], self.loss[kept], self.cost[kept], self.value[kept], self.picks[kept])

    def undominated(self) -> _Listed:
        """Those that no other in the same draw beats or equals on both counts; of equals the first."""
        if len(self.column) < _SORTED * (1 + int(self.column.max(initial=0))):
            return self
        order = np.lexsort((-self.value, self.cost, self.column))
        rank = np.empty(len(self.value), np.int64)
        by_value = self.value.argsort()
        rank[by_value] = np.cumsum(np.diff(self.value[by_value], prepend=0) > 0)
        # Ranks of later draws are all higher, so what was most so far begins anew with each draw.
        height = (self.column * len(rank) + rank)[order]
        kept = np.zeros(len(rank), np.bool_)
        kept[order[np.flatnonzero(np.diff(np.maximum.accumulate(height), prepend=-1))]] = True
        return self.only(kept)

    def without_crowds(self) -> _Listed:
        """Those of draws in which they are few."""
        many = np.bincount(self.column) > _MANY
        return self.only(~many[self.column]) if many.any() else self


def _alone(
    classes: Sequence[Class], open_: NDArray[np.bool_], draw: int, capacities: WholeNumbers, first: Picks
) -> Picks:
    """What `choose` picks of the open items in one draw; the first of each where nothing is within the capacity."""
    places = [np.flatnonzero(some) for some in open_.T]
    items = [each.items(draw, some) for each, some in zip(classes, places, strict=True)]
    chosen = choose(items, int(capacities[draw])).picks
    if chosen is None:
        return first
    return np.array([some[pick] for some, pick in zip(places, chosen, strict=True)])

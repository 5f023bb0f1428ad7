"""The exact best portfolio in each of many draws: one item of each class, most value, within a capacity.

This is the multiple-choice knapsack problem, worked out for all draws at once:

1. The linear relaxation is solved by its dual, the price of money: each price tried is the slope between the best
   portfolio known to be over the capacity and the best within it, until none is better (Dinkelbach 1967; Kellerer,
   Pferschy & Pisinger 2004, chapter 11).
2. The portfolio within the capacity, mended by single exchanges, is a lower bound.
3. An item whose own upper bound, by the price of money, is below that is in no best portfolio.
4. What is left is mostly one item a class. Of the rest undominated part portfolios are listed, class by class
   (Nemhauser & Ullmann 1969; Pisinger 1995), each dropped where what can still follow is below that bound.

Everything is counted in whole numbers, so nothing is lost to rounding. Equal portfolios are told apart by a complete
order: more value, then less cost, then, class by class, the earlier item. So the answer is the only one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import Mask, Places, Whole
from mba.knowledge.degrees import Real

BLOCK = 256
"""Draws done at once: so many that the arrays stay in the processor's cache."""
_PRICES = 50
"""Prices tried at most. Any price gives an upper bound, so stopping early costs time later and changes no answer."""
_EXCHANGES = 10
_SLACK = 1e-9
"""Share of a bound by which floating point may be off; items that close to it are kept."""
NEVER = 10**18
WORTHLESS = -(10**15)
"""More than any cost, £, and less than any worth, in thousandths of one: where a class has no such item in a draw."""

_MANY = 4_096  # Part portfolios of one draw that are listed at most among others.
MOST_STATES = 10_000
"""Part portfolios that are listed at most in a draw by itself.

Where there are more (value nearly equal to cost), as many are kept, spread evenly over their costs, and the gap to
the bound of those left out is told.
"""
_SORTED = 8
"""Part portfolios of one draw, on average, from which it pays to look for those that others beat."""

Figures = TypeVar("Figures", Whole, Real)


def choose_each(costs: Whole, values: Whole, capacities: Whole) -> tuple[Places, Real]:
    """The place of the item picked of each class in every draw, classes x draws, and how far it is from proved.

    `costs` and `values` are of items x classes x draws; all values of a portfolio together are below 2^62, which the
    bounds of a profile see to. How far from proved is how much more value a portfolio that was not looked at could have
    at most; 0 where it is proved best. Where nothing is within the capacity, what is picked is cheapest.
    """
    picks, gaps = np.zeros(costs.shape[1:], np.intp), np.zeros(len(capacities))
    for start in range(0, len(capacities), BLOCK):
        part = slice(start, start + BLOCK)
        picks[:, part] = least = _least(costs[:, :, part], values[:, :, part])
        within = start + np.flatnonzero(_sum(costs[:, :, part], least) <= capacities[part])
        if len(within):
            some = costs[:, :, within], values[:, :, within], capacities[within]
            picks[:, within], gaps[within] = _within(*some, picks[:, within])
    return picks, gaps


def _within(costs: Whole, values: Whole, capacities: Whole, least: Places) -> tuple[Places, Real]:
    """The same in draws in which the cheapest portfolio, `least`, is within the capacity."""
    cost, value, room = (figures.astype(np.float64) for figures in (costs, values, capacities))
    price, relaxed = _relaxed(cost, value, room, least)
    mended = _mended(cost, value, relaxed, room)
    best, reduced = _sum(value, mended), value - price * cost
    tops = reduced.max(axis=0)
    bound = tops.sum(axis=0) + price * room
    floor = best - _SLACK * (np.abs(best) + np.abs(bound))
    picks, lost = Portfolios(costs, values, tops - reduced, bound - floor, capacities).settled(mended)
    return picks, np.maximum(0, np.floor(bound - lost) - _sum(value, picks))


def _least(costs: Whole, values: Whole) -> Places:
    """The cheapest item of each class; of equally cheap ones the most valuable, then the first."""
    cheap = costs == costs.min(axis=0)
    picks: Places = np.where(cheap, values, -NEVER).argmax(axis=0)
    return picks


def picked(figures: Figures, picks: Places) -> Figures:
    """The figure of the item picked in each class, classes x draws."""
    taken: Figures = np.take_along_axis(figures, picks[np.newaxis], axis=0)[0]
    return taken


def _sum(figures: Figures, picks: Places) -> Figures:
    total: Figures = picked(figures, picks).sum(axis=0)
    return total


def _relaxed(costs: Real, values: Real, room: Real, least: Places) -> tuple[Real, Places]:
    """The price of money in every draw, and a portfolio that is best at that price and within the room."""
    most = values.argmax(axis=0)
    over = _sum(costs, most), _sum(values, most)
    within = least, _sum(costs, least), _sum(values, least)
    price = np.zeros(len(room))
    short = over[0] > room
    live = short.copy()
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
    return price, np.where(short, within[0], most)


def _mended(costs: Real, values: Real, picks: Places, room: Real) -> Places:
    """A portfolio after single exchanges that the room allows, most gain first."""
    items, classes, draws = costs.shape
    picks = picks.copy()
    every = np.arange(draws)
    for _ in range(_EXCHANGES):
        spent, worth = picked(costs, picks), picked(values, picks)
        left = room - spent.sum(axis=0)
        gains = np.where(costs - spent <= left, values - worth, 0.0).reshape(items * classes, draws)
        place = gains.argmax(axis=0)
        better = gains[place, every] > 0
        if not better.any():
            break
        item, number = np.divmod(place, classes)
        picks[number[better], every[better]] = item[better]
    return picks


class Portfolios:
    """What may be part of the best portfolio of each draw.

    `losses` is by how much each item falls short of the best of its class at the price of money: all losses of a best
    portfolio together are at most `most`.
    """

    def __init__(self, costs: Whole, values: Whole, losses: Real, most: Real, capacities: Whole) -> None:
        self.costs, self.values, self.losses, self.most = costs, values, losses, most
        self.open: Mask = losses <= most
        self.least = np.where(self.open, costs, NEVER).min(axis=0)
        self.room = capacities - self.least.sum(axis=0)
        self.free: list[int] = np.flatnonzero((self.open.sum(axis=0) > 1).any(axis=1)).tolist()
        """The classes in which more than one item is open in any draw; of the others every portfolio has that one."""

    def settled(self, best: Places) -> tuple[Places, Real]:
        """The best picks in every draw, classes x draws, and the least loss of what was left out, infinite if nothing.

        They are the `best` known where nothing better is listed. A draw with many part portfolios is done by itself.
        """
        picks, lost = best.copy(), np.full(len(self.most), np.inf)
        every = np.arange(len(lost))
        listed, trail, _ = self.listed(every, alone=False)
        self._put(picks, listed, trail)
        for column in np.flatnonzero(np.bincount(listed.column, minlength=len(every)) == 0).tolist():
            listed, trail, lost[column] = self.listed(np.array([column]), alone=True)
            self._put(picks, listed, trail)
        return picks, lost

    def _put(self, picks: Places, listed: _Listed, trail: Trail) -> None:
        """Put the best of what is listed for each draw in place of worse: most value, least cost, then the earlier."""
        order = np.lexsort((listed.cost, -listed.value, listed.column))
        first = order[np.flatnonzero(np.diff(listed.column[order], prepend=-1))]
        known = _sum(self.values[:, self.free], picks[self.free])
        first = first[listed.value[first] >= known[listed.column[first]]]
        columns = listed.column[first]
        for number, (before, item) in zip(reversed(self.free), reversed(trail), strict=True):
            picks[number, columns] = item[first]
            first = before[first]

    def listed(self, columns: Places, *, alone: bool) -> tuple[_Listed, Trail, float]:
        """Portfolios of the free classes in some draws, none too dear or poor, and the least loss of what was left out.

        They are made up class by class, and the trail says of which part and item each was. Draws with many parts are
        dropped, or thinned where a draw is `alone`.
        """
        listed, room, lost = _Listed.empty(columns), self.room, np.inf
        trail = []
        for number in self.free:
            room = room + self.least[number]
            open_, losses = self.open[:, number], self.losses[:, number]
            grown = listed.grown(open_, losses, self.costs[:, number], self.values[:, number])
            kept = (grown.loss <= self.most[grown.column]) & (grown.cost <= room[grown.column])
            listed = grown.only(kept).undominated()
            if not alone:
                listed = listed.without_crowds()
            elif len(listed.cost) > MOST_STATES:
                lost = min(lost, float(listed.loss.min()))
                listed = listed.thinned()
            trail.append((listed.before, listed.item))
        return listed, trail, lost


Trail: TypeAlias = Sequence[tuple[Places, NDArray[np.int16]]]
"""For each class, of which part portfolio before it, and of which of its items, every part portfolio is made up."""


class _Listed(NamedTuple):
    """Part portfolios in many draws, in the order of their picks: a row each. `column` is the place of its draw.

    `before` is the row of what it was made up of with an `item` of one class more.
    """

    column: Places
    loss: Real
    cost: Whole
    value: Whole
    before: Places
    item: NDArray[np.int16]

    @staticmethod
    def empty(columns: Places) -> _Listed:
        """One without any pick in each draw."""
        nothing = np.zeros(len(columns), np.int64)
        return _Listed(columns, np.zeros(len(columns)), nothing, nothing, columns, nothing.astype(np.int16))

    def grown(self, open_: Mask, losses: Real, costs: Whole, values: Whole) -> _Listed:
        """Each with every open item of one class more."""
        row, item = np.nonzero(open_[:, self.column].T)
        column = self.column[row]
        return _Listed(
            column,
            self.loss[row] + losses[item, column],
            self.cost[row] + costs[item, column],
            self.value[row] + values[item, column],
            row,
            item.astype(np.int16),
        )

    def only(self, kept: Mask | Places) -> _Listed:
        """Some of them."""
        return _Listed._make(figures[kept] for figures in self)

    def undominated(self) -> _Listed:
        """Those that no other in the same draw beats or equals on both counts; of equals the first."""
        if len(self.column) < _SORTED * (1 + int(self.column.max(initial=0))):
            return self
        order = np.lexsort((-self.value, self.cost, self.column))
        rank = np.unique(self.value, return_inverse=True)[1]
        # Ranks of later draws are all higher, so what was most so far begins anew with each draw.
        height = (self.column * len(rank) + rank)[order]
        kept = np.zeros(len(rank), np.bool_)
        kept[order[np.flatnonzero(np.diff(np.maximum.accumulate(height), prepend=-1))]] = True
        return self.only(kept)

    def without_crowds(self) -> _Listed:
        """Those of draws in which they are few."""
        return self.only(np.bincount(self.column)[self.column] <= _MANY)

    def thinned(self) -> _Listed:
        """As many as may be, spread evenly over their costs."""
        spread = np.arange(MOST_STATES) * len(self.cost) // MOST_STATES
        return self.only(np.sort(self.cost.argsort(kind="stable")[spread]))

"""The choice of section 6 of the method, in many situations at once: most worth within the money, or the floor.

With F the free money, K a portfolio's cost a year, T what today's costs, W worth, and u worth with a pound a year
counted as much as it can in a shortage, the floor G has most u of all with K <= T, and the answer most W of all with
K <= max(F, K(G)). Where that is K(G) it is G itself, since W = u + K up to scale. So most situations need no exact
choice of the floor, and none is dearer than both the money and today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mba.decide.choose_each import Class, Picks, WholeNumbers, choose_each
from mba.knowledge.degrees import Real

WORTHLESS = -(10**15)
"""Less worth, in thousandths of a pound, than anything: stands beside NEVER where there is no way."""


class Priced(NamedTuple):
    """A function as a class: what its ways cost, are worth, and are worth where money is short, ways x situations.

    `today` is what it costs today, £ a year in each situation.
    """

    costs: WholeNumbers
    worths: WholeNumbers
    scarce: WholeNumbers
    today: WholeNumbers

    def during(self, some: Picks) -> Priced:
        """The same in some situations."""
        return Priced(self.costs[:, some], self.worths[:, some], self.scarce[:, some], self.today[some])


def answers(classes: Sequence[Priced], free: WholeNumbers) -> tuple[Picks, Real]:
    """The way that is the answer for each function in every situation, classes x situations; `free` is £ a year.

    And how much more worth a portfolio that was not looked at could have at most, 0 where it is proved best. Of equals
    the cheaper portfolio, then the earlier way.
    """
    gaps = np.zeros(len(free))
    if not classes:
        return np.empty((0, len(free)), np.intp), gaps
    picks, worth_costs = _each(classes, [each.worths for each in classes])
    over = np.flatnonzero(worth_costs > free)
    if len(over):
        picks[:, over], gaps[over] = _short([each.during(over) for each in classes], free[over])
    return picks, gaps


def _short(classes: Sequence[Priced], free: WholeNumbers) -> tuple[Picks, Real]:
    """The answers where the ways of most worth together cost more than there is."""
    picks, floor_costs = _each(classes, [each.scarce for each in classes])
    gaps, today = np.zeros(len(free)), np.sum([each.today for each in classes], axis=0)
    bound = np.flatnonzero((floor_costs > today) & (today > free) & (floor_costs > free))
    if len(bound):
        some = [each.during(bound) for each in classes]
        picks[:, bound], gaps[bound] = choose_each([Class(each.costs, each.scarce) for each in some], today[bound])
        floor_costs[bound] = _cost(some, picks[:, bound])
    within = np.flatnonzero((today <= free) | (floor_costs <= free))
    if len(within):
        some = [each.during(within) for each in classes]
        picks[:, within], gaps[within] = choose_each([Class(each.costs, each.worths) for each in some], free[within])
    return picks, gaps


def _each(classes: Sequence[Priced], values: Sequence[WholeNumbers]) -> tuple[Picks, WholeNumbers]:
    """The best way of each function by itself, of equals the cheaper, then the earlier; and what they cost together."""
    picks = np.empty((len(classes), values[0].shape[1]), np.intp)
    for row, each, value in zip(picks, classes, values, strict=True):
        best = value == value.max(axis=0)
        row[:] = np.where(best, each.costs, np.iinfo(np.int64).max).argmin(axis=0)
    return picks, _cost(classes, picks)


def _cost(classes: Sequence[Priced], picks: Picks) -> WholeNumbers:
    """What the ways picked cost together, £ a year."""
    every = np.arange(picks.shape[1])
    costs: WholeNumbers = np.sum([each.costs[row, every] for each, row in zip(classes, picks, strict=True)], axis=0)
    return costs

"""The choice of section 6 of the method, in many situations at once: most worth within the money, or the floor.

With F the free money, K a portfolio's cost a year, T what today's costs, W worth, and u worth with a pound a year
counted as much as it can in a shortage, the floor G has most u of all with K <= T, and the answer most W of all with
K <= max(F, K(G)). Where that is K(G) it is G itself, since W = u + K up to scale. So most situations need no exact
choice of the floor, and none is dearer than both the money and today.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import Mask, Places, Whole
from mba.decide.choose_each import NEVER, WORTHLESS, choose_each, picked
from mba.knowledge.degrees import Real


class Priced(NamedTuple):
    """What the ways of functions cost, are worth, and are worth where money is short: ways x functions x situations.

    Where a function has fewer ways, they cost NEVER and are WORTHLESS. `today` is what it costs today, £ a year:
    functions x situations.
    """

    costs: Whole
    worths: Whole
    scarce: Whole
    today: Whole

    @classmethod
    def of(cls, rows: Places, among: Mask, today: Places, costs: Whole, worths: Whole, scarce: Whole) -> Priced:
        """From what alternatives cost, are worth, and are worth where money is short, alternatives x situations.

        `rows` are places of alternatives, ways x functions, -1 where a function has fewer; of them those count that are
        `among` what may be chosen. `today` is the place of that of each function; where it is not among them, today
        costs what the dearest does.
        """
        there, said = (rows >= 0)[:, :, np.newaxis] & among[rows], (today >= 0)[:, np.newaxis] & among[today]
        dearest = np.where(there, costs[rows], 0).max(axis=0)
        return cls(
            costs=np.where(there, costs[rows], NEVER),
            worths=np.where(there, worths[rows], WORTHLESS),
            scarce=np.where(there, scarce[rows], WORTHLESS),
            today=np.where(said, costs[today], dearest),
        )

    def during(self, some: Places | int) -> Priced:
        """The same in some situations."""
        return Priced._make(figures[..., some] for figures in self)

    def best(self, values: Whole) -> tuple[Places, Whole]:
        """The way of most value of each function, of equals the cheaper, then the earlier; and what they cost."""
        most = values == values.max(axis=0)
        picks: Places = np.where(most, self.costs, np.iinfo(np.int64).max).argmin(axis=0)
        return picks, self.cost(picks)

    def cost(self, picks: Places) -> Whole:
        """What the ways picked cost together in each situation, £ a year."""
        costs: Whole = picked(self.costs, picks).sum(axis=0)
        return costs


def answers(ways: Priced, free: Whole) -> tuple[Places, Real]:
    """The way that is the answer for each function in every situation, functions x situations; `free` is £ a year.

    And how much more worth a portfolio that was not looked at could have at most, 0 where it is proved best. Of equals
    the cheaper portfolio, then the earlier way.
    """
    gaps = np.zeros(len(free))
    if not ways.today.size:
        return np.zeros(ways.today.shape, np.intp), gaps
    picks, costs = ways.best(ways.worths)
    over = np.flatnonzero(costs > free)
    if len(over):
        picks[:, over], gaps[over] = _short(ways.during(over), free[over])
    return picks, gaps


def is_floor(costs: Whole, today: Whole, free: Whole) -> Mask:
    """Whether the most that is worth having where money is short is the answer, by what it costs and today does.

    It is one way of each function by itself then, as nothing but the money joins them.
    """
    return (costs <= today) & (today > free) & (costs > free)


def _short(ways: Priced, free: Whole) -> tuple[Places, Real]:
    """The answers where the ways of most worth together cost more than there is."""
    picks, floor_costs = ways.best(ways.scarce)
    gaps, today = np.zeros(len(free)), ways.today.sum(axis=0)
    bound = np.flatnonzero((floor_costs > today) & (today > free) & (floor_costs > free))
    if len(bound):
        some = ways.during(bound)
        picks[:, bound], gaps[bound] = choose_each(some.costs, some.scarce, today[bound])
        floor_costs[bound] = some.cost(picks[:, bound])
    within = np.flatnonzero((today <= free) | (floor_costs <= free))
    if len(within):
        some = ways.during(within)
        picks[:, within], gaps[within] = choose_each(some.costs, some.worths, free[within])
    return picks, gaps

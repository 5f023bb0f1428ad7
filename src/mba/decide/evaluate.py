"""The one evaluator: alternatives by situations, each with its fit and its cost, and which of them are open.

Everything that asks how an alternative would do asks here: a decision, a draw, a trial, a difference, many
organisations. Nothing in it loops over alternatives or situations.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, Situations, Whole
from mba.decide.cost import ALLY, BUY, MAKE, Prices, price
from mba.decide.score import Spoken, exact, fits_of, spoken
from mba.decide.situations import Case, situations_of
from mba.inputs import ORGANISATION, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet
from mba.profile import BUDGET_PER_HEAD, Profile

_WORST = np.iinfo(np.int64).min


class Evaluated:
    """Profiles as columns, with the fit and the cost of every alternative as things stand.

    `exact` is fit in millionths of a point. `there` is what is an alternative at all: with whoever offers it and may,
    or, where there is nobody, with nobody. `open` is what no gate blocks, money aside, and `choice` what may be
    recommended: what is open, or the ways to have what was decided. `weight` is how much a point of fit of a function
    counts in the portfolio: in-house cost times importance (1-5); 0 where the cost is not known.
    """

    def __init__(self, table: Situations, rules: RuleSet) -> None:
        self.table = table
        self.said: Sequence[Spoken] = spoken(table, table.ratings, rules)
        self.exact: Whole = exact(fits_of(table, self.said)[:, 0])
        self.prices: Prices = price(table, table.ratings, rules.costs)
        functions, function = table.functions, table.function
        nobody = table.offers.with_nobody[table.offer]
        somebody = table.offers.may[table.offer] & ~nobody
        self.there: Mask = somebody | (nobody & ~self.any_of(somebody)[function, table.option])
        outside = (table.option == ALLY) | (table.option == BUY)
        closed = nobody | (functions.fixed[function] & (table.option != MAKE))
        closed |= functions.unspecified[function] & outside  # Only the user's own word blocks, never a default.
        self.open: Mask = self.there & ~closed
        decided = functions.decided[function]
        self.choice: Mask = np.where(decided < 0, self.open, self.there & (decided == table.option))
        self.weight: Whole = np.nan_to_num(np.rint(self.prices.in_house.total)).astype(np.int64) * functions.importance

    @cached_property
    def costed(self) -> Mask:
        """For each function whether money can have a say: all that may be recommended has a cost, and in-house too."""
        unknown = self.choice & ~self.prices.known
        costed: Mask = ~np.isnan(self.prices.in_house.total)
        costed[self.table.function[unknown]] = False
        return costed

    def any_of(self, alternatives: Mask) -> Mask:
        """For each function and option whether any of its alternatives is among these."""
        found = np.zeros((len(self.table.functions.rows), len(OPTIONS)), np.bool_)
        found[self.table.function[alternatives], self.table.option[alternatives]] = True
        return found

    def best(self, among: Mask) -> Places:
        """The best alternative of each function among some; -1 where there is none.

        Best fit first; then what has a cost, and the lower; then as equals stand.
        """
        return first(self.exact, self.pounds, self.table.starts, among)

    def cheapest(self, among: Mask) -> Places:
        """The cheapest alternative of each function among some, of equally cheap ones the best; -1 where none is."""
        return first(-self.prices.total.astype(np.int64), -self.exact.astype(np.float64), self.table.starts, among)

    def best_of_options(self, among: Mask) -> Places:
        """The best alternative of each option, functions x options; -1 where there is none."""
        starts = np.flatnonzero(np.diff(self.table.option, prepend=-1))
        return first(self.exact, self.pounds, starts, among).reshape(-1, len(OPTIONS))

    @cached_property
    def pounds(self) -> Real:
        """£ a year, infinite where not known: of equals, what has a cost goes first."""
        return np.where(self.prices.known, self.prices.total, np.inf)


def first(most: Whole, least: Real, starts: Places, among: Mask) -> Places:
    """The best of each run of alternatives that begins at `starts`, among some; -1 where there is none.

    Most of the first figure; then least of the second; then as equals stand.
    """
    run = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(most)))
    high = np.where(among, most, _WORST)
    left = among & (high == np.maximum.reduceat(high, starts)[run])
    low = np.where(left, least, np.inf)
    left &= low == np.minimum.reduceat(low, starts)[run]
    place = np.minimum.reduceat(np.where(left, np.arange(len(left)), len(left)), starts)
    return np.where(place < len(left), place, -1)


def recommendable(found: Evaluated, free: Real) -> Mask:
    """What may be recommended within the free money, £ a year for each function: affordable, or as was decided."""
    decided = (found.table.functions.decided >= 0)[found.table.function]
    return np.where(decided, found.choice, affordable(found, free))


def evaluate(cases: Sequence[Case], rules: RuleSet, catalogue: Catalogue) -> Evaluated:
    """Every way to run these functions of these profiles, with its fit and its cost."""
    return Evaluated(situations_of(cases, rules, catalogue), rules)


class Money(NamedTuple):
    """£ a head a year, and £ a year: the allowance, and what of it is committed."""

    per_head: float
    allowance: int
    committed: int

    @property
    def free(self) -> int:
        """£ a year that the functions may cost."""
        return self.allowance - self.committed


def money_of(profile: Profile) -> Money:
    """What an organisation may spend."""
    organisation = profile.organisation
    per_head = organisation.budget_per_head or BUDGET_PER_HEAD[organisation.kind]
    committed: int = named(ORGANISATION, "committed_costs").value(organisation)
    return Money(per_head, round(organisation.population * per_head), committed)


def affordable(found: Evaluated, free: Real) -> Mask:
    """What is open and does not alone cost more than the free money, £ a year for each function.

    Where nothing would be left of a function it stays as it is, and the portfolio is over the allowance whatever is
    done.
    """
    function = found.table.function
    within = found.open & (found.prices.total <= free[function])
    some = np.zeros(len(found.weight), np.bool_)
    some[function[within]] = True
    return np.where(some[function], within, found.open)

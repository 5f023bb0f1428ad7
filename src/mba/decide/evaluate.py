"""The one evaluator: alternatives by situations, each with its fit and its cost, and which of them are open.

Everything that asks how an alternative would do asks here: a decision, a draw, a trial, a difference, many
organisations. Nothing in it loops over alternatives or situations.
"""

from collections.abc import Sequence
from copy import copy
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, RatingColumns, Situations, Whole
from mba.decide.cost import Moving, Prices, moving, price, run_past
from mba.decide.parts import ALLY, BUY, SHARE
from mba.decide.score import MILLION, Spoken, exact, fits_of, spoken
from mba.decide.situations import Case, situations_of
from mba.inputs import ORGANISATION, PARTNERS, SUPPLIERS, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.ratings import MIDDLE
from mba.terms import BUDGET_PER_HEAD

_WORST = np.iinfo(np.int64).min

MILLS = 1_000
"""Worth is counted in thousandths of a pound."""


class Evaluated:
    """Profiles as columns, with the fit, the cost and the worth of every alternative as things stand.

    `exact` is fit in millionths of a point. `there` is what is an alternative at all: with whoever offers it and may,
    or, where there is nobody, with nobody. `open` is what no gate blocks, and `choice` what may be recommended: what is
    open, or the ways to have what was decided, or of a function of which nothing is known how it is run today.
    `closing` is what is shut because a body closes. `basis` is what the price of fit stands on, £ a year, NaN where
    there is nothing; `weight` is how much a point of fit of a function counts in the portfolio: that times importance
    (1-5). `today` is the alternative that stands for how a function is run today, -1 where that is not said.
    """

    def __init__(self, table: Situations, rules: RuleSet) -> None:
        self.table, self.figures = table, rules.choice
        self.said: Sequence[Spoken] = tuple(spoken(table, table.ratings, rules))
        self.exact: Whole = exact(fits_of(table, self.said, dict.fromkeys(rules.rules, np.ones(1)))[:, 0])
        self.prices: Prices = price(table, table.ratings, rules.costs)
        functions, function = table.functions, table.function
        nobody = table.offers.with_nobody[table.offer]
        passed = table.offers.may[table.offer] & passes(table, table.ratings, rules)[:, 0] & ~nobody
        self.closing: Mask = passed & run_past(table, rules.costs)
        somebody = passed & ~self.closing
        self.there: Mask = somebody | (nobody & ~self.any_of(somebody)[function, table.option])
        closed = nobody | functions.barred[function, table.option]
        outside = (table.option == ALLY) | (table.option == BUY)
        closed |= functions.unspecified[function] & outside  # Only the user's own word blocks, never a default.
        self.open: Mask = self.there & ~closed
        decided = functions.decided[function]
        staying = self.open & table.as_today
        stays = (functions.unknown & np.logical_or.reduceat(staying, table.starts))[function]
        self.choice: Mask = np.where(stays, staying, self.open)
        self.choice = np.where(decided < 0, self.choice, self.there & (decided == table.option))
        self.basis: Real = self._basis()
        self.weight: Whole = np.fmax(0.0, np.rint(self.basis)).astype(np.int64) * functions.importance
        self.today: Places = self.run_today()
        self.moving: Moving = moving(table, self.prices, self.today, rules.costs)

    def at_premium(self, premium: float, rules: RuleSet) -> "Evaluated":
        """The same at another premium for fit, per cent: fits, prices and gates stay, and are not worked out again."""
        other = copy(self)
        for name in filter(other.__dict__.__contains__, _WORKED_OUT):
            del other.__dict__[name]
        other.table = self.table._replace(premium=np.full_like(self.table.premium, premium))
        other.today = other.run_today()
        other.moving = moving(other.table, other.prices, other.today, rules.costs)
        return other

    def _basis(self) -> Real:
        """£ a year that the price of fit stands on: in-house cost, else what is paid today, else the dearest offer."""
        known, table = np.where(self.choice & self.prices.known, self.prices.total, -1.0), self.table
        dearest = np.maximum.reduceat(known, table.starts)
        basis: Real = self.prices.in_house.total
        for other in (table.functions.paid, np.where(dearest > 0, dearest, np.nan)):
            basis = np.where(np.isnan(basis), other, basis)
        return basis

    def run_today(self) -> Places:
        """Of the alternatives that are as today the open one of most worth, or where none is, the first; else -1."""
        value = self.point[self.table.function] * self.exact / MILLION - self.prices.total
        value = np.where(self.costed[self.table.function], value * MILLS, self.exact)
        as_today, open_ = self.table.as_today, self.open & self.table.as_today
        shut = ~np.logical_or.reduceat(open_, self.table.starts)[self.table.function]
        return first(np.rint(value).astype(np.int64), self.pounds, self.table.starts, open_ | (as_today & shut))

    @cached_property
    def point(self) -> Real:
        """What a point of fit of each function is worth, £ a year, by its premium; 0 where nothing is known to cost."""
        table = self.table
        premium = table.premium[table.organisation] / 100 / TEN_POINTS
        return premium * np.fmax(0.0, self.basis) * table.functions.importance / MIDDLE

    @cached_property
    def costed(self) -> Mask:
        """For each function whether money can have a say: all that may be recommended has a cost."""
        unknown = self.choice & ~self.prices.known
        costed: Mask = ~np.isnan(self.basis)
        costed[self.table.function[unknown]] = False
        return costed

    @cached_property
    def priced_by(self) -> Places:
        """The alternative whose cost stands for that of each: itself or, where it is not known, today's way."""
        today = self.today[self.table.function]
        return np.where(self.prices.known | (today < 0), np.arange(len(today)), today)

    @cached_property
    def counted(self) -> Real:
        """£ a year that each counts in a sum: its cost, else that of today's way; 0 where neither is known."""
        return self.prices.total[self.priced_by]

    @cached_property
    def year(self) -> Real:
        """A year's cost of each alternative, £: what it costs, and a part of what moving there costs once."""
        return self.prices.total + self.moving.once / self.figures.payback_years.value

    @cached_property
    def merit(self) -> Whole:
        """By what alternatives are compared: worth in MILLS, with the burden of proof; fit where money has no say."""
        proven = self.exact / MILLION + self.figures.burden_of_proof.value * self.table.as_today
        function = self.table.function
        worth = MILLS * (self.point[function] * proven - self.year)
        found: Whole = np.rint(np.where(self.costed[function], worth, MILLION * proven)).astype(np.int64)
        return found

    @cached_property
    def scarce(self) -> Whole:
        """The same where a pound a year counts as much as it can in a shortage."""
        more = (self.figures.most_in_shortage.value - 1) * MILLS * self.prices.total
        return self.merit - np.where(self.costed[self.table.function], np.rint(more), 0).astype(np.int64)

    def any_of(self, alternatives: Mask) -> Mask:
        """For each function and option whether any of its alternatives is among these."""
        found = np.zeros((len(self.table.functions.rows), len(OPTIONS)), np.bool_)
        found[self.table.function[alternatives], self.table.option[alternatives]] = True
        return found

    def best(self, among: Mask, *, short: bool = False) -> Places:
        """The alternative of most worth of each function among some; -1 where there is none. Or where money is `short`.

        Of equals what has a cost, and the lower; then as today; then as equals stand.
        """
        return first(self.scarce if short else self.merit, self.pounds, self.table.starts, among, self.order)

    def fittest(self, among: Mask) -> Places:
        """The alternative of the best fit of each function among some, money aside; -1 where there is none."""
        return first(self.exact, self.pounds, self.table.starts, among, self.order)

    def cheapest(self, among: Mask) -> Places:
        """The cheapest alternative of each function among some, of equally cheap ones the best; -1 where none is."""
        least = -self.merit.astype(np.float64)
        return first(-self.prices.total.astype(np.int64), least, self.table.starts, among, self.order)

    def best_of_options(self, among: Mask, *, short: bool = False) -> Places:
        """The best alternative of each option, functions x options; -1 where there is none."""
        starts, worths = np.flatnonzero(np.diff(self.table.option, prepend=-1)), self.scarce if short else self.merit
        return first(worths, self.pounds, starts, among, self.order).reshape(-1, len(OPTIONS))

    @cached_property
    def pounds(self) -> Real:
        """£ a year, infinite where not known: of equals, what has a cost goes first."""
        return np.where(self.prices.known, self.prices.total, np.inf)

    @cached_property
    def order(self) -> Places:
        """In which order equals stand: what is as today first."""
        return np.lexsort((np.arange(len(self.exact)), ~self.table.as_today)).argsort()


_WORKED_OUT = [name for name, each in vars(Evaluated).items() if isinstance(each, cached_property)]
SUPPLIER_TRUST, STABILITY = (named(SUPPLIERS, key).measure for key in ("trust", "stability"))

TEN_POINTS = 10
"""What the premium is paid for."""


def first(most: Whole, least: Real, starts: Places, among: Mask, order: Places | None = None) -> Places:
    """The best of each run of alternatives that begins at `starts`, among some; -1 where there is none.

    Most of the first figure; then least of the second; then least in the order, or as they stand.
    """
    run = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(most)))
    high = np.where(among, most, _WORST)
    left = among & (high == np.maximum.reduceat(high, starts)[run])
    low = np.where(left, least, np.inf)
    left &= low == np.minimum.reduceat(low, starts)[run]
    order = np.arange(len(left)) if order is None else order
    ranked = np.minimum.reduceat(np.where(left, order, len(left)), starts)
    place = np.append(order.argsort(), -1)[ranked]
    found: Places = place
    return found


def passes(table: Situations, ratings: RatingColumns, rules: RuleSet) -> Mask:
    """Whether whom an alternative is with is trusted, and sure enough of its future, by ratings given or drawn."""
    offers, needs = table.offers, rules.parameters
    selling = {
        key: ratings[SUPPLIERS][named(SUPPLIERS, key).measure][offers.supplier] for key in ("trust", "stability")
    }
    partner = ratings[PARTNERS][named(PARTNERS, "trust").measure][offers.members]
    credible = needs.credible_trust.passed(selling["trust"])
    sharing = needs.credible_trust.passed(np.minimum.reduceat(partner, offers.starts, axis=0))
    allied = needs.ally_trust.passed(selling["trust"]) & needs.ally_stability.passed(selling["stability"])
    found = np.ones(credible.shape, np.bool_)
    for place, passed in ((BUY, credible), (ALLY, allied), (SHARE, sharing)):
        rows = offers.option == place
        found[rows] = passed[rows]
    found[offers.with_nobody] = True
    return found[table.offer]


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

"""Many variants of one profile at once: what is recommended in each. Only what a variant changes is evaluated again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import Places, Whole
from mba.decide.choose_each import NEVER, WORTHLESS, picked
from mba.decide.evaluate import Evaluated, evaluate, money_of
from mba.decide.floor import Priced, answers
from mba.inputs import ORGANISATION, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Profile

AT_ONCE = 500_000
"""Alternatives times variants that are held at once, about."""

ABSENT = -1
"""Stands for the option of a function that a variant has not."""


class Variant(NamedTuple):
    """A profile that differs from another in these functions, which are as they are in it, and in those it is without.

    The functions are all that anything it changes could move, and `without` are ids.
    """

    profile: Profile
    functions: Sequence[Function]
    without: frozenset[str] = frozenset()


class Outcomes(NamedTuple):
    """What is recommended in each variant, variants x functions: the place of an option, and £ a year.

    `free` is what can be spent in each variant, £ a year.
    """

    option: Places
    pounds: Real
    free: Whole


class _Ways(NamedTuple):
    """What may be recommended of evaluated functions, and what is best for each.

    `items` are the alternatives that money has a choice of, what is as today first; of a function in which it has no
    say the best alone. `slot` is where each stands among those of its function. `column` is of each function, and `of`
    the variants that it is in: a row for each function, or one for all.
    """

    found: Evaluated
    column: Places
    of: Places
    items: Places
    slot: Places
    best: Places

    def within(self, some: Places) -> tuple[Places, Places]:
        """Which of the functions are in some of the variants, and in which of these: a row for each, or one for all."""
        place = np.minimum(np.searchsorted(some, self.of), len(some) - 1)
        here = some[place] == self.of
        if len(self.of) == 1:
            return np.arange(len(self.column)), place[here][np.newaxis]
        return np.flatnonzero(here), place[here][:, np.newaxis]


class _Classes:
    """The ways of some variants, over which the choice is made: ways x functions x variants.

    A function that a variant has not has one way, of no cost and no worth.
    """

    def __init__(self, variants: Places, slots: int, functions: int) -> None:
        shape = slots, functions, len(variants)
        costs, worths, scarce = (np.full(shape, nothing) for nothing in (NEVER, WORTHLESS, WORTHLESS))
        self.ways = Priced(costs, worths, scarce, np.zeros(shape[1:], np.int64))
        self.variants, self.options = variants, np.full(shape, ABSENT)
        for array in self.ways[:3]:
            array[0] = 0

    def fill(self, ways: _Ways, functions: Places, place: Places) -> None:
        """Put functions in, in the variants at a place: a row of places for each function, or one row for all."""
        place = np.broadcast_to(place, (len(functions), place.shape[1]))
        self.empty(ways.column[functions, np.newaxis], place)
        found, which = ways.found, np.full(len(ways.column), -1)
        today = np.where(found.costed, found.today_costs(found.choice), found.prices.total[ways.best])
        self.ways.today[ways.column[functions, np.newaxis], place] = today[functions, np.newaxis]
        which[functions] = np.arange(len(functions))
        there = which[found.table.function[ways.items]] >= 0
        items, slot = ways.items[there], ways.slot[there]
        function = found.table.function[items]
        at = slot[:, np.newaxis], ways.column[function, np.newaxis], place[which[function]]
        figures = (found.prices.total, found.merit, found.scarce, found.table.option)
        for array, figure in zip((*self.ways[:3], self.options), figures, strict=True):
            array[at] = figure[items, np.newaxis]

    def empty(self, columns: Places, place: Places) -> None:
        """Take functions out of the variants at a place."""
        for array, nothing in zip(self.ways[:3], (NEVER, WORTHLESS, WORTHLESS), strict=True):
            array[:, columns, place] = nothing
            array[0, columns, place] = 0
        self.options[:, columns, place] = ABSENT
        self.ways.today[columns, place] = 0

    def chosen(self, free: Whole) -> tuple[Places, Whole]:
        """The option and the £ a year that are chosen, variants x functions, within the free money of each."""
        picks, _ = answers(self.ways, free[self.variants])
        return picked(self.options, picks).T, picked(self.ways.costs, picks).T


class Variants:
    """Variants of a profile that was evaluated. `ids` are of all functions that any has: columns of outcomes."""

    def __init__(self, base: Evaluated, ids: Iterable[str], rules: RuleSet, catalogue: Catalogue) -> None:
        self.base, self.rules, self.catalogue = base, rules, catalogue
        self.column = {id_: column for column, id_ in enumerate(sorted(ids))}
        self._by_premium = {float(base.table.premium[0]): base}
        self.evaluated = 0
        """Alternatives that were evaluated for variants so far."""

    def outcomes(self, variants: Sequence[Variant]) -> Iterator[Outcomes]:
        """What is recommended in each variant, in their order, so many at a time that no more than AT_ONCE are held."""
        each = len(self.base.table.function) // len(self.base.weight) + 1
        held = start = 0
        for end, variant in enumerate(variants):
            more = each * len(variant.functions) + len(self.column)
            if held + more > AT_ONCE and end > start:
                yield self._outcomes(variants[start:end])
                held, start = 0, end
            held += more
        yield self._outcomes(variants[start:])

    def _outcomes(self, variants: Sequence[Variant]) -> Outcomes:
        free = np.array([money_of(variant.profile).free for variant in variants])
        every = [*self._as_they_are(variants), *self._anew(variants)]
        shape = len(variants), len(self.column)
        option, pounds, gone = np.full(shape, ABSENT), np.zeros(shape), np.zeros(shape, np.bool_)
        for ways in every:  # What is best for each function by itself.
            at = ways.of, ways.column[:, np.newaxis]
            option[at] = ways.found.table.option[ways.best][:, np.newaxis]
            pounds[at] = ways.found.prices.total[ways.best][:, np.newaxis]
        for number, variant in enumerate(variants):
            gone[number, [self.column[id_] for id_ in variant.without]] = True
        option[gone], pounds[gone] = ABSENT, 0
        over = np.flatnonzero(pounds.sum(axis=1) > free)
        slots = max(int((ways.found.table.ends - ways.found.table.starts).max()) for ways in every)
        at_once = max(1, AT_ONCE // (slots * len(self.column)))
        for start in range(0, len(over), at_once):
            some = over[start : start + at_once]
            classes = _Classes(some, slots, len(self.column))
            for ways in every:
                classes.fill(ways, *ways.within(some))
            classes.empty(*np.nonzero(gone[some].T))
            option[some], pounds[some] = classes.chosen(free)
        return Outcomes(option, pounds, free)

    def _as_they_are(self, variants: Sequence[Variant]) -> Iterator[_Ways]:
        """The functions of the profile itself, with the variants of each premium for fit."""
        premiums = np.array([_PREMIUM.value(variant.profile.organisation) for variant in variants], np.float64)
        for premium in sorted(set(premiums.tolist())):
            if premium not in self._by_premium:
                table = self.base.table._replace(premium=np.full_like(self.base.table.premium, premium))
                self._by_premium[premium] = Evaluated(table, self.rules)
            yield self._ways(self._by_premium[premium], np.flatnonzero(premiums == premium)[np.newaxis])

    def _anew(self, variants: Sequence[Variant]) -> Iterator[_Ways]:
        """The functions that variants change, each with its variant."""
        if any(variant.functions for variant in variants):
            cases = [(variant.profile, variant.functions) for variant in variants]
            found = evaluate(cases, self.rules, self.catalogue)
            self.evaluated += len(found.table.function)
            yield self._ways(found, found.table.organisation[:, np.newaxis])

    def _ways(self, found: Evaluated, of: Places) -> _Ways:
        column = np.array([self.column[function.id] for function in found.table.functions.rows])
        function, best = found.table.function, found.best(found.choice)
        items = found.choice & (found.costed[function] | (best[function] == np.arange(len(function))))
        ordered = np.flatnonzero(items)
        ordered = ordered[np.lexsort((found.order[ordered], function[ordered]))]
        starts = np.searchsorted(function[ordered], function[ordered])
        return _Ways(found, column, of, ordered, np.arange(len(ordered)) - starts, best)


_PREMIUM = named(ORGANISATION, "premium")

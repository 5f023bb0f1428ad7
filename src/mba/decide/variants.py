"""Many variants of one profile at once: what is recommended in each. Only what a variant changes is evaluated again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from mba.decide.alternatives import OPTIONS, Places, Whole
from mba.decide.choose_each import NEVER, WORTHLESS, picked
from mba.decide.evaluate import Evaluated, evaluate, money_of
from mba.decide.floor import Priced, answers, is_floor
from mba.decide.portfolio import classes_of, priced
from mba.inputs import ORGANISATION, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Profile

AT_ONCE = 250_000
"""Alternatives times variants that are held at once, about: what fits in the processor's cache by the array.

A function that is as it was counts as an eighth of one.
"""

ABSENT = -1
"""Stands for the option of a function that a variant has not."""


Ways: TypeAlias = tuple[Priced, Places]
"""What ways of functions cost and are worth, and the places of their options."""


class Variant(NamedTuple):
    """A profile that differs from another in these functions, which are as they are in it, and in those it is without.

    The functions are all that anything it changes could move, and `without` are ids.
    """

    profile: Profile
    functions: Sequence[Function]
    without: frozenset[str] = frozenset()


class Outcomes(NamedTuple):
    """What is recommended in each variant, variants x functions: the place of an option, with whom, and £ a year.

    `whom` is a place in `Variants.whom` or, where nobody is named, 1 for those of today and 0 for others. `free` is
    what can be spent in each variant, £ a year.
    """

    option: Places
    whom: Places
    pounds: Real
    free: Whole


class Variants:
    """Variants of a profile that was evaluated. `ids` are of all functions that any has: columns of outcomes.

    Only where they are asked for, by `named`, is it told with whom; else only whether it is as today.
    """

    def __init__(
        self, base: Evaluated, ids: Iterable[str], rules: RuleSet, catalogue: Catalogue, *, named: bool = False
    ) -> None:
        self.base, self.rules, self.catalogue, self.named = base, rules, catalogue, named
        self.whom: dict[tuple[str, ...], int] = {(): 0}
        """The number of each by whom something is run, by their ids."""
        self.column = {id_: column for column, id_ in enumerate(sorted(ids))}
        self._by_premium = {float(base.table.premium[0]): (base, self._ways(base))}
        self.evaluated = 0
        """Alternatives that were evaluated for variants so far."""

    def outcomes(self, variants: Sequence[Variant]) -> Iterator[Outcomes]:
        """What is recommended in each variant, in their order, so many at a time that no more than AT_ONCE are held."""
        each = len(self.base.table.function) // len(self.base.weight) + 1
        held = start = 0
        for end, variant in enumerate(variants):
            more = each * len(variant.functions) + len(self.column) // 8
            if held + more > AT_ONCE:
                yield self._outcomes(variants[start:end])
                held, start = 0, end
            held += more
        yield self._outcomes(variants[start:])

    def _outcomes(self, variants: Sequence[Variant]) -> Outcomes:
        free = np.array([money_of(variant.profile).free for variant in variants])
        every = [*self._as_they_are(variants), *self._anew(variants)]
        ways, options = _beside([of_found for _, of_found, _ in every])
        # Which of these functions stands for each in every variant: the last, which is nothing, where it is without it.
        stands, start = np.full((len(self.column), len(variants)), -1), 0
        for found, _, of in every:
            column = [[self.column[function.id]] for function in found.table.functions.rows]
            stands[column, of] = start + np.arange(len(column))[:, np.newaxis]
            start += len(column)
        for number, variant in enumerate(variants):
            for id_ in variant.without:
                stands[self.column[id_], number] = -1
        best, _ = ways.best(ways.worths)
        option, pounds = (picked(figures, best)[stands] for figures in (options, ways.costs))
        over = np.flatnonzero(pounds.sum(axis=0) > free)
        if len(over):
            floor, _ = ways.best(ways.scarce)
            costs, today = picked(ways.costs, floor)[stands[:, over]], ways.today[stands[:, over]]
            floored = is_floor(costs.sum(axis=0), today.sum(axis=0), free[over])
            at_floor, over = over[floored], over[~floored]
            option[:, at_floor] = picked(options, floor)[stands[:, at_floor]]
            pounds[:, at_floor] = costs[:, floored]
        at_once = max(1, AT_ONCE // (len(options) * len(stands)))
        for at in range(0, len(over), at_once):
            some = over[at : at + at_once]
            classes = ways.during(stands[:, some])
            picks, _ = answers(classes, free[some])
            option[:, some] = picked(options[:, stands[:, some]], picks)
            pounds[:, some] = picked(classes.costs, picks)
        whom, place = np.divmod(option, len(OPTIONS))
        return Outcomes(np.where(option < 0, ABSENT, place).T, np.where(option < 0, 0, whom).T, pounds.T, free)

    def _as_they_are(self, variants: Sequence[Variant]) -> Iterator[tuple[Evaluated, Ways, Places]]:
        """The functions of the profile itself, with the variants of each premium for fit."""
        premiums = np.array([_PREMIUM.value(variant.profile.organisation) for variant in variants], np.float64)
        for premium in sorted(set(premiums.tolist())):
            if premium not in self._by_premium:
                other = self.base.at_premium(premium, self.rules)
                self._by_premium[premium] = other, self._ways(other)
            yield *self._by_premium[premium], np.flatnonzero(premiums == premium)

    def _ways(self, found: Evaluated) -> Ways:
        """What may be recommended of functions, ways x functions, and its options, each with whom by a number."""
        rows, whom = classes_of(found, found.choice), found.table.as_today.astype(np.int64)
        if self.named:
            numbers = [self.whom.setdefault(offer.whom, len(self.whom)) for offer in found.table.offers.rows]
            whom = np.array(numbers)[found.table.offer]
        option = found.table.option + len(OPTIONS) * whom
        return priced(found, rows).during(0), np.where(rows < 0, ABSENT, option[rows])

    def _anew(self, variants: Sequence[Variant]) -> Iterator[tuple[Evaluated, Ways, Places]]:
        """The functions that variants change, each with its variant."""
        if any(variant.functions for variant in variants):
            cases = [(variant.profile, variant.functions) for variant in variants]
            found = evaluate(cases, self.rules, self.catalogue)
            self.evaluated += len(found.table.function)
            yield found, self._ways(found), found.table.organisation[:, np.newaxis]


def _beside(every: Sequence[Ways]) -> Ways:
    """What may be recommended of all functions in a row, ways x functions, and its options; at the end, nothing."""
    nothing = np.zeros((1, 1), np.int64)
    parts, options = zip(*every, (Priced(nothing, nothing, nothing, nothing[0]), nothing + ABSENT), strict=True)
    costs, worths, scarce, today = zip(*parts, strict=True)
    ways = _filled(costs, NEVER), _filled(worths, WORTHLESS), _filled(scarce, WORTHLESS)
    return Priced(*ways, np.concatenate(today)), _filled(options, ABSENT)


def _filled(arrays: Sequence[Whole], nothing: int) -> Whole:
    """Arrays of ways x functions in a row; nothing where one has fewer ways."""
    most = max(map(len, arrays))
    rest = [np.full((most - len(each), each.shape[1]), nothing) for each in arrays]
    return np.hstack(list(map(np.vstack, zip(arrays, rest, strict=True))))


_PREMIUM = named(ORGANISATION, "premium")

"""Why an answer changed: the smallest set of changed inputs that alone produces it.

The inputs in which two profiles differ are applied to the first, one, two, three at a time, and the portfolio is
chosen anew for each set, so nothing is guessed from the rules. A set is a cause only after every smaller one has been
tried and has failed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, combinations
from math import comb
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from mba.decide.alternatives import OPTIONS
from mba.decide.evaluate import evaluate
from mba.decide.variants import Variant, Variants
from mba.inputs import FUNCTIONS, LISTS, ORGANISATION, PACKAGES, Input, inputs_of, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.terms import Option

MOST_TRIALS = 4_096
"""Sets of changes tried at most: all of up to twelve changes, beyond that all up to the size that this allows."""

MOST_WEIGHED = 100_000
"""Trials times functions after which no more causes are looked for, where more than twelve inputs differ."""

_MONEY = {named(ORGANISATION, "budget_per_head"), named(ORGANISATION, "committed_costs")}
"""How much may be spent: it moves neither what an alternative is worth nor what it costs."""

_OPTIONS = (*OPTIONS, None)  # By the place of an option; none for ABSENT, the last.


class Difference(NamedTuple):
    """An input in which two profiles differ, with both values as data; None where a value is not given.

    `input` is None for a whole row that is on one side only, whose value is its id where it is there, and for the
    packages. `of` is the id of the row; None for the organisation, and for the packages.
    """

    group: str
    of: str | None
    input: Input | None
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """Its name in a file of results, such as `functions.payroll.ratings.measurability`."""
        route = (*self.input.route[:-1], self.input.key) if self.input else ()
        return ".".join(filter(None, (self.group, self.of, *route)))

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {"path": self.path, "before": self.before, "after": self.after}


ByRow: TypeAlias = dict[str | None, list[Difference]]
"""Differences of a group, by the id of their row."""


class Mixture(NamedTuple):
    """What is recommended for each function, by id, once some inputs are changed; and what can be spent, £ a year.

    None and 0 stand for what is not there, and 0 for what costs nobody knows. `whom` is a number for those it is with.
    """

    options: Mapping[str, Option | None]
    whom: Mapping[str, int]
    costs: Mapping[str, int]
    free: int


def input_changes(before: Profile, after: Profile) -> Iterator[Difference]:
    """Every input in which two profiles differ, in the order of the files."""
    yield from _in_row(ORGANISATION, None, before.organisation, after.organisation)
    if before.packages != after.packages:  # They are compared as a whole: they have no ids.
        yield Difference(PACKAGES, None, None, as_data(before.packages), as_data(after.packages))
    for group in LISTS:
        old, new = ({row.id: row for row in getattr(profile, group)} for profile in (before, after))
        for id_ in dict.fromkeys([*old, *new]):
            if id_ not in new:
                yield Difference(group, id_, None, id_, None)
            elif id_ not in old:
                yield Difference(group, id_, None, None, id_)
            else:
                yield from _in_row(group, id_, old[id_], new[id_])


def _in_row(group: str, of: str | None, before: Any, after: Any) -> Iterator[Difference]:
    for one in inputs_of(group):
        old, new = one.given(before), one.given(after)
        if one.key == "decided":  # By whom and why changes no answer.
            old, new = (decided and decided.mode for decided in (old, new))
        if _in_order(old) != _in_order(new):
            yield Difference(group, of, one, as_data(old), as_data(new))


def as_data(value: Any) -> Any:
    """A value of a profile as a file of results has it."""
    match value:
        case tuple():
            return list(map(as_data, value))
        case BaseModel():
            return value.model_dump(mode="json", exclude_defaults=True)
        case date():
            return value.isoformat()
    return value


def _in_order(value: Any) -> Any:
    """A list sorted, since the order of flags, functions and quotes says nothing."""
    if isinstance(value, tuple):
        return sorted(value, key=repr)
    return value


class Causes:
    """Trials of sets of changes between two profiles, each set tried once.

    A function is evaluated anew only where a change touches it. A set is of places in `inputs`.
    """

    def __init__(self, before: Profile, after: Profile, rules: RuleSet, catalogue: Catalogue) -> None:
        self.before, self.after = before, after
        self.rules, self.catalogue = rules, catalogue
        self.inputs = tuple(input_changes(before, after))
        self.size = _largest(len(self.inputs))
        """All sets of up to so many changes are tried before a larger one is given as the cause."""
        ids = {function.id for function in (*before.appraised, *after.appraised)}
        self.touching: dict[str, set[int]] = {id_: set() for id_ in ids}
        """For each function, by id, the changes that could move what its options are worth or cost."""
        self.of_money: set[int] = set()
        """The changes of how much may be spent."""
        for place, change in enumerate(self.inputs):
            if change.input in _MONEY:
                self.of_money.add(place)
            for id_ in _touched(change, ids, before, after):
                self.touching[id_].add(place)
        self.variants = Variants(
            evaluate([(before, before.appraised)], rules, catalogue), ids, rules, catalogue, named=True
        )
        self.tried: dict[frozenset[int], Mixture] = {}

    def spent(self) -> bool:
        """Whether so much was tried that no more causes are looked for; never where all sets can be tried."""
        functions = len(self.touching)
        return self.size < len(self.inputs) and len(self.tried) * functions > MOST_WEIGHED

    def trial(self, changes: Iterable[int]) -> Mixture:
        """What comes of making just these changes to the profile before."""
        made = frozenset(changes)
        self.try_all([made])
        return self.tried[made]

    def try_all(self, sets: Iterable[frozenset[int]]) -> None:
        """Try what has not been tried yet, all at once."""
        new = [made for made in dict.fromkeys(sets) if made not in self.tried]
        if not new:
            return
        rest = iter(new)
        for found in self.variants.outcomes([self._variant(made) for made in new]):
            rows = (found.option.tolist(), found.whom.tolist(), found.pounds.tolist(), found.free.tolist())
            for options, whom, pounds, free in zip(*rows, strict=True):
                there = zip(self.variants.column, map(_OPTIONS.__getitem__, options), strict=True)
                with_, costs = (zip(self.variants.column, map(int, each), strict=True) for each in (whom, pounds))
                self.tried[next(rest)] = Mixture(dict(there), dict(with_), dict(costs), free)

    def _variant(self, made: frozenset[int]) -> Variant:
        profile = mixed(self.before, self.after, [self.inputs[i] for i in sorted(made)])
        there = {function.id for function in profile.appraised}
        touched = tuple(filter(lambda function: made & self.touching[function.id], profile.appraised))
        return Variant(profile, touched, frozenset(self.variants.column) - there)

    def of(self, functions: Iterable[str]) -> dict[str, tuple[tuple[int, ...], bool]]:
        """For each function the smallest set of changes that does it, and whether that is proved.

        Of several as small that which does it for most of the functions, then the first in the order of the inputs.
        """
        found = {function: self.enough(function) for function in functions}
        often = Counter(chain.from_iterable(sets for sets, _ in found.values()))
        return {function: (max(sets, key=often.__getitem__), proved) for function, (sets, proved) in found.items()}

    def enough(self, function: str) -> tuple[list[tuple[int, ...]], bool]:
        """The smallest sets of changes after which the answer for the function is as after all, and with the same.

        And whether that is proved. Where the limit on trials allows no proof, it is one set, of changes that are enough
        together, and none of which can be left out.
        """
        after = self.trial(range(len(self.inputs)))

        def does(changes: Iterable[int]) -> bool:
            found = self.trial(changes)
            same = found.options.get(function) is after.options.get(function)
            return same and found.whom.get(function) == after.whom.get(function)

        if self.spent():
            return [()], False
        enough = self._enough(function, does)
        for size in range(1, min(len(enough), self.size) + 1):
            self.try_all(map(frozenset, combinations(range(len(self.inputs)), size)))
            if smallest := list(filter(does, combinations(range(len(self.inputs)), size))):
                return smallest, True
        return [enough], len(enough) - 1 <= self.size

    def _enough(self, function: str, does: Callable[[Iterable[int]], bool]) -> tuple[int, ...]:
        """Changes that do it together, none of which can be left out.

        Those that touch the function if they do, else of all. Parts of them are left out while the rest still does
        it, half at first, then ever smaller parts (after Zeller & Hildebrandt 2002).
        """
        touching = sorted(self.touching[function] | self.of_money)
        left = touching if does(touching) else list(range(len(self.inputs)))
        part = len(left)
        while part:
            for start in range(0, len(left), part):
                without = left[:start] + left[start + part :]
                if does(without):
                    left = without
                    break
            else:
                part -= part // 2 or 1  # Half, rounded up; none after parts of one.
            part = min(part, len(left))
        return tuple(left)


def _touched(change: Difference, ids: Collection[str], before: Profile, after: Profile) -> Collection[str]:
    """The functions of which a change could move what the options are worth or cost."""
    if change.input in _MONEY:
        return ()
    if change.group == ORGANISATION:
        return ids
    if change.group == PACKAGES:
        return set(chain.from_iterable(package.functions for package in (*before.packages, *after.packages))) & set(ids)
    touched: set[str] = set()
    for profile in (before, after):
        if change.group == FUNCTIONS:
            touched |= profile.together(change.of or "")
            continue
        for row in getattr(profile, change.group):
            if row.id == change.of:
                touched |= set(ids) if row.functions == "all" else profile.concerns(row)
    return touched & set(ids)


def _largest(number: int) -> int:
    """The largest size up to which all sets of so many changes may be tried."""
    tried = 0
    for size in range(number + 1):
        tried += comb(number, size)
        if tried > MOST_TRIALS:
            return size - 1
    return number


def mixed(before: Profile, after: Profile, changes: Collection[Difference]) -> Profile:
    """The profile before, with some of its differences from the profile after made; rows that appear come last."""
    by_group: dict[str, ByRow] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        by_group[change.group][change.of].append(change)
    update: dict[str, Any] = {}
    for group, by_row in by_group.items():
        old, new = getattr(before, group), getattr(after, group)
        if group == ORGANISATION:
            update[group] = _changed(old, new, by_row[None])
        elif group == PACKAGES:
            update[group] = new
        else:
            update[group] = _rows(old, new, by_row)
    return before.model_copy(update=update)


def _rows(before: Iterable[Any], after: Iterable[Any], by_row: ByRow) -> tuple[Any, ...]:
    """The rows of a group with their changes made."""
    rows, there = ({row.id: row for row in some} for some in (before, after))
    for id_, changes in by_row.items():
        if id_ not in there:
            del rows[id_]
        elif id_ in rows:
            rows[id_] = _changed(rows[id_], there[id_], changes)
        else:
            rows[id_] = there[id_]
    return tuple(rows.values())


def _changed(row: Any, other: Any, changes: Iterable[Difference]) -> Any:
    """A row with some inputs as another has them."""
    for change in changes:
        if change.input:
            row = change.input.on_row(row, change.input.given(other))
    return row

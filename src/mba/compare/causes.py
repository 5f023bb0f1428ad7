"""Why an answer changed: the smallest set of changed inputs that alone produces it.

The inputs in which two profiles differ are applied to the first, one, two, three at a time, and the portfolio is chosen anew for each set, so nothing is
guessed from the rules. A set is a cause only after every smaller one has been tried and has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations
from math import comb
from typing import Any, NamedTuple

from mba.decide.decide import case_of, weighed_with
from mba.decide.portfolio import Case, Priced, picks, pounds
from mba.decide.score import Scored
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Option, Partner, Profile, Supplier

MOST_TRIALS = 4_096
"""Sets of changes tried at most: all of them up to twelve changes, and beyond that all sets up to the size that this allows."""

MOST_WEIGHED = 100_000
"""Trials times functions after which no more causes are looked for, where more than twelve inputs differ."""

SILENT = {"name", "note", "id"}
"""Keys that change no answer."""


class Input(NamedTuple):
    """A place where two profiles differ: a group, an id in it (None for the organisation), a key (None for the whole row), and both values.

    A value is None where it is not given, and a whole row is its id where it is there. A rating has the key `ratings.measurability`.
    """

    group: str
    of: str | None
    key: str | None
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """Its name in a file of results, such as `functions.payroll.ratings.measurability`."""
        return ".".join(part for part in (self.group, self.of, self.key) if part)


class Trial(NamedTuple):
    """What is recommended for each function, by id, once some inputs are changed; and what can be spent, £ a year."""

    picks: Mapping[str, Priced]
    free: int

    def answer(self, function: str) -> Option | None:
        """What is recommended for a function; None where it is not there."""
        pick = self.picks.get(function)
        return pick.option if pick else None

    def cost(self, function: str) -> int:
        """What is recommended costs, £ a year; 0 where that is not known, or the function is not there."""
        pick = self.picks.get(function)
        return pounds(pick) if pick else 0


def inputs(before: Profile, after: Profile) -> list[Input]:
    """Every place where two profiles differ so that an answer could, in the order of the files. Names and notes are left out."""
    found = [
        Input("organisation", None, key, *values) for key, *values in _keys(before.organisation, after.organisation)
    ]
    for group in ("partners", "suppliers", "functions"):
        old, new = ({row.id: row for row in getattr(profile, group)} for profile in (before, after))
        for id_ in dict.fromkeys([*old, *new]):
            if id_ not in old or id_ not in new:
                found.append(Input(group, id_, None, id_ if id_ in old else None, id_ if id_ in new else None))
                continue
            found += [Input(group, id_, key, *values) for key, *values in _keys(old[id_], new[id_])]
            if group == "functions":
                ratings = _keys(old[id_].ratings, new[id_].ratings)
                found += [Input(group, id_, f"ratings.{key}", *values) for key, *values in ratings]
    return found


def _keys(before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    for key in type(before).model_fields:
        values = getattr(before, key), getattr(after, key)
        if key == "decided":  # By whom and why changes no answer.
            values = tuple(decided and decided.mode for decided in values)
        if key not in SILENT and key != "ratings" and _in_order(values[0]) != _in_order(values[1]):
            yield key, *values


def _in_order(value: Any) -> Any:
    """A list sorted, since the order of flags, functions and quotes says nothing."""
    return sorted(value, key=repr) if isinstance(value, tuple) else value


class Causes:
    """Trials of sets of changes between two profiles, each set tried once, and a function weighed anew only where a change touches it.

    A set is of places in `inputs`.
    """

    def __init__(self, before: Profile, after: Profile, rules: RuleSet, catalogue: Catalogue) -> None:
        self.before, self.after = before, after
        self.rules, self.catalogue = rules, catalogue
        self.inputs = tuple(inputs(before, after))
        self.size = _largest(len(self.inputs))
        """All sets of up to so many changes are tried before a larger one is given as the cause."""
        ids = {function.id for profile in (before, after) for function in profile.functions}
        touched = [_touched(change, ids, before, after) for change in self.inputs]
        self.touching = {id_: frozenset(i for i, some in enumerate(touched) if id_ in some) for id_ in ids}
        """For each function, by id, the changes that could move what its options are worth or cost."""
        self.tried: dict[frozenset[int], Trial] = {}
        self._cases: dict[tuple[str, frozenset[int]], Case] = {}
        self._scored: Scored = {}

    def spent(self) -> bool:
        """Whether so much was tried that no more causes are looked for; never where all sets can be tried."""
        functions = len(self.touching)
        return self.size < len(self.inputs) and len(self.tried) * functions > MOST_WEIGHED

    def trial(self, changes: Iterable[int]) -> Trial:
        """What comes of making just these changes to the profile before."""
        made = frozenset(changes)
        if made not in self.tried:
            profile = mixed(self.before, self.after, [self.inputs[i] for i in made])
            weighed = weighed_with(profile, [self._case(profile, function, made) for function in profile.functions])
            free = weighed.allowance - weighed.committed
            chosen = picks(weighed.cases, free)
            ids = (function.id for function in profile.functions)
            self.tried[made] = Trial(dict(zip(ids, chosen, strict=True)), free)
        return self.tried[made]

    def _case(self, profile: Profile, function: Function, made: frozenset[int]) -> Case:
        key = function.id, made & self.touching[function.id]
        if key not in self._cases:
            self._cases[key] = case_of(profile, function, self.rules, self.catalogue, self._scored)
        return self._cases[key]

    def of(self, function: str, answer: Option | None) -> tuple[tuple[int, ...], bool]:
        """The smallest set of changes after which the answer for the function is this one, and whether that is proved.

        Of several as small the first in the order of the inputs. Where the limit on trials allows no proof, the changes are enough together,
        and none of them can be left out.
        """

        def does(changes: Iterable[int]) -> bool:
            return self.trial(changes).answer(function) is answer

        if self.spent():
            return (), False
        enough = self._enough(function, does)
        for size in range(1, min(len(enough) - 1, self.size) + 1):
            for changes in combinations(range(len(self.inputs)), size):
                if does(changes):
                    return changes, True
        return enough, len(enough) - 1 <= self.size

    def _enough(self, function: str, does: Callable[[Iterable[int]], bool]) -> tuple[int, ...]:
        """Changes that do it together, none of which can be left out: those that touch the function if they do, else of all.

        Parts of them are left out while the rest still does it, half at first, then ever smaller parts (after Zeller & Hildebrandt 2002).
        """
        touching = sorted(self.touching[function] | {i for i, change in enumerate(self.inputs) if _is_money(change)})
        left = touching if does(touching) else list(range(len(self.inputs)))
        part = len(left)
        while part:
            for start in range(0, len(left), part):
                without = left[:start] + left[start + part :]
                if does(without):
                    left = without
                    break
            else:
                part = 0 if part == 1 else (part + 1) // 2
            part = min(part, len(left))
        return tuple(left)


def _is_money(change: Input) -> bool:
    return change.group == "organisation" and change.key in ("budget_per_head", "committed_costs")


def _touched(change: Input, ids: Collection[str], before: Profile, after: Profile) -> Collection[str]:
    """The functions of which a change could move what the options are worth or cost; how much may be spent moves neither."""
    if change.group == "organisation":
        return () if _is_money(change) else ids
    if change.group == "functions":
        return (change.of or "",)
    rows: list[Partner | Supplier] = [
        row for profile in (before, after) for row in getattr(profile, change.group) if row.id == change.of
    ]
    return {id_ for id_ in ids if any(row.functions == "all" or id_ in row.functions for row in rows)}


def _largest(number: int) -> int:
    """The largest size up to which all sets of so many changes may be tried."""
    tried = 0
    for size in range(number + 1):
        tried += comb(number, size)
        if tried > MOST_TRIALS:
            return size - 1
    return number


def mixed(before: Profile, after: Profile, changes: Collection[Input]) -> Profile:
    """The profile before, with some of its differences from the profile after made."""
    keyed: dict[tuple[str, str | None], list[str | None]] = {}
    for change in changes:
        keyed.setdefault((change.group, change.of), []).append(change.key)
    update: dict[str, Any] = {
        "organisation": _with(before.organisation, after.organisation, keyed.get(("organisation", None), []))
    }
    for group in ("partners", "suppliers", "functions"):
        new = {row.id: row for row in getattr(after, group)}
        old = {row.id for row in getattr(before, group)}
        rows = [
            _with(row, new.get(row.id), keyed.get((group, row.id), []))
            for row in getattr(before, group)
            if row.id in new or (group, row.id) not in keyed
        ]
        rows += [row for id_, row in new.items() if id_ not in old and (group, id_) in keyed]
        update[group] = tuple(rows)
    return before.model_copy(update=update)


def _with(before: Any, after: Any, keys: list[str | None]) -> Any:
    """A row with some keys as they are afterwards; ratings one by one."""
    update: dict[str, Any] = {}
    ratings: dict[str, Any] = {}
    for key in keys:
        name = key or ""
        if name.startswith("ratings."):
            rating = name.removeprefix("ratings.")
            ratings[rating] = getattr(after.ratings, rating)
        else:
            update[name] = getattr(after, name)
    if ratings:
        update["ratings"] = before.ratings.model_copy(update=ratings)
    return before.model_copy(update=update) if update else before

"""What differs, and why, in words: inputs, the two answers for a function, and the causes that were found by trying."""

from collections.abc import Mapping, Sequence
from itertools import filterfalse
from typing import Any

from mba.about import Kind
from mba.compare.causes import Difference
from mba.compare.compare import RULES, Change, Comparison
from mba.inputs import FUNCTIONS, Input
from mba.option_result import NOT_LISTED
from mba.report.leaving import written_day
from mba.report.words import about, grouped, listed, more, pounds, sentence
from mba.report.words import value as value_of
from mba.results import Action, Decision, FunctionResult


class Names:
    """What functions, partners and suppliers are called, on either side."""

    def __init__(self, before: Decision, after: Decision) -> None:
        self.leaving = {gone.id for gone in (*before.leaving, *after.leaving)}
        self.functions = before.names | after.names
        self.others = before.others | after.others
        for side in (before, after):  # Who is listed on one side has the name there.
            self.others |= filter(lambda named: not named[1].endswith(NOT_LISTED), side.others.items())
        self.rules = (before.asked.get("rules"), after.asked.get("rules"))

    def whom(self, answer: FunctionResult) -> str:
        """With whom an answer is; nobody where it is with none."""
        return listed([self.others[id_] for id_ in answer.chosen.whom()]) or "nobody"

    def of(self, group: str, id_: str | None) -> str:
        """The name of a row of a group of the profile."""
        known = {FUNCTIONS: self.functions}.get(group, self.others)
        return known.get(id_ or "", id_ or "")


def one_function(taken_for: Mapping[str, str]) -> str:
    """Which ids of a second profile are told under others of the first, and why; empty where none is."""
    if not taken_for:
        return ""
    pairs = listed([f"{theirs} under {ours}" for theirs, ours in taken_for.items()])
    return f"As the catalogue takes both ids for one function, told together: {pairs}."


_DONE = {Action.MOVE: "move it", Action.KEEP: "keep it", Action.FIND_OUT: "find out first", Action.LEAVES: "let it go"}


def other_action(change: Change) -> str:
    """What is done otherwise than before, where both are known; empty where it is the same."""
    before, after = (answer and answer.action for answer in (change.before, change.after))
    if before is None or after is None or before is after:
        return ""
    return f"Now {_DONE[after]}; before, {_DONE[before]}."


# What differs


def difference(found: Difference, called: Names, function: str | None = None) -> str:
    """A changed input as a clause; in a sentence about a function, its own inputs go without its name."""
    one = found.input
    if one is None:
        return _came_or_went([found], called)
    said = _with_both(one, found, called)
    if found.of is None:
        return f"the {said}"
    if found.of == function:
        return f"its {said}"
    return f"{called.of(found.group, found.of)}: {said}"


def differences(found: Sequence[Difference], called: Names) -> list[str]:
    """Changed inputs as sentences; where more than a few rows differ alike, together and without their values."""
    lines = []
    alike = grouped(found, lambda each: (each.group, each.input, each.before is None, each.after is None))
    for (_, one, came, went), some in alike.items():
        if one is None:
            lines.append(_came_or_went(some, called))
        elif len(some) <= _ALONE:
            lines += [difference(each, called) for each in some]
        else:
            become = _BECOME.get((came, went), "changed")
            lines.append(f"{_is(one)} {become} for {len(some)}: {_names(some, called)}")
    return list(map(sentence, lines))


_ALONE = 3  # Changed values of one input that are told one by one, and names that are told of more.
_BECOME = {(True, False): "given now", (False, True): "no longer given"}
"""What became of an input, by whether it was not there before and is not there after."""


def _names(rows: Sequence[Difference], called: Names) -> str:
    return listed([called.of(row.group, row.of) for row in rows], most=_ALONE)


def _came_or_went(rows: Sequence[Difference], called: Names) -> str:
    """That rows are on one side only; the packages differ as a whole."""
    if rows[0].of is None:
        return "the packages have changed"
    become = "new"
    if rows[0].after is None:
        become = "no longer there"
    return f"{_names(rows, called)} {_IS[len(rows) > 1]} {become}"


_IS = {False: "is", True: "are"}  # The verb, by whether there are several.


def _named(one: Input) -> str:
    if one.key == "functions":
        return "functions on offer"
    return one.about.words


def _is(one: Input) -> str:
    """What an input is called, with its verb."""
    return f"{_named(one)} {_IS[one.key in _SEVERAL]}"


_SEVERAL = ("flags", "committed_costs", "client_capability", "functions", "quotes")
"""Inputs whose names are in the plural."""


def _with_both(one: Input, found: Difference, called: Names) -> str:
    """An input with both its values; of a list that both have, what came and what went."""
    kind, before, after = one.about.kind, found.before, found.after
    if not isinstance(before, list) or not isinstance(after, list):
        return f"{_is(one)} {_value(kind, after, called)} (before: {_value(kind, before, called)})"
    parts = {"now include": (after, before), "no longer include": (before, after)}
    said = []
    for words, (these, those) in parts.items():
        only = [_value(kind, each, called) for each in filterfalse(those.__contains__, these)]
        if only:
            said.append(f"{words} {listed(only, most=4)}")
    return f"{_named(one)} {' and '.join(said)}"


_KINDS = {"cost": Kind.POUNDS, "until": Kind.DAY, "on": Kind.DAY}
"""The kinds of what is said in a group of keys: how a function is run today, a quote, and that it leaves."""


_TRUTH = {True: "yes", False: "no"}


def _value(kind: Kind, value: Any, called: Names) -> str:
    """A value of a profile in words."""
    match kind, value:
        case _, None:
            return "not given"
        case Kind.POUNDS, int() | float():
            return pounds(value)
        case Kind.DAY, _:
            return written_day(str(value))
        case _, bool():
            return _TRUTH[value]
        case _, list():
            return listed([_value(kind, each, called) for each in value], most=4) or "none"
        case _, dict() if not value:
            return _TRUTH[True]
        case _, dict():
            said = [f"{key.replace('_', ' ')} {_value(_KINDS.get(key, kind), value[key], called)}" for key in value]
            return f"{said[0].removeprefix('mode ')} ({', '.join(said[1:])})".removesuffix(" ()")
        case _, str():
            return called.functions.get(value) or called.others.get(value, value)
    return value_of(kind, value)


# Why an answer changed

_MOST_CAUSES, _MOST_FREED = 3, 2
"""Causes, and sums of money, that the report names for a change; the JSON has all."""


def because_of(change: Change, comparison: Comparison, called: Names) -> str:
    """The causes of a change in words, of a function that is on both sides."""
    if comparison.inputs is None:
        return "Why cannot be said: the stored result does not hold its inputs."
    if not change.causes and change.proved:
        return "Why cannot be said: neither an input nor a rule that differs explains it."
    if not change.causes:
        return "Why was not tried: too much differs between the two."
    known = {each.path: each for each in comparison.inputs}
    said = [difference(known[path], called, change.function) for path in change.causes if path != RULES]
    if RULES in change.causes:
        before, after = (name or "mba" for name in called.rules)
        rules = f"the rules were those of {before} and are now those of {after}"
        if before == after:
            rules = f"the rules or figures of {after} are not those of the stored result"
        said.insert(0, rules)
    words = f"Because {said[0]}."
    if len(said) > 1:
        words = f"Because of {len(said)} differences together: {listed(said, most=_MOST_CAUSES)}."
    if not change.proved:
        words += " Fewer differences may do."
    return f"{words} {_freed(change, called)}".rstrip()


def _freed(change: Change, called: Names) -> str:
    """Where the money came from, or where it went; empty where it did not move the answer."""
    if not change.freed:
        return ""
    verb, so = "takes", "so this has to cost less"
    if change.freed[0].pounds > 0:
        verb, so = "frees", "which pays for this"
    parts = []
    for function, amount in change.freed[:_MOST_FREED]:
        if function is None:
            parts.append(f"there is {about(abs(amount))} {more(amount)} to spend")
        else:
            parts.append(f"{called.functions[function]} {verb} {about(abs(amount))}")
    return sentence(f"{listed(parts)}, {so}")

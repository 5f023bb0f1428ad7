"""What differs, and why, in words: inputs, the two answers for a function, and the causes that were found by trying."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import filterfalse
from typing import Any

from mba.about import About, Kind
from mba.compare.compare import RULES
from mba.compare.comparison import Answer, Change, Comparison, Difference, Freed
from mba.inputs import FUNCTIONS, PARTNERS, SUPPLIERS, Input
from mba.report.leaving import written_day
from mba.report.words import ONLY, a_head, about, count, grouped, listed, percent, pounds, sentence, way_of
from mba.report.words import value as value_of
from mba.results import Action, Decision
from mba.sureness import Level
from mba.terms import Option


class Names:
    """What functions, partners and suppliers are called, on either side."""

    def __init__(self, before: Decision, after: Decision) -> None:
        self.leaving = {gone.id for gone in (*before.leaving, *after.leaving)}
        self.functions = before.names | after.names
        self.partners = before.partners | after.partners
        self.suppliers = before.suppliers | after.suppliers
        self.others = self.partners | self.suppliers
        self.rules = (before.asked.get("rules"), after.asked.get("rules"))
        self.budgets = (before.organisation.budget_per_head, after.organisation.budget_per_head)

    def usual(self, found: Difference) -> str:
        """Of a budget a head that is given on one side only, what it is on both; empty of anything else."""
        if found.path != "organisation.budget_per_head" or None not in (found.before, found.after):
            return ""
        before, after = map(a_head, self.budgets)
        if found.after is None:
            return f"the budget a head is {after}, the usual, instead of {before}"
        return f"the budget a head is {after} instead of {before}, the usual"

    def whom(self, answer: Answer | None) -> str:
        """With whom an answer is; nobody where it is with none."""
        others = (*answer.partners, *filter(None, [answer.supplier])) if answer else ()
        return listed([self.others[id_] for id_ in others]) or "nobody"

    def of(self, group: str, id_: str) -> str:
        """The name of a row of a group of the profile."""
        known: dict[str, str] = getattr(self, group)
        return known.get(id_, id_)


def sure(answer: Answer) -> str:
    """How sure an answer is in words; an open one with its rival, the likelier first."""
    if answer.decided:
        return "decided"
    if not answer.has_rival:
        return ONLY
    if answer.level is None or answer.often is None:
        return "–"
    if answer.level is not Level.OPEN or answer.rival is None or answer.rivalled is None:
        return f"{answer.level}, {percent(answer.often)}"
    both = [answer.option, answer.rival]
    if answer.rivalled > answer.often:
        both.reverse()
    return f"open: {' or '.join(both)}"


_DONE = {Action.MOVE: "move it", Action.KEEP: "keep it", Action.FIND_OUT: "find out first", Action.LEAVES: "let it go"}


def other_action(change: Change) -> str:
    """What is done otherwise than before, where both are known; empty where it is the same."""
    before, after = (answer and answer.action for answer in (change.before, change.after))
    if before is None or after is None or before is after:
        return ""
    return f"Now {_DONE[after]}; before, {_DONE[before]}."


def difference(found: Difference, called: Names, function: str | None = None) -> str:
    """A changed input as a clause; in a sentence about a function, its own inputs go without its name."""
    if found.of is None:
        return called.usual(found) or f"the {_changed(found)}"
    name, one = called.of(found.group, found.of), found.input
    if one is None:
        return f"{name} {_is(found, several=False)}"
    if one.key in ("functions", "quotes"):
        return _listed(one.key, found, ("it", name)[found.of != function], called)
    if found.group != FUNCTIONS:
        return f"{name}’s {_changed(found)}"
    if found.of != function:
        return f"{name}: {_changed(found)}"
    return f"{'its ' * (not one.is_rating)}{_changed(found)}"


_COME_AND_GONE = {
    PARTNERS: (("is no longer a partner", "are no longer partners"), ("is a partner now", "are partners now")),
    SUPPLIERS: (("is no longer on offer", "are no longer on offer"), ("is on offer now", "are on offer now")),
    FUNCTIONS: (
        ("is no longer in the profile", "are no longer in the profile"),
        ("is in the profile now", "are in the profile now"),
    ),
}
"""Of a row that went and of one that came: of one, and of several."""


def _is(found: Difference, *, several: bool) -> str:
    return _COME_AND_GONE[found.group][found.before is None][several]


_ALONE = 3
"""Changed values of one input that are told one by one; more are told together."""


def differences(found: Sequence[Difference], called: Names) -> list[str]:
    """Changed inputs as clauses, those of a kind together where there are several."""
    lines = []
    for some in grouped(found, _kind).values():
        first = some[0]
        given_on_both = None not in (first.before, first.after)
        if len(some) == 1 or (given_on_both and len(some) <= _ALONE):
            lines += [difference(each, called) for each in some]
            continue
        names = [called.of(each.group, each.of or "") for each in some]
        if first.input is None:
            lines.append(f"{listed(names, most=_ALONE)} {_is(first, several=True)}")
        else:
            rows = f"{count(len(some), _ROWS[first.group])}: {listed(names, most=_ALONE)}"
            lines.append(f"{_together(first.input, some)} for {rows}")
    return lines


_ROWS = {FUNCTIONS: "function", PARTNERS: "partner", SUPPLIERS: "supplier"}


def _kind(found: Difference) -> Hashable:
    """What is told together: the same key of several rows that came, went, or changed; or rows of a group."""
    if found.of is None:
        return found.path
    return found.group, found.input, found.before is None, found.after is None


def _together(one: Input, some: Sequence[Difference]) -> str:
    """What has become of an input of several rows."""
    what, be = _named(one.about), _be(one.key)
    if some[0].before is None:
        return f"{what} {be} given now"
    if some[0].after is None:
        return f"{what} {be} no longer given"
    if one.about.kind is Kind.POUNDS:
        before, after = (sum(sums) for sums in zip(*((each.before, each.after) for each in some), strict=True))
        return f"{what} {be} {about(after)} instead of {about(before)} in all"
    return f"{what} {be} changed"


def _be(key: str) -> str:
    return ("is", "are")[key in ("flags", "committed_costs", "client_capability", "quotes", "functions")]


def _named(about_: About) -> str:
    """An input as it is named in a clause; a rating of a function in quotes."""
    if about_.kind is Kind.RATING and not about_.whose:
        return f"“{about_.words}”"
    return about_.words


def _changed(found: Difference) -> str:
    """An input with both values: budget a head is £22.07 instead of £25.00."""
    if found.input is None:
        return f"{found.path} have changed"
    about_, what, be = found.input.about, found.input.about.words, _be(found.input.key)
    if found.group == FUNCTIONS:
        what = _named(about_)
    rated = " rated" * found.input.is_rating
    before, after = (_value(about_.kind, value) for value in (found.before, found.after))
    if found.after is None:
        return f"{what} {be} no longer {rated.strip() or 'given'} ({before} before)"
    if found.before is None:
        return f"{what} {be}{rated} {after}, not given before"
    return f"{what} {be}{rated} {after} instead of {before}"


def _listed(key: str, found: Difference, name: str, called: Names) -> str:
    """What comes to a list and what goes from it: the functions that somebody offers, or the quotes for a function."""
    before, after = (_each(key, value, called) for value in (found.before, found.after))
    if found.after == "all":
        return f"{name} offers everything now"
    if found.before == "all":
        return f"{name} offers only {listed(after, most=4)} now"
    verb = {"functions": "offers", "quotes": "has"}[key]
    come, gone = list(filterfalse(before.__contains__, after)), list(filterfalse(after.__contains__, before))
    said = [f"{verb} {listed(come, most=4)}"] * bool(come) + [f"no longer {verb} {listed(gone, most=4)}"] * bool(gone)
    return f"{name} {listed(said)}"


def _each(key: str, value: Any, called: Names) -> list[str]:
    """The members of a list in words; none where it is no list."""
    if not isinstance(value, list):
        return []
    if key == "functions":
        return [called.of(FUNCTIONS, id_) for id_ in value]
    said = []
    for quote in value:
        whom = called.others.get(quote.get("partner") or quote.get("supplier"), "nobody")
        said.append(f"a quote of {pounds(quote['cost'])} to {way_of(Option(quote['mode']), whom)}")
    return said


_GROUPS = {
    "mode": "{}",
    "supplier": "with {}",
    "partner": "with {}",
    "partners": "with {}",
    "cost": "for {} a year",
    "until": "until {}",
    "notice_months": "with {} months of notice",
    "to": "to {}",
    "on": "on {}",
}
"""How each key of a group of keys is said: how a function is run today, and that it leaves."""
_KINDS = {"cost": Kind.POUNDS, "until": Kind.DAY, "on": Kind.DAY}


def _value(kind: Kind, value: Any) -> str:
    """A value of a profile in words."""
    match kind, value:
        case (Kind.POUNDS, int() | float()):
            return pounds(value)
        case (Kind.DAY, _) if value:
            return written_day(str(value))
        case (_, bool()):
            return ("no", "yes")[value]
        case (_, dict()):
            said = {key: _value(_KINDS.get(key, Kind.WORD), inner) for key, inner in value.items()}
            return " ".join(_GROUPS[key].format(words) for key, words in said.items()) or "yes"
        case (_, list()):
            return listed([str(inner) for inner in value]) or "none"
    return value_of(kind, value)


# Why an answer changed

_UNEXPLAINED = {
    True: "Why cannot be said: neither an input nor a rule that differs explains it.",
    False: "Why was not tried: too much differs between the two.",
}
"""Where no cause was found, by whether all was tried."""
_MOST_CAUSES = 3
"""Causes that the report names for a change; the JSON has all."""
_SHOWN_FREED = 2
"""Sums of money that the report names for a change; the JSON has all."""


def because_of(change: Change, comparison: Comparison, called: Names) -> str:
    """The causes of a change in words, of a function that is on both sides."""
    if comparison.inputs is None:
        return "Why cannot be said: the stored result does not hold its inputs."
    known = {each.path: each for each in comparison.inputs}
    said = [_other_rules(called)] * (RULES in change.causes)
    said += [difference(known[path], called, change.function) for path in filter(RULES.__ne__, change.causes)]
    if not said:
        return _UNEXPLAINED[change.proved]
    words = f"Because {listed(said)}{', together' * (len(said) > 1)}."
    if len(said) > _MOST_CAUSES + 1:
        words = f"Because of {len(said)} differences together: {listed(said, most=_MOST_CAUSES)}."
    unproved = "Fewer differences may do." * (not change.proved)
    return " ".join(filter(None, (words, unproved, _freed(change, comparison, called))))


def _other_rules(called: Names) -> str:
    """Whose rules or figures are others than before, by the name of their file."""
    before, after = called.rules
    if not before and not after:
        return "the rules or figures of mba are not those of the stored result"
    if before == after:
        return f"the rules of {after} or the figures of mba have changed since"
    return f"the rules were those of {before or 'mba'} and are now those of {after or 'mba'}"


def _freed(change: Change, comparison: Comparison, called: Names) -> str:
    """Where the money came from, or where it went."""
    if not change.freed:
        return ""
    there = {each.function: bool(each.after) - bool(each.before) for each in comparison.changes}
    parts = [_from_whom(freed, there.get(freed.function or "", 0), called) for freed in change.freed[:_SHOWN_FREED]]
    so = ("so this has to cost less", "which pays for this")[change.freed[0].pounds > 0]
    return sentence(f"{listed(parts)}, {so}")


def _from_whom(freed: Freed, came: int, called: Names) -> str:
    """What a function, or the allowance, gives or takes; `came` is 1 of one that is new, -1 of one that is gone."""
    much, pays = about(abs(freed.pounds)), freed.pounds > 0
    if freed.function is None:
        return f"there is {much} {('less', 'more')[pays]} to spend"
    name = called.functions[freed.function]
    if came:
        return f"{name} {('is gone, which frees', 'is new and costs')[came > 0]} {much}"
    return f"{name} costs {much} {('more', 'less')[pays]}"

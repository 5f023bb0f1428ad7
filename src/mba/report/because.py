"""Why an answer changed, in words: the causes that were found by trying, and whose money it was."""

from __future__ import annotations

from mba.compare.compare import RULES
from mba.compare.comparison import Change, Comparison, Freed
from mba.report.differences import Names, difference
from mba.report.words import about, listed, sentence

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
    known = {difference.path: difference for difference in comparison.inputs}
    said = []
    for path in change.causes:
        if path == RULES:
            said.append(_other_rules(called))
        else:
            said.append(difference(known[path], called, change.function))
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
    if change.freed[0].pounds > 0:
        return sentence(f"{listed(parts)}, which pays for this")
    return sentence(f"{listed(parts)}, so this has to cost less")


def _from_whom(freed: Freed, came: int, called: Names) -> str:
    """What a function, or the allowance, gives or takes; `came` is 1 of one that is new, -1 of one that is gone."""
    much, pays = about(abs(freed.pounds)), freed.pounds > 0
    if freed.function is None:
        return f"there is {much} {('less', 'more')[pays]} to spend"
    name = called.functions[freed.function]
    if came:
        return f"{name} {('is gone, which frees', 'is new and costs')[came > 0]} {much}"
    return f"{name} costs {much} {('more', 'less')[pays]}"

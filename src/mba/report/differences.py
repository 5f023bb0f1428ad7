"""What differs, in words: inputs, and the two answers for a function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mba.about import Kind
from mba.compare.comparison import Answer, Change, Difference
from mba.inputs import FUNCTIONS, PARTNERS, SUPPLIERS
from mba.report.words import MARKS, ONLY, a_head, listed, percent, pounds
from mba.results import Decision
from mba.sureness import Level


class Names:
    """What functions, partners and suppliers are called, on either side."""

    def __init__(self, before: Decision, after: Decision) -> None:
        leaving = {gone.id: gone.name for gone in (*before.leaving, *after.leaving)}
        self.leaving = leaving.keys()
        self.functions = leaving | before.names | after.names
        self.partners = before.partners | after.partners
        self.suppliers = before.suppliers | after.suppliers

        self.budgets = (before.organisation.budget_per_head, after.organisation.budget_per_head)

    def usual(self, found: Difference) -> str | None:
        """Of a budget a head that is given on one side only, what it is on both; None of anything else."""
        if found.path != "organisation.budget_per_head" or None not in (found.before, found.after):
            return None
        before, after = (
            f"{a_head(budget)}{', the usual,' if given is None else ''}"
            for budget, given in zip(self.budgets, (found.before, found.after), strict=True)
        )
        return f"the budget a head is {after} instead of {before}".rstrip(",")

    def of(self, group: str, id_: str) -> str:
        """The name of a row of a group of the profile."""
        known: dict[str, str] = getattr(self, group)
        return known.get(id_, id_)


def both(change: Change, said: Any) -> str:
    """Something of both answers; once where it is the same."""
    found = [said(answer) for answer in (change.before, change.after) if answer]
    return " → ".join(dict.fromkeys(found))


def cost(answer: Answer) -> str:
    """What an answer costs, £ a year."""
    return "not known" if answer.cost is None else f"{answer.cost:,}"


def sure(answer: Answer) -> str:
    """How sure an answer is, as a mark, a word and a percentage; an open one with its rival, the likelier first."""
    if answer.decided:
        return "decided"
    if not answer.has_rival:
        return ONLY
    if answer.level is None or answer.often is None:
        return "–"
    mark = MARKS[answer.level]
    if answer.level is not Level.OPEN or answer.rival is None or answer.rivalled is None:
        return f"{mark} {answer.level} {percent(answer.often)}"
    own, rival = f"{answer.option} {percent(answer.often)}", f"{answer.rival} {percent(answer.rivalled)}"
    first, second = (rival, own) if answer.rivalled > answer.often else (own, rival)
    return f"{mark} open: {first} or {second}"


def other_action(change: Change) -> str:
    """What is done otherwise than before, where both are known; empty where it is the same."""
    actions = [answer.action for answer in (change.before, change.after) if answer and answer.action]
    if len(set(actions)) < 2:  # noqa: PLR2004 - one thing is done, before and after
        return ""
    return f"To {actions[-1].replace('-', ' ')}, where it was to {actions[0].replace('-', ' ')}."


def signed(amount: int) -> str:
    """£ with its sign, for a table."""
    return f"{'+' if amount > 0 else '−'}{abs(amount):,}" if amount else "–"


def difference(found: Difference, called: Names, function: str | None = None) -> str:
    """A changed input as a clause; in a sentence about a function, its own inputs go without its name."""
    if found.of is None:
        return called.usual(found) or f"the {_changed(found)}"
    name, one = called.of(found.group, found.of), found.input
    if one is None:
        gone, come = _COME_AND_GONE[found.group]
        return f"{name} {come if found.before is None else gone}"
    if listing := _listed(one.key, found, name, called):
        return listing
    if found.group != FUNCTIONS:
        return f"{name}’s {_changed(found)}"
    if found.of != function:
        return f"{name}: {_changed(found)}"
    return _changed(found) if one.is_rating else f"its {_changed(found)}"


_COME_AND_GONE = {
    PARTNERS: ("is no longer a partner", "is a partner now"),
    SUPPLIERS: ("is no longer on offer", "is on offer now"),
    FUNCTIONS: ("is no longer in the profile", "is in the profile now"),
}


def differences(found: Sequence[Difference], called: Names) -> list[str]:
    """Changed inputs as clauses.

    Where a key of several functions is newly given, or no longer, they are told together.
    """
    alike: dict[tuple[object, ...], list[Difference]] = defaultdict(list)
    for each in found:
        together = each.group == FUNCTIONS and each.input and None in (each.before, each.after)
        alike[(each.input, each.before is None) if together else (each.path,)].append(each)
    lines = []
    for some in alike.values():
        one = some[0].input
        if len(some) == 1 or one is None:
            lines.append(difference(some[0], called))
            continue
        names = listed([called.of(each.group, each.of or "") for each in some], most=3)
        verb = "given now" if some[0].before is None else "no longer given"
        are = "are" if one.key == "flags" else "is"
        lines.append(f"{one.about.words} {are} {verb} for {len(some)} functions: {names}")
    return lines


def _changed(found: Difference) -> str:
    """An input with both values: budget a head is £22.07 instead of £25.00."""
    if found.input is None:
        return found.path
    about = found.input.about
    what = f"“{about.words}”" if found.input.is_rating and found.group == FUNCTIONS else about.words
    be = "are" if found.input.key in ("flags", "committed_costs", "client_capability") else "is"
    rated = " rated" if found.input.is_rating else ""
    before, after = (_value(about.kind, value) for value in (found.before, found.after))
    if found.after is None:
        return f"{what} {be} no longer {rated.strip() or 'given'} ({before} before)"
    if found.before is None:
        return f"{what} {be}{rated} {after}, not given before"
    return f"{what} {be}{rated} {after} instead of {before}"


def _listed(key: str, found: Difference, name: str, called: Names) -> str | None:
    """What comes to a list and what goes from it: the functions that somebody offers, or the quotes for a function."""
    if key not in ("functions", "quotes"):
        return None
    before, after = (
        []
        if value is None
        else [called.of("functions", id_) if key == "functions" else _quote(id_, called) for id_ in value]
        for value in (_some(found.before), _some(found.after))
    )
    if "all" in (found.before, found.after):
        return (
            f"{name} {'offers everything now' if found.after == 'all' else f'offers only {listed(after, most=4)} now'}"
        )
    gone, come = [each for each in before if each not in after], [each for each in after if each not in before]
    verbs = ("offers", "no longer offers") if key == "functions" else ("has", "no longer has")
    said = [f"{verb} {listed(some, most=4)}" for verb, some in zip(verbs, (come, gone), strict=True) if some]
    return f"{name} {listed(said)}" if said else None


def _some(value: Any) -> list[Any] | None:
    return value if isinstance(value, list) else None


def _quote(quote: Any, called: Names) -> str:
    group = "partners" if quote.get("partner") else "suppliers"
    whom = called.of(group, quote.get("partner") or quote["supplier"])
    return (
        f"a quote of {pounds(quote['cost'])} to {quote['mode']} {'from' if quote['mode'] == 'buy' else 'with'} {whom}"
    )


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
_KINDS = {"cost": Kind.POUNDS}


def _value(kind: Kind, value: Any) -> str:
    """A value of a profile in words."""
    if value is None:
        return pounds(0) if kind is Kind.POUNDS else "not given"
    if kind is Kind.POUNDS:
        return pounds(value)
    if kind is Kind.POUNDS_A_HEAD:
        return a_head(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return " ".join(_GROUPS[key].format(_value(_KINDS.get(key, Kind.WORD), inner)) for key, inner in value.items())
    if isinstance(value, list):
        return listed([str(inner) for inner in value]) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)

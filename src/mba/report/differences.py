"""What differs, in words: inputs, and the two answers for a function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mba.compare.compare import Answer, Change, Difference
from mba.knowledge.measures import Measure
from mba.report.words import KEYS, MARKS, MEASURES, ONLY, a_head, listed, percent, pounds
from mba.results import Decision


class Names:
    """What functions, partners and suppliers are called, on either side."""

    def __init__(self, before: Decision, after: Decision) -> None:
        self.functions = {function.id: function.name for decision in (before, after) for function in decision.functions}
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
    """How sure an answer is, as a mark, a word and a percentage."""
    if answer.decided:
        return "decided"
    if not answer.is_open:
        return ONLY
    return f"{MARKS[answer.level]} {percent(answer.often)}" if answer.level and answer.often is not None else "–"


def signed(amount: int) -> str:
    """£ with its sign, for a table."""
    return f"{'+' if amount > 0 else '−'}{abs(amount):,}" if amount else "–"


def difference(found: Difference, called: Names, function: str | None = None) -> str:
    """A changed input as a clause; in a sentence about a function, its own inputs go without its name."""
    group, *rest = found.path.split(".")
    if group == "organisation":
        usual = called.usual(found)
        return f"the {_changed(rest[0], found)}" if usual is None else usual
    name = called.of(group, rest[0])
    if len(rest) == 1:
        gone, come = _COME_AND_GONE[group]
        return f"{name} {come if found.before is None else gone}"
    key = rest[-1]
    if listing := _listed(key, found, name, called):
        return listing
    if group != "functions":
        return f"{name}’s {_changed(key, found)}"
    if rest[0] == function:
        return f"{'' if key in _RATINGS else 'its '}{_changed(key, found)}"
    return f"{name}: {_changed(key, found)}"


_COME_AND_GONE = {
    "partners": ("is no longer a partner", "is a partner now"),
    "suppliers": ("is no longer on offer", "is on offer now"),
    "functions": ("is no longer in the profile", "is in the profile now"),
}
_RATED_OF_OTHERS = ("trust", "stability", "local_presence", "client_capability")


def differences(found: Sequence[Difference], called: Names) -> list[str]:
    """Changed inputs as clauses; where a key of several functions is newly given, or no longer, they are told together."""
    alike: dict[str, list[Difference]] = defaultdict(list)
    for each in found:
        group, *rest = each.path.split(".")
        together = group == "functions" and len(rest) > 1 and None in (each.before, each.after)
        alike[f"{rest[-1]} {each.before is None}" if together else each.path].append(each)
    lines = []
    for some in alike.values():
        if len(some) == 1:
            lines.append(difference(some[0], called))
            continue
        key = some[0].path.split(".")[-1]
        names = listed([called.of("functions", each.path.split(".")[1]) for each in some], most=3)
        verb = "given now" if some[0].before is None else "no longer given"
        lines.append(
            f"{_KEYS.get(key, key)} {'are' if key == 'flags' else 'is'} {verb} for {len(some)} functions: {names}"
        )
    return lines


_KEYS = {**KEYS, "kind": "kind of organisation", "decided": "decision", "current": "present arrangement"}


def _changed(key: str, found: Difference) -> str:
    """A key with both values: budget a head is £22.07 instead of £25.00."""
    what = f"“{MEASURES[Measure(key)]}”" if key in _RATINGS else _KEYS.get(key, key)
    be = "are" if key in ("flags", "committed_costs", "client_capability") else "is"
    rated = " rated" if key in (*_RATINGS, *_RATED_OF_OTHERS) else ""
    before, after = (_value(key, value) for value in (found.before, found.after))
    if found.after is None:
        return f"{what} {be} no longer {rated.strip() or 'given'} ({before} before)"
    return f"{what} {be}{rated} {after}" + (
        f" instead of {before}" if found.before is not None else ", not given before"
    )


_RATINGS = {measure.value for measure in MEASURES}


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


def _value(key: str, value: Any) -> str:
    """A value of a profile in words."""
    if key in ("annual_cost", "committed_costs"):
        return pounds(value or 0)
    if key == "budget_per_head" and value is not None:
        return a_head(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return listed([str(inner) for inner in value]) or "none"
    return "not given" if value is None else f"{value:,}" if isinstance(value, int) else str(value)

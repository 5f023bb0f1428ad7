"""The rows of the first screen: what moves now, and what to find out first, each with its reason or question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Line, Row, Span, Table, Tone, text
from mba.report.plan import likelihood, rival_of, settled_by, switched
from mba.report.reasons import in_short
from mba.report.words import TONES, listed, percent, question_in_short, thousands, value, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.sureness import Question, Switch

_MOVES, _ASKED = 5, 3
"""Rows at most: of moves, and of what to find out first."""


def moves_and_questions(decision: Decision, rules: RuleSet) -> list[Block]:
    """The moves and what to find out first, or, where today is not known, how to run what costs most."""
    moving, asking = decision.acting(Action.MOVE), decision.acting(Action.FIND_OUT)
    if not moving and not asking:
        return _unmoved(decision, rules)
    rows: list[Row] = []
    shown = _dearest(asking, _ASKED)
    first = _titled("FIND OUT FIRST: now → or; what settles it", len(asking), len(shown))
    if moving:
        if asking:
            rows = [Row(tuple(map(text, (first, "", "", ""), (Tone.STRONG,) * 4)))]
        most = _dearest(moving, _MOVES)
        first = _titled("MOVE NOW: from → to, and why", len(moving), len(most))
        rows = [*_grouped([_move(each, decision, rules) for each in most]), *rows]
    rows += [_asked(each, decision) for each in shown]
    columns = (Column(first), Column("vs today", figures=True), Column("once", figures=True), Column("how sure"))
    return [Table(columns, tuple(rows))]


def _titled(title: str, number: int, shown: int) -> str:
    """The head of some rows, with how many there are beyond those that are shown."""
    name, rest = title.split(":")
    return f"{name} ({shown} of {number}, all: --full):{rest}" if number > shown else title


def _dearest(functions: Sequence[FunctionResult], most: int) -> list[FunctionResult]:
    """The functions whose cost changes most, then those worth most; of equals the first in the profile."""
    return sorted(functions, key=lambda each: (-abs(_more(each) or 0), -(each.chosen.worth or 0)))[:most]


def _more(function: FunctionResult) -> int | None:
    """£ a year that the recommendation costs more than today; None where either is not known."""
    today, chosen = function.today, function.chosen.pounds
    if today is None or today.cost is None or chosen is None:
        return None
    return chosen - today.cost


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """The rows with those of one sentence together."""
    alike: dict[Line, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.note].append(row)
    for note, some in alike.items():
        if len(some) > 1:
            whole = Span("both " if len(some) == _TWO else f"all {len(some)} ")
            some[-1] = some[-1]._replace(note=(whole, *note))
            some[:-1] = [row._replace(note=some[-1].note) for row in some[:-1]]
    return list(chain.from_iterable(alike.values()))


_TWO = 2


def _move(function: FunctionResult, decision: Decision, rules: RuleSet) -> Row:
    why = Span(f": {in_short(function, rules)}")
    return _row(function, (*_from_today(function, decision), why))


def _row(function: FunctionResult, note: Line) -> Row:
    """A function, what it costs against today and once, how sure it is, and a sentence about it."""
    more, change, once = _more(function), _NOT_KNOWN, _NOT_KNOWN
    if more is not None:
        change = changed_by(more)
    if function.chosen.cost:
        once = thousands(function.chosen.once)
    return Row((text(function.name), text(change), text(once), text(_sure(function))), note)


_NOT_KNOWN = "not known"


def changed_by(more: int) -> str:
    """A change in £: +£11k; -£73k."""
    if not more:
        return "the same"
    return f"+{thousands(more)}" if more > 0 else f"-{thousands(-more)}"


def _sure(function: FunctionResult) -> str:
    """How sure it is; of what is open, how often the recommendation came out, even where it must be left."""
    if not function.is_open:
        return likelihood(function)
    word = "must end" if function.ending else "open"
    return f"{word}, {percent(function.likely)}"


def _from_today(function: FunctionResult, decision: Decision) -> Line:
    """How it is run today and how it would be, which has the colour."""
    today, way = function.today, function.recommendation
    after = way_of(way, who(function.chosen, decision)).removeprefix(way)
    if today is None:
        return Span(way, TONES[way]), Span(after)
    before = way_of(today.mode, listed([decision.others.get(id_, id_) for id_ in today.with_]))
    if today.mode is way and after and function.moves:  # Only who runs it changes.
        return Span(f"{before} → "), Span(after.strip(), TONES[way])
    return Span(f"{before} → "), Span(way, TONES[way]), Span(after)


def _asked(function: FunctionResult, decision: Decision) -> Row:
    """What it is now and could be, and the question that would settle it."""
    rival = rival_of(function)
    ways = _from_today(function, decision)[not function.moves :]
    if rival and rival is not function.current:
        ways = (*ways, Span(" or "), Span(rival, TONES[rival]))
    return _row(function, (*ways, Span(f": {_question(function, decision)}")))


def _question(function: FunctionResult, decision: Decision) -> str:
    """What would settle it, else a price to ask for."""
    match settled_by(function, decision):
        case Switch() as switch:
            return f"{switched(switch, decision)}? {switch.becomes} at {value(switch.input.about.kind, switch.then)}"
        case Question() as asked:
            return question_in_short(asked, decision)
    return "at what price?" if who(function.chosen, decision) else "at what cost?"


def _unmoved(decision: Decision, rules: RuleSet) -> list[Block]:
    """How to run what costs most, of what it was not said how it is run today; nothing where nothing is."""
    unsaid = [function for function in decision.functions if function.action is None]
    if not unsaid:
        return []
    most = _MOVES if len(unsaid) == len(decision.functions) else _ASKED
    shown = sorted(unsaid, key=lambda each: -(each.chosen.pounds or 0))[:most]
    rows: list[Row] = []
    for function in shown:
        way, cost = function.recommendation, _NOT_KNOWN
        after = way_of(way, who(function.chosen, decision)).removeprefix(way)
        run = Span(way, TONES[way]), Span(f"{after}: {in_short(function, rules)}")
        if function.chosen.pounds is not None:
            cost = thousands(function.chosen.pounds)
        rows.append(Row((text(function.name), text(cost), text(_sure(function))), run))
    title = _titled("RUN THEM: how, and why", len(unsaid), len(shown))
    columns = (Column(title), Column("£ a year", figures=True), Column("how sure"))
    return [Table(columns, tuple(_grouped(rows)))]

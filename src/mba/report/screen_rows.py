"""The rows of the first screen: what moves now, and what to find out first, each with its reason or question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Cell, Column, Heading, Line, Row, Span, Table, Tone, text
from mba.report.leaving import last_day
from mba.report.moving import rival_of, settled_by, switched
from mba.report.plan import likelihood, more_than_today
from mba.report.reasons import in_short
from mba.report.words import (
    TONES,
    apart,
    grouped,
    percent,
    question_in_short,
    thousands,
    to_thousand,
    value,
    way_of,
    who,
    with_today,
)
from mba.results import Action, Decision, FunctionResult
from mba.sureness import LEANING, ROBUST, Question, Switch


class Most(NamedTuple):
    """Rows at most: of moves, of what to find out first, of what to do before signing; and whether of what is kept."""

    moves: int = 5
    asked: int = 3
    warned: int = 2
    kept: bool = True


def moves_and_questions(decision: Decision, rules: RuleSet, most: Most) -> list[Block]:
    """The moves and what to find out first, or, where today is not known, how to run what costs most."""
    moving, asking = decision.acting(Action.MOVE), decision.acting(Action.FIND_OUT)
    if not moving and not asking:
        return _unmoved(decision, rules, most)
    move, ask = _dearest(moving, most.moves), _dearest(asking, most.asked)
    titles = [
        *[_titled("MOVE NOW: from → to, and why", len(moving), len(move))] * bool(move),
        *[_titled("FIND OUT FIRST: what settles it", len(asking), len(ask))] * bool(ask),
    ]
    pays = any(map(_payback, (*move, *ask)))
    rows = [*_grouped([_move(each, decision, rules, pays=pays) for each in move])]
    columns = [Column("vs today", figures=True), Column("once", figures=True)]
    columns += [Column("payback", figures=True)] * pays
    if len(titles) > 1:
        rows.append(Row((text(titles[1], Tone.STRONG), *[text("")] * (len(columns) + 1))))
    rows += [_asked(each, decision, pays=pays) for each in ask]
    table = Table((Column(titles[0]), *columns, Column("how sure")), tuple(rows))
    return [*_how_sure((*move, *ask)), table]


def open_and_hidden(decision: Decision, most: Most) -> int:
    """How many moves have no row, and it is open where to."""
    moves = decision.acting(Action.MOVE)
    shown = _dearest(moves, most.moves)
    return sum(function.is_open and function not in shown for function in moves)


def are_rounded(decision: Decision, most: Most) -> bool:
    """Whether the moves have a row each and these, to £1,000, do not add up to their total."""
    moves, plans = _dearest(decision.acting(Action.MOVE), most.moves), decision.plans
    if len(moves) < len(decision.acting(Action.MOVE)) or plans is None or plans.today is None:
        return False
    spent = decision.budget.committed
    more = apart((plans.sure.cost or 0) + spent, (plans.today.cost or 0) + spent)
    rows = (
        sum(to_thousand(more_than_today(each) or 0) for each in moves),
        sum(to_thousand(each.chosen.once) for each in moves),
    )
    return rows != (to_thousand(more), to_thousand(plans.sure.once))


def _how_sure(functions: Sequence[FunctionResult]) -> list[Block]:
    """What the words of how sure mean, above their first use; nothing where no draw says any of them."""
    if not any(function.level for function in functions):
        return []
    said = (
        f"How sure: % of trials that agree as figures vary; robust {ROBUST * 100:.0f}+, leaning {LEANING * 100:.0f}+."
    )
    return [Heading(3, said, Tone.FAINT)]


def _titled(title: str, number: int, shown: int) -> str:
    """The head of some rows, with how many there are beyond those that are shown."""
    name, rest = title.split(":")
    return f"{name} ({shown} of {number}):{rest}" if number > shown else title


def _dearest(functions: Sequence[FunctionResult], most: int) -> list[FunctionResult]:
    """The functions whose cost changes most, then those worth most; of equals the first in the profile."""
    return sorted(functions, key=lambda each: (-abs(more_than_today(each) or 0), -(each.chosen.worth or 0)))[:most]


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """The rows with those of one sentence together."""
    alike = grouped(rows, attrgetter("note"))
    for note, some in alike.items():
        if len(some) > 1:
            whole = Span({2: "both "}.get(len(some), f"all {len(some)} "))
            some[:] = [row._replace(note=(whole, *note)) for row in some]
    return list(chain.from_iterable(alike.values()))


def _move(function: FunctionResult, decision: Decision, rules: RuleSet, *, pays: bool) -> Row:
    day = last_day(function, decision)
    why = in_short(function, rules)
    if function.ending and day and not function.is_decided:
        why = f"ends {day.day} {day:%b %Y}"
    ways = _from_today(function, decision)
    if function.is_open:  # It must end: that it goes is sure, and not where to.
        ways, why = (*ways, *_or_rival(function)), _question(function, decision)
    return _row(function, (*ways, Span(f": {why}")), pays=pays)


def _or_rival(function: FunctionResult) -> Line:
    """The rival with how often it came out, and whether that was more often."""
    rival, often = function.rival, percent(function.often(function.rival))
    more = ", more often" * (function.often(rival) > function.likely)
    return Span(" or "), Span(rival, TONES[rival]), Span(f" ({often}{more})")


def _row(function: FunctionResult, note: Line, *, pays: bool) -> Row:
    """A function, what it costs against today and once, how sure it is, and a sentence about it."""
    more, change, once = more_than_today(function), _NOT_KNOWN, _NOT_KNOWN
    if more is not None:
        change = changed_by(more)
    if function.chosen.cost:
        once = thousands(function.chosen.once)
    payback = [text(_payback(function) or "never" * function.moves)] * pays
    cells: tuple[Cell, ...] = (text(function.name), text(change), text(once), *payback, text(_sure(function)))
    return Row(cells, note)


_NOT_KNOWN = "not known"


def _payback(function: FunctionResult) -> str:
    """In how many months what it saves has paid what moving costs once; empty where it saves nothing."""
    more = more_than_today(function)
    if more is None or more >= 0:
        return ""
    months = math.ceil(12 * function.chosen.once / -more)
    if months < _LONG:
        return f"{months} mths"
    return f"{months // 12:,} yrs"


_LONG = 120
"""Months from which a payback is told in years."""


def changed_by(more: int) -> str:
    """A change in £: +£11k; -£73k."""
    if not more:
        return "the same"
    return f"+{thousands(more)}" if more > 0 else f"-{thousands(-more)}"


def _sure(function: FunctionResult) -> str:
    """How sure it is; of what is open, how often the recommendation came out, even where it must be left."""
    if not function.is_open:
        return likelihood(function).replace(", ", " ")
    word = "must end" if function.ending else "open"
    return f"{word} {percent(function.likely)}"


def _from_today(function: FunctionResult, decision: Decision) -> Line:
    """How it is run today and how it would be, which has the colour."""
    today, way = function.today, function.recommendation
    after = way_of(way, who(function.chosen, decision)).removeprefix(way)
    if today is None:
        return Span(way, TONES[way]), Span(after)
    before = way_of(today.mode, with_today(today, decision))
    if today.mode is way and after and function.moves:  # Only who runs it changes.
        return Span(f"{before} → "), Span(after.strip(), TONES[way])
    return Span(f"{before} → "), Span(way, TONES[way]), Span(after)


def _asked(function: FunctionResult, decision: Decision, *, pays: bool) -> Row:
    """What it is now and could be, and the question that would settle it."""
    rival = rival_of(function)
    ways = _from_today(function, decision)[not function.moves :]
    if rival and rival is not function.current:
        ways = (*ways, Span(" or "), Span(rival, TONES[rival]))
    return _row(function, (*ways, Span(f": {_question(function, decision)}")), pays=pays)


def _question(function: FunctionResult, decision: Decision) -> str:
    """What would settle it, else a price to ask for."""
    match settled_by(function, decision):
        case Switch() as switch:
            return f"{switched(switch, decision)}? {switch.becomes} at {value(switch.input.about.kind, switch.then)}"
        case Question() as asked:
            return question_in_short(asked, decision)
    return "at what price?" if who(function.chosen, decision) else "at what cost?"


def _unmoved(decision: Decision, rules: RuleSet, most: Most) -> list[Block]:
    """How to run what costs most, of what it was not said how it is run today; nothing where nothing is."""
    unsaid = [function for function in decision.functions if function.action is None]
    if not unsaid:
        return []
    number = most.moves if len(unsaid) == len(decision.functions) else most.asked
    shown = sorted(unsaid, key=lambda each: -(each.chosen.pounds or 0))[:number]
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
    return [*_how_sure(shown), Table(columns, tuple(_grouped(rows)))]

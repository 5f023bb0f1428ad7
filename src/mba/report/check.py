"""The report of `mba check`: no fault, what looks wrong, and what is assumed that could move an answer."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple

from mba.caution import WarningCode
from mba.inputs import Assumption, Basis
from mba.load.columns import SHEETS
from mba.load.source import clip
from mba.load.splice import CellOf
from mba.option_result import NOT_LISTED
from mba.problem import Location, Problem
from mba.render.document import Block, Document, Heading, Line, Span, Tone, listed_under, prose
from mba.report.cautions import warning
from mba.report.plan import dearest, is_guessed, vs_today
from mba.report.queries import asked_of_profile, worded
from mba.report.questions import led_to, whose
from mba.report.words import GUESSED, assumed, capital, count, listed, who
from mba.results import Action, Decision, FunctionResult, Leaves
from mba.terms import Flag, Option

_OF_THE_FILE = {
    WarningCode.NOT_COSTED,
    WarningCode.COUNTED_AS_TODAY,
    WarningCode.SPECIFY_FIRST,
    WarningCode.DECIDED_BLOCKED,
}
"""The warnings that are about what the file lacks, and not about what is recommended."""
_MOST, _ESTIMATES = 10, 3
"""Assumptions that are shown, those first whose truth is worth most to know; and moves that rest on an estimate."""


class Next(NamedTuple):
    """What to type next about a file: for the answer, and for everything behind it; and of a workbook, its cells."""

    answer: str
    full: str
    cell_of: CellOf | None = None


def doubts(found: Mapping[str, Decision], *, queries: bool, assumptions: bool) -> tuple[Problem, ...]:
    """What a strict check does not let pass, by file: what is to be checked first, and what is assumed."""
    problems: list[Problem] = []
    for file, decision in found.items():
        said = []
        if queries:
            said += [worded(query, decision) for query in decision.queries]
        if assumptions:
            said += [f"assumed: {assumed(item)}, {whose(item, decision)}" for item in decision.assumptions]
        problems += [Problem(line, Location(clip(file, 200))) for line in said]
    return tuple(problems)


def check_reports(found: Mapping[str, Decision], commands: Mapping[str, Next]) -> Document:
    """The report on each file, one after another; where there are several, each with the name of its file."""
    blocks: list[Block] = []
    for file, decision in found.items():
        name = f" ({clip(file, 200)})"
        blocks += check_report(decision, commands[file], name if len(found) > 1 else "")
    return tuple(blocks)


def check_report(decision: Decision, commands: Next, file: str = "") -> Document:
    """No fault was found; what to ask before all else, what is missing, and what is assumed."""
    missing = filter(lambda caution: caution.code in _OF_THE_FILE, decision.warnings)
    said = [warning(caution, decision.names, decision.others) for caution in missing]
    every: tuple[FunctionResult | Leaves, ...] = (*decision.functions, *decision.leaving)
    known = [f"{each.id} ({each.catalogue})" for each in every if each.catalogue not in (None, each.id)]
    return (
        Heading(1, f"{decision.organisation.name}{file}: no faults"),
        prose(_counted(decision), f"Next: {commands.answer}"),
        *asked_of_profile(decision, most=len(decision.queries)),
        *listed_under("Missing", said, level=2, tone=Tone.WARNING),
        *listed_under("Not listed, so known by name only", _not_listed(decision), level=2),
        *listed_under("Known by another name of the catalogue", list(filter(None, [listed(known)])), level=2),
        *listed_under("Not in the catalogue, and without flags", _without_flags(decision), level=2),
        *listed_under("Estimated, and moves most money", _estimated(decision), level=2),
        *_assumed(decision, commands),
    )


def _counted(decision: Decision) -> str:
    """How much there is in the file; functions that leave are not counted among the others."""
    counted = [count(len(decision.functions), "function")]
    for one, names in {"partner": decision.partners, "supplier": decision.suppliers}.items():
        counted.append(count(sum(not name.endswith(NOT_LISTED) for name in names.values()), one))
    if decision.leaving:
        counted.append(count(len(decision.leaving), "function that leaves", "functions that leave"))
    said = f"{', '.join(counted)}."
    if decision.scenario:
        return f"Scenario: {decision.scenario}. {said}"
    return said


def _not_listed(decision: Decision) -> list[str]:
    """Who runs something today and is neither among the partners nor the suppliers, with what they run."""
    run: dict[str, list[str]] = defaultdict(list)
    for function in decision.functions:
        for id_ in getattr(function.today, "with_", ()):
            run[decision.others[id_]].append(function.name)
    unlisted = filter(lambda name: name.endswith(NOT_LISTED), run)
    return [f"{name.removesuffix(NOT_LISTED)}: {listed(run[name], most=_MOST)}" for name in unlisted]


def _without_flags(decision: Decision) -> list[str]:
    """Functions of which nothing says what they are, so that all their ratings stand in the middle; and what to do."""
    unsaid = filter(lambda item: item.key == "flags" and item.basis is Basis.UNKNOWN, decision.assumptions)
    names = [decision.names[item.of or ""] for item in unsaid]
    if not names:
        return []
    return [f"{listed(names, most=_MOST)}. Say what each is: {listed(list(Flag), last='or')} (flags)."]


def _estimated(decision: Decision) -> list[str]:
    """The moves that change most money on an estimate, and what to say instead."""
    moving = filter(is_guessed, dearest((*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT))))
    said = []
    for function in islice(moving, _ESTIMATES):
        instead = "Say what is paid today (current: cost)."
        if function.chosen.cost.estimated and function.recommendation is Option.MAKE:
            instead = "Say what it would cost in-house (annual_cost)."
        elif function.chosen.cost.estimated:
            instead = f"Get a price of {who(function.chosen, decision) or 'somebody'} (quotes)."
        said.append(f"{function.name}: {vs_today(function, GUESSED)} a year. {instead}")
    return said


def _assumed(decision: Decision, commands: Next) -> list[Block]:
    """The assumptions that could move an answer, as far as a few, and how many there are besides; or all, if few."""
    items = {(item.group, item.of, item.key): item for item in decision.assumptions}
    if not items:
        return [prose("Nothing is assumed: every value is yours.")]
    moving = list(filter(lambda asked: asked[:3] in items, decision.ask))
    lines: list[Line] = []
    for asked in moving[:_MOST]:
        value = _value(items[asked[:3]], commands)
        lines.append((Span(f"{value}. ", Tone.STRONG), Span(led_to(asked, decision))))
    for asked in moving[:_MOST]:  # One input may be asked of for several functions.
        items.pop(asked[:3], None)
    title = "Assumed, and could move an answer"
    if len(moving) > _MOST:
        title += f": the first {_MOST} of {len(moving):,}"
    blocks = listed_under(title, lines, level=2)
    if len(items) <= _MOST - len(lines):
        rest = [f"{_value(item, commands)}: {whose(item, decision)}." for item in items.values()]
        return [*blocks, *listed_under("Assumed", rest, level=2)]
    return [*blocks, prose(f"Assumed in all: {len(decision.assumptions):,} values. To see them: {commands.full}")]


def _value(item: Assumption, commands: Next) -> str:
    """A value that was assumed, and in a workbook its cell."""
    said = capital(assumed(item))
    if commands.cell_of is None:
        return said
    return f"{said} ({commands.cell_of(item.group, item.of, item.input.route) or f'sheet {SHEETS[item.group]}'})"

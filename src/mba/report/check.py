"""The report of `mba check`: no fault, what looks wrong, and what is assumed that could move an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mba.caution import WarningCode
from mba.inputs import Assumption
from mba.load.columns import SHEETS, head_at
from mba.load.source import clip
from mba.render.document import Block, Document, Heading, Items, Line, Paragraph, Span, Tone, text
from mba.report.cautions import warning
from mba.report.queries import asked_of_profile
from mba.report.words import assumed, called, count, led_to, sentence, taken_for
from mba.results import Decision
from mba.sureness import Question

_OF_THE_FILE = {
    WarningCode.NOT_COSTED,
    WarningCode.SPECIFY_FIRST,
    WarningCode.DECIDED_BLOCKED,
}
"""The warnings that are about what the file lacks, and not about what is recommended."""
_MOST = 10
"""Assumptions that are shown, those first whose truth is worth most to know."""


class Next(NamedTuple):
    """What to type next about a file: for the answer, and for everything behind it; and whether it is a workbook."""

    answer: str
    full: str
    book: bool = False


def check_reports(found: Mapping[str, Decision], commands: Mapping[str, Next]) -> Document:
    """The report on each file, one after another; where there are several, each with the name of its file."""
    if len(found) == 1:
        ((file, decision),) = found.items()
        return check_report(decision, commands[file])
    reports = (check_report(each, commands[file], f" ({clip(file, 200)})") for file, each in found.items())
    return tuple(chain.from_iterable(reports))


def check_report(decision: Decision, commands: Next, file: str = "") -> Document:
    """No fault was found; what to ask before all else, what is missing, and what is assumed."""
    return (
        Heading(1, f"{decision.organisation.name}{file}: no faults"),
        Paragraph(text(f"{_counted(decision)} Next: {commands.answer}")),
        *asked_of_profile(decision),
        *_missing(decision),
        *_taken(decision),
        *_assumed(decision, commands),
    )


def _counted(decision: Decision) -> str:
    """How much there is in the file; functions that leave are not counted among the others."""
    counted = [
        count(len(decision.functions), "function"),
        count(len(decision.partners), "partner"),
        count(len(decision.suppliers), "supplier"),
    ]
    if decision.leaving:
        counted.append(count(len(decision.leaving), "function that leaves", "functions that leave"))
    said = f"{', '.join(counted)}."
    if decision.scenario:
        return f"Scenario: {decision.scenario}. {said}"
    return said


def _missing(decision: Decision) -> list[Block]:
    """The warnings about what the file lacks."""
    names = decision.names | decision.others
    warned = filter(lambda caution: caution.code in _OF_THE_FILE, decision.warnings)
    return _listed("Missing", Tone.WARNING, [warning(caution, names, names) for caution in warned])


def _taken(decision: Decision) -> list[Block]:
    """Which functions the catalogue knows by another id."""
    lines: list[str] = []
    for function in decision.functions:
        lines += taken_for(function)
    for leaving in decision.leaving:
        lines += taken_for(leaving)
    return _listed("Known by another name", Tone.STRONG, lines)


def _listed(title: str, tone: Tone, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    return [Heading(2, title, tone), Items(tuple(map(text, lines)))]


def _assumed(decision: Decision, commands: Next) -> list[Block]:
    """The assumptions that could move an answer, as far as a few, and how many there are besides; or all, if few."""
    items = {(item.group, item.of, item.key): item for item in decision.assumptions}
    if not items:
        return [Paragraph(text("Nothing is assumed: every value is yours."))]
    moving = list(filter(lambda asked: asked[:3] in items, decision.ask))
    lines = [_moving(items.pop(asked[:3]), asked, decision, commands) for asked in moving[:_MOST]]
    blocks: list[Block] = []
    if lines:
        first = f": the first {_MOST} of {len(moving):,}" if len(moving) > _MOST else ""
        blocks = [Heading(2, f"Assumed, and could move an answer{first}"), Items(tuple(lines))]
    if len(items) <= _MOST - len(lines):
        rest = [_assumed_of(item, decision, commands) for item in items.values()]
        return [*blocks, *_listed("Assumed", Tone.STRONG, rest)]
    more = "more " if lines else ""
    return [*blocks, Paragraph(text(f"{len(items):,} {more}values are assumed. To see them: {commands.full}"))]


def _moving(item: Assumption, asked: Question, decision: Decision, commands: Next) -> Line:
    """A value that was assumed, with its place in a file, and what other values of it would lead to."""
    return (Span(f"{_value(item, commands)}. ", Tone.STRONG), Span(led_to(asked, decision)))


def _assumed_of(item: Assumption, decision: Decision, commands: Next) -> str:
    """A value that was assumed, and of what."""
    whose = decision.organisation.name if item.of is None else called(item.group, item.of, decision)
    return f"{_value(item, commands)}: {whose}."


def _value(item: Assumption, commands: Next) -> str:
    """A value that was assumed, with its key in a text file, or its sheet in a workbook and the heading there."""
    place = item.key
    if commands.book:
        head = head_at((item.group, *item.input.route))
        place = f"sheet {SHEETS[item.group]}, {head}".removesuffix(f", {item.input.about.words.capitalize()}")
    return f"{sentence(assumed(item))[:-1]} ({place})"

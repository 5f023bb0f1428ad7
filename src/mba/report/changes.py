"""What changes from another profile or scenario, as a section of a paper."""

from __future__ import annotations

from collections import defaultdict

from mba.compare.comparison import Answer, Change, Comparison
from mba.render.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.because import because_of
from mba.report.diff import changed_warnings, how_many, inputs, renamed
from mba.report.differences import Names, in_full
from mba.report.pictures import drawn, map_of_changes
from mba.report.sums import by_option, more_or_less, what_is_left
from mba.report.words import listed
from mba.results import Decision


def changes(comparison: Comparison, before: Decision, after: Decision, *, brief: bool) -> tuple[Block, ...]:
    """What that does to the money, how many answers change and, unless it is to be brief, which they are and why."""
    called = Names(before, after)
    first = (
        Paragraph(text(more_or_less(comparison.before, comparison.after, called))),
        Paragraph(text(f"{how_many(comparison)} {what_is_left(comparison.before, comparison.after)}".strip())),
    )
    if brief:
        return first
    rest = [*changed_warnings(comparison, called), *inputs(comparison, called)]
    return (
        *first,
        *drawn(map_of_changes(before, after)),
        *_answers(comparison, called),
        Heading(3, "The money, by option"),
        by_option(comparison),
        *map(_below, rest),
    )


def _below(block: Block) -> Block:
    """A block of the comparison's own report as part of a section."""
    if isinstance(block, Heading):
        return block._replace(level=block.level + 1)
    return block


def _answers(comparison: Comparison, called: Names) -> list[Block]:
    """The functions with another answer, and the reasons, each said once for all that it holds for."""
    if not comparison.changes:
        return []
    reasons: dict[str, list[str]] = defaultdict(list)
    for change in comparison.changes:
        if change.before and change.after:
            reasons[because_of(change, comparison, called)].append(change.name)
    columns = (
        Column("Function"),
        Column("Would be run"),
        Column("£ before", figures=True),
        Column("£ after", figures=True),
    )
    blocks: list[Block] = [Table(columns, tuple(map(_row, comparison.changes)))]
    if [len(names) for names in reasons.values()] == [len(comparison.changes)]:
        blocks += [Paragraph(text(reason)) for reason in reasons]
    elif reasons:
        lines: list[Line] = []
        for reason, names in reasons.items():
            lines.append((Span(f"{listed(names)}:", Tone.STRONG), Span(f" {reason}")))
        blocks.append(Items(tuple(lines)))
    return [*blocks, *renamed(comparison, called)]


def _row(change: Change) -> Row:
    """A function with another answer: make to share."""
    return Row(tuple(map(text, (change.name, _way(change), _cost(change.before), _cost(change.after)))))


def _way(change: Change) -> str:
    if change.before is None:
        return f"{change.after.option}, new" if change.after else ""
    if change.after is None:
        return f"{change.before.option}, now gone"
    return f"{change.before.option} to {change.after.option}"


def _cost(answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.cost is None:
        return "not known"
    return in_full(answer.cost)

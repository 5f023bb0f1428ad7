"""What changes from another profile or scenario, as a section of a paper."""

from __future__ import annotations

from collections import defaultdict

from mba.compare.comparison import Change, Comparison
from mba.render.document import (
    Block,
    Heading,
    Items,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    columns,
    row,
    text,
)
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
    rest = [block._replace(level=3) if isinstance(block, Heading) else block for block in rest]
    return (
        *first,
        *drawn(map_of_changes(before, after)),
        *_answers(comparison, called),
        Heading(3, "The money, by option"),
        *by_option(comparison),
        *rest,
    )


def _answers(comparison: Comparison, called: Names) -> list[Block]:
    """The functions with another answer, and the reasons, each said once for all that it holds for."""
    if not comparison.changes:
        return []
    reasons: dict[str, list[str]] = defaultdict(list)
    for change in comparison.changes:
        if change.before and change.after:
            reasons[because_of(change, comparison, called)].append(change.name)
    heads = columns("Function", "Would be run", figures=("£ before", "£ after"))
    blocks: list[Block] = [Table(heads, tuple(map(_row, comparison.changes)))]
    if [len(names) for names in reasons.values()] == [len(comparison.changes)]:
        blocks += [Paragraph(text(reason)) for reason in reasons]
    elif reasons:
        named = [(Span(f"{listed(names)}:", Tone.STRONG), Span(f" {reason}")) for reason, names in reasons.items()]
        blocks.append(Items(tuple(named)))
    return [*blocks, *renamed(comparison, called)]


def _row(change: Change) -> Row:
    """A function with another answer: make to share."""
    before, after = change.before, change.after
    way = f"{before and before.option} to {after and after.option}"
    if before is None:
        way = f"{after and after.option}, new"
    elif after is None:
        way = f"{before.option}, now gone"
    return row(change.name, way, (before and in_full(before.cost)) or "", (after and in_full(after.cost)) or "")

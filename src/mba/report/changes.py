"""What changes from another profile or scenario, as a section of a paper."""

from __future__ import annotations

from collections import defaultdict

from mba.compare.comparison import Change, Comparison
from mba.render.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.diff import because_of, by_option, changed_warnings, how_many, inputs, renamed, what_it_costs
from mba.report.differences import Names
from mba.report.words import listed
from mba.results import Decision


def changes(comparison: Comparison, before: Decision, after: Decision, *, brief: bool) -> tuple[Block, ...]:
    """How many answers change, what that does to the money and, unless it is to be brief, which they are and why."""
    called = Names(before, after)
    first = (
        Paragraph(text(how_many(comparison))),
        Paragraph(text(what_it_costs(comparison.before, comparison.after, called))),
    )
    if brief:
        return first
    return (
        *first,
        *_answers(comparison, called),
        Heading(3, "The money, by option"),
        by_option(comparison),
        *(_below(block) for block in (*changed_warnings(comparison, called), *inputs(comparison, called))),
    )


def _below(block: Block) -> Block:
    """A block of the comparison's own report as part of a section."""
    return block._replace(level=block.level + 1) if isinstance(block, Heading) else block


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
    why: list[Block] = []
    if [len(names) for names in reasons.values()] == [len(comparison.changes)]:
        why = [Paragraph(text(reason)) for reason in reasons]
    elif reasons:
        lines: list[Line] = [
            (Span(f"{listed(names)}:", Tone.STRONG), Span(f" {reason}")) for reason, names in reasons.items()
        ]
        why = [Items(tuple(lines))]
    return [Table(columns, tuple(map(_row, comparison.changes))), *why, *renamed(comparison, called)]


def _row(change: Change) -> Row:
    """A function with another answer: make to share."""
    before, after = change.before, change.after
    old, new = (each.option.value if each else "" for each in (before, after))
    way = f"{old} to {new}" if old and new else f"{new}, new" if new else f"{old}, now gone"
    costs = ("" if each is None else "not known" if each.cost is None else f"{each.cost:,}" for each in (before, after))
    return Row((text(change.name), text(way), *map(text, costs)))

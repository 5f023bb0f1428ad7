"""What `mba diff` says of answers that stay the same: on which terms, and how sure."""

from __future__ import annotations

from mba.compare.comparison import Answer, Change, Comparison
from mba.render.document import Block, Column, Heading, Items, Row, Span, Table, Tone, text
from mba.report.differences import Names, in_full, other_action, signed
from mba.report.words import LEVELS, TONES, count, listed

_MOST_SHIFTED = 12
"""Functions with the same answer on other terms that the report lists."""


def shifted(comparison: Comparison, called: Names) -> list[Block]:
    """Functions with the same answer but with others or at another cost, the largest sums first."""
    changes = sorted(comparison.shifted, key=lambda change: -abs(_delta(change)))
    if not changes:
        return []
    rows = [_row(change, called) for change in changes[:_MOST_SHIFTED]]
    rest = changes[_MOST_SHIFTED:]
    if rest:
        rows.append(_sum(f"And {count(len(rest), 'more function')}", rest, Tone.PLAIN))
    if len(changes) > 1:
        rows.append(_sum("In all", changes, Tone.STRONG))
    columns = (Column("Function"), Column("Answer"), Column("£ a year", figures=True), Column("Change", figures=True))
    return [Heading(2, f"Same answer, other terms ({len(changes)})"), Table(columns, tuple(rows), "With whom")]


def _row(change: Change, called: Names) -> Row:
    before, after, note = change.before, change.after, []
    if before is None or after is None:
        return Row((text(change.name),))
    if _whom(before, called) != _whom(after, called):
        note.append(f"With {_whom(after, called)} instead of {_whom(before, called)}.")
    note += filter(None, [other_action(change)])
    cost = "not known"
    if after.cost is not None:
        cost = in_full(after.cost)
    option = text(after.option.value, TONES[after.option])
    cells = (text(change.name, Tone.STRONG), option, text(cost), text(signed(_delta(change))))
    return Row(cells, tuple(map(Span, filter(None, [" ".join(note)]))))


def _sum(words: str, changes: list[Change], tone: Tone) -> Row:
    after = sum((change.after and change.after.cost) or 0 for change in changes)
    more = sum(map(_delta, changes))
    return Row((text(words, tone), (), text(in_full(after), tone), text(signed(more), tone)))


def _whom(answer: Answer, called: Names) -> str:
    others = called.partners | called.suppliers
    return listed([others[id_] for id_ in (*answer.partners, *filter(None, [answer.supplier]))]) or "nobody"


def _delta(change: Change) -> int:
    """By how much it costs more or less; nothing where a cost is not known."""
    if not change.before or not change.after or None in (change.before.cost, change.after.cost):
        return 0
    return (change.after.cost or 0) - (change.before.cost or 0)


def same(comparison: Comparison, called: Names) -> list[Block]:
    """What stayed as it was, in a line each."""
    said = []
    if comparison.unchanged:
        said.append(f"{count(len(comparison.unchanged), 'answer stays', 'answers stay')} as before.")
    for words, ids in {"surer": comparison.surer, "less sure": comparison.less_sure}.items():
        if ids:
            said.append(f"Same answer, {words}: {listed([called.functions[id_] for id_ in ids], most=6)}.")
    before, after = comparison.before.levels, comparison.after.levels
    if any(before.values()) and any(after.values()):
        levels = [f"{words} {_levels(before[level], after[level])}" for level, words in LEVELS.items()]
        said.append(f"How sure, all answers: {listed(levels)}.")
    if not said:
        return []
    return [Heading(2, "What stays"), Items(tuple(map(text, said)))]


def _levels(before: int, after: int) -> str:
    if before == after:
        return str(after)
    return f"{before} → {after}"

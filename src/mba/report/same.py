"""What `mba diff` says of answers that stay the same: on which terms, and how sure."""

from __future__ import annotations

from mba.compare.comparison import Change, Comparison
from mba.render.document import Block, Column, Heading, Items, Paragraph, Row, Table, Tone, text
from mba.report.differences import Names, both, cost, other_action, signed
from mba.report.words import LEVELS, TONES, count, listed
from mba.terms import Option


def shifted(comparison: Comparison, called: Names) -> list[Block]:
    """Functions with the same answer but with others or at another cost, the largest sums first."""
    others = called.partners | called.suppliers
    rows = []
    deltas = {change.function: _delta(change) for change in comparison.shifted}
    for change in sorted(comparison.shifted, key=lambda each: -abs(deltas[each.function])):
        option = change.after.option if change.after else Option.MAKE
        before, after = (
            listed([others[id_] for id_ in (*answer.partners, *filter(None, [answer.supplier]))]) if answer else ""
            for answer in (change.before, change.after)
        )
        whom = f"With {after or 'nobody'} instead of {before or 'nobody'}." if before != after else ""
        note = f"{whom} {other_action(change)}".strip()
        cells = (text(change.name, Tone.STRONG), text(option.upper(), TONES[option]), text(both(change, cost)))
        rows.append(Row((*cells, text(signed(deltas[change.function]))), text(note) if note else ()))
    if not rows:
        return []
    columns = (Column("Function"), Column("Answer"), Column("£ a year", figures=True), Column("Change", figures=True))
    more = sum(list(deltas.values())) - sum(sorted(deltas.values(), key=abs, reverse=True)[:_MOST_SHIFTED])
    rest = (
        f"And {count(len(rows) - _MOST_SHIFTED, 'more function')}, {signed(more)} in all."
        if len(rows) > _MOST_SHIFTED
        else ""
    )
    return [
        Heading(2, f"Same answer, other terms ({len(rows)})"),
        Table(columns, tuple(rows[:_MOST_SHIFTED]), "With whom"),
        *([Paragraph(text(rest, Tone.FAINT))] if rest else []),
    ]


_MOST_SHIFTED = 12
"""Functions with the same answer on other terms that the report lists."""


def _delta(change: Change) -> int:
    return (change.after.cost or 0 if change.after else 0) - (change.before.cost or 0 if change.before else 0)


def same(comparison: Comparison, called: Names) -> list[Block]:
    """What stayed as it was, in a line each."""
    said = []
    if comparison.unchanged:
        said.append(
            f"{count(len(comparison.unchanged), 'answer')} "
            f"{'stays' if len(comparison.unchanged) == 1 else 'stay'} as before."
        )
    for ids, words in (
        (comparison.surer, "Same answer, surer"),
        (comparison.less_sure, "Same answer, less sure"),
    ):
        if ids:
            said.append(f"{words}: {listed([called.functions[id_] for id_ in ids], most=6)}.")
    levels = [
        f"{words} {' → '.join(dict.fromkeys((str(a), str(b))))}"
        for (level, words) in LEVELS.items()
        for a, b in [(comparison.before.levels[level], comparison.after.levels[level])]
    ]
    if any(comparison.before.levels.values()) and any(comparison.after.levels.values()):
        said.append(f"How sure, all answers: {listed(levels)}.")
    return [Heading(2, "What stays"), Items(tuple(text(line) for line in said))] if said else []

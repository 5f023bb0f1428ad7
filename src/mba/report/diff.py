"""What changed, what it means for the money, and why: the report of `mba diff`, and as a section of a paper."""

from __future__ import annotations

from collections.abc import Sequence

from mba.caution import Caution
from mba.compare.comparison import Change, Comparison, cost_of
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Tone,
    columns,
    listed_under,
    lowered,
    row,
    text,
)
from mba.report.cautions import warning
from mba.report.differences import Names, because_of, differences, other_action, sure
from mba.report.moving import ELSEWHERE
from mba.report.pictures import drawn, map_of_changes
from mba.report.sums import more_or_less, the_money
from mba.report.words import TONES, count, grouped, in_full, listed, sentence, signed
from mba.results import Decision
from mba.sureness import DRAWN, LEANING, ROBUST


def what_changed(
    comparison: Comparison, before: Decision, after: Decision, names: Sequence[str], *, brief: bool
) -> Document:
    """What changed between two decisions, called by these names; brief leaves out what stayed as it was."""
    title = f"From {names[0]} to {names[1]}"
    if names[0] == names[1]:
        title = f"{names[0]}, twice"
    if not (comparison.changes or comparison.inputs or comparison.gained or comparison.lost or comparison.shifted):
        nothing = f"Nothing differs: {count(len(comparison.unchanged), 'answer')}, and the same each time."
        return Heading(1, title), Paragraph(text(nothing))
    called = Names(before, after)
    first, rest = _in_brief(comparison, called), _in_full(comparison, called, brief=brief)
    return Heading(1, title), *first, *drawn(map_of_changes(before, after)), *rest


def changes(comparison: Comparison, before: Decision, after: Decision, *, brief: bool) -> tuple[Block, ...]:
    """What changes from another profile or scenario, as a section of a paper; brief, the money and how many answers."""
    called = Names(before, after)
    first = _in_brief(comparison, called)
    if brief:
        return first
    rest = _in_full(comparison, called, brief=True)
    return *first, *drawn(map_of_changes(before, after)), *map(lowered, rest)


def _in_brief(comparison: Comparison, called: Names) -> tuple[Block, ...]:
    """By how much it costs more, and how many answers change."""
    one_sided = len(comparison.come) + len(comparison.gone)
    answers = len(comparison.changes) + len(comparison.unchanged) + len(comparison.shifted)
    said = [f"Of {count(answers, 'answer')} none changes"]
    if changed := len(comparison.changes) - one_sided:
        said = [f"Of {count(answers, 'answer')} {count(changed, 'changes', 'change')}"]
    if comparison.come:
        said.append(count(len(comparison.come), "function is new", "functions are new"))
    if comparison.gone:
        said.append(count(len(comparison.gone), "function is gone", "functions are gone"))
    money = more_or_less(comparison.before, comparison.after, called)
    return Paragraph(text(money, Tone.STRONG)), Paragraph(text(sentence("; ".join(said))))


def _in_full(comparison: Comparison, called: Names, *, brief: bool) -> list[Block]:
    """What changes and why, the money, warnings, and what differs; in between what stays, if not brief."""
    blocks = _changes(comparison, called)
    if not brief:
        blocks += _shifted(comparison, called)
    blocks += [
        Heading(2, "The money"),
        *the_money(comparison),
        *_warned("Warnings that are new, or of more functions", comparison.gained, called, Tone.WARNING),
        *_warned("Warnings that are gone, or of fewer functions", comparison.lost, called, Tone.STRONG),
    ]
    if not brief:
        blocks += _same(comparison, called)
    return blocks + _inputs(comparison, called)


_LEGEND = (
    f"How sure: robust is the same in {ROBUST:.0%} of draws or more, leaning in {LEANING:.0%}. Below it is open, and "
    "stands with its rival, the likelier first."
)
_COLUMNS = (*columns("Function", "Answer", figures=("£ a year", "Change")), Column("How sure"))


def _changes(comparison: Comparison, called: Names) -> list[Block]:
    """Every function whose answer changed, those of one cause together; then what is new or gone."""
    rows: list[Row] = []
    changes = sorted(comparison.changes, key=lambda change: None in (change.before, change.after))
    for note, alike in grouped(changes, lambda change: _why(change, comparison, called)).items():
        rows += [_row(change, note) for change in alike]
    if not rows:
        return []
    table = Table(_COLUMNS, tuple(rows), "Why")
    return [Heading(2, "What changes"), table, Paragraph(text(_LEGEND, Tone.FAINT))]


def _why(change: Change, comparison: Comparison, called: Names) -> str:
    leaves = change.function in called.leaving
    if change.before is None and leaves:
        return "It stays now, where it was to leave."
    if change.before is None:
        return "It is new."
    if change.after is None and leaves:
        return "It leaves."
    if change.after is None:
        return "It is gone."
    return f"{other_action(change)} {because_of(change, comparison, called)}".strip()


def _row(change: Change, note: str) -> Row:
    """A function with both answers, what the one after costs, by how much that is more, and how sure it is."""
    before, after = "new", "gone"
    cost, how_sure, tone = in_full(0), "", Tone.FAINT
    if change.before:
        before = change.before.option
    if change.after:
        after, cost, how_sure = change.after.option, in_full(change.after.cost), sure(change.after)
        tone = TONES[change.after.option]
    way = text(" → ".join(dict.fromkeys((before, after))), tone)
    said = map(text, (cost, signed(_more(change)), how_sure))
    return Row((text(change.name, Tone.STRONG), way, *said), text(note))


def _more(change: Change) -> int:
    """£ a year that it costs more than before; nothing where a cost is not known."""
    if any(each and each.cost is None for each in (change.before, change.after)):
        return 0
    return cost_of([change.after]) - cost_of([change.before])


def _shifted(comparison: Comparison, called: Names) -> list[Block]:
    """Functions with the same answer but with others or at another cost, the largest sums first."""
    changes = sorted(comparison.shifted, key=lambda change: -abs(_more(change)))
    if not changes:
        return []
    rows = [_row(change, _terms(change, called)) for change in changes[:_MOST_SHIFTED]]
    if rest := changes[_MOST_SHIFTED:]:
        cost, more = cost_of(change.after for change in rest), sum(map(_more, rest))
        rows.append(row(f"And {len(rest)} more", "", in_full(cost), signed(more), ""))
    return [Heading(2, f"Same answer, other terms ({len(changes)})"), Table(_COLUMNS, tuple(rows), "With whom")]


_MOST_SHIFTED = 12
"""Functions with the same answer on other terms that the report lists."""


def _terms(change: Change, called: Names) -> str:
    before, after = map(called.whom, (change.before, change.after))
    if after == before:
        return other_action(change)
    return f"With {after} instead of {before}. {other_action(change)}".strip()


def _warned(title: str, cautions: Sequence[Caution], called: Names, tone: Tone) -> list[Block]:
    """Warnings besides what the sentences on the money say already."""
    told = filter(lambda each: each.code not in ELSEWHERE, cautions)
    return listed_under(title, [warning(each, called.functions, called.others) for each in told], level=2, tone=tone)


def _same(comparison: Comparison, called: Names) -> list[Block]:
    """What stayed as it was, in a line each."""
    said = []
    if comparison.unchanged:
        said.append(f"{count(len(comparison.unchanged), 'answer stays', 'answers stay')} as before.")
    for words, ids in {"surer": comparison.surer, "less sure": comparison.less_sure}.items():
        if ids:
            said.append(f"Same answer, {words}: {listed([called.functions[id_] for id_ in ids], most=6)}.")
    before, after = comparison.before.levels, comparison.after.levels
    if any(before.values()) and any(after.values()):
        levels = listed([f"{level} {before[level]} → {after[level]}" for level in DRAWN])
        said.append(f"How sure, all answers: {levels}.")
    return listed_under("What stays", said, level=2)


def _inputs(comparison: Comparison, called: Names) -> list[Block]:
    """Every input that differs, those of a kind together."""
    if comparison.inputs is None:
        return [Paragraph(text("The stored result does not hold its inputs, so causes cannot be tried.", Tone.FAINT))]
    said = list(map(sentence, differences(comparison.inputs, called)))
    if len(said) > _MOST_INPUTS:
        said[_MOST_INPUTS:] = [f"And {len(said) - _MOST_INPUTS:,} more; the JSON has all."]
    return listed_under(f"What differs in the profiles ({len(comparison.inputs)})", said, level=2)


_MOST_INPUTS = 20
"""Changed inputs that the report lists."""

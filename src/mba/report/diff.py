"""What changed, what it means for the money, and why: the report of `mba diff`, and as a section of a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat
from operator import attrgetter

from mba.caution import Caution
from mba.compare.comparison import Answer, Change, Comparison, cost_of
from mba.render.document import (
    Block,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    row,
    text,
)
from mba.report.cautions import warning
from mba.report.differences import Names, because_of, differences, other_action, sure
from mba.report.moving import ELSEWHERE
from mba.report.pictures import drawn, map_of_changes
from mba.report.sums import by_option, in_full, more_or_less, signed, what_is_left
from mba.report.words import TONES, Thing, count, grouped, listed, sentence
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
    worst = _warned(comparison.gained, called)[:1]
    blocks: list[Block] = [
        Heading(1, title),
        *_in_brief(comparison, called, Tone.STRONG),
        *(Paragraph((Span("New warning: ", Tone.WARNING), Span(each))) for each in worst),
        *drawn(map_of_changes(before, after)),
        *_changes(comparison, called),
    ]
    if not brief:
        blocks += _shifted(comparison, called)
    blocks += [Heading(2, "The money"), *by_option(comparison), *_changed_warnings(comparison, called, told=len(worst))]
    if not brief:
        blocks += _same(comparison, called)
    return (*blocks, *_inputs(comparison, called))


def changes(comparison: Comparison, before: Decision, after: Decision, *, brief: bool) -> tuple[Block, ...]:
    """What changes from another profile or scenario, as a section of a paper; brief, the money and how many answers."""
    called = Names(before, after)
    first = _in_brief(comparison, called, Tone.PLAIN)
    if brief:
        return first
    rest = [*_changed_warnings(comparison, called), *_inputs(comparison, called)]
    return (
        *first,
        *drawn(map_of_changes(before, after)),
        *_in_paper(comparison, called),
        Heading(3, "The money, by option"),
        *by_option(comparison),
        *(block._replace(level=3) if isinstance(block, Heading) else block for block in rest),
    )


def _in_brief(comparison: Comparison, called: Names, tone: Tone) -> tuple[Block, ...]:
    """By how much it costs more, how many answers change, and what is left."""
    more = text(more_or_less(comparison.before, comparison.after, called), tone)
    left = f"{_how_many(comparison)} {what_is_left(comparison.before, comparison.after)}"
    return Paragraph(more), Paragraph(text(left.strip()))


def _how_many(comparison: Comparison) -> str:
    """How many answers changed, and in which direction."""
    kinds: Counter[str] = Counter()
    for change in comparison.changes:
        if change.before and change.after:
            kinds[f"from {change.before.option} to {change.after.option}"] += 1
    moved = "none changes"
    if kinds:
        each = listed([f"{number} {kind}" for kind, number in kinds.items()])
        which = f": {each}" if len(kinds) > 1 else f", {next(iter(kinds))}"
        moved = f"{count(kinds.total(), 'changes', 'change')}{which}"
    answers = len(comparison.changes) + len(comparison.unchanged) + len(comparison.shifted)
    said = [f"Of {count(answers, 'answer')} {moved}"]
    if new := len(comparison.come):
        said.append(count(new, "function is new", "functions are new"))
    if gone := len(comparison.gone):
        said.append(count(gone, "function is gone", "functions are gone"))
    return sentence("; ".join(said))


def _warned(cautions: Sequence[Caution], called: Names) -> list[str]:
    """Warnings besides what the sentences on the money say already."""
    told = filter(lambda each: each.code not in ELSEWHERE, cautions)
    return [warning(each, called.functions, called.others) for each in told]


_LEGEND = (
    f"How sure: robust is the same in {ROBUST:.0%} of draws or more, leaning in {LEANING:.0%}. Below it is open, and "
    "stands with its rival, the likelier first."
)


def _changes(comparison: Comparison, called: Names) -> list[Block]:
    """Every function whose answer changed, those of one cause together; then what is new, and what is gone."""
    moved = list(filter(_is_on_both_sides, comparison.changes))
    why = grouped(moved, lambda change: f"{other_action(change)} {because_of(change, comparison, called)}".strip())
    blocks: list[Block] = []
    if moved:
        rows = list(chain.from_iterable(map(_row, changes, repeat(reason)) for reason, changes in why.items()))
        table = Table(_COLUMNS, (*rows, *_total(moved)), "Why")
        blocks = [Heading(2, f"What changes ({len(rows)})"), table]
    blocks += _one_sided("New", comparison.come, "It stays now, where it was to leave.", called)
    blocks += _one_sided("Gone", comparison.gone, "It leaves.", called)
    if any(_shown(change).level for change in comparison.changes):
        blocks.append(Paragraph(text(_LEGEND, Tone.FAINT)))
    return [*blocks, *_renamed(comparison, called)]


_COLUMNS = (*columns("Function", "Answer", figures=("£ a year", "Change")), Column("How sure"))
_CHANGE = 3
"""The place of the column that says nothing of what is on one side only."""


def _one_sided(title: str, changes: Sequence[Change], leaving: str, called: Names) -> list[Block]:
    """Functions that are on one side only, with what they cost in all; a note to those that leave on the other."""
    if not changes:
        return []
    rows = [_row(change, leaving * (change.function in called.leaving)) for change in changes]
    without = [row._replace(cells=_without_change(row.cells)) for row in (*rows, *_total(changes))]
    return [Heading(2, f"{title} ({len(changes)})"), Table(_without_change(_COLUMNS), tuple(without))]


def _without_change(row: tuple[Thing, ...]) -> tuple[Thing, ...]:
    return (*row[:_CHANGE], *row[_CHANGE + 1 :])


def _total(changes: Sequence[Change]) -> list[Row]:
    """What several functions cost in all on the side that is shown, and by how much that is more."""
    if len(changes) == 1:
        return []
    before, after = (cost_of(map(attrgetter(side), changes)) for side in ("before", "after"))
    return [row("In all", "", in_full(after or before), signed(after - before), "", tone=Tone.STRONG)]


def _row(change: Change, note: str) -> Row:
    """A function with its answers, what the one that is shown costs, by how much that is more, and how sure it is."""
    answer = _shown(change)
    said = map(text, (in_full(answer.cost), signed(_more(change)), sure(answer)))
    return Row((text(change.name, Tone.STRONG), _arrow(change), *said), text(note) * bool(note))


def _is_on_both_sides(change: Change) -> bool:
    return None not in (change.before, change.after)


def _shown(change: Change) -> Answer:
    """The answer after or, of what is gone, before."""
    answer, *_ = filter(None, (change.after, change.before))
    return answer


def _more(change: Change) -> int:
    """£ a year that it costs more than before; nothing where a cost is not known."""
    if any(each and each.cost is None for each in (change.before, change.after)):
        return 0
    return cost_of([change.after]) - cost_of([change.before])


def _arrow(change: Change) -> Line:
    line: Line = ()
    for option in dict.fromkeys(answer.option for answer in filter(None, (change.before, change.after))):
        line += (Span(" → " * bool(line)), Span(option, TONES[option]))
    return line


def _in_paper(comparison: Comparison, called: Names) -> list[Block]:
    """The functions with another answer, and the reasons, each said once for all that it holds for."""
    if not comparison.changes:
        return []
    heads = columns("Function", "Would be run", figures=("£ before", "£ after"))
    blocks: list[Block] = [Table(heads, tuple(map(_in_paper_row, comparison.changes)))]
    moved = list(filter(_is_on_both_sides, comparison.changes))
    reasons = grouped(moved, lambda change: because_of(change, comparison, called))
    if len(reasons) == 1 and len(moved) == len(comparison.changes):
        blocks += [Paragraph(text(reason)) for reason in reasons]
    elif reasons:
        named = {reason: listed([change.name for change in some]) for reason, some in reasons.items()}
        blocks.append(Items(tuple((Span(f"{who}:", Tone.STRONG), Span(f" {why}")) for why, who in named.items())))
    return [*blocks, *_renamed(comparison, called)]


def _in_paper_row(change: Change) -> Row:
    """A function with another answer: make to share."""
    before, after = change.before, change.after
    way = f"{before and before.option} to {after and after.option}"
    if before is None:
        way = f"{after and after.option}, new"
    elif after is None:
        way = f"{before.option}, now gone"
    return row(change.name, way, *((side and in_full(side.cost)) or "" for side in (before, after)))


def _renamed(comparison: Comparison, called: Names) -> list[Block]:
    """A hint for each function that may only have got another id."""
    said = "{} is gone and {} is new. If only the id was changed, give both files the same id."
    hints = [text(said.format(called.functions[old], called.functions[new])) for old, new in comparison.alike]
    return [Items(tuple(hints))] * bool(hints)


def _changed_warnings(comparison: Comparison, called: Names, told: int = 0) -> list[Block]:
    """The warnings that are new, but for the first that were told before, and those that are gone."""
    gained, lost = _warned(comparison.gained, called)[told:], _warned(comparison.lost, called)
    return [
        *listed_under("Warnings that are new, or of more functions", gained, level=2, tone=Tone.WARNING),
        *listed_under("Warnings that are gone, or of fewer functions", lost, level=2),
    ]


def _inputs(comparison: Comparison, called: Names) -> list[Block]:
    """Every input that differs, those of a kind together."""
    if comparison.inputs is None:
        return [Paragraph(text("The stored result does not hold its inputs, so causes cannot be tried.", Tone.FAINT))]
    said = differences(comparison.inputs, called)
    lines = list(map(sentence, said[:_SHOWN]))
    if len(said) > _SHOWN:
        lines.append(f"And {len(said) - _SHOWN:,} more; the JSON has all.")
    return listed_under(f"What differs in the profiles ({len(comparison.inputs)})", lines, level=2)


_SHOWN = 20
"""Changed inputs that the report lists."""


# What stays


def _shifted(comparison: Comparison, called: Names) -> list[Block]:
    """Functions with the same answer but with others or at another cost, the largest sums first."""
    changes = sorted(comparison.shifted, key=lambda change: -abs(_more(change)))
    if not changes:
        return []
    rows = [_on_other_terms(change, called) for change in changes[:_MOST_SHIFTED]]
    if rest := changes[_MOST_SHIFTED:]:
        rows.append(_sum(f"And {count(len(rest), 'more function')}", rest, Tone.PLAIN))
    if len(changes) > 1:
        rows.append(_sum("In all", changes, Tone.STRONG))
    return [Heading(2, f"Same answer, other terms ({len(changes)})"), Table(_COLUMNS[:-1], tuple(rows), "With whom")]


_MOST_SHIFTED = 12
"""Functions with the same answer on other terms that the report lists."""


def _on_other_terms(change: Change, called: Names) -> Row:
    before, after = map(called.whom, (change.before, change.after))
    other = f"With {after} instead of {before}." * (after != before)
    whole = _row(change, " ".join(filter(None, (other, other_action(change)))))
    return whole._replace(cells=whole.cells[:-1])


def _sum(words: str, changes: Sequence[Change], tone: Tone) -> Row:
    after, more = cost_of(change.after for change in changes), sum(map(_more, changes))
    return row(words, "", in_full(after), signed(more), tone=tone)


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
        numbers = {level: dict.fromkeys((before[level], after[level])) for level in DRAWN}
        levels = [f"{level} {' → '.join(map(str, both))}" for level, both in numbers.items()]
        said.append(f"How sure, all answers: {listed(levels)}.")
    return listed_under("What stays", said, level=2)

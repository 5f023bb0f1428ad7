"""The report of `mba diff`: what changed, what it means for the money, and why; or several answers side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from mba.caution import Caution, WarningCode
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
from mba.report.because import because_of
from mba.report.cautions import warning
from mba.report.differences import Names, differences, in_full, other_action, signed, sure
from mba.report.pictures import drawn, map_of_changes
from mba.report.sums import by_option, more_or_less, what_is_left
from mba.report.words import TONES, count, listed, sentence
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
    blocks: list[Block] = [
        Heading(1, title),
        Paragraph(text(more_or_less(comparison.before, comparison.after, called), Tone.STRONG)),
        Paragraph(text(f"{how_many(comparison)} {what_is_left(comparison.before, comparison.after)}".strip())),
        *_worst(comparison, called),
        *drawn(map_of_changes(before, after)),
        *_changes(comparison, called),
    ]
    if not brief:
        blocks += _shifted(comparison, called)
    blocks += [Heading(2, "The money"), *by_option(comparison), *changed_warnings(comparison, called, told=1)]
    if not brief:
        blocks += _same(comparison, called)
    return (*blocks, *inputs(comparison, called))


def how_many(comparison: Comparison) -> str:
    """How many answers changed, and in which direction."""
    kinds: Counter[str] = Counter()
    new, gone = len(comparison.come), len(comparison.gone)
    for change in comparison.changes:
        if change.before and change.after:
            kinds[f"from {change.before.option} to {change.after.option}"] += 1
    said = [_moved(kinds, len(comparison.changes) + len(comparison.unchanged) + len(comparison.shifted))]
    if new:
        said.append(count(new, "function is new", "functions are new"))
    if gone:
        said.append(count(gone, "function is gone", "functions are gone"))
    return sentence("; ".join(said))


def _moved(kinds: Counter[str], total: int) -> str:
    if not kinds:
        return f"Of {count(total, 'answer')} none changes"
    said = f"Of {count(total, 'answer')} {count(kinds.total(), 'changes', 'change')}"
    if len(kinds) == 1:
        return f"{said}, {next(iter(kinds))}"
    return f"{said}: {listed([f'{number} {kind}' for kind, number in kinds.items()])}"


def _worst(comparison: Comparison, called: Names) -> list[Block]:
    """The first of the warnings gained: they come worst first."""
    told = _to_tell(comparison.gained)[:1]
    return [Paragraph((Span("New warning: ", Tone.WARNING), Span(_warned(each, called)))) for each in told]


def _to_tell(cautions: Sequence[Caution]) -> list[Caution]:
    """Warnings besides what the sentences on the money say already."""
    said = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
    return list(filter(lambda each: each.code not in said, cautions))


def _warned(caution: Caution, called: Names) -> str:
    return warning(caution, called.functions, called.others)


_LEGEND = (
    f"How sure: robust is the same in {ROBUST:.0%} of draws or more, leaning in {LEANING:.0%}. Below it is open, and "
    "stands with its rival, the likelier first."
)


def _changes(comparison: Comparison, called: Names) -> list[Block]:
    """Every function whose answer changed, those of one cause together; then what is new, and what is gone."""
    moved: dict[str, list[Change]] = defaultdict(list)
    for change in comparison.changes:
        if change.before and change.after:
            moved[f"{other_action(change)} {because_of(change, comparison, called)}".strip()].append(change)
    rows = []
    for reason, changes in moved.items():
        rows += [_row(change, change.after, reason) for change in changes]
    blocks: list[Block] = []
    if rows:
        total = _total(list(chain.from_iterable(moved.values())))
        blocks = [Heading(2, f"What changes ({len(rows)})"), Table(_COLUMNS, (*rows, *total), "Why")]
    come, gone = comparison.come, comparison.gone
    blocks += _one_sided("New", come, [change.after for change in come], "It stays now, where it was to leave.", called)
    blocks += _one_sided("Gone", gone, [change.before for change in gone], "It leaves.", called)
    answers = filter(None, (change.after or change.before for change in comparison.changes))
    if any(answer.level for answer in answers):
        blocks.append(Paragraph(text(_LEGEND, Tone.FAINT)))
    return [*blocks, *renamed(comparison, called)]


_COLUMNS = (*columns("Function", "Answer", figures=("£ a year", "Change")), Column("How sure"))
_CHANGE = 3
"""The place of the column that says nothing of what is on one side only."""


def _one_sided(
    title: str, changes: Sequence[Change], answers: Sequence[Answer | None], leaving: str, called: Names
) -> list[Block]:
    """Functions that are on one side only, with what they cost in all; a note to those that leave on the other."""
    rows = []
    for change, answer in zip(changes, answers, strict=True):
        rows.append(_row(change, answer, leaving * (change.function in called.leaving)))
    if not rows:
        return []
    rows += _total(changes)
    without = [Row((*row.cells[:_CHANGE], *row.cells[_CHANGE + 1 :]), row.note) for row in rows]
    columns = (*_COLUMNS[:_CHANGE], *_COLUMNS[_CHANGE + 1 :])
    return [Heading(2, f"{title} ({len(changes)})"), Table(columns, tuple(without))]


def _total(changes: Sequence[Change]) -> list[Row]:
    """What several functions cost in all on the side that is shown, and by how much that is more."""
    if len(changes) == 1:
        return []
    before, after = (cost_of(map(attrgetter(side), changes)) for side in ("before", "after"))
    return [row("In all", "", in_full(after or before), signed(after - before), "", tone=Tone.STRONG)]


def _row(change: Change, answer: Answer | None, note: str) -> Row:
    """A function with its answers, what the one that is shown costs, by how much that is more, and how sure it is."""
    if answer is None:
        return Row((text(change.name),))
    said = map(text, (in_full(answer.cost), signed(_more(change)), sure(answer)))
    return Row((text(change.name, Tone.STRONG), _arrow(change), *said), text(note) * bool(note))


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


def renamed(comparison: Comparison, called: Names) -> list[Block]:
    """A hint for each function that may only have got another id."""
    said = "{} is gone and {} is new. If only the id was changed, give both files the same id."
    hints = [text(said.format(called.functions[old], called.functions[new])) for old, new in comparison.alike]
    if not hints:
        return []
    return [Items(tuple(hints))]


def changed_warnings(comparison: Comparison, called: Names, told: int = 0) -> list[Block]:
    """The warnings that are new, but for the first that were told before, and those that are gone."""
    gained, lost = ([_warned(each, called) for each in _to_tell(some)] for some in (comparison.gained, comparison.lost))
    return [
        *listed_under("Warnings that are new, or of more functions", gained[told:], level=2, tone=Tone.WARNING),
        *listed_under("Warnings that are gone, or of fewer functions", lost, level=2),
    ]


def inputs(comparison: Comparison, called: Names) -> list[Block]:
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
    whole = _row(change, change.after, " ".join(filter(None, (other, other_action(change)))))
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

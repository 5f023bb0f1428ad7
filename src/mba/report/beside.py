"""The report of `mba diff` on three or more: their money and their answers side by side."""

from __future__ import annotations

from collections import defaultdict

from mba.compare.comparison import Answer, Answers, Beside, Side
from mba.render.document import (
    Block,
    Document,
    Heading,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    columns,
    listed_under,
    text,
)
from mba.report.sums import in_full, share_of, signed
from mba.report.words import TONES, a_head, count, grouped, listed
from mba.sureness import Level
from mba.terms import Option

_ABSENT = "not there"
"""Where a function is not in a profile, or leaves."""
_LEGEND = (
    "In brackets stands the rival of an open answer, one that is not sure enough to be leaned on; “likelier” where the "
    "rival came out more often. “Not there” also means that it leaves."
)


def beside_report(beside: Beside, *, brief: bool) -> Document:
    """The money of several decisions, and the answers that differ; brief leaves out those that are all alike."""
    changed = set(beside.changed)
    kinds = grouped(beside.functions, lambda row: (row.function in changed, any(map(_rival, row.answers))))
    differing = list(filter(lambda row: row.function in changed, beside.functions))
    open_, sure = kinds.get((False, True), []), kinds.get((False, False), [])
    if brief:
        open_, sure = [], []
    counted = f"Of {count(len(beside.functions), 'answer')} {count(len(differing), 'differs', 'differ')} somewhere."
    blocks: list[Block] = [
        Heading(1, f"{beside.names[0]} beside {count(len(beside.names) - 1, 'other')}"),
        Paragraph(text(counted)),
        _money(beside),
    ]
    blocks += listed_under(f"What differs ({len(differing)})", list(map(_answers, differing)), level=2)
    blocks += listed_under(f"The same in all, but open ({len(open_)})", list(map(_answers, open_)), level=2)
    if differing or open_:
        blocks.append(Paragraph(text(_LEGEND, Tone.FAINT)))
    return (*blocks, *listed_under(f"The same in all ({len(sure)})", _same(sure), level=2))


def _money(beside: Beside) -> Table:
    """A row for each, with its letter: what it costs, a head first where they differ in people, and what is left."""
    populations = {side.organisation.population for side in beside.sides}
    heads: tuple[str, ...] = ("£ a year", "Change", "Left", "Open")
    if len(populations) > 1:
        heads = ("£ a head", "Change", "£ a year", "Left", "Open")
    rows = []
    for place, (name, side) in enumerate(zip(beside.names, beside.sides, strict=True)):
        cost = side.recommended_cost
        said = {
            "£ a head": "not known" if cost is None else a_head(cost / side.organisation.population),
            "£ a year": in_full(cost),
            "Change": _change(beside.sides[0], side, a_head_=len(populations) > 1),
            "Left": in_full(side.headroom),
            "Open": str(side.levels[Level.OPEN]),
        }
        named = (Span(f"{_letter(place)} ", Tone.STRONG), Span(name))
        note = f"{count(len(side.uncosted), 'function')} without a cost, in no sum." * bool(side.uncosted)
        rows.append(Row((named, *(text(said[head]) for head in heads)), text(note) * bool(note)))
    return Table(columns("Of", figures=heads), tuple(rows), "Not covered" * any(row.note for row in rows))


def _change(first: Side, side: Side, *, a_head_: bool) -> str:
    """By how much a side costs more or less than the first; in per cent a head where they differ in people."""
    if first.recommended_cost is None or side.recommended_cost is None or first.uncosted != side.uncosted:
        return "–"
    before, after = first.recommended_cost, side.recommended_cost
    if not a_head_:
        return signed(after - before)
    return share_of(after / side.organisation.population, before / first.organisation.population) or "–"


def _letter(place: int) -> str:
    """A to Z, then A2 and so on."""
    around, letter = divmod(place, 26)
    return chr(ord("A") + letter) + str(around + 1) * (around > 0)


def _answers(row: Answers) -> Line:
    """A function, and which answer it has where: buy: A, B (or share); make: C."""
    where: dict[Option | None, list[str]] = defaultdict(list)
    for place, answer in enumerate(row.answers):
        where[answer and answer.option].append(f"{_letter(place)}{_rival(answer)}")
    line = [Span(f"{row.name}. ", Tone.STRONG)]
    for place, (option, letters) in enumerate(where.items()):
        word, tone = _ABSENT, Tone.FAINT
        if option:
            word, tone = option.value, TONES[option]
        line += [Span("; " * (place > 0)), Span(word, tone), Span(f": {', '.join(letters)}")]
    return tuple(line)


def _rival(answer: Answer | None) -> str:
    """The rival of an open answer, in brackets."""
    if answer is None or answer.level is not Level.OPEN or answer.rival is None:
        return ""
    if (answer.rivalled or 0) > (answer.often or 0):
        return f" ({answer.rival} likelier)"
    return f" (or {answer.rival})"


def _same(rows: list[Answers]) -> list[str]:
    """The functions with one answer throughout, by answer."""
    alike = grouped(rows, lambda row: row.answers[0] and row.answers[0].option)
    return [f"{str(option).capitalize()}: {listed([row.name for row in some])}." for option, some in alike.items()]

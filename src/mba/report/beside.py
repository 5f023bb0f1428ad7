"""The report of `mba diff` on three or more: their answers side by side."""

from __future__ import annotations

from collections.abc import Callable

from mba.compare.comparison import Answer, Beside, Side
from mba.render.document import Block, Column, Document, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.words import MARKS, TONES, count
from mba.sureness import Level
from mba.terms import Option


def beside_report(beside: Beside, *, brief: bool) -> Document:
    """The answers of several decisions, function by function.

    Brief leaves out functions whose answers are all alike.
    """
    rows = []
    for row in beside.functions:
        if brief and row.function not in beside.changed:
            continue
        first = row.answers[0].option if row.answers[0] else None
        rows.append(Row((text(row.name, Tone.STRONG), *(_cell(answer, first) for answer in row.answers))))
    changed, total = len(beside.changed), len(beside.functions)
    # Letters, so that a table is as narrow as its answers.
    letters = [_letter(place) for place in range(len(beside.names))]
    heads = tuple(Column(letter) for letter in letters)
    figures = tuple(Column(letter, figures=True) for letter in letters)
    key = tuple(
        (Span(f"{letter} ", Tone.STRONG), Span(name)) for letter, name in zip(letters, beside.names, strict=True)
    )
    sums = tuple(Row((text(words), *(text(said(side)) for side in beside.sides))) for words, said in _SUMS.items())
    legend = (
        f"Capitals mark what differs from {letters[0]}. ● robust, ◐ leaning, ○ open, no mark "
        "decided by you or the only option, – not in the profile, or leaving. An open answer stands with its rival."
    )
    table = Table((Column("Function"), *heads), tuple(rows))
    answers: tuple[Block, ...] = (Heading(2, "The answers"), table) if rows else ()
    return (
        Heading(1, f"{beside.names[0]} beside {count(len(beside.names) - 1, 'other')}"),
        Paragraph(text(f"{changed} of {count(total, 'answer')} {'differs' if changed == 1 else 'differ'} somewhere.")),
        Items(key),
        Heading(2, "In sum"),
        Table((Column("Money and sureness"), *figures), sums),
        *answers,
        Paragraph(text(legend, Tone.FAINT)),
    )


def _letter(place: int) -> str:
    """A to Z, then A2 and so on."""
    around, letter = divmod(place, 26)
    return chr(ord("A") + letter) + (str(around + 1) if around else "")


def _cell(answer: Answer | None, first: Option | None) -> Line:
    """An answer with how sure it is; in capitals and its own tone where it is not the first one's."""
    if answer is None:
        return text("–", Tone.FAINT)
    mark = Span(f"{MARKS[answer.level]} " if answer.level else "")
    same = answer.option is first
    said = Span(answer.option.value) if same else Span(answer.option.upper(), TONES[answer.option])
    if answer.level is not Level.OPEN or answer.rival is None:
        return (mark, said)
    likelier = (answer.rivalled or 0) > (answer.often or 0)
    return (mark, said, Span(f", {answer.rival} likelier" if likelier else f" or {answer.rival}"))


_SUMS: dict[str, Callable[[Side], str]] = {
    "Allowance, £ a year": lambda side: f"{side.allowance:,}",
    "Committed": lambda side: f"{side.committed:,}",
    "Recommended": lambda side: "not known" if side.recommended_cost is None else f"{side.recommended_cost:,}",
    "Left": lambda side: "not known" if side.headroom is None else f"{side.headroom:,}",
    "Robust answers": lambda side: str(side.levels[Level.ROBUST]),
    "Warnings": lambda side: str(side.warnings),
}
"""What is said of each side beside its answers."""

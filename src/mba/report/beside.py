"""The report of `mba diff` on three or more: their money and their answers side by side."""

from __future__ import annotations

from mba.compare.compare import Answers, Beside
from mba.render.document import Document, Heading, Line, Paragraph, Row, Span, Table, Tone, columns, listed_under, text
from mba.report.words import TONES, a_head, count, grouped, in_full, listed, share_of
from mba.results import Decision, FunctionResult
from mba.sureness import Level

_LEGEND = (
    "In brackets stands the rival of an open answer, one that is not sure enough to be leaned on; “likelier” where the "
    "rival came out more often. “Not there” also means that it leaves."
)


def beside_report(beside: Beside, *, brief: bool) -> Document:
    """The money of several decisions, and the answers that differ; brief leaves out those that are all alike."""
    rows = grouped(beside.functions, lambda row: row.function in beside.changed)
    differing, same = rows.get(True, []), rows.get(False, [])
    if brief:
        same = []
    counted = f"Of {count(len(beside.functions), 'answer')} {count(len(differing), 'differs', 'differ')} somewhere."
    return (
        Heading(1, f"{beside.names[0]} beside {count(len(beside.names) - 1, 'other')}"),
        Paragraph(text(counted)),
        _money(beside),
        Paragraph(text("Change is that of £ a head, against the first.", Tone.FAINT)),
        *listed_under(f"What differs ({len(differing)})", list(map(_answers, differing)), level=2),
        Paragraph(text(_LEGEND, Tone.FAINT)),
        *listed_under(f"The same in all ({len(same)})", _same(same), level=2),
    )


def _money(beside: Beside) -> Table:
    """A row for each, with its letter: what it costs a head and in all, what is left, and how many answers are open."""
    first, rows = _per_head(beside.sides[0]), []
    for place, (name, side) in enumerate(zip(beside.names, beside.sides, strict=True)):
        cost = _per_head(side)
        head, change = "not known", "–"
        if cost is not None:
            head = a_head(cost)
        uncosted = side.budget.uncosted
        if cost is not None and first is not None and set(uncosted) == set(beside.sides[0].budget.uncosted):
            change = share_of(cost, first) or "–"
        left, open_ = in_full(side.budget.headroom), str(side.levels[Level.OPEN])
        named = (Span(f"{_letter(place)} ", Tone.STRONG), Span(name))
        cells = map(text, (head, change, in_full(side.budget.recommended_cost), left, open_))
        note = ""
        if uncosted:
            note = f"{count(len(uncosted), 'function')} without a cost, in no sum."
        rows.append(Row((named, *cells), text(note)))
    return Table(columns("Of", figures=("£ a head", "Change", "£ a year", "Left", "Open")), tuple(rows), "Not covered")


def _per_head(side: Decision) -> float | None:
    if side.budget.recommended_cost is None:
        return None
    return side.budget.recommended_cost / side.organisation.population


def _letter(place: int) -> str:
    """A to Z, then A2 and so on."""
    around, letter = divmod(place, 26)
    if not around:
        return chr(ord("A") + letter)
    return f"{chr(ord('A') + letter)}{around + 1}"


def _answers(row: Answers) -> Line:
    """A function, and which answer it has where: buy: A, B (or share); make: C."""
    placed = grouped(enumerate(row.answers), lambda pair: pair[1] and pair[1].recommendation)
    line = [Span(f"{row.name}. ", Tone.STRONG)]
    for option, some in placed.items():
        if len(line) > 1:
            line.append(Span("; "))
        if option:
            line.append(Span(option, TONES[option]))
        else:
            line.append(Span("not there", Tone.FAINT))
        line.append(Span(f": {', '.join(f'{_letter(place)}{_rival(answer)}' for place, answer in some)}"))
    return tuple(line)


def _rival(answer: FunctionResult | None) -> str:
    """The rival of an open answer, in brackets."""
    if answer is None or not answer.is_open:
        return ""
    if answer.often(answer.rival) > answer.likely:
        return f" ({answer.rival} likelier)"
    return f" (or {answer.rival})"


def _same(rows: list[Answers]) -> list[str]:
    """The functions with one answer throughout, by answer."""
    alike = grouped(rows, lambda row: row.answers[0] and row.answers[0].recommendation)
    return [f"{str(option).capitalize()}: {listed([row.name for row in some])}." for option, some in alike.items()]

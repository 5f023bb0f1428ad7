"""The report of `mba diff` on three or more: their money and their answers side by side."""

from mba.compare.compare import Answers, Beside
from mba.render.document import Document, Heading, Line, Span, Table, Tone, columns, listed_under, prose, row
from mba.report.words import TONES, a_head, count, grouped, in_full, listed, share_of
from mba.results import Decision, FunctionResult
from mba.sureness import Level

_LEGEND = (
    "In brackets stands the rival of an open answer, one that is not sure enough to be leaned on; “likelier” where the "
    "rival came out more often. “Not there” also means that it leaves."
)


def beside_report(beside: Beside, *, brief: bool) -> Document:
    """The money of several decisions, and the answers that differ; brief leaves out those that are all alike."""
    rows = grouped(beside.functions, lambda answers: answers.function in beside.changed)
    differing, same = rows.get(True, []), rows.get(False, [])
    if brief:
        same = []
    return (
        Heading(1, f"{beside.names[0]} beside {count(len(beside.names) - 1, 'other')}"),
        prose(f"Of {count(len(beside.functions), 'answer')} {count(len(differing), 'differs', 'differ')} somewhere."),
        _money(beside),
        prose("Change is that of £ a head, against the first.", tone=Tone.FAINT),
        *listed_under(f"What differs ({len(differing)})", list(map(_answers, differing)), level=2),
        prose(_LEGEND, tone=Tone.FAINT),
        *listed_under(f"The same in all ({len(same)})", _same(same), level=2),
    )


def _money(beside: Beside) -> Table:
    """A row for each, with its letter: what it costs a head and in all, what is left, and how many answers are open."""
    first, rows = beside.sides[0], []
    for place, (name, side) in enumerate(zip(beside.names, beside.sides, strict=True)):
        cost, head, change, note = _per_head(side), "not known", "–", ""
        if cost:
            head = a_head(cost)
        if cost and set(side.budget.uncosted) == set(first.budget.uncosted):
            change = share_of(cost, _per_head(first)) or "–"
        if side.budget.uncosted:
            note = f"{count(len(side.budget.uncosted), 'function')} without a cost, in no sum."
        named = (Span(f"{_letter(place)} ", Tone.STRONG), Span(name))
        sums = in_full(side.budget.recommended_cost), in_full(side.budget.headroom)
        rows.append(row(named, head, change, *sums, str(side.levels[Level.OPEN]), note=note))
    return Table(columns("Of", figures=("£ a head", "Change", "£ a year", "Left", "Open")), tuple(rows), "Not covered")


def _per_head(side: Decision) -> float:
    """£ a year for each of its people; 0 where nothing is costed."""
    return (side.budget.recommended_cost or 0) / side.organisation.population


def _letter(place: int) -> str:
    """A to Z, then A2 and so on."""
    around, letter = divmod(place, 26)
    return f"{chr(ord('A') + letter)}{around + 1 if around else ''}"


def _answers(found: Answers) -> Line:
    """A function, and which answer it has where: buy: A, B (or share); make: C."""
    placed = grouped(enumerate(found.answers), lambda pair: pair[1] and pair[1].recommendation)
    line = [Span(f"{found.name}. ", Tone.STRONG)]
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
    alike = grouped(rows, lambda one: one.answers[0] and one.answers[0].recommendation)
    return [f"{str(option).capitalize()}: {listed([one.name for one in some])}." for option, some in alike.items()]

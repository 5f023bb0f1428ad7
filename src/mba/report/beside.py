"""The report of `mba diff` on three or more: their money and their answers side by side."""

from collections import defaultdict

from mba.compare.compare import Answers, Beside
from mba.render.document import Document, Heading, Line, Span, Table, Tone, columns, listed_under, prose, row
from mba.report.differences import one_function
from mba.report.words import TONES, a_head, count, grouped, in_full, listed, sentence, share_of, who
from mba.results import Decision, FunctionResult
from mba.sureness import Level

_LEGEND = (
    "?: open, not sure enough to be leaned on. Below it stands its rival, “likelier” where that came out more often. "
    "–: not there, or it leaves."
)


def beside_report(beside: Beside, *, brief: bool) -> Document:
    """The money of several decisions, and the answers that differ; brief leaves out those that are all alike."""
    rows = grouped(beside.functions, lambda answers: answers.function in beside.changed)
    differing, same = rows.get(True, []), rows.get(False, [])
    if brief:
        same = []
    alike = grouped(same, lambda one: one.answers[0] and one.answers[0].recommendation)
    kept = [f"{str(option).capitalize()}: {listed([one.name for one in some])}." for option, some in alike.items()]
    said = f"Of {count(len(beside.functions), 'answer')} {count(len(differing), 'differs', 'differ')} somewhere."
    return (
        Heading(1, f"{beside.names[0]} beside {count(len(beside.names) - 1, 'other')}"),
        prose(said, one_function(beside.taken_for)),
        _money(beside),
        prose("Change is that of £ a head, against the first.", tone=Tone.FAINT),
        *_differing(differing, beside),
        prose(_LEGEND, tone=Tone.FAINT),
        *listed_under(f"The same in all ({len(same)})", kept, level=2),
    )


def _money(beside: Beside) -> Table:
    """A row for each, with its letter: what it costs a head, in all and once, what is left, and what is open."""
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
        once = side.once if side.knows_today else None
        sums = map(in_full, (side.budget.spent, side.budget.headroom, once))
        rows.append(row(named, head, change, *sums, str(side.levels[Level.OPEN]), note=note))
    return Table(
        columns("Of", figures=("£ a head", "Change", "£ a year", "Left", "£ once", "Open")), tuple(rows), "Not covered"
    )


def _per_head(side: Decision) -> float:
    """£ a year for each of its people; 0 where nothing is costed."""
    return (side.budget.spent or 0) / side.organisation.population


def _letter(place: int) -> str:
    """A to Z, then A2 and so on."""
    around, letter = divmod(place, 26)
    return f"{chr(ord('A') + letter)}{around + 1 if around else ''}"


def _differing(rows: list[Answers], beside: Beside) -> Document:
    """The functions whose answer differs, with their answer in a column for each; nothing where there are none."""
    if not rows:
        return ()
    letters = map(_letter, range(len(beside.names)))
    answers = [row(found.name, *map(_answer, found.answers), note=_noted(found, beside)) for found in rows]
    return Heading(2, f"What differs ({len(rows)})"), Table(columns("Function", *letters), tuple(answers), "Open")


def _answer(answer: FunctionResult | None) -> Line:
    """How it is run there, with a mark where that is open."""
    if answer is None:
        return (Span("–", Tone.FAINT),)
    return Span(answer.recommendation, TONES[answer.recommendation]), Span("?" * answer.is_open)


def _noted(found: Answers, beside: Beside) -> str:
    """The rivals of open answers and, where all are alike, with whom each is."""
    with_ = defaultdict(list)
    for place, (answer, side) in enumerate(zip(found.answers, beside.sides, strict=True)):
        if answer and (whom := who(answer.chosen, side)):
            with_[whom].append(_letter(place))
    said = [_rivals(found)]
    if len(with_) > 1 and len({answer and answer.recommendation for answer in found.answers}) == 1:
        said.append(sentence("; ".join(f"{whom}: {', '.join(letters)}" for whom, letters in with_.items())))
    return " ".join(filter(None, said))


def _rivals(found: Answers) -> str:
    """The rivals of open answers, and where each is one: Or share: A; make likelier: B, C."""
    said = defaultdict(list)
    for place, answer in enumerate(found.answers):
        if answer and answer.is_open:
            likelier = answer.often(answer.rival) > answer.likely
            said[_RIVALS[likelier].format(answer.rival)].append(_letter(place))
    return sentence("; ".join(f"{rival}: {', '.join(letters)}" for rival, letters in said.items())).removeprefix(".")


_RIVALS = {False: "or {}", True: "{} likelier"}

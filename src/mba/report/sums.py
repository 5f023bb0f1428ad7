"""What the change from one decision to another does to the money: in sentences, in figures, and by option."""

from __future__ import annotations

from mba.compare.comparison import Comparison, Side, cost_of
from mba.render.document import Block, Line, Paragraph, Row, Table, Tone, columns, text
from mba.report.differences import Names
from mba.report.words import ROUNDED, TONES, a_head, about, listed
from mba.terms import Option


def more_or_less(before: Side, after: Side, called: Names) -> str:
    """How much more or less it costs, £ a year and in per cent; of two populations a head first."""
    was, is_ = before.recommended_cost, after.recommended_cost
    if was is None or is_ is None:
        return "Nothing is costed on one side, so the money cannot be compared."
    if before.uncosted != after.uncosted:
        return (
            f"The sums cannot be compared: {_uncosted(before, called)} before and {_uncosted(after, called)} after "
            f"have no cost. What has one came to {about(was)} a year before, and to {about(is_)} after."
        )
    missing = ""
    if after.uncosted:
        missing = f" Not covered, since no cost is known: {_uncosted(after, called)}."
    if before.organisation.population == after.organisation.population:
        return f"{_against(was, is_)}{missing}"
    heads = was / before.organisation.population, is_ / after.organisation.population
    a_head_ = f"{a_head(abs(heads[1] - heads[0]))} a head {_WORDS[heads[1] > heads[0]]}"
    said = f"{a_head_} ({share_of(heads[1], heads[0])}): {a_head(heads[1])} a year instead of {a_head(heads[0])}."
    if round(heads[0], 2) == round(heads[1], 2):
        said = f"{a_head(heads[1])} a head, as before."
    people = f"{after.organisation.population:,} people instead of {before.organisation.population:,}"
    return f"{said} In all {about(is_)} a year instead of {about(was)}, for {people}.{missing}"


_WORDS = {False: "less", True: "more"}


def _against(was: int, is_: int) -> str:
    if was == is_:
        return f"{about(is_)} a year, as before."
    share = share_of(is_, was)
    return f"{about(abs(is_ - was))} a year {_WORDS[is_ > was]} ({share}): {about(is_)} instead of {about(was)}."


def _uncosted(side: Side, called: Names) -> str:
    return listed([called.functions[id_] for id_ in side.uncosted], most=4) or "nothing"


def what_is_left(before: Side, after: Side) -> str:
    """What there is to spend and what is left of it, and what moving costs; with before beside it."""
    if before.headroom is None or after.headroom is None:
        return ""
    said = [f"{_room(after)}, {_remains(after, 'is')}; {_before(before, after)}."]
    if after.once or before.once:
        now = f"Moving costs {about(after.once)} once" if after.once else "Nothing is to be paid for moving"
        said.append(f"{now}{_instead(before.once, after.once)}.")
    return " ".join(said)


def _room(side: Side) -> str:
    free = side.allowance - side.committed
    if free < 0:
        return f"{about(-free)} more is committed than allowed"
    if side.committed:
        return f"Of {about(free)} to spend, beside {about(side.committed)} that is committed"
    return f"Of {about(free)} to spend"


def _remains(side: Side, verb: str) -> str:
    headroom = side.headroom or 0
    if headroom < 0:
        return f"{about(-headroom)} {verb} missing"
    return f"{about(headroom)} {verb} left"


def _before(before: Side, after: Side) -> str:
    if (before.headroom, before.allowance, before.committed) == (after.headroom, after.allowance, after.committed):
        return "as before"
    if before.allowance - before.committed == after.allowance - after.committed:
        return f"before, {_remains(before, 'was')}"
    return f"before, {_remains(before, 'was')} of {about(before.allowance - before.committed)}"


def _instead(was: int, is_: int) -> str:
    if was == is_:
        return ", as before"
    return f" instead of {about(was)}"


def in_full(amount: int | None) -> str:
    """£ to the thousand for a table whose head gives the sign: 5,558,000; what is less than one to the pound."""
    if amount is None:
        return "not known"
    rounded = round(amount / 1_000) * 1_000 or amount
    return f"{rounded:,}".replace("-", "−")


def signed(amount: int) -> str:
    """A rounded sum with its sign, for a table; a dash for nothing."""
    if not amount:
        return "–"
    return f"{'−+'[amount > 0]}{in_full(abs(amount))}"


def share_of(after: float, before: float) -> str:
    """By how many per cent a sum has changed, with its sign: +6%; empty where it was nothing, or has not changed."""
    if not before or after == before:
        return ""
    change = abs(after / before - 1)
    return f"{'−+'[after > before]}{change:.{int(change < _PER_CENT)}%}"


_PER_CENT = 0.01
"""Below it, a change in per cent has a decimal."""


def by_option(comparison: Comparison) -> list[Block]:
    """Functions and money by option on both sides, with a total; of what is on one side only, the sum too."""
    before, after = comparison.before, comparison.after
    rows = []
    for option in Option:
        numbers = before.functions[option], after.functions[option]
        if any(numbers):
            name, costs = text(option.capitalize(), TONES[option]), (before.costs[option], after.costs[option])
            rows.append(_row(name, numbers, costs, comparison))
    numbers = sum(before.functions.values()), sum(after.functions.values())
    rows.append(
        _row(text("In all", Tone.STRONG), numbers, (before.recommended_cost, after.recommended_cost), comparison)
    )
    come, gone = comparison.come, comparison.gone
    if come or gone:
        numbers = len(gone), len(come)
        costs = cost_of(change.before for change in gone), cost_of(change.after for change in come)
        row = _row(text("of it on one side only", Tone.FAINT), numbers, costs, comparison)
        rows.append(Row((*row.cells[:-1], ())))
    heads = columns("Option", figures=("Functions", "£ before", "£ after", "Change", "%"))
    return [Table(heads, tuple(rows)), Paragraph(text(ROUNDED, Tone.FAINT))]


def _row(name: Line, numbers: tuple[int, int], costs: tuple[int | None, int | None], comparison: Comparison) -> Row:
    was, is_ = costs
    said = [" → ".join(dict.fromkeys(map(str, numbers)))]
    said += map(in_full, costs)
    if was is None or is_ is None or comparison.before.uncosted != comparison.after.uncosted:
        said += ["–", ""]
    else:
        said += [signed(is_ - was), share_of(is_, was)]
    return Row((name, *map(text, said)))

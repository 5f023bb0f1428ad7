"""What the change from one decision to another does to the money: in a sentence, and as a table."""

from __future__ import annotations

from collections.abc import Callable

from mba.compare.comparison import Comparison, Side
from mba.render.document import Block, Line, Paragraph, Row, Table, Tone, columns, text
from mba.report.differences import Names
from mba.report.words import ROUNDED, TONES, a_head, about, in_full, listed, more, share_of, signed
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
    said = _against(was, is_, "a year", about)
    then, now = before.organisation.population, after.organisation.population
    if then != now:
        people = f"{now:,} people instead of {then:,}"
        said = f"{_against(was / then, is_ / now, 'a head', a_head)} In all {about(is_)} a year, for {people}."
    if after.uncosted:
        said += f" Not covered, since no cost is known: {_uncosted(after, called)}."
    return said


def _against(was: float, is_: float, unit: str, shown: Callable[[float], str]) -> str:
    if shown(was) == shown(is_):
        return f"{shown(is_)} {unit}, as before."
    change = f"{shown(abs(is_ - was))} {unit} {more(is_ - was)} ({share_of(is_, was)})"
    return f"{change}: {shown(is_)} instead of {shown(was)}."


def _uncosted(side: Side, called: Names) -> str:
    return listed([called.functions[id_] for id_ in side.uncosted], most=4) or "nothing"


def the_money(comparison: Comparison) -> list[Block]:
    """Functions and money by option on both sides, their total, what is left of the allowance, and £ once."""
    before, after = comparison.before, comparison.after
    same = before.uncosted == after.uncosted
    rows = []
    for option in Option:
        numbers = before.functions[option], after.functions[option]
        if any(numbers):
            name = text(option.capitalize(), TONES[option])
            rows.append(_row(name, before.costs[option], after.costs[option], numbers, same=same))
    numbers = sum(before.functions.values()), sum(after.functions.values())
    strong = text("In all", Tone.STRONG)
    rows += [
        _row(strong, before.recommended_cost, after.recommended_cost, numbers, same=same),
        _row(text("Allowance"), before.allowance, after.allowance),
        _row(text("Committed"), before.committed, after.committed),
        _row(text("Left"), before.headroom, after.headroom, same=same),
        _row(text("Moving, once"), before.once, after.once),
    ]
    heads = columns("Option", figures=("Functions", "£ before", "£ after", "Change", "%"))
    return [Table(heads, tuple(rows)), Paragraph(text(ROUNDED, Tone.FAINT))]


def _row(name: Line, was: int | None, is_: int | None, numbers: tuple[int, ...] = (), *, same: bool = True) -> Row:
    """Two sums with their difference, where both are known and of the same functions."""
    change, share = "–", ""
    if same and was is not None and is_ is not None:
        change, share = signed(is_ - was), share_of(is_, was)
    counted = " → ".join(dict.fromkeys(map(str, numbers)))
    return Row((name, *map(text, (counted, in_full(was), in_full(is_), change, share))))

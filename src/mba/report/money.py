"""The part of a report that is about money: what it moved, what more would bring back, what less would take."""

from __future__ import annotations

from mba.report.document import Block, Column, Heading, Paragraph, Row, Table, Tone, text
from mba.report.words import TONES, a_head, pounds
from mba.results import Decision, FunctionResult, Reason


def money(decision: Decision) -> list[Block]:
    """What the money moved, what more of it would bring back, and what less would take."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        return []
    moved = [function for function in decision.functions if function.reason is Reason.BUDGET]
    blocks: list[Block] = [Heading(2, "The money")]
    if not moved:
        blocks.append(Paragraph(text("The money moved nothing: what fits best is within it.")))
    else:
        blocks += [Paragraph(text(_price(decision))), _moved(moved)]
    if not budget.within_allowance:
        blocks.append(Paragraph(text(_gap(decision))))
    if budget.gap:
        inexact = f"Too many portfolios are alike to look at all: a better one could exist, by {budget.gap:.2f} of mean fit at most."
        blocks.append(Paragraph(text(inexact)))
    return [*blocks, *_frontier(decision)]


def _price(decision: Decision) -> str:
    budget = decision.budget
    preferred, recommended = budget.preferred_cost or 0, budget.recommended_cost or 0
    return (
        f"What fits best would cost {pounds(preferred)} a year, {pounds(preferred - recommended)} more than what is recommended; "
        f"mean fit falls from {budget.preferred_fit or 0:.1f} to {budget.recommended_fit or 0:.1f}."
    )


def _moved(moved: list[FunctionResult]) -> Table:
    rows = []
    for function in moved:
        best, chosen = function.options[function.preferred], function.options[function.recommendation]
        same = function.preferred is function.recommendation
        rows.append(
            Row(
                (
                    text(function.name, Tone.STRONG),
                    text(
                        f"{function.preferred} {best.fit}" if not same else f"{function.preferred}, better offer",
                        TONES[function.preferred],
                    ),
                    text(f"{function.recommendation} {chosen.fit}", TONES[function.recommendation]),
                    text("" if same else f"{(best.cost or 0) - (chosen.cost or 0):,}"),
                    text(f"{function.restored_by:,}" if function.restored_by is not None else ""),
                )
            )
        )
    columns = (
        Column("Moved by money"),
        Column("Fits best"),
        Column("Within the money"),
        Column("£ saved", figures=True),
        Column("£ to bring back", figures=True),
    )
    return Table(columns, tuple(rows))


def _gap(decision: Decision) -> str:
    budget = decision.budget
    over = -(budget.headroom or 0)
    needed = (budget.committed + (budget.recommended_cost or 0)) / decision.organisation.population
    relief = f", or {pounds(over)} less committed" if budget.committed >= over else ""
    return (
        f"To close the gap of {pounds(over)} a year you need {a_head(needed)} a head{relief}, fewer functions, or offers below these "
        "estimates: ask for quotes where the sums are largest."
    )


_STEPS = 3
"""Moves either way that the report shows; the JSON has the whole frontier."""


def _frontier(decision: Decision) -> list[Block]:
    """The moves that come next if the money changes, along the frontier of best portfolios."""
    budget, names = decision.budget, {function.id: function.name for function in decision.functions}
    cost = budget.recommended_cost or 0
    now = {function.id: function.recommendation for function in decision.functions}
    # What is recommended lies between two corners of the frontier: only moves that start from it are of use.
    moves = [point for point in budget.frontier if point.function]
    less = [("below", p) for p in moves if p.cost <= cost and now[p.function or ""] is p.option][-_STEPS:]
    more = [("from", p) for p in moves if p.cost > cost and now[p.function or ""] is p.before][:_STEPS]
    rows = []
    for label, point in (*less, *more):
        old, new = (point.before, point.option) if label == "from" else (point.option, point.before)
        change = f"{old} to {new}" if old is not new else f"{new}, another offer"
        money = f"{label} {pounds(point.cost)}"
        each = a_head((point.cost + budget.committed) / decision.organisation.population)
        rows.append(Row((text(names[point.function or ""]), text(change), text(money), text(each))))
    if not rows:
        return []
    columns = (
        Column("If the money changed"),
        Column("Would move"),
        Column("At", figures=True),
        Column("£ a head", figures=True),
    )
    return [Table(columns, tuple(rows))]

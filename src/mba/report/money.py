"""The part of a report that is about money: the plans side by side, what the money moved, and what it is spent on."""

from __future__ import annotations

from collections import Counter

from mba.render.document import Block, Column, Heading, Paragraph, Piece, Row, Table, Tone, text
from mba.report.plan import first_year, gap, plans
from mba.report.words import PARTS, TONES, a_head, count, listed, pounds
from mba.results import Decision, FunctionResult, Reason
from mba.spending import PartName


def money(decision: Decision) -> list[Piece]:
    """The plans beside each other, whether the first year pays for what moves, and what the money moved."""
    if decision.budget.recommended_cost is None:
        return []
    return [Heading(2, "The money"), *plans_and_moves(decision)]


def plans_and_moves(decision: Decision) -> list[Block]:
    """The same without a heading."""
    year = first_year(decision)
    return [
        *plans(decision),
        *([Paragraph(text(year))] if year else []),
        *moved(decision),
        *gap(decision),
        *_inexact(decision),
    ]


def moved(decision: Decision) -> list[Block]:
    """What there is not the money for, and what more would bring back; nothing where it moved nothing."""
    found = [function for function in decision.functions if function.reason is Reason.BUDGET]
    if not found:
        return []
    heads = ("Moved by money", "Fits best", "Within the money", "£ more to bring back")
    columns = tuple(Column(head, figures=head.startswith("£")) for head in heads)
    note = (
        "£ more a year brings back what is worth most. 0: the money would do for it, but only instead of another "
        "function, for less worth in all."
    )
    return [Table(columns, tuple(map(_moved_row, found))), Paragraph(text(note, Tone.FAINT))]


def _moved_row(function: FunctionResult) -> Row:
    best, chosen = function.best, function.chosen
    before = text(f"{function.preferred} {best.fit}", TONES[function.preferred])
    after = text(f"{function.recommendation} {chosen.fit}", TONES[function.recommendation])
    back = "" if function.restored_by is None else f"{function.restored_by:,}"
    return Row((text(function.name), before, after, text(back)))


def _inexact(decision: Decision) -> list[Block]:
    """How far from the best a portfolio may be that is not proved to be it."""
    most = decision.budget.unproved
    if not most:
        return []
    said = f"Too many combinations are alike to look at all: a better one could be worth {pounds(most)} a year more."
    return [Paragraph(text(said))]


def fits(decision: Decision) -> str:
    """Whether it fits in the money."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        if budget.committed > budget.allowance:
            return f"Committed costs alone are {pounds(budget.committed - budget.allowance)} more than the allowance."
        return "Nothing is costed, so whether it fits in the allowance is not known."
    whole = budget.recommended_cost + budget.committed
    cost = f"{pounds(budget.recommended_cost)} a year"
    cost += f", or {pounds(whole)} with what is committed" if budget.committed else ""
    cost += f" ({a_head(whole / decision.organisation.population)} a head)"
    if not budget.complete:
        cost += f" for the {count(len(decision.functions) - len(budget.uncosted), 'function')} with a cost"
    if not budget.within_allowance:
        return f"It does not fit in the allowance. It comes to {cost}, {pounds(-budget.headroom)} too much."
    what = "It" if budget.complete else "What has a cost"
    return f"{what} fits in the allowance. It comes to {cost}, and leaves {pounds(budget.headroom)}."


def moved_in_short(decision: Decision) -> str:
    """What the money moved, in a sentence; empty where it moved nothing."""
    found = [function.name for function in decision.functions if function.reason is Reason.BUDGET]
    if not found:
        return ""
    return f"There is not the money for what is worth most for {listed(found, most=_NAMED)}."


_NAMED = 3
"""Functions that are named where the money moved more than one."""


def made_of(decision: Decision) -> list[Block]:
    """What is spent on beside teams and prices, the largest sums first; nothing where there is nothing else."""
    spent: Counter[PartName] = Counter()
    for function in decision.functions:
        for part in function.chosen.parts:
            spent[part.part] += part.pounds
    own = sum(spent.pop(name, 0) for name in (PartName.TEAM, PartName.PRICE))
    if not own or not any(spent.values()):
        return []
    rest = "; ".join(f"{pounds(sum_)} for {PARTS[name]}" for name, sum_ in spent.most_common() if sum_)
    return [Paragraph(text(f"Costs are all in: {pounds(own)} for teams and prices; {rest}."))]

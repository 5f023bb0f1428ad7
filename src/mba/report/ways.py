"""Functions in rows by how and with whom they are run."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from mba.render.document import Block, Column, Paragraph, Table, columns, row, text
from mba.report.words import about, grouped, listed, way_of, with_today
from mba.results import Decision
from mba.terms import Option


class Run(NamedTuple):
    """How a function is run, with or from whom, and for how much a year, None where that is not known."""

    option: Option
    others: str
    cost: int | None
    name: str


def by_way(title: str, functions: Sequence[Run], about_: str = "Functions by who runs them") -> list[Block]:
    """Functions in rows by how and with whom they are run; nothing where there are none.

    Of the longest row the names are left out that the annex has.
    """
    rows, in_order = [], sorted(functions, key=lambda run: list(Option).index(run.option))
    for way, alike in grouped(in_order, lambda run: way_of(run.option, run.others)).items():
        costs = [run.cost for run in alike]
        cost = "not known"
        if any(each is not None for each in costs):
            cost = about(sum(filter(None, costs)))
        names = listed([run.name for run in alike])
        if len(alike) > _LISTED:
            names = "those that the other rows do not name; the annex has all"
        rows.append(row(way, str(len(alike)), cost, names))
    if not rows:
        return []
    heads = (*columns(title, figures=("Number", "£ a year")), Column("Functions"))
    return [Table(heads, tuple(rows), about=about_)]


def run_today(decision: Decision) -> list[Block]:
    """How the functions are run today, as far as is known, and what is not."""
    runs, unsaid = [], []
    for function in decision.functions:
        today = function.today
        if today is None:
            unsaid.append(function.name)
            continue
        whom = with_today(today, decision)
        if not whom and today.mode is not Option.MAKE:
            whom = "somebody not named"
        runs.append(Run(today.mode, whom, today.paid, function.name))
    blocks = by_way("Today", runs)
    said = _beyond_what_is_paid(decision, sum(filter(None, map(attrgetter("cost"), runs))))
    if unsaid:
        said.append(f"How these are run today was not said: {listed(unsaid, most=_LISTED)}.")
    return [*blocks, Paragraph(text(" ".join(said)))] if said else blocks


def _beyond_what_is_paid(decision: Decision, paid: int) -> list[str]:
    """What staying as today costs beyond what is `paid`, £ a year, by what it is for; nothing where it is that."""
    if decision.plans is None or decision.plans.today is None or decision.plans.today.cost is None:
        return []
    known = [function.today.tender for function in decision.functions if function.today]
    parts = {
        "that is committed": decision.budget.committed,
        "as recommended where today was not said": sum(each.chosen.cost or 0 for each in decision.acting(None)),
        "for new tenders": sum(known),
    }
    nothing = decision.plans.today.cost + decision.budget.committed
    parts["where staying costs other than what is paid"] = nothing - paid - sum(parts.values())
    named = [f"{about(parts[what])} {what}" for what in filter(parts.get, parts)]
    return [f"Staying as today costs {about(nothing)} a year: {listed(['what is paid', *named])}."] if named else []


_LISTED = 12
"""Functions of a row that are named."""

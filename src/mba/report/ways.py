"""Functions in rows by how and with whom they are run."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from mba.render.document import Block, Column, Table, columns, prose, row
from mba.report.blanks import others_unsaid
from mba.report.plans import reckoning
from mba.report.words import about, grouped, listed, listed_names, way_of, with_today
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
        known = [run.cost for run in alike if run.cost is not None]
        cost, names = "not known", listed([run.name for run in alike])
        if known:
            cost = about(sum(known))
        if len(alike) > _LISTED:
            names = "those that the other rows do not name; the annex has all"
        rows.append(row(way, str(len(alike)), cost, names))
    heads = (*columns(title, figures=("Number", "£ a year")), Column("Functions"))
    return [Table(heads, tuple(rows), about=about_)] if rows else []


def run_today(decision: Decision) -> list[Block]:
    """How the functions are run today, as far as is known, and what is not."""
    runs = []
    for function in decision.functions:
        if today := function.today:
            whom = "somebody not named" if others_unsaid(function) else with_today(today, decision)
            runs.append(Run(today.mode, whom, today.paid, function.name))
    said = _beyond_what_is_paid(decision, sum(filter(None, map(attrgetter("cost"), runs))))
    if unsaid := decision.acting(None):
        said.append(f"How these are run today was not said: {listed_names(unsaid, _LISTED)}.")
    blocks = by_way("Today", runs)
    return [*blocks, prose(*said)] if said else blocks


def _beyond_what_is_paid(decision: Decision, paid: int) -> list[str]:
    """What staying as today costs beyond what is `paid`, £ a year, by what it is for; nothing where it is that."""
    today = reckoning(decision).today
    if today is None or decision.budget.recommended_cost is None:
        return []
    parts = {
        "that is committed": decision.budget.committed,
        "as recommended where today was not said": sum(each.chosen.cost or 0 for each in decision.acting(None)),
        "for new tenders": sum(function.today.tender for function in decision.functions if function.today),
    }
    parts["where staying costs other than what is paid"] = today.cost - paid - sum(parts.values())
    named = [f"{about(parts[what])} {what}" for what in filter(parts.get, parts)]
    return [f"Staying as today costs {about(today.cost)} a year: {listed(['what is paid', *named])}."] if named else []


_LISTED = 12
"""Functions of a row that are named."""

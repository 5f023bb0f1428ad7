"""Functions in rows by how and with whom they are run."""

from __future__ import annotations

from collections.abc import Sequence
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


def by_way(title: str, functions: Sequence[Run]) -> list[Block]:
    """Functions in rows by how and with whom they are run; nothing where there are none."""
    rows, in_order = [], sorted(functions, key=lambda run: list(Option).index(run.option))
    for way, alike in grouped(in_order, lambda run: way_of(run.option, run.others)).items():
        costs = [run.cost for run in alike]
        cost = "not known"
        if any(each is not None for each in costs):
            cost = about(sum(filter(None, costs)))
        rows.append(row(way, str(len(alike)), cost, listed([run.name for run in alike], most=_LISTED)))
    if not rows:
        return []
    heads = (*columns(title, figures=("Number", "£ a year")), Column("Functions"))
    return [Table(heads, tuple(rows), about="Functions by who runs them")]


def run_today(decision: Decision) -> list[Block]:
    """How the functions are run today, as far as is known, and what is not."""
    runs, unsaid = [], []
    for function in decision.functions:
        today = function.today
        if today is None:
            unsaid.append(function.name)
            continue
        runs.append(Run(today.mode, with_today(today, decision), today.paid, function.name))
    blocks = by_way("Today", runs)
    nameless = [run.name for run in runs if run.option is not Option.MAKE and not run.others]
    untold = {
        "With or from whom these are run today was not said": nameless,
        "How these are run today was not said": unsaid,
    }
    blocks += [Paragraph(text(f"{what}: {listed(names, most=_LISTED)}.")) for what, names in untold.items() if names]
    return blocks


_LISTED = 45
"""Functions in a row that are named: all but in the largest organisations."""

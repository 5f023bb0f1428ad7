"""Functions in rows by how and with whom they are run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from mba.render.document import Block, Column, Paragraph, Row, Table, text
from mba.report.words import about, listed, sentence, way_of
from mba.results import Decision
from mba.terms import Option


class Run(NamedTuple):
    """How a function is run, with or from whom, and for how much a year, None where that is not known."""

    option: Option
    others: str
    cost: int | None
    name: str
    why: str = ""


def by_way(title: str, functions: Sequence[Run]) -> list[Block]:
    """Functions in rows by how and with whom they are run; nothing where there are none."""
    ways: dict[str, list[Run]] = defaultdict(list)
    for run in sorted(functions, key=lambda run: list(Option).index(run.option)):
        ways[way_of(run.option, run.others)].append(run)
    if not ways:
        return []
    rows = []
    for way, alike in ways.items():
        costs = [run.cost for run in alike]
        cost = "not known"
        if any(each is not None for each in costs):
            cost = about(sum(filter(None, costs)))
        names = listed([run.name for run in alike], most=_LISTED)
        row = Row(tuple(map(text, (way, str(len(alike)), cost, names))))
        if why := _why(alike):
            row = row._replace(note=text(why))
        rows.append(row)
    columns = (Column(title), Column("Number", figures=True), Column("£ a year", figures=True), Column("Functions"))
    return [Table(columns, tuple(rows), "Why" * any(row.note for row in rows))]


def _why(runs: Sequence[Run]) -> str:
    """The commonest reasons, and for how many; empty where none is given."""
    reasons = Counter(filter(None, (run.why for run in runs))).most_common(_REASONS)
    said = [f"{reason} ({number})" for reason, number in reasons]
    if len(reasons) == 1:
        said = [reasons[0][0]]
    if not said:
        return ""
    return sentence("; ".join(said))


_REASONS = 3
"""Reasons that are given for functions in a row."""


def run_today(decision: Decision) -> list[Block]:
    """How the functions are run today, as far as is known, and what is not."""
    runs, unsaid = [], []
    for function in decision.functions:
        today = function.today
        if today is None:
            unsaid.append(function.name)
            continue
        others = listed([decision.others.get(id_, id_) for id_ in today.with_])
        runs.append(Run(today.mode, others, today.cost, function.name))
    blocks = by_way("Today", runs)
    if unsaid:
        blocks.append(Paragraph(text(f"How these are run today was not said: {listed(unsaid, most=_LISTED)}.")))
    return blocks


_LISTED = 45
"""Functions in a row that are named: all but in the largest organisations."""

"""What was assumed, in a table."""

from __future__ import annotations

from itertools import filterfalse
from operator import attrgetter

from mba.about import Kind
from mba.inputs import FUNCTIONS, Assumption, Basis
from mba.render.document import Table, Tone, columns, row
from mba.report.words import BASES, assumed, grouped, sentence
from mba.results import Decision


def assumed_table(decision: Decision) -> Table:
    """What was assumed of each partner, supplier and the organisation, then of functions, on which ground."""
    rows, names = [], decision.others | {"": decision.organisation.name}
    others = filterfalse(_is_of_a_function, decision.assumptions)
    for name, items in grouped(others, lambda item: names[item.of or ""]).items():
        rows.append(row(name, ", ".join(map(assumed, items)), "", f"{len(items):,}"))
    grounds = grouped(filter(_is_of_a_function, decision.assumptions), attrgetter("basis"))
    for basis in filter(grounds.get, Basis):
        items = grounds[basis]
        functions = len({item.of for item in items})
        rows.append(row(sentence(BASES[basis])[:-1], _ranges(items), f"{functions:,}", f"{len(items):,}"))
    rows.append(row("In all", "", "", f"{len(decision.assumptions):,}", tone=Tone.STRONG))
    heads = columns("Of whom, or why", "Assumed", figures=("Functions", "Values"))
    return Table(heads, tuple(rows), about="What stands in for what was not given")


def _is_of_a_function(item: Assumption) -> bool:
    return item.group == FUNCTIONS


def _ranges(items: list[Assumption]) -> str:
    """Each input once, with the least and the greatest value of a rating."""
    said = []
    for about, alike in grouped(items, attrgetter("input.about")).items():
        values = [str(item.value) for item in alike]
        ends = dict.fromkeys((min(values), max(values)))
        said.append(f"{about.words} {' to '.join(ends)}" if about.kind is Kind.RATING else about.words)
    return ", ".join(said)

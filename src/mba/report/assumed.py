"""What was assumed, gathered so that it can be read."""

from __future__ import annotations

from itertools import filterfalse
from operator import attrgetter
from typing import NamedTuple

from mba.about import Kind
from mba.inputs import FUNCTIONS, Assumption, Basis
from mba.report.words import BASES, assumed, grouped, sentence
from mba.results import Decision


class Assumed(NamedTuple):
    """Values that were assumed of one partner, supplier or organisation, or of functions on one ground.

    `functions` counts those, 0 for the others.
    """

    about: str
    functions: int
    values: str
    number: int


def gathered(decision: Decision) -> tuple[Assumed, ...]:
    """Everything that was assumed: of each partner, supplier and the organisation, then of functions, by its ground."""
    found, names = [], decision.others | {"": decision.organisation.name}
    others = filterfalse(_is_of_a_function, decision.assumptions)
    for name, items in grouped(others, lambda item: names[item.of or ""]).items():
        found.append(Assumed(name, 0, ", ".join(map(assumed, items)), len(items)))
    grounds = grouped(filter(_is_of_a_function, decision.assumptions), attrgetter("basis"))
    for basis in filter(grounds.get, Basis):
        items = grounds[basis]
        functions = len({item.of for item in items})
        found.append(Assumed(sentence(BASES[basis])[:-1], functions, _ranges(items), len(items)))
    return tuple(found)


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

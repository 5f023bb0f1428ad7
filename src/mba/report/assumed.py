"""What was assumed, gathered so that it can be read."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from mba.about import About, Kind
from mba.inputs import Assumption, Basis
from mba.report.words import BASES, assumed, sentence
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
    return (*_of_others(decision), *_of_functions(decision))


def _of_others(decision: Decision) -> list[Assumed]:
    """What was assumed of the organisation, the partners and the suppliers."""
    names = decision.others
    said: dict[str, list[str]] = defaultdict(list)
    for item in decision.assumptions:
        if item.group != "functions":
            said[names[item.of] if item.of else decision.organisation.name].append(assumed(item))
    return [Assumed(name, 0, ", ".join(values), len(values)) for name, values in said.items()]


def _of_functions(decision: Decision) -> list[Assumed]:
    """What was assumed of functions on each ground: which values, and of how many functions."""
    grounds: dict[Basis, list[Assumption]] = defaultdict(list)
    for item in decision.assumptions:
        if item.group == "functions":
            grounds[item.basis].append(item)
    found = []
    for basis in filter(grounds.get, Basis):
        items = grounds[basis]
        functions = len({item.of for item in items})
        found.append(Assumed(sentence(BASES[basis])[:-1], functions, _ranges(items), len(items)))
    return found


def _ranges(items: list[Assumption]) -> str:
    """Each input once, with the least and the greatest value of a rating."""
    values: dict[About, list[str]] = defaultdict(list)
    for item in items:
        values[item.input.about].append(str(item.value))
    said = []
    for about, found in values.items():
        ends = dict.fromkeys((min(found), max(found)))
        said.append(f"{about.words} {' to '.join(ends)}" if about.kind is Kind.RATING else about.words)
    return ", ".join(said)

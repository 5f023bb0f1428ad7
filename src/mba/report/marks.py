"""The marks of a map: dots as large as what a function costs, rings, arrows from today, and crosses.

Lengths are in points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from mba.render.document import Circle, Edge, Shape, Stroke, Tone
from mba.report.words import TONES
from mba.terms import Option

COLUMNS = dict(zip(Option, (290.0, 323.0, 354.0, 384.0), strict=True))
"""Where the options stand across the sheet."""
LARGEST, UNKNOWN_COST, _LEAST, _TODAY = 8.0, 4.0, 1.2, 2.6
"""Radii: of the dearest function, where the cost is not known, of the smallest that can be seen, and of today."""
_BESIDE = 14.0
"""How far before the edge of its dot today stands where only the others change."""
ARROW = 26.0
"""How long an arrow is in a legend."""
_NICE = (1, 2, 5)


class Mapped(NamedTuple):
    """A function on a map: its name, and what is said below it.

    `at` is where it stands, at £ a year, None where not known, `guessed` where that is an estimate; `was` where it
    comes from, `certain` whether it is to come from there for sure. `rival` is where it could as well stand, `shut`
    where it cannot, `sure` what is said of how sure it is.
    """

    name: str
    below: str
    at: Option | None
    pounds: int | None
    was: Option | None = None
    certain: bool = True
    rival: Option | None = None
    rival_pounds: int | None = None
    guessed: bool = False
    shut: tuple[Option, ...] = ()
    sure: tuple[str, ...] = ()


def radius(pounds: int | None, most: int) -> float:
    """The radius of a dot, its area in proportion to £ a year; `most` has the largest."""
    if pounds is None:
        return UNKNOWN_COST
    return max(_LEAST, LARGEST * math.sqrt(pounds / most))


def round_sums(most: int) -> list[int]:
    """Up to three round sums of money that show how large dots are, the largest first."""
    return sorted({_rounded_down(most / part) for part in (1, 4, 20)}, reverse=True)


def _rounded_down(amount: float) -> int:
    power: int = 10 ** math.floor(math.log10(max(1.0, amount)))
    return max(filter(lambda nice: nice * power <= max(1.0, amount), _NICE)) * power


def marked(row: Mapped, y: float, most: int) -> list[Shape]:
    """Where the function stands, whence it comes, where it could as well stand, and where it cannot."""
    passed = _passed(row)
    shapes: list[Shape] = []
    for option in row.shut:
        if option not in passed:
            shapes += cross(COLUMNS[option] - 3, y)
    if row.rival:
        ring = radius(row.rival_pounds, most)
        shapes.append(Circle(COLUMNS[row.rival], y, max(ring, _TODAY), TONES[row.rival], Edge.DASHED))
    if row.was:
        shapes += _from_today(row, row.was, y, radius(row.pounds, most))
    if row.at:
        edge = Edge.SOLID if row.pounds is None else Edge.FILLED
        shapes.append(Circle(COLUMNS[row.at], y, radius(row.pounds, most), TONES[row.at], edge))
    return shapes


def _passed(row: Mapped) -> list[Option]:
    """The options over which an arrow goes, with both its ends."""
    if not row.was or not row.at:
        return []
    ends = sorted((COLUMNS[row.was], COLUMNS[row.at]))
    return list(filter(lambda option: ends[0] <= COLUMNS[option] <= ends[1], COLUMNS))


def _from_today(row: Mapped, was: Option, y: float, dot: float) -> list[Shape]:
    """The mark of today, and an arrow from it to the dot."""
    start = COLUMNS[was]
    if row.at is None:
        return [Circle(start, y, _TODAY, Tone.PLAIN, Edge.SOLID)]
    end = COLUMNS[row.at]
    if row.at is was:
        start = end - dot - _BESIDE
    way = math.copysign(1, end - start)
    edge = Edge.DASHED
    if row.certain:
        edge = Edge.SOLID
    arrow = Stroke(start + way * _TODAY, y, end - way * (dot + 1), y, Tone.PLAIN, edge, arrow=True)
    return [arrow, Circle(start, y, _TODAY, Tone.PLAIN, Edge.SOLID)]


def dot_of(dot: float, edge: Edge) -> Callable[[float, float], list[Shape]]:
    """What draws a dot for a legend, from its left end."""
    return lambda x, y: [Circle(x + dot, y, dot, Tone.FAINT, edge)]


def arrow_from(edge: Edge) -> Callable[[float, float], list[Shape]]:
    """What draws the mark of today and an arrow for a legend, from their left end."""

    def draw(x: float, y: float) -> list[Shape]:
        today = Circle(x + _TODAY, y, _TODAY, Tone.PLAIN, Edge.SOLID)
        return [today, Stroke(x + 2 * _TODAY, y, x + ARROW, y, Tone.PLAIN, edge, arrow=True)]

    return draw


def cross(x: float, y: float) -> list[Shape]:
    """A cross, from its left end."""
    return [Stroke(x, y - 2.5, x + 5, y + 2.5, Tone.FAINT), Stroke(x, y + 2.5, x + 5, y - 2.5, Tone.FAINT)]

"""Where everything in the bars and charts of a page stands."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from mba.render.document import Axis, Curve, Mark, Shares, Tone


class StackedPart(NamedTuple):
    """A part of a stacked bar: its name, how much it is, its tone, and its start and width in % of the bar."""

    name: str
    number: float
    tone: Tone
    start: str
    width: str


class Limit(NamedTuple):
    """Where on a bar its limit stands, in % of it, and whether the words stand to the left of it."""

    x: str
    left: bool


class Spot(NamedTuple):
    """A place in a chart: how far along, in % of its width, how far down, in em, and the words that stand there."""

    x: str
    y: str
    words: str = ""


class Label(NamedTuple):
    """A mark and its name above the plot: on which side of its line the words stand (start: to the right), and where.

    Its kind is `beyond` (an end of the axis), `limit`, `chief` or `other`.
    """

    spot: Spot
    figures: str
    y: str
    side: str
    kind: str


class Plot(NamedTuple):
    """A curve as it is drawn: where its frame starts and ends and how high the whole is, em; its dots and words.

    The line's points stand in a square of 100.
    """

    top: str
    bottom: str
    height: str
    line: str
    dots: tuple[Spot, ...]
    labels: tuple[Label, ...]
    across: tuple[Spot, ...]
    up: tuple[Spot, ...]


def parts(shares: Shares) -> list[StackedPart]:
    """The parts side by side; those of nothing are named but take no room."""
    whole = _whole(shares)
    starts = accumulate((number for _, number, _ in shares.parts), initial=0.0)
    return [
        StackedPart(name, number, tone, _percent(start / whole), _percent(number / whole))
        for (name, number, tone), start in zip(shares.parts, starts, strict=False)
    ]


def _whole(shares: Shares) -> float:
    """What a bar is as long as: its parts or, where that is more, its limit."""
    most = shares.limit[1] if shares.limit else 0
    return max(sum(number for _, number, _ in shares.parts), most) or 1


def limit(shares: Shares) -> Limit | None:
    """Where on its bar the limit stands."""
    if not shares.limit:
        return None
    along = shares.limit[1] / _whole(shares)
    return Limit(_percent(along), along >= _TURN)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def _along(axis: Axis, value: float) -> float:
    """How far along an axis a value stands, from 0 to 1; beyond its ends, less or more."""
    return (value - axis.low) / (axis.high - axis.low)


_NAME, _TITLE, _PLOT, _TICKS = 3.0, 1.75, 15.0, 3.0
"""Heights in a chart, em: of a name with its figures, of the title of what goes up, of the plot, of what is below."""
_TURN = 0.4
"""From so far along on, words stand to the left of what they name: a phone has no room for them to its right."""


class _Frame(NamedTuple):
    """A curve and how far down its plot starts, em."""

    curve: Curve
    top: float

    def spot(self, x: float, y: float, words: str = "") -> Spot:
        """Where a point of the curve stands in the chart."""
        down = self.top + _PLOT * (1 - _along(self.curve.up, y))
        return Spot(_percent(_along(self.curve.across, x)), f"{down:.2f}em", words)

    def label(self, mark: Mark, number: int) -> Label:
        """A mark, at the end of the axis where it lies beyond; its name has the line of this number, from above."""
        across, y = self.curve.across, mark.y
        if y is None:
            y = self.curve.up.low
        x = min(max(mark.x, across.low), across.high)
        side = "end" if _left(self.curve, mark) else "start"
        spot = self.spot(x, y, _name(self.curve, mark))
        return Label(spot, mark.figures, f"{_NAME * number:.2f}em", side, _kind(self.curve, mark))


def plot(curve: Curve) -> Plot:
    """Where everything in a chart stands.

    Each name has a place of its own above the plot, so that no two can meet, with a line down to its mark.
    """
    top = _NAME * len(curve.marks) + _TITLE
    frame = _Frame(curve, top)
    line = [(100 * _along(curve.across, x), 100 - 100 * _along(curve.up, y)) for x, y in curve.points]
    marks = sorted(curve.marks, key=lambda mark: _order(curve, mark))
    return Plot(
        f"{top:.2f}em",
        f"{top + _PLOT:.2f}em",
        f"{top + _PLOT + _TICKS:.2f}em",
        " ".join(f"{x:.2f},{y:.2f}" for x, y in line),
        tuple(frame.spot(x, y) for x, y in curve.points),
        tuple(frame.label(mark, number) for number, mark in enumerate(marks)),
        tuple(frame.spot(value, curve.up.low, words) for value, words in curve.across.ticks),
        tuple(frame.spot(curve.across.low, value, words) for value, words in curve.up.ticks),
    )


def _order(curve: Curve, mark: Mark) -> tuple[bool, float]:
    """Names to the right of their lines from left to right, then those to the left from right to left.

    So most lines pass by them.
    """
    if _left(curve, mark):
        return True, -mark.x
    return False, mark.x


def _name(curve: Curve, mark: Mark) -> str:
    """What a mark is called; beyond an end of the axis, with an arrow to where it would stand."""
    along = _along(curve.across, mark.x)
    if along < 0:
        return f"← {mark.name}, off the chart"
    if along > 1:
        return f"{mark.name}, off the chart →"
    return mark.name


def _kind(curve: Curve, mark: Mark) -> str:
    if not 0 <= _along(curve.across, mark.x) <= 1:
        return "beyond"
    if mark.y is None:
        return "limit"
    if mark is curve.marks[0]:
        return "chief"
    return "other"


def _left(curve: Curve, mark: Mark) -> bool:
    """Whether the name of a mark stands to the left of its line."""
    return _along(curve.across, mark.x) >= _TURN

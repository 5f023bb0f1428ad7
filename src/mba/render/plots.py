"""Where everything in the bars of a page stands."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from mba.render.document import Shares, Tone


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


_TURN = 0.4
"""From so far along on, words stand to the left of what they name: a phone has no room for them to its right."""

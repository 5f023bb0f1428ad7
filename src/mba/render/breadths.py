"""How wide the columns of a table on paper are: figures as narrow as they can be, text as wide as there is room."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from mba.render.letters import extent

_BESIDE = 10.0
"""Points of a column beside its letters."""
_ON_TWO = 0.6
"""How much of a line that is broken in two the longer part may be."""
_BREAKS = re.compile(r"(?<=[-–/])|\s+")


def breadths(columns: Sequence[Sequence[str]], figures: Sequence[bool], room: float, size: float) -> list[float]:
    """How wide each column is, from its title and its cells, in letters of a size; together they take all the room.

    Lengths are in points. Where words wrap, the table is as low as it can be, nearly. Where not even the longest words
    have room, all columns are as much too narrow.
    """
    least = [
        _BESIDE + _longest_word(cells, size, wraps=not figure) for cells, figure in zip(columns, figures, strict=True)
    ]
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    whole = [max(low, _BESIDE + _longest(cells, size)) for low, cells in zip(least, columns, strict=True)]
    if sum(whole) > room:
        return _wrapped(least, whole, [_weight(cells, size) for cells in columns], room)
    wide = [width * (not figure or all(figures)) for width, figure in zip(whole, figures, strict=True)]
    return [width + share * (room - sum(whole)) / sum(wide) for width, share in zip(whole, wide, strict=True)]


def _wrapped(least: list[float], whole: list[float], weights: list[float], room: float) -> list[float]:
    """Widths in proportion to the weights, none less than its least nor more than the whole; found by halving."""
    low, high = 0.0, max(whole) / min(weights)
    for _ in range(50):
        scale = (low + high) / 2
        widths = [
            min(max(low_, scale * weight), most) for low_, weight, most in zip(least, weights, whole, strict=True)
        ]
        low, high = (scale, high) if sum(widths) < room else (low, scale)
    return widths


def _weight(cells: Sequence[str], size: float) -> float:
    """How much of the room a column should have.

    With e as wide as a cell is on one line, and w as its column, this makes the sum of (e / w)² over all cells least:
    a tall cell counts for more than a few that are a little taller.
    """
    return math.cbrt(1.0 + sum(extent(cell, size) ** 2 for cell in cells[1:]))


def _longest(cells: Sequence[str], size: float) -> float:
    """What the longest cell of a column needs on one line, and its title, which is bold, on two."""
    title, *rows = cells
    return max(_ON_TWO * extent(title, size, bold=True), *(extent(cell, size) for cell in rows), 0.0)


def _longest_word(cells: Sequence[str], size: float, *, wraps: bool) -> float:
    """What the longest word of a column needs, or its longest cell where that does not wrap; its title is bold."""
    title, *rows = cells
    words = _BREAKS.split(" ".join(rows)) if wraps else rows
    in_title = max((extent(word, size, bold=True) for word in title.split()), default=0.0)
    return max(in_title, _longest(["", *words], size))

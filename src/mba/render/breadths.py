"""How wide the columns of a table on paper are: figures as narrow as they can be, text as wide as there is room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress

from mba.render.letters import extent

_BESIDE = 10.0
"""Points of a column beside its letters."""
_BREAKS = re.compile(r"(?<=[-–/])|\s+")


def breadths(columns: Sequence[Sequence[str]], figures: Sequence[bool], room: float, size: float) -> list[float]:
    """How wide each column is, from its title and its cells, in letters of a size; together they take all the room.

    Lengths are in points. Where words wrap, the longest cells of all columns take as many lines. Where not even the
    longest words have room, all columns are as much too narrow.
    """
    wraps = [not figure for figure in figures]
    least = [_BESIDE + _longest_word(cells, size, wraps=wide) for cells, wide in zip(columns, wraps, strict=True)]
    if sum(least) > room:
        return [width * room / sum(least) for width in least]
    whole = [max(low, _BESIDE + _longest(cells, size)) for low, cells in zip(least, columns, strict=True)]
    if sum(whole) > room:
        return _wrapped(least, whole, room)
    text = sum(compress(whole, wraps)) or sum(whole)
    over = (room - sum(whole)) / text
    return [width * (1 + over * (wide or not any(wraps))) for width, wide in zip(whole, wraps, strict=True)]


def _wrapped(least: list[float], whole: list[float], room: float) -> list[float]:
    """Widths in proportion to the whole ones, none less than its least."""
    narrow: set[int] = set()
    while True:
        free = set(range(len(whole))) - narrow
        share = (room - sum(least[i] for i in narrow)) / (sum(whole[i] for i in free) or 1.0)
        too_narrow = {i for i in free if whole[i] * share < least[i]}
        if not too_narrow:
            return [least[i] if i in narrow else whole[i] * share for i in range(len(whole))]
        narrow |= too_narrow


def _longest(cells: Sequence[str], size: float) -> float:
    """What the longest cell of a column needs on one line; its title wraps."""
    return max((extent(cell, size) for cell in cells[1:]), default=0.0)


def _longest_word(cells: Sequence[str], size: float, *, wraps: bool) -> float:
    """What the longest word of a column needs, or its longest cell where that does not wrap; its title is bold."""
    title, *rows = cells
    words = _BREAKS.split(" ".join(rows)) if wraps else rows
    in_title = max((extent(word, size, bold=True) for word in title.split()), default=0.0)
    return max(in_title, _longest(["", *words], size))

"""How wide the columns of a table are, from what stands in them: in signs, or on paper in twips."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mba.render.letters import extent

TWIPS = 20
"""Twentieths of a point, in which Word measures."""
_BESIDE = 10 * TWIPS
"""Twips of a column beside its letters."""
_BREAKS = re.compile(r"(?<=[-–/])|\s+")


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """A width for each column, in all no more than there is room for; none where some had less than their least.

    What is left over goes in equal parts to all that want more, so that few of them wrap.
    """
    widths, spare = list(least), room - sum(least)
    if spare < 0:
        return []
    while spare and (wanting := [place for place, most in enumerate(wanted) if widths[place] < most]):
        part = max(1, spare // len(wanting))
        for place in wanting:
            more = min(wanted[place] - widths[place], part, spare)
            widths[place] += more
            spare -= more
    return widths


def breadths(columns: Sequence[Sequence[str]], figures: Sequence[bool], room: int, size: float) -> list[int]:
    """How wide each column is on paper, from its title and its cells, in letters of a size, to take all the room.

    Lengths are in twips. Figures never wrap. Where not even the longest words have room, all are as much too narrow.
    """
    least, wanted = [], []
    for (title, *cells), fixed in zip(columns, figures, strict=True):
        words = cells if fixed else _BREAKS.split(" ".join(cells))
        least.append(max(_longest(words, size), _longest(title.split(), size, bold=True)))
        wanted.append(max(least[-1], _longest(cells, size), _longest([title], 0.6 * size, bold=True)))  # On two lines.
    widths = shared(wanted, least, room) or [low * room // sum(least) for low in least]
    taking = [place for place, fixed in enumerate(figures) if not fixed] or range(len(widths))
    more = (room - sum(widths)) // len(taking)
    for place in taking:
        widths[place] += more
    widths[taking[0]] += room - sum(widths)
    return widths


def _longest(words: Sequence[str], size: float, *, bold: bool = False) -> int:
    """What a column needs for the longest of these."""
    return _BESIDE + round(TWIPS * max((extent(each, size, bold=bold) for each in words), default=0.0))

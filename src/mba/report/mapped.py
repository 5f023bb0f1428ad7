"""The sheet of a map: functions in rows, options in columns, a dot where each function stands, as large as its cost.

Lengths are in points. What the height of a page has no room for is counted.
"""

import math
from bisect import bisect
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from mba.render.document import Anchor, Circle, Edge, Label, Shape, Stroke, Tone
from mba.render.letters import extent, wrapped
from mba.report.words import GUESSED, TONES
from mba.terms import Option

WIDTH = 482.0
"""As wide as the text of a page of A4."""
TALLEST = 706.0
"""As high as a page of A4 has room for beneath a heading."""
_SIZE = 9.5
"""The smallest letters read with ease on paper, the largest with the options two spaces apart."""
_NAMES, _POUNDS, _SURE, _GAP = 226.0, 272.0, 401.0, 5.0
"""How wide names may be, where sums of money end, where what is said of sureness begins, and the gap before sums."""
_LINE, _AIR, _LAST = _SIZE * 1.15, 2.6, 18.0
"""The height of a line, the air between rows, and the height of what stands below them."""
COLUMNS = dict(zip(Option, (292.0, 328.0, 359.0, 385.0), strict=True))
"""Where the options stand across the sheet."""
LARGEST, UNKNOWN_COST, _LEAST, _TODAY, _RIVAL = 8.0, 4.0, 1.2, 2.6, 6.0
"""Radii: of the dearest function, where the cost is not known, of the smallest that can be seen, of today, a rival."""
_BESIDE, _ARROW = 14.0, 26.0
"""How far before its dot today stands where only the others change, and how long an arrow is in a legend."""
_NICE = (1, 2, 5)


class Mapped(NamedTuple):
    """A function on a map: its name, and what is said below it.

    `at` is where it stands, at £ a year, None where not known, `guessed` where that is an estimate; `was` where it
    comes from, `certain` whether it is to come from there for sure. `rival` is where it could as well stand, and `sure`
    what is said of how sure it is.
    """

    name: str
    below: str
    at: Option | None
    pounds: int | None
    was: Option | None = None
    certain: bool = True
    rival: Option | None = None
    guessed: bool = False
    sure: str = ""


class Group(NamedTuple):
    """Rows under a title; those of a strong group stand out."""

    title: str
    rows: tuple[Mapped, ...]
    strong: bool = False


_Sign: TypeAlias = tuple[Callable[[float, float], list[Shape]], float, str]
"""What draws a sign from its left end, how wide it is, and what it means."""


def map_sheet(
    groups: list[Group], left_out: Callable[[int], str], since: str = "from today"
) -> tuple[float, tuple[Shape, ...]]:
    """The groups in rows, with a legend above, and below what is said where only so many rows have room.

    How high it is, and its shapes; `since` says where arrows come from.
    """
    drawing = _Drawing(groups, since)
    if drawing.y > TALLEST - _LAST * bool(left_out(len(drawing.ends))):
        most = max(1, sum(end <= TALLEST - _LAST for end in drawing.ends))
        kept = []
        for group in groups:
            kept.append(group._replace(rows=group.rows[:most]))
            most -= len(kept[-1].rows)
        drawing = _Drawing(kept, since)
    if said := left_out(len(drawing.ends)):
        drawing.write(0, drawing.y + _LINE + 3, said, Tone.FAINT)
        drawing.y += _LAST
    return drawing.y, tuple(drawing.shapes)


def short(amount: float) -> str:
    """£ to the thousand, for a narrow place: £8k."""
    if round(abs(amount) / 1_000) == 0 and amount:
        return "under £1k"
    return f"£{abs(amount) / 1_000:,.0f}k"


def _sum(row: Mapped) -> str:
    """£ a year of a row, with the mark of an estimate; empty where it is not known."""
    return "" if row.pounds is None else GUESSED * row.guessed + short(row.pounds)


class _Drawing:
    """A map as it is drawn from the top down."""

    def __init__(self, groups: list[Group], since: str) -> None:
        self.shapes: list[Shape] = []
        self.ends: list[float] = []
        rows = list(chain.from_iterable(group.rows for group in groups))
        self.most = max([1, *(row.pounds or 0 for row in rows)])
        sums = [extent(_sum(row), _SIZE, bold=True) for row in rows]
        self.names = min(_NAMES, _POUNDS - max(sums, default=0.0) - _GAP)
        self.y = LARGEST + 2
        self._legend(_signs(rows, self.most, since))
        self.y += _SIZE + 2
        self.write(_POUNDS, self.y, "£ a year", Tone.FAINT, Anchor.END)
        for option, x in COLUMNS.items():
            self.write(x, self.y, option.capitalize(), TONES[option], Anchor.MIDDLE)
        if any(row.sure for row in rows):
            self.write(_SURE, self.y, "How sure", Tone.FAINT)
        self.y += _AIR
        for group in groups:
            if group.title and group.rows:
                self.y += _SIZE + _AIR
                self.write(0, self.y, group.title, Tone.STRONG)
                self.y += _AIR
            for row in group.rows:
                self._row(row, strong=group.strong)

    def write(self, x: float, y: float, words: str, tone: Tone = Tone.PLAIN, anchor: Anchor = Anchor.START) -> None:
        """Put words at a place."""
        self.shapes.append(Label(x, y, words, tone, anchor, _SIZE))

    def _legend(self, signs: list[_Sign]) -> None:
        x = 0.0
        for draw, room, words in signs:
            wide = room + 4 + extent(words, _SIZE)
            if x and x + wide > WIDTH:
                x, self.y = 0.0, self.y + 2 * LARGEST
            self.shapes += draw(x, self.y)
            self.write(x + room + 4, self.y + _SIZE * 0.36, words, Tone.FAINT)
            x += wide + 12
        self.y += LARGEST + 4

    def _row(self, row: Mapped, *, strong: bool) -> None:
        tone, below = Tone.PLAIN, []
        name = wrapped(": ".join(filter(None, (row.name, row.below))), self.names, _SIZE)
        if strong:
            tone, below = Tone.STRONG, list(filter(None, wrapped(row.below, self.names, _SIZE)))
            name = wrapped(row.name, self.names, _SIZE, bold=True)
        sure = list(chain.from_iterable(wrapped(words, WIDTH - _SURE, _SIZE) for words in row.sure.split("; ")))
        left, right = _LINE * (len(name) + len(below)), _LINE * len(sure)
        height = max(left, right, 2 * radius(row.pounds, self.most)) + _AIR
        middle = self.y + height / 2
        self.shapes.append(Stroke(0, self.y, WIDTH, self.y, Tone.FAINT, Edge.HAIR))
        self._lines(0, middle - left / 2, name, tone)
        self._lines(0, middle - left / 2 + _LINE * len(name), below, Tone.FAINT)
        self._lines(_SURE, middle - right / 2, sure, Tone.PLAIN)
        if words := _sum(row):
            self.write(_POUNDS, middle + _SIZE * 0.36, words, tone, Anchor.END)
        self.shapes += marked(row, middle, self.most)
        self.y += height
        self.ends.append(self.y)

    def _lines(self, x: float, top: float, lines: list[str], tone: Tone) -> None:
        for number, line in enumerate(lines, 1):
            self.write(x, top + _LINE * number - _SIZE * 0.3, line, tone)


def _signs(rows: list[Mapped], most: int, since: str) -> list[_Sign]:
    """What each sign means, of those that are used."""
    signs: list[tuple[bool, _Sign]] = []
    *larger, smallest = map(short, sums := round_sums(most))
    for amount, words in zip(sums, (*larger, f"{smallest} a year"), strict=True):
        dot = radius(amount, most)
        signs.append((any(row.pounds for row in rows), (partial(_dot, dot), 2 * dot, words)))
    unknown = partial(_dot, UNKNOWN_COST, edge=Edge.SOLID)
    signs += [
        (any(row.at and row.pounds is None for row in rows), (unknown, 8, "cost not known")),
        (any(row.was and row.certain for row in rows), (partial(_leg, certain=True), _ARROW, since)),
        (not all(row.certain for row in rows), (partial(_leg, certain=False), _ARROW, "once found out")),
        (any(row.rival for row in rows), (partial(_dot, _RIVAL, edge=Edge.DASHED), 12, "rival, where open")),
        (any(row.guessed for row in rows), (lambda _x, _y: [], 0, f"{GUESSED} estimated")),
    ]
    return [sign for is_used, sign in signs if is_used]


# The marks


def radius(pounds: int | None, most: int) -> float:
    """The radius of a dot, its area in proportion to £ a year; `most` has the largest."""
    if pounds is None:
        return UNKNOWN_COST
    return max(_LEAST, LARGEST * math.sqrt(pounds / most))


def round_sums(most: int) -> list[int]:
    """Up to three round sums of money that show how large dots are, the largest first."""
    sums = set()
    for amount in (max(1.0, most / part) for part in (1, 4, 20)):
        power = 10 ** math.floor(math.log10(amount))
        sums.add(_NICE[bisect(_NICE, amount / power) - 1] * power)
    return sorted(sums, reverse=True)


def marked(row: Mapped, y: float, most: int) -> list[Shape]:
    """Where the function stands, whence it comes, and where it could as well stand."""
    shapes: list[Shape] = []
    dot = radius(row.pounds, most)
    if row.rival:
        shapes.append(Circle(COLUMNS[row.rival], y, _RIVAL, TONES[row.rival], Edge.DASHED))
    if row.was and row.at:
        start, end = COLUMNS[row.was], COLUMNS[row.at]
        if row.at is row.was:
            start = end - dot - _BESIDE
        shapes += _arrow(start, end - math.copysign(dot + 1, end - start), y, certain=row.certain)
    elif row.was:
        shapes.append(Circle(COLUMNS[row.was], y, _TODAY, Tone.PLAIN, Edge.SOLID))
    if row.at:
        edge = Edge.SOLID if row.pounds is None else Edge.FILLED
        shapes.append(Circle(COLUMNS[row.at], y, dot, TONES[row.at], edge))
    return shapes


def _arrow(start: float, end: float, y: float, *, certain: bool) -> list[Shape]:
    """The mark of today and an arrow from it to an end."""
    edge = Edge.DASHED
    if certain:
        edge = Edge.SOLID
    way = math.copysign(_TODAY, end - start)
    arrow = Stroke(start + way, y, end, y, Tone.PLAIN, edge, arrow=True)
    return [arrow, Circle(start, y, _TODAY, Tone.PLAIN, Edge.SOLID)]


def _dot(dot: float, x: float, y: float, edge: Edge = Edge.FILLED) -> list[Shape]:
    """A dot in a legend, from its left end."""
    return [Circle(x + dot, y, dot, Tone.FAINT, edge)]


def _leg(x: float, y: float, *, certain: bool) -> list[Shape]:
    """The mark of today and an arrow in a legend, from their left end."""
    return _arrow(x + _TODAY, x + _ARROW, y, certain=certain)

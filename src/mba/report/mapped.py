"""The sheet of a map: functions in rows, options in columns, a dot where each function stands, as large as its cost.

Lengths are in points. Letters are as large as the height of a page allows, and what it has no room for is counted.
"""

from __future__ import annotations

import math
from collections.abc import Callable
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
"""The smallest letters read with ease on paper, and the largest at which the names of the options stand apart."""
_NAMES, _POUNDS, _SURE = 226.0, 272.0, 404.0
"""How wide names may be, where sums of money end, and where what is said of sureness begins."""
_LINE, _AIR = 1.15, 2.6
"""The height of a line in shares of its letters, and the air between rows."""
_LAST = 18.0
"""The height of what stands below the rows."""
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
        shown = sum(end <= TALLEST - _LAST for end in drawing.ends)
        drawing = _Drawing(_first(groups, shown), since)
    said = left_out(len(drawing.ends))
    if said:
        drawing.write(0, drawing.y + _SIZE * _LINE + 3, said, Tone.FAINT)
        drawing.y += _LAST
    return drawing.y, tuple(drawing.shapes)


def _first(groups: list[Group], number: int) -> list[Group]:
    """The first rows of all, one at least."""
    kept, number = [], max(1, number)
    for group in groups:
        kept.append(group._replace(rows=group.rows[:number]))
        number -= len(kept[-1].rows)
    return kept


def short(amount: float) -> str:
    """£ to the thousand, for a narrow place: £8k."""
    if round(abs(amount) / 1_000) == 0 and amount:
        return "under £1k"
    return f"£{abs(amount) / 1_000:,.0f}k"


class _Drawing:
    """A map as it is drawn from the top down."""

    def __init__(self, groups: list[Group], since: str) -> None:
        self.since = since
        self.shapes: list[Shape] = []
        self.ends: list[float] = []
        self.y = 0.0
        rows = list(chain.from_iterable(group.rows for group in groups))
        sums = [row.pounds or 0 for row in rows] + [row.rival_pounds or 0 for row in rows]
        self.most = max(1, *sums)
        self._legend(rows)
        self._heads(rows)
        for group in groups:
            self._group(group)

    def write(self, x: float, y: float, words: str, tone: Tone = Tone.PLAIN, anchor: Anchor = Anchor.START) -> None:
        """Put words at a place."""
        self.shapes.append(Label(x, y, words, tone, anchor, _SIZE))

    def _legend(self, rows: list[Mapped]) -> None:
        """What each sign means, where it is used."""
        x, self.y = 0.0, LARGEST + 2
        for draw, room, words in self._signs(rows):
            wide = room + 4 + extent(words, _SIZE)
            if x and x + wide > WIDTH:
                x, self.y = 0.0, self.y + 2 * LARGEST
            self.shapes += draw(x, self.y)
            middle = self.y + _SIZE * 0.36
            self.write(x + room + 4, middle, words, Tone.FAINT)
            x += wide + 12
        self.y += LARGEST + 4

    def _signs(self, rows: list[Mapped]) -> list[_Sign]:
        signs: list[_Sign] = []
        if any(row.pounds for row in rows):
            for amount in round_sums(self.most):
                dot = radius(amount, self.most)
                words = short(amount) + " a year" * (amount == round_sums(self.most)[-1])
                signs.append((dot_of(dot, Edge.FILLED), 2 * dot, words))
        used: list[tuple[bool, _Sign]] = [
            (
                any(row.at and row.pounds is None for row in rows),
                (dot_of(UNKNOWN_COST, Edge.SOLID), 8, "cost not known"),
            ),
            (any(row.was and row.certain for row in rows), (arrow_from(Edge.SOLID), ARROW, self.since)),
            (not all(row.certain for row in rows), (arrow_from(Edge.DASHED), ARROW, "once found out")),
            (any(row.rival for row in rows), (dot_of(6, Edge.DASHED), 12, "rival, where open")),
            (any(row.shut for row in rows), (cross, 6, "not available")),
            (any(row.guessed for row in rows), (lambda _x, _y: [], 0, f"{GUESSED} estimated")),
        ]
        return [*signs, *(sign for is_used, sign in used if is_used)]

    def _heads(self, rows: list[Mapped]) -> None:
        self.y += _SIZE + 2
        self.write(_POUNDS, self.y, "£ a year", Tone.FAINT, Anchor.END)
        for option, x in COLUMNS.items():
            words = option.capitalize()
            self.write(x, self.y, words, TONES[option], Anchor.MIDDLE)
        if any(row.sure for row in rows):
            self.write(_SURE, self.y, "How sure", Tone.FAINT)
        self.y += _AIR

    def _group(self, group: Group) -> None:
        if group.title and group.rows:
            self.y += _SIZE + _AIR
            self.write(0, self.y, group.title, Tone.STRONG)
            self.y += _AIR
        for row in group.rows:
            self._row(row, strong=group.strong)

    def _row(self, row: Mapped, *, strong: bool) -> None:
        name = wrapped(row.name, _NAMES, _SIZE, bold=strong)
        below = wrapped(row.below, _NAMES, _SIZE) if row.below else []
        sure = list(chain.from_iterable(wrapped(words, WIDTH - _SURE, _SIZE) for words in row.sure))
        tone = Tone.STRONG if strong else Tone.PLAIN
        end = extent(name[-1], _SIZE) + _SIZE
        beside = not strong and len(below) == 1 and end + extent(below[0], _SIZE) <= _NAMES
        said = _SIZE * _LINE * len(sure)
        written = _SIZE * _LINE * (len(name) + len(below) * (not beside))
        widest = 2 * max(radius(row.pounds, self.most), radius(row.rival_pounds or 0, self.most))
        height = max(written, said, widest) + _AIR
        middle = self.y + height / 2
        self.shapes.append(Stroke(0, self.y, WIDTH, self.y, Tone.FAINT, Edge.HAIR))
        top = self._lines(0, middle - written / 2, name, tone)
        if beside:
            self.write(end, top - _SIZE * 0.3, below[0], Tone.FAINT)
        else:
            self._lines(0, top, below, Tone.FAINT)
        self._lines(_SURE, middle - said / 2, sure, Tone.PLAIN)
        if row.pounds is not None:
            sum_ = GUESSED * row.guessed + short(row.pounds)
            self.write(_POUNDS, middle + _SIZE * 0.36, sum_, tone, Anchor.END)
        self.shapes += marked(row, middle, self.most)
        self.y += height
        self.ends.append(self.y)

    def _lines(self, x: float, top: float, lines: list[str], tone: Tone) -> float:
        """Lines of words from a height down; where they end."""
        for line in lines:
            top += _SIZE * _LINE
            self.write(x, top - _SIZE * 0.3, line, tone)
        return top


# The marks


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

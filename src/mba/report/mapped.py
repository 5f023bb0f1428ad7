"""The sheet of a map: functions in rows, options in columns, a dot where each function stands, as large as its cost.

Lengths are in points. Letters are as large as the height of a page allows, and what it has no room for is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import NamedTuple, TypeAlias

from mba.render.document import Anchor, Edge, Label, Shape, Stroke, Tone
from mba.render.letters import extent, wrapped
from mba.report.marks import (
    ARROW,
    COLUMNS,
    LARGEST,
    UNKNOWN_COST,
    Mapped,
    arrow_from,
    cross,
    dot_of,
    marked,
    radius,
    round_sums,
)
from mba.report.words import GUESSED, TONES

WIDTH = 482.0
"""As wide as the text of a page of A4."""
TALLEST = 706.0
"""As high as a page of A4 has room for beneath a heading."""
SIZES = (10.0, 9.5)
"""Letters, the largest first; the last is the smallest that is read with ease on paper."""
_NAMES, _POUNDS, _SURE = 226.0, 272.0, 404.0
"""How wide names may be, where sums of money end, and where what is said of sureness begins."""
_LINE, _AIR = 1.15, 2.6
"""The height of a line in shares of its letters, and the air between rows."""
_WIDEST_HEAD = 9.5
"""The size of letters at which the names of the options still stand apart."""
_LAST = 18.0
"""The height of what stands below the rows."""


class Group(NamedTuple):
    """Rows under a title; those of a strong group stand out."""

    title: str
    rows: tuple[Mapped, ...]
    strong: bool = False


_Sign: TypeAlias = tuple[Callable[[float, float], list[Shape]], float, str]
"""What draws a sign from its left end, how wide it is, and what it means."""


class _Texts(NamedTuple):
    """What is written in a row, on lines."""

    name: list[str]
    below: list[str]
    sure: list[str]


def map_sheet(
    groups: list[Group], left_out: Callable[[int], str], since: str = "from today"
) -> tuple[float, tuple[Shape, ...]]:
    """The groups in rows, with a legend above, and below what is said where only so many rows have room.

    How high it is, and its shapes; `since` says where arrows come from.
    """
    for size in SIZES:
        drawing = _Drawing(size, groups, since)
        room = TALLEST - _LAST * bool(left_out(len(drawing.ends)))
        if drawing.y <= room:
            break
    if drawing.y > room:
        shown = sum(end <= TALLEST - _LAST for end in drawing.ends)
        drawing = _Drawing(SIZES[-1], _first(groups, shown), since)
    drawing.close(left_out(len(drawing.ends)))
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
    """A map as it is drawn from the top down in letters of one size."""

    def __init__(self, size: float, groups: list[Group], since: str) -> None:
        self.since = since
        self.size, self.small = size, max(SIZES[-1], size - 1)
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

    def close(self, words: str) -> None:
        """Write what there is to say below the rows."""
        if words:
            self._write(0, self.y + self.small * _LINE + 3, words, Tone.FAINT)
            self.y += _LAST

    def _write(self, x: float, y: float, words: str, tone: Tone = Tone.PLAIN, anchor: Anchor = Anchor.START) -> None:
        self.shapes.append(Label(x, y, words, tone, anchor, self.size))

    def _legend(self, rows: list[Mapped]) -> None:
        """What each sign means, where it is used."""
        x, self.y = 0.0, LARGEST + 2
        for draw, room, words in self._signs(rows):
            wide = room + 4 + extent(words, self.small)
            if x and x + wide > WIDTH:
                x, self.y = 0.0, self.y + 2 * LARGEST
            self.shapes += draw(x, self.y)
            middle = self.y + self.small * 0.36
            self.shapes.append(Label(x + room + 4, middle, words, Tone.FAINT, size=self.small))
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
        self.y += self.size + 2
        self._write(_POUNDS, self.y, "£ a year", Tone.FAINT, Anchor.END)
        for option, x in COLUMNS.items():
            words = option.capitalize()
            self.shapes.append(Label(x, self.y, words, TONES[option], Anchor.MIDDLE, min(self.size, _WIDEST_HEAD)))
        if any(row.sure for row in rows):
            self._write(_SURE, self.y, "How sure", Tone.FAINT)
        self.y += _AIR

    def _group(self, group: Group) -> None:
        if group.title and group.rows:
            self.y += self.size + _AIR
            self._write(0, self.y, group.title, Tone.STRONG)
            self.y += _AIR
        for row in group.rows:
            self._row(row, strong=group.strong)

    def _row(self, row: Mapped, *, strong: bool) -> None:
        texts = self._texts(row, strong=strong)
        beside = None if strong else self._beside(texts)
        written = self.size * _LINE * len(texts.name)
        if beside is None:
            written += self.small * _LINE * len(texts.below)
        said = self.small * _LINE * len(texts.sure)
        widest = 2 * max(radius(row.pounds, self.most), radius(row.rival_pounds or 0, self.most))
        height = max(written, said, widest) + _AIR
        middle = self.y + height / 2
        self.shapes.append(Stroke(0, self.y, WIDTH, self.y, Tone.FAINT, Edge.HAIR))
        tone = Tone.STRONG if strong else Tone.PLAIN
        top = self._lines(0, middle - written / 2, texts.name, self.size, tone)
        if beside is None:
            self._lines(0, top, texts.below, self.small, Tone.FAINT)
        else:
            self.shapes.append(Label(beside, top - self.size * 0.3, texts.below[0], Tone.FAINT, size=self.small))
        self._lines(_SURE, middle - said / 2, texts.sure, self.small, Tone.PLAIN)
        if row.pounds is not None:
            self._write(_POUNDS, middle + self.size * 0.36, GUESSED * row.guessed + short(row.pounds), tone, Anchor.END)
        self.shapes += marked(row, middle, self.most)
        self.y += height
        self.ends.append(self.y)

    def _texts(self, row: Mapped, *, strong: bool) -> _Texts:
        name = wrapped(row.name, _NAMES, self.size, bold=strong)
        below = wrapped(row.below, _NAMES, self.small) if row.below else []
        sure: list[str] = []
        for words in row.sure:
            sure += wrapped(words, WIDTH - _SURE, self.small)
        return _Texts(name, below, sure)

    def _beside(self, texts: _Texts) -> float | None:
        """Where what is said below a name has room beside its end."""
        end = extent(texts.name[-1], self.size) + self.small
        if len(texts.below) == 1 and end + extent(texts.below[0], self.small) <= _NAMES:
            return end
        return None

    def _lines(self, x: float, top: float, lines: list[str], size: float, tone: Tone) -> float:
        """Lines of words from a height down; where they end."""
        for line in lines:
            top += size * _LINE
            self.shapes.append(Label(x, top - size * 0.3, line, tone, size=size))
        return top

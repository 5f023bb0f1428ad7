"""What a report says, before anything decides how it looks. Text is data: nothing in it is markup."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Tone(StrEnum):
    """What a piece of text is, never how it looks; colour is never the only sign of it."""

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    MAKE = "make"
    SHARE = "share"
    ALLY = "ally"
    BUY = "buy"
    WARNING = "warning"


class Span(NamedTuple):
    """Text of one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Line: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """A title (level 1) or the head of a section."""

    level: int
    text: str
    tone: Tone = Tone.STRONG


class Paragraph(NamedTuple):
    """A few sentences."""

    line: Line


class Items(NamedTuple):
    """A list of points."""

    lines: tuple[Line, ...]


class Bar(NamedTuple):
    """A figure from 0 to 100 to be drawn; marks say whether it is the answer, out of the question, or too close to call."""

    value: int
    tone: Tone
    chosen: bool = False
    blocked: bool = False
    close: bool = False


class Shares(NamedTuple):
    """How much of a whole is of each kind, as one bar: what to call each part, how much it is, and its tone."""

    parts: tuple[tuple[str, int, Tone], ...]


Cell: TypeAlias = Line | Bar


class Column(NamedTuple):
    """A column's title, and whether it holds figures: those stand to the right and never wrap."""

    title: str
    figures: bool = False


class Row(NamedTuple):
    """The cells of a row, and a sentence about it."""

    cells: tuple[Cell, ...]
    note: Line = ()


class Table(NamedTuple):
    """Rows under columns; the first column names the row. `note` is the title for the rows' sentences."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


Block: TypeAlias = Heading | Paragraph | Items | Shares | Table
Document: TypeAlias = tuple[Block, ...]


def text(words: str, tone: Tone = Tone.PLAIN) -> Line:
    """A line of one span."""
    return (Span(words, tone),)

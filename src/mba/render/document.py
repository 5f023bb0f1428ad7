"""What a report says, before anything decides how it looks. Text is data: nothing in it is markup."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain, groupby
from typing import NamedTuple, TypeAlias


class Tone(StrEnum):
    """What a piece of text is, never how it looks; colour is never the only sign of it.

    The numbered tones are for kinds that are told from each other wherever they stand.
    """

    PLAIN = "plain"
    STRONG = "strong"
    FAINT = "faint"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    WARNING = "warning"


class Span(NamedTuple):
    """Text of one tone; on a page it leads `to` an anchor of the document, where it has one."""

    text: str
    tone: Tone = Tone.PLAIN
    to: str = ""


Line: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """A title (level 1) or the head of a section, which on paper may begin a page of its own."""

    level: int
    text: str
    tone: Tone = Tone.STRONG
    new_page: bool = False


class Paragraph(NamedTuple):
    """A few sentences, with the number by which they are referred to, 0 for none, and what leads to them."""

    line: Line
    number: int = 0
    anchors: tuple[str, ...] = ()

    @property
    def is_small_print(self) -> bool:
        """Whether all of it stands back."""
        return all(span.tone is Tone.FAINT for span in self.line)


class Items(NamedTuple):
    """A list of points; numbered from 1 where they are referred to by number."""

    lines: tuple[Line, ...]
    numbered: bool = False

    def marked(self, bullet: str) -> Iterator[tuple[str, Line]]:
        """Each point with what stands before it: its number where it has one, else the bullet."""
        for number, line in enumerate(self.lines, 1):
            yield f"{number}." if self.numbered else bullet, line


class Command(NamedTuple):
    """What to type, to the letter."""

    words: str


class Column(NamedTuple):
    """A column's title, and whether it holds figures: those stand to the right and never wrap."""

    title: str
    figures: bool = False


class Row(NamedTuple):
    """The cells of a row, and a sentence about it."""

    cells: tuple[Line, ...]
    note: Line = ()


class Table(NamedTuple):
    """Rows under columns; the first column names the row. `note` is the title for the rows' sentences.

    `about` is what it tells, where that is more than the heading above it and its first column say.
    Rows that are paired are short fields without sentences: on paper two stand side by side.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    paired: bool = False
    about: str = ""


class Edge(StrEnum):
    """How a shape is drawn: filled, or its outline alone, whole, dashed, or so thin that it only guides the eye."""

    FILLED = "filled"
    SOLID = "solid"
    DASHED = "dashed"
    HAIR = "hair"


class Anchor(StrEnum):
    """Which end of a label stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Circle(NamedTuple):
    """A circle around a place."""

    x: float
    y: float
    radius: float
    tone: Tone
    edge: Edge = Edge.FILLED


class Stroke(NamedTuple):
    """A line from one place to another, with an arrow head at its end where it points there."""

    x: float
    y: float
    to_x: float
    to_y: float
    tone: Tone = Tone.PLAIN
    edge: Edge = Edge.SOLID
    arrow: bool = False


class Rectangle(NamedTuple):
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone
    edge: Edge = Edge.FILLED


class Label(NamedTuple):
    """Words on one line that stand on `y`; `size` is that of their letters. Bold in all tones but plain and faint."""

    x: float
    y: float
    words: str
    tone: Tone = Tone.PLAIN
    anchor: Anchor = Anchor.START
    size: float = 10


Shape: TypeAlias = Circle | Stroke | Rectangle | Label


class Picture(NamedTuple):
    """Shapes on a sheet, the later above the earlier; lengths are in points (1/72 inch), from its upper left corner.

    The title states what it shows, the description tells it to who cannot see it. The same figures stand as text.
    """

    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]


Block: TypeAlias = Heading | Paragraph | Items | Command | Table | Picture


Document: TypeAlias = tuple[Block, ...]


def numbered(document: Document, numbers: Iterator[int]) -> Document:
    """The document with a number to each of its paragraphs but small print."""
    blocks: list[Block] = []
    for block in document:
        if isinstance(block, Paragraph) and not block.is_small_print:
            blocks.append(block._replace(number=next(numbers)))
        else:
            blocks.append(block)
    return tuple(blocks)


def lowered(block: Block) -> Block:
    """A heading one level below; any other block as it is."""
    return block._replace(level=block.level + 1) if isinstance(block, Heading) else block


def title_of(document: Document) -> str:
    """Its first heading."""
    return next((block.text for block in document if isinstance(block, Heading)), "mba")


def anchors_of(document: Document) -> set[str]:
    """Where a link can lead in it."""
    return set(chain.from_iterable(getattr(block, "anchors", ()) for block in document))


def captions_of(document: Document) -> list[tuple[str, str]]:
    """What each block is about: the heading above it, and what a table alone is said to tell.

    Of the second table under a heading, and those after it, else the title of their first column; else nothing.
    """
    captions = []
    heading, used = "", {""}
    for block in document:
        own = ""
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            own = block.about
            if heading in used:
                own = own or block.columns[0].title
            used.add(heading)
        captions.append((heading, own))
    return captions


def together(rows: tuple[Row, ...]) -> Iterator[tuple[Line, list[tuple[int, Row]]]]:
    """Rows that follow each other with the same sentence, each with its number, so that it is said once for them."""
    for note, run in groupby(enumerate(rows), key=lambda pair: pair[1].note):
        yield note, list(run)


def columns(*words: str, figures: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns of words, and after them those of figures, by their titles."""
    return (*map(Column, words), *(Column(title, figures=True) for title in figures))


def listed_under(title: str, lines: Sequence[Line | str], *, level: int = 3, tone: Tone = Tone.STRONG) -> list[Block]:
    """Points under a heading; nothing where there are none."""
    if not lines:
        return []
    return [Heading(level, title, tone), Items(tuple(map(text, lines)))]


def tabled(heads: tuple[Column, ...], rows: Sequence[Row], about: str = "") -> list[Block]:
    """A table; nothing where there are no rows."""
    if not rows:
        return []
    return [Table(heads, tuple(rows), about=about)]


def prose(*sentences: str, tone: Tone = Tone.PLAIN) -> Paragraph:
    """A paragraph of one tone; sentences that are empty are left out."""
    return Paragraph(text(" ".join(filter(None, sentences)), tone))


def prose_if_any(*sentences: str, tone: Tone = Tone.PLAIN) -> list[Block]:
    """The same; nothing where all of them are empty."""
    return [prose(*sentences, tone=tone)] if any(sentences) else []


def row(*cells: Line | str, note: Line | str = (), tone: Tone = Tone.PLAIN) -> Row:
    """A row, with a sentence about it; what is no line yet becomes one, a cell in the tone."""
    return Row(tuple(text(cell, tone) for cell in cells), text(note))


def text(words: Line | str, tone: Tone = Tone.PLAIN) -> Line:
    """A line of one span; of none where there are no words. What is a line already stays as it is."""
    if not isinstance(words, str):
        return words
    return (Span(words, tone),) if words else ()

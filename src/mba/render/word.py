"""A document to a Word file (.docx): real styles, tables with heads, pictures that say what they show."""

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count, repeat, zip_longest
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt

from mba.render import document as doc
from mba.render.letters import TWIPS, breadths, in_xml, wrapped
from mba.render.picture import LETTERS, png
from mba.render.stationery import Stationery
from mba.render.templates import template

_HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2", 4: "Heading 3"}
"""The styles of headings, by their level."""
_SMALL = 7
"""Lines of a table that stays on one page; none of more than these leaves more of a page empty."""
_TALL = 4  # Lines of a row that may stand alone on a page.
_BESIDE = 8.5  # Points of a cell beside its letters.
_LONGEST_MARK = 30  # Letters of a bookmark before its number; Word takes forty.
_SPACE = re.compile(r"[^\S\xa0\u202f]+")


def word(document: doc.Document, stationery: Stationery | None = None, author: str = "") -> bytes:
    """The document as a Word file, on somebody's stationery or our own.

    Its text is data, and nothing in it becomes a field; equal documents give equal files.
    """
    paper = stationery or Stationery()
    numbers: defaultdict[str, count[int]] = defaultdict(partial(count, 1))
    lists: dict[int, int] = {}

    @cache
    def place(anchor: str) -> str:
        """The bookmark of an anchor: in letters and digits that Word takes, and not the same as another."""
        return f"{re.sub('[^a-z0-9]+', '_', anchor.lower())[:_LONGEST_MARK]}_{next(numbers['place'])}"

    def list_of(number: int) -> int:
        """The list in which a numbered paragraph stands: another where it does not follow one that has a list."""
        lists[number + 1] = lists.pop(number, 0) or paper.list_of("Numbered Paragraph", number)
        return lists[number + 1]

    measured = cache(partial(_measured, paper))
    written = template("word.xml.j2").render(
        blocks=_with_neighbours(
            tuple(map(_in_pairs, document)), lambda table: _lines(table, measured(table), paper.letters)
        ),
        styles=paper.styles,
        headings=_HEADINGS,
        colours={tone: colour.removeprefix("#").upper() for tone, colour in LETTERS.items()},
        anchors=doc.anchors_of(document),
        spaced=lambda words: _SPACE.sub(" ", in_xml(words)),
        place=place,
        number_of=lambda kind: next(numbers[kind]),
        new_list=lambda style: paper.list_of(style, 1),
        list_of=list_of,
        measured=measured,
    )
    for element in list(parse_xml(written)):
        paper.body.insert(len(paper.body) - 1, element)
    drawings = paper.body.iter(qn("w:drawing"))
    for block in document:
        if isinstance(block, doc.Picture):
            next(drawings).append(_drawn(block, paper))
    return paper.packed(in_xml(doc.title_of(document)), in_xml(author))


def _in_pairs(block: doc.Block) -> doc.Block:
    """A paired table with two rows side by side, the last of which may stand alone; any other block as it is."""
    if not isinstance(block, doc.Table) or not block.paired:
        return block
    pairs = zip_longest(block.rows[::2], block.rows[1::2], fillvalue=doc.Row(((),) * len(block.columns)))
    rows = tuple(doc.Row(one.cells + other.cells) for one, other in pairs)
    return block._replace(columns=block.columns * 2, rows=rows)


def _with_neighbours(
    document: doc.Document, lines_of: Callable[[doc.Table], tuple[list[int], int]]
) -> Iterator[tuple[doc.Block, tuple[str, str], str, str, set[float]]]:
    """Each block with its captions, what comes before and after it, and the rows that stay on the page of the next.

    What is said below a row counts as half a row.
    """
    kinds = ["", *(type(block).__name__ for block in document), ""]
    neighbours = zip(document, doc.captions_of(document), kinds, kinds[2:], [*document[1:], None], strict=False)
    for block, captions, before, after, following in neighbours:
        stay: set[float] = set()
        if isinstance(block, doc.Table):
            stay = _staying(block, *lines_of(block))
            if isinstance(following, doc.Paragraph) and following.is_small_print:  # It explains the table.
                stay |= {len(block.rows) - 1, len(block.rows) - 0.5}
        yield block, captions, before, after, stay


def _staying(table: doc.Table, lines: list[int], below: int) -> set[float]:
    """The rows that stay on the page of the next: of a small table all, else of those with the same note both ends.

    `lines` are those of each row, `below` of all notes. Rows without a note head what follows them, but tall ones.
    """
    last, noted = len(table.rows) - 1, bool(table.rows and table.rows[-1].note)
    if sum(lines) + below <= _SMALL:
        return {half / 2 for half in range(2 * last + noted)}
    stay: set[float] = set()
    for note, run in doc.together(table.rows):
        numbers = [number for number, _ in run]
        for number in (numbers[0], *numbers[-2:]):
            if note or lines[number] < _TALL:
                stay.add(number)
    if numbers == [last]:  # It does not stand alone on a page.
        stay.add(last - 0.5)
    return stay if noted else stay - {last}


def _lines(table: doc.Table, widths: list[int], size: float) -> tuple[list[int], int]:
    """How many lines each row of a table takes, and what is said of all."""
    rooms = [width / TWIPS - _BESIDE for width in widths]
    lines = [max(map(_high, row.cells, rooms, repeat(size))) for row in table.rows]
    return lines, sum(_high(note, sum(rooms), size) for note, _ in doc.together(table.rows))


def _high(line: doc.Line, room: float, size: float) -> int:
    """How many lines the words take; none where there are none."""
    return len(list(filter(None, wrapped("".join(span.text for span in line), room, size))))


def _measured(paper: Stationery, table: doc.Table) -> list[int]:
    """How wide each column is, in twips."""
    columns = [[column.title] for column in table.columns]
    for row in table.rows:
        for column, cell in zip(columns, row.cells, strict=True):
            column.append("".join(span.text for span in cell))
    return breadths(columns, [column.figures for column in table.columns], paper.room[0], paper.letters)


def _drawn(picture: doc.Picture, paper: Stationery) -> Any:
    """A picture as wide as the text, and no higher than leaves room for its caption."""
    across, down = (twips / TWIPS for twips in paper.room)
    scale = min(1.0, across / picture.width, (down - 36) / picture.height)
    story: Any = paper.document.part
    inline = story.new_pic_inline(io.BytesIO(png(picture)), Pt(picture.width * scale), Pt(picture.height * scale))
    for side in "TBLR":  # LibreOffice keeps some distance where none is said.
        inline.set(f"dist{side}", "0")
    inline.docPr.set("title", in_xml(picture.title))
    inline.docPr.set("descr", in_xml(f"{picture.title}. {picture.description}"))
    return inline

"""A document to a terminal: colour where there is one, words that keep to its width, tables of which nothing is cut."""

import io
import os
from itertools import chain, filterfalse, zip_longest
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render import document as doc
from mba.render.document import Tone
from mba.render.letters import shared, spelt, spelt_throughout

PIPE_WIDTH = 100
NARROWEST = 20
STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.FAINT: "dim",
    Tone.FIRST: "bold bright_white on blue",
    Tone.SECOND: "black on cyan",
    Tone.THIRD: "bold bright_white on magenta",
    Tone.FOURTH: "black on yellow",
    Tone.WARNING: "bold red",
}
"""Both colours are given where one alone could not be read on a light and on a dark background."""
_NAMES, _NARROW, _LEAST = 22, 18, 14
"""Cells of the first column where there is room, and at least; of others of words. In less room rows become lines."""
_GAP = 2


def console_text(document: doc.Document, stream: TextIO | None = None) -> str:
    """The document as the stream can show it: its width, colours and signs.

    For a file, which has no stream yet, it is plain text in UTF-8, at the width of a pipe.
    """
    encoding = (stream and stream.encoding) or "utf-8"
    width = width_of(stream)
    lines = _lines(spelt_throughout(document, encoding), width)
    if not stream or not stream.isatty():
        return spelt("\n".join(line.plain for line in lines) + "\n", encoding)
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, force_terminal=True, legacy_windows=False)
    console.print(Text("\n").join(lines), soft_wrap=True)
    return spelt(buffer.getvalue(), encoding)


def height(document: doc.Document, width: int) -> int:
    """The lines that the document takes on a terminal of so many columns."""
    return len(_lines(document, width))


def width_of(stream: TextIO | None) -> int:
    """The columns to draw in: COLUMNS where it is a sensible number, else the terminal's, else 100."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and 0 < int(given) < 1_000:  # noqa: PLR2004 - no terminal is wider
        return max(NARROWEST, int(given))
    if not stream or not stream.isatty():
        return PIPE_WIDTH
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return PIPE_WIDTH
    return max(NARROWEST, columns or PIPE_WIDTH)


def _lines(document: doc.Document, width: int) -> list[Text]:
    """The blocks but the pictures, with an empty line between them, but none after a heading."""
    lines: list[Text] = []
    below_heading = True
    for block in document:
        drawn = _block(block, width)
        if drawn and not below_heading:
            lines.append(Text())
        lines += drawn
        below_heading = isinstance(block, doc.Heading) or (below_heading and not drawn)
    for line in lines:
        line.rstrip()
    return lines


def _block(block: doc.Block, width: int) -> list[Text]:
    """The lines of one block, none wider than there is room; of a picture there are none."""
    match block:
        case doc.Heading(level, words, tone):
            lines = _wrapped(Text(words, STYLES[tone]), width)
            if level == 1:
                lines.append(Text("─" * min(width, cell_len(words)), STYLES[tone]))
            return lines
        case doc.Paragraph(line, 0):
            return _wrapped(_styled(line), width)
        case doc.Paragraph(line, number):
            return _hanging(_styled(line), f"{number}. ", width)
        case doc.Items():
            points = block.marked("•")
            return list(chain.from_iterable(_hanging(_styled(line), f"{mark} ", width) for mark, line in points))
        case doc.Command(words):
            return [Text(line) for line in words.splitlines()]
        case doc.Table():
            return _tabled(block, width)
        case doc.Picture():
            return []


def _styled(line: doc.Line) -> Text:
    """A line of a document with the styles of its tones."""
    return Text.assemble(*((span.text, STYLES[span.tone]) for span in line))


def _wrapped(words: Text, width: int) -> list[Text]:
    """The words on lines no wider than there is room."""
    room = max(1, width)
    if cell_len(words.plain) <= room and "\n" not in words.plain:
        return [words]
    return list(words.wrap(_WRAPPING, room)) or [Text()]


_WRAPPING = Console(file=io.StringIO())  # What rich asks for to wrap words.


def _hanging(words: Text, mark: str, width: int) -> list[Text]:
    """The words with a mark before the first line and as much room before the others."""
    first, *rest = _wrapped(words, width - len(mark))
    return [Text(mark) + first, *(Text(" " * len(mark)) + line for line in rest)]


def _tabled(table: doc.Table, width: int) -> list[Text]:
    """The table in columns; a few lines a row where words have no room there. A sentence stands below its rows.

    What heads the rows below it, with nothing beside it, takes the whole width.
    """
    titles = [Text(column.title, "bold") for column in table.columns]
    rows = [list(map(_styled, row.cells)) for row in table.rows]
    figures = [False, *(column.figures for column in table.columns[1:])]
    full = filterfalse(_stands_alone, rows)
    wanted = [max(cell_len(cell.plain) for cell in column) for column in zip(titles, *full, strict=True)]
    widths = _widths(wanted, figures, width - _GAP * (len(wanted) - 1))
    if not widths:
        return _stacked(table, rows, width)
    lines = _row(titles, widths, figures) if any(title.plain for title in titles) else []
    for note, run in doc.together(table.rows):
        for i, _ in run:
            lines += _wrapped(rows[i][0], width) if _stands_alone(rows[i]) else _row(rows[i], widths, figures)
        if note:
            lines += _hanging(_styled(note), "  ", width)
    return lines


def _widths(wanted: list[int], figures: list[bool], room: int) -> list[int]:
    """The cells of each column; none where words have no room."""
    least = [cells if fixed else min(cells, _LEAST) for cells, fixed in zip(wanted[1:], figures[1:], strict=True)]
    names = min(wanted[0], _NAMES), min(wanted[0], _NARROW)
    return next(filter(None, (shared(wanted, [name, *least], room) for name in names)), [])


def _stands_alone(cells: list[Text]) -> bool:
    return not any(cell.plain for cell in cells[1:])


def _row(cells: list[Text], widths: list[int], figures: list[bool]) -> list[Text]:
    """The lines of a row, as many as its longest cell needs; figures stand to the right."""
    lines = []
    for pieces in zip_longest(*map(_wrapped, cells, widths)):
        line = [piece or Text() for piece in pieces]
        for piece, width, right in zip(line, widths, figures, strict=True):
            piece.align("right" if right else "left", width)
        lines.append(Text(" " * _GAP).join(line))
    return lines


def _stacked(table: doc.Table, rows: list[list[Text]], width: int) -> list[Text]:
    """A row as a few lines: its name, its cells that hold something with their titles, its sentence."""
    pieces = [(Text(table.columns[0].title, "bold"), "")]
    for row, (name, *cells) in zip(table.rows, rows, strict=True):
        filled = filter(lambda pair: pair[1].plain.strip(), zip(table.columns[1:], cells, strict=True))
        titled = [Text(f"{column.title}: ".removeprefix(": "), "dim") + cell for column, cell in filled]
        pieces += [(name, ""), (Text(" · ").join(titled), "  "), (_styled(row.note), "  ")]
    return list(chain.from_iterable(_hanging(words, mark, width) for words, mark in pieces if words.plain))

"""A document to a terminal: colour where there is one, nothing cut where it is narrow."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render import document as doc
from mba.render.lines import STYLES, Sheet, styled
from mba.render.signs import spelt, spelt_throughout

PIPE_WIDTH = 100
NARROWEST = 20


def console_text(document: doc.Document, stream: TextIO | None = None, *, to_file: bool = False) -> str:
    """The document as the stream (standard output by default) can show it: its width, colours and signs.

    For a file it is plain text in UTF-8, at the width of a pipe.
    """
    stream = io.StringIO() if to_file else stream or sys.stdout
    encoding = stream.encoding or "utf-8"
    terminal = stream.isatty()
    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=width_of(stream),
        force_terminal=terminal,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    lines = _lines(spelt_throughout(document, encoding), Sheet(console.width))
    if terminal:
        console.print(Text("\n").join(lines), soft_wrap=True)
        words = buffer.getvalue()
    else:
        words = "\n".join(line.plain for line in lines) + "\n"
    return spelt(words, encoding)


def height(document: doc.Document, width: int) -> int:
    """The lines that the document takes on a terminal of so many columns."""
    return len(_lines(document, Sheet(width)))


def width_of(stream: TextIO) -> int:
    """The columns to draw in: COLUMNS where it is a sensible number, else the terminal's, else 100."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and 0 < int(given) < 1_000:  # noqa: PLR2004 - no terminal is wider
        return max(NARROWEST, int(given))
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return PIPE_WIDTH
    if not stream.isatty() or not columns:
        return PIPE_WIDTH
    return max(NARROWEST, columns)


def _lines(document: doc.Document, sheet: Sheet) -> list[Text]:
    """The blocks but the pictures, with an empty line between them, but none after a heading."""
    lines: list[Text] = []
    below_heading = True
    for block in document:
        drawn = _block(block, sheet)
        if drawn and not below_heading:
            lines.append(Text())
        lines += drawn
        below_heading = isinstance(block, doc.Heading) or (below_heading and not drawn)
    for line in lines:
        line.rstrip()
    return lines


def _block(block: doc.Block, sheet: Sheet) -> list[Text]:
    """The lines of one block, none wider than the sheet; of a picture there are none."""
    match block:
        case doc.Heading(level, words, tone):
            lines = sheet.wrapped(Text(words, STYLES[tone]))
            if level == 1:
                lines.append(Text("─" * min(sheet.width, cell_len(words)), STYLES[tone]))
            return lines
        case doc.Paragraph(line, 0):
            return sheet.wrapped(styled(line))
        case doc.Paragraph(line, number):
            return sheet.hanging(styled(line), f"{number}. ")
        case doc.Items(items, numbered):
            lines = []
            for number, item in enumerate(items, 1):
                if numbered:
                    lines += sheet.hanging(styled(item), f"{number}. ")
                else:
                    lines += sheet.hanging(styled(item), "• ")
            return lines
        case doc.Command(words):
            return [Text(line) for line in words.splitlines()]
        case doc.Table():
            return sheet.tabled(block)
        case doc.Picture():
            return []

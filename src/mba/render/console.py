"""A document to a terminal: colour where there is one, nothing cut where it is narrow."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render.document import (
    Block,
    Command,
    Document,
    Heading,
    Items,
    Line,
    Medium,
    Paragraph,
    Picture,
    Table,
    blocks_on,
    text,
)
from mba.render.lines import STYLES, Sheet, styled
from mba.render.signs import can_encode, spelt, spelt_throughout
from mba.render.tables import tabled

PIPE_WIDTH = 100
NARROWEST = 20


def console_text(document: Document, stream: TextIO | None = None, *, to_file: bool = False) -> str:
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
    drawing = _Drawing(console, ascii_only=not can_encode("█▏░", encoding))
    lines = drawing.blocks(spelt_throughout(blocks_on(Medium.TERMINAL, document), encoding))
    if terminal:
        console.print(Text("\n").join(lines), soft_wrap=True)
        words = buffer.getvalue()
    else:
        words = "\n".join(line.plain for line in lines) + "\n"
    return spelt(words, encoding)


def height(document: Document, width: int) -> int:
    """The lines that the document takes on a terminal of so many columns."""
    drawing = _Drawing(
        Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False), ascii_only=False
    )
    return len(drawing.blocks(blocks_on(Medium.TERMINAL, document)))


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


class _Drawing(Sheet):
    """Blocks to lines of rich Text, none wider than the sheet."""

    def blocks(self, blocks: tuple[Block, ...]) -> list[Text]:
        """Blocks with an empty line between them, but none after a heading."""
        lines: list[Text] = []
        blocks = tuple(block for block in blocks if not isinstance(block, Picture))
        for i, block in enumerate(blocks):
            if i and not isinstance(blocks[i - 1], Heading):
                lines.append(Text())
            lines += self.block(block)
        for line in lines:
            line.rstrip()
        return lines

    def block(self, block: Block) -> list[Text]:
        """The lines of one block."""
        match block:
            case Heading(level, words, tone):
                rule = Text("─" * min(self.width, cell_len(words)), STYLES[tone])
                return [*self.wrapped(styled(text(words, tone))), *[rule] * (level == 1)]
            case Paragraph(line, number):
                return self.hanging(styled(line), f"{number}. " if number else "")
            case Items(lines, numbered):
                return self.items(lines, numbered)
            case Command(words):
                return [Text(line) for line in words.splitlines()]
            case Table():
                return tabled(block, self)
            case Picture():
                return []

    def items(self, items: tuple[Line, ...], numbered: bool) -> list[Text]:
        """Points with their numbers or bullets."""
        lines: list[Text] = []
        for number, item in enumerate(items, 1):
            mark = f"{number}. " if numbered else "• "
            lines += self.hanging(styled(item), mark)
        return lines

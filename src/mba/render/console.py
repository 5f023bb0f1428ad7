"""A document to a terminal: colour where there is one, nothing cut where it is narrow."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render.document import (
    Bar,
    Block,
    Cell,
    Command,
    Curve,
    Document,
    Heading,
    Items,
    Line,
    Medium,
    Paragraph,
    Shares,
    Span,
    Table,
    Tone,
    blocks_on,
)

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.FAINT: "dim",
    Tone.MAKE: "bold blue",
    Tone.SHARE: "bold cyan",
    Tone.ALLY: "bold magenta",
    Tone.BUY: "bold yellow",
    Tone.WARNING: "bold red",
}
PIPE_WIDTH = 100
NARROWEST = 20
_NAMES = 42
"""Cells in which most names stand on one line; bars shrink to leave them."""
_LEAST = 24
"""Cells that the first column needs; where there is less, a table becomes a list."""
_WIDE = 140
"""From here on a row's sentence stands beside it and not below."""
_BARS = (8, 4, 0)
"""Cells that a bar may take, most first."""
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_PLAIN: dict[str, str | int | None] = {
    "▸": ">",
    "≈": "~",
    "●": "*",
    "◐": "+",
    "○": "o",
    "×": "x",
    "█": "#",
    "─": "-",
    "•": "*",
    "£": "GBP ",
    "…": "...",
    "–": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "’": "'",
}


def draw(document: Document, stream: TextIO | None = None, *, to_file: bool = False) -> str:
    """The document as the stream (standard output by default) can show it: its width, colours and characters.

    For a file it is plain text in UTF-8, at the width of a pipe.
    """
    stream = io.StringIO() if to_file else stream or sys.stdout
    ascii_only = not _can_show(stream, "▸≈●◐○█▏─×£•░")
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
    lines = _Drawing(console, ascii_only).blocks(blocks_on(Medium.TERMINAL, document))
    if terminal:
        console.print(Text("\n").join(lines), soft_wrap=True)
        words = buffer.getvalue()
    else:
        words = "\n".join(line.plain for line in lines) + "\n"
    return plain(words, stream) if ascii_only else words


def _can_show(stream: TextIO, sample: str) -> bool:
    try:
        sample.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def plain(words: str, stream: TextIO) -> str:
    """The words with our own signs spelt in ASCII, and any other that the stream cannot take spelt by its code."""
    spelt = words.translate(str.maketrans(_PLAIN))
    encoding = stream.encoding or "ascii"
    return spelt.encode(encoding, "backslashreplace").decode(encoding)


def width_of(stream: TextIO) -> int:
    """The columns to draw in: COLUMNS where it is a sensible number, else the terminal's, else 100."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and 0 < int(given) < 1_000:  # noqa: PLR2004 - no terminal is wider
        return max(NARROWEST, int(given))
    try:
        columns = os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        columns = 0
    return max(NARROWEST, columns) if columns else PIPE_WIDTH


class _Drawing:
    """Blocks to lines of rich Text, none wider than the width."""

    def __init__(self, console: Console, ascii_only: bool) -> None:
        self.console = console
        self.width = console.width
        self.ascii_only = ascii_only

    def blocks(self, blocks: tuple[Block, ...]) -> list[Text]:
        """Blocks with an empty line between them, but none after a heading."""
        lines: list[Text] = []
        for i, block in enumerate(blocks):
            if i and not isinstance(blocks[i - 1], Heading):
                lines.append(Text())
            lines += self.block(block)
        for line in lines:
            line.rstrip()
        return lines

    def block(self, block: Block) -> list[Text]:
        match block:
            case Heading(level, words, tone):
                head = self.wrapped(_styled((Span(words, tone),)))
                return [*head, Text("─" * min(self.width, cell_len(words)), STYLES[tone])] if level == 1 else head
            case Paragraph(line):
                return self.wrapped(_styled(line))
            case Items(lines, numbered):
                marks = [f"{number}. " if numbered else "• " for number in range(1, len(lines) + 1)]
                return [
                    part for mark, line in zip(marks, lines, strict=True) for part in self.hanging(_styled(line), mark)
                ]
            case Command(words):
                return [Text(line) for line in words.splitlines()]
            case Shares():
                return self.shares(block)
            case Table():
                return self.table(block)
            case Curve():
                return self.wrapped(_styled((Span(block.title, Tone.STRONG), Span(f" {block.says}"))))

    def wrapped(self, words: Text, width: int | None = None) -> list[Text]:
        room = max(1, width or self.width)
        if cell_len(words.plain) <= room and "\n" not in words.plain:
            return [words]
        return list(words.wrap(self.console, room)) or [Text()]

    def hanging(self, words: Text, mark: str, width: int | None = None) -> list[Text]:
        """The words with a mark before the first line and as much room before the others."""
        first, *rest = self.wrapped(words, (width or self.width) - len(mark))
        return [Text(mark) + first, *(Text(" " * len(mark)) + line for line in rest)]

    def shares(self, shares: Shares) -> list[Text]:
        """One bar for the whole, and under it what each part is; a limit that the parts go beyond is marked."""
        whole = sum(number for _, number, _ in shares.parts) or 1
        over = shares.limit and shares.limit[1] < whole
        room = min(self.width - bool(over), 60)
        ends = [round(room * sum(n for _, n, _ in shares.parts[: i + 1]) / whole) for i in range(len(shares.parts))]
        bar = Text()
        for (name, _, tone), start, end in zip(shares.parts, [0, *ends], ends, strict=False):
            fill = name[0].upper() if self.ascii_only else "░" if tone is Tone.FAINT else "█"
            bar.append(fill * (end - start), STYLES[tone])
        legend = [Text(name, STYLES[tone]) for name, _, tone in shares.parts]
        if shares.limit and over:
            name, most = shares.limit
            bar = Text("|").join(bar.divide([round(room * most / whole)]))
            legend.append(Text(f"| {name}"))
        return [bar, *self.wrapped(Text("   ").join(legend))]

    def table(self, table: Table) -> list[Text]:
        """The table with the longest bars that leave room for names; a list where none do."""
        titles = [Text(column.title, "dim") for column in table.columns]
        beside = self.width >= _WIDE and any(row.note for row in table.rows)
        texts = [[None if isinstance(cell, Bar) else _styled(cell) for cell in row.cells] for row in table.rows]
        for room, bar in ((room, bar) for room in (_NAMES, _LEAST) for bar in _BARS):
            drawn: list[Sequence[Text | None]] = [titles, *texts]
            widths = [
                max(_bar_width(bar) if (words := cells[i]) is None else cell_len(words.plain) for cells in drawn)
                for i in range(len(titles))
            ]
            fixed = sum(width + 2 for width in widths[1:])
            names = min(widths[0], _NAMES if beside else self.width - fixed)
            if names >= min(widths[0], room):
                widths[0] = names
                lines = [self.aligned(titles, widths, table)]
                return [*lines, *self.rows(table, self.cells(table, texts, bar), widths, beside=beside)]
        return self.listed(table, self.cells(table, texts, 0))

    def cells(self, table: Table, texts: Sequence[Sequence[Text | None]], bar: int) -> list[list[Text]]:
        """Every cell as text, the bars at their width."""
        return [
            [words if words is not None else self.bar(cell, bar) for cell, words in zip(row.cells, line, strict=True)]
            for row, line in zip(table.rows, texts, strict=True)
        ]

    def rows(self, table: Table, drawn: list[list[Text]], widths: list[int], *, beside: bool) -> list[Text]:
        """The rows; those that follow each other with the same sentence have it once, beside or below them all."""
        lines: list[Text] = []
        whole = sum(widths) + 2 * (len(widths) - 1)
        for note, run in groupby(zip(table.rows, drawn, strict=True), key=lambda pair: pair[0].note):
            body = [line for _, cells in run for line in self.aligned_rows(cells, widths, table)]
            if note and beside:
                side = self.wrapped(_styled(note), self.width - whole - 3)
                body += [Text()] * (len(side) - len(body))
                for line, words in zip_longest(body, side, fillvalue=Text()):
                    lines.append(line + Text(" " * (whole - cell_len(line.plain) + 3)) + words)
            else:
                lines += body
                lines += self.hanging(_styled(note), "    ") if note else []
        return lines

    def aligned(self, cells: list[Text], widths: list[int], table: Table) -> Text:
        line = Text()
        for i, (cell, width, column) in enumerate(zip(cells, widths, table.columns, strict=True)):
            gap = Text(" " * (width - cell_len(cell.plain)))
            line.append_text(Text("  " if i else ""))
            line.append_text(gap + cell if column.figures and i else cell + gap)
        return line

    def aligned_rows(self, cells: list[Text], widths: list[int], table: Table) -> list[Text]:
        wrapped = [self.wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        height = max(len(lines) for lines in wrapped)
        return [
            self.aligned([lines[i] if i < len(lines) else Text() for lines in wrapped], widths, table)
            for i in range(height)
        ]

    def listed(self, table: Table, drawn: list[list[Text]]) -> list[Text]:
        """A row as a few lines: its name, its cells with their titles, its sentence."""
        lines = self.wrapped(Text(table.columns[0].title, "dim"))
        for row, (name, *cells) in zip(table.rows, drawn, strict=True):
            lines += self.wrapped(name)
            for column, cell in zip(table.columns[1:], cells, strict=True):
                lines += self.hanging(Text(f"{column.title}: ") + cell, "  ")
            lines += self.hanging(_styled(row.note), "  ") if row.note else []
            lines.append(Text())
        return lines[:-1]

    def bar(self, cell: Cell, width: int) -> Text:
        if not isinstance(cell, Bar):
            return _styled(cell)
        style = "dim" if cell.blocked else STYLES[cell.tone] if cell.chosen else STYLES[cell.tone].removeprefix("bold ")
        eighths = round(cell.value / 100 * 8 * width)
        drawn = "█" * (eighths // 8) + _EIGHTHS[eighths % 8]
        if self.ascii_only:
            drawn = "#" * round(cell.value / 100 * width)
        mark = "≈" if cell.chosen and cell.close else "▸" if cell.chosen else "×" if cell.blocked else " "
        figure = f"{mark:>{2 if width else 1}}{cell.value:>2}"
        return Text.assemble((f"{drawn:<{width}}", style), (figure, "bold" if cell.chosen else style))


def _bar_width(bar: int) -> int:
    return bar + (4 if bar else 3)


def _styled(line: Line) -> Text:
    return Text.assemble(*((span.text, STYLES[span.tone]) for span in line))

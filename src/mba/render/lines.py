"""Lines of a terminal: how a tone looks there, words that keep to a width, and tables of which nothing is cut."""

from __future__ import annotations

import io
from itertools import chain, zip_longest

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render.document import Line, Table, Tone, together
from mba.render.widths import shared

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
_NAMES, _LEAST = 22, 14
"""Cells that the first column needs, and every other column of words; where there is less, rows become lines."""
_GAP = 2
_BETWEEN = " · "


def styled(line: Line) -> Text:
    """A line of a document with the styles of its tones."""
    return Text.assemble(*((span.text, STYLES[span.tone]) for span in line))


class Sheet:
    """What lines are drawn on, so many cells wide."""

    def __init__(self, width: int) -> None:
        self.console = Console(file=io.StringIO())
        self.width = width

    def wrapped(self, words: Text, width: int | None = None) -> list[Text]:
        """The words on lines no wider than the width, by default the sheet's."""
        room = max(1, width or self.width)
        if cell_len(words.plain) <= room and "\n" not in words.plain:
            return [words]
        return list(words.wrap(self.console, room)) or [Text()]

    def hanging(self, words: Text, mark: str) -> list[Text]:
        """The words with a mark before the first line and as much room before the others."""
        first, *rest = self.wrapped(words, self.width - len(mark))
        return [Text(mark) + first, *(Text(" " * len(mark)) + line for line in rest)]

    def tabled(self, table: Table) -> list[Text]:
        """The table in columns; a few lines a row where words have no room there. A sentence stands below its rows."""
        titles = [Text.assemble((column.title, "bold")) for column in table.columns]
        rows = [list(map(styled, row.cells)) for row in table.rows]
        wanted = [max(cell_len(cell.plain) for cell in column) for column in zip(titles, *rows, strict=True)]
        least = [min(wanted[0], _NAMES)]
        for cells, column in zip(wanted[1:], table.columns[1:], strict=True):
            least.append(cells if column.figures else min(cells, _LEAST))
        widths = shared(wanted, least, self.width - _GAP * (len(wanted) - 1))
        if not widths:
            return self._stacked(table, rows)
        lines = _row(self, titles, widths, table) if any(title.plain for title in titles) else []
        for note, run in together(table.rows):
            for i, _ in run:
                lines += _row(self, rows[i], widths, table)
            if note:
                lines += self.hanging(styled(note), "  ")
        return lines

    def _stacked(self, table: Table, drawn: list[list[Text]]) -> list[Text]:
        """A row as a few lines: its name, its cells that hold something with their titles, its sentence."""
        pieces = [(Text(table.columns[0].title, "bold"), "")]
        for row, (name, *cells) in zip(table.rows, drawn, strict=True):
            titled = [
                Text(f"{column.title}: ".removeprefix(": "), "dim") + cell
                for column, cell in zip(table.columns[1:], cells, strict=True)
                if cell.plain.strip()
            ]
            pieces += [(name, ""), (Text(_BETWEEN).join(titled), "  "), (styled(row.note), "  ")]
        return list(chain.from_iterable(self.hanging(words, mark) for words, mark in pieces if words.plain))


def _row(sheet: Sheet, cells: list[Text], widths: list[int], table: Table) -> list[Text]:
    """The lines of a row, as many as its longest cell needs; figures stand to the right, but for the first column."""
    wrapped = [sheet.wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    ways = ["left", *(_WAYS[column.figures] for column in table.columns[1:])]
    lines = zip_longest(*wrapped, fillvalue=Text())
    return [Text(" " * _GAP).join(map(_aligned, line, ways, widths)) for line in lines]


_WAYS = {True: "right", False: "left"}


def _aligned(words: Text, way: str, width: int) -> Text:
    """The words with room on the other side, up to the width."""
    aligned = words.copy()
    aligned.align(way, width)  # type: ignore[arg-type] # one of the words that rich knows
    return aligned

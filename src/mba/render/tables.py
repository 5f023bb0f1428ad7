"""Tables on a terminal: columns where there is room for names, else a list; nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, product, zip_longest
from typing import TypeAlias

from rich.cells import cell_len
from rich.text import Text

from mba.render.bars import WIDTHS, figure
from mba.render.document import Bar, Cell, Line, Row, Table
from mba.render.lines import Sheet, padded, styled

_NAMES = 42
"""Cells in which most names stand on one line; bars shrink to leave them."""
_LEAST = 24
"""Cells that the first column needs; where there is less, a table becomes a list."""
_WIDE = 140
"""From here on a row's sentence stands beside it and not below."""

_Drawn: TypeAlias = Text | Bar
"""A cell; how wide a bar is, is known once there is room for the names."""


def tabled(table: Table, sheet: Sheet) -> list[Text]:
    """The table with the longest bars that leave room for names; a list where none do."""
    titles = [Text(column.title, "dim") for column in table.columns]
    rows = [[_drawn(cell) for cell in row.cells] for row in table.rows]
    columns = list(zip(titles, *rows, strict=True))
    longest = [max(map(_length, column)) for column in columns]
    barred = [any(isinstance(cell, Bar) for cell in column) for column in columns]
    beside = sheet.width >= _WIDE and any(row.note for row in table.rows)
    for least, (bar, with_figure) in product((_NAMES, _LEAST), WIDTHS.items()):
        widths = [max(words, with_figure * has_bar) for words, has_bar in zip(longest, barred, strict=True)]
        room = _NAMES
        if not beside:
            room = sheet.width - sum(widths[1:]) - 2 * len(widths[1:])
        if min(widths[0], room) >= min(widths[0], least):
            columned = _Columns(sheet, [min(widths[0], room), *widths[1:]], table)
            return [columned.line(titles), *columned.rows(_texts(rows, bar, sheet), beside=beside)]
    return _listed(table, _texts(rows, 0, sheet), sheet)


def _drawn(cell: Cell) -> _Drawn:
    if isinstance(cell, Bar):
        return cell
    return styled(cell)


def _length(cell: _Drawn) -> int:
    """The cells of a terminal that words take; a bar takes what there is."""
    if isinstance(cell, Bar):
        return 0
    return cell_len(cell.plain)


def _texts(rows: Sequence[Sequence[_Drawn]], bar: int, sheet: Sheet) -> list[list[Text]]:
    """Every cell as text, the bars at their width."""
    return [[_text(cell, bar, sheet) for cell in row] for row in rows]


def _text(cell: _Drawn, bar: int, sheet: Sheet) -> Text:
    if isinstance(cell, Bar):
        return figure(cell, bar, ascii_only=sheet.ascii_only)
    return cell


class _Columns:
    """Rows as lines of columns, so many cells wide each; two cells apart."""

    def __init__(self, sheet: Sheet, widths: list[int], table: Table) -> None:
        self.sheet = sheet
        self.table = table
        self.widths = widths
        self.width = sum(widths) + 2 * (len(widths) - 1)
        self.right = [False, *(column.figures for column in table.columns[1:])]

    def rows(self, drawn: list[list[Text]], *, beside: bool) -> list[Text]:
        """The rows; those that follow each other with the same sentence have it once, beside or below them all."""
        lines: list[Text] = []
        for note, run in groupby(zip(self.table.rows, drawn, strict=True), key=_note):
            body: list[Text] = []
            for _, cells in run:
                body += self.row(cells)
            if note and beside:
                words = self.sheet.wrapped(styled(note), self.sheet.width - self.width - 3)
                lines += self.beside(body, words)
                continue
            lines += body
            if note:
                lines += self.sheet.hanging(styled(note), "    ")
        return lines

    def beside(self, body: list[Text], words: list[Text]) -> list[Text]:
        """Lines with words to their right."""
        pairs = zip_longest(body, words, fillvalue=Text())
        return [padded(line, self.width + 3) + word for line, word in pairs]

    def row(self, cells: list[Text]) -> list[Text]:
        """The lines of a row, as many as its longest cell needs."""
        wrapped = [self.sheet.wrapped(cell, width) for cell, width in zip(cells, self.widths, strict=True)]
        return [self.line(line) for line in zip_longest(*wrapped, fillvalue=Text())]

    def line(self, cells: Sequence[Text]) -> Text:
        """Cells of one line each, side by side; figures stand to the right."""
        aligned = []
        for cell, width, right in zip(cells, self.widths, self.right, strict=True):
            room = Text(" " * (width - cell_len(cell.plain)))
            aligned.append(room + cell if right else cell + room)
        return Text("  ").join(aligned)


def _note(pair: tuple[Row, list[Text]]) -> Line:
    return pair[0].note


def _listed(table: Table, drawn: list[list[Text]], sheet: Sheet) -> list[Text]:
    """A row as a few lines: its name, its cells with their titles, its sentence."""
    lines = sheet.wrapped(Text(table.columns[0].title, "dim"))
    for row, (name, *cells) in zip(table.rows, drawn, strict=True):
        lines += sheet.wrapped(name)
        for column, cell in zip(table.columns[1:], cells, strict=True):
            lines += sheet.hanging(Text(f"{column.title}: ") + cell, "  ")
        if row.note:
            lines += sheet.hanging(styled(row.note), "  ")
        lines.append(Text())
    return lines[:-1]

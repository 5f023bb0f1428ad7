"""Tables on a terminal: columns where there is room, else a few lines a row; nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest

from rich.cells import cell_len
from rich.text import Text

from mba.render.bars import figure
from mba.render.document import Bar, Cell, Line, Row, Table
from mba.render.lines import Sheet, padded, styled

_NAMES = 42
"""Cells in which most names stand on one line, as they do beside a sentence."""
_LEAST = (22, 14)
"""Cells that the first column needs, and every other column of words; where there is less, rows become lines."""
_SENTENCE = 40
"""Cells that a row's sentence needs to stand beside it; where there are fewer, it stands below."""
_GAP = 2
_BETWEEN = " · "


def tabled(table: Table, sheet: Sheet) -> list[Text]:
    """The table in columns; a few lines a row where words have no room there."""
    titles = [Text(column.title, "bold") for column in table.columns]
    rows = [[_drawn(cell) for cell in row.cells] for row in table.rows]
    wanted = [max(cell_len(cell.plain) for cell in column) for column in zip(titles, *rows, strict=True)]
    widths, beside = _widths(wanted, table, sheet.width)
    if not widths:
        return _stacked(table, rows, sheet)
    columned = _Columns(sheet, widths, table)
    return [*columned.heads(titles), *columned.rows(rows, beside=beside)]


def _widths(wanted: Sequence[int], table: Table, width: int) -> tuple[list[int], bool]:
    """The cells of each column, none where there are too few, and whether the rows' sentences stand beside them."""
    gaps = _GAP * (len(wanted) - 1)
    room = width - gaps - _BESIDE - _SENTENCE
    natural = [min(wanted[0], max(_NAMES, room - sum(wanted[1:]))), *wanted[1:]]
    if any(row.note for row in table.rows) and sum(natural) <= room:
        return natural, True
    least = [_least(place, cells, table) for place, cells in enumerate(wanted)]
    return _shared(wanted, least, width - gaps), False


_BESIDE = 3
"""Cells between a row and the sentence beside it."""


def _least(place: int, wanted: int, table: Table) -> int:
    """The cells without which a column cannot be read: figures have all that they want."""
    if place and table.columns[place].figures:
        return wanted
    return min(wanted, _LEAST[bool(place) and wanted < _SENTENCE])


def _shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """So many cells for each column, in all no more than there is room for; none where some had too few.

    What is left over goes in equal parts to all that want more, so that few of them wrap.
    """
    widths, spare = list(least), room - sum(least)
    if spare < 0:
        return []
    while spare and (wanting := [place for place, most in enumerate(wanted) if widths[place] < most]):
        for place in wanting:
            more = min(wanted[place] - widths[place], max(1, spare // len(wanting)), spare)
            widths[place] += more
            spare -= more
    return widths


def _drawn(cell: Cell) -> Text:
    if isinstance(cell, Bar):
        return figure(cell)
    return styled(cell)


class _Columns:
    """Rows as lines of columns, so many cells wide each; two cells apart."""

    def __init__(self, sheet: Sheet, widths: list[int], table: Table) -> None:
        self.sheet = sheet
        self.table = table
        self.widths = widths
        self.width = sum(widths) + _GAP * (len(widths) - 1)
        self.right = [False, *(column.figures for column in table.columns[1:])]

    def heads(self, titles: list[Text]) -> list[Text]:
        """The line of titles, where there are any."""
        if not any(title.plain for title in titles):
            return []
        return self.row(titles)

    def rows(self, drawn: list[list[Text]], *, beside: bool) -> list[Text]:
        """The rows; those that follow each other with the same sentence have it once, beside or below them all."""
        lines: list[Text] = []
        for note, run in groupby(zip(self.table.rows, drawn, strict=True), key=_note):
            body: list[Text] = []
            for _, cells in run:
                body += self.row(cells)
            if note and beside:
                words = self.sheet.wrapped(styled(note), self.sheet.width - self.width - _BESIDE)
                lines += self.beside(body, words)
                continue
            lines += body
            if note:
                lines += self.sheet.hanging(styled(note), "  ")
        return lines

    def beside(self, body: list[Text], words: list[Text]) -> list[Text]:
        """Lines with words to their right."""
        pairs = zip_longest(body, words, fillvalue=Text())
        return [padded(line, self.width + _BESIDE) + word for line, word in pairs]

    def row(self, cells: list[Text]) -> list[Text]:
        """The lines of a row, as many as its longest cell needs."""
        wrapped = [self.sheet.wrapped(cell, width) for cell, width in zip(cells, self.widths, strict=True)]
        return [self.line(line) for line in zip_longest(*wrapped, fillvalue=Text())]

    def line(self, cells: Sequence[Text]) -> Text:
        """Cells of one line each, side by side; figures stand to the right."""
        aligned = []
        for cell, width, right in zip(cells, self.widths, self.right, strict=True):
            room = Text(" " * (width - cell_len(cell.plain)))
            aligned.append((cell + room, room + cell)[right])
        return Text(" " * _GAP).join(aligned)


def _note(pair: tuple[Row, list[Text]]) -> Line:
    return pair[0].note


def _stacked(table: Table, drawn: list[list[Text]], sheet: Sheet) -> list[Text]:
    """A row as a few lines: its name, its cells that hold something with their titles, its sentence."""
    lines = _unless_empty(Text(table.columns[0].title, "bold"), "", sheet)
    for row, (name, *cells) in zip(table.rows, drawn, strict=True):
        titled = [
            Text(f"{column.title}: ".removeprefix(": "), "dim") + cell
            for column, cell in zip(table.columns[1:], cells, strict=True)
            if cell.plain.strip()
        ]
        lines += _unless_empty(name, "", sheet)
        lines += _unless_empty(Text(_BETWEEN).join(titled), "  ", sheet)
        lines += _unless_empty(styled(row.note), "  ", sheet)
    return lines


def _unless_empty(words: Text, mark: str, sheet: Sheet) -> list[Text]:
    """The words behind a mark, on no line where there are none."""
    if not words.plain:
        return []
    return sheet.hanging(words, mark)

"""Sheets of tables to a workbook (.xlsx). Text is never a formula, and the bytes are the same each time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from mba.render.letters import extent, wrapped

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
"""Characters that a cell can hold."""

_SPARE = 200  # Rows below a table that have its drop-downs and notes too, for what is added.
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same wherever it is written
_NOTE, _TITLE = 255, 32
"""Characters that an input note and its title can have."""
_SIZE, _LINE, _HEAD, _HIGHEST = 11, 15, 30, 409
"""Points of a letter, of a line, of the head of a table at least, and of a row at most."""
_TEXT = 110  # How wide a sheet of text alone is.
_ROOM, _LEAST = 784, 7
"""Points across a page of A4 on its side, and of the smallest letter that is read on one."""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}  # Inches.


class Look(StrEnum):
    """How a cell shows what is in it, as Excel writes that down."""

    TEXT = "@"
    POUNDS = "[$£-809]#,##0"
    PENCE = "[$£-809]#,##0.00"
    NUMBER = "#,##0"
    PLAIN = "General"
    SHARE = "0%"
    DAY = "yyyy-mm-dd"


class Live(NamedTuple):
    """A formula, and what it comes to as the workbook is written."""

    formula: str
    value: str | float


Content: TypeAlias = str | float | dt.date | Live | None


class Entry(NamedTuple):
    """A cell of its own shape that somebody fills in: the words that it can be, and what to write."""

    content: Content
    shape: Look = Look.TEXT
    choices: Sequence[str] = ()
    note: str = ""


class Field(NamedTuple):
    """A column of a table. `choices` are the words that it can be; `strict` refuses others.

    `note` says what to write. Where there is either, the cells are marked as those to fill in.
    """

    head: str
    shape: Look = Look.TEXT
    width: int = 14
    choices: Sequence[str] = ()
    note: str = ""
    strict: bool = True

    @property
    def is_filled_in(self) -> bool:
        """Whether somebody fills its cells in."""
        return bool(self.note or self.choices)


class Grid(NamedTuple):
    """A table with a name, by which formulas find its columns."""

    name: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Content | Entry]]
    grows: bool = False


class Tab(NamedTuple):
    """A sheet: lines of text, and tables under each other. The first head, and so many columns, stay in sight."""

    name: str
    lines: Sequence[str | Live] = ()
    grids: Sequence[Grid] = ()
    kept: int = 0


class _Writer:
    """Writes tabs into a workbook of xlsxwriter, and remembers its formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats: dict[tuple[Look, bool], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.lines = {True: book.add_format(), False: book.add_format({"text_wrap": True, "valign": "top"})}
        head = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE5EE", "bottom": 1}
        self.heads = {shape: book.add_format({**head, **_side(shape)}) for shape in Look}

    def format(self, shape: Look, *, filled: bool) -> Any:
        """The format of a cell; light yellow where somebody fills it in."""
        if (shape, filled) not in self.formats:
            looks = {"num_format": shape.value, "valign": "top", "text_wrap": True, **_side(shape)}
            if filled:
                looks |= {"bg_color": "#FFF9DB", "border": 1, "border_color": "#D9D9D9"}
            self.formats[shape, filled] = self.book.add_format(looks)
        return self.formats[shape, filled]

    def tab(self, tab: Tab) -> None:
        sheet = self.book.add_worksheet(tab.name)
        sheet.add_write_handler(Live, _write_live)
        for number, line in enumerate(tab.lines):
            sheet.write(number, 0, line, self.lines[bool(tab.grids)] if number else self.title)
        several = [[field.width for field in grid.fields] for grid in tab.grids] or [[_TEXT]]
        widths = list(map(max, zip_longest(*several, fillvalue=0)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        _set_up(sheet, widths, tab.kept)
        if not tab.grids:
            for number, line in enumerate(tab.lines[1:], 1):
                _raise(sheet, number, [(line, _TEXT)])
            return
        row = len(tab.lines) + 1  # Of the first head.
        sheet.freeze_panes(row + 1, tab.kept)
        sheet.repeat_rows(row)
        for grid in tab.grids:
            self.grid(sheet, grid, row, widths)
            row += max(1, len(grid.rows)) + 3

    def grid(self, sheet: Worksheet, grid: Grid, row: int, widths: Sequence[int]) -> None:
        last = row + max(1, len(grid.rows))
        heads = [{"header": field.head, "header_format": self.heads[field.shape]} for field in grid.fields]
        _raise(sheet, row, zip((field.head for field in grid.fields), widths, strict=False), _HEAD)
        look = {"name": grid.name, "columns": heads, "style": "Table Style Light 9"}
        sheet.add_table(row, 0, last, len(heads) - 1, look)
        end = last + _SPARE * grid.grows
        for column, field in enumerate(grid.fields):
            if field.is_filled_in:
                rules = _validation(field.head, field.choices, field.note, strict=field.strict)
                sheet.data_validation(row + 1, column, end, column, rules)
        for down, cells in enumerate(grid.rows, row + 1):
            _raise(sheet, down, zip(cells, widths, strict=False))
            for column, (cell, field) in enumerate(zip(cells, grid.fields, strict=True)):
                self.cell(sheet, (down, column), cell, field)

    def cell(self, sheet: Worksheet, place: tuple[int, int], cell: Content | Entry, field: Field) -> None:
        format_ = self.format(field.shape, filled=field.is_filled_in)
        if isinstance(cell, Entry):
            sheet.data_validation(*place, *place, _validation(field.head, cell.choices, cell.note))
            format_, cell = self.format(cell.shape, filled=True), cell.content
        match cell:
            case str() if len(cell) > LONGEST_CELL:
                raise ValueError(cell[:_TITLE])
            case int() | float() if float(f"{cell:.16G}") != cell:
                cell = repr(cell)  # Cells hold sixteen figures of a number.
        sheet.write(*place, cell, format_)


def _set_up(sheet: Worksheet, widths: Sequence[int], kept: int) -> None:
    """How the sheet is printed: as few pages across as leave its letters legible, on each the columns kept in sight."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(**_MARGINS)
    sheet.set_footer("&L&A&RPage &P of &N")
    points = [5.25 * width + 3.75 for width in widths]
    again = sum(points[:kept])
    across = ceil((sum(points) - again) / (_ROOM * _SIZE / _LEAST - again))
    sheet.fit_to_pages(across, 0)
    if across > 1:
        sheet.repeat_columns(0, kept - 1)


def _raise(sheet: Worksheet, row: int, cells: Iterable[tuple[Any, int]], least: int = _LINE) -> None:
    """Make a row as high as the words of its cells need, each in a column of so many figures: not every program does.

    Columns are as wide as figures of the letters that a program has; words are about as wide beside those in all.
    """
    lines, bold = [1], least == _HEAD
    for cell, width in cells:
        words = getattr(cell, "value", getattr(cell, "content", cell))
        if isinstance(words, str):
            room = (width - 1) * extent("0", _SIZE)
            lines.append(sum(len(wrapped(line, room, _SIZE, bold=bold)) for line in words.split("\n")))
    if (high := max(least, _LINE * max(lines))) > _LINE:
        sheet.set_row(row, min(high, _HIGHEST))


def _write_live(sheet: Worksheet, row: int, column: int, live: Live, look: Any) -> Any:
    return sheet.write_formula(row, column, live.formula, look, live.value)


def _side(shape: Look) -> dict[str, Any]:
    """Text stands on the left, a little in; figures on the right."""
    return {"align": "left", "indent": 1} if shape is Look.TEXT else {"align": "right"}


def _validation(title: str, choices: Sequence[str], note: str, *, strict: bool = True) -> dict[str, Any]:
    """A drop-down, and a note that shows where the cell is chosen."""
    rules: dict[str, Any] = {"validate": "any"}
    if choices:
        rules = {"validate": "list", "source": list(choices), "show_error": strict}
        if strict:
            rules |= {"error_title": "Not one of the words", "error_message": "Choose one from the list."}
    if note:
        rules |= {"input_title": title[:_TITLE], "input_message": note[:_NOTE]}
    return rules


def xlsx(tabs: Sequence[Tab], title: str) -> bytes:
    """The workbook. Raises ValueError where a text is longer than a cell holds, ImportError without xlsxwriter."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - an extra, and only where a workbook is written

    stream = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(stream, plain)
    book.set_properties({"title": title, "created": _CREATED})
    writer = _Writer(book)
    for tab in tabs:
        writer.tab(tab)
    book.close()
    return stream.getvalue()

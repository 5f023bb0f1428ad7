"""A workbook (.xlsx) opened with care: the cells of its sheets as text, and where each stands."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

from mba.load.source import HIDDEN, Source, cells, character, clip, file_refusal, visible
from mba.load.tree import Extent
from mba.problem import Location, MbaError, Problem

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_BOOK = 20_000_000
"""Bytes: the workbook of 1,000 functions is under 2,000,000; a template may have pictures."""
LARGEST_UNPACKED, _MOST_PARTS = 50_000_000, 2_000
MOST_ROWS, MOST_COLUMNS = 5_000, 200
"""What is looked at of a sheet; what stands beyond is refused."""
_COLUMNS = 16_384
_ZIP = b"PK\x03\x04"
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets", re.IGNORECASE)
_BROKEN = "is broken", "Open it and save it anew, as an Excel workbook (.xlsx) or a Word document (.docx)."
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)")


class SheetCells(Source):
    """The cells of a sheet that hold something, by row and column from 1, as text.

    `heads` says what a column is called and `labels` what a row is, so that a problem can be shown with it; `called`
    are headings that are called otherwise here. `merged` are groups of cells that are one: where they start, and their
    name. `problems` are what is wrong with single cells.
    """

    def __init__(self, file: str, name: str) -> None:
        super().__init__(file, "")
        self.title = name
        self.said: dict[tuple[int, int], str] = {}
        self.heads: dict[int, str] = {}
        self.labels: dict[int, str] = {}
        self.called: dict[str, str] = {}
        self.merged: list[tuple[int, int, str]] = []
        self.problems: list[Problem] = []

    def at(self, row: int, column: int) -> Extent:
        """Where a cell stands."""
        start = row * _COLUMNS + column
        return Extent(self, start, start + 1)

    def hold(self, row: int, column: int, text: str) -> None:
        """Take what a cell says, and note a character in it that nobody sees."""
        self.said[row, column] = text
        if hidden := HIDDEN.search(text):
            hint = "Delete the text and type it again; it was probably pasted from another program."
            self.wrong(row, column, f"a hidden character, {character(hidden.group())}, is in this cell", hint)

    def wrong(self, row: int, column: int, message: str, hint: str = "") -> None:
        """Note what is wrong with a cell."""
        self.problems.append(Problem(message, self.at(row, column).place(), hint))

    def place(self, start: int, end: int | None = None) -> Location:  # noqa: ARG002 - a cell is one thing
        """The place of a cell, with what its row or column is called."""
        row, column = place_of(start)
        head = self.labels.get(row) or self.heads.get(column, "")
        before = f"{clip(head)}: " if head else ""
        shown = clip(self.said.get((row, column), ""))
        where = f"{visible(self.title)}!{letters(column)}{row}".removeprefix("!")
        return Location(self.name, row, column, before + shown, cells(before), max(1, cells(shown)), where)

    def above(self, top: int) -> list[str]:
        """What stands above a row."""
        return [self.said[place] for place in filter(lambda place: place[0] < top, self.said)]

    def rows(self, after: int = 0) -> dict[int, dict[int, str]]:
        """The rows below one that hold something, each by column."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in self.said.items():
            if row > after:
                found.setdefault(row, {})[column] = text
        return dict(sorted(found.items()))


def place_of(start: int) -> tuple[int, int]:
    """The row and the column of what starts there in a sheet."""
    return divmod(start, _COLUMNS)


def letters(column: int) -> str:
    """What a spreadsheet calls a column: A, B, ... Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_zip(raw: bytes) -> bool:
    """Whether these are the bytes of a zip file, as every workbook is."""
    return raw.startswith(_ZIP)


def sheets_of(file: str, raw: bytes, names: tuple[str, ...] = (), top: int | None = None) -> dict[str, SheetCells]:
    """The sheets of these names, whatever the capitals; and the others by their titles, as far as row `top` if given.

    Raises MbaError where it is no workbook, holds macros, or would be too large once unpacked.
    """
    if wrong := wrong_with(raw, "xl/workbook.xml"):
        raise file_refusal(file, *wrong)
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - an extra, and only where a workbook is read
    except ModuleNotFoundError as error:
        hint = "Install mba with its extra “office”, as make demo does, or write the profile as YAML."
        raise file_refusal(file, "is a workbook, and openpyxl, which reads it, is not installed", hint) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of what openpyxl leaves out, which is never a value.
            formulas = values = load_workbook(io.BytesIO(raw), keep_links=False)
            if any(cell.data_type == "f" for cell in chain.from_iterable(map(_held, formulas.worksheets))):
                values = load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
    except Exception as error:  # It raises whatever a broken part leads to.
        raise file_refusal(file, *_BROKEN) from error
    found = {}
    known = {name.casefold(): name for name in names}
    for sheet in values.worksheets:  # Not those that are a chart alone.
        name = known.get(sheet.title.strip().casefold())
        found[name or sheet.title] = _read(file, sheet, formulas[sheet.title], None if name else top)
    return found


def wrong_with(raw: bytes, part: str) -> tuple[str, str] | None:
    """What is wrong with a file of an office, and what to do about it, found before anything in it is unpacked.

    `part` is what every such file has. None where it may be opened.
    """
    import zipfile  # noqa: PLC0415 - only where a workbook is read

    if len(raw) > LARGEST_BOOK:
        return f"is larger than {LARGEST_BOOK:,} bytes", "Is this the right file?"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > LARGEST_UNPACKED:
                return f"holds more than {LARGEST_UNPACKED:,} bytes once it is unpacked", "Is this the right file?"
            if any(_MACROS.search(each.filename) for each in parts):
                return "holds macros, which are never run here", "Save it as .xlsx or .docx, without macros."
            if part not in packed.namelist():
                hint = "Save it as an Excel workbook (.xlsx) or a Word document (.docx)."
                return "is a zip file of another kind", hint
            if any(_DECLARED.search(packed.read(each).replace(b"\0", b"")) for each in parts):
                return "has declarations that no such file needs", "Save it anew from Excel or Word."
    except Exception:  # noqa: BLE001 - each way of packing has faults of its own
        return _BROKEN
    return None


def _held(sheet: Worksheet) -> list[Cell]:
    """The cells that there are, without those between them: a sheet may be a million rows long, and empty."""
    return cast("list[Cell]", list(sheet._cells.values()))  # noqa: SLF001 - iterating would make every cell


def _read(file: str, values: Worksheet, formulas: Worksheet, top: int | None) -> SheetCells:
    sheet = SheetCells(file, values.title)
    for formula in sorted(_held(formulas), key=attrgetter("row", "column")):
        row, column = formula.row, formula.column
        if formula.value is None or row > (top or row):
            continue
        if row > MOST_ROWS or column > MOST_COLUMNS:
            message = f"the sheet goes on beyond row {MOST_ROWS:,} or column {letters(MOST_COLUMNS)}"
            raise MbaError(Problem(message, sheet.at(row, column).place(), "Delete what is not used."))
        value = cast("Cell", values.cell(row, column))
        text = _text(value)
        sheet.hold(row, column, text)
        if value.data_type == "e":
            hint = "Mend the formula, or write the figure itself."
            sheet.wrong(row, column, f"the formula in this cell comes to {clip(text)}", hint)
        elif formula.data_type == "f" and value.value is None and value.data_type == "n":
            hint = "Open the workbook, save it, and try again."
            sheet.wrong(row, column, "the formula in this cell has no value yet", hint)
    for merged in values.merged_cells.ranges:
        sheet.merged.append((merged.min_row, merged.min_col, str(merged.coord)))
    return sheet


def _text(cell: Cell) -> str:
    """What is in a cell, as a profile has it; a share is in per cent, with the sign, where the cell shows it so."""
    value: Any = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, (int, float)) and "%" in cell.number_format:
        return f"{(100 * Decimal(repr(value))).normalize():f}%"
    if isinstance(value, (int, float)):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")

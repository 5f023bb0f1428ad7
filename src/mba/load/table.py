"""The table of a spreadsheet in a text, and what a bare list of functions does not say: all that every start needs."""

import csv
import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mba.forms import SOME_DAY, dated, day_in
from mba.load.cells import SheetCells
from mba.load.source import LARGEST_FILE, text_of
from mba.problem import MbaError

_LOOKED_AT = 4_000
FROM = r"\b(?:from|start(?:s|ing)?(?: on)?)\b"
_START = re.compile(rf"{FROM}[\s:,;|]*({SOME_DAY})\b(?!\s*(?:(?:to|till?|until)\b|[-–—]))", re.IGNORECASE)
"""What says in a line above the headings from which day the answer is to hold; a day from and to which is none such."""
_NO_TABLE = re.compile(r"[#{\[\-?%&*!|>]|.*:(\s|$)")


class Unsaid(NamedTuple):
    """What a bare list does not say: how many people it is for, and of what kind and name the organisation is.

    `bodies` are the names of those who are around.
    """

    people: str | None = None
    kind: str = ""
    name: str = ""
    bodies: tuple[str, ...] = ()


BARE = Unsaid()
"""Nothing is said beside a list."""


def table_in(name: str, raw: bytes) -> SheetCells | None:
    """The cells of a text that is the table of a spreadsheet; None where it is none. Raises MbaError where no text."""
    try:
        return _table(name, text_of(name, raw).text)
    except MbaError:
        # Of a table, the older code of Excel will do.
        if len(raw) <= LARGEST_FILE and (table := _table(name, raw.decode("cp1252", "replace"))):
            return table
        raise


def _table(name: str, text: str) -> SheetCells | None:
    """The cells of a text that is the table of a spreadsheet; None where it is none."""
    text = re.sub(r"^sep=.*\n", "", text)
    is_named_so = name.casefold().endswith((".csv", ".tsv"))
    lines = text[:_LOOKED_AT].lstrip().splitlines()
    lines = lines[bool(start_in([*lines[:1]])) :]
    if not lines or (_NO_TABLE.match(lines[0]) and not is_named_so):
        return None
    parted_by = max(",;\t|", key=max(lines, key=len).count)
    try:
        first = [len(row) for row in csv.reader(lines[:2], delimiter=parted_by)]
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=parted_by))
    except csv.Error:  # A cell of more than 130,000 characters.
        return None
    if not is_named_so and (len(first) < 2 or not first[0] == first[1] > 1):  # noqa: PLR2004 - a header and a row
        return None
    sheet = SheetCells(name, "")
    for number, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            if cell.strip():
                sheet.hold(number, column, cell)
    return sheet


def start_in(cells: Iterable[str]) -> date | None:
    """The day that a line names from which the answer is to hold; None where it names none."""
    said = _START.search(" ".join(cells))
    return said and (dated(said[1]) or day_in(said[1]))

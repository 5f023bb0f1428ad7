"""The rows of a sheet by their headings, wherever those stand and in whatever order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mba.load.cell_values import in_plain, near_hint, says_nothing
from mba.load.cells import SheetCells
from mba.load.columns import Key
from mba.load.hints import it_can_be
from mba.load.source import clip
from mba.load.tree import Extent

_TOTAL = re.compile(r"(grand |sub[- ]?)?totals?|sum", re.IGNORECASE)
_LABELS = {"Id", "Name", "Functions"}
_HEAD_AMONG = 30
"""Rows at the top of a sheet among which the headings are looked for."""


class Said(NamedTuple):
    """What a cell says, and where it stands."""

    text: str
    mark: Extent


SaidRow: TypeAlias = dict[str, Said]
"""The cells of a row that say something, by heading."""


def answers_of(sheet: SheetCells, keys: Sequence[Key]) -> SaidRow:
    """What stands beside each key on a sheet that has a row a key."""
    known = _called(keys)
    row: SaidRow = {}
    for number, cells in sheet.rows().items():
        (column, head), *rest = cells.items()
        key, answer = known.get(in_plain(head)), cells.get(column + 1, "")
        if key is None and row and rest:
            sheet.wrong(number, column, f"nothing here is called “{clip(head)}”", near_hint(head, known))
        if key is None or _is_blank(key, answer):
            continue
        if key.head in row:
            sheet.wrong(number, column, f"“{key.head}” is answered twice", "Keep one of the two.")
        sheet.labels[number] = key.head
        row[key.head] = Said(answer, sheet.at(number, column + 1))
    return row


def rows_of(sheet: SheetCells, keys: Sequence[Key]) -> list[SaidRow]:
    """The rows below the headings, without those that are blank or a total."""
    top, columns = _headed(sheet, keys)
    rows = sheet.rows(top)
    _tell_what_is_none(sheet, top, rows, columns)
    by_head = {key.head: key for key in keys}
    found = []
    for number, cells in rows.items():
        row: SaidRow = {}
        for column, head in columns.items():
            text = cells.get(column, "")
            if head and not _is_blank(by_head[head], text):
                row[head] = Said(text, sheet.at(number, column))
        if row and not any(_TOTAL.fullmatch(row[head].text.strip(" :")) for head in row.keys() & _LABELS):
            found.append(row)
    return found


def _called(keys: Sequence[Key]) -> dict[str, Key]:
    """The keys by what they may be called: their headings or, where nothing else is called so, their names in YAML."""
    names = {in_plain(key.route[-1]): key for key in reversed(keys)}
    return names | {in_plain(key.head): key for key in keys}


def _is_blank(key: Key, text: str) -> bool:
    return not text.strip() or says_nothing(key, text)


def _headed(sheet: SheetCells, keys: Sequence[Key]) -> tuple[int, dict[int, str]]:
    """The row of the headings, and what each column is called; empty where that is no column of a profile."""
    known = _called(keys)
    tops = {number: cells for number, cells in sheet.rows().items() if number <= _HEAD_AMONG}
    fit = {number: sum(in_plain(text) in known for text in cells.values()) for number, cells in tops.items()}
    top = max(fit, key=lambda number: fit[number], default=0)
    if not fit.get(top):
        if tops:
            sheet.wrong(min(tops), 1, "no headings are in this sheet", it_can_be([key.head for key in keys]))
        return max(sheet.rows(), default=0), {}
    for column, text in tops[top].items():
        key = known.get(in_plain(text))
        if key is None:
            hint = near_hint(text, known) or "Delete the column, or move it to a sheet of its own."
            sheet.wrong(top, column, f"no column is called “{clip(text)}”", hint)
        elif key.head in sheet.heads.values():
            sheet.wrong(top, column, f"“{key.head}” is the heading of two columns", "Keep one of the two.")
        sheet.heads[column] = key.head if key else ""
    return top, sheet.heads


def _tell_what_is_none(
    sheet: SheetCells, top: int, rows: Mapping[int, Mapping[int, str]], columns: Mapping[int, str]
) -> None:
    """Tell of cells that are one with others, and of columns that nobody knows what to do with."""
    for number, column, merged in sheet.merged:
        if number > top:
            sheet.wrong(number, column, f"the cells {merged} are merged", "Take them apart, and fill in each.")
    told: set[int] = set(columns)
    for number, cells in rows.items():
        for column in cells.keys() - told:
            hint = "Give it one of the headings, delete it, or move it to a sheet of its own."
            sheet.wrong(number, column, "this column has no heading", hint)
            told.add(column)

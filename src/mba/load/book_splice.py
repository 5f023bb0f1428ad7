"""A value put into a cell of a workbook where the reader says it stands, everything else in the file as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TypeAlias, cast
from xml.sax.saxutils import escape

from mba.load.cells import LARGEST_BOOK, SheetCells, letters, place_of, sheets_of
from mba.load.columns import head_at
from mba.load.source import file_name, read_bytes
from mba.load.tree import Extent, Node
from mba.load.workbook import of_workbook
from mba.problem import Location, MbaError, Problem

CellOf: TypeAlias = Callable[[str, str | None, tuple[str, ...]], str]
"""The cell of a key, by the group, the id of its row and the route to it."""


def into_book(file: str, raw: bytes, group: str, of: str | None, route: tuple[str, ...], value: int | str) -> bytes:
    """The workbook with a value in the cell of a key of the row with an id, or of the organisation.

    Raises MbaError, with where to write it, where there is no such cell or it holds a formula.
    """
    cell = _cell(file, of_workbook(file, raw)[0], group, of, route)
    part = _part_of(raw, cast("SheetCells", cell.source).title)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == part:
                data = _written(data, cell, value)
            new.writestr(member, data)
        new.comment = old.comment
    return stream.getvalue()


def cells_in_book(path: str) -> CellOf | None:
    """What says the cell of a key of a row, or of the organisation, in the workbook at a path, such as Functions!H7.

    It says nothing where there is no such cell; None where the file is no workbook of a profile.
    """
    try:
        root, _ = of_workbook(file_name(path), read_bytes(path, LARGEST_BOOK))
    except MbaError:
        return None

    def cell_of(group: str, of: str | None, route: tuple[str, ...]) -> str:
        try:
            return _cell(path, root, group, of, route).place().cell
        except MbaError:
            return ""

    return cell_of


def cells_apart(file: str, before: bytes, after: bytes) -> str:
    """The cells that differ in two workbooks of the same sheets, a line each with what they hold."""
    lines = []
    old, new = sheets_of(file, before), sheets_of(file, after)
    for title, sheet in new.items():
        for row, column in sorted(sheet.said.keys() | old[title].said.keys()):
            was, now = (each.said.get((row, column), "") for each in (old[title], sheet))
            if was != now:
                lines.append(f"{file}:{title}!{letters(column)}{row}: {was or 'blank'} → {now or 'blank'}\n")
    return "".join(lines)


def _cell(file: str, root: Node, group: str, of: str | None, route: tuple[str, ...]) -> Extent:
    """Where the value of a key of a row, or of the organisation, stands or would stand."""
    head, node = head_at((group, *route)), root.group()[group]
    if isinstance(node.value, list):
        node = next(filter(lambda row: row.word("id") == of, node.value))
    sheet = cast("SheetCells", node.mark.source)
    for row in filter(lambda row: of is None and sheet.labels[row] == head, sheet.labels):
        return sheet.at(row, min(sheet.rows()[row]) + 1)
    for column in filter(lambda column: sheet.heads[column] == head, sheet.heads):
        return sheet.at(place_of(node.mark.start)[0], column)
    hint = f"Add it, or write the answer into the file yourself: {head}"
    raise MbaError(Problem(f"the sheet {sheet.title} has nothing called “{head}”", Location(file), hint))


def _part_of(raw: bytes, title: str) -> str:
    """The member of the zip file that holds a sheet."""
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - an extra, and only where a workbook is written

    reader = ExcelReader(io.BytesIO(raw), keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    _, link = next(filter(lambda pair: pair[0].name == title, reader.parser.find_sheets()))
    return str(link.target)


_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
"""A cell in the XML of a sheet, with its attributes."""


def _written(xml: bytes, where: Extent, value: int | str) -> bytes:
    """The XML of a sheet with a value in a cell of a row that has some: in place of what was there, or in turn."""
    number, column = place_of(where.start)
    row = re.search(rb'<(\w+:|)row\b[^>]*?\sr="%d"[^>]*>.*?(?=</\1row>)' % number, xml, re.DOTALL)
    if row is None:
        raise MbaError(Problem("an answer cannot be written here", where.place(), f"Write there: {value}"))
    name, style = f"{letters(column)}{number}", ""
    start = end = row.end()
    for cell in _CELL.finditer(xml, row.start(), row.end()):
        said = dict(re.findall(r'(\w+)="([^"]*)"', cell[1].decode()))
        if said["r"] == name:
            (start, end), style = cell.span(), said.get("s", "")
            break
        if (len(said["r"]), said["r"]) > (len(name), name):
            start = end = cell.start()
            break
    if re.search(rb"<(\w+:)?f\b", xml[start:end]):
        raise MbaError(Problem("this cell holds a formula, which stays", where.place(), f"Write there: {value}"))
    return xml[:start] + _cell_of(row[1].decode(), name, style, value) + xml[end:]


def _cell_of(p: str, name: str, style: str, value: int | str) -> bytes:
    """A cell with a figure or a text, with a prefix on its tags, in the style of the one that it replaces."""
    opened = f'<{p}c r="{name}" s="{style}"'.removesuffix(' s=""')
    if isinstance(value, int):
        return f"{opened}><{p}v>{value}</{p}v></{p}c>".encode()
    said = escape(value, {"\n": "&#10;"})
    text = f'{opened} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is></{p}c>'
    return text.encode("ascii", "xmlcharrefreplace")

"""A value put into a cell of a workbook where the parser says it stands, everything else in the file as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias, cast
from xml.parsers import expat
from xml.sax.saxutils import escape

from mba.load.cells import LARGEST_BOOK, SheetCells, letters, place_of, sheets_of
from mba.load.columns import ORGANISATION_KEYS, head_at
from mba.load.headed import in_plain, keys_called
from mba.load.source import file_name, read_bytes
from mba.load.tree import Node
from mba.load.workbook import of_workbook
from mba.problem import Location, MbaError, Problem

CellOf: TypeAlias = Callable[[str, str | None, tuple[str, ...]], str]
"""The cell of a key, by the group, the id of its row and the route to it."""


class Element(NamedTuple):
    """An element of XML: its tag, and the bytes from its start to its closing tag and to its end.

    One that closes itself has its start for its closing tag.
    """

    tag: str
    attributes: Mapping[str, str]
    start: int
    closing: int
    end: int

    @property
    def prefix(self) -> str:
        """What stands before its name, with the colon."""
        return self.tag[: self.tag.find(":") + 1]

    @property
    def name(self) -> str:
        """Its name without its prefix."""
        return self.tag.removeprefix(self.prefix)


def into_book(file: str, raw: bytes, group: str, of: str | None, route: tuple[str, ...], value: int | str) -> bytes:
    """The workbook with a value in the cell of a key of the row with an id, or of the organisation.

    Raises MbaError, with where to write it, where there is no such cell or it holds a formula.
    """
    sheet, row, column = _cell(file, of_workbook(file, raw)[0], group, of, route)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        part = _part_of(packed, sheet.title)
        xml = packed.read(part)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == part:
                data = _written(xml, sheet, row, column, value)
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
            sheet, row, column = _cell(path, root, group, of, route)
        except MbaError:
            return ""
        return f"{sheet.title}!{letters(column)}{row}"

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


def _cell(file: str, root: Node, group: str, of: str | None, route: tuple[str, ...]) -> tuple[SheetCells, int, int]:
    """The sheet, the row and the column of a key of a row, or of the organisation."""
    head = head_at((group, *route))
    node = root.group()[group]
    if isinstance(node.value, list):
        node = next(filter(lambda row: row.word("id") == of, node.value))
    sheet = cast("SheetCells", node.mark.source)
    if of is None:
        known = keys_called(ORGANISATION_KEYS)
        for row, cells in sheet.rows().items():
            (column, text), *_ = cells.items()
            key = known.get(in_plain(text))
            if key and key.head == head:
                return sheet, row, column + 1
    else:
        for column, text in sheet.heads.items():
            if text == head:
                return sheet, place_of(node.mark.start)[0], column
    hint = f"Add it, or write the answer into the file yourself: {head}"
    raise MbaError(Problem(f"the sheet {sheet.title} has nothing called “{head}”", Location(file), hint))


def _part_of(packed: zipfile.ZipFile, title: str) -> str:
    """The member of the zip file that holds a sheet."""
    sheets = _parts(packed.read("xl/workbook.xml"), {"sheet"})
    relations = _parts(packed.read("xl/_rels/workbook.xml.rels"), {"Relationship"})
    sheet = next(filter(lambda part: part.attributes["name"] == title, sheets))
    ids = {value for key, value in sheet.attributes.items() if key.endswith(":id")}
    target = next(filter(lambda part: part.attributes["Id"] in ids, relations)).attributes["Target"]
    return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")


def _parts(xml: bytes, names: Iterable[str]) -> list[Element]:
    """The elements with these names, in the order in which they end."""
    parser, begun, found = expat.ParserCreate(), list[tuple[str, Mapping[str, str], int]](), list[Element]()

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        begun.append((tag, attributes, parser.CurrentByteIndex))

    def finish(_tag: str) -> None:
        tag, attributes, start = begun.pop()
        closing = end = parser.CurrentByteIndex
        if xml.index(b">", start) + 1 == closing and xml[closing - 2 : closing] == b"/>":
            closing = start  # One that closes itself ends where the parser is; any other has its closing tag there.
        else:
            end = xml.index(b">", closing) + 1
        found.append(Element(tag, attributes, start, closing, end))

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.Parse(xml, True)
    return list(filter(lambda part: part.name in names, found))


def _written(xml: bytes, sheet: SheetCells, row: int, column: int, value: int | str) -> bytes:
    """The XML of a sheet with a value in a cell of a row that has some: in place of what was there, or in turn."""
    parts = _parts(xml, {"row", "c", "f"})
    line = next(filter(lambda part: part.name == "row" and part.attributes.get("r") == str(row), parts))
    inside = list(filter(lambda part: line.start < part.start < line.end, parts))
    cells = {part.attributes.get("r", ""): part for part in inside if part.name == "c"}
    name = f"{letters(column)}{row}"
    here, later = cells.get(name), [part.start for at, part in cells.items() if (len(at), at) > (len(name), name)]
    if here is None:
        at = min((*later, line.closing))
        return xml[:at] + _cell_of(line.prefix, name, "", value) + xml[at:]
    if any(part.name == "f" and here.start < part.start < here.end for part in inside):
        where = sheet.at(row, column).place()
        raise MbaError(Problem("this cell holds a formula, which stays", where, f"Write there: {value}"))
    return xml[: here.start] + _cell_of(line.prefix, name, here.attributes.get("s", ""), value) + xml[here.end :]


def _cell_of(p: str, name: str, style: str, value: int | str) -> bytes:
    """A cell with a figure or a text, with a prefix on its tags, in the style of the one that it replaces."""
    opened = f'<{p}c r="{name}" s="{style}"'.removesuffix(' s=""')
    if isinstance(value, int):
        return f"{opened}><{p}v>{value}</{p}v></{p}c>".encode()
    said = escape(value, {"\n": "&#10;"})
    text = f'{opened} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is></{p}c>'
    return text.encode("ascii", "xmlcharrefreplace")

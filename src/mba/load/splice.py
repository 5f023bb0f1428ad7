"""A value put into a file where the parser says it goes, every other line or cell as it was."""

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import TypeAlias, cast
from xml.sax.saxutils import escape

from mba.load.cells import LARGEST_BOOK, SheetCells, letters, place_of, sheets_of
from mba.load.columns import head_at
from mba.load.nodes import parse
from mba.load.source import Source, file_name, file_refusal, read_bytes
from mba.load.tree import Extent, Node, Route
from mba.load.workbook import of_workbook
from mba.problem import MbaError

_BREAK = re.compile(r"\r\n|\r|\n")
_FLOW = re.compile(r"(&\S+\s+)?[\[{]")


def splice(source: Source, route: Route, value: int | str) -> Source:
    """A file with a value at a route: in place of what stood there, or else after the rest of its group.

    What the route leads through is made where it is missing. Raises MbaError, with what to type, where that would
    change anything else, as it would where an anchor has one group stand in two places.
    """
    root = parse(source)
    node, missing = root, list(route)
    while missing and (inner := node.child(missing[0])):
        node = inner
        del missing[0]
    key = json.dumps if source.text.startswith('"', _first(root)) else str
    text, start, end = source.text, node.mark.start, node.mark.end
    written = json.dumps(value, ensure_ascii=False)
    for step in reversed(missing[1:]):
        written = f"{{{key(step)}: {written}}}"
    if missing:
        written = f"{key(missing[0])}: {written}"
        text = _added(text, node, written)
    elif node.value is None and text[start:end] == ":":
        text = f"{text[:end]} {written}{text[end:]}"
    else:
        text = f"{text[:start]}{written}{text[end:]}"
    changed = Source(source.name, text, source.codec)
    with contextlib.suppress(MbaError):
        if text and parse(changed).plain() == _wanted(root.plain(), route, str(value)):
            return changed
    message = "an answer cannot be written here without changing something else"
    raise MbaError(root.spot(*route).problem(message, f"Write it there yourself: {written}"))


def _first(group: Node) -> int:
    """Where the first key of a group stands; 0 where there is none."""
    return min((mark.start for mark in group.keys.values()), default=0)


def _wanted(data: object, route: Route, value: object) -> object:
    """Plain data with a value at a route."""
    if not route:
        return value
    step, *rest = route
    if isinstance(data, list):
        return [_wanted(row, tuple(rest), value) if at == step else row for at, row in enumerate(data)]
    group = data if isinstance(data, dict) else {}
    return {**group, step: _wanted(group.get(step), tuple(rest), value)}


def _added(text: str, group: Node, written: str) -> str:
    """The text with a key added to a group, after the last value that stands in it; empty where that cannot be."""
    if not isinstance(group.value, dict):
        return ""
    at = _end(text, group)
    if _FLOW.match(text, group.mark.start) and group.keys:
        return f"{text[:at]}, {written}{text[at:]}"
    if _FLOW.match(text, group.mark.start):
        return f"{text[: group.mark.end - 1]}{written}{text[group.mark.end - 1 :]}"
    first = _first(group)
    line = max(text.rfind(sign, 0, first) for sign in "\r\n") + 1
    at = max(at, *(mark.end for mark in group.keys.values()))
    at += len(re.split(r"[\r\n]", text[at:], maxsplit=1)[0])
    sign = "".join(_BREAK.findall(text, at)[:1] or _BREAK.findall(text)[:1]) or "\n"
    indent = re.sub(r"\S", " ", text[line:first])
    return f"{text[:at]}{sign}{indent}{written}{text[at:]}"


def _end(text: str, node: Node) -> int:
    """Where the last value ends that stands in a group or a list, and not where an alias leads to."""
    own = filter(lambda inner: inner.mark.start >= node.mark.start, (*node.members(), *node.group().values()))
    return max((_end_of(text, inner) for inner in own), default=0)


def _end_of(text: str, node: Node) -> int:
    if isinstance(node.value, (dict, list)) and not _FLOW.match(text, node.mark.start):
        return _end(text, node)
    return node.mark.start + len(text[node.mark.start : node.mark.end].rstrip())


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
    for row, label in sheet.labels.items():
        if of is None and label == head:
            return sheet.at(row, min(sheet.rows()[row]) + 1)
    for column, text in sheet.heads.items():
        if text == head:
            return sheet.at(place_of(node.mark.start)[0], column)
    hint = f"Add it, or write the answer into the file yourself: {head}"
    raise file_refusal(file, f"the sheet {sheet.title} has nothing called “{head}”", hint)


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
    if row is None or any(b' r="' not in cell[1] for cell in _CELL.finditer(row[0])):
        raise MbaError(where.problem("an answer cannot be written here", f"Write there: {value}"))
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
        raise MbaError(where.problem("this cell holds a formula, which stays", f"Write there: {value}"))
    return xml[:start] + _cell_of(row[1].decode(), name, style, value) + xml[end:]


def _cell_of(p: str, name: str, style: str, value: int | str) -> bytes:
    """A cell with a figure or a text, with a prefix on its tags, in the style of the one that it replaces."""
    opened = f'<{p}c r="{name}" s="{style}"'.removesuffix(' s=""')
    if isinstance(value, int):
        return f"{opened}><{p}v>{value}</{p}v></{p}c>".encode()
    said = escape(value, {"\n": "&#10;"})
    text = f'{opened} t="inlineStr"><{p}is><{p}t xml:space="preserve">{said}</{p}t></{p}is></{p}c>'
    return text.encode("ascii", "xmlcharrefreplace")

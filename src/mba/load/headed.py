"""The rows of a sheet by their headings, wherever those stand; what its cells say; and the sheet that a text is."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain
from typing import NamedTuple, TypeAlias

from mba.about import Kind
from mba.forms import SOME_DAY, as_id, dated, day_in
from mba.load.cells import SheetCells, place_of
from mba.load.columns import NO_FLAGS, Key
from mba.load.hints import did_you_mean, it_can_be, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.source import LARGEST_FILE, clip, text_of
from mba.load.tree import Node
from mba.problem import MbaError

_TOTAL = re.compile(r"((grand |sub[- ]?)?totals?|sum)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"((grand|sub|net|overall|gross)[- ]?)*totals?\b(?! facilities management).*|.*\b(sub[- ]?)?totals?"
    r"|(sub[- ]?)?sum( of .*)?",
    re.IGNORECASE,
)
_LABELS = {"Id", "Name", "Functions"}
HEAD_AMONG = 30
"""Rows at the top of a sheet among which the headings are looked for."""


SaidRow: TypeAlias = dict[str, Node]
"""The cells of a row that say something, by heading."""


class Heads(NamedTuple):
    """The row of the headings, the key of each column, and the headings and columns that are of no key."""

    top: int
    columns: dict[int, Key]
    others: dict[int, str]


def answers_of(sheet: SheetCells, keys: Sequence[Key]) -> SaidRow:
    """What stands beside each key on a sheet that has a row a key."""
    known = keys_called(keys)
    row: SaidRow = {}
    for number, cells in sheet.rows().items():
        (column, head), *rest = cells.items()
        key, answer = known.get(in_plain(head)), cells.get(column + 1, "")
        if key is None and row and rest:
            sheet.wrong(number, column, f"nothing here is called “{clip(head)}”", near_hint(head, known))
        if key is None:
            continue
        sheet.labels[number] = key.head
        if _is_blank(key, answer):
            continue
        if key.head in row:
            sheet.wrong(number, column, f"“{key.head}” is answered twice", "Keep one of the two.")
        row[key.head] = Node(sheet.at(number, column + 1), answer)
    return row


def rows_of(sheet: SheetCells, keys: Sequence[Key]) -> list[SaidRow]:
    """The rows below the headings, without those that are blank or a total; every column must have a heading."""
    known = keys_called(keys)
    heads = heads_of(sheet, lambda text: known.get(in_plain(text)))
    if not heads.columns:
        if row := sheet.rows().get(heads.top):
            sheet.wrong(heads.top, min(row), "no headings are in this sheet", it_can_be([key.head for key in keys]))
        return []
    below = sheet.rows(heads.top)
    for column, text in heads.others.items():
        if text:
            hint = near_hint(text, known) or "Delete the column, or move it to a sheet of its own."
            sheet.wrong(heads.top, column, f"no column is called “{clip(text)}”", hint)
            continue
        number = next(filter(lambda number: column in below[number], below))
        hint = "Give it one of the headings, delete it, or move it to a sheet of its own."
        sheet.wrong(number, column, "this column has no heading", hint)
    return rows_below(sheet, heads)[0]


def keys_called(keys: Sequence[Key]) -> dict[str, Key]:
    """The keys by what they may be called: their headings or, where nothing else is called so, their names in YAML."""
    return {in_plain(key.route[-1]): key for key in reversed(keys)} | {in_plain(key.head): key for key in keys}


def heads_of(sheet: SheetCells, key_of: Callable[[str], Key | None]) -> Heads:
    """The row among the first with most headings that are of a key, whose columns are none where there is no such."""
    top = top_of(sheet, key_of)
    heads = Heads(top, {}, dict.fromkeys(chain.from_iterable(sheet.rows(top).values()), ""))
    for column, text in sheet.rows().get(top, {}).items():
        key = key_of(text)
        if key is None:
            heads.others[column] = text
            continue
        heads.others.pop(column, None)
        if key in heads.columns.values():
            sheet.wrong(top, column, f"“{key.head}” is the heading of two columns", "Keep one of the two.")
        heads.columns[column], sheet.heads[column] = key, key.head
    return heads


def top_of(sheet: SheetCells, key_of: Callable[[str], Key | None]) -> int:
    """The number of the row among the first with most headings that are of a key; nought where there are no rows.

    Where no row has any, it is the first that has as many cells as any. A cell alone in its row is a title, as long as
    others are not alone.
    """
    rows = sheet.rows()

    def headings(number: int) -> tuple[int, int, int]:
        row = rows[number].values()
        known = sum(key_of(text) is not None for text in row)
        counted = known * (len(row) > 1)
        return counted, (not counted) * len(row), known

    return max(filter(lambda number: number <= HEAD_AMONG, rows), key=headings, default=0)


def rows_below(sheet: SheetCells, heads: Heads) -> tuple[list[SaidRow], dict[int, SaidRow]]:
    """The rows below the headings that say something of a key, and by their numbers those that are a total."""
    for number, column, merged in sheet.merged:
        if number > heads.top:
            sheet.wrong(number, column, f"the cells {merged} are merged", "Take them apart, and fill in each.")
    found, totals = list[SaidRow](), dict[int, SaidRow]()
    for number, cells in sheet.rows(heads.top).items():
        row: SaidRow = {}
        for column, key in heads.columns.items():
            text = cells.get(column, "")
            if not _is_blank(key, text):
                row[key.head] = Node(sheet.at(number, column), text)
        labels = [row[head].text().strip(" :") for head in row.keys() & _LABELS]
        if any(map(_TOTAL.fullmatch, labels)) or (not labels and any(map(is_total, cells.values()))):
            totals[number] = row
        elif row:
            found.append(row)
    return found, totals


def is_total(name: str) -> bool:
    """Whether a row of this name, in a list where functions have everyday names, is a total of others."""
    return _OF_OTHERS.fullmatch(name.strip(" :*")) is not None


def _is_blank(key: Key, text: str) -> bool:
    """Whether a cell says nothing, as one with a dash does where a figure or a day would stand."""
    return not text.strip() or (key.kind not in _WORDS and text.strip() in _DASHES)


_FIGURE = re.compile(r"£?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_DASHES = {"-", "–", "—"}
_WORDS = (Kind.WORD, Kind.LIST)


def id_of(text: str) -> str:
    """The id that a text is, or is the name of in the catalogue, or that can be made of it."""
    bare = text.strip()
    return load_catalogue().called.get(bare.casefold()) or as_id(bare) or bare


def figure_of(kind: Kind, text: str) -> str:
    """A figure without the signs that a cell may show with it, pounds without pence; anything else as it stands."""
    if kind is Kind.TRUTH:
        return {"yes": "true", "no": "false"}.get(in_plain(text), text)
    found = _FIGURE.fullmatch(text.removesuffix("%").strip() if kind is Kind.PERCENT else text)
    if kind in (Kind.DAY, Kind.RATING) or not found:
        return text
    figure = Decimal("".join(found.groups("")).replace(",", ""))
    if kind is Kind.POUNDS:
        figure = figure.to_integral_value(ROUND_HALF_UP)
    return f"{figure:f}"


def in_plain(text: str) -> str:
    """Words in small letters with single spaces, and without signs around them."""
    return re.sub(r"[\s_]+", " ", text).strip(" :*()£").casefold()


def parted(text: str) -> list[str]:
    """The words between commas; none where it says so."""
    if in_plain(text) == NO_FLAGS:
        return []
    return list(filter(None, map(str.strip, re.split(r"[,;\n]", text))))


def names_in_cell(node: Node) -> list[str]:
    """The names between commas in the cell that a value stands in, and all of it; none where it stands in no cell."""
    cell = node.mark.source.said.get(place_of(node.mark.start), "") if isinstance(node.mark.source, SheetCells) else ""
    return [*parted(cell), cell.strip()]


def near_hint(word: str, known: Iterable[str]) -> str:
    """Asks whether the heading was meant that is nearest to a word; empty where none is near."""
    near = nearest_word(in_plain(word), known)
    return did_you_mean(near and near.capitalize())


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

"""A bare list of functions: a table with headings in any order to the rows of a profile, and what was understood."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import itemgetter

from mba.about import Kind
from mba.load.cells import SheetCells, is_zip, letters, sheets_of
from mba.load.columns import FUNCTION_KEYS, FUNCTIONS_SHEET, PROFILE_SHEETS, Key
from mba.load.headed import Heads, Said, SaidRow, figure_of, heads_of, in_plain, keys_called, rows_below
from mba.load.hints import SYNONYMS, it_can_be, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.source import LARGEST_FILE, Source, clip, is_shells, text_of, visible
from mba.load.tree import Extent, Node
from mba.load.workbook import Reader
from mba.problem import Location, MbaError, Problem, did_you_mean
from mba.terms import Option

_NAME, _MODE, _WITH, _PAID, _ALONE, _NOTE = "Name", "Run today as", "Today with", "Paid today", "In-house cost", "Note"
_KEYS = {key.head: key for key in FUNCTION_KEYS}
_EVERYDAY = (
    # What people call a column, in small letters and without years and units; the heading that it is.
    (r"(support )?(functions?|services?|teams?|activity|description)( (name|description))?|what", _NAME),
    (r"how( (it is|it's|is it))?( run)?( today| now)?|(delivery |operating )?(mode|model)|arrangement", _MODE),
    (r"make or buy|in[- ]?house or bought|run (as|how)", _MODE),
    (r"who( runs it| does it| provides it| by)?( today| now)?|(run|provided|delivered|done|supplied) by", _WITH),
    (r"by whom|(current )?(provider|supplier|contractor|vendor)s?( name)?", _WITH),
    (r"in[- ]?house cost|cost in[- ]?house|cost (of|if) (running it )?(alone|in[- ]?house)", _ALONE),
    (r"(total |current |annual |yearly |full )*(costs?|spend|budget|amount|price|paid|value)( today| now)?|", _PAID),
    (r"(actuals?|outturn|forecast)( outturn)?", _PAID),
    (r"(contract )?(ends?|end date|expiry|expires|until)( date)?", "Contract until"),
    (r"notice( period)?( months)?", "Months of notice"),
    (r"notes?|comments?|remarks?", _NOTE),
)  # fmt: skip
_UNITS = re.compile(
    r"\b(fy ?)?20\d\d([/–-]\d{2,4})?\b|£ ?'?(0+s?|k|m)?\b|£|\b(0+s|k|thousands?|gbp|p\.?a\.?|(per|a) (year|annum))\b"
    r"|[()\[\],:']"
)
_IN_THOUSANDS = re.compile(r"£ ?'?(000s?|k)\b|\b000s\b|\bthousands?\b", re.IGNORECASE)
_AROUND = re.compile(r"\b(team|services?|department|dept|function|support)$")
_LOOKED_AT = 4_000
_OF_A_PROFILE = {name.casefold() for name in set(PROFILE_SHEETS) - {FUNCTIONS_SHEET}}
_NO_TABLE = re.compile(r"[#{\[\-?%&*!|>]|.*:(\s|$)")
_MOST_SAID = 12
"""Functions that are named one by one."""


class BareListError(MbaError):
    """A bare list where nobody said how many people it serves."""


def list_in(name: str, source: Source | bytes) -> SheetCells | None:
    """The sheet or table with a list of functions where what is in a file is no profile; None where it is none.

    Raises MbaError where it is a workbook that is not to be trusted, or not text.
    """
    if isinstance(source, Source):
        return _table(name, source.text)
    if not is_zip(source):
        return _table(name, _text(name, source))
    sheets = sheets_of(name, source)
    if {title.strip().casefold() for title in sheets} & _OF_A_PROFILE:
        return None
    return next(filter(lambda sheet: _names(heads_of(sheet, _key_of)), sheets.values()), None)


def _text(name: str, raw: bytes) -> str:
    """The text of a file; of a table, the older code of Excel will do."""
    try:
        return text_of(name, raw).text
    except MbaError:
        older = raw[: LARGEST_FILE + 1].decode("cp1252", "replace")
        if len(older) > LARGEST_FILE or _table(name, older) is None:
            raise
        return older


def _table(name: str, text: str) -> SheetCells | None:
    """The cells of a text that is the table of a spreadsheet; None where it is none."""
    text = re.sub(r"^sep=.*\n", "", text)
    is_named_so = name.casefold().endswith((".csv", ".tsv"))
    lines = text[:_LOOKED_AT].lstrip().splitlines()
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


def of_list(path: str, sheet: SheetCells, people: str | None) -> tuple[Node, list[Problem], list[str]]:
    """The tree of a profile with the functions of a list, what is wrong in it, and what was understood, a line each.

    Raises MbaError where no column has the functions, BareListError where nobody said how many people they serve.
    """
    heads = heads_of(sheet, _key_of)
    if heads is None or not _names(heads):
        hint = f"Give the column with the functions the heading Function. {it_can_be(_KEYS)}"
        raise MbaError(
            Problem(
                "no column has a heading that says what the functions are called",
                sheet.at(min(sheet.rows(), default=1), 1).place(),
                hint,
            )
        )
    if people is None:
        given, number = shlex.quote("-" if is_shells(path) else visible(path)), "N"
        hint = (
            f"For the answer: mba assess {given} --population {number}. "
            f"For a profile of it: mba init mine.xlsx --from {given} --population {number}"
        )
        wrong = "is a bare list of functions, which does not say how many people it is for"
        raise BareListError(Problem(wrong, Location(sheet.name), hint))
    rows, totals = rows_below(sheet, heads)
    thousands = {heads.columns[column].head for column in heads.columns if _is_in_thousands(sheet, heads, column)}
    mark = sheet.at(heads.top, 1)
    known = {"name": Node(mark, _title(path)), "population": Node(mark, people)}
    reader = Reader({FUNCTIONS_SHEET: [_filled(row, thousands) for row in rows]})
    node = reader.profile(Node(mark, dict(known), dict.fromkeys(known, mark)))
    return node, sheet.problems, [*_understood(sheet, heads), *_rows_said(rows, totals), *_taken_as(rows)]


def _title(path: str) -> str:
    """What an organisation is called of which only a list is known: the name of the file."""
    if path == "-" or is_shells(path):
        return "This list"
    return clip(re.split(r"[/\\]", path)[-1].rpartition(".")[0] or path)


def _names(heads: Heads | None) -> bool:
    """Whether a column says what the functions are called."""
    return heads is not None and any(key.head in (_NAME, "Id") for key in heads.columns.values())


def _key_of(text: str) -> Key | None:
    """The key that a heading is of: what a workbook calls it, or what people call it."""
    if (key := keys_called(FUNCTION_KEYS).get(in_plain(text))) and key.head != _ALONE:
        return key
    plain = " ".join(_UNITS.sub(" ", in_plain(text)).split())
    if not plain and "£" not in text:
        return None
    for pattern, head in _EVERYDAY:
        if re.fullmatch(pattern, plain):
            return _KEYS[head]
    return None


def _is_in_thousands(sheet: SheetCells, heads: Heads, column: int) -> bool:
    money = heads.columns[column].kind is Kind.POUNDS
    return money and _IN_THOUSANDS.search(sheet.said[heads.top, column]) is not None


_NOBODY = Said("", Extent(Source("", ""), 0, 0))


def _filled(row: SaidRow, thousands: Iterable[str]) -> SaidRow:
    """A row as the sheet of a profile has it, with what follows from what it says."""
    row = dict(row)
    for head in row.keys() & set(thousands):
        figure = figure_of(Kind.POUNDS_A_HEAD, row[head].text.strip())
        if re.fullmatch(r"\d+(\.\d+)?", figure):
            row[head] = row[head]._replace(text=f"{Decimal(figure) * 1000:.0f}")
    if (name := row.get(_NAME)) and "Id" not in row and (id_ := _taken_for(name.text)):
        row["Id"] = Said(id_, name.mark)
    mode, whom = row.get(_MODE), row.get(_WITH)
    if mode and (known := _mode_in(mode.text)):
        row[_MODE] = mode._replace(text=known)
    if whom and (known := _mode_in(whom.text)):
        row.setdefault(_MODE, whom._replace(text=known))
        del row[_WITH]
    elif whom:
        row.setdefault(_MODE, whom._replace(text=Option.BUY))
    if _PAID in row and (_MODE not in row or row[_MODE].text == Option.MAKE):
        row.setdefault(_ALONE, row[_PAID])
        del row[_PAID]
    return row


def _mode_in(text: str) -> str:
    """The way of running it that an everyday word stands for; empty where it is none."""
    plain = in_plain(text.replace("-", " "))
    word = SYNONYMS.get(plain, plain)
    if word in set(Option):
        return word
    return ""


def _taken_for(name: str) -> str:
    """The name of the catalogue that a name stands for: as it is, without what is in brackets, or what is in them."""
    plain = in_plain(name).replace("&", " and ")
    outside, _, inside = plain.partition("(")
    known, by_name = load_catalogue(), {each.name.casefold(): id_ for id_, each in load_catalogue().functions.items()}
    for word in (plain, outside, inside, _AROUND.sub("", outside.strip())):
        made = re.sub(r"[^a-z0-9]+", "-", word.replace("'", "").replace("’", "")).strip("-")
        if word.strip() in by_name:
            return by_name[word.strip()]
        if known.taken_for(made):
            return made
    return ""


def _understood(sheet: SheetCells, heads: Heads) -> Iterator[str]:
    """How each column was taken."""
    where = " of ".join(filter(None, (clip(sheet.title), sheet.name)))
    yield f"Taken from {where}, headings in row {heads.top}:"
    for column, key in sorted(heads.columns.items(), key=itemgetter(0)):
        said = f"  column {letters(column)}, “{clip(sheet.said[heads.top, column])}”: {key.head}"
        if _is_in_thousands(sheet, heads, column):
            said += ", in thousands"
        yield said
    for column, text in sorted(heads.others.items()):
        yield f"  column {letters(column)}, “{clip(text)}”: left out".replace(", “”", "")


def _rows_said(rows: Sequence[SaidRow], totals: Sequence[int]) -> Iterator[str]:
    """Which row was taken as which function, and which were left out."""
    for number in totals:
        yield f"  row {number}: left out, a total"
    functions, same = load_catalogue().functions, 0
    others, own = list[str](), list[str]()
    for row in rows:
        name = (row.get(_NAME) or row.get("Id") or _NOBODY).text
        id_ = _taken_for(name)
        if not id_:
            near = did_you_mean(nearest_word(name, [each.name for each in functions.values()], 0.75))
            own.append(f"  {clip(name)}: not known, so without flags and estimate. {near}".rstrip())
            continue
        full = functions[load_catalogue().names[id_]].name
        if name.casefold() == full.casefold():
            same += 1
        else:
            others.append(f"  {clip(name)}: {full}")
    yield f"{len(rows)} functions: {len(rows) - len(own)} known to mba, {same} of them by the same name."
    for said in (others, own):
        yield from said[:_MOST_SAID]
        if len(said) > _MOST_SAID:
            yield f"  and {len(said) - _MOST_SAID} more: mba catalogue has every name"


def _taken_as(rows: Sequence[SaidRow]) -> Iterator[str]:
    """What follows from a row that does not say it itself."""
    bought, alone = dict[str, None](), 0
    for row in rows:
        if _WITH in row and _MODE not in row and not _mode_in(row[_WITH].text):
            bought[row[_WITH].text.strip()] = None
        alone += _PAID in row and not row.keys() & {_MODE, _WITH}
    if bought:
        names = clip(", ".join(bought), 200)
        yield f"Taken as bought: what {names} runs. Where it is shared, say so under “Run today as”."
    if alone:
        yield f"Nobody is said to run {alone} of those with a cost: it is taken as what they cost in-house."

"""A bare list of functions: a table with headings in any order to the rows of a profile, and what was understood."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from mba.about import Kind
from mba.called import BUT_VAT, organisations_named
from mba.load import everyday, headed, taken
from mba.load.cells import SheetCells, is_zip, letters, sheets_of
from mba.load.columns import BODIES_SHEET, BODY_KEYS, FUNCTION_KEYS, FUNCTIONS_SHEET, PROFILE_SHEETS, Key
from mba.load.hints import NOT_KNOWN, amount, plainly
from mba.load.knowledge import load_catalogue
from mba.load.source import as_typed, clip, file_refusal, is_shells
from mba.load.totals import functions_in
from mba.load.tree import Node
from mba.load.workbook import Reader
from mba.problem import Location, MbaError, Problem

_KEYS = {key.head: key for key in (*filter(lambda key: key.head == taken.CLOSES, BODY_KEYS), *FUNCTION_KEYS)}
_CALLED = headed.keys_called(FUNCTION_KEYS)
_OF_COSTS = r"((total|annual|yearly|full|approved|gross|net|running|planned|contract|recurrent) )*"
_COSTS = "costs?|spend|expenditure|budget|amount|price|paid|value|total|net"
_THINGS = r"(support )?(functions?|services?|teams?|activity|description)"
_DONE = (
    "(run|provided|delivered|done|supplied|managed|performed|hosted|bought|purchased|commissioned|shared|contracted)"
)
_MONTHS = "(months?|mths?|mos?|weeks?|days?)"
_EVERYDAY = (
    # What people call a column, in small letters and without years, units and “now”; the heading that it is. Of two for
    # the same the upper counts.
    (rf"{_THINGS}( ?(/|or|and) ?{_THINGS})*( (name|description))?|what( (we|they) \w+)?", taken.NAME),
    (r"((service|business|team|functional|work)s? ?/? ?)?(area|line|department|dept|stream)s?( name)?", taken.NAME),
    (r"(cost|budget) ?cent(re|er)s?( name)?|(budget|cost|expenditure) (line|area|head(ing)?)s?|items?", taken.NAME),
    (rf"how( (it is|it's|is it))?( {_DONE})?|(delivery |operating )?(mode|model)|arrangement", taken.MODE),
    (r"make or buy|in[- ]?house or bought|run (as|how)", taken.MODE),
    (r"who( (runs|does|provides|delivers|supplies|hosts)( it)?| by| with)?|(by|with|from) whom", taken.WITH),
    (r"((main|service|host) )?(provider|supplier|contractor|vendor|partner|host)s?( name)?", taken.WITH),
    (r"(delivery|host|partner)(ing)? (partner|body|organisation)s?( name)?", taken.WITH),
    (rf"{_DONE} (by|from|with|through|via)( whom)?", taken.WITH),
    (r"in[- ]?house cost|cost in[- ]?house|cost (of|if) (running it )?(alone|in[- ]?house)", taken.ALONE),
    (rf"{_OF_COSTS}({_COSTS})( actual| outturn)?( to)?|", taken.PAID),
    (r"(actuals?|outturn|forecast|plan)( outturn| spend| costs?)?", taken.PAID),
    (r"(contract )?(ends?|end date|expiry|expires|until)( date)?|end of contract", taken.UNTIL),
    (r"((supplier|provider|csu|support unit|body) )?(closes|closing|closure)( (on|day|date))?", taken.CLOSES),
    (rf"((contract|termination) )?notice( (period|required|needed|term))*( in)?( {_MONTHS})?", taken.NOTICE),
    (rf"{_MONTHS} (of )?notice( period| required)?", taken.NOTICE),
    (r"(notes?|narrative|comments?|remarks?|risks?)( ?(/|and|&) ?\w+)?", taken.NOTE),
)  # a table, laid out by hand  # fmt: skip
_YEARS = re.compile(
    r"\b(?:fy|ye|year)? ?'?(?:20)?\d\d ?[/–-] ?(?:20)?(\d\d)\b|\b20(\d\d)\b"
    r"|\b(?:fy|ye|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[ -]?'?(?:20)?(\d\d)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(
    rf"(?<!\w)({BUT_VAT}|(inc\w*|with)\.?( of)? vat)\b"
    r"|£ ?'?(0+s?|k|m)?\b|£|\b(0+s|k|m|thousands?|millions?|gbp|p\.?a\.?|(per|a) (year|annum))\b|[()\[\],:'?]"
    r"|\b(current(ly)?|today|now)\b"
)
_NOUGHTS = {
    3: re.compile(r"£ ?'?(000s?|k)\b|\b000s\b|\bthousands?\b", re.IGNORECASE),
    6: re.compile(r"£ ?m\b|\bmillions?\b|\b000,?000s\b", re.IGNORECASE),
}
"""What a heading says of its figures, by how many noughts they lack."""
_SAID = {0: "", 3: " £000", 6: " £m"}
_POSTS = re.compile(r"\b(w?te|fte|posts?|heads?( ?count)?|staff)\b", re.IGNORECASE)
_NO_MONEY = re.compile(
    rf"{_POSTS.pattern}|\b(people|code|ref(erence)?|no|number|id|grade|band|centre|date|month"
    r"|year|row|rank|score|rating|percent)\b|%|#|^.{0,1}$",
    re.IGNORECASE,
)
"""Headings of figures that are not of money."""
_DAY_ABOVE = "If the answer is to hold from a day, write: From 1 April 2027"
_BETTER = {taken.PAID: "there is a later one or a budget"}
_OF_A_PROFILE = {name.casefold() for name in set(PROFILE_SHEETS) - {FUNCTIONS_SHEET}}


class BareListError(MbaError):
    """A bare list where nobody said how many people it serves."""


def list_in(name: str, raw: bytes) -> SheetCells | None:
    """The sheet or table with a list of functions where what is in a file is no profile; None where it is none.

    Raises MbaError where it is a workbook that is not to be trusted, or not text.
    """
    if not is_zip(raw):
        return headed.table_in(name, raw)
    sheets = sheets_of(name, raw)
    is_profile = {title.strip().casefold() for title in sheets} & _OF_A_PROFILE
    return None if is_profile else next(filter(_is_list, sheets.values()), None)


def _is_list(sheet: SheetCells) -> bool:
    """Whether a column of a sheet says what the functions are called."""
    heads = sheet.rows().get(headed.top_of(sheet, _key_of), {})
    return any(key.head in (taken.NAME, "Id") for key in filter(None, map(_key_of, heads.values())))


def of_list(path: str, sheet: SheetCells, unsaid: headed.Unsaid, told: list[str]) -> tuple[Node, list[Problem]]:
    """The tree of a profile with the functions of a list, and what is wrong in it.

    `told` is given what was understood, a line each. Raises MbaError where no column has the functions, or their costs
    though there are figures, or no row is one; BareListError where nobody said how many people they serve.
    """
    heads, passed = _heads_in(sheet)
    if unsaid.people is None:
        given = "-" if is_shells(path) else path, "--population", "N"
        hint = (
            f"For the answer: {as_typed('assess', *given)}. "
            f"For a profile of it: {as_typed('init', 'mine.xlsx', '--from', *given)}"
        )
        wrong = "is a bare list of functions, which does not say how many people it is for"
        raise BareListError(Problem(wrong, Location(sheet.name), hint))
    noughts = {key.head: _noughts(key, sheet.said[heads.top, column]) for column, key in heads.columns.items()}
    (rows, totals, left_out), mark = functions_in(sheet, heads, noughts), sheet.at(heads.top, 1)
    if not rows:
        hint = "Write each function in a row of its own below them."
        raise MbaError(mark.problem("no functions stand below the headings", hint))
    _ask_of_names(sheet, heads, list(map(taken.row_name, rows)))
    named = organisations_named(" ".join(sheet.above(heads.top)))
    if not unsaid.kind and len(named) == 1:
        unsaid = unsaid._replace(kind=named[0])
    filled = taken.Taken(sheet, heads, unsaid, noughts)
    filled.ask_who_is_us(rows)
    parts = taken.parts_among(rows)
    functions = [filled.filled(row, parts) for row in rows]
    filled.compare_figures()
    said = {"name": unsaid.name or called_by_file(path), "population": unsaid.people, "kind": unsaid.kind}
    known = {key: Node(mark, text) for key, text in said.items() if text}
    if start := _start_above(sheet, heads.top, told):
        known["from"] = start
    reader = Reader({FUNCTIONS_SHEET: functions, BODIES_SHEET: filled.bodies()})
    node = reader.profile(Node(mark, known))
    told += (
        *_understood(sheet, heads, passed, noughts, left_out),
        *filled.compared(totals),
        *_rows_said(rows, parts),
        *filled.told(),
    )
    return node, sheet.problems


def _start_above(sheet: SheetCells, top: int, told: list[str]) -> Node | None:
    """From which day the answer is to hold, by the lines above the headings; `told` is given what was read, and not."""
    found = None
    for number, above in filter(lambda each: each[0] < top, sheet.rows().items()):
        if start := headed.start_in(above.values()):
            found = Node(sheet.at(number, min(above)), start.isoformat())
            told.append(f"Taken to hold from {start.day} {start:%B %Y}.")
        elif re.search(rf"{headed.FROM}.*\d", line := " ".join(above.values()), re.IGNORECASE):
            told.append(f"Row {number}, “{clip(line)}”, is not read. {_DAY_ABOVE}")
    return found


def _heads_in(sheet: SheetCells) -> tuple[headed.Heads, set[str]]:
    """The headings, and those that give way to another of the same. Raises MbaError where what is needed has none."""
    top = headed.top_of(sheet, _key_of)
    if not top:
        hint = "Give the column with the functions the heading Function."
        raise file_refusal(sheet.name, f"has nothing in its first {headed.HEAD_AMONG} rows", hint)
    row = sheet.rows()[top]
    first = sheet.at(top, min(row)).place()
    seen = f"The headings in row {top} are {', '.join(map(clip, row.values()))}."
    if not _is_list(sheet):
        hint = f"{seen} Give the column with the functions the heading Function."
        raise MbaError(Problem("no column has a heading that says what the functions are called", first, hint))
    best = dict(sorted(map(_head_of, row.values())))  # The last of each is the one that ranks first.
    passed = set(filter(lambda text: _head_of(text)[1] < best[_head_of(text)[0]], row.values()))
    heads = headed.heads_of(sheet, lambda text: None if text in passed else _key_of(text))
    known = {key.head for key in heads.columns.values()}
    is_unsaid, bodies = taken.WITH not in known, _mostly(sheet, heads, everyday.is_body)
    found = list(filter(lambda column: is_unsaid or _head_of(heads.others[column])[0] == taken.WITH, bodies))
    hint = "Have it in one column, called Who runs it; delete what does not say so."
    _ask_which(sheet, heads, "is who runs each function in {}?", found, hint)
    if known & {taken.UNTIL, taken.NOTICE, taken.CLOSES} and not known & {taken.WITH, taken.MODE}:
        hint = f"{seen} Give the column that says so the heading Who runs it."
        raise MbaError(Problem("no column has a heading that says who runs each function", first, hint))
    if not {taken.PAID, taken.ALONE} & known:
        _ask_for_costs(sheet, heads)
    return heads, passed


def _ask_of_names(sheet: SheetCells, heads: headed.Heads, names: Sequence[str]) -> None:
    """Raise MbaError where most rows have the name of another: a column beside it may say what the functions are."""
    column = next(filter(lambda column: heads.columns[column].head == taken.NAME, heads.columns), 0)
    if column and 2 * len(set(map(headed.id_of, names))) < len(names):
        called = f"column {letters(column)}, “{clip(sheet.said[heads.top, column])}”"
        wrong = f"the functions are taken from {called}, where most rows have the name of another"
        hint = "If another column says what they are, call that Function; else call each row by whose it is."
        raise MbaError(Problem(wrong, sheet.at(heads.top, column).place(), hint))


def _ask_for_costs(sheet: SheetCells, heads: headed.Heads) -> None:
    """Raise MbaError where columns that nobody knows hold mostly figures, under headings that may be of costs."""
    figures = _mostly(sheet, heads, lambda cell: amount(plainly(cell)) is not None)
    found = list(filter(lambda column: not _NO_MONEY.search(heads.others[column]), figures))
    cost = f"Cost{_SAID[max((_noughts_of(heads.others[column]) for column in found), default=0)]}"
    hint = f"Call the one with the whole cost {cost}; delete what holds no money, or call it Number."
    _ask_which(sheet, heads, "no column of costs is known; is it {}?", found, hint)


def _mostly(sheet: SheetCells, heads: headed.Heads, is_one: Callable[[str], bool]) -> Iterator[int]:
    """The columns that nobody knows of which more than half of the cells that say something say such a thing."""
    for column in sorted(heads.others):
        said = (row.get(column, "") for row in sheet.rows(heads.top).values())
        known = [is_one(cell) for cell in said if not NOT_KNOWN.fullmatch(plainly(cell))]
        if 2 * sum(known) > len(known):
            yield column


def _ask_which(sheet: SheetCells, heads: headed.Heads, asks: str, columns: Sequence[int], hint: str) -> None:
    """Raise MbaError where there are columns that are not taken for something and may be."""
    called = [f"{letters(column)}, “{clip(heads.others[column])}”".removesuffix(", “”") for column in columns]
    if called:
        raise MbaError(Problem(asks.format(" or ".join(called)), sheet.at(heads.top, columns[0]).place(), hint))


def called_by_file(path: str) -> str:
    """What an organisation is called of which only a list is known: the name of the file."""
    if path == "-" or is_shells(path):
        return "This list"
    name = re.split(r"[/\\]", path)[-1]
    return clip(name.rpartition(".")[0] or name)


def _key_of(text: str) -> Key | None:
    """The key that a heading is of: what a workbook calls it, or what people call it."""
    return _KEYS.get(_head_of(text)[0])


def _head_of(text: str) -> tuple[str, tuple[int, bool]]:
    """What a workbook calls what a heading is of, empty where it is of nothing; and its rank among others of the same.

    Of costs the latest ranks first, nought being the year of those that say none, and of those a budget or a cost.
    """
    head, place, key = "", 0, _CALLED.get(headed.in_plain(text))
    plain = " ".join(_UNITS.sub(" ", _YEARS.sub(" ", headed.in_plain(text))).split())
    if key and key.head != taken.ALONE:
        head = key.head
    elif plain or "£" in text:
        found = filter(lambda row: re.fullmatch(row[1][0], plain), enumerate(_EVERYDAY))
        place, (_, head) = next(found, (0, ("", "")))
    if head != taken.PAID:
        return head, (-place, False)
    years = [int(next(filter(None, found))) for found in _YEARS.findall(text)]
    return head, (max(years, default=0), re.search("budget|cost|plan|price", text, re.IGNORECASE) is not None)


def _noughts(key: Key, heading: str) -> int:
    """How many noughts the figures of a column of money lack."""
    return _noughts_of(heading) if key.kind is Kind.POUNDS else 0


def _noughts_of(heading: str) -> int:
    return next(filter(lambda noughts: _NOUGHTS[noughts].search(heading), _NOUGHTS), 0)


def _understood(
    sheet: SheetCells, heads: headed.Heads, passed: set[str], noughts: Mapping[str, int], left_out: Sequence[str]
) -> Iterator[str]:
    """Which column was taken as what, and which columns and rows were left out."""
    where = " of ".join(filter(None, (clip(sheet.title), sheet.name)))
    in_words, costs, known = {0: "", 3: ", in thousands", 6: ", in millions"}, "", list[str]()
    for column, key in sorted(heads.columns.items(), key=itemgetter(0)):
        called = f"column {letters(column)}, “{clip(sheet.said[heads.top, column])}”"
        known.append(f"  {called}: {key.head}{in_words[noughts[key.head]]}")
        if key.head in (taken.PAID, taken.ALONE):
            costs = f", costs in {called}{in_words[noughts[key.head]]}"
    yield f"Taken from {where}, headings in row {heads.top}{costs}:"
    yield from known
    others = list[str]()
    for column, text in sorted(heads.others.items()):
        why = " (as nothing is worked out from posts)" * bool(_POSTS.search(text))
        if text in passed:
            why = f" (as {_BETTER.get(_head_of(text)[0], 'another says it')})"
        others.append(f"column {letters(column)}, “{clip(text)}”{why}".replace(", “”", ""))
    if others or left_out:
        yield f"Left out: {'; '.join((*others, *left_out))}."


def _rows_said(rows: Sequence[headed.SaidRow], parts: Mapping[str, str]) -> Iterator[str]:
    """Which row was taken as which function."""
    known = load_catalogue()
    others, own = list[str](), list[str]()
    for name in map(taken.row_name, rows):
        if id_ := everyday.taken_as(name):
            full = known.functions[known.names[id_]].name
            others += [f"  {clip(name)}: {full}"] * (name.casefold() != full.casefold())
        else:
            near = " or ".join(everyday.nearest_functions(name))
            own.append(f"{clip(name)} (nearest: {near})".removesuffix(" (nearest: )"))
    check = " Check those that mba calls otherwise:" if others else ""
    yield f"{len(rows) - len(own)} of {len(rows)} rows are taken for a function that mba knows.{check}"
    yield from others
    if own:
        yield f"Not known, so without flags and estimate: {'; '.join(own)}."
    wholes = [" and ".join(clip(name) for name in parts if parts[name] == id_) for id_ in dict.fromkeys(parts.values())]
    if wholes:
        yield f"Parts of one function, so with its flags and without its estimate: {'; '.join(wholes)}."

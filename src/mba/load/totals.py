"""The rows of a bare list that are functions, and those that are a heading or the sum of others, however called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import gcd
from typing import NamedTuple

from mba.load import everyday
from mba.load.cells import SheetCells
from mba.load.headed import Heads, SaidRow, is_total, rows_below
from mba.load.source import clip
from mba.load.taken import ALONE, MODE, NAME, NOTICE, PAID, UNTIL, WITH, row_name

_HOW = {MODE, WITH, UNTIL, NOTICE}
_LEAST = 10_000
"""£ a year: of less, what adds up is taken to do so by chance."""
_SURE = 2_000
"""How fine a sum is by its steps times the square of its rows, from which hardly one in twenty lists has a chance."""
_SHOUTED = re.compile("[A-Z]{6}")
"""Capitals that are a word and no short form."""
_IF_NONE = "if it is a function, move its row away from them"


class _Sum(NamedTuple):
    """A row that is the sum of consecutive others, by their numbers, in £ a year.

    It is fine where its figures are too fine to add up by chance, and backed where it is called as a heading is, or
    does not say how it is run and all of the others do.
    """

    number: int
    head: str
    pounds: int
    parts: list[int]
    is_fine: bool
    is_backed: bool


class _Section(NamedTuple):
    """Consecutive rows with figures, from the first, that add up to the total below them, by their numbers.

    `above` is the one before the first. `is_all` where they are all that there are.
    """

    above: int
    first: int
    total: int
    is_all: bool


def functions_in(
    sheet: SheetCells, heads: Heads, noughts: Mapping[str, int]
) -> tuple[list[SaidRow], list[SaidRow], list[str]]:
    """The rows that are functions; the totals where it is known of none what they add up; and what is left out.

    A row that may be a heading, or the sum of others, and need not be one is a problem of the sheet.
    """
    rows, totals = rows_below(sheet, heads)
    kept, left_out = dict[int, SaidRow](), list[str]()
    for row in rows:
        number = next(iter(row.values())).mark.place().line
        to = totals if is_total(row_name(row)) else kept
        to[number] = row
    sections = list(_sections(kept, totals, noughts))
    for number, why in list(_headings_among(sheet, heads, kept, totals, sections)):
        left_out.append(f"the heading “{clip(row_name(kept.pop(number)))}” (row {number}{why})")
    numbers, sums = set(totals), list[str]()
    for found in list(_sums_among(kept, noughts)):
        name = row_name(kept[found.number])
        if found.is_backed and not name:
            numbers.add(found.number)
            del kept[found.number]
        elif of := _asked(sheet, found, kept[found.number]):
            sums.append(f"“{clip(name)}” (row {found.number}, {of}; {_IF_NONE})")
            del kept[found.number]
    if numbers:
        left_out.append(f"totals (row {', row '.join(map(str, sorted(numbers)))})")
    left_out += sums
    return list(kept.values()), [] if sections else list(totals.values()), left_out


def _headings_among(
    sheet: SheetCells,
    heads: Heads,
    rows: Mapping[int, SaidRow],
    totals: Mapping[int, SaidRow],
    sections: Sequence[_Section],
) -> Iterator[tuple[int, str]]:
    """The rows with a name alone that are headings, and why: by the name, or the capitals, or what is below.

    One is a heading too where it is in capitals and the functions are not, or a total is of just what stands between
    the two. It is a function where a total is of what stands around it, or nothing stands between it and a total. What
    else may be one is a problem of the sheet, unless more than the rows that say a cost may be one.
    """
    bare = list(filter(lambda number: rows[number].keys() == {NAME} and len(heads.columns) > 1, rows))
    full, is_open = sorted(rows.keys() - bare), dict[int, str]()
    called = list(filter(is_total, map(row_name, totals.values())))
    is_loud = all(map(str.isupper, map(row_name, map(rows.__getitem__, full))))
    for number in bare:
        name, after = row_name(rows[number]), next(filter(number.__lt__, sorted((*full, *totals))), 0)
        above = list(filter(lambda part: part.above < number < part.first, sections))
        if everyday.is_heading(name, called):
            yield number, ""
        elif after not in full:
            continue
        elif name.isupper() and _SHOUTED.search(name) and not is_loud:
            yield number, ", in capitals"
        elif above and number - 1 not in bare:
            yield number, f", with its total in row {above[0].total}"
        elif not any(part.first < number < part.total and not part.is_all for part in sections):
            is_open[number] = name
    if 0 < len(is_open) <= len(list(filter({PAID, ALONE}.intersection, map(rows.__getitem__, full)))):
        _ask_of_headings(sheet, heads, is_open)


def _ask_of_headings(sheet: SheetCells, heads: Heads, names: Mapping[int, str]) -> None:
    """Ask whether the rows of these names are headings, or functions of unknown cost."""
    columns = {key.head: column for column, key in heads.columns.items()}
    costs = clip(sheet.said[heads.top, columns.get(PAID) or columns[ALONE]])
    named = ", ".join(f"“{clip(name)}” (row {number})" for number, name in names.items())
    message = f"nothing stands beside {named}: heading or function?"
    hint = f"Delete the row of a heading. Of a function write TBC under “{costs}”."
    sheet.problems.append(sheet.at(min(names), columns[NAME]).problem(message, hint))


def _sections(
    rows: Mapping[int, SaidRow], totals: Mapping[int, SaidRow], noughts: Mapping[str, int]
) -> Iterator[_Section]:
    """The rows that each total is of, as far as its figure says."""
    for head in filter(noughts.__contains__, (PAID, ALONE)):
        figures = _figures(rows, head, noughts[head])
        for total, pounds in _figures(totals, head, noughts[head]).items():
            above = list(filter(total.__gt__, figures))[::-1]
            parts = len(_adding_up(pounds, list(map(figures.__getitem__, above)), 10 ** noughts[head]))
            if parts:
                yield _Section((*above, 0)[parts], above[parts - 1], total, parts == len(figures))


def _asked(sheet: SheetCells, found: _Sum, row: SaidRow) -> str:
    """Of which others a row is plainly the sum, so that it is left out; empty, and a problem, where it may be."""
    name, (first, *between, last) = clip(row_name(row)), sorted(found.parts)
    of = f"the sum of rows {first} {'to' if between else 'and'} {last}"
    if found.is_fine and found.is_backed:
        return of
    hint = f"If so, delete the row, or write Total before the name; {_IF_NONE}."
    message = f"“{name}”, £{found.pounds:,}, is {of}: is it a total?"
    sheet.problems.append(row[found.head].mark.problem(message, hint))
    return ""


def _sums_among(rows: Mapping[int, SaidRow], noughts: Mapping[str, int]) -> Iterator[_Sum]:
    """The rows whose amounts are, fine or backed, the sums of two or more just after or before them, the least first.

    So a sum of sums is that of their rows too. What comes to a fine one that was found repeats it.
    """
    for head in filter(noughts.__contains__, (PAID, ALONE)):
        figures, known = _figures(rows, head, noughts[head]), dict[int, list[int]]()
        for number in sorted(figures, key=figures.__getitem__):
            numbers, pounds = list(figures), figures[number]
            place = numbers.index(number)
            for beside in (numbers[place + 1 :], numbers[:place][::-1], known.get(pounds, [])):
                amounts = _adding_up(pounds, list(map(figures.__getitem__, beside)), 10 ** noughts[head])
                if len(set(amounts)) < 2 or pounds < _LEAST:  # noqa: PLR2004 - of one, or the same again
                    continue
                found = _weighed(number, head, pounds, dict(zip(beside, amounts, strict=False)), rows)
                if found.is_fine or found.is_backed:
                    yield found
                    del figures[number]
                    if found.is_fine:
                        known[pounds] = found.parts
                    break


def _weighed(number: int, head: str, pounds: int, parts: Mapping[int, int], rows: Mapping[int, SaidRow]) -> _Sum:
    """A row that is the sum of others, and what speaks for that it is their total."""
    steps = pounds // gcd(pounds, *parts.values()) * (sum(parts.values()) == pounds)
    of_parts = [_HOW & rows[part].keys() for part in parts]
    is_silent = not _HOW & rows[number].keys() and all(of_parts)
    is_backed = is_silent or everyday.is_heading(row_name(rows[number]), ())
    return _Sum(number, head, pounds, list(parts), steps * len(parts) ** 2 >= _SURE, is_backed)


def _figures(rows: Mapping[int, SaidRow], head: str, noughts: int) -> dict[int, int]:
    """How many £ stand under a heading, by the numbers of the rows that have more than nothing."""
    figures = dict[int, int]()
    for number, row in rows.items():
        if head in row and (read := everyday.figure_read(row[head].text(), noughts)) and int(read.text):
            figures[number] = int(read.text)
    return figures


def _adding_up(pounds: int, amounts: Sequence[int], rounded: int) -> Sequence[int]:
    """The first of the amounts that add up to the pounds; none where none do.

    Each may be off by half of what it is rounded to.
    """
    for number, added in enumerate(accumulate(amounts), 1):
        if abs(added - pounds) <= (number + 1) * min(gcd(pounds, *amounts[:number]), rounded) / 2:
            return amounts[:number]
        if added > 2 * pounds:
            break
    return ()

"""The rows of a bare list to those of a profile, and what was taken for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from statistics import median
from typing import NamedTuple

from mba.load.amounts import NOT_KNOWN, plainly
from mba.load.cells import SheetCells
from mba.load.columns import PARTNER, ROLE, SUPPLIER
from mba.load.everyday import (
    Read,
    RunBy,
    day_read,
    figure_read,
    is_everyday,
    is_heading,
    is_total,
    known_as,
    months_read,
    nearest_function,
    one_name,
    perhaps_one,
    run_by,
)
from mba.load.headed import Heads, Said, SaidRow, rows_below
from mba.load.hints import words_of
from mba.load.knowledge import load_catalogue
from mba.load.source import Source, clip
from mba.load.tree import Extent
from mba.problem import Problem
from mba.terms import Option

NAME, MODE, WITH, PAID, ALONE, NOTE = "Name", "Run today as", "Today with", "Paid today", "In-house cost", "Note"
UNTIL, NOTICE = "Contract until", "Months of notice"
"""The headings of a workbook that a list may have."""
_TINY, _LARGE = 1_000, 10_000
"""£: below the one a figure is asked about where half of the others are above the other."""
_NOBODY = Said("", Extent(Source("", ""), 0, 0))


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


def functions_in(sheet: SheetCells, heads: Heads) -> tuple[list[SaidRow], list[str]]:
    """The rows that are functions, and what is said of those that are left out."""
    rows, totals = rows_below(sheet, heads)
    names = [(row.get(NAME) or row.get("Id") or _NOBODY).text for row in rows]
    sums = list(filter(is_total, names))
    others = {key.head for key in heads.columns.values()} - {NAME}
    kept, left_out = [], dict.fromkeys(totals, "left out, a total")
    for row, name in zip(rows, names, strict=True):
        number = next(iter(row.values())).mark.place().line
        if is_total(name):
            left_out[number] = f"“{clip(name)}” is left out, a total"
        elif others and row.keys() == {NAME} and is_heading(name, sums):
            left_out[number] = f"“{clip(name)}” is left out, a heading: nothing else stands beside it"
        else:
            kept.append(row)
    return kept, [f"  row {number}: {why}" for number, why in sorted(left_out.items())]


class Taken:
    """The rows of a list as the sheet of a profile has them, and what was taken for what."""

    def __init__(self, sheet: SheetCells, heads: Heads, unsaid: Unsaid, noughts: Mapping[str, int]) -> None:
        self.sheet, self.unsaid = sheet, unsaid
        self.noughts = noughts
        above = filter(lambda place: place[0] < heads.top, sheet.said)
        self.ours = (*map(sheet.said.__getitem__, above), *filter(None, [unsaid.name]))
        self.figures: dict[str, list[tuple[Said, int]]] = defaultdict(list)
        self.called = {key.head: sheet.said[heads.top, column] for column, key in heads.columns.items()}
        self.read: dict[str, dict[str, None]] = defaultdict(dict)
        self.doubts: list[str] = []
        self.runs: dict[str, RunBy] = {}
        self.run: dict[str, dict[str, list[str]]] = {Option.SHARE: defaultdict(list), Option.BUY: defaultdict(list)}
        self.alone = 0
        column = {key.head: column for column, key in heads.columns.items()}.get(WITH, 0)
        said = set(filter(None, (row.get(column) for row in sheet.rows(heads.top).values())))
        self.runs = {text: run_by(text, self.ours) for text in sorted(said)}
        shared = filter(lambda run: run.mode == Option.SHARE, self.runs.values())
        self.partners = one_name(dict.fromkeys(chain.from_iterable(run.whom for run in shared)), unsaid.bodies)

    def filled(self, said: SaidRow) -> SaidRow:
        """A row with what follows from what it says."""
        row = dict(said)
        self._read(row)
        name = row.get("Id") or row.get(NAME) or _NOBODY
        if id_ := known_as(name.text):
            row.setdefault("Id", Said(id_, name.mark))
        if (mode := row.get(MODE)) and (known := run_by(mode.text)).mode and not known.whom:
            row[MODE] = mode._replace(text=known.mode)
        if whom := row.pop(WITH, None):
            self._read_whom(row, whom, (row.get(NAME) or name).text)
        ours = MODE not in row or row[MODE].text == Option.MAKE
        self.alone += PAID in row and MODE not in row
        if ours and PAID in row:
            row.setdefault(ALONE, row.pop(PAID))
        return row

    def _read(self, row: SaidRow) -> None:
        """Take figures, days and months as they are meant."""
        for head in filter(row.__contains__, (PAID, ALONE)):
            figure = figure_read(row[head].text, self.noughts[head])
            if figure:
                self.figures[head].append((row[head], int(figure.text)))
            self._take(row, head, figure)
        for head, read in ((UNTIL, day_read), (NOTICE, months_read)):
            if head in row:
                self._take(row, head, read(row[head].text))

    def _take(self, row: SaidRow, head: str, read: Read | None) -> None:
        """Take a cell as it was read; what could not be told is left for the fault at its cell."""
        cell = row.pop(head)
        if NOT_KNOWN.fullmatch(plainly(cell.text)):
            read = Read("", "not known")
        read = read or Read(cell.text)
        if read.text:
            row[head] = cell._replace(text=read.text)
        if read.said:
            self.read[head][f"{clip(cell.text)} as {read.said}"] = None

    def _read_whom(self, row: SaidRow, whom: Said, name: str) -> None:
        """Take who runs it today, and by that how."""
        run = self.runs[whom.text]
        if run.doubt:
            self.doubts.append(f"{clip(name)} (“{clip(whom.text)}” {run.doubt})")
            if MODE not in row:
                row.pop(UNTIL, None)
                row.pop(NOTICE, None)
            return
        mode, bodies = run.mode, run.whom
        partner = self._partner(bodies[0]) if mode == Option.BUY and bodies else ""
        if partner:
            mode, bodies = Option.SHARE, (partner,)
        row.setdefault(MODE, whom._replace(text=mode))
        names = dict.fromkeys(self.partners.get(body, body) for body in bodies)
        if names:
            row[WITH] = whom._replace(text=", ".join(names))
        of = Option.SHARE if row[MODE].text == Option.SHARE else Option.BUY
        for each in names:
            self.run[of][each].append(name)

    def _partner(self, name: str) -> str:
        """The partner that a name without more is of; empty where it is of none."""
        return next(filter(lambda full: words_of(full) == words_of(name), self.partners.values()), "")

    def compare_figures(self) -> None:
        """Ask about a figure of a few pounds among those of thousands."""
        for of_head in self.figures.values():
            usual = median(figure for _, figure in of_head)
            for cell, figure in of_head:
                if 0 < figure < _TINY and usual >= _LARGE:
                    message = f"“{clip(cell.text)}” would be £{figure} a year; most others here are over £{_LARGE:,}"
                    hint = "Write it in full, such as 2150000; or with its unit, such as 2.15m or 215k."
                    self.sheet.problems.append(Problem(message, cell.mark.place(), hint))

    def bodies(self) -> list[SaidRow]:
        """Everybody who runs something today, each open for just that."""
        rows = []
        for mode, role in ((Option.BUY, SUPPLIER), (Option.SHARE, PARTNER)):
            for name, functions in self.run[mode].items():
                said = {ROLE: role, "Name": name, "Functions": ", ".join(functions)}
                rows.append({head: Said(text, self.sheet.at(1, 1)) for head, text in said.items()})
        return rows

    def told(self) -> Iterator[str]:
        """What was taken for what, a line each."""
        for head, read in self.read.items():
            yield f"Read under “{clip(self.called[head])}”: {'; '.join(read)}."
        if self.doubts:
            yield f"Not said how it is run, so nothing of a contract is taken: {'; '.join(self.doubts)}."
        for text, run in self.runs.items():
            if run.mode == Option.MAKE and not is_everyday(text):
                yield f"“{clip(text)}” is taken for your own staff."
        for name, full in self.partners.items():
            if name != full:
                yield f"“{clip(name)}” is taken for {clip(full)}."
        for mode, words in _TAKEN_AS.items():
            if of := self.run[mode]:
                yield words.format("; ".join(f"{name} ({', '.join(functions)})" for name, functions in of.items()))
        for short, long in perhaps_one(self.run[Option.BUY]):
            yield f"Are {clip(short)} and {clip(long)} one? They are taken for two: give both one name if they are one."
        if self.alone:
            yield f"Nobody is said to run {self.alone} of those with a cost: it is taken as what they cost in-house."


_TAKEN_AS: Mapping[str, str] = {
    Option.SHARE: "Taken as shared: what is run with {}. Each is open for just that, until you say more.",
    Option.BUY: (
        "Taken as bought: what is run by {}. Each is open for just that, until you say more. "
        "Where it is shared, write “shared with” before the name."
    ),
}


def rows_said(rows: Sequence[SaidRow]) -> Iterator[str]:
    """Which row was taken as which function."""
    functions = load_catalogue().functions
    others, own = list[str](), list[str]()
    for row in rows:
        name = (row.get(NAME) or row.get("Id") or _NOBODY).text
        id_ = known_as(name)
        if not id_:
            near = nearest_function(name)
            nearest = f" The nearest is {near}." if near else ""
            own.append(f"  {clip(name)}: not known, so without flags and estimate.{nearest}")
            continue
        full = functions[load_catalogue().names[id_]].name
        if name.casefold() != full.casefold():
            others.append(f"  {clip(name)}: {full}")
    check = " Check those that mba calls otherwise:" if others else ""
    yield f"{len(rows) - len(own)} of {len(rows)} rows are taken for a function that mba knows.{check}"
    yield from (*others, *own)

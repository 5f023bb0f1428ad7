"""The rows of a bare list to those of a profile, and what was taken for what."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, filterfalse
from statistics import median

from mba.about import Kind
from mba.called import SAYS_NO_VAT, kind_by_name, organisations_named, said_by_name, shares_by_name
from mba.forms import day_in
from mba.load import everyday
from mba.load.cells import SheetCells
from mba.load.columns import NO_FLAGS, PARTNER, ROLE, SUPPLIER
from mba.load.headed import Heads, SaidRow, Unsaid, id_of
from mba.load.hints import NOT_KNOWN, months_in, plainly, with_unit, words_of
from mba.load.knowledge import load_catalogue
from mba.load.source import clip
from mba.load.tree import Extent, Node, tree_of
from mba.terms import IN_NHS, SUPPORT_UNITS_CLOSE, Option, SupplierKind

NAME, MODE, WITH, PAID, ALONE, NOTE = "Name", "Run today as", "Today with", "Paid today", "In-house cost", "Note"
UNTIL, NOTICE, CLOSES = "Contract until", "Months of notice", "Closes"
"""The headings of a workbook that a list may have."""
_TINY, _LARGE = 1_000, 10_000
"""£: below the one a figure is asked about where half of the others are above the other."""
_BARE, _IN_POUNDS = re.compile(r"[£\d,.\s]+"), re.compile(r"£\s?\d{1,3}(,\d{3})+(\.\d+)?")
"""A figure without a unit of its own; one with a pound sign and its thousands parted, as figures in full are."""
_NOBODY = tree_of("")


def row_name(row: SaidRow) -> str:
    """What a row calls its function."""
    return (row.get(NAME) or row.get("Id") or _NOBODY).text()


def parts_among(rows: Sequence[SaidRow]) -> dict[str, str]:
    """The names of rows that are parts of one function of the catalogue, as that is for more bodies than one; its id.

    One of them at most is called as the whole is, and is it.
    """
    known, of_whole = load_catalogue(), defaultdict[str, list[str]](list)
    for row in filter(lambda row: "Id" not in row, rows):
        if id_ := everyday.taken_as(row_name(row)):
            of_whole[known.names[id_]].append(row_name(row))
    parts = dict[str, str]()
    for id_, names in of_whole.items():
        some = list(filter(lambda name: not known.taken_for(id_of(name)), names))
        if len(set(map(id_of, names))) == len(names) > 1 >= len(names) - len(some):
            parts |= dict.fromkeys(some, id_)
    return parts


class Taken:
    """The rows of a list as the sheet of a profile has them, and what was taken for what."""

    def __init__(self, sheet: SheetCells, heads: Heads, unsaid: Unsaid, noughts: Mapping[str, int]) -> None:
        self.sheet, self.noughts, self.alone, self.organisation = sheet, noughts, 0, unsaid.kind
        self.doubts: list[str] = []
        self.unread: set[str] = set()
        self.no_vat: list[str] = []
        self.figures: dict[str, list[tuple[Node, int]]] = defaultdict(list)
        self.read: dict[str, dict[str, None]] = defaultdict(dict)
        self.closing: dict[str, Node] = {}
        self.named: dict[str, Extent] = {}
        self.spelt: dict[str, str] = {}
        self.run: dict[str, dict[str, list[str]]] = {mode: defaultdict(list) for mode in _TAKEN_AS}
        columns = {key.head: column for column, key in heads.columns.items()}
        self.called = {head: sheet.said[heads.top, column] for head, column in columns.items()}
        self.days = [key.head for key in heads.columns.values() if key.kind is Kind.DAY]
        lines = sheet.above(heads.top)
        self.of_all, ours = (self.called.get(PAID, ""), *lines), (*lines, *filter(None, [unsaid.name]))
        told = filter(lambda column: heads.columns[column].head == WITH, heads.columns)
        said = (row.get(column, "") for column in told for row in sheet.rows(heads.top).values())
        self.runs = {text: everyday.run_by(text, ours) for text in sorted(set(said))}
        shared = filter(lambda run: run.mode == Option.SHARE, self.runs.values())
        names = [*chain.from_iterable(run.whom for run in shared), *self._who_shares()]
        self.partners = everyday.one_name(dict.fromkeys(names), unsaid.bodies)
        by_words = {words_of(full): full for full in self.partners.values()}
        for text, run in self.runs.items():
            if run.mode == Option.BUY and run.whom and (partner := by_words.get(words_of(run.whom[0]))):
                self.runs[text] = everyday.RunBy(Option.SHARE, (partner,))

    def _who_shares(self) -> list[str]:
        """The names alone in their cells that say that a body commissions too, but those said to be bought from."""
        alone, bought = list[str](), set[frozenset[str]]()
        for text, run in self.runs.items():
            for name in run.whom:
                if run.mode == Option.BUY and name != text.strip(" *†"):
                    bought.add(words_of(name))
                elif run.mode == Option.BUY and shares_by_name(name):
                    alone.append(name)
        return list(filter(lambda name: words_of(name) not in bought, alone))

    def ask_who_is_us(self, rows: Sequence[SaidRow]) -> None:
        """Ask about who runs most rows by a name alone that says the organisation's own kind."""
        cells = [row[WITH] for row in rows if WITH in row and MODE not in row]
        text, many = Counter(map(Node.text, cells)).most_common(1)[0] if cells else ("", 0)
        is_alone = many > 1 and text in self.runs[text].whom
        if is_alone and many > len(cells) / 2 and self.organisation in organisations_named(text):
            first = next(filter(lambda cell: cell.text() == text, cells))
            hint = f"If so, write In-house in its place; if not, write Shared with {clip(text)}."
            wrong = f"“{clip(text)}” runs {many} of {len(cells)} rows: is it your own organisation?"
            self.sheet.problems.append(first.mark.problem(wrong, hint))

    def filled(self, said: SaidRow, parts: Mapping[str, str]) -> SaidRow:
        """A row with what follows from what it says; of a part, what the catalogue says of its whole."""
        row = dict(said)
        for head in filter(said.__contains__, (PAID, ALONE, NOTICE, *self.days)):
            self._read(row, head)
        name = row.get("Id") or row.get(NAME) or _NOBODY
        if part := load_catalogue().known(parts.get(name.text(), "")):
            row.setdefault("Flags", Node(name.mark, ", ".join(part.flags) or NO_FLAGS))
            row.setdefault("VAT", Node(name.mark, part.vat))
        elif id_ := everyday.taken_as(name.text()):
            row.setdefault("Id", Node(name.mark, id_))
        if (mode := row.get(MODE)) and (known := everyday.run_by(mode.text())).mode and not known.whom:
            row[MODE] = Node(mode.mark, known.mode)
        if whom := row.pop(WITH, None):
            self._read_whom(row, whom)
        row.pop(CLOSES, None)  # It is of who runs it.
        self.alone += PAID in row and MODE not in row
        if PAID in row and (MODE not in row or row[MODE].text() == Option.MAKE):
            row.setdefault(ALONE, row.pop(PAID))
        return row

    def _read(self, row: SaidRow, head: str) -> None:
        """Take a figure, a day or months as meant; what could not be told is left for the fault at its cell."""
        cell = row.pop(head)
        read = everyday.Read("", "not known")
        if not NOT_KNOWN.fullmatch(plainly(cell.text())):
            read = self._meant(head, cell.text())
        if head in (PAID, ALONE) and read.text.isdecimal():
            self.figures[head].append((cell, int(read.text)))
        elif head in (PAID, ALONE) and read.text:
            self.unread.add(head)
        if read.text:
            row[head] = Node(cell.mark, read.text)
        if read.said not in ("", cell.text()):
            self.read[head][f"{clip(cell.text())} as {read.said}"] = None

    def _meant(self, head: str, text: str) -> everyday.Read:
        if head == NOTICE:
            unit = re.search("week|day", self.called[head].casefold())
            plain = f"{plainly(text)} {unit[0]}s" if unit and text.strip().isdecimal() else plainly(text)
            return everyday.Read(months_in(plain) or text)
        if head in (UNTIL, CLOSES) and text.strip().casefold().startswith(("fy", "financial year")):
            text = f"end {text.strip()}"
        if head in self.days and (day := day_in(text)):
            return everyday.Read(day.isoformat(), f"{day.day} {day:%B %Y}")
        return everyday.figure_read(text, self.noughts[head]) or everyday.Read(text)

    def _read_whom(self, row: SaidRow, whom: Node) -> None:
        """Take who runs it today, and by that how."""
        run, name = self.runs[whom.text()], row_name(row)
        if run.doubt:
            self.doubts.append(f"{clip(name)} (“{clip(whom.text())}” {run.doubt})")
            if MODE not in row:
                row.pop(UNTIL, None)
                row.pop(NOTICE, None)
            return
        mode = row.setdefault(MODE, Node(whom.mark, run.mode)).text()
        bodies = (self.partners.get(body, body) for body in run.whom)
        names = dict.fromkeys(self.spelt.setdefault(id_of(body), body) for body in bodies)
        if names:
            row[WITH] = Node(whom.mark, ", ".join(names))
        for each in names:
            self.run.get(mode, self.run[Option.BUY])[each].append(name)
            self.named.setdefault(each, whom.mark)
            if CLOSES in row:
                self._close(each, row[CLOSES])
        if mode in (Option.BUY, Option.ALLY) and PAID in row and not set(map(kind_by_name, names)) & IN_NHS:
            self._note_vat(row, whom.mark)

    def _note_vat(self, row: SaidRow, mark: Extent) -> None:
        """Note of a row that VAT is not in what is paid, where it or what is said of all rows says so."""
        note = row.get(NOTE, _NOBODY).text()
        if says := next(filter(SAYS_NO_VAT.search, (note, *self.of_all)), None):
            row[NOTE] = Node(mark, "; ".join(dict.fromkeys(filter(None, (note, says)))))
            self.no_vat.append(clip(row_name(row)))

    def _close(self, body: str, closes: Node) -> None:
        """Take the day on which a body closes; every row that says one must say the same."""
        first = self.closing.setdefault(body, closes)
        if first.text() != closes.text():
            row, called = first.mark.place().line, clip(body)
            message = f"{called} closes on “{clip(closes.text())}” here, and on “{clip(first.text())}” in row {row}"
            hint = f"Give {called} one closing day, or leave the other cells blank."
            self.sheet.problems.append(closes.mark.problem(message, hint))

    def compare_figures(self) -> None:
        """Ask about a figure of a few pounds among those of thousands, and of pounds in a column of thousands."""
        for head, of_head in self.figures.items():
            usual, unit = median(figure for _, figure in of_head), 10 ** self.noughts[head]
            for cell, figure in of_head:
                text, would_be = cell.text().strip(), f"“{clip(cell.text())}” would be £{figure:,} a year"
                is_far = figure >= _LARGE * unit and usual < _TINY * unit and _BARE.fullmatch(text)
                if 0 < figure < _TINY and usual >= _LARGE:
                    hint = "Write it in full, such as 2150000; or with its unit, such as 2.15m or 215k."
                    message = f"{would_be}; most others here are over £{_LARGE:,}"
                    self.sheet.problems.append(cell.mark.problem(message, hint))
                elif unit > 1 and (is_far or _IN_POUNDS.fullmatch(text)):
                    less = figure // unit
                    hint = f"Write {with_unit(less)} if it is £{less:,}, or {with_unit(figure)} if it is £{figure:,}."
                    message = f"{would_be}, by the unit in the heading of its column"
                    self.sheet.problems.append(cell.mark.problem(message, hint))

    def compared(self, totals: Sequence[SaidRow]) -> Iterator[str]:
        """That the one total is not the sum of the rows, as rounded as the heading says, where all could be read."""
        for head, of_head in self.figures.items():
            if head in self.unread:
                continue
            cells = [row[head] for row in totals if head in row]
            read = everyday.figure_read(cells[0].text(), self.noughts[head]) if len(cells) == 1 else None
            added = sum(figure for _, figure in of_head)
            if read and abs(int(read.text) - added) > len(of_head) * 10 ** self.noughts[head]:
                total = f"Row {cells[0].mark.place().line}: its total is £{int(read.text):,}"
                yield f"{total}, and its rows add up to £{added:,}: is one missing or wrong?"

    def bodies(self) -> list[SaidRow]:
        """Everybody who runs something today, each open for just that."""
        rows = []
        for role, of_role in ((SUPPLIER, self._suppliers()), (PARTNER, self.run[Option.SHARE])):
            for name, functions in of_role.items():
                said = {ROLE: role, "Name": name, "Functions": ", ".join(functions)}
                by_name = said_by_name(name, self.organisation, shares=role == PARTNER)
                said |= {key.capitalize(): text for key, text in by_name.items()}
                row = {head: Node(self.named[name], text) for head, text in said.items()}
                if name in self.closing:
                    row[CLOSES] = self.closing[name]
                rows.append(row)
        return rows

    def _suppliers(self) -> dict[str, list[str]]:
        """Who is bought from or allied with, and what they run."""
        bought, allied = self.run[Option.BUY], self.run[Option.ALLY]
        return {name: [*bought.get(name, ()), *allied.get(name, ())] for name in (*bought, *allied)}

    def told(self) -> Iterator[str]:
        """What was taken for what, a line each."""
        if self.read:
            read = (f"Read under “{clip(self.called[head])}”: {'; '.join(some)}." for head, some in self.read.items())
            yield " ".join(read)
        if self.doubts:
            yield f"Not said how it is run, so nothing of a contract is taken: {'; '.join(self.doubts)}."
        for text, run in self.runs.items():
            if run.mode == Option.MAKE and not everyday.is_everyday(text):
                yield f"“{clip(text)}” is taken for your own staff."
        for name, full in self.partners.items():
            if name != full:
                yield f"“{clip(name)}” is taken for {clip(full)}."
        yield from self._told_of_suppliers()
        if self.alone:
            yield f"With a cost and nobody who is said to run it: {self.alone}. It is taken as the in-house cost."

    def _told_of_suppliers(self) -> Iterator[str]:
        """What is taken to be paid to them, of what kind they are taken to be, and who may be one and the same."""
        if PAID in self.figures and any(self.run.values()):
            said = "What is paid to others is taken as all in: with VAT, and the time of your own people who manage it."
            if self.no_vat:
                said += f" VAT is said not to be in that of {', '.join(self.no_vat)}: add it where it is not recovered."
            yield said
        for mode, words in _TAKEN_AS.items():
            if of := self.run[mode]:
                named = (f"{clip(name)} ({', '.join(map(clip, functions))})" for name, functions in of.items())
                yield f"  Taken as {words.format('; '.join(named))}"
        for kind, what in _KINDS.items():
            if like := [name for name in self._suppliers() if kind_by_name(name) is kind]:
                yield f"  Taken as {what}: {'; '.join(map(clip, like))}."
        silent = filterfalse(self.closing.__contains__, self._suppliers())
        if units := list(filter(lambda name: "closes" in said_by_name(name, self.organisation), silent)):
            yield f"{_CLOSING}: {'; '.join(map(clip, units))}."
        for short, long in everyday.perhaps_one(self._suppliers()):
            yield f"Are {clip(short)} and {clip(long)} one? They are taken for two: give both one name if they are one."


_CLOSING = (
    f"Taken to close on {SUPPORT_UNITS_CLOSE.day} {SUPPORT_UNITS_CLOSE:%B %Y}, as support units do by then "
    "(correct “closes” of who is there for longer)"
)
_KINDS = {
    SupplierKind.CSU: "a support unit",
    SupplierKind.NHS_BODY: "of the NHS, without VAT",
    SupplierKind.LOCAL_AUTHORITY: "a local authority",
    SupplierKind.PRIVATE: "a private company",
}
"""What a supplier is told to be taken for, by its name."""
_OPEN = "Each is open for just that, until you say more."
_TAKEN_AS: Mapping[str, str] = {
    Option.SHARE: f"shared: what is run with {{}}. {_OPEN} Where it is bought, write “bought from” before the name.",
    Option.BUY: f"bought: what is run by {{}}. {_OPEN} Where it is shared, write “shared with” before the name.",
    Option.ALLY: f"allied: what is run by {{}}. {_OPEN}",
}

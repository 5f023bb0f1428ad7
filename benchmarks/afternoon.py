"""The first afternoon, in a terminal: from 22 functions to the paper, counted by keys, prompts, cells and words.

Two ways: from the list that a finance team sends, and from a blank workbook, whose cells are filled in by hand. Every
command is typed into a terminal of its own, and every prompt answered. A person's time is reckoned by the
keystroke-level model (Card, Moran & Newell 1980): 0.28 s a key of an average typist, and 1.35 s to think before each
command, prompt and cell; 238 words are read a minute (Brysbaert 2019), of the README and of all that is shown. What is
left of 25 minutes is left for judging what is asked.
"""

from __future__ import annotations

import csv
import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook

from mba.load.everyday import known_as
from mba.load.knowledge import load_catalogue

LIST = """\
Service,Provider,Cost 2025/26 (£)
HR,In-house,"380,000"
Payroll,Northern CSU,"310,000"
Finance,In-house,"900,000"
IT,Northern CSU,"560,000"
Legal services,Old Hall Law,"190,000"
Comms & engagement,us,"250,000"
Business intelligence,Northern CSU,"420,000"
Contracting,In-house,"700,000"
Contract management,Northern CSU,"300,000"
Procurement,Northern CSU,"260,000"
Medicines management,In-house,"800,000"
CHC,In-house,"600,000"
IFR,Northern CSU,"90,000"
Complaints,In-house,"150,000"
Safeguarding,In-house,"300,000"
Information governance,Northern CSU,"120,000"
Corporate services,Northern CSU,"350,000"
Quality,In-house,"500,000"
Service redesign,In-house,"400,000"
Estates,Council,"200,000"
Commissioning strategy,In-house,"650,000"
Primary care commissioning,Northern CSU,"110,000"
"""
ORGANISATION = ("Fellside ICB", "icb", "900000", "", "Dalesway ICB", "Northern CSU, Old Hall Law, Council", "", "")
FROM_LIST = ("mba init mine.xlsx --from finance.csv", ORGANISATION)
BLANK = ("mba init mine.xlsx", ORGANISATION)
THEN: tuple[tuple[str, Iterable[str]], ...] = (
    # What is typed, and the answers to what it asks; after the last of them, q.
    ("mba check mine.xlsx", ()),
    ("mba assess mine.xlsx", ()),
    ('mba ask mine.xlsx --by "Ann Lee"', "4324342343" * 2),
    ("mba export mine.xlsx -o paper.docx", ()),
)
PROMPT = re.compile("(^|[\\]qs]|figure) ?: (£)?$".encode(), re.MULTILINE)
SURE = re.compile(rb"figure: $")
CODES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")


KEY, THINK, WORDS_A_MINUTE = 0.28, 1.35, 238
"""Seconds a key and a thought of the keystroke-level model; words that are read in a minute."""
MINUTES = 25
HEADS, MOVING, DELETING = 3, 2, 3
"""The row of a sheet that holds its headings; keys to go to the next cell, and to delete a row."""
READ_FIRST = ("Try it", "Your own organisation")
"""Sections of the README that somebody reads before, its beginning included."""


class Step(NamedTuple):
    """What a step took: keys with Return, thoughts (command, prompts, cells), words shown, seconds of the machine."""

    line: str
    keys: int
    thoughts: int
    words: int
    seconds: float

    @property
    def minutes(self) -> float:
        """Of a person, judging not counted."""
        return (self.keys * KEY + self.thoughts * THINK + self.seconds) / 60 + self.words / WORDS_A_MINUTE


def typed(line: str, answers: Iterable[str], folder: Path) -> Step:
    """Type a command, and answer what it asks."""
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", *shlex.split(line)]
    begun, shown, asked, keys, left = time.perf_counter(), b"", 0, len(line) + 1, iter(answers)
    with subprocess.Popen(words, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        new = b""
        while more := _read(ours):
            shown, new = shown + more, new + more.replace(b"\r", b"")
            if PROMPT.search(new):
                answer, new = "y" if SURE.search(new) else next(left, "q"), b""
                asked, keys = asked + 1, keys + len(answer) + 1
                os.write(ours, f"{answer}\n".encode())
    os.close(ours)
    if process.returncode:
        sys.exit(f"{line}: status {process.returncode}\n{shown.decode(errors='replace')}")
    return Step(line, keys, 1 + asked, len(CODES.sub(b"", shown).split()), time.perf_counter() - begun)


def _read(terminal: int) -> bytes:
    """What is shown next; nothing once the command has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def read_first() -> Step:
    """The words of the README that somebody reads first."""
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")
    start, *sections = re.split(r"^## ", readme, flags=re.MULTILINE)
    read = [start, *(section for section in sections if section.startswith(READ_FIRST))]
    return Step("two sections of the README, read", 0, 0, sum(len(section.split()) for section in read), 0)


def filled(path: Path) -> Step:
    """Fill the rows of a blank workbook from the list, and delete the others: keys and cells as somebody would type."""
    catalogue = load_catalogue()
    listed: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(StringIO(LIST)):
        function = catalogue.known(known_as(row["Service"]))
        if function is None:
            sys.exit(f"{row['Service']} is no function that mba knows")
        listed[function.name] = row
    book = load_workbook(path)
    sheet, keys, cells = book["Functions"], 0, 0
    heads = {cell.value: cell.column or 0 for cell in sheet[HEADS]}
    for line in reversed(range(HEADS + 1, sheet.max_row + 1)):
        its = listed.get(str(sheet.cell(line, heads["Name"]).value))
        if its is None:
            sheet.delete_rows(line)
            keys, cells = keys + DELETING, cells + 1
            continue
        cost = its["Cost 2025/26 (£)"].replace(",", "")
        said = {"Run today as": "make", "In-house cost": cost}
        if its["Provider"] not in ("In-house", "us"):
            said = {"Run today as": "buy", "Today with": its["Provider"], "Paid today": cost}
        for head, value in said.items():
            sheet.cell(line, heads[head]).value = value
            keys, cells = keys + len(value) + MOVING, cells + 1
    book.save(path)
    return Step("(the sheet Functions, filled in by hand)", keys, cells, 0, 0)


def afternoon(first: tuple[str, Iterable[str]], *, by_hand: bool) -> None:
    """Print what each step of one way took, and all of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Path(folder, "finance.csv").write_text(LIST, "utf-8")
        steps = [read_first(), typed(*first, folder)]
        if by_hand:
            steps.append(filled(folder / "mine.xlsx"))
        steps += [typed(*step, folder) for step in THEN]
        paper = Path(folder, "paper.docx").stat().st_size
    print(f"{'':42}{'keys':>6}{'thoughts':>10}{'words shown':>13}{'seconds':>9}{'minutes':>9}")
    for step in steps:
        print(f"{step.line:42}{step.keys:6}{step.thoughts:10}{step.words:13}{step.seconds:9.1f}{step.minutes:9.1f}")
    sums = [sum(column) for column in zip(*(step[1:] for step in steps), strict=True)]
    spent = sum(step.minutes for step in steps)
    print(f"{'in all':42}{sums[0]:6}{sums[1]:10}{sums[2]:13}{sums[3]:9.1f}{spent:9.1f}   paper: {paper:,} bytes")
    print(f"Of {MINUTES} minutes {MINUTES - spent:.1f} are left for judging what is asked.\n")


def main() -> None:
    """Both ways, from a list and from a blank workbook."""
    afternoon(FROM_LIST, by_hand=False)
    afternoon(BLANK, by_hand=True)


if __name__ == "__main__":
    main()

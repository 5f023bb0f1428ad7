"""What can be wrong with what the user gave us, said so that she can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST_PROBLEMS = 50
"""As many as are shown at once."""


class Location(NamedTuple):
    """Where a problem stands: line and column count from 1, as editors do."""

    file: str
    line: int = 0
    column: int = 0
    text: str = ""
    """The source line, safe to show on a terminal."""
    indent: int = 0
    """Terminal cells before the part that is meant."""
    length: int = 1
    """Terminal cells of the part that is meant."""
    cell: str = ""
    """The sheet and the cell, in a workbook: Functions!D7."""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what to do about it."""

    message: str
    place: Location | None = None
    hint: str = ""

    def lines(self) -> list[str]:
        """The problem in plain text, with its source line and a caret where it has a place."""
        place = self.place
        lines = [f"{place}: {self.message}" if place else self.message]
        if place and place.line:
            label = place.cell.rpartition("!")[2] or str(place.line)
            lines.append(f"  {label} | {place.text}")
            lines.append(f"  {' ' * len(label)} | {' ' * place.indent}{'^' * place.length}")
        if self.hint:
            lines.append(f"  {self.hint}")
        return lines


def refusal(message: str, hint: str = "") -> MbaError:
    """An error of one problem that stands in no file."""
    return MbaError(Problem(message, None, hint))


def in_brief(told: Iterable[str]) -> list[str]:
    """What was understood without the lines that are set in: each says more of the line above."""
    return [re.sub(":$", ".", line) for line in told if not line.startswith(" ")]


class MbaError(Exception):
    """The input or the command is wrong; exit status 2.

    Holds every problem found, in the order of the files, how those files hang together where that is not plain, and
    what was understood before, a line each.
    """

    def __init__(self, *problems: Problem, files: str = "", told: Iterable[str] = ()) -> None:
        super().__init__(problems[0].lines()[0] if problems else "")
        self.problems = problems
        self.files = files
        self.told = tuple(told)

    def text(self, writes: str = "") -> str:
        """What was understood, every problem, one after another, and a last line that counts them.

        `writes` is what is said behind that, where something would have been written.
        """
        count, counted = len(self.problems), ""
        if any(problem.place and problem.place.line for problem in self.problems):
            problems = "problem" if count == 1 else "problems"
            more = " or more" if count >= MOST_PROBLEMS else ""
            counted = f"{count} {problems}{more} found.{writes}"
        blocks = ["\n".join(lines) for lines in (in_brief(self.told), *(problem.lines() for problem in self.problems))]
        return "\n\n".join(filter(None, (*blocks, self.files, counted)))

"""What can be wrong with what the user gave us, said so that she can mend it."""

from __future__ import annotations

from typing import NamedTuple

MOST_PROBLEMS = 50
"""As many as are shown at once."""


class Place(NamedTuple):
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

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what to do about it."""

    message: str
    place: Place | None = None
    hint: str = ""

    def lines(self) -> list[str]:
        """The problem in plain text, with its source line and a caret where it has a place."""
        if self.place is None:
            out = [self.message]
        else:
            out = [f"{self.place}: {self.message}"]
            if self.place.line:
                gutter = len(str(self.place.line))
                out.append(f"  {self.place.line} | {self.place.text}")
                out.append(f"  {' ' * gutter} | {' ' * self.place.indent}{'^' * self.place.length}")
        if self.hint:
            out.append(f"  {self.hint}")
        return out


class MbaError(Exception):
    """The input or the command is wrong; exit status 2.

    Holds every problem found, in the order of the files, and how those files hang together where that is not plain.
    """

    def __init__(self, *problems: Problem, files: str = "") -> None:
        super().__init__(problems[0].message if problems else "")
        self.problems = problems
        self.files = files

    def text(self) -> str:
        """Every problem, one after another, and a last line that counts them."""
        blocks = ["\n".join(problem.lines()) for problem in self.problems]
        count = len(blocks)
        if self.files:
            blocks.append(self.files)
        if any(problem.place and problem.place.line for problem in self.problems):
            found = (
                f"{count} problem{'s' if count != 1 else ''}" if count < MOST_PROBLEMS else f"{count} problems or more"
            )
            blocks.append(f"{found} found. Nothing was written.")
        return "\n\n".join(blocks)

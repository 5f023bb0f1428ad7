"""The first afternoon, in a terminal: from a list of twenty functions to the paper, counted by keys, prompts and words.

Every command is typed into a terminal of its own, and every prompt answered, as somebody would who has the list that
her finance team sends. It prints what each step took; nothing is compared.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

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
"""
STEPS = (
    # What is typed, and the answers to what it asks; after the last of them, q.
    (
        "mba init mine.xlsx --from finance.csv",
        ("Fellside ICB", "", "900000", "", "Dalesway ICB", "Northern CSU, Old Hall Law", ""),
    ),
    ("mba check mine.xlsx", ()),
    ("mba assess mine.xlsx", ()),
    ('mba ask mine.xlsx --by "Ann Lee"', "4324342343" * 2),
    ("mba export mine.xlsx -o paper.docx", ()),
)
PROMPT = re.compile("(^|[\\]qs]|figure) ?: (£)?$".encode(), re.MULTILINE)
SURE = re.compile(rb"figure: $")
CODES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")


class Step(NamedTuple):
    """What a command took: keys with Return, prompts, words shown, and seconds that the machine took."""

    line: str
    keys: int
    prompts: int
    words: int
    seconds: float


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
    return Step(line, keys, asked, len(CODES.sub(b"", shown).split()), time.perf_counter() - begun)


def _read(terminal: int) -> bytes:
    """What is shown next; nothing once the command has ended."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def main() -> None:
    """Print what each step took, and all of them."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "finance.csv").write_text(LIST, "utf-8")
        steps = [typed(line, answers, Path(folder)) for line, answers in STEPS]
        paper = Path(folder, "paper.docx").stat().st_size
    print(f"{'':42}{'keys':>6}{'prompts':>9}{'words shown':>13}{'seconds':>9}")
    for step in steps:
        print(f"{step.line:42}{step.keys:6}{step.prompts:9}{step.words:13}{step.seconds:9.1f}")
    sums = [sum(column) for column in zip(*(step[1:] for step in steps), strict=True)]
    print(f"{'in all':42}{sums[0]:6}{sums[1]:9}{sums[2]:13}{sums[3]:9.1f}   paper: {paper:,} bytes")


if __name__ == "__main__":
    main()

"""Signals at random moments of every command that writes: `.venv/bin/python tests/stopping.py --moments 200`.

Whenever it comes, the file that is written is the old one or the new one, whole; no draft is left beside it, but by
SIGKILL, which no program can heed; and the status is that of the signal, or 0 where the work was done already.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from fuzz import BASE, CHANGES
from running import command

import mba

QUICK = ("--draws", "0")
OLD = b"what stood there\n"
ANSWERS = ("3", "dk", "2", "4", "1", "5", "q")
SIGNALS = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGKILL: -signal.SIGKILL}
"""What is sent, and the status that it must end with."""


class Writer(NamedTuple):
    """A command that writes a file, and what is typed to it."""

    words: tuple[str, ...]
    target: str
    typed: str = ""


def writers() -> list[Writer]:
    """Every command that writes, to every ending that it can write."""
    report, paper = ("txt", "md", "html", "docx", "json"), ("md", "html", "docx", "xlsx", "csv", "json")
    to_reports = (
        ("assess", "base.yaml", "--draws", "2000"),
        ("diff", "base.yaml", "x.yaml", *QUICK),
        ("rules",),
        ("catalogue",),
    )
    found = [Writer((*words, "-o", f"out.{ending}"), f"out.{ending}") for words in to_reports for ending in report]
    found += [
        Writer(("explain", "base.yaml", "payroll", *QUICK, "-o", f"out.{ending}"), f"out.{ending}") for ending in report
    ]
    found += [Writer(("export", "base.yaml", *QUICK, "-o", f"out.{ending}"), f"out.{ending}") for ending in paper]
    found += [Writer(("init", f"out.{ending}", "--from", "base.yaml"), f"out.{ending}") for ending in ("yaml", "xlsx")]
    return [*found, Writer(("ask", "base.yaml", "--draws", "200"), "base.yaml", "\n".join(ANSWERS) + "\n")]


def prepare(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE, "utf-8")
    (folder / "x.yaml").write_text(CHANGES, "utf-8")


PACKAGE = str(Path(mba.__file__).parent).encode()
"""The folder that every line of the program comes from, as a traceback names it."""


@cache
def undisturbed(writer: Writer) -> tuple[float, frozenset[bytes]]:
    """How many seconds the command takes, and what its file may hold after it: for `ask`, after any of the answers."""
    whole = set()
    typed = writer.typed.splitlines(keepends=True)
    for number in range(len(typed) + 1):
        with tempfile.TemporaryDirectory() as name:
            prepare(Path(name))
            start = time.monotonic()
            process = subprocess.run(
                command(*writer.words),
                cwd=name,
                input="".join(typed[:number]).encode(),
                capture_output=True,
                check=False,
            )
            took = time.monotonic() - start
            assert process.returncode == 0, process
            whole.add((Path(name) / writer.target).read_bytes())
    return took, frozenset(whole)


def stop(writer: Writer, number: signal.Signals, chance: Random, seen: Counter[str]) -> None:
    """Run a command, and send the signal at a random moment of it."""
    takes, whole = undisturbed(writer)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        old = chance.random() < 0.5 and not writer.typed
        force = ["--force"] if old else []
        if old:
            (folder / writer.target).write_bytes(OLD)
        allowed = whole | ({OLD} if old else set())
        before = {path.name for path in folder.iterdir()}
        with (folder.parent / f"{folder.name}.typed").open("w+b") as typed:
            typed.write(writer.typed.encode())
            typed.seek(0)
            process = subprocess.Popen(
                command(*writer.words, *force), cwd=folder, stdin=typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            time.sleep(chance.uniform(0.0, takes * 1.05))
            process.send_signal(number)
            _, err = process.communicate()
        Path(typed.name).unlink()
        left = {path.name for path in folder.iterdir()}
        drafts = {each for each in left if each.startswith(".mba-")}
        said = f"{writer.words} {number.name} {process.returncode} {err!r} {left}"
        assert left - drafts <= before | {writer.target}, said
        assert not drafts or number is signal.SIGKILL, said
        assert not (folder / writer.target).exists() or (folder / writer.target).read_bytes() in allowed, said
        # Before the program has begun, or once it is done, Python ends in its own way: it names no line of mba.
        early = process.returncode == -number or (b"Traceback" in err and PACKAGE not in err)
        assert early or process.returncode in {0, SIGNALS[number]}, said
        assert early or b"Traceback" not in err, said
        if process.returncode == 0:
            assert (folder / writer.target).read_bytes() in whole, said
        how = "by Python itself" if early else {0: "done before"}.get(process.returncode, "heeded")
        seen[f"{number.name} {'killed' if number is signal.SIGKILL and process.returncode else how}"] += 1
        seen["drafts left by SIGKILL"] += len(drafts)


def stopping(seed: int, moments: int) -> Counter[str]:
    """So many moments, of commands and signals by chance."""
    chance, seen = Random(seed), Counter[str]()
    heeds = signal.signal(signal.SIGINT, signal.default_int_handler)  # In the background what is started ignores it.
    every = writers()
    chance.shuffle(every)
    for moment in range(moments):
        stop(every[moment % len(every)], chance.choice(list(SIGNALS)), chance, seen)
    signal.signal(signal.SIGINT, heeds)
    return seen


def main() -> None:
    """Print how the runs ended."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--moments", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    seen = stopping(given.seed, given.moments)
    sys.stdout.write(f"{', '.join(f'{words}: {number:,}' for words, number in sorted(seen.items()))}\n")


if __name__ == "__main__":
    main()

"""A fuzz of names, figures and paths as people write them, in profiles and scenarios: `make fuzz MINUTES=2`.

Nothing ends in a traceback; every problem lies inside a file that was read, and shows no line of one that is plainly
no profile; every hint that gives a line, once obeyed, loads, or leads to another located message.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mba.load.profiles import load
from mba.problem import Location, MbaError, Problem

NUMBERS = (
    "245000",
    "245000.00",
    "120,000",
    "1,250,000",
    "0.12",
    "90",
    "007",
    "22.07",
    "22,07",
    "245.000",
    "1.5e5",
    "0",
)
BEFORE = ("", "", "", "£", "~", "c. ", "about ", "(", "-", "<", "€", "+", "“", "'", '"', "GBP ", "=")
AFTER = (
    "",
    "",
    "",
    "k",
    "m",
    " million",
    "%",
    " pa",
    " a year",
    ")",
    "+",
    "?",
    "”",
    "'",
    '"',
    " (est)",
    "-120k",
    " to 130k",
    ",",
)
WORDS = (
    *(
        "TBC",
        "tbc",
        "n/a",
        "N/K",
        "-",
        "unknown",
        "?",
        "",
        "none",
        "nil",
        "#N/A",
        "see Finance",
        "yes",
        "~",
        "null",
        "12:30",
    ),
    *(
        "4/5",
        "3.5",
        "high",
        "10% less",
        "per head",
        "[1]",
        "{a: 1}",
        "1 2 3",
        "x" * 130,
        "9" * 60,
        "*a",
        "&b",
        "!c",
        "|",
        "%",
    ),
)
NAMES = (
    *(
        "payroll",
        "TBC",
        "unknown",
        "?",
        "Payroll",
        "pay roll",
        "HR",
        "“payroll”",
        "payroll:",
        "id:payroll",
        "Legal, services",
        "“Board, 12 May”",
    ),
    *(
        "‘Leeds, York’",
        "a\\b",
        '"a\\e"',
        "“open",
        "close”",
        "№5",
        "naïve",
        "a\tb",
        "#x",
        "- x",
        "'it''s'",
        "a: b",
        "1,000",
        "remove",
    ),
)
PATHS = (
    *(
        "base.yaml",
        ".\\base.yaml",
        "sub\\..\\base.yaml",
        "./base.yaml",
        "C:\\x\\base.yaml",
        "https://a.org/b.yaml",
        "file:///etc/passwd",
    ),
    *(
        "/etc/passwd",
        "secret.yaml",
        "secret.json",
        "broken.yaml",
        "latin.yaml",
        "-",
        "~/base.yaml",
        "",
        "sub",
        "base.xlsx",
        "BASE.YAML",
    ),
    *(
        '"\\base.yaml"',
        "'.\\base.yaml'",
        "/dev/zero",
        "/dev/fd/0.yaml",
        "x.yaml",
        "null",
        "[a]",
        "http://a.org/?q=x",
        "“base.yaml”",
    ),
)
FIGURES = (
    "annual_cost",
    "population",
    "budget_per_head",
    "committed_costs",
    "premium",
    "cost",
    "trust",
    "population_served",
)
BASE = """\
organisation: {name: Riverside CCG, population: 226000, budget_per_head: 25, committed_costs: 90000}
partners:
  - {id: hillside, population: 190000, trust: 4}
suppliers:
  - {id: csu, population_served: 3500000}
functions:
  - {id: payroll, annual_cost: 120000, current: {mode: buy, supplier: csu, cost: 99000}}
  - {id: estates, quotes: [{mode: buy, cost: 80000, supplier: csu}], note: As agreed}
  - {id: governance, current: make, vat: charged, leaves: {to: The region, on: 2027-04-01}}
"""
CHANGES = """\
base: base.yaml
name: A change
changes:
  organisation: {budget_per_head: 22.07, population: 230000}
  partners:
    hillside: {population: 180000, trust: 3}
  functions:
    payroll: {annual_cost: 110000, current: {mode: buy, supplier: csu, cost: 98000}}
    estates: {note: Later, name: Estates}
"""
SECRET = "hunter2"  # noqa: S105 - what is not to be shown
OTHERS = {
    "secret.yaml": f"password: {SECRET}\n",
    "secret.json": f'{{"password": "{SECRET}"}}\n',
    "broken.yaml": f"password: [{SECRET}\nuser: me\n",
}
WIDEST = 50
"""Cells of what is meant that are shown; a caret under more is cut."""
LINE = re.compile(r"(?:[Ww]rite|such as|straight quotes): (\w+: .+)$")
LEAVE = re.compile(r"leave out “([^”]*)”")


def block(text: str) -> str:
    """The same with what stands in braces on lines of its own, where that is one level deep."""
    return re.sub(
        r"^( *)(- |\w+: )\{([^{}]*)\}$",
        lambda found: (
            f"{found[1]}{found[2].rstrip() if ':' in found[2] else ''}".rstrip()
            + "".join(
                f"\n{found[1]}{'- ' if found[2] == '- ' and not number else '  '}{part}"
                for number, part in enumerate(found[3].split(", "))
            )
        ).lstrip("\n"),
        text,
        flags=re.MULTILINE,
    )


def a_figure(chance: random.Random) -> str:
    if chance.random() < 0.4:
        return chance.choice(WORDS)
    return chance.choice(BEFORE) + chance.choice(NUMBERS) + chance.choice(AFTER)


def spoilt(chance: random.Random, text: str) -> str:
    """The text with one to three values as somebody might write them."""
    if chance.random() < 0.5:
        text = block(text)
    for _ in range(chance.randint(1, 3)):
        places = [*re.finditer(r"\b([a-z_]+): ([^,{}\[\]\n]+)", text)]
        found = chance.choice(places)
        if found[1] in FIGURES:
            value = a_figure(chance)
        elif found[1] == "base":
            value = chance.choice(PATHS)
        else:
            value = chance.choice(NAMES)
        space = "" if chance.random() < 0.05 else chance.choice((" ", " ", " ", " ", "  ", "\t"))
        text = f"{text[: found.start()]}{found[1]}:{space}{value}{text[found.end() :]}"
    return text


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file; nothing where it loads."""
    try:
        load(str(path))
    except MbaError as error:
        wrong = error
    else:
        return ()
    assert SECRET not in wrong.text(), wrong.text()
    return wrong.problems


def lines_of(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


def check_place(problem: Problem, path: Path) -> None:
    """A problem says what is wrong, inside a file, or of a file that it names."""
    place = problem.place
    assert place, problem
    assert problem.message, problem
    if place.line:
        lines = lines_of((path.parent / place.file).read_text("utf-8"))
        assert 1 <= place.line <= len(lines), problem
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, problem


def obeyed(problem: Problem, text: str) -> str | None:
    """The text as the hint says; None where it gives no line, or is cut, or does not say of which place."""
    place = problem.place or Location("")
    lines = text.split("\n")
    if place.file != "x.yaml" or not place.line or place.length > WIDEST or "…" in problem.hint:
        return None
    line = lines[place.line - 1]
    before, after = line[: place.column - 1], line[place.column - 1 :]
    if found := LINE.search(problem.hint):
        key = found[1].partition(":")[0]
        if "space is missing" in problem.message:
            start = before.rfind(key)
            lines[place.line - 1] = f"{line[:start]}{found[1]}"
        elif re.search(rf"{key}:\s*$", before):
            start = before.rindex(key)
            lines[place.line - 1] = f"{line[:start]}{found[1]}{after[place.length :]}"
        else:
            raise AssertionError(problem)
    elif found := LEAVE.search(problem.hint):
        key = found[1].partition(":")[0]
        start = before.rfind(key) if problem.message.startswith(f"“{key}” must") else place.column - 1
        rest = line[start:]
        whole = re.match(rf"{key}:\s*", rest)
        assert whole, problem
        length = whole.end() + (place.length if rest is not after else 0)
        kept = re.sub(r"^\s*,\s*", "", rest[length:])
        lines[place.line - 1] = re.sub(r",\s*(?=[}\]])", "", line[:start] + kept)
        if not lines[place.line - 1].strip():
            del lines[place.line - 1]
    else:
        return None
    return "\n".join(lines)


def one(folder: Path, chance: random.Random, seen: Counter[str]) -> None:
    """One file, spoilt, and every hint on it obeyed as long as each helps."""
    scenario = chance.random() < 0.5
    path = folder / "x.yaml"
    text = spoilt(chance, CHANGES if scenario else BASE)
    path.write_text(text, "utf-8", newline="")
    problems = problems_of(path)
    seen["scenarios" if scenario else "profiles"] += 1
    seen["sound"] += not problems
    for problem in problems:
        seen["problems"] += 1
        check_place(problem, path)
    for problem in problems:
        mended = obeyed(problem, text)
        if mended is None:
            continue
        seen["hints obeyed"] += 1
        path.write_text(mended, "utf-8", newline="")
        left = problems_of(path)
        for other in left:
            check_place(other, path)
        again = [other for other in left if (other.message, other.place) == (problem.message, problem.place)]
        assert not again, f"{problem.lines()}\n{mended}"
        # What a scenario changes is held against its base only once that can be read.
        more = len(problems) < 3 or problem.message.startswith("a base")
        assert len(left) <= len(problems) or more, f"{problem.lines()}\n{mended}"
        seen["loads then"] += not left


def prepare(folder: Path) -> None:
    """The files that stand beside what is spoilt."""
    (folder / "base.yaml").write_text(BASE, "utf-8")
    (folder / "sub").mkdir()
    for name, text in OTHERS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "latin.yaml").write_bytes(f"pässword: {SECRET}\n".encode("latin-1"))


def fuzz(seed: int, most: int, minutes: float = 1e9) -> Counter[str]:
    """As many files as fit, from a seed on; each file has a seed of its own, which a failure names."""
    seen: Counter[str] = Counter()
    until = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        prepare(Path())
        for number in range(seed, seed + most):
            if time.monotonic() > until:
                break
            try:
                one(Path(), random.Random(number), seen)
            except Exception as error:
                error.add_note(f"seed {number}:\n{Path('x.yaml').read_text('utf-8')}")
                raise
    return seen


def main() -> None:
    """Fuzz for some minutes, and print what was tried."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    seen = fuzz(given.seed, sys.maxsize - given.seed, given.minutes)
    sys.stdout.write(f"{', '.join(f'{words}: {number:,}' for words, number in seen.items())}\n")


if __name__ == "__main__":
    main()

"""A fuzz of the whole program: files of every kind that it reads, spoilt, and every command on them; see `make fuzz`.

Whatever comes, a command ends with 0, 1 or 2 and without a traceback; where it refuses, it prints no answer, says why,
and the places that it names are there; what was read stays as it was, nothing but what was asked for is written, and
what is written is whole: results, profiles and workbooks load again.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import re
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
from fuzz import AFTER, BASE, BEFORE, CHANGES, NAMES, NUMBERS, WORDS, a_figure
from openpyxl.utils.exceptions import IllegalCharacterError
from running import Answer, run

QUICK = ("--draws", "0")
OWN_RULES = """\
defaults:
  relational: {ratings: {measurability: 2}}
rules:
  TC06: {points: {make: 20, buy: -5}}
  TC07: remove
  XX01:
    name: Change is near
    claim: What changes often is better kept.
    when: {volatility: high}
    points: {make: 3, buy: -3}
    because: {high: it changes often, low: it seldom changes}
    sources: [{source: petsoulas-2014, place: Results}]
    certainty: judgement
    examples:
      - {given: {volatility: 5}, degree: 1}
      - {given: {volatility: 1}, degree: -1}
"""
PIECES = (
    "",
    "\n",
    "\n  ",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "#",
    '"',
    "'",
    "|",
    "*a",
    "&a ",
    "!",
    "\t",
    "\x1b",
    "\u202e",
    "£",
)
ACTS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
PLACE = re.compile(r"^(x\.\w+|base\.yaml):(\d+):(\d+): ", re.MULTILINE)
CELL = re.compile(r"^x\.xlsx:[“]?([^!\n]+?)[”]?!([A-Z]+)(\d+): ", re.MULTILINE)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1,
    6,
    0.5,
    1e300,
    10**18,
    "",
    "x",
    "?",
    "£1",
    [],
    {},
    [None],
    {"x": 1},
    "\x1b[2J",
)
"""What may stand where something else was expected, in JSON and in cells."""


class Given(NamedTuple):
    """What the program is given: a file to spoil, as bytes; the words of a command; and what is typed."""

    name: str
    data: bytes
    words: tuple[str, ...]
    typed: str = ""


def one_of(chance: Random, *each: Any) -> Any:
    return chance.choice(each)


def command_on(name: str, chance: Random) -> tuple[str, ...]:
    """Any command on a file."""
    ending = one_of(chance, "md", "html", "docx", "xlsx", "csv", "json")
    report = one_of(chance, "txt", "md", "html", "docx", "json")
    commands: tuple[tuple[str, ...], ...] = (
        ("check", name),
        ("check", name, "--format", "json"),
        ("assess", name, *QUICK),
        ("assess", name, *QUICK, "--full", "-o", f"out.{report}"),
        ("assess", name, "--draws", "50", "-o", "out.json"),
        ("explain", name, "payroll", *QUICK),
        ("diff", name, "base.yaml", *QUICK, "-o", f"out.{report}"),
        ("diff", "base.yaml", name, *QUICK, "--exit-code"),
        ("export", name, *QUICK, "-o", f"out.{ending}"),
        ("export", "base.yaml", *QUICK, "--compare", name, "-o", f"out.{one_of(chance, 'md', 'docx')}"),
        ("init", f"out.{one_of(chance, 'yaml', 'xlsx')}", "--from", name),
    )
    return chance.choice(commands)


def spliced(text: str, chance: Random) -> str:
    """A text with a few pieces put in or doubled, lines repeated, and figures as people write them, or other ones."""
    for _ in range(one_of(chance, 0, 1, 1, 1, 2, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 15))
        figures = [*re.finditer(r"(?<=: )[\d.]+", text)]
        way = chance.randrange(8)
        if way > 3 and figures:
            found = chance.choice(figures)
            text = text[: found.start()] + str(one_of(chance, *range(7), 10, 500, 80_000, 10**6)) + text[found.end() :]
        elif way == 0:
            text = text[:start] + chance.choice(PIECES) + text[end:]
        elif way == 1:
            text = text[:end] + text[start:end] + text[end:]
        elif way == 2 and figures:
            found = chance.choice(figures)
            text = text[: found.start()] + a_figure(chance) + text[found.end() :]
        else:
            lines = text.splitlines(keepends=True)
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines or [""]))
            text = "".join(lines)
    return text


def changed(value: Any, chance: Random) -> Any:
    """A value of a stored result as somebody or something might have changed it."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return chance.choice(ODD)
    if isinstance(value, (int, float)):
        return one_of(chance, value + 1, -value, value * 1.5, 0, chance.choice(ODD))
    if isinstance(value, list):
        return one_of(chance, value[::-1], value + value[:1], value[1:], [], chance.choice(ODD))
    return one_of(chance, {}, dict(list(value.items())[1:]), {**value, "more": 1}, chance.choice(ODD))


def changed_in(tree: Any, chance: Random) -> Any:
    """A tree with one value in it changed, at any depth."""
    keys = list(tree) if isinstance(tree, dict) else list(range(len(tree))) if isinstance(tree, list) else []
    if not keys or chance.random() < 0.15:
        return changed(tree, chance)
    key = chance.choice(keys)
    tree[key] = changed_in(tree[key], chance)
    return tree


def a_profile(chance: Random) -> Given:
    return Given("x.yaml", spliced(BASE, chance).encode(), command_on("x.yaml", chance))


def a_scenario(chance: Random) -> Given:
    return Given("x.yaml", spliced(CHANGES, chance).encode(), command_on("x.yaml", chance))


def rules(chance: Random) -> Given:
    words = one_of(
        chance,
        ("rules",),
        ("check", "base.yaml"),
        ("assess", "base.yaml", *QUICK),
        ("explain", "base.yaml", "payroll", *QUICK),
    )
    return Given("x.yaml", spliced(OWN_RULES, chance).encode(), (*words, "--rules", "x.yaml"))


def a_result(chance: Random) -> Given:
    data = json.loads(Path("sound.json").read_text("utf-8"))
    for _ in range(one_of(chance, 0, 1, 1, 2)):
        data = changed_in(data, chance)
    text = json.dumps(data)
    return Given(
        "x.json", (spliced(text, chance) if chance.random() < 0.1 else text).encode(), command_on("x.json", chance)
    )


def a_workbook(chance: Random) -> Given:
    """A workbook with cells changed, rows shuffled or taken out, sheets taken out; or the file itself damaged."""
    raw = Path("sound.xlsx").read_bytes()
    if chance.random() < 0.25:
        return Given("x.xlsx", damaged(raw, chance), command_on("x.xlsx", chance))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for _ in range(chance.randint(1, 4)):
        sheet = chance.choice(book.worksheets)
        row, column = chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1)
        way = chance.randrange(8)
        if way < 5:
            put(sheet.cell(row, column), one_of(chance, a_figure(chance), chance.choice(NAMES), chance.choice(ODD)))
        elif way == 5:
            one_of(chance, sheet.delete_rows, sheet.insert_rows)(row)
        elif way == 6:
            one_of(chance, sheet.delete_cols, sheet.insert_cols)(column)
        elif len(book.worksheets) > 1:
            book.remove(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return Given("x.xlsx", stream.getvalue(), command_on("x.xlsx", chance))


def put(cell: Any, value: Any) -> None:
    """What openpyxl will take, into a cell that takes anything: some are part of a merged one."""
    with contextlib.suppress(ValueError, AttributeError, IllegalCharacterError):
        cell.value = value


def damaged(raw: bytes, chance: Random) -> bytes:
    """A zip with bytes changed, cut off or doubled, or with the text of a part spliced."""
    start = chance.randrange(len(raw))
    way = chance.randrange(4)
    if way == 0:
        return raw[:start]
    if way == 1:
        return raw[:start] + bytes(chance.randrange(256) for _ in range(8)) + raw[start + 8 :]
    if way == 2:
        return raw[:start] + raw[start // 2 :]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        spoilt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, spliced(part.decode("utf-8", "replace"), chance) if name == spoilt else part)
    return stream.getvalue()


def answers(chance: Random) -> Given:
    """What is typed to `mba ask`."""
    lines = [
        one_of(chance, "1", "3", "5", "s", "dk", "q", "95000", "£120,000", a_figure(chance), chance.choice(NAMES))
        for _ in range(12)
    ]
    text = one_of(chance, BASE, CHANGES, spliced(BASE, chance))
    more = one_of(chance, (), (), ("--dry-run",), ("--by", chance.choice(NAMES)))
    return Given("x.yaml", text.encode(), ("ask", "x.yaml", "--draws", "50", *more), "\n".join(lines))


def a_start(chance: Random) -> Given:
    """The options of `mba init`."""
    options = {
        "--name": NAMES,
        "--kind": ("icb", "ccg", *WORDS),
        "--population": (*NUMBERS, *WORDS),
        "--budget-per-head": NUMBERS,
        "--partners": NAMES,
        "--suppliers": NAMES,
        "--groups": ("1", "1,2", "99", *NAMES),
        "--premium": (*NUMBERS, *AFTER, *BEFORE),
    }
    given = [("--name", "A"), ("--population", "226000"), ("--budget-per-head", "22.07")] * one_of(chance, 0, 1, 1)
    given += [(key, chance.choice(values)) for key, values in options.items() if chance.random() < 0.2]
    words = (word for pair in given for word in pair)
    return Given("x.yaml", BASE.encode(), ("init", one_of(chance, "out.yaml", "out.xlsx", "-"), *words))


KINDS: dict[str, Callable[[Random], Given]] = {
    "profiles": a_profile,
    "scenarios": a_scenario,
    "rules": rules,
    "results": a_result,
    "workbooks": a_workbook,
    "answers": answers,
    "starts": a_start,
}


def holds(folder: Path) -> dict[str, bytes]:
    """What every file of a folder holds, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def check(given: Given, answer: Answer, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """What must hold of any run."""
    assert answer.status in {0, 1, 2}, answer
    assert "Traceback" not in answer.err
    assert not ACTS.search(answer.err), answer.err
    if answer.status == 2 and "--format" not in given.words:
        assert answer.err, given
        assert not answer.out, answer
    for name, line, column in PLACE.findall(answer.err):
        text = before[name].decode("utf-8-sig", "replace")
        lines = re.split(r"\r\n|\n|\r", text)
        assert int(line) <= len(lines), answer.err
        assert int(column) <= len(lines[int(line) - 1]) + 1, answer.err
    written = {name: data for name, data in after.items() if before.get(name) != data}
    assert not before.keys() - after.keys()
    mine = (
        "x.yaml" if given.words[0] == "ask" else next((word for word in given.words if word.startswith("out.")), None)
    )
    assert written.keys() <= {mine}, written.keys()
    assert answer.status != 2 or not written or given.words[0] == "ask", answer
    for name, data in written.items():
        check_whole(name, data)


def check_whole(name: str, data: bytes) -> None:
    """What is written can be read: by this program, where that reads such files."""
    ending = name.rpartition(".")[2]
    if ending == "json":
        found = json.loads(data)
        if {"budget", "functions"} <= found.keys():
            assert run("diff", "base.yaml", name, *QUICK).status == 0, run("diff", "base.yaml", name, *QUICK)
    elif ending in {"xlsx", "yaml"}:
        assert run("check", name).status == 0, run("check", name)
    elif ending == "docx":
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    elif ending == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(set(map(len, rows))) == 1
    else:
        assert data.decode("utf-8").endswith("\n")


def prepare(folder: Path) -> None:
    """What stands beside the spoilt file: a sound profile, and its result and workbook."""
    (folder / "base.yaml").write_text(BASE, "utf-8")
    assert run("assess", "base.yaml", "--draws", "50", "-o", "sound.json").status == 0
    assert run("export", "base.yaml", *QUICK, "-o", "sound.xlsx").status == 0


def one(kind: str, chance: Random, seen: Counter[str]) -> None:
    """One run on something spoilt, in the folder that was prepared, which it leaves as it found it."""
    here = Path()
    given = KINDS[kind](chance)
    sound = holds(here)
    (here / given.name).write_bytes(given.data)
    before = holds(here)
    try:
        answer = run(*given.words, stdin=given.typed.encode())
        check(given, answer, before, holds(here))
    except Exception as error:
        error.add_note(f"{given.words}\n{given.typed}\n{given.data[:3000]!r}")
        raise
    finally:
        for path in here.iterdir():
            if path.name not in sound:
                path.unlink()
    seen[kind] += 1
    seen[f"{kind} refused"] += answer.status == 2


def fuzz(seed: int, most: int, minutes: float = 1e9) -> tuple[Counter[str], dict[str, str]]:
    """As many runs as fit, of each kind in turn: how many, and the faults, each kind of them once and with its seed."""
    seen, faults = Counter[str](), dict[str, str]()
    until = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        prepare(Path())
        for number in range(seed, seed + most):
            if time.monotonic() > until:
                break
            kind = list(KINDS)[number % len(KINDS)]
            try:
                one(kind, Random(number), seen)
            except Exception as error:  # noqa: BLE001 - all are shown
                shown = "".join(traceback.format_exception(error, limit=-2))
                faults.setdefault(str(error)[:100], f"{kind}, seed {number}\n{shown}")
    return seen, faults


def main() -> int:
    """Fuzz for some minutes, and print what was tried and every kind of fault; 1 where there is any."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    seen, faults = fuzz(given.seed, sys.maxsize - given.seed, given.minutes)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults.values()))
    sys.stdout.write(f"{', '.join(f'{words}: {number:,}' for words, number in sorted(seen.items()))}\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())

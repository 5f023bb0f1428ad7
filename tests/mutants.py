"""Whether the tests would notice: one small change of the program at a time, and the quick tests on each.

A run without any change finds which tests run which line, and how long each takes; no others could notice a change
in it.

`make mutants MINUTES=30 SEED=2` takes a seeded sample of changes in the rooms that decide, read and write. Comparisons,
sums, logic, conditions and figures are changed, one at a time, in a copy. Each is named with what became of it: killed
where a test failed, alike where nobody could see a difference (`ALIKE`), else survived. Stopped early, it sums up too.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from coverage import Coverage, CoverageData

ROOT = Path(__file__).parent.parent
ROOMS = ("decide", "sensitivity", "compare", "load", "output", "invariants.py", "profile.py", "results.py")
LEFT = shutil.ignore_patterns(".git", ".venv", "dist", "__pycache__", ".*_cache", ".hypothesis")
"""What is not copied."""

QUICK = ("-q", "-x", "-m", "not process and not slow", "--hypothesis-profile=quick", "-p", "no:cacheprovider")
FIRST = 40
"""Tests that are tried before the others are so much as read."""

PATIENCE = 60
"""Seconds, and thrice what the tests took without any change, after which one counts as killed: the program hangs."""

ENOUGH = 0.95
"""Of the changes that are not alike, the part that has to be killed."""

ALIKE = {
    "decide/choose_each.py: 15 became (16), in: NEVER, WORTHLESS = 10**18, -(10**15)": (
        "a worth below every other, by whatever much"
    ),
    "load/check.py: mark.start + 1 became (mark.start - 1), in: mark = mark._replace(end=mark.start + 1)": (
        "a place in a file is one sign long at least"
    ),
    "decide/evaluate.py: 1 became (2), in: "
    "return first(self.merit, self.pounds, starts, among, self.order).reshape(-1, len(OPTIONS))": (
        "numpy takes any number below zero for as many as there are"
    ),
    "load/hints.py: 1 became (2), in: "
    'close = difflib.get_close_matches(re.sub(r"[-\\s_]+", "_", word.lower()[:80]), list(plain), n=1, cutoff=alike)': (
        "only the nearest is used"
    ),
    "sensitivity/draws.py: 1 became (2), in: row[:] = block.evenly(1, *names)[0]": "the first row is the same",
    'sensitivity/draws.py: 1 became (2), in: common = block.evenly(1, "catalogue")[0]': "likewise",
}
"""Changes that no test has to notice, since nobody could see a difference, each with the reason; they are not tried."""

ROUND = {
    "compare/causes.py": ("MOST_TRIALS", "MOST_WEIGHED"),
    "decide/choose_each.py": ("BLOCK", "_PRICES", "_EXCHANGES", "_SLACK", "_MANY", "MOST_STATES", "_SORTED"),
    "decide/variants.py": ("AT_ONCE",),
    "load/cells.py": ("LARGEST_BOOK", "LARGEST_UNPACKED, _MOST_PARTS"),
    "load/hints.py": ("WIDEST",),
    "load/source.py": ("LARGEST_RESULT",),
    "sensitivity/draws.py": ("CELLS",),
    "sensitivity/value_of_information.py": ("WEIGHED", "KEPT"),
}
"""Figures of how much is done at once, shown or looked at, by module: round by choice, so that one more is as good."""

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


class Mutant(NamedTuple):
    """One change: of which module, on which lines, from which to which character, and what stands there instead.

    `words` has the module, what is changed of it into what, and the line on which that begins.
    """

    path: Path
    line: int
    last: int
    start: int
    end: int
    instead: str
    words: str

    def text(self, source: str) -> str:
        """The module with the change."""
        return f"{source[: self.start]}{self.instead}{source[self.end :]}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every change that is tried of a module."""
    source = path.read_text("utf-8")
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    tree = ast.parse(source)
    skipped = set(_annotations(tree))
    for node in ast.walk(tree):
        changed = None if node in skipped else _changed(node)
        if changed is None or not isinstance(node, ast.expr):
            continue
        start, end = (len(source.encode()[: starts[row - 1] + column].decode()) for row, column in _span(node))
        instead = f"({ast.unparse(changed)})"
        module, was = path.relative_to(ROOT / "src" / "mba").as_posix(), " ".join(source[start:end].split())
        words = f"{module}: {was} became {instead}, in: {source.splitlines()[node.lineno - 1].strip()}"
        yield Mutant(path, node.lineno, node.end_lineno or node.lineno, start, end, instead, words)


def _span(node: ast.expr) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)


def _annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """What no test could notice: types, whether a `zip` is strict, and what below nought stands before a first place.

    And f-strings, whose places are not known.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "strict":
            yield node.value
        if isinstance(node, ast.keyword) and node.arg == "prepend" and isinstance(node.value, ast.UnaryOp):
            yield node.value.operand
        for name in ("annotation", "returns"):
            if inner := getattr(node, name, None):
                yield from ast.walk(inner)
        if isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)


def _changed(node: ast.AST) -> ast.expr | None:
    """The expression with a small change; None where none is tried."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        return ast.Compare(node.left, [_COMPARED[type(node.ops[0])](), *node.ops[1:]], node.comparators)
    if isinstance(node, ast.BinOp) and type(node.op) in _CALCULATED:
        return ast.BinOp(node.left, _CALCULATED[type(node.op)](), node.right)
    if isinstance(node, ast.BoolOp):
        return ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    if isinstance(node, ast.IfExp):
        return ast.IfExp(node.test, node.orelse, node.body)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return ast.Constant(not node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return ast.Constant(node.value + 1)
    return None


class Touched(NamedTuple):
    """Which tests run a line, and how many seconds each of them takes, found once without any change."""

    data: CoverageData
    seconds: dict[str, float]

    def tests(self, module: Path, lines: range) -> list[str]:
        """The tests that run one of the lines of a module of the copy, fastest first.

        Where none does, those that run any of it.
        """
        by_line = self.data.contexts_by_lineno(str(module)) or {}
        names = {name for line in lines for name in by_line.get(line, ()) if name}
        return sorted(names or set(chain(*by_line.values())) - {""}, key=self.seconds.__getitem__)

    def longest(self, tests: Iterable[str]) -> float:
        """How many seconds some tests may take."""
        return PATIENCE + 3 * sum(self.seconds[test] for test in tests)


def touched(folder: Path) -> Touched:
    """Run the quick tests in the copy, and keep which lines each of them runs."""
    settings, kept = folder.with_name("touched.ini"), folder.with_name("touched.data")
    settings.write_text(f"[run]\nsource = mba\ndata_file = {kept}\n", "utf-8")
    if fails(folder, ["coverage", "run", f"--rcfile={settings}", "-m", "pytest", "-p", "mutants"], []):
        sys.exit("The quick tests fail without any change, so they would notice none: mend them first.")
    data = CoverageData(str(kept))
    data.read()
    found = Touched(data, json.loads(folder.with_name(TIMES).read_text("utf-8")))
    if fails(folder, ["pytest"], ["--collect-only", *found.seconds]):
        sys.exit("Some tests cannot be run by their names alone.")
    return found


TIMES = "touched.json"
_TIMES: dict[str, float] = {}


def pytest_runtest_logstart(nodeid: str) -> None:
    """As a plugin of that run: what a test runs is kept under its name."""
    if running := Coverage.current():
        running.switch_context(_name(nodeid))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """As a plugin of that run: so are its seconds."""
    _TIMES[_name(report.nodeid)] = _TIMES.get(_name(report.nodeid), 0) + report.duration


def pytest_sessionfinish() -> None:
    """As a plugin of that run: the seconds are written beside the copy."""
    Path("..", TIMES).write_text(json.dumps(_TIMES), "utf-8")


def _name(nodeid: str) -> str:
    """Of a test with all its cases: not every name of a case can be given back to pytest."""
    return nodeid.partition("[")[0]


def fails(folder: Path, how: list[str], tests: list[str], longest: float | None = None) -> bool:
    """Whether a quick test of those named, or of all, fails in the copy, or they never end."""
    words = [sys.executable, "-m", *how, *QUICK, *tests]
    env = os.environ | {"PYTHONPATH": f"{folder / 'src'}:{folder / 'tests'}"}
    none = subprocess.DEVNULL
    try:
        ended = subprocess.run(words, cwd=folder, env=env, stdout=none, stderr=none, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        return True
    return ended.returncode != 0


def killed(folder: Path, mutant: Mutant, touching: Touched) -> bool:
    """Whether a quick test fails with the change made in the copy, of those that run its line: the fastest first."""
    module = folder / mutant.path.relative_to(ROOT)
    tests = touching.tests(module, range(mutant.line, mutant.last + 1))
    parts = [part for part in (tests[:FIRST], tests[FIRST:]) if part]
    source = module.read_text("utf-8")
    module.write_text(mutant.text(source), "utf-8")
    try:
        return any(fails(folder, ["pytest"], part, touching.longest(part)) for part in parts)
    finally:
        module.write_text(source, "utf-8")


def sample(chance: random.Random) -> list[Mutant]:
    """All changes, in an order that the seed gives."""
    every: list[Mutant] = []
    for room in ROOMS:
        path = ROOT / "src" / "mba" / room
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            every += mutants_of(module)
    chance.shuffle(every)
    return every


def reason(mutant: Mutant) -> str:
    """Why nobody could see a difference; empty where somebody could."""
    module, _, rest = mutant.words.partition(": ")
    if rest.rpartition(", in: ")[2].partition(" = ")[0] in ROUND.get(module, ()):
        return "a round figure of how much is done at once, shown or looked at"
    return ALIKE.get(mutant.words, "")


class Fate(Enum):
    """What became of a change."""

    KILLED = "killed"
    ALIKE = "alike"
    SURVIVED = "survived"


def fates(every: Iterable[Mutant]) -> Iterator[tuple[Mutant, Fate]]:
    """What becomes of each change, tried in a copy that goes away at the end, however that comes."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=LEFT)
        touching = touched(folder)
        for mutant in every:
            if reason(mutant):
                yield mutant, Fate.ALIKE
            else:
                yield mutant, Fate.KILLED if killed(folder, mutant, touching) else Fate.SURVIVED


def main(clock: Callable[[], float] = time.monotonic) -> int:
    """Try changes for some minutes; 1 where too few were killed, 130 where it was stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    every = sample(random.Random(given.seed))  # noqa: S311 - it has to repeat
    found: dict[Fate, list[Mutant]] = {fate: [] for fate in Fate}
    end, stopped = None, False
    try:
        for tried, (mutant, fate) in enumerate(fates(every), 1):
            found[fate].append(mutant)
            _say(f"{tried} {fate.value}: line {mutant.line} of {mutant.words}")
            end = end or clock() + 60 * given.minutes
            if clock() > end:
                break
    except KeyboardInterrupt:
        stopped = True
    enough = _summed(found, len(every))
    return 130 if stopped else int(not enough)


def _summed(found: dict[Fate, list[Mutant]], total: int) -> bool:
    """Say what became of the changes, and why each that was not killed was not; whether enough were."""
    _say("")
    for fate in (Fate.ALIKE, Fate.SURVIVED):
        for mutant in found[fate]:
            _say(f"{fate.value}: line {mutant.line} of {mutant.words}")
            _say(f"    {reason(mutant) or 'no test fails'}")
    counts = {fate: len(mutants) for fate, mutants in found.items()}
    tried = sum(counts.values())
    part = counts[Fate.KILLED] / max(1, tried - counts[Fate.ALIKE])
    _say(f"{tried} of {total:,} tried: " + ", ".join(f"{count} {fate.value}" for fate, count in counts.items()))
    _say(f"{part:.1%} killed of those that are not alike; {ENOUGH:.0%} are enough")
    return part >= ENOUGH


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

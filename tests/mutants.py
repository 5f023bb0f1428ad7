"""Whether the tests would notice: one small change of the program at a time, and the quick tests on each.

A run without any change finds which tests run which line; no others could notice a change in it.

`make mutants MINUTES=30` takes a seeded sample of changes in the rooms that decide, read and write, and names each
that no test noticed. Comparisons, sums, logic, conditions and figures are changed, one at a time, in a copy.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from coverage import Coverage, CoverageData

ROOT = Path(__file__).parent.parent
ROOMS = ("decide", "sensitivity", "compare", "load", "output", "invariants.py", "profile.py", "results.py")
LEFT = shutil.ignore_patterns(".git", ".venv", "dist", "__pycache__", ".*_cache", ".hypothesis")
"""What is not copied."""

QUICK = ("-q", "-x", "-m", "not process and not slow", "--hypothesis-profile=quick", "-p", "no:cacheprovider")
NARROWEST = 40
"""Tests that are tried before the others."""

LONGEST = 600
"""Seconds after which a change counts as noticed: it made the program hang."""

ALIKE = {
    "decide/floor.py: 15 became (16)": "a worth below every other, by whatever much",
    "load/check.py: mark.start + 1 became (mark.start - 1)": "a place in a file is one sign long at least",
}
"""Changes that no test has to notice, since nobody could see a difference, each with the reason; they are not tried."""

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
    """One change: of which module, on which lines, from which to which character, and what stands there instead."""

    path: Path
    line: int
    last: int
    start: int
    end: int
    instead: str

    @property
    def words(self) -> str:
        """The module, and what is changed of it into what."""
        was = self.path.read_text("utf-8")[self.start : self.end]
        return (
            f"{self.path.relative_to(ROOT / 'src' / 'mba').as_posix()}: {' '.join(was.split())} became {self.instead}"
        )

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
        yield Mutant(path, node.lineno, node.end_lineno or node.lineno, start, end, f"({ast.unparse(changed)})")


def _span(node: ast.expr) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)


def _annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """What no test could notice: types, whether a `zip` is strict, and f-strings, whose places are not known."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "strict":
            yield node.value
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
    """Which tests run a line, found once without any change: those that run the fewest lines of the program first."""

    data: CoverageData
    order: dict[str, int]

    def tests(self, module: Path, lines: range) -> list[str]:
        """The tests that run one of the lines of a module of the copy; where none does, those that run any of it."""
        by_line = self.data.contexts_by_lineno(str(module)) or {}
        names = {name for line in lines for name in by_line.get(line, ()) if name}
        return sorted(names or set(chain(*by_line.values())) - {""}, key=self.order.__getitem__)


def touched(folder: Path) -> Touched:
    """Run the quick tests in the copy, and keep which lines each of them runs."""
    settings, kept = folder / "touched.ini", folder / "touched.data"
    settings.write_text(f"[run]\nsource = mba\ndata_file = {kept}\n", "utf-8")
    if fails(folder, ["coverage", "run", f"--rcfile={settings}", "-m", "pytest", "-p", "mutants"], [], 10 * LONGEST):
        sys.exit("The quick tests fail without any change, so they would notice none: mend them first.")
    found = read_touched(kept)
    if fails(folder, ["pytest"], ["--collect-only", *found.order]):
        sys.exit("Some tests cannot be run by their names alone.")
    return found


def pytest_runtest_logstart(nodeid: str) -> None:
    """As a plugin of that run: what a test runs is kept under its name."""
    if running := Coverage.current():
        running.switch_context(nodeid.partition("[")[0])  # Not every name of a case can be given back to pytest.


def read_touched(kept: Path) -> Touched:
    """What was kept of such a run."""
    data = CoverageData(str(kept))
    data.read()
    order = Counter[str]()
    for module in data.measured_files():
        order.update(name for names in data.contexts_by_lineno(module).values() for name in names if name)
    return Touched(data, order)


def fails(folder: Path, how: list[str], tests: list[str], longest: int = LONGEST) -> bool:
    """Whether a quick test of those named, or of all, fails in the copy, or they never end."""
    words = [sys.executable, "-m", *how, *QUICK, *tests]
    env = os.environ | {"PYTHONPATH": f"{folder / 'src'}:{folder / 'tests'}"}
    settings: dict[str, Any] = {"cwd": folder, "env": env, "capture_output": True}
    try:
        return subprocess.run(words, **settings, timeout=longest, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def noticed(folder: Path, mutant: Mutant, touching: Touched) -> bool:
    """Whether a quick test fails with the change made in the copy, of those that run its line: the narrowest first."""
    module = folder / mutant.path.relative_to(ROOT)
    tests = touching.tests(module, range(mutant.line, mutant.last + 1))
    narrow, rest = tests[:NARROWEST], tests[NARROWEST:]
    source = module.read_text("utf-8")
    module.write_text(mutant.text(source), "utf-8")
    try:
        return fails(folder, ["pytest"], narrow) or (bool(rest) and fails(folder, ["pytest"], rest))
    finally:
        module.write_text(source, "utf-8")


def sample(chance: random.Random) -> list[Mutant]:
    """All changes that could be noticed, in an order that the seed gives."""
    every: list[Mutant] = []
    for room in ROOMS:
        path = ROOT / "src" / "mba" / room
        for module in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            every += mutants_of(module)
    chance.shuffle(every)
    return [mutant for mutant in every if mutant.words not in ALIKE]


def main(clock: Callable[[], float] = time.monotonic) -> int:
    """Try changes for some minutes; 1 where more than one in twenty was not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    tried = survivors = 0
    every = sample(random.Random(given.seed))  # noqa: S311 - it has to repeat
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=LEFT)
        touching = touched(folder)
        end = clock() + 60 * given.minutes
        for mutant in every:
            if clock() > end:
                break
            tried += 1
            if noticed(folder, mutant, touching):
                continue
            survivors += 1
            sys.stdout.write(f"line {mutant.line} of {mutant.words}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{tried} of {len(every):,} changes tried, {tried - survivors} noticed, {survivors} not\n")
    return int(20 * survivors > tried)


if __name__ == "__main__":
    sys.exit(main())

"""Whether the tests would notice: one small change of the program at a time, and the tests on each.

A run without any change finds which tests run which line, and how long each takes; no others are asked about a change
in it. With `--kept FOLDER` that is kept, and read from there where it is.

`make mutants MINUTES=30 SEED=2` takes a seeded sample of changes in the rooms that decide, read and write; `--rooms`
are those of them that are meant. Comparisons, sums, logic, conditions and figures are changed, one at a time, in a
copy. Each is named with what became of it: killed where a test failed, alike where nobody could see a difference
(`ALIKE`), else survived. Stopped early, it sums up too.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from coverage import CoverageData
from noting import Noted

ROOT = Path(__file__).parent.parent
ROOMS = ("decide", "sensitivity", "compare", "load", "output", "invariants.py", "profile.py", "results.py")
LEFT = shutil.ignore_patterns(".git", ".venv", "dist", "__pycache__", ".*_cache", ".hypothesis")
"""What is not copied."""

ASKED = ("-q", "-p", "noting", "-p", "no:cacheprovider")
QUICK = ("--hypothesis-profile=quick",)
"""Of each law a few examples; all of them only where nothing else fails."""

AWAY = ("--ignore=tests/test_browser.py", "--ignore=tests/test_recipes.py")
"""Tests that are not asked: they run the program elsewhere, and for long."""

FIRST = 40
"""Tests that are tried before the others are so much as read."""

MOST = 60
"""Seconds of tests that are asked about a change, as they took without any."""

PATIENCE = 60
"""Seconds, and thrice what the tests took without any change, after which one counts as killed: the program hangs."""

EXAMPLES = 33
"""How many times as long a law may take with all its examples."""

MOST_OF_LAWS = 300
"""Seconds of laws with all their examples that are asked about a change."""

ENOUGH = 0.95
"""Of the changes that are not alike, the part that has to be killed."""

_BETTER = "value - price * cost > line + _SLACK * np.abs(line)"
_LIVE = f"in: live &= {_BETTER}"
ALIKE = {
    "decide/choose_each.py: 10 became (11), in: NEVER = 10**18": "a cost above every other, by whatever much",
    "decide/choose_each.py: 15 became (16), in: WORTHLESS = -(10**15)": "a worth below every other, by whatever much",
    "decide/choose_each.py: 10 became (11), in: WORTHLESS = -(10**15)": "likewise",
    "decide/choose_each.py: _sum(costs[:, :, part], least) <= capacities[part] became "
    "(_sum(costs[:, :, part], least) < capacities[part]), in: "
    "within = start + np.flatnonzero(_sum(costs[:, :, part], least) <= capacities[part])": (
        "of all that cost no more than the cheapest it is the best"
    ),
    "decide/choose_each.py: self.open.sum(axis=0) > 1 became (self.open.sum(axis=0) >= 1), in: "
    "self.free: list[int] = np.flatnonzero((self.open.sum(axis=0) > 1).any(axis=1)).tolist()": (
        "a class with one open item has that one, listed or not"
    ),
    "decide/choose_each.py: 1.0 became (2.0), in: "
    "price = np.where(live, (over[1] - within[2]) / np.where(live, over[0] - within[1], 1.0), price)": (
        "of a draw that is done, whose price stays"
    ),
    f"decide/choose_each.py: value - price * cost became (value + price * cost), {_LIVE}": (
        "a draw is tried again at a price at which nothing is better"
    ),
    f"decide/choose_each.py: price * cost became (price / cost), {_LIVE}": "likewise",
    f"decide/choose_each.py: {_BETTER} became (value - price * cost >= line + _SLACK * np.abs(line)), {_LIVE}": (
        "likewise"
    ),
    f"decide/choose_each.py: line + _SLACK * np.abs(line) became (line - _SLACK * np.abs(line)), {_LIVE}": "likewise",
    "decide/floor.py: costs > free became (costs >= free), in: over = np.flatnonzero(costs > free)": (
        "what costs just what there is is the best of all that costs no more"
    ),
    "decide/queries.py: 1 became (2), in: "
    "return next(iter(get_close_matches(name, list(near), n=1, cutoff=_NEARLY)), None)": (
        "only the first, which is the nearest, is taken"
    ),
    "decide/queries.py: 1.0 became (2.0), in: in_order = sorted(ratios.values()) or [1.0]": (
        "where nothing has a ratio none is held against it"
    ),
    "sensitivity/value_of_information.py: 0.0 became (1.0), in: _NOTHING = Leads(0.0, {}, {}, ())": (
        "what leads nowhere is not asked"
    ),
    "sensitivity/value_of_information.py: 1 became (2), in: "
    "sums = by_answer.reshape(len(given) * ANSWERS, -1).dot(own.T)": (
        "numpy takes any number below zero for as many as there are"
    ),
    "sensitivity/value_of_information.py: 0 became (1), in: "
    "return draws > 0 and level_of(at_least(came[kind] / draws, draws)) is not Level.OPEN": (
        "of one draw nothing is sure"
    ),
    "sensitivity/value_of_information.py: 6 became (7), in: ANSWERS = 6": "nobody answers 6 either",
    "sensitivity/value_of_information.py: lead <= _CHANCE * spread / math.sqrt(counts[answer]) became "
    "(lead < _CHANCE * spread / math.sqrt(counts[answer])), in: "
    "if lead <= _CHANCE * spread / math.sqrt(counts[answer]):": "no lead that is drawn is just three standard errors",
    "compare/causes.py: 1 became (2), in: part -= part // 2 or 1  # Half, rounded up; none after parts of one.": (
        "after parts of one it ends either way"
    ),
    "compare/compare.py: 0 became (1), in: fitting = [freed for freed in sums if freed.pounds * rise > 0]": (
        "of a single pound nobody asks where it went"
    ),
    "compare/compare.py: freed.pounds * rise became (freed.pounds / rise), in: "
    "fitting = [freed for freed in sums if freed.pounds * rise > 0]": "the sign is the same",
    "sensitivity/value_of_information.py: 1 became (2), in: whole = max(1, sum(map(sum, came)))": (
        "of a draw or none nothing is sure"
    ),
    "invariants.py: 0 became (1), in: cheapest = plans.cheapest.cost or 0": "the pound that rounding takes",
    "invariants.py: abs(whole - 1) <= _ROUNDED became (abs(whole - 1) < _ROUNDED), in: "
    'yield abs(whole - 1) <= _ROUNDED, f"the {words} add up to {whole:.4f}, not to 1"': "no share has half a decimal",
    "invariants.py: often <= function.often() + _ROUNDED became (often < function.often() + _ROUNDED), in: "
    'yield often <= function.often() + _ROUNDED, "the answer came out more often than its option"': "likewise",
    "load/bare.py: each[0] < top became (each[0] <= top), in: "
    "for number, above in filter(lambda each: each[0] < top, sheet.rows().items()):": "a row of headings names no day",
    'load/bare.py: 0 became (1), in: place, (_, head) = next(found, (0, ("", "")))': "whatever is of none ranks alike",
    "load/bare.py: False became (True), in: return head, (-place, False)": "of all but costs, which are not among them",
    "load/bare.py: 0 became (1), in: return head, (max(years, default=0), "
    're.search("budget|cost|plan|price", text, re.IGNORECASE) is not None)': "no list is of 2001",
    "load/profiles.py: abs(people / before - 1) > APART became (abs(people / before - 1) >= APART), in: "
    "if before and kept and abs(people / before - 1) > APART:": "no share less one is just a tenth, in binary",
    'load/across.py: {"partner", "partners"} <= current.group().keys() became '
    "({'partner', 'partners'} < current.group().keys()), in: "
    'if {"partner", "partners"} <= current.group().keys():': "how it is run stands beside them",
    "load/check.py: 4 became (5), in: details = error.errors()[: 4 * MOST_PROBLEMS]  "
    "# Far more than are shown; each takes a while.": "far more than are shown",
    "load/headed.py: 2 became (3), in: first = [len(row) for row in csv.reader(lines[:2], delimiter=parted_by)]": (
        "only the first two are compared"
    ),
    "load/tree.py: 0 became (1), in: start: int = 0": "where nothing stands",
    "load/tree.py: 0 became (1), in: end: int = 0": "likewise",
    "load/tree.py: True became (False), in: @dataclass(slots=True, eq=False)": "only smaller, in memory",
    "load/tree.py: len(self.problems) < MOST_PROBLEMS became (len(self.problems) <= MOST_PROBLEMS), in: "
    "if len(self.problems) < MOST_PROBLEMS:  # More are not shown; and to look for what was meant takes a while.": (
        "more are not shown"
    ),
    "load/tree.py: len(self.problems) >= MOST_PROBLEMS became (len(self.problems) > MOST_PROBLEMS), in: "
    "if len(self.problems) >= MOST_PROBLEMS:": "likewise",
    "load/tree.py: len(merged) <= _MOST_ROWS became (len(merged) < _MOST_ROWS), in: "
    "elif known is None and len(merged) <= _MOST_ROWS and (wrong := admits(id_, change, there)):": (
        "there are too many either way"
    ),
    'load/splice.py: (len(said["r"]), said["r"]) > (len(name), name) became '
    "((len(said['r']), said['r']) >= (len(name), name)), in: "
    'if (len(said["r"]), said["r"]) > (len(name), name):': "one of the same name is found before",
    "output/streams.py: time.monotonic() - start > PATIENCE became (time.monotonic() - start >= PATIENCE), in: "
    "if bar is None and looked_on() and time.monotonic() - start > PATIENCE:": "no clock stands at just a second",
    "output/write.py: False became (True), in: def way_out(asked: str | None, output: Path | None, *, "
    "force: bool = False, formats: Sequence[Format] = REPORTS) -> Way:": "given wherever a file may be",
    "load/source.py: 4 became (5), in: shown = visible(text[: 4 * width])": "far more than are shown",
    'load/source.py: 4 became (5), in: line = self.text[first : min(stop, start + 4 * _WIDEST)].rstrip("\\r\\n")': (
        "likewise"
    ),
    "load/source.py: 4 became (5), in: before = visible(line[max(0, column - 4 * _WIDEST) : column])": "likewise",
    "load/tree.py: node.mark.start + 1 became (node.mark.start - 1), in: "
    "return node.mark if isinstance(node.value, str) else node.mark._replace(end=node.mark.start + 1)": (
        "a place in a file is one sign long at least"
    ),
    "decide/evaluate.py: 1 became (2), in: "
    "return first(worths, self.pounds, starts, among, self.order).reshape(-1, len(OPTIONS))": (
        "numpy takes any number below zero for as many as there are"
    ),
    "load/hints.py: 1 became (2), in: close = difflib.get_close_matches(typed, list(plain), n=1, cutoff=alike)": (
        "only the nearest is used"
    ),
    "load/cells.py: 1 became (2), in: return Extent(self, start, start + 1)": "a cell is one thing, wherever it ends",
    "load/cells.py: start + 1 became (start - 1), in: return Extent(self, start, start + 1)": "likewise",
    "load/splice.py: inner.mark.start >= node.mark.start became (inner.mark.start > node.mark.start), in: "
    "own = filter(lambda inner: inner.mark.start >= node.mark.start, (*node.members(), *node.group().values()))": (
        "nothing within a group starts where the group does"
    ),
    "output/streams.py: 1.0 became (2.0), in: PATIENCE = 1.0": "a second more before a bar is shown",
    "sensitivity/value_of_information.py: 2 became (3), in: "
    "thirds = np.clip((drawn.in_house + 1) * 1.5, 0, 2)": "no cost is drawn at the very end of its range",
    "sensitivity/draws.py: 1 became (2), in: row[:] = block.evenly(1, *names)[0]": "the first row is the same",
    'sensitivity/draws.py: 1 became (2), in: common = block.evenly(1, "catalogue")[0, part] - in_house[estimated]': (
        "likewise"
    ),
}
"""Changes that no test has to notice, since nobody could see a difference, each with the reason; they are not tried."""

_ENOUGH_TO_SORT = "if len(self.column) < _SORTED * (1 + int(self.column.max(initial=0))):"
ROUND = {
    "compare/causes.py": ("MOST_TRIALS", "MOST_WEIGHED"),
    "decide/choose_each.py": (
        "BLOCK",
        "_PRICES",
        "_EXCHANGES",
        "_SLACK",
        "_MANY",
        "MOST_STATES",
        "_SORTED",
        _ENOUGH_TO_SORT,
        "elif len(listed.cost) > MOST_STATES:",
        "return self.only(np.bincount(self.column)[self.column] <= _MANY)",
    ),
    "decide/variants.py": ("AT_ONCE", "each", "more", "at_once"),
    "load/cells.py": ("LARGEST_BOOK", "LARGEST_UNPACKED, _MOST_PARTS"),
    "load/source.py": ("LARGEST_RESULT",),
    "load/headed.py": ("_LOOKED_AT",),
    "load/tree.py": ("_MOST_ROWS",),
    "load/workbook.py": ("_MOST_PARTS",),
    "output/streams.py": ("_SHORT", "_LONGEST", "if looked_on() and len(words) > _SHORT:"),
    "sensitivity/draws.py": ("CELLS", "CACHED"),
    "sensitivity/value_of_information.py": ("WEIGHED", "KEPT"),
}
"""What sets how much is done at once, shown or looked at, by module: round by choice, so that one more is as good."""

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

    `words` has the module, what is changed of it into what, and the line on which that begins. One that is `read` is
    outside every function: what comes of it is looked at by whoever uses the module.
    """

    path: Path
    line: int
    last: int
    start: int
    end: int
    instead: str
    words: str
    read: bool

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
    skipped, within = set(_annotations(tree)), set(_within(tree))
    for node in ast.walk(tree):
        changed = None if node in skipped else _changed(node)
        if changed is None or not isinstance(node, ast.expr):
            continue
        start, end = (len(source.encode()[: starts[row - 1] + column].decode()) for row, column in _span(node))
        instead = f"({ast.unparse(changed)})"
        module, was = path.relative_to(ROOT / "src" / "mba").as_posix(), " ".join(source[start:end].split())
        words = f"{module}: {was} became {instead}, in: {source.splitlines()[node.lineno - 1].strip()}"
        yield Mutant(path, node.lineno, node.end_lineno or node.lineno, start, end, instead, words, node not in within)


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
        if isinstance(node, ast.AnnAssign) and "TypeAlias" in ast.unparse(node.annotation) and node.value:
            yield from ast.walk(node.value)
        for name in ("annotation", "returns"):
            if inner := getattr(node, name, None):
                yield from ast.walk(inner)
        if isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)


def _within(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs only where a function is called."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)):
            for inner in node.body if isinstance(node.body, list) else [node.body]:
                yield from ast.walk(inner)


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


class Touched:
    """Which tests run a line, and how many seconds each of them takes, found once without any change.

    Those that were asked alone and passed are `sound`.
    """

    def __init__(self, data: CoverageData, noted: Noted) -> None:
        self.seconds, self.laws = noted.passed, set(noted.laws)
        self.sound: set[str] = set()
        self.standing = {place: self._standing(noted.kept, place) for place in noted.kept}
        self.lines: dict[str, dict[int, set[str]]] = {}
        for measured in data.measured_files():
            module = measured.rpartition("/src/mba/")[2]
            contexts = data.contexts_by_lineno(measured)
            self.lines[module] = {line: self._tests(names) for line, names in contexts.items()}

    def _standing(self, kept: dict[str, list[str]], place: str) -> set[str]:
        """The tests that stand on what was worked out once, be it by way of something else that was."""
        found, unseen = set[str](), {place}
        while unseen:
            found |= unseen
            unseen = set(chain.from_iterable(kept.get(each, ()) for each in unseen)) - found
        return found

    def _tests(self, names: Iterable[str]) -> set[str]:
        return set().union(*(self.standing.get(name, {name}) for name in names))

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that run one of the lines of a change, the fastest first.

        Where none does, or the lines run as the module is read, those that run any of it or of what imports it.
        """
        module = mutant.path.relative_to(ROOT / "src" / "mba").as_posix()
        lines = self.lines.get(module, {})
        names = set().union(*(lines.get(line, ()) for line in range(mutant.line, mutant.last + 1)))
        if mutant.read or not self.seconds.keys() & names:
            names = set().union(
                *(chain.from_iterable(self.lines.get(of, {}).values() for of in (module, *_users(module))))
            )
        return sorted(self.seconds.keys() & names, key=self.seconds.__getitem__)

    def within(self, tests: Sequence[str], most: float) -> list[str]:
        """The first of some tests, as many as take so many seconds together."""
        taken = accumulate(map(self.seconds.__getitem__, tests))
        return [name for name, seconds in zip(tests, taken, strict=True) if seconds <= most]

    def longest(self, tests: Iterable[str]) -> float:
        """How many seconds some tests may take."""
        return PATIENCE + 3 * sum(self.seconds[test] for test in tests)


@cache
def _users(module: str) -> tuple[str, ...]:
    """The modules that import another."""
    folder, _, name = f"mba.{module.removesuffix('.py').replace('/', '.')}".rpartition(".")
    imports = re.compile(rf"from {folder}\.{name} import|from {folder} import [^\n]*\b{name}\b")
    root = ROOT / "src" / "mba"
    return tuple(
        path.relative_to(root).as_posix() for path in root.rglob("*.py") if imports.search(path.read_text("utf-8"))
    )


def touched(folder: Path, kept: Path) -> Touched:
    """Which tests run which line, from where it is kept; else the tests are run in the copy."""
    found, noted = kept / "touched.data", kept / "touched.json"
    if not noted.exists():
        kept.mkdir(exist_ok=True)
        settings = kept / "touched.ini"
        settings.write_text(f"[run]\nsource = mba\ndata_file = {found}\n", "utf-8")
        how = ["-m", "coverage", "run", f"--rcfile={settings}", "-m", "pytest", *QUICK]
        noted.write_text(json.dumps(ran(folder, how, AWAY, None)), "utf-8")
    data = CoverageData(str(found))
    data.read()
    return Touched(data, Noted(*json.loads(noted.read_text("utf-8"))))


def ran(folder: Path, how: list[str], tests: Iterable[str], longest: float | None) -> Noted:
    """What became of the tests in the copy: all of them fail where none ends."""
    written = folder.with_name("ran.json")
    written.unlink(missing_ok=True)
    words = [sys.executable, *how, *ASKED, *tests]
    env = os.environ | {"PYTHONPATH": f"{folder / 'src'}:{folder / 'tests'}", "MUTANTS": str(written)}
    none = subprocess.DEVNULL
    every = Noted({}, list(tests), [], {})
    try:
        ended = subprocess.run(words, cwd=folder, env=env, stdout=none, stderr=none, timeout=longest, check=False)
        noted = Noted(*json.loads(written.read_text("utf-8")))
    except (subprocess.TimeoutExpired, OSError):
        return every
    return every if ended.returncode and not noted.failed else noted


def killed(folder: Path, mutant: Mutant, touching: Touched) -> bool:
    """Whether a test fails with the change made in the copy, of those that run its line.

    The fastest are asked first, and each law again, with all its examples, where nothing fails.
    """
    every = touching.tests(mutant)
    tests = touching.within(every, MOST)
    laws = touching.within([name for name in every if name in touching.laws], MOST_OF_LAWS / EXAMPLES)
    rounds = ((QUICK, tests[:FIRST], 1), (QUICK, tests[FIRST:], 1), ((), laws, EXAMPLES))
    return any(_fails(folder, mutant, touching, *each) for each in rounds)


def _fails(
    folder: Path, mutant: Mutant, touching: Touched, how: tuple[str, ...], tests: Iterable[str], times: int
) -> bool:
    """Whether one of the tests fails with the change and not without it; one that fails without is asked no more."""
    module = folder / mutant.path.relative_to(ROOT)
    source = module.read_text("utf-8")
    while asked := [name for name in tests if name in touching.seconds]:
        module.write_text(mutant.text(source), "utf-8")
        try:
            failed = set(ran(folder, ["-m", "pytest", "-x", *how], asked, times * touching.longest(asked)).failed)
        finally:
            module.write_text(source, "utf-8")
        if new := failed - touching.sound:
            unsound = set(ran(folder, ["-m", "pytest", *how], sorted(new), times * touching.longest(new)).failed)
            touching.sound.update(new - unsound)
            for name in unsound:
                del touching.seconds[name]
        if not failed or failed & touching.sound:
            return bool(failed)
    return False


def sample(chance: random.Random, rooms: Iterable[str] = ROOMS) -> list[Mutant]:
    """All changes in some rooms, in an order that the seed gives."""
    every: list[Mutant] = []
    for room in rooms:
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


def fates(every: Iterable[Mutant], kept: Path | None) -> Iterator[tuple[Mutant, Fate]]:
    """What becomes of each change, tried in a copy that goes away at the end, however that comes."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=LEFT)
        touching = touched(folder, kept or folder.with_name("kept"))
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
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=ROOMS)
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    every = sample(random.Random(given.seed), given.rooms)
    found: dict[Fate, list[Mutant]] = {fate: [] for fate in Fate}
    end, stopped = None, False
    try:
        for tried, (mutant, fate) in enumerate(fates(every, given.kept), 1):
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

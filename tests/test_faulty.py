"""Every way to be wrong that we know, with all that is said about it.

In `faulty/` each NAME.yaml holds one fault, and NAME.txt the whole of what standard error shows for it. A new way to
be wrong is one more such pair; `--renew` writes the second. What scenarios stand on is in `faulty/bases/`, with its
faults.
"""

from __future__ import annotations

import json
import os
import re
import threading
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from running import run

from mba.forms import ID, as_id
from mba.load.nodes import parse
from mba.load.profiles import load, load_profile
from mba.load.source import read_bytes, text_of
from mba.problem import MbaError

FAULTY = Path(__file__).parent / "faulty"
NAMES = sorted(path.stem for path in FAULTY.glob("*.yaml"))

MORE_THAN_ONE = {
    "all-kinds-at-once": 7,
    "current-supplier-of-nearly-this-name": 2,
    "function-as-text": 2,  # two functions, each written so
    "hidden-hard-space": 2,  # two lines, each indented so
    "package-of-a-partner": 2,  # a partner is none, and so the supplier is missing
    "key-capitalised": 2,  # two keys, each written so
    "scenario-percent-of-what-is-paid": 2,  # the one key is laid over the base's, the other replaces it
    "said-of-nothing-beside-another-fault": 2,  # and the other is told too
    "scenario-several-faults": 5,
    "twelve-mistakes": 12,
    "yaml-not-indented": 3,  # what belongs to a key stands beside it: the key is empty, and each of them unknown
}
"""Problems that a file has, where it is not one."""

ONLY_THE_C_PARSER = {
    "yaml-escape-of-no-character",  # the other parser fails without a place
    "yaml-percent-at-the-start",  # the other parser stumbles a line later
}
"""Files whose fault the two parsers of PyYAML see in different places."""


@pytest.fixture(autouse=True)
def _beside_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message shows the name as it was given: here without a folder."""
    monkeypatch.chdir(FAULTY)


def golden(name: str) -> str:
    return (FAULTY / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_told_in_full(name: str, renew: bool) -> None:
    answer = run("check", f"{name}.yaml")
    if renew:
        (FAULTY / f"{name}.txt").write_text(answer.err, "utf-8", newline="\n")
    assert answer.err == golden(name)
    assert answer.status == 2
    assert answer.out == ""


def test_one_fault_is_one_problem() -> None:
    placeless = {name for name in NAMES if not told(name)}
    assert {name for name in placeless if not golden(name).startswith(f"{name}.yaml: ")} == set()
    problems = {name: max(1, len(told(name))) for name in NAMES}
    assert {name: number for name, number in problems.items() if number > 1} == MORE_THAN_ONE


def test_a_problem_says_where_it_stands_and_shows_the_line() -> None:
    """The line is in the file, the column is in the line, and the carets stand under something."""
    for name in NAMES:
        for file, line, column in told(name):
            lines = re.split(r"\r\n|\n|\r", (FAULTY / file).read_text("utf-8", errors="replace"))
            assert 1 <= column <= len(lines[line - 1]) + 1, name
        for shown, carets in pairwise(golden(name).splitlines()):
            if re.fullmatch(r" +\| +\^+", carets):
                first, last = carets.index("^"), len(carets)
                assert last <= len(shown), name
                assert shown[first:last].strip() or "tab" in name, name


def test_nothing_of_the_program_shows() -> None:
    """No word that only a programmer knows, and no sign that acts on a terminal."""
    for name in NAMES:
        said = golden(name)
        assert not re.search(r"Traceback|pydantic|tuple|str\b|dict|None|Literal|validation|input", said), name
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", said), name


@pytest.mark.slow
def test_the_parser_in_plain_python_leads_to_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML may come without its parser in C."""
    monkeypatch.setattr("mba.load.nodes._LOADER", yaml.SafeLoader)
    for name in NAMES:
        if name not in ONLY_THE_C_PARSER:
            with pytest.raises(MbaError) as caught:
                load_profile(f"{name}.yaml")
            assert f"{caught.value.text()}\n" == golden(name), name


def test_every_golden_message_has_its_file() -> None:
    assert sorted(path.stem for path in FAULTY.glob("*.txt")) == NAMES


@given(st.text("aB1 -_&é北", min_size=1, max_size=90).filter(lambda text: not re.fullmatch(ID, text)))
@example("a" * 39 + "-" + "b" * 9 + "!")
@example("B" * 41)
@example("北")
def test_an_id_that_is_offered_is_one_of_what_was_written_as_far_as_forty_signs(text: str) -> None:
    rows = {"functions": [{"id": text, "name": "A"}, {"id": "payroll", "current": text}]}
    data = {"organisation": {"name": "A", "population": 1000}, **rows}
    with pytest.raises(MbaError) as caught:
        load("x.yaml", json.dumps(data).encode())
    hints = [problem.hint for problem in caught.value.problems]
    for start, other in (("For example: ", "payroll"), ("current: {mode: buy, supplier: ", "northern-csu")):
        for hint in filter(lambda hint: start in hint, hints):
            offered = hint.rpartition(start)[2].rstrip("}")
            assert re.fullmatch(ID, offered)
            assert offered == (as_id(text[:40]) or other)
    assert any("For example: " in hint for hint in hints)


def test_a_misspelt_key_is_one_problem_and_not_two() -> None:
    """It is refused where it stands; that it is missing besides need not be said."""
    assert places("key-misspelt") == [(3, 3)]
    assert "missing" not in golden("key-misspelt")
    assert "Did you mean “population”?" in golden("key-misspelt")


def test_a_row_that_is_refused_does_not_make_the_list_too_short() -> None:
    assert "at least" not in golden("rating-six")
    assert "must hold at least 1" in golden("functions-none")


def test_twelve_mistakes_are_told_at_once() -> None:
    lines = [line for line, _ in places("twelve-mistakes")]
    assert lines == sorted(set(lines))
    assert len(lines) == 12
    assert golden("twelve-mistakes").endswith("\n12 problems found.\n")


def test_mistakes_beyond_fifty_are_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"  - {{id: f{number}, current: outsource}}\n" for number in range(60))
    Path("x.yaml").write_text(f"organisation: {{name: Riverside CCG, population: 226000}}\nfunctions:\n{rows}", "utf-8")
    answer = run("check", "x.yaml")
    assert len(re.findall("^x.yaml:", answer.err, re.MULTILINE)) == 50
    assert answer.err.endswith("\n50 problems or more found.\n")


FORGED = '"x\\nx.yaml:1:1: all is well ' + "x" * 900 + '"'
"""An id that would be a line of its own, and a long one."""


@pytest.mark.parametrize(
    "rows",
    [
        "functions: [{id: ID}, {id: ID}]",
        "functions: [{id: payroll, flags: [ID, ID]}]",
        "functions: [{id: payroll, current: ID}]",
        "functions: [{id: payroll, ID: 1}]",
        "functions: [{id: payroll, quotes: [{mode: buy, cost: 1, supplier: ID}]}]",
        "suppliers: [{id: csu, functions: []}]\nfunctions: [{id: ID, quotes: [{mode: buy, cost: 1, supplier: csu}]}]",
        "suppliers: [{id: ID, functions: []}]\nfunctions: [{id: pay, quotes: [{mode: buy, cost: 1, supplier: ID}]}]",
        "suppliers: [{id: ID}]\nfunctions: [{id: pay, quotes: [{mode: buy, cost: 1, supplier: other}]}]",
        "suppliers: [{id: csu, functions: [ID]}]\nfunctions: [{id: payroll}]",
        "partners: [{id: ID}]\nsuppliers: [{id: ID}]\nfunctions: [{id: payroll}]",
        "functions: ID",
        "functions: [ID]",
    ],
)
def test_an_id_can_neither_forge_a_line_nor_fill_the_screen(rows: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    head = "organisation: {name: Riverside CCG, population: 226000}\n"
    path.write_text(f"{head}{rows.replace('ID', FORGED)}\n", "utf-8")
    answer = run("check", path)
    assert answer.status == 2
    for line in answer.err.splitlines():
        assert not line.startswith("x.yaml:")
        assert len(line) < 400


@pytest.mark.parametrize("change", ["ID: remove", "ID: {trust: 3}", "ID: {id: other}", "ID: 3"])
def test_an_id_in_a_scenario_can_neither(change: str, tmp_path: Path) -> None:
    base, path = tmp_path / "base.yaml", tmp_path / "x.yaml"
    rows = "suppliers: [{id: csu}]\nfunctions: [{id: payroll}]"
    base.write_text(f"organisation: {{name: Riverside CCG, population: 226000}}\n{rows}\n", "utf-8")
    changes = f"  functions:\n    {change.replace('ID', FORGED)}\n"
    path.write_text(f"base: base.yaml\nname: S\nchanges:\n{changes}", "utf-8")
    answer = run("check", path)
    assert answer.status == 2
    for line in answer.err.splitlines():
        assert not line.startswith("x.yaml:")
        assert len(line) < 400


def told(name: str) -> list[tuple[str, int, int]]:
    """File, line and column of each problem that the golden message tells."""
    found = re.findall(r"^(\S+\.yaml):(\d+):(\d+): ", golden(name), re.MULTILINE)
    return [(file, int(line), int(column)) for file, line, column in found]


def places(name: str) -> list[tuple[int, int]]:
    """Line and column of each problem in the file itself."""
    return [(line, column) for file, line, column in told(name) if file == f"{name}.yaml"]


def test_what_comes_through_a_pipe_in_pieces_is_read_until_it_is_too_much() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"x" * 10)
    later = threading.Timer(0.1, os.write, (writer, b"y"))
    later.start()
    try:
        assert read_bytes(f"/dev/fd/{reader}", 10) == b"x" * 10 + b"y"
    finally:
        later.join()
        os.close(reader)
        os.close(writer)


@pytest.mark.parametrize("text", ["k: :", "k: [", "k: -", "k: @", "k: a:"])
def test_a_fault_in_the_last_sign_is_told_at_the_last_sign(text: str) -> None:
    with pytest.raises(MbaError) as found:
        parse(text_of("mine.yaml", text.encode()))
    (problem,) = found.value.problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (1, len(text))

"""What the tool knows: read once for a command, whatever the command asks of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from running import run

from mba.load import knowledge
from mba.load.knowledge import Knowledge, composed
from mba.load.nodes import parse
from mba.load.source import Source
from mba.load.tree import Node
from mba.problem import MbaError

PROFILE = """\
organisation: {name: Fellside CCG, population: 140000}
functions: [{id: payroll, annual_cost: 95000}, {id: contract-negotiation, annual_cost: 200000}]
"""
OTHER = PROFILE.replace("95000", "60000")
OWN = """\
rules: {TC02: {points: {make: -40, buy: 40}}}
sources: {our-own: {citation: Our own review, read: full text}}
"""


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file of what is known is read, in a folder with two profiles and rules of the user's own."""
    for name, words in (("one.yaml", PROFILE), ("two.yaml", OTHER), ("own.yaml", OWN)):
        (tmp_path / name).write_text(words, "utf-8")
    monkeypatch.chdir(tmp_path)
    for kept in (knowledge.packaged, knowledge.load_catalogue, knowledge.load_references):
        kept.cache_clear()
    count: Counter[str] = Counter()

    def counted(reading: Callable[[Source], Node]) -> Callable[[Source], Node]:
        def read(source: Source) -> Node:
            count[source.name] += 1
            return reading(source)

        return read

    for name, reading in (("parse", parse), ("composed", composed)):
        monkeypatch.setattr(knowledge, name, counted(reading))
    return count


COMMANDS = (
    "assess one.yaml --draws 0",
    "explain one.yaml payroll --draws 0",
    "diff one.yaml two.yaml --draws 0",
    "export one.yaml -o - --compare two.yaml --draws 0",
    "check one.yaml",
    "rules",
)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_reads_each_file_of_what_is_known_once(command: str, reads: Counter[str]) -> None:
    assert run(*command.split(), "--rules", "own.yaml").status == 0
    assert reads["own.yaml"] == reads["rules.yaml"] == reads["costs.yaml"] == 1
    assert max(reads.values()) == 1


def test_the_sources_are_read_only_where_they_are_shown(reads: Counter[str]) -> None:
    assert run("assess", "one.yaml", "--draws", "0").status == 0
    assert reads["rules.yaml"] == 1
    assert reads["sources.yaml"] == 0


@pytest.mark.parametrize("name", ["rules", "costs", "procurement", "catalogue", "sources"])
def test_what_is_known_is_read_faster_and_to_the_same(name: str) -> None:
    file = f"{name}.yaml"
    assert knowledge.packaged(file).plain() == knowledge.packaged(file, placed=True).plain()


def test_under_a_rule_whose_code_is_wrong_nothing_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text('rules:\n  "a bad code": {name: 5, points: {make: x}}\n', "utf-8")
    with pytest.raises(MbaError) as found:
        _ = Knowledge(str(path)).rules
    (problem,) = found.value.problems
    assert problem.message == "“a bad code” must be capital letters and then digits, such as TC01"

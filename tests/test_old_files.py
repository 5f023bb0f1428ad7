"""Files that were written for mba 0.1 are read, or refused with the line that mends them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT
from running import run

from mba.load.stored import load_result
from mba.spending import Transition
from mba.terms import Option

OLD = ROOT / "tests" / "stored" / "0.1"
"""The profiles and scenarios that came with mba 0.1.0, as they were."""

FILES = sorted(OLD.rglob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_or_scenario_of_0_1_is_read_and_assessed(path: Path) -> None:
    found = run("assess", path, "--draws", "0")
    assert (found.status, found.err) == (0, "")


def test_there_are_old_files() -> None:
    assert len(FILES) > 10


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("costs:\n  vat_private: {value: 0.05}\n", "Did you mean “vat”?"),
        ("costs:\n  tender: {value: 0.03}\n", "Did you mean “tender_share”?"),
        ("defaults:\n  run_in_house: {in_house_capability: 4}\n", "“run_in_house” is not a key that is known here"),
    ],
)
def test_a_key_of_the_rules_of_0_1_that_is_gone_is_told_with_what_to_do(tmp_path: Path, words: str, hint: str) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(words, "utf-8")
    found = run("assess", ROOT / "profiles" / "skerrin.yaml", "--draws", "0", "--rules", rules)
    assert found.status == 2
    assert "rules.yaml:2:3: " in found.err
    assert hint in found.err


def test_a_file_of_rules_for_0_1_that_uses_what_is_still_there_is_read(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules:\n  TC09: {points: {buy: 8}}\n  TC05: remove\ncosts:\n  optimism: {value: 0.3}\n", "utf-8")
    found = run("assess", ROOT / "profiles" / "skerrin.yaml", "--draws", "0", "--rules", rules)
    assert (found.status, found.err) == (0, "")


@pytest.mark.parametrize("gone", [[], ["unaffordable"]])
def test_a_result_that_0_1_stored_is_read_with_its_figures_and_without_what_is_none_any_more(
    gone: list[str], tmp_path: Path
) -> None:
    """It shut an option for that alone cost more than all the money, and knew of a move only what it costs once."""
    stored = json.loads((ROOT / "tests" / "stored" / "riverside-0.1.json").read_text("utf-8"))
    for row in stored["functions"]:
        for said in row["options"].values():
            said["blocked_by"] += gone
            said["available"] = not said["blocked_by"]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(stored), "utf-8")
    decision = load_result(str(path))
    assert decision
    for row, function in zip(stored["functions"], decision.functions, strict=True):
        assert function.moves is (row["current"] not in (None, row["recommendation"]))
        for option, said in row["options"].items():
            here = function.options[Option(option)]
            known = set(said["blocked_by"]) - {"unaffordable"}
            assert (set(here.blocked_by), here.available) == (known, not known)
            assert (here.fit, here.cost.pounds, here.worth) == (said["fit"], said["cost"], None)
            once = said["transition"] and Transition(transfer=said["transition"]["once"], redundancy=0, notice=0)
            assert here.cost.transition == once

"""Files that were written for mba 0.1 are read, or refused with the line that mends them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from running import run

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

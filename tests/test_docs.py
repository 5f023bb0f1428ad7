"""Docs cannot drift: what they show is run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, result
from conftest import ROOT

from mba.inputs import FUNCTIONS, ratings_of
from mba.load.knowledge import load_rules
from mba.load.profiles import load_profile
from mba.profile import Decided, Function, Organisation, Partner, Profile, Quote, Supplier
from mba.ratings import Ratings
from mba.terms import Option

README = (ROOT / "README.md").read_text("utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]


def block(page: str) -> str:
    """The first YAML block of a page."""
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


def test_the_profile_in_the_readme_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(block(README), "utf-8")
    assert len(load_profile(str(path)).functions) == 3


def test_the_page_on_profiles_has_every_key_and_every_rating_with_both_its_ends(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "profile.md").read_text("utf-8")
    path = tmp_path / "whole.yaml"
    path.write_text(block(page), "utf-8")
    load_profile(str(path))
    for form in (Profile, Organisation, Partner, Supplier, Function, Quote, Decided, Ratings):
        for key in form.model_fields:
            assert re.search(rf"\b{key}:", page), key
    for row in ratings_of(FUNCTIONS):
        scale = row.about.scale
        assert scale is not None
        assert f"| `{row.key}` | {row.about.words} | {scale.low} | {scale.high} |" in page


def test_the_scenario_in_the_readme_stands_on_the_profile_in_the_readme(tmp_path: Path) -> None:
    profile, scenario = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "mine.yaml").write_text(profile, "utf-8")
    (tmp_path / "what-if.yaml").write_text(scenario, "utf-8")
    read = load_profile(str(tmp_path / "what-if.yaml"))
    assert [partner.id for partner in read.partners] == ["dalesway", "kirkdale"]
    assert [function.id for function in read.functions] == ["payroll", "pathway-redesign"]


@pytest.mark.process
def test_the_commands_in_the_readme_run(tmp_path: Path) -> None:
    profile, scenario = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "mine.yaml").write_text(profile, "utf-8")
    (tmp_path / "partner.yaml").write_text(scenario, "utf-8")
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    commands = re.findall(r"^    \.venv/bin/mba (.*?)(?: +#.*)?$", README, re.MULTILINE)
    assert len(commands) >= 2
    for command in commands:
        run = subprocess.run(
            [sys.executable, "-m", "mba", *command.split()], cwd=tmp_path, capture_output=True, check=False
        )
        assert (run.returncode, run.stderr) == (0, b""), command


def test_every_profile_that_the_readme_names_is_there_and_no_other() -> None:
    named = set(re.findall(r"`(profiles/[a-z-]+\.yaml)`", README))
    assert named == {f"profiles/{path.name}" for path in (ROOT / "profiles").glob("*.yaml")}


def test_the_rules_in_the_page_on_the_method_are_accepted_and_do_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(block(METHOD), "utf-8")
    rules = load_rules(str(path))
    assert rules.rules["TC09"].points.of(Option.BUY) == 8
    assert rules.rules["TC09"].claim == RULES.rules["TC09"].claim
    assert "TC05" not in rules.rules
    assert "LOCAL1" in rules.rules


def test_the_worked_example_in_the_page_on_the_method_comes_out_as_it_says() -> None:
    small, large = (
        result(
            a_profile(
                a_function(),
                partners=[a_partner()],
                suppliers=[a_supplier(), a_supplier("other")],
                population=population,
            )
        )
        for population in (100_000, 870_000)
    )
    assert (small.options[Option.MAKE].fit, small.options[Option.SHARE].fit) == (60, 61)
    exact = {part.rule: part.exact for part in small.options[Option.SHARE].contributions}
    rows = re.findall(r"^\| TC(\d\d)[^|]*\| *[\d.]+ \| [^|]+ \| ([-+\d.]+) \|$", METHOD, re.MULTILINE)
    assert len(rows) == 8
    for code, share in rows:
        assert exact.get(f"TC{code}", 0.0) == pytest.approx(float(share), abs=0.01)
    assert (large.options[Option.MAKE].fit, large.options[Option.SHARE].fit) == (63, 60)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_example_in_the_page_on_money_comes_out_as_it_says() -> None:
    function = a_function("payroll", flags=["transactional"], annual_cost=150_000)
    supplier = a_supplier(population_served=3_500_000, local_presence=3)
    found = result(a_profile(function, suppliers=[supplier]))
    parts = {part.part.value: part.pounds for part in found.options[Option.BUY].parts}
    page = (ROOT / "docs" / "money.md").read_text("utf-8")
    assert f"£{round(parts['price'], -2):,}" in page
    assert f"£{round(found.options[Option.BUY].pounds or 0, -2):,} in\nall" in page


def test_every_term_of_the_glossary_stands_there_once_and_is_what_the_code_calls_it() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \|([^|]*)\|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    terms = [term for term, _ in rows if term != "term"]
    assert len(terms) > 50
    assert len(set(terms)) == len(terms)
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    for _, names in rows:
        for name in re.findall("`([^`]+)`", names):
            assert re.search(rf"\b{name}\b", source), name

"""Whole reports, kept as files: whoever changes an answer or a word sees whose report moves.

`make golden` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT
from running import run

from mba.decide.alternatives import Appraised
from mba.decide.decide import appraise, settle
from mba.load.knowledge import load_catalogue, load_references, load_rules
from mba.load.profiles import load_profile
from mba.output.record import record
from mba.render.console import draw
from mba.render.markdown import markdown
from mba.report.assess import assess
from mba.report.explain import explain
from mba.report.outline import IN_BRIEF, Front, Outline, Section
from mba.report.paper import paper
from mba.report.reference import catalogue_document, rules_document
from mba.results import Decision
from mba.sensitivity.acceptability import USUAL, support, usual_exact, with_confidence
from mba.sensitivity.draws import Draws
from mba.sensitivity.switching import switches

GOLDEN = Path(__file__).parent / "golden"
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
SCENARIOS = sorted(path.stem for path in (ROOT / "profiles" / "scenarios").glob("*.yaml"))
RULES = load_rules()


def compare(name: str, words: str, *, renew: bool) -> None:
    path = GOLDEN / name
    if renew:
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, "utf-8", newline="\n")
    assert path.read_text("utf-8") == words, f"{name} differs; if it should, run: make golden"


def appraised_of(profile: str) -> Appraised:
    return appraise(load_profile(str(ROOT / "profiles" / f"{profile}.yaml")), RULES, load_catalogue())


@cache
def decision(profile: str) -> Decision:
    appraised = appraised_of(profile)
    return with_confidence(
        settle(appraised, RULES, load_catalogue()),
        appraised,
        RULES,
        load_catalogue(),
        Draws(USUAL, 1),
        usual_exact(len(appraised.appraisals)),
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_the_report_on_an_example_is_as_it_was(profile: str, renew: bool) -> None:
    compare(f"{profile}.txt", draw(assess(decision(profile), RULES), io.StringIO()), renew=renew)


@pytest.mark.parametrize("width", [60, 160])
def test_the_report_at_other_widths_is_as_it_was(width: int, renew: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    compare(f"riverside-{width}.txt", draw(assess(decision("riverside"), RULES), io.StringIO()), renew=renew)


def test_the_markdown_and_json_of_an_example_are_as_they_were(renew: bool) -> None:
    found = decision("riverside")
    compare("riverside.md", markdown(assess(found, RULES)), renew=renew)
    compare("riverside.json", record(found), renew=renew)


def test_the_paper_on_an_example_is_as_it_was(renew: bool) -> None:
    front = Front(meeting="Governing body", item="7", author="A Manager")
    outline = Outline(
        tuple(Section),
        brief=False,
        front=front,
        commands=("mba export riverside.yaml --seed 1", "mba rules", "mba explain riverside.yaml payroll --seed 1"),
        files=("riverside.yaml",),
    )
    document = paper(decision("riverside"), RULES, load_references(), outline)
    compare("riverside-paper.md", markdown(document), renew=renew)
    brief = paper(decision("riverside"), RULES, load_references(), outline._replace(sections=IN_BRIEF, brief=True))
    compare("riverside-summary.md", markdown(brief), renew=renew)


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "papers").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_paper_on_an_odd_organisation_is_as_it_was(path: Path, renew: bool) -> None:
    """One function, over the allowance, not all costed: where sentences go wrong that are right in the examples."""
    compare(f"../papers/{path.stem}.md", run("export", path, "--draws", "200").out, renew=renew)


def test_the_paper_that_is_held_against_another_is_as_it_was(renew: bool) -> None:
    profiles = ROOT / "profiles"
    cut = profiles / "scenarios" / "integrated-care-board.yaml"
    words = ("--compare", profiles / "riverside.yaml", "--sections", "answer,changes,reproduction", "--draws", "200")
    compare("changes-paper.md", run("export", cut, *words).out, renew=renew)


def test_the_explanation_of_a_function_is_as_it_was(renew: bool) -> None:
    found, appraised = decision("riverside"), appraised_of("riverside")
    function = next(function for function in found.functions if function.id == "contract-negotiation")
    changes = switches(appraised, function.id, RULES, load_catalogue())
    behind = support(appraised, function.id, RULES, Draws(USUAL, 1))
    document = explain(function, changes, behind, found, RULES, load_references())
    compare("explain.txt", draw(document, io.StringIO()), renew=renew)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_an_example_scenario_changes_is_as_it_was(scenario: str, renew: bool) -> None:
    words, format_ = {"integrated-care-board": ("md", "markdown")}.get(scenario, ("txt", "console"))
    paths = [ROOT / "profiles" / "riverside.yaml", ROOT / "profiles" / "scenarios" / f"{scenario}.yaml"]
    compare(f"diff-{scenario}.{words}", run("diff", *paths, "--format", format_).out, renew=renew)


def test_the_examples_side_by_side_are_as_they_were(renew: bool) -> None:
    paths = [ROOT / "profiles" / "riverside.yaml", *sorted((ROOT / "profiles" / "scenarios").glob("*.yaml"))]
    compare("diff-all.txt", run("diff", *paths).out, renew=renew)


def test_the_pages_on_the_rules_and_the_catalogue_are_fresh() -> None:
    stale = "is stale; run: make docs"
    rules = markdown(rules_document(RULES, load_references()))
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rules, f"docs/rules.md {stale}"
    catalogue = markdown(catalogue_document(load_catalogue()))
    assert (ROOT / "docs" / "catalogue.md").read_text("utf-8") == catalogue, f"docs/catalogue.md {stale}"

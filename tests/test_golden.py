"""Whole reports, kept as files: whoever changes an answer or a word sees whose report moves.

`make golden` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from running import run

from mba.decide.decide import Appraised, appraise, settle
from mba.load.knowledge import Knowledge, load_catalogue, load_references
from mba.load.profiles import load_profile
from mba.output.record import record
from mba.render.console import console_text
from mba.render.markdown import markdown
from mba.report.assess import assessment
from mba.report.explain import explanation
from mba.report.outline import IN_BRIEF, Front, Outline, Section
from mba.report.paper import paper
from mba.report.reference import catalogue_document, rules_document
from mba.report.screen import screen
from mba.results import Decision
from mba.sensitivity.acceptability import USUAL, usual_exact, with_confidence
from mba.sensitivity.hypercube import Draws
from mba.sensitivity.switching import switches

GOLDEN = Path(__file__).parent / "golden"
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
SCENARIOS = sorted(path.stem for path in (ROOT / "profiles" / "scenarios").glob("*.yaml"))
RULES = Knowledge().rules
BY_NAME = {"options", "ratings", "acceptability", "alone", "leads", "partners", "suppliers"}
"""Keys of the JSON that hold a value for each option, rating, answer or id."""


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
        settle(appraised),
        appraised,
        Draws(USUAL, 1),
        usual_exact(len(appraised.places)),
    )


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_the_screen_on_an_example_is_as_it_was_and_no_longer_than_a_terminal(
    profile: str, renew: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    document = screen(
        decision(profile), RULES, f"mba ask profiles/{profile}.yaml", f"mba assess profiles/{profile}.yaml --full"
    )
    words = console_text(document, io.StringIO())
    compare(f"{profile}-screen.txt", words, renew=renew)
    assert len(words.splitlines()) <= 24


def test_the_screen_in_the_readme_is_the_real_one(renew: bool) -> None:
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text("utf-8").partition("```text\n")
    shown, after = rest.split("```", maxsplit=1)
    real = (GOLDEN / "riverside-screen.txt").read_text("utf-8")
    if renew:
        readme.write_text(f"{before}```text\n{real}```{after}", "utf-8", newline="\n")
        shown = real
    assert shown == real, "README.md is stale; run: make golden"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_report_on_an_example_is_as_it_was(profile: str, renew: bool) -> None:
    compare(f"{profile}.txt", console_text(assessment(decision(profile), RULES), io.StringIO()), renew=renew)


@pytest.mark.parametrize("width", [60, 160])
def test_the_report_at_other_widths_is_as_it_was(width: int, renew: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    compare(
        f"riverside-{width}.txt", console_text(assessment(decision("riverside"), RULES), io.StringIO()), renew=renew
    )


def test_the_markdown_of_an_example_is_as_it_was(renew: bool) -> None:
    compare("riverside.md", markdown(assessment(decision("riverside"), RULES)), renew=renew)


def test_the_json_on_two_functions_is_as_it_was(renew: bool) -> None:
    """Every value that a result can hold, on lines that can be read in a difference."""
    words = run("assess", Path(__file__).parent / "two-functions.yaml", "--format", "json").out
    assert words == json.dumps(json.loads(words), indent=2, ensure_ascii=False) + "\n"
    compare("two-functions.json", "\n".join(laid_out(json.loads(words))) + "\n", renew=renew)


def test_the_shape_of_the_json_on_an_example_is_as_it_was(renew: bool) -> None:
    """Every key, with the kinds of value that it has: whoever reads the JSON by program relies on these."""
    kinds: dict[str, set[str]] = {}
    for key, kind in kinds_in(json.loads(record(decision("riverside")._replace(profile=None)))):
        kinds.setdefault(key, set()).add(kind)
    lines = [f"{key}: {' or '.join(sorted(kinds[key]))}" for key in sorted(kinds)]
    compare("json-keys.txt", "\n".join(lines) + "\n", renew=renew)


def laid_out(value: Any, head: str = "", tail: str = "") -> Iterator[str]:
    """The value as JSON, each part that is short enough on a line of its own."""
    line = f"{head}{json.dumps(value, ensure_ascii=False)}{tail}"
    if len(line) <= 120 or not isinstance(value, (dict, list)):
        yield line
        return
    left = " " * (len(head) - len(head.lstrip()))
    parts = [(f"{left}  {json.dumps(key)}: ", part) for key, part in value.items()] if isinstance(value, dict) else []
    parts = parts or [(f"{left}  ", part) for part in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield head + opening
    for number, (key, part) in enumerate(parts, 1):
        yield from laid_out(part, key, "," if number < len(parts) else "")
    yield left + closing + tail


def kinds_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path to a value, and its kind; the rows of a list count as one, as do options, ratings and ids."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from kinds_in(
                part, f"{path}.{'*' if path.rsplit('.', maxsplit=1)[-1] in BY_NAME else key}".removeprefix(".")
            )
    elif isinstance(value, list):
        for part in value:
            yield from kinds_in(part, f"{path}[]")
    else:
        yield path, "null" if value is None else type(value).__name__


def test_the_paper_on_an_example_is_as_it_was(renew: bool) -> None:
    front = Front(meeting="Governing body", agenda_item="7", author="A Manager")
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


@pytest.mark.slow
def test_the_paper_that_is_held_against_another_is_as_it_was(renew: bool) -> None:
    profiles = ROOT / "profiles"
    cut = profiles / "scenarios" / "integrated-care-board.yaml"
    words = ("--compare", profiles / "riverside.yaml", "--sections", "summary,changes,reproduction", "--draws", "200")
    compare("changes-paper.md", run("export", cut, *words).out, renew=renew)


def test_the_explanation_of_a_function_is_as_it_was(renew: bool) -> None:
    found, appraised = decision("riverside"), appraised_of("riverside")
    function = next(function for function in found.functions if function.id == "contract-negotiation")
    changes = switches(appraised, function.id)
    document = explanation(function, changes, found, RULES, load_references())
    compare("explain.txt", console_text(document, io.StringIO()), renew=renew)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_an_example_scenario_changes_is_as_it_was(scenario: str, renew: bool) -> None:
    words, format_ = {"integrated-care-board": ("md", "markdown")}.get(scenario, ("txt", "console"))
    paths = [ROOT / "profiles" / "riverside.yaml", ROOT / "profiles" / "scenarios" / f"{scenario}.yaml"]
    compare(f"diff-{scenario}.{words}", run("diff", *paths, "--format", format_).out, renew=renew)


@pytest.mark.slow
def test_the_examples_side_by_side_are_as_they_were(renew: bool) -> None:
    paths = [ROOT / "profiles" / "riverside.yaml", *sorted((ROOT / "profiles" / "scenarios").glob("*.yaml"))]
    compare("diff-all.txt", run("diff", *paths).out, renew=renew)


def test_the_pages_on_the_rules_and_the_catalogue_are_fresh() -> None:
    stale = "is stale; run: make docs"
    rules = markdown(rules_document(RULES, load_references()))
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rules, f"docs/rules.md {stale}"
    catalogue = markdown(catalogue_document(load_catalogue()))
    assert (ROOT / "docs" / "catalogue.md").read_text("utf-8") == catalogue, f"docs/catalogue.md {stale}"

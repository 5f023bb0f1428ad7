"""The recipes of CONTRIBUTING.md, each followed in a copy: types hold, and the program does what was added."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import ROOT
from running import Answer, ended

CHECKED = ROOT / ".mypy_cache" / "recipes"
"""What mypy knows already, for all recipes, since most of each copy is the same."""

PROFILE = """\
organisation: {name: Riverside CCG, population: 226000}
suppliers: [{id: central-csu, trust: 4}]
functions: [{id: contract-negotiation}, {id: payroll}]
"""


class Step(NamedTuple):
    """Lines put into a file before the one line that begins so; without such a beginning, at the end of it."""

    path: str
    lines: str
    before: str = ""


RULE = [
    Step(
        "src/mba/knowledge/data/rules.yaml",
        """
  TC24:
    name: Bulk every day
    claim: Daily work that is cheaper in bulk fills a shared team evenly.
    when: {frequency: high, scale_economies: high}
    points: {make: -1, share: 2, ally: 0, buy: 0}
    because: {high: it comes every day and is cheaper in bulk}
    sources:
      - {source: petsoulas-2014, place: "Results, smaller groups chose to share core functions"}
    certainty: judgement
    examples:
      - {given: {frequency: 5, scale_economies: 5}, degree: 1}
      - {given: {frequency: 5, scale_economies: 3}, degree: 0}
""",
    )
]

RATING_OF_A_FUNCTION = [
    Step(
        "src/mba/ratings.py",
        """\
    scrutiny: Rating | None = rated("watched by the public", "nobody asks", "the press asks weekly")
""",
        before='importance: Rating | None = rated("importance", "little", "most; 3, the default: as its cost says",',
    )
]

RATING_OF_A_SUPPLIER = [
    Step(
        "src/mba/profile.py",
        """\
    openness: Rating | None = rated(
        "openness", "shows nothing", "its books are open", default=MIDDLE, whose="the openness of {}"
    )
""",
        before='long_term: Truth | None = weighed("would sign for three years",',
    )
]

FORMAT = [
    Step(
        "src/mba/render/headings.py",
        '''\
"""The headings of a document, a line each."""

from mba.render.document import Document, Heading


def headings(document: Document) -> str:
    """Each heading as it stands, further in the lower its level; ends with one line feed."""
    return "".join(f"{'  ' * (block.level - 1)}{block.text}\\n" for block in document if isinstance(block, Heading))
''',
    ),
    Step("tests/test_layers.py", '        ("headings",),\n', before='("document",),'),
    Step("src/mba/output/formats.py", '    HEADINGS = "headings"\n', before='JSON = "json"'),
    Step("src/mba/output/formats.py", '    ".toc": Format.HEADINGS,\n', before='".json": Format.JSON,'),
    Step("src/mba/output/formats.py", "    Format.HEADINGS,\n", before="Format.JSON,"),
    Step(
        "src/mba/output/write.py",
        """\
        case Format.HEADINGS:
            from mba.render.headings import headings  # noqa: PLC0415 - only where it is written

            return headings(document())
""",
        before="case Format.JSON:",
    ),
]

RECIPES = {
    "A rule": RULE,
    "A rating of a function": RATING_OF_A_FUNCTION,
    "A rating of a supplier": RATING_OF_A_SUPPLIER,
    "A format": FORMAT,
}
"""By their heading in CONTRIBUTING.md."""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a recipe may touch, with a profile beside it."""
    for folder in ("src", "tests", "docs"):
        shutil.copytree(
            ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "golden", "faulty")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "mine.yaml").write_text(PROFILE, "utf-8")
    return tmp_path


def follow(copy: Path, recipe: str) -> None:
    """Take the steps of a recipe; mypy agrees with what they come to."""
    for step in RECIPES[recipe]:
        lines = lines_of(copy / step.path)
        lines.insert(place_of(step, lines), step.lines)
        (copy / step.path).write_text("".join(lines), "utf-8")
    types = python(copy, "mypy", "--cache-dir", str(CHECKED), "src")
    assert types.status == 0, types.out


def lines_of(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines(keepends=True) if file.exists() else []


def place_of(step: Step, lines: list[str]) -> int:
    """Before which of the lines of its file a step puts its own."""
    if not step.before:
        return len(lines)
    places = [number for number, line in enumerate(lines) if line.strip().startswith(step.before)]
    assert len(places) == 1, f"{step.path} no longer has a line that begins so, or has two: {step.before}"
    return places[0]


def python(copy: Path, *words: str) -> Answer:
    """How a module ends that is run in the copy, on the copy's own sources."""
    settings = os.environ | {"PYTHONPATH": str(copy / "src")}
    return ended(
        subprocess.run([sys.executable, "-m", *words], cwd=copy, env=settings, capture_output=True, check=False)
    )


def assessed(copy: Path, *words: str) -> str:
    answer = python(copy, "mba", "assess", "mine.yaml", "--full", "--draws", "20", *words)
    assert (answer.status, answer.err) == (0, "")
    return answer.out


def decision(copy: Path) -> Any:
    return json.loads(assessed(copy, "--format", "json"))


def assumed(copy: Path, of: str, key: str) -> Any:
    """What is assumed for one input, or None where it is given."""
    values = {(row["of"], row["key"]): row["value"] for row in decision(copy)["assumptions"]}
    return values.get((of, key))


def given(copy: Path, old: str, new: str) -> None:
    """The profile with other words in it."""
    words = (copy / "mine.yaml").read_text("utf-8")
    assert old in words
    (copy / "mine.yaml").write_text(words.replace(old, new), "utf-8")


@pytest.mark.process
def test_a_rule_is_its_row(copy: Path) -> None:
    follow(copy, "A rule")
    given(copy, "id: payroll", "id: payroll, ratings: {frequency: 5, scale_economies: 5}")

    payroll = decision(copy)["functions"][1]
    tests = python(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_rules.py")

    assert "TC24" in {part["rule"] for part in payroll["options"]["share"]["contributions"]}
    assert tests.status == 0, tests.out


@pytest.mark.process
def test_a_rating_of_a_function_is_its_field_with_its_words(copy: Path) -> None:
    follow(copy, "A rating of a function")

    assert assumed(copy, "payroll", "scrutiny") == 3
    assert "watched by the public 3" in " ".join(assessed(copy, "--full").split())
    given(copy, "id: payroll", "id: payroll, ratings: {scrutiny: 5}")
    assert assumed(copy, "payroll", "scrutiny") is None


@pytest.mark.process
def test_a_rating_of_a_supplier_is_its_field_with_its_words(copy: Path) -> None:
    follow(copy, "A rating of a supplier")

    assert assumed(copy, "central-csu", "openness") == 3
    assert "openness 3" in assessed(copy, "--full")
    given(copy, "trust: 4", "trust: 4, openness: 5")
    assert assumed(copy, "central-csu", "openness") is None


@pytest.mark.process
def test_a_rule_can_look_at_a_new_rating_of_a_supplier_without_more_ado(copy: Path) -> None:
    follow(copy, "A rating of a supplier")
    rule = RULE[0].lines.replace("{frequency: high, scale_economies: high}", "{openness: high}")
    rule = rule.replace("make: -1, share: 2, ally: 0, buy: 0", "ally: 2")
    rule = rule.replace("frequency: 5, scale_economies: 5", "openness: 5").replace(
        "frequency: 5, scale_economies: 3", "openness: 3"
    )
    with (copy / "src/mba/knowledge/data/rules.yaml").open("a", encoding="utf-8") as rows:
        rows.write(rule)
    given(copy, "trust: 4", "trust: 4, openness: 5")

    payroll = decision(copy)["functions"][1]

    assert "TC24" in {part["rule"] for part in payroll["options"]["ally"]["contributions"]}


@pytest.mark.process
def test_a_format_is_its_renderer_and_one_member(copy: Path) -> None:
    follow(copy, "A format")

    lines = assessed(copy, "--format", "headings").splitlines()
    layers = python(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_layers.py", "-k", "module")

    assert lines[0].startswith("Riverside CCG")
    assert layers.status == 0, layers.out


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_step_finds_its_place_in_its_file(recipe: str) -> None:
    for step in RECIPES[recipe]:
        assert place_of(step, lines_of(ROOT / step.path)) >= 0


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_page_names_every_file_that_a_recipe_touches(recipe: str) -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    steps = re.search(rf"^### {recipe}\n(.*?)^##", page, re.MULTILINE | re.DOTALL)

    assert steps
    for step in RECIPES[recipe]:
        assert step.path in steps[1] or f"{Path(step.path).parent}/" in steps[1]

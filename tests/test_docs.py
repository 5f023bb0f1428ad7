"""Docs cannot drift: what they show is run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, result
from conftest import ROOT
from running import run

from mba import __version__
from mba.answer import Asked, answer
from mba.inputs import FUNCTIONS, ratings_of
from mba.load.knowledge import Knowledge
from mba.load.profiles import load_profile
from mba.output.formats import ENDINGS, PAPERS, REPORTS, Format
from mba.profile import (
    Current,
    Decided,
    Function,
    Leaving,
    Organisation,
    Package,
    Partner,
    Profile,
    Quote,
    Supplier,
)
from mba.ratings import Ratings
from mba.terms import Option

README = (ROOT / "README.md").read_text("utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text("utf-8")
MONEY = (ROOT / "docs" / "money.md").read_text("utf-8")
FORMS = (Profile, Organisation, Partner, Supplier, Function, Current, Leaving, Package, Quote, Decided, Ratings)
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
    for form in FORMS:
        for name, field in form.model_fields.items():
            key = field.alias or name
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
        ended = subprocess.run(
            [sys.executable, "-m", "mba", *command.split()],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert ended.returncode == 0, command
        assert command.startswith("ask ") or ended.stderr == b"", command  # What `ask` says is no result.


@pytest.mark.slow
def test_the_files_and_commands_of_the_how_to_page_do_what_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "how-to.md").read_text("utf-8")
    files = re.findall(r"[Ss]ave as `([a-z-]+\.yaml)`:\n\n```yaml\n(.*?)```", page, re.DOTALL)
    commands = re.findall(r"^    \.venv/bin/mba (.*)$", page, re.MULTILINE)
    assert len(files) == page.count("```yaml")
    assert len(commands) > len(files)
    for name, text in [("mine.yaml", block(README)), *files]:
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in commands:
        found = run(*shlex.split(command))
        assert (found.status, found.err) == (0, ""), command
    for name, _ in files:
        assert "Nothing differs" not in run("diff", "mine.yaml", name, "--draws", "0").out


@pytest.mark.slow
def test_the_tutorial_goes_from_nothing_to_the_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    commands = [shlex.split(line) for line in re.findall(r"^    \.venv/bin/mba (.*)$", page, re.MULTILINE)]
    assert [words[0] for words in commands] == ["init", "check", "assess", "explain", "ask", "export"]
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "mine.yaml"
    for words in commands:
        found = run(*words, stdin=b"4\nd\nq\n")
        assert found.status == 0, words
        if words[0] == "init":
            text = mine.read_text("utf-8")
            for row in block(page).splitlines():
                text, changed = re.subn(rf"^{re.escape(row.partition(',')[0])}}}.*$", row, text, flags=re.MULTILINE)
                assert changed == 1, row
            mine.write_text(text, "utf-8")
        if words[0] == "ask":
            assert "Ann Lee" in mine.read_text("utf-8") or "1 answer given" in found.err
    assert (tmp_path / "paper.md").exists()


def test_every_profile_that_the_readme_names_is_there_and_no_other() -> None:
    named = set(re.findall(r"`(profiles/[a-z-]+\.yaml)`", README))
    assert named == {f"profiles/{path.name}" for path in (ROOT / "profiles").glob("*.yaml")}


def test_the_rules_in_the_page_on_the_method_are_accepted_and_do_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(block(METHOD), "utf-8")
    rules = Knowledge(str(path)).rules
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


def table(page: str, head: str) -> list[list[str]]:
    """The rows of the table of a page whose first column is headed so, cell by cell."""
    found = re.search(rf"^\| {head} \|.*\n\|[-|: ]+\|\n((?:\|.*\n)+)", page, re.MULTILINE)
    assert found
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]


def figure(written: str) -> float:
    """A figure as a page writes it: 1,000, 5% or 12.3."""
    bare = written.replace(",", "")
    return float(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)


def worked_out(sum_: str) -> float:
    """What a sum of a page comes to, such as 1,000 x (1 + 5%)."""
    calculated = re.sub(r"[\d,.]+%?", lambda found: repr(figure(found[0])), sum_).replace("x", "*")
    assert not set(calculated) - set("0123456789.+-*/() \n"), sum_
    return float(eval(" ".join(calculated.split()), {"__builtins__": {}}))  # noqa: S307 - figures and signs alone


def test_every_sum_in_the_page_on_money_comes_to_what_it_says() -> None:
    sums = re.findall(r"`([-+x/()\d,.% \n]+) = ([-\d,.]+%?)`", MONEY)
    assert len(sums) > 30
    for sum_, result_ in sums:
        digits = len(result_.partition(".")[2].removesuffix("%")) + (2 if result_.endswith("%") else 0)
        assert worked_out(sum_) == pytest.approx(figure(result_), abs=0.51 * 10**-digits), sum_


def test_the_page_on_money_has_every_figure_with_its_value_unit_and_source() -> None:
    rows = {row[0].strip("`"): row[1:] for row in table(MONEY, "figure")}
    figures = {name: getattr(group, name) for group in (RULES.costs, RULES.choice) for name in type(group).model_fields}
    assert list(rows) == list(figures)
    for name, each in figures.items():
        sources = ", ".join(cite.source for cite in each.sources)
        assert figure(rows[name][0]) == each.value
        assert rows[name][1:] == [each.unit, f"{sources} ({each.certainty})"]


def test_the_worked_example_in_the_page_on_money_comes_out_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "fellside.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", MONEY, re.DOTALL)[1], "utf-8")
    decision = answer(str(path), Asked()).decision
    functions = {function.id: function for function in decision.functions}
    for id_, way, *figures in table(MONEY, "function"):
        option = functions[id_].options[Option(way.removesuffix(", as today"))]
        assert way.endswith(", as today") == (Option(way.split(",")[0]) is functions[id_].current)
        fit = sum(part.exact for part in option.contributions)
        found = (fit, option.cost.pounds, option.cost.once, option.worth)
        assert found == pytest.approx(tuple(map(figure, figures)), abs=0.005), (id_, way)
    assert decision.plans
    assert decision.plans.ending is None
    for plan, (name, *figures) in zip(decision.plans[:-1], table(MONEY, "plan"), strict=True):
        assert plan, name
        sums = (plan.cost, plan.once, plan.whole_life, round(plan.fit or 0, 1), plan.moves)
        assert sums == pytest.approx(tuple(map(figure, figures)))
    assert [function.recommendation for function in decision.functions] == ["share", "buy", "make"]
    assert [function.level for function in decision.functions] == ["leaning", "robust", "open"]
    assert [function.action for function in decision.functions] == ["move", "move", "keep"]
    assert (decision.budget.headroom, decision.budget.first_year_left) == (86_120, -21_120)


@pytest.mark.parametrize(
    ("asked", "answers", "left"),
    [
        (Asked(per_head="3", draws=0), ["share", "buy", "buy"], -4_505),
        (Asked(per_head="3.13", draws=0), ["share", "buy", "buy"], 8_495),
        (Asked(per_head="3.14", draws=0), ["share", "buy", "make"], 120),
        (Asked(premium="46", draws=0), ["share", "buy", "make"], 86_120),
        (Asked(premium="47", draws=0), ["share", "buy", "buy"], 95_495),
    ],
)
def test_the_worked_example_turns_where_the_page_on_money_says(
    tmp_path: Path, asked: Asked, answers: list[str], left: int
) -> None:
    path = tmp_path / "fellside.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", MONEY, re.DOTALL)[1], "utf-8")
    decision = answer(str(path), asked).decision
    assert [function.recommendation for function in decision.functions] == answers
    assert decision.budget.headroom == left


def test_the_rules_in_the_page_on_money_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(block(MONEY), "utf-8")
    rules = Knowledge(str(path)).rules
    assert (rules.costs.optimism.value, rules.choice.payback_years.value) == (0.3, 5)


@pytest.mark.slow
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


BY_NAME = {"partners", "suppliers", "options", "acceptability", "alone", "ratings", "leads"}
"""Where the keys of the JSON are ids, options or ratings."""


def keys_of(value: object) -> set[str]:
    """Every key of a JSON document, but those that are ids, options or ratings."""
    found = set[str]()
    if isinstance(value, list):
        return found.union(*map(keys_of, value))
    if not isinstance(value, dict):
        return found
    for key, inner in value.items():
        by_name = key in BY_NAME and isinstance(inner, dict)
        found |= {key} | keys_of([*inner.values()] if by_name else inner)
    return found


@pytest.mark.slow
def test_the_page_on_the_json_has_every_key() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    for name, *more in (["harbour-icb"], ["oakmere"], ["harbour-icb", "--budget-per-head", "15"]):
        path = ROOT / f"profiles/{name}.yaml"
        data = json.loads(run("assess", path, "--format", "json", "--draws", "300", *more).out)
        del data["profile"]
        for key in sorted(keys_of(data)):
            assert re.search(rf"`[^`]*\b{key}\b[^`]*`", page), key


@pytest.mark.slow
def test_the_page_on_what_is_written_has_every_ending_option_and_column(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    rows = [[cell.strip("`") for cell in row] for row in table(page, "ending")]
    assert {(ending, form) for ending, form, *_ in rows} == set(ENDINGS.items())
    for ending, form, reports, papers in rows:
        assert bool(reports) == (Format(form) in REPORTS), ending
        assert bool(papers) == (Format(form) in PAPERS), ending
    offered = "".join(run(*words, "--help").out for words in ([], ["assess"], ["check"], ["diff"], ["export"]))
    for option in set(re.findall(r"--[a-z][a-z-]+", page)):
        assert option in offered, option
    path = tmp_path / "result.csv"
    assert run("export", ROOT / "profiles" / "riverside.yaml", "-o", path, "--draws", "0").status == 0
    columns = path.read_text("utf-8-sig").splitlines()[0].replace('"', "").split(",")
    for row in table(page, "columns"):
        for column in re.findall("`([^`]+)`", row[0]):
            assert any(name.startswith(column.removesuffix("…")) for name in columns), column


def test_no_page_installs_the_package_of_that_name_which_is_another_s() -> None:
    for page in [*PAGES, ROOT / "Makefile"]:
        assert not re.search(r"(pip|pipx|uv|uvx|tool) (install|run) (--\S+ )*'?mba\b", page.read_text("utf-8")), page


def test_the_readme_names_the_wheel_that_is_built() -> None:
    wheels = set(re.findall(r"\./(\S+?\.whl)", README))
    assert wheels == {f"make_buy_share_ally-{__version__}-py3-none-any.whl"}

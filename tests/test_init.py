"""`mba init`: a first profile by a few questions or by options, which passes `mba check`."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
import yaml
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import Answer, run
from whole_profiles import whole_profiles

from mba.load.columns import PROFILE_SHEETS
from mba.load.profiles import load, load_profile
from mba.load.source import as_typed
from mba.problem import MbaError
from mba.profile import Profile
from mba.report.starter import in_yaml
from mba.starting import WANTED, completed, explained, groups_of, profile_of, understood, written
from mba.terms import OrganisationKind

NAMED = ("--name", "Fellside", "--population", "140,000")


def typed_in(*lines: str) -> tuple[dict[str, str], list[str], str]:
    """What was answered, what was shown, and the profile's text, where these lines are typed."""
    given, shown, left = dict[str, str](), list[str](), iter(lines)
    profile = profile_of(completed(given, lambda blocks: shown.append(repr(blocks)), lambda _: next(left, "")))
    return given, shown, written(profile, "mine.yaml", explained).decode()


def test_each_question_says_why_and_takes_its_default(tmp_path: Path) -> None:
    given, shown, text = typed_in("Fellside ICB\n", "\n", "1,400,000\n", *["\n"] * 5)
    assert len(shown) == len(WANTED) == len(given)
    assert all(wanted.why in words for wanted, words in zip(WANTED, shown, strict=True))
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    profile = load_profile(str(path))
    assert (profile.organisation.kind, profile.organisation.population) == (OrganisationKind.ICB, 1_400_000)
    assert profile.organisation.premium is None, "what is as the default has it is left out, and so is shown as assumed"


@pytest.mark.parametrize(("name", "kind"), [("Wenbury & Vale CCG", "ccg"), ("Wenbury ICB", "icb"), ("Wenbury", "icb")])
def test_the_kind_that_is_offered_is_the_one_in_the_name(name: str, kind: str) -> None:
    (wanted,) = (each for each in WANTED if each.key == "kind")
    assert wanted.default({"name": name}) == kind


def test_what_cannot_be_is_asked_again() -> None:
    _, shown, text = typed_in(
        "F\n", "trust\n", "ccg\n", "many\n", "9000\n", "£25.50\n", "A, B\n", "A\n", "9\n", "2, 7\n", "20%\n"
    )
    plain = yaml.safe_load(text)
    assert len(shown) == len(WANTED) + 3
    assert plain["organisation"] == {
        "name": "F", "kind": "ccg", "population": 9000, "budget_per_head": 25.5, "premium": 20
    }  # a table, laid out by hand  # fmt: skip
    assert [row["id"] for row in (*plain["partners"], *plain["suppliers"])] == ["a", "b", "a-2"]
    assert {row["id"] for row in plain["functions"]} >= {"payroll", "health-needs-assessment"}


def test_a_budget_for_everybody_is_told_as_one_a_head_and_names_no_option() -> None:
    _, shown, text = typed_in("F\n", "icb\n", "1.4m\n", "26.3m\n", "18.79\n", *["\n"] * 4)
    said = next(filter(lambda words: "at most" in words, shown))
    assert "26.3m: “Budget a head” must be at most 10,000" in said
    assert "For 1,400,000 people that is £18.79 a head. Write: 18.79" in said
    assert "--" not in said
    assert yaml.safe_load(text)["organisation"]["budget_per_head"] == 18.79


@given(st.integers(10_001, 10**12), st.integers(1, 10**9))
def test_what_is_advised_for_a_budget_is_never_refused(total: int, people: int) -> None:
    given_so_far = {"population": str(people)}
    with pytest.raises(MbaError) as caught:
        understood("budget_per_head", f"£{total:,}", given_so_far)
    hint = caught.value.problems[0].hint
    _, advised, figure = hint.rpartition(" Write: ")
    if advised:
        assert float(understood("budget_per_head", figure, given_so_far)) == pytest.approx(total / people, abs=0.006)
    else:
        assert hint == "It is £ a year for each person, not for all of them."
        assert not 0.005 < total / people <= 10_000


def made(tmp_path: Path, *words: str) -> tuple[Answer, Path]:
    path = tmp_path / "mine.yaml"
    return run("init", path, *words), path


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_what_is_written_passes_check_and_says_what_is_next(tmp_path: Path, kind: str) -> None:
    done, path = made(tmp_path, *NAMED, "--kind", kind, "--partners", "Dale: “way”, É", "--suppliers", "North, South")
    assert done.status == 0
    assert f"mba check {path}" in done.err
    assert run("check", path).status == 0
    first = path.read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_a_workbook_is_the_same_profile_passes_check_and_has_only_what_is_filled_in(tmp_path: Path, kind: str) -> None:
    words = (*NAMED, "--kind", kind, "--partners", "Dale: “way”, É", "--suppliers", "North, South", "--premium", "20")
    path = tmp_path / "mine.XLSX"
    done = run("init", path, *words)
    assert done.status == 0
    assert f"mba check {path}" in done.err
    assert run("check", path).status == 0
    assert load_profile(str(path)) == load_profile(str(made(tmp_path, *words)[1]))
    assert openpyxl.load_workbook(path).sheetnames == list(PROFILE_SHEETS)


def test_a_workbook_has_choices_and_says_what_ratings_mean(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    run("init", path, *NAMED)
    rules = openpyxl.load_workbook(path)["Functions"].data_validations.dataValidation
    notes = {rule.promptTitle: rule for rule in rules}
    assert notes["Run today as"].formula1 == '"make,share,ally,buy"'
    assert "5: five indicators" in notes["Ease of measuring"].prompt


def test_what_a_workbook_would_not_give_back_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    assert "not be read as it was meant" in run("init", path, *NAMED, "--partners", "Total").err
    assert not path.exists()


@pytest.mark.parametrize("typed", ["Bee CCG; Dee, Tay & Co", "Bee CCG ;Dee, Tay & Co;"])
def test_names_with_commas_have_semicolons_between_them(tmp_path: Path, typed: str) -> None:
    _, path = made(tmp_path, *NAMED, "--partners", typed)
    assert [partner.name for partner in load_profile(str(path)).partners] == ["Bee CCG", "Dee, Tay & Co"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_every_group_can_be_had_alone(tmp_path: Path, kind: str) -> None:
    for group in groups_of(kind):
        done, path = made(tmp_path, *NAMED, "--kind", kind, "--groups", group, "--force")
        assert (done.status, load_profile(str(path)).functions[0].current) == (0, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--name is missing"),
        (("--name", "F"), "--population is missing"),
        ((*NAMED, "--kind", "trust"), "--kind trust"),
        ((*NAMED, "--population", "0"), "--population 0: “Population” must be more than 0\n"),
        ((*NAMED, "--budget-per-head", "tbc"), "--budget-per-head tbc: “Budget a head” must be a number\n"),
        ((*NAMED, "--groups", "99"), "--groups 99"),
        ((*NAMED, "--premium", "dear"), "--premium dear"),
        ((*NAMED, "--partners", "x" * 300), "has more than 200 characters"),
        (
            (*NAMED, "--budget-per-head", "26000000"),
            "--budget-per-head 26000000: “Budget a head” must be at most 10,000\n  For ",
        ),
    ],
)
def test_without_a_terminal_nothing_is_asked_and_what_is_wrong_is_said(
    tmp_path: Path, words: Sequence[str], said: str
) -> None:
    done, path = made(tmp_path, *words)
    assert done.status == 2
    assert said in done.err
    assert "cell" not in done.err
    assert not path.exists()


@pytest.mark.parametrize("name", ["mine.yaml", "mine.xlsx"])
def test_no_file_is_replaced_without_force(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("mine", "utf-8")
    assert "--force" in run("init", path, *NAMED).err
    assert path.read_text("utf-8") == "mine"
    assert run("init", path, *NAMED, "--force").status == 0
    assert load_profile(str(path)).organisation.name == "Fellside"


def test_an_ending_of_something_else_is_refused_with_those_that_can_be(tmp_path: Path) -> None:
    done = run("init", tmp_path / "mine.docx", *NAMED)
    assert (done.status, "The ending can be .yaml, .yml or .xlsx." in done.err) == (2, True)


# One anew in another form

EXAMPLES = sorted((ROOT / "profiles").glob("*.yaml"))


@given(
    whole_profiles(),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1) | st.just("yes"),
)
def test_any_profile_is_the_same_from_yaml_to_a_workbook_and_back(data: dict[str, Any], text: str) -> None:
    data["functions"][0]["note"] = f"{text}\n\n  {text}\n"
    profile = Profile.model_validate(data)
    first = load("a.yaml", written(profile, "a.yaml", in_yaml)).profile
    book = load("a.xlsx", written(first, "a.xlsx", in_yaml)).profile
    again = load("b.yaml", written(book, "b.yaml", in_yaml)).profile
    assert first == book == again == profile


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_goes_to_a_workbook_and_back(path: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "mine.xlsx", tmp_path / "mine.yaml"
    said = run("init", book, "--from", path)
    assert (said.status, "without its comments" in said.err) == (0, True)
    assert run("init", back, "--from", book).status == 0
    assert load_profile(str(back)) == load_profile(str(path))
    assert f"mba check {back}" in said.err.replace(str(book), str(back))


def test_a_scenario_is_written_as_the_profile_that_it_comes_to(tmp_path: Path) -> None:
    cut = ROOT / "profiles/scenarios/allowance-cut.yaml"
    assert run("init", tmp_path / "cut.xlsx", "--from", cut).status == 0
    assert load_profile(str(tmp_path / "cut.xlsx")) == load_profile(str(cut))


def test_a_workbook_without_a_sheet_is_no_list(tmp_path: Path) -> None:
    book, path = tmp_path / "mine.xlsx", tmp_path / "mine.yaml"
    assert run("init", book, *NAMED).status == 0
    opened = openpyxl.load_workbook(book)
    del opened["Offers"]
    opened.save(book)
    assert "It is the same profile as" in " ".join(run("init", path, "--from", book).err.split())


def test_yaml_that_is_written_anew_reads_as_one_would_write_it() -> None:
    row = {"id": "payroll", "annual_cost": 95000, "current": "make", "leaves": {"to": "2014", "on": "2027-04-01"}}
    profile = Profile.model_validate(
        {"organisation": {"name": "Straße", "population": 9000}, "functions": [row, {"id": "governance"}]}
    )
    lines = written(profile, "mine.yaml", in_yaml).decode().splitlines()
    assert lines[0].startswith("# yaml-language-server: $schema=")
    assert lines[2:] == [
        "format: 1",
        "organisation: {name: Straße, population: 9000}",
        "functions:",
        "- id: payroll",
        "  annual_cost: 95000",
        "  current: make",
        "  leaves: {to: '2014', 'on': 2027-04-01}",
        "- {id: governance}",
    ]


def test_what_is_written_anew_is_never_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(EXAMPLES[0].read_bytes())
    done = run("init", path, "--from", path, "--force")
    assert (done.status, "it is the file that was read" in done.err) == (2, True)
    assert path.read_bytes() == EXAMPLES[0].read_bytes()


def test_what_a_profile_brings_is_not_said_beside_it(tmp_path: Path) -> None:
    done = run("init", tmp_path / "mine.xlsx", "--from", EXAMPLES[0], "--population", "9000")
    assert (done.status, "--population: not together with --from" in done.err) == (2, True)
    missing = run("init", tmp_path / "mine.xlsx", "--from", tmp_path / "none.yaml")
    assert (missing.status, "cannot be read" in missing.err) == (2, True)
    assert not (tmp_path / "mine.xlsx").exists()


def test_a_dash_prints_it() -> None:
    done = run("init", "-", *NAMED)
    assert yaml.safe_load(done.out)["organisation"]["name"] == "Fellside"


def test_it_goes_to_the_stream_that_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("init", "/dev/stderr", *NAMED).status == 0
    assert yaml.safe_load(capfd.readouterr().err)["organisation"]["name"] == "Fellside"


def test_after_ctrl_c_the_command_that_goes_on_is_said(tmp_path: Path) -> None:

    def stopped(prompt: str) -> str:
        if prompt == "[icb]: ":
            signal.raise_signal(signal.SIGINT)
        return "Fellside ICB\n"

    with mock.patch("mba.output.streams.reply", stopped), mock.patch("mba.dialogue.at_terminal", return_value=True):
        done = run("init", tmp_path / "mine.yaml")
    assert done.status == 130
    assert "mine.yaml --name 'Fellside ICB'" in done.err
    assert not (tmp_path / "mine.yaml").exists()


@pytest.mark.parametrize("option", ["--partners", "--suppliers"])
def test_a_figure_is_nobodys_name(option: str, tmp_path: Path) -> None:
    done = run("init", tmp_path / "x.yaml", "--name", "A", "--population", "9000", option, "Hillside, 18.76")
    assert (done.status, (tmp_path / "x.yaml").exists()) == (2, False)
    assert f"{option} 18.76: a name has at least one letter" in done.err


def test_what_to_type_next_is_said_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert as_typed("assess", "my list.csv") == "mba assess 'my list.csv'"
    monkeypatch.setattr("sys.argv", [".venv/bin/mba"])
    assert as_typed("assess", "x.csv") == ".venv/bin/mba assess x.csv"
    (tmp_path / "mba").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "mba").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert as_typed("assess", "x.csv") == "mba assess x.csv"

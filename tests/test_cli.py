"""The commands, as somebody runs them: what they print, where it goes, and how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pydantic
import pytest
from conftest import ROOT
from running import Answer, command, ended, run, run_once, spawn

from mba import __version__

RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
SHORT = ROOT / "tests" / "two-functions.yaml"
FEW = ("--draws", "50")
"""Where it is of no matter how sure an answer is."""
OPTIONS = ["make", "share", "ally", "buy"]
COMMANDS = ["assess", "explain", "export", "check", "rules", "catalogue", "schema"]
GIVEN_IN_FULL = """\
organisation:
  {name: Riverside CCG, kind: ccg, population: 226000, budget_per_head: 25, committed_costs: 0,
   rurality: mixed, client_capability: 3, premium: 10}
functions:
  - id: complaints
    flags: [relational]
    annual_cost: 60000
    current: make
    ratings:
      {asset_specificity: 3, measurability: 3, complexity: 3, volatility: 3, frequency: 3, scale_economies: 3,
       scarce_expertise: 3, in_house_capability: 3, specification_readiness: 3, market_depth: 3, importance: 3}
"""
A_RULE = """\
rules:
  XX01:
    name: Change is near
    claim: What changes often is better kept.
    when: {volatility: high}
    points: {make: 3, buy: -3}
    because: {high: it changes often, low: it seldom changes}
    sources: [{source: petsoulas-2014, place: Results}]
    certainty: judgement
    examples:
      - {given: {volatility: 5}, degree: 1}
      - {given: {volatility: 1}, degree: -1}
"""


def riverside(*words: str) -> Answer:
    return run("assess", RIVERSIDE, *FEW, *words)


def short(*words: str) -> Answer:
    """Of a short profile, where it is of no matter what the answer is, but where it goes."""
    return run("assess", SHORT, *FEW, *words)


def assessed(*words: str | Path) -> dict[str, Any]:
    """The answer of `mba assess` on Riverside as JSON."""
    answer = run_once("assess", RIVERSIDE, "--format", "json", *words)
    assert (answer.status, answer.err) == (0, "")
    found: dict[str, Any] = json.loads(answer.out)
    return found


def unasked(answer: Answer) -> Answer:
    """An answer without what it says of what was asked for that is not the usual."""
    said = re.sub(r"Not the usual: [^\n]*\n\n?", "", answer.out)
    return answer._replace(out=re.sub(r'"asked": \{[^}]*\}', '"asked": {}', said))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def profile(here: Path) -> str:
    """The name of a profile that leaves nothing to be assumed."""
    (here / "x.yaml").write_text(GIVEN_IN_FULL, "utf-8")
    return "x.yaml"


# How it ends


@pytest.mark.process
def test_it_starts_from_the_command_line() -> None:
    answer = spawn("assess", RIVERSIDE)
    assert answer.status == 0
    assert answer.out.startswith("Riverside CCG")
    assert answer.err == ""


@pytest.mark.process
def test_the_version_is_one_line() -> None:
    assert spawn("--version") == (0, f"mba {__version__}\n", "")
    assert run("--version").out == f"mba {__version__}\n"


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help_names_every_command(word: str) -> None:
    answer = run(word)
    assert answer.status == 0
    for name in COMMANDS:
        assert f" {name} " in answer.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help(name: str) -> None:
    answer = run(name, "-h")
    assert (answer.status, answer.err) == (0, "")
    assert f"mba {name} " in answer.out


@pytest.mark.parametrize(
    "words", [["asses"], ["assess"], ["assess", "x.yaml", "--fast"], ["assess", "x", "--format", "pdf"]]
)
def test_a_command_that_is_wrong_ends_with_2_and_prints_no_answer(words: list[str]) -> None:
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert re.search(r"\n  (To see what can be given: mba( assess)? --help|It can be .*)\n$", answer.err)


def test_without_a_word_it_shows_help() -> None:
    answer = run()
    assert answer.status == 2
    assert "assess" in answer.out
    assert not answer.err.strip(" ").startswith("\n")


@pytest.mark.parametrize("words", [["assess"], ["check"], ["explain", "payroll"]])
def test_a_profile_with_a_fault_ends_with_2_and_nothing_else(here: Path, words: list[str]) -> None:
    (here / "x.yaml").write_text("organisation: {name: x}\nfunctions: [{id: payroll}]\n", "utf-8")
    answer = run(words[0], "x.yaml", *words[1:])
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("x.yaml:1:1: “population” is missing from “organisation”\n")
    assert answer.err.endswith("\n\n1 problem found.\n")


@pytest.mark.parametrize(
    "words", [("assess", "x.yaml", "-o", "r.html"), ("explain", "x.yaml", "hr", "--output=r.md"), ("init", "y.yaml")]
)
def test_that_nothing_was_written_is_said_where_something_would_have_been(here: Path, words: tuple[str, ...]) -> None:
    (here / "x.yaml").write_text("organisation: {name: x}\nfunctions: [{id: payroll}]\n", "utf-8")
    (here / "list.csv").write_text("Function,Cost\nHR,9%\n", "utf-8")
    if words[0] == "init":
        words = (*words, "--from", "list.csv", "--name", "A", "--population", "9000")
    answer = run(*words)
    assert answer.status == 2
    assert answer.err.endswith("\n\n1 problem found. Nothing was written.\n")


@pytest.mark.parametrize("kind", ["ICB", "icb", "Icb"])
def test_what_is_chosen_from_a_few_may_be_in_capitals(here: Path, kind: str) -> None:
    (here / "list.csv").write_text("Function,Cost\nHR,90000\n", "utf-8")
    listed = ("list.csv", "--population", "226000", "--kind", kind)
    assert "£18.76 a head" in run("assess", *listed, "--draws", "0").out
    assert run("assess", *listed, "--draws", "0", "--format", "HTML").out.startswith("<!doctype html>")
    named = ("--name", "A", "--population", "226000", "--groups", "1", "--kind", kind)
    assert run("init", "mine.yaml", *named).status == 0
    assert "kind: icb" in (here / "mine.yaml").read_text("utf-8")


def test_no_message_of_an_option_has_the_words_of_a_library() -> None:
    for words in (("assess", RIVERSIDE, "--kind", "x"), ("diff", RIVERSIDE, RIVERSIDE, "--only", "x")):
        assert run(*words).err.startswith(f"Invalid value for '{words[-2]}': 'x' is not one of ")


@pytest.mark.parametrize(
    ("name", "start"), [("r.html", "<!doctype html>"), ("r.md", "# "), ("r.json", "{"), ("r.txt", "Riverside CCG · ")]
)
def test_a_file_is_written_as_its_ending_says(name: str, start: str, tmp_path: Path) -> None:
    out = tmp_path / name
    assert run("assess", ROOT / "profiles" / "riverside.yaml", "--draws", "0", "-o", out).status == 0
    assert out.read_text("utf-8").startswith(start)


def test_explain_asks_whether_another_function_was_meant() -> None:
    answer = run("explain", RIVERSIDE, "payrol")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.endswith(" has the id or name “payrol”\n  Did you mean “payroll”?\n")


def test_what_was_typed_is_shown_so_that_it_does_not_act() -> None:
    for answer in (run("explain", SHORT, "\x1b[31m"), run("check", "\x1b[31m"), short("-o", "no/\x1b[31m")):
        assert answer.status == 2
        assert "<U+001B>[31m" in answer.err
        assert "\x1b" not in answer.err


def test_check_finds_nothing_to_ask_where_all_is_given(profile: str) -> None:
    for words in ([], ["--strict=assumptions"]):
        answer = run("check", profile, *words)
        assert answer.status == 0
        assert "Nothing is assumed" in answer.out


def test_check_is_strict_only_when_asked(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("measurability: 3, ", ""), "utf-8")
    lenient, strict = run("check", "x.yaml"), run("check", "x.yaml", "--strict=assumptions")
    assert (lenient.status, strict.status) == (0, 1)
    assert lenient.out == strict.out
    assert "ase of measuring 2" in strict.out


def test_strict_alone_is_about_what_is_to_be_checked_first(here: Path) -> None:
    (here / "x.yaml").write_text("organisation: {name: X, population: 226}\nfunctions: [{id: payroll}]\n", "utf-8")
    assert (run("check", "x.yaml").status, run("check", "x.yaml", "--strict").status) == (0, 1)
    assert "226 people are few for a commissioner" in run("check", "x.yaml").out


def test_more_people_than_anybody_serves_are_asked_about_but_not_of_a_body_of_the_whole_nhs(here: Path) -> None:
    words = "organisation: {name: X, population: %s}\npartners: [{id: y, population: %s, kind: %s}]\n"
    words += "functions: [{id: hr}]\n"
    for people, served, kind, whom in (
        ("226000", "60000000", "ccg", "Y"),
        ("60000000", "226000", "ccg", "X"),
        ("226000", "60000000", "nhs-body", ""),
    ):
        (here / "x.yaml").write_text(words % (people, served, kind), "utf-8")
        asked = f"60,000,000 people are more than {whom} can serve." in " ".join(run("check", "x.yaml").out.split())
        assert asked == bool(whom)


@pytest.mark.parametrize(("day", "asked"), [("2009-01-01", True), ("2027-02-28", True), ("2027-03-31", False)])
def test_who_closed_well_before_the_start_is_asked_about(here: Path, day: str, asked: bool) -> None:
    words = "organisation: {name: X, population: 226000, from: 2027-04-01}\nfunctions: [{id: hr}]\n"
    (here / "x.yaml").write_text(f"{words}partners: [{{id: bee, closes: {day}}}]\n", "utf-8")
    said = " ".join(run("check", "x.yaml").out.split())
    assert ("Bee closed well before the day from which the answer is to hold." in said) == asked


@pytest.mark.slow
@pytest.mark.parametrize("day", ["1950-01-01", "0027-03-31", "1/4/1950"])
def test_a_day_before_2000_is_a_slip(here: Path, day: str) -> None:
    words = f"organisation: {{name: X, population: 226000}}\nfunctions: [{{id: hr, leaves: {{on: {day}}}}}]\n"
    (here / "x.yaml").write_text(words, "utf-8")
    ended = run("check", "x.yaml")
    assert ended.status == 2
    assert "Write it as year, month and day, from 2000 on: YYYY-MM-DD" in ended.err
    assert run("check", RIVERSIDE, "--strict").status == 0
    assert run("check", RIVERSIDE, "--strict=everything").status == 2


@pytest.mark.slow
def test_check_takes_several_files_and_tells_all_their_faults(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL, "utf-8")
    (here / "y.yaml").write_text(GIVEN_IN_FULL.replace("60000", "60k"), "utf-8")
    (here / "z.yaml").write_text("", "utf-8")
    sound = run("check", "x.yaml", RIVERSIDE)
    assert sound.status == 0
    assert "Riverside CCG (x.yaml): no faults" in sound.out
    assert f"Riverside CCG ({RIVERSIDE}): no faults" in sound.out
    assert run("check", "x.yaml", RIVERSIDE, "--strict=assumptions").status == 1
    faulty = run("check", "x.yaml", "y.yaml", "z.yaml")
    assert (faulty.status, faulty.out) == (2, "")
    assert re.findall(r"^\w\.yaml\b", faulty.err, re.MULTILINE) == ["y.yaml", "z.yaml"]
    assert faulty.err.endswith("\n2 problems found.\n")


def test_check_gives_its_faults_to_programs_as_json(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL, "utf-8")
    (here / "y.yaml").write_text(GIVEN_IN_FULL.replace("60000", "60k"), "utf-8")
    (here / "z.yaml").write_text("", "utf-8")
    sound, faulty = (run("check", *files, "--format", "json") for files in (["x.yaml"], ["x.yaml", "y.yaml", "z.yaml"]))
    assert sound == (0, "[]\n", "")
    assert (faulty.status, faulty.err) == (2, "")
    message = "“annual_cost” must be a whole number, not “60k”"
    assert json.loads(faulty.out) == [
        {"file": "y.yaml", "line": 7, "column": 18, "message": message, "hint": "Write: annual_cost: 60000"},
        {
            "file": "z.yaml",
            "line": None,
            "column": None,
            "message": "is empty",
            "hint": "It holds nothing, or nothing but comments.",
        },
    ]


def test_check_as_json_is_as_strict_as_the_text(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("measurability: 3, ", ""), "utf-8")
    strict = run("check", "x.yaml", "--strict=assumptions", "--format", "json")
    assert strict.status == 1
    assert [(row["file"], row["message"]) for row in json.loads(strict.out)] == [
        ("x.yaml", "assumed: ease of measuring 2, Complaints and patient advice (PALS)")
    ], "and says what fails"
    assert run("check", "x.yaml", "--format", "html").status == 2


def test_check_asks_every_question_and_the_other_reports_the_first_of_a_kind(here: Path) -> None:
    rows = ", ".join(
        f"{{id: {id_}, annual_cost: 9000000}}" for id_ in ("payroll", "estates", "legal-services", "safeguarding")
    )
    (here / "x.yaml").write_text(f"organisation: {{name: X, population: 226000}}\nfunctions: [{rows}]\n", "utf-8")
    checked, full = run("check", "x.yaml").out, run("assess", "x.yaml", "--full", "--draws", "0").out
    assert checked.count("9,000,000") > 3
    assert "like these" not in checked
    assert "like these, in mba check" in full


@pytest.mark.parametrize("figure", ["1_000", "２５", "2e1", "-5", "1,5"])
def test_an_option_takes_no_figure_that_a_file_would_refuse(figure: str) -> None:
    assert run("assess", RIVERSIDE, f"--budget-per-head={figure}").status == 2
    assert run("assess", RIVERSIDE, f"--premium={figure}").status == 2


def test_a_budget_that_is_asked_about_is_as_if_it_were_written(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("budget_per_head: 25", "budget_per_head: 19.5"), "utf-8")
    (here / "y.yaml").write_text(GIVEN_IN_FULL, "utf-8")
    found = run("assess", "y.yaml", "--budget-per-head", "19.5", "--full")
    assert "Not the usual: £19.50 a head." in found.out
    assert run("assess", "x.yaml", "--full") == unasked(found)


@pytest.mark.parametrize("figure", ["nan", "inf", "0", "-5", "1e400", "£", "20k"])
def test_a_budget_that_is_none_ends_with_2(profile: str, figure: str) -> None:
    answer = run("assess", profile, f"--budget-per-head={figure}")
    assert (answer.status, answer.out) == (2, "")
    assert "--budget-per-head" in answer.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["assess", "--full"], ["export", "--sections", "money"], ["export", "--format", "csv"]]
)
def test_a_what_if_on_the_premium_is_the_same_as_another_profile(words: list[str], profile: str, here: Path) -> None:
    (here / "y.yaml").write_text(GIVEN_IN_FULL.replace("premium: 10", "premium: 25"), "utf-8")
    verb, *rest = words
    same = run(verb, "y.yaml", *rest)
    assert same.status == 0
    assert unasked(run(verb, profile, *rest, "--premium", "25")) == same
    assert unasked(run(verb, profile, *rest, "--premium", "25%")) == same


def test_a_what_if_on_the_premium_reaches_what_is_explained_and_what_is_held_against_each_other(
    profile: str, here: Path
) -> None:
    (here / "y.yaml").write_text(GIVEN_IN_FULL.replace("premium: 10", "premium: 25"), "utf-8")
    explained = unasked(run("explain", profile, "complaints", "--draws", "0", "--premium", "25")).out
    assert explained == run("explain", "y.yaml", "complaints", "--draws", "0").out
    assert "fit, at £1,500 a point" in explained
    held = run("diff", profile, "y.yaml", "--draws", "0", "--premium", "25").out
    assert "Nothing differs" in held


def test_what_was_asked_of_the_premium_is_in_the_command_that_gives_the_paper_again(profile: str) -> None:
    found = run("export", profile, "--draws", "0", "--sections", "reproduction", "--premium", "25").out
    assert "mba export x.yaml --sections reproduction --premium 25 --draws 0" in found


@pytest.mark.parametrize("figure", ["nan", "inf", "-1", "1001", "ten", "", "10 per cent"])
@pytest.mark.parametrize("words", [["assess"], ["explain", "complaints"], ["export"], ["diff", "x.yaml"]])
def test_a_premium_that_is_none_ends_with_2(profile: str, words: list[str], figure: str) -> None:
    verb, *rest = words
    answer = run(verb, profile, *rest, f"--premium={figure}")
    assert (answer.status, answer.out) == (2, "")
    said = (
        "--premium must be a figure from 0 to 1,000\n  Write per cent as digits: 10 where ten points of fit are worth"
    )
    assert answer.err.startswith(said)


@pytest.mark.parametrize("figure", ["0", "0.001", "10001", "nan", "much"])
def test_a_budget_a_head_is_a_penny_at_least(profile: str, figure: str) -> None:
    answer = run("assess", profile, f"--budget-per-head={figure}")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("--budget-per-head must be a figure from 0.01 to 10,000\n")


# JSON


REASONS = ("fit", "value", "today", "budget", "gate", "decided", "unknown")


def test_json_has_the_keys_that_are_promised() -> None:
    found = assessed()
    assert found["format"] == 1
    assert found["organisation"].items() >= {"name": "Riverside CCG", "kind": "ccg", "population": 226_000}.items()
    assert found["budget"]["allowance"] == 226_000 * 25
    assert isinstance(found["budget"]["committed"], int)
    assert {"warnings", "assumptions", "plans", "shortfall", "rules_digest"} <= set(found)
    promised = {"moving_once", "first_year_left", "chance_within", "headroom_likely", "floor_share", "gap", "unproved"}
    assert promised <= set(found["budget"])
    for plan in ("today", "cheapest", "recommended", "sure", "best_fit"):
        assert set(found["plans"][plan]) == {"cost", "once", "whole_life", "fit", "moves"}
    for function in found["functions"]:
        assert {"id", "name", "preferred", "recommendation", "reason", "options", "safeguards"} <= set(function)
        assert {"action", "today", "point", "moves", "ending"} <= set(function)
        assert function["reason"] in REASONS
        assert function["action"] in ("move", "keep", "find-out", None)
        assert function["safeguards"]


def test_json_shows_all_four_options_in_their_order_and_how_each_fit_comes_about() -> None:
    """The contributions make the fit exactly, and a fit lies between 0 and 100."""
    for function in assessed()["functions"]:
        assert list(function["options"]) == OPTIONS
        for option in function["options"].values():
            assert option["cost"] is None or (isinstance(option["cost"], int) and option["cost"] > 0)
            assert option["fit"] == sum(part["points"] for part in option["contributions"])
            assert 0 <= option["fit"] <= 100
            assert option["available"] == (not option["blocked_by"])


def test_json_of_one_function_is_that_of_the_whole_answer() -> None:
    answer = run("explain", RIVERSIDE, "payroll", "--format", "json")
    assert json.loads(answer.out)["function"] in assessed()["functions"]


@pytest.mark.parametrize("name", ["rules", "catalogue"])
def test_what_the_tool_knows_is_json_too(name: str) -> None:
    answer = run(name, "--format", "json")
    assert answer.status == 0
    assert json.loads(answer.out)["format"] == 1


@pytest.mark.process
@pytest.mark.parametrize("words", [["--format", "json"], ["--format", "markdown"], ["--format", "html"], []])
def test_nothing_but_the_input_moves_a_byte(words: list[str]) -> None:
    """Neither the order of a set nor the width of a terminal nor the language of the machine."""
    first = spawn("assess", RIVERSIDE, *words, PYTHONHASHSEED="1")
    second = spawn("assess", RIVERSIDE, *words, PYTHONHASHSEED="2011", LC_ALL="C", TZ="Pacific/Auckland")
    assert first == second
    assert first.status == 0


# Screens that cannot show everything


@pytest.mark.process
@pytest.mark.parametrize("named", ["json", "markdown", "html"])
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_is_kept_is_utf_8_whatever_the_screen_can_show(here: Path, named: str, encoding: str) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("Riverside", "Môn £ 北"), "utf-8")
    narrow = spawn("assess", "x.yaml", "--format", named, PYTHONIOENCODING=encoding)
    assert narrow.status == 0
    assert "Môn £ 北" in narrow.out
    assert narrow == spawn("assess", "x.yaml", "--format", named, PYTHONIOENCODING="utf-8")


@pytest.mark.process
def test_a_screen_of_ascii_gets_ascii(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("Riverside", "Môn"), "utf-8")
    answer = spawn("assess", "x.yaml", PYTHONIOENCODING="ascii")
    assert answer.status == 0
    assert answer.out.isascii()
    assert answer.out.startswith(r"M\xf4n CCG")
    assert "of GBP 5.65m: GBP 5.59m left" in " ".join(answer.out.split())


@pytest.mark.process
def test_a_screen_of_windows_gets_what_it_can_show(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("Riverside", "Môn 北"), "utf-8")
    words = command("assess", "x.yaml")
    process = subprocess.run(words, env=os.environ | {"PYTHONIOENCODING": "cp1252"}, capture_output=True, check=False)
    assert (process.returncode, process.stderr) == (0, b"")
    assert process.stdout.decode("cp1252").startswith(r"Môn \u5317 CCG")


@pytest.mark.process
def test_a_message_keeps_to_the_signs_that_standard_error_has(here: Path) -> None:
    (here / "x.yaml").write_text(GIVEN_IN_FULL.replace("population", "populaton"), "utf-8")
    answer = spawn("check", "x.yaml", PYTHONIOENCODING="ascii")
    assert answer.status == 2
    assert answer.err.isascii()
    assert '"populaton" is not a key that is known here' in answer.err


@pytest.mark.slow
@pytest.mark.parametrize("columns", ["0", "-1", "1", "20", "1000000", "wide", ""])
def test_a_width_that_makes_no_sense_still_prints_a_report(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for words in ((), ("--full",)):
        answer = riverside(*words)
        assert answer.status == 0
        assert "Contract" in answer.out


# Where standard output cannot be written


PRINTING = [
    ["assess", str(RIVERSIDE)],
    ["assess", str(RIVERSIDE), "--format", "json"],
    ["check", str(RIVERSIDE)],
    ["schema"],
    ["--help"],
    ["--version"],
]


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_a_full_disk_is_one_sentence(words: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(command(*words), stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended(process) == (2, "", "standard output cannot be written: no space left on device\n")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="only a POSIX shell closes a stream")
@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_a_closed_standard_output_is_one_sentence(words: list[str]) -> None:
    process = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", *command(*words)], capture_output=True, check=False)
    assert ended(process) == (2, "", "standard output cannot be written: it is closed\n")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="only a POSIX shell closes a stream")
@pytest.mark.parametrize("words", PRINTING, ids=" ".join)
def test_where_nobody_reads_on_it_ends_in_silence(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(command(*words), stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert ended(process) == (141, "", "")


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="only a POSIX shell closes a stream")
@pytest.mark.parametrize("redirected", ["2>&-", "2>/dev/full", ">&- 2>&-"])
def test_where_nobody_can_be_told_the_status_tells(redirected: str) -> None:
    words = ["/bin/sh", "-c", f'"$@" {redirected}', "sh", *command("check", "there-is-none.yaml")]
    assert subprocess.run(words, capture_output=True, check=False).returncode == 2


@pytest.mark.process
@pytest.mark.skipif(os.name != "posix", reason="only a POSIX shell closes a stream")
def test_a_report_goes_to_a_file_where_standard_output_is_closed(here: Path) -> None:
    words = command("assess", RIVERSIDE, *FEW, "-o", "report.txt")
    # Its environment is said, for a library may have given this process a width that Python does not see.
    process = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *words], env=os.environ, capture_output=True, check=False
    )
    assert ended(process) == (0, "", "")
    assert (here / "report.txt").read_text("utf-8") == riverside().out


def test_whoever_stops_it_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("typer.Typer.__call__", stopped)
    assert run("assess", RIVERSIDE) == (130, "", "Stopped.\n")


def test_a_name_of_two_functions_is_refused_with_both_ids() -> None:
    rows = [{"id": "payroll", "name": "Payments"}, {"id": "legal-services", "name": "payments"}]
    profile = json.dumps({"organisation": {"name": "Fellside CCG", "population": 100_000}, "functions": rows}).encode()
    answer = run("explain", "-", "PAYMENTS", stdin=profile)
    said = "“PAYMENTS” is the name of 2 functions\n  Give the id of one: payroll or legal-services.\n"
    assert answer == (2, "", said)
    assert run("explain", "-", "payroll", stdin=profile).status == 0


# To a file


@pytest.mark.slow
@pytest.mark.parametrize("words", [[], ["--format", "json"], ["--format", "markdown"], ["--format", "html"]])
def test_a_file_holds_what_would_be_printed(here: Path, words: list[str]) -> None:
    answer = riverside(*words, "-o", "report")
    assert answer == (0, "", "")
    assert (here / "report").read_bytes() == riverside(*words).out.encode()
    assert os.listdir(here) == ["report"]


def test_a_hyphen_is_standard_output(here: Path) -> None:
    assert short("-o", "-") == short()
    assert not list(here.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("words", [["rules"], ["catalogue"], ["explain", str(SHORT), "payroll"]])
def test_every_report_can_go_to_a_file(here: Path, words: list[str]) -> None:
    assert run(*words, "-o", "report") == (0, "", "")
    assert (here / "report").read_text("utf-8") == run(*words).out


def test_a_file_that_exists_is_kept(here: Path) -> None:
    (here / "report").write_text("mine", "utf-8")
    answer = short("-o", "report")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "report: not written: it exists already.\n  Add --force to replace it.\n"
    assert_only(here, "mine")


def test_a_file_that_exists_is_replaced_by_force_and_keeps_its_mode(here: Path) -> None:
    (here / "report").write_text("mine", "utf-8")
    (here / "report").chmod(0o640)
    assert short("-o", "report", "--force") == (0, "", "")
    assert_only(here, short().out)
    assert (here / "report").stat().st_mode & 0o777 == (0o640 if os.name == "posix" else 0o666)


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has a mask for new files")
def test_a_new_file_has_the_mode_that_any_new_file_has(here: Path) -> None:
    short("-o", "report")
    (here / "other").touch()
    assert (here / "report").stat().st_mode == (here / "other").stat().st_mode


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_folder_is_refused(here: Path, force: list[str]) -> None:
    (here / "report").mkdir()
    answer = short("-o", "report", *force)
    assert answer == (2, "", "report: not written: it is a folder.\n  Name a file in it.\n")
    assert not list((here / "report").iterdir())


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize("target", ["old", "nothing"])
def test_a_link_is_refused_and_what_it_leads_to_kept(here: Path, target: str, force: list[str]) -> None:
    """Else a report could be made to overwrite something far away."""
    (here / "old").write_text("mine", "utf-8")
    (here / "report").symlink_to(target)
    answer = short("-o", "report", *force)
    assert answer == (2, "", "report: not written: it is a link.\n  Name the file that it leads to.\n")
    assert (here / "report").is_symlink()
    assert (here / "old").read_text("utf-8") == "mine"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no /dev/null here")
def test_a_device_takes_what_is_written() -> None:
    assert short("-o", "/dev/null") == (0, "", "")


def test_a_folder_that_is_not_there_is_not_made(here: Path) -> None:
    answer = short("-o", "new/report")
    assert answer == (2, "", "new/report: not written: no such file or directory.\n  Nothing was written.\n")
    assert not list(here.iterdir())


def test_a_file_is_no_folder(here: Path) -> None:
    (here / "report").write_text("mine", "utf-8")
    answer = short("-o", "report/x")
    assert answer == (2, "", "report/x: not written: not a directory.\n  Nothing was written.\n")
    assert_only(here, "mine")


NOBODY = 65534
"""The user who may do nothing."""


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="there are no such folders here")
def test_a_folder_that_cannot_be_written_is_left_as_it_is(here: Path) -> None:
    mine = os.geteuid()
    assert short("-o", "first").status == 0  # So that all is loaded: nobody may not read what root has installed.
    (here / "first").unlink()
    here.chmod(0o500)
    try:
        os.seteuid(mine or NOBODY)  # Root may write anywhere.
        answer = short("-o", "report")
    finally:
        os.seteuid(mine)
        here.chmod(0o700)
    assert answer == (2, "", "report: not written: permission denied.\n  Nothing was written.\n")
    assert not list(here.iterdir())


@pytest.mark.parametrize("failing", ["os.fsync", "os.replace"])
def test_what_fails_half_way_leaves_the_old_file_whole_and_nothing_beside_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    (here / "report").write_text("mine", "utf-8")
    monkeypatch.setattr(failing, fails)
    answer = short("-o", "report", "--force")
    assert answer == (2, "", "report: not written: no space left on device.\n  Nothing was written.\n")
    assert_only(here, "mine")


def test_a_file_that_somebody_makes_meanwhile_is_kept(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def slow(handle: int) -> None:
        real(handle)
        (here / "report").write_text("theirs", "utf-8")

    monkeypatch.setattr("os.fsync", slow)
    assert short("-o", "report") == (
        2,
        "",
        "report: not written: it exists already.\n  Add --force to replace it.\n",
    )
    assert_only(here, "theirs")


def test_a_fault_writes_no_file(here: Path) -> None:
    (here / "x.yaml").write_text("organisation: {name: x}\n", "utf-8")
    assert run("assess", "x.yaml", "-o", "report").status == 2
    assert not (here / "report").exists()


def assert_only(folder: Path, content: str) -> None:
    """The folder holds the report with the content, and no draft of another."""
    assert [path.name for path in folder.iterdir()] == ["report"]
    assert (folder / "report").read_text("utf-8") == content


# Rules of one's own


def with_rules(here: Path, text: str) -> Answer:
    (here / "mine.yaml").write_text(text, "utf-8")
    return run("assess", RIVERSIDE, *FEW, "--format", "json", "--rules", "mine.yaml")


def fits(found: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The fit of every option, by function."""
    return {f["id"]: {name: option["fit"] for name, option in f["options"].items()} for f in found["functions"]}


def codes(found: dict[str, Any]) -> set[str]:
    """The rules that gave anything to any option."""
    options = (option for function in found["functions"] for option in function["options"].values())
    return {part["rule"] for option in options for part in option["contributions"]}


def refused(here: Path, text: str) -> str:
    answer = with_rules(here, text)
    assert (answer.status, answer.out) == (2, "")
    return answer.err


def test_rules_of_ones_own_that_change_nothing_change_nothing(here: Path) -> None:
    assert unasked(with_rules(here, "format: 1\n")) == riverside("--format", "json")


def test_other_points_move_a_fit(here: Path) -> None:
    """More points for making what is core: every core function fits making better, or as well."""
    before, after = assessed(), json.loads(with_rules(here, "rules: {TC06: {points: {make: 40}}}\n").out)
    core = [function["id"] for function in before["functions"] if "core" in function["flags"]]
    assert core
    for id_ in core:
        gap = [fits(found)[id_]["make"] - fits(found)[id_]["buy"] for found in (before, after)]
        assert gap[0] < gap[1]


def test_a_new_rule_speaks(here: Path) -> None:
    rule = A_RULE.replace("volatility", "measurability")
    assert "XX01" in codes(json.loads(with_rules(here, rule).out))
    assert "Change is near" in run("rules", "--rules", "mine.yaml").out


def test_a_rule_that_is_removed_is_silent(here: Path) -> None:
    assert "TC06" in codes(assessed())
    assert "TC06" not in codes(json.loads(with_rules(here, "rules: {TC06: remove}\n").out))


def test_a_rule_that_is_not_there_cannot_be_removed(here: Path) -> None:
    said = refused(here, "rules:\n  TC60: remove\n")
    assert said.startswith("mine.yaml:2:3: “TC60” cannot be removed: it is not there\n")
    assert "Did you mean “TC" in said


@pytest.mark.parametrize("key", ["examples", "sources", "certainty", "claim", "because", "when", "points"])
def test_a_new_rule_without_one_of_its_parts_is_refused_at_its_line(here: Path, key: str) -> None:
    rule = re.sub(rf"(?m)^    {key}:.*\n(      .*\n)*", "", A_RULE)
    said = refused(here, rule)
    assert said.startswith(f"mine.yaml:2:3: “{key}” is missing from “XX01”\n")
    assert said.endswith("\n1 problem found.\n")


def test_an_example_with_another_degree_is_refused_at_its_line(here: Path) -> None:
    said = refused(here, A_RULE.replace("degree: 1}", "degree: 0.9}"))
    assert said.startswith("mine.yaml:11:42: this example of XX01 comes to a degree of 1.00, not 0.9\n")
    assert "1 problem found" in said


def test_an_example_of_ours_that_a_rule_of_ones_own_spoils_is_told_at_our_line(here: Path) -> None:
    ours = (ROOT / "src/mba/knowledge/data/rules.yaml").read_text("utf-8").splitlines()
    said = refused(here, "rules: {TC02: {when: {volatility: low}}}\n")
    places = re.findall(r"(?m)^rules\.yaml:(\d+):\d+: this example of TC02 comes to a degree of", said)
    assert places
    for line in map(int, places):
        assert "degree: " in ours[line - 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other"),
    [((5, "1"), (4, "0.5")), ((3, "0"), (1, "-1")), ((3, "0"), (3, "0")), ((2, "-0.5"), (1, "-1"))],
)
def test_one_example_must_hold_and_one_must_not(here: Path, one: tuple[int, str], other: tuple[int, str]) -> None:
    """What comes to nought does not hold."""

    def rule(*examples: tuple[int, str]) -> str:
        rows = (f"      - {{given: {{volatility: {rating}}}, degree: {degree}}}\n" for rating, degree in examples)
        return A_RULE.partition("      - {given")[0] + "".join(rows)

    assert refused(here, rule(one, other)).startswith("mine.yaml:10:5: the examples of XX01 all lie on one side\n")
    assert with_rules(here, rule((5, "1"), (3, "0"))).status == 0


def test_an_unknown_source_is_refused_and_the_nearest_named(here: Path) -> None:
    said = refused(here, A_RULE.replace("petsoulas-2014", "petsoulas-2041"))
    assert said.startswith("mine.yaml:8:24: no source is called “petsoulas-2041”\n")
    assert "Did you mean “petsoulas-2014”?" in said
    assert "1 problem found" in said


def test_a_source_of_ones_own_can_be_cited(here: Path) -> None:
    own = "sources: {minutes: {citation: Governing body minutes, read: full text}}\n"
    assert with_rules(here, own + A_RULE.replace("petsoulas-2014", "minutes")).status == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules:\n  tc06: {points: {make: 3}}\n", "2:3: “tc06” must be capital letters and then digits, such as TC01"),
        ("rules: {TC06: {points: {mak: 3}}}\n", "1:25: “mak” is not a key that is known here"),
        ("rules: {TC06: {points: {make: 51}}}\n", "1:31: “make” must be at most 50, not “51”"),
        ("rules: {TC06: {when: {cor: high}}}\n", "1:23: “cor” is not a key that is known here"),
        ("rules: {TC06: {examples: []}}\n", "1:16: “examples” must hold at least 2"),
        ("rules: {TC06: {examples: [x, y]}}\n", "1:27: row 1 of “examples” must be a group of keys, not “x”"),
        (
            "rules: {TC11: {points: {make: 5}}}\n",
            "1:31: TC11 looks at a supplier, so only buy and ally can have points",
        ),
        ("rules: remove\n", "1:1: “rules” is missing from the file"),
        ("rulez: {}\n", "1:1: “rulez” is not a key that is known here"),
        ("- rules\n", "1:1: a file of rules must be a group of keys"),
    ],
)
def test_a_fault_in_rules_of_ones_own_stands_where_it_was_written(here: Path, text: str, said: str) -> None:
    assert refused(here, text).startswith(f"mine.yaml:{said}")


@pytest.mark.parametrize("key", ["core", "supplier_trust", "population"])
def test_a_default_of_what_no_function_is_rated_for_is_refused_at_its_key(here: Path, key: str) -> None:
    said = refused(here, f"defaults:\n  relational: {{ratings: {{{key}: 4}}}}\n")
    assert said.startswith(f"mine.yaml:2:26: “{key}” is not a key that is known here")
    assert "supplier" not in said.partition("one of")[2].partition("\n")[0]


def test_a_default_never_blocks_only_what_the_user_says_of_a_function_does(here: Path) -> None:
    """However unready a file of rules takes relational functions to be."""
    rules = "defaults: {relational: {ratings: {specification_readiness: 1}}}\n"
    found = json.loads(with_rules(here, rules).out)
    assumed = [f for f in found["functions"] if f["ratings"]["specification_readiness"]["value"] == 1]
    assert assumed
    assert not any("nothing-to-specify" in option["blocked_by"] for f in assumed for option in f["options"].values())
    assert "specify-first" not in {caution["code"] for caution in found["warnings"]}


def test_a_code_that_is_wrong_hides_what_is_in_it_and_nothing_else(here: Path) -> None:
    said = refused(here, "rules:\n  tc06: {point: {make: 3}}\n  TC07: {point: {make: 3}}\n")
    assert re.findall(r"^mine.yaml:(\d+:\d+): “(\w+)”", said, re.MULTILINE) == [("2:3", "tc06"), ("3:10", "point")]


def test_rules_without_a_rule_are_refused(here: Path) -> None:
    every = dict.fromkeys(json.loads(run("rules", "--format", "json").out)["rules"], "remove")
    assert refused(here, json.dumps({"rules": every})).startswith("mine.yaml:1:2: “rules” must hold at least 1\n")


@pytest.mark.parametrize("name", ["assess", "check", "rules"])
def test_a_file_of_rules_that_is_missing_is_named(name: str) -> None:
    answer = run(name, *([] if name == "rules" else [RIVERSIDE]), "--rules", "none.yaml")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("none.yaml: cannot be read: No such file or directory\n")


@pytest.mark.process
def test_starting_loads_nothing_that_help_does_not_need() -> None:
    """`--help` and `--version` are felt: neither reads YAML nor draws a report."""
    for word in ("--help", "--version"):
        script = (
            f"import sys; sys.argv = ['mba', '{word}']\nfrom mba.__main__ import main\ntry: main()\nexcept "
            "SystemExit: pass\n"
        )
        script += "print(sorted({'yaml', 'mba.profile', 'mba.decide.decide', 'mba.render.console'} & set(sys.modules)))"
        process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
        assert ended(process).out.endswith("\n[]\n")


@pytest.mark.process
def test_an_answer_is_not_kept_waiting_for_plugins_that_nobody_has() -> None:
    words = ["mba", "assess", str(RIVERSIDE), "--draws", "0"]
    script = f"import sys; sys.argv = {words}\nfrom mba.__main__ import main\nmain()\n"
    script += "print('importlib.metadata' in sys.modules)"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert ended(process).out.endswith("\nFalse\n")


def test_what_stands_in_for_the_search_for_plugins_has_all_that_pydantic_asks_of_it() -> None:
    sources = Path(pydantic.__file__).parent.rglob("*.py")
    asked = [re.findall(r"plugin\._loader.*|from \._loader .*", source.read_text("utf-8")) for source in sources]
    assert {*chain.from_iterable(asked)} == {"from ._loader import get_plugins"}


@pytest.mark.process
@pytest.mark.parametrize("words", ["rules", "catalogue", "schema", "--help", "check faulty.yaml"])
def test_what_evaluates_nothing_does_not_wait_for_numpy(words: str, tmp_path: Path) -> None:
    (tmp_path / "faulty.yaml").write_text("organisation: {name: X}\n", "utf-8")
    script = (
        f"import sys; sys.argv = {['mba', *words.split()]}\nfrom mba.__main__ import main\ntry: main()\nexcept "
        "SystemExit: pass\nprint('numpy' in sys.modules)"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=tmp_path)
    assert ended(process).out.endswith("\nFalse\n") or ended(process).out == "False\n"


@pytest.mark.process
def test_an_answer_does_not_wait_for_the_part_of_numpy_that_masks() -> None:
    """It takes a tenth of the time of numpy, and comes with `isin`, `unique` and `setdiff1d`."""
    script = f"import sys; sys.argv = {['mba', 'assess', str(RIVERSIDE)]}\nfrom mba.__main__ import main\nmain()\n"
    process = subprocess.run(
        [sys.executable, "-c", script + "print('numpy.ma' in sys.modules)"], capture_output=True, check=True
    )
    assert ended(process).out.endswith("\nFalse\n")


@pytest.mark.process
@pytest.mark.parametrize(("options", "loaded"), [([], False), (["--full"], True)])
def test_one_screen_loads_no_pictures(options: list[str], *, loaded: bool) -> None:
    words = ["mba", "assess", str(RIVERSIDE), "--draws", "0", *options]
    script = f"import sys; sys.argv = {words}\nfrom mba.__main__ import main\nmain()\n"
    script += "print('mba.report.pictures' in sys.modules)"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert ended(process).out.endswith(f"\n{loaded}\n")


@pytest.mark.process
@pytest.mark.parametrize(("words", "expected"), [("mba expl", "explain"), (f"mba explain {RIVERSIDE} payr", "payroll")])
def test_a_shell_completes_commands_and_the_ids_of_a_profile(words: str, expected: str) -> None:
    asked = {"_MBA_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    assert spawn(**asked) == (0, f"{expected}\n", "")
    faulty = asked | {"COMP_WORDS": "mba explain none.yaml payr", "COMP_CWORD": "3"}
    assert spawn(**faulty) == (0, "\n", "")

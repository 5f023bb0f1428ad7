"""`mba diff` as people use it: formats, statuses, stored results, and what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from builders import CATALOGUE, RULES
from conftest import ROOT
from hypothesis import assume, given, settings
from running import run, run_once, spawn
from strategies import Data, profiles

from mba import __version__
from mba.decide.decide import appraise, settle
from mba.load import stored
from mba.load.across import inconsistencies
from mba.load.tree import tree_of
from mba.output.record import record
from mba.profile import Profile
from mba.report.words import share_of
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws

RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
SCENARIOS = ROOT / "profiles" / "scenarios"
CUT = SCENARIOS / "allowance-cut.yaml"

PROFILE = """\
organisation: {name: Fellside CCG, population: 140000, premium: 30}
suppliers:
  - {id: northern-csu, trust: 3, stability: 2}
  - {id: acme, trust: 3, stability: 2}
functions:
  - {id: payroll, annual_cost: 95000}
  - {id: contract-negotiation, annual_cost: 200000}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "fellside.yaml"
    path.write_text(PROFILE, "utf-8")
    return path


def changed(profile: Path, old: str, new: str, name: str = "changed.yaml") -> Path:
    path = profile.with_name(name)
    assert old in PROFILE
    path.write_text(PROFILE.replace(old, new), "utf-8")
    return path


def stored_result(profile: Path, name: str = "base.json") -> Path:
    path = profile.with_name(name)
    assert run("assess", profile, "--format", "json", "-o", path).status == 0
    return path


def test_a_file_does_not_differ_from_itself(profile: Path) -> None:
    found = run("diff", profile, profile, "--exit-code")
    assert found.status == 0
    assert "Nothing differs: 2 answers, and the same each time." in found.out


@pytest.mark.slow
def test_it_exits_with_1_only_where_that_is_asked_for_and_an_answer_differs(profile: Path) -> None:
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    dearer = changed(profile, "annual_cost: 95000", "annual_cost: 96000", "dearer.yaml")
    assert run("diff", profile, other).status == 0
    assert run("diff", profile, other, "--exit-code").status == 1
    assert run("diff", profile, dearer, "--exit-code").status == 0
    assert run("diff", profile, dearer, other, "--exit-code").status == 1


def test_it_says_first_how_many_answers_change_and_what_it_costs_then_which_and_why(profile: Path) -> None:
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    lines = run("diff", profile, other, "--draws", "0").out.splitlines()
    assert lines[0] == "From Fellside CCG (fellside.yaml) to Fellside CCG (changed.yaml)"
    assert re.fullmatch(r"£[\d,]+ a year more \(\+\d+%\): £295,000 instead of £[\d,]+\.", lines[2])
    assert lines[4] == "Of 2 answers 1 changes."
    assert "  Because its flags are core and relational (before: not given)." in lines


@pytest.mark.slow
def test_what_is_unlikely_in_the_second_and_was_not_in_the_first_comes_first(profile: Path) -> None:
    scenario = profile.with_name("merged.yaml")
    scenario.write_text("base: fellside.yaml\nname: Two\nchanges: {organisation: {population: 452000}}\n", "utf-8")
    said = " ".join(run("diff", profile, scenario).out.split())
    assert said.index("140,000 people, and the scenario is for 452,000.") < said.index("The difference £")
    assert "Check first" not in run("diff", scenario, scenario).out


@pytest.mark.slow
def test_changed_only_leaves_out_what_stays(profile: Path) -> None:
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    whole, brief = (run("diff", profile, other, "--only", only).out for only in ("all", "changed"))
    assert "What stays" in whole
    assert "What stays" not in brief
    table = run("diff", profile, other, other, "--only", "changed").out
    assert "Payroll" in table
    assert "Contract negotiation" not in table


@pytest.mark.slow
@pytest.mark.parametrize(("format_", "start"), [("markdown", "# From "), ("html", "<!doctype html>"), ("json", "{")])
def test_it_is_written_in_every_format_to_a_file_too(profile: Path, format_: str, start: str) -> None:
    out = profile.with_name("out")
    found = run("diff", profile, CUT, "--format", format_, "-o", out, "--draws", "0")
    assert found.status == 0, found.err
    words = out.read_text("utf-8")
    assert words.lower().startswith(start.lower())
    assert run("diff", profile, CUT, "--format", format_, "--draws", "0").out == words


def test_the_json_holds_what_programs_need(profile: Path) -> None:
    other = changed(profile, "trust: 3, stability: 2}\n  - {id: acme", "trust: 3, stability: 1}\n  - {id: acme")
    other.write_text(other.read_text("utf-8").replace("{id: payroll,", "{id: payroll, flags: [core, relational],"))
    data = json.loads(run("diff", profile, other, "--format", "json").out)
    assert {"before", "after", "changes"} <= data.keys()
    (change,) = [each for each in data["changes"] if each["function"] == "payroll"]
    assert change["causes"] == ["functions.payroll.flags"]
    assert (change["before"]["option"], change["after"]["option"]) == ("buy", "make")
    assert {each["path"] for each in data["inputs"]} == {"functions.payroll.flags", "suppliers.northern-csu.stability"}


def test_the_json_of_several_holds_each_answer_of_every_one_and_what_each_is_warned_of(profile: Path) -> None:
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    short = changed(profile, "premium: 30", "budget_per_head: 1", "short.yaml")
    data = json.loads(run("diff", profile, other, short, "--draws", "0", "--format", "json").out)
    each = [json.loads(run("assess", path, "--draws", "0", "--format", "json").out) for path in (profile, other, short)]
    told = [{row["function"]: row["answers"][at]["option"] for row in data["functions"]} for at in range(3)]
    assert told == [{row["id"]: row["recommendation"] for row in one["functions"]} for one in each]
    others = [[warning for warning in one["warnings"] if warning["code"] != "over-budget"] for one in each]
    assert [side["warnings"] for side in data["sides"]] == list(map(len, others))
    assert len(others[2]) < len(each[2]["warnings"]), "that it does not fit is told by the money"


def test_a_day_that_differs_is_in_the_json_as_it_is_written(profile: Path) -> None:
    sooner = changed(profile, "{id: acme,", "{id: acme, closes: 2030-01-01,", "sooner.yaml")
    later = changed(profile, "{id: acme,", "{id: acme, closes: 2031-01-01,")
    data = json.loads(run("diff", sooner, later, "--draws", "0", "--format", "json").out)
    assert data["inputs"] == [{"path": "suppliers.acme.closes", "before": "2030-01-01", "after": "2031-01-01"}]


@pytest.mark.slow
def test_a_stored_result_stands_for_its_profile_and_knows_why(profile: Path) -> None:
    base = stored_result(profile)
    assert "Nothing differs" in run("diff", base, profile).out
    assert "Nothing differs" in run("diff", profile, base).out
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    found = run("diff", base, other)
    assert "Because its flags are core and relational (before: not given)." in found.out


def test_a_stored_result_without_its_inputs_shows_what_changed_and_says_that_it_cannot_say_why(profile: Path) -> None:
    base = stored_result(profile)
    data = json.loads(base.read_text("utf-8"))
    del data["profile"]
    base.write_text(json.dumps(data), "utf-8")
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    found = run("diff", base, other)
    assert "Of 2 answers 1 changes" in found.out
    assert "the stored result does not hold its inputs" in found.out
    (change,) = json.loads(run("diff", base, other, "--format", "json").out)["changes"]
    assert (change["causes"], change["proved"]) == ([], False)


def test_an_answer_that_was_stored_under_other_rules_is_put_down_to_them(profile: Path) -> None:
    rules = profile.with_name("rules.yaml")
    rules.write_text("rules:\n  TC02: {points: {make: -40, buy: 40}}\n", "utf-8")
    base = profile.with_name("base.json")
    assert run("assess", profile, "--rules", rules, "--format", "json", "-o", base).status == 0
    said = " ".join(run("diff", base, profile).out.split())
    assert "the rules were those of rules.yaml and are now those of mba" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{", "this is not JSON"),
        ('{"budget": NaN, "functions": []}', "this is not JSON: nan is no figure"),
        ('{"budget": {}, "functions": []}', "is not a whole result of mba assess"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"budget": {}, "functions": [], "x": ' + "[" * 900 + "]" * 900 + "}", "Store it anew: mba assess"),
        ('{"budget": {}, "functions": [], "x": ' + "[" * 600 + "]" * 600 + "}", "Store it anew: mba assess"),
    ],
)
def test_what_is_no_whole_result_is_refused(profile: Path, words: str, message: str) -> None:
    base = profile.with_name("base.json")
    base.write_text(words, "utf-8")
    found = run("diff", base, profile)
    assert (found.status, found.out) == (2, "")
    assert message in found.err
    assert "base.json" in found.err


def test_the_ending_of_a_stored_result_may_be_in_capitals(profile: Path) -> None:
    stored_result(profile).rename(profile.with_name("BASE.JSON"))
    assert "Nothing differs" in run("diff", profile.with_name("BASE.JSON"), profile).out


@pytest.mark.parametrize("old", ["northern-csu", "suppliers"], ids=["a text", "a key"])
def test_a_stored_result_cannot_act_on_a_terminal(profile: Path, old: str) -> None:
    base = stored_result(profile)
    base.write_text(base.read_text("utf-8").replace(old, "\\u001b[31m"), "utf-8")
    found = run("diff", base, profile)
    assert found.status == 2
    assert "hidden character" in found.err
    assert "\x1b" not in found.err


def test_a_stored_result_may_be_larger_than_a_profile_but_not_endless(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = stored_result(profile)
    monkeypatch.setattr(stored, "LARGEST_RESULT", 100)
    assert "larger than 100 bytes" in run("diff", base, profile).err


def test_a_stored_result_is_for_comparing_and_nothing_else(profile: Path) -> None:
    base = stored_result(profile)
    commands: list[list[str | Path]] = [["assess", base], ["explain", base, "payroll"], ["check", base]]
    for command in commands:
        found = run(*command)
        assert found.status == 2
        assert found.err.startswith(f"{base}: is a stored result, not a profile")


def test_a_profile_in_json_is_a_profile(profile: Path) -> None:
    path = profile.with_name("profile.json")
    path.write_text('{"organisation": {"name": "x", "population": 1000}, "functions": [{"id": "payroll"}]}', "utf-8")
    assert run("diff", path, path).status == 0


def test_the_faults_of_both_sides_are_told_at_once(profile: Path) -> None:
    one = changed(profile, "trust: 3", "trust: 7", "one.yaml")
    two = changed(profile, "annual_cost", "anual_cost", "two.yaml")
    found = run("diff", one, two)
    assert found.status == 2
    assert "one.yaml:3" in found.err
    assert "two.yaml:6" in found.err


@pytest.mark.parametrize(
    ("names", "message"),
    [(["one"], "nothing to compare it with"), (["-", "-"], "only one of the files can be standard")],
)
def test_one_alone_or_standard_input_twice_is_refused(names: list[str], message: str) -> None:
    found = run("diff", *names)
    assert found.status == 2
    assert message in found.err


def test_one_side_may_be_standard_input(profile: Path) -> None:
    found = run("diff", profile, "-", stdin=PROFILE.replace("95000", "60000").encode())
    assert found.status == 0
    assert "Payroll and financial transactions: in-house cost is £60,000 (before: £95,000)." in found.out


@pytest.mark.slow
def test_neither_side_is_ever_written_over(profile: Path) -> None:
    scenario = profile.with_name("s.yaml")
    scenario.write_text(f"base: {profile.name}\nname: S\nchanges: {{organisation: {{population: 150000}}}}\n", "utf-8")
    for kept in (profile, scenario):
        found = run("diff", scenario, CUT, "-o", kept, "--force", "--draws", "0")
        assert found.status == 2
    assert profile.read_text("utf-8") == PROFILE


@pytest.mark.process
def test_the_same_files_give_the_same_bytes_whatever_the_hash_seed(profile: Path) -> None:
    several = {spawn("diff", profile, CUT, "--format", "json", PYTHONHASHSEED=str(seed)).out for seed in range(3)}
    assert len(several) == 1


@pytest.mark.slow
def test_eight_beside_one_are_told_by_letters() -> None:
    found = run("diff", RIVERSIDE, *sorted(SCENARIOS.glob("*.yaml")), "--draws", "0")
    assert "Riverside CCG beside 8 others" in found.out
    assert re.search(r"^I The support unit merges and moves away +£24\.\d\d", found.out, re.MULTILINE)
    assert re.search(r"^Function +A +B +C +D +E +F +G +H +I$", found.out, re.MULTILINE)
    answers = r"share +share +make +make +share +share +share +share +share$"
    assert re.search(rf"^Contract negotiation with( providers)? +{answers}", found.out, re.MULTILINE)
    assert re.search(r"^• Make: Commissioning strategy and final decisions, ", found.out, re.MULTILINE)


def two(tmp_path: Path, before: str, after: str) -> tuple[Path, Path]:
    paths = tmp_path / "before.yaml", tmp_path / "after.yaml"
    for path, words in zip(paths, (before, after), strict=True):
        path.write_text(words, "utf-8")
    return paths


def test_what_has_no_cost_on_one_side_is_not_taken_for_a_saving(tmp_path: Path) -> None:
    known = (
        "organisation: {name: N, population: 140000, budget_per_head: 2}\n"
        "suppliers: [{id: s1, trust: 4, stability: 4}]\n"
        "functions:\n"
        "  - {id: payroll, annual_cost: 95000}\n"
        "  - {id: our-thing, name: Our thing, flags: [core], annual_cost: 60000}\n"
    )
    found = run("diff", *two(tmp_path, known, known.replace(", annual_cost: 60000", "")), "--draws", "0").out
    flat = " ".join(found.split())
    assert "The sums cannot be compared: nothing before and Our thing after have no cost." in flat
    assert "a year less" not in flat


def test_what_has_no_cost_on_either_side_is_said_to_be_in_no_sum(tmp_path: Path) -> None:
    words = (
        "organisation: {name: N, population: 140000, budget_per_head: 2}\n"
        "functions:\n"
        "  - {id: payroll, annual_cost: 95000}\n"
        "  - {id: our-thing, name: Our thing, flags: [core]}\n"
    )
    found = run("diff", *two(tmp_path, words, words.replace("95000", "99000")), "--draws", "0").out
    assert "£4,000 a year more (+4%): £99,000 instead of £95,000. Not covered, since no cost is known: Our thing." in (
        " ".join(found.split())
    )


@pytest.mark.parametrize(
    ("after", "before", "said"),
    [
        (106, 100, "+6%"),
        (40.3, 100, "−60%"),
        (100.2, 100, "+0.2%"),
        (100, 100, ""),
        (5, 0, ""),
        (0, 4, "−100%"),
        (-5, 4, ""),
    ],
)
def test_a_change_in_per_cent_is_rounded_as_any_figure(after: float, before: float, said: str) -> None:
    """The bars of how sure are not those of money: it was <60% less."""
    assert share_of(after, before) == said


@pytest.mark.slow
def test_two_populations_are_compared_a_head_first_and_what_is_on_one_side_only_is_among_the_changes() -> None:
    found = run("diff", RIVERSIDE, SCENARIOS / "cluster-merges.yaml", "--draws", "0").out
    assert re.match(r"£[\d.]+ a head less \(−\d+%\): £[\d.]+ instead of £[\d.]+\. In all £", found.splitlines()[2])
    assert re.search(r"^In all +31 → 34 +5,[\d,]+ +46,[\d,]+ +\+4[\d,]+ +\+\d+%$", found, re.MULTILINE)
    assert re.search(r"^Risk stratification +buy → gone +0 +−46,000$", found, re.MULTILINE)
    assert re.search(r"^Green plan +new → make +150,000 +\+150,000 ", found, re.MULTILINE)


@pytest.mark.slow
def test_what_differs_in_many_rows_alike_is_told_together_and_in_few_one_by_one() -> None:
    found = " ".join(run("diff", RIVERSIDE, SCENARIOS / "cluster-merges.yaml", "--draws", "0").out.split())
    assert "Hillside CCG and Riverside Borough Council are no longer there." in found
    assert "In-house cost is changed for 14: " in found
    assert "Health needs assessment: in-house cost is not given (before: £91,000)." in found
    assert "The day from which the answer is to hold is 1 April 2027 (before: not given)." in found


def test_a_function_that_is_gone_frees_its_money_and_costs_nothing_less(tmp_path: Path) -> None:
    head = "organisation: {name: F, population: 140000, budget_per_head: 2.52}\n"
    head += "suppliers: [{id: s0, trust: 3, stability: 2, local_presence: 1}, {id: s1, trust: 3, stability: 1}]\n"
    head += "functions:\n"
    kept = "  - {id: commissioning-strategy, annual_cost: 124272}\n"
    joint = "  - {id: joint-commissioning, annual_cost: 119140, ratings: {importance: 4, asset_specificity: 5}}\n"
    moved = "  - {id: contract-negotiation, annual_cost: 120407, "
    moved += "quotes: [{mode: buy, cost: 90000, supplier: s0}]}\n"
    paths = two(tmp_path, head + joint + kept + moved, head + kept + moved)
    flat = " ".join(run("diff", *paths, "--draws", "0").out.split())
    assert "Joint commissioning with the council frees £119,000, which pays for this." in flat
    back = " ".join(run("diff", *reversed(paths), "--draws", "0").out.split())
    assert "more to spend, so this has to cost less" not in back
    assert "less to spend, which pays for this" not in back


def test_warnings_that_are_of_one_kind_are_not_lost_in_each_other(tmp_path: Path) -> None:
    words = "organisation: {name: N, population: 140000}\nfunctions: [{id: payrol, name: A}, {id: payrolls, name: B}]\n"
    assert "Nothing differs" in run("diff", *two(tmp_path, words, words), "--draws", "0").out


def test_different_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, cost in (("one", 95_000), ("two", 90_000)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.yaml").write_text(PROFILE.replace("95000", str(cost)), "utf-8")
    found = run("diff", tmp_path / "one" / "mine.yaml", tmp_path / "two" / "mine.yaml", "--draws", "0").out
    assert "twice" not in found
    assert "one/mine.yaml" in " ".join(found.split())


def test_by_whom_something_was_decided_is_no_difference(tmp_path: Path) -> None:
    words = PROFILE.replace("annual_cost: 95000", "annual_cost: 95000, decided: {mode: buy, because: %s}")
    assert "Nothing differs" in run("diff", *two(tmp_path, words % "A", words % "B"), "--draws", "0").out


MADE_TODAY = PROFILE.replace("annual_cost: 95000", "annual_cost: 95000, current: make").encode()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["format"], 2, "its format is 2, not 1"),
        (["functions", 0, "confidence", "acceptability", "make"], 5, "“payroll”: a share is below 0 or above 1"),
        (["functions", 0, "confidence", "acceptability", "make"], 0.5, "“payroll”: the acceptabilities add up to 1."),
        (["functions", 0, "confidence", "alone", "share"], 0.99, "“payroll”: the acceptabilities alone add up to"),
        (["functions", 0, "options", "make", "cost"], -1, "“payroll”: the parts of the cost of make add up to 95,000"),
        (["functions", 0, "options", "make", "fit"], 99, "“payroll”: the contributions to make add up to"),
        (["functions", 0, "options", "buy", "supplier"], "nobody", "“payroll”: buy is with somebody who is not there"),
        (["functions", 0, "recommendation"], "steal", "functions.0.recommendation"),
        (["functions", 0, "options", "make", "cost"], "much", "functions.0.options.make.cost: "),
        (["functions", 0, "options", "make", "parts"], 5, "functions.0.options.make.parts: "),
        (["functions", 0, "today", "with"], 5, "functions.0.today.with: "),
        (["warnings", 0, "functions"], ["nobody"], "is about a function that is not there"),
        (["profile", "functions", 0, "id"], "estates", "its functions are not those of its profile"),
        (["functions"], [], "it has no function"),
        (["budget", "recommended_cost"], 1, "the recommended costs add up to"),
        (["budget", "headroom"], -1, "not a headroom of -1"),
        (["budget", "within_allowance"], False, "within_allowance does not agree with a headroom of"),
        (["partners", "x.cost.y"], 1, "partners.x.y: input should be a valid string"),
    ],
)
def test_a_stored_result_that_contradicts_itself_is_refused(
    profile: Path, path: list[str | int], value: object, words: str
) -> None:
    base = profile.with_name("base.json")
    data = json.loads(run_once("assess", "-", "--format", "json", stdin=MADE_TODAY).out)
    refused(base, data, path, value, words)


@pytest.mark.parametrize(
    ("place", "key", "value"), [(0, "catalogue", 5), (1, "recommendation", "steal"), (2, "name", 5)]
)
def test_the_row_of_a_refused_result_is_that_of_the_file_where_functions_leave(
    tmp_path: Path, place: int, key: str, value: object
) -> None:
    rows = "[{id: eprr, leaves: {}}, {id: payroll, annual_cost: 9000, current: make}, {id: ifr, leaves: {}}]"
    mine = f"organisation: {{name: A, population: 1000}}\nfunctions: {rows}\n".encode()
    data = json.loads(run("assess", "-", "--format", "json", "--draws", "0", stdin=mine).out)
    order = [row["id"] for row in data["functions"]]
    at = order.index(("eprr", "payroll", "ifr")[place])
    refused(tmp_path / "base.json", data, ["functions", at, key], value, f"functions.{at}.{key}: ")


def refused(base: Path, data: dict[str, Any], path: list[str | int], value: object, words: str) -> None:
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    base.write_text(json.dumps(data), "utf-8")
    found = run("diff", base, base)
    assert (found.status, found.out) == (2, "")
    assert f"{base.name}: is not a whole result of mba assess: " in found.err
    assert words in found.err


def test_a_stored_result_in_which_an_id_is_as_long_as_a_book_is_refused_on_a_line(profile: Path) -> None:
    base = stored_result(profile)
    base.write_text(base.read_text("utf-8").replace('"payroll"', f'"pay\\n{"roll" * 5_000}"'), "utf-8")
    found = run("diff", base, profile)
    assert found.status == 2
    assert len(found.err) < 1_000
    assert len(found.err.splitlines()) == 2


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(profiles(most=4, suppliers=2, partners=2, money=True))
def test_the_sums_of_every_result_agree_when_it_is_read_back(data: Data) -> None:
    assume(not list(inconsistencies(tree_of(data))))
    appraised = appraise(Profile.model_validate(data), RULES, CATALOGUE)
    decision = with_confidence(settle(appraised), appraised, Draws(7, 1))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "base.json"
        path.write_text(record(decision), "utf-8")
        back = stored.load_result(str(path))
    assert back is not None


def test_a_result_says_with_which_version_and_which_rules_it_was_worked_out(profile: Path) -> None:
    rules = profile.with_name("rules.yaml")
    same = profile.with_name("same.yaml")
    rules.write_text("rules:\n  TC02: {points: {make: -40, buy: 40}}\n", "utf-8")
    same.write_text("rules: {TC02: {points: {'buy': 40,   'make': -40.0}}}\n", "utf-8")
    usual, own, respelt = (
        json.loads(run("assess", profile, *words, "--draws", "0", "--format", "json").out)
        for words in ((), ("--rules", rules), ("--rules", same))
    )
    assert usual["version"] == __version__
    assert (usual["asked"], own["asked"]) == ({}, {"rules": "rules.yaml"})
    assert re.fullmatch("[0-9a-f]{16}", usual["rules_digest"])
    assert own["rules_digest"] == respelt["rules_digest"] != usual["rules_digest"]


@pytest.mark.process
def test_the_digest_of_the_rules_is_the_same_in_every_run(profile: Path) -> None:
    seeds = {spawn("assess", profile, "--draws", "0", "--format", "json", PYTHONHASHSEED=str(n)).out for n in range(2)}
    assert len(seeds) == 1


def test_a_result_that_was_stored_by_the_first_version_is_still_read(profile: Path) -> None:
    base = stored_result(profile)
    data = json.loads(base.read_text("utf-8"))
    del data["version"], data["rules_digest"]
    base.write_text(json.dumps(data), "utf-8")
    assert "Nothing differs" in run("diff", base, profile).out


STORED = Path(__file__).parent / "stored" / "riverside-0.1.json"
"""What mba 0.1.0 stored on the first example."""


@pytest.mark.slow
def test_a_result_of_0_1_is_held_against_today_and_what_was_not_known_then_is_not_said() -> None:
    found = run("diff", STORED, RIVERSIDE, "--draws", "200")
    assert (found.status, found.err) == (0, "")
    words = " ".join(found.out.split())
    assert words.startswith("From Riverside CCG (riverside-0.1.json) to Riverside CCG (riverside.yaml)")
    assert "Because the rules or figures of mba are not those of the stored result." in words
    assert not re.search(r"To (move|keep|find out|leaves)\b|where it was to", words)
    data = json.loads(run("diff", STORED, RIVERSIDE, "--draws", "200", "--format", "json").out)
    both = [(change["before"], change["after"]) for change in data["changes"]]
    assert both
    assert {before["action"] for before, _ in both} == {None}


def test_what_0_1_called_too_close_is_read_as_open_with_its_rival() -> None:
    raw = json.loads(STORED.read_text("utf-8"))
    close = [f["id"] for f in raw["functions"] if f["confidence"]["level"] == "too-close"]
    back = stored.load_result(str(STORED))
    assert back is not None
    assert close == [function.id for function in back.functions if function.is_open]
    assert (back.plans, back.shortfall, back.leaving) == (None, None, ())
    assert {(function.action, function.today, function.point) for function in back.functions} == {(None, None, None)}
    assert {result.worth for function in back.functions for result in function.options.values()} == {None}
    found = run("diff", STORED, STORED, RIVERSIDE, "--draws", "0").out
    assert re.search(r"(Or (make|share|ally|buy)|(Make|Share|Ally|Buy) likelier): A, B", found)
    assert "too" not in found


def test_a_result_of_0_1_is_as_it_was_when_held_against_itself() -> None:
    assert "Nothing differs: 31 answers, and the same each time." in run("diff", STORED, STORED).out


def test_a_result_of_0_1_stands_for_its_profile_in_a_paper_too() -> None:
    found = run("export", RIVERSIDE, "--compare", STORED, "--draws", "0", "--sections", "changes")
    assert (found.status, found.err) == (0, "")
    assert re.search(r"Of 31 answers \d+ change", found.out)


def test_where_too_much_differs_to_try_it_all_it_says_so_in_time(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mba.compare.causes.MOST_WEIGHED", -1)
    monkeypatch.setattr("mba.compare.causes.MOST_TRIALS", 1)
    other = changed(profile, "{id: payroll,", "{id: payroll, flags: [core, relational],")
    assert "Why was not tried: too much differs between the two." in run("diff", profile, other, "--draws", "0").out


def test_what_is_asked_of_a_paper_is_held_against_the_usual() -> None:
    path = str(ROOT / "profiles/skerrin.yaml")
    told = run("export", path, "--compare", path, "--premium", "40", "--draws", "0").out
    assert "none changes" not in told
    assert "none changes" in run("export", path, "--compare", path, "--draws", "0").out


def test_a_function_that_now_leaves_nobody_says_where_to_is_said_to_leave(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        f"name: Gone\nbase: {RIVERSIDE}\nchanges: {{functions: {{payroll: {{leaves: {{}}}}}}}}\n", "utf-8"
    )
    told = run("diff", RIVERSIDE, tmp_path / "x.yaml", "--draws", "0").out
    assert "leaving is ," not in told
    assert "leaving is yes (before: not given)" in told


def test_an_estimate_that_moves_since_another_way_is_paid_more_says_that_it_follows_that(tmp_path: Path) -> None:
    """A supplier's price rise makes the estimate of a shared team dearer, which nobody raised."""
    files = []
    for cost in (1_072_000, 1_232_800):
        row = {"id": "corporate-it", "current": {"mode": "ally", "supplier": "llp", "cost": cost}}
        row |= {"decided": {"mode": "share", "because": "The boards agreed."}}
        whole = {"organisation": {"name": "X", "kind": "icb", "population": 1_600_000}, "functions": [row]}
        whole["partners"] = [{"id": "shires", "population": 1_200_000, "trust": 4}]
        files.append(tmp_path / f"{cost}.yaml")
        files[-1].write_text(json.dumps(whole), "utf-8")
    said = " ".join(run("diff", *files, "--draws", "0").out.split())
    assert re.search(r"Information technology share [\d,]+ \+[\d,]+ .*Its estimate follows what is paid for it\.", said)
    assert "Its estimate follows" not in run("diff", files[0], files[0], "--draws", "0").out


@pytest.mark.parametrize("priced", [False, True])
def test_what_counts_as_today_since_it_has_no_price_is_named_below_the_money(profile: Path, *, priced: bool) -> None:
    """Also where it is so on both sides, and no warning is new."""
    own = "name: Own, flags: [transactional], current: {mode: buy, supplier: northern-csu, cost: 80000}"
    price = ", annual_cost: 90000" * priced
    row = f"  - {{id: own, {own}{price}, decided: {{mode: make, because: Board}}}}\n"
    profile.write_text(PROFILE + row, "utf-8")
    other = profile.with_name("other.yaml")
    other.write_text(PROFILE.replace("95000", "195000") + row, "utf-8")
    ended = run("diff", profile, other, "--draws", "0")
    said = " ".join(ended.out.split())
    assert "The money" in said, ended.err
    assert ("What has no price as recommended counts as what is paid today: Own." in said) is not priced, said


def test_it_says_which_functions_the_catalogue_takes_for_one(profile: Path) -> None:
    other = changed(profile, "{id: contract-negotiation,", "{id: contracting,")
    told = "As the catalogue takes both ids for one function, told together: contracting under contract-negotiation."
    assert told in " ".join(run("diff", profile, other).out.split())
    assert told in " ".join(run("diff", profile, other, profile).out.split())

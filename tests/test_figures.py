"""Figures as people write them: what is taken, and that every line which a hint gives can be written so."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz import obeyed
from running import run

from mba.load.profiles import load_profile
from mba.problem import MbaError, Problem
from mba.profile import Profile

ROW = "organisation: {name: A, population: 226000}\nfunctions:\n  - {id: payroll, annual_cost: COST}\n"
SCENARIO = "base: base.yaml\nname: Less\nchanges:\n  organisation: {CHANGE}\n  functions:\n    payroll: {note: x}\n"

WRITTEN = {
    "£245,000": 245_000,
    "245,000": 245_000,
    "1,245,000": 1_245_000,
    "245k": 245_000,
    "245 K": 245_000,
    "£0.12m": 120_000,
    "0.12 million": 120_000,
    "£1.2bn": 1_200_000_000,
    "~100000": 100_000,
    "c. 100,000": 100_000,
    "about £90k": 90_000,
    "0.0001bn": 100_000,
    "90th": 90_000,
    "90 thou": 90_000,
    "90 thousand": 90_000,
    "0.09mn": 90_000,
    "0.09 mil": 90_000,
    "0.00009 billion": 90_000,
    "1.5e5": 150_000,
    "100 000": 100_000,
    "100'000": 100_000,
    "100.000": 100_000,
    "1.200.000": 1_200_000,
    "(120000)": 120_000,
    "(120,000)": 120_000,
    "-£5k": 5_000,
    "-5000": 5_000,
    "120,000.50": 120_001,
    "120000.49": 120_000,
    "£120,000 pa": 120_000,
    "120k a year": 120_000,
    "120000 (est)": 120_000,
    "0120000": 120_000,
    '"120000"': 120_000,
    "'£120,000'": 120_000,
    "“120000”": 120_000,
    "100-120k": 110_000,
    "£100k–£120k": 110_000,
    "100,000 to 120,000": 110_000,
}
"""What people write, and the figure that the hint has."""

NOT_KNOWN = (
    *("TBC", "tbc", "TBA", "t.b.c.", "n/a", "N/A", "N/K", "nk", '"-"', "–", "unknown", "Unknown", '"?"', "none", "nil"),
    *("not known", "pending", "to be confirmed", "xxx", "...", '"#N/A"', '""', "blank", "0"),
)


def problems(text: str, tmp_path: Path) -> tuple[Problem, ...]:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(MbaError) as caught:
        load_profile(str(path))
    return tuple(
        problem._replace(place=problem.place and problem.place._replace(file="x.yaml"))
        for problem in caught.value.problems
    )


def mended(text: str, tmp_path: Path) -> Profile:
    """The profile when the one problem in the text is mended as its hint says."""
    (problem,) = problems(text, tmp_path)
    right = obeyed(problem, text)
    assert right, problem.hint
    (tmp_path / "x.yaml").write_text(right, "utf-8")
    return load_profile(str(tmp_path / "x.yaml"))


def in_lines(text: str) -> str:
    """The same with each key of the row on a line of its own."""
    return text.replace("{id: payroll, annual_cost", "id: payroll\n    annual_cost").replace("COST}", "COST")


@pytest.mark.parametrize("figure", ["245000", "245000.0", "245000.00"])
def test_pounds_and_people_may_have_a_point_and_noughts(figure: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(ROW.replace("COST", figure).replace("226000", "226000.00"), "utf-8")
    profile = load_profile(str(path))
    assert (profile.functions[0].annual_cost, profile.organisation.population) == (245_000, 226_000)


def test_the_same_cost_written_twice_with_and_without_pence_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(ROW.replace("COST", "90000.00, current: {mode: make, cost: 90000}"), "utf-8")
    assert load_profile(str(path)).functions[0].annual_cost == 90_000


@pytest.mark.parametrize("shape", [ROW, in_lines(ROW)], ids=["in braces", "in lines"])
@pytest.mark.parametrize("written", WRITTEN)
def test_the_line_that_the_hint_gives_is_right(written: str, shape: str, tmp_path: Path) -> None:
    profile = mended(shape.replace("COST", written), tmp_path)
    assert profile.functions[0].annual_cost == WRITTEN[written]


@pytest.mark.parametrize("shape", [ROW, in_lines(ROW)], ids=["in braces", "in lines"])
@pytest.mark.parametrize("word", NOT_KNOWN)
def test_a_cost_that_is_not_known_is_to_be_left_out(word: str, shape: str, tmp_path: Path) -> None:
    text = shape.replace("COST", word)
    (problem,) = problems(text, tmp_path)
    assert problem.hint.startswith("If it is not known, leave out “annual_cost: ")
    assert mended(text, tmp_path).functions[0].annual_cost is None


@pytest.mark.parametrize(("key", "told"), [("until", True), ("trust", True), ("supplier", False), ("xyzzy", False)])
def test_a_key_in_the_wrong_group_is_told_where_it_belongs_unless_it_may_be_in_three_or_none(
    key: str, told: bool, tmp_path: Path
) -> None:
    (problem,) = problems(
        ROW.replace("COST", "1").replace("population: 226000", f"population: 9000, {key}: 1"), tmp_path
    )
    assert ("It belongs under" in problem.hint) is told


def test_a_range_is_called_one(tmp_path: Path) -> None:
    (problem,) = problems(ROW.replace("COST", "100-120k"), tmp_path)
    assert problem.hint == "This is a range. Write one figure, such as: annual_cost: 110000"


@pytest.mark.parametrize(
    "written", ["$5000", "€5.000", "2 x 60k", "1e400", "9" * 30 + "k", "120,00", "see Finance", "2027-03-31"]
)
def test_what_cannot_be_read_for_sure_gets_no_figure(written: str, tmp_path: Path) -> None:
    assert "Write: " not in problems(in_lines(ROW).replace("COST", written), tmp_path)[0].hint


def test_a_rating_out_of_five_is_the_rating_and_no_range(tmp_path: Path) -> None:
    text = ROW.replace("annual_cost: COST", "ratings: {measurability: 4/5}")
    assert mended(text, tmp_path).functions[0].ratings.measurability == 4


def test_a_quote_that_is_not_known_is_left_out_whole(tmp_path: Path) -> None:
    row = "suppliers: [{id: csu}]\n" + ROW.replace(
        "annual_cost: COST", "quotes: [{mode: buy, cost: TBC, supplier: csu}]"
    )
    (problem,) = problems(row, tmp_path)
    assert problem.hint == "If it is not known, leave the whole row out until it is."


@pytest.mark.parametrize(
    ("change", "said", "figure"),
    [
        ("budget_per_head: -10%", "10% less than the base's £25.00 is 22.50. Write: budget_per_head: 22.50", 22.5),
        ("budget_per_head: +10 %", "10% more than the base's £25.00 is 27.50. Write: budget_per_head: 27.50", 27.5),
        ("budget_per_head: 10% less", "10% less than the base's £25.00 is 22.50. Write: budget_per_head: 22.50", 22.5),
        ("budget_per_head: 10%", "10% less than the base's £25.00 is 22.50. Write: budget_per_head: 22.50", 22.5),
        ("population: '-10%'", "10% less than the base's 226,000 is 203400. Write: population: 203400", None),
        ("premium: 12%", "Write: premium: 12", None),
    ],
)
def test_a_percentage_in_a_scenario_is_worked_out_from_the_base(
    change: str, said: str, figure: float | None, tmp_path: Path
) -> None:
    base = ROW.replace("COST", "90000").replace("226000", "226000, budget_per_head: 25")
    (tmp_path / "base.yaml").write_text(base, "utf-8")
    text = SCENARIO.replace("CHANGE", change)
    (problem,) = problems(text, tmp_path)
    assert problem.hint.startswith(said)
    profile = mended(text, tmp_path)
    assert figure in {None, profile.organisation.budget_per_head}


def test_a_percentage_of_what_is_paid_today_is_of_the_base_too_though_current_is_replaced_whole(tmp_path: Path) -> None:
    base = ROW.replace("COST", "90000, current: {mode: buy, cost: 80000}")
    (tmp_path / "base.yaml").write_text(base, "utf-8")
    change = SCENARIO.replace("{CHANGE}", "{rurality: rural}").replace("note: x", "current: {mode: buy, cost: -10%}")
    current = mended(change, tmp_path).functions[0].current
    assert current
    assert current.cost == 72_000


@pytest.mark.parametrize(
    ("organisation", "change", "hint"),
    [
        (
            ", kind: icb",
            "budget_per_head: -10%",
            "The base leaves it out, so £18.76 is assumed. 10% less is 16.884. Write: budget_per_head: 16.884",
        ),
        (
            "",
            "budget_per_head: +10%",
            "The base leaves it out, so £25.00 is assumed. 10% more is 27.50. Write: budget_per_head: 27.50",
        ),
        ("", "premium: +50%", "The base leaves it out, so 10 is assumed. 50% more is 15. Write: premium: 15"),
        ("", "committed_costs: +50%", "There is no figure that it could be worked out from."),
    ],
)
def test_a_percentage_of_what_the_base_leaves_out_is_of_the_default_and_says_that_it_is_assumed(
    organisation: str, change: str, hint: str, tmp_path: Path
) -> None:
    base = ROW.replace("COST", "90000").replace("226000", f"226000{organisation}")
    (tmp_path / "base.yaml").write_text(base, "utf-8")
    text = SCENARIO.replace("CHANGE", change)
    (problem,) = problems(text, tmp_path)
    assert problem.hint.startswith(hint)


def test_a_percentage_of_nothing_gets_no_figure(tmp_path: Path) -> None:
    (problem,) = problems(ROW.replace("COST", "10%"), tmp_path)
    assert problem.hint.startswith("There is no figure that it could be worked out from.")


@pytest.mark.parametrize("change", ["annual_cost: £80k", "annual_cost: TBC"])
def test_hints_help_in_a_scenario_too(change: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(ROW.replace("COST", "90000"), "utf-8")
    text = SCENARIO.replace("{CHANGE}", "{rurality: rural}").replace("note: x", f"note: x, {change}")
    assert mended(text, tmp_path).functions[0].annual_cost == (80_000 if "k" in change else 90_000)


# What YAML takes for something else


def test_text_in_curly_quotes_is_told_where_it_starts_and_with_straight_ones(tmp_path: Path) -> None:
    text = ROW.replace("annual_cost: COST", "decided: {mode: make, because: “Board, 12 May, Leeds”}")
    decided = mended(text, tmp_path).functions[0].decided
    assert decided
    assert decided.because == "Board, 12 May, Leeds"


def test_a_name_with_a_comma_and_digits_is_not_taken_for_a_figure(tmp_path: Path) -> None:
    (problem,) = problems(ROW.replace("annual_cost: COST", "name: Leeds 1,000"), tmp_path)
    assert "is not a key that is known here" in problem.message


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("  - {id:payroll, annual_cost: 90000}\n", "id: payroll"),
        ("  - id:payroll\n", "- id: payroll"),
        ("  - id:payroll\n    annual_cost: 90000\n", "id: payroll"),
        ("  - id: payroll\n    annual_cost:90000\n", "annual_cost: 90000"),
        ("  - id: payroll\n    annual_cost:90000\n    current: make\n", "annual_cost: 90000"),
    ],
)
def test_a_colon_without_a_space_is_named_as_such(text: str, right: str, tmp_path: Path) -> None:
    told = problems(ROW.partition("  - ")[0] + text, tmp_path)
    assert any(problem.hint.endswith(f": {right}") for problem in told)
    assert len(told) == 1


def test_a_broken_workbook_is_to_be_saved_anew_and_no_command_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    answer = run("check", tmp_path / "x.xlsx")
    assert "is broken" in answer.err
    assert "save it anew" in answer.err
    assert "mba " not in answer.err

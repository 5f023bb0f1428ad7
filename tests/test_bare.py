"""A bare list of functions, with headings in any order: read with what was understood, or asked about."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from running import run

from mba.load.bare import BareListError
from mba.load.profiles import load, load_profile
from mba.problem import MbaError
from mba.terms import Option

FINANCE = """\
Support services 2025/26,,,
,,,
Service,Provider,Cost centre,Budget 2025/26 (£000)
HR,In-house,C1,"140.5"
Payroll and pensions,Northern CSU,C2,95
Payroll,Northern CSU,C3,310
Comms & engagement,us,C4,200
Business Intelligence (BI),Northern CSU,C5,£900
Chaplaincy,,C6,20
Total,,,1665.5
"""
FEW = ("--draws", "0")


def listed(text: str, tmp_path: Path, name: str = "sheet.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode("cp1252"))
    return path


def in_sheets(text: str, tmp_path: Path) -> Path:
    """The list as the second sheet of a workbook, below a line of text."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Extract")
    for row, line in enumerate(text.splitlines(), 1):
        for column, word in enumerate(line.split(","), 1):
            sheet.cell(row, column, word or None)
    path = tmp_path / "extract.xlsx"
    book.save(path)
    return path


def test_an_extract_of_finance_is_understood_and_it_says_how(tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path)
    loaded = load(str(path), people="226000")
    rows = {row.id: row for row in loaded.profile.functions}
    assert list(rows) == [
        "hr",
        "payroll-and-pensions",
        "payroll",
        "comms-and-engagement",
        "business-intelligence",
        "chaplaincy",
    ]
    assert (loaded.profile.organisation.name, loaded.profile.organisation.population) == ("sheet", 226_000)
    assert [rows["hr"].current.mode, rows["hr"].annual_cost] == [Option.MAKE, 140_500]  # type: ignore[union-attr]
    bought = rows["payroll"].current
    assert bought
    assert (bought.mode, bought.supplier, bought.cost) == (Option.BUY, "northern-csu", 310_000)
    assert (rows["chaplaincy"].current, rows["chaplaincy"].annual_cost) == (None, 20_000)
    told = "\n".join(loaded.told)
    assert "headings in row 3" in told
    assert "column D, “Budget 2025/26 (£000)”: Paid today, in thousands" in told
    assert "column C, “Cost centre”: left out" in told
    assert "row 10: left out, a total" in told
    assert "Chaplaincy: not known" in told
    assert "HR: Human resources and organisational development" in told
    assert "Taken as bought: what Northern CSU runs." in told
    assert "Nobody is said to run 1 of those with a cost" in told


def test_the_answer_goes_to_the_screen_and_what_was_understood_beside_it(tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path)
    done = run("assess", path, "--population", "226,000", *FEW)
    assert done.status == 0
    assert "226,000 people" in done.out
    assert "Cost centre" not in done.out
    assert "“Provider”: Today with" in done.err
    assert f"For a profile to fill in: mba init mine.xlsx --from {path} --population 226,000" in done.err


@pytest.mark.parametrize("verb", ["assess", "check", "ask"])
def test_without_a_population_the_full_line_to_type_is_said(verb: str, tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path, "my sheet.csv")
    done = run(verb, path)
    assert (done.status, done.out) == (2, "")
    assert f"mba assess '{path}' --population N" in done.err


def test_standard_input_may_be_a_list_too() -> None:
    done = run("assess", "-", "--population", "226000", *FEW, stdin=b"Function\tCost\nHR\t90000\nIT\t80000\n")
    assert done.status == 0
    assert run("assess", "-", stdin=b"Function,Cost\nHR,90000\n").err.count("mba assess - --population N") == 1


def test_a_sheet_of_a_workbook_is_a_list_with_its_faults_at_their_cells(tmp_path: Path) -> None:
    text = "Spend,Who runs it today,Function\n90000,own staff,HR\n245k,A,IT\n5,A,HR\n"
    path = in_sheets(text, tmp_path)
    with pytest.raises(MbaError) as caught:
        load(str(path), people="226000")
    assert [str(problem.place).partition(":")[2] for problem in caught.value.problems] == ["Extract!A3", "Extract!C4"]
    assert "Write: 245000" in caught.value.problems[0].hint
    path = in_sheets(text.partition("245k")[0] + "45000,A,IT", tmp_path)
    loaded = load(str(path), people="226000")
    assert [row.id for row in loaded.profile.functions] == ["hr", "it"]
    assert loaded.told[0] == f"Taken from Extract of {path}, headings in row 1:"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Function,Budget,Actual\nHR,1,2\n", "“Paid today” is the heading of two columns"),
        ("Lead,Grade\nJo,7\n", "no column has a heading that says what the functions are called"),
        ("payroll\t90000\nestates\t4000\n", "no column has a heading that says what the functions are called"),
        ("Function,Cost\nHR,about 90k?\n", "must be a whole number"),
    ],
)
def test_what_cannot_be_told_is_asked_and_never_guessed(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        load(str(listed(text, tmp_path)), people="226000")
    assert said in caught.value.problems[0].message


@pytest.mark.parametrize("odd", ["\x1b[31m", "\x00", "\u202e"])
def test_what_nobody_sees_is_told_at_its_cell(odd: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(f"Function,Cost\nHR{odd},1\n".encode())
    done = run("assess", path, "--population", "9000")
    assert (done.status, odd in done.err) == (2, False)
    assert "sheet.csv:A2: a hidden character" in done.err


def test_a_cell_without_an_end_is_no_table(tmp_path: Path) -> None:
    path = listed('Function,Cost\n"' + "x" * 200_000, tmp_path)
    assert run("assess", path, "--population", "9000").status == 2


@pytest.mark.parametrize("people", ["0", "many", "1.5", "-3"])
def test_a_population_is_a_number_of_people(people: str, tmp_path: Path) -> None:
    done = run("assess", listed(FINANCE, tmp_path), f"--population={people}")
    assert (done.status, "--population must be a whole number above 0" in done.err) == (2, True)


def test_a_profile_says_its_own_population(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("organisation: {name: A, population: 1000}\nfunctions: [{id: hr}]\n", "utf-8")
    done = run("assess", path, "--population", "9")
    assert (done.status, "--population is for a bare list of functions" in done.err) == (2, True)


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.yaml"])
def test_a_profile_is_made_of_a_list_with_what_it_does_not_say(name: str, tmp_path: Path) -> None:
    path, sheet = tmp_path / name, listed(FINANCE, tmp_path)
    beside = ("--name", "Fellside", "--population", "226000", "--kind", "icb", "--suppliers", "Northern CSU")
    done = run("init", path, "--from", sheet, *beside)
    assert (done.status, done.out) == (0, "")
    assert "“Provider”: Today with" in done.err
    profile = load_profile(str(path))
    assert profile.organisation.name == "Fellside"
    assert [body.id for body in profile.suppliers] == ["northern-csu"]
    assert profile.functions == load(str(sheet), people="1").profile.functions
    missing = run("init", tmp_path / "other.yaml", "--from", sheet)
    assert (missing.status, "--name is missing" in missing.err) == (2, True)
    refused = run("init", tmp_path / "other.yaml", "--from", sheet, *beside, "--groups", "1")
    assert (refused.status, "--groups: not together with --from" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        ("Function;Cost (£);FTE", "Payroll;90000;3"),
        ("Cost a year,Support function,Who runs it today?", "90000,Payroll,Payroll team"),
        ("Team\tAnnual cost\tHow run", "Payroll\t90000\tin-house"),
        ("Service name|Spend 2024-25|Notes", "Payroll|£90,000|x"),
        ("£,Functions", "90000,Payroll"),
    ],
)
def test_headings_are_what_people_write(heads: str, row: str, tmp_path: Path) -> None:
    (function,) = load(str(listed(f"{heads}\n{row}\n", tmp_path)), people="1000").profile.functions
    paid = function.current and function.current.cost
    assert (function.id, function.annual_cost or paid) == ("payroll", 90_000)


def test_a_list_in_a_file_of_another_name_is_one_as_well(tmp_path: Path) -> None:
    with pytest.raises(BareListError):
        load(str(listed("Function,Cost\nHR,1\n", tmp_path, "x.yaml")))


def test_a_workbook_without_any_list_is_told_which_sheets_a_profile_has(tmp_path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    (tmp_path / "x.xlsx").write_bytes(stream.getvalue())
    assert "A profile has the sheets Organisation, Functions" in run("check", tmp_path / "x.xlsx").err

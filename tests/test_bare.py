"""A bare list of functions, with headings in any order: read with what was understood, or asked about."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import run

from mba.forms import day_in
from mba.load.bare import BareListError
from mba.load.everyday import figure_read
from mba.load.headed import Unsaid
from mba.load.profiles import load, load_profile
from mba.load.source import visible
from mba.problem import MbaError
from mba.profile import Function, Profile
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
MANY = {
    "HR": "Dee CSU",
    "Payroll": "Dee CSU",
    "Legal": "Acme LLP",
    "BI": "Acme LLP",
    "EPRR": "Shared with Tay ICB",
}


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


@pytest.mark.parametrize(("line", "kind"), [("Wold ICB ledger", "icb"), ("Wold CCG", "ccg"), ("Wold ledger", "ccg")])
def test_a_line_above_the_headings_says_of_what_kind_the_organisation_is(line: str, kind: str, tmp_path: Path) -> None:
    path = listed(f"{line},,\nFunction,Provider,Budget\nPayroll,In house,95000\n", tmp_path)
    assert load(str(path), unsaid=Unsaid("640000")).profile.organisation.kind == kind
    assert f"({kind}), at £" in run("assess", path, "--population", "640000", *FEW).err
    given = load(str(path), unsaid=Unsaid("640000", "ccg")).profile.organisation
    assert given.kind == "ccg"


@pytest.mark.parametrize(("said", "months"), [("90 days", 3), ("26 weeks", 6), ("1 yr", 12), ("six months", 6)])
def test_notice_may_be_in_days_weeks_years_or_words(said: str, months: int, tmp_path: Path) -> None:
    path = listed(f"Function,Provider,Budget,Notice\nPayroll,Northern CSU,95000,{said}\n", tmp_path)
    (function,) = load(str(path), unsaid=Unsaid("226000")).profile.functions
    assert function.current
    assert function.current.notice_months == months


def test_a_total_is_not_compared_with_rows_that_could_not_all_be_read(tmp_path: Path) -> None:
    path = listed("Function,Budget\nPayroll,95000\nHR,310 + VAT\nTotal,405000\n", tmp_path)
    ended = run("assess", path, "--population", "226000", *FEW)
    assert ended.status == 2
    assert "its rows add up to" not in ended.err


@pytest.mark.parametrize("heading", ["Cost centre", "Cost center name", "Budget line", "Cost heading", "Item"])
def test_a_ledger_has_its_functions_under_cost_centres(heading: str, tmp_path: Path) -> None:
    path = listed(f"{heading},Provider,Budget\nPayroll,In house,95000\nHR,In house,140000\n", tmp_path)
    done = run("check", path, "--population", "226000")
    assert done.status == 0
    assert f"column A, “{heading}”: Name" in done.err


def test_an_extract_of_finance_is_understood_and_it_says_how(tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path)
    loaded = load(str(path), unsaid=Unsaid("226000"))
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
    assert [rows["hr"].current.mode, rows["hr"].annual_cost] == [Option.MAKE, 140_500]  # type: ignore[union-attr] # said in every row
    bought = rows["payroll"].current
    assert bought
    assert (bought.mode, bought.supplier, bought.cost) == (Option.BUY, "northern-csu", 310_000)
    assert (rows["chaplaincy"].current, rows["chaplaincy"].annual_cost) == (None, 20_000)
    told = "\n".join(loaded.told)
    assert "headings in row 3" in told
    assert "column D, “Budget 2025/26 (£000)”: Paid today, in thousands" in told
    assert "Left out: column C, “Cost centre” (as another says it); totals (row 10)." in told
    assert "Not known, so without flags and estimate: Chaplaincy" in told
    assert "HR: Human resources and organisational development" in told
    assert "Taken as bought: what is run by Northern CSU (Payroll and pensions, Payroll, " in told
    assert "With a cost and nobody who is said to run it: 1. It is taken as the in-house cost." in told


def test_the_answer_goes_to_the_screen_and_what_was_understood_beside_it(tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path)
    done = run("assess", path, "--population", "226,000", *FEW)
    assert done.status == 0
    assert "226,000 people" in done.out
    assert "Cost centre" not in done.out
    assert "“Provider”: Today with" not in done.err
    assert f"All that was taken: mba check {path} --population 226,000" in done.err
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
    text = "Spend,Who runs it today,Function\n90000,own staff,HR\nabout 9?,A,IT\n50000,A,HR\n"
    path = in_sheets(text, tmp_path)
    with pytest.raises(MbaError) as caught:
        load(str(path), unsaid=Unsaid("226000"))
    assert [str(problem.place).partition(":")[2] for problem in caught.value.problems] == ["Extract!A3", "Extract!C4"]
    assert "Write it in digits." in caught.value.problems[0].hint
    path = in_sheets(text.partition("about 9?")[0] + "45000,A,IT", tmp_path)
    loaded = load(str(path), unsaid=Unsaid("226000"))
    assert [row.id for row in loaded.profile.functions] == ["hr", "it"]
    assert loaded.told[0] == f"Taken from Extract of {path}, headings in row 1, costs in column A, “Spend”:"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Function,Budget,Cost\nHR,1,2\n", "“Paid today” is the heading of two columns"),
        ("Lead,Grade\nJo,7\n", "no column has a heading that says what the functions are called"),
        ("payroll\t90000\nestates\t4000\n", "no column has a heading that says what the functions are called"),
        ("Function,Cost\nHR,about 90k?\n", "must be a whole number"),
    ],
)
def test_what_cannot_be_told_is_asked_and_never_guessed(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        load(str(listed(text, tmp_path)), unsaid=Unsaid("226000"))
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


@pytest.mark.parametrize("people", ["0.226m", "226k", "226 000"])
def test_a_population_is_typed_as_people_write_it(people: str, tmp_path: Path) -> None:
    done = run("assess", listed("Team,Cost\nHR,90000\n", tmp_path), "--population", people, *FEW)
    assert "226,000 people" in done.out


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
    assert profile.functions == load(str(sheet), unsaid=Unsaid("1")).profile.functions
    missing = run("init", tmp_path / "other.yaml", "--from", sheet)
    assert (missing.status, "--population is missing" in missing.err) == (2, True)
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
    (function,) = load(str(listed(f"{heads}\n{row}\n", tmp_path)), unsaid=Unsaid("1000")).profile.functions
    paid = function.current and function.current.cost
    assert (function.id, function.annual_cost or paid) == ("payroll", 90_000)


@pytest.mark.parametrize(
    "who",
    [
        "Currently delivered by",
        "Delivered by",
        "Provided by (today)",
        "Currently provided by",
        "Who does it",
        "Who currently runs it?",
        "Current service provider",
        "Managed by",
        "Delivery partner",
        "With whom",
        "Bought from",
        "Host",
        "Hosted by",
        "Provided with",
        "Shared with",
        "Who with",
        "Host organisation",
        "Partner",
    ],
)
@pytest.mark.parametrize("what", ["Service area", "Team / area", "Function/team", "Department", "Business area"])
def test_everyday_headings_say_what_it_is_and_who_runs_it(what: str, who: str, tmp_path: Path) -> None:
    (function,) = own(tmp_path, f"Ref,{what},{who},Cost\n1,Payroll,Acme,90000\n")[0].values()
    assert (function.id, function.current and function.current.supplier) == ("payroll", "acme")


def test_of_two_columns_that_may_say_the_same_the_plainer_counts_and_it_says_so(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path, "Service area,Function,Managed by,Provider,Cost\nCorporate,HR,Jo Smith,Acme,90000\n")
    assert rows["hr"].current
    assert rows["hr"].current.supplier == "acme"
    assert "Left out: column A, “Service area” (as another says it);" in told


def test_where_no_column_says_who_runs_it_that_is_told_once_with_the_headings(tmp_path: Path) -> None:
    """And not as a missing cell in every row that has a contract."""
    rows = "1,HR,Dee,9000,31/03/2027\n2,IT,Dee,9000,31/03/2027\n"
    text = f"Costs 2025,,,,\n,,,,\nRef,Function,Body,Cost,Contract end\n{rows}"
    with pytest.raises(MbaError) as caught:
        own(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.place
    assert (problem.message, problem.place.line) == ("no column has a heading that says who runs each function", 3)
    assert problem.hint == (
        "The headings in row 3 are Ref, Function, Body, Cost, Contract end. "
        "Give the column that says so the heading Who runs it."
    )


@pytest.mark.parametrize("who", ["Dee CSU", "Tay County Council", "Tay ICB", "Tay Hospitals Trust", "Acme Ltd"])
@pytest.mark.parametrize(
    ("heads", "how"), [("Function,Type,Body,Cost,Ends", "x"), ("Function,How run,Body,Cost,Ends", "Bought")]
)
def test_a_column_of_bodies_is_never_left_out_where_no_other_says_who_runs_it(
    heads: str, how: str, who: str, tmp_path: Path
) -> None:
    text = f"{heads}\nHR,{how},{who},9000,31/03/2027\nIT,{how},{who},9000,\nPayroll,in-house,,9000,\n"
    with pytest.raises(MbaError) as caught:
        own(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.message == "is who runs each function in C, “Body”?"
    assert problem.hint == "Have it in one column, called Who runs it; delete what does not say so."
    rows, _, _ = own(tmp_path, text.replace("Body", "Who runs it"))
    assert rows["hr"].current
    assert rows["hr"].current.mode != "make"


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("Supplier,Partner", "“Today with” is the heading of two columns"),
        ("Provider,Hosted by", "is who runs each function in C, “Hosted by”?"),
        ("Hosted by,Provider", "is who runs each function in B, “Hosted by”?"),
    ],
)
def test_of_two_columns_of_bodies_none_is_left_out(heads: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MbaError, match=re.escape(said)):
        own(tmp_path, f"Function,{heads},Cost\nHR,Dee CSU,,90000\nIFR,,Tay ICB,70000\n")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Notice (mths)", "3"),
        ("Notice mths", "3"),
        ("Notice required", "3"),
        ("Termination notice", "3 months"),
        ("Months notice", "3"),
        ("Notice period (m)", "3"),
        ("Notice (weeks)", "13"),
        ("Days' notice", "90"),
        ("Notice (days)", "3 months"),
    ],
)
def test_notice_is_known_by_what_people_call_it_and_by_the_unit_in_its_heading(
    heading: str, cell: str, tmp_path: Path
) -> None:
    (function,) = own(tmp_path, f"Function,Provider,Cost,{heading}\nPayroll,Northern CSU,95000,{cell}\n")[0].values()
    assert function.current
    assert function.current.notice_months == 3


def test_a_title_above_is_not_taken_for_the_headings(tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        own(tmp_path, "Costs 2025,,\n,,\nRef,Lead,Grade\n1,Jo,7\n2,Al,8\n")
    (problem,) = caught.value.problems
    assert problem.place
    assert problem.place.line == 3
    assert problem.hint.startswith("The headings in row 3 are Ref, Lead, Grade.")


@pytest.mark.parametrize("heads", ["Who,Cost", "Cost,In-house cost", "Who,Contract end,Notice"])
def test_columns_that_do_not_say_what_is_run_are_no_list(heads: str, tmp_path: Path) -> None:
    """Nor is a sheet of them in a workbook."""
    text = f"{heads}\n{'9000,' * heads.count(',')}9000\n"
    with pytest.raises(MbaError, match="A1: no column has a heading that says what the functions are called"):
        own(tmp_path, text)
    assert "has no sheet “Organisation”" in run("check", in_sheets(text, tmp_path), "--population", "9000").err


def test_a_column_of_names_alone_is_a_list(tmp_path: Path) -> None:
    assert list(own(tmp_path, "Function\nHR\nPayroll\n")[0]) == ["hr", "payroll"]
    assert list(own(tmp_path, "Id\nHR\nPayroll\n")[0]) == ["hr", "payroll"]


def test_what_was_taken_is_said_beside_the_faults(tmp_path: Path) -> None:
    done = run("check", listed("Team,Cost,Floor\nHR,about 90k?,2\n", tmp_path), "--population", "9000")
    taken, _, faults = done.err.partition("Left out: column C, “Floor”")
    assert (done.status, taken.startswith("Taken from "), "must be a whole number" in faults) == (2, True, True)


def test_a_list_in_a_file_of_another_name_is_one_as_well(tmp_path: Path) -> None:
    with pytest.raises(BareListError):
        load(str(listed("Function,Cost\nHR,1\n", tmp_path, "x.yaml")))


def test_a_workbook_without_any_list_is_told_which_sheets_a_profile_has(tmp_path: Path) -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    (tmp_path / "x.xlsx").write_bytes(stream.getvalue())
    assert "A profile has the sheets Organisation, Functions" in run("check", tmp_path / "x.xlsx").err


OWN = """\
NHS Westmarsh ICB – running costs,,,
Team,Who does it now,Budget 25/26,Notes
Corporate,,,
HR,CSU,"£245,000",
Payroll,CSU,95k,
BI,NEL CSU,£1.2m,
Comms,In-house,c. £0.3m,
Contracts team,us,640000,
Complaints / PALS,Westmarsh ICB,"£155,000",
Safeguarding,Shared with Northmoor ICB,410000,
EPRR,Shared w/ Northmoor,£120k,
IFR,Northmoor ICB (shared),75k,
Estates,TBC,TBC,
Legal,Capsticks (law firm),n/a,
Procurement,CSU/in-house,160000,
Finance ledger (SBS),NHS SBS,130000,
Sub-total corporate,,1,
Grand total – all,,2,
"""
"""What a manager has, with what people write in such sheets."""


def own(tmp_path: Path, text: str = OWN) -> tuple[dict[str, Function], Profile, str]:
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")
    loaded = load(str(path), unsaid=Unsaid("780000"))
    return {row.id: row for row in loaded.profile.functions}, loaded.profile, "\n".join(loaded.told)


@pytest.mark.parametrize(
    ("heads", "taken"),
    [
        ("Budget 25/26", "B"),
        ("Cost 25/26", "B"),
        ("25/26 budget (£)", "B"),
        ("Budget FY26", "B"),
        ("Budget Mar-26", "B"),
        ("Cost to March 2026", "B"),
        ("FY 2025-26 Budget", "B"),
        ("24/25 actual,25/26 budget", "C"),
        ("Budget 2025/26,Forecast 2025/26,Variance", "B"),
        ("Annual budget 26/27 (£),Budget 25/26,Actual 24/25", "B"),
    ],
)
def test_a_heading_may_have_a_year_and_the_latest_budget_counts(heads: str, taken: str, tmp_path: Path) -> None:
    figures = [str(100_000 * column) for column in range(1, heads.count(",") + 2)]
    rows, _, told = own(tmp_path, f"Team,{heads}\nHR,{','.join(figures)}\n")
    assert rows["hr"].annual_cost == 100_000 * (ord(taken) - ord("A"))
    assert f"column {taken}, “" in told.partition(": Paid today")[0].splitlines()[-1]
    assert told.count("as there is a later one or a budget") == heads.count(",") - heads.count("Variance")


def test_figures_of_no_known_column_stop_with_the_heading_to_write(tmp_path: Path) -> None:
    done = run(
        "assess", listed("Team,Who,Value to us 25/26\nHR,CSU,245000\nIT,us,90k\n", tmp_path), "--population", "1"
    )
    assert done.status == 2
    assert "no column of costs is known; is it C, “Value to us 25/26”?" in done.err
    assert "Call the one with the whole cost Cost;" in done.err


@pytest.mark.parametrize("unit", ["", " £000", " £m"])
def test_where_several_columns_may_be_the_costs_all_are_named_and_their_thousands_are_kept(
    unit: str, tmp_path: Path
) -> None:
    text = f"Service,Who,Pay{unit},Income{unit},Other{unit}\nHR,CSU,245,-20,30\nIT,us,90,0,5\n"
    done = run("assess", listed(text, tmp_path), "--population", "90000")
    assert f"is it C, “Pay{unit}” or E, “Other{unit}”?" in done.err
    assert f"Call the one with the whole cost Cost{unit};" in done.err


@pytest.mark.parametrize(("total", "differs"), [("336", False), ("337", False), ("1,336", True), ("TBC", False)])
def test_a_total_that_is_not_the_sum_of_its_rows_is_told(total: str, differs: bool, tmp_path: Path) -> None:
    """But for rounding: each row may be off by half of the last figure."""
    text = f'Service,Who,Cost £000\nHR,CSU,245.6\nIT,us,90.2\nTotal,,"{total}"\n'
    told = "\n".join(load(str(listed(text, tmp_path)), unsaid=Unsaid("90000")).told)
    said = "Row 4: its total is £1,336,000, and its rows add up to £335,800: is one missing or wrong?"
    assert (said in told) is differs
    assert "Left out: totals (row 4)." in told


def test_where_there_are_totals_of_parts_none_is_compared(tmp_path: Path) -> None:
    text = "Service,Who,Cost\nHR,CSU,24500\nSubtotal,,24500\nIT,us,9000\nTotal,,33500\n"
    assert "add up to" not in "\n".join(load(str(listed(text, tmp_path)), unsaid=Unsaid("90000")).told)


@pytest.mark.parametrize(
    ("cells", "asks"),
    [
        ("1 2 much", True),
        ("1 much", False),
        ("much 1 little", False),
        ("1 2 much little", False),
        ("1 tbc much", False),
        ("1 tbc tbc", True),
    ],
)
def test_a_column_of_unknown_heading_may_be_the_costs_where_more_than_half_of_what_it_says_are_figures(
    cells: str, asks: bool, tmp_path: Path
) -> None:
    rows = "".join(f"Own {number},us,{cell}\n" for number, cell in enumerate(cells.split()))
    done = run("check", listed(f"Service,Who,Worth\n{rows}", tmp_path), "--population", "90000")
    assert ("no column of costs is known; is it C, “Worth”?" in done.err) is asks


def test_a_column_called_total_is_the_costs(tmp_path: Path) -> None:
    text = "Service,Who,Pay £000,Total 26/27 £000\nHR,CSU,245,300\nIT,us,90,95\n"
    loaded = load(str(listed(text, tmp_path)), unsaid=Unsaid("90000"))
    assert [row.current and row.current.cost for row in loaded.profile.functions][:1] == [300_000]
    assert "Total 26/27 £000”: Paid today, in thousands" in "\n".join(loaded.told)


@pytest.mark.parametrize("text", ["Team,Who\nHR,CSU\n", "Team,Who,WTE\nHR,CSU,3.0\n", "Team,Who,Said\nHR,CSU,yes\n"])
def test_a_list_without_figures_of_money_is_answered(text: str, tmp_path: Path) -> None:
    assert run("assess", listed(text, tmp_path), "--population", "90000", *FEW).status == 0


def test_what_is_shared_is_not_bought_and_a_partner_has_one_name(tmp_path: Path) -> None:
    rows, profile, told = own(tmp_path)
    for id_ in ("safeguarding", "eprr", "ifr"):
        assert (rows[id_].current.mode, rows[id_].current.partner) == (Option.SHARE, "northmoor-icb")  # type: ignore[union-attr] # said in every row
    ((partner,), suppliers) = profile.partners, {supplier.id: supplier for supplier in profile.suppliers}
    assert (partner.name, partner.functions) == ("Northmoor ICB", ("safeguarding", "eprr", "ifr"))
    assert suppliers.keys() == {"csu", "nel-csu", "capsticks-law-firm", "nhs-sbs"}
    assert "“Northmoor” is taken for Northmoor ICB." in told
    assert "Taken as shared: what is run with Northmoor ICB (Safeguarding, EPRR, IFR)." in told


@pytest.mark.parametrize(
    ("who", "mode", "partner"),
    [
        ("Shared with Hillside ICB", "share", "hillside-icb"),
        ("joint with Hillside", "share", "hillside"),
        ("Hosted by Hillside ICB", "share", "hillside-icb"),
        ("Joint team with Hillside", "share", "hillside"),
        ("Hillside Council (hosted)", "share", "hillside-council"),
        ("Hillside Council hosts", "share", "hillside-council"),
        ("Hillside Council hosts it", "share", "hillside-council"),
        ("Hillside ICB as host", "share", "hillside-icb"),
        ("Acme Web Hosts", "buy", None),
        ("Shared team Hillside", "share", "hillside"),
        ("Shared team - Hillside ICB", "share", "hillside-icb"),
        ("Shared: Hillside", "share", "hillside"),
        ("Hosted - Hillside ICB", "share", "hillside-icb"),
        ("Hosted – Hillside", "share", "hillside"),
        ("hosted by Hillside ICB", "share", "hillside-icb"),
        ("Shared Hillside CCG", "share", "hillside-ccg"),
        ("Hillside ICB", "share", "hillside-icb"),
        ("NHS Hillside Integrated Care Board", "share", "nhs-hillside-integrated-care-board"),
        ("Hillside I.C.B.", "share", "hillside-i-c-b"),
        ("Hillside Borough Council", "share", "hillside-borough-council"),
        ("Bought from Hillside ICB", "buy", None),
        ("Hillside Council Services Ltd", "buy", None),
        ("Shared Services Connected Ltd", "buy", None),
        ("NHS Shared Business Services", "buy", None),
        ("Joint-Works Ltd", "buy", None),
        ("Hillside CSU", "buy", None),
        ("Shared", "share", None),
        ("In-house (joint with Hillside)", "share", "hillside"),
        ("ICB", "make", None),
        ("outsourced", "buy", None),
        ("in-house team", "make", None),
        ("In house (3 WTE)", "make", None),
    ],
)
def test_who_runs_it_is_what_people_write(who: str, mode: str, partner: str | None, tmp_path: Path) -> None:
    (function,) = own(tmp_path, f"Team,Who,Cost\nIT,{who},90000\n")[0].values()
    assert function.current
    assert (function.current.mode, function.current.partner) == (mode, partner)


@pytest.mark.parametrize(
    "who", ["TBC", "?", "n/a", "CSU/in-house", "NEL CSU / Hillside ICB", '"Part CSU, part in-house"']
)
def test_who_is_not_known_is_nobody(who: str, tmp_path: Path) -> None:
    rows, profile, told = own(tmp_path, f"Team,Who,Cost,Contract end\nIT,{who},90000,31/03/2027\n")
    assert (rows["it"].current, profile.suppliers) == (None, ())
    assert "Not said how it is run, so nothing of a contract is taken: IT (“" in told


def test_who_runs_some_rows_is_open_for_just_those(tmp_path: Path) -> None:
    _, profile, told = own(tmp_path)
    offers = {supplier.name: supplier.functions for supplier in profile.suppliers}
    assert (offers["Capsticks (law firm)"], offers["CSU"]) == (("legal",), ("hr", "payroll"))
    assert "Each is open for just that, until you say more." in told
    assert "Are CSU and NEL CSU one?" in told


def test_the_organisations_own_name_is_own_staff(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path)
    assert rows["complaints-and-pals"].current.mode is Option.MAKE  # type: ignore[union-attr] # said in every row
    assert "“Westmarsh ICB” is taken for your own staff." in told


def test_totals_and_headings_among_the_rows_are_no_functions(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path)
    assert len(rows) == 13
    assert re.search(r"Left out: the heading “Corporate” \(row \d+\); totals \(row \d+, row \d+\)\.", told)


def test_a_name_alone_in_its_row_is_a_heading_where_a_total_has_it_and_else_a_function_that_is_known(
    tmp_path: Path,
) -> None:
    rows, _, told = own(tmp_path, "Team,Who,Cost\nPayroll,,\nHR,us,9000\nTotal payroll,,9000\nEstates,,\n")
    assert list(rows) == ["hr", "estates"]
    assert "Left out: the heading “Payroll” (row 2); totals (row 4)." in told


@pytest.mark.parametrize(("above", "found"), [(29, True), (30, False)])
def test_the_headings_are_looked_for_in_the_first_thirty_rows(above: int, found: bool, tmp_path: Path) -> None:
    text = "A list,\n" * above + "Team,Who runs it\nHR,CSU\n"
    if found:
        assert list(own(tmp_path, text)[0]) == ["hr"]
    else:
        with pytest.raises(MbaError, match="no column has a heading"):
            own(tmp_path, text)


def test_a_total_is_one_whatever_column_says_so(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path, "Ref,Team,Who,Cost\n1,HR,us,9000\nTotal 25/26:,,,9000\nTOTAL,,,9000\n")
    assert list(rows) == ["hr"]
    assert "totals (row 3, row 4)" in told


@pytest.mark.parametrize("notice", ["6", "6 months", "6m", "6 mths", "6 months' notice", "6 month"])
def test_notice_may_have_its_unit(notice: str, tmp_path: Path) -> None:
    rows, _, told = own(tmp_path, f"Team,Who,Cost,Contract end,Notice\nHR,CSU,9000,tbc,{notice}\nIT,CSU,9000,,n/a\n")
    assert [row.current and row.current.notice_months for row in rows.values()] == [6, None]
    assert "Read under “Contract end”: tbc as not known." in told


def test_what_is_read_is_told_once_a_column(tmp_path: Path) -> None:
    text = "Team,Who,Cost,Contract end\nHR,CSU,90k,31/03/2027\nIT,CSU,90k,31/03/2027\nBI,CSU,95k,31 Mar 27\n"
    _, _, told = own(tmp_path, text)
    assert "Read under “Cost”: 90k as £90,000; 95k as £95,000. Read under" in told
    assert "Read under “Contract end”: 31/03/2027 as 31 March 2027; 31 Mar 27 as 31 March 2027." in told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Midland Commissioning Support Unit", "Midland CSU"),
        ("Brown & Hartley LLP", "Brown and Hartley"),
        ("Acme Ltd", "Acme"),
        ("Acme Limited", "Acme PLC"),
        ("ECCSU", "Eastern Counties CSU"),
        ("E.C. CSU", "Eastern Counties Commissioning Support Unit"),
        ("C.S.U.", "South Ridings CSU"),
    ],
)
def test_two_names_that_may_be_of_one_body_are_asked_about(one: str, other: str, tmp_path: Path) -> None:
    _, _, told = own(tmp_path, f"Team,Who,Cost\nHR,{one},90000\nIT,{other},90000\n")
    assert f"Are {one} and {other} one?" in told or f"Are {other} and {one} one?" in told


def test_figures_are_read_as_people_write_them_and_it_says_how(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path)
    paid = {id_: row.annual_cost or (row.current and row.current.cost) for id_, row in rows.items()}
    assert (paid["payroll"], paid["bi"], paid["comms"]) == (95_000, 1_200_000, 300_000)
    assert (paid["estates"], paid["legal"]) == (None, None)
    assert "Read under “Budget 25/26”: 95k as £95,000; £1.2m as £1,200,000; c. £0.3m as £300,000;" in told
    assert "n/a as not known" in told


@pytest.mark.parametrize("text", ["2.15", "215"])
def test_a_few_pounds_among_thousands_are_asked_about(text: str, tmp_path: Path) -> None:
    done = run("assess", listed(f"Team,Cost\nHR,245000\nCHC,{text}\nIT,90000\n", tmp_path), "--population", "9000")
    assert (done.status, done.out) == (2, "")
    assert f"“{text}” would be £{float(text):.0f} a year" in done.err


@pytest.mark.parametrize(
    ("others", "figure", "asks"),
    [
        ((10_000, 10_000), "999", True),
        ((10_000, 10_000), "1000", False),
        ((10_000, 10_000), "0", False),
        ((9_999, 9_999), "999", False),
    ],
)
def test_below_a_thousand_is_asked_about_where_half_of_the_others_are_ten_thousand_or_more(
    others: tuple[int, int], figure: str, asks: bool, tmp_path: Path
) -> None:
    first, last = others
    path = listed(f"Team,Cost\nHR,{first}\nCHC,{figure}\nIT,{last}\n", tmp_path)
    assert (f"“{figure}” would be £" in run("check", path, "--population", "9000").err) is asks


def test_whoever_is_named_in_too_many_letters_is_told_at_the_first_cell_that_names_it(tmp_path: Path) -> None:
    rows = f"BI,us,90000\nHR,{'n' * 201},90000\nIT,{'n' * 201},90000\n"
    done = run("check", listed(f"Team,Who,Cost\n{rows}", tmp_path), "--population", "9000")
    assert done.status == 2
    assert "sheet.csv:B3: “Name” has more than 200 characters" in done.err
    assert "sheet.csv:A" not in done.err


ODD = st.sampled_from(["\x1b[31m", "\u202e", "n" * 300, "Board ", "CSU ", "Shared with ", "TBC", " ICB", " Ltd"])


@given(st.lists(st.lists(ODD, min_size=1).map("".join), min_size=6, max_size=6))
def test_nothing_that_stands_in_a_list_acts_or_fills_the_screen_where_it_is_told(cells: list[str]) -> None:
    function, who, cost, head, other, note = cells
    rows = f"{function},{who},{cost},{note}\nHR {other},{other},90000,\nIT,us,9000,\n"
    try:
        told = load("sheet.csv", f"Service,Who,Cost,{head}\n{rows}".encode(), Unsaid("226000")).told
    except MbaError as error:
        told = (*error.told, *error.text().splitlines())
    for line in told:
        assert visible(line) == line
        assert "n" * 100 not in line


def test_what_a_function_is_called_does_not_say_who_runs_it(tmp_path: Path) -> None:
    rows, profile, told = own(tmp_path, "Team,Cost\nBoard,90000\nShared with Hillside ICB,80000\nCSU,70000\n")
    assert [row.current for row in rows.values()] == [None, None, None]
    assert (profile.partners, profile.suppliers) == ((), ())
    assert "own staff" not in told


def test_of_the_rows_those_are_listed_that_mba_calls_otherwise_and_those_that_it_does_not_know(tmp_path: Path) -> None:
    _, _, told = own(tmp_path, "Team,Cost\nHR,90000\nHuman resources,80000\nIsland ferries,70000\n")
    told = told[told.index("2 of 3 rows") :]
    assert told.splitlines()[:1] == [
        "2 of 3 rows are taken for a function that mba knows. Check those that mba calls otherwise:"
    ]
    listed_ = [line.split(":")[0] for line in told.splitlines()[1:]]
    assert [listed_.count(f"  {name}") for name in ("HR", "Human resources")] == [1, 1]
    assert "Not known, so without flags and estimate: Island ferries" in told


def test_a_day_is_read_as_britain_writes_it_and_it_says_so(tmp_path: Path) -> None:
    rows, _, told = own(tmp_path, "Team,Who,Cost,Contract end\nHR,CSU,90000,31/03/2026\n")
    assert str(rows["hr"].current and rows["hr"].current.until) == "2026-03-31"
    assert "Read under “Contract end”: 31/03/2026 as 31 March 2026." in told


@pytest.mark.parametrize(
    ("text", "noughts", "pounds"),
    [("about £1", 0, "1"), ("about £0.90", 0, None), ("0.90", 0, "1"), ("about £0.90", 3, "900"), ("£1k", 3, "1000")],
)
def test_a_pound_is_a_figure_and_part_of_one_only_where_it_stands_so(
    text: str, noughts: int, pounds: str | None
) -> None:
    read = figure_read(text, noughts)
    assert (read and read.text) == pounds


@pytest.mark.parametrize("end", ["", ".5", "k"])
def test_a_figure_of_more_digits_than_a_sum_is_worked_out_with_is_a_fault_of_its_cell(end: str, tmp_path: Path) -> None:
    path = listed(f"Function,Today,Cost\nPayroll,make,{'1' * 40}{end}\n", tmp_path)
    with pytest.raises(MbaError, match=r"sheet\.csv:C2: "):
        load(str(path), unsaid=Unsaid("226000"))


def test_small_figures_beside_a_large_one_are_not_asked_about(tmp_path: Path) -> None:
    rows, _, _ = own(tmp_path, "Team,Who,Cost\nHR,us,500\nIT,us,600\nPayroll,us,250000\n")
    assert [row.annual_cost for row in rows.values()] == [500, 600, 250_000]


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%d-%b-%y", "%A %d %b %Y", "%dth of %B, %Y"]),
)
def test_a_day_is_the_same_however_britain_writes_it(day: date, form: str) -> None:
    assert day_in(day.strftime(form)) == day


@pytest.mark.parametrize(
    "text", ["", "spring 2027", "March 2027", "30 February 2027", "31 Foo 2027", "1/13/2027", "2027"]
)
def test_what_is_no_day_is_never_taken_for_one(text: str) -> None:
    assert day_in(text) is None


def test_a_heading_may_say_thousands_or_millions(tmp_path: Path) -> None:
    rows, _, _ = own(tmp_path, "Team,Budget (£m)\nHR,2.15\nIT,95k\n")
    assert [row.annual_cost for row in rows.values()] == [2_150_000, 95_000]


def test_rows_that_mba_calls_otherwise_are_all_named_and_the_unknown_have_the_nearest(tmp_path: Path) -> None:
    _, _, told = own(tmp_path)
    assert "12 of 13 rows are taken for a function that mba knows. Check those that mba calls otherwise:" in told
    assert "  Contracts team: Contract negotiation with providers" in told
    assert "  Complaints / PALS: Complaints and patient advice (PALS)" in told
    assert (
        "flags and estimate: Finance ledger (SBS) (nearest: Financial planning and management accounts or Pay" in told
    )


def test_the_kind_is_said_and_can_be_given(tmp_path: Path) -> None:
    path = listed(FINANCE, tmp_path)
    done = run("assess", path, "--population", "226000", *FEW)
    assert "Taken to be for a clinical commissioning group (ccg), at £25.00 a head." in done.err
    assert f"mba assess {path} --population 226000 --kind icb" in done.err
    given = run("assess", path, "--population", "226000", "--kind", "icb", *FEW)
    assert "£18.76 a head" in given.out
    assert "mba init mine.xlsx --from" in given.err
    assert "--kind icb" in given.err


def test_a_list_can_be_checked_and_the_screen_says_how(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    screen = run("assess", path, "--population", "780000", *FEW)
    assert f"mba check {path} --population 780000" in " ".join(screen.out.split())
    done = run("check", path, "--population", "780000")
    assert (done.status, "no faults" in done.out) == (0, True)


def test_a_profile_of_a_list_has_its_suppliers_for_what_they_run_and_who_else_is_named_for_all(tmp_path: Path) -> None:
    sheet, path = tmp_path / "own.csv", tmp_path / "mine.yaml"
    sheet.write_text(OWN.replace("Northmoor ICB", "Northmoor"), "utf-8")
    beside = ("--name", "Ours", "--population", "780000", "--suppliers", "NEL CSU, Acme", "--partners", "Northmoor ICB")
    assert run("init", path, "--from", sheet, *beside).status == 0
    profile = load_profile(str(path))
    assert [(partner.id, partner.functions) for partner in profile.partners] == [("northmoor-icb", "all")]
    assert {supplier.id: supplier.functions for supplier in profile.suppliers} == {
        "nel-csu": ("bi",),
        "acme": "all",
        "csu": ("hr", "payroll"),
        "capsticks-law-firm": ("legal",),
        "nhs-sbs": ("finance-ledger-sbs",),
    }


def test_who_has_an_id_and_no_name_is_called_by_its_words(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    rows = "functions: [{id: payroll, current: {mode: buy, supplier: capsticks-law, cost: 90000}}]\n"
    start = "organisation: {name: A, population: 1000}\nsuppliers: [{id: northern-csu}, {id: nhs-sbs, name: The SBS}]\n"
    path.write_text(start + rows, "utf-8")
    suppliers = json.loads(run("assess", path, *FEW, "--format", "json").out)["suppliers"]
    assert suppliers == {
        "capsticks-law": "Capsticks Law (not listed)",
        "nhs-sbs": "The SBS",
        "northern-csu": "Northern CSU",
    }


@pytest.mark.parametrize(
    "line", ["From 1 April 2027,,", "Start: 1 Apr 2027,,", "Starts on:,2027-04-01,", "from,1/4/27"]
)
def test_a_line_above_the_headings_says_from_when_the_answer_is_to_hold(line: str, tmp_path: Path) -> None:
    text = f"{line}\nFunction,Provider,Contract until,Cost\nPayroll,North CSU,31/03/2028,90000\n"
    sheet = listed(text, tmp_path)
    loaded = load(str(sheet), unsaid=Unsaid("400000"))
    assert loaded.profile.organisation.from_ == date(2027, 4, 1)
    assert "Taken to hold from 1 April 2027." in loaded.told
    assert load("-", text.encode(), Unsaid("400000")).profile.organisation.from_ == date(2027, 4, 1)
    path = tmp_path / "mine.yaml"
    assert run("init", path, "--from", sheet, "--name", "A", "--population", "400000").status == 0
    assert load_profile(str(path)).organisation.from_ == date(2027, 4, 1)


def test_a_title_that_begins_with_from_is_no_day(tmp_path: Path) -> None:
    sheet = listed("From the ledger 2025/26,,\nFunction,Provider,Cost\nPayroll,North CSU,90000\n", tmp_path)
    assert load(str(sheet), unsaid=Unsaid("400000")).profile.organisation.from_ is None


def test_a_supplier_whose_name_has_a_comma_is_one(tmp_path: Path) -> None:
    sheet = listed('Function,Provider,Cost\nPayroll,"Dee, Tay & Co LLP",90000\n', tmp_path)
    (function,) = load(str(sheet), unsaid=Unsaid("400000")).profile.functions
    assert function.current
    assert function.current.supplier == "dee-tay-co-llp"


def test_functions_whose_names_have_commas_are_each_one(tmp_path: Path) -> None:
    rows = '"Data, BI and analytics",North CSU\nPayroll,North CSU\n"Zorbing, risk; and assurance",North CSU\n'
    sheet = listed(f"Function,Provider\n{rows}", tmp_path)
    (supplier,) = load(str(sheet), unsaid=Unsaid("400000")).profile.suppliers
    assert supplier.functions == ("data-bi-and-analytics", "payroll", "zorbing-risk-and-assurance")


def test_bought_is_a_way_and_no_supplier(tmp_path: Path) -> None:
    profile = load(str(listed("Function,Provider\nPayroll,Bought\n", tmp_path)), unsaid=Unsaid("400000")).profile
    assert profile.functions[0].current
    assert (profile.functions[0].current.mode, profile.suppliers) == (Option.BUY, ())


@pytest.mark.parametrize("words", ["Mixed - part CSU", "Mostly CSU", "Part in-house, part CSU", "mixture"])
def test_what_is_run_in_part_by_somebody_is_not_said_how(words: str, tmp_path: Path) -> None:
    loaded = load(str(listed(f'Function,Provider\nPayroll,"{words}"\n', tmp_path)), unsaid=Unsaid("400000"))
    assert (loaded.profile.functions[0].current, loaded.profile.suppliers) == (None, ())


def test_a_supplier_that_is_spelt_in_small_letters_further_down_is_the_same(tmp_path: Path) -> None:
    sheet = listed("Function,Provider\nPayroll,South Ridings CSU\nBI,south ridings csu\n", tmp_path)
    (supplier,) = load(str(sheet), unsaid=Unsaid("400000")).profile.suppliers
    assert (supplier.name, supplier.functions) == ("South Ridings CSU", ("payroll", "bi"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Function,Provider,Cost\n", ":A1: no functions stand below the headings"),
        ("A list,,\nFunction,Provider,Cost\nTotal,,90000\n", ":A2: no functions stand below the headings"),
        ("", "is empty"),
        ("\n\n", "is empty"),
        (",,\n,,\n", "has nothing in its first 30 rows"),
        (",,\n" * 30 + "Function,Cost\nHR,90000\n", "has nothing in its first 30 rows"),
    ],
)
def test_a_list_without_functions_is_told_as_such(text: str, said: str, tmp_path: Path) -> None:
    ended = run("check", listed(text, tmp_path), "--population", "400000")
    assert ended.status == 2
    assert said in ended.err


AREAS = """\
Area,Work done,Provider,Cost
Corporate,HR,In-house,90000
Corporate,Payroll,In-house,80000
Corporate,Legal,In-house,70000
Finance,Procurement,In-house,60000
"""


def test_where_most_rows_have_the_name_of_another_it_is_asked_which_column_has_the_functions(tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        own(tmp_path, AREAS + "Corporate,Estates,In-house,50000\n")
    (problem,) = caught.value.problems
    assert problem.message == (
        "the functions are taken from column A, “Area”, where most rows have the name of another"
    )
    assert (
        problem.hint == "If another column says what they are, call that Function; else call each row by whose it is."
    )
    for heading in ("Function", "What we do"):
        rows, _, _ = own(tmp_path, AREAS.replace("Work done", heading))
        assert list(rows) == ["hr", "payroll", "legal", "procurement"]


def test_total_facilities_management_is_no_total(tmp_path: Path) -> None:
    sheet = listed("Function,Provider,Cost\nTotal facilities management,Mitie,90000\nTotal estates,,90000\n", tmp_path)
    (function,) = load(str(sheet), unsaid=Unsaid("400000")).profile.functions
    assert function.name == "Total facilities management"


@pytest.mark.parametrize("words", ["Rolling", "ongoing", "open-ended", "No end date"])
def test_a_contract_without_an_end_has_none(words: str, tmp_path: Path) -> None:
    sheet = listed(f"Function,Provider,Cost,Contract end\nPayroll,Mitie,90000,{words}\n", tmp_path)
    (function,) = load(str(sheet), unsaid=Unsaid("400000")).profile.functions
    assert function.current
    assert function.current.until is None


def test_a_share_is_no_cost_and_is_never_read_as_pounds(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Function,Provider,Cost\nPayroll,North CSU,10%\n", "utf-8")
    ended = run("check", path, "--population", "400000")
    assert ended.status == 2
    assert "C2: “Paid today” must be a whole number, not “10%”" in ended.err


@pytest.mark.parametrize(
    "words", ["Bought in from Capita", "outsourced to Capita", "Contract with Capita", "Provided by: Capita", "Capita*"]
)
def test_a_supplier_has_its_name_alone_however_the_cell_says_that_it_supplies(words: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Function,Provider,Cost\nPayroll,{words},100000\n", "utf-8")
    (supplier,) = load(str(path), unsaid=Unsaid("400000")).profile.suppliers
    assert supplier.name == "Capita"


@pytest.mark.parametrize("words", ["Vacant", "vacant post", "Finance team", "Corporate directorate", "nobody"])
def test_a_team_of_nobody_knows_whom_is_no_supplier(words: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Function,Provider,Cost\nPayroll,{words},100000\nLegal,North CSU,90000\n", "utf-8")
    loaded = load(str(path), unsaid=Unsaid("400000"))
    assert [supplier.name for supplier in loaded.profile.suppliers] == ["North CSU"]
    assert any(f"“{words}” does not say whose" in line for line in loaded.told)


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("South Ridings CSU", "csu"),
        ("NHS Midland Commissioning Support Unit", "csu"),
        ("MLCSU", "csu"),
        ("North Commissioning Support", "csu"),
        ("Bought from NEL CSU", "csu"),
        ("NHS Shared Business Services", "nhs-body"),
        ("NHS Property Services", "nhs-body"),
        ("NHS Property Services Ltd", "private"),
        ("Bought from Norshire County Council", "local-authority"),
        ("M.L.C.S.U.", "csu"),
        ("South Ridings C.S.U.", "csu"),
        ("IT Support Ltd", "private"),
        ("Browne Jacobson LLP", "private"),
        ("Audit Yorkshire", None),
    ],
)
def test_a_supplier_whose_name_says_what_kind_it_is_is_taken_for_that(
    who: str, kind: str | None, tmp_path: Path
) -> None:
    path, made = tmp_path / "list.csv", tmp_path / "mine.yaml"
    path.write_text(f"Function,Provider,Cost\nPayroll,{who},100000\n", "utf-8")
    loaded = load(str(path), unsaid=Unsaid("400000", "icb"))
    (supplier,) = loaded.profile.suppliers
    assert supplier.kind == kind
    told = [line for line in loaded.told if re.fullmatch(rf"  Taken as (a|of) .*: {supplier.name}\.", line)]
    assert len(told) == (kind is not None)
    beside = ("--name", "Ours", "--population", "400000", "--kind", "icb")
    assert run("init", made, "--from", path, *beside).status == 0
    assert [each.kind for each in load_profile(str(made)).suppliers] == [kind]


def test_a_support_unit_in_a_boards_list_is_taken_to_close_when_they_do_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Function,Provider,Cost,Contract end\nPayroll,South CSU,100000,31/03/2027\n", "utf-8")
    said = " ".join(run("assess", path, "--population", "400000", "--kind", "icb", *FEW).out.split())
    assert "From which day is the answer to hold (from)? Not said, so what run" in said
    (tmp_path / "later.csv").write_text("From 1 April 2027\n" + path.read_text("utf-8"), "utf-8")
    beside = ("--name", "X", "--population", "400000", "--kind", "icb")
    ended = run("init", tmp_path / "mine.yaml", "--from", tmp_path / "later.csv", *beside)
    assert "Taken to close on 31 March 2027, as support units do by then" in ended.err
    said = run("assess", tmp_path / "mine.yaml", *FEW).out
    assert "1 cannot stay beyond 31 Mar 2027" in " ".join(said.split())


@pytest.mark.parametrize("kind", ["icb", "ccg"])
def test_who_is_named_as_a_boards_support_unit_closes_too(kind: str, tmp_path: Path) -> None:
    words = ("--name", "X", "--population", "400000", "--kind", kind, "--suppliers", "Mid CSU, Firm Ltd")
    assert run("init", tmp_path / "mine.yaml", *words).status == 0
    unit, firm = load_profile(str(tmp_path / "mine.yaml")).suppliers
    assert str(unit.closes) == {"icb": "2027-03-31", "ccg": "None"}[kind]
    assert firm.closes is None


@pytest.mark.parametrize("head", ["Supplier closes", "Closes", "Provider closes on", "CSU closing date"])
def test_a_column_says_on_which_day_a_supplier_closes(head: str, tmp_path: Path) -> None:
    rows = "HR,South CSU,90000,31/03/2027\nPayroll,South CSU,80000,\nBI,South CSU,95000,31 Mar 27\nIT,us,70000,tbc\n"
    _, profile, told = own(tmp_path, f"Team,Who,Cost,{head}\n{rows}")
    (supplier,) = profile.suppliers
    assert str(supplier.closes) == "2027-03-31"
    assert f"“{head}”: Closes" in told


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ("30/06/2027", "D3: South CSU closes on “2027-06-30” here, and on “2027-03-31” in row 2"),
        ("soon", "D3: South CSU closes on “soon” here, and on “2027-03-31” in row 2"),
    ],
)
def test_two_closing_days_of_one_supplier_are_a_fault_at_the_cell(second: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Team,Who,Cost,Closes\nHR,South CSU,90000,31/03/2027\nBI,South CSU,80000,{second}\n", "utf-8")
    done = run("check", path, "--population", "400000")
    assert done.status == 2
    assert fault in done.err
    assert "Give South CSU one closing day, or leave the other cells blank." in done.err


def test_beside_an_answer_and_beside_faults_stands_what_matters_in_a_few_lines_and_all_of_it_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    path = tmp_path / "ledger.csv"
    heads = "Service,Provider,Actual 24/25,Budget 25/26 £000,Contract ends\n"
    rows = "".join(f"{name},{who},9,{90 + at},31/3/27\n" for at, (name, who) in enumerate(MANY.items()))
    text = f"From 1 April 2027,,,,\n{heads}CORPORATE,,,,\n{rows}Island ferries,,80,TBC,\nTotal,,,\n"
    path.write_text(text, "utf-8")
    lines = run("assess", path, "--population", "640000", "--kind", "icb", *FEW).err.strip().splitlines()
    assert len(lines) <= 12
    assert not any(line.startswith(" ") or line.endswith(":") for line in lines)
    for matters in (
        "costs in column D, “Budget 25/26 £000”, in thousands.",
        "the heading “CORPORATE”",
        "Island ferries",
    ):
        assert matters in "\n".join(lines)
    full = run("check", path, "--population", "640000", "--kind", "icb").err
    assert (
        full
        == run("init", tmp_path / "x.yaml", "--from", path, "--population", "640000", "--kind", "icb").err[: len(full)]
    )
    assert "  HR: Human resources and organisational development" in full
    path.write_text(text.replace("31/3/27", "March 2027", 1), "utf-8")
    faulty = run("check", path, "--population", "640000", "--kind", "icb").err
    assert "  HR: Human" not in faulty
    assert "the heading “CORPORATE”" in faulty


@pytest.mark.parametrize("heading", ["26/27 plan (£000)", "Plan 2026/27 £k", "26/27 budget £000"])
def test_a_plan_of_the_later_year_counts_and_not_what_was_spent_in_the_earlier(heading: str, tmp_path: Path) -> None:
    path = listed(f"Function,25/26 outturn (£000),{heading}\nPayroll,95,97\nHR,140,150\n", tmp_path)
    costs = [function.annual_cost for function in load(str(path), unsaid=Unsaid("640000")).profile.functions]
    assert costs == [97_000, 150_000]


@pytest.mark.parametrize("heading", ["Comment / risk", "Notes & actions", "Risks and issues"])
def test_a_comment_is_read_whatever_else_stands_in_its_column(heading: str, tmp_path: Path) -> None:
    path = listed(f"Function,Budget,{heading}\nPayroll,95000,leaves to the region\n", tmp_path)
    (function,) = load(str(path), unsaid=Unsaid("640000")).profile.functions
    assert function.note == "leaves to the region"


@pytest.mark.parametrize(
    ("option", "name", "said", "instead"),
    [
        ("--suppliers", "Dee ICB", "the list has it as a partner, who runs HR", "bought from Dee ICB"),
        ("--partners", "North CSU", "the list has it as a supplier, who runs Payroll", "shared with North CSU"),
    ],
)
def test_who_is_named_as_a_partner_and_listed_as_a_supplier_is_refused_where_it_was_said_with_what_to_write(
    tmp_path: Path, option: str, name: str, said: str, instead: str
) -> None:
    (tmp_path / "list.csv").write_text("Function,Provider,Cost\nPayroll,North CSU,100000\nHR,Dee ICB,200000\n", "utf-8")
    words = ("--name", "X ICB", "--population", "500000", option, name, tmp_path / "mine.yaml")
    found = run("init", "--from", tmp_path / "list.csv", *words)
    assert found.status == 2
    assert f"{option} {name}: {said}" in found.err
    assert "mine.yaml" not in found.err
    assert f"write “{instead}” in the list" in found.err
    text = (tmp_path / "list.csv").read_text("utf-8").replace(f",{name},", f",{instead},")
    (tmp_path / "list.csv").write_text(text, "utf-8")
    assert run("init", "--from", tmp_path / "list.csv", *words).status == 0, "what it advises works"

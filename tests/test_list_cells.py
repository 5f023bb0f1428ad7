"""What the cells of a list say of two bodies, of days and of kinds: taken as it is meant, or asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import decided
from running import run

from mba.called import kind_by_name
from mba.caution import QueryCode
from mba.load.everyday import known_as, run_by
from mba.load.headed import Unsaid
from mba.load.knowledge import load_catalogue
from mba.load.profiles import Loaded, load, load_profile
from mba.problem import MbaError
from mba.report.queries import worded
from mba.terms import Option, SupplierKind


def of(tmp_path: Path, text: str) -> Loaded:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    return load(str(path), unsaid=Unsaid("400000", "icb"))


@pytest.mark.parametrize(
    "words",
    [
        "In-house (Westshire) / Midshire CSU (Fenland)",
        "Midshire CSU (Fenland) / In-house (Westshire)",
        "In-house (Westshire), Midshire CSU (Fenland)",
        "In-house (Westshire) / Shared with Central Shires ICB (Fenland)",
        "Shared with Central Shires ICB (Fenland) / In-house (Westshire)",
        "Shared with Fenland CC (Fenland) and in-house (Westshire)",
        "Shared with Westshire CC (Westshire) / Shared with Fenland CC (Fenland)",
        "Shared with Westshire CC (Westshire); shared with Fenland CC (Fenland)",
        "Acme LLP (Westshire) / Midshire CSU (Fenland)",
        "Midshire CSU (Fenland) / Northmoor ICB (shared)",
        "Acme for Westshire, bought from Midshire CSU for Fenland",
        "In-house with support of the CSU",
        "Contracted out to Serco/Mitie",
    ],
)
def test_whoever_names_two_ways_in_either_order_says_more_than_one(words: str, tmp_path: Path) -> None:
    assert run_by(words).doubt == "says more than one"
    loaded = of(tmp_path, f'Function,Provider,Cost\nPayroll,"{words}",90000\n')
    assert (loaded.profile.functions[0].current, loaded.profile.suppliers, loaded.profile.partners) == (None, (), ())


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("Shared w/ Northmoor", ("Northmoor",)),
        ("Northmoor ICB, shared", ("Northmoor ICB",)),
        ("Shared between us and Northmoor", ("Northmoor",)),
        ("Shared with Dee ICB (north) and Tay ICB (south)", ("Dee ICB (north)", "Tay ICB (south)")),
    ],
)
def test_whoever_names_one_way_says_one(words: str, whom: tuple[str, ...]) -> None:
    assert (run_by(words).mode, run_by(words).whom) == (Option.SHARE, whom)


@pytest.mark.parametrize("name", ["Browne & Co", "Dee and Tay Ltd", "Dee, Tay & Co LLP"])
def test_a_supplier_whose_name_has_an_and_is_one_however_the_cell_says_that_it_supplies(name: str) -> None:
    assert run_by(f"Bought from {name}").whom == run_by(name).whom == (name,)


@pytest.mark.parametrize("words", ["In-house (with some bank staff and agency)", "Own staff (24/7 rota)"])
def test_what_stands_in_brackets_is_no_second_way(words: str) -> None:
    assert run_by(words).mode == Option.MAKE


def test_every_column_of_days_reads_the_same_days(tmp_path: Path) -> None:
    heads = "Function,Provider,Cost,Contract end,Supplier closes,Leaves to,Leaves on"
    rows = "BI,Acme,90000,31/03/2028,31 Mar 28,,\nEPRR,In-house,80000,,,NHS Region,01/04/2027\n"
    loaded = of(tmp_path, f"{heads}\n{rows}")
    leaves = loaded.profile.functions[1].leaves
    assert leaves
    assert leaves.on == date(2027, 4, 1)
    assert "Read under “Leaves on”: 01/04/2027 as 1 April 2027." in "\n".join(loaded.told)


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("end FY 26/27", "2027-03-31"),
        ("FY26/27", "2027-03-31"),
        ("FY 2026/27", "2027-03-31"),
        ("end of financial year 2026-27", "2027-03-31"),
        ("year end 26/27", "2027-03-31"),
        ("end of 2026/27", "2027-03-31"),
        ("end of June 2027", "2027-06-30"),
        ("End Feb-28", "2028-02-29"),
    ],
)
def test_the_end_of_a_month_or_of_a_financial_year_is_its_last_day(end: str, day: str, tmp_path: Path) -> None:
    (function,) = of(tmp_path, f"Function,Provider,Cost,Contract end\nBI,Acme,90000,{end}\n").profile.functions
    assert function.current
    assert str(function.current.until) == day


@pytest.mark.parametrize(
    ("end", "hint"),
    [
        ("Mar-27", "Which day of March 2027? If it is the last, write 2027-03-31."),
        ("March 2027", "Which day of March 2027? If it is the last, write 2027-03-31."),
        ("31/2/27", "February 2027 has no day 31; its last is 2027-02-28."),
        ("2028-02-30", "February 2028 has no day 30; its last is 2028-02-29."),
        ("FY26/28", "Write it as year, month and day, from 2000 on: YYYY-MM-DD"),
        ("31/13/27", "Write it as year, month and day, from 2000 on: YYYY-MM-DD"),
    ],
)
def test_what_is_no_one_day_is_refused_with_what_to_write(end: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        of(tmp_path, f"Function,Provider,Cost,Contract end\nBI,Acme,90000,{end}\n")
    assert [problem.hint for problem in caught.value.problems] == [hint]


def test_a_financial_year_in_which_something_leaves_is_not_taken_for_its_end(tmp_path: Path) -> None:
    with pytest.raises(MbaError, match="Leaves on") as caught:
        of(tmp_path, "Function,Cost,Leaves to,Leaves on\nBI,90000,NHS Region,FY26/27\nHR,80000,,\n")
    assert [problem.hint for problem in caught.value.problems] == ["If that is its end, write 2027-03-31."]


@pytest.mark.parametrize("words", ["310 + VAT", "310 (plus VAT)", "310 ex VAT", "£310 excluding VAT", "310 excl. VAT"])
def test_a_price_without_its_vat_is_refused_with_what_to_write(words: str, tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        of(tmp_path, f"Function,Provider,Cost £000\nBI,Acme,{words}\n")
    hint = "Write what is paid in all: 310 where the VAT is recovered, else the sum with VAT."
    assert [problem.hint for problem in caught.value.problems] == [hint]


@pytest.mark.parametrize("words", ["310k inc VAT", "310k (incl. VAT)", "£310k including VAT"])
def test_a_price_with_its_vat_is_what_is_paid(words: str, tmp_path: Path) -> None:
    (function,) = of(tmp_path, f"Function,Provider,Cost\nBI,Acme,{words}\n").profile.functions
    assert function.current
    assert function.current.cost == 310_000


@pytest.mark.parametrize("words", ["310", "310 inc VAT", "310 est.", "310 p.a.", "about 310 a year", "310k", "£0.31m"])
def test_what_stands_behind_a_figure_is_no_unit_of_its_own(words: str, tmp_path: Path) -> None:
    (function,) = of(tmp_path, f"Function,Cost £000\nBI,{words}\n").profile.functions
    assert function.annual_cost == 310_000


def test_a_column_of_posts_is_told_to_be_left_out_and_why(tmp_path: Path) -> None:
    told = of(tmp_path, "Function,WTE,Grade,Cost\nBI,3,7,90000\n").told
    assert "Left out: column B, “WTE” (as nothing is worked out from posts); column C, “Grade”." in told


def test_a_row_below_nought_may_be_a_vacancy_factor(tmp_path: Path) -> None:
    with pytest.raises(MbaError, match="must be more than 0") as caught:
        of(tmp_path, "Function,Cost\nBI,90000\nVacancy factor,-150\n")
    assert caught.value.problems[0].hint.startswith("Income, a saving or a vacancy factor is taken off the costs that ")


@pytest.mark.parametrize(
    "line",
    [
        '"Cluster, from 1 April 2027"',
        "Costs of both boards (from 1 April 2027),,",
        "Fenland; from: Thursday 1st April 2027",
        "Plan starting on 2027-04-01 £000",
    ],
)
def test_a_day_after_from_counts_wherever_it_stands_above_the_headings(line: str, tmp_path: Path) -> None:
    loaded = of(tmp_path, f"{line}\nFunction,Provider,Cost\nPayroll,Acme,90000\n")
    assert loaded.profile.organisation.from_ == date(2027, 4, 1)
    assert "Taken to hold from 1 April 2027." in loaded.told


@pytest.mark.parametrize("line", ["From April 2027", "Costs from 1 April 2025 to 31 March 2026", "Plan from 1.13.2027"])
def test_a_line_with_from_and_no_one_day_is_told_not_to_be_read(line: str, tmp_path: Path) -> None:
    loaded = of(tmp_path, f"{line},,\nFunction,Provider,Cost\nPayroll,Acme,90000\n")
    assert loaded.profile.organisation.from_ is None
    assert f"Row 1, “{line}”, is not read. If the answer is to hold from a day, write: From 1 April 2027" in loaded.told


def test_a_list_that_says_ally_is_told_as_allied(tmp_path: Path) -> None:
    rows = "Payroll,Meridian LLP,ally,90000\nHR,Meridian LLP,buy,80000\nLegal,Old Hall LLP,ally,70000\n"
    loaded = of(tmp_path, f"Function,Provider,How run,Cost\n{rows}")
    told = "\n".join(loaded.told)
    assert "Taken as allied: what is run by Meridian LLP (Payroll); Old Hall LLP (Legal). " in told
    assert "Taken as bought: what is run by Meridian LLP (HR). " in told
    assert "Taken as a private company: Meridian LLP; Old Hall LLP." in told
    assert {each.id: each.functions for each in loaded.profile.suppliers} == {
        "meridian-llp": ("hr", "payroll"),
        "old-hall-llp": ("legal",),
    }


@pytest.mark.parametrize("form", ["LLP", "Ltd", "Limited", "plc", "Inc", "LLC"])
@pytest.mark.parametrize("name", ["NHS Payroll Partnership", "Midshire CSU", "Norshire Council Services", "Acme"])
def test_a_company_is_no_body_of_the_nhs_by_its_name(name: str, form: str) -> None:
    assert kind_by_name(f"{name} {form}") is SupplierKind.PRIVATE


@pytest.mark.parametrize("name", ["mine.yaml", "mine.xlsx"])
def test_a_first_profile_takes_kinds_from_names_as_a_list_does(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    beside = ("--name", "Ours", "--population", "400000", "--groups", "1", "--partners", "Dee ICB")
    assert run("init", path, *beside, "--suppliers", "Midshire CSU, X LLP, Audit Yorkshire").status == 0
    assert [each.kind for each in load_profile(str(path)).suppliers] == ["csu", "private", None]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Payroll - Westshire", "payroll"),
        ("Payroll – Westshire ICB", "payroll"),
        ("Payroll: Westshire", "payroll"),
        ("Westshire - Payroll", "payroll"),
        ("Continuing healthcare (CHC) - Westshire", "continuing-healthcare"),
        ("HR - Payroll", ""),
        ("Non-recurrent payroll", ""),
    ],
)
def test_a_function_is_known_with_whose_it_is_behind_a_dash(row: str, name: str) -> None:
    assert known_as(row) == name


PARTS = """\
Function,Provider,Cost
Payroll - Westshire,Acme LLP,120000
Payroll - Fenland,Midshire CSU,90000
Legal services (Westshire),Old Hall LLP,50000
Legal services (Fenland),In-house,60000
HR,In-house,300000
"""


def test_rows_that_are_parts_of_one_function_are_each_their_own_with_its_flags(tmp_path: Path) -> None:
    loaded = of(tmp_path, PARTS)
    catalogue = load_catalogue().functions
    rows = {row.id: row for row in loaded.profile.functions}
    assert list(rows) == [
        "payroll-westshire",
        "payroll-fenland",
        "legal-services-westshire",
        "legal-services-fenland",
        "hr",
    ]
    assert rows["payroll-fenland"].flags == catalogue["payroll"].flags
    assert rows["payroll-fenland"].vat == catalogue["payroll"].vat
    assert rows["hr"].flags is None
    assert (
        "Parts of one function, so with its flags and without its estimate: Payroll - Westshire and "
        "Payroll - Fenland; Legal services (Westshire) and Legal services (Fenland)."
    ) in loaded.told
    decision = decided(loaded.profile)
    assert not [query.code for query in decision.queries if query.code in (QueryCode.SAME_FUNCTION, QueryCode.UNKNOWN)]
    path = tmp_path / "mine.xlsx"
    beside = ("--name", "Ours", "--population", "400000", "--kind", "icb")
    assert run("init", path, "--from", tmp_path / "list.csv", *beside).status == 0
    assert load_profile(str(path)).functions == loaded.profile.functions


def test_functions_that_stand_in_two_rows_are_told_once_with_what_helps(tmp_path: Path) -> None:
    names = ("Payroll", "HR", "Legal services")
    rows = [f"{board},{name},Acme LLP,90000" for name in names for board in ("Westshire ICB", "Fenland ICB")]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["Board,Function,Provider,Cost", *rows]), "utf-8")
    said = run("check", path, "--population", "400000", "--kind", "icb").err
    assert "list.csv:B3: “payroll” stands in row 2 too; so it is with 2 rows more: 5, 7" in said
    assert "Call each by whose it is, such as “Payroll - North”; or make one row, if one body runs both." in said
    assert "1 problem found." in said
    named = [f"{name} - {board},Acme LLP,90000" for name in names for board in ("Westshire ICB", "Fenland ICB")]
    path.write_text("\n".join(["Function,Provider,Cost", *named]), "utf-8")
    assert run("check", path, "--population", "400000", "--kind", "icb").status == 0


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("leaves to region", True),
        ("Leaves 1 April 2027", True),
        ("transfers to NHS England", True),
        ("moving to the region", True),
        ("To be transferred over to the NHS Region from April", True),
        ("goes to providers", True),
        ("passing to the council", True),
        ("TUPE to region Apr 2028", True),
        ("TUPE transfer of staff to the NHSE region", True),
        ("returns to NHS England", True),
        ("handed over to the trust", True),
        ("TUPE to new provider", False),
        ("TUPE from the council", False),
        ("region to decide", False),
        ("moving to a new ledger", False),
        ("Jo is leaving in June", False),
        ("transferred from the trust", False),
        ("annual leave to be covered", False),
    ],
)
def test_a_note_that_says_that_a_function_leaves_is_asked_about(note: str, is_asked: bool, tmp_path: Path) -> None:
    loaded = of(tmp_path, f"Function,Provider,Cost,Comment\nEPRR,In-house,90000,{note}\nHR,In-house,80000,\n")
    found = [query for query in decided(loaded.profile).queries if query.code is QueryCode.NOTED]
    assert [query.functions for query in found] == [("eprr",)] * is_asked


def test_several_that_leave_by_their_notes_are_one_question_and_none_once_they_are_said_to(tmp_path: Path) -> None:
    rows = "EPRR,90000,leaves to region,\nIFR,70000,leaves to region,\nIPC,60000,leaves,yes\nHR,80000,,\n"
    decision = decided(of(tmp_path, f"Function,Cost,Comment,Leaves\n{rows}").profile)
    (question,) = [worded(query, decision) for query in decision.queries if query.code is QueryCode.NOTED]
    assert question == (
        "By the note EPRR and IFR leave. If so, say it (leaves): until then every sum holds them. "
        "If not, change the note."
    )


def vat_asked(tmp_path: Path, note: str, who: str = "Acme Ltd", more: str = "", name: str = "Data management") -> str:
    loaded = of(tmp_path, f'Function,Provider,Cost,Comment,VAT\n{name},{who},340000,"{note}",{more}\n')
    decision = decided(loaded.profile)
    asked_ = [worded(query, decision) for query in decision.queries if query.code is QueryCode.NOTED_VAT]
    assert any("VAT is said not to be in that of Data management" in line for line in loaded.told) or not asked_
    return "".join(asked_)


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [
        ("ex VAT", True),
        ("excl. VAT", True),
        ("Excludes VAT", True),
        ("VAT not included", True),
        ("plus VAT", True),
        ("340 + VAT", True),
        ("net of VAT", True),
        ("VAT is on top", True),
        ("incl. VAT", False),
        ("incl. VAT recovery team", False),
        ("plus VAT recovery team", False),
        ("VAT included", False),
        ("Apex VAT advice", False),
    ],
)
def test_a_note_that_says_that_vat_is_not_in_what_is_paid_is_asked_about(
    note: str, is_asked: bool, tmp_path: Path
) -> None:
    asked_ = "By the note VAT is not in what is paid for Data management, and it is taken to be. "
    assert vat_asked(tmp_path, note).startswith(asked_) is is_asked


@pytest.mark.parametrize(
    ("who", "more", "name"),
    [
        ("In-house", "", "Data management"),
        ("Midshire CSU", "", "Data management"),
        ("NHS Property Services", "", "Data management"),
        ("Shared with Dee ICB", "", "Data management"),
        ("Acme Ltd", "recoverable", "Data management"),
        ("Acme Ltd", "", "Payroll"),
    ],
)
def test_where_no_vat_is_charged_or_it_is_recovered_no_note_on_it_is_asked_about(
    who: str, more: str, name: str, tmp_path: Path
) -> None:
    assert not vat_asked(tmp_path, "ex VAT", who, more, name)


def test_where_it_leaves_to_and_when_have_columns_of_their_own_and_what_is_advised_works(tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        of(tmp_path, "Function,Cost,Leaves\nEPRR,80000,NHS region 1 April 2028\nHR,90000,\n")
    assert caught.value.problems[0].hint == (
        "Write yes; where it goes and from which day in columns of their own, Leaves to and Leaves on."
    )
    written = "Function,Cost,Leaves,Leaves to,Leaves on\nEPRR,80000,yes,NHS region,1 April 2028\nHR,90000,,,\n"
    (leaves, _) = (function.leaves for function in of(tmp_path, written).profile.functions)
    assert leaves
    assert (leaves.to, leaves.on) == ("NHS region", date(2028, 4, 1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("Wolds County Council", "local-authority"),
        ("Fenmoor ICB", "icb"),
        ("NHS Fenmoor Integrated Care Board", "icb"),
        ("Fenland CCG", "ccg"),
        ("Dee Hospitals NHS Trust", "nhs-body"),
        ("Fenland", None),
    ],
)
def test_a_partner_whose_name_says_what_kind_it_is_is_taken_for_that_however_it_is_named(
    who: str, kind: str | None, tmp_path: Path
) -> None:
    listed = of(tmp_path, f"Function,Provider,Cost\nPayroll,Shared with {who},100000\n").profile
    made, named = tmp_path / "made.xlsx", tmp_path / "named.yaml"
    beside = ("--population", "400000", "--kind", "icb")
    assert run("init", made, "--from", tmp_path / "list.csv", *beside).status == 0
    assert run("init", named, "--name", "Ours", "--partners", who, *beside).status == 0
    profiles = (listed, load_profile(str(made)), load_profile(str(named)))
    assert [partner.kind for profile in profiles for partner in profile.partners] == [kind] * 3


def test_what_the_messages_of_a_list_say_to_type_makes_a_profile_without_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("Function,Cost\nHR,80000\nPayroll,90000\n", "utf-8")
    said = run("assess", tmp_path / "ledger.csv", "--population", "400000", "--draws", "0").err
    words = said[said.index("mba init mine.xlsx") :].split("\n")[0].split()[3:]
    done = run("init", tmp_path / "mine.yaml", *words)
    profile = load_profile(str(tmp_path / "mine.yaml"))
    assert (done.status, profile.organisation.name, profile.organisation.kind) == (0, "ledger", "ccg")


@pytest.mark.parametrize(
    ("above", "heading", "is_asked"),
    [
        ("", "Cost £000 (ex VAT)", True),
        ("", "Cost ex. VAT", True),
        ("", "Budget excluding VAT (£)", True),
        ("All figures exclude VAT", "Cost", True),
        ("", "Cost £000 (inc VAT)", False),
        ("", "Cost including VAT", False),
        ("All figures include VAT", "Cost", False),
    ],
)
def test_what_the_heading_of_the_costs_or_a_line_above_says_of_vat_is_of_every_row_that_is_bought_outside_the_nhs(
    above: str, heading: str, is_asked: bool, tmp_path: Path
) -> None:
    rows = "Legal,Acme LLP,212,fixed fee\nData management,Acme LLP,340,\nBI,Dee CSU,300,\nHR,In-house,300,\n"
    loaded = of(tmp_path, f"{above},,,\nFunction,Provider,{heading},Comment\n{rows}".removeprefix(",,,\n"))
    found = [query.functions for query in decided(loaded.profile).queries if query.code is QueryCode.NOTED_VAT]
    assert [set(ids) for ids in found] == [{"data-management", "legal"}] * is_asked
    assert (loaded.profile.functions[0].note or "").startswith("fixed fee")

"""A decision as a workbook: sheets, tables, drop-downs, sums that follow a choice, and text that is only text."""

from __future__ import annotations

import csv
import io
import math
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from running import run
from test_export import HOSTILE
from whole_profiles import whole_profiles

from mba.answer import Asked, answer
from mba.load.columns import PROFILE_SHEETS
from mba.load.knowledge import load_references
from mba.output.formats import Format
from mba.output.write import Way, rendered
from mba.problem import MbaError
from mba.profile import Profile
from mba.report import sheet as csv_sheet
from mba.report.workbook import decision_workbook
from mba.results import Decision
from mba.terms import Option

RESULT_SHEETS = ["Read me", "Decide", "Money", "Options", "Ask"]


def written(decision: Decision) -> bytes:
    return decision_workbook(decision, RULES, load_references())


def opened(data: bytes, *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def table(book: Any, sheet: str, name: str) -> list[dict[str, Any]]:
    """The rows of a table, by head."""
    heads, *rows = [[cell.value for cell in row] for row in book[sheet][book[sheet].tables[name].ref]]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def a_decision() -> Decision:
    """A function to be shared, one that is bought, one without a cost, and one decided."""
    return decided(
        a_profile(
            a_function(annual_cost=310_000, current={"mode": "buy", "supplier": "central-csu", "cost": 262_000}),
            a_function("payroll", flags=["transactional"], annual_cost=95_000, current="make"),
            a_function("night-desk", name="Night desk", flags=["relational"]),
            a_function("legal-services", annual_cost=60_000, decided={"mode": "buy", "because": "Board, 12 May"}),
            partners=[a_partner()],
            suppliers=[a_supplier()],
        )
    )


def test_the_workbook_has_result_sheets_and_the_four_sheets_of_the_profile() -> None:
    book = opened(written(a_decision()))
    assert book.sheetnames == [*RESULT_SHEETS, *PROFILE_SHEETS, "Sources"]
    for sheet in book.worksheets[1:]:
        assert sheet.tables, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert not sheet.merged_cells.ranges


def test_every_function_can_be_run_in_the_ways_that_are_open_to_it() -> None:
    decision = a_decision()
    sheet = opened(written(decision), values=False)["Decide"]
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    for row, function in enumerate(decision.functions, 5):
        of = [o.value for o, result in function.options.items() if result.available or o is function.recommendation]
        assert lists[f"F{row}"] == f'"{",".join(of)}"'


def test_ratings_are_chosen_from_a_list_that_says_what_both_ends_mean() -> None:
    sheet = opened(written(a_decision()))["Functions"]
    notes = {rule.promptTitle: rule for rule in sheet.data_validations.dataValidation}
    measurability = notes["Ease of measuring"]
    assert measurability.formula1 == '"1,2,3,4,5"'
    assert "1: two checkers would disagree" in measurability.prompt
    assert "5: five indicators" in measurability.prompt


def test_what_nobody_said_to_be_paid_stands_in_no_cell_as_paid() -> None:
    profile = a_profile(a_function(annual_cost=310_000, current="buy"), suppliers=[a_supplier()])
    (row,) = table(opened(written(decided(profile))), "Decide", "decide")
    assert (row["Paid today"], row["Staying costs"] > 0) == (None, True)


def test_the_sheets_show_the_figures_of_the_decision_without_being_recalculated() -> None:
    decision = a_decision()
    book = opened(written(decision))
    for row, function in zip(table(book, "Decide", "decide"), decision.functions, strict=True):
        chosen = function.chosen
        assert (row["Id"], row["Recommended"], row["Your choice"]) == (
            function.id,
            function.recommendation,
            function.recommendation,
        )
        assert row["£ a year"] == ("not known" if chosen.cost.pounds is None else chosen.cost.pounds)
        once = "not known" if chosen.cost.pounds is None else chosen.cost.once
        assert (row["£ once"], row["Fit"]) == (once, chosen.fit)
        paid, stays = (function.today.paid, function.today.cost) if function.today else (None, None)
        more = (chosen.cost.pounds or 0) - (stays or 0) if None not in (stays, chosen.cost.pounds) else None
        assert (row["Paid today"], row["Staying costs"], row["More than today"] or None) == (paid, stays, more)
    money = {row["£"]: row["As you choose"] for row in table(book, "Money", "money")}
    assert money["All functions, a year"] == decision.budget.recommended_cost
    assert money["Moving, once"] == decision.budget.moving_once
    assert money["Left of the first year, after moving"] == decision.budget.first_year_left
    counts = {row["Number"]: row["As you choose"] for row in table(book, "Money", "counts")}
    assert counts["Functions whose cost is not known"] == len(decision.budget.uncosted) == 1


def test_every_option_stands_with_its_cost_its_ground_and_what_blocks_it() -> None:
    decision = a_decision()
    rows = table(opened(written(decision)), "Options", "options")
    options = [(f.id, o, result) for f in decision.functions for o, result in f.options.items()]
    for row, (id_, option, result) in zip(rows, options, strict=True):
        assert row["Key"] == f"{id_}|{option}"
        assert (row["Available"] == "yes") == result.available
        assert bool(row["What blocks it"]) == bool(result.blocked_by)
        assert row["Ground"] == result.cost.ground


def test_the_profile_sheets_hold_what_the_profile_says_and_nothing_else() -> None:
    book = opened(written(a_decision()))
    organisation = {row["What"]: row["Answer"] for row in table(book, "Organisation", "organisation")}
    assert (organisation["Name"], organisation["Population"]) == ("Riverside CCG", 226_000)
    assert organisation["Budget a head"] is None
    negotiation, payroll, _, legal = table(book, "Functions", "functions")
    assert (negotiation["Run today as"], negotiation["Today with"], negotiation["Paid today"]) == (
        "buy",
        "central-csu",
        262_000,
    )
    assert negotiation["Flags"] == "core, relational"
    assert (payroll["Today with"], payroll["Complexity"]) == (None, None)
    assert (legal["Decided"], legal["Decided because"]) == ("buy", "Board, 12 May")
    assert [row["Role"] for row in table(book, "Suppliers and partners", "bodies")] == ["supplier", "partner"]


def test_pounds_and_days_are_shown_as_such() -> None:
    profile = a_profile(a_function(annual_cost=310_000, current={"mode": "buy", "until": "2027-03-31"}))
    sheet = opened(written(decided(profile)))["Functions"]
    cells = {sheet.cell(3, column).value: sheet.cell(4, column) for column in range(1, 10)}
    assert "£" in cells["In-house cost"].number_format
    assert cells["Contract until"].is_date


def test_the_same_decision_gives_the_same_bytes() -> None:
    assert written(a_decision()) == written(a_decision())


@given(st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1))
def test_text_of_a_profile_is_never_a_formula_or_a_link(name: str) -> None:
    profile = a_profile(
        a_function(name=name, note=name, decided={"mode": "buy", "because": name}),
        suppliers=[a_supplier(name=name)],
        name=name,
    )
    data = written(decided(profile))
    book = opened(data, values=False)
    function = table(book, "Functions", "functions")[0]
    assert [function[head] for head in ("Name", "Note", "Decided because")] == [name, name, name]
    assert table(book, "Suppliers and partners", "bodies")[0]["Name"] == name
    for sheet in book.worksheets:
        formulas = [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]
        assert not formulas or sheet.title in {"Decide", "Money"}
        assert not sheet._hyperlinks  # noqa: SLF001 - where openpyxl keeps them
    for part in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert "external" not in part


@pytest.mark.slow
@given(whole_profiles())
def test_any_profile_can_be_written(data: dict[str, Any]) -> None:
    decision = decided(Profile.model_validate(data))
    money = {row["£"]: row["As you choose"] for row in table(opened(written(decision)), "Money", "money")}
    assert money["All functions, a year"] == (decision.budget.recommended_cost or 0)


@pytest.mark.slow
def test_a_text_that_no_cell_holds_is_said_and_not_cut() -> None:
    offers = [f"{'a' * 70}-{number}" for number in range(600)]
    functions = [a_function(id_, flags=["core"]) for id_ in offers]
    profile = a_profile(*functions, suppliers=[a_supplier(functions=offers)])
    decision = decided(a_profile())._replace(profile=profile)
    with pytest.raises(MbaError, match="longer than the 32,767 characters that a cell holds"):
        written(decision)


def test_a_missing_library_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MbaError) as caught:
        rendered(Way(Format.EXCEL), lambda: (), None, {Format.EXCEL: lambda: written(a_decision())})
    assert "extra “office”" in caught.value.text()


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_sums_follow_a_choice_that_is_changed(tmp_path: Path) -> None:
    decision = a_decision()
    book = opened(written(decision), values=False)
    function = next(f for f in decision.functions if len([o for o in f.options.values() if o.available]) > 1)
    other = function.next_best
    assert other
    place = decision.functions.index(function)
    book["Decide"].cell(5 + place, 6).value = f" {other.value.capitalize()} "
    book["Decide"].cell(5 + (place + 1) % len(decision.functions), 6).value = None
    money = money_of(book, tmp_path)
    more = (function.options[other].cost.pounds or 0) - (function.chosen.cost.pounds or 0)
    assert money["All functions, a year"] == (decision.budget.recommended_cost or 0) + more
    assert money["Moving, once"] == decision.once + function.options[other].cost.once - function.chosen.cost.once
    assert money["Choices that are not the recommendation"] == 1


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_what_has_no_known_price_counts_in_the_sums_of_the_sheets_as_staying_does(tmp_path: Path) -> None:
    paid = {"mode": "buy", "supplier": "central-csu", "cost": 300_000}
    desk = a_function("night-desk", name="Night desk", flags=["core", "relational"], current=paid)
    decision = decided(a_profile(desk, a_function(annual_cost=150_000, current="make"), suppliers=[a_supplier()]))
    assert decision.functions[0].chosen.cost.pounds is None
    money = money_of(opened(written(decision), values=False), tmp_path)
    assert money["All functions, a year"] == decision.budget.recommended_cost == 450_000


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_a_choice_that_is_not_available_or_is_no_option_is_said_beside_it(tmp_path: Path) -> None:
    decision = decided(a_profile(a_function(), a_function("payroll"), a_function("governance"), partners=[a_partner()]))
    assert not decision.functions[0].options[Option.BUY].available
    book = opened(written(decision), values=False)
    book["Decide"].cell(5, 6).value = "Buy"
    book["Decide"].cell(6, 6).value = "lease"
    for found, said in (
        (opened(written(decision)), ["", "", ""]),
        (worked_out(book, tmp_path), ["not available", "no option", ""]),
    ):
        assert [row["To check"] or "" for row in table(found, "Decide", "decide")] == said


def money_of(book: openpyxl.Workbook, folder: Path) -> dict[str, Any]:
    """The figures of the sheet Money as you choose, by their heads."""
    return {row[0].value: row[2].value for row in worked_out(book, folder)["Money"].iter_rows(max_col=3)}


def worked_out(book: openpyxl.Workbook, folder: Path) -> Any:
    """A workbook as LibreOffice works it out."""
    book.save(folder / "changed.xlsx")
    settings = f"-env:UserInstallation=file://{folder}/office"
    to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    words = ["soffice", settings, "--headless", *to, str(folder / "changed.xlsx")]
    subprocess.run(words, check=True)
    return opened((folder / "out/changed.xlsx").read_bytes())


def test_the_figures_of_the_catalogue_are_not_in_the_profile_sheets() -> None:
    payroll = table(opened(written(decided(a_profile({"id": "payroll"})))), "Functions", "functions")[0]
    assert {head for head, value in payroll.items() if value is not None} == {"Name"}


def test_the_sheet_money_has_the_plans_of_the_paper_with_what_is_committed_in_them() -> None:
    decision = answer(str(ROOT / "profiles/riverside.yaml"), Asked(draws=0)).decision
    assert decision.budget.committed
    paper = run("export", str(ROOT / "profiles/riverside.yaml"), "--draws", "0").out
    for row in table(opened(written(decision)), "Money", "plans"):
        name, cost, *_ = row.values()
        assert re.search(rf"\| {name} \| ~?£{round(cost, -3):,} \|", paper), f"{name}: {cost}"


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["Read me", "Decide", "Options", "Ask", "Functions", "Sources"])
def test_every_row_is_high_enough_for_its_words(sheet: str) -> None:
    page = opened(written(a_decision()))[sheet]
    above = int(re.sub("[A-Z]", "", page.freeze_panes or "A2"))
    for row in page.iter_rows(min_row=above):
        words = {cell.column_letter: cell.value for cell in row if isinstance(cell.value, str)}
        needed = [len(said) / (1.25 * page.column_dimensions[letter].width) for letter, said in words.items()]
        lines = math.ceil(max(needed, default=1))
        assert (page.row_dimensions[row[0].row].height or 15) >= 15 * lines, words


def test_a_sheet_is_printed_in_letters_that_can_be_read_with_what_its_rows_are_about_on_every_page() -> None:
    for page in opened(written(a_decision())):
        widths = [page.column_dimensions[get_column_letter(n + 1)].width for n in range(page.max_column)]
        across = page.page_setup.fitToWidth or 1
        letters = 11 * across * 784 / (5.25 * sum(widths))
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.fitToHeight == 0
        assert letters > 7, page.title
        assert (across > 1) == bool(page.print_title_cols), page.title
    assert opened(written(a_decision()))["Decide"].page_setup.fitToWidth in (None, 1)


def test_what_moving_costs_is_not_nothing_where_it_is_not_known() -> None:
    decision = decided(
        a_profile(
            a_function("night-desk", name="Night desk", flags=["transactional"], current="make"),
            suppliers=[a_supplier()],
        )
    )
    (function,) = decision.functions
    assert function.chosen.cost.pounds is None
    assert function.recommendation is not Option.MAKE
    (row,) = table(opened(written(decision)), "Decide", "decide")
    assert row["£ once"] == "not known"
    assert {each["£ once"] for each in table(opened(written(decision)), "Options", "options")} == {"not known"}
    (line,) = csv.DictReader(io.StringIO(csv_sheet.sheet(decision, RULES).removeprefix(csv_sheet.BOM), newline=""))
    assert line["once"] == line["once_buy"] == ""


def test_the_sheet_of_sources_has_every_rule_that_spoke_with_what_it_rests_on() -> None:
    decision = a_decision()
    spoke = {
        part.rule
        for function in decision.functions
        for each in function.options.values()
        for part in each.contributions
    }
    rows = table(opened(written(decision)), "Sources", "sources")
    assert {row["Rule"] for row in rows} == spoke & RULES.rules.keys()
    assert all(row["Source"] and row["Claim"] and row["How certain"] for row in rows)

"""A workbook as a profile: what is written is read back, cells as people fill them in, and faults with their cells."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.chart import BarChart
from running import run
from test_workbook import written
from whole_profiles import whole_profiles

from mba.answer import Asked, answer
from mba.load import cells
from mba.load.cells import sheets_of
from mba.load.columns import DECIDE_HEADS, OFFER_KEYS, head_at
from mba.load.knowledge import load_references
from mba.load.profiles import load, load_profile
from mba.load.workbook import CHOSEN, of_workbook
from mba.output.record import record
from mba.problem import MbaError
from mba.profile import Profile
from mba.report.profile_sheets import profile_tabs, workbook_of
from mba.report.workbook import decision_workbook
from mba.terms import Option

EXAMPLES = sorted((ROOT / "profiles").rglob("*.yaml"))


def read(data: bytes, folder: Path) -> Profile:
    path = folder / "mine.xlsx"
    path.write_bytes(data)
    return load_profile(str(path))


def faults(data: bytes, folder: Path) -> dict[str, str]:
    """What is wrong with a workbook, by cell."""
    with pytest.raises(MbaError) as caught:
        read(data, folder)
    return {
        (problem.place.cell if problem.place else ""): f"{problem.message} | {problem.hint}"
        for problem in caught.value.problems
    }


def of_profile(profile: Profile) -> bytes:
    """The four sheets of a profile alone, as mba init writes them: opened and saved in half the time."""
    return workbook_of(profile_tabs(profile), "Riverside CCG")


def with_results(profile: Profile) -> bytes:
    """The sheets of a profile with those of its answer, as mba export writes them."""
    return written(decided(profile))


def edited(profile: Profile, edit: Callable[[Any], None], sheets: Callable[[Profile], bytes] = of_profile) -> bytes:
    """The workbook of a profile after somebody has worked in it."""
    book = openpyxl.load_workbook(io.BytesIO(sheets(profile)))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(book: Any, sheet: str, head: str, value: Any, row: int = 4) -> Any:
    """Write into the column of a head; gives back the cell."""
    column = next(cell.column for cell in book[sheet][3] if cell.value == head)
    cell = book[sheet].cell(row, column)
    cell.value = value
    return cell


def answer_to(book: Any, what: str, value: Any) -> Any:
    """Write an answer on the sheet of the organisation; gives back the cell."""
    row = next(cell.row for cell in book["Organisation"]["A"] if cell.value == what)
    cell = book["Organisation"].cell(row, 2)
    cell.value = value
    return cell


def one(**keys: Any) -> Profile:
    return a_profile(a_function(**keys), partners=[a_partner()], suppliers=[a_supplier(name="Central CSU")])


# There and back


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_the_same_profile_with_the_same_answer_from_its_workbook(path: Path, tmp_path: Path) -> None:
    found = answer(str(path), Asked(draws=0))
    book = tmp_path / "mine.xlsx"
    book.write_bytes(decision_workbook(found.decision, found.rules, found.knowledge.references))
    again = answer(str(book), Asked(draws=0))
    assert again.decision.profile == found.decision.profile
    assert record(again.decision) == record(found.decision._replace(scenario=None))


@pytest.mark.slow
@given(whole_profiles())
def test_any_profile_is_the_same_from_its_workbook(data: dict[str, Any]) -> None:
    profile = Profile.model_validate(data)
    node, problems = of_workbook("mine.xlsx", written(decided(profile)))
    again = Profile.model_validate(node.plain())
    assert (again, problems) == (profile, [])
    assert decided(again) == decided(profile)


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_names_notes_and_who_said_so_come_back_as_they_were(text: str) -> None:
    profile = a_profile(
        a_function(
            name=text,
            note=f"  {text}\n\n{text}\n",
            said_by={"measurability": text, "vat": "The chair: by letter"},
            decided={"mode": "make", "because": text},
            leaves={"to": text, "on": "2027-04-01"},
        ),
        a_function("payroll", leaves={}, flags=[]),
        suppliers=[a_supplier(name=text, functions=[])],
        name=text,
    )
    decision = decided(a_profile())._replace(profile=profile)
    node, problems = of_workbook("mine.xlsx", written(decision))
    assert (Profile.model_validate(node.plain()), problems) == (profile, [])


@pytest.mark.slow
def test_one_partner_in_a_list_comes_back_as_a_list(tmp_path: Path) -> None:
    for current in ({"mode": "share", "partner": "x"}, {"mode": "share", "partners": ["x"]}, {"mode": "share"}):
        profile = one(current=current)
        assert read(written(decided(profile)), tmp_path) == profile


def test_a_choice_and_two_ratings_that_were_changed_are_all_that_is_different(tmp_path: Path) -> None:
    functions = [a_function(), a_function("payroll", flags=["transactional"], annual_cost=95_000)]
    profile = a_profile(*functions, partners=[a_partner()], suppliers=[a_supplier()])

    def edit(book: Any) -> None:
        sheet = book["Decide"]
        assert sheet["E6"].value != "share"
        sheet["F6"].value = "share"
        put(book, "Functions", "Ease of measuring", 2)
        put(book, "Functions", "Complexity", 4, row=5)

    changed = read(edited(profile, edit, with_results), tmp_path)
    first, second = profile.model_dump(exclude_unset=True)["functions"]
    assert changed.model_dump(exclude_unset=True)["functions"] == (
        {**first, "ratings": {"measurability": 2}},
        {**second, "ratings": {"complexity": 4}, "decided": {"mode": "share", "because": CHOSEN}},
    )
    assert (changed.organisation, changed.partners, changed.suppliers) == (
        profile.organisation,
        profile.partners,
        profile.suppliers,
    )


# Cells as people fill them in


@pytest.mark.parametrize(("column", "refused"), [(200, False), (201, True)])
def test_a_sheet_may_have_two_hundred_columns_and_no_more(column: int, refused: bool) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.cell(5_000, column).value = "x"
    stream = io.BytesIO()
    book.save(stream)
    if refused:
        with pytest.raises(MbaError, match="goes on beyond row 5,000 or column GR"):
            sheets_of("x.xlsx", stream.getvalue())
    else:
        assert sheets_of("x.xlsx", stream.getvalue())


@pytest.mark.parametrize(
    ("route", "head"),
    [
        (("functions", 0, "current", "supplier"), "Today with"),
        (("functions", 0, "current", "partners", 1), "Today with"),
        (("functions", 0, "current", "mode"), "Run today as"),
        (("functions", 0, "quotes", 1, "supplier"), "By whom"),
        (("functions", 0, "quotes", 1, "cost"), "Cost"),
        (("packages", 0, "cost"), "Cost"),
        (("organisation", "population"), "Population"),
        (("functions", 0, "nothing"), ""),
        ((), ""),
    ],
)
def test_a_route_through_a_profile_leads_to_a_heading(route: tuple[str | int, ...], head: str) -> None:
    assert head_at(route) == head


def test_a_choice_counts_on_a_sheet_that_has_nothing_beside_the_headings_it_needs(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book.create_sheet("Decide")
        for row in (("Id", "Recommended", "Your choice"), ("contract-negotiation", "make", "buy")):
            sheet.append(row)

    (function,) = read(edited(one(), edit), tmp_path).functions
    assert function.decided
    assert (function.decided.mode, function.decided.because) == (Option.BUY, CHOSEN)


def test_an_answer_that_is_wrong_is_told_at_its_own_cell(tmp_path: Path) -> None:
    with pytest.raises(MbaError) as caught:
        read(edited(one(), lambda book: answer_to(book, "Population", "many")), tmp_path)
    (problem,) = caught.value.problems
    assert problem.place
    assert problem.place.cell.startswith("Organisation!B")


def test_what_the_organisation_leaves_out_is_told_at_the_first_cell_of_its_sheet(tmp_path: Path) -> None:
    assert list(faults(edited(one(), lambda book: answer_to(book, "Population", None)), tmp_path)) == [
        "Organisation!A1"
    ]


def test_a_supplier_that_is_called_as_a_function_is_keeps_its_name(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book, "Suppliers and partners", "Id", None)
        put(book, "Suppliers and partners", "Name", "Legal services")

    profile = a_profile(a_function(), suppliers=[a_supplier(name="Central CSU")])
    assert read(edited(profile, edit), tmp_path).suppliers[0].name == "Legal services"


@pytest.mark.slow
def test_figures_are_taken_as_cells_show_them(tmp_path: Path) -> None:
    taken = {
        "£245,000": 245_000,
        "245000": 245_000,
        " 245,000.00 ": 245_000,
        244_999.6: 245_000,
        245_000.0: 245_000,
        "-": None,
        "  ": None,
        None: None,
    }
    for given_, cost in taken.items():
        data = edited(one(), partial(put, sheet="Functions", head="In-house cost", value=given_))
        assert read(data, tmp_path).functions[0].annual_cost == cost, given_


def test_days_truths_words_and_shares_are_taken_as_cells_show_them(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book, "Functions", "Run today as", " Buy")
        put(book, "Functions", "Today with", "Central CSU")
        put(book, "Functions", "Contract until", dt.datetime(2027, 3, 31, 12))  # noqa: DTZ001 - as a cell has it
        put(book, "Functions", "Ease of measuring", "4")
        put(book, "Functions", "Flags", "Core; Relational")
        put(book, "Suppliers and partners", "Kind", "Local authority")
        put(book, "Suppliers and partners", "Long term", "No")
        put(book, "Suppliers and partners", "Functions", "Contract Negotiation")
        answer_to(book, "Premium", 0.2).number_format = "0%"
        answer_to(book, "Budget a head", "£22.07")
        answer_to(book, "Population", "226,001")
        answer_to(book, "Name", 2014)

    profile = read(edited(one(), edit), tmp_path)
    current, supplier = profile.functions[0].current, profile.suppliers[0]
    assert current
    assert (current.mode, current.supplier, current.until) == ("buy", "central-csu", dt.date(2027, 3, 31))
    assert (profile.functions[0].ratings.measurability, profile.functions[0].flags) == (4, ("core", "relational"))
    assert (supplier.kind, supplier.long_term, supplier.functions) == (
        "local-authority",
        False,
        ("contract-negotiation",),
    )
    organisation = profile.organisation
    assert (organisation.premium, organisation.budget_per_head, organisation.population) == (20, 22.07, 226_001)
    assert organisation.name == "2014"


def test_totals_and_blank_rows_are_left_out_and_hidden_rows_are_read(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["Functions"]
        put(book, "Functions", "Id", "payroll", row=7)
        put(book, "Functions", "Id", "Total", row=9)
        put(book, "Functions", "In-house cost", 900_000, row=9)
        sheet.row_dimensions[7].hidden = True

    assert [function.id for function in read(edited(one(), edit), tmp_path).functions] == [
        "contract-negotiation",
        "payroll",
    ]


def test_a_function_needs_a_name_only_and_headings_stand_in_any_order_and_anywhere(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        del book["Functions"]
        sheet = book.create_sheet("functions")
        for row in (["Our functions"], [], ["annual_cost", "NAME"], [95_000, "HR"], [None, "Legal services"]):
            sheet.append(row)

    functions = read(edited(one(), edit), tmp_path).functions
    assert [(function.id, function.annual_cost) for function in functions] == [("hr", 95_000), ("legal-services", None)]


def test_formulas_count_by_the_value_they_had(tmp_path: Path) -> None:
    data = written(decided(one(annual_cost=310_000)))
    parts = {
        name: zipfile.ZipFile(io.BytesIO(data)).read(name) for name in zipfile.ZipFile(io.BytesIO(data)).namelist()
    }
    sheet = next(
        name
        for name, part in parts.items()
        if b"<v>310000</v>" in part and b"dataValidation" in part and b"<f>" not in part
    )
    for formula, cost in ((b"<f>300000+10001</f><v>310001</v>", 310_001), (b"<f>300000</f>", None)):
        changed = {**parts, sheet: parts[sheet].replace(b"<v>310000</v>", formula)}
        assert changed != parts
        if cost:
            assert read(zipped(changed), tmp_path).functions[0].annual_cost == cost
        else:
            assert "has no value yet" in faults(zipped(changed), tmp_path)["Functions!C4"]


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return stream.getvalue()


# Faults

MISTAKES = {
    ("Functions", "In-house cost", "245k"): "Write: 245000",
    ("Functions", "In-house cost", "TBC"): "If it is not known, leave the cell empty.",
    ("Functions", "In-house cost", "100-120k"): "such as: 110000",
    ("Functions", "In-house cost", "(5,000)"): "Write: 5000",
    ("Functions", "In-house cost", -12): "Write: 12",
    ("Functions", "In-house cost", "#REF!"): "“In-house cost” must be a whole number",
    ("Functions", "Ease of measuring", 6): "“Ease of measuring” must be a whole number from 1 to 5, not “6”",
    ("Functions", "Ease of measuring", "3/5"): "Write: 3",
    ("Functions", "Ease of measuring", 3.5): "Write: 4",
    ("Functions", "Run today as", "outsourced"): "Did you mean “buy”?",
    ("Functions", "Contract until", "31/03/2027"): "write 2027-03-31",
    ("Functions", "Flags", "core, relatonal"): "Did you mean “relational”?",
    ("Functions", "Today with", "Centrl CSU"): "Did you mean “Central CSU”?",
    ("Functions", "Decided", "maybe"): "“Decided” must be one of make, share, ally, buy",
    ("Functions", "Name", "Nego\u200btiation"): "a hidden character, U+200B",
    ("Functions", "VAT", "20%"): "“VAT” must be one of recoverable, charged",
    ("Suppliers and partners", "Role", "vendor"): "the role must be supplier or partner",
    ("Suppliers and partners", "Trust", "high"): "Say 1 to 5. Confidence in it",
    ("Suppliers and partners", "Functions", "payrol"): "Did you mean “payroll”?",
    ("Suppliers and partners", "Long term", "perhaps"): "must be true or false",
}


@pytest.mark.slow
def test_twenty_mistakes_of_everyday_kinds_are_told_each_with_its_cell(tmp_path: Path) -> None:
    by_row: dict[int, tuple[str, str, Any]] = {}
    functions = [a_function(f"own-{number}", name=f"Own {number}") for number in range(16)]
    suppliers = [a_supplier(f"supplier-{number}", name=f"S{number}") for number in range(4)]
    profile = a_profile(*functions, suppliers=[*suppliers, a_supplier(name="Central CSU")])
    expected = {}

    def edit(book: Any) -> None:
        for number, ((sheet, head, value), words) in enumerate(MISTAKES.items()):
            row = 4 + number % 16
            by_row[row] = sheet, head, value
            if head in {"Contract until", "Today with"}:
                put(book, sheet, "Run today as", "buy", row=row)
            cell = put(book, sheet, head, value, row=row)
            cell.data_type = "s" if isinstance(value, str) else "n"
            expected[f"{sheet}!{cell.coordinate}"] = words

    found = faults(edited(profile, edit), tmp_path)
    assert found.keys() == expected.keys()
    for cell, words in expected.items():
        assert words in found[cell], cell


def test_faults_across_rows_stand_at_their_cells(tmp_path: Path) -> None:
    profile = a_profile(a_function(), a_function("payroll"), suppliers=[a_supplier()])

    def edit(book: Any) -> None:
        put(book, "Functions", "Id", "contract-negotiation", row=5)
        put(book, "Functions", "In-house cost", 5, row=6)
        put(book, "Functions", "Change", None, row=3)
        put(book, "Functions", "Months of notice", 3, row=4)
        book["Functions"].merge_cells("B4:B5")
        put(book, "Offers", "Functions", "payroll, governance")
        answer_to(book, "Rurality", "urban").offset(0, -1).value = "Ruralty"

    found = faults(edited(profile, edit), tmp_path)
    assert "“contract-negotiation” stands in row 4 too" in found["Functions!AB5"]
    assert "“Name” is missing" in found["Functions!C6"]
    assert "“Run today as” is missing" in found["Functions!H4"]
    assert "the cells B4:B5 are merged" in found["Functions!B4"]
    assert "an offer is for one function" in found["Offers!B4"]
    assert "Did you mean “Rurality”?" in found["Organisation!A9"]


def test_faults_of_a_workbook_are_told_in_its_headings_and_not_in_keys(tmp_path: Path) -> None:
    def worked_in(book: Any) -> None:
        put(book, "Functions", "Run today as", "make")
        put(book, "Functions", "Months of notice", 6)
        put(book, "Functions", "In-house cost", 50_000)
        put(book, "Functions", "Paid today", 60_000)

    said = " ".join(faults(edited(one(), worked_in), tmp_path).values())
    assert "“make” has no “Months of notice” | Change one of the two, or take one out." in said
    assert "Give In-house cost alone" in said
    assert "_" not in said


@pytest.mark.parametrize(
    ("mode", "whom", "said"),
    [
        ("make", "Dalesway", "“make” has no supplier | Change one of the two"),
        ("buy", "Dalesway, Hillside", "“buy” has no partner | Change one of the two"),
        (
            "shared",
            "Dalesway",
            "“Run today as” must be one of make, share, ally, buy, not “shared” | Did you mean “share”?",
        ),
    ],
)
def test_who_runs_it_today_is_told_by_its_headings_and_never_to_be_emptied(
    mode: str, whom: str, said: str, tmp_path: Path
) -> None:
    def worked_in(book: Any) -> None:
        put(book, "Functions", "Run today as", mode)
        put(book, "Functions", "Today with", whom)

    found = " ".join(faults(edited(one(), worked_in), tmp_path).values())
    assert said in found
    assert "Empty" not in found
    assert "“supplier”" not in found


def test_a_name_that_may_have_been_meant_is_the_one_that_the_sheet_shows(tmp_path: Path) -> None:
    profile = a_profile(
        a_function("ledger-of-ours", name="Ledger of ours"), suppliers=[a_supplier(functions=["payroll"])]
    )
    found = faults(
        edited(profile, lambda book: put(book, "Suppliers and partners", "Functions", "Ledger of our")), tmp_path
    )
    assert "no function is called “ledger-of-our”" in " ".join(found.values())
    assert "Did you mean “Ledger of ours”?" in " ".join(found.values())


def test_who_said_what_stands_by_its_heading_and_is_read_by_heading_or_key(tmp_path: Path) -> None:
    profile = a_profile(a_function("payroll", said_by={"asset_specificity": "J Smith", "annual_cost": "Jo"}))
    cells: list[str] = []

    def seen(book: Any) -> None:
        cells.extend(
            str(cell.value) for row in book["Functions"].iter_rows() for cell in row if "J Smith" in str(cell.value)
        )

    path = tmp_path / "said.xlsx"
    path.write_bytes(edited(profile, seen))
    assert cells == ["Need of local knowledge: J Smith\nIn-house cost: Jo"]
    assert load_profile(str(path)) == profile
    path.write_bytes(edited(profile, lambda book: put(book, "Functions", "Said by", "asset_specificity: J Smith")))
    assert load_profile(str(path)).functions[0].said_by == {"asset_specificity": "J Smith"}


@pytest.mark.process
@pytest.mark.slow
def test_what_is_assumed_in_a_workbook_is_told_by_its_sheet_and_heading(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(written(decided(load_profile(str(ROOT / "profiles" / "kingsport.yaml")))))
    said = " ".join(run("check", path).out.replace(str(path), "").split())
    assert re.search(r"3 \(Functions![A-Z]+\d+\)\. ", said)
    assert "(asset_specificity)" not in said
    assert "_" not in said.replace(tmp_path.name, "")


def test_a_sheet_without_headings_is_told_below_its_title(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for cell in book["Offers"][3]:
            cell.value = f"{cell.value} or so"

    assert "no headings are in this sheet" in faults(edited(one(), edit), tmp_path)["Offers!A3"]


def test_a_heading_that_nobody_knows_and_a_column_without_one_are_told(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book, "Functions", "Change", "Chnge", row=3)
        book["Functions"].cell(4, 40).value = "see the finance sheet"

    found = faults(edited(one(), edit), tmp_path)
    assert "Did you mean “Change”?" in found["Functions!L3"]
    assert "this column has no heading" in found["Functions!AN4"]


@pytest.mark.slow
def test_a_choice_that_cannot_be_is_told_at_its_cell(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Decide"]["F5"].value = "outsource"

    fault = faults(edited(one(), edit, with_results), tmp_path)["Decide!F5"]
    assert fault.startswith("“Your choice” must be one of make, share, ally, buy, not “outsource”")
    assert "Did you mean “buy”?" in fault


@pytest.mark.slow
def test_a_choice_that_is_not_open_is_told_first_on_the_screen(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Decide"]["F5"].value = "Buy "

    (tmp_path / "changed.xlsx").write_bytes(edited(a_profile(a_function(), partners=[a_partner()]), edit, with_results))
    said = " ".join(run("assess", tmp_path / "changed.xlsx", "--draws", "0").out.split())
    assert "Decided for a way that is not open or has no price: Contract negotiation with providers (buy)." in said


# What is refused before it is read


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/workbook.xml": b"", "xl/vbaProject.bin": b""}, "holds macros"),
        ({"word/document.xml": b""}, "is a zip file of another kind"),
        ({"xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]>"}, "has declarations that no such file needs"),
        ({"xl/workbook.xml": b"<broken"}, "is broken"),
        ({"xl/workbook.xml": b"0" * 60_000_000}, "holds more than 50,000,000 bytes once it is unpacked"),
    ],
)
def test_what_could_do_harm_or_is_no_workbook_is_refused(parts: dict[str, bytes], said: str, tmp_path: Path) -> None:
    assert said in faults(zipped(parts), tmp_path)[""]


def test_a_sheet_that_has_no_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "MOST_ROWS", 50)
    found = faults(edited(one(), lambda book: put(book, "Functions", "Id", "x", row=51)), tmp_path)
    assert "goes on beyond row 50" in found["Functions!AB51"]


def test_a_million_rows_that_are_only_formatted_are_no_matter(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["Functions"].row_dimensions[1_048_576].height = 20
        book["Functions"].cell(1_048_000, 3).number_format = "0.00"

    assert read(edited(one(), edit), tmp_path) == one()


PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@cache
def packed_anew(method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_WHOLE)) as whole, zipfile.ZipFile(stream, "w", method) as packed:
        for name in whole.namelist():
            packed.writestr(name, whole.read(name))
    return stream.getvalue()


@given(st.data())
def test_whatever_is_broken_in_a_workbook_is_one_plain_fault(data: st.DataObject) -> None:
    raw = bytearray(packed_anew(data.draw(st.sampled_from(PACKED))))
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        of_workbook("mine.xlsx", bytes(raw))
    except MbaError as error:
        assert error.problems  # noqa: PT017 - either way is well


_WHOLE = decision_workbook(decided(one(annual_cost=310_000)), RULES, load_references())


def test_a_missing_sheet_is_told_with_those_that_a_profile_has(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        del book["Organisation"]

    assert "has no sheet “Organisation”" in faults(edited(one(), edit), tmp_path)[""]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("Functions", "Functons"),
        ("Organisation", "organization"),
        ("Suppliers and partners", "Suppliers"),
        ("Suppliers and partners", "Who is around"),
        ("Offers", "Prices"),
        ("Decide", "Choices"),
    ],
)
def test_a_sheet_under_another_name_is_never_dropped_in_silence(sheet: str, title: str, tmp_path: Path) -> None:
    """It is known by its name where that is misspelt, and else by its headings."""
    book = openpyxl.load_workbook(io.BytesIO(_WHOLE if sheet == "Decide" else of_profile(one())))
    book[sheet].title = title
    stream = io.BytesIO()
    book.save(stream)
    said = faults(stream.getvalue(), tmp_path)[""]
    assert f"has no sheet “{sheet}”, and “{title}” looks like it | Call that sheet {sheet}." in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "known", "others", "looks_like_it"),
    [
        ("Offers", 3, 3, True),
        ("Offers", 3, 4, False),
        ("Offers", 2, 0, False),
        ("Offers", 4, 4, True),
        ("Offers", 4, 5, False),
        ("Offers", 6, 30, True),
        ("Decide", 3, 30, True),
        ("Decide", 2, 0, False),
    ],
)
def test_a_sheet_looks_like_one_by_half_of_its_headings_three_at_least_or_by_all_of_ours(
    sheet: str, known: int, others: int, looks_like_it: bool, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(of_profile(one())))
    if sheet in book.sheetnames:
        del book[sheet]
    heads = {"Offers": [key.head for key in OFFER_KEYS], "Decide": list(DECIDE_HEADS)}[sheet]
    book.create_sheet("Mine").append(heads[:known] + [f"Own {number}" for number in range(others)])
    book.save(tmp_path / "mine.xlsx")
    done = run("check", tmp_path / "mine.xlsx")
    assert (f"has no sheet “{sheet}”, and “Mine” looks like it" in done.err) is looks_like_it
    assert done.status == 2 * looks_like_it


def test_faults_are_told_sheet_by_sheet_and_row_by_row(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        answer_to(book, "Population", "many")
        for row, value in ((4, "much"), (5, "little")):
            put(book, "Functions", "In-house cost", value, row=row)
        put(book, "Functions", "Name", "HR", row=5)
        put(book, "Suppliers and partners", "Trust", 9)

    told = list(faults(edited(one(), edit), tmp_path))
    assert told == ["Functions!C4", "Functions!C5", "Organisation!B6", "Suppliers and partners!E4"]


@pytest.mark.slow
def test_sheets_of_ones_own_are_left_alone_and_one_that_is_missing_is_told(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_WHOLE))
    del book["Offers"]
    book.create_sheet("Contacts").append(["Name", "Telephone", "Room", "Diary"])
    book.create_sheet("Functions (2)").append([cell.value for cell in book["Functions"][3]])
    book["Contacts"].cell(cells.MOST_ROWS + 1, 1, "far below")
    book.create_chartsheet("Picture").add_chart(BarChart())
    book.save(tmp_path / "mine.xlsx")
    loaded = load(str(tmp_path / "mine.xlsx"))
    assert loaded.profile.functions == one(annual_cost=310_000).functions
    assert loaded.told == (f"{tmp_path / 'mine.xlsx'} has no sheet Offers, so nothing of it is known.",)
    checked = run("check", tmp_path / "mine.xlsx")
    assert (checked.status, checked.err) == (0, f"{loaded.told[0]}\n\n")


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(decided(one()))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert "extra “office”" in faults(data, tmp_path)[""]


def test_a_scenario_may_stand_on_a_workbook(tmp_path: Path) -> None:
    book, path = tmp_path / "mine.xlsx", tmp_path / "cut.yaml"
    book.write_bytes(_WHOLE)
    path.write_text("base: mine.xlsx\nname: Cut\nchanges:\n  organisation: {budget_per_head: 19}\n", "utf-8")
    profile, base = load_profile(str(path)), load_profile(str(book))
    assert (profile.organisation.budget_per_head, profile.functions) == (19, base.functions)
    book.write_bytes(edited(one(), lambda each: put(each, "Functions", "In-house cost", "245k")))
    with pytest.raises(MbaError, match=r"mine.xlsx:Functions!C4"):
        load_profile(str(path))
    book.write_bytes(b"no workbook")
    with pytest.raises(MbaError, match=r"cut.yaml:1:7: .*mine.xlsx: is broken"):
        load_profile(str(path))


# Commands


@pytest.mark.process
def test_every_command_takes_a_workbook(tmp_path: Path) -> None:
    book = tmp_path / "riverside.xlsx"
    riverside = ROOT / "profiles/riverside.yaml"
    assert run("export", riverside, "-o", book, "--draws", "0").status == 0
    few = ("--draws", "0", "--format", "json")
    assert run("assess", book, *few).out == run("assess", riverside, *few).out
    assert run("assess", "-", *few, stdin=book.read_bytes()).out == run("assess", riverside, *few).out
    assert run("check", book).status == 0
    assert run("explain", book, "payroll", "--draws", "0").status == 0
    assert run("diff", book, riverside, "--draws", "0", "--exit-code").status == 0
    assert run("export", book, "-o", book, "--force", "--draws", "0").err.startswith(
        f"{book}: not written: it is the file"
    )


@pytest.mark.process
def test_a_fault_is_shown_with_its_cell_on_the_screen_and_in_json(tmp_path: Path) -> None:
    book = tmp_path / "mine.xlsx"
    book.write_bytes(edited(one(), lambda each: put(each, "Functions", "In-house cost", "245k")))
    answered = run("check", book)
    assert answered.status == 2
    assert answered.err.startswith(
        f"{book}:Functions!C4: “In-house cost” must be a whole number, not “245k”\n"
        "  C4 | In-house cost: 245k\n     |                ^^^^\n  Write: 245000\n"
    )
    assert '"cell": "Functions!C4"' in run("check", book, "--format", "json").out


def test_a_share_in_a_cell_of_pounds_is_a_fault_and_not_as_many_pounds(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        put(book, "Functions", "In-house cost", 0.5).number_format = "0%"

    ((cell, said),) = faults(edited(one(), edit), tmp_path).items()
    assert cell == "Functions!C4"
    assert "must be a whole number, not “50%”" in said


@pytest.mark.parametrize("mode", ["buy", "share"])
def test_who_is_not_listed_has_the_spelling_of_its_cell(mode: str, tmp_path: Path) -> None:
    profile = a_profile(a_function("payroll", current={"mode": mode, "cost": 90_000}))
    path = tmp_path / "mine.xlsx"
    path.write_bytes(edited(profile, lambda book: put(book, "Functions", "Today with", "McKesson of the UK")))
    decision = answer(str(path), Asked(draws=0)).decision
    assert decision.others["mckesson-of-the-uk"] == "McKesson of the UK (not listed)"

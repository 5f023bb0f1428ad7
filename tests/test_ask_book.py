"""`mba ask` of a workbook: an answer is one cell, and everything else in the file is as it was, byte for byte."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import ROOT
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from running import run

from mba.answer import Asked
from mba.asking import Asking, converse
from mba.load.profiles import load_profile
from mba.load.source import file_name
from mba.load.splice import cells_apart, into_book
from mba.problem import MbaError
from mba.report.profile_sheets import profile_tabs, workbook_of

EXAMPLES = sorted((ROOT / "profiles").glob("*.yaml"))
FEW = Asked(draws=300)
SHEETS = {"organisation": "Organisation", "functions": "Functions"}


def book_of(path: Path, tmp_path: Path, edit: Callable[[Any], None] | None = None) -> Path:
    """The workbook of a profile, after somebody has worked in it where there is an edit."""
    profile, book = load_profile(str(path)), tmp_path / "mine.xlsx"
    book.write_bytes(workbook_of(profile_tabs(profile), profile.organisation.name))
    if edit:
        opened = openpyxl.load_workbook(book)
        edit(opened)
        opened.save(book)
    return book


def small(tmp_path: Path, edit: Callable[[Any], None] | None = None) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(
        "organisation: {name: Fellside CCG, population: 140000}\n"
        "suppliers: [{id: northern-csu, trust: 3}]\n"
        "functions: [{id: payroll, current: {mode: buy, supplier: northern-csu, cost: 95000}},"
        " {id: continuing-healthcare, annual_cost: 242000, said_by: {annual_cost: Jo}}]\n",
        "utf-8",
    )
    return book_of(path, tmp_path, edit)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def answered(path: Path, by: str = "") -> Asking:
    asking = Asking(str(path), FEW, by=by)
    converse(asking, lambda _: None, lambda _: "4\n")
    return asking


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_takes_every_answer_and_nothing_else_changes(path: Path, tmp_path: Path) -> None:
    book = book_of(path, tmp_path)
    before = book.read_bytes()
    asking = answered(book, by="Ann: <Lee> & “Co”")
    assert load_profile(str(book)) == asking.profile
    old, new = members(before), members(book.read_bytes())
    assert list(old) == list(new)
    changed = [name for name in old if old[name] != new[name]]
    assert all(re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name) for name in changed)
    apart = cells_apart("mine.xlsx", before, book.read_bytes()).splitlines()
    values = [line for line in apart if line.endswith("blank → 4")]
    assert 0 < len(values) <= len(asking.put)
    assert all("Ann: <Lee> & “Co”" in line for line in set(apart) - set(values) if " → 4" not in line and "!" in line)


def test_one_answer_is_one_cell_and_the_rest_of_its_sheet_stays(tmp_path: Path) -> None:
    book = small(tmp_path)
    before = members(book.read_bytes())
    assert run("ask", book, "--draws", "300", stdin=b"4\nq\n").status == 0
    after = members(book.read_bytes())
    (name,) = [name for name in before if before[name] != after[name]]
    cell = re.compile(rb"<c [^>]*?(/>|>.*?</c>)")
    apart = [
        (old[0], new[0])
        for old, new in zip(cell.finditer(before[name]), cell.finditer(after[name]), strict=True)
        if old[0] != new[0]
    ]
    assert len(apart) == 1
    assert apart[0][1].endswith(b"<v>4</v></c>")
    assert re.findall(rb' s="\d+"', apart[0][0]) == re.findall(rb' s="\d+"', apart[0][1]), "its look stays"
    assert cell.sub(b"", before[name]) == cell.sub(b"", after[name])


@pytest.mark.slow
def test_who_said_so_joins_who_said_before(tmp_path: Path) -> None:
    book = small(tmp_path)
    data = into_book(
        "x", book.read_bytes(), "functions", "continuing-healthcare", ("said_by",), "annual_cost: Jo\nvat: É"
    )
    book.write_bytes(data)
    assert load_profile(str(book)).functions[1].said_by == {"annual_cost": "Jo", "vat": "É"}
    asking = answered(book, by="Ann")
    now = load_profile(str(book)).functions[1].said_by
    assert now.items() >= {"vat": "É"}.items()
    assert len(now) > 1 or not any(of == "continuing-healthcare" for _, of, _ in asking.put)


def test_a_dry_run_prints_the_cells_and_leaves_the_file(tmp_path: Path) -> None:
    book = small(tmp_path)
    before = book.read_bytes()
    done = run("ask", book, "--draws", "300", "--dry-run", stdin=b"4\nq\n")
    assert book.read_bytes() == before
    assert re.fullmatch(rf"{re.escape(str(book))}:[\w ]+![A-Z]+\d+: blank → 4\n", done.out)


@pytest.mark.slow
def test_what_somebody_put_beside_the_profile_survives(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        extra = book.create_sheet("My sums")
        extra["A1"], extra["A2"] = "=SUM(Functions!G4:G9)", "mine"
        extra["A2"].comment = Comment("a comment", "me")
        one = CellIsRule(operator="equal", formula=["1"])  # type: ignore[no-untyped-call] # it has no types
        book["Functions"].conditional_formatting.add("A1:A9", one)

    book = small(tmp_path, edit)
    before = members(book.read_bytes())
    asking = answered(book)
    after = members(book.read_bytes())
    assert asking.put
    kept = {name for name in before if before[name] == after[name]}
    assert before.keys() - kept <= {f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)}
    assert b"SUM(Functions" in after["xl/worksheets/sheet5.xml"]
    assert after["xl/worksheets/sheet2.xml"].count(b"conditionalFormatting") == 2


def test_cells_and_rows_that_are_not_there_are_put_where_they_go(tmp_path: Path) -> None:
    book = small(tmp_path)
    data = book.read_bytes()
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(book, "w") as packed:
        for member, content in members(data).items():
            bare = re.sub(rb'<c r="B\d+"[^>]*?/>', b"", content) if member == name else content
            packed.writestr(member, bare)
    for route, value in (("premium",), 12), (("client_capability",), 2), (("rurality",), "rural"):
        book.write_bytes(into_book("x", book.read_bytes(), "organisation", None, route, value))
    organisation = load_profile(str(book)).organisation
    assert (organisation.premium, organisation.client_capability, organisation.rurality) == (12, 2, "rural")


@pytest.mark.parametrize("without", [rb'(<row) r="4"', rb'(<c) r="[A-Z]+4"', rb'(<c) r="C4"'])
def test_a_row_whose_cells_do_not_say_where_they_stand_is_left_and_it_says_what_to_write(
    without: bytes, tmp_path: Path
) -> None:
    book = small(tmp_path)
    parts = members(book.read_bytes())
    name = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(book, "w") as packed:
        for member, content in parts.items():
            packed.writestr(member, re.sub(without, rb"\1", content) if member == name else content)
    with pytest.raises(MbaError, match="an answer cannot be written here") as caught:
        into_book("x", book.read_bytes(), "functions", "payroll", ("ratings", "measurability"), 2)
    assert "Write there: 2" in caught.value.text()


def test_a_prefix_on_every_element_is_kept(tmp_path: Path) -> None:
    book = small(tmp_path)
    parts = members(book.read_bytes())
    name = "xl/worksheets/sheet2.xml"
    prefixed = (
        re.sub(rb"<(/?)(\w)", rb"<\1x:\2", parts[name]).replace(b"<?x:xml", b"<?xml").replace(b" xmlns=", b" xmlns:x=")
    )
    with zipfile.ZipFile(book, "w") as packed:
        for member, content in parts.items():
            packed.writestr(member, prefixed if member == name else content)
    route = ("ratings", "measurability")
    book.write_bytes(into_book("x", book.read_bytes(), "functions", "payroll", route, 2))
    assert load_profile(str(book)).functions[0].ratings.measurability == 2


def test_a_formula_stays_and_a_column_that_is_gone_is_named(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        heads = {cell.value: cell.column for cell in book["Functions"][3]}
        book["Functions"].cell(4, heads["Ease of measuring"]).value = '=""'
        book["Functions"].tables.clear()
        book["Functions"].cell(3, heads["Months of notice"]).value = None

    book = small(tmp_path, edit)
    parts = members(book.read_bytes())
    sheet = "xl/worksheets/sheet2.xml"
    with zipfile.ZipFile(book, "w") as packed:
        for member, content in parts.items():
            worked_out = re.sub(rb'(<c r="\w+4"[^>]*?)>(<f>""</f>)<v ?/?>(</v>)?', rb'\1 t="str">\2<v></v>', content)
            packed.writestr(member, worked_out if member == sheet else content)
    with pytest.raises(MbaError, match="holds a formula"):
        into_book(file_name(str(book)), book.read_bytes(), "functions", "payroll", ("ratings", "measurability"), 4)
    with pytest.raises(MbaError, match="has nothing called “Months of notice”"):
        into_book("x", book.read_bytes(), "functions", "payroll", ("current", "notice_months"), 4)


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_libreoffice_opens_what_was_answered_and_what_it_saved_can_be_answered(tmp_path: Path) -> None:
    settings = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"

    def saved_anew(book: Path, name: str) -> Path:
        folder = tmp_path / name
        words = ["soffice", settings, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(book)]
        subprocess.run(words, check=True, capture_output=True)
        return folder / book.name

    book = small(tmp_path)
    asking = answered(book, by="Ann")
    again = saved_anew(book, "once")
    assert load_profile(str(again)) == asking.profile
    theirs = saved_anew(small(tmp_path), "twice")
    asking = answered(theirs, by="Ann")
    assert asking.put
    assert load_profile(str(saved_anew(theirs, "thrice"))) == asking.profile

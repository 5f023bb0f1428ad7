"""`mba export`: which format, to which file, and the CSV read back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import Answer, command, ended, run, run_once

from mba.output.formats import ENDINGS, PAPERS, Format
from mba.report.reasons import why
from mba.report.sheet import BOM, HEADS, sheet
from mba.terms import Option

RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
SHORT = ROOT / "tests" / "two-functions.yaml"
FEW = ("--draws", "50")
OFFICE = {Format.EXCEL: ".xlsx", Format.WORD: ".docx"}
"""What is no text."""
OF_PAPERS = {ending: format_ for ending, format_ in ENDINGS.items() if format_ in PAPERS}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*words: str) -> Answer:
    """Of a short profile, where it is of no matter what the paper says, but where it goes."""
    return run("export", SHORT, *FEW, *words)


def printed(*words: str) -> Answer:
    """Of an example with much to say."""
    return run_once("export", RIVERSIDE, *FEW, *words)


# Which format


@pytest.mark.slow
@pytest.mark.parametrize(("ending", "told"), [each for each in OF_PAPERS.items() if each[1] not in OFFICE])
def test_the_ending_tells_the_format(here: Path, ending: str, told: Format) -> None:
    assert export("-o", f"paper{ending}") == (0, "", "")
    assert export("-o", f"LOUD{ending.upper()}") == (0, "", "")
    expected = export("--format", told.value).out.encode()
    assert (here / f"paper{ending}").read_bytes() == expected == (here / f"LOUD{ending.upper()}").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("ending", OFFICE.values())
def test_a_file_for_an_office_is_written_by_its_ending_however_loud(here: Path, ending: str) -> None:
    assert export("-o", f"paper{ending}") == export("-o", f"LOUD{ending.upper()}") == (0, "", "")
    assert (here / f"paper{ending}").read_bytes() == (here / f"LOUD{ending.upper()}").read_bytes()
    assert zipfile.is_zipfile(here / f"paper{ending}")


def test_on_the_screen_it_is_markdown_unless_said_otherwise() -> None:
    assert export().out == export("-o", "-").out == export("-o", "-", "--format", "markdown").out
    assert export("-o", "-", "--format", "json").out.startswith("{")


@pytest.mark.parametrize("name", ["paper", "md", ".md"])
def test_a_file_without_an_ending_is_markdown_unless_said_otherwise(here: Path, name: str) -> None:
    assert export("-o", name) == (0, "", "")
    assert (here / name).read_text("utf-8").startswith("# Riverside CCG")
    assert export("-o", name, "--force", "--format", "json") == (0, "", "")
    assert (here / name).read_text("utf-8").startswith("{")


@pytest.mark.parametrize("name", ["paper.yaml", "paper.pdf", "paper.md.bak"])
def test_an_ending_that_is_not_known_is_refused_with_those_that_are(here: Path, name: str) -> None:
    answer = export("-o", name)
    assert (answer.status, answer.out) == (2, "")
    ending = Path(name).suffix
    assert f"{name}: not written: {ending} is no ending that this command can write.\n" in answer.err
    assert "  The ending can be .txt, .md, .html, .docx, .json, .csv or .xlsx." in answer.err
    assert not list(here.iterdir())


def test_the_json_is_the_result_itself() -> None:
    assert printed("--format", "json").out == run("assess", RIVERSIDE, *FEW, "--format", "json").out


# Written whole or not at all


@pytest.mark.slow
@pytest.mark.parametrize("ending", OF_PAPERS)
def test_a_file_that_exists_is_replaced_by_force_alone(here: Path, ending: str) -> None:
    target = here / f"paper{ending}"
    target.write_text("mine", "utf-8")
    answer = export("-o", target.name)
    assert answer == (2, "", f"{target.name}: not written: it exists already.\n  Add --force to replace it.\n")
    assert target.read_text("utf-8") == "mine"
    assert export("-o", target.name, "--force").status == 0
    assert target.read_bytes() != b"mine"
    assert list(here.iterdir()) == [target]


def test_a_folder_and_a_link_are_refused_and_left_as_they_are(here: Path) -> None:
    (here / "folder.md").mkdir()
    (here / "link.md").symlink_to("old.md")
    (here / "old.md").write_text("mine", "utf-8")
    for name, reason in (("folder.md", "it is a folder"), ("link.md", "it is a link"), ("no/paper.md", "no such file")):
        answer = export("-o", name, "--force")
        assert (answer.status, answer.out) == (2, "")
        assert answer.err.startswith(f"{name}: not written: {reason}")
    assert (here / "link.md").is_symlink()
    assert (here / "old.md").read_text("utf-8") == "mine"
    assert sorted(os.listdir(here)) == ["folder.md", "link.md", "old.md"]


def test_a_disk_that_fills_up_leaves_the_old_file_whole_and_nothing_beside_it(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (here / "paper.html").write_text("mine", "utf-8")
    monkeypatch.setattr("os.fsync", full)
    answer = export("-o", "paper.html", "--force")
    assert answer == (2, "", "paper.html: not written: no space left on device.\n  Nothing was written.\n")
    assert [(path.name, path.read_text("utf-8")) for path in here.iterdir()] == [("paper.html", "mine")]


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_full_disk_behind_the_screen_is_one_sentence(paper: Format) -> None:
    words = command("export", RIVERSIDE, "--draws", "0", "--format", paper.value)
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended(process) == (2, "", "standard output cannot be written: no space left on device\n")


def test_the_profile_itself_is_never_written_over(here: Path) -> None:
    (here / "mine.json").write_bytes(
        json.dumps({"organisation": {"name": "X", "population": 100_000}, "functions": [a_function()]}).encode()
    )
    before = (here / "mine.json").read_bytes()
    answer = run("export", "mine.json", *FEW, "-o", "mine.json", "--force")
    assert answer.err == "mine.json: not written: it is the file that was read.\n  Name another file.\n"
    assert (here / "mine.json").read_bytes() == before


@pytest.mark.parametrize("words", [["--summary"], ["--sections", "money"], ["--compare", "x.yaml"], ["--author", "A"]])
@pytest.mark.parametrize("name", ["paper.json", "paper.csv"])
def test_what_shapes_a_paper_is_refused_where_there_is_none(here: Path, name: str, words: list[str]) -> None:
    answer = export("-o", name, *words)
    format_ = name.partition(".")[2]
    said = f"{words[0]}: for a paper, not for {format_}\n  Leave it out, or write .md, .html or .docx.\n"
    assert answer == (2, "", said)
    assert not list(here.iterdir())


def test_a_fault_in_the_profile_writes_no_paper(here: Path) -> None:
    (here / "x.yaml").write_text("organisation: {name: x}\n", "utf-8")
    assert run("export", "x.yaml", "-o", "paper.md").status == 2
    assert not (here / "paper.md").exists()


# The CSV read back


def rows(words: str) -> list[dict[str, Any]]:
    """What Python's own reader finds.

    Text by the rule that one apostrophe at its start is taken off, numbers as floats.
    """
    lines = csv.reader(io.StringIO(words.removeprefix(BOM), newline=""), quoting=csv.QUOTE_NONNUMERIC)
    heads, *found = ([cell.removeprefix("'") if isinstance(cell, str) else cell for cell in line] for line in lines)
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_csv_has_a_row_for_each_function_with_the_figures_of_the_result() -> None:
    found, result = rows(printed("--format", "csv").out), json.loads(printed("--format", "json").out)
    assert [row["id"] for row in found] == [function["id"] for function in result["functions"]]
    others = result["partners"] | result["suppliers"]
    for row, function in zip(found, result["functions"], strict=True):
        assert tuple(row) == HEADS
        chosen = function["options"][function["recommendation"]]
        assert row["name"] == function["name"]
        assert row["group"] == (function["group"] or "")
        assert row["today"] == (function["current"] or "")
        assert row["flags"] == ", ".join(function["flags"])
        assert row["recommended"] == function["recommendation"]
        assert row["with"] == " and ".join(
            others[id_] for id_ in (chosen["partners"] or filter(None, [chosen["supplier"]]))
        )
        for name, option in function["options"].items():
            assert row[f"fit_{name}"] == option["fit"]
            for key in ("cost", "worth"):
                assert row[f"{key}_{name}"] == ("" if option[key] is None else option[key])
        today = function["today"] or {"paid": None, "tender": 0, "with": []}
        assert row["today_cost"] == ("" if today["paid"] is None else today["paid"])
        assert row["today_tender"] == (today["tender"] or "")
        assert row["today_with"] == " and ".join(others[id_] for id_ in today["with"])
        assert row["action"] == (function["action"] or "")
        assert row["once"] == sum((chosen["transition"] or {}).values())
        if function["reason"] == "decided":
            assert (row["level"], row["acceptability"]) == ("decided", "")
        elif function["next_best"] is None:
            assert (row["level"], row["acceptability"]) == ("only-option", "")
        else:
            assert row["level"] == function["confidence"]["level"]
            assert row["acceptability"] == function["confidence"]["often"]
            for key in ("likeliest", "inside"):
                assert row[key] == function["confidence"][key]


def test_the_csv_is_what_excel_takes_for_utf_8_and_ends_its_lines_as_rfc_4180_says(here: Path) -> None:
    run("export", RIVERSIDE, *FEW, "-o", "paper.csv")
    raw = (here / "paper.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 32
    with (here / "paper.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream)) == list(HEADS)


def test_a_function_of_which_little_is_known_has_empty_cells() -> None:
    profile = {"organisation": {"name": "X", "population": 100_000}, "functions": [{"id": "ours", "flags": ["core"]}]}
    (row,) = rows(run("export", "-", "--draws", "0", "--format", "csv", stdin=json.dumps(profile).encode()).out)
    empty = {"group", "today", "with", "acceptability", "action", "today_with", "today_cost", "likeliest", "inside"}
    empty |= {"rival", "rival_acceptability", "recommended_cost", "ground", "next_best"}
    empty |= {"blocked_by_make", "today_tender", "once"}
    empty |= {*(f"{what}_{option}" for what in ("ground", "often") for option in Option)}
    empty |= {*(f"{what}_{option}" for what in ("cost", "worth", "once") for option in Option)}
    assert {name for name, cell in row.items() if cell == ""} == empty


HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    "'quoted",
    '"',
    "a,b",
    "＝1",
    '=HYPERLINK("http://x")',
    "<script>",
    "שלום",
    "x\\",
]


@given(
    st.sampled_from(HOSTILE)
    | st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
def test_no_text_of_a_profile_starts_a_formula_and_all_reads_back_as_it_was(name: str) -> None:
    decision = decided(
        a_profile(
            a_function(name=name, decided={"mode": "buy", "because": name}),
            a_function("payroll", name=f"-{name}"),
            partners=[a_partner(name=name)],
            suppliers=[a_supplier(name=name)],
        )
    )
    written = sheet(decision, RULES)
    raw = list(csv.reader(io.StringIO(written.removeprefix(BOM), newline="")))
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
        for row in raw
        for head, cell in zip(HEADS, row, strict=True)
        if not (head.startswith("worth_") and re.fullmatch("-[0-9]+", cell))  # a number, and written as one
    )
    for row, function in zip(rows(written), decision.functions, strict=True):
        assert row["name"] == function.name
        assert row["reason"] == why(function, decision, RULES)
    assert rows(written)[0]["with"] == name

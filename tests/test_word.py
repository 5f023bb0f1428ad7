"""Word: what is unzipped is what was said, in real styles; the bytes are the same; templates are used or refused."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import docx
import pytest
from conftest import ROOT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Cm
from hypothesis import given
from hypothesis import strategies as st
from running import command, ended, run
from strategies import examples

from mba.output.export import stationery_of
from mba.output.formats import Format
from mba.output.write import Way, rendered
from mba.problem import MbaError
from mba.render.document import (
    Block,
    Circle,
    Column,
    Command,
    Heading,
    Items,
    Paragraph,
    Picture,
    Row,
    Span,
    Table,
    Tone,
    text,
)
from mba.render.letters import TWIPS, breadths
from mba.render.word import word

RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
QUICK = ("--draws", "0")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAP = Picture("Two functions move", "One to share, one to buy.", 200, 100, (Circle(50, 50, 10, Tone.FIRST),))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def body(data: bytes) -> ET.Element:
    found = ET.fromstring(parts(data)["word/document.xml"]).find(f"{W}body")
    assert found is not None
    return found


def said(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def style_of(paragraph: ET.Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def paragraphs(data: bytes, style: str) -> list[str]:
    return [said(each) for each in body(data).iter(f"{W}p") if style_of(each) == style]


def a_table(rows: int = 3, note: str = "", about: str = "") -> Table:
    columns = (Column("Function"), Column("£ a year", figures=True), Column("Fit", figures=True))
    cells = (text("Payroll"), text("95,000"), text("▸57", Tone.FIRST))
    return Table(columns, (Row(cells, text(note) if note else ()),) * rows, "Why", about=about)


# What is in the file


def test_headings_lists_and_captions_have_real_styles() -> None:
    blocks: tuple[Block, ...] = (
        Heading(1, "A paper"),
        Heading(2, "The money"),
        Heading(3, "Once"),
        Heading(4, "Notice"),
    )
    lists = Items((text("one"),)), Items((text("first"),), numbered=True)
    data = word((*blocks, *lists, a_table(about="What it costs"), MAP))
    assert paragraphs(data, "Title") == ["A paper"]
    assert [paragraphs(data, f"Heading{level}") for level in (1, 2, 3)] == [["The money"], ["Once"], ["Notice"]]
    assert (paragraphs(data, "ListBullet"), paragraphs(data, "ListNumber")) == (["one"], ["first"])
    assert paragraphs(data, "Caption") == ["Table 1: What it costs", "Figure 1: Two functions move"]


def test_it_is_british_english_on_a4_with_its_title_and_its_author() -> None:
    data = word((Heading(1, "A paper"),), author="A. Finch")
    opened = docx.Document(io.BytesIO(data))
    section = opened.sections[0]
    assert section.page_width
    assert section.left_margin
    assert (round(section.page_width.cm, 1), round(section.left_margin.cm, 1)) == (21.0, 2.0)
    properties = opened.core_properties
    assert (properties.title, properties.author, properties.language) == ("A paper", "A. Finch", "en-GB")
    assert b"created" not in parts(data)["docProps/core.xml"]
    languages = ET.fromstring(parts(data)["word/styles.xml"]).iter(f"{W}lang")
    assert {each.get(f"{W}val") for each in languages} == {"en-GB"}
    assert opened.styles["Normal"].font.size.pt == 12
    assert opened.styles["Table Text"].font.size.pt == 10


def test_the_head_of_a_table_comes_again_and_no_row_is_split() -> None:
    (table,) = body(word((a_table(40, "It is routine."),))).iter(f"{W}tbl")
    rows = list(table.iter(f"{W}tr"))
    assert len(rows) == 42, "the sentence stands once, below the rows that it is about"
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [i for i, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None] == [0]
    assert said(rows[0]) == "Function£ a yearFit"
    assert said(rows[1]) == "Payroll95,000▸57"
    assert said(rows[-1]) == "It is routine."
    assert [each.get(f"{W}val") for each in rows[1].iter(f"{W}jc")] == ["right", "right"]


def test_headings_captions_and_lead_ins_stay_with_what_follows_them() -> None:
    data = word((Heading(2, "The money"), Paragraph(text("These are blocked:")), Items((text("one"), text("two")))))
    lead_in = next(each for each in body(data).iter(f"{W}p") if said(each) == "These are blocked:")
    assert lead_in.find(f"{W}pPr/{W}keepNext") is not None
    styles = ET.fromstring(parts(data)["word/styles.xml"])
    keeping = {each.get(f"{W}styleId") for each in styles if each.find(f"{W}pPr/{W}keepNext") is not None}
    assert keeping == {"Title", "Heading1", "Heading2", "Heading3", "Caption"}


def kept(table: Table) -> list[int]:
    """The rows that stay on the page of the next, the head being 0."""
    (written,) = body(word((table,))).iter(f"{W}tbl")
    return [i for i, row in enumerate(written.iter(f"{W}tr")) if row.find(f".//{W}keepNext") is not None]


def test_a_small_table_stays_on_one_page_and_a_long_one_leaves_no_row_alone() -> None:
    assert kept(a_table(4)) == [0, 1, 2, 3]
    assert kept(a_table(20)) == [0, 1, 19]
    tall = a_table(4)
    tall = tall._replace(rows=tuple(row._replace(cells=(text("Payroll " * 99), *row.cells[1:])) for row in tall.rows))
    assert kept(tall) == [0], "few rows of many lines would leave a page empty"


def test_a_row_stays_with_its_note_and_both_may_be_the_last_of_a_page_but_not_alone_on_one() -> None:
    table = a_table(5)
    noted = tuple(row._replace(note=text(f"Why {i}.")) for i, row in enumerate(table.rows))
    assert kept(table._replace(rows=noted)) == [0, 1, 3, 5, 7, 8, 9]


def test_many_rows_with_one_note_may_run_over_a_page_and_two_of_them_stay_with_it() -> None:
    assert kept(a_table(20, "It is routine.")) == [0, 1, 19, 20]


def test_the_sum_above_rows_with_notes_is_not_the_last_of_a_page() -> None:
    table = a_table(5)
    noted = tuple(row._replace(note=text(f"Why {i}.") if i else ()) for i, row in enumerate(table.rows))
    assert kept(table._replace(rows=noted)) == [0, 1, 2, 4, 6, 7, 8]


@pytest.mark.slow
def test_a_picture_says_what_it_finds_and_is_no_wider_than_the_text() -> None:
    wide = MAP._replace(width=900.0, height=2_000.0)
    data = word((MAP, wide))
    namespace = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
    described = [each.get("descr") for each in body(data).iter(f"{namespace}docPr")]
    assert described == ["Two functions move. One to share, one to buy."] * 2
    sizes = [(int(each.get("cx", 0)), int(each.get("cy", 0))) for each in body(data).iter(f"{namespace}extent")]
    assert sizes[0] == (200 * 12_700, 100 * 12_700)
    assert sizes[1][0] <= Cm(17)
    assert sizes[1][1] <= Cm(25.4), "with its caption it is no higher than a page"
    assert any(name.endswith(".png") for name in parts(data))


def test_a_table_has_a_caption_where_that_says_more_than_its_heading_and_its_head_or_parts_it_from_another() -> None:
    data = word((Heading(2, "The money"), a_table(), a_table()))
    assert paragraphs(data, "Caption") == ["Table 1: Function"]
    assert [each.get(f"{W}val") for each in body(data).iter(f"{W}tblCaption")] == ["The money", "The money: Function"]


def test_fields_stand_two_side_by_side_on_paper() -> None:
    names = ("Meeting", "Author", "Date")
    rows = tuple(Row((text(name), text("to be completed"))) for name in names)
    data = word((Table((Column("Field"), Column("What is given")), rows, paired=True),))
    (table,) = body(data).iter(f"{W}tbl")
    cells = [[said(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
    assert cells == [
        ["Field", "What is given"] * 2,
        ["Meeting", "to be completed", "Author", "to be completed"],
        ["Date", "to be completed", "", ""],
    ]


def test_small_print_stays_with_the_table_that_it_explains() -> None:
    for explained in (True, False):
        tone = Tone.FAINT if explained else Tone.PLAIN
        (table,) = body(word((a_table(20), Paragraph(text("In £1,000s.", tone))))).iter(f"{W}tbl")
        last = list(table.iter(f"{W}tr"))[-1]
        assert (last.find(f".//{W}keepNext") is not None) is explained


def test_a_section_that_begins_a_page_does_unless_it_is_the_first() -> None:
    data = word((Heading(2, "One", new_page=True), Heading(2, "Two", new_page=True), Heading(2, "Three")))
    breaks = [each.find(f"{W}pPr/{W}pageBreakBefore") is not None for each in body(data).iter(f"{W}p")]
    assert breaks == [False, True, False]


def test_numbered_paragraphs_go_on_counting_and_start_anew_where_they_are_told_to() -> None:
    line = text("Why.")
    data = word((Paragraph(line, 1), a_table(), Paragraph(line, 2), Paragraph(line), Paragraph(line, 7)))
    assert paragraphs(data, "NumberedParagraph") == ["Why."] * 3
    lists = [each.get(f"{W}val") for each in body(data).iter(f"{W}numId")]
    assert lists[0] == lists[1] != lists[2]
    numbering = ET.fromstring(parts(data)["word/numbering.xml"])
    starts = {
        each.get(f"{W}numId"): each.find(f"{W}lvlOverride/{W}startOverride") for each in numbering.iter(f"{W}num")
    }
    assert [(start.get(f"{W}val") if (start := starts[list_]) is not None else None) for list_ in lists] == [
        "1",
        "1",
        "7",
    ]


def test_a_link_leads_to_the_bookmark_of_its_anchor() -> None:
    one, other = "function-" + "x" * 60 + "-1", "function-" + "x" * 60 + "-2"
    lines = ((Span("see", to=one), Span("see", to=other)), text("here"))
    table = Table((Column("Function"), Column("Where")), (Row((lines[0], lines[1])),))
    data = word((table, Paragraph(text("One."), 1, (one,)), Paragraph(text("Other."), 2, (other,))))
    marks = [each.get(f"{W}name") for each in body(data).iter(f"{W}bookmarkStart")]
    assert [each.get(f"{W}anchor") for each in body(data).iter(f"{W}hyperlink")] == marks
    assert len(set(marks)) == 2
    assert all(mark and len(mark) <= 40 and mark.isascii() and mark.isidentifier() for mark in marks)


def test_every_list_with_numbers_starts_from_one() -> None:
    numbered = Items((text("a"), text("b")), numbered=True)
    data = word((numbered, Paragraph(text("then")), numbered))
    lists = [each.get(f"{W}val") for each in body(data).iter(f"{W}numId")]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    numbering = ET.fromstring(parts(data)["word/numbering.xml"])
    starts = {
        each.get(f"{W}numId"): each.find(f"{W}lvlOverride/{W}startOverride") for each in numbering.iter(f"{W}num")
    }
    assert all((found := starts[list_]) is not None and found.get(f"{W}val") == "1" for list_ in (lists[0], lists[2]))


def test_pages_are_numbered_at_their_foot() -> None:
    (footer,) = [data for name, data in parts(word((Heading(1, "A"),))).items() if name.startswith("word/footer")]
    fields = ET.fromstring(footer).iter(f"{W}fldSimple")
    assert [each.get(f"{W}instr") for each in fields] == [" PAGE ", " NUMPAGES "]


def test_nothing_of_the_file_that_it_is_made_from_is_left() -> None:
    names = set(parts(word((Heading(1, "A"),))))
    assert not {name for name in names if "thumbnail" in name or "customXml" in name or "vba" in name}


def test_what_to_type_stands_line_by_line() -> None:
    found = said(body(word((Paragraph(text("text")), Command("mba assess x.yaml\nmba rules")))))
    assert found == "textmba assess x.yamlmba rules"


# Text is text


hostile = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x07\x0b\x1b\ufffe\ud800<>&\"'{}=@\u202e\r\n\t")), min_size=1
)


def saying(one: str, other: str) -> tuple[Block, ...]:
    return (
        Heading(1, one),
        Heading(2, other),
        Paragraph((Span(one), Span(other, Tone.WARNING))),
        Items((text(one),), numbered=True),
        Command(other),
        Table((Column(one), Column(other, figures=True)), (Row((text(other), text(one)), text(one)),), other),
    )


@given(hostile, hostile)
def test_whatever_is_written_stays_text(one: str, other: str) -> None:
    kinds = []
    for data in (word(saying(one, other), author=other), word(saying("a", "b"), author="b")):
        kinds.append([each.tag for each in body(data).iter() if each.tag not in {f"{W}br", f"{W}r", f"{W}t"}])
    assert kinds[0] == kinds[1]
    docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("words", ["{ PAGE }", "=SUM(A1)", 'HYPERLINK "http://x"', "«MERGEFIELD»", "DDEAUTO c:\\x"])
def test_no_text_is_a_field(words: str) -> None:
    data = word((Heading(1, words), Paragraph(text(words)), a_table(0, about="Costs")))
    codes = {each.get(f"{W}instr") for each in body(data).iter(f"{W}fldSimple")}
    assert codes == {" SEQ Table \\* ARABIC "}
    assert not list(body(data).iter(f"{W}instrText"))
    assert said(body(data)).count(words) >= 2


# Columns


def test_a_title_above_figures_takes_two_lines_where_there_is_room() -> None:
    widths = breadths([["Plan", "Today"], ["Left of the first year", "£1"]], [False, True], 453 * TWIPS, 10.0)
    assert widths[1] > 70 * TWIPS


def test_a_long_paragraph_may_end_a_page_before_its_table_and_a_short_one_not() -> None:
    for words, keeps in (("In all, by option.", True), ("Each of these was looked at for long. " * 5, False)):
        (first, *_) = body(word((Paragraph(text(words)), a_table()))).iter(f"{W}p")
        assert (first.find(f"{W}pPr/{W}keepNext") is not None) is keeps


@given(
    st.lists(st.tuples(st.lists(st.text(max_size=60), min_size=3, max_size=3), st.booleans()), min_size=1, max_size=9)
)
def test_columns_take_the_whole_page_and_none_vanishes(columns: list[tuple[list[str], bool]]) -> None:
    cells, figures = zip(*columns, strict=True)
    widths = breadths(cells, figures, 453 * TWIPS, 10.0)
    assert sum(widths) == 453 * TWIPS
    assert min(widths) > 0


def test_figures_stay_on_one_line_where_text_beside_them_wraps() -> None:
    text_, figures = breadths(
        [["Function", "a long name " * 20], ["£ a year", "1,234,567"]], [False, True], 453 * TWIPS, 10.0
    )
    assert figures < 80 * TWIPS
    assert text_ > 370 * TWIPS


def test_one_long_cell_does_not_starve_the_columns_beside_it() -> None:
    sure = ["How sure", *["open: make 43% or share 36%"] * 9]
    tips = ["What would tip it", *["nothing so small"] * 8, "share, if the budget a head is £22.70 instead of £25.00"]
    names = ["Function", *["Provider quality and patient safety"] * 9]
    widths = breadths([names, sure, tips], [False] * 3, 300 * TWIPS, 10.0)
    assert min(widths) > 85 * TWIPS


# The same bytes


def test_the_same_document_gives_the_same_bytes() -> None:
    blocks = (Heading(1, "A"), a_table(), MAP, Items((text("one"),)))
    assert word(blocks) == word(blocks)
    with zipfile.ZipFile(io.BytesIO(word(blocks))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.process
def test_the_same_command_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        words = command("export", RIVERSIDE, "--draws", "50", "-o", tmp_path / f"{seed}.docx")
        process = subprocess.run(words, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=False)
        assert ended(process) == (0, "", "")
    assert (tmp_path / "1.docx").read_bytes() == (tmp_path / "2.docx").read_bytes()


@pytest.mark.process
@pytest.mark.parametrize(
    "words",
    [["assess", RIVERSIDE], ["explain", RIVERSIDE, "payroll"], ["diff", RIVERSIDE, RIVERSIDE], ["export", RIVERSIDE]],
    ids=lambda words: str(words[0]),
)
def test_every_report_can_be_a_word_file(tmp_path: Path, words: list[str | Path]) -> None:
    assert run(*words, *QUICK, "-o", tmp_path / "report.docx") == (0, "", "")
    assert paragraphs((tmp_path / "report.docx").read_bytes(), "Title")


def test_a_missing_library_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "docx" or name == "mba.render.word"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MbaError) as caught:
        rendered(Way(Format.WORD), lambda: (), None)
    assert "extra “office”" in caught.value.text()


# Templates


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A template with a style, margins, a header and text of its own."""
    template = docx.Document()
    template.styles["Heading 1"].font.name = "Georgia"
    template.sections[0].left_margin = Cm(4)
    template.sections[0].header.paragraphs[0].text = "The house"
    template.sections[0].footer.paragraphs[0].text = "In confidence"
    template.add_paragraph("Secret draft")
    template.core_properties.author = "Somebody Else"
    path = tmp_path / "house.docx"
    template.save(str(path))
    return path


def on(path: Path) -> bytes:
    items = Items((text("one"),), numbered=True)
    return word((Heading(1, "A"), Heading(2, "B"), items, a_table(), MAP), stationery_of(str(path), Format.WORD))


def test_a_template_gives_its_styles_margins_header_and_footer_and_not_its_text(house: Path) -> None:
    data = on(house)
    opened = docx.Document(io.BytesIO(data))
    assert opened.styles["Heading 1"].font.name == "Georgia"
    left = opened.sections[0].left_margin
    assert left
    assert round(left.cm, 1) == 4.0
    assert opened.sections[0].header.paragraphs[0].text == "The house"
    assert opened.sections[0].footer.paragraphs[0].text == "In confidence"
    everything = b"".join(parts(data).values())
    assert b"Secret draft" not in everything
    assert b"Somebody Else" not in everything
    assert on(house) == data


def test_a_style_that_a_template_has_not_is_ours(house: Path) -> None:
    template = docx.Document(str(house))
    for name in ("Caption", "List Bullet"):
        template.styles[name].delete()
    template.save(str(house))
    opened = docx.Document(io.BytesIO(on(house)))
    assert opened.styles["Caption"].font.size.pt == 11
    assert {"List Bullet", "Report Table", "Table Text"} <= {style.name for style in opened.styles}
    ids = [style.style_id for style in opened.styles]
    assert len(ids) == len(set(ids))


def rezipped(path: Path, change: dict[str, bytes]) -> None:
    found = parts(path.read_bytes()) | change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in found.items():
            file.writestr(name, data)


def refusal(path: Path) -> str:
    with pytest.raises(MbaError) as caught:
        stationery_of(str(path), Format.WORD)
    return caught.value.text()


def test_a_template_with_macros_is_refused(house: Path) -> None:
    rezipped(house, {"word/vbaProject.bin": b"x"})
    assert "it holds macros" in refusal(house)


@pytest.mark.slow
def test_a_template_that_would_open_into_too_much_is_refused(house: Path) -> None:
    rezipped(house, {"word/media/big.bin": bytes(60_000_000)})
    assert house.stat().st_size < 200_000
    assert "it holds more than 50,000,000 bytes once it is unpacked" in refusal(house)


@pytest.mark.parametrize("data", [b"", b"# not a zip", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    assert "it is broken" in refusal(tmp_path / "x.docx")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("data", [b"", b"<broken", b"<a/>"])
def test_a_template_that_is_broken_inside_is_refused_or_used_and_never_a_fault(
    house: Path, part: str, data: bytes
) -> None:
    rezipped(house, {part: data})
    assert "it is no Word document" in refusal(house)


@pytest.mark.slow
@examples(25)
@given(st.randoms(use_true_random=False))
def test_a_template_in_which_anything_is_broken_is_refused_or_used_and_never_a_fault(chance: Random) -> None:
    template = io.BytesIO()
    docx.Document().save(template)
    found = parts(template.getvalue())
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([name for name in found if name.endswith((".xml", ".rels"))])
        root = ET.fromstring(found[name])
        element = chance.choice(list(root.iter()))
        element.attrib = {key: chance.choice(["", "x", "-1", "1.5", value]) for key, value in element.attrib.items()}
        if chance.random() < 0.5:
            element[:] = []
        found[name] = ET.tostring(root)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "house.docx"
        with zipfile.ZipFile(path, "w") as file:
            for name, data in found.items():
                file.writestr(name, data)
        with contextlib.suppress(MbaError):
            assert docx.Document(io.BytesIO(on(path)))


def test_a_template_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "none.docx: cannot be read: No such file" in refusal(tmp_path / "none.docx")
    assert "is a folder" in refusal(tmp_path)


def test_what_a_header_would_fetch_is_refused(house: Path) -> None:
    template = docx.Document(str(house))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    template.sections[0].header.part.rels.get_or_add_ext_rel(kind, "http://elsewhere.example/logo.png")
    template.save(str(house))
    assert "fetched from elsewhere" in refusal(house)


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.oleObject",
        "application/vnd.ms-office.activeX",
        "application/vnd.ms-office.vbaProjectSignature",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ],
)
def test_what_acts_in_a_header_is_refused_by_its_kind_whatever_it_is_called(house: Path, kind: str) -> None:
    template = docx.Document(str(house))
    header = template.sections[0].header.part
    header.relate_to(Part(PackURI("/word/media/a-picture.bin"), kind, b"x", header.package), "http://elsewhere.example")
    template.save(str(house))
    assert "something in its header or footer that acts" in refusal(house)


def test_the_template_that_a_template_was_made_from_is_not_fetched(house: Path) -> None:
    template = docx.Document(str(house))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    template.part._settings_part.rels.get_or_add_ext_rel(kind, "http://elsewhere.example/house.dotm")  # noqa: SLF001 - the only way
    template.save(str(house))
    assert b"elsewhere.example" not in b"".join(parts(on(house)).values())


def test_a_template_is_for_word_alone(house: Path) -> None:
    with pytest.raises(MbaError, match="for a paper in Word, not for html"):
        stationery_of(str(house), Format.HTML)


@pytest.mark.process
def test_the_command_takes_a_template_and_never_writes_over_it(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(house.parent)
    words: list[str | Path] = ["export", RIVERSIDE, *QUICK, "--reference", "house.docx", "-o"]
    assert run(*words, "paper.docx") == (0, "", "")
    assert "--reference house.docx" in said(body(Path("paper.docx").read_bytes()))
    answer = run(*words, "house.docx", "--force")
    assert answer.err == "house.docx: not written: it is the file that was read.\n  Name another file.\n"


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_libreoffice_makes_an_accessible_pdf_of_it(tmp_path: Path) -> None:
    assert run("assess", RIVERSIDE, *QUICK, "-o", tmp_path / "report.docx") == (0, "", "")
    words = ["soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to"]
    words += ['pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}', "report.docx"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pdf = (tmp_path / "report.pdf").read_bytes()
    assert b"<pdfuaid:part>1<" in pdf
    assert pdf.count(b"/S/Figure") == 2
    assert b"/Scope/Column" in pdf
    assert b"/Lang(en-GB)" in pdf


@pytest.mark.process
@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_the_summary_of_each_board_is_a_cover_and_one_page(tmp_path: Path) -> None:
    boards = sorted(RIVERSIDE.parent.glob("*.yaml"))
    for board in boards:
        assert run("export", board, "--summary", "-o", tmp_path / f"{board.stem}.docx") == (0, "", "")
    words = ["soffice", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--headless", "--convert-to", "pdf"]
    words += [f"{board.stem}.docx" for board in boards]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    files = [(tmp_path / f"{board.stem}.pdf").read_bytes() for board in boards]
    assert [len(re.findall(rb"/Type\s*/Page\b", file)) for file in files] == [2] * len(boards)

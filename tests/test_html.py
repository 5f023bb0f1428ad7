"""The page: what a document says and nothing else, valid, complete in itself, with every figure drawn as it is said."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import ended, run

from mba.render.document import (
    Column,
    Command,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    Tone,
    text,
)
from mba.render.html import html

PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
RIVERSIDE = ROOT / "profiles" / "riverside.yaml"

ACTING = [
    "<script>alert(1)</script>",
    "</style><script>",
    "</title>",
    '" onload="x',
    "' autofocus onfocus='x",
    "&amp;&lt;",
    "<!--",
    "]]>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "javascript:x",
    "<svg/onload=x>",
    "שלום עולם",
    "مرحبا (1)",
    "👩🏽‍⚕️",
]
"""Text that would act, or turn, if it were anything but text."""

TEXTS = st.sampled_from(ACTING) | st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=20
)
TONES = st.sampled_from(Tone)
PLACES = st.sampled_from(["function-payroll", "function-hr"])
LINES = st.lists(st.builds(Span, TEXTS, TONES, st.just("") | PLACES), min_size=1, max_size=3).map(tuple)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    cells = st.tuples(LINES, *[LINES] * (width - 1))
    notes = st.sampled_from([(), text("because"), draw(LINES)])
    heads = st.builds(Column, TEXTS, st.booleans())
    columns = draw(st.lists(heads, min_size=width, max_size=width))
    rows = st.lists(st.builds(Row, cells, notes), max_size=4)
    return Table(tuple(columns), tuple(draw(rows)), draw(TEXTS))


BLOCKS = (
    st.builds(Heading, st.integers(1, 4), TEXTS, TONES)
    | st.builds(Paragraph, LINES, st.integers(0, 99), st.lists(PLACES, max_size=2, unique=True).map(tuple))
    | st.builds(Items, st.lists(LINES, min_size=1, max_size=3).map(tuple), st.booleans())
    | st.builds(Command, TEXTS)
    | tables()
)
DOCUMENTS = st.lists(BLOCKS, max_size=8).map(tuple)

MEANT = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "nav"),
    *("h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "pre", "code"),
    *("a", "div", "span", "strong", "bdi", "svg", "rect", "line"),
    *("text", "desc", "g", "path", "circle", "defs", "marker", "figure", "figcaption"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}  # a table, laid out by hand  # fmt: skip
"""The elements of the page."""


def parsed(page: str) -> Element:
    """The page as a browser reads it; raises html5lib's ParseError where it is not valid."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"


def kind(element: Element) -> str:
    return element.get("class") or ""


def found(page: Element, *names: str) -> list[Element]:
    return [element for element in page.iter() if name(element) in names]


def the(page: Element, tag: str) -> Element:
    """The only element of the name."""
    (element,) = found(page, tag)
    return element


def shown(element: Element) -> Iterator[str]:
    """The texts of a page in its order.

    Without those that it adds for who cannot see it, its contents, and what charts say twice.
    """
    match name(element), kind(element):
        case ("nav" | "caption", _) | (_, "aside"):
            return
        case "th", _ if element.get("scope") == "col":
            yield "".join(element.itertext())
        case "span", _ if element.get("id"):
            return
        case ("h1" | "h2" | "h3" | "h4" | "strong" | "text" | "code" | "span" | "a", _) if whole(element):
            yield "".join(element.itertext())
        case "li", "" if any(name(child) == "svg" for child in element):
            yield "".join(element.itertext())
        case "p", "title":
            yield element.text or ""
        case _:
            for child in element:
                yield from shown(child)


def whole(element: Element) -> bool:
    """Whether an element holds one text, and nothing else."""
    return not len(element)


def said(document: Document) -> Iterator[str]:
    """The texts of a document in its order, a sentence that rows share once."""
    for block in document:
        match block:
            case Heading(_, words):
                yield words
            case Paragraph(line, number):
                yield from [f"{number}."] if number else []
                yield from in_line(line)
            case Items(lines):
                for line in lines:
                    yield from in_line(line)
            case Command(words):
                yield words
            case Table(columns, rows):
                yield from (column.title for column in columns)
                for note, run_ in groupby(rows, key=lambda row: row.note):
                    for row in run_:
                        for cell in row.cells:
                            yield from in_line(cell)
                    yield from in_line(note)


def in_line(line: Line) -> Iterator[str]:
    yield from (span.text for span in line if span.text)


def report(path: Path = RIVERSIDE, *words: str) -> str:
    answer = run("assess", path, "--format", "html", *words)
    assert (answer.status, answer.err) == (0, "")
    return answer.out


# What it says


@given(DOCUMENTS)
def test_a_page_shows_every_text_as_it_stands_in_its_order_and_no_other(document: Document) -> None:
    words = html(document)
    assert words.startswith("<!doctype html>\n")
    assert words.endswith("</html>\n")
    page = parsed(words)
    assert list(shown(the(page, "main"))) == list(said(document))
    heads = [block.text for block in document if isinstance(block, Heading)]
    assert (the(page, "title").text or "") == (heads[0] if heads else "mba")


@given(DOCUMENTS)
def test_no_text_becomes_an_element_or_an_attribute(document: Document) -> None:
    page = parsed(html(document))
    assert {name(element) for element in page.iter()} <= MEANT
    for element in page.iter():
        assert not {key for key in element.attrib if key.startswith("on") or key in ("style", "src", "srcset")}
        assert element.get("href", "#").startswith("#")


@given(DOCUMENTS)
def test_the_same_document_gives_the_same_page(document: Document) -> None:
    assert html(document) == html(document)


# That it stands alone


def all_reports() -> list[str]:
    explained = run("explain", RIVERSIDE, "payroll", "--draws", "50", "--format", "html")
    known = [run(word, "--format", "html") for word in ("rules", "catalogue")]
    papers = [run("export", path, "--draws", "50", "--format", "html") for path in PROFILES]
    return [
        *(report(path, "--draws", "50") for path in PROFILES),
        *(answer.out for answer in (explained, *known, *papers)),
    ]


@pytest.fixture(scope="module", name="pages")
def every_page() -> list[Element]:
    return [parsed(page) for page in all_reports()]


@pytest.mark.slow
def test_a_page_is_allowed_its_own_style_and_nothing_else(pages: list[Element]) -> None:
    for page in pages:
        style = "".join(the(page, "style").itertext())
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        (policy,) = [meta.get("content") for meta in found(page, "meta") if meta.get("http-equiv")]
        rules = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
        assert policy == rules.format(digest)
        assert not re.search(r"url\(|@import|@font-face|https?:|//", style)


@pytest.mark.slow
def test_a_page_asks_for_nothing_and_runs_nothing(pages: list[Element]) -> None:
    for page in pages:
        assert {name(element) for element in page.iter()} <= MEANT
        assert {meta.get("http-equiv") for meta in found(page, "meta")} == {None, "Content-Security-Policy"}
        links = [element.get("href") or "" for element in page.iter() if "href" in element.attrib]
        ids = [element.get("id") for element in page.iter() if "id" in element.attrib]
        assert links
        assert {link.removeprefix("#") for link in links} <= set(ids)
        assert len(ids) == len(set(ids))


@pytest.mark.process
def test_what_draws_pages_is_loaded_for_pages_alone() -> None:
    for format, loaded in (("markdown", False), ("html", True)):  # noqa: A001 - the option's own name
        words = ["mba", "assess", str(RIVERSIDE), "--format", format]
        script = f"import sys; sys.argv = {words}\nfrom mba.__main__ import main\n"
        script += "try: main()\nexcept SystemExit: pass\nprint('jinja2' in sys.modules)"
        process = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
        assert ended(process).out.endswith(f"\n{loaded}\n")


# How it is read


@pytest.mark.slow
def test_a_page_has_a_language_a_title_one_main_part_and_one_first_heading(pages: list[Element]) -> None:
    for page in pages:
        assert page.get("lang") == "en-GB"
        assert the(the(page, "head"), "title").text == the(page, "h1").text
        assert the(page, "main") is not None


@pytest.mark.slow
def test_the_contents_name_every_section(pages: list[Element]) -> None:
    for page in pages:
        heads = {f"#{head.get('id')}": "".join(head.itertext()) for head in found(page, "h2")}
        assert heads.pop("#contents") == "Contents"
        links = found(the(page, "nav"), "a")
        assert {link.get("href"): "".join(link.itertext()) for link in links} == heads


@pytest.mark.slow
def test_every_table_has_a_caption_and_every_cell_its_heads(pages: list[Element]) -> None:
    for page in pages:
        captions = ["".join(caption.itertext()) for caption in found(page, "caption")]
        assert len(captions) == len(set(captions)) == len(found(page, "table"))
        assert all(captions)
        for table in found(page, "table"):
            heads = {head.get("id") for head in found(table, "th") if head.get("scope") == "row"}
            columns = [head for head in found(table, "th") if head.get("scope") == "col"]
            whose = [note.get("headers") for note in found(table, "td") if "headers" in note.attrib]
            assert all(set((ids or "none").split()) <= heads for ids in whose)
            for row in found(table, "tr"):
                assert len(row) == len(columns) or kind(row) == "note"


def test_tables_under_one_heading_are_told_apart_by_their_first_columns() -> None:
    one, two = (Table((Column(title),), (Row((text("x"),)),)) for title in ("Moved", "If other"))
    page = parsed(html((one, Heading(2, "The money"), one, two)))
    assert [caption.text for caption in found(page, "caption")] == ["Moved", "The money", "The money: If other"]


def test_rows_that_follow_each_other_with_the_same_sentence_share_it() -> None:
    rows = [Row((text(word),), text(why)) for word, why in (("a", "x"), ("b", "x"), ("c", "y"))]
    page = parsed(html((Table((Column("Name"),), tuple(rows), "Why"),)))
    notes = [row for row in found(page, "tr") if kind(row) == "note"]
    assert ["".join(note.itertext()) for note in notes] == ["Why: x", "Why: y"]
    ids = [head.get("id") for head in found(page, "th") if head.get("scope") == "row"]
    assert [note[0].get("headers") for note in notes] == [f"{ids[0]} {ids[1]}", ids[2]]


# What it draws


def em(element: Element, key: str) -> float:
    figure = element.get(key) or ""
    assert figure.endswith("em")
    return float(figure[:-2])


# What it looks like

STYLE = (ROOT / "src" / "mba" / "render" / "page.css").read_text("utf-8")
COLOURS = [
    dict(re.findall(r"--(\w+): (#\w{6})", scheme)) for scheme in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
]
"""Its colours by their names, in light and in dark."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    light, dark = sorted((luminance(colour) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", COLOURS, ids=["light", "dark"])
def test_text_and_bars_stand_out_from_the_page(colours: dict[str, str]) -> None:
    for name_ in ("text", "faint", "first", "second", "third", "fourth", "warning"):
        assert contrast(colours[name_], colours["page"]) >= 4.5, name_
    for name_ in ("quiet", "first", "second", "third", "fourth", "warning"):
        assert contrast(colours[name_], colours["track"]) >= 3, name_

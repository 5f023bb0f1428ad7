"""The page in a browser: nothing that an audit of accessibility finds, nothing cut, no text that acts.

Needs chromium and the extra `browser` (make browser); skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from running import run

from mba.render.document import (
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Row,
    Table,
    Tone,
    text,
)
from mba.render.html import html

playwright = pytest.importorskip("playwright.sync_api", reason="what drives a browser is not installed: make browser")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed: make browser")

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed"),
]

PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
RIVERSIDE = ROOT / "profiles" / "riverside.yaml"
CUT = ROOT / "profiles" / "scenarios" / "allowance-cut.yaml"
WIDTHS = [320, 375, 736, 737, 800, 960, 961, 1400]
"""A phone, both sides of where tables become cards, a tablet, a desk."""
SHEET = 680
"""A4 less its margins, px."""
WORDS: dict[str, list[str | Path]] = {
    "explain": ["explain", RIVERSIDE, "contract-negotiation", "--draws", "200"],
    "rules": ["rules"],
    "catalogue": ["catalogue"],
    **{path.stem: ["assess", path, "--draws", "200"] for path in PROFILES},
    "cut": ["assess", RIVERSIDE, "--draws", "200", "--budget-per-head", "22.07"],
    "poor": ["assess", RIVERSIDE, "--draws", "200", "--budget-per-head", "20"],
    "paper": ["export", CUT, "--compare", RIVERSIDE, "--meeting", "Governing body", "--author", "A. Manager"],
    **{f"paper-{path.stem}": ["export", path, "--draws", "200"] for path in PROFILES},
    "summary": ["export", RIVERSIDE, "--summary"],
    "five-case": ["export", RIVERSIDE, "--template", "five-case", "--draws", "200"],
    "diff": ["diff", RIVERSIDE, CUT],
    "beside": ["diff", RIVERSIDE, *sorted(CUT.parent.glob("*.yaml"))],
}

HOSTILE = [
    "<script>document.title = 'mine'</script>",
    "<img src=x onerror=\"document.title = 'mine'\">",
    "</style></title><b>bold</b>",
    "Care & “support” <adults> 'R' \"Us\" &amp; &#60;",
    "שירותי בריאות (1)",
    "خدمات الصحة",
    "Nurses 👩🏽‍⚕️ and 🧑‍🚀",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
]
WIDE = Table(
    (Column("Function"), *(Column(f"Year {year}", figures=True) for year in range(12))),
    (Row((text(HOSTILE[-1]), *(text("1,234,567") for _ in range(12))), text("because")),),
    "Why",
)
EVERYTHING: Document = (
    Heading(1, "Everything"),
    *(Paragraph(text(f"In the tone {tone}.", tone)) for tone in Tone),
    Heading(2, "Warning", Tone.WARNING),
    Items((text("one"), text(HOSTILE[-1] * 3))),
    Heading(3, "More columns than fit"),
    WIDE,
    Table((Column("Name"), Column("Nothing")), (Row((text("a"), text(""))),)),
)
"""What no report has yet."""
NAMES = [*WORDS, "hostile", "paper-hostile", "everything"]
FRONT = ("--meeting", "--agenda-item", "--author", "--date")


@pytest.fixture(scope="module", name="browser")
def a_browser() -> Iterator[Any]:
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=as_root)
        yield browser
        browser.close()


@pytest.fixture(scope="module", name="pages")
def every_page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, words in WORDS.items():
        assert run(*words, "--format", "html", "-o", folder / f"{name}.html") == (0, "", "")
    hostile = yaml.safe_load(RIVERSIDE.read_text("utf-8"))
    hostile["organisation"]["name"] = HOSTILE[0]
    for function, name in zip(hostile["functions"], HOSTILE, strict=False):
        function["name"] = name
    (folder / "hostile.yaml").write_text(yaml.safe_dump(hostile, allow_unicode=True), "utf-8")
    report = run("assess", folder / "hostile.yaml", "-o", folder / "hostile.html")
    front = [word for option in FRONT for word in (option, HOSTILE[1])]
    proposal = run("export", folder / "hostile.yaml", *front, "-o", folder / "paper-hostile.html")
    assert report == proposal == (0, "", "")
    (folder / "everything.html").write_text(html(EVERYTHING), "utf-8")
    return {path.stem: path for path in folder.glob("*.html")}


def opened(browser: Any, path: Path, width: int = 1400, scheme: str = "light") -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_default_timeout(60_000)
    page.goto(path.as_uri())
    return page


LOOKED_AT = ["violations", "incomplete"]
"""What an audit lists in full; of what it passes one place is enough, in a third of the time."""
AUDITS = [(name, 1400, "light") for name in NAMES if name != "cut"] + [
    (name, 320, "dark") for name in ("riverside", "everything")
]


@pytest.mark.parametrize(("name", "width", "scheme"), AUDITS)
def test_an_audit_of_accessibility_finds_nothing(
    browser: Any, pages: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    """Nor has it doubts, but for the contrast of what is no letter or scrolled away.

    tests/test_html.py has that of every colour.
    """
    page = opened(browser, pages[name], width, scheme)
    found = (
        axe.Axe().run(page, options={"rules": {"target-size": {"enabled": True}}, "resultTypes": LOOKED_AT}).response
    )
    page.close()
    assert len(found["passes"]) > 20
    doubts = [fault for fault in found["incomplete"] if fault["id"] != "color-contrast"]
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in (*found["violations"], *doubts)] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_beyond_the_edge_of_a_screen_or_a_sheet(browser: Any, pages: dict[str, Path], name: str) -> None:
    page = opened(browser, pages[name])
    edges = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        edges[width] = page.evaluate("document.documentElement.scrollWidth")
    assert edges == {width: width for width in WIDTHS}
    page.set_viewport_size({"width": SHEET, "height": 900})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == SHEET
    heads = page.locator("thead").evaluate_all("all => all.map(head => getComputedStyle(head).display)")
    assert set(heads) <= {"table-header-group"}
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_runs_into_the_next(browser: Any, pages: dict[str, Path], name: str) -> None:
    page = opened(browser, pages[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.locator("td, th").evaluate_all(
            "all => all.filter(cell => cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).position "
            "!== 'absolute').map(cell => cell.textContent.trim())"
        )
        assert over == [], width
    page.close()


@pytest.mark.parametrize("width", [320, 1400])
@pytest.mark.parametrize(
    ("which", "title"), [("hostile", "make, share, ally or buy"), ("paper-hostile", "how to run support functions")]
)
def test_a_browser_shows_names_as_they_were_written_and_runs_none_of_them(
    browser: Any, pages: dict[str, Path], which: str, title: str, width: int
) -> None:
    page = opened(browser, pages[which], width)
    shown = page.locator("tbody th").all_inner_texts()
    assert {name for name in HOSTILE if name in shown} == set(HOSTILE)
    assert page.title() == f"{HOSTILE[0]}: {title}"
    assert page.locator("script, img, b").count() == 0
    if which == "paper-hostile":
        fields = page.locator("table").first.locator("td").all_inner_texts()
        assert fields.count(HOSTILE[1]) == len(FRONT)
    page.close()


def test_a_page_loads_nothing_and_has_nothing_to_complain_of(browser: Any, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages["riverside"].as_uri(), wait_until="networkidle")
    assert (asked, said) == ([pages["riverside"].as_uri()], [])
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    page.close()


def test_whoever_uses_the_keyboard_meets_the_contents_in_their_order(browser: Any, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["riverside"])
    met, links = [], page.locator("nav a").count()
    for _ in range(page.locator("a").count() + page.locator(".sheet").count()):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert [link for link in met if link and link.startswith("#s")] == [f"#s{number + 1}" for number in range(links)]
    page.close()


def test_whoever_hears_a_page_hears_of_each_picture_once(browser: Any, pages: dict[str, Path]) -> None:
    page = opened(browser, pages["riverside"])
    titles = page.locator("figure.picture svg > title").all_text_contents()
    assert titles
    assert [page.get_by_role("img", name=title, exact=True).count() for title in titles] == [1] * len(titles)
    assert page.locator("figcaption:not([aria-hidden])").count() == 0
    page.close()


SELECTORS = """() => {
  const bare = selector => selector.replace(/::?(before|after|marker)|:(hover|focus-visible)/g, "");
  const walk = rules => [...rules].flatMap(rule => rule.selectorText ? [rule.selectorText] : walk(rule.cssRules || []));
  return [...document.styleSheets].flatMap(sheet => walk(sheet.cssRules))
    .map(selector => [selector, document.querySelectorAll(bare(selector)).length]);
}"""
"""Each list of selectors of the style, with how many elements of the page it matches."""


def test_no_rule_of_the_style_is_for_a_page_that_there_is_not(browser: Any, pages: dict[str, Path]) -> None:
    used: dict[str, int] = {}
    for path in pages.values():
        page = opened(browser, path)
        for selector, number in page.evaluate(SELECTORS):
            used[selector] = used.get(selector, 0) + number
        page.close()
    assert [selector for selector, number in used.items() if not number] == []


@pytest.mark.parametrize(("width", "drawn"), [(320, False), (375, False), (768, True), (1440, True)])
def test_a_picture_is_told_in_words_where_its_letters_would_be_too_small(
    browser: Any, pages: dict[str, Path], width: int, drawn: bool
) -> None:
    page = opened(browser, pages["paper"], width)
    figure = page.locator("figure.picture").first
    assert figure.locator("svg").is_visible() is drawn
    assert figure.locator(".instead").is_visible() is not drawn
    page.close()


@pytest.mark.parametrize("width", [320, 1400])
def test_a_table_stays_a_table_to_who_hears_it(browser: Any, pages: dict[str, Path], width: int) -> None:
    page = opened(browser, pages["riverside"], width)
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts()[:2] == ["Move now", "From"]
    row = table.get_by_role("row").nth(1)
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell").count() == 5
    page.close()

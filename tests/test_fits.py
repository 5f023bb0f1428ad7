"""Figures of fit on a page, and what to type next."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import ROOT
from running import appraised, run

pytestmark = pytest.mark.slow  # a page for every example

FOLDER = ROOT / "profiles"
PROFILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("scenarios/*.yaml")])
RIVERSIDE = FOLDER / "riverside.yaml"


@cache
def reported(path: Path) -> tuple[Any, Element]:
    """The result as JSON, and the page."""
    words: list[str | Path] = ["assess", path, "--draws", "300"]
    result, page = (run(*words, "--format", format_) for format_ in ("json", "html"))
    assert (result.status, page.status) == (0, 0)
    return appraised(result.out), html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.out)


def found(page: Element, tag: str, kind: str | None = None) -> list[Element]:
    return [
        element
        for element in page.iter()
        if str(element.tag).rpartition("}")[2] == tag and kind in (None, element.get("class"))
    ]


def words_of(element: Element) -> str:
    return "".join(element.itertext()).strip()


@pytest.mark.parametrize("path", PROFILES)
def test_the_figures_of_fit_say_which_is_the_answer_and_which_are_not_available(path: Path) -> None:
    result, page = reported(path)
    by_name = {function["name"]: function for function in result["functions"]}
    (table,) = [table for table in found(page, "table") if "Make" in map(words_of, found(table, "th"))]
    rows = [row for row in found(table, "tr") if found(row, "bdi")]
    assert sorted(words_of(found(row, "th")[0]) for row in rows) == sorted(by_name)
    for row in rows:
        function = by_name[words_of(found(row, "th")[0])]
        marks = {name: "" if option["available"] else "× " for name, option in function["options"].items()}
        marks[function["recommendation"]] = "▸ "
        expected = [f"{marks[name]}{option['fit']}" for name, option in function["options"].items()]
        assert [words_of(cell).split(" · ")[0] for cell in found(row, "td", "figures")] == expected


def test_only_the_screen_tells_what_to_type_next() -> None:
    for format_ in ("console", "markdown", "html"):
        said = [
            run("assess", RIVERSIDE, "--full", "--draws", "50", "--format", format_).out,
            run("explain", RIVERSIDE, "payroll", "--draws", "50", "--format", format_).out,
        ]
        assert "mba " not in " ".join(said)

"""Charts: every figure that a page draws is one of the result's, and nothing is drawn of what is not known."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from builders import a_profile, decided
from conftest import ROOT
from running import appraised, run

from mba.render.console import console_text
from mba.render.document import Document, Shares, Tone
from mba.report.charts import acceptabilities, money_bar, options_by_function
from mba.report.words import TONES, pounds
from mba.report.words import percent as in_percent
from mba.terms import Option

pytestmark = pytest.mark.slow  # a page with its charts for every example, and at other sums

FOLDER = ROOT / "profiles"
PROFILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("scenarios/*.yaml")])
BUDGETS = ["5", "21", "22.07", "200"]
"""£ a head for Riverside: far below what anything costs, just over what is cheapest, in between, far too much."""
RIVERSIDE = FOLDER / "riverside.yaml"
CASES = [(path, None) for path in PROFILES] + [(RIVERSIDE, budget) for budget in BUDGETS]


@cache
def reported(path: Path, budget: str | None) -> tuple[Any, Element]:
    """The result as JSON, and the page."""
    words: list[str | Path] = ["assess", path, "--draws", "300", *(["--budget-per-head", budget] if budget else [])]
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


def percent(element: Element, key: str) -> float:
    return float((element.get(key) or "").removesuffix("%"))


def widths(bar: Element) -> list[tuple[str, float]]:
    """The parts of a stacked bar: their tones, and how wide they are, in %."""
    return [(part[0].get("class") or "", percent(part, "width")) for part in found(bar, "svg") if part.get("x")]


# On every page


@pytest.mark.parametrize(("path", "budget"), CASES)
def test_the_bars_of_how_sure_are_as_long_as_the_acceptabilities_and_say_them(path: Path, budget: str | None) -> None:
    result, page = reported(path, budget)
    (table,) = found(page, "table", "drawn")
    rows = [row for row in found(table, "tr") if found(row, "td")]
    open_ = [each for each in result["functions"] if each["reason"] != "decided" and each["next_best"]]
    assert sorted(words_of(found(row, "th")[0]) for row in rows) == sorted(function["name"] for function in open_)
    by_name = {function["name"]: function for function in open_}
    for row in rows:
        function = by_name[words_of(found(row, "th")[0])]
        often = function["confidence"]["acceptability"]
        drawn = widths(found(row, "svg", "stack")[0])
        assert [tone for tone, _ in drawn] == [TONES[Option(option)] for option, share in often.items() if share]
        assert [width for _, width in drawn] == pytest.approx([100 * s for s in often.values() if s], abs=0.006)
        said = [words_of(cell) for cell in found(row, "td")]
        assert said == [function["recommendation"], *(in_percent(share) for share in often.values())]


@pytest.mark.parametrize(("path", "budget"), CASES)
def test_the_bar_of_money_is_the_costs_the_committed_the_rest_and_the_allowance(path: Path, budget: str | None) -> None:
    result, page = reported(path, budget)
    money, counts = result["budget"], dict.fromkeys(map(str, Option), 0)
    costs = {option.value: 0 for option in Option}
    for function in result["functions"]:
        counts[function["recommendation"]] += 1
        costs[function["recommendation"]] += function["options"][function["recommendation"]]["cost"] or 0
    spent = [(TONES[Option(option)].value, cost) for option, cost in costs.items()]
    parts = [("strong", money["committed"]), *spent, ("faint", max(0, money["headroom"]))]
    options, bar = found(page, "div", "shares")
    whole = max(money["allowance"], money["committed"] + money["recommended_cost"])
    drawn = widths(bar)
    assert [tone for tone, _ in drawn] == [tone for tone, cost in parts if cost]
    assert [width for _, width in drawn] == pytest.approx([100 * c / whole for _, c in parts if c], abs=0.006)
    (limit,) = found(bar, "line", "limit")
    assert percent(limit, "x1") == pytest.approx(100 * money["allowance"] / whole, abs=0.006)
    assert words_of(found(bar, "text")[0]) == f"ALLOWANCE {pounds(money['allowance'])}"
    said = [words_of(item).split()[-1] for item in found(bar, "li")]
    assert said == [pounds(cost) for _, cost in parts if cost]
    assert [words_of(item) for item in found(options, "li")] == [f"{o.upper()} {n}" for o, n in counts.items() if n]


@pytest.mark.parametrize("path", PROFILES)
def test_the_bars_of_fit_say_in_words_which_is_the_answer_whether_it_is_open_and_which_are_not_available(
    path: Path,
) -> None:
    result, page = reported(path, None)
    by_name = {function["name"]: function for function in result["functions"]}
    close = ", but open"
    rows = [row for row in found(page, "tr") if found(row, "td", "bar")]
    assert sorted(words_of(found(row, "th")[0]) for row in rows) == sorted(by_name)
    for row in rows:
        function = by_name[words_of(found(row, "th")[0])]
        is_close = function["next_best"] and function["confidence"]["level"] == "open"
        said = f", the answer{close if is_close else ''}"
        expected = [
            str(option["fit"])
            + (said if name == function["recommendation"] else "" if option["available"] else ", not available")
            for name, option in function["options"].items()
        ]
        assert [words_of(cell).lstrip("▸≈×") for cell in found(row, "td", "bar")] == expected


# What is not known


def test_nothing_is_drawn_of_what_is_not_known() -> None:
    unknown = decided(a_profile({"id": "island-ferry"}))
    assert (money_bar(unknown), acceptabilities(unknown)) == ([], [])
    assert sum(number for _, number, _ in options_by_function(unknown).parts) == 1


def test_where_everything_is_decided_nothing_is_drawn_of_how_sure_it_is() -> None:
    profile = {
        "organisation": {"name": "A", "population": 90_000},
        "functions": [{"id": "payroll", "decided": {"mode": "make"}}],
    }
    page = run("assess", "-", "--format", "html", "--draws", "50", stdin=json.dumps(profile).encode())
    assert page.status == 0
    assert "How sure each answer is" not in page.out
    assert "<figure>" not in page.out
    assert "ALLOWANCE" in page.out


# In text


@pytest.mark.parametrize("width", [20, 60, 100])
def test_a_terminal_marks_a_limit_only_where_the_parts_go_beyond_it(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for most, marked in ((50, True), (100, False), (150, False)):
        document: Document = (Shares((("A 60", 60, Tone.FIRST), ("B 40", 40, Tone.SECOND)), (f"MOST {most}", most)),)
        words = console_text(document, io.StringIO())
        bar, *legend = words.splitlines()
        assert ("|" in bar) is marked
        assert (f"MOST {most}" in " ".join(legend)) is marked
        assert len(bar) == min(width, 60 + marked)
        if marked:
            assert abs(bar.index("|") - (len(bar) - 1) / 2) <= 1


def test_the_reports_in_text_have_no_more_for_their_charts() -> None:
    for format_ in ("console", "markdown"):
        words = run("assess", RIVERSIDE, "--draws", "50", "--format", format_).out
        assert "How sure each answer is" not in words


def test_only_a_terminal_tells_what_to_type_next() -> None:
    said = {
        format_: run("assess", RIVERSIDE, "--draws", "50", "--format", format_).out
        + run("explain", RIVERSIDE, "payroll", "--draws", "50", "--format", format_).out
        for format_ in ("console", "markdown", "html")
    }
    assert {format_: "mba " in words for format_, words in said.items()} == {
        "console": True,
        "markdown": False,
        "html": False,
    }

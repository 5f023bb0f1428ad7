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
from builders import a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import run

from mba.render.console import console_text
from mba.render.document import Curve, Document, Shares, Tone
from mba.render.markdown import markdown
from mba.report.charts import acceptabilities, frontier_curve, money_bar, options_by_function
from mba.report.words import TONES, pounds
from mba.report.words import percent as in_percent
from mba.spending import Budget, FrontierPoint
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
    return json.loads(result.out), html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.out)


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


def placed(chart: Element, kind: str, key: str) -> list[tuple[float, float]]:
    """Ticks of an axis: the figures that stand on it, and where."""
    ticks = found(chart, "text", kind)
    return [(float(words_of(tick)), float((tick.get(key) or "").rstrip("em%"))) for tick in ticks]


def read_off(ticks: list[tuple[float, float]], place: float) -> float:
    """What stands at a place of an axis, as one reads it off with a ruler laid from the first tick to the last."""
    (low, here), (high, there) = ticks[0], ticks[-1]
    return low + (high - low) * (place - here) / (there - here)


@pytest.mark.parametrize(("path", "budget"), CASES)
def test_whoever_lays_a_ruler_on_the_frontier_reads_off_the_costs_and_fits_of_the_result(
    path: Path, budget: str | None
) -> None:
    result, page = reported(path, budget)
    money = result["budget"]
    (chart,) = found(page, "svg", "curve")
    across, up = placed(chart, "across", "x"), placed(chart, "up", "y")
    assert 2 <= len(across) <= 6
    assert 2 <= len(up) <= 6

    def read(dot: Element) -> tuple[float, float]:
        height = float((dot.get("cy") or "").removesuffix("em"))
        return 1_000_000 * read_off(across, percent(dot, "cx")), read_off(up, height)

    span = money["frontier"][-1]["cost"] - money["frontier"][0]["cost"]
    near = {
        "rel": 0,
        "abs": 0.001 * max(span, abs(money["allowance"] - money["committed"] - money["recommended_cost"])),
    }
    dots = [read(dot) for dot in found(chart, "circle", "dot")]
    assert [cost for cost, _ in dots] == pytest.approx([point["cost"] for point in money["frontier"]], **near)
    assert [fit for _, fit in dots] == pytest.approx([point["fit"] for point in money["frontier"]], abs=0.02)
    chief, *other = (read(dot) for kind in ("chief", "other") for dot in found(chart, "circle", kind))
    assert chief[0] == pytest.approx(money["recommended_cost"], **near)
    assert chief[1] == pytest.approx(money["recommended_fit"], abs=0.02)
    if money["recommended_cost"] != money["preferred_cost"]:
        assert other[0][0] == pytest.approx(money["preferred_cost"], **near)
        assert other[0][1] == pytest.approx(money["preferred_fit"], abs=0.02)
    else:
        assert other == []
    free = money["allowance"] - money["committed"]
    for line in found(chart, "line", "limit"):
        assert 1_000_000 * read_off(across, percent(line, "x1")) == pytest.approx(free, **near)
    said = {words_of(each) for each in found(chart, "text")}
    assert {pounds(free), f"{pounds(money['recommended_cost'])}, fit {money['recommended_fit']:.1f}"} <= said


@pytest.mark.parametrize(("path", "budget"), CASES)
def test_the_words_beside_the_frontier_give_its_figures_to_whoever_does_not_see_it(
    path: Path, budget: str | None
) -> None:
    result, page = reported(path, budget)
    money = result["budget"]
    said = words_of(found(page, "figcaption")[0])
    for key in ("preferred", "recommended"):
        assert pounds(money[f"{key}_cost"]) in said
        assert f"{money[f'{key}_fit']:.1f}" in said
    assert pounds(money["frontier"][0]["cost"]) in said
    assert f"is {pounds(money['allowance'] - money['committed'])}." in said


def test_an_allowance_far_off_is_pointed_at_and_leaves_the_frontier_its_room() -> None:
    arrows = {}
    for budget in ("5", "22.07", "200"):
        _, page = reported(RIVERSIDE, budget)
        (chart,) = found(page, "svg", "curve")
        (arrows[budget],) = [words_of(each) for each in found(chart, "text") if "llowance" in words_of(each)]
        xs = [percent(dot, "cx") for dot in found(chart, "circle", "dot")]
        assert max(xs) - min(xs) > 30
    assert arrows == {
        "5": "← Free allowance, off the chart",
        "22.07": "Free allowance",
        "200": "Free allowance, off the chart →",
    }


@pytest.mark.parametrize("path", PROFILES)
def test_the_bars_of_fit_say_in_words_which_is_the_answer_whether_it_is_close_and_which_are_not_open(
    path: Path,
) -> None:
    result, page = reported(path, None)
    by_name = {function["name"]: function for function in result["functions"]}
    close = ", but too close to call"
    rows = [row for row in found(page, "tr") if found(row, "td", "bar")]
    assert sorted(words_of(found(row, "th")[0]) for row in rows) == sorted(by_name)
    for row in rows:
        function = by_name[words_of(found(row, "th")[0])]
        is_close = function["next_best"] and function["confidence"]["level"] == "too-close"
        said = f", the answer{close if is_close else ''}"
        expected = [
            str(option["fit"])
            + (said if name == function["recommendation"] else "" if option["available"] else ", not open")
            for name, option in function["options"].items()
        ]
        assert [words_of(cell).lstrip("▸≈×") for cell in found(row, "td", "bar")] == expected


# What is not known


def test_nothing_is_drawn_of_what_is_not_known() -> None:
    unknown = decided(a_profile({"id": "island-ferry"}))
    assert (money_bar(unknown), frontier_curve(unknown), acceptabilities(unknown)) == ([], [], [])
    assert sum(number for _, number, _ in options_by_function(unknown).parts) == 1


def test_where_everything_is_decided_nothing_is_drawn_of_how_sure_it_is_nor_of_other_portfolios() -> None:
    profile = {
        "organisation": {"name": "A", "population": 90_000},
        "functions": [{"id": "payroll", "decided": {"mode": "make"}}],
    }
    page = run("assess", "-", "--format", "html", "--draws", "50", stdin=json.dumps(profile).encode())
    assert page.status == 0
    assert "How sure each answer is" not in page.out
    assert "<figure>" not in page.out
    assert "ALLOWANCE" in page.out


def test_a_small_difference_in_fit_looks_small() -> None:
    """Where all portfolios fit nearly alike, the axis still shows ten points."""
    (curve,) = frontier_curve(decided(a_profile(a_function(), suppliers=[a_supplier()], partners=[a_partner()])))
    assert isinstance(curve, Curve)
    fits = [fit for _, fit in curve.points]
    assert max(fits) - min(fits) < 10
    assert curve.up.high - curve.up.low >= 10
    assert curve.up.low < min(fits) <= max(fits) < curve.up.high


# Of any organisation


@st.composite
def frontiers(draw: st.DrawFn) -> Budget:
    """A budget with a frontier of any costs and fits, what fits best at its end, and any allowance."""
    costs = draw(st.lists(st.integers(1_000, 10**9), min_size=2, max_size=6, unique=True).map(sorted))
    fits = draw(st.lists(st.floats(0, 100), min_size=len(costs), max_size=len(costs)).map(sorted))
    points = [FrontierPoint(cost, fit, None, None, None) for cost, fit in zip(costs, fits, strict=True)]
    allowance, place = draw(st.integers(0, 2 * 10**9)), draw(st.integers(0, len(costs) - 1))
    return decided(a_profile()).budget._replace(
        allowance=allowance,
        committed=draw(st.sampled_from([0, 5_000])),
        recommended_cost=costs[place],
        recommended_fit=fits[place],
        preferred_cost=costs[-1],
        preferred_fit=fits[-1],
        frontier=tuple(points),
    )


@given(frontiers())
def test_the_figures_on_an_axis_are_few_told_apart_and_stand_where_they_say(budget: Budget) -> None:
    (curve,) = frontier_curve(decided(a_profile())._replace(budget=budget))
    assert isinstance(curve, Curve)
    for axis, unit in ((curve.across, 1_000_000), (curve.up, 1)):
        words = [word for _, word in axis.ticks]
        assert 2 <= len(words) <= 5
        assert len(set(words)) == len(words)
        for value, word in axis.ticks:
            assert float(word.replace(",", "")) * unit == pytest.approx(value)
            assert axis.low - 1e-6 * abs(value) <= value <= axis.high + 1e-6 * abs(value)
    for x, y in curve.points:
        assert curve.across.low < x < curve.across.high
        assert curve.up.low < y < curve.up.high


@given(frontiers())
def test_the_frontier_keeps_at_least_a_sixth_of_its_chart_whatever_the_allowance(budget: Budget) -> None:
    (curve,) = frontier_curve(decided(a_profile())._replace(budget=budget))
    assert isinstance(curve, Curve)
    span = curve.points[-1][0] - curve.points[0][0]
    assert span / (curve.across.high - curve.across.low) > 1 / 6
    allowance = curve.marks[-1]
    assert (allowance.name, allowance.x) == (
        "Free allowance" if budget.committed else "Allowance",
        budget.allowance - budget.committed,
    )


# In text


def test_a_chart_says_in_text_what_it_shows() -> None:
    (curve,) = frontier_curve(decided(a_profile(a_function(), suppliers=[a_supplier()], partners=[a_partner()])))
    assert isinstance(curve, Curve)
    for words in (console_text((curve,), io.StringIO()), markdown((curve,))):
        assert " ".join(words.replace("\\", "").split()).replace("*", "") == f"{curve.title} {curve.says}"


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
        assert "What each sum can buy" not in words


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

"""The governing-body paper: what is in it, that it is true, and that it reads as a paper does."""

from __future__ import annotations

import html
import itertools
import json
import re
import shlex
import shutil
import subprocess
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import takewhile
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from running import appraised, run, spawn

from mba.answer import Asked, answer
from mba.load.knowledge import load_references
from mba.load.profiles import load_profile
from mba.profile import Profile
from mba.render.document import Column, Items, Paragraph, Row, Table, text
from mba.render.markdown import escaped, markdown
from mba.report import queries as queries_module
from mba.report.delivery import moves_and_notice
from mba.report.explain import explanation
from mba.report.layout import chapters_of
from mba.report.moving import paid_back
from mba.report.one_page import one_page
from mba.report.outline import IN_BRIEF, IN_FULL, Front, Outline, Section, TemplateName
from mba.report.paper import paper
from mba.report.plan import shares
from mba.report.screen import screen
from mba.report.timing import earlier, why_now
from mba.report.words import about, apart, percent, thousands
from mba.results import Action, FunctionResult
from mba.sureness import Acceptability, Confidence, Level
from mba.terms import Option

FOLDER = ROOT / "profiles"
EXAMPLES = sorted([*FOLDER.glob("*.yaml"), *(FOLDER / "scenarios").glob("*.yaml")])
RIVERSIDE = FOLDER / "riverside.yaml"
ONE_QUICKLY = [pytest.param(path, marks=() if path == RIVERSIDE else pytest.mark.slow) for path in EXAMPLES]
"""Every example; in `make quick` one."""
ICB = FOLDER / "harbour-icb.yaml"
OPTIONS = ["make", "share", "ally", "buy"]
FEW = ("--draws", "200")


@cache
def exported(path: Path = RIVERSIDE, *words: str) -> str:
    ended = run("export", path, *FEW, *words)
    assert (ended.status, ended.err) == (0, "")
    return ended.out


@cache
def result(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = appraised(exported(path, "--format", "json"))
    return found


def of(profile: dict[str, Any], *words: str) -> str:
    """The paper on a profile given as data."""
    ended = run("export", "-", *FEW, *words, stdin=json.dumps(profile).encode())
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def parse(words: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(words)


def said(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


def tables(words: str) -> list[list[list[str]]]:
    """Every table: its rows, the head first, each a list of what its cells say."""
    found: list[list[list[str]]] = []
    for token in parse(words):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level >= 4 and token.map and _in_table(token, words):
            found[-1][-1].append(said(token))
    return found


def _in_table(token: Token, words: str) -> bool:
    return bool(token.map) and words.splitlines()[(token.map or [0])[0]].startswith("|")


def section(words: str, which: Section) -> str:
    """What stands under the heading of a section."""
    after = words.split(f"\n## {escaped(which.heading)}\n", 1)[1]
    return after.split("\n## ", 1)[0]


def words_in(words: str) -> int:
    """How many words a reader sees: the lines of tables are none."""
    return sum(any(map(str.isalnum, word)) for word in words.split())


def headings(words: str) -> list[str]:
    return re.findall(r"^## (.*)$", words, re.MULTILINE)


# What is in it


def test_a_paper_has_every_section_in_its_order() -> None:
    assert headings(exported()) == [each.heading for each in IN_FULL if each is not Section.CHANGES]


@pytest.mark.slow
def test_held_against_another_it_has_a_section_on_what_changes_and_why() -> None:
    cut = FOLDER / "scenarios" / "allowance-cut.yaml"
    found = exported(cut, "--compare", str(FOLDER / "riverside.yaml"))
    assert "What changes from Riverside CCG" in headings(found)
    assert "Because the budget a head is £22.07 (before: £25.00)." in found
    assert "\n## From " not in found
    assert "mba export allowance-cut.yaml --compare riverside.yaml" in found


def test_what_changes_cannot_be_asked_for_with_nothing_to_hold_it_against() -> None:
    ended = run("export", FOLDER / "riverside.yaml", "-o", "-", "--sections", "summary,changes")
    assert ended.status == 2
    assert ended.err.startswith("there is nothing to compare it with\n  Name a profile with --compare")


@pytest.mark.slow
def test_only_the_sections_that_are_asked_for_are_there_in_the_order_of_a_paper() -> None:
    found = exported(RIVERSIDE, "--sections", "Limits, summary,money")
    assert headings(found) == [each.heading for each in (Section.SUMMARY, Section.MONEY, Section.LIMITS)]


@pytest.mark.slow
def test_a_section_that_is_not_known_is_named_with_those_that_are() -> None:
    ended = run("export", RIVERSIDE, "--sections", "summary,mony,xyzzy")
    assert (ended.status, ended.out) == (2, "")
    assert "there is no section “mony”\n  Did you mean “money”? The sections are: cover, " in ended.err
    assert "there is no section “xyzzy”\n  The sections are: cover, " in ended.err
    assert all(each in run("export", "--help").out for each in Section)


@pytest.mark.slow
def test_a_summary_has_its_own_sections_and_cannot_be_given_others() -> None:
    mine = [each.heading for each in IN_BRIEF if each is not Section.CHANGES]
    assert headings(exported(RIVERSIDE, "--summary")) == mine
    cut = exported(FOLDER / "scenarios" / "allowance-cut.yaml", "--summary", "--compare", str(RIVERSIDE))
    assert headings(cut)[2] == "What changes from Riverside CCG"
    assert re.search(r"Of 31 answers \d+ change", cut)
    ended = run("export", RIVERSIDE, "--summary", "--sections", "summary")
    assert ended == (2, "", "--summary and --sections exclude each other\n  Leave one of them out.\n")


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_summary_is_two_pages_and_three_in_a_case_where_ten_move_or_a_gap_or_an_end_is_to_be_met(path: Path) -> None:
    """Two pages of A4, their tables in small print, hold up to 1,100 words as they are set; three hold 1,300."""
    functions = result(path)["functions"]
    deciding = sum(function["action"] in ("move", "find-out") for function in functions)
    many = deciding >= 10 or result(path)["shortfall"] is not None or any(map(itemgetter("ending"), functions))
    found = words_in(exported(path, "--summary"))
    assert found < (1_300 if many else 900)
    assert found < 1_100 or path.parent != FOLDER, "that of each board is two pages"


def test_a_summary_of_a_hundred_functions_is_two_pages_too() -> None:
    functions = [
        {
            "id": f"function-{number}",
            "name": f"Name of function number {number}",
            "flags": ["core"],
            "annual_cost": 10_000,
        }
        for number in range(100)
    ]
    found = of({"organisation": {"name": "Large", "population": 900_000}, "functions": functions}, "--summary")
    assert words_in(found) < 650
    assert "those that the other rows do not name; the annex has all" in found


def test_what_is_not_given_for_the_cover_is_to_be_completed_in_one_line_or_left_out() -> None:
    (table,) = tables(section(exported(), Section.COVER))
    assert [row[0] for row in table[1:]] == ["Purpose", "Decision asked", "To be completed"]
    assert table[-1][1].startswith("meeting, agenda item, author, date, ")
    (table,) = tables(section(exported(RIVERSIDE, "--plain"), Section.COVER))
    assert [row[0] for row in table[1:]] == ["Purpose", "Decision asked"]


@pytest.mark.slow
def test_the_cover_holds_what_is_given_as_it_stands() -> None:
    front = {"--author": "J. O'Hara *", "--meeting": "Governing body", "--agenda-item": "7.", "--date": "12 May"}
    front |= {"--considered": "March", "--engagement": "Staff", "--equality": "None", "--conflicts": "One"}
    front |= {"--legal": "Yes", "--data-protection": "No | none"}
    found = exported(RIVERSIDE, *(word for pair in front.items() for word in pair))
    rows = {row[0]: row[1] for row in tables(section(found, Section.COVER))[0][1:]}
    assert set(front.values()) <= set(rows.values())
    assert "to be completed" not in section(found, Section.COVER)


@pytest.mark.slow
def test_there_is_no_date_unless_it_is_given() -> None:
    """Sources and laws have dates; nothing else does."""
    for which in set(IN_FULL) - {Section.EVIDENCE, Section.LIMITS, Section.CHANGES}:
        text = section(exported(FOLDER / "highmoor.yaml"), which)
        assert not re.search(r"\b(20[2-9]\d|January|February|April|June|July|August|October)\b", text), which


def test_paragraphs_are_numbered_through_the_paper_but_not_on_its_cover() -> None:
    found = exported()
    numbers = [int(number) for number in re.findall(r"^(\d+)\\\. ", found, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 20
    assert not re.search(r"^\d+\\\. ", section(found, Section.COVER), re.MULTILINE)


def test_every_function_has_an_anchor_where_it_is_appraised_and_links_lead_there() -> None:
    page = exported(RIVERSIDE, "--format", "html")
    anchors = re.findall(r'<span id="(function-[^"]*)">', page)
    assert sorted(anchors) == sorted(f"function-{function['id']}" for function in result(RIVERSIDE)["functions"])
    links = set(re.findall(r'<a href="#(function-[^"]*)">', page))
    assert links
    assert links <= set(anchors)


def test_a_link_leads_nowhere_that_a_paper_does_not_have() -> None:
    assert 'href="#function' not in exported(RIVERSIDE, "--format", "html", "--summary")


TWO_OFFERS = {
    "organisation": {"name": "X", "population": 100_000},
    "suppliers": [{"id": "north", "name": "North", "trust": 5}, {"id": "south", "name": "South", "trust": 2}],
    "functions": [
        {
            "id": "payroll",
            "annual_cost": 90_000,
            "current": "make",
            "quotes": [
                {"mode": "buy", "supplier": "north", "cost": 30_000},
                {"mode": "buy", "supplier": "south", "cost": 20_000},
            ],
        }
    ],
}


def test_a_quote_that_stands_behind_no_figure_is_told_all_the_same() -> None:
    """Else a real offer would vanish from what the governing body sees."""
    found = section(of(TWO_OFFERS), Section.APPRAISAL)
    assert "Buy from South. " in found
    assert ": buy from North, for £30,000 a year." in found
    assert "from South, for" not in found


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_is_set_aside_is_what_the_moves_now_cost_once_with_what_of_it_is_redundancy_and_lacks(path: Path) -> None:
    found, text_ = result(path), section(exported(path), Section.COVER)
    plan = found["plans"]["sure"]
    assert ("set aside" in text_) is bool(plan["once"])
    moving = [f["options"][f["recommendation"]] for f in found["functions"] if f["action"] == "move"]
    lost = sum((option["transition"] or {}).get("redundancy", 0) for option in moving)
    left = found["budget"]["allowance"] - found["budget"]["committed"] - plan["cost"]
    if plan["once"]:
        (said_,) = re.findall(f"set aside (?:at least )?{about(plan['once'])} once for what moves now(.*);", text_)
        assert (f"{about(lost)} is for redundancy" in said_) is bool(lost)
        missing = f"{about(plan['once'] - left)} is more than the first year leaves"
        assert (missing in said_) is (0 <= left < plan["once"])


def test_a_first_year_that_does_not_pay_for_what_moves_is_told_with_what_is_missing() -> None:
    """The allowance leaves £3,200 of the year, and running old and new side by side costs more."""
    moved = {"id": "payroll", "annual_cost": 90_000, "current": "buy", "decided": {"mode": "make"}}
    profile = {
        "organisation": {"name": "X", "population": 100_000, "budget_per_head": 0.932},
        "suppliers": [{"id": "north"}],
        "functions": [moved],
    }
    found = of(profile)
    said = "The moves now leave £3,000 a year; moving, £14,000 once, is £10,000 more than that."
    assert said in section(found, Section.MONEY)
    dearer = {**profile, "organisation": {"name": "X", "population": 100_000, "budget_per_head": 0.5}}
    said = "With the moves now nothing is left of the first year for moving, £14,000 once."
    assert said in section(of(dearer), Section.MONEY)


CSU: dict[str, Any] = {"mode": "buy", "supplier": "csu"}
CLOSING: dict[str, Any] = {
    "organisation": {"name": "X", "kind": "icb", "population": 780_000},
    "partners": [{"id": "north", "name": "North ICB", "kind": "icb", "population": 610_000, "trust": 4}],
    "suppliers": [{"id": "csu", "name": "Mid CSU", "kind": "csu", "closes": "2027-03-31"}],
    "functions": [
        {"id": "hr", "name": "HR", "current": CSU | {"cost": 245_000, "until": "2026-11-30"}},
        {"id": "bi", "name": "BI", "current": CSU | {"cost": 1_200_000, "notice_months": 6}},
        {"id": "payroll", "name": "Payroll", "current": CSU | {"cost": 95_000}},
        {"id": "chc", "annual_cost": 2_150_000, "current": "make"},
    ],
}


def test_a_paper_says_who_closes_and_when_and_how_many_functions_cannot_stay() -> None:
    found = section(of(CLOSING), Section.SUMMARY)
    assert "Mid CSU closes on 31 March 2027; 3 functions cannot stay with it." in found
    assert "so “as today” is no choice." in found
    assert "Doing nothing" not in found


@pytest.mark.parametrize("start", [{}, {"from": "2027-01-01"}])
def test_a_paper_says_by_when_to_decide_and_who_closes_needs_no_notice(start: dict[str, str]) -> None:
    profile = CLOSING | {"organisation": CLOSING["organisation"] | start}
    said_ = "Decide well before 31 March 2027: consultation, any tender and the handover come first."
    assert said_ in section(of(profile), Section.SUMMARY)
    assert "notice by" not in of(profile)
    assert "Decide" not in section(exported(), Section.SUMMARY), "no day is known there"


BOUGHT: dict[str, Any] = {
    "organisation": {"kind": "icb", "name": "Vale ICB", "population": 1_500_000, "from": "2027-04-01"},
    "suppliers": [
        {"id": "csu", "name": "Mid CSU", "kind": "csu", "closes": "2027-03-31"},
        {
            "id": "ltd",
            "name": "Best Ltd",
            "kind": "private",
            "trust": 4,
            "stability": 4,
            "local_presence": 3,
            "long_term": False,
        },
    ],
    "functions": [
        {"id": "payroll", "annual_cost": 900_000, "current": {"mode": "buy", "supplier": "csu"}, "vat": "recoverable"}
        | {"quotes": [{"mode": "buy", "supplier": "ltd", "cost": 600_000}]},
    ],
}


def test_a_paper_says_by_when_a_tender_would_begin_and_what_is_left_where_that_is_past() -> None:
    found = of(BOUGHT)
    said_ = section(found, Section.SUMMARY)
    days = "between 31 March and 30 June 2026"
    assert f"A full tender (Payroll and financial transactions) takes about 9 to 12 months: begin {days}." in said_
    assert "After that, a call-off from a framework needs 2 to 3: by 31 January 2027." in said_
    (table, *_) = tables(section(found, Section.PLAN))
    assert table[1][1] == "before 31 March 2027; a full tender to begin between 31 March and 30 June 2026"
    assert "Commissioning support took 9 to 12 months to tender in full" in section(found, Section.EVIDENCE)


def test_a_paper_says_nothing_of_a_tender_where_none_is_needed() -> None:
    found = of(BOUGHT | {"functions": [BOUGHT["functions"][0] | {"annual_cost": 60_000, "quotes": []}]})
    assert "full tender" not in found


def _from(day: str, **more: object) -> dict[str, Any]:
    """What closes, from a day on, with more said of each agreement."""
    organisation = CLOSING["organisation"] | {"from": day}
    functions = [
        row if row["current"] == "make" else row | {"current": row["current"] | more} for row in CLOSING["functions"]
    ]
    return CLOSING | {"organisation": organisation, "functions": functions}


def test_no_notice_is_asked_for_where_all_agreements_end_before_the_start() -> None:
    """Notice ends where the contract does, or who runs it closes."""
    said_ = of(_from("2027-04-01"))
    assert "notice is not known" not in said_
    assert "only once notice is known" not in said_
    assert "what notice the present agreement asks for" not in said_
    assert "£0 assumed" not in said_


def test_notice_that_may_run_past_the_start_is_asked_for() -> None:
    said_ = section(of(_from("2027-02-01")), Section.SUMMARY)
    assert "Mid CSU: what notice the present agreement asks for" in said_
    asked = section(of(_from("2027-02-01")), Section.COVER)
    assert "only once notice is known; each month past the start adds £8,000" in asked, "HR has ended by then"


def test_what_ends_by_itself_before_the_start_is_decided_on_before_its_end_whatever_the_notice() -> None:
    text = of(_from("2027-04-01", notice_months=12))
    said_ = "Decide well before 31 March 2027: consultation, any tender and the handover come first."
    assert said_ in section(text, Section.SUMMARY)
    assert "notice by" not in section(text, Section.PLAN)


@pytest.mark.parametrize("until", ["2026-09-30", "2027-03-31", "2027-12-31", "2029-03-31"])
def test_all_say_of_what_must_end_that_it_ends_as_who_runs_it_closes_whenever_its_contract_ends(until: str) -> None:
    """A contract that ends before that is held over, and one that would run longer ends with the body."""
    csu, ltd = a_supplier("csu", closes="2027-12-31"), a_supplier("ltd", trust=4, stability=4)
    current = {"mode": "buy", "supplier": "csu", "cost": 300_000, "until": until, "notice_months": 6}
    held: dict[str, Any] = {"from": "2028-04-01"}
    profile = a_profile(a_function("payroll", current=current), suppliers=[csu, ltd], **held)
    decision = decided(profile)
    (function,) = decision.functions
    assert function.ending
    told = (
        screen(decision, RULES, "ask", "all"),
        explanation(function, (), decision, RULES, load_references()),
        one_page(decision, RULES, alone=True),
    )
    for page in (markdown(tuple(each)) for each in told):
        assert any(day in page for day in both("2027-12-31"))
        assert until == "2027-12-31" or not any(day in page for day in both(until))
    when = markdown(tuple(moves_and_notice(decision, RULES)))
    assert "31 December 2027, by closing" in when


def both(day: str) -> set[str]:
    """A day as pages and rows have it."""
    when = date.fromisoformat(day)
    return {f"{when.day} {when:%B %Y}", f"{when.day} {when:%b %Y}"}


def test_what_only_the_organisation_knows_is_asked_once_in_one_table() -> None:
    rows = _tabled(of(CLOSING), Section.SUMMARY, "To be completed: what this paper cannot say")
    asked = [row[0] for row in rows]
    assert re.fullmatch(
        r"North ICB \(3 moves, ~£[\d,]+ a year\): asked on, agreed in writing on, price held until", asked[0]
    )
    assert asked[1] == "Mid CSU: what notice the present agreement asks for"
    assert asked[2].startswith("3 moves: days of consultation, any tender and handover; staff: number, employer,")
    assert all(row[1] for row in rows)


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_how_much_hangs_on_each_body_is_the_sum_of_the_moves_to_it(path: Path) -> None:
    moves = [each for each in result(path)["functions"] if each["action"] == "move"]
    costs = defaultdict[tuple[str, ...], list[int]](list)
    for function in moves:
        way = function["options"][function["recommendation"]]
        costs[tuple(way["partners"] or [way["supplier"]])].append(way["cost"])
    rows = _tabled(exported(path), Section.SUMMARY, "To be completed: what this paper cannot say")
    told = [found for row in rows if (found := re.search(r"\((\d+) moves?, ~?(£[\d,]+) a year\): asked on", row[0]))]
    there = {whom: some for whom, some in costs.items() if all(whom)}
    assert sorted((int(found[1]), found[2]) for found in told) == sorted(
        (len(some), about(sum(some))) for some in there.values()
    )


def test_when_says_before_which_day_a_function_moves_in_their_order() -> None:
    early = {"id": "early", "name": "Early Ltd", "kind": "private", "closes": "2026-12-31"}
    *others, payroll, chc = CLOSING["functions"]
    theirs = payroll | {"current": {"mode": "buy", "supplier": "early", "cost": 95_000}}
    profile = CLOSING | {"suppliers": [*CLOSING["suppliers"], early], "functions": [*others, theirs, chc]}
    (table, *_) = tables(section(of(profile), Section.PLAN))
    assert [(row[0], row[1], row[3], row[4]) for row in table[1:]] == [
        ("Payroll", "before 31 December 2026", "31 December 2026, by closing", "not said"),
        ("HR", "before 31 March 2027", "31 March 2027, by closing (the contract: 30 November 2026)", "not said"),
        ("BI", "before 31 March 2027", "31 March 2027, by closing", "6 months"),
    ]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2027-03-31", 6, "2026-09-30"), ("2027-03-31", 1, "2027-02-28"), ("2027-01-15", 13, "2025-12-15")],
)
def test_so_many_months_before_a_day_is_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, before: str
) -> None:
    assert earlier(date.fromisoformat(day), months) == date.fromisoformat(before)


def test_the_cover_says_to_what_and_with_whom_functions_move() -> None:
    said_ = "agree 3 moves where today's way ends: share HR, BI and Payroll with North ICB;"
    assert said_ in section(of(CLOSING), Section.COVER)


@pytest.mark.slow
def test_what_must_end_and_has_no_sure_answer_is_left_with_both_ways_named_and_not_agreed() -> None:
    ending = [f for f in result(ICB)["functions"] if f["ending"]]
    open_ = {f["name"]: f["recommendation"] for f in ending if f["confidence"]["level"] == "open"}
    points = section(exported(ICB, "--summary"), Section.COVER).splitlines()
    agreed, left = (
        next(point for point in points if said in point)
        for said in (f"agree {len(ending) - len(open_)} moves where today's way ends", "where to being still open")
    )
    assert open_
    for name, way in open_.items():
        assert re.search(rf"{way} or (make|share|ally|buy) {name}|{way} or \w+ [^;]+ and {name}", left)
        assert name not in agreed


def test_an_estimate_of_more_than_twice_what_is_paid_says_to_ask_for_a_price_first() -> None:
    rows = [line for line in section(of(CLOSING), Section.SUMMARY).splitlines() if re.search("~£[0-9,]+ more", line)]
    assert [
        "ver twice what is paid, so ask for a price first" in row for row in rows if row.startswith("| Payroll")
    ] == [True]
    assert not any("ver twice" in row for row in rows if row.startswith("| BI"))


def test_what_nobody_is_listed_for_once_its_supplier_closes_is_left_and_not_agreed_to_be_made() -> None:
    """To make it is the only way listed, since no market was looked at; so who else could supply it is asked."""
    profile = CLOSING | {"partners": []}
    text = of(profile)
    cover = section(text, Section.COVER)
    assert "leave today's way of 3 functions, where to being still open: make or buy HR, BI and Payroll" in cover
    assert "agree 3 moves" not in cover
    page = section(text, Section.SUMMARY)
    assert "Only leaving is sure, not where to." in page
    assert "Nobody else is listed. Who else could supply it?" in page
    assert "HR, BI and Payroll: who else could supply it | Contract lead |" in page
    ended = run("assess", "-", *FEW, stdin=json.dumps(profile).encode())
    screen = " ".join(ended.out.split())
    assert "Move 3 now (only leaving is sure)" in screen
    assert "make or buy: who else could supply it?" in screen
    assert re.search(r"(HR|BI|Payroll) [^%]* must end ", screen)
    explained = " ".join(run("explain", "-", "hr", *FEW, stdin=json.dumps(profile).encode()).out.split())
    assert "Leave how it is run today; where to is still open." in explained
    assert "Who else could supply it?" in explained


def test_what_has_no_price_is_not_called_robust_where_it_is_said_to_be_left() -> None:
    """What is known of it is its fit alone."""
    suppliers = [*CLOSING["suppliers"], {"id": "trust", "kind": "nhs-body", "trust": 4, "stability": 5}]
    row = {"id": "governance-of-data", "name": "Governance of data", "flags": ["transactional"], "current": CSU}
    text = of(CLOSING | {"suppliers": suppliers, "functions": [row, CLOSING["functions"][3]]})
    assert "where to being still open" in section(text, Section.COVER)
    (moved,) = (row for row in _tabled(text, Section.SUMMARY, "What moves or may") if row[0] == "Governance of data")
    assert moved[4].startswith("price not known; else ") or moved[4].startswith("open")


def test_what_nothing_is_to_be_signed_for_is_named() -> None:
    cover = section(of(_from("2027-02-01")), Section.COVER)
    assert re.search(r"move [A-Z][^;]* only once notice is known", cover)


def test_what_was_decided_as_its_supplier_closes_is_agreed() -> None:
    rows = [row | {"decided": {"mode": "make", "because": "The board"}} for row in CLOSING["functions"]]
    assert "agree 3 moves where today's way ends: make HR, BI and Payroll" in section(
        of(CLOSING | {"partners": [], "functions": rows}), Section.COVER
    )


def test_what_must_end_at_an_estimate_below_a_price_that_is_known_is_left_and_not_agreed() -> None:
    """Its own trust asks £700,000 as an ally; to be bought from it is estimated at far less."""
    trust = {"id": "marle", "name": "Marle Trust", "kind": "nhs-body", "trust": 4, "stability": 5}
    asked = [{"mode": "ally", "supplier": "marle", "cost": 700_000}]
    row = {"id": "business-intelligence", "name": "BI", "annual_cost": 560_000, "quotes": asked}
    row["current"] = CSU | {"cost": 950_000}
    organisation = CLOSING["organisation"] | {"population": 1_000_000, "from": "2027-04-01"}
    profile = CLOSING | {"organisation": organisation, "suppliers": [*CLOSING["suppliers"], trust], "functions": [row]}
    text = of(profile | {"partners": []})
    cover = section(text, Section.COVER)
    assert "leave today's way of 1 function, where to being still open: buy or make BI" in cover
    assert "agree 1 move" not in cover
    assert "Only leaving is sure, not where to." in section(text, Section.SUMMARY)


def test_what_is_to_be_left_has_the_last_day_for_notice_and_what_moving_later_would_spare(tmp_path: Path) -> None:
    """Moved on 1 April 2027, six months of notice run past that; the contract ends in September."""
    current = {"mode": "ally", "supplier": "llp", "cost": 1_000_000, "until": "2027-09-30", "notice_months": 6}
    offer = {"mode": "share", "partner": "north", "cost": 200_000}
    row = {"id": "corporate-it", "name": "IT", "current": current, "quotes": [offer]}
    organisation = CLOSING["organisation"] | {"from": "2027-04-01"}
    llp = {"id": "llp", "name": "LLP", "kind": "private"}
    profile = CLOSING | {"organisation": organisation, "suppliers": [llp], "functions": [row]}
    path = tmp_path / "it.yaml"
    path.write_text(json.dumps(profile), "utf-8")
    found = answer(str(path), Asked(draws=200))
    (function,) = found.decision.functions
    moving = function.chosen.cost.transition
    assert moving is not None
    spared = f"{about(moving.notice)} once is for notice, and spared by moving on 30 September 2027."
    said = {Action.MOVE: "; notice by 30 March 2027", Action.FIND_OUT: "to find out by 30 March 2027, the last day for"}
    for action, day in said.items():
        decision = found.decision._replace(functions=(function._replace(action=action),))
        text = markdown(tuple(one_page(decision, found.rules, alone=True)))
        assert day in text
        assert spared in text
    made = found.decision._replace(functions=(function._replace(action=Action.MOVE),))
    assert "Decide on IT by 30 March 2027, the last day for the first notice." in why_now(made, found.rules.procurement)


def test_where_an_offer_stands_for_what_is_paid_today_that_is_said() -> None:
    offer = {"mode": "buy", "supplier": "firm", "cost": 35_000}
    firm = {"id": "firm", "name": "Firm", "kind": "private"}
    row: dict[str, Any] = {"id": "payroll", "annual_cost": 90_000, "current": "buy", "quotes": [offer]}
    profile = CLOSING | {"suppliers": [firm], "functions": [row]}
    said = "What is paid was not said, so today counts what is offered: Payroll and financial transactions."
    assert said in section(of(profile), Section.OPTIONS)
    paid = row | {"current": {"mode": "buy", "cost": 60_000}}
    assert said not in of(profile | {"functions": [paid]})
    other = row | {"current": {"mode": "buy", "supplier": "somebody-else"}}
    assert said not in of(profile | {"functions": [other]}), "the offer is not of whoever runs it"


def test_where_money_is_short_no_price_is_said_up_to_which_a_move_is_worth_it() -> None:
    heads = [line for line in exported(OAKMERE).splitlines() if line.startswith(f"| {PRICES}")]
    assert [head.count("|") for head in heads] == [5], "price, fit and the cheapest other way"


def test_where_much_is_left_it_is_left_by_what_is_listed() -> None:
    assert re.search(r"fits by what is listed\.", section(of(CLOSING), Section.SUMMARY))


def test_plans_that_are_the_same_stand_once_under_both_names() -> None:
    for part in (Section.SUMMARY, Section.OPTIONS, Section.MONEY):
        rows = tables(section(of(CLOSING), part))[0]
        same = "Only what must end = All moves now"
        assert [row[0][: len(same)] for row in rows if "moves" in row[0]] == [same]


OAKMERE = FOLDER / "oakmere.yaml"


def test_a_gap_is_told_as_it_is_with_the_moves_now_alone_too() -> None:
    """What is still to be found out closes part of it, and is not made yet."""
    said = exported(OAKMERE, "--summary")
    assert said.count("gap of £124,000 a year (£144,000 until more is found out)") == 2
    assert "does not fit: it is £144,000 a year too much. With open moves too it does not fit: it is £124,000" in said


def test_what_of_every_plan_is_as_recommended_since_today_was_not_said_stands_beside_the_plans() -> None:
    said = "by whom run today, at what cost; counted: £720,000 a year, at most £108,000 more |"
    assert said in exported(OAKMERE, "--summary")
    unsaid = [f for f in result(OAKMERE)["functions"] if f["action"] is None]
    costs = [[each["cost"] for each in f["options"].values() if each["cost"]] for f in unsaid]
    counted = sum(f["options"][f["recommendation"]]["cost"] for f in unsaid)
    assert (about(counted), apart(sum(map(max, costs)), counted)) == ("£720,000", 108_000)
    assert "run today was not said" not in exported(FOLDER / "kingsport.yaml", "--summary")


def test_whoever_is_asked_to_close_a_gap_is_told_what_other_moves_can_close_of_it() -> None:
    short = result(OAKMERE)["shortfall"]
    saved = sum(move["saves"] for move in short["moves"])
    cover = section(exported(OAKMERE, "--summary"), Section.COVER)
    assert saved < short["gap"]
    closing = (
        f"find money, have the allowance raised, or stop or shrink work: other moves close {about(saved)} of the gap"
    )
    assert closing in cover
    assert f"; {about(short['gap'] - saved)} is left to find." in exported(OAKMERE, "--summary")


def test_what_the_law_has_tendered_is_not_promised_to_whoever_has_the_figures() -> None:
    cover = section(exported(ICB, "--summary"), Section.COVER)
    assert "buy Payroll and financial transactions by tender unless exempt (figures: Harbour Hospitals Group)" in cover
    assert "from Harbour Hospitals Group" not in cover


def test_a_tender_without_an_offer_is_said_to_rest_on_an_estimate_and_names_nobody_for_its_figures() -> None:
    offered = {each.id for each in load_profile(str(ICB)).functions if each.quotes}
    bought = [f for f in result(ICB)["functions"] if f["action"] == "move" and f["recommendation"] == "buy"]
    moving = [f for f in bought if f["confidence"]["level"] != "open"]
    assert {f["id"] in offered for f in moving} == {True, False}
    cover = section(exported(ICB, "--summary"), Section.COVER)
    for f in moving:
        whose = {True: "Harbour Hospitals Group", False: "our estimate, no offer"}[f["id"] in offered]
        assert f"{f['name']} by tender unless exempt (figures: {whose})" in cover


def test_a_sum_of_moves_of_which_one_is_estimated_has_the_mark_and_one_of_offers_alone_has_none(tmp_path: Path) -> None:
    paper = exported(ICB, "--summary")
    assert "Make 6 moves now (~£" in paper
    assert re.search(r"\| All moves now \| ~£", paper)
    assert re.search(r"\| As today, for comparison only \| ~£", paper)
    offered = tmp_path / "offered.yaml"
    offered.write_text(
        "organisation: {name: X ICB, kind: icb, population: 1000000, budget_per_head: 3, from: 2027-04-01}\n"
        "suppliers: [{id: tarn, stability: 4}]\n"
        "functions: [{id: information-technology, annual_cost: 900000, current: make,"
        " quotes: [{mode: buy, cost: 600000, supplier: tarn}]}]\n"
    )
    paper = exported(offered, "--summary")
    assert "Make 1 move now (£" in paper
    assert "~" not in paper


def test_a_saving_that_one_move_makes_while_the_others_cost_more_is_said_to_be_its_own() -> None:
    found = result(ICB)
    moving = [f for f in found["functions"] if f["action"] == "move"]
    changes = {f["name"]: f["options"][f["recommendation"]]["cost"] - f["today"]["cost"] for f in moving}
    most = min(changes, key=changes.__getitem__)
    others = sum(changes.values()) - changes[most]
    assert f"Without {most} the moves now cost {about(others)} a year more than today." in exported(ICB, "--summary")
    assert "Without " not in exported(OAKMERE, "--summary")


def test_the_worth_that_pays_for_moves_whose_saving_does_not_is_summed_and_so_is_what_they_need_of_it() -> None:
    kingsport = FOLDER / "kingsport.yaml"
    plans = result(kingsport)["plans"]
    summary = section(exported(kingsport, "--summary"), Section.SUMMARY)
    worth = re.search(r"Their better fit is taken to be worth (£[\d,]+) a year; (£[\d,]+) of it would cover", summary)
    rows = [row[-1] for row in _tabled(exported(kingsport), Section.PLAN, PRICES) if row[-1] != "–"]
    needed = plans["sure"]["once"] / RULES.choice.payback_years.value + plans["sure"]["cost"] - plans["today"]["cost"]
    assert worth
    assert _thousands(worth[1]) == pytest.approx(sum(map(_thousands, rows)), abs=len(rows))
    assert worth[2] == about(needed)


def test_risks_stand_in_the_order_of_what_hangs_on_them_after_a_day_to_be_kept() -> None:
    rows = next(table for table in tables(exported(ICB, "--summary")) if table[0][0].startswith("Risks"))
    told = [row[0] for row in rows[1:]]
    assert "may not be ready by" in told[0]
    assert "Northmarsh ICB may not sign" in told[1]
    assert "redundancy may be more than" in told[2]


def test_a_move_that_its_saving_does_not_pay_for_in_time_says_what_its_better_fit_is_worth() -> None:
    rows = _tabled(exported(FOLDER / "kingsport.yaml"), Section.PLAN, PRICES)
    worth = {row[0]: row[-1] for row in rows}
    assert worth["Non-clinical procurement and corporate services"].startswith("£")
    head = next(row for row in exported(ICB).splitlines() if row.startswith(f"| {PRICES}"))
    assert "Worth of fit" not in head, "Harbour's savings pay for what moves without need"


def test_a_worse_fit_than_todays_is_not_said_to_be_worth_anything() -> None:
    found = answer(str(FOLDER / "kingsport.yaml"), Asked(draws=200))
    functions = []
    for function in found.decision.functions:
        made = function.options[Option.MAKE]._replace(fit=99)
        functions.append(function._replace(options={**function.options, Option.MAKE: made}))
    worse = found.decision._replace(functions=tuple(functions))
    before, after = (markdown(tuple(moves_and_notice(each, found.rules))) for each in (found.decision, worse))

    assert "| Worth of fit |" in before
    assert "| Worth of fit |" not in after


def test_where_moves_have_no_day_that_is_said() -> None:
    unknown = "No day to decide by is known."
    assert unknown in exported(OAKMERE, "--summary")
    assert unknown not in exported(ICB, "--summary")


def test_what_rests_on_an_estimate_is_marked_where_the_board_decides_and_the_mark_is_explained_once() -> None:
    text = section(of(CLOSING), Section.SUMMARY)
    moves = next(table for table in tables(text) if table[0][0] == MOVING)
    assert all(re.fullmatch("~£[0-9,]+ (more|less)", row[2]) for row in moves[2:])
    assert text.count("~ is an estimate.") == 1


@pytest.mark.slow
def test_a_plan_whose_first_year_does_not_pay_for_moving_is_said_to_fit_from_the_second() -> None:
    text = exported(ICB, "--draws", "0")
    assert "With open moves too it fits from the second year." in text


@pytest.mark.slow
def test_an_allowance_that_was_not_given_is_said_to_be_assumed_where_it_is_first_named() -> None:
    text = exported(ICB, "--draws", "0")
    assert "within an assumed £28,140,000 a year." in text
    assert "The allowance is £28,140,000 a year, assumed at £18.76 a head." in text
    assert "an assumed £" not in exported(FOLDER / "scenarios" / "allowance-cut.yaml")


def test_notice_that_is_not_known_is_said_to_be_costed_at_nothing_where_it_may_run_past_the_start() -> None:
    """The agreement for HR has ended by then."""
    rows = _tabled(of(_from("2027-02-01")), Section.PLAN, "What moving costs")
    assert {row[0]: row[5] for row in rows if row[0] != "BI"} == {"HR": "£0", "Payroll": "£0 assumed"}


@pytest.mark.slow
def test_all_that_the_blueprint_passes_on_is_named_with_what_is_known_and_squared_with_what_moves_now() -> None:
    found = section(exported(ICB), Section.MONEY)
    rows = _tabled(exported(ICB), Section.MONEY, "Passes to others by the blueprint")
    assert "The blueprint is NHS England's model of 2025" in found
    assert "7 functions, " in section(exported(ICB), Section.SUMMARY)
    assert len(rows) == 7
    assert all(map(all, rows))
    actions = {f["name"]: (f["action"], f["ending"]) for f in result(ICB)["functions"]}
    assert all(row[2].startswith("moves now: ") is (actions[row[0]][0] == "move") for row in rows)


def test_a_move_that_must_be_of_what_the_blueprint_passes_on_cannot_wait() -> None:
    row = {"id": "green-plan", "annual_cost": 200_000, "current": CSU | {"cost": 190_000}}
    found = section(of(CLOSING | {"functions": [row]}), Section.MONEY)
    assert "Green plan: today's way ends, so moving cannot wait." in found


def test_a_move_that_nothing_forces_of_what_the_blueprint_passes_on_waits_for_its_day() -> None:
    quote = {"mode": "share", "cost": 60_000, "partner": "north"}
    row = {"id": "green-plan", "annual_cost": 200_000, "current": "make", "quotes": [quote]}
    found = section(of(CLOSING | {"functions": [row]}), Section.MONEY)
    assert "Green plan: nothing forces the move. Find out when work passes:" in found
    assert "moves now: share with North ICB" in found


@pytest.mark.slow
def test_the_sums_of_a_contract_that_could_be_renewed_say_how_they_differ() -> None:
    """What is paid, what of it is the price, and what staying costs with a new tender; and it need not be left."""
    today = next(f["today"] for f in result(ICB)["functions"] if f["id"] == "legal-services")
    paid = about(today["paid"])
    held = (
        f"Legal services {about(today['cost'])}, of which {paid} is estimated to be paid and the rest for a new tender."
    )
    assert held in section(exported(ICB), Section.TODAY)
    (row,) = (r for r in _tabled(exported(ICB), Section.PLAN, "What moving costs") if r[0] == "Legal services")
    assert row[1] == f"{thousands(today['production'])} of {thousands(today['paid'])}"
    (row,) = (r for r in _tabled(exported(ICB), Section.PLAN, "Moves") if r[0] == "Legal services")
    assert row[3] == "31 March 2027, unless renewed"


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_each_move_is_said_to_rest_on_an_offer_or_on_an_estimate_that_nobody_was_asked_for(path: Path) -> None:
    moving = [f for f in result(path)["functions"] if f["action"] in ("move", "find-out") and f["moves"]]
    plan = section(exported(path), Section.PLAN)
    assert bool(moving) is ("On what the price of each rests." in plan)
    for function in moving:
        chosen, outside = function["options"][function["recommendation"]], function["recommendation"] != "make"
        if outside and chosen["cost"] is not None:
            ground = "An offer that was given" if chosen["quoted"] else "Our own estimate, with no offer given"
            assert re.search(f"{ground}[^.]*: [^.]*{re.escape(escaped(function['name']))}", plan)


@pytest.mark.parametrize("paid", [{}, {"cost": 190_000}], ids=["nothing paid is said", "paid"])
def test_a_month_of_notice_that_is_not_known_costs_what_a_month_that_is_known_does(paid: dict[str, int]) -> None:
    """One figure for both: of what is paid, else of the in-house cost."""
    seller = {"id": "csu", "name": "Mid CSU", "kind": "private", "trust": 2, "stability": 3}
    row = {"id": "payroll", "annual_cost": 120_000, "ratings": {"asset_specificity": 5, "measurability": 1}}

    def with_notice(**more: int) -> str:
        functions = [row | {"current": CSU | paid | more}]
        return of(
            CLOSING
            | {"organisation": CLOSING["organisation"] | {"from": "2027-04-01"}}
            | {"suppliers": [seller], "partners": [], "functions": functions}
        )

    (known,) = _tabled(with_notice(notice_months=1), Section.PLAN, "What moving costs")
    month = paid.get("cost", 120_000) // 12
    assert known[5] == thousands(month)
    assert f"a month of all these is {about(month)}." in section(with_notice(), Section.PLAN)


def test_the_redundancy_of_the_largest_is_worked_out_to_the_pound() -> None:
    found = section(exported(FOLDER / "oakmere.yaml"), Section.PLAN)
    sums = re.search(r": 1\.3 × 70% × \(£([\d,]+) − £([\d,]+) − £([\d,]+)\) = £([\d,]+)\.", found)
    assert sums
    before, new, margin, whole = (int(each.replace(",", "")) for each in sums.groups())
    assert 1.3 * 0.7 * (before - new - margin) == pytest.approx(whole, abs=1)


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_nothing_is_signed_before_the_notice_is_known_of_what_is_left(path: Path) -> None:
    """The board reads what each month of it costs among what it agrees, and among the risks."""
    paper_ = exported(path)
    month = re.search(r"£0 is assumed; a month of all these is (£[\d,]+)\.", section(paper_, Section.PLAN))
    asked = re.search("only once notice is known; .* adds (£[\\d,]+);", section(paper_, Section.COVER))
    risk = re.search("each month past the start adds (£[\\d,]+)\\.", section(paper_, Section.RISKS))
    assert [found and found[1] for found in (asked, risk)] == [month and month[1]] * 2


def test_who_runs_what_stays_is_asked_where_it_was_not_said() -> None:
    """Riverside says of none with whom: the board reads that it is not known."""
    rows = _tabled(exported(), Section.SUMMARY, "To be completed: what this paper cannot say")
    assert [row[1] for row in rows if row[0].endswith("with or from whom")] == ["Contract lead"]
    kept = section(exported(), Section.APPRAISAL)
    assert "Buy, reckoned with Central CSU." in kept
    assert "Buy from Central CSU." not in kept, "nobody said that it is run by them"
    said_ = {**CLOSING, "functions": CLOSING["functions"][:1]}
    assert "with or from whom |" not in of(said_)


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_sum_of_moves_is_marked_where_one_of_them_rests_on_an_estimate(path: Path) -> None:
    rows = _tabled(exported(path), Section.SUMMARY, MOVING)
    marks: list[tuple[bool, list[bool]]] = []
    for row in rows:
        marked = "~" in row[2]
        assert row[2].startswith("~") is marked, "the mark stands before the sum, and runs into no sign"
        if re.fullmatch(r".*: \d+", row[0]):
            marks.append((marked, []))
        else:
            marks[-1][1].append(marked)
    assert all(of_sum is any(of_rows) for of_sum, of_rows in marks if len(of_rows) < 12)


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_is_paid_today_and_what_doing_nothing_costs_can_be_told_from_each_other(path: Path) -> None:
    """What stands between the table of today and the plan of doing nothing is named, and adds up."""
    text_, found = section(exported(path), Section.TODAY), result(path)
    paid = sum(
        _thousands(row[2].lstrip("~"))
        for row in _tabled(exported(path), Section.TODAY, "Today")
        if row[2] != "not known"
    )
    nothing = found["plans"]["today"]["cost"] + found["budget"]["committed"]
    named = re.search(rf"Staying as today costs {about(nothing)} a year. That is (.*?)\.", text_)
    between = re.findall(r"-?£[\d,]+", named[1] if named else "")
    assert paid + sum(map(_thousands, between)) == pytest.approx(nothing / 1_000, abs=4)


def test_what_is_estimated_of_what_is_paid_today_is_said_and_marked() -> None:
    made = {"annual_cost": 95_000, "current": "make"}
    text = of(CLOSING | {"functions": [{"id": "payroll", **made}, {"id": "estates", "current": "make"}]})
    (cost,) = [row[2] for row in _tabled(text, Section.TODAY, "Today")]
    assert cost.startswith("~£")
    estimate = about(_thousands(cost.lstrip("~")) * 1_000 - 95_000)
    assert f"What is paid was not said of all: {estimate} a year of it is our estimate (~)." in text
    given_ = of(CLOSING | {"functions": [{"id": "payroll", **made}]})
    assert "What is paid was not said" not in given_
    assert "~" not in _tabled(given_, Section.TODAY, "Today")[0][2]


def test_the_days_on_which_agreements_that_go_on_end_are_said_and_only_the_others_asked_for() -> None:
    supplier = {"id": "firm", "name": "Firm", "kind": "private", "trust": 4, "stability": 4}
    bought = {"mode": "buy", "supplier": "firm", "cost": 60_000}
    whole = {
        "organisation": CLOSING["organisation"] | {"from": "2027-04-01"},
        "suppliers": [supplier],
        "functions": [
            {"id": "legal-services", "name": "Law", "current": bought | {"until": "2027-12-31", "notice_months": 3}},
            {"id": "payroll", "name": "Payroll", "current": bought | {"until": "2028-03-31"}},
            {"id": "estates", "name": "Estates", "current": bought},
        ],
    }
    for row in whole["functions"]:
        row["decided"] = {"mode": "buy"}
    text = of(whole)
    assert _tabled(text, Section.ROUTES, "Goes on as today") == [
        ["Law", "31 December 2027", "30 September 2027"],
        ["Payroll", "31 March 2028", "not known"],
    ]
    assert "1 other agreement goes on as today: look up when each ends" in section(text, Section.ROUTES)
    del whole["functions"][2]
    assert "look up when" not in section(of(whole), Section.ROUTES)


def test_where_another_way_is_offered_for_less_than_an_estimate_the_mark_of_an_estimate_says_so() -> None:
    quote = {"mode": "share", "partner": "north", "cost": 100_000}
    rows = [{"id": "corporate-it", "name": "IT", "current": CSU | {"cost": 640_000}, "quotes": [quote]}]
    firm = {"id": "firm", "name": "Firm", "kind": "private", "trust": 5, "stability": 5, "population_served": 5_000_000}
    suppliers = [*CLOSING["suppliers"], firm, {"id": "other", "kind": "private"}]
    organisation = CLOSING["organisation"] | {"premium": 50}
    text = of(CLOSING | {"organisation": organisation, "suppliers": suppliers, "functions": rows})
    ((_, price, _, other, *_),) = _tabled(text, Section.PLAN, PRICES)
    assert price.startswith("~£")
    assert other.startswith("share £")


def test_an_offer_that_fits_better_and_is_passed_over_is_called_one() -> None:
    firm = {"id": "firm", "name": "Firm", "kind": "nhs-body", "trust": 2, "stability": 3}
    offer = {"mode": "buy", "supplier": "firm", "cost": 1_700_000}
    row = {"id": "business-intelligence", "name": "BI", "current": CSU | {"cost": 2_100_000}, "quotes": [offer]}
    text = of(CLOSING | WITH_COUNCIL | {"suppliers": [*CLOSING["suppliers"], firm], "functions": [row]})
    assert re.search(r"\| BI \|.* share with .*Buy, as offered, fits better, for £", text)


def test_an_offer_to_which_what_stays_may_yet_move_says_what_it_would_change() -> None:
    offer = {"mode": "share", "partner": "north", "cost": 3_600_000}
    row = {"id": "chc", "name": "Care", "current": {"mode": "make", "cost": 3_900_000}, "quotes": [offer]}
    whole = WITH_COUNCIL | {"functions": [row]}
    share = json.loads(run("assess", "-", *FEW, "--format", "json", stdin=json.dumps(whole).encode()).out)["functions"][
        0
    ]
    less, once = 3_900_000 - share["options"]["share"]["cost"], sum(share["options"]["share"]["transition"].values())
    assert f"Share with North, as offered: {about(less)} a year less, {about(once)} once." in of(whole)


WITH_COUNCIL: dict[str, Any] = {
    "organisation": {"name": "X", "kind": "icb", "population": 1_240_000},
    "partners": [
        {"id": "north", "name": "North", "population": 1_050_000, "trust": 3},
        {"id": "council", "name": "Council", "trust": 4},
    ],
}


def test_where_all_that_the_moves_now_cost_is_estimated_the_cover_says_so() -> None:
    whole = section(of(CLOSING), Section.COVER)
    assert re.search(r"note that all of what the moves now cost, £[\d,]+ a year, is estimated;", whole)
    assert re.search(
        r"note that £[\d,]+ a year of what the moves now cost is estimated", section(_offered(), Section.COVER)
    )


def _offered() -> str:
    """What closes, with an offer for payroll."""
    offer = {"quotes": [{"mode": "share", "partner": "north", "cost": 50_000}]}
    rows = [row | offer if row["id"] == "payroll" else row for row in CLOSING["functions"]]
    return of(CLOSING | {"functions": rows})


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_no_fit_is_called_better_or_worse_than_one_that_reads_the_same(path: Path) -> None:
    summary = section(exported(path), Section.SUMMARY)
    for first, second in re.findall(
        r"(?:better|less well|functions less).*?: ([\d.]+) of 100, against ([\d.]+\d)", summary
    ):
        assert first != second


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_sum_in_a_reason_says_whose_it_is_and_is_not_taken_for_one_against_today(path: Path) -> None:
    """The column beside it is against today; a reason is against what comes next."""
    functions = {function["name"]: function for function in result(path)["functions"]}
    for row in itertools.chain(*decided_on(path).values()):
        assert "a year less than" not in row[-1]
        if found := re.search(r"(\w+) comes next, at (£[\d,]+) a year more", row[-1]):
            options, chosen = (functions[row[0]][key] for key in ("options", "recommendation"))
            assert found[1].lower() == functions[row[0]]["next_best"]
            assert found[2] == about(options[found[1].lower()]["cost"] - options[chosen]["cost"])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_move_to_what_costs_less_says_how_it_fits_and_not_its_saving_a_second_time(path: Path) -> None:
    functions = {function["name"]: function for function in result(path)["functions"]}
    for row in itertools.chain(*decided_on(path).values()):
        function = functions[row[0]]
        assert f"{function['current']} comes next, at" not in row[-1].lower() or not function["moves"]
        if found := re.search(r"It costs less, and fits (as well|better)", row[-1]):
            today, chosen = (function["options"][function[key]] for key in ("current", "recommendation"))
            today = function["staying"] or today
            assert chosen["cost"] < today["cost"]
            assert (found[1] == "better") == (chosen["fit"] > today["fit"])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_is_to_be_found_out_is_never_the_allowance_which_others_set(path: Path) -> None:
    assert not [row for row in itertools.chain(*decided_on(path).values()) if "if the allowance" in row[-1]]


def test_a_paper_says_why_a_cheaper_plan_that_moves_more_is_not_taken() -> None:
    """By the figures of the rules that were read, which may be one's own."""
    (words,) = re.findall(r"The cheapest plan.*", section(exported(), Section.SUMMARY))
    found, choice = result(RIVERSIDE)["plans"], RULES.choice  # Of a gap the moves that would close it are named.
    assert found["cheapest"]["moves"] > found["sure"]["moves"]
    assert f"not sure enough, or not worth making within {choice.payback_years.value:g} years." in words


def test_years_and_rates_are_those_of_the_rules(tmp_path: Path) -> None:
    """No sentence has those that come with the tool where one's own rules have others."""
    own = {"whole_life_years": {"value": 7}, "discount_rate": {"value": 0.02}, "burden_of_proof": {"value": 3}}
    (tmp_path / "rules.yaml").write_text(json.dumps({"choice": own}), "utf-8")
    words = run("export", RIVERSIDE, *FEW, "--rules", tmp_path / "rules.yaml").out
    assert all(said_ in words for said_ in ("over 7 years, moving", "£ over 7 years", "at 2.0%", "counts 3 points"))
    assert not re.findall(r"five years|5 years|3\.5%|2 points", words)


WHOLE_LIFE = r"^\| (?:Doing nothing|All moves now) (?:\| ~?£[\d,]+ ){3}\| £([\d,]+)"
"""What a plan costs over the years, in the plans side by side."""


def test_a_difference_is_that_of_the_rounded_sums_that_stand_beside_it() -> None:
    assert apart(27_028_400, 26_756_600) == 271_000
    assert apart(9_800, 10_200) == -400, "where both round alike it is exact"
    nothing, now = (
        int(pounds.replace(",", ""))
        for pounds in re.findall(WHOLE_LIFE, section(exported(), Section.OPTIONS), re.MULTILINE)
    )
    assert f"costs £{nothing - now:,} more than the moves now over 5 years, moving included." in exported()


@pytest.mark.slow
def test_who_is_not_listed_is_not_called_by_the_id_of_the_file(tmp_path: Path) -> None:
    listed = "  - {id: old-hall-law, name: Old Hall Law LLP, kind: private, functions: [legal-services]}\n"
    unlisted = ICB.read_text("utf-8").replace(listed, "")
    assert unlisted != ICB.read_text("utf-8")
    (tmp_path / "unlisted.yaml").write_text(unlisted, "utf-8")
    text = exported(tmp_path / "unlisted.yaml", "--draws", "0")
    assert "buy from Old Hall Law (not listed)" in text
    assert "old-hall-law" not in text


def test_who_leaves_is_told_too_where_it_was_not_said_how_anything_is_run() -> None:
    leaving = {"id": "payroll", "annual_cost": 90_000, "leaves": {"to": "the region"}}
    staying = {"id": "governance", "annual_cost": 90_000}
    found = of({"organisation": {"name": "Fellside", "population": 140_000}, "functions": [staying, leaving]})
    assert "Payroll and financial transactions leaves to the region." in section(found, Section.SUMMARY)


def test_a_board_is_called_a_board() -> None:
    assert "The board is asked to:" in exported(ICB)
    assert "The governing body is asked to:" in exported()


@pytest.mark.slow
def test_a_scenario_says_that_it_is_none_of_todays_cases_and_what_it_stands_on() -> None:
    found = exported(FOLDER / "scenarios" / "allowance-cut.yaml")
    assert "To discuss a case that is not today's: “Allowance cut to £22.07 a head”." in found
    assert "Were this so, the governing body would be asked to:" in found
    assert "from allowance-cut.yaml and riverside.yaml" in found.replace("base", "")


# The forms that it can follow


@pytest.mark.slow
@pytest.mark.parametrize("template", TemplateName)
def test_a_form_s_chapters_begin_with_what_it_asks_for_and_where_it_stands(template: TemplateName) -> None:
    found = exported(RIVERSIDE, "--template", template)
    chapters = chapters_of(template)
    assert headings(found)[2:] == [chapter.title for chapter in chapters]
    asked = {row[0]: row[1] for table in tables(found) if table[0][0] == "What the form asks for" for row in table[1:]}
    assert asked.keys() == {what for chapter in chapters for what in chapter.asks}
    sections = set(re.findall(r"^###? (.*)$", found, re.MULTILINE))
    numbers = set(re.findall(r"^(\d+)\\\. ", found, re.MULTILINE))
    for what, where in (ask for chapter in chapters for ask in chapter.asks.items()):
        if not where:
            assert asked[what] == "to be completed"
            continue
        assert set(re.findall("“(.*?)”", asked[what])) <= sections
        assert len(re.findall("“", asked[what])) == len(where)
        assert set(re.findall(r"paragraph (\d+)", asked[what])) <= numbers


@pytest.mark.parametrize("template", TemplateName)
def test_every_section_that_a_form_refers_to_stands_in_it_once(template: TemplateName) -> None:
    held = [section_ for chapter in chapters_of(template) for section_ in chapter.sections]
    named = {where for chapter in chapters_of(template) for places in chapter.asks.values() for where in places}
    assert len(held) == len(set(held))
    assert named <= {*held, Section.SUMMARY}


def test_a_summary_follows_no_form() -> None:
    ended = run("export", RIVERSIDE, "--summary", "--template", "five-case")
    assert ended == (2, "", "--summary and --template exclude each other\n  Leave one of them out.\n")


# That it is true


def how_sure(function: Any) -> str:
    """How sure an answer is, in words: an open one with its rival, the likelier first."""
    sure, chosen = function["confidence"], function["recommendation"]
    if function["reason"] == "decided" or not function["next_best"]:
        return "decided" if function["reason"] == "decided" else "only option"
    if sure["level"] != "open":
        return f"{sure['level']}, {percent(sure['often'])}"
    often = sure["acceptability"]
    rival = max((option for option in OPTIONS if option != chosen), key=often.__getitem__)
    first, second = sorted((chosen, rival), key=lambda option: -often[option])
    said_ = f"open: {first} {percent(often[first])} or {second} {percent(often[second])}"
    if sum(map(int, re.findall(r"\d+", said_))) > 100:  # The smaller one is rounded down.
        said_ = f"open: {first} {percent(often[first])} or {second} {percent(often[second] - 0.005)}"
    if rest := max(0, 100 - sum(map(int, re.findall(r"\d+", said_)))):
        said_ += f", rest {rest}%"  # So that what stands there adds up.
    if percent(sure["often"]) != percent(often[chosen]):
        said_ += f"; {chosen} as recommended {percent(sure['often'])}, else with others"
    return said_


def once(function: Any) -> str:
    """What it costs once to run a function as recommended."""
    transition = function["options"][function["recommendation"]]["transition"] or {}
    return about(sum(transition.values()))


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_one_page_says_of_every_function_what_is_done_with_it(path: Path) -> None:
    text_ = section(exported(path), Section.SUMMARY)
    functions = result(path)["functions"]
    kinds = decided_on(path)
    for name, action in (("must", "move"), ("now", "move"), ("find", "find-out")):
        mine = {
            function["name"]: function
            for function in functions
            if function["action"] == action and (action == "find-out" or function["ending"] is (name == "must"))
        }
        shown = {row[0]: row for row in kinds[name]}
        assert set(shown) == set(mine) or len(mine) > len(shown) == 12
        for function, row in ((mine[each], row) for each, row in shown.items()):
            before, after = row[1].split(" → ")
            assert before.split()[0] == function["current"]
            if not function["moves"]:
                assert after.startswith("the same, or ")
            elif function["current"] != function["recommendation"]:
                assert after.split()[0] == function["recommendation"]
            assert row[3] == once(function)
            assert row[4] == how_sure(function)
            assert all(row)
    unsaid = sum(function["action"] is None for function in functions)
    assert (f"How {unsaid} function" in text_) is (0 < unsaid < len(functions))
    kept = sum(function["action"] == "keep" for function in functions)
    assert (f"Keep {kept} as they are: " in text_) is bool(kept)


def decided_on(path: Path) -> dict[str, list[list[str]]]:
    """The rows of what must end, of the other moves now and of what to find out first, without their sums."""
    kinds: dict[str, list[list[str]]] = {"must": [], "now": [], "find": []}
    for row in _tabled(exported(path), Section.SUMMARY, MOVING):
        title = re.fullmatch(r"(Must end|Other moves now|Moves now|Find out first): \d+", row[0])
        if title:
            rows = kinds[{"Must end": "must", "Find out first": "find"}.get(title[1], "now")]
        else:
            rows.append(row)
    return kinds


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_each_kind_of_moves_has_its_own_sum(path: Path) -> None:
    """To the thousand by which each row is rounded, where all its rows are shown."""
    functions, rows = result(path)["functions"], _tabled(exported(path), Section.SUMMARY, MOVING)
    kinds = decided_on(path)
    for row in rows:
        title = re.fullmatch(r"(Must end|Other moves now|Moves now|Find out first): (\d+)", row[0])
        if not title:
            continue
        key = {"Must end": "must", "Find out first": "find"}.get(title[1], "now")
        mine = [f for f in functions if f["name"] in {each[0] for each in kinds[key]}]
        if len(mine) == int(title[2]):
            costs = [(f["options"][f["recommendation"]]["cost"], (f["today"] or {}).get("cost")) for f in mine]
            more = sum(new - old for new, old in costs if None not in (new, old))
            word = {more > 0: " more", more < 0: " less"}.get(True, "")
            assert row[2].lstrip("~") == about(abs(more)) + word


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_is_asked_of_an_open_move_is_what_leads_to_its_rival_where_anything_does(path: Path) -> None:
    found = result(path)
    asking = {function["name"]: function for function in found["functions"] if function["action"] == "find-out"}
    before = ""
    for name, *_, note in decided_on(path)["find"]:
        asked = before = before if note == "as above" else note
        function = asking[name]
        often = function["confidence"]["acceptability"]
        rival = max((option for option in OPTIONS if option != function["recommendation"]), key=often.__getitem__)
        leads = [list(each["leads"].values()) for each in found["ask"] if each["functions"][:1] == [function["id"]]]
        if any(rival in each for each in leads) or (function["switch"] or {}).get("becomes") == rival:
            assert rival in asked.lower()


def acting(found: dict[str, Any], *actions: str) -> list[dict[str, Any]]:
    return [f for f in found["functions"] if f["moves"] and f["action"] in actions]


def rests_on_a_guess(found: dict[str, Any], moving: list[dict[str, Any]]) -> bool:
    """Whether a plan that makes these moves has any cost that is an estimate."""
    for function in found["functions"]:
        today, chosen = function["today"], function["options"][function["recommendation"]]
        if today and function not in moving:
            if today["cost"] is not None and not today["known"]:
                return True
        elif chosen["estimated"]:
            return True
    return False


def by_plan(table: list[list[str]]) -> dict[str, list[str]]:
    """The rows of a table of plans, under each name of theirs."""
    return {name: row[1:] for row in table[1:] for name in row[0].split(" = ")}


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_one_page_holds_the_sure_moves_beside_doing_nothing_with_what_is_committed(path: Path) -> None:
    found, plans = result(path), result(path)["plans"]
    money = by_plan(tables(section(exported(path), Section.SUMMARY))[0])
    budget = found["budget"]
    today = "As today, for comparison only" if any(f["ending"] for f in found["functions"]) else "Doing nothing"
    for name, plan, moves in (("All moves now", plans["sure"], acting(found, "move")), (today, plans["today"], [])):
        spent = plan["cost"] + budget["committed"]
        left = budget["allowance"] - spent
        mark = "~" * rests_on_a_guess(found, moves)
        assert money[name] == [mark + about(spent), about(left), about(plan["once"]), about(left - plan["once"])]
    committed = f"; {about(budget['committed'])} of it is committed and counted in each plan"
    assert (committed in section(exported(path), Section.SUMMARY)) is bool(budget["committed"])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_appraisal_has_fit_and_cost_of_all_four_options_and_why_some_are_not_available(path: Path) -> None:
    text = section(exported(path), Section.APPRAISAL)
    rows = {row[0]: row[1:] for row in tables(text)[0][1:]}
    titled = {table[0][0]: table[1:] for table in tables(text)}
    stops = {name: f" {options} " for name, _, options in titled.get("Why an option is not available", [])}
    before = ""
    functions = {function["name"]: function for function in result(path)["functions"]}
    assert set(rows) == set(functions)
    for name, (*cells, why) in rows.items():
        function = functions[name]
        before = before if why == "as above" else why
        assert before.lower().startswith(function["recommendation"])
        for way, cell in zip(OPTIONS, cells, strict=True):
            option = function["options"][way]
            cost = ""
            if option["cost"] is not None:
                cost = f" · {'~' * option['estimated']}{thousands(option['cost'])}"
            mark = "▸ " if way == function["recommendation"] else "" if option["available"] else "× "
            assert cell == f"{mark}{option['fit']}{cost}"
            if mark == "× ":
                gate = RULES.gates[option["blocked_by"][0]].name
                others = [each for each in functions.values() if each["recommendation"] != way]
                first = [each["options"][way]["blocked_by"][:1] for each in others]
                assert re.search(rf" {way} for {first.count(option['blocked_by'][:1])}[, ]", stops[gate])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_budget_is_that_of_the_result(path: Path) -> None:
    budget = result(path)["budget"]
    text_, people = section(exported(path), Section.MONEY), result(path)["organisation"]["population"]
    spent = budget["recommended_cost"] + budget["committed"]
    last = "left" if budget["headroom"] >= 0 else "too much"
    for sum_, words in (
        (spent, "ll that is recommended costs {}"),
        (budget["allowance"], "The allowance is {}: "),
        (abs(budget["headroom"]), f": {{}} {last}."),
    ):
        assert words.format(f"{about(sum_)} (£{sum_ / people:,.2f} a head)") in text_


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_first_year_has_the_moving_that_no_later_one_has(path: Path) -> None:
    plans = result(path)["plans"]
    table = next(table for table in tables(section(exported(path), Section.MONEY)) if table[0][0] == "£")
    rows = by_plan(table)
    committed = result(path)["budget"]["committed"]
    today = "As today, for comparison only" if "As today, for comparison only" in rows else "Doing nothing"
    moves = {"today": [], "sure": acting(result(path), "move"), "recommended": acting(result(path), "move", "find-out")}
    for name, key in ((today, "today"), ("All moves now", "sure"), ("All moves, open ones too", "recommended")):
        if key == "recommended" and plans[key] == plans["sure"]:
            continue
        cost, once_, mark = (
            plans[key]["cost"] + committed,
            plans[key]["once"],
            "~" * rests_on_a_guess(result(path), moves[key]),
        )
        assert rows[name] == [mark + about(cost + once_), mark + about(cost)]


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_the_plan_of_only_what_must_end_makes_those_moves_and_no_other(path: Path) -> None:
    found = result(path)
    ending = [f for f in found["functions"] if f["ending"] and f["action"] == "move"]
    rows = by_plan(tables(section(exported(path), Section.OPTIONS))[0])
    assert ("Only what must end" in rows) is bool(ending)
    if ending:
        chosen = [f["options"][f["recommendation"]] for f in ending]
        more = sum(new["cost"] - f["today"]["cost"] for new, f in zip(chosen, ending, strict=True))
        spent = found["plans"]["today"]["cost"] + more + found["budget"]["committed"]
        once_ = sum(sum((new["transition"] or {}).values()) for new in chosen)
        whole = once_ + spent * sum(1.035**-year for year in range(5))
        cost, _, moving, over, _, moves = rows["Only what must end"]
        marked = "~" * rests_on_a_guess(found, ending) + about(spent)
        assert (cost, moving, moves) == (marked, about(once_), str(len(ending)))
        assert _thousands(over) == pytest.approx(whole / 1_000, abs=1)


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_moves_or_may_has_its_day_its_notice_and_by_what_staff_move(path: Path) -> None:
    changing = {f["name"]: f for f in result(path)["functions"] if f["action"] in ("move", "find-out")}
    text_ = section(exported(path), Section.PLAN)
    found = tables(text_)
    assert [table[0][0] for table in found] in ([], ["Moves"], ["Moves", PRICES, "What moving costs"])
    assert ("By what staff move." in text_) is bool(changing)
    for row in found[0][1:] if found else []:
        function = changing.pop(row[0])
        when = "(once agreed|notice by .*|before .*)" if function["action"] == "move" else "once found out.*"
        assert re.fullmatch(when, row[1])
        assert (row[3] == row[4] == "none") is (function["current"] == "make")
    assert not changing


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_every_agreement_that_is_due_has_its_route(path: Path) -> None:
    text = section(exported(path), Section.ROUTES)
    functions = result(path)["functions"]
    due = [f for f in functions if f["route"]["due"] and f["recommendation"] != "make"]
    if any(f["action"] for f in functions):
        due = [f for f in due if f["action"]]
    rows = [row for table in tables(text) for row in table[1:]]
    named = [re.sub(r" \(£[\d,]+\)$", "", name) for row in rows for name in row[0].split("; ")]
    assert sorted(named) == sorted(function["name"] for function in due)


def test_a_mere_supplier_of_the_public_sector_is_not_said_to_be_exempt() -> None:
    rows = _tabled(
        exported(ICB, "--draws", "0"), Section.ROUTES, "Agreement for (contract value, with VAT where charged)"
    )
    bought = [row for row in rows if row[1] == "buy from Harbour Hospitals Group"]
    assert [row[2] for row in bought] == ["none as a mere supplier; perhaps if it is run jointly"] * len(bought) != []


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_every_warning_and_every_move_has_an_owner_and_an_action(path: Path) -> None:
    told = [w for w in result(path)["warnings"] if w["code"] not in ("over-budget", "double-running")]
    rows = _tabled(exported(path), Section.RISKS, "Risk")
    moving = [f for f in result(path)["functions"] if f["action"] == "move"]
    of_moves = rows[: len(rows) - len(told)]
    assert bool(of_moves) is bool(moving)
    assert all(any(function["name"] in row[0] for row in of_moves) for function in moving)
    guessed = [f["name"] for f in moving if f["options"][f["recommendation"]]["estimated"]]
    assert all("the cost is an estimate" in of_moves[-1][0] and name in of_moves[-1][0] for name in guessed)
    assert all(map(all, rows))


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_a_move_costs_once_can_be_worked_out_again_from_its_parts(path: Path) -> None:
    """Redundancy is for the fall of pay, from the figures that are printed beside it."""
    costs = RULES.costs
    for name, before, then, *parts, whole in _tabled(exported(path), Section.PLAN, "What moving costs"):
        new, _, margin = then.partition(" + ")
        if "not known" not in (before, new):
            fall = (
                max(0, _thousands(before.partition(" of ")[0]) - _thousands(new) - _thousands(margin or "£0"))
                * costs.pay_share.value
            )
            assert costs.redundancy.value * fall == pytest.approx(_thousands(parts[1]), abs=2), name
        if new != "not known":
            assert sum(map(_thousands, parts)) == pytest.approx(_thousands(whole), abs=2), name
            assert 0.15 * _thousands(new) == pytest.approx(_thousands(parts[0]), abs=1), name


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_move_with_a_choice_says_in_how_many_months_it_pays_back_or_that_it_never_does(path: Path) -> None:
    moving = {f["name"]: f for f in result(path)["functions"] if f["action"] == "move"}
    before = ""
    for row in decided_on(path)["now"]:
        note = before = before if row[-1] == "as above" else row[-1]
        chosen = moving[row[0]]["options"][moving[row[0]]["recommendation"]]
        saved = moving[row[0]]["today"]["cost"] - chosen["cost"]
        once_ = sum(chosen["transition"].values())
        words = f"paid back in {paid_back(once_, -saved)}" if saved > 0 else "never paid back"
        assert re.search(rf"\. {words}[;.]", note, re.IGNORECASE)


PRICES, MOVING = "Prices of moves now", "What moves or may"


def _tabled(words: str, which: Section, title: str) -> list[list[str]]:
    """The rows of the table with a title, its head left out; none where it is not there."""
    return next((table[1:] for table in tables(section(words, which)) if table[0][0] == title), [])


def _thousands(said: str) -> int:
    if said.endswith("k"):
        return int(re.sub(r"[£,k]", "", said))
    return 0 if said in ("under £1,000", "£0 assumed") else round(int(re.sub(r"[£,]", "", said)) / 1_000)


def test_the_figure_at_which_a_move_tips_is_the_one_at_which_it_does() -> None:
    """At that much more a year something else is recommended; well below it the move still is."""
    profile = load_profile(str(RIVERSIDE))
    row = next(f for f in result(RIVERSIDE)["functions"] if f["id"] == "contract-negotiation")
    worths = {option: row["options"][option]["worth"] for option in OPTIONS}
    spare = worths[row["recommendation"]] - worths[row["next_best"]]
    cost = row["options"][row["recommendation"]]["cost"]
    rows = _tabled(exported(RIVERSIDE), Section.PLAN, PRICES)
    price, most = next((price, most) for name, price, _, _, most, *_ in rows if name == row["name"])
    assert (price.lstrip("~"), most) == (about(cost), about(cost + spare))
    assert with_a_quote(profile, spare * 8 // 10).recommendation is Option.SHARE
    assert with_a_quote(profile, spare * 14 // 10).recommendation is not Option.SHARE


@pytest.mark.slow
def test_each_move_stands_beside_the_cheapest_other_way_its_price_and_its_fit() -> None:
    options = {f["name"]: f["options"] for f in result(ICB)["functions"]}
    rows = {row[0]: row for row in _tabled(exported(ICB), Section.PLAN, PRICES)}
    for name in ("Data management and integration", "Payroll and financial transactions", "IT for general practice"):
        make = options[name]["make"]
        guessed = "~" * make["estimated"]
        assert rows[name][3] == f"make {guessed}{about(make['cost'])}, {make['fit']}"


def with_a_quote(profile: Profile, more: int) -> FunctionResult:
    """Contract negotiation in Riverside, its shared team offered for so much more a year."""
    rows = []
    for function in profile.functions:
        if function.id == "contract-negotiation":
            quotes = tuple(
                q.model_copy(update={"cost": q.cost + more}) for q in function.quotes if q.mode is Option.SHARE
            )
            rows.append(function.model_copy(update={"quotes": quotes}))
        else:
            rows.append(function)
    found = decided(profile.model_copy(update={"functions": tuple(rows)}))
    return next(function for function in found.functions if function.id == "contract-negotiation")


def test_each_option_that_is_recommended_has_its_measures_and_its_review() -> None:
    (table,) = tables(section(exported(), Section.INDICATORS))
    ways = {function["recommendation"].capitalize() for function in result(RIVERSIDE)["functions"]}
    assert {row[0] for row in table[1:]} == ways
    assert all(map(all, table))


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_whatever_is_open_stands_with_its_rival_and_what_would_tip_it(path: Path) -> None:
    text = section(exported(path), Section.CERTAINTY)
    found = {row[0]: row for table in tables(text)[:1] for row in table[1:] if table[0][0] == "Open"}
    close = {f["name"]: f for f in result(path)["functions"] if f["confidence"]["level"] == "open"}
    assert set(found) == set(close)
    for name, row in found.items():
        assert row[1] == close[name]["recommendation"]
        often = close[name]["confidence"]["acceptability"]
        told = dict(re.findall(r"(\w+) [<>]?(\d+)%", row[2].partition("; ")[0]))
        assert told.keys() == {way for way, share in often.items() if share}, "none is left out"
        assert len(told) > 2 or sum(map(int, told.values())) <= 100 + row[2].count("<")
        assert {way: share for way, share in often.items() if share and abs(int(told[way]) - 100 * share) > 1} == {}
        assert close[name]["switch"] is None or not re.match("nothing so small|.*, above £", row[3])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_every_rating_that_is_spoken_of_has_its_ends_explained_once(path: Path) -> None:
    text = section(exported(path), Section.CERTAINTY)
    spoken = set(re.findall("“(.*?)” is rated", text)) | {
        each.lower() for each in re.findall(r"^- \*\*(.*?)\.\*\*", text, re.MULTILINE)
    }
    for name in spoken - {"in-house cost", "vat when bought outside the nhs"}:
        assert len(re.findall(rf"\b{name.capitalize()}, [^:]*\b1: ", exported(path))) == 1


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_what_was_assumed_adds_up(path: Path) -> None:
    (table,) = tables(section(exported(path), Section.ASSUMPTIONS))
    numbers = [int(row[-1].replace(",", "")) for row in table[1:]]
    assert sum(numbers[:-1]) == numbers[-1] == len(result(path)["assumptions"])


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_every_source_is_cited_and_every_citation_has_its_source(path: Path) -> None:
    arguments, sources = section(exported(path), Section.EVIDENCE).split("### Sources")
    given_ = re.findall(r"\((\d[\d, and]*)\)", arguments)
    cited = {int(number) for found in given_ for number in re.findall(r"\d+", found)}
    listed = [int(number) for number in re.findall(r"^\| (\d+) \|", sources, re.MULTILINE)]
    assert len(listed) > 10
    assert listed == sorted(cited) == list(range(1, len(listed) + 1))


def test_an_argument_that_never_spoke_is_not_in_the_evidence() -> None:
    alone = of({"organisation": {"name": "Alone", "population": 90_000}, "functions": [a_function(annual_cost=50_000)]})
    with_partner = of(
        {
            "organisation": {"name": "Two", "population": 90_000},
            "functions": [a_function(annual_cost=50_000)],
            "partners": [a_partner()],
        }
    )
    named = re.escape(RULES.rules["TC15"].name)
    assert not re.search(rf"{named} \(\d", alone)
    assert re.search(rf"{named} \(\d", with_partner)


def test_safeguards_are_those_of_what_is_recommended() -> None:
    profile = {"organisation": {"name": "Alone", "population": 900_000}, "functions": [a_function(annual_cost=50_000)]}
    rows = _tabled(of(profile), Section.RISKS, "Option")
    assert [row[0] for row in rows] == ["Make", "Always"]


@pytest.mark.slow
def test_the_command_in_a_paper_gives_the_paper_again(monkeypatch: pytest.MonkeyPatch) -> None:
    words = (FOLDER / "scenarios" / "allowance-cut.yaml", "--draws", "40", "--seed", "7", "--budget-per-head", "23")
    head = ("--author", "J. O'Hara `*` $HOME", "--meeting", "--", "--agenda-item", "```", "--date", "12 May")
    found = run("export", *words, *head, "--sections", "cover,reproduction").out
    line, others = [token.content for token in parse(found) if token.type == "fence"]
    assert str(ROOT) not in found
    monkeypatch.chdir(FOLDER / "scenarios")
    assert run(*shlex.split(line)[1:]).out == found
    for other in others.splitlines():
        assert run(*shlex.split(other)[1:]).status == 0


@pytest.mark.slow
def test_the_commands_for_more_are_of_the_same_rules_and_draws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_bytes(RIVERSIDE.read_bytes())
    (tmp_path / "rules.yaml").write_text(OWN_RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    words = ("mine.yaml", "--rules", "rules.yaml", "--draws", "40", "--seed", "5", "--budget-per-head", "22")
    found = run("export", *words, "--sections", "reproduction").out
    _, others = [token.content for token in parse(found) if token.type == "fence"]
    asked = "--rules rules.yaml --budget-per-head 22 --draws 40 --seed 5"
    explained = f"mba explain mine.yaml commissioning-strategy {asked}"
    assert others.splitlines() == ["mba rules --rules rules.yaml", explained]


OWN_RULES = """
sources:
  our-board: {citation: "Minutes of the governing body, 12 May.", read: full text}
rules:
  TC01: {sources: [{source: our-board, place: minutes}]}
"""


@pytest.mark.slow
def test_sources_of_ones_own_stand_in_the_evidence_as_they_were_given(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(OWN_RULES, "utf-8")
    found = run("export", RIVERSIDE, *FEW, "--rules", tmp_path / "rules.yaml", "--sections", "evidence").out
    assert re.search(r"^\| \d+ \| Minutes of the governing body, 12 May\. \(Read in full\.\) \|$", found, re.MULTILINE)
    assert (
        "Minutes of the governing body, 12 May."
        in run("rules", "--rules", tmp_path / "rules.yaml", "--format", "markdown").out
    )


@pytest.mark.slow
def test_what_came_by_standard_input_is_called_so() -> None:
    found = of({**TWO_OFFERS}, "--compare", str(RIVERSIDE), "--sections", "changes,reproduction")
    assert "from standard input and riverside.yaml." in found
    assert "mba explain - payroll" in found
    both = run("export", "-", "--compare", "-", *FEW, stdin=json.dumps(TWO_OFFERS).encode())
    assert both == (2, "", "only one of the files can be standard input\n  Name the other by its path.\n")


def test_what_changes_is_not_worked_out_to_be_left_out() -> None:
    ended = run("export", RIVERSIDE, "--compare", RIVERSIDE, "--sections", "summary")
    said = "--compare adds the section changes, which --sections leaves out\n  Add changes, or leave out --compare.\n"
    assert ended == (2, "", said)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(40, "£40"), (499, "£499"), (500, "£1k"), (9_499, "£9k"), (9_500, "£10k"), (1_350_821, "£1,351k")],
)
def test_thousands_are_short_and_one_sum_is_written_in_one_way(amount: int, words: str) -> None:
    assert thousands(amount) == words


@pytest.mark.slow
def test_so_does_the_command_in_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    found = exported(RIVERSIDE, "--format", "html", "--sections", "reproduction")
    line = re.findall("<pre><code>(.*)", found)[0].removesuffix("</code></pre>")
    monkeypatch.chdir(FOLDER)
    assert run(*shlex.split(html.unescape(line))[1:]).out == found


@pytest.mark.slow
def test_a_name_of_a_file_that_a_shell_would_split_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "our own.yaml").write_bytes(RIVERSIDE.read_bytes())
    monkeypatch.chdir(tmp_path)
    found = run("export", "our own.yaml", *FEW, "--sections", "reproduction").out
    assert "mba export 'our own.yaml'" in found


@pytest.mark.process
@pytest.mark.parametrize("words", [[], ["--format", "html"], ["--format", "json"], ["--format", "csv"], ["--summary"]])
def test_nothing_but_the_input_moves_a_byte(words: list[str]) -> None:
    first = spawn("export", RIVERSIDE, *FEW, *words, PYTHONHASHSEED="1")
    second = spawn("export", RIVERSIDE, *FEW, *words, PYTHONHASHSEED="2011", LC_ALL="C", TZ="Pacific/Auckland")
    assert first == second
    assert first.status == 0


# That it reads as a paper does


@pytest.mark.parametrize("path", ONE_QUICKLY, ids=lambda path: path.stem)
def test_a_paper_addresses_nobody_and_keeps_the_words_of_the_tool_to_its_end(path: Path) -> None:
    own = json.dumps([f["decided_because"] for f in result(path)["functions"]])
    sources = exported(path).split("### Sources")[1].split("\n## ")[0]
    body = exported(path).split(f"## {Section.REPRODUCTION.heading}")[0].replace(sources, "")
    for word in (r"\byou\b", r"\byour\b", r"\bmba\b", r"\bportfolios?\b", "annual_cost", "PROFILE", r"\byaml\b"):
        assert not re.search(word, body) or re.search(word, own), word
    assert "  " not in re.sub(r"\|  (?=\|)", "|", body)
    assert not re.search(r"\.\.|\. ;|: \.|,[;.]|\bNone\b(?! of)", body)


OVER = {
    "organisation": {"name": "Poor CCG", "population": 100_000, "budget_per_head": 0.5},
    "suppliers": [{"id": "north", "trust": 3}, {"id": "south", "trust": 4}],
    "functions": [{"id": "payroll", "annual_cost": 200_000}, {"id": "legal-services", "annual_cost": 300_000}],
}


@pytest.mark.slow
def test_a_page_has_pictures_that_markdown_leaves_to_its_tables() -> None:
    page = exported(RIVERSIDE, "--format", "html")
    assert page.count("<svg") == 2, "it fits in nearly all draws, which a sentence tells"
    assert "<svg" not in exported()


def test_a_paper_over_the_allowance_asks_how_to_close_the_gap_before_anything_else() -> None:
    found = of(OVER)
    assert "\n1. decide first how to close a gap of £" in section(found, Section.COVER)
    said = "Since it does not fit, this is of what is left to choose, not of whether the answers are right."
    assert said in section(found, Section.CERTAINTY)
    assert "All that is recommended does not fit: it is £" in section(found, Section.SUMMARY)
    assert "Closing the gap of £" in section(found, Section.SUMMARY)
    assert " too much." in section(found, Section.MONEY)
    assert "of the allowance;" not in section(found, Section.COVER)


def test_where_nothing_is_costed_no_sum_is_asked_for() -> None:
    profile = {
        "organisation": {"name": "X", "population": 100_000},
        "functions": [{"id": "ours", "name": "Ours", "flags": ["core"]}],
    }
    found = of(profile)
    assert "leaves" not in section(found, Section.COVER)
    assert "Nothing is costed" in section(found, Section.MONEY)
    assert "To decide how to run 1 support function within" in found
    assert "How the functions are run today was not given" in section(found, Section.PLAN)


def test_a_move_whose_cost_is_not_known_is_told_and_in_no_sum() -> None:
    functions = [
        {"id": "ours", "flags": ["core"], "current": "buy", "decided": {"mode": "make"}},
        {"id": "payroll", "annual_cost": 100_000, "current": "buy", "decided": {"mode": "make"}},
    ]
    found = of({"organisation": {"name": "X", "population": 100_000}, "functions": functions})
    table, _, parts = tables(section(found, Section.PLAN))
    assert [row[-1] for row in parts[1:]] == ["not known", "£15k"]
    assert [row[0] for row in table[1:]] == ["ours", "Payroll and financial transactions"]
    assert "What moves now costs £15,000 once, as far as is known" in found


def test_where_nothing_is_known_of_today_the_cheapest_plan_has_no_moves_to_count() -> None:
    """A partner is a little dearer than own staff, and fits better."""
    quotes = [{"mode": "share", "partner": "next", "cost": 56_000}]
    function = {"id": "contract-negotiation", "flags": ["core", "relational"], "annual_cost": 60_000, "quotes": quotes}
    partners = [{"id": "next", "population": 100_000, "trust": 5}]
    suppliers = [{"id": "north", "trust": 5, "stability": 5}]
    profile = {"organisation": {"name": "X", "population": 100_000}, "partners": partners, "suppliers": suppliers}
    found = section(of({**profile, "functions": [function, {"id": "payroll"}, {"id": "governance"}]}), Section.SUMMARY)
    assert "The cheapest plan would cost £" in found
    assert "moves, would cost" not in found


def test_where_everything_is_decided_nothing_is_called_sure() -> None:
    function = {"id": "payroll", "decided": {"mode": "make", "because": "Board, May"}, "current": "make"}
    found = of({"organisation": {"name": "X", "population": 100_000}, "functions": [function]})
    said = "No recommendation has a rival, so nothing is uncertain here but the costs."
    assert said in section(found, Section.CERTAINTY)
    assert "Nothing moves: what is known of today stays as it is." in section(found, Section.PLAN)
    assert "Nothing moves now, so doing nothing costs the same." in section(found, Section.SUMMARY)


def test_where_nothing_was_drawn_nothing_is_said_to_be_sure() -> None:
    found = run("export", RIVERSIDE, "--draws", "0").out
    assert "How sure the recommendations are was not worked out for this paper." in found
    assert "chance" not in section(found, Section.SUMMARY)
    assert "--seed" not in found.replace("\\", "")


# Text of a profile is text


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30))
def test_any_name_stands_in_a_paper_as_it_was_written_and_does_nothing(words: str) -> None:
    name = " ".join(words.split()) or "x"
    profile = a_profile(
        a_function(name=name, annual_cost=50_000, decided={"mode": "buy", "because": name}, note=name),
        a_function("payroll", name=f"{name} 2", current="make"),
        partners=[a_partner(name=name)],
        suppliers=[a_supplier(name=name)],
        name=name,
    )
    outline = Outline(
        tuple(Section), brief=False, front=Front(*[name] * len(Front())), commands=(name, name), files=(name,)
    )
    tokens = parse(markdown(paper(decided(profile), RULES, load_references(), outline)))
    kinds = {child.type for token in tokens if token.type == "inline" for child in token.children or []}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}
    assert next(token.content for token in tokens if token.type == "fence") == f"{name}\n"
    types = [token.type for token in tokens]
    assert not {"code_block", "html_block", "hr", "blockquote_open"} & set(types)
    assert types.count("ordered_list_open") == 1, "what is to be agreed"
    lines = [said(token) for token in tokens if token.type == "inline"]
    assert lines[0] == f"{name}: how to run support functions"
    assert lines.count(name) >= len(Front()) + 1  # On the cover and in the appraisal.
    assert any(line.startswith(f"Buy from {name}. ") for line in lines)


@pytest.mark.parametrize("words", ["a--b", "--seed", "wait...", ": x", "(a) x", "A. x", "iv) x"])
def test_what_pandoc_would_change_is_kept_from_it(words: str) -> None:
    safe = markdown((Paragraph(text(words)),))
    assert "--" not in safe
    assert not re.search(r"(?<!\\)\.\.\.", safe)
    assert not re.match(r":|\(|[A-Za-z]+[.)]", safe)
    assert said(next(token for token in parse(safe) if token.type == "inline")) == words


ACTING = [*"\\`*_{}[]<>|~^$#!&;=:-+.()@'\"%/?,01a bixA", "~~", "--", "...", "&amp;", "www.a.b", "http://x", "a@b.c"]
ACTING += [":smile:", ":+1:", ":100:", "1.", "a)", "(@)", "[^1]", "![x]", "<b>", "H~2~O", "x^2^", "$x$"]
"""Signs that act in one flavour of Markdown or another."""


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@settings(max_examples=10)
@given(st.lists(st.lists(st.sampled_from(ACTING), min_size=1, max_size=9).map("".join), min_size=40, max_size=40))
def test_pandoc_finds_no_more_than_text_in_any_text(found: list[str]) -> None:
    """In paragraphs, points and cells alike, where what stands in two cells could act together."""
    words = [" ".join(each.split()) or "x" for each in found]
    table = Table((Column("A"), Column("B")), tuple(Row((text(each), text(each))) for each in words))
    points = (Items(tuple(map(text, words))), Items(tuple(map(text, words)), numbered=True))
    document = markdown((*(Paragraph(text(each)) for each in words), *points, table))
    for reader in ("gfm", "markdown-smart"):
        called = ["pandoc", "-f", reader, "-t", "json"]
        tree = json.loads(subprocess.run(called, input=document.encode(), capture_output=True, check=True).stdout)
        assert plain(tree["blocks"]) == [*words * 3, "A", "B", *(each for each in words for _ in "AB")]


def plain(tree: Any) -> list[str]:
    """The text of every paragraph, point and cell of what pandoc read, in their order.

    What is more than text stands as its kind.
    """
    if isinstance(tree, dict) and tree.get("t") in ("Para", "Plain"):
        return [
            "".join(
                each["c"] if each["t"] == "Str" else " " if each["t"] == "Space" else f"!{each['t']}"
                for each in tree["c"]
            )
        ]
    return [
        words
        for each in (tree.values() if isinstance(tree, dict) else tree)
        if isinstance(each, (dict, list))
        for words in plain(each)
    ]


@pytest.mark.process
@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("reader", ["gfm", "markdown-smart"])
def test_pandoc_reads_the_same_text_as_github(reader: str) -> None:
    """As the README says to call it for Word, and as it takes GitHub's own Markdown."""
    hostile = [
        "=1+1",
        "@SUM [@x]",
        "a|b",
        "`x`",
        "[a](http://b)",
        "<script>",
        "# x",
        "1. x",
        "x\\",
        "שלום",
        "a--b",
        "wait...",
        ": x",
    ]
    hostile += [
        "(a) x",
        "i. x",
        "(@) x",
        "$x$",
        "^a^",
        "~~a~~",
        "[^1]",
        "{#id}",
        "***",
        "- - -",
        "&lt;",
        "'q' \"q\"",
        "*a* _b_",
        "x^2^",
    ]
    words = markdown(tuple(Paragraph(text(each)) for each in hostile))
    called = ["pandoc", "-f", reader, "-t", "plain", "--wrap=none"]
    shown = subprocess.run(called, input=words.encode(), capture_output=True, check=True).stdout.decode()
    assert shown.strip().split("\n\n") == hostile


@pytest.mark.slow
def test_a_column_is_as_wide_in_pandoc_as_its_text_and_figures_never_wrap() -> None:
    for path in EXAMPLES:
        lines = exported(path).splitlines()
        for number in [number for number, line in enumerate(lines) if re.match(r"\| :?-+", line)]:
            hyphens = lines[number].replace(" ", "").strip("|").split("|")
            assert sum(map(len, hyphens)) <= 130
            rows = [
                line.removeprefix("| ").removesuffix("|").split(" | ")
                for line in takewhile(lambda each: each.startswith("|"), lines[number + 1 :])
            ]
            for column, dashes in enumerate(hyphens):
                if dashes.endswith(":"):
                    longest = max(len(row[column].strip().replace("*", "").replace("\\", "")) for row in rows)
                    assert len(dashes) > longest
    lines = section(exported(), Section.TODAY).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| Today "))
    head, rule = lines[start : start + 2]
    widths = {
        name.strip(): len(dashes.strip())
        for name, dashes in zip(head.split("|")[1:-1], rule.split("|")[1:-1], strict=True)
    }
    assert widths["Functions"] > widths["£ a year"] > widths["Number"] > len("Number")


def test_one_move_is_paid_back_in_the_same_time_wherever_it_is_told() -> None:
    text = section(exported(FOLDER / "oakmere.yaml", "--draws", "500"), Section.SUMMARY)
    (sentence_,) = re.findall(r"pay the moves now back in (\d+ months)", text)
    assert re.findall(r"[Pp]aid back in (\d+ months)", text) == [sentence_]


def test_a_price_for_several_functions_is_no_estimate_but_its_parts_are() -> None:
    together = {"supplier": "csu", "cost": 340_000, "functions": ["hr", "payroll"]}
    rows = [row | {"current": {"mode": "buy", "supplier": "csu"}} for row in CLOSING["functions"][:3]]
    found = section(of(CLOSING | {"functions": rows, "packages": [together]}), Section.TODAY)
    assert "£340,000 a year is paid for several functions together, and shared out by what each would cost" in found
    assert re.search(r"What is paid was not said of all: £[\d,]+ a year of it is our estimate", found)
    found = section(of(CLOSING | {"functions": rows[::2], "packages": [together]}), Section.TODAY)
    assert "our estimate" not in found


def test_what_a_paper_asks_about_the_profile_names_no_key_of_a_file(tmp_path: Path) -> None:
    """Whoever reads it has no file; check and the screen name the key to change."""
    for code, said in queries_module._QUESTIONS.items():  # noqa: SLF001 - every question that there is
        found = queries_module._KEYS.sub("", said)  # noqa: SLF001
        assert not re.search(r"\b(kind|premium|from): |\(|_costs|notice_months", found), code
    (tmp_path / "x.yaml").write_text(json.dumps(CLOSING), "utf-8")
    assert "From which day is the answer to hold? Not said" in exported(tmp_path / "x.yaml")
    assert "From which day is the answer to hold (from)?" in run("check", tmp_path / "x.yaml").out.replace("\n", " ")


@given(st.integers(1, 99))
def test_two_shares_that_are_told_together_come_to_no_more_than_all(whole: int) -> None:
    (function,) = decided(a_profile(a_function("payroll"))).functions
    drawn = Acceptability((whole + 0.5) / 100, 0, 0, (99.5 - whole) / 100)
    function = function._replace(confidence=Confidence(Level.OPEN, drawn, 0.01, 1_000, drawn, 1_000))
    told = shares(function, [Option.MAKE, Option.BUY])
    assert sum(int(re.sub("[^0-9]", "", one)) for one in told if "<" not in one and ">" not in one) <= 100

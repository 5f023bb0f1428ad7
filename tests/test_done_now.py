"""What is done now: moves, what to find out first, the plans side by side, a gap and what could close it."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from running import appraised, run

from mba.answer import Asked, answer
from mba.knowledge.rules import GateCode
from mba.load.profiles import load_profile
from mba.render.markdown import markdown
from mba.report.appraisal import costs_and_worth
from mba.report.money import gap, money
from mba.report.moving import paid_back
from mba.report.plans import done_now
from mba.report.reasons import why
from mba.report.sheet import BOM
from mba.report.words import about, apart, percent, with_whom
from mba.results import Action, Reason
from mba.spending import Closing, Shortfall
from mba.terms import Option

FOLDER = ROOT / "profiles"
RIVERSIDE = FOLDER / "riverside.yaml"
EXAMPLES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("scenarios/*.yaml")])
CASES = [(path, None) for path in EXAMPLES] + [(RIVERSIDE, budget) for budget in ("19", "20", "21.5")]
"""Every example, and Riverside where the money is short."""
PLANS = {
    "Doing nothing": "today",
    "As today, for comparison only": "today",
    "Cheapest": "cheapest",
    "All moves, open ones too": "recommended",
    "All moves now": "sure",
    "Best fit": "best_fit",
}
PAYROLL = {"id": "payroll", "annual_cost": 90_000}
CHEAP = {"quotes": [{"mode": "buy", "supplier": "south", "cost": 20_000}]}
SOUTH = {"id": "south", "name": "South", "trust": 4}
GONE = {
    "id": "estates",
    "name": "Estates",
    "annual_cost": 300_000,
    "current": {"mode": "buy", "supplier": "somebody", "cost": 310_000},
    "leaves": {"to": "the region", "on": "2027-04-01"},
}


def printed(verb: str, profile: Any, *words: str) -> str:
    """What a command prints of a profile."""
    ended = run(verb, "-", *words, stdin=json.dumps(profile).encode())
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def of(*functions: Any, **organisation: Any) -> dict[str, Any]:
    """A profile of the functions, with one supplier."""
    whose = {"name": "X CCG", "population": 100_000, **organisation}
    return {"organisation": whose, "suppliers": [SOUTH], "functions": functions}


def first_said(profile: Any, *words: str) -> str:
    """The sentences that come first in a report, after whose it is and what to check first."""
    parts = printed("assess", profile, "--format", "markdown", *words).split("\n\n")
    return next(part for part in parts if part.startswith("**")).strip("*").replace("\\", "")


@cache
def reported(path: Path, budget: str | None) -> tuple[Any, str]:
    """The result as JSON, and the report as Markdown, of few draws but enough for levels."""
    words: list[str | Path] = ["assess", path, "--draws", "200", *(["--budget-per-head", budget] if budget else [])]
    found, report = (run(*words, "--format", format_) for format_ in ("json", "markdown"))
    assert (found.status, report.status) == (0, 0)
    return appraised(found.out), report.out


# What comes first


def test_first_it_says_what_moves_now_against_today_and_what_that_costs_once() -> None:
    said = first_said(of({**PAYROLL, **CHEAP, "current": "make"}), "--draws", "200")
    assert said == "Make 1 move now (£69,000 a year less than today, £67,000 once)."


def test_where_nothing_moves_it_says_so_and_what_is_kept() -> None:
    said = first_said(of({**PAYROLL, **CHEAP, "current": {"mode": "buy", "supplier": "south", "cost": 21_000}}))
    assert said == "Move nothing now. Keep 1 as it is."


def test_where_nothing_was_said_of_today_it_counts_the_ways_and_speaks_of_no_move() -> None:
    report = printed("assess", of(PAYROLL, {"id": "governance"}), "--format", "markdown")
    assert report.split("\n\n")[2] == "**Of 2 functions: make 1 and buy 1.**"
    assert not re.search(r"\b([Mm]oves?|[Kk]eep \d|Today|All moves)\b", report.split("## Assumed")[0])


def test_where_nothing_was_drawn_a_change_is_to_be_found_out_about_and_it_says_why() -> None:
    said = first_said(of({**PAYROLL, **CHEAP, "current": "make"}), "--draws", "0")
    assert said == "Move nothing now. Find out first about 1, because nothing was drawn."


def test_a_move_that_was_decided_is_made_without_a_draw() -> None:
    said = first_said(of({**PAYROLL, "current": "buy", "decided": {"mode": "make"}}), "--draws", "0")
    assert said.startswith("Make 1 move now (~£")


def test_what_leaves_is_counted_at_the_end_with_today_and_without() -> None:
    assert first_said(of({**PAYROLL, "current": "buy"}, GONE)).endswith("Keep 1 as it is. 1 function leaves.")
    assert first_said(of(PAYROLL, GONE, {**GONE, "id": "fleet"})) == "Of 1 function: buy 1. 2 functions leave."


def test_a_function_of_which_today_was_not_said_is_counted_apart_and_is_as_recommended_in_all_plans_but_two() -> None:
    report = printed("assess", of({**PAYROLL, "current": "buy"}, {"id": "governance"}), "--format", "markdown")
    assert report.split("\n\n")[2].endswith("How 1 function is run today was not said.**")
    said = "Where today was not said, all plans but Cheapest and Best fit have what is recommended: £242,000 a year."
    assert said in report


@pytest.mark.slow
@pytest.mark.parametrize(("path", "budget"), CASES)
def test_the_first_sentence_has_the_figures_of_the_result(path: Path, budget: str | None) -> None:
    found, report = reported(path, budget)
    head = report.split("\n\n")
    assert head[1].startswith("Not the usual") is bool(budget)
    said, plans = head[2 + bool(budget)], found["plans"]
    number = {action: sum(f["action"] == action for f in found["functions"]) for action in ("move", "keep", "find-out")}
    if number["move"]:
        spent = found["budget"]["committed"]
        more = apart(plans["sure"]["cost"] + spent, plans["today"]["cost"] + spent)
        against = f"{about(abs(more))} a year {'more' if more > 0 else 'less'} than today"
        moves = f"{number['move']} move{'s' * (number['move'] > 1)}"
        chosen = [(f["options"][f["recommendation"]], f["today"]) for f in found["functions"] if f["action"] == "move"]
        guessed = [new["estimated"] or not old["known"] for new, old in chosen if new["cost"] != old["cost"]]
        assert f"Make {moves} now ({'~' * any(guessed)}{against}, {about(plans['sure']['once'])} once)." in said
    else:
        assert "Move nothing now." in said
    assert (f"Keep {number['keep']} as" in said) is bool(number["keep"])
    assert (f"Find out first about {number['find-out']}" in said) is bool(number["find-out"])


# Open answers


def opened(found: Any) -> list[tuple[Any, str, str]]:
    """The functions whose answer is open, with its rival, what is likelier than it, and how often each came out."""
    rows = []
    for function in found["functions"]:
        sure = function["confidence"]
        if function["next_best"] and sure and sure["level"] == "open":
            often, chosen = sure["acceptability"], function["recommendation"]
            rival = max((option for option in often if option != chosen), key=often.__getitem__)
            likelier = [option for option in often if often[option] > often[chosen]]
            named = sorted({chosen, rival, *likelier}, key=lambda option: (-often[option], option != chosen))
            told = {each: percent(often[each]) for each in named}
            if list(filter(often.get, often)) == sorted(named, key=list(often).index) and len(named) == 2:
                told[named[1]] = f"{100 - int(told[named[0]].strip('<%'))}%"
            *first, last = (f"{each} {told[each]}" for each in named)
            rows.append((function, named[0], f"{', '.join(first)} or {last}"))
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_open_answer_names_its_rival_in_every_format_the_likelier_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    found, report = reported(path, None)
    words = ("--draws", "200")
    formats = {
        "text": " ".join(run("assess", path, "--full", *words).out.split()),
        "markdown": report,
        "page": run("assess", path, *words, "--format", "html").out,
        "paper": run("export", path, *words).out,
    }
    sheet = run("export", path, *words, "--format", "csv").out.removeprefix(BOM)
    functions = {row["id"]: row for row in csv.DictReader(io.StringIO(sheet))}
    rows = opened(found)
    assert rows
    for function, likeliest, said in rows:
        shares = set(re.split(", | or ", said))
        lines = formats["paper"].replace("\\", "").splitlines()
        assert any(shares <= set(re.split(r", | \| ", line)) for line in lines), "every share stands in the annex"
        for name, document in formats.items():
            if name == "paper":
                continue
            assert f"open: {said}".replace("<", "&lt;" if name == "page" else "<") in document.replace("\\", ""), name
        row = functions[function["id"]]
        assert function["confidence"]["likeliest"] == likeliest == row["likeliest"]
        assert {row["recommended"], row["rival"]} <= set(re.findall("[a-z]+", said)) - {"or"}
        often = function["confidence"]["acceptability"]
        assert float(row["rival_acceptability"]) == often[row["rival"]]
    for function in found["functions"]:
        row = functions[function["id"]]
        assert bool(row["rival"]) is (row["level"] == "open")


@pytest.mark.slow
def test_an_open_answer_names_its_rival_when_explained_and_when_held_against_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, _ = reported(RIVERSIDE, None)
    cut = FOLDER / "scenarios" / "allowance-cut.yaml"
    changed = " ".join(run("diff", RIVERSIDE, cut, "--draws", "200").out.split())
    monkeypatch.setenv("COLUMNS", "300")
    lines = run("diff", RIVERSIDE, cut, cut, "--draws", "200").out.split("What differs")[1].splitlines()
    assert any(line.startswith("Financial planning and management accounts ") for line in lines)
    after = {function["id"]: said for function, _, said in opened(reported(cut, None)[0])}
    for function, likeliest, said in opened(found):
        explained = " ".join(run("explain", RIVERSIDE, function["id"], "--draws", "200").out.split())
        assert re.search(rf"How sure: open, {said}(, rest \d+%)?\.", explained)
        chosen = function["recommendation"]
        rival = said.split()[3] if said.startswith(chosen) else likeliest
        for number, line in enumerate(lines):
            if line.startswith(f"{function['name']} "):
                below = next(filter(lambda each: each.startswith("  "), lines[number:]))
                assert re.search(rf"(or {rival}|{rival} likelier): A", below, re.IGNORECASE)
    assert f"open: {after['financial-planning']}" in changed


# The plans


@pytest.mark.slow
@pytest.mark.parametrize(("path", "budget"), CASES)
def test_the_plans_have_the_figures_of_the_result(path: Path, budget: str | None) -> None:
    found, report = reported(path, budget)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in report.splitlines()]
    shown = {name: row[1:] for row in rows if len(row) == 7 for name in row[0].split(" = ") if name in PLANS}
    assert {"recommended", *(PLANS[name] for name in shown)} == set(PLANS.values())
    for name, key in PLANS.items():
        if name not in shown:
            continue
        plan = found["plans"][key]
        committed, years = found["budget"]["committed"], sum(1.035**-year for year in range(5))
        spent, whole = plan["cost"] + committed, plan["whole_life"] + committed * years
        money = [about(sum_) for sum_ in (spent, found["budget"]["allowance"] - spent, plan["once"], whole)]
        shown[name][0] = shown[name][0].removeprefix("~")
        assert shown[name] == [*money, f"{plan['fit']:.1f}", str(plan["moves"])]
    assert found["plans"]["recommended"]["cost"] == found["budget"]["recommended_cost"]
    assert found["plans"]["recommended"]["moves"] == sum(function["moves"] for function in found["functions"])
    assert found["plans"]["sure"]["moves"] == sum(function["action"] == "move" for function in found["functions"])


def test_a_move_that_is_too_dear_for_now_is_named_as_what_the_money_needs() -> None:
    """Today costs more than there is, and only a move that is still open brings it down."""
    profile = of({**PAYROLL, **CHEAP, "current": "make"}, budget_per_head=0.5)
    said = " ".join(printed("assess", profile, "--draws", "0", "--full").split())
    needs = "It fits the allowance only with moves that are still open: Payroll and financial transactions."
    assert "With open moves too it fits from the second year" in said
    assert needs in said


# A gap


@pytest.mark.slow
@pytest.mark.parametrize("budget", ["19", "20"])
def test_what_could_close_a_gap_is_told_with_the_figures_of_the_result(budget: str) -> None:
    found, report = reported(RIVERSIDE, budget)
    short, names = found["shortfall"], {function["id"]: function["name"] for function in found["functions"]}
    told = report.split("Closing the gap of ")[1].split("\n## ")[0].replace("\\", "")
    assert short["gap"] == found["budget"]["gap"] == -found["budget"]["headroom"]
    assert told.startswith(f"{about(short['gap'])} a year, beyond all that is recommended")
    ways = {function["id"]: function["recommendation"] for function in found["functions"]}
    for move in short["moves"][:5]:
        whom = " and ".join((found["partners"] | found["suppliers"])[id_] for id_ in move["whom"])
        way = f"{move['option']} {names[move['function']]} {with_whom(Option(move['option']), whom)}".rstrip()
        if ways[move["function"]] != move["option"]:
            way += f" in place of {ways[move['function']]}"
        ways[move["function"]] = move["option"]
        assert f"{way} saves {about(move['saves'])} a year, with " in told, "from what the plan has, or a step before"
    shrink = re.search(r"Everything would have to shrink by ([\d.]+)%, or the allowance be", told)
    assert shrink
    assert -1e-9 <= float(shrink[1]) - 100 * short["shrink"] < 0.1, "it is rounded up, as less is not enough"
    assert all(names[id_] in told for id_ in short["least"])
    assert all("core" not in function["flags"] for function in found["functions"] if function["id"] in short["least"])


@pytest.mark.parametrize(
    ("ratings", "least"), [({}, ""), ({"importance": 2}, " and rated least important")], ids=["unrated", "rated"]
)
def test_the_single_move_that_closes_a_gap_comes_before_the_steps_and_each_says_what_it_loses(
    ratings: dict[str, int], least: str
) -> None:
    decision = decided(a_profile(a_function(name="Negotiation", ratings=ratings)))
    single = Closing("contract-negotiation", Option.BUY, 9_000, 12.6, 20_000, 4_040)
    steps = (
        Closing("contract-negotiation", Option.SHARE, 2_000, 1.0, 500, 0),
        Closing("contract-negotiation", Option.ALLY, 3_000, -0.2, 900, 0),
    )
    short = Shortfall(8_000, single, steps, 0.1, ("contract-negotiation",), 90_000)
    lines = [
        line for line in markdown(tuple(gap(decision._replace(shortfall=short), RULES.choice, 5))).splitlines() if line
    ]
    assert lines == [
        "Closing the gap of £8,000 a year, beyond all that is recommended:",
        (
            "- One move closes it: buy Negotiation in place of make saves £9,000 a year, "
            "with 13 points of fit less, £4,000 more once."
        ),
        ("- Best value first: share Negotiation in place of make saves £2,000 a year, with 1 point of fit less."),
        "- Next: ally Negotiation in place of share saves £3,000 a year, with as good a fit.",
        "- All 2 together save £5,000 a year; £3,000 is left to find.",
        "- So it can be closed, but the fit that is lost counts for at least 2 times what that saves.",
        "- Everything would have to shrink by 10.0%, or the allowance be £90,000.",
        f"- Neither statutory nor core{least}, the most costly first: Negotiation.",
    ]
    assert gap(decision, RULES.choice, 5) == []


# Worth


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_an_option_is_worth_is_the_sum_of_what_stands_above_it(path: Path) -> None:
    """To the pound or two by which each line is rounded."""
    found = answer(str(path), Asked(draws=0))
    for function in found.decision.functions:
        blocks = markdown(tuple(costs_and_worth(function, found.decision, found.rules)))
        if function.point is None:
            assert "so fit alone decides." in blocks
            continue
        rows = [[cell.strip(" *\\") for cell in line.strip("|").split(" | ")] for line in blocks.splitlines()]
        sums = [row[1:] for row in rows if len(row) >= 5 and (row[0].startswith(("fit,", "as today", "less")))]
        (total,) = [row[1:] for row in rows if row[0] == "Worth"]
        for place, option in enumerate(Option):
            if function.options[option].worth is None:
                assert total[place] == ""
                continue
            parts = [int(line[place].replace(",", "")) for line in sums if line[place]]
            assert int(total[place].replace(",", "")) == pytest.approx(sum(parts), abs=len(parts)), function.id


# Reasons


def said_of(*functions: Any, **organisation: Any) -> str:
    """Why the first of the functions is run as it is, from a supplier that is trusted."""
    profile = a_profile(*functions, suppliers=[SOUTH], **{"population": 100_000, **organisation})
    decision = decided(profile)
    return why(decision.functions[0], decision, RULES)


def test_what_fits_better_and_is_not_worth_its_price_is_told_with_what_it_is_worth_and_what_it_costs() -> None:
    quotes = [{"mode": "ally", "cost": 140_000, "supplier": SOUTH["id"]}]
    said = said_of(a_function(annual_cost=200_000, quotes=quotes))
    found = re.match(
        r"Make fits better \((\d+) against (\d+)\), which is worth £([\d,]+) a year, but costs £([\d,]+) a year more\. "
        r"With South\.$",
        said,
    )
    assert found, said
    more, less, gain, price = (int(each.replace(",", "")) for each in found.groups())
    assert more > less
    assert gain < price


def test_what_is_not_worth_a_move_is_told_with_what_moving_would_cost() -> None:
    found = answer(str(RIVERSIDE), Asked(draws=0))
    (function,) = [function for function in found.decision.functions if function.id == "financial-planning"]
    other = function.best
    assert (function.reason, function.recommendation, function.preferred) == ("today", "make", "share")
    said = why(function, found.decision, found.rules)
    assert ": too little to leave how it is run today for £" in said
    assert said.endswith(f" and {about(other.cost.once)} once.")


def test_what_the_money_moved_is_told_with_what_would_bring_it_back() -> None:
    skerrin = RIVERSIDE.with_name("skerrin.yaml")
    for path, per_head in ((RIVERSIDE, "21"), (skerrin, "25.92")):
        found = answer(str(path), Asked(draws=0, per_head=per_head))
        moved = [function for function in found.decision.functions if function.reason == "budget"]
        assert moved
        for function in moved:
            said = why(function, found.decision, found.rules)
            assert said.startswith("Moved by money: ")
            back = f" {about(function.restored_by or 0)} a year more would bring back what is worth most."
            assert (back in said) is bool(found.decision.budget.within_allowance and function.restored_by)


def test_what_there_is_no_money_for_is_not_to_be_brought_back_before_a_gap_is_closed() -> None:
    found = answer(str(RIVERSIDE), Asked(draws=0, per_head="2"))
    moved = [function for function in found.decision.functions if function.reason == "budget"]
    assert moved
    assert not any("bring back" in why(function, found.decision, found.rules) for function in moved)


def test_where_nothing_else_is_known_it_stays_as_it_is_with_no_other_reason() -> None:
    ferry = {"id": "ferry", "name": "The ferry", "current": {"mode": "buy", "supplier": "harbour-co"}}
    report = printed("assess", of(ferry, PAYROLL), "--draws", "200", "--format", "markdown")
    unlisted = "Buy from Harbour Co (not listed). Nothing else is known of it, so it stays as it is run today."
    assert unlisted in report.replace("\\", "")
    assert "1 of which nothing else is known" in report
    explained = printed("explain", of(ferry, PAYROLL), "ferry", "--draws", "200")
    assert "How sure: nothing is known of it but how it is run today." in " ".join(explained.split())
    assert "Worth" not in explained


@pytest.mark.slow
def test_the_same_from_others_who_fit_better_is_told_without_figures_that_nobody_has() -> None:
    for path in EXAMPLES[:3]:
        _, report = reported(path, None)
        assert "the same, worth £0" not in report
    decision = decided(load_profile(str(RIVERSIDE)))
    best = [each for each in decision.functions if each.has_rival and each.preferred is each.recommendation]
    function = best[0]
    for reason in (Reason.TODAY, Reason.VALUE):
        told = why(function._replace(reason=reason), decision, RULES)
        assert "To have it from others fits better, but" in told


DUTY = {"id": "emergency", "name": "Emergency planning", "flags": ["statutory"], "annual_cost": 300_000}
NEXT_DOOR = {"id": "northmarsh", "kind": "icb", "population": 900_000, "trust": 5}


def test_a_duty_of_a_board_may_be_shared_and_it_says_why_not_more() -> None:
    profile = {
        "organisation": {"name": "B", "kind": "icb", "population": 600_000},
        "partners": [NEXT_DOOR],
        "suppliers": [SOUTH],
        "functions": [DUTY],
    }
    explained = " ".join(printed("explain", profile, "emergency", "--draws", "0").split())
    stops = "because the law lets this duty be shared with public bodies, and not be given to a supplier."
    assert explained.startswith("Emergency planning: share")
    assert explained.count(f"Not available, {stops}") == 2
    paper = printed("export", profile, "--draws", "0", "--sections", "appraisal")
    assert "The law lets this duty be shared with public bodies, and not be given to a supplier." in paper


def test_a_duty_of_a_group_is_made_and_it_says_why() -> None:
    profile = {
        "organisation": {"name": "C", "population": 600_000},
        "partners": [{**NEXT_DOOR, "kind": "ccg"}],
        "suppliers": [SOUTH],
        "functions": [DUTY],
    }
    report = " ".join(printed("assess", profile, "--draws", "0", "--full").split())
    assert "By law the duty stays here." in report


# What leaves


def test_what_leaves_is_listed_and_in_no_sum() -> None:
    with_it, without = (
        json.loads(printed("assess", of(*some), "--draws", "200", "--format", "json"))
        for some in (({**PAYROLL, "current": "make"}, GONE), ({**PAYROLL, "current": "make"},))
    )
    assert with_it["budget"] == without["budget"]
    assert with_it["plans"] == without["plans"]
    (stays, gone), (alone,) = with_it["functions"], without["functions"]
    assert stays == alone
    unanswered = ("preferred", "recommendation", "reason", "confidence")
    assert [gone[key] for key in unanswered] == [None] * 4
    assert (gone["action"], gone["options"]) == ("leaves", {})
    assert gone["leaves"] == {"to": "the region", "on": "2027-04-01"}
    report = " ".join(printed("assess", of({**PAYROLL, "current": "make"}, GONE), "--full").split())
    assert "Estates leaves to the region on 1 April 2027; its £310,000 a year today is in no sum here." in report
    paper = printed("export", of({**PAYROLL, "current": "make"}, GONE), "--draws", "0")
    assert "Estates leaves to the region on 1 April 2027" in paper.replace("\\", "")
    assert "To decide how to run 1 support function within" in paper


def test_what_leaves_is_not_explained_and_check_says_that_it_is_left_out() -> None:
    ended = run("explain", "-", "estates", stdin=json.dumps(of(PAYROLL, GONE)).encode())
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("“estates” leaves, so nothing is recommended for it\n")
    assert "1 function, 0 partners, 1 supplier, 1 function that leaves." in printed("check", of(PAYROLL, GONE))


def test_what_stays_in_one_file_and_leaves_in_the_other_is_told_as_leaving(tmp_path: Path) -> None:
    stays = {**GONE, "current": "make"}
    del stays["leaves"]
    for name, row in (("stays", stays), ("leaves", {**GONE, "current": "make"})):
        (tmp_path / f"{name}.json").write_text(json.dumps(of(PAYROLL, row)), "utf-8")
    words = [tmp_path / "stays.json", tmp_path / "leaves.json"]
    said = " ".join(run("diff", *words, "--draws", "0").out.split())
    assert re.search(r"Estates ally → gone 0 −[\d,]+ It leaves\.", said)
    assert "Estates: leaving is to the region (on 1 April 2027) (before: not given)." in said
    assert "no longer in the profile" not in said
    back = " ".join(run("diff", *reversed(words), "--draws", "0").out.split())
    assert "It stays now, where it was to leave." in back


def test_the_money_is_left_out_where_nothing_is_costed() -> None:
    blocks = money(decided(a_profile({"id": "island-ferry", "name": "Ferry"})), RULES.choice)
    assert "| Plan" not in markdown(tuple(blocks))
    assert done_now(decided(a_profile({"id": "island-ferry", "name": "Ferry"}))) == "Of 1 function: make 1."


@given(once=st.integers(1, 10**8), saving=st.integers(1, 10**7))
def test_the_payback_is_the_first_month_or_year_by_which_the_saving_covers_what_a_move_costs_once(
    once: int, saving: int
) -> None:
    number, unit = paid_back(once, -saving).replace(",", "").split()
    a_year = {"month": 12, "months": 12, "years": 1}[unit]
    assert int(number) * saving >= once * a_year > (int(number) - 1) * saving
    assert (unit == "years") is (once * 12 > 119 * saving)


# What was decided


def test_what_all_cost_together_is_not_said_to_be_little_where_some_have_no_cost() -> None:
    blocked = {"id": "ferry", "flags": ["core"], "current": "make", "decided": {"mode": "share"}}
    other = {"id": "legal", "annual_cost": 50_000, "current": "make"}
    assert "All functions together cost" in printed("check", of(other))
    assert "All functions together cost" not in printed("check", of(blocked, other))


def test_what_every_organisation_keeps_is_placed_elsewhere_where_that_was_decided() -> None:
    """As the gate itself advises; a duty in law is not."""
    made = {"mode": "buy", "because": "Board, 3 May"}
    kept = a_function("supplier-management", current="make", decided=made)
    duty = a_function("payroll", annual_cost=90_000, flags=["statutory"], current="make", decided=made)
    found = decided(a_profile(kept, duty, suppliers=[a_supplier(trust=4)]))
    kept_, duty_ = found.functions
    assert (kept_.recommendation, kept_.chosen.blocked_by, kept_.action) == (Option.BUY, (), Action.MOVE)
    assert kept_.options[Option.ALLY].blocked_by[0] is GateCode.KEPT, "only what was decided"
    assert "The rules agree" not in why(kept_, found, RULES)
    assert (duty_.chosen.blocked_by, duty_.action) == ((GateCode.STATUTORY,), Action.FIND_OUT)


def test_where_moving_costs_more_decides_the_reason_says_how_much() -> None:
    """Else what fits better for less than that is worth would seem to be passed over for nothing."""
    current = {"mode": "buy", "supplier": "north", "cost": 190_000, "until": "2027-03-31"}
    quotes = [{"mode": "share", "partner": "westfold", "cost": 120_000}]
    row = a_function("payroll", flags=["transactional"], current=current, quotes=quotes, vat="charged")
    suppliers = [a_supplier("north", closes="2028-06-30"), a_supplier("coop", kind="mutual", trust=3, stability=3)]
    partners = [a_partner("westfold", trust=5, population=140_000)]
    profile = a_profile(row, partners=partners, suppliers=suppliers, population=180_000, **{"from": "2027-04-01"})
    found = decided(profile)
    (function,) = found.functions
    more = function.best.cost.once - function.chosen.cost.once
    assert (function.reason, more > 0, function.chosen.cost.once > 0) == (Reason.VALUE, True, True)
    assert f"{about(more)} more once" in why(function, found, RULES)


def test_what_was_decided_and_is_not_available_is_to_be_decided_again_and_not_moved_now() -> None:
    blocked = {"id": "payroll", "annual_cost": 90_000, "current": "make", "decided": {"mode": "share"}}
    profile = of(blocked)
    (found,) = appraised(printed("assess", profile, "--draws", "50", "--format", "json"))["functions"]
    assert found["action"] == "find-out"
    assert "make → share: decided, but not available: decide again" in printed("assess", profile, "--draws", "50")
    summary = printed("export", profile, "--draws", "50", "--summary")
    assert "Share was decided, and is not available: decide again." in summary


# Where fit alone decides


def core_and_bought(**more: Any) -> dict[str, Any]:
    """A function that the catalogue does not know, bought for £100,000, which would suit others better."""
    current = {"mode": "buy", "supplier": "south", "cost": 100_000}
    ratings = {"in_house_capability": 5, "asset_specificity": 5, "measurability": 1}
    return {"id": "triage-hub", "flags": ["core", "relational"], "current": current, "ratings": ratings, **more}


@pytest.mark.parametrize("asked", [None, 900_000])
def test_what_is_paid_for_today_is_not_left_now_for_what_costs_more_or_nobody_knows_what(asked: int | None) -> None:
    hills = {"id": "hills", "name": "Hills", "trust": 5, "population": 300_000}
    quotes = [{"mode": "share", "partner": "hills", "cost": asked}] if asked else []
    profile = of(core_and_bought(quotes=quotes)) | {"partners": [hills]}
    (found,) = appraised(printed("assess", profile, "--draws", "200", "--format", "json"))["functions"]

    assert found["moves"]
    assert found["confidence"]["level"] in ("robust", "leaning")
    assert found["action"] == "find-out"


# Where an estimate is less than is asked


def easy(**more: Any) -> dict[str, Any]:
    """A profile of a function that would be cheap by estimate to run in an alliance."""
    ratings = {"in_house_capability": 1, "scale_economies": 5}
    row = {"id": "desk", "name": "Desk", "flags": ["relational", "transactional"], "annual_cost": 200_000}
    csu = {"id": "central", "name": "Central CSU", "kind": "csu", "trust": 5, "stability": 4}
    hills = {"id": "hills", "name": "Hills", "trust": 5, "population": 300_000}
    dales = {"id": "dales", "name": "Dales", "trust": 5, "population": 900_000}
    profile = of({**row, "ratings": ratings, **more}, population=226_000)
    if "share" in str(more):
        return profile | {"suppliers": [], "partners": [hills, dales]}
    return profile | {"suppliers": [csu]}


PAID = {"mode": "buy", "supplier": "central", "cost": 350_000}
DEAR = {"mode": "buy", "supplier": "central", "cost": 900_000}
DALES = {"mode": "share", "partner": "dales", "cost": 390_000}


@pytest.mark.parametrize(
    ("more", "way", "asked"),
    [
        ({"current": PAID}, "ally", 327_103),
        ({"current": "make", "quotes": [DEAR]}, "ally", 900_000),
        ({"current": {"mode": "share", "partner": "hills", "cost": 400_000}, "quotes": [DALES]}, "share", 394_000),
    ],
)
def test_nothing_is_moved_now_at_an_estimate_below_what_the_same_body_is_known_to_ask(
    more: dict[str, Any], way: str, asked: int
) -> None:
    """Paid or offered, for the same work in another way or with others: the price is found out first."""
    profile = easy(**more)
    (found,) = appraised(printed("assess", profile, "--draws", "500", "--format", "json"))["functions"]

    assert (found["recommendation"], found["moves"], found["action"]) == (way, True, "find-out")
    assert found["options"][way]["asked"] == asked
    assert found["confidence"]["level"] in ("robust", "leaning")
    said = " ".join(printed("assess", profile, "--draws", "500").split())
    assert "MOVE NOW" not in said
    assert f"at what price? £{round(asked, -3) // 1_000}k is asked in another way" in said
    assert "for a firm price" in printed("export", profile, "--draws", "500", "--summary")


@pytest.mark.parametrize(
    "more",
    [
        {"current": "make"},
        {"current": PAID | {"cost": 100_000}},
        {"current": PAID | {"supplier": "somebody"}},
        {"current": PAID, "quotes": [{"mode": "ally", "supplier": "central", "cost": 120_000}]},
    ],
)
def test_an_offer_or_an_estimate_of_no_less_than_is_asked_or_of_somebody_else_may_be_moved_to_now(
    more: dict[str, Any],
) -> None:
    (found,) = appraised(printed("assess", easy(**more), "--draws", "500", "--format", "json"))["functions"]

    assert [option["asked"] for option in found["options"].values()] == [None] * 4
    assert (found["action"] == "find-out") is (found["confidence"]["level"] == "open")


def test_where_the_moves_now_fit_no_gap_is_put_to_the_board() -> None:
    hills = {"id": "hills", "name": "Hills", "trust": 5, "population": 300_000}
    quotes = [{"mode": "share", "partner": "hills", "cost": 900_000}]
    ratings = {"in_house_capability": 1, "scarce_expertise": 5}
    profile = of(core_and_bought(quotes=quotes) | {"ratings": ratings}, budget_per_head=2) | {"partners": [hills]}
    said = printed("export", profile, "--draws", "200", "--summary")

    assert "| **Decision asked** | Whether to keep things as they are for now. |" in said


def test_as_many_moves_close_a_gap_as_it_takes_and_no_more() -> None:
    short = answer(str(ROOT / "profiles/scenarios/support-unit-closes.yaml"), Asked(draws=0)).decision.shortfall
    assert short
    assert short.can_be_closed
    *before, last = short.moves
    assert sum(move.saves for move in before) < short.gap <= short.saved, last

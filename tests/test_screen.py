"""The first screen of `mba assess`: what it says, how much of it there is, and that it can be read at any width."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT
from rich.cells import cell_len
from running import run

from mba.answer import Answered, Asked, answer
from mba.render.console import console_text
from mba.render.document import Document, Table
from mba.report.plan import is_left_open
from mba.report.screen import assessed, screen
from mba.report.screen_rows import Most, moves_and_questions
from mba.results import Action

PATHS = sorted([*(ROOT / "profiles").glob("*.yaml"), *(ROOT / "profiles" / "scenarios").glob("*.yaml")])
HOSTILE = ("[bold]x[/bold]", "健康福祉部門の契約交渉", "e\u0301tude", "\x1b[31mred", "-" * 70, "=1+1", "<b>", "a" * 190)


@cache
def answered(path: Path, per_head: str | None = None, draws: int = 200) -> Answered:
    return answer(str(path), Asked(draws=draws, per_head=per_head))


def shown(found: Answered, width: int, monkeypatch: pytest.MonkeyPatch, *, full: bool = False) -> str:
    """The screen, or the whole report, on so many columns."""
    return on_columns(document_of(found, width, full=full), width, monkeypatch)


def on_columns(document: Document, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """A document on so many columns."""
    monkeypatch.setenv("COLUMNS", str(width))
    return console_text(document, io.StringIO())


def document_of(found: Answered, width: int = 80, *, full: bool) -> Document:
    """The screen for so many columns, or the whole report."""
    commands = "mba ask x.yaml", "mba assess x.yaml --full"
    return assessed(found.decision, found.rules, commands, width, full=full)


@cache
def said_of(path: Path, *, full: bool) -> Document:
    """The screen for 80 columns, or the whole report, on a shipped profile."""
    return document_of(answered(path), full=full)


def screen_of(*functions: dict[str, Any], draws: str = "200", suppliers: tuple[dict[str, Any], ...] = ()) -> str:
    """The screen on a profile of the functions, on one line."""
    profile = {"organisation": {"name": "X CCG", "population": 100_000}, "suppliers": suppliers, "functions": functions}
    ended = run("assess", "-", "--draws", draws, stdin=json.dumps(profile).encode())
    assert (ended.status, ended.err) == (0, "")
    return " ".join(ended.out.split())


PAYROLL = {"id": "payroll", "annual_cost": 90_000, "current": "make"}
SOUTH = {"id": "south", "name": "South", "trust": 4}
CHEAP = {"quotes": [{"mode": "buy", "supplier": "south", "cost": 20_000}]}


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_first_sentence_counts_what_is_done_with_all_of_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(path)
    words = " ".join(shown(found, 100, monkeypatch).split())
    moving, staying, asking = (len(found.decision.acting(each)) for each in (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    open_ = sum(map(is_left_open, found.decision.acting(Action.MOVE)))
    of = f"of {open_} " if open_ < moving else ""
    leaving = f" ({of}only leaving is sure)" if open_ else ""
    assert f"Move {moving or 'nothing'} now{leaving}, keep {staying}" in words
    assert (f"find out {asking} first" in words) is bool(asking)
    assert f"IN ALL {moving} move" in words if moving else "IN ALL No move" in words


def test_a_move_that_its_saving_does_not_pay_for_says_that_it_is_for_its_fit() -> None:
    text = run("assess", ROOT / "profiles" / "kingsport.yaml").out
    assert re.search(r"\d\d years +leaning", text)
    assert "for its fit, not money: it needs little local knowledge" in " ".join(text.split())
    offer = {"quotes": [{"mode": "buy", "supplier": "south", "cost": 40_000}]}
    assert "for its fit" not in screen_of({**PAYROLL, **offer}, suppliers=(SOUTH,))


def test_what_stays_until_it_is_found_out_has_no_payback_and_says_what_its_rival_would_change() -> None:
    whole = {
        "organisation": {"name": "X", "kind": "icb", "population": 1_240_000},
        "partners": [
            {"id": "north", "name": "North", "population": 1_050_000, "trust": 3},
            {"id": "council", "name": "Council", "trust": 4},
        ],
        "functions": [
            {
                "id": "chc",
                "name": "Care",
                "current": {"mode": "make", "cost": 3_900_000},
                "quotes": [{"mode": "share", "partner": "north", "cost": 3_600_000}],
            }
        ],
    }
    text, told = (
        run("assess", "-", *words, stdin=json.dumps(whole).encode()).out for words in ((), ("--format", "json"))
    )
    (function,) = json.loads(told)["functions"]
    assert (function["action"], function["recommendation"], function["confidence"]["likeliest"]) == (
        "find-out",
        "make",
        "share",
    )
    less = 3_900_000 - function["options"]["share"]["cost"]
    assert re.search(r"Care +the same +£0 +open \d\d%", text)
    assert re.search(rf"make or share \(\d+%, more often, £{less / 1000:.0f}k less\)", text)


@pytest.mark.slow
def test_every_move_is_named_where_much_is_to_be_checked_first_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then what to check is counted, since the command tells it."""
    paid = {"mode": "buy", "supplier": "acorn", "notice_months": 6}
    offer = {"mode": "share", "partner": "broads", "cost": 3_600_000}
    care = {"id": "continuing-healthcare", "current": {"mode": "make", "cost": 3_900_000}, "quotes": [offer]}
    rows = {"contract-negotiation": 1_450_000, "business-intelligence": 2_100_000, "payroll": 180_000}
    whole = {
        "organisation": {
            "name": "Fen",
            "kind": "icb",
            "population": 1_240_000,
            "committed_costs": 14_200_000,
            "from": "2027-04-01",
        },
        "partners": [
            {"id": "broads", "name": "Broads ICB", "population": 1_050_000, "trust": 3},
            {"id": "council", "name": "Wash County Council", "trust": 4},
        ],
        "suppliers": [
            {"id": "acorn", "name": "Acorn Ltd", "trust": 3, "stability": 1, "closes": "2027-03-31"},
            {"id": "bright", "name": "Bright Data Ltd", "trust": 2, "stability": 3},
        ],
        "functions": [
            *({"id": id_, "current": paid | {"cost": cost}} for id_, cost in rows.items()),
            care,
            {"id": "medicines-optimisation", "current": "make", "annual_cost": 1_300_000},
        ],
    }
    (tmp_path / "fen.yaml").write_text(json.dumps(whole), "utf-8")
    found = answered(tmp_path / "fen.yaml")
    moving, counted = found.decision.acting(Action.MOVE), False
    assert len(moving) >= 3
    for longer in range(0, 60, 4):
        checking = f"{'/a-path' * longer}/mba check fen.yaml"
        document = screen(found.decision, found.rules, "mba ask fen.yaml", "mba assess fen.yaml --full", checking)
        text = " ".join(on_columns(document, 80, monkeypatch).split())
        counted |= re.search(r"Check first, \d questions about the profile: ", text) is not None
        assert all(function.name in text for function in moving) or f" of {len(moving)}): " in text
    assert counted


def test_over_the_allowance_too_it_says_what_to_do_before_signing_and_what_others_would_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of moves that have no row give way, and what closes the gap is told in brief."""
    rows = [
        {"id": id_, "current": {"mode": "buy", "supplier": "csu", "cost": 1_000_000 + number, "until": "2027-03-31"}}
        for number, id_ in enumerate(("gp-it", "bi", "hr", "payroll", "procurement", "communications", "it"))
    ]
    own = [{"id": id_, "annual_cost": 4_000_000, "current": "make"} for id_ in ("finance", "chc", "safeguarding")]
    whole = {
        "organisation": {"name": "Wide Vale and Coast ICB", "kind": "icb", "population": 500_000, "from": "2028-04-01"},
        "partners": [{"id": "dee", "name": "Dee ICB", "kind": "icb", "population": 900_000, "trust": 4}],
        "suppliers": [{"id": "csu", "name": "Vale CSU", "kind": "csu", "closes": "2027-03-31"}],
        "functions": [*rows, *own],
    }
    (tmp_path / "wide.yaml").write_text(json.dumps(whole), "utf-8")
    found = answered(tmp_path / "wide.yaml")
    moving = found.decision.acting(Action.MOVE)
    assert len(moving) > 5
    words = shown(found, 80, monkeypatch)
    assert len(words.splitlines()) <= 24
    for each in (
        "OVER ALLOWANCE",
        "DOING NOTHING",
        "BEFORE SIGNING",
        "2025 BLUEPRINT",
        "IN ALL",
        f" of {len(moving)}): ",
    ):
        assert each in words, words
    assert "agree who runs" in words


def test_what_would_be_enough_is_told_for_all_moves_and_for_those_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Oakmere's open move saves money, so until it is made more is needed."""
    words = " ".join(shown(answered(ROOT / "profiles" / "oakmere.yaml"), 80, monkeypatch).split())
    assert "allow £1.92m (£1.94m until more is found out) or cut all" in words


def tables(found: Answered) -> list[Table]:
    """The rows of moves and questions, with as many as there may be."""
    blocks = moves_and_questions(found.decision, found.rules, Most())
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_at_most_five_moves_and_three_questions_are_shown_and_how_many_there_are(path: Path) -> None:
    found = answered(path)
    moving, asking = (len(found.decision.acting(each)) for each in (Action.MOVE, Action.FIND_OUT))
    for table in tables(found):
        rows = [row for row in table.rows if row.note]
        assert len(rows) <= 8
        if moving > 5:
            assert f"(5 of {moving})" in table.columns[0].title
        if moving or asking:
            assert len(rows) == min(moving, 5) + min(asking, 3)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_move_is_given_its_reason_in_at_most_eight_words(path: Path) -> None:
    found = answered(path)
    for table in tables(found):
        for row in table.rows:
            note = "".join(span.text for span in row.note)
            if note and "?" not in note and ": sure if " not in note:
                assert len(note.rsplit(": ", maxsplit=1)[1].split()) <= 8, note


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_it_is_one_screen_of_24_lines_of_80_columns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(shown(answered(path), 80, monkeypatch).splitlines()) <= 24


def test_long_names_leave_room_for_fewer_rows_and_it_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "the Upper Northumberland Coast and the Lower Derwent Valley with all that lies between them"
    south = {**SOUTH, "name": f"Support for {long}"}
    functions = tuple(
        {**PAYROLL, **CHEAP, "id": f"f{i}", "name": f"Duty {i} of {long}", "flags": ["transactional"]} for i in range(9)
    )
    monkeypatch.setenv("COLUMNS", "80")
    profile = {"organisation": {"name": long, "population": 100_000}, "suppliers": [south], "functions": functions}
    words = run("assess", "-", "--draws", "200", stdin=json.dumps(profile).encode()).out
    assert len(words.splitlines()) <= 24
    assert re.search(r"MOVE NOW \([1-4] of 9\)", words)


def test_the_words_of_how_sure_are_explained_above_their_first_use() -> None:
    words = screen_of({**PAYROLL, **CHEAP, "flags": ["transactional"]}, suppliers=(SOUTH,))
    assert words.index("robust 80+, leaning 60+") < words.index("MOVE NOW")
    assert "trials" not in screen_of({**PAYROLL, **CHEAP}, draws="0", suppliers=(SOUTH,))


def test_what_rests_on_an_estimate_is_marked_beside_its_sum_and_the_mark_is_explained() -> None:
    offered = screen_of({**PAYROLL, **CHEAP, "flags": ["transactional"]}, suppliers=(SOUTH,))
    assert "~" not in offered
    guessed = screen_of({"id": "payroll", "current": "make", "flags": ["transactional"]}, suppliers=(SOUTH,))
    assert re.search(r"~ estimate.*~£\d+k less", guessed, re.DOTALL)


def test_a_move_says_in_how_many_months_it_pays_back_and_one_that_costs_more_that_it_never_does() -> None:
    quotes = [{"mode": "buy", "supplier": "south", "cost": 60_000}]
    words = screen_of({**PAYROLL, "quotes": quotes, "flags": ["transactional"]}, suppliers=(SOUTH,))
    found = re.search(r"~?£(\d+)k less £(\d+)k (\d+) months", words)
    assert found
    less, once, months = map(int, found.groups())
    assert abs(months - 12 * once / less) <= 2
    closing = {**SOUTH, "id": "old", "name": "Old", "closes": "2026-01-31"}
    ending = {**PAYROLL, "current": {"mode": "buy", "supplier": "old", "cost": 10_000}, "quotes": quotes}
    assert " never " in screen_of({**PAYROLL, **CHEAP}, {**ending, "id": "hr"}, suppliers=(SOUTH, closing))


@pytest.mark.slow
def test_what_was_asked_for_that_is_not_the_usual_is_said_at_the_head_of_every_report(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rules = tmp_path / "mine.yaml"
    rules.write_text("rules:\n  TC02: {points: {make: -40, buy: 40}}\n", "utf-8")
    path = str(ROOT / "profiles" / "oakmere.yaml")
    others = answer(path, Asked(str(rules), "19", 200, 7, "9"))
    usual = answer(path, Asked(draws=200, premium="10%", per_head="25"))
    for full in (False, True):
        said = "Not the usual: £19.00 a head, premium 9%, rules mine.yaml, seed 7."
        assert said in " ".join(shown(others, 80, monkeypatch, full=full).split())
        assert "Not the usual" not in shown(usual, 80, monkeypatch, full=full)
    for form in ("markdown", "html"):
        assert (
            "Not the usual: premium 9%." in run("export", path, "--draws", "0", "--premium", "9", "--format", form).out
        )
        assert (
            "Not the usual: premium 9%." in run("assess", path, "--draws", "0", "--premium", "9", "--format", form).out
        )


def test_what_cannot_stay_says_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(ROOT / "profiles" / "harbour-icb.yaml", draws=2_000)
    words = " ".join(shown(found, 80, monkeypatch).split())
    assert "but 4 cannot stay beyond 31 Mar 2027." in words
    functions = []
    for function in found.decision.functions:
        action = {"payroll": Action.MOVE}.get(function.catalogue or function.id, Action.KEEP)
        functions.append(function._replace(action=action))
    alone = found._replace(decision=found.decision._replace(functions=tuple(functions)))
    words = " ".join(shown(alone, 80, monkeypatch).split())
    assert "buy from Crossroads CSU → from Harbour Hospitals Group: ends 31 Mar 2027" in words


WIDTHS = [
    *(20, 60, 80, 140, 400),
    *(pytest.param(width, marks=pytest.mark.slow) for width in (33, 47, 64, 100, 119, 160, 200, 300)),
]


@pytest.mark.slow
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal(width: int, full: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in PATHS[::3]:
        for line in on_columns(said_of(path, full=full), width, monkeypatch).splitlines():
            assert cell_len(line) <= width, line


@pytest.mark.parametrize("width", [20, 60, 80, 140])
def test_names_that_nobody_should_give_are_shown_as_they_are_and_break_no_line(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    functions = [
        {"id": f"f{i}", "name": name, "flags": ["transactional"], "annual_cost": 90_000, "current": "make", **CHEAP}
        for i, name in enumerate(HOSTILE)
    ]
    profile = {
        "organisation": {"name": HOSTILE[1], "population": 100_000},
        "suppliers": [{"id": "south", "name": HOSTILE[0], "trust": 4}],
        "functions": functions,
    }
    ended = run("assess", "-", "--draws", "200", stdin=json.dumps(profile).encode())
    if ended.status == 2:  # What cannot be in a file at all is refused there.
        profile["functions"] = [row for row in functions if "\x1b" not in str(row["name"])]
        ended = run("assess", "-", "--draws", "200", stdin=json.dumps(profile).encode())
    assert ended.status == 0
    assert "\x1b" not in ended.out
    assert "[bold]x[/bold]" in "".join(ended.out.split())
    assert all(cell_len(line) <= width for line in ended.out.splitlines())


def test_where_it_does_not_fit_that_comes_first_with_what_closes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = shown(answered(ROOT / "profiles" / "riverside.yaml", "20"), 100, monkeypatch).splitlines()
    assert words[1] == "Not the usual: £20.00 a head."
    assert next(filter(None, words[2:])).startswith("It does not fit: £")
    (closing,) = (line for line in words if line.startswith("TO CLOSE IT"))
    assert "else allow £" in closing
    assert any(line.startswith("OVER ALLOWANCE") for line in words)
    assert any(line.startswith("DOING NOTHING") and "too much" in line for line in words)


def test_where_nothing_was_said_of_today_it_says_how_to_run_each_and_speaks_of_no_move() -> None:
    words = screen_of({"id": "payroll", "annual_cost": 90_000}, suppliers=(SOUTH,))
    assert "How they are run today was not said, so none is called a move." in words
    assert "RUN THEM: how, and why £ a year how sure Payroll and financial transactions" in words
    assert "DOING NOTHING" not in words


def test_where_nothing_was_drawn_nothing_is_said_of_chances() -> None:
    words = screen_of({**PAYROLL, **CHEAP}, draws="0", suppliers=(SOUTH,))
    assert "Move nothing now, find out 1 first. Nothing was drawn, so nothing is sure." in words
    assert "not drawn make → buy from South" in words
    assert "chance" not in words


def test_where_nothing_is_costed_it_says_that_it_is_not_known_whether_it_fits() -> None:
    words = screen_of({"id": "ferry", "name": "The ferry", "flags": ["core"], "current": "make"})
    assert "COST Nothing has a cost, so whether it fits is not known." in words


def test_a_decision_of_many_words_is_cut_to_eight() -> None:
    because = "It was agreed by all of us after a very long evening in May"
    words = screen_of({**PAYROLL, "decided": {"mode": "buy", "because": because}}, suppliers=(SOUTH,))
    assert "buy from South: It was agreed by all of us after… " in words


def test_a_file_of_text_is_the_screen_and_every_other_format_is_full(tmp_path: Path) -> None:
    path = ROOT / "profiles" / "oakmere.yaml"
    for name, words in (("x.txt", ()), ("y.txt", ("--full",)), ("x.md", ()), ("y.md", ("--full",))):
        assert run("assess", path, "--draws", "0", "-o", tmp_path / name, *words).status == 0
    assert (tmp_path / "x.txt").read_text("utf-8") == run("assess", path, "--draws", "0").out
    assert (tmp_path / "y.txt").read_text("utf-8") == run("assess", path, "--draws", "0", "--full").out
    assert (tmp_path / "x.md").read_text("utf-8") == (tmp_path / "y.md").read_text("utf-8")


def test_of_how_many_functions_today_was_not_said_is_told_where_nothing_is_kept_too() -> None:
    moved = {"id": "payroll", "annual_cost": 70_000, "current": "buy", "decided": {"mode": "make"}}
    profile = {"organisation": {"name": "Tarn", "population": 145_000}, "functions": [moved, {"id": "communications"}]}
    said = run("assess", "-", "--draws", "0", stdin=json.dumps(profile).encode()).out
    assert "KEEP" not in said
    assert re.search(r"^TODAY NOT SAID +1", said, re.MULTILINE)


def prose() -> ModuleType:
    """The program that measures what a reader is given."""
    spec = importlib.util.spec_from_file_location("prose", ROOT / "benchmarks" / "prose.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_warning_reason_or_question_is_longer_than_twenty_five_words_or_said_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, measures = answered(path), prose()
    said = measures.sentences(shown(found, 999, monkeypatch, full=True), measures.names_in(found.decision))
    assert measures.repeated(said) < 0.05
    assert max(len(sentence.split()) for sentence in said) <= 25


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_sentence_of_a_paper_is_longer_than_twenty_five_words(path: Path) -> None:
    measures, paper = prose(), run("export", path, "--draws", "200").out
    said = measures.sentences(paper, measures.names_in(answered(path).decision))
    listed = [re.sub(r"Name(, Name)*( and Name)?", "Names", sentence) for sentence in said]
    longest = max(listed, key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 25, longest


def test_a_move_that_has_no_row_is_named_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(ROOT / "profiles/harbour-icb.yaml")
    words = " ".join(shown(found, 80, monkeypatch).split())
    assert re.search(r"MOVE NOW \(\d of 6\)", words)
    assert "ALSO MOVE" in words
    for function in found.decision.acting(Action.MOVE):
        assert function.name in words


def test_where_there_is_no_room_for_three_moves_with_reasons_each_has_a_line_with_its_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = answered(ROOT / "profiles" / "harbour-icb.yaml")
    lines = shown(found, 80, monkeypatch).splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("MOVE NOW ("))
    assert lines[head].endswith("to what                         vs today   once  how sure")
    moving = {each.name: each for each in found.decision.acting(Action.MOVE)}
    told = [line for line in lines[head:] if " → " in line and line.split(" → ")[0] in moving]
    assert len(told) >= 3
    assert all("£" in line for line in told)


def test_on_a_wider_screen_moves_say_with_whom_and_why_on_as_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    found = answered(ROOT / "profiles" / "harbour-icb.yaml")
    narrow, wide = (shown(found, width, monkeypatch) for width in (80, 120))
    said = "buy from Old Hall Law LLP → from Harbour Hospitals Group: it costs less, and fits better"
    assert said in wide
    assert said not in narrow
    assert max(len(words.splitlines()) for words in (narrow, wide)) <= 24


def test_the_screen_is_chosen_for_the_columns_that_it_is_shown_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour, to = str(ROOT / "profiles" / "harbour-icb.yaml"), tmp_path / "harbour.txt"
    for width, why in (("80", False), ("120", True)):
        monkeypatch.setenv("COLUMNS", width)
        assert ("from → to, why" in run("assess", harbour, "--draws", "200").out) is why
        assert run("assess", harbour, "--draws", "200", "-o", str(to), "--force").status == 0
        assert ("from → to, why" in to.read_text("utf-8")) is why


@pytest.mark.parametrize("cost", [None, 90_000])
@pytest.mark.parametrize("today", [{}, {"current": "make"}])
def test_a_sum_that_rests_on_an_estimate_is_marked_whatever_was_said_of_today(
    cost: int | None, today: dict[str, str]
) -> None:
    words = screen_of({"id": "safeguarding", "annual_cost": cost, **today})
    marked = re.findall(r"(~?)£[\d,]+(?: of £|: £)", words)
    assert marked == ["" if cost else "~"] * (1 + bool(today)), words
    assert ("~ estimate" in words) is (cost is None), "the mark is explained"
    if not today:
        assert ("only option" in words, "~£" in words) == (True, cost is None)


def closing(number: int, others: int) -> list[dict[str, Any]]:
    """Functions that a unit which closes runs today, and some that stay, each priced; one of these is to find out."""
    unit = {"mode": "buy", "supplier": "unit", "cost": 200_000, "until": "2027-03-31"}
    ending = [
        {
            "id": f"e{at}",
            "name": f"What is bought for each of us at once {at}",
            "flags": ["transactional"],
            "current": unit,
        }
        for at in range(number)
    ]
    kept = [{"id": f"k{at}", "flags": ["core"], "annual_cost": 150_000, "current": "make"} for at in range(others)]
    return [*ending, *kept]


@pytest.mark.parametrize("others", [[], [{"id": "firm", "kind": "private", "functions": ["e0"]}]])
def test_moves_in_a_line_ask_who_else_could_supply_them_where_nobody_is_known_to_go_to(
    others: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    unit = {"id": "unit", "kind": "csu", "closes": "2027-03-31"}
    words = screen_of(*closing(7, 12), suppliers=(unit, *others))
    assert re.search(r"MOVE NOW \([3-5] of 7\)", words), words
    assert ("who else could supply them?" in words) is (not others), words


@pytest.mark.parametrize(("priced", "said"), [(2, " once. "), (1, " once, 1 unpriced."), (0, ": at a cost not known.")])
def test_of_how_many_moves_the_cost_is_not_known_is_said_with_what_they_cost(priced: int, said: str) -> None:
    unit = {"id": "unit", "kind": "csu", "closes": "2027-03-31"}
    ending = closing(2, 0)
    for function in ending[:priced]:
        function["annual_cost"] = 250_000
    words = screen_of(*ending, PAYROLL, suppliers=(unit,))
    assert said in words, words


def test_how_many_are_run_today_in_a_way_that_was_not_said_is_told_where_what_is_kept_is_not() -> None:
    unit = {"id": "unit", "kind": "csu", "closes": "2027-03-31"}
    unsaid = [{"id": f"u{at}", "flags": ["core"], "annual_cost": 100_000} for at in range(2)]
    assert "today not said of 2" in screen_of(*closing(9, 12), *unsaid, suppliers=(unit,))

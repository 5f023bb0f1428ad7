"""How reports look: nothing cut, nothing lost, nothing in a profile's text that acts."""

from __future__ import annotations

import io
import re

import pytest
from builders import RULES, THIRTY, a_function, a_partner, a_profile, a_supplier, decided, result
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from mba.answer import Asked, answer
from mba.load.knowledge import load_references
from mba.option_result import Contribution
from mba.render.console import console_text, width_of
from mba.render.document import Column, Document, Heading, Paragraph, Row, Table, row, text
from mba.render.markdown import escaped, markdown
from mba.report.assess import assessment
from mba.report.check import Next, check_report
from mba.report.explain import explanation
from mba.report.plan import likelihood
from mba.report.queries import worded
from mba.report.reasons import AGAINST, FOR, speaks, why
from mba.report.words import listed, pounds
from mba.results import Reason
from mba.sensitivity.switching import switches
from mba.sureness import Acceptability, Confidence, Level, Question
from mba.terms import Option

HOSTILE = [
    "Care [adults] (CHC)",
    "[/]",
    ":skull:",
    "[bold]x[/bold]",
    "=1+1",
    "@SUM",
    "a|b",
    "`x`",
    "<script>",
    "# x",
    "1. x",
]


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def drawn(document: Document, monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    return console_text(document, io.StringIO())


def the_whole_catalogue() -> Document:
    profile = a_profile(
        *({"id": id_, "current": "buy"} for id_ in THIRTY),
        partners=[a_partner(name="Hillside CCG")],
        suppliers=[a_supplier(name="Central CSU")],
    )
    return assessment(decided(profile), RULES)


@pytest.mark.slow
@pytest.mark.parametrize("columns", [20, 40, 59, 60, 80, 100, 139, 140, 160, 250])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = the_whole_catalogue()
    narrow, wide = (drawn(document, monkeypatch, width) for width in (columns, 400))
    assert all(cell_len(line) <= columns for line in narrow.splitlines())
    assert not any(line != line.rstrip() for line in narrow.splitlines())
    words = set(re.findall(r"[A-Za-z]{3,}", wide)) - {"Why"}  # A sentence under its row needs no title.
    assert words <= set(re.findall(r"[A-Za-z]{3,}", narrow)) or columns < 30  # Below that, long words are split.
    assert "…" not in narrow


@pytest.mark.parametrize("name", HOSTILE)
def test_text_of_a_profile_is_shown_as_it_stands(name: str) -> None:
    profile = a_profile(a_function(name=name))
    assert name in console_text(assessment(decided(profile), RULES), io.StringIO())


def test_without_a_terminal_there_is_no_colour_and_with_no_color_there_is_none_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = assessment(decided(a_profile()), RULES)
    assert "\x1b" not in console_text(document, io.StringIO())
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in console_text(document, Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search("\x1b\\[[0-9;]*3[0-9]", console_text(document, Terminal()))


def test_colour_is_never_the_only_sign_of_an_answer() -> None:
    shown = console_text(assessment(decided(a_profile()), RULES), io.StringIO())
    assert "▸" in shown
    assert "×" in shown
    assert "Recommended" in shown


@pytest.mark.parametrize("columns", [48, 60, 80])
def test_what_heads_the_rows_below_it_takes_the_whole_width(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    head = "FIND OUT FIRST (1 of 3): what settles it"
    heads = (Column("MOVE NOW"), Column("vs today", figures=True), Column("once", figures=True))
    rows = (row("Payroll", "~£150k less", "£729k"), row(head, "", ""), row("HR and OD", "~£7k more", "£16k"))
    assert head in console_text((Table(heads, rows),)).splitlines()


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "", "99999"])
def test_a_senseless_width_falls_back_to_that_of_a_pipe(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert width_of(io.StringIO()) == 100


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40))
def test_markdown_shows_any_text_as_it_stands(words: str) -> None:
    """Parsed back, a paragraph and a cell hold the text that went in, white space folded."""
    expected = " ".join(words.split())
    table = Table((Column("A"), Column("B")), (Row((text(words), text("x"))),))
    parsed = MarkdownIt("commonmark").enable("table").parse(markdown((Paragraph(text(words)), table)))
    inline = [token for token in parsed if token.type == "inline"]
    assert all(child.type in ("text", "text_special") for token in inline for child in token.children or [])
    plain = ["".join(child.content for child in token.children or []) for token in inline]
    assert plain == ([expected] if expected else []) + ["A", "B", expected, "x"]


def test_markdown_makes_no_links_out_of_names() -> None:
    for word in ("https://x.example", "www.x.example", "a@b.example"):
        assert word not in escaped(word)


def test_money_and_lists_read_as_people_write_them() -> None:
    assert pounds(5_650_000.4) == "£5,650,000"
    assert pounds(-1_000) == "-£1,000"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 more"
    assert listed(["a", "b", "c"], most=2) == "a, b and c"


def test_the_answer_stands_under_no_heading_of_what_is_to_be_checked_first() -> None:
    few = decided(a_profile(a_function(annual_cost=95_000), population=140_000))
    titles = [block.text for block in assessment(few, RULES) if isinstance(block, Heading)]
    assert titles[1:3] == ["Check first", "The answer"]
    usual = few._replace(queries=())
    assert "The answer" not in [block.text for block in assessment(usual, RULES) if isinstance(block, Heading)]


def test_the_reasons_given_are_those_that_part_the_answer_from_what_comes_next() -> None:
    profile = a_profile(
        a_function(), partners=[a_partner()], suppliers=[a_supplier()], population=70_000, premium=1_000
    )
    found = result(profile)
    assert found.recommendation is Option.SHARE
    assert found.next_best is Option.MAKE
    said = speaks(found.chosen, found.options[Option.MAKE], RULES, FOR)
    assert said[:2] == ["the population is small for its own team", "few sell it, and checking is hard"]


def test_what_speaks_for_and_against_an_option_is_what_parts_it_from_the_answer() -> None:
    """Too small a population speaks for sharing as for buying, so between the two it is no argument."""
    profile = a_profile(a_function(), partners=[a_partner()], suppliers=[a_supplier()], population=70_000)
    options = result(profile).options
    small = "the population is small for its own team"
    make, share, buy = options[Option.MAKE], options[Option.SHARE], options[Option.BUY]
    assert speaks(buy, make, RULES, FOR)[0] == small
    assert speaks(make, share, RULES, AGAINST)[0] == small
    against = speaks(buy, share, RULES, AGAINST)
    assert small not in (*speaks(buy, share, RULES, FOR), *against)
    assert against[0] == "it is core, so control of it matters"
    assert speaks(make, make, RULES, FOR) == speaks(make, make, RULES, AGAINST) == []


def test_a_decided_function_shows_the_words_of_who_decided_and_what_the_rules_say() -> None:
    profile = a_profile(
        a_function(decided={"mode": "buy", "because": "Governing body, 12 May"}), suppliers=[a_supplier()]
    )
    found = decided(profile)
    said = why(found.functions[0], found, RULES)
    assert said.startswith(
        "Decided: “Governing body, 12 May”. On its merits it would be make (fit 62 against 32, for £"
    )


@pytest.mark.parametrize(
    ("suppliers", "depth", "words"),
    [
        (1, 5, "depth of the market 5 (counts as 3, since at most one credible supplier is listed)."),
        (1, 3, "depth of the market 3."),
        (2, 5, "depth of the market 5."),
    ],
)
def test_a_given_rating_that_is_capped_says_so(suppliers: int, depth: int, words: str) -> None:
    listed = [a_supplier(f"supplier-{number}") for number in range(suppliers)]
    decision = decided(a_profile(a_function(ratings={"market_depth": depth}), suppliers=listed))
    page = markdown(explanation(decision.functions[0], (), decision, RULES, load_references()))
    assert f"Rated from 1 to 5, given: {words}" in page.replace("\\", "")


def test_what_speaks_only_against_the_rival_is_not_said_to_speak_for_the_answer() -> None:
    """Hard to check is no reason to make it: it is one against buying."""
    profile = a_profile(a_function("payroll", flags=["transactional"], ratings={"in_house_capability": 3}))
    found = result(profile)
    against = found._replace(
        recommendation=Option.MAKE,
        next_best=Option.BUY,
        options=found.options
        | {
            Option.MAKE: found.options[Option.MAKE]._replace(contributions=()),
            Option.BUY: found.options[Option.BUY]._replace(contributions=(Contribution("TC02", -3, 0.5, -3.0),)),
        },
    )
    said = why(against, decided(profile), RULES)
    assert said.startswith("Against buying it speaks that it is hard to check from outside.")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["riverside", "kingsport", "harbour-icb"])
def test_what_stands_behind_an_answer_fits_eighty_lines_of_eighty_cells_before_its_rules(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    path = ROOT / "profiles" / f"{name}.yaml"
    found = answer(str(path), Asked(draws=200))
    for function in found.decision.functions:
        tips = switches(found.appraised, function.id)
        document = explanation(function, tips, found.decision, found.rules, found.knowledge.references)
        lines = console_text(document, io.StringIO()).splitlines()
        assert lines.index("Points by rule, as far as each holds") <= 80


@pytest.mark.parametrize(("paid", "risk"), [(None, "159,500"), (168_000, "10,440")])
def test_a_saving_that_may_not_come_is_none_above_what_is_paid_today(paid: int | None, risk: str) -> None:
    """Of in-house £425,000, or of what is paid, less an offer of £150,000, 58% is at risk."""
    quotes = [{"mode": "share", "partner": "hillside", "cost": 150_000}]
    current = {"mode": "buy", "supplier": "central-csu", "cost": paid} if paid else None
    row = a_function("payroll", annual_cost=425_000, current=current, quotes=quotes)
    found = decided(a_profile(row, partners=[a_partner()], suppliers=[a_supplier()]))
    said = markdown(explanation(found.functions[0], (), found, RULES, load_references()))
    assert f"Should the saving that sharing promises not come, £{risk} a year more." in " ".join(said.split())


def test_check_calls_a_function_by_its_own_name_where_a_supplier_has_its_id() -> None:
    function, supplier = a_function("odd-work", name="Odd work"), a_supplier("odd-work", name="The seller")
    said = markdown(check_report(decided(a_profile(function, suppliers=[supplier])), Next("", "")))
    assert "Odd work has no cost" in said
    assert "The seller has no cost" not in said


def test_check_tells_an_input_for_each_function_whose_answer_it_could_move() -> None:
    functions = [a_function(id_, name=id_.capitalize()) for id_ in ("payroll", "governance")]
    found = decided(a_profile(*functions, suppliers=[{"id": "seller", "name": "The seller"}]))
    asked = [
        Question("suppliers", "seller", "trust", 0, (each["id"],), {1: Option.MAKE, 2: Option.BUY})
        for each in functions
    ]
    said = markdown(check_report(found._replace(ask=tuple(asked)), Next("", "")))
    assert "for Payroll: make at 1; buy at 2" in said
    assert "for Governance: make at 1; buy at 2" in said


@pytest.mark.parametrize(
    ("paid", "quoted", "advice"),
    [
        (900_000, None, "Get a price of Hillside CCG (quotes)."),
        (None, 200_000, "Say what is paid today (current: cost)."),
        (900_000, 200_000, None),
    ],
)
def test_check_names_the_moves_that_change_most_money_on_an_estimate_and_what_to_say_instead(
    paid: int | None, quoted: int | None, advice: str | None
) -> None:
    runs = {"mode": "buy", "supplier": "central-csu", "cost": paid}
    quotes = [{"mode": "share", "partner": "hillside", "cost": quoted}] if quoted else []
    row = a_function("payroll", name="Payroll", current=runs, quotes=quotes, decided={"mode": "share"})
    found = decided(a_profile(row, partners=[a_partner(name="Hillside CCG")], suppliers=[a_supplier()]))
    assert found.functions[0].moves
    said = markdown(check_report(found, Next("", "")))
    assert ("Estimated, and moves most money" in said) is bool(advice)
    assert advice is None or advice in said


def test_a_question_about_a_supplier_calls_it_by_its_own_name_where_a_function_has_its_id() -> None:
    supplier = a_supplier("odd-work", name="The seller", kind="csu")
    function = a_function("odd-work", name="Odd work")
    found = decided(a_profile(function, suppliers=[supplier], kind="icb", population=1_500_000))
    (asked,) = (query for query in found.queries if query.about == "odd-work")
    assert "Until which day is The seller there?" in worded(asked, found)


def test_where_money_is_short_explain_shows_by_which_worth_it_was_chosen_and_what_comes_next_by_that() -> None:
    rows = [
        a_function("joint-commissioning", annual_cost=1_000_000, current="make"),
        a_function("payroll", annual_cost=400_000, current="make"),
    ]
    short, ample = (
        decided(a_profile(*rows, partners=[a_partner()], population=100_000, budget_per_head=head)) for head in (5, 100)
    )
    assert short.budget.gap
    for found, pound in ((short, 2), (ample, 1)):
        for function in found.functions:
            assert function.pound == pound
            worths = {option: each.worth_at(pound) or 0 for option, each in function.options.items() if each.available}
            assert max(worths, key=lambda option: worths[option]) is function.recommendation
            said = markdown(explanation(function, (), found, RULES, load_references()))
            assert ("Worth, as money is short" in said) is (pound > 1)


def test_an_open_answer_names_every_option_that_is_likelier_and_the_rest_in_one() -> None:
    found = decided(a_profile(a_function("payroll"), partners=[a_partner()], suppliers=[a_supplier()])).functions[0]

    def told(**often: float) -> str:
        chosen = Acceptability(**({"make": 0.0, "share": 0.0, "ally": 0.0, "buy": 0.0} | often))
        sure = Confidence(Level.OPEN, chosen, 0.01, 1_000, chosen, 1_000)
        return likelihood(found._replace(recommendation=Option.MAKE, confidence=sure, reason=Reason.FIT))

    assert told(make=0.29, share=0.39, buy=0.32) == "open: share 39%, buy 32% or make 29%"
    assert told(make=0.45, share=0.35, buy=0.2) == "open: make 45% or share 35%, rest 20%"
    assert told(make=0.3, share=0.38, buy=0.22, ally=0.1) == "open: share 38% or make 30%, rest 32%"


def test_an_offer_that_comes_after_those_shown_is_named_with_its_price() -> None:
    paid = {"mode": "buy", "supplier": "tarn", "cost": 300_000}
    dearer = {"mode": "buy", "supplier": "acme", "cost": 290_000}
    row = a_function("payroll", annual_cost=400_000, current=paid, quotes=[dearer])
    found = decided(a_profile(row, suppliers=[a_supplier("tarn"), a_supplier("acme", name="Acme")]))
    (function,) = found.functions
    assert function.options[Option.BUY].supplier == "tarn"
    said = " ".join(markdown(explanation(function, (), found, RULES, load_references())).split())
    assert "Offers that come after these: buy, Acme, £290,000." in said

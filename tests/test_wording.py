"""What a manager reads in each situation: through the commands, and true there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
import yaml
from builders import RULES, a_partner, a_profile, a_supplier, result
from conftest import ROOT
from running import run

from mba.report.plan import on_assumed
from mba.report.reasons import in_group
from mba.report.words import about, in_full, pounds
from mba.terms import Option

POOR = {"name": "Fellside CCG", "population": 100_000, "budget_per_head": 0.5}
"""£50,000 a year."""
TWO_SUPPLIERS = [{"id": "north", "trust": 3}, {"id": "south", "trust": 4}]


def answer(
    command: tuple[str, ...], *functions: dict[str, Any], organisation: dict[str, Any] = POOR, **who: Any
) -> str:
    """What a command prints of a profile of the functions."""
    profile = {"organisation": organisation, "suppliers": TWO_SUPPLIERS, **who, "functions": functions}
    verb, *words = command
    ended = run(verb, "-", *words, stdin=json.dumps(profile).encode())
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def read(*functions: dict[str, Any], command: tuple[str, ...] = ("assess", "--full"), **keys: Any) -> str:
    """The same on one line."""
    return " ".join(answer(command, *functions, **keys).split())


def payroll(**keys: Any) -> dict[str, Any]:
    return {"id": "payroll", "annual_cost": 100_000, **keys}


def legal(**keys: Any) -> dict[str, Any]:
    return {"id": "legal-services", "annual_cost": 200_000, **keys}


MAKE, BUY, SHARE = ({"decided": {"mode": mode}} for mode in ("make", "buy", "share"))

# Over the money


def test_where_everything_is_decided_and_over_it_says_that_this_is_what_was_decided() -> None:
    said = read(payroll(**MAKE), legal(**MAKE))
    assert "All that is recommended does not fit: it is £250,000 a year too much." in said
    assert "Closing the gap of £250,000 a year, beyond all that is recommended:" in said
    assert "But for what was decided, no other way to run any function is known to cost less." in said
    assert "Everything would have to shrink by 83.4%, or the allowance be £300,000." in said


def test_where_some_is_decided_and_over_nothing_cheaper_is_said_to_be_left_beside_that() -> None:
    said = read(payroll(), legal(**MAKE))
    assert "All that is recommended does not fit: it is £" in said
    assert "But for what was decided, no other way to run any function is known to cost less." in said


def test_where_nothing_is_decided_and_over_what_fits_best_may_be_the_cheapest_too() -> None:
    said = read(payroll(), legal())
    assert "All that is recommended does not fit: it is £" in said
    assert "No single move closes it. • No other way to run any function is known to cost less." in said
    assert "decided" not in said


FERRY = {
    "id": "island-ferry",
    "flags": ["transactional"],
    "quotes": [{"mode": "buy", "cost": 30_000, "supplier": "south"}],
}


def test_where_only_a_quote_is_known_nothing_is_called_the_cheapest() -> None:
    """Another way to run them may well be cheaper: nobody knows."""
    said = read(FERRY, {**FERRY, "id": "island-bus"})
    assert "All that is recommended does not fit: it is £" in said
    assert "cheapest" not in said
    assert "No other way to run any function is known to cost less." in said
    explained = read(FERRY, command=("explain", "island-ferry"))
    assert "Not every option that is available has a cost, so fit alone decides." in explained


@pytest.mark.slow
def test_whoever_says_that_nothing_costs_less_says_what_is_left_out_and_what_is_paid_for_it() -> None:
    """The ferry is paid £300,000; what making it would cost, nobody knows."""
    ferry: dict[str, Any] = {"id": "island-ferry", "flags": ["core", "relational"]}
    ferry["current"] = {"mode": "buy", "supplier": "south", "cost": 300_000}
    left = "No costs are compared of island-ferry, £300,000 a year today: not every way has a price."
    said = read(ferry, payroll(current="make", **MAKE))
    assert f"no other way to run any function is known to cost less. {left}" in said
    assert "A function with no price as recommended counts there as it does today." in said
    stays, paper = legal(current="make", flags=["core"]), ("export", "--format", "markdown", "--draws", "200")
    assert re.search(rf"The cheapest plan, 2 moves, would cost .* less.* {left}", read(ferry, stays, command=paper))
    assert f"No plan is known to cost less a year. {left}" in read(ferry, payroll(current="make"), command=paper)
    assert "of what has every price, nothing is known to cost less" in read(ferry, stays, command=("assess",))
    assert "No costs are compared" not in read(payroll(), legal())
    assert "No costs are compared" not in read({**ferry, "decided": {"mode": "make"}}, payroll(current="make", **MAKE))


def test_a_move_for_its_fit_past_an_offer_for_less_says_that_all_its_ratings_are_assumed() -> None:
    row: dict[str, Any] = {"id": "joint-commissioning", "annual_cost": 300_000}
    row["current"] = {"mode": "buy", "supplier": "gone", "cost": 310_000}
    row["quotes"] = [{"mode": "buy", "supplier": "south", "cost": 230_000}]
    rich = POOR | {"population": 300_000, "budget_per_head": 20}
    suppliers = [{"id": "south", "trust": 3, "long_term": False}]
    said = read(row, command=("assess",), organisation=rich, suppliers=suppliers)
    assert re.search(r"MOVE NOW.* robust .*; all its ratings are assumed: it fits at 6\d, and buy, offered for £", said)
    paper = ("export", "--summary", "--format", "markdown", "--draws", "200")
    said = read(row, command=paper, organisation=rich, suppliers=suppliers)
    assert re.search(r"; all its ratings are assumed, and less is offered", said)
    row["ratings"] = {"asset_specificity": 4}
    said = read(row, command=("assess",), organisation=rich, suppliers=suppliers)
    assert "MOVE NOW" in said
    assert "ratings are assumed" not in said


def test_an_offer_for_less_that_fits_no_worse_is_not_passed_over_for_the_fit() -> None:
    offer = [{"mode": "buy", "cost": 230_000, "supplier": "central-csu"}]
    row = {"id": "joint-commissioning", "annual_cost": 300_000, "quotes": offer}
    found = result(a_profile(row, suppliers=[a_supplier(long_term=False)], population=300_000))
    assert found.recommendation is Option.MAKE
    assert on_assumed(found).startswith("all its ratings are assumed: it fits at ")
    as_good = found.options[Option.BUY]._replace(fit=found.chosen.fit)
    assert not on_assumed(found._replace(options=found.options | {Option.BUY: as_good}))


def test_where_nothing_is_costed_there_is_no_part_on_money() -> None:
    said = read({"id": "island-ferry", "flags": []})
    assert "Nothing is costed, so whether it fits in the allowance is not known." in said
    assert "The money" not in said
    assert "no sum below" not in said


# Within the money


RICH = {**POOR, "budget_per_head": 10}


# Decided


def test_what_is_decided_and_merely_dear_is_not_said_to_be_blocked() -> None:
    said = read(payroll(), legal(annual_cost=90_000, **MAKE), organisation={**POOR, "budget_per_head": 0.8})
    assert "something blocks it" not in said
    assert "although" not in said


@pytest.mark.parametrize("command", [("assess", "--full"), ("check",)])
def test_what_is_decided_and_cannot_be_had_is_warned_of(command: tuple[str, ...]) -> None:
    said = read(payroll(**SHARE), command=command, organisation=RICH)
    assert "Something blocks what was decided for Payroll and financial transactions." in said
    assert "alone costs more" not in said


def test_the_reason_why_something_is_blocked_stands_with_what_was_decided() -> None:
    said = "Decided already, although no partner is listed for it with trust above 1."
    assert f"{said} Of what is available, the best is buy (fit 61 against 46)." in read(payroll(**SHARE))
    explained = read(payroll(**SHARE), command=("explain", "payroll"))
    assert f"{said} Of what is available, the best is buy (fit 61 against 46)." in explained


def test_what_was_decided_against_what_is_worth_more_is_not_said_to_agree_with_the_rules() -> None:
    said = read(payroll(**MAKE), command=("explain", "payroll"), organisation=RICH)
    merits = r"Decided already\. On its merits it would be buy \(fit 61 against 38, for £[\d,]+ a year less\)\."
    assert re.search(merits, said)
    assert "The rules agree." not in said


def test_the_draws_leave_what_is_decided_as_it_is_and_say_so() -> None:
    said = read(payroll(**BUY), command=("explain", "payroll", "--draws", "50"), organisation=RICH)
    assert "How sure: decided, so no draw changes it." in said
    assert "robust" not in said
    assert "Chosen" not in said
    assert "How sure: robust, " in read(payroll(), command=("explain", "payroll", "--draws", "200"), organisation=RICH)


# One function


def test_costs_are_said_to_be_worked_out_from_the_in_house_cost_whosever_figure_it_is() -> None:
    for function, estimated in ((payroll(), False), ({"id": "payroll"}, True)):
        said = read(function, command=("explain", "payroll"), organisation=RICH)
        assert "Worked out from the in-house cost: ally and buy." in said
        assert ("In-house cost is estimated from the catalogue" in said) is estimated


def test_warnings_name_whom_they_are_about_and_how_far_you_trust_them() -> None:
    suppliers = [{"id": "north", "name": "Northern CSU", "trust": 2}]
    said = read(payroll(), suppliers=suppliers, organisation=RICH)
    assert "Northern CSU is trusted at 2 of 5, yet would run Payroll and financial transactions." in said
    found = json.loads(answer(("assess", "--format", "json"), payroll(), suppliers=suppliers, organisation=RICH))
    cautions = {caution["code"]: caution for caution in found["warnings"]}
    assert (cautions["untrusted"]["about"], cautions["untrusted"]["rated"]) == ("north", 2)
    assert cautions["untrusted"]["amount"] is None
    cost = found["functions"][0]["options"]["buy"]["cost"]
    assert (cautions["dependency"]["about"], cautions["dependency"]["amount"]) == ("north", cost)


def test_what_somebody_is_taken_to_offer_stands_among_what_is_assumed() -> None:
    said = read(payroll(), organisation=RICH)
    assert "would sign for three years, open to every function" in said
    assert "importance 3" in said


def test_what_was_decided_is_had_from_whom_it_is_worth_most_from() -> None:
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for cost, id_ in ((30_000, "north"), (60_000, "south"))]
    said = read(payroll(quotes=quotes, **BUY))
    assert "Moved by money" not in said
    assert "Buy from North. Decided already. The rules agree." in said


def test_what_has_no_cost_is_not_said_to_be_cheapest() -> None:
    said = read(payroll(), legal(), {"id": "island-ferry", "name": "Island ferry"})
    assert "What has a cost, 2 functions, does not fit: it is £" in said
    assert "No other way to run any function is known to cost less." in said


@pytest.mark.parametrize("file", ["rules", "costs", "procurement", "sources", "catalogue"])
def test_no_sentence_of_what_it_knows_is_longer_than_twenty_five_words(file: str) -> None:
    data = yaml.safe_load((ROOT / "src" / "mba" / "knowledge" / "data" / f"{file}.yaml").read_text("utf-8"))
    said = chain.from_iterable(re.split(r"(?<=[.?!])\s+(?=[A-Z“0-9])", words) for words in texts_in(data))
    assert [sentence for sentence in said if len(sentence.split()) > 25] == []


def texts_in(data: object) -> Iterator[str]:
    """Every text of a tree."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from texts_in(each)
    elif isinstance(data, str):
        yield data


@pytest.mark.parametrize("price", range(70_000, 100_000, 3_000))
def test_the_rules_agree_with_what_was_decided_just_where_they_would_say_it_where_nothing_fits_too(price: int) -> None:
    offer = {"mode": "buy", "cost": price, "supplier": "central-csu"}
    row = {"id": "payroll", "annual_cost": 100_000, "quotes": [offer]}
    parties: dict[str, Any] = {"suppliers": [a_supplier()], "partners": [a_partner()], "budget_per_head": 0.1}
    alone = result(a_profile(row, **parties), "payroll")
    for mode in Option:
        found = result(a_profile(row | {"decided": {"mode": mode.value}}, **parties), "payroll")
        agrees = "The rules agree." in in_group(found, RULES)
        assert agrees is (mode is alone.recommendation), (mode, alone.recommendation)


@pytest.mark.parametrize("sum_", [298_500, 299_500, 2_698_500, -298_500, 1_499])
def test_a_sum_is_rounded_alike_in_a_sentence_and_in_a_table(sum_: int) -> None:
    assert pounds(int(in_full(sum_).replace(",", "").replace("−", "-"))) == about(sum_)

"""What holds of integrated care boards today: suppliers, support units, parts beside their whole."""

from __future__ import annotations

from typing import Any

import pytest
from builders import CATALOGUE, a_function, a_partner, a_profile, a_supplier, decided

from mba.caution import QueryCode
from mba.profile import Profile
from mba.report.queries import worded
from mba.results import Decision
from mba.terms import OrganisationKind


def asked(decision: Decision, code: QueryCode) -> list[str]:
    return [worded(query, decision) for query in decision.queries if query.code is code]


def assumed_kind(decision: Decision) -> list[object]:
    return [item.value for item in decision.assumptions if (item.group, item.key) == ("suppliers", "kind")]


@pytest.mark.parametrize(("kind", "usual"), [("ccg", "csu"), ("icb", "nhs-body")])
def test_a_supplier_of_no_kind_is_a_support_unit_for_a_group_and_never_for_a_board(kind: str, usual: str) -> None:
    decision = decided(a_profile({"id": "payroll"}, suppliers=[a_supplier("bureau")], kind=kind))
    assert assumed_kind(decision) == [usual]


def test_a_board_is_asked_whether_its_supplier_charges_vat() -> None:
    row, listed = {"id": "payroll"}, [a_supplier("bureau", name="The Bureau"), a_supplier("b", kind="private")]
    assert asked(decided(a_profile(row, suppliers=listed)), QueryCode.SUPPLIER_KIND) == []
    (question,) = asked(decided(a_profile(row, suppliers=listed, kind="icb")), QueryCode.SUPPLIER_KIND)
    assert question.startswith("What kind of body is The Bureau?")


def test_a_board_is_asked_until_when_its_support_unit_is_there() -> None:
    row, open_, closing = {"id": "payroll"}, a_supplier(kind="csu"), a_supplier(kind="csu", closes="2027-03-31")
    assert asked(decided(a_profile(row, suppliers=[open_])), QueryCode.SUPPORT_UNIT) == []
    assert asked(decided(a_profile(row, suppliers=[closing], kind="icb")), QueryCode.SUPPORT_UNIT) == []
    (question,) = asked(decided(a_profile(row, suppliers=[open_], kind="icb")), QueryCode.SUPPORT_UNIT)
    assert "31 March 2027" in question


@pytest.mark.parametrize(
    ("listed", "called"),
    [([], "South Ridings CSU (not listed)"), ([a_supplier("south-ridings-csu", name="South CSU")], "South CSU")],
)
def test_who_is_called_a_support_unit_is_asked_its_closing_day_with_its_kind(
    listed: list[dict[str, Any]], called: str
) -> None:
    row = {"id": "payroll", "current": {"mode": "buy", "supplier": "south-ridings-csu", "until": "2027-03-31"}}
    decision = decided(a_profile(row, suppliers=listed, kind="icb", name="Riverside ICB"))
    assert decision.queries[0].code is QueryCode.NAMED_SUPPORT_UNIT
    (question,) = asked(decision, QueryCode.NAMED_SUPPORT_UNIT)
    assert f"Is {called} one?" in question
    assert "its kind (csu) and the day until which it is there (closes)" in question
    assert asked(decision, QueryCode.SUPPLIER_KIND) == []


def test_who_is_called_a_support_unit_and_is_of_another_kind_or_has_its_day_is_not_asked_its_day() -> None:
    row = {"id": "payroll"}
    private = a_supplier("south-ridings-csu", kind="private")
    closing = a_supplier("south-ridings-csu", closes="2027-03-31")
    for listed in (private, closing):
        assert asked(decided(a_profile(row, suppliers=[listed], kind="icb")), QueryCode.NAMED_SUPPORT_UNIT) == []
    assert len(asked(decided(a_profile(row, suppliers=[closing], kind="icb")), QueryCode.SUPPLIER_KIND)) == 1
    open_ = a_supplier("south-ridings-csu")
    assert asked(decided(a_profile(row, suppliers=[open_])), QueryCode.NAMED_SUPPORT_UNIT) == []


@pytest.mark.parametrize(("until", "is_asked"), [("2027-06-30", True), ("2027-03-31", False), (None, False)])
def test_a_contract_that_is_to_run_past_the_closing_of_its_supplier_is_asked_about(
    until: str | None, is_asked: bool
) -> None:
    row = {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu"} | ({"until": until} if until else {})}
    decision = decided(a_profile(row, suppliers=[a_supplier(kind="csu", closes="2027-03-31")], kind="icb"))
    said = asked(decision, QueryCode.OUTLASTS)
    assert bool(said) is is_asked
    assert all("is to run past the day on which Central CSU closes" in line for line in said)


def test_a_closing_support_unit_comes_before_less_grave_questions() -> None:
    row = {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu", "until": "2027-03-31"}}
    decision = decided(a_profile(row, suppliers=[a_supplier(kind="csu")], kind="icb", name="Riverside ICB"))
    assert [query.code for query in decision.queries][:2] == [QueryCode.SUPPORT_UNIT, QueryCode.START]


@pytest.mark.parametrize(("until", "asks"), [("2026-10-01", 1), ("2027-03-31", 0), ("2027-06-30", 0)])
def test_a_contract_that_ended_long_before_the_start_is_a_question(until: str, asks: int) -> None:
    row = {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu", "cost": 300_000, "until": until}}
    start: dict[str, Any] = {"from": "2027-04-01"}
    found = asked(decided(a_profile(row, suppliers=[a_supplier()], **start)), QueryCode.ENDED)
    assert len(found) == asks
    assert all("ends on 1 October 2026, well before" in question for question in found)
    gone = a_supplier(closes="2027-03-31")
    assert asked(decided(a_profile(row, suppliers=[gone], **start)), QueryCode.ENDED) == []


@pytest.mark.parametrize(("paid", "asks"), [(95_000, 1), (130_000, 0), (300_000, 0), (900_000, 0), (1_000_000, 1)])
def test_a_price_three_times_from_the_in_house_cost_is_a_question(paid: int, asks: int) -> None:
    row = {
        "id": "payroll",
        "annual_cost": 320_000,
        "current": {"mode": "buy", "cost": paid},
        "quotes": [{"mode": "buy", "supplier": "central-csu", "cost": paid}],
    }
    decision = decided(a_profile(row, suppliers=[a_supplier()]))
    assert len(asked(decision, QueryCode.PAID)) == asks
    assert len(asked(decision, QueryCode.QUOTE)) == asks


def test_a_price_far_from_the_estimate_is_a_question_though_the_estimate_is_raised_to_it() -> None:
    row = {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu", "cost": 5_000_000}}
    (said,) = asked(decided(a_profile(row, suppliers=[a_supplier()])), QueryCode.PAID_ESTIMATE)
    assert "costs £5,000,000 a year today; in-house the catalogue would estimate £" in said


def test_an_offer_far_from_the_usual_is_told_with_who_makes_it() -> None:
    offers = [
        {"mode": "share", "partner": "hillside", "cost": 9_000},
        {"mode": "buy", "supplier": "central-csu", "cost": 8_000},
    ]
    decision = decided(
        a_profile(
            a_function("payroll", annual_cost=300_000, quotes=offers), partners=[a_partner()], suppliers=[a_supplier()]
        )
    )
    told = [(query.about, query.given) for query in decision.queries if query.code is QueryCode.QUOTE]
    assert told == [("central-csu", 8_000), ("hillside", 9_000)]


def test_a_part_beside_its_whole_is_a_question() -> None:
    whole, part = {"id": "quality"}, {"id": "safeguarding", "annual_cost": 150_000}
    decision = decided(a_profile(whole, part))
    (question,) = asked(decision, QueryCode.PART_OF)
    assert question == (
        "The estimate of Provider quality and patient safety holds Safeguarding children and adults already. "
        "Say what Provider quality and patient safety costs without it, or list one of the two."
    )


def test_a_whole_of_known_cost_is_taken_to_be_without_its_part() -> None:
    whole, part = {"id": "quality", "annual_cost": 200_000}, {"id": "safeguarding"}
    assert asked(decided(a_profile(whole, part)), QueryCode.PART_OF) == []


def test_what_is_estimated_for_boards_holds_no_part_of_anything_else() -> None:
    decision = decided(a_profile({"id": "quality"}, {"id": "safeguarding"}, kind="icb", population=1_500_000))
    assert asked(decision, QueryCode.PART_OF) == []


def test_a_part_alone_is_no_question() -> None:
    assert asked(decided(a_profile({"id": "safeguarding"})), QueryCode.PART_OF) == []


def test_a_function_of_ones_own_has_no_estimate_that_could_hold_another() -> None:
    decision = decided(
        a_profile({"id": "zebra-keeping", "name": "Zebra keeping"}, {"id": "governance"}, {"id": "payroll"})
    )
    assert asked(decision, QueryCode.PART_OF) == []


def every_function(kind: OrganisationKind, population: int, **keys: Any) -> Profile:
    """All that a kind of organisation runs, with nothing said but that it is made."""
    rows = [{"id": id_, "current": "make"} for id_ in CATALOGUE.whole(kind)]
    return a_profile(*rows, kind=kind, population=population, **keys)


def test_costs_left_out_come_within_what_boards_spent_before_the_cuts() -> None:
    budget = decided(every_function(OrganisationKind.ICB, 1_900_000)).budget
    assert budget.recommended_cost
    assert 30 <= budget.recommended_cost / 1_900_000 <= 37


def test_the_gap_to_a_boards_envelope_is_told_with_what_others_could_run() -> None:
    decision = decided(every_function(OrganisationKind.ICB, 1_900_000))
    short = decision.shortfall
    assert short
    assert short.gap == (decision.budget.recommended_cost or 0) - 35_644_000
    assert short.passing[:2] == ("neighbourhood-health", "continuing-healthcare")
    assert {"safeguarding", "integrated-care-partnership"} <= set(short.passing)
    assert "commissioning-strategy" not in short.passing
    assert 0 < short.passing_cost < (decision.budget.recommended_cost or 0)


def test_what_others_could_run_is_told_of_a_board_whose_plan_fits_too() -> None:
    decision = decided(every_function(OrganisationKind.ICB, 1_900_000, budget_per_head=60))
    assert decision.shortfall is None
    assert decision.passing
    assert decision.passing.functions[:2] == ("neighbourhood-health", "continuing-healthcare")
    group = decided(every_function(OrganisationKind.CCG, 300_000))
    assert group.passing is None


def test_no_blueprint_speaks_of_groups() -> None:
    short = decided(every_function(OrganisationKind.CCG, 300_000, budget_per_head=15)).shortfall
    assert short
    assert (short.passing, short.passing_cost) == ((), 0)


def test_what_has_one_name_is_told_apart_by_its_id() -> None:
    rows = [{"id": id_, "name": "Analytics", "flags": ["transactional"], "annual_cost": 90_000} for id_ in ("a", "b")]
    bureaus = [a_supplier(id_, name="The Bureau") for id_ in ("x", "y")]
    decision = decided(a_profile(*rows, {"id": "payroll"}, suppliers=bureaus))
    assert decision.names["a"] == "Analytics (a)"
    assert decision.names["payroll"] == "Payroll and financial transactions"
    assert decision.others == {"x": "The Bureau (x)", "y": "The Bureau (y)"}
    (question,) = asked(decision, QueryCode.SAME_NAME)
    assert question == "“a” and “b” have one name, Analytics. Is each a function of its own?"


def test_two_ids_of_one_function_are_named_by_their_ids() -> None:
    decision = decided(a_profile({"id": "hr"}, {"id": "human-resources"}))
    (question,) = asked(decision, QueryCode.SAME_FUNCTION)
    assert question.startswith(
        "“hr” and “human-resources” are taken for one function of the catalogue, Human resources"
    )


def test_who_is_not_listed_but_runs_something_for_a_board_is_asked_about_too() -> None:
    row = {"id": "legal-services", "current": {"mode": "buy", "supplier": "old-hall-law", "cost": 165_000}}
    (question,) = asked(decided(a_profile(row, kind="icb")), QueryCode.SUPPLIER_KIND)
    assert question.startswith("What kind of body is Old Hall Law")


@pytest.mark.parametrize("end", ["closes", "until"])
def test_what_ends_on_a_day_needs_the_day_from_which_the_answer_is_to_hold(end: str) -> None:
    day = {end: "2029-12-31"}
    current = {"mode": "buy", "supplier": "central-csu"} | (day if end == "until" else {})
    listed = [a_supplier(**(day if end == "closes" else {}))]
    row = {"id": "payroll", "current": current}
    (question,) = asked(decided(a_profile(row, suppliers=listed)), QueryCode.START)
    assert "what runs Payroll and financial transactions today counts as ended or closed" in question
    start: dict[str, Any] = {"from": "2027-04-01"}
    assert asked(decided(a_profile(row, suppliers=listed, **start)), QueryCode.START) == []

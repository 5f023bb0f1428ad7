"""Three of today's footprints, with their public figures and invented ratings: what the answers must keep to."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from pathlib import Path

import pytest
from builders import CATALOGUE, RULES

from mba.decide.decide import decide
from mba.knowledge.procurement import ExemptionCode, RegimeCode, StaffTransfer
from mba.load.profiles import load_profile
from mba.results import Action, Decision
from mba.terms import Flag, Option

CLUSTERS = sorted((Path(__file__).parent / "clusters").glob("*.yaml"))
OUTSIDE = (Option.BUY, Option.ALLY)


@cache
def of(path: Path) -> Decision:
    return decide(load_profile(str(path)), RULES, CATALOGUE)


def named(name: str) -> Decision:
    return of(Path(__file__).parent / "clusters" / f"{name}.yaml")


each_cluster = pytest.mark.parametrize("path", CLUSTERS, ids=lambda path: path.stem)


def test_there_are_three() -> None:
    assert [path.stem for path in CLUSTERS] == ["alone", "merged-in-london", "two-boards"]


@each_cluster
def test_nothing_that_is_usual_for_a_board_is_asked_about(path: Path) -> None:
    assert of(path).queries == ()


@each_cluster
def test_every_everyday_name_is_known(path: Path) -> None:
    assert [function.id for function in of(path).functions if function.catalogue is None] == []


@each_cluster
def test_what_the_law_lays_on_the_board_goes_to_no_supplier(path: Path) -> None:
    duties = [function for function in of(path).functions if Flag.STATUTORY in function.flags]
    assert duties
    for function in duties:
        assert function.recommendation not in OUTSIDE
        assert not any(function.options[option].available for option in OUTSIDE)


@each_cluster
def test_nothing_is_left_with_or_given_to_what_closes(path: Path) -> None:
    decision = of(path)
    assert decision.profile
    closing = {supplier.id for supplier in decision.profile.suppliers if supplier.closes}
    for function in decision.functions:
        assert not closing & set(function.chosen.whom())
        if function.today and closing & set(function.today.with_):
            assert function.ending
            assert function.action in (Action.MOVE, Action.FIND_OUT)


@each_cluster
def test_what_moves_by_choice_is_worth_it(path: Path) -> None:
    for function in filter(attrgetter("moves"), of(path).functions):
        if function.ending or function.today is None:
            continue
        now = function.options[function.today.mode]
        cheaper = (function.chosen.cost.pounds or 0) < (function.today.cost or 0)
        assert cheaper or function.chosen.fit > now.fit


@each_cluster
def test_leaders_and_the_informed_customer_stay_or_are_shared(path: Path) -> None:
    kept = {"clinical-leadership", "supplier-management", "executive-leadership", "governance"}
    for function in of(path).functions:
        if function.catalogue in kept:
            assert function.recommendation in (Option.MAKE, Option.SHARE)


@pytest.mark.parametrize(("name", "a_head"), [("two-boards", (29, 33)), ("merged-in-london", (28, 34))])
def test_a_board_that_has_not_cut_yet_is_told_its_gap_and_the_ways_out(name: str, a_head: tuple[int, int]) -> None:
    decision = named(name)
    budget, short = decision.budget, decision.shortfall
    assert budget.recommended_cost
    assert a_head[0] <= budget.recommended_cost / decision.organisation.population <= a_head[1]
    assert not budget.within_allowance
    assert short
    assert short.gap == budget.recommended_cost + budget.committed - budget.allowance
    assert short.passing
    assert short.least
    assert short.shrink > 0.3


def test_a_board_that_has_cut_fits_even_when_its_support_unit_closes() -> None:
    decision = named("alone")
    assert decision.budget.within_allowance
    assert decision.shortfall is None
    assert {function.id for function in decision.functions if function.moves} == {
        "bi",
        "gp-it",
        "payroll",
        "hr",
    }


def test_what_leaves_is_in_no_sum() -> None:
    decision = named("two-boards")
    (leaves,) = decision.leaving
    assert (leaves.id, leaves.catalogue) == ("eprr", "emergency-preparedness")
    assert sum(function.counted or 0 for function in decision.functions) == decision.budget.recommended_cost


@each_cluster
def test_every_contract_has_its_regime_and_every_move_its_rules_for_staff(path: Path) -> None:
    for function in of(path).functions:
        route = function.route
        assert route
        if function.recommendation in OUTSIDE:
            assert route.regime is RegimeCode.ACT
            assert route.value
        if function.recommendation is Option.SHARE:
            assert route.exemption is ExemptionCode.HORIZONTAL
        assert (route.staff is not None) == function.moves


def test_from_a_support_unit_to_a_trust_staff_move_between_public_bodies() -> None:
    routes = {function.id: function.route for function in named("alone").functions if function.moves}
    assert {route.staff for route in routes.values() if route} == {StaffTransfer.COSOP}
    assert routes["gp-it"]
    assert routes["gp-it"].exemption is ExemptionCode.BETWEEN_PUBLIC_BODIES

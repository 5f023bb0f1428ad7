"""What holds of every result (`mba.invariants`): of what is worked out, and of what is read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import assume, given
from strategies import Data, examples, profiles
from whole_profiles import whole_profiles

from mba.decide.decide import appraise, settle
from mba.invariants import broken
from mba.load.across import inconsistencies
from mba.load.profiles import load, load_profile
from mba.load.stored import load_result
from mba.load.tree import tree_of
from mba.profile import Profile
from mba.results import Action, Decision, FunctionResult
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.draws import Draws
from mba.terms import Option

SHIPPED = sorted((ROOT / "profiles").glob("*.yaml"))


def assessed(profile: Profile, draws: int = 250) -> Decision:
    appraised = appraise(profile, RULES, CATALOGUE)
    decision = settle(appraised)
    return with_confidence(decision, appraised, Draws(draws, 1)) if draws else decision


@examples(40)
@given(whole_profiles())
def test_they_hold_of_profiles_with_every_key(data: Data) -> None:
    assume(not list(inconsistencies(tree_of(data))))
    assert list(broken(assessed(Profile.model_validate(data)))) == []


@examples(100)
@given(profiles(most=4, suppliers=2, partners=2, money=True))
def test_they_hold_where_nothing_was_drawn(data: Data) -> None:
    assume(not list(inconsistencies(tree_of(data))))
    assert list(broken(assessed(Profile.model_validate(data), draws=0))) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_they_hold_of_the_shipped_profiles(path: Path) -> None:
    assert list(broken(assessed(load_profile(str(path))))) == []


def test_they_hold_of_what_the_first_version_stored() -> None:
    decision = load_result(str(ROOT / "tests" / "stored" / "riverside-0.1.json"))
    assert decision
    assert list(broken(decision)) == []


@pytest.fixture(scope="module")
def decision() -> Decision:
    """A board that is over its allowance: it has actions of each kind, a gap, plans, questions and routes."""
    return assessed(load(str(ROOT / "profiles" / "scenarios" / "integrated-care-board.yaml")).profile)


def first(decision: Decision, wanted: Callable[[FunctionResult], object], **changes: Any) -> Decision:
    """The decision with the first function that is wanted changed."""
    found = next(filter(wanted, decision.functions))
    changed = found._replace(**changes)
    return decision._replace(functions=tuple(changed if each is found else each for each in decision.functions))


def moves(function: FunctionResult) -> bool:
    return function.action is Action.MOVE


def stays(function: FunctionResult) -> bool:
    return function.action is Action.KEEP


def has_route(function: FunctionResult) -> bool:
    return bool(function.route and function.route.value and function.route.threshold)


def test_a_result_that_is_whole_has_nothing_to_find(decision: Decision) -> None:
    assert list(broken(decision)) == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d._replace(functions=(*d.functions, d.functions[0]), profile=None), "a function is there twice"),
        (lambda d: d._replace(budget=d.budget._replace(gap=d.budget.gap + 1)), "the gap is "),
        (lambda d: d._replace(budget=d.budget._replace(moving_once=1)), "the moves cost "),
        (lambda d: d._replace(budget=d.budget._replace(first_year_left=1)), "the first year leaves "),
        (lambda d: d._replace(budget=d.budget._replace(uncosted=("nobody",))), "the budget is about a function that"),
        (lambda d: d._replace(shortfall=d.shortfall._replace(least=("nobody",))), "the shortfall is about a function"),
        (lambda d: d._replace(shortfall=d.shortfall._replace(gap=1)), "the shortfall is of 1, and the gap is "),
        (lambda d: d._replace(shortfall=d.shortfall._replace(allowance=1)), "an allowance of 1 is not what is "),
        (lambda d: d._replace(shortfall=None), "the shortfall does not agree with the gap"),
        (
            lambda d: d._replace(plans=d.plans._replace(recommended=d.plans.recommended._replace(moves=0))),
            "the recommended plan makes 0 moves",
        ),
        (
            lambda d: d._replace(plans=d.plans._replace(recommended=d.plans.recommended._replace(cost=1))),
            "the recommended plan costs 1 a year",
        ),
        (
            lambda d: d._replace(plans=d.plans._replace(today=d.plans.today._replace(cost=1))),
            "a year, and its functions",
        ),
        (
            lambda d: d._replace(plans=d.plans._replace(cheapest=d.plans.cheapest._replace(cost=10**9))),
            "the cheapest plan costs 1,000,000,000 a year",
        ),
        (
            lambda d: d._replace(plans=d.plans._replace(sure=d.plans.sure._replace(moves=0))),
            "and the plan of the sure ones makes 0",
        ),
        (lambda d: d._replace(ask=(d.ask[0]._replace(surer=99.0), *d.ask[1:])), "makes 99.0 of "),
        (lambda d: first(d, stays, action=Action.MOVE), "it is to be moved now, and is no sure move"),
        (lambda d: first(d, moves, action=Action.KEEP), "it is to be kept, and moves"),
        (lambda d: first(d, moves, current=None), "today is told in two ways"),
        (lambda d: first(d, lambda f: f.next_best, margin=99), "the margin is not what lies between"),
        (lambda d: first(d, lambda f: f.has_rival, next_best=None, margin=None, current=Option.ALLY), "told in two"),
        (
            lambda d: first(d, lambda f: f.has_rival, options={}),
            "an option is missing",
        ),
    ],
)
def test_what_does_not_agree_is_named(decision: Decision, spoil: Callable[[Any], Decision], words: str) -> None:
    assert any(words in wrong for wrong in broken(spoil(decision)))


@pytest.mark.parametrize(("dearer", "wrong"), [(1, False), (2, True)])
def test_the_cheapest_plan_may_be_dearer_by_the_pound_that_rounding_takes(
    decision: Decision, dearer: int, wrong: bool
) -> None:
    assert decision.plans
    cheapest = decision.plans.cheapest._replace(cost=(decision.plans.recommended.cost or 0) + dearer)
    said = list(broken(decision._replace(plans=decision.plans._replace(cheapest=cheapest))))
    assert any("the cheapest plan costs" in each for each in said) is wrong


def test_a_contract_on_the_wrong_side_of_its_threshold_is_named(decision: Decision) -> None:
    found = next(filter(has_route, decision.functions))
    assert found.route
    spoilt = first(decision, has_route, route=found.route._replace(above=not found.route.above))
    assert any("does not agree with a threshold" in wrong for wrong in broken(spoilt))


def test_what_comes_next_where_nothing_else_is_available_is_a_fault_and_no_traceback() -> None:
    decision = decided(a_profile(a_function(annual_cost=300_000), partners=[a_partner()], suppliers=[a_supplier()]))
    (function,) = decision.functions
    assert function.next_best
    shut = {
        option: each._replace(available=option is function.recommendation) for option, each in function.options.items()
    }
    said = list(broken(decision._replace(functions=(function._replace(options=shut),))))
    assert any("the next best" in line for line in said)

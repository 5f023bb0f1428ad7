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
from mba.sensitivity.hypercube import Draws
from mba.spending import Part, PartName
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


OURS = {"id": "our-own", "name": "Our own"}


@pytest.mark.parametrize(
    ("row", "organisation"),
    [
        (OURS, {}),
        (OURS | {"current": {"mode": "buy", "supplier": "central-csu"}}, {}),
        (OURS | {"current": "make"}, {"committed_costs": 10**7}),
        (OURS | {"decided": {"mode": "share"}}, {}),
        (OURS | {"decided": {"mode": "share"}, "annual_cost": 90_000}, {"committed_costs": 10**7}),
        (a_function(current={"mode": "buy", "cost": 90_000}), {}),
    ],
)
def test_they_hold_where_nothing_is_known_or_what_is_decided_cannot_be(row: Data, organisation: Data) -> None:
    decision = decided(a_profile(row, suppliers=[a_supplier()], **organisation))
    assert list(broken(decision)) == []


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
        (lambda d: d._replace(budget=d.budget._replace(uncosted=("nobody",))), "the budget is about a function that"),
        (lambda d: d._replace(shortfall=d.shortfall._replace(least=("nobody",))), "the shortfall is about a function"),
        (lambda d: d._replace(shortfall=None), "the shortfall does not agree with the gap"),
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


SUMMED = [
    ("budget.recommended_cost", "the recommended costs add up to "),
    ("budget.headroom", "not a headroom of "),
    ("budget.committed", "not a headroom of "),
    ("budget.gap", "the gap is "),
    ("budget.moving_once", "the moves cost "),
    ("budget.first_year_left", "the first year leaves "),
    ("plans.recommended.cost", "the recommended plan costs "),
    ("plans.recommended.once", "the recommended plan costs "),
    ("plans.recommended.moves", "the recommended plan makes "),
    ("plans.today.cost", "a year, and its functions "),
    ("plans.ending.moves", "moves must be made, and their plan makes "),
    ("shortfall.gap", "the shortfall is of "),
    ("shortfall.allowance", "is not what is recommended and committed"),
]
"""Figures that are those of their parts, and what is said where one is not."""


def spoilt(whole: Any, names: list[str], change: Callable[[Any], Any]) -> Any:
    """What is frozen with a change of the value that the names lead to."""
    if not names:
        return change(whole)
    return whole._replace(**{names[0]: spoilt(getattr(whole, names[0]), names[1:], change)})


@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize(("figure", "words"), SUMMED, ids=[figure for figure, _ in SUMMED])
def test_a_figure_that_is_one_more_or_less_than_its_parts_is_named(
    decision: Decision, figure: str, words: str, by: int
) -> None:
    wrong = list(broken(spoilt(decision, figure.split("."), lambda value: value + by)))
    assert any(words in line for line in wrong)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fit": 1}, "the contributions to "),
        ({"cost": lambda cost: cost._replace(pounds=cost.pounds + 1)}, "the parts of the cost of "),
        ({"cost": lambda cost: cost._replace(pounds=cost.pounds - 1)}, "the parts of the cost of "),
        ({"cost": lambda cost: cost._replace(pounds=-1, parts=(Part(PartName.TEAM, -1),))}, " is below 0"),
        ({"cost": lambda cost: cost._replace(pounds=0, parts=())}, ""),
        ({"cost": lambda cost: cost._replace(pounds=None, parts=())}, ""),
        ({"available": lambda available: not available}, " is available and blocked, or neither"),
    ],
)
def test_what_is_wrong_with_an_option_is_named_and_to_cost_nothing_is_not(changes: dict[str, Any], words: str) -> None:
    decision = decided(a_profile(a_function(annual_cost=300_000), partners=[a_partner()], suppliers=[a_supplier()]))
    (function,) = decision.functions
    option = next(each for each in function.options if each not in (function.recommendation, function.next_best))
    each = function.options[option]
    for key, change in changes.items():
        value = getattr(each, key)
        each = each._replace(**{key: change(value) if callable(change) else value + change})
    said = list(broken(decision._replace(functions=(function._replace(options=function.options | {option: each}),))))
    if words:
        assert any(words in line for line in said)
    else:
        assert said == []


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize("within", [True, False])
def test_what_leaves_nothing_is_within_the_allowance_and_what_is_over_it_is_not(
    decision: Decision, over: int, within: bool
) -> None:
    budget = decision.budget
    allowance = (budget.recommended_cost or 0) + budget.committed - over
    budget = budget._replace(allowance=allowance, headroom=-over, within_allowance=within)
    said = any("within_allowance does not agree" in line for line in broken(decision._replace(budget=budget)))
    assert said is (within is not (over <= 0))


@pytest.mark.parametrize(("surer", "wrong"), [(0.0, False), (1.0002, False), (-0.001, True), (1.001, True)])
def test_a_question_makes_none_to_all_of_its_answers_sure_but_for_rounding(
    decision: Decision, surer: float, wrong: bool
) -> None:
    ask = decision.ask[0]._replace(functions=decision.ask[0].functions[:1], surer=surer)
    said = list(broken(decision._replace(ask=(ask,))))
    assert any("answers sure" in line for line in said) is wrong


@pytest.mark.parametrize(("error", "wrong"), [(0.0, False), (1.0, False), (-0.0001, True), (1.0001, True)])
def test_a_share_is_from_none_to_all(error: float, wrong: bool) -> None:
    decision = assessed(a_profile(a_function(), partners=[a_partner()], suppliers=[a_supplier()]))
    (function,) = decision.functions
    assert function.confidence
    sure = function.confidence._replace(error=error)
    said = list(broken(decision._replace(functions=(function._replace(confidence=sure),))))
    assert any("a share is below 0 or above 1" in line for line in said) is wrong


@pytest.mark.parametrize(("more", "wrong"), [(0.0002, False), (0.0003, True), (-0.0002, False), (-0.0003, True)])
def test_shares_of_four_decimals_add_up_to_one_but_for_rounding(more: float, wrong: bool) -> None:
    """Each of the four may be off by half of the last decimal."""
    decision = assessed(a_profile(a_function(), partners=[a_partner()], suppliers=[a_supplier()]))
    (function,) = decision.functions
    sure = function.confidence
    assert sure
    for shares, words in (("acceptability", "the acceptabilities add"), ("alone", "the acceptabilities alone add")):
        given = getattr(sure, shares)
        option = max(Option, key=lambda each: min(getattr(given, each), 1 - getattr(given, each)))
        moved = given._replace(**{option: getattr(given, option) + more})
        said = list(
            broken(decision._replace(functions=(function._replace(confidence=sure._replace(**{shares: moved})),)))
        )
        assert any(words in line for line in said) is wrong


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

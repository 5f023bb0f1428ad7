"""The first screen of `mba assess`: what it says agrees with itself, and is never more than is known."""

from __future__ import annotations

import re

import pytest
from builders import CATALOGUE, RULES
from conftest import ROOT

from mba.decide.decide import appraise, settle
from mba.load.profiles import load_profile
from mba.render.console import console_text
from mba.report.plan import more_than_today
from mba.report.plans import done_now
from mba.report.reasons import in_short
from mba.report.screen import screen
from mba.report.words import about
from mba.results import Action, Decision, Reason
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws
from mba.terms import Option


@pytest.fixture(scope="module")
def oakmere() -> Decision:
    """A group that is over its allowance, with a move to make and one to find out about."""
    appraised = appraise(load_profile(str(ROOT / "profiles" / "oakmere.yaml")), RULES, CATALOGUE)
    return with_confidence(settle(appraised), appraised, Draws(2_000, 1))


def with_money(decision: Decision, *, now: int, both: int, once: int = 0) -> Decision:
    """The decision with what is done now, and with the open moves too, above the free money by so much."""
    plans, free = decision.plans, decision.budget.free
    assert plans
    plans = plans._replace(
        sure=plans.sure._replace(cost=free + now, once=once), recommended=plans.recommended._replace(cost=free + both)
    )
    return decision._replace(plans=plans, budget=decision.budget._replace(headroom=-both))


def said(decision: Decision) -> str:
    return " ".join(console_text(screen(decision, RULES, "mba ask x.yaml", "mba assess x.yaml --full")).split())


@pytest.mark.parametrize(
    ("now", "both", "once", "first", "last"),
    [
        (-500_000, -500_000, 100_000, "Move 1 now", "; affordable NEXT"),
        (-50_000, -50_000, 100_000, "Move 1 now", "; year one short NEXT"),
        (20_000, -10_000, 0, "It fits only with moves that are still open. Move 1", "; needs open moves NEXT"),
        (90_000, 20_000, 0, "It does not fit: £90,000 a year too much", "; £90,000 over NEXT"),
    ],
)
def test_the_first_and_the_last_line_say_how_what_is_done_now_stands_to_the_allowance(
    oakmere: Decision, now: int, both: int, once: int, first: str, last: str
) -> None:
    words = said(with_money(oakmere, now=now, both=both, once=once))
    assert first in words
    assert last in words


@pytest.mark.parametrize(
    ("now", "once", "label"),
    [
        (-500_000, 100_000, "AFFORDABLE ~£"),
        (-50_000, 100_000, "YEAR ONE SHORT ~£"),
        (90_000, 100_000, "OVER ALLOWANCE ~£"),
    ],
)
def test_what_the_money_does_is_called_what_it_is(oakmere: Decision, now: int, once: int, label: str) -> None:
    labels = ("AFFORDABLE ~£", "YEAR ONE SHORT ~£", "OVER ALLOWANCE ~£")
    words = said(with_money(oakmere, now=now, both=now, once=once))
    assert [each for each in labels if each in words] == [label]


def test_the_sum_that_is_too_much_is_the_same_in_every_line_on_what_is_done_now(oakmere: Decision) -> None:
    over = re.findall(r"(£[\d,]+) (?:a year )?(?:too much for|too much\. ALL|over)", said(oakmere))
    assert len(over) == 3
    assert len(set(over)) == 1


@pytest.mark.parametrize(("chance", "words"), [(0.0, "fits <1%"), (1.0, "fits >99%"), (0.5, "fits 50%")])
def test_a_chance_is_never_none_or_certain(oakmere: Decision, chance: float, words: str) -> None:
    assert words in said(oakmere._replace(budget=oakmere.budget._replace(chance_within=chance)))


def test_what_must_end_is_not_called_open(oakmere: Decision) -> None:
    moving = next(function for function in oakmere.functions if function.is_open and function.moves)
    ending = moving._replace(ending=True)
    functions = tuple(ending if each is moving else each for each in oakmere.functions)
    assert re.search(rf"{moving.name}[^%]*must end \d\d%", said(oakmere._replace(functions=functions)))


@pytest.mark.parametrize(("often", "words"), [(0.30, ""), (0.55, ", more often")])
def test_where_to_move_what_must_end_is_open_its_rival_and_the_question_are_told(
    oakmere: Decision, often: float, words: str
) -> None:
    moving = next(function for function in oakmere.functions if function.is_open and function.moves)
    assert moving.confidence
    shares = moving.confidence.acceptability._replace(**{moving.rival: often, moving.recommendation: 0.45})
    sure = moving.confidence._replace(acceptability=shares, often=0.45)
    ending = moving._replace(ending=True, action=Action.MOVE, confidence=sure)
    decision = oakmere._replace(functions=tuple(ending if each is moving else each for each in oakmere.functions))
    assert re.search(rf" or {moving.rival} \({often:.0%}{words}\): [^?]*\?", said(decision))
    assert "For 1 of them only leaving is sure, not where to." in done_now(decision)


def test_a_move_from_what_fits_better_says_that_it_costs_less_and_not_that_today_costs_too_much(
    oakmere: Decision,
) -> None:
    found = next(each for each in oakmere.functions if each.moves and each.today and each.today.cost)
    assert found.today
    dearer = found.today._replace(cost=10 * (found.chosen.cost.pounds or 1))
    moving = found._replace(options=dict(found.options))._replace(
        today=dearer, preferred=found.today.mode, current=found.today.mode, reason=Reason.VALUE, ending=False
    )
    more = about(-(more_than_today(moving) or 0))
    moving.options[found.today.mode] = moving.best._replace(fit=moving.chosen.fit)
    assert in_short(moving, RULES) == f"today fits hardly better, for {more} a year more"
    moving.options[found.today.mode] = moving.best._replace(fit=moving.chosen.fit + 1)
    assert in_short(moving, RULES) == f"today fits better, for {more} a year more"
    others = filter(lambda each: each is not moving.current, Option)
    shown = next(each for each in others if (moving.options[each].cost.pounds or 0) > (moving.chosen.cost.pounds or 0))
    more = about((moving.options[shown].cost.pounds or 0) - (moving.chosen.cost.pounds or 0))
    fitting = moving._replace(preferred=shown)
    fitting.options[shown] = fitting.best._replace(fit=fitting.chosen.fit + 1)
    assert in_short(fitting, RULES) == f"{shown} fits better, for {more} a year more"

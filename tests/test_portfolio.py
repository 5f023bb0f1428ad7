"""All functions together: the best portfolio of all, sums that say what they are of, and draws that agree with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided, draw_equally, result
from hypothesis import given
from hypothesis import strategies as st
from strategies import Data, certain, examples, profiles

from mba.decide.alternatives import OPTIONS
from mba.decide.decide import Appraised, appraise, settle
from mba.decide.evaluate import Money
from mba.decide.portfolio import Portfolio, portfolio
from mba.decide.score import MILLION
from mba.profile import Profile
from mba.results import Reason
from mba.sensitivity.acceptability import Inside
from mba.spending import Cost
from mba.terms import Option

MAKE, SHARE, ALLY, BUY = Option


def appraised(data: Data) -> Appraised:
    return appraise(Profile.model_validate(data), RULES, CATALOGUE)


def found_in(of: Appraised) -> Portfolio:
    return portfolio(of.found, of.found.choice, of.money)


def ways(of: Appraised, place: int) -> list[int]:
    """What may be chosen for a function; of one in which money has no say what fits best."""
    if not of.found.costed[place]:
        return [int(of.found.best(of.found.choice)[place])]
    return [int(way) for way in np.flatnonzero(of.found.choice) if of.found.table.function[way] == place]


def worth(of: Appraised, picks: Iterable[int], *, short: bool = False) -> tuple[int, int]:
    """What a choice is worth, and what it costs, £ a year less: of functions where money has a say."""
    value = of.found.scarce if short else of.found.merit
    both = [pick for place, pick in enumerate(picks) if of.found.costed[place]]
    return sum(int(value[pick]) for pick in both), -sum(int(of.found.prices.total[pick]) for pick in both)


def today_costs(of: Appraised, place: int) -> int:
    """What a function costs today; where that is not said or may not be chosen, what the dearest way does."""
    today, total = int(of.found.today[place]), of.found.prices.total
    if today >= 0 and of.found.choice[today]:
        return int(total[today])
    return max(int(total[way]) for way in ways(of, place))


def with_free(of: Appraised, share: float) -> Appraised:
    """The same with such a share of the money between the cheapest and what is worth most."""
    least, most = (of.found.prices.total[some(of.found.choice)].sum() for some in (of.found.cheapest, of.found.best))
    of.money = Money(0.0, round(float(least + (most - least) * share)), 0)
    return of


def costed(data: Data) -> Data:
    """The profile with a cost for everything, so that money has a say in all of it."""
    return {**data, "functions": [{"annual_cost": 100_000, **function} for function in data["functions"]]}


TIGHT = st.sampled_from([0, 0.3, 0.6, 0.9, 1])


@given(data=profiles(most=3, suppliers=1, partners=2, money=True, full=True), share=TIGHT)
@examples(200)
def test_the_portfolio_is_of_most_worth_of_all_within_the_money_or_the_floor(data: Data, share: float) -> None:
    """Against every combination of every way, with quotes, what is decided, what has no cost, and importance.

    The floor has most worth where a pound counts twice, of those that cost no more than today.
    """
    of = with_free(appraised(data), share)
    found = found_in(of)
    options = [ways(of, place) for place in range(len(of.places))]
    aside = sum(int(of.found.counted[way[0]]) for at, way in enumerate(options) if not of.found.costed[at])
    today = sum(today_costs(of, place) for place in range(len(of.places)) if of.found.costed[place])
    every = list(product(*options))
    floor = max(each for picks in every if -(each := worth(of, picks, short=True))[1] <= today)
    most = max(of.money.free - aside, -floor[1])
    best = max(each for picks in every if -(each := worth(of, picks))[1] <= most)

    assert worth(of, found.picks.tolist()) == best
    assert found.budget.gap == max(0, aside - best[1] - of.money.free)
    for place, pick in enumerate(found.picks.tolist()):
        assert of.found.costed[place] or pick == options[place][0]


@given(data=profiles(most=4, suppliers=2, money=True, full=True).map(costed), share=TIGHT)
@examples(200)
def test_with_the_money_that_would_bring_a_function_back_it_comes_back(data: Data, share: float) -> None:
    """To the way of most worth, and not half way; from what was chosen within the money or from the floor."""
    of = with_free(appraised(data), share)
    found = found_in(of)
    for place, id_ in enumerate(function.id for function in of.found.table.functions.rows):
        more = found.restored_by(id_) if found.picks[place] != found.most[place] else None
        if more is not None:
            richer = portfolio(of.found, of.found.choice, of.money._replace(allowance=of.money.allowance + more))
            assert richer.picks[place] == found.most[place]


@given(data=profiles(most=4, suppliers=1, money=True))
@examples(150)
def test_every_sum_is_of_what_it_says(data: Data) -> None:
    """What is recommended adds up, with and without what has no cost; what fits best adds up too, and fits no worse."""
    found = decided(Profile.model_validate(data))
    budget = found.budget
    spent = [function.counted for function in found.functions]
    known = [cost for cost in spent if cost is not None]
    assert budget.uncosted == tuple(f.id for f, cost in zip(found.functions, spent, strict=True) if cost is None)
    assert budget.complete is (not budget.uncosted)
    if budget.recommended_cost is None:
        assert not known
        assert (budget.preferred_cost, budget.headroom, budget.recommended_fit) == (None, None, None)
        return
    assert budget.recommended_cost == sum(known)
    assert budget.headroom == budget.allowance - budget.committed - budget.recommended_cost
    if budget.recommended_fit is not None:
        assert 0 <= budget.recommended_fit <= (budget.preferred_fit or 0) + 1e-9 <= 100 + 1e-6
    one_offer = all(len(data[group]) <= 1 for group in ("suppliers", "partners"))
    if one_offer and all(f.reason in (Reason.FIT, Reason.GATE) for f in found.functions):
        assert budget.preferred_cost == budget.recommended_cost
    assert budget.within_allowance is (budget.headroom >= 0)


@given(data=profiles(most=4, suppliers=1, partners=5, most_partners=7, money=True, full=True))
@examples(100)
def test_with_nothing_uncertain_every_draw_is_worth_what_is_recommended(data: Data) -> None:
    """The draws choose as the choice does, whatever is quoted, decided, without a cost, important.

    Committed or over.
    """
    rules = certain()
    of = appraise(Profile.model_validate(data), rules, CATALOGUE)
    drawing, drawn = draw_equally(of, rules)
    chosen = Inside(of, drawing).chosen(drawn)
    found = found_in(of)
    for number in range(2):
        picks = drawing.alternatives[chosen[:, number]].tolist()
        assert worth(of, picks) == worth(of, found.picks.tolist())
        assert of.found.exact[picks].tolist() == of.found.exact[found.picks].tolist()


@given(data=profiles(most=3, suppliers=2, partners=2, money=True, full=True))
@examples(150)
def test_what_is_shown_of_an_option_is_what_was_chosen_or_the_best_that_is_open(data: Data) -> None:
    """With whom, at what fit and at what cost.

    Of the recommendation the offer picked, of any other option the offer that is worth most.
    """
    of = appraised(data)
    picks, table = found_in(of).picks, of.found.table
    order = of.found.order
    there = np.flatnonzero(of.found.there)
    worths = of.found.scarce if of.chosen.budget.gap else of.found.merit
    best = sorted(there, key=lambda way: (-worths[way], of.found.pounds[way], order[way]))
    for place, judged in zip(of.places.values(), settle(of).functions, strict=True):
        for option, shown in judged.options.items():
            theirs = [way for way in best if table.function[way] == place and OPTIONS[table.option[way]] is option]
            open_ = [way for way in theirs if of.found.open[way]]
            shown_best = (open_ or theirs)[0]
            one = picks[place] if picks[place] in theirs else shown_best
            cost = next(of.found.prices.of(np.array([one]), of.found.moving)) or Cost(None)
            assert shown.cost._replace(asked=None) == cost
            assert shown.whom() == tuple(filter(None, table.offers.rows[table.offer[one]].whom))
            assert sum(part.exact for part in shown.contributions) * MILLION == pytest.approx(
                of.found.exact[one], abs=1
            )
            assert shown.available is bool(open_)


FERRY = {"id": "island-ferry", "flags": ["transactional"]}
QUOTE = {"mode": "buy", "supplier": "central-csu"}


def test_a_quote_for_what_has_no_other_cost_is_in_both_sums() -> None:
    ferry = {**FERRY, "quotes": [{**QUOTE, "cost": 50_000}]}
    budget = decided(a_profile(ferry, a_function(annual_cost=300_000), suppliers=[a_supplier()])).budget
    alone = decided(a_profile(ferry, suppliers=[a_supplier()])).budget
    other = decided(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier()])).budget
    for one in ("recommended_cost", "preferred_cost"):
        assert getattr(budget, one) == getattr(alone, one) + getattr(other, one)
        assert getattr(alone, one) > 50_000
    assert (alone.recommended_fit, alone.preferred_fit, alone.frontier) == (None, None, ())


def test_a_quote_for_what_has_no_other_cost_counts_once_on_the_frontier() -> None:
    ferry = {**FERRY, "quotes": [{**QUOTE, "cost": 50_000}]}
    with_it, without = (
        decided(a_profile(*some, a_function(annual_cost=300_000), suppliers=[a_supplier()])).budget.frontier
        for some in ((ferry,), ())
    )
    extra = {one.cost - other.cost for one, other in zip(with_it, without, strict=True)}
    assert len(extra) == 1
    assert extra.pop() > 50_000
    assert [point.fit for point in with_it] == [point.fit for point in without]


def test_what_fits_best_is_summed_at_what_it_would_cost_and_not_at_what_it_was_moved_to() -> None:
    money: dict[str, Any] = {
        "population": 100_000,
        "budget_per_head": 3.9,
        "premium": 100,
        "suppliers": [a_supplier(population_served=5_000_000)],
    }
    quotes = [{"mode": "ally", "cost": 120_000, "supplier": "central-csu"}]
    rows = [a_function(id_, annual_cost=200_000, quotes=quotes) for id_ in ("one", "two")]
    found = decided(a_profile(*rows, **money))
    assert [f.reason for f in found.functions].count(Reason.BUDGET) == 1
    assert found.budget.preferred_cost == 400_000
    assert (found.budget.recommended_cost or 0) < 390_000
    assert (found.budget.preferred_fit or 0) > (found.budget.recommended_fit or 0)


def test_a_fit_counts_by_cost_and_importance_in_the_mean() -> None:
    """Three times the importance moves the mean three times as far from the one to the other."""

    def mean(importance: int) -> float:
        rows = [
            a_function("one", annual_cost=100_000, flags=["core", "relational"], ratings={"importance": importance}),
            a_function("two", annual_cost=100_000, flags=[], ratings={"importance": 1}),
        ]
        return decided(a_profile(*rows)).budget.recommended_fit or 0

    profile = a_profile(a_function("one", flags=["core", "relational"]), a_function("two", flags=[]))
    fits = [sum(part.exact for part in f.options[MAKE].contributions) for f in decided(profile).functions]
    for importance in (1, 3):
        assert mean(importance) == pytest.approx((importance * fits[0] + fits[1]) / (importance + 1), abs=1e-4)


def test_an_inexact_choice_says_by_how_much_worth_it_could_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice counts in thousandths of a pound a year."""
    of = appraise(a_profile(a_function(annual_cost=300_000)), RULES, CATALOGUE)
    assert found_in(of).budget.unproved == 0
    picks = np.zeros((1, 1), np.intp)
    monkeypatch.setattr("mba.decide.portfolio.answers", lambda *_: (picks, np.array([7_000.0])))
    assert found_in(of).budget.unproved == 7


def test_among_offers_for_what_was_decided_the_cheaper_is_shown_where_the_money_is_short() -> None:
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for id_, cost in (("dear", 100_000), ("cheap", 20_000))]
    function = a_function("payroll", annual_cost=100_000, decided={"mode": "buy"}, quotes=quotes)
    suppliers = [a_supplier("dear", trust=5), a_supplier("cheap", trust=2)]
    rich, poor = (
        result(a_profile(function, suppliers=suppliers, population=200_000, budget_per_head=b, premium=200))
        for b in (5, 0.3)
    )
    assert (rich.options[BUY].supplier, poor.options[BUY].supplier) == ("dear", "cheap")
    assert (rich.reason, poor.reason) == (Reason.DECIDED, Reason.DECIDED)
    assert rich.restored_by is poor.restored_by is None


def test_with_partners_of_everything_sharing_is_weighed_too() -> None:
    found = decided(a_profile(a_function(annual_cost=300_000), partners=[a_partner(trust=5)], population=60_000))
    assert found.functions[0].recommendation is SHARE
    assert found.functions[0].costed
    assert found.functions[0].options[ALLY].cost.pounds is None


def test_a_cheaper_offer_for_the_same_option_is_a_move_by_money_too() -> None:
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for id_, cost in (("dear", 80_000), ("cheap", 20_000))]
    function = a_function("payroll", flags=["transactional"], annual_cost=100_000, quotes=quotes)
    other = a_function("legal-services", flags=["transactional"], annual_cost=100_000, decided={"mode": "make"})
    suppliers = [a_supplier("dear", trust=5, stability=1), a_supplier("cheap", trust=4, stability=1)]
    profile = a_profile(function, other, suppliers=suppliers, population=100_000, budget_per_head=1.5, premium=800)
    found = decided(profile).functions[0]
    assert (found.recommendation, found.preferred, found.reason) == (BUY, BUY, Reason.BUDGET)
    assert found.options[BUY].supplier == "cheap"
    assert found.restored_by


@pytest.mark.parametrize(("cost", "gap"), [(226_000, 0), (226_001, 1)])
def test_what_takes_all_the_free_money_to_the_pound_is_within_it(cost: int, gap: int) -> None:
    """And a pound more is a gap, and no reason to leave what is worth more than twice what it costs."""
    profile = a_profile(
        a_function(annual_cost=cost),
        suppliers=[a_supplier(population_served=9_000_000)],
        budget_per_head=1,
        premium=1_000,
    )
    budget = decided(profile).budget
    assert (budget.recommended_cost, budget.gap, budget.within_allowance) == (cost, gap, gap == 0)


def test_of_offers_known_by_quotes_alone_the_price_of_fit_stands_on_the_dearest() -> None:
    quotes = [{**QUOTE, "cost": cost, "supplier": id_} for id_, cost in (("dear", 90_000), ("cheap", 20_000))]
    ferry = {**FERRY, "quotes": quotes, "decided": {"mode": "buy"}}
    suppliers = [a_supplier("dear", trust=5), a_supplier("cheap", trust=2)]
    for premium, taken in ((10, "cheap"), (1_000, "dear")):
        found = decided(a_profile(ferry, suppliers=suppliers, premium=premium)).functions[0]
        assert (found.options[BUY].supplier, found.costed) == (taken, True)
        dearest = found.options[BUY].cost.pounds if taken == "dear" else None
        assert dearest is None or found.point == pytest.approx(premium / 1_000 * dearest)


def test_what_was_decided_and_has_no_price_is_in_no_sum_and_in_no_mean() -> None:
    """Sharing with nobody, though the in-house cost is known."""
    nobody = a_function("one", annual_cost=300_000, decided={"mode": "share"})
    two = a_function("two", flags=[], annual_cost=100_000)
    found, alone = decided(a_profile(nobody, two)), decided(a_profile(two))
    assert not found.functions[0].costed
    assert found.budget.uncosted == ("one",)
    assert found.budget.recommended_cost == 100_000
    assert found.budget.recommended_fit == alone.budget.recommended_fit


def test_where_nothing_is_known_to_cost_anything_there_is_no_gap_to_close_though_all_is_committed() -> None:
    found = decided(a_profile({"id": "island-ferry", "flags": []}, budget_per_head=1, committed_costs=300_000))
    assert (found.budget.recommended_cost, found.budget.gap, found.shortfall) == (None, 0, None)


def test_where_more_is_committed_than_there_is_everything_would_have_to_go() -> None:
    found = decided(a_profile(a_function(annual_cost=100_000), budget_per_head=1, committed_costs=300_000))
    assert found.shortfall
    assert (found.shortfall.gap, found.shortfall.shrink) == (174_000, 1)
    assert found.shortfall.allowance == 400_000

"""All functions together: the best portfolio of all, sums that say what they are of, and draws that agree with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided, draw_equally, result
from hypothesis import given
from strategies import Data, certain, examples, profiles

from mba.decide.alternatives import OPTIONS
from mba.decide.choose import Chosen
from mba.decide.decide import Appraised, appraise, settle
from mba.decide.portfolio import Portfolio, portfolio
from mba.decide.score import MILLION
from mba.profile import Profile
from mba.results import Reason
from mba.sensitivity.acceptability import Inside, first_of_each
from mba.terms import Option

MAKE, SHARE, ALLY, BUY = Option


def appraised(data: Data) -> Appraised:
    return appraise(Profile.model_validate(data), RULES, CATALOGUE)


def found_in(of: Appraised) -> Portfolio:
    return portfolio(of.found, of.choice, of.money)


def ways(of: Appraised, place: int) -> list[int]:
    """What may be chosen for a function; of one in which money has no say what fits best."""
    if not of.found.costed[place]:
        return [int(of.found.best(of.choice)[place])]
    return [int(way) for way in np.flatnonzero(of.choice) if of.found.table.function[way] == place]


def worth(of: Appraised, picks: Iterable[int]) -> tuple[int, int]:
    """What a choice counts for, and what it costs, £ a year less: of functions where money has a say."""
    both = [(place, pick) for place, pick in enumerate(picks) if of.found.costed[place]]
    value = sum(int(of.found.weight[place]) * int(of.found.exact[pick]) for place, pick in both)
    return value, -sum(int(of.found.prices.total[pick]) for _, pick in both)


@given(data=profiles(most=3, suppliers=1, partners=2, money=True))
@examples(200)
def test_the_portfolio_is_the_best_of_all_within_the_money_or_the_cheapest(data: Data) -> None:
    """Against every combination of every way, with quotes, what is decided, what has no cost.

    Importance and committed costs.
    """
    of = appraised(data)
    found = found_in(of)
    options = [ways(of, place) for place in range(len(of.places))]
    aside = sum(int(of.found.prices.total[way[0]]) for at, way in enumerate(options) if not of.found.costed[at])
    every = [worth(of, picks) for picks in product(*options)]
    within = [each for each in every if -each[1] <= of.money.free - aside]
    best = max(within) if within else max(every, key=lambda each: (each[1], each[0]))

    assert worth(of, found.picks.tolist()) == best
    assert found.budget.within_allowance is bool(within)
    for place, pick in enumerate(found.picks.tolist()):
        assert of.found.costed[place] or pick == options[place][0]


@given(data=profiles(most=4, suppliers=1, money=True))
@examples(150)
def test_every_sum_is_of_what_it_says(data: Data) -> None:
    """What is recommended adds up, with and without what has no cost; what fits best adds up too, and fits no worse."""
    found = decided(Profile.model_validate(data))
    budget = found.budget
    spent = [f.options[f.recommendation].pounds for f in found.functions]
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
    if not any(f.reason is Reason.BUDGET for f in found.functions) and not any(
        f.reason is Reason.DECIDED for f in found.functions
    ):
        assert budget.preferred_cost == budget.recommended_cost
    assert budget.within_allowance is (budget.headroom >= 0)


@given(data=profiles(most=4, suppliers=1, partners=5, most_partners=7, money=True))
@examples(100)
def test_with_nothing_uncertain_every_draw_is_worth_what_is_recommended(data: Data) -> None:
    """The draws choose as the choice does, whatever is quoted, decided, without a cost, important.

    Committed or over.
    """
    rules = certain()
    of = appraise(Profile.model_validate(data), rules, CATALOGUE)
    drawing, drawn = draw_equally(of, rules)
    chosen = Inside(of, drawing).chosen(drawn, first_of_each(drawn.fits, drawing.table.starts))
    found = found_in(of)
    for number in range(2):
        picks = drawing.alternatives[chosen[:, number]].tolist()
        assert worth(of, picks)[0] == worth(of, found.picks.tolist())[0]
        assert of.found.exact[picks].tolist() == of.found.exact[found.picks].tolist()


@given(data=profiles(most=3, suppliers=2, partners=2, money=True))
@examples(150)
def test_what_is_shown_of_an_option_is_what_was_chosen_or_the_best_that_is_open(data: Data) -> None:
    """With whom, at what fit and at what cost.

    Of the recommendation the offer picked, of any other option its best offer within the money.
    """
    of = appraised(data)
    picks, table = found_in(of).picks, of.found.table
    best = sorted(np.flatnonzero(of.found.there), key=lambda way: (-of.found.exact[way], of.found.pounds[way], way))
    for place, judged in zip(of.places.values(), settle(of, RULES, CATALOGUE).functions, strict=True):
        for option, shown in judged.options.items():
            theirs = [way for way in best if table.function[way] == place and OPTIONS[table.option[way]] is option]
            open_ = [way for way in theirs if of.open[way]]
            one = picks[place] if picks[place] in theirs else (open_ or theirs)[0]
            assert shown.cost == next(of.found.prices.of(np.array([one])))
            assert shown.whom() == table.offers.rows[table.offer[one]].whom
            assert sum(part.exact for part in shown.contributions) * MILLION == pytest.approx(
                of.found.exact[one], abs=1
            )
            assert shown.available is bool(open_)
        assert judged.preferred is OPTIONS[table.option[of.found.best(of.open)[place]]]


FERRY = {"id": "island-ferry", "flags": ["transactional"]}
QUOTE = {"mode": "buy", "supplier": "central-csu"}


def test_a_quote_for_what_has_no_other_cost_is_in_both_sums() -> None:
    ferry = {**FERRY, "quotes": [{**QUOTE, "cost": 50_000}]}
    budget = decided(a_profile(ferry, a_function(annual_cost=300_000), suppliers=[a_supplier()])).budget
    assert budget.recommended_cost == budget.preferred_cost
    assert (budget.recommended_cost or 0) > 350_000
    alone = decided(a_profile(ferry, suppliers=[a_supplier()])).budget
    assert (alone.recommended_cost or 0) + 300_000 == budget.recommended_cost
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
        "suppliers": [a_supplier(population_served=5_000_000)],
    }
    rows = [a_function(id_, annual_cost=200_000) for id_ in ("one", "two")]
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


def test_an_inexact_choice_says_by_how_much_mean_fit_it_could_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """The choice counts in millionths of a point times the weight of a function.

    Its in-house cost times its importance.
    """
    of = appraise(a_profile(a_function(annual_cost=300_000, ratings={"importance": 5})), RULES, CATALOGUE)
    assert found_in(of).budget.gap == 0
    monkeypatch.setattr("mba.decide.portfolio.choose", lambda *_: Chosen((0,), 0, 0, 7 * 5 * 300_000 * MILLION))
    assert found_in(of).budget.gap == 7


def test_among_offers_for_what_was_decided_the_cheaper_is_shown_where_the_money_is_short() -> None:
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for id_, cost in (("dear", 100_000), ("cheap", 20_000))]
    function = a_function("payroll", annual_cost=100_000, decided={"mode": "buy"}, quotes=quotes)
    suppliers = [a_supplier("dear", trust=5), a_supplier("cheap", trust=2)]
    rich, poor = (
        result(a_profile(function, suppliers=suppliers, population=200_000, budget_per_head=b)) for b in (5, 0.3)
    )
    assert (rich.options[BUY].supplier, poor.options[BUY].supplier) == ("dear", "cheap")
    assert (rich.reason, poor.reason) == (Reason.DECIDED, Reason.DECIDED)
    assert rich.restored_by is poor.restored_by is None


def test_with_partners_of_everything_sharing_is_weighed_too() -> None:
    found = decided(a_profile(a_function(annual_cost=300_000), partners=[a_partner(trust=5)], population=60_000))
    assert found.functions[0].recommendation is SHARE
    assert found.functions[0].costed
    assert found.functions[0].options[ALLY].pounds is None


def test_what_would_bring_a_function_back_is_where_it_comes_to_its_best_and_not_half_way() -> None:
    """The first goes from buy by way of ally to share as the money grows."""
    rows = [a_function(id_, annual_cost=200_000) for id_ in ("one", "two")]
    who: dict[str, Any] = {
        "population": 60_000,
        "suppliers": [a_supplier(stability=5, population_served=5_000_000)],
        "partners": [a_partner(trust=3, population=300_000)],
    }
    found = decided(a_profile(*rows, budget_per_head=3.5, **who))
    one = found.functions[0]
    corners = [point.cost for point in found.budget.frontier if point.function == "one"]
    assert (one.recommendation, one.preferred, len(corners)) == (ALLY, SHARE, 2)
    assert one.restored_by == corners[-1] - found.budget.allowance
    richer = decided(
        a_profile(*rows, committed_costs=10_000_000 - corners[-1], budget_per_head=10_000_000 / 60_000, **who)
    )
    assert richer.functions[0].recommendation is SHARE


def test_a_cheaper_offer_for_the_same_option_is_a_move_by_money_too() -> None:
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for id_, cost in (("dear", 80_000), ("cheap", 20_000))]
    function = a_function("payroll", flags=["transactional"], annual_cost=100_000, quotes=quotes)
    other = a_function("legal-services", flags=["transactional"], annual_cost=100_000, decided={"mode": "make"})
    suppliers = [a_supplier("dear", trust=5, stability=1), a_supplier("cheap", trust=4, stability=1)]
    found = decided(a_profile(function, other, suppliers=suppliers, population=100_000, budget_per_head=1.5)).functions[
        0
    ]
    assert (found.recommendation, found.preferred, found.reason) == (BUY, BUY, Reason.BUDGET)
    assert found.options[BUY].supplier == "cheap"
    assert found.restored_by


@pytest.mark.parametrize(("cost", "affordable"), [(226_000, True), (226_001, False)])
def test_what_takes_all_the_free_money_to_the_pound_is_affordable(cost: int, affordable: bool) -> None:
    profile = a_profile(
        a_function(annual_cost=cost), suppliers=[a_supplier(population_served=9_000_000)], budget_per_head=1
    )
    assert result(profile).options[MAKE].available is affordable


def test_of_offers_known_by_quotes_alone_the_better_is_kept_and_weighs_nothing() -> None:
    """Without an in-house cost nobody knows what a point of fit is worth, so the money takes no offer away."""
    quotes = [{"mode": "buy", "cost": cost, "supplier": id_} for id_, cost in (("dear", 90_000), ("cheap", 20_000))]
    ferry = {**FERRY, "quotes": quotes, "decided": {"mode": "buy"}}
    suppliers = [a_supplier("dear", trust=5), a_supplier("cheap", trust=2)]
    found = decided(a_profile(ferry, suppliers=suppliers, population=100_000, budget_per_head=0.5))
    assert (found.functions[0].options[BUY].supplier, found.functions[0].costed) == ("dear", False)
    assert found.budget.recommended_cost == found.functions[0].options[BUY].pounds
    assert not found.budget.within_allowance


def test_what_was_decided_and_has_no_price_is_in_no_sum_and_in_no_mean() -> None:
    """Sharing with nobody, though the in-house cost is known."""
    nobody = a_function("one", annual_cost=300_000, decided={"mode": "share"})
    two = a_function("two", flags=[], annual_cost=100_000)
    found, alone = decided(a_profile(nobody, two)), decided(a_profile(two))
    assert not found.functions[0].costed
    assert found.budget.uncosted == ("one",)
    assert found.budget.recommended_cost == 100_000
    assert found.budget.recommended_fit == alone.budget.recommended_fit

"""Money: parts that add up, and the directions that the sources give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, THIRTY, a_function, a_partner, a_profile, a_supplier, decided, result
from hypothesis import example, given
from hypothesis import strategies as st

from mba.caution import WarningCode
from mba.decide.decide import appraise, settle
from mba.decide.parts import fixed_share
from mba.inputs import Basis
from mba.invariants import broken
from mba.load.knowledge import Knowledge
from mba.profile import Profile
from mba.results import Decision, Reason, Today
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws
from mba.spending import PartName
from mba.terms import Option, SupplierKind

ratings = st.integers(1, 5)
people = st.integers(20_000, 3_000_000)
EVERYTHING = [{"id": id_} for id_ in THIRTY]


def cost(option: Option, function: dict[str, Any] | None = None, **keys: Any) -> int:
    """The cost of an option for one function, £ a year; the function costs £300,000 in-house unless it says."""
    offered: dict[str, Any] = {"partners": [a_partner()], "suppliers": [a_supplier()]}
    found = (
        result(a_profile(function or a_function(annual_cost=300_000), **{**offered, **keys}))
        .options[option]
        .cost.pounds
    )
    assert found is not None
    return found


@given(people, ratings, ratings, st.integers(1, 400_000))
def test_parts_add_up_to_the_cost(population: int, scale: int, measurable: int, annual: int) -> None:
    """Law 9."""
    function = a_function(annual_cost=annual, ratings={"scale_economies": scale, "measurability": measurable})
    suppliers = [a_supplier(kind="private", trust=5, stability=5)]
    found = result(a_profile(function, population=population, partners=[a_partner()], suppliers=suppliers))
    for each in found.options.values():
        assert each.cost.pounds == sum(part.pounds for part in each.cost.parts)
    assert found.options[Option.MAKE].cost.pounds == annual


@given(people, people, ratings)
def test_a_larger_organisation_never_pays_more_a_head_to_make_it(one: int, other: int, scale: int) -> None:
    """Law 6."""
    small, large = sorted((one, other))
    function = a_function("payroll", ratings={"scale_economies": scale})
    per_head = [
        (result(a_profile(function, population=size)).options[Option.MAKE].cost.pounds or 0) / size
        for size in (small, large)
    ]
    assert per_head[1] <= per_head[0] + 0.5 / small + 0.5 / large


@given(ratings, ratings, people)
def test_the_more_is_fixed_the_higher_the_fixed_share(one: int, other: int, population: int) -> None:
    low, high = fixed_share(np.sort([float(one), other]), np.array(float(population)), RULES.costs)
    assert 0 < low <= high < 1


@given(people, people)
def test_the_fixed_share_falls_with_size(one: int, other: int) -> None:
    small, large = fixed_share(np.array(3.0), np.sort([float(one), other]), RULES.costs)
    assert large <= small


@given(people, st.integers(2, 5), people)
def test_one_more_partner_of_equal_trust_never_makes_sharing_dearer(population: int, trust: int, more: int) -> None:
    """Law 4, the money part: where the fit stays, so the partner with whom it is cheapest is taken."""
    one = a_partner(trust=trust)
    other = a_partner("dale", trust=trust, population=more)
    assert cost(Option.SHARE, population=population, partners=[one, other], budget_per_head=9_000) <= cost(
        Option.SHARE, population=population, partners=[one], budget_per_head=9_000
    )


@pytest.mark.parametrize("presence", [1, 2])
def test_the_saving_shrinks_with_remoteness(presence: int) -> None:
    """M37."""
    near, far = (cost(Option.BUY, suppliers=[a_supplier(local_presence=p)]) for p in (3, presence))
    assert far > near


def test_checking_costs_more_the_harder_it_is_to_measure() -> None:
    """M35 and M54."""
    costs = [
        cost(Option.BUY, a_function(annual_cost=300_000, ratings={"measurability": rating})) for rating in range(1, 6)
    ]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > costs[-1]


def test_a_dearer_way_of_checking_makes_buying_dearer_and_nothing_else(tmp_path: Path) -> None:
    """M35: where checking costs as much as buying saves, buying is dearer than making."""
    path = tmp_path / "rules.yaml"
    path.write_text("costs: {contract_management: {value: 0.9}, contract_management_hardest: {value: 1.5}}", "utf-8")
    function = a_function(annual_cost=300_000, ratings={"asset_specificity": 2})
    profile = a_profile(function, suppliers=[a_supplier()], partners=[a_partner()], population=90_000)
    before, after = (result(profile, rules=rules).options for rules in (RULES, Knowledge(str(path)).rules))
    assert (before[Option.BUY].cost.pounds or 0) < 300_000 < (after[Option.BUY].cost.pounds or 0)
    assert [before[o].cost for o in (Option.MAKE, Option.SHARE)] == [after[o].cost for o in (Option.MAKE, Option.SHARE)]


def test_a_private_supplier_adds_vat_and_a_support_unit_does_not() -> None:
    public, private = (
        result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier(kind=kind)])).options[Option.BUY]
        for kind in ("csu", "private")
    )
    assert PartName.VAT not in {part.part for part in public.cost.parts}
    assert PartName.VAT in {part.part for part in private.cost.parts}


def test_a_larger_supplier_is_never_dearer() -> None:
    """H12."""
    costs = [
        cost(Option.BUY, suppliers=[a_supplier(population_served=size)]) for size in (300_000, 1_000_000, 5_000_000)
    ]
    assert costs == sorted(costs, reverse=True)


def test_buying_is_not_assumed_to_be_cheaper() -> None:
    """B04: it saves where the organisation is small, and not where it is large."""
    function = a_function(annual_cost=300_000, ratings={"asset_specificity": 2})
    small = [cost(option, function, population=70_000) for option in (Option.BUY, Option.MAKE)]
    large = [cost(option, function, population=2_000_000) for option in (Option.BUY, Option.MAKE)]
    assert small[0] < small[1]
    assert large[0] > large[1]


def test_a_quote_replaces_the_estimate_of_the_price_and_what_the_client_spends_is_added() -> None:
    quotes = [{"mode": "buy", "cost": 200_000, "supplier": "central-csu"}]
    found = result(a_profile(a_function(annual_cost=300_000, quotes=quotes), suppliers=[a_supplier()]))
    bought = found.options[Option.BUY]
    assert bought.cost.quoted
    assert bought.cost.parts[0] == (PartName.PRICE, 200_000)
    assert (bought.cost.pounds or 0) > 200_000


def test_an_offer_dearer_than_the_whole_allowance_is_open_and_never_the_answer() -> None:
    """P14: East Surrey's only offer exceeded its budget. Nothing is dropped for its price: it is worth less."""
    quotes = [{"mode": "buy", "cost": 9_000_000, "supplier": "central-csu"}]
    function = a_function("payroll", flags=["transactional"], annual_cost=150_000, quotes=quotes)
    found = result(a_profile(function, population=170_000, suppliers=[a_supplier()], partners=[a_partner()]))
    assert (found.options[Option.BUY].available, found.options[Option.BUY].blocked_by) == (True, ())
    assert (found.options[Option.BUY].cost.pounds or 0) > 9_000_000
    assert found.recommendation is not Option.BUY
    other = a_supplier("other")
    found = result(a_profile(function, population=170_000, suppliers=[a_supplier(), other], partners=[a_partner()]))
    assert (found.recommendation, found.options[Option.BUY].supplier) == (Option.BUY, "other")


def test_what_is_not_costed_is_chosen_by_fit_named_and_in_no_sum() -> None:
    known, unknown = a_function(annual_cost=300_000), a_function("island-ferry")
    found = decided(a_profile(known, unknown))
    assert found.budget.recommended_cost == 300_000
    assert not found.budget.complete
    assert found.budget.uncosted == ("island-ferry",)
    assert found.functions[1].options[Option.MAKE].cost.pounds is None
    assert WarningCode.NOT_COSTED in {caution.code for caution in found.warnings}
    alone = decided(a_profile(unknown))
    assert alone.budget.recommended_cost is None


def test_a_function_known_by_a_quote_alone_is_in_the_sum_where_the_quote_is_what_is_recommended() -> None:
    quotes = [{"mode": "buy", "cost": 1_000, "supplier": "central-csu"}]
    ferry = a_function("island-ferry", flags=["transactional"], quotes=quotes)
    found = decided(a_profile(ferry, a_function(annual_cost=300_000), suppliers=[a_supplier()]))
    assert found.functions[0].recommendation is Option.BUY
    assert (found.budget.complete, found.budget.uncosted) == (True, ())
    assert found.budget.recommended_cost == sum(function.chosen.cost.pounds or 0 for function in found.functions)


def test_what_has_no_known_cost_as_recommended_counts_in_every_sum_as_what_is_paid_today() -> None:
    decided_ = {"mode": "buy", "because": "Governing body, 12 May"}
    ferry = a_function("island-ferry", current={"mode": "share", "partner": "q", "cost": 360_000}, decided=decided_)
    stays = a_function(flags=["statutory"], annual_cost=300_000, current="make")
    found = decided(a_profile(ferry, stays, partners=[a_partner("q")]))
    assert found.functions[0].chosen.cost.pounds is None
    assert (found.budget.complete, found.budget.uncosted, found.budget.recommended_cost) == (True, (), 660_000)
    assert found.plans
    assert {plan.cost for plan in filter(None, found.plans)} == {660_000}
    (told,) = [each for each in found.warnings if each.code is WarningCode.COUNTED_AS_TODAY]
    assert told.functions == ("island-ferry",)


def test_what_is_paid_for_a_function_of_no_known_price_is_not_there_to_be_spent_on_others() -> None:
    paid = {"mode": "buy", "supplier": "central-csu", "cost": 300_000}
    ferry = a_function("island-ferry", flags=["core", "relational"], current=paid)
    payroll = a_function("payroll", annual_cost=150_000, current="make", decided={"mode": "make"})
    profile = a_profile(ferry, payroll, suppliers=[a_supplier()], population=100_000, budget_per_head=4)
    appraised = appraise(profile, RULES, CATALOGUE)
    found = with_confidence(settle(appraised), appraised, Draws(250, 1))
    assert found.functions[0].recommendation is Option.MAKE
    assert (found.budget.gap, found.budget.within_allowance) == (50_000, False)
    assert found.budget.chance_within is not None
    assert found.budget.chance_within < 0.1


def test_in_the_draws_too_what_is_paid_for_a_function_of_no_known_price_is_not_there_for_others() -> None:
    paid = {"mode": "buy", "supplier": "central-csu", "cost": 300_000}
    ferry = a_function("island-ferry", flags=["core", "relational"], current=paid)
    quotes = [{"mode": "buy", "supplier": "central-csu", "cost": 110_000}]
    payroll = a_function("payroll", annual_cost=150_000, current="make", quotes=quotes)
    bought = []
    for per_head in (4, 9):
        profile = a_profile(ferry, payroll, suppliers=[a_supplier()], population=100_000, budget_per_head=per_head)
        appraised = appraise(profile, RULES, CATALOGUE)
        confidence = with_confidence(settle(appraised), appraised, Draws(250, 1)).functions[1].confidence
        assert confidence
        bought.append(confidence.acceptability.buy)
    short, ample = bought
    assert ample < 0.2 < short


def test_a_function_of_which_no_cost_is_known_at_all_is_in_no_sum() -> None:
    ferry = a_function("island-ferry", flags=["core", "relational"])
    found = decided(a_profile(ferry, a_function(annual_cost=300_000, current="make")))
    assert (found.budget.complete, found.budget.uncosted) == (False, ("island-ferry",))
    assert found.plans
    assert {plan.cost for plan in filter(None, found.plans)} == {300_000}
    assert list(broken(found)) == []


def test_what_today_costs_where_nobody_knows_it_is_what_is_recommended() -> None:
    quotes = [{"mode": "buy", "cost": 1_000_000, "supplier": "central-csu"}]
    ferry = a_function("island-ferry", flags=["transactional"], quotes=quotes, current="make")
    found = decided(a_profile(ferry, suppliers=[a_supplier()], budget_per_head=200))
    assert found.functions[0].recommendation is Option.BUY
    assert found.functions[0].today == Today(Option.MAKE, (), None, known=False)
    assert found.plans
    assert found.plans.today
    assert found.plans.today.cost == found.plans.recommended.cost == found.functions[0].chosen.cost.pounds
    assert list(broken(found)) == []


@pytest.mark.parametrize(("committed", "short"), [(2_200_000, None), (2_200_001, 1)])
def test_a_gap_of_one_pound_is_one(committed: int, short: int | None) -> None:
    """£25 for each of 100,000 people is £2,500,000."""
    row = a_function(annual_cost=300_000, decided={"mode": "make"})
    found = decided(a_profile(row, population=100_000, committed_costs=committed))
    assert (found.shortfall and found.shortfall.gap) == short


def test_of_two_offers_alike_the_one_with_a_price_is_taken() -> None:
    quotes = [{"mode": "share", "cost": 70_000, "partner": "q"}]
    partners = [a_partner("q", trust=5), a_partner("p", trust=5)]
    found = result(a_profile(a_function("odd", quotes=quotes), partners=partners)).options[Option.SHARE]
    assert (found.partners, found.cost.quoted) == (("q",), True)


def test_an_estimate_is_an_assumption_and_marked_and_your_own_figure_is_not() -> None:
    found = decided(a_profile(a_function("payroll")))
    assert found.functions[0].options[Option.MAKE].cost.estimated
    own = result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier()])).options
    assert (own[Option.MAKE].cost.estimated, own[Option.BUY].cost.estimated) == (False, True)
    assert [item.basis for item in found.assumptions if item.key == "annual_cost"] == [Basis.ESTIMATE]


def bought(cost: int | None, **keys: Any) -> dict[str, Any]:
    """Payroll as it is bought today from the supplier q; its in-house cost is not given."""
    current: dict[str, Any] = {"mode": "buy", "supplier": "q"}
    if cost is not None:
        current["cost"] = cost
    return a_function("payroll", current=current, **keys)


@given(st.integers(1_000, 5_000_000), people, ratings, ratings)
@example(5_000_000, 1_500_000, 3, 3)
def test_nobody_like_today_s_supplier_is_estimated_at_less_than_is_paid_today(
    paid: int, population: int, trust: int, specific: int
) -> None:
    """To the pound by which each part is rounded; a new contract may need a tender besides."""
    function = bought(paid, ratings={"asset_specificity": specific})
    suppliers = [a_supplier(id_, trust=trust) for id_ in ("p", "q")]
    found = appraise(a_profile(function, population=population, suppliers=suppliers), RULES, CATALOGUE).found
    before_tender = found.prices.total - np.nan_to_num(found.prices.parts[PartName.TENDERING])
    theirs, others = found.table.as_today, found.prices.known & (found.table.option == list(Option).index(Option.BUY))
    assert theirs.sum() == 1
    assert (before_tender[others] >= before_tender[theirs] - 5).all()


@pytest.mark.parametrize(("share", "basis"), [(0.9, Basis.ESTIMATE), (1.2, Basis.PAID), (3, Basis.PAID)])
def test_an_in_house_cost_is_said_to_stand_on_what_is_paid_wherever_that_raises_it(share: float, basis: Basis) -> None:
    suppliers = [a_supplier("q")]
    estimate = decided(a_profile(bought(None), suppliers=suppliers)).functions[0].options[Option.BUY].cost.pounds
    assert estimate
    found = decided(a_profile(bought(round(share * estimate)), suppliers=suppliers))
    assert [item.basis for item in found.assumptions if item.key == "annual_cost"] == [basis]


def test_a_saving_is_not_reckoned_from_an_estimate_that_is_lower_than_what_is_paid() -> None:
    """What is paid for it today says what it costs here; the catalogue knows only how many people there are."""
    found = decided(a_profile(bought(900_000), suppliers=[a_supplier("q"), a_supplier("p", kind="private")]))
    (function,) = found.functions
    assert function.options[Option.MAKE].cost.pounds
    assert min(each.cost.pounds for each in function.options.values() if each.cost.pounds) > 800_000
    assert [item.basis for item in found.assumptions if item.key == "annual_cost"] == [Basis.PAID]


@pytest.mark.parametrize("paid", [None, 1_000])
def test_an_estimate_is_not_lowered_to_a_bargain(paid: int | None) -> None:
    suppliers = [a_supplier("q"), a_supplier("p")]
    usual, bargain = (decided(a_profile(bought(each), suppliers=suppliers)) for each in (None, paid))
    made = [found.functions[0].options[Option.MAKE].cost.pounds for found in (usual, bargain)]
    assert made[0] == made[1]
    assert [item.basis for item in bargain.assumptions if item.key == "annual_cost"] == [Basis.ESTIMATE]


def test_a_cheaper_offer_says_that_it_can_be_had_for_less_than_is_paid() -> None:
    suppliers = [a_supplier("q"), a_supplier("p")]
    quotes = [{"mode": "buy", "supplier": "p", "cost": 500_000}]
    dear, offered = (decided(a_profile(bought(900_000, quotes=own), suppliers=suppliers)) for own in ([], quotes))
    made = [found.functions[0].options[Option.MAKE].cost.pounds or 0 for found in (dear, offered)]
    assert 500_000 < made[1] < 600_000 < made[0]


def test_a_dear_offer_of_whoever_runs_it_raises_no_estimate_beyond_what_is_paid() -> None:
    quotes = [{"mode": "buy", "supplier": "q", "cost": 900_000}]
    usual, offered = (
        decided(a_profile(bought(60_000, quotes=own), suppliers=[a_supplier("q")])) for own in ([], quotes)
    )
    made = [found.functions[0].options[Option.MAKE].cost.pounds for found in (usual, offered)]
    assert made[0] == made[1]


def test_a_supplier_whom_nobody_uses_makes_no_saving_of_what_is_paid_to_somebody_not_named() -> None:
    function, one = a_function("payroll", vat="charged", current={"mode": "buy", "cost": 900_000}), a_supplier("q")
    private = a_supplier("p", kind="private")
    offers = ([one], [one, private], [one, {**private, "trust": 1}])
    made = {
        decided(a_profile(function, suppliers=each)).functions[0].options[Option.MAKE].cost.pounds for each in offers
    }
    assert len(made) == 1


def test_where_nobody_is_named_who_is_paid_the_estimate_is_no_lower_either() -> None:
    found = decided(a_profile(a_function("payroll", current={"mode": "buy", "cost": 900_000}), suppliers=[]))
    assert (found.functions[0].options[Option.MAKE].cost.pounds or 0) > 800_000


@pytest.mark.parametrize(
    ("population", "least", "most"), [(70_000, 35, 60), (223_000, 25.01, 28), (870_000, 15, 24.99)]
)
def test_making_everything_is_far_out_of_reach_when_small_just_so_at_the_median_and_fits_when_large(
    population: int, least: float, most: float
) -> None:
    found = decided(a_profile(*EVERYTHING, population=population))
    alone = sum(f.options[Option.MAKE].cost.pounds or 0 for f in found.functions) / population
    assert least <= alone <= most


def test_less_money_never_leaves_more_made_in_total_than_the_first_choice() -> None:
    """M04, over the allowances that the field has had."""
    suppliers = [a_supplier(stability=2, population_served=3_500_000)]
    made = []
    for per_head in (40, 25, 22.07, 18.76):
        found = decided(a_profile(*EVERYTHING, population=223_000, budget_per_head=per_head, suppliers=suppliers))
        made.append(sum(f.recommendation is Option.MAKE for f in found.functions))
    assert made == sorted(made, reverse=True)
    assert made[0] > made[-1]


@given(st.floats(15, 60), st.floats(15, 60))
def test_more_budget_never_lowers_the_mean_fit_of_what_fits(one: float, other: float) -> None:
    """Law 5, whole."""
    less, more = (
        decided(
            a_profile(
                *EVERYTHING[:12], budget_per_head=round(per_head, 2), partners=[a_partner()], suppliers=[a_supplier()]
            )
        ).budget
        for per_head in sorted((one, other))
    )
    if less.within_allowance:
        assert more.within_allowance
        assert (more.recommended_fit or 0) >= (less.recommended_fit or 0) - 1e-9


def test_where_not_even_the_floor_fits_it_stays_the_answer_however_little_there_is() -> None:
    """A pound counts up to twice and no more: there is no cliff, and the gap is said."""
    little, less = (
        decided(a_profile(*EVERYTHING, population=70_000, budget_per_head=per_head, suppliers=[a_supplier()]))
        for per_head in (18.76, 9)
    )
    assert [f.recommendation for f in little.functions] == [f.recommendation for f in less.functions]
    for found in (little, less):
        budget = found.budget
        assert not budget.within_allowance
        assert budget.frontier[0].cost < (budget.recommended_cost or 0) < (budget.preferred_cost or 0)
        assert budget.gap == (budget.recommended_cost or 0) - budget.allowance == -(budget.headroom or 0)
        assert found.warnings[0].code is WarningCode.OVER_BUDGET


@pytest.mark.slow
def test_with_the_money_that_it_names_a_moved_function_comes_back() -> None:
    organisation: dict[str, Any] = {"population": 100_000, "suppliers": [a_supplier(stability=2)]}
    found = decided(a_profile(*EVERYTHING, budget_per_head=30, **organisation))
    moved = [f for f in found.functions if f.reason is Reason.BUDGET]
    assert moved
    for function in moved:
        more = found.budget.allowance + (function.restored_by or 0)
        if function.restored_by:
            richer = decided(
                a_profile(*EVERYTHING, committed_costs=10_000_000 - more, **organisation, budget_per_head=100)
            )
            assert {f.id: f.recommendation for f in richer.functions}[function.id] is function.preferred


def test_every_line_on_other_sums_holds_at_the_sum_that_it_names_down_to_the_floor() -> None:
    def with_free(pounds: int) -> Decision:
        money: dict[str, Any] = {"committed_costs": 10_000_000 - pounds, "budget_per_head": 100}
        others: dict[str, Any] = {"suppliers": [a_supplier(stability=2)]}
        return decided(a_profile(*EVERYTHING, population=100_000, **others, **money))

    floor = with_free(0).budget
    above = [point for point in floor.frontier if point.cost >= (floor.recommended_cost or 0)]
    assert 3 < len(above) < len(floor.frontier)
    for point in above:
        found = with_free(point.cost)
        now = {f.id: f.recommendation for f in found.functions}
        assert found.budget.recommended_cost == point.cost
        assert point.function is None or now[point.function] is point.option


def test_what_is_decided_is_held_whatever_it_costs() -> None:
    function = a_function("payroll", flags=["transactional"], decided={"mode": "make"})
    found = result(a_profile(function, *EVERYTHING[:3], suppliers=[a_supplier()], budget_per_head=1))
    assert (found.recommendation, found.reason) == (Option.MAKE, Reason.DECIDED)


def test_committed_costs_come_off_the_allowance_first() -> None:
    found = decided(a_profile(a_function(annual_cost=300_000), committed_costs=100_000))
    assert found.budget.headroom == 226_000 * 25 - 100_000 - 300_000


def test_importance_decides_which_of_two_alike_is_kept() -> None:
    quotes = [{"mode": "ally", "cost": 200_000, "supplier": "central-csu"}]
    first, second = (
        a_function(id_, annual_cost=300_000, quotes=quotes, ratings={"importance": importance})
        for id_, importance in (("one", 2), ("two", 5))
    )
    who: dict[str, Any] = {
        "population": 100_000,
        "suppliers": [a_supplier(population_served=5_000_000)],
        "premium": 150,
    }
    rich, found = (decided(a_profile(first, second, budget_per_head=per_head, **who)) for per_head in (25, 5.5))
    assert [f.recommendation for f in rich.functions] == [Option.MAKE, Option.MAKE]
    assert [f.recommendation for f in found.functions] != [Option.MAKE, Option.MAKE]
    assert found.functions[1].recommendation is Option.MAKE


WARNED = {
    WarningCode.NO_CLIENT: a_profile({"id": "payroll"}, suppliers=[a_supplier(), a_supplier("other")]),
    WarningCode.NOTHING_LEFT: a_profile({"id": "payroll"}, suppliers=[a_supplier()]),
    WarningCode.UNTRIED_MARKET: a_profile(
        {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu"}},
        suppliers=[a_supplier(closes="2027-03-31")],
    ),
    WarningCode.MONOPOLY: a_profile({"id": "payroll"}, suppliers=[a_supplier()]),
    WarningCode.DEPENDENCY: a_profile({"id": "payroll"}, suppliers=[a_supplier()]),
    WarningCode.WEAK_CLIENT: a_profile({"id": "payroll"}, suppliers=[a_supplier()], client_capability=2),
    WarningCode.STRANDED: a_profile({"id": "payroll", "current": "share"}, suppliers=[a_supplier(), a_supplier("b")]),
    WarningCode.DOUBLE_RUNNING: a_profile({"id": "payroll", "current": "make"}, suppliers=[a_supplier()]),
    WarningCode.UNTRUSTED: a_profile({"id": "payroll"}, suppliers=[a_supplier(trust=2)]),
    WarningCode.QUOTE_SET_ASIDE: a_profile(
        {"id": "payroll", "quotes": [{"mode": "buy", "cost": 300_000, "supplier": "b"}]},
        suppliers=[a_supplier(), a_supplier("b")],
    ),
    WarningCode.SPECIFY_FIRST: a_profile({"id": "payroll", "ratings": {"specification_readiness": 1}}),
    WarningCode.DECIDED_BLOCKED: a_profile({"id": "payroll", "decided": {"mode": "share"}}),
    WarningCode.FRAGMENTATION: a_profile(
        *({"id": id_} for id_ in ("payroll", "legal-services", "human-resources", "corporate-services")),
        suppliers=[
            a_supplier(id_, functions=[of])
            for id_, of in (
                ("a", "payroll"),
                ("b", "legal-services"),
                ("c", "human-resources"),
                ("d", "corporate-services"),
            )
        ],
    ),
}


@pytest.mark.parametrize("code", WARNED, ids=lambda code: code.value)
def test_it_warns_of(code: WarningCode) -> None:
    assert code in {caution.code for caution in decided(WARNED[code]).warnings}


def test_a_profile_that_makes_everything_itself_is_warned_of_nothing() -> None:
    functions = [a_function(annual_cost=100_000), a_function("supplier-management", annual_cost=50_000)]
    assert decided(a_profile(*functions, client_capability=3)).warnings == ()


def test_what_a_quote_alone_is_known_by_comes_off_the_money_for_the_others() -> None:
    """The ferry's quote takes what making would need: without it, making is within the money."""
    quotes = [{"mode": "buy", "cost": 100_000, "supplier": "central-csu"}]
    ferry = a_function("island-ferry", flags=["transactional"], quotes=quotes)
    allied = [{"mode": "ally", "cost": 150_000, "supplier": "central-csu"}]
    other = a_function(annual_cost=300_000, quotes=allied)
    money: dict[str, Any] = {
        "population": 100_000,
        "budget_per_head": 3.2,
        "premium": 100,
        "suppliers": [a_supplier(population_served=5_000_000)],
    }
    assert result(a_profile(other, **money)).recommendation is Option.MAKE
    found = decided(a_profile(ferry, other, **money))
    assert found.functions[1].recommendation is not Option.MAKE
    assert found.functions[1].reason is Reason.BUDGET


OUTSIDE_THE_NHS = {"local-authority", "private", "third-sector", "mutual", "joint-venture", "customer-owned"}
FOR_PROFIT = {"private", "joint-venture"}


@pytest.mark.parametrize("kind", list(SupplierKind))
def test_vat_is_lost_on_whoever_stands_outside_the_nhs_and_profit_made_by_whoever_must_make_it(kind: str) -> None:
    """All else equal, so prices differ by the margin alone. Allied with, as what its customers own must be."""
    found = result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier(kind=kind)])).options[Option.ALLY]
    unit = result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier()])).options[Option.ALLY]
    spent, beside = ({part.part: part.pounds for part in each.cost.parts} for each in (found, unit))
    margin = 1.10 if kind in FOR_PROFIT else 1.05
    assert spent[PartName.PRICE] == pytest.approx(beside[PartName.PRICE] / 1.05 * margin, abs=1)
    vat = 0.2 if kind in OUTSIDE_THE_NHS else 0
    assert spent.get(PartName.VAT, 0) == pytest.approx(spent[PartName.PRICE] * vat, abs=1)


def test_of_several_quotes_for_one_offer_the_cheapest_counts_and_those_of_others_do_not() -> None:
    quotes = [
        {"mode": "buy", "cost": 200_000, "supplier": "central-csu"},
        {"mode": "buy", "cost": 180_000, "supplier": "central-csu"},
        {"mode": "ally", "cost": 90_000, "supplier": "central-csu"},
        {"mode": "buy", "cost": 80_000, "supplier": "other"},
        {"mode": "share", "cost": 150_000, "partner": "hillside"},
        {"mode": "share", "cost": 140_000, "partner": "hillside"},
    ]
    function = a_function(annual_cost=300_000, quotes=quotes)
    suppliers = [a_supplier(trust=5), a_supplier("other", trust=1)]
    found = result(a_profile(function, suppliers=suppliers, partners=[a_partner()])).options
    assert found[Option.BUY].supplier == "central-csu"
    assert found[Option.BUY].cost.parts[0] == (PartName.PRICE, 180_000)
    assert found[Option.ALLY].cost.parts[0] == (PartName.PRICE, 90_000)
    assert found[Option.SHARE].cost.parts == ((PartName.TEAM, 140_000), (PartName.COORDINATION, 9_000))


def test_a_quote_of_one_partner_is_not_that_of_a_pool_with_another() -> None:
    quotes = [{"mode": "share", "cost": 10, "partner": "hillside"}]
    rows = [a_partner(trust=4), a_partner("dale", trust=4)]
    profile = a_profile(a_function(annual_cost=300_000, quotes=quotes), partners=rows)
    found = appraise(profile, RULES, CATALOGUE).found
    quoted = [found.table.offers.rows[offer].whom for offer in found.table.offer[found.prices.quoted]]
    assert quoted == [("hillside",)]


def test_vat_is_nothing_where_what_is_bought_can_be_recovered() -> None:
    """By the catalogue, and where the user says so; she may also say that it is charged."""

    def parts(id_: str, **keys: Any) -> set[PartName]:
        profile = a_profile({"id": id_, "annual_cost": 300_000, **keys}, suppliers=[a_supplier(kind="private")])
        return {part.part for part in result(profile).options[Option.BUY].cost.parts}

    assert PartName.VAT not in parts("payroll")
    assert PartName.VAT in parts("payroll", vat="charged")
    assert PartName.VAT in parts("contract-negotiation")
    assert PartName.VAT not in parts("contract-negotiation", vat="recoverable")


@pytest.mark.parametrize(("kind", "price"), [("private", 100_000), ("csu", 120_000)])
def test_vat_that_is_in_a_quote_is_taken_out_of_the_price_and_shown_apart(kind: str, price: int) -> None:
    """Nobody of the NHS charges any, so there it takes nothing out."""
    quote = {"mode": "buy", "supplier": "central-csu"}
    with_it, without = (
        result(
            a_profile(a_function(annual_cost=300_000, quotes=[{**quote, **asked}]), suppliers=[a_supplier(kind=kind)])
        )
        for asked in ({"cost": 120_000, "vat": "included"}, {"cost": price})
    )
    assert with_it.options[Option.BUY].cost.parts == without.options[Option.BUY].cost.parts
    assert with_it.options[Option.BUY].cost.parts[0] == (PartName.PRICE, price)


def test_of_two_quotes_for_one_offer_the_one_that_is_less_without_vat_counts() -> None:
    quotes = [
        {"mode": "buy", "supplier": "central-csu", "cost": 115_000, "vat": "included"},
        {"mode": "buy", "supplier": "central-csu", "cost": 100_000},
    ]
    profile = a_profile(a_function(annual_cost=300_000, quotes=quotes), suppliers=[a_supplier(kind="private")])
    assert result(profile).options[Option.BUY].cost.parts[0] == (PartName.PRICE, 95_833)


def tendering(cost: int, mode: Option = Option.BUY, **supplier: Any) -> int:
    """What tendering costs a year for an offer at a price."""
    function = a_function(annual_cost=300_000, quotes=[{"mode": mode, "cost": cost, "supplier": "central-csu"}])
    parts = result(a_profile(function, suppliers=[a_supplier(**supplier)])).options[mode].cost.parts
    return {part.part: part.pounds for part in parts}.get(PartName.TENDERING, 0)


def test_a_tender_costs_a_fixed_part_for_each_contract_and_a_share_of_the_price() -> None:
    """So its share falls with size; over the longer term of an alliance the fixed part is spread further."""
    assert tendering(200_000) == round(10_000 / 1.5 + 2_000)
    assert tendering(600_000) == round(10_000 / 1.5 + 6_000)
    assert tendering(200_000, Option.ALLY) == round(10_000 / 5 + 2_000)


@pytest.mark.parametrize(
    ("kind", "bought", "allied"), [("private", 86_550, 34_620), ("csu", 103_860, 41_544)], ids=["VAT", "none"]
)
def test_below_the_threshold_for_the_whole_term_with_the_vat_that_is_charged_no_tender_is_needed(
    kind: str, bought: int, allied: int
) -> None:
    """The threshold is £207,720, with 20% VAT where there is any: for two years, or for five."""
    for option, enough in ((Option.BUY, bought), (Option.ALLY, allied)):
        assert tendering(enough - 1, option, kind=kind) == 0
        assert tendering(enough, option, kind=kind) > 0


def test_a_company_that_its_customers_own_is_allied_with_without_a_tender() -> None:
    assert tendering(600_000, Option.ALLY, kind="customer-owned") == 0
    assert tendering(600_000, Option.ALLY, kind="mutual") > 0


def test_checking_costs_more_the_less_a_supplier_is_trusted_and_most_where_it_is_hard_to_measure_too() -> None:
    def checking(measurability: int, trust: int) -> float:
        function = a_function(annual_cost=300_000, ratings={"measurability": measurability})
        bought = result(a_profile(function, suppliers=[a_supplier(trust=trust)])).options[Option.BUY]
        spent = {part.part: part.pounds for part in bought.cost.parts}
        return spent[PartName.CONTRACT_MANAGEMENT] / spent[PartName.PRICE]

    assert checking(5, 5) == pytest.approx(0.02, abs=1e-4)
    assert checking(1, 5) == checking(3, 3) == pytest.approx(0.06, abs=1e-4)
    assert checking(1, 2) == pytest.approx(0.09, abs=1e-4)


def test_more_than_half_of_the_saving_that_sharing_promises_is_set_aside_but_not_of_a_quote() -> None:
    quote = {"mode": "share", "cost": 200_000, "partner": "hillside"}
    estimated, quoted = (
        result(a_profile(a_function(annual_cost=300_000, quotes=quotes), partners=[a_partner()])).options[Option.SHARE]
        for quotes in ([], [quote])
    )
    parts = {part.part: part.pounds for part in estimated.cost.parts}
    saving = 300_000 - parts[PartName.TEAM]
    assert parts[PartName.OPTIMISM] == pytest.approx(0.58 * saving, abs=1)
    assert [part.part for part in quoted.cost.parts] == [PartName.TEAM, PartName.COORDINATION]


def specific_to_one(rating: int, option: Option = Option.BUY, quotes: Any = (), **keys: Any) -> dict[PartName, int]:
    """The parts of what an option costs, £ a year, for work so specific to its customer, £300,000 in-house."""
    function = a_function(annual_cost=300_000, ratings={"asset_specificity": rating}, quotes=list(quotes))
    profile = a_profile(function, partners=[a_partner()], **{"suppliers": [a_supplier(stability=4)], **keys})
    return {part.part: part.pounds for part in result(profile).options[option].cost.parts}


@given(people, st.integers(50_000, 5_000_000), ratings, st.sampled_from((Option.BUY, Option.ALLY)), st.data())
def test_what_a_supplier_saves_never_rises_with_how_specific_the_work_is(
    population: int, served: int, presence: int, option: Option, data: st.DataObject
) -> None:
    """A supplier saves by doing the same for many, and what is specific to one serves no other."""
    kind = data.draw(st.sampled_from([kind for kind in SupplierKind if kind is not SupplierKind.CUSTOMER_OWNED]))
    supplier = a_supplier(population_served=served, local_presence=presence, kind=kind, stability=4)
    prices = [
        specific_to_one(rating, option, population=population, suppliers=[supplier])[PartName.PRICE]
        for rating in range(1, 6)
    ]
    assert prices == sorted(prices)


def test_the_saving_is_whole_where_nothing_is_specific_and_falls_evenly_to_what_is_not_pay() -> None:
    """At 100,000 people half of the cost is fixed, and a supplier of 900,000 saves nine tenths of it."""
    keys: dict[str, Any] = {"population": 100_000, "suppliers": [a_supplier(population_served=900_000)]}
    for rating, left in ((1, 1), (2, 0.825), (3, 0.65), (4, 0.475), (5, 0.3)):
        assert specific_to_one(rating, **keys)[PartName.PRICE] == pytest.approx(
            (300_000 - left * 135_000) * 1.05, abs=1
        )


def test_nothing_of_a_suppliers_estimate_is_set_aside_beside_its_price() -> None:
    assert all(PartName.OPTIMISM not in specific_to_one(rating) for rating in range(1, 6))


@pytest.mark.parametrize("rating", range(1, 6))
def test_an_offer_and_making_and_sharing_cost_the_same_however_specific_the_work_is(rating: int) -> None:
    quote = {"mode": "buy", "cost": 200_000, "supplier": "central-csu"}
    for option, quotes in ((Option.BUY, [quote]), (Option.MAKE, []), (Option.SHARE, [])):
        assert specific_to_one(rating, option, quotes) == specific_to_one(3, option, quotes)


def test_what_is_paid_today_is_taken_as_it_is_however_specific_the_work_is() -> None:
    current = {"mode": "buy", "supplier": "central-csu", "cost": 200_000}
    for rating in range(1, 6):
        function = a_function(annual_cost=300_000, ratings={"asset_specificity": rating}, current=current)
        assert result(a_profile(function, suppliers=[a_supplier()])).options[Option.BUY].cost.pounds == 200_000


def test_functions_alike_in_how_specific_they_are_cost_alike() -> None:
    alike = [a_function(id_, annual_cost=300_000, ratings={"asset_specificity": 4}) for id_ in ("one", "other")]
    one, other = decided(a_profile(*alike, suppliers=[a_supplier()])).functions
    assert one.options[Option.BUY].cost.parts == other.options[Option.BUY].cost.parts


def _closing(**keys: Any) -> Profile:
    unit, trust = a_supplier("vale", kind="csu", closes="2027-03-31"), a_supplier("tarn", kind="nhs-body")
    start: dict[str, Any] = {"from": "2027-04-01"}
    return a_profile(a_function(**keys), suppliers=[unit, trust], **start)


def test_an_offer_of_whoever_closes_does_not_replace_what_they_are_paid() -> None:
    """Doing nothing costs what is paid until they close; nobody can have it for the price that they ask."""
    row: dict[str, Any] = {"annual_cost": 400_000, "current": {"mode": "buy", "supplier": "vale", "cost": 300_000}}
    asked = [{"mode": "buy", "supplier": "vale", "cost": 150_000}]
    found = result(_closing(**row, quotes=asked))
    assert found.today is not None
    assert found.today.cost == 300_000
    assert found == result(_closing(**row))


def test_who_closes_within_a_bought_contract_makes_the_market_no_deeper() -> None:
    staying = a_supplier("vale", kind="csu")
    alone = [a_supplier("tarn", kind="nhs-body")]
    closing = result(_closing())
    assert closing.credible_suppliers == 1
    assert result(a_profile(a_function(), suppliers=[staying, *alone])).credible_suppliers == 2

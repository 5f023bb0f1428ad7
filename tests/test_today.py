"""From today: with whom a function is run, what is paid, what ends, and what it costs once to leave."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided, result
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import Data, examples, profiles

from mba.caution import Caution, WarningCode
from mba.decide.cost import moving
from mba.decide.evaluate import Evaluated, evaluate
from mba.decide.present import asked_otherwise
from mba.knowledge.rules import GateCode
from mba.load.knowledge import load_references
from mba.profile import Profile
from mba.render.markdown import markdown
from mba.report.explain import explanation
from mba.report.timing import is_tendered
from mba.report.words import about
from mba.results import FunctionResult, Reason, Today
from mba.spending import PartName
from mba.terms import Option
from mba.ways import way_of_today

MAKE, SHARE, ALLY, BUY = Option
FROM: Data = {"from": "2027-04-01"}


def run(mode: str, function: Data | None = None, **current: Any) -> Data:
    """A function of £300,000 in-house that is run like that today."""
    return {**a_function(annual_cost=300_000), **(function or {}), "current": {"mode": mode, **current}}


def with_packages(profile: Profile, *packages: Data) -> Profile:
    return Profile.model_validate({**profile.model_dump(by_alias=True, exclude_unset=True), "packages": packages})


def evaluated(profile: Profile) -> Evaluated:
    return evaluate([(profile, profile.functions)], RULES, CATALOGUE)


def spent(function: FunctionResult, option: Option) -> dict[PartName, int]:
    return {part.part: part.pounds for part in function.options[option].cost.parts}


def test_whoever_runs_it_today_and_is_not_listed_may_go_on_and_runs_nothing_else() -> None:
    bought = run("buy", supplier="old-friend", cost=150_000)
    found = decided(a_profile(bought, a_function("payroll", annual_cost=90_000)))
    today, other = found.functions

    assert today.options[BUY].whom() == ("old-friend",)
    assert today.options[BUY].cost.pounds == 150_000
    assert today.options[BUY].cost.transition is None
    assert (today.recommendation, today.moves) == (BUY, False)
    assert today.options[ALLY].blocked_by == (GateCode.NO_LONG_TERM_SUPPLIER,)
    assert other.options[BUY].blocked_by == (GateCode.NO_SUPPLIER,)


def test_whoever_runs_it_today_may_go_on_though_they_offer_it_to_nobody_else() -> None:
    """Listed, but for other functions: it is still the same body, with its own trust."""
    csu = a_supplier(functions=["payroll"], trust=1)
    assert result(a_profile(run("buy", supplier="central-csu"), suppliers=[a_supplier(functions=["payroll"])])).options[
        BUY
    ].whom() == ("central-csu",)
    assert result(a_profile(run("buy", supplier="central-csu"), suppliers=[csu])).options[BUY].blocked_by == (
        GateCode.NO_SUPPLIER,
    )


def test_where_nobody_is_named_the_same_option_with_anybody_is_no_move() -> None:
    suppliers = [a_supplier(), a_supplier("other", trust=4)]
    anybody = result(a_profile(run("buy", cost=150_000), suppliers=suppliers))
    one = result(a_profile(run("buy", cost=150_000, supplier="central-csu"), suppliers=suppliers))

    assert anybody.options[BUY].cost.transition is None
    assert (anybody.options[BUY].supplier, anybody.options[BUY].cost.pounds) == ("other", 150_000)
    assert one.options[BUY].supplier == "central-csu"
    assert one.today
    assert one.today.with_ == ("central-csu",)


def test_where_nobody_is_named_and_nobody_offers_it_somebody_goes_on_all_the_same() -> None:
    found = result(a_profile(run("share", cost=120_000)))
    assert found.options[SHARE].available
    assert (found.recommendation, found.chosen.cost.pounds, found.moves) == (SHARE, 120_000, False)


def test_another_partner_is_a_move_and_the_same_pool_in_any_order_is_none() -> None:
    partners = [a_partner("dale"), a_partner("hill")]
    same = run("share", partners=["hill", "dale"], cost=1_000)
    other = run("share", partner="elsewhere", cost=900_000)
    assert result(a_profile(same, partners=partners)).options[SHARE].partners == ("dale", "hill")
    assert not result(a_profile(same, partners=partners)).moves
    assert result(a_profile(other, partners=partners)).moves


def test_an_offer_counts_before_what_is_paid_today_and_that_before_an_estimate() -> None:
    quote = {"mode": "buy", "supplier": "central-csu", "cost": 140_000}
    costs = []
    for keys in ({"quotes": [quote]}, {}):
        function = run("buy", keys, supplier="central-csu", cost=160_000)
        costs.append(spent(result(a_profile(function, suppliers=[a_supplier()])), BUY))
    estimated = result(a_profile(run("buy", supplier="central-csu"), suppliers=[a_supplier()])).options[BUY]

    assert costs[0][PartName.PRICE] == 140_000
    assert costs[0][PartName.CONTRACT_MANAGEMENT] > 0
    assert sum(costs[1].values()) == 160_000  # All in.
    assert estimated.cost.estimated


WAYS = [
    ("buy", {"supplier": "central-csu"}, {"kind": "private", "trust": 2}),
    ("buy", {"supplier": "central-csu"}, {"kind": "csu"}),
    ("ally", {"supplier": "central-csu"}, {"kind": "csu"}),
    ("share", {"partner": "hillside"}, {"kind": "csu"}),
]


def priced(mode: str, whom: Data, seller: Data, *offered: int, **current: Any) -> FunctionResult:
    """A function that is run like that for £200,000 a year all in, and is offered like that at these prices."""
    quotes = [{"mode": mode, **whom, "cost": cost} for cost in offered]
    function = run(mode, {"quotes": quotes} if quotes else {}, **whom, **{"cost": 200_000} | current)
    rated: dict[str, Any] = {"stability": 4, "trust": 4, **seller}
    return result(a_profile(function, suppliers=[a_supplier(**rated)], partners=[a_partner("hillside")], **FROM))


@pytest.mark.parametrize(("mode", "whom", "seller"), WAYS)
def test_the_same_price_again_is_neither_dearer_nor_cheaper_than_what_is_paid_and_costs_as_much_to_leave(
    mode: str, whom: Data, seller: Data
) -> None:
    """What is paid is all in: its price is what is left without all that comes on top of an offer."""
    paid = priced(mode, whom, seller)
    assert paid.today
    assert paid.today.production
    assert 150_000 < paid.today.production < 200_000
    assert paid.options[Option(mode)].cost.pounds == 200_000

    again = priced(mode, whom, seller, paid.today.production)
    assert spent(again, Option(mode)) == pytest.approx(spent(paid, Option(mode)), abs=1)
    once, left = paid.options[MAKE].cost.transition, again.options[MAKE].cost.transition
    assert once
    assert left
    assert left.redundancy == pytest.approx(once.redundancy, abs=1)


def test_of_what_is_paid_for_what_nobody_can_estimate_agreeing_takes_its_share_of_the_team() -> None:
    """£103,000 all in, of which agreeing takes 3% of the team."""
    assert RULES.costs.coordination.value == 0.03
    current = {"mode": "share", "partner": "hillside", "cost": 103_000}
    function = {"id": "island-ferry", "flags": ["core"], "current": current}
    found = spent(result(a_profile(function, partners=[a_partner()])), SHARE)
    assert found == {PartName.TEAM: 100_000, PartName.COORDINATION: 3_000}


def test_the_same_price_from_somebody_alike_costs_what_is_paid_and_a_tender() -> None:
    quote = {"mode": "buy", "supplier": "other", "cost": 200_000}
    function = run("buy", {"quotes": [quote]}, supplier="central-csu", cost=220_000)
    found = evaluated(a_profile(function, suppliers=[a_supplier(), a_supplier("other")]))
    bought = found.table.option == list(Option).index(BUY)
    assert sorted(found.prices.total[bought & found.prices.known].tolist()) == [220_000, 220_000 + 8_667]


def test_only_the_price_in_what_is_paid_is_paid_to_people_who_may_have_to_go() -> None:
    """Of £387,000 all in £302,344 is the price: VAT is 20% of it, managing 5%, and the people who specify 3%."""
    function = a_function(flags=["transactional"], annual_cost=300_000)
    function["current"] = {"mode": "buy", "supplier": "central-csu", "cost": 387_000}
    found = result(a_profile(function, suppliers=[a_supplier(kind="private", trust=3)]))
    left = found.options[MAKE].cost.transition
    assert spent(found, BUY)[PartName.PRICE] == round(387_000 / 1.28)
    assert left
    assert left.redundancy == round(1.3 * 0.7 * (round(387_000 / 1.28) - 300_000))


@pytest.mark.parametrize(
    ("paid", "tender"), [(200_000, 0), (220_000, 0), (221_000, 1_000), (226_000, 6_000), (500_000, 8_667), (None, 0)]
)
def test_an_offer_of_whoever_runs_it_is_tendered_for_while_the_contract_lasts_only_as_far_as_it_saves(
    paid: int | None, tender: int
) -> None:
    """£200,000 and 10% on top; a tender would be £8,667 a year. For a higher price none is held."""
    found = priced("buy", {"supplier": "central-csu"}, {"kind": "csu", "trust": 3}, 200_000, cost=paid)
    parts = spent(found, BUY)
    assert parts.pop(PartName.TENDERING, 0) == tender
    assert sum(parts.values()) == 220_000


FIXED: Data = {"mode": "buy", "supplier": "central-csu", "cost": 200_000, "until": "2030-03-31"}


@pytest.mark.parametrize("offered", [150_000, 300_000])
@pytest.mark.parametrize("named", [True, False])
def test_a_price_that_is_fixed_until_later_is_what_doing_nothing_costs_whatever_is_offered(
    offered: int, *, named: bool
) -> None:
    """Until its contract ends, an offer of whoever runs it counts for nothing, and that is told."""
    current = {key: value for key, value in FIXED.items() if named or key != "supplier"}
    quotes = [{"mode": "buy", "supplier": "central-csu", "cost": offered}]
    decision = decided(a_profile(a_function(current=current, quotes=quotes), suppliers=[a_supplier()], **FROM))
    found = decision.functions[0]
    assert (found.options[BUY].cost.pounds, found.options[BUY].cost.ground) == (200_000, "given")
    assert found.today
    assert found.today.cost == 200_000
    assert decision.plans
    assert decision.plans.today
    assert decision.plans.today.cost == 200_000
    assert Caution(WarningCode.QUOTE_LATER, ("contract-negotiation",), offered, "central-csu") in decision.warnings
    said = markdown(explanation(found, (), decision, RULES, load_references()))
    assert f"for £{offered:,} a year; no sum counts that, since today's price is fixed for longer." in said


@pytest.mark.parametrize(
    ("quote", "current", "start"),
    [
        ({}, {"until": "2027-03-31"}, FROM),
        ({}, {"until": FROM["from"]}, FROM),
        ({}, {"until": None}, FROM),
        ({}, {"cost": None}, FROM),
        ({}, {}, {}),
        ({"supplier": "other"}, {}, FROM),
        ({"mode": "ally"}, {}, FROM),
    ],
)
def test_an_offer_counts_where_no_price_is_fixed_or_it_is_of_another_way(
    quote: Data, current: Data, start: Data
) -> None:
    """Or where the contract ends by the new start, or none is given."""
    suppliers = [a_supplier(stability=4), a_supplier("other", stability=4)]
    quotes = [{"mode": "buy", "supplier": "central-csu", "cost": 150_000, **quote}]
    row = a_function(annual_cost=300_000, current={**FIXED, **current}, quotes=quotes)
    profile = a_profile(row, suppliers=suppliers, **start)
    assert evaluated(profile).prices.quoted.sum() == 1
    assert WarningCode.QUOTE_LATER not in [caution.code for caution in decided(profile).warnings]


def test_of_several_prices_that_one_body_is_known_to_ask_the_least_counts() -> None:
    """Dales is paid in a pool with Hills, and offers less alone: a pool of it with Moors is held to that offer."""
    pool = {"mode": "share", "partners": ["hills", "dales"], "cost": 600_000}
    quotes = [{"mode": "share", "partner": "dales", "cost": 390_000}]
    row = a_function(annual_cost=300_000, current=pool, quotes=quotes)
    people = {"hills": 200_000, "dales": 800_000, "moors": 900_000}
    partners = [a_partner(id_, trust=5, population=number) for id_, number in people.items()]
    found = evaluated(a_profile(row, partners=partners))
    offers = found.table.offers.rows
    (place,) = [at for at, of in enumerate(found.table.offer.tolist()) if set(offers[of].whom) == {"dales", "moors"}]
    assert asked_otherwise(found, place) == 390_000


def test_what_is_paid_for_making_it_is_its_cost_in_house() -> None:
    paid = {"id": "our-own", "flags": ["core"], "current": {"mode": "make", "cost": 80_000}}
    found = result(a_profile(paid, suppliers=[a_supplier()]))
    assert found.options[MAKE].cost.pounds == 80_000
    assert not found.options[MAKE].cost.estimated
    assert (found.options[BUY].cost.pounds or 0) > 0


BLOCK = {"supplier": "central-csu", "mode": "buy", "cost": 100_000, "functions": ["one", "two"]}


def test_the_price_of_a_package_is_split_by_what_its_functions_would_cost_in_house_and_marked() -> None:
    rows = [a_function("one", annual_cost=300_000), a_function("two", annual_cost=100_000)]
    found = decided(with_packages(a_profile(*rows, suppliers=[a_supplier()]), BLOCK))
    for function, pounds in zip(found.functions, (75_000, 25_000), strict=True):
        assert function.today
        assert (function.today.mode, function.today.with_, function.today.cost) == (BUY, ("central-csu",), pounds)
        assert not function.today.known
        assert function.options[BUY].cost.estimated


def test_a_function_with_a_price_of_its_own_keeps_it_beside_a_package() -> None:
    rows = [a_function("one", annual_cost=300_000), a_function("two", annual_cost=100_000)]
    alone = run("buy", a_function("payroll", annual_cost=90_000), supplier="central-csu", cost=80_000)
    found = decided(with_packages(a_profile(*rows, alone, suppliers=[a_supplier()]), BLOCK))
    assert [f.today.cost for f in found.functions if f.today] == [75_000, 25_000, 80_000]


def test_a_function_of_a_package_of_which_no_cost_is_known_takes_the_mean_of_the_others() -> None:
    rows = [a_function("one", annual_cost=300_000), a_function("two"), a_function("three", annual_cost=100_000)]
    block = {**BLOCK, "cost": 300_000, "functions": ["one", "two", "three"]}
    found = decided(with_packages(a_profile(*rows, suppliers=[a_supplier()]), block))
    assert [f.today.cost for f in found.functions if f.today] == [150_000, 100_000, 50_000]


def test_it_is_warned_where_only_a_part_of_a_package_would_leave() -> None:
    """Neither where all of it stays, nor where all of it leaves."""

    def warned(*decided_: Data) -> list[Caution]:
        rows = [
            a_function(id_, annual_cost=90_000, decided=how) for id_, how in zip(("one", "two"), decided_, strict=True)
        ]
        found = decided(with_packages(a_profile(*rows, suppliers=[a_supplier()]), BLOCK))
        return [caution for caution in found.warnings if caution.code is WarningCode.PACKAGE_SPLIT]

    make, buy = {"mode": "make"}, {"mode": "buy"}
    assert warned(make, buy) == [Caution(WarningCode.PACKAGE_SPLIT, ("one",), 100_000, "central-csu")]
    assert warned(make, make) == warned(buy, buy) == []


@pytest.mark.parametrize(
    ("until", "start", "tendered"),
    [
        ("2027-03-31", "2027-04-01", True),
        ("2028-03-31", "2027-04-01", False),
        ("2028-03-31", None, True),
        (None, "2027-04-01", False),
    ],
)
def test_from_the_day_its_contract_ends_staying_is_tendered_for_and_no_move(
    until: str | None, start: str | None, *, tendered: bool
) -> None:
    """Without a day from which the answer is to hold, what has an end has ended."""
    ends: Data = {"until": until} if until else {}
    organisation: Data = {"from": start} if start else {}
    ways: list[Data] = [{"cost": 280_000}, {}]
    for paid in ways:
        profile = a_profile(
            run("buy", supplier="central-csu", **ends, **paid), suppliers=[a_supplier()], **organisation
        )
        found = result(profile)
        assert (PartName.TENDERING in spent(found, BUY)) is tendered
        assert found.options[BUY].available
        assert found.options[BUY].cost.transition is None


@pytest.mark.parametrize(("closes", "tender"), [(None, 9_212), ("2027-03-31", 0), ("2028-01-31", 0)])
def test_what_is_paid_today_is_what_was_typed_and_a_new_tender_is_told_apart_where_anybody_is_there_to_stay_with(
    closes: str | None, tender: int
) -> None:
    """Where the contract has ended by then: staying pays for a tender, unless whoever runs it has closed before."""
    closing: Data = {"closes": closes} if closes else {}
    profile = a_profile(
        run("buy", supplier="central-csu", cost=280_000, until="2027-03-31"),
        suppliers=[a_supplier(**closing)],
        **FROM,
    )
    decision = decided(profile)
    function = decision.functions[0]
    today = Today(Option.BUY, ("central-csu",), 280_000 + tender, True, 280_000, tender, 254_546, 23_333)
    assert function.today == today
    assert decision.plans
    assert decision.plans.today
    assert decision.plans.today.cost == 280_000 + tender
    said = markdown(explanation(function, (), decision, RULES, load_references()))
    assert ("for £280,000 a year, and £9,000 for a new tender, since the contract has ended." in said) is bool(tender)
    assert ("for £280,000 a year. " in said) is not bool(tender)


def test_where_staying_costs_other_than_what_is_paid_the_explanation_gives_both_sums() -> None:
    quoted = {"mode": "buy", "supplier": "central-csu", "cost": 320_000, "vat": "included"}
    current = {"mode": "buy", "supplier": "central-csu", "cost": 280_000}
    decision = decided(a_profile(a_function(current=current, quotes=[quoted]), suppliers=[a_supplier()]))
    today = decision.functions[0].today
    assert today
    assert today.cost
    assert today.cost > 300_000
    said = markdown(explanation(decision.functions[0], (), decision, RULES, load_references()))
    assert f"for £280,000 a year. To stay costs £{round(today.cost, -3):,} a year by the newest figures." in said


CLOSING: Data = {"closes": "2028-09-30"}


@pytest.mark.parametrize(
    ("start", "open_"),
    [("2027-03-31", {BUY}), ("2027-04-01", {BUY}), ("2023-09-30", {BUY, ALLY}), ("2027-04-03", set()), (None, set())],
)
def test_whoever_closes_is_out_for_every_arrangement_that_would_run_past_it(
    start: str | None, open_: set[Option]
) -> None:
    """Eighteen months for buying and five years for allying; without a start, whatever closes has closed."""
    organisation: Data = {"from": start} if start else {}
    found = result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier(**CLOSING)], **organisation))
    assert {option for option in (BUY, ALLY) if found.options[option].available} == open_
    for option in {BUY, ALLY} - open_:
        assert found.options[option].blocked_by == (GateCode.CLOSES,)


def test_who_closes_cannot_go_on_and_whoever_runs_it_today_is_left() -> None:
    profile = a_profile(run("buy", supplier="central-csu", cost=100), suppliers=[a_supplier(**CLOSING)])
    found = result(profile)
    assert found.ending
    assert found.recommendation is MAKE
    assert found.options[BUY].blocked_by == (GateCode.CLOSES,)


@pytest.mark.parametrize(
    ("decided_on", "whose", "ending"),
    [("make", "suppliers", True), ("buy", "suppliers", True), ("make", "nobody", False)],
)
def test_what_was_decided_ends_as_well_where_whoever_runs_it_today_closes(
    decided_on: str, whose: str, ending: bool
) -> None:
    closes = {"closes": "2027-03-31"} if whose == "suppliers" else {}
    function = a_function(
        flags=["transactional"],
        annual_cost=300_000,
        current={"mode": "buy", "supplier": "central-csu", "cost": 290_000},
        decided={"mode": decided_on, "because": "Governing body, 12 May"},
    )
    others = [a_supplier(**closes), a_supplier("other")]
    found = result(a_profile(function, suppliers=others, **FROM))
    assert (found.moves, found.ending, found.is_sure) == (True, ending, True)


def test_a_duty_that_was_decided_to_stay_where_it_is_does_not_end() -> None:
    decided_on = {"mode": "buy", "because": "Governing body, 12 May"}
    function = a_function(flags=["statutory"], current={"mode": "buy", "supplier": "central-csu"}, decided=decided_on)
    found = result(a_profile(function, suppliers=[a_supplier()]))
    assert (found.moves, found.ending) == (False, False)


def test_a_pool_of_those_that_stay_long_enough_is_tried_though_one_of_them_closes_later() -> None:
    """The larger third closes at once, and takes no pool of the other two along."""
    partners = [
        a_partner("first", population=90_000, closes="2035-01-01"),
        a_partner("second", population=80_000),
        a_partner("third", population=500_000, closes="2027-06-30"),
    ]
    function = a_function(annual_cost=300_000, ratings={"scale_economies": 5})
    profile = a_profile(function, partners=partners, population=60_000, **FROM)
    found = evaluated(profile)
    open_ = {found.table.offers.rows[offer].whom for offer in found.table.offer[found.open & (found.table.option == 1)]}
    assert open_ == {("first",), ("second",), ("first", "second")}


def test_one_more_partner_that_closes_takes_none_of_the_others_away() -> None:
    """Law 4."""
    staying = [a_partner("first", closes="2035-01-01"), a_partner("second", population=80_000)]
    gone = a_partner("third", population=900_000, closes="2027-06-30")
    less, more = (
        result(a_profile(a_function(annual_cost=300_000), partners=some, **FROM)).options[SHARE]
        for some in (staying, [*staying, gone])
    )
    assert (more.fit, more.cost) == (less.fit, less.cost)


def test_what_its_customers_own_is_allied_with_and_not_bought_from() -> None:
    found = result(a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier(kind="customer-owned")])).options
    assert found[ALLY].available
    assert found[BUY].blocked_by == (GateCode.NO_SUPPLIER,)


def test_with_somebody_who_is_not_trusted_at_all_nothing_is_shared_bought_or_allied() -> None:
    profile = a_profile(a_function(annual_cost=300_000), suppliers=[a_supplier(trust=1)], partners=[a_partner(trust=1)])
    found = result(profile).options
    assert found[SHARE].blocked_by == (GateCode.NO_PARTNER,)
    assert found[BUY].blocked_by == (GateCode.NO_SUPPLIER,)
    assert found[ALLY].blocked_by == (GateCode.NO_LONG_TERM_SUPPLIER,)


@pytest.mark.parametrize(("trust", "stability", "long_term"), [(2, 3, True), (3, 2, True), (3, 3, False)])
def test_an_alliance_needs_trust_of_three_a_future_above_two_and_a_long_signature(
    trust: int, stability: int, *, long_term: bool
) -> None:
    enough = a_supplier(trust=3, stability=3)
    lacking = a_supplier(trust=trust, stability=stability, long_term=long_term)
    assert result(a_profile(suppliers=[enough])).options[ALLY].available
    assert result(a_profile(suppliers=[lacking])).options[ALLY].blocked_by == (GateCode.NO_LONG_TERM_SUPPLIER,)
    assert result(a_profile(suppliers=[lacking])).options[BUY].available


@pytest.mark.parametrize(("id_", "code"), [("governance", GateCode.STATUTORY), ("clinical-leadership", GateCode.KEPT)])
def test_what_the_law_or_every_organisation_keeps_a_board_may_share_and_a_group_may_not(
    id_: str, code: GateCode
) -> None:
    offered: dict[str, Any] = {"partners": [a_partner()], "suppliers": [a_supplier()]}
    for kind, shut in (("ccg", {SHARE, ALLY, BUY}), ("icb", {ALLY, BUY})):
        found = result(a_profile({"id": id_}, kind=kind, **offered)).options
        assert {option for option in Option if found[option].blocked_by == (code,)} == shut
        assert {option for option in Option if found[option].available} == set(Option) - shut


def test_of_what_only_the_way_it_is_run_today_is_said_nothing_is_recommended_but_that() -> None:
    odd = {"id": "odd-job", "name": "Odd job", "current": {"mode": "buy", "supplier": "somebody", "cost": 90_000}}
    found = result(a_profile(odd, suppliers=[a_supplier(trust=5)], partners=[a_partner(trust=5)]))
    assert (found.recommendation, found.reason, found.chosen.whom()) == (BUY, Reason.UNKNOWN, ("somebody",))
    rated = result(a_profile({**odd, "ratings": {"complexity": 3}}, suppliers=[a_supplier(trust=5)]))
    assert rated.reason is not Reason.UNKNOWN


def test_a_move_costs_fifteen_hundredths_of_the_first_year_of_the_new_way_and_staying_nothing() -> None:
    offered: dict[str, Any] = {"partners": [a_partner()], "suppliers": [a_supplier()]}
    found = result(a_profile(run("make"), **offered))
    for option in (SHARE, ALLY, BUY):
        move, parts = found.options[option].cost.transition, found.options[option].cost.parts
        assert move
        assert move.transfer == pytest.approx(0.15 * parts[0].pounds, abs=1)
    assert found.options[MAKE].cost.transition is None
    assert found.options[MAKE].cost.once == 0
    nowhere_said = result(a_profile(a_function(annual_cost=300_000), **offered)).options
    assert all(each.cost.transition is None for each in nowhere_said.values())


@pytest.mark.parametrize(("cost", "redundancy"), [(200_000, 91_000), (299_999, 1), (300_000, 0), (400_000, 0)])
def test_redundancy_is_for_the_fall_in_yearly_pay_and_never_below_nought(cost: int, redundancy: int) -> None:
    """1.3 times seven tenths of the fall: a supplier that takes all of them over at the same pay pays off none."""
    quotes = [{"mode": "buy", "supplier": "central-csu", "cost": cost}]
    move = result(a_profile(run("make", {"quotes": quotes}), suppliers=[a_supplier()])).options[BUY].cost.transition
    assert move
    assert move.redundancy == redundancy


@pytest.mark.parametrize(
    ("start", "until", "months", "counted"),
    [
        ("2027-04-01", None, 6, 6.0),
        ("2027-04-01", "2027-07-01", 6, 92 / (365.25 / 12)),
        ("2027-04-01", "2027-03-31", 6, 0.0),
        ("2027-04-01", "2027-04-01", 6, 0.0),
        ("2027-04-01", None, 0, 0.0),
        (None, None, 6, 0.0),
    ],
)
def test_notice_costs_what_is_paid_today_for_the_months_that_run_past_the_new_start(
    start: str | None, until: str | None, months: int, counted: float
) -> None:
    """Not beyond the end of the contract; and nothing where no start is given."""
    ends: Data = {"until": until} if until else {}
    organisation: Data = {"from": start} if start else {}
    bought = run("buy", supplier="old-friend", cost=240_000, notice_months=months, **ends)
    found = result(a_profile(bought, **organisation))
    left = found.options[MAKE].cost.transition
    today = found.today
    assert left
    assert today
    assert left.notice == round((today.cost or 0) / 12 * counted)


@given(data=profiles(most=2, suppliers=2, partners=2, most_partners=4, money=True, full=True), picks=st.data())
@examples(200)
def test_no_detour_is_cheaper_than_the_straight_way(data: Data, picks: st.DataObject) -> None:
    """A law, whatever is left for what by way of what; each sum is rounded, so to the pound."""
    profile = Profile.model_validate(data)
    found = evaluated(profile)
    table, prices = found.table, found.prices
    known = np.flatnonzero(prices.known & (table.function == 0)).tolist()
    assume(len(known) > 2)
    a, b, c = (picks.draw(st.sampled_from(known)) for _ in range(3))

    def once(start: int, end: int) -> float:
        """What it costs to move from one way of the first function to another."""
        today = np.full(len(table.starts), -1)
        today[0] = start
        here = np.arange(len(table.function)) == start
        return float(moving(table._replace(as_today=here), prices, today, RULES.costs).once[end])

    assert once(a, c) <= once(a, b) + once(b, c) + 1
    assert once(a, a) == 0


def test_leaving_today_takes_more_than_the_noise() -> None:
    """The burden of proof: what is a little better is left alone, and what is much better is not."""

    def answer(paid: int) -> FunctionResult:
        quotes = [{"mode": "buy", "supplier": "other", "cost": 100_000}]
        bought = run("buy", {"quotes": quotes}, supplier="central-csu", cost=paid)
        return result(a_profile(bought, suppliers=[a_supplier(), a_supplier("other")]))

    assert answer(125_000).chosen.whom() == ("central-csu",)
    assert answer(125_000).reason in (Reason.FIT, Reason.TODAY)
    assert answer(200_000).chosen.whom() == ("other",)


def test_an_offer_is_only_a_guess_at_what_is_paid_where_nobody_is_said_to_run_it() -> None:
    quoted = {"mode": "buy", "supplier": "central-csu", "cost": 60_000, "vat": "included"}
    for current, known in (("buy", False), ({"mode": "buy", "supplier": "central-csu"}, True)):
        decision = decided(a_profile(a_function(current=current, quotes=[quoted]), suppliers=[a_supplier()]))
        today = decision.functions[0].today
        assert today
        assert today.known is known


@pytest.mark.parametrize(
    ("now", "then", "may"), [(90_000, 89_999, False), (90_000, 90_000, False), (90_000, 90_001, True), (None, 1, False)]
)
def test_where_fit_alone_decides_a_move_may_cost_more_where_it_is_known_to_or_its_cost_is_not(
    now: int | None, then: int, may: bool
) -> None:
    found = result(a_profile(a_function(annual_cost=300_000, current="make"), suppliers=[a_supplier()]))
    assert found.today
    cost = found.chosen.cost._replace(asked=None)
    for pounds, wanted in ((then, may), (None, now is not None)):
        chosen = found.chosen._replace(cost=cost._replace(pounds=pounds))
        options = found.options | {found.recommendation: chosen}
        moved = found._replace(costed=False, today=found.today._replace(cost=now), options=options)
        assert moved.may_cost_more is wanted
        assert not moved._replace(costed=True).may_cost_more


@pytest.mark.parametrize(("premium", "whom"), [(5, "cheap"), (60, "good")])
def test_where_it_is_not_said_from_whom_it_is_bought_today_is_the_offer_that_is_worth_most(
    premium: int, whom: str
) -> None:
    quotes = [{"mode": "buy", "supplier": id_, "cost": cost} for id_, cost in (("cheap", 70_000), ("good", 97_000))]
    row = a_function("payroll", flags=["transactional"], annual_cost=100_000, current="buy", quotes=quotes)
    suppliers = [a_supplier("cheap", trust=2), a_supplier("good", trust=5, stability=5, local_presence=5)]
    profile = a_profile(row, suppliers=suppliers, premium=premium)
    found = evaluate([(profile, profile.appraised)], RULES, CATALOGUE)
    assert found.table.offers.rows[found.table.offer[found.today[0]]].whom == (whom,)


@pytest.mark.parametrize(("until", "ended"), [("2027-03-31", True), ("2027-04-01", True), ("2027-04-02", False)])
def test_a_contract_has_ended_by_a_start_on_its_last_day(until: str, *, ended: bool) -> None:
    """Then staying takes a new tender, which one that lasts does not."""
    current = {"mode": "buy", "supplier": "central-csu", "cost": 500_000, "until": until}
    start: dict[str, Any] = {"from": "2027-04-01"}
    found = result(a_profile(a_function(annual_cost=300_000, current=current), suppliers=[a_supplier()], **start))
    assert found.today is not None
    assert bool(found.today.tender) is ended


@pytest.mark.parametrize(("kind", "tendered"), [("private", True), ("customer-owned", False)])
def test_what_its_customers_own_needs_no_tender_however_large(kind: str, tendered: bool) -> None:
    offer = {"mode": "ally", "cost": 2_000_000, "supplier": "ours"}
    row = a_function(annual_cost=3_000_000, quotes=[offer], decided={"mode": "ally"})
    profile = a_profile(row, kind="icb", population=1_000_000, suppliers=[a_supplier("ours", kind=kind, stability=4)])
    assert is_tendered(decided(profile).functions[0]) is tendered


TO_ANOTHER: Data = {
    "id": "payroll",
    "annual_cost": 360_000,
    "current": {"mode": "buy", "supplier": "near", "cost": 300_000},
    "quotes": [{"mode": "buy", "cost": 220_000, "supplier": "far"}],
}
NEAR_AND_FAR = [a_supplier("near", trust=2, stability=3), a_supplier("far", trust=4, stability=4)]


def test_where_only_who_runs_it_changes_explain_shows_to_stay_as_a_way_and_holds_the_answer_against_it() -> None:
    decision = decided(a_profile(TO_ANOTHER, suppliers=NEAR_AND_FAR))
    (function,) = decision.functions
    staying = function.staying
    assert staying is not None
    assert (function.recommendation, staying.whom(), staying.cost.pounds) == (BUY, ("near",), 300_000)
    words = " ".join(markdown(explanation(function, (), decision, RULES, load_references())).split())
    assert re.search(rf"\| as today \| {staying.fit} \| 300,000 \|", words)
    less = about((function.chosen.worth or 0) - (staying.worth or 0))
    assert f"It leaves today's way, worth {less} a year less (fit {staying.fit} against {function.chosen.fit}" in words
    assert words.index("It leaves today's way") < words.index("The next option is")
    assert "buy comes next" not in words


def test_to_stay_is_not_told_beside_the_options_where_it_is_one_of_them() -> None:
    assert result(a_profile(TO_ANOTHER | {"quotes": []}, suppliers=[NEAR_AND_FAR[0]])).staying is None
    assert result(a_profile(TO_ANOTHER | {"current": "make"}, suppliers=NEAR_AND_FAR)).staying is None


def test_what_staying_would_be_is_told_as_not_available_where_whoever_runs_it_closes() -> None:
    suppliers = [NEAR_AND_FAR[0] | {"closes": "2027-03-31"}, NEAR_AND_FAR[1]]
    staying = result(a_profile(TO_ANOTHER, suppliers=suppliers, **FROM)).staying
    assert staying is not None
    assert staying.blocked_by == (GateCode.CLOSES,)


@given(profiles())
def test_how_it_is_run_today_is_among_the_ways_and_costs_what_staying_costs(data: Data) -> None:
    for function in decided(Profile.model_validate(data)).functions:
        way = way_of_today(function)
        assert (way is None) is (function.today is None)
        if way and function.today and function.today.with_:
            assert set(way.whom()) == set(function.today.with_)
            assert way.cost.pounds == function.today.cost

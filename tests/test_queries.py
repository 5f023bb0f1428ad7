"""What is asked about what was written: each question comes just beyond its bound, and stays away at it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import CATALOGUE, a_function, a_partner, a_profile, a_supplier, decided

from mba.caution import Query, QueryCode
from mba.profile import Profile
from mba.terms import Option

START: dict[str, Any] = {"from": "2027-04-01"}


def asked(profile: Profile, *codes: QueryCode) -> list[Query]:
    """What is asked of some kinds, of any where none is given."""
    return [query for query in decided(profile).queries if not codes or query.code in codes]


@pytest.mark.parametrize(("population", "asks"), [(9_999, True), (10_000, False)])
def test_fewer_people_than_ten_thousand_are_asked_about(population: int, asks: bool) -> None:
    expected = [Query(QueryCode.POPULATION, given=population)] * asks
    assert asked(a_profile(population=population), QueryCode.POPULATION) == expected


@pytest.mark.parametrize(("people", "asks"), [(10_000_000, False), (10_000_001, True)])
def test_more_people_than_ten_million_are_asked_about_but_of_a_body_of_the_whole_nhs(people: int, asks: bool) -> None:
    here = Query(QueryCode.MANY_PEOPLE, given=people, about="Riverside CCG")
    there = Query(QueryCode.MANY_PEOPLE, given=people, about="hillside")
    assert asked(a_profile(population=people), QueryCode.MANY_PEOPLE) == [here] * asks
    for kind, expected in (("ccg", asks), ("nhs-body", False)):
        listed = a_profile(partners=[a_partner(population=people, kind=kind)])
        assert asked(listed, QueryCode.MANY_PEOPLE) == [there] * expected


@pytest.mark.parametrize(("head", "asks"), [(8.33, True), (8.34, False), (75, False), (75.01, True)])
def test_a_budget_a_head_more_than_three_times_from_the_usual_is_asked_about(head: float, asks: bool) -> None:
    """The usual of a group is £25: a third of it is £8.33⅓."""
    expected = [Query(QueryCode.BUDGET, given=head, usual=25.0)] * asks
    assert asked(a_profile(budget_per_head=head), QueryCode.BUDGET) == expected


@pytest.mark.parametrize(("cost", "asks"), [(624_999, True), (625_000, False)])
def test_less_than_a_quarter_of_the_allowance_is_asked_about_where_every_cost_is_given(cost: int, asks: bool) -> None:
    """£25 for each of 100,000 people is £2,500,000."""
    row = a_function("payroll", annual_cost=cost, decided={"mode": "make"})
    expected = [Query(QueryCode.LITTLE_USED, given=cost, usual=2_500_000)] * asks
    assert asked(a_profile(row, population=100_000), QueryCode.LITTLE_USED) == expected
    beside = a_function("governance", decided={"mode": "make"})
    assert asked(a_profile(row, beside, population=100_000), QueryCode.LITTLE_USED) == []


@pytest.mark.parametrize(("committed", "asks"), [(1_250_000, False), (1_250_001, True)])
def test_more_than_half_of_the_allowance_committed_to_what_is_not_listed_is_asked_about(
    committed: int, asks: bool
) -> None:
    profile = a_profile({"id": "payroll"}, population=100_000, committed_costs=committed)
    expected = [Query(QueryCode.COMMITTED, given=committed, usual=2_500_000)] * asks
    assert asked(profile, QueryCode.COMMITTED) == expected


IDS = ("payroll", "legal-services", "human-resources")


def estimate(id_: str) -> int:
    """What the catalogue estimates that a function costs in-house, £ a year."""
    (found,) = decided(a_profile({"id": id_})).functions
    return found.options[Option.MAKE].cost.pounds or 0


@pytest.mark.parametrize("today", [None, {"mode": "buy", "supplier": "csu"}])
@pytest.mark.parametrize(
    ("divided", "asks"), [((1_000, 1_000, 1_000), 3), ((1_000, 1_000, 1), 2), ((1_000, 1, 1), 0), ((99, 99, 99), 0)]
)
def test_most_costs_far_below_their_estimates_are_asked_about_once_and_before_all_else(
    divided: tuple[int, ...], asks: int, today: dict[str, Any] | None
) -> None:
    rows: list[dict[str, Any]] = []
    for id_, by in zip(IDS, divided, strict=True):
        cost = round(estimate(id_) / by)
        rows.append({"id": id_, "annual_cost": cost})
        if today:
            rows[-1] = {"id": id_, "current": {**today, "cost": cost}}
    found = asked(a_profile(*rows))
    assert [query.code for query in found].count(QueryCode.THOUSANDS) == bool(asks)
    if asks:
        assert (found[0].code, set(found[0].functions)) == (QueryCode.THOUSANDS, set(IDS[:asks]))
        of_costs = {QueryCode.COST, QueryCode.PAID_ESTIMATE, QueryCode.PAID}
        assert not [query for query in found if query.code in of_costs and set(query.functions) & set(IDS[:asks])]


def costing(times: dict[str, float]) -> list[tuple[QueryCode, tuple[str, ...]]]:
    """What is asked about costs, where each function costs so many times its estimate."""
    rows: list[dict[str, Any]] = [
        {"id": id_, "annual_cost": round(estimate(id_) * ratio), "decided": {"mode": "make"}}
        for id_, ratio in times.items()
    ]
    return [(query.code, query.functions) for query in asked(a_profile(*rows), QueryCode.COST, QueryCode.COST_RATIO)]


@pytest.mark.parametrize(("times", "asks"), [(1 / 5.02, True), (1 / 4.98, False), (4.98, False), (5.02, True)])
def test_a_cost_more_than_five_times_from_its_estimate_is_asked_about(times: float, asks: bool) -> None:
    assert costing({"payroll": times}) == [(QueryCode.COST, ("payroll",))] * asks


@pytest.mark.parametrize(("times", "asks"), [(0.39, True), (0.41, False)])
def test_a_cost_within_that_is_asked_about_ten_times_from_what_the_others_are_of_theirs(
    times: float, asks: bool
) -> None:
    found = costing({"payroll": times, "legal-services": 4, "human-resources": 4.2})
    assert found == [(QueryCode.COST_RATIO, ("payroll",))] * asks


def test_a_cost_far_from_its_estimate_is_asked_about_once_though_it_is_far_from_the_others_too() -> None:
    found = costing({"payroll": 0.1, "legal-services": 4, "human-resources": 4.2})
    assert found == [(QueryCode.COST, ("payroll",))]


@pytest.mark.parametrize(("day", "asks"), [("2027-02-28", True), ("2027-03-01", False)])
def test_what_ended_or_closed_more_than_a_month_before_the_start_is_asked_about(day: str, asks: bool) -> None:
    """From 1 March to 1 April are 31 days."""
    today = {"mode": "buy", "supplier": "central-csu", "cost": 300_000, "until": day}
    row = a_function("payroll", current=today)
    ended = asked(a_profile(row, suppliers=[a_supplier()], **START), QueryCode.ENDED)
    assert ended == [Query(QueryCode.ENDED, ("payroll",), about=day)] * asks
    closed = asked(a_profile(suppliers=[a_supplier(closes=day)], **START), QueryCode.CLOSED)
    assert closed == [Query(QueryCode.CLOSED, about="central-csu")] * asks
    assert asked(a_profile(suppliers=[a_supplier(closes=day)]), QueryCode.CLOSED) == []


@pytest.mark.parametrize(("cost", "asks"), [(99_999, True), (100_000, False), (900_000, False), (900_001, True)])
def test_a_price_more_than_three_times_from_the_in_house_cost_is_asked_about(cost: int, asks: bool) -> None:
    offer = {"mode": "buy", "supplier": "central-csu", "cost": cost}
    row = a_function("payroll", annual_cost=300_000, current=offer, quotes=[offer])
    found = asked(a_profile(row, suppliers=[a_supplier()]), QueryCode.QUOTE, QueryCode.PAID)
    whose = Query(QueryCode.QUOTE, ("payroll",), cost, 300_000, "central-csu")
    assert found == [whose, Query(QueryCode.PAID, ("payroll",), cost, 300_000)] * asks


def test_a_name_of_the_catalogue_under_another_id_and_a_duty_taken_away_are_asked_about() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "our-own", "name": CATALOGUE.functions["payroll"].name.upper()},
        {"id": "governance", "flags": ["core"]},
    ]
    found = asked(a_profile(*rows), QueryCode.NAME_OF, QueryCode.DUTY_LOST)
    assert found == [
        Query(QueryCode.DUTY_LOST, ("governance",)),
        Query(QueryCode.NAME_OF, ("our-own",), about="payroll"),
    ]
    kept: list[dict[str, Any]] = [
        {"id": "our-own", "name": "Something else"},
        {"id": "safegarding", "name": "Safegarding", "flags": ["core"]},
        {"id": "governance", "flags": ["statutory"]},
    ]
    assert asked(a_profile(*kept), QueryCode.NAME_OF, QueryCode.DUTY_LOST) == []
    misspelt = {"id": "safegarding", "name": "Safegarding"}
    assert asked(a_profile(misspelt), QueryCode.NAME_OF) == [
        Query(QueryCode.NAME_OF, ("safegarding",), about="safeguarding")
    ]


@pytest.mark.parametrize(
    ("name", "kind", "meant"),
    [
        ("Marle ICB", "ccg", "icb"),
        ("NHS Marle Integrated Care Board", "ccg", "icb"),
        ("Marle CCG", "icb", "ccg"),
        ("Marle Clinical Commissioning Group", "icb", "ccg"),
        ("Marle ICB (formerly Marle CCG)", "icb", None),
        ("Marle CCG", "ccg", None),
        ("Marle", "icb", None),
        ("Picbury", "ccg", None),
    ],
)
def test_a_name_that_says_another_kind_of_organisation_is_asked_about(name: str, kind: str, meant: str | None) -> None:
    expected = [Query(QueryCode.ORGANISATION_KIND, about=meant)] * bool(meant)
    assert asked(a_profile(name=name, kind=kind), QueryCode.ORGANISATION_KIND) == expected


def test_a_kind_of_organisation_that_was_left_out_is_assumed() -> None:
    def kinds(profile: Profile) -> list[object]:
        return [item.value for item in decided(profile).assumptions if (item.of, item.key) == (None, "kind")]

    assert (kinds(a_profile()), kinds(a_profile(kind="ccg"))) == (["ccg"], [])


@pytest.mark.parametrize(("cost", "asks"), [(150_000, True), (150_001, False), (599_999, False), (600_000, True)])
def test_an_offer_twice_from_what_is_paid_for_the_same_function_is_asked_about(cost: int, asks: bool) -> None:
    """Both lie within three times of the in-house cost, £400,000; a price for half a year is half."""
    today = {"mode": "buy", "supplier": "central-csu", "cost": 300_000}
    offers = [{"mode": "buy", "supplier": "tarn", "cost": cost}]
    row = a_function("payroll", annual_cost=400_000, current=today, quotes=offers)
    found = asked(a_profile(row, suppliers=[a_supplier(), a_supplier("tarn")]), QueryCode.QUOTE, QueryCode.APART)
    assert found == [Query(QueryCode.APART, ("payroll",), cost, 300_000, "tarn")] * asks


def test_an_offer_or_a_price_that_is_far_from_the_in_house_cost_is_asked_about_once() -> None:
    codes = QueryCode.QUOTE, QueryCode.PAID, QueryCode.APART
    for paid, offered, expected in ((400_000, 100_000, QueryCode.QUOTE), (1_300_000, 400_000, QueryCode.PAID)):
        today = {"mode": "buy", "supplier": "central-csu", "cost": paid}
        row = a_function("payroll", annual_cost=400_000, current=today, quotes=[today | {"cost": offered}])
        assert [query.code for query in asked(a_profile(row, suppliers=[a_supplier()]), *codes)] == [expected]


def test_a_part_of_a_package_is_not_held_beside_an_offer_for_one_function() -> None:
    offer = {"mode": "buy", "supplier": "central-csu", "cost": 100_000}
    rows = [a_function(id_, annual_cost=200_000, quotes=[offer]) for id_ in ("payroll", "legal-services")]
    package = {"supplier": "central-csu", "cost": 500_000, "functions": ["payroll", "legal-services"]}
    profile = Profile.model_validate(
        a_profile(*rows, suppliers=[a_supplier()]).model_dump(by_alias=True, exclude_unset=True)
        | {"packages": [package]}
    )
    assert asked(profile, QueryCode.APART) == []


CONTRACT = {"mode": "buy", "supplier": "tarn", "cost": 420_000, "until": "2028-03-31", "notice_months": 6}


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({}, True),
        ({"cost": 420_001}, False),
        ({"until": "2028-04-01"}, False),
        ({"notice_months": 3}, False),
        ({"supplier": "central-csu"}, False),
    ],
)
def test_one_price_and_one_end_with_one_supplier_under_two_functions_is_asked_about(
    change: dict[str, Any], asks: bool
) -> None:
    rows = [a_function("legal-services", current=CONTRACT), a_function("payroll", current=CONTRACT | change)]
    found = asked(a_profile(*rows, suppliers=[a_supplier("tarn")], **START), QueryCode.SAME_CONTRACT)
    ids = ("legal-services", "payroll")
    assert found == [Query(QueryCode.SAME_CONTRACT, ids, 420_000, about="tarn")] * asks


def test_one_price_for_two_functions_of_which_nothing_else_is_said_is_not_asked_about() -> None:
    """Small prices are round; only an end or a notice tells a contract from another."""
    today = {"mode": "buy", "supplier": "tarn", "cost": 20_000}
    rows = [a_function(id_, current=today) for id_ in ("legal-services", "payroll")]
    assert asked(a_profile(*rows, suppliers=[a_supplier("tarn")]), QueryCode.SAME_CONTRACT) == []


@pytest.mark.parametrize(("months", "asks"), [(24, False), (25, True), (90, True)])
def test_notice_of_more_than_two_years_is_asked_about(months: int, asks: bool) -> None:
    row = a_function("payroll", current={"mode": "buy", "supplier": "tarn", "notice_months": months})
    expected = [Query(QueryCode.NOTICE, ("payroll",), months)] * asks
    assert asked(a_profile(row, suppliers=[a_supplier("tarn")], **START), QueryCode.NOTICE) == expected


@pytest.mark.parametrize(("premium", "asks"), [(0, False), (0.1, True), (0.99, True), (1, False)])
def test_a_premium_below_one_per_cent_is_asked_about(premium: float, asks: bool) -> None:
    assert asked(a_profile(premium=premium), QueryCode.PREMIUM) == [Query(QueryCode.PREMIUM, given=premium)] * asks


@pytest.mark.parametrize(("people", "asks"), [(190, True), (19_999, True), (20_000, False)])
def test_a_partner_or_supplier_for_fewer_people_than_twenty_thousand_is_asked_about(people: int, asks: bool) -> None:
    partner = asked(a_profile(partners=[a_partner(population=people)]), QueryCode.FEW_SERVED)
    assert partner == [Query(QueryCode.FEW_SERVED, given=people, about="hillside")] * asks
    supplier = asked(a_profile(suppliers=[a_supplier(population_served=people)]), QueryCode.FEW_SERVED)
    assert supplier == [Query(QueryCode.FEW_SERVED, given=people, about="central-csu")] * asks


@pytest.mark.parametrize(
    ("start", "keys", "asks"),
    [
        ("2025-03-31", {"closes": "2027-03-31"}, False),
        ("2025-03-30", {"closes": "2027-03-31"}, True),
        ("2020-04-01", {"until": "2027-04-01"}, False),
        ("2020-03-31", {"until": "2027-04-01"}, True),
        ("2020-03-31", {}, False),
    ],
)
def test_a_start_years_before_anything_closes_or_ends_is_asked_about(
    start: str, keys: dict[str, Any], asks: bool
) -> None:
    """Closing is told two years before at most, and few contracts for support run for more than seven."""
    body = {"closes": keys["closes"]} if "closes" in keys else {}
    today = {"mode": "buy", "supplier": "central-csu"} | ({"until": keys["until"]} if "until" in keys else {})
    held: dict[str, Any] = {"from": start}
    profile = a_profile(a_function(current=today), suppliers=[a_supplier(**body)], **held)
    assert asked(profile, QueryCode.EARLY) == [Query(QueryCode.EARLY, about=start)] * asks


def test_the_order_of_partners_changes_no_question() -> None:
    for people in (190, 20_000_000):
        listed = [a_partner(id_, population=people) for id_ in ("fell", "hillside")]
        assert asked(a_profile(partners=listed)) == asked(a_profile(partners=listed[::-1]))


@pytest.mark.parametrize(("on", "asks"), [("2027-04-01", 0), ("2027-04-02", 1), ("2030-04-01", 1), (None, 0)])
def test_what_leaves_after_the_answer_starts_to_hold_is_asked_about_with_its_cost(on: str | None, asks: int) -> None:
    paid = {"mode": "make", "cost": 1_300_000}
    goes = a_function("continuing-healthcare", leaves={"to": "the region", "on": on}, current=paid)
    expected = [Query(QueryCode.LEAVES_LATE, ("continuing-healthcare",), 1_300_000, about=on)] * asks
    assert asked(a_profile(a_function("payroll"), goes, **START), QueryCode.LEAVES_LATE) == expected


@pytest.mark.parametrize("known", [True, False])
def test_what_several_cost_that_leave_late_on_one_day_is_said_where_all_of_it_is_known(known: bool) -> None:
    paid = {"current": {"mode": "make", "cost": 100_000}}
    rows = [a_function(id_, leaves={"on": "2028-04-01"}) for id_ in ("governance", "of-our-own")]
    profile = a_profile(a_function("payroll"), rows[0] | paid, rows[1] | (paid if known else {}), **START)
    expected = Query(
        QueryCode.LEAVES_LATE, ("governance", "of-our-own"), 200_000 if known else None, about="2028-04-01"
    )
    assert asked(profile, QueryCode.LEAVES_LATE) == [expected]


@pytest.mark.parametrize(
    ("start", "closes", "notice", "paid"),
    [
        ("2026-10-01", "2027-03-31", 12, 120_000),
        ("2026-10-01", "2027-03-31", 3, 60_000),
        ("2026-10-01", "2027-03-31", None, 0),
        ("2026-10-01", None, 12, 0),
        ("2027-04-01", "2027-03-31", 12, 0),
    ],
)
def test_notice_is_asked_about_that_moving_as_whoever_runs_it_closes_would_spare(
    start: str, closes: str | None, notice: int | None, paid: int
) -> None:
    runs = {"mode": "buy", "supplier": "tarn", "cost": 240_000, "notice_months": notice}

    def from_(day: str) -> list[Query]:
        listed: dict[str, Any] = {
            "suppliers": [a_supplier("tarn", closes=closes)],
            "partners": [a_partner()],
            "from": day,
        }
        return asked(a_profile(a_function("payroll", current=runs), **listed), QueryCode.NOTICE_SPARED)

    told = [(query.functions, query.about, round(query.given or 0, -4)) for query in from_(start)]
    assert told == [(("payroll",), "2027-04-01", paid)] * bool(paid)
    assert from_("2027-04-01") == [], "as it advises"


def test_notice_is_spared_from_the_day_after_the_contract_ends_where_that_is_first() -> None:
    runs = {"mode": "buy", "supplier": "tarn", "cost": 240_000, "notice_months": 12, "until": "2027-12-31"}
    listed: dict[str, Any] = {"suppliers": [a_supplier("tarn", closes="2028-06-30")], "partners": [a_partner()]}
    profile = a_profile(a_function("payroll", current=runs), **listed | {"from": "2027-04-01"})
    (query,) = asked(profile, QueryCode.NOTICE_SPARED, QueryCode.NOTICE_LATER)
    assert query.about == "2028-01-01"


def test_where_others_close_well_before_what_would_spare_notice_is_to_move_later() -> None:
    units = [a_supplier("tarn", closes="2027-09-30"), a_supplier("fell", closes="2027-03-31")]

    def found(notice: int) -> list[Query]:
        runs = {"mode": "buy", "supplier": "tarn", "cost": 240_000, "notice_months": notice}
        listed: dict[str, Any] = {"suppliers": units, "partners": [a_partner()], "from": "2027-04-01"}
        profile = a_profile(a_function("payroll", current=runs), **listed)
        assert asked(profile, QueryCode.NOTICE_SPARED) == []
        return asked(profile, QueryCode.NOTICE_LATER)

    (query,) = found(12)
    assert (query.functions, query.about) == (("payroll",), "2027-10-01")
    assert query.given is not None
    assert query.given > 100_000
    assert found(0) == [], "as it advises"


@pytest.mark.parametrize(
    ("paid", "offer", "asks"),
    [(60_000, 60_000, True), (60_000, 110_000, False), (60_000, None, False), (110_000, 60_000, False)],
)
def test_what_is_paid_is_held_against_the_estimate_more_closely_where_every_offer_agrees_with_it(
    paid: int, offer: int | None, asks: bool
) -> None:
    """In-house it would be £200,000: half of that, and not a third, where an offer is as far below."""
    runs = {"mode": "buy", "supplier": "tarn", "cost": paid}
    quotes = [{"mode": "buy", "supplier": "acme", "cost": offer}] if offer else []
    row = a_function("payroll", annual_cost=199_999, current=runs, quotes=quotes)
    profile = a_profile(row, suppliers=[a_supplier("tarn"), a_supplier("acme")])
    assert bool(asked(profile, QueryCode.PAID)) is (asks or paid * 3 < 199_999)


@pytest.mark.parametrize(("trust", "asks"), [(4, True), (3, False)])
def test_with_whom_is_asked_about_where_nothing_given_tells_two_apart(trust: int, asks: bool) -> None:
    """The first by id is named in every report, and how sure it is says nothing of that."""
    rows = [a_function(id_, flags=["core"], ratings={"asset_specificity": 3}) for id_ in ("payroll", "internal-audit")]
    partners = [a_partner("derby", trust=4), a_partner("notts", trust=trust)]
    found = decided(a_profile(*rows, partners=partners))
    assert {function.chosen.whom() for function in found.functions} == {("derby",)}
    alike = [query for query in found.queries if query.code is QueryCode.ALIKE]
    assert alike == [Query(QueryCode.ALIKE, ("internal-audit", "payroll"), about="notts")] * asks


def test_who_it_is_kept_with_is_not_asked_about_where_nobody_is_named_today() -> None:
    """Whoever runs it goes on, so nothing is to be told apart."""
    row = a_function(flags=["core"], ratings={"asset_specificity": 3}, current="share")
    profile = a_profile(row, partners=[a_partner("derby", trust=4), a_partner("notts", trust=4)])
    (function,) = decided(profile).functions
    assert (function.recommendation, function.moves) == (Option.SHARE, False)
    assert asked(profile, QueryCode.ALIKE) == []


@pytest.mark.parametrize(("cost", "paid"), [(400, None), (2_000_000, 95_000)])
def test_a_figure_that_somebody_is_said_to_have_given_is_asked_about_no_more(cost: int, paid: int | None) -> None:
    """As the question advises: else it would head every paper, with no way to answer it."""
    runs = {"current": {"mode": "buy", "supplier": "tarn", "cost": paid}} if paid else {}
    codes = QueryCode.COST, QueryCode.PAID

    def found(said_by: dict[str, str]) -> list[Query]:
        row = a_function("payroll", annual_cost=cost, said_by=said_by, **runs)
        return asked(a_profile(row, suppliers=[a_supplier("tarn")]), *codes)

    assert found({})
    assert found({"annual_cost": "Finance lead"}) == []


@pytest.mark.parametrize("mode", ["buy", "ally"])
def test_what_is_bought_of_a_company_that_its_customers_own_counts_as_allied_with_it(mode: str) -> None:
    """So a contract that goes on does not end for what the company is; and who wrote buy is told."""
    row = a_function("internal-audit", annual_cost=80_000, current={"mode": mode, "supplier": "ours", "cost": 72_000})
    profile = a_profile(row, suppliers=[a_supplier("ours", kind="customer-owned", trust=4, stability=4)], **START)
    (function,) = decided(profile).functions
    assert (function.current, function.ending) == (Option.ALLY, False)
    expected = [Query(QueryCode.OWNED, ("internal-audit",), about="ours")] * (mode == "buy")
    assert asked(profile, QueryCode.OWNED) == expected

"""By what route in law a function gets to how it is to be run: regime, value against the threshold, notice, staff."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from builders import RULES, a_function, a_partner, a_profile, a_supplier, result
from running import run

from mba.decide.legal import legal_route
from mba.knowledge.procurement import ExemptionCode, LegalRoute, NoticeCode, RegimeCode, StaffTransfer
from mba.load.knowledge import Knowledge
from mba.output.record import record
from mba.profile import Profile
from mba.terms import Option, OrganisationKind, SupplierKind

ACT = RULES.procurement.regimes[OrganisationKind.ICB]


def an_icb(supplier: str = "private", cost: int = 100_000, mode: str = "buy", **keys: Any) -> Profile:
    """A board that has decided to buy payroll, or to ally for it, at an offer."""
    quote = {"mode": mode, "cost": cost, "supplier": "bureau"}
    row = {"id": "payroll", "quotes": [quote], "decided": {"mode": mode, "because": "the board"}, **keys}
    return a_profile(row, suppliers=[a_supplier("bureau", kind=supplier)], kind="icb")


def routed(profile: Profile, option: Option | None = None) -> LegalRoute:
    function = result(profile)
    if option is None:
        assert function.route
        return function.route
    return legal_route(profile, profile.today(profile.functions[0]), function, option, RULES)


def test_every_figure_has_its_day_and_its_source() -> None:
    for threshold in (ACT.threshold, ACT.light_touch, ACT.notified, ACT.public_interest_test):
        assert threshold
        assert threshold.from_
        assert threshold.sources
    assert ACT.from_ == date(2025, 2, 24)


def test_the_rules_list_what_the_law_asks_with_its_day_and_its_sources() -> None:
    said = run("rules").out
    law = " ".join(said.split("\nWhat the law asks of whoever buys\n")[1].split("\nSafeguards\n")[0].split())
    for threshold in (ACT.threshold, ACT.light_touch, ACT.notified, ACT.public_interest_test):
        assert threshold
        assert f"{threshold.name} {threshold.value:,.0f} From {threshold.from_:%-d %B %Y}." in law
        assert f"[{threshold.sources[0].source}: " in law
    for fact in (*ACT.exemptions.values(), *RULES.procurement.staff.values()):
        assert fact.claim in law


def test_a_group_of_2013_has_rules_of_its_day_and_no_thresholds() -> None:
    regime = RULES.procurement.regimes[OrganisationKind.CCG]
    assert (regime.code, regime.threshold, regime.exemptions) == (RegimeCode.OF_ITS_DAY, None, {})
    row = {"id": "payroll", "quotes": [{"mode": "buy", "cost": 500_000, "supplier": "bureau"}]}
    route = routed(a_profile(row, suppliers=[a_supplier("bureau", kind="private")]), Option.BUY)
    assert (route.regime, route.threshold, route.above, route.notice) == (RegimeCode.OF_ITS_DAY, None, None, None)
    assert route.value == 1_200_000


def test_the_threshold_is_the_one_that_tenders_are_costed_by_in_a_file_of_rules_too(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text("procurement: {regimes: {icb: {threshold: {value: 300000}}}}\n", "utf-8")
    for rules in (RULES, Knowledge(str(tmp_path / "rules.yaml")).rules):
        threshold = rules.procurement.regimes[OrganisationKind.ICB].threshold
        assert threshold
        assert threshold.value == rules.costs.tender_threshold.value
        assert threshold.sources == rules.costs.tender_threshold.sources


@pytest.mark.parametrize(
    ("cost", "value", "above", "notice"),
    [
        (12_000, 28_800, False, NoticeCode.NOTHING),
        (12_500, 30_000, False, NoticeCode.CONTRACT_DETAILS),
        (86_549, 207_718, False, NoticeCode.CONTRACT_DETAILS),
        (86_550, 207_720, True, NoticeCode.TENDER),
    ],
)
def test_the_value_with_vat_over_two_years_is_held_against_the_threshold_though_a_contract_runs_for_less(
    cost: int, value: int, above: bool, notice: NoticeCode
) -> None:
    route = routed(an_icb(cost=cost))
    assert (route.regime, route.years, route.value) == (RegimeCode.ACT, 1.5, value)
    assert (route.threshold, route.above, route.notice) == (207_720, above, notice)


def test_where_no_price_is_known_no_value_is_said() -> None:
    row = {"id": "our-own", "name": "Our own", "flags": ["core"], "decided": {"mode": "buy"}}
    route = routed(a_profile(row, suppliers=[a_supplier("bureau", kind="private")], kind="icb"))
    assert (route.value, route.above, route.notice) == (None, None, None)


def test_the_nhs_charges_itself_no_vat() -> None:
    assert routed(an_icb("nhs-body")).value == 200_000
    assert routed(an_icb("local-authority")).value == 240_000


def test_a_contract_of_a_million_calls_for_a_public_interest_test() -> None:
    assert not routed(an_icb(cost=416_000)).public_interest_test
    assert routed(an_icb(cost=417_000)).public_interest_test


@pytest.mark.parametrize(
    ("kind", "exemption"),
    [
        ("private", None),
        ("third-sector", None),
        ("nhs-body", ExemptionCode.BETWEEN_PUBLIC_BODIES),
        ("local-authority", ExemptionCode.BETWEEN_PUBLIC_BODIES),
        ("csu", ExemptionCode.BETWEEN_PUBLIC_BODIES),
    ],
)
def test_a_supplier_that_is_a_public_body_may_be_exempt(kind: str, exemption: ExemptionCode | None) -> None:
    assert routed(an_icb(kind)).exemption is exemption


def test_a_company_that_its_customers_own_is_a_vertical_arrangement() -> None:
    assert routed(an_icb("customer-owned", mode="ally")).exemption is ExemptionCode.VERTICAL


def test_a_shared_team_is_a_horizontal_arrangement_and_no_contract() -> None:
    profile = a_profile(a_function(), partners=[a_partner()], kind="icb")
    route = routed(profile, Option.SHARE)
    assert (route.exemption, route.value, route.above, route.notice) == (ExemptionCode.HORIZONTAL, None, None, None)
    assert route.threshold is None


def test_what_is_made_needs_no_route() -> None:
    route = routed(a_profile(a_function(), kind="icb"))
    assert (route.regime, route.value, route.exemption) == (None, None, None)


def test_what_may_be_health_care_says_so() -> None:
    profile = a_profile({"id": "chc", "annual_cost": 900_000}, suppliers=[a_supplier(kind="private")], kind="icb")
    assert routed(profile, Option.BUY).health_care
    assert not routed(an_icb()).health_care


@pytest.mark.parametrize(
    ("current", "kind", "staff"),
    [
        ("make", "private", StaffTransfer.TUPE),
        ("make", "nhs-body", StaffTransfer.COSOP),
        ("make", "mutual", StaffTransfer.TUPE),
        ({"mode": "share", "partner": "hillside"}, "nhs-body", StaffTransfer.COSOP),
        ({"mode": "ally", "supplier": "nobody-listed"}, "nhs-body", StaffTransfer.EITHER),
        ({"mode": "ally", "supplier": "nobody-listed"}, "private", StaffTransfer.TUPE),
        ({"mode": "ally", "supplier": "bureau"}, "private", None),
        ({"mode": "buy", "supplier": "bureau"}, "private", None),
    ],
)
def test_staff_move_by_cosop_between_public_bodies_and_else_by_tupe(
    current: object, kind: str, staff: StaffTransfer | None
) -> None:
    assert routed(an_icb(kind, current=current)).staff is staff


def test_where_today_is_not_known_nobody_is_said_to_move() -> None:
    assert routed(an_icb()).staff is None


def test_an_agreement_is_due_where_it_moves_or_has_ended() -> None:
    assert routed(an_icb(current="make")).due
    runs = {"mode": "buy", "supplier": "bureau", "cost": 100_000}
    assert not routed(an_icb(current=runs)).due
    ended = routed(an_icb(current={**runs, "until": "2027-03-31", "notice_months": 6}))
    assert (ended.due, ended.ends, ended.notice_months) == (True, "2027-03-31", 6)


def test_what_stays_as_it_is_would_need_an_agreement_to_be_run_another_way_by_the_same_body() -> None:
    runs = {"mode": "buy", "supplier": "bureau", "cost": 100_000}
    assert not routed(an_icb(current=runs), Option.BUY).due
    assert routed(an_icb(current=runs), Option.ALLY).due


def test_of_what_is_paid_today_the_price_with_vat_counts_and_not_the_time_of_own_people() -> None:
    """£100,000 all in, of which 5% of the price is for managing and 3% for specifying; its VAT is recovered."""
    paid = {"mode": "buy", "supplier": "bureau", "cost": 100_000}
    row = {"id": "payroll", "current": paid, "decided": {"mode": "buy", "because": "the board"}}
    profile = a_profile(row, suppliers=[a_supplier("bureau", kind="private")], kind="icb")
    assert routed(profile).value == pytest.approx(2 * 1.2 * 100_000 / 1.08, abs=2)


@pytest.mark.slow
def test_every_kind_and_option_has_a_route_that_holds_together() -> None:
    for kind, mode in product(SupplierKind, ("buy", "ally")):
        profile = an_icb(kind, mode=mode, current="make")
        for option in Option:
            route = routed(profile, option)
            assert (route.above is None) == (route.value is None or route.threshold is None)
            assert route.notice is None or route.value is not None
            assert route.exemption is None or route.exemption in ACT.exemptions


def test_the_route_is_in_the_json() -> None:
    route = routed(an_icb())
    assert '"regime": "procurement-act-2023"' in record(route)

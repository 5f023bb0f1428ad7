"""Warnings: each comes where it should, and stays away just short of it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import CATALOGUE, a_function, a_partner, a_profile, a_supplier, decided

from mba.caution import Caution, WarningCode
from mba.compare.compare import compare
from mba.profile import Profile
from mba.report.cautions import warning
from mba.report.moving import all_risks
from mba.terms import Option

SUPPLIERS = [a_supplier("near"), a_supplier("far")]
PAYROLL = {"id": "payroll", "flags": ["transactional"]}
ROUTINE = ("payroll", "legal-services", "human-resources", "corporate-services")


def warned(profile: Profile, code: WarningCode) -> Caution | None:
    return next((caution for caution in decided(profile).warnings if caution.code is code), None)


def bought(functions: dict[str, str], **keys: Any) -> Profile:
    """Every function bought from the supplier that alone offers it."""
    offered = [
        a_supplier(name, functions=[id_ for id_, whose in functions.items() if whose == name], **keys)
        for name in sorted(set(functions.values()))
    ]
    rows = [{"id": id_, "annual_cost": 100_000, "decided": {"mode": "buy"}} for id_ in functions]
    return a_profile(*rows, suppliers=offered)


@pytest.mark.parametrize(("number", "expected"), [(3, False), (4, True)])
def test_work_is_split_up_from_four_suppliers_on(number: int, expected: bool) -> None:
    found = warned(bought({id_: f"s-{min(n, number - 1)}" for n, id_ in enumerate(ROUTINE)}), WarningCode.FRAGMENTATION)
    assert (found is not None) is expected
    assert found is None or found.functions == ROUTINE


def test_an_alliance_is_not_split_up_work() -> None:
    profile = bought({id_: f"s-{n}" for n, id_ in enumerate(ROUTINE)}, stability=4, trust=4)
    allied = [
        f.model_copy(update={"decided": f.decided and f.decided.model_copy(update={"mode": Option.ALLY})})
        for f in profile.functions
    ]
    assert warned(profile.model_copy(update={"functions": tuple(allied)}), WarningCode.FRAGMENTATION) is None


def test_split_up_work_is_what_is_bought_and_not_what_is_allied_beside_it() -> None:
    profile = bought({id_: f"s-{n}" for n, id_ in enumerate(ROUTINE)})
    row = {"id": "local-analytics", "annual_cost": 100_000, "decided": {"mode": "ally"}}
    allied = a_profile(row, suppliers=[a_supplier("s-9", stability=4, trust=4, functions=["local-analytics"])])
    both = {"functions": profile.functions + allied.functions, "suppliers": profile.suppliers + allied.suppliers}
    found = warned(profile.model_copy(update=both), WarningCode.FRAGMENTATION)
    assert found == Caution(WarningCode.FRAGMENTATION, ROUTINE)


def test_who_has_more_than_half_of_the_money_is_named_with_how_much() -> None:
    functions = dict(zip(ROUTINE, ("a", "b", "a", "b"), strict=True))
    assert warned(bought(functions), WarningCode.DEPENDENCY) is None
    found = warned(bought({**functions, "legal-services": "a"}), WarningCode.DEPENDENCY)
    costs = [
        f.options[Option.BUY].cost.pounds or 0 for f in decided(bought({**functions, "legal-services": "a"})).functions
    ]
    assert found == Caution(WarningCode.DEPENDENCY, ROUTINE[:3], sum(costs[:3]), "a")


def test_what_has_no_known_cost_adds_nothing_to_how_much_one_supplier_has() -> None:
    own = {"id": "our-own", "name": "Our own", "flags": ["core"], "decided": {"mode": "buy"}}
    profile = a_profile(
        {"id": "payroll", "annual_cost": 100_000, "decided": {"mode": "buy"}}, own, suppliers=[a_supplier()]
    )
    found, whole = warned(profile, WarningCode.DEPENDENCY), decided(profile)
    assert found == Caution(
        WarningCode.DEPENDENCY, ("payroll", "our-own"), whole.functions[0].chosen.cost.pounds, "central-csu"
    )


def test_exactly_half_of_the_money_is_not_more_than_half() -> None:
    """Two functions alike, and one supplier each."""
    assert warned(bought({"payroll": "a", "human-resources": "b"}), WarningCode.DEPENDENCY) is None


@pytest.mark.parametrize(("capability", "expected"), [(2, True), (3, False), (None, False)])
def test_a_weak_client_is_one_below_the_middle_with_work_outside(capability: int | None, expected: bool) -> None:
    profile = a_profile(PAYROLL, suppliers=SUPPLIERS, client_capability=capability)
    assert (warned(profile, WarningCode.WEAK_CLIENT) is not None) is expected
    assert warned(a_profile(a_function(), client_capability=1), WarningCode.WEAK_CLIENT) is None


def test_what_is_kept_with_nobody_named_makes_nobody_depended_on() -> None:
    """Whom it is reckoned with is only who offers it."""
    for current, warns in (({"mode": "buy", "supplier": "central-csu"}, True), ({"mode": "buy"}, False)):
        row = {"id": "payroll", "annual_cost": 90_000, "current": current}
        profile = a_profile(row, suppliers=[a_supplier(trust=4)])
        (function,) = decided(profile).functions
        assert (function.recommendation, function.moves) == (Option.BUY, False)
        assert (warned(profile, WarningCode.DEPENDENCY) is not None) is warns


def test_somebody_who_is_kept_to_check_suppliers_is_enough_whether_made_or_shared_and_not_if_bought() -> None:
    def profile(mode: str) -> Profile:
        client = {"id": "supplier-management", "decided": {"mode": mode}}
        return a_profile(PAYROLL, client, suppliers=SUPPLIERS, partners=[a_partner()])

    assert [bool(warned(profile(mode), WarningCode.NO_CLIENT)) for mode in ("make", "share", "buy")] == [
        False,
        False,
        True,
    ]
    assert warned(a_profile(a_function()), WarningCode.NO_CLIENT) is None


@pytest.mark.parametrize(("trust", "expected"), [(2, True), (3, False), (None, False)])
def test_who_is_trusted_less_than_the_middle_is_named_where_chosen(trust: int | None, expected: bool) -> None:
    decided_buy = {**PAYROLL, "decided": {"mode": "buy"}}
    found = warned(a_profile(decided_buy, suppliers=[a_supplier(trust=trust)]), WarningCode.UNTRUSTED)
    assert found == (Caution(WarningCode.UNTRUSTED, ("payroll",), None, "central-csu", trust) if expected else None)
    made = {**PAYROLL, "decided": {"mode": "make"}}
    assert warned(a_profile(made, suppliers=[a_supplier(trust=trust)]), WarningCode.UNTRUSTED) is None
    shared = {**PAYROLL, "decided": {"mode": "share"}}
    found = warned(a_profile(shared, partners=[a_partner(trust=trust)]), WarningCode.UNTRUSTED)
    assert (found is not None) is expected


@pytest.mark.parametrize(("stability", "expected"), [(1, True), (2, True), (3, False), (None, False)])
def test_whose_future_is_unsure_is_named_where_it_would_run_something(stability: int | None, expected: bool) -> None:
    supplier = a_supplier(stability=stability)
    found = warned(a_profile({**PAYROLL, "decided": {"mode": "buy"}}, suppliers=[supplier]), WarningCode.UNSURE_FUTURE)
    told = Caution(WarningCode.UNSURE_FUTURE, ("payroll",), about="central-csu", rated=stability)
    assert found == (told if expected else None)
    made = a_profile({**PAYROLL, "decided": {"mode": "make"}}, suppliers=[supplier])
    assert warned(made, WarningCode.UNSURE_FUTURE) is None


def test_partners_are_left_with_costs_only_where_what_is_shared_today_leaves() -> None:
    for mode, expected in (("make", True), ("share", False)):
        function = {**PAYROLL, "current": "share", "decided": {"mode": mode}}
        assert bool(warned(a_profile(function, partners=[a_partner()]), WarningCode.STRANDED)) is expected
    made = {**PAYROLL, "current": "buy", "decided": {"mode": "make"}}
    assert warned(a_profile(made), WarningCode.STRANDED) is None


def test_moves_are_counted_and_their_costs_added_up_and_what_stays_is_not() -> None:
    rows = [
        {"id": id_, "annual_cost": 100_000, "current": current, "decided": {"mode": "make"}}
        for id_, current in zip(ROUTINE, ("buy", "make", "buy", "buy"), strict=True)
    ]
    found = warned(a_profile(*rows, suppliers=SUPPLIERS), WarningCode.DOUBLE_RUNNING)
    assert found == Caution(WarningCode.DOUBLE_RUNNING, (ROUTINE[0], *ROUTINE[2:]), 45_000)


def test_everything_leaves_only_where_nothing_that_could_leave_stays() -> None:
    """What the law keeps does not count as staying; what was free to leave does."""
    duty = {"id": "governance", "flags": ["statutory"]}
    kept = {"id": "clinical-leadership"}
    assert CATALOGUE.functions["clinical-leadership"].kept
    found = warned(a_profile(PAYROLL, duty, kept, suppliers=SUPPLIERS), WarningCode.NOTHING_LEFT)
    assert found == Caution(WarningCode.NOTHING_LEFT, ("payroll",))
    stays = a_function("pathway-redesign", decided={"mode": "make"})
    assert warned(a_profile(PAYROLL, duty, stays, suppliers=SUPPLIERS), WarningCode.NOTHING_LEFT) is None
    assert warned(a_profile(duty), WarningCode.NOTHING_LEFT) is None


@pytest.mark.parametrize(("trust", "expected"), [(1, True), (2, False)])
def test_a_second_supplier_is_competition_where_it_has_some_trust(trust: int, expected: bool) -> None:
    function = {**PAYROLL, "decided": {"mode": "buy"}}
    profile = a_profile(function, suppliers=[a_supplier(), a_supplier("other", trust=trust)])
    assert bool(warned(profile, WarningCode.MONOPOLY)) is expected
    made = {**PAYROLL, "decided": {"mode": "make"}}
    assert warned(a_profile(made, suppliers=[a_supplier()]), WarningCode.MONOPOLY) is None


def test_an_offer_is_set_aside_only_where_another_is_taken_for_the_same_option() -> None:
    def profile(cost: int, mode: str) -> Profile:
        quotes = [{"mode": "buy", "cost": cost, "supplier": "far"}]
        return a_profile(
            {**PAYROLL, "quotes": quotes, "decided": {"mode": mode}}, suppliers=SUPPLIERS, budget_per_head=90
        )

    assert warned(profile(90_000_000, "buy"), WarningCode.QUOTE_SET_ASIDE) == Caution(
        WarningCode.QUOTE_SET_ASIDE, ("payroll",), 90_000_000, "far"
    )
    assert warned(profile(1_000, "buy"), WarningCode.QUOTE_SET_ASIDE) is None
    assert warned(profile(90_000_000, "make"), WarningCode.QUOTE_SET_ASIDE) is None


def test_how_far_it_is_over_the_money_comes_first_and_is_exact() -> None:
    found = decided(a_profile(a_function(annual_cost=300_000), budget_per_head=1))
    assert found.warnings[0] == Caution(WarningCode.OVER_BUDGET, (), 300_000 - 226_000)
    within = decided(a_profile(a_function(annual_cost=226_000), budget_per_head=1))
    assert WarningCode.OVER_BUDGET not in {caution.code for caution in within.warnings}


def test_what_is_decided_and_open_is_not_warned_of() -> None:
    for mode, code in (("make", None), ("share", WarningCode.DECIDED_BLOCKED)):
        found = {caution.code for caution in decided(a_profile({**PAYROLL, "decided": {"mode": mode}})).warnings}
        assert found & {WarningCode.DECIDED_BLOCKED} == ({code} if code else set())


def test_where_the_only_supplier_closes_somebody_is_to_look_for_another() -> None:
    def found(*others: dict[str, Any]) -> Caution | None:
        row = {"id": "payroll", "current": {"mode": "buy", "supplier": "central-csu", "cost": 300_000}}
        closing = a_supplier(closes="2027-03-31")
        start: dict[str, Any] = {"from": "2027-01-01"}
        return warned(a_profile(row, suppliers=[closing, *others], **start), WarningCode.UNTRIED_MARKET)

    assert found() == Caution(WarningCode.UNTRIED_MARKET, ("payroll",))
    assert found(a_supplier("other")) is None


def test_an_offer_is_not_called_set_aside_for_an_estimate_where_it_is_for_what_is_paid() -> None:
    quotes = [{"mode": "buy", "cost": 90_000_000, "supplier": "far"}]
    current = {"mode": "buy", "supplier": "near", "cost": 100_000}
    row = {**PAYROLL, "quotes": quotes, "current": current, "decided": {"mode": "buy"}}
    assert warned(a_profile(row, suppliers=SUPPLIERS, budget_per_head=90), WarningCode.QUOTE_SET_ASIDE) is None


DAYS = "2027-04-01/2027-06-30"


def closing(start: str, closes: str = "2027-03-31", **today: Any) -> Profile:
    """Payroll run by a support unit that closes, in an answer that is to hold from a day."""
    row = {**PAYROLL, "current": {"mode": "buy", "supplier": "near", "cost": 100_000, "notice_months": 1, **today}}
    held: dict[str, Any] = {"from": start}
    return a_profile(row, suppliers=[a_supplier("near", closes=closes), a_supplier("far")], **held)


@pytest.mark.parametrize(
    ("profile", "days"),
    [
        (closing("2027-04-01"), None),
        (closing("2027-04-03"), None),
        (closing("2027-04-04"), "2027-04-01/2027-04-03"),
        (closing("2027-07-01"), DAYS),
        (closing("2027-04-01", until="2026-12-31"), None),
        (closing("2027-07-01", until="2027-06-30"), DAYS),
        (closing("2027-07-01", until="2026-06-30"), DAYS),
        (closing("2027-07-01", closes="2027-07-01", until="2027-03-31"), None),
    ],
)
def test_days_on_which_nobody_runs_what_somebody_ran_who_closes_are_warned_of(profile: Profile, days: str) -> None:
    """A weekend is none. A contract that ends is held over until whoever runs it closes."""
    expected = Caution(WarningCode.NOBODY_RUNS, ("payroll",), about=days) if days else None
    assert warned(profile, WarningCode.NOBODY_RUNS) == expected
    (way,) = (item.value for item in decided(profile).assumptions if item.key == "current") if days else [""]
    assert ("with nobody for " in str(way)) is bool(days)


def test_days_on_which_nobody_runs_it_are_told_with_who_agrees_on_somebody() -> None:
    decision = decided(closing("2027-07-01"))
    (caution,) = (each for each in decision.warnings if each.code is WarningCode.NOBODY_RUNS)
    assert warning(caution, decision.names, decision.others) == (
        "From 1 April 2027 to 30 June 2027 nobody runs Payroll and financial transactions, and no sum counts that. "
        "Chief officer: agree who runs Payroll and financial transactions from 1 April 2027 to 30 June 2027."
    )


def test_a_later_start_brings_the_days_on_which_nobody_runs_it_as_a_new_warning() -> None:
    before, after = decided(closing("2027-04-01")), decided(closing("2027-07-01"))
    comparison = compare(before, after, None)
    assert WarningCode.NOBODY_RUNS in [each.code for each in comparison.gained]


def test_days_on_which_nobody_runs_it_are_the_first_of_the_risks() -> None:
    assert all_risks(decided(closing("2027-07-01")), 3)[0].risk.startswith("From 1 April 2027 to 30 June 2027 nobody")

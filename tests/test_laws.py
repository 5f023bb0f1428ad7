"""What holds of fit whatever the numbers are, over random valid profiles, and under random weights where it says so.

Laws that need money, bytes or the whole portfolio have tests of their own; their numbers are missing here. Where a law
has a limit, a test marked as expected to fail shows it with a small example.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided, result
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import (
    IDS,
    OPTIONS,
    OUR_OWN,
    POPULATIONS,
    RATINGS,
    Data,
    a_row_of_partners,
    a_row_of_suppliers,
    any_points,
    flags_of,
    pairs,
    profiles,
    shuffled,
    weights,
    with_points,
)

from mba.caution import Caution
from mba.decide.decide import appraise
from mba.decide.score import MILLION
from mba.knowledge.rules import NEUTRAL, GateCode, RuleSet
from mba.output.record import record
from mba.profile import Profile
from mba.results import FunctionResult, Reason
from mba.terms import Flag, Option

pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
"""A rule set is long to print, and a law that fails under one is to say so itself."""

MAKE, SHARE, ALLY, BUY = Option


def found(data: Data, rules: RuleSet = RULES) -> FunctionResult:
    """The result for the first function."""
    return result(Profile.model_validate(data), rules=rules)


def fits(data: Data, rules: RuleSet = RULES) -> dict[Option, int]:
    """The best exact fit of each option, in millionths of a point, with whoever that is: what is shown is worth most.

    Of what is blocked, as if it were not.
    """
    appraised = appraise(Profile.model_validate(data), rules, CATALOGUE)
    of, place = appraised.found, next(iter(appraised.places.values()))
    own = of.table.function == place
    best = {}
    for at, option in enumerate(Option):
        theirs = own & (of.table.option == at)
        open_ = theirs & of.open
        best[option] = int(of.exact[open_ if open_.any() else theirs & of.there].max())
    return best


def exact(judged: FunctionResult) -> dict[Option, int]:
    """The exact fits of what is shown."""
    return {
        option: round(sum(part.exact for part in each.contributions) * MILLION)
        for option, each in judged.options.items()
    }


def rated(data: Data, **ratings: int) -> Data:
    """The profile with these ratings of its first function."""
    first, *others = data["functions"]
    return {**data, "functions": [{**first, "ratings": {**first["ratings"], **ratings}}, *others]}


def changed(data: Data, group: str, number: int, **keys: Any) -> Data:
    """The profile with other keys in one row of a group."""
    rows = deepcopy(data[group])
    rows[number % len(rows)] |= keys
    return {**data, group: rows}


def added(data: Data, group: str, row: Data) -> Data:
    return {**data, group: [*data[group], {"id": "one-more", **row}]}


def but(fits: dict[Option, int], options: Iterable[Option]) -> dict[Option, int]:
    return {option: fit for option, fit in fits.items() if option not in options}


# 1


@pytest.mark.parametrize("measure", ["asset_specificity", "complexity", "volatility", "measurability"])
@given(data=profiles(), rules=weights(), pair=pairs())
def test_what_makes_a_contract_risky_never_helps_buy_and_never_hurts_make(
    measure: str, data: Data, rules: RuleSet, pair: tuple[int, int]
) -> None:
    """Law 1, under every weight."""
    safe, risky = reversed(pair) if measure == "measurability" else pair

    before, after = fits(rated(data, **{measure: safe}), rules), fits(rated(data, **{measure: risky}), rules)

    assert after[BUY] <= before[BUY]
    assert after[MAKE] >= before[MAKE]


# 2


@given(data=profiles(), rules=weights(), pair=pairs())
def test_a_deeper_market_never_hurts_buy_and_never_helps_make(
    data: Data, rules: RuleSet, pair: tuple[int, int]
) -> None:
    """Law 2, under every weight."""
    before, after = (fits(rated(data, market_depth=depth), rules) for depth in pair)

    assert after[BUY] >= before[BUY]
    assert after[MAKE] <= before[MAKE]


def test_a_deeper_market_can_make_buy_the_best_for_a_transactional_function() -> None:
    """Law 2, also where control of it is wanted."""

    def best(depth: int) -> Option:
        function = a_function("payroll", flags=["core", "transactional"], ratings={"market_depth": depth})
        suppliers = [a_supplier("one"), a_supplier("two")]
        return result(a_profile(function, partners=[a_partner()], suppliers=suppliers)).preferred

    assert (best(1), best(5)) == (SHARE, BUY)


# 3


@given(data=profiles(suppliers=1), rules=weights(), number=st.integers(0, 3), pair=pairs())
def test_a_surer_future_of_a_supplier_never_hurts_ally_or_buy(
    data: Data, rules: RuleSet, number: int, pair: tuple[int, int]
) -> None:
    """Law 3, under every weight; make and share take no notice."""
    before, after = (fits(changed(data, "suppliers", number, stability=stability), rules) for stability in pair)

    assert after[ALLY] >= before[ALLY]
    assert after[BUY] >= before[BUY]
    assert but(after, {ALLY, BUY}) == but(before, {ALLY, BUY})


@given(data=profiles(suppliers=1), rules=weights(), number=st.integers(0, 3), pair=pairs())
def test_more_trust_in_a_supplier_never_hurts_ally(
    data: Data, rules: RuleSet, number: int, pair: tuple[int, int]
) -> None:
    """Law 3, under every weight, also where trust makes one more credible competitor."""
    before, after = (fits(changed(data, "suppliers", number, trust=trust), rules) for trust in pair)

    assert after[ALLY] >= before[ALLY]


@given(data=profiles(suppliers=3), rules=weights(), specificity=st.integers(4, 5), trust=st.integers(2, 5))
def test_trust_that_makes_one_more_competitor_never_hurts_ally_for_specific_work(
    data: Data, rules: RuleSet, specificity: int, trust: int
) -> None:
    """Law 3, under every weight, where depth of market softens what specificity does to make and buy."""
    data = in_an_open_market(data, specificity)
    before, after = (fits(changed(data, "suppliers", 0, trust=each), rules) for each in (1, trust))

    assert after[ALLY] >= before[ALLY]


def in_an_open_market(data: Data, specificity: int) -> Data:
    """With every supplier offering everything and credible, and the depth of the market left to them."""
    rows = [{**row, "functions": "all", "trust": max(2, row.get("trust", 3))} for row in data["suppliers"]]
    data = rated({**data, "suppliers": rows}, asset_specificity=specificity)
    data["functions"][0]["ratings"].pop("market_depth", None)
    return data


@given(data=profiles(suppliers=1), rules=weights(), number=st.integers(0, 3), pair=pairs())
def test_less_trust_in_a_supplier_never_helps_buy(
    data: Data, rules: RuleSet, number: int, pair: tuple[int, int]
) -> None:
    """Law 3, under every weight."""
    after, before = (fits(changed(data, "suppliers", number, trust=trust), rules) for trust in pair)

    assert after[BUY] <= before[BUY]


# 4


@given(data=profiles(), rules=weights(), row=a_row_of_partners(IDS[:1]))
def test_one_more_partner_never_hurts_share(data: Data, rules: RuleSet, row: Data) -> None:
    """Law 4, under every weight; no other option takes notice."""
    before, after = fits(data, rules), fits(added(data, "partners", row), rules)

    assert after[SHARE] >= before[SHARE]
    assert but(after, {SHARE}) == but(before, {SHARE})


@given(data=profiles(), rules=weights(), row=a_row_of_suppliers(IDS[:1]))
def test_one_more_supplier_never_hurts_buy_or_ally(data: Data, rules: RuleSet, row: Data) -> None:
    """Law 4, under every weight."""
    before, after = fits(data, rules), fits(added(data, "suppliers", row), rules)

    assert after[BUY] >= before[BUY]
    assert after[ALLY] >= before[ALLY]


@given(data=profiles(suppliers=2), rules=weights(), row=a_row_of_suppliers(IDS[:1]), specificity=st.integers(4, 5))
def test_one_more_competitor_never_hurts_ally_for_specific_work(
    data: Data, rules: RuleSet, row: Data, specificity: int
) -> None:
    """Law 4, as above."""
    data = in_an_open_market(data, specificity)
    before, after = fits(data, rules), fits(added(data, "suppliers", {**row, "functions": "all"}), rules)

    assert after[ALLY] >= before[ALLY]


@given(data=profiles(suppliers=1, partners=1))
def test_without_anybody_to_have_it_with_an_option_is_blocked(data: Data) -> None:
    """Law 4. Where it is said to be run so today, somebody is there all the same."""
    data["functions"][0].pop("current", None)
    alone = found({**data, "suppliers": [], "partners": []}).options

    assert GateCode.NO_PARTNER in alone[SHARE].blocked_by
    assert GateCode.NO_SUPPLIER in alone[BUY].blocked_by
    assert GateCode.NO_LONG_TERM_SUPPLIER in alone[ALLY].blocked_by
    assert alone[MAKE].available


# 6, second half


@given(data=profiles(), rules=weights(), sizes=st.tuples(POPULATIONS, POPULATIONS).map(sorted))
def test_standing_alone_is_never_favoured_more_for_the_smaller(data: Data, rules: RuleSet, sizes: list[int]) -> None:
    """Law 6, under every weight: neither in itself nor beside any other option."""
    small, large = (
        fits({**data, "organisation": {**data["organisation"], "population": size}}, rules) for size in sizes
    )

    assert small[MAKE] <= large[MAKE]
    assert all(small[MAKE] - small[option] <= large[MAKE] - large[option] for option in (SHARE, ALLY, BUY))


# 7


@given(data=profiles(suppliers=1), number=st.integers(0, 3), worse=st.tuples(RATINGS, RATINGS, RATINGS))
def test_a_supplier_that_was_not_chosen_may_get_worse(data: Data, number: int, worse: tuple[int, int, int]) -> None:
    """Law 7, while as many suppliers are credible."""
    before = found(data)
    supplier = data["suppliers"][number % len(data["suppliers"])]
    assume(supplier["id"] != before.options[before.preferred].supplier)
    keys = ("trust", "stability", "local_presence")
    lowered = {key: min(supplier.get(key, 3), rating) for key, rating in zip(keys, worse, strict=True)}
    after = found(changed(data, "suppliers", number, **lowered))
    assume(after.credible_suppliers == before.credible_suppliers)

    assert after.preferred is before.preferred


@given(data=profiles(partners=1), rules=weights(), number=st.integers(0, 5), trust=RATINGS)
def test_a_partner_that_was_not_chosen_may_get_worse(data: Data, rules: RuleSet, number: int, trust: int) -> None:
    """Law 7, under every weight."""
    before = found(data, rules)
    partner = data["partners"][number % len(data["partners"])]
    assume(partner["id"] not in before.options[before.preferred].partners)

    after = found(changed(data, "partners", number, trust=min(partner.get("trust", 3), trust)), rules)

    assert after.preferred is before.preferred


@given(
    data=profiles(suppliers=1, partners=1),
    rules=weights(),
    code=st.sampled_from(sorted(RULES.rules)),
    option=OPTIONS,
    against=st.integers(1, 40),
)
def test_points_against_a_rejected_option_never_change_the_best_fit(
    data: Data, rules: RuleSet, code: str, option: Option, against: int
) -> None:
    """Law 7, under every weight, also where the points make the scale longer.

    Where a rule is reversed, they are for it.
    """
    before = found(data, rules)
    assume(option is not before.preferred)
    harder = with_points_against(rules, code, option, against)
    after = found(data, harder)
    # Points before they are brought to the scale of their rule set.
    assume(from_middle(after, option) * harder.reach <= from_middle(before, option) * rules.reach + 1e-6)

    assert after.preferred is before.preferred


def from_middle(judged: FunctionResult, option: Option) -> float:
    return sum(part.exact for part in judged.options[option].contributions) - NEUTRAL


def with_points_against(rules: RuleSet, code: str, option: Option, against: float) -> RuleSet:
    points = {(c, o): rule.points.of(o) for c, rule in rules.rules.items() for o in Option}
    points[code, option] -= against
    return with_points(points)


def test_points_against_a_rejected_option_do_not_let_rounding_decide() -> None:
    """Law 7: a longer scale shows a lead as a tie in whole points, and the lead still counts."""
    function = a_function(OUR_OWN, ratings={"in_house_capability": 4})
    profile = a_profile(function, population=150_000, partners=[a_partner(trust=4)])
    before = result(profile)
    after = [result(profile, rules=with_points_against(RULES, "TC06", BUY, points)) for points in range(1, 41)]

    assert {judged.preferred for judged in after} == {before.preferred}
    assert any(judged.margin == 0 for judged in after)


def test_a_rejected_supplier_that_loses_all_trust_says_only_that_the_market_is_thin() -> None:
    """Law 7, which excepts that: one credible supplier is a thin market, in which TC10 turns to share."""

    def best(trust: int, **ratings: int) -> Option:
        suppliers = [a_supplier("one"), a_supplier("two", trust=trust)]
        function = a_function(OUR_OWN, ratings=ratings)
        return result(
            a_profile(function, population=115_000, partners=[a_partner(trust=3)], suppliers=suppliers)
        ).preferred

    assert (best(2), best(1)) == (Option.MAKE, Option.SHARE)
    assert best(2, market_depth=2) is best(1, market_depth=2) is Option.SHARE
    assert best(2, market_depth=3) is best(1, market_depth=3) is Option.MAKE


# 8


@given(data=profiles(most=4), rules=any_points())
def test_a_statutory_function_is_made_whatever_the_points(data: Data, rules: RuleSet) -> None:
    """Law 8, and with any points at all."""
    outcome = decided(Profile.model_validate(data), rules)

    for function, judged in zip(data["functions"], outcome.functions, strict=True):
        if Flag.STATUTORY in flags_of(function):
            assert judged.recommendation is judged.preferred is MAKE
            assert not any(judged.options[option].available for option in (SHARE, ALLY, BUY))


# 9


@given(data=profiles(most=4), rules=any_points())
def test_whole_contributions_sum_to_a_fit_from_0_to_100(data: Data, rules: RuleSet) -> None:
    """Law 9, with any points at all. The whole points are never further than half a point from the exact ones."""
    for function in decided(Profile.model_validate(data), rules).functions:
        assert set(function.options) == set(Option)
        for option in function.options.values():
            assert all(isinstance(part.points, int) for part in option.contributions)
            assert sum(part.points for part in option.contributions) == option.fit
            assert abs(sum(part.exact for part in option.contributions) - option.fit) <= 0.5 + 1e-6
            assert 0 <= option.fit <= 100


@given(data=profiles(most=4, suppliers=1, partners=1), rules=any_points(), times=st.sampled_from([0.25, 0.5, 2, 8]))
def test_only_how_points_compare_with_each_other_counts(data: Data, rules: RuleSet, times: float) -> None:
    """The ends of the scale are the reach of the rules, whatever that is: a new rule needs no other to be retuned."""
    points = {(code, o): rule.points.of(o) * times for code, rule in rules.rules.items() for o in Option}

    assert fits(data, with_points(points)) == fits(data, rules)


# 10


@given(data=profiles(most=4, money=True), random=st.randoms(use_true_random=False))
def test_the_order_of_keys_partners_and_suppliers_changes_no_byte(data: Data, random: Random) -> None:
    """Law 10, and of flags: the record, which names everything, is the same. The money may bind."""
    other = {**shuffled(data, random), "functions": [shuffled(row, random) for row in data["functions"]]}

    # What was read is kept as it was written; all that follows from it is the same.
    one, another = (decided(Profile.model_validate(each))._replace(profile=None) for each in (data, other))
    assert record(another) == record(one)


@given(data=profiles(most=4, money=True), random=st.randoms(use_true_random=False))
def test_the_order_of_functions_changes_nothing_but_the_order_of_the_answer(data: Data, random: Random) -> None:
    """Law 10: for each function, and for the whole."""
    one, other = decided(Profile.model_validate(data)), decided(Profile.model_validate(shuffled(data, random)))

    assert {judged.id: record(judged) for judged in other.functions} == {
        judged.id: record(judged) for judged in one.functions
    }
    assert record(other.budget._replace(uncosted=())) == record(one.budget._replace(uncosted=()))
    assert sorted(other.budget.uncosted) == sorted(one.budget.uncosted)
    assert sorted(map(record, other.assumptions)) == sorted(map(record, one.assumptions))
    assert sorted(map(about, other.warnings), key=repr) == sorted(map(about, one.warnings), key=repr)


def about(warning: Caution) -> Caution:
    return warning._replace(functions=tuple(sorted(warning.functions)))


# What else must hold


@given(data=profiles(suppliers=1, partners=1), rules=weights())
def test_blocking_an_option_leaves_every_fit_alone(data: Data, rules: RuleSet) -> None:
    """Under every weight: ally, as nobody signs long, and then all but make, as the law forbids them."""
    before = fits(data, rules)
    function = data["functions"][0]
    nobody_signs = {**data, "suppliers": [{**row, "long_term": False} for row in data["suppliers"]]}
    statutory = {**function, "flags": [*{*flags_of(function), Flag.STATUTORY}]}

    assert but(fits(nobody_signs, rules), {ALLY}) == but(before, {ALLY})
    assert fits({**data, "functions": [statutory]}, rules) == before


@given(data=profiles(partners=1), rules=weights())
def test_dropping_share_leaves_the_other_fits_alone(data: Data, rules: RuleSet) -> None:
    """Under every weight."""
    assert but(fits({**data, "partners": []}, rules), {SHARE}) == but(fits(data, rules), {SHARE})


@given(data=profiles(), rules=weights(), row=a_row_of_suppliers(IDS[:1]), depth=RATINGS)
def test_dropping_the_only_supplier_leaves_the_other_fits_alone(
    data: Data, rules: RuleSet, row: Data, depth: int
) -> None:
    """Under every weight, where the user has rated the market; where not, the suppliers listed are the market."""
    data = rated({**data, "suppliers": []}, market_depth=depth)

    assert but(fits(added(data, "suppliers", row), rules), {ALLY, BUY}) == but(fits(data, rules), {ALLY, BUY})


@given(data=profiles(suppliers=1, partners=1), rules=weights())
def test_restating_what_is_assumed_changes_no_fit(data: Data, rules: RuleSet) -> None:
    """Under every weight: flags stand in for ratings and never score beside them."""
    before = found(data, rules)
    restated = rated(data, **{measure: rating.value for measure, rating in before.ratings.items()})

    assert fits(restated, rules) == fits(data, rules)
    assert found(restated, rules).preferred is before.preferred


@given(data=profiles(suppliers=1, partners=1), flag=st.sampled_from([Flag.RELATIONAL, Flag.TRANSACTIONAL]))
def test_a_flag_adds_nothing_to_ratings_that_are_given(data: Data, flag: Flag) -> None:
    everything = {measure: rating.value for measure, rating in found(data).ratings.items()}
    function = rated(data, **everything)["functions"][0]
    flagged = {**function, "flags": [*{*flags_of(function), flag}]}

    assert fits({**data, "functions": [flagged]}) == fits({**data, "functions": [function]})


@given(data=profiles(most=4, suppliers=1), rules=any_points())
def test_what_is_blocked_is_never_recommended(data: Data, rules: RuleSet) -> None:
    """With any points at all; what is preferred fits best of what is shown and not blocked, where anything is known."""
    for function in decided(Profile.model_validate(data), rules).functions:
        exact = {
            option: sum(part.exact for part in judged.contributions) for option, judged in function.options.items()
        }
        available = [exact[option] for option, judged in function.options.items() if judged.available]

        assert function.options[function.recommendation].available
        assert function.options[function.preferred].available
        assert function.is_unknown or exact[function.preferred] == pytest.approx(max(available), abs=1e-5)


def first(data: Data, id_: str) -> Data:
    """The profile with one function first."""
    return {**data, "functions": sorted(data["functions"], key=lambda row: row["id"] != id_)}


@given(data=profiles(suppliers=1, partners=1), mode=OPTIONS)
def test_what_is_decided_is_kept_and_what_would_have_been_is_shown(data: Data, mode: Option) -> None:
    assume(Flag.STATUTORY not in flags_of(data["functions"][0]))
    before = found(data)
    kept = CATALOGUE.known(data["functions"][0]["id"])
    assume(not before.is_unknown and not (kept and kept.kept))  # Which a decision overrules.
    changed_ = changed(data, "functions", 0, decided={"mode": mode, "because": "Governing body, 12 May"})
    after = found(changed_)

    assert after.recommendation is mode
    assert after.reason is Reason.DECIDED
    assert after.preferred is before.preferred
    assert fits(changed_) == fits(data)


@given(data=profiles(most=4, suppliers=1))
def test_the_functions_beside_it_change_nothing_of_a_function(data: Data) -> None:
    """Fit is of each function by itself; only the budget looks at them together."""
    for function, judged in zip(data["functions"], decided(Profile.model_validate(data)).functions, strict=True):
        alone = {**data, "functions": [function]}
        for group in ("suppliers", "partners"):
            alone[group] = [
                {**row, "functions": row["functions"] if row["functions"] == "all" else _only(function, row)}
                for row in data[group]
            ]
        assert fits(alone) == fits(first(data, function["id"]))
        assert found(alone).preferred is judged.preferred


def _only(function: Data, row: Data) -> list[str]:
    return [id_ for id_ in row["functions"] if id_ == function["id"]]

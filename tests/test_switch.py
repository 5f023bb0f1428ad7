"""Switching values are tried, not guessed: each does what it says, and nothing smaller of the same input does."""

from __future__ import annotations

import math
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from builders import CATALOGUE, RULES, THIRTY, a_function, a_partner, a_profile, a_supplier, decided, result

from mba.answer import Asked, answer
from mba.decide.decide import appraise
from mba.load.profiles import load
from mba.profile import Profile
from mba.results import FunctionResult
from mba.sensitivity.answers import deciding, of_fact
from mba.sensitivity.switching import Trials, nearest, switches
from mba.sureness import Switch
from mba.terms import Option, Vat

SETTINGS = {
    "a core function near the crossing": a_profile(
        a_function(annual_cost=300_000), partners=[a_partner()], suppliers=[a_supplier(), a_supplier("acme", trust=4)]
    ),
    "a contested function": a_profile(
        a_function("financial-planning", flags=["relational", "transactional"]),
        partners=[a_partner(trust=3)],
        suppliers=[a_supplier()],
        population=500_000,
    ),
    "one among others, with money short": a_profile(
        *({"id": id_} for id_ in THIRTY[:14]),
        partners=[a_partner()],
        suppliers=[a_supplier(stability=4)],
        budget_per_head=10,
    ),
    "one whose VAT decides": a_profile(
        {
            "id": "information-technology",
            "annual_cost": 900_000,
            "current": "make",
            "quotes": [{"mode": "buy", "cost": 690_000, "supplier": "tarn"}],
        },
        suppliers=[a_supplier("tarn", kind="private", stability=4)],
        kind="icb",
        population=1_000_000,
        budget_per_head=3,
    ),
    "two that are paid for together, beside one that leaves": Profile.model_validate(
        {
            **a_profile(
                {"id": "payroll", "annual_cost": 200_000},
                {"id": "estates", "leaves": {"to": "a trust"}},
                {"id": "legal-services", "annual_cost": 300_000},
                suppliers=[a_supplier(functions=[]), a_supplier("acme")],
                partners=[a_partner()],
            ).model_dump(exclude_unset=True),
            "packages": [{"supplier": "central-csu", "cost": 420_000, "functions": ["payroll", "legal-services"]}],
        }
    ),
}


MONEY = {"annual_cost": 1_000, "budget_per_head": 0.01, "premium": 0.01}
"""What is shown of each sum, and to which it is narrowed."""


def tried(profile: Profile, id_: str) -> tuple[Switch, ...]:
    return switches(appraise(profile, RULES, CATALOGUE), id_)


def changed(profile: Profile, switch: Switch, value: float) -> Profile:
    """The profile with the switch's input at a value, by way of plain data."""
    data: dict[str, Any] = profile.model_dump(mode="json", exclude_none=True)
    if switch.group == "organisation":
        data["organisation"][switch.key] = value
    else:
        row = next(row for row in data[switch.group] if row["id"] == switch.of)
        if switch.key == "vat":
            row["vat"] = list(reversed(Vat))[int(value)]
        elif switch.group == "functions" and switch.key != "annual_cost":
            row.setdefault("ratings", {})[switch.key] = value
        else:
            row[switch.key] = round(value)
    return Profile.model_validate(data)


@pytest.mark.slow
@pytest.mark.parametrize("profile", SETTINGS.values(), ids=SETTINGS)
def test_each_change_leads_to_the_answer_that_it_names_and_no_smaller_one_does(profile: Profile) -> None:
    for function in decided(profile).functions[-2:]:
        found = tried(profile, function.id)
        assert found
        for switch in found:
            assert switch.becomes is not function.recommendation
            assert result(changed(profile, switch, switch.then), function.id).recommendation is switch.becomes
            if switch.key in MONEY:
                assert switch.then == round(switch.then, 2)
                nearer = round(switch.then - math.copysign(MONEY[switch.key], switch.then - switch.now), 2)
                smaller = result(changed(profile, switch, nearer), function.id)
                assert smaller.recommendation is function.recommendation, switch
            else:
                step = 1 if switch.then > switch.now else -1
                for value in range(int(switch.now) + step, int(switch.then), step):
                    smaller = result(changed(profile, switch, value), function.id)
                    assert smaller.recommendation is function.recommendation


def test_what_the_law_fixes_or_the_user_has_decided_switches_with_nothing() -> None:
    fixed = a_profile(a_function("governance", flags=["statutory"]), partners=[a_partner()], suppliers=[a_supplier()])
    held = a_profile(a_function(decided={"mode": "buy"}), partners=[a_partner()], suppliers=[a_supplier()])
    for profile in (fixed, held):
        assert tried(profile, profile.functions[0].id) == ()


def test_it_says_whether_the_value_that_it_starts_from_was_assumed() -> None:
    rated = a_function(annual_cost=300_000, ratings={"scale_economies": 3})
    profile = a_profile(rated, partners=[a_partner()], suppliers=[a_supplier()], population=200_000)
    found = {switch.key: switch for switch in tried(profile, profile.functions[0].id)}
    assert not found["scale_economies"].assumed
    assert found["scarce_expertise"].assumed


def test_the_premium_at_which_an_answer_turns_is_a_switching_value() -> None:
    """And with none at all there is nothing to raise or lower."""
    rated = a_function(annual_cost=300_000, ratings={"in_house_capability": 4})
    turned = []
    for premium in (0, 10, 20, 80):
        profile = a_profile(rated, partners=[a_partner()], suppliers=[a_supplier()], premium=premium)
        for switch in tried(profile, rated["id"]):
            if switch.key == "premium":
                turned.append(premium)
                assert result(changed(profile, switch, switch.then)).recommendation is switch.becomes
                assert switch.becomes is not result(profile).recommendation
    assert turned == [10, 20]


def the_sum_that_turns(key: str, premium: float = 10, **given: Any) -> float | None:
    """The value of a sum at which the answer turns, if it is among those that are tried."""
    rated = a_function(**{"annual_cost": 300_000, "ratings": {"in_house_capability": 4}, **given})
    profile = a_profile(rated, partners=[a_partner()], suppliers=[a_supplier()], premium=premium)
    return next((switch.then for switch in tried(profile, rated["id"]) if switch.key == key), None)


def test_a_sum_is_tried_from_half_of_it_to_half_as_much_again() -> None:
    turns = the_sum_that_turns("premium")
    assert turns is not None
    for near, beyond in ((1.49, 1.51), (0.51, 0.49)):
        assert the_sum_that_turns("premium", turns / near) == pytest.approx(turns, abs=0.01)
        assert the_sum_that_turns("premium", turns / beyond) is None


def test_an_allowance_a_head_is_told_to_the_penny() -> None:
    ratings = {"in_house_capability": 5, "asset_specificity": 5}
    profile = a_profile(
        a_function("payroll", annual_cost=203_457, flags=["transactional"], ratings={"scale_economies": 1}),
        a_function("financial-planning", annual_cost=401_234, ratings=ratings),
        partners=[a_partner(population=900_000, trust=3, functions=["financial-planning"])],
        population=100_000,
        budget_per_head=5.2,
        premium=40,
    )
    (turns,) = (s.then for s in tried(profile, "financial-planning") if s.key == "budget_per_head")
    assert turns == round(turns, 2) != round(turns, 1)


@pytest.mark.parametrize(("times", "thousands"), [(1, True), (1 / 15, False), (1 / 20, False)])
def test_a_large_cost_is_told_to_thousands_and_a_small_one_to_the_pound(times: float, thousands: bool) -> None:
    """A step of £20,000 is £1,000."""
    quote = {"mode": "buy", "supplier": "central-csu", "cost": round(200_000 * times)}
    turns = the_sum_that_turns("annual_cost", annual_cost=round(300_000 * times), quotes=[quote])
    assert turns is not None
    assert turns % 1 == 0
    assert (turns % 1_000 == 0) is thousands


def test_the_smallest_changes_come_first() -> None:
    profile = SETTINGS["a core function near the crossing"]
    found = tried(profile, profile.functions[0].id)
    sizes = [abs(s.then - s.now) / (s.now / 10 if s.key in MONEY else 1) for s in found]
    assert sizes == pytest.approx(sorted(sizes), abs=0.01)


def priced(trials: Trials) -> int:
    """How many alternatives the changes that were tried touch: those of a function itself, or of all it is about."""
    profile, table = trials.appraised.profile, trials.appraised.found.table
    number = dict(zip(trials.appraised.places, (table.ends - table.starts).tolist(), strict=True))
    whole = 0
    for change in trials.after:
        touched = frozenset[str]()
        if change.group == "functions":
            touched = profile.together(str(change.of))
        elif change.of:
            touched = profile.concerns(next(row for row in getattr(profile, change.group) if row.id == change.of))
        elif change.input.is_rating:
            touched = frozenset(number)
        whole += sum(number[id_] for id_ in touched if id_ in number)
    return whole


@pytest.mark.parametrize("profile", SETTINGS.values(), ids=SETTINGS)
def test_a_change_prices_what_it_touches_once_however_many_functions_ask(profile: Profile) -> None:
    trials = Trials(appraise(profile, RULES, CATALOGUE))
    ids = list(trials.appraised.places)

    for some in (ids[:1], ids):
        for _ in range(2):
            nearest(trials, some)
            deciding(trials, some)
            of_fact(trials)
            assert trials.variants.evaluated == priced(trials)
    assert priced(trials)


FOLDER = Path(__file__).parent.parent / "profiles"
WITH_OUTSIDERS = [
    load(str(FOLDER / "scenarios" / f"{name}.yaml")).profile
    for name in ("support-unit-closes", "private-supplier-enters", "integrated-care-board")
]


@pytest.mark.slow
@pytest.mark.parametrize("profile", [SETTINGS["one whose VAT decides"], *WITH_OUTSIDERS])
def test_whether_vat_is_recovered_is_asked_just_where_the_other_answer_changes_a_recommendation(
    profile: Profile,
) -> None:
    before = decided(profile)
    asked = {each.of: each for each in of_fact(Trials(appraise(profile, RULES, CATALOGUE)))}
    turned = set()
    for item in filter(lambda item: item.key == "vat", before.assumptions):
        other = next(vat for vat in Vat if vat is not item.value)
        switch = Switch("functions", item.of, "vat", 0, 0, assumed=True)
        after = decided(changed(profile, switch, other is Vat.RECOVERABLE))
        moved = [old.id for old, new in zip(before.functions, after.functions, strict=True) if differs(old, new)]
        if not moved:
            continue
        turned.add(item.of)
        question, ids = asked[item.of], [item.of] if item.of in moved else sorted(moved)
        assert question.functions == tuple(ids)
        if len(ids) == 1:
            options = {item.value: before.by_id[ids[0]], other: after.by_id[ids[0]]}
            assert question.leads == {at: options[vat].recommendation for at, vat in enumerate(reversed(Vat))}
    assert turned == asked.keys()


def differs(old: FunctionResult, new: FunctionResult) -> bool:
    return old.recommendation is not new.recommendation


def test_vat_that_was_said_is_neither_asked_nor_tried() -> None:
    profile = SETTINGS["one whose VAT decides"]
    (id_,) = (function.id for function in profile.functions)
    assert [each.becomes for each in tried(profile, id_) if each.key == "vat"] == [Option.MAKE]
    for vat in Vat:
        said = Profile.model_validate(
            profile.model_dump(exclude_unset=True)
            | {"functions": [profile.functions[0].model_dump(exclude_unset=True) | {"vat": vat}]}
        )
        assert not of_fact(Trials(appraise(said, RULES, CATALOGUE)))
        assert "vat" not in {each.key for each in tried(said, id_)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["harbour-icb", "kingsport"])
def test_what_is_open_is_asked_about_wherever_an_assumed_rating_alone_would_change_it(name: str) -> None:
    # Where another way does best on average among the draws with the rating that is assumed, trials still tell.
    path = Path(__file__).parent.parent / "profiles" / f"{name}.yaml"
    profile, found = load(str(path)).profile, answer(str(path), Asked(draws=2_000)).decision
    for function in filter(attrgetter("is_open"), found.functions):
        turning = [switch for switch in tried(profile, function.id) if switch.assumed and switch.input.is_rating]
        asked = [question for question in found.ask if function.id in question.functions]
        assert asked or not turning, f"{function.id} would turn by {turning}"
        for question in asked:
            if question.gain or question.surer or not question.leads:
                continue
            for value, option in question.leads.items():
                switch = Switch(question.group, question.of, question.key, 0, value, assumed=True)
                assert result(changed(profile, switch, value), function.id).recommendation is option

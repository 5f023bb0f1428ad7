"""What was assumed: all that could move an answer, and nothing that could not."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from builders import CATALOGUE, a_function, a_partner, a_profile, a_supplier, decided
from hypothesis import given
from strategies import Data, profiles

from mba.inputs import Assumption, Basis
from mba.output.record import record
from mba.profile import Profile
from mba.results import Decision
from mba.terms import Vat


def assumed(found: Decision, group: str) -> set[tuple[str, object]]:
    return {(item.key, item.value) for item in found.assumptions if item.group == group}


def written_down(data: Data, assumptions: tuple[Assumption, ...]) -> Data:
    """The profile with every assumption as the user's own word."""
    data = deepcopy(data)
    for item in assumptions:
        if item.group == "organisation":
            data["organisation"][item.key] = item.value
            continue
        row = next(row for row in data[item.group] if row["id"] == item.of)
        if item.key == "flags":
            row["flags"] = [] if item.value == "none" else str(item.value).split(", ")
        elif item.group == "functions" and item.key not in ("annual_cost", "vat"):
            row["ratings"][item.key] = item.value
        else:
            row[item.key] = item.value
    return data


@given(data=profiles(most=3, suppliers=1, partners=1, money=True))
def test_with_every_assumption_written_down_nothing_is_assumed_and_every_fit_stays(data: Data) -> None:
    for row in (*data["suppliers"], *data["partners"]):
        if row["functions"] == "all":
            del row["functions"]
    for row in data["functions"]:
        row.pop("current", None)  # To say more of today is to change who runs it.
    before = decided(Profile.model_validate(data))
    after = decided(Profile.model_validate(written_down(data, before.assumptions)))

    assert after.assumptions == ()
    for one, other in zip(before.functions, after.functions, strict=True):
        assert one.costed == other.costed
        assert [option.fit for option in one.options.values()] == [option.fit for option in other.options.values()]


def test_vat_is_assumed_to_be_recovered_just_where_the_catalogue_says_that_it_can_be() -> None:
    rows = [{"id": id_} for id_ in CATALOGUE.functions]
    found = decided(a_profile(*rows, suppliers=[a_supplier(kind="private")], kind="icb"))
    vats = {each.of: each for each in found.assumptions if each.key == "vat"}
    assert {each.value for each in vats.values()} == {Vat.RECOVERABLE, Vat.CHARGED}
    for id_, each in vats.items():
        is_listed = CATALOGUE.functions[id_ or ""].vat is Vat.RECOVERABLE
        assert each.value is (Vat.RECOVERABLE if is_listed else Vat.CHARGED)
        assert each.basis is (Basis.CATALOGUE if is_listed else Basis.DEFAULT)


def test_importance_is_an_assumption_since_it_weighs_the_portfolio() -> None:
    assert ("importance", 3) in assumed(decided(a_profile()), "functions")
    assert "importance" not in dict(assumed(decided(a_profile(a_function(ratings={"importance": 2}))), "functions"))


def test_whoever_does_not_say_what_they_offer_is_taken_to_offer_everything() -> None:
    for keys, expected in (({}, True), ({"functions": "all"}, False)):
        found = decided(a_profile(partners=[a_partner(**keys)], suppliers=[a_supplier(**keys)]))
        for group in ("partners", "suppliers"):
            assert (("functions", "all") in assumed(found, group)) is expected


def test_yes_and_no_are_yes_and_no_in_the_json() -> None:
    found = json.loads(record(decided(a_profile(suppliers=[a_supplier()]))))
    assert [item["value"] for item in found["assumptions"] if item["key"] == "long_term"] == [True]


def test_of_a_statutory_function_only_what_moves_its_estimated_cost_is_assumed() -> None:
    """Whatever it is rated, it is made; but how much cheaper it is in bulk moves what it costs."""
    estimated, given_cost = (
        decided(a_profile({"id": "governance", "flags": ["statutory"], **cost}))
        for cost in ({}, {"annual_cost": 90_000})
    )
    assert {key for key, _ in assumed(estimated, "functions")} == {"annual_cost", "scale_economies"}
    assert assumed(given_cost, "functions") == set()


@pytest.mark.parametrize(
    ("paid", "offered", "expected"),
    [(None, None, "at the cost estimated"), (None, 80_000, "at the price offered"), (90_000, 80_000, None)],
)
def test_what_today_costs_is_assumed_where_it_is_not_said_as_offered_or_else_as_estimated(
    paid: int | None, offered: int | None, expected: str | None
) -> None:
    today = {"mode": "buy", "supplier": "central-csu", "cost": paid, "notice_months": 3}
    quotes = [{"mode": "buy", "supplier": "central-csu", "cost": offered}] if offered else []
    row = a_function("payroll", annual_cost=95_000, current=today, quotes=quotes)
    found = decided(a_profile(row, suppliers=[a_supplier(), a_supplier("acme")]))
    said = {item.value for item in found.assumptions if item.key == "current"}
    assert said == ({expected} if expected else set())

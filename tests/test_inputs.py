"""The inputs of a profile: every field that can move an answer, with its words, its scale, and how to set it."""

from __future__ import annotations

import json
import re

import pytest
from builders import a_function, a_partner, a_profile, a_supplier, decided
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from running import run

from mba.about import Kind
from mba.compare.causes import Difference
from mba.inputs import FUNCTIONS, LISTS, ORGANISATION, SUPPLIERS, Input, Place, inputs_of, named, ratings_of
from mba.knowledge.measures import MEASURES, RATED
from mba.load.schema import profile_schema
from mba.profile import Function, Organisation, Partner, Profile, Supplier
from mba.ratings import Ratings
from mba.report.differences import Names, difference
from mba.report.words import percent, sentence

GROUPS = (ORGANISATION, *LISTS)
INPUTS = [one for group in GROUPS for one in inputs_of(group)]
RATINGS = [one for one in INPUTS if one.is_rating]
SILENT = {"id", "name", "note", "ratings", "said_by"}
"""Names, notes and who said what move no answer; ratings are inputs one by one."""


def called(one: Input) -> str:
    return f"{one.group}.{one.key}"


def test_every_field_of_a_profile_is_an_input_but_names_and_notes() -> None:
    fields = {
        ORGANISATION: [*Organisation.model_fields],
        "partners": [*Partner.model_fields],
        "suppliers": [*Supplier.model_fields],
        FUNCTIONS: [*Function.model_fields, *Ratings.model_fields],
    }
    for group in GROUPS:
        keys = [key.removesuffix("_") for key in fields[group] if key not in SILENT]
        assert [one.key for one in inputs_of(group)] == keys


@pytest.mark.slow
@pytest.mark.parametrize("one", RATINGS, ids=called)
def test_every_rating_has_both_ends_and_an_editor_shows_them(one: Input) -> None:
    scale = one.about.scale
    assert scale is not None
    assert scale.low
    assert scale.high
    group = {"organisation": "Organisation", "partners": "Partner", "suppliers": "Supplier", "functions": "Ratings"}
    shown = profile_schema()["$defs"][group[one.group]]["properties"][one.key]["description"]
    assert shown == str(scale)
    assert f"1: {scale.low}. 5: {scale.high}." in shown


@pytest.mark.parametrize("one", INPUTS, ids=called)
def test_the_words_of_an_input_have_no_article_since_sentences_bring_theirs(one: Input) -> None:
    """It was: The the day from which the answer is to hold is 2027-04-01."""
    assert one.about.words.split()[0] not in ("the", "a", "an")
    found = decided(a_profile(a_function("payroll")))
    of = None if one.group == ORGANISATION else "payroll"
    value = "2027-04-01" if one.about.kind is Kind.DAY else 2
    said = sentence(difference(Difference(one.group, of, one, None, value), Names(found, found))).casefold()
    assert not re.search(r"\b(\w+) \1\b", said), said


def test_a_rule_can_look_at_every_rating_but_importance() -> None:
    assert {one.key for one in RATINGS if not one.measure} == {"importance"}
    assert set(RATED) <= {row.measure for group in GROUPS for row in ratings_of(group)} <= set(MEASURES)


@given(data=st.data())
def test_what_is_set_in_a_place_stands_there_and_nowhere_else(data: st.DataObject) -> None:
    profile = a_profile(
        a_function(), a_function("payroll"), partners=[a_partner()], suppliers=[a_supplier(), a_supplier("other")]
    )
    one = data.draw(st.sampled_from(RATINGS))
    ids = [None] if one.group == ORGANISATION else [row.id for row in getattr(profile, one.group)]
    place, value = Place(one, data.draw(st.sampled_from(ids))), data.draw(st.integers(1, 5))
    after = place.set_on(profile, value)

    assert read(after, place) == value
    others = [Place(other, id_) for other in inputs_of(one.group) for id_ in ids]
    others.remove(place)
    assert all(read(after, other) == read(profile, other) for other in others)


def read(profile: Profile, place: Place) -> object:
    """What stands in a place of a profile."""
    rows = getattr(profile, place.input.group)
    row = rows if place.of is None else next(row for row in rows if row.id == place.of)
    return place.input.given(row)


@given(st.data())
def test_a_form_with_other_values_is_what_pydantic_makes_and_the_first_stays_as_it_was(
    data: st.DataObject,
) -> None:
    rows = a_function(), a_function(annual_cost=5), a_function(current="make", note="x")
    function = Function.model_validate(data.draw(st.sampled_from(rows)))
    update = data.draw(st.dictionaries(st.sampled_from(["annual_cost", "note", "quotes"]), st.integers(1, 9)))
    before, set_before = function.model_dump(), set(function.model_fields_set)
    copied, theirs = function.model_copy(update=update), BaseModel.model_copy(function, update=update)
    assert (copied, copied.model_fields_set) == (theirs, theirs.model_fields_set)
    assert (function.model_dump(), function.model_fields_set) == (before, set_before)


def test_what_is_left_out_has_its_default() -> None:
    supplier = Supplier(id="a", trust=5)
    assert named(SUPPLIERS, "trust").value(supplier) == 5
    assert named(SUPPLIERS, "stability").value(supplier) == 3
    assert named(SUPPLIERS, "stability").given(supplier) is None
    assert not named(SUPPLIERS, "functions").is_given(supplier)
    assert named(SUPPLIERS, "functions").is_given(Supplier(id="a", functions="all"))


def test_a_paper_that_asks_how_sure_the_future_of_a_supplier_is_says_what_the_ends_mean() -> None:
    asked = {
        "organisation": {"name": "Trial CCG", "population": 200_000, "client_capability": 4, "rurality": "mixed"},
        "suppliers": [{"id": "s0", "local_presence": 4}],
        "functions": [
            {
                "id": "our-function",
                "flags": ["relational"],
                "annual_cost": 100_000,
                "current": "ally",
                "ratings": dict.fromkeys(RATED, 3)
                | {"asset_specificity": 4, "complexity": 4, "in_house_capability": 2},
            }
        ],
    }
    paper = run("export", "-", "--draws", "1000", stdin=json.dumps(asked).encode())
    assert paper.status == 0, paper.err
    assert "Sureness of its future" in paper.out
    assert str(named(SUPPLIERS, "stability").about.scale) in paper.out


def test_what_is_open_and_fits_best_is_not_said_to_fit_better_than_what_was_decided() -> None:
    decided = a_profile(a_function(flags=["transactional"], annual_cost=100_000, decided={"mode": "buy"}))
    answer = run("assess", "-", "--full", "--draws", "0", stdin=decided.model_dump_json(exclude_defaults=True).encode())
    words = " ".join(answer.out.split())
    assert "Of what is available, the best is make " in words
    assert "On its merits" not in words


def test_what_was_decided_or_has_one_option_is_not_robust_in_the_record() -> None:
    profile = a_profile(
        a_function("payroll", decided={"mode": "make"}), a_function("governance"), a_function("complaints")
    )
    answer = run(
        *("assess", "-", "--draws", "200", "--format", "json"),
        stdin=profile.model_dump_json(exclude_defaults=True).encode(),
    )
    levels = {function["id"]: function["confidence"]["level"] for function in json.loads(answer.out)["functions"]}
    assert levels == {"payroll": "decided", "governance": "only-option", "complaints": "only-option"}


def test_percentages_are_rounded_but_never_onto_a_bar_that_they_are_below() -> None:

    examples = {
        0: "0%",
        0.0001: "<1%",
        0.005: "1%",
        0.594: "59%",
        0.5951: "<60%",
        0.6: "60%",
        0.604: "60%",
        0.796: "<80%",
        0.8: "80%",
        0.995: ">99%",
        0.9999: ">99%",
        1: "100%",
    }
    assert {share: percent(share) for share in examples} == examples


@given(st.floats(0, 1))
def test_a_percentage_is_within_half_a_point_and_on_the_same_side_of_each_bar(share: float) -> None:

    shown = percent(share)
    figure = float(shown.strip("<>%"))
    if shown[0] in "<>":
        assert (share * 100 < figure) is (shown[0] == "<")
    assert abs(figure - 100 * share) <= 1
    for bar in (60, 80, 100):
        if not shown.startswith("<"):
            assert (figure >= bar) is (100 * share + 1e-9 >= bar)


@pytest.mark.slow
def test_no_example_asks_for_a_rating_without_its_scale() -> None:
    for path in sorted((ROOT / "profiles").glob("*.yaml")):
        for question in json.loads(run("assess", path, "--draws", "200", "--format", "json").out)["ask"]:
            one = named(question["group"], question["key"])
            assert one.about.scale or not one.is_rating

"""What changed between two decisions, and why: causes are proved by making just these changes, by way of plain data."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier, decided
from hypothesis import given
from hypothesis import strategies as st
from strategies import Data, examples, profiles, shuffled

from mba.caution import Caution, WarningCode
from mba.compare import causes as causes_module
from mba.compare.causes import Causes, Mixture, mixed
from mba.compare.compare import RULES as OTHER_RULES
from mba.compare.compare import Change, Comparison, compare, side_by_side
from mba.compare.matching import same_functions
from mba.profile import Profile
from mba.render.markdown import markdown
from mba.report.diff import what_changed
from mba.report.differences import Names, because_of
from mba.results import Action, FunctionResult
from mba.sureness import DRAWN, Acceptability, Confidence, Level
from mba.terms import Option

OPTIONS = {False: Option.MAKE, True: Option.BUY}
LISTS = ("partners", "suppliers", "functions")


def without_packages(data: Data) -> Data:
    """The profile with everything but packages, which are compared as part of no row."""
    return {key: data[key] for key in data if key != "packages"}


class Switched(Causes):
    """Changes of which some together lead to buy: all of those up to a size are tried."""

    def __init__(self, number: int, size: int, bought: Callable[[frozenset[int]], bool]) -> None:
        self.inputs = tuple(range(number))  # type: ignore[arg-type] # only their number counts here
        self.size, self.touching, self.of_money, self.tried = size, {"f": set(range(number))}, set(), {}
        self.bought = bought

    def try_all(self, sets: Iterable[frozenset[int]]) -> None:
        for made in sets:
            self.tried[made] = Mixture({"f": Option.BUY if self.bought(made) else Option.MAKE}, {}, {}, 0)


def test_the_smallest_cause_is_given_where_leaving_out_what_can_be_ends_with_a_larger_one() -> None:
    """The first two together, or the third by itself without the fourth."""
    switched = Switched(4, 4, lambda made: made >= {0, 1} or (2 in made and 3 not in made))
    assert switched.of("f") == {"f": ((2,), True)}


def test_of_causes_that_would_each_do_alone_that_of_most_answers_is_given_and_then_the_first() -> None:
    class Several(Switched):
        def try_all(self, sets: Iterable[frozenset[int]]) -> None:
            for made in sets:
                does = {"f": bool(made), "g": 4 in made, "h": bool({4, 5} & made)}
                self.tried[made] = Mixture({id_: OPTIONS[come] for id_, come in does.items()}, {}, {}, 0)

    several = Several(9, 2, bool)
    several.touching = {id_: set(range(9)) for id_ in "fgh"}
    assert several.of("fgh") == dict.fromkeys("fgh", ((4,), True))
    assert Switched(9, 2, bool).of("f") == {"f": ((0,), True)}


@given(st.integers(1, 9).flatmap(lambda number: st.tuples(st.just(number), st.sets(st.integers(0, number - 1)))))
@examples(100)
def test_of_changes_of_which_some_are_needed_just_those_are_given_whether_or_not_that_is_proved(
    case: tuple[int, set[int]],
) -> None:
    number, needed = case
    for size in (0, 1, 2, number):
        found, proved = Switched(number, size, lambda made: made >= needed).of("f")["f"]
        assert (set(found), proved) == (needed, size >= len(needed) - 1)


@st.composite
def twos(draw: st.DrawFn) -> tuple[Data, Data]:
    """A profile, and one that has some of its parts from elsewhere."""
    rich = profiles(most=4, suppliers=1, partners=1, most_partners=2, money=True, full=True).map(without_packages)
    before, other = draw(rich), draw(rich)
    after = copy.deepcopy(before)
    for key in draw(st.sets(st.sampled_from(sorted(other["organisation"])))):
        after["organisation"][key] = other["organisation"][key]
    for group in LISTS:
        new = {row["id"]: row for row in other[group]}
        for id_ in draw(st.sets(st.sampled_from(sorted(new)))) if new else ():
            after[group] = [*(row for row in after[group] if row["id"] != id_), new[id_]]
    gone = draw(st.sampled_from([row["id"] for row in after["functions"]]))
    if len(after["functions"]) > 1 and draw(st.booleans()):
        after["functions"] = [row for row in after["functions"] if row["id"] != gone]
    return before, after


def compared(before: Data | Profile, after: Data | Profile) -> Comparison:
    sides = [each if isinstance(each, Profile) else Profile.model_validate(each) for each in (before, after)]
    return compare(decided(sides[0]), decided(sides[1]), Causes(sides[0], sides[1], RULES, CATALOGUE))


def applied(before: Data, after: Data, paths: tuple[str, ...]) -> Data:
    """The profile before with what stands at these paths as it is afterwards."""
    out = copy.deepcopy(before)
    for path in paths:
        group, *rest = path.split(".")
        old, new = out, after
        if group != "organisation":
            rows = {row["id"]: row for row in after[group]}
            if len(rest) == 1:
                out[group] = [row for row in out[group] if row["id"] != rest[0]]
                out[group] += [rows[rest[0]]] if rest[0] in rows else []
                continue
            old, new = next(row for row in out[group] if row["id"] == rest[0]), rows[rest[0]]
            rest = rest[1:]
        else:
            old, new = out[group], after[group]
        for key in rest[:-1]:
            old, new = old.setdefault(key, {}), new.get(key, {})
        old.pop(rest[-1], None)
        if rest[-1] in new:
            old[rest[-1]] = new[rest[-1]]
    return out


Answer: TypeAlias = tuple[Option, tuple[str, ...]] | None
"""An option, and with whom it is; None where the function is not there."""


def answer(data: Data, function: str) -> Answer:
    if not data["functions"]:  # No profile, so no answer.
        return None
    found = {each.id: each for each in decided(Profile.model_validate(data)).functions}
    return said(found.get(function))


def said(answer: FunctionResult | None) -> Answer:
    return (answer.recommendation, answer.chosen.whom()) if answer else None


def wanted(change: Change) -> Answer:
    return said(change.after)


@given(twos())
@examples(60)
def test_the_causes_alone_produce_the_change_and_no_part_of_them_does(two: tuple[Data, Data]) -> None:
    before, after = two
    for change in compared(before, after).changes:
        assert change.causes
        if not change.before or not change.after:  # It came or went by its own row, whatever else there is.
            found = answer(applied(before, after, change.causes), change.function)
            assert (found is None) is (change.after is None)
            continue
        assert answer(applied(before, after, change.causes), change.function) == wanted(change)
        parts = (
            itertools.chain.from_iterable(
                itertools.combinations(change.causes, size) for size in range(len(change.causes))
            )
            if change.proved
            else [tuple(c for c in change.causes if c != out) for out in change.causes]
        )
        for part in parts:
            assert answer(applied(before, after, part), change.function) != wanted(change)


@given(twos())
@examples(30)
def test_no_smaller_set_of_all_that_differs_would_have_done(two: tuple[Data, Data]) -> None:
    before, after = two
    found = compared(before, after)
    assert found.inputs is not None
    paths = [difference.path for difference in found.inputs]
    for change in found.changes:
        if change.proved and len(change.causes) == 2:
            for path in paths:
                assert answer(applied(before, after, (path,)), change.function) != wanted(change)


@given(twos())
@examples(40)
def test_there_and_back_mirror_each_other(two: tuple[Data, Data]) -> None:
    there, back = compared(*two), compared(two[1], two[0])
    assert (there.before, there.after) == (back.after, back.before)
    assert {c.function: (c.before, c.after) for c in there.changes} == {
        c.function: (c.after, c.before) for c in back.changes
    }
    assert (set(there.gained), set(there.lost)) == (set(back.lost), set(back.gained))
    assert there.inputs is not None
    assert back.inputs is not None
    assert {i.path for i in there.inputs} == {i.path for i in back.inputs}
    assert set(there.unchanged) == set(back.unchanged)
    assert (set(there.surer), set(there.less_sure)) == (set(back.less_sure), set(back.surer))


@given(profiles(most=4, suppliers=1, partners=1, money=True), st.randoms(use_true_random=False))
@examples(40)
def test_a_profile_does_not_differ_from_itself_in_another_order(data: Data, random: Any) -> None:
    found = compared(data, shuffled(data, random))
    assert (found.changes, found.shifted, found.gained, found.lost, found.inputs) == ((), (), (), (), ())


@given(twos())
@examples(40)
def test_all_that_differs_put_together_is_the_other_profile(two: tuple[Data, Data]) -> None:
    before, after = (Profile.model_validate(each) for each in two)
    differ = Causes(before, after, RULES, CATALOGUE).inputs
    for group in LISTS:
        rows = {row.id: row for row in getattr(mixed(before, after, differ), group)}
        assert rows == {row.id: row for row in getattr(after, group)}
    assert mixed(before, after, ()) == before


def test_beyond_the_limit_what_is_given_as_the_cause_is_enough_and_needed_but_said_to_be_unproved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two changes are needed, neither the first nor the last, and the limit allows trying no set at all."""
    ratings = {"asset_specificity": 4, "measurability": 2}
    before: Data = {
        "organisation": {"name": "x", "population": 226_000},
        "suppliers": [a_supplier(), a_supplier("acme")],
        "functions": [a_function(flags=["relational"], annual_cost=100_000, ratings=ratings)],
    }
    after: Data = copy.deepcopy(before)
    after["organisation"]["population"] = 226_001
    after["functions"][0]["ratings"] = {"asset_specificity": 1, "measurability": 5, "complexity": 3}
    (change,) = compared(before, after).changes
    assert change.proved
    monkeypatch.setattr(causes_module, "MOST_TRIALS", 1)
    (limited,) = compared(before, after).changes
    assert answer(applied(before, after, limited.causes), limited.function) == wanted(limited)
    for path in limited.causes:
        rest = tuple(each for each in limited.causes if each != path)
        assert answer(applied(before, after, rest), limited.function) != wanted(limited)
    assert limited.proved is (len(limited.causes) <= 1)


def test_twelve_changes_are_tried_in_every_combination_and_many_one_at_a_time() -> None:
    sizes = [causes_module._largest(number) for number in (0, 1, 12, 13, 20, 90, 5_000)]  # noqa: SLF001 - the limit itself
    assert sizes == [0, 1, 12, 6, 3, 2, 0]


def a_pair(payroll: int, in_house_capability: int) -> Profile:
    """Payroll at a cost, and financial planning, which can be kept in-house if that leaves enough."""
    ratings = {"in_house_capability": in_house_capability, "asset_specificity": 5}
    return a_profile(
        a_function("payroll", annual_cost=payroll, flags=["transactional"], ratings={"scale_economies": 1}),
        a_function("financial-planning", annual_cost=400_000, ratings=ratings),
        partners=[a_partner(population=900_000, trust=3, functions=["financial-planning"])],
        population=100_000,
        budget_per_head=5.2,
        premium=40,
    )


def test_where_something_of_its_own_moved_an_answer_too_it_does_not_say_whose_money() -> None:
    changes = compared(a_pair(200_000, 3), a_pair(100_000, 5)).changes
    change = next(change for change in changes if change.function == "financial-planning")
    own = "functions.financial-planning.ratings.in_house_capability"
    assert (change.causes, change.freed) == (("functions.payroll.annual_cost", own), ())


def test_where_only_the_money_moved_an_answer_it_says_whose_money() -> None:
    found = compared(a_pair(200_000, 5), a_pair(100_000, 5))
    change = next(c for c in found.changes if c.function == "financial-planning")
    assert change.causes == ("functions.payroll.annual_cost",)
    assert [(each.function, each.pounds) for each in change.freed] == [("payroll", 100_000)]
    assert change.before
    assert change.after
    assert (change.before.recommendation, change.after.recommendation) == (Option.SHARE, Option.MAKE)


def test_what_appears_and_what_vanishes_is_its_own_cause() -> None:
    old = a_profile(a_function("our-payroll", name="Payroll and pensions"), a_function("payroll"))
    new = a_profile(a_function("payroll-team", name="Payroll and pension"), a_function("payroll"))
    found = compared(old, new)
    assert {(c.function, c.causes, c.proved) for c in found.changes} == {
        ("our-payroll", ("functions.our-payroll",), True),
        ("payroll-team", ("functions.payroll-team",), True),
    }


def test_the_same_answer_with_another_supplier_is_told_apart() -> None:
    first, second = (
        a_profile(
            a_function("payroll", flags=["transactional"]),
            suppliers=[a_supplier(trust=trust), a_supplier("acme", trust=3), a_supplier("third", trust=2)],
        )
        for trust in (5, 2)
    )
    found = compared(first, second)
    assert ([each.function for each in found.shifted], found.changes, found.unchanged) == (["payroll"], (), ())


EVEN = Acceptability(0.25, 0.25, 0.25, 0.25)


@pytest.mark.parametrize(("was", "is_"), list(itertools.product([*DRAWN, Level.NONE, None], repeat=2)))
def test_an_answer_is_surer_or_less_so_by_the_level_that_its_draws_give_it_on_both_sides(
    was: Level | None, is_: Level | None
) -> None:
    decision = decided(a_profile(a_function(), partners=[a_partner()]))
    (one,) = decision.functions
    before, after = (
        decision._replace(
            functions=(one._replace(confidence=Confidence(level, EVEN, 0.1, 1, EVEN, 1) if level else None),)
        )
        for level in (was, is_)
    )
    found = compare(before, after, None)
    steps = DRAWN.index(was) - DRAWN.index(is_) if was in DRAWN and is_ in DRAWN else 0
    assert (found.surer, found.less_sure) == ((one.id,) * (steps > 0), (one.id,) * (steps < 0))
    assert (found.unchanged, found.shifted) == ((one.id,), ())


@pytest.mark.parametrize(("was", "is_"), list(itertools.product([*Action, None], repeat=2)))
def test_the_same_answer_with_another_thing_to_do_is_told_apart_where_both_are_known(
    was: Action | None, is_: Action | None
) -> None:
    one = decided(a_profile(a_function()))
    before, after = (one._replace(functions=(one.functions[0]._replace(action=action),)) for action in (was, is_))
    found = compare(before, after, None)
    assert bool(found.shifted) is (was is not is_ and was is not None and is_ is not None)


def test_what_is_compared_says_in_which_format_it_is() -> None:
    """The only ones so far, of two as of several: what reads them can tell later ones apart."""
    one = a_profile(a_function())
    assert compared(one, one).record()["format"] == 1
    assert side_by_side([decided(one)], ["A"]).record()["format"] == 1


@pytest.mark.parametrize(
    ("before", "after", "gained"),
    [
        ([], [(WarningCode.OVER_BUDGET, ())], [()]),
        ([], [(WarningCode.MONOPOLY, ("payroll", "estates"))], [("payroll", "estates")]),
        ([(WarningCode.MONOPOLY, ("payroll",))], [(WarningCode.MONOPOLY, ("payroll", "estates"))], [("estates",)]),
        ([(WarningCode.MONOPOLY, ("payroll",))], [(WarningCode.MONOPOLY, ("payroll",))], []),
        (
            [(WarningCode.STRANDED, ("payroll",), 9_000)],
            [(WarningCode.STRANDED, ("payroll", "estates"), 12_000)],
            [("payroll", "estates")],
        ),
        ([(WarningCode.STRANDED, ("payroll",), 9_000)], [(WarningCode.STRANDED, ("payroll",), 12_000)], []),
    ],
    ids=["of none", "of new ones", "of one more", "of the same", "of one more, with a sum", "of the same, with a sum"],
)
def test_a_warning_is_gained_for_the_functions_that_are_new_to_it_or_whole_where_its_sum_is_of_all(
    before: list[Any], after: list[Any], gained: list[tuple[str, ...]]
) -> None:
    one = decided(a_profile(a_function("payroll"), a_function("estates")))
    old, new = (one._replace(warnings=tuple(Caution(*each) for each in warnings)) for warnings in (before, after))
    assert [caution.functions for caution in compare(old, new, None).gained] == gained


def test_that_it_fits_no_more_or_fits_now_comes_first() -> None:
    """Else the same sums a year would read as no difference."""
    told = {}
    for before, after in ((25, 1), (1, 25), (25, 24)):
        row = a_function("payroll", annual_cost=1_000_000)
        one, other = (decided(a_profile(row, budget_per_head=each)) for each in (before, after))
        told[before, after] = markdown(what_changed(compare(one, other, None), ("A", "B"), brief=True))
    assert re.search(r"\*\*It does not fit any more: £[\d,]+ a year too much, where £[\d,]+ was left\.", told[25, 1])
    assert re.search(r"\*\*It fits now, with £[\d,]+ a year left, where £[\d,]+ was too much\.", told[1, 25])
    assert "fit" not in told[25, 24].partition("Of 1 answer")[0]


def test_names_and_notes_are_no_difference() -> None:
    first = a_profile(a_function(note="as agreed", name="Negotiation"), partners=[a_partner(name="Hillside")])
    second = a_profile(a_function(), partners=[a_partner()])
    assert compared(first, second).inputs == ()


@pytest.mark.parametrize("digest", ["0123456789abcdef", None], ids=["of other rules", "of mba 0.1, which stored none"])
def test_an_answer_that_the_tool_itself_now_gives_otherwise_is_put_down_to_its_rules(digest: str | None) -> None:
    profile = a_profile(a_function("payroll", flags=["transactional"]), suppliers=[a_supplier(), a_supplier("acme")])
    now = decided(profile)
    then = now._replace(functions=(now.functions[0]._replace(recommendation=Option.MAKE),), rules_digest=digest)
    for before, after in ((then, now), (now, then)):
        (change,) = compare(before, after, Causes(profile, profile, RULES, CATALOGUE)).changes
        assert change.causes == (OTHER_RULES,)


def test_where_the_rules_are_known_to_be_the_same_nothing_is_put_down_to_them() -> None:
    profile = a_profile(a_function("payroll", flags=["transactional"]), suppliers=[a_supplier(), a_supplier("acme")])
    now = decided(profile)
    then = now._replace(functions=(now.functions[0]._replace(recommendation=Option.MAKE),))
    found = compare(then, now, Causes(profile, profile, RULES, CATALOGUE))
    (change,) = found.changes
    assert change.causes == ()
    assert "neither an input nor a rule" in because_of(change, found, Names(then, now))


def test_a_package_says_nothing_of_a_function_that_is_tried_as_run_in_house() -> None:
    """No profile may say so, but trying one change after the other comes to it on the way."""
    made = a_profile(a_function("payroll", current="make"), suppliers=[a_supplier("unit")])
    paid = a_profile(a_function("payroll"), suppliers=[a_supplier("unit")])
    (package,) = Profile.model_validate(
        {**paid.model_dump(), "packages": [{"supplier": "unit", "cost": 90_000, "functions": ["payroll"]}]}
    ).packages
    between = made.model_copy(update={"packages": (package,)})
    assert between.today(between.functions[0]) == made.functions[0].current
    assert decided(between).functions[0].current is Option.MAKE


def test_several_stand_side_by_side_and_what_differs_anywhere_is_named() -> None:
    some = [
        decided(a_profile(*functions, suppliers=[a_supplier(), a_supplier("acme")]))
        for functions in (
            (a_function("payroll", flags=["transactional"]),),
            (a_function("payroll", flags=["core", "relational"]), a_function("estates", flags=["transactional"])),
            (a_function("payroll", flags=["transactional"]),),
        )
    ]
    found = side_by_side(some, ["A", "B", "C"])
    assert found.changed == ("payroll", "estates")
    options = {row.function: [a.recommendation if a else None for a in row.answers] for row in found.functions}
    assert options["payroll"][0] is options["payroll"][2] is Option.BUY
    assert options["payroll"][1] is not Option.BUY
    assert options["estates"][0] is options["estates"][2] is None


def test_what_is_committed_is_money_like_the_budget() -> None:
    first, second = (
        a_profile(
            a_function(
                "financial-planning", annual_cost=400_000, ratings={"in_house_capability": 5, "asset_specificity": 5}
            ),
            partners=[a_partner(population=900_000, trust=3)],
            population=100_000,
            budget_per_head=5,
            committed_costs=committed,
            premium=40,
        )
        for committed in (0, 150_000)
    )
    (change,) = compared(first, second).changes
    assert change.causes == ("organisation.committed_costs",)
    assert [(each.function, each.pounds) for each in change.freed] == [(None, -150_000)]


def test_what_leaves_is_gone_from_the_answers_and_frees_the_money_that_it_took() -> None:
    stays = a_function("financial-planning", annual_cost=400_000)
    goes = a_function("payroll", annual_cost=100_000)
    found = compared(a_profile(stays, goes), a_profile(stays, {**goes, "leaves": {"to": "a trust"}}))
    (change,) = found.changes
    assert (change.function, change.causes) == ("payroll", ("functions.payroll",))
    assert change.after is None


def test_whoever_runs_a_function_today_is_a_cause_though_they_offer_it_to_nobody_else() -> None:
    def trusted(trust: int) -> Profile:
        current = {"mode": "buy", "supplier": "central-csu", "cost": 50_000}
        bought = a_function("payroll", annual_cost=100_000, current=current)
        return a_profile(bought, suppliers=[a_supplier(trust=trust, functions=[])])

    (change,) = compared(trusted(3), trusted(1)).changes
    assert change.causes == ("suppliers.central-csu.trust",)


def test_a_package_whose_functions_are_all_gone_pays_for_nothing() -> None:
    stays, goes = a_function("financial-planning", annual_cost=400_000), a_function("payroll", annual_cost=100_000)
    package = {"supplier": "central-csu", "cost": 90_000, "functions": ["payroll"]}
    before = {**a_profile(stays, goes).model_dump(exclude_unset=True), "packages": [package]}
    (change,) = compared(Profile.model_validate(before), a_profile(stays)).changes
    assert (change.function, change.causes) == ("payroll", ("functions.payroll",))


def test_somebody_who_is_listed_on_one_side_only_has_the_name_there_on_both() -> None:
    paid = {"mode": "share", "partner": "hillside", "cost": 90_000}
    row = a_function("payroll", name="Payroll", current=paid)
    listed = decided(a_profile(row, partners=[a_partner(name="Hillside CCG")]))
    without = decided(a_profile(row))
    for sides in ((listed, without), (without, listed)):
        assert Names(*sides).others["hillside"] == "Hillside CCG"


def test_an_answer_with_others_or_of_which_another_thing_is_done_differs_side_by_side() -> None:
    paid = {"mode": "buy", "supplier": "tarn", "cost": 300_000, "notice_months": 0}
    offer = {"mode": "buy", "supplier": "acme", "cost": 150_000}
    row = a_function("payroll", annual_cost=400_000, current=paid)
    suppliers = [a_supplier("tarn"), a_supplier("acme")]
    here, there = (decided(a_profile(row | {"quotes": quotes}, suppliers=suppliers)) for quotes in ([], [offer]))
    assert [each.functions[0].recommendation for each in (here, there)] == [Option.BUY] * 2
    assert [each.functions[0].chosen.supplier for each in (here, there)] == ["tarn", "acme"]
    assert side_by_side([here, there], ["A", "B"]).changed == ("payroll",)
    assert side_by_side([here, here], ["A", "B"]).changed == ()
    unknown = here._replace(functions=(here.functions[0]._replace(action=None),))
    assert side_by_side([here, unknown], ["A", "B"]).changed == (), "as mba 0.1 stored it"
    said = markdown(what_changed(compare(here, there, None), ["A", "B"], brief=True))
    assert "With acme instead of tarn." in said.replace("Acme", "acme").replace("Tarn", "tarn")


def test_functions_that_the_catalogue_takes_for_one_are_compared_under_the_ids_of_the_first() -> None:
    """With whom, packages and leaving speak of them too, so a profile that only calls them otherwise is the same."""

    def called(chc: str, hr: str, gone: str) -> Profile:
        partner, supplier = a_partner(functions=[chc]), a_supplier(functions=[hr])
        package = {"supplier": "central-csu", "mode": "buy", "cost": 500_000, "functions": [hr, "payroll"]}
        rows: list[Data] = [{"id": chc}, {"id": hr}, {"id": "payroll"}, {"id": gone, "leaves": {}}]
        found = a_profile(*rows, {"id": "own", "name": chc}, partners=[partner], suppliers=[supplier])
        return Profile.model_validate(found.model_dump(by_alias=True, exclude_unset=True) | {"packages": [package]})

    one, other = called("chc", "hr", "comms"), called("continuing-healthcare", "human-resources", "communications")
    here = decided(one)
    there, taken_for = same_functions(here, decided(other), CATALOGUE.taken_for)
    assert taken_for == {"continuing-healthcare": "chc", "human-resources": "hr", "communications": "comms"}
    assert there.profile is not None
    comparison = compare(here, there, Causes(one, there.profile, RULES, CATALOGUE))
    assert len(comparison.unchanged) == len(one.appraised)
    assert not comparison.changes
    assert [each.path for each in comparison.inputs or ()] == []
    assert there.by_id["own"].name == "continuing-healthcare", "a name is no id"


@pytest.mark.parametrize("there", [("human-resources", "hr-and-od"), ("finance",)])
def test_functions_are_told_apart_where_it_is_not_plain_which_is_which(there: tuple[str, ...]) -> None:
    here = decided(a_profile({"id": "hr"}, {"id": "payroll"}))
    decision = decided(a_profile(*({"id": id_, "name": id_} for id_ in there), {"id": "payroll"}))
    assert same_functions(here, decision, CATALOGUE.taken_for) == (decision, {})

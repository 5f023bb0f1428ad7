"""The evaluator: what it finds is what plain Python finds, one alternative at a time, and it does no more than it must.

The plain version is `oracle.py`.
"""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain
from random import Random
from types import FrameType
from typing import Any

import numpy as np
import pytest
from builders import CATALOGUE, RULES, a_function, a_partner, a_profile, a_supplier
from choosing import side_by_side
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import Case, Priced, Way, best_within
from oracle import picks_of as picks_by_force
from strategies import RATINGS, Data, any_points, examples, profiles, weights, with_points

import mba.decide.variants
from mba.decide.alternatives import OPTIONS
from mba.decide.choose_each import NEVER, WORTHLESS
from mba.decide.cost import price, priced_anew
from mba.decide.decide import decide
from mba.decide.evaluate import Evaluated, Money, evaluate, first
from mba.decide.floor import Priced as Ways
from mba.decide.floor import answers
from mba.decide.portfolio import picks_of
from mba.decide.score import contributions, fits_of, spoken
from mba.decide.variants import ABSENT, Variant, Variants
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Place, named, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.rules import RuleSet
from mba.option_result import Contribution
from mba.profile import Function, Profile
from mba.spending import Cost
from mba.terms import Option

EVERYTHING = profiles(most=3, suppliers=1, partners=1, money=True, full=True)
"""Profiles with every kind of offer, quote, decision and gate."""


def evaluated(*read: Profile, rules: RuleSet = RULES) -> Evaluated:
    return evaluate([(profile, profile.functions) for profile in read], rules, CATALOGUE)


def test_more_suppliers_than_four_make_a_market_no_deeper() -> None:
    """Depth is one more than those that are credible, and five at most."""

    def fits(number: int) -> Any:
        listed = [a_supplier(f"s-{at}") for at in range(number)]
        found = evaluated(a_profile({"id": "payroll", "flags": ["transactional"]}, suppliers=listed))
        return sorted(set(found.exact[found.table.option == OPTIONS.index(Option.BUY)].tolist()))

    assert fits(3) != fits(4) == fits(5) == fits(6)


def by_id(profile: Profile) -> list[Function]:
    return sorted(profile.functions, key=lambda function: function.id)


def ways(found: Evaluated, place: int) -> list[Way]:
    """The alternatives of a function that was evaluated, as the oracle has them."""
    at = np.flatnonzero(found.table.function == place)
    columns = (at.tolist(), contributions(found.table, found.said, at), found.prices.of(at, found.moving))
    return [_way(found, *each) for each in zip(*columns, strict=True)]


def _way(found: Evaluated, at: int, given_: tuple[Contribution, ...], cost: Cost | None) -> Way:
    with_whom = found.table.offers.rows[found.table.offer[at]]
    return Way(
        option=OPTIONS[found.table.option[at]],
        supplier=with_whom.supplier.id if with_whom.supplier else None,
        partners=tuple(partner.id for partner in with_whom.partners),
        exact=int(found.exact[at]),
        contributions=given_,
        cost=cost,
        there=bool(found.there[at]),
        open=bool(found.open[at]),
        choice=bool(found.choice[at]),
        as_today=bool(found.table.as_today[at]),
        worth=int(found.merit[at]),
        scarce=int(found.scarce[at]),
        counted=int(found.counted[at]),
    )


def assert_alike(found: Sequence[Way], expected: Sequence[Way]) -> None:
    """Whole numbers are the same, and so is their order; degrees are but for the last places of a float."""
    assert [_whole(way) for way in found] == [_whole(way) for way in expected]
    assert list(map(_real, found)) == [pytest.approx(_real(way), rel=1e-12, abs=1e-12) for way in expected]


def _whole(way: Way) -> tuple[object, ...]:
    return way._replace(contributions=()), [(part.rule, part.points) for part in way.contributions]


def _real(way: Way) -> list[float]:
    return [figure for part in way.contributions for figure in (part.degree, part.exact)]


@given(data=EVERYTHING, rules=st.just(RULES) | weights() | any_points())
@examples(200)
def test_every_alternative_has_the_fit_cost_and_gates_that_plain_python_finds_in_the_same_order(
    data: Data, rules: RuleSet
) -> None:
    profile = Profile.model_validate(data)
    found = evaluated(profile, rules=rules)

    assert [function.id for function in found.table.functions.rows] == [function.id for function in by_id(profile)]
    assert not (found.open | found.choice)[~found.there].any()
    for place, function in enumerate(by_id(profile)):
        case = Case(profile, function, rules, CATALOGUE)
        assert_alike(ways(found, place), case.ways())
        assert {measure: rated.value for measure, rated in found.table.rated(place).items()} == case.ratings
        assert found.prices.in_house.total[place] == pytest.approx(
            case.alone.total if case.alone else np.nan, nan_ok=True
        )


@given(data=EVERYTHING)
@examples(200)
def test_today_the_price_of_fit_and_whether_money_has_a_say_are_what_plain_python_finds(data: Data) -> None:
    """What a point of fit is worth stands on the in-house cost, else on what is paid, else on the dearest offer."""
    profile = Profile.model_validate(data)
    found = evaluated(profile)

    for place, function in enumerate(by_id(profile)):
        case = Case(profile, function, RULES, CATALOGUE)
        today = case.from_today
        assert found.today[place] == (-1 if today is None else found.table.starts[place] + today)
        assert found.costed[place] == case.costed
        assert found.point[place] == pytest.approx(case.point)
        assert found.basis[place] == pytest.approx(np.nan if case.basis is None else case.basis, nan_ok=True)


@given(data=EVERYTHING)
@examples(50)
def test_a_function_weighs_what_its_price_of_fit_stands_on_times_its_importance(data: Data) -> None:
    profile = Profile.model_validate(data)
    cases = [Case(profile, function, RULES, CATALOGUE) for function in by_id(profile)]
    totals = [round(case.basis or 0) for case in cases]
    importances = [case.function.ratings.importance or 3 for case in cases]

    assert evaluated(profile).weight.tolist() == [a * b for a, b in zip(totals, importances, strict=True)]


@given(data=EVERYTHING, seed=st.integers(0, 999))
@examples(200)
def test_a_cost_in_many_situations_at_once_is_to_the_pound_that_of_a_profile_with_their_ratings_in_it(
    data: Data, seed: int
) -> None:
    """But where a package is paid for: how its price is split among its functions is as things stand."""
    random, profile = Random(seed), Profile.model_validate(data)
    assume(not evaluated(profile).table.functions.split.any())
    several = []
    for _ in range(3):
        for group in (FUNCTIONS, SUPPLIERS):
            for row in getattr(profile, group):
                for one in ratings_of(group):
                    profile = Place(one, row.id).set_on(profile, random.randint(1, 5))
        several.append(evaluated(profile))
    table, rated = several[0].table, [found.table.ratings for found in several]
    ratings = {
        group: {each: np.hstack([of[group][each] for of in rated]) for each in table.ratings[group]}
        for group in table.ratings
    }
    costs = priced_anew(table, ratings, RULES.costs)

    assert costs.T.tolist() == [found.prices.total.tolist() for found in several]


def test_of_rules_without_any_points_every_fit_is_fifty() -> None:
    profile = a_profile(suppliers=[a_supplier()], partners=[a_partner()])
    found = evaluated(profile, rules=with_points({}))

    assert {way.exact for way in ways(found, 0)} == {50_000_000}


@given(read=st.lists(EVERYTHING, min_size=1, max_size=3), population=st.integers(1_000, 5_000_000), trust=RATINGS)
@examples(50)
def test_of_several_profiles_each_has_what_it_has_alone(read: list[Data], population: int, trust: int) -> None:
    """With variants of the first, which share its partners, suppliers and functions, among them."""
    several = [Profile.model_validate(data) for data in read]
    first = several[0]
    supplier = Place(named(SUPPLIERS, "trust"), first.suppliers[0].id)
    several.append(Place(named(ORGANISATION, "population"), None).set_on(first, population))
    several += [supplier.set_on(first, trust), first]
    found, place = evaluated(*several), 0

    for profile in several:
        alone = evaluated(profile)
        for at in range(len(profile.functions)):
            assert found.table.functions.rows[place] is alone.table.functions.rows[at]
            assert_alike(ways(found, place), ways(alone, at))
            place += 1


@given(data=EVERYTHING, rules=st.just(RULES) | any_points(), seed=st.integers(0, 999))
@examples(100)
def test_the_best_and_the_cheapest_are_those_that_come_first_when_all_are_sorted(
    data: Data, rules: RuleSet, seed: int
) -> None:
    """Among all, those that are open, those that may be chosen, and any others."""
    profile = Profile.model_validate(data)
    found = evaluated(profile, rules=rules)
    some = np.array([Random(seed).random() < 0.5 for _ in found.there])
    for among in (found.there, found.open, found.choice, found.there & some):
        best, cheapest, of_options = found.best(among), found.cheapest(among), found.best_of_options(among)
        fittest = found.fittest(among)
        for place, function in enumerate(by_id(profile)):
            every = Case(profile, function, rules, CATALOGUE).ways()
            rows = np.flatnonzero(found.table.function == place).tolist()
            left = [each for each in zip(rows, every, strict=True) if among[each[0]]]
            assert best[place] == _first(left, _by_worth)
            assert fittest[place] == _first(left, lambda way: (-way.exact, way.cost is None, way.pounds))
            assert cheapest[place] == _first(left, lambda way: (way.pounds, -way.worth))
            for option, at in zip(OPTIONS, of_options[place].tolist(), strict=True):
                assert at == _first([(row, way) for row, way in left if way.option is option], _by_worth)


def _by_worth(way: Way) -> tuple[float, ...]:
    return -way.worth, way.cost is None, way.pounds


def _first(rows: list[tuple[int, Way]], order: Callable[[Way], tuple[float, ...]]) -> int:
    """The first row in an order; of equals what is as today, then what stands first."""
    return min(rows, key=lambda row: (order(row[1]), not row[1].as_today, row[0]), default=(-1, None))[0]


def costed(data: Data) -> Data:
    """The profile with nothing decided and a cost for everything, so that money has a say in all of it."""
    functions = [{"annual_cost": 100_000, **function} for function in data["functions"]]
    return {**data, "functions": [{key: each[key] for key in each if key != "decided"} for each in functions]}


FEW = profiles(most=4, suppliers=1, most_partners=2, money=True, full=True)


@given(data=FEW | FEW.map(costed), share=st.sampled_from([-0.1, 0, 0.2, 0.4, 0.6, 0.8, 0.95, 1]))
@examples(200)
def test_what_is_recommended_is_what_looking_at_every_portfolio_finds(data: Data, share: float) -> None:
    """Law 12, with any share of the money between the cheapest and the dearest: ample, short, and too short."""
    profile = Profile.model_validate(data)
    found = evaluated(profile)
    most, least = (found.prices.total[pick(found.choice)].sum() for pick in (_dearest(found), found.cheapest))
    free = round(float(least + (most - least) * share))
    cases = [Case(profile, function, RULES, CATALOGUE) for function in by_id(profile)]

    picks, unproved = picks_of(found, found.choice, Money(0, free, 0))

    assert unproved == 0
    assert (picks - found.table.starts).tolist() == picks_by_force(cases, free)


def _dearest(found: Evaluated) -> Callable[[Any], Any]:
    costs = found.prices.total.astype(np.int64)
    return lambda among: first(costs, found.pounds, found.table.starts, among)


CLASSES = st.lists(
    st.lists(st.builds(Priced, st.integers(0, 30), st.integers(-30, 60), st.just(0)), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@given(classes=CLASSES, seed=st.integers(0, 999))
@examples(300)
def test_in_many_situations_at_once_the_answers_are_those_of_looking_at_every_portfolio(
    classes: list[list[Priced]], seed: int
) -> None:
    """Law 12, with any money and any way as today in each; the order of ways breaks ties."""
    rng, wide = np.random.default_rng(seed), 12
    some, today = [], np.zeros((len(classes), wide), np.int64)
    for row, ways_ in zip(today, classes, strict=True):
        costs, worths = (np.array([[getattr(way, key)] * wide for way in ways_]) for key in ("cost", "worth"))
        costs += rng.integers(0, 4, costs.shape)
        row[:] = costs[rng.integers(0, len(ways_)), np.arange(wide)]
        some.append(np.stack((costs, worths, worths - costs)))
    free = rng.integers(-3, max(4, int(today.sum(axis=0).max() * 1.2)), wide)

    costs, worths, scarce = side_by_side(some, NEVER, WORTHLESS, WORTHLESS)
    found, gaps = answers(Ways(costs, worths, scarce, today), free)

    assert not gaps.any()

    for at in range(wide):
        rows = [[Priced(*each) for each in zip(*each_[:, :, at].tolist(), strict=True)] for each_ in some]
        assert tuple(found[:, at].tolist()) == best_within(rows, int(today[:, at].sum()), int(free[at]))


def touched(profile: Profile, place: Place) -> tuple[Function, ...]:
    """The functions that a change of one input could move, as they are in the profile.

    With a function those that are paid for together with it; with anybody what they offer, or run today.
    """
    if place.input.group == ORGANISATION:
        return () if place.input.key in ("budget_per_head", "premium") else profile.functions
    if place.input.group == FUNCTIONS:
        together = [each.functions for each in profile.packages if place.of in each.functions]
        return tuple(row for row in profile.functions if row.id in (place.of, *chain(*together)))
    (other,) = (row for row in getattr(profile, place.input.group) if row.id == place.of)
    moved = []
    for function in profile.functions:
        today = profile.today(function)
        if other.functions == "all" or function.id in other.functions or (today and other.id in today.whom):
            moved.append(function)
    return tuple(moved)


def with_change(profile: Profile, place: Place, value: object) -> Variant:
    changed = place.set_on(profile, value)
    return Variant(changed, touched(changed, place))


def outcomes(variants: Variants, some: Sequence[Variant]) -> list[tuple[int, list[int], list[float]]]:
    """For each variant what can be spent, and the option and the £ a year of each function."""
    rows: list[tuple[int, list[int], list[float]]] = []
    for part in variants.outcomes(some):
        rows += zip(part.free.tolist(), part.option.tolist(), part.pounds.tolist(), strict=True)
    return rows


@st.composite
def changes(draw: st.DrawFn, profile: Profile) -> Variant:
    """A change of a rating, of the money a head, of the premium for fit, or of what a function costs in-house."""
    places = [Place(named(ORGANISATION, key), None) for key in ("budget_per_head", "premium")]
    for group in (FUNCTIONS, SUPPLIERS, PARTNERS):
        places += [Place(one, row.id) for row in getattr(profile, group) for one in ratings_of(group)]
    places += [Place(one, None) for one in ratings_of(ORGANISATION)]
    places += [Place(named(FUNCTIONS, "annual_cost"), function.id) for function in profile.functions]
    place = draw(st.sampled_from(places))
    values: st.SearchStrategy[float] = RATINGS
    if place.input.key == "budget_per_head":
        values = st.floats(0.01, 50)
    if place.input.key == "premium":
        values = st.sampled_from([0, 5, 10, 40])
    if place.input.key == "annual_cost":
        values = st.integers(1_000, 3_000_000)
    return with_change(profile, place, draw(values))


SEVERAL = profiles(most=5, suppliers=1, partners=1, money=True, full=True)
SHARES = st.sampled_from([-0.2, 0, 0.2, 0.5, 0.8, 1.2])


def with_money(profile: Profile, share: float) -> Profile:
    """The profile with the money for what is cheapest, and such a share of what it lacks for what suits best."""
    budget, organisation = decide(profile, RULES, CATALOGUE).budget, profile.organisation
    best = budget.preferred_cost or 1_000
    least = budget.frontier[0].cost if budget.frontier else best / 2
    free = least + (best - least) * share
    per_head = (free + (organisation.committed_costs or 0)) / organisation.population
    return Place(named(ORGANISATION, "budget_per_head"), None).set_on(profile, min(10_000, max(0.01, per_head)))


@pytest.mark.slow
@given(read=SEVERAL | SEVERAL.map(costed), share=SHARES, data=st.data())
@examples(100)
def test_what_is_recommended_in_many_variants_is_what_deciding_each_alone_recommends(
    read: Data, share: float, data: st.DataObject
) -> None:
    """As things stand, after changes, and without one of the functions; with money tight and ample."""
    profile = with_money(Profile.model_validate(read), share)
    some = [Variant(profile, ()), *data.draw(st.lists(changes(profile), min_size=1, max_size=12))]
    if len(profile.functions) > 1:
        gone, *left = profile.functions
        fewer = with_money(profile.model_copy(update={"functions": tuple(left)}), share)
        # What was paid for together with it is split among fewer.
        beside = touched(fewer, Place(named(FUNCTIONS, "annual_cost"), gone.id))
        some.append(Variant(fewer, beside, frozenset([gone.id])))
    variants = Variants(evaluated(profile), [function.id for function in profile.functions], RULES, CATALOGUE)

    for variant, (free, options, pounds) in zip(some, outcomes(variants, some), strict=True):
        decision = decide(variant.profile, RULES, CATALOGUE)
        assert free == decision.budget.free
        expected = {
            function.id: (OPTIONS.index(function.recommendation), function.counted or 0)
            for function in decision.functions
        }
        had = dict(zip(variants.column, zip(options, pounds, strict=True), strict=True))
        assert had == dict.fromkeys(variant.without, (ABSENT, 0)) | expected


def test_a_function_that_a_variant_lacks_takes_none_of_its_money_where_that_is_short() -> None:
    """Beside those that are there, chosen exactly: what is left is neither ample nor too little for the cheapest."""
    costs = {"one": 500_000, "two": 200_000, "three": 210_000}
    rows = [
        a_function(id_, annual_cost=cost, quotes=[{"mode": "buy", "cost": cost * 7 // 10, "supplier": "central-csu"}])
        for id_, cost in costs.items()
    ]
    who: Any = {"population": 100_000, "suppliers": [a_supplier(population_served=5_000_000)]}
    profile, few = (a_profile(*some, budget_per_head=4, **who) for some in (rows, rows[1:]))
    tight = decide(few, RULES, CATALOGUE).budget
    between = (tight.frontier[0].cost + (tight.preferred_cost or 0)) / 2 / 100_000
    profile, few = (a_profile(*some, budget_per_head=between, **who) for some in (rows, rows[1:]))
    found = evaluated(profile)

    ((free, options, pounds),) = outcomes(
        Variants(found, costs, RULES, CATALOGUE), [Variant(few, (), frozenset(["one"]))]
    )

    alone = decide(few, RULES, CATALOGUE)
    spent = alone.budget.recommended_cost or 0
    assert sum(pounds) == spent <= free
    assert tight.frontier[0].cost < spent < (tight.preferred_cost or 0)
    expected = {f.id: OPTIONS.index(f.recommendation) for f in alone.functions} | {"one": ABSENT}
    assert dict(zip(sorted(costs), options, strict=True)) == expected


def many(functions: int, suppliers: int, partners: int = 1) -> Profile:
    """A profile of so many functions, with a few of everything that the evaluator looks at."""
    rows = [a_function(f"f{n}", annual_cost=100_000 + n, current=OPTIONS[n % 4].value) for n in range(functions)]
    for row in rows[::3]:
        row["quotes"] = [{"mode": "buy", "cost": 90_000, "supplier": "s0"}]
    rows[1] = {"id": "payroll", "decided": {"mode": "share"}}
    return a_profile(
        *rows,
        suppliers=[a_supplier(f"s{n}", trust=1 + n % 5, kind="private") for n in range(suppliers)],
        partners=[a_partner(f"p{n}", trust=1 + n % 5) for n in range(partners)],
        client_capability=2,
        rurality="rural",
    )


def test_a_change_of_one_function_evaluates_no_other_and_a_change_of_money_none() -> None:
    profile = many(6, 4, 3)
    found = evaluated(profile)
    variants = Variants(found, [function.id for function in profile.functions], RULES, CATALOGUE)

    outcomes(variants, [with_change(profile, Place(named(ORGANISATION, "budget_per_head"), None), 0.5)])
    assert variants.evaluated == 0

    for times in (1, 2):
        outcomes(variants, [with_change(profile, Place(named(FUNCTIONS, "complexity"), "f3"), 5)])
        rows = [function.id for function in found.table.functions.rows]
        assert variants.evaluated == times * np.count_nonzero(found.table.function == rows.index("f3"))


@given(EVERYTHING, st.floats(0, 100))
@examples(30)
def test_at_another_premium_everything_is_what_evaluating_the_profile_with_it_finds(data: Data, premium: float) -> None:
    profile = Profile.model_validate(data)
    dearer = Place(named(ORGANISATION, "premium"), None).set_on(profile, premium)
    other, anew = evaluated(profile).at_premium(premium, RULES), evaluated(dearer)
    for figures in ("merit", "scarce", "today", "counted", "year", "costed"):
        assert np.array_equal(getattr(other, figures), getattr(anew, figures)), figures
    assert all(map(np.array_equal, other.moving, anew.moving))


def test_one_function_of_many_organisations_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one = many(6, 4, 3)
    several = [Place(named(ORGANISATION, "population"), None).set_on(one, people) for people in (90_000, 226_000)]
    read: list[str] = []
    known = Catalogue.known

    def counted(catalogue: Catalogue, id_: str) -> Catalogued | None:
        read.append(id_)
        return known(catalogue, id_)

    monkeypatch.setattr(Catalogue, "known", counted)
    evaluated(one, *several)
    assert sorted(read) == sorted(function.id for function in one.functions)


def test_variants_come_out_the_same_however_few_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    profile = with_money(many(6, 4, 3), 0.5)
    ids = [function.id for function in profile.functions]
    places = [Place(one, function.id) for function in profile.functions for one in ratings_of(FUNCTIONS)]
    some = [with_change(profile, place, 5) for place in places]
    at_once = outcomes(Variants(evaluated(profile), ids, RULES, CATALOGUE), some)
    monkeypatch.setattr(mba.decide.variants, "AT_ONCE", 1)

    assert outcomes(Variants(evaluated(profile), ids, RULES, CATALOGUE), some) == at_once


def test_a_change_of_a_supplier_evaluates_only_what_it_offers() -> None:
    profile = a_profile(
        *(a_function(id_) for id_ in ("a", "b", "c")), suppliers=[a_supplier("s", functions=["b"]), a_supplier("t")]
    )
    found = evaluated(profile)
    variants = Variants(found, ["a", "b", "c"], RULES, CATALOGUE)
    outcomes(variants, [with_change(profile, Place(named(SUPPLIERS, "trust"), "s"), 5)])

    assert variants.evaluated == np.count_nonzero(found.table.function == 1)


def steps(work: Callable[[], object]) -> Counter[str]:
    """How many steps of Python some work takes, by the name of what takes them; what is done in numpy is none."""
    taken: Counter[str] = Counter()

    def step(frame: FrameType, event: str, _: Any) -> Any:
        frame.f_trace_opcodes = True
        if event == "opcode":
            taken[frame.f_code.co_qualname] += 1
        return step

    before = sys.gettrace()
    gc.disable()  # What is called after a collection is no part of the work.
    sys.settrace(step)
    try:
        work()
    finally:
        sys.settrace(before)
        gc.enable()
    return taken


@pytest.mark.parametrize("width", [1, 500])
def test_fit_and_cost_take_as_many_steps_for_many_alternatives_and_situations_as_for_few(width: int) -> None:
    """So nothing loops over them in Python."""

    def of(profile: Profile, width: int) -> list[Counter[str]]:
        table = evaluated(profile).table
        drawn = {group: {m: _wide(each, width) for m, each in of.items()} for group, of in table.ratings.items()}
        usual = {code: np.ones(width) for code in RULES.rules}
        said = list(spoken(table, drawn, RULES))
        steps(lambda: None)  # Python 3.12 counts only from the second time on.
        return [
            steps(lambda: list(spoken(table, drawn, RULES))),
            steps(lambda: fits_of(table, said, usual)),
            steps(lambda: price(table, drawn, RULES.costs)),
            steps(lambda: priced_anew(table, drawn, RULES.costs)),
        ]

    few = of(many(3, 1), 1)

    assert all(few)
    assert of(many(30, 10, 5), width) == few


def _wide(ratings: Any, width: int) -> Any:
    return np.repeat(ratings, width, axis=1)

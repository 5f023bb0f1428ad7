"""The choice is exact: equal to looking at everything on small cases, and to a solver on large ones."""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np
import pytest
from choosing import Chosen, best_of_all, cheapest, choose, choose_columns, side_by_side
from highs import solve
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples

from mba.decide import choose_each
from mba.decide.choose_each import NEVER, WORTHLESS
from mba.decide.floor import Priced, answers
from mba.decide.portfolio import Item, frontier, undominated

items = st.builds(Item, st.integers(0, 60), st.integers(0, 60))
classes = st.lists(st.lists(items, min_size=1, max_size=5), min_size=1, max_size=5)


def some_classes(rng: random.Random, number: int, spread: int) -> list[list[Item]]:
    return [
        [Item(rng.randint(0, spread), rng.randint(0, spread)) for _ in range(rng.randint(1, 5))] for _ in range(number)
    ]


def functions(rng: random.Random, number: int, options: int = 4) -> list[list[Item]]:
    """Classes like those of real portfolios: options cost 60-120% of the in-house cost, and are worth it times fit."""
    costs = [rng.randint(30_000, 500_000) for _ in range(number)]
    return [
        [Item(int(cost * rng.uniform(0.6, 1.2)), cost * 3 * rng.randint(20, 80)) for _ in range(options)]
        for cost in costs
    ]


def between(rng: random.Random, classes: list[list[Item]]) -> int:
    """A capacity between what the cheapest and the dearest portfolio cost, and now and then outside."""
    low = sum(min(item.cost for item in items) for items in classes)
    high = sum(max(item.cost for item in items) for items in classes)
    return int(low + (high - low) * rng.uniform(-0.1, 1.1))


@pytest.mark.slow
def test_on_two_thousand_small_cases_it_picks_what_looking_at_everything_picks() -> None:
    rng = random.Random(12)
    nothing_fits = 0
    for case in range(2_000):
        of = some_classes(rng, 1 + case % 8, rng.choice([2, 10, 1_000])) if case % 2 else functions(rng, 1 + case % 6)
        capacity = between(rng, of)
        best, chosen = best_of_all(of, capacity), choose(of, capacity)
        if best is None:
            nothing_fits += 1
            assert chosen.picks is None
            assert chosen.cost == sum(min(item.cost for item in items) for items in of) > capacity
        else:
            assert chosen == Chosen(best[2], best[1], -best[0], 0)
    assert nothing_fits > 50


def test_of_equal_portfolios_the_cheaper_then_the_earlier_is_picked_though_the_price_of_money_is_a_fraction() -> None:
    """Few values and costs, so that many are equal, and cost just what there is."""
    rng, draws, picks = np.random.default_rng(1), 6_000, list(itertools.product(range(3), repeat=5))
    units = rng.choice([1, 3, 7], (2, draws))
    of = [rng.integers(0, (4, 5), (3, draws, 2)).transpose(2, 0, 1) * units[:, np.newaxis] for _ in range(5)]
    capacities = rng.integers(0, 11, draws) * units[0]
    sums = np.array([sum(each[:, at] for each, at in zip(of, some, strict=True)) for some in picks])
    value = np.where(sums[:, 0] <= capacities, sums[:, 1], -1)
    cost = np.where(value == value.max(axis=0), sums[:, 0], capacities + 1)
    expected = np.array(picks)[cost.argmin(axis=0)].T
    possible = value.max(axis=0) >= 0
    found, _ = choose_columns(of, capacities)
    assert found[:, possible].tolist() == expected[:, possible].tolist()


def test_what_is_picked_in_a_draw_does_not_depend_on_the_draws_beside_it() -> None:
    """Value is nearly cost, so that many part portfolios are listed in each; all are larger from draw to draw."""
    rng, draws = np.random.default_rng(2), 60
    costs = rng.integers(1, 1_000, (6, 4, draws)) * (20 + np.arange(draws))
    of = [np.stack((cost, cost + rng.integers(0, 600, cost.shape))) for cost in costs]
    capacities = rng.integers(1_500, 4_500, draws) * (20 + np.arange(draws))
    together, _ = choose_columns(of, capacities)
    for draw in range(draws):
        alone, _ = choose_columns([each[..., [draw]] for each in of], capacities[[draw]])
        assert together[:, draw].tolist() == alone[:, 0].tolist()
        best = best_of_all([[Item(*each) for each in row[..., draw].T.tolist()] for row in of], int(capacities[draw]))
        assert best is None or list(best[2]) == alone[:, 0].tolist()


def one_draw(of: list[list[Item]], capacity: int) -> Any:
    """Costs, values and the room of one draw, as the choice works on them; and the cheapest portfolio."""
    columns = [np.array(row, np.int64).T[:, :, np.newaxis] for row in of]
    costs, values = side_by_side(columns, NEVER, WORTHLESS)
    least = choose_each._least(costs, values)  # noqa: SLF001 - where the choice begins
    return *(each.astype(float) for each in (costs, values, np.array([capacity]))), least


@given(classes, st.integers(0, 300))
@examples(200)
def test_the_price_of_money_gives_the_bound_of_the_linear_relaxation_and_a_portfolio_that_is_best_at_it(
    of: list[list[Item]], capacity: int
) -> None:
    assume(capacity >= sum(min(item.cost for item in row) for row in of))
    costs, values, room, least = one_draw(of, capacity)
    price, picks = choose_each._relaxed(costs, values, room, least)  # noqa: SLF001 - what the choice is bounded by
    best = (values - price * costs).max(axis=0).sum()
    steps = frontier(of)
    relaxed = np.interp(capacity, [step.cost for step in steps], [step.value for step in steps])
    assert best + price[0] * capacity == pytest.approx(relaxed)
    cost, value = (sum(choose_each.picked(each, picks)[:, 0]) for each in (costs, values))
    assert cost <= capacity
    assert value - price[0] * cost == pytest.approx(best)


@given(classes, st.integers(0, 300))
@examples(200)
def test_no_single_exchange_betters_what_is_mended(of: list[list[Item]], capacity: int) -> None:
    assume(capacity >= sum(min(item.cost for item in row) for row in of))
    costs, values, room, least = one_draw(of, capacity)
    picks = choose_each._mended(costs, values, least, room)[:, 0].tolist()  # noqa: SLF001 - where the choice begins
    items = [row[pick] for row, pick in zip(of, picks, strict=True)]
    spent = sum(item.cost for item in items)
    assert spent <= capacity
    for row, now in zip(of, items, strict=True):
        assert all(item.value <= now.value for item in row if spent - now.cost + item.cost <= capacity)


@pytest.mark.slow
@pytest.mark.parametrize("number", [30, 60, 120, 300])
def test_on_large_cases_it_equals_an_independent_solver(number: int) -> None:
    rng = random.Random(number)
    for _ in range(50):
        of = functions(rng, number)
        capacity = between(rng, of)
        chosen = choose(of, capacity)
        assert chosen.gap == 0
        assert solve(of, capacity) == (chosen.value if chosen.picks else None)


@pytest.mark.slow
@pytest.mark.parametrize("odd", [0, 1])
def test_where_value_equals_cost_it_ends_near_the_bound_and_says_how_near(odd: int) -> None:
    """The hard case: every portfolio is as good as its cost, and there are as many as there are sums."""
    rng = random.Random(5)
    costs = [[2 * rng.randint(5_000, 150_000) for _ in range(4)] for _ in range(16)]
    of = [[Item(cost, cost) for cost in row] for row in costs]
    capacity = sum(min(row) + max(row) for row in costs) // 4 * 2 + odd
    chosen = choose(of, capacity)
    assert chosen.value == chosen.cost <= capacity
    assert chosen.value + chosen.gap >= capacity - odd - 1
    assert chosen.gap <= capacity / 1_000


def test_what_is_told_of_portfolios_not_looked_at_covers_the_best_and_no_more_than_parts_of_items_could_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However few portfolios are kept. Parts of items lie on the lines between the corners of the frontier."""
    for most in ("MOST_STATES", "_MANY"):
        monkeypatch.setattr(f"mba.decide.choose_each.{most}", 3)
    rng, gaps = random.Random(5), []
    for _ in range(20):
        of = functions(rng, 6)
        capacity = sum(min(row).cost + max(row).cost for row in of) // 2
        best, chosen, corners = best_of_all(of, capacity), choose(of, capacity), frontier(of)
        in_parts = np.interp(capacity, [corner.cost for corner in corners], [corner.value for corner in corners])
        assert best is not None
        assert chosen.value <= -best[0] <= chosen.value + chosen.gap <= in_parts + 1
        gaps.append(chosen.gap)
    assert any(gaps)


@given(classes, st.integers(0, 300), st.integers(0, 100))
def test_more_money_never_lowers_the_value(of: list[list[Item]], capacity: int, more: int) -> None:
    """Law 5."""
    less, greater = choose(of, capacity), choose(of, capacity + more)
    assert less.picks is None or (greater.picks is not None and greater.value >= less.value)


@given(classes, st.integers(0, 300), st.data())
def test_making_what_is_rejected_worse_or_dearer_changes_nothing(
    of: list[list[Item]], capacity: int, data: st.DataObject
) -> None:
    """Law 7."""
    chosen = choose(of, capacity)
    rejected = [(i, j) for i, row in enumerate(of) for j in range(len(row)) if chosen.picks and chosen.picks[i] != j]
    if rejected:
        i, j = data.draw(st.sampled_from(rejected))
        worse = [list(row) for row in of]
        dearer, less = data.draw(st.integers(0, 50)), data.draw(st.integers(0, 50))
        worse[i][j] = Item(of[i][j].cost + dearer, max(0, of[i][j].value - less))
        assert choose(worse, capacity).picks == chosen.picks


@given(classes, st.integers(0, 300))
def test_the_sums_are_those_of_the_picks(of: list[list[Item]], capacity: int) -> None:
    """Law 9."""
    chosen = choose(of, capacity)
    if chosen.picks is not None:
        picked = [row[pick] for row, pick in zip(of, chosen.picks, strict=True)]
        assert chosen.cost == sum(item.cost for item in picked) <= capacity
        assert chosen.value == sum(item.value for item in picked)


@given(classes)
def test_every_corner_of_the_frontier_is_the_best_of_all_that_cost_no_more(of: list[list[Item]]) -> None:
    for step in frontier(of):
        best = best_of_all(of, step.cost)
        assert best is not None
        assert -best[0] == step.value


@given(classes)
def test_the_frontier_has_no_gaps_and_runs_from_the_cheapest_to_the_best(of: list[list[Item]]) -> None:
    """One class moves at each step, and every step costs more and is worth more."""
    steps = frontier(of)
    picks = list(cheapest(of))
    assert steps[0].cost == sum(row[pick].cost for row, pick in zip(of, picks, strict=True))
    for before, after in itertools.pairwise(steps):
        assert after.cost > before.cost
        assert after.value > before.value
        assert picks[after.moved] == after.low
        picks[after.moved] = after.high
        assert after.cost == sum(row[pick].cost for row, pick in zip(of, picks, strict=True))
    assert steps[-1].value == sum(max(item.value for item in row) for row in of)


@given(st.lists(items, min_size=1, max_size=8))
def test_what_is_left_out_is_beaten_by_something_kept(row: list[Item]) -> None:
    kept = undominated(row)
    for place, item in enumerate(row):
        if place not in kept:
            assert any(row[k].cost <= item.cost and row[k].value >= item.value for k in kept)


def test_of_what_is_all_worth_nothing_the_cheapest_is_picked() -> None:
    assert choose([[Item(5, 0), Item(3, 0)], [Item(2, 0), Item(2, 0)]], 10) == Chosen((1, 0), 5, 0, 0)


def test_no_functions_cost_nothing() -> None:
    nothing = np.zeros((1, 0, 2), np.int64)
    picks, gaps = answers(Priced(nothing, nothing, nothing, nothing[0]), np.array([-1, 1]))
    assert picks.shape == (0, 2)
    assert not gaps.any()

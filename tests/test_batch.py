"""Many portfolios at once are those of one at a time."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from choosing import best_of_all, cheapest, choose_columns
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples

from mba.decide.choose_each import BLOCK, Portfolios, _least, _mended, _relaxed
from mba.decide.portfolio import Item, frontier

FIGURES = st.integers(0, 12) | st.integers(0, 10**6)


@st.composite
def problems(draw: Any) -> tuple[list[Any], Any]:
    """A few classes in a few draws, with ties and zeros, and capacities from nothing to plenty."""
    draws = draw(st.integers(1, 4))
    classes = []
    for _ in range(draw(st.integers(1, 6))):
        items = draw(st.integers(1, 4))
        rows = st.lists(st.lists(FIGURES, min_size=draws, max_size=draws), min_size=items, max_size=items)
        classes.append(np.array([draw(rows), np.array(draw(rows)) * draw(st.integers(0, 5))]))
    most = sum(int(each[0].max()) for each in classes)
    return classes, np.array(draw(st.lists(st.integers(-1, most), min_size=draws, max_size=draws)))


@given(problems(), st.integers(-(10**9), 10**9))
@examples(100)
def test_values_below_nought_are_chosen_as_if_all_were_moved_up(problem: tuple[list[Any], Any], by: int) -> None:
    """Worth is mostly below nought, since what everything costs is taken off."""
    classes, capacities = problem
    moved = [np.stack((each[0], each[1] + by)) for each in classes]
    # Where nothing is within the capacity what is cheapest is taken, moved or not.
    assert picked(moved, capacities) == picked(classes, capacities)


def picked(classes: list[Any], capacities: Any) -> list[tuple[int, ...]]:
    picks, gaps = choose_columns(classes, capacities)
    assert not gaps.any()
    return [tuple(row) for row in picks.T.tolist()]


def in_items(classes: Any, draw: int) -> list[list[Item]]:
    return [list(itertools.starmap(Item, zip(*each[:, :, draw].tolist(), strict=True))) for each in classes]


def picked_of(figures: Any, picks: Any) -> Any:
    return np.take_along_axis(figures, picks[np.newaxis], axis=0)


def chosen(figures: Any, picks: Any) -> Any:
    """What the figures of the items picked come to in each draw."""
    return picked_of(figures, picks).sum(axis=(0, 1))


def one_by_one(classes: list[Any], capacities: Any) -> list[tuple[int, ...]]:
    out = []
    for draw, capacity in enumerate(capacities.tolist()):
        items = in_items(classes, draw)
        best = best_of_all(items, capacity)
        out.append(best[2] if best else cheapest(items))
    return out


@given(problems())
@examples(400)
def test_every_draw_is_chosen_as_if_it_were_the_only_one(problem: tuple[list[Any], Any]) -> None:
    classes, capacities = problem
    assert picked(classes, capacities) == one_by_one(classes, capacities)


def many_small(highest: int) -> tuple[Any, Any, Any, Any]:
    """Costs and values of four items in three classes in 400 draws, the cheapest of each class, and rooms for it."""
    rng = np.random.default_rng(highest)
    costs, values = rng.integers(0, highest, (2, 4, 3, 400))
    least = _least(costs, values)
    spent = costs.min(axis=0).sum(axis=0)
    return costs, values, least, rng.integers(spent, costs.max(axis=0).sum(axis=0) + 1)


@pytest.mark.parametrize("highest", [4, 10, 500_000])
def test_the_price_of_money_bounds_a_portfolio_by_what_parts_of_items_come_to(highest: int) -> None:
    """The bound is that of the linear relaxation: a point on the line between two corners of the frontier."""
    costs, values, least, room = many_small(highest)
    price, picks = _relaxed(costs.astype(float), values.astype(float), room, least)
    assert (chosen(costs, picks) <= room).all()
    bounds = (values - price * costs).max(axis=0).sum(axis=0) + price * room
    for draw, bound in enumerate(bounds.tolist()):
        corners = frontier(in_items(np.stack((costs, values), axis=0).transpose(2, 0, 1, 3), draw))
        within = np.interp(room[draw], [corner.cost for corner in corners], [corner.value for corner in corners])
        assert bound == pytest.approx(within)


@pytest.mark.parametrize("highest", [4, 10, 500_000])
def test_a_portfolio_is_mended_until_no_exchange_that_the_room_allows_gains(highest: int) -> None:
    costs, values, least, room = many_small(highest)
    mended = _mended(costs, values, least, room)
    assert (mended != least).any(axis=0).sum() > 100
    assert (chosen(costs, mended) <= room).all()
    dearer = chosen(costs, mended) + costs - picked_of(costs, mended)
    assert not ((dearer <= room) & (values > picked_of(values, mended))).any()


@pytest.mark.parametrize("draws", [0, 1, BLOCK, 2 * BLOCK + 1])
def test_any_number_of_draws_will_do(draws: int) -> None:
    rng = np.random.default_rng(7)
    classes = [
        np.stack((rng.integers(0, 500_000, (4, draws)), rng.integers(0, 10**8, (4, draws)) * weight))
        for weight in (1, 9, 300_000)
    ]
    capacities = rng.integers(0, 900_000, draws)
    assert picked(classes, capacities) == one_by_one(classes, capacities)


@pytest.mark.slow
def test_sums_as_large_as_a_country_are_still_exact() -> None:
    """Values up to 10^17: beyond what floating point holds to the unit."""
    rng = np.random.default_rng(3)
    values = (10**8 - rng.integers(0, 3, (3, 50))) * (10**9 - 7)
    classes = [np.stack((rng.integers(1, 40, (3, 50)), values)) for _ in range(8)]
    capacities = rng.integers(60, 200, 50)
    assert picked(classes, capacities) == one_by_one(classes, capacities)


@pytest.mark.slow
def test_in_all_but_a_few_draws_nothing_is_left_to_be_chosen_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty functions much alike and half their money: many part portfolios are nearly as good as the best."""
    asked, listing = [], Portfolios.listed

    def counted(portfolios: Portfolios, columns: Any, *, alone: bool) -> Any:
        asked.extend(columns.tolist() * alone)
        return listing(portfolios, columns, alone=alone)

    monkeypatch.setattr(Portfolios, "listed", counted)
    rng = np.random.default_rng(5)
    classes = []
    for number in range(30):
        worths = np.sort(rng.integers(0, 10**7, (4, 200)), axis=0)
        costs = 100_000 + worths // 200 + rng.integers(0, 2_000, (4, 200))
        classes.append(np.stack((costs, worths * (150_000 + 1_000 * number))))
    capacities = sum((each[0, 0] + each[0, 3]) // 2 for each in classes)
    choose_columns(classes, capacities)
    assert len(asked) <= 10


def test_portfolios_worth_as_much_as_a_profile_may_hold_are_added_up_exactly() -> None:
    """A thousand functions, each ten thousand million pounds at ten times the premium: below what 64 bits hold."""
    worth = 1_700_000 * 10**9
    rng = np.random.default_rng(9)
    lead = rng.integers(0, 1_000, 1_000)
    classes = [np.array([[[5], [6]], [[worth - more], [worth]]]) for more in lead.tolist()]
    best = np.sort(np.argsort(lead, kind="stable")[-10:])
    picks, gaps = choose_columns(classes, np.array([5_010]))
    assert np.flatnonzero(picks[:, 0]).tolist() == best.tolist() or lead[picks[:, 0] == 1].sum() == lead[best].sum()
    assert not gaps.any()

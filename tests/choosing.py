"""One portfolio at a time: what is chosen of classes of items, and what looking at everything finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from mba.decide.choose_each import Class, choose_each
from mba.decide.portfolio import Item

Classes = Sequence[Sequence[Item]]


class Chosen(NamedTuple):
    """The place of the chosen item in each class; None where even the cheapest portfolio is over the capacity."""

    picks: tuple[int, ...] | None
    cost: int
    value: int
    gap: int


def choose(classes: Classes, capacity: int) -> Chosen:
    """What `choose_each` picks where there is one draw."""
    columns = [Class(*np.array(items, np.int64).T[:, :, np.newaxis]) for items in classes]
    picks, gaps = choose_each(columns, np.array([capacity]))
    chosen = tuple(picks[:, 0].tolist())
    items = [row[pick] for row, pick in zip(classes, chosen, strict=True)]
    cost, value = sum(item.cost for item in items), sum(item.value for item in items)
    return Chosen(None, cost, 0, 0) if cost > capacity else Chosen(chosen, cost, value, int(gaps[0]))


def best_of_all(classes: Classes, capacity: int) -> tuple[int, int, tuple[int, ...]] | None:
    """Less value, cost and picks of the best portfolio, in the complete order: every one is looked at."""
    parts: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for items in classes:
        parts = [
            (less - item.value, cost + item.cost, (*picks, place))
            for less, cost, picks in parts
            for place, item in enumerate(items)
        ]
    return min((part for part in parts if part[1] <= capacity), default=None)

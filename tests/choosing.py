"""One portfolio at a time: what is chosen of classes of items, and what looking at everything finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from mba.decide.choose_each import NEVER, WORTHLESS, choose_each
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
    columns = [np.array(items, np.int64).T[:, :, np.newaxis] for items in classes]
    picks, gaps = choose_columns(columns, np.array([capacity]))
    chosen = tuple(picks[:, 0].tolist())
    items = [row[pick] for row, pick in zip(classes, chosen, strict=True)]
    cost, value = sum(item.cost for item in items), sum(item.value for item in items)
    return Chosen(None, cost, 0, 0) if cost > capacity else Chosen(chosen, cost, value, int(gaps[0]))


def choose_columns(classes: Sequence[Any], capacities: Any) -> tuple[Any, Any]:
    """What `choose_each` picks of classes, each an array of its costs and its values, both items x draws."""
    costs, values = side_by_side(classes, NEVER, WORTHLESS)
    return choose_each(costs, values, capacities)


def side_by_side(classes: Sequence[Any], *nothing: int) -> Any:
    """Figures x items x classes x draws of classes that are figures x items x draws; nothing where items are fewer."""
    most = max(each.shape[1] for each in classes)
    whole = np.empty((len(nothing), most, len(classes), classes[0].shape[2]), np.int64)
    whole[:] = np.reshape(nothing, (-1, 1, 1, 1))
    for number, each in enumerate(classes):
        whole[:, : each.shape[1], number] = each
    return whole


def cheapest(classes: Classes) -> tuple[int, ...]:
    """The place of the cheapest item of each class; of equally cheap ones the most valuable."""
    return tuple(min(range(len(row)), key=lambda at: (row[at].cost, -row[at].value, at)) for row in classes)


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

"""The multiple-choice knapsack by an independent solver, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

import highspy

from mba.decide.portfolio import Item


def solve(classes: Sequence[Sequence[Item]], capacity: int) -> int | None:
    """The most value within the capacity; None where nothing is within it. Solved to a gap of 0."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy gives its class no types
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    # Costs and values in hundreds of thousands would leave its tolerances too wide: bring them near to one.
    most = max(item.cost for items in classes for item in items) or 1
    rows = [[solver.addBinary() for _ in items] for items in classes]
    for row in rows:
        solver.addConstr(sum(row[1:], row[0]) == 1)
    terms = [(x, item) for row, items in zip(rows, classes, strict=True) for x, item in zip(row, items, strict=True)]
    solver.addConstr(sum(x * (item.cost / most) for x, item in terms) <= capacity / most)
    top = max(item.value for items in classes for item in items) or 1
    solver.maximize(sum(x * (item.value / top) for x, item in terms))
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return sum(item.value for x, item in terms if solver.val(x) > 0.5)

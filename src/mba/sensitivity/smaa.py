"""Stochastic multicriteria acceptability analysis, on what has been drawn.

Totals of alternatives, and weights of criteria. The shares of first ranks, the central weights and the confidence
factors are those of Lahdelma & Salminen 2001 (SMAA-2). Arithmetic alone: nothing here knows what is compared.
"""

import math
from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.sureness import Support

EachDraw: TypeAlias = NDArray[np.float64]
"""A value for each draw."""

Totals: TypeAlias = Callable[[Mapping[str, EachDraw]], NDArray[np.float64]]
"""From the weights of the criteria to the total of each alternative, a row, in each draw, a column."""

_DEVIATIONS = 1.96  # Standard deviations either way that hold 95% of a normal distribution.


def foremost(totals: NDArray[np.float64]) -> NDArray[np.intp]:
    """Which alternative comes first in each draw: it has most; the earlier of equals."""
    winners: NDArray[np.intp] = np.argmax(totals, axis=0)
    return winners


def half_width(share: float, draws: int) -> float:
    """Half the 95% interval of a share (Wilson 1927), which is not empty where every draw agrees."""
    spread = share * (1 - share) * draws + _DEVIATIONS**2 / 4
    return _DEVIATIONS * math.sqrt(spread) / (draws + _DEVIATIONS**2)


def at_least(share: float, draws: int) -> float:
    """The lower end of that interval."""
    middle = (share * draws + _DEVIATIONS**2 / 2) / (draws + _DEVIATIONS**2)
    return middle - half_width(share, draws)


def supports(totals: Totals, kinds: NDArray[np.intp], weights: Mapping[str, EachDraw]) -> dict[int, Support]:
    """For each kind of alternative that ever comes first, its central weights and its confidence factor.

    `kinds` has the kind of each alternative, so that several may stand for one.
    """
    winners = kinds[foremost(totals(weights))]
    out = {}
    for kind in np.unique(winners).tolist():
        won = winners == kind
        central = {criterion: float(weight[won].mean()) for criterion, weight in weights.items()}
        again = kinds[foremost(totals({code: np.array([weight]) for code, weight in central.items()}))]
        out[kind] = Support(float(np.mean(again == kind)), central)
    return out

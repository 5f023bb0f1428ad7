"""Stochastic multicriteria acceptability analysis, on what has been drawn.

Values of alternatives, and weights of criteria. The shares of first ranks, the central weights and the confidence
factors are those of Lahdelma & Salminen 2001 (SMAA-2). Arithmetic alone: nothing here knows what is compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mba.sureness import Support

Drawn: TypeAlias = NDArray[np.float64]
"""A value for each draw."""


class Term(NamedTuple):
    """What one criterion, at a weight of 1, gives to an alternative.

    Points times a degree, drawn or the same in every draw.
    """

    criterion: str
    points: float
    degree: Drawn | float


Values: TypeAlias = Sequence[Sequence[Term]]
"""What each alternative has from the criteria that speak of it."""


def totals(values: Values, weights: Mapping[str, Drawn] | Mapping[str, float], draws: int) -> NDArray[np.float64]:
    """The weighted sum of each alternative, a row, in each draw, a column."""
    out, term = np.zeros((len(values), draws)), np.empty(draws)
    for total, parts in zip(out, values, strict=True):
        for criterion, points, degree in parts:
            np.multiply(weights[criterion], points, out=term)
            np.multiply(term, degree, out=term)
            np.add(total, term, out=total)
    return out


def foremost(totals: NDArray[np.float64]) -> NDArray[np.intp]:
    """Which alternative comes first in each draw: it has most; the earlier of equals."""
    winners: NDArray[np.intp] = np.argmax(totals, axis=0)
    return winners


def shares(kinds: NDArray[Any], number: int) -> list[float]:
    """The share of draws, 0-1, of each kind, numbered from 0.

    Of what comes first in each, the first-rank acceptabilities.
    """
    counted: list[float] = (np.bincount(kinds, minlength=number) / len(kinds)).tolist()
    return counted


def supports(values: Values, kinds: NDArray[np.intp], weights: Mapping[str, Drawn], draws: int) -> dict[int, Support]:
    """For each kind of alternative that ever comes first, its central weights and its confidence factor.

    `kinds` has the kind of each alternative, so that several may stand for one.
    """
    winners = kinds[foremost(totals(values, weights, draws))]
    out = {}
    for kind in np.unique(winners).tolist():
        won = winners == kind
        central = {criterion: float(weight[won].mean()) for criterion, weight in weights.items()}
        again = kinds[foremost(totals(values, central, draws))]
        out[kind] = Support(float(np.mean(again == kind)), central)
    return out

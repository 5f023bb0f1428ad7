"""How what is done now stands to the allowance, and how likely that is."""

from __future__ import annotations

from enum import Enum, auto

from mba.results import Decision


class Standing(Enum):
    """How what is done now stands to the allowance, and how likely that is."""

    UNKNOWN = auto()
    FITS = auto()
    SHORT_AT_FIRST = auto()
    OPEN_ONLY = auto()
    TOO_DEAR = auto()


def standing_of(decision: Decision) -> Standing:
    """Whether what is done now fits, or would with the open moves; and whether its first year pays for moving too."""
    budget, plans, over = decision.budget, decision.plans, over_money(decision)
    if budget.headroom is None or plans is None:
        return Standing.TOO_DEAR if over > 0 else Standing.UNKNOWN
    if over > 0:
        return Standing.TOO_DEAR if budget.headroom < 0 else Standing.OPEN_ONLY
    if over + plans.sure.once > 0:
        return Standing.SHORT_AT_FIRST
    return Standing.FITS


def over_money(decision: Decision) -> int:
    """£ a year by which what is done now is above the free money; below 0 where it leaves some."""
    cost = decision.plans.sure.cost if decision.plans else 0
    return (cost or 0) - decision.budget.free


def by_what_is_listed(left: int, decision: Decision) -> str:
    """That a sum is left by what is listed, which may not be all: over a quarter of the free money; else nothing."""
    if left > _MUCH * decision.budget.free:
        return " by what is listed"
    return ""


_MUCH = 0.25


def of_draws(share: float) -> float:
    """A share of draws, 0-1, as it is said: never none nor all of them, since more draws might tell otherwise."""
    return min(max(share, 0.001), 0.999)

"""What is spent, on what, and what there is to spend; as frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from mba.profile import Option


class PartName(StrEnum):
    """What money is spent on. The first three are production, the others transaction costs."""

    TEAM = "team"
    PRICE = "price"
    VAT = "vat"
    COORDINATION = "coordination"
    OPTIMISM = "optimism"
    TENDERING = "tendering"
    CONTRACT_MANAGEMENT = "contract_management"
    RETAINED_CLIENT = "retained_client"
    RELATIONSHIP = "relationship"
    REASSESSMENT = "reassessment"


PRODUCTION = (PartName.TEAM, PartName.PRICE, PartName.VAT)


class Part(NamedTuple):
    """Whole £ a year spent on one thing."""

    part: PartName
    pounds: int


class Transition(NamedTuple):
    """£ spent once on a move, and the same spread over the years of the new arrangement. In no annual cost."""

    once: int
    a_year: int


class Cost(NamedTuple):
    """£ a year: the total is the sum of the parts. Estimated: neither given nor quoted. Quoted: a real offer."""

    total: int
    parts: tuple[Part, ...]
    estimated: bool
    quoted: bool
    transition: Transition | None


class FrontierPoint(NamedTuple):
    """A portfolio that is best of all that cost no more.

    £ a year, mean fit, and the move that led to it from the one before. The first is the cheapest, and has no move.
    """

    cost: int
    fit: float
    function: str | None
    before: Option | None
    option: Option | None


class Budget(NamedTuple):
    """£ a year. Free money is the allowance less what is committed.

    Headroom is what the recommendation leaves of it. Sums are of the recommendations whose cost is known; `uncosted`
    lists the other functions. The fits are means over those functions, weighted by in-house cost and importance.
    `gap` is how much better, in mean fit, a portfolio that was not looked at could be at most.
    """

    allowance: int
    committed: int
    recommended_cost: int | None
    preferred_cost: int | None
    headroom: int | None
    within_allowance: bool
    complete: bool
    uncosted: tuple[str, ...]
    recommended_fit: float | None
    preferred_fit: float | None
    gap: float
    frontier: tuple[FrontierPoint, ...]

    @property
    def free(self) -> int:
        """What the functions may cost."""
        return self.allowance - self.committed

    @property
    def dearer(self) -> int:
        """How much more what fits best would cost than what is recommended; 0 where that is not known."""
        return (self.preferred_cost or 0) - (self.recommended_cost or 0)

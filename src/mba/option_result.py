"""One option for one function, as it was found: its fit, what that is made of, and its cost."""

from __future__ import annotations

from typing import NamedTuple

from mba.knowledge.rules import GateCode
from mba.spending import Part, Transition

BASE = "base"
"""The contribution that every option starts from: a fit of 50."""


class Contribution(NamedTuple):
    """Points that a rule gave to an option: `exact` is degree times the rule's points, `points` its whole share."""

    rule: str
    points: int
    degree: float
    exact: float


class OptionResult(NamedTuple):
    """One option for one function, with whom it suits best (or, where recommended, with whom it was chosen).

    `fit` is 0-100 and the sum of the contributions. `cost` is £ a year, and the sum of the parts; None where it is not
    known. It is `estimated` where neither given nor quoted, `quoted` where it is a real offer. `transition` is what
    moving there from how it is run today costs; None where it does not move, or the cost is not known. `supplier` and
    `partners` are ids. `blocked_by` is empty where the option is available. `worth` is £ a year: fit, with the burden
    of proof, at the price of fit, less a year's cost; None where money has no say.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    cost: int | None
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    worth: int | None
    parts: tuple[Part, ...] = ()
    estimated: bool = False
    quoted: bool = False
    transition: Transition | None = None

    @property
    def ground(self) -> str | None:
        """What its cost rests on: an offer, an estimate, or what was given; None where it is not known."""
        if self.cost is None:
            return None
        if self.quoted:
            return "offer"
        return "estimated" if self.estimated else "given"

    @property
    def once(self) -> int:
        """£ once, for moving there; 0 where it does not move, or the cost is not known."""
        return self.transition.once if self.transition else 0

    @property
    def known_once(self) -> int | None:
        """£ once, for moving there; None where its cost is not known, nor then what moving costs."""
        if self.cost is None:
            return None
        return self.once

    def whom(self) -> tuple[str, ...]:
        """The ids of the partners, or of the supplier."""
        return (self.supplier,) if self.supplier else self.partners

"""One option for one function, as it was found: its fit, what that is made of, and its cost."""

from __future__ import annotations

from typing import Any, NamedTuple

from mba.knowledge.rules import GateCode
from mba.spending import Cost, Part, Transition

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

    `fit` is 0-100 and the sum of the contributions; `cost` is None where it is not known. `supplier` and `partners`
    are ids. `blocked_by` is empty where the option is available. `worth` is £ a year: fit, with the burden of proof, at
    the price of fit, less a year's cost; None where money has no say.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    cost: Cost | None
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    worth: int | None = None

    @property
    def pounds(self) -> int | None:
        """£ a year; None where not known."""
        return self.cost.total if self.cost else None

    @property
    def estimated(self) -> bool:
        """Whether it has a cost that neither the user nor a quote says."""
        return bool(self.cost and self.cost.estimated)

    @property
    def quoted(self) -> bool:
        """Whether its cost rests on a real offer."""
        return bool(self.cost and self.cost.quoted)

    @property
    def ground(self) -> str | None:
        """What its cost rests on: an offer, an estimate, or what was given; None where it is not known."""
        if self.cost is None:
            return None
        if self.cost.quoted:
            return "offer"
        if self.cost.estimated:
            return "estimated"
        return "given"

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the cost is made of; nothing where it is not known."""
        return () if self.cost is None else self.cost.parts

    @property
    def transition(self) -> Transition | None:
        """What moving there from how it is run today costs; None where it does not move, or the cost is not known."""
        return self.cost.transition if self.cost else None

    @property
    def once(self) -> int:
        """£ once, for moving there; 0 where it does not move, or the cost is not known."""
        return self.transition.once if self.transition else 0

    def whom(self) -> tuple[str, ...]:
        """The ids of the partners, or of the supplier."""
        return (self.supplier,) if self.supplier else self.partners

    def record(self) -> dict[str, Any]:
        """As it is stored: `cost` is £ a year, and what it is made of stands beside it."""
        rest = {key: getattr(self, key) for key in Cost._fields[1:]}
        return self._asdict() | {"cost": self.pounds} | rest

    @staticmethod
    def recorded(record: dict[str, Any]) -> dict[str, Any]:
        """What was stored, as the fields of a result. Raises KeyError where a key is missing."""
        own = {key: record[key] for key in OptionResult._fields if key in record or key != "worth"}
        if own["cost"] is not None:
            rest = {key: record[key] for key in Cost._fields[1:]}
            own["cost"] = {"total": own["cost"], **rest}
        return own

"""One option for one function, as it was found: its fit, what that is made of, and its cost."""

from typing import Any, NamedTuple

from mba.knowledge.rules import GateCode
from mba.spending import Cost

BASE = "base"
"""The contribution that every option starts from: a fit of 50."""
NOT_LISTED = " (not listed)"
"""What stands behind the name of somebody who runs something today, and is neither a partner nor a supplier."""


class Contribution(NamedTuple):
    """Points that a rule gave to an option: `exact` is degree times the rule's points, `points` its whole share."""

    rule: str
    points: int
    degree: float
    exact: float


class OptionResult(NamedTuple):
    """One option for one function, with whom it suits best (or, where recommended, with whom it was chosen).

    `fit` is 0-100 and the sum of the contributions. `supplier` and `partners` are ids. `blocked_by` is empty where the
    option is available. `worth` is £ a year: fit, with the burden of proof, at the price of fit, less a year's cost;
    None where money has no say.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    cost: Cost
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    worth: int | None

    @property
    def exact_fit(self) -> float:
        """The fit before it is rounded."""
        return sum(part.exact for part in self.contributions)

    def worth_at(self, pound: float) -> float | None:
        """What it is worth where a pound a year counts so often, £ a year; None where money has no say."""
        if self.worth is None or self.cost.pounds is None:
            return self.worth
        return self.worth - (pound - 1) * self.cost.pounds

    @property
    def only_closes(self) -> bool:
        """Whether it is shut for nothing but that whoever offers it closes: nobody else was looked at."""
        return self.blocked_by == (GateCode.CLOSES,)

    def record(self) -> dict[str, Any]:
        """Itself for JSON: what its cost is made of stands beside the cost."""
        cost = self.cost._asdict()
        return self._asdict() | {"cost": cost.pop("pounds")} | cost

    def whom(self) -> tuple[str, ...]:
        """The ids of the partners, or of the supplier."""
        return (self.supplier,) if self.supplier else self.partners

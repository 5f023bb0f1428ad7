"""What was found, as frozen data in the words of the field. The JSON of `mba assess` is this, written out."""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from mba.caution import Caution
from mba.inputs import Input, named
from mba.knowledge.measures import Measure
from mba.knowledge.rules import GateCode
from mba.profile import Flag, Option, OrganisationKind, Profile
from mba.spending import Budget, Cost, Part, Transition
from mba.sureness import Confidence, Level, Question, Switch

BASE = "base"
"""The contribution that every option starts from: a fit of 50."""


class Basis(StrEnum):
    """Where a value comes from. All but GIVEN are assumptions."""

    GIVEN = "given"
    RELATIONAL = "relational"
    TRANSACTIONAL = "transactional"
    CONTESTED = "contested"
    UNKNOWN = "unknown"
    CATALOGUE = "catalogue"
    SUPPLIERS = "suppliers"
    ESTIMATE = "estimate"
    DEFAULT = "default"


class Rated(NamedTuple):
    """A rating, 1-5, and where it comes from."""

    value: int
    basis: Basis


Value: TypeAlias = str | int | float | bool
"""What a key of a profile can hold."""


class Assumption(NamedTuple):
    """A value that the user did not give. `of` is the id of a function, partner or supplier; None: the organisation."""

    group: str
    of: str | None
    key: str
    value: Value
    basis: Basis

    @property
    def input(self) -> Input:
        """Of what it is a value."""
        return named(self.group, self.key)


class Contribution(NamedTuple):
    """Points that a rule gave to an option: `exact` is degree times the rule's points, `points` its whole share."""

    rule: str
    points: int
    degree: float
    exact: float


class OptionResult(NamedTuple):
    """One option for one function, with whom it suits best (or, where recommended, with whom it was chosen).

    `fit` is 0-100 and the sum of the contributions; `cost` is None where it is not known. `supplier` and `partners`
    are ids. `blocked_by` is empty where the option is available.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    cost: Cost | None
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]

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
        own = {key: record[key] for key in OptionResult._fields}
        if own["cost"] is not None:
            rest = {key: record[key] for key in Cost._fields[1:]}
            own["cost"] = {"total": own["cost"], **rest}
        return own


class Reason(StrEnum):
    """Why a recommendation is what it is."""

    FIT = "fit"
    BUDGET = "budget"
    GATE = "gate"
    DECIDED = "decided"


class FunctionResult(NamedTuple):
    """One function: what is recommended, why, and what stands behind it.

    `preferred` has the best fit among what is available; `next_best` comes after the recommendation, or before it
    where the user has overruled; None where nothing else is available. `margin` is the fit that lies between them.
    `costed` says whether money had a say: whether every open option has a cost. `restored_by` is how much more money,
    £ a year, would bring back what is preferred: to where it joins the frontier for good; None where it is
    recommended, or money has no say. `switch` is the smallest single change, up to a point of a rating or a tenth of
    the money, that changes a recommendation which is too close to call.
    """

    id: str
    name: str
    group: str | None
    flags: tuple[Flag, ...]
    current: Option | None
    preferred: Option
    recommendation: Option
    reason: Reason
    costed: bool
    restored_by: int | None
    decided_because: str | None
    next_best: Option | None
    margin: int | None
    options: dict[Option, OptionResult]
    ratings: dict[Measure, Rated]
    credible_suppliers: int
    safeguards: tuple[str, ...]
    advice: str | None
    note: str | None
    confidence: Confidence | None = None
    switch: Switch | None = None

    @property
    def chosen(self) -> OptionResult:
        """The option that is recommended."""
        return self.options[self.recommendation]

    @property
    def best(self) -> OptionResult:
        """The option that fits best of those that are available."""
        return self.options[self.preferred]

    @property
    def is_decided(self) -> bool:
        """Whether the user has decided on it."""
        return self.reason is Reason.DECIDED

    @property
    def is_open(self) -> bool:
        """Whether a draw could move the recommendation: it is not decided, and something else is available."""
        return not self.is_decided and self.next_best is not None

    @property
    def moves(self) -> bool:
        """Whether it would be run otherwise than today, as far as today is known."""
        return self.current not in (None, self.recommendation)

    @property
    def level(self) -> Level | None:
        """How sure the recommendation is; None where nothing was drawn, or no draw could move it."""
        return self.confidence.level if self.confidence and self.is_open else None

    @property
    def is_close(self) -> bool:
        """Whether the recommendation is too close to call."""
        return self.level is Level.TOO_CLOSE

    @property
    def rival(self) -> Option:
        """The other option that is chosen most often."""
        others = list(Option)
        others.remove(self.recommendation)
        return max(others, key=self.often)

    def often(self, option: Option | None = None) -> float:
        """How often an option, or else the recommendation, is chosen, 0-1; 0 where nothing was drawn."""
        if self.confidence is None:
            return 0.0
        return float(getattr(self.confidence.acceptability, option or self.recommendation))


class OrganisationResult(NamedTuple):
    """Who decides."""

    name: str
    kind: OrganisationKind
    population: int
    budget_per_head: float


class Decision(NamedTuple):
    """The whole answer.

    `partners` and `suppliers` give what each is called, by id; `ask` is what to find out next, first things first.
    `scenario` is what the scenario is called that it is about; None for a profile. `profile` is what was read, so
    that a stored result can be held against later ones; what it leaves out is left out. `version` is of mba, and
    `rules_digest` of the rules, figures and catalogue that it was worked out with, as in `knowledge.rules.digest`;
    mba 0.1 stored neither.
    """

    format: int
    organisation: OrganisationResult
    budget: Budget
    functions: tuple[FunctionResult, ...]
    warnings: tuple[Caution, ...]
    assumptions: tuple[Assumption, ...]
    partners: dict[str, str]
    suppliers: dict[str, str]
    ask: tuple[Question, ...] = ()
    scenario: str | None = None
    profile: Profile | None = None
    version: str | None = None
    rules_digest: str | None = None

    @property
    def names(self) -> dict[str, str]:
        """What the functions are called, by id."""
        return {function.id: function.name for function in self.functions}

    @property
    def others(self) -> dict[str, str]:
        """What partners and suppliers are called, by id."""
        return self.partners | self.suppliers

    def by_option(self, option: Option) -> tuple[FunctionResult, ...]:
        """The functions for which an option is recommended, in the order of the profile."""
        return tuple(function for function in self.functions if function.recommendation is option)

    def cost_of(self, option: Option) -> int | None:
        """£ a year that the functions of an option cost, as far as known.

        None where there are some and nothing is known.
        """
        functions = self.by_option(option)
        costs = [function.chosen.pounds for function in functions]
        if functions and all(cost is None for cost in costs):
            return None
        return sum(cost or 0 for cost in costs)

    @property
    def moving(self) -> tuple[FunctionResult, ...]:
        """The functions that would be run otherwise than today, as far as today is known."""
        return tuple(filter(attrgetter("moves"), self.functions))

    @property
    def once(self) -> int:
        """£ once that the moves cost, as far as it is known."""
        return sum(function.chosen.once for function in self.moving)

    @property
    def estimated(self) -> int:
        """£ a year of what is recommended that rests on estimates."""
        estimates = filter(attrgetter("estimated"), map(attrgetter("chosen"), self.functions))
        return sum(option.pounds for option in estimates)

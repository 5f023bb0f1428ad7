"""What was found, as frozen data in the words of the field. The JSON of `mba assess` is this, written out."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from mba.profile import Flag, Option, OrganisationKind
from mba.rules import GateCode, Measure

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
    RUN_IN_HOUSE = "run_in_house"
    RUN_OUTSIDE = "run_outside"
    SUPPLIERS = "suppliers"
    DEFAULT = "default"


class Rated(NamedTuple):
    """A rating, 1-5, and where it comes from."""

    value: int
    basis: Basis


class Assumption(NamedTuple):
    """A value that the user did not give. `of` is the id of a function, partner or supplier; None: the organisation."""

    group: str
    of: str | None
    key: str
    value: str | int | float
    basis: Basis


class Contribution(NamedTuple):
    """Points that a rule gave to an option: `exact` is degree times the rule's points, `points` its whole share."""

    rule: str
    points: int
    degree: float
    exact: float


class OptionResult(NamedTuple):
    """One option for one function.

    `fit` is 0-100 and the sum of the contributions. `supplier` and `partners` are the ids of those it is judged
    with. `blocked_by` is empty where the option is available.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]


class Reason(StrEnum):
    """Why a recommendation is what it is."""

    FIT = "fit"
    GATE = "gate"
    DECIDED = "decided"


class FunctionResult(NamedTuple):
    """One function: what is recommended, why, and what stands behind it.

    `preferred` has the best fit among what is available; `next_best` comes after the recommendation, or before it
    where the user has overruled; None where nothing else is available. `margin` is the fit that lies between them.
    """

    id: str
    name: str
    group: str | None
    flags: tuple[Flag, ...]
    current: Option | None
    preferred: Option
    recommendation: Option
    reason: Reason
    decided_because: str | None
    next_best: Option | None
    margin: int | None
    options: dict[Option, OptionResult]
    ratings: dict[Measure, Rated]
    credible_suppliers: int
    safeguards: tuple[str, ...]
    advice: str | None
    note: str | None


class WarningCode(StrEnum):
    """What the governing body should know before it agrees."""

    MONOPOLY = "monopoly"
    WEAK_CLIENT = "weak-client"
    DECIDED_BLOCKED = "decided-blocked"
    SPECIFY_FIRST = "specify-first"


class Caution(NamedTuple):
    """A warning, and the ids of the functions it is about."""

    code: WarningCode
    functions: tuple[str, ...]


class OrganisationResult(NamedTuple):
    """Who decides."""

    name: str
    kind: OrganisationKind
    population: int
    budget_per_head: float


class Budget(NamedTuple):
    """£ a year."""

    allowance: int
    committed: int


class Decision(NamedTuple):
    """The whole answer. `names` gives what each partner and supplier is called, by id."""

    format: int
    organisation: OrganisationResult
    budget: Budget
    functions: tuple[FunctionResult, ...]
    warnings: tuple[Caution, ...]
    assumptions: tuple[Assumption, ...]
    partners: dict[str, str]
    suppliers: dict[str, str]

"""What was found, as frozen data in the words of the field. The JSON of `mba assess` is this, written out."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from mba.knowledge.measures import Measure
from mba.knowledge.rules import GateCode
from mba.profile import Flag, Option, OrganisationKind, Profile
from mba.sureness import Confidence, Question, Switch

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


class Contribution(NamedTuple):
    """Points that a rule gave to an option: `exact` is degree times the rule's points, `points` its whole share."""

    rule: str
    points: int
    degree: float
    exact: float


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


class OptionResult(NamedTuple):
    """One option for one function, with whom it suits best (or, where recommended, with whom it was chosen).

    `fit` is 0-100 and the sum of the contributions; `cost` is £ a year and the sum of the parts, None where it is not
    known. `supplier` and `partners` are ids. `blocked_by` is empty where the option is available. `estimated`: neither the user nor
    a quote says so; `quoted`: it rests on a real offer.
    """

    available: bool
    blocked_by: tuple[GateCode, ...]
    fit: int
    cost: int | None
    supplier: str | None
    partners: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    parts: tuple[Part, ...]
    estimated: bool
    quoted: bool
    transition: Transition | None


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
    `costed` says whether money had a say: whether every open option has a cost. `restored_by` is how much more money, £ a year,
    would bring back what is preferred: to where it joins the frontier for good; None where it is recommended, or money has no say. `switch` is the
    smallest single change, up to a point of a rating or a tenth of the money, that changes a recommendation which is too close to call.
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
    def is_open(self) -> bool:
        """Whether a draw could move the recommendation: it is not decided, and something else is available."""
        return self.reason is not Reason.DECIDED and self.next_best is not None

    def often(self, option: Option | None = None) -> float:
        """How often an option, or else the recommendation, is chosen, 0-1; 0 where nothing was drawn."""
        sure = self.confidence
        return float(getattr(sure.acceptability, option or self.recommendation)) if sure else 0.0


class WarningCode(StrEnum):
    """What the governing body should know before it agrees."""

    MONOPOLY = "monopoly"
    WEAK_CLIENT = "weak-client"
    DECIDED_BLOCKED = "decided-blocked"
    DECIDED_DEAR = "decided-dear"
    SPECIFY_FIRST = "specify-first"
    OVER_BUDGET = "over-budget"
    NOT_COSTED = "not-costed"
    NO_CLIENT = "no-client"
    DEPENDENCY = "dependency"
    FRAGMENTATION = "fragmentation"
    NOTHING_LEFT = "nothing-left"
    DOUBLE_RUNNING = "double-running"
    STRANDED = "stranded-costs"
    UNTRUSTED = "untrusted"
    UNSURE_FUTURE = "unsure-future"
    QUOTE_SET_ASIDE = "quote-set-aside"
    NEARLY_KNOWN = "nearly-known"


class Caution(NamedTuple):
    """A warning and the ids of the functions it is about; where it has them, £ and the id of what else it is about.

    `amount` is £ a year (double-running: once). `about` is the id of a partner or a supplier (dependency, untrusted, unsure-future), or of the function of
    the catalogue that may be meant (nearly-known). `rated` is how far whom it is about is trusted, or how sure its future is, 1-5.
    """

    code: WarningCode
    functions: tuple[str, ...]
    amount: int | None = None
    about: str | None = None
    rated: int | None = None


class OrganisationResult(NamedTuple):
    """Who decides."""

    name: str
    kind: OrganisationKind
    population: int
    budget_per_head: float


class FrontierPoint(NamedTuple):
    """A portfolio that is best of all that cost no more: £ a year, mean fit, and the move that led to it from the one before.

    The first is the cheapest, and has no move.
    """

    cost: int
    fit: float
    function: str | None
    before: Option | None
    option: Option | None


class Budget(NamedTuple):
    """£ a year. Free money is the allowance less what is committed; headroom is what the recommendation leaves of it.

    Sums are of the recommendations whose cost is known; `uncosted` lists the other functions. The fits are means over those functions, weighted by
    in-house cost and importance. `gap` is how much better, in mean fit, a portfolio that was not looked at could be at most.
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


class Decision(NamedTuple):
    """The whole answer. `partners` and `suppliers` give what each is called, by id; `ask` is what to find out next, first things first.

    `scenario` is what the scenario is called that it is about; None for a profile. `profile` is what was read, so that a stored result can be held against
    later ones; what it leaves out is left out. `version` is of mba, and `rules_digest` of the rules, figures and catalogue
    that it was worked out with, as in `knowledge.rules.digest`; mba 0.1 stored neither.
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

"""What was found, as frozen data in the words of the field. The JSON of `mba assess` is this, written out."""

from collections import Counter
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from mba.caution import Caution, Query
from mba.inputs import Assumption, Rated
from mba.knowledge.measures import Measure
from mba.knowledge.procurement import LegalRoute
from mba.option_result import OptionResult
from mba.profile import Profile
from mba.spending import Budget, Passing, Plans, Shortfall
from mba.sureness import DRAWN, Confidence, Level, Question, Switch
from mba.terms import Flag, Option, OrganisationKind


class Reason(StrEnum):
    """Why: best fit, cheaper, today is not worth leaving, no money for more, a gate, decided, or nothing else known."""

    FIT = "fit"
    VALUE = "value"
    TODAY = "today"
    BUDGET = "budget"
    GATE = "gate"
    DECIDED = "decided"
    UNKNOWN = "unknown"


class Action(StrEnum):
    """What the organisation then does: move it, keep it as it is, find out first, or let it go."""

    MOVE = "move"
    KEEP = "keep"
    FIND_OUT = "find-out"
    LEAVES = "leaves"


class Today(NamedTuple):
    """How a function is run today, and with whom (ids; empty where not said).

    `cost` is £ a year that staying so costs, None where nothing is known; `known` says that the user gave it. `paid` is
    £ a year now, `tender` what of the cost is for a new tender, the contract having ended, `production` what of it is
    for the team or at the price, and `notice_month` £ that a month of notice costs.
    """

    mode: Option
    with_: tuple[str, ...]
    cost: int | None
    known: bool
    paid: int | None = None
    tender: int = 0
    production: int | None = None
    notice_month: int | None = None


class Leaves(NamedTuple):
    """A function that stops being the organisation's: it is in no sum. `today` is as of any function."""

    id: str
    name: str
    to: str | None
    on: str | None
    today: Today | None
    catalogue: str | None = None


class FunctionResult(NamedTuple):
    """One function: what is recommended, why, and what stands behind it.

    `preferred` has the best fit among what is available; `next_best` comes after the recommendation by worth, or before
    it where the user has overruled; None where nothing else is available. `margin` is the fit that lies between them.
    `costed` says whether every available option has a cost, so that money had a say. `point` is what a point of fit is
    worth, £ a year, and `pound` how often a pound a year counts: more than once where money is short. `restored_by` is
    how much more money, £ a year, would bring back what is worth most, for good; None where it is recommended. `switch`
    is the smallest single change, up to a point of a rating or a tenth of the money, that changes an open
    recommendation. `moves` says whether it is to be run otherwise than today, with others included; `ending`, that how
    it is run today must end, since a body closes or a gate shuts it. `catalogue` is the id it is taken for there,
    `route` what the law asks. `staying` is how it is run today, where `options` has that option with others.
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
    point: float | None = None
    pound: float = 1.0
    today: Today | None = None
    moves: bool = False
    ending: bool = False
    action: Action | None = None
    confidence: Confidence | None = None
    switch: Switch | None = None
    catalogue: str | None = None
    route: LegalRoute | None = None
    staying: OptionResult | None = None

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
    def is_unknown(self) -> bool:
        """Whether nothing is known of it but how it is run today."""
        return self.reason is Reason.UNKNOWN

    @property
    def has_rival(self) -> bool:
        """Whether a draw could move the recommendation: it is not decided, and something else is available."""
        return not self.is_decided and not self.is_unknown and self.next_best is not None

    @property
    def is_untried(self) -> bool:
        """Whether it must end and all that is left is the only way listed, as whoever is to sell it closes."""
        alone = self.next_best is None and not self.is_decided
        return self.ending and alone and self.options[Option.BUY].only_closes

    @property
    def level(self) -> Level | None:
        """How sure the recommendation is; None where too little was drawn, or no draw could move it."""
        level = self.confidence.level if self.confidence and self.has_rival else None
        return None if level is Level.NONE else level

    @property
    def is_open(self) -> bool:
        """Whether the answer is open: not sure enough to be leaned on."""
        return self.level is Level.OPEN

    @property
    def is_sure(self) -> bool:
        """Whether a move may be made on it: an end forces it, it is decided and available, the only way, or likely."""
        if self.ending:
            return True
        if not self.has_rival:
            return self.chosen.available or not self.is_decided
        return self.level in (Level.ROBUST, Level.LEANING) and not self.may_cost_more

    @property
    def may_cost_more(self) -> bool:
        """Whether it is not known to cost no more: as who does it asks more another way, or fit alone decides."""
        if self.chosen.cost.asked is not None:
            return True
        if self.costed or self.today is None or self.today.cost is None:
            return False
        return self.chosen.cost.pounds is None or self.chosen.cost.pounds > self.today.cost

    @property
    def counted(self) -> int | None:
        """£ a year that it counts in a sum: what is recommended, else today's way; None where neither cost is known."""
        pounds = self.chosen.cost.pounds
        if pounds is None and self.today:
            return self.today.cost
        return pounds

    @property
    def rival(self) -> Option:
        """The other option that is chosen most often."""
        others = list(Option)
        others.remove(self.recommendation)
        return max(others, key=self.often)

    @property
    def likely(self) -> float:
        """How often the recommendation itself came out, 0-1: less than its option, where with others than today's."""
        sure = self.confidence
        return self.often() if sure is None or sure.often is None else sure.often

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

    `queries` are about what is possible but unlikely in the profile. `partners` and `suppliers` give what each is
    called, by id; `ask` is what to find out next, first things first. `passing` is what of a board's work others would
    run by its blueprint; None where nothing, or not a board. `scenario` is what the scenario is called that it is
    about; None for a profile. `profile` is what was read, so that a stored result can be held against later ones; what
    it leaves out is left out. `version` is of mba, and `rules_digest` of what it was worked out with; mba 0.1 stored
    neither. `asked` is what was asked for beside the profile that is not the usual: another `budget_per_head` (£) or
    `premium` (per cent), a file of `rules` (its name), another `seed`.
    """

    format: int
    organisation: OrganisationResult
    budget: Budget
    functions: tuple[FunctionResult, ...]
    warnings: tuple[Caution, ...]
    assumptions: tuple[Assumption, ...]
    partners: dict[str, str]
    suppliers: dict[str, str]
    plans: Plans | None = None
    shortfall: Shortfall | None = None
    passing: Passing | None = None
    leaving: tuple[Leaves, ...] = ()
    queries: tuple[Query, ...] = ()
    ask: tuple[Question, ...] = ()
    scenario: str | None = None
    profile: Profile | None = None
    version: str | None = None
    rules_digest: str | None = None
    asked: dict[str, str | int | float] = {}  # noqa: RUF012 - never changed: results are frozen

    @property
    def names(self) -> dict[str, str]:
        """What the functions are called, by id, those that leave among them; those of one name with their ids."""
        leaving = {leaves.id: leaves.name for leaves in self.leaving}
        return _told_apart(leaving | {function.id: function.name for function in self.functions})

    @property
    def others(self) -> dict[str, str]:
        """What partners and suppliers are called, by id; those of one name with their ids."""
        return _told_apart(self.partners | self.suppliers)

    @property
    def by_id(self) -> dict[str, FunctionResult]:
        """The functions by their ids, in the order of the profile."""
        return {function.id: function for function in self.functions}

    @property
    def knows_today(self) -> bool:
        """Whether it was said of any function how it is run today."""
        return any(map(attrgetter("action"), self.functions))

    def by_option(self, option: Option) -> tuple[FunctionResult, ...]:
        """The functions for which an option is recommended, in the order of the profile."""
        return tuple(function for function in self.functions if function.recommendation is option)

    def cost_of(self, option: Option) -> int | None:
        """£ a year that the functions of an option count in a sum; None where there are some and nothing is known."""
        costs = [function.counted for function in self.by_option(option)]
        if costs and all(cost is None for cost in costs):
            return None
        return sum(cost or 0 for cost in costs)

    @property
    def levels(self) -> dict[Level, int]:
        """How many answers are how sure, of those that a draw could move."""
        return {level: sum(function.level is level for function in self.functions) for level in DRAWN}

    def acting(self, action: Action | None) -> tuple[FunctionResult, ...]:
        """The functions with which one thing is done, in the order of the profile; None where today was not said."""
        return tuple(function for function in self.functions if function.action is action)

    @property
    def once(self) -> int:
        """£ once that the moves cost, as far as it is known."""
        return sum(function.chosen.cost.once for function in self.functions if function.moves)

    @property
    def estimated(self) -> int:
        """£ a year of what is recommended that rests on estimates."""
        estimates = filter(attrgetter("estimated"), map(attrgetter("chosen.cost"), self.functions))
        return sum(cost.pounds for cost in estimates)


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """Names by id, with the id where several have one name."""
    often = Counter(names.values())
    return names | {id_: f"{name} ({id_})" for id_, name in names.items() if often[name] > 1}

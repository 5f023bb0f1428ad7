"""What is spent, on what, and what there is to spend; as frozen data."""

from enum import StrEnum
from typing import NamedTuple

from mba.terms import Option


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


class Part(NamedTuple):
    """Whole £ a year spent on one thing."""

    part: PartName
    pounds: int


class Transition(NamedTuple):
    """£ spent once on a move, in no annual cost: double running and transfer, redundancy, and notice run past."""

    transfer: int
    redundancy: int
    notice: int

    @property
    def once(self) -> int:
        """All of it together."""
        return self.transfer + self.redundancy + self.notice


class Cost(NamedTuple):
    """What an option costs: £ a year, the sum of the parts; None where it is not known.

    It is `estimated` where neither given nor quoted, `quoted` where it is a real offer. `transition` is what moving
    there from how it is run today costs; None where it does not move, or the cost is not known. `asked` is £ a year,
    for the team or price, that one of those it is with is known to ask another way, where that is above the estimate.
    """

    pounds: int | None
    parts: tuple[Part, ...] = ()
    estimated: bool = False
    quoted: bool = False
    transition: Transition | None = None
    asked: int | None = None

    @property
    def ground(self) -> str | None:
        """What it rests on: an offer, an estimate, or what was given; None where it is not known."""
        if self.pounds is None:
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
        if self.pounds is None:
            return None
        return self.once


class FrontierPoint(NamedTuple):
    """A portfolio that is best of all that cost no more.

    £ a year, mean fit, and the move that led to it from the one before. The first is the cheapest, and has no move.
    """

    cost: int
    fit: float
    function: str | None
    before: Option | None
    option: Option | None


class Spread(NamedTuple):
    """£ a year that a portfolio costs no more than in 5, 25, 50, 75 and 95% of the draws."""

    lowest: int
    lower: int
    middle: int
    higher: int
    highest: int


class Budget(NamedTuple):
    """£ a year. Free money is the allowance less what is committed.

    Headroom is what the recommendation leaves of it. In sums a function counts what is recommended or, where that
    cost is not known, what today's way costs; `uncosted` lists those of which neither is known. The fits are means over
    the functions in which money has a say, weighted by in-house cost and importance.
    `unproved` is how much more worth, £ a year, a portfolio that was not looked at could have at most.

    `gap` is how far what is recommended is above the free money. `moving_once` is £ once for all its moves, and
    `first_year_left` what the money leaves after both. `chance_within` is the share of draws, 0-1, in which it costs no
    more than the free money, `headroom_likely` the headroom with which that would be 80%, and `floor_share` the share
    of draws in which the money was short and only the floor was left. `drawn_cost` is what it costs in the draws.
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
    unproved: float
    frontier: tuple[FrontierPoint, ...]
    gap: int = 0
    moving_once: int = 0
    first_year_left: int | None = None
    chance_within: float | None = None
    headroom_likely: int | None = None
    floor_share: float | None = None
    drawn_cost: Spread | None = None

    @property
    def free(self) -> int:
        """What the functions may cost."""
        return self.allowance - self.committed

    @property
    def spent(self) -> int | None:
        """£ a year as recommended, with what is committed; None where no function is costed."""
        return None if self.recommended_cost is None else self.recommended_cost + self.committed


class Plan(NamedTuple):
    """A whole portfolio: £ a year, £ once for moving there, and both over five years at their present value.

    `fit` is the mean by weight, 0-100, and `moves` how many functions would be run otherwise than today. Money is None
    where nothing is known to cost anything.
    """

    cost: int | None
    once: int
    whole_life: int | None
    fit: float | None
    moves: int


class Plans(NamedTuple):
    """The portfolios that are held beside each other.

    In `today` and `sure` a function of which today is not known is as recommended.
    The money of all is of the functions of which the recommended cost is known or else today's. One whose cost in a
    plan is not known counts there as recommended, else as today. `today` is None where it is known of no function.
    `sure` makes the moves that are sure enough, and leaves the rest; `ending` makes of these only what must be made,
    since today's way ends; None where nothing must.
    """

    today: Plan | None
    cheapest: Plan
    recommended: Plan
    sure: Plan
    best_fit: Plan
    ending: Plan | None = None


class Closing(NamedTuple):
    """A move that would bring the plan nearer to the money.

    £ a year that it saves, points of fit and £ a year of worth that it loses, and £ once that it costs more. `whom` are
    the ids of those it is then with.
    """

    function: str
    option: Option
    saves: int
    fit: float
    worth: int
    once: int
    whom: tuple[str, ...] = ()


class Passing(NamedTuple):
    """What of a board's work its blueprint would have others run: the ids, the dearest first, and £ a year in all."""

    functions: tuple[str, ...]
    cost: int


class Shortfall(NamedTuple):
    """What could close a gap: £ a year by which the plan is above the money.

    `single` is the one move that closes it at the least loss; `moves` go step by step down until it is closed, or to
    the cheapest, the best value first. `shrink` is the share, 0-1, by which everything would have to shrink, `least`
    the ids of the functions that are neither statutory nor core and matter least, the dearest of equals first, and
    `allowance` £ a year that would be enough. `passing` are the ids of a board's functions that its blueprint would
    have others run, the dearest first; together they cost `passing_cost` £ a year.
    """

    gap: int
    single: Closing | None
    moves: tuple[Closing, ...]
    shrink: float
    least: tuple[str, ...]
    allowance: int
    passing: tuple[str, ...] = ()
    passing_cost: int = 0

    @property
    def saved(self) -> int:
        """£ a year that all the moves save together."""
        return sum(move.saves for move in self.moves)

    @property
    def once(self) -> int:
        """£ that moving costs once for all of them together."""
        return sum(move.once for move in self.moves)

    @property
    def can_be_closed(self) -> bool:
        """Whether the functions could be run for the money, at a loss of fit that counts for more than is saved."""
        return self.single is not None or self.saved >= self.gap

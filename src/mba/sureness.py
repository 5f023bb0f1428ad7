"""How sure a recommendation is, what would change it, and what to find out next, as frozen data."""

from enum import StrEnum
from typing import NamedTuple

from mba.inputs import Input, named
from mba.terms import Option


class Switch(NamedTuple):
    """A single change of an input that changes a recommendation.

    Of what, from which value to which, and to what answer. `group` and `of` are as in Assumption; `assumed` says that
    the present value is not the user's own. Of VAT 0 stands for charged and 1 for recoverable, as in a question.
    """

    group: str
    of: str | None
    key: str
    now: float
    then: float
    assumed: bool
    becomes: Option | None = None

    @property
    def input(self) -> Input:
        """Of what it is a change."""
        return named(self.group, self.key)


class Level(StrEnum):
    """How sure a recommendation is: chosen in ROBUST of draws or more, in LEANING or more, or in fewer.

    No draw can move what was decided, nor an only option. None is said where too little was drawn, or nothing is known.
    """

    ROBUST = "robust"
    LEANING = "leaning"
    OPEN = "open"
    DECIDED = "decided"
    ONLY_OPTION = "only-option"
    NONE = "none"


ROBUST, LEANING = 0.8, 0.6
"""Acceptabilities from which a recommendation is called robust, or leaning; below, it is open. Judgements."""

FEWEST = 200
"""Draws from which a level is said."""


DRAWN = (Level.ROBUST, Level.LEANING, Level.OPEN)
"""The levels that draws can give, the surest first."""


def level_of(often: float) -> Level:
    """How sure a recommendation is that is chosen in this share of draws, 0-1."""
    if often >= ROBUST:
        return Level.ROBUST
    return Level.LEANING if often >= LEANING else Level.OPEN


class Acceptability(NamedTuple):
    """The share of draws in which each option is the answer, 0-1; they add up to one."""

    make: float
    share: float
    ally: float
    buy: float


class Confidence(NamedTuple):
    """How sure a recommendation is, from so many draws of everything uncertain.

    `acceptability` is how often each option is chosen inside the budget, over `draws`; `alone` how often it fits best
    with no regard to money, over `alone_draws`. `error` is the half-width of the 95% interval of the recommendation's
    acceptability. `likeliest` came out most often; `inside` is how often it was make or share. `often` is how often the
    recommendation itself came out, which is less than its option where it is with others than today's.
    """

    level: Level
    acceptability: Acceptability
    error: float
    draws: int
    alone: Acceptability
    alone_draws: int
    likeliest: Option | None = None
    inside: float | None = None
    often: float | None = None


class Support(NamedTuple):
    """What speaks for an option at its best: the weights of the rules that suit it, and how far they carry it.

    `weights` are the central weights, the mean of those under which it fits best (1 is a rule's usual weight);
    `factor` is the confidence factor, the share of draws of ratings, 0-1, in which it fits best with just these
    weights.
    """

    factor: float
    weights: dict[str, float]


class Question(NamedTuple):
    """An input that was not given and what knowing it is worth.

    `functions` are the ids of those whose answer it could change. `group` and `of` are as in Assumption. `gain` is
    the expected gain in £ of worth a year, summed over these functions; 0 where it is not known. `leads`
    says to which option each answer leads where it is of one function: ratings of 1-5, or 0 for a low, 1 for a middling
    and 2 for a high cost, or 0 for VAT that is charged and 1 for VAT that is recoverable. `surer` is how many answers
    more would be sure once it is known, to be expected; `sure` are the answers at which the one function's is, where it
    is open now, and `stays` those at which it stays as today: elsewhere an option is with others.
    """

    group: str
    of: str | None
    key: str
    gain: float
    functions: tuple[str, ...]
    leads: dict[int, Option]
    surer: float = 0.0
    sure: tuple[int, ...] = ()
    stays: tuple[int, ...] = ()

    @property
    def input(self) -> Input:
        """What is asked."""
        return named(self.group, self.key)

"""How sure: how often each option is the answer when what is uncertain is drawn anew.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001): the
acceptability of an option is the share of draws in which it comes first. It is found for each function alone, and
inside the budget, where every draw is a portfolio chosen exactly.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter

import numpy as np

from mba.decide.alternatives import OPTIONS, Places, Whole, in_columns
from mba.decide.choose_each import BLOCK, picked
from mba.decide.decide import Appraised, acted
from mba.decide.evaluate import MILLS, evaluate
from mba.decide.floor import Priced, answers
from mba.decide.score import fits_of, spoken
from mba.inputs import FUNCTIONS
from mba.knowledge.degrees import Real
from mba.results import Decision, FunctionResult
from mba.sensitivity.answers import deciding, given, of_fact
from mba.sensitivity.draws import Drawing, Drawn
from mba.sensitivity.hypercube import Draws
from mba.sensitivity.settling import settled
from mba.sensitivity.smaa import at_least, half_width, supports
from mba.sensitivity.switching import Trials, nearest
from mba.sensitivity.value_of_information import Questions
from mba.spending import Budget, Spread
from mba.sureness import FEWEST, ROBUST, Acceptability, Confidence, Level, Support, level_of
from mba.terms import Option

USUAL, MANY = 5_000, 60
"""Draws where the user does not say how many, and functions up to which so many portfolios are chosen too."""


def usual_exact(functions: int) -> int:
    """How many portfolios of so many functions are chosen exactly where the money binds and the user does not say.

    It is what takes longest.
    """
    return USUAL if functions <= MANY else max(100, 120_000 // functions)


def with_confidence(
    decision: Decision,
    appraised: Appraised,
    draws: Draws,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> Decision:
    """The decision with how sure each recommendation is, what would tip the close ones, and what to find out next.

    `exact` is how many portfolios are chosen at most, where money binds; None: one for every draw. `tick` is told the
    share that is done, 0-1.
    """
    drawing = Drawing(appraised.found, appraised.rules, draws)
    tally, questions = _Tally(appraised, drawing), Questions(appraised, drawing)
    inside, costs = Inside(appraised, drawing, exact), []
    for drawn in drawing:
        tally.alone(drawn)
        chosen = inside.chosen(drawn)
        tally.inside(chosen)
        costs.append(drawn.costs[tally.picks].sum(axis=0))
        questions.add(drawn, chosen)
        tick(tally.draws / draws.number)
    sure = {}
    for function in decision.functions:
        sure[function.id] = tally.confidence(function, appraised.places[function.id])
    functions = [function._replace(confidence=sure[function.id]) for function in decision.functions]
    close = [function.id for function in filter(attrgetter("is_open"), functions)]
    trials = Trials(appraised)
    tips = nearest(trials, close)
    asked = given(trials, settled(appraised, questions.asked(), draws))
    unasked = set(close).difference(*(question.functions for question in asked))
    decision = decision._replace(
        functions=tuple(function._replace(switch=tips.get(function.id)) for function in functions),
        budget=_with_draws(decision.budget, np.concatenate(costs), appraised.money.free)._replace(
            floor_share=inside.floors / tally.draws_inside
        ),
        ask=(*of_fact(trials), *asked, *deciding(trials, sorted(unasked))),
    )
    return acted(decision, appraised)


class _Tally:
    """How often each option came first for each function, alone and inside the money: functions x options.

    Functions that are alike in all but their name are counted together: what is drawn for each is drawn for all.
    """

    def __init__(self, appraised: Appraised, drawing: Drawing) -> None:
        self.table = drawing.table
        self.draws = self.draws_inside = 0
        shape = len(self.table.functions.rows), len(OPTIONS)
        self.first, self.first_inside = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.alike = _alike(appraised)
        self.picks = drawing.place[appraised.chosen.picks]
        self.same = np.zeros(shape[0], np.int64)

    def alone(self, drawn: Drawn) -> None:
        """Count which alternative fits best for each function in each draw."""
        self.draws += drawn.fittest.shape[1]
        self._count(drawn.fittest, self.first)

    def inside(self, chosen: Places) -> None:
        """Count what was chosen inside the money, functions x draws."""
        self.draws_inside += chosen.shape[1]
        self._count(chosen, self.first_inside)
        picks = self.picks[:, np.newaxis]
        same = self.table.option[chosen] == self.table.option[picks]
        # A change of supplier or partner is a move, and with the present one it is none.
        same &= self.table.as_today[chosen] | ~self.table.as_today[picks]
        same &= ~self.table.as_today[chosen] | self.table.as_today[picks]
        self.same += np.count_nonzero(same, axis=1)

    def _count(self, picks: Places, counts: Whole) -> None:
        option = self.table.option[picks]
        for at in range(len(OPTIONS)):
            counts[:, at] += np.count_nonzero(option == at, axis=1)

    def confidence(self, function: FunctionResult, place: int) -> Confidence:
        """How sure the recommendation for a function is."""
        together = self.alike[place]
        counted = (counts[together].sum(axis=0) for counts in (self.first_inside, self.first))
        inside, alone = (Acceptability(*(counts / counts.sum()).tolist()) for counts in counted)
        often = float(self.same[together].mean() / self.draws_inside)
        return Confidence(
            level=_level(function, often, self.draws_inside),
            acceptability=inside,
            error=half_width(often, self.draws_inside),
            draws=self.draws_inside,
            alone=alone,
            alone_draws=self.draws,
            likeliest=max(OPTIONS, key=lambda option: (getattr(inside, option), option is function.recommendation)),
            inside=inside.make + inside.share,
            often=often,
        )


def _alike(appraised: Appraised) -> list[list[int]]:
    """For each function the places of all that are alike in everything but their ids, names and notes."""
    table, prices = appraised.found.table, appraised.found.prices
    functions, values = table.functions, np.hstack(list(table.ratings[FUNCTIONS].values()))
    ends = table.ends
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    alike = []
    for place, function in enumerate(functions.rows):
        ways = slice(table.starts[place], ends[place])
        group = groups[
            functions.flags[place],
            functions.importance[place],
            function.decided and function.decided.mode,
            values[place].tobytes(),
            functions.bases[place].tobytes(),
            table.offer[ways].tobytes(),
            prices.total[ways].tobytes(),
            prices.quoted[ways].tobytes(),
            appraised.found.merit[ways].tobytes(),
            table.as_today[ways].tobytes(),
            appraised.found.choice[ways].tobytes(),
        ]
        group.append(place)
        alike.append(group)
    return alike


def _level(function: FunctionResult, often: float, draws: int) -> Level:
    """How sure a recommendation is that came out in this share of draws, 0-1: by the lower end of its interval."""
    if function.is_decided:
        return Level.DECIDED
    if function.is_unknown:
        return Level.NONE
    if not function.has_rival:
        return Level.ONLY_OPTION
    return Level.NONE if draws < FEWEST else level_of(at_least(often, draws))


def support(appraised: Appraised, id_: str, draws: Draws) -> dict[Option, Support]:
    """For each option of a function that ever fits best, its central weights and its confidence factor."""
    profile, rules = appraised.profile, appraised.rules
    function = next(function for function in profile.functions if function.id == id_)
    drawing = Drawing(evaluate([(profile, [function])], rules, appraised.catalogue), rules, draws)
    weights, said, ends = [], [], [0]
    for drawn in drawing:
        weights.append(drawn.weights)
        said.append(list(spoken(drawing.table, drawn.ratings, rules)))
        ends.append(ends[-1] + drawn.fits.shape[1])
    every = {code: np.concatenate([some[code] for some in weights]) for code in weights[0]}

    def totals(weights_: Mapping[str, Real]) -> Real:
        parts = []
        for each, start, end in zip(said, ends, ends[1:], strict=False):
            here = {code: np.broadcast_to(weight, ends[-1])[start:end] for code, weight in weights_.items()}
            parts.append(fits_of(drawing.table, each, here))
        return np.hstack(parts)

    return {OPTIONS[place]: each for place, each in supports(totals, drawing.table.option, every).items()}


class Inside:
    """Which alternative is chosen for each function in every draw, inside the free money, £ a year.

    Where what is worth most is within the money, it is the best portfolio; every other draw is chosen exactly. Where
    there are more than `exact` of these, by the first draws, only so many draws are looked at, the first. `floors` is
    in how many draws only the floor was left.
    """

    def __init__(self, appraised: Appraised, drawing: Drawing, exact: int | None = None) -> None:
        self.free, self.costed = appraised.money.free, appraised.found.costed
        self.more = appraised.found.figures.most_in_shortage.value - 1
        self.table, self.number = drawing.table, drawing.draws.number
        self.exact, self.left, self.floors = exact, self.number, 0
        ways = in_columns(np.append(self.table.starts, len(self.table.function)))
        self.ways: Places = ways[:, self.costed]
        self.today = drawing.today[self.costed]

    def chosen(self, drawn: Drawn) -> Places:
        """What is chosen in some draws, functions x as many of them as are looked at."""
        picks = drawn.best[:, : self.left].copy()
        known = np.take_along_axis(drawn.costs[:, : self.left], picks, axis=0)
        over = np.flatnonzero(known.sum(axis=0) > self.free)
        if self.exact is not None and len(over) * self.number > self.exact * picks.shape[1]:
            self.left = self.exact
        self.exact = None  # The first draws have decided.
        picks, over = picks[:, : self.left], over[over < self.left]
        self.left -= picks.shape[1]
        aside = known[~self.costed].sum(axis=0)
        for start in range(0, len(over), BLOCK):
            block = over[start : start + BLOCK]
            free = self.free - np.rint(aside[block]).astype(np.int64)
            rows, _ = answers(self.ways_in(drawn, block), free)
            chosen = picked(self.ways[:, :, np.newaxis], rows)
            picks[np.ix_(self.costed, block)] = chosen
            spent = np.rint(drawn.costs[chosen, block]).astype(np.int64).sum(axis=0)
            self.floors += int(np.count_nonzero(spent > free))
        return picks

    def ways_in(self, drawn: Drawn, draws: Places) -> Priced:
        """What there is to choose from in some draws, in whole £ and thousandths of worth."""
        costs = np.rint(drawn.costs[:, draws]).astype(np.int64)
        worths = np.rint(drawn.worths[:, draws] * MILLS).astype(np.int64)
        scarce = worths - np.rint(self.more * MILLS * costs).astype(np.int64)
        return Priced.of(self.ways, drawn.open_[:, draws], self.today, costs, worths, scarce)


def _with_draws(budget: Budget, costs: Real, free: int) -> Budget:
    """The budget with what the draws tell of what is recommended: nothing where nothing is known to cost."""
    if budget.recommended_cost is None:
        return budget
    spread = np.quantile(costs, (0.05, 0.25, 0.5, 0.75, 0.95), method="higher")
    return budget._replace(
        chance_within=float(np.mean(costs <= free)),
        headroom_likely=round(float(np.quantile(costs, ROBUST, method="higher")) - budget.recommended_cost),
        drawn_cost=Spread(*(round(cost) for cost in spread.tolist())),
    )

"""How sure: how often each option is the answer when what is uncertain is drawn anew.

Stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen & Salminen 1998; Lahdelma & Salminen 2001): the
acceptability of an option is the share of draws in which it comes first. It is found for each function alone, and
inside the budget, where every draw is a portfolio chosen exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

import numpy as np

from mba.decide.alternatives import OPTIONS, Places, Whole
from mba.decide.choose_each import BLOCK, Class, choose_each
from mba.decide.decide import Appraised
from mba.decide.evaluate import evaluate
from mba.decide.score import MILLION, fits_of, spoken
from mba.inputs import FUNCTIONS
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet
from mba.profile import Option
from mba.results import Decision, FunctionResult
from mba.sensitivity.draws import Drawing, Drawn, Draws
from mba.sensitivity.smaa import at_least, foremost, half_width, supports
from mba.sensitivity.switching import nearest
from mba.sensitivity.value_of_information import Questions
from mba.sureness import Acceptability, Confidence, Level, Support, level_of

USUAL = 10_000
"""Draws where the user does not say how many."""


def usual_exact(functions: int) -> int:
    """How many portfolios of so many functions are chosen exactly where the money binds and the user does not say.

    It is what takes longest.
    """
    return max(100, min(3_500, 120_000 // functions))


def with_confidence(
    decision: Decision,
    appraised: Appraised,
    rules: RuleSet,
    catalogue: Catalogue,
    draws: Draws,
    exact: int | None = None,
    tick: Callable[[float], object] = lambda _: None,
) -> Decision:
    """The decision with how sure each recommendation is, what would tip the close ones, and what to find out next.

    `exact` is how many portfolios are chosen at most, where money binds; None: one for every draw. `tick` is told the
    share that is done, 0-1.
    """
    drawing = Drawing(appraised.found, rules, draws)
    tally, questions = _Tally(appraised, drawing), Questions(appraised, drawing, rules)
    inside = Inside(appraised, drawing, exact)
    for drawn in drawing:
        alone = tally.alone(drawn)
        chosen = inside.chosen(drawn, alone)
        tally.inside(chosen)
        questions.add(drawn, chosen)
        tick(tally.draws / draws.number)
    sure = {}
    for function in decision.functions:
        sure[function.id] = tally.confidence(function, appraised.places[function.id])
    functions = [function._replace(confidence=sure[function.id]) for function in decision.functions]
    close = [function.id for function in filter(attrgetter("is_close"), functions)]
    tips = nearest(appraised, close, rules, catalogue)
    return decision._replace(
        functions=tuple(function._replace(switch=tips.get(function.id)) for function in functions),
        ask=questions.asked(),
    )


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

    def alone(self, drawn: Drawn) -> Places:
        """Which alternative fits best for each function in each draw, functions x draws; counted."""
        self.draws += drawn.fits.shape[1]
        best = first_of_each(drawn.fits, self.table.starts)
        self._count(best, self.first)
        return best

    def inside(self, chosen: Places) -> None:
        """Count what was chosen inside the money, functions x draws."""
        self.draws_inside += chosen.shape[1]
        self._count(chosen, self.first_inside)

    def _count(self, picks: Places, counts: Whole) -> None:
        option = self.table.option[picks]
        for at in range(len(OPTIONS)):
            counts[:, at] += np.count_nonzero(option == at, axis=1)

    def confidence(self, function: FunctionResult, place: int) -> Confidence:
        """How sure the recommendation for a function is."""
        together = self.alike[place]
        inside, alone = (Acceptability(*_shares(counts[together])) for counts in (self.first_inside, self.first))
        often = getattr(inside, function.recommendation)
        level = _level(function, at_least(often, self.draws_inside))
        error = half_width(often, self.draws_inside)
        return Confidence(level, inside, error, self.draws_inside, alone, self.draws)


def _shares(counts: Whole) -> list[float]:
    shares: list[float] = (counts.sum(axis=0) / counts.sum()).tolist()
    return shares


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
            function.current,
            values[place].tobytes(),
            functions.bases[place].tobytes(),
            table.offer[ways].tobytes(),
            prices.total[ways].tobytes(),
            prices.quoted[ways].tobytes(),
            appraised.choice[ways].tobytes(),
        ]
        group.append(place)
        alike.append(group)
    return alike


def first_of_each(fits_: Real, starts: Places) -> Places:
    """Which alternative comes first for each function in each draw, of those that begin at `starts`."""
    picks = np.empty((len(starts), fits_.shape[1]), np.intp)
    for place, (start, end) in enumerate(zip(starts, [*starts[1:], len(fits_)], strict=True)):
        np.add(foremost(fits_[start:end]), start, out=picks[place])
    return picks


def _level(function: FunctionResult, often: float) -> Level:
    """How sure a recommendation is that is chosen in this share of draws at least, 0-1."""
    if function.is_decided:
        return Level.DECIDED
    return level_of(often) if function.is_open else Level.ONLY_OPTION


def support(
    appraised: Appraised, id_: str, rules: RuleSet, catalogue: Catalogue, draws: Draws
) -> dict[Option, Support]:
    """For each option of a function that ever fits best, its central weights and its confidence factor."""
    profile = appraised.profile
    function = next(function for function in profile.functions if function.id == id_)
    drawing = Drawing(evaluate([(profile, [function])], rules, catalogue), rules, draws)
    weights, said = [], []
    for block in draws.blocks():
        weights.append(drawing.weights(block))
        said.append(spoken(drawing.table, drawing.rated(block)[0], rules))
    every = {code: np.concatenate([some[code] for some in weights]) for code in weights[0]}
    ends = np.cumsum([0, *(block.size for block in draws.blocks())])

    def totals(weights_: Mapping[str, Real]) -> Real:
        parts = []
        for each, start, end in zip(said, ends, ends[1:], strict=False):
            here = {code: np.broadcast_to(weight, ends[-1])[start:end] for code, weight in weights_.items()}
            parts.append(fits_of(drawing.table, each, here))
        return np.hstack(parts)

    return {OPTIONS[place]: each for place, each in supports(totals, drawing.table.option, every).items()}


class Inside:
    """Which alternative is chosen for each function in every draw, inside the free money, £ a year.

    Where what fits best is within the money, it is the best portfolio; every other draw is chosen exactly. Where
    there are more than `exact` of these, by the first draws, only so many draws are looked at, the first.
    """

    def __init__(self, appraised: Appraised, drawing: Drawing, exact: int | None = None) -> None:
        self.found, self.free = appraised.found, appraised.money.free
        self.drawing, self.table, self.number = drawing, drawing.table, drawing.draws.number
        self.costed = appraised.found.costed
        self.ends = self.table.ends
        self.exact, self.left = exact, self.number

    def chosen(self, drawn: Drawn, best: Places) -> Places:
        """What is chosen in some draws, functions x as many of them as are looked at; `best` is what fits best."""
        picks = best[:, : self.left].copy()
        self._afford(drawn, picks)
        known = self.drawing.costs(drawn, picks, np.arange(picks.shape[1]))
        aside, spent = known[~self.costed].sum(axis=0), known[self.costed].sum(axis=0)
        over = np.flatnonzero(aside + spent > self.free)
        if self.exact is not None and len(over) * self.number > self.exact * picks.shape[1]:
            self.left = self.exact
        self.exact = None  # The first draws have decided.
        picks, over = picks[:, : self.left], over[over < self.left]
        self.left -= picks.shape[1]
        for start in range(0, len(over), BLOCK):
            block = over[start : start + BLOCK]
            rows = choose_each(list(self._classes(drawn, block)), self.free - np.rint(aside[block]).astype(np.int64))
            picks[np.ix_(self.costed, block)] = rows + self.table.starts[self.costed][:, np.newaxis]
        return picks

    def _afford(self, drawn: Drawn, picks: Places) -> None:
        """Of functions in which money has no say, what fits best of all that do not cost more alone, if any does."""
        for place in np.flatnonzero(~self.costed).tolist():
            ways = slice(self.table.starts[place], self.ends[place])
            draws = np.arange(picks.shape[1])
            dear = self.drawing.costs(drawn, _column(ways), draws) > self.free
            within = np.where(dear & ~dear.all(axis=0), -np.inf, drawn.fits[ways, : len(draws)])
            picks[place] = ways.start + foremost(within)

    def _classes(self, drawn: Drawn, draws: Places) -> Iterator[Class]:
        """The classes in the portfolios of some draws, in whole £ and millionths of fit."""
        for place in np.flatnonzero(self.costed).tolist():
            ways = slice(self.table.starts[place], self.ends[place])
            costs, fits_ = self.drawing.costs(drawn, _column(ways), draws), drawn.fits[ways, draws]
            # Weights far from usual can bring a fit below 0; what is added to a whole class changes no choice.
            worths = np.rint((fits_ - fits_.min(axis=0)) * MILLION)
            weights = np.full(len(draws), self.found.weight[place])
            yield Class(np.rint(costs).astype(np.int64), worths.astype(np.int64), weights)


def _column(ways: slice) -> Places:
    """The alternatives of a function, as a column."""
    return np.arange(ways.start, ways.stop)[:, np.newaxis]

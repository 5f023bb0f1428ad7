"""What is uncertain, drawn anew many times: the weights of the rules, the ratings and the costs.

Uncertainty comes from where it is: a rating that was given is narrow, an assumed one wide, one of a contested
function widest; a quote is narrow, an estimate wide. Gates that stand on a rating are drawn with it: they may shut what
is open, and open nothing that is shut.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import EVERY_BASIS, Mask, Places, RatingColumns, Situations, in_columns
from mba.decide.cost import priced_anew
from mba.decide.evaluate import Evaluated, passes
from mba.decide.parts import MAKE
from mba.decide.score import Weights, fits_of, spoken
from mba.inputs import FUNCTIONS, Basis, Place, ratings_of
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Uncertainty
from mba.knowledge.measures import RATED, Measure
from mba.knowledge.rules import RuleSet
from mba.ratings import MIDDLE
from mba.sensitivity.hypercube import HYPERCUBE, Draws, Hypercube, read_from

CELLS = 2_000_000
"""Alternatives times draws that are held at once, about: 16 megabytes an array."""

CACHED = 300_000
"""Alternatives times draws that are worked out at once, about: what fits in the processor's cache by the array."""


class Drawn(NamedTuple):
    """Some draws: of ratings (1-5), of weights, and how every alternative does in each.

    `in_house` is where in its range the in-house cost of each function lies, from -1 to 1: what rests on it moves with
    it. `fits`, `costs` (£ a year) and `worths` (£ a year, or points of fit where money has no say; with the burden of
    proof) have a row for each alternative that is drawn, and so has `open_`, which says whether no gate that stands on
    a rating shuts it. Of those that are open `fittest` fits best, and `best` is worth most, for each function.
    """

    ratings: RatingColumns
    weights: Weights
    in_house: Real
    fits: Real
    costs: Real
    worths: Real
    open_: Mask
    fittest: Places
    best: Places


class _Band(NamedTuple):
    """Some functions in a row, with their alternatives: where both stand, as a table, and by function as `ways`.

    `priced` is what is priced for them, and `stands` which of that is the cost of each. `own` is where those stand
    among all whose cost moves alone.
    """

    functions: slice
    rows: slice
    table: Situations
    ways: Places
    priced: Situations
    stands: Places
    own: slice


class Drawing:
    """The alternatives that may be recommended, best first in each function, in every draw; some draws at a time.

    `table` has just these alternatives, and `alternatives` says where each stands among all. `today` is the place among
    them of how each function is run today, -1 where it is not said or not open.
    """

    def __init__(self, found: Evaluated, rules: RuleSet, draws: Draws) -> None:
        self.found, self.rules, self.draws = found, rules, draws
        chosen = np.flatnonzero(found.choice)
        order = np.lexsort(
            (found.order[chosen], found.pounds[chosen], -found.merit[chosen], found.table.function[chosen])
        )
        self.alternatives: Places = chosen[order]
        self.table: Situations = found.table.only(self.alternatives)
        self.priced_by = found.priced_by[self.alternatives]
        # What is paid and what is offered bear out an estimate, open or not.
        counts = found.table.as_today | ~np.isnan(found.table.quote)
        counts[self.alternatives] = counts[self.priced_by] = True
        priced = np.flatnonzero(counts)
        self.priced, self.stands = found.table.only(priced), np.searchsorted(priced, self.priced_by)
        self.at_once = max(1, min(HYPERCUBE, draws.number, CELLS // len(chosen)))
        self.costed = found.costed[self.table.function]
        self.place: Places = np.full(len(found.choice) + 1, -1)
        self.place[self.alternatives] = np.arange(len(self.alternatives))
        self.today: Places = self.place[found.today]
        self.kind = (2 * self.table.option + self.table.as_today).astype(np.int8)
        """Which option each is, otherwise than today or as today."""
        self.contested = found.any_of(found.choice).sum(axis=1) > 1
        """For each function whether more than one option may be recommended."""
        functions = self.table.functions
        self.free_to_shut = ((functions.decided < 0) & ~functions.unknown)[self.table.function]

    def __iter__(self) -> Iterator[Drawn]:
        """The draws, `at_once` of them at a time."""
        # Once as much was given back at once, glibc keeps the room of all arrays, and asks the system for none anew.
        np.empty(2 * CELLS)
        for block in self.draws.blocks():
            lines, others, weights = self._lines(block), self._others(block), self.weights(block)
            moved, worth = self._offers(block), self._worth(block)
            for start in range(0, block.size, self.at_once):
                part = slice(start, start + self.at_once)
                own, in_house = self._own(block, lines, part)
                ratings = {FUNCTIONS: own}
                for group, rows in others.items():
                    ratings[group] = {measure: rated[:, part] for measure, rated in rows.items()}
                some = {code: weight[part] for code, weight in weights.items()}
                yield self._drawn(ratings, some, in_house, moved[:, part], worth[:, part])

    @cached_property
    def bands(self) -> tuple[_Band, ...]:
        """All functions, so many in a row that of their alternatives in some draws no more than CACHED are."""
        starts, priced_from = np.append(self.table.starts, len(self.alternatives)), self.priced.starts
        every, bands = len(self.table.functions.rows), []
        several = max(1, CACHED * every // (self.at_once * len(self.alternatives)))
        for start in range(0, every, several):
            some = slice(start, min(start + several, every))
            first, end = starts[[some.start, some.stop]].tolist()
            bands.append(
                _Band(
                    functions=some,
                    rows=slice(first, end),
                    table=self.table.of_functions(some),
                    ways=in_columns(starts[start : some.stop + 1] - first),
                    priced=self.priced.of_functions(some),
                    stands=self.stands[first:end] - priced_from[start],
                    own=slice(*np.searchsorted(self.own, (first, end)).tolist()),
                )
            )
        return tuple(bands)

    def _drawn(self, ratings: RatingColumns, weights: Weights, in_house: Real, moved: Real, worth: Real) -> Drawn:
        """How every alternative does in some draws: so many functions at a time that arrays stay in the cache."""
        shape = len(self.alternatives), in_house.shape[1]
        fits, costs, worths, open_ = np.empty(shape), np.empty(shape), np.empty(shape), np.empty(shape, np.bool_)
        fittest, best = np.empty((2, *in_house.shape), np.intp)
        for band in self.bands:
            some, rows, table = band.functions, band.rows, band.table
            rated = {**ratings, FUNCTIONS: {measure: each[some] for measure, each in ratings[FUNCTIONS].items()}}
            fits[rows] = fits_of(table, spoken(table, rated, self.rules), weights)
            costs[rows] = self._costs(band, rated, in_house[some], moved[band.own])
            worths[rows] = self._worths(band, fits[rows], costs[rows], worth)
            open_[rows] = passes(table, rated, self.rules) | ~self.free_to_shut[rows, np.newaxis]
            shut = np.where(open_[rows], np.inf, -np.inf)
            fittest[some], best[some] = (
                rows.start + first_of_each(np.minimum(each[rows], shut), band.ways) for each in (fits, worths)
            )
        return Drawn(ratings, weights, in_house, fits, costs, worths, open_, fittest, best)

    def _costs(self, band: _Band, ratings: RatingColumns, in_house: Real, moved: Real) -> Real:
        """What alternatives count in some draws, £ a year: their costs, else today's; 0 where neither is known.

        They are priced anew by the ratings that are drawn.
        """
        # Where in its range each lies; then by how much it is multiplied.
        costs = in_house.take(band.table.function, axis=0)
        costs[self.own[band.own] - band.rows.start] = moved
        costs *= self.width[band.rows, np.newaxis]
        costs += 1
        costs *= priced_anew(band.priced, ratings, self.rules.costs).take(band.stands, axis=0)
        return costs

    def _worths(self, band: _Band, fits: Real, costs: Real, drawn: Real) -> Real:
        """What alternatives are worth in some draws: fit at its price, less a year's cost."""
        figures, moving, rows = self.found.figures, self.found.moving, self.alternatives[band.rows]
        premium, transfer, redundancy = drawn
        worths: Real = fits + figures.burden_of_proof.value * band.table.as_today[:, np.newaxis]
        proven = worths[~self.costed[band.rows]]
        worths *= self.found.point[band.functions][band.table.function, np.newaxis]
        worths *= premium
        worths -= costs
        places = np.flatnonzero(moving.once[rows])
        moves = rows[places]
        once = np.outer(moving.transfer[moves], transfer) + np.outer(moving.redundancy[moves], redundancy)
        worths[places] -= (once + moving.notice[moves][:, np.newaxis]) / figures.payback_years.value
        worths[~self.costed[band.rows]] = proven
        return worths

    def _worth(self, block: Hypercube) -> Real:
        """By what the price of fit, and each part of moving costs, is multiplied in every draw of a block."""
        uncertainty = self.rules.uncertainty
        premium, transfer, redundancy = (block.evenly(1, name)[0] for name in ("premium", "transfer", "redundancy"))
        parts = 1 + uncertainty.cost_moving.value * np.stack((transfer, redundancy))
        return np.vstack((uncertainty.premium.value**premium, parts))

    @cached_property
    def shift(self) -> Real:
        """For each rating which way it moves with how relational a function is, of which nothing was said."""
        defaults = self.rules.defaults
        ends = (defaults.relational.ratings, defaults.transactional.ratings)
        return np.array([np.sign(ends[0].get(each, MIDDLE) - ends[1].get(each, MIDDLE)) for each in RATED])

    @cached_property
    def own(self) -> Places:
        """The alternatives whose cost is known by itself, by an offer or by what is paid: each moves alone."""
        prices, rows = self.found.prices, self.priced_by
        return np.flatnonzero(prices.known[rows] & ~prices.estimated[rows] & (self.found.table.option[rows] != MAKE))

    @cached_property
    def width(self) -> Real:
        """How far the cost of each alternative may lie off, either way, as a share."""
        prices, rows, uncertainty = self.found.prices, self.priced_by, self.rules.uncertainty
        width = np.full(len(rows), uncertainty.cost_given.value)
        width[prices.estimated[rows]] = uncertainty.cost_estimated.value
        width[prices.quoted[rows]] = uncertainty.cost_quoted.value
        return width

    def weights(self, block: Hypercube) -> Weights:
        """The weights of the rules in a block."""
        return block.weights(self.rules)

    def _others(self, block: Hypercube) -> RatingColumns:
        """Every rating of a block but the functions': evenly over its half-width either way, within 1-5."""
        drawn: dict[str, dict[Measure, Real]] = {}
        for group, rows in self.table.rated_others():
            drawn[group] = {}
            for one in ratings_of(group):
                rated = np.repeat(self.table.ratings[group][one.measure], block.size, axis=1)
                for at, row in enumerate(rows):
                    width = half_range(Basis.GIVEN if one.is_given(row) else Basis.DEFAULT, self.rules.uncertainty)
                    rated[at] += width * block.evenly(1, *Place(one, getattr(row, "id", None)).names)[0]
                drawn[group][one.measure] = np.clip(rated, 1, 5, out=rated)
        return drawn

    def _lines(self, block: Hypercube) -> Real:
        """What is read for each function in a block: for its ratings, and last for its in-house cost."""
        return np.stack([block.line(_ROWS, "function", function.id) for function in self.table.functions.rows])

    def _own(self, block: Hypercube, lines: Real, part: slice) -> tuple[dict[Measure, Real], Real]:
        """The functions' own ratings in some draws of a block, and where in their ranges their in-house costs lie.

        The ratings of a function of which only one option may be recommended stay as they are.
        """
        functions, uncertainty, rated = self.table.functions, self.rules.uncertainty, dict[Measure, Real]()
        widths = np.array([half_range(basis, uncertainty) for basis in EVERY_BASIS])[functions.bases]
        widths[~self.contested] = 0
        *read, last = read_from(_ROWS, block.size)[:, part]
        together = lines.take(read[0], axis=1)
        for measure, at, bases, width, shift in zip(RATED, read, functions.bases.T, widths.T, self.shift, strict=True):
            own, unknown = lines.take(at, axis=1), np.flatnonzero(bases == _UNKNOWN)
            own[unknown] = shift * together[unknown]
            own *= width[:, np.newaxis]
            own += self.table.ratings[FUNCTIONS][measure]
            rated[measure] = np.clip(own, 1, 5, out=own)
        in_house, estimated = lines.take(last, axis=1), np.flatnonzero(np.isnan(functions.annual_cost))
        common = block.evenly(1, "catalogue")[0, part] - in_house[estimated]
        in_house[estimated] += uncertainty.cost_common.value * common
        return rated, in_house

    def _offers(self, block: Hypercube) -> Real:
        """Where in its range each cost that is known by itself lies, from -1 to 1; what is paid today is one cost."""
        drawn = np.empty((len(self.own), block.size))
        for row, alternative in zip(drawn, self.own.tolist(), strict=True):
            way = self.priced_by[alternative]
            names = ["quote", self.table.functions.rows[self.table.function[alternative]].id]
            if self.found.prices.quoted[way]:
                offer = self.table.offers.rows[self.found.table.offer[way]]
                names += [offer.option.value, *offer.whom]
            row[:] = block.evenly(1, *names)[0]
        return drawn


_UNKNOWN = EVERY_BASIS.index(Basis.UNKNOWN)
_ROWS = len(RATED) + 1
"""What is drawn for a function: each of its ratings, and its in-house cost."""


def half_range(basis: Basis, uncertainty: Uncertainty) -> float:
    """How far a rating may lie from its value, either way: narrow where given, widest where contested or unknown."""
    given, contested = uncertainty.rating_given, uncertainty.rating_contested
    widths = {Basis.GIVEN: given, Basis.CONTESTED: contested, Basis.UNKNOWN: contested}
    return widths.get(basis, uncertainty.rating_assumed).value


def first_of_each(figures: Real, ways: Places) -> Places:
    """Which alternative has most for each function in each draw, the earlier of equals.

    `ways` are places of alternatives, ways x functions, -1 where a function has fewer.
    """
    figures = np.vstack((figures, np.full((1, figures.shape[1]), -np.inf)))
    most = figures.take(ways[0], axis=0)
    place = np.zeros(most.shape, np.int32)
    for at, rows in enumerate(ways[1:], 1):
        others = figures.take(rows, axis=0, mode="wrap")
        np.maximum(place, (others > most) * np.int32(at), out=place)
        np.maximum(most, others, out=most)
    found: Places = ways[place, np.arange(len(most))[:, np.newaxis]]
    return found

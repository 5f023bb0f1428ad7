"""What to find out next: the inputs that are not known, by how much knowing each would improve the answers.

This is the expected value of partial perfect information, in £ of worth a year: the draws are sorted by the answer to
the question, and the option that is worth most on average among the draws with each answer is compared with what is
recommended. Where money is short, a pound counts by its price there. A lead that could be chance counts for nothing,
and a question is dropped where the value that is assumed now would lead to another answer than the present one.

An answer that changes no recommendation may still settle it. Given, a rating lies within half a point, as do the draws
with that answer; so the share of these in which the recommendation is chosen says how sure it would be. Such a question
is asked where the recommendation is open now and some answer would make it sure.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import EVERY_BASIS, OPTIONS, Mask, Places
from mba.decide.decide import Appraised
from mba.decide.parts import ALLY, BUY, SHARE
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Place, named, ratings_of
from mba.knowledge.degrees import Real
from mba.knowledge.measures import RATED
from mba.knowledge.rules import Floor
from mba.sensitivity.draws import Drawing, Drawn
from mba.sensitivity.smaa import at_least
from mba.sureness import Level, Question, level_of
from mba.terms import Option

ANSWERS = 6
"""A rating in whole points, 1-5, stands in its place; nobody answers 0."""

_EVERY = np.arange(ANSWERS, dtype=np.int8)[:, np.newaxis]

WEIGHED = 20_000_000
"""Alternatives times draws that are looked at: all draws of two thousand alternatives, and the first of more."""

KEPT = 8_000_000
"""Worths kept, at most, to judge by how much two alternatives differ: 32 megabytes."""

_CHANCE = 3.0  # Standard errors by which a lead must be beyond chance.


class Leads(NamedTuple):
    """What the answers to a question come to for a function.

    The gain in £ of worth a year, the option that each answer leads to, and how likely are the answers at which what is
    open now is sure, 0-1 each. `stays` are the answers that lead to what is as today.
    """

    gain: float
    options: dict[int, Option]
    sure: dict[int, float]
    stays: tuple[int, ...]


_NOTHING = Leads(0.0, {}, {}, ())


class _Unknown(NamedTuple):
    """What was not given and bears on the same alternatives: the places, and the rows of their answers among all.

    `functions` are those that it may bear on, `alternatives` whose worth it moves. `sums` are of the worths of these by
    answer (places x answers x alternatives), `counts` of draws (places x answers), and `came` of what was chosen for
    these functions (places x functions x answers x kinds).
    """

    places: tuple[Place, ...]
    rows: Places
    functions: Places
    alternatives: Places
    sums: Real
    counts: Real
    came: Real


class Questions:
    """What is not given, and what each answer to it comes to, found as the draws go by."""

    def __init__(self, appraised: Appraised, drawing: Drawing) -> None:
        self.found = appraised.found
        self.drawing, self.table = drawing, drawing.table
        self.picks, self.price = drawing.place[appraised.chosen.picks], appraised.chosen.price
        self.undecided: Mask = drawing.contested & ~self.table.functions.unknown
        self.ends = self.table.ends
        sizes = [len(self.table.ratings[of.group][of.measure]) for of in _RATINGS]
        self.first = dict(zip((*_RATINGS, _COST), np.cumsum([0, *sizes]).tolist(), strict=True))
        """Where the answers begin that are of an input."""
        same = groupby(self._unknown(), key=lambda each: each[2].tobytes())
        self.unknown = [self._new(list(some)) for _, some in same]
        self.sums, self.draws = np.zeros(len(self.table.function)), 0
        self.kinds: list[int] = drawing.kind.tolist()
        self.kept: list[NDArray[np.float32]] = []
        self.spreads: dict[tuple[int, int], float] = {}
        self.came = np.zeros((len(self.picks), len(_KINDS)), np.int64)
        needs = appraised.rules.parameters
        self.shut: dict[tuple[str, str], dict[int, Floor]] = {
            (SUPPLIERS, "trust"): {BUY: needs.credible_trust, ALLY: needs.ally_trust},
            (SUPPLIERS, "stability"): {ALLY: needs.ally_stability},
            (PARTNERS, "trust"): {SHARE: needs.credible_trust},
        }

    def _unknown(self) -> Iterator[tuple[Place, int, Places]]:
        """Every rating and every cost that was not given, with its row and the alternatives that it bears on."""
        functions = self.table.functions
        for place in np.flatnonzero(self.undecided).tolist():
            alternatives, id_ = np.arange(self.table.starts[place], self.ends[place]), functions.rows[place].id
            for at, measure in enumerate(RATED):
                if functions.bases[place, at] != _GIVEN:
                    yield Place(named(FUNCTIONS, measure), id_), place, alternatives
            if self.found.costed[place] and np.isnan(functions.annual_cost[place]):
                yield Place(_COST, id_), place, alternatives
        for group, rows in self.table.rated_others():
            for row, other in enumerate(rows):
                bears = np.flatnonzero(self.undecided[self.table.function] & self._with(group, row))
                for one in ratings_of(group) if len(bears) and self._is_listed(other) else ():
                    if not one.is_given(other):
                        yield Place(one, getattr(other, "id", None)), row, bears

    def _is_listed(self, other: object) -> bool:
        """Whether somebody is in the file, and not only named as running something today."""
        profile = self.table.profiles[0]
        return any(other is row for row in (profile.organisation, *profile.suppliers, *profile.partners))

    def _with(self, group: str, row: int) -> Mask:
        """The alternatives that are with somebody; all of them, for the organisation itself."""
        offers, offer = self.table.offers, self.table.offer
        if group == ORGANISATION:
            return np.ones(len(offer), np.bool_)
        if group == SUPPLIERS:
            theirs: Mask = offers.supplier == row
        else:
            theirs = np.logical_or.reduceat(offers.members == row, offers.starts)
        return theirs[offer]

    def _new(self, rows: Sequence[tuple[Place, int, Places]]) -> _Unknown:
        places, own, (alternatives, *_) = zip(*rows, strict=True)
        functions = np.flatnonzero(np.bincount(self.table.function[alternatives]))
        answers = np.array([self.first[place.input] for place in places]) + own
        sums, counts = np.zeros((len(rows), ANSWERS, len(alternatives))), np.zeros((len(rows), ANSWERS))
        came = np.zeros((len(rows), len(functions), ANSWERS, len(_KINDS)))
        return _Unknown(places, answers, functions, alternatives, sums, counts, came)

    def add(self, drawn: Drawn, chosen: Places) -> None:
        """Take some draws into account, and what was chosen in as many of them as money was looked at in."""
        if self.draws * len(self.sums) >= WEIGHED:
            return
        kinds, worths = self.drawing.kind[chosen], drawn.worths
        if self.price:
            worths = worths - self.price * self.drawing.costed[:, np.newaxis] * drawn.costs
        self.came += (kinds[:, :, np.newaxis] == _KINDS).sum(axis=1)
        self.draws += worths.shape[1]
        self.sums += worths.sum(axis=1)
        room = KEPT // len(worths) - sum(each.shape[1] for each in self.kept)
        self.kept.append(worths[:, :room].astype(np.float32))
        # Ratings in whole points, and in which third of its range each in-house cost lies.
        rated = [np.rint(drawn.ratings[of.group][of.measure]) for of in _RATINGS]
        thirds = np.clip((drawn.in_house + 1) * 1.5, 0, 2)
        answers = np.concatenate([*rated, thirds], dtype=np.int8, casting="unsafe")
        for each in self.unknown:
            given = answers[each.rows]
            by_answer = (given[:, np.newaxis] == _EVERY).astype(np.float64)
            own = worths.take(each.alternatives, axis=0)
            sums = by_answer.reshape(len(given) * ANSWERS, -1).dot(own.T)
            which = given[:, np.newaxis, : kinds.shape[1]] * np.int8(len(_KINDS)) + kinds[each.functions]
            first = np.arange(0, each.came.size, ANSWERS * len(_KINDS)).reshape(*which.shape[:2], 1)
            came = np.bincount((first + which).ravel(), minlength=each.came.size)
            for total, more in ((each.sums, sums), (each.counts, by_answer.sum(axis=2)), (each.came, came)):
                np.add(total, more.reshape(total.shape), out=total)

    @cached_property
    def settled(self) -> list[bool]:
        """For each function whether what is recommended is sure already."""
        return list(map(_is_sure, self.came.tolist(), map(self.kinds.__getitem__, self.picks.tolist())))

    def asked(self) -> tuple[Question, ...]:
        """What was not given and, once known, would change an answer.

        What is worth most to know comes first, and among equals what bears on most money.
        """
        questions = []
        for each in self.unknown:
            moved: list[dict[int, Leads]] = [{} for _ in each.places]
            for at, means in self._means(each):
                for number, place in enumerate(each.places):
                    by = self._by_worth if place.input.is_rating else self._by_choice
                    leads = by(means[number], each, number, at)
                    if len(set(leads.options.values())) > 1 or leads.sure:
                        moved[number][at] = leads
            questions += [self._asked(place, led) for place, led in zip(each.places, moved, strict=True) if led]
        weights = dict(zip((row.id for row in self.table.functions.rows), self.found.weight.tolist(), strict=True))
        return tuple(sorted(questions, key=lambda each: _order(each, weights)))

    def _asked(self, place: Place, moved: Mapping[int, Leads]) -> Question:
        """The question about an input, of the functions for which not all answers come to the same."""
        surer = sum(chain.from_iterable(leads.sure.values() for leads in moved.values()))
        one = next(iter(moved.values())) if len(moved) == 1 else _NOTHING
        ids = tuple(sorted(self.table.functions.rows[at].id for at in moved))
        gain = sum(leads.gain for leads in moved.values())
        told = gain, ids, one.options, surer, tuple(one.sure), one.stays
        return Question(place.input.group, place.of, place.input.key, *told)

    def _means(self, unknown: _Unknown) -> Iterator[tuple[int, Real]]:
        """Each function, with what each of its ways is worth on average with each answer: places x answers x ways.

        What the answer does not bear on is as in all draws; what it would shut, since whom it is with is too little
        trusted or too unsure of the future, is worth nothing.
        """
        starts, ends = self.table.starts[unknown.functions], self.ends[unknown.functions]
        ways = np.concatenate(list(map(np.arange, starts, ends)))
        means, rows = np.tile(self.sums[ways] / self.draws, (*unknown.counts.shape, 1)), unknown.alternatives
        theirs, option = np.searchsorted(ways, rows), self.table.option[rows]
        means[:, :, theirs] = unknown.sums / np.maximum(unknown.counts, 1)[:, :, np.newaxis]
        for of_place, asked in zip(means, unknown.places, strict=True):
            for at, floor in self.shut.get((asked.input.group, asked.input.key), {}).items():
                of_place[np.ix_(~floor.passed(np.arange(ANSWERS)), theirs[option == at])] = -np.inf
        yield from zip(unknown.functions.tolist(), np.split(means, np.cumsum(ends - starts)[:-1], axis=2), strict=True)

    def _by_worth(self, means: Real, unknown: _Unknown, number: int, place: int) -> Leads:
        """The option that is worth most on average among the draws with each answer, where it is so beyond chance."""
        asked, now = unknown.places[number].input, int(self.picks[place])
        best, gain = self._best(means, unknown.counts[number], place)
        kinds = {answer: self.kinds[way] for answer, way in best.items()}
        assumed = int(self.table.ratings[asked.group][asked.measure][unknown.rows[number] - self.first[asked], 0])
        if kinds.get(assumed, -1) // 2 != self.kinds[now] // 2:
            return _NOTHING
        return self._leads(gain, kinds, unknown, number, place)

    def _best(self, means: Real, counts: Real, place: int) -> tuple[dict[int, int], float]:
        """What is worth most at each answer, if beyond chance; and £ a year of knowing, none where money has no say."""
        start, now, gain, ways = int(self.table.starts[place]), int(self.picks[place]), 0.0, {}
        best = (start + means.argmax(axis=1)).tolist()
        for answer in np.flatnonzero(counts).tolist():
            way = best[answer]
            if way != now:
                lead, share = means[answer, way - start] - means[answer, now - start], counts[answer] / self.draws
                spread = self._spread(way, now)
                if lead <= _CHANCE * spread / math.sqrt(counts[answer]):
                    way, lead = now, 0.0
                # Where an answer closes what is recommended now, what is lost was never to be had.
                gain += float(share * (lead if math.isfinite(lead) else spread))
            ways[answer] = way
        return ways, gain if self.found.costed[place] else 0.0

    def _leads(self, gain: float, kinds: Mapping[int, int], unknown: _Unknown, number: int, place: int) -> Leads:
        """What answers come to, by the kind that each leads to; of what is open, by how often it is chosen then."""
        options = {answer: OPTIONS[kind // 2] for answer, kind in kinds.items()}
        stays = tuple(filter(lambda answer: kinds[answer] % 2, kinds))
        if self.settled[place]:
            return Leads(gain, options, {}, stays)
        came = unknown.came[number, int(np.searchsorted(unknown.functions, place))].tolist()
        whole = max(1, sum(map(sum, came)))
        sure = {answer: sum(came[answer]) / whole for answer, kind in kinds.items() if _is_sure(came[answer], kind)}
        return Leads(gain, options, sure, stays)

    def _spread(self, one: int, other: int) -> float:
        """By how much the fits of two alternatives differ from draw to draw: their standard deviation."""
        if (one, other) not in self.spreads:
            apart = [each[one].astype(np.float64) - each[other] for each in self.kept]
            self.spreads[one, other] = float(np.concatenate(apart).std())
        return self.spreads[one, other]

    def _by_choice(self, means: Real, unknown: _Unknown, number: int, place: int) -> Leads:
        """The option that is chosen most often inside the budget where a cost is low, middling and high.

        Only where it is so beyond chance; else that which is chosen most often in all.
        """
        table = unknown.came[number, 0, : len(_THIRDS)]
        now = int(table.sum(axis=0).argmax())
        kinds = {}
        for third, row in zip(_THIRDS, table, strict=True):
            best = int(row.argmax())
            lead = row[best] - row[now]
            kinds[third] = best if lead > _CHANCE * math.sqrt(row[best] + row[now]) else now
        _, gain = self._best(means, unknown.counts[number], place)
        return self._leads(gain, kinds, unknown, number, place)


_GIVEN = EVERY_BASIS.index(Basis.GIVEN)
_COST = named(FUNCTIONS, "annual_cost")
_THIRDS = range(3)
_KINDS = np.arange(2 * len(OPTIONS), dtype=np.int8)
"""Each option, otherwise than today and as today."""

_RATINGS = tuple(chain.from_iterable(map(ratings_of, (FUNCTIONS, ORGANISATION, SUPPLIERS, PARTNERS))))


def _is_sure(came: Sequence[float], kind: int) -> bool:
    draws = int(sum(came))
    return draws > 0 and level_of(at_least(came[kind] / draws, draws)) is not Level.OPEN


def _order(question: Question, weights: Mapping[str, int]) -> tuple[float, float, int, str, str, str]:
    """Most gain first, then what is likeliest to settle most, then what bears on most money."""
    money = sum(weights[id_] for id_ in question.functions)
    return -question.gain, -question.surer, -money, question.group, question.of or "", question.key

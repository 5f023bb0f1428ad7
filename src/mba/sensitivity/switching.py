"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is
evaluated anew and the portfolio chosen anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.about import Kind
from mba.decide.alternatives import OPTIONS
from mba.decide.decide import Appraised
from mba.decide.variants import Variant, Variants
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Place, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Profile
from mba.sureness import Question, Switch

MONEY_STEPS = tuple(step / 20 for step in range(-10, 11) if step)
"""By what share money is lowered and raised: 5% to 50%, in steps of 5%.

A change of 10% counts as much as a point of a rating.
"""

_STEP = 1 / 20

_SHOWN = 1_000
"""£ to which sums are shown, and so narrowed, where a step of them is more."""

_PENCE = {Kind.POUNDS: 0, Kind.POUNDS_A_HEAD: 2, Kind.PERCENT: 2}
"""To how many decimals a sum is rounded, by its kind; a rating is no sum."""

_GROUPS = (FUNCTIONS, PARTNERS, SUPPLIERS, ORGANISATION)


class Trial(NamedTuple):
    """A change of one input: its size in points of a rating, what changes, and the profile with it."""

    size: float
    switch: Switch
    variant: Variant
    changing: Changing

    def order(self) -> tuple[float, bool, int, str, str, float]:
        """Small changes first; among equals those of a value that was only assumed, then the function's own."""
        switch = self.switch
        return self.size, not switch.assumed, _GROUPS.index(switch.group), switch.of or "", switch.key, switch.then

    def becoming(self, option: int) -> Trial:
        """The same with the answer that it leads to, by the place of an option."""
        return self._replace(switch=self.switch._replace(becomes=OPTIONS[option]))


class Changing(NamedTuple):
    """An input that can be changed: where it is, its present value, and in which profile.

    `touched` are the ids of the functions that are evaluated anew.
    """

    place: Place
    now: float
    assumed: bool
    profile: Profile
    touched: Collection[str] = ()

    @property
    def pence(self) -> int | None:
        """To how many decimals of a pound it is rounded; None for a rating."""
        return _PENCE.get(self.place.input.about.kind)

    @property
    def is_assumed_rating(self) -> bool:
        """Whether it is a rating that was only assumed."""
        return self.assumed and self.pence is None

    def trials(self, most: float) -> list[Trial]:
        """Its changes up to a size: every other value of a rating, 1-5, or a sum raised and lowered by each step."""
        values = [1.0, 2.0, 3.0, 4.0, 5.0]
        if self.pence is not None:
            values = [self.now * (1 + step) for step in MONEY_STEPS]
        return [self.to(value) for value in values if 0 < self._size(self._rounded(value)) <= most]

    def to(self, value: float) -> Trial:
        """The change to a value."""
        then, (of, id_) = self._rounded(value), self.place
        after = self.place.set_on(self.profile, then)
        touched = tuple(filter(lambda function: function.id in self.touched, after.appraised))
        switch = Switch(of.group, id_, of.key, self.now, then, self.assumed)
        return Trial(self._size(then), switch, Variant(after, touched), self)

    def between(self, low: float, high: float) -> Trial | None:
        """The change to the sum in the middle, among those that are shown; None where none of them lies between."""
        unit = 10.0 ** -(self.pence or 0)
        if not self.pence and self.now * _STEP > _SHOWN:
            unit = _SHOWN
        middle = self._rounded(unit * round((low + high) / 2 / unit))
        return self.to(middle) if min(low, high) < middle < max(low, high) else None

    def _rounded(self, value: float) -> float:
        return round(value, self.pence) if self.pence else round(value)

    def _size(self, then: float) -> float:
        return abs(then - self.now) if self.pence is None else 10 * abs(then / self.now - 1)


class Trials:
    """Changes of one profile up to a size, in points of a rating, all of them tried at once."""

    def __init__(self, appraised: Appraised, rules: RuleSet, catalogue: Catalogue, most: float = math.inf) -> None:
        self.appraised, self.most = appraised, most
        self.variants = Variants(appraised.found, appraised.places, rules, catalogue)
        self.now = appraised.found.table.option[appraised.chosen.picks]

    def after(self, trials: Sequence[Trial]) -> NDArray[np.int8]:
        """What is recommended after each change, a row each: the place of an option."""
        parts = self.variants.outcomes([trial.variant for trial in trials])
        return np.concatenate([part.option.astype(np.int8) for part in parts])

    def own(self, place: int) -> list[list[Trial]]:
        """For each input of a function itself, its changes; none where its answer is decided or fixed by a gate."""
        return [changing.trials(self.most) for changing in _of_function(self.appraised, place)]

    @cached_property
    def shared(self) -> list[list[Trial]]:
        """For each input that functions have in common, its changes."""
        return [changing.trials(self.most) for changing in _of_others(self.appraised)]

    def first(self, asked: Sequence[tuple[int, list[Trial]]]) -> list[tuple[int, Trial]]:
        """For each function, by its place, and list of changes, the first that changes the answer; sums narrowed."""
        trials = {id(trial): trial for trial in chain.from_iterable(changes for _, changes in asked)}
        if not trials:
            return []
        row = {key: number for number, key in enumerate(trials)}
        after = self.after(list(trials.values()))
        changed = after != self.now
        hits = []
        for place, changes in asked:
            rows = [row[id(trial)] for trial in changes]
            found = np.flatnonzero(changed[rows, place])
            if len(found):
                hits.append((place, changes[found[0]].becoming(after[rows[found[0]], place])))
        return self._narrowed(hits)

    def _narrowed(self, hits: list[tuple[int, Trial]]) -> list[tuple[int, Trial]]:
        """The smallest changes of sums: halving what lies between a step that changes the answer and the one before."""
        low = {}
        for at, (_, trial) in enumerate(hits):
            if trial.changing.pence is not None:  # The sum that is tried just before, on the way from the present one.
                now, then = trial.switch.now, trial.switch.then
                low[at] = then - math.copysign(now * _STEP, then - now)
        while low:
            middles: dict[int, Trial] = {}
            for at, tried in list(low.items()):
                middle = hits[at][1].changing.between(tried, hits[at][1].switch.then)
                if middle:
                    middles[at] = middle
                else:
                    del low[at]
            after = self.after(list(middles.values())) if middles else ()
            for (at, middle), answers in zip(middles.items(), after, strict=True):
                place, _ = hits[at]
                if answers[place] == self.now[place]:
                    low[at] = middle.switch.then
                else:
                    hits[at] = place, middle.becoming(answers[place])
        return hits


def switches(appraised: Appraised, id_: str, rules: RuleSet, catalogue: Catalogue) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation.

    The smallest changes first. Ratings move in whole points from 1 to 5; money in steps of 5% up to half, and then by
    halving the step down to what is shown: a penny a head, £1,000, a hundredth of a percent. What is decided or fixed
    by a gate switches with nothing.
    """
    trials, place = Trials(appraised, rules, catalogue), appraised.places[id_]
    own = trials.own(place)
    inputs = [*own, *trials.shared] if own else []
    hits = trials.first([(place, sorted(changes, key=Trial.order)) for changes in inputs])
    return tuple(trial.switch for trial in sorted((trial for _, trial in hits), key=Trial.order))


def nearest(
    appraised: Appraised, ids: Sequence[str], rules: RuleSet, catalogue: Catalogue, most: float = 1
) -> dict[str, Switch]:
    """For each of these functions the smallest single change that changes its recommendation.

    Only changes up to a size, in points of a rating, are tried.
    """
    if not ids:
        return {}
    trials = Trials(appraised, rules, catalogue, most)
    shared = list(chain.from_iterable(trials.shared))
    asked = []
    for place in (appraised.places[id_] for id_ in ids):
        own = list(chain.from_iterable(trials.own(place)))
        if own:
            asked.append((place, sorted([*own, *shared], key=Trial.order)))
    functions = appraised.found.table.functions.rows
    return {functions[place].id: trial.switch for place, trial in trials.first(asked)}


def deciding(appraised: Appraised, ids: Sequence[str], rules: RuleSet, catalogue: Catalogue) -> list[Question]:
    """The ratings that were only assumed and change what is recommended for one of these functions, each by itself.

    A question each, with what every answer leads to where it is of one function. What knowing it is worth is not known.
    """
    trials = Trials(appraised, rules, catalogue)
    own = {place: list(_of_function(appraised, place)) for place in map(appraised.places.__getitem__, ids)}
    places = list(filter(own.__getitem__, own))
    changing = filter(attrgetter("is_assumed_rating"), [*chain.from_iterable(own.values()), *_of_others(appraised)])
    assumed = [each.trials(math.inf) for each in changing]
    if not places or not assumed:
        return []
    after = iter(trials.after(list(chain.from_iterable(assumed))))
    questions = []
    for tried in assumed:
        now = round(tried[0].switch.now)
        options = {now: trials.now} | {round(trial.switch.then): next(after) for trial in tried}
        questions += _led(tried[0].switch, options, places, appraised)
    return questions


def _led(
    switch: Switch, options: dict[int, NDArray[np.int8]], places: Sequence[int], appraised: Appraised
) -> list[Question]:
    """The question about an input, by what is recommended at each answer; none where that is the same for all."""
    came = np.array([options[answer][places] for answer in sorted(options)])
    moved = np.flatnonzero((came != came[0]).any(axis=0)).tolist()
    if not moved:
        return []
    functions, leads = appraised.found.table.functions.rows, {}
    if len(moved) == 1:
        leads = dict(zip(sorted(options), map(OPTIONS.__getitem__, came[:, moved[0]]), strict=True))
    ids = tuple(sorted(functions[places[at]].id for at in moved))
    return [Question(switch.group, switch.of, switch.key, 0.0, ids, leads)]


def _of_function(appraised: Appraised, place: int) -> Iterator[Changing]:
    """Each input of the function itself: tried on a profile of it and those whose price today it may move.

    None where its answer is decided or fixed by a gate.
    """
    found, profile, functions = appraised.found, appraised.profile, appraised.found.table.functions
    if functions.decided[place] >= 0 or functions.fixed[place]:
        return
    function = functions.rows[place]
    together = profile.together(function.id)
    few = profile.model_copy(update={"functions": tuple(row for row in profile.functions if row.id in together)})
    for measure, rated in found.table.rated(place).items():
        at = Place(named(FUNCTIONS, measure), function.id)
        yield Changing(at, rated.value, rated.basis is not Basis.GIVEN, few, together)
    pounds = found.prices.in_house.total[place]
    if now := 0 if np.isnan(pounds) else round(pounds):
        at = Place(named(FUNCTIONS, "annual_cost"), function.id)
        yield Changing(at, now, function.annual_cost is None, few, together)


def _of_others(appraised: Appraised) -> Iterator[Changing]:
    """Each input that functions have in common: the budget, the client, and everybody on offer."""
    profile, organisation = appraised.profile, appraised.profile.organisation
    for key, now in (("budget_per_head", appraised.money.per_head), ("premium", None)):
        one = named(ORGANISATION, key)
        if now := one.value(organisation) if now is None else now:
            yield Changing(Place(one, None), now, one.given(organisation) is None, profile)
    everybody = frozenset(function.id for function in profile.appraised)
    touched = [(ORGANISATION, organisation, everybody)]
    for group in (PARTNERS, SUPPLIERS):
        touched += [(group, row, profile.concerns(row)) for row in getattr(profile, group)]
    for group, row, ids in touched:
        for one in ratings_of(group):
            at = Place(one, getattr(row, "id", None))
            yield Changing(at, one.value(row), one.given(row) is None, profile, ids)

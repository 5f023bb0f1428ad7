"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is
evaluated anew and the portfolio chosen anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mba.decide.alternatives import OPTIONS
from mba.decide.decide import Appraised
from mba.decide.variants import Variant, Variants
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Place, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Organisation, Partner, Profile, Supplier
from mba.sureness import Switch

MONEY_STEPS = (*(step / 20 for step in range(-10, 0)), *(step / 20 for step in range(1, 11)))
"""By what share money is lowered and raised: 5% to 50%, in steps of 5%.

A change of 10% counts as much as a point of a rating.
"""

_STEP = 1 / 20

_SHOWN = 1_000
"""£ to which sums are shown, and so narrowed, where a step of them is more."""

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


class Changing(NamedTuple):
    """An input that can be changed: where it is, its present value, and the profile with another.

    `pence` is to how many decimals a sum is rounded; None for a rating.
    """

    place: Place
    now: float
    assumed: bool
    pence: int | None
    variant: Callable[[Place, float], Variant]

    def trials(self, most: float) -> list[Trial]:
        """Its changes up to a size: every other value of a rating, 1-5, or a sum raised and lowered by each step."""
        values = [1.0, 2.0, 3.0, 4.0, 5.0]
        if self.pence is not None:
            values = [self.now * (1 + step) for step in MONEY_STEPS]
        return [self.to(value) for value in values if 0 < self._size(self._rounded(value)) <= most]

    def to(self, value: float) -> Trial:
        """The change to a value."""
        then = self._rounded(value)
        switch = Switch(self.place.input.group, self.place.of, self.place.input.key, self.now, then, self.assumed)
        return Trial(self._size(then), switch, self.variant(self.place, then), self)

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


class Hit(NamedTuple):
    """A change that changes the answer for a function, by its place, and what the answer then is."""

    place: int
    trial: Trial
    option: int


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
        functions = self.appraised.found.table.functions
        if functions.decided[place] >= 0 or functions.fixed[place]:
            return []
        return [changing.trials(self.most) for changing in _of_function(self.appraised, place)]

    @cached_property
    def shared(self) -> list[list[Trial]]:
        """For each input that functions have in common, its changes."""
        return [changing.trials(self.most) for changing in _of_others(self.appraised)]

    def first(self, asked: Sequence[tuple[int, list[Trial]]]) -> list[Hit]:
        """For each function and list of changes, the first that changes the answer, where one does; sums narrowed."""
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
                hits.append(Hit(place, changes[found[0]], int(after[rows[found[0]], place])))
        return self._narrowed(hits)

    def _narrowed(self, hits: Sequence[Hit]) -> list[Hit]:
        """The smallest changes of sums: halving what lies between a step that changes the answer and the one before."""
        found, low = list(hits), {}
        for at, hit in enumerate(hits):
            if (
                hit.trial.changing.pence is not None
            ):  # The sum that is tried just before, on the way from the present one.
                now, then = hit.trial.switch.now, hit.trial.switch.then
                low[at] = then - math.copysign(now * _STEP, then - now)
        while low:
            middles: dict[int, Trial] = {}
            for at, tried in list(low.items()):
                middle = found[at].trial.changing.between(tried, found[at].trial.switch.then)
                if middle:
                    middles[at] = middle
                else:
                    del low[at]
            after = self.after(list(middles.values())) if middles else ()
            for (at, middle), answers in zip(middles.items(), after, strict=True):
                option = int(answers[found[at].place])
                if option != self.now[found[at].place]:
                    found[at] = Hit(found[at].place, middle, option)
                else:
                    low[at] = middle.switch.then
        return found


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
    return tuple(_switch(hit) for hit in sorted(hits, key=lambda hit: hit.trial.order()))


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
    return {functions[hit.place].id: _switch(hit) for hit in trials.first(asked)}


def _switch(hit: Hit) -> Switch:
    return hit.trial.switch._replace(becomes=OPTIONS[hit.option])


def _of_function(appraised: Appraised, place: int) -> Iterator[Changing]:
    """Each input of the function itself: tried on a profile of it and those whose price today it may move."""
    found, profile = appraised.found, appraised.profile
    function = found.table.functions.rows[place]
    together = profile.together(function.id)
    few = profile.model_copy(update={"functions": tuple(row for row in profile.functions if row.id in together)})

    def changed(at: Place, value: float) -> Variant:
        after = at.set_on(few, value)
        return Variant(after, after.appraised)

    for measure, rated in found.table.rated(place).items():
        at = Place(named(FUNCTIONS, measure), function.id)
        yield Changing(at, rated.value, rated.basis is not Basis.GIVEN, None, changed)
    pounds = found.prices.in_house.total[place]
    now = 0 if np.isnan(pounds) else round(pounds)
    if now:
        at = Place(named(FUNCTIONS, "annual_cost"), function.id)
        yield Changing(at, now, function.annual_cost is None, 0, changed)


def _of_others(appraised: Appraised) -> Iterator[Changing]:
    """Each input that functions have in common: the budget, the client, and everybody on offer."""
    profile = appraised.profile

    def changed(at: Place, value: float) -> Variant:
        return Variant(at.set_on(profile, value), ())

    usual = profile.organisation.budget_per_head is None
    yield Changing(Place(named(ORGANISATION, "budget_per_head"), None), appraised.money.per_head, usual, 2, changed)
    premium = named(ORGANISATION, "premium")
    at, now = Place(premium, None), premium.value(profile.organisation)
    if now:
        yield Changing(at, now, not premium.is_given(profile.organisation), 2, changed)
    for group, rows in (
        (ORGANISATION, (profile.organisation,)),
        (PARTNERS, profile.partners),
        (SUPPLIERS, profile.suppliers),
    ):
        for row in rows:
            touched = _touched(profile, row)

            def touching(at: Place, value: float, touched: Sequence[Function] = touched) -> Variant:
                return Variant(at.set_on(profile, value), touched)

            for one in ratings_of(group):
                at = Place(one, getattr(row, "id", None))
                yield Changing(at, one.value(row), one.given(row) is None, None, touching)


def _touched(profile: Profile, row: Organisation | Partner | Supplier) -> tuple[Function, ...]:
    """The functions that somebody offers or runs today; all of them where it is the organisation itself."""
    if isinstance(row, Organisation):
        return profile.appraised
    ids = profile.concerns(row)
    return tuple(filter(lambda function: function.id in ids, profile.appraised))

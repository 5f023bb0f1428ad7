"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is
evaluated anew and the portfolio chosen anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Places
from mba.decide.decide import Appraised
from mba.decide.variants import Variant, Variants
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Place, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Profile
from mba.results import Basis
from mba.sureness import Switch

MONEY_STEPS = tuple(step / 20 for step in range(1, 11))
"""By what share money is raised and lowered: 5% to 50%, in steps of 5%.

A change of 10% counts as much as a point of a rating.
"""

_HALVINGS = 5
"""Times that what lies between two steps is halved: to a sixth of a percent."""

_GROUPS = (FUNCTIONS, PARTNERS, SUPPLIERS, ORGANISATION)


class Trial(NamedTuple):
    """A change of one input: its size in points of a rating, what changes, and the profile with it.

    Of money, `to` gives the change to another sum, so that what lies between two steps can be tried.
    """

    size: float
    switch: Switch
    variant: Variant
    to: Callable[[float], Trial] | None = None

    def order(self) -> tuple[float, bool, int, str, str, float]:
        """Small changes first; among equals those of a value that was only assumed, then the function's own."""
        switch = self.switch
        return self.size, not switch.assumed, _GROUPS.index(switch.group), switch.of or "", switch.key, switch.then


class Hit(NamedTuple):
    """A change that changes the answer for a function, by its place, and what the answer then is."""

    place: int
    trial: Trial
    option: int


class Trials:
    """Changes of one profile, all of them tried at once."""

    def __init__(self, appraised: Appraised, rules: RuleSet, catalogue: Catalogue) -> None:
        self.appraised = appraised
        self.variants = Variants(appraised.found, appraised.places, rules, catalogue)
        self.now: Places = self.after([])[0]

    def after(self, trials: Sequence[Trial]) -> Places:
        """What is recommended as things stand and after each change, a row each: the place of an option."""
        unchanged = Variant(self.appraised.profile, ())
        return self.variants.outcomes([unchanged, *(trial.variant for trial in trials)]).option

    def own(self, place: int) -> list[list[Trial]]:
        """For each input of a function itself, its changes; none where its answer is decided or fixed by a gate."""
        functions = self.appraised.found.table.functions
        if functions.decided[place] >= 0 or functions.fixed[place]:
            return []
        return list(_of_function(self.appraised, place))

    @cached_property
    def shared(self) -> list[list[Trial]]:
        """For each input that functions have in common, its changes."""
        return list(_of_others(self.appraised))

    def first(self, asked: Sequence[tuple[int, list[Trial]]]) -> list[Hit]:
        """For each function and list of changes, the first that changes the answer, where one does; sums narrowed."""
        trials = {id(trial): trial for _, changes in asked for trial in changes}
        row = {key: number for number, key in enumerate(trials, 1)}
        after = self.after(list(trials.values()))
        changed = after != self.now
        hits = []
        for place, changes in asked:
            first = next((trial for trial in changes if changed[row[id(trial)], place]), None)
            if first:
                hits.append(Hit(place, first, int(after[row[id(first)], place])))
        return self._narrowed(hits)

    def _narrowed(self, hits: Sequence[Hit]) -> list[Hit]:
        """The smallest change of a sum that changes the answer.

        It is found by halving what lies between a step that does and the one before, which does not.
        """
        found = list(hits)
        low = [trial.switch.now + (trial.switch.then - trial.switch.now) * (1 - _step(trial)) for _, trial, _ in found]
        for _ in range(_HALVINGS):
            sums = [(at, hit.trial.to) for at, hit in enumerate(found) if hit.trial.to]
            middles = [to((low[at] + found[at].trial.switch.then) / 2) for at, to in sums]
            for (at, _), middle, after in zip(sums, middles, self.after(middles)[1:], strict=True):
                option = int(after[found[at].place])
                if option != self.now[found[at].place]:
                    found[at] = Hit(found[at].place, middle, option)
                else:
                    low[at] = middle.switch.then
        return found


def _step(trial: Trial) -> float:
    """The first step of a sum as a share of the whole change."""
    change = abs(trial.switch.then / trial.switch.now - 1) if trial.to else 1.0
    return MONEY_STEPS[0] / change


def switches(appraised: Appraised, id_: str, rules: RuleSet, catalogue: Catalogue) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation.

    The smallest changes first. Ratings move in whole points from 1 to 5; money in steps of 5% up to half, and then by
    halving the step. What is decided or fixed by a gate switches with nothing.
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
    trials = Trials(appraised, rules, catalogue)
    shared = [trial for changes in trials.shared for trial in changes if trial.size <= most]
    asked = []
    for place in (appraised.places[id_] for id_ in ids):
        own = [trial for changes in trials.own(place) for trial in changes if trial.size <= most]
        if own:
            asked.append((place, sorted([*own, *shared], key=Trial.order)))
    functions = appraised.found.table.functions.rows
    return {functions[hit.place].id: _switch(hit) for hit in trials.first(asked)}


def _switch(hit: Hit) -> Switch:
    return hit.trial.switch._replace(becomes=OPTIONS[hit.option])


def _of_function(appraised: Appraised, place: int) -> Iterator[list[Trial]]:
    """For each input of the function itself, its changes."""
    found, profile = appraised.found, appraised.profile
    function = found.table.functions.rows[place]

    def changed(at: Place, value: float) -> Variant:
        return Variant(profile, (at.input.on_row(function, value),))

    for measure, rated in found.table.rated(place).items():
        at = Place(named(FUNCTIONS, measure), function.id)
        yield _rerated(at, rated.value, changed, assumed=rated.basis is not Basis.GIVEN)
    pounds = found.prices.in_house.total[place]
    if not np.isnan(pounds):
        at = Place(named(FUNCTIONS, "annual_cost"), function.id)
        yield _resized(at, round(pounds), changed, 0, assumed=function.annual_cost is None)


def _of_others(appraised: Appraised) -> Iterator[list[Trial]]:
    """For each input that functions have in common, its changes: the budget, the client, and everybody on offer."""
    profile = appraised.profile

    def changed(at: Place, value: float) -> Variant:
        return Variant(at.set_on(profile, value), ())

    usual = profile.organisation.budget_per_head is None
    yield _resized(Place(named(ORGANISATION, "budget_per_head"), None), appraised.per_head, changed, 2, assumed=usual)
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
                yield _rerated(at, one.value(row), touching, assumed=one.given(row) is None)


def _touched(profile: Profile, row: object) -> tuple[Function, ...]:
    """The functions that somebody offers; all of them where it is the organisation itself."""
    offered = getattr(row, "functions", "all")
    if offered == "all":
        return profile.functions
    return tuple(function for function in profile.functions if function.id in offered)


def _rerated(at: Place, now: int, changed: Callable[[Place, float], Variant], *, assumed: bool) -> list[Trial]:
    """Every other value of a rating, 1-5, with how far it is from the present one."""
    trials = []
    for then in range(1, 6):
        if then != now:
            switch = Switch(at.input.group, at.of, at.input.key, now, then, assumed)
            trials.append(Trial(abs(then - now), switch, changed(at, then)))
    return trials


def _resized(
    at: Place, now: float, changed: Callable[[Place, float], Variant], pence: int, *, assumed: bool
) -> list[Trial]:
    """A sum raised and lowered by each step; rounded to so many decimals of a pound."""

    def to(sum_: float) -> Trial:
        then = round(sum_, pence) if pence else round(sum_)
        switch = Switch(at.input.group, at.of, at.input.key, now, then, assumed)
        return Trial(10 * abs(then / now - 1), switch, changed(at, then), to)

    changes = []
    for step in MONEY_STEPS:
        changes += [to(now * (1 - step)), to(now * (1 + step))]
    return changes

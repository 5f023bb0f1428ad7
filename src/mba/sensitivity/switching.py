"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is
appraised anew and the portfolio chosen anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mba.decide.alternatives import Appraisal, Appraised
from mba.decide.decide import appraisal_of, with_money
from mba.decide.portfolio import picks
from mba.decide.score import Scored
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Input, Place, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import RATED
from mba.knowledge.rules import GateCode, RuleSet
from mba.profile import Option, Partner, Profile, Supplier
from mba.results import Basis
from mba.sureness import Switch

MONEY_STEPS = tuple(step / 20 for step in range(1, 11))
"""By what share money is raised and lowered: 5% to 50%, in steps of 5%.

A change of 10% counts as much as a point of a rating.
"""

_HALVINGS = 5
"""Times that what lies between two steps is halved: to a sixth of a percent."""


class Trial(NamedTuple):
    """A change of one input.

    Its size in points of a rating, what changes, the profile with it, and the functions it touches. Of money, `to`
    gives the change to another sum, so that what lies between two steps can be tried.
    """

    size: float
    switch: Switch
    profile: Profile
    touches: frozenset[str]
    to: Callable[[float], Trial] | None = None


class Trials:
    """Changes of one profile, each tried at most once."""

    def __init__(self, appraised: Appraised, rules: RuleSet, catalogue: Catalogue) -> None:
        self.appraised, self.rules, self.catalogue = appraised, rules, catalogue
        self.now = self.options(appraised)
        self.shared = [list(changes) for changes in _of_others(appraised)]
        self.scored: Scored = {}
        self.tried: dict[Switch, Mapping[str, Option]] = {}

    @staticmethod
    def options(appraised: Appraised) -> dict[str, Option]:
        """What is recommended for each function, by id."""
        chosen = picks(appraised.appraisals, appraised.free)
        pairs = zip(appraised.appraisals, chosen, strict=True)
        return {appraisal.id: pick.option for appraisal, pick in pairs}

    def after(self, change: Trial) -> Mapping[str, Option]:
        """What is recommended for each function once the change is made."""
        if change.switch not in self.tried:
            appraisals = list(self.appraised.before_money)
            for number, function in enumerate(change.profile.functions):
                if function.id in change.touches:
                    appraisals[number] = appraisal_of(change.profile, function, self.rules, self.catalogue, self.scored)
            self.tried[change.switch] = self.options(with_money(change.profile, appraisals))
        return self.tried[change.switch]

    def inputs(self, id_: str) -> list[list[Trial]]:
        """For each input that could change the answer for a function, its changes, the smallest first."""
        appraisal = self.appraised.of(id_)
        fixed = {GateCode.STATUTORY, GateCode.KEPT} & set(appraisal.blocked[Option.BUY])
        if appraisal.rated.function.decided or fixed:
            return []
        changes = [*_of_function(self.appraised.profile, appraisal), *self.shared]
        return [sorted(of_one, key=lambda change: change.size) for of_one in changes]

    def first(self, id_: str, changes: list[Trial]) -> tuple[float, Switch] | None:
        """The first of the changes that changes the answer for a function, with its size."""
        for change in changes:
            if self.after(change)[id_] is not self.now[id_]:
                least = self.narrowed(id_, change) if change.to else change
                return least.size, least.switch._replace(becomes=self.after(least)[id_])
        return None

    def narrowed(self, id_: str, change: Trial) -> Trial:
        """The smallest change of a sum that changes the answer.

        It is found by halving what lies between a step that does and the one before, which does not.
        """
        now, then = change.switch.now, change.switch.then
        step = now * MONEY_STEPS[0] * (1 if then > now else -1)
        low = then - step
        for _ in range(_HALVINGS):
            if change.to is None:
                break
            middle = change.to((low + change.switch.then) / 2)
            if self.after(middle)[id_] is not self.now[id_]:
                change = middle
            else:
                low = middle.switch.then
        return change


def switches(appraised: Appraised, id_: str, rules: RuleSet, catalogue: Catalogue) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation.

    The smallest changes first. Ratings move in whole points from 1 to 5; money in steps of 5% up to half, and then by
    halving the step. What is decided or fixed by a gate switches with nothing.
    """
    trials = Trials(appraised, rules, catalogue)
    hits = (trials.first(id_, changes) for changes in trials.inputs(id_))
    return tuple(switch for _, switch in sorted(filter(None, hits), key=_order))


def nearest(
    appraised: Appraised, ids: list[str], rules: RuleSet, catalogue: Catalogue, most: float = 1
) -> dict[str, Switch]:
    """For each of these functions the smallest single change that changes its recommendation.

    Only changes up to a size, in points of a rating, are tried.
    """
    trials = Trials(appraised, rules, catalogue)
    nearest_ = {}
    for id_ in ids:
        small: list[Trial] = []
        for of_one in trials.inputs(id_):
            small += [change for change in of_one if change.size <= most]
        hit = trials.first(id_, sorted(small, key=lambda change: _order((change.size, change.switch))))
        if hit:
            nearest_[id_] = hit[1]
    return nearest_


def _order(hit: tuple[float, Switch]) -> tuple[float, bool, int, str, str, float]:
    """Small changes first; among equals those of a value that was only assumed, then the function's own."""
    size, switch = hit
    return size, not switch.assumed, _GROUPS.index(switch.group), switch.of or "", switch.key, switch.then


_GROUPS = (FUNCTIONS, PARTNERS, SUPPLIERS, ORGANISATION)


def _of_function(profile: Profile, appraisal: Appraisal) -> Iterator[list[Trial]]:
    """For each input of the function itself, its changes."""
    here = frozenset([appraisal.id])
    for measure in RATED:
        rated = appraisal.rated.ratings[measure]
        place = Place(named(FUNCTIONS, measure), appraisal.id)
        yield _rerated(profile, place, rated.value, here, assumed=rated.basis is not Basis.GIVEN)
    if appraisal.in_house:
        estimated = appraisal.rated.function.annual_cost is None
        place = Place(named(FUNCTIONS, "annual_cost"), appraisal.id)
        yield _resized(profile, place, appraisal.in_house, here, 0, assumed=estimated)


def _of_others(appraised: Appraised) -> Iterator[list[Trial]]:
    """For each input that functions have in common, its changes: the budget, the client, and everybody on offer."""
    profile = appraised.profile
    everything = frozenset(function.id for function in profile.functions)
    usual = profile.organisation.budget_per_head is None
    place = Place(named(ORGANISATION, "budget_per_head"), None)
    yield _resized(profile, place, appraised.per_head, frozenset(), 2, assumed=usual)
    for row in ratings_of(ORGANISATION):
        yield _of_row(profile, row, None, profile.organisation, everything)
    for group in (PARTNERS, SUPPLIERS):
        others: tuple[Partner | Supplier, ...] = getattr(profile, group)
        for other in others:
            touched = everything if other.functions == "all" else everything & set(other.functions)
            for row in ratings_of(group):
                yield _of_row(profile, row, other.id, other, touched)


def _of_row(profile: Profile, rating: Input, of: str | None, row: object, touches: frozenset[str]) -> list[Trial]:
    """Every other value of a rating in a row."""
    assumed = rating.given(row) is None
    return _rerated(profile, Place(rating, of), rating.value(row), touches, assumed=assumed)


def _rerated(profile: Profile, place: Place, now: int, touches: frozenset[str], *, assumed: bool) -> list[Trial]:
    """Every other value of a rating, 1-5, with how far it is from the present one."""
    trials = []
    for then in range(1, 6):
        if then != now:
            switch = Switch(place.input.group, place.of, place.input.key, now, then, assumed)
            trials.append(Trial(abs(then - now), switch, place.set_on(profile, then), touches))
    return trials


def _resized(
    profile: Profile, place: Place, now: float, touches: frozenset[str], pence: int, *, assumed: bool
) -> list[Trial]:
    """A sum raised and lowered by each step; rounded to so many decimals of a pound."""

    def to(sum_: float) -> Trial:
        then = round(sum_, pence) if pence else round(sum_)
        switch = Switch(place.input.group, place.of, place.input.key, now, then, assumed)
        return Trial(10 * abs(then / now - 1), switch, place.set_on(profile, then), touches, to)

    changes = []
    for step in MONEY_STEPS:
        changes += [to(now * (1 - step)), to(now * (1 + step))]
    return changes

"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is weighed anew and the
portfolio chosen anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from mba.decide.decide import Weighed, case_of, weighed_with
from mba.decide.portfolio import Case, picks
from mba.decide.score import Scored
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import RATED
from mba.knowledge.rules import GateCode, RuleSet
from mba.profile import MIDDLE, Function, Option, Partner, Profile, Ratings, Supplier
from mba.results import Basis
from mba.sureness import Switch

MONEY_STEPS = tuple(step / 20 for step in range(1, 11))
"""By what share money is raised and lowered: 5% to 50%, in steps of 5%. A change of 10% counts as much as a point of a rating."""

_HALVINGS = 5
"""Times that what lies between two steps is halved: to a sixth of a percent."""
_RATED_OF_OTHERS = ("trust", "stability", "local_presence")


class Change(NamedTuple):
    """A change of one input: its size in points of a rating, what changes, the profile with it, and the ids of the functions that it touches.

    Of money, `to` gives the change to another sum, so that what lies between two steps can be tried.
    """

    size: float
    switch: Switch
    profile: Profile
    touches: frozenset[str]
    to: Callable[[float], Change] | None = None


class Trials:
    """Changes of one profile, each tried at most once."""

    def __init__(self, weighed: Weighed, rules: RuleSet, catalogue: Catalogue) -> None:
        self.weighed, self.rules, self.catalogue = weighed, rules, catalogue
        self.now = self.options(weighed)
        self.shared = [list(changes) for changes in _of_others(weighed)]
        self.scored: Scored = {}
        self.found: dict[Switch, Mapping[str, Option]] = {}

    @staticmethod
    def options(weighed: Weighed) -> dict[str, Option]:
        """What is recommended for each function, by id."""
        chosen = picks(weighed.cases, weighed.allowance - weighed.committed)
        return {case.judged.function.id: pick.option for case, pick in zip(weighed.cases, chosen, strict=True)}

    def after(self, change: Change) -> Mapping[str, Option]:
        """What is recommended for each function once the change is made."""
        if change.switch not in self.found:
            functions = zip(change.profile.functions, self.weighed.before_money, strict=True)
            cases = [
                case_of(change.profile, function, self.rules, self.catalogue, self.scored)
                if function.id in change.touches
                else case
                for function, case in functions
            ]
            self.found[change.switch] = self.options(weighed_with(change.profile, cases))
        return self.found[change.switch]

    def inputs(self, id_: str) -> list[list[Change]]:
        """For each input that could change the answer for a function, its changes, the smallest first."""
        case = next(case for case in self.weighed.cases if case.judged.function.id == id_)
        if case.judged.function.decided or {GateCode.STATUTORY, GateCode.KEPT} & set(case.blocked[Option.BUY]):
            return []
        found = [*_of_function(self.weighed.profile, case), *self.shared]
        return [sorted(changes, key=lambda change: change.size) for changes in found]

    def first(self, id_: str, changes: list[Change]) -> tuple[float, Switch] | None:
        """The first of the changes that changes the answer for a function, with its size."""
        for change in changes:
            if self.after(change)[id_] is not self.now[id_]:
                nearest_ = self.narrowed(id_, change) if change.to else change
                return nearest_.size, nearest_.switch._replace(becomes=self.after(nearest_)[id_])
        return None

    def narrowed(self, id_: str, change: Change) -> Change:
        """The smallest change of a sum found by halving what lies between a step that changes the answer and the one before, which does not."""
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


def switches(weighed: Weighed, id_: str, rules: RuleSet, catalogue: Catalogue) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation; the smallest changes first.

    Ratings move in whole points from 1 to 5; money in steps of 5% up to half, and then by halving the step. What is decided or fixed by a gate switches with nothing.
    """
    trials = Trials(weighed, rules, catalogue)
    found = [hit for changes in trials.inputs(id_) if (hit := trials.first(id_, changes))]
    return tuple(switch for _, switch in sorted(found, key=_order))


def nearest(
    weighed: Weighed, ids: list[str], rules: RuleSet, catalogue: Catalogue, most: float = 1
) -> dict[str, Switch]:
    """For each of these functions the smallest single change that changes its recommendation, of those up to a size in points of a rating."""
    trials = Trials(weighed, rules, catalogue)
    found = {}
    for id_ in ids:
        changes = [each for of_one in trials.inputs(id_) for each in of_one if each.size <= most]
        hit = trials.first(id_, sorted(changes, key=lambda change: _order((change.size, change.switch))))
        if hit:
            found[id_] = hit[1]
    return found


def _order(found: tuple[float, Switch]) -> tuple[float, bool, int, str, str, float]:
    """Small changes first; among equals those of a value that was only assumed, then the function's own."""
    size, switch = found
    return size, not switch.assumed, _GROUPS.index(switch.group), switch.of or "", switch.key, switch.then


_GROUPS = ("functions", "partners", "suppliers", "organisation")


def _of_function(profile: Profile, case: Case) -> Iterator[list[Change]]:
    """For each input of the function itself, its changes."""
    function = case.judged.function
    here = frozenset([function.id])
    for measure in RATED:
        rated = case.judged.ratings[measure]
        yield [
            Change(
                abs(value - rated.value),
                Switch("functions", function.id, measure.value, rated.value, value, rated.basis is not Basis.GIVEN),
                _with_function(profile, function, ratings=function.ratings.model_copy(update={measure.value: value})),
                here,
            )
            for value in range(1, 6)
            if value != rated.value
        ]
    if case.alone:
        cost, estimated = case.alone, function.annual_cost is None

        def to(figure: float) -> Change:
            then = round(figure)
            switch = Switch("functions", function.id, "annual_cost", cost, then, estimated)
            return Change(
                10 * abs(then / cost - 1), switch, _with_function(profile, function, annual_cost=then), here, to
            )

        yield [to(cost * (1 + sign * step)) for step in MONEY_STEPS for sign in (-1, 1)]


def _of_others(weighed: Weighed) -> Iterator[list[Change]]:
    """For each input that functions have in common, its changes: the budget, the client, and everybody on offer."""
    profile = weighed.profile
    organisation, everything = profile.organisation, frozenset(function.id for function in profile.functions)
    budget, usual = weighed.per_head, organisation.budget_per_head is None

    def to(figure: float) -> Change:
        then = round(figure, 2)
        switch = Switch("organisation", None, "budget_per_head", budget, then, usual)
        return Change(
            10 * abs(then / budget - 1), switch, _with_organisation(profile, budget_per_head=then), frozenset(), to
        )

    yield [to(budget * (1 + sign * step)) for step in MONEY_STEPS for sign in (-1, 1)]
    yield [
        Change(size, switch, _with_organisation(profile, client_capability=switch.then), everything)
        for size, switch in _ratings("organisation", None, "client_capability", organisation.client_capability)
    ]
    for group in ("partners", "suppliers"):
        others: tuple[Partner | Supplier, ...] = getattr(profile, group)
        for other in others:
            touched = everything if other.functions == "all" else everything & set(other.functions)
            for key in (key for key in _RATED_OF_OTHERS if key in type(other).model_fields):
                yield [
                    Change(size, switch, _with_other(profile, group, other, key, switch.then), touched)
                    for size, switch in _ratings(group, other.id, key, getattr(other, key))
                ]


def _ratings(group: str, of: str | None, key: str, given: int | None) -> Iterator[tuple[float, Switch]]:
    """Every other value of a rating, with how far it is from the present one."""
    now = MIDDLE if given is None else given
    for then in range(1, 6):
        if then != now:
            yield abs(then - now), Switch(group, of, key, now, then, given is None)


def _with_organisation(profile: Profile, **keys: float) -> Profile:
    return profile.model_copy(update={"organisation": profile.organisation.model_copy(update=keys)})


def _with_function(profile: Profile, function: Function, **keys: Ratings | int) -> Profile:
    changed = function.model_copy(update=keys)
    return profile.model_copy(update={"functions": tuple(changed if f is function else f for f in profile.functions)})


def _with_other(profile: Profile, group: str, other: Partner | Supplier, key: str, value: float) -> Profile:
    changed = other.model_copy(update={key: value})
    return profile.model_copy(update={group: tuple(changed if o is other else o for o in getattr(profile, group))})

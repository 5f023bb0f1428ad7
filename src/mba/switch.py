"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each candidate is tried: the profile is changed in
that one place and decided anew, inside the money, so nothing is guessed from the rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from mba.decide import decide
from mba.measures import RATED
from mba.profile import MIDDLE, Function, Option, Partner, Profile, Ratings, Supplier
from mba.results import Basis, FunctionResult
from mba.rules import Catalogue, RuleSet
from mba.sureness import Switch

COST_STEPS = tuple(step / 20 for step in range(1, 11))
"""By what share a cost is raised and lowered: 5% to 50%, in steps of 5%."""

_OTHERS = ("trust", "stability", "local_presence")


def switches(profile: Profile, function: FunctionResult, rules: RuleSet, catalogue: Catalogue) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation; the smallest changes first.

    Ratings move in whole points from 1 to 5, costs in steps of 5% up to half. What is decided switches with nothing.
    """
    if function.decided_because is not None or any(f.decided for f in profile.functions if f.id == function.id):
        return ()
    found = []
    for candidates in _candidates(profile, function):
        for size, switch, changed in sorted(candidates, key=lambda candidate: candidate[0]):
            answer = next(f for f in decide(changed, rules, catalogue).functions if f.id == function.id).recommendation
            if answer is not function.recommendation:
                found.append((size, switch._replace(becomes=answer)))
                break
    found.sort(key=lambda pair: (pair[0], pair[1].group, pair[1].of or "", pair[1].key))
    return tuple(switch for _, switch in found)


Candidate = tuple[float, Switch, Profile]
"""How large a change is, in points of a rating (10% of a cost counts as one), the change, and the profile with it."""


def _candidates(profile: Profile, result: FunctionResult) -> Iterator[list[Candidate]]:
    """For each input, every change of it."""
    function = next(f for f in profile.functions if f.id == result.id)
    for measure in RATED:
        rated = result.ratings[measure]
        yield [
            (
                abs(value - rated.value),
                Switch("functions", function.id, measure.value, rated.value, value, rated.basis is not Basis.GIVEN),
                _with_function(profile, function, ratings=function.ratings.model_copy(update={measure.value: value})),
            )
            for value in range(1, 6)
            if value != rated.value
        ]
    yield from _of_others(profile, function)
    own = profile.organisation.client_capability
    yield [
        (
            abs(value - (own or MIDDLE)),
            Switch("organisation", None, "client_capability", own or MIDDLE, value, own is None),
            profile.model_copy(
                update={"organisation": profile.organisation.model_copy(update={"client_capability": value})}
            ),
        )
        for value in range(1, 6)
        if value != (own or MIDDLE)
    ]
    alone = result.options[Option.MAKE]
    if alone.cost:
        cost = alone.cost
        yield [
            (
                abs(share) * 10,
                Switch("functions", function.id, "annual_cost", cost, round(cost * (1 + share)), alone.estimated),
                _with_function(profile, function, annual_cost=round(cost * (1 + share))),
            )
            for step in COST_STEPS
            for share in (-step, step)
        ]


def _of_others(profile: Profile, function: Function) -> Iterator[list[Candidate]]:
    """Changes of the ratings of those who offer the function."""
    groups: tuple[tuple[str, tuple[Partner | Supplier, ...]], ...] = (
        ("partners", profile.partners),
        ("suppliers", profile.suppliers),
    )
    for group, others in groups:
        for other in others:
            if other.functions != "all" and function.id not in other.functions:
                continue
            for key in _OTHERS:
                if key in type(other).model_fields:
                    given = getattr(other, key)
                    yield [
                        (
                            abs(value - (given or MIDDLE)),
                            Switch(group, other.id, key, given or MIDDLE, value, given is None),
                            _with_other(profile, group, other, key, value),
                        )
                        for value in range(1, 6)
                        if value != (given or MIDDLE)
                    ]


def _with_function(profile: Profile, function: Function, **keys: Ratings | int) -> Profile:
    changed = function.model_copy(update=keys)
    return profile.model_copy(update={"functions": tuple(changed if f is function else f for f in profile.functions)})


def _with_other(profile: Profile, group: str, other: Partner | Supplier, key: str, value: int) -> Profile:
    changed = other.model_copy(update={key: value})
    return profile.model_copy(update={group: tuple(changed if o is other else o for o in getattr(profile, group))})

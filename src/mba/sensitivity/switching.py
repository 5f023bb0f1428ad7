"""Switching values: the smallest single change of an input that changes what is recommended for a function.

HM Treasury's Green Book (5.60-5.61) asks for them beside a preferred option. Each change is tried: what it touches is
evaluated anew and the portfolio chosen anew, inside the money, so nothing is guessed from the rules. A change that is
tried is a switch of which it is not said what the answer becomes.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, filterfalse, product

import numpy as np
from numpy.typing import NDArray

from mba.about import Kind
from mba.decide.alternatives import OPTIONS
from mba.decide.assumptions import charges_vat
from mba.decide.decide import Appraised
from mba.decide.variants import Variant, Variants
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, Basis, Place, named, ratings_of
from mba.sureness import Switch

MONEY_STEPS = tuple(step / 20 for step in range(-10, 11) if step)
"""By what share money is lowered and raised: 5% to 50%, in steps of 5%.

A change of 10% counts as much as a point of a rating.
"""

_STEP = 1 / 20

_SHOWN = 1_000  # £ to which sums are shown, and so narrowed, where a step of them is more.

_PENCE = {Kind.POUNDS: 0, Kind.POUNDS_A_HEAD: 2, Kind.PERCENT: 2}
"""To how many decimals a sum is rounded, by its kind; a rating is no sum."""

_GROUPS = (FUNCTIONS, PARTNERS, SUPPLIERS, ORGANISATION)


class Trials:
    """Changes of one input of a profile, each tried once, however many functions ask what it does to them."""

    def __init__(self, appraised: Appraised) -> None:
        self.appraised = appraised
        self.variants = Variants(appraised.found, appraised.places, appraised.rules, appraised.catalogue)
        table, picks = appraised.found.table, appraised.chosen.picks
        self.now = (2 * table.option + table.as_today)[picks].astype(np.int8)
        self.after: dict[Switch, NDArray[np.int8]] = {}
        """What is recommended for each function after each change that was tried: twice the place of an option.

        And one more where it is as today.
        """

    def run(self, changes: Iterable[Switch]) -> None:
        """Try those that were not tried yet, all at once."""
        new = list(filterfalse(self.after.__contains__, dict.fromkeys(changes)))
        if new:
            parts = self.variants.outcomes(list(map(self._variant, new)))
            rows = chain.from_iterable((2 * part.option + part.whom).astype(np.int8) for part in parts)
            self.after.update(zip(new, rows, strict=True))

    def _variant(self, change: Switch) -> Variant:
        """The profile with a change, and the functions that are evaluated anew.

        Of a function itself these are also those whose price today it may move.
        """
        profile = self.appraised.profile
        if change.group == FUNCTIONS:
            function = self.appraised.found.table.functions.rows[self.appraised.places[change.of or ""]]
            touched = profile.together(function.id)
            if len(touched) == 1:  # What is paid for it alone depends on nothing else in the profile.
                return Variant(profile, (change.input.on_row(function, change.then),))
        elif change.of is None:
            touched = frozenset(self.appraised.places) if change.input.is_rating else frozenset()
        else:
            rows = {row.id: row for row in getattr(profile, change.group)}
            touched = profile.concerns(rows[change.of])
        after = Place(change.input, change.of).set_on(profile, change.then)
        return Variant(after, tuple(filter(lambda function: function.id in touched, after.appraised)))

    def first(self, asked: Sequence[tuple[int, list[Switch]]]) -> list[tuple[int, Switch]]:
        """For each function, by its place, and changes, the smallest that changes the answer; sums narrowed."""
        self.run(chain.from_iterable(changes for _, changes in asked))
        hits = []
        for place, changes in asked:
            hit = min(filter(partial(self._turns, place), changes), key=_order, default=None)
            if hit:
                hits.append((place, hit))
        self._narrow(hits)
        return [(place, hit._replace(becomes=OPTIONS[self.after[hit][place] // 2])) for place, hit in hits]

    def _turns(self, place: int, change: Switch) -> bool:
        return bool(self.after[change][place] // 2 != self.now[place] // 2)

    def _narrow(self, hits: list[tuple[int, Switch]]) -> None:
        """The smallest changes of sums: halving what lies between a step that changes the answer and the one before."""
        low = {}
        for at, (_, hit) in enumerate(hits):
            if is_sum(hit):  # The sum that is tried just before, on the way from the present one.
                low[at] = hit.then - math.copysign(hit.now * _STEP, hit.then - hit.now)
        while low:
            middles = {at: _between(hits[at][1], tried) for at, tried in low.items()}
            self.run(filter(None, middles.values()))
            for at, middle in middles.items():
                if middle is None:
                    del low[at]
                elif self._turns(hits[at][0], middle):
                    hits[at] = hits[at][0], middle
                else:
                    low[at] = middle.then


def switches(appraised: Appraised, id_: str) -> tuple[Switch, ...]:
    """For each input that can do it alone, the smallest change that changes the recommendation.

    The smallest changes first. Ratings move in whole points from 1 to 5; money in steps of 5% up to half, and then by
    halving the step down to what is shown: a penny a head, £1,000, a hundredth of a percent. What is decided or fixed
    by a gate switches with nothing.
    """
    place = appraised.places[id_]
    own = list(own_inputs(appraised, place))
    inputs = [*own, *shared_inputs(appraised)] if own else []
    hits = Trials(appraised).first([(place, changes_of(one)) for one in inputs])
    return tuple(sorted((switch for _, switch in hits), key=_order))


def nearest(trials: Trials, ids: Sequence[str]) -> dict[str, Switch]:
    """For each of these functions the smallest single change that changes its recommendation.

    Only changes up to a point of a rating are tried.
    """
    appraised = trials.appraised
    small, places = partial(changes_of, most=1), map(appraised.places.__getitem__, ids)
    shared = list(chain.from_iterable(map(small, shared_inputs(appraised))))
    own = {place: list(chain.from_iterable(map(small, own_inputs(appraised, place)))) for place in places}
    asked = [(place, [*own[place], *shared]) for place in filter(own.__getitem__, own)]
    functions = appraised.found.table.functions.rows
    return {functions[place].id: switch for place, switch in trials.first(asked)}


def own_inputs(appraised: Appraised, place: int) -> Iterator[Switch]:
    """Each input of the function itself, as it is; none where its answer is decided or fixed by a gate."""
    found, functions = appraised.found, appraised.found.table.functions
    if functions.decided[place] >= 0 or functions.fixed[place]:
        return
    function, pounds = functions.rows[place], np.nan_to_num(found.prices.in_house.total[place])
    for measure, rated in found.table.rated(place).items():
        now = rated.value
        yield Switch(FUNCTIONS, function.id, measure, now, now, rated.basis is not Basis.GIVEN)
    if function.vat is None and charges_vat(found.table, place):
        now = int(functions.recoverable[place])
        yield Switch(FUNCTIONS, function.id, "vat", now, now, assumed=True)
    if now := round(pounds):
        yield Switch(FUNCTIONS, function.id, "annual_cost", now, now, function.annual_cost is None)


def shared_inputs(appraised: Appraised) -> Iterator[Switch]:
    """Each input that functions have in common, as it is: the budget, the client, and everybody on offer."""
    profile, organisation = appraised.profile, appraised.profile.organisation
    premium = named(ORGANISATION, "premium").value(organisation)
    for key, now in (("budget_per_head", appraised.money.per_head), ("premium", premium)):
        if now:
            yield Switch(ORGANISATION, None, key, now, now, named(ORGANISATION, key).given(organisation) is None)
    rows = ((ORGANISATION, [organisation]), (PARTNERS, profile.partners), (SUPPLIERS, profile.suppliers))
    for group, of_group in rows:
        for row, one in product(of_group, ratings_of(group)):
            now = one.value(row)
            yield Switch(group, getattr(row, "id", None), one.key, now, now, one.given(row) is None)


def changes_of(one: Switch, most: float = math.inf) -> list[Switch]:
    """The changes of an input that are tried: every other value of a rating, 1-5, or of a fact; or a sum at each step.

    Only those that are no larger than so many points of a rating.
    """
    if not is_sum(one):
        answers = range(len(one.input.about.answers)) or range(1, 6)
        return [one._replace(then=value) for value in answers if 0 < abs(value - one.now) <= most]
    steps = filter(lambda step: 10 * abs(step) <= most, MONEY_STEPS)
    changes = (to_value(one, one.now * (1 + step)) for step in steps)
    return [change for change in changes if 0 < _size(change) <= most]


def to_value(one: Switch, value: float) -> Switch:
    """The change to a value, as it is shown: a rating in whole points, a sum by its kind."""
    decimals = _PENCE.get(one.input.about.kind, 0)
    return one._replace(then=round(value, decimals) if decimals else round(value))


def _between(change: Switch, tried: float) -> Switch | None:
    """The change to the sum in the middle, among those that are shown; None where none of them lies between."""
    unit = 10.0 ** -_PENCE[change.input.about.kind]
    if unit == 1 and change.now * _STEP > _SHOWN:
        unit = _SHOWN
    middle = to_value(change, unit * round((tried + change.then) / 2 / unit))
    return middle if min(tried, change.then) < middle.then < max(tried, change.then) else None


def is_sum(change: Switch) -> bool:
    """Whether it is of a sum of money."""
    return change.input.about.kind in _PENCE


def _size(change: Switch) -> float:
    """How large a change is, in points of a rating; that of a fact has no size, and comes first."""
    if change.input.about.answers:
        return 0.0
    if change.input.is_rating:
        return abs(change.then - change.now)
    return 10 * abs(change.then / change.now - 1)


def _order(change: Switch) -> tuple[float, bool, int, str, str, float]:
    """Small changes first; among equals those of a value that was only assumed, then the function's own."""
    group = _GROUPS.index(change.group)
    return _size(change), not change.assumed, group, change.of or "", change.key, change.then

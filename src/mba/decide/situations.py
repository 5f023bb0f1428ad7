"""Profiles read into columns: what was said, what stands in for it, and with whom each function could be run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from mba.decide.alternatives import (
    EVERY_BASIS,
    OPTIONS,
    FunctionColumns,
    Places,
    Situations,
)
from mba.decide.arrangements import Counterparties, Whom, column, sellers_of
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.degrees import Real
from mba.knowledge.measures import MARKET_DEPTH, RATED, RURAL, SPECIFICATION_READINESS, Measure
from mba.knowledge.rules import RuleSet
from mba.profile import MIDDLE, Flag, Function, Option, Profile
from mba.results import Basis, Rated

Case: TypeAlias = tuple[Profile, Sequence[Function]]
"""A profile, and those of its functions that are to be appraised."""

_PLACES: dict[Option | None, int] = {None: -1, **{option: place for place, option in enumerate(OPTIONS)}}
"""Where each option stands; -1 for none."""

_OWN_RATINGS = attrgetter(*(f"ratings.{measure}" for measure in RATED))


def situations_of(cases: Sequence[Case], rules: RuleSet, catalogue: Catalogue) -> Situations:
    """Every function of the cases with every way to run it; functions by id, so that the order of a file is nothing.

    The functions of an organisation stand together, in the order of the cases.
    """
    met = Counterparties(rules)
    functions: list[Function] = []
    organisation: list[int] = []
    with_whom: list[Whom] = []
    for number, (profile, some) in enumerate(cases):
        ordered = sorted(some, key=lambda function: function.id)
        functions += ordered
        organisation += [number] * len(ordered)
        with_whom += met.offering(profile, ordered)
    profiles = tuple(profile for profile, _ in cases)
    own, rated = _functions(functions, [whom.credible for whom in with_whom], rules, catalogue)
    offers = met.columns()
    lengths = np.array([len(whom.places) for whom in with_whom])
    starts = np.cumsum(lengths) - lengths
    offer = np.concatenate([whom.places for whom in with_whom])
    return Situations(
        profiles=profiles,
        organisation=np.array(organisation),
        population=column(profile.organisation.population for profile in profiles),
        rurality=column(RURAL[named(ORGANISATION, "rurality").value(profile.organisation)] for profile in profiles),
        functions=own,
        offers=offers,
        sellers=sellers_of(met.suppliers, rules.costs),
        suppliers=tuple(met.suppliers),
        partners=tuple(met.partners),
        ratings={
            FUNCTIONS: rated,
            ORGANISATION: _rated(ORGANISATION, [profile.organisation for profile in profiles]),
            SUPPLIERS: _rated(SUPPLIERS, met.suppliers, nobody=True),
            PARTNERS: _rated(PARTNERS, met.partners, nobody=True),
        },
        function=np.repeat(np.arange(len(functions)), lengths),
        offer=offer,
        option=offers.option[offer],
        starts=starts,
        quote=_quotes(functions, with_whom, starts, len(offer)),
    )


def _rated(group: str, rows: Sequence[object], *, nobody: bool = False) -> dict[str, Real]:
    """The ratings of a group, a row each, what stands in where none is given; with nobody, who is as bad as 1, last."""
    found = {}
    for one in ratings_of(group):
        values = [one.value(row) for row in rows]
        found[one.measure] = np.array([*values, 1] if nobody else values, np.float64)[:, np.newaxis]
    return found


def _quotes(functions: Sequence[Function], with_whom: Sequence[Whom], starts: Places, number: int) -> Real:
    """The cheapest quote for just each alternative, £ a year; NaN where there is none."""
    found = np.full(number, np.nan)
    for function, whom, start in zip(functions, with_whom, starts.tolist(), strict=True):
        for quote in function.quotes:
            place = whom.by_whom.get((quote.mode, (quote.supplier or quote.partner or "",)))
            if place is not None:
                found[start + place] = np.fmin(found[start + place], quote.cost)
    return found


def _functions(
    functions: Sequence[Function], credible: Sequence[int], rules: RuleSet, catalogue: Catalogue
) -> tuple[FunctionColumns, dict[str, Real]]:
    """The functions as columns, and their ratings: the user's own, else by flags, or the middle."""
    known = [catalogue.functions.get(function.id) for function in functions]
    flags, flags_basis = zip(*map(_flags, functions, known), strict=True)
    values, bases = _standing_in(flags, np.array(credible), rules)
    given = np.array(list(map(_OWN_RATINGS, functions)), np.float64)
    said = ~np.isnan(given)
    values[said], bases[said] = given[said], EVERY_BASIS.index(Basis.GIVEN)
    statutory = [Flag.STATUTORY in own for own in flags]
    columns = FunctionColumns(
        rows=tuple(functions),
        known=tuple(known),
        flags=flags,
        flags_basis=flags_basis,
        bases=bases,
        core=column(Flag.CORE in own for own in flags),
        fixed=np.array(statutory) | np.array([bool(row and row.kept) for row in known]),
        unspecified=given[:, RATED.index(SPECIFICATION_READINESS)] == 1,
        credible=np.array(credible),
        annual_cost=np.array([function.annual_cost for function in functions], np.float64),
        cost_per_head=np.array([row and row.cost_per_head for row in known], np.float64),
        importance=np.array([function.ratings.importance or MIDDLE for function in functions]),
        current=np.array([_PLACES[function.current] for function in functions]),
        decided=np.array([_PLACES[_decided(function)] for function in functions]),
    )
    return columns, {measure: values[:, [place]] for place, measure in enumerate(RATED)}


def _decided(function: Function) -> Option | None:
    return function.decided.mode if function.decided else None


def _standing_in(flags: Sequence[tuple[Flag, ...]], credible: Places, rules: RuleSet) -> tuple[Real, Places]:
    """What each rating is where it is not given, functions x RATED, and the places of the bases."""
    rows = {own: _assumed(own, rules) for own in set(flags)}
    assumed = np.array([rows[own] for own in flags], np.float64)
    values, bases = assumed[:, :, 0], assumed[:, :, 1].astype(np.intp)
    depth = RATED.index(MARKET_DEPTH)
    of_suppliers = bases[:, depth] == EVERY_BASIS.index(Basis.SUPPLIERS)
    values[of_suppliers, depth] = np.minimum(5, 1 + credible)[of_suppliers]
    return values, bases


def _flags(function: Function, known: Catalogued | None) -> tuple[tuple[Flag, ...], Basis]:
    """The flags of a function in their usual order, and where they come from.

    Those that the user leaves out are the catalogue's, where it knows the function.
    """
    if function.flags is not None:
        return _in_order(function.flags), Basis.GIVEN
    if known is not None:
        return _in_order(known.flags), Basis.CATALOGUE
    return (), Basis.UNKNOWN


@cache
def _in_order(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
    return tuple(sorted(set(flags), key=list(Flag).index))


def _assumed(flags: tuple[Flag, ...], rules: RuleSet) -> list[tuple[float, int]]:
    """What each rating is where it is not given, with the place of its basis; suppliers count for depth of market."""
    relational, transactional = Flag.RELATIONAL in flags, Flag.TRANSACTIONAL in flags
    middle = Basis.DEFAULT
    if relational and transactional:
        middle = Basis.CONTESTED
    elif not (relational or transactional):
        middle = Basis.UNKNOWN
    defaults = rules.defaults
    ratings = {measure: Rated(MIDDLE, Basis.DEFAULT) for measure in RATED}
    for measure in (*defaults.relational.ratings, *defaults.transactional.ratings):
        ratings[measure] = Rated(MIDDLE, middle)
    ratings[MARKET_DEPTH] = Rated(MIDDLE, Basis.SUPPLIERS)
    if relational and not transactional:
        ratings |= _from(defaults.relational.ratings, Basis.RELATIONAL)
    if transactional and not relational:
        ratings |= _from(defaults.transactional.ratings, Basis.TRANSACTIONAL)
    return [(rated.value, EVERY_BASIS.index(rated.basis)) for rated in ratings.values()]


def _from(ratings: Mapping[Measure, int], basis: Basis) -> dict[Measure, Rated]:
    return {measure: Rated(value, basis) for measure, value in ratings.items()}

"""Functions read into columns: what was said of each, and what stands in for the rest."""

from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import numpy as np

from mba.decide.alternatives import EVERY_BASIS, OPTIONS, FunctionColumns, Mask, Places
from mba.decide.arrangements import column
from mba.inputs import Basis, Rated
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.degrees import Real
from mba.knowledge.measures import MARKET_DEPTH, RATED, SPECIFICATION_READINESS
from mba.knowledge.rules import GateCode, RuleSet
from mba.profile import Current, Decided, Function
from mba.ratings import MIDDLE
from mba.terms import Flag, Option, OrganisationKind, Vat

_OWN_RATINGS = attrgetter(*RATED)


def functions_of(
    functions: Sequence[Function],
    credible: Sequence[int],
    today: Sequence[Current | None],
    kinds: Sequence[OrganisationKind],
    rules: RuleSet,
    catalogue: Catalogue,
) -> tuple[FunctionColumns, dict[str, Real]]:
    """The functions as columns, and their ratings: the user's own, else by flags, else the middle.

    What is one function in several cases, run in the same way, is read once.
    """
    every = list(zip(functions, credible, today, kinds, strict=True))
    keys = [(id(function), sellers, id(way), kind) for function, sellers, way, kind in every]
    once = dict(zip(keys, every, strict=True))
    place = {key: row for row, key in enumerate(once)}
    read, rated = _read(once.values(), rules, catalogue)
    places = np.array(list(map(place.__getitem__, keys)))
    columns = FunctionColumns._make(_at(each, places) for each in read)
    return columns, {measure: rating[places] for measure, rating in rated.items()}


def _at(each: Any, places: Places) -> Any:
    """A column as it is at these places."""
    if isinstance(each, np.ndarray):
        return each[places]
    return tuple(map(each.__getitem__, places.tolist()))


def _read(
    every: Iterable[tuple[Function, int, Current | None, OrganisationKind]], rules: RuleSet, catalogue: Catalogue
) -> tuple[FunctionColumns, dict[str, Real]]:
    """The columns of functions, each with how many sellers are credible, how it is run, and for which kind."""
    functions, credible, today, kinds = zip(*every, strict=True)
    known = [catalogue.known(function.id) for function in functions]
    flags, flags_basis = zip(*map(_flags, functions, known), strict=True)
    values, bases = _standing_in(flags, np.array(credible), rules)
    given = np.full(values.shape, np.nan)
    for place, function in enumerate(functions):
        if function.ratings.model_fields_set:
            given[place] = _OWN_RATINGS(function.ratings)
    said = ~np.isnan(given)
    values[said], bases[said] = given[said], EVERY_BASIS.index(Basis.GIVEN)
    usual, barred = rules.costs.reference_population.value, _barred(functions, flags, known, kinds, rules)
    estimates = [catalogue.estimate(row, kind, usual) for row, kind in zip(known, kinds, strict=True)]
    nothing = np.zeros(len(functions))
    columns = FunctionColumns(
        rows=tuple(functions),
        known=tuple(known),
        flags=flags,
        flags_basis=flags_basis,
        bases=bases,
        core=column(Flag.CORE in own for own in flags),
        barred=barred,
        fixed=barred.sum(axis=1) == len(OPTIONS) - 1,
        unknown=np.array(list(map(_is_unknown, functions, known, today))),
        unspecified=given[:, RATED.index(SPECIFICATION_READINESS)] == 1,
        credible=np.array(credible),
        annual_cost=np.array(list(map(_annual_cost, functions, today)), np.float64),
        cost_per_head=np.array([pounds for pounds, _ in estimates], np.float64),
        estimated_at=np.array([people for _, people in estimates], np.float64),
        importance=np.array([function.ratings.importance or MIDDLE for function in functions]),
        recoverable=np.array(list(map(_is_recoverable, functions, known))),
        current=np.array(list(map(_place, today))),
        paid=np.array([way and way.cost for way in today], np.float64),
        split=nothing.astype(np.bool_),
        ended=nothing.astype(np.bool_),
        notice=nothing,
        decided=np.array([_place(function.decided) for function in functions]),
    )
    return columns, {measure: values[:, [place]] for place, measure in enumerate(RATED)}


def name_of(function: Function, known: Catalogued | None) -> str:
    """What a function is called: by the user, else by the catalogue, else by its id."""
    return function.name or (known.name if known else function.id)


def _barred(
    functions: Sequence[Function],
    flags: Sequence[tuple[Flag, ...]],
    known: Sequence[Catalogued | None],
    kinds: Sequence[OrganisationKind],
    rules: RuleSet,
) -> Mask:
    """The options that a duty bars for each function, or that every organisation keeps it, by kind of organisation.

    What is kept may be placed elsewhere all the same, where that was decided.
    """
    decided = np.arange(len(OPTIONS)) == np.array([[_place(function.decided)] for function in functions])
    statutory = [Flag.STATUTORY in own for own in flags]
    kept = [row is not None and row.kept for row in known]
    barred = np.zeros((len(kinds), len(OPTIONS)), np.bool_)
    for kind in set(kinds):
        of_kind = np.array([each is kind for each in kinds])
        for code, applies in ((GateCode.STATUTORY, statutory), (GateCode.KEPT, kept)):
            blocks = [option in rules.gate(code, kind).blocks for option in OPTIONS]
            closed = np.outer(of_kind & np.array(applies), blocks)
            barred |= closed & ~(decided & (code is GateCode.KEPT))
    return barred


def _place(said: Current | Decided | None) -> int:
    """Where the option stands that is said; -1 for none."""
    return OPTIONS.index(said.mode) if said else -1


def _annual_cost(function: Function, today: Current | None) -> int | None:
    """£ a year in-house: for what is made today it is what is paid."""
    if function.annual_cost is None and today and today.mode is Option.MAKE:
        return today.cost
    return function.annual_cost


def _is_recoverable(function: Function, known: Catalogued | None) -> bool:
    vat = function.vat or (known.vat if known else Vat.CHARGED)
    return vat is Vat.RECOVERABLE


def _is_unknown(function: Function, known: Catalogued | None, today: Current | None) -> bool:
    """Whether only how it is run today is said of a function."""
    said = (known, function.flags, function.annual_cost, function.quotes, function.decided)
    return today is not None and not any(said) and not function.ratings.model_fields_set


def _standing_in(flags: Sequence[tuple[Flag, ...]], credible: Places, rules: RuleSet) -> tuple[Real, Places]:
    """What each rating is where it is not given, functions x RATED, and the places of the bases."""
    rows = {own: row for row, own in enumerate(dict.fromkeys(flags))}
    assumed = np.array([_assumed(own, rules) for own in rows], np.float64)[[rows[own] for own in flags]]
    values, bases = assumed[:, :, 0], assumed[:, :, 1].astype(np.intp)
    depth = RATED.index(MARKET_DEPTH)
    of_suppliers = bases[:, depth] == EVERY_BASIS.index(Basis.SUPPLIERS)
    values[of_suppliers, depth] = np.minimum(5, 1 + credible)[of_suppliers]
    return values, bases


def _flags(function: Function, known: Catalogued | None) -> tuple[tuple[Flag, ...], Basis]:
    """The flags of a function in their usual order, the user's own or else the catalogue's; and where they are from."""
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
    if relational != transactional:
        flag, basis = defaults.transactional, Basis.TRANSACTIONAL
        if relational:
            flag, basis = defaults.relational, Basis.RELATIONAL
        ratings |= {measure: Rated(value, basis) for measure, value in flag.ratings.items()}
    return [(rated.value, EVERY_BASIS.index(rated.basis)) for rated in ratings.values()]

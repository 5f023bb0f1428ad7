"""Fit: how well each option suits a function, by the rules. Pure functions; money is elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias, TypeVar

from mba.decide.alternatives import Alternative, Arrangement, RatedFunction, stability, trust
from mba.inputs import ORGANISATION, named, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.measures import (
    MARKET_DEPTH,
    RATED,
    SPECIFICATION_READINESS,
    Measure,
    Setting,
    of_partners,
    of_supplier,
)
from mba.knowledge.rules import NEUTRAL, GateCode, RuleSet
from mba.profile import MIDDLE, Flag, Function, Option, Partner, Profile, Supplier
from mba.results import BASE, Basis, Contribution, Rated

Other = TypeVar("Other", Supplier, Partner)

MOST_POOLED = 6
"""Partners in the largest pool that is tried.

By the packaged figures a seventh never fits better, and never saves what agreeing with it costs.
"""

MILLION = 1_000_000
"""Fits are compared in millionths of a point: beyond that, a float is noise."""


def rate(profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> RatedFunction:
    """The function with its ratings: the user's own, else by its flags and how it is run today, else the middle."""
    known = catalogue.functions.get(function.id)
    flags, basis = _flags(function, known)
    suppliers, partners = _offering(profile.suppliers, function), _offering(profile.partners, function)
    credible = sum(trust(supplier) >= rules.parameters.credible_trust.value for supplier in suppliers)
    ratings = _assumed(flags, function.current, credible, rules)
    for measure in RATED:
        rating = getattr(function.ratings, measure)
        if rating is not None:
            ratings[measure] = Rated(rating, Basis.GIVEN)
    kept = known is not None and known.kept
    return RatedFunction(function, flags, basis, ratings, suppliers, partners, credible, kept)


def _id(other: Supplier | Partner) -> str:
    return other.id


def _offering(others: Iterable[Other], function: Function) -> tuple[Other, ...]:
    """Those of the others that offer the function, by id."""
    return tuple(
        other for other in sorted(others, key=_id) if other.functions == "all" or function.id in other.functions
    )


def _flags(function: Function, known: Catalogued | None) -> tuple[tuple[Flag, ...], Basis]:
    """The flags of a function in their usual order, and where they come from.

    Those that the user leaves out are the catalogue's, where it knows the function.
    """
    if function.flags is not None:
        return tuple(sorted(set(function.flags), key=list(Flag).index)), Basis.GIVEN
    if known is not None:
        return tuple(sorted(set(known.flags), key=list(Flag).index)), Basis.CATALOGUE
    return (), Basis.UNKNOWN


def _assumed(flags: tuple[Flag, ...], current: Option | None, credible: int, rules: RuleSet) -> dict[Measure, Rated]:
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
    ratings[MARKET_DEPTH] = Rated(min(5, 1 + credible), Basis.SUPPLIERS)
    if relational and not transactional:
        ratings |= _from(defaults.relational.ratings, Basis.RELATIONAL)
    if transactional and not relational:
        ratings |= _from(defaults.transactional.ratings, Basis.TRANSACTIONAL)
    if current is Option.MAKE:
        ratings |= _from(defaults.run_in_house.ratings, Basis.RUN_IN_HOUSE)
    if current in (Option.BUY, Option.ALLY):
        ratings |= _from(defaults.run_outside.ratings, Basis.RUN_OUTSIDE)
    return ratings


def _from(ratings: Mapping[Measure, int], basis: Basis) -> dict[Measure, Rated]:
    return {measure: Rated(value, basis) for measure, value in ratings.items()}


def arrangements(rated: RatedFunction, option: Option, rules: RuleSet, population: int) -> list[Arrangement]:
    """Every way to have the option, for an organisation of so many people.

    None where a gate leaves nobody to have it with.
    """
    match option:
        case Option.MAKE:
            return [Arrangement(option)]
        case Option.BUY:
            return [Arrangement(option, supplier) for supplier in rated.suppliers]
        case Option.ALLY:
            allies = filter(lambda supplier: may_ally(supplier, rules), rated.suppliers)
            return [Arrangement(option, supplier) for supplier in allies]
        case Option.SHARE:
            return list(_pools(rated.partners, population))


def may_ally(supplier: Supplier, rules: RuleSet) -> bool:
    """Whether a supplier would sign for long, and is trusted and sure enough of its future to be allied with."""
    needs = rules.parameters
    return (
        supplier.long_term is not False
        and trust(supplier) >= needs.ally_trust.value
        and stability(supplier) >= needs.ally_stability.value
    )


@lru_cache(maxsize=64)
def _pools(partners: tuple[Partner, ...], population: int) -> tuple[Arrangement, ...]:
    """Each partner alone, since a quote is of one.

    And for each least trust and each size the pool with the most people. Fit looks at the least trust and the number
    in a pool, and cost falls with its people: any other pool fits as one of these, and is no cheaper.
    """

    def people(partner: Partner) -> int:
        return partner.population or population

    largest = sorted(partners, key=lambda partner: (-people(partner), partner.id))
    pools = [[partner] for partner in largest]
    for least in sorted(set(map(trust, partners))):
        allowed = [partner for partner in largest if trust(partner) >= least]
        bound = min(allowed, key=trust)  # The first of the least trusted: the largest.
        allowed.remove(bound)
        pools += [[bound, *allowed[: size - 1]] for size in range(2, min(MOST_POOLED, len(allowed) + 1) + 1)]
    ordered = (tuple(sorted(pool, key=_id)) for pool in pools)
    return tuple(Arrangement(Option.SHARE, None, pool, sum(map(people, pool))) for pool in ordered)


def gates(rated: RatedFunction, arrangement: Arrangement) -> tuple[GateCode, ...]:
    """Why the option of the arrangement is out of the question, money aside; empty where it is not."""
    option = arrangement.option
    if option is Option.MAKE:
        return ()
    blocked = []
    if Flag.STATUTORY in rated.flags:
        blocked.append(GateCode.STATUTORY)
    if rated.kept:
        blocked.append(GateCode.KEPT)
    if arrangement.with_nobody:
        blocked.append(_NOBODY[option])
    # Only the user's own word blocks, never a default.
    unspecified = rated.ratings[SPECIFICATION_READINESS] == Rated(1, Basis.GIVEN)
    if unspecified and option in (Option.BUY, Option.ALLY):
        blocked.append(GateCode.NOTHING_TO_SPECIFY)
    return tuple(blocked)


_NOBODY = {
    Option.BUY: GateCode.NO_SUPPLIER,
    Option.SHARE: GateCode.NO_PARTNER,
    Option.ALLY: GateCode.NO_LONG_TERM_SUPPLIER,
}


def strengths(profile: Profile, rated: RatedFunction, rules: RuleSet) -> dict[Measure, float]:
    """Every measure of the function as a strength, with no supplier and no partner."""
    organisation = profile.organisation
    facts = {measure: rating.value for measure, rating in rated.ratings.items()}
    facts |= {row.measure: row.value(organisation) for row in ratings_of(ORGANISATION)}
    setting = Setting.model_construct(
        None,
        core=Flag.CORE in rated.flags,
        rurality=named(ORGANISATION, "rurality").value(organisation),
        population=organisation.population,
        credible_suppliers=rated.credible,
        **facts,
    )
    return setting.strengths(rules.parameters.efficient_scale)


def with_arrangement(strength: Mapping[Measure, float], arrangement: Arrangement) -> dict[Measure, float]:
    """The strengths of a function, with the supplier or the partners of one arrangement."""
    if arrangement.supplier:
        return {**strength, **of_supplier(arrangement.seen())}
    if arrangement.partners:
        *least, number = arrangement.seen()
        return {**strength, **of_partners(least, number)}
    return dict(strength)


def contributions(option: Option, strength: Mapping[Measure, float], rules: RuleSet) -> tuple[Contribution, ...]:
    """What each rule that speaks gives to the option, after the base of 50; the points add up to the fit.

    Exact contributions are brought to the scale of the rule set (its reach is 50 points either way), added up, and
    rounded as they are added. So the whole points add up to the rounded total, and the total, which is what options are
    compared by, is never further than half a point from the exact one.
    """
    share = NEUTRAL / rules.reach
    parts = [Contribution(BASE, NEUTRAL, 1.0, float(NEUTRAL))]
    exact, whole = 0.0, 0
    for code, rule, points in rules.speaking[option]:
        degree = rule.degree(strength, option)
        if not degree:
            continue
        part = share * points * degree
        exact += part
        reached = _round(exact)
        parts.append(Contribution(code, reached - whole, degree, part))
        whole = reached
    return tuple(parts)


def _round(value: float) -> int:
    """The nearest whole number, halves upwards; noise of addition in the last places of a float is cut off first."""
    return math.floor(round(value, 9) + 0.5)


Scored: TypeAlias = dict[tuple[object, ...], Alternative]
"""What was scored once, by option and by the strengths that its rules look at.

For many profiles that are much the same.
"""


def score(
    profile: Profile, rated: RatedFunction, rules: RuleSet, scored: Scored | None = None
) -> dict[Option, list[Alternative]]:
    """Every way to have each option, with its fit; what `scored` holds already is not scored again.

    An option that nobody offers has one alternative, with nobody, scored as with the worst on offer: a gate blocks it,
    and the report shows it.
    """
    strength = strengths(profile, rated, rules)
    fits = {}
    for option in Option:
        alike: dict[tuple[int, ...], Alternative] = {}
        alternatives = []
        for arrangement in arrangements(rated, option, rules, profile.organisation.population) or [Arrangement(option)]:
            seen = arrangement.seen()
            if seen not in alike:
                alike[seen] = _scored(arrangement, strength, rules, scored)
            alternatives.append(alike[seen]._replace(arrangement=arrangement))
        fits[option] = alternatives
    return fits


def _scored(
    arrangement: Arrangement, strength: Mapping[Measure, float], rules: RuleSet, scored: Scored | None
) -> Alternative:
    if scored is None:
        return fitted(arrangement, strength, rules)
    here = with_arrangement(strength, arrangement)
    key = (arrangement.option, *[here[measure] for measure in rules.heard[arrangement.option]])
    if key not in scored:
        scored[key] = fitted(arrangement, strength, rules)
    return scored[key]


def fitted(arrangement: Arrangement, strength: Mapping[Measure, float], rules: RuleSet) -> Alternative:
    """The arrangement with its fit, not yet priced."""
    parts = contributions(arrangement.option, with_arrangement(strength, arrangement), rules)
    exact = round(sum(part.exact for part in parts) * MILLION)
    return Alternative(arrangement, parts, sum(part.points for part in parts), exact)

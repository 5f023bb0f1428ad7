"""Fit: how well each option suits a function, by the rules. Pure functions; money is elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from mba.knowledge.catalogue import Catalogue
from mba.knowledge.measures import RATED, Measure, Setting, of_partners, of_supplier
from mba.knowledge.rules import NEUTRAL, GateCode, RuleSet
from mba.profile import MIDDLE, Flag, Function, Option, Partner, Profile, Rurality, Supplier
from mba.results import BASE, Basis, Contribution, Rated

MOST_POOLED = 6
"""Partners in the largest pool that is tried: by the packaged figures a seventh never fits better, and never saves what agreeing with it costs."""

MILLION = 1_000_000
"""Fits are compared in millionths of a point: beyond that, a float is noise."""


class Judged(NamedTuple):
    """A function with every rating filled in, and who offers it."""

    function: Function
    flags: tuple[Flag, ...]
    flags_basis: Basis
    ratings: Mapping[Measure, Rated]
    suppliers: tuple[Supplier, ...]
    """Those that offer the function, by id."""
    partners: tuple[Partner, ...]
    """Those that would share it, by id."""
    credible: int
    """Suppliers with enough trust to count as competition."""
    kept: bool
    """Whether the catalogue says that every organisation keeps it."""


class Offer(NamedTuple):
    """One way to have an option: alone, with one supplier, or with a pool of partners."""

    option: Option
    supplier: Supplier | None = None
    partners: tuple[Partner, ...] = ()
    """By id."""
    people: int = 0
    """How many the partners serve; one of unknown size counts as many as the organisation."""

    def seen(self) -> tuple[int, ...]:
        """What fit sees of it: a supplier's trust, stability and presence, or a pool's least trust and number; empty where it is with nobody."""
        if self.supplier:
            return trust(self.supplier), stability(self.supplier), presence(self.supplier)
        return (min(map(trust, self.partners)), len(self.partners)) if self.partners else ()

    def ids(self) -> tuple[int, int, tuple[str, ...]]:
        """Orders offers that are otherwise equal: fewer partners, then more people, then by id."""
        names = (self.supplier.id,) if self.supplier else tuple(partner.id for partner in self.partners)
        return len(self.partners), -self.people, names


def trust(other: Supplier | Partner) -> int:
    """Trust in a supplier or partner, 1-5; the middle where it is not given."""
    return MIDDLE if other.trust is None else other.trust


def stability(supplier: Supplier) -> int:
    """How sure a supplier's future is, 1-5; the middle where it is not given."""
    return MIDDLE if supplier.stability is None else supplier.stability


def presence(supplier: Supplier) -> int:
    """How near a supplier works, 1-5; the middle where it is not given."""
    return MIDDLE if supplier.local_presence is None else supplier.local_presence


def judge(profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> Judged:
    """The function with its ratings: the user's own, else by its flags and how it is run today, else the middle.

    Flags that the user leaves out are the catalogue's, where it knows the function.
    """
    known = catalogue.functions.get(function.id)
    given = function.flags
    basis = Basis.GIVEN if given is not None else Basis.CATALOGUE if known else Basis.UNKNOWN
    flags = tuple(flag for flag in Flag if flag in (known.flags if given is None and known else given or ()))
    suppliers = tuple(sorted((s for s in profile.suppliers if _offers(s, function)), key=lambda s: s.id))
    partners = tuple(sorted((p for p in profile.partners if _offers(p, function)), key=lambda p: p.id))
    credible = sum(trust(s) >= rules.parameters.credible_trust.value for s in suppliers)
    assumed = _assumed(flags, function.current, credible, rules)
    ratings = {}
    for measure in RATED:
        rating = getattr(function.ratings, measure.value)
        ratings[measure] = assumed[measure] if rating is None else Rated(rating, Basis.GIVEN)
    kept = known is not None and known.kept
    return Judged(function, flags, basis, ratings, suppliers, partners, credible, kept)


def _offers(other: Supplier | Partner, function: Function) -> bool:
    return other.functions == "all" or function.id in other.functions


def _assumed(flags: tuple[Flag, ...], current: Option | None, credible: int, rules: RuleSet) -> dict[Measure, Rated]:
    relational, transactional = Flag.RELATIONAL in flags, Flag.TRANSACTIONAL in flags
    middle = Basis.CONTESTED if relational and transactional else Basis.DEFAULT
    if not (relational or transactional):
        middle = Basis.UNKNOWN
    by_flag = {*rules.defaults.relational.ratings, *rules.defaults.transactional.ratings}
    out = {measure: Rated(MIDDLE, middle if measure in by_flag else Basis.DEFAULT) for measure in RATED}
    out[Measure.MARKET_DEPTH] = Rated(min(5, 1 + credible), Basis.SUPPLIERS)
    if relational and not transactional:
        out |= _from(rules.defaults.relational.ratings, Basis.RELATIONAL)
    if transactional and not relational:
        out |= _from(rules.defaults.transactional.ratings, Basis.TRANSACTIONAL)
    if current is Option.MAKE:
        out |= _from(rules.defaults.run_in_house.ratings, Basis.RUN_IN_HOUSE)
    if current in (Option.BUY, Option.ALLY):
        out |= _from(rules.defaults.run_outside.ratings, Basis.RUN_OUTSIDE)
    return out


def _from(ratings: Mapping[Measure, int], basis: Basis) -> dict[Measure, Rated]:
    return {measure: Rated(value, basis) for measure, value in ratings.items()}


def offers(judged: Judged, option: Option, rules: RuleSet, population: int) -> list[Offer]:
    """Every way to have the option, for an organisation of so many people; none where a gate leaves nobody to have it with."""
    match option:
        case Option.MAKE:
            return [Offer(option)]
        case Option.BUY:
            return [Offer(option, supplier) for supplier in judged.suppliers]
        case Option.ALLY:
            needs = rules.parameters
            return [
                Offer(option, supplier)
                for supplier in judged.suppliers
                if supplier.long_term is not False
                and trust(supplier) >= needs.ally_trust.value
                and stability(supplier) >= needs.ally_stability.value
            ]
        case Option.SHARE:
            return list(_pools(judged.partners, population))


@lru_cache(maxsize=64)
def _pools(partners: tuple[Partner, ...], population: int) -> tuple[Offer, ...]:
    """Each partner alone, since a quote is of one; and for each least trust and each size the pool with the most people.

    Fit looks at the least trust and the number in a pool, and cost falls with its people: any other pool fits as one of these, and is no cheaper.
    """

    def people(partner: Partner) -> int:
        return partner.population or population

    largest = sorted(partners, key=lambda partner: (-people(partner), partner.id))
    pools = [[partner] for partner in largest]
    for least in sorted({trust(partner) for partner in partners}):
        allowed = [partner for partner in largest if trust(partner) >= least]
        bound = next(partner for partner in allowed if trust(partner) == least)
        others = [partner for partner in allowed if partner is not bound]
        pools += [[bound, *others[: size - 1]] for size in range(2, min(MOST_POOLED, len(allowed)) + 1)]
    return tuple(
        Offer(Option.SHARE, None, tuple(sorted(pool, key=lambda partner: partner.id)), sum(map(people, pool)))
        for pool in pools
    )


def gates(judged: Judged, offer: Offer) -> tuple[GateCode, ...]:
    """Why the option of the offer is out of the question, money aside; empty where it is not."""
    option = offer.option
    blocked = []
    if option is not Option.MAKE and Flag.STATUTORY in judged.flags:
        blocked.append(GateCode.STATUTORY)
    if option is not Option.MAKE and judged.kept:
        blocked.append(GateCode.KEPT)
    if option is not Option.MAKE and not (offer.supplier or offer.partners):
        blocked.append(_NOBODY[option])
    # Only the user's own word blocks, never a default.
    if judged.ratings[Measure.SPECIFICATION_READINESS] == Rated(1, Basis.GIVEN) and option in (Option.BUY, Option.ALLY):
        blocked.append(GateCode.NOTHING_TO_SPECIFY)
    return tuple(blocked)


_NOBODY = {
    Option.BUY: GateCode.NO_SUPPLIER,
    Option.SHARE: GateCode.NO_PARTNER,
    Option.ALLY: GateCode.NO_LONG_TERM_SUPPLIER,
}


def strengths(profile: Profile, judged: Judged, rules: RuleSet) -> dict[Measure, float]:
    """Every measure of the function as a strength, with no supplier and no partner."""
    organisation = profile.organisation
    setting = Setting.model_construct(
        None,
        **{measure.value: rated.value for measure, rated in judged.ratings.items()},
        core=Flag.CORE in judged.flags,
        client_capability=MIDDLE if organisation.client_capability is None else organisation.client_capability,
        rurality=organisation.rurality or Rurality.MIXED,
        population=organisation.population,
        credible_suppliers=judged.credible,
    )
    return setting.strengths(rules.parameters.efficient_scale)


def with_offer(strength: Mapping[Measure, float], offer: Offer) -> dict[Measure, float]:
    """The strengths of a function, with the supplier or the partners of one offer."""
    if offer.supplier:
        return {**strength, **of_supplier(*offer.seen())}
    return {**strength, **of_partners(*offer.seen())} if offer.partners else dict(strength)


def contributions(option: Option, strength: Mapping[Measure, float], rules: RuleSet) -> tuple[Contribution, ...]:
    """What each rule that speaks gives to the option, after the base of 50; the points add up to the fit.

    Exact contributions are brought to the scale of the rule set (its reach is 50 points either way), added up, and
    rounded as they are added. So the whole points add up to the rounded
    total, and the total, which is what options are compared by, is never further than half a point from the exact one.
    """
    share = NEUTRAL / rules.reach
    out = [Contribution(BASE, NEUTRAL, 1.0, float(NEUTRAL))]
    exact, whole = 0.0, 0
    for code, rule, points in rules.speaking[option]:
        degree = rule.degree(strength, option)
        if not degree:
            continue
        part = share * points * degree
        exact += part
        reached = _round(exact)
        out.append(Contribution(code, reached - whole, degree, part))
        whole = reached
    return tuple(out)


def _round(value: float) -> int:
    """The nearest whole number, halves upwards; noise of addition in the last places of a float is cut off first."""
    return math.floor(round(value, 9) + 0.5)


class Way(NamedTuple):
    """An offer with what it is worth: its contributions, their sum the fit (0-100), and the exact fit in millionths.

    Ways are compared by the exact fit, so that a lead of less than a point counts; reports show the fit.
    """

    offer: Offer
    contributions: tuple[Contribution, ...]
    fit: int
    exact: int


Scored: TypeAlias = dict[tuple[object, ...], Way]
"""What was scored once, by option and by the strengths that its rules look at: for many profiles that are much the same."""


def score(profile: Profile, judged: Judged, rules: RuleSet, scored: Scored | None = None) -> dict[Option, list[Way]]:
    """Every way to have each option; what `scored` holds already is not scored again.

    An option that nobody offers has one way, with nobody, scored as with the worst on offer: a gate blocks it, and
    the report shows it.
    """
    strength = strengths(profile, judged, rules)
    out = {}
    for option in Option:
        alike: dict[tuple[int, ...], Way] = {}
        ways = []
        for offer in offers(judged, option, rules, profile.organisation.population) or [Offer(option)]:
            found = alike.get(offer.seen()) or alike.setdefault(offer.seen(), _way(offer, strength, rules, scored))
            ways.append(Way(offer, *found[1:]))
        out[option] = ways
    return out


def _way(offer: Offer, strength: Mapping[Measure, float], rules: RuleSet, scored: Scored | None) -> Way:
    if scored is None:
        return way(offer, strength, rules)
    here = with_offer(strength, offer)
    key = (offer.option, *[here[measure] for measure in rules.heard[offer.option]])
    return scored.get(key) or scored.setdefault(key, way(offer, strength, rules))


def way(offer: Offer, strength: Mapping[Measure, float], rules: RuleSet) -> Way:
    """The offer, scored."""
    parts = contributions(offer.option, with_offer(strength, offer), rules)
    exact = round(sum(part.exact for part in parts) * MILLION)
    return Way(offer, parts, sum(part.points for part in parts), exact)

"""Profiles read into columns: what was said, what stands in for it, and with whom each function could be run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from mba.decide.alternatives import (
    BASES,
    OPTIONS,
    Arrangement,
    Functions,
    Offers,
    Places,
    Real,
    Sellers,
    Situations,
    stability,
    trust,
)
from mba.inputs import FUNCTIONS, ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.figures import Costs
from mba.knowledge.measures import MARKET_DEPTH, RATED, RURAL, SPECIFICATION_READINESS, Measure
from mba.knowledge.rules import RuleSet
from mba.profile import MIDDLE, Flag, Function, Option, Partner, Profile, Supplier, SupplierKind
from mba.results import Basis, Rated

Case: TypeAlias = tuple[Profile, Sequence[Function]]
"""A profile, and those of its functions that are to be appraised."""

MOST_POOLED = 6
"""Partners in the largest pool that is tried.

By the packaged figures a seventh never fits better, and never saves what agreeing with it costs.
"""

FOR_PROFIT = {SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE}
OUTSIDE_NHS = {
    SupplierKind.PRIVATE,
    SupplierKind.JOINT_VENTURE,
    SupplierKind.THIRD_SECTOR,
    SupplierKind.MUTUAL,
    SupplierKind.CUSTOMER_OWNED,
}
"""Whose VAT cannot be recovered. Support units, NHS bodies and local authorities charge none that matters."""

_OWN_RATINGS = attrgetter(*(f"ratings.{measure}" for measure in RATED))
_ID = attrgetter("id")


class _Whom(NamedTuple):
    """The arrangements that some suppliers and partners make, by their places among all, and how many are credible.

    `by_whom` says where each stands among them.
    """

    places: Places
    credible: int
    by_whom: dict[tuple[Option, tuple[str, ...]], int]


def read(cases: Sequence[Case], rules: RuleSet, catalogue: Catalogue) -> Situations:
    """Every function of the cases with every way to run it; functions by id, so that the order of a file is nothing.

    The functions of an organisation stand together, in the order of the cases.
    """
    met = _Met(rules)
    functions: list[Function] = []
    organisation: list[int] = []
    with_whom: list[_Whom] = []
    for number, (profile, some) in enumerate(cases):
        ordered = sorted(some, key=_ID)
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
        population=_column(profile.organisation.population for profile in profiles),
        rurality=_column(RURAL[named(ORGANISATION, "rurality").value(profile.organisation)] for profile in profiles),
        functions=own,
        offers=offers,
        sellers=_sellers(met.suppliers, rules.costs),
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


def _column(figures: Iterable[float]) -> Real:
    return np.fromiter(figures, np.float64)


def _rated(group: str, rows: Sequence[object], *, nobody: bool = False) -> dict[str, Real]:
    """The ratings of a group, a row each, what stands in where none is given; with nobody, who is as bad as 1, last."""
    found = {}
    for one in ratings_of(group):
        values = [one.value(row) for row in rows]
        found[one.measure] = np.array([*values, 1] if nobody else values, np.float64)[:, np.newaxis]
    return found


class _Met:
    """Everybody met in the cases so far and every arrangement with them, each once however many cases it is in."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.suppliers: list[Supplier] = []
        self.partners: list[Partner] = []
        self.offers = [Arrangement(option) for option in OPTIONS]
        self._places: dict[int, int] = {}
        self._made: dict[tuple[object, ...], int] = {}
        self._found: dict[tuple[object, ...], _Whom] = {}

    def offering(self, profile: Profile, functions: Sequence[Function]) -> list[_Whom]:
        """With whom each of these functions of a profile could be run."""
        suppliers, partners = _offering(profile.suppliers), _offering(profile.partners)
        return [
            self._whom(
                suppliers.get(function.id, suppliers[None]),
                partners.get(function.id, partners[None]),
                profile.organisation.population,
            )
            for function in functions
        ]

    def _whom(self, sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], population: int) -> _Whom:
        key = tuple(map(id, sellers)), tuple(map(id, sharers)), population
        if key not in self._found:
            self._found[key] = self._new(sellers, sharers, population)
        return self._found[key]

    def _new(self, sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], population: int) -> _Whom:
        """The arrangements as equals stand; of each option but make also the one with nobody, last."""
        ways = [Arrangement(Option.MAKE), *pools(sharers, population), Arrangement(Option.SHARE)]
        for option in (Option.ALLY, Option.BUY):
            ways += [*(Arrangement(option, supplier) for supplier in sellers), Arrangement(option)]
        least = self.rules.parameters.credible_trust.value
        credible = sum(trust(supplier) >= least for supplier in sellers)
        by_whom = {(way.option, way.whom): place for place, way in enumerate(ways) if way.whom}
        return _Whom(np.array([self._place(way) for way in ways]), credible, by_whom)

    def _place(self, way: Arrangement) -> int:
        """Where an arrangement stands among the offers."""
        if not way.whom:
            return OPTIONS.index(way.option)
        key = way.option, way.people, id(way.supplier), *map(id, way.partners)
        if key not in self._made:
            self._made[key] = len(self.offers)
            self.offers.append(way)
            self._meet(way)
        return self._made[key]

    def _meet(self, way: Arrangement) -> None:
        if way.supplier and id(way.supplier) not in self._places:
            self._places[id(way.supplier)] = len(self.suppliers)
            self.suppliers.append(way.supplier)
        for partner in way.partners:
            if id(partner) not in self._places:
                self._places[id(partner)] = len(self.partners)
                self.partners.append(partner)

    def columns(self) -> Offers:
        """The arrangements as columns."""
        nobody, alone = len(self.suppliers), [len(self.partners)]
        pools_ = [[self._places[id(partner)] for partner in way.partners] or alone for way in self.offers]
        number = np.array(list(map(len, pools_)))
        may = [
            way.supplier is None or way.option is Option.BUY or may_ally(way.supplier, self.rules)
            for way in self.offers
        ]
        return Offers(
            rows=tuple(self.offers),
            option=np.array([OPTIONS.index(way.option) for way in self.offers]),
            supplier=np.array([self._places.get(id(way.supplier), nobody) for way in self.offers]),
            members=np.array(list(chain.from_iterable(pools_))),
            starts=np.cumsum(number) - number,
            number=number,
            people=_column(way.people for way in self.offers),
            with_nobody=np.array([not way.whom and way.option is not Option.MAKE for way in self.offers]),
            may=np.array(may),
        )


Other = TypeVar("Other", Supplier, Partner)


def _offering(others: Sequence[Other]) -> dict[str | None, tuple[Other, ...]]:
    """Those who offer each function that somebody lists, by id; under None those who offer every one."""
    ordered = sorted(others, key=_ID)
    listed = set(chain.from_iterable(other.functions for other in ordered if other.functions != "all"))
    offering: dict[str | None, tuple[Other, ...]] = {None: tuple(o for o in ordered if o.functions == "all")}
    for id_ in listed:
        offering[id_] = tuple(other for other in ordered if other.functions == "all" or id_ in other.functions)
    return offering


def pools(partners: tuple[Partner, ...], population: int) -> list[Arrangement]:
    """Each partner alone, since a quote is of one; fewer partners first, then more people, then by id.

    And for each least trust and each size the pool with the most people. Fit looks at the least trust and the number
    in a pool, and cost falls with its people: any other pool fits as one of these, and is no cheaper.
    """

    def people(partner: Partner) -> int:
        return partner.population or population

    largest = sorted(partners, key=lambda partner: (-people(partner), partner.id))
    made = [[partner] for partner in largest]
    for least in sorted(set(map(trust, partners))):
        allowed = [partner for partner in largest if trust(partner) >= least]
        bound = min(allowed, key=trust)  # The first of the least trusted: the largest.
        allowed.remove(bound)
        made += [[bound, *allowed[: size - 1]] for size in range(2, min(MOST_POOLED, len(allowed) + 1) + 1)]
    ordered = (tuple(sorted(pool, key=_ID)) for pool in made)
    ways = [Arrangement(Option.SHARE, None, pool, sum(map(people, pool))) for pool in ordered]
    return sorted(ways, key=lambda way: (len(way.partners), -way.people, way.whom))


def may_ally(supplier: Supplier | None, rules: RuleSet) -> bool:
    """Whether a supplier would sign for long, and is trusted and sure enough of its future to be allied with."""
    needs = rules.parameters
    return (
        supplier is not None
        and supplier.long_term is not False
        and trust(supplier) >= needs.ally_trust.value
        and stability(supplier) >= needs.ally_stability.value
    )


def _sellers(suppliers: Sequence[Supplier], costs: Costs) -> Sellers:
    """What prices depend on, with a last row for nobody."""
    kinds = [supplier.kind for supplier in suppliers]
    usual = costs.supplier_population.value
    margins = [(costs.margin_private if kind in FOR_PROFIT else costs.margin_public).value for kind in kinds]
    return Sellers(
        served=_column([*(supplier.population_served or usual for supplier in suppliers), usual]),
        margin=_column([*margins, 0.0]),
        vat=_column([*(costs.vat_private.value if kind in OUTSIDE_NHS else 0.0 for kind in kinds), 0.0]),
    )


def _quotes(functions: Sequence[Function], with_whom: Sequence[_Whom], starts: Places, number: int) -> Real:
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
) -> tuple[Functions, dict[str, Real]]:
    """The functions as columns, and their ratings: the user's own, else by flags and how it is run today, or middle."""
    known = [catalogue.functions.get(function.id) for function in functions]
    flags = [_flags(*each) for each in zip(functions, known, strict=True)]
    standing: dict[tuple[object, ...], int] = {}
    rows: list[list[tuple[float, int]]] = []
    which = []
    for function, (own, _) in zip(functions, flags, strict=True):
        key = own, function.current
        if key not in standing:
            standing[key] = len(rows)
            rows.append(_assumed(own, function.current, rules))
        which.append(standing[key])
    assumed = np.array(rows, np.float64)[which]
    values, bases = assumed[:, :, 0], assumed[:, :, 1].astype(np.intp)
    many = np.array(credible)
    depth = RATED.index(MARKET_DEPTH)
    of_suppliers = bases[:, depth] == BASES.index(Basis.SUPPLIERS)
    values[of_suppliers, depth] = np.minimum(5, 1 + many)[of_suppliers]
    given = np.array(list(map(_OWN_RATINGS, functions)), np.float64)
    said = ~np.isnan(given)
    values[said], bases[said] = given[said], BASES.index(Basis.GIVEN)
    fixed = [Flag.STATUTORY in own or bool(row and row.kept) for (own, _), row in zip(flags, known, strict=True)]
    columns = Functions(
        rows=tuple(functions),
        known=tuple(known),
        flags=tuple(own for own, _ in flags),
        flags_basis=tuple(basis for _, basis in flags),
        bases=bases,
        core=_column(Flag.CORE in own for own, _ in flags),
        fixed=np.array(fixed),
        unspecified=given[:, RATED.index(SPECIFICATION_READINESS)] == 1,
        credible=many,
        annual_cost=np.array([function.annual_cost for function in functions], np.float64),
        cost_per_head=np.array([row and row.cost_per_head for row in known], np.float64),
        importance=np.array([function.ratings.importance or MIDDLE for function in functions]),
        current=np.array([-1 if f.current is None else OPTIONS.index(f.current) for f in functions]),
        decided=np.array([OPTIONS.index(f.decided.mode) if f.decided else -1 for f in functions]),
    )
    return columns, {measure: values[:, [place]] for place, measure in enumerate(RATED)}


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


def _assumed(flags: tuple[Flag, ...], current: Option | None, rules: RuleSet) -> list[tuple[float, int]]:
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
    if current is Option.MAKE:
        ratings |= _from(defaults.run_in_house.ratings, Basis.RUN_IN_HOUSE)
    if current in (Option.BUY, Option.ALLY):
        ratings |= _from(defaults.run_outside.ratings, Basis.RUN_OUTSIDE)
    return [(rated.value, BASES.index(rated.basis)) for rated in ratings.values()]


def _from(ratings: Mapping[Measure, int], basis: Basis) -> dict[Measure, Rated]:
    return {measure: Rated(value, basis) for measure, value in ratings.items()}

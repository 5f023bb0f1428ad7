"""With whom functions could be run: everybody on offer, each arrangement with them, and the columns of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeVar

import numpy as np

from mba.decide.alternatives import OPTIONS, Arrangement, Offers, Places, Sellers, stability, trust
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.rules import RuleSet
from mba.profile import Function, Option, Partner, Profile, Supplier, SupplierKind

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

_ID = attrgetter("id")

Other = TypeVar("Other", Supplier, Partner)


class Whom(NamedTuple):
    """The arrangements that some suppliers and partners make, by their places among all, and how many are credible.

    `by_whom` says where each stands among them.
    """

    places: Places
    credible: int
    by_whom: dict[tuple[Option, tuple[str, ...]], int]


class Counterparties:
    """Everybody met in the cases so far and every arrangement with them, each once however many cases it is in."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.suppliers: list[Supplier] = []
        self.partners: list[Partner] = []
        self.offers = [Arrangement(option) for option in OPTIONS]
        self._places: dict[int, int] = {}
        self._made: dict[tuple[object, ...], int] = {}
        self._found: dict[tuple[object, ...], Whom] = {}

    def offering(self, profile: Profile, functions: Sequence[Function]) -> list[Whom]:
        """With whom each of these functions of a profile could be run."""
        suppliers, partners = _offering(profile.suppliers), _offering(profile.partners)
        found = []
        for function in functions:
            sellers = suppliers.get(function.id, suppliers[None])
            sharers = partners.get(function.id, partners[None])
            found.append(self._whom(sellers, sharers, profile.organisation.population))
        return found

    def _whom(self, sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], population: int) -> Whom:
        key = tuple(map(id, sellers)), tuple(map(id, sharers)), population
        if key not in self._found:
            self._found[key] = self._new(sellers, sharers, population)
        return self._found[key]

    def _new(self, sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], population: int) -> Whom:
        """The arrangements as equals stand; of each option but make also the one with nobody, last."""
        ways = [Arrangement(Option.MAKE), *pools(sharers, population), Arrangement(Option.SHARE)]
        for option in (Option.ALLY, Option.BUY):
            ways += [*(Arrangement(option, supplier) for supplier in sellers), Arrangement(option)]
        least = self.rules.parameters.credible_trust.value
        credible = sum(trust(supplier) >= least for supplier in sellers)
        by_whom = {(way.option, way.whom): place for place, way in enumerate(ways)}
        return Whom(np.array([self._place(way) for way in ways]), credible, by_whom)

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
        may = [way.option is not Option.ALLY or may_ally(way.supplier, self.rules) for way in self.offers]
        return Offers(
            rows=tuple(self.offers),
            option=np.array([OPTIONS.index(way.option) for way in self.offers]),
            supplier=np.array([self._places.get(id(way.supplier), nobody) for way in self.offers]),
            members=np.array(list(chain.from_iterable(pools_))),
            starts=np.cumsum(number) - number,
            number=number,
            people=column(way.people for way in self.offers),
            with_nobody=np.array([not way.whom and way.option is not Option.MAKE for way in self.offers]),
            may=np.array(may),
        )


def _offering(others: Sequence[Other]) -> dict[str | None, tuple[Other, ...]]:
    """Those who offer each function that somebody lists, by id; under None those who offer every one."""
    everything: list[Other] = []
    listed: dict[str | None, list[Other]] = {None: []}
    for other in sorted(others, key=_ID):
        if other.functions == "all":
            everything.append(other)
            continue
        for id_ in set(other.functions):
            listed.setdefault(id_, []).append(other)
    offering: dict[str | None, tuple[Other, ...]] = {}
    for name, some in listed.items():
        offering[name] = tuple(sorted(everything + some, key=_ID))
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


def sellers_of(suppliers: Sequence[Supplier], costs: Costs) -> Sellers:
    """What prices depend on, with a last row for nobody."""
    kinds = [supplier.kind for supplier in suppliers]
    usual = costs.supplier_population.value
    margins = [(costs.margin_private if kind in FOR_PROFIT else costs.margin_public).value for kind in kinds]
    return Sellers(
        served=column([*(supplier.population_served or usual for supplier in suppliers), usual]),
        margin=column([*margins, 0.0]),
        vat=column([*(costs.vat_private.value if kind in OUTSIDE_NHS else 0.0 for kind in kinds), 0.0]),
    )


def column(figures: Iterable[float]) -> Real:
    """Figures as a column."""
    return np.fromiter(figures, np.float64)

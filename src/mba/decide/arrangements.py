"""With whom functions could be run: everybody on offer, each arrangement with them, and the columns of both."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from mba.decide.alternatives import OPTIONS, Arrangement, Offers, Places, Sellers, others_of, trust
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.rules import RuleSet
from mba.profile import Current, Function, Organisation, Partner, Profile, Supplier
from mba.terms import OUTSIDE_NHS, Option, SupplierKind

MOST_POOLED = 6
"""Partners in the largest pool that is tried.

By the packaged figures a seventh never fits better, and never saves what agreeing with it costs.
"""

FOR_PROFIT = {SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE}

YEAR = 365.25
"""Days."""

_ID = attrgetter("id")

Other = TypeVar("Other", Supplier, Partner)

Offering: TypeAlias = dict[str | None, tuple[Other, ...]]
"""Those who offer each function that somebody lists, by id; under None those who offer every one."""

Listed: TypeAlias = Mapping[str, Supplier | Partner]
"""Everybody that a profile lists, by id."""


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
        self._offered: dict[tuple[int, int], tuple[Offering[Supplier], Offering[Partner], Listed]] = {}
        self._found: dict[tuple[object, ...], Whom] = {}
        self._names: dict[tuple[type, str], Supplier | Partner] = {}

    def offering(self, profile: Profile, functions: Sequence[Function], today: Sequence[Current | None]) -> list[Whom]:
        """With whom each of these functions of a profile could be run; and `today`, how each is run now."""
        everybody = id(profile.suppliers), id(profile.partners)
        if everybody not in self._offered:
            by_id = {other.id: other for other in others_of(profile)}
            self._offered[everybody] = _offering(profile.suppliers), _offering(profile.partners), by_id
        suppliers, partners, listed = self._offered[everybody]
        found: dict[tuple[int, int, int], Whom] = {}
        whom = []
        for function, way in zip(functions, today, strict=True):
            sellers = suppliers.get(function.id, suppliers[None])
            sharers = partners.get(function.id, partners[None])
            key = id(sellers), id(sharers), id(way)
            if key not in found:
                now = self._today(way, sellers, sharers, listed)
                found[key] = self._whom(sellers, sharers, now, profile.organisation)
            whom.append(found[key])
        return whom

    def _today(
        self, current: Current | None, sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], listed: Listed
    ) -> tuple[Option, tuple[Supplier | Partner, ...]] | None:
        """With whom a function is run today, where that is not among what anybody may have.

        Who is not listed is a name, of whom nothing else is known; where nobody is named, and nobody offers it,
        somebody is there all the same.
        """
        if current is None or current.mode is Option.MAKE:
            return None
        others = sharers if current.mode is Option.SHARE else sellers
        if not current.whom:
            return None if others else (current.mode, (self._named("", current.mode),))
        return current.mode, tuple(listed.get(id_) or self._named(id_, current.mode) for id_ in current.whom)

    def _named(self, id_: str, mode: Option) -> Supplier | Partner:
        form = Partner if mode is Option.SHARE else Supplier
        return self._names.setdefault((form, id_), form.model_construct(id=id_))

    def _whom(
        self,
        sellers: tuple[Supplier, ...],
        sharers: tuple[Partner, ...],
        today: tuple[Option, tuple[Supplier | Partner, ...]] | None,
        organisation: Organisation,
    ) -> Whom:
        own = (today[0], *map(id, today[1])) if today else ()
        population, start = organisation.population, organisation.from_
        key = id(sellers), id(sharers), own, population, start  # They last as long as what is offered does.
        if key not in self._found:
            end = day_of(start) + YEAR * self.rules.costs.share_years.value
            ways = _ways(sellers, sharers, population, end)
            if today and tuple(other.id for other in today[1]) not in [way.whom for way in ways[today[0]]]:
                ways[today[0]].append(_arrangement(*today, population))
            self._found[key] = self._new(ways, self._bidding(sellers, start))
        return self._found[key]

    def _bidding(self, sellers: tuple[Supplier, ...], start: date | None) -> int:
        """How many suppliers are trusted enough to compete, and there for as long as a contract lasts."""
        needed, end = self.rules.parameters.credible_trust, day_of(start) + YEAR * self.rules.costs.buy_years.value
        staying = (supplier for supplier in sellers if _gone_from(supplier) >= end)
        return sum(needed.passed(trust(supplier)) for supplier in staying)

    def _new(self, made: Mapping[Option, list[Arrangement]], credible: int) -> Whom:
        """The arrangements as equals stand; of each option but make also the one with nobody, last."""
        ways = [Arrangement(Option.MAKE)]
        for option, some in made.items():
            # Fewer partners first, then more people, then by id.
            in_order = sorted(some, key=lambda way: (len(way.partners), -way.people, way.whom))
            ways += [*in_order, Arrangement(option)]
        by_whom = {(way.option, way.whom): place for place, way in enumerate(ways)}
        return Whom(np.array([self._place(way) for way in ways]), credible, by_whom)

    def _place(self, way: Arrangement) -> int:
        """Where an arrangement stands among the offers."""
        if way.with_nobody or way.option is Option.MAKE:
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
        return Offers(
            rows=tuple(self.offers),
            option=np.array([OPTIONS.index(way.option) for way in self.offers]),
            supplier=np.array([self._places.get(id(way.supplier), nobody) for way in self.offers]),
            members=np.array(list(chain.from_iterable(pools_))),
            starts=np.cumsum(number) - number,
            number=number,
            people=column(way.people for way in self.offers),
            with_nobody=np.array([way.with_nobody for way in self.offers]),
            may=np.array([_may(way) for way in self.offers]),
            closes=column(map(_closes, self.offers)),
        )


def _ways(
    sellers: tuple[Supplier, ...], sharers: tuple[Partner, ...], population: int, end: float
) -> dict[Option, list[Arrangement]]:
    """The arrangements that anybody may have, by option; `end` is the day until which one that is shared would run."""
    staying = tuple(partner for partner in sharers if _gone_from(partner) >= end)
    shared = pools(sharers, population)
    if staying != sharers:  # Who closes takes the whole pool along.
        shared = list(dict.fromkeys([*shared, *pools(staying, population)]))
    return {
        Option.SHARE: shared,
        Option.ALLY: [Arrangement(Option.ALLY, supplier) for supplier in sellers],
        Option.BUY: [Arrangement(Option.BUY, supplier) for supplier in sellers],
    }


def _arrangement(option: Option, others: Sequence[Supplier | Partner], population: int) -> Arrangement:
    """An arrangement with just these."""
    partners = tuple(other for other in others if isinstance(other, Partner))
    supplier = next((other for other in others if isinstance(other, Supplier)), None)
    return Arrangement(option, supplier, partners, sum(partner.population or population for partner in partners))


def _may(way: Arrangement) -> bool:
    """Whether nothing that is not rated stops it.

    An alliance needs a supplier that signs for long; one that its customers own is allied with, and not bought from.
    """
    if way.supplier is None:
        return True
    if way.option is Option.ALLY:
        return way.supplier.long_term is not False
    return way.supplier.kind is not SupplierKind.CUSTOMER_OWNED


def _gone_from(other: Supplier | Partner) -> float:
    """The first day, as a number, on which somebody is gone: after that on which they close; infinite if they stay."""
    return other.closes.toordinal() + 1 if other.closes else np.inf


def _closes(way: Arrangement) -> float:
    """The first day on which one of those it is with is not there, as a number; infinite where all stay."""
    return min(map(_gone_from, way.others), default=np.inf)


def _offering(others: Sequence[Other]) -> Offering[Other]:
    everything: list[Other] = []
    listed: dict[str | None, list[Other]] = {None: []}
    for other in sorted(others, key=_ID):
        if other.functions == "all":
            everything.append(other)
            continue
        for id_ in set(other.functions):
            listed.setdefault(id_, []).append(other)
    return {name: tuple(sorted(everything + some, key=_ID)) for name, some in listed.items()}


def pools(partners: tuple[Partner, ...], population: int) -> list[Arrangement]:
    """Each partner alone, since a quote is of one.

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
    return [Arrangement(Option.SHARE, None, pool, sum(map(people, pool))) for pool in ordered]


def sellers_of(suppliers: Sequence[Supplier], costs: Costs) -> Sellers:
    """What prices depend on, with a last row for nobody."""
    kinds = [supplier.kind for supplier in suppliers]
    usual = costs.supplier_population.value
    margins = [(costs.margin_private if kind in FOR_PROFIT else costs.margin_public).value for kind in kinds]
    return Sellers(
        served=column([*(supplier.population_served or usual for supplier in suppliers), usual]),
        margin=column([*margins, 0.0]),
        vat=column([*(costs.vat.value if kind in OUTSIDE_NHS else 0.0 for kind in kinds), 0.0]),
        owned=np.array([*(kind is SupplierKind.CUSTOMER_OWNED for kind in kinds), False]),
    )


def day_of(day: date | None) -> float:
    """A day as a number; infinite where it is not known, since what ends has ended by then."""
    return day.toordinal() if day else np.inf


def column(figures: Iterable[float]) -> Real:
    """Figures as a column."""
    return np.fromiter(figures, np.float64)

"""The method in plain Python, one alternative at a time: what the evaluator, which works on columns, is held against.

It is slow, and says everything once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple, TypeAlias, TypeVar

from mba.inputs import ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue, Catalogued
from mba.knowledge.figures import Costs
from mba.knowledge.measures import (
    ASSET_SPECIFICITY,
    BELOW_EFFICIENT_SCALE,
    CORE,
    MARKET_DEPTH,
    MEASURABILITY,
    OF_PARTNER,
    OF_SUPPLIER,
    POOLED,
    RATED,
    RURALITY,
    SCALE_ECONOMIES,
    SOLE_SUPPLIER,
    EfficientScale,
    Measure,
)
from mba.knowledge.rules import Direction, Rule, RuleSet
from mba.option_result import BASE, Contribution
from mba.profile import Function, Partner, Profile, Supplier
from mba.ratings import MIDDLE
from mba.spending import Cost, Part, PartName, Transition
from mba.terms import Flag, Option, OrganisationKind, QuotedVat, Rurality, SupplierKind, Vat

Strengths: TypeAlias = Mapping[Measure, float]
Parts: TypeAlias = list[tuple[PartName, float]]
"""What a year's cost is made of, £ a year, not yet rounded."""

Other = TypeVar("Other", Supplier, Partner)

RURAL = {Rurality.URBAN: 0.0, Rurality.MIXED: 0.5, Rurality.RURAL: 1.0}
MOST_POOLED = 6
FOR_PROFIT = (SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE)
INSIDE_NHS = (None, SupplierKind.CSU, SupplierKind.NHS_BODY)
YEAR = 365.25
"""Days."""


class Offer(NamedTuple):
    """An option with a supplier, with a pool of partners, or with nobody."""

    option: Option
    supplier: Supplier | None = None
    partners: tuple[Partner, ...] = ()

    @property
    def others(self) -> tuple[Supplier | Partner, ...]:
        """Whom it is with."""
        return (self.supplier,) if self.supplier else self.partners

    @property
    def whom(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(other.id for other in self.others)

    @property
    def with_nobody(self) -> bool:
        """Whether there should be somebody, and nobody is."""
        return self.option is not Option.MAKE and not self.others


class Today(NamedTuple):
    """How a function is run: `named` says whether it is known with whom.

    `paid` is £ a year, `split` says that it is a part of the price of a package; `notice` is in months. `lasts` says
    that its contract ends after the new start.
    """

    option: Option
    whom: tuple[str, ...]
    paid: float | None
    split: bool
    ended: bool
    lasts: bool
    notice: float

    @property
    def named(self) -> bool:
        """Whether it is said with whom."""
        return bool(self.whom) or self.option is Option.MAKE


class Way(NamedTuple):
    """An alternative: an option, and the ids of whom it is with.

    `exact` is its fit in millionths of a point; `there` says that it is an alternative at all, `open` that no gate
    blocks it, and `choice` that it may be recommended, all three money aside. `worth` and `scarce` are in thousandths
    of a pound a year, with the burden of proof (of fit in millionths, where money has no say), the second where money
    is short. `counted` is £ a year in a sum: its cost, else today's; 0 where neither is known.
    """

    option: Option
    supplier: str | None
    partners: tuple[str, ...]
    exact: int
    contributions: tuple[Contribution, ...]
    cost: Cost | None
    there: bool
    open: bool
    choice: bool
    as_today: bool
    worth: int
    scarce: int
    counted: int

    @property
    def pounds(self) -> int:
        """£ a year, 0 where not known."""
        return (self.cost and self.cost.pounds) or 0


class InHouse(NamedTuple):
    """What it costs to run a function alone, £ a year: all of it, and the part that is there at any size."""

    total: float
    fixed: float


class Case:
    """A function of a profile, and what its alternatives have in common."""

    def __init__(self, profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> None:
        known, kind = catalogue.functions.get(catalogue.names.get(function.id, "")), profile.organisation.kind
        self.profile, self.function, self.rules = profile, function, rules
        self.people = profile.organisation.population
        self.suppliers, self.partners = offering(profile.suppliers, function), offering(profile.partners, function)
        self.credible = sum(trust(one) > 1 and not self.closes(Offer(Option.BUY, one)) for one in self.suppliers)
        self.flags = (known.flags if known else ()) if function.flags is None else function.flags
        self.kept = known is not None and known.kept
        self.recoverable = (function.vat or (known.vat if known else None)) is Vat.RECOVERABLE
        self.said = bool(known or function.flags or function.annual_cost or function.quotes or function.decided)
        self.said = self.said or bool(function.ratings.model_fields_set)
        self.ratings = ratings(self)
        self.strengths = strengths(self)
        self.by_itself = self.alone = in_house(self, *estimate_of(known, kind, rules, catalogue))
        self.today = today_of(profile, function, rules, catalogue)
        self.take(list(self._offers()))

    def take(self, offers: list[Offer]) -> None:
        """Have these ways to run it, and no others."""
        self.offers = offers
        self.there = [self._there(offer) for offer in self.offers]
        self.open = [there and not self.shut(offer) for offer, there in zip(self.offers, self.there, strict=True)]
        self.as_today = [self.is_today(offer) for offer in self.offers]
        self.alone = borne_out(self)
        self.choice = self._choice()
        self.costs = [cost_of(offer, self) for offer in self.offers]
        self.given = [self.fit(offer) for offer in self.offers]
        self.exact = [round(sum(part.exact for part in given) * 1_000_000) for given in self.given]

    def _offers(self) -> Iterator[Offer]:
        """With whom each option can be had, as equals stand: fewer partners, more people, then by id; nobody last."""
        yield Offer(Option.MAKE)
        for option in (Option.SHARE, Option.ALLY, Option.BUY):
            found = self._offered(option)
            found += [
                today for today in self._running(option, found) if today.whom not in [each.whom for each in found]
            ]
            yield from sorted(
                found, key=lambda offer: (len(offer.partners), -people_of(offer, self.people), offer.whom)
            )
            yield Offer(option)

    def _offered(self, option: Option) -> list[Offer]:
        """What anybody may have: of partners also without those that close too soon."""
        if option is not Option.SHARE:
            return [Offer(option, supplier) for supplier in self.suppliers]
        every = pools(self.partners, self.people)
        staying = pools([one for one in self.partners if not self.closes(Offer(option, None, (one,)))], self.people)
        return [*every, *(pool for pool in staying if pool not in every)]

    def _running(self, option: Option, found: Sequence[Offer]) -> Iterator[Offer]:
        """Whoever runs it today; somebody without a name where nobody is named, and nobody offers it."""
        today = self.today
        if not today or today.option is not option or (found and not today.whom):
            return
        ids = today.whom or ("",)
        if option is Option.SHARE:
            partners = {partner.id: partner for partner in self.profile.partners}
            yield Offer(option, None, tuple(partners.get(id_) or Partner.model_construct(id=id_) for id_ in ids))
        else:
            suppliers = {supplier.id: supplier for supplier in self.profile.suppliers}
            yield Offer(option, suppliers.get(ids[0]) or Supplier.model_construct(id=ids[0]))

    def is_today(self, offer: Offer) -> bool:
        """Whether it is how the function is run today: the same option with anybody, where nobody is named."""
        today = self.today
        if not today or offer.option is not today.option or offer.with_nobody:
            return False
        return not today.whom or offer.whom == today.whom

    def passes(self, offer: Offer) -> bool:
        """Whether they are trusted, sure enough of their future, would sign, and may be dealt with like that."""
        trusted = all(trust(other) > 1 for other in offer.others)
        supplier = offer.supplier
        if offer.option is Option.BUY and supplier:
            return trusted and supplier.kind is not SupplierKind.CUSTOMER_OWNED
        if offer.option is Option.ALLY and supplier:
            stability = MIDDLE if supplier.stability is None else supplier.stability
            return trust(supplier) >= MIDDLE and stability > MIDDLE - 1 and supplier.long_term is not False
        return trusted

    def closes(self, offer: Offer) -> bool:
        """Whether it would run past the day on which one of them closes; any such day where no start is given."""
        days = [other.closes for other in offer.others if other.closes]
        start, years = self.profile.organisation.from_, self.years(offer.option)
        if not days or start is None:
            return bool(days)
        return start.toordinal() + YEAR * years > min(days).toordinal() + 1

    def years(self, option: Option) -> float:
        """The years that an arrangement is for."""
        costs = self.rules.costs
        return {Option.SHARE: costs.share_years, Option.ALLY: costs.ally_years}.get(option, costs.buy_years).value

    def _there(self, offer: Offer) -> bool:
        """Whether it is with somebody who can; or, where nobody of all who offer the option can, with nobody."""
        able = [
            other
            for other in self.offers
            if other.option is offer.option and not other.with_nobody and self.passes(other) and not self.closes(other)
        ]
        return not able if offer.with_nobody else offer in able

    def shut(self, offer: Offer) -> bool:
        """Whether a gate shuts it, whoever it is with."""
        outside = offer.option in (Option.ALLY, Option.BUY)
        decided = self.function.decided is not None and self.function.decided.mode is offer.option
        duty = Flag.STATUTORY in self.flags or (self.kept and not decided)
        shared = offer.option is Option.SHARE and self.profile.organisation.kind is OrganisationKind.ICB
        barred = duty and offer.option is not Option.MAKE and not shared
        unspecified = self.function.ratings.specification_readiness == 1 and outside
        return barred or unspecified or offer.with_nobody

    def _choice(self) -> list[bool]:
        """What may be recommended: what was decided; of a function of which nothing is known, what there is today."""
        decided = self.function.decided
        if decided:
            return [t and each.option is decided.mode for each, t in zip(self.offers, self.there, strict=True)]
        staying = [o and now for o, now in zip(self.open, self.as_today, strict=True)]
        return staying if self.today and not self.said and any(staying) else self.open

    def fit(self, offer: Offer) -> tuple[Contribution, ...]:
        """What makes its fit."""
        return contributions(offer.option, {**self.strengths, **strengths_of(offer)}, self.rules)

    @property
    def own(self) -> int | None:
        """£ a year in-house as the user says: for what is made today that is what is paid."""
        current = self.function.current
        made = current.cost if current and current.mode is Option.MAKE else None
        return made if self.function.annual_cost is None else self.function.annual_cost

    @property
    def basis(self) -> float | None:
        """What the price of fit stands on: in-house cost, else what is paid today, else the dearest offer."""
        if self.alone:
            return self.alone.total
        if self.today and self.today.paid is not None:
            return self.today.paid
        known = (cost for cost, may in zip(self.costs, self.choice, strict=True) if may and cost)
        return max((cost.pounds or 0 for cost in known), default=None)

    @property
    def costed(self) -> bool:
        """Whether money has a say: there is something that the price of fit stands on, and every choice has a cost."""
        unknown = any(may and cost is None for cost, may in zip(self.costs, self.choice, strict=True))
        return self.basis is not None and not unknown

    @property
    def point(self) -> float:
        """What a point of fit is worth, £ a year: ten of them are worth the premium, times importance / 3."""
        premium = named(ORGANISATION, "premium").value(self.profile.organisation)
        importance = self.function.ratings.importance or MIDDLE
        return float(premium / 100 / 10 * (self.basis or 0.0) * importance / MIDDLE)

    @property
    def from_today(self) -> int | None:
        """The place of the way that stands for today: the best open one, else the best; None where nothing is said."""

        def order(place: int) -> tuple[float, float, int]:
            cost, fit = self.costs[place], self.exact[place]
            pounds = (cost and cost.pounds) or 0
            value = self.point * fit / 1_000_000 - pounds
            return round(value * 1_000) if self.costed else fit, -pounds if cost else -math.inf, -place

        now = [place for place, is_now in enumerate(self.as_today) if is_now]
        return max([place for place in now if self.open[place]] or now, key=order, default=None)

    def ways(self) -> list[Way]:
        """Every alternative, as equals stand: make, share, ally, buy; with nobody where there is nobody."""
        today = self.from_today
        left = None if today is None else self.costs[today]
        return [self._way(place, left, moves=today is not None) for place in range(len(self.offers))]

    def _way(self, place: int, left: Cost | None, *, moves: bool) -> Way:
        offer, cost = self.offers[place], self.costs[place]
        if cost and moves and not self.as_today[place]:
            cost = cost._replace(transition=transition(cost, left, self))
        figures = self.rules.choice
        proven = self.exact[place] / 1_000_000 + figures.burden_of_proof.value * self.as_today[place]
        worth, more = 1_000_000 * proven, 0.0
        if self.costed:
            pounds, once = (cost.pounds or 0, cost.once) if cost else (0, 0)
            worth = 1_000 * (self.point * proven - (pounds + once / figures.payback_years.value))
            more = (figures.most_in_shortage.value - 1) * 1_000 * pounds
        return Way(
            option=offer.option,
            supplier=offer.supplier.id if offer.supplier else None,
            partners=tuple(partner.id for partner in offer.partners),
            exact=self.exact[place],
            contributions=self.given[place],
            cost=cost,
            there=self.there[place],
            open=self.open[place],
            choice=self.choice[place],
            as_today=self.as_today[place],
            worth=round(worth),
            scarce=round(worth) - round(more),
            counted=((cost or left or Cost(None)).pounds) or 0,
        )


def trust(other: Supplier | Partner) -> int:
    """Trust in somebody, the middle where it is not given."""
    return MIDDLE if other.trust is None else other.trust


def people_of(offer: Offer, own: int) -> int:
    """People whom the partners serve; one of unknown size counts as many as the organisation."""
    return sum(partner.population or own for partner in offer.partners)


def offering(others: Sequence[Other], function: Function) -> list[Other]:
    """Those of the others that offer the function, by id."""
    able = [other for other in others if other.functions == "all" or function.id in other.functions]
    return sorted(able, key=lambda other: other.id)


def pools(partners: Sequence[Partner], own: int) -> list[Offer]:
    """Each partner alone; and for each least trust and each size the pool with the most people, by id."""

    def people(partner: Partner) -> int:
        return partner.population or own

    largest = sorted(partners, key=lambda partner: (-people(partner), partner.id))
    made = [[partner] for partner in largest]
    for least in {trust(partner) for partner in partners}:
        bound, *_ = (partner for partner in largest if trust(partner) == least)
        others = [partner for partner in largest if trust(partner) >= least and partner is not bound]
        made += [[bound, *others[:more]] for more in range(1, min(MOST_POOLED - 1, len(others)) + 1)]
    return [Offer(Option.SHARE, None, tuple(sorted(pool, key=lambda one: one.id))) for pool in made]


def today_of(profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> Today | None:
    """How a function is run: as it says itself, and as the package says that pays for it."""
    own, start = function.current, profile.organisation.from_
    package = next((each for each in profile.packages if function.id in each.functions), None)
    if not own and not package:
        return None
    whom: tuple[str, ...] = ()
    if own:
        whom = tuple(sorted(filter(None, (own.supplier, own.partner, *own.partners))))
    paid = None if own is None or own.cost is None else float(own.cost)
    split = package is not None and paid is None
    if package:
        whom = (package.supplier,)
        if paid is None:
            sizes = {
                row.id: size(profile, row, rules, catalogue) for row in profile.functions if row.id in package.functions
            }
            known = [pounds for pounds in sizes.values() if pounds is not None]
            mean = sum(known) / len(known) if known else 1.0
            shares = {id_: mean if pounds is None else pounds for id_, pounds in sizes.items()}
            paid = package.cost * shares[function.id] / sum(shares.values())
    until = own.until if own else None
    ended = until is not None and (start is None or until <= start)
    closing = [partner.closes for partner in profile.partners if partner.id in whom]
    closing += [supplier.closes for supplier in profile.suppliers if supplier.id in whom]
    ends = min((day for day in (until, *closing) if day), default=None)
    notice = months(own.notice_months or 0, start, ends) if own else 0.0
    option = own.mode if own else (package.mode if package else Option.MAKE)
    owned = {supplier.id for supplier in profile.suppliers if supplier.kind is SupplierKind.CUSTOMER_OWNED}
    if option is Option.BUY and owned & {*whom}:
        option = Option.ALLY
    lasts = until is not None and start is not None and until > start
    return Today(option, whom, paid, split, ended, lasts, notice)


def months(notice: int, start: date | None, until: date | None) -> float:
    """The months of notice past the new start, but not past the last day of what ends; none without a start."""
    if start is None:
        return 0.0
    if until is None:
        return notice
    if until <= start:
        return 0.0
    return min(notice, (until - start + timedelta(days=1)) / timedelta(days=YEAR / 12))


def size(profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> float | None:
    """What a function would cost in-house, £ a year, whatever it is part of today."""
    alone = Case(profile.model_copy(update={"packages": ()}), function, rules, catalogue).alone
    return alone.total if alone else None


def ratings(case: Case) -> dict[Measure, int]:
    """The user's own ratings, else those of its flags, else the middle."""
    function, defaults = case.function, case.rules.defaults
    relational, transactional = Flag.RELATIONAL in case.flags, Flag.TRANSACTIONAL in case.flags
    found = dict.fromkeys(RATED, MIDDLE) | {MARKET_DEPTH: min(5, 1 + case.credible)}
    if relational and not transactional:
        found |= defaults.relational.ratings
    if transactional and not relational:
        found |= defaults.transactional.ratings
    return found | {measure: own for measure in RATED if (own := getattr(function.ratings, measure)) is not None}


def strengths(case: Case) -> dict[Measure, float]:
    """Every measure of a function as a strength, with no supplier and no partner: as bad as the worst of them.

    Competition has no benefit where there is none, however deep the market is rated.
    """
    organisation, sole = case.profile.organisation, case.credible <= 1
    found = {measure: strength(rating) for measure, rating in case.ratings.items()}
    found |= {row.measure: strength(row.value(organisation)) for row in ratings_of(ORGANISATION)}
    found |= dict.fromkeys((*OF_SUPPLIER, *OF_PARTNER), -1.0)
    found[MARKET_DEPTH] = min(0.0, found[MARKET_DEPTH]) if sole else found[MARKET_DEPTH]
    found[SOLE_SUPPLIER] = float(sole)
    found[CORE] = float(Flag.CORE in case.flags)
    found[RURALITY] = RURAL[named(ORGANISATION, "rurality").value(organisation)]
    scale = case.rules.parameters.efficient_scale
    found[BELOW_EFFICIENT_SCALE] = shortfall(scale, case.people, case.ratings[SCALE_ECONOMIES])
    found[POOLED] = pooled(1)
    return found


def strengths_of(offer: Offer) -> dict[Measure, float]:
    """The strengths of whom an option is had with: a pool has the least of each rating of its partners."""
    if offer.supplier:
        return {row.measure: strength(row.value(offer.supplier)) for row in ratings_of(SUPPLIERS)}
    if not offer.partners:
        return {}
    least = {row.measure: strength(min(map(row.value, offer.partners))) for row in ratings_of(PARTNERS)}
    return least | {POOLED: pooled(len(offer.partners))}


def strength(rating: float) -> float:
    """The strength of a rating, 1-5: from -1 to 1, 0 at the middle."""
    return (rating - MIDDLE) / 2


def pooled(number: int) -> float:
    """The strength of so many partners: all of it from five on."""
    return min(1.0, number / 5)


def shortfall(scale: EfficientScale, people: float, scale_economies: float) -> float:
    """How far below efficient scale, from 0 (at or above it) to 1 (a tenth of it, or less)."""
    low, high = math.log10(scale.smallest), math.log10(scale.largest)
    efficient = low + (scale_economies - 1) / 4 * (high - low)
    return min(1.0, max(0.0, efficient - math.log10(people)))


def towards(way: Direction, strength: float) -> float:
    """How far a strength goes the way that a rule speaks of: the middle is 1 at 3, half at 2 and 4, 0 at 1 and 5."""
    return {Direction.HIGH: strength, Direction.MIDDLE: 1 - abs(strength), Direction.LOW: -strength}[way]


def degree(rule: Rule, of: Strengths, option: Option) -> float:
    """How far a rule holds for an option: as far as the weakest of its measures."""
    found = max(rule.lowest, min(towards(way, of[measure]) for measure, way in rule.when.items()))
    by = rule.adjusted_by
    if by and found > 0 and option in by.options:
        found *= by.start + (by.end - by.start) * max(0.0, of[by.measure])
    return found


def contributions(option: Option, of: Strengths, rules: RuleSet) -> tuple[Contribution, ...]:
    """What each rule that speaks gives to the option, after the base of 50; rounded as they are added up."""
    found = [Contribution(BASE, 50, 1.0, 50.0)]
    exact, whole = 0.0, 0
    for code, rule in sorted(rules.rules.items()):
        held = degree(rule, of, option)
        part = 50 / rules.reach * rule.points.of(option) * held
        if part:
            exact += part
            # Noise in the last places of a float is cut off before halves are rounded upwards.
            reached = math.floor(round(exact, 9) + 0.5)
            found.append(Contribution(code, reached - whole, held, part))
            whole = reached
    return tuple(found)


def fixed_share(scale_economies: float, people: float, costs: Costs) -> float:
    """The share of in-house cost that is there at any size."""
    lowest, highest = costs.fixed_share_lowest.value, costs.fixed_share_highest.value
    share = lowest + (highest - lowest) * (scale_economies - 1) / 4
    return share / (share + (1 - share) * people / costs.fixed_share_population.value)


def estimate_of(
    known: Catalogued | None, kind: OrganisationKind, rules: RuleSet, catalogue: Catalogue
) -> tuple[float | None, float]:
    """The catalogue's £ a head and with how many people: a board's own, else a group's; None where it has none."""
    usual = rules.costs.reference_population.value
    if known is None or kind not in known.kinds:
        return None, usual
    own = known.boards.cost_per_head if known.boards else None
    if kind is OrganisationKind.ICB and own is not None:
        return own, catalogue.boards.people
    return known.cost_per_head, usual


def in_house(case: Case, per_head: float | None, people: float) -> InHouse | None:
    """The user's annual cost, else the estimate from the catalogue's £ a head; None where neither is known."""
    costs, rating = case.rules.costs, case.ratings[SCALE_ECONOMIES]
    if case.own is not None:
        total = float(case.own)
        return InHouse(total, fixed_share(rating, case.people, costs) * total)
    if per_head is None:
        return None
    usual = per_head * people
    fixed = usual * fixed_share(rating, people, costs)
    return InHouse(fixed + (usual - fixed) * case.people / people, fixed)


def borne_out(case: Case) -> InHouse | None:
    """In-house cost, an estimate as many times higher as the cheapest known price stands above its own estimate.

    What is paid today stands beside all that its way is estimated at, but for a tender, with whoever would be cheapest
    where nobody is named; an offer beside the price.
    """
    alone, today = case.by_itself, case.today
    if alone is None or case.own is not None or today is None or today.paid is None:
        return alone
    case.alone, paid, offered = alone, [], []
    for offer in case.offers:
        estimated = _share(offer, case, None) if offer.option is Option.SHARE else _contract(offer, case, None)
        quote = _quote(offer, case)
        if quote is not None:
            offered.append(quote / estimated[0][1])
        if case.is_today(offer):
            paid.append(today.paid / sum(pounds for name, pounds in estimated if name is not PartName.TENDERING))
    least = max(1.0, min([max(paid), *offered]))
    return InHouse(alone.total * least, alone.fixed * least)


def cost_of(offer: Offer, case: Case) -> Cost | None:
    """What an offer costs, £ a year, before anything is moved; None where nothing says what.

    An offer counts before what is paid today, and that before an estimate. What is paid is all in.
    """
    today, now, quote = case.today, case.is_today(offer), _quote(offer, case)
    own = offer.option is Option.MAKE and case.own is not None
    known = today.paid if today and now and offer.option is not Option.MAKE else None
    paid = known if quote is None else None
    price = quote if paid is None else _within(paid, offer, case)
    found = dict({Option.MAKE: _make, Option.SHARE: _share}.get(offer.option, _contract)(offer, case, price))
    if not found:
        return None
    if paid is not None and PartName.COORDINATION in found:
        found[PartName.COORDINATION] = min(found[PartName.COORDINATION], paid)
    whole = {name: round(found[name]) for name in PartName if name in found}
    tender = whole.pop(PartName.TENDERING, 0)
    if paid is not None:  # It comes to what is paid, to the pound.
        whole[PartName.TEAM if offer.option is Option.SHARE else PartName.PRICE] += round(paid) - sum(whole.values())
    # Whoever runs it today needs no new tender until the contract ends, and none where they are gone by then. One for
    # their offer before that costs no more than the offer saves.
    named = today and now and (today.named or paid is not None)
    if named and today and (not today.ended or case.closes(offer)):
        saved = 0 if known is None else round(known) - sum(whole.values())
        tender = min(tender, max(0, saved))
    if tender:
        whole[PartName.TENDERING] = tender
    produced = PartName.TEAM, PartName.PRICE
    parts = tuple(Part(name, whole[name]) for name in PartName if whole.get(name) or name in {*produced} & {*whole})
    said = own or quote is not None or (paid is not None and not (today and today.split))
    return Cost(sum(whole.values()), parts, not said, quote is not None, None)


def _within(paid: float, offer: Offer, case: Case) -> float:
    """The team or price in what is paid all in: without what comes on top of an offer, but for a tender."""
    if offer.option is not Option.SHARE:
        return paid / sum(pounds for name, pounds in _contract(offer, case, 1.0) if name is not PartName.TENDERING)
    agreeing = case.rules.costs.coordination.value * len(offer.partners)
    if case.alone is None:
        return paid / (1 + agreeing)
    return max(0.0, paid - agreeing * case.alone.total)


def _quote(offer: Offer, case: Case) -> float | None:
    """The cheapest quote for just this offer, £ a year, without VAT; none where what is paid for it stands.

    That is while it is fixed, and where whoever is paid closes.
    """
    today = case.today if case.is_today(offer) else None
    if today and today.paid is not None and (today.lasts or case.closes(offer)):
        return None
    asked = []
    for quote in case.function.quotes:
        if quote.mode is offer.option and offer.whom == (quote.supplier or quote.partner,):
            vat = offer.supplier and offer.supplier.kind not in INSIDE_NHS and quote.vat is QuotedVat.INCLUDED
            asked.append(quote.cost / (1 + case.rules.costs.vat.value if vat else 1))
    return min(asked, default=None)


def _make(_: Offer, case: Case, __: float | None) -> Parts:
    return [(PartName.TEAM, case.alone.total)] if case.alone else []


def _share(offer: Offer, case: Case, quote: float | None) -> Parts:
    """The own part of a pooled team, the time that agreeing takes, and what may not be saved after all."""
    agreeing = case.rules.costs.coordination.value * len(offer.partners)
    if quote is not None:
        base = case.alone.total if case.alone else quote
        return [(PartName.TEAM, quote), (PartName.COORDINATION, agreeing * base)]
    if case.alone is None or not offer.partners:
        return []
    theirs = people_of(offer, case.people)
    saving = case.alone.fixed * theirs / (case.people + theirs)
    parts = [(PartName.TEAM, case.alone.total - saving), (PartName.COORDINATION, agreeing * case.alone.total)]
    return [*parts, (PartName.OPTIMISM, saving * case.rules.costs.optimism.value)]


def _contract(offer: Offer, case: Case, quote: float | None) -> Parts:
    """A supplier's price, and what the client still has to spend, mostly as shares of it."""
    supplier, costs, ally = offer.supplier, case.rules.costs, offer.option is Option.ALLY
    price = quote
    if price is None and supplier and case.alone:
        price = _asked(supplier, case.alone, case)
    if supplier is None or price is None:
        return []
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    unclear, distrust = (5 - case.ratings[MEASURABILITY]) / 4, (5 - trust(supplier)) / 4
    shares = {
        PartName.VAT: 0 if case.recoverable or supplier.kind in INSIDE_NHS else costs.vat.value,
        PartName.CONTRACT_MANAGEMENT: easiest + (hardest - easiest) * (unclear + distrust) / 2,
        PartName.RETAINED_CLIENT: costs.retained_client.value,
        PartName.RELATIONSHIP: costs.relationship.value if ally else 0,
        PartName.REASSESSMENT: costs.reassessment.value if ally else 0,
    }
    beside = [(name, price * share) for name, share in shares.items() if share]
    return [(PartName.PRICE, price), *beside, *_tender(offer, price, case)]


def _tender(offer: Offer, price: float, case: Case) -> Parts:
    """What tendering costs a year: a fixed part for each contract, and a share of the price.

    Nothing below the threshold, which counts the whole term, or the years that the law values, with the VAT there is;
    nor for what its customers own.
    """
    costs, years = case.rules.costs, case.years(offer.option)
    owned = offer.supplier is not None and offer.supplier.kind is SupplierKind.CUSTOMER_OWNED
    vat = 0.0 if offer.supplier is None or offer.supplier.kind in INSIDE_NHS else costs.vat.value
    valued = max(years, costs.valued_years.value)
    if owned or price * valued * (1 + vat) < costs.tender_threshold.value:
        return []
    return [(PartName.TENDERING, costs.tender_fixed.value / years + costs.tender_share.value * price)]


def _asked(supplier: Supplier, alone: InHouse, case: Case) -> float:
    """What a supplier would ask: the cost of a team that serves its other customers too, and a margin.

    What is specific to one customer serves no other.
    """
    costs, specific = case.rules.costs, (case.ratings[ASSET_SPECIFICITY] - 1) / 4
    served = float(supplier.population_served or costs.supplier_population.value)
    remote = max(0.0, -strength(named(SUPPLIERS, "local_presence").value(supplier)))
    saving = alone.fixed * served / (case.people + served)
    saving *= (1 - costs.remoteness.value * remote) * (1 - costs.specificity.value * specific)
    margin = costs.margin_private if supplier.kind in FOR_PROFIT else costs.margin_public
    return (alone.total - saving) * (1 + margin.value)


def transition(cost: Cost, left: Cost | None, case: Case) -> Transition:
    """What moving costs once, to a way of this cost from the one that is left.

    A share of the first year of the new team or price; redundancy by how far yearly pay falls; and what is paid today,
    else the in-house cost, for the months of notice that run past the new start.
    """
    costs, today = case.rules.costs, case.today
    fall = 0.0 if left is None else max(0.0, pay(left, costs) - pay(cost, costs))
    monthly = (today.paid if today and today.paid is not None else case.alone.total if case.alone else 0.0) / 12
    notice = monthly * today.notice if today else 0.0
    return Transition(
        round(production(cost) * costs.transition.value), round(fall * costs.redundancy.value), round(notice)
    )


def production(cost: Cost) -> int:
    """£ a year for the own team, or the supplier's price."""
    return next(part.pounds for part in cost.parts if part.part in (PartName.TEAM, PartName.PRICE))


def pay(cost: Cost, costs: Costs) -> float:
    """£ a year of it that is pay; what may not be saved after all is paid to the same people."""
    unsaved = sum(part.pounds for part in cost.parts if part.part is PartName.OPTIMISM)
    return costs.pay_share.value * (production(cost) + unsaved)


class Priced(NamedTuple):
    """A way as a choice within the money: £ a year, and its worth, with money enough and short."""

    cost: int
    worth: int
    scarce: int


def best_within(classes: Sequence[Sequence[Priced]], today: int, free: int) -> tuple[int, ...]:
    """The answer, by looking at every portfolio: its place in each class, whose ways stand as ties are broken.

    That of most worth of all that cost no more than the free money or, if that is more, than the floor.
    """
    every = list(product(*(range(len(ways)) for ways in classes)))
    sums = {picks: sum_of(classes, picks) for picks in every}
    floor = floor_of(classes, today)
    most = max(free, sum_of(classes, floor).cost)
    within = [picks for picks in every if sums[picks].cost <= most]
    return min(within, key=lambda picks: (-sums[picks].worth, sums[picks].cost, picks))


def floor_of(classes: Sequence[Sequence[Priced]], today: int) -> tuple[int, ...]:
    """The portfolio of most worth where money is short, of all that cost no more than today does."""
    every = product(*(range(len(ways)) for ways in classes))
    within = [picks for picks in every if sum_of(classes, picks).cost <= today]
    return min(within, key=lambda picks: (-sum_of(classes, picks).scarce, sum_of(classes, picks).cost, picks))


def sum_of(classes: Sequence[Sequence[Priced]], picks: Sequence[int]) -> Priced:
    """What a portfolio costs and is worth."""
    picked = [ways[pick] for ways, pick in zip(classes, picks, strict=True)]
    return Priced(*(sum(figures) for figures in zip(*picked, strict=True))) if picked else Priced(0, 0, 0)


def picks_of(cases: Sequence[Case], free: int) -> list[int]:
    """The answer for several functions within the free money, £ a year: the place of a way of each.

    Of equals the cheaper, then as today, then make, share, ally, buy. Where money has no say fit decides.
    """
    picks, classes, places, today = [0] * len(cases), [], [], 0
    for number, case in enumerate(cases):
        every = case.ways()
        choice = [place for place, way in enumerate(every) if way.choice]
        choice.sort(key=lambda place: (not every[place].as_today, place))
        if not case.costed:
            picks[number] = min(choice, key=lambda place: (-every[place].worth, *_price(every[place])))
            free -= every[picks[number]].counted
            continue
        classes.append([Priced(every[at].pounds, every[at].worth, every[at].scarce) for at in choice])
        places.append((number, choice))
        now = case.from_today
        today += every[now].pounds if now in choice else max(way.cost for way in classes[-1])
    for (number, choice), pick in zip(places, best_within(classes, today, free), strict=True):
        picks[number] = choice[pick]
    return picks


def _price(way: Way) -> tuple[bool, int]:
    """In order: what has a cost first, and the lower."""
    return way.cost is None, way.pounds

"""The method in plain Python, one alternative at a time: what the evaluator, which works on columns, is held against.

It is slow, and says everything once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from mba.decide.alternatives import Arrangement, stability, trust
from mba.inputs import ORGANISATION, PARTNERS, SUPPLIERS, named, ratings_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.figures import Costs
from mba.knowledge.measures import (
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
from mba.terms import Flag, Option, Rurality, SupplierKind

Strengths: TypeAlias = Mapping[Measure, float]
Parts: TypeAlias = list[tuple[PartName, float]]
"""What a year's cost is made of, £ a year, not yet rounded."""

Other = TypeVar("Other", Supplier, Partner)

RURAL = {Rurality.URBAN: 0.0, Rurality.MIXED: 0.5, Rurality.RURAL: 1.0}
MOST_POOLED = 6
FOR_PROFIT = (SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE)
OUTSIDE_NHS = (*FOR_PROFIT, SupplierKind.THIRD_SECTOR, SupplierKind.MUTUAL, SupplierKind.CUSTOMER_OWNED)


class Way(NamedTuple):
    """An alternative: an option, and the ids of whom it is with.

    `exact` is its fit in millionths of a point; `open` says that no gate blocks it, and `choice` that it may be
    recommended, both money aside.
    """

    option: Option
    supplier: str | None
    partners: tuple[str, ...]
    exact: int
    contributions: tuple[Contribution, ...]
    cost: Cost | None
    open: bool
    choice: bool

    @property
    def pounds(self) -> int:
        """£ a year, 0 where not known."""
        return self.cost.total if self.cost else 0


class InHouse(NamedTuple):
    """What it costs to run a function alone, £ a year: all of it, and the part that is there at any size."""

    total: float
    fixed: float


class Case:
    """A function of a profile, and what its alternatives have in common."""

    def __init__(self, profile: Profile, function: Function, rules: RuleSet, catalogue: Catalogue) -> None:
        known = catalogue.functions.get(function.id)
        self.profile, self.function, self.rules = profile, function, rules
        self.people = profile.organisation.population
        self.suppliers, self.partners = offering(profile.suppliers, function), offering(profile.partners, function)
        self.credible = sum(trust(one) >= rules.parameters.credible_trust.value for one in self.suppliers)
        self.flags = (known.flags if known else ()) if function.flags is None else function.flags
        self.fixed = Flag.STATUTORY in self.flags or (known is not None and known.kept)
        self.ratings = ratings(self)
        self.strengths = strengths(self)
        self.alone = in_house(self, known.cost_per_head if known else None)

    def ways(self) -> list[Way]:
        """Every alternative, as equals stand: make, share, ally, buy; fewer partners, more people, then by id.

        An option that nobody offers has one alternative, with nobody.
        """
        found: list[Arrangement] = []
        for option in Option:
            found += sorted(self.arrangements(option), key=_standing) or [Arrangement(option)]
        return [self.way(arrangement) for arrangement in found]

    def arrangements(self, option: Option) -> list[Arrangement]:
        """With whom an option can be had."""
        if option is Option.MAKE:
            return [Arrangement(option)]
        if option is Option.SHARE:
            return pools(self.partners, self.people)
        able = [one for one in self.suppliers if option is Option.BUY or may_ally(one, self.rules)]
        return [Arrangement(option, supplier) for supplier in able]

    def way(self, arrangement: Arrangement) -> Way:
        """An arrangement with its fit and its cost."""
        option, decided = arrangement.option, self.function.decided
        given = contributions(option, {**self.strengths, **strengths_of(arrangement)}, self.rules)
        unspecified = self.function.ratings.specification_readiness == 1 and option in (Option.BUY, Option.ALLY)
        blocked = self.fixed or unspecified or not arrangement.whom
        open_ = option is Option.MAKE or not blocked
        return Way(
            option=option,
            supplier=arrangement.supplier.id if arrangement.supplier else None,
            partners=tuple(partner.id for partner in arrangement.partners),
            exact=round(sum(part.exact for part in given) * 1_000_000),
            contributions=given,
            cost=cost_of(arrangement, self),
            open=open_,
            choice=option is decided.mode if decided else open_,
        )


def _standing(arrangement: Arrangement) -> tuple[int, int, tuple[str, ...]]:
    return len(arrangement.partners), -arrangement.people, arrangement.whom


def offering(others: Sequence[Other], function: Function) -> list[Other]:
    """Those of the others that offer the function, by id."""
    able = [other for other in others if other.functions == "all" or function.id in other.functions]
    return sorted(able, key=lambda other: other.id)


def may_ally(supplier: Supplier, rules: RuleSet) -> bool:
    """Whether a supplier would sign for long, and is trusted and sure enough of its future to be allied with."""
    needs = rules.parameters
    if supplier.long_term is False:
        return False
    return trust(supplier) >= needs.ally_trust.value and stability(supplier) >= needs.ally_stability.value


def pools(partners: Sequence[Partner], own: int) -> list[Arrangement]:
    """Each partner alone; and for each least trust and each size the pool with the most people, by id."""

    def people(partner: Partner) -> int:
        return partner.population or own

    largest = sorted(partners, key=lambda partner: (-people(partner), partner.id))
    made = [[partner] for partner in largest]
    for least in {trust(partner) for partner in partners}:
        bound, *_ = (partner for partner in largest if trust(partner) == least)
        others = [partner for partner in largest if trust(partner) >= least and partner is not bound]
        made += [[bound, *others[:more]] for more in range(1, min(MOST_POOLED - 1, len(others)) + 1)]
    return [
        Arrangement(Option.SHARE, None, tuple(sorted(pool, key=lambda one: one.id)), sum(map(people, pool)))
        for pool in made
    ]


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


def strengths_of(arrangement: Arrangement) -> dict[Measure, float]:
    """The strengths of whom an option is had with: a pool has the least of each rating of its partners."""
    if arrangement.supplier:
        return {row.measure: strength(row.value(arrangement.supplier)) for row in ratings_of(SUPPLIERS)}
    if not arrangement.partners:
        return {}
    least = {row.measure: strength(min(map(row.value, arrangement.partners))) for row in ratings_of(PARTNERS)}
    return least | {POOLED: pooled(len(arrangement.partners))}


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


def in_house(case: Case, per_head: float | None) -> InHouse | None:
    """The user's annual cost, else the estimate from the catalogue's £ a head; None where neither is known."""
    costs, rating = case.rules.costs, case.ratings[SCALE_ECONOMIES]
    if case.function.annual_cost is not None:
        total = float(case.function.annual_cost)
        return InHouse(total, fixed_share(rating, case.people, costs) * total)
    if per_head is None:
        return None
    usual = per_head * costs.reference_population.value
    fixed = usual * fixed_share(rating, costs.reference_population.value, costs)
    return InHouse(fixed + (usual - fixed) * case.people / costs.reference_population.value, fixed)


def cost_of(arrangement: Arrangement, case: Case) -> Cost | None:
    """What an arrangement costs, £ a year; None where neither in-house cost nor a quote is known."""
    option, costs = arrangement.option, case.rules.costs
    quote = _quote(arrangement, case.function)
    parts = {Option.MAKE: _make, Option.SHARE: _share}.get(option, _contract)(arrangement, case, quote)
    if not parts:
        return None
    whole = tuple(Part(name, round(pounds)) for name, pounds in parts)
    moves = None
    if case.function.current not in (None, option):
        years = {Option.BUY: costs.buy_years, Option.ALLY: costs.ally_years}.get(option, costs.share_years).value
        once = round(whole[0].pounds * costs.transition.value)
        moves = Transition(once, round(once / years))
    own = option is Option.MAKE and case.function.annual_cost is not None
    return Cost(sum(part.pounds for part in whole), whole, quote is None and not own, quote is not None, moves)


def _quote(arrangement: Arrangement, function: Function) -> float | None:
    """The cheapest quote for just this arrangement, £ a year."""
    asked = [
        quote.cost
        for quote in function.quotes
        if quote.mode is arrangement.option and arrangement.whom == (quote.supplier or quote.partner,)
    ]
    return float(min(asked)) if asked else None


def _make(_: Arrangement, case: Case, __: float | None) -> Parts:
    return [(PartName.TEAM, case.alone.total)] if case.alone else []


def _share(arrangement: Arrangement, case: Case, quote: float | None) -> Parts:
    """The own part of a pooled team, the time that agreeing takes, and what may not be saved after all."""
    agreeing = case.rules.costs.coordination.value * len(arrangement.partners)
    if quote is not None:
        base = case.alone.total if case.alone else quote
        return [(PartName.TEAM, quote), (PartName.COORDINATION, agreeing * base)]
    if case.alone is None or not arrangement.partners:
        return []
    saving = case.alone.fixed * arrangement.people / (case.people + arrangement.people)
    parts = [(PartName.TEAM, case.alone.total - saving), (PartName.COORDINATION, agreeing * case.alone.total)]
    return [*parts, (PartName.OPTIMISM, saving * case.rules.costs.optimism.value)]


def _contract(arrangement: Arrangement, case: Case, quote: float | None) -> Parts:
    """A supplier's price, and what the client still has to spend, as shares of it."""
    supplier, costs, ally = arrangement.supplier, case.rules.costs, arrangement.option is Option.ALLY
    price = quote
    if price is None and supplier and case.alone:
        price = _asked(supplier, case.alone, case)
    if supplier is None or price is None:
        return []
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    shares = {
        PartName.VAT: costs.vat_private.value if supplier.kind in OUTSIDE_NHS else 0,
        PartName.TENDERING: costs.tender.value / (costs.ally_years if ally else costs.buy_years).value,
        PartName.CONTRACT_MANAGEMENT: easiest + (hardest - easiest) * (5 - case.ratings[MEASURABILITY]) / 4,
        PartName.RETAINED_CLIENT: costs.retained_client.value,
        PartName.RELATIONSHIP: costs.relationship.value if ally else 0,
        PartName.REASSESSMENT: costs.reassessment.value if ally else 0,
    }
    return [(PartName.PRICE, price), *((name, price * share) for name, share in shares.items() if share)]


def _asked(supplier: Supplier, alone: InHouse, case: Case) -> float:
    """What a supplier would ask: the cost of a team that serves its other customers too, and a margin."""
    costs = case.rules.costs
    served = float(supplier.population_served or costs.supplier_population.value)
    remote = max(0.0, -strength(named(SUPPLIERS, "local_presence").value(supplier)))
    saving = alone.fixed * served / (case.people + served) * (1 - costs.remoteness.value * remote)
    margin = costs.margin_private if supplier.kind in FOR_PROFIT else costs.margin_public
    return (alone.total - saving) * (1 + margin.value)

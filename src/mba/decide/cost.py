"""What an option costs, £ a year, in parts that a reader can follow. Pure functions.

Every figure is in `costs.yaml`. In-house cost c at population p has a fixed part and a part that grows with people.
The fixed share is a function's own (its rating `scale_economies`) at 100,000 people, and falls with size: f / (f + (1
- f) p / 100,000). Pooling spreads the fixed part over more people; what part of that saving arrives is a figure too.
`docs/money.md` has every formula with an example.
"""

from __future__ import annotations

from typing import TypeAlias

from mba.decide.alternatives import Arrangement, InHouseCost, RatedFunction
from mba.inputs import SUPPLIERS, named
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.figures import Costs
from mba.knowledge.measures import MEASURABILITY, SCALE_ECONOMIES
from mba.profile import MIDDLE, Function, Option, Profile, Quote, Supplier, SupplierKind
from mba.results import Basis
from mba.spending import Cost, Part, PartName, Transition

FOR_PROFIT = {SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE}
OUTSIDE_NHS = {
    SupplierKind.PRIVATE,
    SupplierKind.JOINT_VENTURE,
    SupplierKind.THIRD_SECTOR,
    SupplierKind.MUTUAL,
    SupplierKind.CUSTOMER_OWNED,
}
"""Whose VAT cannot be recovered. Support units, NHS bodies and local authorities charge none that matters."""

Parts: TypeAlias = list[tuple[PartName, float]]
"""What a year's cost is made of, £ a year, not yet rounded."""


def in_house(
    function: Function, rated: RatedFunction, population: int, catalogue: Catalogue, costs: Costs
) -> InHouseCost | None:
    """The user's annual cost, else the catalogue's estimate for this population; None where neither is known.

    The estimate is k P (s + (1 - s) p / P) with k the catalogue's £ a head at P people, and s the fixed share there.
    """
    rating = rated.ratings[SCALE_ECONOMIES].value
    if function.annual_cost is not None:
        total = float(function.annual_cost)
        return InHouseCost(total, fixed_share(rating, population, costs) * total, Basis.GIVEN)
    known = catalogue.functions.get(function.id)
    if known is None:
        return None
    reference = costs.reference_population.value
    fixed = known.cost_per_head * reference * fixed_share(rating, reference, costs)
    variable = known.cost_per_head * reference - fixed
    return InHouseCost(fixed + variable * population / reference, fixed, Basis.CATALOGUE)


def fixed_share(scale_economies: float, population: float, costs: Costs) -> float:
    """The share of in-house cost that is there at any size, 0-1, for a rating of 1-5 at a population."""
    lowest, highest = costs.fixed_share_lowest.value, costs.fixed_share_highest.value
    share = lowest + (highest - lowest) * (scale_economies - 1) / 4
    return share / (share + (1 - share) * population / costs.fixed_share_population.value)


def cost_of(
    arrangement: Arrangement, rated: RatedFunction, alone: InHouseCost | None, profile: Profile, costs: Costs
) -> Cost | None:
    """What the arrangement costs this organisation, £ a year; None where neither in-house cost nor a quote is known."""
    quote = _quote(arrangement, rated.function)
    population = profile.organisation.population
    own = False
    match arrangement.option:
        case Option.MAKE:
            parts = _own_team(alone)
            own = alone is not None and alone.basis is Basis.GIVEN
        case Option.SHARE:
            parts = _share(arrangement, alone, quote, population, costs)
        case Option.ALLY | Option.BUY:
            parts = _contract(arrangement, rated, alone, quote, population, costs)
    if parts is None:
        return None
    whole = tuple(Part(name, round(amount)) for name, amount in parts)
    return Cost(
        total=sum(part.pounds for part in whole),
        parts=whole,
        estimated=quote is None and not own,
        quoted=quote is not None,
        transition=_transition(arrangement, rated.function, whole[0].pounds, costs),
    )


def _quote(arrangement: Arrangement, function: Function) -> Quote | None:
    """The cheapest quote for just this arrangement."""
    whom = [other.id for other in arrangement.counterparties()]
    if not whom:
        return None
    asked = arrangement.option, whom
    fitting = [quote for quote in function.quotes if (quote.mode, [quote.supplier or quote.partner]) == asked]
    return min(fitting, key=lambda quote: quote.cost, default=None)


def _own_team(alone: InHouseCost | None) -> Parts | None:
    return None if alone is None else [(PartName.TEAM, alone.total)]


def _share(
    arrangement: Arrangement, alone: InHouseCost | None, quote: Quote | None, population: int, costs: Costs
) -> Parts | None:
    """The own part of a pooled team, and the time that agreeing takes.

    Without a quote also what may not be saved after all.
    """
    number = len(arrangement.partners)
    if quote:
        team = float(quote.cost)
        base = alone.total if alone else team
        return [(PartName.TEAM, team), (PartName.COORDINATION, costs.coordination.value * number * base)]
    if alone is None or not number:
        return None
    saving = alone.fixed * arrangement.people / (population + arrangement.people)
    parts = [
        (PartName.TEAM, alone.total - saving),
        (PartName.COORDINATION, costs.coordination.value * number * alone.total),
    ]
    if saving:
        parts.append((PartName.OPTIMISM, saving * costs.optimism.value))
    return parts


def _contract(
    arrangement: Arrangement,
    rated: RatedFunction,
    alone: InHouseCost | None,
    quote: Quote | None,
    population: int,
    costs: Costs,
) -> Parts | None:
    """A supplier's price, and what the client still has to spend."""
    supplier = arrangement.supplier
    if supplier is None:
        return None
    if quote:
        price = float(quote.cost)
    elif alone:
        price = _price(supplier, alone, population, costs)
    else:
        return None
    unclear = (5 - rated.ratings[MEASURABILITY].value) / 4
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    years, for_trust = costs.buy_years, []
    if arrangement.option is Option.ALLY:
        years = costs.ally_years
        for_trust = [
            (PartName.RELATIONSHIP, costs.relationship.value),
            (PartName.REASSESSMENT, costs.reassessment.value),
        ]
    vat = costs.vat_private.value if supplier.kind in OUTSIDE_NHS else 0.0
    shares = [
        (PartName.VAT, vat),
        (PartName.TENDERING, costs.tender.value / years.value),
        (PartName.CONTRACT_MANAGEMENT, easiest + (hardest - easiest) * unclear),
        (PartName.RETAINED_CLIENT, costs.retained_client.value),
        *for_trust,
    ]
    return [(PartName.PRICE, price), *[(name, price * share) for name, share in shares if share]]


def _price(supplier: Supplier, alone: InHouseCost, population: int, costs: Costs) -> float:
    """What a supplier would ask, £ a year: the cost of a team that serves its other customers too, and a margin."""
    served = supplier.population_served or costs.supplier_population.value
    saving = alone.fixed * served / (population + served)
    saving *= 1 - costs.remoteness.value * _remoteness(supplier)
    margin = costs.margin_private if supplier.kind in FOR_PROFIT else costs.margin_public
    return (alone.total - saving) * (1 + margin.value)


def _remoteness(supplier: Supplier) -> float:
    """0 where the supplier is half present or more, 1 where it is wholly remote."""
    presence: int = named(SUPPLIERS, "local_presence").value(supplier)
    return max(0.0, (MIDDLE - presence) / 2)


def _transition(arrangement: Arrangement, function: Function, first: int, costs: Costs) -> Transition | None:
    """What moving away from how it is run today costs once, and spread over the years of the new arrangement."""
    if function.current is None or function.current is arrangement.option:
        return None
    term = {Option.BUY: costs.buy_years, Option.ALLY: costs.ally_years}.get(arrangement.option, costs.share_years)
    once = round(first * costs.transition.value)
    return Transition(once, round(once / term.value))

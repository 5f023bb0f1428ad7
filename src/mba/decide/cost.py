"""What an option costs, £ a year, in parts that a reader can follow. Pure functions; every figure is in `costs.yaml`.

In-house cost c at population p has a fixed part and a part that grows with people. The fixed share is a function's own (its rating
`scale_economies`) at 100,000 people, and falls with size: f / (f + (1 - f) p / 100,000). Pooling spreads the fixed part over more
people; what part of that saving arrives is a figure too. `docs/money.md` has every formula with an example.
"""

from __future__ import annotations

from typing import NamedTuple

from mba.decide.score import Judged, Offer, presence
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.figures import Costs
from mba.knowledge.measures import Measure
from mba.profile import MIDDLE, Function, Option, Profile, Quote, Supplier, SupplierKind
from mba.results import Basis, Cost, Part, PartName, Transition

FOR_PROFIT = {SupplierKind.PRIVATE, SupplierKind.JOINT_VENTURE}
OUTSIDE_NHS = {
    SupplierKind.PRIVATE,
    SupplierKind.JOINT_VENTURE,
    SupplierKind.THIRD_SECTOR,
    SupplierKind.MUTUAL,
    SupplierKind.CUSTOMER_OWNED,
}
"""Whose VAT cannot be recovered. Support units, NHS bodies and local authorities charge none that matters."""


class InHouse(NamedTuple):
    """What it costs to run a function alone, £ a year: all of it, and the part that is there at any size."""

    total: float
    fixed: float
    basis: Basis


def in_house(function: Function, judged: Judged, population: int, catalogue: Catalogue, costs: Costs) -> InHouse | None:
    """The user's annual cost, else the catalogue's estimate for this population; None where neither is known.

    The estimate is k P (s + (1 - s) p / P) with k the catalogue's £ a head at P people, and s the fixed share there.
    """
    rating = judged.ratings[Measure.SCALE_ECONOMIES].value
    if function.annual_cost is not None:
        total = float(function.annual_cost)
        return InHouse(total, fixed_share(rating, population, costs) * total, Basis.GIVEN)
    known = catalogue.functions.get(function.id)
    if known is None:
        return None
    reference = costs.reference_population.value
    fixed = known.cost_per_head * reference * fixed_share(rating, reference, costs)
    variable = known.cost_per_head * reference - fixed
    return InHouse(fixed + variable * population / reference, fixed, Basis.CATALOGUE)


def fixed_share(scale_economies: float, population: float, costs: Costs) -> float:
    """The share of in-house cost that is there at any size, 0-1, for a rating of 1-5 at a population."""
    lowest, highest = costs.fixed_share_lowest.value, costs.fixed_share_highest.value
    share = lowest + (highest - lowest) * (scale_economies - 1) / 4
    return share / (share + (1 - share) * population / costs.fixed_share_population.value)


def cost_of(offer: Offer, judged: Judged, alone: InHouse | None, profile: Profile, costs: Costs) -> Cost | None:
    """What the offer costs this organisation, £ a year; None where neither in-house cost nor a quote is known."""
    quote = _quote(offer, judged.function)
    match offer.option:
        case Option.MAKE:
            parts = None if alone is None else [(PartName.TEAM, alone.total)]
        case Option.SHARE:
            parts = _share(offer, alone, quote, profile.organisation.population, costs)
        case Option.ALLY | Option.BUY:
            parts = _contract(offer, judged, alone, quote, profile.organisation.population, costs)
    if parts is None:
        return None
    whole = tuple(Part(name, round(amount)) for name, amount in parts)
    own = offer.option is Option.MAKE and alone is not None and alone.basis is Basis.GIVEN
    total = sum(part.pounds for part in whole)
    return Cost(
        total,
        whole,
        quote is None and not own,
        quote is not None,
        _transition(offer, judged.function, whole[0].pounds, costs),
    )


def _quote(offer: Offer, function: Function) -> Quote | None:
    """The cheapest quote for just this offer."""
    if not function.quotes:
        return None
    fitting = [
        quote
        for quote in function.quotes
        if quote.mode is offer.option
        and (
            (offer.supplier is not None and quote.supplier == offer.supplier.id)
            or tuple(partner.id for partner in offer.partners) == (quote.partner,)
        )
    ]
    return min(fitting, key=lambda quote: quote.cost, default=None)


Parts = list[tuple[PartName, float]]


def _share(offer: Offer, alone: InHouse | None, quote: Quote | None, population: int, costs: Costs) -> Parts | None:
    """The own part of a pooled team, the time that agreeing takes, and, without a quote, what may not be saved after all."""
    saving = alone.fixed * offer.people / (population + offer.people) if alone and not quote else 0.0
    if quote:
        team = float(quote.cost)
    elif alone and offer.partners:
        team = alone.total - saving
    else:
        return None
    coordination = costs.coordination.value * len(offer.partners) * (alone.total if alone else team)
    parts = [(PartName.TEAM, team), (PartName.COORDINATION, coordination)]
    return [*parts, (PartName.OPTIMISM, saving * costs.optimism.value)] if saving else parts


def _contract(
    offer: Offer, judged: Judged, alone: InHouse | None, quote: Quote | None, population: int, costs: Costs
) -> Parts | None:
    """A supplier's price, and what the client still has to spend."""
    supplier = offer.supplier
    if supplier is None:
        return None
    if quote:
        price = float(quote.cost)
    elif alone:
        served = supplier.population_served or costs.supplier_population.value
        saving = alone.fixed * served / (population + served)
        saving *= 1 - costs.remoteness.value * _remoteness(supplier)
        margin = costs.margin_private if supplier.kind in FOR_PROFIT else costs.margin_public
        price = (alone.total - saving) * (1 + margin.value)
    else:
        return None
    unclear = (5 - judged.ratings[Measure.MEASURABILITY].value) / 4
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    ally = offer.option is Option.ALLY
    parts = [
        (PartName.PRICE, price),
        (PartName.VAT, price * costs.vat_private.value if supplier.kind in OUTSIDE_NHS else 0.0),
        (PartName.TENDERING, price * costs.tender.value / (costs.ally_years if ally else costs.buy_years).value),
        (PartName.CONTRACT_MANAGEMENT, price * (easiest + (hardest - easiest) * unclear)),
        (PartName.RETAINED_CLIENT, price * costs.retained_client.value),
    ]
    if ally:
        parts += [
            (PartName.RELATIONSHIP, price * costs.relationship.value),
            (PartName.REASSESSMENT, price * costs.reassessment.value),
        ]
    return [part for part in parts if part[1]]


def _remoteness(supplier: Supplier) -> float:
    """0 where the supplier is half present or more, 1 where it is wholly remote."""
    return max(0.0, (MIDDLE - presence(supplier)) / 2)


def _transition(offer: Offer, function: Function, first: int, costs: Costs) -> Transition | None:
    """What moving away from how it is run today costs once, and spread over the years of the new arrangement."""
    if function.current is None or function.current is offer.option:
        return None
    years = {Option.BUY: costs.buy_years, Option.ALLY: costs.ally_years}.get(offer.option, costs.share_years).value
    once = round(first * costs.transition.value)
    return Transition(once, round(once / years))

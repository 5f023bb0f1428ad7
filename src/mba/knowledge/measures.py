"""What a rule can look at: a function in its setting, measured."""

import math
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mba.forms import Form, Note, People, Rating, Truth, Whole
from mba.knowledge.sources import Certainty, Cite
from mba.profile import MIDDLE, Rurality


class Measure(StrEnum):
    """What a rule can look at. Each is brought to a strength from -1 to 1, or from 0 to 1 where it has one side."""

    ASSET_SPECIFICITY = "asset_specificity"
    MEASURABILITY = "measurability"
    COMPLEXITY = "complexity"
    VOLATILITY = "volatility"
    FREQUENCY = "frequency"
    SCALE_ECONOMIES = "scale_economies"
    SCARCE_EXPERTISE = "scarce_expertise"
    IN_HOUSE_CAPABILITY = "in_house_capability"
    SPECIFICATION_READINESS = "specification_readiness"
    MARKET_DEPTH = "market_depth"
    CORE = "core"
    CLIENT_CAPABILITY = "client_capability"
    RURALITY = "rurality"
    BELOW_EFFICIENT_SCALE = "below_efficient_scale"
    SOLE_SUPPLIER = "sole_supplier"
    SUPPLIER_TRUST = "supplier_trust"
    SUPPLIER_STABILITY = "supplier_stability"
    SUPPLIER_PRESENCE = "supplier_presence"
    PARTNER_TRUST = "partner_trust"
    PARTNERS = "partners"


RATED = (
    Measure.ASSET_SPECIFICITY,
    Measure.MEASURABILITY,
    Measure.COMPLEXITY,
    Measure.VOLATILITY,
    Measure.FREQUENCY,
    Measure.SCALE_ECONOMIES,
    Measure.SCARCE_EXPERTISE,
    Measure.IN_HOUSE_CAPABILITY,
    Measure.SPECIFICATION_READINESS,
    Measure.MARKET_DEPTH,
)
"""The measures that are a function's own ratings, 1-5."""

ONE_SIDED = {
    Measure.CORE,
    Measure.RURALITY,
    Measure.BELOW_EFFICIENT_SCALE,
    Measure.SOLE_SUPPLIER,
    Measure.PARTNERS,
}
"""The measures whose strength runs from 0 to 1."""

OF_SUPPLIER = (Measure.SUPPLIER_TRUST, Measure.SUPPLIER_STABILITY, Measure.SUPPLIER_PRESENCE)
OF_PARTNER = (Measure.PARTNER_TRUST, Measure.PARTNERS)


class EfficientScale(Form):
    """People that a team must serve before its cost a head stops falling, at both ends of `scale_economies`."""

    smallest: People
    largest: People
    claim: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    certainty: Certainty

    def shortfall(self, population: float, scale_economies: float) -> float:
        """How far below efficient scale, from 0 (at or above it) to 1 (a tenth of it, or less).

        Efficient scale lies between smallest (rating 1) and largest (rating 5) on a logarithmic scale, since what
        a team's cost follows is by what factor it is too small, not by how many people.
        """
        share = (scale_economies - 1) / 4
        efficient = math.log10(self.smallest) + share * (math.log10(self.largest) - math.log10(self.smallest))
        return min(1.0, max(0.0, efficient - math.log10(population)))


class Setting(Form):
    """A function where it stands, with one supplier or one pool of partners: all that a rule may look at.

    Ratings are 1-5. `supplier_*` are None where no supplier is concerned, and `partner_trust` where no partner is:
    such an option is scored as with the worst of them, so that one more on offer can never make it look worse.
    """

    asset_specificity: Rating = MIDDLE
    measurability: Rating = MIDDLE
    complexity: Rating = MIDDLE
    volatility: Rating = MIDDLE
    frequency: Rating = MIDDLE
    scale_economies: Rating = MIDDLE
    scarce_expertise: Rating = MIDDLE
    in_house_capability: Rating = MIDDLE
    specification_readiness: Rating = MIDDLE
    market_depth: Rating = MIDDLE
    core: Truth = False
    client_capability: Rating = MIDDLE
    rurality: Rurality = Rurality.MIXED
    population: People = 1_000_000
    credible_suppliers: Annotated[Whole, Field(ge=0)] = 2
    supplier_trust: Rating | None = None
    supplier_stability: Rating | None = None
    supplier_presence: Rating | None = None
    partner_trust: Rating | None = None
    partners: Annotated[Whole, Field(ge=0)] = 1

    def strengths(self, scale: EfficientScale) -> dict[Measure, float]:
        """Every measure as a strength: -1 to 1 about the middle of a rating, 0 to 1 where ONE_SIDED."""
        out = {}
        for measure in RATED:
            out[measure] = _strength(counts_as(measure, getattr(self, measure.value), self.credible_suppliers))
        out[Measure.SOLE_SUPPLIER] = float(self.credible_suppliers <= 1)
        out[Measure.CORE] = float(self.core)
        out[Measure.CLIENT_CAPABILITY] = _strength(self.client_capability)
        out[Measure.RURALITY] = _RURALITY[self.rurality]
        out[Measure.BELOW_EFFICIENT_SCALE] = scale.shortfall(self.population, self.scale_economies)
        out |= of_supplier(self.supplier_trust, self.supplier_stability, self.supplier_presence)
        out |= of_partners(self.partner_trust, self.partners)
        return out


def counts_as(measure: Measure, rating: int, credible_suppliers: int) -> int:
    """What a rating of a function, 1-5, counts as where so many credible suppliers are listed for it.

    Competition has no benefit where there is none, however deep the market is rated.
    """
    if measure is Measure.MARKET_DEPTH and credible_suppliers <= 1:
        return min(MIDDLE, rating)
    return rating


_RURALITY = {Rurality.URBAN: 0.0, Rurality.MIXED: 0.5, Rurality.RURAL: 1.0}


def of_supplier(trust: int | None, stability: int | None, presence: int | None) -> dict[Measure, float]:
    """Strengths of a supplier's ratings (1-5); None is as bad as 1."""
    return dict(zip(OF_SUPPLIER, map(_strength, (trust, stability, presence)), strict=True))


def of_partners(trust: int | None, number: int) -> dict[Measure, float]:
    """Strengths of a pool: the trust (1-5) in its least trusted partner (None is as bad as 1), and how many it has."""
    return {Measure.PARTNER_TRUST: _strength(trust), Measure.PARTNERS: min(1.0, number / 5)}


def _strength(rating: int | None) -> float:
    """A rating about the middle of its scale, -1 to 1; None is as bad as 1."""
    return ((rating or 1) - MIDDLE) / 2

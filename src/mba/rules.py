"""What the tool knows: rules, gates, defaults, parameters, sources and the catalogue of functions.

The knowledge itself is data, in `data/*.yaml`; here is its shape, and how a rule turns a setting into a degree.
"""

import math
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from mba.profile import (
    MIDDLE,
    Flag,
    Form,
    Format,
    Id,
    Name,
    Note,
    Number,
    Option,
    People,
    Rating,
    Rurality,
    Truth,
    Whole,
)

NEUTRAL = 50
"""The fit of an option for which no rule speaks. The rules move it up to 50 points either way."""


class Certainty(StrEnum):
    """How far a row can be trusted."""

    ESTABLISHED = "established"
    CONTESTED = "contested"
    JUDGEMENT = "judgement"


class Direction(StrEnum):
    """Which end of a measure a rule speaks of."""

    HIGH = "high"
    LOW = "low"


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
    Measure.PARTNER_TRUST,
    Measure.PARTNERS,
}
"""The measures whose strength runs from 0 to 1."""

OF_SUPPLIER = (Measure.SUPPLIER_TRUST, Measure.SUPPLIER_STABILITY, Measure.SUPPLIER_PRESENCE)
OF_PARTNER = (Measure.PARTNER_TRUST, Measure.PARTNERS)


class Cite(Form):
    """Where a claim comes from: a key of `sources.yaml`, and the place in it."""

    source: Id
    place: Name


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
        out = {measure: (getattr(self, measure.value) - MIDDLE) / 2 for measure in RATED}
        sole = self.credible_suppliers <= 1
        if sole:  # Competition has no benefit where there is none, however deep the market is rated.
            out[Measure.MARKET_DEPTH] = min(0.0, out[Measure.MARKET_DEPTH])
        out[Measure.SOLE_SUPPLIER] = float(sole)
        out[Measure.CORE] = float(self.core)
        out[Measure.CLIENT_CAPABILITY] = (self.client_capability - MIDDLE) / 2
        out[Measure.RURALITY] = _RURALITY[self.rurality]
        out[Measure.BELOW_EFFICIENT_SCALE] = scale.shortfall(self.population, self.scale_economies)
        out |= of_supplier(self.supplier_trust, self.supplier_stability, self.supplier_presence)
        out |= of_partners(self.partner_trust, self.partners)
        return out


_RURALITY = {Rurality.URBAN: 0.0, Rurality.MIXED: 0.5, Rurality.RURAL: 1.0}


def of_supplier(trust: int | None, stability: int | None, presence: int | None) -> dict[Measure, float]:
    """Strengths of a supplier's ratings (1-5); None is as bad as 1."""
    given = zip(OF_SUPPLIER, (trust, stability, presence), strict=True)
    return {measure: -1.0 if rating is None else (rating - MIDDLE) / 2 for measure, rating in given}


def of_partners(trust: int | None, number: int) -> dict[Measure, float]:
    """Strengths of a pool: the trust (1-5) in its least trusted partner, and how many partners it has."""
    return {
        Measure.PARTNER_TRUST: 0.0 if trust is None else (trust - 1) / 4,
        Measure.PARTNERS: min(1.0, number / 5),
    }


class Floor(Form):
    """The lowest rating that passes."""

    value: Rating
    claim: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    certainty: Certainty


class Parameters(Form):
    """Figures that gates and measures need."""

    efficient_scale: EfficientScale
    credible_trust: Floor
    ally_trust: Floor
    ally_stability: Floor


class FlagDefaults(Form):
    """Ratings that a flag, or how a function is run today, stands for until the user gives her own."""

    claim: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    certainty: Certainty
    ratings: dict[Measure, Rating]


class Defaults(Form):
    """What is assumed where the user says nothing."""

    relational: FlagDefaults
    transactional: FlagDefaults
    run_in_house: FlagDefaults
    run_outside: FlagDefaults


class GateCode(StrEnum):
    """Why an option can be out of the question."""

    STATUTORY = "statutory"
    NO_SUPPLIER = "no-supplier"
    NO_PARTNER = "no-partner"
    NO_LONG_TERM_SUPPLIER = "no-long-term-supplier"
    NOTHING_TO_SPECIFY = "nothing-to-specify"


class Gate(Form):
    """An option that no weight can buy back."""

    name: Name
    blocks: Annotated[tuple[Option, ...], Field(min_length=1)]
    claim: Note
    says: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    certainty: Certainty


class Adjustment(Form):
    """Makes a rule weigh from `start` times (middle of the measure, or below) to `end` times (its high end)."""

    measure: Measure
    start: Annotated[Number, Field(ge=0, le=1)]
    end: Annotated[Number, Field(ge=0, le=1)]


class Example(Form):
    """A setting and the degree that the rule must give it."""

    given: Setting
    degree: Annotated[Number, Field(ge=-1, le=1)]


class Points(Form):
    """What the rule gives to each option where it holds in full."""

    make: Annotated[Number, Field(ge=-50, le=50)] = 0
    share: Annotated[Number, Field(ge=-50, le=50)] = 0
    ally: Annotated[Number, Field(ge=-50, le=50)] = 0
    buy: Annotated[Number, Field(ge=-50, le=50)] = 0

    def of(self, option: Option) -> float:
        """Points at full degree."""
        return float(getattr(self, option.value))


class Because(Form):
    """The rule in a clause that follows "because", where it holds and, if it has two sides, where the reverse does."""

    high: Name
    low: Name | None = None


class Rule(Form):
    """One row of the method."""

    name: Name
    claim: Note
    when: Annotated[dict[Measure, Direction], Field(min_length=1)]
    adjusted_by: Adjustment | None = None
    points: Points
    because: Because
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    certainty: Certainty
    examples: Annotated[tuple[dict[str, Any], ...], Field(min_length=2)]
    """Each an Example; read as such only where rules are proved, since no advice needs them."""

    @property
    def lowest(self) -> float:
        """The least degree that the rule can have."""
        (first, *others) = self.when
        return 0.0 if others or first in ONE_SIDED else -1.0

    def degree(self, strength: Mapping[Measure, float]) -> float:
        """How far the rule holds, from -1 (the reverse holds in full) to 1.

        A rule on one measure follows it both ways. One on several holds as far as the weakest of them does (the
        minimum, Zadeh 1965), and not at all where any is at its middle or beyond.
        """
        parts = [strength[m] if way is Direction.HIGH else -strength[m] for m, way in self.when.items()]
        degree = min(parts) if len(parts) == 1 else max(0.0, min(parts))
        if self.adjusted_by and degree > 0:
            by = self.adjusted_by
            degree *= by.start + (by.end - by.start) * max(0.0, strength[by.measure])
        return degree


class Safeguard(Form):
    """What must come with a recommendation."""

    text: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]


class RuleSet(Form):
    """All rules, gates, defaults and parameters."""

    format: Format
    parameters: Parameters
    defaults: Defaults
    gates: dict[GateCode, Gate]
    safeguards: dict[Option | Literal["all"], tuple[Safeguard, ...]]
    rules: Annotated[dict[Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")], Rule], Field(min_length=1)]

    @cached_property
    def speaking(self) -> dict[Option, tuple[tuple[str, Rule], ...]]:
        """For each option the rules that have points for it, by code: the order in which they add up."""
        rows = sorted(self.rules.items())
        return {option: tuple(row for row in rows if row[1].points.of(option)) for option in Option}

    @cached_property
    def reach(self) -> float:
        """The most points, up or down, that the rules can move any option by: the ends of the fit scale."""
        most = 0.0
        for option in Option:
            up = down = 0.0
            for rule in self.rules.values():
                ends = (rule.points.of(option), rule.lowest * rule.points.of(option))
                up += max(0.0, *ends)
                down -= min(0.0, *ends)
            most = max(most, up, down)
        return most or 1.0


class SourceKind(StrEnum):
    """How the source was read."""

    FULL_TEXT = "full text"
    ABSTRACT = "abstract"
    SECONDARY = "secondary"
    MEMORY = "memory"


class Reference(Form):
    """A source, cited once."""

    citation: Note
    link: Name | None = None
    read: SourceKind
    limits: Note | None = None


class Catalogued(Form):
    """A function that the field knows."""

    name: Name
    group: Name
    flags: tuple[Flag, ...]
    about: Note
    says: Note
    sources: Annotated[tuple[Cite, ...], Field(min_length=1)]
    advice: Note | None = None


class Catalogue(Form):
    """The functions of commissioning support, by id."""

    format: Format
    functions: dict[Id, Catalogued]


class References(Form):
    """Every source, by key."""

    sources: dict[Id, Reference]

"""What the tool knows: rules, gates, defaults, parameters, sources and the catalogue of functions.

The knowledge itself is data, in `data/*.yaml`; here is its shape; in `degrees` a setting becomes a degree.
"""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from mba.forms import Form, FormatNumber, Name, Note, Number, Rating, Truth, digest_of
from mba.knowledge.catalogue import Catalogue
from mba.knowledge.figures import Choice, Costs, Uncertainty
from mba.knowledge.measures import ONE_SIDED, EfficientScale, Measure, OwnRating, Setting
from mba.knowledge.procurement import Procurement
from mba.knowledge.sources import Claimed, Sourced
from mba.terms import Option, OrganisationKind

NEUTRAL = 50
"""The fit of an option for which no rule speaks. The rules move it up to 50 points either way."""


class Direction(StrEnum):
    """Which part of a measure a rule speaks of: an end, or the middle of a rating."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


class Floor(Claimed):
    """The lowest rating that passes, or that must be passed where it is `above`."""

    value: Rating
    above: Truth = False

    def passed(self, rating: Any) -> Any:
        """Whether a rating passes, or which of an array do."""
        return rating > self.value if self.above else rating >= self.value


class Parameters(Form):
    """Figures that gates and measures need."""

    efficient_scale: EfficientScale
    credible_trust: Floor
    ally_trust: Floor
    ally_stability: Floor


class FlagDefaults(Claimed):
    """Ratings that a flag stands for until the user gives her own."""

    ratings: dict[OwnRating, Rating]


class Defaults(Form):
    """What is assumed where the user says nothing."""

    relational: FlagDefaults
    transactional: FlagDefaults


class GateCode(StrEnum):
    """Why an option can be out of the question."""

    STATUTORY = "statutory"
    KEPT = "kept"
    NO_SUPPLIER = "no-supplier"
    NO_PARTNER = "no-partner"
    NO_LONG_TERM_SUPPLIER = "no-long-term-supplier"
    CLOSES = "closes"
    NOTHING_TO_SPECIFY = "nothing-to-specify"


class Gated(Claimed):
    """What a gate blocks for a kind of organisation, and why."""

    blocks: Annotated[tuple[Option, ...], Field(min_length=1)]
    says: Note


class Gate(Gated):
    """Options that no weight can buy back. `icb` is what holds for a board instead, where that is another thing."""

    name: Name
    icb: Gated | None = None


class Adjustment(Form):
    """Makes a rule weigh from `start` times (middle of the measure, or below) to `end` times (its high end)."""

    measure: Measure
    start: Annotated[Number, Field(ge=0, le=1)]
    end: Annotated[Number, Field(ge=0, le=1)]
    options: tuple[Option, ...] = tuple(Option)


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


class Rule(Claimed):
    """One row of the method."""

    name: Name
    when: Annotated[dict[Measure, Direction], Field(min_length=1)]
    both_ways: Truth = True
    """Whether a rule on one measure also counts, the other way round, where the reverse holds."""
    adjusted_by: Adjustment | None = None
    points: Points
    in_money: Note | None = None
    """What of it is counted in £, and so not in these points."""
    because: Because
    examples: Annotated[tuple[dict[str, Any], ...], Field(min_length=2)]
    """Each an Example; read as such only where rules are proved, since no advice needs them."""

    @property
    def seen(self) -> tuple[Measure, ...]:
        """Every measure that the rule looks at."""
        if self.adjusted_by is None:
            return tuple(self.when)
        return (*self.when, self.adjusted_by.measure)

    @cached_property
    def lowest(self) -> float:
        """The least degree that the rule can have."""
        ((first, way), *others) = self.when.items()
        one_sided = first in ONE_SIDED or way is Direction.MIDDLE
        return 0.0 if others or one_sided or not self.both_ways else -1.0


class Safeguard(Sourced):
    """What must come with a recommendation."""

    text: Note


class RuleSet(Form):
    """All rules, gates, defaults and parameters."""

    format: FormatNumber
    parameters: Parameters
    uncertainty: Uncertainty
    defaults: Defaults
    gates: dict[GateCode, Gate]
    costs: Costs
    choice: Choice
    procurement: Procurement
    safeguards: dict[Option | Literal["all"], tuple[Safeguard, ...]]
    rules: Annotated[dict[Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")], Rule], Field(min_length=1)]

    @cached_property
    def digest(self) -> str:
        """Eight hexadecimal digits that stand for the rules, their examples left out, from which no advice follows."""
        return digest_of(self, {"rules": {"__all__": {"examples"}}})

    def gate(self, code: GateCode, kind: OrganisationKind) -> Gated:
        """What a gate blocks for a kind of organisation, and why."""
        gate = self.gates[code]
        return gate.icb if gate.icb and kind is OrganisationKind.ICB else gate

    def of_kind(self, kind: OrganisationKind) -> "RuleSet":
        """The same with each gate as it is for a kind of organisation."""
        gates = {}
        for code, gate in self.gates.items():
            own = self.gate(code, kind)
            gates[code] = gate.model_copy(update={key: getattr(own, key) for key in Gated.model_fields})
        return self.model_copy(update={"gates": gates})

    @cached_property
    def reach(self) -> float:
        """The most points, up or down, that the rules can move any option by: the ends of the fit scale."""
        sums = []
        for option in Option:
            ends = [(rule.points.of(option), rule.lowest * rule.points.of(option)) for rule in self.rules.values()]
            sums += [sum(max(0.0, *pair) for pair in ends), -sum(min(0.0, *pair) for pair in ends)]
        return max(sums) or 1.0


def digest(rules: RuleSet, catalogue: Catalogue) -> str:
    """Sixteen hexadecimal digits that stand for all that answers are worked out with: the rules, then the catalogue."""
    return rules.digest + catalogue.digest

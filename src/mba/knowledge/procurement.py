"""What the law asks of whoever buys, shares or moves staff: thresholds with their day, exemptions, and staff."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mba.forms import Day, Form, Id, Name, Number
from mba.knowledge.sources import Claimed
from mba.terms import OrganisationKind


class RegimeCode(StrEnum):
    """The rules under which a contract is made."""

    ACT = "procurement-act-2023"
    OF_ITS_DAY = "of-its-day"


class ExemptionCode(StrEnum):
    """Why a contract may need no procedure."""

    VERTICAL = "vertical"
    HORIZONTAL = "horizontal"
    BETWEEN_PUBLIC_BODIES = "between-public-bodies"


class StaffTransfer(StrEnum):
    """By what those who do the work move with it; either, where it is not known who is a public body."""

    COSOP = "cosop"
    TUPE = "tupe"
    EITHER = "either"


class Fact(Claimed):
    """What holds, since when where a day is known, and who says so."""

    name: Name
    from_: Annotated[Day | None, Field(alias="from")] = None


class Threshold(Fact):
    """£ over a whole contract, with VAT."""

    value: Annotated[Number, Field(gt=0)]


class HealthCare(Fact):
    """Another regime for what is health care; `functions` of the catalogue may hold some."""

    functions: tuple[Id, ...]


class Regime(Fact):
    """The rules for a kind of organisation; None, or no exemption, where nothing is known of theirs."""

    code: RegimeCode
    threshold: Threshold | None = None
    light_touch: Threshold | None = None
    notified: Threshold | None = None
    public_interest_test: Threshold | None = None
    health_care: HealthCare | None = None
    exemptions: dict[ExemptionCode, Fact] = Field(default_factory=dict)


class Procurement(Form):
    """The regime of each kind of organisation, and what becomes of staff."""

    regimes: dict[OrganisationKind, Regime]
    staff: dict[StaffTransfer, Fact]

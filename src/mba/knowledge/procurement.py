"""What the law asks of whoever buys, shares or moves staff, and what it asks for one option of one function."""

from enum import StrEnum
from typing import Annotated, NamedTuple

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


class Duration(Fact):
    """How long something took, in months: the least, and the most."""

    least: Annotated[int, Field(gt=0)]
    most: Annotated[int, Field(gt=0)]


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

    @property
    def limit(self) -> int | None:
        """£ of the threshold, if there is one."""
        return None if self.threshold is None else round(self.threshold.value)

    def is_reached(self, value: int | None) -> bool | None:
        """Whether a value, £, reaches the threshold; None where either is not known."""
        return None if value is None or self.limit is None else value >= self.limit

    def is_tested(self, value: int | None) -> bool:
        """Whether a value, £, calls for a public interest test."""
        return value is not None and self.public_interest_test is not None and value >= self.public_interest_test.value

    def may_hold(self, function: str | None) -> bool:
        """Whether a function of the catalogue may hold health care."""
        return self.health_care is not None and function in self.health_care.functions


class Procurement(Form):
    """The regime of each kind of organisation, what becomes of staff, and how long a tender and a call-off took."""

    regimes: dict[OrganisationKind, Regime]
    staff: dict[StaffTransfer, Fact]
    tender: Duration
    call_off: Duration


class NoticeCode(StrEnum):
    """What must be published unless an exemption applies: a tender, the contract's details alone, or nothing."""

    TENDER = "tender"
    CONTRACT_DETAILS = "contract-details"
    NOTHING = "nothing"


class LegalRoute(NamedTuple):
    """What the law asks for one option of one function.

    `due` says whether an agreement must be made: it moves, or what it runs under has ended by the new start. `value` is
    £ over the `years` of a contract, or over those that the law values where they are more, with VAT where the supplier
    is known to be outside the NHS; None where there is no contract, or its price is not known. `threshold` is £ too,
    and `above` whether the value reaches it; None where either is not known. `exemption` is one that could apply,
    `notice` what must be published where none does. `health_care` says that a part may fall under the regime for it,
    and `public_interest_test` that the value calls for one. `staff` is by what staff move; None where nobody does, or
    today is not known. Today's agreement `ends` on a day, and needs `notice_months` to leave, where said.
    """

    due: bool
    regime: RegimeCode | None
    years: float | None
    value: int | None
    threshold: int | None
    above: bool | None
    exemption: ExemptionCode | None
    notice: NoticeCode | None
    health_care: bool
    public_interest_test: bool
    staff: StaffTransfer | None
    ends: str | None
    notice_months: int | None

"""By what route in law a function gets to how it is to be run, as frozen data; `rules.procurement` words each code."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from mba.knowledge.procurement import ExemptionCode, RegimeCode, StaffTransfer


class NoticeCode(StrEnum):
    """What must be published unless an exemption applies: a tender, the contract's details alone, or nothing."""

    TENDER = "tender"
    CONTRACT_DETAILS = "contract-details"
    NOTHING = "nothing"


class LegalRoute(NamedTuple):
    """What the law asks for one option of one function.

    `due` says whether an agreement must be made: it moves, or what it runs under has ended by the new start. `value` is
    £ over the `years` of a contract, with VAT where the supplier is known to be outside the NHS; None where there is no
    contract, or its price is not known. `threshold` is £ too, and `above` whether the value reaches it; None where
    either is not known. `exemption` is one that could apply, `notice` what must be published where none does.
    `health_care` says that a part may fall under the regime for it, and `public_interest_test` that the value calls for
    one. `staff` is by what staff move; None where nobody does, or today is not known. Today's agreement `ends` on a
    day, and needs `notice_months` to leave, where said.
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

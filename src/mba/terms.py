"""The words of a profile that stand for one of a few things."""

from datetime import date
from enum import StrEnum


class Option(StrEnum):
    """How a function can be run. The order breaks ties."""

    MAKE = "make"
    SHARE = "share"
    ALLY = "ally"
    BUY = "buy"


class Flag(StrEnum):
    """What a function is, in one word."""

    CORE = "core"
    RELATIONAL = "relational"
    TRANSACTIONAL = "transactional"
    STATUTORY = "statutory"


class OrganisationKind(StrEnum):
    """Whose profile it is."""

    CCG = "ccg"
    ICB = "icb"


class PartnerKind(StrEnum):
    """Who could share."""

    CCG = "ccg"
    ICB = "icb"
    LOCAL_AUTHORITY = "local-authority"
    NHS_BODY = "nhs-body"


class SupplierKind(StrEnum):
    """Who could be bought from or allied with."""

    CSU = "csu"
    NHS_BODY = "nhs-body"
    LOCAL_AUTHORITY = "local-authority"
    PRIVATE = "private"
    THIRD_SECTOR = "third-sector"
    MUTUAL = "mutual"
    JOINT_VENTURE = "joint-venture"
    CUSTOMER_OWNED = "customer-owned"


class Rurality(StrEnum):
    """What the area is like."""

    URBAN = "urban"
    MIXED = "mixed"
    RURAL = "rural"


IN_NHS = {SupplierKind.CSU, SupplierKind.NHS_BODY}
"""Who charges no VAT, as they are of the NHS's own group."""
OUTSIDE_NHS = set(SupplierKind) - IN_NHS
"""Who charges VAT."""


class Vat(StrEnum):
    """What becomes of VAT on a function that is bought from outside the NHS."""

    RECOVERABLE = "recoverable"
    CHARGED = "charged"


class QuotedVat(StrEnum):
    """Whether VAT is in the figure of a quote."""

    EXCLUDED = "excluded"
    INCLUDED = "included"


SUPPLIER_KIND = {OrganisationKind.CCG: SupplierKind.CSU, OrganisationKind.ICB: SupplierKind.NHS_BODY}
"""What a supplier is taken to be where it is not said. Support units close: none for a board."""

SUPPORT_UNITS_CLOSE = date(2027, 3, 31)
"""The day by which support units close, as ministers answered in 2025."""

BUDGET_PER_HEAD = {OrganisationKind.CCG: 25.0, OrganisationKind.ICB: 18.76}
"""£ a head a year. CCGs: 2013-14 running-cost allowance. ICBs: the 2025 envelope, programme pay included."""

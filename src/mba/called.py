"""What the name of a supplier, or of whoever decides, says of it."""

import re

from mba.terms import SUPPORT_UNITS_CLOSE, OrganisationKind, SupplierKind

_CALLED = {
    SupplierKind.PRIVATE: r"llp|ltd|limited|plc|llc|inc(?! vat)",
    SupplierKind.CSU: r"\w*csu|commissioning support",
    SupplierKind.NHS_BODY: "nhs|icb",
    SupplierKind.LOCAL_AUTHORITY: "council|combined authority",
}
"""What stands in the name of a supplier of a kind; of several the first counts, so a company is one, whosever it is."""


_DECIDES = {
    OrganisationKind.ICB: r"\bicb\b|integrated care board",
    OrganisationKind.CCG: r"\bccg\b|clinical commissioning group",
}


def undotted(text: str) -> str:
    """The text with CSU in place of C.S.U."""
    return re.sub(r"\b(\w)\.(?=\w\b)|(?<=\.\w)\.", r"\1", text)


def organisations_named(text: str) -> list[OrganisationKind]:
    """The kinds of organisation that a name or a line says."""
    plain = undotted(text)
    return list(filter(lambda kind: re.search(_DECIDES[kind], plain, re.IGNORECASE), _DECIDES))


def kind_by_name(name: str) -> SupplierKind | None:
    """What kind of supplier a name says that it is; None where it does not say."""
    plain = undotted(name)
    for kind, words in _CALLED.items():
        if re.search(rf"\b({words})\b", plain, re.IGNORECASE):
            return kind
    return None


def shares_by_name(name: str) -> bool:
    """Whether a name says that a body commissions too, so that what it runs is shared: a board, a group, a council."""
    kind = kind_by_name(name)
    commissions = kind in (None, SupplierKind.NHS_BODY) and bool(organisations_named(name))
    return commissions or kind is SupplierKind.LOCAL_AUTHORITY


def said_by_name(name: str, organisation: str) -> dict[str, str]:
    """What the name of a supplier says of it, by key: its kind; of a support unit of a board also when it closes."""
    kind, said = kind_by_name(name), dict[str, str]()
    if kind:
        said["kind"] = kind
    if kind is SupplierKind.CSU and organisation == OrganisationKind.ICB:
        said["closes"] = SUPPORT_UNITS_CLOSE.isoformat()
    return said

"""What names say of whom they are of, and what notes say of what they stand beside."""

import re

from mba.terms import SUPPORT_UNITS_CLOSE, OrganisationKind, PartnerKind, SupplierKind

_CALLED = {
    SupplierKind.PRIVATE: r"llp|ltd|limited|plc|llc|inc(?! vat)",
    SupplierKind.CSU: r"\w*csu|commissioning support",
    SupplierKind.NHS_BODY: r"nhs|\w*icb",
    SupplierKind.LOCAL_AUTHORITY: "council|combined authority",
}
"""What stands in the name of a supplier of a kind; of several the first counts, so a company is one, whosever it is."""


_DECIDES = {
    OrganisationKind.ICB: r"icb\b|integrated care board",
    OrganisationKind.CCG: r"ccg\b|clinical commissioning group",
}
BUT_VAT = r"(?:\+|plus|exc(?:l\w*)?\.?(?: of)?|ex\.?|net of|without|before|not (?:yet )?incl\w*)[ -]?vat"
"""What says of a sum, in small letters, that VAT is to be added to it."""
SAYS_NO_VAT = re.compile(
    rf"(?<!\w){BUT_VAT}\b(?! recover)|\bvat (?:(?:is|was) )?"
    r"(?:not (?:yet )?(?:in|incl\w*|added)|excl\w*|extra|on top|to be added|to add|additional)\b",
    re.IGNORECASE,
)
"""A note that says that VAT is not in what is paid; it is asked about, and counts in no sum."""
SAYS_LEAVES = re.compile(
    r"\bleaves\b|\b(leaving|transfer\w*|tupe\w*|novat\w+|mov\w+|pass\w*|hand(ed|ing)|return\w*|go(es|ing))"
    r"\s+(\w+\s+){0,3}to\s+(the\s+)?(nhs|region|dhsc|department|provider|trust|council|local authorit)",
    re.IGNORECASE,
)
"""A note that says that a function stops being the organisation's; it is asked about, and counts in no rule."""


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


def said_by_name(name: str, organisation: str, *, shares: bool = False) -> dict[str, str]:
    """What the name of a supplier, or of a partner who `shares`, says of it, by key: its kind.

    Of a support unit of a board also when it closes.
    """
    kind, said = kind_by_name(name), dict[str, str]()
    if shares:
        named: list[str] = [*organisations_named(name), *filter(None, [kind])]
        return dict(zip(["kind"], filter(set(PartnerKind).__contains__, named), strict=False))
    if kind:
        said["kind"] = kind
    if kind is SupplierKind.CSU and organisation == OrganisationKind.ICB:
        said["closes"] = SUPPORT_UNITS_CLOSE.isoformat()
    return said

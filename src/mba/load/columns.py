"""The four sheets of a workbook that hold a profile: which column is which key of the format.

What writes a workbook and what reads one both go by this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mba.about import Kind
from mba.inputs import FUNCTIONS, ORGANISATION, PACKAGES, PARTNERS, SUPPLIERS, inputs_of
from mba.terms import Flag, Option, OrganisationKind, PartnerKind, QuotedVat, Rurality, SupplierKind, Vat

ORGANISATION_SHEET, FUNCTIONS_SHEET, BODIES_SHEET, OFFERS_SHEET = PROFILE_SHEETS = (
    "Organisation",
    "Functions",
    "Suppliers and partners",
    "Offers",
)
"""The names of the sheets."""

DECIDE_SHEET = "Decide"
"""The one result sheet that is read: a choice there that differs from the recommendation beside it is a decision."""
DECIDE_HEADS = ("Id", "Recommended", "Your choice")

ROLE, SUPPLIER, PARTNER = "Role", "supplier", "partner"
"""Of a row of Suppliers and partners: which of the two it is."""

OFFER, PAID = "offer", "paid today"
"""Of a row of Offers: a real offer for one function, or one price paid today for several."""

NO_FLAGS = "none"
"""What stands for flags that are given, and are none."""


class Key(NamedTuple):
    """A column of a profile sheet, or a row of Organisation: what it is called, and the keys that lead to its value.

    `kind` is what the value is; `choices` are the words that it can be. `note` says what to write.
    """

    head: str
    route: tuple[str, ...]
    kind: Kind = Kind.WORD
    choices: Sequence[str] = ()
    note: str = ""


_FLAGS = ("core", "relational", "transactional", "core, relational", "relational, transactional", "statutory", NO_FLAGS)
_IDS = "all, or names of functions with commas between them. Blank: all."
_YES_NO = ("yes", "no")


def _ratings(group: str) -> tuple[Key, ...]:
    """The ratings of a group, each with both ends of its scale."""
    return tuple(
        Key(row.about.words.capitalize(), (*row.route[:-1], row.key), Kind.RATING, "12345", str(row.about.scale))
        for row in inputs_of(group)
        if row.is_rating
    )


ORGANISATION_KEYS = (
    Key("Name", ("name",)),
    Key("Kind", ("kind",), choices=tuple(OrganisationKind), note="ccg or icb. Blank: ccg."),
    Key("Population", ("population",), Kind.PEOPLE, note="People served."),
    Key(
        "Budget a head",
        ("budget_per_head",),
        Kind.POUNDS_A_HEAD,
        note="£ a head a year for running costs. Blank: £25.00 for a ccg, £18.76 for an icb.",
    ),
    Key(
        "Committed costs",
        ("committed_costs",),
        Kind.POUNDS,
        note="£ a year of that budget which no function can touch. Blank: none.",
    ),
    Key("Rurality", ("rurality",), choices=tuple(Rurality), note="urban, mixed or rural. Blank: mixed."),
    *_ratings(ORGANISATION),
    Key("From", ("from",), Kind.DAY, note="The day from which the answer is to hold. Blank: what ends has ended."),
    Key(
        "Premium",
        ("premium",),
        Kind.PERCENT,
        note="Per cent more a year that ten points of fit are worth paying. Blank: 10.",
    ),
)

FUNCTION_KEYS = (
    Key("Name", ("name",), note="What it is called: payroll, HR, or any other name."),
    Key(
        "Flags",
        ("flags",),
        Kind.LIST,
        _FLAGS,
        f"Any of {', '.join(Flag)}, with commas between them; or {NO_FLAGS}. Blank: the catalogue's.",
    ),
    Key("In-house cost", ("annual_cost",), Kind.POUNDS, note="£ a year to run it alone in-house, all in."),
    Key("Run today as", ("current", "mode"), choices=tuple(Option), note="make, share, ally or buy."),
    Key(
        "Today with",
        ("current", "with"),
        note="The name of the supplier or partner; several partners with commas between them. It need not be listed.",
    ),
    Key("Paid today", ("current", "cost"), Kind.POUNDS, note="£ a year paid today, all in."),
    Key("Contract until", ("current", "until"), Kind.DAY, note="The day until which its contract runs."),
    Key("Months of notice", ("current", "notice_months"), Kind.PEOPLE, note="Months of notice that leaving takes."),
    *_ratings(FUNCTIONS),
    Key("VAT", ("vat",), choices=tuple(Vat), note="recoverable or charged, when bought outside the NHS."),
    Key("Leaves", ("leaves", "leaves"), Kind.TRUTH, ("yes",), "yes: it stops being yours, and is not appraised."),
    Key("Leaves to", ("leaves", "to"), note="Who runs it then."),
    Key("Leaves on", ("leaves", "on"), Kind.DAY, note="From which day."),
    Key("Decided", ("decided", "mode"), choices=tuple(Option), note="You overrule; the report shows both."),
    Key("Decided because", ("decided", "because"), note="By whom, when and why."),
    Key("Said by", ("said_by",), note="Who gave which answer, one a line, such as In-house cost: Finance lead"),
    Key("Note", ("note",), note="Free text."),
    Key("Id", ("id",), note="Blank: made of the name. An id of the catalogue, or your own, where files refer to it."),
)

BODY_KEYS = (
    Key(ROLE, ("role",), choices=(SUPPLIER, PARTNER), note="A supplier sells or allies; a partner shares a team."),
    Key("Name", ("name",)),
    Key(
        "Kind",
        ("kind",),
        choices=tuple(dict.fromkeys((*map(str, SupplierKind), *map(str, PartnerKind)))),
        note="A partner is a ccg, icb, local-authority or nhs-body.",
    ),
    Key("Population", ("population",), Kind.PEOPLE, note="People that a partner serves; a supplier for all customers."),
    *_ratings(SUPPLIERS),
    Key("Long term", ("long_term",), Kind.TRUTH, _YES_NO, "yes: it would sign for three years or more. Blank: yes."),
    Key("Closes", ("closes",), Kind.DAY, note="It is there until this day."),
    Key("Functions", ("functions",), Kind.LIST, note=_IDS),
    Key("Id", ("id",), note="Blank: made of the name. Else in small letters, digits and hyphens."),
)

OFFER_KEYS = (
    Key("What", ("what",), choices=(OFFER, PAID), note="A real offer; or one price paid today for several functions."),
    Key(
        "Functions",
        ("functions",),
        Kind.LIST,
        note="The name of a function; for a price paid today, of several with commas.",
    ),
    Key("Run as", ("mode",), choices=tuple(Option), note="buy, share or ally."),
    Key("By whom", ("by",), note="The name of the supplier, or of the partner."),
    Key("Cost", ("cost",), Kind.POUNDS, note="£ a year."),
    Key("VAT in it", ("vat",), choices=tuple(QuotedVat), note="excluded or included. Blank: excluded."),
)

SHEETS = {ORGANISATION: ORGANISATION_SHEET, FUNCTIONS: FUNCTIONS_SHEET, SUPPLIERS: BODIES_SHEET, PARTNERS: BODIES_SHEET}
"""The sheet that the rows of a group stand on."""

KEYS = {FUNCTIONS_SHEET: FUNCTION_KEYS, BODIES_SHEET: BODY_KEYS, OFFERS_SHEET: OFFER_KEYS}
"""The columns of the sheets that have one row a thing."""

_OF_GROUP = {
    ORGANISATION: ORGANISATION_KEYS,
    FUNCTIONS: FUNCTION_KEYS,
    SUPPLIERS: BODY_KEYS,
    PARTNERS: BODY_KEYS,
    PACKAGES: OFFER_KEYS,
    "quotes": OFFER_KEYS,
}
_ALSO = {"supplier": "by", "partner": "by", "population_served": "population"}
"""What a column is of where the key of the profile hangs on what else is in the row."""


SAID_OF = {key.route[-1]: key.head for key in FUNCTION_KEYS if key.kind is Kind.RATING or key.head == "In-house cost"}
"""The headings of what may be answered for a function, by key: a workbook says by them who gave an answer."""


def said_lines(said: Mapping[str, str]) -> str:
    """Who gave which answer, one a line, by what is asked."""
    return "\n".join(f"{SAID_OF.get(what, what)}: {who}" for what, who in said.items())


def head_at(route: Sequence[str | int]) -> str:
    """What the cell is called that a route through a profile leads to; empty where none is."""
    steps = [step for step in route if isinstance(step, str)]
    if "quotes" in steps:
        steps = steps[steps.index("quotes") :]
    if not steps:
        return ""
    group, *rest = steps
    if rest[:1] == ["current"] and rest[-1] in {"supplier", "partner", "partners"}:
        rest = ["current", "with"]
    found = {key.route: key.head for key in _OF_GROUP.get(group, ())}
    return found.get(tuple(rest)) or found.get(tuple(_ALSO.get(step, step) for step in rest), "")


def in_headings(words: str) -> str:
    """The words with what a workbook calls things in place of the keys of a text file."""
    heads = {key.route[-1]: key.head for keys in _OF_GROUP.values() for key in keys if "_" in key.route[-1]}
    return re.sub(r"\b[a-z]+(_[a-z]+)+\b", lambda found: heads.get(found[0], found[0]), words)

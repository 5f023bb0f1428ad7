"""The four sheets of a workbook that hold a profile: which column is which key of the format.

What writes a workbook and what reads one both go by this.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mba.about import Kind
from mba.inputs import FUNCTIONS, ORGANISATION, PACKAGES, PARTNERS, SUPPLIERS, inputs_of
from mba.terms import Flag, Option, OrganisationKind, PartnerKind, QuotedVat, Rurality, SupplierKind, Vat

PROFILE_SHEETS = ("Organisation", "Functions", "Suppliers and partners", "Offers")
ORGANISATION_SHEET, FUNCTIONS_SHEET, BODIES_SHEET, OFFERS_SHEET = PROFILE_SHEETS
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

    `note` says what to write. `kind` is what the value is; `choices` are the words that it can be.
    """

    head: str
    route: tuple[str, ...]
    note: str = ""
    kind: Kind = Kind.WORD
    choices: Sequence[str] = ()


def _ratings(group: str) -> Iterator[Key]:
    """The ratings of a group, each with both ends of its scale."""
    for row in filter(lambda row: row.is_rating, inputs_of(group)):
        route, note = (*row.route[:-1], row.key), str(row.about.scale)
        yield Key(row.about.words.capitalize(), route, note, Kind.RATING, "12345")


ORGANISATION_KEYS = (
    Key("Name", ("name",)),
    Key("Kind", ("kind",), "ccg or icb. Blank: ccg.", choices=tuple(OrganisationKind)),
    Key("Population", ("population",), "People served.", Kind.PEOPLE),
    Key("Budget a head", ("budget_per_head",), "£ a head a year for running costs. Blank: £25.00 for a ccg, "
        "£18.76 for an icb.", Kind.POUNDS_A_HEAD),
    Key("Committed costs", ("committed_costs",), "£ a year of that budget which no function can touch. Blank: none.",
        Kind.POUNDS),
    Key("Rurality", ("rurality",), "urban, mixed or rural. Blank: mixed.", choices=tuple(Rurality)),
    *_ratings(ORGANISATION),
    Key("From", ("from",), "The day from which the answer is to hold. Blank: what ends has ended.", Kind.DAY),
    Key("Premium", ("premium",), "Per cent more a year that ten points of fit are worth paying. Blank: 10.",
        Kind.PERCENT),
)  # a table, laid out by hand  # fmt: skip

_FLAGS = ("core", "relational", "transactional", "core, relational", "relational, transactional", "statutory", NO_FLAGS)

FUNCTION_KEYS = (
    Key("Name", ("name",), "What it is called: payroll, HR, or any other name."),
    Key("Flags", ("flags",), f"Any of {', '.join(Flag)}, with commas between them; or {NO_FLAGS}. "
        "Blank: the catalogue's.", Kind.LIST, _FLAGS),
    Key("In-house cost", ("annual_cost",), "£ a year to run it alone in-house, all in.", Kind.POUNDS),
    Key("Run today as", ("current", "mode"), "make, share, ally or buy.", choices=tuple(Option)),
    Key("Today with", ("current", "with"), "The name of the supplier or partner; several partners with commas between "
        "them. It need not be listed."),
    Key("Paid today", ("current", "cost"), "£ a year, all in: VAT, and the time of your own people who manage it.",
        Kind.POUNDS),
    Key("Contract until", ("current", "until"), "The day until which its contract runs.", Kind.DAY),
    Key("Months of notice", ("current", "notice_months"), "Months of notice that leaving takes.", Kind.PEOPLE),
    *_ratings(FUNCTIONS),
    Key("VAT", ("vat",), "recoverable or charged, when bought outside the NHS.", choices=tuple(Vat)),
    Key("Leaves", ("leaves", "leaves"), "yes: it stops being yours, and is not appraised.", Kind.TRUTH, ("yes",)),
    Key("Leaves to", ("leaves", "to"), "Who runs it then."),
    Key("Leaves on", ("leaves", "on"), "From which day.", Kind.DAY),
    Key("Decided", ("decided", "mode"), "You overrule; the report shows both.", choices=tuple(Option)),
    Key("Decided because", ("decided", "because"), "By whom, when and why."),
    Key("Said by", ("said_by",), "Who gave which answer, one a line, such as In-house cost: Finance lead"),
    Key("Note", ("note",), "Free text."),
    Key("Id", ("id",), "Blank: made of the name. An id of the catalogue, or your own, where files refer to it."),
)  # a table, laid out by hand  # fmt: skip

BODY_KEYS = (
    Key(ROLE, ("role",), "A supplier sells or allies; a partner shares a team.", choices=(SUPPLIER, PARTNER)),
    Key("Name", ("name",)),
    Key("Kind", ("kind",), "A partner is a ccg, icb, local-authority or nhs-body.",
        choices=tuple(dict.fromkeys((*map(str, SupplierKind), *map(str, PartnerKind))))),
    Key("Population", ("population",), "People that a partner serves; a supplier for all customers.", Kind.PEOPLE),
    *_ratings(SUPPLIERS),
    Key("Long term", ("long_term",), "yes: it would sign for three years or more. Blank: yes.", Kind.TRUTH,
        ("yes", "no")),
    Key("Closes", ("closes",), "It is there until this day.", Kind.DAY),
    Key("Functions", ("functions",), "all, or names of functions with commas between them. Blank: all.", Kind.LIST),
    Key("Id", ("id",), "Blank: made of the name. Else in small letters, digits and hyphens."),
)  # a table, laid out by hand  # fmt: skip

OFFER_KEYS = (
    Key("What", ("what",), "A real offer; or one price paid today for several functions.", choices=(OFFER, PAID)),
    Key("Functions", ("functions",), "The name of a function; for a price paid today, of several with commas.",
        Kind.LIST),
    Key("Run as", ("mode",), "buy, share or ally.", choices=tuple(Option)),
    Key("By whom", ("by",), "The name of the supplier, or of the partner."),
    Key("Cost", ("cost",), "£ a year.", Kind.POUNDS),
    Key("VAT in it", ("vat",), "excluded or included. Blank: excluded.", choices=tuple(QuotedVat)),
)  # a table, laid out by hand  # fmt: skip

SHEETS = {
    ORGANISATION: ORGANISATION_SHEET,
    **dict.fromkeys((SUPPLIERS, PARTNERS), BODIES_SHEET),
    **dict.fromkeys((PACKAGES, "quotes"), OFFERS_SHEET),
    FUNCTIONS: FUNCTIONS_SHEET,
}
"""The sheet that the rows of a group stand on."""

KEYS = {FUNCTIONS_SHEET: FUNCTION_KEYS, BODIES_SHEET: BODY_KEYS, OFFERS_SHEET: OFFER_KEYS}
"""The columns of the sheets that have one row a thing."""

_ALSO = {"supplier": "by", "partner": "by", "population_served": "population"}
"""What a column is of where the key of the profile hangs on what else is in the row."""

_ASKED = filter(lambda key: key.kind is Kind.RATING or key.head == "In-house cost", FUNCTION_KEYS)
SAID_OF = {key.route[-1]: key.head for key in _ASKED}
"""The headings of what may be answered for a function, by key: a workbook says by them who gave an answer."""


def said_lines(said: Mapping[str, str]) -> str:
    """Who gave which answer, one a line, by what is asked."""
    return "\n".join(f"{SAID_OF.get(what, what)}: {who}" for what, who in said.items())


def head_at(route: Sequence[str | int]) -> str:
    """What the cell is called that a route through a profile leads to; empty where none is."""
    steps = [step for step in route if isinstance(step, str)]
    if "quotes" in steps:
        steps = steps[steps.index("quotes") :]
    group, *rest = steps or [""]
    if rest[:1] == ["current"] and rest[-1] in {"supplier", "partner", "partners"}:
        rest = ["current", "with"]
    found = {key.route: key.head for key in KEYS.get(SHEETS.get(group, ""), ORGANISATION_KEYS)}
    return found.get(tuple(rest)) or found.get(tuple(_ALSO.get(step, step) for step in rest), "")


_HEADS = {key.route[-1]: key.head for key in chain(ORGANISATION_KEYS, *KEYS.values())}


def in_headings(words: str) -> str:
    """The words with what a workbook calls things in place of the keys of a text file."""
    return re.sub(r"\b[a-z]+(_[a-z]+)+\b", lambda found: _HEADS.get(found[0], found[0]), words)

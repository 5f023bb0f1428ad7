"""The user's own words: an organisation, who it could work with, and the functions it must see run.

These models are profile format 1. Keys are a public interface; the JSON Schema that `mba schema` prints comes
from here, descriptions included.
"""

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from mba.about import Kind, rated, weighed
from mba.forms import (
    AllOrSome,
    BudgetAHead,
    Day,
    FileName,
    Form,
    FormatNumber,
    Id,
    Months,
    Name,
    Note,
    People,
    Pounds,
    PremiumOfFit,
    Price,
    Rating,
    Truth,
)
from mba.ratings import MIDDLE, Ratings
from mba.terms import Flag, Option, OrganisationKind, PartnerKind, QuotedVat, Rurality, SupplierKind, Vat


# The fields are a table, laid out by hand.
# fmt: off
class Organisation(Form):
    """Who decides."""

    name: Name = Field(description="What the organisation is called.")
    kind: OrganisationKind = weighed("kind of organisation", "ccg (default) or icb.", Kind.WORD,
        OrganisationKind.CCG, default=OrganisationKind.CCG)
    population: People = weighed("population", "People served.", Kind.PEOPLE, default=...)
    budget_per_head: BudgetAHead | None = weighed("budget a head",
        "£ a head a year for running costs. Default: 25 for a ccg, 18.76 for an icb.", Kind.POUNDS_A_HEAD)
    committed_costs: Pounds | None = weighed("committed costs",
        "£ a year of that budget which no function below can touch. Default 0.", Kind.POUNDS, 0)
    rurality: Rurality | None = weighed("rurality", "urban, mixed (default) or rural.", Kind.WORD, Rurality.MIXED)
    client_capability: Rating | None = rated("people and skill to check a supplier",
        "nobody who could specify, contract and check a supplier", "people and skill for it",
        default=MIDDLE)
    from_: Day | None = weighed("day from which the answer is to hold",
        "The day from which the answer is to hold. Without it, what ends has ended.", Kind.DAY, alias="from")
    premium: PremiumOfFit | None = weighed("premium for fit",
        "Per cent more a year that ten points of fit are worth paying. Default 10.", Kind.PERCENT, 10)


class Body(Form):
    """Somebody to work with."""

    id: Id = Field(description="Short name, in small letters, digits and hyphens.")
    name: Name | None = Field(None, description="What it is called. Default: the words of the id.")

    @property
    def called(self) -> str:
        """Its name; else the words of its id: South Ridings CSU of south-ridings-csu."""
        return self.name or _CAPITALS.sub(lambda found: found[0].upper(), self.id.replace("-", " "))


_CAPITALS = re.compile(r"\b(nhs|icb|ccg|csu)\b|^[a-z]|\b(?!(and|for|in|of|the)\b)[a-z]")


class Partner(Body):
    """Someone who would share a team."""

    kind: PartnerKind | None = weighed("kind of organisation", "ccg (default), icb, local-authority or nhs-body.")
    population: People | None = weighed("population",
        "People the partner serves. Default: as many as the organisation.", Kind.PEOPLE)
    trust: Rating | None = rated("trust", "we would not rely on them", "we have worked well together for years",
        default=MIDDLE, whose="trust in {}", measure="partner_trust")
    closes: Day | None = weighed("closing day", "It is there until this day; optional.", Kind.DAY)
    functions: AllOrSome = weighed("open to every function", "all (default), or the ids of those it would share.",
        Kind.LIST, "all", default="all")


class Supplier(Body):
    """Someone who could be bought from or allied with."""

    kind: SupplierKind | None = weighed("kind",
        "csu (default for a ccg), nhs-body (default for an icb), local-authority, private, third-sector, mutual, "
        "joint-venture or customer-owned.")
    population_served: People | None = weighed("people served",
        "People that the supplier serves for all its customers.", Kind.PEOPLE)
    trust: Rating | None = rated("trust", "it has let us or others down", "it has kept its promises for years",
        of="Confidence in it, from its record", default=MIDDLE, whose="trust in {}",
        measure="supplier_trust")
    stability: Rating | None = rated("sureness of its future", "may be gone within the year", "sure for five years",
        of="How sure its own future is", default=MIDDLE, whose="the future of {}",
        measure="supplier_stability")
    local_presence: Rating | None = rated("local presence", "remote", "works among you", default=MIDDLE,
        whose="the local presence of {}", measure="supplier_presence")
    long_term: Truth | None = weighed("would sign for three years",
        "Whether it would sign for three years or more. Default true.", Kind.TRUTH, True)
    closes: Day | None = weighed("closing day", "It is there until this day; optional.", Kind.DAY)
    functions: AllOrSome = weighed("open to every function", "all (default), or the ids of those it offers.", Kind.LIST,
        "all", default="all")


class Quote(Form):
    """A real offer."""

    mode: Option = Field(description="buy, share or ally.")
    cost: Price = Field(description="£ a year.")
    supplier: Id | None = Field(None, description="Who offers, for buy and ally.")
    partner: Id | None = Field(None, description="Who offers, for share.")
    vat: QuotedVat = Field(QuotedVat.EXCLUDED, description="excluded (default), or included in the figure.")

    @property
    def whom(self) -> str:
        """Who offers, by id; empty where nobody is named."""
        return self.supplier or self.partner or ""


_PAID = "£ a year paid today, all in: VAT, and the time of your own people who manage it."


class Current(Form):
    """How a function is run today."""

    mode: Option = Field(description="make, buy, share or ally.")
    supplier: Id | None = Field(None, description="With whom, for buy and ally. It need not be listed.")
    partner: Id | None = Field(None, description="With whom, for share. It need not be listed.")
    partners: tuple[Id, ...] = Field((), description="The same, where there are several.")
    cost: Price | None = Field(None, description=_PAID)
    until: Day | None = Field(None, description="The day until which its contract runs.")
    notice_months: Months | None = Field(None, description="Months of notice that leaving takes.")

    @property
    def whom(self) -> tuple[str, ...]:
        """The ids of the supplier or of the partners, sorted; empty where nobody is named."""
        one = self.supplier or self.partner
        return (one,) if one else tuple(sorted(self.partners))


def _in_full(given: object) -> object:
    return {"mode": given} if isinstance(given, str) else given


CurrentWay = Annotated[Current, BeforeValidator(_in_full, json_schema_input_type=Option | Current)]
"""How a function is run today: one word, or in full."""

_ANSWERS = ("annual_cost", "current", "flags", "quotes", "vat", *Ratings.model_fields)
if TYPE_CHECKING:
    Answer: TypeAlias = str
else:
    Answer = Literal[_ANSWERS]
"""What somebody can have answered for a function."""


class Leaving(Form):
    """It stops being ours."""

    to: Name | None = Field(None, description="Who runs it then.")
    on: Day | None = Field(None, description="From which day.")


class Package(Form):
    """One price for several functions today."""

    supplier: Id = Field(description="Who is paid. It need not be listed.")
    mode: Annotated[Option, Field(description="buy (default) or ally.")] = Option.BUY
    cost: Price = Field(description="£ a year paid for all of them today, all in.")
    functions: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(description="The ids of what it pays for.")


class Decided(Form):
    """The user overrules; kept and shown."""

    mode: Option = Field(description="What was decided.")
    because: Note | None = Field(None, description="By whom, when and why.")


class Function(Form):
    """One support function."""

    id: Id = Field(description="Unique, in small letters, digits and hyphens. Ids and everyday names of the "
        "catalogue bring name, flags and estimate.")
    name: Name | None = Field(None, description="Default: the catalogue's name, else the id.")
    flags: tuple[Flag, ...] | None = weighed("flags",
        "Any of core, relational, transactional, statutory. Both relational and transactional: contested. Left out: "
        "the catalogue's flags.", Kind.LIST)
    annual_cost: Price | None = weighed("in-house cost",
        "£ a year to run it alone in-house, all in.", Kind.POUNDS)
    current: CurrentWay | None = weighed("present arrangement",
        "How it is run today: make, buy, share or ally, or in full.")
    leaves: Leaving | None = weighed("leaving", "It stops being ours: it is listed, and not appraised.")
    ratings: Ratings = Field(
        default_factory=Ratings.model_construct, description="Judgements from 1 to 5, every one optional.")
    quotes: tuple[Quote, ...] = weighed("quotes", "Real offers.", Kind.LIST, default=())
    vat: Vat | None = weighed("VAT when bought outside the NHS",
        "recoverable or charged. Default: the catalogue's, else charged.", answers=(Vat.CHARGED, Vat.RECOVERABLE))
    said_by: dict[Answer, Name] = Field(
        default_factory=dict, description="Who gave which answer, by its key, such as measurability; read by no rule."
    )
    decided: Decided | None = weighed("decision",
        "Fixes the recommendation; the report still shows what the method says.")
    note: Note | None = Field(None, description="Free text.")


class Profile(Form):
    """Profile format 1."""

    format: FormatNumber = Field(1, description="1 is the only format so far.")
    organisation: Organisation = Field(description="Who decides.")
    partners: tuple[Partner, ...] = Field((), max_length=100, description="Who could share. Default: none.")
    suppliers: tuple[Supplier, ...] = Field(
        (), max_length=100, description="Who could be bought from or allied with. Default: none.")
    functions: Annotated[tuple[Function, ...], Field(min_length=1, max_length=1_000)] = Field(
        description="What must be run; at least one.")
    packages: Annotated[tuple[Package, ...], Field(max_length=100)] = Field(
        (), description="One price for several functions today; gives what each of them costs today.")

    @property
    def appraised(self) -> tuple[Function, ...]:
        """The functions that stay the organisation's, and are appraised."""
        return tuple(function for function in self.functions if function.leaves is None)

    def today(self, function: Function) -> Current | None:
        """How a function is run today: as it says itself, else as the package says that pays for it.

        What is bought of a company that its customers own is allied with.
        """
        now = function.current
        for package in self.packages:
            said = now or Current(mode=package.mode)
            if function.id in package.functions and said.mode is package.mode:
                now = said.model_copy(update={"supplier": package.supplier})
                break
        if now and now.mode is Option.BUY and self._is_owned(now.supplier):
            return now.model_copy(update={"mode": Option.ALLY})
        return now

    def _is_owned(self, id_: str | None) -> bool:
        """Whether a supplier belongs to its customers."""
        return any(each.id == id_ and each.kind is SupplierKind.CUSTOMER_OWNED for each in self.suppliers)

    def has_ended(self, way: Current | None) -> bool:
        """Whether what is run this way has ended by the new start; without a start, whatever has an end has."""
        start = self.organisation.from_
        return bool(way and way.until and (start is None or way.until <= start))

    def concerns(self, other: Partner | Supplier) -> frozenset[str]:
        """The ids of the functions that somebody offers, or runs today."""
        if other.functions == "all":
            return frozenset(function.id for function in self.functions)
        run = (function.id for function in self.functions if (now := self.today(function)) and other.id in now.whom)
        return frozenset((*other.functions, *run))

    def together(self, id_: str) -> frozenset[str]:
        """The ids of the functions whose price today a change of one may move: those of its package, and itself."""
        return frozenset({id_}.union(*(package.functions for package in self.packages if id_ in package.functions)))


class Changes(Form):
    """What differs from the base: keys of the organisation, and rows by id.

    What they come to is checked as a profile.
    """

    organisation: Any = Field(
        None, description="The keys that differ. The word remove in place of a value takes a key out."
    )
    partners: Any = Field(
        None, description="By id: the keys that differ, or the word remove. A partner with a new id is added."
    )
    suppliers: Any = Field(
        None, description="By id: the keys that differ, or the word remove. A supplier with a new id is added."
    )
    functions: Any = Field(
        None,
        description="By id: the keys that differ, or the word remove. A function is added if its id is in the "
        "catalogue, or if it has a name or flags.",
    )
    packages: Any = Field(None, description="All packages anew, or the word remove.")


class Scenario(Form):
    """A profile that stands on another, and holds only what differs."""

    format: FormatNumber = Field(1, description="1 is the only format so far.")
    base: FileName = Field(
        description="The file of the profile or scenario that this one stands on, seen from this file's folder."
    )
    name: Name = Field(description="What the scenario is called; the report's title.")
    changes: Changes = Field(
        default_factory=Changes.model_construct, description="What differs from the base. Default: nothing."
    )

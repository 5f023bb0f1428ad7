"""The user's own words: an organisation, who it could work with, and the functions it must see run.

These models are profile format 1. Keys are a public interface; the JSON Schema that `mba schema` prints comes
from here, descriptions included.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from mba.about import About, Kind, rated
from mba.forms import AllOrSome, Form, FormatNumber, Id, Name, Note, Number, People, Pounds, Rating, Truth


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


BUDGET_PER_HEAD = {OrganisationKind.CCG: 25.0, OrganisationKind.ICB: 18.76}
"""£ a head a year. CCGs: 2013-14 running-cost allowance. ICBs: the 2025 envelope, programme pay included."""

MIDDLE = 3
"""The rating where nothing is known: half-way on a 1-5 scale."""


class Ratings(Form):
    """Judgements from 1 to 5. Each is optional; what is missing comes from the flags, and is shown as assumed."""

    asset_specificity: Annotated[
        Rating | None,
        rated(
            "specific to people and place",
            "anyone competent could start tomorrow",
            "a good newcomer needs six months and named local people",
        ),
    ] = None
    measurability: Annotated[
        Rating | None,
        rated(
            "easy to measure",
            "two checkers would disagree on whether it was done well",
            "five indicators, scored alike by any checker",
        ),
    ] = None
    complexity: Annotated[
        Rating | None,
        rated("complex", "fits a standard specification", "cannot be specified without leaving most of it open"),
    ] = None
    volatility: Annotated[
        Rating | None, rated("changing", "last year's specification still stands", "changed several times in a year")
    ] = None
    frequency: Annotated[Rating | None, rated("frequent", "once in a while", "every day")] = None
    scale_economies: Annotated[
        Rating | None, rated("cheaper in bulk", "costs grow with the people served", "nearly all cost is fixed")
    ] = None
    scarce_expertise: Annotated[
        Rating | None, rated("scarce expertise", "ordinary skills", "a handful of people in the country")
    ] = None
    in_house_capability: Annotated[
        Rating | None, rated("done well in-house today", "no one here can do it", "a trusted team does it today")
    ] = None
    specification_readiness: Annotated[
        Rating | None, rated("specification ready", "we cannot yet say what we want", "a specification is written")
    ] = None
    market_depth: Annotated[
        Rating | None, rated("depth of the market", "nobody to buy from", "many credible bidders")
    ] = None
    importance: Annotated[
        Rating | None,
        rated(
            "importance",
            "little",
            "most; 3, the default: as its cost says",
            of="How much it counts in the portfolio",
            default=MIDDLE,
            measure="",
        ),
    ] = None


class Organisation(Form):
    """Who decides."""

    name: Name = Field(description="What the organisation is called.")
    kind: Annotated[OrganisationKind, About("kind of organisation", Kind.WORD)] = Field(
        OrganisationKind.CCG, description="ccg (default) or icb."
    )
    population: Annotated[People, About("population", Kind.PEOPLE)] = Field(description="People served.")
    budget_per_head: Annotated[
        Annotated[Number, Field(gt=0, le=10_000)] | None, About("budget a head", Kind.POUNDS_A_HEAD)
    ] = Field(None, description="£ a head a year for running costs. Default: 25 for a ccg, 18.76 for an icb.")
    committed_costs: Annotated[Pounds | None, About("committed costs", Kind.POUNDS, 0)] = Field(
        None, description="£ a year of that budget which no function below can touch. Default 0."
    )
    rurality: Annotated[Rurality | None, About("rurality", Kind.WORD, Rurality.MIXED)] = Field(
        None, description="urban, mixed (default) or rural."
    )
    client_capability: Annotated[
        Rating | None,
        rated(
            "people and skill to check a supplier",
            "nobody who could specify, contract and check a supplier",
            "people and skill for it",
            default=MIDDLE,
        ),
    ] = None


class Partner(Form):
    """Someone who would share a team."""

    id: Id = Field(description="Short name, in small letters, digits and hyphens.")
    name: Name | None = Field(None, description="What the partner is called. Default: the id.")
    kind: Annotated[PartnerKind | None, About("kind of organisation", Kind.WORD)] = Field(
        None, description="ccg (default), icb, local-authority or nhs-body."
    )
    population: Annotated[People | None, About("population", Kind.PEOPLE)] = Field(
        None, description="People the partner serves. Default: as many as the organisation."
    )
    trust: Annotated[
        Rating | None,
        rated(
            "trust",
            "we would not rely on them",
            "we have worked well together for years",
            default=MIDDLE,
            whose="trust in {}",
            measure="partner_trust",
        ),
    ] = None
    functions: Annotated[AllOrSome, About("open to every function", Kind.LIST, "all")] = Field(
        "all", description="all (default), or the ids of the functions that they would share."
    )


class Supplier(Form):
    """Someone who could be bought from or allied with."""

    id: Id = Field(description="Short name, in small letters, digits and hyphens.")
    name: Name | None = Field(None, description="What the supplier is called. Default: the id.")
    kind: Annotated[SupplierKind | None, About("kind", Kind.WORD, SupplierKind.CSU)] = Field(
        None,
        description="csu (default), nhs-body, local-authority, private, third-sector, mutual, joint-venture or "
        "customer-owned.",
    )
    population_served: Annotated[People | None, About("people served", Kind.PEOPLE)] = Field(
        None, description="People that the supplier serves for all its customers."
    )
    trust: Annotated[
        Rating | None,
        rated(
            "trust",
            "it has let us or others down",
            "it has kept its promises for years",
            of="Confidence in it, from its record",
            default=MIDDLE,
            whose="trust in {}",
            measure="supplier_trust",
        ),
    ] = None
    stability: Annotated[
        Rating | None,
        rated(
            "sureness of its future",
            "may be gone within the year",
            "sure for five years",
            of="How sure its own future is",
            default=MIDDLE,
            whose="the future of {}",
            measure="supplier_stability",
        ),
    ] = None
    local_presence: Annotated[
        Rating | None,
        rated(
            "local presence",
            "remote",
            "works among you",
            default=MIDDLE,
            whose="the local presence of {}",
            measure="supplier_presence",
        ),
    ] = None
    long_term: Annotated[Truth | None, About("would sign for three years", Kind.TRUTH, default=True)] = Field(
        None, description="Whether it would sign for three years or more. Default true."
    )
    functions: Annotated[AllOrSome, About("open to every function", Kind.LIST, "all")] = Field(
        "all", description="all (default), or the ids of the functions that it offers."
    )


class Quote(Form):
    """A real offer."""

    mode: Option = Field(description="buy, share or ally.")
    cost: Annotated[Pounds, Field(gt=0)] = Field(description="£ a year.")
    supplier: Id | None = Field(None, description="Who offers, for buy and ally.")
    partner: Id | None = Field(None, description="Who offers, for share.")


class Decided(Form):
    """The user overrules; kept and shown."""

    mode: Option = Field(description="What was decided.")
    because: Note | None = Field(None, description="By whom, when and why.")


class Function(Form):
    """One support function."""

    id: Id = Field(
        description="Unique, in small letters, digits and hyphens. Ids of the catalogue bring their name, flags and "
        "estimates."
    )
    name: Name | None = Field(None, description="Default: the catalogue's name, else the id.")
    flags: Annotated[tuple[Flag, ...] | None, About("flags", Kind.LIST)] = Field(
        None,
        description="Any of core, relational, transactional, statutory. Both relational and transactional: contested. "
        "Left out: the catalogue's flags.",
    )
    annual_cost: Annotated[Annotated[Pounds, Field(gt=0)] | None, About("in-house cost", Kind.POUNDS)] = Field(
        None, description="£ a year to run it alone in-house, all in."
    )
    current: Annotated[Option | None, About("present arrangement", Kind.WORD)] = Field(
        None, description="How it is run today."
    )
    ratings: Ratings = Field(
        default_factory=Ratings.model_construct, description="Judgements from 1 to 5, every one optional."
    )
    quotes: Annotated[tuple[Quote, ...], About("quotes", Kind.LIST)] = Field((), description="Real offers.")
    decided: Annotated[Decided | None, About("decision", Kind.WORD)] = Field(
        None, description="Fixes the recommendation; the report still shows what the method says."
    )
    note: Note | None = Field(None, description="Free text.")


class Profile(Form):
    """Profile format 1."""

    format: FormatNumber = Field(1, description="1 is the only format so far.")
    organisation: Organisation = Field(description="Who decides.")
    partners: tuple[Partner, ...] = Field((), max_length=100, description="Who could share. Default: none.")
    suppliers: tuple[Supplier, ...] = Field(
        (), max_length=100, description="Who could be bought from or allied with. Default: none."
    )
    functions: Annotated[tuple[Function, ...], Field(min_length=1, max_length=1_000)] = Field(
        description="What must be run; at least one."
    )

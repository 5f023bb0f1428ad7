"""The user's own words: an organisation, who it could work with, and the functions it must see run.

These models are profile format 1. Keys are a public interface; the JSON Schema that `mba schema` prints comes
from here, descriptions included.
"""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from mba.forms import AllOrSome, FileName, Form, Format, Id, Name, Note, Number, People, Pounds, Rating, Truth


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

    asset_specificity: Rating | None = Field(
        None,
        description="1: anyone competent could start tomorrow. "
        "5: a good newcomer needs six months and named local people.",
    )
    measurability: Rating | None = Field(
        None,
        description="1: two checkers would disagree on whether it was done well. "
        "5: five indicators, scored alike by any checker.",
    )
    complexity: Rating | None = Field(
        None,
        description="1: fits a standard specification. 5: cannot be specified without leaving most of it open.",
    )
    volatility: Rating | None = Field(
        None, description="1: last year's specification still stands. 5: changed several times in a year."
    )
    frequency: Rating | None = Field(None, description="1: once in a while. 5: every day.")
    scale_economies: Rating | None = Field(
        None, description="1: costs grow with the people served. 5: nearly all cost is fixed."
    )
    scarce_expertise: Rating | None = Field(
        None, description="1: ordinary skills. 5: a handful of people in the country."
    )
    in_house_capability: Rating | None = Field(
        None, description="1: no one here can do it. 5: a trusted team does it today."
    )
    specification_readiness: Rating | None = Field(
        None, description="1: we cannot yet say what we want. 5: a specification is written."
    )
    market_depth: Rating | None = Field(None, description="1: nobody to buy from. 5: many credible bidders.")
    importance: Rating | None = Field(
        None,
        description="How much this function counts in the portfolio: 1 little, 3 as its cost says (default), 5 most.",
    )


class Organisation(Form):
    """Who decides."""

    name: Name = Field(description="What the organisation is called.")
    kind: OrganisationKind = Field(OrganisationKind.CCG, description="ccg (default) or icb.")
    population: People = Field(description="People served.")
    budget_per_head: Annotated[Number, Field(gt=0, le=10_000)] | None = Field(
        None, description="£ a head a year for running costs. Default: 25 for a ccg, 18.76 for an icb."
    )
    committed_costs: Pounds | None = Field(
        None, description="£ a year of that budget which no function below can touch. Default 0."
    )
    rurality: Rurality | None = Field(None, description="urban, mixed (default) or rural.")
    client_capability: Rating | None = Field(
        None,
        description="1: nobody who could specify, contract and check a supplier. 5: people and skill for it.",
    )


class Partner(Form):
    """Someone who would share a team."""

    id: Id = Field(description="Short name, in small letters, digits and hyphens.")
    name: Name | None = Field(None, description="What the partner is called. Default: the id.")
    kind: PartnerKind | None = Field(None, description="ccg (default), icb, local-authority or nhs-body.")
    population: People | None = Field(
        None, description="People the partner serves. Default: as many as the organisation."
    )
    trust: Rating | None = Field(
        None, description="1: we would not rely on them. 5: we have worked well together for years."
    )
    functions: AllOrSome = Field("all", description="all (default), or the ids of the functions that they would share.")


class Supplier(Form):
    """Someone who could be bought from or allied with."""

    id: Id = Field(description="Short name, in small letters, digits and hyphens.")
    name: Name | None = Field(None, description="What the supplier is called. Default: the id.")
    kind: SupplierKind | None = Field(
        None,
        description="csu (default), nhs-body, local-authority, private, third-sector, mutual, joint-venture or "
        "customer-owned.",
    )
    population_served: People | None = Field(None, description="People that the supplier serves for all its customers.")
    trust: Rating | None = Field(
        None,
        description="Confidence in it, from its record. 1: it has let us or others down. "
        "5: it has kept its promises for years.",
    )
    stability: Rating | None = Field(
        None,
        description="How sure its own future is. 1: may be gone within the year. 5: sure for five years.",
    )
    local_presence: Rating | None = Field(None, description="1: remote. 5: works among you.")
    long_term: Truth | None = Field(None, description="Whether it would sign for three years or more. Default true.")
    functions: AllOrSome = Field("all", description="all (default), or the ids of the functions that it offers.")


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
        description="Unique, in small letters, digits and hyphens. "
        "Ids of the catalogue bring their name, flags and estimates."
    )
    name: Name | None = Field(None, description="Default: the catalogue's name, else the id.")
    flags: tuple[Flag, ...] | None = Field(
        None,
        description="Any of core, relational, transactional, statutory. Both relational and transactional: contested. "
        "Left out: the catalogue's flags.",
    )
    annual_cost: Annotated[Pounds, Field(gt=0)] | None = Field(
        None, description="£ a year to run it alone in-house, all in."
    )
    current: Option | None = Field(None, description="How it is run today.")
    ratings: Ratings = Field(
        default_factory=Ratings.model_construct,
        description="Judgements from 1 to 5, every one optional.",
    )
    quotes: tuple[Quote, ...] = Field((), description="Real offers.")
    decided: Decided | None = Field(
        None, description="Fixes the recommendation; the report still shows what the method says."
    )
    note: Note | None = Field(None, description="Free text.")


class Profile(Form):
    """Profile format 1."""

    format: Format = Field(1, description="1 is the only format so far.")
    organisation: Organisation = Field(description="Who decides.")
    partners: tuple[Partner, ...] = Field((), max_length=100, description="Who could share. Default: none.")
    suppliers: tuple[Supplier, ...] = Field(
        (), max_length=100, description="Who could be bought from or allied with. Default: none."
    )
    functions: Annotated[tuple[Function, ...], Field(min_length=1, max_length=1_000)] = Field(
        description="What must be run; at least one."
    )


class Changes(Form):
    """What differs from the base: keys of the organisation, rows by id. What they come to is checked as a profile."""

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


class Scenario(Form):
    """A profile that stands on another, and holds only what differs."""

    format: Format = Field(1, description="1 is the only format so far.")
    base: FileName = Field(
        description="The file of the profile or scenario that this one stands on, seen from this file's folder."
    )
    name: Name = Field(description="What the scenario is called; the report's title.")
    changes: Changes = Field(
        default_factory=Changes.model_construct, description="What differs from the base. Default: nothing."
    )

"""The user's own words: an organisation, who it could work with, and the functions it must see run.

These models are profile format 1. Keys are a public interface; the JSON Schema that `mba schema` prints comes
from here, descriptions included.
"""

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError


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

_RATINGS = range(1, 6)
_LONGEST = 100
"""Characters of a figure that are looked at."""
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def _number_error(kind: str, given: object) -> PydanticCustomError:
    """Says what a figure must be, and how to write this one."""
    text = "" if given is None else str(given)[:_LONGEST]
    digits = re.sub(r"[£$€,_\s“”‘’]", "", text)
    hint = "" if text.isdecimal() and text.isascii() else "Write it in digits."
    if isinstance(given, (list, dict)):
        hint = ""
    elif type(given) is not str and _NUMBER.fullmatch(text):
        hint = "Take the quotes away."
    elif text != digits and _NUMBER.fullmatch(digits):
        hint = f"Write digits only: {digits}"
    elif match := re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)([kKmM])", digits):
        hint = f"Write it in full: {round(float(match[1]) * (1_000 if match[2] in 'kK' else 1_000_000))}"
    elif re.fullmatch(r"-?0[0-9]{1,15}", text):
        hint = f"Numbers that start with 0 mean different things to different programs. Write {int(text)}."
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", text):
        hint = f"If the point parts thousands, write {text.replace('.', '')}; otherwise round it to a whole number."
    elif kind != "a number" and "." in text and _NUMBER.fullmatch(text):
        hint = "Round it to a whole number."
    elif re.fullmatch(r"\d{1,2}:\d{2}", text):
        hint = "This looks like a time of day. Write it in digits."
    return PydanticCustomError("number", f"must be {kind}", {"hint": hint})


def _whole(given: Any) -> Any:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if type(given) is str and _NUMBER.fullmatch(given) and "." not in given and len(given) <= _LONGEST:
        return int(given)
    raise _number_error("a whole number", given)


def _number(given: Any) -> Any:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return given
    if type(given) is str and _NUMBER.fullmatch(given) and len(given) <= _LONGEST:
        return float(given)
    raise _number_error("a number", given)


def _rating(given: Any) -> Any:
    if isinstance(given, int) and not isinstance(given, bool) and given in _RATINGS:
        return given
    if type(given) is str and given in map(str, _RATINGS):
        return int(given)
    raise _number_error("a whole number from 1 to 5", given)


_MEANT = dict.fromkeys(("yes", "y", "on", "1"), "true") | dict.fromkeys(("no", "n", "off", "0"), "false")


def _truth(given: Any) -> Any:
    if isinstance(given, bool):
        return given
    if type(given) is str and given in ("true", "True", "TRUE"):
        return True
    if type(given) is str and given in ("false", "False", "FALSE"):
        return False
    word = _MEANT.get(str(given)[:_LONGEST].lower())
    hint = f"Did you mean “{word}”?" if word else "Take the quotes away." if given in ("true", "false") else ""
    raise PydanticCustomError("truth", "must be true or false", {"hint": hint})


def _text(given: Any) -> Any:
    if isinstance(given, str) and not given.strip():
        raise PydanticCustomError("empty", "is empty")
    return str(given) if isinstance(given, str) else given


def _line(given: Any) -> Any:
    text = _text(given)
    if isinstance(text, str) and re.search(r"[\n\t]", text.strip()):
        raise PydanticCustomError(
            "one_line", "must be on one line, without tabs", {"hint": "Write it after its key, on the same line."}
        )
    return text


def _all_or_some(given: Any) -> str | None:
    return "some" if isinstance(given, (list, tuple)) else "all" if given == "all" else None


def _written(most: int, pattern: str = r"\S") -> WithJsonSchema:
    """Text as an editor sees it, which takes `2014` for a number and `no` for a truth where we take every scalar as text."""
    return WithJsonSchema({"type": ["string", "number", "boolean"], "maxLength": most, "pattern": pattern})


_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Whole = Annotated[int, BeforeValidator(_whole)]
Number = Annotated[float, BeforeValidator(_number)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Rating = Annotated[int, BeforeValidator(_rating), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5})]
Name = Annotated[str, BeforeValidator(_line), Field(max_length=200), AfterValidator(str.strip), _written(200)]
Note = Annotated[str, BeforeValidator(_text), Field(max_length=5_000), _written(5_000)]
Id = Annotated[str, Field(pattern=_ID, max_length=80), _written(80, _ID)]
AllOrSome = Annotated[
    Annotated[Literal["all"], Tag("all")] | Annotated[tuple[Id, ...], Tag("some")],
    Discriminator(
        _all_or_some,
        custom_error_type="all_or_some",
        custom_error_message="must be all, or a list of ids",
        custom_error_context={"hint": "Write it as: functions: [payroll, legal-services]"},
    ),
]
Pounds = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=10_000_000_000)]
Format = Annotated[Literal[1], BeforeValidator(_whole)]
People = Annotated[int, BeforeValidator(_whole), Field(gt=0, le=1_000_000_000)]


class Form(BaseModel):
    """A group of keys: none but its own, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Ratings(Form):
    """Judgements from 1 to 5. Each is optional; what is missing comes from the flags, and is shown as assumed."""

    asset_specificity: Rating | None = Field(
        None,
        description="1: anyone competent could start tomorrow. 5: a good newcomer needs six months and named local people.",
    )
    measurability: Rating | None = Field(
        None,
        description="1: two checkers would disagree on whether it was done well. 5: five indicators, scored alike by any checker.",
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
        description="csu (default), nhs-body, local-authority, private, third-sector, mutual, joint-venture or customer-owned.",
    )
    population_served: People | None = Field(None, description="People that the supplier serves for all its customers.")
    trust: Rating | None = Field(
        None,
        description="Confidence in it, from its record. 1: it has let us or others down. 5: it has kept its promises for years.",
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
        description="Unique, in small letters, digits and hyphens. Ids of the catalogue bring their name, flags and estimates."
    )
    name: Name | None = Field(None, description="Default: the catalogue's name, else the id.")
    flags: tuple[Flag, ...] | None = Field(
        None,
        description="Any of core, relational, transactional, statutory. Both relational and transactional: contested. Left out: the catalogue's flags.",
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

"""How a value may be written in a file, and what is said where it is not: the shapes that every model is made of."""

import hashlib
import json
import re
from calendar import month_name, monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, LiteralString, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

_RATINGS = {str(rating): rating for rating in range(1, 6)}
_TRUTHS = dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
MOST_PER_HEAD = 10_000
"""£ a head a year: no budget is as large."""
MOST_PREMIUM = 1_000
"""Per cent for ten points of fit."""
_LONGEST = 100  # Characters of a figure that are looked at.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)(\.00?)?")
"""Pence may stand there where there are none; three noughts may be thousands, as other countries part them."""
_DAY = re.compile(r"[2-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


def whole_number(text: str) -> int | None:
    """The whole number that a text is, such as 245000 or 245000.00; None where it is none."""
    if len(text) > _LONGEST or not _WHOLE.fullmatch(text):
        return None
    return int(text.partition(".")[0])


def decimal(text: str) -> Decimal | None:
    """The number that a text is, such as 22.07; None where it is none."""
    return Decimal(text) if len(text) <= _LONGEST and _NUMBER.fullmatch(text) else None


def as_id(name: str) -> str:
    """The id that can be made of a name; empty where it has neither letters nor digits of ours."""
    return re.sub("[^a-z0-9]+", "-", re.sub("['’]", "", name.casefold())).strip("-")


def _taken(kinds: tuple[type, ...], read: Callable[[str], object], code: LiteralString, **said: str) -> BeforeValidator:
    """What takes a value of one of the kinds, or a text in which one is read, but none that stood in quotes."""

    def taken(given: Any) -> Any:
        if type(given) in kinds:
            return given
        if type(given) is str and (value := read(given)) is not None:
            return value
        raise PydanticCustomError(code, "must be {wanted}", said)

    return BeforeValidator(taken)


_DAY_IN_WORDS = re.compile(
    r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ /.-]+(?:of )?(\d{1,2}|[a-z]{3,9})[ /.,-]+([2-9]\d{3}|\d\d)",
    re.IGNORECASE,
)
SOME_DAY = rf"(?:{_DAY.pattern}|{_DAY_IN_WORDS.pattern})"
"""What may be a day, in either form."""


_MONTH = re.compile(r"((?:the )?end (?:of )?)?([a-z]{3,9})[ .,/'-]+([2-9]\d{3}|\d\d)", re.IGNORECASE)
_YEAR_END = re.compile(
    r"((?:the )?end (?:of )?(?:the )?(?:fy|financial year)?|(?:financial )?year[- ]end(?: of)?)"
    r" ?(?:20)?(\d\d) ?[/–-] ?(?:20)?(\d\d)",
    re.IGNORECASE,
)


def day_in(text: str) -> date | None:
    """The day that a text is as Britain writes it; None where it is none.

    It is such as 31/03/27 or 31 March 2027, or the end of March 2027, or that of the financial year (FY) 26/27.
    """
    bare = text.strip()[:_LONGEST]
    if (years := _YEAR_END.fullmatch(bare)) and int(years[3]) == int(years[2]) + 1:
        return date(2000 + int(years[3]), 3, 31)
    if (ends := _MONTH.fullmatch(bare)) and ends[1]:
        return _last_of(*_month_in(ends[2], ends[3]))
    if not (found := _DAY_IN_WORDS.fullmatch(bare)):
        return None
    month, year = _month_in(found[2], found[3])
    with suppress(ValueError):
        return date(year, month, int(found[1]))
    return None


def _month_in(month: str, year: str) -> tuple[int, int]:
    """The numbers of a month, nought where it is none, and of its year."""
    if month.isdecimal():
        number = int(month)
    else:
        named = filter(lambda each: month_name[each].casefold().startswith(month.casefold()), range(1, 13))
        number = next(named, 0)
    return number, int(year) + 2_000 * (len(year) == 2)  # noqa: PLR2004 - 27 for 2027


def _last_of(month: int, year: int) -> date | None:
    """The last day of a month; None where that is none."""
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None  # noqa: PLR2004 - months


def dated(text: str) -> date | None:
    """The day that a text is as a file has it, such as 2027-03-31; None where it is none, or before 2000."""
    with suppress(ValueError):
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    return None


def _day(given: Any) -> Any:
    if isinstance(given, date):
        return given
    if day := dated(str(given)):
        return day
    raise PydanticCustomError("day", "must be a day", {"hint": _day_hint(str(given).strip()[:_LONGEST])})


def _day_hint(given: str) -> str:
    """What to write where a text is not a day as a file has it."""
    if meant := day_in(given):
        return f"If that is {meant.day} {meant:%B %Y}, write {meant.isoformat()}."
    if (month := _MONTH.fullmatch(given)) and (last := _last_of(*_month_in(month[2], month[3]))):
        return f"Which day of {last:%B %Y}? If it is the last, write {last.isoformat()}."
    if re.fullmatch(_DAY.pattern, given):
        given = "/".join(reversed(given.split("-")))
    if (found := _DAY_IN_WORDS.fullmatch(given)) and (last := _last_of(*_month_in(found[2], found[3]))):
        return f"{last:%B %Y} has no day {found[1]}; its last is {last.isoformat()}."
    if re.fullmatch(r"(?:fy|financial year) ?\d.*", given, re.IGNORECASE) and (meant := day_in(f"end {given}")):
        return f"If that is its end, write {meant.isoformat()}."
    return "Write it as year, month and day, from 2000 on: YYYY-MM-DD"


def _text(given: Any) -> Any:
    if isinstance(given, str) and not given.strip():
        raise PydanticCustomError("empty", "is empty")
    return str(given) if isinstance(given, str) else given  # Without what says that it stood in quotes.


def _line(given: Any) -> Any:
    text = _text(given)
    if isinstance(text, str) and re.search(r"[\n\t]", text.strip()):
        raise PydanticCustomError(
            "one_line", "must be on one line, without tabs", {"hint": "Write it after its key, on the same line."}
        )
    return text


def _stripped(given: str) -> str:
    return given.strip()  # pydantic reads the signature of a function of ours in a tenth of the time.


def _all_or_some(given: Any) -> str | None:
    if isinstance(given, (list, tuple)):
        return "some"
    return "all" if given == "all" else None


def _written(most: int, pattern: str = r"\S") -> WithJsonSchema:
    """Text as an editor sees it, which takes `2014` for a number and `no` for a truth where we take both as text."""
    return WithJsonSchema({"type": ["string", "number", "boolean"], "maxLength": most, "pattern": pattern})


ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_READ_WHOLE = _taken((int,), whole_number, "number", wanted="a whole number")
_READ_NUMBER = _taken((int, float), decimal, "number", wanted="a number")
_TRUTH = _taken((bool,), _TRUTHS.get, "truth", wanted="true or false", hint="Write true or false, without quotes.")
_RATING = _taken((int,), _RATINGS.get, "number", wanted="a whole number from 1 to 5")
WholeNumber = Annotated[int, _READ_WHOLE]
Number = Annotated[float, _READ_NUMBER]
Truth = Annotated[bool, _TRUTH]
Rating = Annotated[int, Field(ge=1, le=5), _RATING]
Name = Annotated[str, BeforeValidator(_line), Field(max_length=200), AfterValidator(_stripped), _written(200)]
FileName = Annotated[str, BeforeValidator(_line), Field(max_length=4_000), _written(4_000)]
Note = Annotated[str, BeforeValidator(_text), Field(max_length=5_000), _written(5_000)]
Id = Annotated[str, Field(pattern=ID, max_length=80), _written(80, ID)]
AllOrSome = Annotated[
    Annotated[Literal["all"], Tag("all")] | Annotated[tuple[Id, ...], Tag("some")],
    Discriminator(
        _all_or_some,
        custom_error_type="all_or_some",
        custom_error_message="must be all, or a list of ids",
        custom_error_context={"hint": "Write it as: functions: [payroll, legal-services]"},
    ),
]
Pounds = Annotated[int, Field(ge=0, le=10_000_000_000), _READ_WHOLE]
BudgetAHead = Annotated[float, Field(gt=0, le=MOST_PER_HEAD), _READ_NUMBER]
PremiumOfFit = Annotated[float, Field(ge=0, le=MOST_PREMIUM), _READ_NUMBER]
Price = Annotated[int, Field(gt=0, le=10_000_000_000), _READ_WHOLE]
FormatNumber = Annotated[Literal[1], _READ_WHOLE]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY.pattern}$"})]
Months = Annotated[int, Field(ge=0, le=120), _READ_WHOLE]
People = Annotated[int, Field(gt=0, le=1_000_000_000), _READ_WHOLE]


class Form(BaseModel):
    """A group of keys: none but its own, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, serialize_by_alias=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The same with other values, taken as they are: what pydantic does, in a tenth of the time."""
        if deep:
            return super().model_copy(update=update, deep=deep)
        new = dict(update or ())
        copied = self.__new__(type(self))
        object.__setattr__(copied, "__dict__", self.__dict__ | new)
        object.__setattr__(copied, "__pydantic_fields_set__", self.model_fields_set | new.keys())
        object.__setattr__(copied, "__pydantic_extra__", None)
        object.__setattr__(copied, "__pydantic_private__", None)
        return copied


def digest_of(form: Form, leaving_out: dict[str, Any] | None = None) -> str:
    """Eight hexadecimal digits that stand for what the form holds: the same in every run, however it was written."""
    data = form.model_dump(mode="json", exclude=leaving_out)
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:8]

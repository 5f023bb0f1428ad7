"""What is said about a field of a profile, beside its type.

Everything that a report, a question or a rule needs to know of it.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import Field


class Kind(StrEnum):
    """What a value is, and so how it is written in a sentence."""

    RATING = "1-5"
    POUNDS = "£ a year"
    POUNDS_A_HEAD = "£ a head a year"
    PEOPLE = "people"
    PERCENT = "per cent"
    DAY = "a day"
    TRUTH = "true or false"
    WORD = "a word"
    LIST = "a list"


class Scale(NamedTuple):
    """What both ends of a rating, 1-5, mean, so that two strangers would score alike.

    `of` says what is rated where its name does not tell.
    """

    low: str
    high: str
    of: str = ""

    def __str__(self) -> str:
        """The scale in sentences, as editors show it and questions ask it."""
        what = f"{self.of}. " if self.of else ""
        return f"{what}1: {self.low}. 5: {self.high}."


class About(NamedTuple):
    """A field that can move an answer. Fields about which nothing is said (names, notes) cannot.

    `words` name it in a sentence; `whose` names it together with somebody, who stands at {}. `default` stands in
    where it is left out; None where what stands in depends on others, or nothing does. `measure` is what a rule calls
    a rating where that is not its key; empty where no rule can look at it. `answers` are the few words that can be
    said of a question of fact, in the order of the numbers from 0 on that stand for them.
    """

    words: str
    kind: Kind
    default: str | int | bool | None = None
    scale: Scale | None = None
    whose: str = ""
    measure: str | None = None
    answers: tuple[str, ...] = ()


def weighed(
    words: str,
    description: str,
    kind: Kind = Kind.WORD,
    stands_in: str | int | bool | None = None,
    answers: Iterable[str] = (),
    **more: Any,
) -> Any:
    """A field that can move an answer, optional where `more`, what pydantic's Field takes, has no other default."""
    field = Field(**{"default": None, "description": description, **more})
    field.metadata.append(About(words, kind, stands_in, answers=tuple(answers)))
    return field


def rated(
    words: str, low: str, high: str, *, of: str = "", default: int | None = None, whose: str = "", measure: Any = None
) -> Any:
    """A field for a rating, with what the ends of its scale mean."""
    scale = Scale(low, high, of)
    field: Any = Field(None, description=str(scale))
    field.metadata.append(About(words, Kind.RATING, default, scale, whose, measure))
    return field

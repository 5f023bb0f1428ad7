"""What changed from one decision to another, as frozen data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from mba.caution import Caution
from mba.inputs import Input
from mba.results import Action, OrganisationResult
from mba.sureness import Level
from mba.terms import Option


class Answer(NamedTuple):
    """What is recommended for a function, or was decided by the user.

    With whom (ids), how sure, and for how much, £ a year. `cost` is None where it is not known. `rival` came out most
    often besides, `rivalled` times of all, 0-1; `action` is what is done with it, None where that is not known.
    """

    option: Option
    decided: bool
    has_rival: bool
    supplier: str | None
    partners: tuple[str, ...]
    level: Level | None
    often: float | None
    cost: int | None
    rival: Option | None
    rivalled: float | None
    action: Action | None


class Freed(NamedTuple):
    """£ a year that a function costs less (or more, if negative) once the causes are there.

    None for `function`: that the allowance leaves more.
    """

    function: str | None
    pounds: int


class Change(NamedTuple):
    """A function whose recommendation differs; `before` is None where it appeared, `after` where it vanished.

    `causes` are the paths of the smallest set of changed inputs that alone produces the change, `proved` says that
    every smaller set was tried and failed; otherwise they are enough together, and none of them can be left out.
    Where only the money moved the answer, `freed` says whence it came or where it went.
    """

    function: str
    name: str
    before: Answer | None
    after: Answer | None
    causes: tuple[str, ...]
    proved: bool
    freed: tuple[Freed, ...]


class Side(NamedTuple):
    """One of the two: whose it is, its money, and how many functions each option has and what they cost.

    Money is £ a year; `once` is what moving costs. Sums leave out the functions whose cost is not known, `uncosted`.
    `levels` says how many answers are how sure, `warnings` how many there are besides that it does not fit.
    """

    organisation: OrganisationResult
    allowance: int
    committed: int
    recommended_cost: int | None
    headroom: int | None
    within_allowance: bool
    functions: dict[Option, int]
    costs: dict[Option, int | None]
    levels: dict[Level, int]
    warnings: int
    once: int
    uncosted: tuple[str, ...]


class Difference(NamedTuple):
    """An input in which the two differ, with both values as data; None where a value is not given.

    `input` is None for a whole row that is on one side only, whose value is its id where it is there, and for the
    packages. `of` is the id of the row; None for the organisation, and for the packages.
    """

    group: str
    of: str | None
    input: Input | None
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """Its name in a file of results, such as `functions.payroll.ratings.measurability`."""
        route = (*self.input.route[:-1], self.input.key) if self.input else ()
        return ".".join(filter(None, (self.group, self.of, *route)))

    def record(self) -> dict[str, Any]:
        """As it is written to a file."""
        return {"path": self.path, "before": self.before, "after": self.after}


def as_data(value: Any) -> Any:
    """A value of a profile as a file of results has it."""
    match value:
        case tuple():
            return list(map(as_data, value))
        case BaseModel():
            return value.model_dump(mode="json", exclude_defaults=True)
        case date():
            return value.isoformat()
    return value


class Comparison(NamedTuple):
    """What changed from one decision to another.

    `shifted` are the functions whose answer is the same but with others or at another cost, `unchanged` the ids of
    all other functions; `surer` and `less_sure` are the ids of those with the same answer at another level. `inputs`
    is None where a stored result does not hold them.
    """

    format: int
    before: Side
    after: Side
    changes: tuple[Change, ...]
    shifted: tuple[Change, ...]
    unchanged: tuple[str, ...]
    surer: tuple[str, ...]
    less_sure: tuple[str, ...]
    gained: tuple[Caution, ...]
    lost: tuple[Caution, ...]
    inputs: tuple[Difference, ...] | None

    @property
    def come(self) -> tuple[Change, ...]:
        """The functions that appeared."""
        return tuple(filter(lambda change: change.before is None, self.changes))

    @property
    def gone(self) -> tuple[Change, ...]:
        """The functions that vanished."""
        return tuple(filter(lambda change: change.after is None, self.changes))


def cost_of(answers: Iterable[Answer | None]) -> int:
    """What answers cost in all, £ a year, as far as it is known."""
    return sum((answer and answer.cost) or 0 for answer in answers)


class Answers(NamedTuple):
    """A function, and what is recommended for it in each of several decisions; None where it is not there."""

    function: str
    name: str
    answers: tuple[Answer | None, ...]


class Beside(NamedTuple):
    """Several decisions side by side, by name; the first is what the others are held against.

    `changed` are the ids of functions whose answers differ.
    """

    format: int
    names: tuple[str, ...]
    sides: tuple[Side, ...]
    functions: tuple[Answers, ...]
    changed: tuple[str, ...]

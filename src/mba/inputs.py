"""The inputs of a profile, a row for every field that can move an answer, and where their values come from.

Assumptions, questions, switching values, differences and draws are about inputs, and loop over them: a new field with
something said `About` it is assumed, asked, tried, compared and drawn without another line.
"""

from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from mba.about import About, Kind
from mba.forms import Form
from mba.profile import Function, Organisation, Partner, Profile, Supplier
from mba.ratings import Ratings

ORGANISATION, PARTNERS, SUPPLIERS, FUNCTIONS = "organisation", "partners", "suppliers", "functions"
"""The groups of a profile, as a file names them."""

PACKAGES = "packages"
"""The prices for several functions: a list without ids."""

LISTS = (PARTNERS, SUPPLIERS, FUNCTIONS)
"""The groups that are lists of rows with an id, in the order of a report."""

_FORMS: dict[str, dict[tuple[str, ...], type[Form]]] = {
    ORGANISATION: {(): Organisation},
    PARTNERS: {(): Partner},
    SUPPLIERS: {(): Supplier},
    FUNCTIONS: {(): Function, ("ratings",): Ratings},
}
"""The forms that a row of each group is made of, by the keys that lead to them."""


class Input(NamedTuple):
    """A field of a group, by the keys that lead to it in a row: ("trust",), or ("ratings", "measurability")."""

    group: str
    route: tuple[str, ...]
    about: About

    @property
    def key(self) -> str:
        """Its own key, as a file writes it; `from` is no name in Python."""
        return self.route[-1].removesuffix("_")

    @property
    def is_rating(self) -> bool:
        """Whether it is a rating, 1-5."""
        return self.about.kind is Kind.RATING

    @property
    def measure(self) -> str:
        """What a rule calls it; empty where no rule can look at it."""
        if not self.is_rating:
            return ""
        return self.key if self.about.measure is None else self.about.measure

    def given(self, row: Any) -> Any:
        """What a row holds; None, or an empty default, where it says nothing."""
        for key in self.route:
            row = getattr(row, key)
        return row

    def is_given(self, row: Any) -> bool:
        """Whether a row says anything of it."""
        *group, key = self.route
        inner = getattr(row, group[0]) if group else row
        return key in inner.model_fields_set and getattr(inner, key) is not None

    def value(self, row: Any) -> Any:
        """What a row says of it, or else what stands in."""
        given = self.given(row)
        return self.about.default if given is None else given

    def meant(self, value: Any) -> Any:
        """What a number stands for where few words can be said; else the value itself."""
        if self.about.answers and isinstance(value, int | float):
            return self.about.answers[int(value)]
        return value

    def on_row(self, row: Any, value: Any) -> Any:
        """The row with another value, or what it stands for."""
        *group, key = self.route
        value = self.meant(value)
        inner = getattr(row, group[0]).model_copy(update={key: value}) if group else value
        return row.model_copy(update={self.route[0]: inner})


class Place(NamedTuple):
    """An input in one row of a profile: `of` is the row's id, None for the organisation."""

    input: Input
    of: str | None

    @property
    def names(self) -> tuple[str, str, str]:
        """Names it in a stream of random numbers, whatever else is in the profile."""
        return self.input.group, str(self.of), self.input.key

    def set_on(self, profile: Profile, value: Any) -> Profile:
        """The profile with another value in this place."""
        group, of = self.input.group, self.of
        now = getattr(profile, group)
        if of is None:
            return profile.model_copy(update={group: self.input.on_row(now, value)})
        rows = {row.id: row for row in now}
        rows[of] = self.input.on_row(rows[of], value)
        return profile.model_copy(update={group: tuple(rows.values())})


@cache
def inputs_of(group: str) -> tuple[Input, ...]:
    """The inputs of a group, in the order of the profile's fields; a function's ratings last."""
    rows = []
    for route, form in _FORMS[group].items():
        for name, field in form.model_fields.items():
            rows += [Input(group, (*route, name), about) for about in field.metadata if isinstance(about, About)]
    return tuple(rows)


@cache
def ratings_of(group: str) -> tuple[Input, ...]:
    """The inputs of a group that are ratings and that a rule can look at."""
    return tuple(row for row in inputs_of(group) if row.measure)


@cache
def named(group: str, key: str) -> Input:
    """The input of a group with the key. Raises KeyError where there is none."""
    return {row.key: row for row in inputs_of(group)}[key]


class Basis(StrEnum):
    """Where a value comes from. All but GIVEN are assumptions."""

    GIVEN = "given"
    RELATIONAL = "relational"
    TRANSACTIONAL = "transactional"
    CONTESTED = "contested"
    UNKNOWN = "unknown"
    CATALOGUE = "catalogue"
    SUPPLIERS = "suppliers"
    ESTIMATE = "estimate"
    PAID = "paid"
    DEFAULT = "default"


class Rated(NamedTuple):
    """A rating, 1-5, and where it comes from."""

    value: int
    basis: Basis


Value: TypeAlias = str | int | float | bool
"""What a key of a profile can hold."""


class Assumption(NamedTuple):
    """A value that the user did not give. `of` is the id of a function, partner or supplier; None: the organisation."""

    group: str
    of: str | None
    key: str
    value: Value
    basis: Basis

    @property
    def input(self) -> Input:
        """Of what it is a value."""
        return named(self.group, self.key)

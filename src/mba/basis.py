"""Where values come from, and what was assumed, as frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from mba.inputs import Input, named


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

"""What is possible but unlikely in a profile, and so to be checked before its answer is used; as frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class QueryCode(StrEnum):
    """What is unlikely: a figure far from the usual, or two rows that look like one."""

    UNKNOWN = "unknown"
    POPULATION = "population"
    BUDGET = "budget"
    LITTLE_USED = "little-used"
    COST = "cost"
    COST_RATIO = "cost-ratio"
    PAID = "paid"
    QUOTE = "quote"
    SAME_FUNCTION = "same-function"
    SAME_NAME = "same-name"
    NAME_OF = "name-of"
    DUTY_LOST = "duty-lost"
    PART_OF = "part-of"
    SUPPLIER_KIND = "supplier-kind"
    SUPPORT_UNIT = "support-unit"


class Query(NamedTuple):
    """A question about what was written.

    `functions` are the ids of those it is about, `given` the figure and `usual` what would be usual: people, £ a head,
    or £ a year. `about` is the id of who offers, of a function of the catalogue or, for a part, of its whole.
    """

    code: QueryCode
    functions: tuple[str, ...] = ()
    given: float | None = None
    usual: float | None = None
    about: str | None = None

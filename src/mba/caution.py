"""What the governing body should know before it agrees, as frozen data."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class WarningCode(StrEnum):
    """What the governing body should know before it agrees."""

    MONOPOLY = "monopoly"
    WEAK_CLIENT = "weak-client"
    DECIDED_BLOCKED = "decided-blocked"
    SPECIFY_FIRST = "specify-first"
    OVER_BUDGET = "over-budget"
    NOT_COSTED = "not-costed"
    NO_CLIENT = "no-client"
    DEPENDENCY = "dependency"
    FRAGMENTATION = "fragmentation"
    NOTHING_LEFT = "nothing-left"
    DOUBLE_RUNNING = "double-running"
    PACKAGE_SPLIT = "package-split"
    STRANDED = "stranded-costs"
    UNTRUSTED = "untrusted"
    UNSURE_FUTURE = "unsure-future"
    QUOTE_SET_ASIDE = "quote-set-aside"


class Caution(NamedTuple):
    """A warning and the ids of the functions it is about; where it has them, £ and the id of whom else it is about.

    `amount` is £ a year (double-running: once). `about` is the id of a partner or a supplier (dependency, untrusted,
    unsure-future, package-split). `rated` is how far whom it is about is trusted, or how sure its future is, 1-5.
    """

    code: WarningCode
    functions: tuple[str, ...]
    amount: int | None = None
    about: str | None = None
    rated: int | None = None

"""What the governing body should know before it agrees, and what should be checked first; as frozen data."""

from enum import StrEnum
from typing import NamedTuple


class WarningCode(StrEnum):
    """What the governing body should know before it agrees."""

    MONOPOLY = "monopoly"
    UNTRIED_MARKET = "untried-market"
    WEAK_CLIENT = "weak-client"
    DECIDED_BLOCKED = "decided-blocked"
    SPECIFY_FIRST = "specify-first"
    OVER_BUDGET = "over-budget"
    NOBODY_RUNS = "nobody-runs"
    NOT_COSTED = "not-costed"
    COUNTED_AS_TODAY = "counted-as-today"
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
    QUOTE_LATER = "quote-later"


class Caution(NamedTuple):
    """A warning and the ids of the functions it is about; where it has them, £ and the id of whom else it is about.

    `amount` is £ a year (double-running: once). `about` is the id of a partner or a supplier (dependency, untrusted,
    unsure-future, package-split, and whose quote it is); of nobody-runs the first and the last day, parted by “/”.
    `rated` is how far whom it is about is trusted, or how sure its future is, 1-5.
    """

    code: WarningCode
    functions: tuple[str, ...]
    amount: int | None = None
    about: str | None = None
    rated: int | None = None


class QueryCode(StrEnum):
    """What is unlikely: a figure far from the usual, or two rows that look like one."""

    UNKNOWN = "unknown"
    ORGANISATION_KIND = "organisation-kind"
    POPULATION = "population"
    FEW_SERVED = "few-served"
    MANY_PEOPLE = "many-people"
    BUDGET = "budget"
    PREMIUM = "premium"
    LITTLE_USED = "little-used"
    COMMITTED = "committed"
    THOUSANDS = "thousands"
    COST = "cost"
    COST_RATIO = "cost-ratio"
    PAID = "paid"
    PAID_ESTIMATE = "paid-estimate"
    ENDED = "ended"
    CLOSED = "closed"
    OUTLASTS = "outlasts"
    OWNED = "owned"
    START = "start"
    EARLY = "early"
    LEAVES_LATE = "leaves-late"
    NOTICE_SPARED = "notice-spared"
    NOTICE_LATER = "notice-later"
    ALIKE = "alike"
    NOTICE = "notice"
    SAME_CONTRACT = "same-contract"
    QUOTE = "quote"
    APART = "apart"
    SAME_FUNCTION = "same-function"
    SAME_NAME = "same-name"
    NAME_OF = "name-of"
    DUTY_LOST = "duty-lost"
    PART_OF = "part-of"
    SUPPLIER_KIND = "supplier-kind"
    SUPPORT_UNIT = "support-unit"
    NAMED_SUPPORT_UNIT = "named-support-unit"
    SAME_BODY = "same-body"
    NOTED = "noted"
    NOTED_VAT = "noted-vat"
    REMOVED = "removed"
    OTHER_PEOPLE = "other-people"


OF_WHAT_IS_RECOMMENDED = frozenset((QueryCode.NOTICE_SPARED, QueryCode.NOTICE_LATER, QueryCode.ALIKE))
"""What is asked of a recommendation, and so is no sign of a slip in what was just written."""


class Query(NamedTuple):
    """A question about what was written.

    `functions` are the ids of those it is about, `given` the figure and `usual` what would be usual: people, £ a head,
    £ a year, months or per cent. `about` is the id of a body, of a function of the catalogue or, for a part, of its
    whole; for a contract that has ended, a start that is early and what leaves late, the day; for notice that is
    spared, the start that spares it; for a kind, the one that the name says.
    """

    code: QueryCode
    functions: tuple[str, ...] = ()
    given: float | None = None
    usual: float | None = None
    about: str | None = None

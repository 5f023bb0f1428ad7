"""How findings are put into words: the only place that words money, options, ratings and reasons."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import filterfalse
from typing import TypeVar

from mba.about import Kind
from mba.inputs import Assumption, Basis
from mba.knowledge.figures import Choice
from mba.knowledge.sources import Certainty, SourceKind
from mba.option_result import OptionResult
from mba.render.document import Line, Tone, text
from mba.results import Decision, FunctionResult, Leaves, Today
from mba.spending import PartName
from mba.terms import Flag, Option
from mba.ways import all_ways

Thing = TypeVar("Thing")
Common = TypeVar("Common", bound=Hashable)

TONES: dict[str, Tone] = {
    Option.MAKE: Tone.FIRST,
    Option.SHARE: Tone.SECOND,
    Option.ALLY: Tone.THIRD,
    Option.BUY: Tone.FOURTH,
}
"""What the numbered tones stand for; no other place says it."""

OPTION_MEANS = {
    Option.MAKE: "kept in-house, with the organisation's own staff",
    Option.SHARE: "one team pooled with partners",
    Option.ALLY: "a partnership of three years or more with one supplier",
    Option.BUY: "a tendered contract for a fixed term",
}

BASES = {
    Basis.GIVEN: "given",
    Basis.RELATIONAL: "from the flag relational",
    Basis.TRANSACTIONAL: "from the flag transactional",
    Basis.CONTESTED: "both relational and transactional, so the middle",
    Basis.UNKNOWN: "neither relational nor transactional, so the middle",
    Basis.CATALOGUE: "from the catalogue",
    Basis.SUPPLIERS: "from the suppliers listed",
    Basis.ESTIMATE: "estimated from the catalogue for this population",
    Basis.PAID: "worked back from what is paid today or offered",
    Basis.DEFAULT: "nothing said, so the default",
}

PARTS = {
    PartName.TEAM: "team",
    PartName.PRICE: "price",
    PartName.VAT: "VAT that cannot be recovered",
    PartName.COORDINATION: "agreeing with partners",
    PartName.OPTIMISM: "a margin for savings that may not come",
    PartName.TENDERING: "tendering, spread over the term",
    PartName.CONTRACT_MANAGEMENT: "managing the contract",
    PartName.RETAINED_CLIENT: "people kept to specify and check",
    PartName.RELATIONSHIP: "keeping up the relationship",
    PartName.REASSESSMENT: "comparing with the market",
}

GUESSED = "~"
"""The mark of a sum that rests on an estimate."""


READ = {
    SourceKind.FULL_TEXT: "read in full",
    SourceKind.ABSTRACT: "abstract read",
    SourceKind.SECONDARY: "as others report it",
    SourceKind.MEMORY: "from memory, not checked",
}

CERTAINTIES = {
    Certainty.ESTABLISHED: "established",
    Certainty.CONTESTED: "contested",
    Certainty.JUDGEMENT: "a judgement",
}


SIGNS = "▸ is the answer, ≈ one that is open, and × what is not available."


def marked_fit(function: FunctionResult, name: str) -> Line:
    """How well a way fits; a sign says whether it is the answer or, being none, not available."""
    result = all_ways(function)[name]
    if name == function.recommendation:
        sign = {True: "≈", False: "▸"}[function.is_open]
        return text(f"{sign}{result.fit}", TONES[function.recommendation])
    if not result.available:
        return text(f"×{result.fit}", Tone.FAINT)
    return text(str(result.fit))


def taken_for(function: FunctionResult | Leaves) -> list[str]:
    """As what the catalogue knows it, where that is another name than its id."""
    if function.catalogue in (None, function.id):
        return []
    return [f"{function.id} is taken for {function.catalogue} of the catalogue."]


def pounds(amount: float) -> str:
    """£ with thousands marked: £5,650,000; -£1,000."""
    return f"£{round(amount):,}".replace("£-", "-£")


def about(amount: float) -> str:
    """£ rounded for a sentence: to the thousand. The exact figure stands in the workbook, the CSV and the JSON."""
    whole = to_thousand(amount)
    return "under £1,000" if amount and not whole else pounds(whole)


def to_thousand(amount: float) -> int:
    """£ to the nearest thousand, halves away from zero."""
    return int(math.copysign(math.floor(abs(amount) / 1_000 + 0.5) * 1_000, amount))


def apart(more: int, less: int) -> int:
    """£ by which one sum is above another as a reader subtracts them, rounded; exact where they round alike."""
    return to_thousand(more) - to_thousand(less) or more - less


def large(amount: int) -> str:
    """£ for where two sums are held beside each other: £5.29m; below a million to the thousand."""
    return f"£{amount / 1_000_000:,.2f}m" if amount >= 1_000_000 else about(amount)  # noqa: PLR2004 - a million


def thousands(amount: int) -> str:
    """£ in thousands, for a narrow cell: £310k; what is less than one to the pound."""
    if abs(amount) < 500:  # noqa: PLR2004 - it would be £0k
        return pounds(amount)
    return f"£{math.floor(amount / 1_000 + 0.5):,}k"


def more(amount: float) -> str:
    """Whether a difference is more or less, in a word."""
    if amount > 0:
        return "more"
    return "less"


def in_full(amount: int | None) -> str:
    """£ to the thousand for a table whose head gives the sign: 5,558,000; what is less than one to the pound."""
    if amount is None:
        return "not known"
    rounded = to_thousand(amount) or amount
    return f"{rounded:,}".replace("-", "−")


def signed(amount: int) -> str:
    """A rounded sum with its sign, for a table; a dash for nothing."""
    if not amount:
        return "–"
    return f"{_SIGNS[amount > 0]}{in_full(abs(amount))}"


_SIGNS = {True: "+", False: "−"}


def share_of(after: float, before: float) -> str:
    """By how many per cent a sum has changed, with its sign: +6%; empty where it has not, or one is below nothing."""
    change = abs(after / before - 1) if before > 0 else 0.0
    if after < 0 or change < _NO_CHANGE:
        return ""
    return f"{_SIGNS[after > before]}{change:.{int(change < _PER_CENT)}%}"


_PER_CENT, _NO_CHANGE = 0.01, 0.0005  # Below the one, a change in per cent has a decimal; below the other it is none.


ROUNDED = "Sums are rounded to £1,000, so rows may differ from their total by as much."
"""Below a table with a total."""


def a_head(amount: float) -> str:
    """£ a head, to the penny."""
    return f"£{amount:,.2f}"


def odds(share: float) -> float:
    """A share of draws, 0-1, as it is said: never none nor all of them, since more draws might tell otherwise."""
    return min(max(share, 0.001), 0.999)


def percent(share: float) -> str:
    """A share, 0-1, in whole percents, but never rounded onto a bar that it is below, nor down to nothing."""
    exact = 100 * share
    whole = math.floor(exact + 0.5)
    if exact > 0 and not whole:
        return "<1%"
    for bar, words in _BARS.items():
        if exact + _NOISE < bar <= whole:
            return words
    return f"{whole}%"


_BARS = {60: "<60%", 80: "<80%", 100: ">99%"}
"""Percentages from which an answer is called leaning, robust and certain, and what only rounds to them is called."""
_NOISE = 1e-9  # Percents that a sum of shares may be off by.


def count(number: int, one: str, many: str | None = None) -> str:
    """1 function; 2 functions."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], most: int | None = None, last: str = "and") -> str:
    """a, b and c; with `most`, the rest are counted."""
    if most is not None and len(words) > most + 1:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def grouped(items: Iterable[Thing], key: Callable[[Thing], Common]) -> dict[Common, list[Thing]]:
    """Items by what is alike in them, in the order in which that first comes."""
    alike: dict[Common, list[Thing]] = defaultdict(list)
    for item in items:
        alike[key(item)].append(item)
    return alike


def length_of_life(choosing: Choice) -> str:
    """Over how many years plans are held beside each other: 5 years."""
    return f"{choosing.whole_life_years.value:.0f} years"


def capital(words: str) -> str:
    """The words with a capital at their start, the rest as it is."""
    return words[:1].upper() + words[1:]


def sentence(clause: str) -> str:
    """The clause with a capital and a full stop."""
    return capital(clause) + ("" if clause.endswith((".", "!", "?", ".”", "!”", "?”")) else ".")


def assumed(item: Assumption) -> str:
    """An assumed value with its name."""
    about_ = item.input.about
    if (about_.kind, item.value) in ((Kind.TRUTH, True), (Kind.LIST, "all")):
        return about_.words
    return f"{about_.words} {value(about_.kind, item.value)}"


def value(kind: Kind, given: object) -> str:
    """A value of an input as it is written in a sentence."""
    match kind, given:
        case Kind.POUNDS, int() | float():
            return about(given)
        case Kind.POUNDS_A_HEAD, int() | float():
            return a_head(given)
        case Kind.PERCENT, int() | float():
            return f"{given:g}%"
        case _, int():
            return f"{given:,}"
    return str(given)


def who(option: OptionResult, decision: Decision) -> str:
    """Whom an option is judged with, by name; empty for make."""
    if option.supplier:
        return decision.suppliers[option.supplier]
    return listed([decision.partners[partner] for partner in option.partners])


def with_today(today: Today | None, decision: Decision) -> str:
    """With whom a function is run today, by name, as far as it was said."""
    return listed([decision.others.get(id_, id_) for id_ in today.with_]) if today else ""


def listed_names(functions: Iterable[FunctionResult], most: int | None = None) -> str:
    """The names of functions; with `most`, the rest are counted."""
    return listed([function.name for function in functions], most=most)


def ways_of(functions: Iterable[FunctionResult]) -> str:
    """For how many functions each option is recommended: make 3 and buy 2."""
    numbers = Counter(function.recommendation for function in functions)
    return listed([f"{option} {numbers[option]}" for option in filter(numbers.get, Option)])


def way_of(option: Option, other: str) -> str:
    """An option and with whom: buy from Central CSU."""
    return f"{option} {with_whom(option, other)}".rstrip()


def with_whom(option: Option, other: str) -> str:
    """With whom, or from whom: with Hillside CCG; empty where it is nobody."""
    if not other:
        return ""
    return f"from {other}" if option is Option.BUY else f"with {other}"


def flags(given: Iterable[Flag]) -> str:
    """The flags in words."""
    named, both = list(given), (Flag.RELATIONAL, Flag.TRANSACTIONAL)
    if set(both) <= set(named):
        return ", ".join([*filterfalse(both.__contains__, named), "contested (relational and transactional)"])
    return ", ".join(named) or "none"

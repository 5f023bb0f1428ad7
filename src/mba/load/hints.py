"""What a user may have meant: words that are near one, and figures that are not written as digits alone."""

import difflib
import re
from collections.abc import Iterable
from decimal import Decimal

from mba.called import undotted
from mba.load.source import WIDE, clip

ALIKE, MAYBE_ALIKE = 0.8, 0.75
"""From the one up, of 0 to 1, a word is taken for another misspelt; from the other it may be, as many are short."""

SYNONYMS = {
    **dict.fromkeys(("inhouse", "in house", "in house team", "insource", "insourced", "internal"), "make"),
    **dict.fromkeys(("own", "own staff", "own team", "us", "ourselves", "we do"), "make"),
    **dict.fromkeys(("bought", "bought in", "outsource", "outsourced", "purchase", "purchased"), "buy"),
    **dict.fromkeys(("contract", "contracted", "tender"), "buy"),
    **dict.fromkeys(("shared", "pooled"), "share"),
    **dict.fromkeys(("alliance", "partnership"), "ally"),
    "council": "local-authority",
    "nhs": "nhs-body",
    "charity": "third-sector",
    **dict.fromkeys(("company", "ltd", "ltd company", "limited company", "llp", "firm"), "private"),
    **dict.fromkeys(("support unit", "commissioning support unit"), "csu"),
    **dict.fromkeys(("budget", "allowance", "running costs", "running cost allowance"), "budget_per_head"),
    "vat private": "vat",
    **dict.fromkeys(("no", "without", "excl", "ex vat", "net", "plus vat"), "excluded"),
    **dict.fromkeys(("yes", "with", "incl", "inc vat", "gross"), "included"),
}
"""Everyday words for the words of the profile, in small letters with spaces."""


_SHOWN, _WIDEST_OF_MANY = 12, 80
"""Words that are listed, and characters of each: no id has more."""


def did_you_mean(word: str | None) -> str:
    """Asks whether the word was meant; nothing where there is none."""
    return f"Did you mean “{clip(word, WIDE)}”?" if word else ""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that a user may have meant: what hers stands for, or else the nearest; None where none is near."""
    options = list(dict.fromkeys(known))
    synonym = SYNONYMS.get(re.sub(r"[-\s_]+", " ", word.lower()[:_WIDEST_OF_MANY]).strip())
    if synonym in options:
        return synonym
    return nearest_word(word, options)


def meant_or_known(word: str, known: Iterable[str]) -> str:
    """A hint: the word that may have been meant, or what it can be where none is near."""
    options = list(dict.fromkeys(known))
    return did_you_mean(meant(word, options)) or it_can_be(options)


def spaced(text: str) -> str:
    """A key and its value with the space between them that was left out; empty where there is no such key."""
    key, colon, rest = text.partition(":")
    return clip(f"{key}: {rest}") if colon and rest.strip() == rest and key.isidentifier() else ""


def it_can_be(known: Iterable[str]) -> str:
    """A hint: the known words, as many as fit on a line; nothing where there are none."""
    options = list(dict.fromkeys(known))
    shown = ", ".join(clip(option, _WIDEST_OF_MANY) for option in options[:_SHOWN])
    if len(options) > _SHOWN:
        return f"It can be: {shown}, …"
    return f"It can be: {shown.rstrip('.')}." if options else ""


_IN_SHORT = {
    "commissioning support unit": "csu",
    "integrated care board": "icb",
    "clinical commissioning group": "ccg",
}
_SHORT = frozenset(_IN_SHORT.values())
_KINDS = frozenset({"nhs", "icb", "ccg", "the", "council", "integrated", "care", "board"})
_MORE_KINDS = _KINDS | {"borough", "city", "county", "csu", "district", "foundation", "metropolitan", "of", "trust"}
"""Words of names that say what kind of body it is; among more of them, those that two bodies of one place differ by."""


def names_in(name: str) -> frozenset[str]:
    """The words of a name or an id, however a company, a board, a group or a support unit is spelt."""
    return frozenset(_in_order(name))


def _in_order(name: str) -> list[str]:
    plain = re.sub(r"[-_\s]+", " ", undotted(name).casefold().replace("'", "").replace("’", ""))
    for words, short in _IN_SHORT.items():
        plain = plain.replace(words, short)
    return re.findall(r"[a-z0-9]+", re.sub(r"\b(and|llp|ltd|limited|plc|llc|inc)\b", "", plain))


def is_short_for(one: str, other: str) -> bool:
    """Whether a name has the first letters of another, as ECCSU or EC CSU has of Eastern Counties CSU.

    A name of one word may have several of each: EastCo CSU.
    """
    parts, words = (list(filter(lambda word: word not in ("nhs", "the"), _in_order(name))) for name in (one, other))
    letters, ends = "".join(parts), {0}
    for word in words:
        many = range(1, 2 if len(set(parts) - _SHORT) > 1 else len(word) + 1)
        starts = {"", word} if word in _SHORT else {word[:number] for number in many}
        ends = {end + len(start) for end in ends for start in starts if letters.startswith(start, end)}
    return len(set(words) - _SHORT) > 1 and len(letters) in ends


def words_of(name: str) -> frozenset[str]:
    """The words by which a body is told from others, without what kind of body it is; all where it has no others."""
    words = names_in(name)
    return words - _KINDS or words


def may_be_one(one: str, other: str) -> bool:
    """Whether two names differ at most by kinds of body that only one of them has, or one has the other's letters.

    A county's council and a district's each say what they are, so they are two.
    """
    words, others = names_in(one), names_in(other)
    nested = (words <= others or others <= words) and bool((words & others) - _MORE_KINDS)
    return (
        (words == others and bool(words))
        or (nested and words ^ others <= _MORE_KINDS)
        or is_short_for(one, other)
        or is_short_for(other, one)
    )


def nearest_word(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The known word that is most like this one, from 0 (nothing in common) to 1; None where all are less alike."""
    plain = {re.sub(r"[-\s_]+", "_", option.lower()): option for option in known}
    typed = re.sub(r"[-\s_]+", "_", word.lower()[:_WIDEST_OF_MANY])
    close = difflib.get_close_matches(typed, list(plain), n=1, cutoff=alike)
    return plain[close[0]] if close else None


NOT_KNOWN = re.compile(
    r"t\.?b\.?[acd]\.?|to be (advised|agreed|confirmed|decided)|to follow|pending|n\.?[/.]?[ak]\.?|#(n/a|ref!|value!)"
    r"|not( yet)? (applicable|available|known)|rolling|on-?going|open[- ]?ended|no end( date)?"
    r"|unk(nown)?|none|nil|null|blank|x+|\W*",
    re.IGNORECASE,
)
"""What people write where they do not know."""

_NOUGHTS = {"k": 3, "th": 3, "thou": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "million": 6, "bn": 9, "billion": 9}
_ABOUT = re.compile(
    r"^([~≈<>≤≥±=]+|(c|ca|approx|est|circa|about|around|roughly|nearly|over|under|approximately|estimated)\b\.?)\s*"
)
_AFTER = re.compile(
    r"(pounds|gbp|people|patients|residents|p\.?a\.?|per annum|(a|per|/) ?(year|yr|head)|\(?est(imated)?\.?\)?|[*+]"
    r"|\(?(inc|incl|including|inclusive of|with)\.? ?vat\)?)$"
)
_FIGURE = re.compile(
    r"((?:\d{1,3}(?:,\d{2,3}){0,3},\d{3}|\d{1,12})(?:\.\d{1,9})?|\.\d{1,9})"
    rf"(?:e\+?(\d)|({'|'.join(_NOUGHTS)}))?"
)
_POINTS = re.compile(r"£?(\d{1,3}(?:\.\d{3}){1,4})(?:,(\d\d))?")
_RANGE = re.compile(r"(.*?(?:\d|k|m|bn))(?:-|–|—|/|to|or)([^\w]?\d.*?([a-z]*))")


def plainly(text: str) -> str:
    """The text in small letters, without quotes and without words that say how sure it is."""
    return _ABOUT.sub("", text.strip("“”‘’'\",; ").casefold())


def figure_alone(plain: str) -> str:
    """A figure in plain words without what stands around it and says nothing of how much it is."""
    return _AFTER.sub("", plain.strip()).removeprefix("gbp")


def amount(plain: str) -> Decimal | None:
    """What a figure in plain words comes to; None where that cannot be told."""
    found = _FIGURE.fullmatch(re.sub(r"[£\s_'’]", "", figure_alone(plain)))
    return found and Decimal(found[1].replace(",", "")).scaleb(int(found[2] or _NOUGHTS.get(found[3], 0)))


def with_unit(pounds: int) -> str:
    """How a figure is written with its unit, such as 95k or 1.2m."""
    if pounds < 10**6:
        return f"{Decimal(pounds).scaleb(-3).normalize():f}k"
    return f"{Decimal(pounds).scaleb(-6).normalize():f}m"


_MONTHS = {"d": 1 / 30, "w": 12 / 52, "m": 1, "y": 12}
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


_TIME = re.compile(
    rf"(\d{{1,3}}|{'|'.join(_COUNTED)})\s*(m|mths?|months?|d|days?|w|wks?|weeks?|y|yrs?|years?)?\W*(?:notice)?"
)


def months_in(plain: str) -> str:
    """The digits of a number of months in plain words, of days, weeks or years too; empty where it is none."""
    found = _TIME.fullmatch(plain)
    if not found:
        return ""
    number = int(found[1]) if found[1].isdecimal() else _COUNTED.index(found[1]) + 1
    return str(round(number * _MONTHS[(found[2] or "m")[0]]))


def parted_by_points(plain: str) -> Decimal | None:
    """What 120.000 or 120.000,50 comes to, where the points part thousands."""
    found = _POINTS.fullmatch(plain)
    return found and Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")


def middle(plain: str) -> Decimal | None:
    """The middle of a range; what stands after its second figure counts for the first too."""
    found = _RANGE.fullmatch(re.sub(r"\s", "", plain))
    if not found:
        return None
    low, high = amount(found[1]), amount(found[2])
    if found[1][-1].isdecimal():
        low = amount(found[1] + found[3])
    if low is None or high is None or low >= high:
        return None
    return (low + high) / 2


_PACKAGE = "A package is what one supplier is paid today. An offer goes under “quotes”, a part of its price in each."
_NO_DAY = "An offer has no day here. Write until when it holds in the note of its function."
GOES_ELSEWHERE = {
    ("functions", "cost"): "What is paid today goes under “current”: {mode: buy, cost: …}. In-house it is annual_cost.",
    ("quotes", "functions"): "An offer is for one function. Share its price out, and write a part under each.",
    ("packages", "partner"): _PACKAGE,
    ("packages", "partners"): _PACKAGE,
    ("packages", "supplier"): _PACKAGE,
} | {("quotes", key): _NO_DAY for key in ("until", "expires", "valid_until")}
"""Where that goes which people write of an offer or a package, by the row it is in and its key."""

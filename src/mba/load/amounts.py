"""What a figure comes to that is not written as digits alone: £245,000, 0.12m, 1.5e5, 100-120k."""

from __future__ import annotations

import re
from decimal import Decimal

NOT_KNOWN = re.compile(
    r"t\.?b\.?[acd]\.?|to be (advised|agreed|confirmed|decided)|to follow|pending|n\.?[/.]?[ak]\.?|#(n/a|ref!|value!)"
    r"|not( yet)? (applicable|available|known)|unk(nown)?|none|nil|null|blank|x+|\W*",
    re.IGNORECASE,
)
"""What people write where they do not know."""

_NOUGHTS = {"k": 3, "th": 3, "thou": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "million": 6, "bn": 9, "billion": 9}
_ABOUT = re.compile(
    r"^([~≈<>≤≥±=]+|(c|ca|approx|est|circa|about|around|roughly|nearly|over|under|approximately|estimated)\b\.?)\s*"
)
_AFTER = re.compile(
    r"(pounds|gbp|people|patients|residents|p\.?a\.?|per annum|(a|per|/) ?(year|yr|head)|\(?est(imated?)?\.?\)?|[*+])$"
)
_FIGURE = re.compile(
    r"((?:\d{1,3}(?:,\d{2,3}){0,3},\d{3}|\d{1,12})(?:\.\d{1,9})?|\.\d{1,9})"
    rf"(?:e\+?(\d)|({'|'.join(_NOUGHTS)}))?"
)
_POINTS = re.compile(r"£?(\d{1,3}(?:\.\d{3}){1,4})(?:,(\d\d))?")
_RANGE = re.compile(r"(.*?(?:\d|k|m|bn))(?:-|–|—|/|to|or)([^\w]?\d.*?([a-z]*))")


def plainly(text: str) -> str:
    """The text in small letters, without quotes and without words that say how sure it is."""
    return _ABOUT.sub("", text.strip("“”‘’'\",; ").casefold(), count=1)


def amount(plain: str) -> Decimal | None:
    """What a figure in plain words comes to; None where that cannot be told."""
    bare = _AFTER.sub("", plain.strip()).removeprefix("gbp")
    found = _FIGURE.fullmatch(re.sub(r"[£\s_'’]", "", bare))
    return found and Decimal(found[1].replace(",", "")).scaleb(int(found[2] or _NOUGHTS.get(found[3], 0)))


def months_in(plain: str) -> str:
    """The digits of a number of months in plain words; empty where it is none."""
    return "".join(re.findall(r"^(\d{1,3})\s*(?:m|mths?|months?)?\W*(?:notice)?$", plain))


def parted_by_points(plain: str) -> Decimal | None:
    """What 120.000 or 120.000,50 comes to, where the points part thousands."""
    found = _POINTS.fullmatch(plain)
    return found and Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")


def middle(plain: str) -> Decimal | None:
    """The middle of a range; what stands after its second figure counts for the first too."""
    found = _RANGE.fullmatch(re.sub(r"\s", "", plain))
    if not found:
        return None
    low, high = amount(found[1] + found[3] * found[1][-1].isdecimal()), amount(found[2])
    if low is None or high is None or low >= high:
        return None
    return (low + high) / 2

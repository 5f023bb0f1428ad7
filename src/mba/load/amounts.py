"""What a figure comes to that is not written as digits alone: £245,000, 0.12m, 1.5e5, 100-120k; or cut at its comma."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from mba.load.source import clip

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
    if found := _FIGURE.fullmatch(re.sub(r"[£\s_'’]", "", bare)):
        noughts = int(found[2] or _NOUGHTS.get(found[3], 0))
        return Decimal(found[1].replace(",", "")).scaleb(noughts)
    return None


def parted_by_points(plain: str) -> Decimal | None:
    """What 120.000 or 120.000,50 comes to, where the points part thousands."""
    if found := _POINTS.fullmatch(plain):
        return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}")
    return None


def middle(plain: str) -> Decimal | None:
    """The middle of a range; what stands after its second figure counts for the first too."""
    if not (found := _RANGE.fullmatch(re.sub(r"\s", "", plain))):
        return None
    low, high = amount(found[1]), amount(found[2])
    if found[1][-1].isdecimal():
        low = amount(found[1] + found[3])
    if low is None or high is None or low >= high:
        return None
    return (low + high) / 2


_WORDS = r"""[^,{}\[\]\n:#"']"""
_CUT_FIGURE = re.compile(
    rf"{_WORDS}{{0,12}}?\d{{1,3}}(?:,\d{{3}}){{1,4}}{_WORDS}{{0,15}}(?:,\d{{3}}{_WORDS}{{0,8}}){{0,4}}(?=[,}}])"
)
_QUOTED = re.compile(r"""“([^“”\n{}\[\]:#"]*)”|‘([^‘’\n{}\[\]:#"]*)’|„([^“”\n{}\[\]:#"]*)[“”]""")


class Cut(NamedTuple):
    """A value that was cut: where it really ends, how it is rightly written, and what is said of it."""

    end: int
    meant: str
    message: str
    hint: str


def cut_short(text: str, key: str, start: int, end: int) -> Cut | None:
    """The value of a key that was meant, where the one from start to end was cut at a comma; else None."""
    if text[end : end + 1] != ",":
        return None
    if (found := _CUT_FIGURE.match(text, start)) and found.end() > end:
        written = found[0].rstrip()
        plain = plainly(written).strip("()-")
        if (figure := amount(plain) or middle(plain)) is None:
            return None
        pounds = figure.quantize(Decimal(1), ROUND_HALF_UP)
        message = f"a comma ends a value inside {{ }}, so “{clip(written)}” is no figure"
        return Cut(start + len(written), str(pounds), message, f"Write: {key}: {pounds}")
    if (found := _QUOTED.match(text, start)) and found.end() > end:
        meant = "".join(filter(None, found.groups()))
        message = "curly quotes do not hold text together, so this ends at its comma"
        return Cut(found.end(), meant, message, f'Use straight quotes: {key}: "{meant}"')
    return None

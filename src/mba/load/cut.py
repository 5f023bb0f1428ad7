"""Values inside { } that YAML ends at a comma, though they were meant as one: £120,000, and text in curly quotes."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from mba.load.amounts import amount, middle, plainly
from mba.load.source import clip

_WORDS = r"""[^,{}\[\]\n:#"']"""
_FIGURE = re.compile(
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
    if (found := _FIGURE.match(text, start)) and found.end() > end:
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

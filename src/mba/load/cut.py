"""Values inside { } that YAML ends at a comma, though they were meant as one: £120,000, and text in curly quotes."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

_FIGURE = re.compile(r"[£~]?(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?)(?=\s*[,}])")
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
        figure = Decimal(found[1].replace(",", "")).quantize(Decimal(1), ROUND_HALF_UP)
        message = f"a comma ends a value inside {{ }}, so “{found[0]}” is no figure"
        return Cut(found.end(), str(figure), message, f"Write: {key}: {figure}")
    if (found := _QUOTED.match(text, start)) and found.end() > end:
        meant = "".join(filter(None, found.groups()))
        message = "curly quotes do not hold text together, so this ends at its comma"
        return Cut(found.end(), meant, message, f'Use straight quotes: {key}: "{meant}"')
    return None

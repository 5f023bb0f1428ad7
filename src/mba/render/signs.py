"""Signs that a stream cannot encode, spelt one by one in signs that it can."""

from __future__ import annotations

import codecs
from typing import Any

PLAIN = {
    "▸": ">",
    "≈": "?",
    "●": "*",
    "◐": "+",
    "○": "o",
    "×": "x",
    "█": "#",
    "─": "-",
    "•": "*",
    "→": "->",
    "·": "|",
    "£": "GBP ",
    "…": "...",
    "–": "-",
    "−": "-",
    "“": '"',
    "”": '"',
    "’": "'",
}
"""Our own signs in ASCII. Those that a renderer adds after words are laid out (a rule, a bullet) take one cell."""

SPELT = "mba-spelt"
"""The name under which streams find `spelt` as their handler of what they cannot encode."""


def can_encode(words: str, encoding: str) -> bool:
    """Whether a stream of the encoding can show all of the words; one of an unknown encoding shows ASCII alone."""
    try:
        words.encode(encoding)
    except UnicodeEncodeError:
        return False
    except LookupError:
        return words.isascii()
    return True


def spelt(words: str, encoding: str) -> str:
    """The words with every sign that the encoding lacks in plain letters, or by its code."""
    if can_encode(words, encoding):
        return words
    return "".join(_spelt(sign, encoding) for sign in words)


def _spelt(sign: str, encoding: str) -> str:
    if can_encode(sign, encoding):
        return sign
    return PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode("ascii")


def spelt_throughout(value: Any, encoding: str) -> Any:
    """A document, or a part of one, with every text in it spelt: before it is laid out, so that columns line up."""
    if type(value) is str:  # And not a tone, which is one of a few words.
        return spelt(value, encoding)
    if not isinstance(value, tuple):
        return value
    parts = [spelt_throughout(part, encoding) for part in value]
    return type(value)._make(parts) if hasattr(value, "_make") else tuple(parts)


def _handler(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_spelt(sign, "ascii") for sign in error.object[error.start : error.end]), error.end


codecs.register_error(SPELT, _handler)

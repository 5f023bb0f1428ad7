"""Signs that a stream cannot encode, spelt one by one in signs that it can."""

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
"""The name under which streams find what they do with signs that they cannot encode."""


def _plain(error: UnicodeError) -> tuple[str, int]:
    """The signs in plain letters, or by their codes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign) or ascii(sign)[1:-1] for sign in signs), error.end


codecs.register_error(SPELT, _plain)


def spelt(words: str, encoding: str) -> str:
    """The words with every sign that the encoding lacks in plain letters; an unknown encoding has ASCII alone."""
    try:
        return words.encode(encoding, SPELT).decode(encoding)
    except LookupError:
        return spelt(words, "ascii")


def spelt_throughout(value: Any, encoding: str) -> Any:
    """A document, or a part of one, with every text in it spelt: before it is laid out, so that columns line up."""
    if type(value) is str:  # And not a tone, which is one of a few words.
        return spelt(value, encoding)
    if not isinstance(value, tuple):
        return value
    parts = [spelt_throughout(part, encoding) for part in value]
    return type(value)._make(parts) if hasattr(value, "_make") else tuple(parts)

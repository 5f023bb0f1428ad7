"""How wide words are in DejaVu Sans, wider than what most pages use; where they wrap, and the columns that they need.

Pictures are drawn in it.
"""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from struct import unpack_from
from typing import Any

FONT = "DejaVu Sans"
FACES = {
    False: Path(__file__).parent / "fonts/DejaVuSans.ttf",
    True: Path(__file__).parent / "fonts/DejaVuSans-Bold.ttf",
}
"""The files of the letters, by whether they are bold."""
TWIPS = 20
"""Twentieths of a point, in which Word measures."""
_BESIDE = 10 * TWIPS  # Twips of a column beside its letters.
_BREAKS = re.compile(r"(?<=[-–/])|\s+")
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def in_xml(words: str) -> str:
    """The words in characters that XML has room for: others as U+FFFD."""
    return re.sub(_NOT_XML, "\ufffd", words)  # Made ready where it is needed: it takes long.


def in_font(words: str) -> str:
    """The words in letters that the font has: others without their marks, or else as an empty square."""
    return "".join(map(_in_font, unicodedata.normalize("NFC", words)))


def _in_font(letter: str) -> str:
    known = _advances(False)
    if ord(letter) in known:
        return letter
    if unicodedata.combining(letter):
        return ""
    plain = filter(lambda part: ord(part) in known, unicodedata.normalize("NFKD", letter))
    return "".join(plain) or "□"


def extent(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are in letters of a size; a letter that the font has not counts as wide as the size."""
    advances = _advances(bold)
    return size * sum(advances.get(ord(letter), 1.0) for letter in words)


@cache
def _advances(bold: bool) -> dict[int, float]:
    """How wide each letter of the font is beside its size, as the TrueType format lays it down.

    The letters are those of the first table, of format 4; in our files each of its segments counts on by a delta.
    """
    font = FACES[bold].read_bytes()
    (number,) = unpack_from(">H", font, 4)
    entries = [unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(number)]
    table = {tag: offset for tag, _, offset, _ in entries}
    (units,) = unpack_from(">H", font, table[b"head"] + 18)
    (measured,) = unpack_from(">H", font, table[b"hhea"] + 34)
    widths = unpack_from(f">{2 * measured}H", font, table[b"hmtx"])[::2]
    start = table[b"cmap"] + unpack_from(">L", font, table[b"cmap"] + 8)[0]
    (doubled,) = unpack_from(">H", font, start + 6)
    places = start + 14, start + 16 + doubled, start + 16 + 2 * doubled
    ends, firsts, deltas = (unpack_from(f">{doubled // 2}H", font, place) for place in places)
    advances = {}
    for end, first, delta in zip(ends, firsts, deltas, strict=True):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = (code + delta) % 0x10000
            advances[code] = widths[min(glyph, measured - 1)] / units
    return advances


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The words on lines no wider than the room, broken at spaces and, where a word is wider, inside it."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if extent(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        lines.append("")
        for letter in word:
            if lines[-1] and extent(lines[-1] + letter, size, bold=bold) > room:
                lines.append("")
            lines[-1] += letter
    return list(filter(None, lines)) or [""]


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """A width for each column, in all no more than there is room for; none where some had less than their least.

    What is left over goes in equal parts to all that want more, so that few of them wrap.
    """
    widths, spare = list(least), room - sum(least)
    if spare < 0:
        return []
    while spare and (wanting := [place for place, most in enumerate(wanted) if widths[place] < most]):
        part = max(1, spare // len(wanting))
        for place in wanting:
            more = min(wanted[place] - widths[place], part, spare)
            widths[place] += more
            spare -= more
    return widths


def breadths(columns: Sequence[Sequence[str]], figures: Sequence[bool], room: int, size: float) -> list[int]:
    """How wide each column is on paper, from its title and its cells, in letters of a size, to take all the room.

    Lengths are in twips. Figures never wrap. Where not even the longest words have room, all are as much too narrow.
    """
    least, wanted = [], []
    for (title, *cells), fixed in zip(columns, figures, strict=True):
        words = cells if fixed else _BREAKS.split(" ".join(cells))
        least.append(max(_longest(words, size), _longest(title.split(), size, bold=True)))
        wanted.append(max(least[-1], _longest(cells, size), _longest([title], 0.6 * size, bold=True)))  # On two lines.
    widths = shared(wanted, least, room) or [low * room // sum(least) for low in least]
    taking = [place for place, fixed in enumerate(figures) if not fixed] or range(len(widths))
    more = (room - sum(widths)) // len(taking)
    for place in taking:
        widths[place] += more
    widths[taking[0]] += room - sum(widths)
    return widths


def _longest(words: Sequence[str], size: float, *, bold: bool = False) -> int:
    """What a column needs for the longest of these."""
    return _BESIDE + round(TWIPS * max((extent(each, size, bold=bold) for each in words), default=0.0))


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

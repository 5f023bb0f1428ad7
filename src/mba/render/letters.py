"""How wide words are in DejaVu Sans, wider than what most pages use, and where they wrap.

Pictures are drawn in it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from struct import unpack_from

FONT = "DejaVu Sans"
FACES = {
    False: Path(__file__).parent / "fonts/DejaVuSans.ttf",
    True: Path(__file__).parent / "fonts/DejaVuSans-Bold.ttf",
}
"""The files of the letters, by whether they are bold."""
_UNKNOWN = "□"
"""What stands for a letter that the font has not."""
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def in_xml(words: str) -> str:
    """The words in characters that XML has room for: others as U+FFFD."""
    return re.sub(_NOT_XML, "\ufffd", words)  # Made ready where it is needed: it takes long.


def extent(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are in letters of a size; a letter that the font has not counts as wide as the size."""
    advances = _advances(bold)
    return size * sum(advances.get(ord(letter), 1.0) for letter in words)


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The words on lines no wider than the room, broken at spaces and, where a word is wider, inside it."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if extent(longer, size, bold=bold) <= room:
            lines[-1] = longer
            continue
        *full, last = _broken(word, room, size, bold=bold)
        lines += [*full, last]
    return list(filter(None, lines)) or [""]


def _broken(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word in pieces no wider than the room, of one letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and extent(pieces[-1] + letter, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def in_font(words: str) -> str:
    """The words in letters that the font has: others without their marks, or else as an empty square."""
    return "".join(map(_in_font, unicodedata.normalize("NFC", words)))


def _in_font(letter: str) -> str:
    known = _advances(False)
    if ord(letter) in known:
        return letter
    if unicodedata.combining(letter):
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in known)
    return plain or _UNKNOWN


@cache
def _advances(bold: bool) -> dict[int, float]:
    """How far each letter goes, in shares of the size, by its code: read from the font as OpenType lays it down."""
    font = FACES[bold].read_bytes()
    (number,) = unpack_from(">H", font, 4)
    entries = [unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(number)]
    table = {tag: offset for tag, _, offset, _ in entries}
    (units,) = unpack_from(">H", font, table[b"head"] + 18)
    (measured,) = unpack_from(">H", font, table[b"hhea"] + 34)
    widths = unpack_from(f">{2 * measured}H", font, table[b"hmtx"])[::2]
    return {code: widths[min(glyph, measured - 1)] / units for code, glyph in _glyphs(font, table[b"cmap"]).items()}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """The number of the glyph of each letter, from the segments of the first table, which has format 4."""
    start = cmap + unpack_from(">L", font, cmap + 8)[0]
    (doubled,) = unpack_from(">H", font, start + 6)
    places = (start + 14, *(start + 16 + i * doubled for i in (1, 2, 3)))
    segments = zip(*(unpack_from(f">{doubled // 2}H", font, place) for place in places), strict=True)
    found = {}
    for i, (end, first, delta, skip) in enumerate(segments):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if skip:
                (glyph,) = unpack_from(">H", font, places[-1] + 2 * i + skip + 2 * (code - first))
            if glyph or not skip:
                found[code] = (glyph + delta) % 0x10000
    return found

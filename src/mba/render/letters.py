"""How wide words are in DejaVu Sans, wider than what most pages use: where they wrap, and the columns that they need.

Pictures are drawn in it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
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
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def in_xml(words: str) -> str:
    """The words in characters that XML has room for: others as U+FFFD."""
    return _NOT_XML.sub("\ufffd", words)


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
    return [line for line in lines if line] or [""]


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


_BESIDE = 10.0
"""Points of a column beside its letters."""
_ON_TWO = 0.6
"""How much of a line that is broken in two the longer part may be."""
_BREAKS = re.compile(r"(?<=[-–/])|\s+")


def breadths(columns: Sequence[Sequence[str]], figures: Sequence[bool], room: float, size: float) -> list[float]:
    """How wide each column of a table is, from its title and its cells, in letters of a size, to take all the room.

    Lengths are in points. Figures never wrap. Where words do, the table is as low as it can be, nearly. Where not even
    the longest words have room, all columns are as much too narrow.
    """
    least = [
        _BESIDE + _longest_word(cells, size, wraps=not fixed) for cells, fixed in zip(columns, figures, strict=True)
    ]
    if sum(least) >= room:
        return [width * room / sum(least) for width in least]
    whole = [max(low, _BESIDE + _longest(cells, size)) for low, cells in zip(least, columns, strict=True)]
    if sum(whole) <= room:
        wide = [width * (not figure or all(figures)) for width, figure in zip(whole, figures, strict=True)]
        return [width + share * (room - sum(whole)) / sum(wide) for width, share in zip(whole, wide, strict=True)]
    # With e as wide as a cell is on one line, and w as its column, widths in these proportions make the sum of (e / w)²
    # over all cells least: a tall cell counts for more than a few that are a little taller. Their scale is found by
    # halving, for none is less than its least nor more than the whole.
    weights = [math.cbrt(1.0 + sum(extent(cell, size) ** 2 for cell in cells[1:])) for cells in columns]
    low, high = 0.0, max(whole) / min(weights)
    for _ in range(50):
        scale = (low + high) / 2
        shares = zip(least, weights, whole, strict=True)
        widths = [min(max(low_, scale * weight), most) for low_, weight, most in shares]
        low, high = (scale, high) if sum(widths) < room else (low, scale)
    return widths


def _longest(cells: Sequence[str], size: float) -> float:
    """What the longest cell of a column needs on one line, and its title, which is bold, on two."""
    title, *rows = cells
    return max(_ON_TWO * extent(title, size, bold=True), *(extent(cell, size) for cell in rows), 0.0)


def _longest_word(cells: Sequence[str], size: float, *, wraps: bool) -> float:
    """What the longest word of a column needs, or its longest cell where that does not wrap; its title is bold."""
    title, *rows = cells
    words = _BREAKS.split(" ".join(rows)) if wraps else rows
    in_title = max((extent(word, size, bold=True) for word in title.split()), default=0.0)
    return max(in_title, _longest(["", *words], size))

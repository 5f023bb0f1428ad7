"""A picture of a document as SVG, for pages, and as PNG, for what takes no SVG."""

from __future__ import annotations

import math
from itertools import groupby
from typing import NamedTuple

from markupsafe import escape

from mba.render.document import Circle, Edge, Label, Picture, Rectangle, Shape, Stroke, Tone
from mba.render.letters import FACES, FONT, in_font, in_xml

INKS = {
    Tone.PLAIN: "#212b32",
    Tone.STRONG: "#212b32",
    Tone.FAINT: "#4c6272",
    Tone.FIRST: "#12436d",
    Tone.SECOND: "#28a197",
    Tone.THIRD: "#801650",
    Tone.FOURTH: "#f46a25",
    Tone.WARNING: "#b3261e",
}
"""What each tone is drawn in on white; neighbours of the numbered ones differ by 3:1."""
LETTERS = INKS | {Tone.SECOND: "#1a756d", Tone.FOURTH: "#b0480e"}
"""The same for words, 4.5:1 on white."""
_POINTS = 72
"""Units to an inch."""
_HEAD_LENGTH, _HEAD_WIDTH = 6.0, 5.0


class _Look(NamedTuple):
    """What shapes have in common that stand in one group."""

    tone: Tone
    edge: Edge | None


def svg(picture: Picture, id_: str = "picture") -> str:
    """The picture as SVG that stands alone, or in a page whose style has its classes; its words are never markup.

    `id_` begins the ids in it, which no other picture of the page may have.
    """
    drawn = []
    for look, shapes in groupby(picture.shapes, key=_look):
        drawn.append(f"<g {_attributes(look)}>{''.join(map(_drawn, shapes))}</g>")
    size = f"{_number(picture.width)} {_number(picture.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="{FONT}, sans-serif" '
        f'role="img" aria-labelledby="{id_}-title" aria-describedby="{id_}-desc">'
        f'<title id="{id_}-title">{_words(picture.title)}</title>'
        f'<desc id="{id_}-desc">{_words(picture.description)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def png(picture: Picture, dpi: int = 200) -> bytes:
    """The picture as PNG on white, of so many dots an inch; the same bytes on every machine.

    A letter that its font has not shows without its marks, or as an empty square.
    """
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra, for what takes no SVG

    shapes = tuple(map(_in_font, picture.shapes))
    return svg_to_bytes(
        svg_string=svg(picture._replace(shapes=shapes)),
        background="#ffffff",
        zoom=dpi / _POINTS,
        skip_system_fonts=True,
        font_family=FONT,
        font_files=list(map(str, FACES.values())),
    )


def _in_font(shape: Shape) -> Shape:
    if isinstance(shape, Label):
        return shape._replace(words=in_font(shape.words))
    return shape


def _look(shape: Shape) -> _Look:
    return _Look(shape.tone, None if isinstance(shape, Label) else shape.edge)


def _attributes(look: _Look) -> str:
    """A class for a page's style, and how it looks without one."""
    match look.edge:
        case None:
            weight = "" if look.tone in (Tone.PLAIN, Tone.FAINT) else ' font-weight="700"'
            return f'class="letters {look.tone}" fill="{LETTERS[look.tone]}"{weight}'
        case Edge.FILLED:
            return f'class="filled {look.tone}" fill="{INKS[look.tone]}"'
        case Edge.SOLID:
            return f'class="outline {look.tone}" fill="none" stroke="{INKS[look.tone]}" stroke-width="1.2"'
        case Edge.DASHED:
            dashes = 'stroke-width="1.2" stroke-dasharray="2.5 2"'
            return f'class="outline {look.tone}" fill="none" stroke="{INKS[look.tone]}" {dashes}'
        case Edge.HAIR:
            return 'class="hair" fill="none" stroke="#d8dde0" stroke-width="0.7"'


def _drawn(shape: Shape) -> str:
    match shape:
        case Circle(x, y, radius):
            return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'
        case Rectangle(x, y, width, height):
            size = f'width="{_number(width)}" height="{_number(height)}"'
            return f'<rect x="{_number(x)}" y="{_number(y)}" {size}/>'
        case Label(x, y, words, _, anchor, size):
            place = f'x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}" text-anchor="{anchor}"'
            return f"<text {place}>{_words(words)}</text>"
        case Stroke():
            return _stroke(shape)


def _stroke(stroke: Stroke) -> str:
    """A line, with an arrow head at its end, which is whole where the line is dashed."""
    x, y = stroke.to_x, stroke.to_y
    line = f'<path d="M{_number(stroke.x)} {_number(stroke.y)}L{_number(x)} {_number(y)}"/>'
    if not stroke.arrow:
        return line
    along = math.atan2(y - stroke.y, x - stroke.x)
    back_x, back_y = x - _HEAD_LENGTH * math.cos(along), y - _HEAD_LENGTH * math.sin(along)
    aside_x, aside_y = _HEAD_WIDTH / 2 * math.sin(along), _HEAD_WIDTH / 2 * math.cos(along)
    head = f"M{_number(back_x + aside_x)} {_number(back_y - aside_y)}L{_number(x)} {_number(y)}"
    head += f"L{_number(back_x - aside_x)} {_number(back_y + aside_y)}"
    return f'{line}<path d="{head}" stroke-dasharray="none"/>'


def _words(words: str) -> str:
    """The words as text of XML."""
    return str(escape(in_xml(words)))


def _number(value: float) -> str:
    """A length to a hundredth, without zeros at its end."""
    return f"{value:.2f}".rstrip("0").rstrip(".")

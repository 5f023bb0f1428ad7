"""A picture of a document as SVG, for pages, and as PNG, for what takes no SVG."""

from __future__ import annotations

import math
from itertools import groupby

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
_POINTS, _DPI = 72, 200
"""Units and dots to an inch."""
_HEAD_LENGTH, _HEAD_WIDTH = 6.0, 5.0


def svg(picture: Picture, id_: str = "picture") -> str:
    """The picture as SVG that stands alone, or in a page whose style has its classes; its words are never markup.

    `id_` begins the ids in it, which no other picture of the page may have.
    """
    drawn = []
    for (tone, edge), shapes in groupby(picture.shapes, key=lambda shape: (shape.tone, getattr(shape, "edge", None))):
        drawn.append(f"<g {_attributes(tone, edge)}>{''.join(map(_drawn, shapes))}</g>")
    size = f"{_number(picture.width)} {_number(picture.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="{FONT}, sans-serif" '
        f'role="img" aria-labelledby="{id_}-title" aria-describedby="{id_}-desc">'
        f'<title id="{id_}-title">{_words(picture.title)}</title>'
        f'<desc id="{id_}-desc">{_words(picture.description)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def png(picture: Picture) -> bytes:
    """The picture as PNG on white; the same bytes on every machine.

    A letter that its font has not shows without its marks, or as an empty square.
    """
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra, for what takes no SVG

    shapes = tuple(map(_in_font, picture.shapes))
    return svg_to_bytes(
        svg_string=svg(picture._replace(shapes=shapes)),
        background="#ffffff",
        zoom=_DPI / _POINTS,
        skip_system_fonts=True,
        font_family=FONT,
        font_files=list(map(str, FACES.values())),
    )


def _in_font(shape: Shape) -> Shape:
    if isinstance(shape, Label):
        return shape._replace(words=in_font(shape.words))
    return shape


def _attributes(tone: Tone, edge: Edge | None) -> str:
    """A class for a page's style, and how it looks without one; what has no edge is letters."""
    if edge is None:
        weight = "" if tone in (Tone.PLAIN, Tone.FAINT) else ' font-weight="700"'
        return f'class="letters {tone}" fill="{LETTERS[tone]}"{weight}'
    if edge is Edge.FILLED:
        return f'class="filled {tone}" fill="{INKS[tone]}"'
    if edge is Edge.HAIR:
        return 'class="hair" fill="none" stroke="#d8dde0" stroke-width="0.7"'
    dashes = ' stroke-dasharray="2.5 2"' * (edge is Edge.DASHED)
    return f'class="outline {tone}" fill="none" stroke="{INKS[tone]}" stroke-width="1.2"{dashes}'


def _drawn(shape: Shape) -> str:
    match shape:
        case Circle(x, y, radius):
            return f"<circle {_lengths(cx=x, cy=y, r=radius)}/>"
        case Rectangle(x, y, width, height):
            return f"<rect {_lengths(x=x, y=y, width=width, height=height)}/>"
        case Label(x, y, words, _, anchor, size):
            place = f'{_lengths(x=x, y=y)} font-size="{_number(size)}" text-anchor="{anchor}"'
            return f"<text {place}>{_words(words)}</text>"
        case Stroke():
            return _stroke(shape)


def _stroke(stroke: Stroke) -> str:
    """A line, with an arrow head at its end, which is whole where the line is dashed."""
    x, y = stroke.to_x, stroke.to_y
    line = f'<path d="{_path((stroke.x, stroke.y), (x, y))}"/>'
    if not stroke.arrow:
        return line
    along = math.atan2(y - stroke.y, x - stroke.x)
    back_x, back_y = x - _HEAD_LENGTH * math.cos(along), y - _HEAD_LENGTH * math.sin(along)
    aside_x, aside_y = _HEAD_WIDTH / 2 * math.sin(along), _HEAD_WIDTH / 2 * math.cos(along)
    head = _path((back_x + aside_x, back_y - aside_y), (x, y), (back_x - aside_x, back_y + aside_y))
    return f'{line}<path d="{head}" stroke-dasharray="none"/>'


def _path(*places: tuple[float, float]) -> str:
    """From place to place."""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in places)


def _lengths(**lengths: float) -> str:
    return " ".join(f'{name}="{_number(length)}"' for name, length in lengths.items())


def _number(value: float) -> str:
    """A length to a hundredth, without zeros at its end."""
    return f"{round(value, 2):g}"


def _words(words: str) -> str:
    """The words as text of XML."""
    return str(escape(in_xml(words)))

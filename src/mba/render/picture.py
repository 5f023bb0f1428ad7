"""A picture of a document as SVG, for pages, and as PNG, for what takes no SVG."""

from itertools import groupby

from mba.render.document import Label, Picture, Shape, Tone
from mba.render.letters import FACES, FONT, in_font
from mba.render.templates import template

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


def svg(picture: Picture, id_: str = "picture") -> str:
    """The picture as SVG that stands alone, or in a page whose style has its classes; its words are never markup.

    `id_` begins the ids in it, which no other picture of the page may have.
    """
    return template("picture.svg.j2").render(
        picture=picture,
        id=id_,
        groups=groupby(picture.shapes, key=lambda shape: (shape.tone, getattr(shape, "edge", None))),
        inks=INKS,
        letters=LETTERS,
        font=FONT,
        length=lambda value: f"{round(value, 2):g}",  # To a hundredth, without zeros at its end.
    )


def png(picture: Picture) -> bytes:
    """The picture as PNG on white, the same bytes everywhere; letters not in its font lose marks, or are squares."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra, for what takes no SVG

    return svg_to_bytes(
        svg_string=svg(picture._replace(shapes=tuple(map(_in_font, picture.shapes)))),
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

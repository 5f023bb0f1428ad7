"""A document to one file of HTML: no script, nothing fetched.

It is to be read on a screen of any width, on paper and aloud.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from mba.render.captions import captions_of, together
from mba.render.document import (
    Bar,
    Block,
    Command,
    Document,
    Heading,
    Items,
    Medium,
    Paragraph,
    Picture,
    Table,
    blocks_on,
    linked,
)
from mba.render.picture import svg

_CONTENTS = 4
"""From so many sections on, a page has a list of them."""


class Placed(NamedTuple):
    """A block, what kind it is, and what it is about: for a table, its caption."""

    kind: str
    block: Block
    about: str


class Division(NamedTuple):
    """A heading of level 2 with what follows it; what comes before the first of them has none."""

    heading: Heading | None
    blocks: tuple[Placed, ...]


def html(document: Document) -> str:
    """The document as a page that stands alone.

    Its text is data and nothing in it becomes markup; equal documents give equal pages.
    """
    blocks = blocks_on(Medium.PAGE, linked(document))
    sections = _sections(blocks)
    title = next((block.text for block in blocks if isinstance(block, Heading)), "mba")
    contents = len(sections) > _CONTENTS
    return _page().render(title=title, sections=sections, contents=contents)


@cache
def _page() -> Template:
    """The template, in which everything that comes from a document is escaped."""
    environment = Environment(
        loader=PackageLoader("mba", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"drawn": lambda picture, id_: Markup(svg(picture, id_))}  # noqa: S704 - svg escapes
    environment.filters |= {"together": together, "apart": _apart, "digest": _digest}
    environment.tests["bar"] = lambda cell: isinstance(cell, Bar)
    return environment.get_template("page.html.j2")


def _sections(document: tuple[Block, ...]) -> list[Division]:
    """The document cut before each heading of level 2; the first section, which may be empty, is what comes before."""
    sections: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in document:
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004 - h2
            sections.append((block, []))
        else:
            sections[-1][1].append(block)
    return [Division(heading, _placed(heading, blocks)) for heading, blocks in sections]


def _placed(above: Heading | None, blocks: list[Block]) -> tuple[Placed, ...]:
    """The blocks with their kinds and their captions."""
    under = [above or Heading(2, ""), *blocks]
    return tuple(map(Placed, map(_kind, blocks), blocks, map(str, captions_of(under)[1:])))


def _kind(block: Block) -> str:
    """The macro of the page that draws such a block."""
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Items():
            return "items"
        case Command():
            return "command"
        case Table():
            return "table"
        case Picture():
            return "picture"


_TO_THE_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The letters that are written from right to left."""
_RUN = re.compile(f"([{_TO_THE_LEFT}](?:[{_TO_THE_LEFT}\\s'-]*[{_TO_THE_LEFT}])?)")


def _apart(words: str) -> Markup:
    """The words with what runs to the left in spans of its own, which the style isolates.

    Else two such names in a list of them would change places.
    """
    pieces: list[str] = _RUN.split(words)
    pieces[1::2] = map(Markup("<span>{}</span>").format, pieces[1::2])
    return Markup("").join(pieces)


def _digest(style: str) -> str:
    """What a content-security policy calls this style, and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"

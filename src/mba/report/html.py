"""A document to one file of HTML: no script, nothing fetched; to be read on a screen of any width, on paper and aloud."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mba.report.document import Bar, Block, Document, Heading, Items, Line, Paragraph, Row, Shares, Table, Tone

_CONTENTS = 4
"""From so many sections on, a page has a list of them."""


class Part(NamedTuple):
    """A part of a stacked bar: what to call it, how much it is, its tone, and where it starts and how wide it is in % of the bar."""

    name: str
    number: int
    tone: Tone
    start: str
    width: str


class Placed(NamedTuple):
    """A block, what kind it is, and what it is about: for a table, its caption."""

    kind: str
    block: Block
    about: str


class Section(NamedTuple):
    """A heading of level 2 with what follows it; what comes before the first of them has none."""

    heading: Heading | None
    blocks: tuple[Placed, ...]


def html(document: Document) -> str:
    """The document as a page that stands alone. Its text is data and nothing in it becomes markup; equal documents give equal pages."""
    sections = _sections(document)
    title = next((block.text for block in document if isinstance(block, Heading)), "mba")
    contents = len(sections) > _CONTENTS
    return _page().render(title=title, sections=sections, contents=contents)


@cache
def _page() -> Template:
    """The template, in which everything that comes from a document is escaped."""
    environment = Environment(
        loader=PackageLoader("mba", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"parts": _parts, "together": _together, "digest": _digest}
    environment.tests["bar"] = lambda cell: isinstance(cell, Bar)
    return environment.get_template("page.html.j2")


def _sections(document: Document) -> list[Section]:
    """The document cut before each heading of level 2; the first section, which may be empty, is what comes before."""
    starts = [i for i, block in enumerate(document) if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004 - h2
    opening = Section(None, _placed(document[: starts[0] if starts else None], ""))
    sections = [opening]
    for start, end in pairwise([*starts, len(document)]):
        heading = document[start]
        if isinstance(heading, Heading):
            sections.append(Section(heading, _placed(document[start + 1 : end], heading.text)))
    return sections


def _placed(blocks: Document, about: str) -> tuple[Placed, ...]:
    """The blocks with their kinds; a table's caption is the heading above it, and from the second table on its first column too."""
    placed, captions = [], {""}
    for block in blocks:
        about = block.text if isinstance(block, Heading) else about
        caption = about
        if isinstance(block, Table):
            caption = ": ".join(filter(None, (about, block.columns[0].title))) if about in captions else about
            captions.add(about)
        placed.append(Placed(_kind(block), block, caption))
    return tuple(placed)


def _kind(block: Block) -> str:
    """The macro of the page that draws such a block."""
    match block:
        case Heading():
            return "heading"
        case Paragraph():
            return "paragraph"
        case Items():
            return "items"
        case Shares():
            return "shares"
        case Table():
            return "table"


def _parts(shares: Shares) -> list[Part]:
    """The parts side by side; those of nothing are named but take no room."""
    share = 100 / (sum(number for _, number, _ in shares.parts) or 1)
    before = accumulate((number for _, number, _ in shares.parts), initial=0)
    return [
        Part(name, number, tone, f"{start * share:.2f}%", f"{number * share:.2f}%")
        for (name, number, tone), start in zip(shares.parts, before, strict=False)
    ]


def _together(rows: tuple[Row, ...]) -> Iterator[tuple[Line, list[tuple[int, Row]]]]:
    """Rows that follow each other with the same sentence, each with its number, so that it is said once below them."""
    for note, run in groupby(enumerate(rows), key=lambda pair: pair[1].note):
        yield note, list(run)


def _digest(style: str) -> str:
    """What a content-security policy calls this style, and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"

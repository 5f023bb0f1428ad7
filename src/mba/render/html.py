"""A document to one file of HTML: no script, nothing fetched.

It is to be read on a screen of any width, on paper and aloud.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from mba.render.document import Block, Document, Heading, anchors_of, captions_of, together
from mba.render.picture import svg

_CONTENTS = 4
"""From so many sections on, a page has a list of them."""


def html(document: Document) -> str:
    """The document as a page that stands alone.

    Its text is data and nothing in it becomes markup; equal documents give equal pages.
    """
    # A section for each heading of level 2, after what comes before the first of them; its blocks with their captions.
    sections: list[tuple[Heading | None, list[tuple[Block, str]]]] = [(None, [])]
    for block, caption in zip(document, captions_of(document), strict=True):
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004 - h2
            sections.append((block, []))
        else:
            sections[-1][1].append((block, ": ".join(filter(None, caption))))
    title = next((block.text for block in document if isinstance(block, Heading)), "mba")
    contents = len(sections) > _CONTENTS
    return _page().render(title=title, sections=sections, contents=contents, anchors=anchors_of(document))


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
    environment.filters |= {"together": together, "digest": _digest}
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    return environment.get_template("page.html.j2")


def _digest(style: str) -> str:
    """What a content-security policy calls this style, and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"

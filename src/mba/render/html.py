"""A document to one file of HTML, without a script, nothing fetched: for a screen of any width, on paper and aloud."""

import base64
import hashlib

from mba.render.document import Block, Document, Heading, anchors_of, captions_of, title_of
from mba.render.picture import svg
from mba.render.templates import template

_CONTENTS = 4  # From so many sections on, a page has a list of them.


def html(document: Document) -> str:
    """The document as a page that stands alone.

    Its text is data and nothing in it becomes markup; equal documents give equal pages. A content-security policy
    names its style by a digest.
    """
    # A section for each heading of level 2, after what comes before the first of them; its blocks with their captions.
    sections: list[tuple[Heading | None, list[tuple[Block, str]]]] = [(None, [])]
    for block, caption in zip(document, captions_of(document), strict=True):
        if isinstance(block, Heading) and block.level == 2:  # noqa: PLR2004 - h2
            sections.append((block, []))
        else:
            sections[-1][1].append((block, ": ".join(filter(None, caption))))
    return template("page.html.j2").render(
        title=title_of(document),
        sections=sections,
        contents=len(sections) > _CONTENTS,
        anchors=anchors_of(document),
        svg=svg,
        digest=lambda style: f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}",
    )

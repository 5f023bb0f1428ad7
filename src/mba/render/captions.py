"""What is said above and below tables, wherever they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mba.render.document import Block, Heading, Line, Row, Table


def captions_of(blocks: Sequence[Block]) -> list[str]:
    """What each block is about: the heading above it, which for a table is its caption.

    The second table under one heading, and those after it, are called after their first column too.
    """
    found = []
    heading, captions = "", {""}
    for block in blocks:
        if isinstance(block, Heading):
            heading = block.text
        caption = heading
        if isinstance(block, Table) and heading in captions:
            caption = ": ".join(filter(None, (heading, block.columns[0].title)))
        elif isinstance(block, Table):
            captions.add(heading)
        found.append(caption)
    return found


def together(rows: tuple[Row, ...]) -> Iterator[tuple[Line, list[tuple[int, Row]]]]:
    """Rows that follow each other with the same sentence, each with its number, so that it is said once below them."""
    for note, run in groupby(enumerate(rows), key=lambda pair: pair[1].note):
        yield note, list(run)

"""What is said above and below tables, wherever they are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mba.render.document import Block, Heading, Line, Row, Table


class Caption(NamedTuple):
    """What a block is about: the heading above it, and of the second table under it and those after it their own head.

    That is the title of their first column.
    """

    heading: str
    own: str = ""

    def __str__(self) -> str:
        return ": ".join(filter(None, self))


def captions_of(blocks: Sequence[Block]) -> list[Caption]:
    """What each block is about, which for a table is its caption."""
    found = []
    heading, used = "", {""}
    for block in blocks:
        own = ""
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table) and heading in used:
            own = block.columns[0].title
        elif isinstance(block, Table):
            used.add(heading)
        found.append(Caption(heading, own))
    return found


def together(rows: tuple[Row, ...]) -> Iterator[tuple[Line, list[tuple[int, Row]]]]:
    """Rows that follow each other with the same sentence, each with its number, so that it is said once below them."""
    for note, run in groupby(enumerate(rows), key=lambda pair: pair[1].note):
        yield note, list(run)

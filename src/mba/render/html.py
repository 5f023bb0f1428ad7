"""A document to one file of HTML: no script, nothing fetched; to be read on a screen of any width, on paper and aloud."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from mba.render.document import (
    Axis,
    Bar,
    Block,
    Command,
    Curve,
    Document,
    Heading,
    Items,
    Line,
    Mark,
    Medium,
    Paragraph,
    Row,
    Shares,
    Table,
    Tone,
    blocks_on,
)

_CONTENTS = 4
"""From so many sections on, a page has a list of them."""


class Part(NamedTuple):
    """A part of a stacked bar: what to call it, how much it is, its tone, and where it starts and how wide it is in % of the bar."""

    name: str
    number: float
    tone: Tone
    start: str
    width: str


class Limit(NamedTuple):
    """Where on a bar its limit stands, in % of it, and whether the words stand to the left of it."""

    x: str
    left: bool


class Spot(NamedTuple):
    """A place in a chart: how far along, in % of its width, how far down, in em, and the words that stand there."""

    x: str
    y: str
    words: str = ""


class Label(NamedTuple):
    """A mark and its name above the plot: on which side of its line the words stand (start: to the right), and where they do."""

    spot: Spot
    figures: str
    y: str
    side: str
    kind: str


class Plot(NamedTuple):
    """A curve as it is drawn: where its frame starts, ends and how high the whole is; its line in a square of 100; its dots and words."""

    top: str
    bottom: str
    height: str
    line: str
    dots: tuple[Spot, ...]
    labels: tuple[Label, ...]
    across: tuple[Spot, ...]
    up: tuple[Spot, ...]


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
    blocks = blocks_on(Medium.PAGE, document)
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
    environment.filters |= {"parts": _parts, "limit": _limit, "plot": _plot, "together": _together}
    environment.filters |= {"apart": _apart, "digest": _digest}
    environment.tests["bar"] = lambda cell: isinstance(cell, Bar)
    return environment.get_template("page.html.j2")


def _sections(document: tuple[Block, ...]) -> list[Section]:
    """The document cut before each heading of level 2; the first section, which may be empty, is what comes before."""
    starts = [i for i, block in enumerate(document) if isinstance(block, Heading) and block.level == 2]  # noqa: PLR2004 - h2
    opening = Section(None, _placed(document[: starts[0] if starts else None], ""))
    sections = [opening]
    for start, end in pairwise([*starts, len(document)]):
        heading = document[start]
        if isinstance(heading, Heading):
            sections.append(Section(heading, _placed(document[start + 1 : end], heading.text)))
    return sections


def _placed(blocks: tuple[Block, ...], about: str) -> tuple[Placed, ...]:
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
        case Command():
            return "command"
        case Shares():
            return "shares"
        case Table():
            return "table"
        case Curve():
            return "curve"


def _parts(shares: Shares) -> list[Part]:
    """The parts side by side; those of nothing are named but take no room."""
    whole = _whole(shares)
    before = accumulate((number for _, number, _ in shares.parts), initial=0.0)
    return [
        Part(name, number, tone, _percent(start / whole), _percent(number / whole))
        for (name, number, tone), start in zip(shares.parts, before, strict=False)
    ]


def _whole(shares: Shares) -> float:
    """What a bar is as long as: its parts or, where that is more, its limit."""
    return max(sum(number for _, number, _ in shares.parts), shares.limit[1] if shares.limit else 0) or 1


def _limit(shares: Shares) -> Limit:
    """Where on its bar the limit stands."""
    along = shares.limit[1] / _whole(shares) if shares.limit else 1.0
    return Limit(_percent(along), along >= _TURN)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"


def _along(axis: Axis, value: float) -> float:
    """How far along an axis a value stands, from 0 to 1; beyond its ends, less or more."""
    return (value - axis.low) / (axis.high - axis.low)


_NAME, _TITLE, _PLOT, _TICKS = 3.0, 1.75, 15.0, 3.0
"""Heights in a chart, em: of a name with its figures, of the title of what goes up, of the plot, and of what stands below it."""
_TURN = 0.4
"""From so far along on, words stand to the left of what they name: a phone has no room for them to its right."""


def _plot(curve: Curve) -> Plot:
    """Where everything in a chart stands. Each name has a place of its own above the plot, so that no two can meet, with a line down to its mark."""
    top = _NAME * len(curve.marks) + _TITLE

    def spot(x: float, y: float, words: str = "") -> Spot:
        return Spot(_percent(_along(curve.across, x)), f"{top + _PLOT * (1 - _along(curve.up, y)):.2f}em", words)

    bottom = curve.up.low
    # Words to the right of their lines go down from left to right, and those to the left of them from right to left: so most lines pass by them.
    order = sorted(curve.marks, key=lambda mark: (_left(curve, mark), -mark.x if _left(curve, mark) else mark.x))
    labels = []
    for number, mark in enumerate(order):
        beyond = not 0 <= _along(curve.across, mark.x) <= 1
        kind = "beyond" if beyond else "limit" if mark.y is None else "chief" if mark is curve.marks[0] else "other"
        away = f"{mark.name}, off the chart"
        name = mark.name if not beyond else f"{away} →" if _left(curve, mark) else f"← {away}"
        x = min(max(mark.x, curve.across.low), curve.across.high)
        place = spot(x, bottom if mark.y is None else mark.y, name)
        labels.append(
            Label(place, mark.figures, f"{_NAME * number:.2f}em", "end" if _left(curve, mark) else "start", kind)
        )
    return Plot(
        f"{top:.2f}em",
        f"{top + _PLOT:.2f}em",
        f"{top + _PLOT + _TICKS:.2f}em",
        " ".join(f"{100 * _along(curve.across, x):.2f},{100 - 100 * _along(curve.up, y):.2f}" for x, y in curve.points),
        tuple(spot(x, y) for x, y in curve.points),
        tuple(labels),
        tuple(spot(value, bottom, words) for value, words in curve.across.ticks),
        tuple(spot(curve.across.low, value, words) for value, words in curve.up.ticks),
    )


def _left(curve: Curve, mark: Mark) -> bool:
    """Whether the name of a mark stands to the left of its line."""
    return _along(curve.across, mark.x) >= _TURN


def _together(rows: tuple[Row, ...]) -> Iterator[tuple[Line, list[tuple[int, Row]]]]:
    """Rows that follow each other with the same sentence, each with its number, so that it is said once below them."""
    for note, run in groupby(enumerate(rows), key=lambda pair: pair[1].note):
        yield note, list(run)


_TO_THE_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The letters that are written from right to left."""
_RUN = re.compile(f"([{_TO_THE_LEFT}](?:[{_TO_THE_LEFT}\\s'-]*[{_TO_THE_LEFT}])?)")


def _apart(words: str) -> Markup:
    """The words with what runs to the left in spans of its own, which the style isolates: two such names in a list of them would change places."""
    pieces = _RUN.split(words)
    return Markup("").join(Markup("<span>{}</span>").format(x) if i % 2 else x for i, x in enumerate(pieces))


def _digest(style: str) -> str:
    """What a content-security policy calls this style, and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"

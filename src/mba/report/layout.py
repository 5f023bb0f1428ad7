"""How a paper is laid out: section after section, or in the chapters of a form, with what it asks for and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import yaml

from mba.render.document import Block, Document, Heading, Line, Paragraph, Row, Table, Tone, columns, lowered, text
from mba.report.outline import Outline, Section, TemplateName
from mba.report.words import capital, listed

TO_BE_COMPLETED = "to be completed"
"""What stands where something is asked for that was not given."""
_FIRST = (Section.COVER, Section.SUMMARY)  # The sections that stand before the chapters of a form.


def sections_in_order(outline: Outline) -> tuple[Section, ...]:
    """The sections of a paper in the order in which they stand."""
    if outline.template is None:
        return outline.sections
    chapters = map(attrgetter("sections"), chapters_of(outline.template))
    return tuple(filter(outline.sections.__contains__, chain(_FIRST, *chapters)))


def laid_out(written: Mapping[Section, Document], outline: Outline) -> Document:
    """What was written under headings; in the chapters of the form, where the paper follows one."""
    pieces: list[Block] = []
    for section in written:
        if section in _FIRST or outline.template is None:
            pieces += [Heading(2, _title(section, outline)), *written[section]]
    for chapter in chapters_of(outline.template) if outline.template else ():
        pieces += _chapter(chapter, written, outline)
    return tuple(pieces)


def _title(section: Section, outline: Outline) -> str:
    """The title of a section; in the chapters of a form it is no annex."""
    title = section.heading.format(baseline=outline.baseline)
    return capital(title.removeprefix("Annex: ")) if outline.template else title


def _chapter(chapter: Chapter, written: Mapping[Section, Document], outline: Outline) -> list[Block]:
    """What the form asks for in a chapter and where it stands, then the chapter's sections; nothing without these."""
    here = list(filter(written.__contains__, chapter.sections))
    if not here:
        return []
    pieces: list[Block] = [Heading(2, chapter.title, new_page=True)]
    if chapter.asks:
        rows = [Row((text(what), _answer(where, written, outline))) for what, where in chapter.asks.items()]
        heads = columns("What the form asks for", "Where it is answered")
        pieces.append(Table(heads, tuple(rows), about="Where this paper answers the form"))
    for section in here:
        pieces.append(Heading(3, _title(section, outline)))
        pieces += map(lowered, written[section])
    return pieces


def _answer(where: Sequence[Section], written: Mapping[Section, Document], outline: Outline) -> Line:
    """Where what is asked for stands: sections, with their first paragraphs."""
    places = []
    for section in filter(written.__contains__, where):
        numbers = [piece.number for piece in written[section] if isinstance(piece, Paragraph) and piece.number]
        place = f"“{_title(section, outline)}”"
        if numbers:
            place += f" (paragraph {numbers[0]})"
        places.append(place)
    if not places:
        return text(TO_BE_COMPLETED, Tone.FAINT)
    return text(listed(places))


class Chapter(NamedTuple):
    """A chapter of a form: what it asks for with the sections that answer it, and the sections that stand in it."""

    title: str
    asks: Mapping[str, tuple[Section, ...]]
    sections: tuple[Section, ...]


@cache
def chapters_of(template: TemplateName) -> tuple[Chapter, ...]:
    """The chapters of a form, after the cover and the one page."""
    forms = yaml.safe_load(Path(__file__).with_name("templates.yaml").read_text("utf-8"))
    chapters, called = [], {section.value: section for section in Section}
    for said in forms[template]:
        asks = {what: tuple(map(called.__getitem__, where)) for what, where in said.get("asks", {}).items()}
        chapters.append(Chapter(said["title"], asks, tuple(map(called.__getitem__, said["sections"]))))
    return tuple(chapters)

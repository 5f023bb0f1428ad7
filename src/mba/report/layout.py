"""How the sections of a paper are laid out: one after another, or in the chapters of a form, with what it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mba.render.document import Block, Document, Heading, Line, Paragraph, Row, Table, Tone, columns, text
from mba.report.outline import TITLES, Outline, Section
from mba.report.templates import TEMPLATES, Chapter
from mba.report.words import listed

TO_BE_COMPLETED = "to be completed"
"""What stands where something is asked for that was not given."""
_FIRST = (Section.COVER, Section.SUMMARY)
"""The sections that stand before the chapters of a form."""

_NEW_PAGE = (Section.SUMMARY, Section.APPRAISAL)
"""The sections that begin a page of a whole paper: what can be decided on, and the annex."""


def sections_in_order(outline: Outline) -> tuple[Section, ...]:
    """The sections of a paper in the order in which they stand."""
    if outline.template is None:
        return outline.sections
    order = [*_FIRST]
    for chapter in TEMPLATES[outline.template]:
        order += chapter.sections
    return tuple(filter(outline.sections.__contains__, order))


def laid_out(written: Mapping[Section, Document], outline: Outline) -> Document:
    """What was written under headings; in the chapters of the form, where the paper follows one."""
    chapters = () if outline.template is None else TEMPLATES[outline.template]
    apart = [section for section in written if section in _FIRST or not chapters]
    pieces: list[Block] = []
    for section in apart:
        heading = Heading(2, _title(section, outline), new_page=section in _NEW_PAGE and not outline.brief)
        pieces += [heading, *written[section]]
    for chapter in chapters:
        pieces += _chapter(chapter, written, outline)
    return tuple(pieces)


def _title(section: Section, outline: Outline) -> str:
    """The title of a section; in the chapters of a form it is no annex."""
    title = TITLES[section].format(baseline=outline.baseline)
    if outline.template is None:
        return title
    plain = title.removeprefix("Annex: ")
    return plain[0].upper() + plain[1:]


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
        pieces += map(_below, written[section])
    return pieces


def _below(piece: Block) -> Block:
    """A heading of a section as one of a chapter's section."""
    return piece._replace(level=piece.level + 1) if isinstance(piece, Heading) else piece


def _answer(where: Sequence[Section], written: Mapping[Section, Document], outline: Outline) -> Line:
    """Where what is asked for stands: sections, with their first paragraphs."""
    places = []
    for section in filter(written.__contains__, where):
        numbers = [piece.number for piece in written[section] if isinstance(piece, Paragraph) and piece.number]
        paragraph = f" (paragraph {numbers[0]})" if numbers else ""
        places.append(f"“{_title(section, outline)}”{paragraph}")
    return text(listed(places)) if places else text(TO_BE_COMPLETED, Tone.FAINT)

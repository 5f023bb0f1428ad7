"""How a paper is laid out: section after section, or in the chapters of a form, with what it asks for and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mba.render.document import Block, Document, Heading, Line, Paragraph, Row, Table, Tone, columns, text
from mba.report.outline import TITLES, Outline, Section, TemplateName
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


class Chapter(NamedTuple):
    """A chapter of a form: what it asks for with the sections that answer it, none where nothing in a profile can.

    And the sections that stand in it.
    """

    title: str
    asks: Mapping[str, tuple[Section, ...]]
    sections: tuple[Section, ...]


_ANNEX = (Section.EVIDENCE, Section.ASSUMPTIONS, Section.LIMITS, Section.REPRODUCTION)

_FIVE_CASE = (
    Chapter(
        "Strategic case",
        {
            "Aims of the organisation, and how this serves them": (),
            "Spending objectives, such that they can be measured": (),
            "Arrangements of today, and the need for change": (Section.TODAY, Section.SUMMARY),
            "What is in scope, and what leaves it": (Section.TODAY, Section.SUMMARY),
            "Risks, constraints and dependencies": (Section.RISKS,),
        },
        (Section.TODAY, Section.CHANGES),
    ),
    Chapter(
        "Economic case",
        {
            "Critical success factors": (),
            "Long list of options, and why some fall away": (Section.APPRAISAL,),
            "Short list: business as usual, do minimum, preferred way forward": (Section.OPTIONS,),
            "Costs at present value": (Section.OPTIONS, Section.MONEY),
            "Benefits and costs in money to others, and who bears them": (),
            "Optimism bias": (Section.MONEY, Section.ASSUMPTIONS),
            "Sensitivity and switching values": (Section.CERTAINTY,),
        },
        (Section.OPTIONS, Section.CERTAINTY, Section.APPRAISAL),
    ),
    Chapter(
        "Commercial case",
        {
            "Procurement route": (Section.ROUTES,),
            "Specification, and lots": (),
            "Length and end of contracts": (Section.ROUTES, Section.PLAN),
            "Who bears which risk, and how is paid": (),
            "Staff who transfer": (Section.PLAN,),
        },
        (Section.ROUTES,),
    ),
    Chapter(
        "Financial case",
        {
            "Cost in each year, and once": (Section.MONEY,),
            "Whether it can be afforded": (Section.MONEY, Section.SUMMARY),
            "Where the money to move comes from": (Section.MONEY,),
            "Effect on the accounts and the balance sheet": (),
            "Support in writing of partners who pay a part": (),
        },
        (Section.MONEY,),
    ),
    Chapter(
        "Management case",
        {
            "Plan, with notice and staff": (Section.PLAN,),
            "Who leads, and who governs the change": (),
            "Risks, with owners and actions": (Section.RISKS,),
            "Benefits, and how they are measured": (Section.INDICATORS,),
            "Reviews": (Section.INDICATORS,),
            "What is done if it fails": (Section.RISKS,),
        },
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", {}, _ANNEX),
)

_PUBLIC_INTEREST_TEST = (
    Chapter(
        "Services that the test is for",
        {
            "Services above the value of the test, and those that are exempt": (Section.ROUTES,),
            "How each is run today, and when its agreement ends": (Section.TODAY, Section.PLAN),
        },
        (Section.TODAY, Section.CHANGES, Section.ROUTES),
    ),
    Chapter(
        "Part 1: the service",
        {
            "Value for money of running it inside and outside": (Section.OPTIONS, Section.MONEY, Section.APPRAISAL),
            "Fit with the aims of the organisation": (),
            "Social value of running it inside and outside": (),
            "Effect on growth": (),
            "Effect on the market": (Section.RISKS,),
        },
        (Section.OPTIONS, Section.MONEY, Section.APPRAISAL, Section.CERTAINTY),
    ),
    Chapter(
        "Part 2: readiness",
        {
            "Capability to run it inside, and to check a supplier": (Section.READINESS,),
            "Capacity: people and time": (),
            "Leadership": (),
            "Buildings, systems and other infrastructure": (),
        },
        (Section.READINESS,),
    ),
    Chapter(
        "Outcome, also where it is a mix of both",
        {
            "What is decided for each service": (Section.SUMMARY,),
            "Plan, staff and risks": (Section.PLAN, Section.RISKS),
            "When it is looked at again": (Section.INDICATORS,),
        },
        (Section.PLAN, Section.RISKS, Section.INDICATORS),
    ),
    Chapter("Annexes", {}, _ANNEX),
)

TEMPLATES = {
    TemplateName.FIVE_CASE: _FIVE_CASE,
    TemplateName.PUBLIC_INTEREST_TEST: _PUBLIC_INTEREST_TEST,
}
"""The chapters of each form, after the cover and the one page."""

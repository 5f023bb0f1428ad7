"""`mba export`: what to write, from the options, and on whose stationery; what is refused, and the words of it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mba.load.cells import LARGEST_BOOK, wrong_with
from mba.load.hints import did_you_mean, nearest_word
from mba.load.source import WIDE, clip, read_bytes
from mba.output.formats import Format
from mba.output.write import of_the_extra
from mba.problem import MbaError, Problem, refusal
from mba.report.outline import IN_BRIEF, IN_FULL, Section, TemplateName

if TYPE_CHECKING:
    from mba.render.stationery import Stationery


def sections_of(
    given: str | None, *, summary: bool, compared: bool, template: TemplateName | None = None
) -> tuple[Section, ...]:
    """The sections asked for by name, in the order of a paper; all, or those of a summary, where none is named.

    A form that the paper follows has its own, of which these are left.

    Raises MbaError where there is no such section, or options contradict each other.
    """
    for option, value in {"--template": template, "--sections": given}.items():
        if summary and value is not None:
            raise refusal(f"--summary and {option} exclude each other", "Leave one of them out.")
    if summary:
        return IN_BRIEF
    if given is None:
        return tuple(Section) if template else IN_FULL
    names = [name.strip().lower() for name in given.split(",")]
    if unknown := set(names).difference(Section):
        raise MbaError(*map(_unknown, sorted(unknown, key=names.index)))
    if Section.CHANGES in names and not compared:
        raise refusal("there is nothing to compare it with", "Name a profile with --compare, or leave out changes.")
    if compared and Section.CHANGES not in names:
        message = "--compare adds the section changes, which --sections leaves out"
        raise refusal(message, "Add changes, or leave out --compare.")
    return tuple(filter(names.__contains__, Section))


def _unknown(name: str) -> Problem:
    hint = f"{did_you_mean(nearest_word(name, Section))} The sections are: {', '.join(Section)}."
    return Problem(f"there is no section “{clip(name)}”", None, hint.strip())


def for_a_paper_only(format_: Format, given: Mapping[str, object]) -> None:
    """Raises MbaError where options that shape a paper are given for the result behind it."""
    idle = list(filter(given.get, given))
    if idle and format_ in (Format.JSON, Format.CSV, Format.EXCEL):
        raise refusal(
            f"{', '.join(idle)}: for a paper, not for {format_}", "Leave it out, or write .md, .html or .docx."
        )


_ACTS = ("vnd.ms-office.vba", "activeX", "oleObject", "macroEnabled")
"""In the kind of a part that does something."""


def stationery_of(path: str, format_: Format) -> Stationery:
    """What a paper is written on, from a template.

    Raises MbaError where the paper is no Word file, or the template cannot be read, is too large, or holds macros or
    anything else that acts or is fetched.
    """
    if format_ is not Format.WORD:
        raise refusal(f"--reference: for a paper in Word, not for {format_}", "Leave it out, or write .docx.")
    data = read_bytes(path, LARGEST_BOOK)
    if wrong := wrong_with(data, "word/document.xml"):
        raise _no_template(path, *wrong)
    with of_the_extra():
        import docx  # noqa: PLC0415 - an extra
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - likewise

        from mba.render.stationery import Stationery  # noqa: PLC0415 - likewise
    try:
        stationery = Stationery(docx.Document(io.BytesIO(data)))
        stationery.packed("", "")  # What cannot be written empty cannot be written.
        package: Any = stationery.document.part.package
        kinds = " ".join(str(part.content_type) for part in package.iter_parts())
        fetched = {rel.reltype for rel in package.iter_rels() if rel.is_external}
    except Exception as error:  # What a library says of a broken file is of many kinds.
        hint = "Open it in Word, and save it as .docx."
        raise _no_template(path, "is no Word document (.docx) that can be read", hint) from error
    if any(sign in kinds for sign in _ACTS):
        raise _no_template(path, "has something in its header or footer that acts", "Take out what is embedded there.")
    if fetched - {RELATIONSHIP_TYPE.HYPERLINK}:
        raise _no_template(path, "has something in its header or footer that is fetched from elsewhere", "Put it in.")
    return stationery


def _no_template(path: str, reason: str, hint: str) -> MbaError:
    return refusal(f"{clip(path, WIDE)}: not used as a template: it {reason}.", hint)

"""`mba export`: what to write, from the options, and the words of it."""

from __future__ import annotations

from collections.abc import Mapping

from mba.load.hints import nearest_word
from mba.load.source import clip
from mba.output.formats import Format
from mba.problem import MbaError, Problem
from mba.report.outline import IN_BRIEF, IN_FULL, Section, TemplateName


def sections_of(
    given: str | None, *, summary: bool, compared: bool, template: TemplateName | None = None
) -> tuple[Section, ...]:
    """The sections asked for by name, in the order of a paper; all, or those of a summary, where none is named.

    A form that the paper follows has its own, of which these are left.

    Raises MbaError where there is no such section, or options contradict each other.
    """
    for option, value in {"--template": template, "--sections": given}.items():
        if summary and value is not None:
            raise MbaError(Problem(f"--summary and {option} exclude each other", None, "Leave one of them out."))
    if summary:
        return IN_BRIEF
    if given is None:
        return tuple(Section) if template else IN_FULL
    names = [name.strip().lower() for name in given.split(",")]
    unknown = set(names).difference(Section)
    if unknown:
        raise MbaError(*map(_unknown, sorted(unknown, key=names.index)))
    if Section.CHANGES in names and not compared:
        hint = "Name a profile with --compare, or leave out changes."
        raise MbaError(Problem("there is nothing to compare it with", None, hint))
    if compared and Section.CHANGES not in names:
        hint = "Add changes, or leave out --compare."
        raise MbaError(Problem("--compare adds the section changes, which --sections leaves out", None, hint))
    return tuple(filter(names.__contains__, Section))


def _unknown(name: str) -> Problem:
    """That there is no section of a name, with those that there are."""
    near = nearest_word(name, Section)
    hint = f"Did you mean “{near}”? " if near else ""
    return Problem(f"there is no section “{clip(name)}”", None, f"{hint}The sections are: {', '.join(Section)}.")


def for_a_paper_only(format_: Format, given: Mapping[str, object]) -> None:
    """Raises MbaError where options that shape a paper are given for the result behind it."""
    idle = list(filter(given.get, given))
    if idle and format_ in (Format.JSON, Format.CSV, Format.EXCEL):
        hint = "Leave it out, or write .md, .html or .docx."
        raise MbaError(Problem(f"{', '.join(idle)}: for a paper, not for {format_}", None, hint))

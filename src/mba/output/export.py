"""`mba export`: what to write, from the options, and the words of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import assert_never

from mba.compare.comparison import Comparison
from mba.knowledge.rules import RuleSet
from mba.knowledge.sources import References
from mba.load.hints import nearest
from mba.load.source import clip
from mba.problem import MbaError, Problem
from mba.render.document import Block
from mba.report.outline import ENDINGS, IN_BRIEF, Outline, PaperFormat, Section
from mba.results import Decision


def format_of(output: Path | None, given: PaperFormat | None) -> PaperFormat:
    """The format that was given, or that the ending of the file names; Markdown on standard output. Raises MbaError where no ending is known."""
    if given or output is None or str(output) == "-":
        return given or PaperFormat.MARKDOWN
    found = ENDINGS.get(output.suffix.lower())
    if found is None:
        word = " For Word, write .md; the README says how to go on." if output.suffix.lower() in _OFFICE else ""
        hint = f"The ending can be {', '.join(list(ENDINGS)[:-1])} or {list(ENDINGS)[-1]}; or say --format.{word}"
        raise MbaError(
            Problem(f"{clip(str(output), 200)}: not written: its ending does not tell the format.", None, hint)
        )
    return found


_OFFICE = (".doc", ".docx", ".odt", ".pdf", ".rtf")


def sections_of(given: str | None, *, summary: bool, compared: bool) -> tuple[Section, ...]:
    """The sections asked for by name, in the order of a paper; all, or those of a summary, where none is named. Raises MbaError."""
    known = ", ".join(Section)
    if given is None:
        return IN_BRIEF if summary else tuple(Section)
    if summary:
        raise MbaError(Problem("--summary and --sections exclude each other", None, "Leave one of them out."))
    names = [name.strip().lower() for name in given.split(",")]
    problems = []
    for name in dict.fromkeys(names):
        if name not in set(Section):
            near = nearest(name, Section)
            hint = f"Did you mean “{near}”? " if near else ""
            problems.append(Problem(f"there is no section “{clip(name)}”", None, f"{hint}The sections are: {known}."))
    if problems:
        raise MbaError(*problems)
    if Section.CHANGES in names and not compared:
        raise MbaError(
            Problem("there is nothing to compare it with", None, "Name a profile with --compare, or leave out changes.")
        )
    if compared and Section.CHANGES not in names:
        hint = "Add changes, or leave out --compare."
        raise MbaError(Problem("--compare adds the section changes, which --sections leaves out", None, hint))
    return tuple(section for section in Section if section in names)


def for_a_paper_only(format: PaperFormat, given: Mapping[str, object]) -> None:  # noqa: A002 - the option's own name
    """Raises MbaError where options that shape a paper are given for the result behind it."""
    idle = [option for option, said in given.items() if said]
    if idle and format in (PaperFormat.JSON, PaperFormat.CSV):
        raise MbaError(
            Problem(f"{', '.join(idle)}: for a paper, not for {format}", None, "Leave it out, or write .md or .html.")
        )


def exported(
    decision: Decision,
    rules: RuleSet,
    references: References,
    outline: Outline,
    format: PaperFormat,  # noqa: A002 - the option's own name
    changes: Sequence[Block] = (),
) -> str:
    """The paper on a decision, or the result behind it, as text in a format."""
    # Each renderer is loaded only where it is used.
    match format:
        case PaperFormat.MARKDOWN:
            from mba.render.markdown import markdown  # noqa: PLC0415
            from mba.report.paper import paper  # noqa: PLC0415

            return markdown(paper(decision, rules, references, outline, changes))
        case PaperFormat.HTML:
            from mba.render.html import html  # noqa: PLC0415
            from mba.report.paper import paper  # noqa: PLC0415

            return html(paper(decision, rules, references, outline, changes))
        case PaperFormat.JSON:
            from mba.output.record import record  # noqa: PLC0415

            return record(decision)
        case PaperFormat.CSV:
            from mba.report.sheet import sheet  # noqa: PLC0415

            return sheet(decision, rules)
        case _:
            assert_never(format)


def changed(comparison: Comparison | None, decisions: Sequence[Decision], *, brief: bool) -> tuple[Block, ...]:
    """What changes from the first of two decisions to the second."""
    from mba.report.changes import changes  # noqa: PLC0415 - only where something is compared

    return changes(comparison, decisions[0], decisions[1], brief=brief) if comparison else ()

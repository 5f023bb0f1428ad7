"""The arguments and options that commands have in common."""

from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any

import typer

from mba import __version__
from mba.output.formats import PAPERS, REPORTS, endings_of
from mba.report.outline import Section, TemplateName
from mba.terms import OrganisationKind


class Shown(StrEnum):
    """What a comparison shows of the answers."""

    ALL = "all"
    CHANGED = "changed"


ShownAnswers = Annotated[Shown, typer.Option("--only", help="What to show of the answers.")]
ProfileFile = Annotated[
    str, typer.Argument(metavar="PROFILE", help="A profile (YAML or .xlsx) or a scenario, or - for standard input.")
]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mba {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
]


def _ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids that the profile on the line has, for a shell that completes one; none where it has faults."""
    from mba.load.profiles import load_profile  # noqa: PLC0415 - only where a shell asks
    from mba.problem import MbaError  # noqa: PLC0415 - as above

    try:
        profile = load_profile(ctx.params["profile"])
    except (MbaError, KeyError):
        return []
    return list(filter(lambda id_: id_.startswith(incomplete), map(attrgetter("id"), profile.functions)))


def _on_cover(option: str, words: str) -> Any:
    return typer.Option(option, metavar="TEXT", help=words)


def _file(words: str) -> Any:
    return typer.Option("--output", "-o", metavar="FILE", help=words)


FunctionName = Annotated[
    str,
    typer.Argument(metavar="FUNCTION", help="The id or the name of a function in the profile.", autocompletion=_ids),
]
ProfileFiles = Annotated[
    list[str], typer.Argument(metavar="PROFILE...", help="Profiles or scenarios, as many as you like.")
]
FaultsFormat = Annotated[str | None, typer.Option("--format", metavar="text|json", help="How to write the faults.")]
RulesFile = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Rules of your own, laid over those that come with mba."),
]
AnyFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(REPORTS),
        show_default="as the ending of the file says, else text",
        help="How to write it.",
    ),
]
PerHead = Annotated[
    str | None,
    typer.Option("--budget-per-head", metavar="£", help="What if the budget were this much a head, such as 22.07?"),
]
Premium = Annotated[
    str | None,
    typer.Option("--premium", metavar="%", help="What if ten points of fit were worth paying this much more a year?"),
]
HowMany = Annotated[
    str | None,
    typer.Option("--population", metavar="N", help="How many people it is for, where PROFILE is a bare list."),
]
KindOfList = Annotated[
    OrganisationKind | None,
    typer.Option("--kind", show_default="ccg", help="What kind it is for, where PROFILE is a bare list."),
]
NumberOfDraws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        metavar="N",
        min=0,
        max=100_000,
        show_default="10,000, of which at most 3,500 where the money is short",
        help=(
            "How sure? Draw what is uncertain N times, and choose inside the budget each time. 0: never, "
            "which is quicker."
        ),
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", help="Where the draws start; the same seed gives the same figures.")
]
Output = Annotated[Path | None, _file(f"Write to this file instead of the screen: {', '.join(endings_of(REPORTS))}.")]
PaperFile = Annotated[Path | None, _file(f"Write to this file: {', '.join(endings_of(PAPERS))}. -: to the screen.")]
PaperFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="|".join(PAPERS), show_default="as the ending says", help="How to write it."),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit with status 1 if anything is to be checked first; --strict=assumptions: if anything is assumed.",
    ),
]
StrictAssumptions = Annotated[bool, typer.Option("--strict-assumptions", hidden=True)]
Summary = Annotated[bool, typer.Option("--summary", help="The cover and one page, on which it can be decided.")]
Sections = Annotated[
    str | None,
    typer.Option("--sections", metavar="A,B", show_default="all", help=f"Shown these: {', '.join(Section)}."),
]
Compare = Annotated[
    str | None,
    typer.Option("--compare", metavar="OTHER", help="Add what changes from this profile, scenario or stored result."),
]
PaperForm = Annotated[
    TemplateName | None,
    typer.Option("--template", help="Order it as this form does, and say where it answers what the form asks for."),
]
PlainCover = Annotated[bool, typer.Option("--plain", help="Leave out of the cover what is not given.")]
Meeting = Annotated[str, _on_cover("--meeting", "For the cover of the paper.")]
AgendaItem = Annotated[str, _on_cover("--agenda-item", "Likewise.")]
Author = Annotated[str, _on_cover("--author", "Likewise.")]
DateOfPaper = Annotated[str, _on_cover("--date", "Likewise; there is no date unless you give it.")]
Considered = Annotated[str, _on_cover("--considered", "Likewise: where it was considered before.")]
Engagement = Annotated[str, _on_cover("--engagement", "Likewise: who was asked.")]
Equality = Annotated[str, _on_cover("--equality", "Likewise: effects on equality.")]
Conflicts = Annotated[str, _on_cover("--conflicts", "Likewise: conflicts of interest.")]
Legal = Annotated[str, _on_cover("--legal", "Likewise: legal advice.")]
DataProtection = Annotated[str, _on_cover("--data-protection", "Likewise: effects on data protection.")]
Template = Annotated[
    str | None,
    typer.Option(
        "--reference", metavar="TEMPLATE.docx", help="For .docx: whose styles, margins, header and footer it has."
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Everything, not one screen: every other format is always full.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]

"""The arguments and options of the commands, such that they say the same in each."""

from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from mba import __version__
from mba.output.formats import PAPERS, REPORTS, endings_of
from mba.report.outline import Section, TemplateName
from mba.terms import OrganisationKind


class Shown(StrEnum):
    """What a comparison shows of the answers."""

    ALL = "all"
    CHANGED = "changed"


def option(name: str, metavar: str | None, words: str, *, default: str | bool = True, short: str = "") -> Any:
    """An option by its name, what stands for its value, and its help; `default` is what the help says it is."""
    names = filter(None, (name, short))
    return typer.Option(*names, metavar=metavar, help=words, show_default=default, case_sensitive=False)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"mba {__version__}")
        raise typer.Exit


def _ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids that the profile on the line has, for a shell that completes one; none where it has faults."""
    from mba.load.profiles import load_profile  # noqa: PLC0415 - only where a shell asks
    from mba.problem import MbaError  # noqa: PLC0415 - as above

    try:
        profile = load_profile(ctx.params["profile"])
    except (MbaError, KeyError):
        return []
    return list(filter(lambda id_: id_.startswith(incomplete), map(attrgetter("id"), profile.functions)))


_EVERY = "A profile (YAML or .xlsx) or a scenario, or - for standard input."
_NAMED = "The id or the name of a function in the profile."
_MANY = "Profiles or scenarios, as many as you like."
_TO, _PAPER = (", ".join(endings_of(formats)) for formats in (REPORTS, PAPERS))
_DRAWN = "How sure? Draw what is uncertain N times, and choose inside the budget each time. 0: never, which is quicker."
_STRICT = "Exit with status 1 if anything is to be checked first; --strict=assumptions: if anything is assumed."

ProfileFile = Annotated[str, typer.Argument(metavar="PROFILE", help=_EVERY)]
ProfileFiles = Annotated[list[str], typer.Argument(metavar="PROFILE...", help=_MANY)]
FunctionName = Annotated[str, typer.Argument(metavar="FUNCTION", help=_NAMED, autocompletion=_ids)]

Text: TypeAlias = str | None
Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
]
RulesFile = Annotated[Text, option("--rules", "FILE", "Rules of your own, laid over those that come with mba.")]
AnyFormat = Annotated[
    Text, option("--format", "|".join(REPORTS), "How to write it.", default="as the ending of the file says, else text")
]
PaperFormat = Annotated[Text, option("--format", "|".join(PAPERS), "How to write it.", default="as the ending says")]
PerHead = Annotated[Text, option("--budget-per-head", "£", "What if the budget were this much a head, such as 22.07?")]
Premium = Annotated[
    Text, option("--premium", "%", "What if ten points of fit were worth paying this much more a year?")
]
HowMany = Annotated[Text, option("--population", "N", "How many people it is for, where PROFILE is a bare list.")]
KindOfList = Annotated[
    OrganisationKind | None, option("--kind", None, "What kind it is for, where PROFILE is a bare list.", default="ccg")
]
NumberOfDraws = Annotated[
    int | None, typer.Option("--draws", metavar="N", min=0, max=100_000, show_default="5,000", help=_DRAWN)
]
Seed = Annotated[int, option("--seed", "N", "Where the draws start; the same seed gives the same figures.")]
Output = Annotated[
    Path | None, option("--output", "FILE", f"Write to this file instead of the screen: {_TO}.", short="-o")
]
PaperFile = Annotated[
    Path | None, option("--output", "FILE", f"Write to this file: {_PAPER}. -: to the screen.", short="-o")
]
Strict = Annotated[bool, option("--strict", None, _STRICT)]
Sections = Annotated[Text, option("--sections", "A,B", f"Shown these: {', '.join(Section)}.", default="all")]
Compare = Annotated[
    Text, option("--compare", "OTHER", "Add what changes from this profile, scenario or stored result.")
]
PaperForm = Annotated[
    TemplateName | None,
    option("--template", None, "Order it as this form does, and say where it answers what the form asks for."),
]
Template = Annotated[
    Text, option("--reference", "TEMPLATE.docx", "For .docx: whose styles, margins, header and footer it has.")
]
Full = Annotated[bool, option("--full", None, "Everything, not one screen: every other format is always full.")]
Force = Annotated[bool, option("--force", None, "Replace the file if it exists.")]

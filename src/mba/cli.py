"""The commands: parse, call, print, exit. No arithmetic, and no wording of findings."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mba.output.write import Format
from mba.report.outline import ENDINGS, PaperFormat, Section


class Only(StrEnum):
    """What a comparison shows of the answers."""

    ALL = "all"
    CHANGED = "changed"


app = typer.Typer(
    name="mba",
    help="Make, share, ally or buy: how to run each support function, inside your budget, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


ProfileFile = Annotated[
    str, typer.Argument(metavar="PROFILE", help="A YAML profile or scenario, or - for standard input.")
]
RulesFile = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Rules of your own, laid over those that come with mba."),
]
AnyFormat = Annotated[
    Format | None,
    typer.Option("--format", show_default="as the ending of the file says, else console", help="How to write it."),
]
PerHead = Annotated[
    str | None,
    typer.Option("--budget-per-head", metavar="£", help="What if the budget were this much a head, such as 22.07?"),
]
Draws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        metavar="N",
        min=0,
        max=100_000,
        show_default="10,000, of which at most 1,000 inside the budget",
        help="How sure? Draw what is uncertain N times, and choose inside the budget each time. 0: never, which is quicker.",
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", help="Where the draws start; the same seed gives the same figures.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of the screen."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Make, share, ally or buy: how to run each support function, inside your budget, and why."""


@app.command()
def assess(
    profile: ProfileFile,
    format: AnyFormat = None,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
    budget_per_head: PerHead = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Recommend make, share, ally or buy for every function of a profile."""
    from mba.answer import Asked, answer
    from mba.output.write import write
    from mba.report.assess import assess as report

    found = answer(profile, Asked(rules, budget_per_head, draws, seed))
    decision = found.decision
    write(lambda: report(decision, found.rules), decision, format, output, force=force, keep=found.files)


@app.command()
def explain(
    profile: ProfileFile,
    function: Annotated[
        str, typer.Argument(metavar="FUNCTION", help="The id or the name of a function in the profile.")
    ],
    format: AnyFormat = None,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
    budget_per_head: PerHead = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Show every rule, rating and source behind one recommendation."""
    from mba.answer import Asked, answer, called, support
    from mba.output.write import write
    from mba.report.explain import explain as report
    from mba.sensitivity.switching import switches

    asked = Asked(rules, budget_per_head, draws, seed)
    found = answer(profile, asked)
    chosen = called(function, found.decision, profile)
    changes = switches(found.appraised, chosen.id, found.rules, found.knowledge.catalogue)
    behind = support(found, chosen.id, asked)
    write(
        lambda: report(chosen, changes, behind, found.decision, found.rules, found.knowledge.references),
        {"function": chosen, "switches": changes, "support": behind},
        format,
        output,
        force=force,
        keep=found.files,
    )


@app.command()
def diff(
    profiles: Annotated[
        list[str],
        typer.Argument(
            metavar="A B...",
            help="Two or more profiles, scenarios or stored results (.json); the first is the baseline.",
        ),
    ],
    format: AnyFormat = None,
    output: Output = None,
    force: Force = False,
    only: Annotated[Only, typer.Option("--only", help="What to show of the answers.")] = Only.ALL,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with status 1 if any answer differs.")] = False,
    rules: RulesFile = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Show what changes from one profile or scenario to another, and why; or several side by side."""
    from mba.answer import Asked, compared
    from mba.output.write import write
    from mba.report.beside import side_by_side
    from mba.report.diff import diff as report

    found = compared(profiles, Asked(rules, None, draws, seed))
    brief = only is Only.CHANGED
    write(
        lambda: (
            side_by_side(found.beside, brief=brief)
            if found.comparison is None
            else report(found.comparison, found.decisions[0], found.decisions[1], found.beside.names, brief=brief)
        ),
        found.comparison or found.beside,
        format,
        output,
        force=force,
        keep=found.files,
    )
    if exit_code and found.beside.changed:
        raise typer.Exit(1)


@app.command()
def export(  # noqa: PLR0913, PLR0917 - each is an option of the command
    profile: ProfileFile,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help=f"Write to this file: {', '.join(ENDINGS)}. -: to the screen."
        ),
    ] = None,
    format: Annotated[
        PaperFormat | None, typer.Option("--format", show_default="as the ending says", help="How to write it.")
    ] = None,
    force: Force = False,
    summary: Annotated[bool, typer.Option("--summary", help="Two pages at most.")] = False,
    sections: Annotated[
        str | None,
        typer.Option("--sections", metavar="A,B", show_default="all", help=f"Only these: {', '.join(Section)}."),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare", metavar="OTHER", help="Add what changes from this profile, scenario or stored result."
        ),
    ] = None,
    meeting: Annotated[str, typer.Option("--meeting", metavar="TEXT", help="For the head of the paper.")] = "",
    item: Annotated[str, typer.Option("--agenda-item", metavar="TEXT", help="Likewise.")] = "",
    author: Annotated[str, typer.Option("--author", metavar="TEXT", help="Likewise.")] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="TEXT", help="Likewise; there is no date unless you give it.")
    ] = "",
    rules: RulesFile = None,
    budget_per_head: PerHead = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Write the paper for the governing body: Markdown or HTML, or the figures behind it."""
    from mba.answer import Asked, answer, commands_of, held_against
    from mba.output.export import changed, exported, for_a_paper_only, format_of, sections_of
    from mba.output.write import put
    from mba.report.outline import Front, Outline

    own = {
        "--sections": sections or "",
        "--meeting": meeting,
        "--agenda-item": item,
        "--author": author,
        "--date": date,
    }
    chosen, shown = format_of(output, format), sections_of(sections, summary=summary, compared=compare is not None)
    for_a_paper_only(chosen, {**own, "--summary": summary, "--compare": compare})
    asked = Asked(rules, budget_per_head, draws, seed)
    found = answer(profile, asked)
    against = held_against(compare, profile, found, asked) if compare else None
    files = (*found.files, *(against.files if against else ()))
    names = tuple(dict.fromkeys("standard input" if name == "-" else Path(name).name for name in files))
    other = Path(compare or "").name
    own |= {"--compare": compare or "" if other == Path(profile).name else other} | (
        {} if chosen is PaperFormat.MARKDOWN else {"--format": chosen}
    )
    commands = commands_of(profile, found.decision.functions[0].id, asked, own)
    baseline = against.beside.names[0] if against else ""
    outline = Outline(shown, summary, Front(meeting, item, author, date), commands, names, baseline)
    changes = changed(against.comparison, against.decisions, brief=summary) if against else ()
    words = exported(found.decision, found.rules, found.knowledge.references, outline, chosen, changes)
    put(words, output, force=force, keep=files)


@app.command()
def check(
    profile: ProfileFile,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 if anything is assumed.")] = False,
    rules: RulesFile = None,
) -> None:
    """Show every fault of a profile with its line, or what it leaves to be assumed."""
    from mba.answer import Asked, answer
    from mba.output.write import write
    from mba.report.check import check as report

    decision = answer(profile, Asked(rules, draws=0)).decision
    write(lambda: report(decision), decision, Format.CONSOLE)
    if strict and decision.assumptions:
        raise typer.Exit(1)


@app.command(name="rules")
def show_rules(
    format: AnyFormat = None,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
) -> None:
    """Show the rules, with their points, sources and certainty."""
    from mba.load.knowledge import Knowledge
    from mba.output.write import write
    from mba.report.reference import rules_document

    known = Knowledge(rules)
    keep = (rules,) if rules else ()
    write(lambda: rules_document(known.rules, known.references), known.rules, format, output, force=force, keep=keep)


@app.command()
def catalogue(
    format: AnyFormat = None,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show the functions that mba knows by id, with their default flags."""
    from mba.load.knowledge import load_catalogue
    from mba.output.write import write
    from mba.report.reference import catalogue_document

    known = load_catalogue()
    write(lambda: catalogue_document(known), known, format, output, force=force)


@app.command()
def schema() -> None:
    """Print the JSON Schema of profiles and scenarios, for editors that complete and check as you type."""
    from mba.load.schema import profile_schema
    from mba.output.record import record
    from mba.output.write import emit

    emit(record(profile_schema()), portable=True)

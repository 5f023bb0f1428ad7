"""The commands: parse, call, print, exit. No arithmetic, and no wording of findings."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from mba.problem import MbaError, Problem

if TYPE_CHECKING:
    from mba.decide import Weighed
    from mba.profile import Option
    from mba.report.document import Document
    from mba.results import Decision
    from mba.rules import RuleSet
    from mba.sureness import Support

app = typer.Typer(
    name="mba",
    help="Make, share, ally or buy: how to run each support function, inside your budget, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a report is written."""

    CONSOLE = "console"
    MARKDOWN = "markdown"
    JSON = "json"


ProfileFile = Annotated[str, typer.Argument(metavar="PROFILE", help="A YAML profile, or - for standard input.")]
RulesFile = Annotated[
    str | None,
    typer.Option("--rules", metavar="FILE", help="Rules of your own, laid over those that come with mba."),
]
AnyFormat = Annotated[Format, typer.Option("--format", help="How to write it.")]
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
    format: AnyFormat = Format.CONSOLE,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
    budget_per_head: PerHead = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Recommend make, share, ally or buy for every function of a profile."""
    from mba.report.assess import assess as report

    decision, known, _ = _decide(profile, rules, budget_per_head, draws=draws, seed=seed)
    _answer(lambda: report(decision, known), decision, format, output, force=force, keep=(profile, rules))


@app.command()
def explain(
    profile: ProfileFile,
    function: Annotated[
        str, typer.Argument(metavar="FUNCTION", help="The id or the name of a function in the profile.")
    ],
    format: AnyFormat = Format.CONSOLE,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
    budget_per_head: PerHead = None,
    draws: Draws = None,
    seed: Seed = 1,
) -> None:
    """Show every rule, rating and source behind one recommendation."""
    from mba.load.hints import did_you_mean
    from mba.load.knowledge import load_catalogue, load_references
    from mba.load.source import clip
    from mba.report.explain import explain as report
    from mba.switch import switches

    decision, known, weighed = _decide(profile, rules, budget_per_head, draws=draws, seed=seed)
    found = {result.id: result for result in decision.functions}
    named = [result for result in decision.functions if result.name.casefold() == function.casefold()]
    chosen = found.get(function) or next(iter(named), None)
    if function not in found and len(named) > 1:
        hint = f"Give the id of one: {' or '.join(result.id for result in named)}."
        raise MbaError(Problem(f"“{clip(function)}” is the name of {len(named)} functions", None, hint))
    if chosen is None:
        hint = did_you_mean(function, [*found, *(result.name for result in decision.functions)])
        raise MbaError(
            Problem(f"no function of {clip(profile, 200)} has the id or name “{clip(function)}”", None, hint)
        )
    changes = switches(weighed, chosen.id, known, load_catalogue())
    behind = {} if draws == 0 else _support(weighed, chosen.id, known, draws, seed)
    result = {"function": chosen, "switches": changes, "support": behind}
    keep = (profile, rules)
    _answer(
        lambda: report(chosen, changes, behind, decision, known, load_references()),
        result,
        format,
        output,
        force=force,
        keep=keep,
    )


@app.command()
def check(
    profile: ProfileFile,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with status 1 if anything is assumed.")] = False,
    rules: RulesFile = None,
) -> None:
    """Show every fault of a profile with its line, or what it leaves to be assumed."""
    from mba.report.check import check as report

    decision, _, _ = _decide(profile, rules)
    _answer(lambda: report(decision), decision, Format.CONSOLE)
    if strict and decision.assumptions:
        raise typer.Exit(1)


@app.command(name="rules")
def show_rules(
    format: AnyFormat = Format.CONSOLE,
    output: Output = None,
    force: Force = False,
    rules: RulesFile = None,
) -> None:
    """Show the rules, with their points, sources and certainty."""
    from mba.load.knowledge import load_references, load_rules
    from mba.report.reference import rules_document

    known = load_rules(rules)
    _answer(lambda: rules_document(known, load_references()), known, format, output, force=force)


@app.command()
def catalogue(
    format: AnyFormat = Format.CONSOLE,
    output: Output = None,
    force: Force = False,
) -> None:
    """Show the functions that mba knows by id, with their default flags."""
    from mba.load.knowledge import load_catalogue
    from mba.report.reference import catalogue_document

    known = load_catalogue()
    _answer(lambda: catalogue_document(known), known, format, output, force=force)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a profile, for editors that complete and check as you type."""
    from mba.load.schema import profile_schema
    from mba.report.record import record

    _emit(record(profile_schema()), portable=True)


def _decide(
    profile: str, rules: str | None, per_head: str | None = None, *, draws: int | None = 0, seed: int = 1
) -> "tuple[Decision, RuleSet, Weighed]":
    from mba.decide import settle, weigh
    from mba.load.knowledge import load_catalogue, load_rules
    from mba.load.profiles import load_profile

    known, catalogued = load_rules(rules), load_catalogue()
    read = load_profile(profile)
    if per_head is not None:
        organisation = read.organisation.model_copy(update={"budget_per_head": _pounds(per_head)})
        read = read.model_copy(update={"organisation": organisation})
    weighed = weigh(read, known, catalogued)
    decision = settle(weighed, known, catalogued)
    if draws != 0:
        from mba.draws import Draws as Drawn
        from mba.report.progress import progress
        from mba.stress import USUAL, USUAL_EXACT, with_confidence

        with progress("How sure") as tick:
            number, exact = (USUAL, USUAL_EXACT) if draws is None else (draws, None)
            decision = with_confidence(decision, weighed, known, catalogued, Drawn(number, seed), exact, tick)
    return decision, known, weighed


def _support(
    weighed: "Weighed", function: str, rules: "RuleSet", draws: int | None, seed: int
) -> "dict[Option, Support]":
    from mba.draws import Draws as Drawn
    from mba.stress import USUAL, support

    return support(weighed, function, rules, Drawn(draws or USUAL, seed))


def _pounds(given: str) -> float:
    """The figure of --budget-per-head, £ a head a year, with or without the sign."""
    try:
        figure = float(given.removeprefix("£"))
    except ValueError:
        figure = 0.0
    if not 0 < figure <= 10_000:  # noqa: PLR2004 - the bound of the profile's own key
        hint = "Write pounds a head as digits, such as 22.07."
        raise MbaError(Problem("--budget-per-head must be a figure above 0 and at most 10,000", None, hint))
    return figure


def _answer(
    document: "Callable[[], Document]",
    result: object,
    format: Format,
    output: Path | None = None,
    *,
    force: bool = False,
    keep: tuple[str | None, ...] = (),
) -> None:
    """Write a result in a format, to a file or to standard output; never over one of the files to keep."""
    words = _write(document, result, format, to_file=output is not None)
    if output is None or str(output) == "-":
        _emit(words, portable=format is not Format.CONSOLE)
    else:
        from mba.report.save import save

        save(output, words, force=force, keep=[Path(name) for name in keep if name and name != "-"])


def _write(
    document: "Callable[[], Document]",
    result: object,
    format: Format,
    *,
    to_file: bool,
) -> str:
    match format:
        case Format.CONSOLE:
            from mba.report.console import draw

            return draw(document(), to_file=to_file)
        case Format.MARKDOWN:
            from mba.report.markdown import markdown

            return markdown(document())
        case Format.JSON:
            from mba.report.record import record

            return record(result)
        case _:
            assert_never(format)


def _emit(words: str, *, portable: bool) -> None:
    """Print the words; raises MbaError where standard output is full or closed. Portable: UTF-8 and LF everywhere."""
    try:
        if portable and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as error:
        reason = error.strerror or "it is closed"
        raise MbaError(Problem(f"standard output cannot be written: {reason.lower()}")) from error

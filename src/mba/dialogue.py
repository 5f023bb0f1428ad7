"""The commands that ask: questions on standard error, what is typed from standard input."""

import sys
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from mba import options
from mba.options import option
from mba.render.document import Block

_MINE = Path("mine.yaml")
_GROUPS = "Groups of functions, by number or name; else all."
_FROM = "Write this profile anew, as YAML or a workbook; or make one of a bare list."


def ask(
    profile: options.ProfileFile,
    by: Annotated[str, option("--by", "NAME", "Who answers; noted with each answer about a function.")] = "",
    dry_run: Annotated[bool, option("--dry-run", None, "Print what would change; the file stays as it is.")] = False,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
) -> None:
    """Ask what would change an answer, one question at a time, and write the answers into the profile."""
    from mba.answer import Asked
    from mba.asking import Asking, converse, elsewhere
    from mba.output.formats import Format
    from mba.output.streams import emit, reply
    from mba.output.write import Way, write
    from mba.problem import refusal
    from mba.report.ask import to_write

    if draws == 0:
        raise refusal("--draws 0: what matters is found by drawing", "Leave it out.")
    asked = Asked(draws=draws, seed=seed)
    if decision := elsewhere(profile, asked):
        write(Way(Format.TEXT), lambda: tuple(to_write(decision)), decision)
        return
    asking = Asking(profile, asked, by=by, dry=dry_run)
    converse(asking, _show, reply)
    if dry_run:
        emit(asking.difference(), portable=False)


def init(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write, .yaml or .xlsx; - for the screen.")
    ] = _MINE,
    name: Annotated[options.Text, option("--name", "TEXT", "Your organisation's name.")] = None,
    kind: Annotated[options.Text, option("--kind", "icb|ccg", "What kind it is.")] = None,
    population: Annotated[options.Text, option("--population", "N", "People that it serves.")] = None,
    budget_per_head: Annotated[options.Text, option("--budget-per-head", "£", "For running costs, a year.")] = None,
    partners: Annotated[options.Text, option("--partners", "A,B", "Names of who might share a team with you.")] = None,
    suppliers: Annotated[options.Text, option("--suppliers", "A,B", "Names of who might be bought from.")] = None,
    groups: Annotated[options.Text, option("--groups", "1,2", _GROUPS)] = None,
    premium: Annotated[options.Text, option("--premium", "%", "What ten points of fit are worth paying more.")] = None,
    source: Annotated[options.Text, option("--from", "FILE", _FROM)] = None,
    force: options.Force = False,
) -> None:
    """Write a first profile, by a few questions at a terminal, or by the options alone; or one anew in another form."""
    from mba.load.profiles import Loaded
    from mba.output.formats import is_stream
    from mba.output.streams import tell
    from mba.output.write import replaceable, save
    from mba.report.starter import in_yaml, next_steps
    from mba.starting import explained, profile_file, profile_of, taken_from, written

    to_file = not is_stream(file)
    if to_file:
        replaceable(profile_file(file), force=force, keep=map(Path, filter(None, [source])))
    every = {
        "name": name, "kind": kind, "population": population, "budget_per_head": budget_per_head,
        "partners": partners, "suppliers": suppliers, "groups": groups, "premium": premium,
    }  # a table, laid out by hand  # fmt: skip
    typed = {key: value for key, value in every.items() if value is not None}
    if source is None:
        loaded, in_words = Loaded(profile_of(_given(file, typed)), None, ()), explained
    else:
        loaded, in_words = taken_from(source, typed, lambda: _given(file, typed, source)), in_yaml
    tell(loaded.told)
    save(file, written(loaded.profile, str(file), in_words), force=force, keep=map(Path, loaded.files))
    if to_file:
        _show(next_steps(str(file), source, listed=bool(loaded.told)))


def _given(file: Path, typed: dict[str, str], source: str | None = None) -> dict[str, Any]:
    """What was typed with the command, is asked for, or stands in; Ctrl-C says the command that goes on from there."""
    from mba.load.source import as_typed
    from mba.output.streams import reply, say
    from mba.starting import completed, option_of

    try:
        return completed(typed, _show, reply if at_terminal() else None, listed=source or "")
    except KeyboardInterrupt:
        said = chain.from_iterable((option_of(key), value) for key, value in typed.items())
        if source:
            said = chain(("--from", source), said)
        say("\nTo go on from here: " + as_typed("init", str(file), *said))
        raise


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _show(blocks: list[Block]) -> None:
    """Blocks of a report on standard error."""
    from mba.output.streams import say
    from mba.render.console import console_text

    say(console_text(tuple(blocks), sys.stderr))

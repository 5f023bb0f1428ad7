"""The commands that ask: questions on standard error, what is typed from standard input."""

import sys
from typing import Annotated

import typer

from mba import options


def ask(
    profile: options.ProfileFile,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who answers; noted beside each answer.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would change; the file stays as it is.")
    ] = False,
    draws: options.NumberOfDraws = None,
    seed: options.Seed = 1,
) -> None:
    """Ask what would change an answer, one question at a time, and write the answers into the profile."""
    from mba.answer import Asked
    from mba.asking import Asking, converse, elsewhere
    from mba.output.formats import Format
    from mba.output.streams import emit, reply, say
    from mba.output.write import Way, write
    from mba.problem import MbaError, Problem
    from mba.render.console import console_text
    from mba.report.ask import to_write

    if draws == 0:
        raise MbaError(Problem("--draws 0: what matters is found by drawing", None, "Leave it out."))
    asked = Asked(draws=draws, seed=seed)
    if decision := elsewhere(profile, asked):
        write(Way(Format.TEXT), lambda: tuple(to_write(decision)), decision)
        return
    asking = Asking(profile, asked, by=by, dry=dry_run)
    converse(asking, lambda blocks: say(console_text(tuple(blocks), sys.stderr)), reply)
    if dry_run:
        emit(asking.difference(), portable=False)

"""Commands as somebody types them: what to do next, and what gives a paper again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from mba.answer import Asked
from mba.load.source import bare_name, is_shells, program, visible
from mba.terms import BUDGET_PER_HEAD, OrganisationKind


def again(verb: str, given: Sequence[str], asked: Asked, options: Mapping[str, str | bool]) -> str:
    """A command with what was asked, and of its own options those that say something; files without their folders."""
    return _typed([verb, *given], {**options, **asked.options()})


def _typed(words: Sequence[str], options: Mapping[str, str | bool]) -> str:
    """A command as somebody types it, with the options that say something; what nobody sees in a name is spelt out."""
    said: list[str] = []
    for option, value in filter(all, options.items()):
        said += [option] if value is True else [option, str(value)]
    return visible(f"{program()} {shlex.join([*words, *said])}")


def command(verb: str, path: str, rules: str | None, *options: str) -> str:
    """What to type next about a file, as it was named."""
    return _typed([verb, "-" if is_shells(path) else path, *options], {"--rules": rules or ""})


def commands_of(path: str, function: str, asked: Asked, options: Mapping[str, str | bool]) -> tuple[str, ...]:
    """The commands that give a paper again, the rules behind it, and everything behind the answer for one function."""
    name = "-" if is_shells(path) else Path(path).name
    rules = _typed(["rules"], {"--rules": asked.options()["--rules"]})
    return again("export", [name], asked, options), rules, again("explain", [name, function], asked, {})


def names_of(files: Sequence[str]) -> tuple[str, ...]:
    """What files are called without their folders, each once."""
    return tuple(dict.fromkeys(map(bare_name, files)))


def for_list(path: str, people: str, kind: str | None, rules: str | None) -> dict[str, str]:
    """What to type next about a bare list, by its verb: to make a profile of it, check it, or see all of the answer."""
    served = ("--population", people, *(("--kind", kind) if kind else ()))
    given = "-" if is_shells(path) else path
    return {
        "init": command("init", "mine.xlsx", None, "--from", given, *served),
        "check": command("check", path, rules, *served),
        "assess": command("assess", path, rules, *served, "--full"),
    }


def kind_taken(path: str, people: str, kind: OrganisationKind | None) -> str:
    """What kind of organisation a bare list is taken to be for, and what to type where it is the other."""
    taken = kind or OrganisationKind.CCG
    other = next(each for each in OrganisationKind if each is not taken)
    said = f"Taken to be for {_KINDS[taken]}, at £{BUDGET_PER_HEAD[taken]:.2f} a head."
    if kind:
        return said
    return f"{said} For {_KINDS[other]}: {command('assess', path, None, '--population', people, '--kind', other)}"


_KINDS = {
    OrganisationKind.CCG: "a clinical commissioning group (ccg)",
    OrganisationKind.ICB: "an integrated care board (icb)",
}

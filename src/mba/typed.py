"""Commands as somebody types them: what to do next, and what gives a paper again."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mba.answer import Asked
from mba.load.source import as_typed, is_shells, visible
from mba.terms import BUDGET_PER_HEAD, OrganisationKind


def _typed(words: Sequence[str], options: Mapping[str, str | bool]) -> str:
    """A command as somebody types it, with the options that say something; what nobody sees in a name is spelt out."""
    said: list[str] = []
    for option, value in filter(all, options.items()):
        said += [option] if value is True else [option, str(value)]
    return visible(shlex.join(["mba", *words, *said]))


def command(verb: str, path: str, rules: str | None, *options: str) -> str:
    """What to type next about a file, as it was named."""
    given = "-" if is_shells(path) else path
    return as_typed(verb, given, *options, *(("--rules", rules) if rules else ()))


def commands_of(path: str, function: str, asked: Asked, options: Mapping[str, str | bool]) -> tuple[str, ...]:
    """The commands that give a paper again, the rules behind it, and everything behind the answer for one function."""
    name = "-" if is_shells(path) else Path(path).name
    rules = _typed(["rules"], {"--rules": asked.options()["--rules"]})
    paper = _typed(["export", name], {**options, **asked.options()})
    return paper, rules, _typed(["explain", name, function], asked.options())


class Following(NamedTuple):
    """What to type next about a file: to have it asked about, or filled in; checked; for the answer; and for all."""

    asked: str
    checked: str
    answer: str
    full: str


def following(path: str, rules: str | None, people: str | None, kind: str | None) -> Following:
    """What to type next about a file; of a bare list, with how many people it is for and of what kind they are."""
    asking, served = command("ask", path, rules), ()
    if people:
        served = ("--population", people, *(("--kind", kind) if kind else ()))
        asking = command("init", "mine.xlsx", None, "--from", "-" if is_shells(path) else path, *served)
    ways = (("check",), ("assess",), ("assess", "--full"))
    return Following(asking, *(command(verb, path, rules, *served, *more) for verb, *more in ways))


def said_of_list(path: str, people: str, kind: OrganisationKind | None, taken: OrganisationKind) -> list[str]:
    """What kind of organisation a bare list is for; what to type for the other, for all, for a profile."""
    said = f"Taken to be for {_KINDS[taken]}, at £{BUDGET_PER_HEAD[taken]:.2f} a head."
    for other in filter(lambda each: not kind and each is not taken, OrganisationKind):
        said += f" For {_KINDS[other]}: {following(path, None, people, other).answer}"
    more = following(path, None, people, taken)
    return [said, f"All that was taken: {more.checked}", f"For a profile to fill in: {more.asked}"]


_KINDS = {
    OrganisationKind.CCG: "a clinical commissioning group (ccg)",
    OrganisationKind.ICB: "an integrated care board (icb)",
}

"""A first profile in YAML, with comments that explain it, and what to do with it next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby

import yaml

from mba.load.knowledge import load_catalogue
from mba.load.source import as_typed, clip, file_name
from mba.profile import Partner, Profile, Supplier
from mba.render.document import Block, Command, Paragraph, text
from mba.report.words import about
from mba.results import Decision
from mba.terms import Option

SCHEMA = "mba.schema.json"
"""The file that an editor looks for, beside the profile."""


BOOK = ".xlsx"
"""The ending of a profile that is a workbook."""


def is_book(path: str) -> bool:
    """Whether the profile at the path is a workbook, by its ending."""
    return path.casefold().endswith(BOOK)


def starter(profile: Profile, decision: Decision) -> str:
    """The profile as the text of a file; `decision` is on it, and holds the estimates."""
    rows = (*_head(), *_organisation(profile, decision), *_bodies(profile), *_functions(profile, decision), "")
    return "\n".join(rows)


def _head() -> Sequence[str]:
    return (
        f"# yaml-language-server: $schema={SCHEMA}",
        f"# With that line an editor completes and checks as you type, once the file is there: mba schema > {SCHEMA}",
        "# What follows a “#” explains. What is left out is estimated or assumed, and the report says so.",
        "format: 1",
        "",
    )


def _organisation(profile: Profile, decision: Decision) -> Iterator[str]:
    organisation = profile.organisation
    yield "organisation:"
    yield f"  name: {_quoted(organisation.name)}"
    yield f"  kind: {organisation.kind}"
    yield f"  population: {organisation.population}"
    for key, given, default, says in (
        ("budget_per_head", organisation.budget_per_head, decision.organisation.budget_per_head, "£ a head a year"),
        ("premium", organisation.premium, 10.0, "per cent more a year that ten points of fit are worth"),
    ):
        mark, said = ("# ", f"{says}: the default") if given is None else ("", says)
        yield f"  {mark}{key}: {given or default:g}".ljust(34) + f"# {said}"
    yield f"  {'# client_capability: 3'.ljust(32)}# 1: nobody to specify and check a supplier; 5: people for it"
    yield f"  {'# from: 2027-04-01'.ljust(32)}# the day from which the answer is to hold"
    yield ""


def _bodies(profile: Profile) -> Iterator[str]:
    """The rows of partners and of suppliers, or how to write them."""
    groups: tuple[tuple[str, Sequence[Partner | Supplier], str, str], ...] = (
        ("partners:", profile.partners, "who could share a team with you", _PARTNER),
        ("suppliers:", profile.suppliers, "who could be bought from, or is today", _SUPPLIER),
    )
    for head, bodies, who, example in groups:
        says = f"# {who}; a row in full, with ratings of 1 to 5:"
        yield f"{head.ljust(12)}{says}" if bodies else f"# {head}  {says}"
        yield f"  # - {example}"
        if bodies:
            yield "  # Each is open to every function; to limit one, end its row with: functions: [payroll, estates]"
        for body in bodies:
            yield f"  - {{id: {body.id}, name: {_quoted(body.called)}}}"
        yield ""


_PARTNER = "{id: dalesway, name: Dalesway CCG, kind: ccg, population: 160000, trust: 4}"
_SUPPLIER = "{id: northern-csu, name: Northern CSU, kind: csu, trust: 3, stability: 2, local_presence: 3}"


def _functions(profile: Profile, decision: Decision) -> Iterator[str]:
    supplier = profile.suppliers[0].id if profile.suppliers else "northern-csu"
    yield "functions:"
    yield "  # Delete what you do not run. Of the rest say how it is run today (make, buy, share, ally) and its cost:"
    yield "  # - {id: payroll, annual_cost: 90000, current: make}     £ a year to run it alone in-house, all in"
    yield f"  # - {{id: payroll, current: {{mode: buy, supplier: {supplier}, cost: 85000}}}}     £ a year paid today"
    known = load_catalogue().functions
    wide = max(len(function.id) for function in decision.functions) + 12
    for group, rows in groupby(decision.functions, key=lambda function: function.group):
        yield f"\n  # {group}"
        for row in rows:
            cost = row.options[Option.MAKE].pounds
            estimate = f"about {about(cost)}" if cost else "no estimate"
            yield f"  - {{id: {row.id}}}".ljust(wide) + f"# {known[row.id].name}: {estimate}"


def in_yaml(profile: Profile) -> str:
    """The profile as the text of a file, with just what it says."""
    said = {"format": 1, **profile.model_dump(exclude_unset=True)}
    for row in said["functions"]:
        if (current := row.get("current")) and current.keys() == {"mode"}:
            row["current"] = current["mode"]
    # What holds no rows or groups is on one line, and no text is broken over lines.
    dumped = yaml.dump(said, Dumper=_Plain, default_flow_style=None, width=10_000, sort_keys=False, allow_unicode=True)
    return "\n".join((*_head()[:2], dumped))


class _Plain(yaml.SafeDumper):
    """Words of a few are text, and what is said twice is written twice."""

    def ignore_aliases(self, _: object) -> bool:
        """No row stands for another."""
        return True


_Plain.add_multi_representer(StrEnum, lambda dumper, word: dumper.represent_str(str(word)))


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def next_steps(path: str, source: str | None, *, listed: bool = False) -> list[Block]:
    """What was written, from another profile or a list if there was a source, and what to type next."""
    opened = "Open it in an editor."
    if is_book(path):
        opened = "Open it in Excel or LibreOffice, and fill in the sheet Functions."
    said = f"{opened} Delete what you do not run, and say how the rest is run today and what it costs."
    if listed:
        said = (
            f"{opened} Look through what was taken. A supplier of the list is open for just what it runs there: its "
            "functions in the file say so."
        )
    elif source:
        said = f"It is the same profile as {file_name(source)}, without its comments."
    commands = (as_typed(verb, path) for verb in ("check", "assess", "ask"))
    return [Paragraph(text(f"Written: {clip(path, 200)}. {said} Next:")), Command("\n".join(commands))]

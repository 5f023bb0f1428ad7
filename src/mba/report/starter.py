"""A first profile in YAML, with comments that explain it, and what to do with it next."""

import json
from enum import StrEnum
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import yaml
from jinja2 import Environment, StrictUndefined

from mba.load.source import as_typed, clip, file_name
from mba.profile import Profile
from mba.render.document import Block, Command, prose
from mba.report.words import about
from mba.results import Decision

SCHEMA = "mba.schema.json"
"""The file that an editor looks for, beside the profile."""
BOOK = ".xlsx"
"""The ending of a profile that is a workbook."""


def is_book(path: str) -> bool:
    """Whether the profile at the path is a workbook, by its ending."""
    return path.casefold().endswith(BOOK)


def starter(profile: Profile, decision: Decision) -> str:
    """The profile as the text of a file; `decision` is on it, and holds the estimates."""
    environment = Environment(trim_blocks=True, undefined=StrictUndefined, autoescape=False)  # noqa: S701 - no markup
    environment.filters |= {"quoted": partial(json.dumps, ensure_ascii=False), "about": about}
    template = environment.from_string(Path(__file__).with_name("starter.yaml.j2").read_text("utf-8"))
    return template.render(
        schema=SCHEMA,
        organisation=profile.organisation,
        usual=decision.organisation.budget_per_head,
        partners=profile.partners,
        suppliers=profile.suppliers,
        functions=groupby(decision.functions, key=attrgetter("group")),
        wide=max(len(function.id) for function in decision.functions) + 12,
    )


def in_yaml(profile: Profile) -> str:
    """The profile as the text of a file, with just what it says."""
    said = {"format": 1, **profile.model_dump(exclude_unset=True)}
    for row in said["functions"]:
        if (current := row.get("current")) and current.keys() == {"mode"}:
            row["current"] = current["mode"]
    # What holds no rows or groups is on one line, and no text is broken over lines.
    dumped = yaml.dump(said, Dumper=_Plain, default_flow_style=None, width=10_000, sort_keys=False, allow_unicode=True)
    head = f"# yaml-language-server: $schema={SCHEMA}"
    says = f"# With that line an editor completes and checks as you type, once the file is there: mba schema > {SCHEMA}"
    return f"{head}\n{says}\n{dumped}"


class _Plain(yaml.SafeDumper):
    """Words of a few are text, and what is said twice is written twice."""

    def ignore_aliases(self, _: object) -> bool:
        """No row stands for another."""
        return True


_Plain.add_multi_representer(StrEnum, lambda dumper, word: dumper.represent_str(str(word)))


def next_steps(path: str, source: str | None, *, listed: bool = False) -> list[Block]:
    """What was written, from another profile or a list if there was a source, and what to type next."""
    opened = "Open it in an editor."
    if is_book(path):
        opened = "Open it in Excel or LibreOffice, and fill in the sheet Functions."
    said = f"{opened} Delete what you do not run, and say how the rest is run today and what it costs."
    if listed:
        runs = "A supplier of the list is open for just what it runs there: its functions in the file say so."
        said = f"{opened} Look through what was taken. {runs}"
    elif source:
        said = f"It is the same profile as {file_name(source)}, without its comments."
    commands = (as_typed(verb, path) for verb in ("check", "assess", "ask"))
    return [prose(f"Written: {clip(path, 200)}.", said, "Next:"), Command("\n".join(commands))]

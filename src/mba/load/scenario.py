"""A scenario: a file that names its base, and holds only what differs from it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from mba.load.check import check, in_order, located
from mba.load.hints import did_you_mean, nearest
from mba.load.knowledge import load_catalogue
from mba.load.nodes import Node, survey
from mba.load.overlay import overlay
from mba.load.source import clip, named, read
from mba.problem import MbaError, Problem
from mba.scenario import Changes, Scenario

MOST_FILES = 10
"""How many files can stand on each other."""

WHOLE = ("decided",)
"""A decision is replaced, not merged: another mode with the reason of the old one would be nobody's decision."""
_ALIKE = 0.8
"""From here up, from 0 to 1, an id without a name is taken for another one misspelt."""
_LOST = "A base is looked for from the folder of the file that names it."


class Chain:
    """The files that were read for one profile, the one named first, and what the first is called if it is a scenario."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.scenario: str | None = None

    def read(self, path: str) -> tuple[Node, list[Problem]]:
        """The tree of the file at path, laid over its base where it names one, and what is wrong so far.

        Raises MbaError with every problem up to the first that leaves nothing to check.
        """
        node, found = self._open(path)
        layers: list[Node] = []
        while isinstance(node.value, dict) and ("base" in node.value or "changes" in node.value):
            found += self._check(node)
            layers.append(_changes(node))
            base = node.child("base")
            name = base.value if base else None
            if (
                base is None
                or not isinstance(name, str)
                or not name.strip()
                or base.mark.place() in {p.place for p in found}
            ):
                raise MbaError(*in_order(found))
            try:
                node, more = self._open(self._base(base, name))
            except MbaError as error:
                hint = _LOST if isinstance(error.__cause__, FileNotFoundError) else ""
                # What is wrong with a file as a whole is wrong with the name that led to it.
                led = base.mark.place()
                more = [p if p.place else Problem(p.message, led, hint or p.hint) for p in error.problems]
                raise MbaError(*in_order([*found, *more])) from error
            found += more
        if not isinstance(node.value, dict):
            hint = "Start from an example in the folder profiles/, or see: mba schema"
            wrong = located(node, (), "a profile must be a group of keys, such as “organisation:”", hint)
            raise MbaError(*in_order([*found, wrong]))
        for changes in reversed(layers):
            node, more = overlay(node, changes, _ADMITS, WHOLE)
            found += more
        return node, found

    def to(self, problems: Iterable[Problem]) -> str:
        """How the first file leads to the last that has a problem; empty where only the first has any."""
        names = [named(file) for file in self.files]
        faulty = {problem.place.file for problem in problems if problem.place}
        last = max((number for number, name in enumerate(names) if name in faulty), default=0)
        return f"{' stands on '.join(names[: last + 1])}." if last else ""

    def _open(self, path: str) -> tuple[Node, list[Problem]]:
        self.files.append(path)
        return survey(read(path))

    def _check(self, node: Node) -> list[Problem]:
        """What is wrong with a scenario beside its changes; the first gives its name to all."""
        groups = node.value if isinstance(node.value, dict) else {}
        hint = "What differs from the base goes under “changes”."
        own = [key for key in groups if key in Changes.model_fields]
        found = [located(node, (key,), f"a scenario has no “{key}” of its own", hint, key=True) for key in own]
        rest = Node(node.mark, {key: groups[key] for key in groups if key not in own}, node.keys)
        try:
            scenario = check(rest, Scenario, found=found)
        except MbaError as error:
            return list(error.problems)
        self.scenario = self.scenario or scenario.name
        return []

    def _base(self, base: Node, name: str) -> str:
        """The path of the file that a base names. Raises MbaError where the chain would have no end."""
        mark = base.mark
        if name == "-":
            hint = "Save it as a file first, and name that."
            raise MbaError(Problem("a base must be a file, not “-”", mark.place(), hint))
        path = _beside(self.files[-1], name)
        for number, file in enumerate(self.files):
            if file != "-" and os.path.realpath(file) == os.path.realpath(path):
                round_ = " stands on ".join(named(each) for each in [*self.files[number:], file])
                message = f"a scenario cannot stand on itself: {round_}"
                raise MbaError(Problem(message, mark.place(), "Name the profile that it all starts from."))
        if len(self.files) >= MOST_FILES:
            hint = "Let this one stand on a profile."
            raise MbaError(Problem(f"more than {MOST_FILES} files stand on each other", mark.place(), hint))
        return path


def removed(node: Node) -> dict[str, Collection[str]]:
    """The ids of the rows that a scenario took out, for each list of a profile."""
    lists = {name: node.child(name) for name in _ADMITS}
    return {name: rows.keys if rows and isinstance(rows.value, list) else () for name, rows in lists.items()}


def _beside(file: str, name: str) -> str:
    """The path of a name that is seen from the folder of a file, as short as it can be said."""
    path = os.path.join("" if file == "-" else os.path.dirname(file), name)  # noqa: PTH118, PTH120 - Path would tidy names that lead through a link
    short = os.path.normpath(path)
    return short if os.path.realpath(short) == os.path.realpath(path) else path


def _changes(node: Node) -> Node:
    """The changes of a scenario, less what no profile has: the check of the scenario tells that."""
    changes = node.child("changes")
    if changes is None or not isinstance(changes.value, dict):
        return Node(node.mark, {})
    known = {key: change for key, change in changes.value.items() if key in Changes.model_fields}
    return Node(changes.mark, known, changes.keys)


def _other(id_: str, row: Node, there: Collection[str]) -> tuple[str, str] | None:
    """Anybody may be added who is not, without a name, nearly called like somebody who is there."""
    if row.child("name") or not (near := nearest(id_, there, _ALIKE)):
        return None
    return f"“{clip(id_)}” is not there to be changed", f"Did you mean “{near}”? To add it, give it a name."


def _function(id_: str, row: Node, there: Collection[str]) -> tuple[str, str] | None:
    """A function may be added that the catalogue knows, or that says what it is by a name or flags."""
    if id_ in load_catalogue().functions:
        return None
    if row.child("name") or row.child("flags"):
        return _other(id_, row, there)
    hint = did_you_mean(id_, there)
    hint = f"{hint} " if hint.startswith("Did") else ""
    message = f"“{clip(id_)}” is not there to be changed, and not in the catalogue"
    return message, f"{hint}To add it, give it a name or flags."


_ADMITS = {"partners": _other, "suppliers": _other, "functions": _function}

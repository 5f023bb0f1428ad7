"""One tree of nodes laid over another: what differs is all that the upper one holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mba.load.hints import meant_or_known
from mba.load.source import clip
from mba.load.tree import Extent, Node
from mba.problem import MOST_PROBLEMS, Problem

REMOVE = "remove"
_MOST_ROWS = 1_000
"""No list of a profile has more rows; the schema says so, and nobody needs to know which of them are slips."""

Admits: TypeAlias = Callable[[str, Node, Collection[str]], tuple[str, str] | None]
"""Whether a row may join a list, by its id, its keys and the ids that are there: None, or the message and the hint."""


def overlay(
    base: Node, changes: Node, rows: Mapping[str, Admits] | None = None, whole: Collection[str] = ()
) -> tuple[Node, list[Problem]]:
    """The base with the changes made, and every change that cannot be made: there the base stays as it is.

    Groups of keys are merged key by key, anything else is replaced; the word `remove` takes a key out. `rows` names the
    lists at the top that are changed row by row, each change under the row's id, and says which rows may be added.
    `whole` names the groups that are replaced and not merged. Every node keeps the file and line that it came from.
    """
    over = _Overlay(whole)
    return over.group(base, changes, rows or {}), over.problems


@dataclass
class _Overlay:
    whole: Collection[str]
    problems: list[Problem] = field(default_factory=list)

    def missing(self, mark: Extent, key: str, there: Collection[str]) -> None:
        if len(self.problems) < MOST_PROBLEMS:  # More are not shown; and to look for what was meant takes a while.
            hint = meant_or_known(key, filter("id".__ne__, there))
            self.problems.append(mark.problem(f"“{clip(key)}” cannot be removed: it is not there", hint))

    def group(self, base: Node, changes: Node, rows: Mapping[str, Admits]) -> Node:
        if not isinstance(base.value, dict) or not isinstance(changes.value, dict):
            return Node(changes.mark, changes.value, changes.keys, base)
        merged, keys = dict(base.value), dict(base.keys)
        for key, change in changes.value.items():
            here, under = changes.keys[key], merged.get(key)
            if change.value == REMOVE and under is None:
                self.missing(here, key, merged)
                continue
            keys[key] = here  # What is wrong with it now is wrong there.
            if key in rows:
                merged[key] = self.rows(key, under or Node(here, []), change, here, rows[key])
                merged[key].over = under
            elif change.value == REMOVE:
                del merged[key]
            else:
                under = under or Node(change.mark, {})
                merged[key] = self.group(Node(change.mark, {}) if key in self.whole else under, change, {})
                merged[key].over = under
        return Node(base.mark, merged, keys)

    def rows(self, name: str, base: Node, changes: Node, here: Extent, admits: Admits) -> Node:
        """The rows of a list, changed where they stand, taken out, or added at the end.

        Its `keys` are where rows were taken out.
        """
        if not isinstance(base.value, list):
            return base  # What is wrong with it is said there.
        if changes.value == REMOVE:
            return Node(here, [], {row.word("id"): here for row in base.value})
        if not isinstance(changes.value, dict):
            hint = "Write each row under its id, such as: payroll: {annual_cost: 90000}"
            self.problems.append(here.problem(f"“{name}” must be a group of keys in a scenario", hint))
            return base
        return self.row_by_row(base, changes, admits)

    def row_by_row(self, base: Node, changes: Node, admits: Admits) -> Node:
        merged, gone = _by_id(base.members()), dict(base.keys)
        there = [key for key in merged if isinstance(key, str)]
        for id_, change in changes.group().items():
            if len(self.problems) >= MOST_PROBLEMS:
                break
            mark, known = changes.keys[id_], merged.get(id_)
            if change.value == REMOVE and known is None:
                self.missing(mark, id_, there)
            elif change.value == REMOVE:
                gone[id_] = mark
            elif not isinstance(change.value, dict):
                hint = f"Write its keys, indented, or: {clip(id_)}: {REMOVE}"
                self.problems.append(mark.problem(f"“{clip(id_)}” must be a group of keys in a scenario", hint))
            elif known is None and len(merged) <= _MOST_ROWS and (wrong := admits(id_, change, there)):
                self.problems.append(mark.problem(*wrong))
            else:
                gone.pop(id_, None)
                known = known or Node(mark, {"id": Node(mark, id_)}, {"id": mark})
                merged[id_] = self.group(known, self.named(id_, change), {})
        return Node(base.mark, list(filter(lambda row: row.word("id") not in gone, merged.values())), gone)

    def named(self, id_: str, change: Node) -> Node:
        """The change without an id of its own, which can only be the key that it stands under."""
        inner = change.child("id")
        if inner and inner.value != id_:
            hint = "An id cannot be changed. Remove the one row, and add another."
            self.problems.append(inner.mark.problem(f"“id” must be {clip(id_)}, the key above it", hint))
        return change.without("id")


def _by_id(rows: list[Node]) -> dict[str | int, Node]:
    """Rows by their ids; one that has none of its own by its place."""
    found: dict[str | int, Node] = {}
    for number, row in enumerate(rows):
        id_ = row.word("id")
        found[number if not id_ or id_ in found else id_] = row
    return found

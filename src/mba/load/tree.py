"""The tree of a file, values that know where they stand; and one tree laid over another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from mba.load.hints import meant_or_known
from mba.load.source import Source, clip
from mba.problem import MOST_PROBLEMS, Location, Problem

Route: TypeAlias = tuple[str | int, ...]
"""Keys and list places from the top of a file down to a value."""


class Extent(NamedTuple):
    """Where something stands: the characters of a source from start up to end."""

    source: Source
    start: int = 0
    end: int = 0

    def place(self) -> Location:
        """The same as line and column."""
        return self.source.place(self.start, self.end)

    def problem(self, message: str, hint: str = "") -> Problem:
        """What is wrong there, and what to do about it."""
        return Problem(message, self.place(), hint)


class Quoted(str):
    """Text that stood in quotes or in a block, and so cannot be meant as a number."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Node:
    """A value and its place: a scalar's text (None where empty), the nodes of a list, or of a mapping by key.

    `keys` is where each key of a mapping stands, in a text, and of a list where rows were taken out, by id. `over` is
    what it is laid over, where it stands in a scenario.
    """

    mark: Extent
    value: str | list[Node] | dict[str, Node] | None
    keys: dict[str, Extent] = field(default_factory=dict)
    over: Node | None = None

    def plain(self) -> object:
        """The same as lists, dicts and text, for the schema to check."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def group(self) -> dict[str, Node]:
        """The nodes of a mapping, by key; none where it is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def without(self, *keys: str) -> Node:
        """The same mapping without some keys."""
        return Node(self.mark, {key: node for key, node in self.group().items() if key not in keys}, self.keys)

    def text(self) -> str:
        """The text of a scalar; empty where it is none."""
        return self.value if isinstance(self.value, str) else ""

    def child(self, step: str | int) -> Node | None:
        """The node at a key or a place in the list; None where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def under(self, key: str) -> Node:
        """The node at a key; an empty one where there is none."""
        return self.child(key) or Node(self.mark, None)

    def word(self, key: str) -> str:
        """The text at a key; empty where there is none."""
        return self.under(key).text()

    def members(self) -> list[Node]:
        """The nodes of a list; none where it is no list."""
        return self.value if isinstance(self.value, list) else []

    def rows(self, key: str) -> list[Node]:
        """The nodes of the list at a key; none where there is no list."""
        return self.under(key).members()

    def texts(self, key: str) -> list[Node]:
        """The nodes of the list at a key that are texts, and not empty."""
        return list(filter(Node.text, self.rows(key)))

    def spot(self, *route: str | int, key: bool = False) -> Extent:
        """Where the text that a route leads to stands, or its key; of what is no text its key, else its start.

        Where nothing stands there, it is that of the nearest thing on the way.
        """
        node, at_key = self, None
        for step in route:
            mark = node.keys.get(step) if isinstance(step, str) else None
            inner = node.child(step)
            if inner is None and mark:
                return mark  # It was taken out.
            if inner is None:
                break
            node, at_key = inner, mark
        if at_key and (key or not isinstance(node.value, str)):
            return at_key
        return node.mark if isinstance(node.value, str) else node.mark._replace(end=node.mark.start + 1)

    def at(self, *route: str | int) -> Node:
        """The node furthest along the route."""
        node = self
        for step in route:
            if (inner := node.child(step)) is None:
                break
            node = inner
        return node


def tree_of(plain: object, mark: Extent | None = None) -> Node:
    """The tree of plain data, which stands at a mark or nowhere."""
    mark = mark or Extent(Source("", ""))
    if isinstance(plain, dict):
        return Node(mark, {str(key): tree_of(value, mark) for key, value in plain.items()})
    if isinstance(plain, (list, tuple)):
        return Node(mark, [tree_of(value, mark) for value in plain])
    return Node(mark, None if plain is None else str(plain))


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

"""The tree of a file: values that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from mba.load.source import Source
from mba.problem import Location, Problem

Route: TypeAlias = tuple[str | int, ...]
"""Keys and list places from the top of a file down to a value."""


class Extent(NamedTuple):
    """Where something stands: the characters of a source from start up to end."""

    source: Source
    start: int
    end: int

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

    `keys` is where each key of a mapping stands, and of a list where rows were taken out, by id. `over` is what it is
    laid over, where it stands in a scenario.
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
        kept = {key: node for key, node in self.group().items() if key not in keys}
        return Node(self.mark, kept, self.keys)

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

    def at(self, route: Route) -> tuple[Node, int]:
        """The node furthest along the route, and how many steps of the route it took."""
        node = self
        for taken, step in enumerate(route):
            inner = node.child(step)
            if inner is None:
                return node, taken
            node = inner
        return node, len(route)


def tree_of(plain: object, mark: Extent | None = None) -> Node:
    """The tree of plain data, which stands at a mark or nowhere."""
    mark = mark or Extent(Source("", ""), 0, 0)
    if isinstance(plain, dict):
        return Node(mark, {str(key): tree_of(value, mark) for key, value in plain.items()})
    if isinstance(plain, (list, tuple)):
        return Node(mark, [tree_of(value, mark) for value in plain])
    return Node(mark, None if plain is None else str(plain))

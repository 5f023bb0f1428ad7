"""The functions of a profile by any of their names: its own ids, and those of the catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mba.load.check import Finding
from mba.load.hints import WIDEST, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.nodes import Node, Route
from mba.load.source import clip
from mba.problem import did_you_mean

LISTING = ("partners", "suppliers", "packages")
"""What lists functions."""


class Answering:
    """The ids of the functions of a profile, found by every name that the catalogue knows for them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = dict.fromkeys(ids)
        self._taken: dict[str | None, list[str]] = defaultdict(list)
        for id_ in self.ids:
            self._taken[load_catalogue().taken_for(id_)].append(id_)

    def called(self, name: str) -> list[str]:
        """The ids of those that answer to a name: to one that is an id here, nobody else does."""
        known = load_catalogue().taken_for(name)
        if name in self.ids or known is None:
            return [name]
        return self._taken[known]

    def id_of(self, name: str) -> str:
        """The id of the one that answers to a name; the name, where that is none or several."""
        called = self.called(name)
        return called[0] if len(called) == 1 else name


def rows_of(node: Node) -> Answering:
    """The functions of a profile."""
    return Answering(filter(None, (_text(row, "id") for row in _listed(node, "functions"))))


def in_own_ids(node: Node) -> Node:
    """A profile in which every list calls the functions by the ids that they have there."""
    rows, group = rows_of(node), dict(node.group())
    for name in LISTING:
        listed = node.child(name)
        if listed and isinstance(listed.value, list):
            group[name] = _like(listed, [_offering(row, rows) for row in listed.value])
    return _like(node, group)


def _offering(row: Node, rows: Answering) -> Node:
    """A partner, supplier or package whose list calls functions by their ids."""
    listed = row.child("functions")
    if not listed or not isinstance(listed.value, list):
        return row
    own = list(listed.value)
    for place, each in enumerate(own):
        if each.text():
            own[place] = _like(each, rows.id_of(each.text()))
    return _like(row, {**row.group(), "functions": _like(listed, own)})


def changed_by_id(node: Node, changes: Node) -> Node:
    """Changes to a profile in which each changes a function under the id that it has there."""
    functions = changes.child("functions")
    if not functions or not isinstance(functions.value, dict):
        return changes
    rows, given = rows_of(node), functions.value
    named, keys = {}, {}
    for name, change in given.items():
        own = rows.id_of(name)
        if own in named or (own != name and own in given):
            own = name  # It is changed already; what would change it again is refused.
        named[own], keys[own] = change, functions.keys[name]
    return _like(changes, {**changes.group(), "functions": Node(functions.mark, named, keys, functions.size)})


def admitted(id_: str, row: Node, there: Iterable[str]) -> tuple[str, str] | None:
    """A function may be added that the catalogue knows, or that says what it is by a name or flags."""
    if load_catalogue().taken_for(id_):
        return _several(id_, Answering(there).called(id_))
    if row.child("name") or row.child("flags"):
        return None
    hint = f"{_nearest(id_, *there)}To add it, give it a name or flags."
    return f"“{clip(id_)}” is not there to be changed, and not in the catalogue", hint


_ALIKE = 0.75
"""From here up, from 0 to 1, an everyday name is what may have been meant: many are short, and so like much else."""


def _nearest(id_: str, *there: str) -> str:
    """Asks whether a function that is there, or that the catalogue knows, was meant; ends with a space."""
    catalogue = load_catalogue()
    near = nearest_word(id_, [*there, *catalogue.names], _ALIKE) or nearest_word(id_, [*there, *catalogue.functions])
    return f"{did_you_mean(clip(near, WIDEST))} " if near else ""


def misnamed(node: Node) -> Iterator[Finding]:
    """Functions that nobody knows by their ids and that say nothing else, and names that several answer to."""
    catalogue = load_catalogue()
    for number, row in enumerate(_listed(node, "functions")):
        id_ = _text(row, "id")
        if id_ and not (catalogue.taken_for(id_) or row.child("name") or row.child("flags")):
            hint = f"{_nearest(id_)}If it is a function of your own, give it a name or flags. See: mba catalogue"
            message = f"“{clip(id_)}” is not in the catalogue, and has neither name nor flags"
            yield ("functions", number, "id"), message, hint
    rows = rows_of(node)
    for route, name in _names(node):
        called = rows.called(name)
        if name not in called and (several := _several(name, called)):
            yield route, *several


def _several(name: str, ids: list[str]) -> tuple[str, str] | None:
    """That a name is not the id of the functions that answer to it; None where none does."""
    if not ids:
        return None
    message = f"“{clip(name)}” is here {' and '.join(f'“{clip(id_)}”' for id_ in ids)}"
    return message, "Give each function once, by the id that it has here."


def _names(node: Node) -> Iterator[tuple[Route, str]]:
    """Every function that a list names, and where."""
    for list_ in LISTING:
        for number, row in enumerate(_listed(node, list_)):
            for place, each in enumerate(_listed(row, "functions")):
                if each.text():
                    yield (list_, number, "functions", place), each.text()


def _listed(node: Node, key: str) -> list[Node]:
    """The nodes of the list at a key; none where there is no list."""
    listed = node.child(key)
    if listed is None or not isinstance(listed.value, list):
        return []
    return listed.value


def _text(node: Node, key: str) -> str:
    """The text at a key; empty where there is none."""
    inner = node.child(key)
    return inner.text() if inner else ""


def _like(node: Node, value: str | list[Node] | dict[str, Node]) -> Node:
    """A node where another stands, with another value."""
    return Node(node.mark, value, node.keys, node.size)

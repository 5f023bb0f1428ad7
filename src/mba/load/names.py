"""The functions of a profile by any of their names: its own ids, and those of the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from mba.load.check import Finding
from mba.load.hints import ALIKE, MAYBE_ALIKE, did_you_mean, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.source import clip
from mba.load.tree import Node


class Answering:
    """The ids of the functions of a profile, found by every name that the catalogue knows for them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids: dict[str, list[str]] = defaultdict(list)
        for id_ in dict.fromkeys(filter(None, ids)):
            self._ids[load_catalogue().taken_for(id_) or id_].append(id_)

    def called(self, name: str) -> list[str]:
        """The ids of those that answer to a name: to one that is an id here, nobody else does."""
        ids = self._ids.get(load_catalogue().taken_for(name) or name, [])
        return [name] if name in ids else ids


def in_own_ids(node: Node) -> None:
    """Have every list of a profile call its functions by the ids that they have there, where one answers."""
    there = _answering(node)
    for name in named_in_lists(node, "partners", "suppliers", "packages"):
        name.value = _own(name.text(), there)


def changed_by_id(node: Node, changes: Node) -> Node:
    """Changes to a profile in which each changes a function under the id that it has there."""
    functions, there = changes.child("functions"), _answering(node)
    if functions and isinstance(functions.value, dict):
        named, keys, given = dict[str, Node](), {}, functions.value
        for name, change in given.items():
            own = _own(name, there)
            if own in named or own in given:
                own = name  # It is changed already; what would change it again is refused.
            named[own], keys[own] = change, functions.keys[name]
        functions.value, functions.keys = named, keys
    return changes


def admitted(id_: str, row: Node, there: Iterable[str]) -> tuple[str, str] | None:
    """Anybody may be added who is not, without a name, nearly called like somebody who is there."""
    if row.child("name") or not (near := nearest_word(id_, there, ALIKE)):
        return None
    return f"“{clip(id_)}” is not there to be changed", f"{did_you_mean(near)} To add it, give it a name."


def admitted_function(id_: str, row: Node, there: Iterable[str]) -> tuple[str, str] | None:
    """A function may be added that the catalogue knows, or that says what it is by flags or, as anybody, by a name."""
    if load_catalogue().taken_for(id_):
        return _several(id_, Answering(there))
    if row.child("name") or row.child("flags"):
        return admitted(id_, row, there)
    message = f"“{clip(id_)}” is not there to be changed, and not in the catalogue"
    return message, f"{_nearest(id_, *there)}To add it, give it a name or flags."


def misnamed(node: Node) -> Iterator[Finding]:
    """Functions that nobody knows by their ids and that say nothing else, and names that several answer to."""
    for row in node.rows("functions"):
        id_ = row.word("id")
        if id_ and not (load_catalogue().taken_for(id_) or row.child("name") or row.child("flags")):
            wrong = f"“{clip(id_)}” is not in the catalogue, and has neither name nor flags"
            hint = f"{_nearest(id_)}If it is a function of your own, give it a name or flags. See: mba catalogue"
            yield row.spot("id"), wrong, hint
    there = _answering(node)
    for name in named_in_lists(node, "partners", "suppliers"):  # Those of packages are told of beside them.
        if several := _several(name.text(), there):
            yield name.mark, *several


def _several(name: str, there: Answering) -> tuple[str, str] | None:
    """That a name is not the id of those that answer to it; None where it is, or none does."""
    ids = there.called(name)
    if not ids or name in ids:
        return None
    message = f"“{clip(name)}” is here {' and '.join(f'“{clip(id_)}”' for id_ in ids)}"
    return message, "Give each function once, by the id that it has here."


def _nearest(id_: str, *there: str) -> str:
    """Asks whether a function that is there, or that the catalogue knows, was meant; ends with a space."""
    return f"{did_you_mean(nearest_word(id_, [*there, *load_catalogue().names], MAYBE_ALIKE))} ".lstrip()


def _own(name: str, there: Answering) -> str:
    """The id of the one that answers to a name; the name, where that is none or several."""
    ids = there.called(name)
    return ids[0] if len(ids) == 1 else name


def _answering(node: Node) -> Answering:
    return Answering(row.word("id") for row in node.rows("functions"))


def named_in_lists(node: Node, *lists: str) -> Iterator[Node]:
    """Every function that is named in a row of these lists of a profile."""
    for row in chain.from_iterable(map(node.rows, lists)):
        yield from row.texts("functions")

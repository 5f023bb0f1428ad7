"""One tree of nodes laid over another: what differs is all that the upper one holds."""

from __future__ import annotations

from mba.load.hints import did_you_mean
from mba.load.nodes import Node
from mba.problem import MbaError, Problem

REMOVE = "remove"


def overlay(base: Node, changes: Node) -> Node:
    """The base with the changes made: groups of keys are merged key by key, anything else is replaced.

    The word `remove` takes a key out. Every node keeps the file and line that it came from.
    Raises MbaError where something is removed that is not there.
    """
    if not isinstance(base.value, dict) or not isinstance(changes.value, dict):
        return changes
    merged = dict(base.value)
    keys = dict(base.keys)
    for key, change in changes.value.items():
        keys[key] = changes.keys[key]  # What is wrong with it now is wrong there.
        if change.value == REMOVE:
            if key not in merged:
                place = changes.keys[key].place()
                raise MbaError(Problem(f"“{key}” cannot be removed: it is not there", place, did_you_mean(key, merged)))
            del merged[key]
        elif key in merged:
            merged[key] = overlay(merged[key], change)
        else:
            merged[key] = change
    return Node(base.mark, merged, keys, base.size)

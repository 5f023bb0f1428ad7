"""A value put into the text of a YAML or JSON file where the parser says it goes, every other line as it was."""

from __future__ import annotations

import json
import re

from mba.load.check import located
from mba.load.nodes import parse
from mba.load.source import Source
from mba.load.tree import Node, Route
from mba.problem import MbaError

_BREAK = re.compile(r"\r\n|\r|\n")
_FLOW = re.compile(r"(&\S+\s+)?[\[{]")
_HINT = "Write it there yourself: {}"


def splice(source: Source, route: Route, value: int | str) -> Source:
    """A file with a value at a route: in place of what stood there, or else after the rest of its group.

    What the route leads through is made where it is missing. Raises MbaError, with what to type, where that would
    change anything else, as it would where an anchor has one group stand in two places.
    """
    root = parse(source)
    node, taken = root.at(route)
    key = json.dumps if source.text.startswith('"', _first(root)) else str
    written = json.dumps(value, ensure_ascii=False)
    for step in reversed(route[taken + 1 :]):
        written = f"{{{key(step)}: {written}}}"
    if taken == len(route):
        text = _replaced(source.text, node, written)
    else:
        written = f"{key(route[taken])}: {written}"
        text = _added(source.text, node, written)
    changed = Source(source.name, text, source.codec)
    if text and _tree(changed) == _wanted(root.plain(), route, str(value)):
        return changed
    message = "an answer cannot be written here without changing something else"
    raise MbaError(located(root, route[:taken], message, _HINT.format(written)))


def _first(group: Node) -> int:
    """Where the first key of a group stands; 0 where there is none."""
    return min((mark.start for mark in group.keys.values()), default=0)


def _tree(source: Source) -> object:
    try:
        return parse(source).plain()
    except MbaError:
        return None


def _wanted(data: object, route: Route, value: object) -> object:
    """Plain data with a value at a route."""
    if not route:
        return value
    step, *rest = route
    if isinstance(data, list):
        return [_wanted(row, tuple(rest), value) if at == step else row for at, row in enumerate(data)]
    group = data if isinstance(data, dict) else {}
    return {**group, step: _wanted(group.get(step), tuple(rest), value)}


def _replaced(text: str, node: Node, written: str) -> str:
    """The text with a value in place of one that is there, or after the colon of a key that has none."""
    start, end = node.mark.start, node.mark.end
    if node.value is None and text[start:end] == ":":
        return f"{text[:end]} {written}{text[end:]}"
    return text[:start] + written + text[end:]


def _added(text: str, group: Node, written: str) -> str:
    """The text with a key added to a group, after the last value that stands in it; empty where that cannot be."""
    if not isinstance(group.value, dict):
        return ""
    at = _end(text, group)
    if _FLOW.match(text, group.mark.start) and group.keys:
        return f"{text[:at]}, {written}{text[at:]}"
    if _FLOW.match(text, group.mark.start):
        return f"{text[: group.mark.end - 1]}{written}{text[group.mark.end - 1 :]}"
    first = _first(group)
    line = max(text.rfind(sign, 0, first) for sign in "\r\n") + 1
    at = max(at, *(mark.end for mark in group.keys.values()))
    at += len(re.split(r"[\r\n]", text[at:], maxsplit=1)[0])
    sign = "".join(_BREAK.findall(text, at)[:1] or _BREAK.findall(text)[:1]) or "\n"
    indent = re.sub(r"\S", " ", text[line:first])
    return f"{text[:at]}{sign}{indent}{written}{text[at:]}"


def _end(text: str, node: Node) -> int:
    """Where the last value ends that stands in a group or a list, and not where an alias leads to."""
    own = filter(lambda inner: inner.mark.start >= node.mark.start, (*node.members(), *node.group().values()))
    return max((_end_of(text, inner) for inner in own), default=0)


def _end_of(text: str, node: Node) -> int:
    if isinstance(node.value, (dict, list)) and not _FLOW.match(text, node.mark.start):
        return _end(text, node)
    return node.mark.start + len(text[node.mark.start : node.mark.end].rstrip())

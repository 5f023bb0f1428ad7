"""A tree of nodes against a model: the model, or every problem in the words of the user's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from mba.load.nodes import Node, Route
from mba.load.refused import refused
from mba.problem import MOST_PROBLEMS, MbaError, Problem

Finding: TypeAlias = tuple[Route, str, str]
"""A route into the file, what is wrong there, and what to do about it."""

M = TypeVar("M", bound=BaseModel)


def check(
    node: Node,
    model: type[M],
    across: Callable[[object], Iterable[Finding]] | None = None,
    found: Iterable[Problem] = (),
) -> M:
    """The model that the node holds.

    Raises MbaError with every problem: those found already, what the schema refuses, and what `across` finds in the plain
    data, whatever the schema says of it; one problem for each place.
    """
    problems = list(found)
    data = node.plain()
    done = None
    try:
        done = model.model_validate(data)
    except ValidationError as error:
        problems += [
            located(node, route, message, hint, key=key) for route, message, hint, key in refused(node, model, error)
        ]
    if across:
        places = {problem.place for problem in problems}
        more = (located(node, *finding) for finding in islice(across(data), MOST_PROBLEMS))
        problems += [problem for problem in more if problem.place not in places]
    if problems or done is None:
        raise MbaError(*in_order(problems))
    return done


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by line and column, each once, MOST_PROBLEMS at most."""
    once = list(dict.fromkeys(problems))
    once.sort(key=lambda p: (p.place.file, p.place.line, p.place.column) if p.place else ("", 0, 0))
    return once[:MOST_PROBLEMS]


def located(node: Node, route: Route, message: str, hint: str = "", *, key: bool = False) -> Problem:
    """The problem at the value that the route leads to, or at its key, or at the nearest thing that is in the file."""
    parent, taken = node.at(route[:-1])
    last = route[-1] if route else None
    if taken == len(route) - 1 and isinstance(last, str) and last in parent.keys:
        child = parent.value[last] if isinstance(parent.value, dict) and last in parent.value else None
        if not (key or child is None or child.value is None or isinstance(child.value, (dict, list))):
            return Problem(message, child.mark.place(), hint)
        return Problem(message, parent.keys[last].place(), hint)
    found, taken = node.at(route)
    if taken < len(route) and taken:
        return located(node, route[:taken], message, hint, key=key)
    mark = found.mark if isinstance(found.value, str) else found.mark._replace(end=found.mark.start + 1)
    return Problem(message, mark.place(), hint)

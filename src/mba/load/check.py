"""A tree of nodes against a model: the model, or every problem in the words of the user's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, islice
from typing import TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from mba.inputs import LISTS
from mba.load.columns import in_headings
from mba.load.refused import refused
from mba.load.tree import Extent, Node, Route
from mba.problem import MOST_PROBLEMS, Location, MbaError, Problem

Finding: TypeAlias = tuple[Route, str, str]
"""A route into the file, what is wrong there, and what to do about it."""

M = TypeVar("M", bound=BaseModel)


def validated(
    node: Node,
    model: type[M],
    across: Callable[[Node], Iterable[Finding]] | None = None,
    found: Iterable[Problem] = (),
) -> M:
    """The model that the node holds.

    Raises MbaError with every problem: those found already, what the schema refuses, and what `across` finds in the
    tree, whatever the schema says of it; one problem for each place.
    """
    problems = list(found)
    done = None
    try:
        done = model.model_validate(node.plain())
    except ValidationError as error:
        for route, (message, hint, at_key) in refused(node, model, error):
            problems.append(located(node, route, message, hint, key=at_key))
    if across:
        places = {problem.place for problem in problems}
        for finding in islice(across(node), MOST_PROBLEMS):
            problem = located(node, *finding)
            if problem.place not in places:
                problems.append(problem)
    if problems or done is None:
        raise MbaError(*in_order(problems))
    return done


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by line and column, each once, MOST_PROBLEMS at most."""
    return sorted(dict.fromkeys(problems), key=_place)[:MOST_PROBLEMS]


def _place(problem: Problem) -> tuple[str, str, int, int]:
    place = problem.place or Location("")
    return place.file, place.cell.rpartition("!")[0], place.line, place.column


def located(node: Node, route: Route, message: str, hint: str = "", *, key: bool = False) -> Problem:
    """The problem at the value that the route leads to, or at its key, or at the nearest thing that is in the file.

    What stands in a cell of a workbook is told in the words of its headings, and by the names that stand there.
    """
    parent, taken = node.at(route[:-1])
    if route and taken == len(route) - 1 and route[-1] in parent.keys:
        last = str(route[-1])
        mark, child = parent.keys[last], parent.under(last)
        if isinstance(child.value, str) and not key:
            mark = child.mark
        return _at(node, mark, message, hint)
    nearest, taken = node.at(route)
    if 0 < taken < len(route):
        return located(node, route[:taken], message, hint, key=key)
    mark = nearest.mark
    if not isinstance(nearest.value, str):
        mark = mark._replace(end=mark.start + 1)
    return _at(node, mark, message, hint)


def _at(node: Node, mark: Extent, message: str, hint: str) -> Problem:
    """The problem at a mark; of a workbook, in the words of its headings, by the names of its rows."""
    if not mark.place().cell:
        return mark.problem(message, hint)
    said = [message, hint]
    for row in chain.from_iterable(map(node.rows, LISTS)):
        if name := row.word("name"):
            said = [words.replace(f"“{row.word('id')}”", f"“{name}”") for words in said]
    return mark.problem(*map(in_headings, said))

"""What a scenario may stand on: an ordinary file of a profile, or a stored result, which holds its profile.

Nobody named the file but another file, so nothing of it is shown unless it is plainly a profile.
"""

from __future__ import annotations

import contextlib
import json
import os
import re

from mba.load.nodes import survey
from mba.load.source import LARGEST_RESULT, Source, clip, file_name, read
from mba.load.tree import Extent, Node
from mba.problem import Location, MbaError, Problem

_ENDINGS = (".yaml", ".yml", ".json")
_PLAINLY = {"organisation", "functions", "base"}
"""Keys at the top of which a profile or a scenario has one at least."""
_TOP_KEY = re.compile(rf"^(\{{\s*)?[\"']?({'|'.join(_PLAINLY)})[\"']?\s*:", re.MULTILINE)
_LOST = "A base is looked for from the folder of the file that names it."


def path_of(mark: Extent, name: str, folder: str) -> str:
    """The path of a base, seen from a folder, as short as it can be said. Raises MbaError where it is no file's."""
    if name == "-":
        hint = "Save it as a file first, and name that."
        raise MbaError(Problem("a base must be a file, not “-”", mark.place(), hint))
    if "://" in name:
        hint = f"Save it beside this file, and write: base: {_saved_as(name)}"
        raise MbaError(Problem("a base must be a file, not an address", mark.place(), hint))
    path = os.path.join(folder, name.replace("\\", "/"))  # noqa: PTH118 - Path would tidy names that lead through a link
    short = os.path.normpath(path)
    if os.path.realpath(short) == os.path.realpath(path):
        path = short
    if not path.casefold().endswith(_ENDINGS) and not os.path.isdir(path):  # noqa: PTH112 - as above
        message = f"a base must be a .yaml, .yml or .json file, not “{clip(name)}”"
        raise MbaError(Problem(message, mark.place(), "Name the file of a profile or a scenario."))
    return path


def _saved_as(address: str) -> str:
    """A name for a file that comes from an address."""
    name = re.split(r"[/\\]", re.split(r"[?#]", address)[0])[-1]
    if re.fullmatch(r"[\w.-]{1,60}\.(yaml|yml|json)", name):
        return name
    return "base.yaml"


def open_base(mark: Extent, path: str) -> tuple[Node, list[Problem]]:
    """The tree of a base and what is wrong with it so far. Raises MbaError with all that leaves nothing to check."""
    name, source = file_name(path), None
    try:
        source = _source(path)
        node, problems = survey(source)
    except MbaError as error:
        located = any(problem.place and problem.place.line for problem in error.problems)
        if located and not (source and _TOP_KEY.search(source.text)):
            hint = f"To see what is wrong with it: mba check {name}"
            raise MbaError(Problem(f"{name}: cannot be read as a profile", mark.place(), hint)) from error
        lost = isinstance(error.__cause__, FileNotFoundError)
        raise MbaError(*(_led_to(mark, problem, lost=lost) for problem in error.problems)) from error
    if not _PLAINLY & node.group().keys():
        message = f"{name}: is no profile: none of its keys is organisation, functions or base"
        raise MbaError(Problem(message, mark.place(), "Name the file of a profile or a scenario."))
    return node, problems


def _led_to(mark: Extent, problem: Problem, *, lost: bool) -> Problem:
    """A problem of a base: what is wrong with it as a whole is wrong with the name of it."""
    if problem.place and problem.place.line:
        return problem
    return Problem(problem.lines()[0], mark.place(), _LOST if lost else problem.hint)


def _source(path: str) -> Source:
    """The text of a base; of a stored result that of its profile, which stands where it stands in the file."""
    if not path.casefold().endswith(".json"):
        return read(path)
    source = read(path, LARGEST_RESULT)
    places = _places(source.text)
    if not {"budget", "functions"} <= places.keys():
        return read(path)
    start, end = places.get("profile", (0, 0))
    if not source.text.startswith("{", start, end):
        raise MbaError(Problem("is a stored result that does not hold its profile", Location(source.name)))
    return Source(source.name, re.sub(r"[^\r\n]", " ", source.text[:start]) + source.text[start:end])


def _places(text: str) -> dict[str, tuple[int, int]]:
    """Where the values at the top of a JSON text start and end, by key; as many as can be read."""
    decode = json.JSONDecoder().raw_decode
    places = {}
    at = 0
    with contextlib.suppress(ValueError, RecursionError):
        while found := re.compile(r"\s*[{,]\s*").match(text, at):
            key, at = decode(text, found.end())
            start = at + len(re.compile(r"\s*:?\s*").match(text, at)[0])  # type: ignore[index]
            _, at = decode(text, start)
            places[str(key)] = start, at
    return places

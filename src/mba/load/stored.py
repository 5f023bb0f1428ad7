"""A result that was stored with `--format json`, read back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mba.load.profiles import inconsistencies
from mba.load.source import HIDDEN, character, clip, read
from mba.problem import MbaError, Problem
from mba.profile import Option
from mba.results import Decision, OptionResult

LARGEST = 30_000_000
"""Bytes: the result on 1,000 functions is under 15,000,000."""

_HINT = "Store it anew: mba assess PROFILE --format json -o FILE"


def is_result(path: str) -> bool:
    """Whether the file at path is a stored result, whole or not; a profile may be written as JSON too."""
    return _read(path) is not None


def _read(path: str) -> tuple[str, dict[str, Any]] | None:
    """What the file is called and holds, if it is a result; raises MbaError where it is named as JSON and is none."""
    if not path.casefold().endswith(".json"):
        return None
    source = read(path, LARGEST)
    try:
        data = json.loads(source.text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise source.error(f"this is not JSON: {error.msg.casefold()}", error.pos, _HINT) from error
    except (RecursionError, ValueError) as error:  # The second: a number with thousands of digits.
        raise MbaError(
            Problem(f"{source.name}: is nested too deeply, or has too long a number", None, _HINT)
        ) from error
    return (source.name, data) if isinstance(data, dict) and {"budget", "functions"} <= data.keys() else None


def _refuse(word: str) -> None:
    raise json.JSONDecodeError(f"{word} is no figure", word, 0)


def load_result(path: str) -> Decision | None:
    """The result in the file at path; None where its name does not end in .json, or what it holds is no result but perhaps a profile.

    Raises MbaError where it cannot be read, or is a result that is not whole.
    """
    found = _read(path)
    if found is None:
        return None
    name, data = found
    for text in _texts(data):
        if hidden := HIDDEN.search(text):
            message = f"{name}: a hidden character, {character(hidden.group())}, is in “{clip(text)}”"
            raise MbaError(Problem(message, None, _HINT))
    try:
        decision = TypeAdapter(Decision).validate_python(_nested(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{name}: is not a whole result of mba assess: {clip(where)}: {clip(first['msg'].casefold())}"
        raise MbaError(Problem(message, None, _HINT)) from error
    wrong = next(iter(inconsistencies(data.get("profile"))), None)
    if wrong or not _whole(decision):
        message = f"{name}: is not a whole result of mba assess" + (f": {wrong[1]}" if wrong else "")
        raise MbaError(Problem(message, None, _HINT))
    return decision


def _nested(data: dict[str, Any]) -> dict[str, Any]:
    """The data with each option's cost as a group of its own; what is not as it should be stays, to be refused."""
    functions = data["functions"]
    if not isinstance(functions, list):
        return data
    nested = []
    for function in functions:
        options = function.get("options") if isinstance(function, dict) else None
        if isinstance(options, dict):
            with contextlib.suppress(KeyError, TypeError):
                options = {key: OptionResult.recorded(each) for key, each in options.items()}
                nested.append(function | {"options": options})
                continue
        nested.append(function)
    return data | {"functions": nested}


def _whole(decision: Decision) -> bool:
    """Whether every function is there once, with all four options, and nothing speaks of one that is not; and whether shares are shares."""
    ids = [function.id for function in decision.functions]
    profile = decision.profile
    told = {id_ for caution in decision.warnings for id_ in caution.functions}
    others = {*decision.partners, *decision.suppliers}
    options = [option for function in decision.functions for option in function.options.values()]
    shares = [
        share for f in decision.functions if f.confidence for share in (*f.confidence.acceptability, f.confidence.error)
    ]
    return (
        decision.format == 1
        and bool(ids)
        and len(set(ids)) == len(ids)
        and told <= set(ids)
        and all(len(function.options) == len(Option) for function in decision.functions)
        and all({option.supplier, *option.partners} - {None} <= others for option in options)
        and all(option.pounds is None or option.pounds >= 0 for option in options)
        and all(0 <= share <= 1 for share in shares)
        and (profile is None or [function.id for function in profile.functions] == ids)
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain data, keys included."""
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            stack += [*value, *value.values()]
        elif isinstance(value, list):
            stack += value

"""A result that was stored with `--format json`, read back; of one of mba 0.1 what was not known stays unknown."""

import contextlib
import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mba.invariants import broken
from mba.load.across import inconsistencies
from mba.load.source import HIDDEN, LARGEST_RESULT, WIDE, character, clip, file_name, read
from mba.load.tree import Route, tree_of
from mba.problem import MbaError, refusal
from mba.results import Action, Decision
from mba.spending import Cost

_HINT = "Store it anew: mba assess PROFILE --format json -o FILE"
_COST = dict(zip(("cost", *Cost._fields[1:]), Cost._fields, strict=True))
"""The field of `Cost` for each key of an option in JSON that is about its cost."""
_KEYS = {field: key for key, field in _COST.items()}


def result_in(path: str) -> dict[str, Any]:
    """What a file holds that is a result, whole or not; nothing of another, as a profile may be written as JSON too.

    Raises MbaError where it is named as JSON and is none.
    """
    if not path.casefold().endswith(".json"):
        return {}
    source = read(path, LARGEST_RESULT)
    try:
        data = json.loads(source.text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise source.error(f"this is not JSON: {error.msg.casefold()}", error.pos, _HINT) from error
    except (RecursionError, ValueError) as error:  # The second: a number with thousands of digits.
        raise refusal(f"{source.name}: is nested too deeply, or has too long a number", _HINT) from error
    is_whole = isinstance(data, dict) and {"budget", "functions"} <= data.keys()
    return data if is_whole else {}


def _refuse(word: str) -> None:
    raise json.JSONDecodeError(f"{word} is no figure", word, 0)


def load_result(path: str) -> Decision | None:
    """The result in the file at path; None where it is not named .json, or is no result but perhaps a profile.

    Raises MbaError where it cannot be read, or is a result that is not whole.
    """
    data, name = result_in(path), file_name(path)
    if not data:
        return None
    for text in _texts(data):
        if hidden := HIDDEN.search(text):
            message = f"{name}: a hidden character, {character(hidden.group())}, is in “{clip(text)}”"
            raise refusal(message, _HINT)
    nested = _nested(data)
    try:
        decision = TypeAdapter(Decision).validate_python(nested)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, _in_file(first["loc"], nested, data))).replace("with_", "with")
        where = re.sub(r"\.cost\.(\w+)", lambda found: f".{_KEYS.get(found[1], found[1])}", where)
        raise _not_whole(name, f"{clip(where)}: {clip(first['msg'].casefold())}") from error
    for _, message, _ in inconsistencies(tree_of(data.get("profile"))):
        raise _not_whole(name, message)
    for wrong in broken(decision):
        raise _not_whole(name, clip(wrong, WIDE))
    return decision


def _nested(data: dict[str, Any]) -> dict[str, Any]:
    """The data in today's shape, with the functions that leave apart."""
    with contextlib.suppress(KeyError, TypeError, AttributeError, ValueError, RecursionError):
        if "plans" not in data:
            data = from_0_1(data)
        rows: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
        for row in data["functions"]:
            leaves, kept = row.get("action") == Action.LEAVES, row
            if leaves:
                kept = {key: row.get(key) for key in ("id", "name", "catalogue")} | row["leaves"]
                kept["today"] = row["today"]
            if today := kept.get("today"):  # `with` is no name in Python.
                today = {"paid": today["cost"], "with_": today["with"]} | today
                del today["with"]
            for option in filter(None, [*row["options"].values(), row.get("staying")]):
                option["cost"] = {_COST[key]: option.pop(key) for key in _COST.keys() & option.keys()}
            rows[leaves].append(kept | {"today": today})
        return data | {"functions": rows[False], "leaving": rows[True]}
    return data  # What is not as it should be stays, to be refused.


def _in_file(loc: Route, nested: dict[str, Any], data: dict[str, Any]) -> Route:
    """The way to the same in the file, where the functions that leave stand among the others."""
    group, *rest = loc
    if group not in ("functions", "leaving") or not rest or "leaving" not in nested:
        return loc
    leave = (row.get("action") == Action.LEAVES for row in data["functions"])
    places = [place for place, leaves in enumerate(leave) if leaves is (group == "leaving")]
    return "functions", places[int(rest[0])], *rest[1:]


def _not_whole(name: str, wrong: str) -> MbaError:
    return refusal(f"{name}: is not a whole result of mba assess: {wrong}", _HINT)


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


_WORDS = {"too-close": "open", "run_in_house": "default", "run_outside": "default"}
"""What 0.1 called what is called otherwise now, or is no more: how it is run today changes no default."""

_DEAR = "unaffordable"  # What 0.1 shut an option for that alone cost more than all the money.

_GONE = {"decided-dear", "nearly-known"}  # Warnings of 0.1 that are none any more.


def from_0_1(data: dict[str, Any]) -> dict[str, Any]:
    """A result as today's: actions and plans are not known.

    Raises KeyError, TypeError or AttributeError where it is not whole.
    """
    data = _reworded(data)
    data["budget"]["unproved"] = data["budget"].pop("gap")
    data["warnings"] = [caution for caution in data["warnings"] if caution["code"] not in _GONE]
    for function in data["functions"]:
        function["moves"] = function["current"] not in (None, function["recommendation"])
        for option in function["options"].values():
            option.setdefault("worth", None)
            option["blocked_by"] = [code for code in option["blocked_by"] if code != _DEAR]
            option["available"] = not option["blocked_by"]
            if option.get("transition"):
                option["transition"] = {"transfer": option["transition"]["once"], "redundancy": 0, "notice": 0}
    return data


def _reworded(value: Any) -> Any:
    """The same with every word of 0.1 as it is now; the profile is the user's, and stays."""
    if isinstance(value, dict):
        return {key: inner if key == "profile" else _reworded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_reworded(inner) for inner in value]
    return _WORDS.get(value, value) if isinstance(value, str) else value

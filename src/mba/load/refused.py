"""What the schema refuses, in the words of the user's file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mba.load.hints import did_you_mean
from mba.load.nodes import Node, Quoted, Route
from mba.load.source import clip
from mba.problem import MOST_PROBLEMS


def refused(node: Node, model: type[BaseModel], error: ValidationError) -> Iterator[tuple[Route, str, str, bool]]:
    """For each fault its route, what is wrong, what to do about it, and whether it is the key that is wrong."""
    details = error.errors(include_url=False)[: 4 * MOST_PROBLEMS]  # Far more than are shown; each takes a while.
    # A misspelt key is refused and then missed: say it once, where it stands.
    meant = {
        (tuple(item["loc"][:-1]), _meant(node, model, tuple(item["loc"])))
        for item in details
        if item["type"] == "extra_forbidden"
    }
    wrong_keys = {tuple(item["loc"][:-1]) for item in details if item["loc"][-1:] == ("[key]",)}
    for item in details:
        route = _route(node, tuple(item["loc"]))
        if item["loc"][-1:] != ("[key]",) and any(tuple(item["loc"][: len(key)]) == key for key in wrong_keys):
            continue  # Under a key that is wrong, nothing is as it is meant.
        if item["type"] == "missing" and (tuple(item["loc"][:-1]), str(item["loc"][-1])) in meant:
            continue
        # Rows that are refused are not counted: a list is too short by what is in it, not by what passed.
        if item["type"] == "too_short" and len(item["input"]) >= item.get("ctx", {}).get("min_length", 0):
            continue
        message, hint, at_key = _words(node, model, item, route)
        yield route, message, hint, at_key


def _route(node: Node, loc: Route) -> Route:
    """The loc of pydantic less the steps that are no keys of the file: names of a union's branches, and `[key]`."""
    route: list[str | int] = []
    for step in loc:
        here, taken = node.at(tuple(route))
        known = taken == len(route) and (
            (isinstance(here.value, dict) and step in here.value)
            or (isinstance(here.value, list) and isinstance(step, int))
        )
        if known or (step is loc[-1] and isinstance(here.value, dict) and step != "[key]"):
            route.append(step)
    return tuple(route)


def _meant(node: Node, model: type[BaseModel], loc: Route) -> str:
    hint = did_you_mean(str(loc[-1]), _unused_keys(node, model, loc))
    return match[1] if (match := re.fullmatch("Did you mean “(.*)”[?]", hint)) else ""


def _unused_keys(node: Node, model: type[BaseModel], loc: Route) -> list[str]:
    group, taken = node.at(_route(node, loc[:-1]))
    used = group.keys if taken == len(_route(node, loc[:-1])) else {}
    return [key for key in _fields_at(model, loc[:-1]) if key not in used]


def _fields_at(model: object, loc: Route) -> dict[str, FieldInfo]:
    """The keys that the schema knows at a loc."""
    here: list[Any] = [model]
    for step in loc:
        inner: list[Any] = []
        for shape in here:
            fields = _fields(shape)
            if isinstance(step, str) and step in fields:
                inner += _shapes(fields[step].annotation)
            elif get_origin(shape) is dict:
                inner += _shapes(get_args(shape)[1])
            elif isinstance(step, int) or step == getattr(shape, "__name__", None):
                inner.append(shape)
        here = inner or here
    return {key: known for shape in here for key, known in _fields(shape).items()}


def _fields(shape: object) -> dict[str, FieldInfo]:
    """The keys of a model or a checked dataclass; none of anything else."""
    return getattr(shape, "model_fields", None) or getattr(shape, "__pydantic_fields__", {})


def _owners(shape: object, key: str, group: str = "") -> Iterator[str]:
    """The groups of a model, itself excepted, that have the key."""
    for name, known in _fields(shape).items():
        if name == key and group:
            yield group
        for inner in _shapes(known.annotation):
            yield from _owners(inner, key, name)


def _shapes(annotation: object) -> list[Any]:
    """The models and mappings that an annotation can hold."""
    origin = get_origin(annotation)
    if origin is dict:
        return [annotation]
    if origin in (list, tuple, Union, UnionType, Annotated):
        return [shape for part in get_args(annotation) for shape in _shapes(part)]
    return [annotation] if hasattr(annotation, "__pydantic_fields__") else []


_BOUNDS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}


def _words(node: Node, model: type[BaseModel], item: ErrorDetails, route: Route) -> tuple[str, str, bool]:
    """The message, the hint, and whether it is the key that is wrong."""
    kind, given, context = item["type"], item["input"], item.get("ctx", {})
    loc = tuple(item["loc"])
    name = _name(route)
    said = _GOT.get(type(given)) or f"“{clip(str(given))}”"
    but = "" if loc[-1:] == ("[key]",) else f", not {said}"
    if kind in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"“{clip(str(loc[-1]))}” is not a key that is known here", _unknown_hint(node, model, loc), True
    if kind == "missing":
        return f"“{loc[-1]}” is missing from {_group(node, route[:-1])}", f"Add “{loc[-1]}: ” and its value.", True
    if given is None or kind == "empty":
        return f"{name} is empty", _empty_hint(model, loc), True
    if kind in ("number", "truth", "all_or_some"):
        quoted = " in quotes" if isinstance(given, Quoted) and kind != "all_or_some" else ""
        return f"{name} {item['msg']}, not {said}{quoted}", str(context["hint"]), False
    if "hint" in context:
        return f"{name} {item['msg']}", str(context["hint"]), False
    if kind in ("literal_error", "enum"):
        expected = list(re.findall(r"'([^']*)'", str(context.get("expected", "")))) or ["1"]
        choice = f"must be one of {', '.join(expected)}" if len(expected) > 1 else f"must be {expected[0]}"
        hint = did_you_mean(str(given), expected)
        return f"{name} {choice}{but}", hint if hint.startswith("Did") else "", not but
    if kind in _BOUNDS:
        bound = next(iter(context.values()))
        hint = _BOUND_HINTS.get(f"{loc[-1]} {_BOUNDS[kind]}", "")
        return f"{name} must be {_BOUNDS[kind]} {_figure(bound)}, not {said}", hint, False
    if kind == "string_pattern_mismatch":
        if "A-Z" in str(context.get("pattern")):
            return f"{name} must be capital letters and then digits, such as TC01{but}", "", not but
        example = re.sub("[^a-z0-9]+", "-", str(given).lower()).strip("-")[:40] or "payroll"
        may = f"{name} may hold only small letters, digits and single hyphens{but}"
        return may, f"For example: {example}", not but
    if kind == "too_short":
        least = context.get("min_length")
        rows, wanted = ("row", "a list") if isinstance(given, list) else ("key", "a group of keys")
        words = f"{name} needs at least {least} {rows}{'s' if least != 1 else ''}"
        emptied = isinstance(given, list) and bool(node.at(route)[0].keys)
        hint = "The changes take out every one. Leave one in, or add one." if emptied else ""
        return words, hint or _shape_hint(model, loc, wanted, given), True
    if kind in ("too_long", "string_too_long"):
        listed = isinstance(given, list)
        return f"{name} has more than {context.get('max_length'):,} {'rows' if listed else 'characters'}", "", listed
    wanted = {"tuple_type": "a list", "list_type": "a list", "string_type": "text"}.get(kind, "a group of keys")
    if kind in (
        "tuple_type",
        "list_type",
        "dict_type",
        "model_type",
        "string_type",
        "dataclass_type",
        "model_attributes_type",
    ):
        return f"{name} must be {wanted}, not {said}", _shape_hint(model, loc, wanted, given), False
    return f"{name}: {item['msg'].removeprefix('Value error, ')}", "", False


_GOT: dict[type, str] = {dict: "a group of keys", list: "a list"}
_BOUND_HINTS = {
    "annual_cost more than": "Leave the line out if the cost is not known.",
    "budget_per_head at most": "It is £ a year for each person, not for all of them.",
}


def _unknown_hint(node: Node, model: type[BaseModel], loc: Route) -> str:
    if re.fullmatch(r"\d{3}", str(loc[-1])):
        return "Inside { } a comma starts a new key. Write figures without commas."
    hint = did_you_mean(str(loc[-1]), _unused_keys(node, model, loc))
    if not hint.startswith("Did"):  # Laid over a whole file, every key is used already.
        any_key = did_you_mean(str(loc[-1]), _fields_at(model, loc[:-1]))
        hint = any_key if any_key.startswith("Did") else hint
    owners = [f"“{owner}”" for owner in dict.fromkeys(_owners(model, str(loc[-1])))]
    if hint.startswith("Did") or not 0 < len(owners) <= 2:  # noqa: PLR2004 - more than two help nobody
        return hint
    return f"It belongs under {' or '.join(owners)}. {hint}"


def _empty_hint(model: type[BaseModel], loc: Route) -> str:
    known = _fields_at(model, loc[:-1]).get(str(loc[-1]))
    wanted = "Indent the lines that belong to it" if _fields(known and known.annotation) else "Write a value"
    return f"{wanted}." if known and known.is_required() else f"{wanted}, or delete the line."


def _shape_hint(model: type[BaseModel], loc: Route, wanted: str, given: object) -> str:
    if isinstance(given, str) and given.lower() in {"none", "no", "nil", "n/a"}:
        return "If there are none, delete the line."
    if isinstance(given, str) and loc and isinstance(loc[-1], int) and "id" in _fields_at(model, loc):
        return f"Write it as: - id: {clip(given)}"
    if wanted == "a list" and loc[-1:] == ("flags",):
        return f"Write it as: flags: [{clip(given) if isinstance(given, str) else 'core, relational'}]"
    return {
        "a list": "Start each row with a hyphen and a space, “- ”.",
        "a group of keys": "Write it as “key: value” lines, indented.",
    }.get(wanted, "")


def _figure(bound: object) -> str:
    return f"{bound:,}" if isinstance(bound, int) else f"{bound:g}" if isinstance(bound, float) else str(bound)


def _name(route: Route) -> str:
    """What to call the value at a route: its key, or its key and row."""
    if not route:
        return "the file"
    if isinstance(route[-1], int):
        return f"row {route[-1] + 1} of “{route[-2]}”" if len(route) > 1 else f"row {route[-1] + 1}"
    return f"“{clip(str(route[-1]))}”"


def _group(node: Node, route: Route) -> str:
    """What to call the group of keys at a route: its own id or name where it has one."""
    if not route:
        return "the file"
    here, taken = node.at(route)
    if taken == len(route) and isinstance(here.value, dict):
        for key in ("id", "name"):
            if key in here.value and isinstance(here.value[key].value, str):
                return f"“{clip(str(here.value[key].value))}”"
    return _name(route)

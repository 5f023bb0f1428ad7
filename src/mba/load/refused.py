"""What the schema refuses, in the words of the user's file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from mba.load.hints import it_can_be, meant
from mba.load.keys import keys_at, keys_of, owners_of
from mba.load.nodes import Node, Quoted, Route
from mba.load.source import clip
from mba.problem import MOST_PROBLEMS, did_you_mean

_LIST, _GROUP, _TEXT = "a list", "a group of keys", "text"
_SHAPES: dict[type, str] = {dict: _GROUP, list: _LIST}


class Refusal(NamedTuple):
    """What is wrong, what to do about it, and whether it is the key that is wrong."""

    message: str
    hint: str = ""
    at_key: bool = False


def refused(node: Node, model: type[BaseModel], error: ValidationError) -> Iterator[tuple[Route, Refusal]]:
    """Every fault that the schema finds in the node, with its route."""
    details = error.errors(include_url=False)[: 4 * MOST_PROBLEMS]  # Far more than are shown; each takes a while.
    faults = [_fault(node, model, item) for item in details]
    wrong_keys: set[Route] = set()
    misspelt: set[Route] = set()
    for fault in faults:
        if fault.at_key:
            wrong_keys.add(fault.loc[:-1])
        if fault.kind == "extra_forbidden" and (near := meant(fault.last, _unused_keys(fault))):
            misspelt.add((*fault.loc[:-1], near))
    for fault in faults:
        if not fault.at_key and any(fault.loc[: len(key)] == key for key in wrong_keys):
            continue  # Under a key that is wrong, nothing is as it is meant.
        if fault.kind == "missing" and fault.loc in misspelt:
            continue  # A misspelt key is refused and then missed: say it once, where it stands.
        if fault.kind == "too_short" and len(fault.value) >= fault.context["min_length"]:
            continue  # Rows that are refused are not counted: a list is too short by what is in it, not by what passed.
        yield fault.route, _words(fault)


class _Fault(NamedTuple):
    """What the schema refused: pydantic's place, kind and message, the value that stands there, and what was wanted."""

    node: Node
    model: type[BaseModel]
    loc: Route
    kind: str
    message: str
    value: Any
    context: Mapping[str, Any]

    @property
    def route(self) -> Route:
        """The place in the file."""
        return _route(self.node, self.loc)

    @property
    def at_key(self) -> bool:
        """Whether it is a key that was refused, not the value under it."""
        return self.loc[-1:] == ("[key]",)

    @property
    def last(self) -> str:
        """The key or row that the value stands at."""
        return str(self.loc[-1])

    @property
    def name(self) -> str:
        """What to call the value."""
        return _name(self.route)

    @property
    def shown(self) -> str:
        """The value in words."""
        return _SHAPES.get(type(self.value)) or f"“{clip(str(self.value))}”"

    @property
    def but(self) -> str:
        """What stands there in place of what was wanted; a key is shown already."""
        return "" if self.at_key else f", not {self.shown}"


def _fault(node: Node, model: type[BaseModel], item: ErrorDetails) -> _Fault:
    return _Fault(node, model, tuple(item["loc"]), item["type"], item["msg"], item["input"], item.get("ctx", {}))


def _route(node: Node, loc: Route) -> Route:
    """The loc of pydantic less the steps that are no keys of the file: names of a union's branches, and `[key]`."""
    route: list[str | int] = []
    for step in loc:
        here, taken = node.at(tuple(route))
        of_list = isinstance(here.value, list) and isinstance(step, int)
        of_group = isinstance(here.value, dict) and step in here.value
        of_file = taken == len(route) and (of_list or of_group)
        is_missing = step is loc[-1] and isinstance(here.value, dict) and step != "[key]"
        if of_file or is_missing:
            route.append(step)
    return tuple(route)


def _unused_keys(fault: _Fault) -> list[str]:
    """The keys that the schema knows where a key was refused, and the file does not have."""
    route = _route(fault.node, fault.loc[:-1])
    group, taken = fault.node.at(route)
    unused = dict.fromkeys(keys_at(fault.model, fault.loc[:-1]))
    if taken == len(route):
        for key in group.keys:
            unused.pop(key, None)
    return list(unused)


def _words(fault: _Fault) -> Refusal:
    """The fault in the words of its kind."""
    if fault.value is None and fault.kind not in _OF_KEYS:
        return _empty(fault)
    if fault.kind in _WORDS:
        return _WORDS[fault.kind](fault)
    return Refusal(f"{fault.name}: {fault.message.removeprefix('Value error, ')}")


def _unknown(fault: _Fault) -> Refusal:
    return Refusal(f"“{clip(fault.last)}” is not a key that is known here", _unknown_hint(fault), at_key=True)


def _unknown_hint(fault: _Fault) -> str:
    if re.fullmatch(r"\d{3}", fault.last):
        return "Inside { } a comma starts a new key. Write figures without commas."
    unused = _unused_keys(fault)
    # Laid over a whole file, every key is used already.
    near = meant(fault.last, unused) or meant(fault.last, keys_at(fault.model, fault.loc[:-1]))
    if near:
        return did_you_mean(near)
    owners = [f"“{owner}”" for owner in dict.fromkeys(owners_of(fault.model, fault.last))]
    hint = it_can_be(unused)
    if not 0 < len(owners) <= 2:  # noqa: PLR2004 - more than two help nobody
        return hint
    return f"It belongs under {' or '.join(owners)}. {hint}"


def _missing(fault: _Fault) -> Refusal:
    key, group = fault.last, _group(fault.node, fault.route[:-1])
    return Refusal(f"“{key}” is missing from {group}", f"Add “{key}: ” and its value.", at_key=True)


def _empty(fault: _Fault) -> Refusal:
    known = keys_at(fault.model, fault.loc[:-1]).get(fault.last)
    hint = "Write a value"
    if keys_of(known and known.annotation):
        hint = "Indent the lines that belong to it"
    if not (known and known.is_required()):
        hint += ", or delete the line"
    return Refusal(f"{fault.name} is empty", f"{hint}.", at_key=True)


def _with_hint(fault: _Fault) -> Refusal:
    """Our own validators say themselves how to mend it."""
    return Refusal(f"{fault.name} {fault.message}", fault.context["hint"])


def _not_so(fault: _Fault) -> Refusal:
    return Refusal(f"{fault.name} {fault.message}, not {fault.shown}", fault.context["hint"])


def _not_so_in_quotes(fault: _Fault) -> Refusal:
    refusal = _not_so(fault)
    if not isinstance(fault.value, Quoted):
        return refusal
    return refusal._replace(message=f"{refusal.message} in quotes")


def _no_choice(fault: _Fault) -> Refusal:
    expected = re.findall(r"'([^']*)'", str(fault.context.get("expected", ""))) or ["1"]
    choice = f"one of {', '.join(expected)}" if len(expected) > 1 else expected[0]
    hint = did_you_mean(meant(str(fault.value), expected))
    return Refusal(f"{fault.name} must be {choice}{fault.but}", hint, fault.at_key)


def _out_of_bounds(fault: _Fault) -> Refusal:
    bound, wanted = next(iter(fault.context.values())), _BOUNDS[fault.kind]
    figure = f"{bound:,}" if isinstance(bound, int) else f"{bound:g}"
    hint = _BOUND_HINTS.get(f"{fault.last} {wanted}", "")
    return Refusal(f"{fault.name} must be {wanted} {figure}, not {fault.shown}", hint)


_BOUNDS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}
_BOUND_HINTS = {
    "annual_cost more than": "Leave the line out if the cost is not known.",
    "budget_per_head at most": "It is £ a year for each person, not for all of them.",
}


def _no_id(fault: _Fault) -> Refusal:
    if "A-Z" in fault.context["pattern"]:
        message = f"{fault.name} must be capital letters and then digits, such as TC01{fault.but}"
        return Refusal(message, at_key=fault.at_key)
    example = re.sub("[^a-z0-9]+", "-", str(fault.value).lower()).strip("-")[:40] or "payroll"
    message = f"{fault.name} may hold only small letters, digits and single hyphens{fault.but}"
    return Refusal(message, f"For example: {example}", fault.at_key)


def _too_few(fault: _Fault) -> Refusal:
    least = fault.context["min_length"]
    plural = "" if least == 1 else "s"
    if not isinstance(fault.value, list):
        return Refusal(f"{fault.name} needs at least {least} key{plural}", _shape_hint(fault, _GROUP), at_key=True)
    hint = _shape_hint(fault, _LIST)
    if fault.node.at(fault.route)[0].keys:
        hint = "The changes take out every one. Leave one in, or add one."
    return Refusal(f"{fault.name} needs at least {least} row{plural}", hint, at_key=True)


def _too_many(fault: _Fault) -> Refusal:
    rows = isinstance(fault.value, list)
    message = f"{fault.name} has more than {fault.context['max_length']:,} {'rows' if rows else 'characters'}"
    return Refusal(message, at_key=rows)


def _no_shape(fault: _Fault) -> Refusal:
    wanted = _WANTED[fault.kind]
    return Refusal(f"{fault.name} must be {wanted}, not {fault.shown}", _shape_hint(fault, wanted))


_WANTED = {"tuple_type": _LIST, "list_type": _LIST, "dict_type": _GROUP, "model_type": _GROUP, "string_type": _TEXT}
_SHAPE_HINTS = {
    _LIST: "Start each row with a hyphen and a space, “- ”.",
    _GROUP: "Write it as “key: value” lines, indented.",
    _TEXT: "",
}


def _shape_hint(fault: _Fault, wanted: str) -> str:
    """How to write the shape that is wanted in place of the value."""
    text, loc = isinstance(fault.value, str), fault.loc
    if text and fault.value.lower() in {"none", "no", "nil", "n/a"}:
        return "If there are none, delete the line."
    if text and loc and isinstance(loc[-1], int) and "id" in keys_at(fault.model, loc):
        return f"Write it as: - id: {clip(fault.value)}"
    if wanted == _LIST and loc[-1:] == ("flags",):
        return f"Write it as: flags: [{clip(fault.value) if text else 'core, relational'}]"
    return _SHAPE_HINTS[wanted]


_OF_KEYS: Mapping[str, Callable[[_Fault], Refusal]] = {"extra_forbidden": _unknown, "missing": _missing}
_WORDS: Mapping[str, Callable[[_Fault], Refusal]] = {
    **_OF_KEYS,
    "empty": _empty,
    "number": _not_so_in_quotes,
    "truth": _not_so_in_quotes,
    **dict.fromkeys(("all_or_some", "day"), _not_so),
    "one_line": _with_hint,
    "literal_error": _no_choice,
    "enum": _no_choice,
    **dict.fromkeys(_BOUNDS, _out_of_bounds),
    "string_pattern_mismatch": _no_id,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_long": _too_many,
    **dict.fromkeys(_WANTED, _no_shape),
}
"""How each kind of fault is said, by what pydantic or `forms` calls it."""


def _name(route: Route) -> str:
    """What to call the value at a route: its key, or its key and row."""
    if not route:
        return "the file"
    if not isinstance(route[-1], int):
        return f"“{clip(str(route[-1]))}”"
    row = f"row {route[-1] + 1}"
    if len(route) == 1:
        return row
    return f"{row} of “{clip(str(route[-2]))}”"


def _group(node: Node, route: Route) -> str:
    """What to call the group of keys at a route: its own id or name where it has one."""
    if not route:
        return "the file"
    here, taken = node.at(route)
    for key in ("id", "name"):
        child = here.child(key)
        if taken == len(route) and child and child.text():
            return f"“{clip(child.text())}”"
    return _name(route)

"""One thing that the schema refuses: where it stands in the user's file, and the keys that the schema knows there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from mba.load.columns import head_at
from mba.load.source import clip
from mba.load.tree import Node, Route

A_LIST, A_GROUP, A_TEXT = "a list", "a group of keys", "text"
_SHAPES: dict[type, str] = {dict: A_GROUP, list: A_LIST}


class Refusal(NamedTuple):
    """What is wrong, what to do about it, and whether it is the key that is wrong."""

    message: str
    hint: str = ""
    at_key: bool = False


class Fault:
    """What the schema refused: where it stands in the file, as a value or a key, and what pydantic says of it."""

    def __init__(self, node: Node, model: type[BaseModel], item: ErrorDetails) -> None:
        self.node, self.model = node, model
        self.route = _route_of(node, item["loc"])
        self.at_key = item["loc"][-1:] == ("[key]",)
        self.kind, self.message, self.value = item["type"], item["msg"], item["input"]
        self.context: Mapping[str, Any] = item.get("ctx", {})

    @property
    def key(self) -> str:
        """The key or row that the value stands at."""
        return str(self.route[-1])

    @property
    def name(self) -> str:
        """What to call the value."""
        if self.in_cell and (head := head_at(self.route)):
            return f"“{head}”"
        return name_at(self.route)

    @property
    def shown(self) -> str:
        """The value in words."""
        return _SHAPES.get(type(self.value)) or f"“{clip(str(self.value))}”"

    @property
    def in_cell(self) -> bool:
        """Whether it stands in a cell of a workbook, where its key is a heading and not in it."""
        return bool(self.node.at(self.route)[0].mark.place().cell)

    def written(self, figure: str) -> str:
        """The value as it is to be written."""
        return figure if self.in_cell else f"{self.key}: {figure}"

    @property
    def known(self) -> dict[str, FieldInfo]:
        """What the schema says of each key of the group that it is in."""
        return keys_at(self.model, self.route[:-1])

    @property
    def field(self) -> FieldInfo | None:
        """What the schema says of the key."""
        return self.known.get(self.key)

    @property
    def is_required(self) -> bool:
        """Whether the key cannot be left out."""
        return self.field is not None and self.field.is_required()


def _route_of(node: Node, loc: Route) -> Route:
    """The loc of pydantic less the steps that are no keys of the file: names of a union's branches, and `[key]`."""
    route: Route = ()
    for step in loc:
        here, _ = node.at(route)
        of_list = isinstance(here.value, list) and isinstance(step, int)
        of_group = isinstance(here.value, dict) and (step in here.value or (step is loc[-1] and step != "[key]"))
        if of_list or of_group:
            route = (*route, step)
    return route


def name_at(route: Route) -> str:
    """What to call the value at a route: its key, or its key and row."""
    if not route:
        return "the file"
    *above, last = route
    if not isinstance(last, int):
        return f"“{clip(str(last))}”"
    return f"row {last + 1}" + "".join(f" of “{clip(str(step))}”" for step in above[-1:])


def keys_at(model: object, loc: Route) -> dict[str, FieldInfo]:
    """The keys of the group, or of the groups, that can stand at a place."""
    here: list[Any] = [model]
    for step in loc:
        inner: list[Any] = []
        for shape in here:
            if get_origin(shape) is dict:
                inner += _models(get_args(shape)[1])
            elif isinstance(step, int):
                inner.append(shape)
            elif step in keys_of(shape):
                inner += _models(keys_of(shape)[step].annotation)
        here = inner or here
    known: dict[str, FieldInfo] = {}
    for shape in here:
        known |= keys_of(shape)
    return known


def keys_of(shape: object) -> dict[str, FieldInfo]:
    """The keys of a model; none of anything else."""
    fields: dict[str, FieldInfo] = getattr(shape, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}


def owners_of(shape: object, key: str, group: str = "") -> Iterator[str]:
    """The groups of a model, itself excepted, that have the key."""
    for name, known in keys_of(shape).items():
        if name == key and group:
            yield group
        for inner in _models(known.annotation):
            yield from owners_of(inner, key, name)


def _models(annotation: object) -> list[Any]:
    """The models and mappings that an annotation can hold."""
    if get_origin(annotation) is dict or hasattr(annotation, "model_fields"):
        return [annotation]
    return list(chain.from_iterable(map(_models, get_args(annotation))))

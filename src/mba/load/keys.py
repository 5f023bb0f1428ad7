"""The keys that a schema knows: at a place, of a group, and in which groups."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic.fields import FieldInfo

Loc: TypeAlias = tuple[str | int, ...]
"""Where pydantic says that something stands: the keys of the file, and between them names of branches of a union."""


def keys_at(model: object, loc: Loc) -> dict[str, FieldInfo]:
    """The keys of the group, or of the groups, that can stand at a place."""
    here: list[Any] = [model]
    for step in loc:
        inner: list[Any] = []
        for shape in here:
            fields = keys_of(shape)
            if isinstance(step, str) and step in fields:
                inner += _models(fields[step].annotation)
            elif get_origin(shape) is dict:
                inner += _models(get_args(shape)[1])
            elif isinstance(step, int) or step == getattr(shape, "__name__", None):
                inner.append(shape)
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
    origin = get_origin(annotation)
    if origin is dict or hasattr(annotation, "model_fields"):
        return [annotation]
    models: list[Any] = []
    if origin in (list, tuple, Union, UnionType, Annotated):
        for part in get_args(annotation):
            models += _models(part)
    return models

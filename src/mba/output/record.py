"""A result to JSON: the document is the result itself."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from mba.option_result import OptionResult
from mba.profile import Profile

_DEGREES = 4


def record(result: object) -> str:
    """The result as JSON text, keys in the order of its fields; ends with one line feed."""
    return json.dumps(_plain(result), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=isinstance(value, Profile))  # As its user wrote it.
    if isinstance(value, OptionResult):
        return _plain(value.record())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, StrEnum):
        return value.value
    return round(value, _DEGREES) if isinstance(value, float) else value

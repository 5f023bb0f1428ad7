"""The JSON Schema of a profile, for editors."""

from __future__ import annotations

from typing import Any

from mba.profile import Profile


def profile_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of profile format 1; every profile that loads is valid by it.

    It cannot say what the loader also checks: ids that refer to each other, hidden characters, figures in quotes.
    """
    schema = Profile.model_json_schema(mode="validation")
    _tidy(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""What pydantic calls a bound on a value that is read before it is checked, and what JSON Schema calls it."""


def _tidy(value: Any) -> None:
    """Take out what means nothing to an editor: generated titles, and defaults that say no more than "left out"."""
    if isinstance(value, dict):
        if isinstance(value.get("title"), str):
            del value["title"]
        if "default" in value and (value["default"] is None or value["default"] in ([], {})):
            del value["default"]
        for ours, theirs in _BOUNDS.items():
            if isinstance(value.get(ours), (int, float)):
                value[theirs] = value.pop(ours)
        for inner in value.values():
            _tidy(inner)
    elif isinstance(value, list):
        for inner in value:
            _tidy(inner)

"""Results that mba 0.1 stored, brought to today's shape: what was not known then stays unknown."""

from __future__ import annotations

from typing import Any

_WORDS = {"too-close": "open", "run_in_house": "default", "run_outside": "default"}
"""What 0.1 called what is called otherwise now, or is no more: how it is run today changes no default."""

_DEAR = "unaffordable"
"""What 0.1 shut an option for that alone cost more than all the money."""

_GONE = {"decided-dear", "nearly-known"}
"""Warnings of 0.1 that are none any more."""


def from_0_1(data: dict[str, Any]) -> dict[str, Any]:
    """A result as today's: actions and plans are not known.

    Raises KeyError, TypeError or AttributeError where it is not whole.
    """
    data = _reworded(data)
    budget = dict(data["budget"])
    budget["unproved"] = budget.pop("gap")
    warnings = [caution for caution in data["warnings"] if caution["code"] not in _GONE]
    functions = [_function(function) for function in data["functions"]]
    return data | {"budget": budget, "warnings": warnings, "functions": functions}


def _function(function: dict[str, Any]) -> dict[str, Any]:
    options = {key: _option(option) for key, option in function["options"].items()}
    return function | {"options": options, "moves": function["current"] not in (None, function["recommendation"])}


def _option(option: dict[str, Any]) -> dict[str, Any]:
    stops = [code for code in option["blocked_by"] if code != _DEAR]
    option = option | {"blocked_by": stops, "available": not stops}
    if option.get("transition"):
        option["transition"] = {"transfer": option["transition"]["once"], "redundancy": 0, "notice": 0}
    return option


def _reworded(value: Any) -> Any:
    """The same with every word of 0.1 as it is now; the profile is the user's, and stays."""
    if isinstance(value, dict):
        return {key: inner if key == "profile" else _reworded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_reworded(inner) for inner in value]
    return _WORDS.get(value, value) if isinstance(value, str) else value

"""A result to JSON: the document is the result itself."""

import json
from typing import Any

from pydantic import BaseModel

from mba.problem import Location, Problem
from mba.profile import Profile
from mba.results import Action, Decision

_DEGREES = 4


def record(result: object) -> str:
    """The result as JSON text, keys in the order of its fields; ends with one line feed."""
    return json.dumps(_plain(result), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=isinstance(value, Profile))  # As its user wrote it.
    if isinstance(value, Problem):
        return _problem(value)
    if isinstance(value, Decision):
        return _decision(value)
    if hasattr(value, "record"):
        return _plain(value.record())
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name.removesuffix("_"): _plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return round(value, _DEGREES) if isinstance(value, float) else value


def _decision(decision: Decision) -> dict[str, Any]:
    """A decision with the functions that leave among the others, where the profile has them: without an answer."""
    whole = {name: _plain(getattr(decision, name)) for name in decision._fields if name != "leaving"}
    rows = {row["id"]: row for row in whole["functions"]}
    unanswered = dict.fromkeys(("preferred", "recommendation", "reason", "confidence"))
    for row in map(_plain, decision.leaving):
        gone = {"to": row.pop("to"), "on": row.pop("on")}
        rows[row["id"]] = {**row, **unanswered, "action": Action.LEAVES.value, "leaves": gone, "options": {}}
    if decision.profile:
        whole["functions"] = [rows[function.id] for function in decision.profile.functions]
    return whole


def _problem(problem: Problem) -> dict[str, Any]:
    """A problem as a line for a program: None where it is of no file, or of a file as a whole."""
    place = problem.place or Location("")
    where = {"file": place.file or None, "line": place.line or None, "column": place.column or None}
    if place.cell:
        where["cell"] = place.cell
    return {**where, "message": problem.message, "hint": problem.hint}

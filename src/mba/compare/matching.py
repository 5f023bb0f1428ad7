"""Functions of two decisions that are one and the same under two ids: both are taken for one of the catalogue."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from mba.results import Decision

_WORDS = {"name", "note", "because", "catalogue", "to"}
"""Fields of which a value may be as an id is, and is none."""


def same_functions(
    first: Decision, other: Decision, taken_for: Callable[[str], str | None]
) -> tuple[Decision, dict[str, str]]:
    """The other decision with the ids of the first, and which of its own these stand for.

    Just where one function of each is taken for the same of the catalogue, and is not in the other by its id. One whose
    id is also that of a partner or supplier keeps it.
    """
    ours, theirs, ids = _ids(first), _ids(other), dict[str, str]()
    alike: dict[str | None, list[str]] = defaultdict(list)
    for id_ in filter(taken_for, [*filter(theirs.__contains__, ours), *(ours ^ theirs)]):
        alike[taken_for(id_)].append(id_)
    for some in alike.values():
        here, there = (list(filter(side.__contains__, some)) for side in (ours - theirs, theirs - ours))
        if len(here) == len(there) == 1 and there[0] not in other.others:
            ids[there[0]] = here[0]
    return _called(other, ids), ids


def _ids(decision: Decision) -> set[str]:
    return {*decision.by_id, *(gone.id for gone in decision.leaving)}


def _called(value: Any, ids: dict[str, str]) -> Any:
    """Frozen data with every id of a function as it is to be called."""
    if type(value) is str:
        return ids.get(value, value)
    if hasattr(value, "_fields"):
        return value._replace(**_fields(value._asdict(), ids))
    if isinstance(value, (tuple, list)):
        return type(value)(_called(each, ids) for each in value)
    if isinstance(value, dict):
        return {_called(key, ids): _called(each, ids) for key, each in value.items()}
    if isinstance(value, BaseModel):
        return value.model_copy(update=_fields({name: getattr(value, name) for name in value.model_fields_set}, ids))
    return value


def _fields(fields: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    for name in fields.keys() - _WORDS:
        fields[name] = _called(fields[name], ids)
    return fields

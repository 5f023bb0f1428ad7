"""The JSON Schema of a profile or a scenario, for editors."""

from typing import Any

from pydantic.json_schema import models_json_schema

from mba.forms import ID
from mba.load.scenario import WHOLE
from mba.load.tree import REMOVE
from mba.profile import Changes, Profile, Scenario


def profile_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of profile format 1; every profile and every scenario that loads is valid by it.

    It cannot say what the loader also checks: ids that refer to each other, hidden characters, figures in quotes, and
    whether what a scenario changes is there.
    """
    _, schema = models_json_schema([(Profile, "validation"), (Scenario, "validation")])
    groups = schema["$defs"]
    for key, whole in Profile.model_json_schema()["properties"].items():
        if key == "packages":  # They have no ids, so all of them are replaced.
            groups["Changes"]["properties"][key] |= {"anyOf": [whole, _TAKEN_OUT]}
        elif key in Changes.model_fields:
            row = whole.get("items", whole)["$ref"].rpartition("/")[2]
            groups[f"{row}Changes"] = _changes(groups, row)
            change: dict[str, Any] = {"$ref": f"#/$defs/{row}Changes"}
            if "items" in whole:
                each = {"anyOf": [change, _TAKEN_OUT]}
                change = {"type": "object", "patternProperties": {ID: each}, "additionalProperties": False}
                if key not in groups["Profile"]["required"]:
                    change = {"anyOf": [change, _TAKEN_OUT]}
            groups["Changes"]["properties"][key] |= change
    _tidy(schema)
    anyone = [{"$ref": "#/$defs/Profile"}, {"$ref": "#/$defs/Scenario"}]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "anyOf": anyone, **schema}


_TAKEN_OUT = {"const": REMOVE}


def _changes(groups: dict[str, Any], name: str) -> dict[str, Any]:
    """The group of a name as a scenario has it: nothing is required, and every key can be taken out."""
    keys: dict[str, Any] = {}
    for key, given in groups[name]["properties"].items():
        kept = dict(given)
        kept.pop("default", None)
        said = {"description": kept.pop("description")} if "description" in kept else {}
        inner = kept.get("$ref", "").rpartition("/")[2]
        if key not in WHOLE and "properties" in groups.get(inner, {}):
            kept = _changes(groups, inner)
        keys[key] = {"anyOf": [kept, _TAKEN_OUT]} | said
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _tidy(value: Any) -> None:
    """Take out what means nothing to an editor: generated titles, and defaults that say no more than "left out"."""
    if isinstance(value, dict):
        if isinstance(value.get("title"), str):
            del value["title"]
        if value.get("default", "said") in (None, [], {}):
            del value["default"]
        for inner in value.values():
            _tidy(inner)
    elif isinstance(value, list):
        for inner in value:
            _tidy(inner)

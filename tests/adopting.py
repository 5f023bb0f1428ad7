"""A profile a year on: what was recommended has become how everything is run today."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from strategies import Data

from mba.terms import Option


def adopted(data: Data, answer: Data) -> Data:
    """The profile with the recommended plan as `current`: modes, counterparties, and what is paid for them.

    What stays as it was is left as it was said. Of what is left, the price in what is paid stays known as an offer,
    where there is somebody to make it, and for make as the in-house cost; nothing else is read from the plan.
    """
    data = deepcopy(data)
    packages = data.pop("packages", [])
    payers = {id_: package for package in packages for id_ in package["functions"]}
    results = {row["id"]: row for row in answer["functions"]}
    for row in data["functions"]:
        if row["id"] not in results:
            continue  # It leaves.
        found = results[row["id"]]
        if found["recommendation"] is None:
            row.pop("current", None)  # It leaves, and is in no sum.
            continue
        today = in_full(row, payers, found)
        if today is not None and not found["moves"]:
            row["current"] = today
            continue
        if today is not None and "cost" in today:
            _keep_price(row, today | {"cost": max(1, found["today"]["production"])}, data)
        row["current"] = current_of(found)
    return data


def in_full(row: Data, payers: Data, found: Data) -> Data | None:
    """How a function is run today, with its part of a package's price; None where that is not said."""
    if row["id"] in payers:
        package = payers[row["id"]]
        return {"mode": package.get("mode", "buy"), "supplier": package["supplier"], "cost": found["today"]["cost"]}
    said = row.get("current")
    return {"mode": said} if isinstance(said, str) else said


def current_of(found: Data) -> Data:
    """What is recommended for a function, as it is said of today."""
    mode = Option(found["recommendation"])
    chosen = found["options"][mode]
    full: Data = {"mode": mode.value}
    if chosen["supplier"]:
        full["supplier"] = chosen["supplier"]
    if chosen["partners"]:
        full["partners"] = list(chosen["partners"])
    if mode is not Option.MAKE and chosen["cost"]:
        full["cost"] = chosen["cost"]
    return full


def _keep_price(row: Data, today: Data, data: Data) -> None:
    """What was paid for a way that is left stays known."""
    mode = Option(today["mode"])
    if mode is Option.MAKE:
        row.setdefault("annual_cost", today["cost"])
        return
    key = "partner" if mode is Option.SHARE else "supplier"
    named = [today[key]] if key in today else today.get("partners", [])
    able = [each["id"] for each in data.get(f"{key}s", []) if offers(each, row["id"])]
    kept = [id_ for id_ in able if id_ in named or not named]
    if len(named) < 2:
        row["quotes"] = [
            *row.get("quotes", []),
            *({"mode": mode.value, key: id_, "cost": today["cost"]} for id_ in kept),
        ]


def offers(other: Data, id_: str) -> bool:
    """Whether a partner or supplier offers a function."""
    listed: Any = other.get("functions", "all")
    return listed == "all" or id_ in listed

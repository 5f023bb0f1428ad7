"""A profile as the four sheets of a workbook that mba reads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mba.about import Kind
from mba.load.columns import (
    BODIES_SHEET,
    FUNCTIONS_SHEET,
    KEYS,
    NO_FLAGS,
    OFFER,
    OFFERS_SHEET,
    ORGANISATION_KEYS,
    ORGANISATION_SHEET,
    PAID,
    PARTNER,
    SUPPLIER,
    Key,
    said_lines,
)
from mba.load.headed import id_of
from mba.load.knowledge import load_catalogue
from mba.problem import MbaError, Problem
from mba.profile import Profile
from mba.render.workbook import LONGEST_CELL, Content, Entry, Field, Grid, Look, Tab, xlsx

_SHAPES = {
    Kind.POUNDS: Look.POUNDS,
    Kind.POUNDS_A_HEAD: Look.PENCE,
    Kind.PEOPLE: Look.NUMBER,
    Kind.PERCENT: Look.PLAIN,
    Kind.RATING: Look.PLAIN,
    Kind.DAY: Look.DAY,
}
_WIDE = {
    **dict.fromkeys(("name", "because", "functions", "said_by", "note"), 34),
    **dict.fromkeys(("id", "with", "flags", "by"), 22),
}

_SAYS = {
    ORGANISATION_SHEET: "Who decides. Fill in the yellow cells; a blank means that the default stands in.",
    FUNCTIONS_SHEET: "One row a function. What is left blank is estimated or assumed, and the report says so.",
    BODIES_SHEET: "One row a body that could be bought from, allied with or shared with.",
    OFFERS_SHEET: "One row an offer that somebody made, or a price that is paid today for several functions together.",
}

Plain = Mapping[str, Any]


def workbook_of(tabs: Sequence[Tab], name: str) -> bytes:
    """The tabs as a workbook of the organisation of that name.

    Raises MbaError where a text is longer than a cell holds, ImportError without xlsxwriter.
    """
    try:
        return xlsx(tabs, f"{name}: make, share, ally or buy")
    except ValueError as error:
        wrong = f"a text is longer than the {LONGEST_CELL:,} characters that a cell holds: {error}"
        raise MbaError(Problem(wrong, None, "Write another format, or shorten it.")) from error


def profile_tabs(profile: Profile) -> list[Tab]:
    """The sheets, with just what the profile says: a key that it leaves out is a blank."""
    said = profile.model_dump(exclude_unset=True)
    paid = [{**package, "what": PAID, "by": package["supplier"]} for package in said.get("packages", ())]
    return [
        _organisation(said["organisation"]),
        _tab(FUNCTIONS_SHEET, "functions", [_function(row) for row in said["functions"]], kept=1),
        _tab(BODIES_SHEET, "bodies", [*_bodies(said, SUPPLIER), *_bodies(said, PARTNER)], kept=2),
        _tab(OFFERS_SHEET, "offers", [*_offers(said), *paid]),
    ]


def _organisation(said: Plain) -> Tab:
    fields = (Field("What", width=36), Field("Answer", width=28), Field("What it means", width=90))
    rows = [
        (key.head, Entry(_content(key, said), _shape(key), key.choices, key.note), key.note)
        for key in ORGANISATION_KEYS
    ]
    return Tab(ORGANISATION_SHEET, (_SAYS[ORGANISATION_SHEET],), (Grid("organisation", fields, rows),), kept=1)


def _tab(sheet: str, table: str, rows: Sequence[Plain], kept: int = 0) -> Tab:
    keys = KEYS[sheet]
    fields = [
        Field(key.head, _shape(key), _WIDE.get(key.route[-1], 13), key.choices, key.note, key.kind is not Kind.LIST)
        for key in keys
    ]
    cells = [[_content(key, row) for key in keys] for row in rows]
    return Tab(sheet, (_SAYS[sheet],), (Grid(table, fields, cells, grows=True),), kept=kept)


def _shape(key: Key) -> Look:
    return _SHAPES.get(key.kind, Look.TEXT)


def _content(key: Key, row: Plain) -> Content:
    """What stands in the cell of a key."""
    value: Any = row
    for step in key.route:
        value = value.get(step) if isinstance(value, dict) else None
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(value) or NO_FLAGS
        case dict():
            return said_lines(value)
    content: Content = value
    return content


def _function(said: Plain) -> Plain:
    """A function with whom it is run with today in one cell, and whether it leaves in another."""
    row = {**said, **_called(said)}
    if current := said.get("current"):
        row["current"] = {**current, "with": _with(current)}
    if said.get("leaves") is not None:
        row["leaves"] = {**said["leaves"], "leaves": True}
    return row


def _called(said: Plain) -> Plain:
    """The name of a row in place of its id, where that is made of it."""
    known = load_catalogue().functions.get(said["id"])
    if known and "name" not in said:
        return {"name": known.name, "id": None}
    if said.get("name") and id_of(said["name"]) == said["id"] and not known:
        return {"id": None}
    return {}


def _with(current: Plain) -> str | None:
    """With whom a function is run; a comma says that it was given as a list."""
    some: Sequence[str] = current.get("partners") or ()
    if len(some) == 1:
        return f"{some[0]},"
    return ", ".join(some) or current.get("supplier") or current.get("partner")


def _bodies(said: Plain, role: str) -> list[Plain]:
    return [
        {**row, **_called(row), "role": role, "population": row.get("population", row.get("population_served"))}
        for row in said.get(f"{role}s", ())
    ]


def _offers(said: Plain) -> list[Plain]:
    return [
        {**quote, "what": OFFER, "functions": row["id"], "by": quote.get("supplier") or quote.get("partner")}
        for row in said["functions"]
        for quote in row.get("quotes", ())
    ]

"""A profile as the four sheets of a workbook that mba reads back."""

from collections.abc import Mapping, Sequence
from typing import Any

from mba.about import Kind
from mba.inputs import ORGANISATION
from mba.load.columns import KEYS, NO_FLAGS, OFFER, ORGANISATION_KEYS, PAID, PARTNER, SHEETS, SUPPLIER, Key, said_lines
from mba.load.headed import id_of
from mba.load.knowledge import load_catalogue
from mba.problem import MbaError, Problem
from mba.profile import Profile
from mba.render.workbook import LONGEST_CELL, Content, Entry, Field, Grid, Look, Tab, xlsx

_LOOKS = {
    Kind.POUNDS: Look.POUNDS,
    Kind.POUNDS_A_HEAD: Look.PENCE,
    Kind.PEOPLE: Look.NUMBER,
    Kind.PERCENT: Look.PLAIN,
    Kind.RATING: Look.PLAIN,
    Kind.DAY: Look.DAY,
}
_WIDE = {
    **dict.fromkeys(("name", "because", "functions", "said_by", "note"), 28),
    **dict.fromkeys(("id", "with", "flags", "by"), 22),
}
_FILL_IN = "Who decides. Fill in the yellow cells; a blank means that the default stands in."
_TABLES = {
    "functions": (1, "One row a function. What is left blank is estimated or assumed, and the report says so."),
    "bodies": (2, "One row a body that could be bought from, allied with or shared with."),
    "offers": (0, "One row an offer that somebody made, or a price that is paid today for several functions together."),
}
"""Of each table, how many columns stay in sight, and what stands above it."""

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
    fields = (Field("What", width=36), Field("Answer", width=28), Field("What it means", width=90))
    answers = []
    for key in ORGANISATION_KEYS:
        cell = Entry(_content(key, said["organisation"]), _LOOKS.get(key.kind, Look.TEXT), key.choices, key.note)
        answers.append((key.head, cell, key.note))
    rows = list(map(_function, said["functions"])), _bodies(said), _offers(said)
    return [
        Tab(SHEETS[ORGANISATION], (_FILL_IN,), (Grid("organisation", fields, answers),), kept=1),
        *map(_tab, KEYS, _TABLES, rows),
    ]


def _tab(sheet: str, table: str, rows: Sequence[Plain]) -> Tab:
    """A sheet with one row a thing."""
    fields, (kept, says) = [], _TABLES[table]
    for key in KEYS[sheet]:
        look, width = _LOOKS.get(key.kind, Look.TEXT), _WIDE.get(key.route[-1], 13)
        fields.append(Field(key.head, look, width, key.choices, key.note, key.kind is not Kind.LIST))
    cells = [[_content(key, row) for key in KEYS[sheet]] for row in rows]
    return Tab(sheet, (says,), (Grid(table, fields, cells, grows=True),), kept)


def _content(key: Key, row: Plain) -> Content:
    """What stands in the cell of a key."""
    value: Any = row
    for step in key.route:
        value = (value or {}).get(step)
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
        some: Sequence[str] = current.get("partners") or ()
        others = ", ".join(some) or current.get("supplier") or current.get("partner")
        if len(some) == 1:
            others += ","  # It was given as a list.
        row["current"] = {**current, "with": others}
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


def _bodies(said: Plain) -> list[Plain]:
    rows: list[Plain] = []
    for role in (SUPPLIER, PARTNER):
        for row in said.get(f"{role}s", ()):
            people = row.get("population", row.get("population_served"))
            rows.append({**row, **_called(row), "role": role, "population": people})
    return rows


def _offers(said: Plain) -> list[Plain]:
    """The offers for single functions, and the prices paid today for several."""
    rows: list[Plain] = []
    for function in said["functions"]:
        for quote in function.get("quotes", ()):
            by = quote.get("supplier") or quote.get("partner")
            rows.append({**quote, "what": OFFER, "functions": function["id"], "by": by})
    return [*rows, *({**package, "what": PAID, "by": package["supplier"]} for package in said.get("packages", ()))]

"""A table where a profile is wanted: that it is one, and its first row as a line of a profile."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from itertools import islice

from mba.load.amounts import amount
from mba.load.knowledge import load_catalogue
from mba.load.source import Source, clip

_LOOKED_AT = 4_000
_COST = re.compile(r"cost|£|budget|spend|price|amount", re.IGNORECASE)
_CALLED = re.compile(r"\s*(id|name|(support )?function|service)\s*", re.IGNORECASE)
_NO_TABLE = re.compile(r"[#{\[\-?%&*!|>]|.*:(\s|$)")


def refuse_table(source: Source) -> None:
    """Raise MbaError where the source is a table of a spreadsheet, saved as text."""
    lines = re.sub(r"^sep=.*\n", "", source.text[:_LOOKED_AT]).lstrip().splitlines()
    if not lines or _NO_TABLE.match(lines[0]):
        return
    rows = list(islice(csv.reader(lines, delimiter=max(",;\t|", key=lines[0].count)), 2))
    if len(rows) < 2 or not len(rows[0]) == len(rows[1]) > 1:  # noqa: PLR2004 - a header and a row
        return
    hint = f"Write it as YAML. Under “functions:”, its first row is: {_line(*rows)}"
    raise source.error("this is a table (CSV), not YAML", 0, hint)


def _line(head: Sequence[str], row: Sequence[str]) -> str:
    """The row below the header, or the first of all where there is no header, as a line of a profile."""
    if any(map(_pounds, head)):
        head, row = [""] * len(head), head
    name, cost = "", 0
    for title, cell in zip(head, row, strict=True):
        figure = _pounds(cell)
        if figure and (not cost or _COST.search(title)):
            cost = figure
        elif cell.strip() and not figure and (not name or _CALLED.fullmatch(title)):
            name = clip(cell.strip())
    id_ = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "payroll"
    given = [f"id: {id_}"]
    if id_ not in load_catalogue().functions:
        given.append(f"name: {json.dumps(name, ensure_ascii=False)}")
    if cost:
        given.append(f"annual_cost: {cost}")
    return f"- {{{', '.join(given)}}}"


def _pounds(cell: str) -> int:
    """The pounds in a cell; 0 where there are none."""
    return round(amount(cell.casefold()) or 0)

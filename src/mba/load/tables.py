"""A table where a profile is wanted: that it is one, and its first row as a line of a profile."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from itertools import islice

from mba.load.figures import amount
from mba.load.source import Source, clip

_LOOKED_AT = 4_000
_ROWS = 3
_COST = re.compile(r"cost|£|budget|spend|price|amount", re.IGNORECASE)
_CALLED = re.compile(r"id|name|(support )?function|service", re.IGNORECASE)


def refuse_table(source: Source) -> None:
    """Raise MbaError where the source is a table of a spreadsheet, saved as text."""
    first, _, rest = source.text.partition("\n")
    if not first.lower().startswith("sep="):
        rest = source.text
    lines = rest[:_LOOKED_AT].lstrip().splitlines()
    if len(lines) < 2 or re.match(r"[#{\[\-?%&*!|>]|.*:(\s|$)", lines[0]):  # noqa: PLR2004 - a header and a row
        return
    mark = max(",;\t|", key=lines[0].count)
    rows = list(islice(csv.reader(lines, delimiter=mark), _ROWS))
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):  # noqa: PLR2004 - as above
        return
    hint = f"Write it as YAML. Under “functions:”, its first row is: {_line(rows)}"
    raise source.error("this is a table (CSV), not YAML", 0, hint)


def _line(rows: Sequence[Sequence[str]]) -> str:
    """The first row below the header, or the first of all where there is no header, as a line of a profile."""
    head, row = rows[0], rows[1]
    if any(_pounds(cell) for cell in head):
        head, row = [""] * len(rows[0]), rows[0]
    called = [cell for title, cell in zip(head, row, strict=True) if _CALLED.fullmatch(title.strip())]
    called += [cell for cell in row if _pounds(cell) is None]
    paid = [_pounds(cell) for title, cell in zip(head, row, strict=True) if _COST.search(title)]
    paid += map(_pounds, row)
    name = clip(next(filter(None, map(str.strip, called)), "payroll"))
    id_ = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "row-1"
    given = [f"id: {id_}"]
    if id_ != name:
        given.append(f"name: {json.dumps(name, ensure_ascii=False)}")
    if cost := next(filter(None, paid), None):
        given.append(f"annual_cost: {cost}")
    return f"- {{{', '.join(given)}}}"


def _pounds(cell: str) -> int | None:
    figure = amount(cell.strip().casefold())
    return None if figure is None else round(figure)

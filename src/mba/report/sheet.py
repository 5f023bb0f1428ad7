"""A decision to CSV: one row a function, for a spreadsheet. Nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io
from typing import TypeAlias

from mba.knowledge.rules import RuleSet
from mba.report.reasons import why
from mba.report.words import who, with_today
from mba.results import Action, Decision, FunctionResult, Today
from mba.terms import Option

BOM = "\ufeff"
"""By which Excel knows UTF-8; Python reads it away with the encoding utf-8-sig."""


def _of_each(*what: str) -> list[str]:
    return [f"{each}_{option}" for each in what for option in Option]


HEADS = (
    *("id", "name", "group", "flags", "today", "recommended", "with", *_of_each("fit", "cost")),
    *("reason", "level", "acceptability", "action", "today_with", "today_cost", "once", *_of_each("worth")),
    *("likeliest", "inside", "rival", "rival_acceptability", "recommended_cost", "ground", "next_best"),
    *(*_of_each("ground", "once", "blocked_by", "often"), "today_tender"),
)
"""Fits are 0-100, costs and worths £ a year, once £, shares 0-1; the rival is of what is open.

The ground of a cost is an offer, an estimate or what was given; `often` is how often an option came out, 0-1.
What is not known or not given is empty.
"""

_ACTS = tuple("=+-@\t\r＝＋－＠'")
"""Signs at the start of a cell that a spreadsheet could take for a formula (OWASP, CSV injection).

And the apostrophe that tames them.
"""


def sheet(decision: Decision, rules: RuleSet) -> str:
    """The decision as CSV (RFC 4180), UTF-8 with a byte order mark; text is in quotation marks, numbers are not.

    Text that starts with one of = + - @, a tab, a carriage return, one of their wide forms or an apostrophe has an
    apostrophe put before it: who reads the file by program takes one apostrophe off where there is one.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADS, restval="", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writeheader()
    rows = [_row(function, decision, rules) for function in decision.functions]
    for leaves in decision.leaving:
        today = _today(leaves.today, decision)
        rows.append({"id": leaves.id, "name": leaves.name, "action": Action.LEAVES, **today})
    for row in rows:
        writer.writerow({head: _cell(value) for head, value in row.items()})
    return BOM + out.getvalue()


_Cells: TypeAlias = dict[str, str | float | None]
"""What stands under each head; nothing where a head is missing."""


def _row(function: FunctionResult, decision: Decision, rules: RuleSet) -> _Cells:
    chosen = function.chosen
    row: _Cells = {
        "id": function.id,
        "name": function.name,
        "group": function.group,
        "flags": ", ".join(function.flags),
        **_today(function.today, decision),
        "recommended": function.recommendation,
        "with": who(chosen, decision),
        "reason": why(function, decision, rules),
        "action": function.action,
        "once": chosen.known_once,
        "recommended_cost": chosen.cost,
        "ground": chosen.ground,
        "next_best": function.next_best,
        **_level(function),
    }
    for option, result in function.options.items():
        row |= {
            f"fit_{option}": result.fit,
            f"cost_{option}": result.cost,
            f"worth_{option}": result.worth,
            f"ground_{option}": result.ground,
            f"once_{option}": result.known_once,
            f"blocked_by_{option}": ", ".join(result.blocked_by),
        }
        if function.confidence:
            row[f"often_{option}"] = round(function.often(option), 4)
    return row


def _level(function: FunctionResult) -> _Cells:
    """How sure it is; what no draw could move has a word of its own, and what was not drawn has none."""
    sure = function.confidence
    if function.is_decided:
        return {"level": "decided"}
    if not function.has_rival:
        return {"level": "only-option"}
    if sure is None:
        return {}
    row: _Cells = {"level": sure.level, "acceptability": round(function.likely, 4), "likeliest": sure.likeliest}
    if sure.inside is not None:
        row["inside"] = round(sure.inside, 4)
    if function.is_open:
        row |= {"rival": function.rival, "rival_acceptability": round(function.often(function.rival), 4)}
    return row


def _today(today: Today | None, decision: Decision) -> _Cells:
    """How a function is run today, by the heads of its columns."""
    if today is None:
        return {}
    return {
        "today": today.mode,
        "today_with": with_today(today, decision),
        "today_cost": today.paid,
        "today_tender": today.tender or None,
    }


def _cell(value: str | float | None) -> str | float:
    """A number as it is, text made harmless, nothing as empty text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return f"'{value}" if value.startswith(_ACTS) else str(value)

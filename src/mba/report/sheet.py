"""A decision to CSV: one row a function, for a spreadsheet. Nothing in it is ever a formula."""

from __future__ import annotations

import csv
import io

from mba.knowledge.rules import RuleSet
from mba.report.reasons import why
from mba.report.words import listed, who
from mba.results import Action, Decision, FunctionResult, Today
from mba.terms import Option

BOM = "\ufeff"
"""By which Excel knows UTF-8; Python reads it away with the encoding utf-8-sig."""

HEADS = (
    *("id", "name", "group", "flags", "today", "recommended", "with"),
    *(f"fit_{option}" for option in Option),
    *(f"cost_{option}" for option in Option),
    *("reason", "level", "acceptability"),
    *("action", "today_with", "today_cost", "once"),
    *(f"worth_{option}" for option in Option),
    *("likeliest", "inside", "rival", "rival_acceptability"),
    *("recommended_cost", "ground", "next_best"),
    *(f"ground_{option}" for option in Option),
    *(f"once_{option}" for option in Option),
    *(f"blocked_by_{option}" for option in Option),
    *(f"often_{option}" for option in Option),
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
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(HEADS)
    for function in decision.functions:
        writer.writerow([_cell(value) for value in _row(function, decision, rules)])
    for leaves in decision.leaving:
        row = {"id": leaves.id, "name": leaves.name, "action": Action.LEAVES, **_today(leaves.today, decision)}
        writer.writerow([_cell(row.get(head)) for head in HEADS])
    return BOM + out.getvalue()


def _row(function: FunctionResult, decision: Decision, rules: RuleSet) -> list[str | float | None]:
    sure = function.confidence if function.has_rival else None
    results = [function.options[option] for option in Option]
    return [
        *(function.id, function.name, function.group, ", ".join(function.flags), function.current),
        *(function.recommendation, who(function.chosen, decision)),
        *(function.options[option].fit for option in Option),
        *(function.options[option].pounds for option in Option),
        *(
            why(function, decision, rules),
            sure.level if sure else _undrawn(function),
            round(function.likely, 4) if sure else None,
        ),
        function.action,
        *[_today(function.today, decision).get(head) for head in ("today_with", "today_cost")],
        function.chosen.once,
        *(function.options[option].worth for option in Option),
        sure.likeliest if sure else None,
        round(sure.inside, 4) if sure and sure.inside is not None else None,
        *((function.rival, round(function.often(function.rival), 4)) if function.is_open else (None, None)),
        *(function.chosen.pounds, function.chosen.ground, function.next_best),
        *(result.ground for result in results),
        *(result.once for result in results),
        *(", ".join(result.blocked_by) for result in results),
        *(round(function.often(option), 4) if function.confidence else None for option in Option),
    ]


def _today(today: Today | None, decision: Decision) -> dict[str, str | float | None]:
    """How a function is run today, by the heads of its columns."""
    if today is None:
        return {}
    names = listed([decision.others.get(id_, id_) for id_ in today.with_])
    return {"today": today.mode, "today_with": names, "today_cost": today.cost}


def _undrawn(function: FunctionResult) -> str | None:
    """What stands for how sure it is where no draw could move it; None where it was not drawn."""
    if function.is_decided:
        return "decided"
    return None if function.has_rival else "only-option"


def _cell(value: str | float | None) -> str | float:
    """A number as it is, text made harmless, nothing as empty text."""
    if not isinstance(value, str):
        return "" if value is None else value
    return f"'{value}" if value.startswith(_ACTS) else str(value)

"""A decision to CSV: one row a function, for a spreadsheet. Nothing in it is ever a formula."""

import csv
import io
from collections.abc import Callable
from operator import attrgetter
from typing import TypeAlias

from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
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
"""Signs at the start of a cell that may make it a formula (OWASP, CSV injection), and the apostrophe against them."""


_Cells: TypeAlias = dict[str, str | float | None]
"""What stands under each head; nothing where a head is missing."""

_OF_OPTION: dict[str, Callable[[OptionResult], str | float | None]] = {
    "fit": attrgetter("fit"),
    "cost": attrgetter("cost.pounds"),
    "worth": attrgetter("worth"),
    "ground": attrgetter("cost.ground"),
    "once": attrgetter("cost.known_once"),
    "blocked_by": lambda result: ", ".join(result.blocked_by),
}
"""What there is about each option."""


def sheet(decision: Decision, rules: RuleSet) -> str:
    """The decision as CSV (RFC 4180), UTF-8 with a byte order mark; text is in quotation marks, numbers are not.

    Text that starts with one of = + - @, a tab, a carriage return, one of their wide forms or an apostrophe has an
    apostrophe put before it: who reads the file by program takes one apostrophe off where there is one.
    """
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADS, restval="", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writeheader()
    rows = [_row(function, decision) | {"reason": why(function, decision, rules)} for function in decision.functions]
    for leaves in decision.leaving:
        today = _today(leaves.today, decision)
        rows.append({"id": leaves.id, "name": leaves.name, "action": Action.LEAVES, **today})
    for row in rows:
        for head, value in row.items():
            if isinstance(value, str) and value.startswith(_ACTS):
                row[head] = f"'{value}"
        writer.writerow(row)
    return BOM + out.getvalue()


def _row(function: FunctionResult, decision: Decision) -> _Cells:
    chosen = function.chosen
    row: _Cells = {
        "id": function.id,
        "name": function.name,
        "group": function.group,
        "flags": ", ".join(function.flags),
        "recommended": function.recommendation,
        "with": who(chosen, decision),
        "action": function.action,
        "once": chosen.cost.known_once,
        "recommended_cost": chosen.cost.pounds,
        "ground": chosen.cost.ground,
        "next_best": function.next_best,
    }
    for option, result in function.options.items():
        row |= {f"{what}_{option}": value(result) for what, value in _OF_OPTION.items()}
        if function.confidence:
            row[f"often_{option}"] = round(function.often(option), 4)
    return row | _today(function.today, decision) | _level(function)


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
    said, tender = with_today(today, decision), today.tender or None
    return {"today": today.mode, "today_with": said, "today_cost": today.paid, "today_tender": tender}

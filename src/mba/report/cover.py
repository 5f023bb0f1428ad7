"""The cover sheet of a paper: the fields that boards use, and what the board is asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse
from operator import attrgetter

from mba.knowledge.procurement import NoticeCode
from mba.render.document import Block, Column, Heading, Items, Paragraph, Row, Table, Tone, text
from mba.report.blanks import to_complete
from mba.report.layout import TO_BE_COMPLETED
from mba.report.money import budget_is_assumed
from mba.report.moving import a_month_of_notice, going_the_same_way, redundancy
from mba.report.outline import Front, Outline, Section
from mba.report.plans import reckoning
from mba.report.words import about, count, listed, listed_names, with_whom
from mba.results import Action, Decision, FunctionResult
from mba.terms import OrganisationKind

_BODIES = {OrganisationKind.CCG: "governing body", OrganisationKind.ICB: "board"}
_NAMED, _ABREAST = 6, 4
"""Functions that a point names, and fields from which two stand side by side."""
_FIELDS = "What the paper is for, and what stands behind it"


def cover(decision: Decision, outline: Outline) -> list[Block]:
    """The fields with what is given, those that are not in one line, and the points to be agreed."""
    rows, blank = [], []
    for name, words in _fields(decision, outline.front).items():
        if words:
            rows.append(Row((text(name, Tone.STRONG), text(words))))
        else:
            blank.append(name.lower())
    if blank and not outline.plain:
        rows.append(Row((text(TO_BE_COMPLETED.capitalize(), Tone.STRONG), text(listed(blank), Tone.FAINT))))
    body, points = _BODIES[decision.organisation.kind], _points(decision, outline)
    asked = f"The {body} is asked to:"
    if decision.scenario:
        asked = f"Were this so, the {body} would be asked to:"
    lines = [text(f"{point};") for point in points[:-1]]
    lines.append(text(f"{points[-1]}."))
    return [
        Table((Column("Field"), Column("What is given")), tuple(rows), paired=len(rows) > _ABREAST, about=_FIELDS),
        Heading(3, "Recommendations"),
        Paragraph(text(asked)),
        Items(tuple(lines), numbered=True),
    ]


def _fields(decision: Decision, front: Front) -> dict[str, str]:
    """Every field by its name; empty where nothing is given for it."""
    return {
        "Meeting": front.meeting,
        "Agenda item": front.item,
        "Author": front.author,
        "Date": front.date,
        "Purpose": _purpose(decision),
        "Decision asked": _asked_in_short(decision),
        "Considered before": front.considered,
        "Engagement": front.engagement,
        "Equality": front.equality,
        "Conflicts of interest": front.conflicts,
        "Legal": front.legal,
        "Data protection": front.data_protection,
    }


def _purpose(decision: Decision) -> str:
    if decision.scenario:
        return f"To discuss a case that is not today's: “{decision.scenario}”."
    functions = count(len(decision.functions), "support function")
    assumed = "an assumed " * budget_is_assumed(decision)
    return f"To decide how to run {functions} within {assumed}{about(decision.budget.allowance)} a year."


def _asked_in_short(decision: Decision) -> str:
    short = gap_of(decision)
    if short > 0:
        return f"How to close a gap of {about(short)} a year."
    moving = len(decision.acting(Action.MOVE))
    if moving:
        return f"Whether to make {count(moving, 'move')} now."
    if all(function.today is None for function in decision.functions):
        return "How each function is to be run."
    return "Whether to keep things as they are for now."


def gap_of(decision: Decision) -> int:
    """£ a year by which the plan, or what is committed alone, is above the allowance; 0 or less where it fits."""
    budget = decision.budget
    if budget.headroom is None:
        return budget.committed - budget.allowance
    return -budget.headroom


def _points(decision: Decision, outline: Outline) -> list[str]:
    """What to agree on, point by point."""
    where = "this paper" if Section.RISKS in outline.sections else "the full paper"
    gap_point = []
    if gap_of(decision) > 0:
        gap_point.append(f"decide first how to close a gap of {about(gap_of(decision))} a year")
    safe = "make the safeguards in {} a condition of what is agreed"
    if to_complete(decision):
        safe = "agree on condition that what no profile can say is reported, with the safeguards in {}"
    return [
        *gap_point,
        *_actions(decision),
        *_money_points(decision),
        safe.format(where),
    ]


def _actions(decision: Decision) -> list[str]:
    """What to move, keep and find out; where nothing is known of today, how to run each."""
    unsaid = decision.acting(None)
    if len(unsaid) == len(decision.functions):
        return _as_recommended(decision)
    points = []
    moving, keeping, asking = map(decision.acting, (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    ending = list(filter(attrgetter("ending"), moving))
    others = list(filterfalse(attrgetter("ending"), moving))
    if ending:
        points.append(f"agree {count(len(ending), 'move')} where today's way ends: {_ways(ending, decision)}")
    if others:
        what = "more move" if ending else "move"
        points.append(f"agree {count(len(others), what)} now: {_ways(others, decision)}")
    if keeping:
        points.append(f"keep {count(len(keeping), 'function')} as today")
    if asking:
        points.append(f"keep as today until more is found out: {_names(asking)}")
    return points


def _ways(moving: Sequence[FunctionResult], decision: Decision) -> str:
    """How and with whom each is to be run; where it may have to be tendered, that it may come to another."""
    ways = []
    for (option, whom), alike in going_the_same_way(moving, decision).items():
        way = f"{option} {listed_names(alike, _NAMED)} {with_whom(option, whom)}".rstrip()
        tendered = any(function.route and function.route.notice is NoticeCode.TENDER for function in alike)
        ways.append(way + " or, where tendered, whoever wins" * tendered)
    return "; ".join(ways)


def _as_recommended(decision: Decision) -> list[str]:
    unsure = sum(map(attrgetter("is_open"), decision.functions))
    points = []
    if unsure < len(decision.functions):
        points.append(f"agree how {count(len(decision.functions) - unsure, 'function is', 'functions are')} run")
    if unsure:
        points.append(f"agree for now on {count(unsure, 'that is', 'that are')} open, and look again as more is known")
    return points


def _names(functions: Sequence[FunctionResult]) -> str:
    """The names of functions, many of which hold an “and”."""
    names = [function.name for function in functions]
    if len(names) > _NAMED + 1:
        names[_NAMED:] = [f"{len(names) - _NAMED} more"]
    return "; ".join(names)


def _money_points(decision: Decision) -> list[str]:
    """What to note of the money, and what to set aside."""
    budget, points = decision.budget, []
    noted, free = [], decision.budget.free
    if decision.plans and (decision.plans.sure.cost or 0) > free and gap_of(decision) <= 0:
        noted.append(f"what moves now is {about((decision.plans.sure.cost or 0) - free)} a year too much")
    moving = decision.acting(Action.MOVE)
    guessed = decision._replace(functions=moving or decision.functions).estimated
    if guessed:
        noted.append(f"{about(guessed)} a year of what {'the moves now' if moving else 'all'} cost is estimated")
    if noted:
        points.append(f"note that {listed(noted)}")
    if budget.uncosted:
        names = listed([decision.names[id_] for id_ in budget.uncosted], most=_NAMED)
        points.append(f"have the cost found out of what is in no sum here: {names}")
    if month := a_month_of_notice(moving):
        each = f"each month past the start adds {about(month)}"
        points.append(f"sign nothing until notice is known; {each}")
    if decision.plans and decision.plans.sure.once:
        points.append(f"set aside {about(decision.plans.sure.once)} once for what moves now{_of_which(decision)}")
    return points


def _of_which(decision: Decision) -> str:
    """What of the sum to be set aside is for redundancy, and what of it the first year lacks."""
    said = []
    if lost := sum(map(redundancy, decision.acting(Action.MOVE))):
        said.append(f"{about(lost)} is for redundancy")
    if short := reckoning(decision).sure.short_at_first:
        said.append(f"{about(short)} is more than the first year leaves")
    return f": {listed(said)}" if said else ""

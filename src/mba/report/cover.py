"""The cover sheet of a paper: the fields that boards use, and what the board is asked to do."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from mba.render.document import Block, Column, Heading, Items, Paragraph, Row, Table, Tone, text
from mba.report.layout import TO_BE_COMPLETED
from mba.report.money import budget_is_assumed
from mba.report.moving import going_the_same_way
from mba.report.outline import Front, Outline, Section
from mba.report.standing import by_what_is_listed
from mba.report.words import about, count, listed, listed_names, with_whom
from mba.results import Action, Decision, FunctionResult
from mba.terms import OrganisationKind

_BODIES = {OrganisationKind.CCG: "governing body", OrganisationKind.ICB: "board"}
_NAMED, _ABREAST = 6, 4
"""Functions that a point names, and fields from which two stand side by side."""
_FIELDS = "What the paper is for, and what stands behind it"


def cover(decision: Decision, outline: Outline) -> list[Block]:
    """The fields with what is given, and the points to be agreed; a summary lists what is not given in a line."""
    rows, blank = [], []
    for name, words in _fields(decision, outline.front).items():
        if words:
            rows.append(Row((text(name, Tone.STRONG), text(words))))
        elif outline.brief and not outline.plain:
            blank.append(name.lower())
        elif not outline.plain:
            rows.append(Row((text(name, Tone.STRONG), text(TO_BE_COMPLETED, Tone.FAINT))))
    if blank:
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
    gap_point = [f"decide first how to close a gap of {about(gap_of(decision))} a year"] * (gap_of(decision) > 0)
    return [
        *gap_point,
        *_actions(decision),
        *_money_points(decision),
        f"make the safeguards in {where} a condition of what is agreed",
    ]


def _actions(decision: Decision) -> list[str]:
    """What to move, keep and find out; where nothing is known of today, how to run each."""
    unsaid = decision.acting(None)
    if len(unsaid) == len(decision.functions):
        return _as_recommended(decision)
    points = []
    moving, keeping, asking = map(decision.acting, (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    if moving:
        ways = []
        for (option, whom), alike in going_the_same_way(moving, decision).items():
            ways.append(f"{option} {listed_names(alike, _NAMED)} {with_whom(option, whom)}".rstrip())
        points.append(f"agree {count(len(moving), 'move')} now: {'; '.join(ways)}")
    if keeping:
        points.append(f"keep {count(len(keeping), 'function')} as today")
    if asking:
        points.append(f"have more found out before deciding on {_names(asking)}")
    if unsaid:
        points.append(f"have someone find out how {count(len(unsaid), 'function is', 'functions are')} run today")
    return points


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
    noted = []
    if budget.recommended_cost is not None and gap_of(decision) <= 0:
        noted += _left(decision)
    if decision.estimated:
        noted.append(f"{about(decision.estimated)} of all recommended cost is estimated")
    if noted:
        points.append(f"note that {listed(noted)}")
    if budget.uncosted:
        names = listed([decision.names[id_] for id_ in budget.uncosted], most=_NAMED)
        points.append(f"have the cost found out of what is in no sum here: {names}")
    if decision.plans and decision.plans.sure.once:
        points.append(f"set aside {about(decision.plans.sure.once)} once, for what moves now")
    return points


def _left(decision: Decision) -> list[str]:
    """What the sure moves leave a year, which is what is agreed; and all that is recommended, where that differs."""
    left = decision.budget.headroom or 0
    sure = left
    if decision.plans and decision.plans.sure.cost is not None:
        sure = decision.budget.free - decision.plans.sure.cost
    whole = f"all that is recommended leaves {about(left)} a year{by_what_is_listed(left, decision)}"
    if sure == left:
        return [whole]
    if sure < 0:
        return [f"what moves now is {about(-sure)} a year too much", whole]
    return [f"what moves now leaves {about(sure)} a year{by_what_is_listed(sure, decision)}"]

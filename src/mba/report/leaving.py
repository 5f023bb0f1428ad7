"""The functions that stop being the organisation's."""

from __future__ import annotations

from datetime import date

from mba.profile import Partner, Supplier
from mba.render.document import Block, Items, Paragraph, text
from mba.report.words import about
from mba.results import Decision, FunctionResult, Leaves
from mba.terms import Option


def leaving(decision: Decision) -> list[Block]:
    """The functions that stop being the organisation's; nothing where none does."""
    if not decision.leaving:
        return []
    lines = [text(_leaves(each)) for each in decision.leaving]
    said = (
        "Leaving, and in no sum here. Agree what of the allowance goes with each, and who bears the rooms, systems and "
        "managers that it leaves behind:"
    )
    return [Paragraph(text(said)), Items(tuple(lines))]


def _leaves(function: Leaves) -> str:
    """What leaves, to whom, when, and what it costs today, as far as that is known."""
    said = f"{function.name} leaves"
    if function.to:
        said += f" to {function.to}"
    if function.on:
        said += f" on {written_day(function.on)}"
    if function.today and function.today.paid:
        said += f"; today it costs {about(function.today.paid)} a year"
    return f"{said}."


def last_day(function: FunctionResult, decision: Decision) -> date | None:
    """The day after which it cannot be run as today, since who runs it closes or its contract ends; None if not known.

    A result that was stored without its profile does not know it.
    """
    if not function.ending or not function.today or not decision.profile:
        return None
    profile, today = decision.profile, function.today
    others: tuple[Partner | Supplier, ...] = profile.suppliers
    if today.mode is Option.SHARE:
        others = profile.partners
    if today.with_ or len(others) > 1:
        others = tuple(each for each in others if each.id in today.with_)
    days = [each.closes for each in others]
    days += [each.current.until for each in profile.functions if each.id == function.id and each.current]
    return min(filter(None, days), default=None)


def written_day(day: str) -> str:
    """A day, year-month-day, as people write it: 1 April 2027."""
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"

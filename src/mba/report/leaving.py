"""What stops: functions that leave the organisation, and ways of today that end."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import chain
from typing import NamedTuple

from mba.profile import Partner, Supplier
from mba.report.words import about, count, listed
from mba.results import Action, Decision, FunctionResult, Leaves
from mba.terms import Option


def leaving(decision: Decision) -> list[str]:
    """The functions that stop being the organisation's, in sentences; nothing where none does."""
    return list(map(_leaves, decision.leaving))


def _leaves(function: Leaves) -> str:
    """What leaves, to whom, when, and what it costs today, as far as that is known."""
    said = f"{function.name} leaves"
    if function.to:
        said += f" to {function.to}"
    if function.on:
        said += f" on {written_day(function.on)}"
    if function.today and function.today.paid:
        said += f"; today it costs {about(function.today.paid)} a year, which no sum here counts"
    return f"{said}."


def closers(function: FunctionResult, decision: Decision) -> dict[str, date]:
    """Who of those who run it today close, by id, and on which day.

    A result that was stored without its profile knows none.
    """
    if not function.today or not decision.profile:
        return {}
    today, profile = function.today, decision.profile
    none: tuple[Partner | Supplier, ...] = ()
    others = {Option.MAKE: none, Option.SHARE: profile.partners}.get(today.mode, profile.suppliers)
    closing = {}
    for each in others:
        if each.closes and (each.id in today.with_ or (not today.with_ and len(others) == 1)):
            closing[each.id] = each.closes
    return closing


def last_day(function: FunctionResult, decision: Decision) -> date | None:
    """The day on which it stops being run as today, as who runs it closes or its contract ends; None if not known."""
    days = list(closers(function, decision).values())
    if function.route and function.route.ends:
        days.append(date.fromisoformat(function.route.ends))
    return min(days, default=None)


def why_now(decision: Decision) -> str:
    """Why some moves must be made, and by when to decide: who closes on which day, and how many functions that ends.

    Empty where nothing must end, and no day is known.
    """
    closing: dict[date, list[dict[str, date]]] = defaultdict(list)
    rest = 0
    for function in decision.functions:
        found = closers(function, decision) if function.ending else {}
        if found:
            closing[min(found.values())].append(found)
        else:
            rest += function.ending
    said = []
    for day, ends in sorted(closing.items()):
        names = [decision.others[id_] for id_ in dict.fromkeys(chain.from_iterable(ends))]
        closes, them = ("close", "them") if len(names) > 1 else ("closes", "it")
        cannot = f"{count(len(ends), 'function')} cannot stay with {them}"
        said.append(f"{listed(names)} {closes} on {written_day(day)}; {cannot}.")
    if rest:
        said.append(f"The way that {count(rest, 'function is', 'functions are')} run today must end.")
    return " ".join([*said, *_decide_by(decision)])


class Due(NamedTuple):
    """A day that a move has to keep: the last for giving notice, or else the one on which today's way ends."""

    day: date
    notice: bool


def due(function: FunctionResult, decision: Decision) -> Due | None:
    """Which day a move has to keep, as far as the profile tells."""
    day, months = last_day(function, decision), function.route.notice_months if function.route else None
    if day is None:
        return None
    return Due(day, notice=False) if months is None else Due(earlier(day, months), notice=True)


def _decide_by(decision: Decision) -> list[str]:
    """By when what moves now is to be decided; nothing where no day is known."""
    days = list(filter(None, (due(function, decision) for function in decision.acting(Action.MOVE))))
    if not days:
        return []
    first = min(days)
    if first.notice:
        return [f"Decide by {written_day(first.day)}, the last day for the first notice."]
    return [f"Decide well before {written_day(first.day)}: consultation, any tender and the handover come first."]


def earlier(day: date, months: int) -> date:
    """A day some months before, or the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def written_day(day: date | str) -> str:
    """A day, or its year-month-day, as people write it: 1 April 2027."""
    when = date.fromisoformat(str(day))
    return f"{when.day} {when:%B %Y}"

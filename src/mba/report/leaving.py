"""What stops: functions that leave the organisation, and ways of today that end."""

from calendar import monthrange
from datetime import date
from itertools import chain
from typing import NamedTuple

from mba.report.words import about, count, grouped, listed, listed_names
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option


def leaving(decision: Decision) -> list[str]:
    """What leaves, to whom, when, and what it costs today, as far as that is known; a sentence for each function."""
    sentences = []
    for function in decision.leaving:
        said = f"{function.name} leaves"
        if function.to:
            said += f" to {function.to}"
        if function.on:
            said += f" on {written_day(function.on)}"
        if function.today and function.today.paid:
            said += f"; today it costs {about(function.today.paid)} a year, which no sum here counts"
        sentences.append(f"{said}.")
    if sentences:
        sentences.append("The allowance is taken to stay whole.")
    return sentences


def closers(function: FunctionResult, decision: Decision) -> dict[str, date]:
    """Who of those who run it today close, by id, and on which day.

    A result that was stored without its profile knows none.
    """
    today, profile, closing = function.today, decision.profile, {}
    if today is None or profile is None or today.mode is Option.MAKE:
        return {}
    others = {Option.SHARE: profile.partners}.get(today.mode, profile.suppliers)
    alone = not today.with_ and len(others) == 1
    for each in others:
        if each.closes and (alone or each.id in today.with_):
            closing[each.id] = each.closes
    return closing


def last_day(function: FunctionResult, decision: Decision) -> date | None:
    """The day on which it stops being run as today, as who runs it closes or its contract ends; None if not known."""
    days = list(closers(function, decision).values())
    if function.route and function.route.ends:
        days.append(date.fromisoformat(function.route.ends))
    return min(days, default=None)


def ends_by_the_start(function: FunctionResult, decision: Decision) -> bool:
    """Whether today's way ends on or before the day from which the answer holds, so that no notice runs past it."""
    start = decision.profile.organisation.from_ if decision.profile else None
    day = last_day(function, decision)
    return start is not None and day is not None and day <= start


def why_now(decision: Decision) -> str:
    """Why some moves must be made, and by when to decide: who closes on which day, and how many functions that ends.

    Empty where nothing moves now.
    """
    ending = [closers(function, decision) for function in decision.functions if function.ending]
    closing, said = grouped(filter(None, ending), lambda found: min(found.values())), []
    for day, ends in sorted(closing.items()):
        names = [decision.others[id_] for id_ in dict.fromkeys(chain.from_iterable(ends))]
        closes, them = ("close", "them") if len(names) > 1 else ("closes", "it")
        cannot = f"{count(len(ends), 'function')} cannot stay with {them}"
        said.append(f"{listed(names)} {closes} on {written_day(day)}; {cannot}.")
    if rest := ending.count({}):
        said.append(f"The way that {count(rest, 'function is', 'functions are')} run today must end.")
    moving = decision.acting(Action.MOVE)
    days = grouped(moving, lambda function: due(function, decision))
    if known := list(filter(None, days)):
        first, on = min(known), ""
        if first.day not in closing:
            on = f" on {listed_names(days[first], 2)}"
        said.append(_DECIDE[first.notice].format(on, written_day(first.day)))
    elif moving:
        said.append("No day to decide by is known.")
    return " ".join(said)


_DECIDE = {
    True: "Decide{} by {}, the last day for the first notice.",
    False: "Decide{} well before {}: consultation, any tender and the handover come first.",
}
"""On what, where not all of one day, and by when to decide first, by whether that is the last day for notice."""


class Due(NamedTuple):
    """A day that a move has to keep: the last for giving notice, or else the one on which today's way ends."""

    day: date
    notice: bool


def due(function: FunctionResult, decision: Decision) -> Due | None:
    """Which day a move has to keep, as far as the profile tells."""
    day = last_day(function, decision)
    if day is None:
        return None
    months = function.route.notice_months if function.route else None
    if months is None or ends_by_the_start(function, decision):
        return Due(day, notice=False)
    return Due(earlier(day, months), notice=True)


def spared(function: FunctionResult, decision: Decision) -> str:
    """What of the £ once is for notice and would not be spent if it moved as its contract ends; else empty."""
    moving, ends = function.chosen.cost.transition, last_day(function, decision)
    if moving is None or not moving.notice or ends is None:
        return ""
    return f"{about(moving.notice)} once is for notice, and spared by moving on {written_day(ends)}"


def earlier(day: date, months: int) -> date:
    """A day some months before, or the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def written_day(day: date | str) -> str:
    """A day, or its year-month-day, as people write it: 1 April 2027."""
    when = date.fromisoformat(str(day))
    return f"{when.day} {when:%B %Y}"

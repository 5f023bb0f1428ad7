"""What stops: functions that leave the organisation, and ways of today that end."""

from datetime import date

from mba.report.words import about, count, large
from mba.results import Decision, FunctionResult
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
            said += f"; its {about(function.today.paid)} a year today is in no sum here"
        sentences.append(f"{said}.")
    if sentences:
        sentences.append("The allowance is taken to stay whole.")
    return sentences


def gone(decision: Decision) -> str:
    """How many functions leave, and what they cost today as far as that is known, in one sentence."""
    paid = [each.today.paid for each in decision.leaving if each.today and each.today.paid]
    said = count(len(decision.leaving), "function")
    if paid:
        part = f" of {len(paid)}" * (len(paid) < len(decision.leaving))
        said += f" ({large(sum(paid))} a year{part})"
    return f"{said}, in no sum; allowance kept whole."


def closers(function: FunctionResult, decision: Decision) -> dict[str, date]:
    """Who of those who run it today close, by id, and on which day; none where no profile was stored."""
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
    """The last day on which it can be run as today; None if not known.

    Where today's way must end, as whoever runs it closes, that is their closing day: a contract that has ended before
    is held over until then. Else it is the day on which the contract ends.
    """
    closing = closers(function, decision).values()
    return min(closing) if closing and function.ending else bound_until(function, decision)


def bound_until(function: FunctionResult, decision: Decision) -> date | None:
    """The day until which its contract binds, so that nothing is left without notice before it; None if not known."""
    days = list(closers(function, decision).values())
    if function.route and function.route.ends:
        days.append(date.fromisoformat(function.route.ends))
    return min(days, default=None)


def free_by_the_start(function: FunctionResult, decision: Decision) -> bool:
    """Whether its contract binds no longer on the day from which the answer holds, so that no notice runs past it."""
    start, day = start_of(decision), bound_until(function, decision)
    return start is not None and day is not None and day <= start


def start_of(decision: Decision) -> date | None:
    """The day from which the answer holds; None where it was not said, or the profile is not known."""
    if decision.profile is None:
        return None
    return decision.profile.organisation.from_


def written_day(day: date | str) -> str:
    """A day, or its year-month-day, as people write it: 1 April 2027."""
    when = date.fromisoformat(str(day))
    return f"{when.day} {when:%B %Y}"

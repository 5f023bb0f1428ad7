"""By which day to decide, to give notice and to begin a tender, as far as the days of a profile tell."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple

from mba.knowledge.procurement import Duration, ExemptionCode, NoticeCode, Procurement
from mba.report.leaving import bound_until, closers, free_by_the_start, last_day, start_of, written_day
from mba.report.words import about, count, grouped, listed, listed_names
from mba.results import Action, Decision, FunctionResult


def why_now(decision: Decision, law: Procurement) -> str:
    """Who closes when, how many that ends, and by when to decide and to tender; empty where nothing moves now."""
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
    return " ".join([*said, *_to_tender(moving, decision, law)])


def _to_tender(moving: Iterable[FunctionResult], decision: Decision, law: Procurement) -> list[str]:
    """How long a tender took, and so by when the first would begin; nothing where none has a day to be ready by."""
    ready = grouped(moving, lambda function: _ready_by(function, decision))
    first = min(filter(None, ready), default=None)
    if first is None:
        return []
    full, quick = law.tender, law.call_off
    at_last = written_day(earlier(first, quick.least))
    of, begins = count(len(ready[first]), "function"), _begins(first, full)
    if len(ready[first]) == 1:
        of = ready[first][0].name
    return [
        f"A full tender ({of}) takes about {full.least} to {full.most} months: begin {begins}.",
        f"After that, a call-off from a framework needs {quick.least} to {quick.most}: by {at_last}.",
    ]


def _ready_by(function: FunctionResult, decision: Decision) -> date | None:
    """The day by which the law has a tender done: as today's way ends, or as the answer begins to hold."""
    if not is_tendered(function):
        return None
    return min(filter(None, (start_of(decision), last_day(function, decision))), default=None)


def is_tendered(function: FunctionResult) -> bool:
    """Whether the law has what is recommended tendered, unless an exemption applies; what its customers own is not."""
    route = function.route
    if route is None or route.exemption is ExemptionCode.VERTICAL:
        return False
    return route.notice is NoticeCode.TENDER


def tender_begins(function: FunctionResult, decision: Decision, law: Procurement) -> str:
    """Between which days a full tender would begin, as long as such took; empty where no day is known."""
    day = _ready_by(function, decision)
    return _begins(day, law.tender) if day else ""


def _begins(ready: date, took: Duration) -> str:
    """The last days on which to begin, if it takes longest and if it takes least."""
    first, last = (earlier(ready, months) for months in (took.most, took.least))
    start = written_day(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"between {start} and {written_day(last)}"


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
    """Which day a move has to keep, as far as the profile tells; whoever closes on it needs no notice."""
    months, day = function.route and function.route.notice_months, last_day(function, decision)
    if day is None:
        return None
    if months is None or free_by_the_start(function, decision) or day in closers(function, decision).values():
        return Due(day, notice=False)
    return Due(earlier(day, months), notice=True)


def spared(function: FunctionResult, decision: Decision) -> str:
    """What of the £ once is for notice and would not be spent if it moved as its contract ends; else empty."""
    moving, ends = function.chosen.cost.transition, bound_until(function, decision)
    if moving is None or not moving.notice or ends is None:
        return ""
    return f"{about(moving.notice)} once is for notice, and spared by moving on {written_day(ends)}."


def earlier(day: date, months: int) -> date:
    """A day some months before, or the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

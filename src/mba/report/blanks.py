"""What no profile can say, and the organisation is asked for once: in one table, for somebody to complete."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import filterfalse
from operator import attrgetter

from mba.inputs import SUPPLIERS
from mba.render.document import Block, Table, columns, row
from mba.report.cautions import CHIEF, CONTRACTS, FINANCE, SERVICE
from mba.report.layout import TO_BE_COMPLETED
from mba.report.leaving import last_day
from mba.report.moving import going_the_same_way, notice_unknown, redundancy
from mba.report.words import about, count, grouped, listed, listed_names, sentence, with_today
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option

_NAMED = 2
"""Functions that a row names."""


def to_complete(decision: Decision) -> list[Block]:
    """A row for each thing to be said, with whose task that is; nothing where nothing is."""
    asked = [*_of_others(decision), *_of_staff(decision), *_of_today(decision)]
    rows = [row(f"{of}: {what}", sentence(owner)[:-1], "") for of, what, owner in asked]
    if not rows:
        return []
    heads = columns(f"{TO_BE_COMPLETED.capitalize()}: what no profile can say", "Owner", "Answer")
    return [Table(heads, tuple(rows), about="What the organisation is to say before anything is signed")]


def _of_others(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """Whether each body was asked, what those ask for who are to be left, and what kind of body one is."""
    moving = decision.acting(Action.MOVE)
    for option, whom in going_the_same_way(moving, decision):
        if whom:
            yield whom, "asked on, agreed in writing on, price held until", _ASKS[option]
    for whom, functions in grouped(filter(notice_unknown, moving), lambda each: _left(each, decision)).items():
        ends = ", and when it ends"
        if all(last_day(function, decision) for function in functions):
            ends = ""
        yield whom or listed_names(functions, _NAMED), f"what notice the present agreement asks for{ends}", CONTRACTS
    listed_ = set(map(attrgetter("id"), decision.profile.suppliers if decision.profile else ()))
    for item in decision.assumptions:
        if item.group == SUPPLIERS and item.key == "kind" and item.of not in listed_:
            yield (
                decision.others[item.of or ""],
                f"what kind of body; taken to be {_KIND[str(item.value)]}",
                CONTRACTS,
            )


_ASKS = {Option.MAKE: SERVICE, Option.SHARE: CHIEF, Option.ALLY: CONTRACTS, Option.BUY: CONTRACTS}
_KIND = {"nhs-body": "of the NHS, without VAT", "csu": "a support unit"}


def _left(function: FunctionResult, decision: Decision) -> str:
    """With whom a function is run that moves; empty where it was not said."""
    return with_today(function.today, decision) if function.today else ""


def _of_staff(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """Who works there now, and when they are consulted; and when the rest of the moves happens."""
    moving = decision.acting(Action.MOVE)
    if moving:
        lost = sum(map(redundancy, moving))
        reckoned = ""
        if lost:
            reckoned = f" ({about(lost)} is reckoned)"
        days = "days of consultation, any tender and handover"
        yield count(len(moving), "move"), f"{days}; staff: number, employer, redundancies{reckoned}", CHIEF


def _of_today(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """How the rest is run today, and when what is open comes back."""
    unsaid = list(filterfalse(attrgetter("current"), decision.functions))
    alone = [function for function in decision.acting(Action.KEEP) if others_unsaid(function)]
    if alone:
        yield (
            listed_names(alone, _NAMED),
            "with or from whom today",
            CONTRACTS,
        )
    if 0 < len(unsaid) < len(decision.functions):
        what = "how run today, by whom, at what cost"
        yield listed_names(unsaid, _NAMED), what, SERVICE
    asking = decision.acting(Action.FIND_OUT)
    if asking:
        yield listed_names(asking, _NAMED), "back for decision on", SERVICE
    if decision.leaving:
        names = listed([leaves.name for leaves in decision.leaving], most=_NAMED)
        yield names, "how much of the allowance goes along; who pays for rooms, systems and managers left", FINANCE


def others_unsaid(function: FunctionResult) -> bool:
    """Whether others run a function today, and it was not said who."""
    return function.today is not None and function.today.mode is not Option.MAKE and not function.today.with_

"""What a paper cannot say, and the organisation is asked for once: in one table, for somebody to complete."""

from collections.abc import Iterator
from operator import attrgetter
from typing import TypeAlias

from mba.inputs import SUPPLIERS
from mba.render.document import Block, Table, columns, row
from mba.report.cautions import CHIEF, CONTRACTS, FINANCE, SERVICE
from mba.report.layout import TO_BE_COMPLETED
from mba.report.leaving import last_day
from mba.report.moving import going_the_same_way, notice_unknown, redundancy, tender
from mba.report.words import about, capital, count, grouped, listed, listed_names, with_today
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option

_Asked: TypeAlias = Iterator[tuple[str, str, str]]
"""Of whom or what something is to be said, what, and whose task that is."""
_NAMED = 2
"""Functions that a row names."""


def to_complete(decision: Decision) -> list[Block]:
    """A row for each thing to be said, with whose task that is; nothing where nothing is."""
    asked = (*_of_moves(decision), *_of_kinds(decision), *_of_the_rest(decision))
    rows = [row(f"{of}: {what}", capital(owner), "") for of, what, owner in asked]
    if not rows:
        return []
    heads = columns(f"{capital(TO_BE_COMPLETED)}: what this paper cannot say", "Owner", "Answer")
    return [Table(heads, tuple(rows), about="What the organisation is to say before anything is signed")]


_ASKS = {Option.MAKE: SERVICE, Option.SHARE: CHIEF, Option.ALLY: CONTRACTS, Option.BUY: CONTRACTS}
_KIND = {"nhs-body": "of the NHS, without VAT", "csu": "a support unit"}


def _of_moves(decision: Decision) -> _Asked:
    """Whether each body was asked, what those ask for who are to be left, and of what staff."""
    moving = decision.acting(Action.MOVE)
    for (option, whom), functions in going_the_same_way(moving, decision).items():
        asked = "asked on, agreed in writing on, price held until"
        if all(map(tender, functions)):
            asked = "asked on, price given as a guide for bids"
        if whom:
            yield whom, asked, _ASKS[option]
    leaving = grouped(notice_unknown(moving, decision), lambda function: with_today(function.today, decision))
    for whom, functions in leaving.items():
        notice = "what notice the present agreement asks for"
        if not all(last_day(function, decision) for function in functions):
            notice += ", and when it ends"
        yield whom or listed_names(functions, _NAMED), notice, CONTRACTS
    if moving:
        staff = "days of consultation, any tender and handover; staff: number, employer, redundancies"
        if lost := sum(map(redundancy, moving)):
            staff += f" ({about(lost)} is reckoned)"
        yield count(len(moving), "move"), staff, CHIEF


def _of_kinds(decision: Decision) -> _Asked:
    """What kind of body runs something today and is not listed."""
    known = set(map(attrgetter("id"), decision.profile.suppliers if decision.profile else ()))
    for item in decision.assumptions:
        if item.group == SUPPLIERS and item.key == "kind" and item.of not in known:
            kind = f"what kind of body; taken to be {_KIND[str(item.value)]}"
            yield decision.others[item.of or ""], kind, CONTRACTS


def _of_the_rest(decision: Decision) -> _Asked:
    """How the rest is run today, when what is open comes back, and what goes with what leaves."""
    if alone := list(filter(others_unsaid, decision.acting(Action.KEEP))):
        yield listed_names(alone, _NAMED), "with or from whom today", CONTRACTS
    unsaid = decision.acting(None)
    if unsaid and decision.knows_today:
        yield listed_names(unsaid, _NAMED), "how run today, by whom, at what cost", SERVICE
    if asking := decision.acting(Action.FIND_OUT):
        yield listed_names(asking, _NAMED), "back for decision on", SERVICE
    if decision.leaving:
        names = listed([leaves.name for leaves in decision.leaving], most=_NAMED)
        yield names, "how much of the allowance goes along; who pays for rooms, systems and managers left", FINANCE


def others_unsaid(function: FunctionResult) -> bool:
    """Whether others run a function today, and it was not said who."""
    return function.today is not None and function.today.mode is not Option.MAKE and not function.today.with_

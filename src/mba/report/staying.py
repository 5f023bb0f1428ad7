"""What stays as it is and why, what is recommended where today was not said, and what is left for somebody to say."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

from mba.inputs import ORGANISATION, SUPPLIERS, Basis, named
from mba.knowledge.figures import Costs
from mba.render.document import Block, columns, prose_if_any, row, tabled
from mba.report.cautions import CHIEF, CONTRACTS, FINANCE, SERVICE
from mba.report.layout import TO_BE_COMPLETED
from mba.report.leaving import last_day, leaving, written_day
from mba.report.moving import going_the_same_way, notice_unknown, redundancy, tender
from mba.report.plan import by_way, is_guessed, way_with
from mba.report.plans import is_marked, unsaid_cost
from mba.report.questions import WHO_ELSE
from mba.report.vat import otherwise, vat_at_stake, vat_of
from mba.report.words import GUESSED, about, capital, count, grouped, listed, listed_names, ways_of, with_today
from mba.results import Action, Decision, FunctionResult, Reason
from mba.terms import Option, Vat


def kept(decision: Decision, most: int) -> list[Block]:
    """How many stay and why, whose contract ends, so many named; where today is known of none, what is recommended."""
    staying, said = decision.acting(Action.KEEP), []
    if staying:
        why = " ".join(f"For {number}, {ground}." for ground, number in Counter(map(_ground, staying)).most_common())
        said.append(f"Keep {len(staying)} as they are: {ways_of(staying)}. {why}")
    said += _renewed(decision, most)
    if is_marked(decision) or any(map(is_guessed, (*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)))):
        said.append(f"{GUESSED} is an estimate.")
    if decision.profile and decision.budget.recommended_cost is not None:
        share = named(ORGANISATION, "premium").value(decision.profile.organisation)
        said.append(f"Ten points of fit count as {share:g}% of a function's cost in-house.")
    said += leaving(decision)
    blocks = prose_if_any(*said)
    if decision.functions and not decision.knows_today:
        in_order = chain.from_iterable(map(decision.by_option, Option))
        runs = [(way_with(each, decision), each.chosen.cost.pounds, each.name, False) for each in in_order]
        about_ = "What is recommended, since it was not said how it is run today"
        blocks.append(by_way("Recommended", runs, about_))
    return blocks


def _renewed(decision: Decision, most: int) -> list[str]:
    """Which of what is kept needs a new contract, since the present one ends."""
    ending = [function for function in decision.acting(Action.KEEP) if function.route and function.route.due]
    if not ending:
        return []
    day = min(filter(None, (last_day(function, decision) for function in ending)), default=None)
    when = f" from {written_day(day)} on" if day else ""
    return [f"As contracts end, a new one is due{when} for {listed_names(ending, most)}."]


def _ground(function: FunctionResult) -> str:
    if function.next_best is None and not function.is_decided:
        return "nothing else is available"
    fits_best = function.preferred is function.recommendation
    if function.reason is Reason.GATE:
        fits_best = function.chosen.fit == max(each.fit for each in function.options.values())
    if fits_best and function.reason not in (Reason.BUDGET, Reason.DECIDED, Reason.UNKNOWN):
        return "today's way fits best"
    return _GROUNDS[function.reason]


_GROUNDS = {
    Reason.FIT: "another way fits better, but by too little",
    Reason.VALUE: "what fits better costs too much more",
    Reason.TODAY: "what fits better is not enough better to pay for moving",
    Reason.BUDGET: "there is not the money for what is worth more",
    Reason.GATE: "what fits better is not available",
    Reason.DECIDED: "it was decided already",
    Reason.UNKNOWN: "nothing else is known",
}


_Asked: TypeAlias = Iterator[tuple[str, str, str]]
"""Of whom or what something is to be said, what, and whose task that is."""
_NAMED = 2  # Functions that a row names.


def to_complete(decision: Decision, costs: Costs) -> list[Block]:
    """A row for each thing to be said, with whose task that is; nothing where nothing is."""
    asked = (*_of_moves(decision), *_of_vat(decision, costs), *_of_the_rest(decision))
    rows = [row(f"{of}: {what}", capital(owner)) for of, what, owner in asked]
    heads = columns(f"{capital(TO_BE_COMPLETED)}: what this paper cannot say", "Owner")
    return tabled(heads, rows)


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
            yield f"{whom} ({_depending(functions)})", asked, _ASKS[option]
    leaving = grouped(notice_unknown(moving, decision), lambda function: with_today(function.today, decision))
    for whom, functions in leaving.items():
        notice = "what notice the present agreement asks for"
        if not all(last_day(function, decision) for function in functions):
            notice += ", and when it ends"
        yield whom or listed_names(functions, _NAMED), notice, CONTRACTS
    if moving:
        staff = "days of consultation, any tender and handover; staff: number, employer, redundancies"
        own = sum(map(redundancy, filter(lambda function: function.current is Option.MAKE, moving)))
        if own < sum(map(redundancy, moving)):
            staff += f" ({about(own)} reckoned for own staff)"
        yield count(len(moving), "move"), staff, CHIEF


def _depending(functions: Sequence[FunctionResult]) -> str:
    """How many moves hang on a body, and £ a year of them all, as far as that is known."""
    said, costs = [count(len(functions), "move")], [function.chosen.cost for function in functions]
    if pounds := sum(cost.pounds or 0 for cost in costs):
        said.append(f"{GUESSED * any(cost.estimated for cost in costs)}{about(pounds)} a year")
    if any(cost.pounds is None for cost in costs):
        said.append("as far as is known")
    return ", ".join(said)


def _of_vat(decision: Decision, costs: Costs) -> _Asked:
    """Whether VAT is recovered of which moves take it so, or what it decides; how much it is, and what else follows."""
    asked: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for function in decision.functions:
        taken, amount = vat_of(function, decision), vat_at_stake(function, decision, costs)
        follows = otherwise(function, decision, ("if not", "if so"))
        recovered = taken is not None and taken.value == Vat.RECOVERABLE and taken.basis is not Basis.GIVEN
        if follows or (recovered and amount and function.action is Action.MOVE):
            asked[follows].append((function.name, amount))
    for follows, some in asked.items():
        names, pounds = zip(*some, strict=True)
        said = f"whether VAT of {about(sum(pounds))} a year is recovered"
        yield listed(names, most=_NAMED), "; ".join(filter(None, (said, follows))), FINANCE


def _of_the_rest(decision: Decision) -> _Asked:
    """Bodies not listed, other suppliers, how the rest is run, when what is open comes back, what goes with leavers."""
    known = set(map(attrgetter("id"), getattr(decision.profile, "suppliers", ())))
    for item in decision.assumptions:
        if item.group == SUPPLIERS and item.key == "kind" and item.of not in known:
            kind = f"what kind of body; taken to be {_KIND[str(item.value)]}"
            yield decision.others[item.of or ""], kind, CONTRACTS
    if untried := list(filter(attrgetter("is_untried"), decision.functions)):
        yield listed_names(untried, _NAMED), WHO_ELSE, CONTRACTS
    if alone := list(filter(others_unsaid, decision.acting(Action.KEEP))):
        yield listed_names(alone, _NAMED), "with or from whom", CONTRACTS
    unsaid = decision.acting(None)
    if unsaid and decision.knows_today:
        how, counted = "by whom run today, at what cost", unsaid_cost(decision)
        yield listed_names(unsaid, _NAMED), f"{how}; counted: {counted}" if counted else how, SERVICE
    if asking := decision.acting(Action.FIND_OUT):
        yield listed_names(asking, _NAMED), "back for decision on", SERVICE
    if decision.leaving:
        names = listed([leaves.name for leaves in decision.leaving], most=_NAMED)
        yield names, "how much of the allowance goes along; who pays for rooms, systems and managers left", FINANCE


def others_unsaid(function: FunctionResult) -> bool:
    """Whether others run a function today, and it was not said who."""
    return function.today is not None and function.today.mode is not Option.MAKE and not function.today.with_

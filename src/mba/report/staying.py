"""What stays as it is, and why; what is recommended where today was not said; and what signs and points mean."""

from collections import Counter
from itertools import chain

from mba.inputs import ORGANISATION, named
from mba.render.document import Block, prose_if_any
from mba.report.leaving import last_day, leaving, written_day
from mba.report.plan import by_way, is_guessed, way_with
from mba.report.words import GUESSED, listed_names, ways_of
from mba.results import Action, Decision, FunctionResult, Reason
from mba.terms import Option


def kept(decision: Decision, most: int) -> list[Block]:
    """How many stay as they are and why, and whose contract ends, so many named; and what is recommended instead.

    That is where of no function it was said how it is run today.
    """
    staying, said = decision.acting(Action.KEEP), []
    if staying:
        why = " ".join(f"For {number}, {ground}." for ground, number in Counter(map(_ground, staying)).most_common())
        said.append(f"Keep {len(staying)} as they are: {ways_of(staying)}. {why}")
    said += _renewed(decision, most)
    if any(map(is_guessed, (*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)))):
        said.append(f"{GUESSED} is an estimate; each sum is rounded.")
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

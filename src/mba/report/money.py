"""The part of a report that is about money: the plans side by side, five years, and whether it fits."""

from collections.abc import Iterator

from mba.inputs import ORGANISATION, named
from mba.knowledge.figures import Choice
from mba.render.document import (
    Block,
    Heading,
    Tone,
    prose,
    prose_if_any,
)
from mba.report.pictures import chance_of_fitting, drawn, money_bridge
from mba.report.plans import (
    CHOSEN_FROM,
    Sums,
    beside,
    by_what_is_listed,
    every_move,
    of_draws,
    plans,
    plans_called,
    reckoning,
)
from mba.report.shortfall import blueprint, gap, passed_on
from mba.report.words import a_head, about, count, listed_names, percent
from mba.results import Action, Decision


def money(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans beside each other, whether the first year pays for what moves, and what closes a gap."""
    if decision.budget.recommended_cost is None:
        return []
    return [
        Heading(2, "The money"),
        *plans(decision, choosing),
        *prose_if_any(*_first_year(decision), *_chances(decision)),
        *gap(decision, _STEPS),
        *blueprint(decision, _STEPS),
        *prose_if_any(_inexact(decision)),
    ]


def money_over_time(decision: Decision) -> list[Block]:
    """The money of a paper: year by year, a head, beside the allowance, with its pictures."""
    if decision.budget.recommended_cost is None:
        return [prose(fitting(decision))]
    years = {
        "First year, with moving": lambda sums: about(sums.cost + sums.once),
        "Each later year": lambda sums: about(sums.cost),
    }
    return [
        prose(*_first_year(decision), _a_head(decision), _estimated(decision)),
        beside("£", plans_called(decision, *CHOSEN_FROM), years, "What each plan costs, year by year"),
        prose(_NO_GROWTH, tone=Tone.FAINT),
        *drawn(money_bridge(decision), chance_of_fitting(decision)),
        *prose_if_any(_inexact(decision)),
        *passed_on(decision),
    ]


_STEPS = 5
"""Moves that the report names."""
_NO_GROWTH = "No growth in pay or prices is assumed. In the plans side by side, the first year counts whole."


def _first_year(decision: Decision) -> Iterator[str]:
    """Whether the first year pays for the moves now."""
    sums = reckoning(decision)
    left, once, waiting = sums.sure.left, about(sums.sure.once), decision.acting(Action.FIND_OUT)
    if sums.sure.once and left < 0:
        yield f"With the moves now nothing is left of the first year for moving, {once} once."
    elif sums.sure.once:
        pays = f"leaves {about(sums.sure.first_year)} of the first year"
        if sums.sure.short_at_first:
            pays = f"is {about(sums.sure.short_at_first)} more than that"
        yearly = f"{about(left)} a year{by_what_is_listed(left, decision)}"
        yield f"The moves now leave {yearly}; moving, {once} once, {pays}."
    if left < 0 <= sums.recommended.left and waiting:
        yield f"It fits the allowance only with moves that are still open: {listed_names(waiting, 5)}."


def _chances(decision: Decision) -> Iterator[str]:
    """How likely the plan is to fit, and how often nothing would."""
    yield from _chance(decision, "the yearly cost of the recommended plan")
    if decision.budget.floor_share:
        short = _in_prose(decision.budget.floor_share)
        yield f"In {short} of the draws the best plan is over the allowance even where a pound counts twice."


def _chance(decision: Decision, what: str) -> Iterator[str]:
    """How likely the plan is to fit, and with how much more it would be likely; nothing where nothing was drawn."""
    budget = decision.budget
    if budget.chance_within is not None:
        fits = "fits the assumed allowance" if budget_is_assumed(decision) else "fits"
        likely = f"The chance that {what} {fits} is {_in_prose(of_draws(budget.chance_within))}"
        lacking = (budget.headroom_likely or 0) - (budget.headroom or 0)
        yield f"{likely}; with {about(lacking)} a year more it would be 80%." if lacking > 0 else f"{likely}."


def _in_prose(share: float) -> str:
    """A share, 0-1, in a sentence: over 99%."""
    return percent(share).replace(">", "over ").replace("<", "under ")


def _a_head(decision: Decision) -> str:
    """What all that is recommended costs, and leaves of the allowance, £ a year and a head."""
    budget, people, plan = decision.budget, decision.organisation.population, reckoning(decision).recommended
    spent, whole, rest = (
        f"{about(sum_)} ({a_head(sum_ / people)} a head)" for sum_ in (plan.cost, budget.allowance, abs(plan.left))
    )
    known = "" if budget.complete else ", as far as is known,"
    said = f"{every_move(decision)}{known} costs {spent} a year"
    if budget.committed:
        said += f", {about(budget.committed)} that is committed among it"
    return f"{said}. The allowance is {whole}: {rest} {'left' if plan.left >= 0 else 'too much'}."


def _estimated(decision: Decision) -> str:
    """How much of the plan rests on estimates; empty where nothing does."""
    guessed, part = decision.estimated, "All"
    if guessed != decision.budget.recommended_cost:
        part = f"{about(guessed)} a year"
    said = f"{part} of what is recommended rests on estimates. Replace them with quotes or with own figures."
    return said if guessed else ""


def _inexact(decision: Decision) -> str:
    """How far from the best a portfolio may be that is not proved to be it."""
    if not decision.budget.unproved:
        return ""
    most = about(decision.budget.unproved)
    return f"Too many combinations are alike to look at all: a better one could be worth {most} a year more."


def fitting(decision: Decision) -> str:
    """Whether the plan fits in the allowance, and how likely that is."""
    budget, sums = decision.budget, reckoning(decision)
    if budget.recommended_cost is None:
        if sums.recommended.left < 0:
            return f"What is committed alone is {about(-sums.recommended.left)} above the allowance."
        return "Nothing is costed, so whether it fits in the allowance is not known."
    said = f"The allowance is {about(budget.allowance)} a year"
    if budget_is_assumed(decision):
        said += f", assumed at {a_head(decision.organisation.budget_per_head)} a head"
    if budget.committed:
        said += f"; {about(budget.committed)} of it is committed and counted in each plan"
    what, fits = "All that is recommended", _whether(sums.recommended, decision)
    if not budget.complete:
        what = f"What has a cost, {count(len(decision.functions) - len(budget.uncosted), 'function')},"
    if sums.sure.left == sums.recommended.left:
        return " ".join((f"{said}. {what} {fits}.", *_chance(decision, "its yearly cost")))
    fits = f". With open moves too it {fits}"
    kinds = {(plan.left < 0, plan.short_at_first > 0) for plan in (sums.sure, sums.recommended)}
    if len(kinds) == 1:  # What the sum is of was said just before.
        fits = f"; with open moves too {about(abs(sums.recommended.left))}"
    now_fits = f"The plan of all moves now {_whether(sums.sure, decision)}{fits}."
    return " ".join((f"{said}. {now_fits}", *_chance(decision, "the yearly cost with open moves")))


def _whether(plan: Sums, decision: Decision) -> str:
    """Whether a plan fits in the allowance, and what it leaves or is too much, £ a year."""
    if plan.left < 0:
        return f"does not fit: it is {about(-plan.left)} a year too much"
    fits = "fits from the second year, and" if plan.short_at_first else "fits, and"
    return f"{fits} leaves {about(plan.left)} a year{by_what_is_listed(plan.left, decision)}"


def budget_is_assumed(decision: Decision) -> bool:
    """Whether the allowance rests on the usual budget a head, since none was given."""
    return any(found.input is named(ORGANISATION, "budget_per_head") for found in decision.assumptions)

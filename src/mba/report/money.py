"""The part of a report that is about money: the plans side by side, five years, and what it is spent on."""

from __future__ import annotations

from operator import attrgetter

from mba.inputs import ORGANISATION, named
from mba.knowledge.figures import Choice
from mba.render.document import Block, Heading, Items, Paragraph, Tone, text
from mba.report.pictures import chance_of_fitting, drawn, money_bridge
from mba.report.plans import CHOSEN_FROM, beside, chance, chances, first_year, plans, plans_called
from mba.report.standing import by_what_is_listed
from mba.report.words import a_head, about, count, listed
from mba.results import Decision
from mba.spending import Closing, Shortfall


def money(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans beside each other, whether the first year pays for what moves, and what closes a gap."""
    if decision.budget.recommended_cost is None:
        return []
    fits = _worded(" ".join(filter(None, (first_year(decision), chances(decision)))))
    return [Heading(2, "The money"), *plans(decision, choosing), *fits, *gap(decision), *_inexact(decision)]


def _worded(words: str) -> list[Block]:
    return [Paragraph(text(words))] if words else []


def money_over_time(decision: Decision) -> list[Block]:
    """The money of a paper: year by year, a head, beside the allowance, with its pictures."""
    cost = decision.budget.recommended_cost
    if cost is None:
        return [Paragraph(text(fitting(decision)))]
    return [
        *_worded(" ".join(filter(None, (first_year(decision), _a_head(decision, cost), _estimated(decision))))),
        *_years(decision),
        *drawn(money_bridge(decision), chance_of_fitting(decision)),
        *_inexact(decision),
    ]


def _years(decision: Decision) -> list[Block]:
    """What each plan to choose from costs in the first year, and in each later one."""
    table = beside(
        "£",
        plans_called(decision, *CHOSEN_FROM),
        ("First year, with moving", "Each later year"),
        lambda cost, plan: (plan.once + cost, cost),
        "What each plan costs, year by year",
    )
    said = "No growth in pay or prices is assumed. In the plans side by side, the first year counts whole."
    return [table, Paragraph(text(said, Tone.FAINT))] if table.rows else []


def _a_head(decision: Decision, cost: int) -> str:
    """What all that is recommended costs, and leaves of the allowance, £ a year and a head."""
    budget, people = decision.budget, decision.organisation.population
    left = budget.free - cost
    sums = cost + budget.committed, budget.allowance, abs(left)
    spent, whole, rest = (f"{about(sum_)} ({a_head(sum_ / people)} a head)" for sum_ in sums)
    known = "" if budget.complete else ", as far as is known,"
    said = f"All that is recommended{known} costs {spent} a year"
    if budget.committed:
        said += f", {about(budget.committed)} that is committed among it"
    return f"{said}. The allowance is {whole}: {rest} {'left' if left >= 0 else 'too much'}."


def _estimated(decision: Decision) -> str:
    """How much of the plan rests on estimates; empty where nothing does."""
    guessed = decision.estimated
    if not guessed:
        return ""
    part = "All" if guessed == decision.budget.recommended_cost else f"{about(guessed)} a year"
    return f"{part} of what is recommended rests on estimates. Replace them with quotes or with own figures."


def _inexact(decision: Decision) -> list[Block]:
    """How far from the best a portfolio may be that is not proved to be it."""
    most = decision.budget.unproved
    if not most:
        return []
    said = f"Too many combinations are alike to look at all: a better one could be worth {about(most)} a year more."
    return _worded(said)


def fitting(decision: Decision) -> str:
    """Whether the plan fits in the allowance, and how likely that is."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        if budget.committed > budget.allowance:
            return f"What is committed alone is {about(budget.committed - budget.allowance)} above the allowance."
        return "Nothing is costed, so whether it fits in the allowance is not known."
    said = f"The allowance is {about(budget.allowance)} a year"
    if budget.committed:
        said += f", of which {about(budget.committed)} is committed and counted in each plan"
    if budget_is_assumed(decision):
        said += f", assumed at {a_head(decision.organisation.budget_per_head)} a head"
    what, whether = "All that is recommended", f"does not fit: it is {about(-budget.headroom)} a year too much"
    if not budget.complete:
        what = f"What has a cost, {count(len(decision.functions) - len(budget.uncosted), 'function')},"
    once = decision.plans.recommended.once if decision.plans else 0
    if budget.within_allowance:
        fits = "fits from the second year, and" if once > budget.headroom else "fits, and"
        whether = f"{fits} leaves {about(budget.headroom)} a year{by_what_is_listed(budget.headroom, decision)}"
    return f"{said}. {what} {whether}. {chance(decision, 'its yearly cost')}".rstrip()


def budget_is_assumed(decision: Decision) -> bool:
    """Whether the allowance rests on the usual budget a head, since none was given."""
    return any(found.input is named(ORGANISATION, "budget_per_head") for found in decision.assumptions)


# A gap


def gap(decision: Decision) -> list[Block]:
    """What could close a gap; nothing where there is none."""
    short = decision.shortfall
    if short is None:
        return []
    lines = ["No single move closes it."]
    if short.single:
        lines = [f"One move closes it: {_closing(short.single, decision)}."]
    lines += _step_by_step(short, decision)
    lines.append(
        f"Everything would have to shrink by {short.shrink:.1%}, or the allowance be {about(short.allowance)}."
    )
    if short.least:
        least = listed([decision.names[id_] for id_ in short.least])
        lines.append(f"Neither statutory nor core and rated least important, the most costly first: {least}.")
    if short.passing:  # What a board's blueprint would have others run.
        names = listed([decision.names[id_] for id_ in short.passing], most=_STEPS)
        lines.append(
            f"The model board blueprint would have others run {count(len(short.passing), 'function')}, at "
            f"{about(short.passing_cost)} a year now: {names}. Find out which will go, where to, and what of the "
            "allowance goes along."
        )
    said = f"Closing the gap of {about(short.gap)} a year:"
    return [Paragraph(text(said, Tone.WARNING)), Items(tuple(map(text, lines)))]


def _step_by_step(short: Shortfall, decision: Decision) -> list[str]:
    """The moves that save most for what they lose, the best value first, and what all of them save."""
    if not short.moves:
        if any(function.is_decided for function in decision.functions):
            return ["But for what was decided, no other way to run any function is known to cost less."]
        return ["No other way to run any function is known to cost less."]
    lines = [f"Step by step, the best value first: {_closing(short.moves[0], decision)}."]
    told = filter(lambda move: move.saves >= _LEAST, short.moves[1:_STEPS])  # What saves little is only in the sum.
    lines += [f"Next: {_closing(move, decision)}." for move in told]
    if len(short.moves) > 1:
        every = about(sum(map(attrgetter("saves"), short.moves)))
        lines.append(f"All {len(short.moves)} together save {every} a year.")
    return lines


def _closing(move: Closing, decision: Decision) -> str:
    once = f", {about(move.once)} once" if move.once > 0 else ""
    points = round(abs(move.fit))
    fit = "with as good a fit"
    if points:
        fit = f"with {count(points, 'point')} of fit {_CHANGE[move.fit > 0]}"
    return f"{move.option} {decision.names[move.function]} saves {about(move.saves)} a year, {fit}{once}"


_CHANGE = {True: "less", False: "more"}
_LEAST = 500
"""£ a year that round to £1,000."""
_STEPS = 5
"""Moves that the report names."""

"""The money of a report: the plans side by side, the years, whether it fits, and what closes a gap."""

from collections.abc import Iterator
from operator import attrgetter

from mba.inputs import ORGANISATION, named
from mba.knowledge.figures import Choice
from mba.load.knowledge import load_catalogue
from mba.render.document import Block, Heading, Items, Table, Tone, columns, prose, prose_if_any, row, text
from mba.report.bridge import chance_of_fitting, money_bridge
from mba.report.pictures import drawn
from mba.report.plan import way_with
from mba.report.plans import (
    Sums,
    as_listed,
    cut_by,
    every_move,
    in_rows,
    left_out,
    mark_of,
    open_too,
    plans,
    reckoning,
    would_do,
)
from mba.report.words import a_head, about, count, grouped, listed, listed_names, more, odds, percent, with_whom
from mba.results import Action, Decision
from mba.spending import Closing, Shortfall
from mba.terms import Option


def gap(decision: Decision, choosing: Choice, most: int) -> list[Block]:
    """What could close a gap, so many steps named; nothing where there is none."""
    short, names = decision.shortfall, decision.names
    if short is None:
        return []
    lines = ["No single move closes it."]
    if short.single:
        before = decision.by_id[short.single.function].recommendation
        lines = [f"One move closes it: {_closing(short.single, before, decision)}."]
    lines += _step_by_step(short, decision, most)
    if short.can_be_closed:
        times = f"{choosing.most_in_shortage.value:g} times"
        lines.append(f"So it can be closed, but the fit that is lost counts for at least {times} what that saves.")
    lines += [f"Everything would have to shrink by {cut_by(short)}, or the allowance be {would_do(short, decision)}."]
    if short.least:
        least = listed(list(map(names.__getitem__, short.least)))
        which = "Neither statutory nor core"
        if decision.profile and any(each.ratings.importance for each in decision.profile.functions):
            which += " and rated least important"
        lines.append(f"{which}, the most costly first: {least}.")
    plan = "all that is recommended"
    if open_too(decision):
        plan += ", open moves too"
    said = f"Closing the gap of {about(short.gap)} a year, beyond {plan}:"
    return [prose(said, tone=Tone.WARNING), Items(tuple(map(text, lines)))]


def fits_after(before: Decision, after: Decision) -> str:
    """That all that is recommended fits no more, or fits now; empty where that is as before, or not known."""
    was, left = before.budget.headroom, after.budget.headroom
    if was is None or left is None or (was < 0) == (left < 0):
        return ""
    if left < 0:
        return f"It does not fit any more: {about(-left)} a year too much, where {about(was)} was left."
    return f"It fits now, with {about(left)} a year left, where {about(-was)} was too much."


def blueprint(decision: Decision, most: int) -> list[Block]:
    """What of a board's work its blueprint would have others run, so many named, whether or not the rest fits."""
    passing = decision.passing
    if passing is None:
        return []
    named = listed(list(map(decision.names.__getitem__, passing.functions)), most=most)
    number, cost = count(len(passing.functions), "function"), about(passing.cost)
    said = [
        f"The 2025 blueprint for boards would have others run {number}, at {cost} a year as recommended: {named}.",
        "Find out which will go, where to, and with what of the allowance.",
    ]
    moving = list(filter(lambda function: function.id in passing.functions, decision.acting(Action.MOVE)))
    if signed := list(filter(lambda function: function.recommendation is not Option.MAKE, moving)):
        said.append(f"Let what is signed for {listed_names(signed, most)} end then.")
    return [prose(*said)]


def passed_on(decision: Decision) -> list[Block]:
    """The blueprint told in full: what is known of each function it passes on, beside what is recommended meanwhile."""
    if decision.passing is None:
        return []
    known, rows = load_catalogue().functions, []
    passing = list(map(decision.by_id.__getitem__, decision.passing.functions))
    for function in passing:
        entry, way = known.get(function.catalogue or function.id), way_with(function, decision)
        says = entry.boards.says if entry and entry.boards else ""
        meanwhile = f"{_MEANWHILE[function.action]}{way}"
        rows.append(row(function.name, says, meanwhile, about(function.counted or 0)))
    words = ("Passes to others by the blueprint", "What is known of it", "Until then")
    heads = columns(*words, figures=["£ a year, as recommended"])
    said = [_BLUEPRINT, f"All that it passes on costs {about(decision.passing.cost)} a year as recommended."]
    table = Table(heads, tuple(rows), about="What the blueprint passes on, and what is done meanwhile")
    moving = grouped(filter(passing.__contains__, decision.acting(Action.MOVE)), attrgetter("ending"))
    squared = [f"{listed_names(alike)}: {_SQUARED[bool(ending)]}" for ending, alike in moving.items()]
    return [Heading(3, "What the blueprint passes on"), prose(*said), table, *prose_if_any(*squared)]


_BLUEPRINT = (
    "The blueprint is NHS England's model of 2025 of what boards are to do, and what is to pass to others. It is no "
    "law. It is known here from a law firm and the press. Until work passes the board has it done, so it is in this "
    "paper."
)
_MEANWHILE = {None: "", Action.MOVE: "moves now: ", Action.KEEP: "stays: ", Action.FIND_OUT: "open: "}
_SQUARED = {
    True: "today's way ends, so moving cannot wait. What is signed must be able to end when work passes.",
    False: "nothing forces the move. Find out when work passes: moving must have paid for itself by then.",
}
"""What a move means that the blueprint passes on, by whether today's way ends."""


def _step_by_step(short: Shortfall, decision: Decision, most: int) -> list[str]:
    """The moves that save most for what they lose, the best value first, and what all of them save."""
    if not short.moves:
        said = "No other way to run any function is known to cost less."
        if any(map(attrgetter("is_decided"), decision.functions)):
            said = f"But for what was decided, n{said[1:]}"
        return [f"{said} {left_out(decision)}".rstrip()]
    lines, ways = list[str](), {id_: function.recommendation for id_, function in decision.by_id.items()}
    for move in short.moves[:most]:
        if not lines or move.saves >= _LEAST:  # What saves little is only in the sum.
            lines.append(f"{'Next' if lines else 'Best value first'}: {_closing(move, ways[move.function], decision)}.")
        ways[move.function] = move.option
    if len(short.moves) > 1:
        every = short.saved
        rest = f"; {about(short.gap - every)} is left to find" if every < short.gap else ""
        all_ = f"All {len(short.moves)} together"
        if hidden := len(short.moves) - len(lines):
            all_ = f"All {len(short.moves)}, with {hidden} not named here,"
        lines.append(f"{all_} save {about(every)} a year{rest}.")
    return lines


def _closing(move: Closing, before: Option, decision: Decision) -> str:
    fit = "as good a fit"
    if points := round(abs(move.fit)):
        fit = f"{count(points, 'point')} of fit {more(-move.fit)}"
    whom = listed([decision.others.get(id_, id_) for id_ in move.whom])
    way = f"{move.option} {decision.names[move.function]} {with_whom(move.option, whom)}".rstrip()
    if before is not move.option:
        way += f" in place of {before}"
    said = f"{way} saves {about(move.saves)} a year, with {fit}"
    if move.once > 0:
        said += f", {about(move.once)} more once"
    return said


_LEAST = 500  # £ a year that round to £1,000.


def money(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans beside each other, whether the first year pays for what moves, and what closes a gap."""
    if decision.budget.recommended_cost is None:
        return []
    short = ""
    if share := decision.budget.floor_share:
        often = f"In {_in_prose(share)} of the draws"
        short = f"{often} the best plan is over the allowance even where a pound counts twice."
    return [
        Heading(2, "The money"),
        *plans(decision, choosing),
        *prose_if_any(*_first_year(decision), *_chance(decision, "the yearly cost of the recommended plan"), short),
        *gap(decision, choosing, _STEPS),
        *blueprint(decision, _STEPS),
        *prose_if_any(_inexact(decision)),
    ]


def money_over_time(decision: Decision) -> list[Block]:
    """The money of a paper: year by year, a head, beside the allowance, with its pictures."""
    if decision.budget.recommended_cost is None:
        return [prose(fitting(decision))]
    estimates, guessed = "", decision.estimated
    if guessed:
        part = "All" if guessed == decision.budget.recommended_cost else f"{about(guessed)} a year"
        estimates = f"{part} of what is recommended rests on estimates. Replace them with quotes or with own figures."
    years = {
        "First year, with moving": lambda sums: mark_of(sums, decision) + about(sums.cost + sums.once),
        "Each later year": lambda sums: mark_of(sums, decision) + about(sums.cost),
    }
    return [
        prose(*_first_year(decision), _a_head(decision), estimates),
        *in_rows("£", decision, years, "What each plan costs, year by year"),
        prose(_NO_GROWTH, tone=Tone.FAINT),
        *drawn(money_bridge(decision), chance_of_fitting(decision)),
        *prose_if_any(_inexact(decision)),
        *passed_on(decision),
    ]


_STEPS = 5  # Moves that the report names.
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
        yearly = f"{about(left)} a year{as_listed(left, decision)}"
        yield f"The moves now leave {yearly}; moving, {once} once, {pays}."
    if left < 0 <= sums.recommended.left and waiting:
        yield f"It fits the allowance only with moves that are still open: {listed_names(waiting, 5)}."


def _chance(decision: Decision, what: str) -> Iterator[str]:
    """How likely the plan is to fit, and with how much more it would be likely; nothing where nothing was drawn."""
    budget = decision.budget
    if budget.chance_within is not None:
        likely = f"The chance that {what} fits is {_in_prose(odds(budget.chance_within))}"
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
    now_fits, both = _whether(sums.sure, decision), f"The plan of all moves now {fits}, with open moves or without."
    if fits != now_fits:
        both = f"The plan of all moves now {now_fits}. With open moves too it {fits}."
    return " ".join((f"{said}. {both}", *_chance(decision, "the yearly cost with open moves")))


def _whether(plan: Sums, decision: Decision) -> str:
    """Whether a plan fits in the allowance, and what it is too much, £ a year; what it leaves stands with the plans."""
    if plan.left < 0:
        return f"does not fit: it is {about(-plan.left)} a year too much"
    return f"fits{' from the second year' * (plan.short_at_first > 0)}{as_listed(plan.left, decision)}"


def budget_is_assumed(decision: Decision) -> bool:
    """Whether the allowance rests on the usual budget a head, since none was given."""
    return any(found.input is named(ORGANISATION, "budget_per_head") for found in decision.assumptions)

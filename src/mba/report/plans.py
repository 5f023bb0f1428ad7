"""What the plans come to, beside the allowance and each other; and what moves now, in a few sentences."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple, cast

from mba.knowledge.figures import Choice
from mba.render.document import Block, Tone, columns, prose, row, tabled
from mba.report.plan import is_guessed, is_left_open, moves_now
from mba.report.words import GUESSED, about, apart, count, length_of_life, listed, listed_names, more, ways_of
from mba.results import Action, Decision, FunctionResult
from mba.spending import Plan, Plans, Shortfall
from mba.ways import way_of_today


class Sums(NamedTuple):
    """A plan in £, what is committed among it: a year, left of the allowance a year, once, and over the years.

    What has no cost counts as nothing. `fit` is None where it is not known.
    """

    cost: int
    left: int
    once: int
    whole_life: int
    fit: float | None
    moves: int

    @property
    def first_year(self) -> int:
        """£ that is left of the first year after moving; below 0 where it is too little."""
        return self.left - self.once

    @property
    def short_at_first(self) -> int:
        """£ that moving costs more than a year leaves; 0 where it leaves enough, or is too little by itself."""
        return max(0, -self.first_year) if self.left >= 0 else 0


class Reckoning(NamedTuple):
    """What each plan comes to.

    `today` is None where of no function it was said how it is run. `ending` makes those of the moves now that must be
    made, since today's way ends, and no other; None where none must.
    """

    today: Sums | None
    ending: Sums | None
    sure: Sums
    recommended: Sums
    cheapest: Sums
    best_fit: Sums


def reckoning(decision: Decision) -> Reckoning:
    """What each plan comes to; not of a result that mba 0.1 stored, which has no plans."""
    plans, budget = cast("Plans", decision.plans), decision.budget
    a_pound = ((plans.recommended.whole_life or 0) - plans.recommended.once) / (plans.recommended.cost or 1)

    def sums(plan: Plan) -> Sums:
        cost, whole = (plan.cost or 0) + budget.committed, (plan.whole_life or 0) + round(budget.committed * a_pound)
        return Sums(cost, budget.allowance - cost, plan.once, whole, plan.fit, plan.moves)

    today, ending = plans.today and sums(plans.today), plans.ending and sums(plans.ending)
    return Reckoning(today, ending, *map(sums, (plans.sure, plans.recommended, plans.cheapest, plans.best_fit)))


def gap_told(decision: Decision) -> str:
    """What is too much a year with all that is recommended, and with the moves now alone; empty where one fits."""
    sums = reckoning(decision)
    if sums.sure.left >= 0 or sums.recommended.left >= 0:
        return ""
    said = f"{about(-sums.recommended.left)} a year"
    if sums.sure.left < sums.recommended.left:
        said += f" ({about(-sums.sure.left)} until more is found out)"
    return said


def would_do(short: Shortfall, decision: Decision, pounds: Callable[[int], str] = about) -> str:
    """The allowance that all that is recommended needs and, where that is more, the moves now alone."""
    sums = reckoning(decision)
    needed, now = pounds(short.allowance), pounds(sums.sure.cost)
    if sums.sure.cost > sums.recommended.cost and now != needed:
        needed += f" ({now} until more is found out)"
    return needed


def left_out(decision: Decision) -> str:
    """Of which functions no costs are compared, since a price is missing, and £ a year paid for them; else empty."""
    out = [each for each in decision.functions if not each.costed and not each.is_decided and each.counted]
    paid = sum(each.today.cost or 0 for each in out if each.today)
    if not paid:
        return ""
    said = listed([decision.names[each.id] for each in out], most=2)
    return f"No costs are compared of {said}, {about(paid)} a year today: not every way has a price."


def cut_by(short: Shortfall) -> str:
    """By how much everything would have to shrink: 4.2%, rounded up, since less is not enough."""
    return f"{math.ceil(round(short.shrink * 1_000, 6)) / 1_000:.1%}"


def every_move(decision: Decision) -> str:
    """What the recommended plan is called at the start of a sentence: that it makes the open moves too, if any."""
    if open_too(decision):
        return "With open moves too, all that is recommended"
    return "All that is recommended"


def open_too(decision: Decision) -> bool:
    """Whether the recommended plan makes moves that are to be found out first."""
    return any(map(attrgetter("moves"), decision.acting(Action.FIND_OUT)))


def as_listed(left: int, decision: Decision) -> str:
    """That a sum is left by what is listed, which may not be all: over a quarter of the free money; else nothing."""
    return " by what is listed" if left > 0.25 * decision.budget.free else ""


def done_now(decision: Decision) -> str:
    """The decision in a few sentences: what moves now, what stays, what to find out first."""
    moving, keeping, asking, unsaid = map(decision.acting, (Action.MOVE, Action.KEEP, Action.FIND_OUT, None))
    head = "Move nothing now"
    if not decision.knows_today:
        head = f"Of {count(len(unsaid), 'function')}: {ways_of(unsaid)}"
    elif moving:
        head = f"Make {count(len(moving), 'move')} now"
    if changes := changed_by_moves(decision, about, " than today"):
        head += f" ({changes})"
    said = [f"{head}."]
    if open_ := sum(map(is_left_open, moving)):
        which = "Only"
        if open_ < len(moving):
            which = f"For {open_} of them only"
        said.append(f"{which} leaving is sure, not where to.")
    if keeping:
        said.append(f"Keep {count(len(keeping), 'as it is', 'as they are')}.")
    if asking and any(map(attrgetter("confidence"), decision.functions)):
        said.append(f"Find out first about {len(asking)}.")
    elif asking:
        said.append(f"Find out first about {len(asking)}, because nothing was drawn.")
    if unsaid and decision.knows_today:
        said.append(f"How {count(len(unsaid), 'function is', 'functions are')} run today was not said.")
    if decision.leaving:
        said.append(f"{count(len(decision.leaving), 'function leaves', 'functions leave')}.")
    return " ".join(said)


def unsaid_cost(decision: Decision) -> str:
    """£ a year that what it was not said of how it is run counts as, and how much more it may be; or nothing."""
    costed = _unsaid_and_costed(decision)
    if not costed:
        return ""
    said = f"{about(sum(function.chosen.cost.pounds or 0 for function in costed))} a year"
    if more := unsaid_at_most(decision):
        said += f", at most {about(more)} more"
    return said


def unsaid_at_most(decision: Decision) -> int:
    """£ a year more than counted that these cost where each is run in the dearest way that is known."""
    unsaid = _unsaid_and_costed(decision)
    dearest = (max(each.cost.pounds or 0 for each in function.options.values()) for function in unsaid)
    return sum(dearest) - sum(function.chosen.cost.pounds or 0 for function in unsaid)


def _unsaid_and_costed(decision: Decision) -> list[FunctionResult]:
    return [function for function in decision.acting(None) if function.chosen.cost.pounds is not None]


def changed_by_moves(decision: Decision, pounds: Callable[[int], str], than: str = "") -> str:
    """What the moves now change a year and cost once: £69,000 a year less, £105,000 once; empty where not known.

    Of how many that is not known follows; where of all, nothing else is said.
    """
    sums, moves = reckoning(decision), decision.acting(Action.MOVE)
    if decision.budget.recommended_cost is None or sums.today is None or not moves:
        return ""
    unpriced = sum(move.chosen.cost.pounds is None for move in moves)
    if unpriced == len(moves):
        return "at a cost not known"
    change, mark = apart(sums.sure.cost, sums.today.cost), GUESSED * any(map(is_guessed, moves))
    said = f"{mark}{pounds(abs(change))} a year {more(change)}{than}" if change else "for as much a year"
    said += f", {pounds(sums.sure.once)} once"
    return f"{said}, {unpriced} unpriced" if unpriced else said


def mark_of(plan: Sums, decision: Decision) -> str:
    """The mark of an estimate, where a cost in a plan is one; of a plan of others, where any of them may be."""
    sums, (ending, others) = reckoning(decision), moves_now(decision)
    every = list(filter(attrgetter("moves"), decision.functions))
    moves: dict[Sums | None, list[FunctionResult]] = {sums.recommended: every, sums.sure: [*ending, *others]}
    moves |= {sums.ending: ending, sums.today: []}
    if plan not in moves:
        return GUESSED * bool(decision.estimated)
    moving, guessed = {function.id for function in moves[plan]}, False
    for function in decision.functions:
        if function.today and function.id not in moving:
            guessed |= function.today.cost is not None and not function.today.known
        else:
            guessed |= function.chosen.cost.estimated
    return GUESSED * guessed


def is_marked(decision: Decision) -> bool:
    """Whether any plan has the mark of an estimate."""
    if decision.budget.recommended_cost is None:
        return False
    return any(mark_of(sums, decision) for sums in filter(None, reckoning(decision)))


def plans_called(decision: Decision, number: int | None = None) -> dict[str, Sums]:
    """The plans by what a board calls them, the first so many or all: a board chooses from the first four.

    Those that are the same stand once, under both names; one for open moves only where there are some; nothing where
    nothing is costed.
    """
    if decision.budget.recommended_cost is None:
        return {}
    called, found = _CALLED, reckoning(decision)._asdict()
    if found["ending"]:
        called = called | {"today": "As today, for comparison only"}
    if not found["today"]:
        called = called | {"sure": "As recommended", "recommended": "As recommended"}
    if found["recommended"] == found["sure"]:  # Nothing that is open moves.
        del found["recommended"]
    names: dict[Sums, dict[str, None]] = defaultdict(dict)
    for field in filter(found.get, tuple(_CALLED)[:number]):
        names[found[field]][called[field]] = None
    return {" = ".join(same): sums for sums, same in names.items()}


_CALLED = {
    "today": "Doing nothing",
    "ending": "Only what must end",
    "sure": "All moves now",
    "recommended": "All moves, open ones too",
    "cheapest": "Cheapest",
    "best_fit": "Best fit",
}
"""All plans, in the order in which they stand beside each other."""


def in_rows(
    title: str, decision: Decision, cells: Mapping[str, Callable[[Sums], str]], about_: str = "", number: int | None = 4
) -> list[Block]:
    """Plans in rows, those first that a board chooses from, with what a cell says of each under its head."""
    called = plans_called(decision, number)
    rows = [row(name, *(cell(sums) for cell in cells.values())) for name, sums in called.items()]
    return tabled(columns(title, figures=tuple(cells)), rows, about=about_)


def plans(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans side by side, as the Green Book's appraisal summary has them."""
    if decision.budget.recommended_cost is None:
        return []
    whole, rate = f"over {length_of_life(choosing)}", choosing.discount_rate.value
    said = f"O{whole[1:]}: present value at {rate:.1%}, moving included. Fit, 0 to 100, is the mean by weight."
    cells: dict[str, Callable[[Sums], str]] = {
        "£ a year": lambda sums: mark_of(sums, decision) + about(sums.cost),
        "£ left": lambda sums: about(sums.left),
        "£ once": lambda sums: about(sums.once),
        f"£ {whole}": lambda sums: about(sums.whole_life),
        "Fit": lambda sums: "" if sums.fit is None else f"{sums.fit:.1f}",
        "Moves": lambda sums: str(sums.moves),
    }
    if not decision.knows_today:  # Then nothing moves, as far as is known.
        del cells["£ once"], cells["Moves"]
    table = in_rows("Plan", decision, cells, "What each costs, and how well it suits", number=None)
    return [*table, prose(said, *_counted_in(decision), _FREELY, tone=Tone.FAINT)]


_FREELY = "Best fit is what fits best, whatever it costs. A plan may take other offers than those that the annex shows."


def _is_as_offered(function: FunctionResult) -> bool:
    """Whether today's way costs what is offered, since it was not said what is paid."""
    today, way = function.today, way_of_today(function)
    return bool(today and not today.known and way and way.cost.quoted)


def _counted_in(decision: Decision) -> Iterator[str]:
    """What counts in the plans that is not plain from them."""
    if _unsaid_and_costed(decision) and decision.knows_today:
        said = "Where today was not said, all plans but Cheapest and Best fit have what is recommended"
        yield f"{said}: {unsaid_cost(decision)}."
    if any(map(is_left_open, decision.acting(Action.MOVE))):
        yield "Where today's way must end, the moves now have the recommended way, though that is open."
    if offered := list(filter(_is_as_offered, decision.functions)):
        yield f"What is paid was not said, so today counts what is offered: {listed_names(offered, 5)}."
    known = [(function.today, function.chosen.cost.pounds) for function in decision.functions if function.today]
    if tenders := sum(today.tender for today, _ in known):
        yield f"Today includes {about(tenders)} a year for new tenders, since contracts have ended."
    if any(today.cost is None and cost is not None for today, cost in known):
        yield "A function whose cost today is not known counts today as it does in the plan."
    if any(today.cost is not None and cost is None for today, cost in known):
        yield "A function with no price as recommended counts there as it does today."

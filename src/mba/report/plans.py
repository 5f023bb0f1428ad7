"""What moves now, against how it is today: in a few sentences, and as plans side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter

from mba.knowledge.figures import Choice
from mba.render.document import Block, Paragraph, Table, Tone, columns, row, text
from mba.report.plan import changed
from mba.report.standing import by_what_is_listed, of_draws
from mba.report.words import about, apart, count, length_of_life, listed_names, percent, ways_of
from mba.results import Action, Decision, FunctionResult
from mba.spending import Plan


def done_now(decision: Decision) -> str:
    """The decision in a few sentences: what moves now, what stays, what to find out first."""
    plans = decision.plans
    if plans is None or plans.today is None:
        of_all = f"Of {count(len(decision.functions), 'function')}: {ways_of(decision.functions)}."
        return " ".join([of_all, *_gone(decision)])
    moving, staying, asking = (len(decision.acting(each)) for each in (Action.MOVE, Action.KEEP, Action.FIND_OUT))
    unsaid = len(decision.acting(None))
    said = ["Move nothing now."]
    if moving:
        said = [f"Make {count(moving, 'move')} now{_against(plans.sure, plans.today, decision.budget.committed)}."]
    if open_ := sum(function.is_open for function in decision.acting(Action.MOVE)):
        said.append(f"For {open_} of them only leaving is sure, not where to.")
    if staying:
        said.append(f"Keep {count(staying, 'as it is', 'as they are')}.")
    if asking:
        undrawn = ", because nothing was drawn"
        if any(map(attrgetter("confidence"), decision.functions)):
            undrawn = ""
        said.append(f"Find out first about {asking}{undrawn}.")
    if unsaid:
        said.append(f"How {count(unsaid, 'function is', 'functions are')} run today was not said.")
    return " ".join([*said, *_gone(decision)])


def _gone(decision: Decision) -> list[str]:
    """How many functions leave; nothing where none does."""
    if not decision.leaving:
        return []
    return [f"{count(len(decision.leaving), 'function leaves', 'functions leave')}."]


def _against(plan: Plan, today: Plan, spent: int) -> str:
    """What a plan costs against today, and once, in brackets; each counted with what is committed."""
    if plan.cost is None or today.cost is None:
        return ""
    more, change = apart(plan.cost + spent, today.cost + spent), "for the same cost a year"
    if more:
        change = f"{about(abs(more))} a year {MORE[more > 0]} than today"
    return f" ({change}, {about(plan.once)} once)"


MORE = {True: "more", False: "less"}
"""Whether a sum is more than another, in a word."""


# Plans side by side


def only_what_ends(decision: Decision) -> Plan | None:
    """The plan that makes those of the moves now that must be made, since today's way ends, and no other.

    Its fit is not in a result. It is that of the moves now where these are all; None where none must be made, or
    what today costs is not known.
    """
    plans, ending = decision.plans, list(filter(attrgetter("ending"), decision.acting(Action.MOVE)))
    if not ending or plans is None or plans.today is None or not plans.today.cost:
        return None
    if len(ending) == plans.sure.moves:
        return plans.sure
    cost = plans.today.cost + sum(map(changed, ending))
    once = sum(function.chosen.once for function in ending)
    return Plan(cost, once, round(once + cost * _present(plans.today)), None, len(ending))


def _present(plan: Plan) -> float:
    """What £1 a year is worth today over the years of a plan that has a cost."""
    return ((plan.whole_life or 0) - plan.once) / (plan.cost or 1)


def plans_called(decision: Decision, *which: str) -> dict[str, Plan]:
    """The plans of these fields by what a board calls them, what is committed counted in their money.

    `ending` is the one of only what must end. Those that are the same stand once, under both names; nothing where no
    plan was worked out.
    """
    if decision.plans is None:
        return {}
    called, found = _CALLED, decision.plans._asdict() | {"ending": only_what_ends(decision)}
    if found["ending"]:
        called = called | {"today": "As today, were nothing to end"}
    if decision.plans.today is None:
        called = called | {"sure": "As recommended", "recommended": "As recommended"}
    names: dict[Plan, list[str]] = defaultdict(list)
    for field in filter(found.get, which):
        same = names[_with_committed(found[field], decision)]
        if called[field] not in same:
            same.append(called[field])
    return {" = ".join(same): plan for plan, same in names.items()}


_CALLED = {
    "today": "Doing nothing",
    "ending": "Only what must end",
    "sure": "All moves now",
    "recommended": "All recommended moves",
    "cheapest": "Cheapest",
    "best_fit": "Best fit",
}
PLANS = tuple(_CALLED)
"""All plans, in the order in which they stand beside each other."""
CHOSEN_FROM = PLANS[:4]
"""Those that a board chooses from."""


def _with_committed(plan: Plan, decision: Decision) -> Plan:
    committed = decision.budget.committed
    if not plan.cost or plan.whole_life is None:
        return plan
    whole = plan.whole_life + round(committed * _present(plan))
    return plan._replace(cost=plan.cost + committed, whole_life=whole)


def plans(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans side by side, as the Green Book's appraisal summary has them."""
    if decision.plans is None or decision.budget.recommended_cost is None:
        return []
    whole, rate = f"over {length_of_life(choosing)}", choosing.discount_rate.value
    said = f"O{whole[1:]}: present value at {rate:.1%}, moving included. Fit, 0 to 100, is the mean by weight."
    heads: tuple[str, ...] = ("£ a year", "£ left", "£ once", f"£ {whole}", "Fit", "Moves")
    if decision.plans.today is None:  # Then nothing moves, as far as is known.
        heads = ("£ a year", "£ left", f"£ {whole}", "Fit")
    else:
        said = " ".join([said, *_counted_in(decision)])
    rows = []
    for name, plan in plans_called(decision, *PLANS).items():
        cells = dict.fromkeys(heads, "not known") | {"Fit": "", "£ once": about(plan.once), "Moves": str(plan.moves)}
        if plan.cost is not None and plan.whole_life is not None:
            left = decision.budget.allowance - plan.cost
            cells |= {"£ a year": about(plan.cost), "£ left": about(left), f"£ {whole}": about(plan.whole_life)}
        if plan.fit is not None:
            cells["Fit"] = f"{plan.fit:.1f}"
        rows.append(row(name, *map(cells.__getitem__, heads)))
    table = Table(columns("Plan", figures=heads), tuple(rows), about="What each costs, and how well it suits")
    return [table, Paragraph(text(f"{said} {_FREELY}", Tone.FAINT))]


_FREELY = "Best fit is what fits best, whatever it costs. A plan may take other offers than those that the annex shows."


def _counted_in(decision: Decision) -> Iterator[str]:
    """What counts in the plans that is not plain from them."""
    if any(function.today is None for function in decision.functions):
        unsaid = sum(function.chosen.cost or 0 for function in decision.acting(None))
        yield f"Where today was not said, all but Cheapest and Best fit are as recommended, {about(unsaid)} a year."
    if any(function.is_open for function in decision.acting(Action.MOVE)):
        yield "Where today's way must end, the moves now have the recommended way, though that is open."
    tenders = sum(function.today.tender for function in decision.functions if function.today)
    if tenders:
        yield f"Today includes {about(tenders)} a year for new tenders, since contracts have ended."
    if any(map(_costs_as_planned, decision.functions)):
        yield "A function whose cost today is not known counts today as it does in the plan."


def _costs_as_planned(function: FunctionResult) -> bool:
    """Whether the cost of how it is run today is not known, and that of what is recommended is."""
    return function.today is not None and function.today.cost is None and function.chosen.cost is not None


def beside(
    title: str, named: Mapping[str, Plan], heads: Sequence[str], sums: Callable[[int, Plan], Sequence[int]], about_: str
) -> Table:
    """Plans in rows with sums of £, by what a plan costs a year and the plan; of one that has no cost that is said."""
    rows = []
    for name, plan in named.items():
        cells = ["not known", *[""] * (len(heads) - 1)]
        if plan.cost is not None:
            cells = list(map(about, sums(plan.cost, plan)))
        rows.append(row(name, *cells))
    return Table(columns(title, figures=heads), tuple(rows), about=about_)


def first_year(decision: Decision) -> str:
    """Whether the first year pays for the moves now; empty where not known."""
    if decision.plans is None or decision.plans.sure.cost is None:
        return ""
    sure, waiting, said = decision.plans.sure, decision.acting(Action.FIND_OUT), []
    left = decision.budget.free - (sure.cost or 0)
    if sure.once and left < 0:
        said.append(f"With the moves now nothing is left of the first year for moving, {about(sure.once)} once.")
    elif sure.once:
        pays = f"leaves {about(left - sure.once)} of the first year"
        if left < sure.once:
            pays = f"is {about(sure.once - left)} more than that"
        yearly = f"{about(left)} a year{by_what_is_listed(left, decision)}"
        said.append(f"The moves now leave {yearly}; moving, {about(sure.once)} once, {pays}.")
    if left < 0 and waiting and (decision.budget.headroom or 0) >= 0:
        said.append(f"It fits the allowance only with moves that are still open: {listed_names(waiting, 5)}.")
    return " ".join(said)


def chances(decision: Decision) -> str:
    """How likely the plan is to fit, and how often nothing would; empty where nothing was drawn."""
    said = [chance(decision)]
    if decision.budget.floor_share:
        short = in_prose(decision.budget.floor_share)
        said.append(f"In {short} of the draws the best plan is over the allowance even where a pound counts twice.")
    return " ".join(filter(None, said))


def chance(decision: Decision, what: str = "the yearly cost of the recommended plan") -> str:
    """How likely the plan is to fit, and with how much more it would be likely; empty where nothing was drawn."""
    budget = decision.budget
    if budget.chance_within is None:
        return ""
    said = f"The chance that {what} fits is {in_prose(of_draws(budget.chance_within))}"
    if budget.headroom_likely is not None and budget.headroom is not None and budget.headroom_likely > budget.headroom:
        said += f"; with {about(budget.headroom_likely - budget.headroom)} a year more it would be 80%"
    return f"{said}."


def in_prose(share: float) -> str:
    """A share, 0-1, in a sentence: over 99%."""
    return percent(share).replace(">", "over ").replace("<", "under ")

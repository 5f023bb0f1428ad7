"""What must come with the plan: risks with owner and action, safeguards, moves with notice and staff, and reviews."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Literal

from mba.inputs import Basis
from mba.knowledge.figures import Costs
from mba.knowledge.procurement import Procurement
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Heading, Paragraph, Table, columns, prose, row, tabled
from mba.report.leaving import bound_until, closers, free_by_the_start, last_day, written_day
from mba.report.moving import a_month_of_notice, all_risks, notice_unknown, redundancy, risk_table
from mba.report.plan import once, way_with
from mba.report.prices import prices
from mba.report.timing import Due, due, tender_begins
from mba.report.words import ROUNDED, about, count, grouped, listed_names, pounds, thousands
from mba.results import Action, Decision, FunctionResult
from mba.spending import PartName
from mba.terms import Option

_NAMED = 40  # Functions that a risk or a step names: all, in most organisations.


def risks(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to be warned of with its owner and what to do, and the safeguards of each option that is recommended."""
    told, rows = all_risks(decision, most=_NAMED), []
    options: dict[Option | Literal["all"], str] = {way: way.capitalize() for way in filter(decision.by_option, Option)}
    options["all"] = "Always"
    for option in filter(rules.safeguards.get, options):
        guards = " ".join(map(attrgetter("text"), rules.safeguards[option]))
        rows.append(row(options[option], guards))
    guarded: list[Block] = [Heading(3, "Safeguards"), Table(columns("Option", "What must come with it"), tuple(rows))]
    if not told:
        return [prose("Nothing moves, and the rules warn of nothing here."), *guarded]
    said = "Risks of moves and owners are proposals; the organisation names them."
    return [prose(said), risk_table(told, "Risk", "What may go wrong, and who does what about it"), *guarded]


# Moves


def moves_and_notice(decision: Decision, rules: RuleSet) -> list[Block]:
    """What changes hands, in the order of the days that are known, by what staff move, and what it costs once."""
    moving, rows = decision.acting(Action.MOVE), []
    changing = [*moving, *decision.acting(Action.FIND_OUT)]
    if not changing and not decision.knows_today:
        return [prose("How the functions are run today was not given, so what would move is not known.")]
    if not changing:
        return [prose("Nothing moves: what is known of today stays as it is.")]
    days = {function.id: due(function, decision) or Due(date.max, notice=False) for function in changing}
    changing.sort(key=lambda function: (function.action is Action.FIND_OUT, days[function.id].day))
    for function in changing:
        cells = (
            _when(function, decision, rules.procurement),
            way_with(function, decision),
            *_leaving_today(function, decision),
        )
        rows.append(row(function.name, *cells))
    heads = columns("Moves", "When", "To", "Today's way ends", "Notice")
    blocks: list[Block] = [Table(heads, tuple(rows), about="When each begins, and how today's way is left")]
    if not moving:
        blocks.insert(0, prose("Nothing moves until what is to be found out first is known."))
    ways = [_prices(changing, decision), *prices(moving, decision, rules.choice), _staff(changing, rules)]
    return [*blocks, *ways, *_cost_of_moving(moving, decision, rules)]


def _when(function: FunctionResult, decision: Decision, law: Procurement) -> str:
    """By which days to give notice, to move and to begin a tender, as far as can be worked out."""
    said = []
    if function.action is Action.FIND_OUT:
        said.append("once found out")
    if found := due(function, decision):
        said.append(f"{_BY[found.notice]} {written_day(found.day)}")
    if begins := tender_begins(function, decision, law):
        said.append(f"a full tender to begin {begins}")
    return "; ".join(said) or "once agreed"


_BY = {True: "notice by", False: "before"}  # By when, by whether that is the last day for notice.


def _leaving_today(function: FunctionResult, decision: Decision) -> tuple[str, str]:
    """When today's agreement ends or who runs it closes, and what notice it needs."""
    route, day, bound = function.route, last_day(function, decision), bound_until(function, decision)
    ends = notice = "not said"
    if day:
        ends = written_day(day)
    if day in closers(function, decision).values():
        ends += ", by closing"
    elif day and not function.ending:
        ends += ", unless renewed"
    if bound and bound != day:
        ends += f" (the contract: {written_day(bound)})"
    if function.current in (None, Option.MAKE):
        ends = notice = "none"
    if free_by_the_start(function, decision):
        notice = "none: it ends"
    elif route and route.notice_months is not None:
        notice = count(route.notice_months, "month")
    return ends, notice


def _prices(functions: Sequence[FunctionResult], decision: Decision) -> Paragraph:
    """What the price of each move rests on, those alike together: what nobody offered is to be asked for."""
    said = ["On what the price of each rests."]
    moving = list(filter(attrgetter("moves"), functions))
    for ground, alike in grouped(moving, attrgetter("chosen.cost.ground")).items():
        for outside, same in grouped(alike, lambda function: function.recommendation is not Option.MAKE).items():
            ways = grouped(same, lambda function: way_with(function, decision))
            named = "; ".join(f"{listed_names(each, _NAMED)} ({way})" for way, each in ways.items())
            said.append(f"{_RESTS_ON[ground, outside]}: {named}.")
    return prose(*said)


_RESTS_ON = {
    ("offer", True): "An offer that was given",
    ("offer", False): "An offer of own staff",
    ("estimated", True): "Our own estimate, with no offer given, so ask them first",
    ("estimated", False): "Our own estimate of what own staff would cost",
    ("given", True): "What is paid today",
    ("given", False): "What own staff are said to cost",
    (None, True): "No price, so ask for one first",
    (None, False): "No cost of own staff, so find it out first",
}
"""On what a price rests, by its ground and whether others are to do the work."""


def _staff(functions: Sequence[FunctionResult], rules: RuleSet) -> Paragraph:
    """By what staff move, once for all that is alike."""
    said = []
    for staff, alike in grouped(functions, lambda function: function.route.staff if function.route else None).items():
        names = "all of these" if len(alike) == len(functions) else listed_names(alike, _NAMED)
        by = rules.procurement.staff[staff].name if staff else "nobody moves, as far as is known"
        said.append(f"For {names}: {by}.")
    told = " ".join(["By what staff move.", *said])
    return prose(told, *map(_SPELT.__getitem__, filter(told.__contains__, _SPELT)))


_SPELT = {
    "TUPE": "TUPE: the Transfer of Undertakings (Protection of Employment) Regulations 2006.",
    "COSOP": "COSOP: the Cabinet Office's Statement of Practice on staff transfers in the public sector.",
}


def _cost_of_moving(moving: Sequence[FunctionResult], decision: Decision, rules: RuleSet) -> list[Block]:
    """What moving is taken to cost, and each move, by what it is for; nothing where no cost is known."""
    costs = list(filter(None, map(attrgetter("chosen.cost.transition"), moving)))
    if not costs:
        return []
    figures = rules.costs
    whole = f"{about(sum(map(attrgetter('once'), costs)))} once"
    if len(costs) < len(moving):
        whole += ", as far as is known"
    said = (
        "How that is reckoned. Old and new run side by side for a while: "
        f"{figures.transition.value:.0%} of the new team or price. {_redundancy(moving, figures)} "
        "Notice is what is paid now, else the in-house cost, for the months that run past the start. A team or price "
        "holds nothing of what comes on top a year, such as VAT, tendering and managing. What is paid now is taken as "
        "all in, so what comes on top is taken out of it."
    )
    if month := a_month_of_notice(moving, decision):
        said += f" Where none is known £0 is assumed; a month of all these is {about(month)}."
    rows = []
    for function in moving:
        moved, today = function.chosen.cost.transition, function.today
        before, new, margin = _paid_for_work(function)
        pounds_ = (before, new, *(moved or (None, None, None)))
        sums = ["not known" if each is None else thousands(each) for each in pounds_]
        if today and today.paid and today.production not in (None, today.paid):
            sums[0] += f" of {thousands(today.paid)}"
        if margin:
            sums[1] += f" + {thousands(margin)}"
        if moved and notice_unknown([function], decision):
            sums[-1] = "£0 assumed"
        rows.append(row(function.name, *sums, once(function, thousands)))
    heads = ("Now, of £ a year paid", "New one + margin", "Side by side", "Redundancy", "Notice", "In all")
    table = Table(columns("What moving costs", figures=heads), tuple(rows), about="What each move costs once")
    whole = f"What moves now costs {whole}, which no yearly cost includes. {ROUNDED}"
    return [prose(whole), table, prose(said)]


def _paid_for_work(function: FunctionResult) -> tuple[int | None, int | None, int]:
    """£ a year for the team or at the price: now, then, and beside it for savings not sure; None: not known."""
    parts = dict(function.chosen.cost.parts)
    new = parts.get(PartName.TEAM, parts.get(PartName.PRICE))
    return function.today and function.today.production, new, parts.get(PartName.OPTIMISM, 0)


def _redundancy(moving: Sequence[FunctionResult], figures: Costs) -> str:
    """How redundancy is reckoned, and the largest to the pound, so that it can be worked out again."""
    rate = f"{figures.redundancy.value:g} × {figures.pay_share.value:.0%}"
    said = (
        f"Redundancy is {figures.redundancy.value:g} times the fall in yearly pay, and pay is "
        f"{figures.pay_share.value:.0%} of a team or price. So it is {rate} × (now − new − margin), and never below "
        "£0. The margin is for savings that may not come."
    )
    most = max(moving, key=redundancy)
    if not redundancy(most):
        return said
    paid = " − ".join(map(pounds, filter(None, _paid_for_work(most))))
    return f"{said} {most.name}: {rate} × ({paid}) = {pounds(redundancy(most))}."


# What to measure, and when to review

_MEASURED = {
    Option.MAKE: "Cost against budget; posts vacant or left; how its users rate it.",
    Option.SHARE: "Each partner's bill against the agreed split; how fast each partner is served; how users rate it.",
    Option.ALLY: "Costs on open books against the target; milestones met; changes agreed and what they cost.",
    Option.BUY: "Service levels met, as any two checkers would score them; invoices against price; hours of checks.",
}
"""What shows whether an option works; proposals of those who wrote the rules."""
_REVIEWED = {
    Option.SHARE: "Before its term of {} ends.",
    Option.ALLY: "At named points within its term of {}.",
    Option.BUY: "In time to tender again before its term of {} ends.",
}
"""When to review what has a term."""


def indicators(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to measure of each option that is recommended, and when to review it, as intervals from its start."""
    costs, rows = rules.costs, []
    terms = {Option.SHARE: costs.share_years, Option.ALLY: costs.ally_years, Option.BUY: costs.buy_years}
    numbers = Counter(_decided_on(function, decision) for function in decision.functions)
    for option in filter(numbers.get, Option):
        number, review = str(numbers[option]), "After a year."
        if option in terms:
            years = terms[option].value
            term = f"{years:g} years" if years == round(years) else f"{round(years * 12)} months"
            review = _REVIEWED[option].format(term)
        rows.append(row(option.capitalize(), number, _MEASURED[option], review))
    heads = (Column("Option"), Column("Functions", figures=True), *columns("What to measure", "Review"))
    said = (
        "Measures are proposals: set a level and an owner for each before the start. Of a saving, hold what each year "
        "costs against what today does. Terms are assumed where none was given."
    )
    return [prose(said), Table(heads, tuple(rows), about="Measures and reviews by option")]


def _decided_on(function: FunctionResult, decision: Decision) -> Option | None:
    """The option by which it is run for now: today's until more is found out; None where of it alone that is unsaid."""
    if function.action is Action.FIND_OUT:
        return function.current
    if function.action is None and decision.knows_today:
        return None
    return function.recommendation


def readiness(decision: Decision) -> list[Block]:
    """How able the organisation is to run inside what is or would be run outside, and whether it said so itself."""
    rows = []
    for function in decision.functions:
        if not {Option.BUY, Option.ALLY}.isdisjoint((function.current, function.recommendation)):
            rating = function.ratings["in_house_capability"]
            said = "given" if rating.basis is Basis.GIVEN else "assumed"
            rows.append(row(function.name, function.recommendation, f"{rating.value} of 5", said))
    heads = columns("Run outside today, or to be", "Recommended", "Capability to run it inside", "Rating")
    table = tabled(heads, rows, about="Who could run inside what is run outside")
    return table or [prose("Nothing is run outside, or would be.")]

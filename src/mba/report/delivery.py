"""What must come with the plan: risks with owner and action, safeguards, moves with notice and staff, and reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import filterfalse
from operator import attrgetter
from typing import Literal

from mba.inputs import Basis
from mba.knowledge.rules import RuleSet
from mba.option_result import OptionResult
from mba.render.document import Block, Column, Heading, Items, Line, Paragraph, Span, Table, Tone, columns, row, text
from mba.report.leaving import closers, earlier, last_day, written_day
from mba.report.moving import all_risks, risk_table
from mba.report.plan import once
from mba.report.words import about, count, listed_names, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.spending import PartName
from mba.terms import Option

_NAMED = 40
"""Functions that a risk or a step names: all, in most organisations."""


def risks(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to be warned of with its owner and what to do, and the safeguards of each option that is recommended."""
    told, lines = all_risks(decision, most=_NAMED), []
    options: list[Option | Literal["all"]] = [*filter(decision.by_option, Option), "all"]
    for option in filter(rules.safeguards.get, options):
        guards = " ".join(map(attrgetter("text"), rules.safeguards[option]))
        lines.append(_step({"all": "Always"}.get(option, option.capitalize()), guards))
    blocks: list[Block] = [Heading(3, "Safeguards"), Items(tuple(lines))]
    if not told:
        return [Paragraph(text("Nothing moves, and the rules warn of nothing here.")), *blocks]
    said = _small("Risks of moves and owners are proposals; the organisation names them.")
    return [risk_table(told, about_=_WRONG), said, *blocks]


_WRONG = "What may go wrong, and who does what about it"


def _small(words: str) -> Paragraph:
    return Paragraph(text(words, Tone.FAINT))


def _step(name: str, words: str) -> Line:
    return (Span(f"{name}.", Tone.STRONG), Span(f" {words}"))


# Moves


def moves_and_notice(decision: Decision, rules: RuleSet) -> list[Block]:
    """What changes hands and when, what that costs once, and what to do before."""
    moving = decision.acting(Action.MOVE)
    changing = (*moving, *decision.acting(Action.FIND_OUT))
    blocks: list[Block] = []
    if not moving:
        unmoved = "Nothing moves: what is known of today stays as it is."
        if all(function.today is None for function in decision.functions):
            unmoved = "How the functions are run today was not given, so what would move is not known."
        elif changing:
            unmoved = "Nothing moves until what is to be found out first is known."
        blocks.append(Paragraph(text(unmoved)))
    if changing:
        table = _changes(changing, decision, rules)
        blocks += [table, *_spelt_out(table), *_cost_of_moving(moving, rules)]
    steps = _steps(decision)
    if steps:
        blocks += [Paragraph(text("Before any date is set:")), Items(tuple(steps))]
    return blocks


def _changes(functions: Sequence[FunctionResult], decision: Decision, rules: RuleSet) -> Table:
    """A row for each function that moves or may: when, to what, how today's agreement is left, and staff."""
    rows = []
    for function in functions:
        after = way_of(function.recommendation, who(function.chosen, decision))
        leave = _leaving_today(function, decision, rules)
        rows.append(row(function.name, _when(function, decision), after, once(function), *leave))
    heads = ("Moves", "When", "To", "£ once", "Today's way ends", "Notice", "Staff")
    said = "When each begins, how today's way is left, and by what staff move"
    return Table(tuple(Column(head, figures=head.startswith("£")) for head in heads), tuple(rows), about=said)


def _when(function: FunctionResult, decision: Decision) -> str:
    """By which day notice is to be given, or before which it is to move, as far as can be worked out."""
    day, months = last_day(function, decision), function.route.notice_months if function.route else None
    when = "now"
    if day:
        when = f"before {written_day(day)}"
    if day and months is not None:
        when = f"notice by {written_day(earlier(day, months))}"
    if function.action is not Action.FIND_OUT:
        return when
    return f"once found out; {when}" if day else "once found out"


_SPELT = {
    "TUPE": "TUPE: the Transfer of Undertakings (Protection of Employment) Regulations 2006.",
    "COSOP": "COSOP: the Cabinet Office's Statement of Practice on staff transfers in the public sector.",
}


def _spelt_out(table: Table) -> list[Block]:
    """What the short names of rules on staff stand for that a table uses."""
    used = str([row.cells[-1] for row in table.rows])
    said = [meant for name, meant in _SPELT.items() if name in used]
    return [_small(" ".join(said))] if said else []


def _leaving_today(function: FunctionResult, decision: Decision, rules: RuleSet) -> tuple[str, str, str]:
    """When today's agreement ends or who runs it closes, what notice it needs, and by what staff move."""
    route, closing = function.route, closers(function, decision)
    ends = notice = "look it up"
    if closing:
        ends = f"{written_day(min(closing.values()))}, by closing"
    if function.current in (None, Option.MAKE):
        ends = notice = "none"
    if route is None:
        return ends, notice, "take advice"
    if route.ends:
        ends = written_day(route.ends)
    if route.notice_months is not None:
        notice = count(route.notice_months, "month")
    if route.staff is None:
        return ends, notice, "nobody moves"
    return ends, notice, rules.procurement.staff[route.staff].name


def _cost_of_moving(moving: Sequence[FunctionResult], rules: RuleSet) -> list[Block]:
    """What moving is taken to cost; nothing where no cost is known."""
    costs = list(filter(None, map(attrgetter("chosen.transition"), moving)))
    if not costs:
        return []
    figures = rules.costs
    whole = sum(map(attrgetter("once"), costs))
    known = ", as far as is known" * (len(costs) < len(moving))
    said = (
        f"What moves now costs {about(whole)} once{known}, which no yearly cost includes. Old and new run side by side "
        f"for a while: {figures.transition.value:.0%} of the new team or price. Redundancy is "
        f"{figures.redundancy.value:g} times what yearly pay falls by: {figures.pay_share.value:.0%} of the fall of "
        "the team or price, its margin counted. Notice is today's cost for the months that run past the start; "
        "where none is known, £0 is assumed."
    )
    return [Paragraph(text(said)), _parts_once(moving)]


def _parts_once(moving: Sequence[FunctionResult]) -> Table:
    """What each move costs once, by what it is for, beside the team or price that it comes from and goes to."""
    rows = []
    for function in moving:
        before = function.today.production if function.today else None
        new, transition = _production(function.chosen), function.chosen.transition or (None, None, None)
        sums = [_known(each) for each in (before, new, *transition)]
        if function.chosen.transition and _notice_unknown(function):
            sums[-1] = "£0 assumed"
        rows.append(row(function.name, *sums, once(function)))
    heads = ("Team or price now, £ a year", "New one", "Side by side, £ once", "Redundancy", "Notice", "In all")
    return Table(columns("What moving costs", figures=heads), tuple(rows), about="What each move costs once")


def _notice_unknown(function: FunctionResult) -> bool:
    """Whether there is an agreement to leave of which it is not known what notice it needs."""
    agreed = function.current not in (None, Option.MAKE)
    return agreed and (function.route is None or function.route.notice_months is None)


def _known(amount: int | None) -> str:
    return "not known" if amount is None else about(amount)


def _production(option: OptionResult) -> int | None:
    """£ a year for the team or at the price of an option, its margin for savings left out; None where not known."""
    parts = {part.part: part.pounds for part in option.parts}
    return parts.get(PartName.TEAM, parts.get(PartName.PRICE))


def _steps(decision: Decision) -> list[Line]:
    """What to do before what is to move is moved."""
    moving, asked = decision.acting(Action.MOVE), defaultdict[str, list[FunctionResult]](list)
    unknown = list(filterfalse(attrgetter("current"), decision.functions))
    if len(unknown) < len(decision.functions):
        asked["Today"] = unknown
    for function in moving:
        bought = function.current in (Option.BUY, Option.ALLY)
        if bought and (function.route is None or function.route.notice_months is None):
            asked["Notice"].append(function)
        if bought and not last_day(function, decision):
            asked["Contract"].append(function)
        if function.current is Option.SHARE:
            asked["Leaving a shared team"].append(function)
    steps = [_step(name, f"{listed_names(asked[name], _NAMED)}: {_ASKED[name]}") for name in filter(asked.get, _ASKED)]
    if moving:
        steps.append(_step("Staff", "Take advice on who transfers with the work, and consult them."))
    return steps


_ASKED = {
    "Today": "find out how they are run now. What is run otherwise than recommended is a further move, in no sum here.",
    "Notice": "look up what notice the present contract asks for.",
    "Contract": "look up when the present contract ends.",
    "Leaving a shared team": "agree with the partners how to leave, and who bears the cost that is left.",
}


# What to measure, and when to review

_MEASURED = {
    Option.MAKE: "Cost against budget; posts vacant or left; how its users rate it.",
    Option.SHARE: "Each partner's bill against the agreed split; how fast each partner is served; how users rate it.",
    Option.ALLY: "Costs on open books against the target; milestones met; changes agreed and what they cost.",
    Option.BUY: "Service levels met, as any two checkers would score them; invoices against price; hours of checks.",
}
"""What shows whether an option works; proposals of those who wrote the rules."""


def indicators(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to measure of each option that is recommended, and when to review it, as intervals from its start."""
    costs, rows = rules.costs, []
    reviews = {
        Option.MAKE: "After a year.",
        Option.SHARE: f"Before its term of {_term(costs.share_years.value)} ends.",
        Option.ALLY: f"At named points within its term of {_term(costs.ally_years.value)}.",
        Option.BUY: f"In time to tender again before its term of {_term(costs.buy_years.value)} ends.",
    }
    for option in filter(decision.by_option, Option):
        number = str(len(decision.by_option(option)))
        rows.append(row(option.capitalize(), number, _MEASURED[option], reviews[option]))
    heads = (Column("Option"), Column("Functions", figures=True), *columns("What to measure", "Review"))
    said = "Measures are proposals: set a level for each before the start. Terms are assumed where none was given."
    return [Table(heads, tuple(rows), about="Measures and reviews by option"), _small(said)]


def _term(years: float) -> str:
    """A number of years as people say it: 18 months, 5 years."""
    if years == round(years):
        return f"{years:g} years"
    return f"{round(years * 12)} months"


def readiness(decision: Decision) -> list[Block]:
    """How able the organisation is to run inside what is or would be run outside, and whether it said so itself."""
    rows = []
    for function in decision.functions:
        if _OUTSIDE & {function.current, function.recommendation}:
            rating = function.ratings["in_house_capability"]
            said = "given" if rating.basis is Basis.GIVEN else "assumed"
            rows.append(row(function.name, function.recommendation, f"{rating.value} of 5", said))
    if not rows:
        return [Paragraph(text("Nothing is run outside, or would be."))]
    heads = columns("Run outside today, or to be", "Recommended", "Capability to run it inside", "Rating")
    return [Table(heads, tuple(rows), about="Who could run inside what is run outside")]


_OUTSIDE: set[Option | None] = {Option.BUY, Option.ALLY}

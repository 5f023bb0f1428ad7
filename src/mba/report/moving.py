"""What moving means: when it pays back, at which cost it would tip, what may go wrong, and why not the cheapest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import filterfalse
from operator import attrgetter

from mba.about import Kind
from mba.caution import WarningCode
from mba.inputs import FUNCTIONS
from mba.knowledge.figures import Choice
from mba.render.document import Table, columns, row
from mba.report.cautions import CHIEF, CONTRACTS, FINANCE, SERVICE, Told, in_charge, told
from mba.report.leaving import last_day, written_day
from mba.report.plan import changed
from mba.report.questions import called, led_to
from mba.report.words import about, apart, count, grouped, length_of_life, listed, listed_names, sentence, value, who
from mba.results import Action, Decision, FunctionResult, Reason
from mba.spending import Plan
from mba.sureness import Question, Switch
from mba.terms import Option

ELSEWHERE = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
"""Warnings whose figures stand with the money."""


def paid_back(once: int, more: int | None) -> str:
    """In how many months, or years from ten on, £ once is paid back, by how much more or less a year it then costs."""
    if more is None:
        return "not known"
    if not once:
        return "at once"
    if more >= 0:
        return "never"
    months = math.ceil(12 * once / -more)
    if months >= _LONG:
        return f"{math.ceil(months / 12):,} years"
    return count(months, "month")


_LONG = 120
"""Months from which a payback is told in years."""


def to_spare(function: FunctionResult, decision: Decision) -> int | None:
    """£ a year that a move could cost more before what comes next is worth as much, moving as reckoned.

    None where money has no say or is short, for then another function decides; where nothing comes next; and where only
    who runs it changes, since what it would stay with is not in the result.
    """
    next_best = function.next_best
    short = decision.budget.gap or any(each.reason is Reason.BUDGET for each in decision.functions)
    same = function.current is function.recommendation and not function.ending
    if next_best is None or function.is_decided or short or same:
        return None
    here, there = function.chosen.worth, function.options[next_best].worth
    if here is None or there is None or here <= there:
        return None
    return here - there


# What is to be found out, and by whom


def rival_of(function: FunctionResult) -> Option | None:
    """What could be recommended instead: what the draws say, else what is worth most of the rest."""
    return function.rival if function.confidence else function.next_best


def settled_by(function: FunctionResult, decision: Decision) -> Question | Switch | None:
    """What would settle an open answer: a question one answer of which leads to its rival, or the change that does.

    Else a question whose answers make it sure, or what else would change it; None where nothing is known that would.
    """
    own = [asked for asked in decision.ask if asked.functions[:1] == (function.id,)]
    switch, rival = function.switch, rival_of(function)
    deciding = [asked for asked in own if rival in asked.leads.values()]
    if deciding:
        return deciding[0]
    if switch and switch.becomes is rival:
        return switch
    sure = [asked for asked in own if asked.sure and set(asked.leads.values()) == {function.recommendation}]
    return next(iter(sure), switch)


def switched(switch: Switch, decision: Decision) -> str:
    """What a change is of, in a few words: savings of scale; the local presence of Central CSU."""
    said = switch.input.about
    if said.whose and switch.of:
        return said.whose.format(called(switch.group, switch.of, decision))
    return said.words


def tipped(switch: Switch, decision: Decision) -> str:
    """What an answer becomes, and with which change: share, if the budget a head is £23.75 instead of £25.00."""
    about_ = switch.input.about
    if about_.kind is Kind.POUNDS_A_HEAD:
        word = "falls"
        if switch.then > switch.now:
            word = "rises"
        return f"{switch.becomes}, if the allowance {word} by {abs(switch.then / switch.now - 1):.1%}"
    what = f"the {about_.words} is"
    if about_.whose and switch.of:
        what = f"{about_.whose.format(called(switch.group, switch.of, decision))} is"
    elif about_.kind is Kind.RATING and switch.group == FUNCTIONS:
        what = f"“{about_.words}” is rated"
    now, then = (value(about_.kind, figure) for figure in (switch.now, switch.then))
    assumed_ = "the assumed " * switch.assumed
    return f"{switch.becomes}, if {what} {then} instead of {assumed_}{now}"


def finder(settling: Question | Switch | None) -> str:
    """Whose task a question is: a rating of a function, a rating of a partner or supplier, or money."""
    if settling is None:
        return CONTRACTS
    if not settling.input.is_rating:
        return FINANCE
    return SERVICE if settling.group == FUNCTIONS else CONTRACTS


def to_ask(function: FunctionResult, decision: Decision) -> str:
    """What would settle it; else whose price to ask for."""
    match settled_by(function, decision):
        case Switch() as switch:
            return sentence(tipped(switch, decision))
        case Question() as asked:
            answers = led_to(asked, decision).removeprefix(f"{decision.names[function.id]}: ")
            return f"{sentence(asked.input.about.words)[:-1]}: {answers}"
    ways = filterfalse(attrgetter("quoted"), (function.chosen, function.options[function.rival]))
    unquoted = dict.fromkeys(who(way, decision) for way in ways)
    asked_of = list(filter(None, unquoted))
    if asked_of:
        return f"Ask {listed(asked_of)} for a firm price."
    return "Ask what it costs in-house."


# What may go wrong

_LATE, _NOTICE, _SAVING, _REDUNDANCY, _ESTIMATE = "late", "notice", "saving", "redundancy", "estimate"
_RISKS = {
    _LATE: "what follows may not be ready by {}.",
    _NOTICE: "notice is not known, and none is reckoned; each month past the start adds {}.",
    Option.MAKE: "own staff may not be in post in time.",
    Option.SHARE: "{} may not sign, put its own work first, or leave.",
    Option.ALLY: "needs may change while {} is signed for years.",
    Option.BUY: "what is signed with {} may leave out what is needed.",
    _SAVING: "the saving of {} a year may not come.",
    _REDUNDANCY: "redundancy is reckoned at {}, and may be more.",
    _ESTIMATE: "the cost is an estimate, and may be higher.",
}
"""What may go wrong with moves: proposals of those who wrote the rules, as are the actions."""
_ACTIONS = {
    _LATE: (CHIEF, "agree who would run it meanwhile"),
    _NOTICE: (CONTRACTS, "find it out before signing"),
    Option.MAKE: (SERVICE, "name who does the work, and from when, before notice is given"),
    Option.SHARE: (CHIEF, "agree in writing who decides, who pays and how to leave"),
    Option.ALLY: (CONTRACTS, "agree points of review, and a way out"),
    Option.BUY: (CONTRACTS, "agree what is measured, and a way out"),
    _SAVING: (FINANCE, "have the price checked, and hold each year's cost against today's"),
    _REDUNDANCY: (CHIEF, "consult staff before signing"),
    _ESTIMATE: (FINANCE, "get a firm price before notice is given"),
}


def all_risks(decision: Decision, most: int) -> list[Told]:
    """The risks of what moves, and what the rules warn of that is not told with the money; so many names in each."""
    found = []
    for kind, functions, figure in _of_moves(decision):
        found.append(Told(f"{listed_names(functions, most)}: {_RISKS[kind].format(figure)}", *_ACTIONS[kind]))
    warned = [caution for caution in decision.warnings if caution.code not in ELSEWHERE]
    return found + [told(caution, decision.names, decision.others, most=most) for caution in warned]


def _of_moves(decision: Decision) -> Iterator[tuple[str, Sequence[FunctionResult], str]]:
    """What may go wrong with what moves now, once for all that is alike: with what day, whom, or sum in £."""
    moving = decision.acting(Action.MOVE)
    for day, functions in grouped(moving, lambda function: function.ending and last_day(function, decision)).items():
        if day:
            yield _LATE, functions, written_day(day)
    if month := a_month_of_notice(moving):
        yield _NOTICE, list(filter(notice_unknown, moving)), about(month)
    for (option, whom), functions in going_the_same_way(moving, decision).items():
        yield option, functions, whom or "the other side"
    saving = min(moving, key=changed, default=None)
    if saving and changed(saving) < 0:
        yield _SAVING, [saving], about(-changed(saving))
    if lost := list(filter(redundancy, moving)):
        yield _REDUNDANCY, lost, about(sum(map(redundancy, lost)))
    if guessed := list(filter(attrgetter("chosen.estimated"), moving)):
        yield _ESTIMATE, guessed, ""


def notice_unknown(function: FunctionResult) -> bool:
    """Whether there is an agreement to leave of which it is not known what notice it needs."""
    agreed = function.current not in (None, Option.MAKE)
    return agreed and (function.route is None or function.route.notice_months is None)


def a_month_of_notice(functions: Iterable[FunctionResult]) -> float:
    """£ that each month of notice costs which runs past the start, where it is not known how long it is."""
    paid = [function.today.production for function in filter(notice_unknown, functions) if function.today]
    return sum(filter(None, paid)) / 12


def redundancy(function: FunctionResult) -> int:
    """£ once that is reckoned for redundancy where a function is run as recommended."""
    return function.chosen.transition.redundancy if function.chosen.transition else 0


def going_the_same_way(
    functions: Iterable[FunctionResult], decision: Decision
) -> dict[tuple[Option, str], list[FunctionResult]]:
    """Functions by the option that is recommended and with whom, by name."""
    return grouped(functions, lambda function: (function.recommendation, who(function.chosen, decision)))


def risk_table(risks: Sequence[Told], title: str, about_: str) -> Table:
    """A row for each risk, with who does what about it."""
    rows = [row(risk, in_charge(owner, action)) for risk, owner, action in risks]
    return Table(columns(title, "Owner: action"), tuple(rows), about=about_)


# Why not the cheapest


def passed_over(decision: Decision, choosing: Choice) -> str:
    """Why the cheapest plan is not what moves now; empty where nothing is costed."""
    plans, committed = decision.plans, decision.budget.committed
    if plans is None or plans.cheapest.cost is None or plans.sure.cost is None:
        return ""
    less = plans.sure.cost - plans.cheapest.cost
    if less <= 0:
        return "No plan costs less a year."
    less = apart(plans.sure.cost + committed, plans.cheapest.cost + committed)
    said = "The cheapest plan"
    if plans.today:
        said += f", {count(plans.cheapest.moves, 'move')},"
    said += f" would cost {about(less)} a year less"
    if plans.cheapest.once > plans.sure.once:
        said += f", and {about(plans.cheapest.once - plans.sure.once)} more once"
    points = sum(function.point or 0.0 for function in decision.functions)
    against = _against(plans.cheapest, plans.sure, decision.budget.free, points, length_of_life(choosing))
    if plans.today and plans.cheapest.moves > plans.sure.moves and decision.shortfall is None:
        against.append(
            "What else it moves is not sure enough, or not better by enough. A move must beat "
            f"{choosing.burden_of_proof.value:g} points of fit for today's way, and cover what it costs once within "
            f"{choosing.payback_years.value:g} years."
        )
    return " ".join([f"{said}.", *against])


def _against(cheapest: Plan, recommended: Plan, free: int, points: float, years: str) -> list[str]:
    """What speaks against the cheapest plan, as far as it is so; a point of all fits is worth `points`, £ a year."""
    said = []
    low, high = cheapest.fit or 0.0, recommended.fit or 0.0
    if round(low, 1) < round(high, 1):
        fits = f"{low:.1f} of 100, against {high:.1f}"
        if points:
            fits += f", worth {about(points * (high - low))} a year at the premium"
        said.append(f"It suits the functions less: {fits}.")
    if (cheapest.whole_life or 0) > (recommended.whole_life or 0):
        more = apart(cheapest.whole_life or 0, recommended.whole_life or 0)
        said.append(f"Over {years}, moving included, it costs {about(more)} more.")
    left = free - (cheapest.cost or 0)
    if left < 0:
        said.append(f"Even it is {about(-left)} a year above the allowance.")
    elif cheapest.once > left and recommended.once <= free - (recommended.cost or 0):
        said.append(f"Its first year would not pay for its moves, {about(cheapest.once)} once.")
    return said

"""What moving means: when it pays back, at which cost it would tip, what may go wrong, and why not the cheapest."""

import math
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter

from mba.caution import WarningCode
from mba.knowledge.figures import Choice
from mba.render.document import Table, columns, row
from mba.report.cautions import CHIEF, CONTRACTS, FINANCE, SERVICE, Told, told
from mba.report.leaving import free_by_the_start, last_day, written_day
from mba.report.plan import changed, more_than_today
from mba.report.plans import Sums, left_out, reckoning
from mba.report.timing import is_tendered
from mba.report.words import about, apart, count, grouped, length_of_life, listed_names, sentence, who
from mba.results import Action, Decision, FunctionResult, Reason
from mba.terms import Option
from mba.ways import next_way, way_of_today

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


_LONG = 120  # Months from which a payback is told in years.


def payback(function: FunctionResult) -> str:
    """In how long a move is paid back by what it costs less a year than today."""
    return paid_back(function.chosen.cost.once, more_than_today(function))


def to_spare(function: FunctionResult, decision: Decision) -> int | None:
    """£ a year that a move could cost more before what comes next is worth as much, moving as reckoned.

    None where money has no say or is short, for then another function decides; where nothing comes next; and where it
    has today's option, and to stay is not in the result.
    """
    (_, following), chosen = next_way(function), function.chosen
    short = decision.budget.gap or any(each.reason is Reason.BUDGET for each in decision.functions)
    same = function.current is function.recommendation and not function.ending and not function.staying
    if function.is_decided or short or same or chosen.worth is None or following.worth is None:
        return None
    return max(0, chosen.worth - following.worth) or None


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
    _REDUNDANCY: "redundancy may be more than {}.",
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
    """The risks of moves, and warnings not told with the money, so many names in each; days that nobody runs first."""
    found = []
    for kind, functions, figure, _ in sorted(_of_moves(decision), key=itemgetter(3), reverse=True):
        owner, action = _ACTIONS[kind]
        risk = f"{listed_names(functions, most)}: {_RISKS[kind].format(figure)}"
        found.append(Told(risk, sentence(f"{owner}: {action}")))
    first = {WarningCode.NOBODY_RUNS: 0}
    for caution in decision.warnings:
        if caution.code not in ELSEWHERE:
            said = told(caution, decision.names, decision.others, most=most)
            found.insert(first.get(caution.code, len(found)), said)
    return found


def _of_moves(decision: Decision) -> Iterator[tuple[str, Sequence[FunctionResult], str, float]]:
    """What may go wrong with what moves now, once for all that is alike. A day to keep comes before all sums.

    Of what kind it is, with which moves, with what day, whom or sum in £ it is told; and the £ that hang on it.
    """
    moving = decision.acting(Action.MOVE)
    for day, functions in grouped(moving, lambda function: function.ending and last_day(function, decision)).items():
        if day:
            yield _LATE, functions, written_day(day), math.inf
    if month := a_month_of_notice(moving, decision):
        yield _NOTICE, notice_unknown(moving, decision), about(month), month
    for (option, whom), functions in going_the_same_way(moving, decision).items():
        yield option, functions, whom or "the other side", sum(abs(changed(each)) for each in functions)
    saving = min(moving, key=changed, default=None)
    if saving and changed(saving) < 0:
        yield _SAVING, [saving], about(-changed(saving)), -changed(saving)
    if lost := list(filter(redundancy, moving)):
        pounds = sum(map(redundancy, lost))
        yield _REDUNDANCY, lost, about(pounds), pounds
    if guessed := list(filter(attrgetter("chosen.cost.estimated"), moving)):
        yield _ESTIMATE, guessed, "", 0


def notice_unknown(functions: Iterable[FunctionResult], decision: Decision) -> list[FunctionResult]:
    """Those with an agreement to leave whose notice may run past the start, and of which it is not known how long."""
    found = []
    for function in functions:
        agreed = function.current not in (None, Option.MAKE)
        said = function.route is not None and function.route.notice_months is not None
        if agreed and not said and not free_by_the_start(function, decision):
            found.append(function)
    return found


def a_month_of_notice(functions: Iterable[FunctionResult], decision: Decision) -> float:
    """£ that each month of notice costs which runs past the start, where it is not known how long it is."""
    months = [function.today.notice_month for function in notice_unknown(functions, decision) if function.today]
    return sum(filter(None, months))


def redundancy(function: FunctionResult) -> int:
    """£ once that is reckoned for redundancy where a function is run as recommended."""
    transition = function.chosen.cost.transition
    return transition.redundancy if transition else 0


def going_the_same_way(
    functions: Iterable[FunctionResult], decision: Decision
) -> dict[tuple[Option, str], list[FunctionResult]]:
    """Functions by the option that is recommended, and with whom, by name."""
    return grouped(functions, lambda function: (function.recommendation, who(function.chosen, decision)))


def tender(function: FunctionResult) -> str:
    """Whether the law has it tendered, and whether an exemption could apply; empty where it does not."""
    if function.route is None or not is_tendered(function):
        return ""
    return "by tender unless exempt" if function.route.exemption else "by tender"


def risk_table(risks: Sequence[Told], title: str, about_: str = "") -> Table:
    """A row for each risk, with who does what about it."""
    return Table(columns(title, "Owner: action"), tuple(row(*told) for told in risks), about=about_)


# Why not the cheapest


def worth_of_fit(function: FunctionResult, choosing: Choice) -> float:
    """£ a year that fitting better than today's way is worth, where the saving alone does not pay for the move in time.

    0 where it does, the move was decided, or today's way is not open.
    """
    left, chosen, change = way_of_today(function), function.chosen, more_than_today(function)
    if not left or not left.available or change is None or function.point is None or function.is_decided:
        return 0.0
    if -change * choosing.payback_years.value >= chosen.cost.once or chosen.fit <= left.fit:
        return 0.0
    return (chosen.exact_fit - left.exact_fit) * function.point


def passed_over(decision: Decision, choosing: Choice) -> str:
    """Why the cheapest plan is not what moves now, where anything is costed."""
    sums = reckoning(decision)
    cheapest, sure = sums.cheapest, sums.sure
    if cheapest.cost >= sure.cost:
        return f"No plan is known to cost less a year. {left_out(decision)}".rstrip()
    moves, once = "", ""
    if sums.today:
        moves = f", {count(cheapest.moves, 'move')},"
    if cheapest.once > sure.once:
        once = f", and {about(cheapest.once - sure.once)} more once"
    said = [f"The cheapest plan{moves} would cost {about(apart(sure.cost, cheapest.cost))} a year less{once}."]
    said += _against(cheapest, sure, sum(function.point or 0.0 for function in decision.functions), choosing)
    if sums.today and cheapest.moves > sure.moves and decision.shortfall is None:
        years = f"{choosing.payback_years.value:g} years"
        said.append(f"Its other moves are not sure enough, or not worth making within {years}.")
    return " ".join(filter(None, [*said, left_out(decision)]))


def _against(cheapest: Sums, sure: Sums, points: float, choosing: Choice) -> Iterator[str]:
    """What speaks against the cheapest plan, as far as it is so; a point of all fits is worth `points`, £ a year."""
    low, high = cheapest.fit or 0.0, sure.fit or 0.0
    if round(low, 1) < round(high, 1):
        fits = f"{low:.1f} of 100, against {high:.1f}"
        if points:
            fits += f", worth {about(points * (high - low))} a year"
        yield f"Its fit is less: {fits}."
    if cheapest.whole_life > sure.whole_life:
        more = about(apart(cheapest.whole_life, sure.whole_life))
        yield f"Over {length_of_life(choosing)}, moving included, it costs {more} more."
    if cheapest.left < 0:
        yield f"Even it is {about(-cheapest.left)} a year above the allowance."
    elif cheapest.first_year < 0 <= sure.first_year:
        yield f"Its first year would not pay for its moves, {about(cheapest.once)} once."

"""What is done now, against doing nothing: moves, what to find out first, plans side by side, and what closes a gap."""

from __future__ import annotations

from mba.render.document import Block, Column, Items, Paragraph, Row, Table, Tone, text
from mba.report.words import ONLY, TOO_FEW, UNKNOWN, about, count, listed, percent, pounds, way_of, who
from mba.results import Action, Decision, FunctionResult
from mba.spending import Closing, Plan
from mba.terms import Option


def done_now(decision: Decision) -> str:
    """The decision in a few sentences: what moves now, what stays, what to find out first."""
    plans = decision.plans
    if plans is None or plans.today is None:
        said = [f"Of {count(len(decision.functions), 'function')}: {listed(_counted(decision))}."]
        return " ".join([*said, *_gone(decision)])
    moving, staying = len(decision.acting(Action.MOVE)), len(decision.acting(Action.KEEP))
    asking, unsaid = len(decision.acting(Action.FIND_OUT)), sum(f.action is None for f in decision.functions)
    said = [f"Make {count(moving, 'move')} now{_against(plans.sure, plans.today)}." if moving else "Move nothing now."]
    if staying:
        said.append(f"Keep {staying} as {'it is' if staying == 1 else 'they are'}.")
    if asking:
        said.append(f"Find out first about {asking}{_undrawn(decision)}.")
    if unsaid:
        said.append(f"How {count(unsaid, 'function')} {_is(unsaid)} run today was not said.")
    return " ".join([*said, *_gone(decision)])


def _gone(decision: Decision) -> list[str]:
    """How many functions leave; nothing where none does."""
    number = len(decision.leaving)
    return [f"{count(number, 'function')} {'leaves' if number == 1 else 'leave'}."] if number else []


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _counted(decision: Decision) -> list[str]:
    found = {option: len(decision.by_option(option)) for option in Option}
    return [f"{option} {number}" for option, number in found.items() if number]


def _undrawn(decision: Decision) -> str:
    """Why a change is to be found out about that no draw was made for."""
    return "" if any(function.confidence for function in decision.functions) else ", because nothing was drawn"


def _against(plan: Plan, today: Plan) -> str:
    """What a plan costs against today, and once, in brackets."""
    if plan.cost is None or today.cost is None:
        return ""
    more = plan.cost - today.cost
    change = f"{about(abs(more))} a year {'more' if more > 0 else 'less'} than today" if more else "as dear as today"
    return f" ({change}, {about(plan.once)} once)"


def moves(decision: Decision, *, brief: bool = False) -> list[Block]:
    """What moves now, and what to find out first, a row each, or in brief by name; nothing where neither is."""
    blocks: list[Block] = []
    for action, title in ((Action.MOVE, "Move now"), (Action.FIND_OUT, "Find out first")):
        found = decision.acting(action)
        if found and brief:
            names = listed([function.name for function in found])
            blocks.append(Paragraph(text(f"{title}: {names}.")))
        elif found:
            heads = (Column(title), Column("From"), Column("To"), Column("£ a year more", figures=True))
            columns = (*heads, Column("£ once", figures=True), Column("How sure"))
            blocks.append(Table(columns, tuple(_move(function, decision) for function in found)))
    return blocks


def _move(function: FunctionResult, decision: Decision) -> Row:
    today, chosen = function.today, function.chosen
    more, once = "not known", f"{chosen.once:,}" if chosen.cost else "not known"
    if today and today.cost is not None and chosen.pounds is not None:
        more = f"{chosen.pounds - today.cost:+,}"
    before = way_of(today.mode, listed([decision.others.get(id_, id_) for id_ in today.with_])) if today else ""
    after = way_of(function.recommendation, who(chosen, decision))
    cells = (function.name, before, after, more, once, likelihood(function))
    return Row(tuple(map(text, cells)))


def fixed(function: FunctionResult) -> str:
    """Why no draw could move a recommendation."""
    if function.is_unknown:
        return UNKNOWN
    return "decided" if function.is_decided else ONLY


def likelihood(function: FunctionResult) -> str:
    """How sure a recommendation is, in words; an open one with its rival, the likelier first."""
    sure = function.confidence
    if not function.has_rival:
        return fixed(function)
    if sure is None or function.level is None:
        return "not drawn" if sure is None else TOO_FEW
    own, rival = (f"{option} {percent(function.often(option))}" for option in (function.recommendation, function.rival))
    if not function.is_open:
        return f"{function.level}, {percent(function.likely)}"
    first = (rival, own) if function.often(function.rival) > function.often() else (own, rival)
    return f"open: {' or '.join(first)}"


def plans(decision: Decision) -> list[Block]:
    """The plans side by side, as the Green Book's appraisal summary has them."""
    if decision.plans is None or decision.budget.recommended_cost is None:
        return []
    today, cheapest, recommended, sure, best = decision.plans
    others = {"Cheapest": cheapest, "Recommended": recommended, "Best fit, money aside": best}
    if today is None:  # Then nothing moves, as far as is known.
        rows = [Row(tuple(map(text, (name, *_lasting(plan))))) for name, plan in others.items()]
        said = "Over five years: present value at 3.5%. Fit is the mean by weight."
        return [Table(_columns("£ a year", "£ over five years", "Fit"), tuple(rows)), Paragraph(text(said, Tone.FAINT))]
    named = {"Today": today, **others, "Sure moves only": sure}
    names = ("Today", "Cheapest", "Recommended", "Sure moves only", "Best fit, money aside")
    rows = [_plan(name, named[name]) for name in names]
    said = (
        "Over five years: present value at 3.5%, moving included. Fit is the mean by weight. What must fit in the "
        "allowance is £ a year, without moving."
    )
    if any(function.today is None for function in decision.functions):
        said += " A function of which it was not said how it is run today counts as recommended in every plan."
    columns = _columns("£ a year", "£ once", "£ over five years", "Fit", "Moves")
    return [Table(columns, tuple(rows)), Paragraph(text(said, Tone.FAINT))]


def _columns(*heads: str) -> tuple[Column, ...]:
    return (Column("Plan"), *(Column(head, figures=True) for head in heads))


def _plan(name: str, plan: Plan) -> Row:
    cost, whole, fit = _lasting(plan)
    return Row(tuple(map(text, (name, cost, f"{plan.once:,}", whole, fit, str(plan.moves)))))


def _lasting(plan: Plan) -> tuple[str, str, str]:
    """What a plan costs a year and over five years, and its fit."""
    cost, whole = (f"{sum_:,}" if sum_ is not None else "not known" for sum_ in (plan.cost, plan.whole_life))
    return cost, whole, f"{plan.fit:.1f}" if plan.fit is not None else ""


def first_year(decision: Decision) -> str:
    """Whether the first year pays for what is done now, and how likely the plan is to fit; empty where not known."""
    budget, plan = decision.budget, decision.plans
    if plan is None or plan.sure.cost is None:
        return ""
    left, once = budget.free - plan.sure.cost, plan.sure.once
    said = []
    if left >= 0 and once:
        rest = left - once
        pays = f"leaves {pounds(rest)} of the first year" if rest >= 0 else f"is {pounds(-rest)} more than it leaves"
        said.append(f"What is done now leaves {pounds(left)} a year; moving, {pounds(once)} once, {pays}.")
    elif once:
        said.append(f"What is done now leaves nothing of the first year for moving, {pounds(once)} once.")
    waiting = decision.acting(Action.FIND_OUT)
    if left < 0 <= (budget.headroom or -1) and waiting:
        names = listed([function.name for function in waiting], most=5)
        said.append(f"It fits the allowance only with moves that are still open: {names}.")
    if budget.chance_within is not None:
        said.append(f"The chance that the recommended plan fits is {percent(budget.chance_within)}{_likely(decision)}.")
    if budget.floor_share:
        short = percent(budget.floor_share)
        said.append(f"In {short} of the draws the best plan is over the allowance even where a pound counts twice.")
    return " ".join(said)


def _likely(decision: Decision) -> str:
    budget = decision.budget
    if budget.headroom_likely is None or budget.headroom is None or budget.headroom_likely <= budget.headroom:
        return ""
    return f"; with {pounds(budget.headroom_likely - budget.headroom)} a year more it would be 80%"


def gap(decision: Decision) -> list[Block]:
    """What could close a gap; nothing where there is none."""
    short, names = decision.shortfall, decision.names
    if short is None:
        return []
    lines = []
    if short.single:
        lines.append(f"One move closes it: {_closing(short.single, decision)}.")
    else:
        lines.append("No single move closes it.")
    if short.moves:
        each = "; ".join(_closing(move, decision) for move in short.moves[:_STEPS])
        every = sum(move.saves for move in short.moves)
        whole = f" All {len(short.moves)} together save {pounds(every)} a year." if len(short.moves) > 1 else ""
        lines.append(f"Step by step, the best value first: {each}.{whole}")
    else:
        kept = "But for what was decided, no" if any(f.is_decided for f in decision.functions) else "No"
        lines.append(f"{kept} other way to run any function is known to be cheaper.")
    lines.append(
        f"Everything would have to shrink by {short.shrink:.1%}, or the allowance be {pounds(short.allowance)}."
    )
    if short.least:
        least = listed([names[id_] for id_ in short.least])
        lines.append(f"Neither statutory nor core and rated least important, the dearest first: {least}.")
    if short.passing:
        passing = listed([names[id_] for id_ in short.passing], most=_STEPS)
        several = count(len(short.passing), "function")
        lines.append(
            f"The model board blueprint would have others run {several}, at {pounds(short.passing_cost)} a year now: "
            f"{passing}. Say of each that goes where to (leaves), and ask what of the allowance goes along."
        )
    said = f"Closing the gap of {pounds(short.gap)} a year:"
    return [Paragraph(text(said, Tone.WARNING)), Items(tuple(map(text, lines)))]


def _closing(move: Closing, decision: Decision) -> str:
    once = f", {about(move.once)} once" if move.once > 0 else ""
    name = decision.names[move.function]
    points, change = round(abs(move.fit)), "less" if move.fit > 0 else "more"
    fit = f"with {count(points, 'point')} of fit {change}" if points else "with as good a fit"
    return f"{move.option} {name} saves {pounds(move.saves)} a year, {fit}{once}"


_STEPS = 5
"""Moves that the report names."""


def leaving(decision: Decision) -> list[Block]:
    """The functions that stop being the organisation's; nothing where none does."""
    lines = []
    for each in decision.leaving:
        cost = f"; today it costs {pounds(each.today.cost)} a year" if each.today and each.today.cost else ""
        on, to = f" on {each.on}" if each.on else "", f" to {each.to}" if each.to else ""
        lines.append(f"{each.name} leaves{to}{on}{cost}.")
    if not lines:
        return []
    said = (
        "Leaving, and in no sum here. Agree what of the allowance goes with each, and who bears the rooms, systems and "
        "managers that it leaves behind:"
    )
    return [Paragraph(text(said)), Items(tuple(map(text, lines)))]

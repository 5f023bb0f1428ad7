"""The paper in short: what moves now, what it costs, why, what may go wrong, and what doing no more means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mba.knowledge.figures import Choice
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.blanks import short_at_first, to_complete
from mba.report.certainty import scales, settling
from mba.report.leaving import last_day, leaving, why_now, written_day
from mba.report.money import fitting, gap
from mba.report.moving import all_risks, finder, paid_back, passed_over, risk_table, settled_by, to_ask, to_spare
from mba.report.plan import (
    against_today,
    changed,
    from_to,
    is_guessed,
    likelihood,
    linked_name,
    more_than_today,
    once,
    with_sign,
)
from mba.report.plans import CHOSEN_FROM, MORE, beside, done_now, only_what_ends, plans_called
from mba.report.reasons import choice
from mba.report.ways import Run, by_way
from mba.report.words import GUESSED, about, apart, grouped, length_of_life, listed_names, sentence, ways_of, who
from mba.results import Action, Decision, FunctionResult, Reason
from mba.spending import Plan

_MOVES, _WARNED, _FEW = 12, 3, 1
"""Rows at most: of moves of a kind, and of risks; and how many functions a risk names."""


def one_page(decision: Decision, rules: RuleSet, *, alone: bool) -> list[Block]:
    """Everything that is needed to decide; with the risks where it stands `alone`, and no section on them follows."""
    return [
        Paragraph((Span(done_now(decision), Tone.STRONG), Span(f" {why_now(decision)}".rstrip()))),
        *_money(decision, rules.choice),
        *gap(decision),
        *_moves(decision, rules),
        *_kept(decision),
        *to_complete(decision),
        *_before_signing(decision) * alone,
    ]


# The money


def _money(decision: Decision, choosing: Choice) -> list[Block]:
    """The plans to choose from, each beside the allowance, and what doing no more than must be means."""
    budget = decision.budget
    nothing = Paragraph(
        (
            Span("If no more is done.", Tone.STRONG),
            Span(f" {' '.join(_nothing_done(decision, choosing))}"),
        )
    )
    if decision.plans is None or budget.recommended_cost is None:
        return [Paragraph(text(fitting(decision))), nothing]
    table = beside(
        "Plans to choose from",
        plans_called(decision, *CHOSEN_FROM),
        ("£ a year", "Left a year", "£ once", "Left of the first year"),
        lambda cost, plan: (cost, budget.allowance - cost, plan.once, budget.allowance - cost - plan.once),
        "What each plan costs and leaves, rounded",
    )
    said = []
    if short := short_at_first(decision):
        said.append(f"The moves now leave the first year {about(short)} short, which must come from elsewhere.")
    said += [*_together(decision), passed_over(decision, choosing)]
    return [Paragraph(text(fitting(decision))), table, Paragraph(text(" ".join(filter(None, said)))), nothing]


def _together(decision: Decision) -> list[str]:
    """After how long the moves now pay back what they cost once, from what they save alone; not where some must be."""
    plans = decision.plans
    if plans is None or plans.today is None or not plans.sure.once or None in (plans.today.cost, plans.sure.cost):
        return []
    if only_what_ends(decision):
        return []
    more = sum(more_than_today(function) or 0 for function in decision.acting(Action.MOVE))
    if more >= 0:
        return [f"The moves never pay back what they cost once: they cost {about(more)} a year more than today."]
    return [f"Savings alone pay the moves now back in {paid_back(plans.sure.once, more)}."]


def _nothing_done(decision: Decision, choosing: Choice) -> list[str]:
    """What doing nothing costs, or no more than what must end; whether it fits, and how the moves now suit."""
    plans, free = decision.plans, decision.budget.free
    if plans is None or plans.today is None or plans.today.cost is None or plans.sure.cost is None:
        return ["How the functions are run today is not known in full, so nor is what doing nothing costs."]
    least, said = only_what_ends(decision), []
    base = least or plans.today
    if least == plans.sure:
        said.append("Today's way must end for all that moves now, so “as today” is no choice.")
    else:
        said += _beside_done_now(base, plans.sure, decision.budget.committed, length_of_life(choosing))
    if (base.cost or 0) > free:
        said.append(f"It does not fit in the allowance: it is {about((base.cost or 0) - free)} a year too much.")
    if plans.sure.fit is not None and plans.today.fit is not None and plans.sure.moves:
        now, before = round(plans.sure.fit, 1), round(plans.today.fit, 1)
        how = {1: "better than", 0: "as well as", -1: "less well than"}[(now > before) - (now < before)]
        fits = f"{now:.1f} of 100, against {before:.1f}"
        said.append(f"The moves now suit the functions {how} today's ways: {fits}.")
    return said


_ALIKE = 0.001
"""The share of what a plan costs over the years below which two cost about the same."""


def _beside_done_now(base: Plan, sure: Plan, spent: int, years: str) -> list[str]:
    """What a plan costs beside the moves now: a year, once, and over so many years at their present value."""
    more, spared = apart((base.cost or 0) + spent, (sure.cost or 0) + spent), sure.once - base.once
    if not more and not spared:
        return ["Nothing moves now, so doing nothing costs the same."]
    name = "Only what must end" if base.moves else "Doing nothing"
    year = f"{about(abs(more))} a year {MORE[more > 0]} than" if more else "the same a year as"
    costs = f"{name} costs {year} the moves now"
    if spared > 0:
        costs += f", and spares {about(spared)} once"
    said = [f"{costs}."]
    if base.whole_life and sure.whole_life:
        whole = apart(base.whole_life, sure.whole_life)
        over = f"{about(abs(whole))} {MORE[whole > 0]}"
        if abs(whole) < _ALIKE * sure.whole_life:
            over = f"as much, to {about(abs(whole))}"
        said.append(f"Over {years}, moving included, it costs {over}.")
    return said


# What moves, and what to find out first


def _moves(decision: Decision, rules: RuleSet) -> list[Block]:
    """What must end, what else moves now and what is to be found out first: each with its sums, then a row for each."""
    moving, asking = decision.acting(Action.MOVE), decision.acting(Action.FIND_OUT)
    others = [function for function in moving if not function.ending]
    kinds = {
        "Must end": [function for function in moving if function.ending],
        "Other moves now" if len(others) < len(moving) else "Moves now": others,
        "Find out first": asking,
    }
    rows: list[Row] = []
    for name, functions in kinds.items():
        shown = _dearest(functions)[:_MOVES]
        if functions:
            rows.append(_sum(name, functions))
        for reason, same in grouped(shown, lambda function: _why(function, decision, rules)).items():
            note = text(f"{_of_all(len(same))}{reason}")
            rows += [Row(_cells(function, decision), note) for function in same]
    if not rows:
        return []
    heads = ("What", "From → to", "£ a year more", "£ once", "How sure")
    columns_ = tuple(Column(head, figures=head.startswith("£")) for head in heads)
    more = sum(max(0, len(functions) - _MOVES) for functions in kinds.values())
    table = Table(columns_, tuple(rows), "Why, or what to ask", about="Moves, what each costs, how sure it is and why")
    blocks = [table, *scales(settling(decision))]
    if more:
        blocks.append(Paragraph(text(f"And {more} more, in the annex of the full paper.")))
    return blocks


def _sum(name: str, functions: Sequence[FunctionResult]) -> Row:
    """What some moves change together, a year and once."""
    more = sum(map(changed, functions))
    whole = sum(function.chosen.once for function in functions if function.moves)
    mark = GUESSED * any(map(is_guessed, functions))
    cells = (f"{name}: {len(functions)}", "", with_sign(more, mark), about(whole), "")
    return Row(tuple(text(cell, Tone.STRONG) for cell in cells))


def _why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """Why it is run so and not as what comes next, at what price, whose price that is, and what is open of it."""
    if function.action is Action.FIND_OUT:
        return f"{sentence(finder(settled_by(function, decision)))[:-1]} to find out. {to_ask(function, decision)}"
    said, chosen, spare = [choice(function, rules)], function.chosen, to_spare(function, decision)
    if function.preferred is function.recommendation:
        said += _dearer(function)
    if not function.ending:
        back = paid_back(chosen.once, more_than_today(function))
        if back[:1].isdigit():
            back = f"in {back}"
        said.append({"never": "never paid back"}.get(back, f"paid back {back}"))
    if chosen.quoted:
        said.append(f"offered by {who(chosen, decision) or 'own staff'}")
    if chosen.cost is not None and spare is not None:
        said.append(f"priced at {about(chosen.cost)}, reconsider above {about(chosen.cost + spare)}")
    asked = f" {to_ask(function, decision)}" * function.is_open
    return f"{sentence('; '.join(said))}{asked}"


def _dearer(function: FunctionResult) -> list[str]:
    """How much more it costs than the cheapest other option, and how much better it fits; nothing where it does not."""
    chosen = function.chosen
    priced = {each.cost: option for option, each in function.options.items() if each.available and each.cost}
    least = min(priced, default=0)
    if not least or chosen.cost is None or chosen.cost <= least:
        return []
    fits = f"fits at {chosen.fit}, not {function.options[priced[least]].fit}"
    return [f"it costs {about(chosen.cost - least)} a year more than {priced[least]}, and {fits}"]


def _cells(function: FunctionResult, decision: Decision) -> tuple[Line, ...]:
    """The function, from what to what it moves, what that changes a year and costs once, and how sure it is."""
    before, after = from_to(function, decision)
    if function.current is function.recommendation:
        after = after.removeprefix(f"{function.current} ")
    cells = (
        f"{before} → {after}",
        against_today(function, GUESSED * is_guessed(function)),
        once(function),
        likelihood(function),
    )
    return (linked_name(function), *map(text, cells))


def _of_all(number: int) -> str:
    """That a reason is of all rows above it; empty of one."""
    return {1: "", 2: "Both: "}.get(number, f"All {number}: ")


def _dearest(functions: Sequence[FunctionResult]) -> list[FunctionResult]:
    """The functions whose cost changes most first."""
    return sorted(functions, key=lambda function: -abs(changed(function)))


# What stays


def _kept(decision: Decision) -> list[Block]:
    """How many stay as they are and why, and whose contract ends; what is recommended where today was not said."""
    kept, said = decision.acting(Action.KEEP), []
    if kept:
        why = " ".join(f"For {number}, {ground}." for ground, number in Counter(map(_ground, kept)).most_common())
        said.append(f"Keep {len(kept)} as they are: {ways_of(kept)}. {why}")
    said += _renewed(decision)
    if any(map(is_guessed, (*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)))):
        said.append(f"{GUESSED} is an estimate. Each sum is rounded by itself.")
    said += leaving(decision)
    blocks: list[Block] = []
    if said:
        blocks.append(Paragraph(text(" ".join(said))))
    unsaid = decision.acting(None)
    if len(unsaid) < len(decision.functions):
        return blocks
    runs = [Run(each.recommendation, who(each.chosen, decision), each.chosen.cost, each.name) for each in unsaid]
    return by_way("Recommended", runs, "What is recommended, since it was not said how it is run today")


def _renewed(decision: Decision) -> list[str]:
    """Which of what is kept needs a new contract, since the present one ends."""
    ending = [function for function in decision.acting(Action.KEEP) if function.route and function.route.due]
    if not ending:
        return []
    day = min(filter(None, (last_day(function, decision) for function in ending)), default=None)
    when = f" from {written_day(day)} on" if day else ""
    return [f"As contracts end, a new one is due{when} for {listed_names(ending, _MOVES)}."]


def _ground(function: FunctionResult) -> str:
    if function.next_best is None and function.reason is not Reason.DECIDED:
        return "nothing else is available"
    if function.preferred is function.recommendation and function.reason in (Reason.FIT, Reason.VALUE, Reason.TODAY):
        return "today's way fits best"
    if function.reason is Reason.GATE and function.chosen.fit == max(each.fit for each in function.options.values()):
        return "today's way fits best"
    return _GROUNDS[function.reason]


_GROUNDS = {
    Reason.FIT: "another way fits better, but by too little",
    Reason.VALUE: "what fits better costs too much more",
    Reason.TODAY: "what fits better is not enough better to pay for moving",
    Reason.BUDGET: "there is not the money for what is worth more",
    Reason.GATE: "what fits better is not available",
    Reason.DECIDED: "it was decided already",
    Reason.UNKNOWN: "nothing else is known",
}


# What may go wrong


def _before_signing(decision: Decision) -> list[Block]:
    """What may go wrong with the moves and the gravest warnings, each with who does what."""
    risks = all_risks(decision, most=_FEW)
    if not risks:
        return []
    title = "Risks" if len(risks) <= _WARNED else f"Risks, {_WARNED} of {len(risks)}"
    return [risk_table(risks[:_WARNED], title, "What may go wrong, and what to do before signing")]

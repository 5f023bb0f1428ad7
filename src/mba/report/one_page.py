"""The paper on one page: what moves now, what it costs, why, what may go wrong, and what doing nothing means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.layout import TO_BE_COMPLETED
from mba.report.leaving import closers, leaving, why_now, written_day
from mba.report.money import fitting, gap
from mba.report.moving import all_risks, finder, paid_back, passed_over, risk_table, settled_by, to_ask, to_spare
from mba.report.pictures import drawn, portfolio_map
from mba.report.plan import (
    MORE,
    against_today,
    beside,
    done_now,
    from_to,
    is_guessed,
    likelihood,
    linked_name,
    more_than_today,
    once,
    plans_called,
)
from mba.report.reasons import in_short
from mba.report.ways import Run, by_way
from mba.report.words import GUESSED, about, apart, count, listed, sentence, ways_of, who
from mba.results import Action, Decision, FunctionResult, Reason

_MOVES, _ASKED, _WARNED, _FEW = 12, 6, 6, 1
"""Rows at most: of moves, of what to find out first, and of risks; and how many functions a risk names."""


def one_page(decision: Decision, rules: RuleSet) -> list[Block]:
    """Everything that is needed to decide."""
    changing = len(decision.acting(Action.MOVE)) + len(decision.acting(Action.FIND_OUT))
    return [
        Paragraph((Span(done_now(decision), Tone.STRONG), Span(f" {why_now(decision)}".rstrip()))),
        *_money(decision),
        Paragraph((Span("If nothing is done.", Tone.STRONG), Span(f" {' '.join(_nothing_done(decision))}"))),
        *gap(decision),
        *_moves(decision, rules),
        *_asked(decision),
        *_kept(decision),
        *leaving(decision),
        *_before_signing(decision),
        *drawn(portfolio_map(decision, min(max(changing, _FEWEST), _MOST))),
    ]


_FEWEST, _MOST = 2, 12
"""Functions that the map of the one page shows: those that move or may, and the largest of the rest."""


# The money


def _money(decision: Decision) -> list[Block]:
    """The sure moves, all that are recommended, and nothing done, each beside the allowance."""
    plans, budget = decision.plans, decision.budget
    if plans is None or budget.recommended_cost is None:
        return [Paragraph(text(fitting(decision)))]
    table = beside(
        "Money, rounded",
        plans_called(decision, "sure", "recommended", "today"),
        ("£ a year", "Left a year", "£ once", "Left of the first year"),
        lambda cost, plan: (cost, budget.allowance - cost, plan.once, budget.allowance - cost - plan.once),
        "What each plan costs and leaves",
    )
    now = plans.sure
    short = now.once - (budget.free - (now.cost or 0))
    said = []
    if 0 < short <= now.once:
        said.append(f"The sure moves leave the first year {about(short)} short, which must come from elsewhere.")
    if now.once and plans.today and plans.today.cost is not None and now.cost is not None:
        said.append(_together(decision, now.once, now.cost - plans.today.cost))
    said.append(passed_over(decision))
    return [Paragraph(text(fitting(decision))), table, Paragraph(text(" ".join(filter(None, said))))]


def _together(decision: Decision, once: int, more: int) -> str:
    """After how long the sure moves pay back what they cost once, from what they save alone."""
    moving = decision.acting(Action.MOVE)
    if len(moving) == 1:
        more = more_than_today(moving[0]) or more
        if more >= 0:
            return f"The move never pays back what it costs once: it costs {about(more)} a year more than today."
        return f"Its savings alone pay it back in {paid_back(once, more)}."
    if more >= 0:
        return f"The moves never pay back what they cost once: together they cost {about(more)} a year more than today."
    return f"Savings alone pay them back in {paid_back(once, more)}."


# What moves, and what to find out first


def _moves(decision: Decision, rules: RuleSet) -> list[Block]:
    """What moves now, a row each with its reason; those of one reason together."""
    alike: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in _dearest(decision.acting(Action.MOVE)):
        asked = f". Where to is open. {to_ask(function, decision)}" * function.is_open
        alike[f"{_why(function, decision, rules)}{asked}"].append(function)
    rows = []
    for reason, functions in alike.items():
        note = text(sentence(f"{_of_all(len(functions))}{reason}"))
        rows += [_move(function, decision, note) for function in functions]
    heads = ("Move now", "From → to", "£ a year more", "£ once; paid back", "How sure")
    return _rows(Table(_columns(heads), tuple(rows), "Why", about=_WHAT_MOVES), _MOVES)


_WHAT_MOVES = "Moves, what each costs, how sure it is and why"


def _why(function: FunctionResult, decision: Decision, rules: RuleSet) -> str:
    """Who closes and when, where that ends how it is run today; else what speaks most for the move."""
    closing = closers(function, decision) if function.ending and not function.is_decided else {}
    for id_, day in closing.items():
        return f"{decision.others[id_]} closes on {written_day(day)}"
    return in_short(function, rules)


def _more(function: FunctionResult) -> str:
    """£ a year more than today, with the mark of what rests on an estimate."""
    more = against_today(function)
    return f"{GUESSED}{more}" if is_guessed(function) else more


def _columns(heads: Sequence[str]) -> tuple[Column, ...]:
    return tuple(Column(head, figures=head.startswith("£") and ";" not in head) for head in heads)


def _move(function: FunctionResult, decision: Decision, note: Line) -> Row:
    paid = f"{once(function)}; {paid_back(function.chosen.once, more_than_today(function))}"
    sure, spare = likelihood(function), to_spare(function, decision)
    if spare is not None:
        sure = f"{sure}; tips to {function.next_best} at +{about(spare)}"
    way = " → ".join(from_to(function, decision))
    return Row((linked_name(function), *map(text, (way, _more(function), paid, sure))), note)


_ESTIMATED = f"{GUESSED} is an estimate."


def _of_all(number: int) -> str:
    """That a reason is of all rows above it; empty of one."""
    return {1: "", 2: "Both: "}.get(number, f"All {number}: ")


def _asked(decision: Decision) -> list[Block]:
    """What to find out first, a row each with the question that could settle it."""
    waiting = _dearest(decision.acting(Action.FIND_OUT))
    rows = []
    for function in waiting:
        owner = f"{finder(settled_by(function, decision))}; {TO_BE_COMPLETED}"
        way = " → ".join(from_to(function, decision))
        cells = (way, _more(function), once(function), likelihood(function), owner)
        rows.append(Row((linked_name(function), *map(text, cells)), text(to_ask(function, decision))))
    heads = ("Find out first", "From → to", "£ a year more", "£ once", "How sure", "Owner; by when")
    return _rows(Table(_columns(heads), tuple(rows), "What to ask", about=_WHAT_ASKED), _ASKED)


_WHAT_ASKED = "Open moves, and what would settle each"


def _rows(table: Table, most: int) -> list[Block]:
    """The first rows, and how many more there are; nothing where there are none."""
    if not table.rows:
        return []
    if len(table.rows) <= most:
        return [table]
    said = f"And {len(table.rows) - most} more, in the annex of the full paper."
    return [table._replace(rows=table.rows[:most]), Paragraph(text(said))]


def _dearest(functions: Sequence[FunctionResult]) -> list[FunctionResult]:
    """The functions whose cost changes most first."""
    return sorted(functions, key=lambda function: -abs(more_than_today(function) or 0))


# What stays


def _kept(decision: Decision) -> list[Block]:
    """How many stay as they are and why; what is recommended where today was not said."""
    kept = decision.acting(Action.KEEP)
    blocks: list[Block] = []
    if kept:
        why = " ".join(f"For {number}, {ground}." for ground, number in Counter(map(_ground, kept)).most_common())
        blocks.append(Paragraph(text(f"Keep {len(kept)} as they are: {ways_of(kept)}. {why}")))
    said = []
    if any(map(is_guessed, (*decision.acting(Action.MOVE), *decision.acting(Action.FIND_OUT)))):
        said.append(_ESTIMATED)
    if said:
        blocks.append(Paragraph(text(" ".join(said))))
    unsaid = []
    for function in decision.acting(None):
        chosen = function.chosen
        unsaid.append(Run(function.recommendation, who(chosen, decision), chosen.pounds, function.name))
    return [*blocks, *by_way("Recommended, where today was not said", unsaid)]


def _ground(function: FunctionResult) -> str:
    if function.preferred is function.recommendation and function.reason in (Reason.FIT, Reason.VALUE, Reason.TODAY):
        return "today's way fits best"
    if function.reason is Reason.GATE and function.chosen.fit == max(each.fit for each in function.options.values()):
        return "today's way fits best"
    return _GROUNDS[function.reason]


_GROUNDS = {
    Reason.FIT: "another way fits better, but by too little",
    Reason.VALUE: "what fits better costs too much more",
    Reason.TODAY: "what fits better is too little better to move for",
    Reason.BUDGET: "there is not the money for what is worth more",
    Reason.GATE: "what fits better is not available",
    Reason.DECIDED: "it was decided already",
    Reason.UNKNOWN: "nothing else is known",
}


# What may go wrong, and what doing nothing means


def _before_signing(decision: Decision) -> list[Block]:
    """What may go wrong with the moves and the gravest warnings, each with who does what."""
    risks = all_risks(decision, most=_FEW)
    if not risks:
        return []
    title, about_ = "Risks, and what to do before signing", "Each risk with who acts on it"
    blocks: list[Block] = [risk_table(risks[:_WARNED], title, about_)]
    if len(risks) > _WARNED:
        blocks.append(Paragraph(text(f"And {count(len(risks) - _WARNED, 'more risk')}, in the full paper.")))
    return blocks


def _nothing_done(decision: Decision) -> list[str]:
    """What doing nothing costs, whether it fits, and for what it is not open."""
    plans, free = decision.plans, decision.budget.free
    if plans is None or plans.today is None or plans.today.cost is None or plans.sure.cost is None:
        return ["How the functions are run today is not known in full, so nor is what doing nothing costs."]
    spent = decision.budget.committed
    ending, said = sum(function.ending for function in decision.functions), []
    if ending:
        said.append(f"For {count(ending, 'function')} today's way must end anyway.")
    said.append(_beside_done_now(apart(plans.today.cost + spent, plans.sure.cost + spent), plans.sure.once))
    said += _over_years(decision)
    if plans.today.cost > free:
        said.append(f"It does not fit in the allowance: it is {about(plans.today.cost - free)} a year too much.")
    if plans.sure.fit is not None and plans.today.fit is not None and plans.sure.moves:
        said.append(f"Today's ways fit at {plans.today.fit:.1f} of 100, against {plans.sure.fit:.1f}.")
    return said


_CALLED = {"All recommended moves": "all recommended"}


def _over_years(decision: Decision) -> list[str]:
    """What the sure moves and all that are recommended cost beside nothing over five years; empty where not known."""
    named = plans_called(decision, "today", "sure", "recommended")
    today, *others = named
    said = []
    for name in others:
        whole, before = named[name].whole_life, named[today].whole_life
        if whole is not None and before is not None and whole != before:
            more = apart(whole, before)
            said.append(f"{_CALLED.get(name, 'the sure moves')} cost {about(abs(more))} {MORE[more > 0]}")
    return [f"Over five years, {listed(said)} than it."] if said else []


def _beside_done_now(more: int, once: int) -> str:
    if not more and not once:
        return "Nothing moves now, so doing nothing costs the same."
    spared = f", and spares {about(once)} once" * bool(once)
    if not more:
        return f"It costs the same a year{spared}."
    return f"It costs {about(abs(more))} a year {MORE[more > 0]} than the sure moves{spared}."

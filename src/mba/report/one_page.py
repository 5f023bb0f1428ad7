"""The paper on one page: what is done now, what it costs, why, what may go wrong, and what doing nothing means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import filterfalse
from operator import attrgetter

from mba.caution import Caution, WarningCode
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Heading, Items, Paragraph, Piece, Row, Table, Tone, text
from mba.report.cautions import warning
from mba.report.gap import gap
from mba.report.leaving import leaving
from mba.report.pictures import drawn, portfolio_map
from mba.report.plan import MOVE_COLUMNS, chance, done_now, more_than_today, move_row, settled_by, switched
from mba.report.reasons import in_short
from mba.report.ways import Run, by_way
from mba.report.words import about, count, led_to, listed, sentence, value, who
from mba.results import Action, Decision, FunctionResult, Reason
from mba.spending import Plan
from mba.sureness import Question, Switch
from mba.terms import Option

_MOVES, _ASKED, _WARNED = 12, 6, 4
"""Rows at most: of moves, of what to find out first, and of warnings; what is beyond them is named or counted."""
ELSEWHERE = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
"""Warnings whose figures stand with the money."""


def one_page(decision: Decision, rules: RuleSet) -> list[Piece]:
    """Everything that is needed to decide."""
    return [
        Paragraph(text(done_now(decision), Tone.STRONG)),
        *_money(decision),
        *gap(decision),
        *_moves(decision, rules),
        *_asked(decision),
        *_kept(decision, rules),
        *leaving(decision),
        *_before_signing(decision),
        Heading(3, "If nothing is done"),
        Paragraph(text(" ".join(_nothing_done(decision)))),
        *drawn(portfolio_map(decision, _mapped(decision))),
    ]


_FEWEST, _MOST = 6, 12
"""Functions that the map of the one page shows: those that move or may, and the largest of the rest."""


def _mapped(decision: Decision) -> int:
    changing = len(decision.acting(Action.MOVE)) + len(decision.acting(Action.FIND_OUT))
    return min(max(changing, _FEWEST), _MOST)


# The money


def _money(decision: Decision) -> list[Block]:
    """What is done now, with what is open, and nothing done, each beside the allowance."""
    plans, budget = decision.plans, decision.budget
    if plans is None or budget.recommended_cost is None:
        return [Paragraph(text(fitting(decision)))]
    named = {"The plan": plans.recommended}
    if plans.today:
        named = {"What is done now": plans.sure}
        if plans.recommended.cost != plans.sure.cost:
            named["With what is to be found out"] = plans.recommended
        named["Doing nothing"] = plans.today
    columns = [Column("Money")]
    columns += [Column(head, figures=True) for head in ("£ a year", "Left a year", "£ once", "Left of the first year")]
    rows = [_beside(name, plan, budget.free) for name, plan in named.items()]
    blocks: list[Block] = [Paragraph(text(fitting(decision))), Table(tuple(columns), tuple(rows))]
    now = next(iter(named.values()))
    short = now.once - (budget.free - (now.cost or 0))
    if 0 < short <= now.once:
        said = f"The first year is {about(short)} short of what moving costs, so part of it must come from elsewhere."
        blocks.append(Paragraph(text(said)))
    return blocks


def _beside(name: str, plan: Plan, free: int) -> Row:
    if plan.cost is None:
        return Row(tuple(map(text, (name, "not known", "", "", ""))))
    left = free - plan.cost
    cells = (name, about(plan.cost), about(left), about(plan.once), about(left - plan.once))
    return Row(tuple(map(text, cells)))


def fitting(decision: Decision) -> str:
    """Whether the plan fits in the allowance, and how likely that is."""
    budget = decision.budget
    if budget.recommended_cost is None or budget.headroom is None:
        if budget.committed > budget.allowance:
            return f"What is committed alone is {about(budget.committed - budget.allowance)} above the allowance."
        return "Nothing is costed, so whether it fits in the allowance is not known."
    said = f"The allowance is {about(budget.allowance)} a year"
    if budget.committed:
        said += f", of which {about(budget.committed)} is committed"
    return f"{said}. {_whether(decision)} {chance(decision)}".rstrip()


def _whether(decision: Decision) -> str:
    budget = decision.budget
    what = "The whole plan"
    if not budget.complete:
        what = f"What has a cost, {count(len(decision.functions) - len(budget.uncosted), 'function')},"
    if budget.within_allowance:
        return f"{what} fits, and leaves {about(budget.headroom or 0)} a year."
    return f"{what} does not fit: it is {about(-(budget.headroom or 0))} a year too much."


# What moves, and what to find out first


def _moves(decision: Decision, rules: RuleSet) -> list[Block]:
    """What moves now, a row each with its reason; those of one reason together."""
    alike: dict[str, list[FunctionResult]] = defaultdict(list)
    for function in _dearest(decision.acting(Action.MOVE)):
        alike[in_short(function, rules)].append(function)
    rows = []
    for reason, functions in alike.items():
        note = text(sentence(f"{_of_all(len(functions))}{reason}"))
        rows += [move_row(function, decision, note) for function in functions]
    return _rows("Move now", rows, _MOVES, "Why")


def _of_all(number: int) -> str:
    """That a reason is of all rows above it; empty of one."""
    return {1: "", 2: "Both: "}.get(number, f"All {number}: ")


def _asked(decision: Decision) -> list[Block]:
    """What to find out first, a row each with the question that could settle it."""
    waiting = _dearest(decision.acting(Action.FIND_OUT))
    rows = [move_row(function, decision, text(_question(function, decision))) for function in waiting]
    return _rows("Find out first", rows, _ASKED, "What to ask")


def _rows(title: str, rows: list[Row], most: int, note: str) -> list[Block]:
    if not rows:
        return []
    table = Table((Column(title), *MOVE_COLUMNS), tuple(rows[:most]), note)
    if len(rows) <= most:
        return [table]
    return [table, Paragraph(text(f"And {len(rows) - most} more, in the annex of the full paper."))]


def _dearest(functions: Sequence[FunctionResult]) -> list[FunctionResult]:
    """The functions whose cost changes most first."""
    return sorted(functions, key=lambda function: -abs(more_than_today(function) or 0))


def _question(function: FunctionResult, decision: Decision) -> str:
    """What would settle it, else whose price to ask for."""
    match settled_by(function, decision):
        case Switch() as switch:
            return f"{sentence(switched(switch, decision))} {sentence(_tipping(switch))}"
        case Question() as asked:
            answers = led_to(asked, decision).removeprefix(f"{decision.names[function.id]}: ")
            return f"{sentence(asked.input.about.words)} {sentence(answers)}"
    ways = filterfalse(attrgetter("quoted"), (function.chosen, function.options[function.rival]))
    unquoted = dict.fromkeys(who(way, decision) for way in ways)
    asked_of = list(filter(None, unquoted))
    if asked_of:
        return f"Ask {listed(asked_of)} for a firm price."
    return "Ask what it costs in-house."


def _tipping(switch: Switch) -> str:
    """Which change leads to which answer: share at £23.20 instead of £25.00."""
    now, then = (value(switch.input.about.kind, figure) for figure in (switch.now, switch.then))
    return f"{switch.becomes} at {then} instead of {'the assumed ' * switch.assumed}{now}"


# What stays


def _kept(decision: Decision, rules: RuleSet) -> list[Block]:
    """How many stay as they are and why; what is recommended where today was not said."""
    kept = decision.acting(Action.KEEP)
    blocks: list[Block] = []
    if kept:
        numbers = Counter(function.recommendation for function in kept)
        ways = listed([f"{option} {numbers[option]}" for option in filter(numbers.get, Option)])
        blocks.append(Paragraph(text(f"Keep {len(kept)} as they are: {ways}. {_why_kept(kept)}")))
    unsaid = [_as_planned(function, decision, rules) for function in decision.acting(None)]
    return [*blocks, *by_way("Today not said; run so", unsaid)]


def _as_planned(function: FunctionResult, decision: Decision, rules: RuleSet) -> Run:
    chosen, why = function.chosen, in_short(function, rules)
    return Run(function.recommendation, who(chosen, decision), chosen.pounds, function.name, why)


def _why_kept(kept: Sequence[FunctionResult]) -> str:
    """How many are kept on which ground, the commonest first."""
    grounds = Counter(map(_ground, kept)).most_common()
    return " ".join(f"For {number}, {ground}." for ground, number in grounds)


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


def _is_told_here(caution: Caution) -> bool:
    return caution.code not in ELSEWHERE


def _before_signing(decision: Decision) -> list[Block]:
    """The gravest warnings, each with who does what."""
    warned = list(filter(_is_told_here, decision.warnings))
    if not warned:
        return []
    lines = [text(warning(caution, decision.names, decision.others)) for caution in warned[:_WARNED]]
    if len(warned) > _WARNED:
        lines.append(text(f"And {count(len(warned) - _WARNED, 'more risk')}, in the full paper."))
    return [Heading(3, "Risks, and what to do before signing"), Items(tuple(lines))]


def _nothing_done(decision: Decision) -> list[str]:
    """What doing nothing costs, whether it fits, and for what it is not open."""
    plans, free = decision.plans, decision.budget.free
    if plans is None or plans.today is None or plans.today.cost is None or plans.sure.cost is None:
        return ["How the functions are run today is not known in full, so nor is what doing nothing costs."]
    said = [_beside_done_now(plans.today.cost - plans.sure.cost, plans.sure.once)]
    if plans.today.cost > free:
        said.append(f"It does not fit in the allowance: it is {about(plans.today.cost - free)} a year too much.")
    if plans.sure.fit is not None and plans.today.fit is not None and plans.sure.moves:
        fits = f"{plans.today.fit:.0f} out of 100, against {plans.sure.fit:.0f}"
        said.append(f"The ways of today suit the functions at {fits} with what is done now.")
    ending = sum(function.ending for function in decision.functions)
    if ending:
        said.append(f"It is not open for {count(ending, 'function')}, whose present way must end.")
    return said


def _beside_done_now(more: int, once: int) -> str:
    if not more and not once:
        return "Nothing moves now, so doing nothing costs the same."
    spared = f", and spares {about(once)} once" if once else ""
    if not more:
        return f"It costs the same a year{spared}."
    if more > 0:
        return f"It costs {about(more)} a year more than what is done now{spared}."
    return f"It costs {about(-more)} a year less than what is done now{spared}."

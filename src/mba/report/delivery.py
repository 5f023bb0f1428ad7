"""What must come with the recommendations: risks, safeguards, moves, and reviews as intervals."""

from __future__ import annotations

from collections.abc import Sequence

from mba.caution import WarningCode
from mba.knowledge.rules import RuleSet
from mba.render.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.cautions import warning
from mba.report.plan import first_year
from mba.report.words import listed, pounds, sentence
from mba.results import Action, Decision, FunctionResult
from mba.terms import Option


def risks(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to be warned of, and the safeguards of each option that is recommended."""
    names = decision.names
    others = decision.others
    told = [caution for caution in decision.warnings if caution.code not in _TOLD]
    blocks: list[Block] = []
    if told:
        blocks = [
            Heading(3, "Risks"),
            Items(tuple(text(warning(each, names, others, most=_NAMED)) for each in told)),
        ]
    chosen = [o for o in Option if any(function.recommendation is o for function in decision.functions)]
    guards = [(option.capitalize(), rules.safeguards.get(option, ())) for option in chosen]
    guards.append(("Always", rules.safeguards.get("all", ())))
    lines: list[Line] = [
        (Span(f"{name}:", Tone.STRONG), Span(f" {' '.join(guard.text for guard in given)}"))
        for name, given in guards
        if given
    ]
    return [*blocks, Heading(3, "Safeguards"), Items(tuple(lines))]


_NAMED = 40
"""Functions that a risk names: all, in most organisations."""
_TOLD = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
"""What a paper says elsewhere: with the answer, and with what moves."""


def implementation(decision: Decision, rules: RuleSet) -> list[Block]:
    """What moves and what that costs; notice, terms and reviews as intervals."""
    moving = decision.acting(Action.MOVE)
    blocks: list[Block] = [*_moving(moving, decision, rules)]
    if not moving:
        blocks.append(Paragraph(text(_unmoved(decision))))
    unknown = [f.name for f in decision.functions if f.current is None]
    out = [f.name for f in moving if f.current in (Option.BUY, Option.ALLY)]
    apart = [f.name for f in moving if f.current is Option.SHARE]
    steps: list[Line] = []
    if unknown and len(unknown) < len(decision.functions):
        which = listed(unknown, most=_NAMED)
        steps.append(
            _step(
                "Today",
                (
                    f"{which}: find out how they are run now. What is run otherwise than recommended is a further "
                    "move, not in any sum here."
                ),
            )
        )
    if out:
        steps.append(
            _step(
                "Notice",
                f"{listed(out)}: look up the notice that the present contract asks for before any date is set.",
            )
        )
    if apart:
        steps.append(
            _step(
                "Leaving a shared team",
                f"{listed(apart)}: agree with the partners how, and who bears the cost that is left.",
            )
        )
    if moving:
        staff = (
            "For each move, take advice on whether staff transfer with the work (TUPE), and consult them "
            "before any date is set."
        )
        steps.append(_step("Staff", staff))
    return [*blocks, Items((*steps, _reviews(decision, rules)))]


def _unmoved(decision: Decision) -> str:
    """That nothing moves now, as far as is known."""
    if all(function.today is None for function in decision.functions):
        return "How the functions are run today was not given, so what would move is not known."
    if decision.acting(Action.FIND_OUT):
        return "Nothing moves until what is to be found out first is known."
    return "Nothing moves: what is known of today stays as it is."


def _step(name: str, words: str) -> Line:
    return (Span(f"{name}.", Tone.STRONG), Span(f" {words}"))


def _moving(moving: Sequence[FunctionResult], decision: Decision, rules: RuleSet) -> list[Block]:
    """What moves, from what to what, and what the move costs; nothing where nothing moves."""
    if not moving:
        return []
    rows = []
    for function in moving:
        today, cost = function.today, function.chosen.transition
        ways = (text(str(today.mode) if today else ""), text(function.recommendation, Tone.STRONG))
        rows.append(Row((text(function.name), *ways, text(f"{cost.once:,}" if cost else "not known"))))
    costs = [function.chosen.transition for function in moving if function.chosen.transition]
    blocks: list[Block] = []
    if costs:
        once = sum(cost.once for cost in costs)
        whole = "In all" if len(costs) == len(moving) else "In all, of what is known"
        rows.append(Row((text(whole, Tone.STRONG), text(""), text(""), text(f"{once:,}", Tone.STRONG))))
        figures = rules.costs
        said = (
            f"Moving is taken to cost, once, {figures.transition.value:.0%} of the first year's team or price, since "
            f"old and new run side by side for a while; {figures.redundancy.value:g} times what yearly pay falls by, "
            f"for redundancy; and notice past the start. That is {pounds(once)} in all, and in no yearly cost."
        )
        blocks = [Paragraph(text(f"{said} {first_year(decision)}".strip()))]
    columns = (Column("Function"), Column("From"), Column("To"), Column("£ once", figures=True))
    return [*blocks, Table(columns, tuple(rows))]


def _reviews(decision: Decision, rules: RuleSet) -> Line:
    """When to review what is recommended, as intervals from its start."""
    costs = rules.costs
    said = {
        Option.MAKE: "what is made, after a year",
        Option.SHARE: f"what is shared, before its term of {_term(costs.share_years.value)} ends",
        Option.ALLY: f"what is allied, at named points within its term of {_term(costs.ally_years.value)}",
        Option.BUY: f"what is bought, in time to tender again before its term of {_term(costs.buy_years.value)} ends",
    }
    chosen = {function.recommendation for function in decision.functions}
    due = [words for option, words in said.items() if option in chosen]
    terms = " The terms are assumed." if chosen - {Option.MAKE} else ""
    return _step("Review", f"{sentence('; '.join(due))}{terms}")


def _term(years: float) -> str:
    """A number of years as people say it: 18 months, 5 years."""
    return f"{years:g} years" if years == round(years) else f"{round(years * 12)} months"

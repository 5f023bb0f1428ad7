"""What must come with the recommendations: risks, safeguards, moves, and reviews as intervals."""

from __future__ import annotations

from mba.profile import Option
from mba.report.document import Block, Column, Heading, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.money import moves
from mba.report.words import listed, pounds, warning
from mba.results import Decision, FunctionResult, WarningCode
from mba.rules import RuleSet


def risks(decision: Decision, rules: RuleSet) -> list[Block]:
    """What to be warned of, and the safeguards of each option that is recommended."""
    names = {function.id: function.name for function in decision.functions}
    others = decision.partners | decision.suppliers
    told = [caution for caution in decision.warnings if caution.code not in _TOLD]
    blocks: list[Block] = []
    if told:
        blocks = [Heading(3, "Risks"), Items(tuple(text(warning(each, names, others)) for each in told))]
    chosen = [o for o in Option if any(function.recommendation is o for function in decision.functions)]
    guards = [(option.capitalize(), rules.safeguards.get(option, ())) for option in chosen]
    guards.append(("Always", rules.safeguards.get("all", ())))
    lines: list[Line] = [
        (Span(f"{name}:", Tone.STRONG), Span(f" {' '.join(guard.text for guard in given)}"))
        for name, given in guards
        if given
    ]
    return [*blocks, Heading(3, "Safeguards"), Items(tuple(lines))]


_TOLD = (WarningCode.OVER_BUDGET, WarningCode.DOUBLE_RUNNING)
"""What a paper says elsewhere: with the answer, and with what moves."""


def implementation(decision: Decision, rules: RuleSet) -> list[Block]:
    """What moves and what that costs; notice, terms and reviews as intervals."""
    moving = moves(decision)
    blocks: list[Block] = [*_moving(moving, rules)]
    if not moving:
        blocks.append(Paragraph(text(_unmoved(decision))))
    out = [f.name for f in moving if f.current in (Option.BUY, Option.ALLY)]
    apart = [f.name for f in moving if f.current is Option.SHARE]
    own = [f.name for f in moving if f.current is Option.MAKE]
    steps: list[Line] = []
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
    if own:
        steps.append(
            _step("Staff", f"{listed(own)}: consult those who do the work today, and settle whether they move with it.")
        )
    return [*blocks, Items((*steps, *_reviews(decision, rules)))]


def _unmoved(decision: Decision) -> str:
    """That nothing moves, as far as is known."""
    known = sum(function.current is not None for function in decision.functions)
    if known == len(decision.functions):
        return "Everything stays as it is run today."
    if known:
        return "None of the functions whose present arrangement is known would move."
    return "How the functions are run today was not given, so what would move is not known."


def _step(name: str, words: str) -> Line:
    return (Span(f"{name}.", Tone.STRONG), Span(f" {words}"))


def _moving(moving: list[FunctionResult], rules: RuleSet) -> list[Block]:
    """What moves, from what to what, and what the move costs; nothing where nothing moves."""
    if not moving:
        return []
    rows = []
    for function in moving:
        cost = function.options[function.recommendation].transition
        figures = (f"{cost.once:,}", f"{cost.a_year:,}") if cost else ("not known", "not known")
        ways = (text(str(function.current)), text(function.recommendation, Tone.STRONG))
        rows.append(Row((text(function.name), *ways, *(text(figure) for figure in figures))))
    costs = [t for f in moving if (t := f.options[f.recommendation].transition)]
    blocks: list[Block] = []
    if costs:
        once, a_year = sum(cost.once for cost in costs), sum(cost.a_year for cost in costs)
        whole = "In all" if len(costs) == len(moving) else "In all, of what is known"
        rows.append(Row((text(whole, Tone.STRONG), text(""), text(""), text(f"{once:,}"), text(f"{a_year:,}"))))
        said = (
            f"Moving is taken to cost, once, {rules.costs.transition.value:.0%} of the first year's team or price, since old and new run side by "
            f"side for a while: {pounds(once)} in all, or {pounds(a_year)} a year spread over the terms of the new arrangements. No yearly cost in "
            "this paper includes it."
        )
        blocks = [Paragraph(text(said))]
    columns = (
        Column("Function"),
        Column("From"),
        Column("To"),
        Column("£ once", figures=True),
        Column("£ a year over its term", figures=True),
    )
    return [*blocks, Table(columns, tuple(rows))]


def _reviews(decision: Decision, rules: RuleSet) -> list[Line]:
    """When to review what is recommended, as intervals from its start."""
    costs = rules.costs
    said = {
        Option.MAKE: "A year after the decision.",
        Option.SHARE: f"Before the term ends, which is taken as {_term(costs.share_years.value)}.",
        Option.ALLY: f"At named points within the term, which is taken as {_term(costs.ally_years.value)}.",
        Option.BUY: f"Early enough to tender again before the term ends, which is taken as {_term(costs.buy_years.value)}.",
    }
    chosen = {function.recommendation for function in decision.functions}
    return [_step(f"Review of {_DOING[option]}", words) for option, words in said.items() if option in chosen]


_DOING = {
    Option.MAKE: "what is made",
    Option.SHARE: "what is shared",
    Option.ALLY: "what is allied",
    Option.BUY: "what is bought",
}


def _term(years: float) -> str:
    """A number of years as people say it: 18 months, 5 years."""
    return f"{years:g} years" if years == round(years) else f"{round(years * 12)} months"

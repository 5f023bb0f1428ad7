"""What of a decision a page draws; every figure in a chart is one of the result's."""

from __future__ import annotations

from mba.render.document import (
    Bar,
    Block,
    Column,
    Line,
    Paragraph,
    Row,
    Shares,
    Sign,
    Table,
    Tone,
    text,
)
from mba.report.words import TONES, percent, pounds
from mba.results import Decision, FunctionResult
from mba.terms import Option

ANSWER = Sign("▸", "the answer", Tone.STRONG)
CLOSE_ANSWER = Sign("≈", "the answer, but open", Tone.STRONG)
NOT_OPEN = Sign("×", "not available", Tone.FAINT)


def fit_bar(function: FunctionResult, option: Option, answer: Sign = ANSWER) -> Bar:
    """How well an option fits; a sign says whether it is the answer or, being none, not available."""
    result = function.options[option]
    if option is function.recommendation:
        return Bar(result.fit, TONES[option], answer)
    if not result.available:
        return Bar(result.fit, TONES[option], NOT_OPEN)
    return Bar(result.fit, TONES[option])


def options_by_function(decision: Decision) -> Shares:
    """How many functions go to each option."""
    found = {option: sum(f.recommendation is option for f in decision.functions) for option in Option}
    parts = tuple((f"{option.upper()} {number}", number, TONES[option]) for option, number in found.items() if number)
    return Shares(parts, title="Functions, by how they are run")


def money_bar(decision: Decision) -> list[Block]:
    """What is committed, what each option costs and what is left, £ a year, against the allowance.

    Nothing where no cost is known.
    """
    budget = decision.budget
    if not budget.recommended_cost or budget.headroom is None:
        return []
    parts = [("COMMITTED", budget.committed, Tone.STRONG)]
    parts += [(option.upper(), decision.cost_of(option) or 0, TONES[option]) for option in Option]
    parts.append(("LEFT", max(0, budget.headroom), Tone.FAINT))
    shown = tuple((f"{name} {pounds(cost)}", cost, tone) for name, cost, tone in parts if cost)
    return [
        Shares(shown, (f"ALLOWANCE {pounds(budget.allowance)}", budget.allowance), "£ a year, against the allowance")
    ]


def acceptabilities(decision: Decision) -> list[Block]:
    """How often each option is chosen for each function, the surest of each answer first.

    Nothing where nothing was drawn.
    """
    drawn = [f for f in decision.functions if f.confidence and f.has_rival and not f.is_unknown]
    if not drawn:
        return []
    order = list(Option)
    drawn.sort(key=lambda function: (order.index(function.recommendation), -function.often()))
    columns = [Column("Function"), Column("Answer")]
    columns += [Column(option.capitalize(), figures=True, tone=TONES[option]) for option in Option]
    said = "In how many of the draws each option is chosen inside the budget."
    if any(max(map(function.often, Option)) > function.often() for function in drawn):
        said += " Where another option is chosen more often than the answer, the answer is open."
    if len(drawn) < len(decision.functions):
        said += " What was decided, or has one option only, is not among them: no draw changes it."
    return [Paragraph(text(said)), Table(tuple(columns), tuple(_accepted(function) for function in drawn))]


def _accepted(function: FunctionResult) -> Row:
    shares = {option: function.often(option) for option in Option}
    cells: list[Line] = [text(function.name), text(function.recommendation, TONES[function.recommendation])]
    for option, share in shares.items():
        words = percent(share)
        tone = (
            TONES[option] if option is function.recommendation else Tone.FAINT if words in ("0%", "<1%") else Tone.PLAIN
        )
        cells.append(text(words, tone))
    parts = tuple((option.value, share, TONES[option]) for option, share in shares.items())
    return Row(tuple(cells), shares=Shares(parts))

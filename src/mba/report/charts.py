"""What of a decision a page draws; every figure in a chart is one of the result's."""

from __future__ import annotations

import math

from mba.render.document import (
    Axis,
    Bar,
    Block,
    Column,
    Curve,
    Line,
    Mark,
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
CLOSE_ANSWER = Sign("≈", "the answer, but too close to call", Tone.STRONG)
NOT_OPEN = Sign("×", "not open", Tone.FAINT)


def fit_bar(function: FunctionResult, option: Option, answer: Sign = ANSWER) -> Bar:
    """How well an option fits; a sign says whether it is the answer or, being none, not open."""
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
    drawn = [f for f in decision.functions if f.confidence and f.has_rival]
    if not drawn:
        return []
    order = list(Option)
    drawn.sort(key=lambda function: (order.index(function.recommendation), -function.often()))
    columns = [Column("Function"), Column("Answer")]
    columns += [Column(option.capitalize(), figures=True, tone=TONES[option]) for option in Option]
    said = "In how many of the draws each option is chosen inside the budget."
    if any(max(map(function.often, Option)) > function.often() for function in drawn):
        said += " Where another option is chosen more often than the answer, read the answer as open."
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


_ROOM = 2
"""An allowance is drawn in its place as far as so many lengths of the frontier from its end.

Beyond, the frontier would be a dot.
"""
_LEAST = 10.0
"""Points of fit that the axis shows at least, so that a small difference looks small."""


def frontier_curve(decision: Decision) -> list[Block]:
    """The best portfolio of each cost, with what is recommended, what fits best and the free allowance.

    Nothing where there is one at most.
    """
    budget = decision.budget
    points = tuple((float(point.cost), point.fit) for point in budget.frontier)
    cost, fit, best = budget.recommended_cost, budget.recommended_fit, budget.preferred_fit
    if len(points) < 2 or cost is None or fit is None or best is None:  # noqa: PLR2004 - a line has two ends
        return []
    dearest, free = budget.preferred_cost or 0, budget.allowance - budget.committed
    same = dearest == cost
    marks = [Mark("Recommended", _figures(cost, fit), cost, fit)]
    if not same:
        marks.append(Mark("Fits best", _figures(dearest, best), dearest, best))
    marks.append(Mark("Free allowance" if budget.committed else "Allowance", pounds(free), free))

    ends = [point[0] for point in points] + [float(cost), float(dearest)]
    room = _ROOM * (max(ends) - min(ends))
    shown = min(ends) - room <= free <= max(ends) + room
    fits = [point[1] for point in points] + [fit, best]
    wider = max(0.0, _LEAST - max(fits) + min(fits)) / 2
    return [
        Curve(
            "What each sum can buy",
            _says(decision, same=same),
            _axis("£ million a year", [*ends, free] if shown else ends, 1_000_000),
            _axis("Mean fit", [min(fits) - wider, max(fits) + wider], 1),
            points,
            tuple(marks),
        )
    ]


def _figures(cost: int, fit: float) -> str:
    return f"{pounds(cost)}, fit {fit:.1f}"


def _says(decision: Decision, *, same: bool) -> str:
    """The chart in words, with the figures of all that has a name in it."""
    budget = decision.budget
    cheapest = budget.frontier[0]
    said = (
        "Fit, from 0 to 100, says how well an option suits a function. "
        "Each dot is the best portfolio that its cost can buy. The cheapest costs "
        f"{pounds(cheapest.cost)} a year, at a mean fit of "
        f"{cheapest.fit:.1f}; what fits best costs {pounds(budget.preferred_cost or 0)}, at "
        f"{budget.preferred_fit or 0:.1f}"
        f"{', and is what is recommended' if same else ''}."
    )
    if not same:
        said += (
            f" What is recommended costs {pounds(budget.recommended_cost or 0)}, at {budget.recommended_fit or 0:.1f}."
        )
    free = f"free allowance, less {pounds(budget.committed)} committed," if budget.committed else "allowance"
    return f"{said} The {free} is {pounds(budget.allowance - budget.committed)}."


_STEPS = 4
"""Steps of an axis at most: more figures would not stand beside each other on a phone."""


def _axis(title: str, values: list[float], unit: int) -> Axis:
    """An axis with room about the values and, in the unit, round figures on it."""
    low, high = min(values), max(values)
    spare = 0.06 * (high - low or unit)
    low, high = low - spare, high + spare
    least = (high - low) / _STEPS / unit
    power = 10.0 ** math.floor(math.log10(least))
    step, decimals = next(
        (round(power * times, 9), max(0, digits - math.floor(math.log10(power))))
        for times, digits in ((1, 0), (2, 0), (2.5, 1), (5, 0), (10, -1))
        if power * times >= least
    )
    places = range(math.ceil(low / unit / step), math.floor(high / unit / step) + 1)
    return Axis(title, low, high, tuple((place * step * unit, f"{place * step:,.{decimals}f}") for place in places))

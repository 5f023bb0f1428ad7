"""Pictures of the money: from today to the plan, and the plan as it could also come to cost, beside the allowance."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from mba.render.document import Anchor, Circle, Edge, Label, Picture, Rectangle, Shape, Stroke, Tone
from mba.render.letters import extent, wrapped
from mba.report.mapped import WIDTH, short
from mba.report.plan import changed, dearest, moves_now
from mba.report.plans import as_listed, every_move, reckoning
from mba.report.words import TONES, about, count, listed, more, odds, percent
from mba.results import Action, Decision, FunctionResult
from mba.spending import Spread

_SIZE, _LINE, _AIR = 10.0, 12.0, 5.0
_NAMES, _FROM, _TO = 190.0, 206.0, 410.0
"""How wide names may be, and from where to where sums are laid off."""
_MARGIN = 24.0  # What is left free on both sides of a whisker.
_FAR = 4
"""How many times the span of the sums the allowance may be away from them and still be on the scale."""
_DASHES = 6.0  # What is narrower has no room for dashes, and is drawn whole.
_STEPS = {Edge.FILLED: 8, Edge.DASHED: 5}
"""Moves that a bridge shows by name; the rest goes together."""
_DRAWS = "Line: 90 of 100 draws; box: the middle half of them."


class _Step(NamedTuple):
    """What a part of the way from today to the plan changes, £ a year; dashed where it is to be found out first."""

    name: str
    change: int
    tone: Tone
    edge: Edge = Edge.FILLED


class _Scale:
    """Where sums stand between two places; the allowance may be beyond them."""

    def __init__(self, sums: Sequence[float], allowance: float, start: float, end: float) -> None:
        self.low, self.high, self.start, self.end, self.allowance = min(sums), max(sums), start, end, allowance
        room = _FAR * max(self.high - self.low, 1.0)
        self.beyond = allowance > self.high + room or -(allowance < self.low - room)
        if not self.beyond:
            self.low, self.high = min(self.low, allowance), max(self.high, allowance)

    def at(self, amount: float) -> float:
        """Where a sum stands."""
        return self.start + (self.end - self.start) * (amount - self.low) / max(self.high - self.low, 1.0)

    def told(self) -> str:
        """From where to where sums are laid off, since nothing there is as long as the whole sum."""
        return f"Laid off from {short(self.low)} to {short(self.high)}, not from £0."

    def limit(self, bottom: float) -> list[Shape]:
        """The allowance as a line down to the bottom, with its name above; beyond the scale its name alone."""
        words = f"allowance, {short(self.allowance)}"
        if self.beyond < 0:
            return [Label(self.start, _SIZE, f"← {words}", Tone.STRONG)]
        if self.beyond > 0:
            return [Label(self.end, _SIZE, f"{words} →", Tone.STRONG, Anchor.END)]
        x = self.at(self.allowance)
        line = Stroke(x, _SIZE + 4, x, bottom, Tone.STRONG, Edge.DASHED)
        return [_around(x, _SIZE, words, Tone.STRONG), line]


def money_bridge(decision: Decision) -> Picture | None:
    """What is spent a year, from today through each move to the plan, with what is committed, beside the allowance.

    None where today or the plan is not costed, or nothing changes what they cost.
    """
    sums = reckoning(decision)
    if decision.budget.recommended_cost is None or sums.today is None:
        return None
    before, after, (ending, others) = sums.today.cost, sums.recommended.cost, moves_now(decision)
    parts = {  # By what the sum is called to which they lead.
        "With what must end": _steps(ending, Edge.FILLED),
        "With what moves now": _steps(others, Edge.FILLED),
        _PLAN: _steps(decision.acting(Action.FIND_OUT), Edge.DASHED),
    }
    steps = list(chain.from_iterable(parts.values()))
    if rest := after - before - sum(step.change for step in steps):
        steps.append(_Step("Functions that stay, at another price", rest, Tone.STRONG))
        parts[_PLAN].append(steps[-1])
    if not steps:
        return None
    said = [f"From {about(before)} a year today to {about(after)} in the plan."]
    said += [f"{step.name}: {change_of(step.change)}." for step in steps]
    bridge = _Bridge(before, parts, decision.budget.allowance)
    return Picture(_title(before, after, decision), " ".join(said), WIDTH, bridge.y, tuple(bridge.shapes))


_PLAN = "The plan"


def _steps(functions: Sequence[FunctionResult], edge: Edge) -> list[_Step]:
    """What moves change, £ a year, the largest first; beyond a few, the rest together."""
    moving = dearest(filter(lambda function: function.moves and changed(function), functions))
    most, steps = _STEPS[edge], []
    if len(moving) == most + 1:
        most += 1
    for function in moving[:most]:
        way = function.recommendation
        steps.append(_Step(f"{function.name}, to {way}", changed(function), TONES[way], edge))
    if rest := sum(map(changed, moving[most:])):
        steps.append(_Step(count(len(moving) - most, "other move"), rest, Tone.STRONG, edge))
    return steps


def change_of(change: int) -> str:
    """£ a year as more or less."""
    return f"{short(change)} {more(change)}"


def _title(today: int, cost: int, decision: Decision) -> str:
    """What the bridge shows: the plan against today, and against the allowance."""
    left, against = decision.budget.allowance - cost, "as much as today"
    if cost != today:
        against = f"{about(abs(cost - today))} a year {more(cost - today)} than today"
    leaves = f"is {about(-left)} above the allowance"
    if left >= 0:
        leaves = f"leaves {about(left)} of the allowance{as_listed(left, decision)}"
    return f"{every_move(decision)} costs {against}, and {leaves}"


class _Bridge:
    """The bridge as it is drawn from the top down: a row for each sum and each step."""

    def __init__(self, today: int, parts: Mapping[str, Sequence[_Step]], allowance: int) -> None:
        every = list(chain.from_iterable(parts.values()))
        levels = list(accumulate((step.change for step in every), initial=float(today)))
        self.scale = _Scale(levels, allowance, _FROM, _TO)
        self.shapes: list[Shape] = []
        self.y, self.level = 2 * _SIZE, float(today)
        self._sum("Today")
        left = len(every)
        for name, steps in parts.items():
            for step in steps:
                self._step(step)
            left -= len(steps)
            if steps:
                self._sum(name if left else _PLAN, last=not left)
        self.shapes += self.scale.limit(self.y)
        self.y += _LINE + 4
        self.shapes.append(Label(_FROM, self.y, self.scale.told(), Tone.FAINT, size=_SIZE - 1))
        if any(step.edge is Edge.DASHED for step in every):
            self.shapes.append(Rectangle(0, self.y - 8, 14, 8, Tone.FAINT, Edge.DASHED))
            self.shapes.append(Label(20, self.y, "to find out about first", Tone.FAINT, size=_SIZE - 1))
        self.y += 4

    def _sum(self, name: str, *, last: bool = False) -> None:
        x, middle = self.scale.at(self.level), self._row(name, short(self.level), Tone.STRONG)
        if not last:
            self.shapes.append(Stroke(x, middle, x, self.y, Tone.FAINT, Edge.HAIR))
        self.shapes.append(Circle(x, middle, 4, Tone.STRONG))

    def _step(self, step: _Step) -> None:
        top, before, after = self.y, self.scale.at(self.level), self.scale.at(self.level + step.change)
        middle = self._row(step.name, change_of(step.change), Tone.PLAIN)
        self.level += step.change
        wide = abs(after - before)
        edge = {(Edge.DASHED, True): Edge.SOLID}.get((step.edge, wide < _DASHES), step.edge)
        self.shapes += [
            Stroke(before, top, before, middle, Tone.FAINT, Edge.HAIR),
            Stroke(after, middle, after, self.y, Tone.FAINT, Edge.HAIR),
            Rectangle(min(before, after), middle - 6, wide, 12, step.tone, edge),
        ]

    def _row(self, name: str, amount: str, tone: Tone) -> float:
        """The name of a row and its sum at the end; gives where its middle is."""
        lines = wrapped(name, _NAMES, _SIZE, bold=tone is Tone.STRONG)
        middle = self.y + (_LINE * len(lines) + _AIR) / 2
        for number, line in enumerate(lines, 1):
            self.shapes.append(Label(0, middle - _LINE * len(lines) / 2 + _LINE * number - 3, line, tone))
        self.shapes.append(Label(WIDTH, middle + 3.5, amount, tone, Anchor.END))
        self.y += _LINE * len(lines) + _AIR
        return middle


_CLEAR = 0.01
"""A chance nearer than this to none or all is told by a sentence, and needs no picture."""


def chance_of_fitting(decision: Decision) -> Picture | None:
    """What the plan costs a year in the draws, beside the allowance.

    None where nothing was drawn or nothing varies, or it fits in nearly all draws or in hardly any.
    """
    budget = decision.budget
    spread, cost, chance = budget.drawn_cost, budget.spent, budget.chance_within
    if spread is None or cost is None or chance is None or spread.lowest == spread.highest:
        return None
    if not _CLEAR < chance < 1 - _CLEAR:
        return None
    spread = Spread(*(budget.committed + each for each in spread))
    scale = _Scale([*spread, cost], budget.allowance, _MARGIN, WIDTH - _MARGIN)
    y, bottom = 36.0, 48.0
    low, high = scale.at(spread.lowest), scale.at(spread.highest)
    box = scale.at(spread.higher) - scale.at(spread.lower)
    shapes = [
        Stroke(low, y, high, y),
        Rectangle(scale.at(spread.lower), y - 7, box, 14, Tone.PLAIN, Edge.SOLID),
        Circle(scale.at(cost), y, 4, Tone.STRONG),
        _around(low, bottom + _LINE, short(spread.lowest)),
        _around(high, bottom + _LINE, short(spread.highest)),
        *scale.limit(bottom),
        _around(scale.at(cost), bottom + 2 * _LINE, f"the plan, {short(cost)}", Tone.STRONG),
        Label(0, bottom + 3.5 * _LINE, _DRAWS, Tone.FAINT, size=_SIZE - 1),
    ]
    ends = listed([about(spread.lowest), about(spread.highest)])
    said = f"In 90 of 100 draws the plan costs between {ends} a year. The allowance is {about(budget.allowance)}."
    title = f"The chance that the plan fits the allowance is {percent(odds(chance))}"
    return Picture(title, said, WIDTH, bottom + 4 * _LINE, tuple(shapes))


def _around(x: float, y: float, words: str, tone: Tone = Tone.PLAIN) -> Label:
    """Words around a place, and inside the sheet."""
    half = extent(words, _SIZE, bold=True) / 2
    return Label(min(max(x, half), WIDTH - half), y, words, tone, Anchor.MIDDLE)

"""How sure the answers are, what to find out first, and what would tip the close ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import filterfalse
from operator import attrgetter
from typing import NamedTuple

from mba.render.document import Block, Items, Line, Paragraph, Span, Table, Tone, columns, row, text
from mba.report.moving import settled_by, tipped, to_spare
from mba.report.plan import likelihood
from mba.report.questions import led_to
from mba.report.words import about, capital, count, grouped, listed, sentence
from mba.results import Action, Decision, FunctionResult
from mba.sureness import DRAWN, LEANING, ROBUST, Question, Switch

BEYOND_CHANCE = f"A share just above {ROBUST:.0%} or {LEANING:.0%} may be so by chance, and then has the level below."
"""Why a percentage just above a threshold may have the level below."""

LEVELS_MEAN = f"robust from {ROBUST:.0%}, leaning from {LEANING:.0%}, else open"
"""What the levels mean."""


class Sureness(NamedTuple):
    """How sure all answers are together: how many are of each level, in words; over how many draws.

    Good to how many percentage points.
    """

    counted: str
    draws: int
    error: int


_OF_THESE = {
    "nothing": "of which so few draws say nothing",
    "unknown": "of which nothing else is known",
    "only": "with no other option available",
    "decided": "decided already",
}
"""What is said of recommendations that no draw gives a level."""


def sureness(decision: Decision) -> Sureness | None:
    """How many recommendations are of which level, and how many no draw could move.

    None where nothing is open or nothing was drawn.
    """
    found = list(filter(None, map(attrgetter("confidence"), filter(attrgetter("has_rival"), decision.functions))))
    if not found:
        return None
    return Sureness(
        _by_kind(decision.functions), found[0].draws, max(1, round(100 * max(each.error for each in found)))
    )


def _by_kind(functions: Sequence[FunctionResult]) -> str:
    """How many functions are of which level, or have none and why; in words."""
    numbers = Counter(map(_kind, functions))
    said: dict[str, str] = dict(zip(DRAWN, DRAWN, strict=True)) | _OF_THESE
    return listed([f"{numbers[kind]} {said[kind]}" for kind in filter(numbers.get, said)])


def _kind(function: FunctionResult) -> str:
    """The level of a recommendation, or why it has none."""
    if function.is_unknown:
        return "unknown"
    if function.is_decided:
        return "decided"
    if not function.has_rival:
        return "only"
    return function.level or "nothing"


def questions(decision: Decision) -> tuple[Question, ...]:
    """What to find out first, at most three questions, one for each function, partner or supplier; the JSON has all."""
    each_once = {(asked.group, asked.of): asked for asked in reversed(decision.ask)}
    return tuple(sorted(each_once.values(), key=decision.ask.index)[:_MOST])


_MOST = 3


def how_certain(decision: Decision) -> list[Block]:
    """How often the recommendations came out, what would tip the open ones, and what to ask first."""
    sure = sureness(decision)
    if sure is None:
        if any(map(attrgetter("has_rival"), decision.functions)):
            return [Paragraph(text("How sure the recommendations are was not worked out for this paper."))]
        return [Paragraph(text("No recommendation has a rival, so nothing is uncertain here but the costs."))]
    said = [
        f"What is not known exactly was drawn {sure.draws:,} times: ratings, costs and how much each argument counts.",
        f"By how often the same came out, an answer is {LEVELS_MEAN}. Here: {sure.counted}.",
        *_of_the_moves(decision),
        f"{BEYOND_CHANCE} Other draws would move a percentage by about {count(sure.error, 'point')}.",
        "Costs that rest on one estimate rise and fall together there, so a sure answer may yet tip on one price.",
    ]
    if not decision.budget.within_allowance and decision.budget.headroom is not None:
        said.append("Since it does not fit, this is of what is left to choose, not of whether the answers are right.")
    close = list(filter(attrgetter("is_open"), decision.functions))
    rows = [row(each.name, each.recommendation, likelihood(each), _tip(each, decision)) for each in close]
    table = Table(columns(*_OPEN_HEADS), tuple(rows), about="Open answers, and what would settle them")
    opened: list[Block] = [Paragraph(text(_OPEN)), table] if rows else []
    spoken = [*questions(decision), *map(attrgetter("switch"), close)]
    return [Paragraph(text(" ".join(said))), *opened, *asked_first(decision), *scales(spoken, settling(decision))]


def _of_the_moves(decision: Decision) -> list[str]:
    """How many of the moves now are of which level; nothing where none is made."""
    counted = _by_kind(decision.acting(Action.MOVE))
    return [f"Of the moves now: {counted}."] if counted else []


def _tip(function: FunctionResult, decision: Decision) -> str:
    """The smallest single change that would tip an open answer, else the price above which it does."""
    spare, cost = to_spare(function, decision), function.chosen.cost
    if function.switch:
        return tipped(function.switch, decision)
    if spare is None or cost is None:
        return "nothing so small"
    return f"{function.next_best}, above {about(cost + spare)} a year in place of {about(cost)}"


_OPEN = (
    "What would tip the open answers: the smallest change of one input, up to a point of a rating or a tenth of a "
    "sum. Where none does, it is the price of the recommended way. What is recommended as it is run today stays so "
    "meanwhile."
)
_OPEN_HEADS = ("Open", "Recommended", "How often each came out", "What would tip it")


def asked_first(decision: Decision) -> list[Block]:
    """What to find out first, those of one kind together."""
    lines = []
    for kind, alike in grouped(questions(decision), attrgetter("input.about.words")).items():
        lines.append(_named(kind, " ".join(led_to(asked, decision) for asked in alike)))
    return [Paragraph(text(_SURER)), Items(tuple(lines))] if lines else []


_SURER = (
    "What would make answers surer, also of functions that are kept (and which option is worth most at each answer):"
)


def _named(name: str, words: str) -> Line:
    return (Span(sentence(name), Tone.STRONG), Span(f" {words}"))


def settling(decision: Decision) -> list[Question | Switch | None]:
    """What would settle each open move: what is told first, with what the ends of its scale mean."""
    opened = filter(attrgetter("is_open"), decision.acting(Action.MOVE))
    return [settled_by(function, decision) for function in (*decision.acting(Action.FIND_OUT), *opened)]


def scales(spoken: Iterable[Question | Switch | None], told: Iterable[Question | Switch | None] = ()) -> list[Block]:
    """What the ends of the ratings mean that were spoken of, each once; not of those that were `told` already."""
    inputs, before = (dict.fromkeys(map(attrgetter("input"), filter(None, some))) for some in (spoken, told))
    inputs = dict.fromkeys(filterfalse(before.__contains__, inputs))
    said = [f"{capital(one.about.words)}, {one.about.scale}" for one in filter(attrgetter("is_rating"), inputs)]
    if not said:
        return []
    return [Paragraph(text(" ".join(["Ratings run from 1 to 5.", *said]), Tone.FAINT))]

"""How sure the answers are, what to find out first, and what would tip the close ones."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import filterfalse
from operator import attrgetter
from typing import NamedTuple

from mba.render.document import Block, Items, Span, Table, Tone, columns, prose, row
from mba.report.moving import to_spare
from mba.report.plan import likelihood, verdict
from mba.report.questions import led_to, settled_by, tipped
from mba.report.words import DECIDED, ONLY, TOO_FEW, UNKNOWN, about, capital, count, grouped, listed, percent, sentence
from mba.results import Action, Decision, FunctionResult
from mba.sureness import DRAWN, LEANING, ROBUST, Question, Switch
from mba.terms import Option

BEYOND_CHANCE = f"A share just above {ROBUST:.0%} or {LEANING:.0%} may be so by chance, and then has the level below."
"""Why a percentage just above a threshold may have the level below."""

LEVELS_MEAN = f"robust from {ROBUST:.0%}, leaning from {LEANING:.0%}, else open"
"""What the levels mean."""


class Sureness(NamedTuple):
    """How many answers are of which level, in words; over how many draws, and good to how many percentage points."""

    counted: str
    draws: int
    error: int


def sureness(decision: Decision) -> Sureness | None:
    """How many recommendations are of which level, and how many no draw could move.

    None where nothing is open or nothing was drawn.
    """
    found = list(filter(None, map(attrgetter("confidence"), filter(attrgetter("has_rival"), decision.functions))))
    if not found:
        return None
    error = max(map(attrgetter("error"), found))
    return Sureness(_counted(decision.functions), found[0].draws, max(1, round(100 * error)))


def _counted(functions: Sequence[FunctionResult]) -> str:
    """How many functions are of which level, or have none and why; in words."""
    numbers = Counter(map(verdict, functions))
    return listed([f"{numbers[each]} {_OF_THESE.get(each, each)}" for each in (*DRAWN, *_OF_THESE) if numbers[each]])


_OF_THESE = {
    TOO_FEW: "of which so few draws say nothing",
    UNKNOWN: "of which nothing else is known",
    ONLY: "with no other option available",
    DECIDED: "decided already",
}
"""What is said of recommendations that no draw gives a level."""


def if_too_dear(decision: Decision) -> str:
    """What sureness is of where the recommendations cost too much; else nothing."""
    if decision.budget.within_allowance:
        return ""
    return "Since it does not fit, this is of what is left to choose, not of whether the answers are right."


def questions(decision: Decision) -> tuple[Question, ...]:
    """What to find out first, at most three questions, one for each function, partner or supplier; the JSON has all."""
    each_once = {(asked.group, asked.of): asked for asked in reversed(decision.ask)}
    return tuple(sorted(each_once.values(), key=decision.ask.index)[:_MOST])


_MOST = 3


def how_certain(decision: Decision) -> list[Block]:
    """How often the recommendations came out, what would tip the open ones, and what to ask first."""
    sure, moving, of_moves = sureness(decision), decision.acting(Action.MOVE), ""
    if moving:
        of_moves = f"Of the moves now: {_counted(moving)}."
    if sure is None and any(map(attrgetter("has_rival"), decision.functions)):
        return [prose("How sure the recommendations are was not worked out for this paper.")]
    if sure is None:
        return [prose("No recommendation has a rival, so nothing is uncertain here but the costs.")]
    said = prose(
        f"What is not known exactly was drawn {sure.draws:,} times: ratings, costs and how much each argument counts.",
        f"By how often the same came out, an answer is {LEVELS_MEAN}. Here: {sure.counted}.",
        of_moves,
        f"{BEYOND_CHANCE} Other draws would move a percentage by about {count(sure.error, 'point')}.",
        "Costs that rest on one estimate rise and fall together there, so a sure answer may yet tip on one price.",
        if_too_dear(decision),
    )
    close = list(filter(attrgetter("is_open"), decision.functions))
    rows = [row(each.name, each.recommendation, _how_often(each), _tip(each, decision)) for each in close]
    table = Table(columns(*_OPEN_HEADS), tuple(rows), about="Open answers, and what would settle them")
    opened: list[Block] = [prose(_OPEN), table] if rows else []
    spoken = [*questions(decision), *map(attrgetter("switch"), close)]
    return [said, *opened, *asked_first(decision), *scales(spoken, settling(decision))]


def _how_often(function: FunctionResult) -> str:
    """How often each option came out, the likeliest first, and how often as recommended where that is less."""
    each = sorted(filter(function.often, Option), key=function.often, reverse=True)
    shares = ", ".join(f"{option} {percent(function.often(option))}" for option in each)
    return "; ".join([shares, *likelihood(function).split("; ")[1:]])


def _tip(function: FunctionResult, decision: Decision) -> str:
    """The smallest single change that would tip an open answer, else the price above which it does."""
    spare, cost = to_spare(function, decision), function.chosen.cost.pounds
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
        answers = " ".join(led_to(asked, decision) for asked in alike)
        lines.append((Span(sentence(kind), Tone.STRONG), Span(f" {answers}")))
    return [prose(_SURER), Items(tuple(lines))] if lines else []


_SURER = (
    "What would make answers surer, also of functions that are kept (and which option is worth most at each answer):"
)


def settling(decision: Decision) -> list[Question | Switch | None]:
    """What would settle each open move: what is told first, with what the ends of its scale mean."""
    opened = filter(attrgetter("is_open"), decision.acting(Action.MOVE))
    return [settled_by(function, decision) for function in (*decision.acting(Action.FIND_OUT), *opened)]


def scales(spoken: Iterable[Question | Switch | None], told: Iterable[Question | Switch | None] = ()) -> list[Block]:
    """What the ends of the ratings mean that were spoken of, each once; not of those that were `told` already."""
    inputs, before = (dict.fromkeys(map(attrgetter("input"), filter(None, some))) for some in (spoken, told))
    ratings = filter(attrgetter("is_rating"), filterfalse(before.__contains__, inputs))
    said = [f"{capital(rating.about.words)}, {rating.about.scale}" for rating in ratings]
    return [prose("Ratings run from 1 to 5.", *said, tone=Tone.FAINT)] if said else []

"""How sure the answers are, what to find out first, and what would tip the close ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from mba.render.document import Block, Column, Items, Line, Paragraph, Row, Span, Table, Tone, text
from mba.report.plan import fixed, likelihood
from mba.report.words import LEVELS, MARKS, led_to, listed, sentence, tipped
from mba.results import Decision, FunctionResult
from mba.sureness import LEANING, ROBUST, Level, Question

LEVELS_MEAN = f"robust from {ROBUST:.0%}, leaning from {LEANING:.0%}, else open"
"""What the levels mean."""


class Sureness(NamedTuple):
    """How sure all answers are together: how many are of each level, in words; over how many draws.

    Good to how many percentage points.
    """

    counted: str
    draws: int
    error: int


def sureness(decision: Decision) -> Sureness | None:
    """How many recommendations are of which level, and how many no draw could move.

    None where nothing is open or nothing was drawn.
    """
    found = [function.confidence for function in decision.functions if may_move(function) and function.confidence]
    if not found:
        return None
    levels = [each.level for each in found]
    counts = [f"{levels.count(level)} {words}" for level, words in LEVELS.items() if level in levels]
    unknown = sum(function.is_unknown for function in decision.functions)
    few = levels.count(Level.NONE)
    counts += [f"{few} of which so few draws say nothing"] if few else []
    counts += [f"{unknown} of which nothing else is known"] if unknown else []
    decided = sum(function.is_decided for function in decision.functions)
    only = sum(not function.has_rival and not function.is_unknown for function in decision.functions) - decided
    counts += [f"{only} with no other option available"] if only else []
    counts += [f"{decided} decided already"] if decided else []
    return Sureness(listed(counts), found[0].draws, max(1, round(100 * max(each.error for each in found))))


def may_move(function: FunctionResult) -> bool:
    """Whether a draw could move a recommendation of which something is known."""
    return function.has_rival and not function.is_unknown


def questions(decision: Decision) -> tuple[Question, ...]:
    """What to find out first, at most three questions, one for each function, partner or supplier; the JSON has all."""
    each_once = {(asked.group, asked.of): asked for asked in reversed(decision.ask)}
    return tuple(sorted(each_once.values(), key=decision.ask.index)[:_MOST])


_MOST = 3


def tips(decision: Decision) -> tuple[str, ...]:
    """The smallest change that would tip each recommendation that is open."""
    alike: dict[str, list[str]] = defaultdict(list)
    for function in decision.functions:
        if function.switch and function.is_open:
            alike[f"{function.recommendation} becomes {tipped(function.switch, decision)}."].append(function.name)
    return tuple(f"{listed(names)}: {tip}" for tip, names in alike.items())


def how_sure(function: FunctionResult) -> str:
    """A mark, a word and how often the recommendation is chosen, in whole percentages; an open one with its rival."""
    if not may_move(function):
        return fixed(function)
    if function.level is None:
        return ""
    return f"{MARKS[function.level]} {likelihood(function)}"


def close_calls(close: Sequence[FunctionResult], decision: Decision) -> list[Block]:
    """The recommendations that are open: what else came out, the likelier first, and what would tip each."""
    if not close:
        return []
    said = (
        "For what is open: how often each of the two likeliest options came out, and the smallest single change that "
        "would tip the recommendation, where a rating moved by a point or a sum of money by a tenth would. The "
        "recommendation is what is worth most with every value as it was given or assumed."
    )
    rows = []
    for function in close:
        tip = tipped(function.switch, decision) if function.switch else "nothing so small"
        rows.append(Row(tuple(map(text, (function.name, function.recommendation, likelihood(function), tip)))))
    heads = ("Open", "Recommended", "How often each came out", "What would tip it")
    return [Paragraph(text(said)), Table(tuple(map(Column, heads)), tuple(rows))]


def asked_first(decision: Decision) -> list[Block]:
    """What to find out first, those of one kind together."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for asked in questions(decision):
        kinds[asked.input.about.words].append(led_to(asked, decision))
    lines: list[Line] = [
        (Span(sentence(kind), Tone.STRONG), Span(f" {' '.join(said)}")) for kind, said in kinds.items()
    ]
    return (
        [
            Paragraph(text("To be surer, find out first (which option is worth most at each answer):")),
            Items(tuple(lines)),
        ]
        if lines
        else []
    )


def scales(decision: Decision, close: Sequence[FunctionResult]) -> list[Block]:
    """What the ends of the ratings mean that were spoken of."""
    spoken = [asked.input for asked in questions(decision)]
    spoken += [function.switch.input for function in close if function.switch]
    lines: list[Line] = [
        (Span(sentence(one.about.words), Tone.STRONG), Span(f" {one.about.scale}"))
        for one in dict.fromkeys(spoken)
        if one.is_rating
    ]
    return [Paragraph(text("Ratings run from 1 to 5:")), Items(tuple(lines))] if lines else []

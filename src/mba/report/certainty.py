"""How sure the answers are, what to find out first, and what would tip the close ones."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from mba.report.words import LEVELS, MARKS, listed, percent, question, tipped
from mba.results import Decision, FunctionResult, Reason
from mba.sureness import Level


class Sureness(NamedTuple):
    """How sure all answers are together: how many are of each level, in words; over how many draws; good to how many percentage points."""

    counted: str
    draws: int
    error: int


def sureness(decision: Decision) -> Sureness | None:
    """How many recommendations are robust, leaning and too close to call; None where nothing is open or nothing was drawn."""
    open_ = [function for function in decision.functions if function.reason is not Reason.DECIDED]
    found = [function.confidence for function in open_ if function.confidence]
    if not found:
        return None
    levels = [each.level for each in found]
    counts = [f"{levels.count(level)} {words}" for level, words in LEVELS.items() if level in levels]
    return Sureness(listed(counts), found[0].draws, max(1, round(100 * max(each.error for each in found))))


def questions(decision: Decision, *, keys: bool = True) -> tuple[str, ...]:
    """What to find out first, at most three questions, one for each function, partner or supplier; the JSON has all."""
    each_once = {(asked.group, asked.of): asked for asked in reversed(decision.ask)}
    first = sorted(each_once.values(), key=decision.ask.index)[:_MOST]
    return tuple(question(each, decision, keys=keys) for each in first)


_MOST = 3


def tips(decision: Decision) -> tuple[str, ...]:
    """The smallest change that would tip each recommendation that is too close to call."""
    alike: dict[str, list[str]] = defaultdict(list)
    for function in decision.functions:
        if function.switch and is_close(function):
            alike[f"{function.recommendation} becomes {tipped(function.switch, decision)}."].append(function.name)
    return tuple(f"{listed(names)}: {tip}" for tip, names in alike.items())


def how_sure(function: FunctionResult) -> str:
    """A mark, a word and how often the recommendation is chosen, in whole percentages."""
    if function.reason is Reason.DECIDED:
        return "decided"
    return f"{MARKS[function.confidence.level]} {percent(often(function))}" if function.confidence else ""


def often(function: FunctionResult) -> float:
    """How often the recommendation is chosen, 0-1; 0 where nothing was drawn."""
    sure = function.confidence
    return float(getattr(sure.acceptability, function.recommendation)) if sure else 0.0


def is_close(function: FunctionResult) -> bool:
    """Whether the recommendation is too close to call."""
    return function.confidence is not None and function.confidence.level is Level.TOO_CLOSE

"""The ways to run a function beside each other: the four options and, where that is none of them, to stay as today."""

from mba.option_result import OptionResult
from mba.results import FunctionResult

STAYING = "as today"
"""What it is called to stay with those who run a function today, beside the options with others."""


def all_ways(function: FunctionResult) -> dict[str, OptionResult]:
    """The options, and to stay as today where that is none of them, by what each is called."""
    found: dict[str, OptionResult] = dict(function.options.items())
    if function.staying:
        found[STAYING] = function.staying
    return found


def way_of_today(function: FunctionResult) -> OptionResult | None:
    """How it is run today, as it was found; None where that was not said, or was not stored by an older mba."""
    way = function.staying or function.options.get(function.current or function.recommendation)
    return way if way and function.current and not way.cost.transition else None


def next_way(function: FunctionResult) -> tuple[str, OptionResult]:
    """What comes next, and what it is called: the next best option or, where that is better, to stay as today.

    Itself, where nothing else is available.
    """
    option = function.next_best or function.recommendation
    following, (name, found) = function.options[option], compared_with(function)
    if name == STAYING and not (function.next_best and is_better(following, found, function)):
        return name, found
    return option, following


def compared_with(function: FunctionResult) -> tuple[str, OptionResult]:
    """What the answer is held against, and what it is called: to stay, where that is open and only who runs it changes.

    Else the next best option; itself, where nothing else is available.
    """
    staying, option = function.staying, function.next_best or function.recommendation
    if staying and staying.available and function.recommendation is function.current:
        return STAYING, staying
    return option, function.options[option]


def is_better(there: OptionResult, here: OptionResult, function: FunctionResult) -> bool:
    """Whether one way is worth more than another, as money is short; where money has no say, fits better."""
    theirs, ours = (each.worth_at(function.pound) for each in (there, here))
    if theirs is None or ours is None:
        return there.exact_fit > here.exact_fit
    return theirs > ours

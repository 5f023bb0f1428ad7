"""What the moves now cost and how they fit, beside the cheapest other way; and up to what price they are worth it."""

from collections.abc import Sequence
from itertools import starmap

from mba.knowledge.figures import Choice
from mba.option_result import OptionResult
from mba.render.document import Block, Table, columns, row
from mba.report.moving import to_spare, worth_of_fit
from mba.report.words import GUESSED, about
from mba.results import Decision, FunctionResult
from mba.terms import Option

_NOT_SAID = "–"


def prices(functions: Sequence[FunctionResult], decision: Decision, choosing: Choice) -> list[Block]:
    """A table of what some moves cost and how they fit; nothing where no price is known.

    Up to what price each is worth it, and what it is worth to fit better than today's way where that carries the move,
    have columns where there is anything to say.
    """
    priced = [function for function in functions if function.chosen.cost.pounds is not None]
    if not priced:
        return []
    said = {
        "Prices of moves now": [each.name for each in priced],
        "£ a year": [_price(each.chosen) for each in priced],
        "Fit": [str(each.chosen.fit) for each in priced],
        "Cheapest other, its fit": list(map(_other, priced)),
        "Worth up to": [_most(each, decision) for each in priced],
        "Worth of fit": [_worth(each, choosing) for each in priced],
    }
    told = dict(filter(lambda column: set(column[1]) != {_NOT_SAID}, said.items()))
    named, *figures = told
    rows = tuple(starmap(row, zip(*told.values(), strict=True)))
    about_ = "What each move costs a year, how it fits, and up to what price it is worth it"
    return [Table(columns(named, figures=figures), rows, about=about_)]


def _price(way: OptionResult) -> str:
    """What it costs, £ a year, and whether that is an estimate."""
    return f"{GUESSED * way.cost.estimated}{about(way.cost.pounds or 0)}"


def _other(function: FunctionResult) -> str:
    """The cheapest other way that is available: what it costs a year, and its fit."""
    other = _cheapest_other(function)
    if other is None:
        return _NOT_SAID
    way = function.options[other]
    return f"{other} {_price(way)}, {way.fit}"


def _most(function: FunctionResult, decision: Decision) -> str:
    """Up to how much, £ a year, it is worth more than what comes next."""
    spare = to_spare(function, decision)
    if spare is None:
        return _NOT_SAID
    return about((function.chosen.cost.pounds or 0) + spare)


def _worth(function: FunctionResult, choosing: Choice) -> str:
    """What it is worth a year to fit better than today's way, where that carries the move."""
    worth = worth_of_fit(function, choosing)
    return about(worth) if worth else _NOT_SAID


def _cheapest_other(function: FunctionResult) -> Option | None:
    """The cheapest other option that is available and has a cost; None where there is none."""
    ways = filter(lambda way: way is not function.recommendation and function.options[way].available, function.options)
    costs = {way: function.options[way].cost.pounds for way in ways}
    known = {way: cost for way, cost in costs.items() if cost}
    return min(known, key=known.__getitem__, default=None)

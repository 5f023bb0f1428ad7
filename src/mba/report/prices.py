"""What the moves now cost and how they fit, beside the cheapest other way; and up to what price they are worth it."""

from collections.abc import Sequence

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

    What it is worth to fit better than today's way has a column where that carries any of the moves.
    """
    priced = [function for function in functions if function.chosen.cost.pounds is not None]
    if not priced:
        return []
    heads = ["£ a year", "Fit", "Cheapest other, its fit", "Worth up to"]
    worths = [worth_of_fit(function, choosing) for function in priced]
    rows = [[_price(each.chosen), str(each.chosen.fit), _other(each), _most(each, decision)] for each in priced]
    if any(worths):
        heads.append("Worth of fit")
        for cells, worth in zip(rows, worths, strict=True):
            cells.append(about(worth) if worth else _NOT_SAID)
    named = tuple(row(each.name, *cells) for each, cells in zip(priced, rows, strict=True))
    about_ = "What each move costs a year, how it fits, and up to what price it is worth it"
    return [Table(columns("Prices of moves now", figures=heads), named, about=about_)]


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


def _cheapest_other(function: FunctionResult) -> Option | None:
    """The cheapest other option that is available and has a cost; None where there is none."""
    ways = filter(lambda way: way is not function.recommendation and function.options[way].available, function.options)
    costs = {way: function.options[way].cost.pounds for way in ways}
    known = {way: cost for way, cost in costs.items() if cost}
    return min(known, key=known.__getitem__, default=None)

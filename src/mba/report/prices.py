"""What the moves now cost and how they fit, beside the cheapest other way; and up to what price they are worth it."""

from collections.abc import Sequence
from itertools import starmap

from mba.knowledge.figures import Choice
from mba.option_result import OptionResult
from mba.render.document import Block, Table, columns, row
from mba.report.moving import to_spare, worth_of_fit
from mba.report.words import GUESSED, about
from mba.results import Decision, FunctionResult
from mba.ways import all_ways

_HEADS = ("Prices of moves now", "£ a year", "Fit", "Cheapest other, its fit", "Worth up to", "Worth of fit")
_NOT_SAID = "–"


def prices(functions: Sequence[FunctionResult], decision: Decision, choosing: Choice) -> list[Block]:
    """A table of what some moves cost and how they fit; nothing where no price is known.

    Up to what price each is worth it, and what it is worth to fit better than today's way where that carries the move,
    have columns where there is anything to say.
    """
    cells = [_cells(each, decision, choosing) for each in functions if each.chosen.cost.pounds is not None]
    told = [column for column in zip(_HEADS, *cells, strict=True) if {*column[1:]} - {_NOT_SAID}]
    if not told:
        return []
    (named, *figures), *rows = zip(*told, strict=True)
    about_ = "What each move costs a year, how it fits, and up to what price it is worth it"
    return [Table(columns(named, figures=figures), tuple(starmap(row, rows)), about=about_)]


def _cells(function: FunctionResult, decision: Decision, choosing: Choice) -> tuple[str, ...]:
    """Of a move: its price and fit; the cheapest other way that is available; up to what it is worth, for what fit."""
    chosen, other, most = function.chosen, _NOT_SAID, _NOT_SAID
    ways = {way: each for way, each in all_ways(function).items() if each.available and each.cost.pounds}
    ways.pop(function.recommendation, None)
    if ways:
        way = min(ways, key=lambda way: ways[way].cost.pounds or 0)
        other = f"{way} {_price(ways[way])}, {ways[way].fit}"
    if (spare := to_spare(function, decision)) is not None:
        most = about((chosen.cost.pounds or 0) + spare)
    worth = worth_of_fit(function, choosing)
    return function.name, _price(chosen), str(chosen.fit), other, most, about(worth) if worth else _NOT_SAID


def _price(way: OptionResult) -> str:
    """What it costs, £ a year, and whether that is an estimate."""
    return f"{GUESSED * way.cost.estimated}{about(way.cost.pounds or 0)}"

"""What could close the gap, where even the floor costs more than there is."""

from collections.abc import Iterator
from operator import attrgetter

import numpy as np

from mba.decide.alternatives import OPTIONS, Places
from mba.decide.evaluate import MILLS, Evaluated, Money
from mba.decide.portfolio import classes_of, frontier, items_of
from mba.decide.score import MILLION
from mba.knowledge.catalogue import Outlook
from mba.spending import Closing, Passing, Shortfall
from mba.terms import Flag, OrganisationKind

MOST_LEAST = 5
"""Functions that are named as mattering least."""


def shortfall_of(found: Evaluated, picks: Places, money: Money) -> Shortfall | None:
    """What could close the gap between what is picked and the free money; None where there is none, or no cost."""
    cost = round(found.counted[picks].sum())
    gap = cost - money.free
    if gap <= 0 or not cost:
        return None
    moves = tuple(_down(found, picks))
    passing = passing_of(found, picks) or Passing((), 0)
    return Shortfall(
        gap=gap,
        single=min(_single(found, picks, gap), key=attrgetter("worth", "saves", "function"), default=None),
        moves=moves,
        shrink=min(1.0, gap / cost),
        least=_least(found),
        passing=passing.functions,
        passing_cost=passing.cost,
        allowance=cost + money.committed,
    )


def passing_of(found: Evaluated, picks: Places) -> Passing | None:
    """What of a board's work its blueprint would have others run, whether or not the rest fits; None where nothing."""
    passing = sorted(_passing(found, picks), reverse=True)
    if not passing:
        return None
    return Passing(tuple(id_ for _, id_ in passing), sum(pounds for pounds, _ in passing))


def _single(found: Evaluated, picks: Places, gap: int) -> Iterator[Closing]:
    """Every move that closes the gap alone."""
    now = picks[found.table.function]
    saves = found.prices.total[now] - found.prices.total
    able = found.choice & found.costed[found.table.function] & (saves >= gap)
    for way in np.flatnonzero(able).tolist():
        yield _closing(found, int(now[way]), way)


def _down(found: Evaluated, picks: Places) -> Iterator[Closing]:
    """The moves from what is picked down to the cheapest, what loses least worth for a pound first."""
    cheaper = found.choice & (found.prices.total <= found.prices.total[picks][found.table.function])
    rows = classes_of(found, cheaper)
    for step in reversed(frontier(items_of(found, rows))[1:]):
        low, high = rows[[step.low, step.high], step.moved].tolist()
        yield _closing(found, high, low)


def _closing(found: Evaluated, before: int, after: int) -> Closing:
    """The move from one alternative of a function to a cheaper one."""
    place = int(found.table.function[before])
    return Closing(
        function=found.table.functions.rows[place].id,
        option=OPTIONS[found.table.option[after]],
        saves=round(found.prices.total[before] - found.prices.total[after]),
        fit=(found.exact[before] - found.exact[after]) / MILLION,
        worth=round((found.merit[before] - found.merit[after]) / MILLS),
        once=round(found.moving.once[after] - found.moving.once[before]),
        whom=found.table.offers.rows[found.table.offer[after]].whom,
    )


def _least(found: Evaluated) -> tuple[str, ...]:
    """The ids of the functions that are neither statutory nor core and matter least; of equals the dearest first."""
    functions, spent = found.table.functions, np.nan_to_num(found.basis)
    free = []
    for place, flags in enumerate(functions.flags):
        if not {Flag.STATUTORY, Flag.CORE} & set(flags):
            free.append((int(functions.importance[place]), -float(spent[place]), functions.rows[place].id))
    return tuple(id_ for _, _, id_ in sorted(free)[:MOST_LEAST])


def _passing(found: Evaluated, picks: Places) -> Iterator[tuple[int, str]]:
    """What a board's functions cost that the blueprint would have others run, £ a year, with their ids."""
    functions, kind = found.table.functions, found.table.profiles[0].organisation.kind
    for place, known in enumerate(functions.known):
        if kind is not OrganisationKind.ICB or known is None or known.boards is None:
            continue
        if known.boards.outlook in (Outlook.TRANSFER, Outlook.LEAVES):
            yield round(found.counted[picks[place]]), functions.rows[place].id

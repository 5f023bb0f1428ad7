"""Whole portfolios beside each other, what is done now, and what could close a gap (after the Green Book)."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places
from mba.decide.evaluate import MILLS, Evaluated, Money
from mba.decide.portfolio import classes_of, frontier, items_of, mean_fit, picks_of
from mba.decide.score import MILLION
from mba.knowledge.catalogue import Outlook
from mba.knowledge.figures import Choice
from mba.spending import Closing, Passing, Plan, Plans, Shortfall
from mba.terms import Flag, OrganisationKind


def plans_of(found: Evaluated, picks: Places, sure: Sequence[bool], money: Money) -> tuple[Plans, Places]:
    """The plans, and what is picked in the one that makes the sure moves only.

    `picks` is what is recommended, and `sure` says for each function whether a move may be made on it.
    """
    said = found.today >= 0
    today = np.where(said, found.today, picks)
    now, _ = picks_of(found, _sure_ways(found, picks, np.array(sure)), money)
    must = found.moving.moves[now] & ~found.open[today]
    cheapest = np.where(found.costed, found.cheapest(found.choice), picks)  # Where money has no say, as recommended.
    plans = Plans(
        today=_plan(found, today, picks) if said.any() else None,
        cheapest=_plan(found, cheapest, picks),
        recommended=_plan(found, picks, picks),
        sure=_plan(found, now, picks),
        best_fit=_plan(found, found.fittest(found.choice), picks),
        ending=_plan(found, np.where(must, now, today), picks) if must.any() else None,
    )
    return plans, now


def _sure_ways(found: Evaluated, picks: Places, sure: Mask) -> Mask:
    """At most two ways of each function: as today and, where the move is sure or is none, as recommended.

    As recommended alone, where today is not known or must end.
    """
    blocked = ~found.open[picks] & found.open[found.today]  # What was decided is shut, and today's way is not.
    staying = (found.today >= 0) & (found.choice[found.today] | blocked)
    moves = found.moving.moves[picks]
    ways = np.zeros(len(found.choice), np.bool_)
    ways[picks[sure | ~staying | ~moves]] = True
    ways[found.today[staying]] = True
    return ways


def _plan(found: Evaluated, picks: Places, recommended: Places) -> Plan:
    """The plan of these alternatives, one of each function.

    So that plans can be compared, the money of all is of the same functions, those of which the recommended cost is
    known or else today's. One whose cost in a plan is not known counts there as recommended, else as today.
    """
    known = found.prices.known
    counted, priced = known[found.priced_by[recommended]], np.where(known[picks], picks, recommended)
    once = round(found.moving.once[picks][counted].sum())
    cost = whole = None
    if counted.any():
        cost = round(found.counted[priced][counted].sum())
        whole = round(once + cost * present_value(found.figures))
    costed = found.costed
    fit = mean_fit(found.exact[picks[costed]].tolist(), found.weight[costed].tolist())
    return Plan(cost, once, whole, fit, int(found.moving.moves[picks].sum()))


def present_value(figures: Choice) -> float:
    """What £1 a year over the years of a plan is worth today; the first year is not discounted (HM Treasury 2026)."""
    rate, years = figures.discount_rate.value, round(figures.whole_life_years.value)
    return float(np.sum((1 + rate) ** -np.arange(years)))


MOST_LEAST = 5
"""Functions that are named as mattering least."""


def shortfall_of(found: Evaluated, picks: Places, money: Money) -> Shortfall | None:
    """What could close the gap between what is picked and the free money; None where there is none, or no cost."""
    cost = round(found.counted[picks].sum())
    gap = cost - money.free
    if gap <= 0 or not cost:
        return None
    moves = tuple(_enough(_down(found, picks), gap))
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


def _enough(moves: Iterable[Closing], gap: int) -> Iterator[Closing]:
    """As many of the moves as it takes to close a gap; all, where they do not."""
    for move in moves:
        yield move
        gap -= move.saves
        if gap <= 0:
            return


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

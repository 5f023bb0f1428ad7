"""Whole portfolios beside each other, and what is done now: the appraisal summary of the Green Book."""

from collections.abc import Sequence

import numpy as np

from mba.decide.alternatives import Mask, Places
from mba.decide.evaluate import Evaluated, Money
from mba.decide.portfolio import mean_fit, picks_of
from mba.knowledge.figures import Choice
from mba.spending import Plan, Plans


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

"""All functions together: what suits best, and what suits best within the money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from mba.decide.choose import Item, cheapest, choose, frontier
from mba.decide.score import MILLION, Judged, Way
from mba.knowledge.rules import GateCode
from mba.profile import MIDDLE, Option
from mba.results import Budget, Cost, FrontierPoint

_RANK = {option: place for place, option in enumerate(Option)}

_Place: TypeAlias = tuple[int, tuple[int, int, tuple[str, ...]]]


class Priced(NamedTuple):
    """A way to have an option, and its cost; None where it is not known."""

    way: Way
    cost: Cost | None

    @property
    def option(self) -> Option:
        """Which option it is a way to have."""
        return self.way.offer.option


class Case(NamedTuple):
    """A function, every way to run it, and which of them are open."""

    judged: Judged
    alone: int | None
    """In-house cost, £ a year: the weight of its fit."""
    ways: Mapping[Option, Sequence[Priced]]
    """Every way to have each option, open or not, best first."""
    blocked: Mapping[Option, tuple[GateCode, ...]]
    open: Sequence[Priced]
    """The ways that no gate blocks, best first."""
    choice: Sequence[Priced]
    """What may be recommended, best first: what is open, or the ways to have what the user decided."""

    @property
    def costed(self) -> bool:
        """Whether money can have a say: whether all that may be recommended has a cost."""
        return self.alone is not None and all(priced.cost is not None for priced in self.choice)

    @property
    def weight(self) -> int:
        """How much a point of its fit counts in the portfolio: in-house cost times importance (1-5)."""
        return (self.alone or 0) * (self.judged.function.ratings.importance or MIDDLE)


class Portfolio(NamedTuple):
    """What was picked for each function, in the order of the cases, and the money."""

    picks: tuple[Priced, ...]
    budget: Budget

    def restored_by(self, id_: str) -> int | None:
        """How much more money, £ a year, would bring a function to its best: to the last corner of the frontier where it moves.

        At that corner the portfolio is the best of all that cost no more, so with that much it is what is recommended.
        """
        corner = max((point.cost for point in self.budget.frontier if point.function == id_), default=None)
        cost, headroom = self.budget.recommended_cost, self.budget.headroom
        return None if corner is None or cost is None or headroom is None else max(0, corner - cost - headroom)


def pounds(priced: Priced) -> int:
    """£ a year, 0 where not known: for sums over what is known."""
    return priced.cost.total if priced.cost else 0


def order(priced: Priced) -> tuple[int, bool, int, _Place]:
    """Best fit first; then what has a cost, and the lower; then as equals stand."""
    return -priced.way.exact, priced.cost is None, pounds(priced), _place(priced)


def picks(cases: Sequence[Case], free: int) -> tuple[Priced, ...]:
    """What `portfolio` picks for each function within the free money, £ a year, and nothing besides."""
    found = [case.choice[0] for case in cases]
    # What fits best, and of equals is cheapest, is the best portfolio where there is money for it.
    if sum(map(pounds, found)) > free:
        costed, ranked, classes, aside = _classes(cases)
        best = choose(classes, free - aside).picks or cheapest(classes)
        for number, ways, place in zip(costed, ranked, best, strict=True):
            found[number] = ways[place]
    return tuple(found)


def portfolio(cases: Sequence[Case], allowance: int, committed: int) -> Portfolio:
    """The best portfolio within the allowance less what is committed, £ a year; the cheapest where none is within it.

    Functions whose cost is not known are picked by fit and left out of every sum, but for what a quote says of them.
    """
    costed, ranked, classes, aside = _classes(cases)
    best = choose(classes, allowance - committed - aside)
    within = best.picks is not None
    picks = [case.choice[0] for case in cases]
    for number, ways, place in zip(costed, ranked, best.picks or cheapest(classes), strict=True):
        picks[number] = ways[place]
    weight = sum(cases[number].weight for number in costed)

    def mean(chosen: Sequence[Priced]) -> float | None:
        return sum(chosen[i].way.exact * cases[i].weight for i in costed) / (weight * MILLION) if weight else None

    first = [case.choice[0] for case in cases]
    known = bool(costed) or aside > 0
    cost = aside + sum(pounds(picks[number]) for number in costed)
    budget = Budget(
        allowance=allowance,
        committed=committed,
        recommended_cost=cost if known else None,
        preferred_cost=aside + sum(pounds(first[number]) for number in costed) if known else None,
        headroom=allowance - committed - cost if known else None,
        within_allowance=within,
        complete=all(pick.cost for pick in picks),
        uncosted=tuple(c.judged.function.id for c, pick in zip(cases, picks, strict=True) if not pick.cost),
        recommended_fit=mean(picks),
        preferred_fit=mean(first),
        gap=best.gap / (weight * MILLION) if weight else 0.0,
        frontier=_frontier(classes, [[p.option for p in ways] for ways in ranked], [cases[i] for i in costed], aside),
    )
    return Portfolio(tuple(picks), budget)


def _classes(cases: Sequence[Case]) -> tuple[list[int], list[list[Priced]], list[list[Item]], int]:
    """Which functions money can have a say in, what may be picked for each, the same as items; and what the others cost, £ a year."""
    # Classes go by id, so that the order of the file changes nothing, even among equals.
    costed = sorted((i for i, case in enumerate(cases) if case.costed), key=lambda i: cases[i].judged.function.id)
    ranked = [sorted(cases[i].choice, key=_place) for i in costed]
    classes = [
        [Item(pounds(priced), priced.way.exact * cases[i].weight) for priced in ways]
        for i, ways in zip(costed, ranked, strict=True)
    ]
    return costed, ranked, classes, sum(pounds(case.choice[0]) for case in cases if not case.costed)


def _frontier(
    classes: Sequence[Sequence[Item]], options: Sequence[Sequence[Option]], cases: Sequence[Case], aside: int
) -> tuple[FrontierPoint, ...]:
    """The frontier in the words of the portfolio; aside is what functions outside it cost, £ a year."""
    weight = sum(case.weight for case in cases) * MILLION
    now = list(cheapest(classes))
    points = []
    for step in frontier(classes) if weight else []:
        if step.moved < 0:
            points.append(FrontierPoint(aside + step.cost, step.value / weight, None, None, None))
            continue
        before, after = options[step.moved][now[step.moved]], options[step.moved][step.pick]
        now[step.moved] = step.pick
        id_ = cases[step.moved].judged.function.id
        points.append(FrontierPoint(aside + step.cost, step.value / weight, id_, before, after))
    return tuple(points)


def _place(priced: Priced) -> _Place:
    """Where a way stands among equals: make, share, ally, buy; fewer partners, more people, then by id."""
    return _RANK[priced.option], priced.way.offer.ids()

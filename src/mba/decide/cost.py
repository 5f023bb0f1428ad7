"""What each alternative costs, £ a year, in parts that a reader can follow. Arrays have a figure for each.

Every figure is in `costs.yaml`. Pooling spreads the fixed part of the in-house cost over more people; what part of that
saving arrives is a figure too. `docs/money.md` has every formula with an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from math import isnan
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, RatingColumns, Situations
from mba.decide.arrangements import YEAR
from mba.decide.parts import ALLY, BUY, MAKE, SHARE, ByMeasure, InHouse, alone_of, each_of, followed, parts_of
from mba.inputs import FUNCTIONS
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.measures import SCALE_ECONOMIES
from mba.spending import Cost, Part, PartName, Transition

_PRODUCTION = PartName.TEAM, PartName.PRICE


class Prices(NamedTuple):
    """What each alternative costs. `parts` has whole £ a year for each name, NaN where it has no such part.

    `total` is 0 where the cost is not `known`. `estimated` is what neither the user nor a quote says.
    """

    in_house: InHouse
    parts: dict[PartName, Real]
    total: Real
    known: Mask
    quoted: Mask
    estimated: Mask

    @property
    def production(self) -> Real:
        """£ a year for the own team, or the supplier's price; NaN where not known."""
        return np.fmax(self.parts[PartName.TEAM], self.parts[PartName.PRICE])

    def of(self, alternatives: Places, moving: Moving) -> Iterator[Cost | None]:
        """The costs of some alternatives; None where not known."""
        parts = np.stack(list(self.parts.values()))[:, alternatives].T.tolist()
        columns = [column[alternatives].tolist() for column in (self.known, self.estimated, self.quoted, *moving)]
        for pounds, known, estimated, quoted, moves, *once in zip(parts, *columns, strict=True):
            if not known:
                yield None
                continue
            named = filter(lambda part: not isnan(part[1]), zip(self.parts, pounds, strict=True))
            whole = tuple(Part(name, int(part)) for name, part in named)
            transition = Transition(*map(int, once)) if moves else None
            yield Cost(sum(part.pounds for part in whole), whole, estimated, quoted, transition)


class Moving(NamedTuple):
    """What moving to each alternative from today's costs once, in whole £, by what it is for.

    `moves` says whether it is a move at all: today is known, and is another way. All is 0 where it is none, or the cost
    of the alternative is not known.
    """

    moves: Mask
    transfer: Real
    redundancy: Real
    notice: Real

    @property
    def once(self) -> Real:
        """All of it together."""
        return self.transfer + self.redundancy + self.notice


def price(table: Situations, ratings: RatingColumns, costs: Costs) -> Prices:
    """What every alternative costs in the first situation, by ratings of 1-5.

    An offer counts before what is paid today, and that before an estimate. What is paid is all in: its parts come to
    it. Whoever runs it today needs no new tender until the contract ends, and none where they are gone by then; one for
    less than is paid counts as far as that saves.
    """
    functions, at = table.functions, table.function
    rated = {measure: each[0] for measure, each in followed(ratings).items()}
    alone = alone_of(table, rated, costs)
    parts, total = {name: np.full(len(at), np.nan) for name in PartName}, np.zeros(len(at))
    for rows, pounds, made in _made(table, rated, alone, costs):
        total[rows] = np.fmax(0.0, pounds)
        for name, part in made.items():
            parts[name][rows] = np.where((part != 0) | (name in _PRODUCTION), part, np.nan)
    known = ~np.isnan(np.fmax(parts[PartName.TEAM], parts[PartName.PRICE]))
    quoted, stays = ~np.isnan(table.quote), ~np.isnan(_paid(table)[1])
    own = (table.option == MAKE) & ~np.isnan(functions.annual_cost)[at]
    return Prices(
        in_house=alone,
        parts=parts,
        total=total,
        known=known,
        quoted=quoted,
        estimated=known & ~quoted & ~own & ~(stays & ~functions.split[at]),
    )


def priced_anew(table: Situations, ratings: RatingColumns, costs: Costs) -> Real:
    """What every alternative costs in each situation, £ a year, by ratings of 1-5; 0 where that is not known."""
    rated, found = followed(ratings), np.zeros((len(table.function), ratings[FUNCTIONS][SCALE_ECONOMIES].shape[1]))
    for rows, pounds, _ in _made(table, rated, alone_of(table, rated, costs), costs):
        found[rows] = np.fmax(0.0, pounds).T
    return found


def _paid(table: Situations) -> tuple[Real, Real]:
    """What is paid for each alternative today, and that where nobody offers it for another price; else NaN."""
    outside = table.as_today & (table.option != MAKE)
    today = np.where(outside, table.functions.paid[table.function], np.nan)
    return today, np.where(np.isnan(table.quote), today, np.nan)


def _made(
    table: Situations, rated: ByMeasure, alone: InHouse, costs: Costs
) -> Iterator[tuple[Places, Real, dict[PartName, Real]]]:
    """Some alternatives at a time, with their costs and the parts of these in whole £ a year; NaN where not known."""
    functions, own, (today, paid) = table.functions, np.flatnonzero(table.option == MAKE), _paid(table)
    going_on = table.as_today & (~np.isnan(paid) | ~table.unnamed[table.function])
    going_on &= ~(functions.ended[table.function] & ~run_past(table, costs))
    team = np.rint(each_of(alone.total, table.function[own]))
    yield own, team, {PartName.TEAM: team}
    for rows, parts in parts_of(table, paid, rated, alone, costs):
        whole = {name: np.rint(pounds, out=pounds) for name, pounds in parts.items()}
        tender, production = whole.pop(PartName.TENDERING), next(iter(whole.values()))
        rest = reduce(np.add, whole.values())
        stays, on = np.flatnonzero(~np.isnan(paid[rows])), np.flatnonzero(going_on[rows])
        production[..., stays] += np.rint(paid[rows][stays]) - rest[..., stays]
        rest[..., stays] = np.rint(paid[rows][stays])
        tender[..., on] = np.minimum(tender[..., on], np.fmax(0.0, np.rint(today[rows][on]) - rest[..., on]))
        yield rows, rest + tender, {**whole, PartName.TENDERING: tender}


def run_past(table: Situations, costs: Costs) -> Mask:
    """The alternatives that would run past the day on which somebody they are with closes."""
    end = table.start[table.organisation][table.function] + YEAR * years_of(costs)[table.option]
    past: Mask = end > table.offers.closes[table.offer]
    return past


def years_of(costs: Costs) -> Real:
    """The years that an arrangement is for, by place of its option; keeping it in-house is for none."""
    years = np.zeros(len(OPTIONS))
    years[SHARE], years[ALLY], years[BUY] = costs.share_years.value, costs.ally_years.value, costs.buy_years.value
    return years


def moving(table: Situations, prices: Prices, today: Places, costs: Costs) -> Moving:
    """What moving away from `today`, an alternative of each function or -1 where it is not known, costs once.

    Double running and transfer, a share of the first year of the new way; redundancy, by how far yearly pay falls,
    whoever employs the people; and what is paid today, else the in-house cost, for the months of notice that run past
    the new start: an offer of whoever runs it makes no notice cheaper. So no detour is cheaper than the straight way:
    each depends on where it comes from, on where it goes to, or on how far pay falls.
    """
    function = table.function
    moves = (today >= 0)[function] & ~table.as_today
    pay = costs.pay_share.value * np.fmax(0.0, prices.production + np.fmax(0.0, prices.parts[PartName.OPTIMISM]))
    fall = np.maximum(0.0, pay[today][function] - pay)
    notice = notice_a_month(table.functions.paid, prices.in_house.total) * table.functions.notice
    counted = moves & prices.known

    def counts(pounds: Real) -> Real:
        return np.where(counted, np.fmax(0.0, np.rint(pounds)), 0.0)

    return Moving(
        moves=moves,
        transfer=counts(prices.production * costs.transition.value),
        redundancy=counts(np.where(prices.known[today][function], fall, 0.0) * costs.redundancy.value),
        notice=counts(notice[function]),
    )


def notice_a_month(paid: Real, in_house: Real) -> Real:
    """£ that a month of notice costs: of what is paid today, else of the in-house cost, both £ a year."""
    return np.where(np.isnan(paid), in_house, paid) / 12

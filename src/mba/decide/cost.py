"""What each alternative costs, £ a year, in parts that a reader can follow. Arrays have a figure for each.

Every figure is in `costs.yaml`. Pooling spreads the fixed part of the in-house cost over more people; what part of that
saving arrives is a figure too. `docs/money.md` has every formula with an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, RatingColumns, Situations
from mba.decide.arrangements import YEAR
from mba.decide.in_house import InHouse, in_house
from mba.inputs import FUNCTIONS, SUPPLIERS, named
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.measures import ASSET_SPECIFICITY, MEASURABILITY, SCALE_ECONOMIES
from mba.ratings import MIDDLE
from mba.spending import Cost, Part, PartName, Transition

MAKE, SHARE, ALLY, BUY = range(len(OPTIONS))
_PRESENCE, _TRUST = (named(SUPPLIERS, key).measure for key in ("local_presence", "trust"))


class Prices(NamedTuple):
    """What each alternative costs. `parts` has whole £ a year for each name, NaN where it has no such part.

    `total` is 0 where the cost is not `known`. `estimated` is what neither the user nor a quote says. `rise` is the
    share by which a supplier's estimated price, and with it the rest, rises with a point more of asset specificity.
    """

    in_house: InHouse
    parts: dict[PartName, Real]
    total: Real
    known: Mask
    quoted: Mask
    estimated: Mask
    rise: Real

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


def _borne_out(table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs) -> InHouse:
    """The in-house costs, an estimate no lower than what is paid today bears out.

    It is raised by as many times as what is paid stands above what that way would be estimated at, all in but for a
    tender, with the cheapest where nobody is named; or, if that is less, by as many as the cheapest offer stands above
    its estimate. Else every other way would save what the catalogue's figures fall short of. An estimate is not
    lowered: others may ask more than a bargain.
    """
    functions, at = table.functions, table.function
    estimated = np.isnan(functions.annual_cost) & ~np.isnan(functions.paid) & ~np.isnan(alone.total)
    if not estimated.any():
        return alone
    price_alone, all_in = _all_in(np.nan, table, ratings, alone, costs)
    paid = np.where(table.as_today, functions.paid[at] / all_in, np.nan)
    offered = table.quote / price_alone
    least = np.fmin(np.fmax.reduceat(paid, table.starts), np.fmin.reduceat(offered, table.starts))
    raised = np.where(estimated, np.fmax(1.0, least), 1.0)
    return InHouse(alone.total * raised, alone.fixed * raised, raised)


def _all_in(
    offered: float, table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs
) -> tuple[Real, Real]:
    """The team or price of each alternative, and it with all that comes on top a year but a tender.

    By one offer to all of £ a year; NaN is for none, and then it is estimated.
    """
    table = table._replace(quote=np.full_like(table.quote, offered))
    parts = dict([*_share(table, alone, costs), *_contract(table, ratings, alone, costs)])
    del parts[PartName.TENDERING]
    by_itself = np.fmax(parts[PartName.TEAM], parts[PartName.PRICE])
    return by_itself, np.where(np.isnan(by_itself), np.nan, np.nansum(list(parts.values()), axis=0))


def _within(paid: Real, table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs) -> Real:
    """The team or price in what is paid, all in but for a tender: what would be offered to come to that again."""
    _, each = _all_in(1.0, table, ratings, alone, costs)
    agreed = (table.option == SHARE) & ~np.isnan(alone.total[table.function])  # What agreeing takes is no share of it.
    return np.where(agreed, np.fmax(0.0, paid + 1 - each), paid / each)


def price(table: Situations, ratings: RatingColumns, costs: Costs) -> Prices:
    """What every alternative costs, by ratings of 1-5 as they are.

    An offer counts before what is paid today, and that before an estimate. What is paid is all in: its parts come to
    it. Whoever runs it today needs no new tender until the contract ends, and none where they are gone by then; one for
    less than is paid counts as far as that saves.
    """
    functions, option, at = table.functions, table.option, table.function
    alone = in_house(functions, ratings[FUNCTIONS][SCALE_ECONOMIES][:, 0], table.people, costs)
    alone = _borne_out(table, ratings, alone, costs)
    quoted, today = ~np.isnan(table.quote), np.where(table.as_today & (option != MAKE), functions.paid[at], np.nan)
    paid = np.where(quoted, np.nan, today)
    stays = ~np.isnan(paid)
    asked = table
    if stays.any():
        asked = table._replace(quote=np.where(stays, _within(paid, table, ratings, alone, costs), table.quote))
    parts = dict.fromkeys(PartName, np.full(len(option), np.nan))
    parts[PartName.TEAM] = np.where(option == MAKE, alone.total[at], np.nan)
    for name, pounds in (*_share(asked, alone, costs), *_contract(asked, ratings, alone, costs)):
        parts[name] = np.fmax(parts[name], pounds)
    parts[PartName.COORDINATION] = np.minimum(parts[PartName.COORDINATION], np.where(stays, paid, np.inf))
    whole = {name: np.rint(pounds) for name, pounds in parts.items()}
    tender = np.nan_to_num(whole[PartName.TENDERING])
    rest = np.nansum(list(whole.values()), axis=0) - tender
    for name in (PartName.TEAM, PartName.PRICE):
        whole[name] += np.nan_to_num(np.rint(paid) - rest)
    going_on = table.as_today & (stays | ~table.unnamed[at]) & ~(functions.ended[at] & ~run_past(table, costs))
    rest = np.where(stays, np.rint(paid), rest)
    tender = np.where(going_on, np.minimum(tender, np.fmax(0.0, np.rint(today) - rest)), tender)
    whole[PartName.TENDERING] = np.where(tender > 0, tender, np.nan)
    known = ~np.isnan(np.fmax(whole[PartName.TEAM], whole[PartName.PRICE]))
    own = (option == MAKE) & ~np.isnan(functions.annual_cost)[at]
    rise = _saving(table, ratings, alone, costs) * costs.specificity.value / 4 * _margin(table) / parts[PartName.PRICE]
    return Prices(
        in_house=alone,
        parts=whole,
        total=rest + tender,
        known=known,
        quoted=quoted,
        rise=np.where(quoted | stays, 0.0, np.nan_to_num(rise)),
        estimated=known & ~quoted & ~own & ~(stays & ~functions.split[at]),
    )


def _tender(table: Situations, price: Real, costs: Costs) -> Real:
    """What tendering costs a year of the term; NaN below the threshold, and for a company that its customers own."""
    years = np.where(table.option == ALLY, costs.ally_years.value, costs.buy_years.value)
    over = price * years * (1 + costs.vat.value) >= costs.tender_threshold.value
    needed = over & ~table.sellers.owned[table.seller]
    return np.where(needed, costs.tender_fixed.value / years + costs.tender_share.value * price, np.nan)


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


def _share(table: Situations, alone: InHouse, costs: Costs) -> Iterator[tuple[PartName, Real]]:
    """The own part of a pooled team, the time that agreeing takes, and unquoted what may not be saved after all."""
    offers, at = table.offers, table.offer
    pooled = (table.option == SHARE) & ~offers.with_nobody[at]
    quoted = ~np.isnan(table.quote)
    total, people = alone.total[table.function], table.people[table.function]
    saving = alone.fixed[table.function] * offers.people[at] / (people + offers.people[at])
    team = np.where(quoted, table.quote, total - saving)
    base = np.where(np.isnan(total), team, total)
    yield PartName.TEAM, np.where(pooled, team, np.nan)
    yield PartName.COORDINATION, np.where(pooled, costs.coordination.value * offers.number[at] * base, np.nan)
    yield PartName.OPTIMISM, np.where(pooled & ~quoted & (saving > 0), saving * costs.optimism.value, np.nan)


def _contract(
    table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs
) -> Iterator[tuple[PartName, Real]]:
    """A supplier's price, and what the client still has to spend, as shares of it."""
    option, seller = table.option, table.seller
    ally = option == ALLY
    sold = (ally | (option == BUY)) & ~table.offers.with_nobody[table.offer]
    asked = np.where(np.isnan(table.quote), _asked(table, ratings, alone, costs), table.quote)
    amount = np.where(sold, asked, np.nan)
    unclear = (5 - ratings[FUNCTIONS][MEASURABILITY][table.function, 0]) / 4
    distrust = (5 - ratings[SUPPLIERS][_TRUST][seller, 0]) / 4
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    yield PartName.PRICE, amount
    yield PartName.TENDERING, np.where(sold, _tender(table, asked, costs), np.nan)
    for name, share in (
        (PartName.VAT, np.where(table.functions.recoverable[table.function], 0.0, table.sellers.vat[seller])),
        (PartName.CONTRACT_MANAGEMENT, easiest + (hardest - easiest) * (unclear + distrust) / 2),
        (PartName.RETAINED_CLIENT, np.full(len(option), costs.retained_client.value)),
        (PartName.RELATIONSHIP, np.where(ally, costs.relationship.value, 0.0)),
        (PartName.REASSESSMENT, np.where(ally, costs.reassessment.value, 0.0)),
    ):
        yield name, np.where(share != 0, amount * share, np.nan)


def _asked(table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs) -> Real:
    """What a supplier would ask, £ a year: the cost of a team that serves its other customers too, and a margin.

    What is specific to one customer serves no other, so nothing of it is saved.
    """
    # 0 where nothing is specific to the customer, 1 where all is.
    specific = (ratings[FUNCTIONS][ASSET_SPECIFICITY][table.function, 0] - 1) / 4
    saving = _saving(table, ratings, alone, costs) * (1 - costs.specificity.value * specific)
    asked: Real = (alone.total[table.function] - saving) * _margin(table)
    return asked


def _margin(table: Situations) -> Real:
    """By what the seller of each alternative multiplies its cost."""
    return 1 + table.sellers.margin[table.seller]


def _saving(table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs) -> Real:
    """What a supplier saves by serving others too where nothing is specific to the customer, £ a year."""
    served, people = table.sellers.served[table.seller], table.people[table.function]
    # 0 where the supplier is half present or more, 1 where it is wholly remote.
    remote = np.maximum(0.0, (MIDDLE - ratings[SUPPLIERS][_PRESENCE][table.seller, 0]) / 2)
    saved: Real = alone.fixed[table.function] * served / (people + served) * (1 - costs.remoteness.value * remote)
    return saved

"""The parts of what alternatives cost, £ a year, by the ratings that costs follow: in one situation, or in many.

An array of figures has a column for each row of a table, and where there are many situations a row for each.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from mba.decide.alternatives import OPTIONS, FunctionColumns, Places, RatingColumns, Situations
from mba.inputs import FUNCTIONS, SUPPLIERS, named
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.measures import ASSET_SPECIFICITY, MEASURABILITY, SCALE_ECONOMIES, Measure
from mba.ratings import MIDDLE
from mba.spending import PartName


class InHouse(NamedTuple):
    """What it costs to run each function alone, £ a year: all of it, and the part that is there at any size.

    NaN where neither the user nor the catalogue says. `raised` is how many times the catalogue's estimate it is, since
    what is paid today bears out no less; else 1.
    """

    total: Real
    fixed: Real
    raised: Real


def fixed_share(scale_economies: Real, population: Real, costs: Costs) -> Real:
    """The share of in-house cost that is there at any size, 0-1, for a rating of 1-5 at a population.

    It is a function's own (`scale_economies`) at 100,000 people, and falls with size: f / (f + (1 - f) p / 100,000).
    """
    lowest, highest = costs.fixed_share_lowest.value, costs.fixed_share_highest.value
    share = lowest + (highest - lowest) * (scale_economies - 1) / 4
    return share / (share + (1 - share) * population / costs.fixed_share_population.value)


def in_house(functions: FunctionColumns, rating: Real, people: Real, costs: Costs) -> InHouse:
    """The user's annual cost, else the catalogue's estimate for this population, by ratings of `scale_economies`.

    The estimate is k P (s + (1 - s) p / P) with k the catalogue's £ a head at P people, and s the fixed share there.
    """
    reference = functions.estimated_at
    usual = functions.cost_per_head * reference
    fixed = usual * fixed_share(rating, reference, costs)
    estimate = fixed + (usual - fixed) * people / reference
    given = ~np.isnan(functions.annual_cost)
    total = np.where(given, functions.annual_cost, estimate)
    return InHouse(total, np.where(given, fixed_share(rating, people, costs) * total, fixed), np.ones_like(total))


MAKE, SHARE, ALLY, BUY = range(len(OPTIONS))
_PRESENCE, _TRUST = (named(SUPPLIERS, key).measure for key in ("local_presence", "trust"))

ByMeasure: TypeAlias = Mapping[Measure, Real]
"""Ratings, 1-5: each situations x rows, or in one situation just a row each."""


def followed(ratings: RatingColumns) -> ByMeasure:
    """The ratings that costs follow, 1-5, of functions and of sellers: situations x rows."""
    own, theirs = (SCALE_ECONOMIES, ASSET_SPECIFICITY, MEASURABILITY), (_PRESENCE, _TRUST)
    found = {measure: ratings[FUNCTIONS][measure].T for measure in own}
    return found | {measure: ratings[SUPPLIERS][measure].T for measure in theirs}


def each_of(figures: Real, rows: Places) -> Real:
    """The figure of each row, in each situation where there are several."""
    return figures.T.take(rows, axis=0).T


def alone_of(table: Situations, rated: ByMeasure, costs: Costs) -> InHouse:
    """The in-house costs, an estimate no lower than what is paid today bears out.

    It is raised by as many times as what is paid stands above what that way would be estimated at, all in but for a
    tender, with the cheapest where nobody is named; or, if that is less, by as many as the cheapest offer stands above
    its estimate. Else every other way would save what the catalogue's figures fall short of. An estimate is not
    lowered: others may ask more than a bargain.
    """
    functions, alone = table.functions, in_house(table.functions, rated[SCALE_ECONOMIES], table.people, costs)
    estimated = np.isnan(functions.annual_cost) & ~np.isnan(functions.paid)
    if not estimated.any():
        return alone
    some = table.only(np.flatnonzero(estimated[table.function] & (table.as_today | ~np.isnan(table.quote))))
    at, nothing = some.function, np.full(len(some.function), np.nan)
    by_itself, all_in = np.full((2, *alone.total.shape[:-1], len(at)), np.nan)
    for rows, parts in parts_of(some._replace(quote=nothing), nothing, rated, alone, costs):
        del parts[PartName.TENDERING]
        by_itself[..., rows], all_in[..., rows] = next(iter(parts.values())), sum(parts.values())
    paid = np.where(some.as_today, functions.paid[at] / all_in, np.nan)
    starts = np.flatnonzero(np.diff(at, prepend=-1))
    least = np.fmin.reduceat(some.quote / by_itself, starts, axis=-1)
    raised = np.ones(alone.total.shape)
    raised[..., at[starts]] = np.fmax(1.0, np.fmin(np.fmax.reduceat(paid, starts, axis=-1), least))
    return InHouse(alone.total * raised, alone.fixed * raised, raised)


def parts_of(
    table: Situations, paid: Real, rated: ByMeasure, alone: InHouse, costs: Costs
) -> Iterator[tuple[Places, dict[PartName, Real]]]:
    """The parts, to the penny, of what is pooled and of what is under a contract; production first."""
    somebody, option = ~table.offers.with_nobody[table.offer], table.option
    pooled = np.flatnonzero(somebody & (option == SHARE))
    yield pooled, _agreed(table.only(pooled), paid[pooled], alone, costs)
    sold = np.flatnonzero(somebody & ((option == ALLY) | (option == BUY)))
    yield sold, _contract(table.only(sold), paid[sold], rated, alone, costs)


def _agreed(table: Situations, paid: Real, alone: InHouse, costs: Costs) -> dict[PartName, Real]:
    """The own part of a pooled team, the time that agreeing takes, and unquoted what may not be saved after all.

    In what is paid, agreeing takes as long as by the in-house cost; where that is not known, its share of it.
    """
    at, people = table.function, table.offers.people[table.offer]
    share = costs.coordination.value * table.offers.number[table.offer]
    total, saving = each_of(alone.total, at), each_of(alone.fixed, at) * (people / (table.people[at] + people))
    team, agreeing, optimism = total - saving, share * total, saving * costs.optimism.value
    offered = np.flatnonzero(~np.isnan(np.fmin(table.quote, paid)))
    quote, paid, share, total = table.quote[offered], paid[offered], share[offered], total[..., offered]
    within = np.where(np.isnan(total), paid / (1 + share), np.maximum(0.0, paid - share * total))
    team[..., offered] = asked = np.where(np.isnan(quote), within, quote)
    most = np.where(np.isnan(paid), np.inf, paid)
    agreeing[..., offered] = np.minimum(share * np.where(np.isnan(total), asked, total), most)
    optimism[..., offered] = 0.0
    parts = {PartName.TEAM: team, PartName.COORDINATION: agreeing, PartName.OPTIMISM: optimism}
    return {**parts, PartName.TENDERING: np.zeros_like(team)}


def _contract(table: Situations, paid: Real, rated: ByMeasure, alone: InHouse, costs: Costs) -> dict[PartName, Real]:
    """A supplier's price, and what the client still has to spend, as shares of it."""
    seller, at, stays = table.seller, table.function, np.flatnonzero(~np.isnan(paid))
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    unclear, distrust = (5 - rated[MEASURABILITY]) / 4, (5 - rated[_TRUST]) / 4
    managing = each_of(easiest + (hardest - easiest) * unclear / 2, at)
    managing += each_of((hardest - easiest) * distrust / 2, seller)
    shares = {
        PartName.VAT: np.where(table.functions.recoverable[at], 0.0, table.sellers.vat[seller]),
        PartName.CONTRACT_MANAGEMENT: managing,
        PartName.RETAINED_CLIENT: np.full(len(at), costs.retained_client.value),
        PartName.RELATIONSHIP: np.where(table.option == ALLY, costs.relationship.value, 0.0),
        PartName.REASSESSMENT: np.where(table.option == ALLY, costs.reassessment.value, 0.0),
    }
    quoted = np.flatnonzero(~np.isnan(table.quote))
    amount = _asked(table, rated, alone, costs)
    amount[..., quoted] = table.quote[quoted]
    amount[..., stays] = paid[stays] / (1 + sum(share[..., stays] for share in shares.values()))
    rest = {name: amount * share for name, share in shares.items()}
    return {PartName.PRICE: amount, **rest, PartName.TENDERING: _tender(table, amount, costs)}


def _asked(table: Situations, rated: ByMeasure, alone: InHouse, costs: Costs) -> Real:
    """What a supplier would ask, £ a year: the cost of a team that serves its other customers too, and a margin.

    What is specific to one customer serves no other, so nothing of it is saved.
    """
    at, seller = table.function, table.seller
    served, people = table.sellers.served[seller], table.people[at]
    # 0 where nothing is specific to the customer, or the supplier is half present or more; 1 where all is, or wholly
    # remote.
    specific, remote = (rated[ASSET_SPECIFICITY] - 1) / 4, np.maximum(0.0, (MIDDLE - rated[_PRESENCE]) / 2)
    saving = each_of(alone.fixed * (1 - costs.specificity.value * specific), at)
    saving *= each_of(1 - costs.remoteness.value * remote, seller) * (served / (people + served))
    asked: Real = (each_of(alone.total, at) - saving) * (1 + table.sellers.margin[seller])
    return asked


def _tender(table: Situations, price: Real, costs: Costs) -> Real:
    """What tendering costs a year of the term; nothing below the threshold, and of a company that its customers own."""
    years = np.where(table.option == ALLY, costs.ally_years.value, costs.buy_years.value)
    valued = np.maximum(years, costs.valued_years.value)
    over = price * valued * (1 + table.sellers.vat[table.seller]) >= costs.tender_threshold.value
    needed = over & ~table.sellers.owned[table.seller]
    return needed * (costs.tender_fixed.value / years + costs.tender_share.value * price)

"""What each alternative costs, £ a year, in parts that a reader can follow. Arrays have a figure for each.

Every figure is in `costs.yaml`. In-house cost c at population p has a fixed part and a part that grows with people.
The fixed share is a function's own (its rating `scale_economies`) at 100,000 people, and falls with size: f / (f + (1
- f) p / 100,000). Pooling spreads the fixed part over more people; what part of that saving arrives is a figure too.
`docs/money.md` has every formula with an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isnan
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import OPTIONS, Mask, Places, RatingColumns, Situations
from mba.inputs import FUNCTIONS, SUPPLIERS, named
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs
from mba.knowledge.measures import MEASURABILITY, SCALE_ECONOMIES
from mba.profile import MIDDLE
from mba.spending import Cost, Part, PartName, Transition

MAKE, SHARE, ALLY, BUY = range(len(OPTIONS))
_PRESENCE = named(SUPPLIERS, "local_presence").measure


class InHouse(NamedTuple):
    """What it costs to run each function alone, £ a year: all of it, and the part that is there at any size.

    NaN where neither the user nor the catalogue says.
    """

    total: Real
    fixed: Real


class Prices(NamedTuple):
    """What each alternative costs. `parts` has whole £ a year for each name, NaN where it has no such part.

    `total` is 0 where the cost is not `known`. `once` is £ for moving there from how it is run today, NaN where it
    does not move, and `spread` the same a year over the years of the new arrangement.
    """

    in_house: InHouse
    parts: dict[PartName, Real]
    total: Real
    known: Mask
    quoted: Mask
    estimated: Mask
    once: Real
    spread: Real

    def of(self, alternatives: Places) -> Iterator[Cost | None]:
        """The costs of some alternatives; None where not known."""
        parts = np.stack(list(self.parts.values()))[:, alternatives].T.tolist()
        flat = (self.known, self.estimated, self.quoted, self.once, self.spread)
        columns = [column[alternatives].tolist() for column in flat]
        for pounds, known, estimated, quoted, once, spread in zip(parts, *columns, strict=True):
            if not known:
                yield None
                continue
            whole = tuple(_parts(zip(self.parts, pounds, strict=True)))
            moves = None if isnan(once) else Transition(int(once), int(spread))
            yield Cost(sum(part.pounds for part in whole), whole, estimated, quoted, moves)


def _parts(pounds: Iterable[tuple[PartName, float]]) -> Iterator[Part]:
    """The parts that there are, of some that may be NaN."""
    for name, part in pounds:
        if not isnan(part):
            yield Part(name, int(part))


def fixed_share(scale_economies: Real, population: Real, costs: Costs) -> Real:
    """The share of in-house cost that is there at any size, 0-1, for a rating of 1-5 at a population."""
    lowest, highest = costs.fixed_share_lowest.value, costs.fixed_share_highest.value
    share = lowest + (highest - lowest) * (scale_economies - 1) / 4
    return share / (share + (1 - share) * population / costs.fixed_share_population.value)


def in_house(table: Situations, ratings: RatingColumns, costs: Costs) -> InHouse:
    """The user's annual cost, else the catalogue's estimate for this population.

    The estimate is k P (s + (1 - s) p / P) with k the catalogue's £ a head at P people, and s the fixed share there.
    """
    functions, people = table.functions, table.people
    rating = ratings[FUNCTIONS][SCALE_ECONOMIES][:, 0]
    reference = costs.reference_population.value
    usual = functions.cost_per_head * reference
    fixed = usual * fixed_share(rating, np.full_like(people, reference), costs)
    estimate = fixed + (usual - fixed) * people / reference
    given = ~np.isnan(functions.annual_cost)
    total = np.where(given, functions.annual_cost, estimate)
    return InHouse(total, np.where(given, fixed_share(rating, people, costs) * total, fixed))


def price(table: Situations, ratings: RatingColumns, costs: Costs) -> Prices:
    """What every alternative costs, by ratings of 1-5 as they are."""
    alone = in_house(table, ratings, costs)
    total, option = alone.total[table.function], table.option
    parts = dict.fromkeys(PartName, np.full(len(option), np.nan))
    parts[PartName.TEAM] = np.where(option == MAKE, total, np.nan)
    for name, pounds in (*_share(table, alone, costs), *_contract(table, ratings, alone, costs)):
        parts[name] = np.fmax(parts[name], pounds)
    whole = {name: np.rint(pounds) for name, pounds in parts.items()}
    known = ~np.isnan(np.fmax(whole[PartName.TEAM], whole[PartName.PRICE]))
    quoted = ~np.isnan(table.quote)
    own = (option == MAKE) & ~np.isnan(table.functions.annual_cost)[table.function]
    once = _once(table, whole, costs)
    years = [costs.share_years, costs.share_years, costs.ally_years, costs.buy_years]
    return Prices(
        in_house=alone,
        parts=whole,
        total=np.nansum(list(whole.values()), axis=0),
        known=known,
        quoted=quoted,
        estimated=known & ~quoted & ~own,
        once=once,
        spread=np.rint(once / np.array([term.value for term in years])[option]),
    )


def _share(table: Situations, alone: InHouse, costs: Costs) -> Iterator[tuple[PartName, Real]]:
    """The own part of a pooled team, and the time that agreeing takes.

    Without a quote also what may not be saved after all.
    """
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
    option, seller = table.option, table.offers.supplier[table.offer]
    ally = option == ALLY
    sold = (ally | (option == BUY)) & ~table.offers.with_nobody[table.offer]
    asked = np.where(np.isnan(table.quote), _asked(table, ratings, alone, costs), table.quote)
    amount = np.where(sold, asked, np.nan)
    unclear = (5 - ratings[FUNCTIONS][MEASURABILITY][table.function, 0]) / 4
    easiest, hardest = costs.contract_management.value, costs.contract_management_hardest.value
    yield PartName.PRICE, amount
    for name, share in (
        (PartName.VAT, table.sellers.vat[seller]),
        (PartName.TENDERING, costs.tender.value / np.where(ally, costs.ally_years.value, costs.buy_years.value)),
        (PartName.CONTRACT_MANAGEMENT, easiest + (hardest - easiest) * unclear),
        (PartName.RETAINED_CLIENT, np.full(len(option), costs.retained_client.value)),
        (PartName.RELATIONSHIP, np.where(ally, costs.relationship.value, 0.0)),
        (PartName.REASSESSMENT, np.where(ally, costs.reassessment.value, 0.0)),
    ):
        yield name, np.where(share != 0, amount * share, np.nan)


def _asked(table: Situations, ratings: RatingColumns, alone: InHouse, costs: Costs) -> Real:
    """What a supplier would ask, £ a year: the cost of a team that serves its other customers too, and a margin."""
    seller = table.offers.supplier[table.offer]
    served, people = table.sellers.served[seller], table.people[table.function]
    # 0 where the supplier is half present or more, 1 where it is wholly remote.
    remote = np.maximum(0.0, (MIDDLE - ratings[SUPPLIERS][_PRESENCE][seller, 0]) / 2)
    saving = alone.fixed[table.function] * served / (people + served) * (1 - costs.remoteness.value * remote)
    asked: Real = (alone.total[table.function] - saving) * (1 + table.sellers.margin[seller])
    return asked


def _once(table: Situations, parts: dict[PartName, Real], costs: Costs) -> Real:
    """What moving away from how it is run today costs once: a share of the first year's production."""
    today = table.functions.current[table.function]
    first = np.fmax(parts[PartName.TEAM], parts[PartName.PRICE])
    return np.where((today >= 0) & (today != table.option), np.rint(first * costs.transition.value), np.nan)

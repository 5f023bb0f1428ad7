"""What it costs to run functions alone, £ a year. Arrays have a figure for each.

In-house cost c at population p has a fixed part and a part that grows with people. The fixed share is a function's own
(its rating `scale_economies`) at 100,000 people, and falls with size: f / (f + (1 - f) p / 100,000).
"""

from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import FunctionColumns
from mba.knowledge.degrees import Real
from mba.knowledge.figures import Costs


class InHouse(NamedTuple):
    """What it costs to run each function alone, £ a year: all of it, and the part that is there at any size.

    NaN where neither the user nor the catalogue says. `raised` is how many times the catalogue's estimate it is, since
    what is paid today bears out no less; else 1.
    """

    total: Real
    fixed: Real
    raised: Real


def fixed_share(scale_economies: Real, population: Real, costs: Costs) -> Real:
    """The share of in-house cost that is there at any size, 0-1, for a rating of 1-5 at a population."""
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

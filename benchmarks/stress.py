"""How sure, timed: draws a second, and seconds for whole runs, beside a plain Python loop over the same rules.

Run: python benchmarks/stress.py
"""

from __future__ import annotations

import resource
import statistics
import time

import numpy as np

from mba.decide import Weighed, settle, weigh
from mba.draws import Draws, draw
from mba.load.knowledge import load_catalogue, load_rules
from mba.measures import RATED, Measure
from mba.profile import MIDDLE, Profile
from mba.score import strengths, with_offer
from mba.stress import choose_inside, with_confidence

RULES, CATALOGUE = load_rules(), load_catalogue()


def a_profile(functions: int, budget_per_head: float = 25) -> Profile:
    """A profile of so many functions of the catalogue, over and over; two suppliers, one partner."""
    ids = list(CATALOGUE.functions)
    return Profile.model_validate(
        {
            "organisation": {"name": "x", "population": 226_000, "budget_per_head": budget_per_head},
            "partners": [{"id": "hillside", "population": 190_000, "trust": 4}],
            "suppliers": [{"id": "csu", "trust": 3, "stability": 3}, {"id": "acme", "trust": 4, "stability": 4}],
            "functions": [
                {
                    "id": f"f{i}",
                    "flags": list(CATALOGUE.functions[ids[i % 30]].flags),
                    "annual_cost": 150_000 + 1_000 * i,
                }
                for i in range(functions)
            ],
        }
    )


def plain(weighed: Weighed, draws: int) -> None:
    """The same draws with the scalar rules, one setting at a time."""
    rng = np.random.default_rng(1)
    for case in weighed.cases:
        base = strengths(weighed.profile, case.judged, RULES)
        for _ in range(draws):
            drawn: dict[Measure, float] = dict(base)
            for measure in RATED:
                rating = min(5.0, max(1.0, case.judged.ratings[measure].value + 2 * rng.random() - 1))
                drawn[measure] = (rating - MIDDLE) / 2
            weights = rng.exponential(size=len(RULES.rules))
            for priced in case.open:
                here = with_offer(drawn, priced.way.offer)
                option = priced.way.offer.option
                sum(
                    weight * points * rule.degree(here, option)
                    for weight, (_, rule, points) in zip(weights, RULES.speaking[option], strict=False)
                )


def seconds(run: object) -> float:
    """Wall seconds of a call."""
    start = time.perf_counter()
    run()  # type: ignore[operator]  # a callable without arguments
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each measurement."""
    weighed = weigh(a_profile(30), RULES, CATALOGUE)
    draw(weighed, RULES, Draws(10, 1))
    ratios = []
    for _ in range(5):
        fast = 10_000 / seconds(lambda: draw(weighed, RULES, Draws(10_000, 1)))
        slow = 20 / seconds(lambda: plain(weighed, 20))
        ratios.append((fast, slow, fast / slow))
    fast, slow, ratio = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"30 functions alone: {fast:,.0f} draws a second, plain loop {slow:,.0f}, ratio {ratio:,.0f}")
    tight = weigh(a_profile(30, 16.5), RULES, CATALOGUE)
    drawn = draw(tight, RULES, Draws(2_000, 1))
    one = seconds(lambda: choose_inside(drawn, tight.cases, tight.allowance))
    print(f"30 functions inside a budget that binds: {2_000 / one:,.0f} exact portfolios a second")
    whole = seconds(lambda: with_confidence(settle(tight, RULES, CATALOGUE), tight, RULES, CATALOGUE, Draws(10_000, 1)))
    print(f"30 functions, 10,000 draws, alone and inside: {whole:.1f} s")
    large = weigh(a_profile(300), RULES, CATALOGUE)
    long = seconds(lambda: draw(large, RULES, Draws(10_000, 1)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"300 functions alone, 10,000 draws: {long:.1f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()

"""How sure, timed: draws a second beside a plain Python loop, a library and an R package.

And seconds for whole runs. Run: python benchmarks/stress.py
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from others import Array, by_library, by_package, has_library, has_package

from mba.decide.alternatives import Appraisal, Appraised
from mba.decide.decide import appraise, settle
from mba.decide.score import strengths, with_arrangement
from mba.knowledge.measures import RATED, Measure
from mba.knowledge.rules import NEUTRAL
from mba.load.knowledge import load_catalogue, load_rules
from mba.profile import MIDDLE, Flag, Profile
from mba.sensitivity.acceptability import choose_inside, with_confidence
from mba.sensitivity.draws import Common, Draws, draw, draw_common, draw_weights, drawn_for
from mba.sensitivity.smaa import Term, foremost, totals

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


def plain(appraised: Appraised, draws: int) -> None:
    """The same draws with the scalar rules, one setting at a time."""
    rng = np.random.default_rng(1)
    for case in appraised.appraisals:
        base = strengths(appraised.profile, case.rated, RULES)
        for _ in range(draws):
            drawn: dict[Measure, float] = dict(base)
            for measure in RATED:
                rating = min(5.0, max(1.0, case.rated.ratings[measure].value + 2 * rng.random() - 1))
                drawn[measure] = (rating - MIDDLE) / 2
            weights = rng.exponential(size=len(RULES.rules))
            for priced in case.open:
                here = with_arrangement(drawn, priced.arrangement)
                option = priced.arrangement.option
                sum(
                    weight * points * rule.degree(here, option)
                    for weight, (_, rule, points) in zip(weights, RULES.speaking[option], strict=False)
                )


def seconds(run: Callable[[], object]) -> float:
    """Wall seconds of a call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def medians(rows: Sequence[tuple[float, ...]]) -> list[float]:
    """The median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def partial_values(appraised: Appraised, case: Appraisal, draws: int) -> Array:
    """What each rule gives to each option at a weight of 1, in every draw.

    Found by asking with all weight on one rule.
    """
    codes = sorted(RULES.rules)
    alone = [{code: np.full(draws, float(code == one)) for code in codes} for one in codes]
    times = Draws(draws, 1)
    ratings = draw_common(appraised.profile, RULES, times).ratings
    fits = [drawn_for(appraised.profile, case, Common(weights, ratings), RULES, times).fits for weights in alone]
    return np.stack(fits) - NEUTRAL


def beside_others() -> None:
    """A line for the library and for the R package, each in turn with ours; or how to get them.

    The work is 30 functions x 4 options in each draw: weighted sums of partial values, and who comes first. The
    others are handed what is drawn; ours is timed with all its drawing, and also without. All must agree on who comes
    first.
    """
    draws, few = 10_000, 100
    profile = a_profile(30)
    flags = [tuple(flag for flag in f.flags or () if flag is not Flag.STATUTORY) for f in profile.functions]
    free = tuple(f.model_copy(update={"flags": own}) for f, own in zip(profile.functions, flags, strict=True))
    profile = profile.model_copy(update={"functions": free, "suppliers": profile.suppliers[:1]})
    appraised = appraise(profile, RULES, CATALOGUE)
    weights = np.stack(list(draw_weights(RULES, Draws(draws, 1)).values()))
    weights /= weights.sum(axis=0)
    values = np.array([partial_values(appraised, case, draws) for case in appraised.appraisals])
    functions, _, options, _ = values.shape

    def drawing() -> list[NDArray[np.intp]]:
        return [foremost(each.fits) for each in draw(appraised, RULES, Draws(draws, 1)).values()]

    def ranking() -> list[NDArray[np.intp]]:
        rows = {str(rule): row for rule, row in enumerate(weights)}
        parts = [[[Term(rule, 1.0, of[int(rule), way]) for rule in rows] for way in range(options)] for of in values]
        return [foremost(totals(each, rows, draws)) for each in parts]

    first = drawing()
    agree(first, ranking())

    def beside(name: str, theirs: Callable[[], float]) -> None:
        rows = []
        for _ in range(9):
            rates = draws / seconds(drawing), theirs(), draws / seconds(ranking)
            rows.append((*rates[:2], rates[0] / rates[1], rates[2] / rates[1]))
        ours, other, ratio, alone = medians(rows)
        print(
            f"  {name}: {other:,.0f} draws a second, ours {ours:,.0f}, ratio {ratio:,.1f}; values ready drawn "
            f"{alone:,.1f}"
        )

    print(f"{functions} functions x {options} options, who comes first, ours with all drawing, in turn with")
    if has_library():
        library = by_library(weights[:, :few], values[..., :few])

        def rate(*, checked: bool) -> float:
            spent, found = library(checked)
            agree([row[:few] for row in first], found)
            return few / spent

        beside("pymcdm", lambda: rate(checked=True))
        beside("pymcdm, its checks of input off", lambda: rate(checked=False))
    else:
        print("  pymcdm: not installed, so not measured; make bench installs it, or pip install -e '.[bench]'")
    if has_package():

        def rate_of_package() -> float:
            spent, counts = by_package(weights, values)
            agree([np.bincount(row, minlength=options) for row in first], counts)
            return draws / spent

        beside("R's smaa", rate_of_package)
    else:
        print("  R's smaa: R or its package smaa is not installed, so not measured")


def agree(mine: Sequence[NDArray[np.intp]], *others: Sequence[Sequence[int] | NDArray[np.intp]]) -> None:
    """Ends the run where others find something else."""
    if any(not np.array_equal(np.array(mine), np.array(other)) for other in others):
        sys.exit("who comes first differs")


def main() -> None:
    """Print a line for each measurement."""
    appraised = appraise(a_profile(30), RULES, CATALOGUE)
    draw(appraised, RULES, Draws(10, 1))
    ratios = []
    for _ in range(5):
        fast = 10_000 / seconds(lambda: draw(appraised, RULES, Draws(10_000, 1)))
        slow = 20 / seconds(lambda: plain(appraised, 20))
        ratios.append((fast, slow, fast / slow))
    fast, slow, ratio = medians(ratios)
    print(f"30 functions alone: {fast:,.0f} draws a second, plain loop {slow:,.0f}, ratio {ratio:,.0f}")
    budget = settle(appraised, RULES, CATALOGUE).budget
    between = (budget.frontier[0].cost + (budget.preferred_cost or 0)) / 2
    tight = appraise(a_profile(30, round(between / 226_000, 2)), RULES, CATALOGUE)
    drawn = draw(tight, RULES, Draws(2_000, 1))
    one = seconds(lambda: choose_inside(drawn, tight.appraisals, tight.allowance))
    print(
        f"30 functions inside a budget half-way from the cheapest to the best: {2_000 / one:,.0f} exact "
        "portfolios a second"
    )
    whole = seconds(lambda: with_confidence(settle(tight, RULES, CATALOGUE), tight, RULES, CATALOGUE, Draws(10_000, 1)))
    print(f"30 functions, 10,000 draws, alone and inside: {whole:.1f} s")
    large = appraise(a_profile(300), RULES, CATALOGUE)
    long = seconds(lambda: draw(large, RULES, Draws(10_000, 1)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"300 functions alone, 10,000 draws: {long:.1f} s, peak memory {peak:.0f} MB")
    beside_others()


if __name__ == "__main__":
    main()

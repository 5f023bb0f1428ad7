"""How sure, timed: draws a second beside a plain Python loop, a library and an R package.

And seconds for whole runs. Run: python benchmarks/stress.py
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from others import Array, by_library, by_package, has_library, has_package

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from oracle import Case

from mba.decide.alternatives import in_columns
from mba.decide.choose_each import choose_each
from mba.decide.decide import Appraised, appraise, settle
from mba.decide.evaluate import evaluate
from mba.decide.score import Weights
from mba.knowledge.rules import NEUTRAL
from mba.load.knowledge import Knowledge, load_catalogue
from mba.profile import Profile
from mba.sensitivity.acceptability import Inside, with_confidence
from mba.sensitivity.draws import Drawing, Drawn, first_of_each
from mba.sensitivity.hypercube import Draws, Hypercube
from mba.sensitivity.smaa import foremost
from mba.terms import Flag

RULES, CATALOGUE = Knowledge().rules, load_catalogue()


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


def plain(profile: Profile) -> None:
    """One situation with the plain rules, one alternative at a time."""
    for function in profile.functions:
        Case(profile, function, RULES, CATALOGUE).ways()


def seconds(run: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def every(drawing: Drawing) -> list[Drawn]:
    """All draws."""
    return list(drawing)


def medians(rows: Sequence[tuple[float, ...]]) -> list[float]:
    """The median of each column."""
    return [statistics.median(column) for column in zip(*rows, strict=True)]


class OneRule(Drawing):
    """Draws in which one rule alone has any weight."""

    code = ""

    def weights(self, block: Hypercube) -> Weights:
        """All weight on the rule."""
        return {code: np.full(block.size, float(code == self.code)) for code in self.rules.rules}


def partial_values(appraised: Appraised, draws: Draws) -> Array:
    """What each rule gives to each alternative at a weight of 1, in every draw: rules x alternatives x draws.

    Found by asking with all weight on one rule.
    """
    values = []
    for code in sorted(RULES.rules):
        drawing = OneRule(appraised.found, RULES, draws)
        drawing.code = code
        values.append(np.hstack([drawn.fits for drawn in drawing]))
    return np.stack(values) - NEUTRAL


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
    appraised, times = appraise(profile, RULES, CATALOGUE), Draws(draws, 1)
    weights = np.hstack([np.stack(list(block.weights(RULES).values())) for block in times.blocks()])
    by_rule = partial_values(appraised, times)
    table = Drawing(appraised.found, RULES, times).table
    ways = in_columns(np.append(table.starts, len(table.function)))
    options = len(by_rule[0]) // len(table.starts)
    order = np.argsort(table.function * options + table.option)
    values = by_rule[:, order].reshape(len(weights), -1, options, draws).transpose(1, 0, 2, 3)
    functions = len(values)
    weights /= weights.sum(axis=0)

    def drawing() -> list[NDArray[np.intp]]:
        parts = [first_of_each(drawn.fits, ways) for drawn in Drawing(appraised.found, RULES, times)]
        return list(table.option[np.hstack(parts)])

    def ranking() -> list[NDArray[np.intp]]:
        return [foremost(np.einsum("rd,rod->od", weights, of)) for of in values]

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
    profile = a_profile(30)
    appraised = appraise(profile, RULES, CATALOGUE)
    drawing = Drawing(appraised.found, RULES, Draws(10_000, 1))
    every(drawing)
    ratios, alone = [], []
    for _ in range(9):
        fast, slow = 10_000 / seconds(lambda: every(drawing)), 1 / seconds(lambda: plain(profile))
        ratios.append((fast, slow, fast / slow))
        here = seconds(lambda: evaluate([(profile, profile.functions)], RULES, CATALOGUE))
        alone.append((here, 1 / slow / here))
    fast, slow, ratio = medians(ratios)
    print(f"30 functions alone: {fast:,.0f} draws a second, plain Python {slow:,.0f}, ratio {ratio:,.0f}")
    here, ratio = medians(alone)
    print(f"30 functions as they stand: {here * 1e3:.1f} ms, ratio to plain Python {ratio:,.0f}")
    budget = settle(appraised).budget
    between = (budget.frontier[0].cost + budget.frontier[-1].cost) / 2
    tight = appraise(a_profile(30, round(between / 226_000, 2)), RULES, CATALOGUE)
    short = Drawing(tight.found, RULES, Draws(1_000, 1))
    (drawn,) = short
    one = min(seconds(lambda: Inside(tight, short).chosen(drawn)) for _ in range(9))
    print(f"30 functions, money half-way from the cheapest to the best: {1_000 / one:,.0f} portfolios a second")
    ways = Inside(tight, short).ways_in(drawn, np.arange(1_000))
    _, best = ways.best(ways.worths)
    room = (ways.costs.min(axis=0).sum(axis=0) + best) // 2
    one = min(seconds(lambda: choose_each(ways.costs, ways.worths, room)) for _ in range(9))
    print(f"the same where every draw must be chosen exactly: {1_000 / one:,.0f} portfolios a second")
    whole = seconds(lambda: with_confidence(settle(tight), tight, Draws(10_000, 1)))
    print(f"30 functions, 10,000 draws, alone and inside: {whole:.1f} s")
    large = appraise(a_profile(300), RULES, CATALOGUE)
    long = seconds(lambda: with_confidence(settle(large), large, Draws(10_000, 1)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"300 functions, 10,000 draws: {long:.1f} s, peak memory {peak:.0f} MB")
    beside_others()


if __name__ == "__main__":
    main()

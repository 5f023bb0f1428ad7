"""What docs/calibration.md measures: claims at other premiums, how often sure answers are accepted, what ratings move.

The claims are those of tests/claims.py and tests/test_vignettes.py: faithfulness to the sources, not truth.

Run: python benchmarks/calibration.py [DRAWS]
"""

from __future__ import annotations

import io
import re
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import claims
from claims import DECILES, MOVABLE, VIGNETTES, Vignette, drawn, found

from mba.knowledge.measures import RATED
from mba.results import FunctionResult
from mba.sureness import Level
from mba.terms import Option

TESTED = str(Path(claims.__file__).with_name("test_vignettes.py"))
POINTS = (0.1, 0.25, 0.5, 1, 2, 5)
"""Per cent of in-house cost a year for a point of fit; 1 is what is assumed."""
USUAL = 1
NOT_SMALL = 150_000
BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.0))


class Seen:
    """The claims that are tested, and those of which a test fails, as pytest reports them."""

    def __init__(self) -> None:
        self.claims: dict[str, list[str]] = {}
        self.failing: set[str] = set()

    @property
    def tested(self) -> set[str]:
        """All of them."""
        return {claim for named in self.claims.values() for claim in named}

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        """Which claims each test is of: by its name, its situations, or its docstring."""
        for item in items:
            if re.match(r"test_([maphb]\d\d)_|.*accepts\[", item.name):
                words = f"{item.name.upper()} {item.function.__doc__ or ''}"
                self.claims[item.nodeid] = re.findall(r"(?<![A-Z])[MAPHB]\d\d(?!\d)", words)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of what became of one test."""
        if report.failed:
            self.failing.update(self.claims.get(report.nodeid, ()))


def claims_at(point: float) -> Seen:
    """What fails where a point of fit is worth so many per cent."""
    seen = Seen()
    claims.premium = 10 * point
    with redirect_stdout(io.StringIO()):
        pytest.main(["--runxfail", "-q", "-p", "no:cacheprovider", TESTED], plugins=[seen])
    claims.premium = None
    return seen


class Answer(NamedTuple):
    """A situation, what was found in it, and how many of the options that are open the claim accepts, 0-1."""

    vignette: Vignette
    found: FunctionResult
    by_guess: float

    @property
    def often(self) -> float:
        """How often what is recommended came out, 0-1."""
        return (self.found.confidence and self.found.confidence.often) or 0.0

    @property
    def accepted(self) -> bool:
        """Whether what is recommended is accepted."""
        return self.found.recommendation in self.vignette.accepts

    @property
    def rival_accepted(self) -> bool:
        """Whether the rival is."""
        return self.found.rival in self.vignette.accepts


def answers(draws: int) -> list[Answer]:
    """Every situation once, but those that no draw could move."""
    found = []
    for vignette in {(each.profile().model_dump_json(), each.accepts): each for each in VIGNETTES}.values():
        (function,) = drawn(vignette.profile(), draws).functions
        open_ = [option for option, result in function.options.items() if result.available]
        if function.has_rival:
            share = sum(option in vignette.accepts for option in open_) / len(open_)
            found.append(Answer(vignette, function, share))
    return found


def share(some: Sequence[Answer], of: Callable[[Answer], float]) -> str:
    """The mean in per cent."""
    return f"{statistics.fmean(of(answer) for answer in some):.0%}" if some else "-"


def row(label: str, some: Sequence[Answer]) -> str:
    """A row of the table on what is accepted."""
    of_claims = len({answer.vignette.claim for answer in some})
    cells = [label, str(len(some)), str(of_claims), share(some, lambda each: each.accepted)]
    return f"| {' | '.join([*cells, share(some, lambda each: each.by_guess)])} |"


def premiums() -> None:
    """Print how many claims hold at each premium, and which turn."""
    runs = {point: claims_at(point) for point in POINTS}
    usual = runs[USUAL].failing
    print("| a point is worth, % of in-house cost | claims that hold | also hold | no longer hold |")
    print("| ---: | ---: | --- | --- |")
    for point, run in runs.items():
        gained, lost = (", ".join(sorted(some)) or "-" for some in (usual - run.failing, run.failing - usual))
        print(f"| {point:g} | {len(run.tested) - len(run.failing)} of {len(run.tested)} | {gained} | {lost} |")


def by_band(every: Sequence[Answer]) -> None:
    """Print how often what is recommended is accepted, by how often it came out."""
    print("\n| what is recommended came out in | situations | claims | accepted | a guess would be |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for low, high in BANDS:
        some = [each for each in every if low <= each.often < high or each.often == high == 1]
        print(row(f"{low:.0%} to {high:.0%} of draws", some))
    print(row("all", every))


def reliability(draws: int) -> None:
    """Print how often what is recommended is accepted: in bands, without small organisations, and by level."""
    every = answers(draws)
    by_band(every)
    by_band([each for each in every if each.vignette.population >= NOT_SMALL])
    print("\n| level | situations | claims | accepted | a guess would be |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for level in (Level.ROBUST, Level.LEANING, Level.OPEN):
        print(row(level.value, [each for each in every if each.found.level is level]))
    some = [each for each in every if each.found.is_open]
    rival, either = (
        share(some, of) for of in (lambda each: each.rival_accepted, lambda each: each.accepted or each.rival_accepted)
    )
    print(f"\nof {len(some)} open: the rival is accepted in {rival}, one of the two in {either}")
    for each in every:
        if not each.accepted:
            print(f"{each.found.level}, {each.often:.2f}, not accepted: {each.vignette}", file=sys.stderr)


def answered(neighbours: int, **ratings: int) -> list[Option]:
    """What is recommended for every function that can move, one by one, in groups of every size."""
    return [
        found(id_, thousands * 1_000, neighbours=neighbours, **ratings).recommendation
        for thousands in DECILES
        for id_ in MOVABLE
    ]


def moved() -> None:
    """Print what share of recommendations one rating moves where it stands at an end of its scale."""
    print("\n| rating | nobody to share with, at 1 | at 5 | a partner, at 1 | at 5 |")
    print("| --- | ---: | ---: | ---: | ---: |")
    usual = [answered(neighbours) for neighbours in (0, 1)]
    for rating in RATED:
        shares = []
        for neighbours, before in enumerate(usual):
            for end in (1, 5):
                after = answered(neighbours, **{rating: end})
                shares.append(statistics.fmean(one is not other for one, other in zip(before, after, strict=True)))
        print(f"| {rating} | {' | '.join(f'{share:.0%}' for share in shares)} |")


def main() -> None:
    """Print the tables."""
    moved()
    reliability(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    premiums()


if __name__ == "__main__":
    main()

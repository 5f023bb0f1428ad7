"""Two profiles of 300 functions: `mba diff` beside `mba assess` of both, as whole processes.

Twelve inputs differ, most of them of the organisation and of those on offer, so that most functions have to be
appraised anew. Ratings, costs and flags are random, from a fixed seed.

Run: python benchmarks/diff.py
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import yaml

import mba as package
from mba.compare.causes import Causes
from mba.compare.compare import compare
from mba.decide.decide import appraise, settle
from mba.knowledge.measures import RATED
from mba.load.knowledge import Knowledge, load_catalogue
from mba.profile import Profile

RULES, CATALOGUE = Knowledge().rules, load_catalogue()
NUMBER = 300


def two_profiles(per_head: float) -> tuple[Profile, Profile]:
    """A profile, and the same with twelve inputs changed."""
    random = Random(7)  # noqa: S311 - nothing is secret here
    flags: tuple[list[str], ...] = (
        [],
        ["core"],
        ["relational"],
        ["transactional"],
        ["relational", "transactional"],
        ["core", "relational"],
    )
    data: dict[str, Any] = {
        "organisation": {"name": "x", "population": 226_000, "budget_per_head": per_head},
        "partners": [{"id": "hillside", "population": 190_000, "trust": 4}],
        "suppliers": [{"id": "csu", "trust": 3, "stability": 3}, {"id": "acme", "trust": 4, "stability": 4}],
        "functions": [
            {
                "id": f"f{i}",
                "flags": random.choice(flags),
                "annual_cost": random.randrange(40_000, 600_000, 1_000),
                "ratings": {measure: random.randint(1, 5) for measure in random.sample(RATED, 3)},
            }
            for i in range(NUMBER)
        ],
    }
    before = Profile.model_validate(data)
    data["organisation"] |= {
        "population": 250_000,
        "client_capability": 4,
        "rurality": "rural",
        "committed_costs": 400_000,
        "budget_per_head": per_head * 0.97,
    }
    data["partners"][0]["trust"] = 3
    data["suppliers"][0] |= {"trust": 4, "stability": 2}
    data["suppliers"][1]["local_presence"] = 2
    data["functions"][0]["annual_cost"] *= 2
    data["functions"][1]["current"] = "make"
    data["functions"][2]["flags"] = ["core", "relational", "transactional"]
    return before, Profile.model_validate(data)


def seconds(*command: str) -> float:
    """Processor seconds of a command, as a whole process."""
    before = os.times()
    subprocess.run((str(Path(sys.executable).parent / "mba"), *command), check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print a line for a budget that binds in one, in both and in neither."""
    compileall.compile_dir(Path(package.__file__).parent, quiet=1)  # As an installed package is.
    budget = settle(appraise(two_profiles(1_000)[0], RULES, CATALOGUE)).budget
    cheapest, best = budget.frontier[0].cost / 226_000, (budget.preferred_cost or 0) / 226_000
    with tempfile.TemporaryDirectory() as folder:
        for words, per_head in (
            ("binds in both", cheapest * 0.5 + best * 0.5),
            ("binds afterwards", best * 1.005),
            ("never binds", best * 1.5),
        ):
            profiles = two_profiles(round(per_head, 2))
            paths = [Path(folder) / f"{side}.yaml" for side in ("before", "after")]
            for path, profile in zip(paths, profiles, strict=True):
                path.write_text(yaml.safe_dump(profile.model_dump(mode="json", exclude_defaults=True)), "utf-8")
            before, after = map(str, paths)
            rows = [
                (seconds("diff", before, after), seconds("assess", before) + seconds("assess", after)) for _ in range(3)
            ]
            ours, both = (statistics.median(column) for column in zip(*rows, strict=True))
            ratio = statistics.median(mine / theirs for mine, theirs in rows)
            causes = Causes(*profiles, RULES, CATALOGUE)
            decisions = [settle(appraise(profile, RULES, CATALOGUE)) for profile in profiles]
            changes = compare(decisions[0], decisions[1], causes).changes
            sizes = sorted({len(change.causes) for change in changes})
            print(
                f"{words}: {len(causes.inputs)} inputs differ, {len(changes)} answers change, "
                f"{sum(c.proved for c in changes)} causes "
                f"proved, of {sizes} inputs each, in {len(causes.tried)} trials: {ours:.1f} s; assessing both "
                f"{both:.1f} s; {ratio:.1f} x (aim 3)"
            )


if __name__ == "__main__":
    main()

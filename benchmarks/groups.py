"""All groups of 2013 at once, beside one by one: processor time of the answers alone, and its ratio, in one run.

Every group is read beforehand. With the path of another tree, such as a worktree of an earlier commit, each group is
also decided by that, one by one. Last comes how sure every group's answers are, by 10,000 draws each that are all
chosen inside the money, at two budgets a head: each beside the answers alone, one by one.

Run: python benchmarks/groups.py CCGS_CSV [TREE]
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from england import CATALOGUE, EVERYBODY, FUNCTIONS, RULES, Run, found_of, profile_of

from mba.decide.decide import appraise, decide, settle
from mba.profile import Profile
from mba.sensitivity.acceptability import with_confidence
from mba.sensitivity.hypercube import Draws

ROUNDS = 7
DRAWS = Draws(10_000, 1)
PER_HEAD = (25.0, 22.07)
"""£: the allowance of 2013, and that of 2015-16."""

THEIRS = """
import sys, time
from mba.decide.decide import decide
from mba.load.knowledge import load_catalogue, load_rules
from mba.profile import Profile
rules, catalogue = load_rules(), load_catalogue()
profiles = [Profile.model_validate_json(line) for line in sys.stdin]
spent = []
for _ in range(2):
    start = time.process_time()
    for profile in profiles:
        decide(profile, rules, catalogue)
    spent.append(time.process_time() - start)
print(min(spent))
"""
"""What the other tree runs on the same profiles, a line each."""


def spent(of: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor seconds of some rounds."""
    found = []
    for _ in range(rounds):
        start = time.process_time()
        of()
        found.append(time.process_time() - start)
    return min(found)


def theirs(tree: str, profiles: list[Profile]) -> float:
    """The processor seconds of another tree, one by one."""
    lines = "\n".join(profile.model_dump_json(exclude_unset=True, exclude_none=True) for profile in profiles)
    environment = {**os.environ, "PYTHONPATH": str(Path(tree) / "src"), "OMP_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", THEIRS], input=lines, env=environment, capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def main() -> None:
    """Print a line for nobody willing, and one for all neighbours willing."""
    data, *trees = sys.argv[1:]
    with Path(data).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    people = {row["ods_code"]: int(row["ons_adjusted_pop_2013"]) for row in rows}
    for name, run in (("no neighbours", Run("", 0)), ("all neighbours", Run("", EVERYBODY))):
        profiles = [profile_of(row, people, run) for row in rows]
        ours, alone = spent(partial(found_of, profiles, run)), spent(partial(one_by_one, profiles), 1)
        said = f"{len(rows)} groups of {len(FUNCTIONS)} functions, {name} willing: {ours * 1e3:.0f} ms at once, "
        said += f"with all reasons one by one {alone / ours:.0f} times as long"
        for tree in trees:
            said += f", by the other tree one by one {theirs(tree, profiles) / ours:.0f} times"
        sys.stdout.write(f"{said}\n")
    for per_head in PER_HEAD:
        profiles = [profile_of(row, people, Run("", 1)) for row in rows]
        paid = [with_budget(profile, per_head) for profile in profiles]
        drawn, alone = spent(partial(sure, paid), 1), spent(partial(one_by_one, paid), 1)
        said = f"{len(rows)} groups at £{per_head:.2f} a head, {DRAWS.number:,} draws each: {drawn:.0f} s in all"
        sys.stdout.write(f"{said}, {drawn / alone:.0f} times the answers alone\n")


def with_budget(profile: Profile, per_head: float) -> Profile:
    """A group with another allowance, £ a head."""
    organisation = profile.organisation.model_copy(update={"budget_per_head": per_head})
    return profile.model_copy(update={"organisation": organisation})


def sure(profiles: Sequence[Profile]) -> None:
    """How sure the answers of each group are."""
    for profile in profiles:
        appraised = appraise(profile, RULES, CATALOGUE)
        with_confidence(settle(appraised), appraised, DRAWS)


def one_by_one(profiles: Sequence[Profile]) -> None:
    """Each group decided by itself."""
    for profile in profiles:
        decide(profile, RULES, CATALOGUE)


if __name__ == "__main__":
    main()

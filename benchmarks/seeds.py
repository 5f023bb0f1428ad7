"""How often another seed moves a level: the example profiles, 20 seeds beside the first.

Run: python benchmarks/seeds.py [SEEDS]
"""

from __future__ import annotations

import sys
from pathlib import Path

from mba.decide.decide import appraise, settle
from mba.load.knowledge import Knowledge, load_catalogue
from mba.load.profiles import load_profile
from mba.results import Decision
from mba.sensitivity.acceptability import USUAL, usual_exact, with_confidence
from mba.sensitivity.hypercube import Draws

RULES, CATALOGUE = Knowledge().rules, load_catalogue()


def drawn(path: Path, seed: int) -> Decision:
    """The decision on a profile with as many draws as are usual."""
    profile = load_profile(str(path))
    appraised = appraise(profile, RULES, CATALOGUE)
    decision, exact = settle(appraised), usual_exact(len(profile.functions))
    return with_confidence(decision, appraised, Draws(USUAL, seed), exact)


def main() -> None:
    """Print a line for each profile, and one for all."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    differ = every = 0
    for path in sorted((Path(__file__).parent.parent / "profiles").glob("*.yaml")):
        first, *others = (drawn(path, seed).functions for seed in range(1, seeds + 1))
        pairs = [pair for other in others for pair in zip(first, other, strict=True) if pair[0].has_rival]
        moved = sum(one.level is not two.level for one, two in pairs)
        most = max(abs(one.often() - two.often()) for one, two in pairs)
        print(f"{path.stem}: {moved} of {len(pairs)} levels differ; percentages by up to {100 * most:.1f}")
        differ, every = differ + moved, every + len(pairs)
    print(f"{differ} of {every}, {differ / every:.2%}")


if __name__ == "__main__":
    main()

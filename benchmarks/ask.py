"""What answering all that `mba ask` asks brings: how many answers are robust or leaning before and after.

The true answers are drawn from what is uncertain before they are asked: for each example some respondents, each with
ratings and costs of their own. With KILLS, `ask` is also killed so often at random moments, and the file looked at.

Run: python benchmarks/ask.py [RESPONDENTS [DRAWS [KILLS]]]
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mba.answer import Asked
from mba.asking import Asking
from mba.inputs import FUNCTIONS
from mba.load.knowledge import Knowledge
from mba.load.profiles import load_profile
from mba.ratings import MIDDLE
from mba.results import Decision
from mba.sensitivity.draws import half_range
from mba.sureness import Level, Question
from mba.terms import Option

PROFILES = Path(__file__).parent.parent / "profiles"
UNCERTAINTY = Knowledge().rules.uncertainty


def sure(decision: Decision) -> int:
    """How many answers are robust or leaning."""
    return sum(function.level in (Level.ROBUST, Level.LEANING) for function in decision.functions)


def truth(asked: Question, decision: Decision, at: float) -> int:
    """The answer of somebody whose rating, or cost, lies somewhere in its range, from -1 to 1."""
    if asked.group != FUNCTIONS:
        return round(MIDDLE + UNCERTAINTY.rating_assumed.value * at)
    function = next(function for function in decision.functions if function.id == asked.of)
    if not asked.input.is_rating:
        return round(
            (function.options[Option.MAKE].cost.pounds or 100_000) * (1 + UNCERTAINTY.cost_estimated.value * at)
        )
    rated = function.ratings[asked.key]
    return min(5, max(1, round(rated.value + half_range(rated.basis, UNCERTAINTY) * at)))


def answered(path: Path, draws: int, respondent: int) -> tuple[int, int, int]:
    """How many are sure before and after all that is asked is answered, and how many questions it takes."""
    asking, ranges = Asking(str(path), Asked(draws=draws), dry=True), random.Random(respondent)  # noqa: S311 - not for secrets
    before = sure(asking.decision)
    while asked := asking.next():
        asking.give(asked, truth(asked, asking.decision, ranges.uniform(-1, 1)))
    return before, sure(asking.decision), len(asking.put)


def killed(times: int) -> int:
    """In how many of so many runs, killed at random moments, the file was not one of those that an answer makes."""
    wrong, text = 0, (PROFILES / "riverside.yaml").read_bytes()
    moments = random.Random(1)  # noqa: S311 - not for secrets
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.yaml"
        path.write_bytes(text)
        asking, whole = Asking(str(path), Asked(draws=500), dry=True), {text}
        while asked := asking.next():
            asking.give(asked, 4)
            whole.add(asking.data)
        for _ in range(times):
            path.write_bytes(text)
            words = [sys.executable, "-m", "mba", "ask", str(path), "--draws", "500"]
            with subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
                if process.stdin:
                    process.stdin.write(b"4\n" * 100)
                    process.stdin.flush()
                time.sleep(moments.uniform(0.3, 2.5))
                process.kill()
            wrong += path.read_bytes() not in whole
            load_profile(str(path))
    return wrong


def main() -> None:
    """Print a line for each example, and one for the kills."""
    respondents, draws, kills = [*map(int, sys.argv[1:]), *(10, 2_000, 0)[len(sys.argv) - 1 :]]
    for path in sorted(PROFILES.glob("*.yaml")):
        runs = [answered(path, draws, respondent) for respondent in range(respondents)]
        before, after, asked = (sum(figures) / respondents for figures in zip(*runs, strict=True))
        fewer = sum(one[1] < one[0] for one in runs)
        gain = f"sure {before:.0f} -> {after:.1f} after {asked:.1f} questions"
        print(f"{path.stem}: {gain}; fewer in {fewer} of {respondents}")
    if kills:
        print(f"killed {kills} times: {killed(kills)} files that no answer makes")


if __name__ == "__main__":
    main()

"""The choice beside an independent solver, HiGHS on one thread, in one run: medians of processor time, and their ratio.

Run: python benchmarks/choose.py [INSTANCES]
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from choosing import choose
from highs import solve
from test_choose import between, functions

from mba.decide.portfolio import Item


def main() -> None:
    """Print a line for each size."""
    instances = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for number in (30, 300):
        rng = random.Random(number)  # noqa: S311 - the same instances every time
        mine, theirs, ratios = [], [], []
        for _ in range(instances):
            of = functions(rng, number)
            capacity = between(rng, of)
            start = time.process_time()
            chosen = choose(of, capacity)
            middle = time.process_time()
            value = solve(of, capacity)
            end = time.process_time()
            if value != (chosen.value if chosen.picks else None) or chosen.gap:
                sys.exit("the two differ")
            mine.append(middle - start)
            theirs.append(end - middle)
            ratios.append((end - middle) / (middle - start))
        print(
            f"{number} x 4, {instances} instances: choose {statistics.median(mine) * 1e3:.2f} ms (most "
            f"{max(mine) * 1e3:.1f}), "
            f"HiGHS {statistics.median(theirs) * 1e3:.1f} ms, HiGHS / choose {statistics.median(ratios):.0f}, "
            "all values equal"
        )
    rng = random.Random(5)  # noqa: S311 - the same instance every time
    hard = [[Item(cost, cost) for cost in (rng.randint(10_000, 300_000) for _ in range(4))] for _ in range(30)]
    capacity = sum(min(items).cost + max(items).cost for items in hard) // 2
    start = time.process_time()
    chosen = choose(hard, capacity)
    print(
        f"value equal to cost, 30 x 4: {time.process_time() - start:.1f} s, gap "
        f"{chosen.gap / chosen.value:.6%} of the value"
    )


if __name__ == "__main__":
    main()

"""Whole commands on large profiles, in processor time and its minima, each beside another in the same run.

`mba assess` of 1,000 functions with 3 suppliers and 3 partners, and of 30 functions with 30 of each, where the money
is enough and where it is short; and `mba explain` beside `mba assess`. With the path of another tree, such as a
worktree of an earlier commit, each command is also run there, in turn with ours.

Run: python benchmarks/sizes.py [ROUNDS] [TREE]
"""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import mba as package
from mba.load.knowledge import load_catalogue
from mba.terms import OrganisationKind

OURS = Path(package.__file__).parent.parent
AMPLE, SHORT = 60, 25
"""£ a head: more than everything costs, and less."""


def profile_of(folder: str, functions: int, others: int, per_head: int) -> str:
    """A profile of so many functions with so many suppliers and as many partners; the path of its file."""
    catalogue = load_catalogue()
    known = [catalogue.functions[id_] for id_ in catalogue.whole(OrganisationKind.CCG)]
    lines = [f"organisation: {{name: Riverside CCG, population: 226000, budget_per_head: {per_head}}}", "partners:"]
    lines += [f"  - {{id: p{i}, population: {150_000 + 9_000 * i}, trust: {2 + i % 4}}}" for i in range(others)]
    lines += ["suppliers:"]
    lines += [f"  - {{id: s{i}, trust: {2 + i % 4}, stability: {2 + i % 3}}}" for i in range(others)]
    lines += ["functions:"]
    for i in range(functions):
        flags = ", ".join(known[i % len(known)].flags)
        pounds = round(7_500_000 / functions * (0.5 + (i * 37 % 101) / 101))
        lines.append(f"  - {{id: f{i}, flags: [{flags}], annual_cost: {pounds}}}")
    path = Path(folder) / f"{functions}-{others}-{per_head}.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def spent(tree: Path, *arguments: str) -> tuple[float, float]:
    """Processor seconds of a command of a tree, and its peak memory in megabytes."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "mba", *arguments]
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1_024


def least(rounds: int, commands: dict[str, tuple[Path, tuple[str, ...]]]) -> dict[str, tuple[float, float]]:
    """The least processor seconds and the most memory of each command, over some rounds of each in turn."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (tree, arguments) in commands.items():
            found[name].append(spent(tree, *arguments))
    return {name: (min(s for s, _ in runs), max(m for _, m in runs)) for name, runs in found.items()}


def main() -> None:
    """Print a line for each measurement."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    trees = {"ours": OURS}
    if len(sys.argv) > 2:  # noqa: PLR2004 - the path of another tree
        trees["theirs"] = Path(sys.argv[2]) / "src"
    for tree in trees.values():
        compileall.compile_dir(tree, quiet=1)  # As an installed package is.
    with tempfile.TemporaryDirectory() as folder:
        for functions, others in ((1_000, 3), (30, 30)):
            for label, per_head in (("ample", AMPLE), ("short", SHORT)):
                path = profile_of(folder, functions, others, per_head)
                commands: dict[str, tuple[Path, tuple[str, ...]]] = {}
                for name, tree in trees.items():
                    commands[f"assess, {name}"] = tree, ("assess", path)
                    if functions == others:
                        commands[f"explain, {name}"] = tree, ("explain", path, "f3")
                found = least(rounds, commands)
                print(f"{functions} functions x {others} suppliers x {others} partners, money {label}")
                whole = found["assess, ours"][0]
                for name, (seconds, memory) in found.items():
                    ratio = seconds / whole
                    print(f"  {name:16} {seconds:6.2f} s, {memory:4.0f} MB, {ratio:5.2f} x our assess", flush=True)


if __name__ == "__main__":
    main()

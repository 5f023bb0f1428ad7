"""Start-up beside its floors, as ratios measured in turn in one run.

`mba --version` beside importing typer; `mba assess` of 30 functions, without draws and with as many as it makes when
not told, beside importing what it must have: typer, yaml, rich's console and table, and pydantic's BaseModel. Medians
of whole processes, user and system time and wall time.

Run: python benchmarks/startup.py [ROUNDS]
"""

from __future__ import annotations

import compileall
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mba as package
from mba.load.knowledge import load_catalogue
from mba.terms import OrganisationKind

FLOOR = "import typer, yaml, rich.console, rich.table; from pydantic import BaseModel"


def profile_of_30(folder: str) -> str:
    """A profile of the thirty functions of a group, a partner and two suppliers; the path of its file."""
    lines = [
        "organisation: {name: Riverside CCG, population: 226000}",
        "partners: [{id: hillside, population: 190000, trust: 4}]",
        "suppliers:",
        "  - {id: central-csu, trust: 3, stability: 2, population_served: 3500000}",
        "  - {id: acme, kind: private, trust: 3, stability: 4, local_presence: 2}",
        "functions:",
    ]
    lines += [
        f"  - {{id: {id_}, annual_cost: {100_000 + 7_000 * i}, ratings: {{asset_specificity: {1 + i % 5}}}}}"
        for i, id_ in enumerate(load_catalogue().whole(OrganisationKind.CCG))
    ]
    path = Path(folder) / "thirty.yaml"
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall and processor seconds of one run of the command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the medians and their ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    mba = str(Path(sys.executable).parent / "mba")
    compileall.compile_dir(Path(package.__file__).parent, quiet=1)  # As an installed package is.
    with tempfile.TemporaryDirectory() as folder:
        path = profile_of_30(folder)
        pairs = {
            "mba --version": ([mba, "--version"], [sys.executable, "-c", "import typer"], 1.25),
            "mba assess --draws 0": ([mba, "assess", path, "--draws", "0"], [sys.executable, "-c", FLOOR], 1.5),
            "mba assess": ([mba, "assess", path], [sys.executable, "-c", FLOOR], 3.0),
        }
        for name, (command, floor, aim) in pairs.items():
            seconds(command), seconds(floor)  # Once uncounted: files are read from the disk.
            runs = [(seconds(command), seconds(floor)) for _ in range(rounds)]
            for kind, i in (("wall", 0), ("processor", 1)):
                mine = statistics.median(run[0][i] for run in runs)
                theirs = statistics.median(run[1][i] for run in runs)
                ratio = statistics.median(run[0][i] / run[1][i] for run in runs)
                print(f"{name:26} {kind:10} {mine:.3f} s, floor {theirs:.3f} s, ratio {ratio:.2f} (aim {aim})")


if __name__ == "__main__":
    main()

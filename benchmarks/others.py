"""First ranks by others, for benchmarks/stress.py.

By a library of multi-criteria methods, pymcdm, and by the R package smaa. Both are handed what is drawn already.
Weights are rules x draws, and add up to one in each draw; values are functions x rules x options x draws: what a rule
gives to an option at a weight of 1.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RSCRIPT = shutil.which("Rscript")


def has_library() -> bool:
    """Whether pymcdm is installed."""
    return importlib.util.find_spec("pymcdm") is not None


def has_package() -> bool:
    """Whether R is installed, and its package smaa."""
    return RSCRIPT is not None and not subprocess.run([RSCRIPT, "-e", "library(smaa)"], capture_output=True).returncode  # noqa: PLW1510 - its failure is the answer


def by_library(weights: Array, values: Array) -> Callable[[bool], tuple[float, list[list[int]]]]:
    """Ranks each function in each draw by a weighted sum: seconds, and who comes first.

    With or without pymcdm's checks.
    """
    methods: Any = importlib.import_module("pymcdm.methods")
    method: Any = methods.WSM(lambda column, cost: column)  # noqa: ARG005 - values are on one scale already
    kinds = np.ones(len(weights), dtype=int)
    each = np.ascontiguousarray(weights.T)
    matrices = np.ascontiguousarray(values.transpose(0, 3, 2, 1))

    def run(checked: bool) -> tuple[float, list[list[int]]]:
        start = time.perf_counter()
        first = [
            [
                int(np.argmin(method.rank(method(matrix, weight, kinds, validation=checked))))
                for matrix, weight in zip(function, each, strict=True)
            ]
            for function in matrices
        ]
        return time.perf_counter() - start, first

    return run


def by_package(weights: Array, values: Array) -> tuple[float, list[list[int]]]:
    """Seconds inside R's smaa() alone, and how often each option comes first in each function."""
    functions, criteria, options, draws = values.shape
    with tempfile.NamedTemporaryFile() as file:
        weights.tofile(file)
        values.tofile(file)
        file.flush()
        sizes = map(str, (functions, draws, options, criteria))
        words = [str(RSCRIPT), str(Path(__file__).with_suffix(".R")), file.name, *sizes]
        printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    *counts, spent = printed.strip().splitlines()
    return float(spent), [[int(float(count)) for count in line.split()] for line in counts]

"""Random numbers: a stream for each thing that is drawn, so that its own do not depend on what else is in the file.

Each stream is stratified: of every thousand draws one lies in each thousandth of the range (Latin hypercube sampling,
McKay, Beckman & Conover 1979), so that a share found over them hardly depends on the seed.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from mba.decide.alternatives import Places
from mba.decide.score import Weights
from mba.knowledge.degrees import Real
from mba.knowledge.rules import RuleSet

HYPERCUBE = 1_000
"""Draws of one Latin hypercube."""


class Draws(NamedTuple):
    """How many times, and from which seed."""

    number: int
    seed: int

    def blocks(self) -> Iterator["Hypercube"]:
        """The draws in Latin hypercubes."""
        for number, start in enumerate(range(0, self.number, HYPERCUBE)):
            yield Hypercube(self.seed, number, min(HYPERCUBE, self.number - start))


class Hypercube(NamedTuple):
    """One Latin hypercube of draws."""

    seed: int
    number: int
    size: int

    def evenly(self, rows: int, *names: str) -> Real:
        """Numbers from -1 to 1 for a thing: each row has the middle of each of as many equal parts as there are draws.

        The order of each row is its own.
        """
        return self.line(rows, *names).take(read_from(rows, self.size))

    def line(self, rows: int, *names: str) -> Real:
        """What so many rows of a thing, by its names, read: the same on every machine, whatever else is drawn."""
        digest = hashlib.sha256("/".join((str(self.seed), str(self.number), *names)).encode()).digest()
        rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))
        middles = _middles(self.size)
        if _are_few(rows, self.size):
            return rng.permuted(np.tile(middles, (rows, 1)), axis=1).ravel()
        return rng.permutation(middles)

    def weights(self, rules: RuleSet) -> Weights:
        """A weight for each rule in each draw: Dirichlet(1) over all rules, times their number, so the mean is 1."""
        codes = sorted(rules.rules)
        evenly = np.concatenate([self.evenly(1, "rule", code) for code in codes])
        raw = -np.log((1 - evenly) / 2)
        raw *= len(codes) / raw.sum(axis=0)
        return dict(zip(codes, raw, strict=True))


@cache
def _middles(size: int) -> Real:
    """The middles of so many equal parts of what lies from -1 to 1, in order."""
    return (2 * np.arange(size) + 1) / size - 1


@cache
def read_from(rows: int, size: int) -> Places:
    """Where in its line of random numbers each row reads so many.

    All read one random order round, from starts no two pairs of which are equally far apart; of few, each its own.
    """
    if _are_few(rows, size):
        return np.arange(rows * size).reshape(rows, size)
    return (starts_of(rows)[:, np.newaxis] + np.arange(size)) % size


def _are_few(rows: int, size: int) -> bool:
    """Whether draws are too few for so many starts."""
    return size < 2 * int(starts_of(rows)[-1])


@cache
def starts_of(number: int) -> Places:
    """The first so many numbers no two pairs of which differ by the same (Mian & Chowla 1944), less one."""
    starts, apart = [0], {0}
    while len(starts) < number:
        start = starts[-1] + 1
        while any(start - earlier in apart for earlier in starts):
            start += 1
        apart |= {start - earlier for earlier in starts}
        starts.append(start)
    return np.array(starts)

"""Of `make mutants`, what is wrong without a run: a change that is listed as alike has to be one that is tried."""

from __future__ import annotations

from random import Random

from mutants import ALIKE, sample


def test_what_is_listed_as_alike_is_one_change_of_the_program() -> None:
    every = [mutant.words for mutant in sample(Random(1))]  # noqa: S311 - in whatever order

    assert [words for words in ALIKE if every.count(words) != 1] == []

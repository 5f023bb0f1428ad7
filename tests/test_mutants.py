"""Of `make mutants`, what is wrong without a run: a change that is listed as alike has to be one that is tried."""

from __future__ import annotations

from random import Random

import pytest
from mutants import ALIKE, ROUND, reason, sample


@pytest.mark.slow
def test_what_is_listed_as_alike_is_one_change_of_the_program() -> None:
    every = [mutant.words for mutant in sample(Random(1)) if reason(mutant)]

    assert [words for words in ALIKE if every.count(words) != 1] == []
    for module, names in ROUND.items():
        for name in names:
            assert any(words.startswith(module) and f", in: {name}" in words for words in every), name

"""The fuzzes of what people write and of the whole program (`make fuzz MINUTES=2`), for a moment."""

from __future__ import annotations

import fuzz_program
import pytest
from fuzz import fuzz


@pytest.mark.slow
def test_whatever_people_write_is_taken_or_told_with_a_hint_that_helps() -> None:
    seen = fuzz(1, 1_500)
    assert min(seen["scenarios"], seen["profiles"]) > 500
    assert seen["hints obeyed"] > 400
    assert seen["loads then"] > 100


@pytest.mark.slow
def test_whatever_files_come_the_program_ends_as_it_must_and_writes_nothing_by_halves() -> None:
    seen, faults = fuzz_program.fuzz(1, 210)
    assert list(faults.values()) == []
    assert min(seen[kind] for kind in fuzz_program.KINDS) == 30
    assert min(seen[kind] - seen[f"{kind} refused"] for kind in fuzz_program.KINDS) >= 3

"""The fuzz of names, figures and paths (`make fuzz MINUTES=2`), for a moment and always the same."""

from __future__ import annotations

import pytest
from fuzz import fuzz


@pytest.mark.slow
def test_whatever_people_write_is_taken_or_told_with_a_hint_that_helps() -> None:
    seen = fuzz(1, 1_500)
    assert min(seen["scenarios"], seen["profiles"]) > 500
    assert seen["hints obeyed"] > 400
    assert seen["loads then"] > 100

"""What holds of the choice whatever the numbers are."""
from __future__ import annotations
from hypothesis import given
from strategies import Data, examples
from whole_profiles import whole_profiles
from mba.load.profiles import inconsistencies
from mba.profile import Profile

@given(data=whole_profiles())
@examples(300)
def test_what_is_drawn_is_valid(data: Data) -> None:
    Profile.model_validate(data)
    assert not list(inconsistencies(data))

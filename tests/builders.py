"""Small builders, so that a test says only what it is about."""

from __future__ import annotations

from typing import Any

import numpy as np

from mba.decide.alternatives import Appraised
from mba.decide.decide import decide
from mba.knowledge.rules import RuleSet
from mba.load.knowledge import load_catalogue, load_rules
from mba.profile import Profile
from mba.results import Decision, FunctionResult
from mba.sensitivity.draws import Common, Draws, Stress, draw_common, drawn_for

RULES = load_rules()
CATALOGUE = load_catalogue()


def a_function(id: str = "contract-negotiation", **keys: Any) -> dict[str, Any]:  # noqa: A002 - the profile's own key
    return {"id": id, "flags": ["core", "relational"], **keys}


def a_partner(id: str = "hillside", **keys: Any) -> dict[str, Any]:  # noqa: A002 - the profile's own key
    return {"id": id, "population": 190_000, "trust": 4, **keys}


def a_supplier(id: str = "central-csu", **keys: Any) -> dict[str, Any]:  # noqa: A002 - the profile's own key
    return {"id": id, "trust": 3, "stability": 3, "local_presence": 3, **keys}


def a_profile(
    *functions: dict[str, Any],
    partners: list[dict[str, Any]] | None = None,
    suppliers: list[dict[str, Any]] | None = None,
    **organisation: Any,
) -> Profile:
    """A profile of the functions (one by default), with nobody else on offer unless said."""
    return Profile.model_validate(
        {
            "organisation": {"name": "Riverside CCG", "population": 226_000, **organisation},
            "partners": partners or [],
            "suppliers": suppliers or [],
            "functions": list(functions) or [a_function()],
        }
    )


def decided(profile: Profile, rules: RuleSet = RULES) -> Decision:
    return decide(profile, rules, CATALOGUE)


def result(profile: Profile, id: str | None = None, rules: RuleSet = RULES) -> FunctionResult:  # noqa: A002
    """What was found for the one function of the profile, or for the one with the id."""
    found = decided(profile, rules).functions
    return next(function for function in found if id is None or function.id == id)


def draw_equally(appraised: Appraised, rules: RuleSet) -> dict[str, Stress]:
    """Two draws of everything, with every rule at its usual weight."""
    draws = Draws(2, 1)
    common = Common({code: np.ones(2) for code in rules.rules}, draw_common(appraised.profile, rules, draws).ratings)
    return {c.rated.function.id: drawn_for(appraised.profile, c, common, rules, draws) for c in appraised.before_money}

"""Small builders, so that a test says only what it is about."""

from __future__ import annotations

from typing import Any

import numpy as np

from mba.decide.decide import Appraised, decide
from mba.decide.score import Weights
from mba.knowledge.rules import RuleSet
from mba.load.knowledge import Knowledge, load_catalogue
from mba.profile import Profile
from mba.results import Decision, FunctionResult
from mba.sensitivity.draws import Drawing, Drawn
from mba.sensitivity.hypercube import Draws, Hypercube
from mba.terms import OrganisationKind

RULES = Knowledge().rules
CATALOGUE = load_catalogue()
THIRTY = CATALOGUE.whole(OrganisationKind.CCG)
"""The functions that a group of 2013 ran."""


def a_function(id: str = "contract-negotiation", **keys: Any) -> dict[str, Any]:
    return {"id": id, "flags": ["core", "relational"], **keys}


def a_partner(id: str = "hillside", **keys: Any) -> dict[str, Any]:
    return {"id": id, "population": 190_000, "trust": 4, **keys}


def a_supplier(id: str = "central-csu", **keys: Any) -> dict[str, Any]:
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


def result(profile: Profile, id_: str | None = None, rules: RuleSet = RULES) -> FunctionResult:
    """What was found for the one function of the profile, or for the one with the id."""
    found = decided(profile, rules).functions
    return next(function for function in found if id_ is None or function.id == id_)


class DrawingEqually(Drawing):
    """Draws in which every rule has its usual weight."""

    def weights(self, block: Hypercube) -> Weights:
        return {code: np.ones(block.size) for code in self.rules.rules}


def draw_equally(appraised: Appraised, rules: RuleSet, draws: int = 2) -> tuple[Drawing, Drawn]:
    """A few draws of everything, with every rule at its usual weight."""
    drawing = DrawingEqually(appraised.found, rules, Draws(draws, 1))
    return drawing, next(iter(drawing))

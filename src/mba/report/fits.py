"""Fits in tables, with the signs beside them."""

from __future__ import annotations

from mba.render.document import Line, Tone, text
from mba.report.words import TONES
from mba.results import FunctionResult
from mba.terms import Option

SIGNS = "▸ is the answer, ≈ one that is open, and × what is not available."


def marked_fit(function: FunctionResult, option: Option) -> Line:
    """How well an option fits; a sign says whether it is the answer or, being none, not available."""
    result = function.options[option]
    if option is function.recommendation:
        return text(f"{'≈' if function.is_open else '▸'}{result.fit}", TONES[option])
    if not result.available:
        return text(f"×{result.fit}", Tone.FAINT)
    return text(str(result.fit))

"""Fits in tables, with the signs beside them."""

from __future__ import annotations

from mba.render.document import Marked, Sign, Tone
from mba.report.words import TONES
from mba.results import FunctionResult
from mba.terms import Option

ANSWER = Sign("▸", "the answer", Tone.STRONG)
CLOSE_ANSWER = Sign("≈", "the answer, but open", Tone.STRONG)
NOT_OPEN = Sign("×", "not available", Tone.FAINT)


def marked_fit(function: FunctionResult, option: Option, answer: Sign = ANSWER) -> Marked:
    """How well an option fits; a sign says whether it is the answer or, being none, not available."""
    result = function.options[option]
    if option is function.recommendation:
        return Marked(result.fit, TONES[option], answer)
    if not result.available:
        return Marked(result.fit, TONES[option], NOT_OPEN)
    return Marked(result.fit, TONES[option])

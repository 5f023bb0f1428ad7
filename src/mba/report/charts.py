"""The bars of fit in tables."""

from __future__ import annotations

from mba.render.document import Bar, Sign, Tone
from mba.report.words import TONES
from mba.results import FunctionResult
from mba.terms import Option

ANSWER = Sign("▸", "the answer", Tone.STRONG)
CLOSE_ANSWER = Sign("≈", "the answer, but open", Tone.STRONG)
NOT_OPEN = Sign("×", "not available", Tone.FAINT)


def fit_bar(function: FunctionResult, option: Option, answer: Sign = ANSWER) -> Bar:
    """How well an option fits; a sign says whether it is the answer or, being none, not available."""
    result = function.options[option]
    if option is function.recommendation:
        return Bar(result.fit, TONES[option], answer)
    if not result.available:
        return Bar(result.fit, TONES[option], NOT_OPEN)
    return Bar(result.fit, TONES[option])

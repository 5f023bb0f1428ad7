"""Figures on a terminal, each with its sign."""

from __future__ import annotations

from rich.text import Text

from mba.render.document import Bar, Tone
from mba.render.lines import STYLES


def figure(bar: Bar) -> Text:
    """The sign of a figure and the figure; what stands out has the colour of its kind."""
    styles = {Tone.STRONG: STYLES[bar.tone], Tone.FAINT: STYLES[Tone.FAINT]}
    return Text(f"{bar.sign.mark or ' '}{bar.value:>2}", styles.get(bar.sign.tone, ""))

"""Bars on a terminal, for figures in a table."""

from __future__ import annotations

from rich.text import Text

from mba.render.document import Bar, Tone
from mba.render.lines import STYLES

WIDTHS = {8: 12, 4: 8, 0: 3}
"""Cells that a bar may take, most first, and how many with its sign and figure."""
_FILL = "█"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def figure(bar: Bar, width: int, *, ascii_only: bool) -> Text:
    """A bar of so many cells, its sign and its figure; without room for a bar, these alone."""
    of_bar, of_figure = _styles(bar)
    drawn = _drawn(bar.value / 100 * width, ascii_only=ascii_only)
    words = f"{' ' * bool(width)}{bar.sign.mark or ' '}{bar.value:>2}"
    return Text.assemble((f"{drawn:<{width}}", of_bar), (words, of_figure))


def _styles(bar: Bar) -> tuple[str, str]:
    """How a bar looks, and how its figure does."""
    if bar.sign.tone is Tone.STRONG:
        return STYLES[bar.tone], STYLES[Tone.STRONG]
    if bar.sign.tone is Tone.FAINT:
        return STYLES[Tone.FAINT], STYLES[Tone.FAINT]
    light = STYLES[bar.tone].removeprefix("bold ")
    return light, light


def _drawn(length: float, *, ascii_only: bool) -> str:
    """A bar as long as so many cells: to the eighth of a cell, where there are signs for it."""
    if ascii_only:
        return "#" * round(length)
    eighths = round(length * 8)
    return _FILL * (eighths // 8) + _EIGHTHS[eighths % 8]

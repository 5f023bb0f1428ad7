"""Bars on a terminal: one for a figure in a table, one for a whole and its parts."""

from __future__ import annotations

from itertools import accumulate, pairwise

from rich.text import Text

from mba.render.document import Bar, Shares, Tone
from mba.render.lines import STYLES, Sheet

WIDTHS = {8: 12, 4: 8, 0: 3}
"""Cells that a bar may take, most first, and how many with its sign and figure."""
_WIDEST = 60
_FILLS = {Tone.FAINT: "░"}
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


def whole(shares: Shares, sheet: Sheet) -> list[Text]:
    """One bar for the whole, and under it what each part is; a limit that the parts go beyond is marked."""
    numbers = [number for _, number, _ in shares.parts]
    total = sum(numbers) or 1
    over = shares.limit and shares.limit[1] < total
    room = min(sheet.width - bool(over), _WIDEST)
    ends = [round(room * sum_ / total) for sum_ in accumulate(numbers, initial=0.0)]
    bar = Text()
    for (name, _, tone), (start, end) in zip(shares.parts, pairwise(ends), strict=True):
        bar.append(_fill(name, tone, ascii_only=sheet.ascii_only) * (end - start), STYLES[tone])
    legend = [Text(name, STYLES[tone]) for name, _, tone in shares.parts]
    if shares.limit and over:
        name, most = shares.limit
        bar = Text("|").join(bar.divide([round(room * most / total)]))
        legend.append(Text(f"| {name}"))
    return [bar, *sheet.wrapped(Text("   ").join(legend))]


def _fill(name: str, tone: Tone, *, ascii_only: bool) -> str:
    """What a part is filled with: without colours or signs for it, the first letter of its name."""
    if ascii_only:
        return name[0].upper()
    return _FILLS.get(tone, _FILL)

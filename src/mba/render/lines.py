"""Lines of a terminal: how a tone looks there, and words that keep to a width."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from mba.render.document import Line, Tone

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.FAINT: "dim",
    Tone.FIRST: "bold bright_white on blue",
    Tone.SECOND: "black on cyan",
    Tone.THIRD: "bold bright_white on magenta",
    Tone.FOURTH: "black on yellow",
    Tone.WARNING: "bold red",
}
"""Both colours are given where one alone could not be read on a light and on a dark background."""


def styled(line: Line) -> Text:
    """A line of a document with the styles of its tones."""
    return Text.assemble(*((span.text, STYLES[span.tone]) for span in line))


def padded(words: Text, width: int) -> Text:
    """The words with room after them, up to the width."""
    return words + Text(" " * (width - cell_len(words.plain)))


class Sheet:
    """What lines are drawn on: its width in cells, and whether it shows no signs but those of ASCII."""

    def __init__(self, console: Console, ascii_only: bool) -> None:
        self.console = console
        self.width = console.width
        self.ascii_only = ascii_only

    def wrapped(self, words: Text, width: int | None = None) -> list[Text]:
        """The words on lines no wider than the width, by default the sheet's."""
        room = max(1, width or self.width)
        if cell_len(words.plain) <= room and "\n" not in words.plain:
            return [words]
        return list(words.wrap(self.console, room)) or [Text()]

    def hanging(self, words: Text, mark: str) -> list[Text]:
        """The words with a mark before the first line and as much room before the others."""
        first, *rest = self.wrapped(words, self.width - len(mark))
        return [Text(mark) + first, *(Text(" " * len(mark)) + line for line in rest)]

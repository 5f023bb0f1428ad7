"""The formats, the endings of their files, and which of them a file or a screen is written in."""

import stat
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from mba.load.source import WIDE, clip
from mba.problem import MbaError, refusal


class Format(StrEnum):
    """How something is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    EXCEL = "excel"
    WORD = "word"


ENDINGS = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".html": Format.HTML,
    ".docx": Format.WORD,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".xlsx": Format.EXCEL,
}
"""What a file is written as, by its ending."""

REPORTS = (
    Format.TEXT,
    Format.MARKDOWN,
    Format.HTML,
    Format.WORD,
    Format.JSON,
)
"""What every report can be written as; the first is what a screen shows."""

PAPERS = (Format.MARKDOWN, Format.TEXT, Format.HTML, Format.WORD, Format.EXCEL, Format.CSV, Format.JSON)
"""What a paper, and the figures behind it, can be written as."""

_OWN = {"/dev/stdout": 1, "/dev/stderr": 2}
"""What the system calls the streams of this process by name; by number they are in the folders below."""

_NUMBERED = ("/dev/fd", "/proc/self/fd")


def endings_of(formats: Sequence[Format]) -> list[str]:
    """The endings of files in these formats."""
    return [ending for ending, format_ in ENDINGS.items() if format_ in formats]


def format_for(output: Path | None, asked: str | None, formats: Sequence[Format]) -> Format:
    """The format that was asked for or that the ending of the file names, of those that a command can write.

    Else the first. Raises MbaError where the command cannot write it, or the ending and what was asked for contradict
    each other.
    """
    named = asked and asked.casefold()
    if named == "console":  # What text was called in earlier versions.
        named = Format.TEXT.value
    if named is not None and named not in list(formats):
        raise refusal(f"--format {clip(asked or named)}: not written here", f"It can be {_either(formats)}.")
    if output is None or not output.suffix or is_stream(output):
        return Format(named or formats[0])
    ending = output.suffix.casefold()
    by_ending = ENDINGS.get(ending)
    if by_ending is None or by_ending not in formats:
        hint = f"The ending can be {_either(endings_of(formats))}. mba export writes .xlsx and .csv too."
        raise not_written(output, f"{clip(ending)} is no ending that this command can write", hint)
    if named not in (None, by_ending):
        reason = f"its ending says {by_ending}, and --format {named}"
        raise not_written(output, reason, "Leave --format out, or change the ending.")
    return by_ending


def own_stream(output: Path) -> int | None:
    """The number of the stream of this process that the path is another name of; None where it is none."""
    if str(output.parent) in _NUMBERED and output.name.isdecimal():
        return int(output.name)
    return _OWN.get(str(output))


def is_stream(output: Path) -> bool:
    """Whether the path is of standard output, a device or a pipe, whose name says nothing of a format."""
    if str(output) == "-" or own_stream(output) is not None:
        return True
    try:
        mode = output.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def not_written(path: str | Path, reason: str, hint: str = "") -> MbaError:
    """That a file is not written, and why."""
    return refusal(f"{clip(str(path), WIDE)}: not written: {reason}.", hint)


def _either(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])

"""A result in a format, to a file or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from mba.problem import MbaError, Problem
from mba.render.document import Document


class Format(StrEnum):
    """How a report is written."""

    CONSOLE = "console"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


ENDINGS = {".md": Format.MARKDOWN, ".html": Format.HTML, ".json": Format.JSON}
"""What a file is written as, by its ending."""


def write(
    document: Callable[[], Document],
    result: object,
    format: Format | None,  # noqa: A002 - the option's own name
    output: Path | None = None,
    *,
    force: bool = False,
    keep: tuple[str, ...] = (),
) -> None:
    """Write a result to a file, or to standard output where there is none or it is "-"; never over one of the files to keep.

    Where no format is given it is as the ending of the file says, else as for a terminal.

    Raises MbaError where it cannot be written; then what was there is whole.
    """
    chosen = format or (ENDINGS.get(output.suffix.casefold()) if output else None) or Format.CONSOLE
    words = _words(document, result, chosen, to_file=output is not None)
    put(words, output, portable=chosen is not Format.CONSOLE, force=force, keep=keep)


def put(
    words: str, output: Path | None, *, portable: bool = True, force: bool = False, keep: tuple[str, ...] = ()
) -> None:
    """Write words as `write` does; portable: UTF-8 and line ends as they are, on standard output too."""
    if output is None or str(output) == "-":
        emit(words, portable=portable)
    else:
        from mba.output.save import save  # noqa: PLC0415 - only where a file is written

        save(output, words, force=force, keep=[Path(name) for name in keep if name != "-"])


def _words(document: Callable[[], Document], result: object, format: Format, *, to_file: bool) -> str:  # noqa: A002 - as above
    # Each renderer is loaded only where it is used.
    match format:
        case Format.CONSOLE:
            from mba.render.console import draw  # noqa: PLC0415

            return draw(document(), to_file=to_file)
        case Format.MARKDOWN:
            from mba.render.markdown import markdown  # noqa: PLC0415

            return markdown(document())
        case Format.HTML:
            from mba.render.html import html  # noqa: PLC0415

            return html(document())
        case Format.JSON:
            from mba.output.record import record  # noqa: PLC0415

            return record(result)
        case _:
            assert_never(format)


def emit(words: str, *, portable: bool) -> None:
    """Print the words; raises MbaError where standard output is full or closed. Portable: UTF-8 and LF everywhere."""
    try:
        if portable and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as error:
        reason = error.strerror or "it is closed"
        raise MbaError(Problem(f"standard output cannot be written: {reason.lower()}")) from error

"""A result in a format, to a file or to standard output: the one way out of every command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from mba.load.source import WIDE, clip
from mba.output.formats import REPORTS, Format, format_for, is_stream
from mba.output.save import save
from mba.output.streams import emit, in_utf8, looked_on, say
from mba.problem import refusal
from mba.render.document import Document

if TYPE_CHECKING:
    from mba.render.stationery import Stationery


class Way(NamedTuple):
    """How something leaves the program: in which format, and to which file; None or "-" is standard output.

    A Word file can be written on somebody's stationery, and tell its author.
    """

    format: Format
    output: Path | None = None
    force: bool = False
    stationery: Stationery | None = None
    author: str = ""

    @property
    def to_file(self) -> bool:
        """Whether it goes to a file."""
        return self.output is not None and str(self.output) != "-"


Sheets: TypeAlias = Mapping[Format, Callable[[], str | bytes]]
"""What a spreadsheet reads of a result, by format."""


@contextmanager
def of_the_extra() -> Iterator[None]:
    """Raises MbaError where what is done within needs a library of the extra “office” that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        hint = "Install mba with its extra “office”, as make demo does, or write another format."
        raise refusal(f"{error.name}, which this format needs, is not installed", hint) from error


def way_out(asked: str | None, output: Path | None, *, force: bool = False, formats: Sequence[Format] = REPORTS) -> Way:
    """The way out for what was asked, of the formats that a command can write; the first is what a screen gets.

    Raises MbaError where it cannot write what is asked: before anything is worked out.
    """
    return Way(format_for(output, asked, formats), output, force)


def write(
    way: Way,
    document: Callable[[], Document],
    result: object,
    sheets: Sheets | None = None,
    *,
    read: tuple[str, ...] = (),
) -> None:
    """Write a result: its document, rendered; itself, as JSON; or its sheets, as CSV or a workbook.

    Files that were read are never replaced. Raises MbaError where it cannot be written; then what was there is whole.
    """
    words = rendered(way, document, result, sheets)
    if way.output is None or not way.to_file:
        emit(words, portable=way.format is not Format.TEXT)
        return
    save(way.output, in_utf8(words), force=way.force, keep=map(Path, set(read) - {"-"}))
    if looked_on() and not is_stream(way.output):
        say(f"Written: {clip(str(way.output), WIDE)}")


def rendered(way: Way, document: Callable[[], Document], result: object, sheets: Sheets | None = None) -> str | bytes:
    """The words of a result in a format, or the bytes of a file; each renderer is loaded only where it is used.

    Raises MbaError where a library for it is missing, KeyError for CSV or a workbook without its sheets.
    """
    match way.format:
        case Format.TEXT:
            from mba.render.console import console_text

            return console_text(document(), to_file=way.to_file)
        case Format.MARKDOWN:
            from mba.render.markdown import markdown

            return markdown(document())
        case Format.HTML:
            from mba.render.html import html

            return html(document())
        case Format.WORD:
            with of_the_extra():
                from mba.render.word import word

                return word(document(), way.stationery, way.author)
        case Format.JSON:
            from mba.output.record import record

            return record(result)
        case Format.CSV | Format.EXCEL:
            with of_the_extra():
                return (sheets or {})[way.format]()
        case _:
            assert_never(way.format)

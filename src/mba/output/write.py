"""A result in a format, to a file whole or not at all, or to standard output: the one way out of every command."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from mba.load.source import WIDE, clip
from mba.output.formats import REPORTS, Format, format_for, is_stream, not_written, own_stream
from mba.output.streams import emit, in_utf8, looked_on, say, write_all
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

    @property
    def width(self) -> int:
        """The columns that text is drawn in; a file has as many as a pipe."""
        from mba.render.console import width_of

        return width_of(None if self.to_file else sys.stdout)


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

            return console_text(document(), None if way.to_file else sys.stdout)
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


def save(target: Path, data: bytes, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write the bytes to the target, by way of a file beside it that takes its place when it is complete.

    Standard output, a device or a pipe is written to as it is. Raises MbaError, with the old file whole and nothing
    left behind, where the target is a file to keep, exists and force is not given, is a folder, a link or read-only,
    or cannot be written.
    """
    try:
        if str(target) == "-":
            emit(data)
        elif is_stream(target):
            _pour(target, data)
        else:
            _draft_and_place(target, data, replaceable(target, force=force, keep=keep), force=force)
    except FileExistsError as error:
        raise not_written(target, "it exists already", "Add --force to replace it.") from error
    except OSError as error:
        raise not_written(target, (error.strerror or str(error)).lower(), "Nothing was written.") from error


def _pour(target: Path, data: bytes) -> None:
    own = own_stream(target)
    # One of our own goes on where it is: opened anew, a file behind it would be written over from its start.
    descriptor = os.open(target, os.O_WRONLY) if own is None else os.dup(own)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _draft_and_place(target: Path, data: bytes, old: os.stat_result | None, *, force: bool) -> None:
    draft = target.parent / f".mba-{secrets.token_hex(8)}.part"
    try:
        with draft.open("xb", buffering=0) as file:
            if old is not None:
                _made_alike(draft, old, target)
            write_all(file.fileno(), data)
            os.fsync(file.fileno())
        if force:
            draft.replace(target)
        else:
            _place(draft, target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _place(draft: Path, target: Path) -> None:
    """Put the draft where nothing is. Raises FileExistsError where somebody has made a file there meanwhile."""
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:  # Some disks and shares know no second name for a file: reserve the name, then take it over.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            draft.replace(target)
        except BaseException:
            target.unlink()
            raise


def _made_alike(draft: Path, old: os.stat_result, target: Path) -> None:
    """Give the draft the mode of the file that it replaces, and its owner and its group where the system allows."""
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        with contextlib.suppress(AttributeError, OSError):  # Windows has no such thing.
            os.chown(draft, owner, group)
    made = draft.stat()
    if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
        say(f"{clip(str(target), WIDE)}: its owner or group could not be kept; it is yours now.")
    if stat.S_IMODE(made.st_mode) != stat.S_IMODE(old.st_mode):
        draft.chmod(stat.S_IMODE(old.st_mode))


def replaceable(target: Path, *, force: bool, keep: Iterable[Path] = ()) -> os.stat_result | None:
    """The ordinary file that may be replaced; None where there is nothing. Raises MbaError where it may not."""
    try:
        old = target.lstat()
        read = target.exists() and any(other.exists() and target.samefile(other) for other in keep)
    except FileNotFoundError:
        return None
    mode = old.st_mode
    for kept, reason, hint in (
        (read, "it is the file that was read", "Name another file."),
        (stat.S_ISLNK(mode), "it is a link", "Name the file that it leads to."),
        (stat.S_ISDIR(mode), "it is a folder", "Name a file in it."),
        (not stat.S_ISREG(mode), "it is not an ordinary file", "To print, leave -o out."),
        (not force, "it exists already", "Add --force to replace it."),
        (not mode & stat.S_IWUSR, "it is read-only", "Make it writable first, or name another file."),
    ):
        if kept:
            raise not_written(target, reason, hint)
    return old

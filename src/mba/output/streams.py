"""Standard output and standard error: written whole or not at all, whatever they are; and how far a long job is."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import select
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

from mba.problem import MbaError, refusal

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _EveryByte(io.RawIOBase):
    """What a stream writes to, such that every byte is taken or refused."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream  # Kept: it would close the descriptor behind it.

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        view = memoryview(data)
        write_all(self.fileno(), view)
        return view.nbytes


def unabridged(stream: TextIO) -> TextIO:
    """The stream, such that what it is given goes out to the last byte, or OSError is raised.

    Python's own is no such stream where it has no buffer (PYTHONUNBUFFERED): it writes once and forgets the rest. One
    in memory alone stays as it is, and so do those of Windows, whose console takes letters and not bytes.
    """
    try:
        stream.fileno()
    except (AttributeError, io.UnsupportedOperation):
        return stream
    if os.name == "nt":
        return stream
    # No buffer of bytes between them: what is refused once would be tried again, and fail, when Python ends.
    bytewise = cast("BinaryIO", _EveryByte(stream))
    return io.TextIOWrapper(bytewise, stream.encoding, stream.errors, line_buffering=bool(stream.line_buffering))


def emit(words: str | bytes, *, portable: bool = True) -> None:
    """Print the words, or a file's bytes, on standard output, to the last one. Portable: UTF-8 and LF on every machine.

    Raises MbaError where it is full or closed; BrokenPipeError where nobody reads on.
    """
    stream = sys.stdout
    data = in_utf8(words)
    if isinstance(words, str) and not portable:
        data = words.replace("\n", os.linesep).encode(stream.encoding or "utf-8", stream.errors or "backslashreplace")
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from error


def in_utf8(words: str | bytes) -> bytes:
    """The words as bytes; what is bytes already stays as it is."""
    return words.encode("utf-8", "backslashreplace") if isinstance(words, str) else words


def unwritten(error: OSError) -> MbaError:
    """That standard output cannot be written, and why."""
    reason = "it is closed"
    if error.strerror and error.errno != errno.EBADF:
        reason = error.strerror.lower()
    return refusal(f"standard output cannot be written: {reason}")


def looked_on() -> bool:
    """Whether what is said on standard error goes to a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


def say(words: str) -> None:
    """A line on standard error, where there is one that can be told; on a terminal it breaks between words."""
    if sys.stderr is None:
        return
    try:
        if looked_on() and len(words) > _SHORT:
            from mba.render.console import width_of  # noqa: PLC0415 - not where little is said, as of Ctrl-C

            words = "\n".join(_broken(line, width_of(sys.stderr)) for line in words.split("\n"))
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # Where nobody can be told, the status still tells.
        return


_SHORT = 20  # Characters that are a line on any terminal.


def _broken(line: str, width: int) -> str:
    """The line, broken between words where it is wider; one with a command, to be copied, or with colours stays."""
    if "mba " in line or not line.isprintable():
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def tell(lines: Sequence[str]) -> None:
    """Lines on standard error, and an empty one below them; nothing where there are none."""
    if lines:
        say("\n".join((*lines, "")))


def reply(words: str) -> str:
    """What is typed in answer to a prompt on standard error, with its line break; empty where nothing more comes."""
    if sys.stdin is None:
        return ""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(words if sys.stdin.isatty() else f"{words}\n")
            sys.stderr.flush()
    return sys.stdin.readline(_LONGEST)


_LONGEST = 1_000  # Characters of a line that are looked at.


def write_all(descriptor: int, data: Buffer) -> None:
    """Write every byte. Raises OSError where that cannot be; a pipe that is full and does not wait is waited for."""
    left = memoryview(data).cast("B")
    while left:
        try:
            left = left[os.write(descriptor, left) :]
        except BlockingIOError:
            select.select([], [descriptor], [])


PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[float], None]]:
    """A function to be told the share that is done, 0-1."""
    start, bar = time.monotonic(), None

    def tick(share: float) -> None:
        nonlocal bar
        if bar is None and looked_on() and time.monotonic() - start > PATIENCE:
            from rich.console import Console  # noqa: PLC0415 - not needed by a quick run
            from rich.progress import Progress  # noqa: PLC0415 - as above

            bar = Progress(console=Console(stderr=True), transient=True)
            bar.add_task(what, total=1.0)
            bar.start()
        if bar:
            bar.update(bar.task_ids[0], completed=share)

    try:
        yield tick
    finally:
        if bar:
            bar.stop()

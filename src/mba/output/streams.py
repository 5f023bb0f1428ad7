"""Standard output and standard error: written whole or not at all, whatever they are."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from typing import TextIO

from mba.problem import MbaError, Problem


def emit(words: str, *, portable: bool = True) -> None:
    """Print the words on standard output, to the last byte. Portable: UTF-8 and LF on every machine.

    Raises MbaError where it is full or closed; BrokenPipeError where nobody reads on.
    """
    stream = sys.stdout
    data = words.encode("utf-8", "backslashreplace")
    if not portable:
        data = words.replace("\n", os.linesep).encode(stream.encoding or "utf-8", stream.errors or "backslashreplace")
    descriptor = _descriptor(stream)
    try:
        stream.flush()
        if descriptor is None:
            stream.buffer.write(data)
        else:  # Past the stream's own buffer: where it has none, it would write once and forget the rest.
            write_all(descriptor, data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from error


def unwritten(error: OSError) -> MbaError:
    """That standard output cannot be written, and why."""
    reason = "it is closed"
    if error.strerror and error.errno != errno.EBADF:
        reason = error.strerror.lower()
    return MbaError(Problem(f"standard output cannot be written: {reason}"))


def say(words: str) -> None:
    """A line on standard error, where there is one that can be told."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
    except (OSError, ValueError):  # Where nobody can be told, the status still tells.
        return


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte. Raises OSError where that cannot be; a pipe that is full and does not wait is waited for."""
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(descriptor, left) :]
        except BlockingIOError:
            select.select([], [descriptor], [])


def _descriptor(stream: TextIO) -> int | None:
    """What the system knows the stream by; None for one that is in memory alone."""
    try:
        return stream.fileno()
    except (AttributeError, io.UnsupportedOperation):
        return None

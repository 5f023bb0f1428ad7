"""A report to a file, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mba.load.source import clip
from mba.problem import MbaError, Problem


def save(target: Path, words: str, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write the words in UTF-8 to the target, by way of a file beside it that takes its place when it is complete.

    Raises MbaError, with the old file whole and nothing left behind, where the target is a file to keep, exists and force is not given,
    is a folder, a link or no ordinary file, or cannot be written.
    """
    mode = _mode(target, force=force, keep=keep)
    draft: str | None = None
    try:
        handle, draft = tempfile.mkstemp(prefix=".mba-", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(words)
            stream.flush()
            os.fsync(stream.fileno())
        Path(draft).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        if mode is None and not force:
            os.link(draft, target)  # Fails where somebody has made the file meanwhile; os.replace would not.
        else:
            os.replace(draft, target)  # noqa: PTH105 - Path.replace would hide that draft is text
            draft = None
    except FileExistsError as error:
        raise _refusal(target, "it exists already", "Add --force to replace it.") from error
    except OSError as error:
        raise _refusal(target, (error.strerror or str(error)).lower()) from error
    finally:
        if draft is not None:
            with contextlib.suppress(OSError):
                Path(draft).unlink()


def _mode(target: Path, *, force: bool, keep: Iterable[Path]) -> int | None:
    """The mode of the ordinary file that may be replaced; None where there is nothing. Raises MbaError where it may not."""
    try:
        mode = target.lstat().st_mode
        read = target.exists() and any(other.exists() and target.samefile(other) for other in keep)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _refusal(target, (error.strerror or str(error)).lower()) from error
    if read:
        raise _refusal(target, "it is the file that was read", "Name another file.")
    if stat.S_ISLNK(mode):
        raise _refusal(target, "it is a link", "Name the file that it leads to.")
    if stat.S_ISDIR(mode):
        raise _refusal(target, "it is a folder", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise _refusal(target, "it is not an ordinary file", "To print, leave -o out.")
    if not force:
        raise _refusal(target, "it exists already", "Add --force to replace it.")
    return mode


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(target: Path, reason: str, hint: str = "Nothing was written.") -> MbaError:
    return MbaError(Problem(f"{clip(str(target), 200)}: not written: {reason}.", None, hint))

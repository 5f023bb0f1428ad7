"""A report to a file, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mba.load.source import clip
from mba.output.formats import is_stream, own_stream
from mba.output.streams import say, write_all
from mba.problem import MbaError, Problem


def save(target: Path, data: bytes, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
    """Write the bytes to the target, by way of a file beside it that takes its place when it is complete.

    A device or a pipe is written to as it is. Raises MbaError, with the old file whole and nothing left behind, where
    the target is a file to keep, exists and force is not given, is a folder, a link or read-only, or cannot be
    written.
    """
    try:
        if is_stream(target):
            _pour(target, data)
            return
        old = replaceable(target, force=force, keep=keep)
        _draft_and_place(target, data, old, force=force)
    except FileExistsError as error:
        raise _refusal(target, "it exists already", "Add --force to replace it.") from error
    except OSError as error:
        raise _refusal(target, (error.strerror or str(error)).lower()) from error


def _pour(target: Path, data: bytes) -> None:
    """Write to a device or a pipe."""
    own = own_stream(target)
    # One of our own goes on where it is: opened anew, a file behind it would be written over from its start.
    descriptor = os.open(target, os.O_WRONLY) if own is None else os.dup(own)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _draft_and_place(target: Path, data: bytes, old: os.stat_result | None, *, force: bool) -> None:
    """Write a draft, and put it in the place of the target; the draft is gone whatever happens."""
    descriptor, draft = tempfile.mkstemp(prefix=".mba-", suffix=".part", dir=target.parent)
    try:
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if old is None:
            with contextlib.suppress(OSError):  # Some disks have modes of their own.
                Path(draft).chmod(0o666 & ~_umask())
        else:
            _made_alike(Path(draft), old, target)
        if force:
            os.replace(draft, target)  # noqa: PTH105 - Path.replace would hide that draft is text
        else:
            _place(draft, target)
    finally:
        with contextlib.suppress(OSError):
            Path(draft).unlink()


def _place(draft: str, target: Path) -> None:
    """Put the draft where nothing is. Raises FileExistsError where somebody has made a file there meanwhile."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # Some disks and shares know no second name for a file: reserve the name, then take it over.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(draft, target)  # noqa: PTH105 - as above
        except BaseException:
            target.unlink()
            raise


def _made_alike(draft: Path, old: os.stat_result, target: Path) -> None:
    """Give the draft the mode of the file that it replaces, and its owner and its group where the system allows."""
    mine = draft.stat()
    group_kept = mine.st_gid == old.st_gid or _given(draft, -1, old.st_gid)
    owner_kept = mine.st_uid == old.st_uid or _given(draft, old.st_uid, -1)
    if not (group_kept and owner_kept):
        say(f"{clip(str(target), 200)}: its owner or group could not be kept; it is yours now.")
    if stat.S_IMODE(draft.stat().st_mode) != stat.S_IMODE(old.st_mode):
        draft.chmod(stat.S_IMODE(old.st_mode))


def _given(draft: Path, owner: int, group: int) -> bool:
    """Give the draft to an owner or a group, -1 for whose it is; whether the system allows it."""
    try:
        os.chown(draft, owner, group)
    except (AttributeError, OSError):  # Windows has no such thing.
        return False
    return True


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
            raise _refusal(target, reason, hint)
    return old


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refusal(target: Path, reason: str, hint: str = "Nothing was written.") -> MbaError:
    return MbaError(Problem(f"{clip(str(target), 200)}: not written: {reason}.", None, hint))

"""A Word file whose styles, margins, header and footer a paper has: what it may be, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from mba.load.source import clip
from mba.output.formats import Format
from mba.output.write import of_the_extra
from mba.problem import MbaError, Problem

if TYPE_CHECKING:
    from mba.render.stationery import Stationery

_LARGEST, _LARGEST_OPENED, _MOST_PARTS = 20_000_000, 50_000_000, 2_000
"""Bytes of a template as it is, bytes of its parts, and how many of them it may have."""
_MACROS = (b"macroEnabled", b"vbaProject", b"vbaData")
_ACTS = ("vnd.ms-office.vba", "activeX", "oleObject", "macroEnabled")
"""In the kind of a part that does something."""


def stationery_of(path: str, format_: Format) -> Stationery:
    """What a paper is written on, from a template.

    Raises MbaError where the paper is no Word file, or the template cannot be read, is too large, or holds macros or
    anything else that acts or is fetched.
    """
    if format_ is not Format.WORD:
        raise MbaError(
            Problem(f"--reference: for a paper in Word, not for {format_}", None, "Leave it out, or write .docx.")
        )
    data = _read(path)
    _looked_into(path, data)
    with of_the_extra():
        import docx  # noqa: PLC0415 - an extra
        from docx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415 - likewise

        from mba.render.stationery import Stationery  # noqa: PLC0415 - likewise
    try:
        stationery = Stationery(docx.Document(io.BytesIO(data)))
        stationery.packed("", "")  # What cannot be written empty cannot be written.
        package: Any = stationery.document.part.package
        kinds = " ".join(str(part.content_type) for part in package.iter_parts())
        fetched = {rel.reltype for rel in package.iter_rels() if rel.is_external}
    except Exception as error:  # What a library says of a broken file is of many kinds.
        raise _unreadable(path) from error
    if any(sign in kinds for sign in _ACTS):
        raise _refusal(path, "something in its header or footer acts", "Take out what is embedded there.")
    if fetched - {RELATIONSHIP_TYPE.HYPERLINK}:
        raise _refusal(path, "something in its header or footer is fetched from elsewhere", "Put it into the file.")
    return stationery


def _read(path: str) -> bytes:
    """The bytes of an ordinary file."""
    try:
        if not Path(path).is_file():
            raise _refusal(path, "there is no such file", "Check the spelling, and the folder that you are in.")
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise _refusal(path, str(getattr(error, "strerror", "") or "it cannot be read").lower()) from error
    if len(data) > _LARGEST:
        raise _refusal(path, f"it is larger than {_LARGEST:,} bytes")
    return data


def _looked_into(path: str, data: bytes) -> None:
    """Raises MbaError where a file is no zip file, would open into too much, or holds macros."""
    try:
        with ZipFile(io.BytesIO(data)) as file:
            parts = file.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_OPENED:
                raise _refusal(path, f"it would open into more than {_LARGEST_OPENED:,} bytes")
            said = file.read("[Content_Types].xml") + " ".join(file.namelist()).encode("utf-8", "replace")
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _unreadable(path) from error
    if any(sign in said for sign in _MACROS):
        raise _refusal(path, "it holds macros", "Save it as .docx, without them.")


def _unreadable(path: str) -> MbaError:
    return _refusal(path, "it is no Word document (.docx) that can be read", "Open it in Word, and save it as .docx.")


def _refusal(path: str, reason: str, hint: str = "") -> MbaError:
    return MbaError(Problem(f"{clip(path, 200)}: not used as a template: {reason}.", None, hint))

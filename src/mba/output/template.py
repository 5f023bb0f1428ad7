"""A Word file whose styles, margins, header and footer a paper has: what it may be, and what is refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mba.load.cells import LARGEST_BOOK, wrong_with
from mba.load.source import clip, read_bytes
from mba.output.formats import Format
from mba.output.write import of_the_extra
from mba.problem import MbaError, Problem

if TYPE_CHECKING:
    from mba.render.stationery import Stationery

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
    data = read_bytes(path, LARGEST_BOOK)
    if wrong := wrong_with(data, "word/document.xml"):
        raise _refusal(path, *wrong)
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
        hint = "Open it in Word, and save it as .docx."
        raise _refusal(path, "is no Word document (.docx) that can be read", hint) from error
    if any(sign in kinds for sign in _ACTS):
        raise _refusal(path, "has something in its header or footer that acts", "Take out what is embedded there.")
    if fetched - {RELATIONSHIP_TYPE.HYPERLINK}:
        raise _refusal(path, "has something in its header or footer that is fetched from elsewhere", "Put it in.")
    return stationery


def _refusal(path: str, reason: str, hint: str = "") -> MbaError:
    return MbaError(Problem(f"{clip(path, 200)}: not used as a template: it {reason}.", None, hint))

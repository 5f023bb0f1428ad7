"""A file's text, and where in it a character stands."""

import bisect
import os
import re
import shlex
import stat
import sys
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from functools import cached_property
from pathlib import PurePath
from shutil import which

from mba.problem import Location, MbaError, Problem

LARGEST_FILE = 1_000_000
"""Bytes: a profile of 300 functions is under 200,000."""

LARGEST_RESULT = 30_000_000
"""Bytes: the result on 1,000 functions is under 15,000,000."""

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that act on a terminal or a page, or that a reader cannot see.

Tab and line feed are not among them, nor the joiners U+200C and U+200D, which scripts and emoji need.
"""

_WIDEST = 100
WIDE = 200
"""Characters that are shown of a path, or of what may have been meant: no name has more."""
_SHELLS = re.compile(r"/dev/stdin|/(dev|proc/self)/fd/\d+")
_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
"""How a file is written, by the mark that it may begin with."""
_NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How zip files, PDF, and files of an older Excel or Word begin, and workbooks with a password."""


def as_typed(*words: str) -> str:
    """A command with these words, on one line: mba by its name, or as it was typed where that would not find it."""
    typed = sys.argv[0] if sys.argv else ""
    if PurePath(typed).stem != "mba" or which("mba"):
        typed = "mba"
    return visible(shlex.join([typed, *words]))


def visible(text: str) -> str:
    """The text on one line, with every hidden character spelt out."""
    spelt = HIDDEN.sub(lambda match: f"<U+{ord(match.group()):04X}>", text.replace("\n", "⏎").replace("\r", ""))
    return spelt.replace("\t", " ")


def clip(text: str, width: int = 60) -> str:
    """The text made visible, and cut with an ellipsis where it is longer than width characters."""
    shown = visible(text[: 4 * width])
    if len(shown) <= width:
        return shown
    return shown[: width - 1] + "…"


def cells(text: str) -> int:
    """Terminal cells that the text takes."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    narrow = filter(lambda char: unicodedata.east_asian_width(char) not in "WF", text)
    return 2 * wide + sum(not unicodedata.combining(char) for char in narrow)


class Source:
    """A named text, and how its file is written. Lines break at LF, CR LF and CR only, as editors count them."""

    def __init__(self, name: str, text: str, codec: str = "utf-8") -> None:
        self.name, self.text, self.codec = name, text, codec

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode(self.codec)

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return [0, *(m.end() for m in re.finditer(r"\r\n|\n|\r", self.text))]

    def place(self, start: int, end: int | None = None) -> Location:
        """The place of the characters from start up to end; the excerpt is at most about 100 characters."""
        start = max(0, min(start, len(self.text)))
        length = max(1, (end or start) - start)
        number = bisect.bisect_right(self.starts, start)
        first, stop = (*self.starts, len(self.text))[number - 1 : number + 1]
        line = self.text[first : min(stop, start + 4 * _WIDEST)].rstrip("\r\n")
        column = start - first
        before = visible(line[max(0, column - 4 * _WIDEST) : column])
        meant = visible(line[column : column + length])
        if len(before) > _WIDEST // 2:
            before = "…" + before[-_WIDEST // 2 :]
        if len(meant) > _WIDEST // 2:
            meant = meant[: _WIDEST // 2] + "…"
        after = visible(line[column + length :])
        room = max(0, _WIDEST - len(before) - len(meant))
        if len(after) > room:
            after = after[:room] + "…"
        return Location(self.name, number, column + 1, before + meant + after, cells(before), max(1, cells(meant)))

    def error(self, message: str, start: int, hint: str = "") -> MbaError:
        """One problem at one character of this source."""
        return MbaError(Problem(message, self.place(start), hint))


def file_name(path: str) -> str:
    """What the file at path is called in messages."""
    return "<stdin>" if path == "-" else clip(path, WIDE) or "“”"


def is_shells(path: str) -> bool:
    """Whether the path is what a shell calls a pipe of its own, as in <(...)."""
    return _SHELLS.fullmatch(path) is not None


def bare_name(file: str) -> str:
    """What a file is called without its folders."""
    if is_shells(file):
        return "a pipe"
    return "standard input" if file == "-" else clip(PurePath(file).name, WIDE)


def folder_of(path: str) -> str:
    """The folder that a file names others from; empty for the one that the user is in."""
    return os.path.dirname("" if path == "-" or is_shells(path) else path)  # noqa: PTH120 - Path would tidy it


def read(path: str, most: int = LARGEST_FILE) -> Source:
    """The text of a file, or of standard input where path is "-".

    Raises MbaError where the file cannot be read, is over so many bytes, or is not text in UTF-8 or UTF-16.
    """
    return text_of(file_name(path), read_bytes(path, most), most)


def read_bytes(path: str, most: int) -> bytes:
    """The bytes of a file, or of standard input where path is "-", up to one more than `most`.

    Raises MbaError where it cannot be read.
    """
    try:
        return _bytes_in(path, most)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name has a character that no file name has"
        hint = ""
        if isinstance(error, FileNotFoundError):
            hint = "Check the spelling, and the folder that you are in."
        raise file_refusal(file_name(path), f"cannot be read: {reason}", hint) from error


def _bytes_in(path: str, most: int) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
    # Not blocking, so that a named pipe with no writer cannot hold us; the kind is checked on what was opened.
    flags = (getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_BINARY"))
    handle = os.open(path, sum(flags))
    mode = os.fstat(handle).st_mode
    if stat.S_ISFIFO(mode) and is_shells(path):
        os.set_blocking(handle, True)
    elif not stat.S_ISREG(mode):
        os.close(handle)
        if stat.S_ISDIR(mode):
            raise file_refusal(file_name(path), "is a folder", "Name the file in it.")
        raise file_refusal(file_name(path), "is not an ordinary file", "To read a pipe, name it as “-”.")
    with open(handle, "rb") as stream:  # noqa: PTH123 - it is a descriptor, which Path cannot open
        return stream.read(most + 1)


def file_refusal(name: str, message: str, hint: str = "") -> MbaError:
    """One problem of a file as a whole."""
    return MbaError(Problem(message, Location(name), hint))


def text_of(name: str, raw: bytes, most: int = LARGEST_FILE) -> Source:
    """The text that bytes are. Raises MbaError where they are over so many, or not text in UTF-8 or UTF-16."""
    if len(raw) > most:
        hint = "A profile of 300 functions is under 200,000 bytes. Is this the right file?"
        raise file_refusal(name, f"is larger than {most:,} bytes", hint)
    if raw.startswith(_NO_TEXT):
        message = "is neither text nor a workbook that can be read, but of an older Excel, of Word, PDF or zip"
        hint = "Save it as an Excel workbook (.xlsx) without a password, or as YAML text."
        raise file_refusal(name, message, hint)
    codec = _MARKS.get(next(filter(raw.startswith, _MARKS), b""), "utf-8")
    try:
        return Source(name, raw.decode(codec), codec)
    except UnicodeDecodeError as error:
        broken, good = error.object, error.object[: error.start]
        if codec == "utf-16":
            message = "the file breaks off in the middle of a character"
            place = len(good.decode(codec, "replace"))
            raise Source(name, broken.decode(codec, "replace")).error(message, place) from error
        # One character for each byte that is none, so that the place stays right: what Windows takes it for.
        text = broken.decode("utf-8", "surrogateescape")
        text = re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)
        message = f"byte 0x{broken[error.start]:02x} is not UTF-8 text"
        hint = "Save the file again with the encoding “UTF-8”."
        raise Source(name, text).error(message, len(good.decode("utf-8", "replace")), hint) from error


def character(char: str) -> str:
    """A character's code point and name, for a message."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"

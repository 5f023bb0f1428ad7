"""What is written where: to a pipe as it is, to a file whole or not at all; without a process."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from mba.output.formats import Format, own_stream
from mba.output.streams import emit, reply, unwritten
from mba.output.write import Way, replaceable, save, write
from mba.problem import MbaError
from mba.render.document import Paragraph, text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no pipes with a name")
def test_a_pipe_is_written_to_as_it_is_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        save(pipe, b"all of it")
        assert os.read(reader, 100) == b"all of it"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_file_that_is_there_is_replaced_only_where_that_is_said(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    save(target, b"old")
    with pytest.raises(MbaError, match="it exists already"):
        save(target, b"new")
    assert target.read_bytes() == b"old"
    save(target, b"new", force=True)
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]


def test_what_was_read_is_never_written_over_and_what_is_beside_it_may_be(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.yaml", tmp_path / "other.md"
    for path in (mine, other):
        path.write_bytes(b"old")
    assert replaceable(other, force=True, keep=(mine, tmp_path / "none.yaml"))
    assert replaceable(tmp_path / "new.md", force=False, keep=(mine,)) is None
    with pytest.raises(MbaError, match="it is the file that was read"):
        save(mine, b"new", force=True, keep=(mine,))
    assert mine.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("errors", "screen"), [("backslashreplace", rb"\u2192 \u201c %s\u201d"), ("replace", b"? ? %s?")]
)
@pytest.mark.parametrize("how", [{}, {"portable": True}, {"portable": False}])
@pytest.mark.parametrize("words", ["→ “ é”\n", "→ “ é”\n".encode(), b"\xff\n\r\x00"])
def test_what_is_printed_is_the_same_everywhere_but_for_what_a_screen_alone_is_given(
    how: dict[str, bool], words: str | bytes, errors: str, screen: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen has line breaks and letters of its own; what it has not is spelt out, or as the screen has it."""
    stream = io.TextIOWrapper(io.BytesIO(), "latin-1", errors, newline="")
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(os, "linesep", "\r\n")
    emit(words, **how)
    printed = stream.buffer.getvalue() if isinstance(stream.buffer, io.BytesIO) else b""
    expected = words.encode() if isinstance(words, str) else words
    if isinstance(words, str) and how == {"portable": False}:
        expected = screen % b"\xe9" + b"\r\n"
    assert printed == expected


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space left on device"),
        (OSError(errno.EBADF, "Bad file descriptor"), "it is closed"),
        (OSError(), "it is closed"),
    ],
)
def test_why_nothing_can_be_printed_is_said_in_words_that_say_something(error: OSError, why: str) -> None:
    assert str(unwritten(error)) == f"standard output cannot be written: {why}"


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "prompt", "answer"),
    [(Typed("4\n5\n"), "? ", "4\n"), (io.StringIO("4\n5\n"), "? \n", "4\n"), (None, "", "")],
)
def test_what_is_typed_stands_behind_its_prompt_and_what_is_piped_below(
    typed: io.StringIO | None, prompt: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shown in (io.StringIO(), None):
        if typed:
            typed.seek(0)
        monkeypatch.setattr(sys, "stdin", typed)
        monkeypatch.setattr(sys, "stderr", shown)
        assert reply("? ") == answer
        assert shown is None or shown.getvalue() == prompt


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/dev/stdout", 1),
        ("/dev/stderr", 2),
        ("/dev/fd/7", 7),
        ("/proc/self/fd/12", 12),
        ("/dev/fd/x", None),
        ("/dev/7", None),
        ("out/7", None),
        ("7", None),
        ("-", None),
    ],
)
def test_a_stream_of_our_own_is_known_by_its_name_and_its_number(path: str, number: int | None) -> None:
    assert own_stream(Path(path)) == number


@pytest.mark.parametrize("output", [None, Path("-")])
def test_a_report_goes_to_a_screen_in_its_letters_and_any_other_format_in_utf_8(
    output: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for format_, letter in ((Format.TEXT, b"\xe9"), (Format.MARKDOWN, "é".encode())):
        way = Way(format_, output)
        stream = io.TextIOWrapper(io.BytesIO(), "latin-1", newline="")
        monkeypatch.setattr(sys, "stdout", stream)
        write(way, lambda: (Paragraph(text("é")),), None)
        assert isinstance(stream.buffer, io.BytesIO)
        assert (stream.buffer.getvalue().strip(), way.to_file) == (letter, False)


def test_a_report_replaces_no_file_unless_that_is_said(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old", "utf-8")
    way = Way(Format.MARKDOWN, target)
    assert way.to_file
    with pytest.raises(MbaError, match="it exists already"):
        write(way, lambda: (Paragraph(text("new")),), None)
    assert target.read_text("utf-8") == "old"
    write(way._replace(force=True), lambda: (Paragraph(text("new")),), None)
    assert target.read_text("utf-8").strip() == "new"

"""How far a long job is: told on a terminal after a second, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from mba.output import streams


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "patience", "shown"), [(Terminal(), 0.0, True), (Terminal(), 60.0, False), (io.StringIO(), 0.0, False)]
)
def test_it_is_shown_on_a_terminal_to_who_has_waited(
    stream: io.StringIO, patience: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(streams, "PATIENCE", patience - 1e-9)
    with streams.progress("How sure") as tick:
        tick(0.25)
        tick(1.0)
    assert ("How sure" in stream.getvalue()) is shown
    assert bool(stream.getvalue()) is shown


def test_it_leaves_nothing_behind_and_writes_nothing_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(streams, "PATIENCE", -1.0)
    with streams.progress("How sure") as tick:
        tick(0.5)
    assert capsys.readouterr().out == ""
    assert " 50%" in stream.getvalue()
    assert "\x1b[2K" in stream.getvalue().rpartition("How sure")[2], "the last bar is wiped away"
    assert stream.getvalue().rstrip().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))

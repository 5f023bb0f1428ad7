"""The program, run in this process or in one of its own: what it prints, and how it ends."""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from mba.__main__ import main

HEEDED = signal.valid_signals() & {getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGPIPE")}


class Answer(NamedTuple):
    """How a run ended."""

    status: int
    out: str
    err: str


def run(*words: str | Path, stdin: bytes = b"") -> Answer:
    """`mba` with the words, in this process; quick, and all that a test needs unless it is about the process itself."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    typed = io.TextIOWrapper(io.BytesIO(stdin))
    status: Any = 0
    before = {number: signal.getsignal(number) for number in HEEDED}
    try:
        argv, ignored = ["mba", *map(str, words)], sys.unraisablehook
        with mock.patch.multiple(sys, argv=argv, stdin=typed, stdout=out, stderr=err, unraisablehook=ignored):
            main()
    except SystemExit as end:
        status = end.code or 0
    finally:  # What the program does for its own short life is not for the tests.
        gc.unfreeze()
        gc.enable()
        for number in HEEDED:
            signal.signal(number, before[number])
    return Answer(status, written(out), written(err))


@cache
def run_once(*words: str | Path, stdin: bytes = b"") -> Answer:
    """What `run` gives, worked out once for the same words: only where these print, and what is read stays as it is."""
    return run(*words, stdin=stdin)


def written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def spawn(*words: str | Path, **settings: str) -> Answer:
    """`mba` with the words, in a process of its own, with the settings in its environment; bytes are read as UTF-8."""
    return ended(subprocess.run(command(*words), env=os.environ | settings, capture_output=True, check=False))


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "mba", *map(str, words)]


def ended(process: subprocess.CompletedProcess[bytes]) -> Answer:
    return Answer(process.returncode, (process.stdout or b"").decode(), (process.stderr or b"").decode())


def appraised(text: str) -> Any:
    """A result as JSON without the functions that leave, of which nothing is recommended."""
    found = json.loads(text)
    return found | {"functions": [each for each in found["functions"] if each["action"] != "leaves"]}

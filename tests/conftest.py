"""Shared by all tests: where things are, and the switch that renews golden files."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
import typer.main
from hypothesis import HealthCheck, settings

P = ParamSpec("P")
T = TypeVar("T")

ROOT = Path(__file__).parent.parent

# The machine that runs this may be slow and shared: no example is failed for its time, and runs repeat.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("steady"), max_examples=3)
settings.load_profile("steady")

# Of the many things that thousands of tests hold, hardly any is garbage: it is looked for less often.
gc.set_threshold(100_000, 20, 100)

# In the background a shell has Ctrl-C ignored, and nohup a hang-up, by all that is started: no test is about that.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

STARTING = {"fork", "forkpty", "posix_spawn", "posix_spawnp", "system"}
"""What starts a process, of `os`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write golden files anew instead of comparing with them")


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew"))


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the terminal or the settings of whoever runs it."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        if name in os.environ:
            monkeypatch.delenv(name)
        os.unsetenv(name)  # What a library set behind Python's back, for what is started: readline does.


@pytest.fixture(scope="session", autouse=True)
def _commands_put_together_once() -> Iterator[None]:
    """The commands are put together once, and not anew for each run in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


class _Refusal:
    """Whether the test that runs may start no process."""

    holds = False


@pytest.fixture(scope="session", autouse=True)
def _starting_may_be_refused() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", _unless_refused(subprocess.Popen.__init__))
        for name in STARTING & set(dir(os)):
            patch.setattr(os, name, _unless_refused(getattr(os, name)))
        yield


@pytest.fixture(autouse=True)
def _no_process_unless_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that starts a process says so, with `pytest.mark.process`; `make quick` leaves it out."""
    _Refusal.holds = request.node.get_closest_marker("process") is None
    yield
    _Refusal.holds = False


def _unless_refused(start: Callable[P, T]) -> Callable[P, T]:
    @wraps(start)
    def started(*words: P.args, **settings: P.kwargs) -> T:
        if _Refusal.holds:
            pytest.fail("a test that starts a process needs the mark: @pytest.mark.process")
        return start(*words, **settings)

    return started

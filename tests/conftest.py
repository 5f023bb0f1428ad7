"""Shared by all tests: where things are, and the switch that renews golden files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

# The machine that runs this may be slow and shared: no example is failed for its time, and runs repeat.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("steady"), max_examples=5)
settings.load_profile("steady")

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


@pytest.fixture(autouse=True)
def _no_process_unless_marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that starts a process says so, with `pytest.mark.process`; `make quick` leaves it out."""
    if request.node.get_closest_marker("process"):
        return
    monkeypatch.setattr(subprocess.Popen, "__init__", _refuse)
    for name in STARTING & set(dir(os)):
        monkeypatch.setattr(os, name, _refuse)


def _refuse(*_words: object, **_settings: object) -> NoReturn:
    pytest.fail("a test that starts a process needs the mark: @pytest.mark.process")

"""As a plugin of pytest, for `mutants.py`: which tests run which line, how long each takes, which are laws, which fail.

What is worked out once and kept for all, by `cache`, a fixture or a file of tests, runs in whichever test asks first,
but each that asks stands on it. So its lines are noted under a name of its own, and that under each test that asks.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import pkgutil
from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from coverage import Coverage

import mba


class Noted(NamedTuple):
    """The seconds of the tests that pass, by name, those that fail, the laws, and who asked for what is kept."""

    passed: dict[str, float]
    failed: list[str]
    laws: list[str]
    kept: dict[str, list[str]]


_RUNNING = [""]
"""What runs now: a test, or what is worked out once for it, or for that."""

_KEPT: dict[str, set[str]] = defaultdict(set)
"""Who asked for what is worked out once, by its name."""

_SECONDS: dict[str, float] = defaultdict(float)
_FAILED: set[str] = set()
_LAWS: set[str] = set()


def _now(place: str) -> None:
    _RUNNING[-1] = place
    if running := Coverage.current():
        running.switch_context(place)


@contextmanager
def _once(place: str) -> Iterator[None]:
    """What runs meanwhile is noted under the name."""
    _RUNNING.append(place)
    _now(place)
    try:
        yield
    finally:
        _RUNNING.pop()
        _now(_RUNNING[-1])


def _cache(function: Any) -> Any:
    """As `functools.cache`, and noted where the function is one of the program's or the tests'."""
    if not function.__code__.co_filename.startswith(str(Path.cwd())):
        return _UNNOTED(function)
    places: dict[Hashable, str] = {}
    found: dict[Hashable, Any] = {}

    @functools.wraps(function)
    def noted(*words: Any, **settings: Any) -> Any:
        key = words, frozenset(settings.items())
        place = places.setdefault(key, f"{function.__module__}.{function.__qualname__} {len(places)}")
        _KEPT[place].add(_RUNNING[-1])
        if key not in found:
            with _once(place):
                found[key] = function(*words, **settings)
        return found[key]

    vars(noted)["cache_clear"] = found.clear
    return noted


_UNNOTED = functools.cache
if Coverage.current():
    functools.cache = _cache
    for module in pkgutil.walk_packages(mba.__path__, "mba."):  # what they run as they are read is no one test's
        importlib.import_module(module.name)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """What a file of tests runs as it is read is kept under its name, for all of its tests."""
    with _once(collector.nodeid.partition("::")[0]):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    """So is what a module's fixture runs."""
    if fixturedef.scope != "module":
        return (yield)
    with _once(fixturedef.baseid):
        return (yield)


def pytest_runtest_logstart(nodeid: str) -> None:
    """What a test runs is kept under its name."""
    _KEPT[nodeid.partition("::")[0]].add(_name(nodeid))
    _now(_name(nodeid))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """So are its seconds, whether it is a law, and that it failed."""
    name = _name(report.nodeid)
    _SECONDS[name] += report.duration
    if "hypothesis" in report.keywords:
        _LAWS.add(name)
    if report.failed:
        _FAILED.add(name)


def pytest_sessionfinish() -> None:
    """All is written where whoever started it reads it."""
    passed = {name: seconds for name, seconds in _SECONDS.items() if name not in _FAILED}
    noted = Noted(passed, sorted(_FAILED), sorted(_LAWS), {place: sorted(names) for place, names in _KEPT.items()})
    Path(os.environ["MUTANTS"]).write_text(json.dumps(noted), "utf-8")


def _name(nodeid: str) -> str:
    """Of a test with all its cases: not every name of a case can be given back to pytest."""
    return nodeid.partition("[")[0]

"""At the edges: the same bytes whatever the machine is set to, little memory, and whole whenever it is stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from running import ended
from stopping import stopping

pytestmark = [
    pytest.mark.process,
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals, users and limits are those of POSIX"),
]

PROFILE = ROOT / "tests" / "papers" / "over-the-allowance.yaml"
PAPERS = ("md", "html", "docx", "xlsx", "csv", "json")
EVERY_FORMAT = f"""
import sys
sys.path[:0] = {[str(ROOT / "tests")]!r}
from running import run
for ending in {PAPERS}:
    print(run("export", "mine.yaml", "--draws", "50", "-o", f"paper.{{ending}}").err, end="")
for ending in ("txt", "md", "html", "docx", "json"):
    print(run("assess", "mine.yaml", "--draws", "50", "-o", f"answer.{{ending}}").err, end="")
"""
"""Writes a paper and an answer in all formats, and prints what goes wrong."""

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "a language without letters beyond English": {
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "German": {"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"},
    "Turkish": {"LANG": "tr_TR.ISO-8859-9", "LC_ALL": "tr_TR.ISO-8859-9"},
    "a terminal that can do little": {"TERM": "dumb"},
    "a terminal of many colours": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "FORCE_COLOR": "1"},
    "no colour": {"NO_COLOR": "1"},
    "a narrow terminal": {"COLUMNS": "40", "LINES": "10"},
    "a wide terminal": {"COLUMNS": "300"},
    "another day": {"TZ": "Pacific/Auckland"},
    "another order of sets": {"PYTHONHASHSEED": "2011"},
    "streams unbuffered": {"PYTHONUNBUFFERED": "1"},
    "streams of ASCII": {"PYTHONIOENCODING": "ascii"},
    "Python without docstrings": {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"},
    "many threads": {"OMP_NUM_THREADS": "8", "OPENBLAS_NUM_THREADS": "8"},
    "nobody's home": {"HOME": "/nonexistent", "USER": "", "LOGNAME": "", "XDG_CONFIG_HOME": "/nonexistent"},
}


def written(folder: Path, settings: dict[str, str]) -> dict[str, bytes]:
    """What every format holds, written in a folder, in an environment with no more than the settings."""
    folder.mkdir()
    shutil.copy(PROFILE, folder / "mine.yaml")
    env = {key: os.environ[key] for key in ("PATH", "PYTHONPATH") if key in os.environ} | settings
    process = subprocess.run(
        [sys.executable, "-c", EVERY_FORMAT], cwd=folder, env=env, capture_output=True, check=False
    )
    assert ended(process) == (0, "", "")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("plain") / "here", {})


@pytest.mark.parametrize("settings", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_every_file_holds_the_same_bytes_whatever_the_machine_is_set_to(
    tmp_path: Path, settings: dict[str, str], expected: dict[str, bytes]
) -> None:
    """In another folder each time; but for text, which is as wide as the terminal."""
    assert len(expected) == 12
    found = written(tmp_path / "elsewhere", settings)
    differing = [name for name in expected if found[name] != expected[name]]
    assert differing == (["answer.txt"] if "COLUMNS" in settings else [])


MEMORY = 500 * 1024 * 1024
LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from mba.__main__ import main
main()
"""


@pytest.mark.parametrize("profile", sorted((ROOT / "profiles").glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "words", [["assess"], ["export", "--format", "word"], ["export", "--format", "excel"]], ids="-".join
)
def test_every_shipped_profile_needs_less_than_500_mb(profile: Path, words: list[str]) -> None:
    """Of addresses even, which is more than of memory."""
    run = [sys.executable, "-c", LIMITED, words[0], str(profile), *words[1:]]
    process = subprocess.run(run, capture_output=True, check=False)
    assert (process.returncode, process.stderr) == (0, b"")


def test_whenever_a_command_is_stopped_its_file_is_the_old_or_the_new_one_whole() -> None:
    seen = stopping(seed=1, moments=8)
    assert sum(seen.values()) - seen["drafts left by SIGKILL"] == 8

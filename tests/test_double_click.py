"""The scripts to double-click: what they do, one start after another, with the program in place of its set-up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from mba.load.profiles import load_profile

SCRIPT = ROOT / "double-click" / "start.command"


def started(folder: Path, typed: str) -> str:
    """What one start says, where this is typed."""
    words = ["/bin/sh", str(folder / SCRIPT.name)]
    return subprocess.run(words, input=typed, capture_output=True, text=True, check=False, cwd="/").stdout


@pytest.mark.process
@pytest.mark.slow
def test_the_first_start_makes_a_workbook_and_the_next_a_paper(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path)
    program = tmp_path / "mba-here" / "bin" / "mba"
    program.parent.mkdir(parents=True)
    settings = f"PYTHONPATH={os.environ.get('PYTHONPATH', '')}"
    made = "--name Fellside --population 900000 --groups 2"
    program.write_text(
        f'#!/bin/sh\nverb=$1; shift; case $verb in init) set -- "$@" {made};; esac\n'
        f'{settings} exec {sys.executable} -m mba "$verb" "$@"\n'
    )
    program.chmod(0o755)
    assert "Open mine.xlsx, fill it in, save it, and start this again." in started(tmp_path, "\n")
    assert load_profile(str(tmp_path / "mine.xlsx")).organisation.name == "Fellside"
    said = started(tmp_path, "q\n\n")
    assert "Fellside" in said
    assert "The paper is paper.docx, in this folder." in said
    assert (tmp_path / "paper.docx").read_bytes().startswith(b"PK")


@pytest.mark.process
def test_without_the_wheel_it_says_what_is_missing(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path)
    assert "must stand in the same folder" in started(tmp_path, "\n")


def test_both_scripts_give_the_same_commands() -> None:
    def commands(text: str) -> list[str]:
        return [
            line.split("mba ", 1)[1].split(" ||")[0]
            for line in text.splitlines()
            if line.strip().startswith("mba-here") and "python" not in line
        ]

    windows = (ROOT / "double-click" / "start.bat").read_bytes().decode()
    assert commands(windows) == commands(SCRIPT.read_text("utf-8"))
    assert windows.count("\r\n") == windows.count("\n"), "its lines end as on Windows"

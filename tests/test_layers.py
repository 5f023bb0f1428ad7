"""The house: a module imports only from what stands to its right."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "mba"

LAYERS = (
    ("mba.__main__",),
    ("mba.cli",),
    ("mba.answer",),
    ("mba.report", "mba.stress"),
    ("mba.compare",),
    ("mba.causes",),
    ("mba.ask", "mba.switch"),
    ("mba.draws",),
    ("mba.decide",),
    ("mba.cautions", "mba.portfolio", "mba.load", "mba.batch"),
    ("mba.cost", "mba.choose"),
    ("mba.score", "mba.smaa"),
    ("mba.results",),
    ("mba.sureness",),
    ("mba.rules",),
    ("mba.measures", "mba.figures"),
    ("mba.sources",),
    ("mba.profile",),
    ("mba.forms",),
    ("mba.problem",),
    ("mba.render",),
    ("mba",),
)
"""Left to right. Modules of one layer do not know each other; those of one package may."""

WITHIN = {
    "mba.report": (
        ("export", "write"),
        ("paper",),
        ("proposal", "changes"),
        ("assess", "explain", "reference", "check", "save", "progress", "diff", "beside", "sheet"),
        ("appraisal", "delivery", "same"),
        ("assumed", "certainty", "evidence", "money", "reasons", "differences"),
        ("charts",),
        ("record", "words"),
        ("outline",),
    ),
    "mba.render": (
        ("console", "html", "markdown"),
        ("document",),
    ),
    "mba.load": (
        ("stored",),
        ("profiles", "schema"),
        ("scenario",),
        ("knowledge",),
        ("overlay",),
        ("check",),
        ("refused",),
        ("hints", "nodes"),
        ("syntax",),
        ("source",),
    ),
}
"""The same inside the packages; here modules of one layer may know each other where the report builds on another."""

NO_DRAWERS = {"utils", "helpers", "common", "base", "misc", "constants", "manager"}

MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "mba":
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "mba"}
    return found


def layer_of(module: str) -> int:
    if module == "mba.data":
        return len(LAYERS)
    return next(
        number
        for number, names in enumerate(LAYERS)
        for name in names
        if module == name or (name != "mba" and module.startswith(f"{name}."))
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_its_right(path: Path) -> None:
    mine = name_of(path)
    for other in imports_of(path):
        package = mine.rpartition(".")[0] if mine not in WITHIN else mine
        if other.startswith(f"{package}.") and package in WITHIN:
            rows = WITHIN[package]
            here, there = (
                next(i for i, row in enumerate(rows) if name.rpartition(".")[2] in row) for name in (mine, other)
            )
            assert here <= there, f"{mine} imports {other}"
        else:
            assert layer_of(mine) < layer_of(other), f"{mine} imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_a_drawer_for_odds_and_ends_or_very_long(path: Path) -> None:
    assert path.stem not in NO_DRAWERS
    assert len(path.read_text("utf-8").splitlines()) <= 300

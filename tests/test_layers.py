"""The house: a module imports only from what stands below it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "mba"

LAYERS = (
    # From the top down. What a module imports stands on a lower line.
    # A new module needs no line here where it goes into one of the rooms, the folders: only one in ROOMS, below.
    ("mba.__main__",),  # the process: streams, signals, how it ends
    ("mba.cli",),  # the commands: parse, call, print
    ("mba.dialogue",),  # the commands that ask
    ("mba.options",),  # what they have in common
    ("mba.typed",),  # commands as somebody types them
    ("mba.asking", "mba.starting"),  # what is asked about a profile, and the answers put into its file
    ("mba.answer",),  # from files to answers, for the commands
    ("mba.output",),  # how what is said leaves the program
    ("mba.report",),  # findings in words
    ("mba.compare",),  # what changed, and why
    ("mba.sensitivity",),  # how sure, and what would change it
    ("mba.decide",),  # from a profile to a decision
    ("mba.load",),  # files to models, or every fault in them
    ("mba.invariants",),  # what holds of every result
    ("mba.ways",),  # the ways to run a function beside each other
    ("mba.results",),  # what was found, as frozen data
    ("mba.option_result",),  # one option for one function
    (
        "mba.sureness",
        "mba.spending",
        "mba.caution",
    ),  # how sure, £, warnings and queries
    ("mba.knowledge",),  # rules, figures, sources and the catalogue
    ("mba.inputs",),  # every field of a profile that can move an answer, a row each
    ("mba.profile",),  # the user's words, as models
    ("mba.called",),  # what the name of a supplier says of it
    ("mba.ratings", "mba.terms"),  # what is rated, and the words that stand for one of a few things
    ("mba.about",),  # what is said about a field, beside its type
    ("mba.forms",),  # how a value may be written
    ("mba.problem",),  # what can be wrong with the input
    ("mba.render",),  # documents to text, Markdown and pages; knows no decision
    ("mba",),
)
"""The house. Modules that stand on one line do not know each other; those of one room may, as ROOMS says."""

ROOMS = {
    # The same inside each room: a new module needs its name on a line below all that import it, and above all that it
    # imports.
    # Modules of one line may know each other where the one builds on the other.
    "mba.output": (
        ("export",),
        ("write",),
        ("record",),
        ("formats", "streams"),
    ),
    "mba.report": (
        ("paper",),
        ("cover",),
        ("ask", "starter", "assess", "explain", "reference", "check", "diff", "beside", "sheet", "screen", "workbook"),
        ("appraisal", "delivery", "routes"),
        ("screen_rows",),
        ("one_page",),
        ("staying", "questions", "prices"),
        ("evidence", "money", "differences", "profile_sheets"),
        ("moving", "pictures"),
        ("queries",),
        ("bridge", "cautions", "reasons"),
        ("plans", "timing"),
        ("leaving", "plan", "vat"),
        ("mapped",),
        ("layout",),
        ("words",),
        ("outline",),
    ),
    "mba.compare": (
        ("compare", "matching"),
        ("causes",),
    ),
    "mba.sensitivity": (
        ("acceptability",),
        ("settling",),
        ("answers",),
        ("value_of_information", "switching"),
        ("draws",),
        ("hypercube",),
        ("smaa",),
    ),
    "mba.decide": (
        ("decide", "variants"),
        ("assumptions", "cautions", "legal", "plans", "present", "queries"),
        ("queries_of_others",),
        ("portfolio",),
        ("evaluate", "floor"),
        ("choose_each", "score", "situations"),
        ("cost", "functions"),
        ("arrangements", "parts"),
        ("alternatives",),
    ),
    "mba.load": (
        ("splice", "stored"),
        ("profiles", "schema"),
        ("across",),
        ("scenario",),
        ("bare",),
        ("totals",),
        ("taken",),
        ("everyday",),
        ("workbook",),
        ("names",),
        ("headed",),
        ("knowledge",),
        ("check", "nodes"),
        ("fault",),
        ("columns",),
        ("cells",),
        ("tree",),
        ("hints",),
        ("source",),
    ),
    "mba.knowledge": (
        ("degrees",),
        ("rules",),
        ("catalogue", "measures", "figures", "procurement"),
        ("sources",),
        ("data",),
    ),
    "mba.render": (
        ("console", "html", "markdown", "word"),
        ("picture", "workbook", "stationery"),
        ("templates",),
        ("letters",),
        ("document",),
    ),
}

NO_DRAWERS = {"utils", "helpers", "common", "base", "misc", "constants", "manager"}

MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "mba":
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= set(names if node.module in ROOMS else [node.module])
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "mba"}
    return found


def line_of(module: str) -> int:
    """Which line of LAYERS a module stands on: its own, or that of its room."""
    for number, names in enumerate(LAYERS):
        if module in names:
            return number
    room = next((room for room in ROOMS if module.startswith(f"{room}.")), None)
    if room:
        return line_of(room)
    pytest.fail(f"{module} stands in no room: move it into one, or give it a line in LAYERS that says what it is for")


def place_in_room(module: str, room: str) -> int:
    """Which line of its room a module stands on."""
    name = module.removeprefix(f"{room}.").split(".")[0]
    for number, names in enumerate(ROOMS[room]):
        if name in names:
            return number
    pytest.fail(f'{module} has no place in its room: add "{name}" to ROOMS["{room}"]')


@pytest.mark.slow
def test_a_module_imports_only_from_below() -> None:
    for path in MODULES:
        mine = name_of(path)
        room = next((room for room in ROOMS if mine.startswith(f"{room}.")), None)
        for other in imports_of(path) - {mine}:
            if room and other.startswith(f"{room}."):
                assert place_in_room(mine, room) <= place_in_room(other, room), f"{mine} imports {other}"
            else:
                assert line_of(mine) < line_of(other), f"{mine} imports {other}"


def test_every_module_has_a_place() -> None:
    for path in MODULES:
        mine = name_of(path)
        line_of(mine)
        for room in ROOMS:
            if mine.startswith(f"{room}."):
                place_in_room(mine, room)


def test_no_module_is_a_drawer_for_odds_and_ends_or_very_long() -> None:
    assert {path.stem for path in MODULES} & NO_DRAWERS == set()
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}


def public_names(path: Path) -> set[str]:
    """What a module defines at its top for others to use."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


@pytest.mark.slow
def test_every_public_name_has_one_meaning_in_the_whole_package() -> None:
    meanings: dict[str, list[str]] = {}
    for path in MODULES:
        for name in public_names(path):
            meanings.setdefault(name, []).append(name_of(path))
    assert {name: modules for name, modules in meanings.items() if len(modules) > 1} == {}

"""How plain the code of each room is: `make lint` prints the figures and fails where a room is above a bar.

Counted for every 1,000 lines of a room: conditional expressions, those in disguise included (a text or a list times a
comparison, a pair of values by one, a table of true and false on the spot); and comprehensions that are heavy, since
they have two `for`s, a conditional (a filter, or a conditional expression inside), or more than two lines. Of single
places: conditional expressions inside each other, and functions above a cyclomatic complexity of 15 (radon). The bars
are those of codebases that are a pleasure to read; docs/decisions/README.md says which.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from radon.complexity import cc_visit_ast

SOURCE = Path(__file__).parent.parent / "src" / "mba"
MOST_CONDITIONAL, MOST_HEAVY, MOST_COMPLEX = 15, 5, 15
SMALL = 300
"""Lines below which a room is shown and not held to the bars: one expression more would move its figures."""
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Module(NamedTuple):
    """What is counted in a module; the last two are places."""

    lines: int
    statements: int
    conditional: int
    heavy: int
    nested: tuple[str, ...]
    complex: tuple[str, ...]


def count(path: Path) -> Module:
    """The figures of one module."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    name = path.relative_to(SOURCE).as_posix()
    conditionals = [node for node in nodes if isinstance(node, ast.IfExp)]
    disguised = sum(map(_is_disguised, nodes))
    return Module(
        lines=text.count("\n"),
        statements=sum(isinstance(node, ast.stmt) for node in nodes),
        conditional=len(conditionals) + disguised,
        heavy=sum(_is_heavy(node) for node in nodes if isinstance(node, COMPREHENSIONS)),
        nested=tuple(f"{name}:{node.lineno}" for node in conditionals if _holds_conditional(node)),
        complex=tuple(
            f"{name}:{block.lineno} {block.fullname} ({block.complexity})"
            for block in cc_visit_ast(tree)
            if block.letter != "C" and block.complexity > MOST_COMPLEX
        ),
    )


def _holds_conditional(node: ast.AST) -> bool:
    """Whether a conditional expression stands somewhere below the node."""
    return any(isinstance(inner, ast.IfExp) for inner in ast.walk(node) if inner is not node)


_LITERAL = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple)


def _is_disguised(node: ast.AST) -> bool:
    """Whether this is a value that a condition takes or leaves: "s" * (number > 1), ("no", "yes")[sure]."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        return any(isinstance(key, ast.Constant) and isinstance(key.value, bool) for key in node.value.keys)
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, _LITERAL) and not isinstance(node.slice, ast.Slice)
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return False
    sides = (node.left, node.right)
    return any(isinstance(side, _LITERAL) for side in sides) and any(map(_is_condition, sides))


def _is_condition(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("bool", "any", "all", "isinstance")
    return isinstance(node, (ast.Compare, ast.BoolOp)) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )


def _is_heavy(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> bool:
    """Whether a comprehension asks more of a reader than to see that the same is done with each of some things."""
    loops = node.generators
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    filters = any(loop.ifs for loop in loops)
    return len(loops) > 1 or filters or _holds_conditional(node) or lines > 2


def main() -> int:
    """Print a row for each room and each place above a bar; 1 where a room or a function is above one."""
    rooms: dict[str, list[Module]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        rooms[path.relative_to(SOURCE).parts[0] if path.parent != SOURCE else "mba"].append(count(path))
    failed = False
    sys.stdout.write(f"{'':12}{'lines':>8}{'statements':>12}{'conditional':>13}{'heavy':>8}   a 1,000 lines\n")
    for room, modules in sorted(rooms.items()):
        lines = sum(module.lines for module in modules)
        conditional = 1_000 * sum(module.conditional for module in modules) / lines
        heavy = 1_000 * sum(module.heavy for module in modules) / lines
        places = [place for module in modules for place in (*module.nested, *module.complex)]
        above = places or (lines >= SMALL and (conditional > MOST_CONDITIONAL or heavy > MOST_HEAVY))
        verdict = "above" if above else ""
        failed = failed or verdict == "above"
        statements = sum(module.statements for module in modules)
        sys.stdout.write(f"{room:12}{lines:>8,}{statements:>12,}{conditional:>13.1f}{heavy:>8.1f}   {verdict}\n")
        if verdict == "above":
            sys.stdout.writelines(f"    {place}\n" for place in places)
    every = [module for modules in rooms.values() for module in modules]
    lines, statements = sum(m.lines for m in every), sum(m.statements for m in every)
    sys.stdout.write(f"{'all':12}{lines:>8,}{statements:>12,}\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

"""A workbook to the tree of a profile: the same as of a file in YAML, with cells for places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mba.about import Kind
from mba.inputs import FUNCTIONS, ORGANISATION, PACKAGES, PARTNERS, SUPPLIERS
from mba.load.cell_values import figure_of, id_of, parted, plain
from mba.load.cells import SheetCells, sheets_of
from mba.load.columns import (
    BODIES_SHEET,
    DECIDE_HEADS,
    DECIDE_SHEET,
    FUNCTIONS_SHEET,
    KEYS,
    NO_FLAGS,
    OFFERS_SHEET,
    ORGANISATION_KEYS,
    ORGANISATION_SHEET,
    PAID,
    PARTNER,
    PROFILE_SHEETS,
    SUPPLIER,
    Key,
)
from mba.load.headed import Said, SaidRow, answers_of, rows_of
from mba.load.source import clip
from mba.load.tree import Extent, Node
from mba.problem import Location, MbaError, Problem
from mba.terms import Option

CHOSEN = "chosen in the workbook"
"""Why something is decided that was chosen on the sheet Decide."""


def of_workbook(file: str, raw: bytes) -> tuple[Node, list[Problem]]:
    """The tree of a workbook, and what is wrong in it that leaves the rest to be checked.

    Raises MbaError where it is no workbook of a profile, or not to be trusted.
    """
    sheets = sheets_of(file, raw, (*PROFILE_SHEETS, DECIDE_SHEET))
    missing = [f"“{name}”" for name in (ORGANISATION_SHEET, FUNCTIONS_SHEET) if name not in sheets]
    if missing:
        hint = f"A profile has the sheets {', '.join(PROFILE_SHEETS)}, as mba export writes them."
        raise MbaError(Problem(f"has no sheet {' and no sheet '.join(missing)}", Location(file), hint))
    if DECIDE_SHEET in sheets:
        sheets[DECIDE_SHEET].problems.clear()  # Of its formulas, which are not read.
    profile = _Reader(sheets).profile()
    return profile, [problem for sheet in sheets.values() for problem in sheet.problems]


class _Reader:
    """The sheets of a workbook, and the ids of functions and bodies by what they are called."""

    def __init__(self, sheets: Mapping[str, SheetCells]) -> None:
        self.sheets = sheets
        self.called: dict[str, dict[str, str]] = {FUNCTIONS_SHEET: {}, BODIES_SHEET: {}}

    def profile(self) -> Node:
        answers = answers_of(self.sheets[ORGANISATION_SHEET], ORGANISATION_KEYS)
        organisation = Node(self.sheets[ORGANISATION_SHEET].mark(1, 1), {})
        for key in ORGANISATION_KEYS:
            if key.head in answers:
                _put(organisation, key.route, self.value(key, answers[key.head]))
        rows = {name: rows_of(self.sheets[name], KEYS[name]) if name in self.sheets else [] for name in KEYS}
        for name, called in self.called.items():
            for row in rows[name]:
                called.update(_called(row))
        root = Node(organisation.mark, {ORGANISATION: organisation}, {ORGANISATION: organisation.mark})
        functions = [self.row(row, KEYS[FUNCTIONS_SHEET]) for row in rows[FUNCTIONS_SHEET]]
        by_id: dict[str, Node] = {}
        for function in functions:
            _put(root, (FUNCTIONS,), function, many=True)
            _with_whom(function)
            id_ = function.child("id") or function
            if id_.text() and id_.text() in by_id:
                first = by_id[id_.text()].mark.place().line
                _tell(id_.mark, f"“{clip(id_.text())}” stands in row {first} too", "Delete one of the two.")
            by_id.setdefault(id_.text(), function)
        for row in rows[BODIES_SHEET]:
            self.body(root, self.row(row, KEYS[BODIES_SHEET]))
        for row in rows[OFFERS_SHEET]:
            self.offer(root, self.row(row, KEYS[OFFERS_SHEET]), by_id)
        self.decide(by_id)
        return root

    def row(self, row: SaidRow, keys: Sequence[Key]) -> Node:
        """A row of a table as a group of keys."""
        first = next(iter(row.values()))
        node = Node(first.mark, {})
        for key in keys:
            if key.head in row:
                _put(node, key.route, self.value(key, row[key.head]))
        if "id" not in node.group() and (name := row.get("Name")):
            _put(node, ("id",), Node(name.mark, id_of(name.text)))
        return node

    def value(self, key: Key, cell: Said) -> Node:
        """What a cell says, as a profile has it."""
        step, text = key.route[-1], cell.text
        if step == "said_by":
            return _answers(cell)
        if step == "functions":
            return self.ids(cell, FUNCTIONS_SHEET)
        if step in ("with", "by"):
            return self.ids(cell, BODIES_SHEET)
        if step == "flags":
            return Node(cell.mark, [Node(cell.mark, plain(word)) for word in parted(text) if plain(word) != NO_FLAGS])
        if step == "id":
            return Node(cell.mark, id_of(text))
        if key.kind is not Kind.WORD:
            return Node(cell.mark, figure_of(key.kind, text.strip()))
        return Node(cell.mark, plain(text).replace(" ", "-") if key.choices else text)

    def ids(self, cell: Said, sheet: str) -> Node:
        """Ids with commas between them, or names that have one; a single word stays one."""
        called = self.called[sheet]
        whole = cell.text.strip()
        words = [whole] if whole.casefold() in called else parted(whole)
        nodes = [
            Node(cell.mark, called.get(word.casefold()) or id_of(word)) for word in words if plain(word) != NO_FLAGS
        ]
        if sheet == FUNCTIONS_SHEET and plain(whole) == "all":
            return Node(cell.mark, "all")
        return Node(cell.mark, nodes) if sheet == FUNCTIONS_SHEET or len(words) > 1 or "," in whole else nodes[0]

    def body(self, root: Node, node: Node) -> None:
        """Put a row of Suppliers and partners where it belongs."""
        role = node.group().pop("role", None)
        if role is None or role.text() not in (SUPPLIER, PARTNER):
            hint = "A supplier sells, or allies; a partner would share a team."
            _tell((role or node).mark, f"the role must be {SUPPLIER} or {PARTNER}", hint)
        group = PARTNERS if role and role.text() == PARTNER else SUPPLIERS
        if group == SUPPLIERS and "population" in node.group():
            _put(node, ("population_served",), node.group().pop("population"))
        _put(root, (group,), node, many=True)

    def offer(self, root: Node, node: Node, by_id: Mapping[str, Node]) -> None:
        """Put a row of Offers where it belongs: a price for several functions, or a quote for one."""
        what, by = (node.group().pop(key, None) for key in ("what", "by"))
        mode = (node.child("mode") or Node(node.mark, None)).text()
        if what and what.text() == PAID.replace(" ", "-"):
            if by:
                _put(node, (SUPPLIER,), by)
            _put(root, (PACKAGES,), node, many=True)
            return
        if by:
            _put(node, (PARTNER if mode == Option.SHARE else SUPPLIER,), by)
        named = node.group().pop("functions", None)
        words = [each.text() for each in named.value] if named and isinstance(named.value, list) else []
        function = by_id.get(words[0]) if len(words) == 1 else None
        if function is None:
            hint = "Give each offer a row of its own, with the id of a function. A price paid today may be for several."
            _tell((named or node).mark, "an offer is for one function of the sheet Functions", hint)
            return
        _put(function, ("quotes",), node, many=True)

    def decide(self, by_id: Mapping[str, Node]) -> None:
        """What was chosen on the sheet Decide otherwise than recommended there is decided."""
        if DECIDE_SHEET not in self.sheets:
            return
        sheet, heads = self.sheets[DECIDE_SHEET], set(DECIDE_HEADS)
        rows = sheet.rows()
        top = next((number for number, cells in rows.items() if heads <= set(cells.values())), None)
        if top is None:
            return
        sheet.heads = rows[top]
        columns = {head: column for column, head in rows[top].items()}
        for number, cells in sheet.rows(top).items():
            id_, recommended, chosen = (cells.get(columns[head], "").strip() for head in DECIDE_HEADS)
            if not chosen or plain(chosen) == recommended:
                continue
            mark = sheet.mark(number, columns[DECIDE_HEADS[-1]])
            if id_ not in by_id:
                _tell(mark, f"“{clip(id_)}” is not on the sheet {FUNCTIONS_SHEET}", "Clear the choice.")
                continue
            group = {"mode": Node(mark, plain(chosen)), "because": Node(mark, CHOSEN)}
            _put(by_id[id_], ("decided",), Node(mark, dict(group), dict.fromkeys(group, mark)))


def _tell(mark: Extent, message: str, hint: str) -> None:
    """Tell of what is wrong in the cell at a mark."""
    if isinstance(mark.source, SheetCells):
        mark.source.problems.append(Problem(message, mark.place(), hint))


def _put(node: Node, route: Sequence[str], value: Node, *, many: bool = False) -> None:
    """Put a value where a route leads to, in groups that are made where there are none; many: at the end of a list."""
    for step in route[:-1]:
        if step not in node.group():
            node.group()[step] = Node(value.mark, {})
            node.keys[step] = value.mark
        node = node.group()[step]
    if many:
        rows = node.group().setdefault(route[-1], Node(value.mark, []))
        if isinstance(rows.value, list):
            rows.value.append(value)
    else:
        node.group()[route[-1]] = value
    node.keys.setdefault(route[-1], value.mark)


def _with_whom(function: Node) -> None:
    """Give a function the key for whom it is run with today: partners where they are several, else by how it is run."""
    current = function.child("current") or function
    if whom := current.group().pop("with", None):
        one = PARTNER if (current.child("mode") or whom).text() == Option.SHARE else SUPPLIER
        _put(current, ("partners" if isinstance(whom.value, list) else one,), whom)
    if leaves := function.child("leaves"):
        said = leaves.group().pop("leaves", None)
        if said and said.text() == "false" and not leaves.value:
            del function.group()["leaves"]


def _answers(cell: Said) -> Node:
    """Who gave which answer, one a line."""
    said = (line.partition(": ") for line in cell.text.split("\n") if line.strip())
    group = {what.strip(): Node(cell.mark, who) for what, _, who in said}
    return Node(cell.mark, dict(group), dict.fromkeys(group, cell.mark))


def _called(row: SaidRow) -> dict[str, str]:
    """The id of a row by what it is called: the id itself counts before the name of another."""
    name = row["Name"].text.strip() if "Name" in row else ""
    id_ = id_of(row["Id"].text if "Id" in row else name)
    return {name.casefold(): id_, id_: id_}

"""A workbook to the tree of a profile: the same as of a file in YAML, with cells for places."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import cast

from mba.about import Kind
from mba.inputs import FUNCTIONS, ORGANISATION, PACKAGES, PARTNERS, SUPPLIERS
from mba.load import columns
from mba.load.cells import SheetCells, sheets_of
from mba.load.headed import HEAD_AMONG, SaidRow, answers_of, figure_of, id_of, in_plain, parted, rows_of
from mba.load.hints import ALIKE, nearest_word
from mba.load.knowledge import load_catalogue
from mba.load.source import clip
from mba.load.tree import Extent, Node
from mba.problem import Location, MbaError, Problem
from mba.terms import Option

_ALL = "all"
_MOST_PARTS = 9  # Words between commas that are tried as one name.
_HEADS = {columns.DECIDE_SHEET: columns.DECIDE_HEADS} | {
    name: tuple(key.head for key in keys) for name, keys in columns.KEYS.items()
}
CHOSEN = "chosen in the workbook"
"""Why something is decided that was chosen on the sheet Decide."""


class NoProfileError(MbaError):
    """A workbook without the sheets of a profile."""


def of_workbook(file: str, raw: bytes, told: list[str] | None = None) -> tuple[Node, list[Problem]]:
    """The tree of a workbook, and what is wrong in it that leaves the rest to be checked.

    `told` is given a line for each sheet that it does without. Raises MbaError where it is no workbook of a profile, or
    not to be trusted, or where a sheet that is missing is there under another name.
    """
    known = (*columns.PROFILE_SHEETS, columns.DECIDE_SHEET)
    every = sheets_of(file, raw, known, HEAD_AMONG)
    sheets = {name: every.pop(name) for name in filter(every.__contains__, known)}
    wrong = []
    for name in filter(lambda name: name not in sheets, known):
        other = next(filter(lambda title: _is_like(name, every[title]), every), "")
        hint = f"Call that sheet {name}. If it is something else, give it another name and other headings."
        if other:
            wrong.append(Problem(f"has no sheet “{name}”, and “{clip(other)}” looks like it", Location(file), hint))
        elif name in (columns.ORGANISATION_SHEET, columns.FUNCTIONS_SHEET):
            hint = f"A profile has the sheets {', '.join(columns.PROFILE_SHEETS)}, as mba export writes them."
            wrong.append(Problem(f"has no sheet “{name}”", Location(file), hint))
        elif told is not None and name != columns.DECIDE_SHEET:
            told.append(f"{file} has no sheet {name}, so nothing of it is known.")
    if wrong:
        raise NoProfileError(*wrong)
    answers = answers_of(sheets[columns.ORGANISATION_SHEET], columns.ORGANISATION_KEYS)
    reader = Reader(
        {name: rows_of(sheets[name], columns.KEYS[name]) for name in filter(sheets.__contains__, columns.KEYS)}
    )
    organisation = Node(sheets[columns.ORGANISATION_SHEET].at(1, 1), {})
    profile = reader.profile(reader.keyed(organisation, answers, columns.ORGANISATION_KEYS))
    if columns.DECIDE_SHEET in sheets:
        sheets[columns.DECIDE_SHEET].problems.clear()  # Of its formulas, which are not read.
        _decide(sheets[columns.DECIDE_SHEET], reader.by_id)
    return profile, list(chain.from_iterable(sheet.problems for sheet in sheets.values()))


def _is_like(name: str, sheet: SheetCells) -> bool:
    """Whether another sheet has nearly the name of one of ours, or mostly its headings, three at least."""
    heads = set(map(in_plain, _HEADS.get(name, ())))
    rows = [[in_plain(text) in heads for text in row.values()] for row in sheet.rows().values()]
    has_heads = any(sum(row) >= min(len(heads), max(3, len(row) / 2)) for row in rows)
    return bool(nearest_word(sheet.title, [name], ALIKE)) or (bool(heads) and has_heads)


class Reader:
    """The rows of the sheets of a workbook, and the ids of functions and bodies by what they are called."""

    def __init__(self, rows: Mapping[str, Sequence[SaidRow]]) -> None:
        self.rows = rows
        self.by_id: dict[str, Node] = {}
        self.twice: list[Node] = []
        self.called: dict[str, dict[str, str]] = {columns.FUNCTIONS_SHEET: {}, columns.BODIES_SHEET: {}}
        for name, called in self.called.items():
            for row in rows.get(name, ()):
                names = [row[head].text().strip() for head in filter(row.__contains__, ("Id", "Name"))] or [""]
                id_ = id_of(names[0])
                called.update({_one(parted(name)): id_ for name in names} | {id_: id_})

    def profile(self, organisation: Node) -> Node:
        """The tree of the profile of an organisation."""
        root = Node(organisation.mark, {ORGANISATION: organisation})
        for (name, keys), take in zip(columns.KEYS.items(), (self._function, self._body, self._offer), strict=True):
            for row in self.rows.get(name, ()):
                node = self.keyed(Node(next(iter(row.values())).mark, {}), row, keys)
                take(root, self._named(node, row.get("Name")))
        if self.twice:
            first, *others = self.twice
            message = f"“{clip(first.text())}” stands in row {self.by_id[first.text()].mark.place().line} too"
            if others:
                numbers = [str(node.mark.place().line) for node in others]
                message += f"; so it is with {len(others)} rows more: {clip(', '.join(numbers))}"
            hint = "Call each by whose it is, such as “Payroll - North”; or make one row, if one body runs both."
            _tell(first.mark, message, hint)
        return root

    def keyed(self, node: Node, row: SaidRow, keys: Sequence[columns.Key]) -> Node:
        """A group of keys with what the cells of a row say."""
        for key in keys:
            if key.head in row:
                _put(node, key.route, self._value(key, row[key.head]))
        return node

    def _named(self, node: Node, name: Node | None) -> Node:
        """A row with the id that can be made of its name, where it has none."""
        if name and "id" not in node.group():
            _put(node, ("id",), Node(name.mark, id_of(name.text())))
            known = load_catalogue().functions.get(node.word("id"))
            if known and known.name == name.text() and "role" not in node.group():
                del node.group()["name"]  # As the catalogue calls it: it need not be said.
        return node

    def _value(self, key: columns.Key, cell: Node) -> Node:
        """What a cell says, as a profile has it."""
        step, mark, text = key.route[-1], cell.mark, cell.text()
        if step == "said_by":
            return _answers(cell)
        if step in ("with", "by"):
            bodies = self._ids(cell, columns.BODIES_SHEET)
            is_list = len(bodies) != 1 or text.rstrip().endswith(",")
            return Node(mark, bodies) if is_list else bodies[0]
        if step == "functions" and in_plain(text) == _ALL:
            return Node(mark, _ALL)
        if step == "functions":
            return Node(mark, self._ids(cell, columns.FUNCTIONS_SHEET))
        if step == "flags":
            return Node(mark, [Node(mark, in_plain(word)) for word in parted(text)])
        if step == "id":
            return Node(mark, id_of(text))
        if key.kind is not Kind.WORD:
            text = figure_of(key.kind, text.strip())
        elif key.choices:
            text = in_plain(text).replace(" ", "-")
        return Node(mark, text)

    def _ids(self, cell: Node, sheet: str) -> list[Node]:
        """The ids in a cell with commas between them, each as such or as a name; a name may have commas too."""
        called, words, ids = self.called[sheet], parted(cell.text()), list[str]()
        while words:
            parts = max(filter(lambda many: _one(words[:many]) in called, range(2, _MOST_PARTS)), default=1)
            name, words = ", ".join(words[:parts]), words[parts:]
            ids.append(called.get(name.casefold()) or id_of(name))
        return [Node(cell.mark, id_) for id_ in ids]

    def _function(self, root: Node, node: Node) -> None:
        """Put a row of Functions where it belongs, with the keys of a profile for whom it is with and if it leaves.

        One whose id is there already is left out, and told of with all such.
        """
        current, leaves, id_ = (node.child(key) or node for key in ("current", "leaves", "id"))
        if id_.text() in self.by_id:
            self.twice.append(id_)
            return
        if id_.text():
            self.by_id[id_.text()] = node
        _put(root, (FUNCTIONS,), node, many=True)
        if whom := current.group().pop("with", None):
            _put(current, (_key_of(whom, current),), whom)
        if says := leaves.group().pop("leaves", None):
            if says.text() not in ("true", "false"):
                hint = "Write yes; where it goes and from which day in columns of their own, Leaves to and Leaves on."
                _tell(says.mark, f"whether it leaves must be yes or no, not “{clip(says.text())}”", hint)
            elif says.text() == "false" and not leaves.value:
                del node.group()["leaves"]

    def _body(self, root: Node, node: Node) -> None:
        """Put a row of Suppliers and partners where it belongs."""
        role = node.group().pop("role", node)
        if role.text() not in (columns.SUPPLIER, columns.PARTNER):
            hint = "A supplier sells, or allies; a partner would share a team."
            _tell(role.mark, f"the role must be {columns.SUPPLIER} or {columns.PARTNER}", hint)
        if role.text() == columns.PARTNER:
            _put(root, (PARTNERS,), node, many=True)
            return
        if "population" in node.group():
            _put(node, ("population_served",), node.group().pop("population"))
        _put(root, (SUPPLIERS,), node, many=True)

    def _offer(self, root: Node, node: Node) -> None:
        """Put a row of Offers where it belongs: a price for several functions, or a quote for one."""
        what, by = (node.group().pop(key, None) for key in ("what", "by"))
        if what and what.text() == columns.PAID.replace(" ", "-"):
            _put(node, (columns.SUPPLIER,), by or Node(node.mark, None))
            _put(root, (PACKAGES,), node, many=True)
            return
        if by:
            _put(node, (_key_of(by, node),), by)
        named = node.group().pop("functions", node)
        ids = named.members()
        function = self.by_id.get(ids[0].text()) if len(ids) == 1 else None
        if function is None:
            hint = "Give each offer a row of its own, with the id of a function. A price paid today may be for several."
            _tell(named.mark, "an offer is for one function of the sheet Functions", hint)
            return
        _put(function, ("quotes",), node, many=True)


def _decide(sheet: SheetCells, by_id: Mapping[str, Node]) -> None:
    """What was chosen on the sheet Decide otherwise than recommended there is decided."""
    rows, heads = sheet.rows(), set(columns.DECIDE_HEADS)
    top = next(filter(lambda number: heads <= set(rows[number].values()), rows), None)
    if top is None:
        return
    sheet.heads, sheet.called = rows[top], {"Decided": columns.DECIDE_HEADS[-1]}
    place = {head: column for column, head in rows[top].items()}
    for number, cells in sheet.rows(top).items():
        id_, recommended, chosen = (cells.get(place[head], "").strip() for head in columns.DECIDE_HEADS)
        if not chosen or in_plain(chosen) == recommended:
            continue
        mark = sheet.at(number, place[columns.DECIDE_HEADS[-1]])
        if id_ not in by_id:
            _tell(mark, f"“{clip(id_)}” is not on the sheet {columns.FUNCTIONS_SHEET}", "Clear the choice.")
            continue
        for key, says in (("mode", in_plain(chosen)), ("because", CHOSEN)):
            _put(by_id[id_], ("decided", key), Node(mark, says))


def _one(words: Sequence[str]) -> str:
    """The name that has commas between these words, in small letters."""
    return ", ".join(words).casefold()


def _tell(mark: Extent, message: str, hint: str) -> None:
    cast("SheetCells", mark.source).problems.append(mark.problem(message, hint))


def _put(node: Node, route: Sequence[str], value: Node, *, many: bool = False) -> None:
    """Put a value where a route leads to, in groups that are made where there are none; many: at the end of a list."""
    for step in route[:-1]:
        node = node.group().setdefault(step, Node(value.mark, {}))
    if many:
        node.group().setdefault(route[-1], Node(value.mark, [])).members().append(value)
    else:
        node.group()[route[-1]] = value


def _key_of(whom: Node, row: Node) -> str:
    """The key for whom a row names: partners where they are a list, else by how it is run."""
    if isinstance(whom.value, list):
        return PARTNERS
    if row.word("mode") == Option.SHARE:
        return columns.PARTNER
    return columns.SUPPLIER


def _answers(cell: Node) -> Node:
    """Who gave which answer, one a line, by what is asked or by its key."""
    said = (line.strip().partition(": ") for line in filter(str.strip, cell.text().split("\n")))
    keys = {head: key for key, head in columns.SAID_OF.items()}
    return Node(cell.mark, {keys.get(what, what): Node(cell.mark, who) for what, _, who in said})

"""A scenario: a file that names its base, and holds only what differs from it.

Nobody named the base but another file, so nothing of it is shown unless it is plainly a profile.
"""

import contextlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mba.load.cells import LARGEST_BOOK, is_zip
from mba.load.check import validated
from mba.load.headed import BARE, Unsaid, table_in
from mba.load.names import admitted, admitted_function, changed_by_id
from mba.load.nodes import survey
from mba.load.source import LARGEST_RESULT, Source, clip, file_name, file_refusal, folder_of, read, read_bytes, text_of
from mba.load.tree import Extent, Node, overlay
from mba.problem import MbaError, Problem, refusal
from mba.profile import Changes, Scenario

MOST_FILES = 10
"""How many files can stand on each other."""

WHOLE = ("decided", "current", "leaves")
"""These are replaced, not merged: another mode with the reason, or the supplier, of the old one would be nobody's."""


@dataclass
class Chain:
    """The files that were read for one profile, first the one that was named, and its title if it is a scenario.

    `unsaid` is what a bare list of functions does not say; `told` is what was understood, a line each. `problems` is
    what is wrong so far that leaves the rest to be checked.
    """

    unsaid: Unsaid
    scenario: str | None = None
    files: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, path: str, raw: bytes | None = None) -> Node:
        """The tree of the file at path, laid over its base where it names one.

        `raw` stands for what is in the file. Raises MbaError with what leaves nothing to check.
        """
        self.files.append(path)
        node = self._take(self._tree(file_name(path), raw or read_bytes(path, LARGEST_BOOK)))
        if {"budget", "profile"} <= node.group().keys():
            hint = "Save it as a file that ends in .json: mba diff compares it, and a scenario may name it as its base."
            raise MbaError(node.spot("profile", key=True).problem("this is a stored result, not a profile", hint))
        layers: list[Node] = []
        while {"base", "changes"} & node.group().keys():
            self._check(node)
            changes = node.under("changes")  # What no profile has in them is told by the check.
            layers.append(changes.without(*changes.group().keys() - Changes.model_fields))
            base = node.under("base")
            if not base.text().strip() or base.mark.place() in {problem.place for problem in self.problems}:
                raise MbaError(*self.problems)
            node = self._take(self._base(base.text(), base.mark))
        if not isinstance(node.value, dict):
            hint = "Start from an example in the folder profiles/, or see: mba schema"
            raise MbaError(node.spot().problem("a profile must be a group of keys, such as “organisation:”", hint))
        for changes in reversed(layers):
            node = self._take(overlay(node, changed_by_id(node, changes), _ADMITS, WHOLE))
        return node

    def _take(self, found: tuple[Node, list[Problem]]) -> Node:
        self.problems += found[1]
        return found[0]

    def _tree(self, name: str, raw: bytes) -> tuple[Node, list[Problem]]:
        """The tree of a file, a workbook or a bare list, and what is wrong in it that leaves the rest readable."""
        if is_zip(raw) or table_in(name, raw):
            from mba.load.bare import list_in, of_list  # noqa: PLC0415 - most profiles are neither lists nor workbooks
            from mba.load.workbook import NoProfileError, of_workbook  # noqa: PLC0415 - as above

            try:
                if is_zip(raw) and self.unsaid == BARE:
                    return of_workbook(name, raw, self.told)
            except NoProfileError:
                if not list_in(name, raw):
                    raise
            if found := list_in(name, raw):
                return of_list(self.files[0], found, self.unsaid, self.told)
            if is_zip(raw):
                of_workbook(name, raw)  # What is no profile either is told as such.
        if self.unsaid != BARE and raw.strip():
            option, says = "--kind", "what kind it is for"
            if self.unsaid.people:
                option, says = "--population", "how many people it is for"
            hint = f"Leave it out: this file says itself {says}."
            raise refusal(f"{option} is for a bare list of functions, and {name} is none", hint)
        return survey(text_of(name, raw))

    def to(self, problems: Iterable[Problem]) -> str:
        """How the first file leads to the last that has a problem; empty where only the first has any."""
        names = [file_name(file) for file in self.files]
        faulty = {place.file for place in filter(None, (problem.place for problem in problems))}
        while names and names[-1] not in faulty:
            names.pop()
        return f"{' stands on '.join(names)}." if names[1:] else ""

    def _check(self, node: Node) -> None:
        """Tell what is wrong with a scenario beside its changes; the first gives its name to all."""
        hint = "What differs from the base goes under “changes”."
        own = filter(node.child, Changes.model_fields)
        problems = [node.spot(key, key=True).problem(f"a scenario has no “{key}” of its own", hint) for key in own]
        try:
            scenario = validated(node.without(*Changes.model_fields), Scenario, found=problems)
            self.scenario = self.scenario or scenario.name
        except MbaError as error:
            self.problems += error.problems

    def _base(self, name: str, mark: Extent) -> tuple[Node, list[Problem]]:
        """The tree of the file that a base names. Raises MbaError where the chain would have no end."""
        path = path_of(mark, name, folder_of(self.files[-1]))
        for number, file in enumerate(self.files):
            if file != "-" and os.path.realpath(file) == os.path.realpath(path):
                circle = " stands on ".join(map(file_name, [*self.files[number:], file]))
                message = f"a scenario cannot stand on itself: {circle}"
                raise MbaError(mark.problem(message, "Name the profile that it all starts from."))
        if len(self.files) >= MOST_FILES:
            hint = "Let this one stand on a profile."
            raise MbaError(mark.problem(f"more than {MOST_FILES} files stand on each other", hint))
        self.files.append(path)
        return open_base(mark, path)


_ADMITS = {"partners": admitted, "suppliers": admitted, "functions": admitted_function}
_ENDINGS = (".yaml", ".yml", ".json", ".xlsx")
_PLAINLY = {"organisation", "functions", "base"}
"""Keys at the top of which a profile or a scenario has one at least."""


def path_of(mark: Extent, name: str, folder: str) -> str:
    """The path of a base, seen from a folder, as short as it can be said. Raises MbaError where it is no file's."""
    path = os.path.join(folder, name.replace("\\", "/"))  # noqa: PTH118 - Path would tidy names through a link
    short = os.path.normpath(path)
    if os.path.realpath(short) == os.path.realpath(path):
        path = short
    if "://" in name or not path.casefold().endswith(_ENDINGS):
        message = f"a base must be a .yaml, .yml, .json or .xlsx file, not “{clip(name)}”"
        hint = "Name the file of a profile or a scenario; one from elsewhere is to be saved beside this file first."
        raise MbaError(mark.problem(message, hint))
    return path


def open_base(mark: Extent, path: str) -> tuple[Node, list[Problem]]:
    """The tree of a base and what is wrong with it so far. Raises MbaError with all that leaves nothing to check."""
    name = file_name(path)
    try:
        if path.casefold().endswith(".xlsx"):
            from mba.load.workbook import of_workbook  # noqa: PLC0415 - as above

            return of_workbook(name, read_bytes(path, LARGEST_BOOK))
        node, problems = survey(_source(path))
    except MbaError as error:
        wrong = error.problems[0]
        message, hint = wrong.lines()[0], wrong.hint
        if wrong.place and wrong.place.line:
            message, hint = f"{name}: cannot be read", f"To see what is wrong with it: mba check {name}"
        elif isinstance(error.__cause__, FileNotFoundError):
            hint = "A base is looked for from the folder of the file that names it."
        raise MbaError(mark.problem(message, hint)) from error
    if not _PLAINLY & node.group().keys():
        message = f"{name}: is no profile: none of its keys is organisation, functions or base"
        raise MbaError(mark.problem(message, "Name the file of a profile or a scenario."))
    return node, problems


def _source(path: str) -> Source:
    """The text of a base; of a stored result that of its profile, which stands where it stands in the file."""
    if not path.casefold().endswith(".json"):
        return read(path)
    source = read(path, LARGEST_RESULT)
    result: object = None
    with contextlib.suppress(ValueError, RecursionError):
        result = json.loads(source.text)
    if not isinstance(result, dict) or not {"budget", "functions"} <= result.keys():
        return read(path)
    for found in re.finditer(r'"profile"\s*:\s*(?={)', source.text):
        profile, end = json.JSONDecoder().raw_decode(source.text, found.end())
        if profile == result.get("profile"):
            before = re.sub(r"[^\r\n]", " ", source.text[: found.end()])
            return Source(source.name, before + source.text[found.end() : end])
    raise file_refusal(source.name, "is a stored result that does not hold its profile")

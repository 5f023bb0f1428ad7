"""YAML text to a tree of nodes that know where they stand.

The text is read as a stream of parser events, so that reading stops at a depth and a number of values long before
the parser could be hurt. Every scalar stays text: the schema decides what is a number, never the look of the text
(`name: no` is "no").
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from mba.load.hints import plainly
from mba.load.source import HIDDEN, Source, character, clip
from mba.load.tree import Extent, Node, Quoted
from mba.problem import MOST_PROBLEMS, Location, MbaError, Problem

DEEPEST = 20
MOST_VALUES = 40_000
"""In a file, with those that its aliases repeat."""
_TEXT = 100  # Characters of text that count as one more value.

_EMPTY = {"", "~", "null", "Null", "NULL"}
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What stands nowhere in a file: no YAML, or a break or an order of characters that a reader and a parser see apart."""
_ODD_SPACE = re.compile(r"[^\S ]")
_THOUSANDS, _FIGURE = re.compile(r"\d{3}\b"), re.compile(r"\W*\d")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Reader:
    """A text read so far: what is wrong in it, and whether that leaves the rest to be checked as it stands."""

    def __init__(self, source: Source) -> None:
        self.source = source
        # Both parsers mark every event; their types do not promise it.
        self.events: Iterator[Any] = yaml.parse(source.text, Loader=_LOADER)
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.problems: list[Problem] = []
        self.readable = True
        self.values = 0

    def refuse(self, mark: Extent, message: str, hint: str = "") -> None:
        self.readable = False
        self.note(mark, message, hint)

    def note(self, mark: Extent, message: str, hint: str) -> None:
        self.problems.append(mark.problem(message, hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise MbaError(*self.problems)

    def stop(self, mark: Extent, message: str, hint: str = "") -> MbaError:
        return MbaError(*self.problems, mark.problem(message, hint))

    def document(self) -> Node | None:
        """The tree of the one document; None where there is none."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and root:
                hint = "A line of “---” starts a new document. Keep one in each file."
                raise self.stop(self.mark(event), "a second document starts here", hint)
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, 0)
        return root

    def mark(self, event: Any) -> Extent:
        """Where an event stands; an empty value has no character to point at but the sign before it."""
        start, end = event.start_mark.index, event.end_mark.index
        if start == end and isinstance(event, yaml.ScalarEvent):
            start = max(0, start - 1)
        return Extent(self.source, start, end)

    def node(self, event: Any, depth: int) -> Node:
        """The value that begins with an event, to its end."""
        mark, before = self.mark(event), self.values
        anchor = event.anchor or ""
        if isinstance(event, yaml.AliasEvent):
            node, values = self.anchors.get(anchor, (Node(mark, None), 0))
            if not values:
                hint = "If this is text that starts with “*”, put quotes round it."
                self.refuse(mark, f"the alias “*{clip(anchor)}” refers to nothing that ends above it", hint)
            self.count(values, mark)
            return node
        self.count(1, mark)
        if tag := getattr(event, "tag", None):
            shown = clip(tag.replace("tag:yaml.org,2002:", "!!"))
            hint = "Delete the part that starts with “!”. If it is meant as text, put quotes round the text."
            self.refuse(mark, f"the tag “{shown}” is not used here", hint)
        node = Node(mark, None)
        if isinstance(event, yaml.ScalarEvent):
            node.value = self.text(event, mark)
        elif depth >= DEEPEST:
            raise self.stop(mark, f"this is nested more than {DEEPEST} levels deep")
        elif isinstance(event, yaml.MappingStartEvent):
            self.grouped(node, depth + 1)
        else:
            node.value = [self.node(inner, depth + 1) for inner in self.until(node, yaml.SequenceEndEvent)]
        if anchor:
            self.anchors[anchor] = node, self.values - before
        return node

    def count(self, values: int, mark: Extent) -> None:
        self.values += values
        if self.values > MOST_VALUES:
            hint = "Where aliases (“*”) repeat much of it, write the values out in full."
            raise self.stop(mark, f"the file has more than {MOST_VALUES:,} values", hint)

    def text(self, event: Any, mark: Extent) -> str | None:
        """The text of a scalar, such that it tells whether it stood in quotes; None where it is empty."""
        text: str = event.value
        self.count(len(text) // _TEXT, mark)
        if hidden := HIDDEN.search(text):
            hint = "Type this text again, without what was pasted; in single quotes if it has a backslash."
            self.refuse(mark, f"a hidden character, {character(hidden.group())}, is in this text", hint)
        if event.style:
            return Quoted(text)
        return None if text in _EMPTY else text

    def until(self, node: Node, ending: type[yaml.Event]) -> Iterator[Any]:
        """The events inside a list or a group, whose end is that of its node."""
        for event in self.events:
            if isinstance(event, ending):
                node.mark = node.mark._replace(end=self.mark(event).end)
                return
            yield event

    def grouped(self, node: Node, depth: int) -> None:
        """Take the keys of a group, and put together again what a comma inside { } has cut."""
        group: dict[str, Node] = {}
        for event in self.until(node, yaml.MappingEndEvent):
            key, mark = self.key(event, node), self.mark(event)
            value = self.node(next(self.events), depth)
            last_key, last = next(reversed(group.items()), ("", value))
            if value.value is None and self.is_cut(last, mark):
                last.mark = last.mark._replace(end=mark.end)
                last.value = self.source.text[last.mark.start : mark.end]
                if last.value.startswith("“") and last.value.endswith("”"):
                    hint = f'Use straight quotes: {last_key}: "{last.value.strip("“”")}"'
                    self.note(last.mark, "curly quotes do not hold text together, so this ends at its comma", hint)
            elif key is not None:
                node.keys.setdefault(key, mark)
                group[key] = value
        node.value = group

    def is_cut(self, value: Node, rest: Extent) -> bool:
        """Whether what looks like a key is the rest of a figure or of text in curly quotes: 245,000 or “12 May, B”."""
        text, between = value.text(), self.source.text[value.mark.end : rest.start]
        if type(value.value) is not str or between.strip() != ",":
            return False
        is_figure = between == "," and _THOUSANDS.match(self.source.text, rest.start) and _FIGURE.match(plainly(text))
        return bool(is_figure) or (text.startswith("“") and not text.endswith("”"))

    def key(self, event: Any, group: Node) -> str | None:
        """The key that an event is; None where what stands under it cannot be taken."""
        mark = self.mark(event)
        if not isinstance(event, yaml.ScalarEvent):
            hint = "If this is text that starts with “[”, “{” or “*”, put quotes round it."
            raise self.stop(mark, "a key must be plain text", hint)
        key = self.text(event, mark)
        if key is None:
            self.refuse(mark, "a key is missing before the colon")
        elif key == "<<" and not event.style:
            self.refuse(mark, "“<<”, which merges groups of keys, is not used here", "Write the keys out in full.")
            return None
        elif odd := _ODD_SPACE.search(key):
            hint = "Replace it by an ordinary space, or delete it."
            self.refuse(mark, f"an unusual space, {character(odd.group())}, is in this key", hint)
        elif key in group.keys:
            hint = f"It stands on line {group.keys[key].place().line} already. Keep one of the two."
            self.note(mark, f"“{clip(key)}” is given twice in the same place", hint)
        return key


def parse(source: Source) -> Node:
    """The tree of a YAML text of one document. Raises MbaError with every problem in it."""
    node, problems = survey(source)
    if problems:
        raise MbaError(*problems)
    return node


def survey(source: Source) -> tuple[Node, list[Problem]]:
    """The tree of a YAML text of one document, and what is wrong in it that leaves the rest readable.

    Raises MbaError with every problem that was met up to the first that makes the rest unreadable.
    """
    if strange := _REFUSED.search(source.text):
        hint = "Delete it and type the line again; it was probably pasted from another program."
        if source.text.count("\0") > len(source.text) // 4:
            hint = "The file looks like UTF-16. Save it again with the encoding “UTF-8”."
        message = f"the character {character(strange.group())} cannot be used in a file"
        raise source.error(message, strange.start(), hint)
    reader = _Reader(source)
    try:
        root = reader.document()
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # The last two: an escape that no character has.
        raise MbaError(*reader.problems, syntax(source, error)) from error
    if root is None or root.value is None:
        hint = "It holds nothing, or nothing but comments."
        raise MbaError(*reader.problems, Problem("is empty", Location(source.name), hint))
    if not reader.readable:
        raise MbaError(*reader.problems)
    return root, reader.problems


_SYNTAX = (
    # What PyYAML's two parsers say, then how the place stands on its line; our message; our hint; where to point.
    (r"(any token|indentation).*\t$", "a tab is used where spaces are needed",
     "Replace each tab by two spaces.", "here"),
    ("any token|mapping keys are|alphabetic|comment or line|chomping|tag|expected URI",
     "text cannot start with “{char}” here", "Put quotes round the text.", "begun"),
    ("mapping values.*after a colon|unexpected ':'", "this text has a colon in it",
     "Put quotes round the text.", "here"),
    ("mapping values", "this line does not go with the line above it",
     "Check the spaces at the start of both lines, and that the line above has a colon and a space after its key.",
     "line"),
    ("sequence entries", "a list cannot start on the line of its key",
     "Start each row on a line of its own, or write the list as [one, two].", "here"),
    ("unexpected (end of stream|document)", "this quote is never closed", "Add the closing quote.", "begun"),
    ("could not find expected ':'", "this line has no colon after its key", "Write it as “key: value”.", "begun"),
    ("(expected key|block end|node content).*:$", "a key is missing before the colon",
     "Write the key, or delete the line.", "here"),
    ("(expected key|'-'|block end).*(within|after a colon)", "this is not expected after the closing quote or bracket",
     "If the text has quotes inside it, put the other kind of quotes round it. Or a quote further up is never closed.",
     "here"),
    ("expected key|'-'|block end", "this does not line up with the lines above it",
     "Check the spaces at the start of the line.", "here"),
    (r"expected ',' or '[\]}]'", "this list or group is never closed, or a comma is missing in it",
     "Close it with “]” or “}”, and put commas between its values.", "begun"),
    ("node content", "a value is missing here", "Write the value, or delete the line.", "here"),
    ("escape|hex", "this backslash means nothing in double quotes",
     "Use single quotes round text with a backslash.", "slash"),
    ("directive|incompatible", "a line cannot start with “%”", "Delete the line.", "line"),
    ("document start", "this comes after the end of the file's contents",
     "A line of “...” ends them, and so does a quote or bracket that closes too early.", "here"),
)  # a table, laid out by hand  # fmt: skip


def _unspaced(source: Source, *near: int) -> Problem | None:
    """That a colon without a space after it makes no key, where there is one on these lines or on the one above."""
    for place in near:
        number = source.place(place).line
        for above in (number, number - 1):
            line = source.starts[max(0, above - 1)]
            if found := re.compile(r"[ -]*([a-z_]+):([^\s:/\\][^\r\n]*)").match(source.text, line):
                hint = f"Write: {found[1]}: {clip(found[2])}"
                return Problem("a space is missing after this colon", source.place(found.end(1)), hint)
    return None


def syntax(source: Source, error: Exception) -> Problem:
    """What the parser refused, in our words: what is wrong, where, and what to do."""
    words = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(f"this is not YAML: {clip(words, 120)}", Location(source.name))
    here = min(mark.index, max(0, len(source.text) - 1))
    line = source.starts[source.place(here).line - 1]
    before = source.text[line:here].lstrip(" -")
    begun = getattr(getattr(error, "context_mark", None), "index", here)
    slash = source.text.rfind("\\", 0, here + 1)
    points = {"here": here, "line": here - len(before), "begun": begun, "slash": slash}
    if unspaced := _unspaced(source, here, begun):
        return unspaced
    standing = "within" if before else "first"
    if ": " in before:
        standing = "after a colon"
    facts = f"{words} {standing} {source.text[here : here + 1]}"
    for pattern, message, mend, where in _SYNTAX:
        if re.search(pattern, facts):
            at, hint = points[where], mend
            if "quotes round" in mend and re.search("[“”„‘’]", source.text[line:here]):
                hint = "Curly quotes are none here. Put straight ones round the text."
            return Problem(message.format(char=clip(source.text[at : at + 1])), source.place(at), hint)
    return Problem(f"this is not YAML: {clip(words, 120)}", source.place(here))

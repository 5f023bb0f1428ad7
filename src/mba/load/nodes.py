"""YAML text to a tree of nodes that know where they stand.

The text is read as a stream of parser events with a stack of our own: nothing recurses, aliases have a
budget, and reading stops at a depth and a number of nodes long before the parser could be hurt. Every scalar stays
text: the schema decides what is a number, never the look of the text (`name: no` is "no").
"""

from __future__ import annotations

import re

import yaml

from mba.load.amounts import cut_short
from mba.load.source import HIDDEN, Source, character, clip
from mba.load.syntax import syntax
from mba.load.tree import Extent, Node, Quoted
from mba.problem import MOST_PROBLEMS, Location, MbaError, Problem

DEEPEST = 20
MOST_NODES = 40_000
MOST_ALIASED = 2_000
_TEXT = 100
"""Characters of text that count as one more value where it is repeated."""

_EMPTY = {"", "~", "null", "Null", "NULL"}
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that stand nowhere in a file, comments included.

What is no YAML, what breaks a line for a parser but not for an editor, and what shows a line in another order than it
is read.
"""
_ODD_SPACE = re.compile(r"[^\S ]")
_BACKSLASH = "Use single quotes round text with a backslash, or forward slashes."
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Open:
    """A list or mapping that has begun and not ended, and the key that its next value is for."""

    __slots__ = ("anchor", "key", "node")

    def __init__(self, node: Node, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: str | None = None


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.nodes = self.aliased = 0
        self.cut = 0
        """Up to here everything belongs to a value that was cut at a comma."""
        self.skips = False
        self.readable = True
        """Whether what was met so far leaves the rest to be checked as it stands."""
        # A hidden character is in the file as it stands, or gets in by a backslash between double quotes.
        self.suspect = "\\" in source.text or HIDDEN.search(source.text) is not None

    def problem(self, message: str, start: int, end: int, hint: str = "", *, harmless: bool = False) -> None:
        self.readable = self.readable and harmless
        self.problems.append(Problem(message, self.source.place(start, end), hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise MbaError(*self.problems)

    def stop(self, message: str, start: int, end: int, hint: str = "") -> MbaError:
        return MbaError(*self.problems, Problem(message, self.source.place(start, end), hint))

    def read(self) -> Node:
        documents = 0
        for event in yaml.parse(self.source.text, Loader=_LOADER):
            if event.start_mark is None or event.end_mark is None:
                continue  # Both parsers mark every event; their types do not promise it.
            start, end = event.start_mark.index, event.end_mark.index
            match event:
                case yaml.ScalarEvent():
                    self.scalar(event, start, end)
                case yaml.MappingStartEvent():
                    self.begin({}, event, start, end)
                case yaml.SequenceStartEvent():
                    self.begin([], event, start, end)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self.finish(end)
                case yaml.AliasEvent():
                    self.alias(event.anchor or "", start, end)
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        hint = "A line of “---” starts a new document. Keep one in each file."
                        raise self.stop("a second document starts here", start, end, hint)
        if self.root is None or self.root.value is None:
            hint = "It holds nothing, or nothing but comments."
            raise MbaError(*self.problems, Problem("is empty", Location(self.source.name), hint))
        if not self.readable:
            raise MbaError(*self.problems)
        return self.root

    def counted(self, event: yaml.NodeEvent, start: int, end: int) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.stop(f"the file has more than {MOST_NODES:,} values", start, end)
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = clip(tag.replace("tag:yaml.org,2002:", "!!"))
            hint = "Delete the part that starts with “!”. If it is meant as text, put quotes round the text."
            self.problem(f"the tag “{shown}” is not used here", start, end, hint)

    def wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node.value, dict) and self.stack[-1].key is None

    def scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        self.counted(event, start, end)
        if self.skips or (start < self.cut and self.wants_key()):
            self.skips = not self.skips  # What looks like a key, and the nothing that is its value.
            return
        text: str = event.value
        if start == end:  # An empty value has no character to point at but the sign before it.
            start = max(0, start - 1)
        quoted = event.style in ("'", '"', "|", ">")
        if self.suspect and (hidden := HIDDEN.search(text)):
            hint = "Delete this text and type it again; it was probably pasted from another program."
            hint = _BACKSLASH if re.search(r"\\[abefrtv]", self.source.text[start:end]) else hint
            self.problem(f"a hidden character, {character(hidden.group())}, is in this text", start, end, hint)
        if self.wants_key():
            self.key(text, quoted=quoted, start=start, end=end)
            return
        if text and not quoted and (cut := self.cut_value(start, end)):
            text, end = cut
        value = text
        if quoted:
            value = Quoted(text)
        node = Node(Extent(self.source, start, end), value, size=1 + len(text) // _TEXT)
        if not quoted and text in _EMPTY:
            node.value = None
        self.put(node, event.anchor)

    def cut_value(self, start: int, end: int) -> tuple[str, int] | None:
        """What was meant by the value of a key that was cut at a comma, and where it ends."""
        key = self.stack and self.stack[-1].key
        if not key or not (cut := cut_short(self.source.text, key, start, end)):
            return None
        self.problem(cut.message, start, cut.end, cut.hint, harmless=True)
        self.cut = cut.end
        return cut.meant, cut.end

    def key(self, text: str, *, quoted: bool, start: int, end: int) -> None:
        top = self.stack[-1]
        top.key = text
        if not quoted and text in _EMPTY:
            self.problem("a key is missing before the colon", start, end)
        elif not quoted and text == "<<":
            self.problem(
                "“<<”, which merges groups of keys, is not used here",
                start,
                end,
                "Write the keys out in full.",
            )
        elif odd := _ODD_SPACE.search(text):
            hint = "Replace it by an ordinary space, or delete it."
            self.problem(f"an unusual space, {character(odd.group())}, is in this key", start, end, hint)
        elif text in top.node.keys:
            line = top.node.keys[text].place().line
            hint = f"It stands on line {line} already. Keep one of the two."
            self.problem(f"“{clip(text)}” is given twice in the same place", start, end, hint, harmless=True)
        else:
            top.node.keys[text] = Extent(self.source, start, end)

    def begin(self, empty: list[Node] | dict[str, Node], event: yaml.NodeEvent, start: int, end: int) -> None:
        self.counted(event, start, end)
        if self.wants_key():
            hint = "If this is text that starts with “[” or “{”, put quotes round it."
            raise self.stop("a key must be plain text, not a list or a group of keys", start, end, hint)
        if len(self.stack) >= DEEPEST:
            raise self.stop(f"this is nested more than {DEEPEST} levels deep", start, end)
        self.stack.append(_Open(Node(Extent(self.source, start, end), empty), event.anchor))

    def finish(self, end: int) -> None:
        done = self.stack.pop()
        done.node.mark = done.node.mark._replace(end=end)
        self.put(done.node, done.anchor)

    def put(self, node: Node, anchor: str | None = None) -> None:
        if anchor:
            self.anchors[anchor] = node
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        top.node.size += node.size
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict) and top.key is not None:
            top.node.value[top.key] = node
            top.key = None

    def alias(self, anchor: str, start: int, end: int) -> None:
        if self.wants_key():
            raise self.stop("a key must be plain text, not an alias", start, end)
        target = self.anchors.get(anchor)
        if target is None:
            inside = any(frame.anchor == anchor for frame in self.stack)
            wrong = "refers to the group that it is in" if inside else "refers to nothing above it"
            hint = "If this is text that starts with “*”, put quotes round it."
            self.problem(f"the alias “*{clip(anchor)}” {wrong}", start, end, hint)
            target = Node(Extent(self.source, start, end), None)
        self.aliased += target.size
        if self.aliased > MOST_ALIASED:
            raise self.stop("aliases (“*”) repeat too much of the file", start, end, "Write the values out in full.")
        self.put(target)


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
        raise source.error(
            f"the character {character(strange.group())} cannot be used in a file", strange.start(), hint
        )
    reader = _Reader(source)
    try:
        return reader.read(), reader.problems
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # The last two: an escape that no character has.
        raise MbaError(*reader.problems, syntax(source, error)) from error


def composed(source: Source) -> Node:
    """What `parse` finds in a text of our own, read faster: as no fault is told of it, nothing has a place."""
    mark = Extent(source, 0, 0)

    def tree(made: object) -> Node:
        if isinstance(made, yaml.MappingNode):
            return Node(mark, {key.value: tree(value) for key, value in made.value})
        if isinstance(made, yaml.SequenceNode):
            return Node(mark, list(map(tree, made.value)))
        if isinstance(made, yaml.ScalarNode) and (made.style or made.value not in _EMPTY):
            return Node(mark, made.value)
        return Node(mark, None)

    return tree(yaml.compose(source.text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))

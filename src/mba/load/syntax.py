"""What PyYAML says of a text that it cannot parse, in words that a manager can act on."""

from __future__ import annotations

import re

from mba.load.source import Source, clip
from mba.problem import Location, Problem

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
)  # fmt: skip


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

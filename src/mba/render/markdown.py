"""A document to Markdown that GitHub and pandoc draw alike."""

from __future__ import annotations

import re

from mba.render.document import (
    Bar,
    Block,
    Cell,
    Command,
    Curve,
    Document,
    Heading,
    Items,
    Line,
    Medium,
    Paragraph,
    Shares,
    Table,
    Tone,
    blocks_on,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$&#!])")
_SMART = re.compile(r"-(?=-)|(?<=-)-|\.(?=\.\.)")
"""What pandoc would make dashes and an ellipsis of."""
_AUTOLINK = re.compile(r"(?<=[Ww][Ww][Ww])\.|:(?=//)|@|:(?=[a-z_+-]+:)")
_FIRST = re.compile(r"^(\s*)([-+=:(]|\d{1,9}(?=[.)](?:\s|$)))")
"""What starts a list; by pandoc also a definition, or (a)."""
_LETTERED = re.compile(r"^([A-Za-z]|[ivxlcdmIVXLCDM]+)([.)])(?=\s|$)")
"""What pandoc would take for the start of a list with letters."""


def markdown(document: Document) -> str:
    """The document as Markdown, tables with pipes; ends with one line feed."""
    return "\n\n".join(_block(block) for block in blocks_on(Medium.TEXT, document)) + "\n"


def escaped(words: str) -> str:
    """The words such that Markdown shows them as they are, on one line, wherever they stand in it."""
    flat = " ".join(words.split())
    safe = _SPECIAL.sub(r"\\\1", flat)
    for acts in (_AUTOLINK, _SMART):
        safe = acts.sub(lambda match: "\\" + match.group(), safe)
    safe = _LETTERED.sub(r"\1\\\2", safe)
    first = _FIRST.match(safe)
    if first and first.group(2).isdigit():
        return safe.replace(first.group(2), first.group(2) + "\\", 1)
    return _FIRST.sub(r"\1\\\2", safe)


def _block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {escaped(words)}"
        case Paragraph(line):
            return _line(line)
        case Items(lines):
            return "\n".join(f"- {_line(line)}" for line in lines)
        case Command(words):
            return _fenced(words)
        case Shares(parts):
            return " · ".join(f"**{escaped(name)}**" for name, _, _ in parts)
        case Table():
            return _table(block)
        case Curve():
            return f"**{escaped(block.title)}** {escaped(block.says)}"


def _fenced(words: str) -> str:
    """The words as code, between fences longer than any row of backticks in them."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", words)), default=0))
    return f"{fence}\n{words}\n{fence}"


def _line(line: Line) -> str:
    out = ""
    for span in line:
        safe = escaped(span.text)
        lead = " " if span.text[:1].isspace() and out else ""
        trail = " " if span.text[-1:].isspace() else ""
        out += lead + (f"**{safe}**" if span.tone is Tone.STRONG and safe else safe) + trail
    return out.strip()


def _table(table: Table) -> str:
    noted = any(row.note for row in table.rows)
    titles = [escaped(column.title) for column in table.columns] + ([escaped(table.note)] if noted else [])
    rows = [[_cell(cell) for cell in row.cells] + ([_line(row.note)] if noted else []) for row in table.rows]
    widths = _widths(list(zip(titles, *rows, strict=True)))
    ends = [":" if column.figures else "-" for column in table.columns] + ["-"] * noted
    rules = ["-" * (width - 1) + end for width, end in zip(widths, ends, strict=True)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rules, *rows])


_PAGE, _NARROW, _MARGIN = 78, 18, 5
"""Signs that go side by side on a page; a column of so many never wraps; what a column needs beside its text."""


def _widths(columns: list[tuple[str, ...]]) -> list[int]:
    """How many hyphens stand under each head: pandoc makes columns as wide, in proportion, and GitHub does not care."""
    longest = [max(len(cell.replace("\\", "")) for cell in cells) + _MARGIN for cells in columns]
    room = _PAGE - sum(width for width in longest if width <= _NARROW)
    wanted = sum(min(width, _PAGE) for width in longest if width > _NARROW)
    if wanted <= room:
        return longest
    return [width if width <= _NARROW else max(_NARROW, room * min(width, _PAGE) // wanted) for width in longest]


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Bar):
        return _line(cell)
    if cell.chosen:
        return f"**{'≈' if cell.close else '▸'} {cell.value}**"
    return f"× {cell.value}" if cell.blocked else str(cell.value)

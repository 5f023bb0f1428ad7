"""A document to Markdown that GitHub and pandoc draw alike."""

from __future__ import annotations

import re

from mba.report.document import (
    Bar,
    Block,
    Cell,
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
_AUTOLINK = re.compile(r"(?<=[Ww][Ww][Ww])\.|:(?=//)|@|:(?=[a-z_+-]+:)")
_FIRST = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def markdown(document: Document) -> str:
    """The document as Markdown, tables with pipes; ends with one line feed."""
    return "\n\n".join(_block(block) for block in blocks_on(Medium.TEXT, document)) + "\n"


def escaped(words: str) -> str:
    """The words such that Markdown shows them as they are, on one line, wherever they stand in it."""
    flat = " ".join(words.split())
    safe = _AUTOLINK.sub(lambda match: "\\" + match.group(), _SPECIAL.sub(r"\\\1", flat))
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
        case Shares(parts):
            return " · ".join(f"**{escaped(name)}**" for name, _, _ in parts)
        case Table():
            return _table(block)
        case Curve():
            return f"**{escaped(block.title)}** {escaped(block.says)}"


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
    rules = ["---:" if column.figures else "---" for column in table.columns] + (["---"] if noted else [])
    rows = [[_cell(cell) for cell in row.cells] + ([_line(row.note)] if noted else []) for row in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rules, *rows])


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Bar):
        return _line(cell)
    if cell.chosen:
        return f"**{'≈' if cell.close else '▸'} {cell.value}**"
    return f"× {cell.value}" if cell.blocked else str(cell.value)

"""A document to Markdown that GitHub and pandoc draw alike."""

from __future__ import annotations

import re
from itertools import count

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

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<|#~^$])")
_HERE = re.compile(
    r"(?<=[Ww][Ww][Ww])\.|:(?=//)|@|:(?=[a-z0-9_+-]+:)"  # What becomes a link, an address or a little picture.
    r"|&(?=#?\w+;)"  # What stands for another sign.
    r"|-(?=-)|(?<=-)-|\.(?=\.\.)"  # What pandoc makes dashes and an ellipsis of.
)
_FIRST = re.compile(r"^([-+=:(>~%]|\d{1,9}(?=[.)](?:\s|$))|(?:[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$)))")
"""What starts a list or a quotation; by pandoc also a definition, (a) or iv)."""


def markdown(document: Document) -> str:
    """The document as Markdown, tables with pipes; ends with one line feed."""
    return "\n\n".join(_block(block) for block in blocks_on(Medium.TEXT, document)) + "\n"


def escaped(words: str) -> str:
    """The words such that Markdown shows them as they are, on one line, wherever they stand in it."""
    safe = _ANYWHERE.sub(r"\\\1", " ".join(words.split()))
    return _HERE.sub(lambda match: "\\" + match.group(), safe)


def _at_start(line: str) -> str:
    """An escaped line such that it starts nothing but a paragraph."""
    first = _FIRST.match(line)
    if first and first.group().isalnum():
        return f"{first.group()}\\{line[first.end() :]}"
    return f"\\{line}" if first else line


def _block(block: Block) -> str:
    match block:
        case Heading(level, words):
            return f"{'#' * level} {escaped(words)}"
        case Paragraph(line):
            return _at_start(_line(line))
        case Items(lines, numbered):
            marks = (f"{number}." if numbered else "-" for number in count(1))
            return "\n".join(f"{mark} {_at_start(_line(line))}" for mark, line in zip(marks, lines, strict=False))
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
    # One ~ strikes nothing out, and costs are full of them.
    return (out.replace("\\~", "~") if out.count("\\~") == 1 else out).strip()


def _table(table: Table) -> str:
    noted = any(row.note for row in table.rows)
    titles = [escaped(column.title) for column in table.columns] + ([escaped(table.note)] if noted else [])
    rows = [[_cell(cell) for cell in row.cells] + ([_line(row.note)] if noted else []) for row in table.rows]
    figures = [*(column.figures for column in table.columns), *[False] * noted]
    widths = _widths(list(zip(titles, *rows, strict=True)), figures)
    rules = [
        f"{'-' * (width - 1)}:" if right else f":{'-' * (width - 1)}"
        for width, right in zip(widths, figures, strict=True)
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rules, *rows])


_PAGE, _NARROW, _MARGIN, _LEAST = 84, 14, 4, 20
"""Signs that go side by side on a page; text of so many never wraps, nor do figures; what a column needs beside its text; the least for text that wraps."""


def _widths(columns: list[tuple[str, ...]], figures: list[bool]) -> list[int]:
    """How many hyphens stand under each head: pandoc makes columns as wide, in proportion, and GitHub does not care."""
    longest = [max(len(re.sub(r"\\(.)|[*]{2}", r"\1", cell)) for cell in cells) + _MARGIN for cells in columns]
    kept = [right or width <= _NARROW + _MARGIN for width, right in zip(longest, figures, strict=True)]
    room = _PAGE - sum(width for width, keep in zip(longest, kept, strict=True) if keep)
    wanted = sum(min(width, _PAGE) for width, keep in zip(longest, kept, strict=True) if not keep)
    if wanted <= room:
        return longest
    return [
        width if keep else max(_LEAST, room * min(width, _PAGE) // wanted)
        for width, keep in zip(longest, kept, strict=True)
    ]


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Bar):
        return _line(cell)
    if cell.chosen:
        return f"**{'≈' if cell.close else '▸'} {cell.value}**"
    return f"× {cell.value}" if cell.blocked else str(cell.value)

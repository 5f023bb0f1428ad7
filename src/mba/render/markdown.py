"""A document to Markdown that GitHub and pandoc draw alike."""

import re

from mba.render import document as doc
from mba.render.letters import shared

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<|#~^$])")
_HERE = re.compile(
    r"(?<=[Ww][Ww][Ww])\.|:(?=//)|@|:(?=[a-z0-9_+-]+:)"  # What becomes a link, an address or a little picture.
    r"|&(?=#?\w+;)"  # What stands for another sign.
    r"|-(?=-)|(?<=-)-|\.(?=\.\.)"  # What pandoc makes dashes and an ellipsis of.
)
_FIRST = re.compile(r"^([-+=:(>~%]|\d{1,9}(?=[.)](?:\s|$))|(?:[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)](?:\s|$)))")
"""What starts a list or a quotation; by pandoc also a definition, (a) or iv)."""


def markdown(document: doc.Document) -> str:
    """The document as Markdown, tables with pipes; ends with one line feed."""
    blocks = map(_block, document)
    return "\n\n".join(filter(None, blocks)) + "\n"


def escaped(words: str) -> str:
    """The words such that Markdown shows them as they are, on one line, wherever they stand in it."""
    safe = _ANYWHERE.sub(r"\\\1", " ".join(words.split()))
    return _HERE.sub(lambda match: "\\" + match.group(), safe)


def _at_start(line: str) -> str:
    """An escaped line such that it starts nothing but a paragraph."""
    first = _FIRST.match(line)
    if not first:
        return line
    if first.group().isalnum():
        return f"{first.group()}\\{line[first.end() :]}"
    return f"\\{line}"


def _block(block: doc.Block) -> str:
    match block:
        case doc.Heading(level, words):
            return f"{'#' * level} {escaped(words)}"
        case doc.Paragraph(line, 0):
            return _at_start(_line(line))
        case doc.Paragraph(line, number):
            return _at_start(f"{number}. {_line(line)}")
        case doc.Items():
            return "\n".join(f"{mark} {_at_start(_line(line))}" for mark, line in block.marked("-"))
        case doc.Command(words):
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", words)), default=0))  # Longer than any in them.
            return f"{fence}\n{words}\n{fence}"
        case doc.Table():
            return _table(block)
        case doc.Picture():
            return ""


def _line(line: doc.Line) -> str:
    words = "".join(map(_span, line)).strip()
    # One ~ strikes nothing out, and costs are full of them.
    if words.count("\\~") == 1:
        return words.replace("\\~", "~")
    return words


def _span(span: doc.Span) -> str:
    """The words of a span; white space at their ends stands outside of what makes them strong."""
    words = escaped(span.text)
    if words and span.tone is doc.Tone.STRONG:
        words = f"**{words}**"
    return f"{' ' * span.text[:1].isspace()}{words}{' ' * span.text[-1:].isspace()}"


def _table(table: doc.Table) -> str:
    columns, rows = table.columns, [list(map(_line, row.cells)) for row in table.rows]
    if any(row.note for row in table.rows):
        columns = (*columns, doc.Column(table.note))
        # A sentence is said once of the rows that follow each other with it.
        for note, ((first, _), *others) in doc.together(table.rows):
            rows[first].append(_line(note))
            for number, _ in others:
                rows[number].append("as above" if note else "")
    titles = [escaped(column.title) for column in columns]
    figures = [column.figures for column in columns]
    rules = _rules(list(zip(titles, *rows, strict=True)), figures)
    return "\n".join(f"| {' | '.join(row)} |" for row in [titles, rules, *rows])


_PAGE, _NARROW, _MARGIN, _LEAST = 84, 14, 4, 20
"""Signs that go side by side on a page; text of so many never wraps, nor do figures; what a column needs beside its
text; the least for text that wraps."""


def _rules(columns: list[tuple[str, ...]], figures: list[bool]) -> list[str]:
    """The hyphens under each head, and a colon on the side on which the column is aligned.

    pandoc makes columns as wide, in proportion, and GitHub does not care.
    """
    wanted, least = [], []
    for cells, right in zip(columns, figures, strict=True):
        width = _MARGIN + max(len(re.sub(r"\\(.)|[*]{2}", r"\1", cell)) for cell in cells)  # As they are shown.
        wanted.append(width)
        least.append(width if right or width <= _NARROW + _MARGIN else _LEAST)
    widths = shared(wanted, least, _PAGE) or least
    hyphens = ["-" * (width - 1) for width in widths]
    return [f"{rule}:" if right else f":{rule}" for rule, right in zip(hyphens, figures, strict=True)]

"""A document to a Word file (.docx): real styles, tables with heads, pictures that say what they show."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from mba.render import document as doc
from mba.render.letters import in_xml
from mba.render.picture import LETTERS, png
from mba.render.stationery import Stationery, field, plain, w, where
from mba.render.widths import TWIPS, breadths

_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3")
"""Of headings, by their level."""
_SMALL = 6
"""Rows of a table that stays on one page."""
_SHORT = 100
"""Letters of a paragraph that is on the page of the list or the table that it leads to."""
_LONGEST_MARK = 30
"""Letters of a bookmark before its number; Word takes forty."""
_OFF = 5 * TWIPS
_SPACE = re.compile(r"[^\S\xa0\u202f]+")


def word(document: doc.Document, stationery: Stationery | None = None, author: str = "") -> bytes:
    """The document as a Word file, on somebody's stationery or our own.

    Its text is data, and nothing in it becomes a field; equal documents give equal files.
    """
    writing = _Writing(stationery or Stationery(), doc.anchors_of(document))
    for block, caption, after in zip(document, doc.captions_of(document), [*document[1:], None], strict=True):
        for element in writing.block(block, caption, after):
            writing.add(element)
    title = next((block.text for block in document if isinstance(block, doc.Heading)), "mba")
    return writing.stationery.packed(in_xml(title), in_xml(author))


class _Writing:
    """Blocks to elements of Word's language; what is numbered is counted as it comes."""

    def __init__(self, stationery: Stationery, anchors: set[str]) -> None:
        self.stationery = stationery
        self.anchors = anchors
        self.counted: Counter[str] = Counter()
        self.places: dict[str, str] = {}
        self.numbered = 0
        self.stand_off = {stationery.styles[name] for name in ("Caption", *_STYLES)}

    def add(self, element: Any) -> None:
        """Write an element at the end; what follows a table stands off from it, as headings do anyway."""
        body = self.stationery.body
        last = body[-2] if len(body) > 1 else None
        if last is not None and last.tag == qn("w:tbl") and element.style not in self.stand_off:
            element[0].insert_element_before(w("spacing", before=_OFF), "w:ind", "w:jc", "w:rPr")
        body.insert(len(body) - 1, element)

    def block(self, block: doc.Block, caption: tuple[str, str], after: doc.Block | None) -> Iterator[Any]:
        """The elements of a block; a lead-in stays with the list or the table that comes after it."""
        match block:
            case doc.Heading():
                yield self.heading(block)
            case doc.Paragraph():
                yield self.prose(block, after)
            case doc.Items(lines, numbered):
                style = "List Number" if numbered else "List Bullet"
                list_ = self.stationery.list_of(style, 1)
                for i, line in enumerate(lines):
                    yield self.paragraph(style, line, list_=list_, keep=i == 0 and len(lines) > 1)
            case doc.Command(words):
                yield self.command(words)
            case doc.Table():
                yield self.caption("Table", caption[1] or caption[0])
                explained = isinstance(after, doc.Paragraph) and after.is_small_print
                yield self.table(block, ": ".join(filter(None, caption)), explained=explained)
                if after is None:  # Word wants a paragraph at the end.
                    yield self.paragraph("Table Text", ())
            case doc.Picture():
                yield self.caption("Figure", block.title)
                yield self.picture(block)

    def prose(self, block: doc.Paragraph, after: doc.Block | None) -> Any:
        """A paragraph of sentences, in a list where it has a number, with its bookmarks."""
        style, list_ = "Normal", 0
        if block.number:
            style = "Numbered Paragraph"
            if block.number != self.counted["paragraph"] + 1 or not self.numbered:
                self.numbered = self.stationery.list_of(style, block.number)
            self.counted["paragraph"] = block.number
            list_ = self.numbered
        words = _said(block.line)
        leads = isinstance(after, doc.Items | doc.Table | doc.Command) and (len(words) < _SHORT or words.endswith(":"))
        paragraph = self.paragraph(style, block.line, list_=list_, keep=leads)
        for anchor in block.anchors:
            self.mark(paragraph, self.place(anchor))
        return paragraph

    def heading(self, heading: doc.Heading) -> Any:
        """A heading, which may begin a page."""
        paragraph = self.paragraph(_STYLES[min(heading.level, len(_STYLES)) - 1], doc.text(heading.text))
        if heading.new_page and len(self.stationery.body) > 1:
            paragraph[0].append(w("pageBreakBefore"))
        return paragraph

    def mark(self, paragraph: Any, name: str) -> None:
        """Put a bookmark around the words of a paragraph."""
        self.counted["bookmark"] += 1
        id_ = self.counted["bookmark"]
        paragraph[0].addnext(w("bookmarkStart", id=id_, name=name))
        paragraph.append(w("bookmarkEnd", id=id_))

    def place(self, anchor: str) -> str:
        """The bookmark of an anchor: in letters and digits that Word takes, and not the same as another."""
        plain_ = re.sub("[^a-z0-9]+", "_", anchor.lower())[:_LONGEST_MARK]
        return self.places.setdefault(anchor, f"{plain_}_{len(self.places) + 1}")

    def paragraph(self, style: str, line: doc.Line, *, list_: int = 0, keep: bool = False, figure: bool = False) -> Any:
        """A paragraph in a style, kept on the page of what follows it where that is said."""
        properties = w(
            "pPr",
            w("pStyle", val=self.stationery.styles[style]),
            where(keep, "keepNext"),
            where(list_, "numPr", w("ilvl", val=0), w("numId", val=list_)),
            where(figure, "jc", val="right"),
        )
        return w("p", properties, *map(self.run, line))

    def run(self, span: doc.Span) -> Any:
        """A run of words in the look of their tone."""
        run = plain(_SPACE.sub(" ", in_xml(span.text)))
        strong = span.tone not in (doc.Tone.PLAIN, doc.Tone.FAINT)
        coloured = span.tone not in (doc.Tone.PLAIN, doc.Tone.STRONG)
        properties = w(
            "rPr",
            where(strong, "rStyle", val=self.stationery.styles["Strong"]),
            where(coloured, "color", val=LETTERS[span.tone].removeprefix("#").upper()),
        )
        if len(properties):
            run.insert(0, properties)
        return w("hyperlink", run, anchor=self.place(span.to)) if span.to in self.anchors else run

    def command(self, words: str) -> Any:
        """Lines to type, to the letter."""
        paragraph = self.paragraph("Command", ())
        for i, line in enumerate(words.splitlines() or [""]):
            run = plain(in_xml(line))
            if i:
                run.insert(0, w("br"))
            paragraph.append(run)
        return paragraph

    def caption(self, kind: str, words: str) -> Any:
        """What a table or a picture is called, with its number, on the same page."""
        self.counted[kind] += 1
        paragraph = self.paragraph("Caption", doc.text(f": {words}"), keep=True)
        paragraph[0].addnext(plain(f"{kind} "))
        paragraph[1].addnext(field(f"SEQ {kind} \\* ARABIC", str(self.counted[kind])))
        return paragraph

    def picture(self, picture: doc.Picture) -> Any:
        """A picture as wide as the text, and no higher than leaves room for its caption."""
        across, down = (twips / TWIPS for twips in self.stationery.room)
        scale = min(1.0, across / picture.width, (down - 36) / picture.height)
        story: Any = self.stationery.document.part
        size = Pt(picture.width * scale), Pt(picture.height * scale)
        inline = story.new_pic_inline(io.BytesIO(png(picture)), *size)
        for side in "TBLR":  # LibreOffice keeps some distance where none is said.
            inline.set(f"dist{side}", "0")
        inline.docPr.set("title", in_xml(picture.title))
        inline.docPr.set("descr", in_xml(f"{picture.title}. {picture.description}"))
        paragraph = self.paragraph("Picture", ())
        paragraph.append(w("r", w("drawing", inline)))
        return paragraph

    def table(self, table: doc.Table, caption: str, *, explained: bool) -> Any:
        """A table as wide as the text; its head comes again on every page, and no row is split.

        A sentence stands below the rows that it is about. Neither the first nor the last of many rows stands alone,
        and the last stays with what explains it.
        """
        if table.paired:
            table = _in_pairs(table)
        titles = tuple(doc.text(column.title, doc.Tone.STRONG) for column in table.columns)
        columns = [list(map(_said, cells)) for cells in zip(titles, *(row.cells for row in table.rows), strict=True)]
        figures = [column.figures for column in table.columns]
        widths = breadths(columns, figures, self.stationery.room[0], self.stationery.letters)
        properties = w(
            "tblPr",
            w("tblStyle", val=self.stationery.styles["Report Table"]),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            w("tblCaption", val=_SPACE.sub(" ", in_xml(caption))),
        )
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        stay = _staying(table)
        if explained:
            stay.add(len(table.rows) - 1)
        rows = [self.row(titles, widths, figures, keep=True, head=True)]
        for note, run in doc.together(table.rows):
            bare = "bottom" * bool(note)
            for i, row in run:
                rows.append(self.row(row.cells, widths, figures, keep=bool(note) or i in stay, bare=bare))
            if note:
                keep = run[-1][0] in stay
                rows.append(self.row((note,), [sum(widths)], [False], keep=keep, bare="top", over=len(widths)))
        return w("tbl", properties, grid, *rows)

    def row(
        self,
        cells: Sequence[doc.Line],
        widths: list[int],
        figures: list[bool],
        *,
        keep: bool,
        bare: str = "",
        head: bool = False,
        over: int = 1,
    ) -> Any:
        """A row of cells, bare of a line at one side; each is over so many columns."""
        row = w("tr", w("trPr", w("cantSplit"), where(head, "tblHeader")))
        for cell, width, figure in zip(cells, widths, figures, strict=True):
            span = where(over > 1, "gridSpan", val=over)
            lines = where(bare, "tcBorders", w(bare or "bottom", val="nil"))
            properties = w("tcPr", w("tcW", w=width, type="dxa"), span, lines)
            row.append(w("tc", properties, self.paragraph("Table Text", cell, keep=keep, figure=figure)))
        return row


def _in_pairs(table: doc.Table) -> doc.Table:
    """The table with two rows side by side; the last may stand alone."""
    pairs = zip_longest(table.rows[::2], table.rows[1::2], fillvalue=doc.Row(((),) * len(table.columns)))
    return doc.Table(table.columns * 2, tuple(doc.Row(one.cells + other.cells) for one, other in pairs))


def _staying(table: doc.Table) -> set[int]:
    """The rows that stay on the page of the next; a row with its note does not stand alone."""
    last = len(table.rows) - 1
    if any(row.note for row in table.rows):
        return set()
    return set(range(last)) if last < _SMALL else {0, last - 1}


def _said(line: doc.Line) -> str:
    return "".join(span.text for span in line)

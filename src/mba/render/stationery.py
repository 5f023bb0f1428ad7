"""What a Word document is written on: styles, lists, margins and footer, of our own or of somebody's template."""

import io
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

_HERE = Path(__file__).parent
_LANGUAGE = "en-GB"
_OF_USE = {RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE, RT.THEME}
"""What of a document goes on without its text."""
_OF_A_PACKAGE = {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}
_TWIPS = 635  # English metric units to a twentieth of a point, in which Word measures pages.
_A4 = {"w": 11906, "h": 16838}
_MARGINS = {"top": 851, "right": 1134, "bottom": 907, "left": 1134}
"""1.5 cm above, 1.6 cm below, 2 cm beside."""
_ROOM = _A4["w"] - 2 * 1134, _A4["h"] - 851 - 907
_LETTERS, _OURS = 10.0, 8.8
"""Points of letters of pictures that are as wide as those in tables: as a template may have them, and as we do."""
_LEAST = 2_000  # Twips across and down in which anything can be read.


def w(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of Word's language."""
    element: Any = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


class Stationery:
    """An empty document to write on. `styles` gives the id of each style by the name that Word shows.

    `room` is how wide and how high the text of a page is, in twips; `letters` the points of those in tables.
    Every style of ours is there: as the template has it, or else as we have it. Raises what python-docx raises where
    a template does not hang together.
    """

    def __init__(self, template: DocxDocument | None = None) -> None:
        self.document = template or _blank()
        self.letters = _LETTERS if template else _OURS
        self.body: Any = self.document.element.body
        self._empty()
        self._numbering = _numbering_of(self.document)
        used = self._numbering.xpath("./w:num/@w:numId | ./w:abstractNum/@w:abstractNumId")
        self._numbers = count(1 + max(map(int, used), default=0))
        self.styles = {style.name or "": style.style_id for style in self.document.styles}
        self._complete(self.document.styles.element)
        if self.document.sections[-1].footer.is_linked_to_previous:
            self._number_pages()
        self.room = _measured(self.document.sections[-1])

    def _empty(self) -> None:
        """Take out the text, and what only the text or those who wrote it had a use for."""
        for child in self.body.xpath("./*[not(self::w:sectPr)]"):
            self.body.remove(child)
        if not len(self.body):
            self.body.append(w("sectPr"))
        settings = self.document.settings.element
        settings_part: Any = self.document.part.part_related_by(RT.SETTINGS)
        settings_part.rels.clear()
        of_the_text = "./*[.//@r:id or @r:id] | ./w:footnotePr | ./w:endnotePr | ./w:documentProtection"
        for leftover in settings.xpath(of_the_text):
            settings.remove(leftover)
        package: Any = self.document.part.package
        _prune(self.document.part.rels, _OF_USE, set(self.body.xpath(".//@r:id")))
        _prune(package.rels, _OF_A_PACKAGE, set())

    def _complete(self, sheet: Any) -> None:
        """Add the styles of ours that the sheet has not, by their names; ids may be others in it."""
        ours = parse_xml((_HERE / "word_styles.xml").read_bytes())
        names = {style.styleId: style.name_val[0].upper() + style.name_val[1:] for style in ours}
        for style in ours:
            name = names[style.styleId]
            if name in self.styles:
                continue
            while style.styleId in self.styles.values():
                style.styleId += "1"
            self.styles[name] = style.styleId
            for other in style.xpath("./w:basedOn | ./w:next"):
                other.val = self.styles[names[other.val]]
            for list_ in style.xpath("./w:pPr/w:numPr/w:numId"):
                list_.val = self._add_list(self._take_list(name))
            if style.default and sheet.xpath(f"./w:style[@w:default and @w:type='{style.get(qn('w:type'))}']"):
                style.default = None
            sheet.append(style)

    def list_of(self, style: str, start: int) -> int:
        """The number of a new list that looks as those of the style do and counts from `start`."""
        number = "".join(self.document.styles[style].element.xpath("./w:pPr/w:numPr/w:numId/@w:val"))
        kinds = self._numbering.xpath(f"./w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
        kind = kinds[0] if kinds else self._take_list(style)
        return self._add_list(kind, w("lvlOverride", w("startOverride", val=start), ilvl=0))

    def _take_list(self, style: str) -> str:
        """The number under which the kind of list that is ours for a style stands in the document from now on."""
        ours = parse_xml((_HERE / "word_numbering.xml").read_bytes())[_LISTS.index(style)]
        number = str(next(self._numbers))
        ours.set(qn("w:abstractNumId"), number)
        self._numbering.insert(len(self._numbering.xpath("./w:abstractNum")), ours)
        return number

    def _add_list(self, kind: str, *overrides: Any) -> int:
        number = next(self._numbers)
        last = (self._numbering.xpath("./w:num") or self._numbering.xpath("./w:abstractNum"))[-1]
        last.addnext(w("num", w("abstractNumId", val=kind), *overrides, numId=number))
        return number

    def _number_pages(self) -> None:
        """Page x of y at the foot of every page; Word works the fields out anew."""
        footer = self.document.sections[-1].footer
        footer.is_linked_to_previous = False
        paragraph: Any = footer.paragraphs[0].clear()
        paragraph.style = self.styles["Footer"]
        for words, code in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            paragraph.add_run(words)
            shown = paragraph.add_run("1")._r  # noqa: SLF001 - the only way to its element
            shown.getparent().append(w("fldSimple", shown, instr=f" {code} "))

    def packed(self, title: str, author: str) -> bytes:
        """The document as a file; nothing in it depends on the day or the machine."""
        properties: Any = self.document.core_properties
        properties._element[:] = []  # noqa: SLF001 - no other way to take out who wrote the template, and when
        properties.title, properties.language = title[:255], _LANGUAGE
        if author:
            properties.author = author[:255]
        written, packed = io.BytesIO(), io.BytesIO()
        self.document.save(written)
        with ZipFile(written) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as file:
            for part in parts.infolist():
                entry = ZipInfo(part.filename)
                entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
                file.writestr(entry, parts.read(part))
        return packed.getvalue()


_LISTS = ("List Bullet", "List Number", "Numbered Paragraph")
"""The styles of the lists in our numbering, in its order."""


def _measured(section: Any) -> tuple[int, int]:
    """How wide and how high the text of a page is, in twips."""
    try:
        across = section.page_width - section.left_margin - section.right_margin - section.gutter
        down = section.page_height - section.top_margin - section.bottom_margin
    except TypeError:  # A template need not say how large its page is.
        return _ROOM
    return max(across // _TWIPS, _LEAST), max(down // _TWIPS, _LEAST)


def _blank() -> DocxDocument:
    """A document of A4 in British English, without a style."""
    document = docx.Document()
    document.styles.element[:] = [w("docDefaults", w("rPrDefault", w("rPr", w("lang", val=_LANGUAGE))))]
    _numbering_of(document)[:] = []
    settings: Any = document.settings.element
    settings[:] = settings.xpath("./w:compat")
    settings.xpath(".//w:compatSetting[@w:name='compatibilityMode']")[0].set(qn("w:val"), "15")
    section: Any = document.element.body.xpath("./w:sectPr")[0]
    section[:] = [w("pgSz", **_A4), w("pgMar", **_MARGINS, header=454, footer=454, gutter=0)]
    return document


def _prune(rels: Any, kinds: set[str], in_use: set[str]) -> None:
    """Leave out the relations that are neither of these kinds nor in use; what nothing leads to is not written."""
    for id_, rel in list(rels.items()):
        if rel.reltype not in kinds and id_ not in in_use:
            del rels[id_]


def _numbering_of(document: DocxDocument) -> Any:
    """The lists of a document; a template may have none."""
    try:
        return document.part.numbering_part.element
    except NotImplementedError:
        name, root, package = PackURI("/word/numbering.xml"), w("numbering"), document.part.package
        document.part.relate_to(NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, package), RT.NUMBERING)
        return root

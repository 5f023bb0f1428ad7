"""What a Word document is written on: styles, lists, margins and footer, of our own or of somebody's template."""

from __future__ import annotations

import io
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

_HERE = Path(__file__).parent
_LANGUAGE = "en-GB"
_OF_USE = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,
}
"""What of a document goes on without its text."""
_OF_A_PACKAGE = {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}
_TWIPS = 635
"""English metric units to a twentieth of a point, in which Word measures pages."""
_A4 = {"w": 11906, "h": 16838}
_MARGINS = {"top": 851, "right": 1134, "bottom": 907, "left": 1134}
"""1.5 cm above, 1.6 cm below, 2 cm beside."""
_ROOM = _A4["w"] - 2 * 1134, _A4["h"] - 851 - 907
_LETTERS, _OURS = 10.0, 8.8
"""Points of letters of pictures that are as wide as those in tables: as a template may have them, and as we do."""
_LEAST = 2_000
"""Twips across and down in which anything can be read."""


def w(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of Word's language."""
    element: Any = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    element.extend(children)
    return element


class Stationery:
    """An empty document to write on. `styles` gives the id of each style by the name that Word shows.

    Every style of ours is there: as the template has it, or else as we have it. Raises what python-docx raises where
    a template does not hang together.
    """

    def __init__(self, template: DocxDocument | None = None) -> None:
        self.document = template or _blank()
        self.letters = _LETTERS if template else _OURS
        self.body: Any = self.document.element.body
        self._empty()
        sheet = self.document.styles.element
        self._numbering = _numbering_of(self.document)
        used = self._numbering.xpath("./w:num/@w:numId | ./w:abstractNum/@w:abstractNumId")
        self._numbers = count(1 + max(map(int, used), default=0))
        self.styles = {style.name or "": style.style_id for style in self.document.styles}
        self._complete(sheet)
        if self.document.sections[-1].footer.is_linked_to_previous:
            self._number_pages()
        self.room = self._measured()

    def _measured(self) -> tuple[int, int]:
        """How wide and how high the text of a page is, in twips."""
        section: Any = self.document.sections[-1]
        try:
            across = section.page_width - section.left_margin - section.right_margin - section.gutter
            down = section.page_height - section.top_margin - section.bottom_margin
        except TypeError:  # A template need not say how large its page is.
            return _ROOM
        return max(across // _TWIPS, _LEAST), max(down // _TWIPS, _LEAST)

    def list_of(self, style: str, start: int) -> int:
        """The number of a new list that looks as those of the style do and counts from `start`."""
        found = self.document.styles[style].element.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        kinds = self._numbering.xpath(f"./w:num[@w:numId='{found[0] if found else ''}']/w:abstractNumId/@w:val")
        kind = kinds[0] if kinds else self._take_list(style)
        override = w("lvlOverride", w("startOverride", val=start), ilvl=0)
        return self._add_list(kind, override)

    def _empty(self) -> None:
        """Take out the text, and what only the text or those who wrote it had a use for."""
        for child in list(self.body):
            if child.tag != qn("w:sectPr"):
                self.body.remove(child)
        if not len(self.body):
            self.body.append(w("sectPr"))
        settings = self.document.settings.element
        settings_part: Any = self.document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
        settings_part.rels.clear()
        for leftover in settings.xpath(
            "./*[.//@r:id or @r:id] | ./w:footnotePr | ./w:endnotePr | ./w:documentProtection"
        ):
            settings.remove(leftover)
        in_use = set(self.body.xpath(".//@r:id"))
        _prune(self.document.part.rels, _OF_USE, in_use)
        package: Any = self.document.part.package
        _prune(package.rels, _OF_A_PACKAGE, set())

    def _complete(self, sheet: Any) -> None:
        """Add the styles of ours that the sheet has not, by their names; ids may be others in it."""
        ours = _resource("word_styles.xml")
        names = {style.get(qn("w:styleId")): _name(style) for style in ours}
        for style in ours:
            name = names[style.get(qn("w:styleId"))]
            if name in self.styles:
                continue
            self.styles[name] = _free(style.get(qn("w:styleId")), set(self.styles.values()))
            style.set(qn("w:styleId"), self.styles[name])
            for other in style.xpath("./w:basedOn | ./w:next"):
                other.set(qn("w:val"), self.styles[names[other.get(qn("w:val"))]])
            for list_ in style.xpath("./w:pPr/w:numPr/w:numId"):
                list_.set(qn("w:val"), str(self._add_list(self._take_list(name))))
            if style.get(qn("w:default")) and sheet.xpath(
                f"./w:style[@w:default and @w:type='{style.get(qn('w:type'))}']"
            ):
                del style.attrib[qn("w:default")]
            sheet.append(style)

    def _take_list(self, style: str) -> str:
        """The number under which the kind of list that is ours for a style stands in the document from now on."""
        ours = _resource("word_numbering.xml")[_LISTS.index(style)]
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
        """Page x of y at the foot of every page."""
        footer = self.document.sections[-1].footer
        footer.is_linked_to_previous = False
        paragraph: Any = footer.paragraphs[0]._p  # noqa: SLF001 - the only way to its element
        paragraph.clear_content()
        paragraph.get_or_add_pPr().style = self.styles["Footer"]
        paragraph.extend([_run("Page "), _field("PAGE"), _run(" of "), _field("NUMPAGES")])

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


def _run(words: str) -> Any:
    """A run of words."""
    element = w("t")
    element.text = words
    element.set(qn("xml:space"), "preserve")
    return w("r", element)


def _field(code: str, shown: str = "1") -> Any:
    """What Word works out anew, and what stands there until it does."""
    return w("fldSimple", _run(shown), instr=f" {code} ")


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
        package: Any = document.part.package
        name, root = PackURI("/word/numbering.xml"), w("numbering")
        document.part.relate_to(
            NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, package), RELATIONSHIP_TYPE.NUMBERING
        )
        return root


def _name(style: Any) -> str:
    """What Word shows as the name of a style."""
    name = str(style.xpath("./w:name/@w:val")[0])
    return name[0].upper() + name[1:]


def _free(id_: str, taken: set[str]) -> str:
    while id_ in taken:
        id_ += "1"
    return id_


def _resource(name: str) -> Any:
    return parse_xml((_HERE / name).read_bytes())

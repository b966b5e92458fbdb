"""What stands in a Word part beside its visible text: gathered as hidden, or named as unread."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from redactor.formats.docx.styles import W, value
from redactor.formats.hidden import Gathered, attributes_of, gather_element, texts_of
from redactor.formats.package import is_element, local_name
from redactor.model import HiddenKind

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
#: Elements without text, or whose words are gathered elsewhere.
_DULL = frozenset(
    W + one for one in (
        "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "bookmarkEnd",
        "proofErr", "permEnd", "commentRangeStart", "commentRangeEnd", "lastRenderedPageBreak",
        "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "footnoteReference", "endnoteReference", "commentReference", "moveFromRangeStart",
        "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
        "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart",
        "customXmlMoveToRangeEnd", "pgNum", "dayShort", "dayLong", "monthShort", "monthLong",
        "yearShort", "yearLong", "smartTagPr", "customXmlPr", "sdtEndPr", "rubyPr", "background",
        "numberingChange",
    )
)  # fmt: skip
_TEXTS = frozenset(W + one for one in ("t", "delText", "instrText", "delInstrText", "fldData"))


class Asides:
    """Takes what a walk over one part does not read as text.

    Args:
        part: the part.
        gathered: takes what is hidden or unread.
    """

    def __init__(self, part: str, gathered: Gathered) -> None:
        self._part = part
        self._gathered = gathered
        self._blocked: Counter[str] = Counter()

    def choose(self, element: etree._Element) -> etree._Element:
        """Give the first of several versions of the same content; gather the others as hidden."""
        versions = [one for one in element if is_element(one)]
        if not versions:
            return element
        for other in versions[1:]:
            gather_element(
                other, HiddenKind.OTHER, self.place(HiddenKind.OTHER), self._gathered, self._part
            )
        return versions[0]

    def graphic(self, element: etree._Element) -> None:
        """Gather a graphic's words; pictures, charts and embedded files are parts named there."""
        place = self.place(HiddenKind.ALT_TEXT)
        self._gathered.add_all(HiddenKind.ALT_TEXT, place, attributes_of(element), self._part)
        words = list(dict.fromkeys(one for one in texts_of(element) if one.strip()))
        for text in words:
            self._gathered.add(HiddenKind.OTHER, self.place(HiddenKind.OTHER), text, self._part)
        names = {local_name(one) for one in element.iter() if is_element(one)}
        if words or "textpath" in names:
            self.block(
                "drawing", "A text box or drawn shape. The rebuilt file does not carry it yet."
            )
        elif not names & {
            "blip",
            "imagedata",
            "chart",
            "relIds",
            "OLEObject",
            "control",
            "contentPart",
        }:
            ruler = any(one.get(f"{_OFFICE}hr") for one in element.iter() if is_element(one))
            shapes = names & {
                "wsp",
                "wgp",
                "wpc",
                "shape",
                "rect",
                "oval",
                "line",
                "roundrect",
                "polyline",
                "group",
            }
            if shapes and not ruler:
                self.block("drawing", "A drawn shape. The rebuilt file does not carry it yet.")

    def refuse(self, element: etree._Element) -> None:
        """Name an element that is not understood and gather what it says."""
        gather_element(
            element, HiddenKind.OTHER, self.place(HiddenKind.OTHER), self._gathered, self._part
        )
        if element.tag == W + "altChunk":
            self.block(
                "import", "A document set into this one. The rebuilt file does not carry it yet."
            )
        elif element.tag == W + "subDoc":
            self.block("import", "A document kept elsewhere. The rebuilt file does not carry it.")
        elif str(element.tag).startswith(_MATH):
            self.block("equation", "An equation. The rebuilt file does not carry it yet.")
        elif any(text.strip() for text in texts_of(element)):
            self.block("unknown", "Text in an element that is not known.")

    def pass_over(self, element: etree._Element) -> bool:
        """Deal with what never holds visible text; say whether that was so."""
        if not is_element(element):
            self.add(HiddenKind.OTHER, element.text or "")
            return True
        if element.tag == W + "bookmarkStart":
            name = value(element, "name")
            if name != "_GoBack":
                self.add(HiddenKind.BOOKMARK, name)
            return True
        if element.tag == W + "permStart":
            self.add(HiddenKind.METADATA, value(element, "ed"))
            return True
        return element.tag in _DULL

    def gather_control(self, control: etree._Element) -> None:
        """Gather what a content control says of itself: its name, its list, where it is bound."""
        for properties in control.iterfind(f"{W}sdtPr"):
            kind = HiddenKind.FORM_FIELD
            gather_element(properties, kind, self.place(kind), self._gathered, self._part)

    def gather_wrapper(self, element: etree._Element) -> None:
        """Gather the words in the attributes of an element that wraps text."""
        if element.tag == W + "hyperlink":
            words = [value(element, one) for one in ("tooltip", "anchor", "docLocation")]
            self._gathered.add_all(HiddenKind.LINK, self.place(HiddenKind.LINK), words, self._part)
        elif element.tag in {W + "smartTag", W + "customXml"}:
            kind = HiddenKind.CUSTOM_XML
            words = [*map(str, element.attrib.values())]
            for properties in (
                *element.iterfind(f"{W}smartTagPr"),
                *element.iterfind(f"{W}customXmlPr"),
            ):
                words += attributes_of(properties)
            self._gathered.add_all(kind, self.place(kind), words, self._part)

    def gather_strays(self, root: etree._Element) -> None:
        """Gather text where no text belongs, and the names of those who made changes."""
        authors: list[str] = []
        for element in root.iter():
            if not is_element(element):
                continue
            author = value(element, "author")
            if author:
                authors.append(author)
            if not element.tag.startswith(W):
                continue
            if element.tag not in _TEXTS and element.text and element.text.strip():
                self.add(HiddenKind.OTHER, element.text)
            if element.tail and element.tail.strip():
                self.add(HiddenKind.OTHER, element.tail)
        self._gathered.add_all(
            HiddenKind.METADATA, self.place(HiddenKind.METADATA), authors, self._part
        )

    def place(self, kind: HiddenKind) -> str:
        """Give the name under which hidden content of a kind is numbered."""
        return f"{self._part}/{kind.value}"

    def add(self, kind: HiddenKind, text: str) -> None:
        """Add one piece of hidden text."""
        self._gathered.add(kind, self.place(kind), text, self._part)

    def block(self, what: str, why: str) -> None:
        """Name the next thing of a kind that could not be read."""
        self._blocked[what] += 1
        self._gathered.block(f"{self._part}/{what}:{self._blocked[what]}", why)

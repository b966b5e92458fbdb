"""What stands in a Word part beside its visible text: gathered as hidden, or named as unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from redactor.formats.docx.fonts import unusual_fonts
from redactor.formats.docx.packed import words_of_packed
from redactor.formats.docx.styles import W, value
from redactor.formats.hidden import (
    Gathered,
    attributes_of,
    gather_element,
    is_wordy,
    texts_of,
)
from redactor.formats.package import is_element, local_name
from redactor.model import HiddenKind

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
_OF_CHANGES = frozenset(W + one for one in ("author", "initials", "date", "original"))
_OF_EQUATIONS = frozenset(
    {
        "noBar",
        "skw",
        "lin",
        "undOvr",
        "subSup",
        "bottom",
        "top",
        "nor",
        "bi",
        "roman",
        "script",
        "fraktur",
        "double-struck",
        "sans-serif",
        "monospace",
        "centerGroup",
        "inline",
        "display",
    }
)
_RANGES = frozenset({W + "moveFromRangeStart", W + "moveToRangeStart"})
#: Namespaces, by the prefix that Word writes them with, whose elements are read here.
_UNDERSTOOD = frozenset(
    """
    wps wpg wpc wpi w14 w15 w16 w16cex w16cid w16se w16sdtdh w16sdtfl wp14 a14 v o w10 wne cx
    cx1 cx2 cx3 cx4 cx5 cx6 cx7 cx8 aink am3d oel w wp r m c14 c16 c16r2 asvg dgm pic
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_TEXTS = frozenset(W + one for one in ("t", "delText", "instrText", "delInstrText", "fldData"))


def _is_understood(version: etree._Element) -> bool:
    needed = str(version.get("Requires") or "").split()
    return local_name(version) == "Choice" and all(one in _UNDERSTOOD for one in needed)


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
        """Give the version of the same content that is shown; gather the others as hidden.

        Shown is the first whose namespaces are all known, else the last (part 3, 7.5).
        """
        versions = [one for one in element if is_element(one)]
        if not versions:
            return element
        shown = next((one for one in versions if _is_understood(one)), versions[-1])
        for other in versions:
            if other is not shown:
                kind = HiddenKind.OTHER
                gather_element(other, kind, self.place(kind), self._gathered, self._part)
        return shown

    def refuse(self, element: etree._Element) -> None:
        """Name an element that is not understood and gather what it says."""
        gather_element(
            element, HiddenKind.OTHER, self.place(HiddenKind.OTHER), self._gathered, self._part
        )
        if element.tag == W + "altChunk":
            self.block(
                "import", "A document set into this one. The rebuilt file does not carry it."
            )
        elif element.tag == W + "subDoc":
            self.block("import", "A document kept elsewhere. The rebuilt file does not carry it.")
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
            words = [
                value(element, one) for one in ("tooltip", "anchor", "docLocation", "tgtFrame")
            ]
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
        """Gather text where no text belongs, and who changed what, when; count the changes."""
        makers: list[str] = []
        former: list[str] = []
        fonts: list[str] = []
        for element in root.iter():
            if not is_element(element):
                continue
            makers += [str(text) for key, text in element.items() if key in _OF_CHANGES]
            if element.tag == W + "rFonts":
                fonts += [str(one) for one in element.attrib.values() if is_wordy(str(one))]
            if str(element.tag).endswith("Change"):
                former += [value(one) for one in element.iter(f"{W}pStyle", f"{W}rStyle")]
            if element.tag in _RANGES:
                makers.append(value(element, "name"))
            if not element.tag.startswith(W):
                continue
            if element.tag not in _TEXTS and element.text and element.text.strip():
                self.add(HiddenKind.OTHER, element.text)
            if element.tail and element.tail.strip():
                self.add(HiddenKind.OTHER, element.tail)
        self.add_all(HiddenKind.METADATA, makers)
        self.add_all(HiddenKind.OLD_REVISION, former)
        self.add_all(HiddenKind.SETTINGS, unusual_fonts(fonts))

    def add_packed(self, kind: HiddenKind, text: str) -> None:
        """Add what a text of base 64 stands for."""
        self.add(kind, "", even_empty=True)
        self.add_all(kind, words_of_packed(text))

    def gather(self, kind: HiddenKind, element: etree._Element) -> None:
        """Gather every string of an element."""
        gather_element(element, kind, self.place(kind), self._gathered, self._part)

    def gather_equation(self, element: etree._Element) -> None:
        """Gather the words in the attributes of an equation, where none belong."""
        words = [one for one in attributes_of(element) if len(one) > 1 and one not in _OF_EQUATIONS]
        self.add_all(HiddenKind.OTHER, words)

    def place(self, kind: HiddenKind) -> str:
        """Give the name under which hidden content of a kind is numbered."""
        return f"{self._part}/{kind.value}"

    def add(self, kind: HiddenKind, text: str, *, even_empty: bool = False) -> None:
        """Add one piece of hidden text."""
        self._gathered.add(kind, self.place(kind), text, self._part, even_empty=even_empty)

    def add_all(self, kind: HiddenKind, texts: Iterable[str]) -> None:
        """Add short strings, several to a piece."""
        self._gathered.add_all(kind, self.place(kind), texts, self._part)

    def block(self, what: str, why: str) -> None:
        """Name the next thing of a kind that could not be read."""
        self._blocked[what] += 1
        self._gathered.block(f"{self._part}/{what}:{self._blocked[what]}", why)

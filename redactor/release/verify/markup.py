"""Take XML and HTML apart with regular expressions: what stands between tags, and in them.

No XML parser is used on purpose: a parser stops at the first fault, resolves and skips things, and
the writers use one. Nothing here needs the text to be well formed.
"""

from __future__ import annotations

import html
import re

from redactor.matching import trie
from redactor.release.verify.search import BREAK, RAW_MINIMUM, Marked, plain
from redactor.release.verify.vocabulary import is_structure

_LOOKS_MARKED_UP = re.compile(r"<[A-Za-z/!?][^<>]*>")
_COMMENT = re.compile(r"<!--(.*?)(?:-->|$)", re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
#: Tags with nothing between them. What follows a ">" in an attribute is read as text: no loss.
_TAGS = re.compile(r"\s*(?:<[^<>]*>\s*)+")
_VALUE = re.compile(rf'="([^"]{{{RAW_MINIMUM},}})"')
_SPACED_VALUE = re.compile(rf'=\s+"([^"]{{{RAW_MINIMUM},}})"')
_QUOTED_VALUE = re.compile(rf"=\s*'([^']{{{RAW_MINIMUM},}})'")
_DECLARED = re.compile(r"<!(?!--|\[CDATA)([^<>]*(?:<[^<>]*>[^<>]*)*)>")
_NAME = re.compile(r"</?([^\s<>/=\"'!?]{5,})|[\s]([^\s<>/=\"']{5,})\s*=")

#: Tags that may stand inside a word: a run of text, how it looks, and marks that show nothing.
#: Anything else ends the piece of text.
_INLINE = """
    r t rPr b bCs i iCs u sz szCs em color highlight strike dstrike caps smallCaps vertAlign
    position spacing kern w rStyle rFonts rFont lang noProof shd bdr outline shadow emboss imprint
    snapToGrid vanish webHidden effect fitText rtl cs eastAsianLayout specVanish rPrChange charset
    family scheme ins del delText moveFrom moveTo proofErr bookmarkStart bookmarkEnd
    lastRenderedPageBreak hyperlink smartTag sdt sdtPr sdtContent sdtEndPr commentRangeStart
    commentRangeEnd permStart permEnd softHyphen noBreakHyphen dir bdo fldSimple ruby rt rubyBase
    a span font strong small big sub sup mark abbr code s tt wbr q cite var kbd samp
    latin ea sym solidFill srgbClr schemeClr prstClr ln hlinkClick
    soft-page-break bookmark bookmark-start bookmark-end reference-mark line-break-hint
"""
_INLINE_TAG = re.compile(
    r"</?(?:[A-Za-z][\w.-]*:)?(?:" + trie(_INLINE.split()) + r")(?:\s[^<>]*)?/?>"
)
#: Tags that stand for white space within a paragraph.
_SPACE_TAG = re.compile(r"</?(?:[A-Za-z][\w.-]*:)?(?:tab|br|cr|ptab|line-break)(?:\s[^<>]*)?/?>")


def looks_marked_up(text: str) -> bool:
    """Say whether there are tags in a text."""
    return _LOOKS_MARKED_UP.search(text) is not None


def text_between(markup: str) -> Marked:
    """Give the text between tags: runs of one paragraph joined, everything else apart."""
    text = plain(markup)
    if "<!" in text:
        text = _COMMENT.sub(rf"{BREAK}\1{BREAK}", _CDATA.sub(_escaped, text))
    text = _INLINE_TAG.sub("", text)
    if _SPACE_TAG.search(text):
        text = _SPACE_TAG.sub(" ", text)
    text = _TAGS.sub(BREAK, text)
    return Marked(html.unescape(text) if "&" in text else text)


def _escaped(match: re.Match[str]) -> str:
    return html.escape(match[1], quote=False)


def text_inside(markup: str, *, names: bool) -> Marked:
    """Give what stands inside tags: the values of attributes, declarations, and names if asked.

    Values that the format itself prescribes (a schema's address, a style's name) are left out.

    Args:
        markup: the text with its tags.
        names: whether names of elements and attributes are wanted, as in XML of no known kind.
    """
    values = set(_VALUE.findall(markup))
    if "= " in markup or "=\n" in markup or "=\t" in markup or "=\r" in markup:
        values.update(_SPACED_VALUE.findall(markup))
    if "'" in markup:
        values.update(_QUOTED_VALUE.findall(markup))
    if "<!" in markup:
        values.update(_DECLARED.findall(markup))
    if names:
        values.update(one or other for one, other in _NAME.findall(markup))
    return Marked(
        BREAK.join(plain(html.unescape(value)) for value in values if not is_structure(value))
    )

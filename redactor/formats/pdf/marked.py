"""Marked content in drawing instructions: tags of the format itself, and numbers; no words.

A producer may write anything into the property list of a mark, and any name as its tag
(ISO 32000-1, 14.6). What a tagged document needs is the number (MCID) that its structure tree
refers to; the rest is taken out.
"""

from __future__ import annotations

import re


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: The structure types of ISO 32000-1, 14.8.4, as far as they are written.
STRUCTURE_TYPES = _names(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P H H1 H2 H3 H4 H5 H6
    L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link
    Figure Formula"""
)
#: Tags that stand in content beside the structure types: artifacts and layers.
_TAGS = STRUCTURE_TYPES | {"Artifact", "OC"}
#: What content calls everything whose tag is not one of these.
_OTHER_TAG = b"/Span"

_STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*\))*\))*\))*\)"
_LIST = rb"<<(?:[^<>()]|<[^<>]*>|" + _STRING + rb"|<<(?:[^<>()]|<[^<>]*>|" + _STRING + rb")*>>)*>>"
_NAME = rb"/[^\s()<>\[\]{}/%]*"
#: What a content stream is made of, as far as it matters here: comments, strings and inline
#: pictures are passed over; marks are what is looked for.
_TOKEN = re.compile(
    rb"%[^\r\n]*|"
    + _STRING
    + rb"|\bBI\b.*?\sEI\b"
    + rb"|(?P<tag>" + _NAME + rb")(?P<gap>\s*)(?:(?P<list>" + _LIST + rb")|(?P<named>" + _NAME
    + rb"))?(?P<rest>\s*)(?P<operator>BMC|BDC|MP|DP)\b"
    + rb"|(?P<intent>" + _NAME + rb")\s+ri\b"
    + rb"|(?:(?P<left><<))",
    re.DOTALL,
)  # fmt: skip
#: Quick looks that tell content without any mark to be changed.
_MAY_MARK = re.compile(rb"\b(?:BMC|BDC|MP|DP)\b|\sri\b")
#: One of these is in whatever that finds; they are found many times faster.
_MARKS = (b"BMC", b"BDC", b"MP", b"DP", b"ri")
_INTENT = re.compile(rb"\sri\b")
#: How colours are to be fitted to a press (ISO 32000-1, table 70).
_INTENTS = frozenset(
    {b"/AbsoluteColorimetric", b"/RelativeColorimetric", b"/Saturation", b"/Perceptual"}
)
_USUAL_INTENT = b"/RelativeColorimetric"
_ODD_LIST = re.compile(rb"<<(?!\s*(?:/MCID\s+\d{1,9}\s*)?>>)")
_TAG_BEFORE = re.compile(
    rb"(" + _NAME + rb")\s*(?:<<[^<>]*>>|" + _NAME + rb")?\s*(?:BMC|BDC|MP|DP)\b"
)
_NUMBER = re.compile(rb"/MCID\s+(\d{1,9})(?![\d.])")


def plain_marks(content: bytes) -> bytes:
    """Give drawing instructions whose marks are of standard tags and hold nothing but a number."""
    if not any(mark in content for mark in _MARKS) or not _MAY_MARK.search(content):
        return content
    if _is_plain(content):
        return content
    return _TOKEN.sub(_plain, content)


def _is_plain(content: bytes) -> bool:
    if _ODD_LIST.search(content) or _INTENT.search(content):
        return False
    return all(_is_known(tag) for tag in set(_TAG_BEFORE.findall(content)))


def _is_known(tag: bytes) -> bool:
    return tag[1:].decode("latin-1") in _TAGS


def _plain(match: re.Match[bytes]) -> bytes:
    if match["intent"] is not None:
        return (match["intent"] if match["intent"] in _INTENTS else _USUAL_INTENT) + b" ri"
    if match["operator"] is None:
        return match[0]
    tag = match["tag"] if _is_known(match["tag"]) else _OTHER_TAG
    if match["operator"] in {b"BMC", b"MP"}:
        return tag + b" " + match["operator"]
    properties = match["named"]
    if properties is None:
        number = _NUMBER.search(match["list"] or b"")
        properties = b"<</MCID " + number[1] + b">>" if number else b"<<>>"
    return tag + b" " + properties + b" " + match["operator"]

"""Find the words in XML: texts as a reader would read them, and attributes that may be words."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from redactor.formats.package import is_element, local_name

#: Attributes whose values the schemas fix, or that only point somewhere inside the file.
# fmt: off
_DULL_ATTRIBUTES = frozenset({
    "type", "operator", "ref", "sqref", "sqrefs", "uid", "id", "rsidr", "rsidrdefault", "rsidp",
    "rsidrpr", "rsidtr", "paraid", "textid", "errorstyle", "imemode", "space", "requires",
    "ignorable", "preserve", "r", "s", "t", "dxfid", "pane", "fill", "fillcolor", "strokecolor",
    "stroked", "filled", "coordsize", "path", "spt", "lang", "eastasia", "bidi", "algorithmname",
    "hashvalue", "saltvalue", "cryptprovidertype", "cryptalgorithmclass", "cryptalgorithmtype",
    "hash", "salt", "progid", "shapeid", "spid", "contenttype", "orientation", "horizontaldpi",
    "verticaldpi", "axis", "subtotal", "cellstyle", "pivot", "units", "dataonrows", "style",
    "ext", "vt", "pid", "fmtid", "schemalocation", "iscorrected", "inset", "alignment", "anchor",
    "position", "hint", "charset", "pitch", "family", "script", "panose", "typeface",
    "drawaspect",
})
# fmt: on
_CODE = re.compile(
    r"[\d.,:;%+\-\s]*|[0-9A-Fa-f]{6,8}|\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"
    r"|true|false|auto|none|on|off|[A-Z]{1,3}\$?\d+(:[A-Z]{1,3}\$?\d+)?|rId\d+|-?[\d.]+(pt|in|cm|mm|px)"
    r"|http://(schemas\.(openxmlformats|microsoft)\.(org|com)|www\.w3\.org|purl\.(org|oclc\.org))/.*"
    r"|urn:schemas-microsoft-com:.*"
)
#: Elements whose whole text is one thing to a reader, however it is cut into runs.
_UNITS = frozenset({"p", "comment", "threadedComment", "si", "is", "note", "definedName"})
#: Bytes written as letters: certificates, packed files.
_PACKED = re.compile(r"(?:[A-Za-z0-9+/]{4}\s*){16,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\s*")


def texts_of(root: etree._Element) -> Iterator[str]:
    """Give the texts in an element; one that is cut into runs is given whole."""
    stack = [root]
    while stack:
        element = stack.pop()
        if not is_element(element):
            if element.text and element.text.strip():
                yield element.text  # a comment or processing instruction
        elif local_name(element) in _UNITS and not _holds_units(element):
            yield whole_text(element)
        else:
            if element.text and element.text.strip():
                yield element.text
            stack.extend(reversed(element))
        if element is not root and element.tail and element.tail.strip():
            yield element.tail


def _holds_units(element: etree._Element) -> bool:
    return any(is_element(one) and local_name(one) in _UNITS for one in element.iterdescendants())


def whole_text(element: etree._Element) -> str:
    """Give all the text in an element, run after run."""
    return "".join(str(one) for one in element.itertext())


def attributes_of(root: etree._Element) -> Iterator[str]:
    """Give the attribute values of an element and all in it that may be words."""
    for element in root.iter():
        if not is_element(element):
            continue
        for name, value in element.items():
            bare = str(name).rpartition("}")[2].lower()
            if bare not in _DULL_ATTRIBUTES and is_wordy(str(value)):
                yield str(value)


def is_wordy(value: str) -> bool:
    """Say whether a value may be something a person wrote, rather than a code of the format."""
    return len(value) > 1 and _CODE.fullmatch(value) is None


def packed_bytes(text: str) -> bytes:
    """Give the bytes that a long text stands for in base 64; nothing where it is none."""
    if len(text) < 64 or not _PACKED.fullmatch(text):
        return b""
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""

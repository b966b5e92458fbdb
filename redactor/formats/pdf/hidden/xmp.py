"""Read an XMP packet (ISO 16684-1): the properties that programs keep in a PDF as XML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.package import is_element, local_name, parse_xml
from redactor.formats.pdf.hidden.syntax import stream_text, without_markup
from redactor.formats.words import is_wordy


def xmp_texts(data: bytes) -> list[str]:
    """Give the properties of an XMP packet as ``name: value``; all its text where it is damaged."""
    try:
        root = parse_xml(data.strip(b"\x00 \r\n\t"), "XMP")
    except UnreadableDocument:
        return [without_markup(stream_text(data))]
    return list(dict.fromkeys(_properties(root)))


def _properties(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if not is_element(element):
            remark = str(element.text or "").strip()
            if remark:
                yield f"remark: {remark}"
            continue
        for name, value in element.items():
            bare = str(name).rpartition("}")[2]
            if is_wordy(str(value)) and bare not in {"parseType", "xmptk", "lang"}:
                yield f"{bare}: {value!s}"
        text = (element.text or "").strip()
        if text:
            yield f"{_own_name(element)}: {text}"
        tail = (element.tail or "").strip()
        if tail:
            yield tail


def _own_name(element: etree._Element) -> str:
    """Give the name of a property; an item of a list has that of the list's owner."""
    while local_name(element) in {"li", "Alt", "Seq", "Bag", "value"}:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return local_name(element)

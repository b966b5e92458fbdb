"""The parts of an OpenDocument file: a zip with a manifest (OpenDocument 1.3, part 2)."""

from __future__ import annotations

import re

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.package import Package, damaged, is_element, local_name

MANIFEST = "META-INF/manifest.xml"
CONTENT, STYLES, META, SETTINGS = "content.xml", "styles.xml", "meta.xml", "settings.xml"
#: Parts that hold nothing but what the format itself prescribes.
DULL = frozenset({MANIFEST, "mimetype"})


class OpenPackage(Package):
    """An OpenDocument file. Its manifest says of what kind each part is, and what is encrypted."""

    def __init__(self, untrusted: bytes) -> None:
        """Open a file.

        Raises:
            UnreadableDocument: it is no OpenDocument file, encrypted, damaged or a bomb.
        """
        super().__init__(untrusted)
        if not self.has(CONTENT):
            raise damaged("it has no content")

    def _read_content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        if not self.has(MANIFEST):
            return {}, {}
        kinds: dict[str, str] = {}
        for element in self.tree(MANIFEST):
            if not is_element(element):
                continue
            if any(local_name(one) == "encryption-data" for one in element if is_element(one)):
                raise UnreadableDocument(
                    "The file is encrypted with a password.",
                    "Open it with its password, save it without one, and add that.",
                    "encrypted",
                )
            path, kind = named(element, "full-path"), named(element, "media-type")
            kinds[path.lower()] = kind.lower()
        return {}, kinds


def named(element: etree._Element, name: str, default: str = "") -> str:
    """Give an attribute by its name without the namespace."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def times(element: etree._Element, name: str) -> int:
    """Give how often something is repeated or how far it spans; 1 where it is not said.

    Raises:
        UnreadableDocument: it is no number.
    """
    text = named(element, name)
    if not text:
        return 1
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise damaged("a cell is repeated a number of times that is none")
    return max(int(text), 1)

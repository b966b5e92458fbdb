"""Write a zip that says nothing but its content, and XML text that no parser refuses."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    """Pack parts in the order of their names, all dated 1 January 1980.

    The list of content types comes first, as readers expect (ECMA-376 part 2, 10.2).
    """
    stream = io.BytesIO()
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every computer
            info.external_attr = 0
            archive.writestr(info, parts[name])
    return stream.getvalue()


def escape(text: str) -> str:
    """Escape text for XML; characters that XML cannot hold become U+FFFD."""
    if not text.isalnum():
        text = _ILLEGAL.sub("\ufffd", text)
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace('"', "&quot;").replace("\r", "&#13;")
    return text


XML_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def content_types(overrides: Mapping[str, str], *, pictures: bool = False) -> bytes:
    """Write the list of content types."""
    png = '<Default Extension="png" ContentType="image/png"/>' if pictures else ""
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{XML_START}<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{png}{listed}</Types>'
    ).encode()


def relationships(arrows: Mapping[str, tuple[str, str]]) -> bytes:
    """Write relationships: by id, the last word of the type and the target."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in arrows.items()
    )
    return f'{XML_START}<Relationships xmlns="{RELATIONSHIPS}">{listed}</Relationships>'.encode()

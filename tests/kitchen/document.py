"""A Word document with a word of its own in every place where a document can hold one.

The places are those of ECMA-376 parts 1 and 4 and of Microsoft's extensions; each word stands in
one place only, so that a report or a release can be asked for every place by name.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass, field

from tests.kitchen.document_parts import background_parts
from tests.kitchen.document_text import body, framed_parts
from tests.kitchen.markers import Markers
from tests.unit.formats.office import R

_P = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


@dataclass(frozen=True, slots=True)
class Kitchen:
    """The file, and the word in each place by the place's name.

    Attributes:
        seen: the places that a page shows.
    """

    data: bytes = field(repr=False)
    markers: dict[str, str]
    seen: frozenset[str]


def kitchen_document() -> Kitchen:
    """Write the document, a .docm."""
    marks = Markers("Kitchen")
    parts: dict[str, bytes] = {}
    text = body(marks)
    parts["word/document.xml"] = xml(f"<w:document {_SPACES}><w:body>{text}</w:body></w:document>")
    for name, (tag, inside) in framed_parts(marks).items():
        parts[name] = xml(f"<w:{tag} {_SPACES}>{inside}</w:{tag}>")
    background = background_parts(marks, _SPACES)
    parts |= background.parts
    for owner, arrows in background.arrows.items():
        folder, _, name = owner.rpartition("/")
        parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = _relationships(arrows)
    parts["[Content_Types].xml"] = _content_types(background.types)
    return Kitchen(_zipped(parts, marks), marks.by_place, frozenset(marks.seen))


def xml(text: str) -> bytes:
    """Write XML."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _relationships(arrows: tuple[tuple[str, str, str], ...]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else f"{R}/{kind}"}" '
        f'Target="{target}"{_mode(target)}/>'
        for key, kind, target in arrows
    )
    return xml(f'<Relationships xmlns="{_P}/relationships">{listed}</Relationships>')


def _mode(target: str) -> str:
    outside = target.startswith(("http:", "https:", "mailto:", "file:"))
    return ' TargetMode="External"' if outside else ""


def _content_types(types: dict[str, str]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml", "png": "image/png", "jpeg": "image/jpeg", "emf": "image/x-emf",
        "svg": "image/svg+xml", "bin": "application/vnd.ms-office.activeX",
        "xlsx": f"{_OFFICE}.spreadsheetml.sheet", "docx": f"{_OFFICE}.wordprocessingml.document",
        "html": "text/html", "rtf": "application/rtf",
        "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        "dat": "application/octet-stream",
    }  # fmt: skip
    listed = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items()
    ) + "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return xml(f'<Types xmlns="{_P}/content-types">{listed}</Types>')


def _zipped(parts: dict[str, bytes], marks: Markers) -> bytes:
    """Zip the parts, and leave words where no part is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == "word/document.xml":
                info.comment = marks("zip: remark of a part").encode()
            archive.writestr(info, data)
        archive.comment = marks("zip: remark of the archive").encode()
    data = _with_bytes_between(stream.getvalue(), marks("zip: between the parts").encode())
    return data + b"\n" + marks("zip: behind the end").encode()


def _with_bytes_between(data: bytes, extra: bytes) -> bytes:
    """Set bytes between the parts of a zip and its list of them."""
    end = data.rindex(b"PK\x05\x06")
    listing = struct.unpack_from("<I", data, end + 16)[0]
    moved = data[end : end + 16] + struct.pack("<I", listing + len(extra)) + data[end + 20 :]
    return data[:listing] + extra + data[listing:end] + moved

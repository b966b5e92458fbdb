"""Small Office packages for tests, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Zip parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def rels(*arrows: tuple[str, str, str]) -> str:
    """Write relationships: id, kind and target; an ``http`` or ``mailto`` target is outside."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if target.startswith(("http", "mailto", "file")) else "")
        + "/>"
        for key, kind, target in arrows
    )
    return f'<Relationships xmlns="{_P}/relationships">{listed}</Relationships>'


def types(**parts: str) -> str:
    """Write the list of content types."""
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'<Types xmlns="{_P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="bin" ContentType="application/octet-stream"/>{listed}</Types>'
    )


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Write a worksheet around its rows."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{S}" xmlns:r="{R}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def text_cell(name: str, text: str, style: int = 0) -> str:
    """Write a cell that holds a text."""
    return f'<c r="{name}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_of(number: int, *cells: str, attributes: str = "") -> str:
    """Write a row."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def workbook(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    styles: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    extra_types: Mapping[str, str] | None = None,
    workbook_xml: str = "",
    workbook_rels: tuple[tuple[str, str, str], ...] = (),
) -> bytes:
    """Pack a workbook: sheets by name, each as the XML of its part."""
    listed = ""
    arrows: list[tuple[str, str, str]] = []
    parts: dict[str, str | bytes] = {}
    kinds = {"xl/workbook.xml": f"{_SHEET_TYPE}.sheet.main+xml"}
    for number, (name, xml) in enumerate(sheets.items(), 1):
        state = f' state="{states[name]}"' if states and name in states else ""
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        arrows.append((f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
        kinds[f"xl/worksheets/sheet{number}.xml"] = f"{_SHEET_TYPE}.worksheet+xml"
    if styles:
        parts["xl/styles.xml"] = styles
        kinds["xl/styles.xml"] = f"{_SHEET_TYPE}.styles+xml"
        arrows.append(("rIdStyles", "styles", "styles.xml"))
    arrows += workbook_rels
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>{listed}</sheets>{workbook_xml}</workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(*arrows)
    parts["_rels/.rels"] = rels(("rId1", "officeDocument", "xl/workbook.xml"))
    parts.update(extra or {})
    return pack({"[Content_Types].xml": types(**kinds, **(extra_types or {})), **parts})


def quoted(text: str) -> str:
    """Escape a text for an attribute."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def styles(*formats: str, bold: bool = False, colour: str = "") -> str:
    """Write styles: number 0 is plain, then one for each format code."""
    listed = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{quoted(code)}"/>'
        for n, code in enumerate(formats)
    )
    font = ("<b/>" if bold else "") + (f'<color rgb="{colour}"/>' if colour else "")
    cells = "".join(
        f'<xf numFmtId="{164 + n}" fontId="1" fillId="0"/>' for n in range(len(formats))
    )
    return (
        f'<styleSheet xmlns="{S}"><numFmts>{listed}</numFmts><fonts><font/><font>{font}</font>'
        '</fonts><fills><fill><patternFill patternType="none"/></fill></fills>'
        f'<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/>{cells}</cellXfs></styleSheet>'
    )


def document(
    body: str,
    *,
    extra: Mapping[str, str | bytes] | None = None,
    extra_types: Mapping[str, str] | None = None,
    document_rels: tuple[tuple[str, str, str], ...] = (),
) -> bytes:
    """Pack a Word document around its body."""
    space = (
        f'xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels(*document_rels),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
    }
    parts.update(extra or {})
    kinds = {"word/document.xml": f"{_WORD_TYPE}.document.main+xml", **(extra_types or {})}
    return pack({"[Content_Types].xml": types(**kinds), **parts})


def paragraph(*texts: str, properties: str = "") -> str:
    """Write a paragraph with a run for each text."""
    return "<w:p>" + "".join(run(text, properties) for text in texts) + "</w:p>"


def run(text: str, properties: str = "") -> str:
    """Write a run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def members(data: bytes) -> dict[str, bytes]:
    """Unpack a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything(data: bytes) -> bytes:
    """Give all bytes of a file, unpacked where it is a zip."""
    if not data.startswith(b"PK"):
        return data
    return b"\n".join(name.encode() + b"\n" + part for name, part in members(data).items())


def strict(data: bytes) -> bytes:
    """Turn a package into a Strict one, by its namespaces."""
    swaps = (
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
         b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    )  # fmt: skip
    parts = members(data)
    for old, new in swaps:
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return pack(parts)

"""OpenDocument spreadsheets made part by part, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("number", "datastyle"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
        ("meta", "meta"),
        ("form", "form"),
        ("config", "config"),
        ("manifest", "manifest"),
        ("chart", "chart"),
    )
)
SPACES = (
    f'{_SPACES} xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def cell(text: str, kind: str = "string", attributes: str = "", inside: str = "") -> str:
    """Write a cell that shows a text."""
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}>{inside}'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def row(*cells: str, attributes: str = "") -> str:
    """Write a row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(name: str, rows: str, attributes: str = "", before: str = "") -> str:
    """Write a table; ``before`` stands before its rows."""
    return f'<table:table table:name="{name}" {attributes}>{before}{rows}</table:table>'


def style(name: str, family: str, properties: str) -> str:
    """Write an automatic style."""
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def part(tag: str, inside: str) -> str:
    """Write the XML of a part."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{tag} {SPACES}>{inside}</office:{tag}>'


def content(tables: str, styles: str = "", beside: str = "") -> str:
    """Write the content around tables."""
    return part(
        "document-content",
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}{beside}</office:spreadsheet></office:body>",
    )


def spreadsheet(
    tables: str,
    *,
    styles: str = "",
    beside: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    manifest: str = "",
) -> bytes:
    """Pack a spreadsheet."""
    parts: dict[str, str | bytes] = {
        "mimetype": TYPE,
        "content.xml": content(tables, styles, beside),
        **(extra or {}),
    }
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in parts
        if name != "mimetype"
    )
    parts["META-INF/manifest.xml"] = (
        f'<manifest:manifest {SPACES}><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{TYPE}"/>{listed}{manifest}</manifest:manifest>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()

"""Read a picture file by its pages, and list what lies beside the pixels."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from redactor.formats.base import RebuildPlan, Rebuilt
from redactor.formats.hidden import Gathered
from redactor.formats.pdf.reading import read_pdf
from redactor.formats.pdf.rebuild import rebuild_pdf
from redactor.formats.pictures import read_beside
from redactor.formats.refusal import refusing_damage
from redactor.formats.scan.paper import as_pdf
from redactor.model import Document, HiddenKind, Report

_BESIDE, _COPIES, _BEHIND = (
    "picture: properties",
    "picture: small copies",
    "picture: behind its end",
)


def read_scan(untrusted: bytes, report: Report) -> Document:
    """Read a picture file whole.

    Raises:
        UnreadableDocument: it cannot be read.
        Cancelled: the person asked to stop.
    """
    with refusing_damage():
        read = read_pdf(as_pdf(untrusted, report), report)
        beside = _beside(untrusted)
        return replace(
            read,
            sha256=hashlib.sha256(untrusted).hexdigest(),
            format="scan",
            segments=(*read.segments, *beside.segments),
            tallies=(*read.tallies, *beside.tallies),
        )


def rebuild_scan(untrusted: bytes, plan: RebuildPlan, target: str, report: Report) -> Rebuilt:
    """Write the pages of a picture file anew.

    Raises:
        UnreadableDocument: it cannot be read.
        Cancelled: the person asked to stop.
    """
    with refusing_damage():
        rebuilt = rebuild_pdf(as_pdf(untrusted, report), plan, target, report)
        return replace(rebuilt, left_out=(*rebuilt.left_out, *_beside(untrusted).left_out()))


def _beside(untrusted: bytes) -> Gathered:
    """Gather what the file holds besides what it shows."""
    found = read_beside(untrusted)
    gathered = Gathered()
    gathered.add_all(HiddenKind.METADATA, _BESIDE, found.words)
    copies, behind = found.camera.thumbnails, len(found.after_end.strip(b"\x00\r\n "))
    if copies:
        gathered.add(HiddenKind.THUMBNAIL, _COPIES, "", even_empty=True)
        gathered.count(HiddenKind.THUMBNAIL, _COPIES, copies, "small copies")
    if behind:
        gathered.add(HiddenKind.OTHER, _BEHIND, "", even_empty=True)
        gathered.count(HiddenKind.OTHER, _BEHIND, behind, "bytes")
    return gathered

"""Plant words in a PDF with another library than the one that reads it; everybody is invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf

from redactor.model import Document, HiddenKind, Segment
from tests.unit.formats.pdf_samples import NAME, everything_in, lines, made, read, rebuilt

MARK = "Whitlow"


def planted(plant: Callable[[Any], None]) -> bytes:
    """Give a two-page letter into which something was planted."""
    document = pikepdf.open(io.BytesIO(made(lines(f"Letter about {NAME}", "kept"), lines("two"))))
    plant(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stream(document: Any, data: str | bytes, **entries: Any) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    return document.make_indirect(pikepdf.Stream(document, raw, **entries))


def dictionary(**entries: Any) -> Any:
    return pikepdf.Dictionary(**entries)


def words(text: str) -> Any:
    return pikepdf.String(text)


def name(text: str) -> Any:
    return pikepdf.Name(f"/{text}")


def drawing(document: Any, text: str) -> Any:
    """Give a form that shows a text."""
    font = dictionary(Type=name("Font"), Subtype=name("Type1"), BaseFont=name("Helvetica"))
    return stream(
        document,
        f"BT /F 9 Tf 2 2 Td ({text}) Tj ET",
        Type=name("XObject"),
        Subtype=name("Form"),
        BBox=[0, 0, 140, 30],
        Resources=dictionary(Font=dictionary(F=font)),
    )


def annotation(document: Any, subtype: str, page: int = 0, **entries: Any) -> Any:
    """Add an annotation to a page."""
    note = document.make_indirect(
        dictionary(Type=name("Annot"), Subtype=name(subtype), Rect=[60, 740, 200, 770], **entries)
    )
    owner = document.pages[page]
    owner.Annots = pikepdf.Array([*owner.get("/Annots", []), note])
    return note


def hidden(found: Document, mark: str = MARK) -> list[Segment]:
    """Give the hidden segments that hold a word."""
    return [one for one in found.segments if one.hidden is not None and mark in one.text]


def listed(data: bytes, kind: HiddenKind, container: str, *texts: str) -> None:
    """Hold that some text is listed as a kind under a container, and that no release has it."""
    found = read(data)
    segments = [one for one in hidden(found) if (one.hidden, one.container) == (kind, container)]
    assert segments, [(one.hidden, one.container, one.text) for one in found.segments]
    together = "\n".join(one.text for one in segments)
    for text in texts:
        assert text in together
    assert all(MARK not in one.container and MARK not in one.id for one in found.segments)
    assert all(MARK not in one.place and MARK not in one.why for one in found.unread)
    assert all(MARK not in one.place for one in found.tallies)
    result = rebuilt(data, NAME)
    out = everything_in(result.files[0].data)
    assert MARK.encode() not in out
    assert MARK.encode("utf-16-be") not in out
    assert str(kind) in {one.kind for one in result.left_out}
    assert all(MARK not in one.place for one in result.left_out)

"""Mark what was withheld in an original, and bind the pack for the Commissioner, with PyMuPDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pymupdf

from redactor.formats import detect_format
from redactor.formats.base import RebuildPlan, Spot, plan_areas, plan_spots
from redactor.formats.pdf.render import OpenPdf
from redactor.model import Report, Ruling, SegmentKey, quiet
from redactor.release.order import take_in
from redactor.release.pack import SCHEDULE_TITLES, TITLE, MarkOrder, PackOrder
from redactor.release.schedule_page import SchedulePages

_RED, _YELLOW = (0.75, 0.0, 0.0), (1.0, 0.85, 0.2)
_TAG_SIZE = 6.0
#: A box lets what it covers be read: fill and frame as parts of full colour.
_FILLED, _FRAMED = 0.35, 0.9
_MODE = pymupdf.PDF_ENCRYPT_AES_256


def mark_up(order: MarkOrder, report: Report = quiet) -> bytes:
    """Give an original as a PDF in which everything that was withheld is marked and can be read.

    A PDF keeps its pages, with translucent boxes and the provision at each. What has no pages of
    its own is laid out as it would be released, with the text in place and the provision behind it.

    Raises:
        UnreadableDocument: it cannot be read.
    """
    untrusted = take_in(order.source)
    kind = detect_format(order.source.name, untrusted)
    if kind.name == "pdf":
        return _boxed(untrusted, order)
    if "pdf" not in kind.targets:
        return b""
    document = kind.read(untrusted, report, order.read_as)
    texts = {one.key: one.text for one in document.segments}
    spots = {
        key: tuple(_shown(texts.get(key, ""), spot) for spot in each)
        for key, each in plan_spots(order.redactions).items()
    }
    plan = RebuildPlan(
        spots,
        plan_areas(order.redactions),
        {one.place: Ruling.LEAVE_OUT for one in document.unread},
        read_as=order.read_as,
    )
    rebuilt = kind.rebuild(untrusted, plan, "pdf", report)
    return _joined([one.data for one in rebuilt.files])


def _shown(text: str, spot: Spot) -> Spot:
    """Let a redaction print what it withheld, with the provision behind it."""
    return Spot(spot.start, spot.end, f"{text[spot.start : spot.end]} [{spot.label}]")


def _boxed(untrusted: bytes, order: MarkOrder) -> bytes:
    reading, spots = OpenPdf(untrusted), plan_spots(order.redactions)
    document: Any = pymupdf.open(stream=untrusted, filetype="pdf")
    areas = plan_areas(order.redactions)
    for number, page in enumerate(document):
        for spot, boxes in _boxes_on(number, spots, reading):
            for box in boxes:
                _mark(page, box, spot.label)
        for area, label in areas.get(number, ()):
            _mark(page, (area.x0, area.y0, area.x1, area.y1), label)
    written: bytes = document.tobytes(garbage=1, deflate=True)
    document.close()
    return written


def _boxes_on(
    number: int, spots: Mapping[SegmentKey, Sequence[Spot]], reading: OpenPdf
) -> Iterator[tuple[Spot, Sequence[tuple[float, float, float, float]]]]:
    for spot in spots.get((f"page:{number + 1}", None), ()):
        yield spot, reading.span_boxes(number, spot.start, spot.end)


def _mark(page: Any, box: tuple[float, float, float, float], label: str) -> None:
    """Draw a box that is seen through, with the provision above it. Points as displayed."""
    shown = pymupdf.Rect(box)
    page.draw_rect(
        shown * page.derotation_matrix,
        color=_RED,
        fill=_YELLOW,
        width=0.7,
        fill_opacity=_FILLED,
        stroke_opacity=_FRAMED,
    )
    at = pymupdf.Point(shown.x0, max(shown.y0 - 1, _TAG_SIZE)) * page.derotation_matrix
    page.insert_text(
        at, label, fontsize=_TAG_SIZE, fontname="hebo", color=_RED, rotate=page.rotation
    )


def bind_pack(order: PackOrder) -> bytes:
    """Bind the schedule, the marked originals and the correspondence in one encrypted PDF."""
    document: Any = pymupdf.open(stream=_first_pages(order), filetype="pdf")
    contents = [[1, "Schedule of what is withheld", 1]]
    for part in order.parts:
        contents.append([1, part.title, document.page_count + 1])
        pages = part.pages or _note(part.title)
        with pymupdf.open(stream=pages, filetype="pdf") as marked:
            document.insert_pdf(marked, annots=True, widgets=False)
    for page in document:
        _warn(page)
    document.set_toc(contents)
    for name, data in _attached(order):
        document.embfile_add(name, data, filename=name)
    document.set_metadata({"title": f"{TITLE}: {order.ref}"})
    written: bytes = document.tobytes(
        garbage=1,
        deflate=True,
        encryption=_MODE,
        owner_pw=order.passphrase,
        user_pw=order.passphrase,
    )
    document.close()
    return written


def _first_pages(order: PackOrder) -> bytes:
    pages = SchedulePages(f"{TITLE}: {order.ref}")
    pages.table("About this pack", ("", "", ""), [(one, said, "") for one, said in order.about])
    pages.table(
        "Schedule of what is withheld",
        SCHEDULE_TITLES,
        [
            (str(one.number), one.place, one.exemption, one.text, one.why, one.decided)
            for one in order.rows
        ],
        "Nothing is withheld.",
    )
    return pages.finish()


def _note(title: str) -> bytes:
    pages = SchedulePages(title)
    pages.table("This document has no pages to mark. It is attached as it came.", ("",), (), "")
    return pages.finish()


def _warn(page: Any) -> None:
    """Print on a page, as displayed, that it is not to be released."""
    at = pymupdf.Point(12, 11) * page.derotation_matrix
    page.insert_text(at, TITLE, fontsize=8, fontname="hebo", color=_RED, rotate=page.rotation)


def _attached(order: PackOrder) -> Iterator[tuple[str, bytes]]:
    """Give what is attached, with names that are told apart."""
    taken: set[str] = set()
    given = [(f"original - {one.name}", one.original) for one in order.parts]
    given += [(f"correspondence - {name}", data) for name, data in order.correspondence]
    for name, data in given:
        told_apart, count = name, 1
        while told_apart in taken:
            count += 1
            told_apart = f"{count} - {name}"
        taken.add(told_apart)
        yield told_apart, data


def _joined(files: Sequence[bytes]) -> bytes:
    if len(files) == 1:
        return files[0]
    document: Any = pymupdf.open()
    for data in files:
        with pymupdf.open(stream=data, filetype="pdf") as one:
            document.insert_pdf(one)
    written: bytes = document.tobytes(garbage=1, deflate=True)
    document.close()
    return written

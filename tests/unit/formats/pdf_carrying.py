"""Takes a PDF through redaction and through what is carried over, as a rebuild does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pymupdf

from redactor.formats.pdf.carried import CarriedOver, facts_of
from redactor.formats.pdf.new_file import write_new
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.overlay import Overlay, covers_of
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.raster import picture_of, replace_by_note, replace_by_picture
from redactor.formats.pdf.redaction import order_for, redact_page
from redactor.formats.pdf.setting import set_lines
from redactor.formats.pdf.stamps import Stamped
from redactor.model import NO_STAMPS, Area, PageChanges, PagePlace, Stamps, key_of
from tests.unit.formats.pdf_samples import LABEL, spots_of


class Carried:
    """A PDF that was carried over: its bytes, what was told of it, and it as pikepdf reads it."""

    def __init__(self, data: bytes, told: CarriedOver, stamped: Stamped) -> None:
        self.data = data
        self.told = told
        self.stamped = stamped
        self.pdf = pikepdf.open(io.BytesIO(data))

    def page(self, number: int = 0) -> Any:
        return pymupdf.open("pdf", self.data)[number]


def carried(
    data: bytes,
    pattern: str = "",
    *,
    label: str = LABEL,
    blanks: tuple[int, ...] = (),
    pictures: tuple[int, ...] = (),
    stamps: Stamps = NO_STAMPS,
) -> Carried:
    """Remove every match of a pattern, carry the pages into a new document, and write it."""
    spots = spots_of(data, pattern, label) if pattern else {}
    count = pymupdf.open("pdf", data).page_count
    by_page = {at: spots[key] for at in range(count) if (key := key_of(PagePlace(at))) in spots}
    facts = facts_of(open_pdf(data), by_page)
    work = prepare(open_pdf(data))
    overlay = Overlay(work)
    boxes: list[Area] = []
    for number, found in by_page.items():
        page = work.load_page(number)
        text = PageText(page)
        order = order_for(text, found, ())
        assert redact_page(work, number, text, order)
        places = set_lines(work, number, text, order, "box")
        covers = covers_of(order, places, tuple(page.rect))
        overlay.draw(number, covers)
        boxes += [Area(number, *cover.box) for cover in covers]
    for number in pictures:
        shown = work.load_page(number)
        size = (shown.rect.width, shown.rect.height)
        replace_by_picture(work, number, picture_of(shown, 50), size)
    for number in blanks:
        replace_by_note(work, number, "[page left out]", (595, 842))
    changes = PageChanges(tuple(boxes), tuple(boxes), pictures, blanks)
    new = write_new(work, facts, changes, stamps, subset=bool(pattern))
    return Carried(new.data, new.carried, new.stamped)


def elements(carried: Carried) -> Iterator[tuple[int, pikepdf.Object]]:
    """Give every structure element with its depth, in reading order."""

    def down(kid: pikepdf.Object, depth: int) -> Iterator[tuple[int, pikepdf.Object]]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield depth, kid
            for one in kids_of(kid):
                yield from down(one, depth + 1)

    for kid in kids_of(carried.pdf.Root.StructTreeRoot):
        yield from down(kid, 0)


def kids_of(element: pikepdf.Object) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def kinds(carried: Carried) -> list[str]:
    """Give the types of the tree, indented by depth."""
    return [f"{'-' * depth}{str(one.S)[1:]}" for depth, one in elements(carried)]


def spoken_texts(carried: Carried) -> list[str]:
    """Give what a screen reader says, element by element: replaced text, or what is shown.

    Each mark's text is gathered from the content by pikepdf; letters are those of Helvetica.
    """
    marks = [_marks_of(page) for page in carried.pdf.pages]
    said = []
    for _, element in elements(carried):
        for kid in kids_of(element):
            if isinstance(kid, pikepdf.Dictionary) and "/MCID" not in kid:
                continue
            is_number = not isinstance(kid, pikepdf.Dictionary)
            owner = element.Pg if is_number else kid.Pg
            number = int(kid) if is_number else int(kid.MCID)
            page = next(at for at, one in enumerate(carried.pdf.pages) if one.obj == owner)
            said.append(marks[page][number])
    return said


def _marks_of(page: pikepdf.Page) -> dict[int, str]:
    texts: dict[int, str] = {}
    replaced: set[int] = set()
    stack: list[int | None] = []
    for one in pikepdf.parse_content_stream(page):
        operator, operands = str(one.operator), list(getattr(one, "operands", ()))
        if operator in {"BDC", "BMC"}:
            properties = operands[1] if operator == "BDC" else None
            has = isinstance(properties, pikepdf.Dictionary)
            number = int(properties.MCID) if has and "/MCID" in properties else None
            stack.append(number)
            if number is not None:
                assert number not in texts, "a mark stands twice"
                texts[number] = str(properties.get("/ActualText", ""))
                if texts[number]:
                    replaced.add(number)
        elif operator == "EMC":
            stack.pop()
        elif operator in {"Tj", "TJ"}:
            inside = [number for number in stack if number is not None]
            assert len(inside) <= 1, "a mark stands in a mark"
            shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            text = "".join(str(part) for part in shown if isinstance(part, pikepdf.String))
            if inside and inside[0] not in replaced:
                texts[inside[0]] += text
    assert not stack
    return texts

"""Remove single glyphs by where they are set, and single paths by where they lie.

The library's own redaction asks which glyph boxes a mark touches. That takes a neighbour along
where texts cross or stand close, and misses a glyph whose font gives a wrong box. Here its content
filter asks us about every glyph, and we answer by the glyph's origin. It takes about twice as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.content_filter import rewrite
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.stext import Box

#: Side of the squares by which origins are looked up (units of user space).
_CELL = 8.0
#: A copy painted this near (of the glyph's height) is the same letter made bold.
_SAME = 0.08
_LEAST, _MOST = 0.02, 2.0
#: Forms of one page that are looked through, one within the other.
_MOST_FORMS = 500
#: Edges of a path as told by two of the library's devices differ by no more (units of user space).
_NEAR = 0.1
#: Paths that are painted, not those that only clip (MuPDF, fitz/device.h: fz_cull_type).
_PAINTED = frozenset(
    {mupdf.FZ_CULL_PATH_FILL, mupdf.FZ_CULL_PATH_STROKE, mupdf.FZ_CULL_PATH_FILL_STROKE}
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a glyph is set, in points of the page as displayed, and how high the glyph is."""

    x: float
    y: float
    height: float


class _Glyphs(mupdf.PdfSanitizeFilterOptions2):
    """Answers the library's question whether a glyph goes."""

    def __init__(self, cells: dict[tuple[int, int], list[tuple[float, float, float]]]) -> None:
        super().__init__()
        self._cells = cells
        self.use_virtual_text_filter()

    def text_filter(
        self, _context: Any, _codes: Any, _count: int, text: Any, around: Any, *_: Any
    ) -> int:
        """Say whether to remove a glyph, which the two matrices put on the page."""
        e, f = text.e, text.f
        x = e * around.a + f * around.c + around.e
        y = e * around.b + f * around.d + around.f
        near = self._cells.get((int(x // _CELL), int(y // _CELL)))
        if near is None:
            return 0
        return int(any(abs(x - at[0]) <= at[2] and abs(y - at[1]) <= at[2] for at in near))


class _Paths(mupdf.PdfSanitizeFilterOptions2):
    """Answers the library's question whether a path goes."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        super().__init__()
        self._boxes = boxes
        self.use_virtual_culler()

    def culler(self, _context: Any, edge: Any, kind: int) -> int:
        """Say whether to remove the path that is painted within these edges."""
        if kind not in _PAINTED:
            return 0
        painted = (edge.x0, edge.y0, edge.x1, edge.y1)
        return int(any(_is_path(painted, box) for box in self._boxes))


def _is_path(painted: Box, path: Box) -> bool:
    """Say whether edges are those of a path, or those with the same room for a stroke all round."""
    left, top = path[0] - painted[0], path[1] - painted[1]
    right, bottom = painted[2] - path[2], painted[3] - path[3]
    rooms = (left, top, right, bottom)
    return min(rooms) > -_NEAR and max(rooms) - min(rooms) < _NEAR


def remove_glyphs(document: Any, number: int, origins: Iterable[Origin]) -> None:
    """Rewrite a page's content, and the forms it uses, without the glyphs set at these origins.

    Patterns, soft masks and the glyph programs of Type 3 fonts stay as they are.
    """
    page = document.load_page(number)
    answers = _Glyphs(_by_cell(origins, to_pdf_space(page).matrix))
    rewrite(page, answers, recurse=False, ascii_only=True)


def remove_paths(document: Any, number: int, boxes: Iterable[Box]) -> None:
    """Rewrite a page's content, and the forms it uses, without the paths that fill these boxes."""
    page = document.load_page(number)
    space = to_pdf_space(page)
    answers = _Paths([space.box(box) for box in boxes])
    rewrite(page, answers, recurse=False, ascii_only=True)


def _by_cell(
    origins: Iterable[Origin], matrix: tuple[float, ...]
) -> dict[tuple[int, int], list[tuple[float, float, float]]]:
    a, b, c, d, e, f = matrix
    scale = max(abs(a), abs(b), abs(c), abs(d))
    cells: dict[tuple[int, int], list[tuple[float, float, float]]] = {}
    for one in origins:
        x, y = one.x * a + one.y * c + e, one.x * b + one.y * d + f
        reach = min(max(one.height * _SAME, _LEAST), _MOST) * scale
        for across in range(int((x - reach) // _CELL), int((x + reach) // _CELL) + 1):
            for down in range(int((y - reach) // _CELL), int((y + reach) // _CELL) + 1):
                cells.setdefault((across, down), []).append((x, y, reach))
    return cells


@dataclass(frozen=True, slots=True)
class PageCopy:
    """What a page painted before it was rewritten, to go back to.

    What its resources refer to is never changed by a rewriting, only replaced by copies.
    """

    page: int
    content: bytes = field(repr=False)
    resources: str = field(repr=False)

    @classmethod
    def of(cls, page: Any) -> PageCopy:
        """Keep a page's content."""
        resources = page.parent.xref_get_key(page.xref, "Resources")[1]
        return cls(page.xref, page.read_contents(), resources)

    def put_back(self, document: Any) -> None:
        """Give the page its earlier content again."""
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, self.content, compress=False)
        document.xref_set_key(self.page, "Contents", f"{stream} 0 R")
        document.xref_set_key(self.page, "Resources", self.resources)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page referred to before it was given other instructions and resources of its own.

    It is enough to go back to where nothing of them was changed, only replaced.
    """

    _entry: Any
    _content: Any
    _resources: Any

    @classmethod
    def of(cls, page: Any) -> PageLinks:
        """Keep what a page refers to."""
        entry = mupdf.pdf_page_from_fz_page(page.this).obj()
        content = mupdf.pdf_dict_gets(entry, "Contents")
        return cls(entry, content, mupdf.pdf_dict_gets(entry, "Resources"))

    def put_back(self, document: Any) -> None:
        """Let the page refer to that again."""
        del document
        for name, earlier in (("Contents", self._content), ("Resources", self._resources)):
            if mupdf.pdf_is_null(earlier):  # inherited, or none
                mupdf.pdf_dict_dels(self._entry, name)
            else:
                mupdf.pdf_dict_puts(self._entry, name, earlier)


def complete_forms(document: Any, number: int) -> None:
    """Give forms without resources of their own those of the page.

    They paint with them (ISO 32000-1, 7.8.3); rewritten without, they would lose fonts and text.
    """
    pdf_page = mupdf.pdf_page_from_fz_page(document.load_page(number).this)
    resources = mupdf.pdf_dict_gets_inheritable(pdf_page.obj(), "Resources")
    _complete(resources, set())


def _complete(resources: Any, seen: set[int]) -> None:
    forms = mupdf.pdf_dict_gets(resources, "XObject")
    for index in range(mupdf.pdf_dict_len(forms)):
        form = mupdf.pdf_dict_get_val(forms, index)
        number = mupdf.pdf_to_num(form)
        is_form = mupdf.pdf_to_name(mupdf.pdf_dict_gets(form, "Subtype")) == "Form"
        if not is_form or number in seen or len(seen) > _MOST_FORMS:
            continue
        seen.add(number)
        own = mupdf.pdf_dict_gets(form, "Resources")
        if mupdf.pdf_is_dict(own):
            _complete(own, seen)
        else:
            mupdf.pdf_dict_puts(form, "Resources", resources)

"""What a viewer shows: the pages of a document, the files of a candidate, a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.jobs.reading import SegmentBatch
from redactor.model import Area, Progress, Report
from redactor.release.order import FileSource, OutputSource, Source, take_in

if TYPE_CHECKING:
    from redactor.formats.pdf.render import OpenPdf
    from redactor.layout import Layout
    from redactor.release.kept import OpenOutput

# --- pages for the viewer ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One rendered page.

    Attributes:
        rgb: ``width_px * height_px * 3`` bytes, rows from the top.
        words: for each word its range in the page's segment text and its box in points.
    """

    page: int
    dpi: int
    width_px: int
    height_px: int
    rgb: bytes = field(repr=False)
    words: tuple[tuple[int, int, float, float, float, float], ...] = field(repr=False)


_open_pdfs: dict[str, OpenPdf] = {}


def _open_pdf(source: Source) -> OpenPdf:
    """Open the pages of a document for the viewer, and keep the last two open in this worker."""
    from redactor.formats import detect_format
    from redactor.formats.pdf.render import OpenPdf

    key = str(source.path) if isinstance(source, FileSource) else source.sha256
    if key not in _open_pdfs:
        while len(_open_pdfs) >= 2:
            _open_pdfs.pop(next(iter(_open_pdfs)))
        # A release is shown with the text that it was made with, hidden under its pictures or not.
        sees = not isinstance(source, OutputSource)
        untrusted = take_in(source)
        pages = detect_format(source.name, untrusted).pages(untrusted)
        _open_pdfs[key] = OpenPdf(pages, sees=sees)
    return _open_pdfs[key]


def page_layout(source: Source, *, report: Report) -> Layout | None:
    """Say how the running text of a document lies on the page; None where it does not say."""
    from redactor.formats import detect_format

    report(Progress(0, 1, "laying out"))
    untrusted = source.read()
    return detect_format(source.name, untrusted).layout(untrusted)


def page_sizes(source: Source, *, report: Report) -> tuple[tuple[float, float], ...]:
    """Give the width and height of every page, in points."""
    del report
    return tuple(_open_pdf(source).page_sizes())


def render_page(source: Source, page: int, dpi: int, *, report: Report) -> PagePicture:
    """Render one page and say where its words are."""
    del report
    pdf = _open_pdf(source)
    width, height, rgb = pdf.render(page, dpi)
    return PagePicture(page, dpi, width, height, rgb, pdf.word_boxes(page))


def span_boxes(
    source: Source, page: int, spans: Sequence[tuple[int, int]], *, report: Report
) -> tuple[tuple[tuple[float, float, float, float], ...], ...]:
    """Give the boxes of stretches of a page's text, in points."""
    del report
    pdf = _open_pdf(source)
    return tuple(tuple(pdf.span_boxes(page, start, end)) for start, end in spans)


def text_in_area(source: Source, area: Area, *, report: Report) -> str:
    """Give the text that a drawn box covers."""
    del report
    return _open_pdf(source).area_text(area.page, (area.x0, area.y0, area.x1, area.y1))


# --- files of a candidate, for the viewer -----------------------------------------------------


_open_outputs: dict[str, OpenOutput] = {}


def _open_output(source: OutputSource, report: Report) -> OpenOutput:
    """Read a file of a candidate for the viewer, and keep the last two open in this worker."""
    from redactor.release.kept import OpenOutput

    if source.sha256 not in _open_outputs:
        while len(_open_outputs) >= 2:
            _open_outputs.pop(next(iter(_open_outputs)))
        read = source.read()
        _open_outputs[source.sha256] = OpenOutput(source.name, read, report, source.read_as)
    return _open_outputs[source.sha256]


def output_containers(source: OutputSource, *, report: Report) -> tuple[tuple[str, int], ...]:
    """Give the sheets of a candidate's table with their last row, from 0."""
    return _open_output(source, report).containers()


def output_rows(
    source: OutputSource, container: str, first: int, last: int, *, report: Report
) -> SegmentBatch:
    """Give the cells of some rows of a candidate's table."""
    return SegmentBatch(_open_output(source, report).rows(container, first, last))


def output_segments(source: OutputSource, *, report: Report) -> SegmentBatch:
    """Give the whole text of a candidate's file."""
    return SegmentBatch(tuple(_open_output(source, report).segments))


# --- a passage ---------------------------------------------------------------------------------


def preview_passage(text: str, spots: Sequence[tuple[int, int, str]], *, report: Report) -> str:
    """Give a passage as it would read with its redactions made."""
    from redactor.detect.mask import masked

    del report
    return masked(text, spots)

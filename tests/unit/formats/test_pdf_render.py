from __future__ import annotations

import pymupdf
import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.pdf.render import OpenPdf
from tests.corpus import corpus_folder
from tests.unit.formats.pdf_samples import NAME, lines, made, page_text, read


def test_pages_are_given_as_shown():
    document = pymupdf.open("pdf", made(lines("one"), lines("two"), width=300, height=200))
    document[1].set_rotation(90)
    shown = OpenPdf(document.tobytes())
    assert shown.page_count == 2
    assert shown.page_sizes() == [(300, 200), (200, 300)]
    width, height, pixels = shown.render(1, 144)
    assert (width, height) == (400, 600)
    assert len(pixels) == 400 * 600 * 3
    assert pixels.count(0) > 20


def test_annotations_and_hidden_layers_are_not_shown():
    document = pymupdf.open("pdf", made(lines("text"), width=200, height=200))
    page = document[0]
    page.draw_rect((20, 20, 60, 60), fill=(1, 0, 0), oc=document.add_ocg("off", on=False))
    page.draw_rect((70, 20, 90, 60), fill=(0, 1, 0), oc=document.add_ocg("on", on=True))
    mark = page.add_rect_annot((100, 100, 160, 160))
    mark.set_colors(fill=(0, 0, 1))
    mark.update()
    width, _, pixels = OpenPdf(document.tobytes()).render(0, 72)

    def pixel(x: int, y: int) -> tuple[int, ...]:
        at = (y * width + x) * 3
        return tuple(pixels[at : at + 3])

    assert pixel(40, 40) == (255, 255, 255)
    assert pixel(80, 40) == (0, 255, 0)
    assert pixel(130, 130) == (255, 255, 255)


def test_offsets_are_those_of_reading():
    data = made(lines(f"Seen by {NAME}", "and others"))
    shown = OpenPdf(data)
    text = page_text(data)
    assert shown.text(0) == text
    start = text.index(NAME)
    (box,) = shown.span_boxes(0, start, start + len(NAME))
    middle = (box[1] + box[3]) / 2
    assert shown.spans_in_area(0, box[0], middle, box[2], middle + 1) == (
        (start, start + len(NAME)),
    )
    assert shown.area_text(0, (box[0], middle, box[2], middle + 1)) == NAME
    assert shown.area_text(0, (box[2], middle + 1, box[0], middle)) == NAME
    assert len(shown.span_boxes(0, 0, len(text))) == 2
    assert shown.span_boxes(0, 5, 5) == ()
    assert shown.span_boxes(0, 0, len(text) + 5) == ()


def test_a_very_large_page_is_rendered_within_bounds():
    shown = OpenPdf(made(lines("x"), width=14_000, height=14_000))
    width, height, pixels = shown.render(0, 300)
    assert width * height <= 101_000_000
    assert len(pixels) == width * height * 3
    shown.close()


def test_what_cannot_be_opened_is_refused():
    with pytest.raises(UnreadableDocument):
        OpenPdf(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableDocument):
        OpenPdf(made(lines("x"))).render(7, 72)


def test_real_files_are_read_with_every_letter_in_its_place():
    folder = corpus_folder("files", "pdf-pdfbox")
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        try:
            document = read(data)
        except UnreadableDocument:
            continue
        shown = OpenPdf(data)
        texts = {one.id: one.text for one in document.segments}
        keys = [one.key for one in document.segments]
        assert len(keys) == len(set(keys)), path.name
        for page in range(min(shown.page_count, 5)):
            text = shown.text(page)
            assert text == texts[f"page:{page + 1}"], path.name
            for start, end, *_ in shown.word_boxes(page):
                assert text[start:end].strip() == text[start:end]

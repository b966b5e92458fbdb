"""Files that other readers read past a fault of: released whole and proved, or as pictures.

Each is redacted as ``redact --terms`` does it, and held against the file as it came by the gate.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from redactor.app.proving import as_pictures, original_of, refused_pages, searched_for
from redactor.jobs import FileSource, RebuildAnswer, RebuildOrder, rebuild_document
from redactor.model import quiet
from redactor.release.plan import withheld_texts
from redactor.release.verify import VerificationReport, verify_file
from tests.attack.verify_kit import failed, helvetica
from tests.unit.formats.pdf_samples import lines, made, with_content

_LABEL = "s40(2)"


def ordered(folder: Path, data: bytes, *terms: str) -> RebuildOrder:
    path = folder / "letter.pdf"
    path.write_bytes(data)
    return RebuildOrder(
        FileSource(path),
        "same",
        (),
        withheld_texts((), terms=terms),
        spread=True,
        spread_label=_LABEL,
        leave_out_unread=True,
    )


def proved(order: RebuildOrder) -> tuple[RebuildAnswer, VerificationReport]:
    answer = rebuild_document(order, report=quiet)
    original = original_of(order, answer)
    assert original is not None
    (file,) = answer.files
    searched = searched_for(order.withheld, answer)
    report = verify_file("_.pdf", file.data, searched, strict=True, against=original.read())
    return answer, report


def shown(answer: RebuildAnswer) -> list[str]:
    with pymupdf.open("pdf", answer.files[0].data) as document:
        return [str(page.get_text()) for page in document]


def released(order: RebuildOrder) -> RebuildAnswer:
    answer, report = proved(order)
    assert report.ok, (failed(report), report.leaks)
    return answer


def test_the_spaces_in_the_name_of_a_font_do_not_hide_the_page(tmp_path: Path) -> None:
    spaced = made(lines("Zephyrine Quibbleton wrote")).replace(b"/Helvetica", b"/Helvetica Neue X")
    assert b"Neue X" in spaced
    order = ordered(tmp_path, spaced, "Quibbleton")
    answer, report = proved(order)
    if not report.ok:  # the two engines take another font each in place of one that nobody has
        answer = released(as_pictures(order, refused_pages(answer, report)))
    (text,) = shown(answer)
    assert "Zephyrine" in text
    assert "Quibbleton" not in text


def test_pages_are_counted_where_the_file_does_not_say_how_many(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(made(lines("Zephyrine Quibbleton wrote"), lines("again"))))
    document.Root.Pages.Count = document.make_stream(b"")
    written = io.BytesIO()
    document.save(written)
    first, second = shown(released(ordered(tmp_path, written.getvalue(), "Quibbleton")))
    assert "Quibbleton" not in first
    assert "again" in second


def test_a_page_that_stands_for_the_tree_of_pages_is_a_page(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(made(lines("Zephyrine Quibbleton wrote"))))
    document.Root.Pages = document.pages[0].obj
    written = io.BytesIO()
    document.save(written)
    (text,) = shown(released(ordered(tmp_path, written.getvalue(), "Quibbleton")))
    assert "Zephyrine" in text


def test_a_page_that_is_shown_twice_is_redacted_in_both_places(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(made(lines("Zephyrine Quibbleton wrote"), lines("again"))))
    document.Root.Pages.Kids.append(document.pages[0].obj)
    document.Root.Pages.Count = 3
    written = io.BytesIO()
    document.save(written)
    texts = shown(released(ordered(tmp_path, written.getvalue(), "Quibbleton")))
    assert ["Zephyrine" in text for text in texts] == [True, False, True]
    assert not any("Quibbleton" in text for text in texts)


def test_a_page_whose_content_was_deleted_is_empty(tmp_path: Path) -> None:
    document = pikepdf.open(io.BytesIO(made(lines("Zephyrine Quibbleton wrote"), lines("again"))))
    document.pages[1].obj.Contents = pikepdf.Dictionary()
    written = io.BytesIO()
    document.save(written)
    first, second = shown(released(ordered(tmp_path, written.getvalue(), "Quibbleton")))
    assert "Zephyrine" in first
    assert not second.strip()


# --- form fields ----------------------------------------------------------------------------------


def form(value: str) -> bytes:
    document = pymupdf.open("pdf", made(lines("Zephyrine Quibbleton wrote")))
    page = document[0]
    field = pymupdf.Widget()
    field.field_name, field.field_type = "post", pymupdf.PDF_WIDGET_TYPE_TEXT
    field.field_value, field.rect = value, pymupdf.Rect(72, 300, 300, 320)
    page.add_widget(field)
    page.add_highlight_annot(pymupdf.Rect(72, 400, 200, 420))
    data: bytes = document.tobytes()
    return data


def test_a_page_with_form_fields_is_held_against_what_stands_in_them(tmp_path: Path) -> None:
    answer = released(ordered(tmp_path, form("Head of Quibbles"), "Quibbleton"))
    assert answer.changes is not None
    assert not answer.changes.pictures
    assert "Head of Quibbles" in shown(answer)[0]


def test_a_field_that_says_something_else_than_it_said_is_noticed(tmp_path: Path) -> None:
    order = ordered(tmp_path, form("Head of Quibbles"), "Quibbleton")
    answer = released(order)
    original = original_of(order, answer)
    assert original is not None
    against = replace(original.read(), original=form("Head of Trifles"))
    searched = searched_for(order.withheld, answer)
    report = verify_file("_.pdf", answer.files[0].data, searched, strict=True, against=against)
    assert {"pages look the same", "letters did not move"} <= failed(report)


# --- what is in no page, but is used by one -------------------------------------------------------


def named_like_a_glyph() -> bytes:
    """Make a page whose font lists the glyph ``dagger``, which is also somebody's name."""
    document = pikepdf.open(io.BytesIO(with_content(b"BT /F0 12 Tf 40 200 Td (Ms Dagger) Tj ET")))
    font = helvetica(document)
    font.Encoding = pikepdf.Dictionary(
        Type=pikepdf.Name.Encoding,
        Differences=pikepdf.Array([129, pikepdf.Name.dagger]),
    )
    document.pages[0].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_page_whose_font_names_somebody_goes_out_as_a_picture(tmp_path: Path) -> None:
    order = ordered(tmp_path, named_like_a_glyph(), "Dagger")
    answer, report = proved(order)
    assert {leak.pages for leak in report.leaks} == {(0,)}
    refused = refused_pages(answer, report)
    assert refused == {0}
    again = released(as_pictures(order, refused))
    assert again.changes is not None
    assert again.changes.pictures == (0,)
    assert b"/dagger" not in again.files[0].data


# --- boxes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10.0, 12.0, 14.0])
def test_a_label_stays_within_a_box_for_which_there_is_hardly_room(
    tmp_path: Path, size: float
) -> None:
    line = "A movement of the enemy will jeopardize six gunboats. Heavy boxes perform and jigs."
    terms = ("movement", "enemy", "will", "Heavy", "jigs")
    width = 60 + pymupdf.get_text_length(line, "helv", size) + 5
    answer = released(ordered(tmp_path, made(lines(line, size=size), width=width), *terms))
    assert answer.changes is not None
    assert not answer.changes.pictures
    assert min(box.x1 - box.x0 for box in answer.changes.boxes) < 2.5 * size


def test_a_box_leaves_what_hangs_down_from_the_line_above(tmp_path: Path) -> None:
    page = made(lines("grumpy jiggling gypsy", "a Quibbleton gypsy", leading=10.9, size=11))
    answer = released(ordered(tmp_path, page, "Quibbleton"))
    assert answer.changes is not None
    assert not answer.changes.pictures
    (box,) = answer.changes.boxes
    descender = 80 + 0.21 * 11
    assert box.y0 >= descender
    assert box.y1 - box.y0 > 0.85 * 11

"""Word documents made to mislead: text that is covered, doubled, cropped or set aside."""

from __future__ import annotations

import struct
import zlib

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan
from redactor.formats.docx import Docx
from redactor.formats.docx.layout import layout_of
from redactor.layout import LayoutPicture
from redactor.model import Document, HiddenKind, Ruling
from redactor.release.plan import spread, withheld_texts
from tests.unit.formats.office import document, everything, pack, paragraph, run
from tests.unit.formats.test_docx_pages import box
from tests.unit.formats.test_docx_pictures import picture, pictured

_NAME = "Una Thrale"


def read(data: bytes) -> Document:
    return Docx().read(data)


def seen(data: bytes) -> list[str]:
    return [one.text for one in read(data).segments if one.hidden is None]


def assert_not_released(data: bytes) -> None:
    """Release it in every form with nothing withheld, and look for the name."""
    rulings = {one.place: one.rulings[-1] for one in read(data).unread}
    for target in Docx.targets:
        rebuilt = Docx().rebuild(data, RebuildPlan(rulings=rulings), target)
        assert b"Thrale" not in everything(rebuilt.files[0].data)


def shape(place: str, fill: str = "") -> str:
    spaces = (
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    )
    return (
        f'<w:r><w:drawing><wp:anchor {place}><wp:extent cx="1270000" cy="200000"/>'
        f"<wps:wsp {spaces}><wps:spPr>{fill}</wps:spPr></wps:wsp></wp:anchor></w:drawing></w:r>"
    )


def test_a_box_drawn_over_a_name_is_said_and_the_name_is_there_to_be_redacted() -> None:
    covered = document(f"<w:p>{run(_NAME)}{shape('behindDoc=' + chr(34) + '0' + chr(34))}</w:p>")
    assert seen(covered) == [_NAME]
    assert any("lie over the text: 1" in one for one in read(covered).notes)


@pytest.mark.parametrize(
    ("place", "fill"), [('behindDoc="1"', ""), ('behindDoc="0"', "<a:noFill/>")]
)
def test_a_shape_that_covers_nothing_gives_no_alarm(place: str, fill: str) -> None:
    data = document(f"<w:p>{run(_NAME)}{shape(place, fill)}</w:p>")
    assert not any("lie over the text" in one for one in read(data).notes)


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:highlight w:val="black"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="1"/>',
        (
            '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
            "<w14:noFill/></w14:textFill>"
        ),
    ],
)
def test_letters_that_nobody_sees_leave_in_no_form(properties: str) -> None:
    data = document(f"<w:p>{run('by ')}{run(_NAME, properties)}</w:p>")
    assert seen(data) == ["by "]
    assert_not_released(data)


def test_a_drawing_that_is_marked_as_hidden_takes_its_text_with_it() -> None:
    hidden = box(_NAME).replace(
        '<wp:extent cx="1270000" cy="1270000"/>',
        '<wp:extent cx="1270000" cy="1270000"/><wp:docPr id="1" name="b" hidden="1"/>',
    )
    data = document(f"<w:p>{run('text')}<w:r>{hidden}</w:r></w:p>")
    assert seen(data) == ["text"]
    assert_not_released(data)


def test_both_copies_of_a_text_box_are_covered_by_one_term() -> None:
    segments = read(document(f"<w:p><w:r>{box(_NAME)}</w:r></w:p>")).segments
    holding = {one.key for one in segments if _NAME in one.text}
    found = spread(segments, withheld_texts((), terms=[_NAME]), "s40(2)")
    assert len(holding) == 2
    assert {one.target.key for one in found if hasattr(one.target, "key")} == holding


def test_a_name_cut_by_a_tracked_deletion_is_read_as_it_is_seen() -> None:
    gone = "<w:del><w:r><w:delText>XX</w:delText></w:r></w:del>"
    data = document(f"<w:p>{run('Una Th')}{gone}{run('rale')}</w:p>")
    assert seen(data) == [_NAME]
    found = spread(read(data).segments, withheld_texts((), terms=[_NAME]), "s40(2)")
    assert [one.target.start for one in found if hasattr(one.target, "start")] == [0]


def test_a_name_in_a_note_that_only_deleted_text_refers_to_is_not_released() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="1">{paragraph(_NAME)}</w:footnote></w:footnotes>'
    )
    data = document(
        f'<w:p>{run("text")}<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del></w:p>',
        extra={"word/footnotes.xml": notes},
        document_rels=(("rN", "footnotes", "footnotes.xml"),),
    )
    assert seen(data) == ["text"]
    assert_not_released(data)


def test_a_picture_of_impossible_size_is_not_drawn() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    data = pictured(picture(), bomb + chunk(b"IEND", b""), "image1.png")
    (laid,) = layout_of(data).body
    assert isinstance(laid, LayoutPicture)
    assert laid.png is None
    plan = RebuildPlan(rulings={"word/media/image1.png": Ruling.RELEASE_AS_SEEN})
    assert any("could not be drawn" in one for one in Docx().rebuild(data, plan, "docx").notes)


def test_a_document_in_itself_many_times_over_is_read_to_a_depth_and_then_blocks() -> None:
    kinds = {"word/afchunk.docx": "application/x"}
    data = document(paragraph(_NAME))
    for _ in range(6):
        data = document(
            '<w:altChunk r:id="rA"/>',
            extra={"word/afchunk.docx": data},
            extra_types=kinds,
            document_rels=(("rA", "aFChunk", "afchunk.docx"),),
        )
    found = read(data)
    assert any("too deep" in one.why for one in found.unread)
    assert_not_released(data)


def test_wrappers_nested_without_end_are_refused() -> None:
    depth = 5_000
    body = "<w:p>" + "<w:smartTag>" * depth + run(_NAME) + "</w:smartTag>" * depth + "</w:p>"
    with pytest.raises(UnreadableDocument):
        read(document(body))


def test_the_name_of_a_part_is_searched() -> None:
    data = pictured(picture(), name="Thrale_passport.jpeg")
    names = [one.text for one in read(data).segments if one.hidden is HiddenKind.METADATA]
    assert any("Thrale_passport" in one for one in names)
    assert_not_released(data)


def test_a_part_that_is_named_but_missing_is_reported() -> None:
    data = document(paragraph("text"), document_rels=(("rX", "image", "media/Thrale.png"),))
    assert any("Thrale.png" in one.text for one in read(data).segments if one.hidden)
    assert_not_released(data)


def test_a_package_that_is_nothing_but_pictures_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        read(pack({"word/media/image1.png": b"\x89PNG"}))

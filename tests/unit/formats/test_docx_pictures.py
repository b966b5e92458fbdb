"""The pictures of a Word document: nothing is released of them but what a person saw."""

from __future__ import annotations

import io

import pymupdf
import pytest
from PIL import Image

from redactor.formats.base import RebuildPlan, Rebuilt
from redactor.formats.docx import Docx
from redactor.formats.docx.layout import layout_of
from redactor.layout import LayoutPicture
from redactor.model import Document, HiddenKind, Ruling
from redactor.release.verify import Withheld, verify_file
from tests.unit.formats.office import document, everything, members, paragraph

_MAIN = "word/document.xml"
_LEAVE, _SEEN = Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN


def read(data: bytes) -> Document:
    return Docx().read(data)


def hidden(data: bytes, kind: HiddenKind) -> list[str]:
    return [one.text for one in read(data).segments if one.hidden is kind]


def released(data: bytes, plan: RebuildPlan | None = None, target: str = "docx") -> Rebuilt:
    return Docx().rebuild(data, plan or RebuildPlan(), target)


_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def halves() -> bytes:
    """Draw a picture: its left half red, its right half blue, with a name written into the file."""
    image = Image.new("RGB", (200, 100), (255, 0, 0))
    image.paste((0, 0, 255), (100, 0, 200, 100))
    exif = Image.Exif()
    exif[0x013B] = "Una Thrale"
    stream = io.BytesIO()
    image.save(stream, "JPEG", exif=exif, quality=95)
    return stream.getvalue()


def picture(
    arrow: str = 'r:embed="rPic"', crop: str = "", look: str = "", shape: str = "rect"
) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1270000" cy="1270000"/>'
        f'<pic:pic xmlns:pic="{_PIC}" xmlns:a="{_DRAWING}"><pic:blipFill>'
        f"<a:blip {arrow}>{look}</a:blip><a:srcRect {crop}/></pic:blipFill>"
        f'<pic:spPr><a:prstGeom prst="{shape}"/></pic:spPr></pic:pic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )


def pictured(body: str, data: bytes | None = None, name: str = "image1.jpeg") -> bytes:
    kind = {"jpeg": "image/jpeg", "png": "image/png", "emf": "image/x-emf"}[name.rpartition(".")[2]]
    return document(
        body,
        extra={f"word/media/{name}": halves() if data is None else data},
        extra_types={f"word/media/{name}": kind},
        document_rels=(("rPic", "image", f"media/{name}"),),
    )


_PLACE = "word/media/image1.jpeg"


def test_a_picture_blocks_until_somebody_has_looked_at_it() -> None:
    (unread,) = read(pictured(picture())).unread
    assert (unread.place, unread.rulings) == (_PLACE, (_LEAVE, _SEEN))


def test_a_picture_is_released_as_it_is_seen_and_as_nothing_else() -> None:
    data = pictured(paragraph("before") + picture(crop='l="50000"') + paragraph("after"))
    plan = RebuildPlan(rulings={_PLACE: _SEEN})
    rebuilt = released(data, plan)
    parts = members(rebuilt.files[0].data)
    (name,) = [one for one in parts if one.startswith("word/media/")]
    with Image.open(io.BytesIO(parts[name])) as drawn:
        assert (drawn.format, drawn.mode, drawn.info) == ("PNG", "RGB", {})
        colours = {drawn.getpixel((x, drawn.height // 2)) for x in range(2, drawn.width - 2)}
    assert all(blue > 200 and red < 60 for red, _, blue in colours)  # type: ignore[misc]
    assert b"Thrale" not in everything(rebuilt.files[0].data)
    assert "unread" not in {one.kind for one in rebuilt.left_out}
    with pymupdf.open(stream=released(data, plan, "pdf").files[0].data, filetype="pdf") as pdf:
        assert len(pdf[0].get_images()) == 1


def test_a_picture_shown_in_two_sizes_is_one_drawn_for_the_larger() -> None:
    small = picture().replace("1270000", "254000")
    data = pictured(small + picture())
    for target, name in (("docx", "a.docx"), ("pdf", "a.pdf")):
        (file,) = released(data, RebuildPlan(rulings={_PLACE: _SEEN}), target).files
        ruled = frozenset({_PLACE})
        report = verify_file(
            name, file.data, Withheld(()), strict=True, seen=ruled, is_drawn_anew=True
        )
        assert report.ok, [one for one in report.checks if not one.ok]
    parts = members(released(data, RebuildPlan(rulings={_PLACE: _SEEN})).files[0].data)
    (only,) = [one for one in parts if one.startswith("word/media/")]
    with Image.open(io.BytesIO(parts[only])) as drawn:
        assert drawn.width == 200  # every pixel of the original, where a page has room for it


@pytest.mark.parametrize("crop", ['r="50000"', 'r="50%"'])
def test_a_crop_is_understood_as_both_kinds_of_files_write_it(crop: str) -> None:
    (laid,) = layout_of(pictured(picture(crop=crop))).body
    assert isinstance(laid, LayoutPicture)
    assert laid.png is not None
    with Image.open(io.BytesIO(laid.png)) as drawn:
        red, _, blue = drawn.getpixel((drawn.width - 3, drawn.height // 2))  # type: ignore[misc]
    assert red > 200
    assert blue < 60


def test_a_picture_that_is_left_out_is_in_no_byte() -> None:
    data = pictured(picture())
    rebuilt = released(data, RebuildPlan(rulings={_PLACE: _LEAVE}))
    assert not [one for one in members(rebuilt.files[0].data) if "media" in one]
    assert ("unread", _PLACE) in {(one.kind, one.place) for one in rebuilt.left_out}


def test_a_text_release_says_that_it_holds_no_picture() -> None:
    rebuilt = released(pictured(picture()), RebuildPlan(rulings={_PLACE: _SEEN}), "txt")
    assert ("unread", _PLACE) in {(one.kind, one.place) for one in rebuilt.left_out}


def test_what_a_transparent_pixel_hides_is_not_drawn() -> None:
    image = Image.new("RGBA", (50, 50), (10, 20, 30, 0))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    data = pictured(picture(), stream.getvalue(), "image1.png")
    plan = RebuildPlan(rulings={"word/media/image1.png": _SEEN})
    parts = members(released(data, plan).files[0].data)
    (name,) = [one for one in parts if one.startswith("word/media/")]
    with Image.open(io.BytesIO(parts[name])) as drawn:
        assert drawn.getcolors() == [(drawn.width * drawn.height, (255, 255, 255))]


@pytest.mark.parametrize(
    "body",
    [
        picture(shape="ellipse"),
        picture(look='<a:alphaModFix amt="0"/>'),
        picture(look='<a:lum bright="-100000"/>'),
    ],
)
def test_a_picture_that_the_page_changes_can_only_be_left_out(body: str) -> None:
    (unread,) = read(pictured(body)).unread
    assert unread.rulings == (_LEAVE,)
    plan = RebuildPlan(rulings={_PLACE: _SEEN})
    parts = members(released(pictured(body), plan).files[0].data)
    assert not [one for one in parts if "media" in one]


def test_two_views_of_one_picture_are_ruled_on_apart() -> None:
    data = pictured(picture() + picture(crop='r="50000"') + picture())
    assert {one.place for one in read(data).unread} == {_PLACE, f"{_PLACE}/view:2"}
    places = [one.place for one in layout_of(data).body if isinstance(one, LayoutPicture)]
    assert places == [_PLACE, f"{_PLACE}/view:2", _PLACE]


def test_a_picture_outside_the_file_and_one_that_no_page_shows_can_only_be_left_out() -> None:
    outside = document(
        picture('r:link="rOut"'), document_rels=(("rOut", "image", "http://example.org/una.png"),)
    )
    (unread,) = read(outside).unread
    assert unread.rulings == (_LEAVE,)
    assert hidden(outside, HiddenKind.LINK) == ["http://example.org/una.png"]
    (unused,) = read(pictured(paragraph("text"))).unread
    assert (unused.place, unused.rulings) == (_PLACE, (_LEAVE,))


def test_a_picture_is_shown_for_review_no_wider_than_a_thousand_pixels() -> None:
    (laid,) = layout_of(pictured(picture())).body
    assert isinstance(laid, LayoutPicture)
    assert (laid.place, laid.width, laid.height) == (_PLACE, 100.0, 100.0)
    assert laid.png is not None
    with Image.open(io.BytesIO(laid.png)) as drawn:
        assert drawn.width <= 1_000
    (broken,) = layout_of(pictured(picture(), b"\xff\xd8\xff broken")).body
    assert isinstance(broken, LayoutPicture)
    assert broken.png is None


def test_a_picture_that_cannot_be_drawn_is_left_out_and_said() -> None:
    data = pictured(picture(), b"\xff\xd8\xff broken")
    rebuilt = released(data, RebuildPlan(rulings={_PLACE: _SEEN}))
    assert any("could not be drawn" in one for one in rebuilt.notes)
    assert ("unread", _PLACE) in {(one.kind, one.place) for one in rebuilt.left_out}

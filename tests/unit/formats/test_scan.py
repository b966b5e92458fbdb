"""Picture files: upright, every frame a page, nothing but what the pixels show, or one refusal."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pymupdf
import pytest
from PIL import Image

from redactor.errors import Cancelled, UnreadableDocument
from redactor.formats import detect_format, format_named
from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.scan import paper
from redactor.formats.scan.paper import as_pdf
from redactor.model import Document, HiddenKind, Progress
from tests.corpus import corpus_folder

SCAN = format_named("scan")
NAME, KEPT = "Quillfeather", "The panel met on 14 March 2023"
_ORIENTATION, _DESCRIPTION = 0x0112, 0x010E
#: How a picture lies in a file so that each orientation of Exif makes it upright again.
_LAID = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def a_letter(*lines: str) -> Any:
    made = pymupdf.open()
    page = made.new_page(width=300, height=90)
    for row, line in enumerate(lines or (f"PC {NAME} was there", KEPT)):
        page.insert_text((15, 35 + row * 35), line, fontsize=14)
    picture = page.get_pixmap(dpi=150)
    return Image.frombytes("RGB", (picture.width, picture.height), picture.samples)


def saved(picture: Any, kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def exif_with(orientation: int, words: str = "") -> Any:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    if words:
        exif[_DESCRIPTION] = words
    return exif


def noise() -> Any:
    return Image.frombytes("RGB", (53, 37), random.Random(1).randbytes(53 * 37 * 3))


def pixels_of(data: bytes, page: int = 0) -> Any:
    """Give the picture on a page as it is stored there."""
    document = pymupdf.open("pdf", as_pdf(data))
    stored = pymupdf.Pixmap(document, document[page].get_images()[0][0])
    mode = {1: "L", 3: "RGB"}[stored.n]
    return Image.frombytes(mode, (stored.width, stored.height), stored.samples)


def size_of(data: bytes) -> tuple[float, float]:
    box = pymupdf.open("pdf", as_pdf(data))[0].rect
    return box.width, box.height


def seen(read: Document) -> str:
    return "\n".join(one.text for one in read.segments if one.hidden is None)


def hidden(read: Document, kind: HiddenKind) -> str:
    return "\n".join(one.text for one in read.segments if one.hidden is kind)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        SCAN.read(data)
    assert refusal.value.why.endswith(".")
    assert refusal.value.remedy.endswith(".")
    return refusal.value.reason


def png_with(data: bytes, kind: bytes, value: bytes) -> bytes:
    chunk = struct.pack(">I", len(value)) + kind + value
    return data[:33] + chunk + struct.pack(">I", zlib.crc32(kind + value)) + data[33:]


def in_16_bits(picture: Any) -> Any:
    return picture.convert("L").convert("I;16").point(lambda value: value * 257)


# --- what is read ---------------------------------------------------------------------------------

EVERY_KIND = {
    "grey.png": lambda: saved(a_letter().convert("L"), "PNG"),
    "two tones.png": lambda: saved(a_letter().convert("1"), "PNG"),
    "palette.png": lambda: saved(a_letter().convert("P"), "PNG"),
    "16 bits.png": lambda: saved(in_16_bits(a_letter()), "PNG"),
    "colour.jpg": lambda: saved(a_letter(), "JPEG", quality=90),
    "progressive.jpg": lambda: saved(a_letter(), "JPEG", quality=90, progressive=True),
    "inks.jpg": lambda: saved(a_letter().convert("CMYK"), "JPEG", quality=90),
    "plain.tif": lambda: saved(a_letter(), "TIFF"),
    "fax.tif": lambda: saved(a_letter().convert("1"), "TIFF", compression="group4"),
    "lzw.tif": lambda: saved(a_letter(), "TIFF", compression="tiff_lzw"),
    "jpeg.tif": lambda: saved(a_letter(), "TIFF", compression="jpeg", quality=95),
    "inks.tif": lambda: saved(a_letter().convert("CMYK"), "TIFF"),
    "colour.bmp": lambda: saved(a_letter(), "BMP"),
    "still.gif": lambda: saved(a_letter().convert("P"), "GIF"),
}  # fmt: skip


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_kind_of_picture_is_read(name: str) -> None:
    data = EVERY_KIND[name]()
    assert detect_format(name, data) is SCAN
    assert seen(SCAN.read(data)).split() == f"PC {NAME} was there {KEPT}".split()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_picture_is_turned_upright(kind: str, orientation: int) -> None:
    upright = a_letter().convert("L").crop((0, 0, 624, 184))
    turn = _LAID[orientation]
    laid = upright if turn is None else upright.transpose(turn)
    exif = exif_with(orientation)
    options = {"quality": 95} if kind == "JPEG" else {}
    got = pixels_of(saved(laid, kind, exif=exif, **options)).convert("L")
    assert got.size == upright.size
    differing = [abs(a - b) for a, b in zip(got.tobytes(), upright.tobytes(), strict=True)]
    assert max(differing) <= (60 if kind == "JPEG" else 0)
    assert sum(differing) / len(differing) < 1


def test_every_frame_of_a_tiff_is_a_page_the_right_way_up() -> None:
    second = a_letter("Second page", "Okonkwo").transpose(Image.Transpose.ROTATE_180)
    second.encoderinfo = {"tiffinfo": {_ORIENTATION: 3}}
    data = saved(a_letter(), "TIFF", save_all=True, append_images=[second])
    read = SCAN.read(data)
    assert [one.id for one in read.segments if one.hidden is None] == ["page:1", "page:2"]
    assert seen(read).split()[-3:] == ["Second", "page", "Okonkwo"]


def test_pixels_are_stored_as_they_were() -> None:
    picture = noise()
    for kind in ("PNG", "TIFF", "BMP"):
        assert pixels_of(saved(picture, kind)).tobytes() == picture.tobytes()
    assert pixels_of(saved(picture.convert("L"), "PNG")).mode == "L"


def test_what_is_transparent_shows_white_paper_and_is_gone() -> None:
    secret = a_letter()
    secret.putalpha(0)
    data = saved(secret, "PNG")
    assert set(pixels_of(data).tobytes()) == {255}
    assert seen(SCAN.read(data)) == ""


@pytest.mark.parametrize(
    ("dpi", "size"),
    [
        ((200, 200), (225.0, 67.68)),  # as a scanner says
        ((204, 98), (220.6, 138.1)),  # a fax
        ((72, 72), (468.75, 141.0)),  # a camera says nothing of paper: the dots of a screen
        ((5000, 5000), (468.75, 141.0)),
    ],
)
def test_a_page_is_as_large_as_the_paper_was(
    dpi: tuple[int, int], size: tuple[float, float]
) -> None:
    data = saved(a_letter(), "TIFF", dpi=dpi)
    assert size_of(data) == pytest.approx(size, abs=0.5)


def test_a_photograph_fills_a_sheet_of_a4() -> None:
    data = saved(Image.new("L", (3000, 4000), 200), "JPEG")
    width, height = size_of(data)
    assert max(width / 595.4, height / 841.7) == pytest.approx(1, abs=0.01)


def test_a_picture_is_read_with_the_name_of_its_own_hash_and_format() -> None:
    data = saved(a_letter(), "PNG")
    read = SCAN.read(data)
    assert (read.format, len(read.sha256)) == ("scan", 64)
    assert read.sha256 != format_named("pdf").read(as_pdf(data)).sha256


def test_the_same_picture_gives_the_same_pages() -> None:
    data = saved(a_letter(), "JPEG")
    first = as_pdf(data)
    paper._kept.clear()
    assert as_pdf(data) == first
    assert b"MuPDF" not in first.split(b"\n", 3)[3]


# --- what lies beside the pixels ------------------------------------------------------------------


def test_what_lies_beside_the_pixels_is_hidden_and_never_released() -> None:
    gps = exif_with(1, f"{NAME} at home")
    gps.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    data = saved(a_letter("Nothing to see"), "JPEG", exif=gps, comment=f"for {NAME}".encode())
    data += b"\x00\x00PK\x03\x04" + NAME.encode() * 20
    read = SCAN.read(data)
    said = hidden(read, HiddenKind.METADATA)
    assert f"description: {NAME} at home" in said
    assert "latitude: 51.5" in said
    assert f"for {NAME}" in said
    assert [one.unit for one in read.tallies if one.kind is HiddenKind.OTHER] == ["bytes"]
    rebuilt = SCAN.rebuild(data, RebuildPlan(), "pdf")
    (file,) = rebuilt.files
    assert NAME.encode() not in file.data
    assert b"Exif" not in file.data
    assert {"metadata", "other"} <= {one.kind for one in rebuilt.left_out}


def test_a_small_copy_in_a_picture_is_listed() -> None:
    small = saved(Image.new("RGB", (40, 30), "red"), "JPEG")
    exif = (
        b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 0) + struct.pack("<I", 14)
        + struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 44)
        + struct.pack("<HHII", 0x0202, 4, 1, len(small)) + struct.pack("<I", 0) + small
    )  # fmt: skip
    read = SCAN.read(saved(a_letter(), "JPEG", exif=exif))
    assert [one.count for one in read.tallies if one.kind is HiddenKind.THUMBNAIL] == [1]


def with_height(jpeg: bytes, height: int) -> bytes:
    sizes = [one for one in range(len(jpeg)) if jpeg[one : one + 2] in (b"\xff\xc0", b"\xff\xc2")]
    return jpeg[: sizes[0] + 5] + struct.pack(">H", height) + jpeg[sizes[0] + 7 :]


def darkest_below(jpeg: bytes, row: int) -> int:
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(jpeg))
    return min(picture.samples[picture.stride * row :])


def test_rows_below_the_height_that_a_jpeg_admits_to_are_gone() -> None:
    tall = Image.new("L", (624, 368), 255)
    tall.paste(a_letter(NAME, " ").crop((0, 0, 624, 184)), (0, 184))
    cropped = with_height(saved(tall, "JPEG", quality=90), 184)
    assert darkest_below(with_height(cropped, 368), 192) < 100
    stored = pymupdf.open("pdf", as_pdf(cropped))
    inside = stored.xref_stream_raw(stored[0].get_images()[0][0])
    assert darkest_below(with_height(inside, 368), 192) > 100


def test_a_withheld_word_is_gone_from_the_pixels() -> None:
    data = saved(a_letter(), "TIFF")
    (page,) = [one for one in SCAN.read(data).segments if one.hidden is None]
    start = page.text.index(NAME)
    plan = RebuildPlan({page.key: (Spot(start, start + len(NAME), "s40(2)"),)})
    (file,) = SCAN.rebuild(data, plan, "pdf").files
    again = format_named("pdf").read(file.data)
    whole = " ".join(one.text for one in again.segments)
    assert NAME not in whole
    assert KEPT in whole
    (text,) = SCAN.rebuild(data, plan, "txt").files
    assert NAME.encode() not in text.data
    assert KEPT.encode() in text.data


# --- what is refused ------------------------------------------------------------------------------


def test_a_picture_that_moves_is_refused() -> None:
    frames = [a_letter(word).convert("P") for word in ("one", "two")]
    data = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert refused(data) == "unsupported"
    data = saved(frames[0].convert("RGB"), "PNG", save_all=True,
                 append_images=[frames[1].convert("RGB")])  # fmt: skip
    assert b"acTL" in data
    assert refused(data) == "unsupported"


@pytest.mark.parametrize("name", EVERY_KIND)
@pytest.mark.parametrize("share", [0.4, 0.9, 0.995])
def test_a_picture_that_is_cut_off_is_refused_or_whole(name: str, share: float) -> None:
    data = EVERY_KIND[name]()
    cut_off = data[: int(len(data) * share)]
    reason = outcome(cut_off)
    assert reason in {"truncated", "damaged", "read"}
    if reason == "read":  # only the list of what stands in the file was cut, not the pixels
        assert seen(SCAN.read(cut_off)).split() == f"PC {NAME} was there {KEPT}".split()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    packed = zlib.compress(bytes(1000))
    body = struct.pack(">I", len(packed)) + b"IDAT" + packed + b"\0\0\0\0"
    assert refused(b"\x89PNG\r\n\x1a\n" + chunk + body + b"\0\0\0\0IEND\xaeB`\x82") == "bomb"
    jpeg = bytearray(saved(noise(), "JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = b"\xff\xff\xff\xff"
    assert refused(bytes(jpeg)) == "bomb"


@pytest.mark.parametrize("width", [0, 7])
def test_a_size_that_is_none_is_refused(width: int) -> None:
    data = bytearray(saved(noise(), "BMP"))
    data[18:22] = struct.pack("<i", width)
    data[22:26] = struct.pack("<i", 0)
    assert refused(bytes(data)) == "damaged"


def test_a_file_of_another_kind_is_refused_by_its_name() -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        detect_format("scan.png", b"%PDF-1.7\n")
    assert refusal.value.reason == "wrong-type"
    with pytest.raises(UnreadableDocument) as refusal:
        detect_format("scan.pdf", saved(noise(), "PNG"))
    assert "a Picture" in refusal.value.why


@pytest.mark.parametrize("data", [b"", b"x", b"%PDF-1.7", b"\xff\xd8\xff", b"II*\0", b"GIF89a"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data) in {"empty", "damaged"}


def test_a_directory_that_leads_back_to_itself_ends() -> None:
    data = bytearray(saved(noise(), "TIFF"))
    first = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, first)[0]
    struct.pack_into("<I", data, first + 2 + 12 * count, first)
    assert outcome(bytes(data)) in {"read", "damaged"}


def outcome(data: bytes) -> str:
    try:
        SCAN.read(data)
    except UnreadableDocument as refusal:
        return refusal.reason
    return "read"


def test_unpacking_can_be_stopped() -> None:
    paper._kept.clear()

    def stop(progress: object) -> None:
        assert isinstance(progress, Progress)
        assert progress.what == "unpacking"
        raise Cancelled

    with pytest.raises(Cancelled):
        as_pdf(saved(noise(), "PNG"), stop)


@pytest.mark.parametrize("folder", ["image-exif", "mixed-mat2"])
def test_real_pictures_are_read_and_rebuilt(folder: str) -> None:
    files = [one for one in sorted(corpus_folder("files", folder).iterdir())
             if one.suffix.lower() in SCAN.suffixes]  # fmt: skip
    assert files
    for path in files:
        data = path.read_bytes()
        read = detect_format(path.name, data).read(data)
        plan = RebuildPlan(rulings={one.place: one.rulings[-1] for one in read.unread})
        (file,) = SCAN.rebuild(data, plan, "pdf").files
        assert b"Exif" not in file.data
        assert b"http://ns.adobe.com" not in file.data

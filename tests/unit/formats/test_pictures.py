"""What pictures hold beside their pixels."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from redactor.formats.hidden import Gathered
from redactor.formats.pictures import gather_picture, is_picture, read_beside
from redactor.model import HiddenKind
from tests.kitchen.workbook_over import metafile, old_metafile


def jpeg(**options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (20, 10), (10, 90, 10)).save(stream, "JPEG", **options)
    return stream.getvalue()


def directory(entries: list[tuple[int, int, int, int]], following: int) -> bytes:
    packed = b"".join(struct.pack("<HHII", *one) for one in entries)
    return struct.pack("<H", len(entries)) + packed + struct.pack("<I", following)


def test_the_small_copy_in_a_picture_is_told() -> None:
    first = directory([], 8 + 6)
    second = directory([(0x0201, 4, 1, 60), (0x0202, 4, 1, 4)], 0)
    exif = b"II*\x00" + struct.pack("<I", 8) + first + second
    gathered = Gathered()
    gather_picture(jpeg(exif=b"Exif\x00\x00" + exif.ljust(80, b"\x00")), "p.jpeg", gathered)
    assert ("small copies", 1) in [(one.unit, one.count) for one in gathered.tallies]
    assert "small copy" in gathered.unread[0].why


def test_a_cropped_picture_is_told_and_its_pixels_block() -> None:
    gathered = Gathered()
    gather_picture(jpeg(), "p.jpeg", gathered, "Staff", cropped=True)
    assert [one.place for one in gathered.unread] == ["p.jpeg"]
    assert "cut away" in gathered.unread[0].why
    (tally,) = gathered.tallies
    assert (tally.kind, tally.place) == (HiddenKind.PICTURE, "Staff")
    assert gathered.segments[0].container == "Staff"


def test_a_picture_without_anything_beside_its_pixels_only_blocks() -> None:
    gathered = Gathered()
    gather_picture(jpeg(), "p.jpeg", gathered)
    assert gathered.segments == []
    assert len(gathered.unread) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_camera_data_is_read_in_every_kind_of_picture(kind: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Orla Vexley"
    stream = io.BytesIO()
    Image.new("RGB", (9, 9)).save(stream, kind, exif=exif)
    assert "artist: Orla Vexley" in read_beside(stream.getvalue()).words


@pytest.mark.parametrize("data", [metafile("Orla Vexley"), old_metafile("Orla Vexley")])
def test_the_words_a_metafile_draws_are_read(data: bytes) -> None:
    assert is_picture(data)
    assert "Orla Vexley" in read_beside(data).words


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_picture_cut_off_anywhere_is_read_as_far_as_it_goes(kind: str) -> None:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), (1, 2, 3)).save(stream, kind)
    data = stream.getvalue()
    for length in range(0, len(data), max(len(data) // 60, 1)):
        gathered = Gathered()
        gather_picture(data[:length], "p", gathered)
        assert len(gathered.unread) == 1

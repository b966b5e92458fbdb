from __future__ import annotations

import io
import zipfile

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.formats.package import Package
from tests.unit.formats.office import document, pack, paragraph, rels, types


def refusal(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        Package(data)
    return caught.value


def test_relationships_resolve_from_their_part() -> None:
    package = Package(
        pack(
            {
                "[Content_Types].xml": types(),
                "a/b/c.xml": "<x/>",
                "a/b/_rels/c.xml.rels": rels(
                    ("1", "styles", "../d.xml"), ("2", "styles", "/a/d.xml"),
                    ("3", "x", "e%20f.xml"),
                    ("4", "hyperlink", "mailto:una@example.org"),
                ),
            }
        )
    )  # fmt: skip
    arrows = package.relationships("a/b/c.xml")
    assert [one.target for one in arrows[:3]] == ["a/d.xml", "a/d.xml", "a/b/e f.xml"]
    assert arrows[3].external
    assert package.relationships("a/missing.xml") == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"x" * 40, "truncated"),
        (document(paragraph("text"))[:-200], "truncated"),
        (b"hello", "wrong-type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "wrong-type"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (pack({"a.xml": "<x/>"}), "damaged"),
        (pack({"../a.xml": "<x/>"}), "damaged"),
        (pack({"C:/a.xml": "<x/>"}), "damaged"),
        (pack({"a/./b.xml": "<x/>"}), "damaged"),
        (pack({"a.xml": "<x/>", "A.XML": "<x/>"}), "damaged"),
    ],
)
def test_what_is_no_sound_package_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert refusal(data).reason == reason


def test_a_member_that_is_encrypted_is_refused() -> None:
    data = bytearray(pack({"[Content_Types].xml": types()}))
    central = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[central + 8] |= 1
    assert refusal(bytes(data)).reason == "encrypted"


def test_a_damaged_member_is_refused_when_it_is_read() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", types())
        archive.writestr("a.xml", "<x>Una Thrale</x>")
    package = Package(stream.getvalue().replace(b"Una Thrale</x>", b"Una ThralX</x>", 1))
    with pytest.raises(UnreadableDocument):
        package.tree("a.xml")


def test_utf_16_parts_are_read() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><x>Zoë</x>'.encode("utf-16")
    package = Package(pack({"[Content_Types].xml": types(), "a.xml": part}))
    assert package.tree("a.xml").text == "Zoë"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"", "empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "wrong-type"),
        ("a.eml", b"From: una@example.org\n\nHello\n", "unsupported"),
        ("a.xlsx", document(paragraph("text")), "wrong-type"),
        ("a.docx", b"plain text\n", "wrong-type"),
        ("a.csv", document(paragraph("text")), "wrong-type"),
        ("a.txt", b"%PDF-1.7", "wrong-type"),
    ],
)
def test_a_file_is_held_against_its_name(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        detect_format(name, data)
    assert caught.value.reason == reason


def test_a_document_without_a_telling_name_is_known_by_its_bytes() -> None:
    assert detect_format("letter", document(paragraph("text"))).name == "docx"
    assert detect_format("letter.DOCX", document(paragraph("text"))).name == "docx"

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from redactor.release.verify import pdf_objects, verify_file
from tests.attack.verify_kit import (
    NAME,
    clean_document,
    clean_pdf,
    failed,
    helvetica,
    pdf_bytes,
    pdf_with,
    places,
    verified,
    withheld,
)


def test_a_clean_file_passes_even_as_a_release() -> None:
    report = verified("release.pdf", clean_pdf(), strict=True)
    assert report.ok, failed(report)


def test_two_engines_find_a_name_on_a_page() -> None:
    data = pdf_bytes(pdf_with(b"BT /F1 12 Tf 72 720 Td (by Zephyrine Quibbleton.) Tj ET"))
    found = verified("a.pdf", data)
    assert not found.ok
    engines = {leak.engine.split()[0] for leak in found.leaks if leak.where == "page 1"}
    assert engines == {"pikepdf", "pypdfium2"}


@pytest.mark.parametrize(
    "content",
    [
        b"[(Zephy) -20 (rine) -300 (Quibb) 15 (leton)] TJ",
        b"<5A657068797269 6E65205175696262 6C65746F6E> Tj",
        b"(Zephyrine) Tj 0 -14 Td (Quibble\\055) Tj 0 -14 Td (ton) Tj",
        rb"(Zeph\171rine Quib\142leton) Tj",
        b"(Z) Tj 9 0 Td (ephyrine Quibbleton) Tj",
    ],
    ids=["split", "hexadecimal", "hyphenated", "octal", "moved"],
)
def test_text_in_pieces_on_a_page_is_found(content: bytes) -> None:
    data = pdf_bytes(pdf_with(b"BT /F1 12 Tf 72 720 Td " + content + b" ET"))
    assert "page 1" in places(verified("a.pdf", data))


def test_a_name_over_the_foot_of_a_page_is_found() -> None:
    data = pdf_bytes(
        pdf_with(
            b"BT /F1 12 Tf 72 60 Td (it was Zephyrine) Tj ET",
            b"BT /F1 12 Tf 72 720 Td (Quibbleton who) Tj ET",
        )
    )
    assert "page 1" in places(verified("a.pdf", data))


def test_text_coded_by_a_font_is_read_by_its_map() -> None:
    pdf = pdf_with(b"BT /F1 12 Tf 72 720 Td <000100020003> Tj ET")
    mapped = (
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 3 beginbfchar "
        b"<0001> <005A006500700068> <0002> <007900720069> <0003> <006E0065> endbfchar endcmap"
    )
    font = pdf.pages[0].obj.Resources.Font.F1
    font.Subtype = pikepdf.Name.Type0
    font.Encoding = pikepdf.Name("/Identity-H")
    font.ToUnicode = pdf.make_stream(mapped)
    found = verified("a.pdf", pdf_bytes(pdf), "Zephyrine")
    assert "page 1" in {leak.where for leak in found.leaks if "pikepdf" in leak.engine}


def _xmp(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Metadata = pdf.make_stream(
        b"<x:xmpmeta><dc:creator><rdf:li>Zephyrine Quibbleton</rdf:li></dc:creator></x:xmpmeta>"
    )


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Statement of {NAME}", 0))


def _orphan(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Spare = pdf.make_indirect(pikepdf.Dictionary(Kept=pikepdf.String(NAME)))


def _utf16(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Spare = pikepdf.String(b"\xfe\xff" + NAME.encode("utf-16-be"))


def _utf8(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Spare = pikepdf.String(b"\xef\xbb\xbf" + "Zéphyrine Quibbletön".encode())


def _name(pdf: pikepdf.Pdf) -> None:
    pdf.Root[pikepdf.Name("/Zephyrine#20Quibbleton".replace("#20", " "))] = 1


def _annotation(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = pikepdf.Array([
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[1, 1, 9, 9], Contents=NAME
        )
    ])  # fmt: skip


def _attached_text(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = f"Dear {NAME}".encode()


def _attached_document(pdf: pikepdf.Pdf) -> None:
    from tests.attack.verify_kit import with_parts

    inner = with_parts(clean_document(), {"word/footnotes.xml": f"<w:t>{NAME}</w:t>".encode()})
    pdf.attachments["inner.docx"] = inner


def _attachment_name(pdf: pikepdf.Pdf) -> None:
    pdf.attachments[f"{NAME}.txt"] = b"nothing"


def _form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"BT /F1 9 Tf [(Zephyrine Quib) 3 (bleton)] TJ ET")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 1, 1]
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=helvetica(pdf)))
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X1=form)


def _actual_text(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"/Span << /ActualText (Zephyrine Quibbleton) >> BDC BT /F1 9 Tf (xx) Tj ET EMC"
    )


def _comment(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q % Zephyrine Quibbleton\nQ")


def _picture(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"\xff\xd8\xff\xe1Exif\x00\x00" + NAME.encode() + b"\x00\xff\xd9")
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width = picture.Height = 1
    picture.ColorSpace, picture.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    picture.Filter = pikepdf.Name.DCTDecode
    pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X1=picture)


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pdf.make_stream(rb"app.alert('\u005aephyrine Quibbleton')")
    )


@pytest.mark.parametrize(
    "plant",
    [
        _xmp, _bookmark, _orphan, _utf16, _utf8, _name, _annotation, _attached_text,
        _attached_document, _attachment_name, _form, _actual_text, _comment, _picture, _script,
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "packed", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate]
)
def test_a_name_hidden_in_the_file_is_found(plant, packed) -> None:  # type: ignore[no-untyped-def]
    pdf = pdf_with()
    plant(pdf)
    report = verified("a.pdf", pdf_bytes(pdf, object_stream_mode=packed))
    assert report.leaks
    assert not report.ok
    assert all(NAME not in str(leak) for leak in report.leaks)


def _with_a_new_revision(old: bytes, number: int, body: bytes) -> bytes:
    """Replace an object in the way programs do that save quickly: after the end of the file."""
    table = old.rindex(b"startxref") + len(b"startxref")
    previous = int(old[table:].split()[0])
    size = int(old[old.rindex(b"/Size") :].split()[1])
    at = len(old)
    added = b"%d 0 obj\n" % number + body + b"\nendobj\n"
    return (
        old + added + b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
        + b"trailer << /Root 1 0 R /Size %d /Prev %d >>\n" % (size, previous)
        + b"startxref\n%d\n%%%%EOF\n" % (at + len(added))
    )  # fmt: skip


def test_an_earlier_revision_is_looked_into() -> None:
    pdf = pdf_with(b"BT /F1 12 Tf 72 720 Td [(Zephyrine Quib) 2 (bleton)] TJ ET")
    old = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(old)) as opened:
        number = opened.pages[0].obj.Contents.objgen[0]
    data = _with_a_new_revision(old, number, b"<< /Length 1 >>\nstream\nq\nendstream")
    report = verified("a.pdf", data, strict=True)
    assert places(report) == {"stream 1 of the bytes"}
    assert "one revision" in failed(report)


def test_a_string_of_an_earlier_revision_is_looked_at() -> None:
    pdf = pdf_with()
    pdf.Root.Spare = pdf.make_indirect(pikepdf.Dictionary(Kept=pikepdf.String(NAME)))
    old = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    number = int(old[old.index(b"/Spare") :].split()[1])
    data = _with_a_new_revision(old, number, b"<< /Kept (nothing) >>")
    assert places(verified("a.pdf", data)) == {"bytes between the streams"}


def test_what_follows_the_end_is_looked_at_and_no_release_has_it() -> None:
    report = verified("a.pdf", clean_pdf() + b"\n% Zephyrine Quibbleton", strict=True)
    assert "bytes between the streams" in places(report)
    assert "nothing around the file" in failed(report)


def test_short_names_are_found_on_a_page_and_in_strings_but_not_in_longer_words() -> None:
    pdf = pdf_with(b"BT /F1 12 Tf 72 720 Td (The Annual report) Tj ET")
    assert verified("a.pdf", pdf_bytes(pdf), "Ann").ok
    pdf.docinfo["/Subject"] = pikepdf.String("about Ann")
    assert not verified("a.pdf", pdf_bytes(pdf), "Ann").ok


def test_numbers_that_only_place_things_are_not_text() -> None:
    data = pdf_bytes(pdf_with(b"BT /F1 12 Tf 7 0 0 7 700900 123 Tm (Nothing) Tj ET"))
    assert verified("a.pdf", data, "07700900123", "700900123", "700900").ok


def test_a_font_and_a_key_with_a_name_like_a_persons_are_not_taken_for_it() -> None:
    pdf = pdf_with()
    pdf.pages[0].obj.Resources.Font.F1.BaseFont = pikepdf.Name("/ABCDEF+Georgia-Bold")
    assert verified("a.pdf", pdf_bytes(pdf), "Georgia", "Pages", "Courier", strict=True).ok


def test_a_kept_word_may_stand_as_often_as_it_was_kept() -> None:
    data = pdf_bytes(pdf_with(b"BT /F1 12 Tf 72 720 Td (Quibbleton and Quibbleton) Tj ET"))
    data = verified_release(data)
    assert verify_file("a.pdf", data, withheld("Quibbleton", allowed={1: 2}), strict=True).ok
    assert not verify_file("a.pdf", data, withheld("Quibbleton", allowed={1: 1}), strict=True).ok


def verified_release(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


# --- every rule of structure can fail, and only for a release ----------------------------------


def _encrypted(pdf: pikepdf.Pdf) -> bytes:
    return pdf_bytes(pdf, encryption=pikepdf.Encryption(owner="a", user=""))


def _layers(pdf: pikepdf.Pdf) -> bytes:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=[layer], D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    )
    return pdf_bytes(pdf)


def _planted(plant) -> object:  # type: ignore[no-untyped-def]
    def make(pdf: pikepdf.Pdf) -> bytes:
        plant(pdf)
        return pdf_bytes(pdf)

    return make


def _with_form(pdf: pikepdf.Pdf) -> bytes:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array())
    return pdf_bytes(pdf)


def _with_information(pdf: pikepdf.Pdf) -> bytes:
    pdf.docinfo["/Author"] = pikepdf.String("somebody")
    return pdf_bytes(pdf)


def _with_fault(pdf: pikepdf.Pdf) -> bytes:
    return pdf_bytes(pdf).replace(b"startxref\n", b"startxref\n1", 1)


def _twice(pdf: pikepdf.Pdf) -> bytes:
    return pdf_bytes(pdf) + b"\nstartxref\n0\n%%EOF\n"


def _with_loose_object(pdf: pikepdf.Pdf) -> bytes:
    pdf.Root.Spare = pdf.make_indirect(pikepdf.Dictionary(A=1))
    return (
        pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        .replace(b"/Spare", b"/Spare_")
        .replace(b"/Spare_ 3 0 R", b"/Spare_ null  ")
    )


def _disordered(pdf: pikepdf.Pdf) -> bytes:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf [(a) Tj (b)] TJ (c) Tj ) ET <zz> Tj")
    return pdf_bytes(pdf)


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (_planted(_script), "no active content"),
        (_planted(_attached_text), "no attachments"),
        (_planted(_annotation), "no annotations"),
        (_planted(_xmp), "no metadata"),
        (_with_form, "no form"),
        (_layers, "no hidden layers"),
        (_with_information, "no document information"),
        (_encrypted, "not encrypted"),
        (_with_fault, "opens without repair"),
        (_twice, "one revision"),
        (_with_loose_object, "no orphaned objects"),
        (_disordered, "page content in order"),
    ],
)
def test_a_release_that_breaks_a_rule_of_structure_fails_and_another_file_does_not(
    make, rule: str
) -> None:  # type: ignore[no-untyped-def]
    data = make(pdf_with())
    assert rule in failed(verified("a.pdf", data, "Nobody Atall", strict=True))
    assert rule not in failed(verified("a.pdf", data, "Nobody Atall"))


# --- what cannot be searched is never passed over ----------------------------------------------


def test_a_file_with_a_password_proves_nothing() -> None:
    data = pdf_bytes(pdf_with(), encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "unsearchable part" in failed(verified("a.pdf", data))


def test_an_engine_that_cannot_read_the_file_is_a_check_that_failed() -> None:
    report = verified("a.pdf", clean_pdf()[:200])
    assert "engine could read the file" in failed(report)
    assert not report.ok


def test_a_stream_in_a_filter_that_nobody_knows_is_not_passed_over() -> None:
    pdf = pdf_with()
    strange = pdf.make_stream(b"abc")
    strange.Filter = pikepdf.Name("/Private")
    pdf.Root.Spare = strange
    assert "unsearchable part" in failed(verified("a.pdf", pdf_bytes(pdf)))


def test_letters_without_meaning_fail_unless_a_person_saw_the_page() -> None:
    pdf = pdf_with(b"BT /F1 12 Tf 72 720 Td <00010002000300040005> Tj ET")
    font = pdf.pages[0].obj.Resources.Font.F1
    font.Subtype = pikepdf.Name.Type0
    font.Encoding = pikepdf.Name("/Identity-H")
    data = pdf_bytes(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert "page text readable" in failed(verified("a.pdf", data))
    seen = verify_file("a.pdf", data, withheld(NAME), seen=frozenset({"page:1"}))
    assert "page text readable" not in failed(seen)


def test_a_stream_that_unpacks_without_end_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_objects, "_MAX_STREAM_BYTES", 4_000_000)
    pdf = pdf_with()
    bomb = pdf.make_stream(zlib.compress(b"\0" * 5_000_000))
    bomb.Filter = pikepdf.Name.FlateDecode
    pdf.Root.Spare = bomb
    data = pdf_bytes(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert "unsearchable part" in failed(verified("a.pdf", data))

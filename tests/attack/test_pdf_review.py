"""Places of a PDF that a second look found: small and faint pictures, and data that nobody shows.

The planted files are made by script; whether the marker survives is asked of qpdf, PDFium and
Tesseract, none of which wrote the release.
"""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image, ImageCms

from tests.attack.catalogue.engines import places_of
from tests.attack.catalogue.kit import (
    KEPT,
    MARK,
    Vector,
    dictionary,
    draw,
    helvetica,
    image,
    pixels_with,
    planted,
    stream,
)
from tests.attack.catalogue.pictures import grey, stencil
from tests.attack.test_pdf_catalogue import release_anew

Name = pikepdf.Name
_ELSE = ("something else",)


def _released(change, folder, terms=_ELSE) -> bytes:
    return release_anew(
        Vector("review", "review", lambda: planted(change), seen=False, pixels=True), folder, terms
    )


def _gone(change, folder, terms=_ELSE, *, pixels=False) -> None:
    assert places_of(planted(change), MARK, pixels=pixels)  # it was there, and can be found
    written = _released(change, folder, terms)
    assert places_of(written, MARK, pixels=pixels) == []
    assert places_of(written, KEPT)


def _picture(placed, make=grey, **resources):
    return lambda document: draw(document, placed, XObject={"Im": make(document)}, **resources)


def _veil(opacity):
    return {"ExtGState": {"G1": dictionary(Type=Name.ExtGState, ca=opacity)}}


# --- pictures ------------------------------------------------------------------------------------


def test_a_listed_term_in_a_picture_of_a_lines_height_is_found_and_removed(tmp_path):
    _gone(_picture("q 73 0 0 11 60 500 cm /Im Do Q"), tmp_path, (MARK,), pixels=True)


def test_a_listed_term_in_a_picture_that_shines_through_is_found_and_removed(tmp_path):
    change = _picture("q /G1 gs 144 0 0 21.6 60 500 cm /Im Do Q", **_veil(0.4))
    _gone(change, tmp_path, (MARK,), pixels=True)


@pytest.mark.parametrize(
    "change",
    [
        _picture("q 6 0 0 0.9 60 500 cm /Im Do Q"),
        _picture(
            "q 12.1 0 0 12.1 60 500 cm /Im Do Q",
            lambda document: image(document, pixels_with(height=600)),
        ),
        _picture("q 73 0 0 11 60 500 cm /Im Do Q 0 g 50 490 200 50 re f"),
        _picture("q 60 500 5 5 re W n 73 0 0 11 60 500 cm /Im Do Q"),
        _picture("q /G1 gs 144 0 0 21.6 60 500 cm /Im Do Q", **_veil(0)),
        _picture("q 1 g 144 0 0 21.6 60 500 cm /Im Do Q", stencil),
    ],
    ids=["shrunk", "shrunk to a dot", "under a box", "cut off", "let through", "white"],
)
def test_pictures_with_words_that_nobody_sees_do_not_leave(change, tmp_path):
    _gone(change, tmp_path, pixels=True)


def test_a_page_that_cannot_be_changed_is_covered_where_the_words_are_though_some_are_unseen(
    tmp_path,
):
    def change(document):
        document.pages[0].contents_add(
            b"BT 3 Tr /F1 12 Tf 300 700 Td (words that nobody sees, and many of them) Tj ET",
            prepend=True,
        )
        curve = " ".join(f"{60 + at * 7} {495 + at % 2 * 15} l" for at in range(30))
        draw(
            document,
            f"q 0.8 g 50 470 m {curve} 300 540 l 200 560 l f Q"
            f" BT /F1 12 Tf 60 500 Td (about {MARK} and others) Tj ET",
        )

    _gone(change, tmp_path, (MARK,), pixels=True)


# --- data beside what is painted -----------------------------------------------------------------


def _ink(function):
    def change(document):
        space = pikepdf.Array([Name.Separation, Name.All, Name.DeviceGray, function(document)])
        draw(document, "/C1 cs 0.5 sc 300 300 20 20 re f", ColorSpace={"C1": space})

    return change


def _calculation(document):
    return stream(
        document, f"{{ % {MARK}\n 1 exch sub }}", FunctionType=4, Domain=[0, 1], Range=[0, 1]
    )


def _samples(document):
    return stream(
        document, b"\x00\xff" + MARK.encode(), FunctionType=0, Domain=[0, 1], Range=[0, 1],
        Size=[2], BitsPerSample=8,
    )  # fmt: skip


def _profile(document):
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    plain += MARK.encode()
    plain[:4] = len(plain).to_bytes(4, "big")
    profile = stream(document, bytes(plain), N=3, Alternate=Name.DeviceRGB)
    space = pikepdf.Array([Name.ICCBased, profile])
    picture = image(document, pixels_with("seen", mode="rgb"), space)
    draw(document, "q 144 0 0 21.6 300 300 cm /Im Do Q", XObject={"Im": picture})


def _map(more=(), spare=""):
    letters = [f"<{code:02x}> <{code:04x}>" for code in range(97, 123)]
    return (
        f"begincmap {spare}\n1 begincodespacerange <00> <FF> endcodespacerange"
        f" {len(letters) + len(more)} beginbfchar {' '.join((*letters, *more))} endbfchar endcmap"
    )


def _character_map(document):
    font = helvetica(document)
    font.ToUnicode = stream(document, _map(spare=f"% {MARK}\n/CMapName /{MARK} def ({MARK}) pop"))
    draw(document, "BT /F9 10 Tf 60 500 Td (fine) Tj ET", Font={"F9": font})


def _glyph_name(document):
    font = helvetica(document)
    font.Encoding = dictionary(
        Type=Name.Encoding, Differences=pikepdf.Array([200, Name(f"/{MARK}")])
    )
    draw(document, "BT /F9 10 Tf 60 500 Td (fine) Tj ET", Font={"F9": font})


def _intent(document):
    draw(document, f"/{MARK} ri 10 10 20 20 re f")


def _jpeg(document):
    pixels = pixels_with("seen", mode="rgb")
    data = pixels.tobytes("jpeg")
    for marker, begins in ((0xEE, b"Adobe\0\x64\0\0\0\0\1"), (0xDC, b""), (0xF5, b"")):
        inside = begins + MARK.encode()
        segment = bytes([0xFF, marker]) + (len(inside) + 2).to_bytes(2, "big") + inside
        data = data[:2] + segment + data[2:]
    picture = stream(
        document, data, Type=Name.XObject, Subtype=Name.Image, Width=pixels.width,
        Height=pixels.height, BitsPerComponent=8, ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode,
    )  # fmt: skip
    draw(document, "q 144 0 0 21.6 300 300 cm /Im Do Q", XObject={"Im": picture})


def _fax(document):
    picture = Image.new("1", (64, 64), 1)
    picture.paste(0, (10, 10, 30, 30))
    packed = io.BytesIO()
    picture.save(packed, "TIFF", compression="group4")
    tags = Image.open(packed).tag_v2
    data = packed.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]] + MARK.encode()
    fax = stream(
        document, data, Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64,
        BitsPerComponent=1, ColorSpace=Name.DeviceGray, Filter=Name.CCITTFaxDecode,
        DecodeParms=dictionary(K=-1, Columns=64, Rows=64),
    )  # fmt: skip
    draw(document, "q 50 0 0 50 300 300 cm /Im Do Q", XObject={"Im": fax})


@pytest.mark.parametrize(
    "change",
    [
        _ink(_calculation), _ink(_samples), _profile, _character_map, _glyph_name, _intent, _jpeg,
        _fax,
    ],
    ids=[
        "calculation", "samples", "colour profile", "character map", "glyph name", "intent", "JPEG",
        "fax",
    ],
)  # fmt: skip
def test_data_that_painting_needs_carries_nothing_beside_what_is_painted(change, tmp_path):
    _gone(change, tmp_path)


def test_a_colour_profile_still_gives_the_same_colours_when_its_texts_are_gone():
    from redactor.formats.pdf.icc import plain_profile

    whole = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    plain = ImageCms.ImageCmsProfile(io.BytesIO(plain_profile(whole.tobytes())))
    lab = ImageCms.createProfile("LAB")
    picture = Image.new("RGB", (1, 1), (200, 90, 30))
    colours = [
        ImageCms.applyTransform(picture, ImageCms.buildTransform(one, lab, "RGB", "LAB"))
        for one in (whole, plain)
    ]
    assert colours[0].getpixel((0, 0)) == colours[1].getpixel((0, 0))


def test_a_picture_of_one_bit_is_the_same_picture_when_it_is_packed_anew(tmp_path):
    pictures = []
    for data in (planted(_fax), _released(_fax, tmp_path)):
        with pikepdf.open(io.BytesIO(data)) as document:
            streams = [one for one in document.objects if isinstance(one, pikepdf.Stream)]
            (picture,) = [one for one in streams if one.get("/Subtype") == "/Image"]
            pictures.append(pikepdf.PdfImage(picture).as_pil_image().convert("L").tobytes())
    is_same = pictures[0] == pictures[1]  # a difference of pixels would take minutes to show
    assert is_same
    assert len(set(pictures[0])) == 2

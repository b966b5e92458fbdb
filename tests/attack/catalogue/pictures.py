"""A word in pixels or in outlines, in every way that a PDF can hold them, and beside the pixels."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pymupdf

from tests.attack.catalogue.kit import (
    MARK,
    VECTORS,
    Vector,
    dictionary,
    draw,
    image,
    letter,
    pixels_with,
    plant,
    planted,
    saved,
    stream,
    string,
    vector,
)

_PIXELS = "pixels of pictures"
_UNUSUAL = "pictures in patterns and soft masks only"
_BESIDE = "data beside the pixels"
_OUTLINES = "vector outlines"
#: The picture is 600 x 90 pixels, painted at 300 dots to the inch.
_AT = "q 144 0 0 21.6 60 500 cm /Im Do Q"


def _packed(document, rows, width, height, bits, space, **entries):
    return stream(
        document, zlib.compress(rows), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=width, Height=height, BitsPerComponent=bits, ColorSpace=space,
        Filter=pikepdf.Name.FlateDecode, **entries,
    )  # fmt: skip


def _grey():
    return pixels_with()


def _one_bit(pixels, *, black_is=0):
    rows = bytearray()
    for y in range(pixels.height):
        line = pixels.samples[y * pixels.stride : y * pixels.stride + pixels.width]
        bits = "".join("1" if (one > 127) != bool(black_is) else "0" for one in line)
        bits += "0" * (-len(bits) % 8)
        rows += int(bits, 2).to_bytes(len(bits) // 8, "big")
    return bytes(rows)


def _tint(document):
    return stream(document, "{1 exch sub}", FunctionType=4, Domain=[0, 1], Range=[0, 1])


def grey(document):
    return image(document, _grey())


def colour(document):
    return image(document, pixels_with(mode="rgb"))


def four_colours(document):
    return image(document, pixels_with(mode="cmyk"))


def jpeg(document):
    pixels = pixels_with(mode="rgb")
    return stream(
        document, pixels.tobytes("jpeg"), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=pixels.width, Height=pixels.height, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip


def sixteen_bits(document):
    pixels = _grey()
    rows = b"".join(bytes([one, one]) for one in pixels.samples)
    return _packed(document, rows, pixels.width, pixels.height, 16, pikepdf.Name.DeviceGray)


def indexed(document):
    pixels = _grey()
    rows = bytes(1 if one > 127 else 0 for one in pixels.samples)
    space = pikepdf.Array(
        [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, pikepdf.String(b"\0\0\0\xff\xff\xff")]
    )
    return _packed(document, rows, pixels.width, pixels.height, 8, space)


def one_bit(document):
    pixels = _grey()
    space = pikepdf.Name.DeviceGray
    return _packed(document, _one_bit(pixels), pixels.width, pixels.height, 1, space)


def spot_colour(document):
    pixels = _grey()
    rows = bytes(255 - one for one in pixels.samples)
    space = pikepdf.Array(
        [pikepdf.Name.Separation, pikepdf.Name("/Spot"), pikepdf.Name.DeviceGray, _tint(document)]
    )
    return _packed(document, rows, pixels.width, pixels.height, 8, space)


def several_spot_colours(document):
    pixels = _grey()
    rows = b"".join(bytes([255 - one, 0]) for one in pixels.samples)
    tint = stream(document, "{pop 1 exch sub}", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1])
    space = pikepdf.Array(
        [pikepdf.Name.DeviceN, pikepdf.Array([pikepdf.Name("/A"), pikepdf.Name("/B")]),
         pikepdf.Name.DeviceGray, tint]
    )  # fmt: skip
    return _packed(document, rows, pixels.width, pixels.height, 8, space)


def calibrated(document):
    space = pikepdf.Array([pikepdf.Name.CalGray, dictionary(WhitePoint=[0.95, 1, 1.09])])
    return image(document, _grey(), space)


def stencil(document):
    pixels = _grey()
    return stream(
        document, zlib.compress(_one_bit(pixels)), Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image, Width=pixels.width, Height=pixels.height, ImageMask=True,
        BitsPerComponent=1, Filter=pikepdf.Name.FlateDecode,
    )  # fmt: skip


def _black(document, pixels, **entries):
    rows = b"\0" * (pixels.width * pixels.height)
    space = pikepdf.Name.DeviceGray
    return _packed(document, rows, pixels.width, pixels.height, 8, space, **entries)


def softly_masked(document):
    pixels = _grey()
    rows = bytes(255 - one for one in pixels.samples)
    mask = _packed(document, rows, pixels.width, pixels.height, 8, pikepdf.Name.DeviceGray)
    return _black(document, pixels, SMask=mask)


def masked(document):
    return _black(document, _grey(), Mask=stencil(document))


def masked_by_colour(document):
    picture = grey(document)
    picture.Mask = pikepdf.Array([250, 255])
    return picture


_KINDS = (
    grey, colour, four_colours, jpeg, sixteen_bits, indexed, one_bit, spot_colour,
    several_spot_colours, calibrated, stencil, softly_masked, masked, masked_by_colour,
)  # fmt: skip


def _picture(kind):
    return lambda: planted(lambda document: draw(document, _AT, XObject={"Im": kind(document)}))


VECTORS.extend(
    Vector(_PIXELS, f"picture_{kind.__name__}", _picture(kind), seen=True, pixels=True)
    for kind in _KINDS
)


def _placed(name, content, **entries):
    def make():
        return planted(
            lambda document: draw(document, content, XObject={"Im": grey(document), **entries})
        )

    VECTORS.append(Vector(_PIXELS, name, make, seen=True, pixels=True))


_placed("picture_turned", "q 0 144 -21.6 0 200 300 cm /Im Do Q")
_placed("picture_mirrored_twice", "q -144 0 0 -21.6 260 521.6 cm /Im Do Q")
_placed("picture_painted_twice", f"{_AT} q 144 0 0 21.6 60 400 cm /Im Do Q")


@vector(_PIXELS, seen=True, pixels=True)
def picture_in_the_instructions():
    pixels = _grey()
    rows = _one_bit(pixels)
    head = f"q 144 0 0 21.6 60 500 cm BI /W {pixels.width} /H {pixels.height} /BPC 1 /CS /G ID "
    return planted(lambda document: draw(document, head + rows.decode("latin-1") + "\nEI Q"))


@vector(_PIXELS, seen=True, pixels=True)
def whole_page_scan():
    source = pymupdf.open()
    page = source.new_page()
    page.insert_text((60, 100), f"Statement of {MARK} taken at noon", fontsize=14)
    page.insert_text((60, 130), "Other words that stay where they are", fontsize=14)
    pixels = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    scan = pymupdf.open()
    scan.new_page().insert_image(page.rect, pixmap=pixels)
    return scan.tobytes(no_new_id=True)


@vector(_PIXELS, seen=True, pixels=True)
def scan_with_a_text_layer():
    scan = pymupdf.open("pdf", whole_page_scan())
    scan[0].insert_text((60, 100), f"Statement of {MARK} taken", fontsize=14, render_mode=3)
    return scan.tobytes(no_new_id=True)


@vector("bad redactions of scans", pixels=True)
def scan_under_a_black_box():
    scan = pymupdf.open("pdf", whole_page_scan())
    scan[0].draw_rect(pymupdf.Rect(145, 84, 300, 106), color=(0, 0, 0), fill=(0, 0, 0))
    return scan.tobytes(no_new_id=True)


@vector(_UNUSUAL, seen=True, pixels=True)
def picture_in_a_pattern():
    def change(document):
        pattern = stream(
            document, "q 144 0 0 21.6 5 5 cm /Im Do Q", Type=pikepdf.Name.Pattern, PatternType=1,
            PaintType=1, TilingType=1, BBox=[0, 0, 160, 40], XStep=160, YStep=40,
            Resources=dictionary(XObject=dictionary(Im=grey(document))),
        )  # fmt: skip
        draw(document, "/Pattern cs /P1 scn 0 480 160 40 re f", Pattern={"P1": pattern})

    return planted(change)


@vector(_UNUSUAL, seen=True, pixels=True)
def picture_in_a_soft_mask():
    def change(document):
        light = grey(document)  # luminous where the letters are, so that they are painted
        light.Decode = pikepdf.Array([1, 0])
        group = stream(
            document, "q 144 0 0 21.6 60 500 cm /Im Do Q", Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form, BBox=[0, 0, 595, 842],
            Group=dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray),
            Resources=dictionary(XObject=dictionary(Im=light)),
        )  # fmt: skip
        mask = dictionary(S=pikepdf.Name.Luminosity, G=group, BC=[0])
        draw(
            document,
            "q /G1 gs 0 g 60 500 144 21.6 re f Q",
            ExtGState={"G1": dictionary(Type=pikepdf.Name.ExtGState, SMask=mask)},
        )

    return planted(change)


@plant(_BESIDE)
def camera_data_in_a_jpeg(document):
    pixels = pixels_with("seen", mode="rgb")
    data = pixels.tobytes("jpeg")
    exif = b"Exif\0\0" + f"about {MARK}".encode()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + MARK.encode() + b"</x:xmpmeta>"
    extra = b"".join(b"\xff\xe1" + (len(one) + 2).to_bytes(2, "big") + one for one in (exif, xmp))
    comment = b"\xff\xfe" + (len(MARK) + 2).to_bytes(2, "big") + MARK.encode()
    data = data[:2] + extra + comment + data[2:] + MARK.encode()
    picture = stream(
        document, data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels.width,
        Height=pixels.height, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    draw(document, _AT, XObject={"Im": picture})


@plant(_BESIDE)
def bytes_behind_the_rows(document):
    rows = b"\xff\x00\x00" * 900 + MARK.encode()
    picture = _packed(document, rows, 30, 30, 8, pikepdf.Name.DeviceRGB)
    draw(document, "q 50 0 0 50 300 300 cm /Im Do Q", XObject={"Im": picture})


def _outlined(stroke):
    """Give a page on which the word is drawn as shapes, without any text."""
    source = pymupdf.open()
    page = source.new_page()
    page.insert_text((60, 300), MARK, fontsize=20)
    shapes = pymupdf.open("pdf", letter(1))
    target = shapes[0]
    svg = page.get_svg_image(text_as_path=True)
    drawn = pymupdf.open("pdf", pymupdf.open("svg", svg.encode()).convert_to_pdf())
    target.show_pdf_page(target.rect, drawn, 0)
    data = shapes.tobytes(no_new_id=True)
    if not stroke:
        return data
    document = pikepdf.open(io.BytesIO(data))
    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
            content = one.read_bytes().replace(b"\nf\n", b"\nS\n").replace(b" f\n", b" S\n")
            one.write(content)
    return saved(document)


@vector(_OUTLINES, seen=True, pixels=True)
def lettering_as_shapes():
    return _outlined(stroke=False)


@plant(_BESIDE)
def colours_named_after_somebody(document):
    pixels = pixels_with("seen")
    space = pikepdf.Array(
        [
            pikepdf.Name.Separation,
            pikepdf.Name(f"/{MARK}"),
            pikepdf.Name.DeviceGray,
            _tint(document),
        ]
    )
    picture = image(document, pixels, space)
    picture.Intent = pikepdf.Name(f"/{MARK}")
    picture.OwnKey = string()
    draw(document, _AT, XObject={"Im": picture})

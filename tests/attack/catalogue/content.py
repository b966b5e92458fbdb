"""Text in the content of pages: painted, covered, clipped, too small, outside, or not painted."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pikepdf
import pymupdf

from tests.attack.catalogue.kit import (
    KEPT,
    MARK,
    appearance,
    dictionary,
    draw,
    helvetica,
    letter,
    plant,
    saved,
    stream,
    string,
    vector,
)

_COVERED = "text under boxes, white, transparent, Tr 3, tiny, Tr 7"
_OUTSIDE = "text outside the boxes or clipped out"
_PROPERTIES = "ActualText, Alt and E in property lists"
_PATTERNS = "patterns, soft masks, shadings"
_FORMS = "forms used more than once"
_ODD = "fonts with broken metrics"


@plant("text that is seen", seen=True)
def plain_text(document):
    draw(document, f"BT /F1 12 Tf 60 500 Td (Statement of {MARK} taken) Tj ET")


@plant("text that is seen", seen=True)
def kerned_pieces(document):
    draw(document, "BT /F1 12 Tf 60 500 Td [(QUI) 20 (LLM) -15 (AR) 30 (ROW)] TJ ( spoke) Tj ET")


@plant("text that is seen", seen=True)
def letter_spaced(document):
    draw(document, f"BT /F1 12 Tf 5 Tc 60 500 Td ({MARK}) Tj ET")


@plant(_COVERED, seen=False)
def under_a_black_box(document):
    draw(document, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET 0 g 55 495 150 20 re f")


@plant(_COVERED)
def under_a_picture(document):
    black = stream(
        document, b"\x00", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1,
        Height=1, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    draw(
        document,
        f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET q 150 0 0 20 55 495 cm /Im Do Q",
        XObject={"Im": black},
    )


@plant(_COVERED)
def white(document):
    draw(document, f"1 g BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET")


@plant(_COVERED)
def transparent(document):
    draw(
        document,
        f"/G0 gs BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET",
        ExtGState={"G0": dictionary(ca=0, CA=0)},
    )


@plant(_COVERED)
def invisible(document):
    draw(document, f"BT 3 Tr /F1 12 Tf 60 500 Td ({MARK}) Tj ET")


@plant(_COVERED)
def tiny(document):
    draw(document, f"BT /F1 0.4 Tf 60 500 Td ({MARK}) Tj ET")


@plant(_COVERED)
def only_a_clip(document):
    draw(document, f"q BT 7 Tr /F1 12 Tf 60 500 Td ({MARK}) Tj ET Q")


@plant(_OUTSIDE)
def clipped_out(document):
    draw(document, f"q 300 300 10 10 re W n BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET Q")


@plant(_OUTSIDE)
def outside_the_crop_box(document):
    document.pages[0].obj.CropBox = pikepdf.Array([0, 200, 595, 842])
    draw(document, f"BT /F1 12 Tf 60 100 Td ({MARK}) Tj ET")


@plant(_OUTSIDE)
def outside_the_media_box(document):
    draw(document, f"BT /F1 12 Tf 60 -500 Td ({MARK}) Tj 3000 0 Td ({MARK}) Tj ET")


@plant(_PROPERTIES)
def replacement_text(document):
    draw(document, f"/Span <</ActualText ({MARK})>> BDC BT /F1 12 Tf 60 500 Td (seen) Tj ET EMC")


@plant(_PROPERTIES)
def replacement_text_in_utf16(document):
    coded = "FEFF" + MARK.encode("utf-16-be").hex()
    draw(document, f"/Span <</Alt <{coded}> /E ({MARK})>> BDC 0 0 m EMC /Span <</E ({MARK})>> DP")


@plant(_PROPERTIES)
def named_properties(document):
    draw(
        document,
        "/Span /P0 BDC BT /F1 12 Tf 60 500 Td (seen) Tj ET EMC /Tag /P0 DP",
        Properties={"P0": document.make_indirect(dictionary(ActualText=string(), Who=string()))},
    )


@plant(_PROPERTIES, seen=True)
def half_of_a_replaced_word(document):
    draw(
        document,
        f"/Span <</ActualText (about {MARK} and others)>> BDC"
        f" BT /F1 12 Tf 60 500 Td (about {MARK} and others) Tj ET EMC",
    )


@plant(_PATTERNS, seen=True)
def tiling_pattern(document):
    pattern = stream(
        document,
        f"BT /F1 12 Tf 5 5 Td ({MARK}) Tj ET",
        Type=pikepdf.Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
        BBox=[0, 0, 140, 24], XStep=140, YStep=24,
        Resources=dictionary(Font=dictionary(F1=helvetica(document))),
    )  # fmt: skip
    draw(
        document,
        "/Pattern cs /P1 scn 60 480 300 60 re f",
        Pattern={"P1": pattern},
    )


@plant(_PATTERNS, seen=True)
def soft_mask(document):
    group = appearance(document)
    group.Group = dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    group.BBox = pikepdf.Array([0, 0, 595, 842])
    mask = dictionary(S=pikepdf.Name.Luminosity, G=group)
    draw(
        document,
        "q /G1 gs 0 0 1 rg 0 0 300 300 re f Q",
        ExtGState={"G1": dictionary(Type=pikepdf.Name.ExtGState, SMask=mask)},
    )


def _type3(document):
    glyph = stream(document, "600 0 0 0 500 700 d1 0 0 500 700 re f")
    names = {f"/{letter}": glyph for letter in sorted(set(MARK))}
    codes = sorted(set(MARK))
    return document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 750, 750],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=pikepdf.Dictionary(names),
            Encoding=dictionary(
                Type=pikepdf.Name.Encoding,
                Differences=pikepdf.Array(
                    [one for code in codes for one in (ord(code), pikepdf.Name(f"/{code}"))]
                ),
            ),
            FirstChar=65, LastChar=90, Widths=[600] * 26, Resources=dictionary(),
        )
    )  # fmt: skip


@plant("Type 3 fonts", seen=True)
def type3_font(document):
    draw(
        document,
        f"BT /T3 12 Tf 60 500 Td ({MARK}) Tj ET",
        Font={"T3": _type3(document)},
    )


@plant("Type 3 fonts")
def name_of_a_glyph_program(document):
    font = _type3(document)
    font.CharProcs[f"/{MARK}"] = stream(document, "500 0 d0")
    font.Encoding.Differences = pikepdf.Array(
        [81, pikepdf.Name("/Q"), pikepdf.Name(f"/{MARK}"), pikepdf.Name(f"/{MARK}B")]
    )
    font.CharProcs[f"/{MARK}C"] = stream(document, f"500 0 d0 % {MARK}")
    draw(document, "BT /T3 12 Tf 60 500 Td (QR) Tj ET", Font={"T3": font})


@plant(_FORMS, seen=True)
def form_used_on_two_pages(document):
    form = appearance(document, f"{MARK} wrote")
    for page in (0, 1):
        draw(document, "q 1 0 0 1 60 400 cm /Fm Do Q", page, XObject={"Fm": form})


@plant(_FORMS, seen=True)
def form_in_a_form(document):
    inner = appearance(document)
    outer = stream(
        document, "q 1 0 0 1 10 0 cm /In Do Q q 1 0 0 1 0 20 cm /In Do Q",
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 300, 60],
        Resources=dictionary(XObject=dictionary(In=inner)),
    )  # fmt: skip
    draw(document, "q 1 0 0 1 60 400 cm /Fm Do Q", XObject={"Fm": outer})


@plant(_FORMS)
def form_that_nothing_paints(document):
    draw(document, "0 0 m", XObject={"Fm": appearance(document)})


@plant("text at an angle", seen=True)
def turned(document):
    draw(document, f"BT /F1 12 Tf 0.866 0.5 -0.5 0.866 100 300 Tm (by {MARK} himself) Tj ET")


@plant("text at an angle", seen=True)
def upside_down(document):
    draw(document, f"BT /F1 12 Tf -1 0 0 -1 300 300 Tm (by {MARK} himself) Tj ET")


@plant("page rotation and crop box", seen=True)
def rotated_page(document):
    document.pages[0].obj.Rotate = 90
    document.pages[0].obj.CropBox = pikepdf.Array([20, 30, 500, 800])
    draw(document, f"BT /F1 12 Tf 60 500 Td (by {MARK} himself) Tj ET")


@plant("page rotation and crop box", seen=True)
def user_unit(document):
    document.pages[0].obj.UserUnit = 2
    draw(document, f"BT /F1 12 Tf 60 500 Td (by {MARK} himself) Tj ET")


@plant("duplicate painting", seen=True)
def painted_twice(document):
    draw(
        document,
        f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET BT /F1 12 Tf 60.3 500 Td ({MARK}) Tj ET",
    )


@plant("duplicate painting", seen=True)
def overprinted_without_moving(document):
    draw(document, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj 0 0 TD ({MARK}) Tj ET")


@plant(_ODD, seen=True)
def font_without_a_box(document):
    program = dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Odd"), Flags=32,
        FontBBox=[0, 0, 0, 0], Ascent=0, Descent=0, ItalicAngle=0, CapHeight=0, StemV=0,
    )  # fmt: skip
    font = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Odd"),
            FirstChar=65, LastChar=90, Widths=[1] * 26, FontDescriptor=program,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )  # fmt: skip
    draw(document, f"BT /O 12 Tf 9 Tc 60 500 Td ({MARK}) Tj ET", Font={"O": font})


@plant(_ODD, seen=True)
def size_in_the_matrix(document):
    draw(document, f"BT /F1 0.001 Tf 12000 0 0 12000 60 500 Tm ({MARK}) Tj ET")


@plant("hidden layers")
def hidden_layer(document):
    group = document.make_indirect(dictionary(Type=pikepdf.Name.OCG, Name=string("Notes")))
    document.Root.OCProperties = dictionary(OCGs=[group], D=dictionary(OFF=[group], Order=[group]))
    draw(
        document,
        f"/OC /L0 BDC BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET EMC",
        Properties={"L0": group},
    )


@plant("hidden layers")
def form_in_a_hidden_layer(document):
    group = document.make_indirect(dictionary(Type=pikepdf.Name.OCG, Name=string("Notes")))
    document.Root.OCProperties = dictionary(
        OCGs=[group], D=dictionary(BaseState=pikepdf.Name.OFF, ON=[])
    )
    form = appearance(document)
    form.OC = group
    draw(document, "q 1 0 0 1 60 400 cm /Fm Do Q", XObject={"Fm": form})


@plant("names of layers")
def names_of_layers(document):
    group = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.OCG, Name=string(MARK),
            Usage=dictionary(CreatorInfo=dictionary(Creator=string())),
        )
    )  # fmt: skip
    document.Root.OCProperties = dictionary(
        OCGs=[group], D=dictionary(Name=string(), Order=[string(), [group]]), Configs=[]
    )
    draw(document, "/OC /L0 BDC 0 0 m EMC", Properties={"L0": group})


@plant("fonts")
def font_names(document):
    draw(document, "BT /F2 12 Tf 60 500 Td (seen) Tj ET", Font={"F2": helvetica(document)})
    font = document.pages[0].obj.Resources.Font.F2
    font.BaseFont = pikepdf.Name(f"/{MARK}+Helvetica")
    font.FontDescriptor = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(f"/{MARK}+Helvetica"),
            CharSet=string(f"/{MARK}"), FontFamily=string(), Flags=32, FontBBox=[0, 0, 1000, 1000],
            ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80,
        )
    )  # fmt: skip
    font.Private = string()


@vector("encrypted", seen=True)
def owner_password_only():
    document = pikepdf.open(io.BytesIO(letter()))
    draw(document, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET")
    document.docinfo["/Author"] = MARK
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="secret", user=""))
    return out.getvalue()


@vector("incremental history")
def earlier_revision():
    document = pymupdf.open()
    document.new_page().insert_text((60, 300), f"written by {MARK}", fontsize=12)
    document[0].insert_text((60, 80), f"{KEPT} words", fontsize=12)
    first = document.tobytes(no_new_id=True)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "revised.pdf"
        path.write_bytes(first)
        revised = pymupdf.open(path)
        for number in revised[0].get_contents():
            painted = revised.xref_stream(number).replace(
                MARK.encode().hex().encode(), b"6e6f626f6479"
            )
            revised.update_stream(number, painted.replace(MARK.encode(), b"nobody"), compress=False)
        revised.saveIncr()
        revised.close()
        return path.read_bytes()


@vector("orphaned objects")
def orphaned_stream():
    document = pymupdf.open("pdf", letter())
    number = document.get_new_xref()
    document.update_object(number, f"<</Note({MARK})>>")
    document.update_stream(number, f"BT ({MARK}) Tj ET".encode())
    return document.tobytes(garbage=0, no_new_id=True)


@plant("orphaned objects")
def unused_resource(document):
    draw(document, "0 0 m", Font={"Spare": dictionary(Who=string())})
    document.pages[0].obj.Resources.ProcSet = pikepdf.Array([pikepdf.Name(f"/{MARK}")])


@vector("files that undo redaction on saving", seen=True)
def broken_in_the_middle():
    document = pikepdf.open(io.BytesIO(letter()))
    draw(document, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET")
    data = saved(document)
    return data.replace(b"startxref", b"startxxxx")


@vector("files that undo redaction on saving", seen=True)
def table_of_objects_that_lies():
    document = pikepdf.open(io.BytesIO(letter()))
    draw(document, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET")
    out = io.BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = out.getvalue()
    at = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    first = data.index(b" 00000 n", at + 40)  # where the offset of the first objects stands
    lying = f"{int(data[first - 10 : first]) + 3:010d}".encode()
    return data[: first - 10] + lying + data[first:]

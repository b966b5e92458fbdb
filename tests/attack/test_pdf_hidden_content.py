"""Plant a mark in every hiding place of a PDF; it is listed, and no rebuilt byte holds it."""

from __future__ import annotations

import io
import math
import re
from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.model import HiddenKind, Ruling
from tests.unit.formats.pdf_samples import (
    NAME,
    everything_in,
    lines,
    made,
    other_text,
    page_text,
    read,
    rebuilt,
)

MARK = "Whitlow"


def planted(plant: Any) -> bytes:
    """Give a two-page letter into which something was planted with pikepdf."""
    document = pikepdf.open(io.BytesIO(made(lines(f"Letter about {NAME}", "kept"), lines("two"))))
    plant(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_string(text: str = MARK) -> pikepdf.String:
    return pikepdf.String(f"Secret {text} text")


def stream(document: pikepdf.Pdf, data: str | bytes, **entries: Any) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    return document.make_indirect(pikepdf.Stream(document, raw, **entries))


def dictionary(**entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(**entries)


def annotation(document: pikepdf.Pdf, **entries: Any) -> None:
    note = document.make_indirect(
        dictionary(Type=pikepdf.Name.Annot, Rect=[60, 740, 200, 770], **entries)
    )
    page = document.pages[0]
    page.Annots = pikepdf.Array([*page.get("/Annots", []), note])


def info(document):
    document.docinfo["/Author"] = text_string()


def own_info(document):
    document.docinfo["/CaseOfficer"] = text_string()


def xmp(document):
    document.Root.Metadata = stream(
        document,
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description xmlns:pdf='http://ns.adobe.com/pdf/1.3/'"
        f" pdf:Keywords='{MARK}'/></rdf:RDF></x:xmpmeta>",
        Type=pikepdf.Name.Metadata,
        Subtype=pikepdf.Name.XML,
    )


def bookmark(document):
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"About {MARK}", 0))


def named_destination(document):
    document.Root.Names = dictionary(
        Dests=dictionary(Names=[text_string(), pikepdf.Array([document.pages[0].obj])])
    )


def note(document):
    annotation(document, Subtype=pikepdf.Name.Text, Contents=text_string(), T=text_string("Name"))


def highlight(document):
    annotation(
        document,
        Subtype=pikepdf.Name.Highlight,
        Contents=text_string(),
        QuadPoints=[60, 770, 200, 770, 60, 740, 200, 740],
    )


def free_text(document):
    appearance = stream(
        document,
        f"BT /F 9 Tf 2 2 Td ({MARK}) Tj ET",
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 140, 30],
        Resources=dictionary(
            Font=dictionary(
                F=dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                )
            )
        ),
    )
    annotation(
        document,
        Subtype=pikepdf.Name.FreeText,
        Contents=text_string(),
        AP=dictionary(N=appearance),
    )


def rich_text(document):
    annotation(
        document,
        Subtype=pikepdf.Name.Text,
        RC=pikepdf.String(f"<body><p>about {MARK}</p></body>"),
    )


def attached_to_page(document):
    annotation(
        document,
        Subtype=pikepdf.Name.FileAttachment,
        FS=document.make_indirect(
            dictionary(
                Type=pikepdf.Name.Filespec,
                UF=pikepdf.String(f"{MARK}.txt"),
                EF=dictionary(F=stream(document, f"about {MARK}", Type=pikepdf.Name.EmbeddedFile)),
            )
        ),
    )


def attachment(document):
    document.attachments[f"{MARK}.txt"] = f"about {MARK}".encode()


def script(document):
    document.Root.OpenAction = dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{MARK}')")
    )


def script_stream(document):
    document.pages[0].AA = dictionary(
        O=dictionary(S=pikepdf.Name.JavaScript, JS=stream(document, f"app.alert('{MARK}')"))
    )


def link(document):
    annotation(
        document,
        Subtype=pikepdf.Name.Link,
        A=dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"mailto:{MARK}@example.org")),
    )


def launch(document):
    annotation(
        document,
        Subtype=pikepdf.Name.Link,
        A=dictionary(S=pikepdf.Name.Launch, F=pikepdf.String(f"C:/{MARK}.exe")),
    )


def structure(document):
    document.Root.StructTreeRoot = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.StructTreeRoot,
            K=document.make_indirect(
                dictionary(
                    Type=pikepdf.Name.StructElem,
                    S=pikepdf.Name.P,
                    ActualText=text_string(),
                    Alt=text_string(),
                )
            ),
        )
    )


def private_data(document):
    document.pages[0].PieceInfo = dictionary(
        App=dictionary(Private=dictionary(Who=text_string()), LastModified=pikepdf.String("D:2024"))
    )


def page_labels(document):
    document.Root.PageLabels = dictionary(Nums=[0, dictionary(P=text_string())])


def signature(document):
    document.Root.Perms = dictionary(
        DocMDP=document.make_indirect(
            dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                Name=text_string(),
                Reason=text_string(),
            )
        )
    )


def xfa(document):
    document.Root.AcroForm = dictionary(
        Fields=[],
        XFA=[pikepdf.String("datasets"), stream(document, f"<data><who>{MARK}</who></data>")],
    )


def layer_name(document):
    group = document.make_indirect(dictionary(Type=pikepdf.Name.OCG, Name=text_string()))
    document.Root.OCProperties = dictionary(OCGs=[group], D=dictionary(ON=[], OFF=[group]))
    document.pages[0].Resources.Properties = dictionary(MC0=group)


def orphan(document):
    kept_by = document.make_indirect(dictionary(Nobody=text_string()))
    document.trailer.Root.Extensions = dictionary(ABC=kept_by)


HIDING_PLACES = {
    info: HiddenKind.METADATA,
    own_info: HiddenKind.METADATA,
    xmp: HiddenKind.METADATA,
    bookmark: HiddenKind.BOOKMARK,
    named_destination: HiddenKind.BOOKMARK,
    note: HiddenKind.ANNOTATION,
    highlight: HiddenKind.ANNOTATION,
    free_text: HiddenKind.ANNOTATION,
    rich_text: HiddenKind.ANNOTATION,
    attached_to_page: HiddenKind.EMBEDDED_FILE,
    attachment: HiddenKind.EMBEDDED_FILE,
    script: HiddenKind.JAVASCRIPT,
    script_stream: HiddenKind.JAVASCRIPT,
    link: HiddenKind.LINK,
    launch: HiddenKind.LINK,
    structure: HiddenKind.STRUCTURE,
    private_data: HiddenKind.METADATA,
    page_labels: HiddenKind.STRUCTURE,
    signature: HiddenKind.SIGNATURE,
    xfa: HiddenKind.FORM_FIELD,
    layer_name: HiddenKind.HIDDEN_LAYER,
    orphan: HiddenKind.OTHER,
}


@pytest.mark.parametrize("plant", HIDING_PLACES, ids=lambda one: one.__name__)
def test_what_is_planted_is_listed_and_never_carried(plant):
    data = planted(plant)
    hidden = [one for one in read(data).segments if MARK in one.text]
    assert hidden, "not listed"
    assert {one.hidden for one in hidden} - {HiddenKind.OTHER} <= {HIDING_PLACES[plant]}
    assert HIDING_PLACES[plant] in {one.hidden for one in hidden}
    result = rebuilt(data, NAME)
    out = result.files[0].data
    assert MARK.encode() not in everything_in(out)
    assert MARK.encode("utf-16-be") not in everything_in(out)
    assert "kept" in other_text(out)[0]
    assert str(HIDING_PLACES[plant]) in {one.kind for one in result.left_out}


def test_all_hiding_places_at_once_give_segments_with_names_of_their_own():
    def everything(document):
        for plant in HIDING_PLACES:
            if plant is not launch:
                plant(document)

    data = planted(everything)
    segments = read(data).segments
    keys = [one.key for one in segments]
    assert len(keys) == len(set(keys))
    assert MARK.encode() not in everything_in(rebuilt(data, NAME).files[0].data)


def test_private_keys_and_metadata_of_what_is_painted_are_dropped():
    def plant(document):
        page = document.pages[0]
        picture = stream(
            document,
            b"\xff\x00\x00" * 4,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=2,
            Height=2,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            OPI=dictionary(V=text_string()),
        )
        form = stream(
            document,
            b"q 50 0 0 50 0 0 cm /Im Do Q",
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 50, 50],
            Resources=dictionary(XObject=dictionary(Im=picture)),
            PieceInfo=dictionary(A=dictionary(Private=text_string())),
            Metadata=stream(document, f"<x>{MARK}</x>"),
        )
        page.Resources.XObject = dictionary(Fm=form)
        page.contents_add(b"q 1 0 0 1 300 300 cm /Fm Do Q")
        next(iter(page.Resources.Font.values())).Owner = text_string()
        page.Resources.Secret = text_string()

    data = planted(plant)
    out = rebuilt(data, NAME).files[0].data
    assert MARK.encode() not in everything_in(out)
    picture = pymupdf.open("pdf", out)[0].get_pixmap()
    assert picture.pixel(325, 842 - 325) == (255, 0, 0)


def test_replacement_texts_in_the_page_content_are_dropped():
    content = (
        f"/Span <</ActualText ({MARK}) /MCID 3>> BDC BT /F1 12 Tf 50 600 Td (see this) Tj ET EMC"
        f" /Artifact <</Contents <</Who (a \\) {MARK})>>>> BDC EMC /P <</E <57686974>>> DP"
        f" % {MARK}\nBT /F1 12 Tf 50 500 Td (<<not a list>> BDC \\() Tj ET"
    )
    from tests.unit.formats.pdf_samples import with_content

    data = with_content(content.encode(), height=800)
    assert MARK not in page_text(data)
    out = rebuilt(data, "see").files[0].data
    assert MARK.encode() not in everything_in(out)
    assert b"<57686974>" not in everything_in(out)
    assert "<<not a list>> BDC (" in other_text(out)[0]
    assert "this" in other_text(out)[0]


def test_form_values_become_page_text_and_can_be_redacted():
    document = pymupdf.open("pdf", made(lines("A form")))
    field = pymupdf.Widget()
    field.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
    field.field_name = "who"
    field.field_value = "Quorn Sedgemoor"
    field.rect = pymupdf.Rect(60, 200, 300, 230)
    document[0].add_widget(field)
    data = document.tobytes()
    assert "Quorn Sedgemoor" in page_text(data)
    kinds = {one.hidden for one in read(data).segments if "Quorn" in one.text}
    assert kinds == {None, HiddenKind.FORM_FIELD}
    out = rebuilt(data, "Quorn Sedgemoor").files[0].data
    assert b"Quorn" not in everything_in(out)
    assert "Quorn" not in other_text(out)[0]
    kept = rebuilt(data).files[0].data
    assert "Quorn Sedgemoor" in other_text(kept)[0]


def test_a_layer_that_is_off_is_listed_and_never_released():
    document = pymupdf.open("pdf", made(lines("Always shown")))
    layer = document.add_ocg("Layer one", on=False)
    document[0].insert_text((60, 300), "Hidden Brannock here", oc=layer)
    data = document.tobytes()
    assert "Brannock" not in page_text(data)
    texts = [one.text for one in read(data).segments if one.hidden is HiddenKind.HIDDEN_LAYER]
    assert "Hidden Brannock here" in texts
    result = rebuilt(data)
    out = result.files[0].data
    assert b"Brannock" not in everything_in(out)
    assert b"Layer one" not in everything_in(out)
    assert "here" not in other_text(out)[0]
    assert "hidden layer, page 1" in {one.place for one in result.left_out}


def test_earlier_versions_are_gone():
    document = pymupdf.open("pdf", made(lines("Draft names Pellow")))
    first = document.tobytes()
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.pdf"
        path.write_bytes(first)
        document = pymupdf.open(path)
        page = document[0]
        page.add_redact_annot(page.search_for("Pellow")[0])
        page.apply_redactions()
        document.saveIncr()
        document.close()
        data = path.read_bytes()
    assert "Pellow" not in page_text(data)
    assert any(one.hidden is HiddenKind.OLD_REVISION for one in read(data).segments)
    out = rebuilt(data).files[0].data
    assert b"Pellow" not in everything_in(out)
    assert out.count(b"%%EOF") == 1


def test_marks_of_other_programs_that_were_never_applied_are_listed_and_not_applied():
    document = pymupdf.open("pdf", made(lines(f"By {NAME} and Pellow")))
    page = document[0]
    page.add_redact_annot(page.search_for("Pellow")[0])
    data = document.tobytes()
    marks = [one for one in read(data).segments if one.hidden is HiddenKind.ANNOTATION]
    assert marks
    assert "never applied" in marks[0].text
    out = rebuilt(data, NAME).files[0].data
    assert "Pellow" in other_text(out)[0]


def test_text_outside_the_page_is_listed_and_not_carried():
    def draw(page):
        page.insert_text((60, 80), f"Seen {NAME}")
        page.insert_text((60, -200), "Eastbury above")
        page.insert_text((700, 80), "Eastbury beside")

    data = made(draw)
    off_page = [one for one in read(data).segments if one.hidden is HiddenKind.OFF_PAGE]
    assert "Eastbury above" in off_page[0].text
    for pattern in (NAME, ""):
        out = rebuilt(data, pattern).files[0].data
        assert b"Eastbury" not in everything_in(out)
        assert "Seen" in other_text(out)[0]


def test_a_broken_file_is_repaired_before_anything_is_removed():
    data = made(lines(f"By {NAME}", "kept"))
    for broken in (
        data.replace(b"startxref", b"startxxxx"),
        re.sub(rb"/Length \d+", b"/Length 3", data),
        data[: data.rindex(b"trailer")],
    ):
        out = rebuilt(broken, NAME).files[0].data
        assert b"Oakden" not in everything_in(out)
        assert "kept" in other_text(out)[0]


def picture(colour: tuple[int, int, int] = (255, 0, 0), size: int = 80) -> pymupdf.Pixmap:
    """Give a picture with scribbles on it that nobody can read."""
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, size, size))
    pixels.set_rect(pixels.irect, colour)
    for at in range(size):
        across = size // 4 + round(size / 6 * math.sin(at / size * 20))
        pixels.set_rect(pymupdf.IRect(across, at, across + 2, at + 1), (20, 20, 20))
    return pixels


def test_a_picture_is_unread_until_somebody_looked_and_loses_its_hidden_data():
    jpeg = picture().tobytes("jpeg")
    exif = b"Exif\0\0" + f"about {MARK}".encode()
    jpeg = jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]

    def draw(page):
        page.insert_text((60, 80), "Words")
        page.insert_image(pymupdf.Rect(100, 200, 200, 300), stream=jpeg)

    data = made(draw, draw)
    assert MARK.encode() in everything_in(data)
    unread = read(data).unread
    assert [one.place for one in unread] == ["page:1/image:1", "page:2/image:1"] or [
        one.place for one in unread
    ] == ["page:1/image:1"]
    seen = rebuilt(data, rulings={one.place: Ruling.RELEASE_AS_SEEN for one in unread})
    out = seen.files[0].data
    assert MARK.encode() not in everything_in(out)
    assert pymupdf.open("pdf", out)[0].get_pixmap().pixel(150, 250)[0] > 200
    left = rebuilt(data, rulings={one.place: Ruling.LEAVE_OUT for one in unread}).files[0].data
    for page in pymupdf.open("pdf", left):
        assert not page.get_images()
        assert "picture left out" in page.get_text()


@pytest.mark.parametrize("way", ["clip", "edge"])
def test_what_was_cropped_from_a_picture_is_not_carried_in_it(way):
    halves = picture((255, 0, 0), 80)
    halves.set_rect(pymupdf.IRect(40, 0, 80, 80), (0, 0, 255))

    def draw(page):
        page.insert_text((60, 80), "Words")
        right = 200 if way == "clip" else 645
        page.insert_image(pymupdf.Rect(right - 100, 200, right, 300), pixmap=halves)

    document = pymupdf.open("pdf", made(draw))
    if way == "clip":
        contents = document[0].get_contents()[-1]
        painted = document.xref_stream(contents)
        document.update_stream(contents, b"q 100 500 50 200 re W n " + painted + b" Q")
    data = document.tobytes()
    rulings = {one.place: Ruling.RELEASE_AS_SEEN for one in read(data).unread}
    assert rulings
    result = rebuilt(data, rulings=rulings)
    assert "not seen" in result.notes[0]
    out = pymupdf.open("pdf", result.files[0].data)
    (stored,) = out[0].get_images()
    pixels = pymupdf.Pixmap(out, stored[0])
    assert not any(
        pixels.pixel(x, y) == (0, 0, 255)
        for x in range(0, pixels.width, 9)
        for y in range(0, pixels.height, 9)
    )


def test_a_picture_outside_the_page_is_not_asked_about_and_not_carried():
    def draw(page):
        page.insert_text((60, 80), "Words")
        page.insert_image(pymupdf.Rect(700, 200, 800, 300), pixmap=picture())

    data = made(draw)
    assert read(data).unread == ()
    assert pymupdf.open("pdf", rebuilt(data).files[0].data)[0].get_images() == []


def test_lists_of_fonts_and_pictures_kept_in_objects_of_their_own_are_kept():
    def plant(document):
        resources = document.pages[0].Resources
        resources.Font = document.make_indirect(resources.Font)
        resources.Properties = document.make_indirect(
            dictionary(MC0=document.make_indirect(dictionary(ActualText=text_string())))
        )
        document.pages[0].contents_add(b"/Span /MC0 BDC EMC")

    out = rebuilt(planted(plant), NAME).files[0].data
    assert "kept" in other_text(out)[0]
    assert MARK.encode() not in everything_in(out)


def test_data_behind_the_rows_of_a_picture_is_cut_off():
    def plant(document):
        document.pages[0].Resources.XObject = dictionary(
            Im=stream(
                document,
                b"\xff\x00\x00" * 4 + MARK.encode(),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=2,
                Height=2,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        document.pages[0].contents_add(b"q 50 0 0 50 300 300 cm /Im Do Q")

    out = rebuilt(planted(plant)).files[0].data
    assert MARK.encode() not in everything_in(out)
    assert pymupdf.open("pdf", out)[0].get_pixmap().pixel(325, 842 - 325) == (255, 0, 0)


def test_a_scanned_page_is_unread_and_can_be_left_out_or_released_as_a_picture():
    def draw(page):
        page.insert_image(page.rect, pixmap=picture(size=200))

    data = made(lines("first"), draw)
    (unread,) = read(data).unread
    assert unread.place == "page:2"
    assert set(unread.rulings) == {Ruling.LEAVE_OUT, Ruling.RELEASE_AS_SEEN}
    left = pymupdf.open("pdf", rebuilt(data, rulings={"page:2": Ruling.LEAVE_OUT}).files[0].data)
    assert "left out" in left[1].get_text()
    assert not left[1].get_images()
    seen = rebuilt(data, rulings={"page:2": Ruling.RELEASE_AS_SEEN}).files[0].data
    assert pymupdf.open("pdf", seen)[1].get_pixmap().pixel(300, 400)[0] > 200


def test_letters_without_a_known_character_are_read_from_the_page_as_it_looks():
    document = pymupdf.open("pdf", made(lines("Known words, abc")))
    font = document[0].get_fonts()[0][0]
    cmap = document.get_new_xref()
    document.update_object(cmap, "<<>>")
    document.update_stream(
        cmap,
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
        b" 1 begincodespacerange <00> <FF> endcodespacerange"
        b" 1 beginbfrange <61> <7a> <E061> endbfrange endcmap end end",
    )
    document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
    data = document.tobytes()
    as_read = read(data)
    assert "Known words" in as_read.segments[0].text
    assert "OCR" in as_read.notes[0]
    out = pymupdf.open("pdf", rebuilt(data).files[0].data)[0]
    assert len(out.get_images()) == 1
    assert "\ue061" not in out.get_text()


def test_a_picture_cut_into_strips_is_still_a_picture():
    def draw(page):
        page.insert_text((60, 80), "Words")
        for strip in range(20):
            pixels = picture(size=10)
            page.insert_image(
                pymupdf.Rect(100, 200 + strip * 8, 300, 208 + strip * 8),
                pixmap=pixels,
                keep_proportion=False,
            )

    (unread,) = read(made(draw)).unread
    assert unread.place.startswith("page:1/image:")


def test_no_text_of_the_document_is_in_the_messages():
    data = planted(note)
    result = rebuilt(data, NAME)
    assert MARK not in repr(result)
    assert MARK not in repr(read(data))
    assert "Tamsin" not in repr(read(data))

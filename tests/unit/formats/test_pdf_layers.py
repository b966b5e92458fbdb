"""What is left of a PDF with layers is what a reader sees; what is off is listed, and is gone."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.formats.pdf.hidden_layers import find_hidden_layers
from redactor.formats.pdf.layers import drop_hidden_layers
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.model import HiddenKind, Tally
from tests.unit.formats.pdf_samples import read, with_content

Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array
SEEN = "BT /F1 12 Tf 20 260 Td (Dear Tamsin) Tj ET "
SECRET = "BT /F1 12 Tf 20 200 Td (Oakden lane) Tj ET "


class Layered:
    """A one-page PDF with two layers, A and B, being built with pikepdf."""

    def __init__(self, content: str) -> None:
        self.pdf = pikepdf.open(io.BytesIO(with_content(content.encode())))
        self.page = self.pdf.pages[0]
        self.a, self.b = (
            self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String(f"Layer {name}")))
            for name in "AB"
        )
        self.settings = Dictionary(OFF=Array([self.a]))
        self.resources.Properties = Dictionary(A=self.a, B=self.b)

    @property
    def resources(self) -> Any:
        return self.page.Resources

    def stream(self, content: str, **entries: Any) -> Any:
        return self.pdf.make_indirect(
            pikepdf.Stream(self.pdf, content.encode("latin-1"), **entries)
        )

    def form(self, content: str, **entries: Any) -> Any:
        own = Dictionary(Font=self.resources.Font, Properties=Dictionary(A=self.a, B=self.b))
        entries = {"Resources": own, **entries}
        return self.stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 400, 300], **entries
        )

    def picture(self, samples: str = "PIXELMARK", **entries: Any) -> Any:
        return self.stream(
            samples,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=len(samples),
            Height=1,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
            **entries,
        )

    def written(self) -> bytes:
        self.pdf.Root.OCProperties = Dictionary(OCGs=Array([self.a, self.b]), D=self.settings)
        out = io.BytesIO()
        self.pdf.save(out, compress_streams=False)
        return out.getvalue()


def prepared(layered: Layered) -> Any:
    return prepare(open_pdf(layered.written()))


def seen_in(document: Any) -> str:
    return " ".join(PageText(document.load_page(0)).text.split())


def carried(document: Any) -> bytes:
    """Give all that a rebuilt file would hold of a document, unpacked."""
    target = pymupdf.open()
    target.insert_pdf(document, links=False, annots=False, widgets=False)
    first = pymupdf.open("pdf", target.tobytes(garbage=2))
    pdf = pikepdf.open(io.BytesIO(first.tobytes(garbage=2)))
    return b"\n".join(
        repr(one).encode() + (one.read_bytes() if isinstance(one, pikepdf.Stream) else b"")
        for one in pdf.objects
    )


def listed(layered: Layered) -> list[tuple[str, str]]:
    found = find_hidden_layers(open_pdf(layered.written()))
    assert {one.kind for one in found} <= {HiddenKind.HIDDEN_LAYER}
    return [(one.part, one.text) for one in found]


def off(content: str, name: str = "A") -> str:
    return f"/OC /{name} BDC {content} EMC "


HIDDEN = {
    "span": off(SECRET),
    "span with saved state": off("q 1 0 0 rg " + SECRET + " Q"),
    "nested marks": off("/Span <</MCID 0>> BDC " + SECRET + " EMC /P BMC EMC"),
    "within another layer": off(off(SECRET), "B"),
    "visible layer within": off(off(SECRET, "B")),
    "escaped name": "/OC /#41 BDC " + SECRET + " EMC ",
    "within text": "BT /F1 12 Tf 20 200 Td " + off("(Oakden lane) Tj") + " ET ",
    "next line operators": "BT /F1 12 Tf 14 TL 20 200 Td "
    + off("(Oakden) ' 0 0 (lane) \"")
    + " ET ",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_text_in_a_layer_that_is_off_is_listed_and_gone(name):
    layered = Layered(SEEN + HIDDEN[name] + "BT /F1 12 Tf 20 100 Td (Yours) Tj ET")
    (part, text), *more = listed(layered)
    assert (part, " ".join(text.split()), more) == ("hidden layer, page 1", "Oakden lane", [])
    document = prepared(layered)
    assert seen_in(document) == "Dear Tamsin Yours"
    assert b"Oakden" not in carried(document)
    assert b"(Dear Tamsin) Tj" in carried(document)


def test_text_in_a_layer_that_is_on_stays():
    layered = Layered(SEEN + off(SECRET, "B"))
    assert listed(layered) == []
    assert seen_in(prepared(layered)) == "Dear Tamsin Oakden lane"


def test_state_set_in_a_hidden_span_still_holds_behind_it():
    layered = Layered(off("1 0 0 rg 2 0 0 2 0 0 cm 0 0 50 50 re f") + "10 10 20 20 re f " + SEEN)
    page = prepared(layered).load_page(0)
    pixmap = page.get_pixmap()
    assert pixmap.pixel(40, 260) == (255, 0, 0)
    assert pixmap.pixel(5, 295) == (255, 255, 255)


def test_a_clip_set_in_a_hidden_span_still_clips():
    layered = Layered("q " + off("0 0 50 50 re W f") + "0 0 400 300 re f Q " + SEEN)
    pixmap = prepared(layered).load_page(0).get_pixmap()
    assert pixmap.pixel(25, 275) == (0, 0, 0)
    assert pixmap.pixel(200, 150) == (255, 255, 255)


def test_drawings_in_a_layer_that_is_off_are_gone():
    layered = Layered(SEEN + off("123.5 45.5 m 67.25 89 l S 0 0 10 10 re f*"))
    assert listed(layered) == [("hidden layer, page 1", "It holds drawings.")]
    assert b"123.5" not in carried(prepared(layered))


@pytest.mark.parametrize("how", ["in a span", "by its own entry", "inline"])
def test_pictures_in_a_layer_that_is_off_are_gone(how):
    paint = "q 90 0 0 90 50 50 cm /Im Do Q "
    inline = "q 90 0 0 9 50 50 cm BI /W 9 /H 1 /CS /G /BPC 8 ID PIXELMARK EI Q "
    content = {"in a span": off(paint), "by its own entry": paint, "inline": off(inline)}[how]
    layered = Layered(SEEN + content)
    entries = {"OC": layered.a} if how == "by its own entry" else {}
    layered.resources.XObject = Dictionary(Im=layered.picture(**entries))
    assert listed(layered) == [("hidden layer, page 1", "It holds 1 picture.")]
    document = prepared(layered)
    assert b"PIXELMARK" not in carried(document)
    assert seen_in(document) == "Dear Tamsin"


@pytest.mark.parametrize("how", ["in a span", "by its own entry", "within it", "deep within it"])
def test_forms_in_a_layer_that_is_off_are_gone(how):
    layered = Layered(SEEN + (off("/Fm Do") if how == "in a span" else "/Fm Do"))
    if how == "within it":
        form = layered.form(off(SECRET) + "0 0 9 9 re f")
    elif how == "deep within it":
        inner = layered.form(off(SECRET) + "0 0 9 9 re f")
        form = layered.form(
            "/In Do",
            Resources=Dictionary(XObject=Dictionary(In=inner)),
        )
    else:
        form = layered.form(SECRET, **({"OC": layered.a} if how == "by its own entry" else {}))
    layered.resources.XObject = Dictionary(Fm=form)
    assert [text for _, text in listed(layered)] == ["Oakden lane"]
    document = prepared(layered)
    assert seen_in(document) == "Dear Tamsin"
    assert b"Oakden" not in carried(document)


def test_a_form_that_is_shown_elsewhere_stays_there():
    layered = Layered(SEEN + off("/Fm Do") + "q 1 0 0 1 0 -100 cm /Fm Do Q")
    layered.resources.XObject = Dictionary(Fm=layered.form(SECRET))
    document = prepared(layered)
    assert seen_in(document) == "Dear Tamsin Oakden lane"
    assert len(document.load_page(0).search_for("Oakden")) == 1


def test_a_hidden_span_in_a_pattern_is_gone():
    layered = Layered(SEEN + "/Pattern cs /P scn 0 0 100 100 re f")
    pattern = layered.stream(
        off(SECRET) + "0 0 5 5 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 400, 300],
        XStep=400,
        YStep=300,
        Resources=Dictionary(Font=layered.resources.Font, Properties=Dictionary(A=layered.a)),
    )
    layered.resources.Pattern = Dictionary(P=pattern)
    assert b"0 0 5 5 re" in carried(prepared(layered))
    assert b"Oakden" not in carried(prepared(layered))


def settings_of(name: str, layered: Layered) -> None:
    """Let layer A be off, and B on, in one of many ways."""
    a, b, settings = layered.a, layered.b, layered.settings
    if name == "all off but B":
        settings.BaseState, settings.ON, settings.OFF = Name.OFF, Array([b]), Array()
    elif name == "off on the screen":
        settings.OFF = Array()
        a.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        settings.AS = Array([Dictionary(Event=Name.View, OCGs=[a], Category=[Name.View])])
    elif name == "on in the list, off by a usage that is not asked":
        b.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
    elif name == "off in the list, on by a usage that is asked":
        settings.OFF = Array([a, b])
        b.Usage = Dictionary(View=Dictionary(ViewState=Name.ON))
        settings.AS = Array([Dictionary(Event=Name.View, OCGs=[b], Category=[Name.View])])
    elif name == "meant for design":
        settings.OFF = Array([a, b])
        b.Intent = Name.Design


@pytest.mark.parametrize(
    "name",
    [
        "listed as off",
        "all off but B",
        "off on the screen",
        "on in the list, off by a usage that is not asked",
        "off in the list, on by a usage that is asked",
        "meant for design",
    ],
)
def test_what_is_off_is_told_from_the_settings(name):
    layered = Layered(SEEN + off(SECRET) + off("BT /F1 12 Tf 20 90 Td (Yours) Tj ET", "B"))
    settings_of(name, layered)
    assert seen_in(prepared(layered)) == "Dear Tamsin Yours"
    assert [text for _, text in listed(layered)] == ["Oakden lane"]


def test_what_is_shown_only_in_print_is_listed_as_such():
    layered = Layered(SEEN + off(SECRET))
    layered.settings.OFF = Array()
    layered.a.Usage = Dictionary(
        View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON)
    )
    layered.settings.AS = Array(
        [
            Dictionary(Event=Name.View, OCGs=[layered.a], Category=[Name.View]),
            Dictionary(Event=Name.Print, OCGs=[layered.a], Category=[Name.Print]),
        ]
    )
    assert listed(layered) == [("layer shown only in print, page 1", "Oakden lane")]
    assert seen_in(prepared(layered)) == "Dear Tamsin"


@pytest.mark.parametrize(
    ("rule", "is_seen"),
    [
        ({"OCGs": "AB"}, True),
        ({"OCGs": "A"}, False),
        ({"OCGs": "AB", "P": Name.AllOn}, False),
        ({"OCGs": "AB", "P": Name.AnyOff}, True),
        ({"OCGs": "AB", "P": Name.AllOff}, False),
        ({"OCGs": ""}, True),
        ({"VE": ["And", "A", "B"]}, False),
        ({"VE": ["Or", "A", "B"]}, True),
        ({"VE": ["Not", "A"]}, True),
        ({"VE": ["Or", ["Not", "B"], ["And", "A"]]}, False),
    ],
)
def test_rules_over_several_layers_are_followed(rule, is_seen):
    layered = Layered(SEEN + "/OC /R BDC " + SECRET + "EMC")
    groups = {"A": layered.a, "B": layered.b}

    def expression(one: Any) -> Any:
        if isinstance(one, list):
            return Array([Name(f"/{one[0]}"), *map(expression, one[1:])])
        return groups[one]

    entries: dict[str, Any] = {}
    for key, value in rule.items():
        if key == "OCGs":
            entries[key] = groups[value] if len(value) == 1 else Array([groups[v] for v in value])
        else:
            entries[key] = expression(value) if key == "VE" else value
    layered.resources.Properties.R = layered.pdf.make_indirect(
        Dictionary(Type=Name.OCMD, **entries)
    )
    assert ("Oakden" in seen_in(prepared(layered))) is is_seen


TANGLED = {
    "text goes on where hidden text ended": "BT /F1 12 Tf 20 200 Td "
    + off("(Oakden) Tj")
    + "(lane) Tj ET",
    "no end": "/OC /A BDC " + SECRET,
    "across a saved state": "/OC /A BDC q " + SECRET + " EMC 0 0 9 9 re f Q",
}


@pytest.mark.parametrize("name", TANGLED)
def test_a_page_that_cannot_be_taken_apart_becomes_a_picture_of_what_is_seen(name):
    layered = Layered(SEEN + TANGLED[name])
    document = open_pdf(layered.written())
    dropped = drop_hidden_layers(document)
    assert dropped.pictures == {0}
    everything = carried(document)
    assert b"Oakden" not in everything
    assert b"/Image" in everything
    assert seen_in(document) == ""
    dark = [one for one in document.load_page(0).get_pixmap().samples if one < 100]
    assert len(dark) > 50


def test_a_form_field_in_a_layer_that_is_off_is_not_turned_into_content():
    document = pymupdf.open()
    page = document.new_page()
    widget = pymupdf.Widget()
    widget.field_name, widget.field_value = "a", "Oakden"
    widget.field_type, widget.rect = pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.Rect(50, 50, 200, 80)
    page.add_widget(widget)
    group = document.add_ocg("Fields", on=False)
    document.xref_set_key(next(page.widgets()).xref, "OC", f"{group} 0 R")
    ready = prepare(open_pdf(document.tobytes()))
    assert seen_in(ready) == ""
    assert b"Oakden" not in carried(ready)


def test_reading_lists_and_counts_what_is_off():
    document = read(Layered(SEEN + off(SECRET)).written())
    hidden = [one.text for one in document.segments if one.container == "hidden layer, page 1"]
    assert hidden == ["Oakden lane"]
    assert Tally(HiddenKind.HIDDEN_LAYER, "hidden layer, page 1", 1, "lines") in document.tallies


def test_names_of_layers_and_their_settings_go():
    layered = Layered(SEEN + off(SECRET, "B"))
    everything = carried(prepared(layered))
    assert b"Layer A" not in everything
    assert b"Layer B" not in everything
    assert b"OCProperties" not in everything

"""Annotations, fields, names and scripts are told apart, each with its words and its author."""

from __future__ import annotations

from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.inspection.report import report_on
from redactor.model import HiddenKind, Tally
from tests.attack.pdf_planting import (
    MARK,
    annotation,
    dictionary,
    drawing,
    listed,
    name,
    planted,
    stream,
    words,
)
from tests.unit.formats.pdf_samples import everything_in, lines, made, read, rebuilt

KINDS = {
    "Text": ("Comment", "comments"),
    "FreeText": ("Free text", "free texts"),
    "Highlight": ("Highlight", "highlights"),
    "Underline": ("Underline", "underlines"),
    "Squiggly": ("Wavy underline", "wavy underlines"),
    "StrikeOut": ("Strike-out", "strike-outs"),
    "Caret": ("Insertion mark", "insertion marks"),
    "Stamp": ("Stamp", "stamps"),
    "Ink": ("Ink drawing", "ink drawings"),
    "Line": ("Line", "lines"),
    "Square": ("Rectangle", "rectangles"),
    "Circle": ("Oval", "ovals"),
    "Polygon": ("Polygon", "polygons"),
    "PolyLine": ("Connected lines", "connected lines"),
    "Sound": ("Sound", "sounds"),
    "Movie": ("Film", "films"),
    "Screen": ("Screen", "screens"),
    "Watermark": ("Watermark", "watermarks"),
    "Redact": ("Redaction mark", "redaction marks"),
    "Whatever": ("Annotation", "other annotations"),
}


@pytest.mark.parametrize("subtype", KINDS)
def test_an_annotation_is_called_what_it_is_with_its_author(subtype):
    one, many = KINDS[subtype]

    def plant(document: Any) -> None:
        annotation(document, subtype, page=1, T=words("A. Author"), Contents=words(f"on {MARK}"))

    said = f"{one} by A. Author: on {MARK}"
    listed(planted(plant), HiddenKind.ANNOTATION, f"{many}, page 2", said)


@pytest.mark.parametrize(
    "key", ["T", "Contents", "Subj", "RC", "State", "NM", "OverlayText", "Own"]
)
def test_every_string_of_an_annotation_is_listed(key):
    def plant(document: Any) -> None:
        annotation(document, "Redact" if key == "OverlayText" else "Text", **{key: words(MARK)})

    many = "redaction marks" if key == "OverlayText" else "comments"
    listed(planted(plant), HiddenKind.ANNOTATION, f"{many}, page 1", MARK)


def test_a_reply_is_a_reply_and_a_state_is_said():
    def plant(document: Any) -> None:
        first = annotation(document, "Text", T=words("A. Author"), Contents=words("Is this so?"))
        annotation(
            document,
            "Text",
            IRT=first,
            T=words("B. Reader"),
            Contents=words(f"No, says {MARK}"),
            StateModel=words("Review"),
            State=words("Rejected"),
        )

    data = planted(plant)
    listed(
        data,
        HiddenKind.ANNOTATION,
        "replies, page 1",
        f"Reply by B. Reader: No, says {MARK}\nState: Rejected",
    )
    assert Tally(HiddenKind.ANNOTATION, "comments, page 1", 1, "comments") in read(data).tallies
    assert Tally(HiddenKind.ANNOTATION, "replies, page 1", 1, "replies") in read(data).tallies


@pytest.mark.parametrize("state", ["N", "D", "R", "a state of its own"])
def test_the_words_that_a_stamp_shows_are_read(state):
    def plant(document: Any) -> None:
        form = drawing(document, f"Seen by {MARK}")
        drawings = dictionary(N=dictionary(On=form)) if len(state) > 1 else dictionary()
        if len(state) == 1:
            drawings[f"/{state}"] = form
        annotation(document, "Stamp", AP=drawings)

    listed(planted(plant), HiddenKind.ANNOTATION, "stamps, page 1", f"Shown: Seen by {MARK}")


def test_what_a_redaction_mark_would_print_is_read():
    def plant(document: Any) -> None:
        annotation(document, "Redact", RO=drawing(document, f"for {MARK}"), T=words("A. Author"))

    listed(planted(plant), HiddenKind.ANNOTATION, "redaction marks, page 1", f"Shown: for {MARK}")


def test_an_annotation_that_stands_in_the_page_itself_is_listed():
    def plant(document: Any) -> None:
        note = dictionary(Subtype=name("Text"), Rect=[1, 2, 3, 4], Contents=words(MARK))
        document.pages[0].Annots = pikepdf.Array([note])

    listed(planted(plant), HiddenKind.ANNOTATION, "comments, page 1", f"Comment: {MARK}")


def test_annotations_that_answer_each_other_in_a_circle_are_read():
    def plant(document: Any) -> None:
        first = annotation(document, "Text", Contents=words(f"one {MARK}"))
        second = annotation(document, "Text", Contents=words("two"), IRT=first, Parent=first)
        first.IRT = second
        first.Parent = second

    listed(planted(plant), HiddenKind.ANNOTATION, "replies, page 1", f"one {MARK}")


# --- forms --------------------------------------------------------------------------------------


def field(document: Any, **entries: Any) -> None:
    document.Root.AcroForm = dictionary(Fields=[])
    box = annotation(document, "Widget", **entries)
    document.Root.AcroForm.Fields = pikepdf.Array([box])


FIELD_KEYS = {
    "V": f"Form field who: {MARK}",
    "DV": f"Default: {MARK}",
    "RV": f"Formatted text: {MARK}",
    "TU": f"Shown as: {MARK}",
    "TM": f"Exported as: {MARK}",
}


@pytest.mark.parametrize("key", FIELD_KEYS)
def test_everything_that_a_field_says_is_listed(key):
    def plant(document: Any) -> None:
        field(document, FT=name("Tx"), T=words("who"), F=2, **{key: words(MARK)})

    listed(planted(plant), HiddenKind.FORM_FIELD, "form fields, page 1", FIELD_KEYS[key])


def test_choices_captions_states_and_full_names_of_fields_are_listed():
    def plant(document: Any) -> None:
        parent = document.make_indirect(dictionary(T=words(f"{MARK} family"), Kids=[]))
        field(
            document,
            FT=name("Btn"),
            T=words("tick"),
            F=2,
            Parent=parent,
            Opt=[pikepdf.Array([words("x1"), words(f"choice {MARK}")])],
            MK=dictionary(CA=words(f"caption {MARK}"), RC=words(f"rollover {MARK}")),
            AP=dictionary(N=pikepdf.Dictionary({f"/is{MARK}": drawing(document, "x")})),
        )
        parent.Kids = pikepdf.Array([document.Root.AcroForm.Fields[0]])

    listed(
        planted(plant),
        HiddenKind.FORM_FIELD,
        "form fields, page 1",
        f"Form field {MARK} family.tick",
        f"choice {MARK}",
        f"caption {MARK}",
        f"rollover {MARK}",
        f"State: is{MARK}",
    )


def test_a_name_as_the_value_of_a_field_is_listed():
    def plant(document: Any) -> None:
        field(document, FT=name("Btn"), T=words("who"), V=name(MARK))

    listed(planted(plant), HiddenKind.FORM_FIELD, "form fields, page 1", f"Form field who: {MARK}")


@pytest.mark.parametrize("shape", ["one stream", "packets"])
def test_xfa_forms_are_read_with_their_attributes(shape):
    xml = f"<data><who note='also {MARK}'>{MARK}</who></data>"

    def plant(document: Any) -> None:
        packet = stream(document, xml)
        packets = packet if shape == "one stream" else [words("datasets"), packet]
        document.Root.AcroForm = dictionary(Fields=[], XFA=packets)

    container = "form in XML (XFA)"
    listed(planted(plant), HiddenKind.FORM_FIELD, container, f"{MARK}\nalso {MARK}")


def test_fields_whose_parents_go_round_in_a_circle_are_read():
    def plant(document: Any) -> None:
        field(document, FT=name("Tx"), T=words(MARK), V=words("v"))
        box = document.Root.AcroForm.Fields[0]
        box.Parent = box
        box.Kids = pikepdf.Array([box])

    data = planted(plant)
    assert any(MARK in one.text for one in read(data).segments)


# --- scripts and links --------------------------------------------------------------------------


def script(document: Any, *, as_stream: bool) -> Any:
    code = f"app.alert('{MARK}')"
    return dictionary(S=name("JavaScript"), JS=stream(document, code) if as_stream else words(code))


def in_names(document: Any, *, as_stream: bool) -> None:
    entry = document.make_indirect(script(document, as_stream=as_stream))
    node = document.make_indirect(dictionary(Names=[words("start"), entry]))
    document.Root.Names = dictionary(JavaScript=dictionary(Kids=[node]))


def on_opening(document: Any, *, as_stream: bool) -> None:
    document.Root.OpenAction = script(document, as_stream=as_stream)


def of_the_document(document: Any, *, as_stream: bool) -> None:
    document.Root.AA = dictionary(WC=script(document, as_stream=as_stream))


def of_a_page(document: Any, *, as_stream: bool) -> None:
    document.pages[1].AA = dictionary(O=script(document, as_stream=as_stream))


def of_a_field(document: Any, *, as_stream: bool) -> None:
    entry = script(document, as_stream=as_stream)
    field(document, FT=name("Tx"), T=words("n"), AA=dictionary(K=entry))


def after_another(document: Any, *, as_stream: bool) -> None:
    entry = script(document, as_stream=as_stream)
    annotation(document, "Link", A=dictionary(S=name("Named"), N=name("NextPage"), Next=entry))


@pytest.mark.parametrize("as_stream", [False, True], ids=["string", "stream"])
@pytest.mark.parametrize(
    "place", [in_names, on_opening, of_the_document, of_a_page, of_a_field, after_another]
)
def test_scripts_are_found_wherever_they_stand(place, as_stream):
    data = planted(lambda document: place(document, as_stream=as_stream))
    listed(data, HiddenKind.JAVASCRIPT, "scripts", f"app.alert('{MARK}')")


LINKS = {
    "address": ({"S": "URI", "URI": f"https://example.org/{MARK}"}, f"https://example.org/{MARK}"),
    "mail": ({"S": "URI", "URI": f"mailto:{MARK}@example.org"}, f"mailto:{MARK}@example.org"),
    "program": ({"S": "Launch", "F": f"C:/{MARK}.exe"}, f"C:/{MARK}.exe"),
    "other file": ({"S": "GoToR", "F": f"{MARK}.pdf"}, f"{MARK}.pdf"),
    "form": ({"S": "SubmitForm", "F": f"https://{MARK}.example"}, f"https://{MARK}.example"),
    "place": ({"S": "GoTo", "D": f"about {MARK}"}, f"about {MARK}"),
}


@pytest.mark.parametrize("kind", LINKS)
def test_where_a_link_leads_is_said_with_its_page(kind):
    entries, said = LINKS[kind]

    def plant(document: Any) -> None:
        jump = {key: name(one) if key == "S" else words(one) for key, one in entries.items()}
        annotation(document, "Link", page=1, A=dictionary(**jump))

    listed(planted(plant), HiddenKind.LINK, "links", f"Link on page 2: {said}")


def test_the_tooltip_and_the_named_target_of_a_link_are_said():
    def plant(document: Any) -> None:
        annotation(document, "Link", Contents=words(f"tip {MARK}"), Dest=name(f"to{MARK}"))

    listed(planted(plant), HiddenKind.LINK, "links", f"Link on page 1: to{MARK}", f"tip {MARK}")


def test_a_program_that_is_started_with_an_argument_is_said():
    def plant(document: Any) -> None:
        started = dictionary(F=words("cmd"), P=words(f"/c {MARK}"))
        annotation(document, "Link", A=dictionary(S=name("Launch"), Win=started))

    listed(planted(plant), HiddenKind.LINK, "links", f"/c {MARK}")


# --- names and places ---------------------------------------------------------------------------


def bookmark(document: Any) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"About {MARK}", 1))


def bookmark_with_address(document: Any) -> None:
    jump = dictionary(S=name("URI"), URI=words(f"https://example.org/{MARK}"))
    item = document.make_indirect(dictionary(Title=words("See"), A=jump))
    root = document.make_indirect(dictionary(First=item, Last=item, Count=1))
    item.Parent = root
    document.Root.Outlines = root


def old_destination(document: Any) -> None:
    place = pikepdf.Array([document.pages[1].obj, name("Fit")])
    document.Root.Dests = pikepdf.Dictionary({f"/{MARK}": place})


def new_destination(document: Any) -> None:
    place = pikepdf.Array([document.pages[1].obj, name("Fit")])
    node = document.make_indirect(dictionary(Names=[words(f"to {MARK}"), place]))
    document.Root.Names = dictionary(Dests=document.make_indirect(dictionary(Kids=[node])))


def page_label(document: Any) -> None:
    document.Root.PageLabels = dictionary(Nums=[0, dictionary(P=words(f"{MARK}-"), S=name("D"))])


def thread(document: Any) -> None:
    entry = dictionary(Type=name("Thread"), I=dictionary(Title=words(MARK), Author=words("A.")))
    document.Root.Threads = pikepdf.Array([document.make_indirect(entry)])


def viewport(document: Any) -> None:
    document.pages[0].VP = pikepdf.Array([dictionary(BBox=[0, 0, 9, 9], Name=words(MARK))])


def web_capture(document: Any) -> None:
    command = document.make_indirect(dictionary(URL=words(f"http://example.org/{MARK}")))
    document.Root.SpiderInfo = dictionary(V=1.0, C=[command])


def output_intent(document: Any) -> None:
    entry = dictionary(S=name("GTS_PDFX"), Info=words(MARK), OutputConditionIdentifier=words("x"))
    document.Root.OutputIntents = pikepdf.Array([document.make_indirect(entry)])


def document_part(document: Any) -> None:
    part = document.make_indirect(dictionary(DPM=dictionary(Customer=words(MARK))))
    document.Root.DPartRoot = document.make_indirect(dictionary(DPartRootNode=part))


def requirement(document: Any) -> None:
    handler = dictionary(S=name("JS"), Script=words(MARK))
    document.Root.Requirements = pikepdf.Array(
        [dictionary(S=name("EnableJavaScripts"), RH=handler)]
    )


def private_data(document: Any) -> None:
    inner = document.make_indirect(dictionary(Who=words(MARK)))
    document.pages[0].PieceInfo = dictionary(App=dictionary(Private=inner))


def private_stream(document: Any) -> None:
    inner = stream(document, f"who: {MARK}, and more of it")
    document.Root.PieceInfo = dictionary(App=dictionary(Private=inner))


def own_key(document: Any) -> None:
    document.trailer["/Xyz"] = dictionary(Deep=[dictionary(Deeper=words(MARK))])


def properties(document: Any) -> None:
    document.docinfo["/Case"] = words(MARK)


def xmp_of_a_page(document: Any) -> None:
    packet = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF"
        " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description"
        f" xmlns:d='http://purl.org/dc/elements/1.1/'><d:creator><r:Seq><r:li>{MARK}</r:li></r:Seq>"
        "</d:creator></r:Description></r:RDF></x:xmpmeta>"
    )
    document.pages[0].Metadata = stream(document, packet, Subtype=name("XML"))


def broken_xmp(document: Any) -> None:
    document.pages[0].Metadata = stream(document, f"<x><y>{MARK}</x>", Type=name("Metadata"))


def structure(document: Any) -> None:
    element = document.make_indirect(
        dictionary(
            S=name("Figure"),
            Alt=words(f"of {MARK}"),
            ActualText=words(f"reads {MARK}"),
            E=words(f"short for {MARK}"),
            T=words(f"title {MARK}"),
            ID=words(MARK),
            A=[dictionary(O=name("Table"), Summary=words(f"sums {MARK}"))],
        )
    )
    root = document.make_indirect(dictionary(Type=name("StructTreeRoot"), K=element))
    element.P = root
    document.Root.StructTreeRoot = root


def marked_content(document: Any) -> None:
    properties = f"/Span <</ActualText ({MARK}) /MCID 1>> BDC EMC"
    document.pages[1].contents_add(properties.encode())


def marked_form(document: Any) -> None:
    form = drawing(document, "x")
    form.write(f"/Artifact <</Contents ({MARK})>> BDC EMC".encode())
    document.pages[0].Resources.XObject = dictionary(Fx=form)


def marked_by_name(document: Any) -> None:
    listed_apart = document.make_indirect(dictionary(ActualText=words(MARK)))
    document.pages[0].Resources.Properties = dictionary(MC0=listed_apart)


def layer(document: Any) -> None:
    usage = dictionary(CreatorInfo=dictionary(Creator=words(f"by {MARK}"), Subtype=name("A")))
    group = dictionary(Type=name("OCG"), Name=words(f"names {MARK}"), Usage=usage)
    group = document.make_indirect(group)
    shown = dictionary(Name=words(f"setting {MARK}"), Order=[words(f"label {MARK}"), group])
    document.Root.OCProperties = dictionary(OCGs=[group], D=shown)


def signature(document: Any) -> None:
    signed = dictionary(
        Type=name("Sig"),
        Name=words(MARK),
        Reason=words(f"agreed by {MARK}"),
        Location=words(f"at {MARK}"),
        ContactInfo=words(f"ask {MARK}"),
    )
    document.Root.Perms = dictionary(DocMDP=document.make_indirect(signed))


def certificate(document: Any) -> None:
    named = b"\x0c" + bytes([len(MARK)]) + MARK.encode()
    subject = b"\x30" + bytes([len(named) + 5]) + b"\x06\x03\x55\x04\x03" + named
    message = b"\x30" + bytes([len(subject)]) + subject
    signed = dictionary(Type=name("Sig"), Contents=pikepdf.String(message + bytes(40)))
    document.Root.Perms = dictionary(DocMDP=document.make_indirect(signed))


def kept_certificate(document: Any) -> None:
    named = b"\x30" + bytes([len(MARK) + 2]) + b"\x13" + bytes([len(MARK)]) + MARK.encode()
    document.Root.DSS = dictionary(Certs=[stream(document, named)])


def style(document: Any) -> None:
    root = dictionary(Type=name("StructTreeRoot"), RoleMap=dictionary())
    root.RoleMap[f"/{MARK}"] = name("P")
    document.Root.StructTreeRoot = document.make_indirect(root)


def ink(document: Any) -> None:
    space = pikepdf.Array([name("Separation"), name(MARK), name("DeviceGray"), name("x")])
    document.pages[0].Resources.ColorSpace = dictionary(C=document.make_indirect(space))


def name_of_words(document: Any) -> None:
    document.Root["/Kept"] = pikepdf.Name(f"/by {MARK}")


PLACES = {
    style: (HiddenKind.STRUCTURE, "structure", f"Name of a style: {MARK}"),
    ink: (HiddenKind.METADATA, "names of colours", MARK),
    name_of_words: (HiddenKind.OTHER, "other", MARK),
    bookmark: (HiddenKind.BOOKMARK, "bookmarks", f"About {MARK} \u2192 page 2"),
    bookmark_with_address: (
        HiddenKind.BOOKMARK,
        "bookmarks",
        f"See \u2192 https://example.org/{MARK}",
    ),
    old_destination: (HiddenKind.BOOKMARK, "named destinations", f"{MARK} \u2192 page 2"),
    new_destination: (HiddenKind.BOOKMARK, "named destinations", f"to {MARK}"),
    page_label: (HiddenKind.STRUCTURE, "page labels", f"Page label: {MARK}-"),
    thread: (HiddenKind.METADATA, "article threads", f"Title: {MARK}"),
    viewport: (HiddenKind.METADATA, "viewports", f"Name: {MARK}"),
    web_capture: (HiddenKind.METADATA, "web capture", f"http://example.org/{MARK}"),
    output_intent: (HiddenKind.METADATA, "output intents", f"Info: {MARK}"),
    document_part: (HiddenKind.METADATA, "document parts", f"Customer: {MARK}"),
    requirement: (HiddenKind.OTHER, "requirements", f"Script: {MARK}"),
    private_data: (HiddenKind.METADATA, "private data of programs", f"Who: {MARK}"),
    private_stream: (HiddenKind.METADATA, "private data of programs", f"who: {MARK}"),
    own_key: (HiddenKind.OTHER, "other", f"Deeper: {MARK}"),
    properties: (HiddenKind.METADATA, "properties", f"Case: {MARK}"),
    xmp_of_a_page: (HiddenKind.METADATA, "properties (XMP)", f"creator: {MARK}"),
    broken_xmp: (HiddenKind.METADATA, "properties (XMP)", MARK),
    structure: (
        HiddenKind.STRUCTURE,
        "structure",
        f"Alternative text: of {MARK}",
    ),
    marked_content: (HiddenKind.STRUCTURE, "marked content, page 2", f"Replacement text: {MARK}"),
    marked_form: (HiddenKind.STRUCTURE, "marked content", f"Contents: {MARK}"),
    marked_by_name: (HiddenKind.STRUCTURE, "marked content", f"Replacement text: {MARK}"),
    layer: (HiddenKind.HIDDEN_LAYER, "layers", f"Layer: names {MARK}"),
    signature: (HiddenKind.SIGNATURE, "signatures", f"Signature: {MARK}\nReason: agreed by {MARK}"),
    certificate: (HiddenKind.SIGNATURE, "signatures", f"Named in the certificates: {MARK}"),
    kept_certificate: (HiddenKind.SIGNATURE, "signatures", MARK),
}


@pytest.mark.parametrize("plant", PLACES, ids=lambda one: one.__name__)
def test_each_place_is_called_what_it_is(plant):
    kind, container, said = PLACES[plant]
    listed(planted(plant), kind, container, said)


def test_every_text_of_the_structure_is_listed():
    texts = ("reads", "short for", "title", "sums")
    together = "\n".join(one.text for one in read(planted(structure)).segments)
    assert all(f"{text} {MARK}" in together for text in texts)
    assert f"ID: {MARK}" in together


def test_every_text_of_layers_and_signatures_is_listed():
    for plant, texts in (
        (layer, ("by", "names", "setting", "label")),
        (signature, ("agreed by", "at", "ask")),
    ):
        together = "\n".join(one.text for one in read(planted(plant)).segments)
        assert all(f"{text} {MARK}" in together for text in texts)


def test_trees_that_go_round_in_a_circle_are_read_once():
    def plant(document: Any) -> None:
        node = document.make_indirect(dictionary(Names=[words(MARK), name("x")]))
        other = document.make_indirect(dictionary(Kids=[node]))
        node.Kids = pikepdf.Array([other, node])
        document.Root.Names = dictionary(Dests=other, JavaScript=other, EmbeddedFiles=node)
        document.Root.PageLabels = other

    assert any(MARK in one.text for one in read(planted(plant)).segments)


def test_the_camera_data_of_a_picture_is_listed_with_its_page():
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 80, 80))
    jpeg = pixels.tobytes("jpeg")
    remark = f"taken by {MARK}".encode()
    jpeg = jpeg[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + jpeg[2:]

    def draw(page: Any) -> None:
        page.insert_text((60, 80), "Words")
        page.insert_image(pymupdf.Rect(100, 200, 200, 300), stream=jpeg)

    data = made(lines("first"), draw)
    assert MARK.encode() in data
    found = [one for one in read(data).segments if MARK in one.text]
    assert {(one.hidden, one.container) for one in found} == {
        (HiddenKind.PICTURE, "picture on page 2")
    }


def test_the_report_counts_annotations_by_their_sorts():
    def plant(document: Any) -> None:
        first = annotation(document, "Text", Contents=words("one"))
        annotation(document, "Text", Contents=words("two"))
        annotation(document, "Text", Contents=words("three"), IRT=first)
        annotation(document, "Stamp", page=1)

    report = report_on("letter.pdf", read(planted(plant)))
    (line,) = [one for one in report.hidden if one.kind is HiddenKind.ANNOTATION]
    assert line.words == "4 annotations: 2 comments, 1 reply and 1 stamp"
    adobe = next(one for one in report.lists if one.id == "adobe-hidden-information")
    assert any("1 reply" in check.evidence for check in adobe.checks)


def test_no_author_is_in_a_name_that_is_shown_outside_the_case():
    def plant(document: Any) -> None:
        annotation(document, "Text", T=words(MARK), Contents=words("x"))
        field(document, FT=name("Tx"), T=words(MARK))
        document.attachments[f"{MARK}.txt"] = b"about something else"

    data = planted(plant)
    found = read(data)
    assert any(MARK in one.text for one in found.segments)
    assert MARK not in repr(found)
    assert MARK not in repr(rebuilt(data))
    assert MARK.encode() not in everything_in(rebuilt(data).files[0].data)

"""What lies around the pages: annotations, forms, attachments, the catalogue, private data."""

from __future__ import annotations

import io
import zlib

import pikepdf

from tests.attack.catalogue.kit import (
    MARK,
    annotation,
    appearance,
    dictionary,
    draw,
    image,
    letter,
    pixels_with,
    plant,
    planted,
    stream,
    string,
    vector,
)

_NOTES = "annotations"
_FLAGS = "annotation flags"
_FORM = "form fields and XFA"
_SCRIPT = "JavaScript"
_FILES = "attachments and portfolios"
_DATA = "metadata and private data"
_TREES = "bookmarks, destinations, labels and other trees"
_LINKS = "links"
_STRUCTURE = "structure tree"
_KEYS = "extra keys of forms and pictures"
_SIGNED = "signatures"

_QUADS = [60, 640, 260, 640, 60, 600, 260, 600]
_KINDS = {
    "Text": {}, "FreeText": {"DA": "/Helv 10 Tf"}, "Line": {"L": [60, 600, 200, 640]},
    "Square": {}, "Circle": {}, "Polygon": {"Vertices": [60, 600, 100, 640, 140, 600]},
    "PolyLine": {"Vertices": [60, 600, 100, 640, 140, 600]}, "Highlight": {"QuadPoints": _QUADS},
    "Underline": {"QuadPoints": _QUADS}, "Squiggly": {"QuadPoints": _QUADS},
    "StrikeOut": {"QuadPoints": _QUADS}, "Stamp": {}, "Caret": {},
    "Ink": {"InkList": [[60, 600, 100, 640]]}, "Watermark": {}, "Sound": {}, "Movie": {},
    "Screen": {}, "3D": {}, "RichMedia": {}, "Projection": {}, "Link": {},
}  # fmt: skip


def _every_kind(subtype, entries):
    def make(document):
        annotation(
            document, subtype, Contents=string(), T=string(), Subj=string(), NM=string(),
            RC=string(f"<body><p>{MARK}</p></body>"), AP=dictionary(N=appearance(document)),
            **{key: string(one) if isinstance(one, str) else one for key, one in entries.items()},
        )  # fmt: skip

    make.__name__ = f"annotation_{subtype.lower()}"
    return make


for _subtype, _entries in _KINDS.items():
    plant(_NOTES)(_every_kind(_subtype, _entries))


@plant(_NOTES)
def reply_with_a_state(document):
    first = annotation(document, "Text", Contents=string("a question"), T=string("Somebody"))
    annotation(
        document, "Text", Contents=string(), T=string(), IRT=first, RT=pikepdf.Name.R,
        State=string(MARK), StateModel=string("Review"),
    )  # fmt: skip
    first.Popup = annotation(document, "Popup", Parent=first, Contents=string())


@plant(_FLAGS)
def hidden_note(document):
    annotation(document, "Text", Contents=string(), F=2)


@plant(_FLAGS)
def note_that_is_not_viewed(document):
    annotation(document, "FreeText", Contents=string(), F=32, AP=dictionary(N=appearance(document)))


@plant("redaction marks that were never applied", seen=True)
def pending_redaction(document):
    draw(document, f"BT /F1 12 Tf 62 612 Td ({MARK}) Tj ET")
    annotation(
        document, "Redact", QuadPoints=_QUADS, OverlayText=string(), T=string(), Contents=string(),
        RO=appearance(document),
    )  # fmt: skip


# --- forms -------------------------------------------------------------------------------------


def _field(document, kind, **entries):
    widget = annotation(
        document, "Widget", FT=pikepdf.Name(f"/{kind}"), T=string("field"), **entries
    )
    document.Root.AcroForm = dictionary(Fields=[widget], DA=string("/F1 10 Tf"))
    return widget


@plant(_FORM, seen=True)
def value_of_a_text_field(document):
    _field(
        document, "Tx", V=string(MARK), DV=string(MARK), AP=dictionary(N=appearance(document)),
        RV=string(f"<p>{MARK}</p>"),
    )  # fmt: skip


@plant(_FORM)
def names_and_tips_of_a_field(document):
    field = _field(document, "Tx", TU=string(), TM=string(), V=string("nothing"))
    field.T = string(MARK)
    field.AA = dictionary(K=dictionary(S=pikepdf.Name.JavaScript, JS=string(f"'{MARK}'")))


@plant(_FORM, seen=True)
def choices_and_captions(document):
    _field(
        document, "Ch", Opt=pikepdf.Array([string(), pikepdf.Array([string(), string()])]),
        MK=dictionary(CA=string(), RC=string()), V=string("none"),
    )  # fmt: skip


@plant(_FORM)
def value_of_a_hidden_field(document):
    _field(document, "Tx", V=string(MARK), F=2, AP=dictionary(N=appearance(document)))


@plant(_FORM)
def xfa_form(document):
    document.Root.AcroForm = dictionary(
        Fields=[],
        XFA=pikepdf.Array(
            [string("template"), stream(document, f"<t><text>{MARK}</text></t>"),
             string("datasets"), stream(document, f"<d who='{MARK}'><w>{MARK}</w></d>")]
        ),
    )  # fmt: skip


# --- scripts -----------------------------------------------------------------------------------


@plant(_SCRIPT)
def scripts_everywhere(document):
    def action():
        return dictionary(S=pikepdf.Name.JavaScript, JS=string(f"app.alert('{MARK}')"))

    document.Root.OpenAction = action()
    document.Root.AA = dictionary(WC=action())
    document.Root.Names = dictionary(
        JavaScript=dictionary(Names=pikepdf.Array([string(MARK), document.make_indirect(action())]))
    )
    document.pages[0].obj.AA = dictionary(
        O=dictionary(S=pikepdf.Name.JavaScript, JS=stream(document, f"app.alert('{MARK}')"))
    )


# --- files in it -------------------------------------------------------------------------------


def _file(document, data=None, **entries):
    content = stream(document, data or f"about {MARK}", Type=pikepdf.Name.EmbeddedFile)
    return document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Filespec, F=string(f"{MARK}.txt"), UF=string(f"{MARK}.txt"),
            Desc=string(), EF=dictionary(F=content), **entries,
        )
    )  # fmt: skip


@plant(_FILES)
def attachment(document):
    document.Root.Names = dictionary(
        EmbeddedFiles=dictionary(Names=pikepdf.Array([string(MARK), _file(document)]))
    )


@plant(_FILES)
def attached_pdf(document):
    inner = planted(lambda one: draw(one, f"BT /F1 12 Tf 60 500 Td ({MARK}) Tj ET"))
    document.Root.Names = dictionary(
        EmbeddedFiles=dictionary(Names=pikepdf.Array([string("a"), _file(document, inner)]))
    )


@plant(_FILES)
def portfolio(document):
    attachment(document)
    document.Root.Collection = dictionary(
        Type=pikepdf.Name.Collection, D=string(MARK),
        Schema=dictionary(A=dictionary(Subtype=pikepdf.Name.S, N=string(), E=True)),
    )  # fmt: skip


@plant(_FILES)
def associated_file_and_attached_note(document):
    document.pages[0].obj.AF = pikepdf.Array([_file(document, AFRelationship=pikepdf.Name.Data)])
    annotation(document, "FileAttachment", FS=_file(document), Contents=string())


# --- metadata ----------------------------------------------------------------------------------


def _xmp(document):
    return stream(
        document,
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
        " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description"
        f" xmlns:pdf='http://ns.adobe.com/pdf/1.3/' pdf:Keywords='{MARK}'/></rdf:RDF></x:xmpmeta>",
        Type=pikepdf.Name.Metadata,
        Subtype=pikepdf.Name.XML,
    )


@plant(_DATA)
def properties(document):
    document.docinfo["/Author"] = MARK
    document.docinfo["/CaseOfficer"] = MARK
    document.trailer.Private = string()
    document.Root.Metadata = _xmp(document)
    document.pages[0].obj.Metadata = _xmp(document)
    document.pages[0].obj.LastModified = string(MARK)


@plant(_DATA)
def private_data(document):
    for owner in (document.Root, document.pages[0].obj):
        owner.PieceInfo = dictionary(App=dictionary(Private=dictionary(Who=string())))
        owner.OwnKey = string()


@plant("thumbnails")
def thumbnail(document):
    document.pages[0].obj.Thumb = image(document, pixels_with(), Private=string())


@plant(_KEYS)
def keys_of_what_is_painted(document):
    extra = {
        "PieceInfo": dictionary(App=dictionary(Private=string())), "Metadata": _xmp(document),
        "OPI": dictionary(Who=string()), "LastModified": string(), "Name": pikepdf.Name(f"/{MARK}"),
        "ID": string(), "StructParent": 3, "OwnKey": string(),
    }  # fmt: skip
    form = appearance(document, "seen")
    picture = image(document, pixels_with("seen", width=60, height=30))
    picture.Alternates = pikepdf.Array([dictionary(Image=image(document, pixels_with()))])
    for one in (form, picture):
        for key, value in extra.items():
            one[f"/{key}"] = value
    draw(
        document,
        "q 1 0 0 1 60 400 cm /Fm Do Q q 30 0 0 15 60 350 cm /Im Do Q",
        XObject={"Fm": form, "Im": picture},
    )


@plant(_STRUCTURE)
def structure(document):
    attributes = dictionary(O=pikepdf.Name.Table, Summary=string())
    element = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name("/Own"), ActualText=string(), Alt=string(),
            E=string(), T=string(), ID=string(), A=attributes, Lang=string("en"),
        )
    )  # fmt: skip
    document.Root.StructTreeRoot = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.StructTreeRoot, K=element,
            RoleMap=pikepdf.Dictionary({"/Own": pikepdf.Name.P, f"/{MARK}": pikepdf.Name.P}),
            ClassMap=pikepdf.Dictionary({f"/{MARK}": attributes}),
            IDTree=dictionary(Names=pikepdf.Array([string(), element])),
        )
    )  # fmt: skip
    document.Root.MarkInfo = dictionary(Marked=True)


@plant(_TREES)
def bookmarks(document):
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"About {MARK}", 0))


@plant(_TREES)
def destinations(document):
    page = document.pages[0].obj
    document.Root.Dests = pikepdf.Dictionary({f"/{MARK}": pikepdf.Array([page, pikepdf.Name.Fit])})
    document.Root.Names = dictionary(
        Dests=dictionary(Names=pikepdf.Array([string(), pikepdf.Array([page, pikepdf.Name.Fit])])),
        IDS=dictionary(Names=pikepdf.Array([string(), string()])),
        Templates=dictionary(Names=pikepdf.Array([string(), page])),
        Renditions=dictionary(Names=pikepdf.Array([string(), dictionary(N=string())])),
        AP=dictionary(Names=pikepdf.Array([string(), appearance(document)])),
    )


@plant(_TREES)
def page_labels(document):
    document.Root.PageLabels = dictionary(Nums=pikepdf.Array([0, dictionary(P=string(MARK))]))


@plant(_TREES)
def threads_and_views(document):
    page = document.pages[0].obj
    thread = document.make_indirect(
        dictionary(Type=pikepdf.Name.Thread, I=dictionary(Title=string()))
    )
    document.Root.Threads = pikepdf.Array([thread])
    page.B = pikepdf.Array([dictionary(Type=pikepdf.Name.Bead, T=thread)])
    page.VP = pikepdf.Array([dictionary(Type=pikepdf.Name.Viewport, Name=string())])
    page.Trans = dictionary(S=pikepdf.Name.Wipe, Own=string())


@plant(_TREES)
def entries_of_the_catalogue(document):
    root = document.Root
    root.Lang = string(MARK)
    root.OutputIntents = pikepdf.Array(
        [dictionary(S=pikepdf.Name.GTS_PDFX, Info=string(), OutputConditionIdentifier=string())]
    )
    root.SpiderInfo = dictionary(V=1, C=pikepdf.Array([dictionary(AU=string())]))
    root.DPartRoot = dictionary(Own=string())
    root.Extensions = dictionary(ABCD=dictionary(BaseVersion=pikepdf.Name("/1.7"), Own=string()))
    root.Legal = dictionary(Attestation=string())
    root.Requirements = pikepdf.Array([dictionary(S=pikepdf.Name.EnableJavaScripts, Own=string())])
    root.URI = dictionary(Base=string(f"https://example.org/{MARK}"))
    root.ViewerPreferences = dictionary(Own=string())


@plant(_LINKS)
def links(document):
    page = document.pages[0].obj
    for action in (
        dictionary(S=pikepdf.Name.URI, URI=string(f"mailto:{MARK}@example.org")),
        dictionary(S=pikepdf.Name.URI, URI=string(f"https://example.org/?who={MARK}")),
        dictionary(S=pikepdf.Name.Launch, F=string(f"C:/{MARK}.exe")),
        dictionary(S=pikepdf.Name.GoToR, F=string(f"{MARK}.pdf"), D=pikepdf.Array([0])),
        dictionary(S=pikepdf.Name.SubmitForm, F=string(f"https://example.org/{MARK}")),
        dictionary(S=pikepdf.Name.Named, N=pikepdf.Name(f"/{MARK}")),
    ):
        annotation(
            document, "Link", A=document.make_indirect(action), Contents=string(),
            PA=dictionary(S=pikepdf.Name.URI, URI=string()),
        )  # fmt: skip
    annotation(document, "Link", Dest=pikepdf.Array([page, pikepdf.Name.Fit]), Contents=string())


@plant(_SIGNED)
def signature(document):
    signed = document.make_indirect(
        dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), Name=string(),
            Reason=string(), Location=string(), ContactInfo=string(), ByteRange=[0, 10, 20, 10],
            Contents=pikepdf.String(b"\x30\x82" + MARK.encode() + b"\x00" * 20),
            Prop_Build=dictionary(App=dictionary(Name=pikepdf.Name(f"/{MARK}"))),
        )
    )  # fmt: skip
    _field(document, "Sig", V=signed)
    document.Root.Perms = dictionary(DocMDP=signed)
    document.Root.DSS = dictionary(Certs=pikepdf.Array([stream(document, f"cert {MARK}")]))


@vector("file identifier")
def identifier_of_the_file():
    document = pikepdf.open(io.BytesIO(letter()))
    document.trailer.ID = pikepdf.Array([pikepdf.String(MARK), pikepdf.String(MARK)])
    out = io.BytesIO()
    document.save(out, static_id=False)
    return out.getvalue()


@vector("bytes around the file")
def bytes_before_and_after():
    return b"% " + MARK.encode() + b"\n" + letter() + b"\n" + MARK.encode() + b"\n%%EOF\n"


@vector("orphaned objects")
def packed_twice():
    def change(document):
        once = zlib.compress(MARK.encode())
        document.Root.Own = stream(
            document,
            zlib.compress(once),
            Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]),
        )

    return planted(change)

"""Every key that a released PDF may hold, by the kind of object that holds it; any other fails.

A list of its own, written from ISO 32000-2, and not the one that the writer strips a file by. It
follows the file from its root, so that every dictionary is met as what it is used for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from redactor.release.verify.pdf_links import is_plain_destination
from redactor.release.verify.vocabulary import is_pdf_structure


def _kind(listed: str) -> dict[str, str]:
    """Read a list of keys: ``Key`` holds no dictionary, ``Key:Kind`` one or an array of such."""
    pairs = (one.partition(":") for one in listed.split())
    return {f"/{key}": kind for key, _, kind in pairs}


_STREAM = "Length Filter DecodeParms:Parms"
_FUNCTION = (
    "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Functions:Function"
    " Bounds"
)
_SHADING = (
    "ShadingType ColorSpace:Colour Background BBox AntiAlias Coords Extend Function:Function Matrix"
    " BitsPerCoordinate BitsPerComponent BitsPerFlag Decode VerticesPerRow Domain Type"
)
#: Kinds of objects (ISO 32000-2, the tables of 7.7, 8, 9, 11, 12.3 and 14). ``{Kind}`` is a list
#: under names that the producer gave, which content refers to.
_KINDS = {
    "Trailer": _kind(
        "Size Root:Catalog ID Index W Type Info:Nothing Length Filter DecodeParms:Parms"
    ),
    "Nothing": {},
    "Catalog": _kind(
        "Type Version Pages:Pages Outlines:Outlines PageLabels:LabelTree MarkInfo:Marked"
        " StructTreeRoot:StructTreeRoot Lang"
    ),
    "Pages": _kind(
        "Type Parent:Pages Kids:Pages Count Resources:Resources MediaBox CropBox Rotate"
        # of a page
        " Contents:Content UserUnit Group:Group Annots:Link StructParents Tabs"
    ),
    "Outlines": _kind("Type First:Outlines Last:Outlines Next:Outlines Prev:Outlines"
                      " Parent:Outlines Count Title Dest:Destination"),
    "LabelTree": _kind("Nums:Label Kids:LabelTree Limits"),
    "Label": _kind("Type S P St"),
    "Marked": _kind("Marked"),
    "StructTreeRoot": _kind("Type K:Element ParentTree:ParentTree ParentTreeNextKey"),
    "ParentTree": _kind("Nums:Element Kids:ParentTree Limits"),
    "Element": _kind(
        "Type S P:Element Pg:Pages K:Element Alt A:Attributes Obj:Link MCID ActualText"
        " ParentTree:ParentTree ParentTreeNextKey"
    ),
    "Attributes": _kind("O Scope ColSpan RowSpan"),
    "Link": _kind(
        "Type Subtype Rect Border F A:Address Dest:Destination StructParent P:Pages"
    ),
    "Address": _kind("S URI"),
    "Destination": {},
    "Content": _kind(_STREAM),
    "Resources": _kind(
        "Font:{Font} XObject:{XObject} ExtGState:{ExtGState} ColorSpace:{Colour} Pattern:{Pattern}"
        " Shading:{Shading} Properties:{Property} ProcSet"
    ),
    "Property": _kind("MCID Type"),
    "XObject": _kind(
        f"{_STREAM} Type Subtype FormType BBox Matrix Resources:Resources Group:Group"
        " Width Height ColorSpace:Colour BitsPerComponent ImageMask Mask:XObject Decode Interpolate"
        " SMask:XObject SMaskInData Matte"
    ),
    "Group": _kind("Type S CS:Colour I K"),
    "ExtGState": _kind(
        "Type LW LC LJ ML D RI OP op OPM Font:Font BG:Function BG2:Function UCR:Function"
        " UCR2:Function TR:Function TR2:Function HT:Halftone FL SM SA BM SMask:SoftMask CA ca AIS"
        " TK"
    ),
    "SoftMask": _kind("Type S G:XObject BC TR:Function"),
    "Halftone": _kind(
        f"{_STREAM} Type HalftoneType Frequency Angle SpotFunction:Function AccurateScreens"
        " TransferFunction:Function Width Height Width2 Height2 Xsquare Ysquare Default:Halftone"
    ),
    "Pattern": _kind(
        f"{_STREAM} Type PatternType PaintType TilingType BBox XStep YStep Resources:Resources"
        " Matrix Shading:Shading ExtGState:ExtGState"
    ),
    "Shading": _kind(f"{_STREAM} {_SHADING}"),
    "Function": _kind(f"{_STREAM} {_FUNCTION}"),
    "Colour": _kind(
        f"{_STREAM} {_FUNCTION} Type Subtype WhitePoint BlackPoint Gamma Matrix"
        " Alternate:Colour Colorants:{Colour} Process:Process"
    ),
    "Process": _kind("ColorSpace:Colour Components"),
    "Parms": _kind(
        "Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows"
        " EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals:Content"
    ),
    "Font": _kind(
        "Type Subtype BaseFont FirstChar LastChar Widths FontDescriptor:FontDescriptor"
        " Encoding:Encoding ToUnicode:CMap DescendantFonts:Font CIDSystemInfo:Collection DW W DW2"
        " W2 CIDToGIDMap:Content FontBBox FontMatrix CharProcs:{Content} Resources:Resources"
    ),
    "FontDescriptor": _kind(
        "Type FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV"
        " StemH AvgWidth MaxWidth MissingWidth FontFile:Program FontFile2:Program FontFile3:Program"
        " FontStretch FontWeight"
    ),
    "Program": _kind(f"{_STREAM} Type Length1 Length2 Length3 Subtype"),
    "Encoding": _kind(
        f"{_STREAM} Type BaseEncoding Differences CMapName CIDSystemInfo:Collection WMode"
        " UseCMap:CMap"
    ),
    "CMap": _kind(f"{_STREAM} Type CMapName CIDSystemInfo:Collection WMode UseCMap:CMap"),
    "Collection": _kind("Registry Ordering Supplement"),
}  # fmt: skip
#: What a screen reader may be told of a picture whose words cannot be vetted.
_SAID = frozenset({"picture", "formula"})
_HOLDS_DICTIONARY = re.compile(rb"<<|\d R\b")


def strange_keys(pdf: pikepdf.Pdf) -> list[str]:
    """Give the keys that no object of a release holds where it is used.

    Returns:
        Each with the kind of object that holds it. A key that the format does not know may itself
        say something, and is not repeated.
    """
    found = _Walk().strange(pdf.trailer, "Trailer")
    return [
        f"{kind} {key}" if is_pdf_structure(key) else f"{kind} with another key"
        for kind, key in (one.split("/", 1) if "/" in one else (one, "Dest") for one in found)
    ]


class _Walk:
    """One walk over a file, from its trailer."""

    def __init__(self) -> None:
        self._met: set[tuple[tuple[int, int], str]] = set()

    def strange(self, root: pikepdf.Object, kind: str) -> Iterator[str]:
        """Give the keys that are on no list, with the kind of object that holds each."""
        waiting = [(root, kind)]
        while waiting:
            one, kind = waiting.pop()
            if one.is_indirect:
                if (one.objgen, kind) in self._met:
                    continue
                self._met.add((one.objgen, kind))
            if kind == "Destination":
                if not is_plain_destination(one):
                    yield kind
            elif isinstance(one, pikepdf.Array):
                waiting += [(item, kind) for item in _holders(one)]
            elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                held = one.stream_dict if isinstance(one, pikepdf.Stream) else one
                yield from _unknown(held, kind)
                waiting += list(_below(held, kind))


def _holders(array: pikepdf.Array) -> Iterator[pikepdf.Object]:
    """Give what may hold a key among the items of an array; long ones of numbers hold nothing."""
    if len(array) > 8 and not _HOLDS_DICTIONARY.search(array.unparse()):
        return
    for item in array:
        if isinstance(item, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
            yield item


def _below(held: pikepdf.Dictionary, kind: str) -> Iterator[tuple[pikepdf.Object, str]]:
    """Give the values of a dictionary that are to be walked, each with its kind."""
    if kind.startswith("{"):
        yield from ((held[key], kind[1:-1]) for key in held.keys())  # noqa: SIM118 - not a dict
        return
    known = _KINDS[kind]
    for key in held.keys():  # noqa: SIM118 - not a dict
        value = held[key]
        if isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
            below = known.get(key, "")
            if below or key in known:
                yield value, below or "Nothing"


def _unknown(held: pikepdf.Dictionary, kind: str) -> Iterator[str]:
    if kind.startswith("{"):
        return
    known = _KINDS[kind]
    yield from (f"{kind}{key}" for key in held.keys() if key not in known)  # noqa: SIM118 - not a dict
    if kind == "Element":
        alternative = held.get("/Alt")
        if alternative is not None and str(alternative) not in _SAID:
            yield "Element/Alt"
        if "/ActualText" in held:
            yield "Element/ActualText"

"""What a drawing in a Word document shows: text boxes, lettering, pictures, charts, shapes.

Source of the markup: ECMA-376 part 1, 20.4 (drawings in text) and part 4, 19 (VML).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from redactor.formats.docx.asides import Asides
from redactor.formats.docx.blocks import Crop, ReadPicture
from redactor.formats.docx.source import Source
from redactor.formats.docx.styles import UNKNOWN_GROUND, W, whole_number
from redactor.formats.hidden import is_wordy
from redactor.formats.package import REL, is_element, local_name
from redactor.model import HiddenKind

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = f"{{{REL}}}"
#: A packed copy of the whole drawing.
_COPY = "{urn:schemas-microsoft-com:office:office}gfxdata"
_EMU_PER_POINT = 12_700
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_USUAL_SIZE = (216.0, 144.0)
#: Things that a page shows and no rebuild carries, by the name of their element.
_NOT_CARRIED = {
    "chart": "charts", "relIds": "diagrams", "contentPart": "handwriting", "control": "controls",
    "OLEObject": "embedded objects",
}  # fmt: skip
_SHAPES = frozenset(
    {"wsp", "shape", "rect", "oval", "line", "roundrect", "polyline", "curve", "arc"}
)
#: What makes a page show a picture in another way than its file has it.
_EFFECTS = frozenset(
    {"lum", "clrChange", "alphaModFix", "biLevel", "duotone", "alphaBiLevel", "clrRepl", "blur",
     "softEdge"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """A text box.

    Attributes:
        content: the element with its paragraphs.
        ground: the colour it is filled with.
        is_hidden: the drawing is marked as hidden.
    """

    content: etree._Element
    ground: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Lettering:
    """Decorative lettering."""

    text: str = field(repr=False)
    is_hidden: bool = False


Shape: TypeAlias = Box | Lettering | ReadPicture


@dataclass(slots=True)
class _Frame:
    """What surrounds an element of a drawing.

    Attributes:
        is_over_text: it floats before the text, and may cover some.
    """

    width: float = _USUAL_SIZE[0]
    height: float = _USUAL_SIZE[1]
    ground: str = ""
    is_hidden: bool = False
    is_over_text: bool = False


class Graphics:
    """Reads the drawings of one part."""

    def __init__(self, part: str, source: Source, asides: Asides) -> None:
        self._part = part
        self._source = source
        self._asides = asides

    def read(self, element: etree._Element, *, is_hidden: bool) -> list[Shape]:
        """Give what a drawing shows, in order; what else it says is gathered.

        Args:
            is_hidden: the text that it stands in is not seen.
        """
        shapes: list[Shape] = []
        words: list[str] = []
        frame = _Frame(is_hidden=is_hidden)
        if local_name(element) == "object":
            frame.width, frame.height = _twips_size(element)
        self._visit(element, frame, shapes, words)
        self._asides.add_all(HiddenKind.ALT_TEXT, words)
        return shapes

    def _visit(
        self, element: etree._Element, frame: _Frame, shapes: list[Shape], words: list[str]
    ) -> None:
        if not is_element(element):
            self._asides.add(HiddenKind.OTHER, element.text or "")
            return
        if element.tag == W + "txbxContent":
            shapes.append(Box(element, frame.ground, frame.is_hidden))
            return
        if element.tag == _MC + "AlternateContent":
            self._visit(self._asides.choose(element), frame, shapes, words)
            return
        words += _attributes(element)
        if element.get(_COPY):
            self._asides.add_packed(HiddenKind.OTHER, str(element.get(_COPY)))
        name = local_name(element)
        frame = _framed(element, name, frame)
        self._take(element, name, frame, shapes)
        if element.text and element.text.strip() and not _is_measure(element.text):
            kind = HiddenKind.FIELD_CODE if name == "FieldCodes" else HiddenKind.TEXT_BOX
            self._asides.add(kind, element.text)
        for child in element:
            self._visit(child, frame, shapes, words)

    def _take(self, element: etree._Element, name: str, frame: _Frame, shapes: list[Shape]) -> None:
        if name == "textpath" and element.get("string"):
            shapes.append(Lettering(str(element.get("string")), frame.is_hidden))
        elif name in {"blip", "imagedata"} or (name == "fill" and _picture_arrow(element)):
            picture = self._picture(element, name, frame)
            if picture is not None:
                shapes.append(picture)
        elif name in _NOT_CARRIED and not frame.is_hidden:
            self._source.dropped[_NOT_CARRIED[name]] += 1
        elif name in _SHAPES and not frame.is_hidden and _is_bare(element):
            self._source.dropped["drawn shapes"] += 1
            self._source.covers += frame.is_over_text and _paints(element, frame)
            self._asides.add(HiddenKind.OTHER, "", even_empty=True)

    def _picture(self, element: etree._Element, name: str, frame: _Frame) -> ReadPicture | None:
        arrow = self._source.arrow(self._part, _picture_arrow(element))
        if arrow is None or frame.is_hidden:
            return None
        if arrow.external:
            return self._source.pictures.linked(self._part, arrow.id, frame.width, frame.height)
        media = self._source.package.resolve(arrow.target)
        if not self._source.package.has(media):
            self._asides.block("picture", "A picture that is missing from the file.")
            return None
        crop = _crop(element) if name == "blip" else _vml_crop(element)
        return self._source.pictures.see(
            media, crop, frame.width, frame.height, is_altered=_is_altered(element, name)
        )


def _paints(element: etree._Element, frame: _Frame) -> bool:
    """Say whether a shape without text covers what lies beneath it."""
    if local_name(element) == "wsp":
        return frame.ground != ""
    return local_name(element) != "line" and element.get("filled") not in {"f", "false"}


def _picture_arrow(element: etree._Element) -> str:
    names = ("embed", "link", "id", "pict")
    return next((str(element.get(_R + one)) for one in names if element.get(_R + one)), "")


def _framed(element: etree._Element, name: str, frame: _Frame) -> _Frame:
    """Narrow down what surrounds the children of an element."""
    width, height, ground, is_hidden = frame.width, frame.height, frame.ground, frame.is_hidden
    is_over_text = frame.is_over_text
    if name in {"inline", "anchor"}:
        size = next(
            (one for one in element if is_element(one) and local_name(one) == "extent"), None
        )
        width, height = _emu_size(size, (width, height))
        is_hidden = is_hidden or element.get("hidden") in {"1", "true"}
        is_over_text = name == "anchor" and element.get("behindDoc") not in {"1", "true"}
        is_hidden = is_hidden or _is_marked_hidden(element) or min(width, height) < 0
    elif name in {"pic", "wsp"}:
        width, height = _own_size(element, (width, height))
        ground = _fill(element)
        is_hidden = is_hidden or _is_marked_hidden(element)
    elif element.get("style") is not None:
        style = _style(str(element.get("style")))
        width = _points(style.get("width", ""), width)
        height = _points(style.get("height", ""), height)
        is_hidden = (
            is_hidden or style.get("visibility") == "hidden" or style.get("display") == "none"
        )
        ground = UNKNOWN_GROUND
        is_behind = style.get("z-index", "").startswith("-")
        is_over_text = style.get("position") == "absolute" and not is_behind
    return _Frame(width, height, ground, is_hidden, is_over_text)


def _is_marked_hidden(element: etree._Element) -> bool:
    return any(
        one.get("hidden") in {"1", "true"}
        for one in element
        if is_element(one) and local_name(one) in {"docPr", "cNvPr"}
    )


def _emu_size(size: etree._Element | None, usual: tuple[float, float]) -> tuple[float, float]:
    if size is None:
        return usual
    across, down = (whole_number(str(size.get(one) or "")) for one in ("cx", "cy"))
    if across is None or down is None:
        return usual
    return across / _EMU_PER_POINT, down / _EMU_PER_POINT


def _own_size(element: etree._Element, usual: tuple[float, float]) -> tuple[float, float]:
    """Give the size of a part of a drawing, which is never larger than the whole."""
    size = next(element.iter(f"{_A}ext"), None)
    across, down = _emu_size(size, usual)
    return (min(across, usual[0]), min(down, usual[1])) if min(across, down) > 0 else usual


def _twips_size(element: etree._Element) -> tuple[float, float]:
    across, down = (whole_number(str(element.get(W + one) or "")) for one in ("dxaOrig", "dyaOrig"))
    return (across / 20, down / 20) if across and down else _USUAL_SIZE


def _style(text: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in text.split(";"))
    return {name.strip().lower(): rest.strip().lower() for name, _, rest in pairs}


def _points(measure: str, usual: float) -> float:
    found = re.fullmatch(r"([\d.]{1,9})([a-z]{2})", measure)
    if found is None or found[1].count(".") > 1 or found[1] == ".":
        return usual
    return float(found[1]) * _POINTS.get(found[2], 1.0) or usual


def _fill(shape: etree._Element) -> str:
    """Give the colour that a shape is filled with; empty where it lets the page through."""
    for properties in shape:
        if not (is_element(properties) and local_name(properties) == "spPr"):
            continue
        for one in properties.iterfind(f"{_A}solidFill/{_A}srgbClr"):
            return str(one.get("val") or "").upper()
        fills = {local_name(one) for one in properties if is_element(one)}
        if fills & {"solidFill", "gradFill", "pattFill", "blipFill", "grpFill"}:
            return UNKNOWN_GROUND
        if "noFill" in fills:
            return ""
    return UNKNOWN_GROUND


def _crop(blip: etree._Element) -> Crop:
    """Read what is cut off (20.1.8.55); never less than nothing."""
    parent = blip.getparent()
    found = None if parent is None else parent.find(f"{_A}srcRect")
    if found is None:
        return Crop()
    shares = (_percentage(str(found.get(one) or "0")) for one in "ltrb")
    return Crop(*(min(max(one, 0.0), 1.0) for one in shares))


def _percentage(text: str) -> float:
    """Read a share: thousandths of a percent, or in Strict files with the sign (``25%``)."""
    if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?%", text):
        return float(text[:-1]) / 100
    return (whole_number(text) or 0) / 100_000


def _vml_crop(element: etree._Element) -> Crop:
    sides = ("cropleft", "croptop", "cropright", "cropbottom")
    return Crop(*(_share(str(element.get(one) or "")) for one in sides))


def _share(text: str) -> float:
    """Read a share as VML writes it: ``0.25``, or in 65,536ths (``16384f``)."""
    if not re.fullmatch(r"-?\d{0,9}(?:\.\d{1,9})?f?", text) or not text.strip("-.f"):
        return 0.0
    share = float(text.rstrip("f")) / (65_536 if text.endswith("f") else 1)
    return min(max(share, 0.0), 1.0)


def _is_altered(element: etree._Element, name: str) -> bool:
    """Say whether a page shows a picture in another way than its pixels are."""
    if name != "blip":
        return name == "fill" or any(
            element.get(one) for one in ("gain", "blacklevel", "bilevel", "grayscale", "chromakey")
        )
    fill = element.getparent()
    holder = None if fill is None else fill.getparent()
    if holder is None or local_name(holder) != "pic":
        return True
    shapes = [one.get("prst") for one in holder.iter(f"{_A}prstGeom")]
    is_cut = any(one not in {"rect", "roundRect"} for one in shapes)
    is_cut = is_cut or next(holder.iter(f"{_A}custGeom"), None) is not None
    return is_cut or any(is_element(one) and local_name(one) in _EFFECTS for one in holder.iter())


def _is_bare(element: etree._Element) -> bool:
    """Say whether a shape holds neither text nor a picture, and is no ruler between paragraphs."""
    names = {local_name(one) for one in element.iter() if is_element(one)}
    held = {"txbxContent", "textpath", "imagedata", "blip", "OLEObject", "control"}
    is_ruler = any(str(one).endswith("}hr") for one in element.attrib)
    return not names & held and not is_ruler


def _attributes(element: etree._Element) -> list[str]:
    """Give the attributes of one element that may be words; a shape's id is a name too."""
    found: list[str] = []
    for key, text in element.items():
        bare = str(key).rpartition("}")[2].lower()
        if bare not in _CODES and is_wordy(str(text)):
            found.append(str(text))
    return found


#: Attributes of drawings whose values the schemas fix, or that point into the file.
# fmt: off
_CODES = frozenset({
    "uri", "style", "type", "prst", "relativefrom", "embed", "anchorid", "editid", "val", "cstate",
    "algn", "anchor", "vert", "wrap", "vertoverflow", "horzoverflow", "coordsize", "path", "spt",
    "fillcolor", "strokecolor", "stroked", "filled", "joinstyle", "connecttype", "gradientshapeok",
    "ext", "progid", "shapeid", "spid", "objectid", "drawaspect", "eqn", "allowincell", "hr",
    "hralign", "hrstd", "hrnoshade", "strokeweight", "lim", "cap", "cmpd", "bwmode", "preset",
    "wraptext", "side", "recolor", "rotate", "aspectratio", "trim", "fitpath", "fitshape",
    "textpathok", "detectmouseclick", "inset", "gfxdata", "requires", "button", "bilevel",
    "insetmode", "dash", "endcap", "linestyle", "color", "color2", "opacity", "oleicon", "adj",
    "ole", "behinddoc", "locked", "layoutincell", "allowoverlap", "extrusionok", "arrowok",
    "fillok", "strokeok", "shadowok", "on", "focus", "focussize", "method", "updatemode",
})
# fmt: on


def _is_measure(text: str) -> bool:
    return (
        re.fullmatch(
            r"\s*(-?[\d.]+|left|right|center|top|bottom|inside|outside|column|page|margin|true|false"
            r"|t|f|EmbeddedWordDoc|Bitmap|Pict|PictOld|EnhancedMetaFile|square|tight|none)\s*",
            text,
        )
        is not None
    )

"""Go through every object of a PDF, used or not, and say what each string in it is.

A dictionary of a known shape says in words what it is; whatever no shape claims is listed under
what it stands in, or as other. So no string is passed over because it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redactor.formats.pdf.hidden.annotations import annotation
from redactor.formats.pdf.hidden.attachments import (
    MOST_FILES,
    attachment_part,
    file_specification,
    list_files,
    portfolio,
    streams_of,
)
from redactor.formats.pdf.hidden.file import PdfFile, as_dict
from redactor.formats.pdf.hidden.forms import caption, form_field, xfa
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.navigation import action, bookmark, jump_to_name, link, script
from redactor.formats.pdf.hidden.properties import (
    BY_KEY,
    NAME_TREES,
    PRIVATE,
    PROPERTIES,
    XMP,
    layer,
    page_label,
    thread_information,
)
from redactor.formats.pdf.hidden.shape import Draws, Entry, Listing, Recognise, Shape, is_code
from redactor.formats.pdf.hidden.signatures import SIGNATURES, signature, strings_in
from redactor.formats.pdf.hidden.streams import BareStreams
from redactor.formats.pdf.hidden.structure import TITLES, structure_element
from redactor.formats.pdf.hidden.syntax import Dict, Name, Ref, Value, stream_text, text_of
from redactor.formats.signatures import looks_like_text
from redactor.model import HiddenKind

OTHER = Listing(HiddenKind.OTHER, "other")
_SHAPES: tuple[Recognise, ...] = (
    script,
    signature,
    file_specification,
    layer,
    form_field,
    caption,
    link,
    annotation,
    bookmark,
    action,
    thread_information,
    page_label,
    portfolio,
    structure_element,
    xfa,
    jump_to_name,
)
#: What an object has that may be listed: a string, or what counts without one.
_TELLS = re.compile(
    rb"[(]|<[0-9A-Fa-f]|/(Annot|EmbeddedFile|Metadata|OCG|Sig|PieceInfo|Thumb|XFA|JS|Dest|EF|FT"
    rb"|Rect|Link|Private|RoleMap|ClassMap|Separation|DeviceN)\b|#20"
)
_BY_KEY = re.compile(rb"/(?:" + b"|".join(one.encode() for one in BY_KEY) + rb")(?=[\s/<\[\d])")
_FILES = re.compile(rb"/(EF|EmbeddedFile)\b")
_DRAWING = re.compile(rb"/Subtype/Form\b|/PatternType 1\b")
_PICTURE = re.compile(rb"/(DCTDecode|DCT|JPXDecode)\b")
_COLOURS = frozenset({"Indexed", "I"})
#: Keys that say nothing about the strings under them.
_UNTITLED = frozenset({"", "Names", "Nums", "Kids", "Limits", "Opt"})
_MACHINERY = frozenset({"XRef", "ObjStm"})
_INKS = frozenset({"Separation", "DeviceN"})
_PROCESS = frozenset({"All", "None", "Cyan", "Magenta", "Yellow", "Black", "Red", "Green", "Blue"})
_FONT_NAMES = frozenset({"BaseFont", "FontName", "Name", "Ordering", "CMapName"})
_MOST_DEPTH = 100
_MOST_PRIVATE = 100_000


class Search:
    """One pass over the objects of one file."""

    def __init__(self, file: PdfFile, draws: Draws) -> None:
        """Look over all objects once, so that each is known by what leads to it.

        Args:
            file: the file.
            draws: reads the words that an appearance shows.
        """
        self._file = file
        self._draws = draws
        self._numbers: list[int] = []
        self.pictures: list[int] = []
        self.drawings: list[int] = []
        self._roles: dict[int, Listing] = {}
        self._xmp: set[int] = set()
        self.bare = BareStreams()
        files: list[int] = []
        keyed: list[int] = []
        for number in range(1, file.count):
            written = file.written(number)
            if _TELLS.search(written):
                self._numbers.append(number)
            self.bare.see(number, written)
            if _FILES.search(written):
                files.append(number)
            if _PICTURE.search(written):
                self.pictures.append(number)
            if _DRAWING.search(written):
                self.drawings.append(number)
            if _BY_KEY.search(written) or b"/Metadata" in written:
                keyed.append(number)
        self.file_names = list_files(file, files)
        self.files = {one: at for at, one in enumerate([*self.file_names][:MOST_FILES], 1)}
        self._learn_roles(keyed)

    # --- what leads to an object --------------------------------------------------------------

    def _learn_roles(self, keyed: list[int]) -> None:
        information = self._file.trailer.get("Info")
        if isinstance(information, Ref):
            self._roles[information.number] = PROPERTIES
        names = self._file.dictionary(self._file.catalog.get("Names"))
        for key, listing in NAME_TREES.items():
            for number, _ in self._file.tree(names.get(key)):
                if number:
                    self._roles.setdefault(number, listing)
        for number in keyed:
            for key, value in _pairs(self._file.value(number)):
                if key in BY_KEY:
                    self._spread(value, BY_KEY[key])
                elif key == "Metadata" and isinstance(value, Ref):
                    self._xmp.add(value.number)

    def _spread(self, value: Value, listing: Listing) -> None:
        """Give a role to what a value leads to, up to what belongs to the pages."""
        waiting = [value]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Ref):
                number = one.number
                if number in self._roles or number in self._file.pages:
                    continue
                one = self._file.value(number)
                if isinstance(one, dict) and one.get("Type") in {"Page", "Pages", "Catalog"}:
                    continue
                self._roles[number] = listing
            if isinstance(one, dict):
                waiting.extend(inner for key, inner in one.items() if key not in {"Parent", "Pg"})
            elif isinstance(one, list):
                waiting.extend(one)

    # --- object by object ---------------------------------------------------------------------

    def everything(self) -> Iterator[tuple[int, Hidden]]:
        """Give all that is hidden in the objects, each with the number of its object."""
        trailer = {key: one for key, one in self._file.trailer.items() if key != "Encrypt"}
        trailer.pop("ID", None)
        for hidden in self._value(trailer, "", -1, OTHER, 0):
            yield -1, hidden
        locked = self._file.trailer.get("Encrypt")
        skipped = locked.number if isinstance(locked, Ref) else 0
        strings = []
        for number in sorted({*self._numbers, *self._roles, *self._xmp}):
            if number == skipped or not 0 < number < self._file.count:
                continue
            if isinstance(self._file.value(number), bytes):
                strings.append(number)
                continue
            for hidden in self.object(number):
                yield number, hidden
        for number in strings:
            if number not in self._file.spoken:
                for hidden in self.object(number):
                    yield number, hidden

    def object(self, number: int) -> Iterator[Hidden]:
        """Give what is hidden in one object."""
        value = self._file.value(number)
        if isinstance(value, dict) and value.get("Type") in _MACHINERY:
            return
        under = self._roles.get(number, OTHER)
        if self._file.is_stream(number):
            yield from self._stream(number, value if isinstance(value, dict) else {}, under)
        yield from self._value(value, "", number, under, 0)

    def _stream(self, number: int, entry: Dict, under: Listing) -> Iterator[Hidden]:
        """Give the text of streams that are text beside their owner."""
        if number in self._xmp or entry.get("Type") == "Metadata":
            from redactor.formats.pdf.hidden.xmp import xmp_texts  # noqa: PLC0415 - loads lxml

            data = self._file.stream(number) or b""
            for text in xmp_texts(data):
                if text:
                    yield Hidden(XMP.kind, XMP.part, text, "properties")
        elif number in self.files:
            yield Hidden(HiddenKind.EMBEDDED_FILE, attachment_part(self.files[number]), "", "files")
        elif under == SIGNATURES:
            words = "; ".join(dict.fromkeys(strings_in(self._file.stream(number) or b"")))
            yield Hidden(under.kind, under.part, words)
        elif under.part in {PRIVATE.part, "web capture", "document parts"}:
            data = self._file.stream(number) or b""
            if looks_like_text(data):
                yield Hidden(under.kind, under.part, stream_text(data[:_MOST_PRIVATE]))

    def _value(
        self, value: Value, key: str, number: int, under: Listing, depth: int
    ) -> Iterator[Hidden]:
        if isinstance(value, bytes):
            yield from self._string(value, key, under)
        elif isinstance(value, dict):
            yield from self._dictionary(value, key, number, under, depth)
        elif isinstance(value, Name):
            yield from _name(value, key, under)
        elif isinstance(value, list) and _names_colours(value):
            yield from _colours(value)
        elif isinstance(value, list) and not _is_colour(value):
            if depth >= _MOST_DEPTH:
                yield from self._deep(value, under)
                return
            for item in value:
                yield from self._value(item, key, number, under, depth + 1)

    def _deep(self, value: Value, under: Listing) -> Iterator[Hidden]:
        """Give the strings of what lies too deep in other things to be told apart."""
        for key, one in _pairs({"": value}):
            for item in one if isinstance(one, list) else [one]:
                if isinstance(item, bytes):
                    yield from self._string(item, key, under)

    def _string(self, value: bytes, key: str, under: Listing) -> Iterator[Hidden]:
        if key == "Names" and under == NAME_TREES["EmbeddedFiles"]:
            return  # said with the file that it names
        text = text_of(value)
        if text and not is_code(key, text):
            title = TITLES.get(key, key) if key not in _UNTITLED else ""
            unit = "properties" if under == PROPERTIES else ""
            yield Hidden(under.kind, under.part, f"{title}: {text}" if title else text, unit)

    def _dictionary(
        self, owner: Dict, key: str, number: int, under: Listing, depth: int
    ) -> Iterator[Hidden]:
        if depth >= _MOST_DEPTH:
            yield from self._deep(owner, under)
            return
        under = self._known_by_key(owner, key, under)
        entry = Entry(self._file, owner, key, number, under, self._draws, self.files)
        shape = self._shape(entry)
        yield from shape.says
        yield from _counted(owner)
        for name, value in owner.items():
            if name not in shape.keys:
                yield from self._value(value, name, number, shape.listing, depth + 1)

    def _known_by_key(self, owner: Dict, key: str, under: Listing) -> Listing:
        """Say what a dictionary is listed as by the key it stands under."""
        if key in NAME_TREES and owner.keys() & {"Names", "Kids", "Limits"}:
            return NAME_TREES[key]
        return BY_KEY.get(key, under)

    def _shape(self, entry: Entry) -> Shape:
        if entry.under == NAME_TREES["EmbeddedFiles"] and entry.has("Names"):
            return self._file_list(entry)
        if entry.under == PROPERTIES:
            return Shape(PROPERTIES)
        shapes = (recognise(entry) for recognise in _SHAPES)
        return next((one for one in shapes if one is not None), Shape(entry.under))

    def _file_list(self, entry: Entry) -> Shape:
        """Say under which name each attachment is listed."""
        items = self._file.items(entry.owner.get("Names"))
        said = []
        for name, value in zip(items[::2], items[1::2], strict=False):
            streams = streams_of(self._file, self._file.dictionary(value))
            numbers = [self.files[one] for one in streams if one in self.files]
            part = attachment_part(min(numbers)) if numbers else entry.under.part
            words = filter(None, [self._file.text(name), self._file.text(value)])
            text = f"Listed as: {', '.join(words)}"
            said.append(Hidden(HiddenKind.EMBEDDED_FILE, part, text))
        return Shape(entry.under, tuple(said), frozenset({"Limits"}))


def _counted(owner: Dict) -> Iterator[Hidden]:
    """List what counts without a string of its own."""
    if "Thumb" in owner:
        yield Hidden(HiddenKind.THUMBNAIL, "thumbnails", "", "thumbnails")
    for key in ("RoleMap", "ClassMap"):
        for name in as_dict(owner.get(key)):
            yield Hidden(HiddenKind.STRUCTURE, "structure", f"Name of a style: {name}")
    for program in as_dict(owner.get("PieceInfo")):
        yield Hidden(PRIVATE.kind, PRIVATE.part, f"Data of the program {program}", "properties")


def _name(name: Name, key: str, under: Listing) -> Iterator[Hidden]:
    """List a name that is words, as no name of the format is."""
    if " " in name.strip() and key not in _FONT_NAMES:
        yield Hidden(under.kind, under.part, f"{key}: {name}" if key else str(name))


def _names_colours(items: list[Value]) -> bool:
    return len(items) > 1 and isinstance(items[0], Name) and items[0] in _INKS


def _colours(items: list[Value]) -> Iterator[Hidden]:
    """List the names of inks, which people choose, but for those of printing and of a maker."""
    names = items[1] if isinstance(items[1], list) else [items[1]]
    for one in names:
        if isinstance(one, Name) and one not in _PROCESS and not one.startswith("PANTONE"):
            yield Hidden(HiddenKind.METADATA, "names of colours", str(one))


def _is_colour(items: list[Value]) -> bool:
    """Say whether an array is a table of colours, whose string is no text."""
    return bool(items) and isinstance(items[0], Name) and str(items[0]) in _COLOURS


def _pairs(value: Value) -> Iterator[tuple[str, Value]]:
    """Give every key with its value in an object, without following references."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield from one.items()
            waiting.extend(one.values())
        elif isinstance(one, list):
            yield "", one
            waiting.extend(one)

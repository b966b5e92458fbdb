"""What floats above the cells: comments, text boxes, shapes, pictures and controls.

Source: [MS-XLS] 2.4.179 (Note), 2.4.181 (Obj), 2.4.329 (TxO); [MS-ODRAW] 2.2 (drawings), 2.3
(properties of shapes), 2.2.20 to 2.2.33 (pictures).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.pictures import gather_picture
from redactor.formats.words import whole_text
from redactor.formats.xls.formulas import Names
from redactor.formats.xls.records import Record, characters, strings_in
from redactor.model import HiddenKind, column_letters

_CONTAINER = 0xF
_SHAPE_PROPERTIES = frozenset({0xF00B, 0xF121, 0xF122})
_PICTURE_STORE = 0xF007
_NOTE_OBJECT = 0x19
#: Kinds of objects (2.5.143, FtCmo). Arrows of a filter are drop-down boxes too, and no field.
_SHAPES, _CONTROLS = frozenset({1, 2, 3, 4, 9, 0x1E}), frozenset({7, *range(0x0B, 0x14)})
#: Properties of shapes that hold words, by number (2.3): the words of decorative text are seen.
_PROPERTY_KINDS = {
    0x00C0: HiddenKind.TEXT_BOX,
    0x0105: HiddenKind.PICTURE,
    0x0380: HiddenKind.ALT_TEXT,
    0x0381: HiddenKind.ALT_TEXT,
    0x0382: HiddenKind.LINK,
    0x038D: HiddenKind.ALT_TEXT,
}
_DRAWN_AGAIN = 0x03A9  # the shape once more, as a package of XML
_FONT, _LINK = 0x00C5, 0x0382
_ARRAYS = frozenset({0x0145, 0x0146, 0x0151, 0x0152, 0x0155, 0x0156, 0x0157, 0x0197, 0x01CF})
#: Of a link, of a URL and of a file, [MS-OSHARED] 2.3.7.
_LINK_CLASSES = (
    bytes.fromhex("D0C9EA79F9BACE118C8200AA004BA90B"),
    bytes.fromhex("E0C9EA79F9BACE118C8200AA004BA90B"),
    bytes.fromhex("0303000000000000C000000000000046"),
)
#: Suffix of a picture, and how many bytes stand before it with one and with two marks (2.2.23 ff.).
_BLIPS: dict[int, str] = {
    0xF01A: ".emf", 0xF01B: ".wmf", 0xF01C: ".pict", 0xF01D: ".jpg", 0xF01E: ".png",
    0xF01F: ".bmp", 0xF029: ".tif", 0xF02A: ".jpg",
}  # fmt: skip
_TWO_MARKS = frozenset({0x3D5, 0x217, 0x543, 0x46B, 0x6E3, 0x6E1, 0x7A9, 0x6E5})
_METAFILES = frozenset({0xF01A, 0xF01B, 0xF01C})
_MOST_BYTES = 64 * 2**20


@dataclass(slots=True)
class _Object:
    """One thing that floats: what kind it is, and its text."""

    kind: int
    number: int
    text: str = ""


@dataclass(slots=True)
class Drawings:
    """Gathers what floats above one sheet.

    Attributes:
        place, container: as for ``Around``.
    """

    place: str
    container: str
    names: Names
    gathered: Gathered
    objects: list[_Object] = field(default_factory=list)
    notes: list[Record] = field(default_factory=list)
    drawn: list[bytes] = field(default_factory=list)

    @property
    def any_drawn(self) -> bool:
        """Say whether something other than comments floats above the cells."""
        return any(one.kind != _NOTE_OBJECT for one in self.objects)

    def take(self, record: Record) -> bool:
        """Take a record, and say whether it is one of a drawing."""
        if record.kind == 0x00EC:
            self.drawn.append(record.body)
        elif record.kind == 0x005D:
            self._take_object(record)
        elif record.kind == 0x01B6:
            self._take_text(record)
        elif record.kind == 0x001C:
            self.notes.append(record)
        elif record.kind in {0x00E9, 0x007F}:
            self.gathered.block(
                f"{self.place}/picture:{record.at}", "A picture. Its content cannot be read."
            )
        else:
            return False
        return True

    def finish(self) -> None:
        """Gather what was taken, now that it is known which text belongs to which comment."""
        self._gather_notes()
        boxes = [one for one in self.objects if one.kind != _NOTE_OBJECT and one.text.strip()]
        for one in boxes:
            part = f"{self.place}/text-box"
            self.gathered.add(HiddenKind.TEXT_BOX, part, one.text, self.container)
        self.gathered.count(HiddenKind.TEXT_BOX, self.container, len(boxes), "text boxes")
        shapes = sum(one.kind in _SHAPES and not one.text.strip() for one in self.objects)
        self.gathered.count(HiddenKind.TEXT_BOX, self.container, shapes, "shapes")
        fields = sum(one.kind in _CONTROLS for one in self.objects)
        self.gathered.count(HiddenKind.FORM_FIELD, self.container, fields, "fields")
        gather_shapes(b"".join(self.drawn), self.place, self.container, self.gathered)

    def _take_object(self, record: Record) -> None:
        body = record.body
        if self.names.texts.wide and len(body) >= 8 and body[:2] == b"\x15\x00":
            kind, number = struct.unpack_from("<HH", body, 4)
            rest = body[22:]
        else:  # BIFF5
            kind, number = struct.unpack_from("<HH", body, 4) if len(body) >= 8 else (0, 0)
            rest = body[8:]
        self.objects.append(_Object(kind, number))
        words = strings_in(rest, 4)
        part = f"{self.place}/object"
        self.gathered.add_all(HiddenKind.FORM_FIELD, part, words, self.container)

    def _take_text(self, record: Record) -> None:
        (length,) = struct.unpack_from("<H", record.body, 10)
        if not length or not record.breaks:
            return
        at = record.breaks[0]
        text, _ = characters(
            record.body,
            at + 1,
            length,
            wide=bool(record.body[at] & 1),
            breaks=record.breaks[1:],
        )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if self.objects and not self.objects[-1].text:
            self.objects[-1].text = text
        else:
            self.objects.append(_Object(0, -1, text))

    def _gather_notes(self) -> None:
        texts = {one.number: one.text for one in self.objects if one.kind == _NOTE_OBJECT}
        part, count = f"{self.place}/comment", 0
        for record in self.notes:
            row, column, _, number = struct.unpack_from("<HHHH", record.body.ljust(8, b"\x00"))
            if self.names.texts.wide:
                author = ""
                if len(record.body) > 11:
                    author = self.names.texts.long(record.body, 8)[0].strip()
                text = texts.pop(number, "")
                words = f"{author}: {text}" if author and not text.startswith(author) else text
            else:  # a long one goes on in records whose row is none
                words = record.body[6:].decode(self.names.texts.encoding, "replace")
            where = "" if row == 0xFFFF else f"{column_letters(column & 0xFF)}{row + 1}: "
            count += row != 0xFFFF
            self.gathered.add(HiddenKind.COMMENT, part, where + words, self.container)
        for text in texts.values():  # the comment is gone, its box was left behind
            self.gathered.add(HiddenKind.COMMENT, part, text, self.container)
        self.gathered.count(HiddenKind.COMMENT, self.container, count, "comments")


# --- drawings --------------------------------------------------------------------------------


def _atoms(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Give the records of a drawing that hold no others, and stores of pictures, in order."""
    at = 0
    while at + 8 <= len(data):
        head, kind, length = struct.unpack_from("<HHI", data, at)
        at += 8
        if head & 0xF == _CONTAINER:
            continue  # what it holds follows
        yield head >> 4, kind, data[at : at + length]
        at += length


def gather_shapes(data: bytes, place: str, container: str, gathered: Gathered) -> None:
    """Gather the words that belong to shapes: their names, descriptions and decorative text."""
    for count, kind, body in _atoms(data):
        if kind in _SHAPE_PROPERTIES:
            _gather_properties(count, body, place, container, gathered)


def _gather_properties(
    count: int, body: bytes, place: str, container: str, gathered: Gathered
) -> None:
    read: list[str] = []
    is_drawn_again = False
    for number, data in _long_properties(count, body):
        if number == _DRAWN_AGAIN:
            is_drawn_again = True
            _gather_drawn_again(data, place, container, gathered)
            continue
        kind = _PROPERTY_KINDS.get(number, HiddenKind.OTHER)
        words = _property_words(number, data)
        read += words
        if number != _FONT:
            gathered.add_all(kind, f"{place}/{kind.value}", words, container)
    if not is_drawn_again:
        # where one length is wrong, all that follows is cut in the wrong places
        known = {one.strip() for one in read}
        rest = [one for one in link_words(body[6 * count :]) if one not in known]
        gathered.add_all(HiddenKind.ALT_TEXT, f"{place}/shape", rest, container)


def _property_words(number: int, data: bytes) -> list[str]:
    if number in _PROPERTY_KINDS and number != _LINK:
        return [data.decode("utf-16-le", "replace").strip("\x00")]
    return link_words(data)


def link_words(data: bytes) -> list[str]:
    """Give the words in bytes that may be a link; the classes of its objects are no words."""
    for one in _LINK_CLASSES:
        data = data.replace(one, bytes(2))
    return strings_in(data, 4)


def _long_properties(count: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the properties that do not fit into four bytes, by number ([MS-ODRAW] 2.2.9)."""
    at = 6 * count
    for index in range(min(count, len(body) // 6)):
        number, length = struct.unpack_from("<HI", body, 6 * index)
        if not number & 0x8000:
            continue
        if at + 6 <= len(body) and number & 0x3FFF in _ARRAYS:
            items, _, size = struct.unpack_from("<HHH", body, at)
            if length == items * (4 if size == 0xFFF0 else size):
                length += 6  # some leave the head of the array out of its length
        yield number & 0x3FFF, body[at : at + length]
        at += length


def _gather_drawn_again(data: bytes, place: str, container: str, gathered: Gathered) -> None:
    part = f"{place}/text-box"
    try:
        package = Package(data)
        for name in package.names:
            if name.endswith(".xml") and name != "[Content_Types].xml":
                words = _words_of_shape(package.tree(name))
                gathered.add_all(HiddenKind.TEXT_BOX, part, words, container)
    except UnreadableDocument as problem:
        if problem.reason == "bomb":
            raise
        gathered.block(f"{place}/shape", "A shape whose second form is damaged.")


def _words_of_shape(root: etree._Element) -> list[str]:
    words: list[str] = []
    for element in root.iter():
        if is_element(element) and local_name(element) == "p":
            words.append(whole_text(element))
        elif is_element(element) and local_name(element) == "cNvPr":
            words += [str(element.get(one) or "") for one in ("name", "descr", "title")]
    return words


# --- pictures --------------------------------------------------------------------------------


def gather_pictures(data: bytes, place: str, gathered: Gathered) -> None:
    """Gather the pictures that the drawings of a workbook share."""
    number = 0
    for instance, kind, body in _atoms(data):
        if kind == _PICTURE_STORE:  # older writers leave the mark of a container away
            words = body[36 : 36 + body[33]] if len(body) > 36 else b""
            gathered.add_all(
                HiddenKind.PICTURE, f"{place}/picture-name", [words.decode("utf-16-le", "replace")]
            )
            blips = list(_atoms(body[36 + (body[33] if len(body) > 36 else 0) :]))
        else:
            blips = [(instance, kind, body)]
        for one in blips:
            if one[1] in _BLIPS:
                number += 1
                _gather_blip(one, f"{place}/picture:{number}{_BLIPS[one[1]]}", gathered)


def _gather_blip(blip: tuple[int, int, bytes], place: str, gathered: Gathered) -> None:
    instance, kind, body = blip
    start = 32 if instance in _TWO_MARKS else 16
    if kind not in _METAFILES:
        gather_picture(_with_header(body[start + 1 :]), place, gathered)
        return
    packed = body[start + 34 :]  # 2.2.31: sizes and bounds, then how it is packed
    if len(body) > start + 33 and body[start + 32] == 0:
        try:
            packed = zlib.decompressobj().decompress(packed, _MOST_BYTES)
        except zlib.error:
            packed = b""
    gather_picture(packed, place, gathered)


def _with_header(data: bytes) -> bytes:
    """Give a bitmap the header of its file, which a drawing leaves away (2.2.28)."""
    if data[:4] == b"\x28\x00\x00\x00":
        return b"BM" + struct.pack("<IHHI", len(data) + 14, 0, 0, 54) + data
    return data

"""Gather what a reader of the page or the grid would not see, and name what could not be read.

Everything a package holds beside its visible text ends here: as hidden segments, so that it is
searched and shown in review, or as unread parts, so that it blocks. Nothing is passed over because
it is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.base import composed
from redactor.formats.binary_text import decoded, readable_strings
from redactor.formats.container import unlisted_parts
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.signatures import is_compound_file, looks_like_text
from redactor.formats.words import attributes_of, is_wordy, packed_bytes, texts_of, whole_text
from redactor.model import HiddenKind, LeftOut, PartPlace, Ruling, Segment, Tally, Unread

__all__ = [
    "Gathered",
    "attributes_of",
    "gather_element",
    "gather_part",
    "gather_rest",
    "is_wordy",
    "kind_of_part",
    "list_left_out",
    "texts_of",
    "whole_text",
]

#: Long lists of strings are cut into segments of about this many characters.
_CHUNK_CHARACTERS = 2_000
#: Kinds whose texts are remarks of people, each a thing of its own; of the others lists are made.
_ONE_BY_ONE = frozenset({HiddenKind.COMMENT, HiddenKind.OTHER, HiddenKind.HIDDEN_TEXT})
#: What an Office part holds, by a word of its content type or of its path; the first match counts.
_PART_KINDS: tuple[tuple[str, HiddenKind], ...] = (
    ("embeddings/", HiddenKind.EMBEDDED_FILE),
    ("vbaprojectsignature", HiddenKind.SIGNATURE),
    ("threadedcomment", HiddenKind.COMMENT),
    ("comments", HiddenKind.COMMENT),
    ("person", HiddenKind.PERSON_LIST),
    ("people", HiddenKind.PERSON_LIST),
    ("usernames", HiddenKind.PERSON_LIST),
    ("revision", HiddenKind.OLD_REVISION),
    ("pivot", HiddenKind.PIVOT_CACHE),
    ("externallink", HiddenKind.EXTERNAL_LINK),
    ("connections", HiddenKind.CONNECTION),
    ("querytable", HiddenKind.CONNECTION),
    ("volatiledependencies", HiddenKind.CONNECTION),
    ("xl/model/", HiddenKind.DATA_MODEL),
    ("slicer", HiddenKind.FILTER),
    ("timeline", HiddenKind.FILTER),
    ("chart", HiddenKind.CHART_CACHE),
    ("custom-properties", HiddenKind.METADATA),
    ("core-properties", HiddenKind.METADATA),
    ("extended-properties", HiddenKind.METADATA),
    ("docprops/thumbnail", HiddenKind.THUMBNAIL),
    ("docprops/", HiddenKind.METADATA),
    ("labelinfo", HiddenKind.METADATA),
    ("docmetadata", HiddenKind.METADATA),
    ("customxml", HiddenKind.CUSTOM_XML),
    ("xmlmaps", HiddenKind.CUSTOM_XML),
    ("macrosheet", HiddenKind.MACRO),
    ("dialogsheet", HiddenKind.FORM_FIELD),
    ("diagram", HiddenKind.TEXT_BOX),
    ("vba", HiddenKind.MACRO),
    ("customui", HiddenKind.MACRO),
    ("signature", HiddenKind.SIGNATURE),
    ("webextension", HiddenKind.SETTINGS),
    ("ctrlprops", HiddenKind.FORM_FIELD),
    ("activex", HiddenKind.FORM_FIELD),
    ("printersettings", HiddenKind.SETTINGS),
    ("settings", HiddenKind.SETTINGS),
    ("customproperty", HiddenKind.SETTINGS),
    ("theme", HiddenKind.SETTINGS),
    ("styles", HiddenKind.SETTINGS),
    ("numbering", HiddenKind.SETTINGS),
    ("fonttable", HiddenKind.SETTINGS),
    ("fonts/", HiddenKind.SETTINGS),
    ("keymap", HiddenKind.SETTINGS),
    ("tables/", HiddenKind.STRUCTURE),
)
_ADDRESS_KINDS = {
    "externalLinkPath": HiddenKind.EXTERNAL_LINK,
    "externalLinkLongPath": HiddenKind.EXTERNAL_LINK,
    "externalLinkStartup": HiddenKind.EXTERNAL_LINK,
    "xlPathMissing": HiddenKind.EXTERNAL_LINK,
    "attachedTemplate": HiddenKind.SETTINGS,
    "mailMergeSource": HiddenKind.SETTINGS,
    "mailMergeHeaderSource": HiddenKind.SETTINGS,
}
#: Visible content that no rebuild carries yet, by a word of the content type or path.
_VISIBLE_PARTS: tuple[tuple[str, str], ...] = (
    ("drawingml.chart+xml", "A chart"),
    ("chartex+xml", "A chart"),
    ("diagramdata+xml", "A diagram"),
    ("chartsheet+xml", "A sheet that is one chart"),
    ("dialogsheet+xml", "A dialogue sheet"),
    ("inkml+xml", "Handwriting"),
)
_THEME_NAMES = frozenset({"Office Theme", "Office", "Office 2013 - 2022", "Office 2013-2022 Theme"})
#: A text of base 64 longer than this is packed data and no words; a shorter one may be either.
_LONGEST_WORD = 2_000
_TITLES = {HiddenKind.DATA_MODEL: "A data model, whose tables are packed"}
#: Binary parts of which is known that nothing in them is ever seen on the page.
_NEVER_SEEN = frozenset(
    {HiddenKind.MACRO, HiddenKind.SETTINGS, HiddenKind.THUMBNAIL, HiddenKind.SIGNATURE,
     HiddenKind.FORM_FIELD}
)  # fmt: skip


class Gathered:
    """The hidden segments and unread parts of one file, in the order they were met."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.unread: list[Unread] = []
        self.tallies: list[Tally] = []
        self.embedded_bytes = 0
        self._numbers: Counter[str] = Counter()
        self._places: set[str] = set()

    def add(
        self,
        kind: HiddenKind,
        part: str,
        text: str,
        container: str = "",
        *,
        even_empty: bool = False,
    ) -> None:
        """Add one piece of hidden text under a part's name."""
        if not even_empty and not text.strip():
            return
        number = self._numbers[part]
        self._numbers[part] += 1
        self.segments.append(
            Segment(PartPlace(part, number), composed(text), kind, container or part)
        )

    def add_all(
        self, kind: HiddenKind, part: str, texts: Iterable[str], container: str = ""
    ) -> None:
        """Add short strings, several to a segment, each once."""
        lines: list[str] = []
        length = 0
        for text in dict.fromkeys(one.strip() for one in texts):
            if not text:
                continue
            lines.append(text)
            length += len(text) + 1
            if length > _CHUNK_CHARACTERS:
                self.add(kind, part, "\n".join(lines), container)
                lines, length = [], 0
        self.add(kind, part, "\n".join(lines), container)

    def count(self, kind: HiddenKind, place: str, count: int, unit: str) -> None:
        """Say how much of a kind stands in a place, in what people count it in."""
        if count:
            self.tallies.append(Tally(kind, place, count, unit))

    def block(
        self, place: str, why: str, rulings: tuple[Ruling, ...] = (Ruling.LEAVE_OUT,)
    ) -> None:
        """Name a part that could not be read, once."""
        if place not in self._places:
            self._places.add(place)
            self.unread.append(Unread(place, why, rulings))

    def left_out(self) -> tuple[LeftOut, ...]:
        """List what a rebuild does not carry, by kind and place, with counts."""
        return list_left_out(self.segments, self.unread)


def list_left_out(segments: Iterable[Segment], unread: Iterable[Unread]) -> tuple[LeftOut, ...]:
    """List hidden segments and unread parts by kind and container."""
    counts: Counter[tuple[str, str]] = Counter(
        (one.hidden.value, one.container or one.id) for one in segments if one.hidden is not None
    )
    listed = [LeftOut(kind, place, count) for (kind, place), count in counts.items()]
    return (*listed, *(LeftOut("unread", one.place) for one in unread))


def kind_of_part(package: Package, name: str) -> HiddenKind:
    """Say what kind of hidden content a part holds, by its content type and path."""
    clue = f"{package.content_type(name)} {name}".lower().replace(".", " ")
    clue += f" {name.lower()}"
    return next((kind for word, kind in _PART_KINDS if word in clue), HiddenKind.OTHER)


def gather_rest(package: Package, known: frozenset[str], gathered: Gathered) -> None:
    """Gather every part that has not been read, and all addresses that parts point out to.

    Raises:
        UnreadableDocument: a part is a bomb.
    """
    gather_around_parts(package, gathered)
    for name in ("", *package.names):
        if not name.endswith(".rels"):
            _gather_addresses(package, name, gathered)
    for name in package.names:
        if name in known or name == "[Content_Types].xml" or name.endswith(".rels"):
            continue
        gather_part(package, name, gathered)


def gather_around_parts(package: Package, gathered: Gathered) -> None:
    """Gather what lies in the file and in none of its parts."""
    for place, data in package.around().items():
        remark = place.startswith("remark")
        kind = HiddenKind.METADATA if remark else HiddenKind.OTHER
        words: list[str] = []
        for inner in unlisted_parts(data):
            words += readable_strings(inner)
        plain = looks_like_text(data)
        words += [decoded(data)] if plain else readable_strings(data)
        gathered.add(kind, f"zip: {place}", "", even_empty=not words)
        gathered.add_all(kind, f"zip: {place}", words)
        if not plain and not remark:
            gathered.block(f"zip: {place}", "Bytes in the file that belong to none of its parts.")


def _gather_addresses(package: Package, name: str, gathered: Gathered) -> None:
    for arrow in package.relationships(name):
        if not arrow.external:
            continue
        kind = _ADDRESS_KINDS.get(arrow.kind, HiddenKind.LINK)
        gathered.add(kind, f"{name or 'package'}/{kind.value}", unquote(arrow.target), name)
        if arrow.kind == "image":
            gathered.block(f"{name}/linked:{arrow.id}", "A picture that is kept outside the file.")


def gather_part(package: Package, name: str, gathered: Gathered) -> None:
    """Gather a part that is no visible text: its strings if it is XML, else what its bytes are.

    Raises:
        UnreadableDocument: the part is a bomb.
    """
    kind = kind_of_part(package, name)
    content_type = package.content_type(name)
    is_image = content_type.startswith("image/") and not content_type.endswith("+xml")
    is_xml = content_type.endswith(("+xml", "/xml")) or name.lower().endswith((".xml", ".vml"))
    if is_xml and not content_type.startswith("image/") and kind is not HiddenKind.EMBEDDED_FILE:
        _gather_xml(package, name, kind, gathered)
        return
    try:
        data = package.read(name)
    except UnreadableDocument as problem:
        gathered.add(kind, name, "", even_empty=True)
        gathered.block(name, f"A part that could not be read. {problem.why}")
        return
    _gather_binary(data, name, kind, gathered, is_image=is_image)


def _gather_binary(
    data: bytes, name: str, kind: HiddenKind, gathered: Gathered, *, is_image: bool
) -> None:
    from redactor.formats import macros, pictures  # noqa: PLC0415 - they gather here
    from redactor.formats.embedded import gather_embedded  # noqa: PLC0415

    is_picture = is_image or pictures.is_picture(data)
    if kind is HiddenKind.THUMBNAIL:
        gathered.add(kind, name, "", even_empty=True)
        gathered.add_all(kind, name, pictures.read_beside(data).words)
    elif kind is HiddenKind.MACRO and (is_compound_file(data) or "vbaproject." in name.lower()):
        macros.gather_macros(data, name, gathered)
    elif kind is HiddenKind.EMBEDDED_FILE:
        gather_embedded(data, name, name, gathered)
    elif is_picture:
        pictures.gather_picture(data, name, gathered)
    else:
        gathered.add(kind, name, "", even_empty=True)
        gathered.add_all(kind, name, readable_strings(data))
        if kind not in _NEVER_SEEN:
            what = _TITLES.get(kind, "A part of unknown kind")
            gathered.block(name, f"{what}. Its content cannot be read yet.")


def _gather_xml(package: Package, name: str, kind: HiddenKind, gathered: Gathered) -> None:
    if not package.read(name).strip(b"\x00\xef\xbb\xbf\xfe\xff \t\r\n"):
        return
    try:
        root = package.tree(name)
    except UnreadableDocument as problem:
        if problem.reason == "bomb":
            raise
        gathered.block(name, "A part that is damaged and could not be read.")
        return
    content_type = package.content_type(name)
    what = next((title for word, title in _VISIBLE_PARTS if word in content_type), "")
    if not what and _holds_shapes(root):
        what = "A drawing with shapes or text boxes"
    if what:
        gathered.block(name, f"{what}. The rebuilt file does not carry it yet.")
    if "theme" in content_type or "fonttable" in content_type:
        names = [str(one.get("name")) for one in root.iter() if one.get("name")][:3]
        gathered.add_all(kind, name, [one for one in names if one not in _THEME_NAMES])
        return
    if "calcchain" not in content_type:
        gather_element(root, kind, name, gathered)


def _holds_shapes(root: etree._Element) -> bool:
    """Say whether a drawing shows shapes of its own; boxes of comments do not count.

    Pictures and charts in a drawing are parts of their own and named there.
    """
    name = local_name(root)
    if name in {"wsDr", "userShapes"}:
        shapes = {"sp", "contentPart"}
        return any(is_element(one) and local_name(one) in shapes for one in root.iter())
    if name == "xml":
        return any(
            is_element(one)
            and local_name(one) == "shape"
            and not any(
                is_element(child)
                and local_name(child) == "ClientData"
                and child.get("ObjectType") == "Note"
                for child in one
            )
            for one in root
        )
    return False


def gather_element(
    root: etree._Element, kind: HiddenKind, part: str, gathered: Gathered, container: str = ""
) -> None:
    """Gather every string of an element: each text as it reads, then its attributes together."""
    if kind is HiddenKind.METADATA and local_name(root).lower().endswith("properties"):
        is_own = "custom-properties" in (root.nsmap.get(root.prefix) or "")
        gathered.add_all(kind, part, _properties(root, is_own=is_own), container)
        return
    words: list[str] = []
    for text in texts_of(root):
        packed = packed_bytes(text)
        if packed:
            words += _gather_packed(packed, part, gathered)
        if packed and len(text) > _LONGEST_WORD:
            gathered.add(kind, part, "", container, even_empty=True)
        elif kind in _ONE_BY_ONE:
            gathered.add(kind, part, text, container)
        else:
            words.append(text)
    gathered.add_all(kind, part, [*words, *attributes_of(root)], container)


def _gather_packed(data: bytes, part: str, gathered: Gathered) -> list[str]:
    """Read what a text of base 64 stands for: a file, or bytes with words among them."""
    from redactor.formats.embedded import gather_embedded, is_file  # noqa: PLC0415 - gathers here

    if is_file(data):
        gather_embedded(data, "", f"{part}/packed", gathered)
        return []
    return list(readable_strings(data))


def _properties(root: etree._Element, *, is_own: bool) -> Iterator[str]:
    """Give document properties as ``name: value``; counts and switches of the program say nothing.

    Args:
        root: the list of them.
        is_own: people made them up, so that a number may be somebody's.
    """
    for element in root.iter():
        if not is_element(element):
            continue
        name = str(element.get("name") or "")
        if name:
            yield name
        text = (element.text or "").strip()
        if text and (is_own or not re.fullmatch(r"[\d.]+|true|false", text)):
            yield f"{local_name(element)}: {text}"

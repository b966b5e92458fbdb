"""Read a Word document: what its pages show as text, everything else as hidden or unread."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from redactor.formats.docx.blocks import ReadBlock, ReadNote, paragraphs_of
from redactor.formats.docx.notes import Notes
from redactor.formats.docx.numbering import Numbering
from redactor.formats.docx.parts import gather_names, gather_parts, gather_pictures
from redactor.formats.docx.pictures import Pictures
from redactor.formats.docx.related import filled
from redactor.formats.docx.source import Source
from redactor.formats.docx.styles import Styles, W, attribute_of, toggle, value, whole_number
from redactor.formats.docx.tallies import count_changes
from redactor.formats.docx.walking import PartWalker
from redactor.formats.hidden import Gathered, gather_element, gather_rest
from redactor.formats.package import REL, Package, damaged, local_name
from redactor.model import Document, HiddenKind, PartPlace, Progress, Report, Segment

_COVERED = (
    "Filled shapes that lie over the text: {:,}. What they cover is in the file all the same: it "
    "is read like any other text, and is released unless somebody redacts it."
)


@dataclass(frozen=True, slots=True)
class WordContent:
    """What the pages of a document show: body, headers, footers and notes.

    Attributes:
        landscape: most of its sections lie on their side.
        remarks: what the pages show that no rebuild carries, a sentence each.
    """

    package: Package = field(repr=False)
    body: tuple[ReadBlock, ...] = field(repr=False)
    headers: tuple[tuple[ReadBlock, ...], ...] = field(repr=False)
    footers: tuple[tuple[ReadBlock, ...], ...] = field(repr=False)
    notes: tuple[ReadNote, ...] = field(repr=False)
    landscape: bool = False
    remarks: tuple[str, ...] = ()

    def all_blocks(self) -> Iterator[tuple[ReadBlock, ...]]:
        """Give everything in the order in which it is read."""
        yield self.body
        yield from (one.blocks for one in self.notes)
        yield from self.headers
        yield from self.footers


def read_document(untrusted: bytes, format_name: str, report: Report) -> Document:
    """Read a document whole. See ``Format.read``."""
    gathered = Gathered()
    content = walk_document(untrusted, gathered, report)
    segments = [
        Segment(PartPlace(one.part, one.number), one.text)
        for blocks in content.all_blocks()
        for one in paragraphs_of(blocks)
        if one.text
    ]
    digest = hashlib.sha256(untrusted).hexdigest()
    return Document(
        digest,
        format_name,
        (*segments, *gathered.segments),
        tuple(gathered.unread),
        content.remarks,
        tuple(gathered.tallies),
    )


def walk_document(untrusted: bytes, gathered: Gathered, report: Report) -> WordContent:
    """Read what is seen and gather the rest.

    Raises:
        UnreadableDocument: damaged, encrypted, too large or a bomb.
    """
    report(Progress(0, 3, "opening"))
    package = Package(untrusted)
    main = next(iter(package.related("", "officeDocument")), None)
    if main is None:
        raise damaged("it does not say where its text is")
    root = package.tree(main)
    body = root.find(f"{W}body")
    if local_name(root) != "document" or body is None:
        raise damaged(f"part {main} is not a Word document")
    source = _source(package, main, root, gathered)
    report(Progress(1, 3, "reading the text"))
    blocks = _walked(main, source, body)
    _gather_around(main, root, body, gathered)
    framed: dict[str, list[tuple[ReadBlock, ...]]] = {"header": [], "footer": []}
    known = {main}
    for kind, part in _shown_frames(package, main, root):
        known.add(part)
        framed[kind].append(_walked(part, source, package.tree(part)))
    notes = _read_notes(source)
    report(Progress(2, 3, "reading what is hidden"))
    known |= {part for part, _ in source.notes.parts.values()}
    known |= gather_parts(source, main) | gather_pictures(source)
    gather_rest(package, frozenset(known), gathered)
    gather_names(package, gathered)
    count_changes(package, gathered)
    return WordContent(
        package,
        blocks,
        tuple(framed["header"]),
        tuple(framed["footer"]),
        notes,
        _lies_on_its_side(root),
        _remarks(source),
    )


def _source(package: Package, main: str, root: etree._Element, gathered: Gathered) -> Source:
    background = root.find(f"{W}background")
    page = "" if background is None else value(background, "color")
    return Source(
        package,
        Styles(package, next(iter(filled(package, main, "styles")), None)),
        Numbering(package, next(iter(filled(package, main, "numbering")), None)),
        Notes(package, main, root),
        Pictures(package, gathered),
        gathered,
        "FFFFFF" if background is None else page.upper(),
    )


def _gather_around(
    main: str, root: etree._Element, body: etree._Element, gathered: Gathered
) -> None:
    """Gather what stands in the main part and not in its body: no program shows it."""
    for one in root:
        if one is not body:
            place = f"{main}/{HiddenKind.OTHER.value}"
            gather_element(one, HiddenKind.OTHER, place, gathered, main)


def _walked(part: str, source: Source, root: etree._Element) -> tuple[ReadBlock, ...]:
    walker = PartWalker(part, source)
    blocks = walker.walk(root)
    walker.finish(root)
    return blocks


def _read_notes(source: Source) -> tuple[ReadNote, ...]:
    """Read the notes that the text refers to, in its order; the others are hidden."""
    walkers = {kind: PartWalker(part, source) for kind, (part, _) in source.notes.parts.items()}
    notes = tuple(
        ReadNote(sign, walkers[kind].walk(note, sign), at_end=kind == "endnote")
        for kind, sign, note in source.notes.referred()
    )
    for kind, (_, root) in source.notes.parts.items():
        walkers[kind].finish(root)
    source.notes.gather_others(source.gathered)
    return notes


def _shown_frames(package: Package, main: str, root: etree._Element) -> list[tuple[str, str]]:
    """Give the headers and footers that some page shows, each once, in the order of the sections.

    One for first pages shows only where a section has a first page of its own, one for even pages
    only where the settings ask for it (17.10.1, 17.10.6).
    """
    arrows = {one.id: package.resolve(one.target) for one in package.relationships(main)}
    shown = {"default"}
    if any(toggle(one, "titlePg") for one in root.iter(f"{W}sectPr")):
        shown.add("first")
    for part in filled(package, main, "settings"):
        if toggle(package.tree(part), "evenAndOddHeaders"):
            shown.add("even")
    frames: list[tuple[str, str]] = []
    for kind in ("header", "footer"):
        for one in root.iter(f"{W}{kind}Reference"):
            part = arrows.get(str(one.get(f"{{{REL}}}id")), "")
            if (value(one, "type") or "default") not in shown or (kind, part) in frames:
                continue
            if not package.has(part):
                raise damaged(f"a {kind} is missing")
            frames.append((kind, part))
    return frames


def _lies_on_its_side(root: etree._Element) -> bool:
    """Say whether most sections are wider than they are high."""
    sides = Counter(_is_wide(one) for one in root.iter(f"{W}sectPr"))
    return sides[True] > sides[False]


def _is_wide(section: etree._Element) -> bool:
    width, height = (whole_number(attribute_of(section, "pgSz", one)) for one in ("w", "h"))
    if width and height:
        return width > height
    return attribute_of(section, "pgSz", "orient") == "landscape"


def _remarks(source: Source) -> tuple[str, ...]:
    """Say what the pages show that a release does not, and what may hide text from view only."""
    dropped = tuple(
        f"The pages show {count:,} {what if count != 1 else what.removesuffix('s')} that a release "
        "does not carry. Their words are among the hidden content."
        for what, count in source.dropped.items()
        if count
    )
    return (*dropped, _COVERED.format(source.covers)) if source.covers else dropped

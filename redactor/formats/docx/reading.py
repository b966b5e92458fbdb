"""Read a Word document: body, headers and footers as text, everything else as hidden or unread."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from redactor.formats.docx.blocks import ReadBlock, ReadParagraph
from redactor.formats.docx.styles import Styles, W, toggle, value
from redactor.formats.docx.walking import PartWalker
from redactor.formats.hidden import Gathered, gather_rest, whole_text
from redactor.formats.package import REL, Package, damaged, local_name
from redactor.model import (
    Document,
    HiddenKind,
    PartPlace,
    Progress,
    Report,
    Segment,
)

_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


@dataclass(frozen=True, slots=True)
class WordContent:
    """The visible text of a document: body, and each header and footer that some page shows."""

    body: tuple[ReadBlock, ...] = field(repr=False)
    headers: tuple[tuple[ReadBlock, ...], ...] = field(repr=False)
    footers: tuple[tuple[ReadBlock, ...], ...] = field(repr=False)


def read_document(untrusted: bytes, format_name: str, report: Report) -> Document:
    """Read a document whole. See ``Format.read``."""
    gathered = Gathered()
    content = walk_document(untrusted, gathered, report)
    segments = [
        Segment(PartPlace(one.part, one.number), one.text)
        for blocks in (content.body, *content.headers, *content.footers)
        for one in paragraphs_of(blocks)
        if one.text
    ]
    digest = hashlib.sha256(untrusted).hexdigest()
    return Document(digest, format_name, (*segments, *gathered.segments), tuple(gathered.unread))


def paragraphs_of(blocks: tuple[ReadBlock, ...]) -> Iterator[ReadParagraph]:
    """Give the paragraphs of blocks in order, those in tables too."""
    for block in blocks:
        if isinstance(block, ReadParagraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from paragraphs_of(cell)


def walk_document(untrusted: bytes, gathered: Gathered, report: Report) -> WordContent:
    """Read the visible text and gather the rest.

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
    known = {main}
    style_part = next(iter(package.related(main, "styles")), None)
    styles = Styles(package, style_part)
    if style_part is not None:
        known.add(style_part)
        gathered.add_all(HiddenKind.SETTINGS, style_part, styles.own_names)
    for copy in package.related(main, "stylesWithEffects"):
        known.add(copy)
        gathered.add_all(HiddenKind.SETTINGS, copy, Styles(package, copy).own_names)
    report(Progress(1, 3, "reading the text"))
    blocks = PartWalker(main, styles, gathered).walk(body)
    framed: dict[str, list[tuple[ReadBlock, ...]]] = {"header": [], "footer": []}
    for kind, part in _shown_frames(package, main, root):
        known.add(part)
        framed[kind].append(PartWalker(part, styles, gathered).walk(package.tree(part)))
    report(Progress(2, 3, "reading what is hidden"))
    known |= _gather_notes(package, main, gathered)
    known |= _gather_numbering(package, main, gathered)
    gather_rest(package, frozenset(known), gathered)
    return WordContent(blocks, tuple(framed["header"]), tuple(framed["footer"]))


def _shown_frames(package: Package, main: str, root: etree._Element) -> list[tuple[str, str]]:
    """Give the headers and footers that some page shows, each once, in the order of the sections.

    One for first pages shows only where a section has a first page of its own, one for even pages
    only where the settings ask for it (17.10.1, 17.10.6).
    """
    arrows = {one.id: package.resolve(one.target) for one in package.relationships(main)}
    shown = {"default"}
    if any(toggle(one, "titlePg") for one in root.iter(f"{W}sectPr")):
        shown.add("first")
    for part in package.related(main, "settings"):
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


def _gather_notes(package: Package, main: str, gathered: Gathered) -> set[str]:
    """Name the footnotes and endnotes, which readers see and no rebuild carries yet."""
    parts: set[str] = set()
    for kind, tag in _NOTES:
        for part in package.related(main, kind):
            parts.add(part)
            root = package.tree(part)
            notes = [one for one in root.iterfind(W + tag) if value(one, "type") in {"", "normal"}]
            for note in notes:
                text = "\n".join(whole_text(one) for one in note.iter(f"{W}p"))
                gathered.add(HiddenKind.OTHER, part, text)
            if notes or root.find(f".//{W}t") is not None:
                gathered.block(
                    part, f"{kind.capitalize()}. The rebuilt file does not carry them yet."
                )
    return parts


def _gather_numbering(package: Package, main: str, gathered: Gathered) -> set[str]:
    """Gather words in the labels of lists (``Allegation %1``); bullets replace them."""
    parts = set(package.related(main, "numbering"))
    for part in parts:
        labels = [value(one) for one in package.tree(part).iter(f"{W}lvlText")]
        words = [one for one in labels if sum(letter.isalpha() for letter in one) > 1]
        gathered.add_all(HiddenKind.SETTINGS, part, words)
    return parts

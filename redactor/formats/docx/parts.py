"""The parts of a Word document beside its text: each gathered as what it is.

Source of the markup: ECMA-376 part 1, 11.3 and 15.2 (parts), 17.15 (settings).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.docx.fonts import unusual_fonts
from redactor.formats.docx.related import filled
from redactor.formats.docx.source import Source
from redactor.formats.docx.styles import Styles, W, value
from redactor.formats.embedded import gather_embedded
from redactor.formats.hidden import (
    Gathered,
    gather_element,
    is_wordy,
    kind_of_part,
    texts_of,
)
from redactor.formats.package import Package, is_element, local_name
from redactor.formats.pictures import gather_picture
from redactor.model import HiddenKind

#: Identifiers that Word makes by itself at random; two files that share some have one author.
_IDENTIFIERS = frozenset({"rsid", "rsidRoot", "nsid", "tmpl", "docId", "durableId"})
#: Attributes whose values the schemas fix.
_FIXED = frozenset(
    """
    lang eastAsia bidi themeFontLang clrSchemeMapping characterSpacingControl percent
    cryptProviderType cryptAlgorithmClass cryptAlgorithmType algorithmName edit hint family
    pitch charset usb0 usb1 usb2 usb3 csb0 csb1 type jc fill color themeColor space lineRule bg1
    t1 bg2 t2 accent1 accent2 accent3 accent4 accent5 accent6 hyperlink followedHyperlink
    Ignorable defLockedState
    """.split()  # noqa: SIM905 - a list of words reads better as words
)


def gather_parts(source: Source, main: str) -> set[str]:
    """Gather the parts that are known by what they are.

    Returns:
        Their names; whatever else there is remains to be gathered.

    Raises:
        UnreadableDocument: one of them is damaged or a bomb.
    """
    known: set[str] = set()
    package, gathered = source.package, source.gathered
    for kind in ("styles", "stylesWithEffects"):
        for part in filled(package, main, kind):
            known.add(part)
            styles = Styles(package, part)
            gathered.add_all(HiddenKind.SETTINGS, part, styles.own_names)
            _gather_words(package.tree(part), part, gathered, _NAMES_OF_STYLES)
    for name in ("", *package.names):
        for part in package.related(name, "aFChunk"):
            known.add(part)  # seen on the page, but no rebuild carries it
            gather_embedded(package.read(part), part, part, gathered)
    for part in package.names:
        content_type = package.content_type(part)
        gather = next((one for word, one in _BY_TYPE if word in f"{content_type} {part}"), None)
        if part in known or gather is None or part.endswith(".rels"):
            continue
        if not package.size(part):
            known.add(part)  # an empty part says nothing
        elif _is_gathered(gather, package, part, gathered):
            known.add(part)
    return known


def _is_gathered(
    gather: Callable[[Package, str, Gathered], bool],
    package: Package,
    part: str,
    gathered: Gathered,
) -> bool:
    """Gather a part; one that is damaged is unread, and does not make the text unreadable."""
    try:
        return gather(package, part, gathered)
    except UnreadableDocument as problem:
        if problem.reason == "bomb":
            raise
        gathered.block(part, "A part that is damaged and could not be read.")
        return True


def gather_names(package: Package, gathered: Gathered) -> None:
    """Gather the names of parts that somebody chose, and of files that should be there."""
    chosen = [
        name
        for name in package.names
        if any(word.lower() not in _PART_WORDS for word in re.findall(r"[^\W\d_]{3,}", name))
    ]
    gathered.add_all(HiddenKind.METADATA, "names of parts", chosen)
    for name in ("", *package.names):
        missing = [
            one.target
            for one in package.relationships(name)
            if not one.external and not package.has(package.resolve(one.target))
        ]
        place = f"{name or 'package'}/{HiddenKind.LINK.value}"
        gathered.add_all(HiddenKind.LINK, place, [one for one in missing if is_wordy(one)], name)


def gather_pictures(source: Source) -> set[str]:
    """Gather what the files of pictures hold beside their pixels.

    Those that no page shows are unread like the others: a person may only leave them out.
    """
    parts = set()
    for part in source.package.names:
        is_image = source.package.content_type(part).startswith("image/")
        if is_image and kind_of_part(source.package, part) is not HiddenKind.THUMBNAIL:
            parts.add(part)
            data = source.package.read(part)
            rulings, cropped = source.pictures.standing(part)
            gather_picture(data, part, source.gathered, cropped=cropped, rulings=rulings)
    return parts


def _settings(package: Package, part: str, gathered: Gathered) -> bool:
    root = package.tree(part)
    marks = [
        value(one) for one in root.iter() if is_element(one) and local_name(one) in _IDENTIFIERS
    ]
    gathered.count(HiddenKind.SETTINGS, part, len(marks), "revision marks")
    gathered.add_all(HiddenKind.SETTINGS, part, [" ".join(marks)])
    variables = [value(one, "name") for one in root.iter(f"{W}docVar")]
    gathered.count(HiddenKind.SETTINGS, part, len(variables), "variables")
    _gather_words(root, part, gathered)
    return True


def _numbering(package: Package, part: str, gathered: Gathered) -> bool:
    _gather_words(package.tree(part), part, gathered)
    return True


def _font_table(package: Package, part: str, gathered: Gathered) -> bool:
    root = package.tree(part)
    names = [value(one, "name") for one in root.iter(f"{W}font")]
    names += [value(one) for one in root.iter(f"{W}altName")]
    gathered.add_all(HiddenKind.SETTINGS, part, unusual_fonts(names))
    fonts = [one for one in root.iter() if is_element(one) and local_name(one).startswith("embed")]
    gathered.count(HiddenKind.SETTINGS, part, len(fonts), "fonts")
    return True


def _comments(package: Package, part: str, gathered: Gathered) -> bool:
    count = sum(1 for _ in package.tree(part).iter(f"{W}comment"))
    gathered.count(HiddenKind.COMMENT, part, count, "comments")
    return False  # its texts are gathered like those of any other part


def _drawn(kind: HiddenKind, unit: str) -> Callable[[Package, str, Gathered], bool]:
    """Make a gatherer of something that a page shows and no rebuild carries."""

    def gather(package: Package, part: str, gathered: Gathered) -> bool:
        root = package.tree(part)
        gathered.count(kind, part, 1, unit)
        gather_element(root, kind, part, gathered)
        return True

    return gather


def _chart(package: Package, part: str, gathered: Gathered) -> bool:
    root = package.tree(part)
    points = sum(1 for one in root.iter() if is_element(one) and local_name(one) == "pt")
    gathered.count(HiddenKind.CHART_CACHE, part, points, "values")
    gather_element(root, HiddenKind.CHART_CACHE, part, gathered)
    return True


def _layout(package: Package, part: str, gathered: Gathered) -> bool:
    gather_element(package.tree(part), HiddenKind.SETTINGS, part, gathered)
    return True


def _handwriting(package: Package, part: str, gathered: Gathered) -> bool:
    gather_element(package.tree(part), HiddenKind.OTHER, part, gathered)
    gathered.block(part, "Handwriting, which nobody can read but by looking at it.")
    return True


def _embedded(package: Package, part: str, gathered: Gathered) -> bool:
    gather_embedded(package.read(part), part, part, gathered)
    return True


def _people(package: Package, part: str, gathered: Gathered) -> bool:
    root = package.tree(part)
    people = [one for one in root.iter() if is_element(one) and local_name(one) == "person"]
    gathered.count(HiddenKind.PERSON_LIST, part, len(people), "people")
    return False


def _properties(package: Package, part: str, gathered: Gathered) -> bool:
    filled = sum(
        1
        for one in package.tree(part).iter()
        if is_element(one) and not len(one) and (one.text or "").strip()
    )
    gathered.count(HiddenKind.METADATA, part, filled, "properties")
    return False


#: Gatherers by a word of the content type or name of a part; the first that fits.
_BY_TYPE: tuple[tuple[str, Callable[[Package, str, Gathered], bool]], ...] = (
    ("glossary/", lambda *_: False),
    ("drawingml.chart+xml", _chart),
    ("chartex+xml", _chart),
    ("diagramdata+xml", _drawn(HiddenKind.TEXT_BOX, "shapes")),
    ("diagramdrawing+xml", _drawn(HiddenKind.TEXT_BOX, "shapes")),
    ("diagramlayout+xml", _layout),
    ("chartshapes+xml", _drawn(HiddenKind.TEXT_BOX, "shapes")),
    ("inkml+xml", _handwriting),
    ("wordprocessingml.settings+xml", _settings),
    ("wordprocessingml.websettings+xml", _settings),
    ("wordprocessingml.numbering+xml", _numbering),
    ("wordprocessingml.fonttable+xml", _font_table),
    ("wordprocessingml.comments+xml", _comments),
    ("ms-word.people+xml", _people),
    ("wordprocessingml.people+xml", _people),
    ("properties+xml", _properties),
    ("/embeddings/", _embedded),
    ("oleobject", _embedded),
)


def _gather_words(
    root: etree._Element, part: str, gathered: Gathered, passed: frozenset[str] = frozenset()
) -> None:
    """Gather every text and every attribute that may be a word, but for values of the schemas.

    Args:
        passed: elements that were dealt with.
    """
    words = dict.fromkeys([*texts_of(root), *_attributes(root, passed)])
    gathered.count(HiddenKind.SETTINGS, part, len(words), "settings that hold words")
    gathered.add_all(HiddenKind.SETTINGS, part, words)


def _attributes(root: etree._Element, passed: frozenset[str]) -> Iterator[str]:
    for element in root.iter():
        if not is_element(element):
            continue
        name = local_name(element)
        if name in {"rFonts", "font"}:
            yield from unusual_fonts(
                str(one) for one in element.attrib.values() if is_wordy(str(one))
            )
        elif name == "lvlText":
            if sum(one.isalpha() for one in value(element)) > 1:
                yield value(element)  # words in a label; where it is used they are seen
        elif name not in _STRUCTURAL and name not in passed:
            for key, text in element.items():
                bare = str(key).rpartition("}")[2]
                if bare not in _FIXED and is_wordy(str(text)) and str(text) not in _VALUES:
                    yield str(text)


_STRUCTURAL = frozenset(
    """
    numFmt pPr lvlJc multiLevelType suff tab jc ind compatSetting latentStyles lsdException type
    pStyle u color shd vertAlign tblBorders
    top left bottom right insideH insideV between bar tcBorders spacing textAlignment zoom view
    characterSpacingControl brkBin brkBinSub mathFont defJc intLim naryLim sz szCs tblStylePr
    highlight em effect tcW tblW tblInd tblLayout vAlign hideMark tblCellMar footnotePr
    endnotePr pos numRestart lang themeFontLang revisionView proofState
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: Words that Office names parts with.
_PART_WORDS = frozenset(
    """
    content types rels word document docprops core app custom xml bin png jpeg jpg gif emf wmf svg
    tif tiff bmp vml media image settings websettings fonttable fonts font odttf styles
    styleswitheffects effects theme numbering footnotes endnotes header footer comments
    commentsextended commentsids commentsextensible people glossary customxml item itemprops
    embeddings oleobject ole object microsoft office excel worksheet sheet workbook macro enabled
    powerpoint presentation slide visio drawing package xlsx xls docx doc pptx ppt vsd vsdx msg
    charts chart chartex colors style drawings diagrams data layout quickstyle quick ink activex
    control vbaproject vbadata customui customizations printersettings thumbnail docmetadata
    labelinfo xmlsignatures origin sigs sig recipientdata webextensions webextension taskpanes
    trash dat afchunk htm html mht mhtml rtf txt attachedtoolbars userdefined stylesheet themes
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
#: What ``Styles`` reads of a style.
_NAMES_OF_STYLES = frozenset({"style", "name", "basedOn", "next", "link", "aliases"})
_VALUES = frozenset({"compatibilityMode"})

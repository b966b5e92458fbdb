"""What a released Office package of ours may consist of: an allow-list of parts and of markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from redactor.release.verify.allowed import count_strange, without_printing
from redactor.release.verify.ledger import PYTHON, Ledger
from redactor.release.verify.pixels import MEDIA, check_pictures, is_only_pixels

_ENGINE = f"{PYTHON} zipfile"

_ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels"
    r"|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml|xl/styles\.xml"
    r"|word/(?:document|header1|footer1|footnotes|endnotes)\.xml"
    r"|word/_rels/(?:document|header1|footer1|footnotes|endnotes)\.xml\.rels"
    r"|word/(?:styles|numbering|settings)\.xml|word/media/image\d+\.png"
)

#: Markup that hides, remembers, calculates or points elsewhere; by part, as sentences name it.
_RULES: tuple[tuple[str, str, str], ...] = (
    ("hidden sheets", r"xl/workbook\.xml", r"<(?:\w+:)?sheet\b[^>]*\bstate\s*=\s*[\"'](?!visible)"),
    ("defined names", r"xl/workbook\.xml", r"<(?:\w+:)?definedName\b"),
    ("references to other files", r".*\.rels", r"TargetMode\s*=\s*[\"']External"),
    (
        "hidden rows or columns",
        r"xl/worksheets/.*",
        (
            r"<(?:\w+:)?(?:row|col)\b[^>]*\b(?:(?:hidden|collapsed)\s*=\s*[\"'](?:1|true)"
            r"|(?:width|ht)\s*=\s*[\"']0*(?:\.0*)?[\"'])"
        ),
    ),
    ("formulas", r"xl/worksheets/.*", r"<(?:\w+:)?f\b"),
    (
        "filters, validations, scenarios or comments",
        r"xl/worksheets/.*",
        (
            r"<(?:\w+:)?(?:autoFilter|dataValidation|scenarios|legacyDrawing|drawing|hyperlink"
            r"|conditionalFormatting|customSheetViews|extLst|headerFooter|sheetProtection)\b"
        ),
    ),
    ("phonetic or hidden text", r"xl/.*", r"<(?:\w+:)?rPh\b|;;;"),
    ("coloured text", r"xl/styles\.xml", r"<font>(?:(?!</font>).)*<color\b"),
    (
        "tracked changes",
        r"word/.*",
        r"<w:(?:ins|del|delText|moveFrom|moveTo|rPrChange|pPrChange|sectPrChange|tblPrChange)\b",
    ),
    ("hidden text", r"word/.*", r"<w:(?:vanish|webHidden|specVanish)\b"),
    (
        "fields, controls, comments or objects",
        r"word/.*",
        (
            r"<w:(?:instrText|fldSimple|sdt|commentReference|object|pict|altChunk"
            r"|customXml|smartTag|bookmarkStart|hyperlink|docVar|attachedTemplate)\b"
        ),
    ),
    (
        "names or descriptions of pictures",
        r"word/.*",
        r"<(?:\w+:)?(?:docPr|cNvPr)\b(?! id=\"\d+\" name=\"Picture \d+\"/>)",
    ),
    ("markup comments", r".*", r"<!--|<!DOCTYPE|<!ENTITY"),
)
_FORBIDDEN = tuple(
    (title, re.compile(where), re.compile(pattern.encode())) for title, where, pattern in _RULES
)

#: A cell with nothing but a value, and the row it stands in: no rule speaks of them, and a sheet is
#: made of little else.
_PLAIN_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?(?:/>|(?: t="\w+")?>'
    rb'(?:<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)</c>)'
    rb'|<row r="\d{1,7}">|</row>'
)


def check_parts(ledger: Ledger, names: Sequence[str]) -> None:
    """Hold the members against the allow-list."""
    unknown = sum(_ALLOWED.fullmatch(name) is None for name in names)
    ledger.rule(
        "only allowed parts",
        _ENGINE,
        unknown,
        f"{len(names)} parts, all of them on the list.",
        "Parts that a release does not hold: {}.",
    )
    twice = sum(count - 1 for count in Counter(names).values())
    ledger.rule(
        "no part twice", _ENGINE, twice, "Every part is there once.", "Parts there twice: {}."
    )


class MarkupRules:
    """Counts, part by part, the markup that a release may not hold.

    Args:
        strict: it is a release of ours: then every tag is held against the list of its part, too.
    """

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._found: Counter[str] = Counter()
        self._looked: set[str] = set()
        self._strange = 0
        self._pictures = 0
        self._soiled = 0

    def look(self, name: str, data: bytes) -> None:
        """Look at one part."""
        if MEDIA.fullmatch(name):
            self._pictures += 1
            self._soiled += not is_only_pixels(data)
            return
        if name.startswith("xl/worksheets/"):
            data = _PLAIN_CELL.sub(b"", data)
        elif name == "xl/workbook.xml":
            data = without_printing(data)
        for title, where, pattern in _FORBIDDEN:
            if where.fullmatch(name):
                self._looked.add(title)
                self._found[title] += sum(1 for _ in pattern.finditer(data))
        if self._strict:
            self._strange += count_strange(name, data)

    def check(self, ledger: Ledger) -> None:
        """Write down what was found, for the rules that have to do with this kind of package."""
        for title, _, _ in _FORBIDDEN:
            if title not in self._looked:
                continue
            ledger.rule(
                f"no {title}",
                _ENGINE,
                self._found[title],
                f"There are no {title}.",
                f"{title.capitalize()}: {{}}.",
            )
        if self._strict:
            ledger.rule(
                "only allowed markup",
                _ENGINE,
                self._strange,
                "Every element and attribute is on the list of its part.",
                "Kinds of tags that a release does not hold: {}.",
            )
            self._check_pictures(ledger)

    def _check_pictures(self, ledger: Ledger) -> None:
        ledger.rule(
            "pictures are only pixels",
            _ENGINE,
            self._soiled,
            "No picture holds anything beside its pixels.",
            "Pictures that hold something beside their pixels: {}.",
        )
        check_pictures(ledger, _ENGINE, self._pictures, len(ledger.seen))

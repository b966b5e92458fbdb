"""What a released Office package of ours may consist of: an allow-list of parts and of markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from redactor.release.verify.ledger import PYTHON, Ledger

_ENGINE = f"{PYTHON} zipfile"

_ALLOWED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:app|core)\.xml"
    r"|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/theme/theme1\.xml"
    r"|word/document\.xml|word/_rels/document\.xml\.rels|word/styles\.xml|word/numbering\.xml"
    r"|word/settings\.xml|word/fontTable\.xml|word/theme/theme1\.xml|word/(?:header|footer)\d*\.xml"
)

#: Markup that hides, remembers, calculates or points elsewhere; by part, as sentences name it.
_RULES: tuple[tuple[str, str, str], ...] = (
    ("hidden sheets", r"xl/workbook\.xml", r"<(?:\w+:)?sheet\b[^>]*\bstate\s*=\s*[\"'](?!visible)"),
    ("defined names", r"xl/workbook\.xml", r"<(?:\w+:)?definedName\b"),
    ("references to other files", r".*\.rels", r"TargetMode\s*=\s*[\"']External"),
    (
        "hidden rows or columns",
        r"xl/worksheets/.*",
        r"<(?:\w+:)?(?:row|col)\b[^>]*\b(?:hidden|collapsed)\s*=\s*[\"'](?:1|true)",
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
            r"<w:(?:instrText|fldSimple|sdt|commentReference|object|pict|drawing|altChunk"
            r"|customXml|smartTag|bookmarkStart|hyperlink|docVar|attachedTemplate)\b"
        ),
    ),
    ("markup comments", r".*", r"<!--|<!DOCTYPE|<!ENTITY"),
)
_FORBIDDEN = tuple(
    (title, re.compile(where), re.compile(pattern.encode())) for title, where, pattern in _RULES
)

#: A cell with nothing but a value: no rule speaks of it, and a sheet is made of little else.
_PLAIN_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?(?: t="\w+")?>'
    rb'(?:<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>)</c>'
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
    """Counts, part by part, the markup that a release may not hold."""

    def __init__(self) -> None:
        self._found: Counter[str] = Counter()
        self._looked: set[str] = set()

    def look(self, name: str, data: bytes) -> None:
        """Look at one part."""
        if name.startswith("xl/worksheets/"):
            data = _PLAIN_CELL.sub(b"", data)
        for title, where, pattern in _FORBIDDEN:
            if where.fullmatch(name):
                self._looked.add(title)
                self._found[title] += sum(1 for _ in pattern.finditer(data))

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

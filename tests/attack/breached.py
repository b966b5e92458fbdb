# ruff: noqa: E501 - markup is easier to check on one line
"""The workbooks of six breaches, rebuilt: the same structures, with invented people.

What leaked in each is told in the decisions and statements that followed; the names of the files'
parts are those that Excel writes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import openpyxl
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from redactor.model import HiddenKind

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADING = ("Surname", "Initials", "Grade", "Unit", "Service number")

Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A workbook as it was sent.

    Attributes:
        data: the file.
        hidden: a word of each row that nobody was to see, none of which is seen.
        shown: what the answer to the request was.
        tallied: what has to be named, with its count in this unit.
    """

    data: bytes = field(repr=False)
    hidden: tuple[str, ...] = field(repr=False)
    shown: tuple[str, ...]
    tallied: tuple[tuple[HiddenKind, int, str], ...]


def people(count: int, family: str) -> list[Row]:
    """Invent people, each with a surname and a number of their own."""
    return [
        (
            f"{family}{_letters(number)}",
            "AB",
            ("Constable", "Sergeant", "Inspector")[number % 3],
            f"Unit {number % 7}",
            f"7{number:07}3",
        )
        for number in range(count)
    ]


def _letters(number: int) -> str:
    """Write a number in small letters, four of them."""
    return "".join(chr(97 + number // 26**place % 26) for place in range(4))


def _words(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(word for row in rows for word in (row[0], row[-1]))


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _answer(book: openpyxl.Workbook, *rows: tuple[str, int]) -> Worksheet:
    sheet = book.active
    assert sheet is not None
    sheet.title = "Response"
    sheet.append(["Grade", "Number"])
    for row in rows:
        sheet.append(list(row))
    return sheet


def _filled(sheet: Worksheet, rows: Sequence[Row]) -> None:
    sheet.append(list(_HEADING))
    for row in rows:
        sheet.append(list(row))


def psni(count: int = 60) -> Breach:
    """Every sheet with the analysis is deleted but the answer; the extract stays, hidden."""
    rows = people(count, "Tregenza")
    book = openpyxl.Workbook()
    _answer(book, ("Constable", 4101), ("Sergeant", 977))
    extract = book.create_sheet("Extract")
    _filled(extract, rows)
    extract.sheet_state = "hidden"
    return Breach(
        _saved(book),
        _words(rows),
        ("4101", "977"),
        ((HiddenKind.HIDDEN_SHEET, 1, "sheets"), (HiddenKind.HIDDEN_SHEET, count + 1, "rows")),
    )


def norfolk_and_suffolk(count: int = 60) -> Breach:
    """Crime statistics, and behind them the reports they were counted from."""
    reports, beside = people(count, "Penhallow"), people(9, "Carnsew")
    book = openpyxl.Workbook()
    answer = _answer(book, ("Violence", 212), ("Burglary", 88))
    for number, row in enumerate(beside, start=20):
        for column, text in enumerate(row, start=1):
            answer.cell(number, column, text)
        answer.row_dimensions[number].hidden = True
    raw = book.create_sheet("RawData")
    _filled(raw, reports)
    raw.sheet_state = "veryHidden"
    return Breach(
        _saved(book),
        (*_words(reports), *_words(beside)),
        ("212", "88"),
        (
            (HiddenKind.VERY_HIDDEN_SHEET, count + 1, "rows"),
            (HiddenKind.HIDDEN_ROW, len(beside), "rows"),
        ),
    )


def cambridge(count: int = 60) -> Breach:
    """A pivot table, whose cache keeps every patient after their sheet is gone."""
    rows = people(count, "Lanyon")
    book = openpyxl.Workbook()
    _answer(book, ("Maternity", 311), ("Oncology", 42))
    data = with_pivot(_saved(book), rows)
    return Breach(data, _words(rows), ("311", "42"), ((HiddenKind.PIVOT_CACHE, count, "rows"),))


def islington(count: int = 60, time: int = 1) -> Breach:
    """Pivot tables and the sheets they were made from, hidden; sent three times."""
    rows = people(count, ("Boscawen", "Godolphin", "Killigrew")[time - 1])
    book = openpyxl.Workbook()
    _answer(book, ("Tenants", 600 + time), ("Leaseholders", 40 + time))
    source = book.create_sheet("Source")
    _filled(source, rows)
    source.sheet_state = "hidden"
    return Breach(
        with_pivot(_saved(book), rows),
        _words(rows),
        (str(600 + time), str(40 + time)),
        (
            (HiddenKind.PIVOT_CACHE, count, "rows"),
            (HiddenKind.HIDDEN_SHEET, count + 1, "rows"),
        ),
    )


def southend(count: int = 60) -> Breach:
    """A locked, read-only workbook on one department; asked otherwise it tells of the council."""
    rows = people(count, "Nancarrow")
    book = openpyxl.Workbook()
    answer = _answer(book, ("Planning", 18), ("Housing", 25))
    answer.protection.sheet = True
    answer.protection.password = "locked"
    book.security = WorkbookProtection(lockStructure=True)
    staff = book.create_sheet("Staff")
    _filled(staff, rows)
    for number in range(5, count + 2):
        staff.row_dimensions[number].hidden = True
    staff.auto_filter.ref = f"A1:E{count + 1}"
    staff.auto_filter.add_filter_column(3, ["Unit 0"])
    staff.sheet_state = "veryHidden"
    staff.protection.sheet = True
    data = with_pivot(_saved(book), rows)
    data = _edited(
        data,
        "xl/workbook.xml",
        lambda xml: xml.replace(
            "<workbookPr", '<fileSharing readOnlyRecommended="1"/><workbookPr', 1
        ),
    )
    return Breach(
        data,
        _words(rows),
        ("18", "25"),
        (
            (HiddenKind.PIVOT_CACHE, count, "rows"),
            (HiddenKind.VERY_HIDDEN_SHEET, count + 1, "rows"),
        ),
    )


def mod_afghan(count: int = 400) -> Breach:
    """A list thought to hold 150 people; all the others are filtered out of sight below."""
    shown, hidden = people(150, "Visible"), people(count, "Tremayne")
    hidden = [(*row[:-1], f"8{row[-1]}") for row in hidden]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Cases"
    _filled(sheet, [*shown, *hidden])
    sheet.auto_filter.ref = f"A1:E{len(shown) + len(hidden) + 1}"
    sheet.auto_filter.add_filter_column(3, ["Unit 0"])
    for number in range(len(shown) + 2, len(shown) + len(hidden) + 2):
        sheet.row_dimensions[number].hidden = True
    return Breach(
        _saved(book),
        _words(hidden),
        (shown[0][0], shown[-1][0]),
        ((HiddenKind.HIDDEN_ROW, count, "rows"),),
    )


# --- a pivot table, part by part ---------------------------------------------------------------


def with_pivot(data: bytes, rows: Sequence[Row]) -> bytes:
    """Give a workbook a pivot table on its first sheet, with the rows in its cache."""
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0"><sharedItems/></cacheField>' for name in _HEADING
    )
    pivot_fields = '<pivotField axis="axisRow" showAll="0"><items count="1"><item t="default"/></items></pivotField>'
    pivot_fields += '<pivotField showAll="0"/>' * (len(_HEADING) - 1)
    records = "".join(
        "<r>" + "".join(f'<s v="{value}"/>' for value in row) + "</r>" for row in rows
    )
    parts = {
        "xl/pivotCache/pivotCacheDefinition1.xml": (
            f'<pivotCacheDefinition xmlns="{_MAIN}" xmlns:r="{_R}" r:id="rId1" refreshedBy="A clerk" '
            f'recordCount="{len(rows)}" createdVersion="6" refreshedVersion="6">'
            f'<cacheSource type="worksheet"><worksheetSource ref="A1:E{len(rows) + 1}" sheet="Source"/></cacheSource>'
            f'<cacheFields count="{len(_HEADING)}">{fields}</cacheFields></pivotCacheDefinition>'
        ),
        "xl/pivotCache/pivotCacheRecords1.xml": (
            f'<pivotCacheRecords xmlns="{_MAIN}" count="{len(rows)}">{records}</pivotCacheRecords>'
        ),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": _arrows(
            ("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")
        ),
        "xl/pivotTables/pivotTable1.xml": (
            f'<pivotTableDefinition xmlns="{_MAIN}" name="Pivot" cacheId="7" dataCaption="Values">'
            '<location ref="G1:H3" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
            f'<pivotFields count="{len(_HEADING)}">{pivot_fields}</pivotFields></pivotTableDefinition>'
        ),
        "xl/pivotTables/_rels/pivotTable1.xml.rels": _arrows(
            ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": _arrows(
            ("rIdPivot", "pivotTable", "../pivotTables/pivotTable1.xml")
        ),
    }
    data = _edited(data, "[Content_Types].xml", _with_types)
    data = _edited(
        data,
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>",
            _arrow("rIdCache", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
            + "</Relationships>",
        ),
    )
    data = _edited(
        data,
        "xl/workbook.xml",
        lambda xml: re.sub(
            r"(<calcPr[^>]*/>)",
            rf'\1<pivotCaches><pivotCache cacheId="7" xmlns:r="{_R}" r:id="rIdCache"/></pivotCaches>',
            xml,
        ),
    )
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _with_types(xml: str) -> str:
    kinds = {
        "pivotCache/pivotCacheDefinition1": "pivotCacheDefinition",
        "pivotCache/pivotCacheRecords1": "pivotCacheRecords",
        "pivotTables/pivotTable1": "pivotTable",
    }
    listed = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for part, kind in kinds.items()
    )
    return xml.replace("</Types>", f"{listed}</Types>")


def _arrow(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>'


def _arrows(*arrows: tuple[str, str, str]) -> str:
    listed = "".join(_arrow(*one) for one in arrows)
    return f'<Relationships xmlns="{_RELS}">{listed}</Relationships>'


def _edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Change one part of a package, which has to change."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                changed = change(content.decode("utf-8"))
                assert changed.encode() != content, part
                content = changed.encode()
            new.writestr(name, content)
    return stream.getvalue()

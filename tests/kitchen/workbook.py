"""A workbook with a word of its own in every place where a workbook can hold one.

The places are those of ECMA-376 parts 1 and 4, of Microsoft's extensions ([MS-XLSX]), and of the
zip around them; each word stands in one place only, so that a report or a release can be asked for
every place by name.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from tests.kitchen.background import ARROWS, MICROSOFT, OFFICE, Background
from tests.kitchen.markers import Markers
from tests.kitchen.workbook_over import add_over
from tests.kitchen.workbook_parts import BOOK, add_parts, workbook_xml
from tests.kitchen.workbook_sheets import (
    WHITE,
    cell,
    chart_sheet,
    dialog_sheet,
    macro_sheet,
    main_sheet,
    row,
    shared_strings,
    sheet,
)

_P = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = f"{OFFICE}.spreadsheetml"


#: A tab that is seen, of a sheet that no release carries.
CHART_TAB = "name of a sheet that is a chart"


@dataclass(frozen=True, slots=True)
class KitchenBook:
    """The file, and the word in each place by the place's name.

    Attributes:
        seen: the places that the grid or a sheet's tab shows.
    """

    data: bytes = field(repr=False)
    markers: dict[str, str]
    seen: frozenset[str]


def kitchen_workbook() -> KitchenBook:
    """Write the workbook, an .xlsm."""
    marks = Markers("Larder")
    back = Background()
    listed = _sheets(marks, back)
    back.add("xl/sharedStrings.xml", shared_strings(marks), f"{_SHEET_TYPE}.sharedStrings+xml")
    back.point(BOOK, ("rStrings", "sharedStrings", "sharedStrings.xml"))
    add_parts(marks, back)
    add_over(marks, back)
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    back.add(BOOK, workbook_xml(marks, listed), kind)
    back.point("", ("rBook", "officeDocument", BOOK))
    return KitchenBook(_packed(marks, back), marks.by_place, frozenset(marks.seen))


def _sheets(marks: Markers, back: Background) -> str:
    """Add the sheets; gives the list of them."""
    name = marks.shown
    cells = row(1, cell("A1", marks("white text"), WHITE), cell("B1", "seen"))
    sheets = (
        ("Shown", "", "worksheet", "worksheets/sheet1.xml", main_sheet(marks)),
        (name("name of a sheet"), "", "worksheet", "worksheets/sheet2.xml", sheet(cells)),
        (marks("name of a hidden sheet"), "hidden", "worksheet", "worksheets/sheet3.xml",
         sheet(row(1, cell("A1", marks("cell of a hidden sheet"))))),
        (marks("name of a very hidden sheet"), "veryHidden", "worksheet", "worksheets/sheet4.xml",
         sheet(row(1, cell("A1", marks("cell of a very hidden sheet"))))),
        (name(CHART_TAB), "", "chartsheet", "chartsheets/sheet1.xml",
         chart_sheet(marks)),
        (marks("name of a macro sheet"), "hidden",
         f"{MICROSOFT}/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml",
         macro_sheet(marks)),
        (marks("name of a dialogue sheet"), "hidden", "dialogsheet", "dialogsheets/sheet1.xml",
         dialog_sheet(marks)),
    )  # fmt: skip
    plain = ("worksheet", "chartsheet", "dialogsheet")
    types = {one: f"{_SHEET_TYPE}.{one}+xml" for one in plain}
    listed = ""
    for number, (title, state, kind, part, xml) in enumerate(sheets, 1):
        back.add(f"xl/{part}", xml, types.get(kind, "application/vnd.ms-excel.macrosheet+xml"))
        back.point(BOOK, (f"rId{number}", kind, part))
        shown = f' state="{state}"' if state else ""
        listed += f'<sheet name="{title}" sheetId="{number}"{shown} r:id="rId{number}"/>'
    return listed


def _packed(marks: Markers, back: Background) -> bytes:
    parts = {"[Content_Types].xml": _types(back).encode(), **back.parts}
    for owner, arrows in back.arrows.items():
        folder, _, base = owner.rpartition("/")
        parts[f"{folder}/_rels/{base}.rels".lstrip("/")] = _rels(arrows).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = marks("remark of the zip").encode()
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.comment = marks("remark of a part").encode() if name == BOOK else b""
            archive.writestr(info, data)
        archive.writestr("deleted.xml", f"<gone>{marks('part struck from the list')}</gone>")
        del archive.NameToInfo["deleted.xml"]
        archive.filelist.pop()
    return stream.getvalue() + marks("bytes behind the end of the file").encode()


def _types(back: Background) -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml", "png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif",
        "svg": "image/svg+xml", "emf": "image/x-emf", "wmf": "image/x-wmf",
        "bin": "application/octet-stream", "vml": f"{OFFICE}.vmlDrawing",
        "xlsx": f"{_SHEET_TYPE}.sheet", "docx": f"{OFFICE}.wordprocessingml.document",
    }  # fmt: skip
    listed = "".join(
        f'<Default Extension="{one}" ContentType="{kind}"/>' for one, kind in defaults.items()
    )
    listed += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in back.types.items()
    )
    return f'<Types xmlns="{_P}/content-types">{listed}</Types>'


def _rels(arrows: tuple[tuple[str, str, str], ...]) -> str:
    listed = ""
    for key, kind, target in arrows:
        outside = target.startswith(("http", "mailto", "file"))
        full = kind if kind.startswith("http") else f"{ARROWS}/{kind}"
        if kind == "core-properties":
            full = f"{_P}/relationships/metadata/core-properties"
        mode = ' TargetMode="External"' if outside else ""
        listed += f'<Relationship Id="{key}" Type="{full}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{_P}/relationships">{listed}</Relationships>'

#!/usr/bin/env python3
"""Rebuild the sample case from ``source/``: the same text gives the same files.

Run with the development environment: ``python resources/sample_case/build.py [--out FOLDER]``.
Everyone and everything in the case is invented. Telephone numbers are Ofcom's for drama, the NHS
number is from the test range, the National Insurance number has the unissued prefix QQ, mail
domains are those of RFC 2606, and the postcode districts and registration mark are not in use.

The documents hold, on purpose, what real drafts hold: names in a drafting note, a hidden sheet,
comments, and authors in the properties.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pymupdf
from docx.opc.constants import RELATIONSHIP_TYPE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "source"
#: A fixed moment for every date that a library would otherwise take from the clock.
WRITTEN = dt.datetime(2025, 4, 9, 10, 30)  # noqa: DTZ001 - both libraries want it without a zone
AUTHOR = "Imogen Cartwright"
REFERENCE = "MC/FOI/2025/0417"
YEARS = range(2018, 2024)

Case = dict[str, str]


# --- the text of a document -------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """A piece of a document: ``heading1``, ``text``, ``bullet`` or ``row`` with its cells."""

    kind: str
    text: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A document of running text."""

    header: str
    footer: str
    blocks: tuple[Block, ...]


def read_text(name: str) -> Text:
    """Read a source text: ``# `` begins a heading, ``- `` a bullet and ``|`` a row of a table."""
    lines = (SOURCE / name).read_text(encoding="utf-8").splitlines()
    header, footer = (line.partition(": ")[2] for line in lines[:2])
    return Text(header, footer, tuple(_block(line) for line in lines[2:] if line.strip()))


def _block(line: str) -> Block:
    if line.startswith("# "):
        return Block("heading", line[2:])
    if line.startswith("- "):
        return Block("bullet", line[2:])
    if line.startswith("|"):
        return Block("row", cells=tuple(cell.strip() for cell in line.strip("|").split("|")))
    return Block("text", line)


def with_tables(blocks: tuple[Block, ...]) -> Iterator[Block | list[Block]]:
    """Give the blocks in order, each run of rows as one list."""
    rows: list[Block] = []
    for block in (*blocks, None):
        if block is not None and block.kind == "row":
            rows.append(block)
            continue
        if rows:
            yield rows
            rows = []
        if block is not None:
            yield block


def read_cases() -> list[Case]:
    """Read the rows that every table of the workbook counts."""
    with (SOURCE / "cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- packages ---------------------------------------------------------------------------------


def repack(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Write a package again with fixed dates, each part passed through ``change``."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, change(name, old.read(name)))
    return written.getvalue()


# --- the letter -------------------------------------------------------------------------------


def letter_docx(text: Text) -> bytes:
    """Write the letter as a Word document."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = text.header
    section.footer.paragraphs[0].text = text.footer
    for block in with_tables(text.blocks):
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0].cells), style="Table Grid")
            for row in block:
                for cell, value in zip(table.add_row().cells, row.cells, strict=True):
                    cell.text = value
        elif block.kind == "heading":
            document.add_heading(block.text, level=1)
        else:
            document.add_paragraph(block.text, "List Bullet" if block.kind == "bullet" else None)
    properties = document.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = f"Response {REFERENCE}"
    properties.comments = ""
    properties.created = properties.modified = WRITTEN
    _drop_template_leftovers(document)
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue(), lambda _, part: part)


def _drop_template_leftovers(document: docx.document.Document) -> None:
    """Drop the picture, the custom XML and the second styles of python-docx's own template."""
    package = document.part.package
    for relations, unwanted in (
        (package.rels, "thumbnail"),
        (document.part.rels, RELATIONSHIP_TYPE.CUSTOM_XML),
        (document.part.rels, "stylesWithEffects"),
    ):
        for key in [key for key, one in relations.items() if one.reltype.endswith(unwanted)]:
            del relations[key]


_STYLE = """
body { font-family: sans-serif; font-size: 10pt; line-height: 1.25; }
h1 { font-size: 12.5pt; margin: 9pt 0 3pt 0; }
p { margin: 0 0 5pt 0; }
ul { margin: 0 0 5pt 0; }
td { padding: 1pt 8pt 1pt 0; vertical-align: top; }
"""
_EDGE = 56.0


def text_pdf(text: Text, title: str) -> bytes:
    """Write running text as a PDF of A4 pages with a header and a footer on each."""
    page = pymupdf.paper_rect("a4")
    inner = pymupdf.Rect(_EDGE, _EDGE + 14, page.x1 - _EDGE, page.y1 - _EDGE - 14)
    story = pymupdf.Story(_html(text.blocks), user_css=_STYLE)
    written = io.BytesIO()
    writer = pymupdf.DocumentWriter(written)
    more = 1
    while more:
        device = writer.begin_page(page)
        more, _ = story.place(inner)
        story.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open("pdf", written.getvalue()) as document:
        for one in document:
            one.insert_text((_EDGE, _EDGE - 10), text.header, fontsize=8)
            below = page.height - _EDGE + 14
            one.insert_text((_EDGE, below), _footer_lines(text.footer), fontsize=7)
        stamp = WRITTEN.strftime("D:%Y%m%d%H%M%SZ")
        document.set_metadata(
            {"title": title, "author": AUTHOR, "creationDate": stamp, "modDate": stamp}
        )
        data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
    return data


def _footer_lines(footer: str) -> list[str]:
    return footer.split("; ")


def _html(blocks: tuple[Block, ...]) -> str:
    return "".join(_html_of(block) for block in with_tables(blocks))


def _html_of(block: Block | list[Block]) -> str:
    if isinstance(block, list):
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) + "</tr>"
            for row in block
        )
        return f"<table>{rows}</table>"
    text = html.escape(block.text)
    shapes = {"heading": f"<h1>{text}</h1>", "bullet": f"<ul><li>{text}</li></ul>"}
    return shapes.get(block.kind, f"<p>{text}</p>")


# --- the workbook -----------------------------------------------------------------------------

_BOLD = Font(bold=True)


@dataclass
class Table:
    """A table of counts being written; ``values`` are the results of its formulas."""

    sheet: Worksheet
    values: dict[str, int]

    def total(self, row: int, column: int, first: str, last: str) -> None:
        """Write a sum, and remember what it comes to."""
        cell = self.sheet.cell(row, column, f"=SUM({first}:{last})")
        cell.font = _BOLD
        self.values[cell.coordinate] = sum(
            self.values.get(one.coordinate, one.value)
            for line in self.sheet[f"{first}:{last}"]
            for one in line
        )


def count_table(
    sheet: Worksheet,
    title: str,
    cases: list[Case],
    row_of: Callable[[Case], str],
    column_of: Callable[[Case], str],
) -> dict[str, int]:
    """Write a two-way table of counts with its totals. Give the results of its formulas."""
    counts = Counter((row_of(case), column_of(case)) for case in cases)
    rows = sorted({row for row, _ in counts})
    columns = sorted({column for _, column in counts})
    sheet["A1"] = title
    sheet["A1"].font = _BOLD
    for at, name in enumerate(["", *columns, "Total"], 1):
        sheet.cell(3, at, name or None).font = _BOLD
    table = Table(sheet, {})
    for line, row in enumerate(rows, 4):
        sheet.cell(line, 1, int(row) if row.isdigit() else row)
        for at, column in enumerate(columns, 2):
            sheet.cell(line, at, counts[row, column])
        end = f"{get_column_letter(len(columns) + 1)}{line}"
        table.total(line, len(columns) + 2, f"B{line}", end)
    last = 3 + len(rows)
    sheet.cell(last + 1, 1, "Grand total").font = _BOLD
    for at in range(2, len(columns) + 3):
        letter = get_column_letter(at)
        table.total(last + 1, at, f"{letter}4", f"{letter}{last}")
    sheet.column_dimensions["A"].width = 40
    return table.values


def _year(case: Case) -> str:
    return case["received"][:4]


def workbook(cases: list[Case]) -> bytes:
    """Write the workbook: notes, four linked tables, the cases of 2023 and the hidden source."""
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Notes"
    tables = {
        "Table 1": ("Complaints by year and complainant", _year, lambda c: c["complainant_is"]),
        "Table 2": ("Allegations by year", lambda c: c["allegation"], _year),
        "Table 3": ("Outcomes by year", lambda c: c["outcome"], _year),
        "Table 4": ("Outcomes by allegation", lambda c: c["outcome"], lambda c: c["allegation"]),
    }
    results = {
        name: count_table(book.create_sheet(name), f"{name}: {title}", cases, row, column)
        for name, (title, row, column) in tables.items()
    }
    titles = {name: title for name, (title, *_) in tables.items()}
    results["Notes"] = _write_notes(notes, titles, results)
    _write_cases(book.create_sheet("Cases 2023"), cases)
    _write_source(book.create_sheet("Source"), cases)
    book["Table 2"]["G4"].comment = _comment(
        "One of these is PC Ashworth, case 37. Ask DI Ramanathan before this goes."
    )
    book["Cases 2023"]["C4"].comment = _comment(
        "Stellan Everdene's solicitor has written about this one."
    )
    properties = book.properties
    properties.creator = properties.lastModifiedBy = AUTHOR
    properties.title = f"Tables for {REFERENCE}"
    properties.created = properties.modified = WRITTEN
    written = io.BytesIO()
    book.save(written)
    paths = {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(book.sheetnames, 1)}
    return repack(written.getvalue(), lambda name, part: _finish_part(name, part, results, paths))


def _comment(text: str) -> Comment:
    return Comment(text, AUTHOR)


def _write_notes(
    sheet: Worksheet, titles: dict[str, str], results: dict[str, dict[str, int]]
) -> dict[str, int]:
    sheet["A1"] = f"Marlshire Constabulary: response {REFERENCE}"
    sheet["A1"].font = _BOLD
    sheet["A2"] = "Complaints of rape, sexual assault and other sexual misconduct made by women"
    sheet["A4"], sheet["B4"] = "Table", "Grand total"
    values = {}
    for line, (name, title) in enumerate(titles.items(), 5):
        corner, total = list(results[name].items())[-1]  # a table's last sum is its grand total
        sheet.cell(line, 1, f"{name}: {title}")
        sheet.cell(line, 2, f"='{name}'!{corner}")
        values[f"B{line}"] = total
    sheet["A10"] = "Outcomes are as they stood on 28 March 2025."
    sheet.column_dimensions["A"].width = 60
    return values


def _write_cases(sheet: Worksheet, cases: list[Case]) -> None:
    sheet["A1"] = "Cases received in 2023 (question 2b)"
    sheet["A1"].font = _BOLD
    _write_rows(
        sheet,
        3,
        ["Case", "Allegation", "Context", "Outcome"],
        [
            [int(case["case"]), case["allegation"], case["context"], case["outcome"]]
            for case in cases
            if _year(case) == "2023"
        ],
    )
    for letter, width in (("B", 38), ("C", 90), ("D", 24)):
        sheet.column_dimensions[letter].width = width
    for cell in sheet["C"][3:]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _write_source(sheet: Worksheet, cases: list[Case]) -> None:
    names = [name for name in cases[0] if name != "context"]
    _write_rows(sheet, 1, names, [[case[name] for name in names] for case in cases])
    sheet.sheet_state = "hidden"


def _write_rows(sheet: Worksheet, first: int, heads: list[str], rows: list[list[object]]) -> None:
    for at, head in enumerate(heads, 1):
        sheet.cell(first, at, head).font = _BOLD
    for line, row in enumerate(rows, first + 1):
        for at, value in enumerate(row, 1):
            sheet.cell(line, at, value)


def _finish_part(
    name: str, part: bytes, results: dict[str, dict[str, int]], paths: dict[str, str]
) -> bytes:
    """Put the results of the formulas in, as a spreadsheet program does, and the dates right."""
    text = part.decode()
    if name == "docProps/core.xml":
        stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ")
        return re.sub(r"(<dcterms:\w+[^>]*>)[^<]*", rf"\g<1>{stamp}", text).encode()
    values = results.get(paths.get(name, ""))
    if values is None:
        return part

    def with_value(match: re.Match[str]) -> str:
        return f"{match[1]}<v>{values[match[2]]}</v>"

    pattern = r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*/?>(?:</v>)?'
    return re.sub(pattern, with_value, text).encode()


# --- the rows and the whole -------------------------------------------------------------------


def complaints_csv(cases: list[Case]) -> bytes:
    """Write the complaints of 2023 as a spreadsheet program exports them: CRLF, with a mark."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    heads = [name.replace("_", " ").capitalize() for name in cases[0]]
    writer.writerow(heads)
    for case in cases:
        if _year(case) == "2023":
            writer.writerow([_as_typed(value) for value in case.values()])
    return written.getvalue().encode("utf-8-sig")


def _as_typed(value: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else value


def build(folder: Path) -> None:
    """Write every document of the sample case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = read_cases()
    letter = read_text("letter.txt")
    summary = read_text("summary.txt")
    documents = {
        "response-letter.docx": letter_docx(letter),
        "response-letter.pdf": text_pdf(letter, f"Response {REFERENCE}"),
        "allegations.xlsx": workbook(cases),
        "complaints-2023.csv": complaints_csv(cases),
        "misconduct-summary.pdf": text_pdf(summary, "Misconduct summary, case 37"),
    }
    for name, data in documents.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rebuild the sample case.")
    parser.add_argument("--out", type=Path, default=HERE / "documents")
    build(parser.parse_args().out)

"""What every format promises, held against every format in the list."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import Cancelled, UnreadableDocument
from redactor.formats import FORMATS, detect_format, format_named, known_suffixes
from redactor.formats.base import TARGETS, Format, RebuildPlan, Rebuilt, Spot
from redactor.model import Document, Ruling
from tests.unit.formats import ods_samples as ods
from tests.unit.formats import xls_samples as xls
from tests.unit.formats import xlsb_samples as xlsb
from tests.unit.formats.office import (
    W,
    document,
    everything,
    paragraph,
    row_of,
    run,
    sheet,
    text_cell,
    workbook,
)

CANARY = "Quillfeather"
KEPT = "The panel met on 14 March 2023"


def a_pdf() -> bytes:
    made = pymupdf.open()
    page = made.new_page()
    page.insert_text((72, 90), f"PC {CANARY} was there")
    page.insert_text((72, 120), KEPT)
    made.set_metadata({"author": CANARY})
    note = page.add_text_annot((200, 200), f"ask {CANARY}")
    note.update()
    data: bytes = made.tobytes()
    made.close()
    return data


def a_workbook() -> bytes:
    rows = row_of(1, text_cell("A1", f"PC {CANARY} was there"), text_cell("B1", KEPT))
    rows += row_of(2, text_cell("A2", f"hidden {CANARY}"), attributes=' hidden="1"')
    return workbook(
        {"Cases": sheet(rows), "Source": sheet(row_of(1, text_cell("A1", CANARY)))},
        states={"Source": "veryHidden"},
        extra={
            "xl/comments1.xml": f"<comments><comment>{CANARY}</comment></comments>",
            "docProps/core.xml": f"<coreProperties><creator>{CANARY}</creator></coreProperties>",
            "xl/pivotCache/pivotCacheRecords1.xml": f'<records><s v="{CANARY}"/></records>',
        },
        workbook_xml=f'<definedNames><definedName name="x">"{CANARY}"</definedName></definedNames>',
    )


def an_old_workbook() -> bytes:
    cells = (
        xls.row(1, hidden=True)
        + xls.shared(0, 0, 0)
        + xls.label(0, 1, KEPT)
        + xls.label(1, 0, f"hidden {CANARY}")
        + xls.drawing_object(0x19, 1)
        + xls.text_object(f"ask {CANARY}")
        + xls.note(0, 0, 1, CANARY)
    )
    source = xls.SheetOf(xls.label(0, 0, CANARY), state=2)
    return xls.workbook(
        {"Cases": cells, "Source": source},
        texts=[f"PC {CANARY} was there", f"once {CANARY}"],
        extra=xls.record(0x005C, xls.text(CANARY).ljust(112)),
        streams={
            "_SX_DB_CUR/0001": xls.pivot_cache(CANARY, "Officer", [CANARY], 3),
            "\x05SummaryInformation": xls.properties({4: CANARY}),
        },
    )


def a_binary_workbook() -> bytes:
    rows = xlsb.row(0) + xlsb.shared(0, 0) + xlsb.inline(1, KEPT)
    rows += xlsb.row(1, hidden=True) + xlsb.inline(0, f"hidden {CANARY}")
    source = xlsb.SheetOf(xlsb.sheet(xlsb.row(0) + xlsb.inline(0, CANARY)), 2)
    cache = "xl/pivotCache/pivotCacheRecords1.bin"
    return xlsb.workbook(
        {"Cases": xlsb.sheet(rows), "Source": source},
        texts=(f"PC {CANARY} was there", f"once {CANARY}"),
        names={"x": CANARY},
        extra={
            cache: xlsb.record(24, xlsb.text(CANARY)),
            "docProps/core.xml": f"<coreProperties><creator>{CANARY}</creator></coreProperties>",
        },
        extra_types={cache: "application/vnd.ms-excel.pivotCacheRecords"},
    )


def an_open_spreadsheet() -> bytes:
    note = f"<office:annotation><text:p>ask {CANARY}</text:p></office:annotation>"
    rows = ods.row(ods.cell(f"PC {CANARY} was there", inside=note), ods.cell(KEPT))
    rows += ods.row(ods.cell(f"hidden {CANARY}"), attributes='table:visibility="collapse"')
    source = ods.table("Source", ods.row(ods.cell(CANARY)), 'table:style-name="gone"')
    gone = '<style:table-properties table:display="false"/>'
    return ods.spreadsheet(
        ods.table("Cases", rows) + source,
        styles=ods.style("gone", "table", gone),
        beside='<table:named-expressions><table:named-expression table:name="x" '
        f'table:expression="&quot;{CANARY}&quot;"/></table:named-expressions>',
        extra={
            "meta.xml": ods.part(
                "document-meta", f"<office:meta><dc:creator>{CANARY}</dc:creator></office:meta>"
            )
        },
    )


def a_document() -> bytes:
    header = f'<w:hdr xmlns:w="{W}">{paragraph(CANARY + " in a header")}</w:hdr>'
    body = (
        paragraph("PC Quill", "feather was there")
        + paragraph(KEPT)
        + f"<w:p><w:del>{run(CANARY)}</w:del>{run(CANARY, '<w:vanish/>')}</w:p>"
        + '<w:sectPr><w:headerReference r:id="h1"/></w:sectPr>'
    )
    return document(
        body,
        extra={
            "word/header1.xml": header,
            "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment>{paragraph(CANARY)}'
            "</w:comment></w:comments>",
            "docProps/core.xml": f"<coreProperties><creator>{CANARY}</creator></coreProperties>",
        },
        document_rels=(("h1", "header", "header1.xml"),),
    )


def a_picture() -> bytes:
    made = pymupdf.open()
    page = made.new_page(width=300, height=90)
    page.insert_text((15, 35), f"PC {CANARY} was there", fontsize=14)
    page.insert_text((15, 70), KEPT, fontsize=14)
    picture = page.get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
    picture.set_dpi(150, 150)
    data: bytes = picture.tobytes("png")
    said = b"tEXt" + f"Author\0{CANARY}".encode("latin-1")
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return data[:33] + chunk + data[33:]


def a_table() -> bytes:
    return f"who,what\r\nPC {CANARY} was there,{KEPT}\r\n".encode()


def a_text() -> bytes:
    return f"PC {CANARY} was there\r\n{KEPT}\r\n".encode()


EXAMPLES: dict[str, Callable[[], bytes]] = {
    "pdf": a_pdf,
    "xlsx": a_workbook,
    "xls": an_old_workbook,
    "xlsb": a_binary_workbook,
    "ods": an_open_spreadsheet,
    "docx": a_document,
    "scan": a_picture,
    "csv": a_table,
    "txt": a_text,
}

#: Everything that may come of a file (see UnreadableDocument).
OUTCOMES = {
    "read", "empty", "truncated", "encrypted", "too-large", "bomb", "wrong-type", "damaged",
    "unsupported",
}  # fmt: skip

each_format = pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)


def outcome(one: Format, data: bytes) -> str:
    """Read a file and rebuild it: ``read``, or the reason why not. Nothing else may come of it."""
    try:
        read = one.read(data)
        plan = RebuildPlan(rulings={part.place: Ruling.LEAVE_OUT for part in read.unread})
        one.rebuild(data, plan, one.targets[0])
    except UnreadableDocument as refusal:
        return refusal.reason if refusal.why and refusal.remedy else "unexplained"
    return "read"


def plan_against(read: Document, word: str) -> RebuildPlan:
    """Redact a word wherever it is seen, and leave out what was not read."""
    spots = {}
    for segment in read.segments:
        if segment.hidden is None and word in segment.text:
            start = segment.text.index(word)
            spots[segment.key] = (Spot(start, start + len(word), "s40(2)"),)
    return RebuildPlan(spots, rulings={one.place: Ruling.LEAVE_OUT for one in read.unread})


def text_again(rebuilt: Rebuilt) -> str:
    """Read a release back with our own readers."""
    texts: list[str] = []
    for one in rebuilt.files:
        again = detect_format(f"release{one.suffix}", one.data).read(one.data)
        texts += [segment.text for segment in again.segments]
    return " ".join(" ".join(texts).split())


def test_every_format_has_an_example_here() -> None:
    assert set(EXAMPLES) == {one.name for one in FORMATS}


@each_format
def test_a_format_says_what_it_is(one: Format) -> None:
    assert one.title
    assert one.suffixes
    assert set(one.suffixes) <= set(known_suffixes())
    assert set(one.targets) <= set(TARGETS)
    assert format_named(one.name) is one
    assert all(suffix.startswith(".") and suffix.islower() for suffix in one.suffixes)


@each_format
def test_its_own_bytes_are_recognised_and_others_are_not(one: Format) -> None:
    data = EXAMPLES[one.name]()
    assert detect_format(f"a{one.suffixes[0]}", data) is one
    for other in FORMATS:
        if other.has_signature and other is not one:
            assert not other.sniff(data)


@each_format
def test_nothing_at_all_is_refused_as_empty(one: Format) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        one.read(b"")
    assert refusal.value.reason == "empty"
    with pytest.raises(UnreadableDocument):
        one.rebuild(b"", RebuildPlan(), one.targets[0])


@each_format
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_read_or_refused(one: Format, share: float) -> None:
    whole = EXAMPLES[one.name]()
    cut_off = whole[: int(len(whole) * share)]
    assert outcome(one, cut_off) in OUTCOMES


@each_format
@settings(max_examples=40, deadline=None)
@given(
    noise=st.binary(min_size=1, max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
)
def test_random_bytes_are_read_or_refused(one: Format, noise: bytes, start: bytes) -> None:
    assert outcome(one, start + noise) in OUTCOMES


@each_format
@settings(max_examples=40, deadline=None)
@given(where=st.floats(0, 1), noise=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(one: Format, where: float, noise: bytes) -> None:
    data = bytearray(EXAMPLES[one.name]())
    at = int(where * (len(data) - len(noise)))
    data[at : at + len(noise)] = noise
    assert outcome(one, bytes(data)) in OUTCOMES


@each_format
def test_files_of_other_formats_are_read_or_refused(one: Format) -> None:
    for name, make in EXAMPLES.items():
        if name == one.name:
            continue
        assert outcome(one, make()) in {"read", "wrong-type", "damaged", "unsupported"}


@each_format
def test_the_canary_is_found_wherever_it_is(one: Format) -> None:
    read = one.read(EXAMPLES[one.name]())
    found = [segment for segment in read.segments if CANARY in segment.text]
    assert any(segment.hidden is None for segment in found)
    expected = {"pdf": 2, "xlsx": 6, "xls": 7, "docx": 6, "scan": 2}.get(one.name, 1)
    assert len(found) >= expected
    assert len({segment.key for segment in read.segments}) == len(read.segments)


@each_format
def test_the_canary_is_in_no_byte_of_a_release(one: Format) -> None:
    data = EXAMPLES[one.name]()
    plan = plan_against(one.read(data), CANARY)
    for target in one.targets:
        rebuilt = one.rebuild(data, plan, target)
        for written in rebuilt.files:
            whole = everything(written.data)
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert CANARY.encode(encoding) not in whole
        again = text_again(rebuilt)
        assert CANARY not in again
        assert "s40(2)" in again
        assert KEPT in again


@each_format
def test_with_nothing_withheld_all_that_was_seen_is_kept(one: Format) -> None:
    data = EXAMPLES[one.name]()
    read = one.read(data)
    plan = RebuildPlan(rulings={part.place: Ruling.LEAVE_OUT for part in read.unread})
    for target in one.targets:
        again = text_again(one.rebuild(data, plan, target))
        for segment in read.segments:
            if segment.hidden is None and not segment.id.startswith("part:sheet-name"):
                assert " ".join(segment.text.split()) in again


@each_format
def test_the_same_again_gives_the_same_bytes(one: Format) -> None:
    data = EXAMPLES[one.name]()
    read = one.read(data)
    assert read == one.read(data)
    plan = plan_against(read, CANARY)
    for target in one.targets:
        assert one.rebuild(data, plan, target) == one.rebuild(data, plan, target)


@each_format
def test_what_is_left_out_is_listed(one: Format) -> None:
    data = EXAMPLES[one.name]()
    read = one.read(data)
    kinds = {segment.hidden.value for segment in read.segments if segment.hidden is not None}
    plan = plan_against(read, CANARY)
    listed = {left.kind for left in one.rebuild(data, plan, one.targets[0]).left_out}
    assert kinds <= listed


@each_format
def test_cancelling_stops_a_reading(one: Format) -> None:
    def cancel(_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        one.read(EXAMPLES[one.name](), cancel)


def test_the_list_of_formats_loads_no_heavy_library() -> None:
    heavy = [
        "pymupdf",
        "openpyxl",
        "lxml",
        "pikepdf",
        "docx",
        "charset_normalizer",
        "olefile",
        "presidio_analyzer",
    ]
    check = f"import sys, redactor.formats; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

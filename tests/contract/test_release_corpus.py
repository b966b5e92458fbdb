"""Real workbooks released with a word withheld, and read again by a program that is not ours."""

from __future__ import annotations

import datetime as dt
import functools
import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import python_calamine

from redactor.app.files import Refusal
from redactor.app.oneshot import Failed, RedactOrder, Released, redact_files
from redactor.errors import UnreadableDocument
from redactor.formats import detect_format
from redactor.matching import count_term, fold, fold_text, make_term
from redactor.model import CellPlace, Document
from redactor.workers import Lane
from tests.contract.test_xls_corpus import says_the_same
from tests.corpus import corpus_folder

_EXEMPTION = "s40(2) by s40(3A)(a)"
_WORD = re.compile(r"[^\W\d_]{4,}")
#: The folders, and the share of what can be read there that is released; the others are refused.
_FOLDERS = {"xlsx-poi": 0.9, "xls-poi": 0.9}
#: Every so many workbooks are released; all of them where the suite searches for new examples.
_EVERY = 1 if os.environ.get("REDACTOR_SEARCH") else 4


@dataclass(frozen=True, slots=True)
class Sent:
    """One workbook that was released, as it was read and with the word that was withheld."""

    path: Path
    word: str = field(repr=False)
    document: Document = field(repr=False)
    written: Path = field(repr=False)


@functools.cache
def workbooks(folder: str) -> tuple[tuple[Path, Document], ...]:
    """Give the workbooks of a folder that can be read; they are read once."""
    return tuple(_read_one_by_one(folder))


def _read_one_by_one(folder: str) -> Iterator[tuple[Path, Document]]:
    for path in sorted(corpus_folder("files", folder).iterdir()):
        data = path.read_bytes()
        try:
            yield path, detect_format(path.name, data).read(data)
        except UnreadableDocument:
            continue  # that it is refused with a reason is shown elsewhere


def word_of(document: Document) -> str:
    """Choose a word to withhold: the commonest in cells, but none that names a sheet."""
    cells = [one for one in document.segments if isinstance(one.place, CellPlace)]
    names = fold(" ".join({one.place.sheet for one in cells if isinstance(one.place, CellPlace)}))
    seen = (one.text for one in cells if one.hidden is None)
    words = Counter(
        word
        for text in seen
        for word in set(_WORD.findall(text))
        if fold_text(word) not in names.text
    )
    return max(words, key=lambda one: (words[one], one), default="Quillfeather")


def cells_read(path: Path) -> dict[str, list[object]]:
    """Give what the other engine reads in the cells of worksheets, by sheet, row after row."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        one.name: [
            value
            for row in book.get_sheet_by_name(one.name).to_python(skip_empty_area=False)
            for value in row
            if str(value).strip()
        ]
        for one in book.sheets_metadata
        if one.typ == python_calamine.SheetTypeEnum.WorkSheet
    }


def cells_seen(document: Document) -> dict[str, list[str]]:
    """Give what a reader sees in the cells of each sheet; rows that are hidden close up."""
    seen: dict[str, list[tuple[int, int, str]]] = {}
    for one in document.segments:
        if one.hidden is None and isinstance(one.place, CellPlace) and one.text.strip():
            place = one.place
            seen.setdefault(place.sheet, []).append((place.row, place.column, one.text))
    return {sheet: [text for _, _, text in sorted(cells)] for sheet, cells in seen.items()}


@pytest.fixture(scope="module", params=_FOLDERS)
def sent(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, lane: Lane
) -> tuple[float, list[Sent]]:
    """Release workbooks of a folder as workbooks, a common word of each withheld."""
    folder = str(request.param)
    out = tmp_path_factory.mktemp(folder)
    gone: list[Sent] = []
    chosen = workbooks(folder)[::_EVERY]
    for number, (path, document) in enumerate(chosen):
        word = word_of(document)
        order = RedactOrder(
            out / str(number), _EXEMPTION, terms=(word,), target="xlsx", drop_unread=True
        )
        (outcome,) = redact_files([path], order, lane, lambda _: None)
        assert not isinstance(outcome, Failed), (path.name, outcome.checks)
        if isinstance(outcome, Refusal):
            assert outcome.message, path.name
            continue
        assert isinstance(outcome, Released), path.name
        ((written, _),) = outcome.outputs
        gone.append(Sent(path, word, document, written))
    return len(gone) / len(chosen), gone


def test_workbooks_that_can_be_read_are_released(
    request: pytest.FixtureRequest, sent: tuple[float, list[Sent]]
) -> None:
    share, gone = sent
    assert len(gone) > 5
    assert share >= _FOLDERS[request.node.callspec.params["sent"]]


def test_the_word_is_in_no_cell_and_all_else_that_was_seen_is(
    sent: tuple[float, list[Sent]],
) -> None:
    outcomes: Counter[str] = Counter()
    for one in sent[1]:
        released = cells_read(one.written)
        term = make_term(one.word, 1)
        assert term is not None
        for sheet, texts in cells_seen(one.document).items():
            values = released[sheet]
            assert len(values) == len(texts), (one.path.name, sheet)
            for value, text in zip(values, texts, strict=True):
                if count_term(term, fold(text)):
                    outcomes["withheld"] += 1
                    assert not count_term(term, fold(str(value))), one.path.name
                    assert "[s40(2)" in str(value), one.path.name
                else:
                    outcomes["kept"] += 1
                    assert _same(value, text), (one.path.name, sheet)
    assert outcomes["kept"] > 500
    assert outcomes["withheld"] > 10


def _same(value: object, text: str) -> bool:
    if isinstance(value, str):
        return value.split() == text.split()
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return any(one.isdigit() for one in text)
    return bool(says_the_same(value, text))


def test_a_strict_workbook_is_read_as_its_transitional_twin() -> None:
    """Exchange the names of every real workbook for those of Strict: the same is read.

    No file of the corpus is Strict itself.
    """
    compared = cells = 0
    for path, document in workbooks("xlsx-poi"):
        data = path.read_bytes()
        twin = strict(data)
        if twin == data:
            continue  # no package: a workbook of another kind under this name
        again = detect_format(path.name, twin).read(twin)
        assert _read_of(again) == _read_of(document), path.name
        compared += 1
        cells += sum(isinstance(one.place, CellPlace) for one in document.segments)
    assert compared >= 80
    assert cells > 10_000


def _read_of(document: Document) -> list[object]:
    return [(one.place, one.text, one.hidden) for one in document.segments]


def strict(data: bytes) -> bytes:
    """Write a package in the names of Strict (ISO/IEC 29500-1) instead of those of part 4."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            for plain, other in _NAMES:
                content = content.replace(_PLAIN + plain, _STRICT + other)
            new.writestr(name, content)
    return stream.getvalue()


_PLAIN, _STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"spreadsheetml/2006/main", b"spreadsheetml/main"),
    (b"drawingml/2006/main", b"drawingml/main"),
    (b"drawingml/2006/chart", b"drawingml/chart"),
    (b"drawingml/2006/spreadsheetDrawing", b"drawingml/spreadsheetDrawing"),
    (
        b"officeDocument/2006/relationships/metadata/core-properties",
        b"officeDocument/relationships/metadata/core-properties",
    ),
    (
        b"officeDocument/2006/relationships/extended-properties",
        b"officeDocument/relationships/extendedProperties",
    ),
    (
        b"officeDocument/2006/relationships/custom-properties",
        b"officeDocument/relationships/customProperties",
    ),
    (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
    (b"officeDocument/2006/extended-properties", b"officeDocument/extendedProperties"),
    (b"officeDocument/2006/custom-properties", b"officeDocument/customProperties"),
    (b"officeDocument/2006/docPropsVTypes", b"officeDocument/docPropsVTypes"),
)

"""A document with a word in every place a document has: each is reported, none is let out."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pikepdf
import pymupdf
import pytest

from redactor.app.oneshot import RedactOrder, Released, inspect_files, redact_files
from redactor.formats import detect_format
from redactor.formats.docx import Docx
from redactor.formats.package import _STRICT_NAMES as STRICT_NAMES
from redactor.model import Document
from redactor.workers import Lane
from tests.kitchen.background import WORD
from tests.kitchen.document import Kitchen, kitchen_document
from tests.unit.formats.office import everything, members, pack

_TARGETS = ("docx", "pdf", "txt")


@pytest.fixture(scope="module")
def kitchen() -> Kitchen:
    return kitchen_document()


@pytest.fixture(scope="module")
def read(kitchen: Kitchen) -> Document:
    return Docx().read(kitchen.data)


@pytest.fixture(scope="module")
def released(
    kitchen: Kitchen, tmp_path_factory: pytest.TempPathFactory, lane: Lane
) -> dict[tuple[bool, str], bytes]:
    """Release the document in every form, with all words withheld and with none."""
    folder = tmp_path_factory.mktemp("kitchen")
    original = folder / "kitchen.docm"
    original.write_bytes(kitchen.data)
    outputs: dict[tuple[bool, str], bytes] = {}
    for withheld in (True, False):
        for target in _TARGETS:
            order = RedactOrder(
                folder / f"{target}-{withheld}",
                "s40(2) by s40(3A)(a)",
                terms=tuple(kitchen.markers.values()) if withheld else (),
                target=target,
                drop_unread=True,
            )
            order.out.mkdir()
            (outcome,) = redact_files([original], order, lane, lambda _: None)
            assert isinstance(outcome, Released), outcome
            ((path, _),) = outcome.outputs
            outputs[withheld, target] = path.read_bytes()
    return outputs


def test_there_are_at_least_105_places(kitchen: Kitchen) -> None:
    assert len(kitchen.markers) >= 105
    assert len(set(kitchen.markers.values())) == len(kitchen.markers)


def test_every_place_is_reported_and_as_what_it_is(kitchen: Kitchen, read: Document) -> None:
    seen = "\n".join(one.text for one in read.segments if one.hidden is None)
    hidden = "\n".join(one.text for one in read.segments if one.hidden is not None)
    lost = [
        place
        for place, word in kitchen.markers.items()
        if word not in (seen if place in kitchen.seen else hidden)
    ]
    assert lost == []
    assert [place for place, word in _unseen(kitchen) if word in seen] == []


def test_a_strict_copy_of_it_is_read_in_full(kitchen: Kitchen, read: Document) -> None:
    parts = members(kitchen.data)
    for strict, usual in STRICT_NAMES:
        for name in parts:
            if name.endswith((".xml", ".rels")):
                for end in (b'"', b"'", b"/"):
                    parts[name] = parts[name].replace(usual + end, strict + end)
    again = Docx().read(pack(parts))
    assert {one for one in again.segments if "zip:" not in one.id} == {
        one for one in read.segments if "zip:" not in one.id
    }


@pytest.mark.parametrize("kind", ["document", "template"])
@pytest.mark.parametrize("suffix", ["docx", "docm"])
def test_it_is_read_in_full_as_a_template_and_with_and_without_macros(
    kitchen: Kitchen, read: Document, kind: str, suffix: str
) -> None:
    parts = members(kitchen.data)
    content_type = {
        ("document", "docx"): f"{WORD}.document.main+xml",
        ("template", "docx"): f"{WORD}.template.main+xml",
        ("document", "docm"): "application/vnd.ms-word.document.macroEnabled.main+xml",
        ("template", "docm"): "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }[kind, suffix]
    listing = parts["[Content_Types].xml"].decode()
    usual = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = listing.replace(usual, content_type).encode()
    name = {"document": "do", "template": "dot"}[kind] + ("c" if kind == "document" else "")
    again = detect_format(f"a.{name}{suffix[-1]}", pack(parts)).read(pack(parts))
    assert again.format == "docx"
    assert [one.text for one in again.segments if one.hidden is None] == [
        one.text for one in read.segments if one.hidden is None
    ]


def test_the_report_of_hidden_content_has_every_place(
    kitchen: Kitchen, tmp_path: Path, lane: Lane
) -> None:
    file = tmp_path / "kitchen.docm"
    file.write_bytes(kitchen.data)
    ((_, found),) = inspect_files([file], lane, lambda _: None)  # type: ignore[misc]
    assert isinstance(found, Document)
    hidden = "\n".join(one.text for one in found.segments)
    assert [
        p for p, w in kitchen.markers.items() if p not in kitchen.seen and w not in hidden
    ] == []
    units = {(one.kind.value, one.unit): one.count for one in found.tallies}
    assert units["comment", "comments"] == 1
    assert units["tracked-insertion", "insertions"] == 1
    assert units["tracked-deletion", "deletions"] == 3


def test_python_docx_reads_the_same_paragraphs_of_it(kitchen: Kitchen, read: Document) -> None:
    parts = members(kitchen.data)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.ms-word.document.macroEnabled.main+xml", kind.encode()
    )
    opened = docx.Document(io.BytesIO(pack(parts)))
    ours = "\n".join(one.text for one in read.segments)
    texts = [one.text for one in opened.paragraphs if one.text.strip()]
    assert len(texts) > 10
    words = [word for text in texts for word in re.findall(r"Kitchen\d{3}", text)]
    assert [word for word in words if word not in ours] == []


def _unseen(kitchen: Kitchen) -> list[tuple[str, str]]:
    return [one for one in kitchen.markers.items() if one[0] not in kitchen.seen]


def _spoken(data: bytes, target: str) -> str:
    """Give everything that a release says, by its bytes and by other programs' reading."""
    texts = [everything(data).decode("latin-1"), everything(data).decode("utf-16-le", "ignore")]
    if target == "docx":
        opened = docx.Document(io.BytesIO(data))
        texts += [one.text for one in opened.paragraphs]
        texts += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    if target == "pdf":
        with pymupdf.open(stream=data, filetype="pdf") as opened:
            texts += [page.get_text() for page in opened]
            texts.append(str(opened.metadata))
        with pikepdf.open(io.BytesIO(data)) as opened:
            texts += [
                one.read_bytes().decode("latin-1")
                for one in opened.objects
                if isinstance(one, pikepdf.Stream)
            ]
    return "\n".join(texts)


@pytest.mark.parametrize("target", _TARGETS)
def test_no_withheld_word_is_in_any_byte_of_a_release(
    kitchen: Kitchen, released: dict[tuple[bool, str], bytes], target: str
) -> None:
    spoken = _spoken(released[True, target], target)
    assert "s40(2)" in spoken
    assert [place for place, word in kitchen.markers.items() if word in spoken] == []


@pytest.mark.parametrize("target", _TARGETS)
def test_what_is_hidden_is_in_no_release_though_nobody_withheld_it(
    kitchen: Kitchen, released: dict[tuple[bool, str], bytes], target: str
) -> None:
    spoken = _spoken(released[False, target], target)
    assert [
        p for p, word in kitchen.markers.items() if p not in kitchen.seen and word in spoken
    ] == []


@pytest.mark.parametrize("target", ["docx", "pdf"])
def test_what_is_seen_is_in_a_release_where_nothing_was_withheld(
    kitchen: Kitchen, released: dict[tuple[bool, str], bytes], target: str
) -> None:
    spoken = _spoken(released[False, target], target)
    assert [p for p in sorted(kitchen.seen) if kitchen.markers[p] not in spoken] == []

"""Files in a PDF are documents of their own: read whatever they are, and never released with it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document as WordDocument

from redactor.app.embedded import take_out_embedded
from redactor.formats.embedded import embedded_in
from redactor.formats.pdf import Pdf
from redactor.model import HiddenKind, Ruling, Tally
from redactor.workers import Lane
from tests.attack.pdf_planting import (
    MARK,
    annotation,
    dictionary,
    hidden,
    listed,
    name,
    planted,
    stream,
    words,
)
from tests.case_kit import new_case
from tests.unit.formats.pdf_samples import everything_in, lines, made, read, rebuilt

EMBEDDED = HiddenKind.EMBEDDED_FILE


def specification(document: Any, data: bytes, called: str = "file.txt", **entries: Any) -> Any:
    kept = stream(document, data, Type=name("EmbeddedFile"))
    files = dictionary(F=kept, UF=kept)
    return document.make_indirect(
        dictionary(Type=name("Filespec"), F=words(called), UF=words(called), EF=files, **entries)
    )


def word_document(text: str) -> bytes:
    made_here = WordDocument()
    made_here.add_paragraph(text)
    out = io.BytesIO()
    made_here.save(out)
    return out.getvalue()


def in_the_list(document: Any, data: bytes) -> None:
    node = document.make_indirect(dictionary(Names=[words("a"), specification(document, data)]))
    document.Root.Names = dictionary(EmbeddedFiles=dictionary(Kids=[node]))


def on_a_page(document: Any, data: bytes) -> None:
    annotation(document, "FileAttachment", FS=specification(document, data))


def associated(document: Any, data: bytes) -> None:
    document.pages[0].AF = pikepdf.Array([specification(document, data)])


def in_media(document: Any, data: bytes) -> None:
    assets = dictionary(Names=[words("a"), specification(document, data)])
    content = document.make_indirect(dictionary(Assets=assets))
    annotation(document, "RichMedia", RichMediaContent=content)


def related(document: Any, data: bytes) -> None:
    entry = specification(document, b"nothing here")
    kept = stream(document, data)
    entry.RF = dictionary(F=[words("more.txt"), kept])
    document.Root.AF = pikepdf.Array([entry])


def that_nothing_names(document: Any, data: bytes) -> None:
    stray = stream(document, data, Type=name("EmbeddedFile"))
    document.Root["/Kept"] = pikepdf.Array([stray])


WAYS = (in_the_list, on_a_page, associated, in_media, related, that_nothing_names)


@pytest.mark.parametrize("way", WAYS, ids=lambda one: one.__name__)
def test_an_attachment_is_read_wherever_it_is_kept(way):
    data = planted(lambda document: way(document, f"A letter about {MARK}.".encode()))
    number = 2 if way is related else 1
    listed(data, EMBEDDED, f"attachment {number}", f"A letter about {MARK}.")


FILES = {
    "text": (b"about " + MARK.encode(), "a.txt"),
    "table": (f"id,who\n1,{MARK}\n".encode(), "a.csv"),
    "pdf": (made(lines(f"about {MARK}")), "a.pdf"),
    "word": (word_document(f"about {MARK}"), "a.docx"),
    "unknown": (b"\x00\x01\x02about " + MARK.encode() + b"\x03\x04" * 40, "a.xyz"),
}


@pytest.mark.parametrize("kind", FILES)
def test_an_attachment_is_read_as_what_it_is(kind):
    content, called = FILES[kind]

    def plant(document: Any) -> None:
        document.attachments[called] = content

    data = planted(plant)
    listed(data, EMBEDDED, "attachment 1", MARK)
    found = read(data)
    assert [one.place for one in found.unread] == (["attachment 1"] if kind == "unknown" else [])
    assert all(one.rulings == (Ruling.LEAVE_OUT,) for one in found.unread)
    assert Tally(EMBEDDED, "attachment 1", 1, "files") in found.tallies


def test_the_name_and_description_of_an_attachment_are_in_its_text_only():
    def plant(document: Any) -> None:
        entry = specification(document, b"nothing", f"{MARK}.txt", Desc=words(f"sent by {MARK}"))
        document.Root.Names = dictionary(EmbeddedFiles=dictionary(Names=[words(MARK), entry]))

    listed(
        planted(plant),
        EMBEDDED,
        "attachment 1",
        f"Attachment: {MARK}.txt, sent by {MARK}",
        f"Listed as: {MARK}",
    )


def test_a_file_in_a_file_in_a_file_is_read_and_what_lies_deeper_is_named():
    inner = made(lines(f"deep {MARK}"))
    for _ in range(3):
        document = pikepdf.open(io.BytesIO(made(lines("outer"))))
        document.attachments["inner.pdf"] = inner
        out = io.BytesIO()
        document.save(out)
        inner = out.getvalue()
    assert hidden(read(inner))
    document = pikepdf.open(io.BytesIO(made(lines("outer"))))
    document.attachments["inner.pdf"] = inner
    out = io.BytesIO()
    document.save(out)
    found = read(out.getvalue())
    assert any("too deep" in one.why for one in found.unread)
    assert MARK.encode() not in everything_in(rebuilt(out.getvalue()).files[0].data)


def test_a_damaged_attachment_is_named_and_blocks():
    def plant(document: Any) -> None:
        document.attachments["broken.docx"] = b"PK\x03\x04 this is no package"

    found = read(planted(plant))
    assert [one.place for one in found.unread] == ["attachment 1"]


def test_a_packed_bomb_in_an_attachment_is_refused_or_named():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", bytes(80 * 2**20))

    def plant(document: Any) -> None:
        document.attachments["big.zip"] = packed.getvalue()

    found = read(planted(plant))
    assert [one.place for one in found.unread] == ["attachment 1"]
    assert "too large" in found.unread[0].why


def test_the_columns_of_a_portfolio_are_listed():
    def plant(document: Any) -> None:
        item = dictionary(Type=name("CollectionItem"), Who=words(f"from {MARK}"))
        in_the_list(document, b"nothing")
        entry = specification(document, b"more", CI=item)
        document.Root.AF = pikepdf.Array([entry])
        column = dictionary(Type=name("CollectionField"), Subtype=name("S"), N=words(f"of {MARK}"))
        document.Root.Collection = dictionary(
            Type=name("Collection"), Schema=dictionary(Who=column), D=words("a")
        )

    data = planted(plant)
    listed(data, EMBEDDED, "portfolio", f"of {MARK}")
    assert any(f"from {MARK}" in one.text for one in hidden(read(data)))


def test_attachments_can_be_taken_out_as_documents_of_the_case(tmp_path: Path, lane: Lane):
    def plant(document: Any) -> None:
        document.attachments["letter.docx"] = word_document(f"about {MARK}")
        document.attachments["notes.txt"] = f"notes on {MARK}".encode()
        document.attachments["thing.xyz"] = bytes(range(256)) * 4

    data = planted(plant)
    taken = embedded_in(Pdf(), data)
    assert sorted(one.name for one in taken) == ["letter.docx", "notes.txt"]
    path = tmp_path / "outer.pdf"
    path.write_bytes(data)
    case = new_case(tmp_path / "case.redactor")
    case.add_file(path)
    added = take_out_embedded(case, lane, 1)
    assert len(added) == 2
    names = {one.name for one in case.documents()}
    assert {"outer - letter.docx", "outer - notes.txt"} <= names


def test_more_attachments_than_are_read_are_named(monkeypatch):
    from redactor.formats.pdf.hidden import attachments, search

    monkeypatch.setattr(search, "MOST_FILES", 2)
    monkeypatch.setattr(attachments, "MOST_FILES", 2)

    def plant(document: Any) -> None:
        for number in range(4):
            document.attachments[f"{number}.txt"] = f"{number} {MARK}".encode()

    found = read(planted(plant))
    assert [one.place for one in found.unread] == ["attachments"]
    assert "2 more attachments" in found.unread[0].why

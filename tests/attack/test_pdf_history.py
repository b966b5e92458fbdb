"""What earlier versions of a PDF said is read, listed and gone from every release."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest

from redactor.formats.pdf.hidden import history
from redactor.formats.pdf.hidden.history import version_ends
from redactor.model import HiddenKind, Ruling, Tally
from tests.attack.pdf_planting import MARK, dictionary, drawing, hidden, listed, planted, words
from tests.unit.formats.pdf_samples import everything_in, lines, made, page_text, read, rebuilt

OLD = HiddenKind.OLD_REVISION


def saved_again(data: bytes, folder: Path, *changes: Callable[[Any], None]) -> bytes:
    """Change a file and save each change behind what was there."""
    path = folder / "draft.pdf"
    path.write_bytes(data)
    for change in changes:
        document = pymupdf.open(path)
        change(document)
        document.saveIncr()
        document.close()
    return path.read_bytes()


def remove_mark(document: Any) -> None:
    page = document[0]
    for found in page.search_for(MARK):
        page.add_redact_annot(found)
    page.apply_redactions()


def test_the_text_of_a_page_before_it_was_changed_is_listed(tmp_path):
    data = saved_again(made(lines(f"Draft names {MARK}", "kept")), tmp_path, remove_mark)
    assert MARK not in page_text(data)
    listed(data, OLD, "earlier version 1", f"Page 1 said:\nDraft names {MARK}")
    assert Tally(OLD, "earlier version 1", 1, "earlier versions") in read(data).tallies
    assert read(data).unread == ()


def test_what_still_stands_on_the_page_is_not_listed_again(tmp_path):
    data = saved_again(made(lines(f"Draft names {MARK}", "kept here")), tmp_path, remove_mark)
    (old,) = [one for one in read(data).segments if one.container == "earlier version 1"]
    assert f"Draft names {MARK}" in old.text
    assert "kept here" not in old.text


def test_a_page_that_was_deleted_is_listed(tmp_path):
    data = saved_again(
        made(lines("stays"), lines(f"went with {MARK}")),
        tmp_path,
        lambda document: document.delete_page(1),
    )
    listed(data, OLD, "earlier version 1", f"Page 2 said:\nwent with {MARK}")


def test_strings_that_were_changed_are_listed_by_what_they_were(tmp_path):
    def first(document: Any) -> None:
        document.set_metadata({"title": f"Draft for {MARK}"})
        document[0].add_text_annot((200, 200), f"ask {MARK}").set_info(title="A. Author")

    def second(document: Any) -> None:
        document.set_metadata({"title": "Final"})
        document[0].delete_annot(next(document[0].annots()))

    data = saved_again(made(lines("a letter")), tmp_path, first, second)
    together = "\n".join(one.text for one in read(data).segments if one.hidden is OLD)
    assert f"Draft for {MARK}" in together
    assert f"Comment by A. Author: ask {MARK}" in together
    out = rebuilt(data).files[0].data
    assert MARK.encode() not in everything_in(out)
    assert MARK.encode("utf-16-be") not in everything_in(out)


def test_each_version_is_listed_with_what_only_it_said(tmp_path):
    def say(text: str) -> Callable[[Any], None]:
        def change(document: Any) -> None:
            page = document[0]
            page.add_redact_annot(page.rect)
            page.apply_redactions()
            page.insert_text((60, 80), text)

        return change

    data = saved_again(made(lines("Alder")), tmp_path, say("Brook"), say("Cedar"))
    old = {one.container: one.text for one in read(data).segments if one.hidden is OLD}
    assert "Alder" in old["earlier version 1"]
    assert "Brook" in old["earlier version 2"]
    assert "Brook" not in old["earlier version 1"]
    assert page_text(data) == "Cedar"


def test_a_file_that_was_saved_once_has_no_earlier_versions():
    data = made(lines("one", "two"))
    assert version_ends(data) == []
    assert not [one for one in read(data).segments if one.hidden is OLD]


def test_a_file_made_for_quick_display_has_no_earlier_version():
    document = pikepdf.open(io.BytesIO(made(lines("one"), lines("two"))))
    out = io.BytesIO()
    document.save(out, linearize=True)
    assert out.getvalue().count(b"%%EOF") == 2
    assert version_ends(out.getvalue()) == []
    assert read(out.getvalue()).unread == ()


def test_an_earlier_version_that_cannot_be_read_blocks(tmp_path):
    def change(document: Any) -> None:
        document.xref_set_key(document.pdf_catalog(), "PageMode", "/UseNone")

    data = saved_again(made(lines("a letter")), tmp_path, change)
    (end,) = version_ends(data)
    assert b"/Pages 2 0 R" in data[:end]
    assert b"/Pages 2 0 R" in data[end:]
    found = read(data[:end].replace(b"/Pages 2 0 R", b"/Nages 2 0 R") + data[end:])
    (unread,) = found.unread
    assert unread.place == "earlier version 1"
    assert unread.rulings == (Ruling.LEAVE_OUT,)


def test_more_versions_than_are_read_block(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "MOST_VERSIONS", 1)
    changes = [lambda document: document.set_metadata({"title": "x"}) for _ in range(3)]
    data = saved_again(made(lines("a")), tmp_path, *changes)
    assert [one.place for one in read(data).unread] == ["earlier versions"]


def test_a_bomb_in_an_earlier_version_is_named_and_not_unpacked(tmp_path):
    packed = zlib.compress(zlib.compress(bytes(300 * 2**20), 9), 9)
    document = pymupdf.open("pdf", made(lines("a")))
    bomb = document.get_new_xref()
    document.update_object(bomb, "<<>>")
    document.update_stream(bomb, packed, compress=False)
    document.xref_set_key(bomb, "Filter", "[/FlateDecode/FlateDecode]")
    document.xref_set_key(document.page_xref(0), "Private", f"{bomb} 0 R")
    first = document.tobytes()
    data = saved_again(
        first, tmp_path, lambda document: document.update_object(bomb, "<</Gone true>>")
    )
    assert [one.place for one in read(data).unread] == ["earlier version 1"]


# --- what no version lists ------------------------------------------------------------------------


def behind_the_list(data: bytes, body: bytes) -> bytes:
    """Put an object into a file that its table of objects does not know."""
    at = data.rindex(b"xref\n0 ")
    moved = data[:at] + body + data[at:]
    return re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (at + len(body)), moved)


BODIES = {
    "string": f"900 0 obj\n(about {MARK})\nendobj\n".encode(),
    "dictionary": f"900 0 obj\n<</Title(about {MARK})/Count 1>>\nendobj\n".encode(),
    "wide": b"900 0 obj\n<</T<feff" + MARK.encode("utf-16-be").hex().encode() + b">>>\nendobj\n",
    "drawing": b"900 0 obj\n<</Length 40>>\nstream\nBT [(Whit) 20 (low)] TJ ET\nendstream\n",
    "packed": b"900 0 obj\n<</Filter/FlateDecode/Length 99>>\nstream\n"
    + zlib.compress(f"BT (about {MARK}) Tj ET".encode())
    + b"\nendstream\nendobj\n",
    "many in one": b"900 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 99>>\nstream\n"
    + zlib.compress(f"7 0 <</Who({MARK})>>".encode())
    + b"\nendstream\nendobj\n",
}


@pytest.mark.parametrize("kind", BODIES)
def test_objects_that_nothing_lists_are_read_from_the_bytes(kind):
    document = pymupdf.open("pdf", made(lines("a letter")))
    data = behind_the_list(document.tobytes(use_objstms=0), BODIES[kind])
    assert MARK not in page_text(data)
    listed(data, OLD, "no longer used", MARK)


def test_objects_that_nothing_leads_to_are_told_by_what_they_were():
    document = pymupdf.open("pdf", made(lines("a letter")))
    note = document.get_new_xref()
    document.update_object(
        note, f"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(A. Author)/Contents(ask {MARK})>>"
    )
    listed(document.tobytes(), OLD, "no longer used", f"Comment by A. Author: ask {MARK}")


def test_a_page_that_nothing_leads_to_is_read_as_it_would_show():
    document = pymupdf.open("pdf", made(lines("stays"), lines(f"left out {MARK}")))
    document.delete_page(1)
    data = document.tobytes(garbage=0)
    listed(data, OLD, "no longer used", f"left out {MARK}")


def test_a_form_that_nothing_paints_is_read_as_it_would_show():
    data = planted(lambda document: document.Root.__setitem__("/Kept", drawing(document, MARK)))
    document = pymupdf.open("pdf", data)
    document.xref_set_key(document.pdf_catalog(), "Kept", "null")
    listed(document.tobytes(garbage=0), OLD, "no longer used", MARK)


AROUND = ("before the beginning of the file", "behind the end of the file")


@pytest.mark.parametrize("place", AROUND)
def test_words_around_the_file_are_listed(place):
    data = made(lines("a letter"))
    remark = f"written by {MARK}\n".encode()
    data = remark + data if "before" in place else data + remark
    listed(data, HiddenKind.OTHER, place, f"written by {MARK}")


def test_objects_of_an_encrypted_file_that_nothing_lists_block():
    document = pymupdf.open("pdf", made(lines("a letter")))
    data = document.tobytes(
        encryption=pymupdf.PDF_ENCRYPT_AES_128, owner_pw="owner", user_pw="", use_objstms=0
    )
    assert read(data).unread == ()
    broken = behind_the_list(data, BODIES["string"])
    assert [one.place for one in read(broken).unread] == ["no longer used"]


def test_an_object_that_nothing_lists_never_ends_and_is_read_all_the_same():
    deep = b"900 0 obj\n" + b"[" * 5_000 + f"({MARK})".encode()
    data = behind_the_list(
        pymupdf.open("pdf", made(lines("a"))).tobytes(use_objstms=0), deep + b"\n"
    )
    found = read(data)
    assert MARK not in repr(found)
    assert MARK.encode() not in everything_in(rebuilt(data).files[0].data)


def test_layers_of_meaning_stay_apart_when_everything_is_planted(tmp_path):
    def plant(document: Any) -> None:
        document.docinfo["/Case"] = words(f"now {MARK}")
        document.Root["/Kept"] = dictionary(Deep=words(f"deep {MARK}"))

    data = saved_again(
        planted(plant), tmp_path, lambda document: document.set_metadata({"title": "x"})
    )
    segments = read(data).segments
    keys = [one.key for one in segments]
    assert len(keys) == len(set(keys))
    assert {one.hidden for one in hidden(read(data))} >= {HiddenKind.OTHER}


def test_drawing_instructions_that_a_page_no_longer_has_are_read():
    document = pymupdf.open("pdf", made(lines(f"Draft names {MARK}")))
    fresh = document.get_new_xref()
    document.update_object(fresh, "<<>>")
    document.update_stream(fresh, b"BT /helv 11 Tf 60 700 Td (Final) Tj ET")
    document.xref_set_key(document.page_xref(0), "Contents", f"{fresh} 0 R")
    data = document.tobytes(garbage=0)
    assert MARK not in page_text(data)
    listed(data, OLD, "no longer used", f"Draft names {MARK}")


@pytest.mark.parametrize("used", [True, False])
def test_text_that_a_program_keeps_in_a_stream_is_read(used):
    document = pymupdf.open("pdf", made(lines("a letter")))
    kept = document.get_new_xref()
    document.update_object(kept, "<<>>")
    document.update_stream(kept, f"notes about {MARK}".encode())
    if used:
        document.xref_set_key(document.pdf_catalog(), "Kept", f"{kept} 0 R")
        listed(document.tobytes(), HiddenKind.OTHER, "text of its own", f"notes about {MARK}")
    else:
        listed(document.tobytes(), OLD, "no longer used", f"notes about {MARK}")

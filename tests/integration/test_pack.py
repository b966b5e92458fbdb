"""The pack for the Commissioner: everything that is withheld, marked, encrypted, and kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.app.case import Case
from redactor.app.packs import make_pack
from redactor.app.reading import read_documents
from redactor.errors import NotAllowed, UsageError
from redactor.events import EventKind
from redactor.model import Action
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OBSERVER, new_case, release_case

WORDS = "six invented words for the pack"


def _pdf(*, rotation: int = 0) -> bytes:
    document: Any = pymupdf.open()
    page = document.new_page()
    page.insert_text((72, 100), "The panel met on Monday.", fontsize=11)
    page.insert_text((72, 140), "Zebedee Marl spoke.", fontsize=11)
    page.set_rotation(rotation)
    data: bytes = document.tobytes()
    return data


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor", "FOI/26/9")) as made:
        made.add_bytes("minutes.pdf", _pdf())
        made.add_bytes("note.txt", b"Marigold Thrupp paid.\n")
        read_documents(made, lane)
        ids = [one.id for one in made.marks() if one.hidden is None]
        made.decide(ids, Action.REDACT, EXEMPTION, "They would not expect to be named")
        yield made


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(str(path), password=WORDS)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(said.split())


def _boxes_over(page: Any, words: Any) -> list[dict[str, Any]]:
    """Give the filled boxes that cover most of some words."""
    filled = [one for one in page.get_drawings() if one.get("fill")]
    return [one for one in filled if (one["rect"] & words).get_area() > 0.8 * words.get_area()]


def test_the_pack_shows_what_is_withheld_under_which_provision_and_why(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    path = make_pack(case, lane, tmp_path / "pack", WORDS)
    said = _text(path)
    assert "Zebedee Marl" in said
    assert "Marigold Thrupp [s40(2) by s40(3A)(a)]" in said
    assert "They would not expect to be named" in said
    assert "document 1, page 1" in said


def test_the_boxes_of_the_pack_are_seen_through_and_lie_over_the_text(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    path = make_pack(case, lane, tmp_path / "pack", WORDS)
    with pymupdf.open(str(path)) as document:
        document.authenticate(WORDS)
        page = next(one for one in document if "The panel met" in one.get_text())
        (words,) = page.search_for("Zebedee Marl")
        (drawn,) = _boxes_over(page, words)
        assert drawn["fill_opacity"] == pytest.approx(0.35, abs=0.01)
        assert "s40(2) by s40(3A)(a)" in page.get_text()


def test_a_turned_page_is_marked_where_its_text_is(lane: Lane, tmp_path: Path) -> None:
    with closing(new_case(tmp_path / "b.redactor")) as case:
        case.add_bytes("turned.pdf", _pdf(rotation=90))
        read_documents(case, lane)
        ids = [one.id for one in case.marks() if one.hidden is None]
        case.decide(ids, Action.REDACT, EXEMPTION, "x")
        path = make_pack(case, lane, tmp_path / "pack", WORDS)
    with pymupdf.open(str(path)) as document:
        document.authenticate(WORDS)
        page = next(one for one in document if "The panel met" in one.get_text())
        page.set_rotation(0)
        (words,) = page.search_for("Zebedee Marl")
        assert len(_boxes_over(page, words)) == 1


def test_every_page_of_the_pack_says_that_it_is_unredacted_and_so_does_its_name(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    path = make_pack(case, lane, tmp_path / "pack", WORDS)
    assert path.name.startswith("UNREDACTED")
    with pymupdf.open(str(path)) as document:
        document.authenticate(WORDS)
        assert all("UNREDACTED" in page.get_text() for page in document)


def test_the_pack_opens_with_its_passphrase_only_and_is_strongly_encrypted(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    path = make_pack(case, lane, tmp_path / "pack", WORDS)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=WORDS) as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
    assert b"Zebedee" not in path.read_bytes()


def test_the_originals_and_the_letters_are_attached_as_they_came(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    letter = tmp_path / "refusal.txt"
    letter.write_bytes(b"Dear Sir or Madam")
    path = make_pack(case, lane, tmp_path / "pack", WORDS, correspondence=[letter])
    with pikepdf.open(path, password=WORDS) as opened:
        names = set(opened.attachments)
        assert names == {
            "original - minutes.pdf",
            "original - note.txt",
            "correspondence - refusal.txt",
        }
        kept = opened.attachments["correspondence - refusal.txt"].get_file().read_bytes()
    assert kept == b"Dear Sir or Madam"


def test_the_pack_is_never_written_beside_a_release(case: Case, lane: Lane, tmp_path: Path) -> None:
    release_case(case, lane, tmp_path / "out")
    with pytest.raises(UsageError, match="holds a release"):
        make_pack(case, lane, tmp_path / "out", WORDS)
    assert not [one for one in (tmp_path / "out").iterdir() if "UNREDACTED" in one.name]


def test_making_the_pack_is_in_the_log_and_takes_no_approval_away(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    release_case(case, lane, tmp_path / "out")
    make_pack(case, lane, tmp_path / "pack", WORDS)
    last = case.events()[-1]
    assert last.kind is EventKind.PACK_MADE
    assert "Zebedee" not in str(last.body)
    assert case.life.approval is not None


def test_an_observer_makes_no_pack(case: Case, lane: Lane, tmp_path: Path) -> None:
    case.invite(OBSERVER.fingerprint, OBSERVER.name, OBSERVER.role)
    case.work_as(OBSERVER)
    with pytest.raises(NotAllowed):
        make_pack(case, lane, tmp_path / "pack", WORDS)
    assert not (tmp_path / "pack").exists()


def test_a_short_passphrase_is_refused(case: Case, lane: Lane, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too short"):
        make_pack(case, lane, tmp_path / "pack", "short")

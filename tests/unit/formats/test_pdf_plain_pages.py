"""What is remembered of pages on which everything is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pymupdf
import pytest

from redactor.formats.pdf import plain_pages
from redactor.formats.pdf.pages import Pages


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    plain_pages.forget_all()
    yield
    plain_pages.forget_all()


def two_pages(*, hidden_on: int) -> bytes:
    document = pymupdf.open()
    for number in range(2):
        page = document.new_page()
        page.insert_text((72, 72), "Minutes of the meeting")
        if number == hidden_on:
            page.insert_text((72, 144), "Quillfeather", render_mode=3)
    data: bytes = document.tobytes()
    return data


def unseen_of(pages: Pages) -> list[list[str]]:
    return [[one.text for one in pages.unseen(number)] for number in range(pages.count)]


def test_a_page_is_remembered_only_where_everything_on_it_is_seen() -> None:
    data = two_pages(hidden_on=1)
    pages = Pages.of(data)
    assert unseen_of(pages) == [[], ["Quillfeather"]]
    sha256 = pages._sha256
    assert plain_pages.is_plain(sha256, 0)
    assert not plain_pages.is_plain(sha256, 1)


def test_a_document_read_again_shows_the_same() -> None:
    data = two_pages(hidden_on=1)
    assert unseen_of(Pages.of(data)) == unseen_of(Pages.of(data)) == [[], ["Quillfeather"]]


def test_what_is_remembered_of_one_file_says_nothing_of_another() -> None:
    assert unseen_of(Pages.of(two_pages(hidden_on=1))) == [[], ["Quillfeather"]]
    assert unseen_of(Pages.of(two_pages(hidden_on=0))) == [["Quillfeather"], []]


def test_only_a_few_documents_are_remembered() -> None:
    for name in "abcde":
        plain_pages.note_plain(name, 7)
    assert [name for name in "abcde" if plain_pages.is_plain(name, 7)] == ["b", "c", "d", "e"]
    assert not plain_pages.is_plain("b", 8)


def test_the_text_of_a_plain_page_is_kept_for_one_rebuild_and_no_longer() -> None:
    data = two_pages(hidden_on=1)
    with plain_pages.kept_for_rebuild():
        first = Pages.of(data)
        kept = [first.text(number) for number in range(2)]
        rebuilt = Pages.of(data)
        assert rebuilt.text(0) is kept[0]
        assert rebuilt.text(1) is not kept[1], "what is not seen is looked for again"
        assert Pages.of(data).text(0) is not kept[0]
    left = Pages.of(data)
    assert left.text(0) is not kept[0]
    assert plain_pages.take_text(left._sha256, 0) is None


def test_no_more_text_is_kept_than_there_is_room_for(monkeypatch) -> None:
    monkeypatch.setattr(plain_pages, "_MOST_KEPT", 30)
    data = two_pages(hidden_on=-1)
    with plain_pages.kept_for_rebuild():
        pages = Pages.of(data)
        assert [len(pages.text(number).text) for number in range(2)] == [22, 22]
        assert plain_pages.take_text(pages._sha256, 0) is not None
        assert plain_pages.take_text(pages._sha256, 1) is None


def test_nothing_is_kept_where_no_rebuild_follows() -> None:
    pages = Pages.of(two_pages(hidden_on=-1))
    pages.text(0)
    assert plain_pages.take_text(pages._sha256, 0) is None

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

"""Every place where a PDF keeps something: a marker planted there is in no byte that is written.

The planted files are made by ``tests.attack.catalogue``; whether the marker survives is asked of
qpdf, PDFium and Tesseract, none of which wrote the release.
"""

from __future__ import annotations

import pytest

import tests.attack.catalogue.around
import tests.attack.catalogue.content
import tests.attack.catalogue.pictures  # noqa: F401 - each enters its files in the list
from redactor.jobs import FileSource, RebuildOrder
from redactor.model import HiddenKind, quiet
from redactor.release.build import build
from redactor.release.plan import withheld_texts
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld
from tests.attack.catalogue.engines import places_of
from tests.attack.catalogue.kit import KEPT, MARK, VECTORS, Vector

_NAMES = [one.name for one in VECTORS]
#: Rows of which some texts are of no kind that has a name of its own.
_OF_NO_KIND = (
    "bookmarks, destinations, labels and other trees",
    "metadata and private data",
    "extra keys of forms and pictures",
    "data beside the pixels",
    "orphaned objects",
    "bytes around the file",
)
_HIDDEN = [one for one in VECTORS if not one.seen]


_released: dict[tuple[str, tuple[str, ...]], bytes] = {}


def release(vector: Vector, folder, terms: tuple[str, ...]) -> bytes:
    """Release a planted file as the command does, once, and have the gate look at it."""
    key = (vector.name, terms)
    if key not in _released:
        _released[key] = release_anew(vector, folder, terms)
    return _released[key]


def release_anew(vector: Vector, folder, terms: tuple[str, ...]) -> bytes:
    """Release a planted file, and have the gate look at it."""
    path = folder / "planted.pdf"
    path.write_bytes(vector.make())
    withheld = withheld_texts((), terms=terms)
    order = RebuildOrder(
        FileSource(path), "same", (), withheld, spread=True, spread_label="s40(2)",
        leave_out_unread=True,
    )  # fmt: skip
    answer = build(order, quiet)
    (file,) = answer.files
    numbers = tuple(one.term for one in withheld)
    proof = verify_file(
        "planted.pdf", file.data, Withheld(numbers, dict(answer.allowed)), strict=True
    )
    assert proof.ok, [check for check in proof.checks if not check.ok] or proof.leaks
    return file.data


@pytest.mark.parametrize("vector", VECTORS, ids=_NAMES)
def test_a_listed_term_is_gone_wherever_it_was_planted(vector, tmp_path):
    written = release(vector, tmp_path, (MARK,))
    assert places_of(written, MARK, pixels=vector.pixels) == []


@pytest.mark.parametrize("vector", _HIDDEN, ids=[one.name for one in _HIDDEN])
def test_what_is_hidden_is_left_out_though_nobody_asked_for_it(vector, tmp_path):
    written = release(vector, tmp_path, ("something else",))
    assert places_of(written, MARK, pixels=vector.pixels) == []


@pytest.mark.parametrize("vector", VECTORS, ids=_NAMES)
def test_the_rest_of_a_planted_letter_is_still_there(vector, tmp_path):
    if KEPT.encode() not in vector.make() and not vector.name.startswith("picture"):
        pytest.skip("the planted file holds no such word in plain bytes")
    assert places_of(release(vector, tmp_path, (MARK,)), KEPT)


@pytest.mark.parametrize("vector", VECTORS, ids=_NAMES)
def test_the_engines_of_this_suite_would_find_it(vector):
    """A suite that could not find the marker in the planted file would prove nothing."""
    if vector.name == "owner_password_only":
        pytest.skip("its strings are encrypted until it is opened")
    assert places_of(vector.make(), MARK, pixels=vector.pixels)


@pytest.mark.parametrize("vector", _HIDDEN, ids=[one.name for one in _HIDDEN])
def test_what_is_hidden_is_shown_in_review_as_what_it_is(vector):
    from redactor.formats.pdf import Pdf

    if vector.name in {"packed_twice", "bytes_behind_the_rows"}:
        pytest.skip("what nothing uses and no program shows is dropped without a word")
    if vector.pixels or vector.row in {"thumbnails", "file identifier", "fonts", "Type 3 fonts"}:
        pytest.skip("pixels, fonts and identifiers are no text")
    found = [one for one in Pdf().read(vector.make()).segments if MARK in one.text.upper()]
    assert found
    assert all(one.hidden is not None for one in found)
    assert {one.hidden for one in found} != {HiddenKind.OTHER} or vector.row in _OF_NO_KIND

"""Real Word documents: released with a word withheld, and read again by other programs."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import docx
import pytest
from lxml import etree

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan, cut, plan_spots
from redactor.formats.docx import Docx
from redactor.formats.package import Package, is_element, local_name
from redactor.model import Document, Ruling
from redactor.release.plan import spread, withheld_texts
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld
from tests.corpus import corpus_folder

_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"\[\w{1,4}\]")
_LABEL = "s40(2)"
_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})


_Readable: TypeAlias = list[tuple[Path, bytes, Document]]


@pytest.fixture(scope="module")
def readable() -> _Readable:
    """Give every real document that can be read, as it was read."""
    found = []
    for folder in ("docx-poi", "mixed-mat2"):
        for path in sorted(corpus_folder("files", folder).iterdir()):
            if path.suffix.lower() in _SUFFIXES:
                data = path.read_bytes()
                try:
                    found.append((path, data, Docx().read(data)))
                except UnreadableDocument:
                    continue  # that it is refused with a reason is shown elsewhere
    return found


def _words(texts: list[str]) -> Counter[str]:
    return Counter(_WORD.findall("\n".join(texts)))


def _words_of_package(data: bytes) -> Counter[str]:
    """Read all the text of a release from its markup: body, headers, footers and notes."""
    texts: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml", name):
                paragraphs = etree.fromstring(archive.read(name)).iter("{*}p")
                texts += ["".join(map(_text, one.iter())) for one in paragraphs]
    return _words(texts)


def _text(element: etree._Element) -> str:
    kind = str(element.tag).rpartition("}")[2]
    return (element.text or "") if kind == "t" else " " if kind in {"tab", "br"} else ""


def _plan(document: Document, word: str) -> RebuildPlan:
    redactions = spread(document.segments, withheld_texts((), terms=[word]), _LABEL)
    rulings = {one.place: Ruling.LEAVE_OUT for one in document.unread}
    return RebuildPlan(plan_spots(redactions), rulings=rulings)


def _likeliest(document: Document) -> str:
    """Choose a word to withhold: the commonest of those that are long enough to be sought."""
    seen = _words([one.text for one in document.segments if one.hidden is None])
    long = Counter(
        {word: count for word, count in seen.items() if len(word) > 5 and word.isalpha()}
    )
    return long.most_common(1)[0][0] if long else "Quillfeather"


def test_every_real_document_is_released_with_all_but_what_was_withheld(
    readable: _Readable,
) -> None:
    for path, data, document in readable:
        word = _likeliest(document)
        plan = _plan(document, word)
        released = Docx().rebuild(data, plan, "docx").files[0].data
        approved = [
            "".join(piece for piece, _ in cut(one.text, plan.spots.get(one.key, ())))
            for one in document.segments
            if one.hidden is None
        ]
        # The sign of a note stands by itself in our text, and against a word in the release.
        expected = _words([_SIGN.sub("", text) for text in approved])
        found = _words_of_package(released)
        lost = expected - found
        assert sum(lost.values()) <= 2 * len(re.findall(r"\[\w{1,4}\]", "".join(approved))), (
            path.name
        )
        opened = docx.Document(io.BytesIO(released))
        assert word not in _words([one.text for one in opened.paragraphs]), path.name
        terms = Withheld(tuple(one.term for one in withheld_texts((), terms=[word])))
        report = verify_file("release.docx", released, terms, strict=True)
        assert report.ok, (path.name, [one for one in report.checks if not one.ok])
    assert len(readable) >= 62


def test_another_reader_finds_no_paragraph_that_was_missed(readable: _Readable) -> None:
    compared = 0
    for path, data, document in readable:
        try:
            opened = docx.Document(io.BytesIO(data))
        except (ValueError, KeyError):
            continue  # a template, or a Strict file, which that reader does not open
        seen = _words([one.text for one in document.segments])
        theirs = _words([one.text for one in opened.paragraphs])
        compared += sum(theirs.values())
        assert not theirs - seen, path.name
    assert compared > 4_000


#: Packed data, which is searched for words but is none itself, and measures of drawings.
_NO_WORDS = frozenset(
    {"fldData", "EncapsulatedTimeStamp", "EncapsulatedOCSPValue", "posOffset", "Anchor", "v"}
)


def _texts_of_part(package: Package, name: str) -> Iterator[str]:
    for element in package.tree(name).iter():
        if is_element(element) and local_name(element) not in _NO_WORDS:
            text = _bare(element.text or "")
            if re.search(r"[^\W\d_]{3}", text) and text not in {"true", "false"}:
                yield text


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def test_no_text_of_any_part_is_passed_over(readable: _Readable) -> None:
    looked_at = 0
    for path, data, document in readable:
        whole = _bare("".join(one.text for one in document.segments))
        unread = {one.place for one in document.unread}
        package = Package(data)
        for name in package.names:
            if name.endswith((".xml", ".vml")) and name not in unread and package.size(name):
                for text in _texts_of_part(package, name):
                    looked_at += 1
                    assert text in whole, (path.name, name)
    assert looked_at > 2_000

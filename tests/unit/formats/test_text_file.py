from __future__ import annotations

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.text_file import Text
from redactor.model import LinePlace, ReadAs, key_of
from tests.unit.formats.office import everything


def test_lines_are_read_whatever_ends_them() -> None:
    segments = Text().read("one\r\ntwo\rthree\n\nfive\u2028still\n".encode()).segments
    assert [(one.id, one.text) for one in segments] == [
        ("line:1", "one"), ("line:2", "two"), ("line:3", "three"), ("line:5", "five\u2028still"),
    ]  # fmt: skip


def test_a_redacted_line_is_in_no_target() -> None:
    plan = RebuildPlan({key_of(LinePlace(1)): (Spot(3, 13, "s40(2)"),)})
    for target in Text.targets:
        data = Text().rebuild(b"Dear\nPC Una Thrale is well\n", plan, target).files[0].data
        assert b"Thrale" not in everything(data)
    rebuilt = Text().rebuild(b"Dear\nPC Una Thrale is well\n", plan, "txt")
    assert rebuilt.files[0].data == b"Dear\nPC [s40(2)] is well\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", ["Zoë\r\n\r\nPC Una\rcafé\u2028é\n\n", "\n\nUna", "Zoë\t=1\x0c\r"])
def test_text_comes_out_as_it_went_in(text: str, encoding: str) -> None:
    data = text.replace("\u2028", "").encode(encoding)
    assert Text().rebuild(data, RebuildPlan(), "txt").files[0].data == data


def test_only_the_redacted_line_is_composed() -> None:
    plan = RebuildPlan({key_of(LinePlace(1)): (Spot(5, 8, "s40(2)"),)})
    data = "cafe\u0301\ncafe\u0301 Una\n".encode()
    written = Text().rebuild(data, plan, "txt").files[0].data
    assert written == "cafe\u0301\ncafé [s40(2)]\n".encode()


def test_text_is_read_in_the_encoding_that_was_chosen_and_that_is_said() -> None:
    document = Text().read("Zoë\n".encode("cp850"), read_as=ReadAs("cp850"))
    assert document.segments[0].text == "Zoë"
    assert document.notes == (
        "Read as DOS code page 850 as you chose.",
        "Its lines end as on Linux and Mac (LF).",
    )


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"MZ\x90\x00", b"\xff\xfea"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        Text().read(data)

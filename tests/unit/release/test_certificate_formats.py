"""Certificates of an older format still hold, and a newer one is told as that."""

from __future__ import annotations

from pathlib import Path

from redactor.canonical import canonical
from redactor.release.certificate import CERTIFICATE_JSON
from redactor.release.certificate_rules import FORMAT
from redactor.release.manifest import MANIFEST_NAME
from redactor.sampling import summary
from tests.unit.release.certified import DRAWN, WITHOUT_TICKS, kinds, resigned, shape_of, signed

_SINCE_THE_FIRST = {"second_look", "sample", "checklist"}


def test_a_certificate_of_the_second_format_still_holds(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS)
    older = {name: one for name, one in shape_of(folder).items() if name != "checklist"}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 2}))
    assert kinds(folder) == []


def test_a_certificate_of_the_second_format_cannot_hide_what_was_answered(folder: Path) -> None:
    older = {name: one for name, one in shape_of(folder).items() if name != "checklist"}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 2}))
    assert kinds(folder) == ["contradiction"]


def test_a_certificate_of_the_first_format_still_holds(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS)
    shape = shape_of(folder)
    older = {name: one for name, one in shape.items() if name not in _SINCE_THE_FIRST}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 1}))
    assert kinds(folder) == []


def test_a_certificate_of_the_first_format_cannot_hide_what_was_done_since(folder: Path) -> None:
    resigned(folder, WITHOUT_TICKS, sample={"earlier": [summary(DRAWN, 900, {0: 1})]})
    shape = shape_of(folder)
    older = {name: one for name, one in shape.items() if name not in _SINCE_THE_FIRST}
    (folder / CERTIFICATE_JSON).write_bytes(signed({**older, "certificate": 1}))
    assert kinds(folder) == ["contradiction"]


def test_a_newer_format_is_told_as_that(folder: Path) -> None:
    newer = {**shape_of(folder), "certificate": FORMAT + 1, "more": True}
    (folder / CERTIFICATE_JSON).write_bytes(canonical(newer))
    assert kinds(folder) == ["newer-certificate"]
    (folder / MANIFEST_NAME).write_bytes(b'{"manifest":2}')
    assert kinds(folder) == ["newer-certificate"]


def test_a_newer_manifest_is_told_as_that(folder: Path) -> None:
    (folder / MANIFEST_NAME).write_bytes(b'{"manifest":2}')
    assert kinds(folder) == ["newer-manifest"]

"""CSV and text go through a whole release and come out equal outside what was redacted."""

from __future__ import annotations

import csv
import functools
import io
import random
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from redactor.app.oneshot import Failed, RedactOrder, Released, redact_files
from redactor.formats.base import RebuildPlan
from redactor.formats.csv_file import Csv
from redactor.formats.encoding import decode
from redactor.formats.fields import find_instruction
from redactor.formats.writers.exact import could_run
from redactor.matching import make_term
from redactor.model import AS_FOUND, ReadAs
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld
from redactor.workers import Lane
from tests.corpus import corpus_folder, find_corpus

_EXEMPTION = "s40(2) by s40(3A)(a)"
_FOLDER = find_corpus("files", "csv-sheetjs")
_CORPUS = sorted(_FOLDER.glob("*.csv")) if _FOLDER else []
_TEXT = 'name;town\r\nZoë Quibell;"Poole; ""Ark"""\r\nOrla Vexley;£5\r\n'


@functools.cache
def _lane() -> Lane:
    return Lane()


@pytest.fixture(scope="module", autouse=True)
def _one_worker_for_all() -> Iterator[None]:
    yield
    _lane().close()
    _lane.cache_clear()


def release(path: Path, out: Path, *terms: str, read_as: ReadAs = AS_FOUND) -> Released | Failed:
    order = RedactOrder(out, _EXEMPTION, terms=terms, read_as=read_as)
    (result,) = redact_files([path], order, _lane(), lambda _: None)
    assert isinstance(result, Released | Failed), result
    return result


def rows_of(data: bytes) -> list[list[str]]:
    """Read a table as anybody would, with Python's reader."""
    text = decode(data).text
    instruction, named = find_instruction(text)
    delimiter = named or ","
    csv.field_size_limit(2**31 - 1)
    return list(csv.reader(io.StringIO(text[len(instruction) :], newline=""), delimiter=delimiter))


@pytest.mark.parametrize("path", _CORPUS, ids=lambda one: one.name)
def test_a_table_of_the_corpus_is_equal_outside_a_word_drawn_by_lot(
    path: Path, tmp_path: Path
) -> None:
    data = path.read_bytes()
    words = sorted(set(re.findall(r"[^\W\d_]{5,}", decode(data).text))) or ["nothing"]
    word = random.Random(path.name).choice(words)
    result = release(path, tmp_path, word)
    assert isinstance(result, Released), result
    before, after = rows_of(data), rows_of(result.outputs[0][0].read_bytes())
    assert [len(one) for one in before] == [len(one) for one in after]
    redacted = 0
    for old, new in zip(chain(*before), chain(*after), strict=True):
        if "[s40(2)]" in new and "[s40(2)]" not in old:
            redacted += 1
            assert word.casefold() in old.casefold()
            assert word.casefold() not in re.findall(r"[^\W\d_]+", new.casefold())
        else:
            assert new == (f"'{old}" if could_run(old) else old)
    assert redacted > 0 or word == "nothing"


def test_every_table_of_the_corpus_comes_out_to_the_byte_but_for_what_could_run() -> None:
    changed = 0
    for path in sorted(corpus_folder("files", "csv-sheetjs").glob("*.csv")):
        data = path.read_bytes()
        same = Csv().rebuild(data, RebuildPlan(), "csv").files[0].data == data
        runs = any(could_run(one) for row in rows_of(data) for one in row)
        assert same is not runs, path.name
        changed += not same
    assert changed < len(_CORPUS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_a_release_keeps_the_encoding_and_passes_the_gate(
    tmp_path: Path, encoding: str, suffix: str
) -> None:
    path = tmp_path / f"rota.{suffix}"
    path.write_bytes(_TEXT.encode(encoding))
    result = release(path, tmp_path / "out", "Zoë Quibell")
    assert isinstance(result, Released), result
    written = result.outputs[0][0].read_bytes()
    assert written == _TEXT.replace("Zoë Quibell", "[s40(2)]").encode(encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("suffix", ["csv", "txt"])
def test_the_gate_finds_a_name_in_every_encoding_that_is_released(
    encoding: str, suffix: str
) -> None:
    term = make_term("Zoë Quibell", 1)
    assert term is not None
    found = verify_file(f"rota.{suffix}", _TEXT.encode(encoding), Withheld((term,)), strict=True)
    assert not found.ok
    assert found.leaks


def test_the_encoding_and_delimiter_that_were_asked_for_hold_from_the_reading_to_the_release(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rota.csv"
    path.write_bytes(_TEXT.encode("cp850"))
    as_found = release(path, tmp_path / "as found", "Zoë Quibell")
    assert isinstance(as_found, Failed), "the name was not read, and the gate let it out"
    result = release(path, tmp_path / "out", "Zoë Quibell", read_as=ReadAs("cp850", ";"))
    assert isinstance(result, Released), result
    assert result.redactions == 1
    written = result.outputs[0][0].read_bytes()
    assert written == _TEXT.replace("Zoë Quibell", "[s40(2)]").encode("utf-8-sig")
    assert any("DOS code page 850" in note for note in result.notes)

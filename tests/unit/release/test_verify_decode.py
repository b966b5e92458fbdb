"""Runs of printable characters in binary data: large data are searched as small ones are."""

from __future__ import annotations

import random

import pytest

from redactor.release.verify import decode
from redactor.release.verify.decode import printable_runs

_PIECES = (
    b"a", b"bc", b"hello", b"\x00", b"\x01", b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9f\x98\x80",
    b"\xc3", b"\xe2\x82", b"\x80", b"\xff", b"\xc0", b"\xf5", b"\x7f", b"\n", b"\xc2\x85",
    b"\xf4\xbf\xbf\xbf\xbf", b"\x02", "Mills".encode("utf-16-le"), "Mills".encode("utf-16-be"),
)  # fmt: skip


def _data(seed: int) -> bytes:
    rng = random.Random(seed)
    if seed % 3 == 0:
        return bytes(rng.choices(range(256), k=rng.randint(12, 80)))
    return b"".join(rng.choices(_PIECES, k=rng.randint(12, 40)))


@pytest.mark.parametrize("seeds", [range(at, at + 500) for at in range(0, 3000, 500)])
def test_the_runs_of_large_data_are_those_that_are_found_letter_by_letter(
    monkeypatch: pytest.MonkeyPatch, seeds: range
) -> None:
    small = [printable_runs(_data(seed)) for seed in seeds]
    monkeypatch.setattr(decode, "_SMALL", 0)
    large = [printable_runs(_data(seed)) for seed in seeds]
    assert any(small)
    assert [at for at, runs in zip(seeds, small, strict=True) if runs != large[at - seeds[0]]] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_a_name_is_found_wherever_it_lies_in_large_data(encoding: str) -> None:
    name = "Zoë Quillfeather".encode(encoding)
    noise = random.Random(7).randbytes(60_000)
    for at in (0, 1, 29_999, len(noise)):
        runs = printable_runs(noise[:at] + name + noise[at:])
        assert any("Quillfeather" in run for run in runs)

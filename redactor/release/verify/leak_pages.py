"""Say on which pages of a PDF a leak lies, so that these can go out as pictures of themselves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from redactor.release.verify.model import Check, Leak, VerificationReport

_PAGE = re.compile(r"page (\d+)(?:,.*)?")
_OBJECT = re.compile(r"object (\d+) (\d+)(?: stream)?")
_MOST_MET = 20_000
_SEARCHED = "no withheld text"


def with_pages(report: VerificationReport, untrusted: bytes) -> VerificationReport:
    """Give a report whose leaks, and the checks that they fail, name their pages.

    What a page draws with, a form, a pattern or a font, lies on each page that uses it. Where one
    engine has seen a term in the bytes alone, it is taken to lie where the others have seen it: if
    that is wrong, it is still there once these pages are pictures, and the release is stopped.
    """
    if not report.leaks or b"%PDF-" not in untrusted[:1024]:
        return report
    users = lru_cache(maxsize=None)(lambda key: _users(untrusted, key))
    leaks = [replace(leak, pages=tuple(_pages_of(leak, users))) for leak in report.leaks]
    of_term: dict[int, set[int]] = {}
    for leak in leaks:
        of_term.setdefault(leak.term_index, set()).update(leak.pages)
    leaks = [
        leak if leak.pages else replace(leak, pages=tuple(sorted(of_term[leak.term_index])))
        for leak in leaks
    ]
    return VerificationReport(
        tuple(_located(check, leaks) for check in report.checks), tuple(leaks)
    )


def _located(check: Check, leaks: Sequence[Leak]) -> Check:
    """Give a failed search the pages of its leaks, if every one of them lies on some."""
    own = [leak for leak in leaks if leak.engine == check.engine]
    if check.ok or check.name != _SEARCHED or not all(leak.pages for leak in own):
        return check
    return replace(check, pages=tuple(sorted({page for leak in own for page in leak.pages})))


def _pages_of(leak: Leak, users) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    if page := _PAGE.fullmatch(leak.where):
        return (int(page[1]) - 1,)
    if stream := _OBJECT.fullmatch(leak.where):
        found: tuple[int, ...] = users((int(stream[1]), int(stream[2])))
        return found
    return ()


def _users(untrusted: bytes, key: tuple[int, int]) -> tuple[int, ...]:
    """Give the pages whose content or resources lead to an object."""
    import pikepdf  # noqa: PLC0415 - loads native code

    with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
        return tuple(
            number for number, page in enumerate(pdf.pages) if key in set(_reached(page.obj))
        )


def _reached(page: object) -> Iterator[tuple[int, int]]:
    import pikepdf  # noqa: PLC0415 - loads native code

    waiting = [page]
    met: set[tuple[int, int]] = set()
    while waiting and len(met) < _MOST_MET:
        one = waiting.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            if one.objgen in met:
                continue
            met.add(one.objgen)
            yield one.objgen
        if isinstance(one, pikepdf.Stream):
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            waiting += [one[key] for key in one.keys() if key not in {"/Parent", "/Annots"}]  # noqa: SIM118 - not a dict
        elif isinstance(one, pikepdf.Array):
            waiting += list(one)

"""The text of a page or a line, cut into the paragraphs that a person wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redactor.law.letters.expressions import Expression
from redactor.law.letters.model import Passage

#: Lines no longer than this were not broken by the edge of the page.
_SHORT = 60
#: Lines longer than this are whole paragraphs, one a line.
_WHOLE = 160
#: A line that reaches this share of the longest one was broken by the edge of the page.
_FULL = 0.75
_ITEM = Expression(r"^\s*(?:[•●▪◦*–-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|Q(?:uestion)?\s*\d)")
_ENDED = Expression(r"[.:;?!][\"')\]]*$")
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": None,
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Give a text with one kind of quotation mark, dash and space each."""
    return " ".join(text.translate(_PLAIN).split())


def passages_of(places: Iterable[tuple[str, str]]) -> tuple[Passage, ...]:
    """Cut texts with their places into passages.

    Lines that a page or a width of typing broke are joined again; several passages may share the
    place of the page that they stand on.
    """
    return tuple(_passages(_lines(places)))


def _lines(places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(place, line) for place, text in places for line in (text.splitlines() or [""])]


def _passages(lines: list[tuple[str, str]]) -> Iterator[Passage]:
    longest = max((len(line.strip()) for _, line in lines), default=0)
    full = max(_SHORT, _FULL * longest) if longest <= _WHOLE else None
    where, text, last = "", "", ""
    for place, line in lines:
        now = line.strip()
        if text and now and full is not None and _runs_on(text, last, now, full):
            text, last = f"{text} {now}", now
            continue
        if text:
            yield Passage(where, text)
        where, text, last = place, now, now
    if text:
        yield Passage(where, text)


def _runs_on(text: str, last: str, now: str, full: float) -> bool:
    """Say whether a line goes on from the one before it."""
    if len(last) < full or _ITEM.match(plain(now)):
        return False
    return not _ENDED.search(plain(text)) or now[:1].islower()

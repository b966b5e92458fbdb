"""Numbers found once with their context are looked for everywhere in the document.

``PC 0138 Stone`` on page 1 makes ``0138:`` in the log on page 3 the same officer's number; alone it
says nothing. So do the numbers at the head of a log's lines, and references that a word introduced.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from redactor.detect.resolve import Found

_RECOGNISER = "number-mention@1"
_WHY = "a number found elsewhere with its context"
#: Reasons of finds whose text is a reference of its own wherever it stands.
_CERTAIN = 0.55
#: A reference that can be told from a count: four figures, or letters beside figures.
_TELLING = regex.compile(
    r"(?=(?:\w*\d){2})(?:\d{4,12}|[A-Za-z]{1,3}\d{2,8}[A-Za-z]{0,2}|\d{1,6}[A-Z]{1,2}\d?)"
)
#: Three figures count only where they stand as a number of somebody does.
_SHORT = regex.compile(r"\d{2,3}")
_TOKEN = regex.compile(r"(?<![\w.,£$/:+-])[A-Za-z]{0,3}\d{2,12}[A-Za-z]{0,2}\d?(?![\w/%]|[.,:-]\d)")
_BEFORE_SOMEBODY = regex.compile(r":|\)|[ ]+\p{Lu}\p{L}+")
_AFTER_SOMEBODY = regex.compile(
    r"(?i)(?:\b(?:by|with|from|pc|dc|ps|ds|sgt|and|officers?|collar|number)[ ]|\()$"
)
#: The running number within a longer reference, by which a case is called for short.
_PART = regex.compile(r"(?<=/)\d{4,7}(?=/)")
_YEAR = regex.compile(r"(?:19|20)\d\d")


class Numbers:
    """The identifying numbers of one document."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._short: set[str] = set()

    def meet(self, text: str, found: Found) -> None:
        """Take in a number that was found with its context, and is not proposed to be kept."""
        if found.label != "ID" or found.score < _CERTAIN:
            return
        if _TELLING.fullmatch(text) and not _YEAR.fullmatch(text):
            self._known.add(text.upper())
        elif _SHORT.fullmatch(text) and "rank" in found.why:
            self._short.add(text)
        elif "/" in text:
            self._short.update(one for one in _PART.findall(text) if not _YEAR.fullmatch(one))

    def mentions(self, text: str) -> Iterator[Found]:
        """Find the numbers in a segment, those that have been found there already included."""
        if not self._known and not self._short:
            return
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word.upper() in self._known or (
                word in self._short and _stands_for_somebody(text, match)
            ):
                yield Found("ID", match.start(), match.end(), 0.5, _RECOGNISER, _WHY)


def _stands_for_somebody(text: str, match: regex.Match[str]) -> bool:
    return bool(
        _BEFORE_SOMEBODY.match(text, match.end())
        or _AFTER_SOMEBODY.search(text, max(0, match.start() - 12), match.start())
    )

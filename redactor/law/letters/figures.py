"""Figures of a letter that do not add up, and small counts that it gives away.

Only what is certain: rows of a label and its figures whose last one is called a total, and parts
that are said to be all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given
from redactor.law.letters.model import Issue, Kind
from redactor.matching import fold_text

_FIGURE = r"\d{1,3}(?:,\d{3})+|\d{1,7}"
_HIDDEN = (
    r"<\s?\d{1,2}|(?:fewer|less) than (?:\d{1,2}|five|ten|three)|\*|withheld|suppressed"
    r"|\[?s\.?40\(2\)\]?"
)
_VALUE = Expression(rf"^(?:{_FIGURE}|{_HIDDEN})$")
_LINE = Expression(
    rf"^(?P<label>[^:;\t|]*?[A-Za-z][^:;\t|]*?)(?:\s?[:|\t]\s?|\s-\s)"
    rf"(?P<values>(?:{_FIGURE}|{_HIDDEN})"
    rf"(?:\s*[\t|]\s*(?:{_FIGURE}|{_HIDDEN}))*)\.?$"
)
_TOTAL = Expression(r"^(?:grand |overall )?totals?\b|\btotal$")
#: A passage that is longer is no row of a table.
_LONGEST_ROW = 200
_NUMBER = re.compile(r"\d[\d,]*")
_WORDS = {"three": 3, "five": 5, "ten": 10}
_UNIT = r"(?:[a-z]+ ){0,3}?"
_OF_THESE = Expression(
    rf"\bof (?:the|these|those) (?P<all>{_FIGURE})\b"
    r"(?P<rest>[^.;]*\b(?:and )?the (?:remaining|other|rest)\b[^.;]*)"
)
_BREAKDOWN = Expression(
    r"\bbreakdown\b[^.;]{0,40}\b(?:will not|cannot|can not|not|withheld|refused|exempt)\b"
)
_TOTALS = Expression(
    r"\b(?:grand )?totals?\b[^.;]{0,30}\b(?:has|have|is|are|was|were) (?:been )?"
    r"(?:provided|given|shown|included)"
)


@dataclass(frozen=True, slots=True)
class Count:
    """The whole numbers that a printed count may stand for; ``high`` is None for no limit."""

    low: int
    high: int | None

    @property
    def is_exact(self) -> bool:
        """Say whether it is printed as it is."""
        return self.low == self.high

    def holds(self, number: int) -> bool:
        """Say whether it may be a number."""
        return self.low <= number and (self.high is None or number <= self.high)


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its figures, as printed."""

    passage: int
    label: str
    values: tuple[str, ...]

    @property
    def is_total(self) -> bool:
        """Say whether its label calls it a total."""
        return _TOTAL.search(self.label.strip().lower()) is not None


def rows_of(texts: Sequence[str]) -> Iterator[list[Row]]:
    """Find rows that stand together: ``Upheld: 3``, or a cell with a label before figures."""
    group: list[Row] = []
    label: tuple[int, str] | None = None
    values: list[str] = []
    for number, text in enumerate([*texts, ""]):
        if text and _VALUE.match(text) and label is not None:
            values.append(text)
            continue
        if label is not None and values:
            group.append(Row(label[0], label[1], tuple(values)))
            label, values = None, []
        elif label is not None and group:
            yield group
            group = []
        line = _LINE.match(text) if 0 < len(text) <= _LONGEST_ROW else None
        if line is not None:
            split = re.split(r"\s*[\t|]\s*", line["values"])
            group.append(Row(number, line["label"], tuple(split)))
            label = None
        elif text and len(text) <= 60:
            label = (number, text)
        else:
            label = None
            if group:
                yield group
                group = []
    if group:
        yield group


def sums(given: Given) -> Iterator[Issue]:
    """Find totals that their parts do not add up to, and hidden parts that they give away."""
    for group in rows_of(given.texts):
        parts: list[Row] = []
        for row in group:
            if row.is_total and len(parts) > 1:
                alike = [one for one in parts if len(one.values) == len(row.values)]
                if len(alike) == len(parts):
                    yield from _column_issues(given, alike, row)
                parts = []
            elif not _is_head(row):
                parts.append(row)


def _is_head(row: Row) -> bool:
    """Say whether a row is one of years, above the figures."""
    return len(row.values) > 1 and all(re.fullmatch(r"(?:19|20)\d\d", one) for one in row.values)


def _column_issues(given: Given, parts: list[Row], total: Row) -> Iterator[Issue]:
    for column, printed in enumerate(total.values):
        whole = _count(printed)
        cells = [_count(one.values[column]) for one in parts]
        if not whole.is_exact:
            continue
        known = sum(one.low for one in cells if one.is_exact)
        hidden = [one for one in cells if not one.is_exact]
        left = whole.low - known
        if not hidden and left:
            yield Issue(
                Kind.FIGURE,
                given.place(total.passage),
                f"The parts add up to {known}, and the total is given as {whole.low}.",
            )
        elif hidden and _gives_away(hidden, left):
            yield Issue(
                Kind.SMALL_COUNT,
                given.place(total.passage),
                "A count that is not given can be worked out from the total and the others. Hide "
                "another one, or the total.",
            )


def _gives_away(hidden: Sequence[Count], left: int) -> bool:
    """Say whether what is left for the hidden counts leaves any of them a single value."""
    least = sum(one.low for one in hidden)
    highs = [one.high for one in hidden if one.high is not None]
    if len(hidden) == 1:
        return True
    return left <= least or (len(highs) == len(hidden) and left >= sum(highs))


def _count(printed: str) -> Count:
    found = _NUMBER.search(printed)
    if found is not None and found[0] == printed:
        exact = int(printed.replace(",", ""))
        return Count(exact, exact)
    below = next((size for word, size in _WORDS.items() if word in printed.lower()), 0)
    if found is not None and printed.lower().startswith(("<", "fewer", "less")):
        below = int(found[0])
    return Count(1, below - 1) if below > 1 else Count(0, None)


def of_these(given: Given) -> Iterator[Issue]:
    """Find parts that are said to be all of a number and are not: of the 24, 10; the other 13."""
    for number, sentence in given.sentences():
        for found in _OF_THESE.each(sentence):
            counts = [int(one[0].replace(",", "")) for one in _NUMBER.finditer(found["rest"])]
            whole = int(found["all"].replace(",", ""))
            if len(counts) > 1 and "%" not in found["rest"] and sum(counts) != whole:
                yield Issue(
                    Kind.FIGURE,
                    given.place(number),
                    f"The parts add up to {sum(counts)}, and the whole is given as {whole}.",
                )


def withheld_breakdown(given: Given) -> Iterator[Issue]:
    """Find totals that are given beside a breakdown that is withheld."""
    withheld, totals = given.first(_BREAKDOWN), given.first(_TOTALS)
    if withheld is not None and totals is not None:
        yield Issue(
            Kind.SMALL_COUNT,
            given.place(totals),
            "Totals of several tables are given, and a breakdown is withheld for its low numbers. "
            "See that no hidden count follows from them; `redactor numbers --audit` works it out.",
        )


def of_tables(given: Given) -> Iterator[Issue]:
    """Find figures that differ from those of the released tables, by their labels."""
    if given.facts is None:
        return
    known = {fold_text(label): values for label, values in given.facts.figures.items()}
    for group in rows_of(given.texts):
        for row in group:
            if len(row.values) != 1 or not (printed := known.get(fold_text(row.label))):
                continue
            value = _count(row.values[0])
            there = [_count(one) for one in printed if _VALUE.match(one)]
            if not there or value in there or not value.is_exact:
                continue
            if any(not one.is_exact and one.holds(value.low) for one in there):
                yield Issue(
                    Kind.SMALL_COUNT,
                    given.place(row.passage),
                    "The released table hides this count, and the letter gives it. Take it out.",
                )
            else:
                yield Issue(
                    Kind.FIGURE,
                    given.place(row.passage),
                    f"The letter gives {value.low}; no released table has it against that label.",
                )

"""Which tokens stand in a phrase of the word lists: what the field of this domain also goes by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from redactor.detect.lexicon import SAID_LABELS, phrases_said
from redactor.detect.tagger.tokens import Token
from redactor.detect.words import words_of

#: The labels whose phrases are marked.
PHRASE_LABELS = SAID_LABELS


class PhraseMarks:
    """The phrases of the word lists, looked up in a passage."""

    def of(self, text: str, tokens: Sequence[Token]) -> list[tuple[str, ...]]:
        """Give for every token the labels of the phrases that it stands in."""
        marks: list[tuple[str, ...]] = [()] * len(tokens)
        starts = [token.start for token in tokens]
        words = words_of(text)
        for label, first, behind, phrase in phrases_said(text):
            low = bisect_left(starts, words[first].start)
            high = bisect_left(starts, words[behind - 1].end)
            said = label if phrase.strong else f"{label}?"
            for at in range(low, high):
                marks[at] = (*marks[at], said)
        return marks

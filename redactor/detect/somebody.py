"""Whether a document speaks of anybody: policy, guidance and blank forms do not.

In such text ``assault`` or ``pregnant`` tells of nobody, and what only might be a name is a
heading. Measured on invented documents: those about people hold more than 35 names, personal
pronouns and numbers in a thousand words, policies and statistics fewer than 22.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from redactor.detect.gazetteer import gazetteer
from redactor.detect.normal import normalise
from redactor.detect.recognise.name_words import PRONOUNS, RANK_WORDS, TITLES
from redactor.detect.resolve import Found
from redactor.detect.rules import LEARNT
from redactor.detect.words import Word, words_of
from redactor.labels import LABELS
from redactor.lists import ALWAYS_RECOGNISER
from redactor.model import CellPlace, FieldPlace, Segment

#: Fewer signs of somebody than this in a thousand words: the document speaks of nobody.
_FEWEST = 12.0
#: A document is judged by so many words at its beginning at most, and needs so many to be judged.
_ENOUGH, _TOO_FEW = 20_000, 60
#: So many signs settle it: a policy of twenty thousand words may hold so many.
_PLENTY = 60
_MOST_IN_A_YEAR = 4
#: Ciphers for people in logs and papers: ``Officer A``, ``DP``, ``V1``, ``IC3``.
_CIPHER = regex.compile(
    r"\b(?:(?:Officer|Witness|Ms|Mr|Miss|Mrs|Pupil|Child|Person|Resident|Staff|Employee) \p{Lu}"
    r"|DP|INFT?|[VSWP]\d|IC[1-9])\b"
)
#: What tells of somebody only where there is somebody.
_SPOKEN = frozenset(label.name for label in LABELS if label.special or label.group == "offence") | {
    "ROLE",
    "AGE",
}
_NEVER, _SURE, _LIKELY = 1.1, 0.9, 0.5
#: The fields that ship are free with names of headings; a model of the site joins as a rule does.
_OUR_FIELDS = (f"{LEARNT}names@", f"{LEARNT}domain@")
_BY_LISTS = (ALWAYS_RECOGNISER, "pack: ")


def speaks_of_nobody(segments: Sequence[Segment]) -> bool:
    """Say whether the running text of a document names nobody and points at nobody.

    Tables never count as such: a row without a name may still be a person's.
    """
    if any(isinstance(one.place, (CellPlace, FieldPlace)) for one in segments):
        return False
    words = signs = 0
    for segment in segments:
        normal = normalise(segment.text).text
        found = words_of(normal)
        words += len(found)
        signs += _signs(found) + 2 * sum(1 for _ in _CIPHER.finditer(normal))
        if words > _ENOUGH or signs > _PLENTY:
            break
    return words >= _TOO_FEW and signs * 1000 < _FEWEST * words


def _signs(words: Sequence[Word]) -> int:
    signs = sum(_points_at_somebody(word) for word in words)
    for word, following in pairwise(words):
        if following.gap in (" ", ". ") and word.capital and following.capital:
            signs += 2 * _names_somebody(word, following)
    return signs


def _points_at_somebody(word: Word) -> bool:
    """Say whether a word is a personal pronoun, or a number that may be somebody's."""
    if word.text.isalpha() or (word.text[0].isalpha() and not word.text[-1].isdigit()):
        return word.folded in PRONOUNS and (word.folded != "i" or word.capital)
    digits = sum(one.isdigit() for one in word.text)
    return digits > _MOST_IN_A_YEAR or (digits > 1 and digits < len(word.text) > 3)


def _names_somebody(word: Word, following: Word) -> bool:
    lists = gazetteer()
    ordinary = lists.is_ordinary(following.text)
    if word.folded in TITLES or word.folded in RANK_WORDS:
        return not ordinary
    return (
        lists.is_forename(word.text)
        and not lists.is_ordinary(word.text)
        and (not ordinary or lists.is_surname(following.text))
    )


def about_somebody(finds: Iterable[Found]) -> list[Found]:
    """Leave out, of what was found in a document that speaks of nobody, what needs somebody."""
    return [found for found in finds if found.score >= _needed(found)]


def _needed(found: Found) -> float:
    if found.recogniser.startswith(_BY_LISTS):  # the authority asked for it
        return 0.0
    learnt = found.recogniser.startswith(_OUR_FIELDS)
    if found.label in _SPOKEN:
        return _NEVER if learnt else _SURE
    if learnt:
        return _SURE
    return _LIKELY if found.label == "PERSON" else 0.0

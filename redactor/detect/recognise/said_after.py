"""What is said behind a cue: *dismissed for …*, *Injuries: …*, *pointed it at him*.

People do things that no word list holds. What they are said to have done stands behind the word
for what became of it (*arrested for*, *cautioned for*), and what they have or are stands behind
the name of a field. The cues are data (``resources/detection/lexicons/cues.txt``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import regex

from redactor.detect.columns import is_filled
from redactor.detect.lexicon import Lexicon, read_lexicons, word_classes
from redactor.detect.recognise.spoken_of import SpokenOf, spoken_of
from redactor.detect.rules import Example, Hit, Recogniser
from redactor.detect.words import Word

#: How many words may follow a cue that leads on, and how many a field.
_LED, _VALUE = 6, 10
_SCORE, _DONE = 0.5, 0.45
_MARK = regex.compile(r"[ ]?(?:\([^()\n]{0,30}\))?[ ]?(?:[:=?]|[ ]{2,}|\|)[ ]*(?=[^\s|])")
_BEFORE_FIELD = regex.compile(r"\n|[.;|•\]]|[ ]{3,}|,|^$|\d")
_VALUE_END = regex.compile(r"\n|[;|]|[ ]{3,}|\.(?:\s|$)|[.?!]\s")
_LED_END = regex.compile(r"[.;:|\n()\"?!]|, |  | - ")


class SaidAfter(Recogniser):
    """Conduct behind what became of it, and the values of fields that tell of a person."""

    NAME = "said-after"
    LABELS = (
        "OFFENCE",
        "OUTCOME",
        "SC_HEALTH",
        "SC_RACE",
        "SC_RELIGION",
        "SC_POLITICS",
        "SC_UNION",
        "SC_SEXLIFE",
        "SC_ORIENTATION",
        "SC_BIOMETRIC",
        "SC_GENETIC",
    )
    OF_NAMES = True
    EXAMPLES = (
        Example("He was dismissed for wearing a wire at", "OFFENCE", "wearing a wire"),
        Example("She squirrelled him away", "OFFENCE", "squirrelled him"),
        Example("Mr Shah\nDecision: stood down until May", "OUTCOME", "stood down until May"),
        Example("Mr Shah\nMedication: Zorbidol nightly", "SC_HEALTH", "Zorbidol nightly"),
        Example("Mr Shah\nNationality: Ruritanian", "SC_RACE", "Ruritanian"),
        Example("Mr Shah\nReligion: Zamist", "SC_RELIGION", "Zamist"),
        Example("Mr Shah\nPolitical party: Orchard", "SC_POLITICS", "Orchard"),
        Example("Mr Shah\nTrade union: Coopers", "SC_UNION", "Coopers"),
        Example("Mr Shah\nSex life: much as before", "SC_SEXLIFE", "much as before"),
        Example("Mr Shah\nSexual orientation: mixed", "SC_ORIENTATION", "mixed"),
        Example("Mr Shah\nFingerprints: loop, left", "SC_BIOMETRIC", "loop, left"),
        Example("Mr Shah\nGenetics: as his father", "SC_GENETIC", "as his father"),
    )
    NOT_FOUND = (
        "Officers must report anyone dismissed for dishonesty.",
        "Mr Shah\nMedication: none",
        "He was sentenced for four hours of it",
    )

    def load(self) -> None:
        """Read the cues."""
        self._cues: Lexicon = read_lexicons(("cues",))
        self._classes = word_classes()
        self._empty = self._classes["lead-none"] | self._classes["n"]

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what stands behind the cues of a passage that speaks of somebody."""
        around = spoken_of(text)
        yield from self._done_to(around)
        for cue, first, behind, _ in self._cues.find(around.words):
            label, _, kind = cue.partition(" ")
            if behind >= len(around.words) or not self._speaks_of_somebody(around, first):
                continue
            if kind == "lead":
                found = self._led(around.words, behind)
                why = "what follows a word for what became of it"
            else:
                found = self._value(text, around.words, first, behind)
                why = "the value of a field"
            if found:
                yield Hit(label, *found, _SCORE, why)

    def _done_to(self, around: SpokenOf) -> Iterator[Hit]:
        """Give what was done to somebody: a verb of the past and *him* or *her*."""
        words = around.words
        for at in range(1, len(words)):
            if words[at].folded not in self._classes["object"] or words[at].gap != " ":
                continue
            verb = words[at - 1].folded
            past = (len(verb) > 4 and verb.endswith("ed")) or verb in self._classes["past"]
            if past and verb not in self._classes["harmless"]:
                yield Hit(
                    "OFFENCE",
                    words[at - 1].start,
                    words[at].end,
                    _DONE,
                    "what was done to somebody",
                )

    def _speaks_of_somebody(self, around: SpokenOf, at: int) -> bool:
        sentence = around.sentence(at)
        if sentence.person:
            return True
        if sentence.rule or sentence.counts or around.impersonal:
            return False
        return around.line(at).person or around.dense or len(around.words) < 12

    def _led(self, words: Sequence[Word], at: int) -> tuple[int, int] | None:
        """Give the next words of the sentence, without articles at their beginning."""
        while (
            at < len(words)
            and words[at].gap == " "
            and words[at].folded in self._classes["lead-in"]
        ):
            at += 1
        last = at
        while last < len(words) and last - at < _LED:
            word = words[last]
            if _LED_END.search(word.gap) or word.folded in self._classes["lead-end"]:
                break
            if word.capital and not word.shouted and last > at:
                break
            last += 1
        if last == at or words[at].folded in self._empty:
            return None
        if not any(len(word.text) > 3 for word in words[at:last]):
            return None
        return words[at].start, words[last - 1].end

    def _value(
        self, text: str, words: Sequence[Word], first: int, behind: int
    ) -> tuple[int, int] | None:
        """Give the value of a field, where the cue is a field with a value."""
        mark = _MARK.match(text, words[behind - 1].end)
        if not mark or "\n" in mark.group():
            return None
        before = words[first].gap
        if first and not _BEFORE_FIELD.search(before):
            return None
        if not any(one in mark.group() for one in ":=?") and first and "\n" not in before:
            return None
        start = mark.end()
        end_mark = _VALUE_END.search(text, start)
        end = end_mark.start() if end_mark else len(text)
        inside = [word for word in words[behind : behind + _VALUE] if start <= word.start < end]
        if not inside or not is_filled(text[start : inside[-1].end]):
            return None
        if inside[0].folded in self._classes["no-value"]:
            return None
        return inside[0].start, inside[-1].end


RECOGNISERS = (SaidAfter,)

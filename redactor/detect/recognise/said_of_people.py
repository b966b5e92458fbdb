# ruff: noqa: E501 - a pattern is easier to check on one line
"""What is said of people: offences and conduct, outcomes, and the heads of Article 9(1) UK GDPR.

The words are data (``resources/detection/lexicons``). A phrase that says enough by itself is proposed
wherever a case is spoken of; a weak one (``push``, ``white``) only near somebody. Text that lays
down rules, and rows that count, speak of nobody: nothing is proposed there. Criminal-offence data
follow sections 10(5) and 11(2) of the Data Protection Act 2018; ethnicity codes are the 16+1 codes
of the 2001 census as used in custody and stop-and-search records, and the IC codes of officers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.gazetteer import gazetteer
from redactor.detect.lexicon import Lexicon, Phrase, read_lexicons
from redactor.detect.rules import CELL_BREAK, Example, Hit, Recogniser, Rule, RuleRecogniser
from redactor.detect.words import Word, words_of

_SOMEBODY = regex.compile(
    r"(?i)\b(?:he|she|him|her|his|hers|himself|herself|i|i'm|i've|i'd|my|me|he's|she's|mr|mrs|ms|miss|mx|dr|"
    r"pc|dc|ps|ds|di|pcso|insp|sgt|officer [a-z]\b|the officer|a probationer|male|female|fem|son|daughter|brother|sister|"
    r"mother|father|mum|dad|husband|wife|partner|boyfriend|girlfriend|neighbour|nan|cousin|uncle|aunt|"
    r"suspect|victim|complainant|detainee|detained person|dp|v\d|s\d|w\d|infT|inft|witness [a-z]\b|subject|patient|"
    r"claimant|defendant|client|prisoner|tenant|pupil|the child|the man|the woman|a man|a woman|"
    r"the boy|the girl|lad|occupant|driver|rider|caller|applicant|employee|you|your|person|reply|result|interviewed|"
    r"arrested|charged|custody)\b"
)
_RULE = regex.compile(
    r"(?i)\b(?:must|may not|should|policy|anyone|any person|operators|examples?|for example|is defined|definition|means|"
    r"includes|nobody will|staff who|officers who|members? of staff|volunteers|will be (?:refused|kept|reviewed|answered)|guidance|procedure|"
    r"act \d{4}|categor(?:y|ies)|such as|e\.g\.|retention|training|breakdown|number of|figures|condition in schedule|may reveal|special category|declaration)\b"
)
_PERSONAL = regex.compile(
    r"(?i)\b(?:he|she|him|her|his|himself|herself|i|my|me|mr|mrs|ms|miss|pc|dc|ps|ds|sgt|insp)\b"
)
_COUNTS = regex.compile(r"(?:\s{2,}|\t)\d+(?:\s{2,}\d+)*\s*$|[ ]{2,}(?:\d+[ ]+){2,}\d+")


class _Phrases(Recogniser):
    """Phrases of one or more labels, tied to somebody."""

    OF_NAMES = True

    def load(self) -> None:
        """Read the phrases."""
        self._lexicon: Lexicon = read_lexicons(self.LABELS)

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give the phrases that speak of somebody."""
        words = words_of(text)
        for label, first, behind, phrase in self._lexicon.find(words):
            start, end = words[first].start, words[behind - 1].end
            score = self._score(text, start, end, phrase, words[first])
            if score:
                yield Hit(label, start, end, score, "a phrase of the word list")

    def _score(self, text: str, start: int, end: int, phrase: Phrase, word: Word) -> float:
        low, high = _paragraph(text, start, end)
        around = text[low:high]
        if _COUNTS.search(around) and high - low < 200:
            return 0.0
        if _RULE.search(around) and not _PERSONAL.search(around):
            return 0.0
        if len(phrase.words) == 1 and word.text.istitle() and not phrase.strong and word.gap == " ":
            return 0.0
        tied = bool(_SOMEBODY.search(around)) or _names_somebody(text, low, high)
        if phrase.strong:
            return 0.65 if tied else 0.45
        return 0.45 if tied else 0.0


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the line around a range, no further than 300 characters either way."""
    low = max(text.rfind("\n", 0, start) + 1, start - 300)
    high = text.find("\n", end)
    high = min(len(text) if high < 0 else high, end + 300)
    return low, high


def _names_somebody(text: str, low: int, high: int) -> bool:
    lists = gazetteer()
    for match in regex.finditer(r"\p{Lu}[\p{L}'-]+", text, pos=low, endpos=high):
        if lists.is_forename(match.group()) and not lists.is_ordinary(match.group()):
            return True
    return CELL_BREAK.strip() in text


class Offences(_Phrases):
    """Offences, misconduct and conduct alleged of somebody."""

    NAME = "offence"
    LABELS = ("OFFENCE",)
    EXAMPLES = (
        Example("He was arrested for common assault at home", "OFFENCE", "common assault"),
        Example(
            "PC Stone is accused of misconduct in public office.",
            "OFFENCE",
            "misconduct in public office",
        ),
        Example("she said he punched her", "OFFENCE", "punched"),
    )
    NOT_FOUND = (
        "Officers must declare any conviction for assault.",
        "Sexual assault                  3         1         4",
        "Examples of offences include theft.",
    )


class Outcomes(_Phrases):
    """Disposals, findings and sanctions."""

    NAME = "outcome"
    LABELS = ("OUTCOME",)
    EXAMPLES = (
        Example("PC Stone was dismissed without notice", "OUTCOME", "dismissed without notice"),
        Example("She pleaded guilty in May", "OUTCOME", "pleaded guilty"),
        Example("He was released under investigation.", "OUTCOME", "released under investigation"),
    )
    NOT_FOUND = (
        "Final written warning       5        1         0",
        "Anyone convicted must declare it.",
    )


class Special(_Phrases):
    """Health, origin, belief, politics, union, sex life, orientation, biometric and genetic data."""

    NAME = "special-category"
    LABELS = (
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
    EXAMPLES = (
        Example("She has post-traumatic stress and", "SC_HEALTH", "post-traumatic stress"),
        Example("he takes sertraline daily", "SC_HEALTH", "sertraline"),
        Example("Mr Khan is Pakistani and", "SC_RACE", "Pakistani"),
        Example("she is a practising Catholic.", "SC_RELIGION", "practising Catholic"),
        Example("he is a Green Party member", "SC_POLITICS", "Green Party member"),
        Example("her union rep attended", "SC_UNION", "union rep"),
        Example("he was having an affair with", "SC_SEXLIFE", "having an affair"),
        Example("she is openly gay", "SC_ORIENTATION", "openly gay"),
        Example("his fingerprints were found", "SC_BIOMETRIC", "fingerprints"),
        Example("a DNA sample from him", "SC_GENETIC", "DNA sample"),
    )
    NOT_FOUND = (
        "A declaration may reveal racial or ethnic origin, political opinions, religious belief or health.",
        "a white van and a black Golf",
    )


class Codes(RuleRecogniser):
    """Ethnicity codes, and the sections of law that name what somebody did."""

    NAME = "code"
    LABELS = ("SC_RACE", "OFFENCE", "SC_HEALTH")
    OF_NAMES = True
    RULES = (
        Rule("SC_RACE", r"\b(?P<v>IC ?[0-9])\b", 0.9, "an identity code"),
        Rule(
            "SC_RACE",
            r"(?i:\b(?:self[ -]?defined|officer[ -]?defined|sde|ode|eth(?:nicity|nic code|nic appearance)?|16\+1|18\+1)(?: ?(?:ethnicity|code|ethnic appearance))?)[ :=-]{1,4}(?P<v>[WMABOG][1-9]|NS)\b",
            0.95,
            "a code after a word for ethnicity",
        ),
        Rule(
            "SC_RACE",
            r"(?<![\w/.-])(?P<v>[WMABO][1-9])(?![\w/.-])",
            0.1,
            "an ethnicity code",
            context=(
                "ethnicity",
                "ethnic",
                "eth",
                "sde",
                "self defined",
                "self-defined",
                "defined",
                "16+1",
            ),
        ),
        Rule(
            "OFFENCE",
            r"\b(?P<v>[Ss]\.? ?(?:18|20|39|47|4A?|5)(?: (?:OAPA|POA|[Aa]ssault|wounding|GBH|[Pp]ublic [Oo]rder))?)(?= (?:and|AND|assault|on)\b|[,.;)]? ?(?:AND|and) BREACH)",
            0.6,
            "a section that names an offence",
        ),
        Rule(
            "OFFENCE",
            r"(?i:\b(?:offence|charge|charged with|object|offences|allegation|class|suspected)s?[:;]) ?(?P<v>[\p{L}][\p{L} ./()\d'&-]{3,60}?)(?=\.(?:\s|$)| x\d|   |;|\n|, |$)",
            0.7,
            "what follows a word for offences",
            needs=":",
        ),
        Rule(
            "SC_HEALTH",
            r"(?i:\b(?:injur(?:y|ies)|medication|medical(?: conditions?)?|disability|condition|diagnosis|health|allerg(?:y|ies))): ?(?P<v>(?!none|nil|n/a|not |no )[\p{L}][\p{L} ,'\d-]{2,60}?)(?=[.;\n]|$|,)",
            0.7,
            "what follows a word for health",
            needs=":",
        ),
        Rule(
            "SC_HEALTH",
            r"\b(?P<v>[A-Z][a-z]{3,}(?:ine|pam|pril|olol|statin|azole|cillin|mycin|oxetine|pride|tidine|sone|gliptin|parin|profen)|[a-z]{4,}(?:zepam|pril|olol|statin|prazole|cillin|mycin|oxetine|azepine|triptan|gliptin|xaban|idone|pine)) ?\d{0,4} ?(?:mg|mcg|g|ml)?\b",
            0.45,
            "the ending of a medicine's name",
            needs="",
        ),
        Rule(
            "SC_HEALTH",
            r"\b(?P<v>\p{L}{4,}(?:itis|ectomy|oscopy|aemia|opathy|oplasty|algia|plegia|phrenia|osis(?<!diagnosis|prognosis|emphasis|process)))\b",
            0.55,
            "the ending of a medical word",
            needs="",
        ),
        Rule(
            "SC_HEALTH",
            r"(?i)\b(?P<v>(?:\d{1,2}|[a-z]{3,9}) ?(?:weeks|wks|months|mths) (?:preg(?:nant)?|gone))\b",
            0.85,
            "a stage of pregnancy",
            needs="",
        ),
        Rule(
            "SC_HEALTH",
            r"(?<=\b(?:[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Hh]as|[Hh]ave|[Hh]ad|[Ww]ith) )(?P<v>M\.?S\.?|ADD|CP|TB|MND|ME|CFS|IBS|OCD|DVT|LD)\b",
            0.6,
            "the letters of an illness",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("officer-defined IC3 male", "SC_RACE", "IC3"),
        Example("self-defined: W1, and", "SC_RACE", "W1"),
        Example("OFFENCE: Affray. Bailed", "OFFENCE", "Affray"),
        Example("Injury: fractured pelvis, taken", "SC_HEALTH", "fractured pelvis"),
        Example("she is eight months pregnant", "SC_HEALTH", "eight months pregnant"),
    )
    NOT_FOUND = ("ICT 3 training", "room B2 upstairs")


RECOGNISERS = (Offences, Outcomes, Special, Codes)

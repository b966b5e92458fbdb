# ruff: noqa: E501 - a pattern is easier to check on one line
"""Names by what surrounds them, whatever the word lists say: labels, turns, kinship, sign-offs.

These rules take words that no list knows, and ordinary words that are somebody's name (``Case``,
``Law``, ``Happy``), because of where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.gazetteer import gazetteer
from redactor.detect.recognise.name_words import FUNCTION_WORDS, NOT_IN_NAMES, TURN_LABELS
from redactor.detect.rules import Example, Hit, Rule, RuleRecogniser, spelt

_PARTS = r"(?:de|der|van|von|al|el|bin|ibn|ap|ab|ferch|le|la|di|da|dos|du|St\.?|Mac|Mc|Ó|O')"
_CAP = r"\p{Lu}[\p{L}\p{M}]*(?:['-]\p{L}[\p{L}\p{M}]*)*"
_INITIAL = r"\p{Lu}\.?"
_NICK = r"""(?:["'(]\p{L}[\p{L} ]{0,14}["')] )?"""
_NAME = rf"(?:(?:{_INITIAL} ?|{_PARTS} |{_CAP} ){{0,4}}{_NICK}(?:{_PARTS}[ -])?{_CAP})"
_KIN = (
    r"(?:wife|husband|son|daughter|brother|sister|mother|father|mum|mam|dad|nan|nana|gran|granny|grandad|grandfather|"
    r"grandmother|partner|cousin|aunt|auntie|uncle|niece|nephew|stepson|stepdaughter|stepfather|stepmother|stepdad|stepmum|"
    r"boyfriend|girlfriend|fianc[eé]e?|ex|ex-partner|ex-wife|ex-husband|neighbour|friend|mate|colleague|carer|"
    r"boss|lad|son-in-law|daughter-in-law|sister-in-law|brother-in-law|baby|twin|child|classmate|flatmate|housemate|landlord|"
    r"manager|solicitor|doctor|teacher|barmaid|doorman|nurse|secretary|driver|director|friends?|trainer|clerk|"
    r"tenant|agent|lawyer|key ?worker|social worker|health visitor|counsellor|tutor|head teacher|interpreter)"
)
_LABEL = (
    r"(?:name|full name|first name|last name|surname|fore ?names?|given names?|known as|alias|aliases|aka|a\.k\.a\.?|n[ée]e|nickname|"
    r"also known as|preferred name|previous names?|maiden name|witness|officer|officer in (?:the )?case|oic|investigator|"
    r"complainant|subject|suspect|victim|defendant|detained person|person(?: interviewed)?|"
    r"statement of|signed|signature(?: witnessed by)?|witnessed by|prepared by|compiled by|completed by|checked by|taken by|"
    r"recorded by|logged by|received by|authorised by|approved by|reviewed by|sampled by|served by|kept by|author|"
    r"owner|applicant|claimant|appellant|respondent|employee|line manager|manager|companion|clerk|legal adviser|chair|"
    r"minutes|driver|rider|keeper|passenger|caller|informant|mother|father|parent|carer|guardian|next of kin|nok|"
    r"social worker|tenant|patient|pupil|student|client|contact|attn|fao|from|to|cc|bcc|re|dear|hi|hello|hiya|morning|"
    r"present|apologies|attendees|participants|taking part|voters|interested party|arresting officer|custody officer|"
    r"interviewing officers?|other persons present|heard by|chaired by|led by|appropriate authority|requester|"
    r"action|allocated(?: to)?|assigned to|case officer|secretary|attributed to|registered keeper|supervisor|"
    r"v\d|s\d|w\d|victim v\d|suspect s\d|cdo|hcp|flo|dp|idva|edt)"
)
_VERB_BEFORE = (
    r"(?:called|named|calls? (?:him|her|me|himself|herself)|known as|nicknamed|surname|first name|christian name|"
    r"a man called|goes by|name of|known to me as|name is|my name's|this is|it's|poss(?:ibly|\.)?|gave(?: name)?|speak to|ask for|"
    r"spoke (?:to|with)|speaking (?:to|with)|met with|told by|seen by|visited by|signed by|sent by|chaired by|led by|"
    r"employed by|contacted by|accompanied by|supported by|attributed to|to contact|contacting|interviewed|about|ring|tell|told)"
)
_KIN_WORDS = (
    *(word for word in spelt(_KIN) if word not in ("in", "key", "social", "health", "head")),
    *("fiance", "fiancee"),
)
_WORDS = regex.compile(r"[\p{L}\p{M}'-]+")
_SMALL = regex.compile(r"(?<![\w@'.-])\p{Ll}{4,14}(?![\w@-])")
#: The words with which labels end, and one word of everything that stands before a name.
_LABEL_HEADS = tuple(
    f"{word.lower()}:" for word in (*spelt(_LABEL), "n", "e", "nee", "v", "s", "w")
)
_VERBS = spelt(
    "called|named|calls?|known|nicknamed|surname|name|man|goes|this|it|poss|possibly|gave|speak|ask|spoke|"
    "speaking|met|told|seen|visited|signed|sent|chaired|led|employed|contacted|accompanied|supported|"
    "attributed|contact|contacting|interviewed|about|ring|tell"
)


class NameCues(RuleRecogniser):
    """Names after labels, in turns of talk, lists, signatures, beside words for kin."""

    NAME = "name-cue"
    LABELS = ("PERSON",)
    OF_NAMES = True
    RULES = (
        Rule(
            "PERSON",
            r"(?<![\w'-])(?P<v>(?:(?:Ma?c|O'|De |St )?\p{Lu}[\p{Lu}\p{M}'-]+|(?:ST|DE|VAN|AL) \p{Lu}+), ?\p{Lu}[\p{L}\p{M}'-]+(?: \p{Lu}[\p{L}\p{M}'.-]*){0,2})(?![\w'])",
            0.8,
            "a surname in capitals, then a forename",
            needs=",",
        ),
        Rule(
            "PERSON",
            rf"(?<![\w'-])(?P<v>{_CAP}, (?:{_CAP}(?: {_INITIAL})?|\p{{Lu}}))(?=[\"<>|;\n)(]|$| <|,\d|,[\"\p{{Ll}}])",
            0.6,
            "a surname, then a forename",
            needs=",",
        ),
        Rule(
            "PERSON",
            rf"(?m)(?:^|(?<=[|;•]) ?|(?<=[ ]{{2}})|(?<=\. )|>[ ]?)[ \t]*(?i:{_LABEL})(?i: name| \d)?[ ]?:[ ]{{0,20}}(?:(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|PS|DS|Insp|Sgt|Supt|Rev)\.? (?:\d+ )?)?\"?(?P<v>(?:{_NAME}|{_CAP}, {_CAP}(?: {_CAP})*))(?=[\n,;|()<\"\[]|$|[ ]{{2}}|\. |\.\n|\.$| (?:\d|and\b|of\b|for\b|DOB|d\.o\.b|to\b|PC\b|M\b|F\b|\())",
            0.8,
            "what follows a label for people",
            near=_LABEL_HEADS,
            reach=90,
        ),
        Rule(
            "PERSON",
            rf"(?m)^[ >]*(?:\[?\d{{1,2}}[:.]?\d{{2}}(?::\d{{2}})?\]?[ -]*)?(?P<v>{_NAME}): (?=\S)",
            0.7,
            "who is speaking",
            needs=":",
        ),
        Rule(
            "PERSON",
            rf"(?m)^[ >]*\[?\d{{1,2}}[:.]?\d{{2}}(?::\d{{2}})?\]?[ -]+(?P<v>{_NAME}): (?=\S)",
            0.7,
            "a speaker after a counter",
            needs=":",
        ),
        Rule(
            "PERSON",
            rf"(?m)^[ >]*(?i:dear|hi|hello|hiya|morning|good morning|afternoon|evening|thanks|cheers|ta|many thanks|thank you),? (?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr)\.? )?(?P<v>{_NAME})(?=[,.!\n]|$)",
            0.8,
            "a greeting",
            near=spelt("dear|hi|hello|hiya|morning|afternoon|evening|thanks|cheers|ta|thank"),
            reach=70,
        ),
        Rule(
            "PERSON",
            rf"(?i:\b(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm|many) (?:regards|wishes|thanks)|regards|thanks|cheers|best|love|sincerely|faithfully|respectfully|thank you))[ ]?,?\.?\s{{1,60}}?\n?[ ]*(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev|Cllr)\.? )?(?P<v>{_NAME})(?=[ ]*(?:[\n,(]|$))",
            0.75,
            "a signature",
            near=spelt(
                "yours|regards|wishes|thanks|cheers|best|love|sincerely|faithfully|respectfully|thank"
            ),
            reach=150,
        ),
        Rule(
            "PERSON",
            rf"(?<![\w'-])(?i:{_KIN})(?:,| is| was|'s name is| called| named| \()? ?(?:(?:Mr|Mrs|Ms|Miss|Dr|Rev|DC|PC)\.? )?(?P<v>(?:{_CAP})(?: {_CAP}){{0,2}})(?=[\s.,;:)'\"]|$)",
            0.6,
            "a name beside a word for kin",
            near=_KIN_WORDS,
            reach=70,
        ),
        Rule(
            "PERSON",
            rf"(?<![\w'-])(?i:{_VERB_BEFORE})[,:]? [\"']?(?P<v>{_CAP}(?: {_CAP}){{0,2}})(?=[\s.,;:)'\"]|$)",
            0.5,
            "a name after words for naming",
            near=_VERBS,
            reach=70,
        ),
        Rule(
            "PERSON",
            r"(?<=\p{L}['’]?s? \()(?P<v>\p{Lu}\p{Ll}{2,11})(?=\))",
            0.5,
            "a short name in brackets",
            needs="(",
        ),
        Rule(
            "PERSON",
            r"(?<=[\p{L}\]] [(]?)[\"'](?P<v>\p{Lu}\p{Ll}{2,14}(?: \p{Lu}\p{Ll}{2,14})?)[\"'](?=[)., ;\n]|$)(?<!: [\"'].{0,40})",
            0.4,
            "a nickname in quotes",
            needs="",
        ),
        Rule(
            "PERSON",
            r"(?m)^[ >]*(?P<v>(?:\p{Lu}\.){1,3}|\p{Lu}{1,3}\.?|[\p{Lu}]{2,3}/[\p{Lu}\p{Ll}]{2,3})[ ]*$",
            0.35,
            "letters alone on a line",
            needs="",
        ),
        Rule(
            "PERSON",
            r"(?m)(?:^|(?<=[.!?] ))(?P<v>\p{Lu}\p{Ll}{2,11})(?=,\n)",
            0.6,
            "a name as a greeting",
            needs=",",
        ),
        Rule(
            "PERSON",
            r"(?<=\p{L} \()(?P<v>\p{Lu}{2,3})(?=\)[,;. ])",
            0.1,
            "initials in brackets",
            needs="(",
            context=(
                "insp",
                "supt",
                "mr",
                "mrs",
                "ms",
                "dr",
                "present",
                "chair",
                "sgt",
                "dc",
                "ds",
                "legal",
                "minutes",
            ),
        ),
        Rule(
            "PERSON",
            r"(?<![\w.])(?P<v>(?:\p{Lu}\.[ ]?){2,3})(?=[ \n,;)]|$)(?! ?\p{Lu}\p{Ll})(?<!\b(?:M\.P\.|U\.K\.|P\.S\.|N\.B\.|U\.S\.))",
            0.35,
            "initials with points",
            needs=".",
        ),
        Rule(
            "PERSON",
            r"(?i)(?<=\b(?:my name(?:'s| is)|(?:hiya|hi|hello|hey) (?:it's|this is)|it's|this is|called|sister|i'm) )(?P<v>\p{Ll}{3,12}(?: \p{Ll}{3,14})?)(?=[ \n.,])",
            0.1,
            "a name in small letters after words for naming",
            near=("name", "it", "this", "called", "sister", "i"),
            reach=50,
        ),
        Rule(
            "PERSON",
            r"(?i)(?<=\b(?:sgt|pc|dc|ps|ds|insp|mr|mrs|ms|miss|dr) )(?P<v>\p{Ll}{3,14})(?=[\s.,;:)'?!]|$)",
            0.55,
            "a name in small letters after a title",
            near=("sgt", "pc", "dc", "ps", "ds", "insp", "mr", "mrs", "ms", "miss", "dr"),
            reach=30,
        ),
    )
    EXAMPLES = (
        Example("LAW, Hannah was seen", "PERSON", "LAW, Hannah"),
        Example("Name: Zufar Qobil\n", "PERSON", "Zufar Qobil"),
        Example("Statement of: Hodan Jimcaale\n", "PERSON", "Hodan Jimcaale"),
        Example("18:02 Meg Tolley: anyone about", "PERSON", "Meg Tolley"),
        Example("Yours sincerely\nK. Lightfoot, Disclosure Officer", "PERSON", "K. Lightfoot"),
        Example("Dear Shona\n", "PERSON", "Shona"),
        Example("my husband, Marek, left", "PERSON", "Marek"),
        Example("a lad called Happy came", "PERSON", "Happy"),
        Example("Kind regards,\nPriti Amin\n", "PERSON", "Priti Amin"),
        Example('"Pinder, Rosemary",GDPR', "PERSON", "Pinder, Rosemary"),
    )
    NOT_FOUND = (
        "Subject: Minutes of the last meeting",
        "Note: The panel will meet.",
        "the manager said no",
        "Date: Monday",
    )

    def load(self) -> None:
        """Compile the patterns and read the lists."""
        super().load()
        self._lists = gazetteer()

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find, but for runs of words that are never names."""
        for hit in super().hits(text, artifacts):
            words = _WORDS.findall(text[hit.start : hit.end])
            if words and self._may_be_name(words, hit):
                yield self._rescored(hit, words)

    def _may_be_name(self, words: list[str], hit: Hit) -> bool:
        folded = [one.lower() for one in words]
        lists = self._lists
        if hit.why.startswith("letters alone"):
            return not any(one in lists.never or one in ("ok", "ends") for one in folded)
        if hit.why == "a speaker after a counter":
            return not all(one in TURN_LABELS for one in folded)
        if {folded[0], folded[-1]} & FUNCTION_WORDS or any(one in NOT_IN_NAMES for one in folded):
            return False
        known = [lists.is_forename(one) or lists.is_surname(one) for one in words]
        if folded[0] in lists.never and not known[0]:
            return False
        return self._weighs_enough(words, known, hit)

    def _weighs_enough(self, words: list[str], known: list[bool], hit: Hit) -> bool:
        """Say whether ordinary words may be a name here."""
        ordinary = [self._lists.is_ordinary(one) for one in words]
        if hit.why == "who is speaking":
            return len(words[0]) > 1 and any(known) and not (all(ordinary) and len(words) < 2)
        if hit.why.startswith("a surname in capitals"):
            return any(known) and not (all(ordinary) and len(words) > 2)
        return not all(ordinary) or any(known) or (hit.why.startswith(_TRUSTED) and len(words) < 3)

    def _rescored(self, hit: Hit, words: list[str]) -> Hit:
        known = sum(self._lists.is_forename(one) or self._lists.is_surname(one) for one in words)
        ordinary = all(self._lists.is_ordinary(one) for one in words)
        score = hit.score
        if "small letters" in hit.why:
            good = self._lists.is_forename(words[0]) and not self._lists.is_ordinary(words[0])
            score = 0.6 if good else hit.score if "title" in hit.why and not ordinary else 0.1
        elif ordinary and not known:
            score = min(score, 0.3)
        return Hit(hit.label, hit.start, hit.end, score, hit.why, hit.context)


_TRUSTED = (
    "what follows a label",
    "a signature",
    "a name after words for naming",
    "a nickname",
    "a name beside",
)


class SmallLetters(RuleRecogniser):
    """Forenames in small letters, as in chats and transcripts, where the rest is so written too."""

    NAME = "name-in-small-letters"
    LABELS = ("PERSON",)
    OF_NAMES = True
    RULES = (
        Rule(
            "PERSON",
            r"(?m)^[^\p{Lu}\n]{12,}$|(?<=: )[^\p{Lu}\n]{8,}$",
            0.5,
            "a known forename in small letters",
            needs="",
        ),
    )
    EXAMPLES = (Example("08:14 hiya its gareth here about my records ok", "PERSON", "gareth"),)
    NOT_FOUND = ("the person will read the mark and the bill in summer",)

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give known forenames that are no ordinary words, in lines without capitals."""
        lists = gazetteer()
        for line in super().hits(text, artifacts):
            for match in _SMALL.finditer(text, line.start, line.end):
                word = match.group()
                bare = word[:-2] if word.endswith("'s") else word
                if (
                    lists.is_forename(bare)
                    and not lists.is_ordinary(bare)
                    and bare not in FUNCTION_WORDS
                ):
                    yield Hit("PERSON", match.start(), match.start() + len(bare), 0.5, line.why)


RECOGNISERS = (NameCues, SmallLetters)

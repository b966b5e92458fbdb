# ruff: noqa: E501 - a pattern is easier to check on one line
"""References of any shape, told by the word that introduces them, in figures or spoken.

Forces, councils, trusts and employers number as they please, so that most references can be known
only by what stands before them. Spelt references follow the names of the letters in English and the
NATO spelling alphabet (ITU Radio Regulations, Appendix 14).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.recognise.number_words import NUMBER_WORDS
from redactor.detect.rules import DIGITS, Example, Hit, Recogniser, Rule, RuleRecogniser, near_words

#: What a reference may be of.
_OF = (
    r"our|your|my|their|web|hr|dpo|force|crime|incident|log|custody|case|complaint|matter|occurrence|intel(?:ligence)?|"
    r"investigation|court|claim|policy|booking|tenancy|account|bank|roll|customer|client|service user|member(?:ship)?|"
    r"employee|payroll|staff|personnel|pay|pension|assignment|post|position|warrant(?: card)?|collar|shoulder|epaulette|badge|"
    r"call ?sign|c/s|exhibit|property(?: bag)?|seal|barcode|bar code|disc|book serial|serial|frame|chassis|engine|police|"
    r"student|pupil|learner|candidate|patient|hospital|hosp|nhs|trust|urn|unique|usn|referral|registration|gmc|nmc|hcpc|sra|sia|psv|pco|"
    r"dbs|crb|certificate|cert|disclosure|prison(?:er)?|noms|nomis|pnc|cro|cris|cad|storm|niche|connect|athena|merlin|sar|foi|eir|ico|ir|"
    r"iopc|ipcc|psd|dps|ccu|spoc|licen[cs]e|permit|visa|brp|arc|home office|ho|asylum|cid|uan|gwf|nrm|notice|ticket|fpn|pcn|"
    r"fixed penalty|receipt|order|invoice|package|parcel|cycle|device|handset|asset|laptop|camera|body ?cam|bwv|unit|resident|"
    r"rent|council tax|housing(?: benefit)?|benefit|application|planning|premises|personal|taxi|private hire|hackney|plate|driver|operator|"
    r"firearms?|shotgun|lims|lab(?:oratory)?|forensics?|sample|holmes|nominal|statement|action|message|document|meter|mrn|"
    r"liquidlogic|mosaic|carefirst|social care|person|contact|family|child|ehcp|send|blue badge|action fraud|nfib|ceop|"
    r"ncmec|pin|crn|cas|cybertip|crimestoppers|insurance|vehicle|passport|travel document|sick ?note|grievance|tribunal|et|claimant|appeal"
)
#: The word that ends the introduction.
_WORD = (
    r"ref(?:erence)?s?|no|nos|number|numbers|num|nr|id|code|serial|card|log|cad|exhibit|exhibits|exh|urn|bag|barcode|seal|badge|collar|"
    r"warrant|payroll|account|acct|acc|complaint|crime|incident|case|tenancy|sar|foi|gmc|cro|pnc|booking|c/s|spoc|application|"
    r"cert(?:ificate)?|licen[cs]e|permit|plate|mrn|uan|nominal|statement|action|message|document|occurrence|liquidlogic|"
    r"pin|crn|cas|mosaic|nomis|noms|cris|merlin|niche|storm|call ?sign"
)
_NEAR = (
    *(
        "ref",
        "refs",
        "reference",
        "references",
        "no",
        "nos",
        "number",
        "numbers",
        "num",
        "nr",
        "id",
    ),
    *(
        "code",
        "serial",
        "card",
        "log",
        "cad",
        "exhibit",
        "exhibits",
        "exh",
        "urn",
        "bag",
        "barcode",
    ),
    *("seal", "badge", "collar", "warrant", "payroll", "account", "acct", "acc", "complaint"),
    *("crime", "incident", "case", "tenancy", "sar", "foi", "gmc", "cro", "pnc", "booking", "s"),
    *("spoc", "application", "cert", "certificate", "licence", "license", "permit", "plate", "mrn"),
    *("uan", "nominal", "statement", "action", "message", "document", "occurrence", "liquidlogic"),
    *(
        "mosaic",
        "nomis",
        "noms",
        "cris",
        "merlin",
        "niche",
        "storm",
        "callsign",
        "sign",
        "pin",
        "crn",
        "cas",
    ),
)
#: A bare ``number 16`` is a house as often as a reference; ``cost code 12`` refers to nobody.
_NOT_OF = r"(?<!\b(?:cost|batch|subjective|dress|error|area|type|fault|post|bar|outcome|disposal|result|form|page|item|question|version|room|table|figure|section|bus|route|platform|house|flat|door) )"
_INTRODUCING = (
    rf"(?i:\b(?!(?:no|number|num|code|card|case|action|message|log|plate|document|exhibits?|statement)\.? ?\d{{1,2}}\b)(?:(?:{_OF})[ ]?)*{_NOT_OF}(?:{_WORD})\b"
    r"(?:[ ]?(?:no|number|num|nr|ref|reference|id|ending|record|card))*)"
    r"(?:\.|:|#|=|[ ]is|[ ]was|[ ]of)*[ ]?(?:[ ]|(?<=[.:#=])|\n(?=[A-Z0-9/ .-]{2,30}(?:\n|$)))[(\[#]?"
)
_VALUE = (
    r"(?P<v>(?=[A-Z0-9/.*-]*\d)[A-Z0-9]{1,14}(?:[/.*-][A-Z0-9]{1,12}){0,4}(?: \d{3,7}(?=[,;.)]|\s|$)){0,2}|"
    r"(?:[A-Z]{1,5} )?\d{2,4}(?: \d{2,6}){1,4}|[A-Z]{2,5} \d{1,8}\b|[A-Z] \d{2,6}\b)"
    r"(?![A-Za-z0-9/]|:\d|%|(?:st|nd|rd|th)\b| (?i:years|months|weeks|days|hours|mins?|minutes|working|of \d+)\b)"
)
_OFFICERS = r"(?i:\b(?:collar|warrant|shoulder|pay|payroll|number on (?:his |her |the |their )?shoulder|epaulettes?|nurnber|numb[ec]r)(?: card)?(?: no\.?| number| num)?) (?P<v>[A-Z]{0,3} ?\d{2,6}[A-Z]{0,2})\b(?![/:.]\d| (?:of|per)\b)"


class IntroducedReferences(RuleRecogniser):
    """Numbers after a word for references, and those of officers after their own words."""

    NAME = "introduced-reference"
    LABELS = ("ID",)
    REACH = 40
    RULES = (
        Rule(
            "ID",
            _INTRODUCING + _VALUE,
            0.65,
            "a number after a word for references",
            near=_NEAR,
            spot=DIGITS,
        ),
        Rule(
            "ID",
            _OFFICERS,
            0.8,
            "a number after a word for officers",
            near=(
                "collar",
                "warrant",
                "shoulder",
                "pay",
                "payroll",
                "epaulette",
                "epaulettes",
                "nurnber",
            ),
        ),
        Rule(
            "ID",
            r"(?i:\b(?:wearing|displaying|showed|with|his|her|the))(?: number| no\.?)? (?P<v>[A-Z]{1,3} ?\d{1,5}|\d{2,5}[A-Z]{0,2})(?= (?:on|on his|on her|on the) (?:his |her |their |the )?(?:shoulders?|epaulettes?|lapel|jacket|vest))",
            0.85,
            "a number on a shoulder",
            near=("shoulder", "shoulders", "epaulette", "epaulettes", "lapel", "jacket", "vest"),
            reach=60,
        ),
        Rule(
            "ID",
            r"(?i:\b(?:exhibits?|exh\.?|seized|produced(?: as)?|item))(?: ref\.?| no\.?| number)?:? (?P<v>[A-Z]{2,4} ?\d{1,3}[A-Z]?)\b(?![/-]\d)",
            0.75,
            "the mark of an exhibit",
            near=("exhibit", "exhibits", "exh", "seized", "produced", "item"),
        ),
        Rule(
            "ID",
            r"(?i:\b(?:call ?sign|c/s|crewed as|crewing|in|assigned|unit|units)) (?P<v>[A-Z]{1,2}\d{1,3}[A-Z]?(?:\d)?)\b(?![/.]\d)(?<!\b(?:in|unit|units) (?:A|B|M)\d{1,3})",
            0.55,
            "a call sign",
            near=("sign", "callsign", "s", "crewed", "crewing", "in", "assigned", "unit", "units"),
        ),
    )
    EXAMPLES = (
        Example("Our ref: PSD/MC/0417/24", "ID", "PSD/MC/0417/24"),
        Example("complaint number CO/0931/22.", "ID", "CO/0931/22"),
        Example("tenancy ref T0048812", "ID", "T0048812"),
        Example("warrant number 238417", "ID", "238417"),
        Example("payroll no. 604417", "ID", "604417"),
        Example("crime number 22*1900012345.", "ID", "22*1900012345"),
        Example("exhibit RTH 4 was", "ID", "RTH 4"),
        Example("hospital number RXH 123456,", "ID", "RXH 123456"),
        Example("firearm certificate FAC 12345", "ID", "FAC 12345"),
        Example("forensic ref: 400 123 456.", "ID", "400 123 456"),
        Example("an officer wearing CW 442 on his shoulder", "ID", "CW 442"),
        Example("a Sergeant (nurnber 443) struck him", "ID", "443"),
        Example("nominal N 123 is", "ID", "N 123"),
        Example("call sign Y233.", "ID", "Y233"),
        Example("MRN 0045123 seen", "ID", "0045123"),
        Example("Case no\n2024/0071\n", "ID", "2024/0071"),
        Example("taxi badge no 1187", "ID", "1187"),
        Example("LIMS ref FS-23-00441", "ID", "FS-23-00441"),
        Example("Council tax account 80012345X", "ID", "80012345X"),
    )
    NOT_FOUND = (
        "CASE 1 OF 14",
        "cost code 4471",
        "see the log\n0217  van moved off",
        "a number 16 bus",
        "no 12 working days",
        "in the M25 area",
    )


_DIGIT_NAMES = frozenset(
    (*NUMBER_WORDS, "oh", "zero", "nought", "double", "treble", "triple", "hundred")
)
_LETTER_NAMES = frozenset(
    (
        *("ay", "bee", "cee", "see", "dee", "ee", "ef", "eff", "gee", "aitch", "eye", "jay", "kay"),
        *("el", "ell", "em", "en", "pee", "cue", "queue", "ar", "are", "ess", "tee", "you", "vee"),
        *("ex", "why", "zed", "alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot"),
        *("golf", "hotel", "india", "juliet", "juliett", "kilo", "lima", "mike", "november"),
        *("oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey"),
        *("whisky", "xray", "x-ray", "yankee", "zulu", "slash", "stroke", "dash", "hyphen"),
    )
)
#: Names of letters that are words of every day; none begins a reference unless a letter follows.
_EVERYDAY = frozenset(("see", "eye", "are", "you", "why", "ex", "en", "em", "slash", "dash"))
_SPOKEN_WORD = regex.compile(r"[A-Za-z]+(?:-[A-Za-z]+)?|[A-Z](?![\w])|\d")
_OF_A_VEHICLE = regex.compile(r"(?i)\b(?:reg|registration|plate|vrm|index|car|van|vehicle)\b")


class SpokenReferences(Recogniser):
    """References read out letter by letter and figure by figure."""

    NAME = "spoken-reference"
    LABELS = ("ID", "VEHICLE")
    EXAMPLES = (
        Example(
            "the reference is ess ay are oh five one nine and", "ID", "ess ay are oh five one nine"
        ),
        Example("collar number double four seven one.", "ID", "double four seven one"),
        Example(
            "my reg is lima bravo zero seven x-ray yankee zulu",
            "VEHICLE",
            "lima bravo zero seven x-ray yankee zulu",
        ),
        Example("bee ar four four one", "ID", "bee ar four four one"),
    )
    NOT_FOUND = (
        "you are one of three or four",
        "one, two, three, four",
        "at ten thirty five he left",
        "see two of them",
    )

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give runs of four or more names of figures and letters, three of them figures."""
        for low, high in near_words(text, tuple(sorted(_DIGIT_NAMES)), 60):
            run: list[tuple[int, int, str]] = []
            behind = low
            for match in _SPOKEN_WORD.finditer(text, low, high):
                word = match.group().lower()
                if run and not text[behind : match.start()].isspace():
                    yield from _read_out(text, run)
                    run = []
                if word in _DIGIT_NAMES or word in _LETTER_NAMES:
                    run.append((match.start(), match.end(), word))
                else:
                    yield from _read_out(text, run)
                    run = []
                behind = match.end()
            yield from _read_out(text, run)


def _read_out(text: str, run: list[tuple[int, int, str]]) -> Iterator[Hit]:
    """Judge one run of names; everyday words at its ends are left out."""
    while run and run[0][2] in _EVERYDAY and (len(run) < 2 or run[1][2] in _DIGIT_NAMES):
        run = run[1:]
    while run and (run[-1][2] in _EVERYDAY or run[-1][2] == "hundred"):
        run = run[:-1]
    figures = sum(1 for _, _, word in run if word in _DIGIT_NAMES)
    shape = "".join("9" if word in _DIGIT_NAMES else "A" for _, _, word in run)
    if len(run) < 4 or (figures < 3 and shape != "AA99AAA"):
        return
    start, end = run[0][0], run[-1][1]
    of_vehicle = shape == "AA99AAA" or _OF_A_VEHICLE.search(text, max(0, start - 40), start)
    yield Hit("VEHICLE" if of_vehicle else "ID", start, end, 0.65, "a reference read out")


RECOGNISERS = (IntroducedReferences, SpokenReferences)

# ruff: noqa: E501 - a pattern is easier to check on one line
"""References of FOI requests and offence classification codes: found, and proposed to be kept.

They tell of nobody, and look like those that do. Sources: published responses of the Metropolitan
Police (``01.FOI.23.034185``, ``01/FOI/25/042395/X``); Home Office Counting Rules (classification codes
such as ``008/62``, ``4/1``, ``8G`` or ``10D``).
"""

from __future__ import annotations

from redactor.detect.rules import KEPT, Example, Rule, RuleRecogniser


class DisclosureReferences(RuleRecogniser):
    """References of FOI requests, and offence classification codes."""

    NAME = KEPT
    LABELS = ("ID",)
    REACH = 50
    RULES = (
        Rule(
            "ID",
            r"\b(?P<v>\d{2}[./]FOI[./]\d{2}[./]\d{5,6}(?:[./][A-Z])?)\b",
            0.95,
            "the reference of an FOI request",
            needs="FOI",
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:FOIA?|EIR|IR)[ /.-]?(?:\d{4}[/-]\d{3,6}|\d{3,6}[/-]\d{2,4}|\d{2}[/-]\d{3,6}|\d{4,6}))(?![\w/])",
            0.9,
            "the reference of an FOI request",
            reach=12,
        ),
        Rule(
            "ID",
            r"(?i:\b(?:FOI|EIR|freedom of information)(?: request| response)?(?: (?:ref(?:erence)?|no|number))?[.: ]{1,3})(?P<v>\d{2}-\d{4,6}|\d{4}[/-]\d{3,6}|\d{4,6}/\d{2}|\d{4,7})\b(?!/)",
            0.9,
            "the reference of an FOI request",
            near=("foi", "eir", "information"),
        ),
        Rule(
            "ID",
            r"(?i:\b(?:ho|home office|hocr|offence|classification|counting rules?|crime type)[ ](?:(?:class(?:ification)?|sub-?code|offence|group)[ ])?codes?(?: is| was|[: ]){1,2}[ ]?)(?P<v>\d{1,3}[A-Z]?(?:/\d{1,3})?)\b(?![/\d])",
            0.97,
            "an offence classification code",
            near=("code", "codes"),
        ),
        Rule(
            "ID",
            r"(?i:\b(?:(?:ho|home office|hocr|offence|crime|recorded as|under) class(?:ification)?|sub-?codes?|sub-?class|(?:re)?classified(?: as| to| under| from)?(?: class)?|classification|codes?)[: ]{1,2})(?P<v>\d{1,3}[A-Z](?:/\d{1,3})?|\d{3}/\d{2}|\d{1,3}/\d{1,2})\b(?![/\d])",
            0.97,
            "an offence classification code",
            near=(
                "class",
                "classification",
                "subcode",
                "code",
                "codes",
                "subclass",
                "classified",
                "reclassified",
            ),
        ),
        Rule(
            "ID",
            r"(?<=\b(?:[Cc]lass(?:ified|ification)?|[Cc]odes?)(?: as| under)?[: ]{1,2}\d{1,3}(?:[A-Z]|/\d{1,2})[^.\n]{0,40}(?:,| and| or| to) )(?P<v>\d{1,3}[A-Z]|\d{3}/\d{2})\b(?![/\d])",
            0.97,
            "an offence classification code",
        ),
    )
    EXAMPLES = (
        Example("Reference 01.FOI.23.034185 of March", "ID", "01.FOI.23.034185"),
        Example("our 01/FOI/25/042395/X", "ID", "01/FOI/25/042395/X"),
        Example("Our ref: FOI/2024/0612", "ID", "FOI/2024/0612"),
        Example("requests FOI 1188/24 and", "ID", "FOI 1188/24"),
        Example("FOI/23/1187 closed", "ID", "FOI/23/1187"),
        Example("Annex B to FOI response 24-1776: table", "ID", "24-1776"),
        Example("HO code 008/62 applies", "ID", "008/62"),
        Example("recorded as class 8G, reclassified to 10D", "ID", "8G"),
        Example("recorded as class 8G, reclassified to 10D", "ID", "10D"),
        Example("HO class 4/1 is murder", "ID", "4/1"),
        Example("Home Office code 28A/3", "ID", "28A/3"),
    )
    NOT_FOUND = (
        "the FOI team",
        "in 2024/25 the team",
        "FOI Act 2000",
        "Class 1 drugs",
        "class of 30 pupils",
    )

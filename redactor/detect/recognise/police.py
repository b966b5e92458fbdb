# ruff: noqa: E501 - a pattern is easier to check on one line
"""References of policing and criminal justice by their shape.

Sources of the forms: criminaljusticehub.org.uk jargon buster (PNC ID, court case, URN, NINO in justice
data); insidehmcts.blog.gov.uk, 4 August 2016 (URN); published FOI responses (CAD and CRIS styles); HMPPS
(prison numbers); College of Policing, authorised practice on exhibits and HOLMES indexes.
What is told by the word before it is in ``references``.
"""

from __future__ import annotations

from redactor.detect.recognise.checks import pnc
from redactor.detect.recognise.disclosure import DisclosureReferences
from redactor.detect.recognise.references import IntroducedReferences, SpokenReferences
from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser

#: Ranks and posts that stand before a collar or warrant number.
RANKS = (
    r"(?:[TAD](?:emp|cting|/)?[/. ]?)?(?:"
    r"PCSOs?|TDC|TPC|DCI|DCS|DSU|DSupt|DCs?|DS|DI|PCs?|PS|PI|WPC|WDC|WPS|SC|SPC|SSgt|SPS|PSE|CDO|DDO|DEO|SIO|SOCO|CSI|ASC|"
    r"CI|Sgts?|Sergeant|Sgnt|Insp|Inspector|C\.?/?Insp|Supt|Superintendent|Con|Cons|Constables?|"
    r"Det(?:ective)?\.? (?:Con(?:stable)?|Serg(?:ean)?t|Sgt|Ch(?:ief)?\.? Insp(?:ector)?|Insp(?:ector)?|"
    r"(?:Ch(?:ief)?\.? )?Sup(?:erin)?t(?:endent)?)|"
    r"Ch(?:ief)?\.? (?:Insp(?:ector)?|Supt|Superintendent)|Police Constable|Special Constable|Police [Ss]taff|"
    r"Designated Detention Officer|Detention Officer|Custody Officer|Op(?:erator)?|OP|Officer)"
)

#: The words at which ``RANKS`` end.
_RANK_WORDS = (
    *(
        "pcso",
        "pcsos",
        "tdc",
        "tpc",
        "dci",
        "dcs",
        "dsu",
        "dsupt",
        "dc",
        "ds",
        "di",
        "pc",
        "pcs",
        "ps",
    ),
    *(
        "pi",
        "wpc",
        "wdc",
        "wps",
        "sc",
        "spc",
        "ssgt",
        "sps",
        "pse",
        "cdo",
        "ddo",
        "deo",
        "sio",
        "soco",
    ),
    *(
        "csi",
        "asc",
        "ci",
        "sgt",
        "sgts",
        "sergeant",
        "sgnt",
        "insp",
        "inspector",
        "supt",
        "con",
        "cons",
    ),
    *("superintendent", "constable", "constables", "staff", "officer", "op", "operator", "sgeant"),
)
_CASE_WORDS = (
    *("crime", "cris", "crime ref", "crime reference", "crime number", "crime no", "crime report"),
    *("incident", "log", "cad", "storm", "occurrence", "niche", "connect", "athena", "case"),
    *("file", "reference", "ref", "our ref", "your ref", "complaint", "custody", "record"),
    *("conduct matter", "response", "annex"),
)


def _is_years(found: str) -> bool:
    """Say whether a number and a year are a financial year (``2019/20``)."""
    first, _, second = found.partition("/")
    return (
        len(first) == 4
        and first[:2] in ("19", "20")
        and second[-2:] == f"{(int(first) + 1) % 100:02}"
    )


#: Where rules are to be searched; see ``Rule.spot``.
_AT_JOINED = r"[/-]\w"
_AT_LETTER = r"\d(?:[A-Z]|(?<=[A-Z]\d))"
_AT_LETTER_STROKE = r"[/TSA]\d"
_AT_OF = r"\d of "
_AT_OPEN = r"\([A-Z\d]"
_AT_STROKE = r"/\w"
_AT_STROKE_POINT = r"[A-Z][/.]\d"


class PoliceReferences(RuleRecogniser):
    """Warrant numbers, crime, custody, court and complaint references, exhibits."""

    NAME = "police-reference"
    LABELS = ("ID",)
    REACH = 24
    RULES = (
        Rule(
            "ID",
            rf"(?<![A-Za-z]){RANKS}\.? (?:\(?(?:no\.? ?|collar ?|number ?|warrant ?)?)(?P<v>[A-Z]{{0,3}} ?\d{{1,6}}[A-Z]{{0,2}})\b(?![/:.]\d| (?:of|years|officers)\b)",
            0.9,
            "a number after a rank",
            near=_RANK_WORDS,
            reach=40,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,5}[A-Z]{0,2}) (?:T/|A/)?(?:PC|PS|DC|DS|DI|DCI|Sgt|Insp|Inspector|Constable|PCSO|Sergeant)\b(?= [A-Z])",
            0.75,
            "a number before a rank",
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?:pcs?|dcs?|ps|ds|sgt|insp|pcso|sc|dci) (?P<v>\d{2,6}[a-z]{0,2})\b(?![/:.]\d)",
            0.7,
            "a number after a rank",
            near=("pc", "pcs", "dc", "dcs", "ps", "ds", "sgt", "insp", "pcso", "sc", "dci"),
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?!(?:km|and|or|per|am|pm|no|in|on|to|w|mb)/)(?P<v>[a-z]{2,4}/\d{1,6}|[a-z]{2,4}\d{0,2}-\d{2,4}-?\d{1,8}|[a-z]\d{5,6})(?![\w/.-]\w|\w)",
            0.45,
            "letters and numbers joined, in small letters",
            spot=r"[a-z]/\d|\d-\d|[a-z]-\d|[a-z]\d{5}",
        ),
        Rule(
            "ID",
            r"(?<![\w.,/£$+:-])(?P<v>0\d{5,9})(?![\w/:-]|[.,]\d)",
            0.4,
            "a number that no count begins with",
            spot=r"0\d{5}",
        ),
        Rule(
            "ID",
            r"(?<=\b(?:PCs|DCs|PCSOs|Sgts|[Oo]fficers|[Cc]onstables)\b[^.\n]{0,60}(?:,|and|&) )(?P<v>\d{2,6})(?= \p{Lu}[\p{L}'-]+)",
            0.75,
            "a number in a list of officers",
        ),
        Rule(
            "ID",
            r"(?<=\p{Lu}[\p{L}'-]{1,20} )\((?P<v>(?!MG)[A-Z]{1,3} ?\d{1,5}|\d{3,6}[A-Z]{0,2})\)",
            0.55,
            "a number in brackets after a name",
            spot=_AT_OPEN,
        ),
        Rule(
            "ID",
            r"(?<=\b(?:PC|DC|PS|DS|DI|Sgt|Insp|Constable|Sergeant|Inspector|PCSO) (?:\p{Lu}[\p{L}'-]+ ){0,2}\p{Lu}[\p{L}'-]+,? \(?)(?P<v>(?:\([A-Z]\))?[A-Z]{0,3}\d{2,6}[A-Z]{0,2})(?=[,;.)\n]|$| \p{Ll})(?!\.\d| (?:years|hours|officers|pages)\b)",
            0.8,
            "a number after an officer's name",
            near=_RANK_WORDS,
            reach=60,
        ),
        Rule(
            "ID",
            r"(?<=\p{Lu}[\p{L}'-]{1,20}[ ,]{1,2}(?:collar|warrant|number|no\.?|#)[ :]{1,2})(?P<v>[A-Z]{0,3}\d{2,6}[A-Z]{0,2})\b",
            0.8,
            "a number after a name",
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:(?:19|20)\d{2}|\d{2})/\d{1,7} ?[A-HJ-NP-RT-Z])\b",
            0.7,
            "the form of a PNC ID",
            check=pnc,
            spot=_AT_STROKE,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,6}/\d{2}[A-HJ-NP-RT-Z]|SF\d{2}/\d{1,6}[A-HJ-NP-RT-Z])\b",
            0.75,
            "the form of a CRO number",
            spot=_AT_STROKE,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}/\d{2}[A-Z0-9]{2}/\d{2}/\d{3,7}[A-Z]|\d{4}[A-Z0-9]{2}\d{2}\d{10,12}[A-Z])\b",
            0.85,
            "the form of an arrest or summons number",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}/\d{4}/\d{3,7}[A-Z]|\d{2}/\d{6,7}[A-Z]|[TSA]20\d{2} ?\d{4,5})\b",
            0.8,
            "the form of a court's case number",
            spot=_AT_LETTER_STROKE,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}[/ ]?[A-Z][A-Z0-9][/ ]?\d{5,7}[/ ]?\d{2})\b",
            0.75,
            "the form of a URN",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}[A-Z0-9]{2}\d{5}\d{2})\b",
            NEEDS_CONTEXT,
            "the length of a URN",
            context=("urn", "unique reference", "unique reference number"),
        ),
        Rule(
            "ID",
            r"(?<![\d/A-Z])(?P<v>[A-Z]{0,3}\d{2}[A-Z]{0,2}/[A-Z0-9]{1,8}/\d{2,8}(?:/\d{2})?)(?![\d/])(?<!\d{2}/\d{2}/\d{2}|\d{2}/\d{2}/\d{4}|\d{2}/\d/\d{2}|\d{2}/\d/\d{4}|\d{2}/[0O]\w/\d{4}|\d{2}/[A-Z][a-z]{2}/\d{2,4})",
            0.7,
            "parts joined by strokes, ending in a year",
            spot=_AT_STROKE,
        ),
        Rule(
            "ID",
            r"(?<![\d/])(?P<v>\d{4,8}/\d{2})(?![\d/])",
            0.45,
            "a number and a year",
            context=_CASE_WORDS,
            unless=_is_years,
            spot=_AT_STROKE,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?![MF]/\d\d?\b|[A-E]/[1-5]/[A-E1-5]\b)(?P<v>[A-Z]{1,6}(?:[/-][A-Z]{1,8}){0,3}[/-]\d{1,10}(?:[/-][A-Z0-9]{1,8}){0,3})(?![\w/]|-\w)",
            0.7,
            "letters and numbers joined by strokes",
            spot=_AT_JOINED,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{2,5}/[A-Z]{1,4}/[A-Z0-9]{1,8}(?:[/-]\d{1,6})*|[A-Z]{1,4}\d{1,3}[/-]\d{3,8}(?:[/-]\d{2,4})?|\d{6}/\d{6,7})(?![\w/])(?<=\d[^ ]{0,20})",
            0.6,
            "letters and numbers joined by strokes",
            spot=_AT_JOINED,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>(?:19|20)\d{2}/\d{4,7})(?![\d/])",
            0.6,
            "a year and a number",
            unless=_is_years,
            spot=_AT_JOINED,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>\d{2}-\d{4,6}(?:-\d+)?|[A-Z]{2}-\d{2}-\d{4,7})(?![\w-])",
            NEEDS_CONTEXT,
            "a year and a number",
            context=_CASE_WORDS,
            spot=_AT_JOINED,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>\d{1,2}[A-Z]{1,2}/\d{3,6}/\d{2})(?![\w/])",
            0.85,
            "the form of a crime reference",
            spot=_AT_STROKE,
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:CAD|LOG|Log|INC|Incident|STORM)[ -]?(?:no\.? |number )?\d{2,6}(?:/\d{1,2}[A-Za-z]{3}\d{2,4})?)\b",
            0.85,
            "the form of an incident log",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,5}/\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\d{2,4})\b",
            0.85,
            "the form of an incident log",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,5})(?= of (?:\d{1,2}[/ .](?:\d|\p{L}{3})|\d{1,2}(?:st|nd|rd|th)|the \d))(?! of \d{1,2} (?:cases|officers|working|days|of|per|were|are|had|have|in|on|to)\b)",
            0.6,
            "a log number of a day",
            spot=_AT_OF,
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2,4}[/.]\d{1,4}[A-Z]?)(?![\w/.])",
            0.7,
            "the form of an exhibit reference",
            spot=_AT_STROKE_POINT,
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:[NSDVW]\d{1,4}|[AMR]\d{2,5})[A-Z]?)\b",
            NEEDS_CONTEXT,
            "the form of a HOLMES number",
            context=(
                "nominal",
                "holmes",
                "statement",
                "document",
                "action",
                "message",
                "nominals",
                "statements",
                "actions",
            ),
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z](?=[lIO]{0,3}\d)[\dlIO]{4}[A-Z]{2})\b",
            0.8,
            "the form of a prison number",
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2}\d{4,5})\b",
            NEEDS_CONTEXT,
            "the older form of a prison number",
            context=(
                "prison",
                "prisoner",
                "prison no",
                "prison number",
                "inmate",
                "hmp",
                "collar",
                "shoulder",
            ),
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:NFRC|NFIB)[ -]?\d{9,12}|CEOP[- /]?\d{4,8})\b",
            0.9,
            "a national reference",
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:ADJ|SSR|TV|TVP|SBC|CSC|SAR|INC|INT|IR|CO|MP|BC|SV|PM|LL|RTC|ARC|CD|ISSI|FAC|SGC|PSU)[ -]?\d{2,9}(?:-\d{1,8})?)\b",
            0.7,
            "letters before a running number",
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{1,4}\d{6,12}[A-Z]{0,2}|(?!\d\d(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))\d{2}[A-Z]{2,4}\d{4,8}|(?!BS|ISO|EN|MG|RFC|FY)[A-Z]{1,3}\d{4,5}|[A-Z]{2,4}/[A-Z]\d{5,8}|[A-Z]{1,4}\d{2,6}/[A-Z]{1,4}\d{1,4})(?![\w/-])",
            0.6,
            "letters before a long number",
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?!\d{1,2}(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\d)(?!\d+(?:HRS|HOURS|AM|PM|TH|MIN|MINS|MONTHS|YEARS|MPH|KG|BST|GMT)\b)(?=(?:[A-Z]*\d){3})(?=\d*[A-Z])(?P<v>[A-Z0-9]{7,16})(?![\w/-])",
            0.5,
            "letters and figures mixed",
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{2,3}\d{2,3}[A-Z]?|[A-Z]{1,2}\d{1,2}[A-Z]\d{0,2})(?![\w/-])",
            NEEDS_CONTEXT,
            "the form of a call sign",
            context=(
                *("call sign", "callsign", "c/s", "unit", "desp", "despatched", "dispatched"),
                *(
                    "immediate",
                    "assigned",
                    "mobile",
                    "on scene",
                    "crewed",
                    "resource",
                    "o/r",
                    "o/s",
                    "o/m",
                    "running",
                    "dsp",
                    "rvp",
                    "resumed",
                    "resume",
                    "en route",
                    "attending",
                    "talkgroup",
                    "meal",
                    "aware",
                ),
            ),
            spot=_AT_LETTER,
        ),
        Rule(
            "ID",
            r"(?m)^[ ]*(?:\d{2}:\d{2}(?::\d{2})?|\d{4}|\d{6})[ ]{1,3}(?P<v>\d{3,5}|[A-Z]{1,3}\d{1,5}[A-Z]?)(?=[ ]{1,4}[\p{L}\d])",
            0.7,
            "the operator's number in a log",
        ),
        Rule(
            "ID",
            r"(?<=\p{L} )(?P<v>\d{3,5})(?=[ ]*$|[ ]*\n|\.\n)(?<=(?:by|By|PC|DC|PS|DS|Sgt|Insp)[^\n]{3,30})",
            0.5,
            "a number after an officer's name",
        ),
    )
    EXAMPLES = (
        Example("Statement of PC 4471AS taken", "ID", "4471AS"),
        Example("seen by DC 2086 HARRIS", "ID", "2086"),
        Example("Detective Sergeant 663 reviewed", "ID", "663"),
        Example("Police staff 62211 logged it", "ID", "62211"),
        Example("Crew: PCs 1162 OLAWALE, 5093 SZABO and", "ID", "5093"),
        Example("Lesley Grange (CB 3047), told", "ID", "CB 3047"),
        Example("PNC ID 08/331902K was checked", "ID", "08/331902K"),
        Example("his CRO 88214/17L", "ID", "88214/17L"),
        Example("A/S number 15/01YK/02/12345L", "ID", "15/01YK/02/12345L"),
        Example("case number T20237045 at", "ID", "T20237045"),
        Example("URN: 33/LT/06172/24", "ID", "33/LT/06172/24"),
        Example("or 33 LT 06172 24; CPS", "ID", "33 LT 06172 24"),
        Example("custody record 01XX/1234/23 refers", "ID", "01XX/1234/23"),
        Example("Detained under NN01/00561/24.", "ID", "NN01/00561/24"),
        Example("crime reference 2345678/23", "ID", "2345678/23"),
        Example("see CAD 1234/12MAR23", "ID", "CAD 1234/12MAR23"),
        Example("1177 of 3 June 2022 shows", "ID", "1177"),
        Example("CRIME 40/55218/23.", "ID", "40/55218/23"),
        Example("exhibit HJ/1 was sealed", "ID", "HJ/1"),
        Example("prisoner A1234BC", "ID", "A1234BC"),
        Example("old prison number TW1234", "ID", "TW1234"),
        Example("action A1102 raised", "ID", "A1102"),
        Example("MAP 532875/186460", "ID", "532875/186460"),
        Example("160830 C4471  INFT SAYS", "ID", "C4471"),
        Example("MERLIN 25MIS009114.", "ID", "25MIS009114"),
    )
    NOT_FOUND = (
        "on 12/03/2023 and 1/2/23",
        "section 40(2) by virtue of section 40(3A)(a)",
        "between 10 and 20 officers",
        "The PC was switched on.",
        "one in 10, or 10/20 overall",
        "24/7 cover and 50/50 splits",
        "the case of 2019/20 figures",
        "There were 15 of 30 cases",
        "aged M/34 on file",
    )


RECOGNISERS = (PoliceReferences, DisclosureReferences, IntroducedReferences, SpokenReferences)

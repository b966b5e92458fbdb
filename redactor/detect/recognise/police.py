# ruff: noqa: E501 - a pattern is easier to check on one line
"""References of policing and criminal justice.

Sources of the forms: criminaljusticehub.org.uk jargon buster (PNC ID, URN, NINO in justice data);
insidehmcts.blog.gov.uk, 4 August 2016 (URN); Home Office Counting Rules (classification codes,
which are not references to people); published FOI responses (FOI references, CAD and CRIS styles).
Forces number as they please, so that most references are recognised by the word that introduces
them; what stands alone must have a shape of its own.
"""

from __future__ import annotations

from redactor.detect.recognise.checks import pnc
from redactor.detect.rules import KEPT, NEEDS_CONTEXT, Example, Rule, RuleRecogniser

#: Ranks and posts that stand before a collar or warrant number.
RANKS = (
    r"(?:[TA](?:emp|cting|/)?[/. ]?)?(?:"
    r"PCSO|TDC|DCI|DCS|DSU|DSupt|DC|DS|DI|PC|PS|PI|WPC|WDC|WPS|SC|SPC|SSgt|PSE|CDO|DDO|SIO|SOCO|CSI|"
    r"CI|Sgt|Sergeant|Sgnt|Insp|Inspector|C\.?/?Insp|Supt|Superintendent|Con|Cons|Constable|"
    r"Det(?:ective)?\.? (?:Con(?:stable)?|Serg(?:ean)?t|Sgt|Ch(?:ief)?\.? Insp(?:ector)?|Insp(?:ector)?|"
    r"(?:Ch(?:ief)?\.? )?Sup(?:erin)?t(?:endent)?)|"
    r"Ch(?:ief)?\.? (?:Insp(?:ector)?|Supt|Superintendent)|Police Constable|Special Constable|"
    r"Designated Detention Officer|Custody Officer|Op(?:erator)?|OP)"
)

_CASE_WORDS = (
    "crime",
    "cris",
    "crime ref",
    "crime reference",
    "crime number",
    "crime no",
    "crime report",
    "incident",
    "log",
    "cad",
    "storm",
    "occurrence",
    "niche",
    "connect",
    "athena",
    "case",
    "file",
    "reference",
    "ref",
    "our ref",
    "your ref",
    "complaint",
    "custody",
    "record",
    "conduct matter",
)

#: Words that introduce a reference of any shape.
_INTRODUCING = (
    r"(?i:\b(?:(?:our|your|my|their|web|hr|dpo|force|crime|incident|log|custody|case|complaint|matter|"
    r"occurrence|intel(?:ligence)?|investigation|court|claim|policy|booking|tenancy|account|"
    r"customer|member(?:ship)?|employee|payroll|staff|personnel|pay|warrant(?: card)?|collar|"
    r"shoulder|badge|call ?sign|c/s|exhibit|property(?: bag)?|seal|barcode|bar code|disc|book serial|"
    r"serial|frame|chassis|engine|police|student|pupil|patient|hospital|nhs|urn|"
    r"unique|usn|referral|registration|gmc|nmc|hcpc|sra|sia|psv|dbs|certificate|"
    r"disclosure|prison(?:er)?|noms|nomis|pnc|cro|cris|cad|storm|niche|sar|foi|eir|ico|"
    r"ir|iopc|ipcc|psd|dps|ccu|spoc|licen[cs]e|permit|visa|brp|arc|home office|asylum|cid|nrm|"
    r"notice|ticket|fpn|pcn|fixed penalty|receipt|order|invoice|package|parcel|"
    r"cycle|device|handset|asset|laptop|camera|unit|resident|rent|council tax|benefit|application)"
    r"[ ]?)*"
    r"(?:ref(?:erence)?s?|no|number|num|nr|id|code|serial|card|log|cad|exhibit|exh|urn|bag|barcode|"
    r"seal|badge|collar|warrant|payroll|account|acct|complaint|crime|incident|case|tenancy|sar|foi|"
    r"gmc|cro|pnc|booking|c/s|spoc|application)"
    r"(?:[ ]?(?:no|number|num|nr|ref|reference|id|ending))?)"
    r"(?:\.|:|#|[ ]is|[ ]was)*[ ]?(?:[ ]|(?<=[.:#])|\n)[(\[]?"
)
_VALUE = (
    r"(?P<v>(?=[A-Z0-9/.-]*\d)[A-Z0-9]{1,12}(?:[/.-][A-Z0-9]{1,12}){0,4}|"
    r"(?:[A-Z]{1,5} )?\d{2,4}(?: \d{2,6}){1,4}|[A-Z]{2,5} \d{3,8}\b)"
    r"(?![A-Za-z0-9/]|:\d|%|(?:st|nd|rd|th)\b| (?:years|months|weeks|days|hours|mins?|minutes|working)\b)"
)


class PoliceReferences(RuleRecogniser):
    """Warrant numbers, crime, custody, court and complaint references, exhibits."""

    NAME = "police-reference"
    LABELS = ("ID",)
    RULES = (
        Rule(
            "ID",
            rf"(?<![A-Za-z]){RANKS}\.? (?:\(?(?:no\.? ?|collar ?|number ?|warrant ?)?)(?P<v>[A-Z]{{0,3}}\d{{1,6}}[A-Z]{{0,2}})\b(?![/:.]\d)",
            0.9,
            "a number after a rank",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,5}[A-Z]{0,2}) (?:PC|PS|DC|DS|Sgt|Insp|Inspector|Constable|PCSO)\b(?= [A-Z])",
            0.75,
            "a number before a rank",
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:(?:19|20)\d{2}|\d{2})/\d{1,7} ?[A-HJ-NP-RT-Z])\b",
            0.7,
            "the form of a PNC ID",
            check=pnc,
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{1,6}/\d{2}[A-HJ-NP-RT-Z]|SF\d{2}/\d{1,6}[A-HJ-NP-RT-Z])\b",
            0.75,
            "the form of a CRO number",
        ),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}/\d{4}/\d{2}/\d{3,7}[A-Z])\b",
            0.85,
            "the form of an arrest or summons number",
        ),
        Rule("ID", r"\b(?P<v>\d{2}/?[A-Z][A-Z0-9]/?\d{5,7}/?\d{2})\b", 0.75, "the form of a URN"),
        Rule(
            "ID",
            r"\b(?P<v>\d{2}[A-Z0-9]{2}\d{5}\d{2})\b",
            NEEDS_CONTEXT,
            "the length of a URN",
            context=("urn", "unique reference", "unique reference number"),
        ),
        Rule(
            "ID",
            r"(?<![\d/])(?P<v>\d{2}[A-Z]{0,2}/[A-Z0-9]{1,8}/\d{2,8}(?:/\d{2})?)(?![\d/])(?<!\d{2}/\d{2}/\d{2}|\d{2}/\d{2}/\d{4}|\d{2}/\d/\d{2}|\d{2}/\d/\d{4})",
            0.7,
            "parts joined by strokes, ending in a year",
        ),
        Rule(
            "ID",
            r"(?<![\d/])(?P<v>\d{4,7}/\d{2})(?![\d/])",
            0.45,
            "a number and a year",
            context=_CASE_WORDS,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{1,6}(?:[/-][A-Z]{1,8}){0,3}[/-]\d{1,8}(?:[/-][A-Z0-9]{1,8}){0,3})(?![\w/]|-\w)",
            0.7,
            "letters and numbers joined by strokes",
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{2,5}/[A-Z]{1,4}/[A-Z0-9]{1,8}(?:[/-]\d{1,6})*)(?![\w/])(?<=\d[^ ]{0,20})",
            0.6,
            "letters and numbers joined by strokes",
        ),
        Rule(
            "ID", r"(?<![\w/.-])(?P<v>(?:19|20)\d{2}/\d{4,7})(?![\d/])", 0.6, "a year and a number"
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>\d{2}-\d{4}(?:-\d+)?|[A-Z]{2}-\d{2}-\d{4,7})(?![\w-])",
            NEEDS_CONTEXT,
            "a year and a number",
            context=_CASE_WORDS,
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>\d{1,2}[A-Z]{1,2}/\d{3,6}/\d{2})(?![\w/])",
            0.85,
            "the form of a crime reference",
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:CAD|LOG|Log|INC|Incident|STORM)[ -]?(?:no\.? |number )?\d{2,6}(?:/\d{1,2}[A-Za-z]{3}\d{2,4})?)\b",
            0.85,
            "the form of an incident log",
        ),
        Rule(
            "ID", r"\b(?P<v>\d{1,5})(?= of (?:\d{1,2}[/ .]|the \d))", 0.6, "a log number of a day"
        ),
        Rule(
            "ID",
            r"\b(?P<v>[A-Z]{2,4}[/.]\d{1,4})(?![\w/.])",
            0.7,
            "the form of an exhibit reference",
        ),
        Rule(
            "ID",
            r"\b(?P<v>[NSDVW]\d{1,4}[A-Z]?)\b",
            NEEDS_CONTEXT,
            "the form of a HOLMES number",
            context=("nominal", "holmes", "statement", "document", "action"),
        ),
        Rule("ID", r"\b(?P<v>[A-Z]\d{4}[A-Z]{2})\b", 0.8, "the form of a prison number"),
        Rule(
            "ID", r"\b(?P<v>(?:NFRC|NFIB)\d{9,12}|CEOP[- ]?\d{4,8})\b", 0.9, "a national reference"
        ),
        Rule(
            "ID",
            r"\b(?P<v>(?:SSR|TV|TVP|SBC|CSC|SAR|INC|IR|CO|MP|BC|SV|PM|LL|RTC|ARC|CD)[ -]?\d{2,9}(?:-\d{2,8})?)\b",
            0.7,
            "letters before a running number",
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{1,4}\d{6,12}[A-Z]{0,2})(?![\w/-])",
            0.6,
            "letters before a long number",
        ),
        Rule(
            "ID",
            r"(?<![\w/.-])(?P<v>[A-Z]{2,3}\d{2,3})(?![\w/-])",
            NEEDS_CONTEXT,
            "the form of a call sign",
            context=(
                "call sign",
                "callsign",
                "c/s",
                "unit",
                "desp",
                "despatched",
                "dispatched",
                "immediate",
            ),
        ),
        Rule("ID", _INTRODUCING + _VALUE, 0.65, "a number after a word for references"),
        Rule(
            "ID",
            r"(?i:\b(?:collar|warrant|shoulder|pay|payroll|number on shoulder)(?: no\.?| number)?) (?P<v>[A-Z]{0,3}\d{2,6}[A-Z]{0,2})\b",
            0.8,
            "a number after a word for officers",
        ),
        Rule(
            "ID",
            r"(?m)^[ ]*\d{2}:\d{2}(?::\d{2})?[ ]{1,3}(?P<v>\d{3,5}|[A-Z]{1,3}\d{2,3})(?=[ ]{1,4}\p{Lu})",
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
        Example("PNC ID 08/331902K was checked", "ID", "08/331902K"),
        Example("his CRO 88214/17L", "ID", "88214/17L"),
        Example("URN: 33/LT/06172/24", "ID", "33/LT/06172/24"),
        Example("custody record 01XX/1234/23 refers", "ID", "01XX/1234/23"),
        Example("crime reference 2345678/23", "ID", "2345678/23"),
        Example("see CAD 1234/12MAR23", "ID", "CAD 1234/12MAR23"),
        Example("CRIME 40/55218/23.", "ID", "40/55218/23"),
        Example("exhibit HJ/1 was sealed", "ID", "HJ/1"),
        Example("prisoner A1234BC", "ID", "A1234BC"),
        Example("Our ref: PSD/MC/0417/24", "ID", "PSD/MC/0417/24"),
        Example("complaint number CO/0931/22.", "ID", "CO/0931/22"),
        Example("tenancy T0048812", "ID", "T0048812"),
        Example("warrant number 238417", "ID", "238417"),
        Example("payroll no. 604417", "ID", "604417"),
    )
    NOT_FOUND = (
        "on 12/03/2023 and 1/2/23",
        "section 40(2) by virtue of section 40(3A)(a)",
        "between 10 and 20 officers",
        "The PC was switched on.",
        "one in 10, or 10/20 overall",
        "24/7 cover and 50/50 splits",
    )


class DisclosureReferences(RuleRecogniser):
    """References of FOI requests, and offence classification codes: found, and proposed to be kept.

    The Met's form is ``01.FOI.23.034185`` or ``01/FOI/25/042395/X``. Home Office classification codes
    look like ``008/62``, ``8G`` or ``10D``.
    """

    NAME = KEPT
    LABELS = ("ID",)
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
            r"\b(?P<v>(?:FOIA?|EIR|IR)[ /.-]?(?:\d{4}[/-]\d{3,6}|\d{3,6}[/-]\d{2,4}|\d{4,6}))(?![\w/])",
            0.9,
            "the reference of an FOI request",
        ),
        Rule(
            "ID",
            r"(?i:\b(?:ho|home office|hocr|offence|class(?:ification)?|crime type)[ ](?:class(?:ification)?[ ])?codes?[: ]{1,2})(?P<v>\d{3}/\d{2}|\d{1,3}[A-Z]?)\b(?![/\d])",
            0.97,
            "an offence classification code",
        ),
    )
    EXAMPLES = (
        Example("Reference 01.FOI.23.034185 of March", "ID", "01.FOI.23.034185"),
        Example("our 01/FOI/25/042395/X", "ID", "01/FOI/25/042395/X"),
        Example("Our ref: FOI/2024/0612", "ID", "FOI/2024/0612"),
        Example("requests FOI 1188/24 and", "ID", "FOI 1188/24"),
        Example("HO code 008/62 applies", "ID", "008/62"),
    )
    NOT_FOUND = ("the FOI team", "in 2024/25 the team", "FOI Act 2000")


RECOGNISERS = (PoliceReferences, DisclosureReferences)

# ruff: noqa: E501 - a pattern is easier to check on one line
"""Ways to reach a person: telephone numbers and postcodes; user names and marks of cars beside them.

Sources: Ofcom, National Telephone Numbering Plan, and its numbers for drama, which are found like any
other; Royal Mail, postcode forms as in the GDS standard.
"""

from __future__ import annotations

from redactor.detect.recognise.online import OnlineNames
from redactor.detect.recognise.vehicles import Vehicles
from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser

#: The 124 postcode areas, and BFPO.
_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|"
    "EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|"
    "MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|"
    "TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_PLACE_WORDS = (
    *("postcode", "post code", "postcodes", "postal code", "district", "sector", "area", "areas"),
    *("outcode", "address"),
)
_SPOKEN = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|nought)"

#: Where rules are to be searched; see ``Rule.spot``.
_AT_LETTER = r"\d(?:[A-Z]|(?<=[A-Z]\d))"
_AT_LETTER_ANY = r"\d(?:[A-Za-z]|(?<=[A-Za-z]\d))"
_AT_PLUS = r"\+\d"


class Postcodes(RuleRecogniser):
    """Postcodes, whole or by district."""

    NAME = "postcode"
    LABELS = ("POSTCODE",)
    REACH = 20
    RULES = (
        Rule(
            "POSTCODE",
            rf"(?i)(?<![\w/-])(?=[A-Z]{{1,2}}\d|GIR)(?P<v>(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW]) ?\n?[ ]?\d[ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA)(?![\w/-])",
            0.85,
            "the form of a postcode",
            spot=_AT_LETTER_ANY,
        ),
        Rule(
            "POSTCODE",
            r"\b(?P<v>[A-Z]{1,2}\d{1,2}[A-Z]? {1,2}\d[A-Z]{2})\b",
            0.45,
            "nearly the form of a postcode",
            spot=_AT_LETTER,
        ),
        Rule("POSTCODE", r"\b(?P<v>BFPO ?\d{1,4})\b", 0.9, "a forces post office"),
        Rule(
            "POSTCODE",
            rf"\b(?=[A-Z]{{1,2}}\d)(?P<v>(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW])(?: \d(?![\w:]))?)\b(?![/-])",
            NEEDS_CONTEXT,
            "a postcode district",
            context=_PLACE_WORDS,
            spot=_AT_LETTER,
        ),
        Rule(
            "POSTCODE",
            rf"(?<=\b(?:[Ii]n|[Ff]rom|[Tt]o|[Nn]ear|[Aa]round|[Aa]cross|[Oo]utside|of|and|or) )(?P<v>(?=[A-Z]{{2}}\d)(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW]))(?![\w/-]|[.]\d)",
            0.45,
            "a postcode district after a word for where",
            spot=_AT_LETTER,
        ),
        Rule(
            "POSTCODE",
            rf"(?<=\b[A-Z]{{1,2}}\d{{1,2}}[A-Z]?(?:,| to| and| or) )(?<=\b(?:{_AREAS})\d{{1,2}}[A-Z]?(?:,| to| and| or) )(?<=(?:from|in|between|to|areas?|districts?|postcodes?) [A-Z\d, ]{{2,30}}(?:to |and |or )?)(?P<v>(?=[A-Z]{{1,2}}\d)(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW]))(?![\w/-]|[.]\d)",
            0.45,
            "a postcode district beside another",
            spot=_AT_LETTER,
        ),
    )
    EXAMPLES = (
        Example("Trowbridge BA47 9QX", "POSTCODE", "BA47 9QX"),
        Example("of M638QL since", "POSTCODE", "M638QL"),
        Example("lives in ec1a 1bb now", "POSTCODE", "ec1a 1bb"),
        Example("BFPO 58 mail", "POSTCODE", "BFPO 58"),
        Example("postcode district SE15 only", "POSTCODE", "SE15"),
        Example("she moved from CF14 to B29.", "POSTCODE", "B29"),
        Example("the BN3 area", "POSTCODE", "BN3"),
    )
    NOT_FOUND = (
        "PC1 was offline",
        "an A1 poster",
        "Form W4 filed",
        "Table S1 shows",
        "in M25 traffic",
    )


class Telephones(RuleRecogniser):
    """Telephone numbers of the United Kingdom, abroad, in words, and extensions."""

    NAME = "telephone"
    LABELS = ("PHONE",)
    REACH = 40
    RULES = (
        Rule(
            "PHONE",
            r"(?<![\w.])(?P<v>(?:\+|00) ?44[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .()-]{0,2}\d){8,9})(?!\d)",
            0.95,
            "a British number with the country's code",
        ),
        Rule(
            "PHONE",
            r"(?<![\w./+-])(?P<v>\(?0[1-35789](?:[ .()-]{0,2}\d){8,9})(?![\d])(?!-\d)",
            0.8,
            "the form of a British number",
        ),
        Rule(
            "PHONE",
            r"(?<![\w./+-])(?P<v>\+[1-9]\d{0,2}(?:[ .()-]{0,2}\d){7,12})(?!\d)",
            0.85,
            "a number with a country's code",
            spot=_AT_PLUS,
        ),
        Rule(
            "PHONE",
            r"(?i)(?:\bext(?:ension|n)?s?\b|(?<=\d )\bx)(?: no\.?| number)?[.: ]{0,3}(?P<v>\d{2,6}(?:[ -]\d{2,6})?)\b",
            0.85,
            "an extension",
            near=("ext", "exts", "extn", "extension", "extensions", "x"),
        ),
        Rule(
            "PHONE",
            r"(?<![\w./+-])(?P<v>(?=\S*[OoIl])(?:\+44|[0Oo])[ ]?(?:7[\dOoIl]{3}|[12][\dOoIl]{2,3})[ -]?[\dOoIl]{3}[ -]?[\dOoIl]{3,4})(?!\w)",
            0.75,
            "the form of a British number with letters read for figures",
            spot=r"\d[OolI]|[OolI]\d",
        ),
        Rule(
            "PHONE",
            r"(?i)\b(?:tel|telephone|phone|mob|mobile|landline|fax|mailbox|voicemail|pager|bleep|t|m|(?:call|ring|text)(?: (?:me|him|her|us))? on)(?: no\.?| number)?[.: ]{1,3}(?P<v>\d{4,7}(?: \d{3,6})?)\b",
            0.75,
            "a number after a word for telephones",
            near=(
                *("tel", "telephone", "phone", "mob", "mobile", "landline", "fax", "mailbox"),
                *("voicemail", "pager", "bleep", "on", "t", "m"),
            ),
        ),
        Rule(
            "PHONE",
            r"(?i)\b(?:ending|ends)(?: in)? (?P<v>\d{3,4}(?: \d{3})?)\b",
            NEEDS_CONTEXT,
            "the end of a number",
            context=("phone", "handset", "mobile", "number ending", "handset ending"),
        ),
        Rule(
            "PHONE",
            rf"(?i)\b(?P<v>(?:oh|zero|nought)(?: {_SPOKEN}){{6,14}})\b",
            0.85,
            "a number spoken in words",
            near=("oh", "zero", "nought"),
            reach=120,
        ),
    )
    EXAMPLES = (
        Example("ring 07700 900058 today", "PHONE", "07700 900058"),
        Example("on +44 (0)7700 900 058.", "PHONE", "+44 (0)7700 900 058"),
        Example("T: 01632 960412 x231", "PHONE", "231"),
        Example("ext 4417", "PHONE", "4417"),
        Example("internal ext 71-4421;", "PHONE", "71-4421"),
        Example("mob 077OO 9OO789", "PHONE", "077OO 9OO789"),
        Example("(020) 7946 0303", "PHONE", "(020) 7946 0303"),
        Example("from +48 22 555 01 42 at", "PHONE", "+48 22 555 01 42"),
        Example(
            "on oh double seven double oh nine double oh one two three thanks",
            "PHONE",
            "oh double seven double oh nine double oh one two three",
        ),
    )
    NOT_FOUND = (
        "call 101 or 999",
        "between 1998-2003 only",
        "at 10.30 on 12/03/2023",
        "extension of time of 20 days",
    )


RECOGNISERS = (Postcodes, Telephones, OnlineNames, Vehicles)

# ruff: noqa: E501 - a pattern is easier to check on one line
"""Ways to reach a person: e-mail, telephone, user names, network addresses, postcodes.

Sources: RFC 5321 and 5322 (addresses, here with domains that need not be public: ``@trust.local``);
Ofcom, National Telephone Numbering Plan, and its numbers for drama, which are found like any other;
Royal Mail, postcode forms as in the GDS standard; RFC 4291, RFC 791; what3words (three words after
three strokes).
"""

from __future__ import annotations

from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser

#: The 124 postcode areas, and BFPO.
_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|"
    "EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|"
    "MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|"
    "TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_PLACE_WORDS = (
    "postcode",
    "post code",
    "postal code",
    "district",
    "sector",
    "area",
    "outcode",
    "address",
    "of",
    "near",
)
_SPOKEN = r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|treble|triple|nought)"


class Postcodes(RuleRecogniser):
    """Postcodes, whole or by district."""

    NAME = "postcode"
    LABELS = ("POSTCODE",)
    RULES = (
        Rule(
            "POSTCODE",
            rf"(?i)(?<![\w/-])(?=[A-Z]{{1,2}}\d|GIR)(?P<v>(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW]) ?\n?[ ]?\d[ABD-HJLNP-UW-Z]{{2}}|GIR ?0AA)(?![\w/-])",
            0.85,
            "the form of a postcode",
        ),
        Rule(
            "POSTCODE",
            r"\b(?P<v>[A-Z]{1,2}\d{1,2}[A-Z]? {1,2}\d[A-Z]{2})\b",
            0.45,
            "nearly the form of a postcode",
        ),
        Rule("POSTCODE", r"\b(?P<v>BFPO ?\d{1,4})\b", 0.9, "a forces post office"),
        Rule(
            "POSTCODE",
            rf"\b(?=[A-Z]{{1,2}}\d)(?P<v>(?:{_AREAS})(?:\d{{1,2}}|\d[A-HJKPSTUW])(?: \d(?![\w:]))?)\b(?![/-])",
            NEEDS_CONTEXT,
            "a postcode district",
            context=_PLACE_WORDS[:6],
        ),
    )
    EXAMPLES = (
        Example("Trowbridge BA47 9QX", "POSTCODE", "BA47 9QX"),
        Example("of M638QL since", "POSTCODE", "M638QL"),
        Example("lives in ec1a 1bb now", "POSTCODE", "ec1a 1bb"),
        Example("BFPO 58 mail", "POSTCODE", "BFPO 58"),
        Example("postcode district SE15 only", "POSTCODE", "SE15"),
    )
    NOT_FOUND = ("PC1 was offline", "an A1 poster", "Form W4 filed", "Table S1 shows")


class Telephones(RuleRecogniser):
    """Telephone numbers of the United Kingdom, abroad, in words, and extensions."""

    NAME = "telephone"
    LABELS = ("PHONE",)
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
        ),
        Rule(
            "PHONE",
            r"(?i)(?:\bext(?:ension|n)?s?\b|(?<=\d )\bx)[.: ]{0,3}(?P<v>\d{2,6})\b",
            0.85,
            "an extension",
        ),
        Rule(
            "PHONE",
            r"(?i)\b(?:tel|telephone|phone|mob|mobile|landline|fax|mailbox|voicemail|airwave|issi|pager|(?:call|ring|text)(?: (?:me|him|her|us))? on)(?: no\.?| number)?[.: ]{1,3}(?P<v>\d{4,7}(?: \d{3,6})?)\b",
            0.75,
            "a number after a word for telephones",
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
            needs="",
        ),
    )
    EXAMPLES = (
        Example("ring 07700 900058 today", "PHONE", "07700 900058"),
        Example("on +44 (0)7700 900 058.", "PHONE", "+44 (0)7700 900 058"),
        Example("T: 01632 960412 x231", "PHONE", "231"),
        Example("ext 4417", "PHONE", "4417"),
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


class OnlineNames(RuleRecogniser):
    """E-mail addresses, internal ones included, user names, network and device addresses."""

    NAME = "online"
    LABELS = ("EMAIL", "HANDLE", "ID", "ADDRESS")
    RULES = (
        Rule(
            "EMAIL",
            r"(?<![\w.+-])(?P<v>[\w.+%'&-]{1,64}(?<![.])@[\p{L}\d](?:[\p{L}\d.-]{0,250}[\p{L}\d])?)(?![\w@])",
            0.95,
            "an e-mail address",
            needs="@",
        ),
        Rule(
            "EMAIL",
            r"(?i)\b(?P<v>[\w.+-]{1,64} ?[\[(] ?at ?[\])] ?[\w-]+(?: ?(?:[\[(] ?dot ?[\])]|\.) ?[\w-]+){1,4})",
            0.85,
            "an e-mail address in words",
            needs="",
        ),
        Rule(
            "HANDLE",
            r"(?<![\w.@/])(?P<v>@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)(?![\w@])",
            0.85,
            "a user name after @",
            needs="@",
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|twitter|facebook|fb|telegram|discord|kik|xbox|psn|skype|whatsapp|signal|tinder|grindr|steam|onlyfans|reddit|twitch|youtube)(?: (?:is|account|name|user|username|handle|profile|id))*[:, ]{1,3}(?P<v>[a-z0-9_.-]*(?:[a-z][_.\d]|[_.\d][a-z])[a-z0-9_.-]*[a-z0-9_])",
            0.85,
            "a user name after the name of a service",
            needs="",
        ),
        Rule(
            "HANDLE",
            r"(?i)\b(?:user(?: ?name)?|log(?:ged)?[ -]?in(?: to| as)?|login id|handle|account(?: name)?|posts as|known on ?line as|exported [^\n]{0,30} by|run [^\n]{0,30} by|removed [^\n]{0,30} by)[: ]{1,2}(?P<v>(?=[a-z0-9_.]*[a-z])[a-z0-9.]*[_\d][a-z0-9_.]*[a-z0-9])\b",
            0.7,
            "a user name after a word for it",
            needs="",
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@./:-])(?P<v>[a-z][a-z0-9]*(?:_[a-z0-9]+)*_[a-z0-9]*\d[a-z0-9]*|[a-z]{3,}[a-z0-9]*_[a-z]+\d+)(?![\w@./-])",
            0.55,
            "the form of a user name",
            needs="_",
        ),
        Rule(
            "HANDLE",
            r"(?<![\w@])(?P<v>(?:https?://|www\.)(?:[\w.-]*\.)?(?:facebook|instagram|twitter|x|tiktok|linkedin|snapchat|youtube|t)\.(?:com|me|co\.uk)/[\w.@/?=&%-]+)",
            0.85,
            "a profile on a service",
            needs="/",
        ),
        Rule(
            "HANDLE",
            r"(?<![\w\\])(?P<v>[A-Z][A-Z0-9-]{1,14}\\[\w.-]{2,})",
            0.85,
            "a user name with its domain",
            needs="\\",
        ),
        Rule(
            "ID",
            r"(?<![\d.])(?P<v>(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d))(?![\d]|\.\d)",
            0.85,
            "an IPv4 address",
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w:])(?P<v>(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,6}:)(?![\w:])",
            0.85,
            "an IPv6 address",
            needs=":",
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w:-])(?P<v>[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5})(?![\w:-])",
            0.85,
            "a device address",
        ),
        Rule(
            "ID",
            r"(?i)(?<![\w-])(?P<v>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])",
            0.6,
            "a unique identifier",
            needs="-",
        ),
        Rule(
            "ADDRESS",
            r"(?i)(?P<v>///[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,})",
            0.95,
            "a what3words place",
            needs="///",
        ),
        Rule(
            "ADDRESS",
            r"(?i)\b(?:what3words|w3w)[: ]{1,3}(?P<v>[a-z]{2,}\.[a-z]{2,}\.[a-z]{2,})\b",
            0.95,
            "a what3words place",
            needs=".",
        ),
    )
    EXAMPLES = (
        Example("write to a.person@trust.local soon", "EMAIL", "a.person@trust.local"),
        Example("<lorna.parish@council.example.org>", "EMAIL", "lorna.parish@council.example.org"),
        Example("to helpdesk@intranet now", "EMAIL", "helpdesk@intranet"),
        Example("o'neil@mail.example.com", "EMAIL", "o'neil@mail.example.com"),
        Example("jo [at] example [dot] org", "EMAIL", "jo [at] example [dot] org"),
        Example("posts as @vose_d_88 often", "HANDLE", "@vose_d_88"),
        Example("Snapchat hamid_afg.07.", "HANDLE", "hamid_afg.07"),
        Example("IP 203.0.113.87", "ID", "203.0.113.87"),
        Example("2001:db8::ff00:42:8329 seen", "ID", "2001:db8::ff00:42:8329"),
        Example("00:1A:2B:3C:4D:5E", "ID", "00:1A:2B:3C:4D:5E"),
        Example("at ///filled.count.soap", "ADDRESS", "///filled.count.soap"),
    )
    NOT_FOUND = ("meet @ 5", "the ratio 3:4:5", "end.The next", "version 1.2.3 of it")


class Vehicles(RuleRecogniser):
    """Registration marks, whole or in part.

    Source: DVLA INF104 (current style since September 2001; prefix, suffix and dateless styles; Northern
    Ireland with I or Z; Q for unknown age).
    """

    NAME = "vehicle"
    LABELS = ("VEHICLE",)
    _CARS = (
        "vrm",
        "vrn",
        "reg",
        "registration",
        "index",
        "plate",
        "car",
        "van",
        "vehicle",
        "bmw",
        "audi",
        "ford",
        "golf",
        "corsa",
        "astra",
        "lorry",
        "motorcycle",
        "driving",
        "drove",
        "driver",
        "registered",
        "keeper",
        "number plate",
        "part plate",
        "prius",
        "taxi",
        "transit",
        "cab",
        "tag",
        "hire car",
        "partial",
    )
    RULES = (
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-PR-Z][A-HJ-PR-Z]\d{2} ?[A-HJ-PR-Z]{3})(?![\w/-])",
            0.85,
            "the form of a registration mark",
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z]{2}[\dOI]{2} [\dA-Z]{3})(?![\w/-])",
            0.4,
            "nearly the form of a registration mark",
            context=_CARS,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-NPR-TV-Y]\d{1,3} ?(?!MAY|THE|AND|FOR|NOT|WAS|HAS|ARE)[A-HJ-PR-Z]{3})(?![\w/-])",
            0.55,
            "an older form of registration mark",
            context=_CARS,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-PR-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y])(?![\w/-])",
            0.5,
            "an older form of registration mark",
            context=_CARS,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z]{1,2}[IZ] ?\d{1,4}|Q\d{1,3} ?[A-Z]{3})(?![\w/-])",
            NEEDS_CONTEXT,
            "a Northern Irish or Q mark",
            context=_CARS,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3}|[A-Z]{2}\d{2})(?![\w/-])",
            NEEDS_CONTEXT,
            "a dateless or partial mark",
            context=(
                "vrm",
                "vrn",
                "index",
                "plate",
                "number plate",
                "registration",
                "part plate",
                "part vrm",
                "partial",
                "reg",
            ),
        ),
        Rule(
            "VEHICLE",
            r"(?i:\b(?:part(?:ial)?(?: number)?(?: plate| vrm| index| reg(?:istration)?)?|plate|vrm|index|reg)) (?:was |read |reading |like )?(?P<v>[A-Z?*]{1,2} ?[\d?*]{2} ?[A-Z?*]{3}|[A-Z]{2}\d{2})\b",
            0.75,
            "a partial mark",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("in a Corsa, JT19 KDL, silver", "VEHICLE", "JT19 KDL"),
        Example("UX68FRT returned", "VEHICLE", "UX68FRT"),
        Example("reg A123 BCD", "VEHICLE", "A123 BCD"),
        Example("vehicle ABZ 1234", "VEHICLE", "ABZ 1234"),
        Example("part plate Z? 21 ??X seen", "VEHICLE", "Z? 21 ??X"),
    )
    NOT_FOUND = ("the A2 for Dover", "P1 MAY be late", "Covid 19 and HMP 2", "Form 22A of 2019")


RECOGNISERS = (Postcodes, Telephones, OnlineNames, Vehicles)

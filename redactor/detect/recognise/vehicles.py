# ruff: noqa: E501 - a pattern is easier to check on one line
"""Registration marks of vehicles, whole or in part.

Source: DVLA INF104 (current style since September 2001; prefix, suffix and dateless styles; Northern
Ireland with I or Z; Q for unknown age).
"""

from __future__ import annotations

from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser

#: Where rules are to be searched; see ``Rule.spot``.
_AT_LETTER = r"\d(?:[A-Z]|(?<=[A-Z]\d))"
_AT_SMALL = r"[a-z._]\d"


class Vehicles(RuleRecogniser):
    """Registration marks, whole or in part."""

    NAME = "vehicle"
    LABELS = ("VEHICLE",)
    REACH = 20
    _CARS = (
        *("vrm", "vrn", "reg", "registration", "index", "plate", "plates", "number plate"),
        *("part plate", "partial", "car", "van", "vehicle", "lorry", "motorcycle", "motorbike"),
        *(
            "moped",
            "scooter",
            "taxi",
            "cab",
            "minicab",
            "hire car",
            "hgv",
            "tag",
            "driving",
            "drove",
        ),
        *("driver", "driven", "registered", "keeper", "parked", "bmw", "audi", "ford", "golf"),
        *("corsa", "astra", "fiesta", "focus", "polo", "clio", "prius", "transit", "sprinter"),
        *("vivaro", "vauxhall", "volkswagen", "vw", "mercedes", "toyota", "nissan", "renault"),
        *("peugeot", "citroen", "kia", "hyundai", "skoda", "seat", "honda", "mazda", "volvo"),
        *("land rover", "range rover", "mini", "fiat", "tesla", "jaguar", "suzuki", "yamaha"),
    )
    RULES = (
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-PR-Z][A-HJ-PR-Z]\d{2} ?[A-HJ-PR-Z]{3})(?![\w/-])",
            0.85,
            "the form of a registration mark",
            spot=_AT_LETTER,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z]{2}[\dOI]{2} [\dA-Z]{3})(?![\w/-])",
            0.4,
            "nearly the form of a registration mark",
            context=_CARS,
            spot=_AT_LETTER,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[a-hj-pr-y][a-hj-pr-y]\d{2} ?[a-hj-pr-z]{3})(?![\w/-])(?<!\d (?:the|and|was|had|for|but|men|who|she|has|per|are))",
            0.6,
            "the form of a registration mark in small letters",
            spot=_AT_SMALL,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>(?!(?:PC|DC|PS|DS|AT|IN|ON|TO|OF|BY|NO) )[A-HJ-PR-Z]{2}[- ]\d{2}[- ](?!(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MIN|HRS|AND|THE)\b)[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{2}\d{2}[-.][A-HJ-PR-Z]{3})(?![\w/-])",
            0.35,
            "the form of a registration mark, split",
            context=_CARS,
        ),
        Rule(
            "VEHICLE",
            r"(?i:\b(?:vrm|vrn|reg(?:istration)?|index|plates?)(?: (?:no\.?|number|mark|plate))?(?: is| was|:| of)? ?)(?P<v>(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{1,4}[ -]?[A-Z0-9]{1,4}|(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{3,4} ?[a-z]{3})(?![\w/])",
            0.75,
            "a mark after a word for it",
            near=("vrm", "vrn", "reg", "registration", "index", "plate", "plates"),
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-PR-Z]{2}(?:0[1-9]|1\d|2[0-6]|5[1-9]|6\d|7[0-6]))(?![\w/-])",
            NEEDS_CONTEXT,
            "the beginning of a registration mark",
            context=_CARS,
            spot=_AT_LETTER,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z*?]{2}[\d*?]{2} ?[*?]{3})(?!\w)",
            0.7,
            "a registration mark with gaps",
            needs="*",
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-Z]\d{2,3} (?!MAY|THE|AND|FOR|NOT|WAS|HAS|ARE|FPN|TO|HRS|MIN|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{3})(?![\w/-])",
            0.35,
            "nearly an older form of registration mark",
            spot=_AT_LETTER,
        ),
        Rule(
            "VEHICLE",
            r"(?i:\b(?:part(?:ial)?)(?: number)? (?:plate|vrm|vrn|index|reg(?:istration)?)(?: of|:| was| is)? )(?P<v>[A-Z]{2,4}|\d{2,4})(?![\w/])",
            0.7,
            "a partial mark",
            near=("part", "partial"),
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-NPR-TV-Y]\d{1,3} ?(?!MAY|THE|AND|FOR|NOT|WAS|HAS|ARE)[A-HJ-PR-Z]{3})(?![\w/-])",
            0.55,
            "an older form of registration mark",
            context=_CARS,
            spot=_AT_LETTER,
        ),
        Rule(
            "VEHICLE",
            r"(?<![\w/-])(?P<v>[A-HJ-PR-Z]{3} ?\d{1,3}[A-HJ-NPR-TV-Y])(?![\w/-])",
            0.5,
            "an older form of registration mark",
            context=_CARS,
            spot=_AT_LETTER,
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
            near=("part", "partial", "plate", "vrm", "index", "reg"),
            reach=50,
        ),
    )
    EXAMPLES = (
        Example("in a Corsa, JT19 KDL, silver", "VEHICLE", "JT19 KDL"),
        Example("UX68FRT returned", "VEHICLE", "UX68FRT"),
        Example("reg A123 BCD", "VEHICLE", "A123 BCD"),
        Example("vehicle ABZ 1234", "VEHICLE", "ABZ 1234"),
        Example("part plate Z? 21 ??X seen", "VEHICLE", "Z? 21 ??X"),
        Example("a blue Fiesta (lb07xyz)", "VEHICLE", "lb07xyz"),
        Example("the van, LB 07 XYZ, left", "VEHICLE", "LB 07 XYZ"),
        Example("index LB07-XYZ.", "VEHICLE", "LB07-XYZ"),
        Example("reg l807 xyz.", "VEHICLE", "l807 xyz"),
        Example("Part VRM XYZ. It", "VEHICLE", "XYZ"),
        Example("Q-plate Q123 ABC on a car", "VEHICLE", "Q123 ABC"),
    )
    NOT_FOUND = (
        "the A2 for Dover",
        "P1 MAY be late",
        "Covid 19 and HMP 2",
        "Form 22A of 2019",
        "reg 42 of the Regulations",
        "in 20 MIN and PC 12 MAY",
    )

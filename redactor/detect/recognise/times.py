# ruff: noqa: E501 - a pattern is easier to check on one line
"""Ages and clock times, in figures and words, as British records write them."""

from __future__ import annotations

from redactor.detect.recognise.number_words import NUMBER_WORD
from redactor.detect.rules import NEEDS_CONTEXT, Example, Rule, RuleRecogniser


class Ages(RuleRecogniser):
    """Ages in figures and words."""

    NAME = "age"
    LABELS = ("AGE",)
    _WORDS = rf"(?:{NUMBER_WORD}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
    RULES = (
        Rule(
            "AGE",
            r"\b(?P<v>\d{1,3}(?: ?/ ?\d{1,2})?[ -]?(?:years?|yrs?|yr|months?|mths?|weeks?)[ -]?olds?|\d{1,3} ?y/?o)\b",
            0.9,
            "an age",
            ignore_case=True,
        ),
        Rule(
            "AGE",
            r"\b(?:aged?|age:|ages|AGED?|Aged?)[: ]{1,3}(?:about |approx\.? |approximately |c\.? ?|between )?(?P<v>\d{1,3}(?: ?(?:-|to|and) ?\d{1,3})?)\b(?! ?(?:%|weeks' notice))",
            0.9,
            "a number after a word for age",
        ),
        Rule(
            "AGE",
            rf"\b(?:aged?|the age of|age of)[: ](?P<v>{_WORDS})\b",
            0.85,
            "a number after a word for age",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "AGE",
            rf"\b(?P<v>\d{{1,3}}|{_WORDS})(?= (?:years|yrs|year) of age\b)",
            0.9,
            "a number before words for age",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "AGE",
            rf"\b(?:he|she|they|who|son|daughter|child|boy|girl|i|twins|father|mother|kids)(?:'s| is|'m| am| was| were|'re| are)(?: (?:only|just|nearly|about|almost|now|still|around))? (?P<v>\d{{1,2}}|{_WORDS})(?= ?(?:[.,;:)\n]|and\b|when|because|with\b|now\b|years|yrs|$|but|at the|then|so\b|or so))",
            0.75,
            "a number said of a person",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "AGE",
            r"(?<=[\p{L}.)\]]\)?, )(?P<v>[1-9]\d?)(?=, ?(?!\d)|\.(?:\s|$)|;| and |\)|\n|$|\"|   )",
            0.55,
            "a number after a name",
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}\p{Ll}{2,14} (?:is|was) (?:only |now |just )?)(?P<v>[1-9]\d)(?= ?(?:[.,;\n]|and\b|with\b))",
            0.65,
            "a number said of a name",
        ),
        Rule(
            "AGE",
            r"(?<=(?<![\w.])[MF][ ,/]{1,3})(?P<v>[1-9]\d?)(?=[ ,;/]|$)(?![ ]?(?:st|rd|months))",
            0.5,
            "a number after a letter for sex",
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?:[Ss]ays|[Ss]aid to be|[Aa]pparent age|[Ll]ooks|[Aa]ppears)(?: about| to be)? )(?P<v>[1-9]\d|{_WORDS})(?=[ ]?(?:[.,;\n)]|$))",
            0.55,
            "a number after words for looks",
            needs="",
        ),
        Rule(
            "AGE",
            r"(?<=\p{L} )\((?P<v>[1-9]\d?)\)(?! ?\()",
            0.5,
            "a number in brackets after a name",
        ),
        Rule(
            "AGE",
            r"\b(?P<v>(?:early|mid|late)[ -](?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0'?s)|(?:his|her|their) (?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties)|(?<![\d'])[2-9]0'?s(?! and))\b",
            0.75,
            "an age by decade",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "AGE",
            rf"(?<![\w])(?P<v>(?:\d{{1,2}}|{_WORDS}) (?:months|weeks|days|MONTHS|WEEKS))(?= (?:old\b|OK\b)|\) )",
            0.75,
            "an age",
            needs="",
        ),
        Rule(
            "AGE",
            r"(?i:\b(?:kids|children|daughters|sons|child|says|boy|girl|male|female|son|daughter|twins)),? (?:aged? )?(?P<v>[1-9]\d?)(?= ?(?:and|AND|,|;|\.\s|\n|$))",
            0.6,
            "a number after a word for a person",
        ),
    )
    EXAMPLES = (
        Example("a 27-year-old man", "AGE", "27-year-old"),
        Example("aged 22 and", "AGE", "22"),
        Example("81 years of age", "AGE", "81"),
        Example("He is 15.", "AGE", "15"),
        Example("she is only four.", "AGE", "four"),
        Example("Joe Bloggs, 44, of Leeds", "AGE", "44"),
        Example("in his late fifties", "AGE", "late fifties"),
        Example("a 19 yr old", "AGE", "19 yr old"),
    )
    NOT_FOUND = (
        "within 20 working days",
        "over 14 years of service",
        "Year 4 pupils",
        "item 12, 13 and 14",
    )


_HOUR_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|midnight|midday|noon)"
)
_PART = r"(?:in the (?:morning|afternoon|evening)|at night)"


class Times(RuleRecogniser):
    """Clock times in figures and words."""

    NAME = "time"
    LABELS = ("TIME",)
    RULES = (
        Rule(
            "TIME",
            rf"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?: ?(?:am|pm|a\.m\.|p\.m\.|hrs|hours|h|z|gmt|bst))?(?: {_PART})?)(?![\w:]|\.\d)",
            0.85,
            "a clock time",
            ignore_case=True,
        ),
        Rule(
            "TIME",
            rf"(?<![\w.:/£$-])(?P<v>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)? ?(?:am|pm|a\.m\.?|p\.m\.?)(?: {_PART})?)(?!\w)",
            0.9,
            "a clock time",
            ignore_case=True,
        ),
        Rule(
            "TIME",
            r"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-3])[.:]?[0-5]\d ?(?:hrs?|hours|h)\b\.?)",
            0.9,
            "a clock time",
            ignore_case=True,
        ),
        Rule(
            "TIME",
            rf"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-3])\.[0-5]\d(?: {_PART})?)(?![\w%]|\.\d| ?(?:m|km|cm|per|million|miles|am|pm)\b)",
            NEEDS_CONTEXT,
            "a time with a point",
            context=(
                "at",
                "about",
                "time",
                "around",
                "from",
                "until",
                "to",
                "by",
                "hrs",
                "arrested",
                "the",
                "left",
            ),
        ),
        Rule(
            "TIME",
            rf"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-3])\.[0-5]\d {_PART})",
            0.9,
            "a clock time",
            ignore_case=True,
        ),
        Rule(
            "TIME",
            r"(?i)(?<=\b(?:at|about|around|from|until|till|by|approx|approximately|circa|between|timed at|time|left|resumed|suspended|at about|@)[: ] ?)(?P<v>(?:[01]\d|2[0-3])[0-5]\d)(?![\w/:%]|[.,-]\d)",
            0.6,
            "four digits after a word for times",
        ),
        Rule(
            "TIME",
            r"(?<=(?:\d{2}/\d{2}/\d{2,4}|\d{1,2} \p{L}{3,9} \d{4}|\d{4}-\d{2}-\d{2}),?[ ]{1,4})(?P<v>(?:[01]\d|2[0-3])[0-5]\d)(?![\w/:%]|[.,]\d)",
            0.85,
            "four digits after a date",
        ),
        Rule(
            "TIME",
            r"(?<=(?:[01]\d|2[0-3])[0-5]\d ?- ?)(?<![\d/]{5}-)(?P<v>(?:[01]\d|2[0-3])[0-5]\d)(?: ?hrs)?(?![\w/:%])",
            0.45,
            "the end of a span of time",
            context=("hrs", "between", "from", "shift", "at"),
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:just )?(?:half|quarter|(?:a )?quarter|five|ten|twenty|twenty[ -]five|\d{{1,2}}(?: minutes| mins)?)[ -](?:past|to|after|before) (?:{_HOUR_WORD}|\d{{1,2}}\b)(?: ?(?:am|pm)| {_PART})?)\b",
            0.85,
            "a time in words",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>half (?:{_HOUR_WORD}|\d{{1,2}})(?: ?(?:am|pm)| {_PART})?)\b(?! (?:of|days?|weeks?))",
            0.75,
            "a time in words",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:{_HOUR_WORD}|\d{{1,2}}) o'? ?clock(?: {_PART})?)",
            0.9,
            "a time in words",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:{_HOUR_WORD}|\d{{1,2}}(?:[.:]\d{{2}})?) (?:{_PART}))\b",
            0.8,
            "a time in words",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "TIME",
            r"\b(?P<v>midnight|midday|noon)\b",
            0.7,
            "a time in words",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "TIME",
            rf"(?i)(?<=\b(?:after|before|until|till|at about|at around|between|at) )(?P<v>{_HOUR_WORD})(?=[ ]?(?:[.,;)\n]|as\b|cheers|and {_HOUR_WORD}|that|on|$))",
            0.5,
            "an hour in words",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("at 23:48 on", "TIME", "23:48"),
        Example("about 3.10pm he", "TIME", "3.10pm"),
        Example("commenced: 1422 hrs", "TIME", "1422 hrs"),
        Example("06/02/24 1931 PC", "TIME", "1931"),
        Example("at ten past three in the morning", "TIME", "ten past three in the morning"),
        Example("by noon", "TIME", "noon"),
        Example("at 4 o'clock", "TIME", "4 o'clock"),
        Example("at 0915 he", "TIME", "0915"),
    )
    NOT_FOUND = (
        "ratio of 3:4",
        "section 1.50 applies",
        "half of them left",
        "a cost of 10.50 per head",
    )


RECOGNISERS = (Ages, Times)

"""Dates in every written form, dates of birth, ages and clock times.

Sources: the forms met in British police, council and court papers; bank holidays and feasts as named
days. Numeric dates are day first, as written here; American order and ISO 8601 are found too. Years
in the names of statutes, in citations and in versions date nothing and are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.rules import NEEDS_CONTEXT, Example, Hit, Rule, RuleRecogniser

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"[o0]ct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_LONG_MONTH = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December)"
)
_WEEKDAY = r"(?:mon(?:day)?|tue?s?(?:day)?|wed(?:nesday|s)?|thu?r?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_LONG_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:[l1-9I][\dlO]?|[12][\dlO]|3[01]|0[1-9])[ ]?(?:st|nd|rd|th)?\.?"
_YEAR = r"(?:(?:1[89]|2[01]|l9)[\dlO]{2}|'?\d{2})"
_NUMERIC = (
    r"(?:0?[1-9]|[12]\d|3[01])(?P<s>[ ]?[/.-][ ]?)(?:0?[1-9]|1[0-2])(?P=s)(?:(?:19|20)\d{2}|\d{2})"
)
_ISO = r"(?:19|20)\d{2}[-/](?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12]\d|3[01])"
_NUMBER_WORD = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[ -](?:first|"
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[ -]first)"
)
_BARE_NUMBER = (
    r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|eleven|twelve|one|two|three|four|five|six|seven|eight|nine|ten)"
)
_IN_WORDS = rf"(?:the )?{_NUMBER_WORD} of (?:the {_NUMBER_WORD}|{_MONTH})(?:,? (?:nineteen|twenty|two thousand|{_BARE_NUMBER})(?:[ -](?:and |oh )?{_BARE_NUMBER}){{0,3}})?"
_FEAST = (
    r"(?:Christmas(?: (?:Eve|Day))?|Xmas|Boxing Day|New Year'?s?(?: (?:Eve|Day))?|Hogmanay|Good Friday|Easter(?: "
    r"(?:Sunday|Monday))?|Ash Wednesday|Whit(?:sun| Monday)|(?:(?:Early )?May|August|Spring|Summer|Easter) "
    r"[Bb]ank [Hh]oliday|Bank Holiday Monday|Guy Fawkes Night|Bonfire [Nn]ight|Halloween|Hallowe'en|"
    r"Valentine'?s(?: Day)?|Remembrance (?:Sunday|Day)|Shrove Tuesday|Maundy Thursday|St (?:Patrick|George|"
    r"Andrew|David)'?s Day|Burns Night|Eid(?: al-(?:Fitr|Adha))?|Diwali|Hanukkah|Yom Kippur|Vaisakhi|Mother'?s Day|Father'?s Day)"
)
_WEEK_BEFORE = rf"(?:(?:{_WEEKDAY})\.?,? (?:the )?)?"
_DATE = (
    rf"(?:{_WEEK_BEFORE}(?:{_NUMERIC}|{_DAY}[ ]?(?:of )?(?:{_MONTH})(?:,?[ ]?{_YEAR}(?![\d:]))?"
    rf"|(?:{_MONTH}) {_DAY}(?:,? (?:19|20)\d{{2}})?(?![\d:])|{_DAY} ?- ?{_DAY} (?:{_MONTH})(?: {_YEAR})?)|{_ISO}|{_IN_WORDS})"
)
_BIRTH = (
    r"(?:d\.? ?o\.? ?b\.?|date of birth|dates? of birth|birth ?date|born(?: on| in)?|b\.(?= ?\d)|"
    r"birthday(?: is| on)?|date of birth is|born)"
)


class Births(RuleRecogniser):
    """Dates and years of birth, told by the words before them."""

    NAME = "birth"
    LABELS = ("DOB",)
    RULES = (
        Rule(
            "DOB",
            rf"\b{_BIRTH}[\s:.,-]{{0,12}}(?:(?:on|is|was|the|given as|recorded as)[ ]){{0,2}}(?P<v>{_DATE}|(?:{_MONTH}) (?:19|20)\d{{2}}|(?:19|20)\d{{2}})",
            0.95,
            "a date after words for birth",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "DOB",
            rf"(?P<v>{_NUMERIC})(?= ?\(?(?:dob|d\.o\.b|date of birth)\b)",
            0.9,
            "a date before words for birth",
            ignore_case=True,
        ),
    )
    EXAMPLES = (
        Example("DOB: 30/09/1999 here", "DOB", "30/09/1999"),
        Example("Date of birth: 02 / 09 / 1968", "DOB", "02 / 09 / 1968"),
        Example("she was born on 8 Oct 1979 in", "DOB", "8 Oct 1979"),
        Example("male, born 1969", "DOB", "1969"),
        Example("b. 19.03.95", "DOB", "19.03.95"),
        Example(
            "my date of birth is the ninth of the eleventh eighty four i",
            "DOB",
            "ninth of the eleventh eighty four",
        ),
    )
    NOT_FOUND = ("the idea was born of need", "on 12 March 2020")


class Dates(RuleRecogniser):
    """Dates, whole or in part, weekdays, months, years, feasts."""

    NAME = "date"
    LABELS = ("DATE",)
    RULES = (
        Rule(
            "DATE",
            rf"(?<![\w/.£$-])(?<!\d,(?=\d\d\d(?!\d)))(?P<v>{_DATE})(?![\w/]|[.-]\d)",
            0.9,
            "a date",
            ignore_case=True,
            needs="",
        ),
        Rule(
            "DATE",
            rf"(?<![\w/.£$-])(?<!\d,(?=\d\d\d(?!\d)))(?P<v>(?:{_MONTH})[ ,]{{1,2}}(?:19|20)\d{{2}}|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{{0,6}} '?\d{{2}})(?![\w/:])",
            0.9,
            "a month and year",
            ignore_case=True,
        ),
        Rule(
            "DATE",
            rf"(?<![\w])(?P<v>{_LONG_WEEKDAY}|(?:Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)(?=[\n,:)]| at | about |\.? \d|$)|(?:MONDAY|TUESDAY|TUES|WEDNESDAY|WEDS|THURSDAY|THURS|FRIDAY|SATURDAY|SUNDAY))(?![\w'-])",
            0.7,
            "a day of the week",
            needs="",
        ),
        Rule(
            "DATE",
            rf"(?<=\b(?:on|since|last|until|till|this|next|by|from|every one on|of) )(?P<v>{_WEEKDAY})(?![\w'-])",
            0.6,
            "a day of the week",
            needs="",
            ignore_case=True,
        ),
        Rule(
            "DATE",
            rf"(?<![\w])(?P<v>{_LONG_MONTH}|JANUARY|FEBRUARY|APRIL|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![\w'-])(?! (?:Road|Street|[A-Z][a-z]))",
            0.65,
            "a month",
            needs="",
        ),
        Rule(
            "DATE",
            rf"(?<=\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Uu]ntil|[Tt]ill|[Tt]his|[Nn]ext|[Bb]y|[Ff]rom|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id|IN|SINCE|like) )(?P<v>(?:{_MONTH}))(?![\w'-]| (?:be|have|not)\b)",
            0.6,
            "a month",
            needs="",
            ignore_case=True,
        ),
        Rule(
            "DATE",
            r"(?<![\w/.£$:-])(?<!\d,(?=\d\d\d(?!\d)))(?P<v>(?:19|20)\d{2}[/-](?:\d{2}|(?:19|20)\d{2}))(?![\w/]|-\d)",
            0.7,
            "a financial or academic year",
        ),
        Rule(
            "DATE",
            rf"(?<![\w/])(?P<v>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\w/]|\.\d)",
            0.5,
            "a day and month",
        ),
        Rule("DATE", rf"(?<![\w])(?P<v>{_FEAST})(?![\w])", 0.75, "a named day", needs=""),
        Rule(
            "DATE",
            rf"(?<=\bthe )(?P<v>\d{{1,2}}(?:st|nd|rd|th))(?! (?:floor|edition|birthday|century|of|time|day|most|anniversary|{_MONTH}))\b",
            0.5,
            "a day of the month",
        ),
        Rule(
            "DATE",
            r"(?<=\b(?:[Tt]he )?)(?P<v>(?:19|20)\d0s|(?:the )?(?:seventies|eighties|nineties|noughties))\b",
            0.5,
            "a decade",
        ),
    )
    EXAMPLES = (
        Example("on Saturday 15th June they", "DATE", "Saturday 15th June"),
        Example("on 14 March 2023, at", "DATE", "14 March 2023"),
        Example("sent 2024-02-29 at", "DATE", "2024-02-29"),
        Example("12.12.88 was", "DATE", "12.12.88"),
        Example("since Nov 23 or so", "DATE", "Nov 23"),
        Example("March 14, 2023", "DATE", "March 14, 2023"),
        Example("in 2019/20 the", "DATE", "2019/20"),
        Example("on Boxing Day he", "DATE", "Boxing Day"),
        Example("1-31 October 2024", "DATE", "1-31 October 2024"),
        Example("left on Friday.", "DATE", "Friday"),
    )
    NOT_FOUND = (
        "it may be that they march",
        "a ratio of 40/60",
        "the sun sat low",
        "Data Protection Act 2018",
    )

    def load(self) -> None:
        """Compile the patterns, and those for bare years."""
        super().load()
        self._year = regex.compile(
            r"(?<![\w/.£$:#'-])(?<!\d,(?=\d\d\d(?!\d)))(?:19[2-9]\d|20[0-4]\d)(?![\w/:%]|[.,-]\d|-\w)"
        )

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find, and years that date something."""
        yield from super().hits(text, artifacts)
        for match in self.search(self._year, text, "a year"):
            if _names_a_law(text, match.start()):
                continue
            cue = _YEAR_CUE.search(text, max(0, match.start() - 24), match.start())
            yield Hit("DATE", match.start(), match.end(), 0.7 if cue else 0.4, "a year")


_YEAR_CUE = regex.compile(
    r"(?i)\b(?:in|since|from|until|till|by|of|between|and|during|before|after|year|late|early|mid|circa|c\.?|for)[ ]$"
)
_LAW = regex.compile(
    r"(?:\b(?:Act|Acts|Regulations?|Rules?|Order|Code|Directive|Convention|Bill|Instrument|Regs|Measure|Policy|"
    r"Guidance|Version|v|UKSC|EWCA|EWHC|UKFTT|UKUT|AC|WLR|QB|KB|All ER|PIQR|IEHC|CSIH|form)[ )(\[.,]{0,3}|[\[(])$"
)


def _names_a_law(text: str, at: int) -> bool:
    return (
        bool(_LAW.search(text, max(0, at - 24), at))
        and text[at + 4 : at + 5] != ")"
        or text[at - 1 : at] == "["
    )


class Ages(RuleRecogniser):
    """Ages in figures and words."""

    NAME = "age"
    LABELS = ("AGE",)
    _WORDS = rf"(?:{_BARE_NUMBER}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
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
            rf"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-3])[.:]?[0-5]\d ?(?:hrs?|hours|h)\b\.?)",
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


RECOGNISERS = (Births, Dates, Ages, Times)

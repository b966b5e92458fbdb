# ruff: noqa: E501 - a pattern is easier to check on one line
"""Dates in every written form, and dates of birth.

Sources: the forms met in British police, council and court papers; bank holidays and feasts as named
days. Numeric dates are day first, as written here; American order and ISO 8601 are found too. Years
in the names of statutes, in citations and in versions date nothing and are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.recognise.number_words import NUMBER_WORD
from redactor.detect.rules import Example, Hit, Rule, RuleRecogniser

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
_IN_WORDS = rf"(?:the )?{_NUMBER_WORD} of (?:the {_NUMBER_WORD}|{_MONTH})(?:,? (?:nineteen|twenty|two thousand|{NUMBER_WORD})(?:[ -](?:and |oh )?{NUMBER_WORD}){{0,3}})?"
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
            r"(?<![\w/])(?P<v>(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\w/]|\.\d)",
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
    return (bool(_LAW.search(text, max(0, at - 24), at)) and text[at + 4 : at + 5] != ")") or text[
        at - 1 : at
    ] == "["


RECOGNISERS = (Births, Dates)

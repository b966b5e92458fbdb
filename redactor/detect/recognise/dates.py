# ruff: noqa: E501 - a pattern is easier to check on one line
"""Dates in every written form, and dates of birth.

Sources: the forms met in British police, council and court papers; bank holidays and feasts as named
days. Numeric dates are day first, as written here; American order and ISO 8601 are found too. Letters
that a scan puts for figures (``l2 March 2O23``) count as figures where a figure stands beside them.
Years in the names of statutes, in citations and in versions date nothing and are not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.recognise.number_words import NUMBER_WORD, ORDINAL, ORDINALS
from redactor.detect.rules import DIGITS, Example, Hit, Rule, RuleRecogniser

#: Months as written, and as often mistyped or misread.
_MONTH = (
    r"(?:jan(?:uary|urary|ury|aury)?|feb(?:r?uary|rurary|ury|uray)?|mar(?:ch)?|apr(?:il|l)?|apirl|may|june?|july?|"
    r"aug(?:ust)?|sep(?:t(?:ember|emeber|mber|ernber)?)?|[o0]ct(?:ober|ober|ber)?|n[o0]v(?:ember|emeber|mber|ernber)?|dec(?:ember|emeber|mber|ernber)?)\.?"
)
_LONG_MONTH = (
    r"(?:January|February|March|April|June|July|August|September|October|November|December)"
)
#: The words of ``_MONTH`` as they stand in ``Rule.near``; ``ct`` is what is left of ``0ct``.
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep"),
    *("sept", "oct", "nov", "dec", "janurary", "janury", "janaury", "febuary", "febrary"),
    *("februrary", "febury", "feburay", "aprl", "apirl", "septemeber", "septmber", "octber"),
    *(
        "novemeber",
        "novmber",
        "decemeber",
        "decmber",
        "ct",
        "ctober",
        "ctobr",
        "novernber",
        "septernber",
        "decernber",
        "v",
    ),
)
_WEEKDAY = r"(?:mon(?:day)?|tue?s?(?:day)?|wed(?:nesday|s)?|thu?r?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = (
    *("mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"),
    *("tus", "ths"),
)
_LONG_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)"
_DAY = r"(?:[l1-9I][\dlOI]?|[12][\dlOIS]|3[01lIO]|[0O][1-9])[ ]?(?:st|nd|rd|th)?\.?"
_YEAR = r"(?:(?:[1lI][89]|[2Z][01OlI])[\dlOIS]{2}|'?\d{2})"
_NUMERIC = (
    r"(?:0?[1-9]|[12]\d|3[01])(?P<s>[ ]?[/.-][ ]?)(?:0?[1-9]|1[0-2])(?P=s)(?:(?:19|20)\d{2}|\d{2})"
)
_READ_AS_LETTERS = r"(?=[^ ]{0,9}\d)[0-3OlI]?[\dOlISB](?P<o>[/.-])[01OlI]?[\dOlISB](?P=o)(?:[12lIZ][09Oo][\dOlISB]{2}|[\dOlISB]{2})"
_NAMED_MONTH = r"(?:0?[1-9]|[12]\d|3[01])(?P<m>[/.-]?)(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|tember|ober)?(?P=m)(?:(?:19|20)\d{2}|\d{2})"
_ISO = r"(?:19|20)\d{2}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])"
_YEAR_IN_WORDS = rf"(?:nineteen|twenty|two thousand|{NUMBER_WORD})(?:[ -](?:and |oh |hundred )?{NUMBER_WORD}){{0,3}}"
_IN_WORDS = rf"{ORDINAL}(?: day)? (?:of )?(?:the {ORDINAL}|{_MONTH})(?:,? (?:{_YEAR_IN_WORDS}|(?:19|20)\d{{2}}))?"
_FEAST = (
    r"(?:Christmas(?: (?:Eve|Day))?|Xmas(?: (?:Eve|Day))?|Boxing Day|New Year'?s (?:Eve|Day)|New Year(?=[.,;)])|Hogmanay|Good Friday|Easter(?: "
    r"(?:Sunday|Monday))?|Ash Wednesday|Whit(?:sun| Monday)|(?:(?:Early )?May|August|Spring|Summer|Easter) "
    r"[Bb]ank [Hh]oliday|Bank Holiday Monday|Guy Fawkes Night|Bonfire [Nn]ight|Halloween|Hallowe'en|"
    r"Valentine'?s(?: Day)?|Remembrance (?:Sunday|Day)|Shrove Tuesday|Maundy Thursday|Pancake Day|St (?:Patrick|George|"
    r"Andrew|David)'?s Day|Burns Night|Ramadan|Eid(?: al-(?:Fitr|Adha))?|Diwali|Hanukkah|Yom Kippur|Vaisakhi|Advent|Michaelmas(?: Day)?|Candlemas|Twelfth Night|Pentecost|Passover|Rosh Hashanah|Navratri|Paryushan|Corpus Christi|Armistice Day|May Day|VE Day|St \p{L}+'s Day|[Bb]ank [Hh]oliday|Mother(?:'?s|ing) (?:Day|Sunday)|Father'?s Day)"
    r"(?: (?:19|20)\d{2})?"
)
_FEAST_WORDS = (
    *("christmas", "xmas", "boxing", "year", "years", "hogmanay", "friday", "easter", "wednesday"),
    *("whitsun", "whit", "bank", "guy", "bonfire", "halloween", "hallowe", "valentine"),
    *("valentines", "remembrance", "shrove", "maundy", "pancake", "patrick", "patricks", "george"),
    *("georges", "andrew", "andrews", "david", "davids", "burns", "ramadan", "eid", "diwali"),
    *("hanukkah", "kippur", "vaisakhi", "mother", "mothers", "mothering", "father", "fathers"),
    *("advent", "michaelmas", "candlemas", "twelfth", "pentecost", "passover", "rosh", "navratri"),
    *("paryushan", "corpus", "armistice", "may", "ve", "st"),
)
_WEEK_BEFORE = rf"(?:(?:{_WEEKDAY})\.?,? (?:the )?)?"
_DAYS = rf"{_DAY}(?:(?:[ ]?(?:-|/|&|,|and|or|to)[ ]?){_DAY}){{0,3}}"
_WITH_MONTH = (
    rf"(?:{_WEEK_BEFORE}(?:{_DAYS}[ ]?(?:(?:day )?of )?(?:{_MONTH})(?!\p{{L}})(?:[ ]?{_YEAR}(?![\d:]|\.\d)|,[ ]?(?:19|20)\d{{2}}(?![\d:]))?"
    rf"|(?:{_MONTH}) (?:the )?(?![Il]\b){_DAY}(?:,? (?:19|20)\d{{2}})?(?![\d:])))"
)
_IN_FIGURES = rf"(?:{_WEEK_BEFORE}{_NUMERIC}|{_ISO}|{_NAMED_MONTH}|\d{{1,2}}(?P<r>[-./ ])(?:I{{1,3}}|IV|VI{{0,3}}|IX|XI{{0,2}})(?P=r)(?:(?:19|20)\d{{2}}|\d{{2}}))"
_DATE = rf"(?:{_IN_FIGURES}|{_WITH_MONTH}|{_IN_WORDS})"
_BIRTH = (
    r"(?:d\.? ?/?o\.? ?/?b\.?|y\.?o\.?b\.?|dates? of birth|year of birth|birth ?date|born(?: on| in)?|birth|(?<!-)b\.?(?= ?\d{1,4}\b(?! ?\d{4,}))|"
    r"birthday(?: is| on)?|date of birth is|born)"
)
_BIRTH_WORDS = ("dob", "d", "birth", "birthdate", "born", "birthday", "yob", "y", "b")
#: What may stand before a date: nothing that makes it part of a longer number.
_FREE = r"(?<![\w/.£$]|\w-|\d -)(?<!\d,(?=\d\d\d(?!\d)))"

#: Where rules are to be searched; see ``Rule.spot``.
_AT_MISREAD = r"[\dOlISBZo/.-](?:(?<=\d)[OlISBZo]|(?<=[OlISBZo])\d|(?<=[/.-])[OlI][/.-])"
_AT_EIGHT = r"\d{8}"
_AT_ORDINAL = r"\d(?:st|nd|rd|th|ST|ND|RD|TH)\b"
_AT_SLASHED = r"[/.-][\dA-Za-z]"


class Births(RuleRecogniser):
    """Dates and years of birth, told by the words before them."""

    NAME = "birth"
    LABELS = ("DOB",)
    REACH = 60
    RULES = (
        Rule(
            "DOB",
            rf"\b{_BIRTH}(?:\s{{0,3}}\([^)\n]{{1,20}}\))?[\s:.,|=-]{{0,24}}(?:(?:on|is|was|the|in|given as|recorded as)[ ]){{0,2}}(?P<v>{_DATE}|(?:{_MONTH}) '?(?:(?:19|20)\d{{2}}|\d\d\b)|(?:19|20)\d{{2}}(?:\d{{4}})?\b|\d{{6}}(?:\d\d)?\b|{_READ_AS_LETTERS})",
            0.95,
            "a date after words for birth",
            ignore_case=True,
            near=_BIRTH_WORDS,
        ),
        Rule(
            "DOB",
            rf"(?P<v>{_IN_FIGURES}|{_WITH_MONTH})(?=[),]? ?\(?(?:dob|d\.o\.b|date of birth)\b)",
            0.9,
            "a date before words for birth",
            ignore_case=True,
            near=("dob", "d", "birth"),
            spot=DIGITS,
        ),
        Rule(
            "DOB",
            rf"(?<=\b(?:[MF]|[Mm]ale|[Ff]emale|MALE|FEMALE)[ ,/|(]{{1,4}})(?P<v>{_NUMERIC})",
            0.7,
            "a date after a word for sex",
            reach=14,
            spot=r"\d ?[/.-] ?\d",
        ),
        Rule(
            "DOB",
            r"(?:(?<=\p{Lu}{3,}, \p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?[ ,(]{1,8})|(?<=\p{Lu}\p{Ll}+ \p{Lu}{3,}[ ,(]{1,4}))(?P<v>(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19\d\d|200\d|201[0-4])|\d\d(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:19\d\d|200\d|201[0-4]))\b",
            0.6,
            "a date after a name",
            reach=14,
            spot=r"\d(?:[/.-]\d|[A-Z]{3})",
        ),
        Rule(
            "DOB",
            rf"(?<=\b(?:born|birth|dob|d\.o\.b\.?)\b[^\n]{{1,40}}[ ,(])(?P<v>{_IN_FIGURES})(?=[) ]{{0,2}}(?:and|&|,|$|\n)[^\n]{{0,3}})(?<=(?:twins|and|both|respectively)[^\n]{{0,30}})",
            0.6,
            "a second date after words for birth",
            ignore_case=True,
            near=("dob", "born", "birth"),
            reach=100,
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
        Example("DOB\n04/05/1990\nSex", "DOB", "04/05/1990"),
        Example("D/O/B 4.5.90 seen", "DOB", "4.5.90"),
        Example("DoB: 01-FEB-1980", "DOB", "01-FEB-1980"),
        Example("Date of birth (dd/mm/yyyy): 01/02/1980", "DOB", "01/02/1980"),
        Example("(12/04/1990, DOB)", "DOB", "12/04/1990"),
        Example("Date of Birth:  19900504", "DOB", "19900504"),
        Example("YOB 1971", "DOB", "1971"),
        Example("dob l2/O3/1985", "DOB", "l2/O3/1985"),
    )
    NOT_FOUND = ("the idea was born of need", "on 12 March 2020", "dates of birth are withheld")


class Dates(RuleRecogniser):
    """Dates, whole or in part, weekdays, months, years, feasts."""

    NAME = "date"
    LABELS = ("DATE",)
    REACH = 40
    RULES = (
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>{_IN_FIGURES})(?!(?!T\d\d:)[\w/]|[.-]\d)",
            0.9,
            "a date",
            ignore_case=True,
            reach=20,
            spot=r"\d(?: ?[/.-] ?[\dA-Za-z]|[A-Za-z]{3}| [IVXivx])",
        ),
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>{_WITH_MONTH})(?![\w/]|[.-]\d|(?<=(?-i:\bmay)) (?-i:\p{{Ll}}))",
            0.9,
            "a date",
            ignore_case=True,
            near=_MONTHS,
        ),
        Rule(
            "DATE",
            rf"(?<![\w-])(?P<v>{_WEEK_BEFORE}{_IN_WORDS})(?!\w)",
            0.85,
            "a date in words",
            ignore_case=True,
            near=ORDINALS,
            reach=60,
        ),
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>{_READ_AS_LETTERS})(?![\w/]|[.-]\d)(?<!\d(?P=o)\d\d?(?P=o)\d\d|\d(?P=o)\d\d?(?P=o)\d{{4}})",
            0.7,
            "a date with letters read for figures",
            reach=12,
            spot=_AT_MISREAD,
        ),
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>(?:{_MONTH})[ ,/-]{{1,2}}'?(?:(?:19|20)\d{{2}}|\d{{2}}))(?![\w/:])",
            0.9,
            "a month and year",
            ignore_case=True,
            near=_MONTHS,
        ),
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d{{2}})(?![\w/]|[.-]\d)",
            0.6,
            "a month and year",
            reach=10,
            spot=r"\d[/.-][12]",
        ),
        Rule(
            "DATE",
            rf"{_FREE}(?P<v>(?:19[5-9]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w/:]|[.-]\d)",
            0.5,
            "a date without marks",
            reach=10,
            spot=_AT_EIGHT,
        ),
        Rule(
            "DATE",
            rf"(?<![\w])(?<!\b(?:a|every|each|any|most|alternate|per|every other) )(?P<v>(?:{_SHORT_WEEKDAY}|{_LONG_WEEKDAY})\.?,? (?:the )?\d{{1,2}}(?:(?:st|nd|rd|th)|(?=[,;:\n](?!\d)|$))|{_LONG_WEEKDAY}|{_SHORT_WEEKDAY}(?=[\n,:;)]|\.(?!\w)| (?:at|about|the|am|pm|a\.m|p\.m|night|eve|morn|aft|late|early|before|after|last|next)|\.?[ ]{{1,3}}\d|[ ]{{2}}|$)|(?:MONDAY|TUESDAY|TUES|WEDNESDAY|WEDS|THURSDAY|THURS|FRIDAY|SATURDAY|SUNDAY))(?![\w'-])",
            0.7,
            "a day of the week",
            near=(*_LONG_DAYS, *_SHORT_DAYS),
            reach=12,
        ),
        Rule(
            "DATE",
            rf"(?<=\b(?:on|since|last|until|till|this|that|next|by|from|every one on|of) )(?P<v>{_WEEKDAY})(?![\w'-])",
            0.6,
            "a day of the week",
            near=(*_LONG_DAYS, *_SHORT_DAYS),
            reach=14,
            ignore_case=True,
        ),
        Rule(
            "DATE",
            r"(?<![\w'-])(?<!\b(?:a|every|each|any|most) )(?P<v>(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues|weds|thurs|(?:mon|tues?|weds?|thurs?|fri|sat|sun) (?=\d{1,2}(?:st|nd|rd|th|am|pm|[.:]\d\d)\b)(?:\d{1,2}(?:st|nd|rd|th))?)(?![\w'-])",
            0.5,
            "a day of the week",
            near=(*_LONG_DAYS, *_SHORT_DAYS),
            reach=14,
        ),
        Rule(
            "DATE",
            rf"(?<![\w])(?<!\b(?:each|every) )(?P<v>{_LONG_MONTH}|JANUARY|FEBRUARY|APRIL|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![\w'-])(?! (?:Road|Street|[A-Z][a-z]))",
            0.65,
            "a month",
            near=_MONTHS,
            reach=12,
        ),
        Rule(
            "DATE",
            r"(?<![\w'-])(?P<v>(?:feb|apr|aug|sept|oct|nov|dec)|(?:Feb|Apr|Aug|Sept|Oct|Nov|Dec)|(?:FEB|APR|AUG|SEPT|OCT|NOV|DEC))(?![\w'-])",
            0.45,
            "a month",
            near=("feb", "apr", "aug", "sept", "oct", "nov", "dec"),
            reach=4,
        ),
        Rule(
            "DATE",
            r"(?<=\b(?:[Ii]n|[Ss]ince) )(?P<v>[6-9]\d|0\d)(?=[.;)\n]|, | when\b)(?!\.\d)",
            0.4,
            "a year without its century",
            reach=10,
            near=("in", "since"),
            spot=DIGITS,
        ),
        Rule(
            "DATE",
            rf"(?<=\b(?:in|since|last|until|till|this|next|by|from|during|early|late|mid|end of|beginning of|start of|for|around|like)[ -])(?P<v>{_MONTH})(?![\w'-]| (?:be|have|not|well|also|I|we|he|she|they|you|it)\b)",
            0.6,
            "a month",
            near=_MONTHS,
            reach=20,
            ignore_case=True,
        ),
        Rule(
            "DATE",
            r"(?<![\w/.£$:-])(?<!\d,(?=\d\d\d(?!\d)))(?P<v>(?:19|20)\d{2}[/-](?:\d{2}|(?:19|20)\d{2})|(?<=FY ?)\d{2}[/-]\d{2})(?![\w/]|-\d)|(?<=FY ?)(?P<v>\d{2}/\d{2})\b",
            0.7,
            "a financial or academic year",
            reach=14,
            spot=_AT_SLASHED,
        ),
        Rule(
            "DATE",
            rf"(?<![\w/])(?<!\b(?:[Cc]lass|[Cc]ode|[Ss]ub-?code|[Cc]lassified (?:as|to)) )(?P<v>(?!24/7)(?:(?:{_SHORT_WEEKDAY}|[A-Z]{{3}}|[a-z]{{3,5}}(?<=mon|tues?|weds?|thurs?|fri|sat|sun)) )?(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2]))(?![\w/]|\.\d)",
            0.5,
            "a day and month",
            reach=10,
            spot=_AT_SLASHED,
        ),
        Rule(
            "DATE",
            rf"(?<![\w])(?P<v>{_FEAST})(?![\w])",
            0.75,
            "a named day",
            near=_FEAST_WORDS,
            reach=24,
            ignore_case=True,
        ),
        Rule(
            "DATE",
            rf"(?<=\b(?:the|on|by|until|from|dated) )(?P<v>\d{{1,2}}(?:st|nd|rd|th)(?: (?:inst|ult|prox)\b\.?)?)(?! (?:floor|edition|birthday|century|of(?! (?:last|this|next|that|the) month)|time|day|most|anniversary|hole|place|grade|form|division|battalion|{_MONTH}))\b",
            0.5,
            "a day of the month",
            reach=16,
            ignore_case=True,
            spot=_AT_ORDINAL,
        ),
        Rule(
            "DATE",
            r"(?P<v>(?:19|20)\d0'?s)\b|(?<=\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id) (?:the )?)(?P<v>seventies|eighties|nineties|noughties)\b",
            0.5,
            "a decade",
            needs="s",
        ),
        Rule(
            "DATE",
            r"(?<=\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Oo]f|[Ss]ummer|[Ww]inter|[Ss]pring|[Aa]utumn) )(?P<v>'\d{2})\b",
            0.6,
            "a year without its century",
            needs="'",
        ),
        Rule(
            "DATE",
            r"\b(?P<v>Q[1-4][ /-](?:(?:19|20)\d{2}(?:[/-]\d{2})?|\d{2}(?:/\d{2})?))\b",
            0.7,
            "a quarter of a year",
            needs="Q",
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
        Example("between 4 and 6 May 2022,", "DATE", "4 and 6 May 2022"),
        Example("seen 12-Mar-23 by", "DATE", "12-Mar-23"),
        Example("at 12MAR23 the", "DATE", "12MAR23"),
        Example("saved 20230312 as", "DATE", "20230312"),
        Example("on l2 March 2O23 he", "DATE", "l2 March 2O23"),
        Example("dated 12/O3/2023 and", "DATE", "12/O3/2023"),
        Example(
            "the third of June nineteen ninety eight", "DATE", "third of June nineteen ninety eight"
        ),
        Example("June the 3rd", "DATE", "June the 3rd"),
        Example("Weds late turn", "DATE", "Weds"),
        Example("see you sat 4th", "DATE", "sat 4th"),
        Example("that tuesday he", "DATE", "tuesday"),
        Example("expires 03/2027", "DATE", "03/2027"),
        Example("until mid-March only", "DATE", "March"),
        Example("retired in '09.", "DATE", "'09"),
        Example("a caution (1999, drunk)", "DATE", "1999"),
        Example("1997: joined the force", "DATE", "1997"),
        Example("Q3 2023 figures", "DATE", "Q3 2023"),
        Example("seen 3.ii.22 at", "DATE", "3.ii.22"),
        Example("at 2025-05-05T19:38:51", "DATE", "2025-05-05"),
    )
    NOT_FOUND = (
        "it may be that they march",
        "a ratio of 40/60",
        "the sun sat low",
        "Data Protection Act 2018",
        "the 2018 Regulations apply",
        "cover is 24/7",
        "bins go out on a Thursday",
        "second to none, and first of many",
        "[2019] EWCA Civ 123",
    )

    def load(self) -> None:
        """Compile the patterns, and those for bare years."""
        super().load()
        self._year = regex.compile(
            r"(?<![\w/.£$:#'-])(?<!\d,(?=\d\d\d(?!\d)))(?:19[2-9]\d|20[0-4]\d|l9[0-9]{2}|[12][09][\dO]{2}(?<=O\d?)|l[89][\dO]{2})(?![\w/%]|:\S|[.,-]\d|-\w)"
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
    r"(?i)\b(?:in|since|from|until|till|by|of|between|and|during|before|after|year|late|early|mid|circa|c\.?|for|summer|winter|spring|autumn)[ ]$"
)
_LAW = regex.compile(
    r"(?:\b(?:Act|ACT|CJA|FOIA|DPA|POCA|RIPA|PACE|SOA|OAPA|MDA|MCA|MHA|HRA|LGA|POA|CDA|PHA|RTA|IPA|CPIA|CYPA|Acts|REGULATIONS|Regulations?|Rules?|Order|Code|Directive|Convention|Bill|Instrument|Regs|Measure|Policy|"
    r"Guidance|Version|v|UKSC|EWCA|EWHC|UKFTT|UKUT|AC|WLR|QB|KB|All ER|PIQR|IEHC|CSIH|form)[ )(\[.,]{0,3}|\[)$"
)
_LAW_BEHIND = regex.compile(
    r"[)\]]? (?:Acts?|Regulations?|Regs|Rules|Order|Code|Directive|Convention|edition|version|Guidance|\d? ?(?:WLR|AC|QB|KB|All ER|Cr App R))\b"
)


def _names_a_law(text: str, at: int) -> bool:
    before = _LAW.search(text, max(0, at - 24), at)
    if before and (text[at - 1] != "(" or text[at + 4 : at + 5] != ")"):
        return True
    return _LAW_BEHIND.match(text, at + 4) is not None


RECOGNISERS = (Births, Dates)

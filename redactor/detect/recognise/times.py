# ruff: noqa: E501 - a pattern is easier to check on one line
"""Clock times, in figures and words, as British records write them.

Logs and pocket books write four figures without a mark; they count as a time after words for times,
after a date, at both ends of a span, and where several lines of a passage begin with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from redactor.detect.recognise.ages import Ages
from redactor.detect.rules import DIGITS, NEEDS_CONTEXT, Example, Hit, Rule, RuleRecogniser

_HOURS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "midnight", "midday", "noon"),
)
_HOUR_WORD = f"(?:{'|'.join(_HOURS)})"
_MINUTES = r"(?:oh[ -]?(?:one|two|three|four|five|six|seven|eight|nine)|five|ten|fifteen|twenty(?:[ -]five)?|thirty(?:[ -]five)?|forty(?:[ -]five)?|fifty(?:[ -]five)?)"
_PART = r"(?:in the (?:morning|afternoon|evening)|at night)"
_FREE = r"(?<![\w.:/£$]|(?<!\d|[ap]m|hrs) ?-)"
_FOUR = r"(?:[01]\d|2[0-3])[0-5]\d"
_FOUR_CUES = (
    "at|about|around|from|until|till|by|approx|approximately|circa|between|timed at|time|time of (?:arrest|arrival|call|report|incident|death|stop)|"
    "left|resumed|suspended|at about|@|started?|ended|ends?|arrived|arr|dep|departed|eta|etd|commenced|concluded|"
    "finished|finish|booked (?:on|off)|on duty|off duty|since|returned|began|begins|hrs|stood down|released|detained"
)
_THEN = r"(?:he|she|they|we|i|it|you|that|when|on|this|as|and|cheers|in the|the|tonight|tomorrow|today|sharp|for)\b"

#: Where rules are to be searched; see ``Rule.spot``.
_AT_POINT = r"\.[\dlIO]"
_FOUR_SPOT = r"\d{4}"


class Times(RuleRecogniser):
    """Clock times in figures and words."""

    NAME = "time"
    LABELS = ("TIME",)
    REACH = 30
    RULES = (
        Rule(
            "TIME",
            rf"{_FREE}(?P<v>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,3}})?)?(?: ?(?:am|pm|a\.m\.|p\.m\.|hrs|hours|h|z|gmt|bst)\b)?(?: {_PART})?)(?![\w:]|\.\d)",
            0.85,
            "a clock time",
            ignore_case=True,
            spot=r"\d:\d",
        ),
        Rule(
            "TIME",
            rf"{_FREE}(?P<v>(?:1[0-2]|0?[1-9])(?:[.:;][0-5][\dO])? ?(?:am|pm|a\.m\.?|p\.m\.?|prn|arn)(?: {_PART})?|(?:1[0-2]|0?[1-9])[.:][0-5]\d ?[ap]\b\.?|(?:1[0-2]|0?[1-9])[.:][0-5]O)(?!\w)",
            0.9,
            "a clock time",
            ignore_case=True,
            near=("am", "pm", "a", "p", "prn", "arn", "o"),
            spot=r"\d ?[AaPp]|\d[.:]\d[Oo]",
        ),
        Rule(
            "TIME",
            r"(?<![\w.:/£$]|\w-|\d,)(?P<v>(?:[01]?\d|2[0-4])[.:]?[0-5]\d ?(?:hrs?|hours|h)\b\.?|(?:[01]\d|2[0-3])h[0-5]\d\b)",
            0.9,
            "a clock time",
            ignore_case=True,
            near=("hr", "hrs", "hours", "h"),
        ),
        Rule(
            "TIME",
            r"(?<![\w.:/£$-])(?P<v>(?=[\dlIOo]{0,4}[lIOo])(?=[lIOo:.]{0,4}\d)(?:[01lIOo]?[\dlIOo]|2[0-3OoIl]):[0-5lIOo][\dlIOo]|(?=[\dlIOo]{0,4}[.]?[\dlIOo]{0,2}[lIOo])(?=[lIOo.]{0,4}\d)(?:[01lIOo]?[\dlIOo]|2[0-3OoIl])\.?[0-5lIOo][\dlIOo](?= ?(?:am|pm|hrs?|hours)\b))(?![\w:]|\.\d)",
            0.7,
            "a clock time with letters read for figures",
            reach=12,
            spot=r"[\dOolI](?:(?<=\d)[.:]?[OolI]|(?<=[OolI])[.:]?\d)",
        ),
        Rule(
            "TIME",
            rf"(?<![\w.:/£$-])(?P<v>(?:[01]?\d|2[0-3]|(?=\S?\d|\S\.\d)[1lI][\dlIO])\.[0-5]\d(?: {_PART})?)(?![\w%]|\.\d| ?(?:m|km|cm|kg|per|million|miles|am|pm)\b)",
            NEEDS_CONTEXT,
            "a time with a point",
            context=(
                *("at", "about", "time", "around", "from", "until", "to", "by", "hrs", "arrested"),
                *("the", "left", "start", "finish", "between", "till", "since"),
                *("closed", "opened", "ended", "commenced", "called"),
            ),
            spot=_AT_POINT,
        ),
        Rule(
            "TIME",
            rf"{_FREE}(?P<v>(?:[01]?\d|2[0-3])\.[0-5]\d {_PART})",
            0.9,
            "a clock time",
            ignore_case=True,
        ),
        Rule(
            "TIME",
            r"(?m)^[ ]*(?:(?!Table|Section|Para|Part|Figure|Version|Schedule|Appendix|Rule|Article|Code|Chapter|Annex|Standard|Item|Step|Level|Release|Point|Page|Total)\p{Lu}[\p{L}.'-]*,? ){1,4}(?P<v>(?:[01]?\d|2[0-3])\.[0-5]\d)(?=[ ]*(?:$|\n))",
            0.5,
            "a time after a name at the end of a line",
            reach=60,
            spot=_AT_POINT,
        ),
        Rule(
            "TIME",
            rf"(?i)(?<=\b(?:{_FOUR_CUES})[: ] ?)(?P<v>{_FOUR})(?![\w/:%]|[.,]\d|-\d\d?\b)",
            0.6,
            "four digits after a word for times",
            spot=_FOUR_SPOT,
        ),
        Rule(
            "TIME",
            rf"(?<=(?:\d{{2}}/\d{{2}}/\d{{2,4}}|\d{{1,2}} \p{{L}}{{3,9}} \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\b\d{{1,2}}/\d{{1,2}}|\b\d\d[A-Z]{{3}}\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}),?[ |-]{{1,4}})(?P<v>{_FOUR})(?![\w/:%]|[.,]\d)",
            0.85,
            "four digits after a date",
            spot=_FOUR_SPOT,
        ),
        Rule(
            "TIME",
            rf"(?<={_FOUR}(?: ?hrs)? ?(?:-|to|until|and) ?)(?<![\d/]{{5}}-)(?<!(?:19|20)\d\d ?(?:-|to|until|and) ?)(?P<v>{_FOUR})(?: ?hrs)?(?![\w/:%])",
            0.45,
            "the end of a span of time",
            context=("hrs", "between", "from", "shift", "at", "duty", "tour"),
            spot=_FOUR_SPOT,
        ),
        Rule(
            "TIME",
            rf"(?<![\w/.:£$-])(?!(?:19|20)\d\d)(?P<v>{_FOUR})(?= ?(?:-|to|until) ?{_FOUR}(?![\w/:%]))",
            0.45,
            "the start of a span of time",
            context=("hrs", "between", "from", "shift", "at", "duty", "tour"),
            spot=_FOUR_SPOT,
        ),
        Rule(
            "TIME",
            r"(?<![\w/.:£$-])(?P<v>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?)(?= ?(?:-|to|and|or|until|till?|&) ?(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)? ?(?:am|pm|a\.m|p\.m)\b)",
            0.8,
            "the start of a span of time",
            ignore_case=True,
            near=("am", "pm", "a", "p"),
            spot=DIGITS,
        ),
        Rule(
            "TIME",
            r"(?<=\d ?(?:am|pm|a\.m\.|p\.m\.) ?(?:-|to|and|or|until|till?|'til) ?)(?P<v>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?)(?![\w/:%]| ?(?:am|pm|p\.m|a\.m|officers|people|of)\b|[.,]\d)",
            0.7,
            "the end of a span of time",
            ignore_case=True,
            near=("am", "pm", "a", "p"),
            spot=DIGITS,
        ),
        Rule(
            "TIME",
            r"(?<=\b(?:[Ff]rom|[Bb]etween) )(?P<v>(?:1[0-2]|0?[1-9])(?:[.:][0-5]\d)?)(?= ?(?:to|until|till?) (?:late|close|midnight|noon|midday|dawn))",
            0.7,
            "the start of a span of time",
            spot=_FOUR_SPOT,
        ),
        Rule(
            "TIME",
            rf"(?<=\b(?:at|before|after|until|till?) (?:about |around |approx |like )?)(?P<v>(?:1[0-2]|[1-9])(?:ish)?)(?=[ ]?(?:[.,;)\n](?!\d)|$)|[ ]{_THEN}(?! (?:top|end|age|rate|back|front|time of)))(?<!(?:aged|level|grade|paragraph|page|item|figure|stage|table|number|question|band|step|capped|stood|least|most|only|all) (?:at|by|about|after|before|until) \d\d?)",
            0.4,
            "an hour after a word for times",
            ignore_case=True,
            near=("at", "before", "after", "until", "til", "till"),
            spot=DIGITS,
            reach=30,
        ),
        Rule(
            "TIME",
            r"\b(?P<v>(?:1[0-2]|[1-9])(?:[.:]\d\d)?-?ish)\b",
            0.7,
            "about an hour",
            near=("ish",),
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:just )?(?:half|quarter|(?:a )?quarter|five|ten|twenty|twenty[ -]five|\d{{1,2}}(?: minutes| mins)?)[ -](?:past|to|after|before) (?:{_HOUR_WORD}|(?:1[0-2]|[1-9])\b)(?: ?(?:am|pm)| {_PART})?)\b(?! (?:on a|in a|out of|votes|goals|years|people|officers))(?<!\d to \d\d?)",
            0.85,
            "a time in words",
            ignore_case=True,
            near=("past", "to", "after", "before"),
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>half[ -](?:{_HOUR_WORD}|\d{{1,2}})(?: ?(?:am|pm)| {_PART})?)\b(?! (?:of|days?|weeks?))",
            0.75,
            "a time in words",
            ignore_case=True,
            near=("half",),
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:{_HOUR_WORD}|\d{{1,2}}) o'? ?clock(?: {_PART})?)",
            0.9,
            "a time in words",
            ignore_case=True,
            near=("clock", "oclock"),
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:{_HOUR_WORD}(?:[ -]{_MINUTES})?|\d{{1,2}}(?:[.:]\d{{2}})?)(?: ?[ap]\.?m\.?\b| {_PART}))",
            0.8,
            "a time in words",
            ignore_case=True,
            near=("morning", "afternoon", "evening", "night", "am", "pm"),
        ),
        Rule(
            "TIME",
            rf"(?<=[ ]{{2}})(?!(?:19|20)\d\d)(?P<v>{_FOUR})(?=[ ]{{2}})",
            0.45,
            "four figures set apart",
            spot=r"\d{4}  ",
        ),
        Rule(
            "TIME",
            r"(?<=[ ]{2})(?P<v>(?:[01]\d|2[0-3]) [0-5]\d)(?=[ ]{2})",
            0.5,
            "two pairs of figures set apart",
            spot=r"\d\d \d\d  ",
        ),
        Rule(
            "TIME",
            r"(?<=\d{4}-\d\d-\d\dT)(?P<v>\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)(?![\w:])",
            0.9,
            "a clock time after a date",
            spot=r"T\d\d:",
        ),
        Rule(
            "TIME",
            r"\b(?P<v>(?:12 )?(?:midnight|midday|noon))\b",
            0.7,
            "a time in words",
            ignore_case=True,
            near=("midnight", "midday", "noon"),
            reach=4,
        ),
        Rule(
            "TIME",
            rf"(?<=\b(?:after|before|until|till?|at about|at around|around|about|between|at|by|from(?= \p{{L}}+ (?:till?|to|until)\b)) )(?P<v>{_HOUR_WORD}(?:[ -]{_MINUTES})?)(?=[ ]?(?:[.,;)\n]|$)| till?\b| until\b|[ ]{_THEN}| and {_HOUR_WORD}| or |(?<=\bat (?:{_HOUR_WORD}|{_HOUR_WORD} {_MINUTES}))[ ](?:a|an|the|to|with|in|from|because|my|his|her|our|their|me|him|us|sharp|msg|just|or so)\b)(?<!(?:by|about|at|after|before|from) one)",
            0.5,
            "an hour in words",
            ignore_case=True,
            near=_HOURS,
        ),
        Rule(
            "TIME",
            rf"\b(?P<v>(?:(?:oh|zero) {_HOUR_WORD}|{_HOUR_WORD}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three))?) (?:hundred|{_MINUTES}))(?= (?:hours|hrs)\b)",
            0.85,
            "a time in words",
            ignore_case=True,
            near=("hours", "hrs"),
            reach=40,
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
        Example("free between 12 and 1pm", "TIME", "12"),
        Example("music from 11pm to 2", "TIME", "2"),
        Example("open 9am-5pm daily", "TIME", "5pm"),
        Example("duty 0600-1400 that day", "TIME", "0600"),
        Example("arr 1930 dep 2010", "TIME", "2010"),
        Example("2312  van requested\n2319  one detained", "TIME", "2319"),
        Example("C Hopkin 11.52", "TIME", "11.52"),
        Example("at l0:45 he", "TIME", "l0:45"),
        Example("at nine fifteen she", "TIME", "nine fifteen"),
        Example("he woke at 4.", "TIME", "4"),
        Example("around 6ish", "TIME", "6ish"),
        Example("at oh six hundred hours", "TIME", "oh six hundred"),
        Example("arrived 09h30 for", "TIME", "09h30"),
        Example("at 2025-05-05T19:38:51", "TIME", "19:38:51"),
        Example("Half-eleven meeting", "TIME", "Half-eleven"),
        Example("nine-twenty in the evening", "TIME", "nine-twenty in the evening"),
    )
    NOT_FOUND = (
        "ratio of 3:4",
        "section 1.50 applies",
        "half of them left",
        "a cost of 10.50 per head",
        "set out in Table 4.12",
        "1 to 5 on a scale",
        "at 4 of the sites",
        "between 1998-2003 only",
        "2019 was busy\n2020 was not",
        "by one vote, at one with it",
        "volumes rose by 12, and by 8 in the north",
        "0312  MARCH: go on\n0340  MARCH: and then",
    )

    def load(self) -> None:
        """Compile the patterns, and that for the lines of a log."""
        super().load()
        self._counter = regex.compile(r"(?m)^[ \t]*\d{4}[ \t]+(?:\p{Lu}[\p{L}.'-]*[ ]?){1,3}:")
        self._bare = regex.compile(
            rf"(?<![\w/.:£$+@#-]|\d{{4}} )(?P<v>{_FOUR})(?![\w/:%-]|[.,]\d| \d{{4}}\b)"
        )
        self._log_line = regex.compile(
            rf"(?m)^[ \t|]*(?P<v>{_FOUR}(?:[0-5]\d)?)(?=[ \t|]+[^\s\d]|[ \t|]+\d{{1,4}}\b(?!,))"
        )

    def hits(self, text: str, artifacts: Any) -> Iterator[Hit]:
        """Give what the rules find, and the times at which the lines of a log begin.

        The counter readings in the record of an interview, before each speaker, are no times.
        """
        yield from super().hits(text, artifacts)
        if len(self._counter.findall(text)) > 1:
            return
        lines = list(self.search(self._log_line, text, "a line of a log"))
        as_log = any(not _is_year(one["v"]) for one in lines) and (
            len(lines) > 1 or _LOG_TIME.search(text) is not None
        )
        if as_log:
            for match in lines:
                start, end = match.span("v")
                yield Hit("TIME", start, end, 0.6, "where the line of a log begins")
        hours = _LOG_TIME.search(text) is not None
        for match in self.search(self._bare, text, "four bare digits"):
            if match["v"][0] == "0" or (not _is_year(match["v"]) and (as_log or hours)):
                start, end = match.span("v")
                yield Hit("TIME", start, end, 0.4, "four digits such as a time has")


#: A time as logs write it, after which a bare number of four figures is one too.
_LOG_TIME = regex.compile(r"(?<![\w.:/£$,-])(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs|HRS|Hrs)\b")


def _is_year(four: str) -> bool:
    return four[:2] in ("19", "20")


RECOGNISERS = (Ages, Times)

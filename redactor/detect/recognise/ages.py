# ruff: noqa: E501 - a pattern is easier to check on one line
"""Ages, in figures and words.

Sources: the forms met in British police, council and court papers. Lengths of service, school years and
``over 18`` tell no age and are not found.
"""

from __future__ import annotations

from redactor.detect.recognise.number_words import NUMBER_WORD, NUMBER_WORDS
from redactor.detect.rules import DIGITS, Example, Rule, RuleRecogniser, spelt

_WORDS = rf"(?:{NUMBER_WORD}(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
#: One or two figures, with what a scan may read for one.
_N = r"(?:[1-9][\dlIOS]?|1[01]\d|[lI][\d])"
_ABOUT = r"(?:about |approx(?:imately|\.)? |around |roughly |c\.? ?|between |circa |nearly |almost |only |just |now |est(?:imated)?\.? )"
_RANGE = rf"{_N}(?: ?(?:-|to|and|or|/) ?{_N})?"
_PERSON = (
    r"(?:man|woman|boy|girl|male|female|pensioner|child|lady|teenager|youth|baby|resident|mother|father|mum|dad|"
    r"grandmother|grandfather|grandson|granddaughter|son|daughter|brother|sister|husband|wife|"
    r"kids|children|daughters|sons|twins|gentleman|student|pupil|apprentice|driver|passenger|pedestrian|cyclist|widow|widower)"
)
#: Of whom an age is said, with *is* and *am* joined on as people write them: ``hes only 13``.
_SPOKEN_OF = tuple(
    f"{word}{end}"
    for word in spelt(
        "he|she|they|who|son|daughter|child|boy|girl|i|twins|father|mother|mum|dad|kids|brother|sister|"
        "husband|wife|rnum|nan|nana|gran|grandad"
    )
    for end in ("", "s", "m")
)
_TENS = r"(?:thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
_AFTER = r" ?(?:[.,;:)\n\"']|and\b|when\b|because\b|with\b|now\b|years|yrs|$|but\b|at the|then\b|so\b|or so|not\b|next\b|last\b|this\b|in \p{L}{3,9}\b|on \p{L}|(?:jay|bro|fam|mate|love|tho)\b)"
_END = rf"(?={_AFTER})(?!\.\d|,\d{{3}}|:\d)"

#: Where rules are to be searched; see ``Rule.spot``.
_AT_OPEN = r"\([A-Z\d]"
_AT_TO_SEX = r"\d ?/? ?[MF]"


class Ages(RuleRecogniser):
    """Ages in figures and words."""

    NAME = "age"
    LABELS = ("AGE",)
    REACH = 40
    RULES = (
        Rule(
            "AGE",
            rf"\b(?P<v>(?:{_RANGE}|{_WORDS})(?: ?/ ?\d{{1,2}})?[ -]?(?:years?|yrs?|yr|months?|mths?|weeks?|wks?|days?)[ -]?olds?)\b",
            0.9,
            "an age",
            ignore_case=True,
            near=("old", "olds", "yearold", "yrold", "yearolds"),
        ),
        Rule(
            "AGE",
            r"(?<![\w.])(?P<v>[1-9]\d? ?y/?\.?o\.?|[1-9]\d?(?:yrs|yr|y)\b)(?!\w)",
            0.8,
            "an age",
            ignore_case=True,
            near=("yo", "y", "yrs", "yr"),
            reach=8,
        ),
        Rule(
            "AGE",
            rf"\b(?:aged?|ages)\b(?: (?:at|on) (?:the )?(?:time|date)?(?: ?of)? ?\p{{L}}{{0,10}})?(?: of| is| was| given as| now| at \p{{L}}{{3,10}})?[:= |(]{{1,3}}{_ABOUT}?(?P<v>{_RANGE})\b(?! ?(?:%|weeks' notice))",
            0.9,
            "a number after a word for age",
            ignore_case=True,
            near=("age", "aged", "ages"),
        ),
        Rule(
            "AGE",
            rf"\b(?:aged?|the age of|age of)[: ]{_ABOUT}?(?P<v>{_WORDS})\b",
            0.85,
            "a number after a word for age",
            ignore_case=True,
            near=("age", "aged"),
        ),
        Rule(
            "AGE",
            rf"\b(?P<v>{_RANGE}|{_WORDS})(?= (?:years|yrs|year) of age\b)",
            0.9,
            "a number before words for age",
            ignore_case=True,
            near=("age",),
        ),
        Rule(
            "AGE",
            rf"\b(?:he|she|they|who|son|daughter|child|boy|girl|i|twins|father|mother|mum|dad|kids|brother|sister|husband|wife|rnum|nan|nana|gran|grandad)(?:'?s| is|'?m| a[rm][mn]?| was| were|'re| are|'d be| would be|'ll be| will be| turned| turns| says| being)(?: (?:only|just|nearly|about|almost|now|still|around|maybe|probably|aged|turning|just turned|approx))* (?P<v>{_N}){_END}",
            0.75,
            "a number said of a person",
            ignore_case=True,
            reach=60,
            near=_SPOKEN_OF,
            spot=DIGITS,
        ),
        Rule(
            "AGE",
            rf"\b(?:he|she|they|who|son|daughter|child|boy|girl|i|twins|father|mother|mum|dad|kids|brother|sister|husband|wife|rnum)(?:'?s| is|'?m| am| was| were|'re| are|'d be| would be|'ll be| will be| turned| turns| being)(?: (?:only|just|nearly|about|almost|now|still|around|maybe|probably|turning))* (?P<v>{_WORDS}(?={_AFTER})|(?:{_TENS})(?! (?:minutes|hours|per|percent|miles|metres|feet|pounds|quid|thousand|hundred|of|times|days|weeks|stone|officers|people|yards)\b)(?= \p{{Ll}}))",
            0.75,
            "a number said of a person",
            ignore_case=True,
            near=NUMBER_WORDS,
            reach=60,
        ),
        Rule(
            "AGE",
            r"(?<=\b(?:[Tt]urn(?:ed|s|ing)|[Cc]oming up(?: to)?|[Pp]ushing|[Jj]ust gone) )(?P<v>[1-9]\d?)(?= ?(?:[.,;)\n]|$|in\b|on\b|last\b|this\b|next\b|and\b|when\b|today\b))",
            0.6,
            "a number after a word for a birthday",
            near=("turned", "turns", "turning", "up", "to", "pushing", "gone"),
            spot=DIGITS,
        ),
        Rule(
            "AGE",
            r"(?<=[\p{L}.)\]\"']\)?, )(?P<v>[1-9]\d?)(?=, ?(?!\d)|\.(?:\s|$)|;|: | and |\)|\n|$|\"|   )",
            0.55,
            "a number after a name",
            reach=12,
            spot=r", [1-9]",
        ),
        Rule(
            "AGE",
            rf"(?<=\p{{Lu}}[\p{{L}}'-]+[\"')]?, (?:then |now |aged |just |only )?)(?P<v>{_WORDS})(?=,|\.|;|\n|$| and\b|\))",
            0.55,
            "a number after a name",
            near=NUMBER_WORDS,
        ),
        Rule(
            "AGE",
            r"(?<=\p{L}, [1-9]\d? and )(?P<v>[1-9]\d?)(?=[,.;)])",
            0.5,
            "a number after a name",
            reach=14,
            spot=r" and [1-9]",
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?:then|was then|now|still) )(?P<v>[1-9]\d?|{_WORDS})(?=,|\))",
            0.5,
            "a number after a word for age",
            near=("then", "now", "still"),
        ),
        Rule(
            "AGE",
            rf"(?<=\b[Aa]t )(?P<v>{_TENS})(?! (?:hundred|hours|past|to|per|percent|minutes|miles|metres|oh|o'clock|different|sites|five|ten)\b)(?=[.,;)\n ]|$)",
            0.45,
            "a number after a word for age",
            near=NUMBER_WORDS,
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}[\p{L}'-]+, )(?P<v>[1-9]\d?)(?= (?:yrs|YRS|years)\b(?! (?:of|in|ago|experience|service)))",
            0.6,
            "a number after a name",
            reach=24,
            near=("yrs", "years"),
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}[\p{L}'-]+, [^,\n]{0,20}\d{5,8}, )(?P<v>[1-9]\d)(?=,)",
            0.5,
            "a number after a name and a reference",
            spot=r"\d, [1-9]",
            reach=12,
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?i:how old (?:are|is|was) [^?\n]{{1,30}}\?)\s{{1,3}}(?:[\p{{L}}\d ]{{1,20}}: ?)?(?:\p{{L}}+[,.] )?)(?P<v>{_RANGE}|(?i:{_WORDS}))\b",
            0.8,
            "the answer to a question for age",
            near=("old",),
            reach=80,
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?:boy|girl|lad|man|woman|son|daughter|child|baby|male|female|[Yy]ou were),? )(?P<v>{_WORDS})(?=,|\.|;|\n|$| and\b| but\b)",
            0.55,
            "a number after a word for a person",
            near=NUMBER_WORDS,
        ),
        Rule(
            "AGE",
            r"(?<=\p{L}, )(?P<v>[1-9]\d? or [1-9]\d?)(?=[.,;])|(?<=\p{L}, )(?P<v>\d{1,2} ?(?:mths|months|wks|weeks)|[lI]\d)(?=[,:;)])",
            0.5,
            "a number after a name",
            reach=14,
            spot=r", [\dlI]",
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}[\p{L}'-]+ )\((?P<v>[1-9]\d)(?=, \p{L})|(?<=\()(?P<v>[1-9]\d-[1-9]\d)(?=\)[ .,])(?<!\d-\d\d(?=\) (?:of|at)))",
            0.5,
            "a number in brackets after a name",
            spot=_AT_OPEN,
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}[\p{L}'() -]+; (?:nearly |aged |about )?)(?P<v>[1-9]\d)(?=;)",
            0.5,
            "a number after a name in a list",
            spot=r"\d;",
        ),
        Rule(
            "AGE",
            r"(?<=\b(?:died|killed|diagnosed|married|pregnant|convicted|arrested|raped|abused|arms|wrists|school|home|care|order) at )(?P<v>[1-9]\d?)(?=[;.,\n]| in\b| from\b| and\b)(?!\.\d)|(?<![\d.,£])(?<!(?:under|over|Under|Over) )(?P<v>[1-9]\d)(?= at the time\b)",
            0.5,
            "a number after a word for age",
            near=("at",),
        ),
        Rule(
            "AGE",
            rf"(?<=(?:\p{{Lu}}\p{{Ll}}[\p{{L}}-]*, |\b[A-Z]-\d+, |[Bb]aby[^,\n]{{0,12}}, |\b(?:was|is|baby|[Bb]aby \p{{L}}{{2,12}}) ))(?P<v>(?:{_WORDS}|\d{{1,2}}) (?:months|weeks|mths|wks))(?=[.,;:)\n]|$| then\b| when\b)(?! (?:ago|later))",
            0.45,
            "an age in weeks or months",
            near=("months", "weeks", "mths", "wks"),
            reach=30,
        ),
        Rule(
            "AGE",
            r"(?<=, about )(?P<v>[1-9]\d)(?=,)",
            0.5,
            "a number in a description",
            reach=12,
            near=("about",),
        ),
        Rule(
            "AGE",
            r"(?<=\p{Lu}[\p{L}]{1,14}[)\"']{0,2} (?:is|was|would be|turned) (?:only |now |just |about |nearly )?)(?P<v>[1-9]\d)(?= ?(?:[.,;\n]|and\b|with\b|years))(?<!(?:It|That|This|There|What|Total|Number|Figure|Rate|Score|Average|Cost) (?:is|was) (?:only |now |just )?\d\d)",
            0.65,
            "a number said of a name",
            near=("is", "was", "be", "turned"),
            spot=DIGITS,
        ),
        Rule(
            "AGE",
            r"(?<=\p{L}[)\"'] (?:is|was) )(?P<v>[1-9]\d?)(?= (?:and|with)\b|[.,]\s)",
            0.5,
            "a number said of a name",
            near=("is", "was"),
            spot=DIGITS,
        ),
        Rule(
            "AGE",
            r"(?<=(?<![\w.'])[MF][ ,/]{1,3})(?P<v>[1-9]\d?)(?=[ ,;/).]|$|\n)(?![ ]?(?:st|rd|months|\.\d)|/\d|\.\d)",
            0.5,
            "a number after a letter for sex",
            spot=r"[MF][ ,/]{1,3}[1-9]",
            reach=12,
        ),
        Rule(
            "AGE",
            r"(?<![\w.,£$/-])(?P<v>[1-9]\d)(?= ?/? ?(?:M|F)\b(?! ?\d))",
            0.45,
            "a number before a letter for sex",
            reach=8,
            spot=_AT_TO_SEX,
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?:[Ss]ays|[Ss]aid (?:to be|(?:s?he|they) (?:is|was))|[Aa]pparent age|[Ll]ook(?:s|ed)(?: like)?|[Cc]laim(?:s|ed)(?: to be)?|[Aa]ppear(?:s|ed))(?: about| to be| around)? )(?P<v>{_RANGE})(?=[ ]?(?:[.,;:\n)]|$|\p{{Lu}}|yrs|years(?! (?:ago|service|of service|later))))",
            0.55,
            "a number after words for looks",
            near=(
                *("says", "said", "age", "look", "looks", "looked", "like", "claims", "claimed"),
                *("appears", "appeared", "be", "is", "was"),
            ),
        ),
        Rule(
            "AGE",
            r"(?<=\b(?:[Aa]bout|[Aa]pprox\.?|[Aa]pproximately|[Cc]irca|[Aa]round) )(?P<v>[1-9]\d(?: ?- ?\d\d)?)(?= ?(?:yrs|years)[ ]?(?:[.,;\n)]|$| old| tall| slim| white| black| male| female))",
            0.6,
            "a number after words for looks",
            near=("about", "approx", "approximately", "circa", "around"),
            spot=DIGITS,
        ),
        Rule(
            "AGE",
            rf"(?<=\b(?:[Ss]ays|[Ss]aid to be|[Aa]pparent age|[Ll]ook(?:s|ed)|[Aa]ppear(?:s|ed))(?: about| to be| around)? )(?P<v>{_WORDS})(?=[ ]?(?:[.,;\n)]|$|years))",
            0.55,
            "a number after words for looks",
            near=NUMBER_WORDS,
        ),
        Rule(
            "AGE",
            r"(?<=(?:\p{Lu}[\p{L}'-]+|[Nn]an|[Mm]um|[Dd]ad|[Gg]ran|[Ss]on|daughter|[Bb]rother|[Ss]ister|wife|husband|boy|girl|partner)[\"']? )\((?P<v>[1-9]\d?)\)(?! ?\()(?<!(?:section|s|reg|regulation|paragraph|para|article|rule|appendix|Appendix|Section|Article|Regulation|item|items|total|Total|of|the|officers|cases|incidents) \(\d\d?\))",
            0.5,
            "a number in brackets after a name",
            reach=14,
            spot=_AT_OPEN,
        ),
        Rule(
            "AGE",
            r"\b(?P<v>(?:early|mid|late)[ -](?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0'?s)|(?<=\b(?:his|her|their|my|your) )(?:teens|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)|(?<![\d'])[2-9]0'?s(?! and))\b",
            0.75,
            "an age by decade",
            ignore_case=True,
            spot=r"[0tT](?:'?[sS]\b|[iI][eE][sS]|[eE][eE][nN][sS])",
            reach=16,
        ),
        Rule(
            "AGE",
            rf"(?<![\w])(?P<v>(?:\d{{1,2}}|{_WORDS}) (?:months|weeks|days|MONTHS|WEEKS))(?= (?:old\b|OK\b)|\) )",
            0.75,
            "an age",
            near=("months", "weeks", "days"),
        ),
        Rule(
            "AGE",
            rf"(?i:\b(?:{_PERSON}|says|m|f)),?(?: aged?| of|,)? {_ABOUT}?(?P<v>{_RANGE})(?= ?(?:and\b|AND\b|[,;)]|\.\s|\.$|\n|$|yrs?\b|\"|years\b(?! (?:ago|service|of service|later))|to \p{{L}}))(?<!(?i:\b[mf]) \d\d?)",
            0.6,
            "a number after a word for a person",
            near=(*spelt(_PERSON), "says", "m", "f"),
            spot=DIGITS,
        ),
    )
    EXAMPLES = (
        Example("a 27-year-old man", "AGE", "27-year-old"),
        Example("a nine-year-old boy", "AGE", "nine-year-old"),
        Example("aged 22 and", "AGE", "22"),
        Example("81 years of age", "AGE", "81"),
        Example("He is 15.", "AGE", "15"),
        Example("I arn 7l .", "AGE", "7l"),
        Example("she is only four.", "AGE", "four"),
        Example("Joe Bloggs, 44, of Leeds", "AGE", "44"),
        Example("in his late fifties", "AGE", "late fifties"),
        Example("a 19 yr old", "AGE", "19 yr old"),
        Example("17yo female", "AGE", "17yo"),
        Example("Age at offence 15.", "AGE", "15"),
        Example("from the age of 6.", "AGE", "6"),
        Example("she'd be 55 now", "AGE", "55"),
        Example("just turned 40.", "AGE", "40"),
        Example("approx 25-30 yrs, slim", "AGE", "25-30"),
        Example("a pensioner of 79.", "AGE", "79"),
        Example("male 33 yrs", "AGE", "33"),
        Example("in her 50s", "AGE", "50s"),
        Example("Ross McAdam, 33: banned", "AGE", "33"),
        Example("Son Kenny Lau (57, carer)", "AGE", "57"),
        Example("his brother died at 31 in", "AGE", "31"),
        Example("a caution, 19 at the time", "AGE", "19"),
        Example("child C, 14 mths, injured", "AGE", "14 mths"),
        Example("Karim, ten, was asked", "AGE", "ten"),
        Example('(alias "Jay") is 21 and', "AGE", "21"),
    )
    NOT_FOUND = (
        "within 20 working days",
        "over 14 years of service",
        "Year 4 pupils",
        "item 12, 13 and 14",
        "the average age of the fleet",
        "it is 15 minutes away",
        "It was 20, not 30",
        "within two weeks, or three months.",
    )

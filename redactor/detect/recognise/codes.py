# ruff: noqa: E501 - a pattern is easier to check on one line
"""Codes and the values of form fields that say what is said of somebody.

Ethnicity codes are the 16+1 codes of the 2001 census as used in custody and stop-and-search
records, and the IC codes of officers.
"""

from __future__ import annotations

from redactor.detect.rules import Example, Rule, RuleRecogniser


class Codes(RuleRecogniser):
    """Ethnicity codes, and the sections of law that name what somebody did."""

    NAME = "code"
    LABELS = ("SC_RACE", "OFFENCE", "SC_HEALTH")
    OF_NAMES = True
    RULES = (
        Rule("SC_RACE", r"\b(?P<v>(?:IC|ic) ?[0-9])\b", 0.9, "an identity code"),
        Rule(
            "SC_RACE",
            r"(?i:\b(?:self[ -]?defined|officer[ -]?defined|sde|ode|eth(?:nicity|nic code|nic appearance)?|16\+1|18\+1)(?: ?(?:ethnicity|code|ethnic appearance))?)[ :=-]{1,4}(?P<v>[WMABOG][1-9]|NS)\b",
            0.95,
            "a code after a word for ethnicity",
        ),
        Rule(
            "SC_RACE",
            r"(?<![\w/.-])(?P<v>[WMABO][1-9])(?![\w/.-])",
            0.1,
            "an ethnicity code",
            context=(
                "ethnicity",
                "ethnic",
                "eth",
                "sde",
                "self defined",
                "self-defined",
                "defined",
                "16+1",
            ),
        ),
        Rule(
            "OFFENCE",
            r"\b(?P<v>[Ss]\.? ?(?:18|20|39|47|4A?|5)(?: (?:OAPA|POA|[Aa]ssault|wounding|GBH|[Pp]ublic [Oo]rder))?)(?= (?:and|AND|assault|on)\b|[,.;)]? ?(?:AND|and) BREACH)",
            0.6,
            "a section that names an offence",
        ),
        Rule(
            "OFFENCE",
            r"(?i:\b(?:offence|charge|charged with|object|offences|allegation|class|suspected)s?[:;]) ?(?P<v>[\p{L}][\p{L} ./()\d'&-]{3,60}?)(?=\.(?:\s|$)| x\d|   |;|\n|, |$)",
            0.7,
            "what follows a word for offences",
            needs=":",
        ),
        Rule(
            "SC_HEALTH",
            r"(?i:\b(?:injur(?:y|ies)|medication|medical(?: conditions?)?|disability|condition|diagnosis|health|allerg(?:y|ies))): ?(?P<v>(?!none|nil|n/a|not |no )[\p{L}][\p{L} ,'\d-]{2,60}?)(?=[.;\n]|$|,)",
            0.7,
            "what follows a word for health",
            needs=":",
        ),
        Rule(
            "SC_HEALTH",
            r"\b(?P<v>[A-Z][a-z]{3,}(?:ine|pam|pril|olol|statin|azole|cillin|mycin|oxetine|pride|tidine|sone|gliptin|parin|profen)|[a-z]{4,}(?:zepam|pril|olol|statin|prazole|cillin|mycin|oxetine|azepine|triptan|gliptin|gliflozin|glutide|xaban|idone|pine|sartan|setron|lukast|floxacin|cycline|conazole|ciclovir|tegravir|buvir|navir|mumab|ximab|zumab|tinib|parin|terol|lamide)) ?\d{0,4} ?(?:mg|mcg|g|ml)?\b",
            0.45,
            "the ending of a medicine's name",
            needs="",
        ),
        Rule(
            "SC_HEALTH",
            r"\b(?P<v>\p{L}{4,}(?:itis|ectomy|oscopy|aemia|opathy|oplasty|algia|plegia|phrenia|osis(?<!diagnosis|prognosis|emphasis|process)))\b",
            0.55,
            "the ending of a medical word",
            needs="",
        ),
        Rule(
            "SC_HEALTH",
            r"(?i)\b(?P<v>(?:\d{1,2}|[a-z]{3,9}) ?(?:weeks|wks|months|mths) (?:preg(?:nant)?|gone))\b",
            0.85,
            "a stage of pregnancy",
            near=("weeks", "wks", "months", "mths"),
            reach=30,
        ),
        Rule(
            "SC_HEALTH",
            r"(?<=\b(?:[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Hh]as|[Hh]ave|[Hh]ad|[Ww]ith) )(?P<v>M\.?S\.?|ADD|CP|TB|MND|ME|CFS|IBS|OCD|DVT|LD)\b",
            0.6,
            "the letters of an illness",
            needs="",
        ),
    )
    EXAMPLES = (
        Example("officer-defined IC3 male", "SC_RACE", "IC3"),
        Example("self-defined: W1, and", "SC_RACE", "W1"),
        Example("OFFENCE: Affray. Bailed", "OFFENCE", "Affray"),
        Example("Injury: fractured pelvis, taken", "SC_HEALTH", "fractured pelvis"),
        Example("she is eight months pregnant", "SC_HEALTH", "eight months pregnant"),
    )
    NOT_FOUND = ("ICT 3 training", "room B2 upstairs")


RECOGNISERS = (Codes,)

"""The labels of findings: one closed list, in the order in which an officer wants to see them.

The names are those of the label guide of the development documents and of the command line's JSON.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The recogniser of what the file itself asks to have redacted: marks of another program.
IN_FILE = "redaction mark in the file"
#: The label of counts that are withheld as small numbers, and of those that would give them away.
COUNT = "COUNT"
#: What is printed in place of such a count, and what it means; nothing tells which are small.
#: Source: Government Analysis Function, Using symbols and shorthand in tables (11 January 2022).
HIDDEN_COUNT = "[c]"
#: The same as the label of a redaction, which is printed in brackets.
HIDDEN_COUNT_LABEL = "c"
HIDDEN_COUNT_MEANS = (
    "[c] = withheld to protect confidentiality. Some larger numbers are also withheld, so that "
    "small numbers cannot be worked out from the totals."
)


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of information.

    Attributes:
        name: as in JSON and in the log.
        title: as read by people, in the singular.
        group: ``person``, ``contact``, ``identifier``, ``time``, ``place``, ``offence``,
            ``special`` or ``manual``; the window colours by group.
        special: it reveals or concerns a head of Article 9(1) UK GDPR.
    """

    name: str
    title: str
    group: str
    special: bool = False


LABELS: tuple[Label, ...] = (
    Label("PERSON", "Name of a person", "person"),
    Label("PUBLIC_PERSON", "Name of a public figure", "person"),
    Label("ROLE", "Description that picks out one person", "person"),
    Label("DOB", "Date of birth", "person"),
    Label("AGE", "Age", "person"),
    Label("OFFENCE", "Offence or allegation", "offence"),
    Label("OUTCOME", "Outcome of a case", "offence"),
    Label("SC_HEALTH", "Health", "special", special=True),
    Label("SC_RACE", "Racial or ethnic origin", "special", special=True),
    Label("SC_RELIGION", "Religious or philosophical belief", "special", special=True),
    Label("SC_POLITICS", "Political opinion", "special", special=True),
    Label("SC_UNION", "Trade union membership", "special", special=True),
    Label("SC_SEXLIFE", "Sex life", "special", special=True),
    Label("SC_ORIENTATION", "Sexual orientation", "special", special=True),
    Label("SC_BIOMETRIC", "Biometric data", "special", special=True),
    Label("SC_GENETIC", "Genetic data", "special", special=True),
    Label("ADDRESS", "Address", "contact"),
    Label("POSTCODE", "Postcode", "contact"),
    Label("PHONE", "Telephone number", "contact"),
    Label("EMAIL", "E-mail address", "contact"),
    Label("HANDLE", "User name", "contact"),
    Label("ID", "Reference or identifying number", "identifier"),
    Label("VEHICLE", "Vehicle registration mark", "identifier"),
    Label("DATE", "Date", "time"),
    Label("TIME", "Time", "time"),
    Label("PLACE", "Place", "place"),
    Label("ORG", "Organisation", "place"),
    Label(COUNT, "Count in a table", "manual"),
    Label("MANUAL", "Marked by hand", "manual"),
    Label("TERM", "Listed term", "manual"),
)

LABEL_BY_NAME: dict[str, Label] = {label.name: label for label in LABELS}

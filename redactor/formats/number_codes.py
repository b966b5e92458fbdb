"""Take the format codes of spreadsheets apart.

Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GENERAL = "General"
#: Numbers built into the format. 14 and 22 follow the computer's country; here, British order.
BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0", 6: "£#,##0",
    7: "£#,##0.00", 8: "£#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: "#,##0;-#,##0;\"-\"", 42: "£#,##0;-£#,##0;\"-\"", 43: "#,##0.00;-#,##0.00;\"-\"",
    44: "£#,##0.00;-£#,##0.00;\"-\"", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@",
}  # fmt: skip
#: The names of white in square brackets: by word, and by its number in the palette.
_WHITES = frozenset({"white", "color2", "color 2", "colour2"})
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)"
    r"|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>general)"
    r"|(?P<ampm>am/pm|a/p)"
    r"|(?P<fraction>\.0+(?=[^0#?]|$))"
    r"|(?P<date>y+|m+|d+|h+|s+|e+(?![+\-]))"
    r"|(?P<exponent>e[+\-])"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format code.

    Attributes:
        white: it shows its value in white, on a ground that is white but for rare cells.
    """

    tokens: tuple[tuple[str, str], ...]
    kind: str
    condition: tuple[str, float] | None = None
    white: bool = False


def split_code(code: str) -> list[str]:
    """Cut a code into its sections, which semicolons part."""
    sections = [""]
    for found in re.finditer(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|;|.', code, re.DOTALL):
        if found[0] == ";":
            sections.append("")
        else:
            sections[-1] += found[0]
    return sections


@lru_cache(maxsize=1_024)
def parse_section(code: str) -> Section:
    """Cut a section into its tokens and say what kind of value it shows."""
    tokens: list[tuple[str, str]] = []
    condition = None
    white = False
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "bracket":
            condition = _condition(text) or condition
            white = white or text.strip().lower() in _WHITES
            currency = re.match(r"\$([^\-]*)", text)
            if currency and currency[1]:
                tokens.append(("other", currency[1]))
            continue
        tokens.append((kind, text.lower() if kind in {"date", "elapsed", "ampm"} else text))
    kinds = {kind for kind, _ in tokens}
    return Section(tuple(_date_sense(tokens)), _kind(kinds), condition, white)


def _kind(kinds: set[str]) -> str:
    if "general" in kinds:
        return "general"
    if kinds & {"date", "elapsed", "ampm"}:
        return "date"
    if "text" in kinds:
        return "text"
    return "number" if "digit" in kinds or "fraction" in kinds else "literal"


def _date_sense(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tell minutes from months: ``m`` next to hours or seconds is minutes (18.8.31)."""
    if not any(kind in {"date", "elapsed"} for kind, _ in tokens):
        # ".0" is only a fraction of a second in a date; in a number it is a point and digits
        spread: list[tuple[str, str]] = []
        for kind, text in tokens:
            if kind == "fraction":
                spread += [("point", "."), *(("digit", one) for one in text[1:])]
            else:
                spread.append((kind, text))
        return spread
    result = list(tokens)
    places = [i for i, (kind, _) in enumerate(tokens) if kind in {"date", "elapsed"}]
    for at, index in enumerate(places):
        kind, text = tokens[index]
        if kind == "date" and text[0] == "m" and len(text) <= 2:
            before = tokens[places[at - 1]][1][0] if at else ""
            after = tokens[places[at + 1]][1][0] if at + 1 < len(places) else ""
            if before == "h" or after == "s":
                result[index] = ("minute", text)
    return result


def _condition(text: str) -> tuple[str, float] | None:
    found = re.fullmatch(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)", text.strip())
    return (found[1], float(found[2])) if found else None


def condition_holds(condition: tuple[str, float], number: float) -> bool:
    """Say whether a number meets the condition of a section."""
    sign, bound = condition
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[sign]  # fmt: skip


def literal(kind: str, text: str) -> str:
    """Give what a token prints that is no place for a digit or a part of a date."""
    if kind in {"quoted", "escaped", "other", "point", "comma", "percent", "exponent"}:
        return "%" if kind == "percent" else text
    return " " if kind == "pad" else ""

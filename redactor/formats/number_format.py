"""Show numbers as a spreadsheet shows them, and never let out more than was shown.

A cell may hold 12.4 and show ``12``, or hold a time of day behind a date. A release carries the
number only as far as the officer saw it: rounded to the decimals shown, a date without the time
that its format hides. Where a plain format cannot show the same text again, the text is released
in place of the number.

Source of the format codes: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmts).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from redactor.content import CellValue

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
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CURRENCIES = "£$€"
_LAST_SERIAL = 2_958_465  # 31 December 9999
_CACHE_LIMIT = 50_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as shown, and as much of it as a release may carry.

    Attributes:
        text: what a reader sees.
        value: the number behind it, cut to what is seen, or the text.
        number_format: a plain format that shows ``value`` as ``text``.
        hidden: the format shows nothing of a value that is there.
    """

    text: str = field(repr=False)
    value: CellValue = field(repr=False)
    number_format: str = GENERAL
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format code."""

    tokens: tuple[tuple[str, str], ...]
    kind: str
    condition: tuple[str, float] | None = None


class NumberFormat:
    """One format code, ready to show values.

    Args:
        code: the format code.
        epoch_1904: the workbook counts days from 1 January 1904.
    """

    def __init__(self, code: str, *, epoch_1904: bool = False) -> None:
        self.code = code
        self._sections = tuple(_section(one) for one in _split(code or GENERAL)[:4])
        self._offset = 1462 if epoch_1904 else 0
        self._cache: dict[float, Shown] = {}
        self.is_general = len(self._sections) == 1 and self._sections[0].kind == "general"
        self.hides_text = len(self._sections) == 4 and not self._sections[3].tokens
        self.changes_text = len(self._sections) == 4 or self._sections[0].kind == "text"

    def show(self, number: float) -> Shown:
        """Show a number."""
        found = self._cache.get(number)
        if found is None:
            found = self._show(number)
            if len(self._cache) < _CACHE_LIMIT:
                self._cache[number] = found
        return found

    def show_text(self, text: str) -> str:
        """Show a text: with the words that the format puts around it, if any."""
        section = self._sections[3] if len(self._sections) == 4 else self._sections[0]
        if section.kind != "text":
            return text
        return "".join(
            text if kind == "text" else _literal(kind, one) for kind, one in section.tokens
        )

    def _show(self, number: float) -> Shown:
        section, magnitude = self._choose(number)
        if section.kind in {"general", "text"}:
            return _general(number, section, magnitude)
        if not section.tokens:
            return Shown(plain_number(number), plain_number(number), hidden=True)
        if section.kind == "date":
            return self._show_date(section, number)
        if section.kind == "literal":
            text = "".join(_literal(*token) for token in section.tokens).strip()
            return Shown(text, text) if text else Shown(plain_number(number), None, hidden=True)
        text = _show_number(section, magnitude).strip()
        if not text:
            return Shown(plain_number(number), None, hidden=True)
        return _as_number(section, number, text)

    def _choose(self, number: float) -> tuple[_Section, float]:
        sections = self._sections
        for section in sections[:2]:
            if section.condition and _holds(section.condition, number):
                return section, number
        if any(one.condition for one in sections[:2]):
            rest = [one for one in sections[:3] if one.condition is None]
            return (rest[-1] if rest else sections[0]), number
        if number < 0 and len(sections) > 1:
            return sections[1], -number
        if number == 0 and len(sections) > 2:
            return sections[2], number
        return sections[0], number

    def _show_date(self, section: _Section, number: float) -> Shown:
        serial = number + self._offset
        if not 0 <= serial <= _LAST_SERIAL + 1 or serial == _LAST_SERIAL + 1:
            text = plain_number(number)
            return Shown(text, text)
        moment = _Moment.of(serial, fine=any(kind == "fraction" for kind, _ in section.tokens))
        text = _date_text(section.tokens, moment).strip()
        code = _date_code(section.tokens)
        cut = _cut_date(section.tokens, moment)
        if code is None or cut is None:
            return Shown(text, text)
        again = _date_text(_section(code).tokens, _Moment.of(cut, fine=False)).strip()
        return Shown(text, cut, code) if again == text else Shown(text, text)


def plain_number(number: float) -> str:
    """Write a number without a format, to the 15 digits that a spreadsheet keeps."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}".replace("e", "E")


def show_value(value: CellValue, number_format: str) -> str:
    """Show an approved value, for writers of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    return _format(number_format).show(float(value)).text


_formats: dict[str, NumberFormat] = {}


def _format(code: str) -> NumberFormat:
    if code not in _formats:
        _formats[code] = NumberFormat(code)
    return _formats[code]


# --- taking a code apart ---------------------------------------------------------------------


def _split(code: str) -> list[str]:
    sections = [""]
    for found in re.finditer(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|;|.', code, re.DOTALL):
        if found[0] == ";":
            sections.append("")
        else:
            sections[-1] += found[0]
    return sections


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "bracket":
            condition = _condition(text) or condition
            currency = re.match(r"\$([^\-]*)", text)
            if currency and currency[1]:
                tokens.append(("other", currency[1]))
            continue
        tokens.append((kind, text.lower() if kind in {"date", "elapsed", "ampm"} else text))
    kinds = {kind for kind, _ in tokens}
    return _Section(tuple(_date_sense(tokens)), _kind(kinds), condition)


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


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, bound = condition
    return {
        "<": number < bound, ">": number > bound, "=": number == bound,
        "<=": number <= bound, ">=": number >= bound, "<>": number != bound,
    }[sign]  # fmt: skip


def _literal(kind: str, text: str) -> str:
    if kind in {"quoted", "escaped", "other", "point", "comma", "percent", "exponent"}:
        return "%" if kind == "percent" else text
    return " " if kind == "pad" else ""


# --- numbers ---------------------------------------------------------------------------------


def _general(number: float, section: _Section, magnitude: float) -> Shown:
    words = [token for token in section.tokens if token[0] not in {"general", "text"}]
    if not words and magnitude == number:
        text = plain_number(number)
        return Shown(text, int(number) if text.lstrip("-").isdigit() else float(text))
    text = "".join(
        plain_number(magnitude) if kind in {"general", "text"} else _literal(kind, one)
        for kind, one in section.tokens
    )
    return Shown(text.strip(), text.strip())


def _show_number(section: _Section, number: float) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if any(kind == "other" and text == "/" for kind, text in section.tokens):
        return _show_fraction(section, number)
    scaled = Decimal(repr(number)) * 100 ** kinds.count("percent")
    last_digit = max(i for i, kind in enumerate(kinds) if kind == "digit")
    trailing = 0
    for kind in kinds[last_digit + 1 :]:
        if kind != "comma":
            break
        trailing += 1
    scaled /= Decimal(1000) ** trailing
    if "exponent" in kinds:
        return _show_scientific(section, float(scaled))
    point = kinds.index("point") if "point" in kinds else len(kinds)
    decimals = sum(1 for kind in kinds[point:] if kind == "digit")
    rounded = abs(scaled).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    grouped = "comma" in kinds[: max(last_digit, 0)] and kinds.index("comma") < point
    left = _fill_whole(section.tokens[:point], whole, grouped=grouped)
    right = _fill_rest(section.tokens[point:], rest)
    return ("-" if scaled < 0 and rounded else "") + left + right


def _fill_whole(tokens: tuple[tuple[str, str], ...], digits: str, *, grouped: bool) -> str:
    """Lay the digits into their places from the right; what is left over goes to the leftmost."""
    digits = digits.lstrip("0")
    places = [text for kind, text in tokens if kind == "digit"]
    least = sum(1 for one in places if one == "0")
    digits = digits.rjust(least, "0")
    result: list[str] = []
    remaining = len(places)
    used = 0
    for kind, text in reversed(tokens):
        if kind == "digit":
            remaining -= 1
            take = len(digits) - used if remaining == 0 else min(1, len(digits) - used)
            for _ in range(max(take, 0)):
                if grouped and used and used % 3 == 0:
                    result.append(",")
                result.append(digits[len(digits) - 1 - used])
                used += 1
        elif kind != "comma":
            result.append(_literal(kind, text))
    return "".join(reversed(result))


def _fill_rest(tokens: tuple[tuple[str, str], ...], digits: str) -> str:
    places = [text for kind, text in tokens if kind == "digit"]
    keep = len(digits)
    while keep and places[keep - 1] == "#" and digits[keep - 1] == "0":
        keep -= 1
    result: list[str] = []
    used = 0
    for kind, text in tokens:
        if kind == "digit":
            if used < keep:
                result.append(digits[used])
            used += 1
        elif kind == "point":
            result.append("." if keep or places[:1] == ["0"] else "")
        elif kind != "comma":
            result.append(_literal(kind, text))
    return "".join(result)


def _show_scientific(section: _Section, number: float) -> str:
    kinds = [kind for kind, _ in section.tokens]
    exponent = kinds.index("exponent")
    point = kinds.index("point") if "point" in kinds else exponent
    decimals = sum(1 for kind in kinds[point:exponent] if kind == "digit")
    return f"{number:.{decimals}E}"


def _show_fraction(section: _Section, number: float) -> str:
    after = False
    places = 0
    fixed = ""
    for kind, text in section.tokens:
        after = after or (kind == "other" and text == "/")
        places += after and kind == "digit"
        if after and kind == "other" and text.isdigit():
            fixed += text
    whole, rest = divmod(abs(number), 1)
    if fixed:
        part = f"{round(rest * int(fixed))}/{fixed}"
    else:
        fraction = Fraction(rest).limit_denominator(10 ** max(places, 1) - 1)
        if fraction == 1:
            whole, fraction = whole + 1, Fraction(0)
        part = f"{fraction.numerator}/{fraction.denominator}" if fraction else ""
    sign = "-" if number < 0 else ""
    return (sign + f"{int(whole) if whole or not part else ''} {part}".strip()) or "0"


def _as_number(section: _Section, number: float, text: str) -> Shown:
    code = _number_code(section)
    digits = re.sub(r"[^0-9.\-]", "", text)
    if code is None or not re.fullmatch(r"-?\d+(\.\d+)?", digits):
        return Shown(text, text)
    exact = Decimal(digits)
    if "%" in code:
        exact /= 100
    value = float(exact)
    if (value < 0) != (number < 0) and value:
        return Shown(text, text)
    release = int(exact) if exact == exact.to_integral_value() and abs(exact) < 2**53 else value
    again = _show_number(_section(code), float(release)).strip()
    return Shown(text, release, code) if again == text else Shown(text, text)


def _number_code(section: _Section) -> str | None:
    """Give a plain format for a number: currency, thousands, decimals, per cent; else None."""
    prefix = ""
    body = ""
    percent = ""
    for kind, text in section.tokens:
        if kind == "digit":
            body += "0" if text == "?" else text
        elif kind in {"point", "comma"}:
            body += text
        elif kind == "percent":
            percent = "%"
        elif kind in {"other", "quoted", "escaped"} and text.strip() in _CURRENCIES:
            if body and text.strip():
                return None
            prefix += text.strip()
        elif kind not in {"pad", "fill"}:
            return None
    grouped = "," in body
    whole, _, rest = body.replace(",", "").partition(".")
    least = max(whole.count("0"), 0)
    start = "#,##" + ("0" * least or "#") if grouped else ("0" * least or "#")
    return prefix + start + (f".{rest}" if rest else "") + percent


# --- dates -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day and a time of day. Days count as in the 1900 system, with its 29 February 1900."""

    serial_day: int
    seconds: float

    @staticmethod
    def of(serial: float, *, fine: bool) -> _Moment:
        day = int(serial)
        seconds = round((serial - day) * 86_400, 3 if fine else 0)
        if seconds >= 86_400:
            return _Moment(day + 1, 0.0)
        return _Moment(day, seconds)

    @property
    def date(self) -> dt.date:
        start = dt.date(1899, 12, 30) if self.serial_day >= 60 else dt.date(1899, 12, 31)
        return start + dt.timedelta(days=min(self.serial_day, _LAST_SERIAL))


def _date_text(tokens: tuple[tuple[str, str], ...], moment: _Moment) -> str:
    twelve = any(kind == "ampm" for kind, _ in tokens)
    return "".join(_date_token(kind, text, moment, twelve=twelve) for kind, text in tokens)


def _date_token(kind: str, text: str, moment: _Moment, *, twelve: bool) -> str:
    if kind == "date":
        return _day_part(text, moment) if text[0] in "ymde" else _time_part(text, moment, twelve)
    if kind == "minute":
        return _padded(int(moment.seconds) // 60 % 60, text)
    if kind == "elapsed":
        seconds = moment.serial_day * 86_400 + int(moment.seconds)
        return _padded(seconds // {"h": 3600, "m": 60, "s": 1}[text[0]], text)
    if kind == "ampm":
        late = moment.seconds >= 43_200
        return ("PM" if late else "AM") if text == "am/pm" else ("P" if late else "A")
    if kind == "fraction":
        return f"{moment.seconds % 1:.{len(text) - 1}f}"[1:]
    return text.strip("#?") if kind == "digit" else _literal(kind, text)


def _padded(number: int, text: str) -> str:
    return f"{number:0{min(len(text), 2)}d}"


def _time_part(text: str, moment: _Moment, twelve: bool) -> str:
    if text[0] == "s":
        return _padded(int(moment.seconds) % 60, text)
    hours = int(moment.seconds) // 3600
    return _padded((hours + 11) % 12 + 1 if twelve else hours, text)


def _day_part(text: str, moment: _Moment) -> str:
    day = moment.date
    if text[0] == "y":
        return f"{day.year % 100:02d}" if len(text) <= 2 else f"{day.year:04d}"
    if text[0] == "e":
        return f"{day.year:04d}"
    if text[0] == "m":
        name = _MONTHS[day.month - 1]
        return {1: str(day.month), 2: f"{day.month:02d}", 3: name[:3], 5: name[0]}.get(
            len(text), name
        )
    name = _DAYS[day.weekday()]
    return {1: str(day.day), 2: f"{day.day:02d}", 3: name[:3]}.get(len(text), name)


def _date_code(tokens: tuple[tuple[str, str], ...]) -> str | None:
    """Give the code again without anything but dates, times and plain separators; else None."""
    code = ""
    for kind, text in tokens:
        if kind in {"date", "minute"} and text[0] != "e":
            code += text
        elif kind == "elapsed":
            code += f"[{text}]"
        elif kind == "ampm" and text == "am/pm":
            code += "AM/PM"
        elif kind in {"other", "escaped", "quoted", "comma", "point"}:
            if text.strip(" /-:.,"):
                return None
            code += text
        elif kind not in {"pad", "fill", "text"}:
            return None
    return code.strip()


def _cut_date(tokens: tuple[tuple[str, str], ...], moment: _Moment) -> float | None:
    """Cut a moment to what its format shows; None where that is no moment."""
    shown = {text[0] for kind, text in tokens if kind == "date"}
    units = {text[0] for kind, text in tokens if kind == "elapsed"}
    if any(kind == "minute" for kind, _ in tokens):
        shown.add("n")
    seconds = int(moment.seconds)
    if units:
        grain = 1 if "s" in units | shown else (60 if "m" in units or "n" in shown else 3600)
        return moment.serial_day + seconds // grain * grain / 86_400
    if shown & {"h", "n", "s"}:
        if "h" not in shown:
            return None
        grain = 1 if "s" in shown else (60 if "n" in shown else 3600)
        seconds = seconds // grain * grain
    else:
        seconds = 0
    days = _cut_day(shown & {"y", "m", "d"}, moment)
    return None if days is None else days + seconds / 86_400 if seconds else days


def _cut_day(shown: set[str], moment: _Moment) -> int | None:
    if not shown:
        return 0
    if "y" not in shown or moment.serial_day < 61:
        return None
    day = moment.date
    if shown == {"y", "m", "d"}:
        return moment.serial_day
    if shown == {"y", "m"}:
        return moment.serial_day - (day.day - 1)
    return None

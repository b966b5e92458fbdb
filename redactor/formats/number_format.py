"""Show numbers as a spreadsheet shows them, and never let out more than was shown.

A cell may hold 12.4 and show ``12``, or hold a time of day behind a date. A release carries the
number only as far as the officer saw it: rounded to the decimals shown, a date without the time
that its format hides. Where a plain format cannot show the same text again, the text is released
in place of the number.

Source of the format codes: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from redactor.content import CellValue
from redactor.formats.number_codes import (
    GENERAL,
    Section,
    condition_holds,
    literal,
    parse_section,
    split_code,
)
from redactor.formats.number_dates import LAST_SERIAL, Moment, cut_date, date_code, date_text

_CURRENCIES = "£$€"
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


class NumberFormat:
    """One format code, ready to show values.

    Args:
        code: the format code.
        epoch_1904: the workbook counts days from 1 January 1904.
    """

    def __init__(self, code: str, *, epoch_1904: bool = False) -> None:
        self.code = code
        self._sections = tuple(parse_section(one) for one in split_code(code or GENERAL)[:4])
        self._offset = 1462 if epoch_1904 else 0
        self._cache: dict[float, Shown] = {}
        only = self._sections[0] if len(self._sections) == 1 else None
        self.is_general = only is not None and only.kind == "general" and not only.white
        texts = self._sections[3] if len(self._sections) == 4 else only
        self.hides_text = texts is not None and (
            (len(self._sections) == 4 and not texts.tokens)
            or (texts.white and texts.kind == "text")
        )
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
            text if kind == "text" else literal(kind, one) for kind, one in section.tokens
        )

    def _show(self, number: float) -> Shown:
        section, magnitude = self._choose(number)
        if section.white or not section.tokens:
            return Shown(plain_number(number), plain_number(number), hidden=True)
        if section.kind in {"general", "text"}:
            return _general(number, section, magnitude)
        if section.kind == "date":
            return self._show_date(section, number)
        if section.kind == "literal":
            text = "".join(literal(*token) for token in section.tokens).strip()
            return Shown(text, text) if text else Shown(plain_number(number), None, hidden=True)
        text = _show_number(section, magnitude).strip()
        if not text:
            return Shown(plain_number(number), None, hidden=True)
        return _as_number(section, number, text)

    def _choose(self, number: float) -> tuple[Section, float]:
        sections = self._sections
        for section in sections[:2]:
            if section.condition and condition_holds(section.condition, number):
                return section, number
        if any(one.condition for one in sections[:2]):
            rest = [one for one in sections[:3] if one.condition is None]
            return (rest[-1] if rest else sections[0]), number
        if number < 0 and len(sections) > 1:
            return sections[1], -number
        if number == 0 and len(sections) > 2:
            return sections[2], number
        return sections[0], number

    def _show_date(self, section: Section, number: float) -> Shown:
        serial = number + self._offset
        if not 0 <= serial <= LAST_SERIAL + 1 or serial == LAST_SERIAL + 1:
            text = plain_number(number)
            return Shown(text, text)
        moment = Moment.of(serial, fine=any(kind == "fraction" for kind, _ in section.tokens))
        text = date_text(section.tokens, moment).strip()
        code = date_code(section.tokens)
        cut = cut_date(section.tokens, moment)
        if code is None or cut is None:
            return Shown(text, text)
        again = date_text(parse_section(code).tokens, Moment.of(cut, fine=False)).strip()
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


def _general(number: float, section: Section, magnitude: float) -> Shown:
    words = [token for token in section.tokens if token[0] not in {"general", "text"}]
    if not words and magnitude == number:
        text = plain_number(number)
        return Shown(text, int(text) if text.lstrip("-").isdigit() else float(text))
    text = "".join(
        plain_number(magnitude) if kind in {"general", "text"} else literal(kind, one)
        for kind, one in section.tokens
    )
    return Shown(text.strip(), text.strip())


def _show_number(section: Section, number: float) -> str:
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
            result.append(literal(kind, text))
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
            result.append(literal(kind, text))
    return "".join(result)


def _show_scientific(section: Section, number: float) -> str:
    kinds = [kind for kind, _ in section.tokens]
    exponent = kinds.index("exponent")
    point = kinds.index("point") if "point" in kinds else exponent
    decimals = sum(1 for kind in kinds[point:exponent] if kind == "digit")
    return f"{number:.{decimals}E}"


def _show_fraction(section: Section, number: float) -> str:
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


def _as_number(section: Section, number: float, text: str) -> Shown:
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
    again = _show_number(parse_section(code), float(release)).strip()
    return Shown(text, release, code) if again == text else Shown(text, text)


def _number_code(section: Section) -> str | None:
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

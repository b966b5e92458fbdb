"""Show dates and times by the tokens of a format code, and cut them to what is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from redactor.formats.number_codes import literal

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST_SERIAL = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of day. Days count as in the 1900 system, with its 29 February 1900."""

    serial_day: int
    seconds: float

    @staticmethod
    def of(serial: float, *, fine: bool) -> Moment:
        """Give the moment of a serial number, to the second or, if ``fine``, the millisecond."""
        day = int(serial)
        seconds = round((serial - day) * 86_400, 3 if fine else 0)
        if seconds >= 86_400:
            return Moment(day + 1, 0.0)
        return Moment(day, seconds)

    @property
    def date(self) -> dt.date:
        """Give the day."""
        start = dt.date(1899, 12, 30) if self.serial_day >= 60 else dt.date(1899, 12, 31)
        return start + dt.timedelta(days=min(self.serial_day, LAST_SERIAL))


def date_text(tokens: tuple[tuple[str, str], ...], moment: Moment) -> str:
    """Show a moment by the tokens of a format code."""
    twelve = any(kind == "ampm" for kind, _ in tokens)
    return "".join(_date_token(kind, text, moment, twelve=twelve) for kind, text in tokens)


def _date_token(kind: str, text: str, moment: Moment, *, twelve: bool) -> str:
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
    return text.strip("#?") if kind == "digit" else literal(kind, text)


def _padded(number: int, text: str) -> str:
    return f"{number:0{min(len(text), 2)}d}"


def _time_part(text: str, moment: Moment, twelve: bool) -> str:
    if text[0] == "s":
        return _padded(int(moment.seconds) % 60, text)
    hours = int(moment.seconds) // 3600
    return _padded((hours + 11) % 12 + 1 if twelve else hours, text)


def _day_part(text: str, moment: Moment) -> str:
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


def date_code(tokens: tuple[tuple[str, str], ...]) -> str | None:
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


def cut_date(tokens: tuple[tuple[str, str], ...], moment: Moment) -> float | None:
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


def _cut_day(shown: set[str], moment: Moment) -> int | None:
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

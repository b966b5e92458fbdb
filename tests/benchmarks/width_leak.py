"""How many bits about a surname the width of its place tells, for each style of box.

A page is written for each of 1,633 surnames, the same but for the name. The name is removed, and
everything that can be measured of what is left is taken down: the place of every glyph and box to
0.01 pt, or every pixel of a picture. Names whose pages look the same cannot be told apart; the bits
told are the mutual information between the name and the page (Bland, Iyer, Levchenko: Story Beyond
the Eye, PoPETs 2023). A sample goes the whole way to a released file; all go through its steps.

Lines hold the same words for every name: where a program broke its lines is not measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.pdf import Pdf
from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.overlay import Overlay, covers_of, drawn
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.raster import picture_of
from redactor.formats.pdf.redaction import order_for, redact_page
from redactor.formats.pdf.setting import set_lines
from redactor.model import PagePlace, key_of

NAMES, SAMPLE = 1633, 60
#: Pictures take long to paint, and look the same for most names: so many are enough.
PICTURES = 240
_PAGES = 100
STYLES = ("exact", "box", "line", "raster")
WIDTH, HEIGHT, LEFT, RIGHT = 595, 240, 72, 523
LABEL = "s40(2)"
_SURNAMES = Path(__file__).parents[2] / "resources" / "detection" / "surnames.txt.gz"
_TRUETYPE = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_AROUND = (
    "The panel met on the third of May in the smaller room.",
    "It heard the two officers who had been on duty then.",
    "It asked why the gate was open, and who had the keys.",
    "Nobody could say with any certainty when it was shut.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """A font as pages are written in it."""

    name: str
    font: Any
    file: Path | None = None

    def shown(self, text: str) -> str:
        """Give a string operand that shows text."""
        if self.file is None:
            return f"({text})"
        return "<" + "".join(f"{self.font.has_glyph(ord(char)):04x}" for char in text) + ">"

    def width(self, text: str, size: float) -> float:
        """Give how wide text is."""
        return float(self.font.text_length(text, size))


@dataclass(frozen=True, slots=True)
class Setting:
    """A place of a name on a page: the words before and after it, and how the line is set."""

    title: str
    before: str
    after: str
    lay: Callable[[Face, float, str, str], str]


# --- pages ---------------------------------------------------------------------------------------


def _from_left(face: Face, _: float, before: str, after: str) -> str:
    return f"{LEFT} 0 Td {face.shown(before + after)} Tj"


def _centred(face: Face, size: float, before: str, after: str) -> str:
    start = (WIDTH - face.width(before + after, size)) / 2
    return f"{start:.4f} 0 Td {face.shown(before + after)} Tj"


def _from_right(face: Face, size: float, before: str, after: str) -> str:
    start = RIGHT - face.width(before + after, size)
    return f"{start:.4f} 0 Td {face.shown(before + after)} Tj"


def _spread(face: Face, size: float, before: str, after: str) -> str:
    """Spread a line to both ends, by numbers between its words."""
    words = (before + after).split(" ")
    left = RIGHT - LEFT - face.width(" ".join(words), size)
    step = -left / (len(words) - 1) / size * 1000
    parts = f" {step:.3f} ".join(face.shown(word + " ") for word in words[:-1])
    return f"{LEFT} 0 Td [{parts} {step:.3f} {face.shown(words[-1])}] TJ"


def _word_by_word(face: Face, size: float, before: str, after: str) -> str:
    """Show each word by an instruction of its own, at a place rounded as Word rounds it."""
    at, parts = float(LEFT), []
    last = 0.0
    for word in (before + after).split(" "):
        place = round(at * 25) / 25
        parts.append(f"{place - last:.2f} 0 Td {face.shown(word + ' ')} Tj")
        at, last = place + face.width(word + " ", size), place
    return " ".join(parts)


SETTINGS = (
    Setting("running text", "It was said that ", " had left before noon.", _from_left),
    Setting("word by word", "It was said that ", " had left before noon.", _word_by_word),
    Setting("line start", "", " had left the site before noon.", _from_left),
    Setting("line end", "The last to leave the site was ", "", _from_left),
    Setting("justified line", "It was said then that ", " had left the site by noon and", _spread),
    Setting("centred heading", "Statement of ", " on the events", _centred),
    Setting("set to the right", "Written by ", " in May", _from_right),
)  # fmt: skip


def faces() -> list[Face]:
    """Give the fonts, as far as they are on this machine."""
    found = [Face("Helvetica", pymupdf.Font("helv")), Face("Times", pymupdf.Font("tiro"))]
    if _TRUETYPE.exists():
        found.append(Face("DejaVu Sans", pymupdf.Font(fontfile=str(_TRUETYPE)), _TRUETYPE))
    return found


def surnames(count: int) -> list[str]:
    """Give surnames, the same ones each time."""
    with gzip.open(_SURNAMES, "rt", encoding="utf-8") as lines:
        names = [line.split()[0] for line in lines if line.strip()]
    plain = [name for name in names if name.isascii() and name.isalpha()]
    return [name.capitalize() for name in sorted(random.Random(2).sample(plain, count))]


def written(face: Face, size: float, setting: Setting, names: Sequence[str]) -> bytes:
    """Write a page for each name."""
    document = pymupdf.open()
    font = 0
    for name in names:
        page = document.new_page(width=WIDTH, height=HEIGHT)
        if face.file is None:
            base = {"Helvetica": "Helvetica", "Times": "Times-Roman"}[face.name]
            font = font or document.get_new_xref()
            document.update_object(
                font, f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>"
            )
            document.xref_set_key(page.xref, "Resources", f"<</Font<</F1 {font} 0 R>>>>")
        else:
            page.insert_font(fontname="F1", fontfile=str(face.file))
        stream = document.get_new_xref()
        document.update_object(stream, "<<>>")
        document.update_stream(stream, _content(face, size, setting, name))
        document.xref_set_key(page.xref, "Contents", f"{stream} 0 R")
    data: bytes = document.tobytes(garbage=1)
    return data


def _content(face: Face, size: float, setting: Setting, name: str) -> bytes:
    lines = []
    for number, text in enumerate(_AROUND):
        shown = _line_around(face, size, setting, text)
        height = HEIGHT - 60 - (number + number // 2) * size * 1.3
        lines.append(f"1 0 0 1 0 {height:.2f} Tm {shown}")
    height = HEIGHT - 60 - 2 * size * 1.3
    shown = setting.lay(face, size, setting.before + name, setting.after)
    lines.append(f"1 0 0 1 0 {height:.2f} Tm {shown}")
    return f"BT /F1 {size} Tf {' '.join(lines)} ET".encode("cp1252")


def _line_around(face: Face, size: float, setting: Setting, text: str) -> str:
    if setting.lay is _centred:
        return _from_left(face, size, text, "")
    return setting.lay(face, size, text, "")


# --- what can be measured ----------------------------------------------------------------------


def bits(seen: Iterable[Hashable]) -> float:
    """Give the mutual information between names that are equally likely and what is seen."""
    counts = Counter(seen)
    total = sum(counts.values())
    return -sum(n / total * math.log2(n / total) for n in counts.values()) + 0.0


def seen_by_steps(data: bytes, names: Sequence[str], style: str) -> list[Hashable]:
    """Remove each name by the steps of a release, and give what can be measured of its page."""
    document = prepare(open_pdf(data))
    overlay = Overlay(document)
    found: list[Hashable] = []
    for number, name in enumerate(names):
        text = PageText(document.load_page(number))
        at = text.text.index(name)
        order = order_for(text, [Spot(at, at + len(name), LABEL)], ())
        if not redact_page(document, number, text, order):
            raise SystemExit(f"page {number + 1} could not be redacted")
        if style == "exact":
            found.append((_glyphs(document[number]), order.stretches[0][0].box))
            continue
        places = set_lines(document, number, text, order, style)
        if places[0].exact:
            raise SystemExit(f"{style}: {places[0].exact}")
        covers = covers_of(order, places, (0, 0, WIDTH, HEIGHT))
        if style == "raster":
            overlay.draw(number, covers)
            found.append(picture_of(document.load_page(number)).digest)
        else:
            found.append((_glyphs(document[number]), tuple(map(drawn, covers))))
    return found


def seen_in_release(data: bytes, names: Sequence[str], style: str) -> list[Hashable]:
    """Release a file in the public way, and give what can be measured of each of its pages."""
    document = Pdf().read(data)
    texts = {segment.id: segment for segment in document.segments}
    spots = {}
    for number, name in enumerate(names):
        place = PagePlace(number)
        at = texts[place.id].text.index(name)
        spots[key_of(place)] = (Spot(at, at + len(name), LABEL),)
    rebuilt = Pdf().rebuild(data, RebuildPlan(spots, pdf_style=style), "pdf")
    released = pymupdf.open("pdf", rebuilt.files[0].data)
    if style == "raster":
        return [picture_of(page).digest for page in released]
    return [(_glyphs(page), _boxes(page)) for page in released]


def _glyphs(page: Any) -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (char["c"], round(char["origin"][0], 2), round(char["origin"][1], 2))
        for block in page.get_text("rawdict")["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for char in span["chars"]
        if not char["c"].isspace()
    )


def _boxes(page: Any) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(at, 2) for at in one["rect"]) for one in page.get_drawings())


# --- the report --------------------------------------------------------------------------------


def measured(names: Sequence[str], sizes: Sequence[float]) -> list[dict[str, Any]]:
    """Measure every setting in every font and size."""
    rows = []
    for setting in SETTINGS:
        for face in faces():
            for size in sizes:
                row: dict[str, Any] = {"setting": setting.title, "font": face.name, "size": size}
                for style in STYLES:
                    mine = _sample(names, PICTURES) if style == "raster" else names
                    seen: list[Hashable] = []
                    for part in (mine[at : at + _PAGES] for at in range(0, len(mine), _PAGES)):
                        seen.extend(seen_by_steps(written(face, size, setting, part), part, style))
                    row[style] = round(bits(seen), 2)
                row["released"] = _released(face, size, setting, _sample(names, SAMPLE))
                rows.append(row)
                print(json.dumps(row), file=sys.stderr, flush=True)
    return rows


def _sample(names: Sequence[str], count: int) -> Sequence[str]:
    return names[:: max(1, len(names) // count)][:count]


def _released(
    face: Face, size: float, setting: Setting, names: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Give the bits that a few names tell by the steps, and by the released file."""
    data = written(face, size, setting, names)
    return {
        style: (
            round(bits(seen_by_steps(data, names, style)), 2),
            round(bits(seen_in_release(data, names, style)), 2),
        )
        for style in STYLES[1:]
    }


def table(rows: Sequence[dict[str, Any]]) -> str:
    """Give the most that each setting tells, over fonts and sizes, as a table."""
    lines = ["| | " + " | ".join(STYLES) + " |", "|---" * (len(STYLES) + 1) + "|"]
    for setting in SETTINGS:
        mine = [row for row in rows if row["setting"] == setting.title]
        most = [max(row[style] for row in mine) for style in STYLES]
        lines.append(f"| {setting.title} | " + " | ".join(f"{one:.1f}" for one in most) + " |")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--names", type=int, default=NAMES)
    parser.add_argument("--sizes", type=float, nargs="+", default=[10.0, 11.0, 12.0])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    rows = measured(surnames(given.names), given.sizes)
    print(json.dumps({"rows": rows}) if given.json else table(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

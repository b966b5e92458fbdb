"""Set the certificate of a release on pages, for people to read. Equal facts give equal bytes."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

from redactor.case.signing import grouped
from redactor.content import Run
from redactor.formats.writers.canvas import PORTRAIT, Canvas
from redactor.formats.writers.typeset import Line, break_lines
from redactor.law.commissioners_checklist import commissioners_checklist
from redactor.law.regimes import law_words
from redactor.lifecycle import Member
from redactor.release import certificate_checklist
from redactor.release.certificate import CertificateFacts, CertifiedRuling
from redactor.release.certificate_rules import CERTIFICATE_JSON
from redactor.release.schedule import place_in_words, ruling_in_words
from redactor.sampling import WHOLE, is_finished

TITLE = "Certificate of release"
_TITLE, _HEADING, _BODY, _SMALL, _DIGEST = 22.0, 12.5, 9.5, 8.5, 8.0
_PADDING = 3.0
_PAIRS = (112.0, 383.0)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_FILES = (("File", 216.0), ("Document", 52.0), ("Bytes", 66.0), ("SHA-256", 161.0))
_CHECKS = (("What was checked", 215.0), ("Program and version", 220.0), ("Times", 60.0))
_RULINGS = (("Document", 50.0), ("Part", 105.0), ("What was decided", 90.0),
            ("Why, and by whom", 250.0))  # fmt: skip
#: For a heading, a paragraph, the titles, and a first row of up to eight lines.
_TABLE_ROOM = 190.0
#: Columns whose numbers stand under one another.
_NUMBERS = frozenset({"Bytes", "Times"})


def certificate_pdf(facts: CertificateFacts) -> bytes:
    """Write the certificate as a PDF: A4 upright, pages numbered, no properties.

    Letters that no font here has are given by their Unicode number, never left out.
    """
    pages = _painted(facts, 0).canvas.page_count
    return _painted(facts, pages).canvas.finish()


def moment_in_words(at: str) -> str:
    """Give a time of the log as people write it: ``1 March 2026 at 08:30 UTC``."""
    try:
        when = dt.datetime.fromisoformat(at).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return at
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year} at {when:%H:%M} UTC"


class _Sheet:
    """Paints headings, paragraphs, pairs and tables onto a canvas."""

    def __init__(self) -> None:
        self.canvas = Canvas(PORTRAIT)
        #: Whether a letter had to be given by its number.
        self.coded = False

    def heading(self, text: str, room: float = 90.0) -> None:
        """Print a heading, on the page of what follows it, which needs this much room."""
        self.canvas.keep_room(room)
        self.canvas.skip(16)
        self.canvas.put_lines(self.lines(text, self.canvas.width, _HEADING, bold=True))
        self.canvas.skip(3)

    def paragraph(self, text: str, *, bold: bool = False, indent: float = 0.0) -> None:
        """Print a paragraph."""
        lines = self.lines(text, self.canvas.width, _BODY, bold=bold, indent=indent)
        self.canvas.keep_room(min(len(lines), 4) * _BODY * 1.3)
        self.canvas.put_lines(lines)
        self.canvas.skip(4)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Print titles with what belongs to each."""
        self.canvas.rule(0.4, 0.6)
        for title, text in rows:
            cells = [
                self.lines(title, _PAIRS[0] - 2 * _PADDING, _BODY, bold=True),
                self.lines(text, _PAIRS[1] - 2 * _PADDING, _BODY),
            ]
            self.canvas.put_row(cells, list(_PAIRS), _PADDING, boxed=False)

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """Print a table; its titles stand on every page that it goes over."""
        widths = [width for _, width in columns]
        header = [
            self._cell(title, title, width, bold=True)
            for title, width in columns
        ]  # fmt: skip
        self.canvas.put_row(header, widths, _PADDING, boxed=False)
        for row in rows:
            cells = [
                self._cell(title, text, width)
                for (title, width), text in zip(columns, row, strict=True)
            ]
            self.canvas.put_row(cells, widths, _PADDING, header, boxed=False)

    def lines(
        self, text: str, width: float, size: float, *, bold: bool = False, indent: float = 0.0
    ) -> list[Line]:
        """Break a text into lines."""
        run = Run(self._printable(text), bold)
        return break_lines((run,), width, size, self.canvas.fonts, indent)

    def _cell(self, title: str, text: str, width: float, *, bold: bool = False) -> list[Line]:
        room = width - 2 * _PADDING
        size = _DIGEST if title == "SHA-256" and not bold else _SMALL
        lines = self.lines(text, room, size, bold=bold)
        if title not in _NUMBERS:
            return lines
        return [
            Line(one.pieces, one.size, max(room - sum(p.width for p in one.pieces) - 6, 0.0))
            for one in lines
        ]

    def _printable(self, text: str) -> str:
        """Give a text with every letter that cannot be seen or printed as its Unicode number."""
        if text.isascii() and text.isprintable():
            return text
        lines = "\n".join(unicodedata.normalize("NFC", text).splitlines())
        return "".join(self._letter(one) for one in lines)

    def _letter(self, letter: str) -> str:
        if letter == "\n":
            return letter
        if letter == "\t" or unicodedata.category(letter) == "Zs":
            return " "
        if not unicodedata.category(letter).startswith("C") and self.canvas.fonts.can_show(letter):
            return letter
        self.coded = True
        return f"[U+{ord(letter):04X}]"


def _painted(facts: CertificateFacts, pages: int) -> _Sheet:
    sheet = _Sheet()
    foot = f"{TITLE}, {facts.ref}"

    def foot_of(page: int) -> list[Line]:
        return sheet.lines(f"Page {page} of {pages}    {foot}", sheet.canvas.width, 8.0)[:1]

    sheet.canvas.foot_pages(foot_of)
    repeated = facts.repeated
    _paint_head(sheet, facts)
    _paint_people(sheet, facts)
    _paint_files(sheet, facts, repeated["files"])
    _paint_checks(sheet, repeated)
    _paint_second_look(sheet, repeated["second_look"])
    _paint_sample(sheet, facts, repeated["sample"])
    _paint_checklist(sheet, facts)
    _paint_rulings(sheet, facts.rulings)
    _paint_log(sheet, facts, repeated["log"])
    _paint_how_to_check(sheet)
    return sheet


def _paint_head(sheet: _Sheet, facts: CertificateFacts) -> None:
    canvas = sheet.canvas
    canvas.put_lines(sheet.lines(TITLE, canvas.width, _TITLE, bold=True))
    canvas.skip(7)
    canvas.rule(2.0, 0.0)
    canvas.skip(8)
    if facts.approved is None:
        sheet.paragraph("DRAFT – NOT APPROVED. Nothing may be released with this page.", bold=True)
    sheet.paragraph(
        "This certificate records what was released, who prepared it, who approved it, and what "
        "was checked before it left. The last section says how anyone can check it."
    )
    canvas.skip(4)
    body, law = facts.submitted.body, law_words(facts.regime)
    withheld, kept = body["redactions"], body["kept"]
    decisions = f"{_counted(withheld, 'place')} withheld; {_counted(kept, 'marked place')} released"
    sheet.pairs(
        [
            ("Case reference", facts.ref),
            ("Released under", law.title if law else facts.regime),
            ("Documents", f"{body['documents']:,} in the case"),
            ("Decisions", decisions),
        ]
    )


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _paint_people(sheet: _Sheet, facts: CertificateFacts) -> None:
    sheet.heading("Who prepared and who approved this release")
    approver = facts.approved_by
    submitted = f"{moment_in_words(facts.submitted.at)}, by {facts.submitted.actor}"
    titles = ["Prepared by"] + [""] * len(facts.prepared_by)
    rows = [(title, _person(one)) for title, one in zip(titles, facts.prepared_by, strict=False)]
    rows.append(("Submitted", submitted))
    if approver is not None and facts.approved is not None:
        rows.append(("Approved by", _person(approver)))
        rows.append(("Approved", moment_in_words(facts.approved.at)))
        if roster := facts.approved.body.get("roster"):
            rows.append(("Roster", f"On the list of reviewers with SHA-256\n{_halved(roster)}"))
    sheet.pairs(rows)
    if approver is not None:
        sheet.canvas.skip(6)
        sheet.paragraph(
            f"{approver.name}, who approved, is a different person from those who prepared the "
            "release, and signed with a different key."
        )


def _person(member: Member) -> str:
    return f"{member.name}, {member.role}\nKey {grouped(member.fingerprint)}"


def _paint_files(sheet: _Sheet, facts: CertificateFacts, files: list[dict[str, Any]]) -> None:
    released = "are released" if facts.approved is not None else "would be released"
    sheet.heading("What was released", _TABLE_ROOM)
    sheet.paragraph(
        f"{_counted(len(files), 'file')} {released}, besides this certificate. A file that differs "
        "in a single byte has another SHA-256."
    )
    sheet.table(
        _FILES,
        [
            (
                one["name"],
                str(one.get("document", "–")),
                f"{one['bytes']:,}",
                _halved(one["sha256"]),
            )
            for one in files
        ],
    )


def _halved(digest: str) -> str:
    """Give a digest in two lines of four groups, as it can be compared by eye."""
    groups = [digest[at : at + 8] for at in range(0, len(digest), 8)]
    return f"{' '.join(groups[:4])}\n{' '.join(groups[4:])}"


def _paint_checks(sheet: _Sheet, repeated: dict[str, Any]) -> None:
    sheet.heading("What was checked", _TABLE_ROOM)
    sheet.paragraph(
        "Programs that did not write the files searched them for everything that was withheld. "
        "Every one of these checks was passed."
    )
    rows = [(one["name"], one["engine"], f"{one['count']:,}") for one in repeated["checks"]]
    sheet.table(_CHECKS, rows)
    sheet.canvas.skip(6)
    versions = "; ".join(f"{name} {version}" for name, version in repeated["versions"].items())
    sheet.paragraph(f"Made with {versions}.")


def _paint_second_look(sheet: _Sheet, look: dict[str, Any]) -> None:
    sheet.heading("What was looked for again")
    if not look:
        sheet.paragraph("No second look was taken before this release was submitted.")
        return
    ruled = f"{look['dismissed']:,} dismissed with a reason, {look['decided']:,} decided on"
    sheet.paragraph(
        "Before it was submitted, everything that was read was searched again for places near what "
        "was withheld: the same words, other ways of writing a name or number, misspellings, "
        "numbers beside a withheld name, and pages without a redaction among many. A person ruled "
        f"on every place that was all but certainly missed. In the case, places ruled on: {ruled}. "
        f"Places that only may be near something, and that nobody ruled on: {look['left']:,}."
    )


def _paint_sample(sheet: _Sheet, facts: CertificateFacts, sample: dict[str, Any]) -> None:
    if facts.approved is None:
        return
    sheet.heading("What was read again, and what that shows")
    for one in sample.get("earlier", ()):
        sheet.paragraph(_earlier(one))
    if not sample.get("drawn"):
        sheet.paragraph("No re-check sample was taken: how much was missed was not estimated.")
        return
    sheet.paragraph(_UNIT)
    if not is_finished(sample):
        sheet.paragraph(
            f"{sample['drawn']:,} of {_counted(sample['units'], 'unit')} were drawn by lot, and "
            f"{sample['looked_at']:,} of them were read. The re-check sample was not finished, so "
            "it shows no rate."
        )
        return
    sheet.paragraph(_shown_by(sample))


_UNIT = (
    "A unit is a passage of about 100 words of what is released: a part of a page, some "
    "paragraphs, or some rows of a table. Which units were read was drawn by lot from the digests "
    "of the submission and of the manifest, spread over the files by their size; nobody could "
    "choose."
)


def _shown_by(sample: dict[str, Any]) -> str:
    units = _counted(sample["units"], "unit")
    read = f"A reviewer who prepared nothing read {sample['looked_at']:,} of {units}"
    missed = f"found something missed in {sample['missed_units']:,}"
    if sample["looked_at"] == sample["units"]:
        return f"{read}, which is all there is, and {missed}."
    return (
        f"{read} and {missed}. From this, the estimated share of units that hold something missed "
        f"is {_share_found(sample)}, with a 95 % interval from {_percent(sample['low'])} to "
        f"{_percent(sample['high'])} (Clopper and Pearson). With 95 % confidence it is not more "
        f"than {_percent(sample['most'])}."
    )


def _earlier(sample: dict[str, Any]) -> str:
    return (
        f"An earlier submission was read in the same way and sent back or changed: of "
        f"{sample['looked_at']:,} units read, {sample['missed_units']:,} held something missed "
        f"({_counted(sample['missed_places'], 'place')})."
    )


def _share_found(sample: dict[str, Any]) -> str:
    return _percent(round(WHOLE * sample["missed_units"] / sample["looked_at"]))


def _percent(share: int) -> str:
    """Give a share in ten-thousandths as people write it."""
    return f"{share / (WHOLE // 100):.2f}".rstrip("0").rstrip(".") + " %"


def _paint_checklist(sheet: _Sheet, facts: CertificateFacts) -> None:
    sheet.heading(commissioners_checklist().title, _TABLE_ROOM)
    widths = (0.29, 0.15, 0.16, 0.4)
    columns = [
        (title, share * sheet.canvas.width)
        for title, share in zip(certificate_checklist.TITLES, widths, strict=True)
    ]
    rows = certificate_checklist.checklist_rows(facts, moment_in_words)
    sheet.table(columns, tuple(rows))


def _paint_rulings(sheet: _Sheet, rulings: Sequence[CertifiedRuling]) -> None:
    sheet.heading("Parts that the program could not read", _TABLE_ROOM)
    if not rulings:
        sheet.paragraph("There were none.")
        return
    sheet.paragraph("A named person looked at each of these parts and decided about it.")
    sheet.table(_RULINGS, [_ruled(one) for one in rulings])


def _ruled(one: CertifiedRuling) -> tuple[str, str, str, str]:
    words = place_in_words(one.place)
    # A seal over a name is for programs; people are told the document, the ruling and who made it.
    is_named = words.startswith("page") or one.place.startswith("sealed:")
    place = words if is_named else f"{words}: {one.place}"
    decided = ruling_in_words(one.ruling)
    return (
        str(one.document),
        place,
        decided,
        f"{one.reason}\n{one.by}, {moment_in_words(one.at)}",
    )


def _paint_log(sheet: _Sheet, facts: CertificateFacts, log: dict[str, Any]) -> None:
    what = "approval" if facts.approved is not None else "submission"
    sheet.heading("The log of the case")
    sheet.paragraph(
        f"Every step in the case is in its log, which shows any later change to it. The {what} is "
        f"event {log['events']:,}, and its digest stands for all that came before:"
    )
    sheet.paragraph(grouped(log["head"]))


def _paint_how_to_check(sheet: _Sheet) -> None:
    sheet.heading("How to check this release")
    sheet.paragraph("1.  Keep all the files in one folder, with nothing else in it.")
    sheet.paragraph(
        "2.  On any computer with Redactor, run this with the name of the folder. It needs neither "
        "the case nor its passphrase:"
    )
    sheet.paragraph("redactor case check FOLDER", bold=True, indent=16.0)
    sheet.paragraph(
        "3.  Ask the authority for the fingerprint of the approver's key, by another way than "
        "this certificate came, and compare it with the one above. The check shows that all of "
        "this was signed with that key; only the authority can say whose key it is."
    )
    if sheet.coded:
        sheet.paragraph(
            "Letters that this page cannot show are given by their Unicode number, such as "
            f"[U+0041] for A; {CERTIFICATE_JSON} has them as they were written."
        )

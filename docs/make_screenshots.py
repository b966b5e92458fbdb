"""Make the pictures of the documentation: run ``python docs/make_screenshots.py``.

Builds a case from the bundled sample, decides a little of it, and keeps pictures of the window in
``docs/screenshots``. Everything shown is invented. It needs no display.
"""

# ruff: noqa: E402, TID251 - a script that shows the window, run from any folder

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from math import cos, sin
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pymupdf
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from redactor.app import demo
from redactor.app.requests import record_request
from redactor.case.signing import Signer, new_signer
from redactor.config import resource_path
from redactor.events import Mark
from redactor.law.request import Question, Request, Stance
from redactor.model import Action, Area, Role
from redactor.workers import Lane
from ui import theme
from ui.session import Session
from ui.window import MainWindow

_PATIENCE_S = 180
_SETTLE_S = 1.2
_OFFICER, _REVIEWER = "Morwenna Teague", "Idris Vaughan"
_CASE_WORDS = "four invented words here"
_REDACT = (
    "The person is not the subject of the request and would not expect to be named. "
    "Disclosure would not be fair."
)
_STATEMENT = (
    "Statement of Bryony Hosking, aged 34, of 7 Quay Street, Porthallow",
    "On 4 March 2025 at about 19:15 I stood at my kitchen window and saw my",
    "neighbour, Kenver Trewin, leave by the back gate. He carried a blue rucksack",
    "and spoke to nobody. Soon after, PC 4417 Dermot Ashworth came.",
    "He took my account and gave me the reference MC/CO/2025/0318.",
    "My telephone number is 01632 960947, and I am willing to attend court.",
    "I have not spoken to the press, and do not wish to be named.",
)
_SIGNATURE = (50.0, 362.0, 208.0, 418.0)
_WHO = "Colleagues of an officer against whom an allegation was made in that year."
_WHY_SMALL = "Those who worked there would know who is meant."
_KEEP = "A chief officer acts in public and is accountable in public."


def main() -> int:
    """Make the pictures; gives the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, temporary)
        app = QApplication([])
        theme.apply(app, dark="--dark" in sys.argv)
        window = MainWindow()
        officer = new_signer(_OFFICER, Role.OFFICER)
        window.who.sign_in(officer)
        window.show()
        window.resize(1440, 900)
        documents = resource_path("sample_case", "documents")
        scan = _scanned_statement(Path(temporary) / "witness-statement-scan.pdf")
        files = [documents / "misconduct-summary.pdf", *sorted(documents.iterdir()), scan]
        files = list(dict.fromkeys(files))
        path = Path(temporary) / "sample.redactor"
        window.cases.create(path, "MC/FOI/2025/0417", _CASE_WORDS, officer, files=files)
        _until(app, lambda: window.session is not None)
        session = window.session
        if session is None:
            raise SystemExit("the case could not be opened")
        _until(
            app,
            lambda: (
                len(session.documents) == len(files)
                and not session.readings.numbers
                and not session.readings.inbox
            ),
        )
        _review(app, window, session)
        _keep(window, "review")
        _scan(app, window, session)
        _keep(window, "scan")
        _sheet(app, window, session)
        _keep(window, "sheet")
        _numbers(app, window)
        _keep(window, "numbers")
        _request(app, window, session)
        _keep(window, "request")
        _sign_off(app, window)
        _keep(window, "sign-off")
        _second_line(app, window, Path(temporary) / "submitted.redactor", officer)
        _keep(window, "second-line")
        window.tabs.setCurrentWidget(window.log)
        _settle(app)
        _keep(window, "log")
        window.close()
    return 0


def _review(app: QApplication, window: MainWindow, session: Session) -> None:
    window.review.choose_document(1)
    decision = window.review.decision
    decision.remember("s40(2) by s40(3A)(a)", {Action.REDACT: _REDACT, Action.KEEP: _KEEP}, "")
    findings = window.review.findings
    findings.table.setFocus()
    findings.select_row(0)
    for number in range(9):
        window.review.decide(Action.KEEP if number in {4, 7} else Action.REDACT)
        _until(app, lambda: not session.pending)
    marks = [session.marks.by_id[one] for one in session.marks.by_document[1]]
    findings.select_mark(next(one.id for one in marks if one.text == "Ashworth"))
    window.review.decide(Action.REDACT, everywhere=True)
    _until(app, lambda: not session.pending)
    findings.table.scrollToTop()
    window.statusBar().clearMessage()
    _settle(app)


def _scanned_statement(path: Path) -> Path:
    """Write a signed statement as a scanner would: a page of pixels and nothing else."""
    printed, scan = pymupdf.open(), pymupdf.open()
    page = printed.new_page(width=420, height=595)
    page.insert_text((40, 60), "Witness statement", fontsize=15, fontname="tibo")
    for number, line in enumerate(_STATEMENT):
        page.insert_text((40, 96 + 24 * number), line, fontsize=10.5, fontname="tiro")
    strokes = [_on_signature(step / 8) for step in range(150)]
    page.draw_polyline(strokes, color=(0.05, 0.05, 0.3), width=1.4)
    pixels = page.get_pixmap(dpi=200)
    scan.new_page(width=420, height=595).insert_image(page.rect, pixmap=pixels)
    scan.save(path)
    return path


def _on_signature(at: float) -> tuple[float, float]:
    return 60 + at * 7 + 10 * sin(at * 2.3), 390 + 20 * sin(at * 1.7) * cos(at * 0.7)


def _scan(app: QApplication, window: MainWindow, session: Session) -> None:
    """Show what was read from pixels, with some of it decided and a box over the signature."""
    number = next(one.number for one in session.documents.values() if "scan" in one.name)
    window.review.choose_document(number)
    _settle(app)
    findings = window.review.findings
    findings.select_row(0)
    for _ in range(4):
        window.review.decide(Action.REDACT)
        _until(app, lambda: not session.pending)
    window.review.viewing.area_drawn.emit(Area(0, *_SIGNATURE))
    _until(app, lambda: any(m.by_hand and m.document == number for m in _marks(session)))
    _until(app, lambda: not session.pending)
    window.statusBar().clearMessage()
    _settle(app)


def _marks(session: Session) -> list[Mark]:
    return list(session.marks.by_id.values())


def _sheet(app: QApplication, window: MainWindow, session: Session) -> None:
    number = next(one.number for one in session.documents.values() if one.name.endswith(".xlsx"))
    window.review.choose_document(number)
    _settle(app)
    sheet = "Table 4"
    marks = session.marks
    for one in marks.by_document[number]:
        target = marks.by_id[one].target
        if getattr(target, "segment", "").startswith(f"sheet:{sheet}!"):
            window.review.findings.select_mark(one)
            break
    _settle(app)


def _numbers(app: QApplication, window: MainWindow) -> None:
    """Show the answers side by side, with a figure chosen that protects others."""
    window.commands["small-numbers"].trigger()
    page, comparing = window.numbers, window.numbering.comparing
    _until(app, lambda: page.pages.currentWidget() is page.work)
    page.layout_step.tick.click()
    page.rule.who.setPlainText(_WHO)
    window.numbering.go(2)
    _until(app, lambda: all(one.is_answered for one in page.cards.cards))
    answer = comparing.answer
    if answer is None or not answer.secondary:
        raise SystemExit("the small numbers could not be protected")
    window.numbering.go_to(answer.secondary[:1])
    page.applying.ground.remember("s40(2) by s40(3A)(a)", _WHY_SMALL, "")
    _settle(app)
    page.grid.setFocus()
    _settle(app)


def _request(app: QApplication, window: MainWindow, session: Session) -> None:
    questions = (
        Question(
            "How many allegations of misconduct were recorded in each year from 2019?",
            documents=(1,),
            answer="The totals are in the summary. Two places in it are withheld.",
        ),
        Question("What was the outcome of each?", documents=(1, 2)),
        Question("How many officers were seconded?", Stance.NOT_HELD),
    )
    received = (dt.datetime.now(tz=dt.UTC) - dt.timedelta(days=15)).date()
    asked = Request(questions, received=received, advice="Ask for the figures grouped by year.")
    session.record_request(lambda case: record_request(case, asked))
    _settle(app)
    window.commands["request"].trigger()
    _until(app, lambda: window.request.list.count() == len(questions))
    window.request.list.setFocus()
    _settle(app)


def _sign_off(app: QApplication, window: MainWindow) -> None:
    page = window.signing_off.page
    window.tabs.setCurrentWidget(page)
    _until(app, lambda: page.list.count() > 0)
    window.statusBar().clearMessage()
    _settle(app)
    QApplication.processEvents()


def _second_line(app: QApplication, window: MainWindow, path: Path, officer: Signer) -> None:
    """Open a submitted case as its reviewer."""
    reviewer = new_signer(_REVIEWER, Role.REVIEWER)
    case = demo.make_sample_case(path, officer)
    case.invite(reviewer.fingerprint, reviewer.name, Role.REVIEWER)
    with Lane() as lane:
        demo.prepare(case, lane, lambda _: None)
    case.close(backup=False)
    before = window.session
    window.who.sign_in(reviewer)
    window.cases.open(path, demo.SAMPLE_PASSPHRASE, reviewer)
    _until(app, lambda: window.session is not None and window.session is not before)
    page = window.second_line
    _until(app, lambda: page.findings.model.rowCount() > 0)
    page.findings.table.selectRow(1)
    _settle(app)
    _settle(app)
    window.statusBar().clearMessage()
    _settle(app)


def _until(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while not done():
        app.processEvents()
        time.sleep(0.01)
        if time.monotonic() > end:
            raise SystemExit("it took too long")


def _settle(app: QApplication) -> None:
    end = time.monotonic() + _SETTLE_S
    _until(app, lambda: time.monotonic() > end)


def _keep(window: MainWindow, name: str) -> None:
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(folder / f"{name}.png"), "PNG", 0)  # packed as small as it goes


if __name__ == "__main__":
    raise SystemExit(main())

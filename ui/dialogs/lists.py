"""The lists of a case: always, never, packs, and what its decisions suggest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from redactor.app.case_lists import Row
from redactor.app.site_lists import (
    SUFFIX,
    SiteLists,
    export_site_lists,
    open_site_lists,
    require_site_name,
    with_entries,
)
from redactor.errors import ListsError, RedactorError, UsageError
from redactor.labels import LABEL_BY_NAME, LABELS
from redactor.lists import CASE, LISTED, Match, Which, new_entry
from ui.dialogs.base import Asking, PassphraseField, new_form, words
from ui.listing import Listing
from ui.settings import Settings

_SAID = {
    Which.ALWAYS: "These words are found wherever they stand, in any capitals and spacing. A "
    "person still decides each place.",
    Which.NEVER: "These words are still found and still shown, but proposed to be kept. A person "
    "still decides each place.",
}
_COMPARED = {
    Match.WORDS: "any capitals",
    Match.EXACT: "as written",
    Match.SHAPE: "this shape",
}
_FILTER = f"Lists (*{SUFFIX})"
_LARGEST_PACK = 1024 * 1024


class Listed(QWidget):
    """A table of rows, with what can be done with them under it."""

    def __init__(self, name: str, headings: Sequence[str], said: str) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(headings))
        self.table.setAccessibleName(name)
        self.table.setHorizontalHeaderLabels(list(headings))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.doing: list[QWidget] = []
        self.under = QHBoxLayout()
        self.under.setSpacing(8)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(12, 12, 12, 12)
        self.layout_.setSpacing(10)
        self.layout_.addWidget(words(said, "quiet"))
        self.layout_.addWidget(self.table, 1)
        self.layout_.addLayout(self.under)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows and no others; the one that was chosen stays so, as near as may be."""
        at = max(0, self.table.currentRow())
        self.table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        for column in range(self.table.columnCount() - 1):
            self.table.resizeColumnToContents(column)
            width = self.table.columnWidth(column)
            self.table.setColumnWidth(column, max(90, min(width + 16, 220)))
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))

    def chosen(self) -> list[int]:
        """Give the positions of the rows that are chosen."""
        return sorted({one.row() for one in self.table.selectionModel().selectedRows()})

    def button(self, text: str, do: Callable[[], object], key: str = "") -> QPushButton:
        """Add a button; its key works in the table."""
        made = QPushButton(text)
        made.setAccessibleName(text.replace("&", "").rstrip("…"))
        made.setAutoDefault(False)
        made.clicked.connect(lambda _=False: do())
        if key:
            made.setToolTip(f"{made.accessibleName()} ({key})")
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(made.click)
        self.put(made)
        return made

    def put(self, widget: QWidget, stretch: int = 0) -> None:
        """Put something that changes the list under it."""
        self.doing.append(widget)
        self.under.addWidget(widget, stretch)


class ListsDialog(QDialog):
    """Shows the lists of the open case, and changes them."""

    def __init__(self, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lists of the case")
        self.resize(980, 580)
        self._listing = listing
        self._rows: dict[str, list[Row]] = {}
        self.lists = {which: self._of_list(which) for which in Which}
        self.packs = Listed(
            "Packs of patterns",
            ("Pack", "Version", "Rules", "Source"),
            "A pack holds patterns for the authority's own numbers. It is tried out on the "
            "examples that it brings, and taken only if all of them hold.",
        )
        self.packs.button("&Adopt a pack…", self._choose_pack)
        self.drop_pack = self.packs.button("&Take off", lambda: self._remove("packs"), "Del")
        self.packs.under.addStretch(1)
        self.suggestions = Listed(
            "Suggestions",
            ("List", "Text", "Label", "What it rests on"),
            "What was decided in this case suggests these. Nothing comes of a suggestion unless "
            "you accept it.",
        )
        self.accept_one = self.suggestions.button("&Accept", self._accept, "Return")
        self.dismiss = self.suggestions.button("Turn &down", self._dismiss, "Del")
        self.suggestions.under.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName("Always, never, packs or suggestions")
        self.trouble = words("", "trouble")
        self.trouble.hide()
        self.told = words("", "quiet")
        self.outdated = QLabel()
        self.search = self._plain("&Search again", self._search)
        self.undo = self._plain("&Undo", listing.undo)
        self.adopt = self._plain("Adopt the authorit&y's lists…", self._choose_lists)
        self.export = self._plain("&Export…", self._export)
        self._lay_out()
        listing.changed.connect(self._show)
        listing.told.connect(self._tell)
        listing.failed.connect(self._fail)
        listing.load()

    def _of_list(self, which: Which) -> Listed:
        name = f"The {which} list"
        made = Listed(name, ("Text", "Label", "Compared", "From", "Why"), _SAID[which])
        text, why, label = QLineEdit(), QLineEdit(), QComboBox()
        text.setPlaceholderText("A word or a phrase")
        text.setAccessibleName(f"Text for the {which} list")
        why.setPlaceholderText("Why; shown beside its findings")
        why.setAccessibleName("Why")
        label.setAccessibleName("Label")
        label.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        label.setMinimumContentsLength(14)
        for one in LABELS:
            if one.name != "MANUAL":
                label.addItem(one.title, one.name)
        label.setCurrentIndex(label.findData(LISTED))
        label.setVisible(which is Which.ALWAYS)
        exact = QCheckBox("E&xact capitals")

        def add() -> None:
            match = Match.EXACT if exact.isChecked() else Match.WORDS
            try:
                entry = new_entry(
                    text.text(), label=str(label.currentData()), match=match, why=why.text()
                )
            except UsageError as error:
                self._fail(error)
                return
            self._listing.add(which, entry)
            text.clear()
            why.clear()
            text.setFocus()

        for widget in (text, label, why):
            made.put(widget, 0 if widget is label else 1)
        made.put(exact)
        made.button("&Add", add)
        made.button("&Take off", lambda: self._remove(str(which)), "Del")
        for line in (text, why):
            line.returnPressed.connect(add)
        made.setFocusProxy(text)
        return made

    def _plain(self, text: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(text)
        made.setAccessibleName(text.replace("&", "").rstrip("…"))
        made.setAutoDefault(False)
        made.clicked.connect(lambda _=False: do())
        return made

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        if not isValid(self):
            return
        held = self._listing.held
        self._rows = {name: [] for name in (*map(str, Which), "packs")}
        for row in held.rows:
            self._rows[row.list].append(row)
        titles = ["&1 Always", "&2 Never", "&3 Packs", "&4 Suggestions"]
        counts = [*(len(rows) for rows in self._rows.values()), len(held.suggestions)]
        for at, (title, count) in enumerate(zip(titles, counts, strict=True)):
            self.tabs.setTabText(at, f"{title} ({count:,})")
        for which in Which:
            self.lists[which].show_rows([_cells(row) for row in self._rows[which]])
        self.packs.show_rows(
            [
                (one.pack.name, one.pack.version, str(len(one.pack.rules)), one.pack.source)
                for one in self._rows["packs"]
                if one.pack is not None
            ]
        )
        self.suggestions.show_rows(
            [
                (str(one.which).capitalize(), one.entry.text, _title(one.entry.label), one.words)
                for one in held.suggestions
            ]
        )
        count = len(held.outdated)
        documents = "1 document was" if count == 1 else f"{count:,} documents were"
        said = f"{documents} searched before the lists last changed." if count else ""
        self.outdated.setText(said)
        self.search.setVisible(count > 0)
        self.undo.setEnabled(self._listing.can_undo)
        self._allow()

    def _allow(self) -> None:
        may = self._listing.can_change
        for listed in (*self.lists.values(), self.packs, self.suggestions):
            for widget in listed.doing:
                widget.setEnabled(may)
        for button in (self.search, self.adopt):
            button.setEnabled(may)
        for button in (self.accept_one, self.dismiss):
            button.setEnabled(may and bool(self._listing.held.suggestions))
        self.drop_pack.setEnabled(may and bool(self._rows.get("packs")))
        self.export.setEnabled(any(self._rows.get(str(which)) for which in Which))

    def _tell(self, sentence: str) -> None:
        if isValid(self):
            self.trouble.hide()
            self.told.setText(sentence)

    def _fail(self, error: RedactorError) -> None:
        if isValid(self):
            self.told.clear()
            self.trouble.setText(error.user_message)
            self.trouble.show()

    # --- doing --------------------------------------------------------------------------------

    def _remove(self, name: str) -> None:
        listed = self.packs if name == "packs" else self.lists[Which(name)]
        rows = [self._rows[name][at] for at in listed.chosen()]
        if rows:
            self._listing.remove(rows)

    def _accept(self) -> None:
        for at in self.suggestions.chosen()[:1]:
            self._listing.accept(self._listing.held.suggestions[at].key)

    def _dismiss(self) -> None:
        for at in self.suggestions.chosen()[:1]:
            self._listing.dismiss(self._listing.held.suggestions[at].key)

    def _search(self) -> None:
        self._listing.search_again()
        self.accept()

    def _choose_pack(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "Adopt a pack", "", "Packs (*.toml)")
        if path:
            self.take_pack(Path(path))

    def take_pack(self, path: Path) -> None:
        """Adopt the pack in a file."""
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST_PACK)
        except OSError:
            self._fail(
                UsageError(f"{path.name} cannot be read. Nothing was changed. Choose another file.")
            )
            return
        self._listing.add_pack(raw)

    def _choose_lists(self) -> None:
        start = str(Settings().site_lists)
        path, _ = QFileDialog.getOpenFileName(self, "Adopt the authority's lists", start, _FILTER)
        if path:
            self.ask_to_adopt(Path(path))

    def ask_to_adopt(self, path: Path) -> OpenListsDialog:
        """Ask for the passphrase of a file of lists, and adopt them."""
        asking = OpenListsDialog(path, self)
        asking.accepted.connect(lambda: self._adopt(path, asking.passphrase.text))
        asking.open()
        return asking

    def _adopt(self, path: Path, passphrase: str) -> None:
        def read() -> SiteLists:
            site = open_site_lists(path, passphrase)
            Settings().site_lists = path  # offered when the next case is made
            return site

        self._listing.adopt(read)

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Export the lists", "", _FILTER)
        if path:
            self.ask_to_export(Path(path))

    def ask_to_export(self, path: Path) -> ExportListsDialog:
        """Ask for a name and a passphrase, and write the lists of the case in a file of its own."""
        to = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        asking = ExportListsDialog(to, self)
        asking.accepted.connect(lambda: self._write(to, asking.name.text(), asking.passphrase.text))
        asking.open()
        return asking

    def _write(self, path: Path, name: str, passphrase: str) -> None:
        try:
            site = SiteLists(require_site_name(name))
            for which in Which:
                entries = [row.entry for row in self._rows[which] if row.entry is not None]
                site = with_entries(site, which, entries)
            export_site_lists(path, site, passphrase)
        except (ListsError, UsageError) as error:
            self._fail(error)
        else:
            self._tell(f"The lists are in {path.name}. Only its passphrase opens it.")

    def _lay_out(self) -> None:
        for listed in (*self.lists.values(), self.packs, self.suggestions):
            self.tabs.addTab(listed, "")
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.outdated)
        below.addWidget(self.search)
        below.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        last = QHBoxLayout()
        last.setSpacing(8)
        for button in (self.undo, self.adopt, self.export):
            last.addWidget(button)
        last.addStretch(1)
        last.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.trouble)
        layout.addWidget(self.told)
        layout.addLayout(below)
        layout.addLayout(last)


class OpenListsDialog(Asking):
    """Asks for the passphrase of a file of lists."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Adopt the authority's lists", "Adopt")
        self.say(
            f"The case takes a copy of what {path.name} lists now. The log records its digest and "
            "how many entries there are, never their words."
        )
        self.passphrase = PassphraseField("Passphrase")
        form = new_form()
        form.addRow("&Passphrase", self.passphrase)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.buttons)
        self.make_room()


class ExportListsDialog(Asking):
    """Asks for what an exported file of lists is called inside, and for its passphrase."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Export the lists", "Export")
        self.say(f"{path.name} is encrypted. Whoever has its passphrase can read every entry.")
        self.name = QLineEdit()
        self.name.setAccessibleName("Authority")
        self.passphrase = PassphraseField("Passphrase")
        form = new_form()
        form.addRow("&Authority", self.name)
        form.addRow("&Passphrase", self.passphrase)
        self.layout_.addLayout(form)
        self.layout_.addWidget(self.buttons)
        self.make_room()


def _cells(row: Row) -> tuple[str, ...]:
    entry = row.entry
    if entry is None:
        return ()
    origin = "this case" if entry.origin == CASE else entry.origin
    return entry.text, _title(entry.label), _COMPARED[entry.match], origin, entry.why


def _title(label: str) -> str:
    known = LABEL_BY_NAME.get(label)
    return known.title if known is not None else label

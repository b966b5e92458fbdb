"""Choosing a limb: by section, those of the case first, and found by typing a number or words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QWidget

from redactor.errors import UsageError
from redactor.law.exemptions import Exemption, exemption_named, exemptions
from redactor.law.limb_list import by_section, finds
from redactor.law.regimes import Regime
from ui import theme

USED = "Used in this case"
_CITATION = Qt.ItemDataRole.UserRole
#: A limb that stands a second time, under those of the case.
_AGAIN = Qt.ItemDataRole.UserRole + 1
_MOST_USED = 6
#: How many lines a list shows at once, and how wide it is at least and at most, in
#: pixels.
_LINES, _WIDE, _WIDEST = 18, 560, 760
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LimbBox(QComboBox):
    """A list of limbs under the headings of their sections, in which one can look by typing.

    What is typed and is no limb is never taken for one: Enter chooses what is found first, and on
    leaving the field it shows again what is chosen.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._regime = Regime.FOI
        self._limbs: dict[str, Exemption] = {}
        self._notes: dict[str, str] = {}
        self._shown: tuple[str, ...] = ()
        self._used: Callable[[], Sequence[str]] = tuple
        self._rows = QStandardItemModel(self)
        self._found = _Found(self)
        self._finder = QCompleter(self)
        self._hits = QListView()
        self.setModel(self._rows)
        self._found.setSourceModel(self._rows)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_LINES)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(18)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(name)
        self.setAccessibleDescription("Type a number or words, such as 36 or opinion")
        self.line = QLineEdit()
        self._make_line(name)
        self.currentIndexChanged.connect(lambda _: self._tell())

    # --- what is offered and chosen -----------------------------------------------------------

    def offer(
        self,
        regime: Regime,
        *,
        for_passages: bool = True,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Offer the limbs of a law; what is chosen stays where the law has it.

        Args:
            for_passages: leave out those about confirming whether something is held.
            notes: what is said besides of a limb, by its citation.
        """
        self._regime = regime
        self._limbs = {
            one.citation: one
            for one in exemptions(regime)
            if not (for_passages and one.neither_confirm_nor_deny)
        }
        self._notes = dict(notes or {})
        self._found.limbs = self._limbs
        self._fill()

    def offer_used(self, used: Callable[[], Sequence[str]]) -> None:
        """Say how to ask which limbs the case uses, most used first; asked as the list opens."""
        self._used = used

    @property
    def citation(self) -> str:
        """Give the limb that is chosen; what is being typed counts if it is one."""
        self._settle()
        return str(self.currentData() or "")

    def choose(self, citation: str) -> bool:
        """Choose a limb, if it is there."""
        at = self.findData(citation, _CITATION) if citation in self._limbs else -1
        if at >= 0:
            self.setCurrentIndex(at)
            self._show_chosen()
        return at >= 0

    # --- what Qt asks -------------------------------------------------------------------------

    def showPopup(self) -> None:
        """Open the list, as wide as its words need, with the limbs of the case as they are now."""
        if self._most_used() != self._shown:
            self._fill()
        view = self.view()
        view.setMinimumWidth(min(view.sizeHintForColumn(0) + 40, _WIDEST))
        super().showPopup()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show what is chosen again where what was typed is no limb."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose what is found, and nothing else; Escape gives up typing."""
        if not self._takes(event.key()):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the same keys where the line gets them."""
        if (
            watched is self.line
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and self._takes(event.key())
        ):
            return True
        return super().eventFilter(watched, event)

    # --- inside -------------------------------------------------------------------------------

    def _make_line(self, name: str) -> None:
        self.setLineEdit(self.line)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText("Type a number or words, or choose")
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._look_for)
        finder = self._finder
        finder.setModel(self._found)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        finder.setMaxVisibleItems(_LINES)
        finder.setPopup(self._hits)
        self._hits.setSpacing(2)
        self.setCompleter(finder)
        finder.activated.connect(lambda _: self._show_chosen())

    def _most_used(self) -> tuple[str, ...]:
        return tuple(one for one in self._used() if one in self._limbs)[:_MOST_USED]

    def _fill(self) -> None:
        """Fill the list anew, and choose what was chosen."""
        chosen = str(self.currentData(_CITATION) or "")
        self._shown = self._most_used()
        with QSignalBlocker(self):
            self._rows.clear()
            if self._shown:
                self._rows.appendRow(_heading(USED))
                for citation in self._shown:
                    self._rows.appendRow(self._row(self._limbs[citation], again=True))
            for heading, limbs in by_section(self._limbs.values()):
                self._rows.appendRow(_heading(heading))
                for limb in limbs:
                    self._rows.appendRow(self._row(limb))
            first = next(iter(self._limbs), "")
            self.choose(chosen) or self.choose(first)
        self._tell()
        if self.currentData(_CITATION) != chosen:
            self.currentIndexChanged.emit(self.currentIndex())

    def _row(self, limb: Exemption, *, again: bool = False) -> QStandardItem:
        note = self._notes.get(limb.citation, "")
        item = QStandardItem(f"{limb.citation} – {limb.title}{f'  ({note})' if note else ''}")
        item.setData(limb.citation, _CITATION)
        item.setData(again, _AGAIN)
        item.setToolTip(f"{limb.citation}: {limb.title}\n{limb.letter}".strip())
        return item

    def _look_for(self, text: str) -> None:
        self._found.look_for(text)
        self._hits.setMinimumWidth(min(max(self.width(), _WIDE), _WIDEST))

    def _is_typing(self) -> bool:
        return self.line.text() != self.itemText(self.currentIndex())

    def _takes(self, key: int) -> bool:
        """Take a key that ends the typing; give whether it was one."""
        if not self._is_typing() or key not in (*_ENTER, Qt.Key.Key_Escape):
            return False
        self._hits.hide()
        if key == Qt.Key.Key_Escape:
            self._show_chosen()
        else:
            self._choose_found()
        return True

    def _settle(self) -> None:
        """Take what is typed for a limb where it is one in full, and for nothing else."""
        if self._is_typing() and not self._choose_typed():
            self._show_chosen()

    def _choose_typed(self) -> bool:
        """Choose the limb whose line or citation is typed in full, if it is one's."""
        text = self.line.text()
        at = self.findText(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        if at >= 0:
            return self.choose(str(self.itemData(at, _CITATION)))
        try:
            return self.choose(exemption_named(text, self._regime).citation)
        except UsageError:
            return False

    def _choose_found(self) -> None:
        """Choose what is typed in full, or the first that is found; show that there is none."""
        if self._choose_typed():
            return
        self._found.look_for(self.line.text())
        if self._found.rowCount():
            self.choose(str(self._found.index(0, 0).data(_CITATION)))
        theme.dress(self, "missing", on=not self._found.rowCount())

    def _show_chosen(self) -> None:
        theme.dress(self, "missing", on=False)
        text = self.itemText(self.currentIndex())
        if self.line.text() != text:
            self.setEditText(text)
        self.line.setCursorPosition(0)

    def _tell(self) -> None:
        """Give all words of what is chosen, which the field may cut short."""
        self.setToolTip(str(self.itemData(self.currentIndex(), Qt.ItemDataRole.ToolTipRole) or ""))
        self.line.setCursorPosition(0)


class _Found(QSortFilterProxyModel):
    """The limbs in which all words stand that are looked for, each once.

    Attributes:
        limbs: by citation.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.limbs: Mapping[str, Exemption] = {}
        self._asked = ""

    def look_for(self, text: str) -> None:
        """Find other limbs."""
        self._asked = text
        self.invalidate()

    def filterAcceptsRow(
        self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """Take a limb, not a heading, and not a second time."""
        index = self.sourceModel().index(source_row, 0, source_parent)
        limb = self.limbs.get(str(index.data(_CITATION) or ""))
        return limb is not None and not index.data(_AGAIN) and finds(self._asked, limb)


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont()
    font.setBold(True)
    item.setFont(font)
    item.setData("", _CITATION)
    return item

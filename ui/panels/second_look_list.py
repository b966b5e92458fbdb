"""The list of what the second look found: what is all but certainly missed comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from redactor.app.looking import Found, words_of
from redactor.matching import fold_text
from redactor.second_look import FILE_NAME, LeadKind
from ui import icons
from ui.places import place_title, segment_title

_HEADINGS = ("What stands there", "Document", "Place", "Why it is shown")
_SURE = "All but certainly missed"
_HIDDEN = "In hidden content, which is never released"
_GROUPS = {
    LeadKind.SAME_WORDS: "The same words",
    LeadKind.VARIANT: "Perhaps another way of writing it",
    LeadKind.UNEVEN: "Kept here, redacted elsewhere",
    LeadKind.LINKED: "Numbers beside a redacted name",
    LeadKind.FUZZY: "A letter or two from a redacted name",
    LeadKind.EMPTY: "Nothing redacted where others have much",
}
_ORDER = (_SURE, *_GROUPS.values(), _HIDDEN)
_ROLE = Qt.ItemDataRole.UserRole


class FoundList(QTreeWidget):
    """Lists places in groups, one line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Places that the second look found")
        self.setHeaderLabels(_HEADINGS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setStyleSheet("QTreeWidget::item { padding: 4px 0; }")
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((210, 190, 130)):
            self.setColumnWidth(column, width)
        header.setStretchLastSection(True)

    def fill(
        self, found: Iterable[Found], name_of: Callable[[int], str], wanted: str, keep: str
    ) -> None:
        """List places anew, and choose one of them.

        Args:
            name_of: gives the name of a document by its number.
            wanted: a text; only lines that hold it are listed.
            keep: the id of the place to choose; where it is not listed, the first that waits is.
        """
        folded = fold_text(wanted)
        groups: dict[str, list[QTreeWidgetItem]] = {}
        for one in found:
            cells = _cells(one, name_of(one.lead.document))
            ruled = words_of(one.ruling.category) if one.ruling is not None else ""
            if not folded or folded in fold_text(" ".join((*cells, ruled))):
                groups.setdefault(_group(one), []).append(_line(one, cells))
        self.clear()
        for title in _ORDER:
            if lines := groups.get(title):
                self._add_group(title, lines)
        self._choose(keep)

    def _add_group(self, title: str, lines: Sequence[QTreeWidgetItem]) -> None:
        group = QTreeWidgetItem([f"{title}  ({len(lines):,})"])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        self.addTopLevelItem(group)
        group.setFirstColumnSpanned(True)
        group.setExpanded(title != _HIDDEN)
        group.addChildren(lines)

    def _choose(self, keep: str) -> None:
        lines = list(self.lines())
        kept = (item for item in lines if item.data(0, _ROLE).id == keep)
        waiting = (item for item in lines if item.data(0, _ROLE).waits)
        item = next(chain(kept, waiting, lines), None)
        if item is not None:
            self.setCurrentItem(item)

    def lines(self) -> Iterable[QTreeWidgetItem]:
        """Give the lines of all groups in their order."""
        for at in range(self.topLevelItemCount()):
            group = self.topLevelItem(at)
            for child in range(group.childCount() if group is not None else 0):
                if group is not None and (item := group.child(child)) is not None:
                    yield item

    def listed(self) -> list[Found]:
        """Give the places in the order of their lines."""
        return [item.data(0, _ROLE) for item in self.lines()]

    def chosen(self) -> list[Found]:
        """Give what is selected."""
        found = map(found_of, self.selectedItems())
        return [one for one in found if one is not None]

    def current(self) -> Found | None:
        """Give the place of the current line, if there is one."""
        item = self.currentItem()
        return found_of(item) if item is not None else None


def found_of(item: QTreeWidgetItem) -> Found | None:
    """Give the place that a line stands for; None for the title of a group."""
    one = item.data(0, _ROLE)
    return one if isinstance(one, Found) else None


def _line(one: Found, cells: Sequence[str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(cells))
    item.setData(0, _ROLE, one)
    item.setIcon(0, icons.icon(_icon(one)))
    item.setToolTip(3, item.text(3))
    return item


def _cells(one: Found, document: str) -> tuple[str, str, str, str]:
    lead = one.lead
    why = lead.why[:1].upper() + lead.why[1:]
    if one.ruling is not None:
        why = f"{words_of(one.ruling.category)} ({one.ruling.actor}). {one.ruling.reason}"
    text = " ".join(lead.text.split()) or "(all of it)"
    return text, document, _place(one), why


def _group(one: Found) -> str:
    if not one.lead.needs_ruling:
        return _HIDDEN
    return _SURE if one.lead.is_sure else _GROUPS[one.lead.kind]


def _icon(one: Found) -> str:
    if one.ruling is not None:
        return "done"
    if not one.lead.needs_ruling:
        return "hidden"
    return "attention" if one.lead.is_sure else "undecided"


def _place(one: Found) -> str:
    lead = one.lead
    if lead.place == FILE_NAME:
        return "File name"
    if lead.target is not None:
        return place_title(lead.target)
    return segment_title(lead.place) if lead.place else "The document"

"""Everything that can be done, once: the menus, the tool bar, the keys and the context menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QWidget,
)

from ui import icons


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done.

    Attributes:
        name: what the window connects it by.
        text: as in the menu, with its access key.
        keys: shortcuts, the first is shown.
        icon: the picture, or empty.
        menu: the menu it stands in.
        plain: its key is a bare letter, which works in the table and the viewer only.
        tool: it stands in the tool bar, under this shorter text.
        needs: ``case`` where it makes sense only in an open case; ``decide`` where the person
            must be allowed to decide in it, too, and ``add`` where to add documents.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    plain: bool = False
    tool: str = ""
    needs: str = "case"
    checkable: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("new", "&New case…", ("Ctrl+N",), "case", "&File", needs=""),
    Command("open", "Open &case…", ("Ctrl+Shift+O",), "folder", "&File", needs=""),
    Command("sample", "Open the &sample case", (), "", "&File", needs=""),
    Command("", "", menu="&File"),
    Command("add", "&Add files…", ("Ctrl+O",), "add", "&File", tool="Add files", needs=""),
    Command("add-folder", "Add a f&older…", (), "", "&File", needs="add"),
    Command("", "", menu="&File"),
    Command("close-case", "C&lose the case", ("Ctrl+W",), "", "&File"),
    Command("quit", "&Quit", ("Ctrl+Q",), "", "&File", needs=""),
    Command("undo", "&Undo", ("Ctrl+Z",), "undo", "&Edit", tool="Undo"),
    Command("redo", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", "&Edit", tool="Redo"),
    Command("", "", menu="&Edit"),
    Command("filter", "&Filter findings", ("Ctrl+F",), "", "&Edit"),
    Command("clear-filter", "&Clear the filter", ("Ctrl+Shift+F",), "", "&Edit"),
    Command("accept", "&Accept: redact", ("A",), "redact", "&Review", plain=True, needs="decide"),
    Command("reject", "&Reject: keep", ("R",), "keep", "&Review", plain=True, needs="decide"),
    Command(
        "accept-all",
        "Accept all of &this text",
        ("Shift+A",),
        "",
        "&Review",
        plain=True,
        needs="decide",
    ),
    Command(
        "reject-all",
        "Reject all of t&his text",
        ("Shift+R",),
        "",
        "&Review",
        plain=True,
        needs="decide",
    ),
    Command("", "", menu="&Review"),
    Command("next", "&Next finding", ("N",), "next", "&Review", plain=True, tool="Next"),
    Command(
        "previous", "&Previous finding", ("P",), "previous", "&Review", plain=True, tool="Previous"
    ),
    Command("next-open", "Next finding to &decide", ("U",), "", "&Review", plain=True),
    Command("", "", menu="&Review"),
    Command(
        "mark", "&Mark what is selected", ("M",), "mark", "&Review", plain=True, tool="Mark text"
    ),
    Command(
        "box",
        "Draw a &box",
        ("B",),
        "box",
        "&Review",
        plain=True,
        tool="Draw a box",
        checkable=True,
    ),
    Command("always", "Always &find this…", ("F",), "", "&Review", plain=True, needs="decide"),
    Command(
        "never", "Never pr&opose this…", ("Shift+F",), "", "&Review", plain=True, needs="decide"
    ),
    Command("preview", "Pre&view as released", ("V",), "", "&Review", plain=True),
    Command("dependants", "&What depends on this", ("W",), "", "&Review", plain=True),
    Command("", "", menu="&Review"),
    Command("hidden", "What is &hidden in it…", ("Ctrl+H",), "", "&Review"),
    Command("embedded", "Add the files &embedded in it…", (), "", "&Review", needs="add"),
    Command("hidden-all", "What is hidden in a&ll documents…", (), "", "&Review"),
    Command("", "", menu="&Review"),
    Command("read-again", "Read the document a&gain", (), "", "&Review", needs="add"),
    Command("stop-reading", "&Stop reading the document", (), "", "&Review", needs="add"),
    Command("read-differently", "Read the document differentl&y…", (), "", "&Review", needs="add"),
    Command("", "", menu="&Review"),
    Command("leave-out", "Leave &out of the release…", (), "", "&Review", needs="decide"),
    Command("take-back", "Take &back into the release", (), "", "&Review", needs="decide"),
    Command("next-step", "&Next step…", ("Ctrl+E",), "export", "&Case", tool="Next step"),
    Command("submit", "&Submit…", ("Ctrl+Shift+S",), "submit", "&Case"),
    Command("return", "&Return…", ("Ctrl+Shift+R",), "return", "&Case"),
    Command("approve", "&Approve…", ("Ctrl+Shift+A",), "approve", "&Case"),
    Command("release", "Re&lease…", ("Ctrl+Shift+E",), "export", "&Case"),
    Command("", "", menu="&Case"),
    Command("check", "&Check the case", ("Ctrl+Shift+K",), "check", "&Case"),
    Command("people", "&People…", (), "", "&Case"),
    Command("lists", "L&ists…", ("Ctrl+Shift+L",), "", "&Case"),
    Command("", "", menu="&Case"),
    Command("who", "Who I &am…", (), "", "&Case", needs=""),
    Command("work-as", "&Work as somebody else…", (), "", "&Case", needs=""),
    Command("zoom-in", "Zoom &in", ("Ctrl++", "Ctrl+="), "zoom-in", "&View"),
    Command("zoom-out", "Zoom &out", ("Ctrl+-",), "zoom-out", "&View"),
    Command("zoom-fit", "&Fit the width", ("Ctrl+0",), "fit", "&View"),
    Command("", "", menu="&View"),
    Command("next-pane", "&Next pane", ("F6",), "", "&View"),
    Command("previous-pane", "&Previous pane", ("Shift+F6",), "", "&View"),
    Command("", "", menu="&View"),
    Command("review", "&Review", ("Ctrl+1",), "", "&View"),
    Command("sign-off", "&Sign-off", ("Ctrl+2",), "", "&View"),
    Command("log", "Lo&g of the case", ("Ctrl+L",), "", "&View"),
    Command("second-line", "Second &line", ("Ctrl+3",), "", "&View"),
    Command("persons", "&Persons", ("Ctrl+4",), "", "&View"),
    Command("second-look", "Second l&ook", ("Ctrl+5",), "", "&View"),
    Command("request", "Re&quest and letter", ("Ctrl+6",), "", "&View"),
    Command("small-numbers", "S&mall numbers", ("Ctrl+7",), "", "&View"),
    Command(
        "clear-clipboard",
        "&Clear the clipboard when a case is closed",
        (),
        "",
        "&Options",
        needs="",
        checkable=True,
    ),
    Command("keys", "&Keys", ("F1",), "", "&Help", needs=""),
    Command("detection", "What &detection uses…", ("Shift+F1",), "", "&Help", needs=""),
    Command("about", "&About Redactor", (), "", "&Help", needs=""),
)

#: The tool bar in order; None is a gap.
_TOOLS = (
    "add",
    None,
    "undo",
    "redo",
    None,
    "previous",
    "next",
    None,
    "mark",
    "box",
    None,
    "next-step",
)
_CONTEXT = (
    "accept",
    "reject",
    None,
    "accept-all",
    "reject-all",
    None,
    "always",
    "never",
    None,
    "next-open",
)


#: Keys of single pages, which no menu has.
_ON_PAGES = (
    ("R (Sign-off)", "Rule on a page, a picture or another part that was not read"),
    ("A, D (Second look)", "Accept a place, or dismiss it with a reason"),
    ("P, H, N (Small numbers)", "Pin the chosen figure: must print, must hide, no pin"),
    ("Ctrl+Enter (Small numbers)", "Go on to the next step; at the last, apply"),
    ("Ctrl+Enter (Request)", "Record what was asked, and how it is answered"),
)


class Commands(QObject):
    """The actions of the window, by name."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.actions: dict[str, QAction] = {}
        for command in COMMANDS:
            if command.name:
                self.actions[command.name] = self._make(command)
        self._fill_menus()
        self._fill_tool_bar()

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    def connect_all(self, what: dict[str, Callable[[], object]]) -> None:
        """Say what each command does.

        Raises:
            KeyError: one was left out; a menu never holds what does nothing.
        """
        for name, action in self.actions.items():
            action.triggered.connect(lambda _=False, do=what[name]: do())

    def reach(self, panes: Iterable[QWidget]) -> None:
        """Let the bare letters work in these panes (and nowhere where a person types)."""
        for pane in panes:
            pane.addActions([self.actions[c.name] for c in COMMANDS if c.plain])

    def enable(self, *, case: bool, decide: bool, add: bool) -> None:
        """Switch what makes sense only in an open case, or is not for everybody in it."""
        on = {"case": case, "decide": case and decide, "add": case and add}
        for command in COMMANDS:
            if command.name and command.needs:
                self.actions[command.name].setEnabled(on[command.needs])

    def context_menu(self, parent: QWidget) -> QMenu:
        """Make the context menu of the table."""
        menu = QMenu(parent)
        for name in _CONTEXT:
            if name is None:
                menu.addSeparator()
            else:
                menu.addAction(self.actions[name])
        return menu

    def _make(self, command: Command) -> QAction:
        action = QAction(command.text, self._window)
        action.setObjectName(command.name)
        action.setCheckable(command.checkable)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        if command.icon:
            action.setIcon(icons.icon(command.icon))
        if command.plain:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        plain_text = command.text.replace("&", "").rstrip("…")
        key = f" ({command.keys[0]})" if command.keys else ""
        action.setToolTip(f"{plain_text}{key}")
        action.setStatusTip("")
        if command.tool:
            action.setIconText(command.tool)
        return action

    def _fill_menus(self) -> None:
        menus: dict[str, QMenu] = {}
        bar = self._window.menuBar()
        for command in COMMANDS:
            if command.menu not in menus:
                menus[command.menu] = bar.addMenu(command.menu)
            if command.name:
                menus[command.menu].addAction(self.actions[command.name])
            else:
                menus[command.menu].addSeparator()

    def _fill_tool_bar(self) -> None:
        bar = QToolBar("Tools", self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name in _TOOLS:
            if name is None:
                bar.addSeparator()
                continue
            action = self.actions[name]
            bar.addAction(action)
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setAccessibleName(action.iconText())
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._window.addToolBar(bar)
        self.bar = bar

    def add_at_end(self, *widgets: QWidget) -> None:
        """Show something at the right end of the tool bar."""
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar.addWidget(gap)
        box = QWidget()  # a tool bar would show again what hides itself
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            row.addWidget(widget)
        self.bar.addWidget(box)


def keys_html() -> str:
    """Write the table of keys for the help."""
    keys = [
        (", ".join(command.keys), command.text.replace("&", "").rstrip("…"))
        for command in COMMANDS
        if command.keys
    ]
    rows = [
        f"<tr><td style='padding-right:24px'><b>{key}</b></td><td>{what}</td></tr>"
        for key, what in (*keys, *_ON_PAGES)
    ]
    return (
        "<p>Single letters work in the table of findings and in the document.</p><table>"
        + "".join(rows)
        + "</table>"
    )

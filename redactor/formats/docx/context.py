"""What surrounds a piece of text in a Word part."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from redactor.formats.docx.styles import W
from redactor.model import HiddenKind

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
#: Elements that only wrap others.
WRAPPERS = frozenset(
    W + one for one in (
        "sdtContent", "smartTag", "customXml", "hyperlink", "dir", "bdo", "fldSimple", "ins",
        "moveTo", "del", "moveFrom", "rubyBase",
    )
)  # fmt: skip
_CHANGES = {
    W + "ins": HiddenKind.TRACKED_INSERTION,
    W + "moveTo": HiddenKind.TRACKED_MOVE,
    W + "del": HiddenKind.TRACKED_DELETION,
    W + "moveFrom": HiddenKind.TRACKED_MOVE,
}
_GONE = frozenset({W + "del", W + "moveFrom"})


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a piece of text.

    Attributes:
        hidden: why it is not seen.
        change: what tracked change it belongs to; it is seen all the same.
        ground: the colour it stands on.
    """

    hidden: HiddenKind | None = None
    change: HiddenKind | None = None
    ground: str = "FFFFFF"


def changed(element: etree._Element, context: Context) -> Context:
    """Give what surrounds the text in an element that may be a tracked change."""
    kind = _CHANGES.get(str(element.tag))
    if kind is None:
        return context
    if element.tag in _GONE:
        return replace(context, hidden=context.hidden or kind)
    return replace(context, change=kind)

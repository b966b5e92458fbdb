"""Take the content of hidden layers out of drawing instructions.

What a hidden span does to the graphics state lasts beyond it (ISO 32000-1, 8.11.3.2), so only what
paints is taken out: shapes, text, pictures and shades. What is set and reset within the span goes
too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from redactor.formats.pdf.content_stream import Operation, operations

_BUILD = frozenset(b"m l c v y h re".split())
_PAINT = frozenset(b"S s f F f* B B* b b* n".split())
_CLIP = frozenset({b"W", b"W*"})
_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
#: What sets the place of text anew, so that the room which left-out text took is of no account.
_PLACE = frozenset(b"BT ET Td TD Tm T*".split())
#: Other operations that paint, or that only describe.
_GONE = frozenset(b"Do sh BI MP DP".split())
#: What sets up the state: it stays. Anything unknown goes.
_STATE = _PLACE | frozenset(
    b"""q Q cm w J j M d ri i gs Tc Tw Tz TL Tf Tr Ts CS cs SC SCN sc scn G g RG rg K k d0 d1 BX
    EX""".split()
)
_PATTERN = frozenset({b"scn", b"SCN"})
_NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Filtered:
    """Drawing instructions without what is hidden.

    Attributes:
        is_safe: whether what is left certainly paints what was seen.
        names: the names of resources that are still used, without their slashes.
    """

    data: bytes = field(repr=False)
    is_changed: bool
    is_safe: bool
    names: frozenset[bytes]


def without_hidden(
    data: bytes, is_off: Callable[[bytes], bool], is_object_off: Callable[[bytes], bool]
) -> Filtered:
    """Take out what is hidden.

    Args:
        data: drawing instructions.
        is_off: says of the name of a property list whether it stands for a layer that is off.
        is_object_off: says the same of the name of a form or picture.
    """
    filtering = _Filter(data, is_off, is_object_off)
    for operation in operations(data):
        filtering.take(operation)
    return filtering.result()


def names_in(data: bytes) -> frozenset[bytes]:
    """Give the names that drawing instructions use."""
    return frozenset(_plain(name) for name in _NAME.findall(data))


def _plain(name: bytes) -> bytes:
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name[1:])


class _Filter:
    def __init__(
        self, data: bytes, is_off: Callable[[bytes], bool], is_object_off: Callable[[bytes], bool]
    ) -> None:
        self._data = data
        self._is_off = is_off
        self._is_object_off = is_object_off
        self._kept: list[bytes] = []
        #: For each mark that is open, whether it hides.
        self._marks: list[bool] = []
        #: Where, in what is kept, a state was saved within hidden content.
        self._saved: list[int] = []
        self._path: list[bytes] = []
        self._builds_path = False
        self._clips = False
        self._lacks_room = False
        self._is_changed = False
        self._is_safe = True

    def result(self) -> Filtered:
        """Give what is left."""
        left = b"\n".join(self._kept)
        is_safe = self._is_safe and not any(self._marks)
        return Filtered(left, self._is_changed, is_safe, names_in(left))

    def take(self, operation: Operation) -> None:
        """Keep an operation, or leave it out."""
        operator = operation.operator
        if operator in {b"BMC", b"BDC", b"EMC"}:
            self._mark(operation)
        elif any(self._marks):
            self._is_changed = True
            self._take_hidden(operation)
        else:
            self._take_seen(operation)

    def _keep(self, operation: Operation) -> None:
        self._kept.append(self._data[operation.start : operation.end])

    def _mark(self, operation: Operation) -> None:
        was_hidden = any(self._marks)
        if operation.operator == b"EMC":
            if self._marks:
                self._marks.pop()
        else:
            self._marks.append(self._hides(operation))
        hidden = any(self._marks)
        if hidden != was_hidden:
            self._is_changed = True
            self._is_safe = self._is_safe and not (self._builds_path or self._saved)
            self._saved.clear()
        if not (hidden or was_hidden):
            self._keep(operation)

    def _hides(self, operation: Operation) -> bool:
        operands = operation.operands
        return (
            operation.operator == b"BDC"
            and len(operands) == 2
            and _plain(operands[0]) == b"OC"
            and operands[1].startswith(b"/")
            and self._is_off(_plain(operands[1]))
        )

    def _take_seen(self, operation: Operation) -> None:
        operator = operation.operator
        if operator in _BUILD | _CLIP:
            self._builds_path = True
        elif operator in _PAINT:
            self._builds_path = False
        elif operator in _PLACE:
            self._lacks_room = False
        elif operator in _SHOW and self._lacks_room:
            self._is_safe = False
        if self._is_hidden_object(operation):
            self._is_changed = True
        else:
            self._keep(operation)

    def _is_hidden_object(self, operation: Operation) -> bool:
        return (
            operation.operator == b"Do"
            and bool(operation.operands)
            and self._is_object_off(_plain(operation.operands[-1]))
        )

    def _take_hidden(self, operation: Operation) -> None:
        operator = operation.operator
        if operator in _BUILD | _CLIP | _PAINT:
            self._take_hidden_path(operation)
        elif operator in _SHOW:
            self._leave_out_text(operation)
        elif operator == b"q":
            self._saved.append(len(self._kept))
            self._keep(operation)
        elif operator == b"Q" and self._saved:
            del self._kept[self._saved.pop() :]
        elif operator in _STATE:
            self._take_hidden_state(operation)
        elif operator not in _GONE:
            self._is_safe = self._is_safe and not operation.operands

    def _take_hidden_path(self, operation: Operation) -> None:
        """Leave a shape out; of one that clips, keep the clip."""
        operator = operation.operator
        self._builds_path = operator not in _PAINT
        self._clips = self._clips or operator in _CLIP
        if operator not in _PAINT:
            self._path.append(self._data[operation.start : operation.end])
            return
        if self._clips:
            self._kept.extend([*self._path, b"n"])
        self._path.clear()
        self._clips = False

    def _leave_out_text(self, operation: Operation) -> None:
        """Leave text out, but not the step to the next line that some operators make as well."""
        self._lacks_room = True
        if operation.operator == b'"' and len(operation.operands) == 3:
            words, letters, _ = operation.operands
            self._kept.append(words + b" Tw " + letters + b" Tc T*")
        elif operation.operator == b"'":
            self._kept.append(b"T*")

    def _take_hidden_state(self, operation: Operation) -> None:
        operator, operands = operation.operator, operation.operands
        if operator in _PLACE:
            self._lacks_room = False
        is_text_clip = operator == b"Tr" and operands[-1:] not in {
            (b"0",),
            (b"1",),
            (b"2",),
            (b"3",),
        }
        is_pattern = operator in _PATTERN and bool(operands) and operands[-1].startswith(b"/")
        if (is_text_clip or is_pattern) and not self._saved:
            self._is_safe = False
        self._keep(operation)

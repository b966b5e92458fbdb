"""Say which layers of a PDF are off when it is opened (ISO 32000-1, 8.11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymupdf import mupdf

_MAX_DEPTH = 32
#: Usages that say of a layer whether it is on; the others go by zoom, language or person, and what
#: somebody may see is taken as seen.
_STATES = {"View": "ViewState", "Print": "PrintState", "Export": "ExportState"}


class LayerStates:
    """The layers of a document in the view that it opens with."""

    def __init__(self, document: Any) -> None:
        """Read the settings of an opened document."""
        trailer = mupdf.pdf_trailer(mupdf.pdf_document_from_fz_document(document.this))
        self._settings = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(trailer, "Root"), "OCProperties")
        self._default = mupdf.pdf_dict_gets(self._settings, "D")
        self._groups = {
            mupdf.pdf_to_num(one): one
            for one in _items(mupdf.pdf_dict_gets(self._settings, "OCGs"))
        }
        off = {number for number in self._off_by_list() if self._has_effect(number)}
        self.off = frozenset(self._by_usage(off, "View"))
        printed_off = self._by_usage(off, "Print")
        #: Layers that are off on the screen and on in print.
        self.printed = self.off - printed_off

    @property
    def groups(self) -> frozenset[int]:
        """Give the object numbers of all layers."""
        return frozenset(self._groups)

    def _off_by_list(self) -> set[int]:
        is_off = mupdf.pdf_to_name(mupdf.pdf_dict_gets(self._default, "BaseState")) == "OFF"
        off = set(self._groups) if is_off else set()
        off -= _numbers(mupdf.pdf_dict_gets(self._default, "ON"))
        return off | _numbers(mupdf.pdf_dict_gets(self._default, "OFF"))

    def _has_effect(self, number: int) -> bool:
        """Say whether a layer is meant for what the settings are meant for."""
        group = self._groups.get(number)
        meant = _intents(self._default)
        return group is None or "All" in meant or bool(meant & _intents(group))

    def _by_usage(self, off: set[int], event: str) -> set[int]:
        """Give what is off once the viewer has set the layers for an event."""
        changed = set(off)
        for rule in _items(mupdf.pdf_dict_gets(self._default, "AS")):
            if mupdf.pdf_to_name(mupdf.pdf_dict_gets(rule, "Event")) != event:
                continue
            categories = mupdf.pdf_dict_gets(rule, "Category")
            names = [mupdf.pdf_to_name(one) for one in _items(categories)]
            for group in _items(mupdf.pdf_dict_gets(rule, "OCGs")):
                states = set(_usage_states(group, names))
                number = mupdf.pdf_to_num(group)
                if "OFF" in states:
                    changed.add(number)
                elif "ON" in states:
                    changed.discard(number)
        return changed

    # --- what content belongs to ------------------------------------------------------------------

    def is_off(self, entry: Any) -> bool:
        """Say whether what is marked with this entry (a layer or a rule over some) is hidden."""
        if not mupdf.pdf_is_dict(entry):
            return False
        if mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "Type")) != "OCMD":
            return mupdf.pdf_to_num(entry) in self.off
        expression = mupdf.pdf_dict_gets(entry, "VE")
        if mupdf.pdf_is_array(expression):
            return not self._holds(expression, 0)
        return not self._holds_policy(entry)

    def is_printed(self, entry: Any) -> bool:
        """Say whether what is hidden by this entry is there for print."""
        numbers = {mupdf.pdf_to_num(entry)} | _numbers(mupdf.pdf_dict_gets(entry, "OCGs"))
        return bool(numbers & self.printed)

    def _holds(self, expression: Any, depth: int) -> bool:
        """Work out a visibility expression; in doubt it holds."""
        if depth > _MAX_DEPTH:
            return True
        if not mupdf.pdf_is_array(expression):
            return mupdf.pdf_to_num(expression) not in self.off
        operator, *operands = _items(expression) or [None]
        name = mupdf.pdf_to_name(operator) if operator is not None else ""
        values = [self._holds(one, depth + 1) for one in operands]
        if name == "Not":
            return not all(values[:1]) if values else True
        return any(values) if name == "Or" and values else all(values)

    def _holds_policy(self, entry: Any) -> bool:
        groups = mupdf.pdf_dict_gets(entry, "OCGs")
        listed = _items(groups) if mupdf.pdf_is_array(groups) else [groups]
        on = [mupdf.pdf_to_num(one) not in self.off for one in listed if mupdf.pdf_is_dict(one)]
        if not on:
            return True
        policy = mupdf.pdf_to_name(mupdf.pdf_dict_gets(entry, "P"))
        if policy == "AllOn":
            return all(on)
        if policy == "AnyOff":
            return not all(on)
        return not any(on) if policy == "AllOff" else any(on)


def _items(array: Any) -> list[Any]:
    return [mupdf.pdf_array_get(array, index) for index in range(mupdf.pdf_array_len(array))]


def _numbers(array: Any) -> set[int]:
    return {mupdf.pdf_to_num(one) for one in _items(array)}


def _intents(owner: Any) -> set[str]:
    entry = mupdf.pdf_dict_gets(owner, "Intent")
    if mupdf.pdf_is_name(entry):
        return {mupdf.pdf_to_name(entry)}
    return {mupdf.pdf_to_name(one) for one in _items(entry)} or {"View"}


def _usage_states(group: Any, categories: list[str]) -> Iterator[str]:
    usage = mupdf.pdf_dict_gets(group, "Usage")
    for category in categories:
        if category in _STATES:
            state = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(usage, category), _STATES[category])
            yield mupdf.pdf_to_name(state)

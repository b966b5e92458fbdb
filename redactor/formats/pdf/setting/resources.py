"""Look things up among the resources of a page or form."""

from __future__ import annotations

import re
from typing import Any

from pymupdf import mupdf

_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def named(entry: Any, key: str) -> Any:
    """Give an entry of a dictionary, with references followed when it is asked for its kind."""
    return mupdf.pdf_dict_gets(entry, key)


def resource(resources: Any, kind: str, name: bytes) -> Any | None:
    """Give a resource by the name that instructions call it by; None where there is none.

    Args:
        resources: the resources of a page or form; None where it has none.
        kind: such as ``Font`` or ``XObject``.
        name: as written, with its slash.
    """
    if resources is None:
        return None
    group = named(resources, kind)
    plain = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), name[1:])
    try:
        key = plain.decode("utf-8")
    except UnicodeDecodeError:
        return None
    entry = named(group, key) if mupdf.pdf_is_dict(group) else None
    return entry if entry is not None and mupdf.pdf_is_dict(entry) else None

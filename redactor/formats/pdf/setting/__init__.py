"""Keep the width of what was removed from being told by the text around it.

One call, between the removal (``redact_page``) and the drawing of the boxes (``overlay``):
``set_lines``. It gives a ``SetPlace`` for each stretch that was removed.
"""

from __future__ import annotations

from redactor.formats.pdf.setting.pages import set_lines
from redactor.formats.pdf.setting.place import SetPlace

__all__ = ["SetPlace", "set_lines"]

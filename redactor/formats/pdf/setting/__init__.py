"""Keep the width of what was removed from being told by the text around it.

``set_lines`` stands between the removal (``redact_page``) and the drawing of the boxes
(``overlay``), and gives a ``SetPlace`` for each stretch that was removed. ``Setting`` does it step
by step, and where a page allows it takes the text out in the same go (``removal``).
"""

from __future__ import annotations

from redactor.formats.pdf.setting.pages import Setting, set_lines
from redactor.formats.pdf.setting.place import SetPlace

__all__ = ["SetPlace", "Setting", "set_lines"]

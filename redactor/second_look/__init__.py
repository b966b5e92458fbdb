"""The second look: before a case is submitted, search again for whatever is near what was redacted.

It proposes places (``Lead``), and decides nothing. A person accepts each, which redacts it, or
dismisses it with a reason. Pure functions over what was read, marked and decided; the search goes
through the text once, whatever the number of things redacted.
"""

from __future__ import annotations

from redactor.second_look.model import FILE_NAME, Lead, LeadKind, LookedAt
from redactor.second_look.patterns import letters_of
from redactor.second_look.search import second_look

__all__ = ["FILE_NAME", "Lead", "LeadKind", "LookedAt", "letters_of", "second_look"]

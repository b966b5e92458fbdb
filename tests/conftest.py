"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# The suite gives the same answer every time it runs. To search for new examples, run it with
# REDACTOR_SEARCH=1; what that finds becomes a test of its own.
settings.register_profile("same-every-time", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("search" if os.environ.get("REDACTOR_SEARCH") else "same-every-time")

# Word documents become PDFs in the same way wherever the suite runs. What LibreOffice does where it
# is installed has tests of its own, which switch it on.
os.environ["REDACTOR_LIBREOFFICE"] = "off"

"""Small numbers: which counts of a table could identify somebody, and what is hidden with them.

The model (``model``) is all that its parts share. ``protect`` chooses what to hide, ``audit`` plays
the reader who tries to work it out, and neither knows the other: a fault in one is found by the
other. ``certify`` checks what the audit says with nothing but sums.
"""

from __future__ import annotations

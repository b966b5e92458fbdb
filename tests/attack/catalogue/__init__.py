"""Files with a marker planted in every place where a PDF can keep something.

One function a place. Each is named after what it plants and says the row of the catalogue that it
stands for. Nothing here uses the program under test.
"""

from __future__ import annotations

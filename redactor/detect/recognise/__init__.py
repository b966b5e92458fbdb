"""Recognisers, one family a module; ``redactor.detect.RECOGNISERS`` lists them."""

from __future__ import annotations

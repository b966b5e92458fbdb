"""Find the parts that belong to a Word document."""

from __future__ import annotations

from redactor.formats.package import Package


def filled(package: Package, name: str, kind: str) -> tuple[str, ...]:
    """Give the parts that a part points at with one kind of relationship, but for empty ones."""
    return tuple(one for one in package.related(name, kind) if package.size(one))

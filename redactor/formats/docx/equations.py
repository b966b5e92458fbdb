"""Write an equation on one line, as it would be typed: ``(a+b)/(c)``, ``x^(2)``.

Source of the markup: ECMA-376 part 1, 22.1.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from redactor.formats.package import is_element, local_name

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE = frozenset({"del", "moveFrom"})


def in_line(element: etree._Element) -> str:
    """Give all the text of an equation in reading order; what was deleted from it is left away."""
    name = local_name(element)
    if name == "t":
        return element.text or ""
    if name in _GONE or name.endswith("Pr"):
        return ""
    return _WRITTEN.get(name, _inside)(element)


def _inside(element: etree._Element) -> str:
    return "".join(in_line(one) for one in element if is_element(one))


def _part(element: etree._Element, name: str) -> str:
    return "".join(in_line(one) for one in element.iterfind(MATH + name))


def _sign(element: etree._Element, properties: str, name: str, usual: str) -> str:
    found = element.find(f"{MATH}{properties}/{MATH}{name}")
    return usual if found is None else str(found.get(f"{MATH}val") or "")[:1]


def _fraction(element: etree._Element) -> str:
    return f"({_part(element, 'num')})/({_part(element, 'den')})"


def _scripts(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    text = _part(element, "e")
    return text + (f"_({below})" if below else "") + (f"^({above})" if above else "")


def _root(element: etree._Element) -> str:
    degree = _part(element, "deg")
    return (f"({degree})" if degree else "") + f"√({_part(element, 'e')})"


def _sum(element: etree._Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    sign = _sign(element, "naryPr", "chr", "∫")
    limits = (f"_({below})" if below else "") + (f"^({above})" if above else "")
    return f"{sign}{limits} {_part(element, 'e')}"


def _brackets(element: etree._Element) -> str:
    between = _sign(element, "dPr", "sepChr", "|")
    inside = between.join(in_line(one) for one in element.iterfind(f"{MATH}e"))
    return f"{_sign(element, 'dPr', 'begChr', '(')}{inside}{_sign(element, 'dPr', 'endChr', ')')}"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _limit(element: etree._Element) -> str:
    return f"{_part(element, 'e')}_({_part(element, 'lim')})"


def _matrix(element: etree._Element) -> str:
    rows = element.iterfind(f"{MATH}mr")
    written = "; ".join(", ".join(in_line(one) for one in row) for row in rows)
    return f"[{written}]"


def _lines(element: etree._Element) -> str:
    return "; ".join(in_line(one) for one in element.iterfind(f"{MATH}e"))


_WRITTEN: dict[str, Callable[[etree._Element], str]] = {
    "f": _fraction,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _scripts,
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "m": _matrix,
    "eqArr": _lines,
}

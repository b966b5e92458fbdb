"""How cells of a release may look: a few plain choices, none of which can carry words."""

from __future__ import annotations

import colorsys

from redactor.content import Align

_ALIGNMENTS: dict[str, Align] = {
    "left": "left",
    "center": "center",
    "centerContinuous": "center",
    "right": "right",
    "justify": "justify",
}
#: The last hue of each ground, in degrees; above the last it is red again.
_HUES = ((18, "red"), (42, "orange"), (70, "yellow"), (170, "green"), (290, "blue"), (360, "red"))
_ALMOST_WHITE, _ALMOST_GREY = 0.97, 0.12


def nearest_fill(rgb: str) -> str:
    """Give the ground of ``content.FILLS`` that is nearest to a colour of six digits, or none."""
    try:
        red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return ""
    hue, lightness, _ = colorsys.rgb_to_hls(red, green, blue)
    spread = max(red, green, blue) - min(red, green, blue)
    if lightness > _ALMOST_WHITE:
        return ""
    if spread < _ALMOST_GREY * max(red, green, blue):
        return "grey"
    return next(name for last, name in _HUES if hue * 360 <= last)


def tinted(rgb: str, tint: float) -> str:
    """Give a colour made lighter or darker, as themes have it (ECMA-376 part 1, 18.8.19)."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, min(max(lightness, 0), 1), saturation)
    return "".join(f"{round(part * 255):02X}" for part in mixed)


def alignment(name: str) -> Align:
    """Give how a text lies in its cell; empty for as its kind of value has it."""
    return _ALIGNMENTS.get(name, "")

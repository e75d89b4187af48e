"""Colours as CSS writes them, and how far two are apart (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Colour = tuple[float, float, float, float]
"""Red, green, blue and how opaque it is, each from 0 to 1."""

BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
CLEAR: Colour = (0.0, 0.0, 0.0, 0.0)

# CSS Color Module Level 4, section 6.1.
_NAMES: Mapping[str, str] = dict(
    re.findall(
        r"(\w+):(\w+)",
        "aliceblue:f0f8ff antiquewhite:faebd7 aqua:00ffff aquamarine:7fffd4 azure:f0ffff "
        "beige:f5f5dc bisque:ffe4c4 black:000000 blanchedalmond:ffebcd blue:0000ff "
        "blueviolet:8a2be2 brown:a52a2a burlywood:deb887 cadetblue:5f9ea0 chartreuse:7fff00 "
        "chocolate:d2691e coral:ff7f50 cornflowerblue:6495ed cornsilk:fff8dc crimson:dc143c "
        "cyan:00ffff darkblue:00008b darkcyan:008b8b darkgoldenrod:b8860b darkgray:a9a9a9 "
        "darkgreen:006400 darkgrey:a9a9a9 darkkhaki:bdb76b darkmagenta:8b008b darkolivegreen:556b2f "
        "darkorange:ff8c00 darkorchid:9932cc darkred:8b0000 darksalmon:e9967a darkseagreen:8fbc8f "
        "darkslateblue:483d8b darkslategray:2f4f4f darkslategrey:2f4f4f darkturquoise:00ced1 "
        "darkviolet:9400d3 deeppink:ff1493 deepskyblue:00bfff dimgray:696969 dimgrey:696969 "
        "dodgerblue:1e90ff firebrick:b22222 floralwhite:fffaf0 forestgreen:228b22 fuchsia:ff00ff "
        "gainsboro:dcdcdc ghostwhite:f8f8ff gold:ffd700 goldenrod:daa520 gray:808080 green:008000 "
        "greenyellow:adff2f grey:808080 honeydew:f0fff0 hotpink:ff69b4 indianred:cd5c5c "
        "indigo:4b0082 ivory:fffff0 khaki:f0e68c lavender:e6e6fa lavenderblush:fff0f5 "
        "lawngreen:7cfc00 lemonchiffon:fffacd lightblue:add8e6 lightcoral:f08080 lightcyan:e0ffff "
        "lightgoldenrodyellow:fafad2 lightgray:d3d3d3 lightgreen:90ee90 lightgrey:d3d3d3 "
        "lightpink:ffb6c1 lightsalmon:ffa07a lightseagreen:20b2aa lightskyblue:87cefa "
        "lightslategray:778899 lightslategrey:778899 lightsteelblue:b0c4de lightyellow:ffffe0 "
        "lime:00ff00 limegreen:32cd32 linen:faf0e6 magenta:ff00ff maroon:800000 "
        "mediumaquamarine:66cdaa mediumblue:0000cd mediumorchid:ba55d3 mediumpurple:9370db "
        "mediumseagreen:3cb371 mediumslateblue:7b68ee mediumspringgreen:00fa9a "
        "mediumturquoise:48d1cc mediumvioletred:c71585 midnightblue:191970 mintcream:f5fffa "
        "mistyrose:ffe4e1 moccasin:ffe4b5 navajowhite:ffdead navy:000080 oldlace:fdf5e6 "
        "olive:808000 olivedrab:6b8e23 orange:ffa500 orangered:ff4500 orchid:da70d6 "
        "palegoldenrod:eee8aa palegreen:98fb98 paleturquoise:afeeee palevioletred:db7093 "
        "papayawhip:ffefd5 peachpuff:ffdab9 peru:cd853f pink:ffc0cb plum:dda0dd powderblue:b0e0e6 "
        "purple:800080 rebeccapurple:663399 red:ff0000 rosybrown:bc8f8f royalblue:4169e1 "
        "saddlebrown:8b4513 salmon:fa8072 sandybrown:f4a460 seagreen:2e8b57 seashell:fff5ee "
        "sienna:a0522d silver:c0c0c0 skyblue:87ceeb slateblue:6a5acd slategray:708090 "
        "slategrey:708090 snow:fffafa springgreen:00ff7f steelblue:4682b4 tan:d2b48c teal:008080 "
        "thistle:d8bfd8 tomato:ff6347 turquoise:40e0d0 violet:ee82ee wheat:f5deb3 white:ffffff "
        "whitesmoke:f5f5f5 yellow:ffff00 yellowgreen:9acd32 ",
    )
)
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(%|deg)?")
_SHORT = 4  # digits and fewer: each stands for two
_THREE, _FOUR = 3, 4
_LINEAR = 0.04045  # sRGB below it (IEC 61966-2-1)


@lru_cache(maxsize=512)
def parse(text: str) -> Colour | None:
    """The colour that a text stands for; None when it is none, or one that mail programs do not know."""
    text = text.strip().lower()
    if text == "transparent":
        return CLEAR
    if text in _NAMES:
        text = f"#{_NAMES[text]}"
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) > _SHORT else "".join(2 * digit for digit in found[1])
        red, green, blue, opaque = (int((digits + "ff")[at : at + 2], 16) / 255 for at in (0, 2, 4, 6))
        return red, green, blue, opaque
    if found := _FUNCTION.fullmatch(text):
        return _function(found[1], re.split(r"[\s,/]+", found[2].strip()))
    return None


def _function(name: str, words: list[str]) -> Colour | None:
    numbers = [_NUMBER.fullmatch(word) for word in words]
    if len(numbers) not in {_THREE, _FOUR} or not all(numbers):
        return None
    first, second, third, *rest = (float(one[1]) / (100 if one[2] == "%" else 1) for one in numbers if one)
    opaque = _clamped(rest[0]) if rest else 1.0
    if name == "hsl":
        return *colorsys.hls_to_rgb(first / 360 % 1, _clamped(third), _clamped(second)), opaque
    red, green, blue = (
        _clamped(value if one and one[2] == "%" else value / 255)
        for value, one in zip((first, second, third), numbers, strict=False)
    )
    return red, green, blue, opaque


def _clamped(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def over(top: Colour, ground: Colour) -> Colour:
    """What is seen of a colour on an opaque ground."""
    return (
        *(part * top[3] + below * (1 - top[3]) for part, below in zip(top[:3], ground[:3], strict=True)),
        1.0,
    )  # type: ignore[return-value] # four of them


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def shown(colour: Colour) -> str:
    """An opaque colour as `#rrggbb`."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour[:3])

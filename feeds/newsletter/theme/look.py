"""What a letter looks like, by `[newsletter.look]` and its script: measures, fonts, colours, the logo.

Measures are pixels, because Outlook for Windows makes something else of everything else.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from feeds.body import addresses
from feeds.problems import Problem
from feeds.settings import Colours, Dark, rows
from feeds.templates import safe
from feeds.toml_lines import locate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from feeds.settings import Settings, Workspace

CONTRAST = 4.5  # to 1: what text needs against its ground (WCAG 2.2, 1.4.3)
_PADDING = 28  # pixels on each side of the column
_WIDEST_IMAGE = 600  # pixels; windows of mail programs are seldom wider

_FONTS = {
    "sans": '-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Helvetica,Arial,sans-serif',
    "serif": 'Georgia,"Times New Roman",Times,serif',
}
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"})
_CJK = frozenset({"ja", "ko", "zh"})
_ARABIC = frozenset({"ar", "ckb", "fa", "ks", "ps", "sd", "ug", "ur"})
_NOT_FOR_MAIL = re.compile(r"\.(svg|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_INK = ("text", "muted", "accent")
_GROUNDS = ("background", "code")
_STEPS = 100


class _Type(NamedTuple):
    """The size of the text and the height of its lines, of the title and its lines, of headings' lines."""

    size: int
    leading: int
    title: int
    title_leading: int
    heading_leading: int


_TYPES = {
    "latin": _Type(17, 27, 30, 37, 28),
    "serif": _Type(18, 28, 32, 40, 29),
    "cjk": _Type(17, 30, 28, 40, 32),
    "arabic": _Type(18, 32, 29, 46, 36),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What templates are told. `column` is inside the padding, and `image` the widest picture there.

    `colours` and `dark` are `#rrggbb` by the names of the settings; `outlook_font` is what Outlook for
    Windows knows of `font`. `logo` is an absolute address, or empty.
    """

    width: int
    padding: int
    column: int
    image: int
    font: str
    outlook_font: str
    colours: Mapping[str, str]
    dark: Mapping[str, str]
    logo: str
    logo_width: int


def of(settings: Settings) -> Look:
    """The look that the settings describe."""
    look = settings.newsletter.look
    column = look.width - 2 * _PADDING
    image = min(column, _WIDEST_IMAGE)
    font = _stack(look.font)
    return Look(
        width=look.width,
        padding=_PADDING,
        column=column,
        image=image,
        font=font,
        outlook_font="Georgia,serif" if _is_serif(font) else '"Segoe UI",Arial,sans-serif',
        colours={name: getattr(look.colours, name) for name in _names(Colours)},
        dark={name: getattr(look.dark, name) for name in _names(Dark)},
        logo=addresses.url(look.logo, settings.site.url) if look.logo else "",
        logo_width=min(look.logo_width, image),
    )


def script(language: str) -> str:
    """Which of three ways a language is set in: `cjk`, `arabic`, or `latin` for all others."""
    primary, *subtags = language.lower().split("-")
    if "latn" in subtags or "cyrl" in subtags:
        return "latin"
    return "cjk" if primary in _CJK else "arabic" if primary in _ARABIC or "arab" in subtags else "latin"


def measures(look: Look, of_script: str) -> dict[str, int]:
    """The sizes of type for a script, by the names of `_Type`. Serifs are larger, where there are any."""
    key = "serif" if of_script == "latin" and _is_serif(look.font) else of_script
    return _TYPES[key]._asdict()


def values(look: Look) -> dict[str, object]:
    """What templates are handed of it. The fonts are finished: their names have been looked at."""
    return asdict(look) | {"font": safe(look.font), "outlook_font": safe(look.outlook_font)}


def contrast(one: str, other: str) -> float:
    """How much two `#rrggbb` differ in brightness, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def problems(workspace: Workspace) -> tuple[Problem, ...]:
    """What readers could not see in this look: text too close to its ground, a logo not made for mail."""
    look = of(workspace.settings)
    found = [*_faint("colours", look.colours), *_faint("dark", look.dark), *_unshown(look.logo)]
    positions = _positions(workspace.file) if found else {}
    prefix = ("tool", "feeds") if workspace.file.name == "pyproject.toml" else ()
    told = []
    for keys, code, message, hint in found:
        places = (positions.get((*prefix, "newsletter", "look", *key)) for key in keys)
        line, column = next(filter(None, places), (0, 0))
        told.append(
            Problem(
                code=code,
                message=message,
                path=workspace.file.name,
                line=line,
                column=column,
                hint=hint,
                severity="warning",
            )
        )
    return tuple(told)


_Found = tuple[tuple[tuple[str, ...], ...], str, str, str]  # keys to look for, code, message, hint


def _faint(table: str, colours: Mapping[str, str]) -> Iterator[_Found]:
    for ink in _INK:
        grounds = {name: colours[name] for name in _GROUNDS}
        ratios = {name: contrast(colours[ink], ground) for name, ground in grounds.items()}
        ground = min(ratios, key=lambda name: ratios[name])
        if ratios[ground] < CONTRAST:
            mails = "dark mails" if table == "dark" else "light mails"
            better = _readable(colours[ink], list(grounds.values()))
            message = f"{ink} on {ground} has a contrast of {ratios[ground]:.1f} to 1 in {mails}"
            advice = f'{ink} = "{better}" would do' if better else f"choose a lighter or darker {ground}"
            hint = f"text needs {CONTRAST}; {advice}"
            yield ((table, ink), (table, ground)), "mail-advice", message, hint


def _readable(colour: str, grounds: list[str]) -> str:
    """The colour nearest to `colour` on the way to black or white that stands out; empty if none does."""
    for step in range(1, _STEPS + 1):
        for end in ("#000000", "#ffffff"):
            mixed = _mixed(colour, end, step / _STEPS)
            if all(contrast(mixed, ground) >= CONTRAST for ground in grounds):
                return mixed
    return ""


def _mixed(one: str, other: str, share: float) -> str:
    levels = zip(_levels(one), _levels(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * share):02x}" for first, second in levels)


def _unshown(logo: str) -> Iterator[_Found]:
    if found := _NOT_FOR_MAIL.search(logo):
        yield (
            (("logo",),),
            "mail-image",
            f"the logo is {found[1].upper()}, which many mail programs do not show",
            "give a PNG, twice as wide as `logo_width`",
        )


def _positions(file: Path) -> Mapping[tuple[str | int, ...], tuple[int, int]]:
    try:
        return locate(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError):  # settings need not come from a file, or it is gone since
        return {}


def _stack(font: str) -> str:
    if font in _FONTS:
        return _FONTS[font]
    names = [name.strip() for name in font.split(",") if name.strip()]
    written = [name if re.fullmatch(r"[A-Za-z-]+", name) else f'"{name}"' for name in names]
    return ",".join(written if _GENERIC & set(names) else [*written, "sans-serif"])


def _is_serif(font: str) -> bool:
    return font.endswith(",serif") or font == "serif"


def _names(table: type[Colours | Dark]) -> list[str]:
    return [row.name for row in rows(table)]


def _luminance(colour: str) -> float:
    red, green, blue = (
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of WCAG's formula
        for level in (value / 255 for value in _levels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _levels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]

"""Tables: those of data keep what says so, the others are marked as layout, and wide ones scroll in a box."""

from __future__ import annotations

import re

from feeds.newsletter.content.tree import Element

_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_PADDING = 8  # pixels around what is in a cell

CELLS = frozenset({"td", "th"})


def boxed(table: Element) -> Element:
    """The table in a box, which scrolls when the table is wider than the screen.

    Outlook on Windows scrolls nothing, and breaks the lines in cells until the table fits. A table that is
    stacked on phones would lose the one thing that it is for: what is above and beside what.
    """
    if all(element.tag != "th" for element in table.elements()):
        table.attributes["role"] = "presentation"
    table.attributes |= {"cellpadding": str(_PADDING), "cellspacing": "0", "border": "0"}
    box = {name: value for name in ("dir", "align") if (value := table.attributes.pop(name, ""))}
    return Element("div", {"class": "wide", **box}, [table])


def alignment(cell: Element, *, rtl: bool) -> dict[str, str]:
    """Where the text of a cell is aligned: as the author says, else headers like other text."""
    if aligned := _ALIGNED.search(cell.get("style")):
        return {"align": aligned[1]}
    if cell.tag == "th" and not cell.get("align"):
        return {"align": "right" if rtl else "left"}
    return {}


def room_in_cell(row: Element, room: int) -> int:
    """How many pixels wide a picture in a cell of `row` can be, with all its columns as wide."""
    columns = sum(
        int(span) if (span := each.get("colspan")).isdecimal() and 0 < int(span) < 100 else 1  # noqa: PLR2004 - no real table has so many
        for each in row.children
        if isinstance(each, Element) and each.tag in CELLS
    )
    return room // max(columns, 1) - 2 * _PADDING

"""HTML for feeds: what browsers take gladly, and readers and validators do not.

The W3C feed validator takes every element and attribute that its list lacks for a risk (SecurityRisk,
SecurityRiskAttr), and some of HTML are younger than the list. Readers drop what they do not know, too.
"""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

_PLAYER = re.compile(r"<(?P<name>audio|video)\b(?P<attributes>[^<>]*)>(?P<inner>.*?)</(?P=name)>", re.DOTALL)
_CONTROLS = re.compile(r'\scontrols(?:="[^"<>]*")?')
_SOURCE = re.compile(r'\ssrc="([^"<>]+)"')
_ROLE = re.compile(r'(<[a-z][^<>]*?)\srole="[^"<>]*"')
_OVERRIDE = re.compile(r"(</?)bdo\b")


def syndicated(html: str) -> str:
    """Sanitised HTML as feeds carry it: players with a link beside them, no roles, no overrides of direction.

    Many readers drop players, and those that keep them bring controls of their own: so the attribute goes,
    and a link to the file follows. Without controls, as in a loop that stands for a picture, nothing changes.
    """
    return _OVERRIDE.sub(r"\1span", _ROLE.sub(r"\1", _PLAYER.sub(_linked, html)))


def _linked(player: re.Match[str]) -> str:
    attributes = _CONTROLS.sub("", player["attributes"])
    source = _SOURCE.search(f"{player['attributes']}{player['inner']}")
    if attributes == player["attributes"] or source is None:
        return player[0]
    name = player["name"]
    path = urlsplit(unescape(source[1])).path
    file = unquote(path.rstrip("/").rpartition("/")[2]) or name
    link = f'<br><a href="{source[1]}">{escape(file, quote=False)}</a>'
    return f"<{name}{attributes}>{player['inner']}</{name}>{link}"

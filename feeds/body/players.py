"""Audio and video for feeds: a link to the file beside each, for programs without players."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote, urlsplit

_PLAYER = re.compile(r"<(?P<name>audio|video)\b(?P<attributes>[^<>]*)>(?P<inner>.*?)</(?P=name)>", re.DOTALL)
_CONTROLS = re.compile(r'\scontrols(?:="[^"<>]*")?')
_SOURCE = re.compile(r'\ssrc="([^"<>]+)"')


def linked(html: str) -> str:
    """Sanitised HTML in which what has controls is followed by a link to what it plays.

    Many readers drop players, and those that keep them bring controls of their own. The attribute goes: the
    W3C feed validator takes all that its list lacks for a risk (SecurityRiskAttr), and this one is younger
    than the list. Without controls, as in a loop that stands for a picture, nothing changes.
    """
    return _PLAYER.sub(_linked, html)


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

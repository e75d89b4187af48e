"""One page that shows a mail in the frames in which people will see it, without network or scripts."""

from __future__ import annotations

import html as markup
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeds import templates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from feeds.problems import Problem

TEMPLATE = "newsletter_preview/preview.html"

_STYLE = re.compile(r"<style\b.*?(?:</style\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_META = re.compile(
    r"""(<meta\s[^>]*?name=["']?(?:supported-)?color-schemes?["']?[^>]*?content=)["'][^"']*["']""",
    re.IGNORECASE,
)
_INSIDE = r"""\b(?:[^<>"']|"[^"]*"|'[^']*')*>"""
_IMAGE = re.compile(f"<img{_INSIDE}", re.IGNORECASE)
_STYLED = re.compile(rf"{_STYLE.pattern}|<[a-z][\w:-]*{_INSIDE}", re.IGNORECASE | re.DOTALL)
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_GROUND = re.compile(r"""(\sbackground\s*=\s*)("[^"]*"|'[^']*')|url\([^)]*\)""", re.IGNORECASE)
_BROKEN = "data:,"  # what no program can show, so that it shows the alternative text
_RATIO = 2 / 3  # of an image whose height is not known


def page(
    *,
    subject: str,
    preheader: str,
    sender: str,
    date: str,
    html: str,
    text: str,
    folder: Path,
    images: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> bytes:
    """The preview of a finished mail: a page of UTF-8, the same for the same arguments.

    `html` and `text` are the two parts, `date` is as an inbox shows it. `images` has the `data:` URL of each
    image that is at hand, by its address; the others are grey boxes of their size. `folder` is the site's,
    whose own template wins. Nothing in the mail can run, load or send anything: the frames are sandboxed, and
    the page's policy allows no network.
    """
    shown, boxes = _with_images(html, images or {})
    light, dark = (_in_scheme(shown, scheme) for scheme in ("light", "dark"))
    sections = [
        _section(
            "desktop",
            "Desktop",
            _frame("desktop", "Desktop, light", "a wide window", "light", light),
            _frame("desktop", "Desktop, dark", "as if the system were dark", "dark", dark),
        ),
        _section(
            "phone",
            "Phone",
            _frame("phone", "Phone, light", "375 px", "light", light),
            _frame("phone", "Phone, dark", "375 px, as if it were dark", "dark", dark),
            _frame("phone", "No style sheet", "Gmail's app, other accounts", "light", _bare(light)),
        ),
    ]
    name = sender.partition("<")[0].strip().strip('"') or sender
    values = {
        "subject": subject,
        "preheader": preheader,
        "sender": sender,
        "name": name,
        "sign": next((c.upper() for c in name if c.isalnum()), "?"),
        "date": date,
        "text": text,
        "size": f"{len(html.encode(errors='surrogatepass')):,}",
        "lines": len(text.splitlines()),
        "sections": sections,
        "imageless": _in_scheme(_imageless(html), "light"),
        "problems": [_problem(each) for each in problems],
        "boxes": boxes,
    }
    return templates.fill(folder, TEMPLATE, values).encode(errors="replace")


def _section(name: str, title: str, *frames: dict[str, str]) -> dict[str, object]:
    return {"id": name, "title": title, "frames": list(frames)}


def _frame(kind: str, label: str, note: str, scheme: str, html: str) -> dict[str, str]:
    return {"kind": kind, "label": label, "note": note, "scheme": scheme, "html": html}


def _problem(problem: Problem) -> dict[str, str]:
    place = ":".join([problem.path, *(str(at) for at in (problem.line, problem.column) if at)])
    return {
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        "place": place,
    }


def _in_scheme(html: str, scheme: str) -> str:
    """The mail as a program in this scheme shows it, whatever that of the browser is."""

    def asked(found: re.Match[str]) -> str:
        return "(min-width:0px)" if found[1].lower() == scheme else "(max-width:0px)"

    styled = _STYLE.sub(lambda found: _SCHEME.sub(asked, found[0]), html)
    return _META.sub(rf'\1"{scheme}"', styled)


def _bare(html: str) -> str:
    return _STYLE.sub("", html)


def _imageless(html: str) -> str:
    """The mail before its reader has allowed images: their alternative texts in their place."""
    return _without_grounds(_IMAGE.sub(lambda found: _with_source(found[0], _BROKEN), html))


def _without_grounds(html: str) -> str:
    """The mail without images behind its text, which many programs do not show anyway."""

    def plain(found: re.Match[str]) -> str:
        return _GROUND.sub(lambda ground: f'{ground[1]}""' if ground[1] else "none", found[0])

    return _STYLED.sub(plain, html)


def _with_images(html: str, images: Mapping[str, str]) -> tuple[str, int]:
    """The mail with images that need no network, and how many are boxes."""
    boxes = 0

    def shown(found: re.Match[str]) -> str:
        nonlocal boxes
        attributes = {
            name.lower(): markup.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(found[0])
        }
        source = attributes.get("src", "")
        if source.startswith("data:"):
            return found[0]
        if source not in images:
            boxes += 1
        return _with_source(found[0], images.get(source) or _box(attributes))

    return _without_grounds(_IMAGE.sub(shown, html)), boxes


def _with_source(tag: str, source: str) -> str:
    """An image's tag with another source, and no other sources beside it."""
    kept = _ATTRIBUTE.sub(
        lambda found: "" if found[1].lower() in {"src", "srcset", "sizes"} else found[0], tag
    )
    return f'<img src="{markup.escape(source)}"' + kept[len("<img") :]


def _box(attributes: Mapping[str, str]) -> str:
    """A picture of nothing, as large as the image says that it is."""
    width = _pixels(attributes.get("width", "")) or 300
    height = _pixels(attributes.get("height", "")) or round(width * _RATIO)
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="100%" height="100%" fill="#8a929c" fill-opacity=".28"/></svg>'
    )
    return f"data:image/svg+xml,{quote(drawn)}"


def _pixels(said: str) -> int:
    found = re.match(r"\d{1,4}", said.strip())
    return int(found[0]) if found and "%" not in said else 0

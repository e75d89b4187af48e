"""What a known shortcode becomes: plain HTML that needs no script and no style sheet.

Everything an author wrote is escaped here; captions are Markdown and come rendered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Inline = Callable[[str], str]

_CLASS = re.compile(r"[A-Za-z][\w-]*")
_MEDIUM = re.compile(r"\.(?:aac|flac|m4[av]|mov|mp[34]|mpe?g|oga|ogg|ogv|opus|wav|webm)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}(?=(?:px)?$)")


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in a shortcode after its name: by position, by name."""

    values: tuple[str, ...] = ()
    named: Mapping[str, str] | None = None

    def get(self, *names: str | int) -> str:
        """Return the first of these that was given and is not empty, or ""."""
        for name in names:
            if isinstance(name, int):
                found = self.values[name] if name < len(self.values) else ""
            else:
                found = (self.named or {}).get(name, "")
            if found:
                return found
        return ""


@dataclass(frozen=True, slots=True)
class Embed:
    """HTML, and the text that stands for it in an attribute."""

    html: str
    text: str = ""
    block: bool = True


def link(target: str, text: str) -> Embed:
    """Return a link in a paragraph of its own."""
    return Embed(f'<p><a href="{escape(target)}">{escape(text)}</a></p>', text)


def figure(arguments: Arguments, inline: Inline) -> Embed:
    """Return Hugo's figure (https://gohugo.io/shortcodes/figure/), and what themes of other tools call so."""
    source = arguments.get("src", "url", "image_path", "path", "image", "file", "image_url", "link", 0)
    alt = arguments.get("alt")
    caption = arguments.get("caption", 1)
    attribution = arguments.get("attr")
    image = _image(source, alt or (_text(inline(caption)) if caption else ""), arguments)
    target = arguments.get("link") if source != arguments.get("link") else ""
    if target:
        image = f'<a href="{escape(target)}">{image}</a>'
    parts = []
    if title := arguments.get("title"):
        parts.append(f"<strong>{inline(title)}</strong>")
    credit = inline(attribution) if attribution else ""
    if credit and arguments.get("attrlink"):
        credit = f'<a href="{escape(arguments.get("attrlink"))}">{credit}</a>'
    if text := " ".join(part for part in (inline(caption) if caption else "", credit) if part):
        parts.append(text)
    legend = f"<figcaption>{'<br>'.join(parts)}</figcaption>" if parts else ""
    return Embed(f"<figure{_classes(arguments.get('class'))}>{image}{legend}</figure>", alt)


def image(source: str, *, alt: str = "", title: str = "", width: str = "", height: str = "") -> Embed:
    """Return an image that stands in the text."""
    named = {"width": width, "height": height, "tooltip": title}
    return Embed(_image(source, alt, Arguments(named=named)), alt, block=False)


def player(kind: str, source: str, arguments: Arguments, inline: Inline) -> Embed:
    """Return an `audio` or a `video`, or a link to the page on which it is played."""
    caption = arguments.get("title", "caption")
    if re.match(r"(?:https?:)?//", source) and not _MEDIUM.search(source.partition("?")[0]):
        title = f' title="{escape(_text(inline(caption)))}"' if caption else ""
        return Embed(f'<iframe src="{escape(source)}"{title}></iframe>', source)
    legend = f"<figcaption>{inline(caption)}</figcaption>" if caption else ""
    poster = f' poster="{escape(arguments.get("poster"))}"' if arguments.get("poster") else ""
    html = f'<{kind} src="{escape(source)}"{poster} controls></{kind}>'
    return Embed(f"<figure>{html}{legend}</figure>" if legend else html, source)


def code(text: str, language: str = "") -> Embed:
    """Return a block of code, without the indentation that all its lines share."""
    name = re.match(r"[\w+#.-]+", language)
    attribute = f' class="language-{escape(name[0].lower())}"' if name else ""
    body = dedent(text).strip("\n")
    return Embed(f"<pre><code{attribute}>{escape(body, quote=False)}\n</code></pre>")


def quote(inner: str, author: str = "") -> Embed:
    """Return a quotation of finished HTML; `author` is what `by` has made."""
    return Embed(f"<blockquote>{inner}{credit(author)}</blockquote>")


def by(author: str, source: str = "", address: str = "") -> str:
    """Return as HTML who is quoted, from what, and where that is; "" for nobody."""
    work = escape(source or address.partition("://")[2]) if address else escape(source)
    if address:
        work = f'<a href="{escape(address)}">{work or escape(address)}</a>'
    return ", ".join(part for part in (escape(author), work) if part)


def credit(author: str) -> str:
    """Return the line below a quotation for what `by` has made, "" for nobody."""
    return f"<p>— {author}</p>" if author else ""


def literal(text: str) -> Embed:
    """Return text that stays as it is."""
    return Embed(escape(text, quote=False), text, block=False)


def service(name: str, arguments: Arguments) -> Embed | None:
    """Return a link to what a shortcode embeds from elsewhere (a video, a post), None for unknown names."""
    first = arguments.get("id", "url", 0)
    if not first:
        return None
    template, label = _SERVICES.get(name, ("", ""))
    if name in {"gist", "tweet", "twitter", "x"} and not first.startswith(("http://", "https://")):
        user = arguments.get("user") or (first if arguments.get(1) else "")
        number = arguments.get("id", 1, 0)
        path = f"{user or 'i/web'}/status/{number}" if name != "gist" else f"{user}/{number}".lstrip("/")
        base = "https://gist.github.com/" if name == "gist" else "https://x.com/"
        return link(base + path, ("Gist: " if name == "gist" else "Post on X: ") + path)
    if not template:
        return None
    if name == "spotify" and "/" not in first:
        first = f"{arguments.get('type') or 'track'}/{first}"
    target = first if first.startswith(("http://", "https://")) else template.format(first)
    return link(
        target, arguments.get("title") or f"{label}: {target.partition('://')[2].removeprefix('www.')}"
    )


_SERVICES = {
    "gist": ("{}", "Gist"),
    "tweet": ("{}", "Post on X"),
    "twitter": ("{}", "Post on X"),
    "x": ("{}", "Post on X"),
    "youtube": ("https://www.youtube.com/watch?v={}", "YouTube"),
    "youtubelite": ("https://www.youtube.com/watch?v={}", "YouTube"),
    "youtube_lite": ("https://www.youtube.com/watch?v={}", "YouTube"),
    "vimeo": ("https://vimeo.com/{}", "Vimeo"),
    "instagram": ("https://www.instagram.com/p/{}/", "Instagram"),
    "spotify": ("https://open.spotify.com/{}", "Spotify"),
    "soundcloud": ("https://soundcloud.com/{}", "SoundCloud"),
    "codepen": ("https://codepen.io/{}", "CodePen"),
    "twitch": ("https://www.twitch.tv/videos/{}", "Twitch"),
    "speakerdeck": ("https://speakerdeck.com/player/{}", "Speaker Deck"),
    "mastodon": ("{}", "Mastodon"),
    "bilibili": ("https://www.bilibili.com/video/{}", "bilibili"),
    "asciinema": ("https://asciinema.org/a/{}", "asciinema"),
}


def _image(source: str, alt: str, arguments: Arguments) -> str:
    sizes = "".join(
        f' {name}="{number[0]}"'
        for name in ("width", "height")
        if (number := _NUMBER.match(arguments.get(name)))
    )  # fmt: skip
    title = arguments.get("tooltip")
    tooltip = f' title="{escape(title)}"' if title else ""
    return f'<img src="{escape(source)}" alt="{escape(alt)}"{tooltip}{sizes}>' if source else ""


def _classes(value: str) -> str:
    words = " ".join(word for word in value.split() if _CLASS.fullmatch(word))
    return f' class="{words}"' if words else ""


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", html))

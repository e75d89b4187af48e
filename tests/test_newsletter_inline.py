"""The inliner: style sheets into elements, with nothing fetched and no merge tag lost."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING, Any

import pytest

from feeds.errors import ConfigError
from feeds.newsletter.inline import inline

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>T</title>\n'
    '<style data-premailer="ignore">{keep}</style>\n</head>\n<body>{body}</body>\n</html>'
)


def page(body: str, keep: str = "") -> str:
    """A whole document."""
    return PAGE.format(body=body, keep=keep)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in this room may open a connection."""

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("the inliner used the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_rules_end_up_in_the_elements_and_the_kept_sheet_stays() -> None:
    """Two sheets: one inlined, one left alone to the last byte, with its marker gone."""
    keep = "@media (max-width:480px){p{margin:0 !important}}\n[data-ogsc] p{color:#fff !important}\nu + .body{margin:0}"
    html = inline(
        page('<p class="a">x</p>', keep), "p { margin: 0 0 20px; color: #1f2328 } .a { color: #57606a }"
    )
    assert html.startswith(
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>'
    )
    assert '<p class="a" style="margin:0 0 20px;color:#57606a">x</p>' in html
    assert f"<style>{keep}</style>" in html
    assert "premailer" not in html


def test_what_outlook_needs_survives() -> None:
    """Conditional comments, hidden text and quoted font names."""
    body = '<!--[if mso]><table width="600"><tr><td><![endif]--><div>x</div><!--[if mso]></td></tr></table><![endif]-->'
    html = inline(
        page(body), 'div { font-family: "Segoe UI", Arial; mso-hide: all; overflow-wrap: break-word }'
    )
    assert '<!--[if mso]><table width="600"><tr><td><![endif]-->' in html
    assert "<div style='font-family:\"Segoe UI\", Arial;mso-hide:all;overflow-wrap:break-word'>" in html


def test_text_that_looks_like_style_is_left_alone() -> None:
    """Only tags are tightened, never an author's words."""
    words = '<p>style="a; b" and &lt;p style="c; d"&gt; &nbsp;é 日本 😀</p>'
    html = inline(page(words), "b { color: red }")
    assert 'style="a; b" and &lt;p style="c; d"&gt;' in html
    assert "é 日本 😀" in html


@pytest.mark.parametrize(
    "tag",
    [
        "{{ UnsubscribeURL }}",
        '{{ .Subscriber.Name "there" }}',
        "{{{ pm:unsubscribe }}}",
        "{% unsubscribe %}",
        "*|UNSUB|*",
        "<%asm_group_unsubscribe_raw_url%>",
        "%recipient.unsubscribe_url%",
        "%%{unsubscribe_url}%%",
    ],
)
def test_merge_tags_survive_byte_for_byte(tag: str) -> None:
    """In a link, in the middle of a link and in text, as often as the theme wrote them."""
    body = f'<p><a href="{tag}">a</a> <a href="https://e.org/?u={tag}&amp;v=1">b</a> Dear {tag}</p>'
    html = inline(page(body), "a { color: #0b57d0 }")
    assert html.count(tag) == 3
    assert f'<a href="{tag}" style="color:#0b57d0">' in html
    assert f'"https://e.org/?u={tag}&amp;v=1"' in html


def test_an_authors_braces_do_not_hide_elements_from_the_style() -> None:
    """Two pieces of code that open and close braces are styled like any other."""
    html = inline(page("<p><code>{{</code> and <code>}}</code></p>"), "code { color: red }")
    assert '<code style="color:red">{{</code> and <code style="color:red">}}</code>' in html


def test_a_merge_tag_that_the_parser_would_lose_is_an_error() -> None:
    """Better no mail than one without its unsubscribe link."""
    with pytest.raises(ConfigError, match="merge tag"):
        inline(page('<a href="https://e.org" href="{{ x }}">y</a>'), "p { color: red }")


@pytest.mark.parametrize(
    ("css", "keep"),
    [
        ('@import "http://127.0.0.1:9/x.css";', ""),
        ("@IMPORT url(file:///etc/passwd);", ""),
        ("@\\69mport 'x.css';", ""),
        ("", "@import url(x.css);"),
        ("p { color: var(--ink) }", ""),
        (":root { --ink: red }", ""),
        ("", "p { color: VAR(--ink) }"),
    ],
)
def test_a_sheet_that_loads_another_or_uses_variables_is_refused(css: str, keep: str) -> None:
    """Premailer would fetch the one, and mail programs drop the other."""
    with pytest.raises(ConfigError, match="style sheet"):
        inline(page("<p>x</p>", keep), css)


@pytest.mark.parametrize(
    "link", ['<link rel="stylesheet" href="x.css">', "<LINK href=//e.org/x.css rel=Stylesheet>"]
)
def test_a_linked_sheet_is_refused(link: str) -> None:
    """A mail cannot fetch, so a theme may not link."""
    with pytest.raises(ConfigError, match="links a style sheet"):
        inline(page(link), "")


def test_a_link_that_hides_from_us_is_not_followed() -> None:
    """Two locks on the same door."""
    html = inline(
        page('<link title=">" rel="stylesheet" href="http://127.0.0.1:9/x.css">'), "p { margin: 0 }"
    )
    assert "<style" in html


def test_what_cannot_be_inlined_does_not_leak_into_the_head() -> None:
    """Hover and media rules belong into the kept sheet; in the other they do nothing."""
    html = inline(
        page("<p>x</p>"), "p:hover { color: red } @media print { p { color: blue } } p { margin: 0 }"
    )
    assert '<p style="margin:0">x</p>' in html
    assert html.count("<style") == 1
    assert "red" not in html
    assert "blue" not in html


def test_comments_and_class_names_are_not_mistaken_for_faults() -> None:
    """What only looks like an import or a variable is fine."""
    html = inline(page('<p class="a--b">x</p>'), "/* @import var(--x) */ .a--b { color: red }")
    assert '<p class="a--b" style="color:red">' in html


def test_unusual_css_is_kept_without_a_word(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cssutils knows CSS 2.1 and would complain about everything since."""
    with caplog.at_level(logging.DEBUG):
        inline(
            page("<p>x</p>"), "p { word-break: break-word; gap: 2px; color: #12; mso-hide: all } @nonsense {"
        )
    assert ([], ("", "")) == (caplog.records, tuple(capsys.readouterr()))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Caches, warm or cold, do not show."""
    body = "".join(f'<p class="c{number}">x {tmp_path.anchor}</p>' for number in range(300))
    css = "".join(f".c{number} {{ margin: {number}px }}" for number in range(300))
    assert inline(page(body), css) == inline(page(body), css)

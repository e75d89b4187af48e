"""D6: where links and files lead: to absolute addresses that mail programs follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.newsletter.contract import addresses
from feeds.newsletter.contract.merge_tags import declared
from feeds.newsletter.contract.page import Element, text_of
from feeds.newsletter.contract.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeds.newsletter.contract.mail import Mail
    from feeds.newsletter.contract.rules import Finding

_SCHEME = re.compile(r"(?i)(?:mailto:[^\s/]|tel:[+\d])")
_URL = re.compile(r"""(?i)url\(\s*["']?([^"')]*)""")
# Attributes that load or lead somewhere, beside href of a link and src of an image.
_OTHERS = ("srcset", "background", "poster", "action", "longdesc", "cite", "data")

RULES = table(
    [
        (
            "link-address",
            "D6",
            "error",
            (
                "A link leads to an absolute address of http, https, mailto or tel, to a place in the mail, "
                "or to a merge tag of yours."
            ),
            "RFC 3986 section 4.2: mail has no address that others could be relative to",
        ),
        (
            "link-place",
            "D6",
            "warning",
            "A link to a place in the mail has its place there, an empty <a name>.",
            "Gmail and Outlook on Windows know no id; Gmail on iOS no such links",
        ),
        (
            "link-words",
            "D8",
            "warning",
            "A link has words, or an image with a text.",
            "WCAG 2.2 success criterion 2.4.4",
        ),
        (
            "link-other",
            "D6",
            "error",
            "Every other address is absolute, and of https; there is no srcset.",
            "mail has no address that others could be relative to",
        ),
        (
            "link-style",
            "D6",
            "error",
            "What a style loads has an address of https.",
            "mail has no address that others could be relative to",
        ),
    ]
)


def lint(mail: Mail) -> Iterator[Finding]:
    """Judge where things lead."""
    tags = set(declared(mail))
    names = {element.attributes.get("name", "") for element in mail.page.elements("a")}
    names |= {element.attributes.get("id", "") for element in mail.page.elements()}
    for element in mail.page.elements():
        href = element.attributes.get("href")
        if href is not None and element.tag in {"a", "area"}:
            yield from _link(mail, element, href, tags, names)
        for name in _OTHERS:
            value = element.attributes.get(name)
            if value is not None and (name == "srcset" or not value.lower().startswith("https://")):
                yield _broken(
                    "link-other", f"<{element.tag}> has {name}={value[:60]!r}", mail, element, value
                )
        for _, value, _ in element.style:
            for url in _URL.findall(value):
                if not url.strip().lower().startswith("https://"):
                    yield _broken(
                        "link-style", f"a style of <{element.tag}> loads {url[:60]!r}", mail, element, url
                    )
    for url in _URL.findall(
        "\n".join(each for element in mail.page.elements("style") for each in element.holds)
    ):
        if not url.strip().lower().startswith("https://"):
            message = f"a style sheet loads {url[:60]!r}"
            yield RULES["link-style"].broken(message, part="html", excerpt=url)


def is_of_web(url: str) -> bool:
    """Whether an address is absolute and of the web."""
    return bool(addresses.host(url)) and not re.search(r"[\s<>\"]", url)


def shown(mail: Mail) -> Iterator[tuple[Element, str]]:
    """The links that readers see, with where they lead."""
    for element in mail.page.elements("a"):
        if not element.hidden and "href" in element.attributes:
            yield element, element.attributes["href"]


def _link(mail: Mail, element: Element, href: str, tags: set[str], names: set[str]) -> Iterator[Finding]:
    if not (is_of_web(href) or _SCHEME.match(href) or href.startswith("#") or href in tags):
        said = f"a link leads to {href[:80]!r}" if href else "a link leads nowhere"
        yield _broken("link-address", said, mail, element, href)
    elif href.startswith("#") and href[1:] not in names:
        yield _broken(
            "link-place", f"a link leads to {href[:60]}, which is not in the mail", mail, element, href
        )
    if not element.hidden and not text_of(element, mail.page).strip() and not _has_picture(mail, element):
        yield _broken("link-words", f"the link to {href[:80]} has no words", mail, element, href)


def _has_picture(mail: Mail, link: Element) -> bool:
    return any(
        isinstance(node, Element) and node.tag == "img" and bool(node.attributes.get("alt", "").strip())
        for node in mail.page.nodes[link.begin : link.end]
    )


def _broken(rule: str, message: str, mail: Mail, element: Element, excerpt: str) -> Finding:
    return RULES[rule].broken(
        message, part="html", line=element.line, entry=mail.entry(excerpt), excerpt=excerpt
    )

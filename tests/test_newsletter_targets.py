"""What each service is handed, read again as it would read it: the fields that it knows, and always a draft."""

from __future__ import annotations

import email
import email.policy
import json
import mailbox
import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feeds.errors import ConfigError
from feeds.model import Mailing
from feeds.newsletter import contract, message, slots
from feeds.newsletter.addresses import web_url
from feeds.newsletter.exports import EXPORTS, file_name, folder_name
from feeds.newsletter.targets import parts
from letters_for_targets import ADDRESS, a_letter, a_workspace, an_issue
from samples import a_post

if TYPE_CHECKING:
    from feeds.model import Letter

WORKSPACE = a_workspace()
REASON = "You get this mail because you subscribed to Harbour letters\n(https://log.example.org).\n"
WEB = "https://log.example.org/newsletter/7/"
LEAVE = "https://log.example.org/leave/?a=1&b=2"
SERVICES = ["listmonk", "buttondown", "mailchimp", "ghost", "beehiiv", "mailgun", "sendgrid", "postmark"]

# What a service takes: each key with its type; one with a `?` may be left out. A list has one schema for all.
HEADERS = {str: str}
SCHEMAS: dict[str, Any] = {
    "listmonk": {
        "name": str, "subject": str, "lists": [int], "from_email": str, "type": str, "content_type": str,
        "body": str, "altbody": str, "messenger": str, "tags": [str], "headers": [HEADERS],
    },
    "buttondown": {
        "subject": str, "body": str, "status": str, "slug?": str, "description?": str, "canonical_url?": str,
        "image?": str, "secondary_id": int, "metadata": {str: str},
    },
    "mailchimp": {"requests": [{"method": str, "path": str, "body": dict}]},
    "ghost": {
        "posts": [{
            "title": str, "slug?": str, "status": str, "html": str, "custom_excerpt?": str, "feature_image?": str,
            "canonical_url?": str, "email_subject": str, "tags?": [{"name": str}],
        }]
    },
    "beehiiv": {
        "title": str, "body_content": str, "status": str, "thumbnail_image_url?": str, "content_tags?": [str],
        "email_settings": {"email_subject_line": str, "email_preview_text?": str}, "web_settings?": {"slug": str},
    },
    "mailgun": {
        "method": str, "path": str,
        "form": {
            "from": str, "to": str, "subject": str, "html": str, "text": str, "o:testmode": str, "o:tag": [str],
            "h:Reply-To?": str, "h:Message-ID": str, "h:List-Id": str, "h:List-Archive": str,
        },
    },
    "sendgrid": {
        "name": str, "categories?": [str],
        "email_config": {
            "subject": str, "html_content": str, "plain_content": str, "generate_plain_content": bool, "editor": str,
        },
    },
    "postmark": {"Name": str, "Alias": str, "TemplateType": str, "Subject": str, "HtmlBody": str, "TextBody": str},
}  # fmt: skip

TAGS: dict[str, tuple[str, ...]] = {
    "listmonk": ("{{ UnsubscribeURL }}", "{{ MessageURL }}", '{{ or .Subscriber.FirstName "reader" }}'),
    "buttondown": (
        "{{ unsubscribe_url }}",
        "{{ email_url }}",
        '{{ subscriber.metadata.first_name|default:"reader" }}',
    ),
    "mailchimp": (
        "*|UNSUB|*",
        "*|ARCHIVE|*",
        "*|IF:FNAME|**|FNAME|**|ELSE:|*reader*|END:IF|*",
        "*|HTML:LIST_ADDRESS_HTML|*",
    ),
    "mailgun": ("%mailing_list_unsubscribe_url%",),
    "sendgrid": ("{{{unsubscribe}}}", "{{Weblink}}", '{{insert first_name "default=reader"}}'),
    "postmark": (
        "{{{ pm:unsubscribe }}}",
        "{{#first_name}}{{.}}{{/first_name}}{{^first_name}}reader{{/first_name}}",
    ),
}


def check(value: Any, schema: Any, where: str = "") -> None:
    """A value that fits its schema, and has nothing that the service does not know."""
    if isinstance(schema, type):
        assert isinstance(value, schema), where
    elif isinstance(schema, list):
        assert isinstance(value, list), where
        for each in value:
            check(each, schema[0], where)
    elif str in schema:
        assert all(isinstance(each, str) for pair in value.items() for each in pair), where
    else:
        keys = {key.rstrip("?"): key for key in schema}
        assert not set(value) - set(keys), where
        assert not {key for key in schema if not key.endswith("?")} - set(value), where
        for key, each in value.items():
            check(each, schema[keys[key]], f"{where}/{key}")


def written(name: str, letter: Letter | None = None, **newsletter: Any) -> Any:
    """The request bodies of an export without problems."""
    exported = EXPORTS[name].write(letter or a_letter(), a_workspace(**newsletter))
    assert not exported.problems
    assert not exported.is_refused
    return json.loads(exported.data)


def html_of(name: str, body: Any) -> str:
    """Where a service finds the HTML."""
    places = {
        "listmonk": lambda: body["body"],
        "buttondown": lambda: body["body"],
        "mailchimp": lambda: body["requests"][1]["body"]["html"],
        "ghost": lambda: body["posts"][0]["html"],
        "beehiiv": lambda: body["body_content"],
        "mailgun": lambda: body["form"]["html"],
        "sendgrid": lambda: body["email_config"]["html_content"],
        "postmark": lambda: body["HtmlBody"],
    }
    found: str = places[name]()
    return found


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_sent_what_it_knows(name: str) -> None:
    """No other key, no other type, for a post with everything and for one with nothing."""
    check(written(name), SCHEMAS[name])
    bare = a_letter(an_issue(a_post(title=""), preheader=""), addressee="")
    bare = replace(bare, headers=tuple(row for row in bare.headers if row[0] != "Reply-To"))
    check(written(name, bare, postal_address="", unsubscribe_url=""), SCHEMAS[name])


@pytest.mark.parametrize("name", SERVICES)
def test_no_slot_is_left_and_bytes_are_stable(name: str) -> None:
    """Twice the same bytes, and no token of ours in them."""
    letter = a_letter()
    data = EXPORTS[name].write(letter, WORKSPACE).data
    assert data == EXPORTS[name].write(letter, WORKSPACE).data
    assert letter.token not in data.decode()
    assert data.endswith(b"}\n")


@pytest.mark.parametrize(("name", "tags"), TAGS.items(), ids=list(TAGS))
def test_each_service_gets_its_own_merge_tags(name: str, tags: tuple[str, ...]) -> None:
    """For leaving, for the web, for a name and what to say without one; each once."""
    html = html_of(name, written(name))
    assert [1] * len(tags) == [html.count(tag) for tag in tags]
    assert "/leave/" not in html
    assert ("Rua das Flores 12<br>4050-262 Porto" in html) is (name != "mailchimp")


@pytest.mark.parametrize("name", ["ghost", "beehiiv"])
def test_services_with_a_frame_of_their_own_get_the_posts_alone(name: str) -> None:
    """No head, no style sheet, no links that they add themselves."""
    html = html_of(name, written(name))
    assert '<p id="said" title="Splice it.">Splice it.</p>' in html
    assert not re.search(r"<style|<head|DOCTYPE|Leave|On the web|Rua das", html)


def test_everything_is_a_draft() -> None:
    """No request makes a service send anything."""
    assert "status" not in written("listmonk")  # which makes drafts, and has another request to start one
    assert "send_at" not in written("listmonk")
    assert "draft" == written("buttondown")["status"]
    assert "draft" == written("ghost")["posts"][0]["status"]
    assert "draft" == written("beehiiv")["status"]
    assert "yes" == written("mailgun")["form"]["o:testmode"]
    assert not {"send_at", "send_to", "status"} & set(written("sendgrid"))
    assert [("POST", "/3.0/campaigns"), ("PUT", "/3.0/campaigns/{campaign_id}/content")] == [
        (request["method"], request["path"]) for request in written("mailchimp")["requests"]
    ]
    assert "Standard" == written("postmark")["TemplateType"]


def test_listmonk_gets_a_campaign() -> None:
    """Its headers are those that it has no field for, in ASCII."""
    body = written("listmonk")
    assert ("7: Rope", "Rope", "regular", "html", "email", [1]) == tuple(
        body[key] for key in ("name", "subject", "type", "content_type", "messenger", "lists")
    )
    assert ["Boats", "rope", "knots"] == body["tags"]
    assert [
        {"Reply-To": "ines@log.example.org"},
        {"List-Id": "<letters.log.example.org>"},
        {"List-Archive": f"<{WEB}>"},
    ] == body["headers"]
    assert '{{ Safe `<!--[if mso]><table role="presentation"><tr><td><![endif]-->` }}' in body["body"]
    assert body["altbody"].startswith('Dear {{ Safe (or .Subscriber.FirstName "reader") }},\n\nSplice it.\n')
    assert body["altbody"].endswith("Rua das Flores 12\n4050-262 Porto\n")


def test_listmonk_keeps_a_brace_before_a_comment_apart() -> None:
    """Or it would be part of the tag that the comment becomes."""
    html = html_of(
        "listmonk", written("listmonk", a_letter(html="<p>{{<!--[if mso]>x<![endif]--><!--`--></p>"))
    )
    assert '<p>&#123;&#123;{{ Safe `<!--[if mso]>x<![endif]-->` }}{{ Safe "\\x3c!--`-->" }}</p>' == html


def test_buttondown_gets_the_body_for_its_naked_template() -> None:
    """With a note that it is HTML, and what its archive shows."""
    body = written("buttondown")
    assert body["body"].startswith("<!-- buttondown-editor-mode: fancy -->\n<!--[if mso]>")
    assert not re.search(r"<body|</html>|<style>a", body["body"])
    assert {
        "slug": "rope-work",
        "description": "How to splice it",
        "canonical_url": "https://log.example.org/posts/Rope_work.html",
        "image": "https://log.example.org/rope.png",
        "secondary_id": 7,
        "metadata": {"issue": "7", "id": "urn:issue:7", "revision": "0"},
    }.items() <= body.items()
    assert "<p>x</p>\n" == written("buttondown", a_letter(html="<p>x</p>"))["body"].partition("\n")[2]


@pytest.mark.parametrize("addressee", ['"you"', "{{you}}", "a\\b"])
def test_a_word_that_fits_into_no_tag_stands_alone(addressee: str) -> None:
    """In a text part, which has no references: better than a tag that fails for everybody."""
    exported = EXPORTS["sendgrid"].write(a_letter(addressee=addressee), WORKSPACE)
    assert "insert first_name" not in json.loads(exported.data)["email_config"]["plain_content"]


@pytest.mark.parametrize(
    ("addressee", "expected"),
    [
        ("friends & <family>", "friends &amp; &lt;family&gt;"),
        ('"you"', "&quot;you&quot;"),
        ("{{you}}", "&#123;&#123;you&#125;&#125;"),
        ("a\\b", "a&#92;b"),
    ],
)
def test_a_word_in_a_tag_is_html(addressee: str, expected: str) -> None:
    """Django and Handlebars leave what stands in a tag as it is."""
    letter = a_letter(addressee=addressee)
    tag = f'{{{{ subscriber.metadata.first_name|default:"{expected}" }}}}'
    assert f"Dear {tag}," in html_of("buttondown", written("buttondown", letter))
    exported = EXPORTS["sendgrid"].write(letter, WORKSPACE)
    html = html_of("sendgrid", json.loads(exported.data))
    assert f'Dear {{{{insert first_name "default={expected}"}}}},' in html


def test_without_a_word_for_everybody_the_name_stands_alone() -> None:
    """Where the service knows one."""
    letter = a_letter(addressee="")
    expected = {
        "listmonk": "Dear {{ .Subscriber.FirstName }},",
        "buttondown": "Dear {{ subscriber.metadata.first_name }},",
        "mailchimp": "Dear *|FNAME|*,",
        "mailgun": "Dear %recipient_fname%,",
        "sendgrid": "Dear {{first_name}},",
        "postmark": "Dear {{#first_name}}{{.}}{{/first_name}},",
    }
    assert expected == {
        name: re.findall("Dear .*?,(?=</p>)", html_of(name, written(name, letter)))[0] for name in expected
    }


def test_mailchimp_gets_two_requests() -> None:
    """Settings, then content; the address is the one that Mailchimp has, as its rules want it."""
    first, second = (request["body"] for request in written("mailchimp")["requests"])
    assert {
        "type": "regular",
        "settings": {
            "subject_line": "Rope",
            "title": "7: Rope",
            "from_name": "The Harbour Log",
            "reply_to": "ines@log.example.org",
            "auto_footer": False,
            "inline_css": False,
        },
    } == first
    assert second["plain_text"].endswith("On the web: *|ARCHIVE|*\nLeave: *|UNSUB|*\n*|LIST:ADDRESSLINE|*\n")


def test_ghost_gets_a_card() -> None:
    """Which Ghost leaves as it is, and what it shows around."""
    (post,) = written("ghost")["posts"]
    assert post["html"].startswith("<!--kg-card-begin: html-->\n<p")
    assert post["html"].endswith("</p>\n<!--kg-card-end: html-->")
    assert {
        "title": "Rope",
        "slug": "rope-work",
        "custom_excerpt": "How to splice it",
        "email_subject": "Rope",
        "feature_image": "https://log.example.org/rope.png",
        "tags": [{"name": "Boats"}, {"name": "rope"}, {"name": "knots"}],
    }.items() <= post.items()


def test_ghost_takes_no_text_longer_than_its_columns() -> None:
    """It would refuse the post."""
    issue = an_issue(
        a_post(title="word " * 99, tags=("x" * 192, "y")), subject="word " * 99, preheader="word " * 99
    )
    (post,) = written("ghost", a_letter(issue))["posts"]
    assert (True, True, True) == (
        len(post["title"]) <= 255,
        len(post["custom_excerpt"]) <= 300,
        len(post["email_subject"]) <= 300,
    )
    assert [{"name": "y"}] == post["tags"]
    assert 150 >= len(
        written("mailchimp", a_letter(issue))["requests"][0]["body"]["settings"]["subject_line"]
    )


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("Rope_work.html", "rope-work"),
        ("caf%C3%A9-au-lait", "cafe-au-lait"),
        ("привет-2", None),
        ("%D8%AE%D9%88", None),
        ("word-" * 60, ("word-" * 38).strip("-")),
        ("x" * 250, "x" * 191),
    ],
)
def test_a_slug_is_ascii_or_left_to_the_service(segment: str, expected: str | None) -> None:
    """Which makes a better one of the title than half of a word is; and none is longer than it takes."""
    letter = a_letter(an_issue(a_post(url=f"https://e.org/{segment}/")))
    assert expected == written("ghost", letter)["posts"][0].get("slug")
    assert (expected is None) is ("web_settings" not in written("beehiiv", letter))
    assert 100 >= len(written("buttondown", letter).get("slug", ""))
    check(written("buttondown", letter), SCHEMAS["buttondown"])


@pytest.mark.parametrize(
    ("said", "title", "preheader", "severity", "message"),
    [
        (
            "x",
            "How %%{uuid}%% works",
            "y",
            "error",
            "Ghost would take '%%{uuid}%%' in the title for a merge tag",
        ),
        ("x", "%%{", "y", "error", "Ghost would take '%%{' in the title for a merge tag"),
        (
            "x",
            "Rope",
            "How %%{uuid}%% works",
            "warning",
            "Ghost would take '%%{uuid}%%' in the excerpt for a merge tag, so there is none",
        ),
    ],
)
def test_ghost_is_not_handed_a_tag_outside_of_the_post(
    said: str, title: str, preheader: str, severity: str, message: str
) -> None:
    """Its mail has title and excerpt in its HTML, all of which it looks through."""
    issue = an_issue(a_post(title=title), preheader=preheader)
    exported = EXPORTS["ghost"].write(a_letter(issue, said=said), WORKSPACE)
    assert [(severity, message)] == [(each.severity, each.message) for each in exported.problems]
    assert exported.is_refused is (severity == "error")
    assert b"%%{" not in exported.data
    assert b"custom_excerpt" not in exported.data


@pytest.mark.parametrize("name", ["ghost", "beehiiv"])
def test_posts_that_a_service_takes_whole_are_weighed(name: str) -> None:
    """They are not cut, for they are a page on the web as well, so Gmail may hide their end."""
    small = EXPORTS[name].write(a_letter(said="x" * 20_000), a_workspace(max_bytes=50_000))
    assert () == small.problems
    exported = EXPORTS[name].write(a_letter(said="é" * 20_000), a_workspace(max_bytes=50_000))
    assert [("mail-advice", "warning", "content/posts/rope.md")] == [
        (each.code, each.severity, each.path) for each in exported.problems
    ]
    assert (
        "gets 80,026 bytes of HTML, more than newsletter.max_bytes (50,000)" in exported.problems[0].message
    )
    assert "é" * 20_000 in html_of(name, json.loads(exported.data))


@pytest.mark.parametrize(("name", "tag"), [("beehiiv", "{{first_name}}"), ("ghost", "%%{first_name}%%")])
def test_a_theme_s_own_tag_is_live_among_the_posts(name: str, tag: str) -> None:
    """While the same from an author is none."""
    letter = a_letter(tags=(tag,))
    letter = replace(letter, content=f"<p>Hi {slots.tag(letter.token, 0)}, 100%</p>\n{letter.content}")
    assert f"<p>Hi {tag}, 100%</p>" in html_of(name, written(name, letter))


@pytest.mark.parametrize(
    ("where", "issue", "said"),
    [
        ("subject", an_issue(subject="Use {{ x }}"), "x"),
        ("preheader", an_issue(preheader="Use {{ x }}"), "x"),
        ("title", an_issue(a_post(title="Use {{ x }}")), "x"),
        ("post", an_issue(), "Use {{ x }}"),
    ],
)
def test_beehiiv_refuses_what_it_would_run(where: str, issue: Any, said: str) -> None:
    """It decodes references, so there is no way in."""
    exported = EXPORTS["beehiiv"].write(a_letter(issue, said=said), WORKSPACE)
    (problem,) = exported.problems
    assert (b"", True) == (exported.data, exported.is_refused)
    assert ("mail-merge-tag", "error") == (problem.code, problem.severity)
    assert f"beehiiv would take '{{{{ x }}}}' in the {where} for a merge tag" == problem.message


@pytest.mark.parametrize("said", ["{{ email | append: '}' }}", "{% if a == '}' %}", "{{", "{%"])
def test_beehiiv_refuses_whatever_begins_a_tag(said: str) -> None:
    """Strings in Liquid may have braces."""
    assert EXPORTS["beehiiv"].write(a_letter(said=said), WORKSPACE).is_refused
    assert EXPORTS["beehiiv"].write(a_letter(an_issue(a_post(title=said))), WORKSPACE).is_refused


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("mailchimp", "*|FNAME|*"),
        ("mailgun", "%recipient.name%"),
        ("sendgrid", "{{ name }}"),
        ("sendgrid", "{{"),
        ("sendgrid", "<%asm_group_unsubscribe_raw_url%>"),
        ("sendgrid", "[unsubscribe]"),
        ("sendgrid", "[Weblink]"),
        ("sendgrid", "[%first_name%]"),
    ],
)
def test_what_cannot_be_carried_is_refused_by_name(name: str, tag: str) -> None:
    """A subject with the post's file; a text part becomes a link."""
    post = a_post(path="posts/tags.md", title=f"On {tag}", html=f"<p>{escape(tag)}</p>")
    refused = EXPORTS[name].write(a_letter(an_issue(a_post(), post, subject=f"On {tag}")), WORKSPACE)
    (problem,) = refused.problems
    assert (b"", True) == (refused.data, refused.is_refused)
    assert ("content/posts/tags.md", "error") == (problem.path, problem.severity)
    assert f"{tag!r} in the subject" in problem.message
    replaced = EXPORTS[name].write(a_letter(an_issue(a_post(), post), said=f"On {tag}."), WORKSPACE)
    (problem,) = replaced.problems
    assert ("content/posts/tags.md", "warning", False) == (
        problem.path,
        problem.severity,
        replaced.is_refused,
    )
    assert f"{tag!r} in the text part" in problem.message
    body = json.loads(replaced.data)
    texts = {
        "mailchimp": lambda: body["requests"][1]["body"]["plain_text"],
        "mailgun": lambda: body["form"]["text"],
        "sendgrid": lambda: body["email_config"]["plain_content"],
    }
    assert re.fullmatch(
        rf"Rope\n\nView in browser: {WEB}\nUnsubscribe: \S+\n\n{re.escape(REASON)}(?:\*\|LIST:ADDRESSLINE\|\*|{ADDRESS})\n",
        texts[name](),
    )


def test_a_setting_is_named_when_it_is_to_blame() -> None:
    """Not a post, which nobody could mend; what is left of the text has no tag in it."""
    exported = EXPORTS["mailgun"].write(a_letter(), a_workspace(postal_address="%recipient.name%"))
    (problem,) = exported.problems
    expected = (
        "Mailgun would take '%recipient.name%' in the text part, from newsletter.postal_address, for a merge "
        "tag, so a link stands there"
    )
    assert ("feeds.toml", expected) == (problem.path, problem.message)
    assert "word that setting differently, or take another format" == problem.hint
    leave = "%mailing_list_unsubscribe_url%"
    assert (
        f"Rope\n\nView in browser: {WEB}\nUnsubscribe: {leave}\n\n{REASON}"
        == json.loads(exported.data)["form"]["text"]
    )
    assert written("mailchimp", postal_address="*|LIST:ADDRESS|*")  # which is not handed over


@pytest.mark.parametrize(
    ("key", "value", "leave"),
    [
        ("reason", "You asked {{ x }}", "Unsubscribe: {{{unsubscribe}}}"),
        ("words", {"unsubscribe": "Leave {{ x }}"}, "\n{{{unsubscribe}}}"),
        ("footer", "{{ x }}", "Unsubscribe: {{{unsubscribe}}}"),
    ],
)
def test_what_stands_for_the_text_part_has_no_tag_of_a_setting(key: str, value: Any, leave: str) -> None:
    """It is left out, or only the link is there; the finding names the key."""
    letter = a_letter(said=value if isinstance(value, str) else value["unsubscribe"])
    exported = EXPORTS["sendgrid"].write(letter, a_workspace(**{key: value}))
    (problem,) = exported.problems
    name = f"newsletter.{key}" + ("" if isinstance(value, str) else ".unsubscribe")
    assert ("feeds.toml", True) == (problem.path, f"from {name}, for" in problem.message)
    text = json.loads(exported.data)["email_config"]["plain_content"]
    assert "{{ x" not in text
    assert leave in text


def test_a_greeting_that_makes_a_tag_of_the_name_is_named() -> None:
    """What is said of it can be read: there is no name yet."""
    letter = a_letter()
    text = f"*|{letter.token}nameurlz|*\n"
    exported = EXPORTS["mailchimp"].write(
        replace(letter, text=text), a_workspace(greeting="*|{name|reader}|*")
    )
    (problem,) = exported.problems
    assert "feeds.toml" == problem.path
    assert "'*|…|*' in the text part, from newsletter.greeting, for" in problem.message


@pytest.mark.parametrize(
    ("issue", "hint"),
    [
        (an_issue(subject="{{ x }}"), "newsletter: {subject: …}"),
        (an_issue(preheader="{{ x }}"), "--preheader TEXT"),
        (an_issue(a_post(title="{{ x }}")), "give the post a title"),
        (an_issue(), "describe the tag"),
    ],
)
def test_a_hint_fits_its_place(issue: Any, hint: str) -> None:
    """A subject of its own helps no body."""
    exported = EXPORTS["beehiiv"].write(a_letter(issue, said="{{ x }}"), WORKSPACE)
    assert hint in exported.problems[0].hint


def test_a_text_that_only_ends_in_a_brace_is_no_tag_but_before_one_of_ours() -> None:
    """SendGrid's Handlebars would see three."""
    letter = a_letter()
    slot = f"{letter.token}nameurlz"
    for text, problems in (("a { b } c\n", 0), (f"{{{slot}\n", 1), (f"{slot}}}\n", 1)):
        assert problems == len(EXPORTS["sendgrid"].write(replace(letter, text=text), WORKSPACE).problems)
    half = replace(letter, text=f"%recipient{letter.token}unsubscribeurlz\n")
    assert 1 == len(EXPORTS["mailgun"].write(half, WORKSPACE).problems)


def test_mailgun_gets_a_form() -> None:
    """With headers of the letter, and ten tags at most, in ASCII."""
    body = written("mailgun")
    form = body["form"]
    assert ("POST", "/v3/{domain}/messages") == (body["method"], body["path"])
    assert form["from"] == form["to"] == '"The Harbour Log" <post@log.example.org>'
    assert ["issue-0007", "Boats", "rope", "knots"] == form["o:tag"]
    tags = ("日本語", "été", "x" * 129, *(f"t{number}" for number in range(20)))
    many = written("mailgun", a_letter(an_issue(a_post(tags=tags))))["form"]["o:tag"]
    assert ["issue-0007", *(f"t{number}" for number in range(9))] == many
    assert "<letters.log.example.org>" == form["h:List-Id"]
    assert (
        f"Dear reader,\n\nSplice it.\n\nOn the web: {WEB}\nLeave: %mailing_list_unsubscribe_url%\nRua das"
        in form["text"]
    )


def test_sendgrid_gets_a_single_send() -> None:
    """Without an address of our own, that of the sender in SendGrid."""
    config = written("sendgrid")["email_config"]
    assert (False, "code") == (config["generate_plain_content"], config["editor"])
    assert (
        "On the web: {{{Weblink}}}\nLeave: {{{unsubscribe}}}\nRua das Flores 12\n" in config["plain_content"]
    )
    without = written("sendgrid", postal_address="")["email_config"]
    assert "{{Sender_Address}}, {{Sender_City}}" in without["html_content"]
    assert 100 >= len(written("sendgrid", a_letter(an_issue(subject="word " * 40)))["name"])


def test_postmark_gets_a_template() -> None:
    """Called after the issue, in letters that an alias may have."""
    body = written("postmark")
    assert ("7: Rope", "issue-0007") == (body["Name"], body["Alias"])
    assert f"On the web: {WEB}\nLeave: {{{{{{ pm:unsubscribe }}}}}}\nRua das Flores 12" in body["TextBody"]


def test_a_theme_s_own_tag_is_verbatim() -> None:
    """`tag("…")` is for those who know their service."""
    letter = a_letter(tags=("*|MC_PREVIEW_TEXT|*",))
    letter = replace(
        letter, html=letter.html + slots.tag(letter.token, 0), text=letter.text + slots.tag(letter.token, 0)
    )
    exported = EXPORTS["mailchimp"].write(letter, WORKSPACE)
    assert not exported.problems
    assert 2 == exported.data.count(b"*|MC_PREVIEW_TEXT|*")


# ── for no service in particular ────────────────────────────────────────────────────────────────────────


def test_the_plain_formats_have_the_site_s_own_links() -> None:
    """The address to leave as it is set, the issue's page, the postal address; the same in mail, page and text."""
    html, text = (EXPORTS[name].write(a_letter(), WORKSPACE).data.decode() for name in ("html", "text"))
    assert f'<a href="{WEB}">' in html
    assert '<a href="https://log.example.org/leave/?a=1&amp;b=2">' in html
    assert (
        f"Dear reader,\n\nSplice it.\n\nOn the web: {WEB}\nLeave: {LEAVE}\nRua das Flores 12\n4050-262 Porto\n"
        == text
    )
    message: Any = email.message_from_bytes(
        EXPORTS["eml"].write(a_letter(), WORKSPACE).data, policy=email.policy.default
    )
    parts = [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]
    assert [text, html] == parts


def test_what_is_not_set_is_left_out() -> None:
    """Region and all; a merge tag for the link is verbatim."""
    letter = a_letter(addressee="")
    html = EXPORTS["html"].write(letter, a_workspace(unsubscribe_url="", postal_address="")).data.decode()
    assert not re.search("Leave|Rua|Dear \\w|slot", html)
    tagged = EXPORTS["html"].write(letter, a_workspace(unsubscribe_url="{{ leave 'a&b' }}")).data.decode()
    assert "<a href=\"{{ leave 'a&b' }}\">" in tagged


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/u?id={{id}}&x=1", "https://e.org/u?id={{id}}&amp;x=1"),
        ("https://e.org/u?a=%aa%bb&lt=2", "https://e.org/u?a=%aa%bb&amp;lt=2"),
        ("https://e.org/?e=%email%&b", "https://e.org/?e=%email%&amp;b"),
        ("*|UNSUB|*", "*|UNSUB|*"),
        ("{{{ leave 'a&b' }}}", "{{{ leave 'a&b' }}}"),
        ("%tag_unsubscribe_url%", "%tag_unsubscribe_url%"),
    ],
)
def test_an_address_with_a_tag_in_it_is_html_around_the_tag(url: str, expected: str) -> None:
    """As a relay's user writes it, with a page of their own; bytes in an address are no tags."""
    assert expected == parts.link_html(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://e.org/u?id={{id}}&x=1",
        "https://e.org/*|UNIQID|*/?a=1&b",
        "*|UNSUB|*",
        "https://e.org/?a=%aa%bb&lt=2",
    ],
)
def test_the_contract_knows_the_tag_in_an_address(url: str) -> None:
    """It is the setting's, as it stands or as HTML has it, and the service writes the header."""
    letter = a_letter()
    headers = tuple(row for row in letter.headers if row[0] != "List-Unsubscribe")
    if "%aa" in url:
        headers += (("List-Unsubscribe", f"<{url}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    letter = replace(letter, headers=headers)
    settings = a_workspace(unsubscribe_url=url).settings
    for shown in (url, parts.link_html(url)):
        html = parts.html(letter, {**parts.plain_html(letter, settings), "unsubscribe": shown})
        mail = message.to_eml(letter, html, parts.text(letter, parts.plain_text(letter, settings)))
        found = {finding.rule.id for finding in contract.judge(mail, letter, settings)}
        assert not found & {"tag-foreign", "tag-foreign-text", "list-unsubscribe", "list-unsubscribe-post"}
    assert "footer-unsubscribe" not in found


def test_a_mailbox_has_the_one_mail(tmp_path: Path) -> None:
    """As the standard library reads mailboxes."""
    path = tmp_path / "issue.mbox"
    path.write_bytes(EXPORTS["mbox"].write(a_letter(), WORKSPACE).data)
    box = mailbox.mbox(path)
    try:
        assert ["Rope"] == [message["Subject"] for message in box]
    finally:
        box.close()


def test_json_has_everything() -> None:
    """For scripts of one's own."""
    found = written("json")
    assert (7, "urn:issue:7", 0, WEB, "Rope", False) == tuple(
        found[key] for key in ("number", "id", "revision", "url", "subject", "cut")
    )
    assert found["post"] == found["posts"][0]
    assert "ines@log.example.org" == found["headers"]["Reply-To"]
    assert '<p id="said" title="Splice it.">Splice it.</p>\n' == found["content"]


def test_a_lone_surrogate_stops_nothing() -> None:
    """JSON and UTF-8 have none; a YAML escape can write one."""
    letter = a_letter(an_issue(a_post(tags=("\ud83d",))))
    assert ["\ufffd"] == written("json", letter)["post"]["tags"]


@pytest.mark.parametrize(
    ("name", "template", "expected"),
    [
        ("handover.xml", "<s>{{ subject }}</s><h>{{ content }}</h>", "<s>A &amp; B</s><h>&lt;p id="),
        ("note.txt", "{{ subject }} {{ number }} {{ url }}", f"A & B 7 {WEB}"),
        (
            "deep/x.json",
            '{"s": {{ subject | tojson }}, "tags": {{ post.tags | tojson }}}',
            '{"s": "A \\u0026 B", "tags"',
        ),
        ("page.html", "{{ html | safe }}{{ slug }}", "<!DOCTYPE html>"),
    ],
)
def test_custom_fills_a_template_of_the_site(tmp_path: Path, name: str, template: str, expected: str) -> None:
    """Escaped as the suffix wants it; the file is called like the template."""
    path = tmp_path / "templates" / "newsletter" / name
    path.parent.mkdir(parents=True)
    path.write_text(template)
    workspace = a_workspace(tmp_path, template=name)
    exported = EXPORTS["custom"].write(a_letter(an_issue(subject="A & B")), workspace)
    assert exported.data.decode().startswith(expected)
    assert path.name == file_name(EXPORTS["custom"], workspace.settings)


def test_custom_without_a_template_says_so() -> None:
    """And how to make one."""
    with pytest.raises(ConfigError, match="needs a template"):
        EXPORTS["custom"].write(a_letter(), WORKSPACE)
    assert "custom.txt" == file_name(EXPORTS["custom"], WORKSPACE.settings)


# ── names and addresses ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://e.org/posts/hello/", "0007-hello"),
        ("https://e.org/posts/Hello%20World.html", "0007-hello-world"),
        ("https://e.org/", "0007-post"),
        ("https://e.org/%2e%2e/", "0007-post"),
        ("https://e.org/..%2f..%5cetc/", "0007-etc"),
        ("https://e.org/%D8%AE%D9%88/", "0007-خو"),
        ("https://e.org/" + "x" * 200 + "/", "0007-" + "x" * 100),
    ],
)
def test_an_issue_has_a_folder_of_its_own(url: str, expected: str) -> None:
    """Its number and its post's name, and never a way out of the outbox."""
    name = folder_name(an_issue(a_post(url=url)))
    assert expected == name
    assert not set('/\\\0:*?"<>|\r\n') & set(name)


def test_a_digest_has_a_folder_and_a_slug_of_its_own() -> None:
    """The name of one post would say too little."""
    digest = an_issue(a_post(), a_post(id="urn:x:2"), subject="Two posts")
    assert "0007-digest" == folder_name(digest)
    body = written("buttondown", a_letter(digest))
    assert ("issue-0007", None) == (body["slug"], body.get("canonical_url"))
    assert "Two posts" == written("ghost", a_letter(digest))["posts"][0]["title"]


def test_an_issue_is_on_the_web_where_the_settings_say() -> None:
    """In the archive, or with none at the post or the site."""
    one, two = an_issue(), an_issue(a_post(), a_post(id="urn:x:2"))
    assert WEB == web_url(one, WORKSPACE.settings)
    assert "https://log.example.org/a/b/7/" == web_url(two, a_workspace(archive="a/b/").settings)
    nowhere = a_workspace(archive="").settings
    assert ["https://log.example.org/posts/Rope_work.html", "https://log.example.org/"] == [
        web_url(issue, nowhere) for issue in (one, two)
    ]


def test_every_row_has_a_name_and_a_file_of_its_own() -> None:
    """Nothing overwrites another in the outbox."""
    assert list(EXPORTS) == [row.name for row in EXPORTS.values()]
    assert len(EXPORTS) == len({row.file for row in EXPORTS.values()}) == 14


def test_the_documentation_has_a_row_and_an_example_for_each() -> None:
    """docs/handover.md and the files that it links to."""
    docs = Path(__file__).parent.parent / "docs"
    page = (docs / "handover.md").read_text(encoding="utf-8")
    for row in EXPORTS.values():
        name = "handover.xml" if row.name == "custom" else row.file
        assert f"\n| `{row.name}` | " in page
        assert f"(handover/{name})" in page
        assert (docs / "handover" / name).is_file()


def test_the_subject_of_the_mail_alone_can_be_mended() -> None:
    """The hint's way out: a subject of its own for the mail."""
    post = a_post(title="On {{ x }}", mailing=Mailing(subject="On templates"))
    assert written("sendgrid", a_letter(an_issue(post, subject="On templates")))["email_config"]["subject"]

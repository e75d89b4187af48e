"""Feeds without a fault, and for every rule a change that breaks it and one close by that does not."""

from __future__ import annotations

import copy
from typing import Any

ATOM_URL = "https://example.org/atom.xml"
ATOM_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:fh="http://purl.org/syndication/history/1.0"
  xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="en">
<id>tag:example.org,2026:feed</id>
<title>Notes</title>
<subtitle type="html">Notes &lt;em&gt;of all&lt;/em&gt; kinds</subtitle>
<updated>2026-03-04T10:00:00Z</updated>
<rights>CC BY 4.0</rights>
<icon>https://example.org/icon.png</icon>
<logo>https://example.org/logo.png</logo>
<generator uri="https://feedwright.example/" version="1">Feedwright</generator>
<author><name>Ada Example</name><uri>https://example.org/ada</uri><email>ada@example.org</email></author>
<link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>
<link rel="alternate" type="text/html" hreflang="en" href="https://example.org/"/>
<link rel="hub" href="https://hub.example.org/"/>
<link rel="prev-archive" href="https://example.org/archive/2025/atom.xml"/>
<at:deleted-entry ref="tag:example.org,2026:gone" when="2026-03-01T00:00:00Z"><at:by><name>Ada</name></at:by>\
<at:comment>a mistake</at:comment></at:deleted-entry>
<entry>
<id>tag:example.org,2026:first</id>
<title>The first</title>
<published>2026-03-04T09:00:00+01:00</published>
<updated>2026-03-04T10:00:00Z</updated>
<author><name>Bo Example</name></author>
<contributor><name>Cy Example</name></contributor>
<category term="tea" scheme="https://example.org/tags/" label="Tea"/>
<category term="tea" scheme="https://example.org/categories/" label="Tea"/>
<link rel="alternate" type="text/html" href="https://example.org/first/"/>
<link rel="enclosure" type="audio/mpeg" length="1234" title="The sound" href="https://example.org/first.mp3"/>
<link rel="replies" thr:count="2" thr:updated="2026-03-04T11:00:00Z" href="https://example.org/first/comments"/>
<rights>All mine</rights>
<summary>It begins</summary>
<content type="html">&lt;p&gt;It begins &amp;amp; goes on.&lt;/p&gt;</content>
<thr:in-reply-to ref="tag:example.net,2026:9" type="text/html" href="https://example.net/9"/>
<media:content url="https://example.org/first.jpg" medium="image"/>
</entry>
<entry>
<id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <em>second</em></div></title>
<updated>2026-03-03T10:00:00Z</updated>
<source><id>https://example.net/</id><title>Elsewhere</title><updated>2026-03-02T10:00:00Z</updated></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It goes on.</p></div></content>
</entry>
<entry>
<id>https://example.org/third/</id>
<title>The third</title>
<updated>2026-03-02T10:00:00Z</updated>
<summary>It ends</summary>
<content type="application/pdf" src="https://example.org/third.pdf"/>
</entry>
<entry>
<id>https://example.org/fourth/</id>
<title>The fourth</title>
<updated>2026-03-01T10:00:00Z</updated>
<summary>A picture</summary>
<content type="image/png">iVBORw0KGgo=</content>
</entry>
</feed>
"""


ATOM_SECOND = ATOM_FEED[
    ATOM_FEED.index("<entry>\n<id>urn") : ATOM_FEED.index("<entry>\n<id>https://example.org/third/")
]
MANY = "".join(
    f"<entry><id>urn:x-y:1</id><title>{n}</title><updated>2026-01-{n:02}T10:00:00Z</updated><content>n</content></entry>"
    for n in range(10, 20)
)
SELF = '<link rel="self" type="application/atom+xml" href="https://example.org/atom.xml"/>'
HUB = '<link rel="hub" href="https://hub.example.org/"/>'
PREVIOUS = '<link rel="prev-archive" href="https://example.org/archive/2025/atom.xml"/>'
CURRENT = '<link rel="current" href="https://example.org/current.xml"/>'
FIRST_PAGE = '<link rel="alternate" type="text/html" href="https://example.org/first/"/>'
STONE = ATOM_FEED[ATOM_FEED.index("<at:deleted-entry") : ATOM_FEED.index("<entry>")]

# rule, what stands in the feed, what breaks it, what is close by and keeps it
ATOM_CASES: list[tuple[str, str, str, str | None]] = [
    ("atom-root", 'xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://purl.org/atom/ns#"', None),
    ("atom-element-placed", "<summary>It begins", "<subtitle>So</subtitle><summary>It begins", None),
    ("atom-element-placed", "<name>Bo Example</name>", "<name>Bo</name><title>Dr</title>", "<name>Bo</name>"),
    ("atom-element-placed", "<title>Elsewhere</title>", "<title>E</title><entry/>", "<title>E</title><logo>https://e.org/l</logo>"),
    ("atom-element-once", "<title>Notes</title>", "<title>Notes</title><title>More</title>", None),
    ("atom-element-once", "<name>Bo Example</name>", "<name>Bo</name><name>B</name>", None),
    ("atom-element-named", "<summary>It begins", '<odd xmlns=""/><summary>It begins', '<odd xmlns="urn:x-y:z"/><summary>It begins'),
    ("atom-attribute-known", "<title>The first", '<title mode="escaped">The first', '<title xml:space="preserve">The first'),
    ("atom-attribute-known", "<entry>\n<id>urn", '<entry media:type="x">\n<id>urn', '<entry xmlns:q="urn:q-q:q" q:type="x">\n<id>urn'),
    ("atom-attribute-known", "<name>Bo", '<name thr:count="1">Bo', '<name xml:lang="de">Bo'),
    ("atom-text-placed", "<summary>It begins", "stray<summary>It begins", "<!-- stray --><summary>It begins"),
    ("atom-metadata-first", "</feed>", "<category term='late'/></feed>", "<media:thumbnail url='https://e.org/x'/></feed>"),
    ("atom-feed-id", "<id>tag:example.org,2026:feed</id>", "", None),
    ("atom-feed-title", "<title>Notes</title>", "", "<title>Other notes</title>"),
    ("atom-feed-updated", "<updated>2026-03-04T10:00:00Z</updated>\n<rights>CC", "<rights>CC", None),
    ("atom-feed-updated-newest", "<updated>2026-03-04T10:00:00Z</updated>\n<rights>CC", "<updated>2026-03-04T09:59:59Z</updated>\n<rights>CC", "<updated>2026-03-04T12:00:00+02:00</updated>\n<rights>CC"),
    ("atom-generator-named", ">Feedwright<", "> <", ">F<"),
    ("atom-generator-address", 'uri="https://feedwright.example/"', 'uri="https://feed wright.example/"', 'uri="/here"'),
    ("atom-image-address", "https://example.org/icon.png", "https://example.org/ícon.png", "https://example.org/%C3%ADcon.png"),
    ("atom-image-address", "https://example.org/logo.png", "", None),
    ("atom-entry-id", "<id>tag:example.org,2026:first</id>", "", None),
    ("atom-entry-title", "<title>The third</title>", "", None),
    ("atom-entry-updated", "<updated>2026-03-01T10:00:00Z</updated>", "", None),
    ("atom-entry-author", "<author><name>Ada Example</name><uri>https://example.org/ada</uri><email>ada@example.org</email></author>", "", None),
    ("atom-entry-content", '<content type="application/pdf" src="https://example.org/third.pdf"/>', "", '<link href="https://example.org/third/"/>'),
    ("atom-entry-text", ATOM_SECOND[ATOM_SECOND.index("<content") :], '<link href="https://e.org/"/></entry>', '<link href="https://e.org/"/><summary>s</summary></entry>'),
    ("atom-entry-summary", "<summary>It ends</summary>", "", "<summary>So it ends</summary>"),
    ("atom-entry-summary", "<summary>A picture</summary>", "", None),
    ("atom-entry-id-unique", "https://example.org/fourth/", "https://example.org/third/", "https://example.org/Third/"),
    ("atom-entry-version", "<id>https://example.org/fourth/</id>\n<title>The fourth</title>\n<updated>2026-03-01", "<id>https://example.org/third/</id>\n<title>The fourth</title>\n<updated>2026-03-02", "<id>https://example.org/third/</id>\n<title>The fourth</title>\n<updated>2026-03-01"),
    ("atom-entry-ids-differ", ATOM_FEED[ATOM_FEED.index("<entry>") : -len("</feed>\n")], MANY, MANY.replace("urn:x-y:1", "urn:x-y:2", 1)),
    ("atom-entry-updated-unique", "2026-03-01T10:00:00Z</updated>", "2026-03-02T10:00:00Z</updated>", "2026-03-02T10:00:01Z</updated>"),
    ("atom-entry-updated-later", "2026-03-04T09:00:00+01:00", "2026-03-04T10:00:01Z", "2026-03-04T10:00:00Z"),
    ("atom-source-complete", "<title>Elsewhere</title>", "", None),
    ("atom-id-absolute", "https://example.org/fourth/", "fourth", "urn:isbn:0451450523"),
    ("atom-id-absolute", "tag:example.org,2026:first", "tag:example.org:first", "tag:example.org,2026-03:first"),
    ("atom-id-absolute", "1225c695-cfb8", "1225c695", "1225C695-cfb8"),
    ("atom-id-ascii", "https://example.org/fourth/", "https://example.org/vierté/", "https://example.org/viert%C3%A9/"),
    ("atom-id-canonical", "<id>https://example.org/fourth/", "<id>https://Example.org/fourth/", "<id>https://example.org/Fourth/"),
    ("atom-id-canonical", "<id>https://example.net/<", "<id>https://example.net<", None),
    ("atom-scheme-registered", "<id>https://example.org/fourth/", "<id>zounds:fourth", "<id>news:fourth"),
    ("atom-scheme-registered", "https://example.org/ada", "zounds:ada", "mailto:ada@example.org"),
    ("atom-value-without-blanks", "<id>tag:example.org,2026:first</id>", "<id> tag:example.org,2026:first</id>", None),
    ("atom-value-without-blanks", "<updated>2026-03-01T10:00:00Z<", "<updated>\n2026-03-01T10:00:00Z<", None),
    ("atom-value-without-blanks", "<uri>https://example.org/ada<", "<uri>https://example.org/ada\n<", None),
    ("atom-date-form", "2026-03-01T10:00:00Z</updated>", "2026-03-01T10:00:00</updated>", "2026-03-01T10:00:00.25-00:30</updated>"),
    ("atom-date-form", "2026-03-04T09:00:00+01:00", "2026-03-04t09:00:00z", None),
    ("atom-date-form", "2026-03-04T09:00:00+01:00", "2026-02-30T09:00:00Z", "2024-02-29T09:00:00Z"),
    ("atom-date-plausible", "2026-03-04T09:00:00+01:00", "1989-12-31T23:59:59Z", "1990-01-01T00:00:00Z"),
    ("atom-date-plausible", "2026-03-01T10:00:00Z</updated>", "2026-06-01T00:10:01Z</updated>", "2026-06-01T00:09:00Z</updated>"),
    ("atom-link-address-given", ' href="https://example.org/first.mp3"', "", None),
    ("atom-link-address", "https://example.org/first.mp3", "https://example.org/{first}.mp3", "https://example.org/erste-ü.mp3"),
    ("atom-address-absolute", "https://example.org/first.mp3", "/first.mp3", "https://example.org/f"),
    ("atom-address-absolute", '<link rel="enclosure"', '<link rel="related" href="x" xml:base="https://example.org/"/><link rel="enclosure"', None),
    ("atom-address-absolute", '<link rel="enclosure"', '<link rel="related" href="#x" xml:base="https://example.org/"/><link rel="enclosure"', None),
    ("atom-address-absolute", "https://example.org/third.pdf", "third.pdf", None),
    ("atom-link-relation", 'rel="enclosure"', 'rel="attachment"', 'rel="http://www.iana.org/assignments/relation/enclosure"'),
    ("atom-link-relation", 'rel="enclosure"', 'rel=""', 'rel="https://example.org/rels/sound"'),
    ("atom-link-media-type", "audio/mpeg", "mp3", "audio/mpeg; codecs=mp3"),
    ("atom-link-language", 'hreflang="en"', 'hreflang="english language"', 'hreflang="en-GB"'),
    ("atom-link-title", 'title="The sound"', 'title=""', 'title="So &amp; so"'),
    ("atom-link-title", 'title="The sound"', 'title="The &lt;b>sound&lt;/b>"', 'title="a &lt; b"'),
    ("atom-link-length", 'length="1234"', 'length="1.2 MB"', 'length="0"'),
    ("atom-link-without-text", f"{HUB}", HUB.replace("/>", ">hub</link>", 1).replace("org>hub</link>", "org/"), HUB.replace('"/>', '"> </link>')),
    ("atom-link-alternate-once", FIRST_PAGE, FIRST_PAGE * 2, FIRST_PAGE + FIRST_PAGE.replace("href", 'hreflang="de" href')),
    ("atom-link-self", SELF, "", None),
    ("atom-link-self-location", "https://example.org/atom.xml", "https://example.org/feed.xml", "https://example.org/atom.xml#top"),
    ("atom-link-self-media-type", 'type="application/atom+xml"', 'type="text/xml"', 'type="application/atom+xml; charset=utf-8"'),
    ("atom-link-replies", 'rel="replies"', 'rel="related"', None),
    ("atom-link-replies", 'thr:count="2"', 'thr:count="two"', 'thr:count="0"'),
    ("atom-link-replies", 'thr:updated="2026-03-04T11:00:00Z"', 'thr:updated="today"', None),
    ("atom-link-replies", 'thr:updated="2026-03-04T11:00:00Z"', 'thr:when="2026-03-04T11:00:00Z"', ""),
    ("atom-text-type", '<subtitle type="html">', '<subtitle type="text/html">', '<subtitle type="text">'),
    ("atom-text-type", '<subtitle type="html">', '<subtitle type="">', None),
    ("atom-text-without-elements", "<title>The third</title>", "<title>The <i>third</i></title>", "<title>The &lt;i> third</title>"),
    ("atom-text-without-elements", "&lt;p&gt;It begins &amp;amp; goes on.&lt;/p&gt;", "<p>It</p>", "&lt;p>It&lt;/p>"),
    ("atom-text-without-elements", '<content type="image/png">iVBORw0KGgo=', '<content type="text/plain">a<b/>', '<content type="text/plain">a'),
    ("atom-text-blank", "<rights>All mine</rights>", "<rights> </rights>", "<rights>0</rights>"),
    ("atom-text-blank", '<content type="image/png">iVBORw0KGgo=', '<content type="text">', None),
    ("atom-text-division", '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <em>second</em></div>', '<title type="xhtml">The second', '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">2</div>'),
    ("atom-text-division", '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <em>second</em></div>', '<title type="xhtml"><div>The second</div>', None),
    ("atom-text-xhtml", "The <em>second</em>", 'The <em xmlns="urn:x-y:z">second</em>', "The <strong>second</strong>"),
    ("atom-text-xhtml", "<p>It goes on.</p>", "<p>It goes &lt;b>on&lt;/b>.</p>", "<p>It goes &lt;3.</p>"),
    ("atom-content-type", 'type="image/png"', 'type="png"', 'type="image/gif"'),
    ("atom-content-type", 'type="image/png"', 'type="multipart/alternative"', 'type="application/zip"'),
    ("atom-content-type", '<content type="html">', '<content type="">', "<content>"),
    ("atom-content-type", 'type="application/pdf"', 'type="html"', 'type="text/html"'),
    ("atom-content-address", "https://example.org/third.pdf", "https://example.org/third|.pdf", "https://example.org/dritté.pdf"),
    ("atom-content-address", 'src="https://example.org/third.pdf"/>', 'src="https://example.org/third.pdf">here</content>', 'src="https://example.org/third.pdf"></content>'),
    ("atom-content-address-type", 'type="application/pdf" src', "src", None),
    ("atom-content-base64", "iVBORw0KGgo=", "not base64!", "iVBO\nRw0KGgo="),
    ("atom-content-whole", '<content type="image/png">iVBORw0KGgo=', '<content type="text/html">&lt;p>a&lt;/p>', '<content type="text/html">&lt;html>&lt;/html>'),
    ("atom-content-whole", '<content type="image/png">iVBORw0KGgo=', '<content type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml"/>', '<content type="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"/>'),
    ("atom-language-given", ' xml:lang="en">', ">", ' xml:lang="pt-BR">'),
    ("atom-person-name", "<name>Bo Example</name>", "<name> </name>", "<name>B</name>"),
    ("atom-person-name", "<name>Cy Example</name>", "", None),
    ("atom-person-name-plain", "Bo Example", "Bo &lt;b>Example&lt;/b>", "Bo &lt; Example"),
    ("atom-person-name-plain", "Bo Example", "Bo &lt;bo@example.org>", "Bo @example"),
    ("atom-person-mail", "<email>ada@example.org", "<email>Ada &lt;ada@example.org>", "<email>ada+x@mail.example.org"),
    ("atom-person-address", "<uri>https://example.org/ada", "<uri>", "<uri>https://example.org/"),
    ("atom-person-address", "<uri>https://example.org/ada", "<uri>https://example.org/a da", "<uri>https://example.org/adä"),
    ("atom-category-term", '<category term="tea" scheme="https://example.org/tags/"', '<category scheme="https://example.org/tags/"', None),
    ("atom-category-term", '<category term="tea" scheme="https://example.org/tags/"', '<category term="" scheme="https://example.org/tags/"', '<category term="t" scheme="https://example.org/tags/"'),
    ("atom-category-scheme", "https://example.org/tags/", "/tags/", "https://example.org/schlagwörter/"),
    ("atom-category-label", 'label="Tea"', 'label="&lt;b>Tea&lt;/b>"', 'label="Tea &amp; more"'),
    ("atom-category-once", "https://example.org/categories/", "https://example.org/tags/", "https://example.org/c/"),
    # history
    ("history-links-in-head", FIRST_PAGE, FIRST_PAGE + PREVIOUS, FIRST_PAGE + '<link rel="up" href="https://example.org/"/>'),
    ("history-link-once", PREVIOUS, PREVIOUS * 2, PREVIOUS + CURRENT),
    ("history-link-address", "https://example.org/archive/2025/atom.xml", "archive/2025/atom.xml", "https://example.org/a"),
    ("history-link-elsewhere", "https://example.org/archive/2025/atom.xml", ATOM_URL, "https://example.org/atom.xml?page=2"),
    ("history-link-elsewhere", PREVIOUS, f'<link rel="first" href="{ATOM_URL}"/><link rel="previous" href="https://example.org/0"/>', f'<link rel="first" href="{ATOM_URL}"/><link rel="next" href="https://example.org/0"/>'),
    ("history-link-elsewhere", PREVIOUS, f'<link rel="last" href="{ATOM_URL}"/><link rel="next" href="https://example.org/0"/>', f'<link rel="last" href="{ATOM_URL}"/>'),
    ("history-complete", HUB, HUB + "<fh:complete/>", HUB),
    ("history-complete", PREVIOUS, f"<fh:complete/>{CURRENT}", f'<fh:complete/><link rel="current" href="{ATOM_URL}"/>'),
    ("history-archive-links", PREVIOUS, f"<fh:archive/>{CURRENT}", f"<fh:archive/>{CURRENT}{PREVIOUS}"),
    ("history-archive-current", HUB, f"{HUB}<fh:archive/>", f"{HUB}<fh:archive/>{CURRENT}"),
    ("history-archive-other", HUB, f'{HUB}<fh:archive/><link rel="current" href="{ATOM_URL}"/>', f"{HUB}<fh:archive/>{CURRENT}"),
    ("tombstone-form", 'ref="tag:example.org,2026:gone" ', "", None),
    ("tombstone-form", 'ref="tag:example.org,2026:gone"', 'ref="gone"', 'ref="urn:x-y:z"'),
    ("tombstone-form", 'when="2026-03-01T00:00:00Z"', 'when="2026-03-01"', 'when="2026-03-01T00:00:00+02:00"'),
    ("tombstone-form", ' when="2026-03-01T00:00:00Z"', "", None),
    ("tombstone-placed", FIRST_PAGE, FIRST_PAGE + STONE, FIRST_PAGE),
    ("tombstone-placed", "<at:comment>a mistake</at:comment>", "<at:reason>a mistake</at:reason>", '<link href="https://example.org/"/>'),
    ("tombstone-once", STONE, STONE * 2, STONE + STONE.replace("03-01", "02-01")),
    ("tombstone-true", 'ref="tag:example.org,2026:gone" when="2026-03-01', 'ref="https://example.org/third/" when="2026-03-03', 'ref="https://example.org/third/" when="2026-03-01'),
    ("hub-address", "https://hub.example.org/", "//hub.example.org/", "http://hub.example.org/"),
    ("hub-topic", SELF, SELF + SELF.replace("atom.xml", "other.xml"), SELF),
    ("hub-topic", SELF, "", None),
    ("hub-once", HUB, HUB * 2, HUB + HUB.replace("hub.", "bus.")),
]  # fmt: skip


JSON_URL = "https://example.org/feed.json"
JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Notes",
    "home_page_url": "https://example.org/",
    "feed_url": JSON_URL,
    "description": "Notes of all kinds",
    "user_comment": "This is a <b>feed</b>: put its address into a reader",
    "next_url": "https://example.org/older.json",
    "icon": "https://example.org/icon.png",
    "favicon": "https://example.org/favicon.png",
    "authors": [
        {"name": "Ada Example", "url": "https://example.org/ada", "avatar": "https://example.org/ada.png"}
    ],
    "language": "en",
    "expired": False,
    "hubs": [{"type": "WebSub", "url": "https://hub.example.org/"}],
    "_feedwright": {"about": "https://feedwright.example/", "generator": "Feedwright"},
    "items": [
        {
            "id": "tag:example.org,2026:first",
            "url": "https://example.org/first/",
            "external_url": "https://example.net/",
            "title": "AT&T, 3 < 4 and the first",
            "content_html": "<p>It begins &amp; goes on.</p>",
            "content_text": "It begins & goes on.",
            "summary": "It begins",
            "image": "https://example.org/first.jpg",
            "banner_image": "https://example.org/banner.jpg",
            "date_published": "2026-03-04T09:00:00+01:00",
            "date_modified": "2026-03-04t10:00:00z",
            "authors": [{"name": "Bo Example"}],
            "tags": ["tea", "Tea"],
            "language": "pt-BR",
            "attachments": [
                {
                    "url": "https://example.org/first.mp3",
                    "mime_type": "audio/mpeg",
                    "title": "The sound",
                    "size_in_bytes": 1234,
                    "duration_in_seconds": 12.5,
                }
            ],
            "_feedwright": {"score": 1},
        },
        {"id": "tag:example.org,2026:note", "url": "https://example.org/note/", "content_text": "A note"},
    ],
}

GONE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """The feed with another value at `path`, or without what is there."""
    feed = copy.deepcopy(JSON_FEED)
    *above, last = (int(part) if part.isdigit() else part for part in path.split("/"))
    holder: Any = feed
    for part in above:
        holder = holder[part]
    if value is GONE:
        del holder[last]
    elif isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value
    return feed


FIRST = JSON_FEED["items"][0]
# rule, what changes, what breaks it, what is close by and keeps it
JSON_CASES: list[tuple[str, str, object, object]] = [
    ("json-type", "description", 7, "seven"),
    ("json-type", "authors", "Ada", []),
    ("json-type", "authors", ["Ada"], [{"name": "Ada"}]),
    ("json-type", "expired", "no", True),
    ("json-type", "items/0/title", None, "none"),
    ("json-type", "items/0/tags", ["a", 2], ["a", "2"]),
    ("json-type", "items/0/attachments/0/size_in_bytes", "1234", 0),
    ("json-type", "items/0/attachments/0/duration_in_seconds", True, 1),
    ("json-type", "items/2", "a note", {**JSON_FEED["items"][1], "id": "2"}),
    ("json-type", "_feedwright", "Feedwright", {"about": "https://feedwright.example/"}),
    ("json-version", "version", GONE, "https://jsonfeed.org/version/1"),
    ("json-version", "version", "1.1", "https://jsonfeed.org/version/1.1"),
    ("json-version-current", "version", "https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"),
    ("json-title", "title", GONE, "N"),
    ("json-title", "title", " ", "0"),
    ("json-items", "items", GONE, []),
    ("json-items", "items", {}, []),
    ("json-home-page-url", "home_page_url", GONE, "https://example.org/notes/"),
    ("json-feed-url", "feed_url", GONE, JSON_URL),
    ("json-feed-url-location", "feed_url", "https://example.org/other.json", JSON_URL),
    ("json-next-url", "next_url", JSON_URL, f"{JSON_URL}?page=2"),
    ("json-address", "icon", "/icon.png", "https://example.org/ícon.png"),
    ("json-address", "items/0/url", "first/", "https://example.org/1"),
    ("json-address", "items/0/image", "", GONE),
    ("json-address", "items/0/attachments/0/url", "//example.org/first.mp3", "http://example.org/first.mp3"),
    ("json-address", "authors/0/avatar", "https:///ada.png", "https://example.org/a"),
    ("json-address", "hubs/0/url", "hub", "https://hub.example.org/x"),
    ("json-scheme-registered", "items/0/external_url", "zounds:x", "gopher://example.org/"),
    ("json-language", "language", "english language", "en-GB"),
    ("json-language", "items/0/language", "??", "yue"),
    ("json-language-given", "language", GONE, "en"),
    ("json-text-plain", "items/0/title", "The <b>first</b>", "The first, 2 < 3 > 1"),
    ("json-text-plain", "items/0/title", "The<br/>first", "The &lt;b&gt; of it &amp;&nbsp;all"),
    ("json-text-plain", "items/0/summary", "It <em class=x>begins", "It <\u2060b>begins<\u2060/b>"),
    ("json-text-plain", "authors/0/name", "<a href=x>Ada</a>", "Ada <3"),
    ("json-text-blank", "items/0/summary", "", GONE),
    ("json-text-blank", "items/0/tags", [" "], []),
    ("json-member-known", "items/0/subtitle", "So", GONE),
    ("json-member-known", "subtitle", "So", GONE),
    ("json-member-known", "authors/0/email", "ada@example.org", GONE),
    ("json-extension-name", "_", {}, GONE),
    ("json-extension-name", "_1st", {}, GONE),
    ("json-extension-name", "_a.b", {}, GONE),
    ("json-extension-name", "_feedwright/_inner", 1, GONE),
    ("json-extension-name", "_feedwright/in.ner", 1, GONE),
    ("json-author-current", "items/1/author", {"name": "Bo"}, GONE),
    ("json-author-said", "items/0/authors", [{}], [{"url": "https://example.org/bo"}]),
    ("json-author-said", "author", {}, {"name": "Ada"}),
    ("json-hub", "hubs/0/type", GONE, "rssCloud"),
    ("json-hub", "hubs/0/url", GONE, "https://hub.example.org/"),
    ("json-hub-type", "hubs/0/type", "websub", "WebSub"),
    ("json-hub-topic", "feed_url", GONE, JSON_URL),
    ("json-item-id", "items/0/id", GONE, "1"),
    ("json-item-id", "items/0/id", 1, "1"),
    ("json-item-id", "items/0/id", "", "0"),
    ("json-item-id-unique", "items/1/id", FIRST["id"], "tag:example.org,2026:First"),
    ("json-item-url", "items/1/url", GONE, "https://example.org/2"),
    ("json-item-content", "items/1/content_text", GONE, "x"),
    ("json-item-content-blank", "items/1/content_text", " ", "x"),
    ("json-item-date", "items/0/date_published", "2026-03-04", "2026-03-04T09:00:00.125-00:30"),
    ("json-item-date", "items/0/date_modified", "2026-03-04T10:00:00", "2026-03-04T23:59:60Z"),
    ("json-item-date", "items/0/date_published", "2026-02-29T09:00:00Z", "2024-02-29T09:00:00Z"),
    ("json-item-date-plausible", "items/0/date_published", "1969-12-31T23:59:59Z", "1990-01-01T00:00:00Z"),
    ("json-item-date-plausible", "items/0/date_modified", "2026-06-02T00:00:00Z", "2026-06-01T00:00:00Z"),
    ("json-item-date-order", "items/0/date_modified", "2026-03-04T07:59:59Z", "2026-03-04T08:00:00Z"),
    ("json-item-tag-once", "items/0/tags", ["tea", "tea"], ["tea", "TEA"]),
    ("json-attachment", "items/0/attachments/0/url", GONE, "https://example.org/x"),
    ("json-attachment", "items/0/attachments/0/mime_type", GONE, "audio/ogg"),
    ("json-attachment-type", "items/0/attachments/0/mime_type", "mp3", "audio/ogg; codecs=opus"),
    ("json-attachment-number", "items/0/attachments/0/size_in_bytes", -1, 0),
    ("json-attachment-number", "items/0/attachments/0/duration_in_seconds", -0.5, 0.5),
]

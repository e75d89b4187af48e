"""The lint of RSS, of what feeds are extended with, and of XML itself: one document that breaks each rule."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import validity
from feeds.validity import (
    atom_in_rss,
    content,
    documents,
    extensions,
    media,
    namespaces,
    podcasts,
    rss,
    shared,
)

URL = "https://log.example.org/rss.xml"
NOW = datetime(2026, 2, 1, tzinfo=UTC)
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for uri, prefix in namespaces.KNOWN.items()
    if prefix
    in {"atom", "content", "dc", "dcterms", "media", "itunes", "podcast", "slash", "thr", "fh", "sy", "wfw"}
    or prefix in {"xhtml", "geo", "creativeCommons", "opensearch", "g", "georss", "ev"}
)
GOOD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" {SPACES}>
<channel>
<title>The Harbour Log</title>
<link>https://log.example.org/</link>
<description>Notes from a boatyard</description>
<atom:link href="{URL}" rel="self" type="application/rss+xml"/>
<language>en</language>
<!--channel-->
<item>
<title>Rope</title>
<link>https://log.example.org/rope/</link>
<guid isPermaLink="false">urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e</guid>
<pubDate>Sat, 31 Jan 2026 18:30:00 +0000</pubDate>
<description>&lt;p&gt;Splice it.&lt;/p&gt;</description>
<!--item-->
</item>
</channel>
</rss>
"""
GUID = '<guid isPermaLink="false">urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e</guid>'
PODCAST = (
    '<itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>'
    '<itunes:image href="https://log.example.org/cover.jpg"/>'
    "<itunes:explicit>false</itunes:explicit>"
    "<itunes:owner><itunes:name>Ines</itunes:name><itunes:email>ines@example.org</itunes:email></itunes:owner>"
)
IMAGE = (
    "<image><url>https://log.example.org/i.png</url><title>The Harbour Log</title>"
    "<link>https://log.example.org/</link></image>"
)
CLOUD = '<cloud domain="rpc.example.org" port="80" path="/rpc" registerProcedure="ping" protocol="soap"/>'
ENCLOSURE = '<enclosure url="https://log.example.org/a.mp3" length="12" type="audio/mpeg"/>'
INPUT = (
    "<textInput><title>Search</title><description>Find</description><name>q</name>"
    "<link>https://log.example.org/find</link></textInput>"
)


def swap(*pairs: str) -> str:
    """The good document with texts put in the place of others."""
    text = GOOD
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


def channel(xml: str) -> str:
    """The good document with something more in its channel."""
    return swap("<!--channel-->", xml)


def item(xml: str) -> str:
    """The good document with something more in its item."""
    return swap("<!--item-->", xml)


def html(body: str) -> str:
    """The good document with another description."""
    return swap("&lt;p&gt;Splice it.&lt;/p&gt;", escape(body))


def space(declaration: str) -> str:
    """The good document with one more namespace."""
    return swap('<rss version="2.0"', f'<rss version="2.0" {declaration}')


DATE = "Sat, 31 Jan 2026 18:30:00 +0000"
# Rule, a document that breaks it, and one close by that does not.
CASES: list[tuple[str, str | bytes, str | bytes]] = [
    # XML
    ("xml-well-formed", swap("</item>", ""), GOOD),
    (
        "xml-prefix-declared",
        channel("<x:y/>"),
        channel("<atom:icon>https://log.example.org/i.png</atom:icon>"),
    ),
    ("xml-entity-known", swap("Rope", "Rope&nbsp;"), swap("Rope", "Rope&#160;")),
    ("xml-character-legal", swap("Rope", "Ro\x08pe"), swap("Rope", "Ro\tpe")),
    ("xml-character-legal", swap("Rope", "Ro&#8;pe"), swap("Rope", "Ro&#9;pe")),
    ("xml-starts-at-once", "\n" + GOOD, GOOD + "\n"),
    ("xml-version", swap('xml version="1.0"', 'xml version="1.1"'), GOOD),
    (
        "xml-doctype-absent",
        swap("<rss ", "<!DOCTYPE rss>\n<rss "),
        swap("<rss ", "<!-- a DOCTYPE -->\n<rss "),
    ),
    ("xml-encoding-known", swap("UTF-8", "rot13"), swap("UTF-8", "utf-8")),
    ("xml-encoding-known", swap("UTF-8", "iso-8859-99"), swap("UTF-8", "utf8")),
    ("xml-encoding-true", swap("Rope", "Röpe").encode("latin-1"), swap("Rope", "Röpe")),
    (
        "xml-encoding-true",
        codecs.BOM_UTF8 + swap("UTF-8", "UTF-16").encode(),
        codecs.BOM_UTF8 + GOOD.encode(),
    ),
    ("xml-encoding-utf-8", swap("UTF-8", "ISO-8859-1"), GOOD),
    ("xml-encoding-utf-8", GOOD.replace("UTF-8", "UTF-16").encode("utf-16"), GOOD),
    ("xml-byte-order-mark-absent", codecs.BOM_UTF8 + GOOD.encode(), GOOD),
    ("xml-size", swap("Splice it.", "Splice it. " * 200_000), swap("Splice it.", "Splice it. " * 20_000)),
    ("xml-size", swap("Splice it.", "Splice it. " * 2_000_000), GOOD),
    # what a document declares
    ("namespace-known", space('xmlns:my="https://example.org/ns"'), GOOD),
    ("namespace-known", space('xmlns:w="http://purl.org/dc/terms"'), GOOD),
    ("namespace-prefix-usual", space('xmlns:sx="https://example.org/ns"'), GOOD),
    ("namespace-media", swap("http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss"), GOOD),
    (
        "namespace-current",
        space('xmlns:wiki="http://www.usemod.com/cgi-bin/mb.pl?ModWiki"'),
        space('xmlns:wiki="http://purl.org/rss/1.0/modules/wiki/"'),
    ),
    ("namespace-address", space('xmlns:my="^"'), GOOD),
    ("namespace-address", space('xmlns:my="notes"'), GOOD),
    (
        "xml-language",
        swap("<channel>", '<channel xml:lang="english">'),
        swap("<channel>", '<channel xml:lang="en">'),
    ),
    ("xml-base", swap("<channel>", '<channel xml:base="a b">'), swap("<channel>", '<channel xml:base="/a">')),
    ("text-decoded-once", swap("Rope", "R\ufffdpe"), swap("Rope", "Röpe")),
    ("text-decoded-once", swap("Rope", "CafÃ©"), swap("Rope", "Ã")),
    # the channel
    ("rss-version", swap('<rss version="2.0"', '<rss version="3.0"'), GOOD),
    ("rss-version", swap('<rss version="2.0"', "<rss"), GOOD),
    ("rss-namespace", space('xmlns="http://purl.org/rss/1.0/"'), GOOD),
    ("rss-channel", f'<rss version="2.0" {SPACES}></rss>', GOOD),
    ("rss-element-known", channel("<blink>fast</blink>"), channel("<rating>fine</rating>")),
    ("rss-element-known", item("<language>en</language>"), GOOD),
    (
        "rss-element-in-namespace",
        item('<media:content url="https://log.example.org/a.png"><size>1</size></media:content>'),
        item('<media:content url="https://log.example.org/a.png"/>'),
    ),
    (
        "rss-element-unique",
        channel("<language>en</language>"),
        channel("<category>a</category><category>b</category>"),
    ),
    (
        "rss-attribute-known",
        swap("<title>Rope", '<title type="text">Rope'),
        item('<category domain="x">y</category>'),
    ),
    (
        "rss-attribute-foreign",
        space('xmlns:my="urn:x:y" my:a="1"'),
        swap("<channel>", '<channel dc:title="a">'),
    ),
    ("rss-text-placed", item("Splice it."), GOOD),
    ("rss-channel-title", swap("<title>The Harbour Log</title>", ""), GOOD),
    ("rss-channel-link", swap("<link>https://log.example.org/</link>", ""), GOOD),
    ("rss-channel-description", swap("<description>Notes from a boatyard</description>", ""), GOOD),
    ("rss-blank", swap("<title>Rope", "<title>"), GOOD),
    ("rss-blank", channel("<ttl> </ttl>"), channel("<ttl>60</ttl>")),
    ("rss-blank", item("<category/>"), item("<category>boats</category>")),
    ("rss-self-link", swap('rel="self"', 'rel="alternate"'), GOOD),
    ("rss-item-placed", swap("</item>", "</item><ttl>60</ttl>"), GOOD),
    ("rss-address", swap("https://log.example.org/rope/", "/rope/"), GOOD),
    ("rss-address", swap("https://log.example.org/rope/", "https://log.example.org/röpe/"), GOOD),
    ("rss-address", swap("https://log.example.org/rope/", "https://log.example.org/a b/"), GOOD),
    ("rss-address", channel("<docs>https:/docs</docs>"), channel("<docs>https://example.org/docs</docs>")),
    (
        "rss-address",
        item("<comments>rope#c</comments>"),
        item("<comments>https://log.example.org/#c</comments>"),
    ),
    (
        "rss-address-scheme",
        item("<comments>matrics:r/rope</comments>"),
        item("<comments>matrix:r/rope</comments>"),
    ),
    ("rss-date", swap(DATE, "2026-01-31"), GOOD),
    ("rss-date", swap(DATE, "Sat, 31 Feb 2026 18:30:00 +0000"), swap(DATE, "31 Jan 2026 18:30 GMT")),
    (
        "rss-date",
        channel("<lastBuildDate>now</lastBuildDate>"),
        channel(f"<lastBuildDate>{DATE}</lastBuildDate>"),
    ),
    ("rss-date-weekday", swap(DATE, "Sun, 31 Jan 2026 18:30:00 +0000"), GOOD),
    ("rss-date-form", swap(DATE, "sat, 31 jan 26 18:30:00 GMT"), GOOD),
    ("rss-date-plausible", swap(DATE, "Mon, 02 Feb 2026 18:30:00 +0000"), GOOD),
    (
        "rss-date-plausible",
        swap(DATE, "Sat, 31 Jan 1970 18:30:00 +0000"),
        swap(DATE, "Thu, 31 Jan 1991 18:30:00 EST"),
    ),
    ("rss-language", swap("<language>en", "<language>xx"), swap("<language>en", "<language>en-GB")),
    ("rss-mail", item("<author>Ines</author>"), item("<author>ines@example.org (Ines)</author>")),
    ("rss-mail", channel("<webMaster>@example (Ines)</webMaster>"), GOOD),
    ("rss-mail-name", item("<author>ines@example.org</author>"), GOOD),
    ("rss-mail-name", item("<author>Ines ines@example.org</author>"), GOOD),
    ("rss-ttl", channel("<ttl>0</ttl>"), channel("<ttl>1</ttl>")),
    ("rss-cloud", channel('<cloud domain="rpc.example.org"/>'), channel(CLOUD)),
    ("rss-cloud", channel(CLOUD.replace("80", "eighty")), channel(CLOUD)),
    (
        "rss-skip-hours",
        channel("<skipHours><hour>25</hour></skipHours>"),
        channel("<skipHours><hour>23</hour></skipHours>"),
    ),
    (
        "rss-skip-hours",
        channel("<skipHours><hour>1</hour><hour>1</hour></skipHours>"),
        channel("<skipHours><hour>1</hour><hour>2</hour></skipHours>"),
    ),
    ("rss-skip-hours", channel("<skipHours/>"), GOOD),
    (
        "rss-skip-hours-midnight",
        channel("<skipHours><hour>24</hour></skipHours>"),
        channel("<skipHours><hour>0</hour></skipHours>"),
    ),
    (
        "rss-skip-days",
        channel("<skipDays><day>Mon</day></skipDays>"),
        channel("<skipDays><day>Monday</day></skipDays>"),
    ),
    ("rss-skip-days", channel("<skipDays><day>Monday</day><day>Monday</day></skipDays>"), GOOD),
    ("rss-skip-days", channel("<skipDays/>"), GOOD),
    (
        "rss-image-complete",
        channel("<image><url>https://log.example.org/i.png</url></image>"),
        channel(IMAGE),
    ),
    (
        "rss-image-size",
        channel(IMAGE.replace("</image>", "<width>145</width></image>")),
        channel(IMAGE.replace("</image>", "<width>144</width><height>400</height></image>")),
    ),
    ("rss-image-format", channel(IMAGE.replace(".png", ".webp")), channel(IMAGE.replace(".png", ".jpeg"))),
    ("rss-image-link", channel(IMAGE.replace("org/</link>", "org/home</link>")), channel(IMAGE)),
    ("rss-image-title", channel(IMAGE.replace("The Harbour Log", "Logo")), channel(IMAGE)),
    ("rss-text-input", channel(INPUT), GOOD),
    ("rss-text-input-name", channel(INPUT.replace(">q<", ">1 q<")), channel(INPUT)),
    ("rss-text-input-complete", channel(INPUT.replace("<name>q</name>", "")), channel(INPUT)),
    (
        "rss-semantics-once",
        channel("<dc:language>en</dc:language>"),
        channel("<dc:publisher>Ines</dc:publisher>"),
    ),
    ("rss-semantics-once", item("<dc:date>2026-01-31</dc:date>"), item("<dc:creator>Ines</dc:creator>")),
    (
        "history-archive-current",
        channel("<fh:archive/>"),
        channel(f'<fh:archive/><atom:link rel="current" href="{URL}2"/>'),
    ),
    (
        "history-complete",
        channel(f'<fh:complete/><atom:link rel="prev-archive" href="{URL}"/>'),
        channel("<fh:complete/>"),
    ),
    # items
    (
        "rss-item-content",
        swap("<title>Rope</title>", "", "<description>&lt;p&gt;Splice it.&lt;/p&gt;</description>", ""),
        swap("<title>Rope</title>", ""),
    ),
    ("rss-item-guid", swap(GUID, ""), GOOD),
    ("rss-item-guid-unique", swap("</item>", f"</item><item><title>b</title>{GUID}</item>"), GOOD),
    ("rss-item-guid-permalink", swap(' isPermaLink="false"', ""), GOOD),
    (
        "rss-item-guid-permalink",
        swap(GUID, "<guid>rope</guid>"),
        swap(GUID, "<guid>https://log.example.org/r</guid>"),
    ),
    ("rss-item-guid-boolean", swap('isPermaLink="false"', 'isPermaLink="no"'), GOOD),
    ("rss-item-guid-worldwide", swap(GUID, '<guid isPermaLink="false">17</guid>'), GOOD),
    ("rss-enclosure-url", item(ENCLOSURE.replace("https://log.example.org", "")), item(ENCLOSURE)),
    ("rss-enclosure-url", item('<enclosure length="12" type="audio/mpeg"/>'), item(ENCLOSURE)),
    ("rss-enclosure-length", item(ENCLOSURE.replace('"12"', '"-1"')), item(ENCLOSURE.replace('"12"', '"0"'))),
    ("rss-enclosure-length", item(ENCLOSURE.replace(' length="12"', "")), item(ENCLOSURE)),
    ("rss-enclosure-type", item(ENCLOSURE.replace("audio/mpeg", "mp3")), item(ENCLOSURE)),
    ("rss-enclosure-type", item(ENCLOSURE.replace(' type="audio/mpeg"', "")), item(ENCLOSURE)),
    ("rss-enclosure-single", item(ENCLOSURE + ENCLOSURE), item(ENCLOSURE)),
    (
        "rss-source",
        item("<source>Quay</source>"),
        item('<source url="https://example.org/rss">Quay</source>'),
    ),
    (
        "rss-description-first",
        swap(
            "<description>&lt;p&gt;Splice it.&lt;/p&gt;</description>",
            "<content:encoded>Splice it.</content:encoded>",
        ),
        item("<content:encoded>Splice it.</content:encoded>"),
    ),
    (
        "rss-comments-dated",
        item("<slash:comments>2</slash:comments>"),
        swap(
            "<!--channel-->",
            f"<lastBuildDate>{DATE}</lastBuildDate>",
            "<!--item-->",
            "<slash:comments>2</slash:comments>",
        ),
    ),
    # Atom in RSS
    (
        "atom-element-known",
        item("<atom:logo>urn:x:y</atom:logo>"),
        channel("<atom:logo>https://a.example/</atom:logo>"),
    ),
    (
        "atom-element-unique",
        item("<atom:updated>2026-01-31T18:30:00Z</atom:updated>" * 2),
        item("<atom:updated>2026-01-31T18:30:00Z</atom:updated>"),
    ),
    ("atom-link-attribute", channel('<atom:link href="https://a.example/" class="a"/>'), GOOD),
    (
        "atom-link-href",
        channel('<atom:link rel="hub"/>'),
        channel('<atom:link rel="hub" href="https://a.example/"/>'),
    ),
    ("atom-link-href", channel('<atom:link rel="hub" href="a b"/>'), GOOD),
    ("atom-link-rel", channel('<atom:link rel="friend" href="https://a.example/"/>'), GOOD),
    ("atom-link-type", channel('<atom:link rel="hub" type="x" href="https://a.example/"/>'), GOOD),
    ("atom-link-value", channel('<atom:link rel="hub" length="x" href="https://a.example/"/>'), GOOD),
    ("atom-link-value", channel('<atom:link rel="hub" title=" " href="https://a.example/"/>'), GOOD),
    ("atom-link-empty", channel('<atom:link rel="hub" href="https://a.example/">hub</atom:link>'), GOOD),
    ("atom-link-self-type", swap("application/rss+xml", "text/html"), GOOD),
    ("atom-link-self-absolute", swap(f'href="{URL}"', 'href="rss.xml"'), GOOD),
    ("atom-link-self-true", swap(f'href="{URL}"', 'href="https://log.example.org/index.xml"'), GOOD),
    ("atom-date", item("<atom:updated>2026-01-31</atom:updated>"), GOOD),
    ("atom-person", item("<atom:author/>"), item("<atom:author><atom:name>Ines</atom:name></atom:author>")),
    (
        "atom-person",
        item("<atom:author><atom:name>I</atom:name><atom:email>i</atom:email></atom:author>"),
        GOOD,
    ),
    ("atom-id", channel("<atom:id>rope</atom:id>"), channel("<atom:id>https://log.example.org/</atom:id>")),
    ("atom-semantics-once", item("<atom:id>https://log.example.org/rope</atom:id>"), GOOD),
    # other vocabularies
    ("extension-element-known", item("<dc:author>Ines</dc:author>"), item("<dc:creator>Ines</dc:creator>")),
    ("extension-element-known", channel("<slash:comments>1</slash:comments>"), GOOD),
    ("extension-element-known", item("<dc:creator><dc:title>a</dc:title></dc:creator>"), GOOD),
    ("extension-element-unique", item("<dc:title>a</dc:title>" * 2), item("<dc:creator>a</dc:creator>" * 2)),
    ("extension-attribute-known", item('<dc:creator id="a">a</dc:creator>'), GOOD),
    ("extension-empty", channel("<fh:complete>yes</fh:complete>"), channel("<fh:complete/>")),
    (
        "extension-date",
        channel("<dcterms:created>31 Jan 2026</dcterms:created>"),
        channel("<dcterms:created>2026-01-31</dcterms:created>"),
    ),
    (
        "extension-date",
        item("<dcterms:issued>2026-13</dcterms:issued>"),
        item("<dcterms:issued>2026</dcterms:issued>"),
    ),
    (
        "extension-address",
        item("<wfw:commentRss>/rss</wfw:commentRss>"),
        item("<wfw:commentRss>https://log.example.org/rope/rss</wfw:commentRss>"),
    ),
    ("extension-address", item('<thr:in-reply-to ref="a b"/>'), item('<thr:in-reply-to ref="urn:x-a:b"/>')),
    ("extension-number", item("<thr:total>many</thr:total>"), item("<thr:total>0</thr:total>")),
    (
        "extension-number",
        channel("<sy:updateFrequency>0</sy:updateFrequency>"),
        channel("<sy:updateFrequency>1</sy:updateFrequency>"),
    ),
    (
        "extension-number",
        item("<geo:lat>91</geo:lat>"),
        item("<geo:lat>38.7</geo:lat><geo:long>-9.1</geo:long>"),
    ),
    ("extension-number", item("<geo:long>west</geo:long>"), GOOD),
    ("extension-number", item("<slash:hit_parade>1,x</slash:hit_parade>"), GOOD),
    (
        "extension-number",
        channel("<opensearch:startIndex>a</opensearch:startIndex>"),
        channel("<opensearch:startIndex>-1</opensearch:startIndex>"),
    ),
    (
        "extension-language",
        item("<dc:language>english!</dc:language>"),
        item("<dc:language>pt-BR</dc:language>"),
    ),
    (
        "extension-period",
        channel("<sy:updatePeriod>often</sy:updatePeriod>"),
        channel("<sy:updatePeriod>daily</sy:updatePeriod>"),
    ),
    ("extension-media-type", item('<thr:in-reply-to ref="urn:x-a:b" type="html"/>'), GOOD),
    ("extension-reply", item("<thr:in-reply-to/>"), item('<thr:in-reply-to ref="urn:x-a:b"/>')),
    ("extension-spelling", item("<wfw:commentRSS>https://log.example.org/r</wfw:commentRSS>"), GOOD),
    ("extension-xhtml", item("<xhtml:p>a</xhtml:p>"), item("<g:price>12</g:price>")),
    (
        "extension-coordinates",
        item("<georss:point>38.7</georss:point>"),
        item("<georss:point>38.7 -9.1</georss:point>"),
    ),
    (
        "extension-coordinates",
        item("<georss:line>1 2 3</georss:line>"),
        item("<georss:line>1 2 3 4</georss:line>"),
    ),
    (
        "extension-coordinates",
        item("<georss:radius>far</georss:radius>"),
        item("<georss:radius>500</georss:radius>"),
    ),
    (
        "extension-coordinates-comma",
        item("<georss:point>38.7,-9.1</georss:point>"),
        item("<georss:point>1 2</georss:point>"),
    ),
    (
        "extension-robots",
        channel('<xhtml:meta name="robots" content="maybe"/>'),
        channel('<xhtml:meta name="robots" content="noindex,follow"/>'),
    ),
    (
        "extension-robots",
        swap("<channel>", '<channel xmlns:x="urn:atom-extension:indexing" x:index="maybe">'),
        swap("<channel>", '<channel xmlns:x="urn:atom-extension:indexing" x:index="no">'),
    ),
    (
        "extension-event",
        item("<ev:startdate>soon</ev:startdate>"),
        item("<ev:startdate>2026-01-31T18:30</ev:startdate><ev:enddate>2026-02-01</ev:enddate>"),
    ),
    # Media RSS
    ("media-element-known", item("<media:picture/>"), item("<media:keywords>rope</media:keywords>")),
    ("media-element-unique", item("<media:title>a</media:title>" * 2), item("<media:title>a</media:title>")),
    ("media-attribute-known", item('<media:content url="https://a.example/a.png" alt="a"/>'), GOOD),
    (
        "media-attribute-required",
        item("<media:thumbnail/>"),
        item('<media:thumbnail url="https://a.example/a.png" width="1" height="1"/>'),
    ),
    (
        "media-attribute-required",
        item("<media:content/>"),
        item('<media:content><media:player url="https://a.example/p"/></media:content>'),
    ),
    (
        "media-address",
        item('<media:content url="a.png"/>'),
        item('<media:content url="https://a.example/a.png"/>'),
    ),
    ("media-number", item('<media:content url="https://a.example/a" height="0"/>'), GOOD),
    ("media-number", item('<media:content url="https://a.example/a" duration="1:02"/>'), GOOD),
    ("media-type", item('<media:content url="https://a.example/a" type="png"/>'), GOOD),
    (
        "media-choice",
        item('<media:content url="https://a.example/a" medium="picture"/>'),
        item('<media:content url="https://a.example/a" medium="image"/>'),
    ),
    ("media-choice", item('<media:restriction relationship="allow">some</media:restriction>'), GOOD),
    (
        "media-choice",
        item('<media:restriction relationship="deny" type="country">Europe</media:restriction>'),
        item('<media:restriction relationship="deny" type="country">de pt</media:restriction>'),
    ),
    ("media-language", item('<media:content url="https://a.example/a" lang="qq-"/>'), GOOD),
    (
        "media-time",
        item('<media:thumbnail url="https://a.example/a" time="soon"/>'),
        item('<media:thumbnail url="https://a.example/a" time="00:01:30.5"/>'),
    ),
    (
        "media-hash",
        item('<media:hash algo="md5">12</media:hash>'),
        item(f"<media:hash>{'a' * 32}</media:hash>"),
    ),
    ("media-hash", item(f'<media:hash algo="crc">{"a" * 32}</media:hash>'), GOOD),
    (
        "media-rating",
        item("<media:rating>fine</media:rating>"),
        item("<media:rating>nonadult</media:rating>"),
    ),
    ("media-rating", item('<media:rating scheme="urn:mpaa">pg-12</media:rating>'), GOOD),
    ("media-credit", item('<media:credit role="Author">Ines</media:credit>'), GOOD),
    ("media-adult", item("<media:adult>false</media:adult>"), GOOD),
    (
        "media-group",
        item('<media:group><media:content url="https://a.example/a"/></media:group>'),
        item(
            '<media:group><media:content url="https://a.example/a"/><media:content url="https://a.example/b"/></media:group>'
        ),
    ),
    # podcasts
    ("itunes-element-known", item("<itunes:owner/>"), item("<itunes:duration>3723</itunes:duration>")),
    (
        "itunes-element-unique",
        item("<itunes:season>1</itunes:season>" * 2),
        item("<itunes:season>1</itunes:season>"),
    ),
    ("itunes-attribute", item("<itunes:image/>"), item('<itunes:image href="https://a.example/a.png"/>')),
    ("itunes-attribute", item('<itunes:image href="https://a.example/a.png" alt="a"/>'), GOOD),
    ("itunes-category", channel('<itunes:category text="Art"/>'), channel(PODCAST)),
    ("itunes-category", channel(PODCAST.replace("Books", "Boats")), channel(PODCAST)),
    (
        "itunes-choice",
        item("<itunes:explicit>no</itunes:explicit>"),
        item("<itunes:explicit>True</itunes:explicit>"),
    ),
    ("itunes-choice", item("<itunes:episodeType>teaser</itunes:episodeType>"), GOOD),
    (
        "itunes-duration",
        item("<itunes:duration>1h</itunes:duration>"),
        item("<itunes:duration>1:02:03</itunes:duration>"),
    ),
    ("itunes-number", item("<itunes:episode>0</itunes:episode>"), item("<itunes:episode>1</itunes:episode>")),
    ("itunes-length", item(f"<itunes:subtitle>{'a' * 256}</itunes:subtitle>"), GOOD),
    (
        "itunes-keywords",
        item("<itunes:keywords>a b</itunes:keywords>"),
        item("<itunes:keywords>a, b</itunes:keywords>"),
    ),
    ("itunes-address", item('<itunes:image href="a.png"/>'), GOOD),
    ("itunes-address", channel(PODCAST + "<itunes:new-feed-url>rss</itunes:new-feed-url>"), channel(PODCAST)),
    ("itunes-mail", channel("<itunes:owner/>"), channel(PODCAST)),
    ("itunes-channel-complete", channel("<itunes:explicit>false</itunes:explicit>"), channel(PODCAST)),
    (
        "itunes-channel-complete",
        channel(PODCAST.replace('<itunes:image href="https://log.example.org/cover.jpg"/>', "")),
        channel(PODCAST),
    ),
    (
        "itunes-image-format",
        channel(PODCAST.replace("cover.jpg", "cover.webp")),
        channel(PODCAST.replace("cover.jpg", "cover.JPEG?v=2.0")),
    ),
    (
        "itunes-image-format",
        item('<itunes:image href="https://a.example/covers/png"/>'),
        item('<itunes:image href="https://a.example/a.png"/>'),
    ),
    (
        "itunes-enclosure-format",
        item("<itunes:season>1</itunes:season>" + ENCLOSURE.replace(".mp3", ".ogg")),
        item("<itunes:season>1</itunes:season>" + ENCLOSURE),
    ),
    ("itunes-utf-8", channel(PODCAST).replace("UTF-8", "ISO-8859-1"), channel(PODCAST)),
    ("podcast-element-known", item("<podcast:guid/>"), item("<podcast:season>1</podcast:season>")),
    (
        "podcast-guid",
        channel("<podcast:guid>rope</podcast:guid>"),
        channel("<podcast:guid>0f8fad5b-d9cb-469f-a165-70867728950e</podcast:guid>"),
    ),
    (
        "podcast-attribute-required",
        item('<podcast:transcript url="https://a.example/t.vtt"/>'),
        item('<podcast:transcript url="https://a.example/t.vtt" type="text/vtt"/>'),
    ),
    (
        "podcast-address",
        item('<podcast:chapters url="c.json" type="application/json+chapters"/>'),
        item('<podcast:chapters url="https://a.example/c.json" type="application/json+chapters"/>'),
    ),
    (
        "podcast-address",
        item('<podcast:person href="http://a.example/">Ines</podcast:person>'),
        item('<podcast:person href="https://a.example/">Ines</podcast:person>'),
    ),
    (
        "podcast-value",
        item("<podcast:season>one</podcast:season>"),
        item("<podcast:episode>1.5</podcast:episode>"),
    ),
    ("podcast-value", channel('<podcast:locked owner="ines">yes</podcast:locked>'), GOOD),
    # HTML in the description; test_validity_content.py has more
    ("html-well-formed", html("<p>a</b>"), html("<p>a<p>b")),
    ("html-element-known", html("<svg></svg>"), html("<details><summary>a</summary>b</details>")),
    ("html-element-safe", html("<script>a</script>"), html("<code>script</code>")),
    ("html-attribute-safe", html('<p onclick="a()">a</p>'), html('<p data-a="1" class="b">a</p>')),
    ("html-style-safe", html('<p style="position:fixed">a</p>'), html('<p style="text-align: left">a</p>')),
    ("html-address-absolute", html('<a href="#a">a</a>'), html('<a href="https://a.example/#a">a</a>')),
    (
        "html-address-characters",
        html('<a href="https://a.example/a b">a</a>'),
        html('<a href="https://a.example/a%20b">a</a>'),
    ),
    (
        "html-address-safe",
        html('<a href="javascript:a()">a</a>'),
        html('<a href="mailto:a@example.org">a</a>'),
    ),
    ("html-escaped-once", html("&lt;p&gt;a&lt;/p&gt;"), html("Use &lt;b&gt; for bold")),
    ("text-without-markup", swap("Rope", "&lt;b&gt;Rope&lt;/b&gt;"), swap("Rope", "a &#x3C; b")),
    (
        "text-escaped-in-hexadecimal",
        swap("Rope", "Rope &amp;amp; more"),
        swap("Rope", "Rope &#x26;amp; more"),
    ),
    (
        "text-without-markup",
        item("<dc:rights>&lt;p&gt;a&lt;/p&gt;</dc:rights>"),
        item("<dc:rights>Ines</dc:rights>"),
    ),
    ("text-without-markup", item("<media:copyright>&lt;p&gt;a&lt;/p&gt;</media:copyright>"), GOOD),
    (
        "text-without-markup",
        item("<media:title>&lt;p&gt;a&lt;/p&gt;</media:title>"),
        item('<media:title type="html">&lt;p&gt;a&lt;/p&gt;</media:title>'),
    ),
    (
        "text-without-markup",
        channel('<atom:link rel="hub" href="https://a.example/" title="&lt;/b&gt;"/>'),
        channel('<atom:link rel="hub" href="https://a.example/" title="b"/>'),
    ),
    ("text-decoded-once", swap("Rope", "CafÃ©"), swap("Rope", "CafÃ© ☃")),
    ("text-escaped-in-hexadecimal", swap("Rope", "a&lt;b"), swap("Rope", "a&#x3C;b")),
    ("text-escaped-in-hexadecimal", swap("Rope", "Q&amp;1"), swap("Rope", "Q&amp;A")),
]


def found(document: str | bytes) -> set[str]:
    """The rules that a document breaks."""
    data = document if isinstance(document, bytes) else document.encode()
    return {finding.rule.id for finding in validity.lint(data, url=URL, now=NOW)}


def test_a_good_feed_has_no_findings() -> None:
    """The cases below differ from it in one thing each."""
    assert set() == found(GOOD)


@pytest.mark.parametrize(
    ("rule", "bad", "good"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)]
)
def test_a_rule_finds_what_breaks_it_and_nothing_close_by(rule: str, bad: str, good: str) -> None:
    """A false alarm costs as much trust as a fault that is missed."""
    assert rule in found(bad)
    assert rule not in found(good)


def test_no_rule_is_dead() -> None:
    """Each has a document that breaks it."""
    ours = {
        *documents.RULES,
        *namespaces.RULES,
        *rss.RULES,
        *atom_in_rss.RULES,
        *extensions.RULES,
        *media.RULES,
        *podcasts.RULES,
        *content.RULES,
        *content.PLAIN,
    }
    assert set() == ours - {case[0] for case in CASES} - {"namespace-prefix-avoided"}


# What the W3C validator's src/feedvalidator/logging.py has as errors and warnings, by its name there.
W3C = [
    "SAXError",
    "WPBlankLine",
    "UnicodeError",
    "MissingNamespace",
    "NotInANamespace",
    "UseOfExtensionAttr",
    "UndefinedNamedEntity",
    "InvalidRSSVersion",
    "UndefinedElement",
    "NoBlink",
    "NoThrWhen",
    "MissingAttribute",
    "UnexpectedAttribute",
    "DuplicateElement",
    "NotEnoughHoursInTheDay",
    "EightDaysAWeek",
    "InvalidContact",
    "InvalidAddrSpec",
    "InvalidLink",
    "UriNotIri",
    "InvalidIRI",
    "InvalidFullLink",
    "InvalidUriChar",
    "InvalidISO8601DateTime",
    "InvalidW3CDTFDate",
    "InvalidRFC2822Date",
    "IncorrectDOW",
    "InvalidRFC3339Date",
    "InvalidURIAttribute",
    "InvalidURLAttribute",
    "InvalidIntegerAttribute",
    "InvalidBooleanAttribute",
    "InvalidMIMEAttribute",
    "InvalidInteger",
    "InvalidNonNegativeInteger",
    "InvalidPositiveInteger",
    "InvalidWidth",
    "InvalidHeight",
    "InvalidHour",
    "InvalidDay",
    "InvalidHttpGUID",
    "InvalidLanguage",
    "InvalidUpdatePeriod",
    "InvalidItunesCategory",
    "InvalidItunesEpisodeType",
    "InvalidItunesChannelType",
    "ObsoleteItunesCategory",
    "InvalidYesNo",
    "InvalidYesNoClean",
    "InvalidDuration",
    "TooLong",
    "InvalidKeywords",
    "InvalidTextType",
    "InvalidCommaSeparatedIntegers",
    "UndeterminableVocabulary",
    "InvalidFormComponentName",
    "MissingElement",
    "MissingDescription",
    "MissingLink",
    "MissingTitle",
    "ItemMustContainTitleOrDescription",
    "MissingXhtmlDiv",
    "MissingContentOrAlternate",
    "FatalSecurityRisk",
    "DuplicateValue",
    "InvalidDoctype",
    "BadXmlVersion",
    "DuplicateAtomLink",
    "MissingHref",
    "AtomLinkNotEmpty",
    "UnregisteredAtomLinkRel",
    "UnknownEncoding",
    "UnexpectedText",
    "UnexpectedWhitespace",
    "ValidatorLimit",
    "InvalidLatitude",
    "InvalidLongitude",
    "MisplacedMetadata",
    "InvalidPermalink",
    "InvalidCreditRole",
    "InvalidMediaTextType",
    "InvalidMediaHash",
    "InvalidMediaRating",
    "InvalidNPTTime",
    "InvalidMediaRestriction",
    "InvalidMediaRestrictionRel",
    "InvalidMediaRestrictionType",
    "InvalidMediaMedium",
    "InvalidMediaExpression",
    "DeprecatedMediaAdult",
    "MediaGroupWithoutAlternatives",
    "DuplicateSemantics",
    "DuplicateItemSemantics",
    "DuplicateDescriptionSemantics",
    "ImageLinkDoesntMatch",
    "ImageUrlFormat",
    "ContainsRelRef",
    "ReservedPrefix",
    "MediaRssNamespace",
    "NotSufficientlyUnique",
    "ImplausibleDate",
    "ProblematicalRFC822Date",
    "SecurityRisk",
    "SecurityRiskAttr",
    "DangerousStyleAttr",
    "BadCharacters",
    "ObscureEncoding",
    "EncodingMismatch",
    "NonCanonicalURI",
    "SameDocumentReference",
    "ContainsEmail",
    "ContainsHTML",
    "ContainsUndeclaredHTML",
    "MissingSelf",
    "SelfDoesntMatchLocation",
    "RelativeSelf",
    "MissingSourceElement",
    "MissingTypeAttr",
    "DuplicateIds",
    "DuplicateEntries",
    "DuplicateUpdated",
    "NotBlank",
    "AttrNotBlank",
    "MissingSummary",
    "MissingTextualContent",
    "NotUTF8",
    "MissingItunesElement",
    "MissingItunesEmail",
    "UnsupportedItunesFormat",
    "SelfNotAtom",
    "DuplicateEnclosure",
    "MissingGuid",
    "ObsoleteWikiNamespace",
    "CommentRSS",
    "MisplacedXHTMLContent",
    "SchemeNotIANARegistered",
    "AvoidNamespacePrefix",
    "UnknownNamespace",
    "UnsupportedNamespace",
    "QuestionableUsage",
    "ObsoleteNamespace",
    "InvalidURN",
    "InvalidUUID",
    "InvalidTAG",
    "InvalidMIMEType",
    "InvalidNamespace",
    "NotBase64",
    "NotInline",
    "NotHtml",
    "HtmlFragment",
    "FeedHistoryRelInEntry",
    "FeedRelInCompleteFeed",
    "CurrentNotSelfInCompleteFeed",
    "LinkPastEnd",
    "MissingCurrentInArchive",
    "ArchiveIncomplete",
    "DeprecatedDTD",
    "InvalidOPMLVersion",
    "MissingXmlURL",
    "InvalidOutlineVersion",
    "InvalidExpansionState",
    "InvalidTrueFalse",
    "MissingOutlineType",
    "MissingTitleAttr",
    "MissingUrlAttr",
    "CharacterData",
    "EmailFormat",
    "MissingRealName",
    "MisplacedItem",
    "ImageTitleDoesntMatch",
    "AvoidTextInput",
    "NeedDescriptionBeforeContent",
    "SlashDate",
    "UseZeroForMidnight",
    "MissingAtomSelfLink",
    "UseZeroForUnknown",
    "InvalidCoord",
    "InvalidCoordList",
    "CoordComma",
    "InvalidMetaName",
    "InvalidMetaContent",
    "InvalidFloat",
    "InvalidCountryCode",
]
# Not among them: what is about HTTP and DNS, RSS 1.0, Atom 0.3, the Atom Publishing Protocol, OpenSearch, FeedSync, KML
# and Google Base, and names that only group others.


def test_all_that_the_w3c_validator_raises_is_asked_for_by_a_rule() -> None:
    """Somebody will put our feeds into it."""
    cited = {word for rule in validity.RULES.values() for word in re.findall(r"\w+", rule.source)}
    assert [] == [name for name in W3C if name not in cited]


def test_every_rule_says_what_it_asks_and_where_that_is_written() -> None:
    """docs/rules.md is made of them."""
    for name, rule in validity.RULES.items():
        assert name == rule.id
        assert rule.asks.endswith(".")
        assert rule.source
        assert not rule.source.endswith(".")
        assert set(rule.formats) <= set(validity.FORMATS)


def test_a_finding_knows_its_line_and_item() -> None:
    """The line is that of the document, and the item goes by its guid."""
    (finding,) = validity.lint(item(ENCLOSURE.replace('"12"', '"x"')).encode(), url=URL)
    assert (16, "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e") == (finding.line, finding.entry)
    assert ("enclosures", "x") == (finding.field, finding.excerpt)


def test_a_garbled_text_is_of_its_item() -> None:
    """Its author is told where."""
    (finding,) = validity.lint(html("<p>\ufffd</p>").encode(), url=URL)
    assert ("urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e", "\ufffd") == (finding.entry, finding.excerpt)


def test_atom_has_its_namespaces_without_a_prefix() -> None:
    """Old readers look for the names as they are written."""
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"{}><id>urn:x-a:b</id></feed>'
    assert "namespace-prefix-avoided" in found(atom.format(' xmlns:atom="http://www.w3.org/2005/Atom"'))
    assert "namespace-prefix-avoided" not in found(
        atom.format(' xmlns:thr="http://purl.org/syndication/thread/1.0"')
    )


def test_json_that_cannot_be_read_is_said_to_be_so() -> None:
    """It has the beginning of a feed."""
    assert {"json-readable"} == found('{"version": "https://jsonfeed.org/version/1.1", "items": [')


def test_a_feed_in_another_encoding_is_read_in_it() -> None:
    """Old generators write them."""
    data = swap("Rope", "Röpe", "UTF-8", "windows-1252").encode("windows-1252")
    assert {"xml-encoding-utf-8"} == found(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"{}",
        b'{"version": "1"}',
        b"\x00\x01",
        b"<feed xmlns='urn:x'/>",
        b"# <rss version='2.0'>",
    ],
)
def test_what_is_no_feed_is_not_judged(data: bytes) -> None:
    """A site has other XML and JSON."""
    assert "" == validity.format_of(data)
    assert () == validity.lint(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<?xml version='1.0'?><!-- a --><rss/>", "rss"),
        (b"\xef\xbb\xbf<!DOCTYPE rss [<!ENTITY a 'b'>]><rss >", "rss"),
        (GOOD.encode("utf-16"), "rss"),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "atom"),
        (b"\n<opml version='2.0'/>", "opml"),
        (b'{"version":"https://jsonfeed.org/version/1.1"}', "json"),
    ],
)
def test_a_format_is_known_by_its_beginning(data: bytes, expected: str) -> None:
    """File names say nothing: `index.xml` may be anything."""
    assert expected == validity.format_of(data)


def test_entities_are_never_expanded() -> None:
    """A feed of a few lines must not take gigabytes, nor read a file."""
    bomb = swap(
        "<rss ", '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "/etc/passwd">]><rss ', "Rope", "&a;&b;"
    )
    assert {"xml-doctype-absent"} == found(bomb)


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(data: bytes) -> None:
    """Whatever lies in a folder of feeds."""
    for beginning in (
        b"<rss>",
        b'<?xml version="1.0" encoding="x"?><rss>',
        b"<rss><channel><item><description>",
    ):
        assert isinstance(validity.lint(beginning + data, now=NOW), tuple)


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    """Whatever a value holds."""
    shared.uri_fault(text)
    shared.uri_fault(text, international=True)
    shared.web_fault(text)
    shared.rfc822(text)
    shared.rfc3339(text)
    shared.w3cdtf(text)
    shared.is_language(text)
    shared.mail_with_name_fault(text)
    assert isinstance(shared.is_whole(text), bool)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tag:example.org,2026:rope", ""),
        ("tag:example.org:rope", "is no tag URI (RFC 4151)"),
        ("urn:uuid:rope", "is no UUID (RFC 9562)"),
        ("urn:x", "is no URN (RFC 8141)"),
        ("urn:isbn:0451450523", ""),
        ("https://example.org/%zz", "has a % that begins no escape"),
        ("https://example.org/ö", "has the character 'ö', which wants to be escaped"),
        ("https://", "names no host"),
        ("mailto:", "ends behind its scheme"),
        ("", "is empty"),
        ("/rope", "is relative"),
        ("http://[::1]/", ""),
    ],
)
def test_addresses(text: str, fault: str) -> None:
    """An address that readers cannot follow is said to be one, and why."""
    assert fault == shared.uri_fault(text)


def test_an_international_address_may_have_any_letter() -> None:
    """Atom has them (RFC 3987), and RSS has not."""
    assert "" == shared.uri_fault("https://example.org/ö", international=True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2026-01-31T18:30:00Z", ""),
        ("2026-01-31T18:30:60.5+01:00", ""),
        ("2026-01-31T18:30:00", "invalid"),
        ("2026-01-31T25:30:00Z", "invalid"),
        ("0001-01-01T00:00:00+14:00", ""),
    ],
)
def test_dates_of_rfc_3339(text: str, fault: str) -> None:
    """All of a date, and a zone; a leap second is one of the second before."""
    moment = shared.rfc3339(text)
    assert fault == moment.fault
    assert moment.when is None or isinstance(shared.is_implausible(moment.when, NOW), bool)


def test_a_leap_second_and_a_zone_of_rfc_822() -> None:
    """Both are allowed, and both are rare."""
    assert datetime(1999, 1, 1, 4, 59, 59, tzinfo=UTC) == shared.rfc822("Thu, 31 Dec 1998 23:59:60 EST").when
    assert "invalid" == shared.rfc822("Thu, 31 Dec 1998 23:59:00 +2500").fault

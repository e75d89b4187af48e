"""What JSON Feed 1.1 asks of a feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from feeds.validity.rules import table

RULES = table(
    "json",
    [
        # the feed
        ("json-object", "error", "The document is an object.", "JSON Feed 1.1, the structure of a feed"),
        (
            "json-type",
            "error",
            "A member has the type that it is defined with.",
            "JSON Feed 1.1, top-level, items",
        ),
        (
            "json-version",
            "error",
            "The version is the address of one, https://jsonfeed.org/version/1.1.",
            "JSON Feed 1.1, top-level: version",
        ),
        (
            "json-version-current",
            "warning",
            "The version is 1.1, the current one.",
            "JSON Feed 1.1, top-level: version",
        ),
        (
            "json-version-first",
            "warning",
            "The version is the first member, so that programs can tell what follows.",
            "JSON Feed 1.1, top-level: version",
        ),
        ("json-title", "error", "A feed has a title.", "JSON Feed 1.1, top-level: title"),
        ("json-items", "error", "A feed has items, if only an empty list.", "JSON Feed 1.1, items"),
        (
            "json-home-page-url",
            "warning",
            "A feed says which page it belongs to.",
            "JSON Feed 1.1, top-level: home_page_url",
        ),
        ("json-feed-url", "warning", "A feed says its own address.", "JSON Feed 1.1, top-level: feed_url"),
        (
            "json-feed-url-location",
            "warning",
            "The address that a feed says is the one it has.",
            "JSON Feed 1.1, top-level: feed_url",
        ),
        (
            "json-next-url",
            "error",
            "The next page is another document than the feed.",
            "JSON Feed 1.1, top-level: next_url",
        ),
        ("json-address", "error", "Addresses are absolute.", "JSON Feed 1.1, top-level, items; RFC 3986"),
        (
            "json-scheme-registered",
            "warning",
            "The scheme of an address is a registered one.",
            "RFC 7595",
        ),
        (
            "json-language",
            "error",
            "A language is a language tag.",
            "JSON Feed 1.1, top-level: language; RFC 5646",
        ),
        (
            "json-language-given",
            "warning",
            "A feed says its language, which readers need for fonts, hyphens and voices.",
            "JSON Feed 1.1, top-level: language",
        ),
        (
            "json-text-plain",
            "warning",
            "Texts but content_html have no HTML in them.",
            "JSON Feed 1.1, items: content_html",
        ),
        (
            "json-text-blank",
            "warning",
            "A text that is not known is left out, and not empty.",
            "JSON Feed 1.1, items: title",
        ),
        (
            "json-member-known",
            "warning",
            "Members are those of JSON Feed, or extensions whose names begin with an underscore.",
            "JSON Feed 1.1, extensions",
        ),
        (
            "json-extension-name",
            "error",
            "An extension's name begins with an underscore and a letter, names inside do not; none has dots.",
            "JSON Feed 1.1, extensions",
        ),
        (
            "json-author-current",
            "warning",
            "Authors are a list, authors; author was for one only, and is outdated.",
            "JSON Feed 1.1, deprecations",
        ),
        (
            "json-author-said",
            "error",
            "An author has a name, a url or an avatar.",
            "JSON Feed 1.1, top-level: authors",
        ),
        ("json-hub", "error", "A hub has a type and a url.", "JSON Feed 1.1, top-level: hubs"),
        (
            "json-hub-type",
            "warning",
            "The type of a hub is WebSub or rssCloud.",
            "JSON Feed 1.1, subscribing to real-time notifications",
        ),
        (
            "json-hub-topic",
            "error",
            "A feed with a hub has a feed_url, which is what people subscribe to there.",
            "JSON Feed 1.1, subscribing to real-time notifications; WebSub section 4",
        ),
        # the items
        (
            "json-item-id",
            "error",
            "An item has an id, which is a text and not empty.",
            "JSON Feed 1.1, items: id",
        ),
        ("json-item-id-unique", "error", "An id stands once.", "JSON Feed 1.1, items: id"),
        (
            "json-item-url",
            "warning",
            "An item says the address of its page, also when that is its id.",
            "JSON Feed 1.1, items: url",
        ),
        (
            "json-item-content",
            "error",
            "An item has content_html or content_text.",
            "JSON Feed 1.1, items: content_html",
        ),
        (
            "json-item-content-blank",
            "warning",
            "The content of an item is not empty.",
            "JSON Feed 1.1, items: content_html",
        ),
        (
            "json-item-date",
            "error",
            "A date is one of RFC 3339, with all its parts and a time zone.",
            "JSON Feed 1.1, items: date_published, date_modified",
        ),
        (
            "json-item-date-plausible",
            "warning",
            "A date is neither before 1990 nor still to come.",
            "W3C validator, for other formats: ImplausibleDate",
        ),
        (
            "json-item-date-order",
            "warning",
            "An item was not changed before it was published.",
            "JSON Feed 1.1, items: date_modified",
        ),
        ("json-item-tag-once", "warning", "A tag stands once.", "JSON Feed 1.1, items: tags"),
        (
            "json-attachment",
            "error",
            "An attachment has a url and a mime_type.",
            "JSON Feed 1.1, attachments",
        ),
        (
            "json-attachment-type",
            "error",
            "The mime_type of an attachment is a media type.",
            "JSON Feed 1.1, attachments: mime_type",
        ),
        (
            "json-attachment-number",
            "error",
            "The size and the duration of an attachment are not negative.",
            "JSON Feed 1.1, attachments: size_in_bytes, duration_in_seconds",
        ),
    ],
)
